-- P2 contained: limit=time
table.sort({ 2, 1 }, function() while true do end end)
