-- P1 contained: error
return isms.as_of.hour_of_day ~= nil
