/* Slices, interned symbols and the hash map.
 * The hash is keyed by random bytes of the process, so that nobody can prepare keys that collide;
 * nothing may therefore depend on its order, and no order is offered. */
#include "base/str.h"

#include <string.h>
#include <sys/auxv.h>

as_str as_str_of(const char *text) { return (as_str){text, text ? strlen(text) : 0}; }

bool as_str_eq(as_str a, as_str b) { return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0); }

bool as_str_is(as_str a, const char *text) { return as_str_eq(a, as_str_of(text)); }

/* Hash */

__extension__ typedef unsigned __int128 wide;

typedef struct {
  uint64_t a, b;
} hash_key;

static uint64_t load64(const char *p) {
  uint64_t v;
  memcpy(&v, p, sizeof v);
  return v;
}

static uint64_t load32(const char *p) {
  uint32_t v;
  memcpy(&v, p, sizeof v);
  return v;
}

static uint64_t mix(uint64_t a, uint64_t b) {
  wide product = (wide)a * b;
  return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static hash_key key_of_process(void) {
  hash_key key = {0x9e3779b97f4a7c15u, 0xd1b54a32d192ed03u};
  uintptr_t at = (uintptr_t)getauxval(AT_RANDOM); /* 16 bytes from the kernel, no system call */
  if (at) {
    uint64_t random[2];
    memcpy(random, (const void *)at, sizeof random);
    key.a ^= mix(random[0] | 1, 0xa0761d6478bd642fu);
    key.b ^= mix(random[1] | 1, 0xe7037ed1a0b428dbu);
  }
  return key;
}

static uint64_t hash(hash_key key, as_str text) {
  const char *p = text.p;
  size_t n = text.n;
  uint64_t h = key.b ^ (uint64_t)n * 0x9e3779b97f4a7c15u, a, b;
  while (n > 16) {
    h = mix(load64(p) ^ key.a, load64(p + 8) ^ h);
    p += 16;
    n -= 16;
  }
  if (n >= 8) {
    a = load64(p);
    b = load64(p + n - 8);
  } else if (n >= 4) {
    a = load32(p);
    b = load32(p + n - 4);
  } else if (n) {
    a = (uint64_t)(unsigned char)p[0] << 16 | (uint64_t)(unsigned char)p[n / 2] << 8 | (unsigned char)p[n - 1];
    b = 0;
  } else {
    a = b = 0;
  }
  h = mix(a ^ key.a, b ^ h);
  return mix(h ^ 0xe7037ed1a0b428dbu, key.a ^ text.n);
}

/* Symbols. The table is at most half full, so that a search stays short. */

struct as_intern {
  as_arena *arena;
  struct symbol_slot {
    uint64_t hash;
    const as_sym *sym;
  } * slots;
  size_t mask; /* number of slots, a power of two, less one */
  uint32_t count;
  hash_key key;
};

as_intern *as_intern_new(as_arena *arena) {
  as_intern *intern = as_alloc(sizeof *intern);
  *intern = (as_intern){.arena = arena, .mask = 63, .key = key_of_process()};
  intern->slots = as_calloc(intern->mask + 1, sizeof *intern->slots);
  return intern;
}

static size_t intern_slot(const as_intern *intern, as_str text, uint64_t h) {
  size_t i = (size_t)h & intern->mask;
  for (; intern->slots[i].sym; i = (i + 1) & intern->mask) {
    const as_sym *sym = intern->slots[i].sym;
    if (intern->slots[i].hash == h && as_str_eq((as_str){sym->text, sym->len}, text)) break;
  }
  return i;
}

static void intern_double(as_intern *intern) {
  size_t old_count = intern->mask + 1;
  struct symbol_slot *old = intern->slots;
  intern->mask = old_count * 2 - 1;
  intern->slots = as_calloc(old_count * 2, sizeof *old);
  for (size_t k = 0; k < old_count; k++) {
    if (!old[k].sym) continue;
    size_t i = (size_t)old[k].hash & intern->mask;
    while (intern->slots[i].sym) i = (i + 1) & intern->mask;
    intern->slots[i] = old[k];
  }
  as_free(old);
}

const as_sym *as_intern_add(as_intern *intern, as_str text) {
  uint64_t h = hash(intern->key, text);
  size_t i = intern_slot(intern, text, h);
  if (intern->slots[i].sym) return intern->slots[i].sym;
  if (text.n >= UINT32_MAX || intern->count == UINT32_MAX) as_mem_exhausted();
  as_sym *sym = as_arena_alloc(intern->arena, sizeof *sym + text.n + 1);
  sym->id = intern->count++;
  sym->len = (uint32_t)text.n;
  if (text.n) memcpy(sym->text, text.p, text.n);
  sym->text[text.n] = 0;
  intern->slots[i] = (struct symbol_slot){h, sym};
  if ((size_t)intern->count * 2 > intern->mask) intern_double(intern);
  return sym;
}

const as_sym *as_intern_find(const as_intern *intern, as_str text) {
  return intern->slots[intern_slot(intern, text, hash(intern->key, text))].sym;
}

void as_intern_free(as_intern *intern) {
  if (!intern) return;
  as_free(intern->slots);
  as_free(intern);
}

/* Map */

struct as_map {
  struct map_slot {
    uint64_t hash;
    as_str key;
    void *value;
    bool taken;
  } * slots;
  size_t mask, count;
  hash_key key;
};

as_map *as_map_new(void) {
  as_map *map = as_alloc(sizeof *map);
  *map = (as_map){.mask = 15, .key = key_of_process()};
  map->slots = as_calloc(map->mask + 1, sizeof *map->slots);
  return map;
}

void as_map_free(as_map *map) {
  if (!map) return;
  as_free(map->slots);
  as_free(map);
}

static size_t map_slot(const as_map *map, as_str key, uint64_t h) {
  size_t i = (size_t)h & map->mask;
  for (; map->slots[i].taken; i = (i + 1) & map->mask)
    if (map->slots[i].hash == h && as_str_eq(map->slots[i].key, key)) break;
  return i;
}

static void map_double(as_map *map) {
  size_t old_count = map->mask + 1;
  struct map_slot *old = map->slots;
  map->mask = old_count * 2 - 1;
  map->slots = as_calloc(old_count * 2, sizeof *old);
  for (size_t k = 0; k < old_count; k++) {
    if (!old[k].taken) continue;
    size_t i = (size_t)old[k].hash & map->mask;
    while (map->slots[i].taken) i = (i + 1) & map->mask;
    map->slots[i] = old[k];
  }
  as_free(old);
}

void *as_map_put(as_map *map, as_str key, void *value) {
  uint64_t h = hash(map->key, key);
  struct map_slot *slot = &map->slots[map_slot(map, key, h)];
  if (slot->taken) {
    void *earlier = slot->value;
    slot->value = value;
    return earlier;
  }
  *slot = (struct map_slot){h, key, value, true};
  map->count++;
  if (map->count * 2 > map->mask) map_double(map);
  return NULL;
}

void *as_map_get(const as_map *map, as_str key) {
  const struct map_slot *slot = &map->slots[map_slot(map, key, hash(map->key, key))];
  return slot->taken ? slot->value : NULL;
}

size_t as_map_count(const as_map *map) { return map->count; }
