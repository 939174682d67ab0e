/* standalone.c - a main for the fuzz targets without a fuzzer: runs the target once on every file
 * named, or on every file of every folder named, so that any compiler can run a corpus as a
 * regression test. 0 when all ran (a target that finds fault stops the program), 2 when a file
 * could not be read or there was none.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define PATH_MOST 4096

static int by_name(const struct dirent **a, const struct dirent **b) {
    return strcmp((*a)->d_name, (*b)->d_name);
}

/* How many files ran; -1 when one could not be read. */
static int run_file(const char *path, long size) {
    FILE *file = fopen(path, "rb");
    uint8_t *bytes = malloc(size ? (size_t)size : 1); /* no byte more: overruns show */
    int done = -1;
    if (file && bytes && fread(bytes, 1, (size_t)size, file) == (size_t)size) {
        fprintf(stderr, "%s\n", path);
        LLVMFuzzerTestOneInput(bytes, (size_t)size);
        done = 1;
    } else {
        perror(path);
    }
    free(bytes);
    if (file) fclose(file);
    return done;
}

static int run_path(const char *path) {
    struct stat st;
    if (stat(path, &st) != 0) {
        perror(path);
        return -1;
    }
    if (!S_ISDIR(st.st_mode)) return run_file(path, (long)st.st_size);
    struct dirent **list;
    int n = scandir(path, &list, NULL, by_name);
    if (n < 0) {
        perror(path);
        return -1;
    }
    int total = 0;
    for (int i = 0; i < n; i++) {
        char inside[PATH_MOST];
        int len = snprintf(inside, sizeof inside, "%s/%s", path, list[i]->d_name);
        int ran = 0;
        if (list[i]->d_name[0] != '.') {
            ran = len > 0 && len < PATH_MOST ? run_path(inside) : -1;
        }
        total = total < 0 || ran < 0 ? -1 : total + ran;
        free(list[i]);
    }
    free(list);
    return total;
}

int main(int argc, char **argv) {
    int total = 0;
    for (int i = 1; i < argc; i++) {
        int ran = run_path(argv[i]);
        total = total < 0 || ran < 0 ? -1 : total + ran;
    }
    if (total <= 0) fprintf(stderr, "usage: %s FILE|FOLDER...\n", argv[0]);
    return total > 0 ? 0 : 2;
}
