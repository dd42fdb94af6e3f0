/* The environments: just the names that are listed, nothing that can be written, nothing that tells an address. */
#include "script_fixture.h"
#include "script/internal.h"

static void rule_names(void **state) {
  fixture_run(*state,
              "local function names(t) local l = {} for k in pairs(t) do l[#l + 1] = k end return table.concat(l, ' ') end\n"
              "local env = engine.env{}\n"
              "eq(names(env), 'assert date duration error ipairs math next pairs rawequal re require select sql string table tonumber tostring type utf8')\n"
              "eq(names(env.string), 'byte char find format gmatch gsub len lower match rep reverse sub upper')\n"
              "eq(names(env.table), 'concat insert move pack remove sort unpack')\n"
              "eq(names(env.math), 'abs acos asin atan ceil cos deg exp floor fmod huge log max maxinteger min mininteger modf pi rad sin sqrt tan tointeger type ult')\n"
              "eq(names(env.utf8), 'char charpattern codepoint codes len offset')\n"
              "eq(names(env.re), 'escape find gmatch match replace test')\n"
              "eq(names(engine.env{ rule = 1, check = 2 }), 'assert check date duration error ipairs math next pairs rawequal re require rule select sql string table tonumber tostring type utf8')");
}

static void trusted_names(void **state) {
  fixture_run(*state,
              "for _, n in ipairs { 'assert', 'date', 'duration', 'engine', 'error', 'getmetatable', 'ipairs', 'math', 'next', 'pairs',\n"
              "  'rawequal', 'rawget', 'rawlen', 'rawset', 're', 'require', 'select', 'setmetatable', 'string', 'table', 'tonumber',\n"
              "  'tostring', 'type', 'utf8' } do assert(_ENV[n], n) end\n"
              "for _, n in ipairs { '_G', 'io', 'os', 'debug', 'package', 'load', 'loadstring', 'dofile', 'loadfile', 'pcall', 'xpcall',\n"
              "  'coroutine', 'collectgarbage', 'print', 'warn' } do fails(function() return _ENV[n] end, 'there is no global') end\n"
              "for _, n in ipairs { 'dump', 'pack', 'unpack', 'packsize' } do fails(function() return string[n] end, 'string has no') end\n"
              "fails(function() return math.random end, 'math has no `random`')");
}

/* Runs a rule text in a fresh environment. */
#define RULE "local function rule(text, ...) local f, m = engine.compile(text, 'rule.lua', engine.env{ ... }) if not f then error(m) end return f() end\n"

static void strict_globals(void **state) {
  fixture_run(*state, RULE
              "fails(function() rule('return strng') end, 'rule.lua:1: there is no global `strng`; did you mean `string`?')\n"
              "fails(function() rule('x = 1') end, 'rule.lua:1: the global `x` cannot be assigned; write `local x`')\n"
              "fails(function() rule('\\npairs = 1') end, 'rule.lua:2: the global `pairs` cannot be assigned')\n"
              "fails(function() rule('string.rep = 1') end, 'the library `string` cannot be changed')\n"
              "fails(function() rule('return string.fnd') end, 'string has no `fnd`; did you mean `find`?')\n"
              "fails(function() rule('_ENV.pairs = nil') end, 'cannot be assigned')\n"
              "fails(function() rule('(\"\").x = 1') end, 'attempt to index a string value')\n"
              "for _, n in ipairs { 'setmetatable', 'getmetatable', 'load', 'coroutine', 'pcall', 'xpcall', 'rawset', 'rawget', 'engine', 'io', 'os', 'debug', '_G' } do\n"
              "  fails(function() rule('return ' .. n) end, 'there is no global `' .. n .. '`')\n"
              "end");
}

static void environments_are_separate(void **state) {
  fixture_run(*state,
              "local a, b = engine.env{}, engine.env{}\n"
              "assert(a ~= b and a.string ~= b.string and a.math ~= b.math)\n"
              "eq(('x'):rep(3), 'xxx') eq(('a.b'):find('.', 1, true), 2)");
}

