/* progress.h - a bar on a terminal, plain lines otherwise, on standard error. */
#ifndef CASUS_CLI_PROGRESS_H
#define CASUS_CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

typedef struct cli_progress {
    bool terminal, shown; /* shown: a bar stands on the line at hand */
    double began, told;   /* seconds */
    double first_share;   /* where it stood when the clock began */
    uint64_t first_done;
} cli_progress;

/* Seconds of a clock that never goes back. */
double cli_now(void);
void cli_progress_begin(cli_progress *p);
/* Tells how far it has come, when it is time: `share` is 0 .. 1, or negative when unknown. */
void cli_progress_tell(cli_progress *p, double share, uint64_t done, const char *what,
                       uint64_t errors);
/* Takes the bar off the line, before something else is printed. */
void cli_progress_clear(cli_progress *p);

#endif
