-- What a bundle is looked at for beyond what reading it tells. Called with the bundle shown, where no rule was asked.

local bundle = {}

--- For the engine.
---@return table nothing
function bundle.inquire()
  return {}
end

return bundle
