/* woven_plain.c - prints what the weave found: JSON lines, CSV (RFC 4180), or for reading. Rows of
 * CSV are the objects of woven_rows.c with their lists joined by "; ". */
#include "write/woven_rows.h"

typedef struct printer {
    writer to;
    const casus_weave *w;
    casus_arena *arena;
    const char *format;
    const char *const *columns;                 /* of CSV, NULL at the end */
    void (*show)(struct printer *p, json_t *o); /* for reading */
    size_t rows;
} printer;

static void add(printer *p, const char *s) {
    casus_base_buffer_add(&p->to.line, s, strlen(s));
}

/* Number of bytes that show nothing of their own, to pad UTF-8 by columns. */
static void pad(printer *p, size_t since, size_t width) {
    size_t n = 0;
    if (p->to.line.failed) return;
    for (size_t i = since; i < p->to.line.len; i++)
        n += ((unsigned char)p->to.line.ptr[i] & 0xC0) != 0x80;
    for (; n < width; n++) add(p, " ");
    add(p, " ");
}

/* A value in words: lists joined, numbers plain. */
static void words(printer *p, const json_t *v, const char *between) {
    if (json_is_string(v)) {
        casus_base_buffer_add(&p->to.line, json_string_value(v), json_string_length(v));
    } else if (json_is_integer(v)) {
        casus_base_buffer_format(&p->to.line, "%lld", (long long)json_integer_value(v));
    } else if (json_is_real(v)) {
        write_json((json_t *)(uintptr_t)v, &p->to.line, p->to.err);
    } else if (json_is_array(v)) {
        for (size_t i = 0; i < json_array_size(v); i++) {
            const json_t *item = json_array_get(v, i);
            if (i) add(p, between);
            if (json_is_object(item)) {
                const json_t *id = json_object_get(item, "record");
                words(p, id ? id : json_object_get(item, "incident"), between);
            } else {
                words(p, item, json_is_array(item) ? ", " : between);
            }
        }
    }
}
static void get(printer *p, const json_t *o, const char *key) {
    words(p, json_object_get(o, key), ", ");
}

static void quote(printer *p, size_t from) {
    casus_buffer *b = &p->to.line;
    bool needed = false;
    if (b->failed) return;
    for (size_t i = from; i < b->len; i++) needed |= strchr(",\"\r\n", b->ptr[i]) != NULL;
    if (!needed) return;
    casus_buffer copy;
    casus_base_buffer_init(&copy, &b->memory);
    casus_base_buffer_add(&copy, b->ptr + from, b->len - from);
    b->len = from;
    casus_base_buffer_add(b, "\"", 1);
    for (size_t i = 0; !copy.failed && i < copy.len; i++)
        casus_base_buffer_add(b, copy.ptr[i] == '"' ? "\"\"" : &copy.ptr[i],
                              copy.ptr[i] == '"' ? 2 : 1);
    casus_base_buffer_add(b, "\"", 1);
    b->failed = b->failed || copy.failed;
    casus_base_buffer_free(&copy);
}

static void csv_row(printer *p, const json_t *o) {
    for (size_t c = 0; p->columns[c]; c++) {
        if (c) add(p, ",");
        const size_t from = p->to.line.len;
        words(p, json_object_get(o, p->columns[c]), "; ");
        quote(p, from);
    }
    add(p, "\n");
}
static casus_status csv_header(printer *p) {
    for (size_t c = 0; p->columns[c]; c++) {
        if (c) add(p, ",");
        add(p, p->columns[c]);
    }
    add(p, "\n");
    return write_flush(&p->to);
}

/* Takes the object. */
static casus_status row(printer *p, json_t *o) {
    if (!o) return casus_base_no_memory(p->to.err);
    p->rows++;
    if (strcmp(p->format, "jsonl") == 0) return write_json_line(o, &p->to);
    if (strcmp(p->format, "csv") == 0)
        csv_row(p, o);
    else
        p->show(p, o);
    json_decref(o);
    return write_flush(&p->to);
}

/* ---- for reading ---------------------------------------------------------------------------- */

static void column(printer *p, const json_t *o, const char *key, const char *more, size_t width) {
    const size_t from = p->to.line.len;
    get(p, o, key);
    if (more && json_object_get(o, more)) {
        add(p, "/");
        get(p, o, more);
    }
    pad(p, from, width);
}

