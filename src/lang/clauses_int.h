/* clauses_int.h - private to the clauses*.c files: word classes, the working tree, and the passes
 * over it in their order.
 *
 *   clauses_tree.c   neutral labels and heads; children
 *   clauses_repair.c heads repaired where the parser is known to err (clauses_headline.c: present
 *                    tense of reports)
 *   clauses_form.c   which tokens head clauses; tense, mood, voice, negation of each
 *   clauses_role.c   each token's role: which clause it is an argument of, and as what
 *   clauses_share.c  subjects by control and coordination, relative gaps, light verbs
 *   clauses_quote.c  quotations given to the verbs of speech
 *   clauses.c        runs them and lays out the result
 *
 * All passes go over tokens in an order fixed beforehand (text order, or heads before dependents):
 * no recursion, so that a chain of heads may be as long as the text.
 */
#ifndef CASUS_LANG_CLAUSES_INT_H
#define CASUS_LANG_CLAUSES_INT_H

#include "lang/clauses.h"

/* ---- word classes (data/lang/words.tsv, verbs.tsv, nouns.tsv) -------------------------------- */

enum {
    LANG_W_NEG,
    LANG_W_NEG_DET,
    LANG_W_NEG_PRON,
    LANG_W_NEG_PREP,
    LANG_W_FOCUS,
    LANG_W_MAY,
    LANG_W_CAN,
    LANG_W_MUST,
    LANG_W_WOULD,
    LANG_W_WILL,
    LANG_W_HAVE,
    LANG_W_BE,
    LANG_W_DO,
    LANG_W_TO,
    LANG_W_COND,
    LANG_W_COND_PREP,
    LANG_W_WHETHER,
    LANG_W_ASK,
    LANG_W_REL,
    LANG_W_OR,
    LANG_W_NOR,
    LANG_W_REL_PLACE,
    LANG_W_REL_TIME,
    LANG_W_ADV_PREP,
    LANG_W_GERUND_PREP,
    LANG_W_COMPLEX_PREP,
    LANG_W_JOINED_PREP,
    LANG_W_PARTICLE,
    LANG_W_OF,
    LANG_W_BY,
    LANG_W_EXPL,
    LANG_W_PURPOSE,
    LANG_W_SUBJ_CONTROL,
    LANG_W_OBJ_CONTROL,
    LANG_W_PREP_CONTROL,
    LANG_W_VERB_PREP,
    LANG_W_ARBITRARY,
    LANG_W_DISPATCH,
    LANG_W_DITRANSITIVE,
    LANG_W_SEMI,
    LANG_W_SEMI_GOING,
    LANG_W_SEMI_MUST,
    LANG_W_LIGHT,
    LANG_W_OWN_ACT,
    LANG_W_HOLDER,
    LANG_W_EVENT_ING,
    LANG_W_OCCUR,
    LANG_W_RESULT,
    LANG_W_VICTIM_VERB,
    LANG_W_SPEECH,
    LANG_W_TIME_VERB,
    LANG_W_PLACE_NOUN,
    LANG_W_TIME_NAME,
    LANG_W_TIME,
    LANG_W_DEICTIC,
    LANG_W_MEASURE,
    LANG_W_TRANSPARENT,
    LANG_W_CONTENT,
    LANG_W_REQUEST,
    LANG_W_AGENTIVE,
    LANG_W_TITLE,
    LANG_W_BARE,
    LANG_W_HEADLINE,
    LANG_W_KEYED, /* first word of an entry of several words */
    LANG_W_COUNT
};
#define LANG_W(name) (UINT64_C(1) << LANG_W_##name)

/* Section "lang.clauses": this header, then labels, words, buckets, strings, each at 8 bytes. */
typedef struct lang_words_head {
    char magic[8];               /* "CLAUSES1" */
    uint32_t n_languages;        /* <= LANG_LANGUAGES_MOST */
    uint32_t n_labels, labels;   /* lang_label_row[] */
    uint32_t n_words, words;     /* lang_word_row[] */
    uint32_t n_buckets, buckets; /* uint32_t[], a power of two: word index + 1, 0 empty */
    uint32_t n_bytes, bytes;     /* strings */
    uint32_t zero;
    char languages[8][8];
} lang_words_head;
#define LANG_LANGUAGES_MOST 8u

typedef struct lang_label_row {
    uint32_t off, len;
    uint32_t scheme; /* 0 ClearNLP, 1 Universal Dependencies */
    uint32_t rel;    /* casus_rel */
} lang_label_row;

