/* conllu.h - reads CoNLL-U (as `casus parse` prints it) into a casus_parse, for tests of what
 * stands on a parse without running the engine.
 *
 * Understood besides the ten columns: "# newpar" before a sentence (a line end goes before it; two
 * sentences without it are parted by a blank), MISC SpaceAfter=No and Name=B-GPE / Name=I-GPE with
 * the kinds of OntoNotes. A form "\n" or "\s" becomes a white space token.
 */
#ifndef CASUS_TESTS_CONLLU_H
#define CASUS_TESTS_CONLLU_H

#include "lang/lang.h"

/* A parse without clauses in `arena`; NULL (with *err) when the bytes are no CoNLL-U or memory is
 * out. Heads, sentences, subtrees, names, paragraphs and the lists of names are filled. */
casus_parse *conllu_read(casus_arena *arena, casus_slice bytes, casus_error *err);

#endif
