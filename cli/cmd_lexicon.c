/* cmd_lexicon.c - casus lexicon: check the tables of actors for rows that clash; try a row of
 * events (cmd_try.c). */
#include "cli.h"
#include <string.h>

typedef struct checking {
    bool all;
    size_t clashes;
} checking;

static int print_clash(void *payload, const casus_clash *c) {
    checking *k = payload;
    const bool shared = strcmp(c->what, "shared name") == 0;
    if (shared && !k->all) return 0;
    if (!shared) k->clashes++;
    printf("%s:%llu: %s: %s", c->file, (unsigned long long)c->line, c->what, c->name);
    if (c->other_line) printf(", as in %s:%llu", c->other, (unsigned long long)c->other_line);
    if (c->detail && *c->detail) printf(" (%s)", c->detail);
    putchar('\n');
    return ferror(stdout) != 0;
}

int cmd_lexicon(int argc, char **argv, const char *program) {
    const char *data = "data", *all = NULL, *pack = NULL, *from = NULL, *date = NULL;
    const cli_option options[] = {{"data", true, &data},
                                  {"all", false, &all},
                                  {"pack", true, &pack},
                                  {"from", true, &from},
                                  {"date", true, &date}};
    if (!cli_options(&argc, argv, options, sizeof options / sizeof *options)) return CLI_USAGE;
    if (argc > 1 && strcmp(argv[1], "try") == 0)
        return cli_lexicon_try(argc - 2, argv + 2, program, data, pack, from, date);
    if (argc != 2 || strcmp(argv[1], "check") != 0)
        return cli_usage("lexicon", "lexicon takes the word check, or try with a row and files");
    checking k = {all != NULL, 0};
    casus_error err = {0};
    if (casus_lexicon_check(data, print_clash, &k, NULL, &err)) {
        cli_error(&err);
        return CLI_INPUT;
    }
    if (fflush(stdout)) {
        perror("casus: standard output");
        return CLI_INPUT;
    }
    return k.clashes ? CLI_INPUT : CLI_OK;
}
