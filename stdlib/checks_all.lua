-- Gathers the building blocks of checks_<subject>.lua, and what the loader of rules must know of them: their names, the params
-- that they take by name (`about.params`; with ? where the rule has them), the kinds that they read (`about.reads`) and the names of
-- messages that they choose (`about.says`).

local gaps = require "gaps"
local here = require "context"

local parts = {
  require "checks_dates", require "checks_words", require "checks_people", require "checks_documents",
  require "checks_registers", require "checks_access", require "checks_operations",
}

--- A block that reads kinds: where some are missing, they count as read.
local function noting(block, kinds)
  if kinds == nil then return block end
  return function(...)
    if here.gaps then gaps.touch(kinds) end
    return block(...)
  end
end

local blocks, names = {}, {}
local about = { params = {}, reads = {}, says = {}, names = names }

for _, part in ipairs(parts) do
  for name, value in pairs(part) do
    if type(value) == "function" and not (part.private and part.private[name]) then
      assert(blocks[name] == nil, name)
      blocks[name] = noting(value, part.reads and part.reads[name])
      names[#names + 1] = name
    end
  end
  for name, list in pairs(part.params or {}) do about.params[name] = list end
  for name, list in pairs(part.reads or {}) do about.reads[name] = list end
  for name, list in pairs(part.says or {}) do about.says[name] = list end
end
table.sort(names)

local known = setmetatable({}, {
  __index = function(_, name)
    local near = engine.suggest(tostring(name), names)
    error(("there is no building block `%s`%s"):format(tostring(name), near and "; did you mean `" .. near .. "`?" or ""), 2)
  end,
})
for name, block in pairs(blocks) do known[name] = block end

local checks = setmetatable({}, {
  __index = known,
  __newindex = function() error("the building blocks are read-only", 2) end,
  __metatable = false,
})

return { table = checks, blocks = blocks, about = about }
