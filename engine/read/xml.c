/* XML by libexpat. An element becomes a map, or a scalar where it has neither attributes nor child elements; which of the two
 * is known when its first child begins or its end comes, so that no more than one element waits. Nothing is expanded and
 * nothing is loaded: whatever a DOCTYPE would bring in is refused. */
#include <expat.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "read/reader.h"
#include "read/xml.h"

#define SEPARATOR '\n' /* between the URI of a namespace and a name */
#define PIECE ((size_t)1 << 30)

/* ---- faults ---- */

static bool stop(as_xml *x) {
  x->failed = true;
  XML_StopParser(x->parser, XML_FALSE);
  return false;
}

static const char *here(const as_xml *x) {
  XML_Index at = XML_GetCurrentByteIndex(x->parser);
  return at < 0 || (size_t)at > x->r->text.n ? NULL : x->r->text.p + at;
}

static void place(const as_xml *x, uint32_t *line, uint32_t *column) {
  *line = (uint32_t)XML_GetCurrentLineNumber(x->parser);
  *column = (uint32_t)XML_GetCurrentColumnNumber(x->parser) + 1;
}

static bool fail(as_xml *x, const char *code, const char *help, const char *message) {
  uint32_t line, column;
  place(x, &line, &column);
  as_reader_report(x->r, code, line, column, here(x), help, "%s", message);
  return stop(x);
}

static bool limit(as_xml *x, const as_xml_element *e, const char *code, const char *name, uint64_t value, const char *what) {
  as_reader_limit(x->r, code, e->line, e->column, x->r->text.p + e->at, name, value, what);
  return stop(x);
}

/* ---- events ---- */

static as_xml_element *top(as_xml *x) { return &x->elements[x->depth - 1]; }

static bool emit(as_xml *x, as_event_kind kind, as_node_type type, as_str text, uint32_t line, uint32_t column) {
  if (as_reader_emit(x->r, kind, type, false, text, line, column)) return true;
  return stop(x);
}

static as_str trimmed(as_str text) {
  while (text.n && strchr(" \t\r\n", text.p[0])) text.p++, text.n--;
  while (text.n && strchr(" \t\r\n", text.p[text.n - 1])) text.n--;
  return text;
}

static bool emit_text(as_xml *x, const as_xml_element *e, as_str text) {
  if (text.n > x->r->limits.text_bytes) return limit(x, e, "E0106", "text-bytes", x->r->limits.text_bytes, "a value is too long");
  text = trimmed(text);
  if (!text.n) text.p = "";
  return emit(x, AS_EV_SCALAR, text.n ? AS_TEXT : AS_NULL, text, e->line, e->column);
}

static bool emit_key(as_xml *x, const as_xml_element *e, as_str name) {
  if (name.n > x->r->limits.key_bytes) return limit(x, e, "E0107", "key-bytes", x->r->limits.key_bytes, "a name is too long");
  return emit(x, AS_EV_KEY, AS_TEXT, name, e->line, e->column);
}

static bool count_node(as_xml *x, const as_xml_element *e) {
  if (++x->nodes <= x->r->limits.nodes) return true;
  return limit(x, e, "E0105", "nodes", x->r->limits.nodes, "the document has too many values");
}

/* The element is a map: that is known now. */
static bool open(as_xml *x, as_xml_element *e) {
  if (e->open) return true;
  e->open = true;
  return emit(x, AS_EV_MAP, AS_NULL, AS_STR(""), e->line, e->column);
}

/* ---- text ---- */

/* Text of all elements that are open, one behind the other, as long as it can still be wanted: an element whose text is too
 * long lets go of it, and is refused only where it would have to give it. */
static void drop_text(as_xml *x) {
  size_t alive = x->alive;
  while (alive < x->depth && x->text.len - x->elements[alive].text > x->r->limits.text_bytes) alive++;
  if (alive == x->alive) return;
  x->alive = alive;
  size_t from = alive < x->depth ? x->elements[alive].text : x->text.len;
  x->text.len -= from;
  memmove(x->text.data, x->text.data + from, x->text.len);
  for (; alive < x->depth; alive++) x->elements[alive].text -= from;
}

static void on_text(void *ctx, const XML_Char *text, int n) {
  as_xml *x = ctx;
  if (x->failed) return;
  as_xml_element *e = top(x);
  for (int i = 0; i < n && !e->own; i++) e->own = !strchr(" \t\r\n", text[i]);
  if (x->alive < x->depth) {
    as_buf_add(&x->text, text, (size_t)n);
    drop_text(x);
  }
  if (x->alive == x->depth && e->own) limit(x, e, "E0106", "text-bytes", x->r->limits.text_bytes, "a value is too long");
}

