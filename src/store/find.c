/* find.c - queries over the records of a store, and documents one by one.
 *
 * A query becomes one SELECT, the same for both databases but for full text. Conditions on sides,
 * sources, places and words are sub-selects that the database starts from when they are rare. */
#include "store/store_int.h"
#include <stdio.h>

#define FIND_VALUES_MOST 30

struct casus_cursor {
    casus_store *store;
    casus_rows *rows;
};

typedef struct finding {
    casus_store *s;
    casus_buffer sql;
    casus_buffer texts[FIND_VALUES_MOST]; /* of values made here */
    casus_value v[FIND_VALUES_MOST];
    size_t n;
    casus_error *err;
    casus_status status;
} finding;

static void add(finding *f, const char *sql) {
    casus_base_buffer_add(&f->sql, sql, strlen(sql));
}

/* Adds "$n" for a value. */
static void add_value(finding *f, casus_value v) {
    if (f->n == FIND_VALUES_MOST) {
        f->status = casus_base_fail(f->err, CASUS_E_LIMIT, "a query with too many conditions");
        return;
    }
    f->v[f->n++] = v;
    casus_base_buffer_format(&f->sql, "$%zu", f->n);
}
/* The same for text made here: before, text, behind. */
static void add_text(finding *f, const char *before, casus_slice text, const char *behind) {
    if (f->n == FIND_VALUES_MOST) {
        add_value(f, casus_value_int(0));
        return;
    }
    casus_buffer *b = &f->texts[f->n];
    casus_base_buffer_init(b, &f->s->memory);
    casus_base_buffer_add(b, before, strlen(before));
    casus_base_buffer_add(b, text.ptr, text.len);
    casus_base_buffer_add(b, behind, strlen(behind));
    if (b->failed) f->status = casus_base_no_memory(f->err);
    add_value(f, casus_value_text(b->ptr ? b->ptr : "", b->len));
}

/* Adds "column LIKE '%text%'" without regard to the case of ASCII letters; what LIKE takes for
 * signs is escaped. */
static void add_like(finding *f, const char *column, casus_slice text) {
    casus_buffer b;
    casus_base_buffer_init(&b, &f->s->memory);
    for (uint32_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '%' || c == '_' || c == '\\') casus_base_buffer_add(&b, "\\", 1);
        if (c >= 'A' && c <= 'Z') c = (char)(c - 'A' + 'a');
        casus_base_buffer_add(&b, &c, 1);
    }
    if (b.failed) f->status = casus_base_no_memory(f->err);
    casus_base_buffer_format(&f->sql, "LOWER(%s) LIKE ", column);
    add_text(f, "%", casus_slice_of(b.ptr, b.len), "%");
    add(f, " ESCAPE '\\'");
    casus_base_buffer_free(&b);
}

/* "ARM", "ARM.MIL", ".REB.UAF": capitals with two to four letters a part. */
static bool is_code(casus_slice s) {
    uint32_t run = 0;
    for (uint32_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '.') {
            if (i && (run < 2 || run > 4)) return false;
            run = 0;
        } else if (s.ptr[i] >= 'A' && s.ptr[i] <= 'Z') {
            run++;
        } else {
            return false;
        }
    }
    return run >= 2 && run <= 4;
}

#define FIND_NAMES \
    "COALESCE(name, '') || ' | ' || COALESCE(person, '') || ' | ' || COALESCE(text, '')"

/* "NATO", "UN", "ICRC" may be a code, and may be a word of a name. */
static void add_code_or_word(finding *f, casus_slice who) {
    char word[8];
    snprintf(word, sizeof word, " %.*s ", (int)who.len, who.ptr);
    add(f, "(country = ");
    add_text(f, "", who, "");
    add(f, " OR ");
    add_like(f, "' ' || " FIND_NAMES " || ' '", casus_slice_z(word));
    add(f, ")");
}

