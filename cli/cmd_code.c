/* cmd_code.c - casus code: the records of documents. */
#include "cli.h"
#include <string.h>

typedef struct printing {
    const char *format, *status;
    casus_export *export;
} printing;

static casus_status begin(void *payload, const casus_model *model, casus_error *err) {
    printing *p = payload;
    casus_export_options options = CASUS_EXPORT_OPTIONS_INIT;
    options.status = p->status;
    return casus_export_open(&p->export, model, p->format, &options, cli_print, stdout, err);
}

static casus_status export_records(void *payload, const casus_doc *doc, casus_error *err) {
    printing *p = payload;
    return casus_export_doc(p->export, doc, err);
}

static casus_status end(void *payload, casus_error *err) {
    printing *p = payload;
    const casus_status s = casus_export_end(p->export, err);
    const char *why = NULL;
    const uint64_t n = casus_export_left_out(p->export, &why);
    /* whoever names statuses knows; a format that cannot hold a record says so */
    if (!s && n && !p->status)
        fprintf(stderr, "casus: records left out: %s (see --status and docs/exports.md)\n", why);
    casus_export_free(p->export);
    return s;
}

static casus_status print_table(void *payload, const casus_doc *doc, casus_error *err) {
    (void)payload;
    return casus_doc_write(doc, "table", 0, cli_print, stdout, err);
}

int cmd_code(int argc, char **argv, const char *program) {
    printing p = {"jsonl", NULL, NULL};
    cli_run run = {.each = export_records, .begin = begin, .end = end, .payload = &p};
    const cli_option options[] = {
        {"date", true, &run.date},       {"format", true, &p.format},
        {"from", true, &run.from},       {"pack", true, &run.pack},
        {"kernels", true, &run.kernels}, {"actors", true, &run.actors},
        {"workers", true, &run.workers}, {"status", true, &p.status},
        {"rows", true, &run.rows},       {"ontology", true, &run.ontology}};
    if (!cli_options(&argc, argv, options, sizeof options / sizeof *options)) return CLI_USAGE;
    if (strcmp(p.format, "table") == 0) {
        if (p.status) return cli_usage("code", "--status is not for --format table");
        run.each = print_table;
        run.begin = NULL;
        run.end = NULL;
    } else if (strcmp(p.format, "jsonl") != 0 && strcmp(p.format, "csv") != 0 &&
               strcmp(p.format, "geojson") != 0 && strcmp(p.format, "polecat") != 0 &&
               strcmp(p.format, "icews") != 0 && strcmp(p.format, "petrarch") != 0) {
        return cli_usage("code",
                         "--format is jsonl, csv, table, geojson, polecat, icews or petrarch");
    }
    return cli_run_documents(&run, argc, argv, program);
}
