-- P2 contained: limit or error matches "match limit"
return re.test(("a"):rep(4000000), "(?:a|aa){1,17}[cd]") == false
