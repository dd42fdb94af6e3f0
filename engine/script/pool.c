/* Memory for Lua's objects: small ones from free lists by size, as Lua tells the size of what it gives back.
 * Memory goes back to the system only all at once. No accounting here (budget.c). */
#include <string.h>

#include "script/internal.h"

#if defined(__SANITIZE_ADDRESS__)
enum { SMALL = 0 }; /* the sanitizer watches single objects */
#else
enum { SMALL = 512 };
#endif
enum { STEP = 16, FIRST = 64 * 1024 };

typedef struct chunk {
  struct chunk *next;
  size_t size;
} chunk;

typedef struct free_item {
  struct free_item *next;
} free_item;

struct as_pool {
  free_item *free[512 / STEP + 1];
  chunk *chunks;
  char *at, *end;
};

as_pool *as_pool_new(void) { return as_calloc(1, sizeof(as_pool)); }

void as_pool_free(as_pool *pool) {
  if (!pool) return;
  for (chunk *c = pool->chunks, *next; c; c = next) {
    next = c->next;
    if (c->size < AS_PAGES) as_free(c);
    else as_pages_free(c, c->size);
  }
  as_free(pool);
}

static size_t class_of(size_t size) { return (size + STEP - 1) / STEP; }

static void *refill(as_pool *pool, size_t bytes) {
  size_t size = !pool->chunks ? FIRST : pool->chunks->size < AS_PAGES / 4 ? 2 * pool->chunks->size : AS_PAGES;
  chunk *c = size < AS_PAGES ? as_alloc(size) : as_pages_alloc(size);
  *c = (chunk){pool->chunks, size};
  pool->chunks = c;
  pool->at = (char *)(c + 1);
  pool->end = (char *)c + size;
  void *p = pool->at;
  pool->at += bytes;
  return p;
}

static void *take(as_pool *pool, size_t size) {
  if (size > SMALL) return as_alloc(size);
  size_t n = class_of(size);
  free_item *item = pool->free[n];
  if (item) {
    pool->free[n] = item->next;
    return item;
  }
  size_t bytes = n * STEP;
  if ((size_t)(pool->end - pool->at) < bytes) return refill(pool, bytes); /* the rest of the chunk is left */
  void *p = pool->at;
  pool->at += bytes;
  return p;
}

static void give(as_pool *pool, void *p, size_t size) {
  if (size > SMALL) {
    as_free(p);
    return;
  }
  free_item *item = p;
  size_t n = class_of(size);
  item->next = pool->free[n];
  pool->free[n] = item;
}

void as_pool_forked(as_pool *pool) {
  memset(pool->free, 0, sizeof pool->free);
  pool->at = pool->end = NULL;
}

void *as_pool_realloc(as_pool *pool, void *p, size_t old_size, size_t size) {
  if (!size) {
    if (p) give(pool, p, old_size);
    return NULL;
  }
  if (!p) return take(pool, size);
  if (old_size > SMALL && size > SMALL) return as_realloc(p, size);
  if (old_size <= SMALL && size <= SMALL && class_of(old_size) == class_of(size)) return p;
  void *moved = take(pool, size);
  memcpy(moved, p, old_size < size ? old_size : size);
  give(pool, p, old_size);
  return moved;
}
