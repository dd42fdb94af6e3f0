-- P1 contained: error matches "stack overflow" or limit or error
local w
local function limit(...) w(...) return duration "1 d" end
w = within("start_date", limit)
return w(person, isms, params)
