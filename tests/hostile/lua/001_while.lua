-- P2 contained: limit=time
while true do end
