-- P2 contained: error matches "pattern needs more than" or limit
return (("a"):rep(200000)):find("[" .. ("xy"):rep(20000) .. "]*b") == nil
