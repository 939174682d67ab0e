/* model.h - private to src/lang: the opened model, its layout in the pack, and the engine's parts.
 *
 * Layout: every section below begins with the struct of the same name (little-endian, 4-byte
 * fields); arrays are given as byte offsets from the section's start, aligned to 64. Strings are
 * {offset, length} into section "lang.str". All is checked against the section's size when opened.
 */
#ifndef CASUS_LANG_MODEL_H
#define CASUS_LANG_MODEL_H

#include "lang/kernels.h"
#include "lang/lang.h"
#include "lang/clauses.h"
#include "lang/engine.h"

typedef struct lang_str {
    uint32_t off, len;
} lang_str;

/* Attributes of a word form that a hash embedding may look at (attrs as spaCy names them) */
enum {
    LANG_ATTR_NORM,
    LANG_ATTR_PREFIX,
    LANG_ATTR_SUFFIX,
    LANG_ATTR_SHAPE,
    LANG_ATTR_LOWER,
    LANG_ATTR_ORTH,
    LANG_ATTR_SPACY,
    LANG_ATTR_IS_SPACE,
    LANG_ATTR_COUNT
};

/* ---- section "lang.head" ------------------------------------------------------------------- */
typedef struct lang_head {
    uint32_t format;           /* LANG_FORMAT */
    char language[8];          /* "en" */
    char name[48];             /* "en_core_web_sm" */
    char version[16];          /* "3.8.0" */
    uint32_t n_tags, tags;     /* lang_str[n_tags]: fine tags */
    uint32_t n_deps, deps;     /* lang_str[n_deps]: labels; 0 is the root label */
    uint32_t n_kinds, kinds;   /* lang_str[n_kinds]: kinds of names */
    uint32_t n_morphs, morphs; /* lang_str[n_morphs]: 0 is empty */
    uint32_t n_encoders;       /* 1 or 2 */
    uint32_t tagger_encoder, parser_encoder, names_encoder; /* index, or CASUS_NONE if absent */
    uint32_t morphologizer;      /* 1: the tagger's classes are lang_class, not fine tags */
    uint32_t n_classes, classes; /* lang_class[n_classes] of the tagger */
} lang_head;
#define LANG_FORMAT 2u

typedef struct lang_class {
    uint32_t tag;   /* index or CASUS_NONE */
    uint32_t pos;   /* casus_pos, or CASUS_NONE */
    uint32_t morph; /* index or CASUS_NONE */
} lang_class;

/* ---- sections "lang.enc0", "lang.enc1": hash embeddings and convolutional encoder ----------- */
typedef struct lang_enc {
    uint32_t width;      /* of the vectors, multiple of 4, e.g. 96 */
    uint32_t depth;      /* residual layers */
    uint32_t window;     /* tokens on each side that a layer sees: 1 */
    uint32_t pieces;     /* of the maxout */
    uint32_t mix_pieces; /* of the maxout that mixes the embeddings */
    uint32_t n_features; /* <= LANG_FEATURES_MOST */
    struct {
        uint32_t attr;  /* LANG_ATTR_... */
        uint32_t rows;  /* of the table */
        uint32_t seed;  /* of the hash */
        uint32_t table; /* float[rows][width] */
    } features[8];
    uint32_t mix; /* lang_affine: 3 * n_features blocks of width -> width * mix_pieces, as
                     put_fine of compile.c makes them */
    uint32_t mix_gain, mix_shift; /* float[width]: layer norm */
    uint32_t layers[8];           /* lang_affine: 2*window+1 blocks of width -> width * pieces */
    uint32_t gains[8], shifts[8];
} lang_enc;
#define LANG_FEATURES_MOST 8u
#define LANG_DEPTH_MOST 8u

/* An affine map with 8-bit weights, as the kernels read it (kernels.h says the layout). Outputs of
 * a maxout are ordered [piece][output]. */
typedef struct lang_affine {
    uint32_t n_in;     /* inputs of one block, multiple of 4 */
    uint32_t n_blocks; /* blocks, each with an input scale of its own */
    uint32_t n_out;    /* multiple of 16 (padded with zero rows) */
    uint32_t weights;  /* int8 in kernel order */
    uint32_t scales;   /* float[n_out] */
    uint32_t bias;     /* float[n_out] */
    uint32_t sums;     /* float[n_blocks][n_out]: sum of the block's 8-bit weights */
} lang_affine;

