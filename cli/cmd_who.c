/* cmd_who.c - casus who: whom a name or a description means on a day. */
#include "cli.h"
#include <string.h>

static casus_status print_who(void *payload, const casus_doc *doc, casus_error *err) {
    const char *const *format = payload;
    return casus_doc_write_layer(doc, "who", *format, cli_print, stdout, err);
}

int cmd_who(int argc, char **argv, const char *program) {
    const char *format = "table";
    cli_run run = {.each = print_who, .payload = &format, .stop_after = CASUS_STOP_KNOW};
    const cli_option options[] = {{"date", true, &run.date},       {"format", true, &format},
                                  {"from", true, &run.from},       {"pack", true, &run.pack},
                                  {"kernels", true, &run.kernels}, {"actors", true, &run.actors}};
    if (!cli_options(&argc, argv, options, sizeof options / sizeof *options)) return CLI_USAGE;
    if (strcmp(format, "jsonl") != 0 && strcmp(format, "table") != 0)
        return cli_usage("who", "--format is jsonl or table");
    if (run.from) return cli_run_documents(&run, argc, argv, program);
    if (argc < 2) return cli_usage("who", "who needs a text, or --from jsonl and a file");
    return cli_run_texts(&run, argc, argv, program);
}
