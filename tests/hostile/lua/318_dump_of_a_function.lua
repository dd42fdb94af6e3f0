-- P3 contained: error matches "has no `dump`"
return string.dump(function() end) ~= nil
