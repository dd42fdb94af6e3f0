-- P2 same: pass
for i = 1, 3000 do
  if not re.test("k" .. i, "^k" .. i .. "$") then return false end
end
return true
