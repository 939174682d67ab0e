/* code_int.h - private to src/code: the compiled rows, and the state of coding one document.
 *
 * Section "code" begins with code_head; arrays are byte offsets from the section's start, aligned
 * to 8; strings are {offset, length} into its pool, each with a zero byte behind it. Everything is
 * bounds-checked when opened.
 */
#ifndef CASUS_CODE_CODE_INT_H
#define CASUS_CODE_CODE_INT_H

#include "code/code.h"

#define CODE_FORMAT 1u
#define CODE_CLASS_WORDS 3u /* 64-bit words of a class mask: at most 192 classes */

typedef struct code_str {
    uint32_t off, len;
} code_str;

typedef enum code_type {
    CODE_NONE,
    CODE_AGREE,
    CODE_CONSULT,
    CODE_SUPPORT,
    CODE_CONCEDE,
    CODE_COOPERATE,
    CODE_AID,
    CODE_RETREAT,
    CODE_REQUEST,
    CODE_ACCUSE,
    CODE_REJECT,
    CODE_THREATEN,
    CODE_PROTEST,
    CODE_SANCTION,
    CODE_MOBILIZE,
    CODE_COERCE,
    CODE_ASSAULT,
    CODE_TYPES
} code_type;
const char *code_type_name(code_type type);

typedef enum code_status {
    CODE_UNKNOWN, /* nothing said: as told */
    CODE_HAPPENED,
    CODE_ONGOING,
    CODE_PLANNED,
    CODE_URGED,
    CODE_THREATENED,
    CODE_POSSIBLE,
    CODE_ALLEGED,
    CODE_DENIED,
    CODE_NEGATED,
    CODE_STATUSES
} code_status;
const char *code_status_name(code_status status);
/* CODE_UNKNOWN for an empty name, CODE_STATUSES for an unknown one. */
code_status code_status_named(casus_slice name);

/* ---- rows ------------------------------------------------------------------------------------ */

/* A reference to arguments: a role, or a preposition by the hash of its word(s). */
typedef struct code_ref {
    uint32_t role; /* casus_role; CASUS_ROLE_PREP with `prep` */
    uint32_t pad;
    uint64_t prep;
} code_ref;
#define CODE_REF_NOBODY 0xFEu  /* "-": explicitly none */
#define CODE_REF_SPEAKER 0xFDu /* "speaker": who says the words, see speaker.c */

/* What a token may be compared with. */
enum {
    CODE_IS_LEMMA,
    CODE_IS_CLASS,
    CODE_IS_ANY,
    CODE_IS_ACTOR,
    CODE_IS_COUNTRY,
    CODE_IS_PERSON,
    CODE_IS_ARMED,
    CODE_IS_PLACE,
    CODE_IS_MONEY,
    CODE_IS_NUMBER,
    CODE_IS_OFFICIAL
};
typedef struct code_value {
    uint64_t lemma; /* hash, or class number */
    uint32_t kind;
    uint32_t pad;
} code_value;

enum {
    CODE_COND_IS,
    CODE_COND_IS_NOT,
    CODE_COND_ABSENT,
    CODE_COND_PASSIVE, /* from here on: flags of the clause */
    CODE_COND_ACTIVE,
    CODE_COND_NEGATED, /* "will not lift": the row takes the negation into its meaning */
    CODE_COND_FUTURE,  /* will, would, going to */
    CODE_COND_MUST,    /* must, should, has to */
    CODE_COND_FINITE,  /* no participle, gerund or infinitive */
    CODE_COND_FORCE,   /* amid acts of force, not protest: a noun's sense by what was told before */
    CODE_COND_COMMAND, /* "Release the hostages", as somebody's words */
    CODE_COND_ANOTHER, /* its content is an act of another's: asked in speaker.c */
    CODE_COND_SAYS     /* some word of the clause behind its verb is one of these */
};
typedef struct code_cond {
    uint32_t op;
    uint32_t refs, n_refs;
    uint32_t first, n; /* values */
    uint32_t pad;
} code_cond;

/* Sides: for each of them references tried in order. */
enum { CODE_ACTOR, CODE_RECIPIENT, CODE_MEDIATOR, CODE_BOTH, CODE_SIDES };
#define CODE_GIVES_NOBODY CODE_MEDIATOR /* of a light verb: its subject is no side of the noun */

