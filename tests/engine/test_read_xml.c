/* XML: elements, attributes, text, places, what a DOCTYPE may not do, limits, and what is no XML. */
#include "read_help.h"

#define XML(text, expected) READS(AS_FORMAT_XML, text, expected)
#define TELLS_XML(text, part) TELLS(AS_FORMAT_XML, text, part)

static void elements(void **state) {
  (void)state;
  XML("<r/>", "D n:");
  XML("<r></r>", "D n:");
  XML("<r> \n </r>", "D n:");
  XML("<r> x y \n</r>", "D s:x y");
  XML("<r><a>1</a><b/></r>", "D {a=s:1 b=n: }");
  XML("<r>\n  <a>1</a>\n  <a>2</a>\n  <b><c>3</c></b>\n</r>\n", "D {a=s:1 a=s:2 b={c=s:3 } }");
  XML("<?xml version=\"1.0\"?><!-- c --><r><!-- c --><a>1<!-- c -->2</a><?pi x?></r><!-- c -->", "D {a=s:12 }");
  XML("<r><a><![CDATA[<b>&amp;]]>!</a></r>", "D {a=s:<b>&amp;! }");
  XML("<r>&lt;&#233;&#x20ac;&amp;&quot;&apos;&gt;</r>", "D s:<é€&\"'>");
  XML("<r>a\r\nb\rc</r>", "D s:a\nb\nc");
  XML("<r>true</r>", "D s:true");
  XML("<é><ü>ö</ü></é>", "D {ü=s:ö }");
}

static void attributes(void **state) {
  (void)state;
  XML("<r a='1' b=\" 2 \"/>", "D {@a=s:1 @b=s:2 text()=n: }");
  XML("<r a=''>x</r>", "D {@a=n: text()=s:x }");
  XML("<r><i id='1'>x</i><i id='2'/><i>y</i></r>", "D {i={@id=s:1 text()=s:x } i={@id=s:2 text()=n: } i=s:y }");
  XML("<r a='1'><b/></r>", "D {@a=s:1 b=n: }");
  XML("<r a='&lt;&#10;x&amp;'/>", "D {@a=s:<\nx& text()=n: }");
}

static void text_among_elements(void **state) {
  (void)state;
  XML("<r>see <b>this</b> and <i>that <u>too</u></i>.</r>",
      "D {b=s:this i={u=s:too text()=s:that too } text()=s:see this and that too. }");
  XML("<r><b>first</b> then</r>", "D {b=s:first text()=s:first then }");
  XML("<r><p><b>x</b></p> <p> y </p></r>", "D {p={b=s:x } p=s:y }");
  XML("<r><a>1</a><b><c>2</c>3</b></r>", "D {a=s:1 b={c=s:2 text()=s:23 } }");
}

static void namespaces(void **state) {
  (void)state;
  XML("<x:r xmlns:x='urn:x' xmlns='urn:d'><a x:b='1' c='2'/><x:a/></x:r>", "D {a={@b=s:1 @c=s:2 text()=n: } a=n: }");
  XML("<r xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:schemaLocation='a b'><a xsi:nil='true'/><b xsi:type='t'>1</b></r>",
      "D {a=n: b=s:1 }");
  XML("<r><a xml:lang='en' xml:space='preserve'>x</a><b xml:id='i'/></r>", "D {a=s:x b={@id=s:i text()=n: } }");
  XML("<x:r/>", "D | E0160@1:1 !");
  TELLS_XML("<x:r/>", "unbound prefix");
}

static void places(void **state) {
  (void)state;
  how h = format_how(AS_FORMAT_XML);
  h.places = true;
  READS_HOW(&h, "<?xml version='1.0'?>\r\n<r>\r\n\t<é a='1'\n  b='2'>ü</é><b>2</b>\n  <c/>\n</r>",
            "D@1:1 {@2:1 é@3:2={@3:2 @a@3:2=s:1@3:2 @b@3:2=s:2@3:2 text()@3:2=s:ü@3:2 }@4:10 b@4:14=s:2@4:14 c@5:3=n:@5:3 }@6:1");
  READS_HOW(&h, "\xef\xbb\xbf<r><a/></r>", "D@1:1 {@1:1 a@1:4=n:@1:4 }@1:8");
}

