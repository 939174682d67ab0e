/* know_int.h - the insides of the room: the compiled tables, the working state of one document.
 *
 * Private to src/know. Files: know_build.c (rows and phrases into a section), know_tables.c (the
 * files of data/ into rows), know_open.c (a section checked and opened, overlays), know_atoms.c
 * (text into atoms, longest phrases), know_syntax.c (what a token does in its sentence),
 * know_names.c (names into mentions), know_people.c (persons and offices by date), know_phrase.c
 * (noun phrases composed of nation, sector and head noun), know_metonym.c (a capital: place or
 * government), know_context.c (the country when none is said), know_chain.c (who is whom again),
 * know_find.c (all of it in order); place*.c (the gazetteer).
 */
#ifndef CASUS_KNOW_KNOW_INT_H
#define CASUS_KNOW_KNOW_INT_H

#include "know/know.h"

/* ---- places (place*.c) ---------------------------------------------------------------------- */

typedef struct casus_places casus_places; /* an opened gazetteer; constant, shared */

casus_status casus_know_place_open(casus_places **out, const casus_pack *pack,
                                   const casus_memory *memory, casus_error *err);
void casus_know_place_free(casus_places *places);
/* Called between the finding of names and the composition of noun phrases. `mentions` then holds
 * the countries, persons, organisations and capitals that the tables know (in no order: go by
 * `at`). Fills has_place and place of those that are places too (a country, a capital, a city that
 * stands for a government: kind stays as it is), and appends mentions of kind PLACE for all other
 * places, growing items with casus_base_arena_grow (*cap) in `growing`. May set the kind of a
 * mention to NONE where the text means a place of another name ("Georgia" the state). The caller
 * sorts afterwards and builds `at` anew; a place whose tokens lie around a country's ("New Mexico")
 * drops that. */
casus_status casus_know_place_find(casus_mentions *mentions, size_t *cap, casus_arena *growing,
                                   const casus_places *places, const casus_parse *parse,
                                   casus_error *err);

/* ---- compiled tables ------------------------------------------------------------------------ */

#define KNOW_SECTION "know.tables"
#define KNOW_NAME_ATOMS 14u /* the longest name that is looked up, in atoms */

typedef enum know_table {
    KNOW_COUNTRIES,
    KNOW_LEADERS,
    KNOW_PEOPLE,
    KNOW_GROUPS,
    KNOW_METONYMS,
    KNOW_PEOPLES,
    KNOW_ROLES,
    KNOW_OFFICES,
    KNOW_FIRSTNAMES,
    KNOW_MARKERS,
    KNOW_USER,
    KNOW_TABLES
} know_table;
const char *know_table_name(know_table table); /* "countries" */

/* kind of a row in groups.tsv and the like */
typedef enum know_kind {
    KNOW_KIND_NONE,
    KNOW_ARMED,
    KNOW_PARTY,
    KNOW_MILITARY,
    KNOW_POLICE,
    KNOW_SPY,
    KNOW_COURT,
    KNOW_PARLIAMENT,
    KNOW_MINISTRY,
    KNOW_GOVERNMENT,
    KNOW_IGO,
    KNOW_NGO,
    KNOW_MEDIA,
    KNOW_COMPANY,
    KNOW_RELIGIOUS,
    KNOW_EDUCATION,
    KNOW_UNION,
    KNOW_CRIME,
    KNOW_PERSON,
    /* roles.tsv */
    KNOW_ONE,
    KNOW_MANY,
    KNOW_BODY,
    KNOW_ASSET,
    KNOW_REF,
    KNOW_MOD,
    KNOW_IDLE, /* no actor, though its last word alone would be one: "public office" */
    KNOW_KINDS
} know_kind;
/* KNOW_KINDS when there is no such word */
know_kind know_kind_of(casus_slice word);

enum {                 /* know_row.flags, roles.tsv and offices.tsv */
       KNOW_VIA = 1,   /* belongs to what it is of: spokesman, member, fighter, delegation */
       KNOW_OTHER = 2, /* stands beside, not for, what it is of: supporter, ally, critic */
       KNOW_MALE = 4,
       KNOW_FEMALE = 8,
       KNOW_WEAK = 16,   /* an actor only with a nation, a sector or a definite article */
       KNOW_CIVIL = 32,  /* private people: no part of what they are of (residents of X) */
       KNOW_SENT = 64,   /* sent by the first country, not the one behind "to": ambassador, envoy */
       KNOW_PLURAL = 128 /* is plural as it stands: troops, police */
};

