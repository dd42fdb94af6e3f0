-- Writes the evidence of Acme Ltd, a made-up software company of 240 people, as a bundle that assay evaluates.
--
--   lua5.4 examples/generate_acme.lua [--scale N] OUTDIR
--
-- The same call writes the same bytes. At scale 1 the result is examples/acme; --scale N makes a company N times as
-- large, with the same gaps. What is planted in it stands in examples/acme/README.md, which this does not write.

local here = arg[0]:match("^(.*)/[^/]*$") or "."
package.path = here .. "/?.lua;" .. package.path

local function usage(message)
  io.stderr:write(message and "generate_acme: " .. message .. "\n" or "", "usage: lua5.4 examples/generate_acme.lua [--scale N] OUTDIR\n")
  os.exit(64)
end

local scale, folder = 1, nil
local i = 1
while arg[i] do
  if arg[i] == "--scale" then
    i = i + 1
    scale = math.tointeger(tonumber(arg[i] or ""))
    if scale == nil or scale < 1 then usage "--scale takes a whole number from 1" end
  elseif arg[i]:sub(1, 1) == "-" then
    usage("unknown option " .. arg[i])
  elseif folder then
    usage "one folder only"
  else
    folder = arg[i]
  end
  i = i + 1
end
if folder == nil then usage() end

local tools = require "generate_acme.tools"
tools.open_folder(folder)

local people = require "generate_acme.people"
people.make(scale)
people.write()
for _, name in ipairs { "assets", "access", "training", "operations", "weaknesses", "backup", "premises", "governance", "risk", "applicability",
  "partners", "readiness", "manifest" } do
  require("generate_acme." .. name).write(scale)
end

local total = 0
for _, kind in ipairs(tools.kinds) do
  print(("%-22s %7d"):format(kind, tools.counts[kind]))
  total = total + tools.counts[kind]
end
print(("%-22s %7d  in %d files"):format("records", total, #tools.files))
