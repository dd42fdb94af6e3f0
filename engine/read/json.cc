// JSON by simdjson's on-demand parser, behind the C interface of json.h.
// Walks every value, so that the whole grammar is checked; decides nothing about messages.
#include <cfloat>
#include <charconv>
#include <cstring>
#include <memory>
#include <new>
#include <string_view>

#define SIMDJSON_DEVELOPMENT_CHECKS 0
#include <simdjson.h>

extern "C" {
#include "base/file.h"
#include "read/json.h"
#include "read/reader.h"
}

namespace od = simdjson::ondemand;

struct as_json {
  od::parser parser;
  as_keys *keys;
};

namespace {

// simdjson asks for memory by `new`; without exceptions nobody could catch what that throws.
[[maybe_unused]] const std::new_handler handler_before = std::set_new_handler(as_mem_exhausted);

constexpr uint64_t ones = 0x0101010101010101u, highs = 0x8080808080808080u;

bool blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

uint64_t load(const char *p) {
  uint64_t w;
  std::memcpy(&w, p, 8);
  return w;
}

// The first quote or backslash from p on; there is one, and padding behind it.
const char *quote_or_escape(const char *p) {
  if constexpr (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__) {
    for (;; p += 8) {
      uint64_t w = load(p), q = w ^ (ones * '"'), e = w ^ (ones * '\\');
      uint64_t hit = (((q - ones) & ~q) | ((e - ones) & ~e)) & highs;
      if (hit) return p + (__builtin_ctzll(hit) >> 3);
    }
  }
  while (*p != '"' && *p != '\\') p++;
  return p;
}

class walker {
 public:
  walker(as_json *json, as_json_job *job)
      : json_(json), job_(job), limits_(*job->limits), end_(job->text.p + job->text.n), scan_(job->text.p),
        begin_(job->text.p), line_(job->line), column_(1) {}

  as_json_status run() {
    if (job_->text.n > simdjson::SIMDJSON_MAXSIZE_BYTES) return AS_JSON_TOO_LARGE;
    if (job_->text.n > json_->parser.capacity()) enlarge();
    od::document doc;
    auto error = json_->parser.iterate(job_->text.p, job_->text.n, job_->text.n + AS_TEXT_PADDING).get(doc);
    if (error == simdjson::MEMALLOC) as_mem_exhausted();
    if (error == simdjson::CAPACITY) return AS_JSON_TOO_LARGE;
    if (error) return AS_JSON_SYNTAX;
    as_keys_clear(json_->keys);
    const char *p = scan_;
    while (p < end_ && blank(*p)) p++;
    if (p == end_) return AS_JSON_SYNTAX;
    bool ok;
    if (*p == '[') {
      od::array array;
      ok = !doc.get_array().get(array) && enter(p) && list(array);
    } else if (*p == '{') {
      od::object object;
      ok = !doc.get_object().get(object) && enter(p) && map(object);
    } else {
      ok = lone(p, doc);
    }
    if (!ok) return status_;
    while (scan_ < end_ && blank(*scan_)) scan_++;
    return scan_ == end_ ? AS_JSON_OK : AS_JSON_SYNTAX;
  }

 private:
  as_json *json_;
  as_json_job *job_;
  const as_read_limits &limits_;
  const char *end_;
  const char *scan_;   // behind the last token that was read
  const char *begin_;  // of the line
  uint32_t line_, column_;
  uint32_t wide_ = 0;  // bytes that continue characters, between begin_ and scan_
  uint32_t depth_ = 0;
  uint64_t nodes_ = 0;
  as_json_status status_ = AS_JSON_SYNTAX;

  // Room for this text, and for somewhat longer ones to come.
  void enlarge() {
    size_t capacity = size_t{64} * 1024;
    while (capacity < job_->text.n && capacity < size_t{16} * 1024 * 1024) capacity *= 2;
    if (capacity < job_->text.n) capacity = job_->text.n;
    if (json_->parser.allocate(capacity)) as_mem_exhausted();
  }

  // Counts lines up to the token at p. Nothing but blanks, commas and colons may be skipped.
  bool locate(const char *p) {
    const char *q = scan_;
    for (; q < p; q++) {
      char c = *q;
      if (c == '\n') {
        line_++;
        begin_ = q + 1;
        wide_ = 0;
      } else if (c != ' ' && c != ',' && c != ':' && c != '\t' && c != '\r') {
        return false;
      }
    }
    scan_ = p;
    column_ = static_cast<uint32_t>(p - begin_) - wide_ + 1;
    return true;
  }

