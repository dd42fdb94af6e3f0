-- P2 contained: error matches "bad pattern|limit" or limit
return re.test(("a"):rep(100), ("(?:(?:(?:a{1,500}){1,500}){1,500}){1,500}b"))
