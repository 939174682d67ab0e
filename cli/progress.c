/* progress.c - how far a long run has come: rate, time left, errors. */
#include "progress.h"
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#define BAR_EVERY 0.2   /* seconds between two states of the bar */
#define LINE_FIRST 5.0  /* seconds before the first plain line */
#define LINE_EVERY 10.0 /* seconds between two of them */
#define BAR_WIDTH 24

double cli_now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

void cli_progress_begin(cli_progress *p) {
    *p = (cli_progress){.terminal = isatty(2) == 1, .first_share = -1};
    p->began = p->told = cli_now();
}

void cli_progress_clear(cli_progress *p) {
    if (p->shown) fputs("\r\033[K", stderr);
    p->shown = false;
}

static void time_left(char *out, size_t size, double seconds) {
    const long s = (long)seconds;
    if (s >= 3600)
        snprintf(out, size, "%ld:%02ld:%02ld left", s / 3600, s / 60 % 60, s % 60);
    else
        snprintf(out, size, "%ld:%02ld left", s / 60, s % 60);
}

void cli_progress_tell(cli_progress *p, double share, uint64_t done, const char *what,
                       uint64_t errors) {
    const double now = cli_now();
    if (p->first_share < 0) {
        p->first_share = share;
        p->first_done = done;
    }
    const double wait = p->terminal ? BAR_EVERY : p->told > p->began ? LINE_EVERY : LINE_FIRST;
    if (now - p->told < wait) return;
    p->told = now;
    const double spent = now - p->began, went = share - p->first_share;
    const double rate = (double)(done - p->first_done) / spent;
    char left[40] = "", bad[40] = "";
    if (share >= 0 && went > 0.001 && share <= 1)
        time_left(left, sizeof left, spent * (1 - share) / went);
    if (errors) snprintf(bad, sizeof bad, ", %llu errors", (unsigned long long)errors);
    if (!p->terminal) {
        fprintf(stderr, "casus: %llu %s, %.0f a second%s%s%s\n", (unsigned long long)done, what,
                rate, *left ? ", " : "", left, bad);
        return;
    }
    char bar[BAR_WIDTH + 1];
    for (int i = 0; i < BAR_WIDTH; i++) bar[i] = share * BAR_WIDTH > i ? '#' : '.';
    bar[BAR_WIDTH] = 0;
    fprintf(stderr, "\r\033[K[%s] %3.0f %%  %llu %s, %.0f a second%s%s%s", bar,
            share > 0 ? share * 100 : 0.0, (unsigned long long)done, what, rate, *left ? ", " : "",
            left, bad);
    fflush(stderr);
    p->shown = true;
}