  void pass(const char *end) {
    if (!job_->ascii) wide_ += static_cast<uint32_t>(as_reader_continuations(scan_, static_cast<size_t>(end - scan_)));
    scan_ = end;
  }

  bool fail(as_json_status status, const char *at, as_str word = {nullptr, 0}) {
    status_ = status;
    job_->at = at;
    job_->at_line = line_;
    job_->at_column = column_;
    job_->word = word;
    return false;
  }

  bool emit(as_event_kind kind, as_node_type type, bool quoted, std::string_view text) {
    as_event event = {kind, type, quoted, {text.data(), text.size()}, line_, column_};
    return job_->fn(job_->ctx, &event) || fail(AS_JSON_STOPPED, scan_);
  }

  // A list or map begins at p.
  bool enter(const char *p) {
    if (!locate(p)) return false;
    if (depth_ >= limits_.depth) return fail(AS_JSON_DEPTH, p);
    if (++nodes_ > limits_.nodes) return fail(AS_JSON_NODES, p);
    depth_++;
    bool is_list = *p == '[';
    if (!emit(is_list ? AS_EV_LIST : AS_EV_MAP, AS_NULL, false, {})) return false;
    scan_ = p + 1;
    return true;
  }

  bool leave(char closing) {
    const char *p = scan_;
    while (p < end_ && blank(*p)) p++;
    if (p == end_ || *p != closing || !locate(p)) return false;
    depth_--;
    if (!emit(AS_EV_END, AS_NULL, false, {})) return false;
    scan_ = p + 1;
    return true;
  }

  bool list(od::array &array) {
    for (auto item : array) {
      od::value value;
      if (item.get(value)) return false;
      if (!any(value)) return false;
    }
    return leave(']');
  }

  bool map(od::object &object) {
    as_keys_open(json_->keys);
    for (auto item : object) {
      od::field field;
      if (std::move(item).get(field)) return false;
      if (!key(field) || !any(field.value())) return false;
    }
    as_keys_close(json_->keys);
    return leave('}');
  }

  bool key(od::field &field) {
    const char *p = field.key().raw();
    if (!locate(p - 1)) return false;
    const char *stop = quote_or_escape(p);
    std::string_view text(p, static_cast<size_t>(stop - p));
    if (*stop == '\\') {
      if (field.unescaped_key().get(text)) return false;
      if (std::memchr(text.data(), 0, text.size())) return fail(AS_JSON_NUL, p - 1);
      while (*stop != '"') stop = quote_or_escape(stop + 2);
    }
    as_str word = {text.data(), text.size()};
    if (text.size() > limits_.key_bytes) return fail(AS_JSON_KEY_BYTES, p - 1, word);
    if (!as_keys_add(json_->keys, word, line_, &job_->earlier)) return fail(AS_JSON_DUPLICATE, p - 1, word);
    if (!emit(AS_EV_KEY, AS_TEXT, true, text)) return false;
    pass(stop + 1);
    return true;
  }

  bool any(od::value &value) {
    std::string_view raw = value.raw_json_token();
    const char *p = raw.data();
    switch (*p) {
      case '[': {
        od::array array;
        return !value.get_array().get(array) && enter(p) && list(array);
      }
      case '{': {
        od::object object;
        return !value.get_object().get(object) && enter(p) && map(object);
      }
      case '"': {
        od::raw_json_string token;
        std::string_view text;
        const char *stop = quote_or_escape(p + 1);
        if (*stop != '\\') { // not unescaped, but taken: else `"a":` would pass in a list
          if (value.get_raw_json_string().get(token)) return false;
          text = {p + 1, static_cast<size_t>(stop - p - 1)};
        } else if (value.get_string().get(text)) {
          return false;
        }
        return string(p, stop, text);
      }
      default:
        return plain(p, raw);
    }
  }

  bool string(const char *p, const char *stop, std::string_view text) {
    if (!locate(p)) return false;
    if (++nodes_ > limits_.nodes) return fail(AS_JSON_NODES, p);
    if (*stop == '\\') {
      if (std::memchr(text.data(), 0, text.size())) return fail(AS_JSON_NUL, p);
      while (*stop != '"') stop = quote_or_escape(stop + 2);
    }
    if (text.size() > limits_.text_bytes) return fail(AS_JSON_TEXT_BYTES, p);
    if (!emit(AS_EV_SCALAR, AS_TEXT, true, text)) return false;
    pass(stop + 1);
    return true;
  }

