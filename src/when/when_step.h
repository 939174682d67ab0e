/* when_step.h - private to src/when: single steps of the grammar over atoms, and the parts of it
 * that several files use. "at": begins at atom i; *end and the like: the atom behind it. */
#ifndef CASUS_WHEN_WHEN_STEP_H
#define CASUS_WHEN_WHEN_STEP_H

#include "when/when_int.h"

typedef struct when_count {
    int64_t milli;
    uint32_t end;
    bool vague, article, digits;
} when_count;

typedef struct when_length {
    int64_t milli;
    uint32_t end;
    uint8_t unit;
    bool vague, article, hyphen, many;
} when_length;

/* ---- small steps ----------------------------------------------------------------------------- */

static inline bool more(const when_finder *f, uint32_t i) {
    return i < f->n && !f->atoms[i].stop;
}
static inline bool sign(const when_finder *f, uint32_t i, char c) {
    return more(f, i) && f->atoms[i].kind == WHEN_SIGN && f->atoms[i].lower[0] == c;
}
static inline bool tight(const when_finder *f, uint32_t i) {
    return more(f, i) && !f->atoms[i].apart;
}
static inline bool is(const when_finder *f, uint32_t i, const char *word) {
    return i < f->n && casus_slice_is(casus_slice_of(f->atoms[i].lower, f->atoms[i].n), word);
}
static inline bool next_is(const when_finder *f, uint32_t i, const char *word) {
    return more(f, i) && is(f, i, word);
}
static inline const when_word *next(const when_finder *f, uint32_t i, when_role role,
                                    uint32_t *end) {
    return more(f, i) ? when_word_at(f, i, role, end) : NULL;
}
static inline const char *text_of(const when_finder *f, const when_word *w) {
    return f->when->pool + w->text;
}
static inline bool digits(const when_finder *f, uint32_t i, uint32_t least, uint32_t most,
                          int32_t *out) {
    if (i >= f->n || f->atoms[i].kind != WHEN_DIGITS) return false;
    const when_atom *a = &f->atoms[i];
    if (a->n < least || a->n > most) return false;
    *out = 0;
    for (uint32_t k = 0; k < a->n; k++) *out = *out * 10 + (a->lower[k] - '0');
    return true;
}
static inline uint8_t pos_of(const when_finder *f, uint32_t i) {
    return i < f->n ? f->parse->tokens[f->atoms[i].token].pos : (uint8_t)CASUS_POS_X;
}
static inline const when_word *modifier(const when_finder *f, uint32_t i, unsigned places,
                                        uint32_t *end) {
    const when_word *w = next(f, i, WHEN_MOD, end);
    return w && (places >> (w->where - WHEN_DATES) & 1) ? w : NULL;
}
#define PLACE(x) (1u << ((x)-WHEN_DATES))

static inline void blank(when_expr *e, uint32_t first) {
    memset(e, 0, sizeof *e);
    e->first = e->end = first;
    e->rel = WHEN_RELS;
    e->year = e->year2 = e->month = e->day = e->day2 = e->weekday = e->quarter = e->half = -1;
    e->year_rel = e->decade = WHEN_NO;
    e->hour = e->minute = -1;
    e->zone = WHEN_ZONE_LOCAL;
    e->milli = 1000;
}

/* ---- when_words.c and when_date.c --- */

bool when_day_at(const when_finder *f, uint32_t i, int32_t *day, uint32_t *end);
uint32_t when_fillers(const when_finder *f, uint32_t i);
bool when_length_at(const when_finder *f, uint32_t i, when_length *l);
bool when_month_at(const when_finder *f, uint32_t i, int32_t *month, bool alone, uint32_t *end);
bool when_number_at(const when_finder *f, uint32_t i, when_count *n);
bool when_ordinal_at(const when_finder *f, uint32_t i, int32_t *n, uint32_t *end);
uint32_t when_tail_of_length(const when_finder *f, uint32_t end, when_length *l);
const when_word *when_unit_at(const when_finder *f, uint32_t i, bool behind_number, uint32_t *end);
bool when_weekday_at(const when_finder *f, uint32_t i, int32_t *day, bool *many, uint32_t *end);
bool when_year_at(const when_finder *f, uint32_t i, int32_t *year, uint32_t *end);
bool when_year_digits(const when_finder *f, uint32_t i, int32_t *year, uint32_t *end);
bool when_clock_at(const when_finder *f, uint32_t i, when_expr *e);
bool when_holiday_at(const when_finder *f, uint32_t i, when_expr *e);
bool when_long_at(const when_finder *f, uint32_t i, when_expr *e);
bool when_month_date(const when_finder *f, uint32_t i, when_expr *e);
bool when_plain_date(const when_finder *f, uint32_t i, when_expr *e, bool vouched);
bool when_quarter_at(const when_finder *f, uint32_t i, when_expr *e);
bool when_season_at(const when_finder *f, uint32_t i, when_expr *e, bool vouched);
bool when_set_clock(const when_finder *f, const when_word *part, when_expr *e);
uint32_t when_year_behind(const when_finder *f, uint32_t i, bool may_comma, when_expr *e);

#endif
