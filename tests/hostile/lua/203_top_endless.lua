-- P2 top refused: E0632 matches "limit of time"
while true do end