typedef struct lang_word_row {
    uint32_t off, len;
    uint32_t language;
    uint32_t zero;
    uint64_t classes;
} lang_word_row;

struct casus_labels {
    casus_memory memory;
    uint8_t *rel; /* [n] */
    uint32_t n;
    uint32_t language; /* index in the section's list, or CASUS_NONE */
    bool ud;
    const lang_word_row *words;
    const uint32_t *buckets;
    uint32_t n_buckets;
    const char *bytes;
};

/* Classes of a word, of lower-case `word`; 0 when it is in no list. */
uint64_t lang_words_get(const casus_labels *labels, casus_slice word);
/* Classes of the entry "a b" (or "a b c" ...: `b` may hold blanks). */
uint64_t lang_words_pair(const casus_labels *labels, casus_slice a, casus_slice b);

/* ---- the working tree ------------------------------------------------------------------------ */

enum { /* features of a token's morphology */
       LANG_M_FIN = 1,
       LANG_M_PART = 2,
       LANG_M_INF = 4,
       LANG_M_GER = 8,
       LANG_M_PAST = 16,
       LANG_M_PRES = 32,
       LANG_M_FUT = 64,
       LANG_M_COND = 128,
       LANG_M_IMP = 256,
       LANG_M_NEG = 512,
       LANG_M_REL = 1024,
       LANG_M_PASS = 2048,
       LANG_M_POSS = 4096,
       LANG_M_PLUR = 8192,
       LANG_M_TIME = 16384,   /* inside a name of sort TIME */
       LANG_M_INNAME = 65536, /* inside a name, not its first word */
       LANG_M_MARKS = 131072, /* nothing but punctuation, whatever its tag */
       LANG_M_VERB = 262144,  /* a noun by its tag, the verb of a headline (clauses_headline.c) */
       LANG_M_KNOWN = 32768
};

/* Most steps taken up the tree, or along siblings, from one token. */
#define LANG_LOOK_MOST 24u

typedef struct lang_arg_node {
    casus_arg arg;
    uint32_t clause; /* it belongs to */
    uint32_t next;   /* of the same clause, in order of making */
} lang_arg_node;

typedef struct lang_clause_work {
    uint32_t first_arg, last_arg; /* list of nodes */
    uint32_t roles;               /* in that list, a bit each */
    uint32_t surface;      /* token of the child that is the grammatical subject, or CASUS_NONE */
    uint32_t prep_control; /* adposition whose complement controls the infinitive, or CASUS_NONE */
    uint8_t has_object, has_xcomp, has_agent, has_content;
    uint8_t place_object;   /* "take place" */
    uint8_t content_object; /* an object that an infinitive may complete (a decision to) */
    uint8_t own_aux;        /* has an auxiliary or "to" of its own */
    uint8_t to;             /* infinitive with "to" */
    uint8_t form_shared;    /* takes tense and the like from the clause it is conjoined with */
    uint8_t relative_used;  /* a relative clause whose relative word has been met */
    uint8_t capped;
} lang_clause_work;

typedef struct lang_work {
    casus_parse *p;
    const casus_labels *labels;
    casus_arena *scratch; /* freed at the end */
    uint32_t n;           /* tokens */
    uint32_t *head;       /* [n] */
    uint8_t *rel;         /* [n] casus_rel */
    uint64_t *words;      /* [n] classes of form and lemma */
    uint32_t *morph;      /* [n] LANG_M_... */
    uint32_t *quote;      /* [n] quotation, or CASUS_NONE */
    uint32_t *child_at;   /* [n + 1] */
    uint32_t *child;      /* [n] children of t: child[child_at[t] .. child_at[t + 1]) in order */
    uint32_t *slot;       /* [n] where a token stands in child[] */
    uint64_t *has;        /* [n] relations of its children, a bit each */
    uint32_t *order;      /* [n] heads before dependents */
    uint32_t *alias;      /* [n] the token that is meant: the noun behind a transparent one */
    uint32_t *np_first, *np_last; /* [n] words of the phrase without what lang.h leaves out */
    uint32_t *owner;           /* [n] clause that takes what depends on a token without a clause */
    uint32_t *target;          /* [n] clause the token is an argument of, or CASUS_NONE */
    uint32_t *relative;        /* [n] token a relative word here stands for, or CASUS_NONE */
    uint32_t *relative_clause; /* [n] head token of that relative clause */
    uint8_t *role;             /* [n] casus_role, when target is set */
    uint8_t *arg_flags;        /* [n] */
    casus_slice *prep;         /* [n] of an adposition: the whole of it; of an argument: its own */
    casus_clause *clauses;
    lang_clause_work *work; /* [n_clauses] */
    uint32_t n_clauses;
    uint32_t *clause_of; /* [n] */
    lang_arg_node *args;
    uint32_t n_args;
    size_t cap_args;
    bool capped; /* the limit on shared arguments was met */
} lang_work;

