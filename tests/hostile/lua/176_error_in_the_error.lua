-- P1 contained: error matches "stack overflow|error in error" or limit
local function deep(n) return 1 + deep(n + 1) end
for p in isms.people:each() do
  isms.people:where(function() return ("x"):gsub(".", function() return deep(1) end) end)
end
