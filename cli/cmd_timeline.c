/* cmd_timeline.c - casus timeline: what happened between two sides, in order of days. */
#include "weave_input.h"
#include <string.h>

static casus_status print(cli_weaving *w, casus_error *err) {
    return cli_weave_print(w, "timeline", err);
}

int cmd_timeline(int argc, char **argv, const char *program) {
    cli_weaving w = {.verb = "timeline",
                     .then = print,
                     .format = "table",
                     .query = CASUS_WEAVE_QUERY_INIT};
    cli_option options[CLI_WEAVING_OPTIONS];
    const size_t n = cli_weaving_options(&w, options);
    if (!cli_weaving_between(&w, &argc, argv)) return CLI_USAGE;
    if (!cli_options(&argc, argv, options, n)) return CLI_USAGE;
    return cli_weave(&w, argc, argv, program);
}
