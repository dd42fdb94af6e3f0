-- P2 contained: limit
local t = { a = ("z"):rep(10000000) }
return (("a"):rep(1000)):gsub("a", t) ~= nil
