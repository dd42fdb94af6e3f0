-- `assay new`: which files a new rule, test, pack, kind, bundle or tailoring consists of, made from the templates beside it. Writes
-- nothing: the command line does, and never over a file that is there.

local catalog = require "catalog"
local catalogues = require "scaffold_catalog"
local ids = require "ids"
local json = require "json"
local packs = require "packs"
local rules = require "rule"
local scaffold_test = require "scaffold_test"

local scaffold = {}

local STOP = { ["of"] = true, ["and"] = true, ["the"] = true, ["for"] = true, ["in"] = true, ["to"] = true, ["on"] = true, ["or"] = true,
  ["with"] = true, ["a"] = true, ["from"] = true, ["by"] = true }

local function problem(text, help, code)
  return { problem = text, help = help, exit = code or 64 }
end

local function did_you_mean(word, list)
  local near = engine.suggest(word, list)
  return near and ("did you mean `%s`?"):format(near) or nil
end

--- The text of a template, with what stands for @NAMES@ in it.
local function fill(name, values)
  local text, why = engine.read(engine.stdlib .. "/templates/" .. name)
  if text == nil then error(("the template %s cannot be read: %s"):format(name, why), 0) end
  return (text:gsub("@([%u_]+)@", function(word) return values[word] end))
end

--- A text within double quotes, in Lua and YAML alike.
local function quoted(text)
  return (text:gsub("%c", " "):gsub('[\\"]', "\\%0"))
end

local function words_of(title, most)
  local list = {}
  for word in engine.fold(title):gsub("[^%w]+", " "):gmatch("%S+") do
    if #list < most and not STOP[word] and word:find("^%a") then list[#list + 1] = word end
  end
  return list
end

