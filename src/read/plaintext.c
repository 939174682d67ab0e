/* plaintext.c - the readers of plain text (a file is a document) and of JSON lines (jansson).
 *
 * A byte order mark before a line of JSON is passed over; in plain text it stays, as a blank. */
#include "read/input.h"
#include <jansson.h>
#include <stdio.h>

int casus_read_next_text(casus_reader *r, casus_error *err) {
    if (r->line) return 0;
    r->line = 1;
    const int got = casus_read_stream_until(&r->stream, -1, CASUS_INPUT_MOST_LINE, &r->buffer, err);
    if (got == CASUS_E_LIMIT)
        return casus_base_fail_at(err, CASUS_E_LIMIT, r->stream.path, 1, 0, "longer than %u MiB",
                                  CASUS_INPUT_MOST_LINE >> 20);
    if (got < 0) return got;
    r->draft.line = 1;
    r->draft.name_is_id = true;
    r->draft.text = casus_slice_of(r->buffer.len ? r->buffer.ptr : "", r->buffer.len);
    return 1;
}

/* A copy of a field's string, as it is; absent when it has none. */
static bool take(casus_draft *d, casus_slice *into, const json_t *object,
                 const char *const *names) {
    for (; *names; names++) {
        const json_t *value = json_object_get(object, *names);
        if (!json_is_string(value) || !json_string_length(value)) continue;
        *into = casus_base_arena_copy(d->arena, casus_slice_of(json_string_value(value),
                                                               json_string_length(value)));
        return into->ptr != NULL;
    }
    return true;
}

/* The line in the buffer, behind `mark` bytes. */
static int json_line(casus_reader *r, size_t mark, casus_error *err) {
    static const char *const text_names[] = {"text", NULL}, *const title_names[] = {"title", NULL},
                             *const author_names[] = {"author", NULL},
                             *const site_names[] = {"site", "source", NULL},
                             *const url_names[] = {"url", NULL},
                             *const language_names[] = {"language", NULL},
                             *const id_names[] = {"id", NULL}, *const date_names[] = {"date", NULL};
    json_error_t why;
    json_t *object = json_loadb(r->buffer.ptr + mark, r->buffer.len - mark, JSON_ALLOW_NUL, &why);
    if (!object)
        return casus_base_fail_at(err, CASUS_E_FORMAT, r->stream.path, r->line,
                                  r->byte + mark +
                                      (why.position > 0 ? (uint64_t)why.position - 1 : 0),
                                  "no JSON: %s", why.text);
    const json_t *id = json_object_get(object, "id"), *date = json_object_get(object, "date");
    casus_draft *d = &r->draft;
    int32_t number;
    int got = 1;
    if (!json_is_string(json_object_get(object, "text"))) {
        got = casus_read_fail(r, CASUS_E_FORMAT, "no object with a \"text\"", err);
    } else if ((date && !json_is_null(date) && !json_is_string(date)) ||
               (json_string_length(date) &&
                !casus_base_day_parse(casus_slice_z(json_string_value(date)), &number))) {
        got = casus_read_fail(r, CASUS_E_FORMAT, "\"date\" is no date of the form YYYY-MM-DD", err);
    } else {
        bool held =
            take(d, &d->text, object, text_names) && take(d, &d->id, object, id_names) &&
            take(d, &d->title, object, title_names) && take(d, &d->author, object, author_names) &&
            take(d, &d->site, object, site_names) && take(d, &d->url, object, url_names) &&
            take(d, &d->language, object, language_names) && take(d, &d->date, object, date_names);
        if (json_is_integer(id)) {
            d->id = casus_base_arena_format(d->arena, "%lld", (long long)json_integer_value(id));
            held = held && d->id.ptr;
        }
        if (!d->text.ptr) d->text = CASUS_SLICE("");
        d->line = r->line;
        d->date_from = "given";
        if (!held) got = casus_base_no_memory(err);
    }
    json_decref(object);
    return got;
}

int casus_read_next_jsonl(casus_reader *r, casus_error *err) {
    for (;;) {
        r->line++;
        r->byte = casus_read_stream_at(&r->stream);
        r->buffer.len = 0;
        const int got =
            casus_read_stream_until(&r->stream, '\n', CASUS_INPUT_MOST_LINE, &r->buffer, err);
        if (got == CASUS_E_LIMIT)
            return casus_base_fail_at(err, CASUS_E_LIMIT, r->stream.path, r->line, r->byte,
                                      "longer than %u MiB", CASUS_INPUT_MOST_LINE >> 20);
        if (got <= 0) return got;
        const size_t mark =
            r->buffer.len >= 3 && memcmp(r->buffer.ptr, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
        if (r->buffer.len &&
            casus_slice_trim(casus_slice_of(r->buffer.ptr + mark, r->buffer.len - mark)).len)
            return json_line(r, mark, err);
    }
}
