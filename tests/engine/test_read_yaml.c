/* YAML: the core schema, keys, anchors, merges, tags, limits, hostile texts. */
#include <time.h>

#include "read_help.h"

#define YAML(text, expected) READS(AS_FORMAT_YAML, text, expected)
#define TELLS_YAML(text, part) TELLS(AS_FORMAT_YAML, text, part)

static void core_schema(void **state) {
  (void)state;
  YAML("[null, Null, NULL, ~, , nULL, NUll]", "D [n:null n:Null n:NULL n:~ | E0110@1:23 !");
  YAML("[null, Null, NULL, ~, nULL, nil, none]", "D [n:null n:Null n:NULL n:~ s:nULL s:nil s:none ]");
  YAML("[true, True, TRUE, false, False, FALSE, tRUE]", "D [b:true b:True b:TRUE b:false b:False b:FALSE s:tRUE ]");
  YAML("[no, No, on, off, yes, y, n, Y, N]", "D [s:no s:No s:on s:off s:yes s:y s:n s:Y s:N ]");
  YAML("[0, -1, +12, 007, 0o17, 0x1F, 0xff, 9223372036854775807]", "D [i:0 i:-1 i:+12 i:007 i:0o17 i:0x1F i:0xff i:9223372036854775807 ]");
  YAML("[1_000, 1:30, 12e, 0o8, 0xg, 0b1, -0x1, --1, 1-2, +, -, .]",
       "D [s:1_000 s:1:30 s:12e s:0o8 s:0xg s:0b1 s:-0x1 s:--1 s:1-2 s:+ s:- s:. ]");
  YAML("[1.5, -.5, 5., 1e3, 1E-2, +1.e+2, .inf, -.Inf, +.INF, .nan, .NaN, .NAN]",
       "D [f:1.5 f:-.5 f:5. f:1e3 f:1E-2 f:+1.e+2 f:.inf f:-.Inf f:+.INF f:.nan f:.NaN f:.NAN ]");
  YAML("[.iNF, +.nan, 1.2.3, 1e3.5, e3, .e3, inf, nan, infinity]", "D [s:.iNF s:+.nan s:1.2.3 s:1e3.5 s:e3 s:.e3 s:inf s:nan s:infinity ]");
  YAML("[2026-01-31, 2026-01-31T08:15:00Z, 10:20:30]", "D [s:2026-01-31 s:2026-01-31T08:15:00Z s:10:20:30 ]");
  YAML("[9223372036854775808, -9223372036854775808, -9223372036854775809, 0xffffffffffffffff]",
       "D [f:9223372036854775808 i:-9223372036854775808 f:-9223372036854775809 f:0xffffffffffffffff ]");
  /* No double holds it: the name of a commit, say. */
  YAML("[12e4567, -1e999, 1e-999]", "D [s:12e4567 s:-1e999 f:1e-999 ]");
  YAML("a:\nb: ~\nc: ''\nd: \"\"\n", "D {a=n: b=n:~ c=\"\" d=\"\" }");
  YAML("['1', \"true\", \"null\"]", "D [\"1\" \"true\" \"null\" ]");
  YAML("a: |\n  1\nb: >-\n  x\n  y\n", "D {a=\"1\n\" b=\"x y\" }");
  YAML("\"a\\u00e9\\x41\\U0001F600\\n\"", "D \"aéA😀\n\"");
  YAML("1", "D i:1");
  YAML("x\n  y", "D s:x y");
}

static void documents(void **state) {
  (void)state;
  YAML("", "");
  YAML("# only a comment\n", "");
  YAML("---\n", "D n:");
  YAML("---\n...\n", "D n:");
  YAML("a: 1\n---\nb: 2\n...\n---\n- 3\n", "D {a=i:1 } D {b=i:2 } D [i:3 ]");
  YAML("%YAML 1.2\n---\na: 1\n", "D {a=i:1 }");
  YAML("a: 1\r\nb: 2\r\n", "D {a=i:1 b=i:2 }");
}

