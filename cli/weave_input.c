/* weave_input.c - from documents, a store or lines of records to a weave. */
#include "weave_input.h"
#include <stdlib.h>
#include <string.h>

size_t cli_weaving_options(cli_weaving *w, cli_option *options) {
    const cli_option shared[] = {
        {"date", true, &w->run.date},       {"kind", true, &w->run.from},
        {"pack", true, &w->run.pack},       {"actors", true, &w->run.actors},
        {"workers", true, &w->run.workers}, {"store", true, &w->store},
        {"records", true, &w->records},     {"format", true, &w->format},
        {"from", true, &w->query.from},     {"to", true, &w->query.to},
        {"type", true, &w->query.type},     {"with", true, &w->query.a}};
    const size_t n = sizeof shared / sizeof *shared;
    memcpy(options, shared, sizeof shared);
    return n;
}

bool cli_weaving_between(cli_weaving *w, int *argc, char **argv) {
    for (int i = 1; i < *argc; i++) {
        if (strcmp(argv[i], "--between") != 0) continue;
        if (i + 2 >= *argc) {
            fputs("casus: option --between needs two sides\n", stderr);
            return false;
        }
        w->query.a = argv[i + 1];
        w->query.b = argv[i + 2];
        memmove(argv + i, argv + i + 3, (size_t)(*argc - i - 3) * sizeof *argv);
        *argc -= 3;
        return true;
    }
    return true;
}

static int collect(void *payload, const char *bytes, size_t len) {
    char *to = payload;
    const size_t n = strlen(to), room = CLI_SIDE_BYTES - 1 - n;
    memcpy(to + n, bytes, len < room ? len : room);
    to[n + (len < room ? len : room)] = 0;
    return 0;
}

/* The name of a country or body, as casus who knows it, becomes its code; other names stay. */
static void resolve(const casus_model *model, const char **side, char code[8]) {
    char who[CLI_SIDE_BYTES] = "";
    casus_options options = CASUS_OPTIONS_INIT;
    casus_worker *worker = NULL;
    casus_doc *doc = NULL;
    if (!*side || !casus_model_language(model)) return;
    options.stop_after = CASUS_STOP_KNOW;
    if (!casus_worker_new(&worker, model, NULL) &&
        !casus_code_text(&doc, worker, NULL, *side, strlen(*side), &options, NULL) &&
        !casus_doc_write_layer(doc, "who", "jsonl", collect, who, NULL)) {
        const char *at = strstr(who, "\"country\":\"");
        const bool bare = strstr(who, "\"sectors\":[]") && !strstr(who, "\"person\"");
        if (at && bare) {
            at = strchr(at, ':') + 2;
            const size_t n = strcspn(at, "\"");
            if (n < 8) {
                memcpy(code, at, n);
                code[n] = 0;
                *side = code;
            }
        }
    }
    casus_doc_free(doc);
    casus_worker_free(worker);
}

static casus_status begin(void *payload, const casus_model *model, casus_error *err) {
    cli_weaving *w = payload;
    w->model = model;
    resolve(model, &w->query.a, w->code[0]);
    resolve(model, &w->query.b, w->code[1]);
    return casus_weave_new(&w->weave, model, err);
}

static casus_status each(void *payload, const casus_doc *doc, casus_error *err) {
    cli_weaving *w = payload;
    const casus_item *item = casus_doc_item(doc);
    casus_weave_doc d = {item->id, item->date, item->site, item->text, item->text_len, NULL, 0};
    d.events = casus_doc_events(doc, &d.n_events);
    return casus_weave_add(w->weave, &d, err);
}

/* ---- records read back ---------------------------------------------------------------------- */

/* The records of one document, until it is complete. */
typedef struct gathering {
    cli_weaving *w;
    char *doc, *date, *outlet, *text;
    size_t text_len;
    casus_record **records;
    casus_event *events;
    size_t n, cap;
} gathering;

static char *copy(const char *s, size_t n) {
    char *p = malloc(n + 1);
    if (p) memcpy(p, s, n), p[n] = 0;
    return p;
}

static casus_status no_memory(casus_error *err) {
    err->status = CASUS_E_MEMORY;
    snprintf(err->message, sizeof err->message, "out of memory");
    return CASUS_E_MEMORY;
}

