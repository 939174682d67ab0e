/* read_words.h - private to src/read: what the tables of data/read say of names, lines, months. */
#ifndef CASUS_READ_WORDS_H
#define CASUS_READ_WORDS_H

#include "read/read.h"

/* Parts of a page (data/read/parts.tsv), as bits. */
enum {
    PART_DROP = 1,
    PART_WEAK = 2,
    PART_KEEP = 4,
    PART_LEDE = 8,
    PART_TITLE = 16,
    PART_DATE = 32,
    PART_AUTHOR = 64,
    PART_CORRECTION = 128,
    PART_NOT = 256,
    PART_BODY = 512, /* keep by a word of several parts: "entry-content" */
    PART_NOW = 1024  /* today's date, the clock: no day of publication */
};

/* Kinds of lines (data/read/lines.tsv). */
typedef enum casus_line_kind {
    LINE_TEXT,
    LINE_MORE,
    LINE_CAPTION,
    LINE_CORRECTION,
    LINE_BYLINE,
    LINE_STOP,
    LINE_CRUMB,
    LINE_NOW
} casus_line_kind;

/* Fields of metadata (data/read/meta.tsv). */
typedef enum casus_field {
    FIELD_NONE,
    FIELD_ID,
    FIELD_DATE,
    FIELD_TITLE,
    FIELD_AUTHOR,
    FIELD_SITE,
    FIELD_URL,
    FIELD_LANGUAGE,
    FIELD_TEXT,
    FIELDS
} casus_field;

typedef struct casus_words casus_words;
/* CASUS_E_DATA (file and line of data/read), _MEMORY. */
casus_status casus_read_words_open(casus_words **out, const casus_memory *memory, casus_error *err);
void casus_read_words_free(casus_words *words);

/* The parts that a class, id or role tells: names parted by blanks, each of words. */
unsigned casus_read_words_parts(const casus_words *words, casus_slice names);
/* The kind of a line as it stands in the text. */
casus_line_kind casus_read_words_line(const casus_words *words, casus_slice line);
/* The field of a name ("page", "ld", "feed", "column"), in any case of letters, and its rank. */
casus_field casus_read_words_field(const casus_words *words, const char *where, casus_slice name,
                                   unsigned *rank);
/* 1..12, or 0. */
int casus_read_words_month(const casus_words *words, casus_slice name);
bool casus_read_words_agency(const casus_words *words, casus_slice name);
/* Is the word, as it stands in the text, one that only this language ("en", "en-GB") has? */
bool casus_read_words_language(const casus_words *words, const char *language, casus_slice word);

/* csv.c: does the file begin with a line that names columns? */
bool casus_read_csv_header(const casus_words *words, casus_slice head);

/* date.c: the first day that the text tells, in the forms of ISO 8601, RFC 5322, "May 3, 2024",
 * "3 May 2024", "03.05.2024"; "03/05/2024" only where one number cannot be a month. */
bool casus_read_date(const casus_words *words, casus_slice text, int32_t *day);
/* The day in the path of an address: "/2024/05/03/", "/2024/may/03/", "-2024-05-03". */
bool casus_read_date_url(const casus_words *words, casus_slice url, int32_t *day);

#endif