static void encodings(void **state) {
  (void)state;
  XML("\xff\xfe<\0r\0>\0\xe9\0<\0/\0r\0>\0", "D s:é");
  XML("\xfe\xff\0<\0r\0>\0\xe9\0<\0/\0r\0>", "D s:é");
  XML("<?xml version='1.0' encoding='UTF-8'?><r>é</r>", "D s:é");
  XML("<?xml version='1.0' encoding='utf-16'?><r>é</r>", "D s:é");
  XML("<?xml version='1.0' encoding='ISO-8859-1'?><r>e</r>", "D s:e");
  XML("<?xml version='1.0' encoding='Windows-1252'?><r>e</r>", "D s:e");
  XML("<?xml version='1.0' encoding='ISO-8859-1'?><r>\xe9</r>", " | E0101@1:47 !");
  XML("<?xml version='1.0' encoding='ISO-8859-1'?><r>é</r>", "D | E0164@1:1 !"); /* which of the two is meant? */
  XML("<?xml version='1.0' encoding='UTF-7'?><r>e</r>", "D | E0164@1:1 !");
  TELLS_XML("<?xml version='1.0' encoding='EBCDIC-FR'?><r>e</r>", "the document says that it is EBCDIC-FR, which is not read");
  XML("<r>\0</r>", " | E0102@1:4 !");
  XML("<r>&#0;</r>", "D | E0160@1:4 !");
  XML("<r>\x1b</r>", "D | E0160@1:4 !");
}

static void declarations(void **state) {
  (void)state;
  XML("<!DOCTYPE r><r>x</r>", "D s:x");
  XML("<!DOCTYPE r SYSTEM 'http://x/r.dtd'><r a='&lt;&#65;'>x&amp;</r>", "D {@a=s:<A text()=s:x& }");
  XML("<!DOCTYPE r [<!ELEMENT r ANY><!NOTATION n SYSTEM 'n'><!ATTLIST r a CDATA #IMPLIED>]><r>x</r>", "D s:x");
  XML("<!DOCTYPE r [\n <!ENTITY a 'x'>]><r>&a;</r>", "D | E0162@2:13 !");
  XML("<!DOCTYPE r [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><r>&a;</r>", "D | E0162@1:52 !");
  XML("<!DOCTYPE r [<!ENTITY % a SYSTEM 'http://x/y'> %a;]><r/>", "D | E0162@1:46 !");
  XML("<!DOCTYPE r [<!ENTITY % a '<!ENTITY b \"c\">'> %a;]><r/>", "D | E0162@1:27 !");
  XML("<!DOCTYPE r [<!ATTLIST r a CDATA 'x'>]><r/>", "D | E0162@1:34 !");
  XML("<!DOCTYPE r [<!ATTLIST r a CDATA #FIXED 'x'>]><r/>", "D | E0162@1:41 !");
  XML("<r>&a;</r>", "D | E0163@1:4 !");
  XML("<r b='&a;'/>", "D | E0163@1:1 !");
  XML("<!DOCTYPE r SYSTEM 'r.dtd'><r>x&a;y</r>", "D | E0163@1:32 !");
  XML("<!DOCTYPE r SYSTEM 'r.dtd'><r b='x&a;y'/>", "D | E0163@1:28 !");
  XML("<!DOCTYPE r PUBLIC 'p' 'r.dtd'><r><s/><s b='&amp;&a;'/></r>", "D {s=n: | E0163@1:39 !");
  XML("<!DOCTYPE r SYSTEM 'r.dtd' [%p;]><r b='x&a;y'/>", "D | E0163@1:34 !");
  TELLS_XML("<!DOCTYPE r SYSTEM 'r.dtd'><r>x&nbsp;y</r>", "the entity `&nbsp;` is not known here");
  TELLS_XML("<!DOCTYPE r [<!ENTITY a 'x'>]><r>&a;</r>", "the document declares an entity");
}

