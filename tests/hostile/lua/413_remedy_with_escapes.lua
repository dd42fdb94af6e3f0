-- P11 file same: fail
return rule "@ID@" {
  title = "\27[31mtitle\u{202e}\xff\0", intent = "\27", needs = { "people" },
  check "it" {
    question = "\27[31m?\xff", tests = "operation", severity = "major", weight = 5, over = "people", message = "\27{name}\xff", expect = is_true "remote_worker",
    remedy = "\27[5mblink\0\u{202e}",
  },
}
