-- Errors that the code of a rule raises while it runs: which line of which of its files, what went wrong, and what to do about it. The frames of
-- the product's own files say nothing to the author of a rule, and are left out.

local blame = {}

--- What to do about an error, as far as its text tells: a method that is not there, a value that is none.
---@param text string message of Lua
---@return string|nil
function blame.help(text)
  local method = text:match("attempt to call a nil value %(method '([^']+)'%)")
  if method ~= nil then
    local near = engine.suggest(method, engine.members "collection")
    return near ~= nil and ("did you mean `%s`?"):format(near) or "`assay list reference collection` names the methods of collections"
  end
  local field = text:match("attempt to call a nil value %(field '([^']+)'%)")
  if field ~= nil then return ("nothing is called `%s` there; `assay list reference` names what there is"):format(field) end
  if text:find("attempt to concatenate a nil value", 1, true) then return "what is absent is nil: test it first, or write it as a {placeholder} of a message" end
  return nil
end

local function ours(line)
  local file, number = line:match("^%s*(.-%.lua):(%d+):")
  if file == nil or file:find("^stdlib/") then return nil end
  return file, tonumber(number)
end

--- Takes an error apart.
---@param text string as raised: "shop/own/shop_1.lua:14: attempt to …"
---@param traceback string|nil
---@return table {file, line, message, help}; file and line are nil where no line of a rule is concerned
function blame.of(text, traceback)
  local file, line = ours(text)
  local message = file ~= nil and text:match("^.-%.lua:%d+: (.*)$") or text
  local calls = {}
  for frame in tostring(traceback or ""):gmatch("[^\n]+") do
    local at, number = ours(frame)
    if at ~= nil then
      if file == nil then file, line = at, number end
      if at ~= file or number ~= line then calls[#calls + 1] = ("%s:%d"):format(at, number) end
    end
  end
  local help = blame.help(message)
  if help == nil and #calls > 0 then help = "called from " .. table.concat(calls, ", ") end
  return { file = file, line = line, message = message, help = help }
end

--- A line of a text.
---@param text string
---@param number integer
---@return string|nil
function blame.line(text, number)
  local at = 1
  for line in (text .. "\n"):gmatch("(.-)\n") do
    if at == number then return line end
    at = at + 1
  end
  return nil
end

return blame
