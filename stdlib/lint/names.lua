-- Names of a rule that are of no use or in the way: needs that nothing reads, params that nothing reads, locals called like a word of
-- the rule language.

local about = require("checks_all").about
local constructors = require("conditions").make
local file_of = require "lint.file"
local packs = require "packs"
local rule = require "rule"

local names = {}

local words_of_language

--- Every name that a rule file finds without declaring it.
---@return table<string, boolean>
function names.language()
  if words_of_language == nil then
    words_of_language = {}
    for name in pairs((rule.environment())) do words_of_language[name] = true end
  end
  return words_of_language
end

local function check_shadows(file)
  local language = names.language()
  for _, binding in ipairs(file.bindings) do
    if language[binding.name] then
      file:report("W0831", binding.token, ("`%s` hides the word of the rule language"):format(binding.name), "give it another name")
    end
  end
end

local function inside(token, node, file)
  return node ~= nil and token.at >= file.tokens[node.first].at and token.to <= file.tokens[node.last].to
end

--- All words of a file but those within some nodes: names, and what stands in texts.
local function words_of(file, without)
  local found = {}
  for _, token in ipairs(file.tokens) do
    local skip = false
    for _, node in ipairs(without) do skip = skip or inside(token, node, file) end
    if not skip and token.type == "name" then
      found[token.text] = true
    elseif not skip and token.type == "text" then
      for word in token.value:gmatch("[%a_][%w_]*") do found[word] = true end
    end
  end
  return found
end

--- The building blocks that a file uses, itself or by the ready-made condition of the name.
local function blocks_of(file)
  local found = {}
  for _, index in ipairs(file.indexes) do
    if index.name ~= nil and about.reads[index.name] ~= nil then found[index.name] = true end
  end
  for _, node in ipairs(file.globals) do
    if constructors[node.name] ~= nil then found[node.name] = true end
  end
  return found
end

--- Whether some words read a kind: by its name, or by a reference that leads to it.
local function reads_kind(kind, words, needed)
  if words[kind] then return true end
  for other in pairs(needed) do
    for _, field in ipairs((engine.kind(other) or { fields = {} }).fields) do
      if field.target == kind and (words[field.name] or words[field.record_name or ""] or words[field.key_name or ""]) then return true end
    end
  end
  return false
end

local function needs_of(spec)
  local entries = file_of.entries(spec)
  local list = file_of.value(entries.needs)
  return list ~= nil and list.type == "table" and list or nil
end

--- Takes an item out of a list, with the comma and the blanks that go with it: those behind it, or those before it where nothing that
--- stays follows.
local function removal(file, list, at, gone)
  local item = list[at]
  local from, to, stays = file.tokens[item.first].at, file.tokens[item.last].to, false
  for i = at + 1, #list do stays = stays or not gone[i] end
  if stays then
    to = file.tokens[list[at + 1].first].at - 1
  elseif at > 1 then
    from = file.tokens[list[at - 1].last].to + 1
  end
  return { from = from, to = to, text = "" }
end

local function kind_of(entry)
  return entry[1] ~= nil and entry[1].type == "text" and entry[1].value:gsub("%?$", "") or nil
end

local function set_of(list, into)
  for _, entry in ipairs(list or {}) do
    local kind = kind_of(entry)
    if kind ~= nil then into[kind] = true end
  end
  return into
end

--- The kinds of a list of needs that nothing reads: by their place in it.
local function unread(file, list, others)
  local theirs, words, blocks = {}, words_of(file, { list }), blocks_of(file)
  for _, other in ipairs(others) do
    local more = needs_of((other:rule() or {}).spec or {})
    for word in pairs(words_of(other, { more })) do words[word] = true end
    for block in pairs(blocks_of(other)) do blocks[block] = true end
    set_of(more, theirs)
  end
  local needed, read, gone = set_of(list, {}), {}, {}
  for kind in pairs(theirs) do needed[kind] = true end
  for block in pairs(blocks) do
    for _, kind in ipairs(about.reads[block] or {}) do read[(kind:gsub("%?$", ""))] = true end
  end
  for i, entry in ipairs(list) do
    local kind = kind_of(entry)
    -- what another file of the rule needs, too, may be made required here
    local idle = kind ~= nil and engine.has_kind(kind) and not theirs[kind] and not read[kind] and not reads_kind(kind, words, needed)
    gone[i] = idle and kind or nil
  end
  return gone
