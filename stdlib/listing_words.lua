-- What `assay list` shows of the language rather than of rules: kinds and their fields, building blocks, conditions, formats, limits,
-- commands. Each maker gives columns and rows (and a heading, and columns and rows for people where they differ), or nil and the names that
-- there are.

local about = require("checks_all").about
local codes = require "codes"
local conditions = require "conditions"
local doc_comments = require "doc_comments"
local reference = require "reference"

local words = {}

local function sorted(map)
  local keys = {}
  for key in pairs(map or {}) do keys[#keys + 1] = key end
  table.sort(keys)
  return keys
end

local function fields_of(name)
  local kind = engine.kind(name)
  if kind == nil then return nil, engine.kinds() end
  local rows, shown = {}, {}
  for i, field in ipairs(kind.fields) do
    local reads = nil
    if field.record_name ~= nil then reads = field.record_name == field.name and field.key_name or field.record_name end
    local required, type_of, comment = field.required == true, reference.type_of(field), field.comment or ""
    rows[i] = { field = field.name, required = required, type = type_of, also = reads, comment = comment }
    shown[i] = { field = field.name, required = required and "yes" or "", ["also reads as"] = reads or "",
      ["type; meaning"] = comment == "" and type_of or type_of .. "; " .. comment }
  end
  local heading = ("%s%s%s"):format(name, kind.title and ": " .. kind.title or "", kind.key and (" (key: %s)"):format(kind.key)
    or kind.single and " (one record)" or "")
  return { "field", "required", "type", "also", "comment" }, rows, heading, { "field", "required", "also reads as", "type; meaning" }, shown
end

--- Kinds, or the fields of one.
function words.kinds(argument)
  if argument.name ~= nil then return fields_of(argument.name) end
  local rows = {}
  for _, name in ipairs(engine.kinds()) do
    local kind = engine.kind(name)
    rows[#rows + 1] = { kind = name, key = kind.key or (kind.single and "(one record)" or "-"), fields = tostring(#(kind.fields or {})), title = kind.title or "" }
  end
  return { "kind", "key", "fields", "title" }, rows
end

--- A function with all that its comment says.
local function one_of(names, described, name, more)
  local known = false
  for _, other in ipairs(names) do known = known or other == name end
  if not known then return nil, names end
  local entry, rows = described[name] or { call = name, text = "", params = {}, returns = {} }, {}
  for _, param in ipairs(entry.params) do rows[#rows + 1] = { what = param.name, type = param.type, about = param.text } end
  for _, result in ipairs(entry.returns) do rows[#rows + 1] = { what = "gives", type = result.type, about = result.text } end
  for _, extra in ipairs(more) do rows[#rows + 1] = extra end
  return { "what", "type", "about" }, rows, ("%s: %s"):format(entry.call, entry.text)
end

local function functions(argument, names, described, column, more)
  if argument.name ~= nil then return one_of(names, described, argument.name, more(argument.name)) end
  local rows = {}
  for _, name in ipairs(names) do
    local entry = described[name] or { call = name, brief = "" }
    rows[#rows + 1] = { [column] = entry.call, meaning = entry.brief }
  end
  return { column, "meaning" }, rows
end

--- Building blocks (`checks.…`), or one of them.
function words.blocks(argument)
  return functions(argument, about.names, doc_comments.of_files("^checks_[%w_]+%.lua$"), "block", function(name)
    local rows = {}
    if about.params[name] then rows[#rows + 1] = { what = "params", type = "", about = table.concat(about.params[name], ", ") } end
    if about.reads[name] then rows[#rows + 1] = { what = "reads", type = "", about = table.concat(about.reads[name], ", ") } end
    if about.says[name] then rows[#rows + 1] = { what = "says", type = "", about = table.concat(about.says[name], ", ") } end
    return rows
  end)
end

--- Ready-made conditions, or one of them.
function words.conditions(argument)
  return functions(argument, sorted(conditions.make), doc_comments.of_files("^conditions_[%w_]+%.lua$"), "condition", function() return {} end)
end

local READ = {
  yaml = "a list of records, a map of key to record, or {kind, records, …}", json = "the same, or records somewhere inside (`at:`)",
  ndjson = "one record a line", csv = "one record a row; the first line names the columns", xml = "elements as records (`at:`); attributes are @name",
  text = "lines that fit a regular expression (`pattern:`)",
}

--- Formats that are read and written.
function words.formats(argument)
  local rows = {}
  for _, name in ipairs(argument.reads or sorted(READ)) do rows[#rows + 1] = { format = name, use = "read", about = READ[name] or "documents of a bundle" } end
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

--- All that can be looked up, or one entry of it.
function words.reference(argument)
  local rows = {}
  if argument.name == nil then
    for i, entry in ipairs(reference.entries()) do rows[i] = { name = entry.call or entry.name, what = reference.what(entry), about = entry.brief } end
    return { "name", "what", "about" }, rows
  end
  local entry, others = reference.find(argument.name)
  if entry == nil then return nil, others end
  for _, param in ipairs(entry.params) do rows[#rows + 1] = { what = param.name, type = param.type, about = param.text } end
  for _, returned in ipairs(entry.returns) do rows[#rows + 1] = { what = "gives", type = returned.type, about = returned.text } end
  for _, field in ipairs(entry.fields) do rows[#rows + 1] = { what = field.name, type = field.type, about = field.text } end
  for _, note in ipairs(entry.notes) do rows[#rows + 1] = { what = note.what, type = "", about = note.text } end
  return { "what", "type", "about" }, rows, ("%s: %s"):format(entry.call or entry.name, entry.text), nil, nil, function(width)
    local lines = reference.lines(entry, width)
    if #others > 0 then lines[#lines + 1] = "see also: " .. table.concat(others, ", ") end
    return lines
  end
end

--- The codes of messages; `assay check --explain` has the page on one.
function words.codes()
  local rows = {}
  for i, code in ipairs(codes.list()) do
    local entry = codes.entry(code)
    rows[i] = { code = code, title = entry.title, means = entry.means, ["do"] = entry["do"], example = entry.example }
  end
  return { "code", "title", "means", "do", "example" }, rows, nil, { "code", "title" }, rows
end

--- Limits and commands are the engine's to know: they come with the question.
function words.limits(argument)
  return { "limit", "default", "bounds" }, argument.limits or {}
end

function words.commands(argument)
  return { "command", "usage", "does", "flags", "details" }, argument.commands or {}, nil, { "command", "does" }, argument.commands or {}
end

return words
