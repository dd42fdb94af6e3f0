-- P2 contained: error matches "pattern needs more than"
return (("x"):rep(4000)):find(".-.-.-.-b") == nil
