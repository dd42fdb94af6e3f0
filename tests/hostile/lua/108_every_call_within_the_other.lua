-- P1 contained: error matches "stack overflow"
local f
function f(p)
  isms.people:map(function() return isms.people:sort_by(function() return isms.people:group_by(f) end) end)
  return p.id
end
return isms.people:index_by(f) ~= nil