typedef struct know_str {
    uint32_t off, len; /* into the strings */
} know_str;

typedef struct know_row {
    know_str name;    /* canonical name of a country, group, role (its title) */
    know_str person;  /* canonical name of a person; offices: codes of the countries whose use it
                         is, parted by blanks */
    know_str office;  /* as written in the table, or the office's key */
    int32_t from, to; /* day numbers, both included; INT32_MIN, INT32_MAX when open */
    char country[4];
    char code[8];
    char sectors[CASUS_SECTORS_MOST][4];
    uint32_t line; /* in its file */
    uint32_t next; /* next row of the same person or group in the order of the tables, or NONE */
    uint32_t root; /* first row of the same person, group or office */
    uint32_t aux;  /* leaders, people: row of the office, or CASUS_NONE; offices: rank;
                      markers: class; roles: row of the office a role is too, or CASUS_NONE */
    float lat, lon;
    uint8_t table, kind, n_sectors, flags;
} know_row;

/* How a phrase stands for a row */
typedef enum know_how {
    KNOW_HOW_NAME,    /* full name */
    KNOW_HOW_PERSON,  /* full name of a person */
    KNOW_HOW_SURNAME, /* part of a person's name: only with support */
    KNOW_HOW_DEMONYM,
    KNOW_HOW_CAPITAL,
    KNOW_HOW_SEAT,
    KNOW_HOW_ROLE,
    KNOW_HOW_ROLES /* plural */,
    KNOW_HOW_OFFICE,
    KNOW_HOW_OFFICES /* plural */,
    KNOW_HOW_FIRSTNAME,
    KNOW_HOW_MARKER,
    KNOW_HOWS
} know_how;

typedef struct know_target {
    uint32_t row;
    uint16_t caps; /* bit i: atom i must begin with a capital */
    uint8_t how;
    uint8_t capitals; /* 1: all letters must be capitals ("US", "WHO") */
} know_target;

typedef struct know_phrase {
    know_str key;      /* folded atoms joined by one blank */
    uint32_t first, n; /* its targets */
    uint32_t longest;  /* most atoms of a phrase that begins with this one's first atom; 0 where
                          this phrase is not one atom */
} know_phrase;

typedef struct know_holder { /* who holds an office: by code, office, from */
    char code[8];            /* country or international body */
    uint32_t office;         /* root row of the office */
    int32_t from, to;
    uint32_t row;
} know_holder;

typedef struct know_coded { /* by code */
    char code[8];
    uint32_t row;
} know_coded;

typedef struct know_main { /* a country's first body of a kind: by country, kind */
    char country[4];
    uint32_t kind, row;
} know_main;

typedef struct know_header {
    char magic[8];    /* "CASUSKN1" */
    uint32_t size;    /* of the section */
    uint32_t n_slots; /* power of two; 0: no table */
    struct {
        uint32_t off, n;
    } strings, rows, phrases, targets, slots, holders, codes, mains;
} know_header;

typedef struct know_layer {
    const char *strings;
    const know_row *rows;
    const know_phrase *phrases;
    const know_target *targets;
    const uint32_t *slots; /* phrase + 1, or 0 */
    const know_holder *holders;
    const know_coded *codes;
    const know_main *mains;
    uint32_t n_strings, n_rows, n_phrases, n_targets, n_slots, n_holders, n_codes, n_mains;
} know_layer;

struct casus_know {
    casus_memory memory;
    uint32_t n_layers; /* 1, or 2 with a user's table in front */
    know_layer layers[2];
    const char *file;     /* name of the user's table, or NULL */
    void *owned;          /* bytes of the user's table */
    casus_places *places; /* may be NULL; of the base only */
    bool borrowed;        /* places belong to the base */
};

/* Fills a layer from a section's bytes (borrowed), checking everything in them. */
casus_status know_layer_open(know_layer *layer, const void *bytes, size_t len, casus_error *err);

