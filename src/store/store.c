/* store.c - opening a store, its schema and the steps that bring it up to date, SQL on either
 * database. What the two do their own way is in sqlite.c and postgres.c. */
#include "store/store_int.h"
#include <stdio.h>
#include <unistd.h>

static const char *const schema_lines[] = {
#include "schema_lines.h"
};

casus_status store_fail(const casus_store *s, casus_status status, casus_error *err,
                        const char *format, ...) {
    char message[256];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    return casus_base_fail_at(err, status, s->where, 0, 0, "%s", message);
}

/* ---- the schema ------------------------------------------------------------------------------ */

static void add_line(casus_buffer *b, const char *line, bool postgres) {
    static const struct {
        const char *token, *sqlite, *postgres;
    } words[] = {{"@TEXT@", "TEXT", "TEXT COLLATE \"C\""},
                 {"@REAL@", "REAL", "DOUBLE PRECISION"},
                 {"@KEYED@", " WITHOUT ROWID", ""},
                 {"@LIST@", "group_concat", "string_agg"}};
    for (const char *at = line; *at;) {
        size_t k = 0;
        while (k < 4 && strncmp(at, words[k].token, strlen(words[k].token)) != 0) k++;
        if (k < 4) {
            const char *with = postgres ? words[k].postgres : words[k].sqlite;
            casus_base_buffer_add(b, with, strlen(with));
            at += strlen(words[k].token);
        } else {
            casus_base_buffer_add(b, at++, 1);
        }
    }
    casus_base_buffer_add(b, "\n", 1);
}

/* The line for this database, or NULL when it is for the other one or a comment. */
static const char *line_for(const char *line, bool postgres) {
    static const char lite[] = "sqlite>", post[] = "postgres>";
    if (strncmp(line, "--", 2) == 0) return NULL;
    if (strncmp(line, lite, sizeof lite - 1) == 0) return postgres ? NULL : line + sizeof lite - 1;
    if (strncmp(line, post, sizeof post - 1) == 0) return postgres ? line + sizeof post - 1 : NULL;
    return line;
}

static casus_status take_step(casus_store *s, int step, casus_error *err) {
    const bool postgres = s->driver == &store_postgres;
    char head[24];
    snprintf(head, sizeof head, "-- step %d", step);
    const size_t n = sizeof schema_lines / sizeof *schema_lines;
    size_t i = 0;
    while (i < n && strcmp(schema_lines[i], head) != 0) i++;
    casus_buffer *b = &s->sql;
    b->len = 0;
    casus_status status = CASUS_OK;
    for (i++; i < n && strncmp(schema_lines[i], "-- step ", 8) != 0 && !status; i++) {
        const char *line = line_for(schema_lines[i], postgres);
        if (!line || (!*line && !b->len)) continue;
        add_line(b, line, postgres);
        const size_t len = strlen(line);
        if (!len || line[len - 1] != ';') continue;
        casus_base_buffer_add(b, "", 1);
        if (b->failed) return casus_base_no_memory(err);
        status = s->driver->plain(s, b->ptr, err);
        b->len = 0;
    }
    const casus_value v = casus_value_int(step);
    if (!status) status = casus_store_run(s, "UPDATE schema_version SET version = $1", &v, 1, err);
    return status;
}

/* Brings the schema from what it is to `to`, in one transaction. */
static casus_status bring_up(casus_store *s, int to, casus_error *err) {
    casus_status status = casus_store_begin(s, err);
    if (status) return status;
    /* another program may have been quicker */
    int64_t now = 0;
    const int known = s->driver->known(s, err);
    if (known < 0) status = (casus_status)known;
    if (known > 0)
        status = store_number(&now, s, "SELECT version FROM schema_version", NULL, 0, 0, err);
    for (int step = (int)now + 1; step <= to && !status; step++) status = take_step(s, step, err);
    if (!status) status = casus_store_commit(s, err);
    if (status)
        casus_store_rollback(s);
    else if (now < to)
        s->schema = to;
    return status;
}

static casus_status check_schema(casus_store *s, int mode, int to, casus_error *err) {
    const int known = s->driver->known(s, err);
    if (known < 0) return (casus_status)known;
    if (!known && mode != CASUS_STORE_CREATE)
        return store_fail(s, CASUS_E_FORMAT, err, "no casus store");
    if (!known) return bring_up(s, to, err);
    int64_t version;
    const casus_status status =
        store_number(&version, s, "SELECT version FROM schema_version", NULL, 0, 0, err);
    if (status) return status;
    s->schema = (int)version;
    if (version > to)
        return store_fail(s, CASUS_E_VERSION, err,
                          "the store's schema is of version %d, newer than this program's %d",
                          (int)version, to);
    if (version == to) return CASUS_OK;
    if (mode == CASUS_STORE_READ)
        return store_fail(s, CASUS_E_VERSION, err,
                          "the store's schema is of version %d; casus recode or ingest brings it to"
                          " version %d",
                          (int)version, to);
    return bring_up(s, to, err);
}

/* ---- opening --------------------------------------------------------------------------------- */