static void show_incident(printer *p, json_t *o) {
    const json_t *to = json_object_get(o, "to"), *from = json_object_get(o, "from");
    if (p->rows == 1)
        add(p, "date        type                status     who -> to whom, where, how many "
               "[tellings, incident]\n");
    column(p, o, "from", NULL, 11);
    column(p, o, "type", "mode", 19);
    column(p, o, "status", NULL, 10);
    get(p, o, "actors");
    if (json_array_size(json_object_get(o, "recipients"))) {
        add(p, " -> ");
        get(p, o, "recipients");
    }
    if (json_object_get(o, "mediators")) {
        add(p, ", by way of ");
        get(p, o, "mediators");
    }
    if (json_array_size(json_object_get(o, "places"))) {
        add(p, ", ");
        words(p, json_object_get(o, "places"), " / ");
    }
    if (json_array_size(json_object_get(o, "counts"))) {
        add(p, "; ");
        words(p, json_object_get(o, "counts"), " / ");
    }
    if (from && to && !json_equal(from, to)) {
        add(p, "; until ");
        get(p, o, "to");
    }
    add(p, " [");
    get(p, o, "tellings");
    add(p, ", ");
    get(p, o, "incident");
    add(p, "]\n");
}

static void line(printer *p, const json_t *o, const char *before, const char *key) {
    const json_t *v = json_object_get(o, key);
    if (!v || (json_is_array(v) && !json_array_size(v))) return;
    add(p, before);
    words(p, v, " / ");
    add(p, "\n");
}

static void show_fields(printer *p, const json_t *o, const char *title) {
    const char *key;
    json_t *v;
    bool first = true;
    json_object_foreach((json_t *)(uintptr_t)o, key, v) {
        add(p, first ? title : "; ");
        first = false;
        add(p, key);
        add(p, " ");
        words(p, v, " / ");
    }
    if (!first) add(p, "\n");
}

static void show_accounts(printer *p, json_t *o) {
    if (p->rows > 1) add(p, "\n");
    get(p, o, "incident");
    add(p, "  ");
    get(p, o, "from");
    add(p, "  ");
    column(p, o, "type", "mode", 0);
    get(p, o, "status");
    add(p, "\n");
    show_fields(p, json_object_get(o, "agreed"), "  agreed: ");
    show_fields(p, json_object_get(o, "differing"), "  differing: ");
    const json_t *list = json_object_get(o, "accounts");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *a = json_array_get(list, i);
        casus_base_buffer_format(&p->to.line, "  %zu. ", i + 1);
        get(p, a, "says");
        add(p, " ");
        get(p, a, "stance");
        line(p, a, " (", "channel");
        if (json_object_get(a, "channel")) p->to.line.len--, add(p, ")");
        add(p, "\n");
        line(p, a, "     who: ", "actors");
        line(p, a, "     to whom: ", "recipients");
        line(p, a, "     where: ", "place");
        line(p, a, "     when: ", "date");
        line(p, a, "     how many: ", "counts");
        line(p, a, "     told as: ", "status");
        line(p, a, "     carried by: ", "outlets");
        const json_t *records = json_object_get(a, "records");
        for (size_t k = 0; k < json_array_size(records); k++) {
            const json_t *r = json_array_get(records, k);
            add(p, "     ");
            get(p, r, "record");
            add(p, ": ");
            get(p, r, "words");
            add(p, "\n");
        }
    }
}

/* A line each of the records listed: two of their fields, their words, the record. */
static void show_told(printer *p, const json_t *list, const char *one, const char *two) {
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *e = json_array_get(list, i);
        add(p, "  ");
        get(p, e, one);
        add(p, " ");
        get(p, e, two);
        add(p, ": ");
        get(p, e, "words");
        add(p, " [");
        get(p, e, "record");
        add(p, "]\n");
    }
}

static void show_promise(printer *p, json_t *o) {
    if (p->rows > 1) add(p, "\n");
    column(p, o, "date", NULL, 10);
    column(p, o, "state", NULL, 8);
    get(p, o, "promisers");
    if (json_array_size(json_object_get(o, "to"))) {
        add(p, " to ");
        get(p, o, "to");
    }
    add(p, ": ");
    get(p, o, "what");
    if (json_object_get(o, "due")) {
        add(p, " [due ");
        get(p, o, "due");
        add(p, "]");
    }
    add(p, "\n  promised: ");
    get(p, o, "words");
    add(p, "\n");
    show_told(p, json_object_get(o, "evidence"), "says", "date");
}

