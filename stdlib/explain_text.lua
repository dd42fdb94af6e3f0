-- Writes an explanation as text or JSON. Reads the data that explain.lua gathered, nothing else.

local json = require "json"
local pages = require "page"
local plain = require "plain"
local record_text = require "explain_text_record"

local explain_text = {}

local ORDER = { "schema", "id", "name", "key", "kind", "theme", "title", "question", "purpose", "bundle", "as_of", "rule", "broken", "intent", "tests",
  "severity", "weight", "value", "applies_when", "needs", "params", "status", "score", "level", "to", "to_level", "fall", "reason", "document", "file",
  "line", "last", "text", "result", "checks", "risks", "record" }

local STATUS = {
  pass = { "passes", "32" }, fail = { "FAILS", "31" }, unknown = { "LACKS EVIDENCE", "33" }, n_a = { "does not apply", nil }, error = { "ENDED IN AN ERROR", "31" },
}
local GRADE = { major_nc = "candidate major nonconformity", minor_nc = "candidate minor nonconformity", observation = "observation",
  ofi = "opportunity for improvement" }
local EMPTY = { not_applicable = "does not apply", lacks_evidence = "lacks evidence", fails = "fails", code = "its code decides" }

local function words(status)
  return (status:gsub("_", " "))
end

local function place(at)
  if at == nil or at.document == nil then return nil end
  return at.line and ("%s:%d"):format(at.document, at.line) or at.document
end

local function head(page, data)
  for _, line in ipairs(plain.wrap(plain.safe(data.id .. " " .. data.title), page.width)) do page:line(page:paint("1", line)) end
  if data.intent or data.purpose then page:text("", data.intent or data.purpose) end
  local kind = data.kind == "clause" and "clause" or (data.theme == "own" and "own control" or data.theme .. " control")
  page:text("", data.rule == nil and ("%s; no rule judges it (assay new rule %s starts one)"):format(kind, data.id) or kind .. "; rule: " .. data.rule.file)
  if data.rule ~= nil and #data.rule.extensions > 0 then page:text("", "tailored by: " .. table.concat(data.rule.extensions, ", ")) end
  if data.broken ~= nil then page:text("", "The rule cannot be loaded: " .. data.broken) end
  if data.applies_when ~= nil and data.applies_when.line ~= nil then
    page:text("", ("Does not apply where the code of `applies_when` says so (line %d)."):format(data.applies_when.line))
  end
end

local function verdict(page, data)
  local result = data.result
  page:heading(("%s, as of %s: %s%s"):format(plain.safe(data.bundle or "bundle"), data.as_of or "?", words(result.status),
    result.score and (", score %s of 100"):format(plain.number(result.score)) or ""))
  page:text("  ", result.reason or "")
end

local function code(page, indent, at)
  if at == nil or at.code == nil then return end
  local number, dedent = at.line, #(at.code:match("\n( *)[^\n]*$") or "")
  for line in (at.code .. "\n"):gmatch("(.-)\n") do
    local blanks, rest = line:match("^( *)(.*)$")
    blanks = number == at.line and "" or blanks:sub(dedent + 1)
    page:text(("%s%4d  %s"):format(indent, number, blanks:sub(1, 24)), rest)
    number = number + 1
  end
end

--- What speaks where a condition is broken: the text or the message that `says` names.
local function spoken(check, condition)
  if condition.said == nil then return "" end
  local text = condition.said
  for _, message in ipairs(check.messages) do
    if message.name == text then text = message.text end
  end
  return ("; else: \"%s\""):format(text)
end

local function expectations(page, check, detailed)
  local list = check.conditions
  for i, condition in ipairs(list) do
    local first = #list > 1 and ("%s%d. "):format(i == 1 and "expects: " or "         ", i) or "expects: "
    page:text("    " .. first, condition.text .. spoken(check, condition))
    if detailed and condition.coded then code(page, "      ", condition.at) end
  end
end

