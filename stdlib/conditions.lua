-- The words for conditions that every rule file finds as globals.

local base = require "conditions_base"

local make = {}
for _, part in ipairs { require "conditions_fields", require "conditions_dates", require "conditions_more" } do
  for name, constructor in pairs(part) do make[name] = constructor end
end

return { make = make, listen = base.listen }
