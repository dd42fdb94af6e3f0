-- What `assay check --fix` changes: collects the edits, applies them to the texts, and looks that the outcome still compiles. The engine
-- writes the files.

local fixes = {}

local Fixes = {}
Fixes.__index = Fixes

--- Takes note of a change. False where nothing is to be changed, so that it has to be told of instead.
---@param file table lint.file
---@param change table {code, at = token, message, edit = {from, to, text}}
---@return boolean
function Fixes:add(file, change)
  if not self.wanted then return false end
  local list = self.files[file] or {}
  for _, other in ipairs(list) do
    if change.edit.from <= other.edit.to and other.edit.from <= change.edit.to then return false end -- the next run has it
  end
  if self.files[file] == nil then self.order[#self.order + 1] = file end
  list[#list + 1] = change
  self.files[file] = list
  return true
end

--- Blanks at the end of a line, unless they stand within a text.
---@param file table lint.file
---@param at table {line, column}
---@return boolean
function Fixes:trailing(file, at)
  if not self.wanted then return false end
  local from = 1
  for _ = 2, at.line do from = file.text:find("\n", from, true) + 1 end
  local line_end = (file.text:find("\n", from, true) or #file.text + 1) - 1
  local line = file.text:sub(from, line_end)
  local kept = #(line:gsub("[ \t]+$", ""))
  if kept == #line then return false end
  for _, token in ipairs(file.tokens) do
    if token.type == "text" and token.at <= line_end and token.to >= line_end then return false end
  end
  return self:add(file, { code = "N0827", at = at, message = "blanks at the end of the line", edit = { from = from + kept, to = line_end, text = "" } })
end

local function applied(file, list)
  table.sort(list, function(a, b) return a.edit.from > b.edit.from end)
  local text = file.text
  for _, change in ipairs(list) do text = text:sub(1, change.edit.from - 1) .. change.edit.text .. text:sub(change.edit.to + 1) end
  return text
end

--- What to write, and what was changed. A file that would not compile any more is left as it is.
---@return table {fixes = {{document, text}}, fixed = {{document, line, code, message}}}
function Fixes:outcome()
  local out = { fixes = engine.list {}, fixed = engine.list {} }
  table.sort(self.order, function(a, b) return a.path < b.path end)
  for _, file in ipairs(self.order) do
    local text = applied(file, self.files[file])
    if engine.compile(text, "@" .. file.path, {}) ~= nil then
      out.fixes[#out.fixes + 1] = { document = file.path, text = text }
      for i = #self.files[file], 1, -1 do
        local change = self.files[file][i]
        out.fixed[#out.fixed + 1] = { document = file.path, line = change.at.line, code = change.code, message = change.message }
      end
    end
  end
  return out
end

--- Nothing is changed so far.
---@param wanted boolean
---@return table
function fixes.new(wanted)
  return setmetatable({ wanted = wanted == true, files = {}, order = {} }, Fixes)
end

return fixes
