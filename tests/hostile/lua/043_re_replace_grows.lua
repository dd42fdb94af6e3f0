-- P2 contained: error matches "16 MB" or limit
return re.replace(("a"):rep(1000000), "a", ("b"):rep(1000000)) ~= nil