  // A number, true, false or null; raw may have blanks behind it.
  bool plain(const char *p, std::string_view raw) {
    if (!locate(p)) return false;
    if (++nodes_ > limits_.nodes) return fail(AS_JSON_NODES, p);
    size_t n = raw.size();
    while (n && blank(raw[n - 1])) n--;
    std::string_view text = raw.substr(0, n);
    as_node_type type = AS_NULL;
    if (text == "true" || text == "false") {
      type = AS_BOOL;
    } else if (text != "null") {
      if (n > limits_.number_chars && (digit(*p) || *p == '-')) return fail(AS_JSON_NUMBER_CHARS, p);
      if (!number(text, &type)) return false;
      if (type == AS_NULL) return fail(AS_JSON_NUMBER, p, {text.data(), text.size()});
    }
    if (!emit(AS_EV_SCALAR, type, false, text)) return false;
    scan_ = p + n;
    return true;
  }

  static bool digit(char c) { return c >= '0' && c <= '9'; }

  // By JSON's grammar. *type is left alone where no double holds the number.
  static bool number(std::string_view text, as_node_type *type) {
    const char *p = text.data(), *end = p + text.size();
    bool minus = p < end && *p == '-';
    p += minus;
    const char *first = p;
    while (p < end && digit(*p)) p++;
    size_t whole = static_cast<size_t>(p - first);
    if (!whole || (whole > 1 && *first == '0')) return false;
    if (p == end) {
      int64_t integer;
      if (whole <= 18 || std::from_chars(text.data(), end, integer).ec == std::errc()) {
        *type = AS_INT;
        return true;
      }
    }
    bool range = whole > 300;
    if (p < end && *p == '.') {
      const char *decimals = ++p;
      while (p < end && digit(*p)) p++;
      if (p == decimals) return false;
    }
    if (p < end && (*p == 'e' || *p == 'E')) {
      range = true;
      p++;
      if (p < end && (*p == '+' || *p == '-')) p++;
      const char *exponent = p;
      while (p < end && digit(*p)) p++;
      if (p == exponent) return false;
    }
    if (p != end) return false;
    double value;
    if (!range || as_json_double({first, static_cast<size_t>(end - first)}, &value)) *type = AS_NUM;
    return true;
  }

  // A document that is one scalar: on-demand is lax about what stands behind it, so all is checked here.
  bool lone(const char *p, od::document &doc) {
    as_json_fault fault;
    if (!as_json_check(job_->text, job_->line, false, static_cast<uint32_t>(limits_.depth), &fault)) return false;
    const char *stop = end_;
    while (blank(stop[-1])) stop--;
    if (*p != '"') return plain(p, {p, static_cast<size_t>(stop - p)});
    std::string_view text;
    if (doc.get_string().get(text)) return false;
    return string(p, quote_or_escape(p + 1), text);
  }
};

// Whether a number out of range is too small rather than too large.
bool tiny(as_str text) {
  const char *end = text.p + text.n, *point = nullptr, *digit = nullptr, *p = text.p;
  for (; p < end && *p != 'e' && *p != 'E'; p++) {
    if (*p == '.') point = p;
    if (!digit && *p >= '1' && *p <= '9') digit = p;
  }
  if (!digit) return true;
  const char *mantissa_end = p;
  int64_t exponent = 0;
  if (p < end) {
    p += p + 1 < end && p[1] == '+' ? 2 : 1;
    bool minus = p < end && *p == '-';
    if (std::from_chars(p, end, exponent).ec != std::errc()) return minus;
  }
  return exponent < digit - (point ? point : mantissa_end);
}

}  // namespace

extern "C" {

as_json *as_json_new(void) {
  as_json *json = new as_json;
  json->keys = as_keys_new();
  return json;
}

void as_json_free(as_json *json) {
  if (!json) return;
  as_keys_free(json->keys);
  delete json;
}

as_json_status as_json_walk(as_json *json, as_json_job *job) { return walker(json, job).run(); }

bool as_json_utf8(as_str text) { return simdjson::validate_utf8(text.p, text.n); }

bool as_json_double(as_str text, double *out) {
  const char *end = text.p + text.n;
  double value = 0;
  auto result = std::from_chars(text.p, end, value);
  if (result.ptr != end || result.ec == std::errc::invalid_argument) return false;
  bool range = result.ec == std::errc::result_out_of_range;
  if (range && !tiny(text)) return false;
  *out = range ? 0 : value;
  return range || (value >= -DBL_MAX && value <= DBL_MAX);
}

}  // extern "C"
