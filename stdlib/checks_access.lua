-- Building blocks about classification, rights on systems, and premises.

local fields = require "fields"
local gaps = require "gaps"
local here = require "context"
local words = require "checks_words"

local access = {}

local function followed(kind)
  return here.needs[kind] ~= nil and not here.missing[kind]
end

--- The classification scheme: ranks by word, and the lowest rank; nil where no scheme is supplied.
local function scheme()
  local levels = here.reach("classification_levels")
  if levels == nil or here.missing.classification_levels then return nil end
  return gaps.keep("classification scheme", function()
    local found = { ranks = {} }
    for level in levels:each() do
      local rank = engine.peek(level, "rank")
      found.ranks[words.word(engine.peek(level, "level"))] = rank
      if found.lowest == nil or rank < found.lowest then found.lowest = rank end
    end
    return found
  end)
end

--- The rank of a classification level; nil where the word is none.
---@param text string|nil
---@return integer|nil
function access.rank(text)
  local levels = scheme()
  return levels and text ~= nil and levels.ranks[words.word(text)] or nil
end

--- Whether the word is a level of the scheme.
---@param text string|nil
---@return boolean
function access.known_level(text)
  return access.rank(text) ~= nil
end

--- Whether information of that level needs protection: the level ranks above the lowest one, or is not known. Without a scheme:
--- every level but "public".
---@param text string|nil
---@return boolean
function access.sensitive(text)
  if text == nil then return false end
  local levels = scheme()
  if levels == nil then return not words.same_name(text, "public") end
  local rank = access.rank(text)
  return rank == nil or rank > levels.lowest
end

local open_status = { active = true, locked = true }

--- Whether a right is in force: given, not revoked, and its account not closed. An expiry date alone ends nothing.
---@param grant record|nil
---@vararg any the moment; as_of where left out
---@return boolean
function access.held(grant, ...)
  if grant == nil then return false end
  local t = here.as_of
  if select("#", ...) > 0 then t = (...) end
  local begun, revoked = grant.granted_at <= t, grant.revoked_at
  if not begun or (revoked ~= nil and revoked <= t) then return false end
  local account = grant.account
  return account ~= nil and open_status[account.status] == true
end

--- The catalogue's entry for a right: same system, same entitlement.
---@param grant record|nil
---@return record|nil
function access.catalogued(grant)
  if grant == nil then return nil end
  local entries = gaps.keep("entitlements", function()
    local found = {}
    for entry in here.isms.entitlements:each() do
      local key = words.word(engine.peek(entry, "system")) .. "\n" .. words.word(engine.peek(entry, "entitlement"))
      if found[key] == nil then found[key] = entry end
    end
    return found
  end)
  return entries[words.word(grant.system) .. "\n" .. words.word(grant.entitlement)]
end

--- The zone itself and the zones around it, from the inside out; a zone met twice ends the walk.
---@param zone record|nil
---@return table
function access.around(zone)
  local found, seen = {}, {}
  while zone ~= nil and not seen[zone] do
    seen[zone] = true
    found[#found + 1] = zone
    zone = zone.parent
  end
  return found
end

--- Whether we run a zone ourselves: in use, and no supplier named on it or on a data centre around it.
---@param zone record|nil
---@return boolean
function access.ours(zone)
  if zone == nil or zone.status ~= "in_use" or fields.reference(zone, "supplier_id", followed) ~= nil then return false end
  for _, outer in ipairs(access.around(zone)) do
    if outer.kind == "data_centre" and fields.reference(outer, "supplier_id", followed) ~= nil then return false end
  end
  return true
end

--- Whether one of our zones has a level from `least` on; nil where zones are not supplied.
local function any_of_ours(least)
  local zones = here.reach("physical_zones")
  if zones == nil or here.missing.physical_zones then return nil end
  return zones:any(function(zone) return access.ours(zone) and zone.level >= least end)
end

--- Whether there are no premises of ours: no zone is, and that is shown by the register of zones or said by the organisation.
---@return boolean
function access.nothing_ours()
  local found = any_of_ours(-math.huge)
  if found == nil then return here.isms.organization.has_premises == false end
  return not found
end

--- Whether no area of ours is restricted (level 3 or more).
---@return boolean
function access.nothing_restricted()
  if access.nothing_ours() then return true end
  return any_of_ours(3) == false
end

--- Whether a right to enter was open at a moment.
---@param grant record|nil
---@param t any date or time
---@return boolean
function access.open_grant(grant, t)
  if grant == nil then return false end
  local revoked, expires = grant.revoked_at, grant.expires_at
  return grant.granted_at <= t and (revoked == nil or revoked > t) and (expires == nil or expires >= t)
end

--- Whether whoever entered had an open right to the zone at that moment, or was a visitor whose badge was for it.
---@param event record|nil
---@return boolean
function access.entitled(event)
  if event == nil then return false end
  local t, zone, person, number = event.at, event.zone_id, event.person_id, event.credential_number
  if person ~= nil or number ~= nil then
    local filter = { zone_id = zone }
    if person ~= nil then filter.person_id = person else filter.credential_number = number end
    for grant in here.isms.physical_grants:where(filter):each() do
      if access.open_grant(grant, t) then return true end
    end
  end
  if number == nil then return false end
  for visit in here.isms.visits:where { badge_number = number, zone_ids = zone } :each() do
    local left = visit.left_at
    if visit.arrived_at <= t and (left == nil or left >= t) then return true end
  end
  return false
end

access.reads = {
  rank = { "classification_levels?" }, known_level = { "classification_levels?" }, sensitive = { "classification_levels?" },
  held = { "accounts" }, catalogued = { "entitlements?" }, around = { "physical_zones" }, ours = { "physical_zones" },
  nothing_ours = { "organization", "physical_zones?" }, nothing_restricted = { "organization", "physical_zones?" },
  open_grant = { "physical_grants" }, entitled = { "physical_events", "physical_grants", "visits" },
}

return access
