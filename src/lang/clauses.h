/* clauses.h - private to src/lang (and its tests): what a treebank's labels mean, the word lists of
 * the clause view, and its printed form.
 *
 * Two schemes are known: the ClearNLP labels of the English models and Universal Dependencies. A
 * label is given a neutral meaning (casus_rel) from data/lang/labels.tsv; "a:b" falls back on "a".
 * The word lists (data/lang/words.tsv, verbs.tsv, nouns.tsv) name classes of words per language;
 * a language without lists still gets clauses, only with less resolved.
 *
 * What the clause view does beyond the comments in lang.h:
 *   - "dozens of rebels", "a series of attacks": the argument's token is "rebels", "attacks"; its
 *     words are the whole phrase. The measure word ("series") has no clause.
 *   - A phrase with "to" is always PREP with prep "to" (gave arms TO THEM); OBJ2 is bare.
 *   - An object noun under a light verb (carry out an attack, hold talks) shares the verb's
 *     subject, prepositions, times, tense, modality and negation; so does the subject of a verb of
 *     occurrence (talks took place in Geneva). The shared arguments have CASUS_ARG_SHARED.
 *   - An infinitive or gerund that completes a noun (a decision TO WITHDRAW) is XCOMP of the noun,
 *     a that-clause CCOMP. "The town WHERE ..." gives PREP "in", "the day WHEN ..." gives TIME.
 *   - after, before, while, by, without and their like before a gerund are conjunctions (ADVCL);
 *     of, from, for, into, in before one give PREP with `clause` set (accused of SHELLING).
 *   - "without" and "instead of" negate what they govern.
 *   - A predicate adjective or noun after "be" heads a PRED clause. Other copulas ("remain") are
 *     VERB clauses with a PRED argument. "There is X": a VERB clause of "be", X is its SUBJ.
 *   - A title before a name ("minister" in "foreign minister Lavrov") and a noun that is the
 *     apposition of a name have the name as APPOS with CASUS_ARG_SHARED.
 *   - A noun or name of a time as OBJ, POSS or MOD becomes TIME ("Monday's attack").
 *   - "X, which ...": the relative clause is an argument of X's clause when X is a common noun; of
 *     a name, which has no clause, only the relative clause's own argument tells.
 *   - Sentences of one quotation are all CCOMP of the verb of speech that introduces or follows it,
 *     although that stands in another sentence; a quotation that goes on in the same paragraph or
 *     in the next ones belongs to the last such verb. This is the one case of an argument in
 *     another sentence.
 */
#ifndef CASUS_LANG_CLAUSES_H
#define CASUS_LANG_CLAUSES_H

#include "lang/lang.h"

/* Name of the pack section that holds what casus_lang_labels_compile writes. */
#define CASUS_LANG_CLAUSES_SECTION "lang.clauses"

/* At most so many arguments are shared into one clause from another (a coordination of a thousand
 * subjects and a thousand verbs has not a million arguments). Passing it adds a diagnostic. */
#define CASUS_LANG_SHARED_MOST 48u

/* Neutral meaning of a label. Names in labels.tsv are the lower-case ends of these. */
typedef enum casus_rel {
    CASUS_REL_DEP = 0, /* unknown or unspecific */
    CASUS_REL_ROOT,
    CASUS_REL_SUBJ,
    CASUS_REL_SUBJPASS,
    CASUS_REL_CSUBJ,
    CASUS_REL_CSUBJPASS,
    CASUS_REL_OBJ,
    CASUS_REL_OBJ2,
    CASUS_REL_AGENT /* adposition or nominal */,
    CASUS_REL_PREP /* adposition that heads its phrase */,
    CASUS_REL_POBJ,
    CASUS_REL_PCOMP,
    CASUS_REL_OBL /* nominal with a case-marking child */,
    CASUS_REL_CASE /* that child */,
    CASUS_REL_CCOMP,
    CASUS_REL_XCOMP,
    CASUS_REL_ADVCL,
    CASUS_REL_RELCL,
    CASUS_REL_ACL,
    CASUS_REL_AMOD,
    CASUS_REL_POSS,
    CASUS_REL_COMPOUND,
    CASUS_REL_NMOD,
    CASUS_REL_APPOS,
    CASUS_REL_CONJ,
    CASUS_REL_CC,
    CASUS_REL_PRECONJ,
    CASUS_REL_NEG,
    CASUS_REL_AUX,
    CASUS_REL_AUXPASS,
    CASUS_REL_AUXTENSE /* makes a past tense (French) */,
    CASUS_REL_COP,
    CASUS_REL_MARK,
    CASUS_REL_PRT,
    CASUS_REL_PRED /* predicate noun or adjective under its verb */,
    CASUS_REL_OPRD,
    CASUS_REL_NPADVMOD,
    CASUS_REL_NUM,
    CASUS_REL_POSSMARK /* 's */,
    CASUS_REL_EXPL,
    CASUS_REL_PARATAXIS,
    CASUS_REL_DET,
    CASUS_REL_PUNCT,
    CASUS_REL_ADVMOD,
    CASUS_REL_FLAT /* inside a name */,
    CASUS_REL_FIXED,
    CASUS_REL_NONE /* interjection and such */,
    CASUS_REL_COUNT
} casus_rel;

/* A model's labels with their meanings, and the word lists of its language. Constant once opened;
 * shared by threads. */
typedef struct casus_labels casus_labels;

/* Compiles data_dir/lang/{labels,words,verbs,nouns}.tsv and appends the section's bytes to `out`.
 * CASUS_E_DATA names file and line of a row that does not compile. */
casus_status casus_lang_labels_compile(casus_buffer *out, const char *data_dir,
                                       const casus_memory *memory, casus_error *err);
/* Opens those bytes (borrowed while it lives; at any alignment of 8) for the label list of a model
 * and its language ("en"). The scheme is told from the labels. CASUS_E_FORMAT when the bytes are
 * damaged, CASUS_E_MEMORY. A label that is not in the table means CASUS_REL_DEP. */
casus_status casus_lang_labels_open(casus_labels **out, const void *bytes, size_t len,
                                    const char *language, const casus_slice *labels,
                                    uint32_t n_labels, const casus_memory *memory,
                                    casus_error *err);
void casus_lang_labels_free(casus_labels *labels);
casus_rel casus_lang_labels_rel(const casus_labels *labels, uint32_t label);

/* Finds quotations: p->quotes, n_quotes. Needs tokens, sentences and paragraphs. Called by
 * casus_lang_clauses. O(bytes). */
casus_status casus_lang_quotes(casus_parse *parse, casus_error *err);

/* One clause as a line (without line end), for tests and for reading:
 *     attack.VERB past passive neg | obj:soldiers subj:rebels prep(in):Aleppo time:Monday
 * <say:ccomp Arguments are given by the form of their head token; '+' after the role marks a later
 * conjunct,
 * '~' a shared argument, '^' one reached through a relative clause. "<say:ccomp" is the parent's
 * lemma and the role in it, "&attack" the first clause of the coordination. */
void casus_lang_clause_format(casus_buffer *out, const casus_parse *parse, uint32_t clause);
/* All clauses of one sentence, a line each, each ended by '\n'. */
void casus_lang_clauses_format(casus_buffer *out, const casus_parse *parse, uint32_t sentence);

#endif