typedef struct code_row {
    code_str id, mode, cameo, example, file;
    uint32_t line;
    uint8_t type; /* code_type */
    uint8_t kind; /* 'v', 'n', 'a' */
    uint8_t n_conds;
    uint8_t content_status; /* code_status of the content, CODE_UNKNOWN: none */
    uint8_t content_doer;   /* CODE_ACTOR or CODE_RECIPIENT */
    uint8_t table;          /* CODE_TABLE_... */
    uint8_t status;         /* light, aspect: code_status */
    uint8_t gives;          /* light: CODE_ACTOR, CODE_RECIPIENT or CODE_GIVES_NOBODY */
    uint8_t stance;         /* speech: casus_stance */
    uint8_t pads[3];
    uint32_t conds;                                  /* first */
    uint32_t particle_n;                             /* unused: 0 */
    uint64_t particle;                               /* hash, 0: none wanted */
    uint32_t sides[CODE_SIDES], n_sides[CODE_SIDES]; /* refs */
    uint32_t content, n_content; /* refs: content roles; light: the noun; aspect: the clause */
    code_str channel;            /* speech */
    code_str speech;             /* speech: kind (say, claim, ...) */
} code_row;
enum { CODE_TABLE_EVENT, CODE_TABLE_LIGHT, CODE_TABLE_ASPECT, CODE_TABLE_SPEECH, CODE_TABLES };

typedef struct code_key { /* sorted by hash: head lemma, kind and table */
    uint64_t hash;
    uint32_t first, n; /* in `order` */
} code_key;

typedef struct code_word { /* sorted by hash: classes of a lemma */
    uint64_t lemma;
    uint64_t mask[CODE_CLASS_WORDS];
} code_word;

typedef struct code_channel { /* sorted by hash */
    uint64_t lemma;
    code_str channel;
} code_channel;

typedef struct code_cameo { /* sorted by hash of the code */
    uint64_t code;
    float intensity;
    uint32_t pad;
} code_cameo;

typedef struct code_weight { /* sorted by hash of the feature's name */
    uint64_t feature;
    float weight;
    uint32_t pad;
} code_weight;

typedef struct code_cue { /* sorted by hash: single words with a meaning of their own */
    uint64_t lemma;
    uint32_t what; /* CODE_CUE_... */
    uint32_t value;
    uint32_t kind; /* counts: index of kind name */
    uint32_t pad;
} code_cue;
enum {
    CODE_CUE_STATUS /* adverb or adjective: "allegedly" */,
    CODE_CUE_COUNT /* verb or noun that
counts: "kill" */
    ,
    CODE_CUE_APPROX /* "about" */,
    CODE_CUE_LEAST /* "over", "at least" */,
    CODE_CUE_MOST /* "up to" */,
    CODE_CUE_NUMBER /* "dozen" */,
    CODE_CUE_CONTEXT,
    CODE_CUE_MISHAP /* accident or attack */,
    CODE_CUE_CRIME /* "murder": between private persons no event */
};

/* What a sentence is about (data/mishap.tsv). */
enum {
    CODE_TOLD_MISHAP = 1, /* nature, traffic, illness */
    CODE_TOLD_MAYBE = 2,  /* either: a fire, an explosion */
    CODE_TOLD_ATTACK = 4, /* somebody did it */
    CODE_TOLD_BEAST = 8,  /* an animal did it */
    CODE_TOLD_SPORT = 16, /* these need company to count */
    CODE_TOLD_SHOW = 32,
    CODE_TOLD_SCIENCE = 64,
    CODE_TOLD_MARKET = 128,
    CODE_TOLD_CRIME = 256,    /* ordinary crime */
    CODE_TOLD_TOO = 512,      /* a mishap has it, but much else has it too */
    CODE_TOLD_FIGHT = 1024,   /* an attack has it, but much else has it too */
    CODE_TOLD_POLITICS = 2048 /* what makes a crime a public matter */
};

typedef struct code_head {
    uint32_t format;
    uint32_t n_rows, rows, n_conds, conds, n_values, values, n_refs, refs;
    uint32_t n_keys, keys, n_order, order; /* order: row numbers, most conditions first */
    uint32_t n_words, words, n_channels, channels, n_cameos, cameos, n_cues, cues;
    uint32_t pool, pool_len;
} code_head;

