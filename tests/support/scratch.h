/* scratch.h - a folder of its own for a test's files. */
#ifndef CASUS_TESTS_SCRATCH_H
#define CASUS_TESTS_SCRATCH_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct scratch {
    char folder[256];
    char path[512]; /* of the last scratch_path */
} scratch;

/* Makes the folder under $TMPDIR or /tmp; stops the program when it cannot. */
static inline void scratch_make(scratch *s) {
    const char *base = getenv("TMPDIR");
    snprintf(s->folder, sizeof s->folder, "%s/casus-test-XXXXXX", base && *base ? base : "/tmp");
    s->path[0] = '\0';
    if (!mkdtemp(s->folder)) {
        perror(s->folder);
        abort();
    }
}

/* The path of `name` in the folder; valid until the next call. */
static inline const char *scratch_path(scratch *s, const char *name) {
    snprintf(s->path, sizeof s->path, "%s/%s", s->folder, name);
    return s->path;
}

static inline const char *scratch_write(scratch *s, const char *name, const void *bytes,
                                        size_t len) {
    const char *path = scratch_path(s, name);
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(bytes, 1, len, file) != len || fclose(file) != 0) {
        perror(path);
        abort();
    }
    return path;
}

/* Removes the named files (NULL ends the list) and the folder, which must then be empty: 0. */
static inline int scratch_remove(scratch *s, const char *const *names) {
    for (; names && *names; names++) unlink(scratch_path(s, *names));
    return rmdir(s->folder);
}

#endif