static void rules_require_checks_only(void **state) {
  fixture_run(*state, RULE
              "eq(rule('return require(\"checks\").twice(4)'), 8)\n"
              "eq(rule('return rawequal(require(\"checks\"), require(\"checks\"))'), true)\n"
              "fails(function() rule('require(\"checks\").twice = nil') end, 'read-only')\n"
              "fails(function() rule('require(\"checks\").inner[1] = nil') end, 'read-only')\n"
              "fails(function() rule('table.insert(require(\"checks\").inner, 3)') end, 'read-only')\n"
              "fails(function() rule('local _, list = pairs(require(\"checks\").inner) list[1] = 5') end, 'read-only')\n"
              "eq(rule('local n = 0 for i, v in pairs(require(\"checks\").inner) do n = n * 10 + i + v end return n'), rule('local n = 0 for i, v in ipairs(require(\"checks\").inner) do n = n * 10 + i + v end return n'))\n"
              "fails(function() rule('require(\"t\")') end, 'rules can require \"checks\" only')\n"
              "eq(#require('checks').inner, 2)");
}

static void absent_flows(void **state) {
  fixture_run(*state,
              "local n\n"
              "eq(n.a.b.c, nil) eq(#n, 0) eq(n < 1, false) eq(1 < n, false) eq(n <= n, false) eq(n > 1, false) eq('a' < n, false) eq(n >= 'a', false)\n"
              "eq(n + 1, nil) eq(1 + n, nil) eq(n - n, nil) eq(2 * n, nil) eq(n / 2, nil) eq(n // 2, nil) eq(n % 2, nil) eq(2 ^ n, nil) eq(-n, nil)\n"
              "eq(date '2026-01-01' + n, nil) eq(n - date '2026-01-01', nil) eq(date '2026-01-01' < n, false) eq(n <= duration '1 d', false)\n"
              "eq(duration '1 d' * n, nil) eq(n + duration '1 d', nil) eq(n == nil, true) eq(n ~= 1, true)\n"
              "for _ in pairs(n) do error() end for _ in ipairs(n) do error() end\n"
              "fails(function() return n() end, 'call a nil value') fails(function() return 'a' .. n end, 'concatenate a nil value')\n"
              "fails(function() n.x = 1 end, 'index a nil value')");
}

static void no_addresses(void **state) {
  fixture_run(*state,
              "eq(tostring({}), 'table') eq(tostring(error), 'function') eq(tostring(engine.null), 'null')\n"
              "eq(string.format('%s %s %s', {}, error, nil), 'table function nil') eq(('%s'):format(date '2026-01-02'), '2026-01-02')\n"
              "eq(string.format('%5.1f|%-3d|%q|%%', 1.25, 2, 'a'), '  1.2|2  |\"a\"|%')\n"
              "fails(function() string.format('%p', {}) end, \"invalid conversion '%p'\") fails(function() string.format('%-5p', {}) end, '%p')\n"
              "fails(function() string.format('%q', {}) end, 'no literal form') fails(function() string.format('%d', 'x') end, 'number expected')\n"
              "fails(function() string.format('%s') end, 'no value')");
}

