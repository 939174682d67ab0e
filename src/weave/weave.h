/* weave.h - across documents: copies, records of the same act, promises, escalation.
 *
 * Takes records as the public header has them, and knows nothing of texts or of where records are
 * kept. The public handle casus_weave is this room's; see casus.h for what its calls promise.
 * docs/weave.md says how incidents are found and measured.
 */
#ifndef CASUS_WEAVE_WEAVE_H
#define CASUS_WEAVE_WEAVE_H

#include "pack/pack.h"

/* Compiles data_dir/weave/NAME.tsv into sections "weave.*". CASUS_E_DATA names file and line. */
casus_status casus_weave_compile(const char *data_dir, casus_pack_writer *writer,
                                 const casus_memory *memory, casus_error *err);
/* An empty weave over the pack's tables; the pack must outlive it. */
casus_status casus_weave_open(casus_weave **out, const casus_pack *pack, const casus_memory *memory,
                              casus_error *err);
const casus_memory *casus_weave_memory(const casus_weave *weave);

/* ---- promises ------------------------------------------------------------------------------ */

/* What a later record says of a promise. */
typedef enum casus_finding_kind {
    CASUS_PROMISE_KEPT,
    CASUS_PROMISE_BROKEN,
    CASUS_PROMISE_DISPUTED,
    CASUS_PROMISE_RENEWED
} casus_finding_kind;
typedef struct casus_finding {
    uint8_t kind; /* casus_finding_kind */
    uint32_t record;
    uint32_t row; /* of data/weave/promises.tsv, from 0; CASUS_NONE: none */
} casus_finding;
typedef struct casus_promise {
    uint32_t record;         /* that tells of it first */
    const uint32_t *records; /* [n_records] that tell of it: those of its incident that promise */
    uint32_t n_records;
    const char *what;        /* kind: "ceasefire", "withdrawal" ...; "" when no row fits */
    int32_t day, due;        /* made on; last day of its due date; CASUS_NO_DAY when not told */
    const char *state;       /* "kept", "broken", "overdue", "renewed", "disputed", "open" */
    casus_finding *findings; /* [n_findings], by day */
    uint32_t n_findings;
} casus_promise;
/* All promises with what became of them by the day `asked`, by day; in `arena`. */
casus_status casus_weave_promises(casus_promise **out, size_t *n, const casus_weave *weave,
                                  int32_t asked, casus_arena *arena, casus_error *err);
/* The line of a row in data/weave/promises.tsv. */
uint32_t casus_weave_promise_line(const casus_weave *weave, uint32_t row);

/* ---- queries, series, changes --------------------------------------------------------------- */

/* A query made ready: sides looked up, days read. */
typedef struct casus_filter {
    const casus_weave *weave;
    uint64_t side[2][2]; /* a, b: hash of a code, hash of a name; 0 none */
    bool has[2];
    int32_t from, to; /* CASUS_NO_DAY: open */
    casus_slice type; /* ptr NULL: any */
    int32_t bin;      /* 1, 7 or 30: days, weeks, months */
    int32_t asked;    /* CASUS_NO_DAY: not given */
    bool all;
} casus_filter;
/* A name that a country bears in the records stands for its code. CASUS_E_ARGUMENT: bad words. */
casus_status casus_weave_filter(casus_filter *filter, const casus_weave *weave,
                                const casus_weave_query *query, casus_error *err);
/* Does the record pass between the sides asked for? Does the incident pass sides, days and type? */
bool casus_filter_record(const casus_filter *filter, uint32_t record);
bool casus_filter_incident(const casus_filter *filter, const casus_incident *incident);
/* First and last day of the act, presumed by the day of publication where not told; false when
 * neither is known. `told`: the text dates it. */
bool casus_weave_days(const casus_weave *weave, uint32_t record, int32_t *from, int32_t *to,
                      bool *told);
/* The record that stands for this one among copies of a text; itself when it is no copy. */
uint32_t casus_weave_stands_for(const casus_weave *weave, uint32_t record);
int32_t casus_weave_last_day(const casus_weave *weave); /* of publication, or CASUS_NO_DAY */

/* The sixteen root types in the order of the series' columns. */
#define CASUS_WEAVE_TYPES 16
const char *casus_weave_type(uint32_t i);

/* One bin of one dyad. */
typedef struct casus_bin {
    int32_t from, to; /* days, inclusive */
    uint32_t counts[CASUS_WEAVE_TYPES];
    uint32_t n;
    double sum; /* of intensity, over the incidents that have one */
    uint32_t n_sum;
    double harm; /* sum of -intensity of hostile incidents */
} casus_bin;
typedef struct casus_dyad {
    const char *source, *target; /* codes; "" when not told */
    casus_bin *bins;             /* [n_bins]: all bins of the series, gaps with zeros */
    size_t n_bins;
} casus_dyad;
/* Incidents counted once each, by the dyads of their first record; see docs/weave.md. */
casus_status casus_weave_series(casus_dyad **out, size_t *n, const casus_filter *filter,
                                casus_arena *arena, casus_error *err);
/* A day from which hostility stands at another level. */
typedef struct casus_change {
    int32_t day, until;   /* the new level holds from `day` to `until` */
    double before, after; /* mean of harm a bin */
    uint32_t *incidents;  /* [n_incidents] the gravest of the first bins of the new level */
    uint32_t n_incidents;
} casus_change;
/* Changes over all that the query lets through, as one series. */
casus_status casus_weave_changes(casus_change **out, size_t *n, const casus_filter *filter,
                                 casus_arena *arena, casus_error *err);

/* ---- accounts ------------------------------------------------------------------------------- */

/* One version of an incident: records with the same voice and the same stance. */
typedef struct casus_account {
    const casus_source *voice; /* the outermost source; NULL: the newsroom itself */
    bool nobody;               /* alleged, and the text does not say by whom */
    uint8_t stance;            /* casus_stance */
    uint64_t counts;           /* hash of the figures given */
    uint32_t *records;         /* [n_records] copies left out */
    uint32_t n_records;
    uint32_t *docs; /* [n_docs] all documents that carry it, copies too */
    uint32_t n_docs;
} casus_account;
casus_status casus_weave_accounts(casus_account **out, size_t *n, const casus_weave *weave,
                                  const casus_incident *incident, casus_arena *arena,
                                  casus_error *err);
/* Pairs of records that were weighed and kept as links, by number: a < b in canonical order. */
size_t casus_weave_links(const casus_weave *weave);
void casus_weave_link(const casus_weave *weave, size_t i, uint32_t *a, uint32_t *b, double *score);

#endif
