-- Loads what judging a bundle may need. Called once, after the packs and before any bundle: where rules run no file can be
-- opened any more.

local ready = {}

--- Loads the modules of all steps, the building blocks that rules may require, and the risk models.
---@param argument table|nil {module = another one that will be asked}
---@return table nothing
function ready.load(argument)
  for _, name in ipairs { "judge", "summary", "checks", "risks" } do require(name) end
  if argument ~= nil and argument.module ~= nil then require(argument.module) end
  require("risks").prepare()
  return {}
end

return ready
