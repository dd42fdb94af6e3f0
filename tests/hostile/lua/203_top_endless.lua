-- P2 top refused whole: E0632 matches "limit of time"
while true do end
