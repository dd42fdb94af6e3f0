-- Ids of requirements: how they stand in file names and sort. Knows no catalogue.

local ids = {}

--- The requirement that a rule file is named for: "annex_a/a_5_18_access_rights.lua" gives "A.5.18",
--- "6_1_2_risk_assessment.lua" gives "6.1.2", "acme_1_own.lua" gives "ACME.1".
---@param path string
---@return string|nil id nil where the name holds no id
function ids.from_file(path)
  local name = path:match("([^/]*)$"):gsub("%.lua$", "")
  local parts, prefix = {}, nil
  for part in (name .. "_"):gmatch("(.-)_") do
    if part:find("^%d+$") then
      parts[#parts + 1] = part
    elseif #parts == 0 and prefix == nil and part:find("^%a%w*$") then
      prefix = part:upper()
    else
      break
    end
  end
  if #parts == 0 then return nil end
  local id = table.concat(parts, ".")
  return prefix and prefix .. "." .. id or id
end

--- Order in which people expect ids: numbers by value, so that A.5.9 comes before A.5.10.
---@param a string
---@param b string
---@return boolean
function ids.before(a, b)
  local next_a, next_b = a:gmatch("[^.]+"), b:gmatch("[^.]+")
  while true do
    local x, y = next_a(), next_b()
    if x == nil or y == nil then
      if x == y then return a < b end
      return x == nil
    end
    if x ~= y then
      local m, n = tonumber(x), tonumber(y)
      if m and n and m ~= n then return m < n end
      if (m == nil) ~= (n == nil) then return m ~= nil end
      return x < y
    end
  end
end

return ids
