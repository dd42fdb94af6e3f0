-- P1 same: pass
re.test("aaab", "a+(*SKIP)b")
re.test("aaab", "a+(*COMMIT)c")
re.test("aaab", "(?C1)a")
re.test("aaab", "(*ACCEPT)")
re.test("aaab", "(?<=a)b")
return true
