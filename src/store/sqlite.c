/* sqlite.c - a store in a file, by SQLite 3 with FTS5: write-ahead log, one writer at a time.
 *
 * Statements are kept prepared, by their text. A commit is durable against a killed program at
 * once, against a power cut at the next checkpoint (synchronous=NORMAL). */
#include "store/store_int.h"
#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <unistd.h>
#include <sys/stat.h>

#define LITE_APPLICATION 0x63617375 /* "casu": application_id of the file */
#define LITE_KEPT_MOST 96           /* statements kept prepared */
#define LITE_PAGE "PRAGMA page_size=8192"
#define LITE_CACHE "PRAGMA cache_size=-65536"

typedef struct lite_kept {
    char *sql;
    sqlite3_stmt *statement;
    bool busy;
} lite_kept;

typedef struct lite {
    sqlite3 *db;
    lite_kept kept[LITE_KEPT_MOST];
    size_t n_kept;
} lite;

static lite *of(const casus_store *s) {
    return s->link;
}

static bool folder_writable(const char *path) {
    char folder[4096];
    const char *slash = strrchr(path, '/');
    const size_t len = slash ? (size_t)(slash - path) + 1 : 0;
    if (len >= sizeof folder) return true;
    memcpy(folder, path, len);
    folder[len] = 0;
    return access(len ? folder : ".", W_OK) == 0;
}

/* What went wrong in the last call, in one line. */
static casus_status failed(const casus_store *s, int code, casus_error *err) {
    lite *l = of(s);
    const int number = l->db ? sqlite3_system_errno(l->db) : 0;
    switch (code & 0xFF) {
    case SQLITE_NOMEM:
        return casus_base_no_memory(err);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return store_fail(s, CASUS_E_IO, err, "the store is locked by another program");
    case SQLITE_FULL:
        return store_fail(s, CASUS_E_IO, err,
                          "the disk is full; what was committed before is kept");
    case SQLITE_READONLY:
        if (access(s->where, W_OK) == 0 && !folder_writable(s->where))
            return store_fail(s, CASUS_E_IO, err,
                              "the store cannot be written: its folder is read-only");
        return store_fail(s, CASUS_E_IO, err, "the store cannot be written: it is read-only");
    case SQLITE_NOTADB:
        return store_fail(s, CASUS_E_FORMAT, err, "no casus store");
    case SQLITE_CORRUPT:
        return store_fail(s, CASUS_E_FORMAT, err, "the store is damaged: %s",
                          sqlite3_errmsg(l->db));
    case SQLITE_CANTOPEN:
        if (access(s->where, F_OK) == 0 && !folder_writable(s->where))
            return store_fail(s, CASUS_E_IO, err,
                              "the store cannot be written: its folder is read-only");
        return casus_base_file_failed(err, s->where, "open", number ? number : ENOENT);
    case SQLITE_IOERR:
        if (number == ENOSPC || number == EFBIG || number == EDQUOT || number == 0)
            return store_fail(s, CASUS_E_IO, err,
                              "the disk is full; what was committed before is kept");
        return casus_base_file_failed(err, s->where, "read or write", number);
    default:
        return store_fail(s, CASUS_E_IO, err, "SQLite: %s",
                          l->db ? sqlite3_errmsg(l->db) : sqlite3_errstr(code));
    }
}

static casus_status plain(casus_store *s, const char *sql, casus_error *err) {
    const int code = sqlite3_exec(of(s)->db, sql, NULL, NULL, NULL);
    return code ? failed(s, code, err) : CASUS_OK;
}

static casus_status pragma_number(casus_store *s, const char *sql, int64_t *out, casus_error *err) {
    sqlite3_stmt *q = NULL;
    int code = sqlite3_prepare_v2(of(s)->db, sql, -1, &q, NULL);
    if (!code) code = sqlite3_step(q);
    if (code == SQLITE_ROW) *out = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    return code == SQLITE_ROW || code == SQLITE_DONE ? CASUS_OK : failed(s, code, err);
}

/* Is there a log beside the store that has not been taken into it? */
static bool has_log(const casus_store *s) {
    char path[4096];
    struct stat st;
    if (snprintf(path, sizeof path, "%s-wal", s->where) >= (int)sizeof path) return true;
    return stat(path, &st) == 0 && st.st_size > 0;
}