static void bounded_calls(void **state) {
  fixture_run(*state,
              "eq(#string.rep('ab', 8 * 1024 * 1024), 16 * 1024 * 1024) eq(string.rep('a', 3, '-'), 'a-a-a') eq(string.rep('', math.maxinteger), '') eq(string.rep('a', -1), '')\n"
              "fails(function() string.rep('ab', 8 * 1024 * 1024 + 1) end, 'longer than 16 MB') fails(function() string.rep('x', math.maxinteger) end, '16 MB')\n"
              "fails(function() string.rep('x', 1 << 40, 'y') end, '16 MB') fails(function() string.rep(('x'):rep(16), 1 << 60) end, '16 MB')\n"
              "fails(function() table.move({}, 1, 1 << 40, 2) end, 'at most') fails(function() table.concat({}, '', 1, 1 << 40) end, 'at most')\n"
              "fails(function() table.unpack({}, 1, 1 << 30) end, 'too many results')\n"
              "local doubled = {} for i = 0, 24 do doubled[i + 1] = ('[%d]=1'):format(1 << i) end\n"
              "local liar = engine.compile('return {' .. table.concat(doubled, ',') .. '}', 'a.lua', engine.env{})()\n"
              "eq(#liar, 1 << 24) fails(function() table.sort(liar) end, 'list too big')\n"
              "local set = '[' .. ('b'):rep(60000) .. ']' for _, p in ipairs { '.' .. set, '%f' .. set .. 'c' } do fails(function() return ('a'):rep(4000):find(p) end, 'steps') end\n"
              "fails(function() return (('a'):rep(40)):find(('a*'):rep(12) .. 'b') end, 'the pattern needs more than 10000000 steps')\n"
              "fails(function() return ('x'):rep(20000):match('.-.-.-b') end, 'steps')\n"
              "fails(function() return ('a'):rep(100000):find('^(a*)%1b') end, 'steps')\n"
              "eq(('a'):rep(100000):find(('a'):rep(50000) .. 'b', 1, true), nil)");
}

/* As Lua's own do, but for lists whose end is far away. */
static void inserting_and_removing(void **state) {
  fixture_run(*state,
              "local function list(...) return table.concat({...}, ' ') end\n"
              "local t = {} table.insert(t, 'b') table.insert(t, 1, 'a') table.insert(t, 3, 'd') table.insert(t, 3, 'c') eq(list(table.unpack(t)), 'a b c d')\n"
              "eq(table.remove(t), 'd') eq(table.remove(t, 1), 'a') eq(table.remove(t, 3), nil) eq(list(table.unpack(t)), 'b c') eq(table.remove(t, 2), 'c') eq(table.remove(t), 'b') eq(table.remove(t), nil) eq(#t, 0)\n"
              "eq(table.remove({ [0] = 'z' }), 'z') eq(table.remove({ [0] = 'z' }, 0), 'z') eq(select('#', table.insert({}, 1)), 0)\n"
              "fails(function() table.insert({}, 2, 1) end, \"bad argument #2 to 'insert' (position out of bounds)\") fails(function() table.insert({}, 0, 1) end, 'out of bounds') fails(function() table.insert({}, math.mininteger, 1) end, 'out of bounds')\n"
              "fails(function() table.remove({ 1 }, 3) end, \"bad argument #2 to 'remove' (position out of bounds)\") fails(function() table.remove({ 1 }, -1) end, 'out of bounds') fails(function() table.insert({}, 1.5, 1) end, 'no integer')\n"
              "fails(function() table.insert({}) end, 'wrong number of arguments') fails(function() table.insert({}, 1, 2, 3) end, 'wrong number of arguments') fails(function() table.insert(nil, 1) end, \"bad argument #1 to 'insert' (table expected\") fails(function() table.remove('x') end, 'table expected')\n"
              "local far = {} for k = 0, 62 do far[#far + 1] = '[' .. (1 << k) .. '] = 1' end far = engine.compile('return { ' .. table.concat(far, ', ') .. ' }', '@far', engine.env {})\n"
              "fails(function() table.insert(far(), 1, 1) end, 'table.insert moves at most 10000000 elements') fails(function() table.remove(far(), 1) end, 'table.remove moves at most 10000000 elements')\n"
              "t = far() eq(table.remove(t), 1) table.insert(t, 2)");
}

