/* Where the documents of a bundle lie: a folder, or an archive that is read in place. Internal to engine/model. */
#ifndef AS_MODEL_FILES_H
#define AS_MODEL_FILES_H

#include "base/file.h"
#include "base/limits.h"
#include "model/sink.h"

typedef enum { AS_FILE_ABSENT, AS_FILE_REGULAR, AS_FILE_FOLDER, AS_FILE_LINK, AS_FILE_OTHER } as_file_type;

typedef struct as_files as_files;
/* NULL where it cannot be used (reported to the sink, which must outlive the files). *incomplete: something in it could not be read. */
as_files *as_files_folder(const char *folder, const as_limits *limits, as_sink *sink, bool *incomplete);
/* The open file `fd` (taken over), or where that is -1 the bytes of `data` (borrowed). */
as_files *as_files_archive(int fd, as_str data, const as_limits *limits, as_sink *sink);
void as_files_free(as_files *files);

/* True where a regular file is an archive, by its name and first bytes. */
bool as_files_is_archive(const char *path);
bool as_files_is_archive_text(as_str first);

/* Paths of all files, sorted; hidden ones are left out. Borrowed. */
const as_paths *as_files_paths(const as_files *files);
/* What the folder has beside them: links, pipes, devices. None in an archive. */
const as_paths *as_files_skipped(const as_files *files);
as_file_type as_files_type(const as_files *files, const char *path);
/* Reads a file whole; as as_file_read. */
bool as_files_read(as_files *files, const char *path, uint64_t most, as_buf *out, const char **why);
/* False (reported) where more was read than a bundle may hold, or where the archive had to be given up: the bundle is refused. */
bool as_files_good(const as_files *files);

#endif