static void places(void **state) {
  (void)state;
  how h = format_how(AS_FORMAT_YAML);
  h.places = true;
  READS_HOW(&h, "# é\né: ü # x\nb:\n  - 1\n  - {c: 'd'}\n",
            "D@2:1 {@2:1 é@2:1=s:ü@2:4 b@3:1=[@4:3 i:1@4:5 {@5:5 c@5:6=\"d\"@5:9 }@5:12 ]@6:1 }@6:1");
  READS_HOW(&h, "a: &x\n  b: 1\nc: *x\n", "D@1:1 {@1:1 a@1:1={@1:4 b@2:3=i:1@2:6 }@3:1 c@3:1={@1:4 b@2:3=i:1@2:6 }@3:1 }@4:1");
}

static void keys(void **state) {
  (void)state;
  YAML("a: 1\na: 2\n", "D {a=i:1 | E0108@2:1 !");
  YAML("a: 1\n'a': 2\n", "D {a=i:1 | E0108@2:1 !");
  YAML("1: x\n\"1\": y\n", "D {1=s:x | E0108@2:1 !");
  YAML("{a: 1, b: {a: 1, c: {a: 1, a: 2}}}", "D {a=i:1 b={a=i:1 c={a=i:1 | E0108@1:28 !");
  YAML("1: x\ntrue: y\n~: z\n2026-01-31: w\n", "D {1=s:x true=s:y ~=s:z 2026-01-31=s:w }");
  YAML("? a\n: 1\n", "D {a=i:1 }");
  YAML("\"\": 1\n", "D {=i:1 }");
  YAML("{: 1}", "D { | E0110@1:2 !");
  YAML("? \n: 1\n", "D { | E0113@1:2 !");
  YAML("? [a, b]\n: 1\n", "D { | E0113@1:3 !");
  YAML("{a: 1}: 2\n", "D { | E0113@1:1 !");
  YAML("[a]: 2\n", "D { | E0113@1:1 !");
  YAML("a: &k\n  b: 1\n? *k\n: 2\n", "D {a={b=i:1 } | E0113@3:3 !");
  TELLS_YAML("x: 1\ny: 2\nx: 3\n", "t:3:1: error[E0108]: the key `x` stands twice in this map, first in line 1\n    3 | x: 3\n");
  TELLS_YAML("? [a]\n: 1\n", "a list or map cannot be a key");
}

static void anchors(void **state) {
  (void)state;
  YAML("a: &x 1\nb: *x\n", "D {a=i:1 b=i:1 }");
  YAML("a: &x {k: [1, 'q']}\nb: *x\nc: [*x, *x]\n", "D {a={k=[i:1 \"q\" ] } b={k=[i:1 \"q\" ] } c=[{k=[i:1 \"q\" ] } {k=[i:1 \"q\" ] } ] }");
  YAML("- &a [1]\n- &b [*a, 2]\n- &c [*b, *a]\n- *c\n", "D [[i:1 ] [[i:1 ] i:2 ] [[[i:1 ] i:2 ] [i:1 ] ] [[[i:1 ] i:2 ] [i:1 ] ] ]");
  YAML("- &a 1\n- &a 2\n- *a\n", "D [i:1 i:2 i:2 ]");
  YAML("&k key: 1\nb: *k\n*k : 2\n", "D {key=i:1 b=s:key | E0108@3:1 !");
  YAML("&k key: 1\nb: {*k : 2}\n", "D {key=i:1 b={key=i:2 } }");
  YAML("- &e\n- *e\n- &f ''\n- *f\n", "D [n: n: \"\" \"\" ]");
  YAML("- &e\n- {*e : 1}\n", "D [n: { | E0113@2:4 !");
  YAML("- *x\n", "D [ | E0114@1:3 !");
  YAML("- *x\n- &x 1\n", "D [ | E0114@1:3 !");
  YAML("- &x 1\n---\n- *x\n", "D [i:1 ] D [ | E0114@3:3 !");
  YAML("&x [1, *x]\n", "D [i:1 | E0115@1:8 !");
  YAML("&x {a: {b: *x}}\n", "D {a={b= | E0115@1:12 !");
  TELLS_YAML("- *.md\n", "put a text that begins with * or & in quotes");
}

