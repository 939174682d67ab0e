/* postgres.c - a store on a PostgreSQL server (15 or later), by libpq.
 *
 * Rows are kept back per table and sent by COPY when a transaction ends or they pass
 * POST_KEPT_MOST bytes. One program writes at a time: a lock on the schema's table. Long results
 * come through cursors, POST_FETCH rows at a time. Without libpq a store cannot be opened here. */
#include "store/store_int.h"

#ifdef CASUS_HAVE_LIBPQ

#include <inttypes.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>

#define POST_KEPT_MOST ((size_t)16 << 20) /* bytes of rows kept back */
#define POST_FETCH 256                    /* rows of a cursor fetched at once */
#define POST_STATEMENTS_MOST 96
#define POST_VALUES_MOST 32

typedef struct post {
    PGconn *link;
    bool reading;                  /* a transaction is open for cursors alone */
    unsigned cursors, made, epoch; /* cursors open; made so far; transactions ended */
    casus_buffer kept[STORE_TABLES];
    size_t n_kept;
    char *statements[POST_STATEMENTS_MOST];
    size_t n_statements;
} post;

static post *of(const casus_store *s) {
    return s->link;
}

static void quiet(void *payload, const PGresult *result) {
    (void)payload;
    (void)result;
}

/* The first line of the server's or libpq's complaint. */
static casus_status failed(const casus_store *s, const PGresult *result, casus_error *err) {
    const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const char *why = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    if (!why || !*why) why = PQerrorMessage(of(s)->link);
    const int len = (int)strcspn(why, "\r\n");
    if (state && strcmp(state, "55P03") == 0)
        return store_fail(s, CASUS_E_IO, err, "the store is locked by another program");
    if (state && (strcmp(state, "53100") == 0))
        return store_fail(s, CASUS_E_IO, err,
                          "the server's disk is full; what was committed before is kept");
    if (state && strcmp(state, "25006") == 0)
        return store_fail(s, CASUS_E_IO, err, "the store cannot be written: it is read-only");
    if (state && strcmp(state, "42501") == 0)
        return store_fail(s, CASUS_E_IO, err, "the server does not allow it: %.*s", len, why);
    if (PQstatus(of(s)->link) == CONNECTION_BAD || (state && strncmp(state, "57P", 3) == 0))
        return store_fail(s, CASUS_E_IO, err, "the connection to the server is lost: %.*s", len,
                          why);
    return store_fail(s, CASUS_E_IO, err, "PostgreSQL: %.*s", len, why);
}

static casus_status check(const casus_store *s, PGresult *result, casus_error *err) {
    const ExecStatusType t = PQresultStatus(result);
    const bool good = t == PGRES_COMMAND_OK || t == PGRES_TUPLES_OK || t == PGRES_COPY_IN;
    const casus_status status = good ? CASUS_OK : failed(s, result, err);
    PQclear(result);
    return status;
}

static casus_status plain(casus_store *s, const char *sql, casus_error *err) {
    return check(s, PQexec(of(s)->link, sql), err);
}

/* A connection string without its password, for messages. */
static void hide_password(char *where) {
    char *at = strrchr(where, '@'), *from = strstr(where, "://");
    if (at && from) {
        char *colon = strchr(from + 3, ':');
        if (colon && colon < at) memmove(colon, at, strlen(at) + 1);
    }
    char *word = strstr(where, "password=");
    if (word) word[9] = 0;
}

