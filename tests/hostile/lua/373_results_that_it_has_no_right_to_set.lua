-- P4 same: fail matches "stays"
return false, { why = "stays", status = "pass", score = 100, grade = "ofi", excepted_by = "EXC-1", key = "Z.1", document = "/etc/passwd", line = -5,
  findings = {}, population = 0, tested = 0, failed = 0, named = { "stays" } }
