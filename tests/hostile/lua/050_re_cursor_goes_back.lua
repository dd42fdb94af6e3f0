-- P1 contained: error matches "before it begins|may not be used|not supported|bad pattern"
local n = 0
for _ in re.gmatch("abcabc", "(?=ab\\K)") do n = n + 1 end
return n >= 0
