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

typedef struct casus_time {
    uint32_t begin, end;  /* bytes */
    uint32_t first, last; /* tokens [first, last) */
    uint8_t type;         /* casus_time_type */
    uint8_t grain;        /* casus_grain */
    bool relative;        /* needed the publication date or a narrative anchor */
    casus_slice value;    /* TIMEX3 value: "2022-11-15", "2022-W46", "P3D", "PAST_REF", "XXXX-.." */
    int32_t from, to;     /* inclusive day numbers, CASUS_NO_DAY when open */
} casus_time;

typedef struct casus_times {
    casus_time *items; /* [n], in order, not overlapping */
    uint32_t n;
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

#endif
