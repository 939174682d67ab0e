/* when.h - dates, times, durations and sets in text, and their calendar values (TimeML TIMEX3). */
#ifndef CASUS_WHEN_WHEN_H
#define CASUS_WHEN_WHEN_H

#include "lang/lang.h"
#include "pack/pack.h"

typedef enum casus_time_type {
    CASUS_TIME_DATE,
    CASUS_TIME_TIME,
    CASUS_TIME_DURATION,
    CASUS_TIME_SET
} casus_time_type;
typedef enum casus_grain {
    CASUS_GRAIN_NONE,
    CASUS_GRAIN_TIME,
    CASUS_GRAIN_DAY,
    CASUS_GRAIN_WEEK,
    CASUS_GRAIN_MONTH,
    CASUS_GRAIN_QUARTER,
    CASUS_GRAIN_YEAR,
    CASUS_GRAIN_DECADE,
    CASUS_GRAIN_CENTURY
} casus_grain;

/* How a preposition before it bounds what happens. */
typedef enum casus_bound {
    CASUS_BOUND_AT,    /* on, in, at, during, or nothing: it happens then */
    CASUS_BOUND_SINCE, /* since, from, after: it begins then, or lies behind */
    CASUS_BOUND_UNTIL, /* until, till: it ends then; by, before, of the past */
    CASUS_BOUND_DUE    /* by, before, no later than, within (60 days): a deadline */
} casus_bound;

typedef struct casus_time {
    uint32_t begin, end;  /* bytes */
    uint32_t first, last; /* tokens [first, last) */
    uint8_t type;         /* casus_time_type */
    uint8_t grain;        /* casus_grain */
    bool relative;        /* needed the publication date or a narrative anchor */
    bool hour;            /* a time of day alone: its day is the one told last, or today */
    casus_slice value;    /* TIMEX3 value: "2022-11-15", "2022-W46", "P3D", "PAST_REF", "XXXX-.." */
    int32_t from, to;     /* inclusive day numbers, CASUS_NO_DAY when open */
    uint8_t bound;        /* casus_bound */
    uint32_t governor;    /* token that it modifies, prepositions passed over; CASUS_NONE: a root */
    uint32_t next;        /* next time with the same governor, or CASUS_NONE */
    uint32_t upto; /* the time that closes a range ("from Monday to Friday"), or CASUS_NONE */
} casus_time;

typedef struct casus_times {
    casus_time *items; /* [n], in order, not overlapping */
    uint32_t n;
    uint32_t *first_of; /* [n_tokens]: first time with this governor, or CASUS_NONE */
} casus_times;

typedef struct casus_when casus_when; /* the compiled tables; constant, shared */

/* Compiles data_dir/when/NAME.tsv into section "when". CASUS_E_DATA names file and line;
 * CASUS_E_IO, _MEMORY. */
casus_status casus_when_compile(const char *data_dir, casus_pack_writer *writer,
                                const casus_memory *memory, casus_error *err);
/* Opens the section in place: the pack must outlive it. CASUS_E_FORMAT, _MEMORY. */
casus_status casus_when_open(casus_when **out, const casus_pack *pack, const casus_memory *memory,
                             casus_error *err);
void casus_when_free(casus_when *when);

/* Finds and values all time expressions of a parsed document, in its arena. Linear in its tokens.
 * Without a publication date the relative ones stay open. CASUS_E_MEMORY only. */
casus_status casus_when_find(casus_times **out, const casus_when *when, const casus_parse *parse,
                             casus_error *err);

/* When what a clause tells took place, takes place or is due. */
typedef struct casus_when_fit {
    uint32_t time;    /* index into times, or CASUS_NONE */
    int32_t from, to; /* inclusive; of a range to its end; CASUS_NO_DAY when open or unknown */
    uint8_t bound;    /* casus_bound: CASUS_BOUND_DUE is a deadline and not the day of the act */
} casus_when_fit;

/* The time expression that dates the clause; its index, also in *fit (may be NULL), or CASUS_NONE.
 * `predicate` is another token that names the same act (the event noun under a light verb, the
 * verb over it), or CASUS_NONE; its modifiers count after those of the clause.
 *
 * In order: what modifies the clause's head or verb ("attacked X on Tuesday", "Tuesday's attack",
 * "the November 7 talks", "On Monday, ..."); what its arguments hold (shared ones too: "the talks
 * took place on Tuesday"); what stands before the first of coordinated clauses ("On Monday they
 * shelled X and stormed Y"); for a gerund that tells what came of it (", killing ten") the time of
 * the clause above; what opens the sentence; the time of what it happened in ("died in the
 * attack on Monday", "in a statement issued on Monday it ..."); that of an adverbial clause ("were
 * killed when a bomb went off on Monday"). What stands behind a name or a noun of a place hangs on
 * what is told of it ("attacked the base near Homs on Tuesday"). The time of a clause of speech is
 * never that of what is said. Lengths ("for three days"), sets ("every Friday") and words with no
 * place on the calendar ("recently") date nothing, but "in the past two months" does; "within 60
 * days" is a deadline. A time that stays open because there is no day of publication is given all
 * the same, with from and to CASUS_NO_DAY. A day with CASUS_BOUND_DUE is given only when there is
 * none of another bound. O(arguments of the clause). */
uint32_t casus_when_clause_time(const casus_times *times, const casus_parse *parse, uint32_t clause,
                                uint32_t predicate, casus_when_fit *fit);

#endif