static inline casus_slice know_text(const know_layer *layer, know_str s) {
    return (casus_slice){layer->strings + s.off, s.len};
}
/* Phrase of this key, or CASUS_NONE. */
uint32_t know_phrase_of(const know_layer *layer, const char *key, uint32_t len);

/* Words with a task in composition: markers.tsv, column class */
typedef enum know_mark {
    KNOW_MARK_BACKED, /* -backed, -funded: the side is not the nation before it */
    KNOW_MARK_LED,    /* -led: it is, when it is a nation */
    KNOW_MARK_BASED,  /* -based, -flagged, -owned, -run */
    KNOW_MARK_HELD,   /* -held, -controlled: an area, not a side */
    KNOW_MARK_PRO,    /* pro-, anti-, non- */
    KNOW_MARK_FORMER,
    KNOW_MARK_THEN,
    KNOW_MARK_ACTING,
    KNOW_MARK_ELECT,
    KNOW_MARK_DEPUTY,
    KNOW_MARK_MR,
    KNOW_MARK_MRS,
    KNOW_MARK_SAY,      /* verbs of speech, diplomacy and policy: their subject is an actor */
    KNOW_MARK_TOLD,     /* verbs whose object is an actor: urge, accuse, sanction */
    KNOW_MARK_BE,       /* verbs whose subject may well be a place: lie, remain, see */
    KNOW_MARK_MOTION,   /* visit, travel, trip: a place follows */
    KNOW_MARK_OFPLACE,  /* nouns that a town has: mayor, airport, street */
    KNOW_MARK_OFPOWER,  /* nouns that a government has: ally, demand, sanctions */
    KNOW_MARK_QUANTITY, /* hundreds, a group, a number: the noun behind "of" is meant */
    KNOW_MARK_BOTH,     /* both, two, three, trio: how many are meant */
    KNOW_MARK_UNKNOWN,  /* unnamed, unidentified, anonymous */
    KNOW_MARK_NAMESAKE, /* country names that are as often something else */
    KNOW_MARK_COMMON,   /* words that are also names in the tables: only with more support */
    KNOW_MARK_FOREIGN,  /* foreign, international, allied: of another nation than the context's */
    KNOW_MARK_ARTICLE,  /* country names that take "the" */
    KNOW_MARK_SENDS,    /* send, deploy: the forces sent are the sender's */
    KNOW_MARK_AREA,     /* oblast, province, river: a name with it is a place's */
    KNOW_MARKS
} know_mark;

/* ---- building ------------------------------------------------------------------------------- */

typedef struct know_build know_build;

casus_status know_build_new(know_build **out, const casus_memory *memory, casus_error *err);
void know_build_free(know_build *build);
/* A new zeroed row (from, to open; next, root, aux CASUS_NONE), or NULL: no memory. Valid until
 * the next call. */
know_row *know_build_row(know_build *build, uint32_t *index);
know_row *know_build_at(know_build *build, uint32_t index);
uint32_t know_build_rows(const know_build *build);
/* Puts text into the strings (equal ones shared). False: no memory. */
bool know_build_str(know_build *build, know_str *out, casus_slice text);
casus_slice know_build_text(const know_build *build, know_str s);
/* Makes `text` a name of the row. A text without letters or digits is passed over. */
bool know_build_phrase(know_build *build, casus_slice text, uint32_t row, know_how how);
/* The last row put under this name as `how` that `accept` (NULL: any) takes, or CASUS_NONE. */
uint32_t know_build_find(know_build *build, casus_slice text, know_how how,
                         bool (*accept)(know_build *, uint32_t row, const void *context),
                         const void *context);
/* Appends the section's bytes. */
casus_status know_build_emit(know_build *build, casus_buffer *out, casus_error *err);

/* Reads all tables of data_dir. */
casus_status know_tables_read(know_build *build, const char *data_dir, const casus_memory *memory,
                              casus_error *err);
casus_status know_tables_user(know_build *build, const char *file, casus_slice tsv,
                              casus_error *err);

/* ---- atoms ---------------------------------------------------------------------------------- */

/* The words of a text as names are looked up: folded, cut at blanks, hyphens and before a final
 * "'s"; full stops and apostrophes inside dropped. One token may have none or several. */
