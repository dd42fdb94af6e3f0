-- P1 same: fail matches "{why}|{n}"
return false, { why = "{n} {why} {limit}", n = "{why} {n}", limit = "{why}{n}{limit}" }
