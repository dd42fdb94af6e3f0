-- Loads what judging a bundle may need. Called once, after the packs and before any bundle: where rules run no file can be
-- opened any more.

local ready = {}

--- Loads the modules of all steps, the building blocks that rules may require, and the risk models.
---@return table nothing
function ready.load()
  for _, name in ipairs { "judge", "summary", "checks", "risks" } do require(name) end
  require("risks").prepare()
  return {}
end

return ready
