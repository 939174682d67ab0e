/* lang.h - the language engine's product: tokens, sentences, tags, lemmas, heads, names; and the
 * clause view in which everything above reads language.
 *
 * Nothing above this room may look at a label or tag of a particular treebank (casus_token.tag and
 * .dep are for printing): use casus_token.pos (Universal Dependencies UPOS) and the clause view.
 * All arrays live in the document's arena. All of it is a pure function of text and pack.
 */
#ifndef CASUS_LANG_LANG_H
#define CASUS_LANG_LANG_H

#include "read/read.h"

/* Universal part of speech (universaldependencies.org/u/pos), SPACE as in spaCy for white space */
typedef enum casus_pos {
    CASUS_POS_X = 0,
    CASUS_POS_ADJ,
    CASUS_POS_ADP,
    CASUS_POS_ADV,
    CASUS_POS_AUX,
    CASUS_POS_CCONJ,
    CASUS_POS_DET,
    CASUS_POS_INTJ,
    CASUS_POS_NOUN,
    CASUS_POS_NUM,
    CASUS_POS_PART,
    CASUS_POS_PRON,
    CASUS_POS_PROPN,
    CASUS_POS_PUNCT,
    CASUS_POS_SCONJ,
    CASUS_POS_SYM,
    CASUS_POS_VERB,
    CASUS_POS_SPACE,
    CASUS_POS_COUNT
} casus_pos;
const char *casus_lang_pos_name(casus_pos pos); /* "NOUN"; constant */

/* Token flags */
enum {
    CASUS_TOKEN_SPACE_AFTER = 1, /* a blank (U+0020) follows */
    CASUS_TOKEN_IS_SPACE = 2,    /* the token is white space (line end, double blank) */
    CASUS_TOKEN_SENT_START = 4,
    CASUS_TOKEN_UPPER_INITIAL = 8 /* first letter is upper case */
};

typedef struct casus_token {
    uint32_t begin, end; /* bytes into the text */
    casus_slice form;    /* == text[begin, end) */
    casus_slice lower;   /* form in lower case */
    casus_slice lemma;   /* as the pipeline's lemmatizer gives it ("say", "Iran") */
    uint16_t tag;        /* fine tag, index into the model's tag names (printing only) */
    uint16_t dep;        /* label, index into the model's label names (printing only) */
    uint8_t pos;         /* casus_pos */
    uint8_t flags;
    uint16_t morph;       /* index into casus_parse.morphs: "Number=Plur|Person=3" */
    uint32_t head;        /* token index; a root points at itself */
    uint32_t sent;        /* sentence index */
    uint32_t left, right; /* subtree as token range [left, right), by heads; may have gaps */
} casus_token;

typedef struct casus_sentence {
    uint32_t first, last; /* tokens [first, last) */
    uint32_t root;        /* first root token in it */
    uint32_t para;        /* paragraph index of its first non-space token */
} casus_sentence;

/* A name found by the statistical name tagger (kinds as in OntoNotes: PERSON, GPE, ...). */
typedef struct casus_name {
    uint32_t first, last; /* tokens [first, last) */
    uint16_t kind;        /* index into the model's kinds */
    uint8_t sort;         /* casus_sort below: what kind it is, without the model's words */
} casus_name;
typedef enum casus_sort {
    CASUS_SORT_OTHER = 0,
    CASUS_SORT_PERSON,
    CASUS_SORT_NATIONALITY /* NORP */,
    CASUS_SORT_ORG,
    CASUS_SORT_PLACE /* GPE, LOC, FAC */,
    CASUS_SORT_TIME /* DATE, TIME */,
    CASUS_SORT_NUMBER /* CARDINAL, QUANTITY, PERCENT, ORDINAL */,
    CASUS_SORT_MONEY,
    CASUS_SORT_EVENT,
    CASUS_SORT_WORK /* LAW, WORK_OF_ART, PRODUCT, LANGUAGE */
} casus_sort;