/* ---- sections "lang.tag", "lang.dep", "lang.ner" -------------------------------------------- */
typedef struct lang_softmax {
    uint32_t n_classes;
    uint32_t affine; /* lang_affine: width -> n_classes (padded) */
} lang_softmax;

typedef struct lang_moves {
    uint32_t n_moves;
    uint32_t n_features; /* tokens looked at in a state: 8 (parser) or 3 (names) */
    uint32_t hidden, pieces;
    /* each has 3 blocks, as put_fine of compile.c makes them */
    uint32_t project;    /* lang_affine: encoder width -> n_in */
    uint32_t lower;      /* lang_affine: n_in -> n_features * hidden * pieces,
                            ordered [feature][piece][hidden] */
    uint32_t lower_bias; /* float[pieces][hidden] */
    uint32_t pad;        /* float[n_features][pieces][hidden]: for a missing token */
    uint32_t upper;      /* lang_affine: hidden -> n_moves (padded) */
    uint32_t moves;      /* lang_move[n_moves] */
} lang_moves;
typedef struct lang_move {
    uint32_t action;     /* LANG_SHIFT ... or LANG_BEGIN ... */
    uint32_t label;      /* dep or kind index, CASUS_NONE for none */
    uint32_t head_label; /* of a decorated label "label||head_label", else CASUS_NONE */
} lang_move;
enum { LANG_SHIFT, LANG_REDUCE, LANG_LEFT, LANG_RIGHT, LANG_BREAK };
enum { LANG_MISSING, LANG_BEGIN, LANG_IN, LANG_LAST, LANG_UNIT, LANG_OUT };
#define LANG_ACTIONS 6u

/* ---- section "lang.tok": the tokenizer ------------------------------------------------------- */
typedef struct lang_tok {
    uint32_t n_patterns[5]; /* regular expressions per sort, tried in order */
    uint32_t patterns[5];   /* lang_str[n] in PCRE2's syntax: prefix, suffix, infix, token, url */
    uint32_t n_specials;    /* exceptions */
    uint32_t specials;      /* lang_special[n], by hash of the text */
    uint32_t n_pieces;
    uint32_t pieces;    /* lang_piece[n] */
    uint32_t n_phrases; /* exceptions that must also be found after splitting */
    uint32_t phrases;   /* lang_phrase[n] by hash of the first token */
    uint32_t n_symbols; /* strings whose id is no hash */
    uint32_t symbols;   /* lang_pair[n] by key: hash of the string -> id */
    uint32_t n_norms;   /* norm table */
    uint32_t norms;     /* lang_norm[n] by key (id of the form) */
} lang_tok;
enum { LANG_PREFIX, LANG_SUFFIX, LANG_INFIX, LANG_TOKEN, LANG_URL };
typedef struct lang_special { /* aligned to 8 */
    uint64_t hash;
    lang_str text;
    uint32_t first, n; /* pieces */
} lang_special;
typedef struct lang_piece {
    uint32_t length; /* bytes of the special's text */
    lang_str norm;   /* len 0: none of its own */
} lang_piece;
typedef struct lang_phrase {
    uint64_t hash;    /* of the first token's text */
    uint32_t special; /* index */
    uint32_t n;       /* tokens that the text falls into without exceptions */
} lang_phrase;
typedef struct lang_pair {
    uint64_t key, value;
} lang_pair;
typedef struct lang_norm {
    uint64_t key;
    lang_str norm;
} lang_norm;

/* ---- section "lang.attr": attribute rules ---------------------------------------------------- */
typedef struct lang_attr {
    uint32_t n_rules, rules;     /* lang_rule[n], in order of precedence (later wins) */
    uint32_t n_specs, specs;     /* lang_spec[n] */
    uint32_t n_tests, tests;     /* lang_test[n] */
    uint32_t n_values, values;   /* uint64[n] */
    uint32_t n_regexes, regexes; /* lang_str[n], on LOWER or ORTH */
} lang_attr;
typedef struct lang_rule {
    uint32_t first, n;             /* specs, one a token */
    uint32_t index;                /* which of the matched tokens is changed */
    uint32_t tag, pos, morph, dep; /* new values, CASUS_NONE: none */
    lang_str lemma;                /* off CASUS_NONE: none */
} lang_rule;
typedef struct lang_spec {
    uint32_t first, n; /* tests, all must hold */
} lang_spec;
typedef struct lang_test {
    uint32_t attr;     /* LANG_TEST_... */
    uint32_t op;       /* LANG_OP_... */
    uint32_t first, n; /* values: index of tag, dep, pos; hash of a string; regex number */
} lang_test;
enum {
    LANG_TEST_TAG,
    LANG_TEST_POS,
    LANG_TEST_DEP,
    LANG_TEST_LOWER,
    LANG_TEST_ORTH,
    LANG_TEST_SPACE
};
enum { LANG_OP_IN, LANG_OP_NOT_IN, LANG_OP_REGEX };

