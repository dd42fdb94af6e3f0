-- P11 contained: error matches "limit"
return re.test(("a"):rep(60) .. "!", "^(a+)+\27?$")