--- The file of a requirement, in the pack: "annex_a/a_8_9_configuration_management".
local function stem_of(id, title, kind)
  local folder = kind == "clause" and "clauses" or id:find("^A%.") and "annex_a" or "own"
  local words = title ~= nil and words_of(title, 3) or {}
  local name = id:lower():gsub("%.", "_") .. (#words > 0 and "_" .. table.concat(words, "_") or "")
  return folder .. "/" .. name
end

--- `named`: the title says what it is about, so that files and topics can be named for it.
local function values_of(id, title, intent, named)
  local words = named and words_of(title, 4) or {}
  return { ID = id, TITLE = quoted(title), INTENT = quoted(intent), TOPIC = #words > 0 and table.concat(words, "_") or id:lower():gsub("%.", "_") }
end

--- The rule file of a requirement in a folder, or nil. `extends` tells tailorings from rules by what they return.
local function file_in(folder, id, extends)
  for _, name in ipairs(engine.exists(folder) == "folder" and engine.files(folder) or {}) do
    if name:find("%.lua$") and not name:find("_test%.lua$") and ids.from_file(name) == id then
      local text = engine.read(folder .. "/" .. name) or ""
      if (text:find("return%s+extend%f[%W]") ~= nil) == extends then return name, text end
    end
  end
  return nil
end

local function command(...)
  local parts = { "assay", ... }
  for i, part in ipairs(parts) do
    if part:find("[^%w_./=:,+-]") then parts[i] = "'" .. part:gsub("'", "'\\''") .. "'" end
  end
  return table.concat(parts, " ")
end

local function below(folder, path)
  return (folder == "." and "" or folder:gsub("/+$", "") .. "/") .. path
end

--- `--rules FOLDER`, where assay.yaml does not name the pack.
local function rules_flag(ask)
  if ask.known then return {} end
  return { "--rules", ask.folder }
end

local function luarc()
  return { path = ".luarc.json", text = fill("luarc.json", { TYPES = quoted(engine.stdlib .. "/types") }) }
end

local makers = {}

local function rule_files(id, title, intent, kind, named)
  local stem, values = stem_of(id, named and title or nil, kind), values_of(id, title, intent, named)
  return { { path = stem .. ".lua", text = fill("rule.lua", values) }, { path = stem .. "_test.lua", text = fill("rule_test.lua", values) } }
end

local OWN_INTENT = "Say in one sentence what this is to bring about."

--- A requirement of one's own: its rule, its test, and its entry in the pack's catalogue.
local function own_rule(ask, id)
  if id:find("^A%.%d") or not id:find("^%u[%u%d]*%.%d+[%.%d]*$") or ids.from_file(stem_of(id, nil, "control")) ~= id then
    return problem(("there is no requirement `%s`"):format(ask.name),
      did_you_mean(id, catalog.order()) or "a requirement of your own has an id such as ACME.1: capital letters, then numbers")
  end
  local title = ask.title or "Requirement " .. id
  local changes, why = catalogues.add(ask.folder, id, fill("entry.yaml", values_of(id, title, OWN_INTENT)), fill("catalog.yaml", {}))
  if changes == nil then return problem(why, "add the entry to the catalogue of the pack, then try again", 65) end
  local files = rule_files(id, title, OWN_INTENT, "control", ask.title ~= nil)
  for _, change in ipairs(changes) do files[#files + 1] = change end
  return { files = files, next = { command("test", below(ask.folder, files[1].path)), command("explain", id, table.unpack(rules_flag(ask))) } }
end

function makers.rule(ask)
  local id = ask.name:find("^%a") and ask.name:upper() or ask.name
  local mine, there = packs.rule(id), file_in(ask.folder, id, false)
  if mine ~= nil or there ~= nil then
    return problem(("%s has a rule already: %s"):format(id, there and below(ask.folder, there) or mine.pack .. "/" .. mine.path),
      ("`assay new tailoring %s` changes it without copying it"):format(id))
  end
  local entry = catalog.entry(id)
  if entry == nil then return own_rule(ask, id) end
  local files = rule_files(id, ask.title or entry.label or entry.title, entry.purpose or OWN_INTENT, entry.kind, true)
  return { files = files, next = { command("test", below(ask.folder, files[1].path)), command("explain", id, table.unpack(rules_flag(ask))) } }
end

function makers.test(ask)
  local id = ask.name:find("^%a") and ask.name:upper() or ask.name
  local name, text = file_in(ask.folder, id, false)
  if name == nil then
    local mine = packs.rule(id)
    return problem(("%s has no rule for %s"):format(ask.folder, id), mine and "its rule is in another pack: " .. mine.pack .. "/" .. mine.path
      or did_you_mean(id, catalog.order()) or ("`assay new rule %s` begins one, with its test"):format(id))
  end
  local path = name:gsub("%.lua$", "_test.lua")
  if engine.exists(below(ask.folder, path)) then
    return problem(below(ask.folder, path) .. " is there already; nothing is written", ("`%s` runs it"):format(command("test", below(ask.folder, path))), 74)
  end
  local made, why = rules.load(below(ask.folder, name), text, name)
  if made == nil then return problem(("the rule cannot be loaded: %s"):format(why), nil, 65) end
  local values = scaffold_test.values(made, text)
  values.ID, values.TITLE = id, quoted(made.title)
  return { files = { { path = path, text = fill("test.lua", values) } }, next = { command("test", below(ask.folder, path)) } }
end

function makers.pack(ask)
  if not ask.name:find("^%a[%w_-]*$") then return problem(("`%s` is no name of a pack"):format(ask.name), "letters, digits, `_` and `-`, beginning with a letter") end
  if engine.exists(below(ask.folder, "pack.yaml")) then
    return problem(below(ask.folder, "pack.yaml") .. " is there already; nothing is written", ("`assay new rule ID --pack %s` adds a rule to it"):format(ask.folder), 74)
  end
  local id = ask.name:gsub("[^%w]", ""):upper() .. ".1"
  if catalog.entry(id) ~= nil then return problem(("there is a requirement %s already"):format(id), "choose another name", 65) end
  local title = ask.title or "Requirement " .. id
  local files = {
    { path = "pack.yaml", text = fill("pack.yaml", { NAME = ask.name }) },
    { path = "catalog.yaml", text = fill("catalog.yaml", {}) .. fill("entry.yaml", values_of(id, title, OWN_INTENT)) },
    luarc(),
  }
  for _, file in ipairs(rule_files(id, title, OWN_INTENT, "control", ask.title ~= nil)) do files[#files + 1] = file end
  if not ask.has_config then files[#files + 1] = { path = "assay.yaml", here = true, text = fill("assay.yaml", { NAME = ask.folder }) } end
  local notes = ask.has_config and { ("add it to %s: packs: [{path: %s}]"):format(ask.config_path, ask.folder) } or nil
  return { files = files, notes = notes, next = { command("test", ask.folder) } }
end

function makers.kind(ask)
  local name = ask.name
  if not name:find("^%l[%l%d_]*$") then return problem(("`%s` is no name of a kind"):format(name), "small letters, digits and `_`, such as `laptops`") end
  if engine.kind(name) ~= nil then return problem(("there is a kind `%s` already"):format(name), ("`assay list kinds %s` shows it"):format(name)) end
  local title = ask.title or (name:gsub("_", " "):gsub("^%l", string.upper))
  return { files = { { path = "kinds/" .. name .. ".yaml", text = fill("kind.yaml", { NAME = name, TITLE = ('"%s"'):format(quoted(title)) }) } },
    next = { command("list", "kinds", name, table.unpack(rules_flag(ask))) } }
end

function makers.bundle(ask)
  if not ask.name:find("^%w[%w_-]*$") then return problem(("`%s` is no name of a bundle"):format(ask.name), "letters, digits, `_` and `-`") end
  local values = { NAME = ask.name, TITLE = ('"%s"'):format(quoted(ask.title or ask.name:gsub("^%l", string.upper))) }
  local files = {
    { path = "bundle.yaml", text = fill("bundle/bundle.yaml", values) }, { path = "registers/people.yaml", text = fill("bundle/people.yaml", values) },
    { path = "registers/documents.yaml", text = fill("bundle/documents.yaml", values) }, { path = "evidence/users.csv", text = fill("bundle/users.csv", values) },
  }
  return { files = files, next = { command("eval", ask.folder) } }
end

--- A param of the rule whose default stands in the tailoring, ready to be changed; and what its test expects of it.
local function param_line(rule)
  local names = {}
  for name, spec in pairs(rule.params) do
    if type(spec.default) == "string" or type(spec.default) == "number" then names[#names + 1] = name end
  end
  table.sort(names)
  local name = names[1]
  if name == nil then return "", "" end
  local default = rule.params[name].default
  local text = type(default) == "string" and ('"%s"'):format(quoted(default)) or engine.to_text(default)
  return ("    %s = { default = %s },   -- the rule's own value: change it here\n"):format(name, text), ("%s = %s, "):format(name, text)
end

function makers.tailoring(ask)
  local id = ask.name:find("^%a") and ask.name:upper() or ask.name
  local mine = packs.rule(id)
  if mine == nil or mine.rule == nil then
    if mine ~= nil then return problem(("the rule of %s cannot be loaded: %s"):format(id, mine.broken), nil, 65) end
    return problem(("%s has no rule to tailor"):format(id), catalog.entry(id) and ("`assay new rule %s` begins one"):format(id)
      or did_you_mean(id, catalog.order()))
  end
  local there = file_in(ask.folder, id, true)
  if there ~= nil then return problem(("%s tailors %s already; nothing is written"):format(below(ask.folder, there), id), nil, 74) end
  local entry = catalog.entry(id)
  local values, names = values_of(id, entry.label or entry.title, "", true), {}
  for i, check in ipairs(mine.rule.checks) do
    if check.name == "our_instruction_reviewed" then return problem(("%s has been tailored so before: it has a check our_instruction_reviewed"):format(id), nil, 65) end
    names[i] = "  --   " .. check.name
  end
  local need
  for _, one in ipairs(mine.rule.needs) do
    if one:gsub("%?$", "") == "documents" then need = one end
  end
  values.PARAM, values.PARAM_AS = param_line(mine.rule)
  values.CHECKS = table.concat(names, "\n")
  values.NEEDS = need == nil and '  needs = { "documents" },\n\n' or ""
  values.UNSUPPLIED = need == "documents?" and "n_a" or "unknown"
  values.UNREACHABLE = need == "documents?" and '  unreachable = { our_instruction_reviewed = { "unknown", reason = "the rule can do without documents" } },\n' or ""
  local stem = stem_of(id, nil, entry.kind) .. "_ours"
  return { files = { { path = stem .. ".lua", text = fill("tailoring.lua", values) }, { path = stem .. "_test.lua", text = fill("tailoring_test.lua", values) } },
    next = { command("test", below(ask.folder, stem .. ".lua")), command("explain", id, table.unpack(rules_flag(ask))) } }
end

--- For the engine: the files of something new.
---@param ask table {what, name, folder, title, known = assay.yaml names the pack, has_config, config_path}
---@return table {text = JSON {files = {{path, text, here, change}}, next = {commands}, notes}} or {problem, help, exit}
function scaffold.plan(ask)
  local made = makers[ask.what](ask)
  if made.problem ~= nil then return made end
  return { text = json.encode { files = engine.list(made.files), next = engine.list(made.next), notes = engine.list(made.notes or {}) } }
end

return scaffold
