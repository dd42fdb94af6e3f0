-- P11 file same: pass
return rule "@ID@" {
  title = "\27[31mtitle\u{202e}\xff\0", intent = "\27", needs = { "people" },
  check "it" {
    question = "\27[31m?\xff", tests = "operation", severity = "minor", weight = 1, over = "people", message = "x", expect = filled "name",
    remedy = "\27[5mblink\0",
  },
}
