-- P2 contained: error matches "pattern needs more than"
return (("a"):rep(30000)):match("(.-)(.-)%1%2$x") == nil