struct casus_code {
    casus_memory memory;
    const uint8_t *at;
    const code_head *head;
    const code_row *rows;
    const code_cond *conds;
    const code_value *values;
    const code_ref *refs;
    const code_key *keys;
    const uint32_t *order;
    const code_word *words;
    const code_channel *channels;
    const code_cameo *cameos;
    const code_cue *cues;
    const char *pool;
    const code_weight *weights; /* [n_weights] of section "code.filter" */
    uint32_t n_weights;
    float threshold; /* a candidate scored below it is thrown out */
    bool trained;    /* some weight is not zero: else every score is one half */
};
casus_string code_string(const casus_code *code, code_str s);
/* Rows of a table whose head is this lemma: their numbers, *n of them. */
const uint32_t *code_rows(const casus_code *code, uint64_t lemma, uint8_t kind, uint8_t table,
                          uint32_t *n);
uint64_t code_key_hash(uint64_t lemma, uint8_t kind, uint8_t table);
const code_word *code_word_of(const casus_code *code, uint64_t lemma);
const char *code_channel_of(const casus_code *code, uint64_t lemma);
/* The cue of this sort for a lemma, or NULL. */
const code_cue *code_cue_of(const casus_code *code, uint64_t lemma, uint32_t what);
static inline uint64_t code_hash(casus_slice s) {
    return casus_base_hash64(s.ptr, s.len, 3);
}

/* ---- one document ---------------------------------------------------------------------------- */

/* An event in the making. */
typedef struct candidate {
    uint32_t clause; /* whose head is the trigger */
    uint32_t row;
    uint8_t type;
    uint8_t status; /* code_status */
    bool dropped;
    uint32_t of;                 /* candidate whose content this is, or CASUS_NONE */
    uint32_t same_as;            /* earlier candidate, or CASUS_NONE */
    uint32_t dated_by;           /* of an undated one, the later mention that has a day, or none */
    uint32_t merged;             /* candidate that took this one in, or CASUS_NONE */
    uint32_t members;            /* last candidate taken in, or CASUS_NONE */
    uint32_t next_member;        /* the one taken in before by the same candidate, or CASUS_NONE */
    uint32_t *sides[CODE_SIDES]; /* mentions */
    uint32_t n_sides[CODE_SIDES];
    uint32_t
        side_tokens[CODE_SIDES]; /* head token of the first argument, for spans without mention */
    bool reciprocal;
    uint32_t light;            /* clause of the light verb, or CASUS_NONE */
    const casus_time *time;    /* when it took place, or NULL */
    int32_t from, to;          /* its days, CASUS_NO_DAY when open */
    const casus_time *due;     /* until when it is to be done, or NULL */
    uint32_t place;            /* mention where it took place, or CASUS_NONE */
    uint32_t named, named_end; /* tokens of a place that no gazetteer has; CASUS_NONE: none */
    uint32_t denier;           /* mention that denies it elsewhere in the text, or CASUS_NONE */
    uint32_t denier_cue;       /* token that says so */
    casus_slice features;      /* names of those that were scored, when explaining */
    float score;               /* of the filter, 0 .. 1 */
    const char *why;           /* it was dropped, constant; NULL: not told */
    float confidence;
} candidate;

/* A piece of what somebody says, and the piece that it stands in. */
typedef struct code_cover {
    uint32_t begin, end; /* bytes */
    uint32_t attribution;
    uint32_t parent; /* cover, or CASUS_NONE */
} code_cover;

typedef struct coder {
    const casus_code *code;
    const casus_parse *parse;
    const casus_mentions *mentions;
    const casus_times *times;
    casus_arena *arena;
    casus_error *err;
    uint64_t *lemmas; /* [n_tokens] hash of the lower-case lemma */
    uint64_t *joined; /* [n_tokens] the same of a hyphenated word, at its last token; else 0 */
    candidate *candidates;
    size_t n, cap;
    uint32_t *of_clause; /* [n_clauses] candidate of the clause, or CASUS_NONE */
    casus_attribution *attributions;
    size_t n_attributions, cap_attributions;
    struct code_cover *covers; /* [n_covers], by begin */
    size_t n_covers;
    uint32_t mishaps; /* harms thrown out that nobody did */
    bool trade;       /* the text is about firms and markets */
    bool explain;
    bool no_memory;
} coder;

