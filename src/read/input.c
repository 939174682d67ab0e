/* input.c - documents from a file or standard input: one plain text, or JSON lines (jansson).
 *
 * A line of JSON that is no document is an error with its place, and reading goes on behind it. A
 * byte order mark before a line of JSON is passed over; in plain text it stays, as a blank.
 * Memory: one line at a time for JSON lines, the whole file for plain text. */
#include "base/base.h"
#include <errno.h>
#include <jansson.h>
#include <stdio.h>

#define INPUT_LINE_MOST (256u << 20) /* bytes of one line or text */

struct casus_input {
    casus_memory memory;
    FILE *file;
    char path[256];
    int head[4]; /* bytes read ahead to tell the kind of file */
    unsigned n_head, at_head;
    bool jsonl, done;
    uint64_t line, byte; /* of the line just read */
    uint64_t next_byte;
    char *buffer;
    size_t len, cap;
    json_t *object;
    char id[32];
};

static int next_char(casus_input *in) {
    return in->at_head < in->n_head ? in->head[in->at_head++] : getc(in->file);
}

/* Does the file begin with '{', behind a byte order mark or none? */
static bool begins_json(casus_input *in) {
    static const int mark[] = {0xEF, 0xBB, 0xBF};
    for (;;) {
        const int c = getc(in->file);
        if (c == EOF) return false;
        const unsigned n = in->n_head;
        in->head[in->n_head++] = c;
        if (n == 3 || c != mark[n]) return c == '{' && (n == 0 || n == 3);
    }
}

/* Reads up to `stop` (-1: the end of the file) into the buffer; false at the end with nothing. */
static casus_status fill(casus_input *in, int stop, bool *got, casus_error *err) {
    in->len = 0;
    *got = false;
    for (int c; (c = next_char(in)) != EOF;) {
        *got = true;
        if (c == stop) break;
        if (in->len + 1 >= in->cap) {
            const size_t cap = in->cap ? in->cap * 2 : 1 << 16;
            char *p = casus_base_resize(&in->memory, in->buffer, cap);
            if (!p) return casus_base_no_memory(err);
            in->buffer = p;
            in->cap = cap;
        }
        if (in->len >= INPUT_LINE_MOST)
            return casus_base_fail_at(err, CASUS_E_LIMIT, in->path, in->line, in->byte,
                                      "longer than %u MiB", INPUT_LINE_MOST >> 20);
        in->buffer[in->len++] = (char)c;
    }
    if (ferror(in->file)) return casus_base_file_failed(err, in->path, "read", errno);
    if (in->buffer) in->buffer[in->len] = 0;
    return CASUS_OK;
}

casus_status casus_input_open(casus_input **out, const char *path, const char *from,
                              const casus_memory *memory, casus_error *err) {
    const casus_memory m = memory ? *memory : casus_base_memory_default();
    const bool named = from && *from;
    if (named && strcmp(from, "text") != 0 && strcmp(from, "jsonl") != 0)
        return casus_base_fail(err, CASUS_E_ARGUMENT, "unknown kind of input '%.32s'", from);
    casus_input *in = casus_base_alloc(&m, sizeof *in);
    if (!in) return casus_base_no_memory(err);
    memset(in, 0, sizeof *in);
    in->memory = m;
    snprintf(in->path, sizeof in->path, "%s", path);
    in->file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    if (!in->file) {
        const casus_status s = casus_base_file_failed(err, path, "open", errno);
        casus_base_release(&m, in);
        return s;
    }
    in->jsonl = named && strcmp(from, "jsonl") == 0;
    if (!named) in->jsonl = begins_json(in);
    *out = in;
    return CASUS_OK;
}

void casus_input_free(casus_input *in) {
    if (!in) return;
    if (in->file && in->file != stdin) fclose(in->file);
    json_decref(in->object);
    const casus_memory m = in->memory;
    casus_base_release(&m, in->buffer);
    casus_base_release(&m, in);
}

static int whole_text(casus_input *in, casus_item *item, casus_error *err) {
    if (in->done) return 0;
    in->done = true;
    bool got;
    in->line = 1;
    const casus_status s = fill(in, -1, &got, err);
    if (s) return s;
    const char *slash = strrchr(in->path, '/');
    *item =
        (casus_item){slash ? slash + 1 : in->path, NULL, in->buffer ? in->buffer : "", in->len, 1};
    return 1;
}

/* The line in the buffer, behind `mark` bytes. */
static int json_line(casus_input *in, size_t mark, casus_item *item, casus_error *err) {
    json_error_t why;
    json_decref(in->object);
    in->object = json_loadb(in->buffer + mark, in->len - mark, JSON_ALLOW_NUL, &why);
    if (!in->object)
        return casus_base_fail_at(err, CASUS_E_FORMAT, in->path, in->line,
                                  in->byte + mark +
                                      (why.position > 0 ? (uint64_t)why.position - 1 : 0),
                                  "no JSON: %s", why.text);
    const json_t *text = json_object_get(in->object, "text"),
                 *id = json_object_get(in->object, "id"),
                 *date = json_object_get(in->object, "date");
    if (!json_is_string(text))
        return casus_base_fail_at(err, CASUS_E_FORMAT, in->path, in->line, in->byte,
                                  "no object with a \"text\"");
    if (json_is_integer(id))
        snprintf(in->id, sizeof in->id, "%lld", (long long)json_integer_value(id));
    else
        snprintf(in->id, sizeof in->id, "%llu", (unsigned long long)in->line);
    const char *day = json_string_value(date);
    int32_t number;
    if ((date && !json_is_null(date) && !day) ||
        (day && *day && !casus_base_day_parse(casus_slice_z(day), &number)))
        return casus_base_fail_at(err, CASUS_E_FORMAT, in->path, in->line, in->byte,
                                  "\"date\" is no date of the form YYYY-MM-DD");
    *item =
        (casus_item){json_is_string(id) ? json_string_value(id) : in->id, day && *day ? day : NULL,
                     json_string_value(text), json_string_length(text), in->line};
    return 1;
}

int casus_input_next(casus_input *in, casus_item *item, casus_error *err) {
    if (!in->jsonl) return whole_text(in, item, err);
    for (;;) {
        bool got;
        in->line++;
        in->byte = in->next_byte;
        const casus_status s = in->done ? CASUS_OK : fill(in, '\n', &got, err);
        if (s) in->done = true;
        if (s) return s;
        if (in->done || !got) return 0;
        in->next_byte = in->byte + in->len + 1;
        const size_t mark = in->len >= 3 && memcmp(in->buffer, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
        if (casus_slice_trim(casus_slice_of(in->buffer + mark, in->len - mark)).len == 0) continue;
        return json_line(in, mark, item, err);
    }
}
