-- P2 top refused whole: E0632
while true do filled("name") end
