-- The pages of docs/reference in Markdown: the API, kinds, checks, commands, limits and codes, made of the same data as `:doc`, `assay list`
-- and `assay help`. Holds the few words around the tables, and nothing else that is told elsewhere.

local catalog = require "catalog"
local explain_rule = require "explain_rule"
local origins = require "origins"
local packs = require "packs"
local reference = require "reference"

local pages = {}

local MADE = "\n<!-- Made by `make reference`; a test holds it against the program. -->\n"

--- A text inside a table or paragraph: what Markdown and HTML would take for more than text is escaped, but not inside `…`.
local function safe(text)
  local out = {}
  for plain, code in (text .. "``"):gmatch("([^`]*)(`[^`]*`)") do
    out[#out + 1] = plain:gsub("[<>|*_\\]", "\\%0")
    if code ~= "``" then out[#out + 1] = code:gsub("|", "\\|") end
  end
  return (table.concat(out):gsub("%s+", " "))
end

local function code(text)
  return text == "" and "" or "`" .. text:gsub("|", "\\|") .. "`"
end

--- A table. Rows are lists of cells, already written as Markdown.
---@param out string[]
---@param columns string[]
---@param rows table[]
local function table_of(out, columns, rows)
  if #rows == 0 then return end
  out[#out + 1] = ""
  out[#out + 1] = "| " .. table.concat(columns, " | ") .. " |"
  out[#out + 1] = "|" .. ("---|"):rep(#columns)
  for _, row in ipairs(rows) do out[#out + 1] = ("| " .. table.concat(row, " | ") .. " |"):gsub("  +|", " |") end
end

local function example(out, lines)
  if #lines == 0 then return end
  out[#out + 1] = "\n```lua\n" .. table.concat(lines, "\n") .. "\n```"
end

local function finish(out)
  return table.concat(out, "\n") .. "\n"
end

--- Columns and rows of `assay list` as a Markdown table.
---@param columns string[]
---@param rows table[]
---@return string
function pages.rows(columns, rows)
  local out, cells = {}, {}
  for i, row in ipairs(rows) do
    cells[i] = {}
    for k, column in ipairs(columns) do cells[i][k] = safe(tostring(row[column] == nil and "" or row[column])) end
  end
  table_of(out, columns, cells)
  return table.concat(out, "\n", 2) .. "\n"
end

local function field_rows(fields)
  local rows = {}
  for i, field in ipairs(fields) do rows[i] = { code(field.name .. (field.optional and "?" or "")), code(field.type), safe(field.text) } end
  return rows
end

local function function_entry(out, entry)
  local gives = {}
  for _, returned in ipairs(entry.returns) do gives[#gives + 1] = returned.type end
  out[#out + 1] = ("\n#### `%s`%s\n\n%s"):format(entry.call or entry.name, #gives > 0 and " → `" .. table.concat(gives, "`, `") .. "`" or "", safe(entry.text))
  local rows = {}
  for _, param in ipairs(entry.params) do
    rows[#rows + 1] = ("- %s %s%s"):format(code(param.name .. (param.optional and "?" or "")), code(param.type), param.text ~= "" and ": " .. safe(param.text) or "")
  end
  for _, returned in ipairs(entry.returns) do
    if returned.text ~= "" then rows[#rows + 1] = ("- gives %s: %s"):format(code(returned.type), safe(returned.text)) end
  end
  for _, note in ipairs(entry.notes) do rows[#rows + 1] = ("- %s: %s"):format(note.what, safe(note.text)) end
  if #rows > 0 then out[#out + 1] = "\n" .. table.concat(rows, "\n") end
  if #entry.fields > 0 then table_of(out, { "key", "type", "means" }, field_rows(entry.fields)) end
  example(out, entry.example)
end

local function class_entry(out, entry)
  out[#out + 1] = ("\n### %s\n\n%s"):format(entry.name, safe(entry.text))
  table_of(out, { "field", "type", "means" }, field_rows(entry.fields))
  example(out, entry.example)
end

local API = [[
# API

What a rule file can say. `assay list reference NAME` and `:doc NAME` in the REPL show the same, one name at a time; editors show it as you
write (`assay new pack` sets that up). [rules.md](../rules.md) explains how it fits together; [kinds.md](kinds.md) has the records.

Types are written as in annotations: `a|b` is either, `x[]` a list, `?` may be left out, `any` whatever fits.]]

--- docs/reference/api.md
---@return string
function pages.reference()
  local out = { API, MADE }
  for _, group in ipairs(reference.GROUPS) do
    if group[1] ~= "kinds" then
      out[#out + 1] = "\n## " .. group[2]
      for _, entry in ipairs(reference.entries()) do
        if entry.group == group[1] and not reference.is_inner(entry) then
          if entry.what == "class" and entry.call == nil then
            class_entry(out, entry)
          elseif entry.what == "alias" then
            out[#out + 1] = ("\n### %s\n\n%s\n\n`%s = %s`"):format(entry.name, safe(entry.text), entry.name, entry.item.type)
          else
            function_entry(out, entry)
          end
        end
      end
    end
  end
  return finish(out)
end

local KINDS = [[
# Kinds

The kinds of records that a bundle can hold, and their fields. `!` behind a field: required. A reference, `ref(people)`, is written in the
evidence as the key of a record, and read in rules as the record or as its key, by the name in the third column.
`assay list kinds NAME` shows the same; [bundles.md](../bundles.md) says how exports become records.
]]

--- docs/reference/kinds.md, with those of the organisation where there are some.
---@return string
function pages.kinds()
  local out, links = { KINDS .. MADE }, {}
  local names = engine.kinds()
  for i, name in ipairs(names) do links[i] = ("[%s](#%s)"):format(name, name) end
  out[#out + 1] = table.concat(links, ", ")
  for _, name in ipairs(names) do
    local kind = engine.kind(name)
    local about = kind.key and ("Key: `%s`."):format(kind.key) or kind.single and "One record." or "Records have no key."
    out[#out + 1] = ("\n## %s\n\n%s. %s"):format(name, safe(kind.title or name), about)
    local rows = {}
    for i, field in ipairs(kind.fields) do
      local also = field.record_name ~= nil and (field.record_name == field.name and field.key_name or field.record_name) or ""
      rows[i] = { code(field.name .. (field.required and "!" or "")), code(reference.type_of(field)), code(also or ""), safe(field.comment or "") }
    end
    table_of(out, { "field", "type", "also", "means" }, rows)
  end
  return finish(out)
end

local CHECKS = [[
# Checks

What the rules test. `assay explain REQUIREMENT` tells more: populations, conditions, and with a bundle why it came out so. Params are set in
`assay.yaml` or with `--param`.
]]

local function sorted(map)
  local keys = {}
  for key in pairs(map or {}) do keys[#keys + 1] = key end
  table.sort(keys)
  return keys
end

--- docs/reference/checks.md: the rules that are loaded.
---@return string
function pages.checks()
  local out = { CHECKS .. MADE:sub(1, -2) }
  for _, id in ipairs(catalog.order()) do
    local mine = packs.rule(id)
    if mine ~= nil and mine.rule ~= nil then
      local needs = {}
      for i, kind in ipairs(mine.rule.needs) do needs[i] = code(kind) end
      out[#out + 1] = ("\n## %s %s\n\n%s\n\nNeeds %s. File: `%s`."):format(id, safe(mine.rule.title), safe(mine.rule.intent), table.concat(needs, ", "), origins.file(mine))
      local rows = {}
      for i, check in ipairs(mine.rule.checks) do
        rows[i] = { code(check.name), safe(check.question), check.tests, check.severity, tostring(check.weight) }
      end
      table_of(out, { "check", "question", "tests", "severity", "weight" }, rows)
      rows = {}
      for _, name in ipairs(sorted(mine.texts)) do
        rows[#rows + 1] = { code(name), safe(explain_rule.value(mine, name)), safe(mine.rule.params[name].meaning or "") }
      end
      table_of(out, { "param", "value", "means" }, rows)
    end
  end
  return finish(out)
end

local COMMANDS = [[
# Commands

`assay COMMAND [flags]`. A flag may also come from the environment, `ASSAY_<COMMAND>_<FLAG>`, or, for commands that read it, from the section
of the command in `assay.yaml`; the command line has the last word. What is unknown is an error with a suggestion. `assay help COMMAND` shows
the same as this page; [commands.md](../commands.md) shows some of them at work.
]]

--- docs/reference/commands.md
---@param argument table {commands}
---@return string
function pages.commands(argument)
  local out, rows = { COMMANDS .. MADE:sub(1, -2) }, {}
  for i, command in ipairs(argument.commands) do rows[i] = { ("[`%s`](#assay-%s)"):format(command.command, command.command), safe(command.does) } end
  table_of(out, { "command", "does" }, rows)
  for _, command in ipairs(argument.commands) do
    out[#out + 1] = ("\n## assay %s\n\n%s\n\n    assay %s %s"):format(command.command, safe(command.does), command.command, command.usage)
    rows = {}
    for i, flag in ipairs(command.flags) do
      rows[i] = { code((flag.letter and "-" .. flag.letter .. ", " or "") .. "--" .. flag.name .. (flag.value and " " .. flag.value or "")), safe(flag.help) }
    end
    table_of(out, { "flag", "does" }, rows)
    if command.details ~= nil then out[#out + 1] = "\n```text\n" .. command.details:gsub("%s+$", "") .. "\n```" end
  end
  return finish(out)
end

local LIMITS_BEFORE = [[
# Limits

What hostile or broken evidence and rules may cost is bounded. Every limit in this table can be raised (or lowered) by its flag,
`ASSAY_EVAL_LIMIT_<NAME>`, or under `eval:` in `assay.yaml`. A message about a limit names it. Where formats follow a default, they have one of
their own; it holds as long as the limit is not set.

Sizes are written `64MB` or `65536`, times `5` or `2min`.
]]

local LIMITS_AFTER = [[

What happens when a limit is met:

| limit of | result |
|---|---|
| a document | an error with line and column; the kind counts as not supplied, exit code 2. A line of NDJSON or text that is too long is left out, and the document counts as unreadable |
| a bundle or archive | the bundle is refused as a whole, exit code 65 |
| a pattern in a rule, memory, time, steps | the rule's result is `error`, exit code 2 |
| loading all rule files: 5 s together (or `time`, where that is more), 256 MB (or `memory`) | the file that was being loaded is left out (E0632), its requirement is an `error`, exit code 2 |

These do not change: 1,000 problems of one document and 10,000 of a run are told, the rest is counted; a pattern is compiled without its just-in-time
compiler; archives keep 128 MB of members in memory and are passed through at most 64 times.

SQL in a rule has the time and the steps of the rule, and once more its memory; `assay query` has `--limit-time`, `--limit-memory` and `--limit-rows`
of its own. Both have the fixed limits that [sql.md](../sql.md) names.]]

--- docs/reference/limits.md
---@param argument table {limits}
---@return string
function pages.limits(argument)
  local out, rows = { LIMITS_BEFORE .. MADE:sub(1, -2) }, {}
  for i, limit in ipairs(argument.limits) do rows[i] = { code(limit.limit), safe(limit.default), safe(limit.bounds) } end
  table_of(out, { "limit", "default", "bounds" }, rows)
  out[#out + 1] = LIMITS_AFTER
  return finish(out)
end

local CODES = [[
# Codes

Every message of the engine bears a code that does not change. `E` is an error, `W` a warning, `N` a note.
`assay check --explain CODE` shows the same.
]]

--- docs/reference/codes.md
---@param rows table[] {code, title, means, do, example}
---@return string
function pages.codes(rows)
  local out = { CODES .. MADE:sub(1, -2) }
  for _, row in ipairs(rows) do
    out[#out + 1] = ("\n## %s %s"):format(row.code, safe(row.title))
    if row.means ~= "" then out[#out + 1] = "\n" .. safe(row.means) end
    if row["do"] ~= "" then out[#out + 1] = "\nWhat to do: " .. safe(row["do"]) end
    if row.example ~= nil and row.example ~= "" then out[#out + 1] = "\n```text\n" .. row.example:gsub("%s+$", "") .. "\n```" end
  end
  return finish(out)
end

return pages
