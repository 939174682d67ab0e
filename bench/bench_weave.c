/* bench_weave.c - times weaving: all documents but those of the last day, then that day alone, on
 * the public header only.
 *
 * usage: bench_weave PACK FILE.jsonl
 *
 * Prints a line for each: documents, records, records woven, pairs weighed, seconds; then whether
 * the outcome is the same as that of all documents at once. */
#include <casus/casus.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int fail(const casus_error *err) {
    fprintf(stderr, "bench_weave: %s\n", err->message);
    exit(1);
}

typedef struct text {
    char *ptr;
    size_t len;
} text;
static int take(void *payload, const char *bytes, size_t len) {
    text *t = payload;
    char *p = realloc(t->ptr, t->len + len + 1);
    if (!p) return 1;
    memcpy(p + t->len, bytes, len);
    t->ptr = p;
    t->len += len;
    return 0;
}

static void add(casus_weave *w, casus_doc *const *docs, size_t from, size_t to) {
    casus_error err = {0};
    for (size_t i = from; i < to; i++) {
        const casus_item *item = casus_doc_item(docs[i]);
        casus_weave_doc d = {item->id, item->date, item->site, item->text, item->text_len, NULL, 0};
        d.events = casus_doc_events(docs[i], &d.n_events);
        if (casus_weave_add(w, &d, &err)) fail(&err);
    }
}

static void run(casus_weave *w, casus_doc *const *docs, size_t from, size_t to, const char *what) {
    casus_weave_stats stats;
    casus_error err = {0};
    const double start = now();
    add(w, docs, from, to);
    const double added = now();
    if (casus_weave_run(w, &stats, &err)) fail(&err);
    printf("%-12s documents %6zu  records %6zu  woven %6zu  pairs %8zu  adding %.3f s  weaving "
           "%.3f s\n",
           what, to - from, stats.fresh, stats.touched, stats.pairs, added - start, now() - added);
}

int main(int argc, char **argv) {
    casus_error err = {0};
    casus_model *model = NULL;
    casus_worker *worker = NULL;
    casus_input *input = NULL;
    casus_item item;
    casus_doc **docs = NULL;
    size_t n = 0;
    if (argc != 3) return fputs("usage: bench_weave PACK FILE.jsonl\n", stderr), 1;
    if (casus_model_open(&model, argv[1], NULL, &err) || casus_worker_new(&worker, model, &err) ||
        casus_input_open(&input, argv[2], NULL, NULL, &err))
        fail(&err);
    while (casus_input_next(input, &item, &err) > 0) {
        casus_doc **more = realloc(docs, (n + 1) * sizeof *docs);
        if (!more) return 1;
        docs = more;
        if (casus_code_item(&docs[n++], worker, &item, NULL, &err)) fail(&err);
    }
    size_t last = n;
    const char *day = n ? casus_doc_item(docs[n - 1])->date : NULL;
    while (last && day && strcmp(casus_doc_item(docs[last - 1])->date, day) == 0) last--;
    casus_weave *grown = NULL, *whole = NULL;
    if (casus_weave_new(&grown, model, &err) || casus_weave_new(&whole, model, &err)) fail(&err);
    run(grown, docs, 0, last, "all but last");
    run(grown, docs, last, n, "one more day");
    run(whole, docs, 0, n, "all at once");
    text a = {0}, b = {0};
    if (casus_weave_write(grown, "incidents", NULL, "jsonl", take, &a, &err) ||
        casus_weave_write(whole, "incidents", NULL, "jsonl", take, &b, &err))
        fail(&err);
    const int same = a.len == b.len && memcmp(a.ptr, b.ptr, a.len) == 0;
    puts(same ? "the incidents are the same" : "THE INCIDENTS DIFFER");
    free(a.ptr);
    free(b.ptr);
    casus_weave_free(grown);
    casus_weave_free(whole);
    for (size_t i = 0; i < n; i++) casus_doc_free(docs[i]);
    free(docs);
    casus_input_free(input);
    casus_worker_free(worker);
    casus_model_free(model);
    return !same;
}