static void merges(void **state) {
  (void)state;
  YAML("- &a {x: 1, y: 2}\n- <<: *a\n  z: 3\n", "D [{x=i:1 y=i:2 } {z=i:3 x=i:1 y=i:2 } ]");
  YAML("- &a {x: 1, y: 2}\n- y: 9\n  <<: *a\n- <<: *a\n  y: 8\n", "D [{x=i:1 y=i:2 } {y=i:9 x=i:1 } {y=i:8 x=i:1 } ]");
  YAML("- &a {x: 1}\n- &b {x: 2, y: [3, {k: 4}]}\n- <<: [*a, *b]\n- <<: [*b, *a]\n",
       "D [{x=i:1 } {x=i:2 y=[i:3 {k=i:4 } ] } {x=i:1 y=[i:3 {k=i:4 } ] } {x=i:2 y=[i:3 {k=i:4 } ] } ]");
  YAML("- <<: {x: 1, y: 2}\n  x: 3\n", "D [{x=i:3 y=i:2 } ]");
  YAML("- &a {x: 1}\n- &b {<<: *a, y: 2}\n- {<<: *b, z: 3}\n- *b\n", "D [{x=i:1 } {y=i:2 x=i:1 } {z=i:3 y=i:2 x=i:1 } {y=i:2 x=i:1 } ]");
  YAML("- {<<: {<<: {a: 1}, b: 2}, c: 3}\n", "D [{c=i:3 b=i:2 a=i:1 } ]");
  YAML("- {<<: &m {a: &n [1]}, c: 3}\n- *m\n- *n\n", "D [{c=i:3 a=[i:1 ] } {a=[i:1 ] } [i:1 ] ]");
  YAML("&r {<<: &m {a: 1}, c: *m}\n", "D {c={a=i:1 } a=i:1 }");
  YAML("- &o {<<: {a: 1}, c: 3}\n- *o\n- {<<: *o}\n", "D [{c=i:3 a=i:1 } {c=i:3 a=i:1 } {c=i:3 a=i:1 } ]");
  YAML("- {<<: [], a: 1}\n- {<<: {}, a: 1}\n", "D [{a=i:1 } {a=i:1 } ]");
  YAML("- {'<<': 1}\n- ['<<', <<]\n", "D [{<<=i:1 } [\"<<\" s:<< ] ]");
  YAML("<<: 1\n", "D { | E0119@1:1 !");
  YAML("<<:\n", "D { | E0119@1:1 !");
  YAML("a: &a 1\n<<: *a\n", "D {a=i:1 | E0119@2:1 !");
  YAML("<<: [{a: 1}, 2]\n", "D { | E0119@1:1 !");
  YAML("<<: {a: 1}\n<<: {b: 1}\n", "D { | E0108@2:1 !");
  YAML("<<: {a: 1, a: 2}\n", "D { | E0108@1:12 !");
  YAML("&r {<<: *r}\n", "D { | E0115@1:9 !");
  YAML("&r {<<: [*r]}\n", "D { | E0115@1:10 !");
}

static void tags(void **state) {
  (void)state;
  YAML("[!!str 1, !!str true, !!str, ! 1, ! x]", "D [\"1\" \"true\" \"\" \"1\" \"x\" ]");
  YAML("[!!int 1, !!int \"0x1f\", !!float 1, !!float 1.5, !!bool true, !!null ~, !!null '']", "D [i:1 i:0x1f f:1 f:1.5 b:true n:~ n: ]");
  YAML("a: !!map {b: 1}\nc: !!seq [1]\n", "D {a={b=i:1 } c=[i:1 ] }");
  YAML("!<tag:yaml.org,2002:str> 1", "D \"1\"");
  YAML("[!!int x]", "D [ | E0112@1:2 !");
  YAML("[!!int 1.5]", "D [ | E0112@1:2 !");
  YAML("[!!bool yes]", "D [ | E0112@1:2 !");
  YAML("[!!null x]", "D [ | E0112@1:2 !");
  YAML("[!!map x]", "D [ | E0112@1:2 !");
  YAML("[!!str [1]]", "D [ | E0112@1:2 !");
  YAML("a: !!seq {b: 1}", "D {a= | E0112@1:4 !");
  YAML("[!Ref x]", "D [ | E0111@1:2 !");
  YAML("[!!binary aGk=]", "D [ | E0111@1:2 !");
  YAML("a: !!set {b}", "D {a= | E0111@1:4 !");
  YAML("a: !!python/object:os.system [x]", "D {a= | E0111@1:4 !");
  YAML("[!e!x y]", "D [ | E0110@1:2 !");
  YAML("%TAG !e! tag:e.org,2000:\n---\n!e!x y", "D | E0111@3:1 !");
  TELLS_YAML("a: !Ref x", "the tag `!Ref` is not known here");
}