static void patterns(void **state) {
  fixture_run(*state,
              "eq(('hello world'):find('o w'), 5) eq(select(2, ('hello'):find('l+')), 4) eq(('k = v'):match('^(%w+)%s*=%s*(%w+)$'), 'k')\n"
              "eq(select('#', ('abc'):match('()b()')), 2) eq(('THE (quick) fox'):find('%((%a+)%)'), 5) eq(('a,b,,c'):gsub(',', ';'), 'a;b;;c')\n"
              "eq(('abc'):gsub('%w', '%0%0'), 'aabbcc') eq(('hello world'):gsub('o', { o = '0' }), 'hell0 w0rld') eq(('abc'):gsub('', '-'), '-a-b-c-')\n"
              "eq(('x'):gsub('.', function() return nil end), 'x') eq(('f(a(b)c)d'):match('%b()'), '(a(b)c)') eq(('THE (quick) fox'):gsub('%f[%a]%a+', 'w'), 'w (w) w')\n"
              "local t = {} for k, v in ('a=1, b=2'):gmatch('(%w+)=(%w+)') do t[#t + 1] = k .. v end eq(table.concat(t, ' '), 'a1 b2')\n"
              "eq(('a.b-c'):match('[%w.]+'), 'a.b') eq(('x]y'):match('[]]'), ']') eq(('x^y'):match('[%^x]+'), 'x^') eq(('aXb'):match('[^%l]'), 'X') eq(('abab'):match('(ab)%1'), 'ab')\n"
              "eq((''):match('a?b*$'), '') eq(('a\\0b'):find('%z'), nil) eq(('abc'):find('b', -1), nil) eq(('abc'):find('', 10), nil) eq(('aaa'):match('a-$'), 'aaa')\n"
              "fails(function() return ('a'):find('[a') end, \"missing ']'\") fails(function() return ('a'):find('%') end, \"ends with '%'\") fails(function() return ('a'):match('(a') end, 'unfinished capture')\n"
              "fails(function() return ('a'):match('a)') end, 'invalid pattern capture') fails(function() return ('a'):gsub('a', '%2') end, 'invalid capture index') fails(function() return ('a'):match('%1') end, 'invalid capture index')\n"
              "fails(function() return ('a'):rep(300):match(('(a)'):rep(33)) end, 'too many captures') fails(function() return ('a'):rep(1000):match(('a?'):rep(1000)) end, 'too complex')");
}

static void order(void **state) {
  fixture_run(*state,
              "local function keys(t) local l = {} for k, v in pairs(t) do assert(t[k] == v) l[#l + 1] = tostring(k) end return table.concat(l, ' ') end\n"
              "eq(keys { b = 1, a = 2, [10] = 3, [2] = 4, [1.5] = 5, [true] = 6, [false] = 7, B = 8 }, '1.5 2 10 B a b false true')\n"
              "eq(keys { 'x', 'y', 'z' }, '1 2 3') eq(keys {}, '') eq(keys { [duration '2 d'] = 1, [duration '1 d'] = 2, [date '2026-01-01'] = 3 }, '2026-01-01 1 day 2 days')\n"
              "local t = { b = 1, a = 2, c = 3 } local l = {} local k, v = next(t) while k do l[#l + 1] = k k, v = next(t, k) end eq(table.concat(l), 'abc')\n"
              "eq(next({}), nil) for k in pairs(t) do t[k] = nil end eq(next(t), nil)\n"
              "fails(function() pairs { [{}] = 1, [error] = 2 } end, 'no order')\n"
              "local l = {} for i = 1, 300 do l[i] = { key = i % 7, at = i } end table.sort(l, function(a, b) return a.key < b.key end)\n"
              "for i = 2, 300 do assert(l[i - 1].key < l[i].key or (l[i - 1].key == l[i].key and l[i - 1].at < l[i].at)) end\n"
              "local n = { 3, 1, 2.5, -1 } table.sort(n) eq(table.concat(n, ' '), '-1 1 2.5 3') local s = { 'b', 'a', 'B' } table.sort(s) eq(table.concat(s), 'Bab')\n"
              "fails(function() table.sort { 1, 'a' } end, 'attempt to compare') local d = { date '2026-02-01', date '2026-01-01' } table.sort(d) eq(list(d), '2026-01-01 2026-02-01')");
}

