/* Private to the YAML reader. Beware: <yaml.h> is libyaml's. */
#ifndef AS_READ_YAML_H
#define AS_READ_YAML_H

#include <yaml.h>

#include "read/reader.h"

/* Reports why libyaml could not go on. */
void as_yaml_tell(as_reader *r, const yaml_parser_t *parser);

#endif
