-- Puts together what the test files and mutants came to, and has it written in one of the formats.

local report = {}

local WRITERS = { tap = "testing_tap", pretty = "testing_pretty", junit = "testing_junit", json = "testing_json" }

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
  return { name = entry.path, ok = false, at = entry.path, problems = { { what = what, got = entry.where } } }
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
  if not found then return end
  table.insert(document.notes, "coverage of rules")
  for _, line in ipairs(notes) do table.insert(document.notes, "  " .. line) end
  table.insert(document.notes, ("  %-8s lines %5.1f %% (%d of %d)   outcomes of checks %5.1f %% (%d of %d)"):format("all",
    percent(all.hit, all.lines), all.hit, all.lines, percent(all.seen, all.checks), all.seen, all.checks))
  document.coverage = all
  if threshold == nil then return end
  for _, one in ipairs { { "lines", all.hit, all.lines }, { "outcomes of checks", all.seen, all.checks } } do
    local reached = percent(one[2], one[3])
    local point = { name = ("coverage of %s is at least %g %%"):format(one[1], threshold), ok = reached >= threshold }
    if not point.ok then
      point.problems = { { what = point.name, expected = ("%g %%"):format(threshold), got = ("%.2f %%"):format(reached) } }
    end
    table.insert(document.general.points, point)
  end
end

-- ---- mutants ----

local function change_of(one)
  local now = one.now:find("%S") and one.now or "nothing"
  return ("`%s` → `%s`"):format(one.was, now == one.now and now or "" .. now)
end

local function survivor(file, one)
  return {
    name = ("%s: mutant %s is noticed"):format(file.id, one.id), ok = false, at = ("%s:%d"):format(one.file, one.line),
    problems = { { what = ("no case notices %s at %s:%d:%d"):format(change_of(one), one.file, one.line, one.column), got = one.source } },
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

local function mutants_of_file(file, outcomes, known, all, document)
  local own = { made = 0, killed = 0, limits = 0, explained = 0, alive = 0, survivors = engine.list {} }
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
    else
      own.alive = own.alive + 1
      table.insert(own.survivors, entry.answer)
      table.insert(file.points, survivor(file, entry.answer))
    end
  end
  for id, entry in pairs(known) do
    if all and id:sub(1, #file.id + 1) == file.id .. "/" and not made[id] then
      table.insert(file.points, stale(entry, "there is no such mutant any more"))
    end
  end
  file.result = own
  table.insert(document.notes, ("  %-8s %4d made, %4d noticed%s, %3d explained, %3d alive"):format(file.id, own.made, own.killed,
    own.limits > 0 and (" (%d by a limit)"):format(own.limits) or "", own.explained, own.alive))
  if own.alive == 0 then table.insert(file.points, { name = file.id .. ": mutants", ok = true }) end
  return own
end

local function mutants_of(document, argument)
  if not argument.mutate then return end
  local outcomes, known = {}, explanations(argument)
  for _, entry in ipairs(argument.mutants or {}) do outcomes[entry.id] = entry end
  local total = { made = 0, killed = 0, explained = 0, alive = 0 }
  table.insert(document.notes, "mutants of rules")
  for _, file in ipairs(document.files) do
    if file.mutants ~= nil and file.broken then
      table.insert(document.notes, ("  %-8s a test fails, so its mutants are not judged"):format(file.id))
    elseif file.mutants ~= nil then
      local own = mutants_of_file(file, outcomes, known, argument.pattern == nil, document)
      for name in pairs(total) do total[name] = total[name] + own[name] end
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
  table.insert(document.notes, ("  %-8s %4d made, %4d noticed, %3d explained, %3d alive"):format("all", total.made, total.killed, total.explained, total.alive))
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

--- For the engine: the text about a run of tests.
---@param argument table {plan, files = list of {path, answer or fault and where, seconds}, mutants = the same with id, format, threshold,
--- fail_on_empty, pattern, mutate, color, timestamp, hostname}
---@return table {text, passed, failed, empty}
function report.make(argument)
  local document = { files = {}, notes = {}, general = { class = "assay.test", package = "assay", points = {} } }
  local general = document.general
  for _, text in ipairs(argument.plan.faults or {}) do
    table.insert(general.points, { name = text, ok = false, problems = { { what = text } } })
  end
  for _, entry in ipairs(argument.files or {}) do table.insert(document.files, file_of(entry)) end
  local passed, failed = count(document)
  local empty = passed + failed + #general.points == 0
  coverage_of(document, argument.threshold)
  mutants_of(document, argument)
  if empty then
    document.nothing = argument.pattern ~= nil and "no test holds " .. argument.pattern or "there are no tests"
    if argument.fail_on_empty then
      table.insert(general.points, { name = "tests are found", ok = false, problems = { { what = document.nothing } } })
    end
  end
  table.insert(document.files, general)
  document.passed, document.failed = count(document)
  local writer = require(WRITERS[argument.format or "tap"])
  local data = argument.format == "json" and published(document) or document
  return { text = writer.write(data, argument), passed = document.passed, failed = document.failed, empty = empty }
end

return report
