-- P11 same: fail
return false, { why = ("ä"):rep(5000) .. "\27" }
