-- The catalogue of the loaded packs: which requirements there are, in which order. Filled by packs, read by
-- score, risks, summary and the reports. Holds no results.

local catalog = {}

local by_id, order = {}, {}

local THEMES = { organizational = true, people = true, physical = true, technological = true }

--- Replaces the catalogue.
---@param entries table[] entries in the order in which they are reported
function catalog.set(entries)
  by_id, order = {}, {}
  for _, entry in ipairs(entries) do
    if by_id[entry.id] == nil then order[#order + 1] = entry.id end
    by_id[entry.id] = entry
  end
end

--- The entry of a requirement, or nil.
---@param id string
function catalog.entry(id)
  return by_id[id]
end

--- All ids, in the order in which they are reported. The caller does not change the list.
function catalog.order()
  return order
end

--- The group under which a requirement is counted: clauses, one of the four themes of Annex A, or own.
---@param id string
---@return string
function catalog.theme(id)
  local entry = by_id[id]
  if entry and entry.kind == "clause" then return "clauses" end
  local theme = entry and entry.theme
  return theme and THEMES[theme] and theme or "own"
end

--- "clause" or "control"; nil where the id is in no catalogue.
---@param id string
function catalog.kind(id)
  local entry = by_id[id]
  return entry and entry.kind
end

return catalog