static void bombs(void **state) {
  (void)state;
  how h = format_how(AS_FORMAT_XML);
  h.quiet = true;
  as_buf text = {0};
  as_buf_adds(&text, "<!DOCTYPE lolz [<!ENTITY lol 'lol'>");
  for (int i = 1; i < 10; i++) {
    as_buf_printf(&text, "<!ENTITY lol%d '", i);
    for (int k = 0; k < 10; k++) as_buf_printf(&text, "&lol%.0d;", i - 1);
    as_buf_adds(&text, "'>");
  }
  as_buf_adds(&text, "]><lolz>&lol9;</lolz>");
  READS_BUF(&h, text, "1 | E0162@1:30 !");
  text.len = 0;
  as_buf_adds(&text, "<!DOCTYPE r [<!ENTITY a '");
  repeat(&text, "x", 1 << 20);
  as_buf_adds(&text, "'>]><r>");
  repeat(&text, "&a;", 10000);
  as_buf_adds(&text, "</r>");
  READS_BUF(&h, text, "1 | E0162@1:25 !");
  text.len = 0;
  repeat(&text, "<a>", 1000000);
  READS_BUF(&h, text, "127 | E0104@1:193 !"); /* a document, 63 maps and 63 keys */
  text.len = 0;
  as_buf_adds(&text, "<r a='");
  repeat(&text, "x", (1 << 20) + 1);
  as_buf_adds(&text, "'/>");
  READS_BUF(&h, text, "3 | E0106@1:1 !");
  text.len = 0;
  as_buf_adds(&text, "<r"); /* so many attributes that a search for doubles by pairs would not end */
  for (int i = 0; i < 200000; i++) as_buf_printf(&text, " a%d='%d'", i, i);
  as_buf_adds(&text, "/>");
  READS_BUF(&h, text, "400005");
  text.len = 0;
  as_buf_adds(&text, "<r>");
  repeat(&text, "<a b='1'>", 60);
  repeat(&text, "x", 1 << 20);
  repeat(&text, "</a>", 60);
  as_buf_adds(&text, "</r>"); /* the text of each is the same million: not kept sixty times */
  READS_BUF(&h, text, "305");
  as_buf_free(&text);
}

static void limits(void **state) {
  (void)state;
  how h = format_how(AS_FORMAT_XML);
  h.options.limits.depth = 3;
  READS_HOW(&h, "<a><b/></a>", "D {b=n: }");
  READS_HOW(&h, "<a><b><c/></b></a>", "D {b={c=n: } }");
  READS_HOW(&h, "<a><b><c><d/></c></b></a>", "D {b={c= | E0104@1:10 !");
  TELLS_HOW(&h, "<a><b><c><d/></c></b></a>", "--limit-depth=N");
  h = format_how(AS_FORMAT_XML);
  h.options.limits.nodes = 4;
  READS_HOW(&h, "<a><b/><c/></a>", "D {b=n: c=n: }");
  READS_HOW(&h, "<a><b/><c/><d/></a>", "D {b=n: c=n: d=n: }");
  READS_HOW(&h, "<a><b/><c/><d/><e/></a>", "D {b=n: c=n: d=n: | E0105@1:16 !");
  READS_HOW(&h, "<a b='1'>2<c/></a>", "D {@b=s:1 c=n: text()=s:2 }");
  READS_HOW(&h, "<a b='1' c='2' d='3' e='4'/>", "D {@b=s:1 @c=s:2 @d=s:3 | E0105@1:1 !");
  h = format_how(AS_FORMAT_XML);
  h.options.limits.text_bytes = 4;
  READS_HOW(&h, "<a><b>abc</b><b>abcd</b></a>", "D {b=s:abc b=s:abcd }");
  READS_HOW(&h, "<a><b>abcde</b></a>", "D {b= | E0106@1:4 !");
  READS_HOW(&h, "<a b='abcd'/>", "D {@b=s:abcd text()=n: }");
  READS_HOW(&h, "<a b='abcde'/>", "D {@b= | E0106@1:1 !");
  READS_HOW(&h, "<a><b>abc</b><c>defg</c><d><e>hij</e></d></a>", "D {b=s:abc c=s:defg d={e=s:hij } }");
  READS_HOW(&h, "<a><b>ab</b>cd</a>", "D {b=s:ab text()=s:abcd }");
  READS_HOW(&h, "<a><b>ab</b>cde</a>", "D {b=s:ab | E0106@1:1 !");
  READS_HOW(&h, "<a>x<b>ab</b><c>de</c></a>", "D {b=s:ab c=s:de | E0106@1:1 !");
  READS_HOW(&h, "<a>\n      <b>ab</b>      <b>\n      </b>\n</a>", "D {b=s:ab b=n: }");
  h = format_how(AS_FORMAT_XML);
  h.options.limits.key_bytes = 4;
  READS_HOW(&h, "<a><abc/><abcd/></a>", "D {abc=n: abcd=n: }");
  READS_HOW(&h, "<a><abcde/></a>", "D { | E0107@1:4 !");
  READS_HOW(&h, "<a abc='1' abcd='2'/>", "D {@abc=s:1 | E0107@1:1 !");
  h = format_how(AS_FORMAT_XML);
  h.options.limits.file_bytes = 4;
  READS_HOW(&h, "<a/>", "D n:");
  READS_HOW(&h, "<ab/>", " | E0103@0:0 !");
  TELLS_HOW(&h, "<ab/>", "--limit-file-bytes=N");
}

