-- What differs from run to run, or says nothing: orders that are none, and texts of tables and functions.

local order = {}

--- The table or function that an expression is, where it can be seen.
local function opaque(node)
  if node == nil then return nil end
  if node.type == "table" or node.type == "function" then return node.type end
  local binding = node.type == "name" and node.binding or nil
  if binding ~= nil and not binding.assigned and binding.value ~= nil and (binding.value.type == "table" or binding.value.type == "function") then
    return binding.value.type
  end
  return nil
end

local function library_call(file, call, library, name)
  local head = call[1]
  return call.method == nil and head.type == "index" and head.name == name and file:global(head[1]) == library
end

local function check_texts(file, call)
  if file:global(call[1]) == "tostring" and opaque(call[2]) ~= nil then
    file:report("W0860", call, ("the text of a %s is only \"%s\""):format(opaque(call[2]), opaque(call[2])), "name what of it is meant")
  elseif library_call(file, call, "string", "format") or (call.method == "format" and call[1].type ~= "name") then
    for i = call.method and 2 or 3, #call do
      local what = opaque(call[i])
      if what ~= nil then file:report("W0860", call[i], ("the text of a %s is only \"%s\""):format(what, what), "name what of it is meant") end
    end
  end
end

--- `t[key] = …` with keys that have no order, and `pairs(t)` behind it.
local function check_keys(file)
  local keyed = {}
  for _, index in ipairs(file.indexes) do
    local binding = index[1].type == "name" and index[1].binding or nil
    local statement = index.up
    if binding ~= nil and index[2] ~= nil and statement.type == "statement" and statement.word == "=" and opaque(index[2]) ~= nil then
      keyed[binding] = opaque(index[2])
    end
  end
  for _, call in ipairs(file.calls) do
    local name, argument = file:global(call[1]), call[2]
    if (name == "pairs" or name == "next") and argument ~= nil and argument.type == "name" and keyed[argument.binding] ~= nil then
      file:report("W0861", call, ("the keys of `%s` are %ss, which have no order: `%s` ends in an error"):format(argument.name, keyed[argument.binding], name),
        "keep a list of them beside the table")
    end
  end
end

local function check_sort(file, call)
  if not library_call(file, call, "table", "sort") or call[3] == nil or call[3].type ~= "function" then return end
  for _, statement in ipairs(file.returns) do
    local value = statement[1]
    if file:above(statement, "function") == call[3] and value ~= nil and value.type == "binary" and (value.sign == "<=" or value.sign == ">=") then
      file:report("W0862", file.tokens[value.at], ("`%s` sorts equal items before each other, so their order is none"):format(value.sign),
        ("write `%s`"):format(value.sign:sub(1, 1)))
    elseif file:above(statement, "function") == call[3] and value ~= nil and (value.type == "true" or value.type == "false") then
      file:report("W0862", value, "an order that says the same of all items is none")
    end
  end
end

--- Looks for what has no order and for texts that say nothing.
---@param file table lint.file
function order.check(file)
  for _, call in ipairs(file.calls) do
    check_texts(file, call)
    check_sort(file, call)
  end
  check_keys(file)
end

return order
