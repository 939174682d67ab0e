/* store.h - documents and their records in a database: SQLite in a file, or a PostgreSQL server.
 *
 * One handle is one connection and belongs to one thread at a time. The tables are those of
 * schema.sql on both databases, described in docs/store.md. What is written is seen by others after
 * casus_store_commit, and all of it or nothing: a program killed at any moment leaves whole
 * documents. SQL given here is written once for both databases: parameters are $1, $2, ... in the
 * order in which they first appear, text is UTF-8, and what differs between the two is avoided.
 * A store is named by a file's path, or by a PostgreSQL connection string ("postgresql://..." or
 * "postgres://...", or "dbname=... host=..." with "dbname=" first).
 */
#ifndef CASUS_STORE_STORE_H
#define CASUS_STORE_STORE_H

#include "base/base.h"

/* The schema that this library writes; older ones are brought up to it, newer ones refused. */
#define CASUS_STORE_SCHEMA 2
/* Record and sentence of a row of the full-text table: rowid = doc << 24 | sentence. */
#define CASUS_STORE_SENTENCE_BITS 24

/* ---- SQL ----------------------------------------------------------------------------------- */

typedef enum casus_value_kind {
    CASUS_VALUE_NULL,
    CASUS_VALUE_INT,
    CASUS_VALUE_REAL,
    CASUS_VALUE_TEXT
} casus_value_kind;

typedef struct casus_value {
    casus_value_kind kind;
    int64_t integer;
    double real;
    const char *ptr; /* text */
    size_t len;
} casus_value;

static inline casus_value casus_value_int(int64_t v) {
    return (casus_value){CASUS_VALUE_INT, v, 0, NULL, 0};
}
static inline casus_value casus_value_real(double v) { /* NaN: NULL */
    return (casus_value){v == v ? CASUS_VALUE_REAL : CASUS_VALUE_NULL, 0, v, NULL, 0};
}
static inline casus_value casus_value_text(const char *ptr, size_t len) { /* NULL: NULL */
    return (casus_value){ptr ? CASUS_VALUE_TEXT : CASUS_VALUE_NULL, 0, 0, ptr, len};
}
static inline casus_value casus_value_string(casus_string s) {
    return casus_value_text(s.ptr, s.len);
}
static inline casus_value casus_value_z(const char *s) {
    return casus_value_text(s, s ? strlen(s) : 0);
}

typedef struct casus_rows casus_rows;

/* Begins a transaction that writes, unless one is open. CASUS_E_IO when the store is locked by
 * another program for longer than CASUS_STORE_WAIT_MS, or cannot be written. */
casus_status casus_store_begin(casus_store *store, casus_error *err);
/* Gives up what was written since the last commit. */
void casus_store_rollback(casus_store *store);
#define CASUS_STORE_WAIT_MS 5000
/* Runs one statement that returns no rows. Statements are prepared once and kept by their text. */
casus_status casus_store_run(casus_store *store, const char *sql, const casus_value *values,
                             size_t n, casus_error *err);
/* Opens the rows of a query. Several may be open at once; free each before the store. Rows opened
 * within a transaction are read before it ends. */
casus_status casus_store_select(casus_rows **out, casus_store *store, const char *sql,
                                const casus_value *values, size_t n, casus_error *err);
/* 1: a row is there, 0: no more, negative: failed. */
int casus_rows_next(casus_rows *rows, casus_error *err);
/* Column from 0 of the row at hand; text is valid until the next row. */
bool casus_rows_null(const casus_rows *rows, int column);
int64_t casus_rows_int(const casus_rows *rows, int column);
casus_string casus_rows_text(const casus_rows *rows, int column); /* ptr NULL: NULL */
void casus_rows_free(casus_rows *rows);

/* ---- documents ----------------------------------------------------------------------------- */

typedef struct casus_stored_sentence {
    uint32_t para, begin, end;
} casus_stored_sentence;
typedef struct casus_stored_note {
    const char *stage;
    casus_slice reason;
    uint32_t begin, end;
} casus_stored_note;

/* A document about to be stored, all borrowed. */
typedef struct casus_stored_document {
    const casus_item *item; /* what was read: all but its id and text is written from it */
    casus_string id, text;
    const char *published;
    char hash[33];                   /* of what was given: casus_store_hash */
    const char *fingerprint, *model; /* of the coder */
    size_t tokens;
    const casus_stored_sentence *sentences; /* [n_sentences] */
    size_t n_sentences;
    const casus_event *events;
    const casus_string *json; /* [n_events]: as casus code prints them, without the line's end */
    size_t n_events;
    const casus_stored_note *notes; /* [n_notes] */
    size_t n_notes;
} casus_stored_document;

/* The content of a document as 32 hexadecimal digits (XXH3-128) and a zero byte. */
void casus_store_hash(char out[33], const casus_string *parts, size_t n);
/* Is a document of this id there, and with this content? 1 the same, 2 another, 0 not there. */
int casus_store_holds(casus_store *store, const char *id, const char *hash, casus_error *err);
/* Puts the document in the open transaction (begins one when none is open), in place of what had
 * its id. */
casus_status casus_store_put_document(casus_store *store, const casus_stored_document *document,
                                      casus_error *err);
/* Notes that the document's records are the same by another coder. */
casus_status casus_store_mark(casus_store *store, int64_t doc, const char *fingerprint,
                              const char *model, casus_error *err);

#endif
