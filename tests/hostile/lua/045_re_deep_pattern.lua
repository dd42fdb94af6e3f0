-- P1 contained: error matches "bad pattern"
return re.test("x", ("("):rep(150) .. "x" .. (")"):rep(150))
