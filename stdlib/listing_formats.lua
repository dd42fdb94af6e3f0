-- The forms other than text and JSON in which `assay list` writes: Markdown (docs/reference), Lua annotations (stdlib/types), man (docs/assay.1).

local man = require "reference_man"
local pages = require "reference_pages"
local types = require "reference_types"

local formats = {}

local PAGES = { reference = true, kinds = true, checks = true, commands = true, limits = true }

--- Markdown of anything; where the reference has a page about it, that page.
function formats.markdown(argument, columns, rows)
  if argument.what == "codes" then return pages.codes(rows) end
  if PAGES[argument.what] and argument.name == nil then return pages[argument.what](argument) end
  return pages.rows(columns, rows)
end

--- Annotations: of the kinds together (their names, what `isms` has), of one kind, of building blocks, of conditions.
function formats.lua(argument)
  if argument.what == "kinds" then return argument.name and types.kind(argument.name) or types.kinds() end
  if argument.name == nil and (argument.what == "blocks" or argument.what == "conditions") then return types[argument.what]() end
  return nil, "kinds, one kind, blocks and conditions can be written so"
end

--- The manual page.
function formats.man(argument)
  if argument.what == "commands" then return man.page(argument.commands) end
  return nil, "only commands can be written so"
end

return formats