/* shared.c: what several stages ask */
bool code_is_one_of(casus_slice s, const char *const *words); /* ended by NULL */
casus_string code_keep(coder *c, casus_slice s);              /* a copy in the arena */
casus_string code_string_z(const char *z);                    /* absent when NULL or empty */
casus_slice code_text_of(const casus_parse *p, casus_span s);
uint8_t code_kind_of(const casus_clause *clause); /* as in code_row.kind */
/* Citizens named for a cause ("protesters", "activists"): a public role. */
bool code_has_cause(const coder *c, const casus_mention *m);
/* Is the argument one that the row calls content? */
bool code_in_content(const coder *c, const code_row *row, const casus_arg *a);
/* AGREE, SUPPORT, CONCEDE, REQUEST, ACCUSE, REJECT, THREATEN */
bool code_is_speech(uint8_t type);
/* The kind of count that a word's lemma tells ("killed"), or NULL. */
const char *code_count_kind(const coder *c, uint32_t token);
bool code_is_harm(const coder *c, uint32_t token); /* a word that counts killed or injured */
/* An act that harms: killed, wounded, left ten dead. */
bool code_harms(const coder *c, const candidate *e);
/* "captured the town, killing 19": ground is taken, and people are killed; two acts. */
bool code_takes_ground(const coder *c, const candidate *e);
/* Does the word of the act itself count killed? */
bool code_kills(const coder *c, const candidate *e);
/* The statistical name that covers a token, or NULL. */
const casus_name *code_name_at(const casus_parse *p, uint32_t token);
/* Index of the first time that ends behind a token; times->n when there is none. */
uint32_t code_first_time(const casus_times *times, uint32_t token);

/* match.c */
bool code_token_is(const coder *c, uint32_t token, const code_value *v);
bool code_arg_in(const casus_arg *a, const code_ref *ref);
/* The noun that is argument `arg` of a clause (a verb's object or complement; what an event noun is
 * "of"), or NULL; and do its arguments in `ref` count as the clause's where a row asks for them? */
const casus_clause *code_inner_noun(const coder *c, const casus_clause *clause, uint32_t arg);
bool code_inner_counts(const casus_clause *clause, const code_ref *ref);
bool code_row_holds(const coder *c, const code_row *row, const casus_clause *clause);
/* Does the row ask for a negation, a future or a "must"? Then that is part of its meaning and says
 * nothing about status: "will not lift" is a refusal that happened. */
bool code_row_takes_form(const coder *c, const code_row *row);
/* Has the row a condition of this kind (CODE_COND_...)? */
bool code_row_asks(const coder *c, const code_row *row, uint32_t op);
/* The best row of a table for a clause: most conditions, then file order; CASUS_NONE if none. */
uint32_t code_best_row(const coder *c, const casus_clause *clause, uint8_t kind, uint8_t table);
/* The actor mention at a token, or CASUS_NONE. `thing` accepts things that may suffer an act. */
uint32_t code_actor_at(const coder *c, uint32_t token, bool thing);

/* candidates.c */
void code_propose(coder *c);
/* A new candidate for the clause, its sides not filled; NULL: no memory. */
candidate *code_add_candidate(coder *c, uint32_t clause, uint32_t row);
/* Its sides, from the arguments of its own clause. */
void code_take_sides(coder *c, candidate *e);
void code_fill_sides(coder *c);
/* mishap.c: harm that nobody did is thrown out */
void code_mishap(coder *c);
/* What the word at a token tells of: CODE_TOLD_..., 0 for nothing. */
uint16_t code_told_by(const coder *c, uint32_t token);
/* sphere.c: acts of private life, sport, science, relief and the like are thrown out */
void code_sphere(coder *c);
/* general.c: what is so by law, by right, by habit; positions, moods, interviews */
void code_general(coder *c);
void code_add_side(coder *c, candidate *e, int side, uint32_t mention, uint32_t token);
/* Takes from the recipients who is an actor too. */
void code_drop_shared(candidate *e);
/* law.c: who passes or signs the law that does it */
void code_fill_law(coder *c);
/* inside.c: sides that stand within a noun phrase */
void code_fill_inside(coder *c);
/* beside.c: sides that the clauses beside and above tell */
void code_fill_beside(coder *c);
/* behind.c: whom an act hits whose noun alone stands beside it */
void code_fill_behind(coder *c);
/* Whose claim is denied; behind deny.c, which asks of the denial what it was before. */
void code_fill_denied(coder *c);
/* crowd.c: the crowd that "protests" stands for */
void code_crowd(coder *c);
/* merge.c: candidates that name one act become one, nouns without participants are dropped */
void code_merge(coder *c);
/* `from` names the act of `to`: its sides, its row where that tells more, and its counts go over.
 */
