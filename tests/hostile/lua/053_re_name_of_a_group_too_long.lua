-- P1 contained: error matches "write .1"
return re.replace("abc", "(b)", "${" .. ("n"):rep(1000) .. "}") ~= nil
