/* CSV: cells, delimiters, places, rows that do not fit, quotes that do not close, limits. */
#include "read_help.h"

#define CSV(text, expected) READS(AS_FORMAT_CSV, text, expected)
#define TELLS_CSV(text, part) TELLS(AS_FORMAT_CSV, text, part)

static void cells(void **state) {
  (void)state;
  CSV("a,b\n1,x\n", "D [{a=s:1 b=s:x } ]");
  CSV("a,b\r\n1,x\r\n2,y", "D [{a=s:1 b=s:x } {a=s:2 b=s:y } ]");
  CSV("a,b\r1,x\r", "D [{a=s:1 b=s:x } ]");
  CSV("a,b\n,\n\"\",x\n", "D [{a=n: b=n: } {a=\"\" b=s:x } ]");
  CSV("a,b\n 1 , x y \n", "D [{a=s:1 b=s:x y } ]");
  CSV("a,b\n\" 1 \" , \"x\"\n", "D [{a=\" 1 \" b=\"x\" } ]");
  CSV("a,b\n\"x\"\"y\",\"\"\"\"\n", "D [{a=\"x\"y\" b=\"\"\" } ]");
  CSV("a,b\n\"x,\ny\r\nz\",2\n", "D [{a=\"x,\ny\r\nz\" b=s:2 } ]");
  CSV("a\n1\n\n  \n2\n\r\n", "D [{a=s:1 } {a=s:2 } ]");
  CSV("\n\na,b\n1,2\n", "D [{a=s:1 b=s:2 } ]");
  CSV("a,b\n", "D []");
  CSV("a", "D []");
  CSV("a\n\"\"\n", "D [{a=\"\" } ]");
  CSV("a,b\nnull,~\n", "D [{a=s:null b=s:~ } ]");
}

static void headers(void **state) {
  (void)state;
  CSV(" a b ,\" c \"\n1,2\n", "D [{a b=s:1 c=s:2 } ]");
  CSV("a,b,a\n1,2,3\n", " | E0153@1:5 !");
  CSV("a, a \n", " | E0153@1:4 !");
  CSV("a,,b\n1,2,3\n", " | E0154@1:3 !");
  CSV("a,b,\n1,2,\n", " | E0154@1:5 !");
  CSV("a,\"  \"\n", " | E0154@1:3 !");
  CSV("a,a,,\n", " | E0153@1:3 E0154@1:5 E0154@1:6 !");
  CSV("", " | E0150@1:1 !");
  CSV("\n \n", " | E0150@1:1 !");
  TELLS_CSV("a,b,a\n", "column 3 is named `a` like column 1");
  TELLS_CSV("a,\n", "remove the delimiter at the end of each line");
  TELLS_CSV("sep=;\na;b\n1;2\n", "`skip: 1`");
}

static void delimiters(void **state) {
  (void)state;
  CSV("a;b\n1;2,5\n", "D [{a=s:1 b=s:2,5 } ]");
  CSV("a\tb\n1\t x\n", "D [{a=s:1 b=s:x } ]");
  CSV("a\tb\n\t\n", "D [{a=n: b=n: } ]");
  CSV("a|b\n1|2\n", "D [{a=s:1 b=s:2 } ]");
  CSV("\"a,b,c\";d\n1;2\n", "D [{a,b,c=s:1 d=s:2 } ]");
  CSV("\"a\n;;\",d\n1,2\n", "D [{a\n;;=s:1 d=s:2 } ]");
  CSV("a\n1;2\n", "D [{a=s:1;2 } ]");
  how h = format_how(AS_FORMAT_CSV);
  h.options.csv_delimiter = ':';
  READS_HOW(&h, "a,b:c\n1:2\n", "D [{a,b=s:1 c=s:2 } ]");
  h.options.csv_delimiter = ',';
  READS_HOW(&h, "a;b\n1;2\n", "D [{a;b=s:1;2 } ]");
  h.options.csv_delimiter = '"';
  READS_HOW(&h, "a;b\n1;2\n", " | E0157@1:1 !");
  h.options.csv_delimiter = '\n';
  READS_HOW(&h, "a;b\n1;2\n", " | E0157@1:1 !");
  h.options.csv_delimiter = (char)0xa7;
  READS_HOW(&h, "a;b\n1;2\n", " | E0157@1:1 !");
  h = format_how(AS_FORMAT_CSV);
  h.options.document = "x.TSV";
  READS_HOW(&h, "last, first\tid\nx, y\t1\n", "D [{last, first=s:x, y id=s:1 } ]");
}

