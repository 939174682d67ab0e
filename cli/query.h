/* query.h - what find, export and show share: the options of a query, and records for reading. */
#ifndef CASUS_CLI_QUERY_H
#define CASUS_CLI_QUERY_H

#include "cli.h"

typedef struct cli_query {
    casus_query query;
    const char *limit, *by_date;
    const char *from_store; /* the operand */
} cli_query;
#define CLI_QUERY_OPTIONS(q)                                                                     \
    {"who", true, &(q).query.who}, {"whom", true, &(q).query.whom}, {"by", true, &(q).query.by}, \
        {"side", true, &(q).query.side}, {"type", true, &(q).query.type},                        \
        {"mode", true, &(q).query.mode}, {"status", true, &(q).query.status},                    \
        {"place", true, &(q).query.place}, {"since", true, &(q).query.since},                    \
        {"until", true, &(q).query.until}, {"text", true, &(q).query.text},                      \
        {"doc", true, &(q).query.doc}, {"limit", true, &(q).limit}, {                            \
        "by-date", false, &(q).by_date                                                           \
    }
/* Reads the limit and the order; false, with a line on standard error, when they are wrong. */
bool cli_query_finish(cli_query *q, const char *verb);
/* A store that is read; NULL, with a line on standard error. */
casus_store *cli_store(const char *where, int mode);
/* Calls `each` for every record of the query; the exit code. */
typedef casus_status (*cli_found)(void *payload, const casus_found *found, casus_error *err);
int cli_query_run(casus_store *store, const casus_query *query, cli_found each, void *payload);

/* One line for a record, or (event NULL) the line of titles. */
void cli_print_found(const casus_event *event);
/* A field of a fixed width in code points, cut with an ellipsis. */
void cli_print_cell(const char *text, size_t len, unsigned width);
/* Code, then name of a side: "ARM.MIL Armed Forces of Armenia", into out[size]. */
void cli_party(char *out, size_t size, const casus_party *party);

#endif
