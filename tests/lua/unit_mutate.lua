-- Mutants of rule files: the tokens and the tree they are made from, what is changed, and what never is.

local mutate = require "mutate"
local tokens = require "lua_tokens"
local tree = require "lua_tree"

local tests = {}

local RULE = [==[
local checks = require "checks"
local function fresh(account, params) return account.created_at > params.age end

return rule "A.5.18" {
  title = "1 d and 5 > 4", intent = "not true",
  needs = { "accounts", "people" },
  params = {
    age = { default = "4 h", meaning = "1 d" },
    share = { default = 95, unit = "percent", meaning = "5 d" },
    topics = { default = { "a", "b" }, unit = "words", meaning = "x" },
  },
  check "one" {
    question = "1 d?", tests = "operation", severity = "major", weight = 3,
    over = function(isms) return isms.accounts:where{ status = "active", kind = { "human", "shared" } } end,
    expect = { filled "username", says("1 d", function(account, _, params) return fresh(account, params) end) },
    empty = "not_applicable", at_least = "share",
    missing = { username = "none for 2 d" }, messages = { late = "3 d" }, message = "{n} of 4 and 5", remedy = "not true",
  },
  check "two" {
    question = "?", tests = "operation", severity = "major", weight = 3,
    over = "accounts",
    expect = function(account) return not (account.id == nil) and true end,
    message = "x", remedy = "y",
  },
}
]==]

local function listed(text)
  return mutate.list(text or RULE, { "accounts", "people" })
end