end

--- Needs that nothing reads. `others`: further files of the same rule.
local function check_needs(file, found, others, fix)
  local list = needs_of(found.spec)
  local loaded = packs.rule(found.id)
  if list == nil or loaded == nil or loaded.rule == nil then return end -- what keeps it from being loaded comes first
  local gone = unread(file, list, others)
  for i, entry in ipairs(list) do
    local change = gone[i] and { code = "W0834", at = file:token(entry), message = ("`%s` is no longer needed"):format(gone[i]),
      edit = removal(file, list, i, gone) }
    if change and not fix(file, change) then
      file:report("W0834", entry, ("`needs` names %s, which nothing in the rule reads"):format(gone[i]), "take it out, or run `assay check --fix`")
    end
  end
end

--- Names that a part of a file reads as params: params.name, and texts that name one.
---@param file table lint.file
---@param types table lint.types of it
---@param node table|nil only below this node
---@return table<string, boolean>
function names.params_read(file, types, node)
  local found = {}
  for _, index in ipairs(file.indexes) do
    if index.name ~= nil and (node == nil or inside(file:token(index), node, file)) then
      local object = types:of(index[1])
      if object == nil or object.is == "params" then found[index.name] = true end
    end
  end
  for _, text in ipairs(file.texts) do
    local up = text.up
    local by_name = up.type == "entry" and up.name ~= nil and up.name ~= "message" and up.name ~= "meaning" and up.name ~= "unit" or up.type == "call"
      or (up.type == "entry" and up.item ~= nil)
    if by_name and (node == nil or inside(file:token(text), node, file)) then found[text.value] = true end
  end
  return found
end

--- Params that some building blocks of a file take without being told.
---@return table<string, boolean>
function names.params_implied(file)
  local found = {}
  for block, list in pairs(about.params) do
    local used = false
    for _, index in ipairs(file.indexes) do used = used or index.name == block end
    for _, node in ipairs(file.globals) do used = used or node.name == block end
    for _, entry in ipairs(used and list or {}) do found[(entry:gsub("%?$", ""))] = true end
  end
  return found
end

local function check_params(file, types, spec)
  local list = file_of.value(file_of.entries(spec).params)
  if list == nil or list.type ~= "table" then return end
  local read, implied, written = names.params_read(file, types), names.params_implied(file), {}
  for _, index in ipairs(file.indexes) do written[index.name or ""] = true end
  for _, text in ipairs(file.texts) do written[text.value] = true end
  for _, entry in ipairs(list) do
    -- where it is written nowhere else, the loader has said so (E0520)
    if entry.name ~= nil and written[entry.name] and not read[entry.name] and not implied[entry.name] then
      file:report("W0832", entry, ("nothing reads the param `%s`: its name stands for something else wherever it is written"):format(entry.name),
        ("a check reads it as params.%s, or names it: within(\"reviewed_at\", \"%s\")"):format(entry.name, entry.name))
    end
  end
end

--- Looks at the names of a rule file.
---@param file table lint.file
---@param types table lint.types of it
---@param found table|nil file:rule()
---@param others table[] other files of the same rule
---@param fix function fix(file, change) → whether it will be made
function names.check(file, types, found, others, fix)
  check_shadows(file)
  if found == nil or found.word == "test" then return end
  check_needs(file, found, others, fix)
  if found.word == "rule" then check_params(file, types, found.spec) end
end

return names