/* A store in a folder that cannot be written, and that nobody is writing: read as it stands. */
static int open_immutable(casus_store *s) {
    static const char digits[] = "0123456789ABCDEF";
    casus_buffer *b = &s->sql;
    b->len = 0;
    casus_base_buffer_format(b, "file:");
    for (const char *at = s->where; *at; at++) {
        const unsigned char c = (unsigned char)*at;
        const bool safe = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || strchr("/._-", c);
        const char coded[3] = {'%', digits[c >> 4], digits[c & 15]};
        casus_base_buffer_add(b, safe ? at : coded, safe ? 1 : 3);
    }
    casus_base_buffer_add(b, "?immutable=1", sizeof "?immutable=1");
    if (b->failed) return SQLITE_NOMEM;
    sqlite3_close_v2(of(s)->db);
    of(s)->db = NULL;
    return sqlite3_open_v2(b->ptr, &of(s)->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL);
}

static casus_status lite_open(casus_store *s, int mode, casus_error *err) {
    lite *l = casus_base_alloc(&s->memory, sizeof *l);
    if (!l) return casus_base_no_memory(err);
    memset(l, 0, sizeof *l);
    s->link = l;
    /* who only reads a store that he could write opens it all the same so that the log is cleared
     * away at the end */
    const bool there = access(s->where, F_OK) == 0, folder = folder_writable(s->where);
    const bool guarded = mode == CASUS_STORE_READ && folder && access(s->where, W_OK) == 0;
    const int flags = mode == CASUS_STORE_CREATE ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                      : mode == CASUS_STORE_WRITE || guarded ? SQLITE_OPEN_READWRITE
                                                             : SQLITE_OPEN_READONLY;
    int code = sqlite3_open_v2(s->where, &l->db, flags, NULL);
    if (code) return failed(s, code, err);
    if (mode == CASUS_STORE_READ && there && !folder && !has_log(s)) {
        code = open_immutable(s);
        if (code) return failed(s, code, err);
    }
    if (mode != CASUS_STORE_READ && sqlite3_db_readonly(l->db, "main") == 1)
        return failed(s, SQLITE_READONLY, err);
    sqlite3_busy_timeout(l->db, CASUS_STORE_WAIT_MS);
    casus_status status = plain(s, LITE_CACHE, err);
    if (!status && guarded) status = plain(s, "PRAGMA query_only=ON", err);
    if (!status && mode != CASUS_STORE_READ) {
        /* another program's database is left as it is */
        int64_t application = 0, tables = 0;
        status = pragma_number(s, "PRAGMA application_id", &application, err);
        if (!status) status = pragma_number(s, "SELECT COUNT(*) FROM sqlite_master", &tables, err);
        if (!status && tables && application != LITE_APPLICATION)
            return store_fail(s, CASUS_E_FORMAT, err, "no casus store");
        /* of a new file; a record's JSON stays in one page */
        if (!status) status = plain(s, LITE_PAGE, err);
        if (!status) status = plain(s, "PRAGMA journal_mode=WAL", err);
        if (!status) status = plain(s, "PRAGMA synchronous=NORMAL", err);
    }
    return status;
}

static void lite_close(casus_store *s) {
    lite *l = of(s);
    for (size_t i = 0; i < l->n_kept; i++) {
        sqlite3_finalize(l->kept[i].statement);
        casus_base_release(&s->memory, l->kept[i].sql);
    }
    sqlite3_close_v2(l->db);
    casus_base_release(&s->memory, l);
    s->link = NULL;
}

static int lite_known(casus_store *s, casus_error *err) {
    int64_t application = 0, tables = 0;
    casus_status status = pragma_number(s, "PRAGMA application_id", &application, err);
    if (!status) status = pragma_number(s, "SELECT COUNT(*) FROM sqlite_master", &tables, err);
    if (status) return status;
    if (tables && application != LITE_APPLICATION)
        return store_fail(s, CASUS_E_FORMAT, err, "no casus store");
    if (!tables && s->writing) {
        char sql[64];
        snprintf(sql, sizeof sql, "PRAGMA application_id=%d", LITE_APPLICATION);
        status = plain(s, sql, err);
    }
    return status ? (int)status : tables > 0;
}

static casus_status lite_begin(casus_store *s, casus_error *err) {
    return plain(s, "BEGIN IMMEDIATE", err);
}
static casus_status lite_commit(casus_store *s, casus_error *err) {
    return plain(s, "COMMIT", err);
}
static void lite_rollback(casus_store *s) {
    if (of(s)->db && !sqlite3_get_autocommit(of(s)->db))
        sqlite3_exec(of(s)->db, "ROLLBACK", NULL, NULL, NULL);
}