static void frozen_tables(void **state) {
  fixture_run(*state,
              "local f = engine.freeze { 1, 2, { x = 1 }, name = 'n' }\n"
              "eq(#f, 3) eq(f.name, 'n') eq(f[3].x, 1) eq(f.other, nil) eq(next(engine.freeze {}), nil) eq((next(f)), 1)\n"
              "local l = {} for k in pairs(f) do l[#l + 1] = tostring(k) end eq(table.concat(l, ' '), '1 2 3 name')\n"
              "eq(table.concat(engine.freeze { 'a', 'b' }, '-'), 'a-b') eq(select('#', table.unpack(f)), 3)\n"
              "fails(function() f.name = 1 end, 'read-only (writing `name`)') fails(function() f[3].x = 2 end, 'read-only') fails(function() f[4] = 2 end, 'read-only')\n"
              "fails(function() setmetatable(f, {}) end, 'protected') eq(getmetatable(f), false) eq(getmetatable(''), false) eq(getmetatable(nil), false)\n"
              "fails(function() engine.tri = 1 end, 'nothing can be added to `engine`')");
}

static void metatables(void **state) {
  fixture_run(*state,
              "for _, k in ipairs { '__gc', '__mode', '__close' } do fails(function() setmetatable({}, { [k] = 'k' }) end, '`' .. k .. '` is not allowed') end\n"
              "eq(setmetatable({}, { __index = { a = 1 } }).a, 1) eq(tostring(setmetatable({}, { __tostring = function() return 'me' end })), 'me')");
}

static void compiling(void **state) {
  fixture_run(*state,
              "local env = engine.env{}\n"
              "local f, message, line = engine.compile('return 1 +\\n\\n 2 2', 'a/b.lua', env) eq(f, nil) eq(line, 3) eq(message, \"<eof> expected near '2'\")\n"
              "eq(engine.compile('return 1 + 1', 'a.lua', env)(), 2)\n"
              "eq(select(2, engine.compile('\\27Lua', 'a.lua', env)), 'the text holds a control character')\n"
              "eq(select(2, engine.compile('return 1\\n\\0', 'a.lua', env)), 'the text holds a control character') eq(select(3, engine.compile('return 1\\n\\0', 'a.lua', env)), 2)\n"
              "eq(select(2, engine.compile('return \"\\xff\"', 'a.lua', env)), 'the text is not valid UTF-8')\n"
              "eq(select(2, engine.compile('-- \\u{202e}', 'a.lua', env)), 'the text holds a character that changes the direction of writing')\n"
              "for _, c in ipairs { '\\u{200e}', '\\u{200f}', '\\u{202a}', '\\u{2069}' } do assert(select(2, engine.compile('-- ' .. c, 'a.lua', env)):find('direction')) end\n"
              "eq(select(2, engine.compile('-- \\u{9b}', 'a.lua', env)), 'the text holds a control character')\n"
              "eq(select(2, engine.compile('-- \\u{2066}', 'a.lua', env)), 'the text holds a character that changes the direction of writing')\n"
              "eq(select(2, engine.compile((' '):rep(65537), 'a.lua', env)), 'the text is longer than 64 KB; split it') assert(engine.compile((' '):rep(65536), 'a.lua', env))\n"
              "local good, message, where = engine.try(engine.compile('\\n\\nerror(\"bad\")', 'a/b.lua', env)) eq(good, false) eq(message, 'a/b.lua:3: bad') assert(where:find('a/b.lua:3: in main chunk', 1, true))");
}