static casus_status post_open(casus_store *s, int mode, casus_error *err) {
    post *p = casus_base_alloc(&s->memory, sizeof *p);
    if (!p) return casus_base_no_memory(err);
    memset(p, 0, sizeof *p);
    for (int i = 0; i < STORE_TABLES; i++) casus_base_buffer_init(&p->kept[i], &s->memory);
    s->link = p;
    p->link = PQconnectdb(s->where);
    hide_password(s->where);
    if (PQstatus(p->link) != CONNECTION_OK) {
        const char *why = PQerrorMessage(p->link);
        return casus_base_fail(err, CASUS_E_IO, "no connection to the PostgreSQL server: %.*s",
                               (int)strcspn(why, "\r\n"), why);
    }
    PQsetNoticeReceiver(p->link, quiet, NULL);
    if (PQserverVersion(p->link) < 150000)
        return store_fail(s, CASUS_E_VERSION, err,
                          "the PostgreSQL server is of version %d; it takes 15 or later",
                          PQserverVersion(p->link) / 10000);
    casus_status status = plain(s, "SET client_encoding = 'UTF8'", err);
    if (!status) status = plain(s, "SET standard_conforming_strings = on", err);
    if (!status && mode == CASUS_STORE_READ)
        status = plain(s, "SET default_transaction_read_only = on", err);
    return status;
}

static void post_close(casus_store *s) {
    post *p = of(s);
    for (int i = 0; i < STORE_TABLES; i++) casus_base_buffer_free(&p->kept[i]);
    for (size_t i = 0; i < p->n_statements; i++) casus_base_release(&s->memory, p->statements[i]);
    PQfinish(p->link);
    casus_base_release(&s->memory, p);
    s->link = NULL;
}

static int post_known(casus_store *s, casus_error *err) {
    PGresult *r = PQexec(of(s)->link, "SELECT to_regclass('schema_version') IS NOT NULL AND "
                                      "to_regclass('record_json') IS NOT NULL");
    if (PQresultStatus(r) != PGRES_TUPLES_OK) return check(s, r, err);
    const int known = PQgetvalue(r, 0, 0)[0] == 't';
    PQclear(r);
    return known;
}

/* Cursors end with their transaction. */
static void ended(post *p) {
    p->reading = false;
    p->cursors = 0;
    p->epoch++;
}

static casus_status post_begin(casus_store *s, casus_error *err) {
    post *p = of(s);
    char sql[96];
    casus_status status = p->reading ? CASUS_OK : plain(s, "BEGIN", err);
    snprintf(sql, sizeof sql, "SET LOCAL lock_timeout = %d", CASUS_STORE_WAIT_MS);
    if (!status) status = plain(s, sql, err);
    /* the number is "casus" read as a number: two that make a store at once */
    if (!status) status = plain(s, "SELECT pg_advisory_xact_lock(426835899763)", err);
    if (!status) status = plain(s, "SET LOCAL lock_timeout = 0", err);
    if (status) {
        PQclear(PQexec(p->link, "ROLLBACK"));
        ended(p);
    }
    p->reading = false;
    return status;
}

static void forget_kept(post *p) {
    for (int i = 0; i < STORE_TABLES; i++) p->kept[i].len = 0;
    p->n_kept = 0;
}

static casus_status post_commit(casus_store *s, casus_error *err) {
    ended(of(s));
    PGresult *r = PQexec(of(s)->link, "COMMIT");
    /* a transaction that failed before is rolled back by COMMIT, and says so */
    if (PQresultStatus(r) == PGRES_COMMAND_OK && strcmp(PQcmdStatus(r), "COMMIT") != 0) {
        PQclear(r);
        return store_fail(s, CASUS_E_IO, err, "the transaction was given up by the server");
    }
    return check(s, r, err);
}
static void post_rollback(casus_store *s) {
    forget_kept(of(s));
    PQclear(PQexec(of(s)->link, "ROLLBACK"));
    ended(of(s));
}

/* ---- statements ------------------------------------------------------------------------------ */

typedef struct arguments {
    const char *text[POST_VALUES_MOST];
    char numbers[POST_VALUES_MOST][32];
} arguments;

