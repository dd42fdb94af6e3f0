-- P1 same: pass
local out = re.replace("abc", ".", function(m)
  for i = 1, 300 do re.test("x", "x" .. i) end
  return re.replace(m[0], ".", function() return "y" end)
end)
return out == "yyy"
