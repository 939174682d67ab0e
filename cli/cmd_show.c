/* cmd_show.c - casus show: what is in a store, a document with its records, one record. */
#include "query.h"
#include <math.h>
#include <string.h>

static void line(const char *label, const char *value) {
    if (value) printf("%-12s %s\n", label, value);
}
static void number(const char *label, uint64_t n) {
    printf("%-12s %llu\n", label, (unsigned long long)n);
}
static void string(const char *label, casus_string s) {
    if (s.ptr) printf("%-12s %.*s\n", label, (int)s.len, s.ptr);
}

static int show_store(casus_store *store, const char *where) {
    casus_store_totals t = {0};
    casus_error err = {0};
    if (casus_store_count(store, &t, &err)) {
        cli_error(&err);
        return CLI_INPUT;
    }
    printf("%-12s %s (%s, schema %d)\n", "store", strcmp(t.backend, "SQLite") == 0 ? where : "-",
           t.backend, t.schema);
    number("documents", t.documents);
    number("sentences", t.sentences);
    number("records", t.records);
    number("sources", t.sources);
    number("counts", t.counts);
    number("places", t.places);
    number("diagnostics", t.diagnostics);
    return CLI_OK;
}

static casus_status print_json(void *payload, const casus_found *f, casus_error *err) {
    (void)payload;
    (void)err;
    fwrite(f->json.ptr, 1, f->json.len, stdout);
    putchar('\n');
    return CASUS_OK;
}
static casus_status print_row(void *payload, const casus_found *f, casus_error *err) {
    bool *begun = payload;
    casus_record *record = NULL;
    const casus_status s = casus_record_read(&record, f->json.ptr, f->json.len, NULL, err);
    if (s) return s;
    if (!*begun) cli_print_found(NULL);
    *begun = true;
    cli_print_found(casus_record_event(record));
    casus_record_free(record);
    return CASUS_OK;
}

static int show_document(casus_store *store, const casus_stored *d, char format) {
    casus_query q = CASUS_QUERY_INIT;
    q.doc = d->item.id;
    if (format == 'j') return cli_query_run(store, &q, print_json, NULL);
    if (format == 'x') {
        fwrite(d->item.text, 1, d->item.text_len, stdout);
        return CLI_OK;
    }
    line("document", d->item.id);
    line("title", d->item.title);
    line("author", d->item.author);
    line("site", d->item.site);
    line("url", d->item.url);
    line("published", d->item.date);
    line("language", d->item.language);
    number("sentences", d->sentences);
    number("records", d->records);
    putchar('\n');
    fwrite(d->item.text, 1, d->item.text_len, stdout);
    if (d->item.text_len && d->item.text[d->item.text_len - 1] != '\n') putchar('\n');
    putchar('\n');
    bool begun = false;
    return cli_query_run(store, &q, print_row, &begun);
}

static void party_line(const char *label, const casus_party *p, size_t n) {
    char text[512];
    for (size_t i = 0; i < n; i++) {
        cli_party(text, sizeof text, &p[i]);
        line(label, text);
    }
}
static void dates(const char *label, const casus_date *d) {
    if (!d->from.ptr && !d->text.ptr) return;
    printf("%-12s %.*s", label, (int)d->from.len, d->from.ptr ? d->from.ptr : "");
    if (d->to.ptr && (d->to.len != d->from.len || memcmp(d->to.ptr, d->from.ptr, d->to.len) != 0))
        printf(" .. %.*s", (int)d->to.len, d->to.ptr);
    if (d->text.ptr) printf(" (\"%.*s\")", (int)d->text.len, d->text.ptr);
    putchar('\n');
}
static void sources(const casus_event *e) {
    static const char *const stances[] = {"asserts", "denies", "doubts"};
    char text[512];
    for (size_t i = 0; i < e->n_sources; i++) {
        const casus_source *s = &e->sources[i];
        cli_party(text, sizeof text, &s->actor);
        printf("%-12s %s, %s", "source", text, stances[s->stance]);
        if (s->cue.ptr) printf(" (\"%.*s\")", (int)s->cue.len, s->cue.ptr);
        putchar('\n');
    }
}
static void counts(const casus_event *e) {
    for (size_t i = 0; i < e->n_counts; i++) {
        const casus_count *c = &e->counts[i];
        printf("%-12s %.*s", "count", (int)c->kind.len, c->kind.ptr ? c->kind.ptr : "");
        if (c->min >= 0) printf(" %lld", (long long)c->min);
        if (c->max < 0) printf(" or more");
        if (c->max >= 0 && c->max != c->min)
            printf("%s%lld", c->min < 0 ? " up to " : "-", (long long)c->max);
        if (c->text.ptr) printf(" (\"%.*s\")", (int)c->text.len, c->text.ptr);
        putchar('\n');
    }
}