static casus_status complete(gathering *g, casus_error *err) {
    casus_status s = CASUS_OK;
    if (g->doc) {
        const casus_weave_doc d = {g->doc,      g->date,   g->outlet, g->text,
                                   g->text_len, g->events, g->n};
        s = casus_weave_add(g->w->weave, &d, err);
    }
    for (size_t i = 0; i < g->n; i++) casus_record_free(g->records[i]);
    free(g->doc);
    free(g->date);
    free(g->outlet);
    free(g->text);
    g->doc = g->date = g->outlet = g->text = NULL;
    g->text_len = g->n = 0;
    return s;
}
static void dissolve(gathering *g) {
    casus_error err = {0};
    free(g->doc);
    g->doc = NULL;
    complete(g, &err);
    free(g->records);
    free(g->events);
}

static casus_status gather(gathering *g, const char *json, size_t len, casus_error *err) {
    casus_record *record = NULL;
    casus_status s = casus_record_read(&record, json, len, NULL, err);
    if (s) return s;
    const casus_event *e = casus_record_event(record);
    const char *doc = e->doc.ptr ? e->doc.ptr : e->id.ptr;
    if (!g->doc || strcmp(g->doc, doc) != 0) {
        s = complete(g, err);
        g->doc = copy(doc, strlen(doc));
        if (!s && !g->doc) s = no_memory(err);
    }
    if (!s && g->n == g->cap) {
        const size_t cap = g->cap ? g->cap * 2 : 16;
        casus_record **records = realloc(g->records, cap * sizeof *records);
        if (records) g->records = records;
        casus_event *events = realloc(g->events, cap * sizeof *events);
        if (events) g->events = events;
        if (records && events)
            g->cap = cap;
        else
            s = no_memory(err);
    }
    if (s) {
        casus_record_free(record);
        return s;
    }
    g->records[g->n] = record;
    g->events[g->n++] = *e;
    return CASUS_OK;
}

/* Lines of records; those of a document stand together. */
static casus_status read_records(cli_weaving *w, casus_error *err) {
    FILE *f = strcmp(w->records, "-") == 0 ? stdin : fopen(w->records, "rb");
    gathering g = {.w = w};
    char *line = NULL;
    size_t cap = 0;
    ssize_t n;
    casus_status s = CASUS_OK;
    if (!f) {
        err->status = CASUS_E_IO;
        snprintf(err->file, sizeof err->file, "%s", w->records);
        snprintf(err->message, sizeof err->message, "cannot be opened");
        return CASUS_E_IO;
    }
    for (uint64_t number = 1; !s && (n = getline(&line, &cap, f)) > 0; number++) {
        while (n > 0 && (line[n - 1] == '\n' || line[n - 1] == '\r')) n--;
        if (!n) continue;
        s = gather(&g, line, (size_t)n, err);
        if (!s) continue;
        snprintf(err->file, sizeof err->file, "%s", w->records);
        err->line = number;
    }
    if (!s) s = complete(&g, err);
    dissolve(&g);
    free(line);
    if (f != stdin) fclose(f);
    return s;
}

/* ---- a store -------------------------------------------------------------------------------- */

/* The store's number of a document, by its number in the weave. */
static casus_status number(cli_weaving *w, int64_t doc, casus_error *err) {
    if (w->n_numbers == w->cap_numbers) {
        const size_t cap = w->cap_numbers ? w->cap_numbers * 2 : 256;
        int64_t *numbers = realloc(w->numbers, cap * sizeof *numbers);
        if (!numbers) return no_memory(err);
        w->numbers = numbers;
        w->cap_numbers = cap;
    }
    w->numbers[w->n_numbers++] = doc;
    return CASUS_OK;
}

/* Documents and records, both in order of the documents' numbers. */
static casus_status read_store(cli_weaving *w, casus_store *store, casus_error *err) {
    casus_cursor *cursor = NULL;
    casus_stored stored;
    casus_found found;
    gathering g = {.w = w};
    int64_t after = 0;
    int doc, more = 0;
    casus_status s = casus_store_find(&cursor, store, NULL, err);
    if (!s) more = casus_cursor_next(cursor, &found, err);
    while (!s && more >= 0 &&
           (doc = casus_store_document(store, NULL, after, NULL, &stored, err))) {
        if (doc < 0) s = (casus_status)doc;
        if (s) break;
        after = stored.doc;
        for (; !s && more > 0 && found.doc <= stored.doc;
             more = casus_cursor_next(cursor, &found, err))
            s = gather(&g, found.json.ptr, found.json.len, err);
        const casus_item *item = &stored.item;
        const casus_weave_doc d = {item->id,       item->date, item->site, item->text,
                                   item->text_len, g.events,   g.n};
        free(g.doc);
        g.doc = NULL;
        if (!s && more >= 0) s = casus_weave_add(w->weave, &d, err);
        if (!s) s = number(w, stored.doc, err);
        if (!s) s = complete(&g, err);
    }
    if (!s && more < 0) s = (casus_status)more;
    dissolve(&g);
    casus_cursor_free(cursor);
    return s;
}

