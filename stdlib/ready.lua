-- Loads what judging a bundle may need. Called once, before any bundle: where rules run no file can be opened any more.

local ready = {}

--- Loads the modules of all steps, and the building blocks that rules may require. Needs neither kinds nor packs.
---@param argument table|nil {module = another one that will be asked}
---@return table nothing
function ready.modules(argument)
  for _, name in ipairs { "packs", "judge", "summary", "checks", "risks" } do require(name) end
  if argument ~= nil and argument.module ~= nil then require(argument.module) end
  return {}
end

--- Loads the risk models, which the settings name.
---@return table nothing
function ready.models()
  require("risks").prepare()
  return {}
end

return ready
