-- Has every part of the lint look at every file, in order.

local fields = require "lint.fields"
local file_of = require "lint.file"
local fixes = require "lint.fixes"
local flow = require "lint.flow"
local luacheck = require "lint.luacheck"
local names = require "lint.names"
local order = require "lint.order"
local packs = require "packs"
local patterns = require "lint.patterns"
local settings = require "lint.settings"
local tests = require "lint.tests"
local types_of = require "lint.types"

local all = {}

--- The params of a rule as they are in force, by name; nil where it could not be loaded.
local function params_of(found)
  local mine = found ~= nil and packs.rule(found.id) or nil
  return mine ~= nil and mine.rule ~= nil and mine.rule.params or nil
end

--- Other files of the same rule: those that it tailors or is tailored by.
local function others_of(one, found, files)
  local list = {}
  local mine = found ~= nil and packs.rule(found.id) or nil
  for _, source in ipairs(mine ~= nil and mine.files or {}) do
    local loaded = mine.sources ~= nil and mine.sources[source.path] or nil
    if source.path ~= one.chunk and files[source.path] == nil and loaded ~= nil and loaded.text ~= nil then
      files[source.path] = file_of.new(loaded.shown, loaded.text) -- of a pack that is not looked at itself
    end
    if source.path ~= one.chunk and files[source.path] ~= nil then list[#list + 1] = files[source.path] end
  end
  return list
end

local function check_rule(one, by_path, by_chunk, fix)
  local file = one.file
  local found = file:rule()
  local types = types_of.new(file, found)
  names.check(file, types, found, others_of(one, found, by_chunk), fix)
  fields.check(file, types, params_of(found))
  patterns.check(file)
  order.check(file)
  if found == nil then return end
  flow.check(file, found, types.checks)
  tests.check(file, found, types.checks, by_path[(one.path:gsub("%.lua$", "_test.lua"))])
end

--- Looks at all files, at the settings, and at what luacheck found.
---@param found table[] {path, chunk, pack, is_test, file}
---@param argument table of lint.run
---@return table {files, fixed, fixes}
function all.check(found, argument)
  local by_path, by_chunk, count = {}, {}, 0
  for _, one in ipairs(found) do
    by_path[one.path], by_chunk[one.chunk] = one.file, one.file
    count = count + 1
  end
  local mending = fixes.new(argument.fix)
  local fix = setmetatable({ trailing = function(file, at) return mending:trailing(file, at) end }, {
    __call = function(_, file, change) return mending:add(file, change) end,
  })
  for _, one in ipairs(found) do
    if one.file ~= nil and one.is_test then order.check(one.file)
    elseif one.file ~= nil then check_rule(one, by_path, by_chunk, fix) end
  end
  settings.check(found)
  if argument.luacheck ~= nil then luacheck.tell(argument.luacheck, by_path, fix) end
  local outcome = mending:outcome()
  outcome.files = count
  return outcome
end

return all
