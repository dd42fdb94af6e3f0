-- P11 same: fail
return false, { why = "\n::error file=x::pwned\n##vso[task.setvariable]x\nnot ok 1 - x\n1..0\n" }
