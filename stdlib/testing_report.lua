-- Puts together what the test files and mutants came to, and has it written in one of the formats.

local json = require "json"

local report = {}

local WRITERS = { tap = "testing_tap", pretty = "testing_pretty", junit = "testing_junit" }
local JSON_ORDER = {
  "schema", "path", "requirement", "id", "name", "ok", "passed", "failed", "at", "tests", "problems", "what", "expected", "got", "file", "line",
  "column", "kind", "was", "now",
}

local function percent(part, whole)
  return whole == 0 and 100 or 100 * part / whole
end

local function runs_of(list)
  local parts, from, to = {}, nil, nil
  for i = 1, #list + 1 do
    local line = list[i]
    if from ~= nil and line == to + 1 then
      to = line
    else
      if from ~= nil then parts[#parts + 1] = from == to and tostring(from) or ("%d-%d"):format(from, to) end
      from, to = line, line
    end
  end
  return table.concat(parts, ", ")
end

-- ---- test files ----

--- Why a test file gave no answer.
local function lost(entry)
  local words = { memory = "the limit of memory was met", time = "the limit of time was met", steps = "the limit of steps was met" }
  local what = words[entry.fault] or ("its process ended: " .. tostring(entry.fault))
  local own = {} -- the lines of rule and test, without those of the product that called them
  for line in (entry.where or ""):gmatch("%S+") do
    if not line:find("^stdlib/") then own[#own + 1] = line end
  end
  return { name = entry.path, ok = false, at = entry.path, problems = { { what = what, got = own[1] and "in " .. table.concat(own, ", from ") } } }
end

local function file_of(entry)
  local answer = entry.answer
  if answer == nil then
    return { path = entry.path, class = entry.path, package = "assay", points = { lost(entry) }, seconds = entry.seconds, broken = true }
  end
  local file = {
    path = entry.path, id = answer.id, points = answer.points, coverage = answer.coverage, mutants = answer.mutants, seconds = entry.seconds,
    package = answer.pack or "assay", class = (answer.pack or "assay") .. "." .. (answer.id or entry.path), rule_path = answer.rule_path,
  }
  for _, point in ipairs(file.points) do file.broken = file.broken or not point.ok end
  return file
end

-- ---- coverage ----

local function coverage_of(document, threshold)
  local all = { lines = 0, hit = 0, checks = 0, seen = 0 }
  local notes, found = {}, false
  for _, file in ipairs(document.files) do
    local own = file.coverage
    if own ~= nil then
      found = true
      for name in pairs(all) do all[name] = all[name] + own[name] end
      own.percent = percent(own.hit, own.lines)
      file.figures = {
        coverage_of_lines = ("%.1f"):format(own.percent), coverage_of_outcomes = ("%.1f"):format(percent(own.seen, own.checks)),
      }
      notes[#notes + 1] = ("%-8s lines %5.1f %% (%d of %d)   outcomes of checks %5.1f %% (%d of %d)%s"):format(file.id, own.percent, own.hit,
        own.lines, percent(own.seen, own.checks), own.seen, own.checks,
        #own.missed > 0 and ("   not run: %s:%s"):format(file.rule_path, runs_of(own.missed)) or "")
    end
  end
  if not found and threshold == nil then return end
  table.insert(document.notes, "coverage of rules")
  for _, line in ipairs(notes) do table.insert(document.notes, "  " .. line) end
  table.insert(document.notes, ("  %-8s lines %5.1f %% (%d of %d)   outcomes of checks %5.1f %% (%d of %d)"):format("all",
    percent(all.hit, all.lines), all.hit, all.lines, percent(all.seen, all.checks), all.seen, all.checks))
  document.coverage = all
  if threshold == nil then return end
  for _, one in ipairs { { "lines", all.hit, all.lines }, { "outcomes of checks", all.seen, all.checks } } do
    local reached = percent(one[2], one[3])
    local point = { name = ("coverage of %s is at least %g %%"):format(one[1], threshold), ok = found and reached >= threshold }
    if not point.ok then
      local got = found and ("%.2f %%"):format(reached) or "nothing was measured"
      point.problems = { { what = point.name, expected = ("%g %%"):format(threshold), got = got } }
    end
    table.insert(document.general.points, point)
  end
end

-- ---- mutants ----

local MOST_OF_CHANGE = 60 -- characters

local function brief(text)
  text = text:gsub("%s+", " ")
  local cut = utf8.offset(text, MOST_OF_CHANGE + 1)
  return cut ~= nil and cut <= #text and text:sub(1, cut - 1) .. "…" or text
end

local function change_of(one)
  local was = ("`%s`"):format(brief(one.was))
  return one.now:find("%S") and ("%s → `%s`"):format(was, brief(one.now)) or was .. " left out"
end

local function place_of(one)
  return ("%s:%d:%d"):format(one.file, one.line, one.column)
end

local function survivor(one)
  return {
    name = "mutant " .. one.id, ok = false, at = place_of(one),
    problems = { { what = "no case notices " .. change_of(one), source = one.source, caret = one.caret } },
  }
end

--- Entries of mutants.yaml, by id. What they say of mutants that are gone or noticed is wrong.
local function explanations(argument)
  local found = {}
  for _, pack in ipairs(argument.plan.explained or {}) do
    for _, entry in ipairs(pack.list) do found[entry.id] = entry end
  end
  return found
end

local function stale(entry, why)
  return { name = ("mutant %s is explained"):format(entry.id), ok = false, at = entry.at, problems = { { what = ("the entry %s is stale: %s"):format(entry.id, why) } } }
end

local function figures_of(name, own)
  local by_limit = (own.limits or 0) > 0 and (" (%d by a limit)"):format(own.limits) or ""
  return ("  %-8s %4d made, %4d noticed%s, %3d explained, %3d alive"):format(name, own.made, own.killed, by_limit, own.explained, own.alive)
end

local function mutants_of_file(file, outcomes, known, all, document)
  local own = { made = 0, killed = 0, limits = 0, explained = 0, alive = 0, survivors = engine.list {}, equivalent = engine.list {} }
  local made = {}
  for _, mutant in ipairs(file.mutants) do
    local entry = outcomes[mutant.id]
    made[mutant.id] = true
    own.made = own.made + 1
    if entry.answer == nil or entry.answer.killed then
      own.killed = own.killed + 1
      if entry.answer == nil then own.limits = own.limits + 1 end
      if known[mutant.id] then table.insert(file.points, stale(known[mutant.id], "a case notices it")) end
    elseif known[mutant.id] then
      own.explained = own.explained + 1
      entry.answer.reason = known[mutant.id].reason
      table.insert(own.equivalent, entry.answer)
    else
      own.alive = own.alive + 1
      table.insert(own.survivors, entry.answer)
      table.insert(file.points, survivor(entry.answer))
    end
  end
  for id, entry in pairs(known) do
    if all and id:sub(1, #file.id + 1) == file.id .. "/" and not made[id] then
      table.insert(file.points, stale(entry, "there is no such mutant any more"))
    end
  end
  file.result = own
  for _, one in ipairs(own.equivalent) do
    if not document.explains then table.insert(document.notes, "mutants that no case can notice, and why (mutants.yaml)") end
    document.explains = true
    table.insert(document.notes, ("  %s  %s  %s"):format(one.id, place_of(one), change_of(one)))
    table.insert(document.notes, "      " .. one.reason)
  end
  if own.alive == 0 then table.insert(file.points, { name = file.id .. ": mutants", ok = true }) end
  return own
end

local function mutants_of(document, argument)
  if not argument.mutate then return end
  local outcomes, known = {}, explanations(argument)
  for _, entry in ipairs(argument.mutants or {}) do outcomes[entry.id] = entry end
  local total, figures = { made = 0, killed = 0, explained = 0, alive = 0 }, { "mutants of rules" }
  for _, file in ipairs(document.files) do
    if file.mutants ~= nil and file.broken then
      figures[#figures + 1] = ("  %-8s a test fails, so its mutants are not judged"):format(file.id)
    elseif file.mutants ~= nil then
      local own = mutants_of_file(file, outcomes, known, argument.pattern == nil, document)
      for name in pairs(total) do total[name] = total[name] + own[name] end
      figures[#figures + 1] = figures_of(file.id, own)
    end
  end
  for _, pack in ipairs(argument.plan.explained or {}) do
    if pack.problem ~= nil then
      table.insert(document.general.points, { name = "explained mutants", ok = false, at = pack.problem.at, problems = { pack.problem } })
    end
    for _, entry in ipairs(pack.list) do
      if entry.orphan then table.insert(document.general.points, stale(entry, "its pack has no such rule")) end
    end
  end
  if #document.notes > 0 then table.insert(document.notes, "") end
  table.move(figures, 1, #figures, #document.notes + 1, document.notes)
  table.insert(document.notes, figures_of("all", total))
  document.mutants = total
end

-- ---- the whole ----

local function count(document)
  local passed, failed = 0, 0
  for _, file in ipairs(document.files) do
    for _, point in ipairs(file.points) do
      if point.ok then passed = passed + 1 else failed = failed + 1 end
    end
  end
  return passed, failed
end

--- What goes out as JSON.
local function published(document)
  local files = engine.list {}
  for _, file in ipairs(document.files) do
    local points = engine.list {}
    for i, point in ipairs(file.points) do
      points[i] = { name = point.name, ok = point.ok, at = point.at, problems = point.problems and engine.list(point.problems) or nil }
    end
    files[#files + 1] = { path = file.path, requirement = file.id, tests = points, coverage = file.coverage, mutants = file.result }
  end
  return {
    schema = "assay.test/1", passed = document.passed, failed = document.failed, files = files, coverage = document.coverage,
    mutants = document.mutants,
  }
end

--- Where a pattern chooses nothing: an error, and the word of a title that it may have meant. Gives the exit code.
local function nothing_chosen(argument)
  local words, list = {}, {}
  for _, entry in ipairs(argument.files or {}) do
    for _, title in ipairs((entry.answer or {}).over or {}) do
      for word in title:gmatch("[^%s/:]+") do words[word] = true end
    end
  end
  for word in pairs(words) do list[#list + 1] = word end
  local near = engine.suggest(argument.pattern, list)
  engine.diag {
    code = "E0733", severity = "error", message = ("no %s holds `%s`"):format(argument.mutate and "mutant" or "test", argument.pattern),
    help = near ~= nil and ("did you mean `%s`?"):format(near) or nil,
  }
  return 64
end

--- Tests or mutants that were carried out.
local function chosen(document, argument)
  if not argument.mutate then return document.passed + document.failed end
  local made, broken = 0, 0
  for _, file in ipairs(document.files) do
    made = made + (file.mutants ~= nil and #file.mutants or 0)
    broken = broken + (file.broken and 1 or 0)
  end
  return made + broken
end

--- The answer to --fail-on-empty.
local function empty_handed(document, argument)
  local general = document.general
  if document.nothing ~= nil then
    table.insert(general.points, { name = "tests are found", ok = false, problems = { { what = document.nothing } } })
  end
  for _, path in ipairs(argument.plan.untested or {}) do
    table.insert(general.points, { name = "a test stands beside " .. path, ok = false, at = path, problems = { { what = "the rule has no test" } } })
  end
end

--- For the engine: the text about a run of tests.
---@param argument table {plan, files = list of {path, answer or fault and where, seconds}, mutants = the same with id, format, threshold,
--- fail_on_empty, pattern, mutate, color, timestamp}
---@return table {text, passed, failed}, or {exit = 64} after a diagnostic where the pattern chooses nothing
function report.make(argument)
  local document = { files = {}, notes = {}, general = { class = "assay.test", package = "assay", points = {} } }
  for _, entry in ipairs(argument.files or {}) do table.insert(document.files, file_of(entry)) end
  document.passed, document.failed = count(document)
  if argument.pattern ~= nil and #document.files > 0 and chosen(document, argument) == 0 then
    return { exit = nothing_chosen(argument), passed = 0, failed = 0 }
  end
  if #document.files == 0 then document.nothing = "there are no tests" end
  coverage_of(document, argument.threshold)
  mutants_of(document, argument)
  if argument.fail_on_empty then empty_handed(document, argument) end
  table.insert(document.files, document.general)
  document.passed, document.failed = count(document)
  local text = argument.format == "json" and json.encode(published(document), JSON_ORDER)
    or require(WRITERS[argument.format or "tap"]).write(document, argument)
  return { text = text, passed = document.passed, failed = document.failed }
end

return report