/* The values as text; those of kind TEXT must end with a zero byte or are copied. */
static casus_status arrange(casus_store *s, arguments *a, casus_buffer *b, const casus_value *v,
                            size_t n, casus_error *err) {
    size_t at[POST_VALUES_MOST];
    if (n > POST_VALUES_MOST)
        return casus_base_fail(err, CASUS_E_LIMIT, "more than %d values", POST_VALUES_MOST);
    for (size_t i = 0; i < n; i++) {
        at[i] = b->len;
        if (v[i].kind != CASUS_VALUE_TEXT) continue;
        casus_base_buffer_add(b, v[i].ptr, v[i].len);
        if (b->failed) return casus_base_no_memory(err);
        for (size_t k = at[i]; k < b->len; k++)
            if (!b->ptr[k]) b->ptr[k] = ' ';
        casus_base_buffer_add(b, "", 1);
    }
    if (b->failed) return casus_base_no_memory(err);
    for (size_t i = 0; i < n; i++) {
        a->text[i] = v[i].kind == CASUS_VALUE_NULL ? NULL : a->numbers[i];
        if (v[i].kind == CASUS_VALUE_TEXT) a->text[i] = b->ptr + at[i];
        if (v[i].kind == CASUS_VALUE_INT)
            snprintf(a->numbers[i], sizeof a->numbers[i], "%" PRId64, v[i].integer);
        if (v[i].kind == CASUS_VALUE_REAL)
            snprintf(a->numbers[i], sizeof a->numbers[i], "%.17g", v[i].real);
    }
    (void)s;
    return CASUS_OK;
}

/* Its name when the statement is prepared, "" when there is no more room. */
static casus_status prepare(casus_store *s, const char *sql, char name[24], casus_error *err) {
    post *p = of(s);
    size_t i = 0;
    while (i < p->n_statements && strcmp(p->statements[i], sql) != 0) i++;
    snprintf(name, 24, "s%zu", i);
    if (i < p->n_statements) return CASUS_OK;
    char *copy = i < POST_STATEMENTS_MOST ? casus_base_alloc(&s->memory, strlen(sql) + 1) : NULL;
    if (!copy) {
        name[0] = 0;
        return CASUS_OK;
    }
    const casus_status status = check(s, PQprepare(p->link, name, sql, 0, NULL), err);
    if (status) {
        casus_base_release(&s->memory, copy);
        return status;
    }
    memcpy(copy, sql, strlen(sql) + 1);
    p->statements[p->n_statements++] = copy;
    return CASUS_OK;
}

static casus_status execute(casus_store *s, const char *sql, const casus_value *v, size_t n,
                            bool keep, PGresult **out, casus_error *err) {
    arguments a;
    casus_buffer b;
    char name[24] = "";
    casus_base_buffer_init(&b, &s->memory);
    casus_status status = keep ? prepare(s, sql, name, err) : CASUS_OK;
    if (!status) status = arrange(s, &a, &b, v, n, err);
    if (!status)
        *out = name[0] ? PQexecPrepared(of(s)->link, name, (int)n, a.text, NULL, NULL, 0)
                       : PQexecParams(of(s)->link, sql, (int)n, NULL, a.text, NULL, NULL, 0);
    casus_base_buffer_free(&b);
    return status;
}

static casus_status post_run(casus_store *s, const char *sql, const casus_value *v, size_t n,
                             casus_error *err) {
    PGresult *r = NULL;
    const casus_status status = execute(s, sql, v, n, true, &r, err);
    return status ? status : check(s, r, err);
}

/* ---- rows ------------------------------------------------------------------------------------ */

static casus_status declare(casus_rows *rows, const char *sql, const casus_value *v, size_t n,
                            casus_error *err) {
    casus_store *s = rows->store;
    post *p = of(s);
    casus_status status = CASUS_OK;
    if (!s->writing && !p->reading) {
        status = plain(s, "BEGIN", err);
        p->reading = !status;
    }
    snprintf(rows->name, sizeof rows->name, "c%u", ++p->made);
    casus_buffer b;
    casus_base_buffer_init(&b, &s->memory);
    casus_base_buffer_format(&b, "DECLARE %s NO SCROLL CURSOR FOR %s", rows->name, sql);
    if (b.failed && !status) status = casus_base_no_memory(err);
    PGresult *r = NULL;
    if (!status) status = execute(s, b.ptr, v, n, false, &r, err);
    if (!status) status = check(s, r, err);
    casus_base_buffer_free(&b);
    p->cursors += !status;
    rows->own = !status;
    rows->epoch = p->epoch;
    rows->row = rows->n_rows = 0;
    return status;
}

