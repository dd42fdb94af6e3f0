/* Sets of keys, one for each open map, as a stack. Small maps are searched by hash from end to end,
 * larger ones get a table. The hash is seeded by the process, so that no file can be made to collide;
 * what is found does not depend on it.
 *
 * Records have the same keys in the same order, most of the time. What a closed map leaves behind in the
 * stack is therefore kept in place: as long as a map brings the very keys of the one before, they are known to
 * be distinct and nothing is searched or written. `series` tells which entries belong together. */
#include "read/keys.h"

#include <string.h>
#include <sys/auxv.h>

#define SMALL 16u /* keys up to which no table is needed */

typedef struct {
  uint64_t hash;
  size_t at; /* in bytes */
  uint32_t n, line, series;
} entry;

typedef struct {
  size_t first, bytes; /* of entries and of bytes, where the map begins */
  uint32_t *slots;     /* number of the entry + 1, or 0; NULL while the map is small */
  size_t n_slots;      /* a power of two */
  uint32_t series;
  bool follows;        /* all keys so far are those of an earlier map */
} frame;

struct as_keys {
  uint64_t seed[2];
  frame *frames;
  size_t n_frames, cap_frames;
  entry *entries;
  size_t n_entries, cap_entries, left; /* left: entries that are good, with those of closed maps */
  uint32_t n_series;
  as_buf bytes; /* its len is what is in use */
};

as_keys *as_keys_new(void) {
  as_keys *keys = as_calloc(1, sizeof *keys);
  /* Sixteen random bytes that the kernel gave the process. */
  const void *random = (const void *)(uintptr_t)getauxval(AT_RANDOM);
  if (random) memcpy(keys->seed, random, sizeof keys->seed);
  return keys;
}

void as_keys_clear(as_keys *keys) {
  while (keys->n_frames) as_keys_close(keys);
}

void as_keys_free(as_keys *keys) {
  if (!keys) return;
  as_keys_clear(keys);
  as_free(keys->frames);
  as_free(keys->entries);
  as_buf_free(&keys->bytes);
  as_free(keys);
}

void as_keys_open(as_keys *keys) {
  as_grow(&keys->frames, &keys->cap_frames, keys->n_frames + 1, sizeof *keys->frames);
  keys->frames[keys->n_frames++] = (frame){.first = keys->n_entries, .bytes = keys->bytes.len, .follows = true};
}

void as_keys_close(as_keys *keys) {
  frame *f = &keys->frames[--keys->n_frames];
  if (f->slots) as_free(f->slots);
  keys->n_entries = f->first;
  keys->bytes.len = f->bytes;
}

static uint64_t mix(uint64_t a, uint64_t b) {
  __extension__ typedef unsigned __int128 wide;
  wide product = (wide)a * b;
  return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static uint64_t hash_of(const as_keys *keys, as_str key) {
  uint64_t h = keys->seed[0] ^ key.n, w = 0, v = 0;
  const char *p = key.p;
  size_t n = key.n;
  for (; n > 16; n -= 16, p += 16) {
    memcpy(&w, p, 8);
    memcpy(&v, p + 8, 8);
    h = mix(h ^ w, keys->seed[1] ^ v ^ 0x9e3779b97f4a7c15u);
  }
  w = v = 0;
  if (n >= 8) {
    memcpy(&w, p, 8);
    memcpy(&v, p + n - 8, 8);
  } else if (n >= 4) {
    uint32_t a, b;
    memcpy(&a, p, 4);
    memcpy(&b, p + n - 4, 4);
    w = (uint64_t)a << 32 | b;
  } else if (n) {
    w = (uint64_t)(unsigned char)p[0] << 16 | (uint64_t)(unsigned char)p[n / 2] << 8 | (unsigned char)p[n - 1];
  }
  return mix(h ^ w ^ 0xa0761d6478bd642fu, keys->seed[1] ^ v ^ 0xe7037ed1a0b428dbu);
}

static bool same(const as_keys *keys, const entry *e, uint64_t hash, as_str key) {
  return e->hash == hash && e->n == key.n && !memcmp(keys->bytes.data + e->at, key.p, key.n);
}

static void settle(frame *f, const entry *entries, size_t number) {
  size_t at = entries[number].hash & (f->n_slots - 1);
  while (f->slots[at]) at = (at + 1) & (f->n_slots - 1);
  f->slots[at] = (uint32_t)(number - f->first) + 1;
}

static void enlarge(as_keys *keys, frame *f) {
  size_t count = keys->n_entries - f->first;
  f->n_slots = 128;
  while (f->n_slots < count * 4) f->n_slots *= 2;
  as_free(f->slots);
  f->slots = as_calloc(f->n_slots, sizeof *f->slots);
  for (size_t i = f->first; i < keys->n_entries; i++) settle(f, keys->entries, i);
}

static const entry *find(const as_keys *keys, const frame *f, uint64_t hash, as_str key) {
  if (!f->slots) {
    for (size_t i = f->first; i < keys->n_entries; i++)
      if (same(keys, &keys->entries[i], hash, key)) return &keys->entries[i];
    return NULL;
  }
  for (size_t at = hash & (f->n_slots - 1); f->slots[at]; at = (at + 1) & (f->n_slots - 1)) {
    const entry *e = &keys->entries[f->first + f->slots[at] - 1];
    if (same(keys, e, hash, key)) return e;
  }
  return NULL;
}

/* True where the key is the next one of the map that is followed. */
static bool follow(as_keys *keys, frame *f, as_str key, uint32_t line) {
  if (keys->n_entries >= keys->left) return false;
  entry *e = &keys->entries[keys->n_entries];
  bool begins = keys->n_entries == f->first;
  if (e->at != keys->bytes.len || e->n != key.n || (!begins && e->series != f->series)) return false;
  if (memcmp(keys->bytes.data + e->at, key.p, key.n) != 0) return false;
  f->series = e->series;
  e->line = line;
  keys->bytes.len += key.n;
  keys->n_entries++;
  return true;
}

/* From here on the map is one of its own. */
static void part(as_keys *keys, frame *f) {
  f->follows = false;
  f->series = ++keys->n_series;
  for (size_t i = f->first; i < keys->n_entries; i++) keys->entries[i].series = f->series;
  if (keys->n_entries - f->first > SMALL) enlarge(keys, f);
}

bool as_keys_add(as_keys *keys, as_str key, uint32_t line, uint32_t *earlier) {
  frame *f = &keys->frames[keys->n_frames - 1];
  if (f->follows) {
    if (follow(keys, f, key, line)) return true;
    part(keys, f);
  }
  uint64_t hash = hash_of(keys, key);
  const entry *known = find(keys, f, hash, key);
  if (known) {
    *earlier = known->line;
    return false;
  }
  as_grow(&keys->entries, &keys->cap_entries, keys->n_entries + 1, sizeof *keys->entries);
  keys->entries[keys->n_entries++] = (entry){hash, keys->bytes.len, (uint32_t)key.n, line, f->series};
  keys->left = keys->n_entries; /* what stood behind may have lost its bytes */
  as_buf_add(&keys->bytes, key.n ? key.p : "", key.n);
  size_t count = keys->n_entries - f->first;
  if (count <= SMALL) return true;
  if (f->slots && count * 2 < f->n_slots)
    settle(f, keys->entries, keys->n_entries - 1);
  else
    enlarge(keys, f);
  return true;
}
