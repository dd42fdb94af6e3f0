-- The REPL: how values are shown, which input goes on, where errors stand, what completes.

local columns = require "repl.columns"
local complete = require "repl.complete"
local input = require "repl.input"
local lua_text = require "repl.lua_text"
local pretty = require "repl.pretty"
local render = require "repl.render"
local repl = require "repl"
local space = require "repl.space"
local state = require "repl.state"

local tests = {}

local PAPER = { format = "table", width = 80, most = 1000 }

local function session(t, records, fn)
  return t.model(records, function()
    repl.begin { results = { { id = "A.1", status = "effective", score = 90, checks = {} } }, risks = {} }
    return fn()
  end)
end

local RECORDS = { accounts = {
  { id = "a1", system = "CRM", username = "ann", kind = "human", privileged = true, status = "active" },
  { id = "a2", system = "ERP", username = "b\27[1mob", kind = "human", privileged = false, status = "locked" },
} }

-- ---- values as text ----

function tests.short_values_stand_on_one_line(t)
  t.equal(pretty.text({ 1, "two", true }, 80), '{ 1, "two", true }\n')
  t.equal(pretty.text({ b = 1, a = { x = "y" }, ["c d"] = 2 }, 80), '{ a = { x = "y" }, b = 1, ["c d"] = 2 }\n')
  t.equal(pretty.text({}, 80), "{}\n")
  t.equal(pretty.text(nil, 80), "nil\n")
end

function tests.long_ones_are_broken(t)
  t.equal(pretty.text({ first = ("x"):rep(20), second = ("y"):rep(20) }, 40), ('{\n  first = "%s",\n  second = "%s"\n}\n'):format(("x"):rep(20), ("y"):rep(20)))
  t.equal(pretty.text({ "aaaaaaaa", "bbbbbbbb", "cccccccc" }, 24), '{\n  "aaaaaaaa",\n  "bbbbbbbb",\n  "cccccccc"\n}\n')
  t.equal(pretty.text({ "aaaaaaaa", "bbbbbbbb", "cccccccc" }, 28), '{\n  "aaaaaaaa", "bbbbbbbb",\n  "cccccccc"\n}\n')
end