/* Conditions on country, sectors, name, person, text of a side: a code, or part of a name. */
static void add_who(finding *f, const char *who) {
    casus_slice rest = casus_slice_z(who), part;
    if (!is_code(rest)) {
        add(f, "(");
        add_like(f, FIND_NAMES, rest);
        add(f, ")");
        return;
    }
    if (rest.len != 3 && !memchr(rest.ptr, '.', rest.len)) {
        add_code_or_word(f, rest);
        return;
    }
    bool first = true, any = false;
    while (casus_slice_cut(&rest, '.', &part)) {
        const bool country = first;
        first = false;
        if (!part.len) continue;
        add(f, any ? " AND " : "");
        any = true;
        if (country) {
            add(f, "country = ");
            add_text(f, "", part, "");
        } else {
            add(f, "'.' || sectors || '.' LIKE ");
            add_text(f, "%.", part, ".%");
        }
    }
}

static void add_side(finding *f, const char *who, const char *role) {
    add(f, " AND (r.doc, r.n) IN (SELECT doc, record FROM sides WHERE ");
    add_who(f, who);
    if (!role) {
        add(f, ")");
        return;
    }
    casus_base_buffer_format(&f->sql, " AND role = '%s')", role);
}

/* An actor, or the recipient: of what both do to each other both are actors. */
static void add_recipient(finding *f, const char *whom) {
    add(f, " AND (r.doc, r.n) IN (SELECT x.doc, x.record FROM sides x JOIN records q ON q.doc ="
           " x.doc AND q.n = x.record WHERE (x.role = 'recipient' OR (x.role = 'actor' AND"
           " q.reciprocal = 1)) AND (x.doc, x.record, x.role, x.n) IN (SELECT doc, record, role, n"
           " FROM sides WHERE ");
    add_who(f, whom);
    add(f, "))");
}

/* " AND column IN ($1, $2)" of words parted by commas. */
static void add_list(finding *f, const char *column, const char *list) {
    casus_slice rest = casus_slice_z(list), word;
    casus_base_buffer_format(&f->sql, " AND %s IN (", column);
    for (bool first = true; casus_slice_cut(&rest, ',', &word); first = false) {
        if (!first) add(f, ", ");
        add_text(f, "", casus_slice_trim(word), "");
    }
    add(f, ")");
}

static void add_day(finding *f, const char *sql, const char *day) {
    int32_t number;
    if (!casus_base_day_parse(casus_slice_z(day), &number)) {
        f->status = casus_base_fail(f->err, CASUS_E_ARGUMENT,
                                    "'%.32s' is no date of the form YYYY-MM-DD", day);
        return;
    }
    add(f, sql);
    add_value(f, casus_value_text(day, 10));
}

static void add_words(finding *f, const char *text) {
    const bool postgres = f->s->driver == &store_postgres;
    casus_buffer b;
    casus_base_buffer_init(&b, &f->s->memory);
    const casus_status status = store_words_query(&b, text, postgres, f->err);
    if (status) f->status = status;
    if (!status) {
        add(f, postgres ? " AND EXISTS (SELECT 1 FROM sentences w WHERE w.doc = r.doc AND w.n ="
                          " r.sentence AND w.words @@ CAST("
                        : " AND (r.doc, r.sentence) IN (SELECT rowid >> 24, rowid & 16777215 FROM"
                          " words WHERE words MATCH ");
        add_text(f, "", casus_slice_of(b.ptr, b.len), "");
        add(f, postgres ? " AS tsquery))" : ")");
    }
    casus_base_buffer_free(&b);
}

