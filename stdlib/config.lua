-- The organisation's settings, assay.yaml: reads and checks them. What they mean is settled by those who use
-- them (packs, risks, the command line). `risk` sets the model; `risks` holds flags of the command of that name.

local schema = require "schema"

local config = {}

local ONE_OR_MORE = { either = { { type = "list", items = { type = "text" } }, { type = "text" } } }

local FIELDS = {
  schema = { type = "text", required = true, one_of = { "assay.config/1" }, help = "begin the file with `schema: assay.config/1`" },
  packs = { type = "list", items = { either = {
    { type = "text" },
    { type = "map", fields = { path = { type = "text", required = true }, trusted = { type = "boolean" } } },
  } } },
  params = { type = "map", values = { type = "map", values = { either = {
    { type = "scalar" }, { type = "boolean" }, { type = "list", items = { type = "scalar" } },
  } }, help = "params stand below their rule: `A.5.18: { revoke_within: 4 h }`" } },
  risk = { type = "map", fields = {
    model = { type = "text", help = "the name of a model of stdlib/risk, or the path of a Lua file" },
    params = { type = "map", values = { either = { { type = "scalar" }, { type = "boolean" } } } },
    bands = { type = "map", values = { type = "number" }, help = "level and highest score: {low: 4, medium: 9, high: 16, critical: 25}" },
  } },
  store = { type = "text" },
  fail_on = { type = "text" },
  kinds = ONE_OR_MORE,
}
-- Sections of single commands: the command line checks them against its flags.
for _, command in ipairs { "eval", "repl", "test", "check", "explain", "list", "new", "report", "soa", "risks", "diff", "history" } do
  if FIELDS[command] == nil then FIELDS[command] = { type = "map" } end
end

local function folder_of(path)
  return path:match("^(.*)/[^/]*$")
end

local function beside(folder, path)
  if folder == nil or path:sub(1, 1) == "/" or path == "-" then return path end
  return folder .. "/" .. path:gsub("^%./", "")
end

local function present(value)
  if value == engine.null then return nil end
  return value
end

--- The paths of assay.yaml are relative to the folder it lies in.
local function settle(raw, folder)
  local out = { packs = engine.list {}, params = {}, kinds = engine.list {}, risk = {} }
  for _, pack in ipairs(present(raw.packs) or {}) do
    if type(pack) == "string" then pack = { path = pack } end
    out.packs[#out.packs + 1] = { path = beside(folder, pack.path), trusted = present(pack.trusted) == true }
  end
  for id, values in pairs(present(raw.params) or {}) do
    if values ~= engine.null then
      local mine = {}
      for name, value in pairs(values) do mine[name] = present(value) end
      out.params[id] = mine
    end
  end
  local kinds = present(raw.kinds) or {}
  for i, path in ipairs(type(kinds) == "table" and kinds or { kinds }) do out.kinds[i] = beside(folder, path) end
  local risk = present(raw.risk) or {}
  out.risk = { model = present(risk.model), params = present(risk.params) or {}, bands = present(risk.bands) }
  if out.risk.model and out.risk.model:find("%.lua$") then out.risk.model = beside(folder, out.risk.model) end
  local store = present(raw.store)
  out.store = store and beside(folder, store)
  out.fail_on = present(raw.fail_on)
  return out
end

--- Reads and checks the settings. Adds diagnostics E075x.
---@param argument table {config_path=} or {config=}
---@return table settings checked; defaults where there is no file or it is wrong
---@return boolean ok
---@return function|nil where where(params_of_a_requirement, name) → line, column
---@return table|nil raw the file as read, for `where`
function config.load(argument)
  local path = argument.config_path
  if path == nil and argument.config == nil then return settle({}), true end
  local raw, where = argument.config, nil
  if path then
    local text, message = engine.read(path)
    if text == nil then
      engine.diag { code = "E0750", severity = "error", document = path, message = message or "cannot be read" }
      return settle({}), false
    end
    raw, where = engine.yaml(text, path)
    if raw == nil then return settle({}), false end
  end
  if not schema.check(raw, FIELDS, { document = path or "assay.yaml", code = "E0751", where = where }) then
    return settle({}), false
  end
  return settle(raw, path and folder_of(path)), true, where, raw
end

--- For the engine: the checked settings alone.
---@param argument table {path=}
---@return table {ok=, packs=, params=, kinds=, risk=, store=, fail_on=}
function config.read(argument)
  local settings, ok = config.load { config_path = argument.path, config = argument.config }
  settings.ok = ok
  return settings
end

return config
