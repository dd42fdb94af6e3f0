-- P1 contained: error
local words = { "a" }
words[2] = words
return isms.people:where { name = words } ~= nil
