/* cli.h - shared by the verbs of the program. On the public header only.
 *
 * Exit codes: 0 done, 1 bad usage, 2 input (or pack) that cannot be read, in whole or in part; what
 * could be read is done all the same.
 */
#ifndef CASUS_CLI_CLI_H
#define CASUS_CLI_CLI_H

#include <casus/casus.h>
#include <stdbool.h>
#include <stdio.h>

enum { CLI_OK = 0, CLI_USAGE = 1, CLI_INPUT = 2 };

/* One verb: `argv[0]` is the verb. */
typedef struct cli_verb {
    const char *name;
    const char *summary; /* one line */
    const char *help;    /* the rest */
    int (*run)(int argc, char **argv, const char *program);
} cli_verb;
extern const cli_verb cli_verbs[];
const cli_verb *cli_find(const char *name);

/* An option "--name VALUE", "--name=VALUE" or, with takes_value false, "--name". */
typedef struct cli_option {
    const char *name;
    bool takes_value;
    const char **value; /* set to the value, or to "1" */
} cli_option;
/* Takes the options out of argv (argv[0] stays); what is left are the operands, *argc of them and
 * the verb. False, with a line on standard error, when one is unknown or lacks its value. */
bool cli_options(int *argc, char **argv, const cli_option *options, size_t n);

/* "casus: FILE:LINE: byte N: MESSAGE" on standard error. */
void cli_error(const casus_error *err);
int cli_usage(const char *verb, const char *message);
/* The kind of input of an option --from; negative, with a line on standard error, for none. */
int cli_kind(const char *from);
/* Opens the pack named by --pack, CASUS_PACK, or found beside the program or in the install folder;
 * prints what went wrong. */
casus_model *cli_model(const char *pack, const char *program);
int cli_print(void *payload, const char *bytes, size_t len); /* a sink on FILE *payload */

/* Runs every document of the operands (none: standard input) through `each`; returns the exit code.
 */
typedef casus_status (*cli_each)(void *payload, const casus_doc *doc, casus_error *err);
typedef struct cli_run {
    const char *date, *from, *pack, *kernels, *actors;
    const char *workers; /* a number of threads; NULL: 1 */
    int stop_after;
    int explain; /* as in casus_options */
    cli_each each;
    void *payload;
    const char *rows;     /* a folder of rows in place of the pack's */
    const char *ontology; /* a table of another ontology's names */
    /* before the first and after the last document; may be NULL */
    casus_status (*begin)(void *payload, const casus_model *model, casus_error *err);
    casus_status (*end)(void *payload, casus_error *err);
    /* Is this document to be coded? 1, 0, or negative to stop; NULL: every one. In the order of
     * reading, on the thread that also calls `each`. */
    int (*wanted)(void *payload, const casus_item *item, casus_error *err);
    bool strict; /* an error of `each` or `wanted` ends the run */
    /* Told of every error, before it is printed. */
    void (*fault)(void *payload, const casus_error *err);
    /* Documents of another origin than the operands: as casus_input_next. */
    int (*next)(void *payload, casus_item *item, casus_error *err);
    double *share; /* kept at how far the reading has come, 0 .. 1 */
} cli_run;
int cli_run_documents(const cli_run *run, int argc, char **argv, const char *program);
/* The same over the operands as texts, one document each, with no id but their number. */
int cli_run_texts(const cli_run *run, int argc, char **argv, const char *program);

/* ---- running, shared by common.c and parallel.c ------------------------------------------------
 */

#define CLI_WORKERS_MOST 256

/* The documents of all operands, one after the other. Free `input` after use. */
typedef struct cli_feed {
    casus_input_options options;
    int argc, at; /* the operand at hand */
    char **argv;
    bool texts;      /* the operands are the texts */
    bool keep_aside; /* items set aside are given too */
    casus_input *input;
    char id[16];
    const cli_run *run;
    bool stopped; /* the last error is of the run's `wanted` */
} cli_feed;
/* 1: *item is filled, valid until the next call; 0: the end; negative: an operand or a line cannot
 * be read, and the next call goes on behind it. Clears *err first. */
int cli_feed_next(cli_feed *feed, casus_item *item, casus_error *err);
casus_status cli_code(casus_doc **doc, const cli_run *run, casus_worker *worker,
                      const casus_item *item, casus_error *err);
/* Prints the error and sets the exit code; true when it makes no sense to go on. */
bool cli_failed(const casus_error *err, casus_status s, int *result);
/* The same for an error of a run; `ours`: of its `each` or `wanted`. */
bool cli_run_failed(const cli_run *run, const casus_error *err, casus_status s, bool ours,
                    int *result);
#define CLI_SKIPPED 2 /* of cli_feed_next: not wanted, nothing to code */
/* The same output as on one thread: `workers` threads code, this one reads and prints in order. */
int cli_run_parallel(const cli_run *run, const casus_model *model, cli_feed *feed,
                     unsigned workers);

int cmd_code(int argc, char **argv, const char *program);
int cmd_read(int argc, char **argv, const char *program);
int cmd_parse(int argc, char **argv, const char *program);
int cmd_pack(int argc, char **argv, const char *program);
int cmd_who(int argc, char **argv, const char *program);
int cmd_lexicon(int argc, char **argv, const char *program);
int cmd_eval(int argc, char **argv, const char *program);
int cmd_explain(int argc, char **argv, const char *program);
/* casus lexicon try: argv holds the row, then files and folders. */
int cli_lexicon_try(int argc, char **argv, const char *program, const char *data, const char *pack,
                    const char *from, const char *date);
int cmd_ingest(int argc, char **argv, const char *program);
int cmd_show(int argc, char **argv, const char *program);
int cmd_find(int argc, char **argv, const char *program);
int cmd_export(int argc, char **argv, const char *program);
int cmd_recode(int argc, char **argv, const char *program);
int cmd_timeline(int argc, char **argv, const char *program);
int cmd_accounts(int argc, char **argv, const char *program);
int cmd_commitments(int argc, char **argv, const char *program);
int cmd_series(int argc, char **argv, const char *program);
int cmd_weave(int argc, char **argv, const char *program);
int cmd_help(int argc, char **argv, const char *program);

#endif
