-- P2 contained: error matches "match limit"
return re.test(("a"):rep(60) .. "!", "^(a+)+$")
