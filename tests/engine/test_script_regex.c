/* re: PCRE2 with limits. */
#include "script_fixture.h"

static void matching(void **state) {
  fixture_run(*state,
              "eq(re.test('svc_backup', '^svc_'), true) eq(re.test('x', '^svc_'), false) eq(re.test(nil, 'x'), false) eq(re.match(nil, 'x'), nil) eq(re.find(nil, 'x'), nil) eq(re.replace(nil, 'x', 'y'), nil) for _ in re.gmatch(nil, '') do error() end\n"
              "local m = re.match('2026-01-31', '(?<year>\\\\d+)-(\\\\d+)-(\\\\d+)(x)?') eq(m[0], '2026-01-31') eq(m[1], '2026') eq(m.year, '2026') eq(m[3], '31') eq(m[4], nil)\n"
              "eq(re.match('x', 'y'), nil) local from, to, g = re.find('abc123', '([a-z])(\\\\d)') eq(from, 3) eq(to, 4) eq(g[1], 'c') eq((re.find('aXa', 'a', 2)), 3) eq(re.find('a', 'a', 5), nil)\n"
              "eq(re.test('GRÜN', '(?i)^grün$'), true) eq(re.test('ä', '^.$'), true) eq(re.test('', '^$'), true) eq(re.test('a\\0b', 'a\\\\x00b'), true)");
}

static void all_matches(void **state) {
  fixture_run(*state,
              "local l = {} for m in re.gmatch('a=1, b=2', '(\\\\w)=(\\\\d)') do l[#l + 1] = m[1] .. m[2] end eq(table.concat(l, ' '), 'a1 b2')\n"
              "local n = 0 for m in re.gmatch('aäb', '') do n = n + 1 end eq(n, 4) n = 0 for m in re.gmatch('baac', 'a*') do n = n + 1 end eq(n, 4)\n"
              "eq((re.replace('a-b-c', '-', '+')), 'a+b+c') eq(select(2, re.replace('a-b-c', '-', '+')), 2) eq((re.replace('a-b-c', '-', '+', 1)), 'a+b-c') eq((re.replace('john smith', '(?<f>\\\\w+) (\\\\w+)', '$2, ${f} $$')), 'smith, john $')\n"
              "eq((re.replace('abc', '\\\\w', function(m) return m[0]:upper() end)), 'ABC') eq((re.replace('äö', '', '.')), '.ä.ö.') eq((re.replace('x', '(y)?x', '[$1]')), '[]')\n"
              "fails(function() re.replace('a', 'a', '$9') end, 'no group `9`') fails(function() re.replace('a', 'a', '$') end, 'write $1') fails(function() re.replace('a', 'a', '${nope}') end, 'no group `nope`') fails(function() re.replace('a', 'a', function() return {} end) end, 'gives a table')\n"
              "eq(re.test('a.b(c)', '^' .. re.escape('a.b(c)') .. '$'), true) eq(re.escape('a-b'), 'a\\\\-b')");
}

static void limits(void **state) {
  fixture_run(*state,
              "fails(function() re.test(('a'):rep(40) .. '!', '^(a+)+$') end, 'match limit (1,000,000)') fails(function() re.test(('a'):rep(30) .. '!', '^(a|a)+$') end, 'match limit')\n"
              "fails(function() re.test(('a'):rep(200000), '(?:(a)|b)*[cd]') end, 'the pattern met its')\n"
              "fails(function() re.test('x', ('a'):rep(4097)) end, 'longer than 4 KB') fails(function() re.test('x', ('('):rep(101) .. (')'):rep(101)) end, 'parentheses are too deeply nested') fails(function() re.test('x', '\\\\C') end, 'bad pattern')\n"
              "fails(function() re.test('x', '(*UCP)x') end, 'bad pattern') fails(function() re.test('x', '(') end, 'bad pattern at character 2: missing closing parenthesis') fails(function() re.test('\\xff', 'x') end, 'the text cannot be matched: UTF-8')\n"
              "fails(function() re.test(('a'):rep(40), '(*LIMIT_MATCH=4000000000)^(a+)+[bc]') end, 'match limit') fails(function() re.test({}, 'x') end, 'string expected')\n"
              "for _, all in ipairs { re.replace, function(s, p) for _ in re.gmatch(s, p) do end end } do fails(function() all('ab', '(\\\\K){0}(?=ab(?1))', '') end, 'before it begins') end\n"
              "fails(function() re.replace(('a'):rep(1000), 'a', ('b'):rep(100000)) end, 'longer than 16 MB')");
}