static void bad_grammar(void **state) {
  (void)state;
  TELLS_YAML("a: b: c\n", "t:1:5: error[E0110]: a `:` that makes a key is not allowed here\n    1 | a: b: c\n      |     ^\n");
  TELLS_YAML("a:\n\t- b\n", "indent with blanks, not with tabs");
  TELLS_YAML("a:\n  b: 1\n c: 2\n", "correct the indentation");
  TELLS_YAML("a: \"x\nb: 1\n", "t:1:4: error[E0110]: the quote is never closed");
  TELLS_YAML("a: [1, 2\nb: 3\n", "close the list with `]`");
  TELLS_YAML("a: {b: 1\n", "close the map with `}`");
  TELLS_YAML("a: @x\n", "put texts that begin with @ ` or % in quotes");
  TELLS_YAML("a: \"\\q\"\n", "write a backslash as");
  TELLS_YAML("a: \x01\n", "t:1:4: error[E0110]: a control character (U+0001)");
  TELLS_YAML("%YAML 2.0\n---\na\n", "write %YAML 1.2");
  TELLS_YAML("a\n b\n---\nc: *\n", "t:4:");
  YAML("a: 1\n  b: 2\n", "D {a=s:1 b | E0110@2:4 !");
  YAML("a: \0\n", " | E0102@1:4 !");
  YAML("a: \"x\\0y\"\n", "D {a= | E0102@1:4 !");
  YAML("\"a\\0b\": 1\n", "D { | E0102@1:1 !");
  YAML("- [1, 2\n", "D [[i:1 i:2 | E0110@2:1 !");
}

static void half_files(void **state) {
  (void)state;
  static const char whole[] = "a: [1, {b: 'x'}, \"y\\u00e9\"]\nc: |\n  text\nd:\n  - &e f\n  - *e\n";
  how h = format_how(AS_FORMAT_YAML);
  for (size_t n = 0; n < sizeof whole; n++) as_free(outcome(&h, whole, n, NULL)); /* only that all goes well */
}

/* ---- limits ---- */

static void limit_of_depth(void **state) {
  (void)state;
  how h = format_how(AS_FORMAT_YAML);
  h.options.limits.depth = 3;
  READS_HOW(&h, "[[1]]", "D [[i:1 ] ]");
  READS_HOW(&h, "[[{a: 1}]]", "D [[{a=i:1 } ] ]");
  READS_HOW(&h, "[[{a: []}]]", "D [[{a= | E0104@1:7 !");
  READS_HOW(&h, "[&a [1], [*a]]", "D [[i:1 ] [[i:1 ] ] ]");
  READS_HOW(&h, "[&a [1], [[*a]]]", "D [[i:1 ] [[ | E0104@1:12 !");
  READS_HOW(&h, "- &a {k: [1]}\n- <<: *a\n", "D [{k=[i:1 ] } { | E0104@2:7 !");
  h = format_how(AS_FORMAT_YAML);
  h.quiet = true;
  as_buf text = {0};
  for (unsigned n = 63; n <= 65; n++) {
    text.len = 0;
    repeat(&text, "- ", n);
    as_buf_adds(&text, "x");
    READS_BUF(&h, text, n == 63 ? "128" : n == 64 ? "130" : "65 | E0104@1:129 !");
  }
  as_buf_free(&text);
}

static double seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void deep_texts_fail_fast(void **state) {
  (void)state;
  static const char *const units[] = {"[", "{", "[\n", "{a: ", "{a: [", "- ", "? ", "[{", "? - "};
  how h = format_how(AS_FORMAT_YAML);
  h.quiet = true;
  for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
    as_buf text = {0};
    repeat(&text, units[i], 100000);
    double begin = seconds();
    char *got = outcome(&h, text.data, text.len, NULL);
    double took = seconds() - begin;
    if (took > 0.5 || !strstr(got, " | E01")) print_error("%s: %f s, %s\n", units[i], took, got);
    assert_true(took < 0.5);
    assert_non_null(strstr(got, " | E01"));
    as_free(got);
    as_buf_free(&text);
  }
}

