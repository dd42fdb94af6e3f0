-- P2 same: pass or limit
local checks = require "checks"
local long = ("word "):rep(1000000)
local _ = checks.substantive(long), checks.same_name(long, long .. "x"), checks.word(long), checks.contains(long, "zzz")
return true
