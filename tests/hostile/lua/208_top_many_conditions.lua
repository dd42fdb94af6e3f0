-- P2 top refused: E0632
while true do filled("name") end
