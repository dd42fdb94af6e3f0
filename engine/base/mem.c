/* Checked allocation, arenas and growing byte buffers.
 * Ends the process when memory is exhausted; must not return NULL to anybody. */
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#define POISON(p, n) ASAN_POISON_MEMORY_REGION((p), (n))
#define UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION((p), (n))
#else
#define POISON(p, n) ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
#endif

/* The one mutable global: a failure path in every caller would be the alternative. */
static void (*exhausted_handler)(void);

void as_mem_on_exhausted(void (*handler)(void)) { exhausted_handler = handler; }

void as_mem_exhausted(void) {
  if (exhausted_handler) {
    exhausted_handler();
  } else {
    static const char text[] = "assay: out of memory\n";
    ssize_t ignored = write(STDERR_FILENO, text, sizeof text - 1);
    (void)ignored;
  }
  _exit(70);
}

void *as_alloc(size_t size) {
  void *p = malloc(size ? size : 1);
  if (!p) as_mem_exhausted();
  return p;
}

void *as_calloc(size_t count, size_t size) {
  void *p = (count && size) ? calloc(count, size) : calloc(1, 1);
  if (!p) as_mem_exhausted();
  return p;
}

void *as_realloc(void *old, size_t size) {
  void *p = realloc(old, size ? size : 1);
  if (!p) as_mem_exhausted();
  return p;
}

void as_free(void *p) { free(p); }

void as_grow(void *items_pp, size_t *cap, size_t need, size_t size) {
  if (need <= *cap) return;
  size_t more = *cap < 8 ? 8 : *cap;
  while (more < need) {
    if (more > SIZE_MAX / 2) as_mem_exhausted();
    more *= 2;
  }
  if (size && more > (size_t)PTRDIFF_MAX / size) as_mem_exhausted();
  void *items; /* copied, not cast: the caller's pointer has a type of its own */
  memcpy(&items, items_pp, sizeof items);
  items = as_realloc(items, more * size);
  memcpy(items_pp, &items, sizeof items);
  *cap = more;
}

/* Pages */

static _Atomic size_t held; /* malloc tells how much it holds; these are not among it */

size_t as_pages_held(void) { return held; }

#if defined(__SANITIZE_ADDRESS__) /* which does not look for pointers there */
void *as_pages_alloc(size_t size) { return as_alloc(size); }

