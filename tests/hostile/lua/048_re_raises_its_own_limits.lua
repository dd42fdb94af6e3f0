-- P2 contained: error matches "match limit"
return re.test(("a"):rep(60) .. "!", "(*LIMIT_MATCH=4000000000)(*LIMIT_DEPTH=4000000000)(*LIMIT_HEAP=4000000000)^(a+)+$")
