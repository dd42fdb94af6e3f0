-- Lines of a text for the terminal: collected, wrapped at its width, every text made safe. Colour only ever repeats what the words say.

local plain = require "plain"

local page = {}

local Page = {}
Page.__index = Page

--- A page without lines.
---@param argument table {width = columns or nil, color = boolean, ascii = boolean}
---@return table
function page.new(argument)
  local width = argument.width
  if type(width) ~= "number" or width < 1 then width = 80 end
  return setmetatable({ width = math.max(40, math.min(120, width)), color = argument.color == true, ascii = argument.ascii == true }, Page)
end

--- A line as it is.
function Page:line(text)
  self[#self + 1] = (text or ""):gsub(" +$", "")
end

function Page:paint(code, text)
  return self.color and "\27[" .. code .. "m" .. text .. "\27[0m" or text
end

--- A line of its own, with an empty one before it. The text is safe.
function Page:heading(text, code)
  if #self > 0 then self:line() end
  for _, line in ipairs(plain.wrap(text, self.width)) do self:line(self:paint(code or "1", line)) end
end

--- A paragraph behind `first`, which is safe; the text is made so.
function Page:text(first, text)
  for _, line in ipairs(plain.hang(first, plain.safe(text), self.width)) do self:line(line) end
end

--- All lines.
---@return string
function Page:finish()
  return table.concat(self, "\n") .. "\n"
end

return page