/* What the tables of a weaving depend on. */
static casus_status stand(const casus_model *model, casus_store *store, char text[160],
                          casus_error *err) {
    int64_t revision;
    const casus_status s = casus_store_revision(store, &revision, err);
    snprintf(text, 160, "%lld %.64s %.32s", (long long)revision, casus_model_fingerprint(model),
             casus_version());
    return s;
}

/* Is what the store has of weaving what weaving it again would give? */
static casus_status is_same(const casus_model *model, casus_store *store, bool *same,
                            casus_error *err) {
    char now[160], then[160] = "";
    const casus_status s = stand(model, store, now, err);
    const int found = s ? 0 : casus_store_noted(store, "woven", then, sizeof then, err);
    *same = found > 0 && strcmp(now, then) == 0;
    return s ? s : found < 0 ? (casus_status)found : CASUS_OK;
}

casus_status cli_weave_noted(const casus_model *model, casus_store *store, casus_error *err) {
    char now[160];
    casus_status s = stand(model, store, now, err);
    if (!s) s = casus_store_note(store, "woven", now, err);
    return s ? s : casus_store_commit(store, err);
}

static casus_status open_store(cli_weaving *w, casus_error *err) {
    casus_store *store = NULL;
    casus_status s = casus_store_open(&store, w->store,
                                      w->keep ? CASUS_STORE_WRITE : CASUS_STORE_READ, NULL, err);
    if (!s && w->keep) s = is_same(w->model, store, &w->same, err);
    if (!s && !w->same) s = read_store(w, store, err);
    if (s || !w->keep)
        casus_store_free(store);
    else
        w->kept_in = store;
    return s;
}

casus_status cli_weave_store(const casus_model *model, casus_store *store, casus_error *err) {
    cli_weaving w = {.verb = "ingest", .query = CASUS_WEAVE_QUERY_INIT};
    casus_status s = is_same(model, store, &w.same, err);
    if (s || w.same) return s;
    s = casus_weave_new(&w.weave, model, err);
    if (!s) s = read_store(&w, store, err);
    if (!s) s = casus_weave_run(w.weave, NULL, err);
    if (!s) s = casus_weave_keep(w.weave, store, w.numbers, err);
    if (!s) s = cli_weave_noted(model, store, err);
    casus_weave_free(w.weave);
    free(w.numbers);
    return s;
}

/* ---- running -------------------------------------------------------------------------------- */

casus_status cli_weave_print(cli_weaving *w, const char *what, casus_error *err) {
    return casus_weave_write(w->weave, what, &w->query, w->format, cli_print, stdout, err);
}

/* What was read is woven and printed; `begin` has made the weave. */
static casus_status end(void *payload, casus_error *err) {
    cli_weaving *w = payload;
    casus_status s = casus_weave_run(w->weave, &w->stats, err);
    if (!s) s = w->then(w, err);
    casus_weave_free(w->weave);
    w->weave = NULL;
    casus_store_free(w->kept_in);
    w->kept_in = NULL;
    free(w->numbers);
    w->numbers = NULL;
    return s;
}

int cli_weave(cli_weaving *w, int argc, char **argv, const char *program) {
    casus_error err = {0};
    int result = CLI_OK;
    w->run.begin = begin;
    w->run.each = each;
    w->run.end = end;
    w->run.payload = w;
    if (!w->store && !w->records) return cli_run_documents(&w->run, argc, argv, program);
    if (argc > 1) return cli_usage(w->verb, "--store and --records take no files besides");
    casus_model *model = cli_model(w->run.pack, program);
    if (!model) return CLI_INPUT;
    casus_status s = begin(w, model, &err);
    if (!s) s = w->store ? open_store(w, &err) : read_records(w, &err);
    if (!s) s = end(w, &err);
    if (s) cli_failed(&err, s, &result);
    casus_weave_free(w->weave);
    casus_model_free(model);
    if (fflush(stdout)) {
        perror("casus: standard output");
        result = CLI_INPUT;
    }
    return result;
}
