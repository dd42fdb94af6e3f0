/* libarchive, loaded only where an archive is read: it brings ten libraries with it, which would cost every run of the program
 * 2 ms. Whoever raises walls loads it first. */
#ifndef AS_MODEL_LIBARCHIVE_H
#define AS_MODEL_LIBARCHIVE_H

#include <archive.h>
#include <archive_entry.h>

#define AS_LIBARCHIVE(X)                                                                                                        \
  X(archive_errno) X(archive_error_string) X(archive_filter_count) X(archive_read_data_block) X(archive_read_free)              \
  X(archive_read_new) X(archive_read_next_header) X(archive_read_open) X(archive_read_open1) X(archive_read_set_callback_data)  \
  X(archive_read_set_read_callback) X(archive_read_set_seek_callback) X(archive_read_support_filter_gzip)                       \
  X(archive_read_support_filter_zstd) X(archive_read_support_format_empty) X(archive_read_support_format_raw)                   \
  X(archive_read_support_format_tar) X(archive_read_support_format_zip_seekable) X(archive_set_error)                           \
  X(archive_entry_filetype) X(archive_entry_hardlink) X(archive_entry_is_encrypted) X(archive_entry_pathname)                   \
  X(archive_entry_size) X(archive_entry_size_is_set) X(archive_entry_sparse_count) X(archive_entry_symlink)

typedef struct {
#define AS_MEMBER(name) __typeof__(name) *name;
  AS_LIBARCHIVE(AS_MEMBER)
#undef AS_MEMBER
} as_libarchive;

/* Its functions under their own names; loaded by the first call. NULL where the library is not there. */
const as_libarchive *as_libarchive_load(void);

#endif
