-- P11 same: fail
return false, { why = utf8.char(0xD800, 0xDFFF, 0x110000, 0x7FFFFFFF) }
