-- P2 contained: error matches "limit|nothing to|recursi"
return re.test(("("):rep(100000), "^(\\((?1)*\\))$")
