/* cmd_parse.c - casus parse: CoNLL-U, or one layer of the analysis. */
#include "cli.h"
#include <string.h>

typedef struct printing {
    const char *layer, *format;
} printing;

static casus_status print_layer(void *payload, const casus_doc *doc, casus_error *err) {
    const printing *p = payload;
    return casus_doc_write_layer(doc, p->layer ? p->layer : "tokens", p->format, cli_print, stdout,
                                 err);
}

int cmd_parse(int argc, char **argv, const char *program) {
    printing p = {NULL, NULL};
    cli_run run = {.each = print_layer, .payload = &p};
    const cli_option options[] = {{"date", true, &run.date},    {"format", true, &p.format},
                                  {"from", true, &run.from},    {"pack", true, &run.pack},
                                  {"layer", true, &p.layer},    {"kernels", true, &run.kernels},
                                  {"actors", true, &run.actors}};
    if (!cli_options(&argc, argv, options, sizeof options / sizeof *options)) return CLI_USAGE;
    if (!p.format) p.format = p.layer ? "jsonl" : "conllu";
    const char *l = p.layer ? p.layer : "tokens";
    if (strcmp(l, "tokens") == 0 || strcmp(l, "clauses") == 0 || strcmp(l, "names") == 0)
        run.stop_after = CASUS_STOP_LANG;
    else if (strcmp(l, "times") == 0 || strcmp(l, "places") == 0 || strcmp(l, "actors") == 0 ||
             strcmp(l, "mentions") == 0 || strcmp(l, "who") == 0)
        run.stop_after = CASUS_STOP_KNOW;
    return cli_run_documents(&run, argc, argv, program);
}