static as_str text_of(const as_xml *x, const as_xml_element *e) {
  return (as_str){x->text.data ? x->text.data + e->text : "", x->text.len - e->text};
}

/* ---- elements ---- */

static as_str local_name(const XML_Char *name) {
  const char *separator = strrchr(name, SEPARATOR);
  return as_str_of(separator ? separator + 1 : name);
}

/* About the XML rather than what it says. */
static bool is_technical(const XML_Char *name) {
  static const char *const spaces[] = {"http://www.w3.org/2001/XMLSchema-instance\n", "http://www.w3.org/XML/1998/namespace\n"};
  for (size_t i = 0; i < 2; i++)
    if (!strncmp(name, spaces[i], strlen(spaces[i]))) return strcmp(name + strlen(spaces[i]), "id") != 0;
  return false;
}

static bool take_attributes(as_xml *x, as_xml_element *e, const XML_Char **attributes) {
  for (const XML_Char **a = attributes; *a; a += 2) {
    if (is_technical(a[0])) continue;
    as_str name = local_name(a[0]);
    x->name.len = 0;
    as_buf_addc(&x->name, '@');
    as_buf_add(&x->name, name.p, name.n);
    if (!open(x, e) || !count_node(x, e) || !emit_key(x, e, (as_str){x->name.data, x->name.len}) || !emit_text(x, e, as_str_of(a[1])))
      return false;
  }
  return true;
}

/* libexpat leaves unknown entities in attributes out, without a word, where a DOCTYPE names a file that could declare them. */
static bool check_entities(as_xml *x) {
  const char *p = here(x), *end = p ? p + XML_GetCurrentByteCount(x->parser) : NULL;
  while (p && (p = memchr(p, '&', (size_t)(end - p)))) {
    static const char *const known[] = {"amp;", "lt;", "gt;", "quot;", "apos;", "#"};
    bool good = false;
    p++;
    for (size_t i = 0; i < sizeof known / sizeof known[0] && !good; i++) {
      size_t n = strlen(known[i]);
      good = (size_t)(end - p) >= n && !memcmp(p, known[i], n);
    }
    if (!good) return false;
  }
  return true;
}

static void refuse_entity(as_xml *x, const char *name) {
  char message[160];
  as_clip shown = as_clip_of(as_str_of(name));
  snprintf(message, sizeof message, "the entity `&%s;` is not known here", shown.text);
  fail(x, "E0163", "only &amp; &lt; &gt; &quot; &apos; and numbers such as &#233; are read: write the text itself", message);
}

static void on_start(void *ctx, const XML_Char *name, const XML_Char **attributes) {
  as_xml *x = ctx;
  if (x->failed) return;
  as_xml_element e = {0};
  const char *at = here(x);
  place(x, &e.line, &e.column);
  e.at = at ? (size_t)(at - x->r->text.p) : 0;
  e.text = x->text.len;
  if (x->depth >= x->r->limits.depth) {
    limit(x, &e, "E0104", "depth", x->r->limits.depth, "elements nest too deep here");
    return;
  }
  if (x->external && !check_entities(x)) {
    refuse_entity(x, "…");
    return;
  }
  if (!count_node(x, &e)) return;
  if (x->depth) {
    top(x)->children = true;
    if (!open(x, top(x)) || !emit_key(x, &e, local_name(name))) return;
  }
  as_grow(&x->elements, &x->cap, x->depth + 1, sizeof *x->elements);
  x->elements[x->depth++] = e;
  take_attributes(x, top(x), attributes);
}

static void on_end(void *ctx, const XML_Char *name) {
  (void)name;
  as_xml *x = ctx;
  if (x->failed) return;
  as_xml_element *e = top(x);
  bool long_text = x->alive >= x->depth; /* dropped */
  if (long_text && e->own) {
    limit(x, e, "E0106", "text-bytes", x->r->limits.text_bytes, "a value is too long");
    return;
  }
  as_str text = long_text || !e->own ? AS_STR("") : text_of(x, e);
  if (!e->open) {
    if (!emit_text(x, e, text)) return;
  } else {
    uint32_t line, column;
    if (e->own || !e->children)
      if (!count_node(x, e) || !emit_key(x, e, AS_STR("text()")) || !emit_text(x, e, text)) return;
    place(x, &line, &column);
    if (!emit(x, AS_EV_END, AS_NULL, AS_STR(""), line, column)) return;
  }
  x->depth--;
  if (x->alive > x->depth) x->alive = x->depth;
  if (x->alive == x->depth) x->text.len = 0;
}