typedef struct know_atom {
    uint32_t off; /* into the keys: the key of atoms i..j is keys[off_i, off_j + len_j) */
    uint32_t token;
    uint16_t len;
    uint8_t flags;
} know_atom;
enum {                      /* know_atom.flags */
       KNOW_ATOM_BREAK = 1, /* no name runs over the place before it */
       KNOW_ATOM_UPPER = 2, /* begins with a capital */
       KNOW_ATOM_CAPS = 4,  /* two letters or more, all capitals; or one capital */
       KNOW_ATOM_SOFT =
           16, /* with BREAK: a comma, bracket or slash, which long names have inside */
       KNOW_ATOM_JOINED = 8 /* follows the one before it without a blank (a hyphen) */
};

/* Cuts one word or name into atoms: writes their keys to out[*used..room), each with one blank
 * behind it, and at most `most` atoms (token 0; off counts from out). What does not fit is left
 * off. Uses `arena` for letters beyond ASCII. Returns the number of atoms, CASUS_NONE: no memory.
 * *breaks is set when the text ends in something no name runs over. */
uint32_t know_atoms_cut(casus_slice text, casus_arena *arena, char *out, uint32_t room,
                        uint32_t *used, know_atom *atoms, uint32_t most, bool *breaks);

/* ---- one document --------------------------------------------------------------------------- */

typedef struct know_match { /* a phrase of the tables in the text */
    uint32_t first, last;   /* tokens [first, last) */
    uint32_t head;          /* the token in it whose head is outside */
    uint32_t phrase;        /* of the layer */
    uint32_t hows;          /* bit 1 << know_how for what its targets are */
    uint8_t layer, atoms;
} know_match;

#define KNOW_ROLE_NONE 255 /* root, or nothing known */
#define KNOW_ROLE_CONJ 254 /* only while building */

typedef struct know_word { /* what a token does */
    uint32_t gov;          /* token that governs it in this role, or CASUS_NONE */
    uint32_t first;        /* first of its coordination; itself when there is none */
    uint32_t match;        /* match that covers it, or CASUS_NONE */
    uint32_t name;         /* statistical name that covers it, or CASUS_NONE */
    uint32_t item;         /* its mention, or CASUS_NONE */
    uint32_t marks;        /* bit 1 << know_mark */
    casus_slice prep;      /* preposition, for role PREP (and SUBJ of a passive) */
    uint8_t role;          /* casus_role, or KNOW_ROLE_NONE */
    uint8_t state;         /* of resolving: 0 not yet, 1 under way, 2 done */
    bool passive;          /* its governor is a passive */
    bool possessor;        /* a "'s" follows it, or it is his, its, their */
} know_word;

/* A row of a layer: 0 means none */
typedef struct know_ref {
    uint32_t layer, row; /* row CASUS_NONE: none */
} know_ref;

typedef enum know_number { KNOW_ANY_NUMBER, KNOW_SINGULAR, KNOW_PLURALITY } know_number;

typedef struct know_extra { /* beside a mention */
    know_ref entity;        /* root row of the country, person or group it is; row NONE */
    know_ref office;        /* root row of the office it is called by or holds */
    know_ref role;          /* row of its head noun in roles.tsv */
    uint64_t key;           /* hash of the folded name where there is no entity; 0 */
    uint32_t antecedent;    /* mention it refers back to, or CASUS_NONE */
    uint32_t sent;
    uint32_t count;    /* mentions of its chain, kept at the chain's first */
    uint8_t gender;    /* KNOW_MALE, KNOW_FEMALE or 0 */
    uint8_t number;    /* know_number */
    char seat[4];      /* country of the seat of government that it names, or "" */
    bool from_context; /* its country was not said with it */
    bool named;        /* by a name, not by a description */
    bool modifier;     /* an adjective or noun before a noun */
    bool definite;
    bool dead; /* given up: left out at the end */
} know_extra;

typedef struct know_local { /* a name that the text itself introduces */
    uint64_t hash;          /* 0: a free slot */
    uint32_t item;          /* the last mention it stood for */
    bool full;              /* a full name, not a part of one */
} know_local;

