/* cmd_code.c - casus code: the records of documents. */
#include "cli.h"
#include <string.h>

typedef struct printing {
    const char *format;
    int header;
} printing;

static casus_status print_records(void *payload, const casus_doc *doc, casus_error *err) {
    printing *p = payload;
    const casus_status s = casus_doc_write(doc, p->format, p->header, cli_print, stdout, err);
    p->header = 0;
    return s;
}

int cmd_code(int argc, char **argv, const char *program) {
    printing p = {"jsonl", 1};
    cli_run run = {.each = print_records, .payload = &p};
    const cli_option options[] = {{"date", true, &run.date},       {"format", true, &p.format},
                                  {"from", true, &run.from},       {"pack", true, &run.pack},
                                  {"kernels", true, &run.kernels}, {"actors", true, &run.actors},
                                  {"workers", true, &run.workers}};
    if (!cli_options(&argc, argv, options, sizeof options / sizeof *options)) return CLI_USAGE;
    if (strcmp(p.format, "jsonl") != 0 && strcmp(p.format, "csv") != 0 &&
        strcmp(p.format, "table") != 0)
        return cli_usage("code", "--format is jsonl, csv or table");
    return cli_run_documents(&run, argc, argv, program);
}
