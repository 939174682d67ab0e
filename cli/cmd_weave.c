/* cmd_weave.c - casus weave: incidents, stories and links as they are, for other programs; why two
 * records are one act, or not. */
#include "weave_input.h"
#include <stdlib.h>
#include <string.h>

typedef struct named {
    const char *id;
    uint32_t record;
} named;
static int by_id(const void *a, const void *b) {
    return strcmp(((const named *)a)->id, ((const named *)b)->id);
}

/* Every line of the file names two records: prints how likely they are one act, and why. */
static casus_status print_pairs(const cli_weaving *w, casus_error *err) {
    FILE *f = fopen(w->pairs, "r");
    const size_t n = w->stats.records;
    named *v = malloc(n * sizeof *v + 1);
    char line[1024], a[512], b[512], why[2048];
    if (!f || !v) {
        if (f) fclose(f);
        free(v);
        err->status = f ? CASUS_E_MEMORY : CASUS_E_IO;
        snprintf(err->message, sizeof err->message, f ? "out of memory" : "cannot open the pairs");
        return err->status;
    }
    for (uint32_t i = 0; i < n; i++) v[i] = (named){casus_weave_event(w->weave, i)->id.ptr, i};
    qsort(v, n, sizeof *v, by_id);
    while (fgets(line, sizeof line, f)) {
        if (sscanf(line, "%511s %511s", a, b) != 2) continue;
        const named key[2] = {{a, 0}, {b, 0}};
        const named *x = bsearch(&key[0], v, n, sizeof *v, by_id);
        const named *y = bsearch(&key[1], v, n, sizeof *v, by_id);
        if (!x || !y) {
            printf("%s\t%s\t\tnot there\n", a, b);
            continue;
        }
        const double score = casus_weave_why(w->weave, x->record, y->record, why, sizeof why);
        printf("%s\t%s\t%.3f\t%s\n", a, b, score, why);
    }
    fclose(f);
    free(v);
    return CASUS_OK;
}

static casus_status print(cli_weaving *w, casus_error *err) {
    if (w->keep && w->same) {
        puts("nothing came since it was woven last");
        return CASUS_OK;
    }
    if (w->keep) {
        size_t n, n_stories;
        casus_weave_incidents(w->weave, &n);
        casus_weave_stories(w->weave, &n_stories);
        casus_status s = casus_weave_keep(w->weave, w->kept_in, w->numbers, err);
        if (!s) s = cli_weave_noted(w->model, w->kept_in, err);
        if (!s)
            printf("kept %zu incidents of %zu records and %zu stories of %zu documents\n", n,
                   w->stats.records, n_stories, w->stats.documents);
        return s;
    }
    return w->pairs ? print_pairs(w, err) : cli_weave_print(w, w->what, err);
}

int cmd_weave(int argc, char **argv, const char *program) {
    cli_weaving w = {.verb = "weave",
                     .then = print,
                     .format = "jsonl",
                     .what = "incidents",
                     .query = CASUS_WEAVE_QUERY_INIT};
    cli_option options[CLI_WEAVING_OPTIONS];
    size_t n = cli_weaving_options(&w, options);
    options[n++] = (cli_option){"what", true, &w.what};
    options[n++] = (cli_option){"pairs", true, &w.pairs};
    options[n++] = (cli_option){"keep", false, &w.keep};
    if (!cli_weaving_between(&w, &argc, argv)) return CLI_USAGE;
    if (!cli_options(&argc, argv, options, n)) return CLI_USAGE;
    if (w.keep && !w.store) return cli_usage("weave", "--keep needs --store");
    return cli_weave(&w, argc, argv, program);
}
