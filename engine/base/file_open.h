/* Opening beneath a folder, for the other files of this unit. */
#ifndef AS_BASE_FILE_OPEN_H
#define AS_BASE_FILE_OPEN_H

/* Opens `path` beneath the folder `dirfd` without following any link. -1 with errno; EXDEV where
 * the path leads out. The caller closes. */
int as_open_beneath(int dirfd, const char *path, int flags);

#endif
