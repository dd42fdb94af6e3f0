-- P3 same: fail
return isms.people.__gc ~= nil or isms.people.__index ~= nil
