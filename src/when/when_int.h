/* when_int.h - private to src/when: the compiled words, the atoms of a text, and what a matched
 * expression means before it has a place on the calendar. */
#ifndef CASUS_WHEN_WHEN_INT_H
#define CASUS_WHEN_WHEN_INT_H

#include "when/when.h"

#define WHEN_FORMAT 1u
#define WHEN_SECTION "when"

/* What a word can be in an expression of time; data/when/ tells which words are what. */
typedef enum when_role {
    WHEN_MONTH,   /* value: 1..12 */
    WHEN_WEEKDAY, /* value: 1..7; many: a habit */
    WHEN_UNIT,    /* value: when_unit; value2: how many of it; many: plural */
    WHEN_NUMBER,  /* value; sub: when_number */
    WHEN_PART,    /* text: "MO" or "T12:00" */
    WHEN_SEASON,  /* text: "SU" */
    WHEN_VAGUE,   /* text: TIMEX3 value; value: casus_time_type */
    WHEN_HOLIDAY, /* value, value2: see when_rule (sub) */
    WHEN_MOD,     /* when: where it may stand */
    WHEN_DET,
    WHEN_REL,   /* sub: when_rel */
    WHEN_SHIFT, /* sub: when_shift */
    WHEN_POINT, /* value: days; text: part of the day */
    WHEN_AMPM,  /* value: hours to add */
    WHEN_CLOCK,
    WHEN_ZONE, /* value: minutes east of UTC, or WHEN_ZONE_LOCAL */
    WHEN_ERA,  /* value: -1 before Christ, 1 after */
    WHEN_FISCAL,
    WHEN_SET, /* text: TIMEX3 value */
    WHEN_FILLER,
    WHEN_PERIOD,
    WHEN_OLD,
    WHEN_COUNTED,
    WHEN_NUMBERED,
    WHEN_BOUND,      /* sub: when_bound */
    WHEN_OFTEN_WORD, /* "twice" */
    WHEN_SITE,       /* a noun of a place */
    WHEN_HINT,       /* value: when_hint; looked up by lemma */
    WHEN_ROLES
} when_role;

typedef enum when_unit {
    WHEN_SECOND,
    WHEN_MINUTE,
    WHEN_HOUR,
    WHEN_DAY,
    WHEN_WEEKEND,
    WHEN_WEEK,
    WHEN_MONTHS,
    WHEN_QUARTER,
    WHEN_HALF,
    WHEN_YEAR,
    WHEN_DECADE,
    WHEN_CENTURY,
    WHEN_MILLENNIUM,
    WHEN_UNITS
} when_unit;

typedef enum when_number {
    WHEN_ONE,
    WHEN_TEEN,
    WHEN_TEN,
    WHEN_TIMES,
    WHEN_ARTICLE,
    WHEN_PAIR,
    WHEN_FEW,
    WHEN_SOME,
    WHEN_PLURAL,
    WHEN_HALF_OF,
    WHEN_ORDINAL,
    WHEN_TENS, /* "nineties": value is their first year */
    WHEN_NUMBERS
} when_number;

typedef enum when_rel {
    WHEN_LAST,
    WHEN_NEXT,
    WHEN_THIS,
    WHEN_THAT,
    WHEN_SAME,
    WHEN_PREV,
    WHEN_FOLL,
    WHEN_PAST,
    WHEN_COMING,
    WHEN_RECENT,
    WHEN_LATEST,
    WHEN_FULL,
    WHEN_FIRST,
    WHEN_EACH,
    WHEN_EVERY,
    WHEN_PER,
    WHEN_YEARAGO,
    WHEN_COMPARABLE,
    WHEN_THE, /* an article alone; not in the data */
    WHEN_RELS
} when_rel;

typedef enum when_shift {
    WHEN_AGO,
    WHEN_HENCE,
    WHEN_EARLIER,
    WHEN_LATER,
    WHEN_BEFORE,
    WHEN_AFTER,
    WHEN_SHIFTS
} when_shift;

typedef enum when_bound { WHEN_SINCE, WHEN_UNTIL, WHEN_DUE, WHEN_WITHIN, WHEN_BOUNDS } when_bound;

