-- P2 contained: error matches "pattern needs more than"
return (("a"):rep(28)):gsub(("a?"):rep(28) .. ("a"):rep(28), "") ~= nil
