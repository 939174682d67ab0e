/* cmd_pack.c - casus pack: compiles model, lexicons and gazetteer into one file. */
#include "cli.h"

int cmd_pack(int argc, char **argv, const char *program) {
    (void)program;
    casus_pack_options o = CASUS_PACK_OPTIONS_INIT;
    const char *output = NULL, *language_only = NULL;
    const cli_option options[] = {{"model", true, &o.model},
                                  {"gazetteer", true, &o.gazetteer},
                                  {"geonames", true, &o.geonames},
                                  {"data", true, &o.data},
                                  {"output", true, &output},
                                  {"language-only", false, &language_only}};
    if (!cli_options(&argc, argv, options, sizeof options / sizeof *options)) return CLI_USAGE;
    if (!o.model || !o.data || !output || argc > 1)
        return cli_usage("pack", "pack needs --model, --data and -o");
    o.language_only = language_only != NULL;
    casus_error err = {0};
    if (casus_pack_make(output, &o, NULL, &err)) {
        cli_error(&err);
        return CLI_INPUT;
    }
    return CLI_OK;
}