/* The statement of this text, kept for the next time when there is room: *kept is its place. */
static casus_status prepare(casus_store *s, const char *sql, bool keep, sqlite3_stmt **out,
                            lite_kept **kept, casus_error *err) {
    lite *l = of(s);
    *kept = NULL;
    for (size_t i = 0; keep && i < l->n_kept; i++)
        if (!l->kept[i].busy && strcmp(l->kept[i].sql, sql) == 0) {
            *kept = &l->kept[i];
            *out = l->kept[i].statement;
            return CASUS_OK;
        }
    keep = keep && l->n_kept < LITE_KEPT_MOST;
    const int code =
        sqlite3_prepare_v3(l->db, sql, -1, keep ? SQLITE_PREPARE_PERSISTENT : 0, out, NULL);
    if (code) return failed(s, code, err);
    char *copy = keep ? casus_base_alloc(&s->memory, strlen(sql) + 1) : NULL;
    if (!copy) return CASUS_OK; /* not kept, then */
    memcpy(copy, sql, strlen(sql) + 1);
    *kept = &l->kept[l->n_kept++];
    **kept = (lite_kept){copy, *out, false};
    return CASUS_OK;
}

static int bind(sqlite3_stmt *q, const casus_value *v, size_t n) {
    int code = SQLITE_OK;
    for (size_t i = 0; i < n && !code; i++) {
        const int at = (int)i + 1;
        switch (v[i].kind) {
        case CASUS_VALUE_NULL:
            code = sqlite3_bind_null(q, at);
            break;
        case CASUS_VALUE_INT:
            code = sqlite3_bind_int64(q, at, v[i].integer);
            break;
        case CASUS_VALUE_REAL:
            code = sqlite3_bind_double(q, at, v[i].real);
            break;
        case CASUS_VALUE_TEXT:
            code = sqlite3_bind_text64(q, at, v[i].ptr, v[i].len, SQLITE_STATIC, SQLITE_UTF8);
            break;
        }
    }
    return code;
}

static casus_status lite_run(casus_store *s, const char *sql, const casus_value *v, size_t n,
                             casus_error *err) {
    sqlite3_stmt *q;
    lite_kept *kept;
    casus_status status = prepare(s, sql, true, &q, &kept, err);
    if (status) return status;
    int code = bind(q, v, n);
    if (!code) code = sqlite3_step(q);
    if (code != SQLITE_DONE && code != SQLITE_ROW) status = failed(s, code, err);
    sqlite3_reset(q);
    sqlite3_clear_bindings(q);
    if (!kept) sqlite3_finalize(q);
    return status;
}

/* ---- rows ------------------------------------------------------------------------------------ */

static casus_status lite_select(casus_rows *rows, const char *sql, const casus_value *v, size_t n,
                                bool few, casus_error *err) {
    sqlite3_stmt *q = NULL;
    lite_kept *kept;
    const casus_status status = prepare(rows->store, sql, few, &q, &kept, err);
    if (status) return status;
    rows->at = q;
    rows->own = kept == NULL;
    rows->row = kept ? (int)(kept - of(rows->store)->kept) : -1;
    if (kept) kept->busy = true;
    /* the values may go before the rows do */
    int code = SQLITE_OK;
    for (size_t i = 0; i < n && !code; i++)
        code = v[i].kind == CASUS_VALUE_TEXT
                   ? sqlite3_bind_text64(q, (int)i + 1, v[i].ptr, v[i].len, SQLITE_TRANSIENT,
                                         SQLITE_UTF8)
               : v[i].kind == CASUS_VALUE_INT  ? sqlite3_bind_int64(q, (int)i + 1, v[i].integer)
               : v[i].kind == CASUS_VALUE_REAL ? sqlite3_bind_double(q, (int)i + 1, v[i].real)
                                               : sqlite3_bind_null(q, (int)i + 1);
    return code ? failed(rows->store, code, err) : CASUS_OK;
}

