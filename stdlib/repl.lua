-- `assay repl`: answers the questions of a session. Lives in the process of the session, which opens nothing; what is typed comes as
-- plain data, what is shown leaves as rows or text. Who reads the keyboard, prints and writes files is engine/cli.

local commands = require "repl.commands"
local complete = require "repl.complete"
local here = require "context"
local input = require "repl.input"
local judge = require "judge"
local plain = require "plain"
local render = require "repl.render"
local space = require "repl.space"
local state = require "repl.state"

local repl = {}

--- Blocks work as in a rule that names all kinds and can do without each of them.
local function enter()
  engine.needs(nil)
  engine.watch(nil)
  local isms = engine.isms()
  if isms == nil then return end
  local needs, missing = {}, {}
  for _, kind in ipairs(engine.kinds()) do
    needs[kind] = "optional"
    if kind == "organization" then
      missing[kind] = isms.organization == nil or nil
    elseif not isms[kind].supplied then
      missing[kind] = true
    end
  end
  here.enter { isms = isms, as_of = isms.as_of, needs = needs, missing = missing, results = judge.by_id(state.results), risks = judge.by_id(state.risks.risks) }
end

--- For the engine: starts the session.
---@param argument table {results = all requirement results, risks = what risks.derive gave}
---@return table nothing
function repl.begin(argument)
  state.set(argument)
  space.open()
  return {}
end

local asked = {}

function asked.eval(question)
  return input.eval(question)
end

function asked.command(question)
  return commands.run(question)
end

--- The last value, with all its rows.
function asked.all(question)
  return render.value(space.last(), question)
end

--- What a session begins with.
function asked.hello(question)
  local isms, kinds, records = engine.isms(), 0, 0
  if state.stored then
    local text = ("%s, as of %s: %s. Its evidence is not in the store, so that there are no records; :results, :gaps, :risks and the tables results, checks, "
      .. "findings and risk_results of :sql tell of it. assay repl BUNDLE has the records. :help shows what can be asked."):format(question.bundle,
      engine.to_text(isms.as_of), state.words())
    return { text = table.concat(plain.wrap(plain.safe(text), question.width or 100), "\n") .. "\n" }
  end
  for _, kind in ipairs(engine.kinds()) do
    if kind ~= "organization" and isms[kind].supplied then kinds, records = kinds + 1, records + #isms[kind] end
  end
  local text = plain.safe(("%s, as of %s: %s of %s; %s. :help shows what can be asked."):format(question.bundle, engine.to_text(isms.as_of),
    plain.count(records, "record"), plain.count(kinds, "kind"), state.words()))
  return { text = table.concat(plain.wrap(text, question.width or 100), "\n") .. "\n" }
end

function asked.complete(question)
  return complete.at(question.text, question.at)
end

function asked.state()
  return { state = state.summary() }
end

function asked.changes(question)
  return state.changes(question.before, question)
end

--- For the engine: answers a question.
---@param question table {op, …, format = "table" | "json" | "csv", width, most = rows of a table, or nothing}
---@return table answer {status, columns, rows, text, note, error, items, from, state}
function repl.ask(question)
  local answer = asked[question.op]
  if answer == nil then error(("there is no question `%s`"):format(tostring(question.op))) end
  enter()
  local made = answer(question)
  made.status = made.status or "ok"
  return made
end

require("reference").entries() -- reads the stdlib, which cannot be opened later

return repl
