-- P2 contained: limit=time
return (("x"):gsub(".", function() while true do end end))
