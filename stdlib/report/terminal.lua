-- The report on the terminal: what a person needs in half a minute, and where to look next. Reads the result document
-- only, shows every text of it made safe, tells nothing by colour alone, cuts no id.

local pages = require "page"
local plain = require "plain"
local walls = require "walls"

local terminal = { name = "terminal", about = "short report for people, on the terminal" }

local THEMES = {
  { "clauses", "Clauses 4-10" }, { "organizational", "Organizational" }, { "people", "People" }, { "physical", "Physical" },
  { "technological", "Technological" }, { "own", "Own controls" },
}
local STATUSES = {
  { "effective", "effective" }, { "partially_effective", "partly" }, { "ineffective", "ineffective" },
  { "insufficient_evidence", "lack evidence" }, { "exception", "excepted" }, { "error", "in error" },
  { "not_evaluated", "not evaluated" }, { "not_applicable", "not applicable" },
}
local GRADES = {
  { "major_nc", "Candidate major nonconformities", 20, "31" }, { "minor_nc", "Candidate minor nonconformities", 8, "33" },
  { "observation", "Observations", 3, "36" }, { "ofi", "Opportunities for improvement", 2, "36" },
}
local RANK = { major_nc = 4, minor_nc = 3, observation = 2, ofi = 1 }
local BAR = 20

-- Rounded down: 99.9 is not 100.
local function percent(x)
  return ("%d %%"):format(math.floor((x or 0) + 1e-9))
end

local function place(finding)
  if not finding or not finding.document then return nil end
  return plain.safe(finding.document) .. (finding.line and ":" .. plain.number(finding.line) or "")
end

-- ---- parts ----

local function head(page, result)
  local run, summary = result.run or {}, result.summary or {}
  local packs = {}
  for i, pack in ipairs(run.packs or {}) do packs[i] = ("%s %s"):format(pack.name, pack.version) end
  page:text("", ("%s, as of %s (%s; assay %s)"):format(run.bundle or "bundle", run.as_of or "?", table.concat(packs, ", "), run.engine or "?"))
  local grades = summary.grades or {}
  local said = ("Readiness %s (effectiveness %s, coverage %s), %s, %s"):format(percent(summary.assurance),
    summary.effectiveness and percent(summary.effectiveness) or "unknown", percent(summary.coverage),
    plain.count(grades.major_nc or 0, "candidate major"), plain.count(grades.minor_nc or 0, "minor"))
  if (grades.excepted or 0) > 0 then said = said .. (", %d excepted"):format(grades.excepted) end
  for _, line in ipairs(plain.wrap(said, page.width)) do page:line(page:paint("1", line)) end
  local selected = run.selected
  if selected and #selected > 0 then page:text("", "only " .. table.concat(selected, ", ")) end
  local warning = walls.warning(run)
  if warning then page:text("", warning) end
end

--- A bar, shorter or none where the terminal is narrow; the number beside it says the same.
local function bar(page, share)
  local size = page.width >= 70 and BAR or page.width >= 56 and BAR // 2 or 0
  if size == 0 then return "" end
  local full = math.floor(size * (share or 0) / 100 + 1e-9)
  return (page.ascii and "#" or "█"):rep(full) .. (page.ascii and "." or "░"):rep(size - full) .. " "
end

