-- P1 contained: error matches "in the middle"
return isms.people:group_by(function(p) if p.id == "bob" then error("in the middle") end return p.id end) ~= nil
