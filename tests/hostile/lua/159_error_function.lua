-- P1 contained: error
error(function() end)
