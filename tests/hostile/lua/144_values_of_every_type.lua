-- P1 contained: error or fail
return false, { why = "{a} {b} {c} {d} {e} {f}", a = function() end, b = person, c = isms, d = isms.people, e = re, f = _ENV }