/* ---- the clause view ----------------------------------------------------------------------- */

/* Neutral roles of arguments, the same for active and passive: in "Troops were attacked by rebels"
 * troops are OBJ and rebels SUBJ (the clause's voice says it was a passive; SUBJ came from the
 * agent phrase). */
typedef enum casus_role {
    CASUS_ROLE_SUBJ = 0, /* who does it: subject of an active, agent of a passive */
    CASUS_ROLE_OBJ,      /* object of an active, subject of a passive */
    CASUS_ROLE_OBJ2,     /* second object (gave THEM arms), dative, or its passive subject */
    CASUS_ROLE_PREP,     /* complement of a preposition; `prep` holds it ("with", "because of") */
    CASUS_ROLE_CCOMP,    /* finite clause or quotation as content (said THAT ...; "...," he said) */
    CASUS_ROLE_XCOMP,    /* infinitive or gerund without subject of its own (urged X TO ...) */
    CASUS_ROLE_ADVCL,    /* adverbial clause; `prep` holds its conjunction ("if", "after") */
    CASUS_ROLE_RELCL,    /* on a noun's clause: a relative or participial clause that modifies it */
    CASUS_ROLE_POSS,     /* possessor of a noun (RUSSIA's attack, its ...) */
    CASUS_ROLE_MOD,      /* noun or adjective before a noun (TURKISH air strikes, PEACE talks) */
    CASUS_ROLE_APPOS,    /* apposition */
    CASUS_ROLE_PRED,     /* predicate noun, adjective or object predicate (is A THREAT) */
    CASUS_ROLE_TIME,     /* bare temporal noun phrase (attacked X MONDAY) */
    CASUS_ROLE_ADV,      /* adverb */
    CASUS_ROLE_COUNT_    /* number of roles */
} casus_role;
const char *casus_lang_role_name(casus_role role); /* "subj"; constant */

enum {                         /* casus_arg.flags */
       CASUS_ARG_SHARED = 1,   /* inherited from a conjoined or controlling clause, or the noun a
                                  relative clause modifies */
       CASUS_ARG_CONJUNCT = 2, /* second or later member of a coordination ("A, B and C" gives three
                                  arguments of the same role; the first lacks this flag) */
       CASUS_ARG_RELATIVE = 4, /* reached through a relative pronoun or participial clause */
       CASUS_ARG_CLAUSE = 8    /* the argument is itself a clause (`clause` is set) */
};

typedef struct casus_arg {
    uint8_t role; /* casus_role */
    uint8_t flags;
    uint32_t token;       /* head token of the argument */
    uint32_t first, last; /* its words: tokens [first, last), without other conjuncts, relative
                             clauses and appositions behind it */
    casus_slice prep;     /* lower case; several words joined by one blank; empty if none */
    uint32_t clause;      /* clause whose head is `token`, or CASUS_NONE */
} casus_arg;

typedef enum casus_clause_kind {
    CASUS_CLAUSE_VERB, /* finite or not */
    CASUS_CLAUSE_NOUN, /* any common noun: its possessor, modifiers and prepositions as arguments */
    CASUS_CLAUSE_PRED  /* copula with predicate noun or adjective; head is the predicate */
} casus_clause_kind;
typedef enum casus_mood {
    CASUS_MOOD_INDICATIVE,
    CASUS_MOOD_IMPERATIVE,
    CASUS_MOOD_INFINITIVE /* "to" or bare */,
    CASUS_MOOD_GERUND /* -ing not under be */,
    CASUS_MOOD_PARTICIPLE /* past participle alone */
} casus_mood;
typedef enum casus_tense {
    CASUS_TENSE_NONE,
    CASUS_TENSE_PAST,
    CASUS_TENSE_PRESENT,
    CASUS_TENSE_FUTURE /* will, going to */
} casus_tense;
typedef enum casus_modality {
    CASUS_MODAL_NONE,
    CASUS_MODAL_MAY /* may might could */,
    CASUS_MODAL_CAN,
    CASUS_MODAL_MUST
    /* must should ought has to needs to */,
    CASUS_MODAL_WOULD,
    CASUS_MODAL_WILL
} casus_modality;

