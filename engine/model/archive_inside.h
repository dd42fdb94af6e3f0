/* An archive that is read in place. Internal to engine/model/archive*.c, tar_scan.c, zip_scan.c and files.c. */
#ifndef AS_MODEL_ARCHIVE_INSIDE_H
#define AS_MODEL_ARCHIVE_INSIDE_H

#include "base/limits.h"
#include "model/sink.h"

/* The bytes of the archive: an open file, or memory. */
typedef struct {
  int fd; /* -1: memory */
  const char *data;
  uint64_t size;
} as_blob;
/* Reads up to n bytes at `at`; fewer only at the end. False where the device fails. */
bool as_blob_read(const as_blob *blob, uint64_t at, void *to, size_t n, size_t *got);

typedef enum { AS_PACKED_NOT, AS_PACKED_ZIP, AS_PACKED_TAR, AS_PACKED_GZIP, AS_PACKED_ZSTD, AS_PACKED_OTHER } as_packing;
/* What the first bytes tell (512 of them are enough). */
as_packing as_packing_of(const void *first, size_t n);
/* True where the name ends as that of an archive does, of one that is read or not; *stem: bytes of the name without the ending. */
bool as_packing_named(const char *name, size_t *stem);

/* A member as the archive has it, before its data. */
typedef struct {
  as_str name;   /* as it is written */
  uint64_t size;
  uint64_t offset, end; /* ZIP: of its local header, and behind its data */
  bool folder;
} as_entry_of_archive;

typedef struct {
  const char *path; /* made plain; NULL for folders and what is hidden */
  as_str name;      /* as it is written */
  uint64_t size;
  bool folder, kept;
  as_buf data;      /* where kept */
} as_member;

typedef struct {
  as_arena *arena;
  as_blob blob;
  as_packing packing;
  const as_limits *limits;
  as_sink *sink;
  bool failed;
  as_entry_of_archive *entries; /* ZIP: of the central directory, in the order of their places */
  size_t n_entries;
  as_member *members; /* in the order of the archive */
  size_t n_members, cap_members;
  as_map *by_path;
  uint64_t unpacked;  /* of all members */
  bool whole;         /* all members are kept */
  unsigned passes;
} as_archive;

/* Reports why the bundle is refused, once. Gives false. */
bool as_archive_fail(as_archive *archive, const char *code, const char *help, const char *format, ...) __attribute__((format(printf, 4, 5)));
/* The same for a limit. */
bool as_archive_limit(as_archive *archive, const char *code, const char *name, uint64_t value, bool bytes, const char *what);
/* The name in quotes, for messages. Appends. */
void as_archive_quote(as_str name, as_buf *out);

/* Makes a plain path of a member's name: no `.` parts. False where it is refused (reported); *path is NULL where nothing is left, or a part
 * begins with `.`. */
bool as_archive_path(as_archive *archive, as_str name, const char **path);

/* Checks the structure of a ZIP and fills archive->entries. False where it is refused (reported). */
bool as_zip_scan(as_archive *archive);

/* Follows the blocks of a tar: checks what libarchive does not, and tells the members by itself. */
typedef struct as_tar_scan as_tar_scan;
/* Whether a block of 512 bytes bears the sum of a tar's header, whatever its form. */
bool as_tar_checksum_holds(const char *block);
as_tar_scan *as_tar_scan_new(as_archive *archive);
void as_tar_scan_free(as_tar_scan *scan);
bool as_tar_scan_feed(as_tar_scan *scan, const char *bytes, size_t n);
/* The stream is at its end: was the archive? */
bool as_tar_scan_end(as_tar_scan *scan);
/* The next member that was seen, or NULL. Valid until the next call. */
const as_entry_of_archive *as_tar_scan_next(as_tar_scan *scan);

/* One pass over all members, in the order of the archive. */
typedef struct as_pass as_pass;
as_pass *as_pass_new(as_archive *archive); /* NULL after a fault */
void as_pass_free(as_pass *pass);
/* The next member; NULL at the end, which was checked, or after a fault. */
const as_entry_of_archive *as_pass_next(as_pass *pass);
/* Its data, into `out`, or nowhere where that is NULL. False after a fault. */
bool as_pass_data(as_pass *pass, uint64_t size, as_buf *out);

/* Opens and checks a whole archive. NULL where it is refused (reported). The blob stays the caller's. */
as_archive *as_archive_open(const as_blob *blob, const as_limits *limits, as_sink *sink);
void as_archive_free(as_archive *archive);
/* The data of a member. False with *why. */
bool as_archive_read(as_archive *archive, const char *path, uint64_t most, as_buf *out, const char **why);

#endif
