-- P2 contained: limit
local t, text = {}, ("ab"):rep(200000)
while true do
  text = text:gsub("%w", function(c)
    t[#t + 1] = c .. #t
    return c
  end)
end
