-- The commands of a session that need the bundle: each answers with rows or text. Which commands there are, and what they are for, the
-- command line knows (engine/cli/repl_commands.c).

local catalog = require "catalog"
local columns = require "repl.columns"
local explain = require "explain"
local explain_text = require "explain_text"
local input = require "repl.input"
local json = require "json"
local listing_words = require "listing_words"
local packs = require "packs"
local pages = require "page"
local plain = require "plain"
local reference = require "reference"
local render = require "repl.render"
local run = require "repl.run"
local state = require "repl.state"

local commands = {}

local CODE = "E0746"

local function problem(message, help, code)
  return { status = "error", error = { code = code or CODE, message = message, help = help } }
end

local function did_you_mean(word, list, otherwise)
  local near = engine.suggest(word, list)
  return near and ("did you mean `%s`?"):format(near) or otherwise
end

local made = {}

--- What is asked for, in the words of `assay explain`.
function made.why(question)
  local id = question.argument
  local answer = explain.inquire { ask = { requirement = id, bundle = question.bundle }, results = state.results, risks = state.risks }
  if answer.problem ~= nil then return problem(answer.problem, answer.help) end
  local note
  if state.stored then
    for _, need in ipairs(answer.needs) do need.supplied, need.records = nil, nil end
    local then_, now = state.result(id), packs.rule(id)
    if then_ ~= nil and then_.rule ~= nil and (now == nil or now.sha256 ~= then_.rule.sha256) then
      note = "The rule has changed since this run: its checks and limits are told as they are now."
    end
  end
  return { note = note, text = explain_text.render { data = answer, width = question.width, format = question.format == "json" and "json" or "text" }.text }
end

local RANK = { major_nc = 4, minor_nc = 3, observation = 2, ofi = 1 }

local function worst(check)
  local grade, finding
  for _, one in ipairs(check.findings or {}) do
    if one.excepted_by == nil and (RANK[one.grade] or 0) > (RANK[grade] or 0) then grade, finding = one.grade, one end
  end
  return grade, finding or (check.findings or {})[1]
end

local function place(finding)
  if finding == nil or finding.document == nil then return nil end
  return finding.line and ("%s:%d"):format(finding.document, finding.line) or finding.document
end

local function nullable(value)
  if value == nil then return engine.null end
  return value
end

local NARROW = 120 -- columns of a window below which gaps are told in lines

local function told(rows, width)
  local page = pages.new { width = width }
  for _, row in ipairs(rows) do
    page:text("", ("%s %s: %s, %s of %s failed"):format(row[1], row[2], row[3], plain.number(row[4]), plain.number(row[5])))
    page:text("    ", row[6] .. (row[7] ~= engine.null and " [" .. row[7] .. "]" or ""))
  end
  return { text = page:finish() }
end

--- Failed checks, the gravest first.
function made.gaps(question)
  local rows, glob = {}, question.argument
  local any = glob == nil
  for _, result in ipairs(state.results) do
    if glob == nil or engine.glob(glob, result.id) then
      any = true
      for _, check in ipairs(result.checks or {}) do
        local grade, finding = worst(check)
        if check.status == "fail" then
          rows[#rows + 1] = { rank = -(RANK[grade] or 0), at = #rows, result.id, check.name, grade and grade:gsub("_", " ") or "excepted",
            check.failed or 0, check.tested or 0, finding and finding.message or "", nullable(place(finding)) }
        end
      end
    end
  end
  if not any then
    return problem(("no requirement is called `%s`"):format(glob), did_you_mean(glob:upper(), catalog.order(), "an id, or a pattern such as A.5.*"))
  end
  table.sort(rows, function(a, b)
    if a.rank ~= b.rank then return a.rank < b.rank end
    return a.at < b.at
  end)
  local list = engine.list {}
  for i, row in ipairs(rows) do list[i] = { row[1], row[2], row[3], row[4], row[5], row[6], row[7] } end
  if #list == 0 and question.format == "table" then return { text = "no check failed\n" } end
  if question.format == "table" and (question.width or NARROW) < NARROW then return told(list, question.width) end
  return { columns = { "requirement", "check", "grade", "failed", "tested", "message", "at" }, rows = list }
end

--- The risk register as it stands: inherent, derived and stated.
function made.risks(question)
  local rows = engine.list {}
  for i, risk in ipairs(state.risks.risks or {}) do
    local inherent, residual = risk.inherent or {}, risk.residual or {}
    rows[i] = { risk.id, nullable(inherent.score), nullable(inherent.level), nullable(residual.score), nullable(residual.level), nullable(risk.stated),
      risk.understated == true and "understated" or risk.above_tolerance == true and "above tolerance" or risk.above_appetite == true and "above appetite"
        or engine.null, risk.title or engine.null }
  end
  if #rows == 0 and question.format == "table" then return { text = "no risks\n" } end
  return { columns = { "risk", "inherent", "level", "residual", "residual level", "stated", "note", "title" }, rows = rows }
