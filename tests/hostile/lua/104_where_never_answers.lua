-- P2 contained: limit=time
return isms.people:where(function() while true do end end) ~= nil
