/* weave_input.h - shared by the verbs that weave: timeline, accounts, commitments, series, weave.
 */
#ifndef CASUS_CLI_WEAVE_INPUT_H
#define CASUS_CLI_WEAVE_INPUT_H

#include "cli.h"

#define CLI_SIDE_BYTES 1024

typedef struct cli_weaving cli_weaving;
struct cli_weaving {
    const char *verb;
    casus_status (*then)(cli_weaving *w, casus_error *err); /* with what was woven */
    cli_run run;
    const char *store;   /* take the records of this store */
    const char *records; /* take the lines of this file, as casus code prints them */
    const char *format;
    const char *what, *pairs; /* of casus weave */
    casus_weave_query query;
    char code[2][8]; /* of the sides asked for by a name */
    casus_weave *weave;
    const casus_model *model;
    casus_weave_stats stats;
    const char *keep;     /* put what was woven into the store */
    casus_store *kept_in; /* open for it, or NULL */
    bool same;            /* nothing came since it was woven last: nothing is done */
    int64_t *numbers;     /* [n_numbers] of the store's documents, by number in the weave */
    size_t n_numbers, cap_numbers;
};

/* The options that all these verbs share, into *w; *n of them into options[CLI_WEAVING_OPTIONS]. */
#define CLI_WEAVING_OPTIONS 16
size_t cli_weaving_options(cli_weaving *w, cli_option *options);
/* "--between A B": B, which follows A, is taken out of the operands. Before cli_options. */
bool cli_weaving_between(cli_weaving *w, int *argc, char **argv);
/* Codes or reads what the operands and options name, weaves it, and calls `then`; the exit code. */
int cli_weave(cli_weaving *w, int argc, char **argv, const char *program);
/* Notes in the store what was woven, and by which model and version; commits it. */
casus_status cli_weave_noted(const casus_model *model, casus_store *store, casus_error *err);
/* Weaves all that is in the store, which is open for writing, and keeps it there; does nothing when
 * nothing came since the last time. */
casus_status cli_weave_store(const casus_model *model, casus_store *store, casus_error *err);
/* Prints `what` in w->format. */
casus_status cli_weave_print(cli_weaving *w, const char *what, casus_error *err);

#endif
