-- P3 same: fail
return ("x").__index ~= nil
