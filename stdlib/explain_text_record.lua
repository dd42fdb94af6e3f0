-- Writes what became of one record: its fields, every check that goes over it, each condition and what was read.

local plain = require "plain"

local record_text = {}

local OUTCOME = {
  holds = { "holds", "32" }, broken = { "BROKEN", "31" }, left_out = { "left out", nil }, lacks_evidence = { "lacks evidence", "33" }, error = { "ERROR", "31" },
}

local function place(at)
  if at.document == nil then return nil end
  return at.line and ("%s:%d"):format(at.document, at.line) or at.document
end

local function fields(page, found)
  local where = place(found)
  page:line()
  if where ~= nil and found.record:find(where, 1, true) then where = nil end
  page:text("", found.record .. (where and " [" .. where .. "]" or ""))
  local longest = 0
  for _, field in ipairs(found.fields) do longest = math.max(longest, plain.width(field.name)) end
  for _, field in ipairs(found.fields) do page:text(("  %s  "):format(plain.pad(field.name, longest)), field.value or "") end
end

local function reads(page, condition, own)
  local said, by_record, order = {}, {}, {}
  for _, read in ipairs(condition.reads) do
    if by_record[read.record] == nil then
      by_record[read.record] = { place = place(read) }
      order[#order + 1] = read.record
    end
    local value = read.absent and "empty" or read.value or "nothing"
    if read.dangling then value = value .. ", which does not exist" end
    if read.future then value = value .. ", in the future" end
    table.insert(by_record[read.record], read.field .. " = " .. value)
  end
  for _, record in ipairs(order) do
    local list = by_record[record]
    local known = list.place == nil or record:find(list.place, 1, true) ~= nil
    local name = record == own and "" or record .. (known and "" or " [" .. list.place .. "]") .. ": "
    said[#said + 1] = name .. table.concat(list, "; ")
  end
  for i, text in ipairs(said) do page:text(i == 1 and "       read: " or "             ", text) end
end

local function conditions(page, check, traced)
  for i, condition in ipairs(traced.conditions) do
    local described = check.conditions[i] or {}
    local word, color = table.unpack(OUTCOME[condition.outcome] or { condition.outcome })
    local text = ("%s%s%s"):format(described.text or "condition", condition.why and condition.outcome ~= "holds" and ": " .. condition.why or "",
      condition.behind and " (the judge does not ask it, since one before it is broken)" or "")
    local first = ("    %d. %s  "):format(i, plain.pad(word, 6))
    local lines = plain.hang(first, plain.safe(text), page.width)
    if color and page.color then lines[1] = lines[1]:gsub(word, page:paint(color, word):gsub("%%", "%%%%"), 1) end
    for _, line in ipairs(lines) do page:line(line) end
    if #condition.reads > 0 then reads(page, condition, traced.record) end
  end
end

local function judged(page, check, outcome)
  for _, traced in ipairs(outcome.records) do
    page:line()
    local fails = traced.verdict == "fail"
    local word = fails and page:paint("31", "FAILS") or page:paint("32", "passes")
    page:line(("  %s: %s%s"):format(page:paint("1", plain.safe(check.name)), word, traced.excepted_by and plain.safe(", excepted by " .. traced.excepted_by) or ""))
    page:text("    ", check.question)
    if traced.record == nil or traced.key ~= nil and #outcome.records > 1 then page:text("    ", "judged as: " .. (traced.key or traced.record or "")) end
    if traced.message ~= nil then page:text("    ", traced.message) end
    conditions(page, check, traced)
    if outcome.status == "pass" and fails then page:text("    ", "The check passes all the same: enough of its population meet it.") end
    if outcome.status == "unknown" then page:text("    ", "The check as a whole lacks evidence: " .. (outcome.reason or "")) end
  end
end

--- Writes the record.
---@param page table
---@param data table
function record_text.write(page, data)
  local record = data.record
  for _, line in ipairs(plain.wrap(plain.safe(("%s in %s, as of %s: what %s %s says of it"):format(record.asked, data.bundle or "the bundle",
    data.as_of or "?", data.id, data.title)), page.width)) do page:line(page:paint("1", line)) end
  if record.note ~= nil then page:text("", record.note) end
  for _, found in ipairs(record.found) do
    fields(page, found)
    if found.unread then page:text("  ", ("%s does not read %s."):format(data.id, found.kind)) end
  end
  local described = {}
  for _, check in ipairs(data.checks) do described[check.name] = check end
  local elsewhere, wholes, idle, referring = {}, {}, {}, {}
  for _, outcome in ipairs(record.checks) do
    local check = described[outcome.name]
    if #outcome.records > 0 then
      judged(page, check, outcome)
    elseif outcome.whole then
      wholes[#wholes + 1] = outcome.name .. (outcome.among and " (over it, too)" or "")
    elseif outcome.refer ~= nil then
      local keys = table.concat(outcome.refer.keys, ", ")
      referring[#referring + 1] = ("%s: %s of %s that refer to it: %s%s"):format(outcome.name, plain.number(outcome.refer.count),
        plain.number(outcome.population or 0), keys, outcome.refer.count > #outcome.refer.keys and ", …" or "")
    elseif outcome.status == "unknown" or outcome.status == "error" or outcome.status == "n_a" then
      idle[#idle + 1] = ("%s: %s"):format(outcome.name, outcome.reason or outcome.status)
    else
      elsewhere[#elsewhere + 1] = ("%s (%s)"):format(outcome.name, plain.count(outcome.population or 0, "other"))
    end
  end
  if #elsewhere + #wholes + #idle + #referring > 0 then page:heading("Other checks") end
  if #elsewhere > 0 then page:text("  do not go over it: ", table.concat(elsewhere, ", ")) end
  for _, text in ipairs(referring) do page:text("  go over: ", text) end
  if #wholes > 0 then page:text("  judge the whole: ", table.concat(wholes, ", ")) end
  for _, text in ipairs(idle) do page:text("  judge nothing: ", text) end
end

return record_text
