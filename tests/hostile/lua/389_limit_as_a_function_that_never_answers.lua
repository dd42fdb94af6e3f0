-- P2 contained: limit=time
return within("start_date", function() while true do end end)(person, isms, params)
