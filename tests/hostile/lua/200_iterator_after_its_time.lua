-- P1 same: pass
local it = isms.people:each()
for _ = 1, 10 do it() end
return it() == nil and it(1, 2, 3) == nil
