-- P2 contained: limit=time
return re.replace("x", ".", function() while true do end end) ~= nil
