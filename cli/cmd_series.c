/* cmd_series.c - casus series: dyads by day, week or month; and the days on which hostility came to
 * stand at another level. */
#include "weave_input.h"
#include <string.h>

static casus_status print_series(cli_weaving *w, casus_error *err) {
    return cli_weave_print(w, "series", err);
}
static casus_status print_changes(cli_weaving *w, casus_error *err) {
    return cli_weave_print(w, "changes", err);
}

int cmd_series(int argc, char **argv, const char *program) {
    cli_weaving w = {.verb = "series",
                     .then = print_series,
                     .format = "csv",
                     .query = CASUS_WEAVE_QUERY_INIT};
    cli_option options[CLI_WEAVING_OPTIONS];
    const char *changes = NULL, *all = NULL;
    size_t n = cli_weaving_options(&w, options);
    options[n++] = (cli_option){"by", true, &w.query.bin};
    options[n++] = (cli_option){"changes", false, &changes};
    options[n++] = (cli_option){"all", false, &all};
    if (!cli_weaving_between(&w, &argc, argv)) return CLI_USAGE;
    if (!cli_options(&argc, argv, options, n)) return CLI_USAGE;
    w.query.all = all != NULL;
    if (changes) w.then = print_changes;
    return cli_weave(&w, argc, argv, program);
}
