-- Writes what `assay check` found for programs: json, sarif (2.1.0) and github (workflow commands).

local codes = require "codes"
local json = require "json"

local report = {}

local function counted(list)
  local count = { errors = 0, warnings = 0, notes = 0 }
  for _, one in ipairs(list) do count[one.severity .. "s"] = count[one.severity .. "s"] + 1 end
  return count
end

local writers = {}

function writers.json(argument)
  local list = engine.list {}
  for i, one in ipairs(argument.diagnostics) do
    list[i] = { code = one.code, severity = one.severity, document = one.document, line = one.line, column = one.column, message = one.message,
      help = one.help, source = one.source }
  end
  local count = counted(argument.diagnostics)
  return json.encode({
    schema = "assay.check/1", files = argument.files, errors = count.errors, warnings = count.warnings, notes = count.notes,
    diagnostics = list, fixed = engine.list(argument.fixed or {}),
  }, { "schema", "files", "errors", "warnings", "notes", "diagnostics", "code", "severity", "document", "line", "column", "message", "help", "source", "fixed" })
end

-- ---- SARIF ----

--- A path as a URI: everything but the harmless is escaped.
local function uri(path)
  local text = path:gsub("^%./", ""):gsub("[^%w%-%._~/!$&'()*+,;=@]", function(char) return ("%%%02X"):format(char:byte()) end)
  return path:sub(1, 1) == "/" and "file://" .. text or text
end

local function location(one)
  local region
  if one.line ~= nil then
    region = { startLine = one.line, startColumn = one.column, snippet = one.source and { text = one.source } or nil }
  end
  return { physicalLocation = { artifactLocation = { uri = uri(one.document or "assay.yaml") }, region = region } }
end

local function rule_of(code)
  local entry = codes.entry(code)
  if entry == nil then return { id = code, shortDescription = { text = code } } end
  local text = entry.means .. "\n\n" .. entry["do"]
  local markdown = entry.means .. "\n\n" .. entry["do"] .. (entry.example and "\n\n```\n" .. entry.example .. "```\n" or "")
  return {
    id = code, shortDescription = { text = entry.title }, fullDescription = { text = entry.means }, help = { text = text, markdown = markdown },
    defaultConfiguration = { level = ({ E = "error", W = "warning", N = "note" })[code:sub(1, 1)] },
  }
end

function writers.sarif(argument)
  local rules, index, results = engine.list {}, {}, engine.list {}
  local used = {}
  for _, one in ipairs(argument.diagnostics) do
    if index[one.code] == nil then
      index[one.code] = 0
      used[#used + 1] = one.code
    end
  end
  table.sort(used)
  for i, code in ipairs(used) do
    index[code] = i - 1
    rules[i] = rule_of(code)
  end
  for i, one in ipairs(argument.diagnostics) do
    results[i] = {
      ruleId = one.code, ruleIndex = index[one.code], kind = "fail", level = one.severity,
      message = { text = one.help and ("%s (%s)"):format(one.message, one.help) or one.message }, locations = engine.list { location(one) },
    }
  end
  return json.encode({
    ["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json", version = "2.1.0",
    runs = engine.list { {
      tool = { driver = { name = "assay", version = argument.version, semanticVersion = argument.version, rules = rules } },
      columnKind = "unicodeCodePoints", results = results,
    } },
  }, { "$schema", "version", "runs", "tool", "driver", "name", "id", "ruleId", "ruleIndex", "kind", "level", "message", "columnKind", "locations", "results" })
end

-- ---- GitHub ----

local function escaped(text)
  return (text:gsub("%%", "%%25"):gsub("\r", "%%0D"):gsub("\n", "%%0A"))
end

local function property(text)
  return (escaped(text):gsub(":", "%%3A"):gsub(",", "%%2C"))
end

local WORDS = { error = "error", warning = "warning", note = "notice" }

function writers.github(argument)
  local lines = {}
  for _, one in ipairs(argument.diagnostics) do
    local parts = {}
    if one.document ~= nil then parts[#parts + 1] = "file=" .. property(one.document) end
    if one.document ~= nil and one.line ~= nil then parts[#parts + 1] = "line=" .. one.line end
    if one.document ~= nil and one.line ~= nil and one.column ~= nil then parts[#parts + 1] = "col=" .. one.column end
    parts[#parts + 1] = "title=" .. property("assay " .. one.code)
    lines[#lines + 1] = ("::%s %s::%s\n"):format(WORDS[one.severity], table.concat(parts, ","), escaped(one.help and one.message .. "\n" .. one.help or one.message))
  end
  return table.concat(lines)
end

--- For the engine: the text of a format.
---@param argument table {format, version, files, diagnostics, fixed}
---@return table {text}
function report.render(argument)
  return { text = writers[argument.format](argument) }
end

return report
