-- P11 same: fail
return false, { why = "\xff\xfe\xc0\x80\xed\xa0\x80 end" }
