/* files.c - the files that an operand names: itself, those below a folder, those of a pattern.
 *
 * Paths are put in the order of their bytes. Folders are gone through without names that begin with
 * a dot, no deeper than CASUS_INPUT_MOST_FOLDERS (so that a link in a circle ends), at most
 * CASUS_INPUT_MOST_FILES files (given by input.c). A pattern is that of the shell, by glob(3). */
#include "read/input.h"
#include <dirent.h>
#include <errno.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static casus_status add(casus_files *f, const char *path, casus_error *err) {
    if (f->n >= f->most) return casus_base_fail(err, CASUS_E_LIMIT, "more than %zu files", f->most);
    if (f->n == f->cap) {
        const size_t cap = f->cap ? f->cap * 2 : 16;
        char **p = casus_base_resize(f->memory, f->paths, cap * sizeof *p);
        if (!p) return casus_base_no_memory(err);
        f->paths = p;
        f->cap = cap;
    }
    const size_t n = strlen(path) + 1;
    char *copy = casus_base_alloc(f->memory, n);
    if (!copy) return casus_base_no_memory(err);
    f->paths[f->n++] = memcpy(copy, path, n);
    return CASUS_OK;
}

static casus_status add_folder(casus_files *f, const char *folder, unsigned depth,
                               casus_error *err) {
    if (depth > CASUS_INPUT_MOST_FOLDERS)
        return casus_base_fail_at(err, CASUS_E_LIMIT, folder, 0, 0,
                                  "folders more than %u deep inside each other",
                                  CASUS_INPUT_MOST_FOLDERS);
    DIR *open = opendir(folder);
    if (!open) return casus_base_file_failed(err, folder, "open", errno);
    const size_t len = strlen(folder);
    casus_status s = CASUS_OK;
    for (struct dirent *e; !s && (e = readdir(open));) {
        if (e->d_name[0] == '.') continue;
        const size_t size = len + strlen(e->d_name) + 2;
        char *path = casus_base_alloc(f->memory, size);
        if (!path) {
            s = casus_base_no_memory(err);
            break;
        }
        struct stat st;
        snprintf(path, size, "%s%s%s", folder, len && folder[len - 1] == '/' ? "" : "/", e->d_name);
        if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
            s = add_folder(f, path, depth + 1, err);
        else
            s = add(f, path, err);
        casus_base_release(f->memory, path);
    }
    closedir(open);
    return s;
}

static casus_status add_pattern(casus_files *f, const char *pattern, casus_error *err) {
    glob_t g;
    const int got = glob(pattern, GLOB_NOSORT, NULL, &g);
    if (got == GLOB_NOSPACE) return casus_base_no_memory(err);
    if (got) return casus_base_file_failed(err, pattern, "open", ENOENT);
    casus_status s = CASUS_OK;
    for (size_t i = 0; i < g.gl_pathc && !s; i++) {
        struct stat st;
        if (stat(g.gl_pathv[i], &st) == 0 && !S_ISDIR(st.st_mode)) s = add(f, g.gl_pathv[i], err);
    }
    globfree(&g);
    return s;
}

static int by_bytes(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

casus_status casus_read_files(casus_files *f, const char *path, size_t most,
                              const casus_memory *memory, casus_error *err) {
    memset(f, 0, sizeof *f);
    f->most = most;
    f->memory = memory;
    struct stat st;
    casus_status s;
    if (strcmp(path, "-") == 0) {
        s = add(f, path, err);
    } else if (stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
        f->base = strlen(path);
        if (f->base && path[f->base - 1] != '/') f->base++;
        s = add_folder(f, path, 0, err);
    } else if (stat(path, &st) != 0 && strpbrk(path, "*?[")) {
        s = add_pattern(f, path, err);
    } else {
        s = add(f, path, err);
    }
    if (!s && f->n > 1) qsort(f->paths, f->n, sizeof *f->paths, by_bytes);
    if (s) casus_read_files_free(f);
    return s;
}

void casus_read_files_free(casus_files *f) {
    for (size_t i = 0; i < f->n; i++) casus_base_release(f->memory, f->paths[i]);
    if (f->memory) casus_base_release(f->memory, f->paths);
    f->paths = NULL;
    f->n = 0;
}