/* ---- section "lang.lem": the rule lemmatizer ------------------------------------------------- */
typedef struct lang_lem {
    uint32_t kind;               /* LANG_LEM_... */
    struct {                     /* per casus_pos */
        uint32_t n_index, index; /* uint64[n] sorted: hashes of known lemmas */
        uint32_t n_exc, exc;     /* lang_special-like lang_exc[n] by hash */
        uint32_t n_rules, rules; /* lang_suffix[n] */
    } pos[CASUS_POS_COUNT];
    uint32_t n_forms, forms;   /* lang_str[n]: lemmas that exceptions point to */
    uint32_t n_bases, bases;   /* lang_base[n]: what is a base form already */
    uint32_t n_lookup, lookup; /* lang_norm[n]: form id -> lemma */
} lang_lem;
enum { LANG_LEM_NONE, LANG_LEM_RULE, LANG_LEM_RULE_FIRST_INDEX /* as French does */ };
typedef struct lang_exc {
    uint64_t hash;
    uint32_t first, n; /* forms */
} lang_exc;
typedef struct lang_suffix {
    lang_str old, with;
} lang_suffix;
typedef struct lang_base {
    uint32_t pos;    /* casus_pos or CASUS_NONE for all */
    lang_str has[3]; /* "Number=Sing"; len 0: none */
    lang_str lacks;  /* feature name that must be absent; len 0: none */
} lang_base;

/* ---- the opened model ------------------------------------------------------------------------ */

typedef struct lang_section {
    const uint8_t *at;
    size_t len;
} lang_section;

typedef struct enc_model {
    const lang_enc *head;
    const uint8_t *base;
    kernel_affine mix;
    kernel_affine layers[LANG_DEPTH_MOST];
    const float *tables[LANG_FEATURES_MOST];
    bool by_space; /* some feature looks at the blank behind the token */
    uint32_t slot; /* where its vectors stand in a lexeme: first of 1 or 2 */
} enc_model;

typedef struct moves_model {
    const lang_moves *head;
    kernel_affine project, lower, upper;
    const float *lower_bias, *pad;
    const lang_move *moves;           /* by action */
    uint32_t first[LANG_ACTIONS + 1]; /* moves of action a are first[a] .. first[a + 1] */
} moves_model;

/* A compiled regular expression (regex.c): PCRE2, code and match context */
typedef struct lang_regex {
    void *code;
    bool jit;
} lang_regex;

struct casus_lang {
    casus_memory memory;
    const lang_head *head;
    lang_section str, enc[2], tag, dep, ner, tok, attr, lem;
    casus_slice *tags, *deps, *kinds, *morphs;
    uint8_t *sorts; /* casus_sort per kind */
    const lang_class *classes;
    enc_model encoders[2];
    kernel_affine tagger;
    uint32_t n_tagger;
    moves_model parser, names;
    bool has_parser, has_names, has_tagger;
    uint32_t n_slots; /* vectors in a lexeme */
    const lang_tok *tokens;
    const lang_special *specials;
    uint32_t special_most; /* bytes of the longest exception */
    const lang_piece *pieces;
    const lang_phrase *phrases;
    const lang_pair *symbols;
    const lang_norm *norms;
    lang_regex *regexes[5]; /* [n_patterns] each */
    void *match_context;    /* limits for matching */
    const lang_attr *rules;
    lang_regex *rule_regexes;
    uint32_t *tag_first; /* [n_tags + 1]: rules of tag t are tag_rules[tag_first[t]..) */
    uint32_t *tag_rules;
    uint32_t *loose; /* [n_loose]: rules that ask for no tag first */
    uint32_t n_loose;
    const lang_lem *lemmas;
    uint32_t root_dep;           /* label index of the root */
    struct casus_labels *labels; /* what labels mean, for the clause view */
    const kernel_set *kernels;
};

