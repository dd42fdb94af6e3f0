-- P2 contained: limit=time
while true do local t = { {}, {}, {}, function() end } t[5] = t end