function tests.what_refers_to_itself_ends(t)
  local self = { name = "x" }
  self.self = self
  t.equal(pretty.text(self, 80), '{ name = "x", self = {…} -- itself }\n')
  local deep = {}
  for _ = 1, 10000 do deep = { deep } end
  t.is_true(#pretty.text(deep, 80) < 200)
end

function tests.odd_keys(t)
  t.equal(pretty.text({ [{}] = 1 }, 80), "{…} -- its keys have no order\n")
  t.equal(pretty.text({ [1.5] = 1, [true] = 2, [-1] = 3 }, 80), "{ [-1] = 3, [1.5] = 1, [true] = 2 }\n")
end

function tests.hidden_characters_are_told(t)
  t.matches(pretty.text({ "a\27[31m\n" }, 80), '{ "a\\u{1B}%[31m\\n" }')
end

function tests.many_members_are_counted(t)
  local list = {}
  for i = 1, 500 do list[i] = i end
  t.matches(pretty.text(list, 80, 100), "… 400 more")
  t.is_false(pretty.text(list, 80):find("…"))
end

-- ---- tables ----

function tests.a_collection_is_a_table_of_what_is_there(t)
  session(t, RECORDS, function()
    local made = render.value(engine.isms().accounts, PAPER)
    t.equal(made.columns, { "id", "system", "username", "kind", "privileged", "status" })
    t.equal(made.rows[1], { "a1", "CRM", "ann", "human", "true", "active" })
  end)
end

function tests.few_columns_keep_what_identifies(t)
  session(t, RECORDS, function()
    local made = render.value(engine.isms().accounts, { format = "table", width = 20 })
    t.equal(made.columns, { "id", "username" })
    t.matches(made.note, "4 more columns")
  end)
end

function tests.programs_get_all_columns_and_the_place(t)
  session(t, RECORDS, function()
    local made = render.value(engine.isms().accounts, { format = "csv" })
    t.equal(made.columns[#made.columns], "_line")
    t.equal(made.rows[1][6], true)
  end)
end

function tests.rows_are_capped_for_people_only(t)
  local list = {}
  for i = 1, 30 do list[i] = { n = i } end
  local made = render.value(list, { format = "table", width = 80, most = 10 })
  t.equal(#made.rows, 10)
  t.equal(made.note, "… 20 more rows (:all shows them)")
  t.equal(#render.value(list, { format = "csv", most = 10 }).rows, 30)
end

function tests.plain_tables_have_the_columns_of_all_rows(t)
  local made = render.value({ { b = 1, id = "x" }, { a = true } }, PAPER)
  t.equal(made.columns, { "id", "a", "b" })
  t.equal(made.rows[2], { engine.null, "true", engine.null })
end

function tests.json_of_anything(t)
  t.equal(render.value({ a = { 1, 2 } }, { format = "json" }).text, '{\n  "a": [\n    1,\n    2\n  ]\n}\n')
  t.equal(render.value(nil, { format = "json" }).text, "null\n")
  t.equal(columns.plain({ 1, { x = 0 / 0 } })[2].x, engine.to_text(0 / 0))
end

function tests.lua_of_anything(t)
  t.equal(lua_text.of { 1, "a\"\n\27", { ["end"] = 1.5 } }, '{\n  1,\n  "a\\"\\n\\x1b",\n  {\n    ["end"] = 1.5\n  }\n}')
end

-- ---- input ----

local function compiled(t, text, final)
  return session(t, RECORDS, function()
    local fn, fault = input.compile(text, "input", 1, final or false)
    return { fn = fn, fault = fault }
  end)
end

function tests.unfinished_input_goes_on(t)
  for _, text in ipairs { "1 +", "{ 1,", "f(", "function f()", "if x then", "[[ a", "x =", "isms.accounts:where{", "for i = 1, 2 do", "--[[ c" } do
    local made = compiled(t, text)
    t.is_nil(made.fn, text)
    t.is_nil(made.fault, text)
  end
end

function tests.at_the_end_it_is_an_error(t)
  local fault = compiled(t, "{ 1,", true).fault
  t.matches(fault.message, "near <eof>")
  t.equal({ fault.line, fault.column }, { 1, 5 })
end

function tests.errors_know_their_column(t)
  for text, column in pairs { ["1 + * 2"] = 5, ["x = = 3"] = 5, ["a b"] = 3, ["x = 'abc"] = 5, ["f(1, 2))"] = 8, ["\"ü\" .. ]"] = 8 } do
    local fault = compiled(t, text).fault
    t.equal(fault.column, column, text)
  end
  local fault = compiled(t, "x = {\n  1,\n  2 3\n}").fault
  t.equal({ fault.line, fault.column }, { 3, 5 })
end

function tests.expressions_before_statements(t)
  session(t, RECORDS, function()
    t.equal(input.eval({ text = "1, nil, 3", final = true, format = "table" }).text, "1\nnil\n3\n")
    t.is_nil(input.eval({ text = "x = 5", final = true, format = "table" }).text)
    t.equal(input.eval({ text = "x", final = true, format = "table" }).text, "5\n")
    t.equal(space.last(), 5)
  end)
end

function tests.names_of_assay_cannot_be_taken(t)
  session(t, RECORDS, function()
    for _, text in ipairs { "isms = 1", "checks = {}", "results = 1", "_ = 1", "within = 1", "results[1] = 2", "checks.x = 1" } do
      t.equal(input.eval({ text = text, final = true, format = "table" }).status, "error", text)
    end
  end)
end

-- ---- completion ----

local function items(text)
  return complete.at(text, #text).items
end

function tests.completion_knows_where_it_is(t)
  session(t, RECORDS, function()
    t.equal(items "isms.accounts:gro", { "group_by" })
    t.equal(items "isms.acco", { "accounts" })
    t.equal(items "isms.accounts:where{ userna", { "username = " })
    t.equal(items "isms.accounts:where{ system = 'x', userna", { "username = " })
    t.equal(items "isms.accounts:sort_by 'last_log", { "last_login_at'" })
    t.equal(items "checks.top_m", { "top_management" })
    t.equal(items ":schema accou", { "accounts" })
    t.equal(items ":time isms.acco", { "accounts" })
    t.equal(items "x.y.z", {})
    t.equal(items "isms.accounts[1].usern", { "username" })
    t.equal(items "isms.accounts['a2'].person.manager.na", { "name" })
    t.equal(items "f(isms.accounts[1].usern", { "username" })
    t.equal(items "isms.accounts[1]:usern", {})
    t.equal(items "isms.accounts['a", { "a1']", "a2']" })
    t.equal(items 'results["A', { 'A.1"]' })
    t.equal(items "#isms.accounts:wh", { "where" })
    t.equal(items "'isms.acco", {})
    input.eval { text = "mine = isms.accounts[1]", final = true, format = "table" }
    t.equal(items "mine.usern", { "username" })
  end)
end

-- ---- changes ----

function tests.a_reload_says_what_changed(t)
  session(t, RECORDS, function()
    local before = state.summary()
    t.equal(state.changes(before).text, "nothing has changed\n")
    before.kinds.accounts, before.results["A.1"].status, before.kinds.gone = 7, "ineffective", 1
    t.equal(state.changes(before).rows, { { "records of accounts", "7", "2" }, { "records of gone", "1", "not there" },
      { "A.1", "ineffective, 90", "effective, 90" } })
  end)
end

return tests