static void places(void **state) {
  (void)state;
  how h = format_how(AS_FORMAT_CSV);
  h.places = true;
  READS_HOW(&h, "a,b,c\n1, \"x\"\"\" ,3\n",
            "D@1:1 [@1:1 {@2:1 a@2:1=s:1@2:1 b@2:4=\"x\"\"@2:4 c@2:11=s:3@2:11 }@2:12 ]@3:1");
  /* A row's line is where it begins; a cell behind a line break has the line and column where it stands. */
  READS_HOW(&h, "a,b\n\n  \n\"é\n\xe6\x9d\xb1 y\",z\r\n\"1\r\n2\",\"3\r4\"\n5,6",
            "D@1:1 [@1:1 {@4:1 a@4:1=\"é\n東 y\"@4:1 b@5:6=s:z@5:6 }@5:7 {@6:1 a@6:1=\"1\r\n2\"@6:1 b@7:4=\"3\r4\"@7:4 }@8:3 "
            "{@9:1 a@9:1=s:5@9:1 b@9:3=s:6@9:3 }@9:4 ]@9:4");
  READS_HOW(&h, "é;ü\n ö ;x\r\n\r\nä;\"ß\" \n",
            "D@1:1 [@1:1 {@2:2 é@2:2=s:ö@2:2 ü@2:5=s:x@2:5 }@2:6 {@4:1 é@4:1=s:ä@4:1 ü@4:3=\"ß\"@4:3 }@4:7 ]@5:1");
}

/* The same cells whatever chunks libcsv gets them in, and places that fit the text. */
static bool check_place(void *ctx, const as_event *event) {
  const as_buf *text = ctx;
  if (event->kind != AS_EV_SCALAR) return true;
  const char *p = text->data;
  for (uint32_t line = 1; line < event->line; line++) p = strchr(p, '\n') + 1;
  for (uint32_t column = 1; column < event->column; column++) {
    p++;
    while (((unsigned char)*p & 0xc0) == 0x80) p++;
  }
  if (*p == '"' && event->quoted) p++;
  size_t n = strcspn(event->text.p, "\"\n");
  assert_memory_equal(p, event->text.p, n < event->text.n ? n : event->text.n);
  return true;
}

static void large_texts(void **state) {
  (void)state;
  uint32_t seed = 1;
  as_buf text = {0};
  as_buf_adds(&text, "id,name,note\n");
  for (int i = 0; i < 20000; i++) {
    seed = seed * 1664525 + 1013904223;
    as_buf_printf(&text, "%d,%.*s", i, (int)((seed >> 16) % 30), "abcdefghijklmnopqrstuvwxyz0123456789");
    as_buf_adds(&text, (seed >> 10) % 3 ? ",plain é\n" : (seed >> 12) % 2 ? ",\"two\nlines ü\"\n" : ",\"a \"\"quoted\"\" word\"  \n");
  }
  as_buf bytes = padded(text.data, text.len);
  as_diags *diags = as_diags_new();
  as_read_options options = format_how(AS_FORMAT_CSV).options;
  assert_true(as_read_events(&bytes, &options, check_place, &bytes, diags));
  assert_int_equal(as_diags_count(diags), 0);
  as_diags_free(diags);
  as_buf_free(&bytes);
  as_buf_free(&text);
}

static void rows_that_do_not_fit(void **state) {
  (void)state;
  /* Reported and left out; the others come, and the result stays true. */
  CSV("a,b\n1,2\n3\n4,5\n6,7,8\n9,10", "D [{a=s:1 b=s:2 } {a=s:4 b=s:5 } {a=s:9 b=s:10 } ] | E0156@3:1 E0156@5:1");
  CSV("a,b\n\"x\ny\"\n1,2\n", "D [{a=s:1 b=s:2 } ] | E0156@2:1");
  CSV("a,b\n1\n", "D [] | E0156@2:1");
  CSV("a\n1,\n", "D [] | E0156@2:1");
  TELLS_CSV("a,b\n1,2\n  3,4,5\n", "t:3:3: error[E0156]: this row has 3 cells, the header 2 columns; the row was left out\n    3 |   3,4,5\n");
  TELLS_CSV("a,b\n1\n", "this row has 1 cell, the header 2 columns");
  TELLS_CSV("a,b\n1,2,3\n", "put a cell that holds the delimiter in double quotes");
  as_buf text = {0};
  as_buf_adds(&text, "a,b\n");
  repeat(&text, "x,", 100000);
  as_buf_adds(&text, "\n1,2\n");
  how h = format_how(AS_FORMAT_CSV);
  READS_BUF(&h, text, "D [{a=s:1 b=s:2 } ] | E0156@2:1");
  as_buf_free(&text);
}

