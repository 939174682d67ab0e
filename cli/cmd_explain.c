/* cmd_explain.c - casus explain: which rows fired on a sentence, and why each loser lost. */
#include "cli.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static casus_status print(void *payload, const casus_doc *doc, casus_error *err) {
    return casus_doc_write_layer(doc, "explain", payload, cli_print, stdout, err);
}

int cmd_explain(int argc, char **argv, const char *program) {
    const char *format = NULL;
    cli_run run = {.each = print, .explain = -1};
    const cli_option options[] = {{"date", true, &run.date},       {"format", true, &format},
                                  {"from", true, &run.from},       {"pack", true, &run.pack},
                                  {"kernels", true, &run.kernels}, {"actors", true, &run.actors}};
    if (!cli_options(&argc, argv, options, sizeof options / sizeof *options)) return CLI_USAGE;
    char table[] = "table";
    char *chosen = format ? strdup(format) : table;
    if (!chosen) return CLI_INPUT;
    run.payload = chosen;
    /* FILE:LINE, when no file has that very name */
    char *colon = argc == 2 ? strrchr(argv[1], ':') : NULL;
    if (colon && access(argv[1], F_OK) != 0) {
        char *end;
        errno = 0;
        const long line = strtol(colon + 1, &end, 10);
        if (!*end && end > colon + 1 && !errno && line > 0 && line < 1 << 30) {
            *colon = 0;
            run.explain = (int)line;
        }
    }
    const int result = cli_run_documents(&run, argc, argv, program);
    if (chosen != table) free(chosen);
    return result;
}