static casus_status post_select(casus_rows *rows, const char *sql, const casus_value *v, size_t n,
                                bool few, casus_error *err) {
    casus_store *s = rows->store;
    if (!few) return declare(rows, sql, v, n, err);
    PGresult *r = NULL;
    const casus_status status = execute(s, sql, v, n, true, &r, err);
    if (status) return status;
    if (PQresultStatus(r) != PGRES_TUPLES_OK) return check(s, r, err);
    rows->at = r;
    rows->row = -1;
    rows->n_rows = PQntuples(r);
    return CASUS_OK;
}

static int post_next(casus_rows *rows, casus_error *err) {
    if (++rows->row < rows->n_rows) return 1;
    if (rows->few) return 0;
    if (rows->at && rows->n_rows < POST_FETCH) return 0;
    char sql[64];
    snprintf(sql, sizeof sql, "FETCH %d FROM %s", POST_FETCH, rows->name);
    PQclear(rows->at);
    rows->at = NULL;
    PGresult *r = PQexec(of(rows->store)->link, sql);
    if (PQresultStatus(r) != PGRES_TUPLES_OK) return check(rows->store, r, err);
    rows->at = r;
    rows->row = 0;
    rows->n_rows = PQntuples(r);
    return rows->n_rows > 0;
}
static bool post_null(const casus_rows *rows, int column) {
    return PQgetisnull(rows->at, rows->row, column) == 1;
}
static int64_t post_integer(const casus_rows *rows, int column) {
    return strtoll(PQgetvalue(rows->at, rows->row, column), NULL, 10);
}
static casus_string post_text(const casus_rows *rows, int column) {
    if (post_null(rows, column)) return (casus_string){NULL, 0};
    return (casus_string){PQgetvalue(rows->at, rows->row, column),
                          (size_t)PQgetlength(rows->at, rows->row, column)};
}
static void post_done(casus_rows *rows) {
    post *p = of(rows->store);
    PQclear(rows->at);
    rows->at = NULL;
    if (!rows->own || rows->epoch != p->epoch) return;
    rows->own = false;
    char sql[64];
    snprintf(sql, sizeof sql, "CLOSE %s", rows->name);
    if (PQtransactionStatus(p->link) == PQTRANS_INTRANS) PQclear(PQexec(p->link, sql));
    if (--p->cursors == 0 && p->reading) {
        PQclear(PQexec(p->link, "COMMIT"));
        ended(p);
    }
}

/* ---- writing --------------------------------------------------------------------------------- */

/* A field of COPY's text form. */
static void copy_text(casus_buffer *b, const char *p, size_t n) {
    size_t from = 0;
    for (size_t i = 0; i < n; i++) {
        const char c = p[i];
        const char *as = c == '\\'   ? "\\\\"
                         : c == '\n' ? "\\n"
                         : c == '\r' ? "\\r"
                         : c == '\t' ? "\\t"
                         : c == 0    ? " "
                                     : NULL;
        if (!as) continue;
        casus_base_buffer_add(b, p + from, i - from);
        casus_base_buffer_add(b, as, strlen(as));
        from = i + 1;
    }
    casus_base_buffer_add(b, p + from, n - from);
}

/* Words parted by blanks as a tsvector: 'word':1 'next':2 */
static void copy_words(casus_buffer *b, const char *p, size_t n) {
    unsigned at = 0;
    for (size_t i = 0; i < n;) {
        size_t end = i;
        while (end < n && p[end] != ' ') end++;
        casus_base_buffer_add(b, i ? " '" : "'", i ? 2 : 1);
        casus_base_buffer_add(b, p + i, end - i);
        casus_base_buffer_format(b, "':%u", ++at);
        i = end + 1;
    }
}