casus_slice lang_string(const struct casus_lang *lang, lang_str s);
/* id of a string in the pipeline's vocabulary: its hash, or a symbol's number; 0 for the empty */
uint64_t lang_string_id(const struct casus_lang *lang, casus_slice s);

/* ---- per-thread state ------------------------------------------------------------------------ */

typedef struct lexeme {
    struct lexeme *next; /* in its hash bucket */
    uint64_t hash;       /* of form and norm override */
    casus_slice form, lower;
    uint64_t lower_hash;
    uint64_t ids[LANG_ATTR_COUNT]; /* attribute values; SPACY is set per token */
    lang_str norm_override;        /* the norm that an exception gives; len 0: none */
    uint64_t rule_bits;            /* bit i: what loose rule i asks of the form holds (morph.c) */
    bool is_space, upper_initial;
    uint8_t filled; /* bit i: vector i is computed */
    struct {
        uint32_t key; /* pos << 16 | morph, CASUS_NONE: empty */
        casus_slice lemma;
    } lemmas[3];
    float *vectors; /* [n_slots][width], 64-byte aligned */
    /* what the document of this number (casus_lang_worker.document) keeps: */
    uint64_t document;
    casus_slice kept_lower, kept_lemma; /* ptr NULL: not yet */
    const char *kept_of;                /* the lemma that kept_lemma is a copy of */
} lexeme;

typedef struct chunk { /* a cached tokenization of a run of non-blanks */
    struct chunk *next;
    uint64_t hash;
    casus_slice text;
    uint32_t n;
    struct chunk_token {
        lexeme *lex;
        uint32_t length; /* bytes */
    } tokens[];
} chunk;

struct casus_lang_worker {
    const struct casus_lang *lang;
    casus_memory memory;
    casus_arena *cache; /* lexemes and chunks; reset when full */
    lexeme **lexemes;   /* [LANG_BUCKETS] */
    chunk **chunks;     /* [LANG_BUCKETS] */
    uint32_t n_lexemes, n_chunks;
    uint64_t document;    /* number of the one under way, from 1 */
    void *match;          /* pcre2_match_data */
    casus_arena *scratch; /* reset for every window */
    /* buffers of one window, grown as needed and kept */
    float *rows;          /* encoder rows with padding, [pad + n + pad][width] */
    uint8_t *quantised;   /* [window + pad + n + pad + window][width] */
    kernel_range *ranges; /* one a row of `quantised` */
    size_t cap_rows;      /* rows that the three have room for */
    size_t cap_width;
    const float *vectors; /* into rows: the n tokens' */
    const uint8_t *quantised_vectors;
    const kernel_range *vector_ranges;
    float *hidden;     /* precomputed features, [n][features*pieces*hidden] */
    size_t cap_hidden; /* floats */
};

#define LANG_BUCKETS 32768u
#define LANG_LEXEMES_MOST 24000u /* the caches are emptied between windows beyond this */
#define LANG_CHUNKS_MOST 48000u
#define LANG_CACHE_BYTES_MOST (56u << 20)
#define LANG_CHUNK_KEPT 64u   /* tokens of a run that is remembered */
#define LANG_WINDOW 2048u     /* tokens parsed in one go */
#define LANG_WINDOW_TAIL 512u /* no restart is sought in the last tokens of a window */
#define LANG_CHUNK_SCAN 512u  /* bytes of a longer run of non-blanks that affix rules look at */

/* lexeme.c */
lexeme *lang_lexeme(casus_lang_worker *w, casus_slice form, lang_str norm, bool has_norm);
bool lang_worker_full(const casus_lang_worker *w);
void lang_worker_empty(casus_lang_worker *w); /* every lexeme becomes invalid */
bool lang_is_space(uint32_t cp);

/* tokenize.c */
typedef struct lang_token {
    lexeme *lex;
    uint32_t begin, end;
    lang_str norm; /* that an exception gives: what is needed to look the lexeme up again */
    bool space_after;
} lang_token;
typedef struct lang_tokens {
    lang_token *items;
    size_t n, cap;
} lang_tokens;
/* Appends the tokens of text[*at..) to `out` until `most` or more are there or the text ends
 * (stops only between runs of non-blanks); moves *at. */
