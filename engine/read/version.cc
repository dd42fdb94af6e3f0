/* Versions of the libraries behind the readers. Reads nothing. */
extern "C" {
#include "read/version.h"
}

#include <csv.h>
#include <openssl/crypto.h>
#include <simdjson.h>
#include <yaml.h>

#define AS_STRING_OF(x) #x
#define AS_STRING(x) AS_STRING_OF(x)

extern "C" void as_read_versions(as_buf *out) {
  as_buf_printf(out, "libyaml %s\nsimdjson %s\nlibcsv %d.%d.%d\n%s\n", yaml_get_version_string(), AS_STRING(SIMDJSON_VERSION), CSV_MAJOR, CSV_MINOR,
                CSV_RELEASE, OpenSSL_version(OPENSSL_VERSION));
}
