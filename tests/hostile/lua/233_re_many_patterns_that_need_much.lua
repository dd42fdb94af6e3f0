-- P2 holds contained: limit or pass
local groups, text = ("()"):rep(1000), ("a"):rep(500) .. "dc0123456789"
for i = 1, 250 do
  if re.test(text, "^(?:a|b)*c" .. i .. groups) then return false end
end
return true