static inline bool lang_is(const lang_work *w, uint32_t token, uint64_t classes) {
    return (w->words[token] & classes) != 0;
}
static inline casus_pos lang_pos(const lang_work *w, uint32_t token) {
    if (w->morph[token] & LANG_M_VERB) return CASUS_POS_VERB;
    return (casus_pos)w->p->tokens[token].pos;
}
/* NOUN, PROPN, PRON, NUM, SYM or anything else that can be a noun phrase's head */
bool lang_nominal(const lang_work *w, uint32_t token);
/* A phrase that names a time when it stands bare: "Monday", "two weeks", a name of sort TIME. */
bool lang_time_phrase(const lang_work *w, uint32_t token);
/* One that can be nothing else: "Monday", "last week". */
bool lang_time_deictic(const lang_work *w, uint32_t token);
bool lang_past_participle(const lang_work *w, uint32_t token);
bool lang_ing(const lang_work *w, uint32_t token);
/* Whether it has a child with this relation: O(1). */
static inline bool lang_has(const lang_work *w, uint32_t token, casus_rel rel) {
    return (w->has[token] >> rel & 1) != 0;
}
/* A subject of any kind */
static inline bool lang_has_subject(const lang_work *w, uint32_t token) {
    return lang_has(w, token, CASUS_REL_SUBJ) || lang_has(w, token, CASUS_REL_SUBJPASS) ||
           lang_has(w, token, CASUS_REL_CSUBJ) || lang_has(w, token, CASUS_REL_CSUBJPASS);
}
/* First child with this relation among the first LANG_CHILDREN_MOST, or CASUS_NONE. */
#define LANG_CHILDREN_MOST 256u
uint32_t lang_child(const lang_work *w, uint32_t token, casus_rel rel);
/* A verb, or what has a copula */
static inline bool lang_verbal(const lang_work *w, uint32_t token) {
    return lang_pos(w, token) == CASUS_POS_VERB || lang_pos(w, token) == CASUS_POS_AUX ||
           lang_has(w, token, CASUS_REL_COP);
}
/* The clause of the token or of what it stands for, or CASUS_NONE */
static inline uint32_t lang_clause_at(const lang_work *w, uint32_t token) {
    return w->clause_of[w->alias[token]];
}
/* A noun between two adpositions that make one with it ("in response to"): its own text and the
 * second adposition's are the last two words. */
bool lang_inside_preposition(const lang_work *w, uint32_t noun);
/* Lower-case words [first, last) joined by one blank; ptr NULL: no memory. In the document. */
casus_slice lang_join(lang_work *w, uint32_t first, uint32_t last);

/* The passes; false: no memory */
void lang_repair_headlines(lang_work *w); /* before the other repairs: head, rel, morph */
bool lang_repair_make(lang_work *w);      /* the other repairs, for lang_tree_make */
void lang_tree_count(lang_work *w);       /* child_at, child, slot, has from head and rel */
bool lang_tree_make(lang_work *w);  /* head, rel, words, morph, repairs, children, order, alias */
bool lang_tree_spans(lang_work *w); /* np_first, np_last (after clause_of is known) */
bool lang_form_make(lang_work *w);  /* clauses, clause_of and their forms */
bool lang_role_make(lang_work *w);  /* targets, roles, args, parents */
bool lang_share_make(lang_work *w); /* shared args */
bool lang_quote_make(lang_work *w); /* args across a quotation */

/* Appends an argument to a clause; false: no memory. */
bool lang_arg_add(lang_work *w, uint32_t clause, const casus_arg *arg);
/* An argument of `token` with its words and clause filled in. */
casus_arg lang_arg_of(const lang_work *w, uint32_t token, casus_role role, uint8_t flags,
                      casus_slice prep);
/* Negation and condition that hang on the arguments; conditions passed down. */
void lang_form_finish(lang_work *w);

#endif
