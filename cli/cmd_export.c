/* cmd_export.c - casus export: the records of a store in a format of event data.
 *
 * JSON lines are the stored bytes; the other formats are written by casus_export. A file is made
 * beside its name and moved there when it is whole. */
#include "query.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

typedef struct exporting {
    casus_export *export; /* NULL: the stored bytes */
    FILE *to;
} exporting;

static char *zero_ended(char *to, size_t size, casus_string s) {
    if (!s.ptr) return NULL;
    snprintf(to, size, "%.*s", (int)s.len, s.ptr);
    return to;
}

static casus_status export_one(void *payload, const casus_found *f, casus_error *err) {
    exporting *x = payload;
    if (!x->export) {
        if (fwrite(f->json.ptr, 1, f->json.len, x->to) == f->json.len && putc('\n', x->to) != EOF)
            return CASUS_OK;
        err->status = CASUS_E_IO;
        snprintf(err->message, sizeof err->message, "cannot write: %s", strerror(errno));
        return CASUS_E_IO;
    }
    casus_record *record = NULL;
    casus_status s = casus_record_read(&record, f->json.ptr, f->json.len, NULL, err);
    if (s) return s;
    char date[16], site[512], language[32];
    char *url = f->url.ptr ? malloc(f->url.len + 1) : NULL;
    const casus_export_about about = {zero_ended(date, sizeof date, f->published),
                                      zero_ended(site, sizeof site, f->site),
                                      url ? zero_ended(url, f->url.len + 1, f->url) : NULL,
                                      zero_ended(language, sizeof language, f->language)};
    s = casus_export_event(x->export, casus_record_event(record), &about, err);
    free(url);
    casus_record_free(record);
    return s;
}

static int write_all(casus_store *store, const cli_query *q, const char *format,
                     const char *statuses, const char *pack, const char *program, FILE *to) {
    exporting x = {NULL, to};
    casus_error err = {0};
    casus_model *model = NULL;
    const bool plain = strcmp(format, "jsonl") == 0;
    const bool tables = !plain && strcmp(format, "csv") != 0 && strcmp(format, "geojson") != 0;
    if (tables && !(model = cli_model(pack, program))) return CLI_INPUT;
    casus_export_options options = CASUS_EXPORT_OPTIONS_INIT;
    options.status = statuses;
    int result = CLI_OK;
    if (!plain && casus_export_open(&x.export, model, format, &options, cli_print, to, &err)) {
        cli_error(&err);
        result = err.status == CASUS_E_ARGUMENT ? CLI_USAGE : CLI_INPUT;
    }
    if (!result) result = cli_query_run(store, &q->query, export_one, &x);
    if (!result && x.export && casus_export_end(x.export, &err)) {
        cli_error(&err);
        result = CLI_INPUT;
    }
    const char *why = NULL;
    if (!result && x.export && casus_export_left_out(x.export, &why) && !statuses)
        fprintf(stderr, "casus: records left out: %s (see --status and docs/exports.md)\n", why);
    casus_export_free(x.export);
    casus_model_free(model);
    return result;
}

static int complain(const char *path) {
    fprintf(stderr, "casus: %s: cannot write: %s\n", path, strerror(errno));
    return CLI_INPUT;
}

int cmd_export(int argc, char **argv, const char *program) {
    cli_query q = {.query = CASUS_QUERY_INIT};
    const char *format = "jsonl", *output = NULL, *pack = NULL;
    const cli_option options[] = {CLI_QUERY_OPTIONS(q),
                                  {"format", true, &format},
                                  {"output", true, &output},
                                  {"pack", true, &pack}};
    static const char *const formats[] = {"jsonl",   "csv",   "geojson",
                                          "polecat", "icews", "petrarch"};
    if (!cli_options(&argc, argv, options, sizeof options / sizeof *options)) return CLI_USAGE;
    if (argc != 2) return cli_usage("export", "export takes a store");
    size_t k = 0;
    while (k < sizeof formats / sizeof *formats && strcmp(formats[k], format) != 0) k++;
    if (k == sizeof formats / sizeof *formats)
        return cli_usage("export", "--format is jsonl, csv, geojson, polecat, icews or petrarch");
    if (!cli_query_finish(&q, "export")) return CLI_USAGE;
    const char *statuses = q.query.status;
    if (statuses && strcmp(statuses, "all") == 0) q.query.status = NULL;
    casus_store *store = cli_store(argv[1], CASUS_STORE_READ);
    if (!store) return CLI_INPUT;
    char part[4096];
    FILE *to = stdout;
    int result = CLI_OK;
    if (output) {
        if (snprintf(part, sizeof part, "%s.part", output) >= (int)sizeof part)
            errno = ENAMETOOLONG;
        else
            to = fopen(part, "wb");
        if (!to || to == stdout) result = complain(output);
    }
    if (!result) result = write_all(store, &q, format, statuses, pack, program, to);
    casus_store_free(store);
    if (output && to && to != stdout) {
        const bool whole = fflush(to) == 0 && !ferror(to);
        if (fclose(to) || !whole) result = result ? result : complain(output);
        if (!result && rename(part, output)) result = complain(output);
        if (result) remove(part);
    } else if (!output && fflush(stdout)) {
        perror("casus: standard output");
        result = CLI_INPUT;
    }
    return result;
}
