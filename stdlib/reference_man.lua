-- assay(1): the manual page, made of the tables of commands and flags that `assay help` prints.

local man = {}

local RELEASED = "2026-11-23" -- of the version that the page is for

--- A text in roff: nothing in it is a command.
local function safe(text)
  text = text:gsub("\\", "\\e"):gsub("%-", "\\-"):gsub("…", "...")
  return (text:gsub("^([.'])", "\\&%1"))
end

local function literal(out, text)
  out[#out + 1] = ".nf"
  for line in (text:gsub("%s+$", "") .. "\n"):gmatch("(.-)\n") do out[#out + 1] = line == "" and ".sp" or safe(line) end
  out[#out + 1] = ".fi"
end

local function flag_line(flag)
  local name = ("\\fB%s\\fR"):format(safe("--" .. flag.name))
  if flag.letter ~= nil then name = ("\\fB%s\\fR, %s"):format(safe("-" .. flag.letter), name) end
  return flag.value ~= nil and ("%s \\fI%s\\fR"):format(name, safe(flag.value)) or name
end

local FILES = {
  { "bundle.yaml", "the manifest of a bundle: organisation, moment, documents" },
  { "assay.yaml", "settings: packs of rules, params, thresholds, flags; the nearest one from the current folder upwards" },
  { "assay.db", "the store of runs, beside assay.yaml or in the current folder" },
  { "pack.yaml", "makes a folder a pack of rules" },
}

local ENVIRONMENT = {
  { "ASSAY_<COMMAND>_<FLAG>", "a flag: ASSAY_EVAL_FAIL_ON=never" }, { "ASSAY_HOME", "the folder with rules and stdlib, where they are not beside the program" },
  { "NO_COLOR", "set: no colour" },
}

local EXIT = {
  { "0", "nothing at or above --fail-on" }, { "1", "findings" }, { "2", "incomplete: a rule erred or met a limit, a document was unreadable; wins over 1" },
  { "64", "usage" }, { "65", "invalid rules, settings or bundle" }, { "66", "input missing" }, { "70", "internal" }, { "74", "input or output" },
  { "77", "refused: signature" }, { "130", "interrupted" },
}

local function pairs_of(out, title, list)
  out[#out + 1] = ".SH " .. title
  for _, pair in ipairs(list) do
    out[#out + 1] = ".TP"
    out[#out + 1] = ("\\fB%s\\fR"):format(safe(pair[1]))
    out[#out + 1] = safe(pair[2])
  end
end

--- The page.
---@param commands table[] {command, does, usage, details, flags = {{name, letter, value, help}}}
---@return string
function man.page(commands)
  local out = {
    '.\\" Made by `make reference` of the tables that `assay help` prints.',
    ('.TH ASSAY 1 "%s" "assay %s" "User Commands"'):format(RELEASED, engine.version),
    ".SH NAME", "assay \\- evaluate an information security management system against ISO/IEC 27001:2022",
    ".SH SYNOPSIS", ".B assay", "\\fICOMMAND\\fR [\\fIflags\\fR]",
    ".SH DESCRIPTION",
    safe("assay reads a bundle of evidence, runs one Lua rule for each clause and each Annex A control, and says, with the file and line of every "
      .. "record concerned: which controls work, where the gaps are, and what risk remains."),
    ".PP", safe("Results go to stdout, all else to stderr. An unknown command, flag, key or name is an error with a suggestion."),
    ".SH COMMANDS",
  }
  for _, command in ipairs(commands) do
    out[#out + 1] = ".SS assay " .. safe(command.command .. " " .. command.usage)
    out[#out + 1] = safe(command.does)
    for _, flag in ipairs(command.flags) do
      out[#out + 1] = ".TP"
      out[#out + 1] = flag_line(flag)
      out[#out + 1] = safe(flag.help)
    end
    if command.details ~= nil then
      out[#out + 1] = ".PP"
      literal(out, command.details)
    end
  end
  pairs_of(out, "EXIT STATUS", EXIT)
  pairs_of(out, "ENVIRONMENT", ENVIRONMENT)
  pairs_of(out, "FILES", FILES)
  out[#out + 1] = ".SH SEE ALSO"
  out[#out + 1] = safe("The guide and the reference: docs/guide.md, docs/reference/.")
  return table.concat(out, "\n") .. "\n"
end

return man
