/* Versions of the libraries behind the script layer. Loads nothing. */
#include "script/version.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <lua.h>
#include <pcre2.h>

void as_script_versions(as_buf *out) {
  char pcre2[64] = "";
  pcre2_config(PCRE2_CONFIG_VERSION, pcre2);
  as_buf_printf(out, "%s\nPCRE2 %s\n", LUA_RELEASE, pcre2);
}
