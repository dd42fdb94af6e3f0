-- What every report says of the walls around rules (docs/sandbox.md): nothing where all of them were up.

local walls = {}

local WORDS = {
  landlock = "no landlock (files)", seccomp = "no seccomp (system calls)", rlimits = "no resource limits",
  privileges = "the privileges of root were kept",
}

--- One line for readers of a result whose rules ran without a wall, or nil.
---@param run table the run of a result document
---@return string|nil
function walls.warning(run)
  local sandbox = run and run.walls and run.walls.sandbox
  if sandbox == nil then return nil end
  if sandbox.isolation == "none" then return "No sandbox: rules ran without walls around them (--isolation none)." end
  local missing = {}
  for i, name in ipairs(sandbox.missing or {}) do missing[i] = WORDS[name] or name end
  if #missing == 0 then return nil end
  return "The sandbox was not whole: " .. table.concat(missing, ", ") .. "."
end

return walls
