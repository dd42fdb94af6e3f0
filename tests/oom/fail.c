/* Preloaded into assay by sweep.t: counts what each of its processes asks of memory, and lets one request fail.
 *
 * OOM_FILE names a file that holds a `shared`; it is mapped, so that all processes count in it and the test reads it. The
 * processes, and threads as if they were some, are numbered in the order in which they come. Counted are malloc and its kin, and mmap. What fails gives NULL
 * (MAP_FAILED) and ENOMEM. Nothing here asks for memory itself, or makes a system call that the sandbox may forbid. */
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { PROCESSES = 64, SITES = 16384, DEPTH = 8, OURS = 2, WHERE = 14 };

typedef struct {
  uint64_t hash, process, request; /* who came here first, and with which of its requests */
} site;

typedef struct {
  uint64_t process, at;      /* the request that fails, from 1; 0: none */
  uint64_t ever;             /* 1: and all that come later, in whatever process */
  uint64_t find_sites;       /* 1: notes every place that asks for memory */
  uint64_t processes, met;   /* so many were forked; so many requests failed */
  uint64_t where[WHERE];     /* who made the first that failed, as addresses within the program (or elsewhere) */
  uint64_t calls[PROCESSES]; /* requests of each */
  uint64_t n_sites;
  site sites[SITES];
} shared;

static shared *all;
static __thread uint64_t number; /* of this process, or thread, plus 1; 0: it has none yet */
static uintptr_t base;  /* of the program */

void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);
/* Those of AddressSanitizer, where it is there. */
void *__interceptor_malloc(size_t) __attribute__((weak));
void *__interceptor_calloc(size_t, size_t) __attribute__((weak));
void *__interceptor_realloc(void *, size_t) __attribute__((weak));
void *__interceptor_memalign(size_t, size_t) __attribute__((weak));

static void forked(void) {
  if (all) number = __atomic_add_fetch(&all->processes, 1, __ATOMIC_RELAXED);
}

__attribute__((constructor)) static void begin(void) {
  const char *path = getenv("OOM_FILE");
  int fd = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
  if (fd < 0) return;
  void *first[1];
  backtrace(first, 1); /* loads what it needs */
  pthread_atfork(NULL, NULL, forked);
  long at = syscall(SYS_mmap, NULL, sizeof(shared), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0L);
  close(fd);
  if (at != -1) all = (shared *)at;
  forked();
  base = getauxval(AT_PHDR) & ~(uintptr_t)4095;
}

/* Tells places apart by who called whom, a few calls deep. Only one process at a time may be busy, or places are noted twice. */
static void note_site(uint64_t request) {
  void *calls[DEPTH + OURS];
  uint64_t hash = 1469598103934665603u;
  int n = backtrace(calls, DEPTH + OURS);
  for (int i = OURS; i < n; i++) hash = (hash ^ (uint64_t)calls[i]) * 1099511628211u;
  hash = hash ? hash : 1;
  for (uint64_t i = hash % SITES, tries = 0; tries < SITES; i = (i + 1) % SITES, tries++) {
    uint64_t free_one = 0;
    if (all->sites[i].hash == hash) return;
    if (all->sites[i].hash == 0 && __atomic_compare_exchange_n(&all->sites[i].hash, &free_one, hash, 0, __ATOMIC_RELAXED, __ATOMIC_RELAXED)) {
      all->sites[i].process = number - 1;
      all->sites[i].request = request;
      __atomic_add_fetch(&all->n_sites, 1, __ATOMIC_RELAXED);
      return;
    }
  }
}

static void note_where(void) {
  void *calls[WHERE + OURS];
  int n = backtrace(calls, WHERE + OURS);
  for (int i = OURS; i < n; i++) all->where[i - OURS] = (uintptr_t)calls[i] - base;
}

static int fails(void) {
  if (!all) return 0;
  if (!number) forked();
  if (number > PROCESSES) return 0;
  uint64_t n = ++all->calls[number - 1];
  if (all->find_sites) note_site(n);
  if (!all->at || !((number - 1 == all->process && n == all->at) || (all->ever && all->met))) return 0;
  if (__atomic_add_fetch(&all->met, 1, __ATOMIC_RELAXED) == 1) note_where();
  errno = ENOMEM;
  return 1;
}

void *malloc(size_t n) {
  if (fails()) return NULL;
  return __interceptor_malloc ? __interceptor_malloc(n) : __libc_malloc(n);
}

void *calloc(size_t count, size_t n) {
  if (fails()) return NULL;
  return __interceptor_calloc ? __interceptor_calloc(count, n) : __libc_calloc(count, n);
}

void *realloc(void *old, size_t n) {
  if (n && fails()) return NULL;
  return __interceptor_realloc ? __interceptor_realloc(old, n) : __libc_realloc(old, n);
}

void *memalign(size_t align, size_t n) {
  if (fails()) return NULL;
  return __interceptor_memalign ? __interceptor_memalign(align, n) : __libc_memalign(align, n);
}

void *aligned_alloc(size_t align, size_t n) { return memalign(align, n); }

int posix_memalign(void **out, size_t align, size_t n) {
  void *p = memalign(align, n);
  if (!p) return ENOMEM;
  *out = p;
  return 0;
}

void *mmap(void *at, size_t n, int protection, int flags, int fd, off_t offset) {
  if (fails()) return MAP_FAILED;
  long p = syscall(SYS_mmap, at, n, protection, flags, fd, offset);
  return p == -1 ? MAP_FAILED : (void *)p;
}

void *mmap64(void *at, size_t n, int protection, int flags, int fd, off_t offset) { return mmap(at, n, protection, flags, fd, offset); }
