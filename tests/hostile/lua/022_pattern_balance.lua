-- P2 contained: error matches "pattern needs more than"
return (("("):rep(200000)):find("%b()") == nil
