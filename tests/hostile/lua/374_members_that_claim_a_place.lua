-- P4 over same: fail
return { { key = "x", document = "/etc/passwd", line = 1, kind = "secrets", status = "pass", excepted_by = "EXC-1" } }