--- "kind: was → now" of all mutants of a check, helper or param.
local function changes(where, kind)
  local found = {}
  for _, mutant in ipairs(listed()) do
    if mutant.id:find("/" .. where .. "/", 1, true) and (kind == nil or mutant.kind == kind) then
      found[#found + 1] = ("%s → %s"):format(mutant.was, mutant.now)
    end
  end
  return found
end

local function compiles(text)
  return engine.compile(text, "@x", engine.env {})
end

function tests.tokens_tell_texts_comments_numbers_and_signs(t)
  local list = tokens.read("a.b = 0x1Fp-2 .. [=[\n]]x]=] -- c\n--[[ d\n]] ~= 'it\\'s' 1e-3 ...")
  local texts = {}
  for i, token in ipairs(list) do texts[i] = token.type .. " " .. token.text end
  t.equal(texts, {
    "name a", "sign .", "name b", "sign =", "number 0x1Fp-2", "sign ..", "text [=[\n]]x]=]", "sign ~=", "text 'it\\'s'", "number 1e-3", "sign ...",
  })
  t.equal({ list[7].value, list[7].line, list[7].column }, { "]]x", 1, 18 })
  t.equal({ list[9].value, list[9].line, list[9].column }, { "it's", 4, 7 })
end

function tests.the_tree_knows_how_strongly_operators_bind(t)
  local block = tree.parse "return a or b and not c == d .. e .. f"
  local top = block[1][1]
  t.equal({ top.sign, top[2].sign, top[2][2].sign, top[2][2][2].sign, top[2][2][2][2].sign }, { "or", "and", "==", "..", ".." })
  t.equal({ top[2][2][1].type, top[2][2][1].sign }, { "unary", "not" })
end

function tests.every_file_of_lua_here_can_be_parsed(t)
  local count = 0
  for _, folder in ipairs { "stdlib", "rules", "tests/lua", "examples" } do
    for _, name in ipairs(engine.files(folder) or {}) do
      local text = name:find("%.lua$") and engine.read(folder .. "/" .. name) or ""
      if text ~= "" and compiles(text) then -- templates do not
        local ok, message = engine.try(tree.parse, text)
        t.is_true(ok, name .. ": " .. tostring(message))
        count = count + 1
      end
    end
  end
  t.is_true(count > 100)
end

function tests.what_does_not_end_is_an_error(t)
  for _, text in ipairs { "return 'x", "return [[x", "return (1", "if x then", "return 1 end", "x = = 1" } do
    t.raises(function() tree.parse(text) end, ".")
  end
end

function tests.every_mutant_is_one_change_that_compiles(t)
  local seen = {}
  for _, mutant in ipairs(listed()) do
    local text = mutate.apply(RULE, mutant)
    t.is_true(text ~= RULE and compiles(text) ~= nil, mutant.id .. " " .. mutant.was .. " → " .. mutant.now)
    t.is_true(not seen[mutant.id], mutant.id)
    seen[mutant.id] = true
    local line = 0
    for one in (RULE .. "\n"):gmatch "(.-)\n" do
      line = line + 1
      if line == mutant.line then t.equal(one:sub(mutant.column, mutant.column), mutant.was:sub(1, 1), mutant.id) end
    end
  end
end

function tests.texts_for_people_stay(t)
  for _, mutant in ipairs(listed()) do
    local text = mutate.apply(RULE, mutant)
    for _, part in ipairs {
      '"1 d and 5 > 4"', 'intent = "not true"', 'meaning = "1 d"', 'question = "1 d?"', 'weight = 3', '"none for 2 d"', 'late = "3 d"',
      '"{n} of 4 and 5"', 'remedy = "not true"',
    } do t.is_true(text:find(part, 1, true) ~= nil, mutant.id .. " changes " .. part) end
  end
end

function tests.params(t)
  t.equal(changes "params.age", { '"4 h" → "5 h"' })
  t.equal(changes "params.share", { "95 → 96", "95 → 94" })
  t.equal(changes "params.topics", { '"a",  → ', ', "b" → ' })
end

function tests.comparisons_and_logic(t)
  t.equal(changes("fresh", "comparison"), { "> → >=", "> → <=" })
  t.equal(changes("two", "comparison"), { "== → ~=" })
  t.equal(changes("two", "logic"), { "not (account.id == nil) → (account.id == nil)", "and → or", "true → false" })
end

function tests.conditions_are_left_out_one_at_a_time(t)
  t.equal(changes("one", "condition"), {
    ':where{ status = "active", kind = { "human", "shared" } } → ', 'status = "active",  → ', ', kind = { "human", "shared" } → ',
    '"human",  → ', ', "shared" → ', 'filled "username",  → ',
    ', says("1 d", function(account, _, params) return fresh(account, params) end) → ', '"share" → nil',
  })
  t.equal(changes("two", "condition"), {
    "function(account) return not (account.id == nil) and true end → function() return true end",
    "not (account.id == nil) and true → not (account.id == nil)", "not (account.id == nil) and true → true",
  })
  t.equal(changes("one", "empty"), { '"not_applicable" → "lacks_evidence"' })
end

function tests.fields_become_others_of_their_sort(t)
  local fields = require("mutate_fields").new { "accounts", "people" }
  local function sorts(name)
    local found = {}
    for _, other in ipairs(fields:others(name)) do found[#found + 1] = engine.field("accounts", other).type end
    return found
  end
  t.equal(sorts "created_at", { "time" })
  t.equal(sorts "username", { "string" })
  t.equal(#fields:others "person", 1)
  t.equal(fields:others "no_such_field", {})
end

function tests.helpers_and_params_concern_the_checks_that_name_them(t)
  for _, mutant in ipairs(listed()) do
    local where = mutant.id:match "/([%w_.]+)/"
    if where == "two" then
      t.equal(mutant.checks, { two = true })
    elseif where ~= "params.topics" then
      t.equal(mutant.checks, { one = true }, mutant.id)
    else
      t.is_nil(mutant.checks)
    end
  end
end

function tests.ids_stay_when_lines_move(t)
  local before, moved = {}, listed("\n-- more\n" .. RULE:gsub("params%) end\n\nreturn", "params) end\nlocal x\nreturn"))
  for _, mutant in ipairs(listed()) do before[mutant.id] = mutant.line end
  for _, mutant in ipairs(moved) do t.is_true(before[mutant.id] ~= nil and before[mutant.id] < mutant.line, mutant.id) end
  local other = listed(RULE:gsub("account.created_at > params.age", "account.created_at > params.share"))
  local same = 0
  for _, mutant in ipairs(other) do
    if mutant.id:find "/fresh/" and before[mutant.id] then same = same + 1 end
  end
  t.equal(same, 0)
end

function tests.a_file_without_a_rule_is_an_error(t)
  t.raises(function() mutate.list("return 1", {}) end, "does not end with")
end

return tests
