/* cmd_recode.c - casus recode: a store's texts coded anew after a change of tables or program.
 *
 * Documents that the model at hand has coded already are left alone, so that a run that was broken
 * off goes on where it stopped; of the others only those are rewritten whose records changed. */
#include "progress.h"
#include "query.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define RECODE_BATCH 64 /* documents of a transaction */

typedef struct lines {
    char *bytes;
    size_t len, cap;
    bool failed;
} lines;

typedef struct recode {
    const char *where, *fingerprint;
    bool all, dry, quiet;
    casus_store *store;
    cli_progress progress;
    int64_t after;
    uint64_t total, done, changed, gained, lost, errors;
    unsigned pending;
    bool failed;
} recode;

static int add(void *payload, const char *bytes, size_t len) {
    lines *b = payload;
    if (b->len + len + 1 > b->cap) {
        const size_t cap = (b->len + len + 1) * 2;
        char *p = realloc(b->bytes, cap);
        b->failed |= !p;
        if (!p) return -1;
        b->bytes = p;
        b->cap = cap;
    }
    memcpy(b->bytes + b->len, bytes, len);
    b->len += len;
    b->bytes[b->len] = 0;
    return 0;
}

/* ---- the difference -------------------------------------------------------------------------- */

typedef struct entry {
    const char *json;
    char *key; /* the record without its number and those of others */
    size_t at; /* among the records of its side */
    bool matched;
} entry;

/* Cuts `,"NAME":"DOC#n"` out of the key: numbers change when a record comes before. */
static void cut_reference(char *key, const char *name) {
    char head[32];
    snprintf(head, sizeof head, ",\"%s\":\"", name);
    for (char *at = key; (at = strstr(at, head));) {
        char *end = at + strlen(head);
        while (*end && *end != '"') end += end[0] == '\\' && end[1] ? 2 : 1;
        const char *mark = end;
        while (mark > at && mark[-1] >= '0' && mark[-1] <= '9') mark--;
        if (mark > at && mark[-1] == '#' && mark < end)
            memmove(at, end + 1, strlen(end + 1) + 1);
        else
            at = end;
    }
}

static int by_key(const void *a, const void *b) {
    const entry *x = a, *y = b;
    const int c = strcmp(x->key, y->key);
    return c ? c : (x->at > y->at) - (x->at < y->at);
}
static int by_place(const void *a, const void *b) {
    const entry *x = a, *y = b;
    return (x->at > y->at) - (x->at < y->at);
}

/* The lines as entries sorted by their keys; NULL when memory is out. Cuts `b` into strings. */
static entry *entries_of(lines *b, size_t *n) {
    *n = 0;
    for (size_t i = 0; i < b->len; i++) *n += b->bytes[i] == '\n';
    entry *v = calloc(*n + 1, sizeof *v);
    char *at = b->bytes;
    for (size_t i = 0; v && i < *n; i++) {
        char *end = strchr(at, '\n');
        *end = 0;
        const char *from = strstr(at, ",\"type\":");
        const size_t len = strlen(from ? from : at);
        v[i] = (entry){at, malloc(len + 1), i, false};
        if (!v[i].key) {
            for (size_t k = 0; k < i; k++) free(v[k].key);
            free(v);
            return NULL;
        }
        memcpy(v[i].key, from ? from : at, len + 1);
        cut_reference(v[i].key, "of");
        cut_reference(v[i].key, "same_as");
        at = end + 1;
    }
    if (v) qsort(v, *n, sizeof *v, by_key);
    return v;
}

static void free_entries(entry *v, size_t n) {
    for (size_t i = 0; v && i < n; i++) free(v[i].key);
    free(v);
}

static void print_entry(const char *sign, const entry *x) {
    casus_record *record = NULL;
    casus_error err = {0};
    if (casus_record_read(&record, x->json, strlen(x->json), NULL, &err)) return;
    const casus_event *e = casus_record_event(record);
    char one[256];
    printf("%s %.*s %.*s%s%.*s %.*s: ", sign, (int)e->id.len, e->id.ptr ? e->id.ptr : "",
           (int)e->type.len, e->type.ptr, e->mode.ptr ? "/" : "", (int)e->mode.len,
           e->mode.ptr ? e->mode.ptr : "", (int)e->status.len, e->status.ptr);
    for (size_t i = 0; i < e->n_actors; i++) {
        cli_party(one, sizeof one, &e->actors[i]);
        printf("%s%s", i ? ", " : "", one);
    }
    if (e->n_recipients) printf(" > ");
    for (size_t i = 0; i < e->n_recipients; i++) {
        cli_party(one, sizeof one, &e->recipients[i]);
        printf("%s%s", i ? ", " : "", one);
    }
    printf(" | %.*s\n", (int)e->evidence_text.len,
           e->evidence_text.ptr ? e->evidence_text.ptr : "");
    casus_record_free(record);
}

static uint64_t print_side(const recode *r, const char *sign, entry *v, size_t n) {
    uint64_t found = 0;
    qsort(v, n, sizeof *v, by_place);
    for (size_t i = 0; i < n; i++) {
        found += !v[i].matched;
        if (!v[i].matched && !r->quiet) print_entry(sign, &v[i]);
    }
    return found;
}

/* Prints what only one of the two has; false when memory is out. *differ: are there other bytes? */
static bool compare(recode *r, lines *old, lines *new, bool *differ) {
    *differ = old->len != new->len || (old->len && memcmp(old->bytes, new->bytes, old->len) != 0);
    if (!*differ) return true;
    size_t n, m;
    entry *a = entries_of(old, &n), *b = entries_of(new, &m);
    for (size_t i = 0, k = 0; a && b && i < n && k < m;) {
        const int c = strcmp(a[i].key, b[k].key);
        if (!c) a[i].matched = b[k].matched = true;
        i += c <= 0;
        k += c >= 0;
    }
    if (a && b) {
        cli_progress_clear(&r->progress);
        r->lost += print_side(r, "-", a, n);
        r->gained += print_side(r, "+", b, m);
    }
    const bool good = a && b;
    free_entries(a, n);
    free_entries(b, m);
    return good;
}