void as_pages_free(void *p, size_t size) {
  (void)size;
  as_free(p);
}
#else
void *as_pages_alloc(size_t size) {
  if (size > (size_t)PTRDIFF_MAX - AS_PAGES) as_mem_exhausted();
  char *p = mmap(NULL, size + AS_PAGES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (p == MAP_FAILED) as_mem_exhausted();
  size_t before = (AS_PAGES - (uintptr_t)p % AS_PAGES) % AS_PAGES; /* huge pages are aligned */
  if (before) munmap(p, before);
  munmap(p + before + size, AS_PAGES - before);
  madvise(p + before, size, MADV_HUGEPAGE);
  held += size;
  return p + before;
}

void as_pages_free(void *p, size_t size) {
  if (!p) return;
  munmap(p, size);
  held -= size;
}
#endif

/* Arena */

#define BLOCK_FIRST ((size_t)64 * 1024)
#define BLOCK_MOST AS_PAGES /* with its head; smaller ones come from malloc */

typedef struct block block;
struct block {
  block *next;
  size_t cap, used;
  _Alignas(16) unsigned char bytes[];
};

struct as_arena {
  block *current; /* blocks are chained behind it */
  size_t next_cap, used;
};

static block *block_new(size_t cap) {
  if (cap > (size_t)PTRDIFF_MAX - sizeof(block) - BLOCK_MOST) as_mem_exhausted();
  size_t size = sizeof(block) + cap;
  block *b;
  if (size < BLOCK_MOST) {
    b = as_alloc(size);
  } else {
    size = (size + AS_PAGES - 1) / AS_PAGES * AS_PAGES;
    b = as_pages_alloc(size);
    cap = size - sizeof(block);
  }
  *b = (block){.cap = cap};
  POISON(b->bytes, cap);
  return b;
}

static void block_free(block *b) {
  UNPOISON(b->bytes, b->cap);
  if (b->cap + sizeof(block) < BLOCK_MOST) as_free(b);
  else as_pages_free(b, b->cap + sizeof(block));
}

as_arena *as_arena_new(void) {
  as_arena *arena = as_alloc(sizeof *arena);
  *arena = (as_arena){.next_cap = BLOCK_FIRST};
  return arena;
}

static void *arena_grow(as_arena *arena, size_t size) {
  block *b = arena->current;
  if (b && size > arena->next_cap / 4) {
    /* A large piece gets a block of its own, so that the rest of the current one stays in use. */
    block *own = block_new(size);
    own->used = size;
    own->next = b->next;
    b->next = own;
    return own->bytes;
  }
  size_t cap = arena->next_cap < size ? size : arena->next_cap;
  arena->next_cap = arena->next_cap * 2 < BLOCK_MOST ? arena->next_cap * 2 : BLOCK_MOST - sizeof(block);
  b = block_new(cap);
  b->used = size;
  b->next = arena->current;
  arena->current = b;
  return b->bytes;
}

void *as_arena_alloc(as_arena *arena, size_t size) {
  if (size > (size_t)PTRDIFF_MAX - 64) as_mem_exhausted();
  size_t rounded = size ? (size + 7) & ~(size_t)7 : 8;
  arena->used += rounded;
  block *b = arena->current;
  void *p;
  if (b && b->cap - b->used >= rounded) {
    p = b->bytes + b->used;
    b->used += rounded;
  } else {
    p = arena_grow(arena, rounded);
  }
  UNPOISON(p, size);
  return p;
}

void *as_arena_calloc(as_arena *arena, size_t size) {
  void *p = as_arena_alloc(arena, size);
  memset(p, 0, size);
  return p;
}

char *as_arena_copy(as_arena *arena, const void *bytes, size_t n) {
  if (n > (size_t)PTRDIFF_MAX - 64) as_mem_exhausted();
  char *p = as_arena_alloc(arena, n + 1);
  if (n) memcpy(p, bytes, n);
  p[n] = 0;
  return p;
}

char *as_arena_printf(as_arena *arena, const char *format, ...) {
  char small[256];
  va_list args, again;
  va_start(args, format);
  va_copy(again, args);
  int n = vsnprintf(small, sizeof small, format, args);
  va_end(args);
  char *p;
  if (n < 0) {
    p = as_arena_copy(arena, "", 0);
  } else if ((size_t)n < sizeof small) {
    p = as_arena_copy(arena, small, (size_t)n);
  } else {
    p = as_arena_alloc(arena, (size_t)n + 1);
    vsnprintf(p, (size_t)n + 1, format, again);
  }
  va_end(again);
  return p;
}

void as_arena_reset(as_arena *arena) {
  block *largest = arena->current;
  for (block *b = arena->current; b; b = b->next)
    if (b->cap > largest->cap) largest = b;
  for (block *b = arena->current, *next; b; b = next) {
    next = b->next;
    if (b != largest) block_free(b);
  }
  if (largest) {
    largest->next = NULL;
    largest->used = 0;
    POISON(largest->bytes, largest->cap);
  }
  arena->current = largest;
  arena->used = 0;
}

void as_arena_free(as_arena *arena) {
  if (!arena) return;
  for (block *b = arena->current, *next; b; b = next) {
    next = b->next;
    block_free(b);
  }
  as_free(arena);
}

size_t as_arena_used(const as_arena *arena) { return arena->used; }

/* Buffer */

/* Room for n more bytes and the NUL. */
static void buf_reserve(as_buf *buf, size_t n) {
  if (n > (size_t)PTRDIFF_MAX - 64 || buf->len > (size_t)PTRDIFF_MAX - 64 - n) as_mem_exhausted();
  size_t need = buf->len + n + 1;
  if (need <= buf->cap) return;
  size_t cap = buf->cap < 32 ? 64 : buf->cap + buf->cap / 2;
  if (cap < need) cap = need;
  buf->data = as_realloc(buf->data, cap);
  buf->cap = cap;
}

void as_buf_add(as_buf *buf, const void *bytes, size_t n) {
  buf_reserve(buf, n);
  if (n) memcpy(buf->data + buf->len, bytes, n);
  buf->len += n;
  buf->data[buf->len] = 0;
}

void as_buf_adds(as_buf *buf, const char *text) {
  if (text) as_buf_add(buf, text, strlen(text));
}

void as_buf_addc(as_buf *buf, char c) {
  buf_reserve(buf, 1);
  buf->data[buf->len++] = c;
  buf->data[buf->len] = 0;
}

void as_buf_vprintf(as_buf *buf, const char *format, va_list args) {
  va_list again;
  va_copy(again, args);
  buf_reserve(buf, 96);
  size_t room = buf->cap - buf->len;
  int n = vsnprintf(buf->data + buf->len, room, format, args);
  if (n < 0) {
    buf->data[buf->len] = 0;
  } else {
    if ((size_t)n >= room) {
      buf_reserve(buf, (size_t)n);
      vsnprintf(buf->data + buf->len, (size_t)n + 1, format, again);
    }
    buf->len += (size_t)n;
  }
  va_end(again);
}

void as_buf_printf(as_buf *buf, const char *format, ...) {
  va_list args;
  va_start(args, format);
  as_buf_vprintf(buf, format, args);
  va_end(args);
}

void as_buf_free(as_buf *buf) {
  as_free(buf->data);
  *buf = (as_buf){0};
}