static void directives_fail_fast(void **state) {
  (void)state;
  how h = format_how(AS_FORMAT_YAML);
  as_buf text = {0};
  for (int i = 0; i < 64; i++) as_buf_printf(&text, "%%TAG !a%d! b\n", i);
  as_buf_adds(&text, "---\na: '%TAG'\n");
  READS_BUF(&h, text, "D {a=\"%TAG\" }");
  text.len = 0;
  for (int i = 0; i < 200000; i++) as_buf_printf(&text, "%%TAG !a%d! b\n", i);
  READS_BUF(&h, text, " | E0120@65:1 !");
  as_buf_free(&text);
}

static void limits_of_size(void **state) {
  (void)state;
  how h = format_how(AS_FORMAT_YAML);
  h.options.limits.nodes = 4;
  READS_HOW(&h, "[1, {}]", "D [i:1 {} ]");
  READS_HOW(&h, "[1, 2, {}]", "D [i:1 i:2 {} ]");
  READS_HOW(&h, "[1, 2, {a: 3}]", "D [i:1 i:2 {a= | E0105@1:12 !");
  READS_HOW(&h, "[1]\n---\n[2]\n", "D [i:1 ] D [i:2 ]");
  READS_HOW(&h, "[1]\n---\n[2, 3]\n", "D [i:1 ] D [i:2 | E0105@3:5 !");
  READS_HOW(&h, "[&a 1, *a, *a]", "D [i:1 i:1 i:1 ]");
  READS_HOW(&h, "[&a 1, *a, *a, *a]", "D [i:1 i:1 i:1 | E0105@1:16 !");
  h = format_how(AS_FORMAT_YAML);
  h.options.limits.text_bytes = 4;
  READS_HOW(&h, "[abc, abcd]", "D [s:abc s:abcd ]");
  READS_HOW(&h, "[abcde]", "D [ | E0106@1:2 !");
  READS_HOW(&h, "[\"a\\u00e9bc\"]", "D [ | E0106@1:2 !");
  h = format_how(AS_FORMAT_YAML);
  h.options.limits.key_bytes = 4;
  READS_HOW(&h, "{abc: 1, abcd: 2}", "D {abc=i:1 abcd=i:2 }");
  READS_HOW(&h, "{abcde: 1}", "D { | E0107@1:2 !");
  READS_HOW(&h, "[&a abcde, {*a : 1}]", "D [s:abcde { | E0107@1:13 !");
  h = format_how(AS_FORMAT_YAML);
  h.options.limits.yaml_documents = 2;
  READS_HOW(&h, "a", "D s:a");
  READS_HOW(&h, "--- a\n--- b\n", "D s:a D s:b");
  READS_HOW(&h, "--- a\n--- b\n--- c\n", "D s:a D s:b | E0118@3:1 !");
  h = format_how(AS_FORMAT_YAML);
  h.options.limits.file_bytes = 4;
  READS_HOW(&h, "a: 1", "D {a=i:1 }");
  READS_HOW(&h, "a: 12", " | E0103@0:0 !");
}

