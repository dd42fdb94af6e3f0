-- The table of codes, stdlib/codes/: what each diagnostic means and what to do about it, in words for people.

local json = require "json"
local page = require "page"
local schema = require "schema"

local codes = {}

local ENTRY = {
  title = { type = "text", required = true }, means = { type = "text", required = true }, ["do"] = { type = "text", required = true },
  example = { type = "text" },
}

local entries

local function load()
  entries = {}
  local folder = engine.stdlib .. "/codes"
  for _, name in ipairs(engine.files(folder) or {}) do
    local path = folder .. "/" .. name
    local raw, where = engine.yaml(engine.read(path) or "", path)
    if raw ~= nil then
      for code, entry in pairs(raw) do
        if schema.check(entry, ENTRY, { document = path, code = "E0629", where = where }) then
          entries[code] = { title = entry.title, means = (entry.means:gsub("%s+$", "")), ["do"] = (entry["do"]:gsub("%s+$", "")), example = entry.example }
        end
      end
    end
  end
  return entries
end

--- What is said of a code; nil where there is none such.
---@param code string
---@return table|nil {title, means, do, example}
function codes.entry(code)
  return (entries or load())[code]
end

--- All codes, sorted.
---@return string[]
function codes.list()
  local list = {}
  for code in pairs(entries or load()) do list[#list + 1] = code end
  table.sort(list)
  return list
end

local SEVERITY = { E = "error", W = "warning", N = "note" }

local function meant(code)
  local digits = code:match("%d+")
  for _, known in ipairs(codes.list()) do
    if digits ~= nil and known:sub(2) == ("%04d"):format(tonumber(digits) % 10000) then return ("did you mean `%s`?"):format(known) end
  end
  local near = engine.suggest(code, codes.list())
  return near and ("did you mean `%s`?"):format(near) or "codes look like E0520, W0834 or N0845"
end

--- For the engine: the page on a code.
---@param argument table {code, format = "pretty" | "json", width, color}
---@return table {text, exit = 64 where there is no such code}
function codes.explain(argument)
  local code = tostring(argument.code)
  local entry = codes.entry(code) or codes.entry(code:upper())
  if entry == nil then
    engine.diag { code = "E0822", severity = "error", message = ("there is no code `%s`"):format(code), help = meant(code:upper()) }
    return { text = "", exit = 64 }
  end
  if codes.entry(code) == nil then code = code:upper() end
  if argument.format == "json" then
    return { text = json.encode({ schema = "assay.code/1", code = code, severity = SEVERITY[code:sub(1, 1)], title = entry.title, means = entry.means,
      ["do"] = entry["do"], example = entry.example }, { "schema", "code", "severity", "title", "means", "do", "example" }) }
  end
  local out = page.new(argument)
  out:heading(("%s (%s): %s"):format(code, SEVERITY[code:sub(1, 1)], entry.title))
  out:line()
  for paragraph in (entry.means .. "\n\n"):gmatch("(.-)\n\n+") do out:text("", (paragraph:gsub("\n", " "))) end
  out:line()
  out:text("what to do: ", (entry["do"]:gsub("\n", " ")))
  if entry.example ~= nil then
    out:line()
    for line in entry.example:gsub("%s+$", ""):gmatch("[^\n]*") do out:line("    " .. line) end
  end
  return { text = out:finish() }
end

return codes
