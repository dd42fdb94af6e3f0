-- What is typed: compiled as an expression, else as a statement; whether it goes on in the next line; where an error is.

local blame = require "blame"
local render = require "repl.render"
local space = require "repl.space"

local input = {}

local CODE = "E0740"
local KEPT = 5000 -- lines that are kept for messages

local lines, count = {}, 0 -- chunk → number → text
local locals = {}          -- names that an earlier input had as locals

local function remember(chunk, first, text)
  if count > KEPT then lines, count = {}, 0 end
  local mine = lines[chunk] or {}
  lines[chunk] = mine
  local at = first
  for line in (text .. "\n"):gmatch("(.-)\n") do
    mine[at] = line
    at, count = at + 1, count + 1
  end
end

local function is_cut_off(message)
  return message:sub(-5) == "<eof>"
end

local function line_at(text, number)
  local at = 1
  for line in (text .. "\n"):gmatch("(.-)\n") do
    if at == number then return line end
    at = at + 1
  end
  return nil
end

--- Bytes before a line.
local function start_of(text, number)
  local at = 1
  for _ = 2, number do at = (text:find("\n", at, true) or #text) + 1 end
  return at
end

--- The column of what stands in the way: the first place of the token up to which the text is sound.
local function column_of(text, number, message, compile)
  local token = message:match("near '(.*)'$")
  local line = line_at(text, number)
  if line == nil or token == nil or token == "" then
    return line ~= nil and is_cut_off(message) and (utf8.len(line) or #line) + 1 or nil
  end
  if message:find("^unfinished string") then
    local at = line:find(token, 1, true)
    return at ~= nil and (utf8.len(line:sub(1, at - 1)) or at - 1) + 1 or nil
  end
  local start, from = start_of(text, number), 1
  for _ = 1, 50 do
    local at, stop = line:find(token, from, true)
    if at == nil then return nil end
    local _, said = compile(text:sub(1, start + stop - 1))
    if said ~= nil and not is_cut_off(said) then return (utf8.len(line:sub(1, at - 1)) or at - 1) + 1 end
    from = at + 1
  end
  return nil
end

local function attempt(prefix, env)
  return function(text)
    return engine.compile(prefix .. text, "=input", env)
  end
end

local function place(text, compile, message, number)
  local _, breaks = text:gsub("\n", "")
  number = math.min(number, breaks + 1)
  local column = column_of(text, number, message, compile)
  return { message = message, line = number, column = column, source = line_at(text, number) }
end

local function is_further(a, b)
  if a.line ~= b.line then return a.line > b.line end
  return (a.column or 0) > (b.column or 0)
end

--- Compiles a text. Gives a function, or nil and what is wrong ({message, line, column, source}), or nil, nil: it goes on.
---@param text string
---@param chunk string how messages call it
---@param first integer its first line
---@param final boolean nothing more comes
---@return function|nil
---@return table|nil fault
function input.compile(text, chunk, first, final)
  local env = space.env()
  local ahead = ("\n"):rep(first - 1)
  local whole = text .. "\n" -- so that a text in quotes does not go on
  local fn = engine.compile(ahead .. "return " .. whole, "=" .. chunk, env)
  if fn ~= nil then return fn end
  local message, number
  fn, message, number = engine.compile(ahead .. whole, "=" .. chunk, env)
  if fn ~= nil then return fn end
  local as_value, as_statement = attempt("return ", env), attempt("", env)
  local _, other, other_number = as_value(whole)
  number = number - first + 1
  if is_cut_off(message) or is_cut_off(other) then
    if not final then return nil, nil end
    if is_cut_off(other) and not is_cut_off(message) then message, number = other, other_number end
  end
  local fault, second = place(text, as_statement, message, number), place(text, as_value, other, other_number)
  if is_further(second, fault) then fault = second end
  fault.line = fault.line + first - 1
  return nil, fault
end

--- Where an error came up in what was typed: its own place, else the innermost line of the traceback.
local function told(message, traceback, chunk)
  local fault = { message = message, code = CODE, document = chunk }
  local at, number, text = message:match("^(.-):(%d+): (.*)$")
  if at ~= nil and lines[at] ~= nil then
    fault.document, fault.line, fault.message = at, tonumber(number), text
  else
    for name, where in (traceback or ""):gmatch("\n\t([^\n]-):(%d+): in") do
      if lines[name] ~= nil then
        fault.document, fault.line = name, tonumber(where)
        fault.message = message:gsub("^stdlib/[%w_/]+%.lua:%d+: ", "")
        break
      end
    end
  end
  local source = fault.line ~= nil and lines[fault.document][fault.line] or nil
  if source ~= nil then
    fault.source = source
    local word = message:match("'([%w_]+)'%)$") or message:match("`([%w_]+)`")
    if word ~= nil and locals[word] and message:find("there is no `") then
      fault.help = ("`local %s` lives within the input where it stands; leave `local` out to keep it"):format(word)
    end
    local column = word ~= nil and source:find("%f[%w_]" .. word .. "%f[^%w_]") or nil
    fault.help = fault.help or blame.help(fault.message)
    fault.column = column ~= nil and (utf8.len(source:sub(1, column - 1)) or column - 1) + 1 or nil
  end
  return fault
end

local function failed(fault)
  fault.code = fault.code or CODE
  return { status = "error", error = fault }
end

local function results(ok, ...)
  return ok, select("#", ...), { ... }
end

--- Runs what was typed and shows its values.
---@param question table {text, chunk, line, final, quiet, format, width, most}
---@return table answer
function input.eval(question)
  local chunk, first = question.chunk or "input", question.line or 1
  local fn, fault = input.compile(question.text, chunk, first, question.final)
  if fn == nil and fault == nil then return { status = "incomplete" } end
  remember(chunk, first, question.text)
  for name in question.text:gmatch("local%s+([%a_][%w_]*)") do locals[name] = true end
  if fn == nil then
    fault.document = chunk
    return failed(fault)
  end
  local ok, n, values = results(engine.try(fn))
  if not ok then return failed(told(values[1], values[2], chunk)) end
  if n == 0 then return {} end
  space.keep(values[1])
  return render.values(values, n, question)
end

return input
