-- What `assay list` shows: rules, requirements, kinds, params, formats. Lists what is there (loaded packs, kinds of the
-- engine, writers of stdlib/report) and keeps no list of its own but the formats that the engine itself reads and writes.

local catalog = require "catalog"
local packs = require "packs"
local plain = require "plain"

local listing = {}

local makers = {}

local function sorted(map)
  local keys = {}
  for key in pairs(map) do keys[#keys + 1] = key end
  table.sort(keys)
  return keys
end

local function each_rule(visit)
  for _, id in ipairs(catalog.order()) do
    local mine = packs.rule(id)
    if mine then visit(id, mine) end
  end
end

local function file_of(mine)
  return mine.pack .. "/" .. mine.path
end

function makers.rules(effective)
  local rows = {}
  if effective then
    each_rule(function(id, mine)
      for _, check in ipairs(mine.rule and mine.rule.checks or {}) do
        rows[#rows + 1] = { rule = id, check = check.name, severity = check.severity, tests = check.tests,
        from = mine.checks[check.name] or file_of(mine) }
      end
      if mine.broken then rows[#rows + 1] = { rule = id, check = "-", severity = "-", tests = "-", from = "broken: " .. mine.broken } end
    end)
    return { "rule", "check", "severity", "tests", "from" }, rows
  end
  each_rule(function(id, mine)
    rows[#rows + 1] = { rule = id, checks = mine.rule and tostring(#mine.rule.checks) or "-", file = file_of(mine),
      title = mine.broken and "broken: " .. mine.broken or mine.entry and mine.entry.title or mine.rule.title }
  end)
  return { "rule", "checks", "file", "title" }, rows
end

function makers.requirements()
  local rows = {}
  for _, id in ipairs(catalog.order()) do
    local entry, mine = catalog.entry(id), packs.rule(id)
    rows[#rows + 1] = { requirement = id, theme = catalog.theme(id), rule = mine and (mine.rule and "yes" or "broken") or "no",
      title = entry.label or entry.title }
  end
  return { "requirement", "theme", "rule", "title" }, rows
end

function makers.kinds()
  local rows = {}
  for _, name in ipairs(engine.kinds()) do
    local kind = engine.kind(name)
    local n = 0
    for _ in pairs(kind.fields or {}) do n = n + 1 end
    rows[#rows + 1] = { kind = name, key = kind.key or (kind.single and "(one record)" or "-"), fields = tostring(n), title = kind.title or "" }
  end
  return { "kind", "key", "fields", "title" }, rows
end

function makers.params(effective)
  local rows = {}
  each_rule(function(id, mine)
    for _, name in ipairs(sorted(mine.texts or {})) do
      local spec = mine.rule and mine.rule.params[name] or {}
      local value = mine.texts[name]
      if type(spec.default) == "number" and spec.unit then value = value .. " " .. (spec.unit == "percent" and "%" or spec.unit) end
      local origin = mine.origins[name]
      rows[#rows + 1] = { param = id .. "." .. name, value = value, from = origin == "rule" and file_of(mine) or origin, meaning = spec.meaning or "" }
    end
  end)
  return effective and { "param", "value", "from", "meaning" } or { "param", "value", "meaning" }, rows
end

local READ = {
  { "yaml", "documents of a bundle, rules' settings, kinds" }, { "json", "documents of a bundle" },
  { "ndjson", "documents of a bundle, one record per line" }, { "csv", "documents of a bundle, one record per row" },
}

function makers.formats()
  local rows = {}
  for _, one in ipairs(READ) do rows[#rows + 1] = { format = one[1], use = "read", about = one[2] } end
  rows[#rows + 1] = { format = "json", use = "write", about = "the whole result, as docs/result.schema.json says" }
  for _, name in ipairs(engine.stdlib and engine.files(engine.stdlib .. "/report") or {}) do
    local stem = name:match("^([%w_]+)%.lua$")
    local ok, writer = false, nil
    if stem then ok, writer = engine.try(require, "report." .. stem) end
    if ok and type(writer) == "table" and writer.render then
      rows[#rows + 1] = { format = writer.name or stem, use = "write", about = writer.about or "" }
    end
  end
  return { "format", "use", "about" }, rows
end

--- Lists what is there. Rules, requirements and params are those of the last packs.load.
---@param argument table {what = "rules"|"requirements"|"kinds"|"params"|"formats", effective = boolean, width = columns}
---@return table {text, columns, rows}
function listing.list(argument)
  local maker = makers[argument.what]
  if maker == nil then
    local near = engine.suggest(tostring(argument.what), sorted(makers))
    engine.diag { code = "E0590", severity = "error", message = ("there is nothing called `%s` to list"):format(tostring(argument.what)),
      help = near and ("did you mean `%s`?"):format(near) or "one of: " .. table.concat(sorted(makers), ", ") }
    return { text = "", columns = engine.list {}, rows = engine.list {} }
  end
  local columns, rows = maker(argument.effective == true)
  local width = type(argument.width) == "number" and argument.width > 0 and argument.width or 100
  for _, row in ipairs(rows) do row.__order = columns end
  return { text = plain.table(columns, rows, width), columns = engine.list(columns), rows = engine.list(rows) }
end

return listing
