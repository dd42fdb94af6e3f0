-- Loads the rules: packs and their catalogues, tailoring, selection, params. Sees no bundle and judges nothing.
-- A broken rule file costs its own requirement only; what is wrong with packs, params or selectors is an error
-- of the whole run.

local catalog = require "catalog"
local config = require "config"
local ids = require "ids"
local lines = require "lines"
local params = require "params"
local rule = require "rule"
local score = require "score"
local selection = require "selection"
local walk = require "pack.walk"

local packs = {}

--- What packs.rule gives; replaced by every load.
---@class packs.Entry
---@field id string
---@field rule table|nil the rule, tailored; nil where broken
---@field broken string|nil why
---@field params table<string, any> values in force
---@field texts table<string, string> the same as texts
---@field origins table<string, string> where each value comes from: "rule", a file, "assay.yaml", "--param"
---@field places table<string, table> where a changed value was written: {document=, line=, column=}
---@field checks table<string, string> name of each check to the file it comes from
---@field sources table<string, table> the files it is made of: {shown = path, text =}
local entries = {}
local loaded = {}
local faults = 0

local function fault(code, message, help, document, line, column)
  faults = faults + 1
  engine.diag { code = code, severity = "error", document = document, line = line, column = column, message = message, help = help,
    source = lines.of(document, line) }
end

local function did_you_mean(word, list)
  local near = engine.suggest(word, list)
  return near and ("did you mean `%s`?"):format(near) or nil
end

-- ---- packs and catalogues ----

