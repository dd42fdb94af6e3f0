-- Patterns whose time can explode, and such that only look like it.

local regex = require "lint.regex"

local tests = {}

local function told(pattern) return (select(2, regex.explodes(pattern))) or "no" end

local function all(t, patterns, how)
  for _, pattern in ipairs(patterns) do t.equal(pattern .. "  " .. told(pattern), pattern .. "  " .. how) end
end

function tests.exponential(t)
  all(t, {
    "(a+)+$", "(a*)*b", "(a|a)+b", "(a|aa)+$", "(\\w+\\s?)+$", "^(([a-z])+.)+[A-Z]([a-z])+$", "(?:\\d+)*x", "(?i)(A|a)+$", "([^,]+,?)+$",
    "(.*)*x", "((a)+)+$", "(a?b?c*)*$", "(x+x+)+y", "(\\x41+)+$", "([\\w.]+)+@", "(?<name>a+)+$", "(a{1,}){2,}b", "(\\pL+)+1", "(é+)+$", "(\\w|\\d)*x",
  }, "exponential")
end

function tests.powers(t)
  all(t, { "\\s*\\s*$", "^.*.*x", "\\d+\\d+$", "a*[ab]*c", "x(a+b?a+y)", "(?=.)\\w*\\d*!", "\\w+\\w*\\w+$", "\\w+\\W*\\w*\\w" }, "polynomial")
end

function tests.harmless(t)
  all(t, {
    "", "abc", "a+b+c", "(a+b)+", "(ab|cd)+", "^\\d+(\\.\\d+)*$", "(foo|far)+x", "[a-z]+\\s+[0-9]+", "(a++)+b", "(?>a+)+b", "(a{1,20}){1,3}b", "^(\\w+\\.)*\\w+$",
    "\\d{4}-\\d{2}-\\d{2}", "^[^@]+@[^@]+$", "(\\s*,\\s*\\w+)*", "\\(+\\)+", "[+*]+x?", "(a|b)+", "(?:GET|POST) \\S+ HTTP", "x*", "(?# (a+)+ )b", "a+(?=a+)", "\\Aab+\\z",
    "(\\d+|[a-z]+)x", "[]a]+b", "[^]a]b*",
  }, "no")
end

function tests.no_patterns(t)
  for _, pattern in ipairs { "(", ")", "[", "[a", "\\", "*", "a{", "a{1", "(?", "(?<", "|||", "((((", "a**", "[z-a]", "\\x{", ("("):rep(5000), ("[a]"):rep(2000) } do
    t.is_true((engine.try(regex.explodes, pattern)), pattern:sub(1, 20))
  end
end

return tests
