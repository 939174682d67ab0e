/* read.h - from the user's bytes to a document: plain text, identity, publication date, paragraphs.
 *
 * A casus_text is the lowest layer of a document. It lives in one arena together with all layers
 * above it and is freed with it. Later layers add to it and never change it.
 */
#ifndef CASUS_READ_READ_H
#define CASUS_READ_READ_H

#include "base/base.h"

/* A diagnostic is kept with the document: what a stage could not do, and where. */
typedef struct casus_diagnostic {
    const char *stage;   /* "read", "lang", "know", "when", "code": constant string */
    casus_slice reason;  /* one line */
    uint32_t begin, end; /* bytes into the text */
} casus_diagnostic;

typedef struct casus_paragraph {
    uint32_t begin, end; /* bytes, without the line's end and surrounding blanks */
} casus_paragraph;

typedef struct casus_text {
    casus_arena *arena;
    casus_slice id;
    casus_slice text; /* valid UTF-8, kept byte for byte except that invalid bytes became '?' */
    int32_t day;      /* publication day number, or CASUS_NO_DAY */
    casus_paragraph *paragraphs; /* [n_paragraphs], non-empty lines in order; para 1 is index 0 */
    uint32_t n_paragraphs;
    const casus_mark *marks; /* [n_marks], as casus_item has them */
    size_t n_marks;
    casus_diagnostic *diagnostics; /* [n_diagnostics] */
    size_t n_diagnostics, cap_diagnostics;
} casus_text;

/* The longest document taken in one piece, in bytes; longer ones are refused (CASUS_E_LIMIT). */
#define CASUS_READ_MOST_BYTES (64u << 20)
/* Runs of invalid bytes that get a diagnostic each; one more speaks for all the others. */
#define CASUS_READ_MOST_INVALID 100u

/* Makes a document of plain text in `arena`: copies the bytes, replaces every invalid byte by '?'
 * (so that offsets stay those of the input) with a diagnostic, finds the paragraphs. `day` is the
 * publication day number or CASUS_NO_DAY. */
casus_status casus_read_text(casus_text **out, casus_arena *arena, casus_slice id,
                             casus_slice bytes, int32_t day, casus_error *err);
/* Adds a diagnostic; `reason` is copied. CASUS_E_MEMORY only. */
casus_status casus_read_note(casus_text *text, const char *stage, casus_slice reason,
                             uint32_t begin, uint32_t end);
/* Index of the paragraph that holds byte `at`, or of the last one that begins before it;
 * CASUS_NONE when there is none. Binary search. */
uint32_t casus_read_paragraph_at(const casus_text *text, uint32_t at);
/* Is byte `at` in a mark that is left uncoded (byline, caption, more, correction)? Binary search.
 */
bool casus_read_left_out(const casus_text *text, uint32_t at);
/* Bytes of a copy of the item in one piece, and the copy itself into that many (aligned to 16).
 */
size_t casus_read_item_size(const casus_item *item);
void casus_read_item_fill(casus_item *into, const casus_item *item);

#endif
