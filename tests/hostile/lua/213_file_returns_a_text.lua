-- P1 file refused: E0512
return "rule"
