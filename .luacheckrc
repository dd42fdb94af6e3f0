-- What each kind of Lua file may name. The engine enforces the same at run time.
std = "lua54"
max_line_length = 200
-- `not (a <= b)` is not `a > b` here: both comparisons are false where one side is absent.
ignore = { "581" }
local words = { "rule", "check", "extend", "without", "says", "re", "date", "duration",
  "filled", "empty", "is_true", "is_false", "one_of", "none_of", "at_least", "at_most", "owned", "engaged", "within",
  "in_period", "not_future", "in_order", "reviewed_within", "timely", "never_self", "not_stamped", "policy_in_force",
  "substantive", "any_of", "all_of", "given", "not_blank", "has_items", "holds_one", "same", "differs",
  "follows", "from_to", "sql" }
files["rules"] = { read_globals = words }
files["rules/**/*_test.lua"] = { read_globals = { "test", "case", "absent" } }
files["stdlib"] = { read_globals = { "engine" } }
files["tests/lua"] = { read_globals = { "engine" } }
files["tests/fuzz"] = { read_globals = { "engine" } }
exclude_files = { "build", "tests/samples", "tests/hostile", "tests/cli/fixtures", "stdlib/templates", "stdlib/types" }
