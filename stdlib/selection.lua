-- Selectors: which requirements an id or a glob (`*` any text, `?` one character) chooses. Knows no packs.

local selection = {}

--- What is close to a selector that chooses nothing.
local function help(glob, order)
  for _, id in ipairs(order) do
    if id:sub(1, #glob + 1) == glob .. "." then return ("did you mean `%s.*`?"):format(glob) end
  end
  local near = engine.suggest(glob, order)
  return near and ("did you mean `%s`?"):format(near) or "a selector is an id or a glob: A.5.18, A.5.*, 6.*"
end

---@param globs string[]|nil nil or empty: everything
---@param order string[] the ids that there are, in their order
---@return table<string, boolean>|nil chosen nil: all
---@return table[] missed {glob=, help=} of each selector that chooses nothing
function selection.choose(globs, order)
  local missed = {}
  if globs == nil or #globs == 0 then return nil, missed end
  local chosen = {}
  for _, glob in ipairs(globs) do
    local any = false
    for _, id in ipairs(order) do
      if engine.glob(glob, id) then chosen[id], any = true, true end
    end
    if not any then missed[#missed + 1] = { glob = glob, help = help(glob, order) } end
  end
  return chosen, missed
end

return selection
