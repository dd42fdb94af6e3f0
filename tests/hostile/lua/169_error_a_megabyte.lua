-- P2 contained: error matches "^.{0,200}eeee"
error(("e"):rep(1000000))
