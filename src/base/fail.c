/* fail.c - filling the caller's error, and slices.
 *
 * Messages are cut to what the error struct holds, never within a UTF-8 character, and kept to one
 * line: control characters become blanks. O(bytes).
 */
#include "base/base.h"

#include <stdio.h>

/* Makes a zero-terminated text of a fixed field fit for one line. */
static void tidy(char *s, size_t field) {
    size_t n = strlen(s);
    if (n + 1 == field) { /* maybe cut: drop an unfinished character at the end */
        size_t lead = n - 1;
        while (lead > 0 && n - lead < 4 && ((unsigned char)s[lead] & 0xC0) == 0x80) lead--;
        unsigned char c = (unsigned char)s[lead];
        size_t whole = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : c >= 0xC0 ? 2 : 1;
        if (n - lead < whole) s[lead] = '\0';
    }
    for (; *s; s++) {
        if ((unsigned char)*s < 0x20 || *s == 0x7F) *s = ' ';
    }
}

static casus_status fill(casus_error *err, casus_status status, const char *file, uint64_t line,
                         uint64_t byte, const char *format, va_list args) {
    if (!err) return status;
    char message[sizeof err->message];
    char name[sizeof err->file];
    vsnprintf(message, sizeof message, format, args);
    snprintf(name, sizeof name, "%s", file ? file : "");
    tidy(message, sizeof message);
    tidy(name, sizeof name);
    memset(err, 0, sizeof *err);
    err->status = status;
    memcpy(err->message, message, sizeof message);
    memcpy(err->file, name, sizeof name);
    err->line = line;
    err->byte = byte;
    return status;
}

casus_status casus_base_fail(casus_error *err, casus_status status, const char *format, ...) {
    va_list args;
    va_start(args, format);
    fill(err, status, NULL, 0, 0, format, args);
    va_end(args);
    return status;
}

casus_status casus_base_fail_at(casus_error *err, casus_status status, const char *file,
                                uint64_t line, uint64_t byte, const char *format, ...) {
    va_list args;
    va_start(args, format);
    fill(err, status, file, line, byte, format, args);
    va_end(args);
    return status;
}

int casus_slice_cmp(casus_slice a, casus_slice b) {
    uint32_t n = a.len < b.len ? a.len : b.len;
    int c = n ? memcmp(a.ptr, b.ptr, n) : 0;
    if (c != 0) return c;
    return (a.len > b.len) - (a.len < b.len);
}

static bool ascii_blank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

casus_slice casus_slice_trim(casus_slice s) {
    while (s.len && ascii_blank(s.ptr[0])) {
        s.ptr++;
        s.len--;
    }
    while (s.len && ascii_blank(s.ptr[s.len - 1])) s.len--;
    return s;
}

bool casus_slice_cut(casus_slice *rest, char sep, casus_slice *piece) {
    if (!rest->ptr) return false;
    const char *found = rest->len ? memchr(rest->ptr, sep, rest->len) : NULL;
    piece->ptr = rest->ptr;
    if (!found) {
        piece->len = rest->len;
        rest->ptr = NULL;
        rest->len = 0;
        return true;
    }
    piece->len = (uint32_t)(found - rest->ptr);
    rest->ptr = found + 1;
    rest->len -= piece->len + 1;
    return true;
}
