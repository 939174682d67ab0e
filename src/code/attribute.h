/* attribute.h - private to src/code: the parts that find attributions (attribute*.c). */
#ifndef CASUS_CODE_ATTRIBUTE_H
#define CASUS_CODE_ATTRIBUTE_H

#include "code/code_int.h"

/* attribute.c */

/* A new attribution, or NULL when memory is out. It stays where it is until the next one. */
casus_attribution *attribute_add(coder *c);
/* Adds bytes to the content: joined with the last piece where they touch it. */
void attribute_content(casus_attribution *a, casus_span s);
/* Bytes of tokens [first, last), without white space at the end. */
casus_span attribute_words(const casus_parse *p, uint32_t first, uint32_t last);
/* The same without the full stop at the end. */
casus_span attribute_sentence(const casus_parse *p, uint32_t first, uint32_t last);
/* The quotation that holds a token, or NULL; scare quotes are none. O(log n). */
const casus_quote *attribute_quote_at(const casus_parse *p, uint32_t token);
/* The same with scare quotes. */
const casus_quote *attribute_marks_at(const casus_parse *p, uint32_t token);
/* Sets the source: its words, its head, and who of the mentions it is. */
void attribute_source(coder *c, casus_attribution *a, const casus_arg *arg);
/* The actor at a token, or, of a paper ("a statement by the ministry", "the army's report"), the
 * one it comes from: a token, or CASUS_NONE. */
uint32_t attribute_who(const coder *c, uint32_t token);
/* "in a statement", "on Telegram", "told reporters": constant of the pack, or NULL */
const char *attribute_channel(const coder *c, const casus_clause *clause);
bool attribute_kind_is(const coder *c, const code_row *row, const char *kind);

/* attribute_speech.c: verbs, nouns and adjectives of speech, by the rows of data/cues */
void attribute_speech(coder *c, uint32_t clause, uint32_t row);
/* The subject of a clause, or of the one it takes its subject from; NULL when none is found. */
const casus_arg *attribute_subject(const casus_parse *p, const casus_clause *clause);

/* attribute_form.c: sources without a verb of speech */

/* "according to X", wherever it stands in a sentence */
void attribute_according(coder *c);
/* "in a poll": the survey speaks */
void attribute_surveys(coder *c, uint32_t clause);
/* "reportedly", "allegedly": nobody named */
void attribute_adverbs(coder *c, uint32_t clause);
/* "Ministry: five killed", "RAMOS: Is it so?", "He went on: '...'" */
void attribute_colons(coder *c);

/* attribute_quote.c: quotations that none of these has taken */
void attribute_quotes(coder *c);

#endif
