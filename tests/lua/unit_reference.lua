-- Looking things up: what is found under which name, what is suggested, and how it is shown.

local doc_comments = require "doc_comments"
local reference = require "reference"

local tests = {}

local function found(name)
  local entry = reference.find(name)
  return entry and entry.name
end

function tests.names_as_people_type_them(t)
  t.equal(found "where", "collection:where")
  t.equal(found ":where", "collection:where")
  t.equal(found "isms.people:where", "collection:where")
  t.equal(found "collection:where(filter)", "collection:where")
  t.equal(found "checks.recent", "checks.recent")
  t.equal(found "recent", "checks.recent")
  t.equal(found "isms.accounts", "accounts")
  t.equal(found " accounts ", "accounts")
  t.equal(found "string.find", "string.find")
  t.equal(found "re.find", "re.find")
  t.equal(found "absent", "absent")
end

function tests.fields(t)
  local status = reference.find "accounts.status"
  t.equal({ status.name, status.what, status.type }, { "accounts.status", "field", "enum(active, disabled, locked, deleted)" })
  t.equal(found "isms.accounts.status", "accounts.status")
  t.equal(found "accounts.person", "accounts.person", "the other name of a reference")
  t.equal(found "check.over", "check.over")
  t.equal(found "isms.as_of", "isms.as_of")
  t.equal(found "time.year", "time.year")
end

function tests.one_name_for_several(t)
  local entry, others = reference.find "within"
  t.equal({ entry.name, entry.group, others }, { "within", "conditions", { "checks.within" } })
  entry, others = reference.find "checks.within"
  t.equal({ entry.name, others }, { "checks.within", { "within" } })
end

function tests.what_is_not_there_is_suggested(t)
  local function near(name)
    local entry, names = reference.find(name)
    t.is_nil(entry)
    return names
  end
  t.equal(near "wher", { "collection:where" })
  t.equal(near "acounts", { "accounts" })
  t.equal(near "accounts.usrname", { "accounts.username" })
  t.equal(near "checks.recnt", { "checks.recent" })
  t.equal(near "qqqqqqqqqq", {})
  t.equal(near "", {})
  t.equal(near "%d(", {})
end

function tests.lines(t)
  local entry = reference.find "checks.recent"
  local lines = reference.lines(entry, 80)
  t.equal(lines[1], "checks.recent(records, field, d)  (building block)")
  for _, line in ipairs(lines) do t.is_true(utf8.len(line) <= 80, line) end
  local text = table.concat(reference.lines((reference.find "accounts")), "\n")
  t.matches(text, "status!%s+enum%(active, disabled, locked, deleted%)")
  t.matches(text, "key:%s+id")
  text = table.concat(reference.lines((reference.find "check")), "\n")
  t.matches(text, '^check "name" { … }')
  t.matches(text, "\n  over%?%s")
  t.matches(text, "\n    check \"owners_present\" {")
end

function tests.every_entry_can_be_found_and_shown(t)
  local seen = {}
  for _, entry in ipairs(reference.entries()) do
    t.is_nil(seen[entry.name .. "/" .. entry.group], entry.name)
    seen[entry.name .. "/" .. entry.group] = true
    t.is_true(reference.find(entry.name), entry.name)
    t.is_true(entry.text ~= "", entry.name .. " has no text")
    t.is_true(#reference.lines(entry, 60) > 0, entry.name)
    t.is_true(reference.what(entry) ~= nil, entry.name)
  end
end

function tests.types_in_comments(t)
  local function split(text) return { doc_comments.split_type(text) } end
  t.equal(split "string the name", { "string", "the name" })
  t.equal(split "fun(a: string, b: any): any, table? what it is", { "fun(a: string, b: any): any, table?", "what it is" })
  t.equal(split "table<string, any> by name", { "table<string, any>", "by name" })
  t.equal(split '"a b"|"c" words', { '"a b"|"c"', "words" })
  t.equal(split "", { "", "" })
  local items = doc_comments.items [[
--- A class. More of it.
---@class thing: other
---@field name? string what it is called
thing = {}

--- Does it.
--- ```lua
--- thing:go(1)
--- ```
---@param n integer
---@param ... any
---@return any ... what comes out
function thing:go(n, ...) end
]]
  t.equal({ items[1].what, items[1].name, items[1].parent, items[1].global, items[1].brief }, { "class", "thing", "other", "thing", "A class" })
  t.equal(items[1].fields, { { name = "name", optional = true, type = "string", text = "what it is called" } })
  t.equal({ items[2].what, items[2].owner, items[2].call, items[2].example }, { "method", "thing", "go(n, …)", { "thing:go(1)" } })
  t.equal(items[2].returns, { { type = "any", text = "what comes out", many = true } })
end

return tests