local function read_packs(wanted)
  local found, by_path, by_name = {}, {}, {}
  for _, want in ipairs(wanted) do
    local path = want.path:gsub("(.)/+$", "%1")
    if not by_path[path] then
      by_path[path] = true
      local pack = walk.read(path, want.trusted, want.checked)
      if pack == nil then
        faults = faults + 1
      elseif by_name[pack.name] then
        fault("E0575", ("two packs are named `%s`"):format(pack.name), "the other one is " .. by_name[pack.name].path, path)
      else
        by_name[pack.name] = pack
        found[#found + 1] = pack
      end
    end
  end
  return found
end

local function join_catalogues(found)
  local all, seen = {}, {}
  for _, pack in ipairs(found) do
    for _, entry in ipairs(pack.entries) do
      if seen[entry.id] then
        fault("E0576", ("`%s` is in the catalogue twice"):format(entry.id), "first in " .. seen[entry.id].document,
          entry.document, entry.line, entry.column)
      else
        seen[entry.id] = entry
        all[#all + 1] = entry
      end
    end
  end
  catalog.set(all)
  if engine.catalog then engine.catalog(all) end
end

-- ---- rules and tailoring ----

local function break_rule(id, source, message)
  local mine = entries[id]
  if mine == nil then
    mine = { id = id, pack = source.pack.name, path = source.path, trusted = source.pack.trusted, files = {} }
    entries[id] = mine
  end
  mine.files[#mine.files + 1] = { path = source.chunk, sha256 = source.sha256 }
  mine.broken, mine.rule = mine.broken or message, nil
end

local function compile(source)
  local lost = loaded.lost[source.chunk]
  if lost then
    engine.diag { code = "E0632", severity = "error", document = source.shown, line = lost.line, message = lost.why,
      help = "a rule file only returns its table; what takes time belongs into its checks" }
    return nil, ("%s: %s"):format(source.chunk, lost.why)
  end
  if source.text == nil then
    engine.diag { code = "E0570", severity = "error", document = source.shown, message = source.why or "cannot be read" }
    return nil, source.why or "the file cannot be read"
  end
  engine.loading(source.chunk)
  local ran, made, message = engine.try(rule.load, source.shown, source.text, source.chunk, { names = not source.pack.checked })
  if not ran then
    engine.diag { code = "E0577", severity = "error", document = source.shown, message = made }
    return nil, made
  end
  return made, message or ("%s cannot be loaded"):format(source.chunk)
end

local function origins_of(list, chunk, before, names)
  local out = {}
  for name, thing in pairs(list) do
    out[name] = before and before[name] == thing and names[name] or chunk
  end
  return out
end

local function checks_by_name(made)
  local out = {}
  for _, check in ipairs(made.checks or {}) do out[check.name] = check end
  return out
end

local function add_rule(source, made)
  if catalog.entry(made.id) == nil then
    fault("E0578", ("`%s` is in no catalogue"):format(made.id),
      did_you_mean(made.id, catalog.order()) or "a pack with requirements of its own needs a `catalog:` in its pack.yaml", source.shown)
    return
  end
  local other = entries[made.id]
  if other then
    fault("E0579", ("a second rule for `%s`"):format(made.id),
      ("the first is %s/%s; to change it write `return extend \"%s\" { … }`"):format(other.pack, other.path, made.id), source.shown)
    return
  end
  entries[made.id] = {
    id = made.id, rule = made, pack = source.pack.name, path = source.path, trusted = source.pack.trusted,
    files = { { path = source.chunk, sha256 = source.sha256 } },
    sources = { [source.chunk] = { shown = source.shown, text = made.text } },
    checks = origins_of(checks_by_name(made), source.chunk),
    declared = origins_of(made.params or {}, "rule"),
  }
end

local function extend_rule(source, made)
  local mine = entries[made.id]
  if mine == nil then
    local known = {}
    for id in pairs(entries) do known[#known + 1] = id end
    table.sort(known, ids.before)
    fault("E0580", ("`%s` has no rule to extend"):format(made.id), did_you_mean(made.id, known), source.shown)
    return
  end
  if mine.rule == nil then
    mine.files[#mine.files + 1] = { path = source.chunk, sha256 = source.sha256 }
    return
  end
  local before = mine.rule
  local ran, extended, message = engine.try(rule.extend, before, made)
  if not ran then
    engine.diag { code = "E0577", severity = "error", document = source.shown, message = extended }
    extended, message = nil, extended
  end
  if extended == nil then
    break_rule(made.id, source, message or ("%s cannot be applied"):format(source.chunk))
    return
  end
  mine.files[#mine.files + 1] = { path = source.chunk, sha256 = source.sha256 }
  mine.sources[source.chunk] = { shown = source.shown, text = made.text }
  mine.checks = origins_of(checks_by_name(extended), source.chunk, checks_by_name(before), mine.checks)
  mine.declared = origins_of(extended.params or {}, source.chunk, before.params or {}, mine.declared)
  mine.trusted = mine.trusted and source.pack.trusted
  mine.rule = extended
end

local function read_rules(found)
  local tailoring = {}
  for _, pack in ipairs(found) do
    for _, source in ipairs(pack.sources) do
      source.pack = pack
      local made, message = compile(source)
      if made == nil then
        local id = ids.from_file(source.path)
        if id and catalog.entry(id) then
          tailoring[#tailoring + 1] = { source = source, broken = id, message = message }
        else
          faults = faults + 1
        end
      elseif made.extends then
        tailoring[#tailoring + 1] = { source = source, made = made }
      else
        add_rule(source, made)
      end
      source.text = nil
    end
  end
  engine.loading(nil)
  -- after all rules are there, so that the order of packs does not decide what can be tailored
  for _, one in ipairs(tailoring) do
    if one.broken then break_rule(one.broken, one.source, one.message) end
  end
  for _, one in ipairs(tailoring) do
    if one.made then extend_rule(one.source, one.made) end
  end
  for id, mine in pairs(entries) do
    mine.entry, mine.phase = catalog.entry(id), catalog.kind(id)
    mine.sha256 = #mine.files == 1 and mine.files[1].sha256 or walk.digest(mine.files)
  end
end

-- ---- params ----

local function set_defaults()
  for _, mine in pairs(entries) do
    mine.params, mine.texts, mine.origins, mine.places = {}, {}, {}, {}
    if mine.rule then
      for name, value in pairs(params.defaults(mine.rule)) do
        mine.params[name], mine.texts[name], mine.origins[name] = value, params.text(value), mine.declared[name]
      end
    end
  end
end

--- Where a param is named without its rule: the rules that have one of that name.
local function whole_param(given)
  local name, value = given:match("^([%w_]+)=(.*)$")
  local found = {}
  for id, mine in pairs(entries) do
    if name ~= nil and mine.rule ~= nil and mine.rule.params[name] ~= nil then found[#found + 1] = id end
  end
  table.sort(found, ids.before)
  for i, id in ipairs(found) do found[i] = ("%s.%s=%s"):format(id, name, value) end
  if #found == 0 then return nil end
  if #found == 1 then return ("did you mean `%s`?"):format(found[1]) end
  return ("name the rule, too: %s%s"):format(table.concat(found, ", ", 1, math.min(3, #found)), #found > 3 and " …" or "")
end

--- Sets one param of one rule. `at` is where it was written: {document=, line=, column=} or {}.
local function set_param(id, name, raw, origin, at)
  local mine = entries[id]
  if mine == nil then
    local known = {}
    for other in pairs(entries) do known[#known + 1] = other end
    table.sort(known, ids.before)
    fault("E0581", ("params of `%s`: there is no such rule"):format(id), did_you_mean(id, known), at.document, at.line, at.column)
    return
  end
  if mine.rule == nil then return end
  local spec = mine.rule.params and mine.rule.params[name]
  if spec == nil then
    local known = {}
    for other in pairs(mine.rule.params or {}) do known[#known + 1] = other end
    table.sort(known)
    fault("E0582", ("%s has no param `%s`"):format(id, name),
      did_you_mean(name, known) or (#known > 0 and "its params: " .. table.concat(known, ", ") or "it has no params"),
      at.document, at.line, at.column)
    return
  end
  local value, message = params.typed(spec, raw)
  if value == nil then
    fault("E0583", ("%s.%s: `%s` %s"):format(id, name, type(raw) == "table" and "a list" or tostring(raw), message or "cannot be used"), spec.meaning, at.document, at.line, at.column)
    return
  end
  mine.params[name], mine.texts[name], mine.origins[name], mine.places[name] = value, params.text(value), origin, at
  loaded.changed[id .. "." .. name] = mine.texts[name]
end

local function sorted_keys(map)
  local keys = {}
  for key in pairs(map) do keys[#keys + 1] = key end
  table.sort(keys, function(a, b) return tostring(a) < tostring(b) end)
  return keys
end

local function set_params(argument, settings, where, raw)
  for _, id in ipairs(sorted_keys(settings.params)) do
    for _, name in ipairs(sorted_keys(settings.params[id])) do
      local line, column
      if where then line, column = where(raw.params[id], name) end
      set_param(id, name, settings.params[id][name], "assay.yaml",
        { document = argument.config_path or "assay.yaml", line = line, column = column })
    end
  end
  for _, given in ipairs(argument.params or {}) do
    local id, name, value = given:match("^(.+)%.([%w_]+)=(.*)$")
    if id == nil then
      fault("E0584", ("`%s` is no param"):format(given), whole_param(given) or "write it as A.5.18.revoke_within=4h")
    else
      set_param(id, name, value, "--param", {})
    end
  end
end

-- ---- selection ----

local function choose(globs)
  local chosen, missed = selection.choose(globs, catalog.order())
  for _, miss in ipairs(missed) do fault("E0585", ("`%s` matches no requirement"):format(miss.glob), miss.help) end
  return chosen
end

-- ---- answers ----

local function rule_ref(mine)
  return { pack = mine.pack, path = mine.path, sha256 = mine.sha256 }
end

local function answer(found, chosen, settings)
  local out = { rules = engine.list {}, unjudged = engine.list {}, packs = engine.list {}, catalog = engine.list {} }
  for _, id in ipairs(catalog.order()) do
    out.catalog[#out.catalog + 1] = id
    local mine, selected = entries[id], chosen == nil or chosen[id] == true
    if mine and mine.rule and selected then
      out.rules[#out.rules + 1] = {
        id = id, title = mine.entry.title, kind = mine.phase, theme = catalog.theme(id), pack = mine.pack, path = mine.path,
        sha256 = mine.sha256, phase = mine.phase, needs = engine.list(mine.rule.needs or {}), selected = true, trusted = mine.trusted,
      }
    elseif not selected then
      out.unjudged[#out.unjudged + 1] = score.unjudged { id = id, status = "not_evaluated", reason = "not selected",
        selected = false, rule = mine and rule_ref(mine) }
    elseif mine then
      out.unjudged[#out.unjudged + 1] = score.unjudged { id = id, status = "error", reason = mine.broken, rule = rule_ref(mine) }
    else
      out.unjudged[#out.unjudged + 1] = score.unjudged { id = id, status = "not_evaluated", reason = "no rule for it" }
    end
  end
  for i, pack in ipairs(found) do
    out.packs[i] = { name = pack.name, version = pack.version, title = pack.title, path = pack.path, sha256 = pack.sha256, trusted = pack.trusted }
  end
  out.params = loaded.changed
  out.config = settings
  out.errors = faults
  return out
end

--- What the risk settings change, as it stands in the run's record.
local function note_risk(settings)
  local risk = settings.risk
  if risk.model then
    local text = risk.model
    if text:find("%.lua$") then
      local source = engine.read(text)
      text = text:match("[^/]*$") .. (source and " sha256:" .. engine.sha256(source) or "")
    end
    loaded.changed["risk.model"] = text
  end
  for name, value in pairs(risk.params or {}) do loaded.changed["risk." .. name] = params.text(value) end
  if risk.bands then
    local parts = {}
    for i, level in ipairs(sorted_keys(risk.bands)) do parts[i] = ("%s %s"):format(level, params.text(risk.bands[level])) end
    loaded.changed["risk.bands"] = table.concat(parts, ", ")
  end
end

--- Loads packs, tailoring, params and selection. Adds diagnostics E057x, E058x.
---@param argument table {paths = {{path=, trusted=}}, config_path=, config=, params = {texts}, select = {globs},
---  lost = {{file = chunk, why =, line =}} files that are not loaded, since that ended the process before}
---@return table {rules, catalog, unjudged, packs, params, config, errors}
function packs.load(argument)
  entries, loaded, faults = {}, { changed = {}, lost = {} }, 0
  for _, lost in ipairs(argument.lost or {}) do loaded.lost[lost.file] = lost end
  local settings, ok, where, raw = config.load(argument)
  if not ok then faults = faults + 1 end
  local wanted = {}
  for _, pack in ipairs(argument.paths or {}) do wanted[#wanted + 1] = pack end
  for _, pack in ipairs(settings.packs) do wanted[#wanted + 1] = pack end
  local found = read_packs(wanted)
  join_catalogues(found)
  read_rules(found)
  set_defaults()
  set_params(argument, settings, where, raw)
  note_risk(settings)
  loaded.settings, loaded.packs = settings, found
  return answer(found, choose(argument.select), settings)
end

--- The loaded rule of a requirement, tailored and with its params; nil where there is none.
---@param id string
---@return packs.Entry|nil
function packs.rule(id)
  return entries[id]
end

--- The catalogue entry of a requirement, or nil.
function packs.entry(id)
  return catalog.entry(id)
end

--- The checked assay.yaml of the last load.
function packs.settings()
  return loaded.settings or {}
end

--- The packs of the last load: {name, version, title, path, sha256, trusted}.
function packs.list()
  return loaded.packs or {}
end

return packs