static void no_xml(void **state) {
  (void)state;
  XML("", "D | E0161@1:1 !");
  XML(" \n", "D | E0161@1:1 !");
  XML("x", "D | E0160@1:1 !");
  XML("<a>", "D | E0161@1:4 !");
  XML("<a><b>x</b>", "D {b=s:x | E0161@1:12 !");
  XML("<a", "D | E0161@1:1 !");
  XML("<a b='", "D | E0161@1:1 !");
  XML("<a><![CDATA[x", "D | E0161@1:14 !");
  XML("<a></b>", "D | E0160@1:6 !");
  XML("<a/><b/>", "D n: | E0160@1:5 !");
  XML("<a/>x", "D n: | E0160@1:5 !");
  XML("<a b='1' b='2'/>", "D | E0160@1:10 !");
  XML("<a xmlns:x='u' xmlns:y='u' x:b='1' y:b='2'/>", "D | E0160@1:1 !");
  XML("<a>1 < 2</a>", "D | E0160@1:7 !");
  XML("<a>b & c</a>", "D | E0160@1:7 !");
  TELLS_XML("<a>\n<b>\n</a>", "this end tag does not close <b> of line 2");
  TELLS_XML("<a>\n<b x='1'>\n", "the text ends while <b> of line 2 is still open");
  TELLS_XML("<a>b & c</a>", "    1 | <a>b & c</a>\n");
}

static void trees(void **state) {
  (void)state;
  as_arena *arena = as_arena_new();
  as_diags *diags = as_diags_new();
  as_read_options options = format_how(AS_FORMAT_XML).options;
  static const char text[] = "<r k='1'><a>1</a><b><c>x</c></b><a>2</a><b><c>y</c><d/><c>z</c></b><a><e>3</e></a></r>";
  as_buf bytes = padded(text, sizeof text - 1), json = {0};
  const as_node *root = as_read_tree(arena, &bytes, &options, false, diags);
  as_node_json(root, 0, &json);
  assert_string_equal(json.data, "{\"@k\":\"1\",\"a\":[\"1\",\"2\",{\"e\":\"3\"}],\"b\":[{\"c\":\"x\"},{\"c\":[\"y\",\"z\"],\"d\":null}]}");
  const as_node *b = as_node_get(root, "b");
  assert_ptr_equal(b->parent, root);
  assert_ptr_equal(b->last->parent, b);
  assert_ptr_equal(b->last->first->parent, b->last);
  assert_int_equal(b->last->column, 41);
  as_buf_free(&bytes);
  json.len = 0;
  as_buf many = {0};
  as_buf_adds(&many, "<r>");
  for (int round = 0; round < 2; round++)
    for (int i = 0; i < 20000; i++) as_buf_printf(&many, "<n%d/>", i);
  as_buf_adds(&many, "</r>");
  bytes = padded(many.data, many.len);
  root = as_read_tree(arena, &bytes, &options, false, diags);
  assert_int_equal(root->count, 20000);
  assert_int_equal(as_node_get(root, "n19999")->count, 2);
  assert_int_equal(as_diags_count(diags), 0);
  as_buf_free(&many);
  as_buf_free(&bytes);
  as_buf_free(&json);
  as_diags_free(diags);
  as_arena_free(arena);
}

static void a_sink_may_stop(void **state) {
  (void)state;
  how h = format_how(AS_FORMAT_XML);
  for (h.stop_at = 1; h.stop_at <= 12; h.stop_at++) {
    char *got = outcome(&h, "<a b='1'>x<c><d/></c></a>", 25, NULL);
    assert_null(strchr(got, '|'));
    assert_true((got[strlen(got) - 1] == '!') == (h.stop_at < 13));
    as_free(got);
  }
}

/* Every beginning of a document is refused, and none takes the reader down. */
static void half_files(void **state) {
  (void)state;
  static const char text[] = "<?xml version='1.0'?><!DOCTYPE r SYSTEM 'x'><r a='1'>\n<b>é</b><c><![CDATA[x]]></c>&lt;<!-- c --></r>";
  how h = format_how(AS_FORMAT_XML);
  for (size_t n = 0; n < sizeof text - 1; n++) {
    char *got = outcome(&h, text, n, NULL);
    assert_true(got[strlen(got) - 1] == '!');
    as_free(got);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(elements), cmocka_unit_test(attributes), cmocka_unit_test(text_among_elements), cmocka_unit_test(namespaces),
      cmocka_unit_test(places),   cmocka_unit_test(encodings),  cmocka_unit_test(declarations),        cmocka_unit_test(bombs),
      cmocka_unit_test(limits),   cmocka_unit_test(no_xml),     cmocka_unit_test(trees),               cmocka_unit_test(a_sink_may_stop),
      cmocka_unit_test(half_files),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
