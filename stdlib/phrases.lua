-- What the conditions and populations of a rule say, in words, from how they are written. What is code stays code: it is shown, or
-- its lines are named.

local parts = require "rule_parts"

local phrases = {}

---@class phrasing
---@field source table            text of the file
---@field params table<string, string>  values of the rule's params, as texts

local SHORT = 60 -- bytes of code that is shown in a line

local function one_line(text)
  text = text:gsub("%s+", " ")
  return #text <= SHORT and text or nil
end

local function lines_of(part)
  return part.line == part.last and ("line %d"):format(part.line) or ("lines %d-%d"):format(part.line, part.last)
end

local function is_code(part)
  return part.text:find("^function%f[^%w_]") ~= nil
end

--- Words joined as people do: "a, b and c".
local function join(list, word)
  if #list <= 1 then return list[1] or "" end
  return table.concat(list, ", ", 1, #list - 1) .. " " .. (word or "and") .. " " .. list[#list]
end

local function raw(part)
  if part == nil then return "?" end
  if is_code(part) then return "what code gives (" .. lines_of(part) .. ")" end
  return one_line(part.text) or "what " .. lines_of(part) .. " gives"
end

local function name(p, part)
  return part ~= nil and parts.text(p.source, part) or raw(part)
end

--- A limit: a param with its value, a duration, a number.
local function limit(p, part)
  if part == nil then return "?" end
  local text = parts.text(p.source, part)
  if text == nil then return raw(part) end
  return p.params[text] ~= nil and ("%s (%s)"):format(text, p.params[text]) or text
end

--- Words behind the first argument: given one by one, as a list, or as the name of a param.
local function words(p, arguments)
  local list, given = {}, { table.unpack(arguments, 2) }
  if #given == 1 and given[1].text:sub(1, 1) == "{" then given = parts.items(p.source, given[1]) end
  if #given == 1 then return limit(p, given[1]) end
  for i, part in ipairs(given) do list[i] = name(p, part) end
  return join(list, "or")
end

local function names(p, arguments, last)
  local list = {}
  for i = 1, last or #arguments do list[i] = name(p, arguments[i]) end
  return list
end

local function all(p, arguments, first)
  local list = {}
  for i = first or 1, #arguments do list[#list + 1] = phrases.condition(p, arguments[i]) end
  return list
end

--- "{1} is filled": numbers stand for names of fields, %2 for a limit.
local simple = {
  filled = "{1} is filled", has_items = "{1} holds at least one item", not_blank = "{1} holds more than blanks", empty = "{1} is empty",
  is_true = "{1} says yes", is_false = "{1} says no", at_least = "{1} is at least %2", at_most = "{1} is at most %2",
  owned = "{1} names somebody who is with the organisation", never_self = "{1} is filled and is not {2}",
  same = "{1} and {2} are filled and equal", differs = "{1} and {2} are filled and differ", within = "{1} lies no further back than %2",
  in_period = "{1} lies in the period judged", follows = "{2} is filled and does not come before {1}",
  from_to = "{1} lies from {2} to %3 after it", timely = "{2} came within %3 of {1}, or its time is not up yet",
  substantive = "{1} says something", not_stamped = "no more than %3 of the records share the value of {2} (once there are %4)",
}

local special = {}

function special.engaged(p, a)
  return ("%s was with the organisation %s"):format(name(p, a[1]), a[2] and "on " .. name(p, a[2]) or "at the moment judged")
end

function special.one_of(p, a) return ("%s is one of: %s"):format(name(p, a[1]), words(p, a)) end
function special.none_of(p, a) return ("%s is none of: %s"):format(name(p, a[1]), words(p, a)) end
function special.holds_one(p, a) return ("%s holds one of: %s"):format(name(p, a[1]), words(p, a)) end
function special.not_future(p, a) return ("%s %s in the future"):format(join(names(p, a), "or"), #a == 1 and "does not lie" or "never lie") end
function special.in_order(p, a) return join(names(p, a)) .. " never go back in time" end

function special.reviewed_within(p, a)
  local fields = names(p, a, #a - 1)
  return ("%s lies no further back than %s"):format(#fields > 1 and "the latest of " .. join(fields) or fields[1] or "?", limit(p, a[#a]))
end

function special.policy_in_force(p, a)
  local kinds = a[2] and (a[2].text:sub(1, 1) == "{" and parts.items(p.source, a[2]) or { a[2] }) or {}
  return ("a %s on %s is in force"):format(#kinds > 0 and join(names(p, kinds), "or") or "document", name(p, a[1]))
end

function special.all_of(p, a) return join(all(p, a)) end
function special.any_of(p, a) return "either " .. join(all(p, a), "or") end

function special.given(p, a)
  return ("where %s: %s"):format(phrases.condition(p, a[1]), join(all(p, a, 2)))
end

function special.says(p, a)
  return join(all(p, a, 2))
end

--- The constructors that there are words for. Every one of conditions.make is to be among them.
---@param constructor string
---@return boolean
function phrases.knows(constructor)
  return simple[constructor] ~= nil or special[constructor] ~= nil
end

--- A condition in words.
---@param p phrasing
---@param part part
---@return string text
---@return boolean code whether the text can only name the lines
function phrases.condition(p, part)
  local called, arguments = parts.call(p.source, part)
  if called ~= nil and special[called] ~= nil then return special[called](p, arguments), false end
  if called ~= nil and simple[called] ~= nil then
    local text = simple[called]:gsub("{(%d)}", function(i) return name(p, arguments[tonumber(i)]) end)
    return (text:gsub("%%(%d)", function(i) return limit(p, arguments[tonumber(i)]) end)), false
  end
  if is_code(part) then return "what code tests (" .. lines_of(part) .. ")", true end
  local short = one_line(part.text)
  return short and ("`%s` (%s)"):format(short, lines_of(part)) or "what " .. lines_of(part) .. " tests", true
end

--- The name or text that `says` gives a condition, or nil.
---@param p phrasing
---@param part part
---@return string|nil
function phrases.said(p, part)
  local called, arguments = parts.call(p.source, part)
  return called == "says" and arguments[1] ~= nil and parts.text(p.source, arguments[1]) or nil
end

local function value(p, part)
  local list = part.text:sub(1, 1) == "{" and names(p, parts.items(p.source, part)) or { name(p, part) }
  local text = join(list, "or")
  return text == "true" and "yes" or text == "false" and "no" or text
end

--- A filter table as words: "kind is human and status is active or locked".
local function filter(p, open)
  local keyed, items, close = parts.entries(p.source, open)
  if close == nil or #items > 0 then return nil end
  local order, said = {}, {}
  for key, part in pairs(keyed) do order[#order + 1] = { key = key, part = part } end
  table.sort(order, function(a, b) return a.part.from < b.part.from end)
  for i, entry in ipairs(order) do said[i] = ("%s is %s"):format(entry.key, value(p, entry.part)) end
  return join(said), close
end

--- The population of a check in words, from what is written behind `over`.
---@param p phrasing
---@param part part|nil
---@return string
function phrases.population(p, part)
  if part == nil then return "the whole" end
  local kind = parts.text(p.source, part)
  if kind ~= nil then return "every record of " .. kind end
  if part.text:sub(1, 1) == "{" then return "the words " .. join(names(p, parts.items(p.source, part))) end
  local code = p.source.code:sub(part.from, part.to)
  local of, behind = code:match("^function%s*%([^()]*%)%s*return%s+isms%.([%w_]+)%s*()")
  if of ~= nil then
    local rest = code:sub(behind)
    if rest == "end" then return "every record of " .. of end
    local brace = rest:match("^:where%s*%(?%s*(){")
    local said, close = nil, nil
    if brace ~= nil then said, close = filter(p, part.from + behind + brace - 2) end
    if said ~= nil then
      rest = p.source.code:sub(close + 1, part.to):gsub("^%s*%)", "")
      if rest:find("^%s*end$") then return ("%s where %s"):format(of, said) end
      if rest:find("^%s*:where") then return ("%s where %s, and of these those that code picks out (%s)"):format(of, said, lines_of(part)) end
    end
  end
  local seen, kinds = {}, {}
  for read in code:gmatch("isms%.([%a_][%w_]*)") do
    if not seen[read] and engine.kind(read) ~= nil then
      seen[read] = true
      kinds[#kinds + 1] = read
    end
  end
  return ("what code picks out (%s)%s"):format(lines_of(part), #kinds > 0 and ", looking at " .. join(kinds) or "")
end

--- "lines 12-15" of a part.
phrases.lines = lines_of

return phrases