static void limits_of_aliases(void **state) {
  (void)state;
  how h = format_how(AS_FORMAT_YAML);
  h.options.limits.yaml_aliases = 2;
  READS_HOW(&h, "[&a 1, *a]", "D [i:1 i:1 ]");
  READS_HOW(&h, "[&a 1, *a, *a]", "D [i:1 i:1 i:1 ]");
  READS_HOW(&h, "[&a 1, *a, *a, *a]", "D [i:1 i:1 i:1 | E0116@1:16 !");
  READS_HOW(&h, "[&a 1, *a, *a]\n---\n[&a 1, *a]", "D [i:1 i:1 i:1 ] D [i:1 | E0116@3:8 !");
  h = format_how(AS_FORMAT_YAML);
  h.options.limits.yaml_alias_nodes = 4;
  READS_HOW(&h, "[&a [1, 2], *a]", "D [[i:1 i:2 ] [i:1 i:2 ] ]");
  READS_HOW(&h, "[&a [1, 2, 3], *a]", "D [[i:1 i:2 i:3 ] [i:1 i:2 i:3 ] ]");
  READS_HOW(&h, "[&a [1, 2, 3, 4], *a]", "D [[i:1 i:2 i:3 i:4 ] [i:1 i:2 i:3 | E0117@1:19 !");
  READS_HOW(&h, "[&a [1, 2, 3], *a, *a]", "D [[i:1 i:2 i:3 ] [i:1 i:2 i:3 ] | E0117@1:20 !");
  /* Texts count by their length too. */
  as_buf text = {0};
  as_buf_adds(&text, "[&a '");
  repeat(&text, "x", 3 * 1024);
  as_buf_adds(&text, "', *a]");
  h.quiet = true;
  READS_BUF(&h, text, "5");
  h.options.limits.yaml_alias_nodes = 3;
  READS_BUF(&h, text, "3 | E0117@1:3081 !");
  as_buf_free(&text);
}

static void alias_bombs(void **state) {
  (void)state;
  as_buf text = {0};
  as_buf_adds(&text, "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
  for (int i = 1; i < 12; i++) {
    as_buf_printf(&text, "a%d: &a%d [", i, i);
    for (int k = 0; k < 9; k++) as_buf_printf(&text, "%s*a%d", k ? ", " : "", i - 1);
    as_buf_adds(&text, "]\n");
  }
  how h = format_how(AS_FORMAT_YAML);
  h.quiet = true;
  double begin = seconds();
  char *got = outcome(&h, text.data, text.len, NULL);
  assert_non_null(strstr(got, "E0117@"));
  assert_true(seconds() - begin < 2);
  as_free(got);
  /* The same through merges. */
  text.len = 0;
  as_buf_adds(&text, "a0: &a0 {k: [1, 1, 1, 1, 1, 1, 1, 1, 1]}\n");
  for (int i = 1; i < 12; i++) {
    as_buf_printf(&text, "a%d: &a%d\n  <<: [", i, i);
    for (int k = 0; k < 9; k++) as_buf_printf(&text, "%s{k%d: *a%d}", k ? ", " : "", k, i - 1);
    as_buf_adds(&text, "]\n");
  }
  got = outcome(&h, text.data, text.len, NULL);
  assert_non_null(strstr(got, "E0117@"));
  as_free(got);
  as_buf_free(&text);
}

static void many_merges_cost_little(void **state) {
  (void)state;
  as_buf text = {0};
  for (int i = 0; i < 100000; i++) as_buf_adds(&text, i % 2 ? "- {<<: {a: 1}}\n" : "- {<<: &x {a: 1}}\n");
  how h = format_how(AS_FORMAT_YAML);
  h.quiet = true;
  READS_BUF(&h, text, "400003");
  as_buf_free(&text);
}

static void a_sink_may_stop(void **state) {
  (void)state;
  how h = format_how(AS_FORMAT_YAML);
  static const char text[] = "a: &x [1, {b: 2}]\nc: *x\nd: {<<: {e: 3}}\n";
  for (h.stop_at = 1; h.stop_at <= 24; h.stop_at++) {
    char *got = outcome(&h, text, sizeof text - 1, NULL);
    if (strchr(got, '|') || got[strlen(got) - 1] != '!') print_error("%d: %s\n", (int)h.stop_at, got);
    assert_null(strchr(got, '|'));
    assert_int_equal(got[strlen(got) - 1], '!');
    as_free(got);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(core_schema),    cmocka_unit_test(documents),            cmocka_unit_test(places),
      cmocka_unit_test(keys),           cmocka_unit_test(anchors),              cmocka_unit_test(merges),
      cmocka_unit_test(tags),           cmocka_unit_test(bad_grammar),          cmocka_unit_test(half_files),
      cmocka_unit_test(limit_of_depth), cmocka_unit_test(deep_texts_fail_fast), cmocka_unit_test(directives_fail_fast),
      cmocka_unit_test(limits_of_size), cmocka_unit_test(limits_of_aliases),    cmocka_unit_test(alias_bombs),
      cmocka_unit_test(many_merges_cost_little), cmocka_unit_test(a_sink_may_stop),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
