-- P2 contained: limit=time
while true do for p in isms.people:each() do local _ = p.name end end