--- What the check is made of. `status`: how it came out, where that is known, and only what matters for it is to be told.
local function about(page, check, detailed, status)
  local all = detailed or status == nil
  if check.applies_when ~= nil and (all or status == "n_a") then
    page:text("    ", "applies where its code says so" .. (check.applies_when.line and " (line " .. check.applies_when.line .. ")" or ""))
    if detailed then code(page, "      ", check.applies_when) end
  end
  if check.population ~= nil then
    page:text("    over: ", check.population.text .. (check.whole and "; judged as a whole" or ""))
    if detailed and check.population.code ~= nil and check.population.code:find("^function") then code(page, "      ", check.population) end
  else
    page:text("    over: ", "the whole")
  end
  expectations(page, check, detailed)
  if check.at_least ~= nil then page:text("    passes: ", "where at least " .. check.at_least .. " of them meet it") end
  if check.empty ~= nil and (all or status ~= "fail") then
    page:text(check.population ~= nil and "    none there: " or "    nothing there: ", EMPTY[check.empty] or check.empty)
  end
  for _, fresh in ipairs(all and check.fresh or {}) do
    page:text("    too old: ", ("lacks evidence where the newest export of %s is older than %s"):format(fresh.kind, fresh.limit))
  end
  if detailed then
    for _, missing in ipairs(check.missing) do page:text("    empty: ", ("%s: \"%s\""):format(missing.name, missing.text)) end
    page:text("    says: ", ("\"%s\""):format(check.message))
  end
  if all or status == "fail" then page:text("    remedy: ", check.remedy) end
end

