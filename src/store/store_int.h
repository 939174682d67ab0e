/* store_int.h - private to src/store: a connection, and what each database does its own way. */
#ifndef CASUS_STORE_STORE_INT_H
#define CASUS_STORE_STORE_INT_H

#include "store/store.h"

/* For tests: as casus_store_open, with a schema of an older version. */
casus_status casus_store_open_at(casus_store **out, const char *where, int mode, int schema,
                                 const casus_memory *memory, casus_error *err);

/* The tables that documents are written to, in the order in which PostgreSQL gets them. */
typedef enum store_table {
    STORE_DOCUMENTS,
    STORE_TEXTS,
    STORE_CODINGS,
    STORE_SENTENCES, /* its last value are the words, parted by blanks */
    STORE_RECORDS,
    STORE_RECORD_JSON,
    STORE_SIDES,
    STORE_SOURCES,
    STORE_COUNTS,
    STORE_PLACES,
    STORE_MARKS,
    STORE_DIAGNOSTICS,
    STORE_TABLES
} store_table;
#define STORE_COLUMNS_MOST 26
typedef struct store_table_form {
    const char *name, *columns;
    int n;
} store_table_form;
extern const store_table_form store_tables[STORE_TABLES];

/* What a database does its own way. Every function that fails fills the error. */
typedef struct store_driver {
    const char *name;
    casus_status (*open)(casus_store *s, int mode, casus_error *err);
    void (*close)(casus_store *s);
    /* 1: the schema's table is there, 0: an empty database, negative */
    int (*known)(casus_store *s, casus_error *err);
    casus_status (*begin)(casus_store *s, casus_error *err);
    casus_status (*commit)(casus_store *s, casus_error *err);
    void (*rollback)(casus_store *s);
    /* One statement of the schema, without parameters. */
    casus_status (*plain)(casus_store *s, const char *sql, casus_error *err);
    casus_status (*run)(casus_store *s, const char *sql, const casus_value *v, size_t n,
                        casus_error *err);
    /* `few`: a handful of rows are expected, and the statement comes again. */
    casus_status (*select)(casus_rows *rows, const char *sql, const casus_value *v, size_t n,
                           bool few, casus_error *err);
    int (*next)(casus_rows *rows, casus_error *err);
    bool (*null)(const casus_rows *rows, int column);
    int64_t (*integer)(const casus_rows *rows, int column);
    casus_string (*text)(const casus_rows *rows, int column);
    void (*done)(casus_rows *rows);
    casus_status (*insert)(casus_store *s, store_table table, const casus_value *v,
                           casus_error *err);
    /* Sends what _insert kept back. */
    casus_status (*flush)(casus_store *s, casus_error *err);
    /* Takes the words of a document's sentences out of the full-text table. */
    casus_status (*forget)(casus_store *s, int64_t doc, casus_error *err);
} store_driver;
extern const store_driver store_sqlite, store_postgres;

struct casus_store {
    casus_memory memory;
    const store_driver *driver;
    char *where;
    void *link; /* the driver's own */
    bool writing;
    int64_t docs, revision; /* highest numbers, while writing */
    int schema;
    casus_buffer kept; /* hashes of the ids put in this transaction, whose rows may be kept back */
    casus_buffer sql, fields; /* scratch */
    casus_arena *document;    /* of casus_store_document */
};

struct casus_rows {
    casus_store *store;
    void *at; /* the driver's own */
    int row, n_rows;
    unsigned epoch; /* of the transaction that a cursor lives in */
    bool few, own;
    char name[24];
};

/* words.c: the words of a text, folded, parted by blanks, at most STORE_WORDS_MOST bytes. */
#define STORE_WORDS_MOST 20000u
#define STORE_WORD_MOST 100u /* bytes of a word; what is longer is cut */
casus_status store_words(casus_buffer *to, casus_slice text, casus_error *err);
/* The full-text query of a user in the database's own form. CASUS_E_ARGUMENT: no word in it. */
casus_status store_words_query(casus_buffer *to, const char *query, bool postgres,
                               casus_error *err);
/* find.c */
casus_status store_look(casus_rows **out, casus_store *s, const char *sql, const casus_value *v,
                        size_t n, casus_error *err);
/* One number; `otherwise` when there is no row, or NULL in it. */
casus_status store_number(int64_t *out, casus_store *s, const char *sql, const casus_value *v,
                          size_t n, int64_t otherwise, casus_error *err);
/* CASUS_E_IO and the like with the store's name. */
casus_status store_fail(const casus_store *s, casus_status status, casus_error *err,
                        const char *format, ...) __attribute__((format(printf, 4, 5)));

#endif