/* What a verb, noun or adjective tells of the day beside it. */
enum {
    WHEN_HINT_DONE = -2,  /* nouns of what happened: "Friday's attack" */
    WHEN_HINT_PAST = -1,  /* "managed to" */
    WHEN_HINT_FUTURE = 1, /* ahead in the present, the passive and before an infinitive: "vow" */
    WHEN_HINT_AHEAD = 2,  /* always: "schedule" */
    WHEN_HINT_UNTIL = 3,  /* what stands behind "until", "to": "postpone" */
    WHEN_HINT_FOR = 4     /* behind these and "for": "reschedule" */
};

/* How a holiday finds its day. */
typedef enum when_rule {
    WHEN_FIXED,  /* value: month * 100 + day */
    WHEN_ONCE,   /* value: day number */
    WHEN_NTH,    /* value: month * 100 + weekday * 10 + n (9: last); value2: days to add */
    WHEN_BEHIND, /* value: month * 100 + weekday * 10; value2: the weekday behind it */
    WHEN_EASTER, /* value: days to add */
    WHEN_PASCHA,
    WHEN_FEAST /* value, value2: rows [value, value + value2) of feasts */
} when_rule;

/* Where the words count (the column `when`). */
typedef enum when_where {
    WHEN_ALWAYS,
    WHEN_CAPITAL,
    WHEN_BESIDE,
    WHEN_BEHIND_NUMBER,
    WHEN_ALONE,
    WHEN_MODIFIER,
    WHEN_NO_NOUN,
    WHEN_BEHIND_AT,
    WHEN_BEHIND_TO,
    WHEN_OPENS,
    WHEN_FREE,
    WHEN_UNDER_WILL,
    WHEN_DATES,  /* modifiers: before a date */
    WHEN_COUNTS, /* before a number */
    WHEN_BOTH,
    WHEN_OF_DATE,   /* a noun before "of" and a date */
    WHEN_THIS_DATE, /* before "this", "last", "that" */
    WHEN_WHERES
} when_where;

#define WHEN_ZONE_LOCAL INT32_MAX

typedef struct when_word {
    uint64_t key;  /* hash of the first atom */
    uint32_t rest; /* pool: the other atoms, each ended by a zero byte */
    uint32_t text; /* pool: zero-terminated */
    int32_t value, value2;
    uint8_t n;         /* atoms */
    uint8_t role, sub; /* when_role; its kind */
    uint8_t where;     /* when_where */
    uint8_t many;
    uint8_t keep; /* holidays: so many atoms are the expression; 0: all */
    uint8_t spare[2];
    uint32_t line; /* of its file */
    uint32_t spare2;
} when_word; /* sorted by key, then longest first, then role */

typedef struct when_feast {
    int32_t first, last;
} when_feast;

typedef struct when_head {
    uint32_t format, n_words, n_feasts, n_pool;
    uint32_t words, feasts, pool, spare; /* byte offsets, multiples of 8 */
} when_head;

struct casus_when {
    casus_memory memory;
    const when_word *words;
    const when_feast *feasts;
    const char *pool;
    uint32_t n_words, n_feasts, n_pool;
};

/* ---- atoms ----------------------------------------------------------------------------------- */

typedef enum when_kind { WHEN_LETTERS, WHEN_DIGITS, WHEN_SIGN } when_kind;
typedef struct when_atom {
    uint32_t begin, end; /* bytes */
    uint32_t token;
    const char *lower; /* plain lower case, typographic marks made ASCII; not terminated */
    uint16_t n;        /* bytes of lower */
    uint8_t kind;
    bool apart;       /* white space before */
    bool stop;        /* nothing may reach over its beginning */
    bool upper;       /* first letter is upper case */
    uint32_t word;    /* first row of its key */
    uint32_t n_words; /* rows of its key */
} when_atom;

/* Cuts `s` into atoms: runs of letters, runs of digits, single signs. `out` may be NULL to count;
 * lower[] must hold s.len bytes. Shared by compiler and finder, so that both cut alike. */
uint32_t when_cut(casus_slice s, char *lower, when_atom *out);
uint64_t when_key(const char *atom, size_t n);

