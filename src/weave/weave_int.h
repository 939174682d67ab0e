/* weave_int.h - private to src/weave: tables, marks of records, links between items, the handle. */
#ifndef CASUS_WEAVE_WEAVE_INT_H
#define CASUS_WEAVE_WEAVE_INT_H

#include "weave/weave.h"

#define WEAVE_SIDES_MOST 12u      /* sides of one record that are compared */
#define WEAVE_WORDS_MOST 96u      /* words of one record's sentence that are compared */
#define WEAVE_COUNTS_MOST 6u      /* counts of one record that are compared */
#define WEAVE_NEAR_MOST 24u       /* words close to that of the act that are compared */
#define WEAVE_HIT_MOST 8u         /* words of recipients that are compared */
#define WEAVE_RARE_MOST 8u        /* rare words of one record that lead to others */
#define WEAVE_WINDOW 10           /* days between two acts that can still be one */
#define WEAVE_COARSE 62           /* an act dated to more days than this is "of a year" */
#define WEAVE_BUCKET_DAYS 8       /* days that share a bucket of candidates */
#define WEAVE_BUCKET_MOST 512u    /* records in a bucket; a fuller one leads nowhere any more */
#define WEAVE_DOC_PAIRS_MOST 64u  /* records of one document that each is compared with */
#define WEAVE_COMPONENT_MOST 600u /* records clustered at once; larger ones are cut first */
#define WEAVE_HASHES 96u          /* values of a text's signature */
#define WEAVE_BANDS 24u           /* each of WEAVE_HASHES / WEAVE_BANDS values */
#define WEAVE_SHINGLE 3u          /* words */
#define WEAVE_COPY 0.6            /* likeness (Jaccard, estimated) from which texts are copies */
#define WEAVE_RARE 5.0f           /* weight from which a word is rare */

/* ---- tables (tables.c) ---------------------------------------------------------------------- */

#define WEAVE_FEATURES(X)                                                                          \
    X(bias)                                                                                        \
    X(linked)                                                                                      \
    X(date_equal)                                                                                  \
    X(date_coarse)                                                                                 \
    X(date_conflict)                                                                               \
    X(date_told_presumed)                                                                          \
    X(date_told_off) X(day_same) X(day_gap1) X(day_gap3) X(day_gap7) X(day_more) X(date_none)      \
        X(ongoing_both) X(ongoing_one) X(back) X(fresh) X(place_same) X(place_near) X(place_far)   \
            X(place_country) X(place_one) X(actor_name) X(actor_code) X(actor_one)                 \
                X(actor_conflict) X(recipient_name) X(recipient_code) X(recipient_one)             \
                    X(recipient_conflict) X(swapped) X(sides_same) X(count_equal) X(count_big)     \
                        X(count_near) X(count_conflict) X(words) X(words_fresh) X(rare)            \
                            X(rare_fresh) X(mode_same) X(mode_conflict) X(trigger_same)            \
                                X(status_split) X(both_verbs) X(both_nouns) X(verb_noun)           \
                                    X(place_rare) X(count_fresh) X(speech) X(place_inside) X(near) \
                                        X(recipient_words) X(recipient_others) X(date_back)        \
                                            X(date_old) X(count_toll) X(another) X(definite_later) \
                                                X(next_sentence) X(joined) X(subordinate)          \
                                                    X(participle) X(close) X(far) X(harm_one)      \
                                                        X(harm_both) X(one_sided)
enum {
#define X(name) WEAVE_##name,
    WEAVE_FEATURES(X)
#undef X
        WEAVE_N_FEATURES
};

/* Weights of their own for records of one sentence, of one document, of two documents. */
#define WEAVE_RELATIONS 3

typedef struct weave_weight {
    uint64_t key;
    float weight; /* log of how rare; < 0: a cue, see below */
    uint32_t cues;
} weave_weight;
enum {
    WEAVE_CUE_DEFINITE = 1,
    WEAVE_CUE_TOLL = 2,
    WEAVE_CUE_BREACH = 4,
    WEAVE_CUE_YESTERDAY = 8,
    WEAVE_CUE_BEFORE = 16, /* "the previous day" */
    WEAVE_CUE_DAY = 32,
    WEAVE_CUE_AGO = 64,
    WEAVE_CUE_TWO = 128, /* and on to six */
    WEAVE_CUE_AND = 4096,
    WEAVE_CUE_SUBORDINATE = 8192, /* "when", "after" */
    WEAVE_CUE_ANOTHER = 16384     /* "also", "separate" */
};
#define WEAVE_NUMBERS 5

/* One row of promises.tsv. */
typedef struct weave_rule {
    char kind[24];
    uint64_t words[16]; /* stems; any of them makes the promise one of this kind */
    uint32_t n_words;
    char outcome[12];                    /* "kept", "broken" */
    char type[12], mode[24], status[12]; /* mode, status "" for any */
    uint32_t line;
} weave_rule;