static void add_conditions(finding *f, const casus_query *q) {
    if (q->doc) {
        add(f, " AND d.id = ");
        add_value(f, casus_value_z(q->doc));
    }
    if (q->id) { /* the document's id, '#', the number */
        const char *mark = strrchr(q->id, '#');
        int64_t n = 0;
        for (const char *c = mark ? mark + 1 : ""; *c >= '0' && *c <= '9' && n < INT32_MAX / 10;
             c++)
            n = n * 10 + (*c - '0');
        add(f, " AND d.id = ");
        add_value(f, casus_value_text(q->id, mark ? (size_t)(mark - q->id) : strlen(q->id)));
        add(f, " AND r.n = ");
        add_value(f, casus_value_int(n));
    }
    if (q->who) add_side(f, q->who, "actor");
    if (q->whom) add_recipient(f, q->whom);
    if (q->side) add_side(f, q->side, NULL);
    if (q->by) {
        add(f, " AND (r.doc, r.n) IN (SELECT doc, record FROM sources WHERE ");
        add_who(f, q->by);
        add(f, ")");
    }
    if (q->type) add_list(f, "r.type", q->type);
    if (q->mode) add_list(f, "r.mode", q->mode);
    if (q->status) add_list(f, "r.status", q->status);
    if (q->place) {
        const casus_slice place = casus_slice_z(q->place);
        add(f, " AND (r.doc, r.n) IN (SELECT doc, record FROM places WHERE ");
        if (place.len == 3 && is_code(place)) {
            add(f, "country = ");
            add_value(f, casus_value_z(q->place));
        } else {
            add_like(f, "COALESCE(name, '') || ' | ' || COALESCE(text, '')", place);
        }
        add(f, ")");
    }
    if (q->since) add_day(f, " AND COALESCE(r.date_to, r.day) >= ", q->since);
    if (q->until) add_day(f, " AND r.day <= ", q->until);
    if (q->text) add_words(f, q->text);
}

casus_status casus_store_find(casus_cursor **out, casus_store *s, const casus_query *query,
                              casus_error *err) {
    static const casus_query everything = CASUS_QUERY_INIT;
    const casus_query *q = query ? query : &everything;
    finding *f = casus_base_alloc(&s->memory, sizeof *f);
    casus_cursor *c = casus_base_alloc(&s->memory, sizeof *c);
    if (!f || !c) {
        casus_base_release(&s->memory, f);
        casus_base_release(&s->memory, c);
        return casus_base_no_memory(err);
    }
    memset(f, 0, sizeof *f);
    f->s = s;
    f->err = err;
    casus_base_buffer_init(&f->sql, &s->memory);
    add(f, "SELECT j.json, r.doc, r.n, d.id, d.published, d.url, d.title, d.author, d.site,"
           " d.language FROM records r JOIN documents d ON d.doc = r.doc JOIN record_json j ON"
           " j.doc = r.doc AND j.n = r.n WHERE 1 = 1");
    add_conditions(f, q);
    add(f, q->by_date ? " ORDER BY COALESCE(r.day, ''), r.doc, r.n" : " ORDER BY r.doc, r.n");
    if (q->limit) {
        add(f, " LIMIT ");
        add_value(f, casus_value_int((int64_t)q->limit));
    }
    casus_base_buffer_add(&f->sql, "", 1);
    if (f->sql.failed && !f->status) f->status = casus_base_no_memory(err);
    *c = (casus_cursor){s, NULL};
    if (!f->status) f->status = casus_store_select(&c->rows, s, f->sql.ptr, f->v, f->n, err);
    const casus_status status = f->status;
    for (size_t i = 0; i < FIND_VALUES_MOST; i++)
        if (f->texts[i].memory.resize) casus_base_buffer_free(&f->texts[i]);
    casus_base_buffer_free(&f->sql);
    casus_base_release(&s->memory, f);
    if (status) {
        casus_base_release(&s->memory, c);
        return status;
    }
    *out = c;
    return CASUS_OK;
}

int casus_cursor_next(casus_cursor *c, casus_found *out, casus_error *err) {
    const int more = casus_rows_next(c->rows, err);
    if (more <= 0) return more;
    out->json = casus_rows_text(c->rows, 0);
    out->doc = casus_rows_int(c->rows, 1);
    out->n = (uint32_t)casus_rows_int(c->rows, 2);
    out->document = casus_rows_text(c->rows, 3);
    out->published = casus_rows_text(c->rows, 4);
    out->url = casus_rows_text(c->rows, 5);
    out->title = casus_rows_text(c->rows, 6);
    out->author = casus_rows_text(c->rows, 7);
    out->site = casus_rows_text(c->rows, 8);
    out->language = casus_rows_text(c->rows, 9);
    return 1;
}

