-- P2 contained: limit=time
return isms.people:sort_by(function() while true do end end) ~= nil