typedef struct weave_tables {
    const weave_weight *words; /* [n_words] by key */
    size_t n_words;
    const double *score;     /* [WEAVE_N_FEATURES] */
    const weave_rule *rules; /* [n_rules] */
    size_t n_rules;
} weave_tables;
casus_status weave_tables_open(weave_tables *t, const casus_pack *pack, casus_error *err);
/* Weight of a word, and its cues. */
float weave_weigh(const weave_tables *t, uint64_t key, uint32_t *cues);
#define WEAVE_RAREST 7.0f /* weight of a word that the table lacks */
/* Cuts the next word of folded text and reduces it to its stem, in place of nothing; false at the
 * end. `at` moves on; *begin, *end are the word's bytes, *key the stem's hash. */
bool weave_next_word(casus_slice folded, uint32_t *at, uint32_t *begin, uint32_t *end,
                     uint64_t *key);
const char *weave_feature_name(uint32_t i);

/* ---- marks: what of a record is compared (mark.c) ------------------------------------------- */

typedef struct weave_side {
    uint64_t code, name; /* hashes; name 0: a country or a description only */
    uint32_t sectors;    /* bits */
    bool person;         /* name is a person's */
} weave_side;
typedef struct weave_count {
    uint64_t kind;
    int64_t min, max; /* -1 open */
} weave_count;
typedef struct weave_word {
    uint64_t key;
    float weight;
} weave_word;
typedef struct weave_mark {
    int32_t from, to; /* of the act; CASUS_NO_DAY */
    int32_t day;      /* of publication */
    bool told, coarse, definite, toll, breach, verb, noun, ongoing, speech;
    bool ahead; /* planned, urged, possible, threatened: not yet done */
    bool another, joined, participle, harm;
    uint32_t begin, end;     /* bytes of its sentence in the text */
    uint32_t trigger_at;     /* byte of its word */
    uint32_t subordinate_at; /* of the "when" or "after" close before that; CASUS_NONE */
    uint64_t type, mode, trigger;
    weave_side sides[2][WEAVE_SIDES_MOST]; /* actors, recipients */
    uint32_t n_sides[2];
    bool reciprocal;
    uint64_t names[3 * WEAVE_SIDES_MOST]; /* all codes and names, of mediators too */
    uint32_t n_names;
    uint64_t countries[WEAVE_SIDES_MOST]; /* of sides and place, sorted */
    uint32_t n_countries;
    uint64_t place, place_country;
    bool place_rare; /* its name has a rare word */
    int place_wide;  /* 2: a country; 1: a region; 0: a town, or not known */
    double lat, lon; /* NaN */
    weave_count counts[WEAVE_COUNTS_MOST];
    uint32_t n_counts;
    weave_word *words; /* [n_words] by key */
    uint32_t n_words;
    double norm;
    uint64_t rare[WEAVE_RARE_MOST];
    uint32_t n_rare;
    weave_word near[WEAVE_NEAR_MOST]; /* words close to that of the act, by key */
    uint32_t n_near;
    uint64_t hit[WEAVE_HIT_MOST]; /* words of those at the receiving end */
    uint32_t n_hit;
} weave_mark;
/* Fills *mark (words in `keep`); `scratch` is reset. `day`: of publication. */
casus_status weave_mark_event(weave_mark *mark, const weave_tables *t, const casus_event *e,
                              int32_t day, casus_arena *keep, casus_arena *scratch,
                              casus_error *err);
/* Features of a pair into f[WEAVE_N_FEATURES]; the log-odds. `relation`: bits below. */
enum { WEAVE_SAME_DOC = 1, WEAVE_SAME_SENTENCE = 2, WEAVE_LINKED = 4 };
double weave_score(const weave_tables *t, const weave_mark *a, const weave_mark *b, int relation,
                   double *f);
uint64_t weave_hash(casus_string s);
/* 0: empty; sets *failed when memory is out. */
uint64_t weave_fold_hash(casus_arena *scratch, casus_string s, bool *failed);

/* ---- links: which items are compared, and what came of it (links.c) ------------------------- */

typedef struct weave_edge {
    uint32_t a, b;
    double score;
} weave_edge;
typedef struct weave_bucket {
    uint64_t key; /* 0: free */
    uint32_t *items;
    uint32_t n, cap;
} weave_bucket;
typedef struct weave_links {
    casus_memory memory;
    weave_bucket *buckets; /* [size], open addressing */
    size_t size, used;
    uint32_t most;     /* items that a bucket leads to */
    weave_edge *edges; /* [n_edges] */
    size_t n_edges, cap_edges;
    uint32_t *stamp; /* [n_items] last item that met it */
    uint8_t *dirty;  /* [n_items] 1: to be weighed anew; 2: lost an edge */
    size_t n_items, cap_items;
    size_t pairs; /* weighed in the last run */
} weave_links;
void weave_links_init(weave_links *l, const casus_memory *memory, uint32_t most);
void weave_links_free(weave_links *l);
/* Item number n_items, under its keys; marks it dirty, and the items of a bucket that is full now.
 */