void casus_cursor_free(casus_cursor *c) {
    if (!c) return;
    const casus_memory m = c->store->memory;
    casus_rows_free(c->rows);
    casus_base_release(&m, c);
}

/* ---- documents ------------------------------------------------------------------------------- */

#define FIND_DOCUMENT                                                                             \
    "SELECT d.doc, d.revision, d.tokens, d.sentences, d.records, k.fingerprint, d.id,"            \
    " d.published, d.published_from, d.url, d.title, d.author, d.site, d.language, d.dateline,"   \
    " t.text FROM documents d JOIN texts t ON t.doc = d.doc JOIN codings c ON c.doc = d.doc JOIN" \
    " coders k ON k.coder = c.coder WHERE "

/* Copies the row's strings, which go with the rows. */
static casus_status copy_document(casus_store *s, const casus_rows *rows, casus_stored *out,
                                  casus_error *err) {
    casus_item *item = &out->item;
    const char **const fields[] = {&out->fingerprint, &item->id,   &item->date,
                                   &item->date_from,  &item->url,  &item->title,
                                   &item->author,     &item->site, &item->language,
                                   &item->dateline,   &item->text};
    for (int i = 0; i < 11; i++) {
        const casus_string from = casus_rows_text(rows, 5 + i);
        if (!from.ptr) continue;
        const casus_slice copy =
            casus_base_arena_copy(s->document, casus_slice_of(from.ptr, from.len));
        if (!copy.ptr) return casus_base_no_memory(err);
        *fields[i] = copy.ptr;
        item->text_len = from.len; /* the text comes last */
    }
    if (!item->text) item->text = "";
    out->doc = casus_rows_int(rows, 0);
    out->revision = casus_rows_int(rows, 1);
    out->tokens = (uint64_t)casus_rows_int(rows, 2);
    out->sentences = (uint64_t)casus_rows_int(rows, 3);
    out->records = (uint64_t)casus_rows_int(rows, 4);
    return CASUS_OK;
}

/* A span of the text, empty when the store says what cannot be. */
static casus_span span_of(const casus_rows *rows, int column, size_t text_len) {
    const int64_t begin = casus_rows_int(rows, column), end = casus_rows_int(rows, column + 1);
    if (begin < 0 || end < begin || (uint64_t)end > text_len) return (casus_span){0, 0};
    return (casus_span){(uint32_t)begin, (uint32_t)end};
}

/* The reader's marks of the document, which the coder needs again. */
static casus_status read_marks(casus_store *s, casus_stored *out, casus_error *err) {
    casus_rows *rows;
    const casus_value v = casus_value_int(out->doc);
    casus_status status =
        store_look(&rows, s,
                   "SELECT kind, span_begin, span_end FROM marks WHERE doc = $1 ORDER BY n", &v, 1,
                   err);
    if (status) return status;
    casus_mark *marks = NULL;
    size_t n = 0, cap = 0;
    int more;
    while (!status && (more = casus_rows_next(rows, err)) > 0) {
        const casus_string name = casus_rows_text(rows, 0);
        int kind = 0;
        while (kind <= CASUS_MARK_CORRECTION &&
               strcmp(casus_mark_name((casus_mark_kind)kind), name.ptr ? name.ptr : "") != 0)
            kind++;
        if (kind > CASUS_MARK_CORRECTION) continue; /* of a later version */
        casus_mark *grown =
            casus_base_arena_grow(s->document, marks, n, n + 1, &cap, sizeof *marks);
        if (!grown) {
            status = casus_base_no_memory(err);
            break;
        }
        marks = grown;
        marks[n++] = (casus_mark){span_of(rows, 1, out->item.text_len), (casus_mark_kind)kind};
    }
    casus_rows_free(rows);
    out->item.marks = marks;
    out->item.n_marks = n;
    return status ? status : more < 0 ? (casus_status)more : CASUS_OK;
}

