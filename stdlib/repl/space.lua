-- The names of a session: those that rules have, the bundle with all its kinds, what was judged, and what was assigned.

local rule = require "rule"
local state = require "repl.state"

local space = {}

local names, vars, env, last

--- What was judged, by place and by id.
local function shelf(list, what)
  local by_id = {}
  for i = 1, #list do by_id[list[i].id] = i end
  local frozen = engine.freeze(list)
  return setmetatable({}, {
    __index = function(_, key)
      if by_id[key] ~= nil then return frozen[by_id[key]] end
      if type(key) ~= "string" then return frozen[key] end
      local ids = {}
      for i = 1, #list do ids[i] = list[i].id end
      local near = engine.suggest(key, ids)
      error(("%s has no `%s`%s"):format(what, key, near and ("; did you mean `%s`?"):format(near) or ""), 2)
    end,
    __len = function() return #list end,
    __pairs = function() return pairs(frozen) end,
    __newindex = function() error(what .. " cannot be changed", 2) end,
    __metatable = false,
  })
end

local function known(all)
  local list = {}
  for name in pairs(all) do list[#list + 1] = name end
  return list
end

--- All names that can be read, sorted.
---@return string[]
function space.names()
  local seen, list = {}, known(names)
  for _, name in ipairs(list) do seen[name] = true end
  for name in pairs(vars) do
    if not seen[name] then list[#list + 1] = name end
  end
  if last ~= nil then list[#list + 1] = "_" end
  table.sort(list)
  return list
end

local function read(_, name)
  if name == "_" then return last end
  local value = vars[name]
  if value ~= nil then return value end
  value = names[name]
  if value ~= nil or name == "isms" then return value end
  if type(name) ~= "string" then error("a global has a name", 2) end
  local near = engine.suggest(name, space.names())
  if name == "print" then error("there is no `print`: the values of an expression are shown by themselves", 2) end
  error(("there is no `%s`%s"):format(name, near and ("; did you mean `%s`?"):format(near) or ""), 2)
end

local function write(_, name, value)
  if type(name) ~= "string" then error("a global has a name", 2) end
  if names[name] ~= nil or name == "_" or name == "isms" then error(("`%s` is a name of assay and cannot be assigned"):format(name), 2) end
  vars[name] = value
end

--- Starts afresh: no variables.
function space.open()
  names, vars, last = {}, {}, nil
  local base = rule.environment()
  for name, value in pairs(base) do names[name] = value end
  names.isms = engine.isms()
  local blocks, checks = {}, require "checks"
  for _, name in ipairs(require("checks_all").about.names) do blocks[name] = checks[name] end
  names.checks = engine.freeze(blocks)
  names.results = shelf(state.results, "results")
  names.risks = shelf(state.risks.risks or {}, "risks")
  env = setmetatable({}, { __index = read, __newindex = write, __metatable = false })
end

--- The environment of what is typed.
function space.env() return env end

--- The value of a name, without an error where it is not there.
function space.get(name)
  if name == "_" then return last end
  local value = vars[name]
  if value ~= nil then return value end
  return names[name]
end

--- The value of the last expression.
function space.last() return last end

function space.keep(value) last = value end

return space