void code_take_over(coder *c, candidate *to, candidate *from);
/* status.c */
void code_set_status(coder *c);
/* deny.c: a denial of what another sentence tells */
void code_deny(coder *c);
/* attribute.c */
void code_attribute(coder *c);
/* speaker.c: acts of the one who says the words */
void code_speaker(coder *c);
/* topic.c: what is only the topic of another act, or nobody's, is thrown out */
void code_topic(coder *c);
/* "warns that it is late and urges them to hurry": a clause read as a second content of a verb of
 * speech that is rather a second thing its speaker says. */
bool code_speaks_apart(const coder *c, uint32_t clause);
/* The attributions in whose content byte `at` stands, outermost first: at most `most` of them. */
size_t code_chain_at(const coder *c, uint32_t at, uint32_t *out, size_t most);
/* scene.c: time and place from the act's own words */
void code_set_scene(coder *c);
/* "hailed the report on Twitter": where one says it, nobody who suffers it. */
bool code_is_platform(const coder *c, const casus_arg *a);
/* "the", "this", a possessor: the noun speaks of something known. */
bool code_is_definite(const coder *c, const casus_clause *noun);
/* days.c: the day of an act from the clauses around it */
void code_days(coder *c, bool referred); /* referred: acts told again have their days */
/* and from the story of one day that it goes on with; `order` holds the acts by trigger, [n] */
void code_days_of_story(coder *c, const uint64_t *order, size_t n);
/* refer.c: acts told again, and the dates they keep */
void code_refer(coder *c);
/* same_act.c: the acts told so far, and which of them is told again */
#define CODE_REFER_BACK 24u /* earlier acts of a type that one is compared with */
typedef struct code_told {
    uint32_t *before;          /* [n candidates] for each type a chain from the last one back */
    uint32_t last[CODE_TYPES]; /* the last of each type */
    uint32_t lead[CODE_TYPES]; /* what the story is about: the first that is dated */
} code_told;
/* The act told before that `e` tells again, or CASUS_NONE. */
uint32_t code_told_before(const coder *c, const code_told *told, const candidate *e);
/* For "the bombings" that nothing dates: the dated act of that name, before or behind, when the
 * text has but one day for such; else NULL. */
const candidate *code_told_anywhere(const coder *c, const code_told *told, const candidate *e);
/* "justified the strike, which X had approved": no plan where it was told as done. */
void code_told_as_done(const coder *c, const code_told *told, candidate *e);
/* Told as an aside: of a time before the story, or who somebody is. */
bool code_is_background(const coder *c, const candidate *e);
bool code_speaks_of_known(const coder *c, const candidate *e);
/* One actor, or one within the other: "Israel" and "the Israeli army". Mentions. */
bool code_same_actor(const coder *c, uint32_t a, uint32_t b);
bool code_dates_clash(const candidate *a, const candidate *b);
/* Is the noun made of the verb? "shooting" of "shoot" */
bool code_is_named_after(casus_slice noun, casus_slice verb);
/* filter.c: the scored model */
casus_status code_filter_compile(const char *data_dir, casus_pack_writer *writer,
                                 const casus_memory *memory, casus_error *err);
casus_status code_filter_open(casus_code *code, const casus_pack *pack, casus_error *err);
/* How likely it is a record, 0 .. 1; the names of its features go to `names` unless NULL. */
double code_score(coder *c, const candidate *e, casus_buffer *names);
/* weigh.c: throws out what is no event in its place */
void code_weigh(coder *c);
/* explain.c: fills out->explained */
void code_explain(coder *c, int line, casus_events *out);
/* fields.c */
casus_status code_emit(coder *c, casus_events *out);
casus_party code_party_of(coder *c, uint32_t mention);
/* The time among a clause's own arguments that is a point, or NULL (scene.c). */
const casus_time *code_time_of_clause(const coder *c, const casus_clause *clause);
/* said.c: who says so, who denies it; and "happened" to "alleged" when one side speaks of the
 * other (the record's sides and sources are filled). */
void code_sources(coder *c, const candidate *e, casus_span trigger, casus_event *out);
void code_weigh_sources(const coder *c, const candidate *e, casus_event *out);
/* promise.c: what the act promises, absent when it promises nothing (sets e->due); its contexts */
casus_string code_commitment(coder *c, candidate *e);
void code_contexts(coder *c, const candidate *e, casus_event *out);
/* counts.c: counts of an event, in the arena */
void code_counts(coder *c, const candidate *e, casus_event *out);
/* "the death toll from the attack rose to 21": a count told above the act. */
bool code_has_toll(const coder *c, const candidate *e);

#endif
