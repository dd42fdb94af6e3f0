-- Mutation of rules: runs the cases of a test file on changed rules, and tells which changes no case notices. Those that change
-- nothing that could be noticed are listed, with the reason, in the file mutants.yaml of the pack.

local file = require "testing_file"
local mutate = require "mutate"

local mutants = {}

local SCHEMA = "assay.mutants/1"
local FILE = "mutants.yaml"
local WHOLE = { status = true, score = true, params = true }

--- The mutants of a file's rule.
---@param opened table as testing_file gives it
---@param wanted (fun(id: string): boolean)|nil
---@return table[] list of {nth, id}
function mutants.of(opened, wanted)
  opened.mutants = opened.mutants or mutate.list(opened.rule_text, opened.rule.needs)
  local found = {}
  for nth, mutant in ipairs(opened.mutants) do
    if wanted == nil or wanted(mutant.id) then found[#found + 1] = { nth = nth, id = mutant.id } end
  end
  return found
end

--- What of a case a change can break that concerns only these checks; nil where that is nothing. Also whether the whole rule is needed.
local function concerned(expect, checks)
  if checks == nil then return expect, true end
  if type(expect) ~= "table" then return expect, false end
  local left = {}
  for name, value in pairs(expect) do
    if WHOLE[name] then return expect, true end
    if checks[name] then left[name] = value end
  end
  return next(left) ~= nil and left or nil, false
end

local function narrowed(rule, checks)
  local only = {}
  for name, value in pairs(rule) do only[name] = value end
  only.checks = {}
  for _, one in ipairs(rule.checks) do
    if checks == nil or checks[one.name] then table.insert(only.checks, one) end
  end
  return only
end

--- What a case expects and notices: whether the changed rule no longer gives it.
local function notices(opened, one, checks, rule, only)
  local expect, whole = concerned(one.spec.expect, checks)
  if expect == nil then return false end
  local spec = {}
  for key, value in pairs(one.spec) do spec[key] = value end
  spec.expect, spec.same = expect, one.spec
  local fine, problems = engine.try(file.run_case, opened, whole and rule or only, { name = one.name, spec = spec }, {})
  return not fine or #problems > 0
end

--- Whether any case notices the change. The one that does is asked first next time: neighbouring changes are often noticed by the same.
local function is_noticed(opened, mutant, state)
  local ok, rule = engine.try(file.rule, opened, mutate.apply(opened.rule_text, mutant), state)
  if not ok then return true end -- it cannot even be loaded
  local only, asked = narrowed(rule, mutant.checks), opened.asked or { table.unpack(opened.cases) }
  opened.asked = asked
  for i, one in ipairs(asked) do
    if notices(opened, one, mutant.checks, rule, only) then
      table.insert(asked, 1, table.remove(asked, i))
      return true
    end
  end
  return false
end

--- A line of a text, and by how much it is indented.
local function line_of(text, number)
  for line in (text .. "\n"):gmatch("(.-)\n") do
    number = number - 1
    if number == 0 then
      local indent, rest = line:match("^(%s*)(.-)%s*$")
      return rest, #indent
    end
  end
  return "", 0
end

--- Runs one mutant.
---@param opened table
---@param nth integer
---@param state table
---@return table {id, killed} or, where it lives, {id, file, line, column, kind, was, now, source = the line, caret = place in it}
function mutants.judge(opened, nth, state)
  mutants.of(opened)
  local mutant = opened.mutants[nth]
  if is_noticed(opened, mutant, state) then return { id = mutant.id, killed = true } end
  local source, indent = line_of(opened.rule_text, mutant.line)
  return {
    id = mutant.id, killed = false, file = opened.rule_path, line = mutant.line, column = mutant.column, kind = mutant.kind,
    was = mutant.was, now = mutant.now, source = source, caret = mutant.column - indent,
  }
end

local function rules_of(folder)
  local ids = {}
  for _, name in ipairs(engine.files(folder) or {}) do
    local id = name:find("_test%.lua$") == nil and name:find("%.lua$") ~= nil and require("ids").from_file(name) or nil
    if id ~= nil then ids[id] = true end
  end
  return ids
end

--- The mutants of a pack that are explained.
---@param folder string of the pack
---@return table[] list of {id, reason, at = "file:line", orphan = no rule of the pack has that id}
---@return table|nil problem {what, at}
function mutants.explained(folder)
  local path = folder .. "/" .. FILE
  local text = engine.read(path)
  if text == nil then return {} end
  local value, where = engine.yaml(text, path)
  if value == nil then return {}, { what = path .. " cannot be read", at = path } end
  if type(value) ~= "table" or value.schema ~= SCHEMA or type(value.equivalent) ~= "table" then
    return {}, { what = ("%s must hold `schema: %s` and `equivalent`, a map of mutants to reasons"):format(path, SCHEMA), at = path }
  end
  local list, known = {}, rules_of(folder)
  for id, reason in pairs(value.equivalent) do
    local at = ("%s:%d"):format(path, where(value.equivalent, id) or 1)
    if type(reason) ~= "string" or not reason:find("%S") then return {}, { what = id .. ": give the reason why nothing can notice it", at = at } end
    list[#list + 1] = { id = id, reason = reason, at = at, orphan = not known[id:match("^([^/]+)/")] }
  end
  return list
end

--- Where the explanations for a test file stand.
---@param path string
---@return string folder
function mutants.home(path)
  return file.pack_folder(path) or path:match("^(.*)/[^/]*$") or "."
end

return mutants
