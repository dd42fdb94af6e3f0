-- P1 contained: error matches "too complex"
return (("a"):rep(300000)):find(("a?"):rep(5000)) ~= nil