end

function made.kinds(question)
  return render.kinds(question)
end

function made.schema(question)
  local name = question.argument
  if engine.kind(name) == nil then
    return problem(("there is no kind `%s`"):format(name), did_you_mean(name, engine.kinds(), ":kinds shows them"))
  end
  local names, rows, heading, shown_names, shown = listing_words.kinds { name = name }
  if question.format == "table" then names, rows = shown_names, shown end
  local list = engine.list {}
  for i, row in ipairs(rows) do
    list[i] = engine.list {}
    for k, column in ipairs(names) do list[i][k] = nullable(row[column]) end
  end
  return { columns = names, rows = list, note = question.format == "table" and heading or nil }
end

--- Judges one requirement again, or a rule file that was handed over.
function made.run(question)
  return run.requirement(question, problem)
end

function made.doc(question)
  local entry, others = reference.find(question.argument)
  if entry == nil then
    return problem(("nothing is written about `%s`"):format(question.argument),
      #others > 0 and ("did you mean `%s`?"):format(table.concat(others, "`, `")) or ":doc without a name lists all")
  end
  local lines = reference.lines(entry, question.width)
  for _, other in ipairs(others) do lines[#lines + 1] = "also: " .. other.name end
  return { text = table.concat(lines, "\n") .. "\n" }
end

--- All that :doc knows, by group.
function made.docs(question)
  local page, by_group = pages.new { width = question.width }, {}
  for _, entry in ipairs(reference.entries()) do
    local names = by_group[entry.group] or {}
    by_group[entry.group], names[#names + 1] = names, entry.name
  end
  for _, group in ipairs(reference.GROUPS) do
    page:heading(group[2])
    page:text("  ", table.concat(by_group[group[1]] or {}, "  "))
  end
  return { text = page:finish() }
end

--- A query, in which the tables of results stand for what was judged.
function made.sql(question)
  engine.sql_results { requirements = state.results, risks = state.risks.risks or engine.list {} }
  local ok, answer = engine.try(engine.sql, question.argument)
  if not ok then
    local text, line, column = answer:match("sql: (.*) %(line (%d+), column (%d+) of the query%)$")
    if text == nil then return problem(answer:gsub("^.-sql: ", ""), nil, "E0747") end
    local message, help = text:match("^(.-); (did you mean .*)$")
    return { status = "error", error = { code = "E0747", message = message or text, help = help, document = "sql", line = tonumber(line),
      column = tonumber(column), source = question.argument } }
  end
  local rows, n, width = answer.rows, #answer.rows, #answer.columns
  local most = question.format == "table" and question.most or nil
  for i = 1, n do
    for k = 1, width do
      if rows[i][k] == nil then rows[i][k] = engine.null end
    end
  end
  local note
  if most ~= nil and n > most then
    for i = n, most + 1, -1 do rows[i] = nil end
    note = ("… %d more rows (LIMIT and OFFSET choose; --format csv gives all)"):format(n - most)
  end
  return { columns = answer.columns, rows = engine.list(rows), note = note }
end

function made.time(question)
  question.text, question.final = question.argument, true
  return input.eval(question)
end

--- Results of all requirements.
function made.results(question)
  local rows = engine.list {}
  for _, result in ipairs(state.results) do
    if question.argument == nil or engine.glob(question.argument, result.id) then
      rows[#rows + 1] = { result.id, (result.status:gsub("_", " ")), result.score ~= nil and columns.data(result.score) or engine.null, result.title or engine.null, result.reason or engine.null }
    end
  end
  return { columns = { "requirement", "status", "score", "title", "reason" }, rows = rows }
end

--- Where the rules come from.
function made.packs()
  local rows = engine.list {}
  for i, pack in ipairs(packs.list()) do rows[i] = { pack.name, pack.version, pack.path, pack.trusted == true } end
  return { columns = { "pack", "version", "path", "trusted" }, rows = rows }
end

function made.settings()
  return { text = json.encode(packs.settings()) }
end

--- Runs a command.
---@param question table {command, argument, format, width, …}
---@return table answer
function commands.run(question)
  local command = made[question.command]
  if command == nil then return problem(("there is no command `:%s`"):format(tostring(question.command)), ":help lists them", "E0742") end
  return command(question)
end

return commands