static int lite_next(casus_rows *rows, casus_error *err) {
    const int code = sqlite3_step(rows->at);
    if (code == SQLITE_ROW) return 1;
    return code == SQLITE_DONE ? 0 : (int)failed(rows->store, code, err);
}
static bool lite_null(const casus_rows *rows, int column) {
    return sqlite3_column_type(rows->at, column) == SQLITE_NULL;
}
static int64_t lite_integer(const casus_rows *rows, int column) {
    return sqlite3_column_int64(rows->at, column);
}
static casus_string lite_text(const casus_rows *rows, int column) {
    const char *p = (const char *)sqlite3_column_text(rows->at, column);
    return (casus_string){p, p ? (size_t)sqlite3_column_bytes(rows->at, column) : 0};
}
static void lite_done(casus_rows *rows) {
    if (!rows->at) return;
    if (rows->own) {
        sqlite3_finalize(rows->at);
    } else {
        sqlite3_reset(rows->at);
        sqlite3_clear_bindings(rows->at);
        of(rows->store)->kept[rows->row].busy = false;
    }
    rows->at = NULL;
}

/* ---- writing --------------------------------------------------------------------------------- */

static casus_status lite_insert(casus_store *s, store_table table, const casus_value *v,
                                casus_error *err) {
    const store_table_form *t = &store_tables[table];
    int n = t->n;
    char sql[640];
    int len = snprintf(sql, sizeof sql, "INSERT INTO %s (%s) VALUES (", t->name, t->columns);
    if (table == STORE_SENTENCES) n--;
    for (int i = 0; i < n; i++)
        len += snprintf(sql + len, sizeof sql - (size_t)len, "%s$%d", i ? ", " : "", i + 1);
    snprintf(sql + len, sizeof sql - (size_t)len, ")");
    const casus_status status = lite_run(s, sql, v, (size_t)n, err);
    if (status || table != STORE_SENTENCES || !v[n].len) return status;
    const casus_value words[2] = {casus_value_int(v[0].integer << CASUS_STORE_SENTENCE_BITS |
                                                  v[1].integer),
                                  v[n]};
    return lite_run(s, "INSERT INTO words (rowid, text) VALUES ($1, $2)", words, 2, err);
}

static casus_status lite_flush(casus_store *s, casus_error *err) {
    (void)s;
    (void)err;
    return CASUS_OK;
}

/* A table without content needs the very words to forget them. */
static casus_status lite_forget(casus_store *s, int64_t doc, casus_error *err) {
    casus_rows *rows;
    const casus_value v = casus_value_int(doc);
    casus_buffer text, words;
    casus_base_buffer_init(&text, &s->memory);
    casus_base_buffer_init(&words, &s->memory);
    casus_status status = store_look(&rows, s, "SELECT text FROM texts WHERE doc = $1", &v, 1, err);
    if (status) return status;
    int more = casus_rows_next(rows, err);
    if (more > 0) {
        const casus_string t = casus_rows_text(rows, 0);
        casus_base_buffer_add(&text, t.ptr, t.len);
        if (text.failed) more = casus_base_no_memory(err);
    }
    casus_rows_free(rows);
    if (more > 0)
        status =
            store_look(&rows, s, "SELECT n, span_begin, span_end FROM sentences WHERE doc = $1", &v,
                       1, err);
    if (more <= 0 || status) {
        casus_base_buffer_free(&text);
        return more < 0 ? (casus_status)more : status;
    }
    while (!status && (more = casus_rows_next(rows, err)) > 0) {
        const int64_t begin = casus_rows_int(rows, 1), end = casus_rows_int(rows, 2);
        if (begin < 0 || end < begin || (uint64_t)end > text.len) continue;
        words.len = 0;
        status = store_words(&words, casus_slice_of(text.ptr + begin, (size_t)(end - begin)), err);
        if (status || !words.len) continue;
        const casus_value old[2] = {casus_value_int(doc << CASUS_STORE_SENTENCE_BITS |
                                                    casus_rows_int(rows, 0)),
                                    casus_value_text(words.ptr, words.len)};
        status = lite_run(s, "INSERT INTO words (words, rowid, text) VALUES ('delete', $1, $2)",
                          old, 2, err);
    }
    casus_rows_free(rows);
    casus_base_buffer_free(&text);
    casus_base_buffer_free(&words);
    return more < 0 ? (casus_status)more : status;
}

const store_driver store_sqlite = {.name = "SQLite",
                                   .open = lite_open,
                                   .close = lite_close,
                                   .known = lite_known,
                                   .begin = lite_begin,
                                   .commit = lite_commit,
                                   .rollback = lite_rollback,
                                   .plain = plain,
                                   .run = lite_run,
                                   .select = lite_select,
                                   .next = lite_next,
                                   .null = lite_null,
                                   .integer = lite_integer,
                                   .text = lite_text,
                                   .done = lite_done,
                                   .insert = lite_insert,
                                   .flush = lite_flush,
                                   .forget = lite_forget};