typedef struct know_doc {
    const casus_know *know;
    const casus_parse *parse;
    casus_arena *arena;   /* of the document: what the mentions say */
    casus_arena *scratch; /* freed at the end: all else */
    casus_error *err;
    casus_status status; /* CASUS_E_MEMORY once memory is out */
    char *keys;
    know_atom *atoms;
    uint32_t n_atoms;
    know_match *matches;
    uint32_t n_matches;
    size_t cap_matches;
    know_word *words;        /* [n_tokens] */
    casus_mentions mentions; /* items grow; `at` is kept in words[].item until the end */
    know_extra *extras;      /* [mentions.n] */
    size_t cap_items, cap_extras;
    know_local *locals;
    uint32_t n_locals, n_local_slots;
    uint32_t *appos;        /* [n_tokens]: first apposition of a token, or CASUS_NONE */
    char (*scene)[4];       /* [n_sentences]: country of the place named in it, or "" */
    char context[4];        /* country that the document is about, or "" */
    char context_other[4];  /* the next one */
    uint32_t context_paras; /* changes of paragraph between what speaks of `context` */
    char (*spoken)[4];      /* [n_spoken]: countries that the document speaks of */
    uint32_t n_spoken;
    uint32_t depth; /* of resolving */
    int32_t day;
} know_doc;

#define KNOW_DEPTH_MOST 24u   /* noun phrases inside one another that are looked into */
#define KNOW_WINDOW 16u       /* words before a head noun that are looked at */
#define KNOW_BACK 64u         /* mentions looked back over for an antecedent */
#define KNOW_BACK_TOKENS 400u /* and words */

static inline const know_row *know_row_of(const know_doc *d, know_ref r) {
    return &d->know->layers[r.layer].rows[r.row];
}
static inline const know_layer *know_layer_of(const know_doc *d, know_ref r) {
    return &d->know->layers[r.layer];
}
static inline bool know_is(know_ref r) {
    return r.row != CASUS_NONE;
}
static inline bool know_same(know_ref a, know_ref b) {
    return a.row != CASUS_NONE && a.row == b.row && a.layer == b.layer;
}
#define KNOW_NO_REF ((know_ref){0, CASUS_NONE})

static inline const casus_token *know_token(const know_doc *d, uint32_t t) {
    return &d->parse->tokens[t];
}
static inline bool know_marked(const know_doc *d, uint32_t t, know_mark mark) {
    return d->words[t].marks >> mark & 1u;
}
static inline bool know_has(const know_match *m, know_how how) {
    return m->hows >> how & 1u;
}
static inline void know_out_of_memory(know_doc *d) {
    d->status = casus_base_no_memory(d->err);
}

/* know_atoms.c: atoms of all tokens, longest phrases, marks. False: no memory. */
bool know_doc_atoms(know_doc *d);
bool know_doc_matches(know_doc *d);

/* know_syntax.c */
bool know_doc_syntax(know_doc *d);

/* know_names.c */
/* A new mention, or CASUS_NONE: no memory (noted in d->status). */
uint32_t know_item_new(know_doc *d, uint32_t head, uint32_t first, uint32_t last,
                       casus_mention_kind kind);
/* Mentions that the room itself did not make (places) get their extras. False: no memory. */
bool know_items_fit(know_doc *d);
/* Countries, nation adjectives, capitals; then, with a first context, organisations, persons. */
bool know_doc_names(know_doc *d);
/* Fills an actor from the row of a group valid on the day. */
void know_fill_group(know_doc *d, casus_mention *m, know_extra *x, know_ref root);
void know_fill_country(know_doc *d, casus_mention *m, know_extra *x, know_ref row);
/* Row of the country or body with this code; row NONE: none. */
know_ref know_code_row(const know_doc *d, const char *code);
casus_slice know_reason(know_doc *d, know_ref row);
void know_set_sectors(casus_actor *a, const know_row *r);
bool know_add_sector(casus_actor *a, const char *sector);
bool know_has_sector(const casus_actor *a, const char *sector);
/* Best of a phrase's targets of this kind on the day, for a country ("" when none is said); the
 * number of equally good ones in *equal. */
know_ref know_best_group(const know_doc *d, const know_match *m, const char *country,
                         uint32_t *equal);