static void modules(void **state) {
  fixture *f = *state;
  fixture_write(f, "one", "return { two = require 'two' }");
  fixture_write(f, "two", "return { one = require 'one' }");
  fixture_write(f, "broken", "return 1 +");
  fixture_write(f, "raises", "\nerror 'no'");
  fixture_write(f, "nothing", "");
  fixture_write(f, "leaks", "leaked = 1 return {}");
  fixture_run(f,
              "for _ = 1, 2 do fails(function() require 'one' end, 'modules require each other: ') fails(function() require 'two' end, 'two -> one -> two') end\n"
              "fails(function() require 'broken' end, 'stdlib/broken.lua:1: ') fails(function() require 'raises' end, 'stdlib/raises.lua:2: no') fails(function() require 'raises' end, 'stdlib/raises.lua:2: no')\n"
              "fails(function() require 'nothing' end, 'returns nothing') fails(function() require 'absent.one' end, 'absent/one.lua') fails(function() require 'leaks' end, 'cannot be assigned')\n"
              "for _, n in ipairs { '../x', '/etc/passwd', 'a..b', '.a', 'A', '', 'a/b' } do fails(function() require(n) end, 'is no name of a module') end\n"
              "assert(rawequal(require 'checks', require 'checks'))");
}

static void protected_calls(void **state) {
  fixture_run(*state,
              "local good, a, b = engine.try(function(x, y) return x, y end, 1, nil) eq(good, true) eq(a, 1) eq(b, nil)\n"
              "eq(select(2, engine.try(error, { message = 'm' })), 'm') eq(select(2, engine.try(error, {})), 'an error of type table') eq(select(2, engine.try(error)), 'an error of type nil')\n"
              "local function deep() return 1 + deep() end local good, message = engine.try(deep) eq(good, false) assert(message:find('stack overflow'))\n"
              "local function nest(n) return engine.try(nest, n + 1) end engine.try(nest, 1)\n"
              "local s = ('x'):rep(10) local function again() return s:gsub('x', again) end fails(again, 'C stack overflow')");
}

/* Code that lost its environment would find nothing. */
static void nothing_is_left(void **state) {
  fixture *f = *state;
  lua_State *L = f->script->L;
  lua_pushglobaltable(L);
  lua_pushnil(L);
  assert_false(lua_next(L, -2));
  assert_int_equal(lua_getfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE), LUA_TNIL);
  lua_settop(L, 0);
}

static void no_stdlib(void **state) {
  (void)state;
  as_diags *diags = as_diags_new();
  as_script_options options = {"/nowhere/at/all", 0, 0, 0};
  assert_null(as_script_new(&options, diags));
  assert_string_equal(as_diags_at(diags, 0)->code, "E0690");
  as_diags_free(diags);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(rule_names, fixture_open, fixture_close),
      cmocka_unit_test_setup_teardown(trusted_names, fixture_open, fixture_close),
      cmocka_unit_test_setup_teardown(strict_globals, fixture_open, fixture_close),
      cmocka_unit_test_setup_teardown(environments_are_separate, fixture_open, fixture_close),
      cmocka_unit_test_setup_teardown(rules_require_checks_only, fixture_open, fixture_close),
      cmocka_unit_test_setup_teardown(absent_flows, fixture_open, fixture_close),
      cmocka_unit_test_setup_teardown(no_addresses, fixture_open, fixture_close),
      cmocka_unit_test_setup_teardown(bounded_calls, fixture_open, fixture_close),
      cmocka_unit_test_setup_teardown(inserting_and_removing, fixture_open, fixture_close),
      cmocka_unit_test_setup_teardown(patterns, fixture_open, fixture_close),
      cmocka_unit_test_setup_teardown(order, fixture_open, fixture_close),
      cmocka_unit_test_setup_teardown(frozen_tables, fixture_open, fixture_close),
      cmocka_unit_test_setup_teardown(metatables, fixture_open, fixture_close),
      cmocka_unit_test_setup_teardown(compiling, fixture_open, fixture_close),
      cmocka_unit_test_setup_teardown(modules, fixture_open, fixture_close),
      cmocka_unit_test_setup_teardown(protected_calls, fixture_open, fixture_close),
      cmocka_unit_test_setup_teardown(nothing_is_left, fixture_open, fixture_close),
      cmocka_unit_test(no_stdlib),
  };
  return cmocka_run_group_tests_name("script_sandbox", tests, NULL, NULL);
}