/* What the reader noted, which nobody finds again in the text as kept. */
static casus_status read_notes(casus_store *s, casus_stored *out, casus_error *err) {
    casus_rows *rows;
    const casus_value v = casus_value_int(out->doc);
    casus_status status = store_look(&rows, s,
                                     "SELECT reason, span_begin, span_end FROM diagnostics WHERE"
                                     " doc = $1 AND stage = 'read' ORDER BY n",
                                     &v, 1, err);
    if (status) return status;
    casus_note *notes = NULL;
    size_t n = 0, cap = 0;
    int more;
    while (!status && (more = casus_rows_next(rows, err)) > 0) {
        const casus_string reason = casus_rows_text(rows, 0);
        const casus_slice copy =
            casus_base_arena_copy(s->document,
                                  casus_slice_of(reason.ptr ? reason.ptr : "", reason.len));
        casus_note *grown =
            casus_base_arena_grow(s->document, notes, n, n + 1, &cap, sizeof *notes);
        if (!copy.ptr || !grown) {
            status = casus_base_no_memory(err);
            break;
        }
        notes = grown;
        notes[n++] = (casus_note){copy.ptr, span_of(rows, 1, out->item.text_len)};
    }
    casus_rows_free(rows);
    out->item.notes = notes;
    out->item.n_notes = n;
    return status ? status : more < 0 ? (casus_status)more : CASUS_OK;
}

int casus_store_document(casus_store *s, const char *id, int64_t after, const char *fingerprint,
                         casus_stored *out, casus_error *err) {
    const casus_value v[2] = {id ? casus_value_z(id) : casus_value_int(after),
                              casus_value_z(fingerprint)};
    casus_rows *rows;
    const char *sql = id            ? FIND_DOCUMENT "d.id = $1"
                      : fingerprint ? FIND_DOCUMENT
                          "d.doc > $1 AND k.fingerprint <> $2 ORDER BY d.doc LIMIT 1"
                                    : FIND_DOCUMENT "d.doc > $1 ORDER BY d.doc LIMIT 1";
    memset(out, 0, sizeof *out);
    if (s->document)
        casus_base_arena_reset(s->document);
    else if (!(s->document = casus_base_arena_new(&s->memory)))
        return casus_base_no_memory(err);
    casus_status status = store_look(&rows, s, sql, v, !id && fingerprint ? 2 : 1, err);
    if (status) return status;
    int more = casus_rows_next(rows, err);
    if (more > 0) status = copy_document(s, rows, out, err);
    casus_rows_free(rows);
    if (more > 0 && !status) status = read_marks(s, out, err);
    if (more > 0 && !status) status = read_notes(s, out, err);
    return status ? (int)status : more;
}

casus_status casus_store_count(casus_store *s, casus_store_totals *out, casus_error *err) {
    uint64_t *const to[] = {&out->documents, &out->sentences, &out->records,    &out->sources,
                            &out->counts,    &out->places,    &out->diagnostics};
    static const char *const sql[] = {"SELECT COUNT(*) FROM documents",
                                      "SELECT CAST(SUM(sentences) AS BIGINT) FROM documents",
                                      "SELECT CAST(SUM(records) AS BIGINT) FROM documents",
                                      "SELECT COUNT(*) FROM sources",
                                      "SELECT COUNT(*) FROM counts",
                                      "SELECT COUNT(*) FROM places",
                                      "SELECT COUNT(*) FROM diagnostics"};
    casus_status status = CASUS_OK;
    for (size_t i = 0; i < sizeof sql / sizeof *sql && !status; i++) {
        int64_t n = 0;
        status = store_number(&n, s, sql[i], NULL, 0, 0, err);
        *to[i] = (uint64_t)n;
    }
    out->schema = s->schema;
    out->backend = s->driver->name;
    return status;
}

casus_status casus_store_revision(casus_store *s, int64_t *revision, casus_error *err) {
    *revision = 0;
    return store_number(revision, s, "SELECT COALESCE(MAX(revision), 0) FROM documents", NULL, 0, 0,
                        err);
}
