-- P2 contained: error matches "longer than 4 KB"
return re.test("x", ("x"):rep(5000))