casus_status lang_tokenize(casus_lang_worker *w, casus_slice text, uint32_t *at, size_t most,
                           lang_tokens *out, casus_arena *arena, casus_error *err);
/* The tokens of one run without exceptions (pack time): how many, or CASUS_NONE on failure. */
uint32_t lang_tokenize_plain(casus_lang_worker *w, casus_slice run, casus_slice *first);

/* encode.c: vectors of tokens [0, n), with rows of zeros before and behind as the pipeline pads a
 * document. The result is w->vectors [n][width] and, in 8 bits, w->quantised_vectors and
 * w->vector_ranges, valid until the next call. */
casus_status lang_encode(casus_lang_worker *w, uint32_t encoder, const lang_token *tokens,
                         uint32_t n, casus_error *err);
/* out[n][n_out of the tagger] from the last encoding; argmax is the class */
casus_status lang_tag(casus_lang_worker *w, uint32_t n, uint16_t *classes, casus_error *err);
/* project and lower layers over the last encoding: w->hidden [n][features*pieces*hidden] */
casus_status lang_precompute(casus_lang_worker *w, const moves_model *m, uint32_t n,
                             casus_error *err);
/* scores of all moves in a state whose feature tokens are ids[n_features] (window-relative, or
 * CASUS_NONE) into scores[n_moves padded to 16] */
void lang_score(const casus_lang_worker *w, const moves_model *m, const uint32_t *ids,
                float *scores);

/* First index of the largest of scores[from, to), CASUS_NONE when there is none. */
uint32_t lang_best(const float *scores, uint32_t from, uint32_t to);

/* arceager.c: heads and labels (indexes of lang_head.deps) of tokens [first, n), window-relative;
 * tokens before `first` are context, and no sentence runs over a token with a wall before it.
 * *restart becomes the last token in (first, limit) at which the parser's stack was empty, or
 * `first` when there is none. */
casus_status lang_arc_eager(casus_lang_worker *w, const lang_token *tokens, const uint8_t *walls,
                            uint32_t first, uint32_t n, uint32_t limit, uint32_t *heads,
                            uint16_t *deps, uint32_t *restart, casus_error *err);
/* biluo.c: names over [first, n), window-relative; spans holds n - first. */
typedef struct lang_span {
    uint32_t first, last;
    uint16_t kind;
} lang_span;
void lang_biluo(const casus_lang_worker *w, const lang_token *tokens, const uint8_t *sent_start,
                uint32_t first, uint32_t n, lang_span *spans, uint32_t *n_spans);

/* lines.c: cuts heads and sentences at the ends of lines, keeps the model's own beside (*cut). */
casus_status lang_cut_lines(casus_parse *p, bool *cut, casus_error *err);
/* walls[i] = 1 for each of tokens [from, n) before which the parser must end a sentence. */
void lang_mark_walls(const casus_text *t, const lang_token *tokens, uint32_t from, uint32_t n,
                     uint8_t *walls);

/* morph.c */
casus_status lang_rules_open(struct casus_lang *lang, casus_error *err);
uint64_t lang_rule_bits(const casus_lang_worker *w, const lexeme *lex);
/* Applies the attribute rules to tokens [0, n) whose tags, deps (and, with a morphologizer, pos and
 * morphs) are set; lemmas set by rules are marked by a non-NULL ptr. */
casus_status lang_apply_rules(casus_lang_worker *w, const lang_token *lex, casus_token *tokens,
                              uint32_t n, casus_error *err);
/* The lemma of a token with pos and morph; NULL ptr when memory is out. Cached in the lexeme. */
casus_slice lang_lemma(casus_lang_worker *w, lexeme *lex, uint32_t pos, uint32_t morph);

/* regex.c. Patterns and subjects are UTF-8, subjects valid. */
casus_status lang_regex_open(lang_regex *out, casus_slice pattern, const casus_memory *memory,
                             casus_error *err);
void lang_regex_free(lang_regex *r);
/* First match at or behind `start`; true with *begin, *end. Past the match limit: no match. */
bool lang_regex_find(const lang_regex *r, const casus_lang_worker *w, casus_slice subject,
                     uint32_t start, uint32_t *begin, uint32_t *end);
void *lang_match_context_new(const casus_memory *memory);
void lang_match_context_free(void *context);
void *lang_match_data_new(const casus_memory *memory);
void lang_match_data_free(void *data);

#endif
