/* cmd_commitments.c - casus commitments: promises, and what became of them. */
#include "weave_input.h"
#include <string.h>

static casus_status print(cli_weaving *w, casus_error *err) {
    return cli_weave_print(w, "commitments", err);
}

int cmd_commitments(int argc, char **argv, const char *program) {
    cli_weaving w = {.verb = "commitments",
                     .then = print,
                     .format = "table",
                     .query = CASUS_WEAVE_QUERY_INIT};
    cli_option options[CLI_WEAVING_OPTIONS];
    size_t n = cli_weaving_options(&w, options);
    options[n++] = (cli_option){"asked", true, &w.query.asked};
    if (!cli_weaving_between(&w, &argc, argv)) return CLI_USAGE;
    if (!cli_options(&argc, argv, options, n)) return CLI_USAGE;
    return cli_weave(&w, argc, argv, program);
}