/* ---- an expression --------------------------------------------------------------------------- */

typedef enum when_op {
    WHEN_CALENDAR, /* year, month, day, weekday, quarter, half, season: whichever are given */
    WHEN_REL_UNIT, /* rel and unit: "last week" */
    WHEN_SPAN,     /* a length */
    WHEN_MOVE,     /* a length before or behind something */
    WHEN_NEAR_DAY, /* today and its neighbours */
    WHEN_NAMED,    /* `text` is the value */
    WHEN_FEAST_DAY,
    WHEN_AGE,   /* "a 6-year-old boy": what somebody is, no time */
    WHEN_OFTEN, /* a set: `text` or the length */
    WHEN_LONG   /* decade, century */
} when_op;

typedef struct when_expr {
    uint32_t first, end; /* atoms */
    uint8_t type, op;
    uint8_t rel;   /* when_rel; on a calendar day, or of a unit */
    uint8_t unit;  /* when_unit */
    uint8_t shift; /* when_shift */
    bool vague;    /* an unknown number of units */
    bool loose;    /* the year was left out (set by the valuing) */
    bool weekend;  /* calendar: the weekend of a week */
    bool fiscal;
    int32_t year, month, day, day2, weekday, quarter, half; /* -1: not given */
    int32_t year2;                                          /* of a range "1990-95", or -1 */
    int32_t year_rel;                                       /* years from that of writing, or NO */
    int32_t milli;                                          /* thousandths of the unit */
    int32_t offset;                                         /* days */
    int32_t hour, minute, zone;                             /* -1, WHEN_ZONE_LOCAL: not given */
    char part[4];                                           /* "MO" */
    char season[4];
    const when_word *word; /* holiday, vague, set */
    int32_t decade;        /* first year of a decade or century */
    int32_t length;        /* its years */
} when_expr;
#define WHEN_NO (-1000000)

/* What the text has told so far. */
typedef struct when_told {
    int32_t day; /* last day told of, CASUS_NO_DAY: none yet; and where */
    uint32_t day_sent;
    int32_t wide; /* first day of the last day, week, month or year told of */
    uint32_t wide_sent;
    int32_t wide_to; /* its last day */
    bool coarse;     /* the last one was no day */
    int32_t year;    /* year named outright by the last date, or WHEN_NO; and where */
    uint32_t year_sent;
    bool year_loose;               /* told by "last year" */
    int32_t quarter_year, quarter; /* last quarter told of; 0 none */
    uint32_t quarter_para;
} when_told;

typedef struct when_finder {
    const casus_when *when;
    const casus_parse *parse;
    when_atom *atoms;
    uint32_t n;
    const uint32_t *clause_at; /* [tokens]: clause whose head or verb it is, or CASUS_NONE */
    int32_t range_from;        /* the expression closes a range that begins then, or CASUS_NO_DAY */
    bool until;                /* stands behind "until", "by" and the like */
    when_told told;
    casus_arena *arena;
} when_finder;

/* The longest row of this role that begins at atom i; NULL if none. *end: behind it. */
const when_word *when_word_at(const when_finder *f, uint32_t i, when_role role, uint32_t *end);
/* Row of a whole lemma with this role. */
const when_word *when_lemma(const casus_when *when, casus_slice lemma, when_role role);

/* The best expression that begins at atom i. False: none. Constant work. */
bool when_match(const when_finder *f, uint32_t i, when_expr *out);
/* Where it lies: -1 before the day of writing, 1 ahead, 0 unknown. */
int when_direction(const when_finder *f, uint32_t token);

/* Sets the bound of an expression from the words before it. */
void when_bind(const when_finder *f, const when_expr *e, casus_time *out);
/* Does an expression at atom `first` close a range that begins with [from, to)? */
bool when_closes(const when_finder *f, uint32_t from, uint32_t to, uint32_t first);
/* Governors, chains and ranges of all that was found. False: no memory. */
bool when_attach(const when_finder *f, casus_times *times);

/* Gives `out` type, value, from, to, grain; updates what has been told. False: no memory. */
bool when_value(when_finder *f, const when_expr *e, casus_time *out);

#endif