static casus_status print_record(void *payload, const casus_found *f, casus_error *err) {
    bool *begun = payload;
    *begun = true;
    casus_record *record = NULL;
    const casus_status s = casus_record_read(&record, f->json.ptr, f->json.len, NULL, err);
    if (s) return s;
    const casus_event *e = casus_record_event(record);
    string("record", e->id);
    string("published", f->published);
    printf("%-12s %.*s%s%.*s\n", "type", (int)e->type.len, e->type.ptr, e->mode.ptr ? "/" : "",
           (int)e->mode.len, e->mode.ptr ? e->mode.ptr : "");
    string("status", e->status);
    party_line("who", e->actors, e->n_actors);
    if (e->reciprocal) line("", "(each other)");
    party_line("to whom", e->recipients, e->n_recipients);
    party_line("mediator", e->mediators, e->n_mediators);
    dates("when", &e->date);
    if (e->place.name.ptr || e->place.text.ptr) {
        const casus_string name = e->place.name.ptr ? e->place.name : e->place.text;
        printf("%-12s %.*s", "where", (int)name.len, name.ptr);
        if (e->place.country.ptr) printf(", %.*s", (int)e->place.country.len, e->place.country.ptr);
        if (!isnan(e->place.lat)) printf(" (%.4f, %.4f)", e->place.lat, e->place.lon);
        putchar('\n');
    }
    sources(e);
    counts(e);
    string("commitment", e->commitment);
    dates("due", &e->due);
    string("content of", e->of);
    string("same as", e->same_as);
    printf("%-12s %.2f\n", "confidence", e->confidence);
    string("rule", e->rule);
    printf("%-12s paragraph %u: %.*s\n", "evidence", (unsigned)e->para, (int)e->evidence_text.len,
           e->evidence_text.ptr ? e->evidence_text.ptr : "");
    casus_record_free(record);
    return CASUS_OK;
}

static int show_one(casus_store *store, const char *id, char format) {
    casus_stored d;
    casus_error err = {0};
    const int there = casus_store_document(store, id, 0, NULL, &d, &err);
    if (there < 0) {
        cli_error(&err);
        return CLI_INPUT;
    }
    if (there) return show_document(store, &d, format);
    casus_query q = CASUS_QUERY_INIT;
    q.id = id;
    bool begun = false;
    int result = CLI_OK;
    if (strchr(id, '#')) {
        result = cli_query_run(store, &q, print_record, &begun);
    }
    if (!result && !begun) {
        fprintf(stderr, "casus: the store has no document or record '%s'\n", id);
        return CLI_INPUT;
    }
    return result;
}

int cmd_show(int argc, char **argv, const char *program) {
    (void)program;
    const char *format = "table";
    const cli_option options[] = {{"format", true, &format}};
    if (!cli_options(&argc, argv, options, 1)) return CLI_USAGE;
    if (argc < 2) return cli_usage("show", "show takes a store, and ids");
    if (strcmp(format, "table") != 0 && strcmp(format, "jsonl") != 0 && strcmp(format, "text") != 0)
        return cli_usage("show", "--format is table, jsonl or text");
    casus_store *store = cli_store(argv[1], CASUS_STORE_READ);
    if (!store) return CLI_INPUT;
    int result = argc == 2 ? show_store(store, argv[1]) : CLI_OK;
    for (int i = 2; i < argc && (!result || result == CLI_INPUT); i++) {
        if (i > 2 && format[0] == 't') putchar('\n');
        const int one =
            show_one(store, argv[i], format[0] == 't' && format[1] == 'e' ? 'x' : format[0]);
        result = one ? one : result;
    }
    casus_store_free(store);
    if (fflush(stdout)) {
        perror("casus: standard output");
        return CLI_INPUT;
    }
    return result;
}
