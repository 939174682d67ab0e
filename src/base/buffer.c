/* buffer.c - a growing byte buffer outside arenas, and reading a whole file.
 *
 * Appending is amortised O(bytes). Knows nothing of what the bytes mean.
 */
#include "base/base.h"

#include <errno.h>
#include <stdio.h>

#define CASUS_FILE_STEP ((size_t)64 << 10) /* bytes of the first read; doubles */

void casus_base_buffer_init(casus_buffer *b, const casus_memory *memory) {
    memset(b, 0, sizeof *b);
    b->memory = *memory;
}

/* Room for `more` bytes behind len; NULL sets `failed`. */
static char *buffer_room(casus_buffer *b, size_t more) {
    if (b->failed) return NULL;
    if (more > b->cap - b->len) {
        if (more > SIZE_MAX - b->len) goto memory;
        size_t need = b->len + more;
        size_t cap = b->cap > SIZE_MAX / 2 ? need : b->cap * 2;
        if (cap < 256) cap = 256;
        if (cap < need) cap = need;
        char *p = casus_base_resize(&b->memory, b->ptr, cap);
        if (!p) goto memory;
        b->ptr = p;
        b->cap = cap;
    }
    return b->ptr + b->len;
memory:
    b->failed = true;
    return NULL;
}

void casus_base_buffer_add(casus_buffer *b, const void *bytes, size_t len) {
    if (len == 0) return;
    char *p = buffer_room(b, len);
    if (!p) return;
    memcpy(p, bytes, len);
    b->len += len;
}

void casus_base_buffer_format(casus_buffer *b, const char *format, ...) {
    va_list args;
    va_start(args, format);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n < 0) {
        b->failed = true;
        return;
    }
    char *p = buffer_room(b, (size_t)n + 1);
    if (!p) return;
    va_start(args, format);
    vsnprintf(p, (size_t)n + 1, format, args);
    va_end(args);
    b->len += (size_t)n;
}

void casus_base_buffer_align(casus_buffer *b, size_t alignment) {
    size_t over = b->len & (alignment - 1);
    if (over == 0) return;
    size_t more = alignment - over;
    char *p = buffer_room(b, more);
    if (!p) return;
    memset(p, 0, more);
    b->len += more;
}

void casus_base_buffer_free(casus_buffer *b) {
    if (!b || !b->ptr) return;
    casus_base_release(&b->memory, b->ptr);
    b->ptr = NULL;
    b->len = b->cap = 0;
}

casus_status casus_base_file_failed(casus_error *err, const char *path, const char *doing,
                                    int number) {
    const char *why = number == ENOENT   ? "no such file"
                      : number == EACCES ? "permission denied"
                      : number == EISDIR ? "is a directory"
                                         : NULL;
    if (why) return casus_base_fail_at(err, CASUS_E_IO, path, 0, 0, "cannot %s: %s", doing, why);
    return casus_base_fail_at(err, CASUS_E_IO, path, 0, 0, "cannot %s (errno %d)", doing, number);
}

casus_status casus_base_read_file(char **bytes, size_t *len, const char *path, size_t most,
                                  const casus_memory *memory, casus_error *err) {
    *bytes = NULL;
    *len = 0;
    errno = 0;
    FILE *file = fopen(path, "rb");
    if (!file) return casus_base_file_failed(err, path, "open", errno);
    casus_buffer b;
    casus_base_buffer_init(&b, memory);
    casus_status status = CASUS_OK;
    size_t step = CASUS_FILE_STEP;
    for (;;) {
        char *p = buffer_room(&b, step + 1);
        if (!p) {
            status = casus_base_no_memory(err);
            break;
        }
        size_t n = fread(p, 1, step, file);
        b.len += n;
        if (b.len > most) {
            status =
                casus_base_fail_at(err, CASUS_E_LIMIT, path, 0, 0, "file has over %zu bytes", most);
            break;
        }
        if (n < step) {
            if (ferror(file)) status = casus_base_file_failed(err, path, "read", errno);
            break;
        }
        if (step < (size_t)16 << 20) step *= 2;
    }
    fclose(file);
    if (status != CASUS_OK) {
        casus_base_buffer_free(&b);
        return status;
    }
    b.ptr[b.len] = '\0';
    *bytes = b.ptr;
    *len = b.len;
    return CASUS_OK;
}
