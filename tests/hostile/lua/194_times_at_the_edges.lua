-- P1 same: pass
local t = isms.as_of
for _, d in ipairs { duration "9999999 d", duration "1 h", duration "0 s" } do
  for _ = 1, 50 do t = t + d end
  for _ = 1, 200 do t = t - d end
end
return t.year >= 1 and t.year <= 9999