local function finding(page, one)
  local where, notes = place(one), {}
  if where ~= nil then notes[#notes + 1] = where end
  if one.excepted_by ~= nil then notes[#notes + 1] = "excepted by " .. one.excepted_by elseif one.grade ~= nil then notes[#notes + 1] = GRADE[one.grade] or one.grade end
  page:text("    - ", (one.key or one.kind or "the whole") .. (#notes > 0 and ": " .. table.concat(notes, ", ") or ""))
  page:text("      ", one.message)
  local names, said = {}, {}
  for name in pairs(one.values or {}) do names[#names + 1] = name end
  table.sort(names)
  for i, name in ipairs(names) do said[i] = name .. " = " .. one.values[name] end
  if #said > 0 then page:text("      read: ", table.concat(said, "; ")) end
end

local function outcome(page, check)
  local result = check.result
  if result.reason ~= nil then page:text("    because: ", result.reason) end
  for _, one in ipairs(result.findings) do finding(page, one) end
  if result.more ~= nil then page:text("    ", ("and %s more (--limit shows them)"):format(plain.number(result.more))) end
  if result.dropped ~= nil then page:text("    ", ("and %s that are only counted"):format(plain.number(result.dropped))) end
end

local function counts(result)
  local said = {}
  if (result.tested or 0) > 0 then said[#said + 1] = ("%s tested, %s failed"):format(plain.number(result.tested), plain.number(result.failed or 0)) end
  if (result.population or 0) ~= (result.tested or 0) then said[#said + 1] = ("population %s"):format(plain.number(result.population or 0)) end
  if (result.excepted or 0) > 0 then said[#said + 1] = ("%s excepted"):format(plain.number(result.excepted)) end
  return table.concat(said, ", ")
end

local function one_check(page, check, detailed)
  page:line()
  local result = check.result
  if result == nil then
    page:line("  " .. page:paint("1", plain.safe(check.name)))
  else
    local word, color = table.unpack(STATUS[result.status] or { result.status })
    local said = counts(result)
    page:line(("  %s: %s%s"):format(page:paint("1", plain.safe(check.name)), color and page:paint(color, word) or word, said ~= "" and ", " .. said or ""))
  end
  page:text("    ", check.question)
  local nothing = result ~= nil and (result.status == "pass" or result.status == "n_a") and #result.findings == 0
  page:text("    ", ("%s, %s, weight %s%s%s"):format(check.severity, check.tests, plain.number(check.weight), check.line and ", line " .. check.line or "",
    nothing and result.reason and "; " .. result.reason or ""))
  if nothing and not detailed then return end
  about(page, check, detailed, result and result.status)
  if result ~= nil then outcome(page, check) end
end

local function evidence(page, data)
  if #data.needs == 0 then return end
  page:heading("Evidence")
  local longest = 0
  for _, need in ipairs(data.needs) do longest = math.max(longest, plain.width(need.kind)) end
  for _, need in ipairs(data.needs) do
    local state = ""
    if need.supplied ~= nil then state = need.supplied and (", %s"):format(plain.count(need.records, "record")) or ", NOT SUPPLIED" end
    page:text(("  %s  "):format(plain.pad(need.kind, longest)), ("%s%s%s"):format(need.optional and "optional" or "needed", state,
      need.supplied == nil and need.title and ": " .. need.title or ""))
  end
  if data.result ~= nil then return end
  page:text("  ", "Where a needed kind is not supplied, what reads it lacks evidence, and a major check without evidence leaves no score. Conditions that "
    .. "read an optional kind are left out.")
end

local function origin(param)
  local at = param.file and (param.line and ("%s:%d"):format(param.file, param.line) or param.file)
  if param.from == "rule" then return "the rule's default" .. (param.line and ", line " .. param.line or "") end
  local text = param.from == "--param" and "--param" or at or param.from
  return text .. (param.default and "; the rule says " .. param.default or "")
end

local function limits(page, data)
  if #data.params == 0 then return end
  page:heading("Limits")
  for _, param in ipairs(data.params) do
    page:text("  ", ("%s = %s (%s)"):format(param.name, param.value, origin(param)))
    if data.result == nil or data.check ~= nil then page:text("      ", param.meaning or "") end
  end
end

local function arithmetic(page, data)
  page:heading("Score")
  local longest = 0
  for _, step in ipairs(data.result.steps) do
    if step.check ~= nil and step.cap == nil then longest = math.max(longest, plain.width(step.check)) end
  end
  for _, step in ipairs(data.result.steps) do
    if step.check ~= nil and step.cap == nil then
      page:text(("  %s  "):format(plain.pad(plain.safe(step.check), longest)), step.text)
    else
      page:text("  ", step.text)
    end
  end
end

local function risks(page, data)
  if data.risks == nil then
    if data.kind == "clause" then
      page:heading("Risks")
      page:text("  ", "A clause lowers no risk by itself.")
    end
    return
  end
  page:heading(("Risks on which it acts (%d)"):format(#data.risks))
  if #data.risks == 0 then page:text("  ", "The register links it to no risk.") end
  for _, risk in ipairs(data.risks) do
    local said
    if risk.error ~= nil or risk.score == nil then
      said = "not derived" .. (risk.error and ": " .. risk.error or "")
    else
      said = ("inherent %s %s, residual %s %s"):format(plain.number(risk.inherent), risk.inherent_level, plain.number(risk.score), risk.level)
      if risk.fall > 0 then
        said = said .. ("; %s %s if %s were effective"):format(plain.number(risk.to), risk.to_level, data.id)
      elseif risk.to ~= nil then
        said = said .. ("; the same if %s were effective"):format(data.id)
      end
    end
    page:text(("  %s  "):format(plain.safe(risk.id)), ("%s: %s"):format(risk.title or "", said))
    for _, text in ipairs(risk.texts) do page:text("      ", text) end
  end
end

local function whole(page, data)
  local detailed = data.check ~= nil
  head(page, data)
  if data.result ~= nil then verdict(page, data) end
  if not detailed and data.result == nil then
    evidence(page, data)
    limits(page, data)
  end
  if #data.checks > 0 then
    page:heading(detailed and "Check" or ("Checks (%d)"):format(#data.checks))
    for _, check in ipairs(data.checks) do one_check(page, check, detailed) end
  end
  if detailed then
    limits(page, data)
    return
  end
  if data.result ~= nil then
    arithmetic(page, data)
    risks(page, data)
    evidence(page, data)
    limits(page, data)
  end
end

--- Writes an explanation.
---@param argument table {data, format = "text" | "json", width, color}
---@return table {text}
function explain_text.render(argument)
  if argument.format == "json" then return { text = json.encode(argument.data, ORDER) } end
  local page = pages.new(argument)
  if argument.data.record ~= nil then record_text.write(page, argument.data) else whole(page, argument.data) end
  return { text = page:finish() }
end

return explain_text