/* know_people.c */
typedef struct know_hint { /* what the text says beside a person's name */
    char code[8];          /* country or body, or "" */
    know_ref office;       /* root, or NONE */
    bool former;
    bool titled; /* Mr, President, minister: surely a person */
} know_hint;
/* The row of the person that counts on the day; *current: in force then. */
know_ref know_person_row(const know_doc *d, know_ref root, const know_hint *hint, bool *current);
void know_fill_person(know_doc *d, casus_mention *m, know_extra *x, know_ref root,
                      const know_hint *hint);
/* Who holds the office of this root in this country or body on the day; NONE: nobody known. */
know_ref know_holder_of(const know_doc *d, const char *code, know_ref office, int32_t day);
/* The person among a phrase's targets that the hint, the day and the context support. */
know_ref know_person_of(const know_doc *d, const know_match *m, const know_hint *hint,
                        bool surname_only);
/* Row of the office that a phrase means in this country or body ("" unknown). */
know_ref know_office_of(const know_doc *d, const know_match *m, const char *code);
/* Root of the office of a row of leaders or people, or NONE. */
know_ref know_row_office(const know_doc *d, know_ref row);
/* Gender by the first name, 0 unknown. */
uint8_t know_gender_of(know_doc *d, casus_slice name);

/* know_context.c */
/* Counts what countries the mentions so far speak of; `scene` too when places are known. */
bool know_doc_context(know_doc *d, bool places);
/* Does the document speak of this country? */
bool know_is_spoken(const know_doc *d, const char *country);
/* Where rebels of no one country act at token t: the country meant there, where it has rebels or
 * the sentence names it as the place; else one that the document speaks of; or "". */
const char *know_haunt_at(const know_doc *d, uint32_t t);
/* The country of a description without one, at token t; "" when nothing tells. */
const char *know_context_at(const know_doc *d, uint32_t t);
/* Country of a place: as the text goes on to say ("Kwande, Benue State, Nigeria"), else as the
 * gazetteer has it; of a country itself. */
const char *know_seat_of(const know_doc *d, const casus_mention *m);
/* Country that ends a chain of places behind one ("..., Benue State, Nigeria"), whose comma is
 * token t; "" when there is none. */
const char *know_chain_seat(const know_doc *d, uint32_t t);
/* Country of a state's body that is the subject of a clause beside or under one of a country's:
 * "Australia will not help, while the intelligence community ..."; else "". */
const char *know_state_over(const know_doc *d, uint32_t item);
/* Does the clause of token t, or the phrase that it heads, name a place in some country? */
bool know_scene_beside(const know_doc *d, uint32_t t);
/* "orders", "sacks": what those in power do to their own. */
bool know_is_order(const know_doc *d, uint32_t verb);
/* Those who rule over the people of their country: police, courts, authorities. */
bool know_rules(const casus_actor *a, bool person);
/* "expels", "summons": what is done to the envoys of others. */
bool know_is_ousting(const know_doc *d, uint32_t verb);
/* "three officers" behind police officers: of the police. */
void know_officer(know_doc *d, uint32_t item);
/* Is a sea the only place that the sentence names? */
bool know_at_sea(const know_doc *d, uint32_t t);

/* know_metonym.c: does a capital or seat stand for its government here? */
bool know_is_government(const know_doc *d, uint32_t head, uint32_t last, bool seat);

/* know_phrase.c */
typedef struct know_said { /* what stands with a head noun or a name */
    char code[8];          /* nation or body, or "" */
    char place[4];         /* country of a place it is of ("Berlin police"), or "" */
    uint32_t nation;       /* mention that `code` came from, or CASUS_NONE */
    uint32_t nations[6];   /* coordinated nations, of them n_nations */
    uint32_t n_nations;
    uint32_t of;    /* organisation, person or group it belongs to: a mention, or NONE */
    uint32_t title; /* match of the role or office next before it, or CASUS_NONE */
    know_ref mod;   /* role before it that gives a sector, or NONE */
    uint32_t first; /* first token of the phrase without its article */
    uint8_t gender;
    bool former, then, acting, elect, deputy, unknown, foreign, definite, indefinite, counted;
    bool both;      /* both, two, three */
    bool owned;     /* has a possessor: "its army" */
    bool own;       /* X-backed, pro-X: not of X */
    char backer[4]; /* that X */
    bool people;    /* of a people without a state of its own: "Kurdish forces" */
} know_said;
/* `behind`: prepositions behind the phrase too; `sent`: what is behind "to", "for", "in" is where
 * the person is sent, not whose it is. */
