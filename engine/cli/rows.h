/* Rows of values as text: an aligned table, JSON (a list, or an object a line), CSV. Every text is made safe to show on its way. */
#ifndef AS_CLI_ROWS_H
#define AS_CLI_ROWS_H

#include "base/node.h"

typedef enum { AS_ROWS_TABLE, AS_ROWS_JSON, AS_ROWS_NDJSON, AS_ROWS_CSV } as_rows_format;

typedef struct as_rows as_rows;
/* `width`: columns of the terminal that a table must fit into; 0: as wide as it is. */
as_rows *as_rows_new(as_rows_format format, int width);
void as_rows_free(as_rows *rows);
/* The names of the columns (a list of texts), before the first row. Copied. */
void as_rows_columns(as_rows *rows, const as_node *columns);
/* One row: a list of as many nulls, numbers and texts. Copied. */
void as_rows_add(as_rows *rows, const as_node *row);
/* Behind the last row. Without columns there is nothing to write. */
void as_rows_end(as_rows *rows);
/* What can be written so far. The caller writes it and sets its length to 0. A table comes whole, at its end. */
as_buf *as_rows_out(as_rows *rows);

#endif