/* ---- what comes before ---- */

static bool begins(const char *text, const char *with) { return strncasecmp(text, with, strlen(with)) == 0; }

/* The text is UTF-8 by now. It may say that it was something else where that makes no difference. */
static void on_declaration(void *ctx, const XML_Char *version, const XML_Char *encoding, int standalone) {
  (void)version;
  (void)standalone;
  as_xml *x = ctx;
  if (x->failed || !encoding || begins(encoding, "utf-8") || begins(encoding, "utf8") || begins(encoding, "utf-16")) return;
  bool one_byte = begins(encoding, "iso-8859-") || begins(encoding, "windows-125") || begins(encoding, "us-ascii") || begins(encoding, "ascii");
  if (one_byte && x->r->ascii) return;
  char message[160];
  as_clip shown = as_clip_of(as_str_of(encoding));
  snprintf(message, sizeof message, "the document says that it is %s, which is not read", shown.text);
  fail(x, "E0164", "save it as UTF-8, and let its first line say so", message);
}

static void on_doctype(void *ctx, const XML_Char *name, const XML_Char *system_id, const XML_Char *public_id, int internal) {
  (void)name;
  (void)internal;
  as_xml *x = ctx;
  x->external = x->external || system_id || public_id;
}

static const char *const declared_help = "expand what its DOCTYPE declares, for example with `xmllint --noent --dropdtd`, if it comes from somebody you trust";

static void on_entity(void *ctx, const XML_Char *name, int parameter, const XML_Char *value, int n, const XML_Char *base,
                      const XML_Char *system_id, const XML_Char *public_id, const XML_Char *notation) {
  (void)name, (void)parameter, (void)value, (void)n, (void)base, (void)system_id, (void)public_id, (void)notation;
  as_xml *x = ctx;
  if (!x->failed) fail(x, "E0162", declared_help, "the document declares an entity; declarations are not read");
}

static void on_attribute_list(void *ctx, const XML_Char *element, const XML_Char *attribute, const XML_Char *type, const XML_Char *value,
                              int required) {
  (void)element, (void)attribute, (void)type, (void)required;
  as_xml *x = ctx;
  if (!x->failed && value) fail(x, "E0162", declared_help, "the document declares a default for an attribute; declarations are not read");
}

static void on_skipped(void *ctx, const XML_Char *name, int parameter) {
  as_xml *x = ctx;
  if (!x->failed && !parameter) refuse_entity(x, name);
}

/* ---- the whole ---- */

static void parse(as_xml *x) {
  as_str rest = x->r->text;
  for (bool last = false; !last && !x->failed;) {
    size_t n = rest.n < PIECE ? rest.n : PIECE;
    last = n == rest.n;
    if (XML_Parse(x->parser, rest.p, (int)n, last) != XML_STATUS_OK) {
      if (!x->failed) as_xml_tell(x);
      x->failed = true;
    }
    rest.p += n;
    rest.n -= n;
  }
}

bool as_reader_xml(as_reader *r) {
  static const XML_Memory_Handling_Suite memory = {as_alloc, as_realloc, as_free};
  static const XML_Char separator[] = {SEPARATOR, 0};
  as_xml x = {.r = r};
  if (!as_reader_document(r, 1, 1, r->text.p)) return false;
  x.parser = XML_ParserCreate_MM("UTF-8", &memory, separator);
  if (!x.parser) as_mem_exhausted();
  XML_SetUserData(x.parser, &x);
  XML_SetElementHandler(x.parser, on_start, on_end);
  XML_SetCharacterDataHandler(x.parser, on_text);
  XML_SetXmlDeclHandler(x.parser, on_declaration);
  XML_SetStartDoctypeDeclHandler(x.parser, on_doctype);
  XML_SetEntityDeclHandler(x.parser, on_entity);
  XML_SetAttlistDeclHandler(x.parser, on_attribute_list);
  XML_SetSkippedEntityHandler(x.parser, on_skipped);
  parse(&x);
  XML_ParserFree(x.parser);
  as_free(x.elements);
  as_buf_free(&x.text);
  as_buf_free(&x.name);
  return !x.failed;
}