void know_gather(know_doc *d, uint32_t head, uint32_t first, uint32_t last, bool behind, bool sent,
                 know_said *s);
/* "The Norwegian Pension Fund": the nation within a name, where none stands beside it. */
void know_take_within(const know_doc *d, uint32_t first, uint32_t last, know_said *s);
/* The prepositional phrase that begins at token `last`, into *s; `aide`: one with "to" too. */
void know_take_behind(know_doc *d, uint32_t last, bool sent, bool aide, know_said *s);
know_ref know_role_of(const know_doc *d, const know_match *m); /* row of roles.tsv, or NONE */
bool know_is_described(const know_match *m);                   /* by a role or an office */
void know_compose_sectors(know_doc *d, casus_actor *a, const know_row *r, const know_said *s);
void know_compose_country(know_doc *d, uint32_t item, const know_row *r, const know_said *s);
/* The official or ministry that is the last subject before a description in its sentence: whose
 * country "the country" is. CASUS_NONE when the last subject is none. O(sentence). */
uint32_t know_official_before(const know_doc *d, uint32_t item);
/* First token of the run of titles next before a name ("outgoing US deputy foreign minister"). */
uint32_t know_title_run(const know_doc *d, uint32_t first);
/* The only code, or the one that the context agrees with, of an office named without a country
 * ("the Pentagon chief"); "" none. */
const char *know_implied_code(const know_doc *d, const know_match *m);
/* A description headed by a role or office; its mention, or CASUS_NONE. */
uint32_t know_describe(know_doc *d, uint32_t t, uint32_t match);

/* know_titles.c */
/* Adds to a name what is said with it (titles, appositions), or makes an unknown name's mention. */
void know_finish_name(know_doc *d, uint32_t t);
uint32_t know_unknown_name(know_doc *d, uint32_t t);

/* know_chain.c */
void know_link(know_doc *d, uint32_t item, uint32_t to);
/* Persons whose full name the tables know, for those who are called by their surname before. */
void know_announce(know_doc *d);
/* The mention whose abbreviation in brackets this one is ("... Commission (NTC)"), whatever the
 * tables know by it, or CASUS_NONE. */
uint32_t know_spelled_out(const know_doc *d, uint32_t item);
void know_introduce(know_doc *d, uint32_t item); /* its name, its parts, its abbreviation */
/* The mention that the words of these tokens stood for before, or CASUS_NONE. */
uint32_t know_local_of(const know_doc *d, uint32_t first, uint32_t last);
/* Is a role's word a first name here: "Hunter Biden"? */
bool know_is_given_name(const know_doc *d, uint32_t t, const know_match *m);
/* Are the tokens the surnames of two persons of the text: "the Trump-Biden debate"? */
bool know_is_pair(const know_doc *d, uint32_t first, uint32_t last);
/* The folded words of these tokens. */
casus_slice know_key_of(const know_doc *d, uint32_t first, uint32_t last);
casus_slice know_words_of(const know_doc *d, uint32_t first, uint32_t last); /* as written */
/* The coordination that ends at head token t, as members of a new list; 0: none. */
uint32_t know_members_of(know_doc *d, uint32_t t, uint32_t **out);
/* Subject that the clause of an object at t shares with the one above it, or CASUS_NONE. */
uint32_t know_subject_shared(const know_doc *d, uint32_t t);
/* know_pronoun.c: the mention that a pronoun at t is, linked to whom it means; or CASUS_NONE. */
uint32_t know_pronoun(know_doc *d, uint32_t t);
/* "the group", "both ministers", "the minister": the mention meant before token t, or NONE. */
uint32_t know_antecedent(know_doc *d, uint32_t item, const know_said *s);
bool know_refer_plural(know_doc *d, uint32_t item, const know_said *s);

/* know_find.c */
uint32_t know_resolve(know_doc *d, uint32_t t);

#endif
