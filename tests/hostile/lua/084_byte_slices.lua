-- P2 contained: error matches "too long|overflow"
return (("x"):rep(10000000)):byte(1, -1)
