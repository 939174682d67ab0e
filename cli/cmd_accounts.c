/* cmd_accounts.c - casus accounts: the versions of an incident side by side. */
#include "weave_input.h"
#include <string.h>

static casus_status print(cli_weaving *w, casus_error *err) {
    return cli_weave_print(w, "accounts", err);
}

int cmd_accounts(int argc, char **argv, const char *program) {
    cli_weaving w = {.verb = "accounts",
                     .then = print,
                     .format = "table",
                     .query = CASUS_WEAVE_QUERY_INIT};
    cli_option options[CLI_WEAVING_OPTIONS];
    size_t n = cli_weaving_options(&w, options);
    options[n++] = (cli_option){"incident", true, &w.query.id};
    if (!cli_weaving_between(&w, &argc, argv)) return CLI_USAGE;
    if (!cli_options(&argc, argv, options, n)) return CLI_USAGE;
    if ((w.store || w.records) && !w.query.id && argc == 2) {
        w.query.id = argv[1];
        argc = 1;
    }
    return cli_weave(&w, argc, argv, program);
}
