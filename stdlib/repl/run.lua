-- `:run`: judges one requirement again in the session, or the rule of a file that is still being written.

local catalog = require "catalog"
local explain_result = require "explain_result"
local json = require "json"
local judge = require "judge"
local pages = require "page"
local packs = require "packs"
local params = require "params"
local plain = require "plain"
local rule = require "rule"
local score = require "score"
local show = require "show"
local state = require "repl.state"

local run = {}

local FINDINGS = 10
local STATUS = { pass = "passes", fail = "FAILS", unknown = "LACKS EVIDENCE", n_a = "does not apply", error = "ENDED IN AN ERROR" }

--- The rule of a text, with its params; nil and the diagnostics of what is wrong.
local function from_text(question)
  local told = {}
  local made = rule.load(question.path, question.file, question.path, { diag = function(diag) told[#told + 1] = diag end })
  if made == nil then return nil, told end
  if made.extends then
    return nil, { { message = "the file extends a rule; name its folder in --rules or assay.yaml, then :reload and :run " .. made.id } }
  end
  return { id = made.id, rule = made, params = params.defaults(made) }, told
end

local function judged(mine)
  local controls, errors = {}, {}
  for _, result in ipairs(state.results) do
    if catalog.kind(result.id) ~= "clause" then controls[#controls + 1] = result end
  end
  local result = judge.rule(mine.rule, {
    params = mine.params, results = judge.by_id(controls), risks = judge.by_id(state.risks.risks),
    report = function(check, text) errors[#errors + 1] = { check = check and check.name, text = text } end,
  })
  local ok, graded = engine.try(score.requirement, result)
  return ok and graded or result, errors
end

local function finding(page, one)
  local at = one.document and ("%s:%s"):format(one.document, engine.to_text(one.line or 0)) or nil
  page:text("    - ", (one.key or one.kind or "the whole") .. (at and " [" .. at .. "]" or ""))
  page:text("      ", one.message)
end

local function write(mine, result, errors, width)
  local page = pages.new { width = width }
  page:text("", ("%s %s: %s%s"):format(mine.id, mine.rule.title or "", (result.status or "not settled"):gsub("_", " "),
    result.score and (", score %s of 100"):format(plain.number(result.score)) or ""))
  if result.reason ~= nil then page:text("  ", result.reason) end
  for _, check in ipairs(result.checks) do
    local counts = (check.tested or 0) > 0 and (", %s tested, %s failed"):format(plain.number(check.tested), plain.number(check.failed or 0)) or ""
    page:text("  ", ("%s: %s%s%s"):format(check.name, STATUS[check.status] or check.status, counts, check.reason and "; " .. check.reason or ""))
    local shown = explain_result.check(check, FINDINGS)
    for _, one in ipairs(shown.findings) do finding(page, one) end
    if shown.more ~= nil then page:text("    ", ("and %s more"):format(plain.number(shown.more))) end
  end
  for _, one in ipairs(errors) do page:text("  error: ", (one.check and one.check .. ": " or "") .. tostring(one.text)) end
  return page:finish()
end

local function refused(told, path)
  local first = told[1] or { message = "the rule cannot be loaded" }
  local lines = {}
  for i = 2, math.min(#told, 10) do lines[#lines + 1] = ("%s:%s: %s"):format(path, engine.to_text(told[i].line or 0), told[i].message) end
  return { status = "error", error = { code = first.code or "E0746", message = first.message, document = path, line = first.line, column = first.column,
    source = first.source, help = first.help or (#lines > 0 and "and " .. table.concat(lines, "; ") or nil) } }
end

--- Judges the requirement or file that is asked for.
---@param question table {argument = id, or path and file = the text of a rule; format, width}
---@param problem function makes an error of a text and a help
---@return table answer
function run.requirement(question, problem)
  if state.stored then return problem("the evidence of a stored run is not there to be judged", "assay repl BUNDLE has it") end
  local mine, told
  if question.file ~= nil then
    mine, told = from_text(question)
    if mine == nil then return refused(told, question.path) end
  else
    local id = question.argument
    mine = packs.rule(id)
    if mine == nil then
      local near = engine.suggest(id:upper(), catalog.order())
      if catalog.entry(id) ~= nil then return problem(("%s has no rule"):format(id), ("assay new rule %s begins one"):format(id)) end
      return problem(("there is no requirement `%s`"):format(id), near and ("did you mean `%s`?"):format(near) or "an id, or the path of a rule file")
    end
    if mine.rule == nil then return problem(("the rule of %s cannot be loaded: %s"):format(id, show.text(mine.broken)), nil) end
  end
  local result, errors = judged(mine)
  if question.format == "json" then return { text = json.encode(result) } end
  return { text = write(mine, result, errors, question.width or 100) }
end

return run
