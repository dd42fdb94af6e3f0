-- P1 file refused: E05
return rule "@ID@" {
  title = "Hostile", intent = "Be stopped.", needs = { "people" },
  { dsl = "check", name = 5, spec = 6 },
}
