-- What `assay list` shows: rules, requirements, checks, params and packs as they were loaded here, the rest by listing_words. Keeps no
-- list of its own: whatever is there is asked.

local catalog = require "catalog"
local explain_rule = require "explain_rule"
local json = require "json"
local listing_formats = require "listing_formats"
local listing_words = require "listing_words"
local origins = require "origins"
local packs = require "packs"
local plain = require "plain"
local selection = require "selection"

local listing = {}

local makers = {}
for name, maker in pairs(listing_words) do makers[name] = maker end

local function sorted(map)
  local keys = {}
  for key in pairs(map) do keys[#keys + 1] = key end
  table.sort(keys)
  return keys
end

--- The ids that the question chooses, in their order.
local function selected(argument)
  local found, chosen = {}, selection.choose(argument.select, catalog.order())
  for _, id in ipairs(catalog.order()) do
    if chosen == nil or chosen[id] then found[#found + 1] = id end
  end
  return found
end

local function each_rule(argument, visit)
  for _, id in ipairs(selected(argument)) do
    local mine = packs.rule(id)
    if mine then visit(id, mine) end
  end
end

--- Checks of all rules.
function makers.checks(argument)
  local rows = {}
  each_rule(argument, function(id, mine)
    for _, check in ipairs(mine.rule and mine.rule.checks or {}) do
      rows[#rows + 1] = { rule = id, check = check.name, severity = check.severity, tests = check.tests, weight = tostring(check.weight),
        from = argument.effective and origins.text((origins.check(mine, check.name))) or nil, question = check.question }
    end
    if mine.broken then rows[#rows + 1] = { rule = id, check = "-", severity = "-", tests = "-", weight = "-", from = origins.file(mine),
      question = "broken: " .. mine.broken } end
  end)
  return { "rule", "check", "severity", "tests", "weight", argument.effective and "from" or "question" }, rows
end

--- Rules; what came from where: their checks.
function makers.rules(argument)
  if argument.effective then return makers.checks(argument) end
  local rows = {}
  each_rule(argument, function(id, mine)
    rows[#rows + 1] = { rule = id, checks = mine.rule and tostring(#mine.rule.checks) or "-", file = origins.file(mine),
      title = mine.broken and "broken: " .. mine.broken or mine.entry and mine.entry.title or mine.rule.title }
  end)
  return { "rule", "checks", "file", "title" }, rows
end

function makers.requirements(argument)
  local rows = {}
  for _, id in ipairs(selected(argument)) do
    local entry, mine = catalog.entry(id), packs.rule(id)
    rows[#rows + 1] = { requirement = id, theme = catalog.theme(id), rule = mine and (mine.rule and "yes" or "broken") or "no",
      title = entry.label or entry.title }
  end
  return { "requirement", "theme", "rule", "title" }, rows
end

local function from_text(place)
  if place.from == "--param" then return place.from end
  local at = origins.text(place)
  return at ~= "" and at or place.from
end

--- Params with their values.
function makers.params(argument)
  local rows = {}
  each_rule(argument, function(id, mine)
    for _, name in ipairs(sorted(mine.texts or {})) do
      local spec, place = mine.rule and mine.rule.params[name] or {}, origins.param(mine, name)
      rows[#rows + 1] = { param = id .. "." .. name, value = explain_rule.value(mine, name), from = from_text(place), meaning = spec.meaning or "" }
    end
  end)
  return argument.effective and { "param", "value", "from", "meaning" } or { "param", "value", "meaning" }, rows
end

function makers.packs()
  local rows, count = {}, {}
  each_rule({}, function(_, mine) count[mine.pack] = (count[mine.pack] or 0) + 1 end)
  for _, pack in ipairs(packs.list()) do
    rows[#rows + 1] = { pack = pack.name, version = pack.version, rules = tostring(count[pack.name] or 0), trusted = pack.trusted and "yes" or "no",
      path = pack.path, title = pack.title or "" }
  end
  return { "pack", "version", "rules", "trusted", "path", "title" }, rows
end

local EFFECTIVE = { rules = true, checks = true, params = true }
local SELECTED = { rules = true, requirements = true, checks = true, params = true }
local NAMED = { kinds = true, blocks = true, conditions = true, reference = true }

local function problem(text, help)
  engine.diag { code = "E0590", severity = "error", message = text, help = help }
  return { text = "", columns = engine.list {}, rows = engine.list {}, exit = 64 }
end

local function meant(word, list)
  local near = engine.suggest(tostring(word), list)
  return near and ("did you mean `%s`?"):format(near) or "one of: " .. table.concat(list, ", ")
end

--- What is wrong with the question, or nil.
local function fault(argument)
  local what = argument.what
  if makers[what] == nil then return problem(("there is nothing called `%s` to list"):format(tostring(what)), meant(what, sorted(makers))) end
  if argument.effective == true and not EFFECTIVE[what] then return problem(("--effective says nothing of %s"):format(what), "it goes with rules, checks and params") end
  if argument.select ~= nil and #argument.select > 0 and not SELECTED[what] then
    return problem(("--control chooses none of the %s"):format(what), "it goes with rules, requirements, checks and params")
  end
  if argument.name ~= nil and not NAMED[what] then
    return problem(("`assay list %s` takes no name"):format(what), argument.what == "codes" and "`assay check --explain CODE` tells all about one" or "kinds, blocks, conditions and reference do")
  end
  return nil
end

local function unknown_name(argument, names)
  if argument.what == "reference" and #names == 1 then
    return problem(("the reference has no `%s`"):format(argument.name), ("did you mean `%s`?"):format(names[1]))
  end
  local help = #names > 0 and meant(argument.name, names) or ("`assay list %s` shows all"):format(argument.what)
  if argument.what == "reference" then return problem(("the reference has no `%s`"):format(argument.name), help) end
  return problem(("there is no %s `%s`"):format((argument.what:gsub("s$", "")), argument.name), help)
end

local function for_people(argument, made)
  local width = type(argument.width) == "number" and argument.width > 0 and argument.width or 100
  if made.lines ~= nil then return table.concat(made.lines(width), "\n") .. "\n" end
  local text = #made.rows > 0 and plain.table(made.shown_columns or made.columns, made.shown or made.rows, width) or ""
  if made.heading == nil then return text end
  return table.concat(plain.wrap(plain.safe(made.heading), width), "\n") .. "\n" .. (text ~= "" and "\n" .. text or "")
end

--- Lists what is there. Rules, requirements, checks, params and packs are those of the last packs.load.
---@param argument table {what, name = of one kind, block, condition, code or entry of the reference, effective, select = {globs}, format = "text" |
--- "json" | "markdown" | "lua" | "man", width, limits, commands, reads = formats}
---@return table {text, columns, rows, exit = 64 where the question makes no sense}
function listing.list(argument)
  local wrong = fault(argument)
  if wrong ~= nil then return wrong end
  local made = {}
  made.columns, made.rows, made.heading, made.shown_columns, made.shown, made.lines = makers[argument.what](argument)
  if made.columns == nil then return unknown_name(argument, made.rows) end
  local text, help
  if argument.format == "json" then
    text = json.encode({ schema = "assay.list/1", what = argument.what, name = argument.name, about = made.heading, rows = engine.list(made.rows) },
      { "schema", "what", "name", "about", "rows", table.unpack(made.columns) })
  elseif listing_formats[argument.format] ~= nil then
    text, help = listing_formats[argument.format](argument, made.columns, made.rows)
    if text == nil then return problem(("%s cannot be written as %s"):format(argument.what, argument.format), help) end
  else
    text = for_people(argument, made)
  end
  for _, row in ipairs(made.rows) do row.__order = made.columns end
  return { text = text, columns = engine.list(made.columns), rows = engine.list(made.rows) }
end

return listing