/* ---- the run --------------------------------------------------------------------------------- */

static casus_status begin(void *payload, const casus_model *model, casus_error *err) {
    recode *r = payload;
    r->fingerprint = casus_model_fingerprint(model);
    cli_progress_begin(&r->progress);
    const casus_status s =
        casus_store_open(&r->store, r->where, r->dry ? CASUS_STORE_READ : CASUS_STORE_WRITE, NULL,
                         err);
    casus_store_totals t = {0};
    if (!s && r->progress.terminal && !casus_store_count(r->store, &t, NULL))
        r->total = t.documents;
    return s;
}

static int next(void *payload, casus_item *item, casus_error *err) {
    recode *r = payload;
    casus_stored stored;
    const int more = casus_store_document(r->store, NULL, r->after, r->all ? NULL : r->fingerprint,
                                          &stored, err);
    if (more <= 0) return more;
    r->after = stored.doc;
    *item = stored.item;
    item->line = (uint64_t)stored.doc; /* where it stands */
    return 1;
}

static casus_status keep_json(void *payload, const casus_found *f, casus_error *err) {
    (void)err;
    return add(payload, f->json.ptr, f->json.len) || add(payload, "\n", 1) ? CASUS_E_MEMORY
                                                                           : CASUS_OK;
}

static casus_status old_records(recode *r, const char *id, lines *to, casus_error *err) {
    casus_query q = CASUS_QUERY_INIT;
    casus_cursor *cursor = NULL;
    casus_found found;
    q.doc = id;
    int more = casus_store_find(&cursor, r->store, &q, err);
    if (!more)
        while ((more = casus_cursor_next(cursor, &found, err)) > 0)
            if ((more = keep_json(to, &found, err))) break;
    casus_cursor_free(cursor);
    return (casus_status)more;
}

static casus_status put(void *payload, const casus_doc *doc, casus_error *err) {
    recode *r = payload;
    lines old = {0}, new = {0};
    bool differ = false;
    casus_status s = old_records(r, casus_doc_item(doc)->id, &old, err);
    if (!s) s = casus_doc_write(doc, "jsonl", 0, add, &new, err);
    if (!s && !compare(r, &old, &new, &differ)) s = CASUS_E_MEMORY;
    if (s && !err->message[0]) {
        err->status = s;
        snprintf(err->message, sizeof err->message, "out of memory");
    }
    free(old.bytes);
    free(new.bytes);
    if (!s && !r->dry) {
        const int changed =
            casus_store_recode(r->store, (int64_t)casus_doc_item(doc)->line, doc, err);
        if (changed < 0) s = (casus_status)changed;
        if (!s && ++r->pending >= RECODE_BATCH) {
            s = casus_store_commit(r->store, err);
            r->pending = 0;
        }
    }
    if (s) r->failed = true;
    r->changed += !s && differ;
    r->done += !s;
    cli_progress_tell(&r->progress, r->total ? (double)r->done / (double)r->total : -1, r->done,
                      "documents", r->errors);
    return s;
}

static void fault(void *payload, const casus_error *err) {
    recode *r = payload;
    (void)err;
    cli_progress_clear(&r->progress);
    r->errors++;
}

static casus_status end(void *payload, casus_error *err) {
    recode *r = payload;
    const casus_status s = r->failed || r->dry ? CASUS_OK : casus_store_commit(r->store, err);
    cli_progress_clear(&r->progress);
    casus_store_free(r->store);
    r->store = NULL;
    if (s || r->failed) return s;
    printf("%llu documents coded anew, %llu changed%s; %llu records gained, %llu lost\n",
           (unsigned long long)r->done, (unsigned long long)r->changed,
           r->dry ? " (nothing written)" : "", (unsigned long long)r->gained,
           (unsigned long long)r->lost);
    return CASUS_OK;
}

int cmd_recode(int argc, char **argv, const char *program) {
    recode r = {0};
    const char *all = NULL, *dry = NULL, *quiet = NULL;
    char cores[16], dash[] = "-";
    cli_run run = {.each = put,
                   .begin = begin,
                   .end = end,
                   .next = next,
                   .fault = fault,
                   .strict = true,
                   .payload = &r};
    const cli_option options[] = {{"pack", true, &run.pack},
                                  {"kernels", true, &run.kernels},
                                  {"actors", true, &run.actors},
                                  {"rows", true, &run.rows},
                                  {"ontology", true, &run.ontology},
                                  {"workers", true, &run.workers},
                                  {"all", false, &all},
                                  {"dry-run", false, &dry},
                                  {"quiet", false, &quiet}};
    if (!cli_options(&argc, argv, options, sizeof options / sizeof *options)) return CLI_USAGE;
    if (argc != 2) return cli_usage("recode", "recode takes a store");
    const long n = sysconf(_SC_NPROCESSORS_ONLN);
    snprintf(cores, sizeof cores, "%ld",
             n < 1                  ? 1
             : n > CLI_WORKERS_MOST ? (long)CLI_WORKERS_MOST
                                    : n);
    if (!run.workers) run.workers = cores;
    r.where = argv[1];
    r.all = all != NULL;
    r.dry = dry != NULL;
    r.quiet = quiet != NULL;
    char *operands[] = {argv[0], dash};
    const int result = cli_run_documents(&run, 2, operands, program);
    casus_store_free(r.store);
    return result;
}