casus_status weave_links_add(weave_links *l, const uint64_t *keys, uint32_t n, casus_error *err);
/* For the dirty items: forgets their edges and makes new ones with all that they meet. */
typedef struct weave_meet {
    void *ctx;
    /* keys of an item's neighbours into keys[most]; returns how many */
    uint32_t (*keys)(void *ctx, uint32_t item, uint64_t *keys, uint32_t most);
    /* more neighbours that no key leads to; returns how many */
    uint32_t (*others)(void *ctx, uint32_t item, uint32_t *items, uint32_t most);
    /* true: keep the pair as an edge */
    bool (*weigh)(void *ctx, uint32_t a, uint32_t b, double *score);
} weave_meet;
casus_status weave_links_run(weave_links *l, const weave_meet *meet, casus_error *err);
/* Components over the edges of at least this score: root[n_items]. */
void weave_links_components(const weave_links *l, double least, uint32_t *root);

/* ---- the handle (weave.c) ------------------------------------------------------------------- */

typedef struct weave_doc {
    casus_weave_doc doc;
    int32_t day;
    uint32_t first;      /* number of its first record */
    uint64_t hash;       /* of its id */
    uint32_t *signature; /* [WEAVE_HASHES], or NULL: no text */
    uint32_t lead;       /* document that leads its story; itself */
} weave_doc;
typedef struct weave_record {
    uint32_t doc, n;     /* document, place in it from 0 */
    uint64_t copy;       /* hash of type and words: the same in copies of one text */
    uint32_t stands_for; /* the record that is woven in its place; itself */
    uint32_t root;       /* of its component, from the last run */
    weave_mark mark;
} weave_record;

struct casus_weave {
    casus_memory memory;
    weave_tables tables;
    casus_arena *arena;   /* documents, records, marks */
    casus_arena *scratch; /* for one call */
    casus_arena *made;    /* stories and incidents of the last run */
    weave_doc *docs;
    uint32_t n_docs, cap_docs;
    weave_record *records;
    uint32_t n_records, cap_records;
    uint32_t *by_id; /* [size_by_id] documents by id, open addressing; CASUS_NONE free */
    uint32_t size_by_id;
    weave_links texts, acts; /* between documents; between records */
    uint32_t woven;          /* records of the last run */
    casus_story *stories;
    size_t n_stories;
    casus_incident *incidents;
    size_t n_incidents;
    uint32_t *incident_of; /* [woven] */
    uint32_t *joined_by;   /* [woven], see casus_incident.reason */
    uint32_t *cluster;     /* [woven] first record of its cluster; kept for what is not touched */
};

/* Canonical order of records, documents: <0, 0, >0. */
int weave_record_cmp(const casus_weave *w, uint32_t a, uint32_t b);
int weave_doc_cmp(const casus_weave *w, uint32_t a, uint32_t b);
const casus_event *weave_event(const casus_weave *w, uint32_t record);
int weave_relation(const casus_weave *w, uint32_t a, uint32_t b);
/* copies.c */
casus_status weave_signature(casus_weave *w, weave_doc *d, casus_error *err);
uint32_t weave_bands(const uint32_t *signature, uint64_t *keys);
double weave_likeness(const uint32_t *a, const uint32_t *b);
casus_status weave_stories(casus_weave *w, casus_error *err);
/* cluster.c: one component of n members in canonical order, with edges among them by place, into
 * cluster_of[n] (place of each cluster's first member) and reason[n] (the earlier member that each
 * was joined by; itself). */
casus_status weave_cluster(uint32_t n, const weave_edge *edges, size_t n_edges,
                           uint32_t *cluster_of, uint32_t *reason, casus_arena *scratch,
                           casus_error *err);
/* incidents.c: keys of a record's buckets, `window` days around its own; the incidents */
uint32_t weave_keys(const weave_mark *mark, int32_t window, uint64_t *keys, uint32_t most);
casus_status weave_incidents(casus_weave *w, casus_weave_stats *stats, casus_error *err);
/* kept.c: a deep copy of a record */
casus_status weave_keep(casus_event *to, const casus_event *from, casus_arena *arena,
                        casus_error *err);
casus_string weave_string(casus_arena *arena, const char *ptr, size_t len, bool *failed);
/* A sorting of numbers by a comparison with context; merge sort, stable. */
typedef int (*weave_cmp)(const void *ctx, uint32_t a, uint32_t b);
casus_status weave_sort(uint32_t *v, size_t n, weave_cmp cmp, const void *ctx, casus_arena *scratch,
                        casus_error *err);

#endif