local function themes(page, result)
  local by_theme = result.summary and result.summary.by_theme or {}
  page:heading("By theme: readiness, and how the requirements came out")
  for _, theme in ipairs(THEMES) do
    local group = by_theme[theme[1]]
    if group and group.total > 0 then
      local words = {}
      for _, status in ipairs(STATUSES) do
        local n = group.by_status[status[1]] or 0
        if n > 0 then words[#words + 1] = ("%d %s"):format(n, status[2]) end
      end
      local share = group.assurance and plain.pad(percent(group.assurance), 5, true) or "    -"
      page:text(("  %s %s%s  "):format(plain.pad(theme[2], 14), bar(page, group.assurance), share), table.concat(words, ", "))
    end
  end
end

local function worst_of(check)
  local worst, finding
  for _, one in ipairs(check.findings or {}) do
    if not one.excepted_by and (RANK[one.grade] or 0) > (RANK[worst] or 0) then worst, finding = one.grade, one end
  end
  return worst, finding
end

--- Failed checks by grade. Within a grade what the summary puts first comes first, then the order of the catalogue.
local function gaps_by_grade(result)
  local out, first = {}, {}
  for i, step in ipairs(result.summary and result.summary.next or {}) do first[step.id] = i end
  for place_in, requirement in ipairs(result.requirements or {}) do
    for _, check in ipairs(requirement.checks or {}) do
      local grade, finding
      if check.status == "fail" then grade, finding = worst_of(check) end
      if grade then
        out[grade] = out[grade] or {}
        table.insert(out[grade], { requirement = requirement, check = check, finding = finding,
          rank = first[requirement.id] or 1000 + place_in, place = #out[grade] })
      end
    end
  end
  for _, list in pairs(out) do
    table.sort(list, function(a, b)
      if a.rank ~= b.rank then return a.rank < b.rank end
      return a.place < b.place
    end)
  end
  return out
end

local function gap(page, one)
  local check = one.check
  local text = ("%s (%s: "):format(one.requirement.title, check.name)
  if (check.tested or 0) > 1 then
    text = text .. ("%s of %s failed"):format(plain.number(check.failed or 0), plain.number(check.tested))
  else
    text = text .. "failed"
  end
  page:text(("  %s  "):format(plain.pad(plain.safe(one.requirement.id), 7)), text .. ")")
  local where = place(one.finding)
  page:text((" "):rep(11), one.finding.message .. (where and " [" .. where .. "]" or ""))
end

local function gaps(page, result)
  local by_grade = gaps_by_grade(result)
  local any = false
  for _, grade in ipairs(GRADES) do
    local list = by_grade[grade[1]]
    if list then
      any = true
      page:heading(("%s (%d)"):format(grade[2], #list), page.color and "1;" .. grade[4] or nil)
      for i, one in ipairs(list) do
        if i > grade[3] then
          page:line(("  and %d more"):format(#list - grade[3]))
          break
        end
        gap(page, one)
      end
    end
  end
  if not any then
    page:heading("Gaps")
    page:line("  no check failed")
  end
end

--- What exceptions excuse: it still fails, and is said.
local function excused(page, result)
  local lines = {}
  for _, requirement in ipairs(result.requirements or {}) do
    for _, check in ipairs(requirement.checks or {}) do
      if check.status == "fail" and (check.excepted or 0) > 0 then
        local names, seen = {}, {}
        for _, finding in ipairs(check.findings or {}) do
          if finding.excepted_by and not seen[finding.excepted_by] then
            seen[finding.excepted_by] = true
            names[#names + 1] = finding.excepted_by
          end
        end
        lines[#lines + 1] = { requirement.id, ("%s (%s: %s of %s failed, %s excused by %s)"):format(requirement.title, check.name,
          plain.number(check.failed or 0), plain.number(check.tested or 0), plain.number(check.excepted), table.concat(names, ", ")) }
      end
    end
  end
  if #lines == 0 then return end
  page:heading(("Under an exception (%d)"):format(#lines))
  for i, line in ipairs(lines) do
    if i > 8 then
      page:line(("  and %d more"):format(#lines - 8))
      break
    end
    page:text(("  %s  "):format(plain.pad(plain.safe(line[1]), 7)), line[2])
  end
end

local function lacking(page, result)
  local list = {}
  for _, requirement in ipairs(result.requirements or {}) do
    if requirement.status == "insufficient_evidence" then list[#list + 1] = requirement end
  end
  if #list == 0 then return end
  page:heading(("Lacking evidence (%d)"):format(#list))
  for i, requirement in ipairs(list) do
    if i > 6 then
      local rest = {}
      for j = i, #list do rest[#rest + 1] = list[j].id end
      page:text("  and ", table.concat(rest, ", "))
      break
    end
    page:text(("  %s  "):format(plain.pad(plain.safe(requirement.id), 7)), ("%s (%s)"):format(requirement.title, requirement.reason))
  end
end

local function point(p)
  return p and ("%s %s"):format(plain.number(p.score), p.level) or "?"
end

local function risks(page, result)
  local open = {}
  for _, risk in ipairs(result.risks or {}) do
    if risk.status ~= "closed" then open[#open + 1] = risk end
  end
  if #open == 0 then return end
  table.sort(open, function(a, b)
    local x, y = a.residual and a.residual.score or math.huge, b.residual and b.residual.score or math.huge
    if x ~= y then return x > y end
    x, y = a.residual and a.residual.raw or 0, b.residual and b.residual.raw or 0
    if x ~= y then return x > y end
    return a.id < b.id
  end)
  local counts = result.summary and result.summary.risks or {}
  local notes = {}
  for _, pair in ipairs { { "above_tolerance", "above tolerance" }, { "above_appetite", "above appetite" },
    { "understated", "stated lower than derived" } } do
    if (counts[pair[1]] or 0) > 0 then notes[#notes + 1] = ("%d %s"):format(counts[pair[1]], pair[2]) end
  end
  page:heading(("Top risks, of %d open%s"):format(#open, #notes > 0 and ": " .. table.concat(notes, ", ") or ""))
  local arrow = page.ascii and "->" or "→"
  for i = 1, math.min(5, #open) do
    local risk = open[i]
    local text
    if risk.residual then
      text = ("%s %s %s"):format(point(risk.inherent), arrow, point(risk.residual))
      if risk.above_tolerance then text = text .. ", above tolerance" elseif risk.above_appetite then text = text .. ", above appetite" end
      if risk.understated then text = text .. (", stated as %s"):format(plain.number(risk.stated)) end
    else
      text = "not derived: " .. (risk.error or "no reason given")
    end
    page:text(("  %s  "):format(plain.pad(plain.safe(risk.id), 7)), ("%s: %s"):format(risk.title or "", text))
  end
end

local function next_steps(page, result)
  local list = result.summary and result.summary.next or {}
  if #list == 0 then return end
  page:heading("What to do first")
  local arrow = page.ascii and "->" or "→"
  for i, step in ipairs(list) do
    if i > 5 then break end
    local falls = {}
    for j, fall in ipairs(step.falls or {}) do
      if j > 3 then
        falls[#falls + 1] = ("%d more"):format(#step.falls - 3)
        break
      end
      falls[#falls + 1] = ("%s %s %s %s"):format(fall.risk, plain.number(fall.from), arrow, plain.number(fall.to))
    end
    local text = ("%s %s"):format(step.id, step.remedy or step.message)
    if #falls > 0 then text = text .. (" Then %s."):format(table.concat(falls, ", ")) end
    page:text(("  %d. "):format(i), text)
  end
end

local function trouble(page, result)
  local broken, counts, first = {}, {}, nil
  for _, requirement in ipairs(result.requirements or {}) do
    if requirement.status == "error" then broken[#broken + 1] = requirement end
  end
  for _, one in ipairs(result.diagnostics or {}) do
    counts[one.severity] = (counts[one.severity] or 0) + 1
    if first == nil or (first.severity ~= "error" and one.severity == "error") then first = one end
  end
  local incomplete = result.run and result.run.incomplete
  if not incomplete and #broken == 0 and first == nil then return end
  page:heading(incomplete and "Incomplete: part of the evidence or of the rules could not be used" or "Notes", incomplete and page.color and "1;31" or nil)
  for i, requirement in ipairs(broken) do
    if i > 5 then
      page:line(("  and %d more in error"):format(#broken - 5))
      break
    end
    page:text(("  %s  "):format(plain.pad(plain.safe(requirement.id), 7)), "error: " .. requirement.reason)
  end
  if first then
    local words = {}
    for _, severity in ipairs { "error", "warning", "note" } do
      if counts[severity] then words[#words + 1] = plain.count(counts[severity], severity) end
    end
    local where = place(first)
    page:text("  ", ("%s while reading; the first: %s%s"):format(table.concat(words, ", "), where and where .. ": " or "", first.message))
  end
end

--- Renders the result document for a terminal.
---@param argument table {result = result document, width = columns, color = boolean, ascii = boolean}
---@return table {text=}
function terminal.render(argument)
  local page = pages.new(argument)
  local result = argument.result
  head(page, result)
  themes(page, result)
  gaps(page, result)
  excused(page, result)
  lacking(page, result)
  risks(page, result)
  next_steps(page, result)
  trouble(page, result)
  return { text = page:finish() }
end

return terminal
