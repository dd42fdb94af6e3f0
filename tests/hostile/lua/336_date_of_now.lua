-- P3 contained: error
return date "now" ~= nil
