-- P11 same: fail
return false, { why = "a\0b" }
