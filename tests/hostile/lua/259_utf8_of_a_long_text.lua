-- P2 contained: limit or error or pass
local text = ("\u{1F600}"):rep(1000000)
for _ = 1, 1000 do
  if utf8.len(text) ~= 1000000 or utf8.offset(text, 999999) == nil then return false end
end
return true