/* Long texts are searched in parts: a match is found wherever it begins. */
static void long_texts(void **state) {
  fixture_run(*state,
              "for _, n in ipairs { 0, 1, 254, 255, 256, 257, 258, 511, 512, 513, 514, 1000, 5000 } do local s = ('a'):rep(n) .. 'xyz' .. ('b'):rep(700)\n"
              "  for _, p in ipairs { 'xyz', 'x.z', '[x]yz', '(?i)XYZ', 'x(?=yz)', '(?<=^|a)xy', '.yz' } do local from = re.find(s, p) eq(from, n + 1) end eq(re.test(s, 'xyzz'), false) eq(re.test(s, 'b+$'), true) eq((re.find(s, '$')), n + 704)\n"
              "  local u = ('ä'):rep(n) .. 'xyz' eq((re.find(u, 'x')), 2 * n + 1) eq((re.find(u, '[xy]')), 2 * n + 1) eq(re.test(u, 'q'), false) end\n"
              "local n = 0 for _ in re.gmatch(('ab'):rep(2000), 'b') do n = n + 1 end eq(n, 2000) eq((re.replace(('ab'):rep(2000), '$', '.')), ('ab'):rep(2000) .. '.') eq(re.test(('a'):rep(300) .. '\\n' .. 'b', '(?m)^b'), true) eq(re.test(('a'):rep(3000), '^b'), false)\n"
              "fails(function() re.test(('a'):rep(3000) .. '\\xff', 'b') end, 'UTF-8')");
}

static void the_cache_forgets(void **state) {
  fixture_run(*state,
              "for round = 1, 3 do for i = 1, 400 do eq(re.test('x' .. i, '^x' .. i .. '$'), true) end end\n"
              "local n = 0 for m in re.gmatch(('ab'):rep(300), 'a(b)') do n = n + 1 re.test('x', 'other' .. n) end eq(n, 300)\n"
              "local deep = ('(a)'):rep(600) local text = ('a'):rep(700) .. 'b' for i = 1, 3 do eq(#re.match(text, '^(?:a|c)*' .. deep .. 'b{' .. i .. '}|^a'), i == 1 and 600 or 0) end eq(re.match(text, '^(?:a|c)*' .. deep .. 'b{1}|^a')[600], 'a')\n"
              "local k = 0 eq(#re.replace(text, '^((?:a|c)*)b' .. ('()'):rep(400), function(m) k = k + 1 re.test(text, '^(?:a|c)*' .. deep .. 'b') return m[1] .. 'x' end), 701) eq(k, 1)\n"
              "k = 0 eq(#re.replace(('a'):rep(300), 'a', function() k = k + 1 re.test('x', 'more' .. k) return 'bb' end), 600)");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(matching, fixture_open, fixture_close),
      cmocka_unit_test_setup_teardown(all_matches, fixture_open, fixture_close),
      cmocka_unit_test_setup_teardown(limits, fixture_open, fixture_close),
      cmocka_unit_test_setup_teardown(long_texts, fixture_open, fixture_close),
      cmocka_unit_test_setup_teardown(the_cache_forgets, fixture_open, fixture_close),
  };
  return cmocka_run_group_tests_name("script_regex", tests, NULL, NULL);
}
