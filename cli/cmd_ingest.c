/* cmd_ingest.c - casus ingest: documents into a store, coded on all cores, from where it stopped.
 *
 * The main thread reads, leaves out what the store has, and writes in the order of reading; what is
 * committed is whole. */
#include "progress.h"
#include "weave_input.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BATCH_MOST "256" /* documents of one transaction, unless told */
#define COMMIT_EVERY 1.0 /* seconds after which it ends all the same */

typedef struct ingest {
    const char *where;
    const casus_model *model;
    const char *weave; /* weave the store at the end */
    casus_store *store;
    casus_options options;
    cli_progress progress;
    double share, committed;
    unsigned long batch, pending;
    uint64_t added, changed, same, aside, records, errors;
    bool failed;
} ingest;

static casus_status begin(void *payload, const casus_model *model, casus_error *err) {
    ingest *g = payload;
    g->model = model;
    cli_progress_begin(&g->progress);
    g->committed = cli_now();
    return casus_store_open(&g->store, g->where, CASUS_STORE_CREATE, NULL, err);
}

static void tell(ingest *g) {
    cli_progress_tell(&g->progress, g->share, g->added + g->changed + g->same, "documents",
                      g->errors);
}

static int wanted(void *payload, const casus_item *item, casus_error *err) {
    ingest *g = payload;
    const int there = casus_store_has(g->store, item, &g->options, err);
    if (there < 0) g->failed = true;
    if (there != CASUS_STORE_SAME) return there < 0 ? there : 1;
    g->same++;
    tell(g);
    return 0;
}

static casus_status commit(ingest *g, casus_error *err) {
    const casus_status s = casus_store_commit(g->store, err);
    if (s) g->failed = true;
    g->pending = 0;
    g->committed = cli_now();
    return s;
}

static casus_status put(void *payload, const casus_doc *doc, casus_error *err) {
    ingest *g = payload;
    /* once more: the same document may stand twice in what is being coded */
    const int there = casus_store_has(g->store, casus_doc_item(doc), NULL, err);
    casus_status s = there < 0 ? (casus_status)there : CASUS_OK;
    if (!s && there != CASUS_STORE_SAME) s = casus_store_put(g->store, doc, err);
    if (s) {
        g->failed = true;
        return s;
    }
    size_t n = 0;
    casus_doc_events(doc, &n);
    if (there == CASUS_STORE_SAME)
        g->same++;
    else if (there == CASUS_STORE_OTHER)
        g->changed++;
    else
        g->added++;
    if (there != CASUS_STORE_SAME) g->records += n;
    if (++g->pending >= g->batch || cli_now() - g->committed > COMMIT_EVERY) s = commit(g, err);
    tell(g);
    return s;
}

static void fault(void *payload, const casus_error *err) {
    ingest *g = payload;
    cli_progress_clear(&g->progress);
    if (err->status == CASUS_E_LANGUAGE)
        g->aside++;
    else
        g->errors++;
}

static casus_status end(void *payload, casus_error *err) {
    ingest *g = payload;
    casus_status s = g->failed ? CASUS_OK : commit(g, err);
    if (!s && !g->failed && g->weave) s = cli_weave_store(g->model, g->store, err);
    cli_progress_clear(&g->progress);
    casus_store_free(g->store);
    g->store = NULL;
    if (s || g->failed) return s;
    printf("%llu documents new, %llu changed, %llu already there; %llu records",
           (unsigned long long)g->added, (unsigned long long)g->changed,
           (unsigned long long)g->same, (unsigned long long)g->records);
    if (g->aside) printf("; %llu set aside", (unsigned long long)g->aside);
    printf("; %llu errors\n", (unsigned long long)g->errors);
    return CASUS_OK;
}

int cmd_ingest(int argc, char **argv, const char *program) {
    ingest g = {.options = CASUS_OPTIONS_INIT};
    char cores[16];
    const char *batch = BATCH_MOST;
    cli_run run = {.each = put,
                   .begin = begin,
                   .end = end,
                   .wanted = wanted,
                   .fault = fault,
                   .strict = true,
                   .share = &g.share,
                   .payload = &g};
    const cli_option options[] = {
        {"date", true, &run.date},       {"from", true, &run.from},
        {"pack", true, &run.pack},       {"kernels", true, &run.kernels},
        {"actors", true, &run.actors},   {"rows", true, &run.rows},
        {"workers", true, &run.workers}, {"ontology", true, &run.ontology},
        {"batch", true, &batch},         {"weave", false, &g.weave}};
    if (!cli_options(&argc, argv, options, sizeof options / sizeof *options)) return CLI_USAGE;
    if (argc < 2) return cli_usage("ingest", "ingest takes a store and what to read");
    char *end_of = NULL;
    g.batch = strtoul(batch, &end_of, 10);
    if (*end_of || g.batch < 1 || g.batch > 100000)
        return cli_usage("ingest", "--batch is a number from 1 to 100000");
    const long n = sysconf(_SC_NPROCESSORS_ONLN);
    snprintf(cores, sizeof cores, "%ld",
             n < 1                  ? 1
             : n > CLI_WORKERS_MOST ? (long)CLI_WORKERS_MOST
                                    : n);
    if (!run.workers) run.workers = cores;
    g.options.date = run.date;
    g.where = argv[1];
    argv[1] = argv[0];
    const int result = cli_run_documents(&run, argc - 1, argv + 1, program);
    casus_store_free(g.store);
    return result;
}
