-- P5 contained: error matches "no literal form"
return ("%q"):format(person) ~= nil