static void quotes(void **state) {
  (void)state;
  CSV("a,b\n1,\"2\n3,4\n", "D [ | E0151@2:3 !");
  CSV("a,b\n1,2\n\"", "D [{a=s:1 b=s:2 } | E0151@3:1 !");
  CSV("a,b\n1,2\n\"x\"\"", "D [{a=s:1 b=s:2 } | E0151@3:1 !");
  CSV("a,\"b\n1,2\n", " | E0151@1:3 !");
  CSV("a,b\n1,5\" disk\n3,4\n", "D [ | E0152@2:4 !");
  CSV("a,b\n1,\"5\" disk\n3,4\n", "D [ | E0152@2:7 !");
  CSV("a,b\n1,\"x\ny\" \"z\n", "D [ | E0152@3:4 !");
  CSV("a,b\nx\"y\n", "D [ | E0152@2:2 !");
  TELLS_CSV("a,b\n1,2\n3,\"4\n5,6\n7,8\n", "t:3:3: error[E0151]: the quote that opens here is never closed\n    3 | 3,\"4\n      |   ^\n");
  TELLS_CSV("a\nb \"c\"\n", "write the quotes in it twice");
}

static void limits(void **state) {
  (void)state;
  how h = format_how(AS_FORMAT_CSV);
  h.options.limits.csv_columns = 2;
  READS_HOW(&h, "a\n1\n", "D [{a=s:1 } ]");
  READS_HOW(&h, "a,b\n1,2\n", "D [{a=s:1 b=s:2 } ]");
  READS_HOW(&h, "a,b,c\n1,2,3\n", " | E0155@1:1 !");
  READS_HOW(&h, "a,b,c,d,e,f\n1,2,3\n", " | E0155@1:1 !");
  TELLS_HOW(&h, "a,b,c\n", "the limit csv-columns is 2");
  TELLS_HOW(&h, "a,b,c\n", "--limit-csv-columns=N");
  h = format_how(AS_FORMAT_CSV);
  h.options.limits.records = 2;
  READS_HOW(&h, "a\n1\n", "D [{a=s:1 } ]");
  READS_HOW(&h, "a\n1\n2\n\n", "D [{a=s:1 } {a=s:2 } ]");
  READS_HOW(&h, "a\n1\n2\n\n3\n4\n", "D [{a=s:1 } {a=s:2 } | E0141@5:1 !");
  h = format_how(AS_FORMAT_CSV);
  h.options.limits.text_bytes = 4;
  READS_HOW(&h, "a,b\nabc,abcd\n\"abcd\",\"a\"\"cd\"\n", "D [{a=s:abc b=s:abcd } {a=\"abcd\" b=\"a\"cd\" } ]");
  READS_HOW(&h, "a,b\nabcd,abcde\n1,2\n", "D [ | E0106@2:6 !");
  READS_HOW(&h, "a,b\n1,\"abcde\"\n1,2\n", "D [ | E0106@2:3 !");
  h = format_how(AS_FORMAT_CSV);
  h.options.limits.key_bytes = 3;
  READS_HOW(&h, "ab,abc\n1,2\n", "D [{ab=s:1 abc=s:2 } ]");
  READS_HOW(&h, "ab,abcd\n1,2\n", " | E0107@1:4 !");
}

static void endless_cells_stop_early(void **state) {
  (void)state;
  how h = format_how(AS_FORMAT_CSV);
  as_buf text = {0};
  as_buf_adds(&text, "a,b\n1,\"open\n");
  repeat(&text, "1,2\n", 1000000);
  READS_BUF(&h, text, "D [ | E0106@2:3 !");
  as_buf shown = {0};
  as_free(outcome(&h, text.data, text.len, &shown));
  assert_non_null(strstr(shown.data, "perhaps the quote that opens here is never closed"));
  as_buf_free(&shown);
  as_buf_free(&text);
}

static void a_sink_may_stop(void **state) {
  (void)state;
  how h = format_how(AS_FORMAT_CSV);
  for (h.stop_at = 1; h.stop_at <= 13; h.stop_at++) {
    char *got = outcome(&h, "a,b\n1,2\n3,4\n", 12, NULL);
    assert_null(strchr(got, '|'));
    assert_true((got[strlen(got) - 1] == '!') == (h.stop_at < 15));
    as_free(got);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(cells),       cmocka_unit_test(headers), cmocka_unit_test(delimiters), cmocka_unit_test(places),
      cmocka_unit_test(large_texts), cmocka_unit_test(rows_that_do_not_fit), cmocka_unit_test(quotes), cmocka_unit_test(limits),
      cmocka_unit_test(endless_cells_stop_early), cmocka_unit_test(a_sink_may_stop),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
