-- Leaves as many findings in a result as its frame can carry: the runner may send 1 MB for a rule, and would copy all of a result that is
-- larger. It has the same steps, and the last word, as it knows the exact size (engine/eval/runner.c); here only texts are counted.

local judge_fit = {}

local MOST = 1024 * 1024 -- bytes of a result
local KEPT = { 10, 20, 50, 100, 200, 500 } -- findings of each check
local ALL = #KEPT + 1

local function size_of(finding)
  local size = #finding.message + #(finding.remedy or "") + #(finding.key or "")
  for name, text in pairs(finding.values or {}) do size = size + #name + #text end
  return size
end

--- Adds the sizes of a check with 10, 20 … all of its findings.
local function measure(check, sizes)
  local size, step = #check.question + #check.remedy + #(check.reason or ""), 1
  for i, finding in ipairs(check.findings) do
    while step < ALL and i > KEPT[step] do
      sizes[step] = sizes[step] + size
      step = step + 1
    end
    size = size + size_of(finding)
  end
  for i = step, ALL do sizes[i] = sizes[i] + size end
end

--- Drops findings that cannot be sent, and counts them.
---@param checks table[] as judge_check gave them
---@return boolean fits false: not even ten findings of each check can be sent
function judge_fit.shorten(checks)
  local sizes = {}
  for i = 1, ALL do sizes[i] = 0 end
  for _, check in ipairs(checks) do measure(check, sizes) end
  local step = ALL
  while step > 0 and sizes[step] > MOST do step = step - 1 end
  if step == 0 then return false end
  if step == ALL then return true end
  for _, check in ipairs(checks) do
    local list = check.findings
    local over = #list - KEPT[step]
    if over > 0 then
      check.dropped = (check.dropped or 0) + over
      check.findings = table.move(list, 1, KEPT[step], 1, {})
    end
  end
  return true
end

return judge_fit
