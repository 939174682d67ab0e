/* table.c - rows of the lexicons in data/: tab-separated UTF-8 text with a header.
 *
 * O(bytes) over the whole file, no allocation: fields point into the text. Knows no quoting and no
 * escapes.
 */
#include "base/base.h"

#define CASUS_TABLE_COLUMNS ((uint32_t)(sizeof(((casus_table *)0)->name) / sizeof(casus_slice)))

static uint64_t line_of(casus_slice text, size_t at) {
    uint64_t line = 1;
    for (size_t i = 0; i < at; i++) line += text.ptr[i] == '\n';
    return line;
}

/* The next line that is neither blank nor a comment; counts t->line. */
static bool next_line(casus_table *t, casus_slice *line) {
    while (casus_slice_cut(&t->rest, '\n', line)) {
        t->line++;
        if (line->len && line->ptr[0] == '#') continue;
        if (casus_slice_trim(*line).len == 0) continue;
        return true;
    }
    return false;
}

/* Fields of a line into out[most]; how many there are, `most` + 1 when more. */
static uint32_t split(casus_slice line, casus_slice *out, uint32_t most) {
    uint32_t n = 0;
    casus_slice piece;
    while (casus_slice_cut(&line, '\t', &piece)) {
        if (n == most) return most + 1;
        out[n++] = casus_slice_trim(piece);
    }
    return n;
}

static uint32_t column_of(const casus_table *t, casus_slice name) {
    for (uint32_t i = 0; i < t->columns; i++) {
        if (casus_slice_eq(t->name[i], name)) return i;
    }
    return CASUS_NONE;
}

casus_status casus_base_table_open(casus_table *t, const char *file, casus_slice text,
                                   const char *const *needed, casus_error *err) {
    memset(t, 0, sizeof *t);
    t->file = file;
    t->text = text;
    size_t valid = casus_base_utf8_valid(text.ptr, text.len);
    if (valid != text.len) {
        return casus_base_fail_at(err, CASUS_E_DATA, file, line_of(text, valid), valid,
                                  "invalid UTF-8");
    }
    t->rest = text;
    if (text.len >= 3 && memcmp(text.ptr, "\xEF\xBB\xBF", 3) == 0) { /* byte-order mark */
        t->rest.ptr += 3;
        t->rest.len -= 3;
    }
    casus_slice line;
    if (!next_line(t, &line)) {
        return casus_base_fail_at(err, CASUS_E_DATA, file, t->line, 0, "no header row");
    }
    uint64_t byte = (uint64_t)(line.ptr - text.ptr);
    uint32_t n = split(line, t->name, CASUS_TABLE_COLUMNS);
    if (n > CASUS_TABLE_COLUMNS) {
        return casus_base_fail_at(err, CASUS_E_DATA, file, t->line, byte,
                                  "header has more than %u columns", (unsigned)CASUS_TABLE_COLUMNS);
    }
    for (uint32_t i = 0; i < n; i++) {
        t->columns = i;
        if (t->name[i].len == 0) {
            return casus_base_fail_at(err, CASUS_E_DATA, file, t->line, byte,
                                      "column %u has no name", (unsigned)i + 1);
        }
        if (column_of(t, t->name[i]) != CASUS_NONE) {
            return casus_base_fail_at(err, CASUS_E_DATA, file, t->line, byte,
                                      "column \"%.*s\" is named twice",
                                      (int)(t->name[i].len > 64 ? 64 : t->name[i].len),
                                      t->name[i].ptr);
        }
    }
    t->columns = n;
    for (; needed && *needed; needed++) {
        if (column_of(t, casus_slice_z(*needed)) == CASUS_NONE) {
            return casus_base_fail_at(err, CASUS_E_DATA, file, t->line, byte, "no column \"%s\"",
                                      *needed);
        }
    }
    return CASUS_OK;
}

int casus_base_table_next(casus_table *t, casus_error *err) {
    casus_slice line;
    if (!next_line(t, &line)) return 0;
    uint32_t n = split(line, t->field, t->columns);
    if (n > t->columns) {
        return casus_base_fail_at(err, CASUS_E_DATA, t->file, t->line,
                                  (uint64_t)(line.ptr - t->text.ptr), "row has more than %u fields",
                                  (unsigned)t->columns);
    }
    for (; n < t->columns; n++) t->field[n] = (casus_slice){"", 0};
    return 1;
}

casus_slice casus_base_table_get(const casus_table *t, const char *column) {
    uint32_t i = column_of(t, casus_slice_z(column));
    return i == CASUS_NONE ? (casus_slice){"", 0} : t->field[i];
}

bool casus_base_number(casus_slice s, double *number) {
    uint32_t i = 0, digits = 0, decimals = 0;
    const bool minus = s.len && s.ptr[0] == '-';
    if (minus || (s.len && s.ptr[0] == '+')) i++;
    int64_t all = 0;
    bool point = false;
    for (; i < s.len; i++) {
        if (s.ptr[i] == '.' && !point && digits) {
            point = true;
            continue;
        }
        if (s.ptr[i] < '0' || s.ptr[i] > '9' || ++digits > 15) return false;
        all = all * 10 + (s.ptr[i] - '0');
        decimals += point;
    }
    if (!digits) return false;
    double scale = 1; /* powers of ten up to 10^22 are exact, and so is the one division */
    for (; decimals; decimals--) scale *= 10;
    *number = (double)(minus ? -all : all) / scale;
    return true;
}
