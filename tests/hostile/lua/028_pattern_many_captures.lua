-- P1 contained: error matches "too many captures"
return ("x"):find(("()"):rep(40)) ~= nil
