-- P2 contained: error matches "too long|overflow"
return utf8.codepoint(("x"):rep(10000000), 1, -1)
