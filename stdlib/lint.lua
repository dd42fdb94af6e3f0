-- `assay check`: gathers what is to be looked at, and has each part of the lint look at it. What is wrong is a diagnostic with a code of
-- stdlib/codes/; nothing is evaluated and nothing is written.

local all = require "lint.all"
local bundle = require "lint.bundle"
local config = require "config"
local file_of = require "lint.file"
local luacheck = require "lint.luacheck"
local packs = require "packs"

local lint = {}

local LONGEST = 64 * 1024 -- bytes of Lua that are compiled at all; what looks at more, luacheck too, would take its time

--- The Lua files of packs that are to be looked at: {path, chunk, is_test}.
---@param list table[] packs: {path, name, checked}
local function files_of(list)
  local found, seen = {}, {}
  for _, pack in ipairs(list) do
    for _, name in ipairs(not pack.checked and engine.files(pack.path) or {}) do
      local path = (pack.path:gsub("/+$", "")) .. "/" .. name
      if name:find("%.lua$") and not seen[path] then
        seen[path] = true
        found[#found + 1] = { path = path, chunk = pack.name and pack.name .. "/" .. name, is_test = name:find("_test%.lua$") ~= nil }
      end
    end
  end
  return found
end

--- The text of a file; or nil, what is wrong with it, and the code of that.
local function text_of(path)
  local text, message = engine.read(path)
  if text == nil then return nil, message, "E0570" end
  if #text > LONGEST then return nil, "the text is longer than 64 KB; split it", "E0510" end
  return text
end

--- For the engine: what luacheck has to know, and the files that it may read. Loads no rules.
---@param argument table {packs = {{path, trusted, checked}}, config_path}
---@return table {files, globals}
function lint.plan(argument)
  local wanted, files = {}, engine.list {}
  for _, pack in ipairs(argument.packs) do wanted[#wanted + 1] = pack end
  for _, pack in ipairs((config.load(argument)).packs) do wanted[#wanted + 1] = pack end
  for _, one in ipairs(files_of(wanted)) do
    if text_of(one.path) ~= nil then files[#files + 1] = one.path end
  end
  return { files = files, globals = engine.list(luacheck.globals()) }
end

--- For the engine: looks at everything.
---@param argument table as for lint.plan, and luacheck = its lines (nil: it was not asked), fix = boolean, lost = as for
--- packs.load
---@return table {files = how many, fixed = {{document, line, code, message}}, fixes = {{document, text}}}
function lint.run(argument)
  packs.load { paths = argument.packs, config_path = argument.config_path, lost = argument.lost }
  local found = files_of(packs.list())
  for _, one in ipairs(found) do
    local text, message, code = text_of(one.path)
    if text ~= nil then
      one.file = file_of.new(one.path, text)
    elseif one.is_test then -- of rules packs.load has told
      engine.diag { code = code, severity = "error", document = one.path, message = message }
    end
  end
  return all.check(found, argument)
end

--- For the engine: tells what luacheck found in files that lint.run has looked at.
---@param argument table {luacheck = its lines}
---@return table nothing
function lint.tell(argument)
  local files = {}
  for path in argument.luacheck:gmatch("([^\n]-):%d+:%d+[^\n]*") do
    local text = files[path] == nil and engine.read(path) or nil
    files[path] = files[path] or text and file_of.new(path, text)
  end
  luacheck.tell(argument.luacheck, files)
  return {}
end

--- For the engine: looks at the manifests of bundles.
---@param argument table {bundles = paths}
---@return table nothing
function lint.manifests(argument)
  bundle.check(argument.bundles)
  return {}
end

return lint
