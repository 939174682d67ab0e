/* query.c - the options of a query, and records of a store as lines for reading. */
#include "query.h"
#include <stdlib.h>
#include <string.h>

bool cli_query_finish(cli_query *q, const char *verb) {
    char *end = NULL;
    if (q->limit) {
        q->query.limit = strtoull(q->limit, &end, 10);
        if (*end || end == q->limit || q->query.limit < 1) {
            cli_usage(verb, "--limit is a number from 1 on");
            return false;
        }
    }
    q->query.by_date = q->by_date != NULL;
    return true;
}

casus_store *cli_store(const char *where, int mode) {
    casus_store *store = NULL;
    casus_error err = {0};
    if (!casus_store_open(&store, where, mode, NULL, &err)) return store;
    cli_error(&err);
    return NULL;
}

int cli_query_run(casus_store *store, const casus_query *query, cli_found each, void *payload) {
    casus_cursor *cursor = NULL;
    casus_error err = {0};
    casus_found found;
    int more = casus_store_find(&cursor, store, query, &err);
    if (!more)
        while ((more = casus_cursor_next(cursor, &found, &err)) > 0)
            if ((more = each(payload, &found, &err))) break;
    casus_cursor_free(cursor);
    if (!more) return CLI_OK;
    cli_error(&err);
    return more == CASUS_E_ARGUMENT ? CLI_USAGE : CLI_INPUT;
}

static size_t code_point(const char *s, size_t len) {
    size_t n = 1;
    while (n < len && ((unsigned char)s[n] & 0xC0) == 0x80) n++;
    return n;
}

void cli_print_cell(const char *text, size_t len, unsigned width) {
    unsigned n = 0;
    size_t at = 0, cut = 0;
    while (at < len && n < width) {
        if (n == width - 1) cut = at;
        at += code_point(text + at, len - at);
        n++;
    }
    if (at < len) {
        fwrite(text, 1, cut, stdout);
        fputs("…", stdout);
    } else {
        fwrite(text, 1, len, stdout);
        for (; n < width; n++) putchar(' ');
    }
    fputs("  ", stdout);
}

static void append(char *out, size_t size, size_t *at, const char *s, size_t len) {
    if (*at + 1 >= size) return;
    const size_t room = size - 1 - *at;
    if (len > room) {
        len = room;
        while (len && ((unsigned char)s[len] & 0xC0) == 0x80) len--;
    }
    memcpy(out + *at, s, len);
    *at += len;
    out[*at] = 0;
}
static void append_z(char *out, size_t size, size_t *at, const char *s) {
    append(out, size, at, s, strlen(s));
}
static void append_string(char *out, size_t size, size_t *at, casus_string s) {
    if (s.ptr) append(out, size, at, s.ptr, s.len);
}

void cli_party(char *out, size_t size, const casus_party *p) {
    size_t at = 0;
    out[0] = 0;
    append_string(out, size, &at, p->code.ptr ? p->code : p->country);
    for (size_t k = 0; k < p->n_sectors; k++) {
        if (at) append_z(out, size, &at, ".");
        append_string(out, size, &at, p->sectors[k]);
    }
    const casus_string name = p->person.ptr ? p->person : p->name.ptr ? p->name : p->text;
    if (at && name.ptr) append_z(out, size, &at, " ");
    append_string(out, size, &at, name);
}

static void parties(const casus_party *v, size_t n, const char *behind, unsigned width) {
    char line[512] = "", one[256];
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        if (i) append_z(line, sizeof line, &at, ", ");
        cli_party(one, sizeof one, &v[i]);
        append_z(line, sizeof line, &at, one);
    }
    append_z(line, sizeof line, &at, behind);
    cli_print_cell(line, at, width);
}

void cli_print_found(const casus_event *e) {
    enum { DATE = 10, TYPE = 20, WHO = 30, WHOM = 26, STATUS = 10, WHERE = 14, BY = 22 };
    if (!e) {
        cli_print_cell("date", 4, DATE);
        cli_print_cell("type", 4, TYPE);
        cli_print_cell("who", 3, WHO);
        cli_print_cell("to whom", 7, WHOM);
        cli_print_cell("status", 6, STATUS);
        cli_print_cell("where", 5, WHERE);
        cli_print_cell("according to", 12, BY);
        puts("record");
        return;
    }
    char line[512] = "";
    size_t at = 0;
    cli_print_cell(e->date.from.ptr ? e->date.from.ptr : "", e->date.from.len, DATE);
    append_string(line, sizeof line, &at, e->type);
    if (e->mode.ptr) append_z(line, sizeof line, &at, "/");
    append_string(line, sizeof line, &at, e->mode);
    cli_print_cell(line, at, TYPE);
    parties(e->actors, e->n_actors, e->reciprocal ? " (each other)" : "", WHO);
    parties(e->recipients, e->n_recipients, "", WHOM);
    cli_print_cell(e->status.ptr ? e->status.ptr : "", e->status.len, STATUS);
    const casus_string place = e->place.name.ptr ? e->place.name : e->place.text;
    cli_print_cell(place.ptr ? place.ptr : "", place.len, WHERE);
    at = 0;
    line[0] = 0;
    for (size_t i = 0; i < e->n_sources; i++) {
        const casus_source *s = &e->sources[i];
        if (i) append_z(line, sizeof line, &at, "; ");
        if (s->stance == CASUS_DENIES) append_z(line, sizeof line, &at, "denies: ");
        if (s->stance == CASUS_DOUBTS) append_z(line, sizeof line, &at, "doubts: ");
        append_string(line, sizeof line, &at,
                      s->actor.person.ptr ? s->actor.person
                      : s->actor.name.ptr ? s->actor.name
                                          : s->actor.text);
    }
    cli_print_cell(line, at, BY);
    printf("%.*s\n", (int)e->id.len, e->id.ptr ? e->id.ptr : "");
}
