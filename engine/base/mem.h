/* Memory: checked allocation, arenas and growing byte buffers.
 *
 * Nothing here returns NULL. When the system has no memory left, the process
 * calls the handler set by as_mem_on_exhausted and ends; a caller therefore
 * never writes a failure path for allocation. */
#ifndef AS_BASE_MEM_H
#define AS_BASE_MEM_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What to do when memory is exhausted. It must not allocate and should end the
 * process; when it returns, the process exits with 70. NULL restores the
 * default, which writes one line to stderr. */
void as_mem_on_exhausted(void (*handler)(void));
/* Says so and ends: for libraries that report lack of memory themselves. */
void as_mem_exhausted(void) __attribute__((noreturn, cold));

/* Gives memory that the caller frees with as_free. Sizes of 0 give a valid pointer. */
void *as_alloc(size_t size);
void *as_calloc(size_t count, size_t size);
void *as_realloc(void *old, size_t size);
void as_free(void *p);

/* Grows *items (of `size` bytes each) so that it can hold `need`; doubles *cap. */
void as_grow(void *items_pp, size_t *cap, size_t need, size_t size);

/* Large blocks that are used up from the beginning, on huge pages where the system has them: these cost a tenth of what as
 * many small ones do. `size` is a multiple of AS_PAGES. Not cleared. */
#define AS_PAGES ((size_t)2 << 20)
void *as_pages_alloc(size_t size);
void as_pages_free(void *p, size_t size);
/* Bytes of them that this process holds. */
size_t as_pages_held(void);

/* An arena gives memory that is freed all at once. */
typedef struct as_arena as_arena;

as_arena *as_arena_new(void);
/* Aligned to 8 bytes, not cleared. Pinned to the arena. */
void *as_arena_alloc(as_arena *arena, size_t size);
void *as_arena_calloc(as_arena *arena, size_t size);
/* A copy of n bytes with a NUL behind them. Pinned to the arena. */
char *as_arena_copy(as_arena *arena, const void *bytes, size_t n);
char *as_arena_printf(as_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Empties the arena but keeps its largest block for reuse. */
void as_arena_reset(as_arena *arena);
void as_arena_free(as_arena *arena);
/* Bytes handed out since the last reset. */
size_t as_arena_used(const as_arena *arena);

/* A growing byte buffer; `data` is always NUL-terminated once anything was added. */
typedef struct {
  char *data;
  size_t len, cap;
} as_buf;

void as_buf_add(as_buf *buf, const void *bytes, size_t n);
void as_buf_adds(as_buf *buf, const char *text);
void as_buf_addc(as_buf *buf, char c);
void as_buf_printf(as_buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void as_buf_vprintf(as_buf *buf, const char *format, va_list args);
void as_buf_free(as_buf *buf);

#endif