static bool is_postgres(const char *where) {
    static const char *const heads[] = {"postgresql://", "postgres://", "dbname="};
    for (size_t i = 0; i < 3; i++)
        if (strncmp(where, heads[i], strlen(heads[i])) == 0) return true;
    return false;
}

casus_status casus_store_open_at(casus_store **out, const char *where, int mode, int schema,
                                 const casus_memory *memory, casus_error *err) {
    const casus_memory m = memory ? *memory : casus_base_memory_default();
    casus_store *s = casus_base_alloc(&m, sizeof *s);
    if (!s) return casus_base_no_memory(err);
    memset(s, 0, sizeof *s);
    s->memory = m;
    casus_base_buffer_init(&s->sql, &m);
    casus_base_buffer_init(&s->fields, &m);
    casus_base_buffer_init(&s->kept, &m);
    s->driver = is_postgres(where) ? &store_postgres : &store_sqlite;
    s->where = casus_base_alloc(&m, strlen(where) + 1);
    casus_status status = s->where ? CASUS_OK : casus_base_no_memory(err);
    if (s->where) memcpy(s->where, where, strlen(where) + 1);
    if (!status) status = s->driver->open(s, mode, err);
    if (!status) status = check_schema(s, mode, schema, err);
    if (status) {
        casus_store_free(s);
        return status;
    }
    *out = s;
    return CASUS_OK;
}

casus_status casus_store_open(casus_store **out, const char *where, int mode,
                              const casus_memory *memory, casus_error *err) {
    return casus_store_open_at(out, where, mode, CASUS_STORE_SCHEMA, memory, err);
}

void casus_store_free(casus_store *s) {
    if (!s) return;
    if (s->link) casus_store_rollback(s);
    if (s->link) s->driver->close(s);
    const casus_memory m = s->memory;
    casus_base_buffer_free(&s->sql);
    casus_base_buffer_free(&s->fields);
    casus_base_arena_free(s->document);
    casus_base_buffer_free(&s->kept);
    casus_base_release(&m, s->where);
    casus_base_release(&m, s);
}

/* ---- SQL ------------------------------------------------------------------------------------- */

casus_status casus_store_begin(casus_store *s, casus_error *err) {
    if (s->writing) return CASUS_OK;
    const casus_status status = s->driver->begin(s, err);
    s->writing = !status;
    s->docs = s->revision = -1;
    s->kept.len = 0;
    return status;
}

casus_status casus_store_commit(casus_store *s, casus_error *err) {
    if (!s->writing) return CASUS_OK;
    casus_status status = s->driver->flush(s, err);
    if (!status) status = s->driver->commit(s, err);
    if (status) s->driver->rollback(s);
    s->writing = false;
    return status;
}

void casus_store_rollback(casus_store *s) {
    if (s->writing) s->driver->rollback(s);
    s->writing = false;
}

casus_status casus_store_run(casus_store *s, const char *sql, const casus_value *v, size_t n,
                             casus_error *err) {
    return s->driver->run(s, sql, v, n, err);
}

static casus_status open_rows(casus_rows **out, casus_store *s, const char *sql,
                              const casus_value *v, size_t n, bool few, casus_error *err) {
    casus_rows *rows = casus_base_alloc(&s->memory, sizeof *rows);
    if (!rows) return casus_base_no_memory(err);
    memset(rows, 0, sizeof *rows);
    rows->store = s;
    rows->few = few;
    const casus_status status = s->driver->select(rows, sql, v, n, few, err);
    if (status) {
        casus_rows_free(rows);
        return status;
    }
    *out = rows;
    return CASUS_OK;
}

casus_status casus_store_select(casus_rows **out, casus_store *s, const char *sql,
                                const casus_value *v, size_t n, casus_error *err) {
    return open_rows(out, s, sql, v, n, false, err);
}
casus_status store_look(casus_rows **out, casus_store *s, const char *sql, const casus_value *v,
                        size_t n, casus_error *err) {
    return open_rows(out, s, sql, v, n, true, err);
}

casus_status store_number(int64_t *out, casus_store *s, const char *sql, const casus_value *v,
                          size_t n, int64_t otherwise, casus_error *err) {
    casus_rows *rows;
    const casus_status status = store_look(&rows, s, sql, v, n, err);
    if (status) return status;
    const int more = casus_rows_next(rows, err);
    *out = more > 0 && !casus_rows_null(rows, 0) ? casus_rows_int(rows, 0) : otherwise;
    casus_rows_free(rows);
    return more < 0 ? (casus_status)more : CASUS_OK;
}

int casus_rows_next(casus_rows *rows, casus_error *err) {
    return rows->store->driver->next(rows, err);
}
bool casus_rows_null(const casus_rows *rows, int column) {
    return rows->store->driver->null(rows, column);
}
int64_t casus_rows_int(const casus_rows *rows, int column) {
    return rows->store->driver->integer(rows, column);
}
casus_string casus_rows_text(const casus_rows *rows, int column) {
    return rows->store->driver->text(rows, column);
}
void casus_rows_free(casus_rows *rows) {
    if (!rows) return;
    const casus_memory m = rows->store->memory;
    rows->store->driver->done(rows);
    casus_base_release(&m, rows);
}
