-- P2 over contained: limit=time
while true do end