static void show_bin(printer *p, json_t *o) {
    if (p->rows == 1) add(p, "from       source target events intensity (sum, mean), by type\n");
    column(p, o, "from", NULL, 10);
    column(p, o, "source", NULL, 6);
    column(p, o, "target", NULL, 6);
    column(p, o, "events", NULL, 6);
    get(p, o, "intensity_sum");
    add(p, " ");
    get(p, o, "intensity_mean");
    for (uint32_t i = 0; i < CASUS_WEAVE_TYPES; i++) {
        const json_int_t n = json_integer_value(json_object_get(o, casus_weave_type(i)));
        if (n)
            casus_base_buffer_format(&p->to.line, "  %s %lld", casus_weave_type(i), (long long)n);
    }
    add(p, "\n");
}

static void show_change(printer *p, json_t *o) {
    get(p, o, "date");
    add(p, " ");
    get(p, o, "direction");
    add(p, ", from ");
    get(p, o, "before");
    add(p, " to ");
    get(p, o, "after");
    add(p, " until ");
    get(p, o, "until");
    add(p, "\n");
    show_told(p, json_object_get(o, "incidents"), "date", "type");
}

static void show_plain(printer *p, json_t *o) {
    const char *key;
    json_t *v;
    bool first = true;
    json_object_foreach(o, key, v) {
        if (!first) add(p, "  ");
        first = false;
        words(p, v, ", ");
    }
    add(p, "\n");
}

/* ---- what to print -------------------------------------------------------------------------- */

static const char *const incident_columns[] = {"incident",  "from",    "to",     "type",
                                               "mode",      "status",  "actors", "recipients",
                                               "mediators", "places",  "counts", "outlets",
                                               "tellings",  "records", NULL};
static const char *const promise_columns[] = {"date", "promisers", "to",       "what",    "kind",
                                              "due",  "state",     "evidence", "records", NULL};
static const char *const series_columns[] = {"from",
                                             "to",
                                             "source",
                                             "target",
                                             "events",
                                             "AGREE",
                                             "CONSULT",
                                             "SUPPORT",
                                             "CONCEDE",
                                             "COOPERATE",
                                             "AID",
                                             "RETREAT",
                                             "REQUEST",
                                             "ACCUSE",
                                             "REJECT",
                                             "THREATEN",
                                             "PROTEST",
                                             "SANCTION",
                                             "MOBILIZE",
                                             "COERCE",
                                             "ASSAULT",
                                             "intensity_sum",
                                             "intensity_mean",
                                             NULL};
static const char *const change_columns[] = {"date",  "until",     "direction", "before",
                                             "after", "incidents", NULL};
static const char *const story_columns[] = {"story", "date", "outlets", "documents", NULL};
static const char *const link_columns[] = {"a", "b", "log_odds", "why", NULL};

static casus_status incidents(printer *p, const casus_filter *f, const casus_weave_query *q) {
    (void)q;
    size_t n;
    const casus_incident *v = casus_weave_incidents(p->w, &n);
    casus_status s = CASUS_OK;
    for (size_t i = 0; !s && i < n; i++)
        if (casus_filter_incident(f, &v[i])) s = row(p, woven_incident(p->w, &v[i]));
    return s;
}

static bool has_id(const casus_weave *w, const casus_incident *in, const char *id) {
    if (strcmp(in->id.ptr, id) == 0) return true;
    for (size_t i = 0; i < in->n_records; i++) {
        const casus_event *e = casus_weave_event(w, in->records[i]);
        if (e->id.ptr && strcmp(e->id.ptr, id) == 0) return true;
    }
    return false;
}

/* The one incident named, or all that have more than one version. */
static casus_status accounts(printer *p, const casus_filter *f, const casus_weave_query *q) {
    size_t n, n_accounts;
    const casus_incident *v = casus_weave_incidents(p->w, &n);
    const char *id = q ? q->id : NULL;
    casus_account *a;
    casus_status s = CASUS_OK;
    for (size_t i = 0; !s && i < n; i++) {
        if (id ? !has_id(p->w, &v[i], id) : !casus_filter_incident(f, &v[i])) continue;
        casus_base_arena_reset(p->arena);
        s = casus_weave_accounts(&a, &n_accounts, p->w, &v[i], p->arena, p->to.err);
        if (!s && (id || n_accounts > 1)) s = row(p, woven_accounts(p->w, &v[i], a, n_accounts));
    }
    if (!s && id && !p->rows)
        return casus_base_fail(p->to.err, CASUS_E_ARGUMENT, "no incident or record '%.64s'", id);
    return s;
}

