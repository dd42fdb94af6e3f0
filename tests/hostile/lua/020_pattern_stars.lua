-- P2 contained: error matches "pattern needs more than"
return (("a"):rep(40)):find(("a*"):rep(12) .. "b") == nil