enum { /* casus_clause.flags */
       CASUS_CLAUSE_PASSIVE = 1,
       CASUS_CLAUSE_NEGATED = 2, /* not, never, no longer; "no"/"neither" on its subject/object */
       CASUS_CLAUSE_PERFECT = 4, /* has/had + participle */
       CASUS_CLAUSE_PROGRESSIVE = 8, /* be + -ing */
       CASUS_CLAUSE_QUESTION = 16,
       CASUS_CLAUSE_CONDITION = 32, /* stands under if, unless, were, in case */
       CASUS_CLAUSE_QUOTED = 64     /* its head stands inside quotation marks */
};

typedef struct casus_clause {
    uint8_t kind, mood, tense, modality;
    uint8_t flags;
    uint8_t parent_role; /* role in the parent (casus_role), when parent is set */
    uint32_t head;       /* token: main verb, noun, or predicate */
    uint32_t verb;       /* token of the verb (the copula for PRED), CASUS_NONE for NOUN */
    uint32_t sent;
    uint32_t parent;      /* the clause it is an argument of, or CASUS_NONE */
    uint32_t conjunct_of; /* first clause of its coordination, or CASUS_NONE */
    uint32_t quote;       /* index into casus_parse.quotes of the quotation its head stands in */
    casus_slice particle; /* "out" in "carried out"; empty if none */
    casus_slice mark;     /* "that", "if", "to", "after": what introduces it; empty if none */
    casus_arg *args;      /* [n_args], in order of position */
    uint32_t n_args;
} casus_clause;

/* A quotation: from behind the opening mark to before the closing one; one that runs over several
 * paragraphs (reopened, not closed) is several with `continues` set on all but the first. */
typedef struct casus_quote {
    uint32_t begin, end;  /* bytes */
    uint32_t first, last; /* tokens */
    bool continues;
    bool scare; /* at most four words and no verb: a term, not speech */
} casus_quote;

typedef struct casus_parse {
    casus_text *text;
    casus_token *tokens; /* [n_tokens] */
    uint32_t n_tokens;
    casus_sentence *sentences; /* [n_sentences] */
    uint32_t n_sentences;
    /* Where a line's end was in the midst of one of the model's sentences, heads and sentences
     * above are ours (none goes over a line's end) and these are the model's, for printing; NULL
     * when they are the same. Behind a line that ends no sentence, and behind a dateline, the
     * model itself is told to begin anew. */
    const uint32_t *model_heads;           /* [n_tokens] */
    const uint16_t *model_deps;            /* [n_tokens] */
    const casus_sentence *model_sentences; /* [n_model_sentences] */
    uint32_t n_model_sentences;
    casus_name *names; /* [n_names], in order, not overlapping */
    uint32_t n_names;
    casus_clause *clauses; /* [n_clauses], by head token */
    uint32_t n_clauses;
    uint32_t *clause_of; /* [n_tokens]: clause whose head is this token, or CASUS_NONE */
    casus_quote *quotes; /* [n_quotes], in order */
    uint32_t n_quotes;
    const casus_slice *tags, *deps, *kinds, *morphs; /* names behind the indexes, for printing */
    uint32_t n_tags, n_deps, n_kinds, n_morphs;
} casus_parse;

/* Builds clauses, clause_of and quotes from tokens, heads and labels. `labels` tells what a label
 * means (see clauses.h). O(tokens + arguments). */
struct casus_labels;
casus_status casus_lang_clauses(casus_parse *parse, const struct casus_labels *labels,
                                casus_error *err);

#endif
