-- What assay.yaml and tailorings say in vain: params that no check reads any more, and values that are those of the rule anyway.

local catalog = require "catalog"
local file_of = require "lint.file"
local lines = require "lines"
local names = require "lint.names"
local packs = require "packs"
local params = require "params"

local settings = {}

--- Everything that a part of a file names, and what the helpers of the file name that it calls.
local function words_below(file, node)
  local found, waiting, seen = {}, { node }, {}
  while #waiting > 0 do
    local one = table.remove(waiting)
    local from, to = one.first, one.last
    for at = from, to do
      local token = file.tokens[at]
      if token.type == "name" or token.type == "text" then found[token.type == "name" and token.text or token.value] = true end
    end
    for _, binding in ipairs(file.bindings) do
      if not seen[binding] and found[binding.name] and binding.value ~= nil then
        seen[binding] = true
        waiting[#waiting + 1] = binding.value
      end
    end
  end
  return found
end

--- The params that the checks in force of a rule can read, over all its files.
local function in_force(mine, by_chunk)
  local read = {}
  for name, chunk in pairs(mine.checks or {}) do
    local one = by_chunk[chunk]
    local found = one ~= nil and one.file ~= nil and one.file:rule() or nil
    if found == nil then return nil end
    for word in pairs(names.params_implied(one.file)) do read[word] = true end
    for _, check in ipairs(one.file:parts(found.spec, "check")) do
      if check.name == name then
        for word in pairs(words_below(one.file, check.call)) do read[word] = true end
      end
    end
    local asked = file_of.value(file_of.entries(found.spec).applies_when)
    if asked ~= nil then
      for word in pairs(words_below(one.file, asked)) do read[word] = true end
    end
  end
  return read
end

local function sorted(map)
  local list = {}
  for name in pairs(map or {}) do list[#list + 1] = name end
  table.sort(list)
  return list
end

local function told(code, severity, at, message, help)
  engine.diag { code = code, severity = severity, document = at.document, line = at.line, column = at.column, message = message, help = help,
    source = lines.of(at.document, at.line) }
end

local function check_rule(id, mine, by_chunk)
  if mine.rule == nil then return end
  local read = in_force(mine, by_chunk)
  for _, name in ipairs(sorted(mine.places)) do
    local at, spec = mine.places[name], mine.rule.params[name]
    if read ~= nil and not read[name] then
      told("W0833", "warning", at, ("no check of %s reads `%s` any more"):format(id, name), "its tailoring dropped or replaced what did")
    elseif at.document ~= nil and mine.texts[name] == params.text((params.typed(spec, spec.default))) then
      told("N0870", "note", at, ("%s.%s is %s anyway"):format(id, name, mine.texts[name]))
    end
  end
end

--- A tailoring that changes a param which no check in force reads.
local function check_extension(one, by_chunk)
  local found = one.file:rule()
  if found == nil or found.word ~= "extend" then return end
  local mine = packs.rule(found.id)
  if mine == nil or mine.rule == nil then return end
  for _, check in ipairs(one.file:parts(found.spec, "check")) do
    if mine.checks[check.name] ~= one.chunk then
      one.file:report("W0841", check.call, ("the check `%s` is never asked: %s"):format(check.name,
        mine.checks[check.name] and mine.checks[check.name] .. " replaces it" or "a later extension drops it"), "keep one of them")
    end
  end
  local read = in_force(mine, by_chunk)
  local list = file_of.value(file_of.entries(found.spec).params)
  if read == nil or list == nil or list.type ~= "table" then return end
  for _, entry in ipairs(list) do
    if entry.name ~= nil and not read[entry.name] then
      one.file:report("W0833", entry, ("no check of %s reads `%s` any more"):format(found.id, entry.name), "its tailoring dropped or replaced what did")
    end
  end
end

--- Looks at the settings and at what tailorings change.
---@param found table[] the files of lint
function settings.check(found)
  local by_chunk = {}
  for _, one in ipairs(found) do by_chunk[one.chunk] = one end
  for _, id in ipairs(catalog.order()) do
    local mine = packs.rule(id)
    if mine ~= nil then
      for _, source in ipairs(mine.files or {}) do
        local file = mine.sources ~= nil and mine.sources[source.path] or nil
        if by_chunk[source.path] == nil and file ~= nil and file.text ~= nil then
          by_chunk[source.path] = { file = file_of.new(file.shown, file.text) }
        end
      end
      check_rule(id, mine, by_chunk)
    end
  end
  for _, one in ipairs(found) do
    if one.file ~= nil and not one.is_test then check_extension(one, by_chunk) end
  end
end

return settings
