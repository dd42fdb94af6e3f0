-- P2 holds contained: limit=time
while true do end