static casus_status send_table(casus_store *s, store_table table, casus_error *err) {
    post *p = of(s);
    casus_buffer *b = &p->kept[table];
    if (!b->len) return CASUS_OK;
    char sql[512];
    const bool words = table == STORE_SENTENCES;
    snprintf(sql, sizeof sql, "COPY %s (%s%s) FROM STDIN", store_tables[table].name,
             store_tables[table].columns, words ? ", words" : "");
    casus_status status = plain(s, sql, err);
    if (status) return status;
    for (size_t at = 0; at < b->len; at += (size_t)1 << 20) {
        const size_t n = b->len - at < (size_t)1 << 20 ? b->len - at : (size_t)1 << 20;
        if (PQputCopyData(p->link, b->ptr + at, (int)n) < 0) break;
    }
    b->len = 0;
    if (PQputCopyEnd(p->link, NULL) < 0) return failed(s, NULL, err);
    for (PGresult *r; (r = PQgetResult(p->link));) {
        const casus_status one = check(s, r, status ? NULL : err);
        if (!status) status = one;
    }
    return status;
}

static casus_status post_flush(casus_store *s, casus_error *err) {
    casus_status status = CASUS_OK;
    for (int i = 0; i < STORE_TABLES && !status; i++) status = send_table(s, (store_table)i, err);
    of(s)->n_kept = 0;
    return status;
}

static casus_status post_insert(casus_store *s, store_table table, const casus_value *v,
                                casus_error *err) {
    post *p = of(s);
    casus_buffer *b = &p->kept[table];
    const size_t from = b->len;
    const int n = store_tables[table].n;
    for (int i = 0; i < n; i++) {
        if (i) casus_base_buffer_add(b, "\t", 1);
        if (v[i].kind == CASUS_VALUE_NULL) casus_base_buffer_add(b, "\\N", 2);
        if (v[i].kind == CASUS_VALUE_INT) casus_base_buffer_format(b, "%" PRId64, v[i].integer);
        if (v[i].kind == CASUS_VALUE_REAL) casus_base_buffer_format(b, "%.17g", v[i].real);
        if (v[i].kind != CASUS_VALUE_TEXT) continue;
        if (table == STORE_SENTENCES)
            copy_words(b, v[i].ptr, v[i].len);
        else
            copy_text(b, v[i].ptr, v[i].len);
    }
    casus_base_buffer_add(b, "\n", 1);
    if (b->failed) return casus_base_no_memory(err);
    p->n_kept += b->len - from;
    return p->n_kept > POST_KEPT_MOST ? post_flush(s, err) : CASUS_OK;
}

static casus_status post_forget(casus_store *s, int64_t doc, casus_error *err) {
    (void)s;
    (void)doc;
    (void)err;
    return CASUS_OK; /* the words stand in the rows of the sentences */
}

const store_driver store_postgres = {.name = "PostgreSQL",
                                     .open = post_open,
                                     .close = post_close,
                                     .known = post_known,
                                     .begin = post_begin,
                                     .commit = post_commit,
                                     .rollback = post_rollback,
                                     .plain = plain,
                                     .run = post_run,
                                     .select = post_select,
                                     .next = post_next,
                                     .null = post_null,
                                     .integer = post_integer,
                                     .text = post_text,
                                     .done = post_done,
                                     .insert = post_insert,
                                     .flush = post_flush,
                                     .forget = post_forget};

#else

static casus_status none(casus_store *s, int mode, casus_error *err) {
    (void)s;
    (void)mode;
    return casus_base_fail(err, CASUS_E_ARGUMENT,
                           "this program was built without PostgreSQL (libpq)");
}
static void close_none(casus_store *s) {
    s->link = NULL;
}

const store_driver store_postgres = {.name = "PostgreSQL", .open = none, .close = close_none};

#endif