static casus_status promises(printer *p, const casus_filter *f, const casus_weave_query *q) {
    (void)q;
    size_t n;
    casus_promise *v;
    casus_status s = casus_weave_promises(&v, &n, p->w, f->asked, p->arena, p->to.err);
    for (size_t i = 0; !s && i < n; i++) {
        if (!casus_filter_record(f, v[i].record)) continue;
        if (f->from != CASUS_NO_DAY && (v[i].day == CASUS_NO_DAY || v[i].day < f->from)) continue;
        if (f->to != CASUS_NO_DAY && (v[i].day == CASUS_NO_DAY || v[i].day > f->to)) continue;
        s = row(p, woven_promise(p->w, &v[i]));
    }
    return s;
}

static casus_status series(printer *p, const casus_filter *f, const casus_weave_query *q) {
    (void)q;
    size_t n;
    casus_dyad *v;
    casus_status s = casus_weave_series(&v, &n, f, p->arena, p->to.err);
    for (size_t i = 0; !s && i < n; i++)
        for (size_t b = 0; !s && b < v[i].n_bins; b++) s = row(p, woven_bin(&v[i], &v[i].bins[b]));
    return s;
}

static casus_status changes(printer *p, const casus_filter *f, const casus_weave_query *q) {
    (void)q;
    size_t n;
    casus_change *v;
    casus_status s = casus_weave_changes(&v, &n, f, p->arena, p->to.err);
    for (size_t i = 0; !s && i < n; i++) s = row(p, woven_change(p->w, &v[i]));
    return s;
}

static casus_status stories(printer *p, const casus_filter *f, const casus_weave_query *q) {
    (void)q, (void)f;
    size_t n;
    const casus_story *v = casus_weave_stories(p->w, &n);
    casus_status s = CASUS_OK;
    for (size_t i = 0; !s && i < n; i++) s = row(p, woven_story(p->w, &v[i]));
    return s;
}

static casus_status links(printer *p, const casus_filter *f, const casus_weave_query *q) {
    (void)q, (void)f;
    casus_status s = CASUS_OK;
    for (size_t i = 0; !s && i < casus_weave_links(p->w); i++) s = row(p, woven_link(p->w, i));
    return s;
}

casus_status casus_weave_write(const casus_weave *w, const char *what,
                               const casus_weave_query *query, const char *format, casus_sink sink,
                               void *payload, casus_error *err) {
    static const struct {
        char name[12];
        casus_status (*run)(printer *, const casus_filter *, const casus_weave_query *);
        const char *const *columns;
        void (*show)(printer *, json_t *);
    } kinds[] = {{"incidents", incidents, incident_columns, show_incident},
                 {"timeline", incidents, incident_columns, show_incident},
                 {"accounts", accounts, NULL, show_accounts},
                 {"commitments", promises, promise_columns, show_promise},
                 {"series", series, series_columns, show_bin},
                 {"changes", changes, change_columns, show_change},
                 {"stories", stories, story_columns, show_plain},
                 {"links", links, link_columns, show_plain}};
    casus_filter filter;
    size_t i = 0;
    while (i < sizeof kinds / sizeof *kinds && strcmp(kinds[i].name, what) != 0) i++;
    if (i == sizeof kinds / sizeof *kinds)
        return casus_base_fail(err, CASUS_E_ARGUMENT, "the weave has no '%.32s'", what);
    if (strcmp(format, "jsonl") != 0 && strcmp(format, "table") != 0 &&
        (strcmp(format, "csv") != 0 || !kinds[i].columns))
        return casus_base_fail(err, CASUS_E_ARGUMENT, "no format '%.32s' of %s", format, what);
    casus_status s = casus_weave_filter(&filter, w, query, err);
    if (s) return s;
    const casus_memory *m = casus_weave_memory(w);
    printer p = {.to = {.sink = sink, .payload = payload, .err = err},
                 .w = w,
                 .format = format,
                 .columns = kinds[i].columns,
                 .show = kinds[i].show};
    casus_base_buffer_init(&p.to.line, m);
    p.arena = casus_base_arena_new(m);
    if (!p.arena) s = casus_base_no_memory(err);
    if (!s && strcmp(format, "csv") == 0) s = csv_header(&p);
    if (!s) s = kinds[i].run(&p, &filter, query);
    casus_base_arena_free(p.arena);
    casus_base_buffer_free(&p.to.line);
    return s;
}
