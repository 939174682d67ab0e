/* put.c - writing a document with all that belongs to it, in place of what had its id.
 *
 * O(rows of the document). Numbers of documents are given in the order of arrival, so that a store
 * does not depend on how many threads coded. */
#include "store/store_int.h"
#include <math.h>
#include <stdio.h>
#include <xxhash.h>

const store_table_form store_tables[STORE_TABLES] = {
    {"documents",
     "doc, id, published, published_from, url, title, author, site, language, dateline, hash, "
     "revision, tokens, sentences, "
     "records",
     15},
    {"texts", "doc, text", 2},
    {"codings", "doc, coder", 2},
    {"sentences", "doc, n, para, span_begin, span_end", 6},
    {"records",
     "doc, n, type, mode, cameo, intensity, status, reciprocal, date_from, date_to, date_grain, "
     "contexts, commitment, due_from, due_to, of_n, same_as_n, para, sentence, span_begin, "
     "span_end, trigger_begin, trigger_end, confidence, rule, day",
     26},
    {"record_json", "doc, n, json", 3},
    {"sides",
     "doc, record, role, n, country, sectors, name, person, office, text, span_begin, span_end",
     12},
    {"sources",
     "doc, record, n, stance, cue, channel, said, quote, country, sectors, name, person, office, "
     "text",
     14},
    {"counts", "doc, record, n, kind, least, most, about, counted, text", 9},
    {"places", "doc, record, text, name, country, lat, lon, gazetteer, span_begin, span_end", 10},
    {"marks", "doc, n, kind, span_begin, span_end", 5},
    {"diagnostics", "doc, n, stage, reason, span_begin, span_end", 6},
};

/* The document's rows, and those that weaving hung on them. */
static const char *const removals[] = {
    "DELETE FROM documents WHERE doc = $1",       "DELETE FROM texts WHERE doc = $1",
    "DELETE FROM codings WHERE doc = $1",         "DELETE FROM sentences WHERE doc = $1",
    "DELETE FROM records WHERE doc = $1",         "DELETE FROM record_json WHERE doc = $1",
    "DELETE FROM sides WHERE doc = $1",           "DELETE FROM sources WHERE doc = $1",
    "DELETE FROM counts WHERE doc = $1",          "DELETE FROM places WHERE doc = $1",
    "DELETE FROM marks WHERE doc = $1",           "DELETE FROM diagnostics WHERE doc = $1",
    "DELETE FROM story_documents WHERE doc = $1", "DELETE FROM incident_records WHERE doc = $1",
    "DELETE FROM promise_states WHERE doc = $1",  "DELETE FROM promises WHERE doc = $1"};

static void hex(char out[33], XXH128_hash_t h) {
    XXH128_canonical_t c;
    XXH128_canonicalFromHash(&c, h);
    for (int i = 0; i < 16; i++) {
        out[2 * i] = "0123456789abcdef"[c.digest[i] >> 4];
        out[2 * i + 1] = "0123456789abcdef"[c.digest[i] & 15];
    }
    out[32] = 0;
}

void casus_store_hash(char out[33], const casus_string *parts, size_t n) {
    /* each part with its length, so that parts do not run into each other; absent is not empty */
    XXH128_hash_t h = {0, 0};
    for (size_t i = 0; i < n; i++) {
        const XXH128_hash_t one =
            XXH3_128bits_withSeed(parts[i].ptr ? parts[i].ptr : "", parts[i].len,
                                  parts[i].ptr ? i + 1 : (uint64_t)(i + 1) << 32);
        const uint64_t both[4] = {h.low64, h.high64, one.low64, one.high64};
        h = XXH3_128bits(both, sizeof both);
    }
    hex(out, h);
}

/* Sends the rows kept back when the document of this id is among them. */
static casus_status send_if_kept(casus_store *s, casus_string id, casus_error *err) {
    const uint64_t h = XXH3_64bits(id.ptr, id.len);
    const size_t n = s->kept.len / sizeof h;
    for (size_t i = 0; i < n; i++) {
        uint64_t other;
        memcpy(&other, s->kept.ptr + i * sizeof h, sizeof h);
        if (other != h) continue;
        s->kept.len = 0;
        return s->driver->flush(s, err);
    }
    return CASUS_OK;
}

int casus_store_holds(casus_store *s, const char *id, const char *hash, casus_error *err) {
    casus_rows *rows;
    const casus_value v = casus_value_z(id);
    casus_status status = send_if_kept(s, (casus_string){id, strlen(id)}, err);
    if (!status)
        status = store_look(&rows, s, "SELECT hash FROM documents WHERE id = $1", &v, 1, err);
    if (status) return status;
    int found = casus_rows_next(rows, err);
    if (found > 0) {
        const casus_string h = casus_rows_text(rows, 0);
        found = h.len == strlen(hash) && memcmp(h.ptr, hash, h.len) == 0 ? CASUS_STORE_SAME
                                                                         : CASUS_STORE_OTHER;
    }
    casus_rows_free(rows);
    return found;
}

/* ---- one document ---------------------------------------------------------------------------- */

typedef struct putting {
    casus_store *s;
    const casus_stored_document *d;
    int64_t doc;
    casus_error *err;
    casus_value v[STORE_COLUMNS_MOST];
    int n;
} putting;

static void value(putting *p, casus_value v) {
    p->v[p->n++] = v;
}
static void integer(putting *p, int64_t i) {
    value(p, casus_value_int(i));
}
static void string(putting *p, casus_string t) {
    value(p, casus_value_string(t));
}
static void begin_row(putting *p, int64_t record) {
    p->n = 0;
    integer(p, p->doc);
    if (record) integer(p, record);
}
static casus_status end_row(putting *p, store_table table) {
    return p->s->driver->insert(p->s, table, p->v, p->err);
}

/* Sectors as in CSV, "GOV.MIL", in the store's scratch behind what is there: its offset. */
static size_t sectors(casus_store *s, const casus_party *a) {
    const size_t at = s->fields.len;
    for (size_t i = 0; i < a->n_sectors; i++) {
        if (i) casus_base_buffer_add(&s->fields, ".", 1);
        casus_base_buffer_add(&s->fields, a->sectors[i].ptr, a->sectors[i].len);
    }
    return at;
}
static void put_party(putting *p, const casus_party *a) {
    casus_buffer *b = &p->s->fields;
    const size_t at = sectors(p->s, a);
    string(p, a->code.ptr ? a->code : a->country);
    value(p, casus_value_text(b->len > at ? b->ptr + at : NULL, b->len - at));
    string(p, a->name);
    string(p, a->person);
    string(p, a->office);
    string(p, a->text);
}
static void put_span(putting *p, casus_span span) {
    const bool none = span.begin == span.end;
    value(p, none ? casus_value_z(NULL) : casus_value_int(span.begin));
    value(p, none ? casus_value_z(NULL) : casus_value_int(span.end));
}

static casus_status put_sides(putting *p, int64_t record, const char *role, const casus_party *a,
                              size_t n) {
    casus_status status = CASUS_OK;
    for (size_t i = 0; i < n && !status; i++) {
        p->s->fields.len = 0;
        begin_row(p, record);
        value(p, casus_value_z(role));
        integer(p, (int64_t)i + 1);
        put_party(p, &a[i]);
        put_span(p, a[i].span);
        status = end_row(p, STORE_SIDES);
    }
    return status;
}

static casus_status put_sources(putting *p, int64_t record, const casus_event *e) {
    static const char *const stances[] = {"asserts", "denies", "doubts"};
    casus_status status = CASUS_OK;
    for (size_t i = 0; i < e->n_sources && !status; i++) {
        const casus_source *x = &e->sources[i];
        p->s->fields.len = 0;
        begin_row(p, record);
        integer(p, (int64_t)i + 1);
        value(p, casus_value_z(stances[x->stance]));
        string(p, x->cue);
        string(p, x->channel);
        string(p, x->date);
        integer(p, x->quote != 0);
        put_party(p, &x->actor);
        status = end_row(p, STORE_SOURCES);
    }
    return status;
}

static casus_status put_counts(putting *p, int64_t record, const casus_event *e) {
    casus_status status = CASUS_OK;
    for (size_t i = 0; i < e->n_counts && !status; i++) {
        const casus_count *c = &e->counts[i];
        begin_row(p, record);
        integer(p, (int64_t)i + 1);
        string(p, c->kind);
        value(p, c->min >= 0 ? casus_value_int(c->min) : casus_value_z(NULL));
        value(p, c->max >= 0 ? casus_value_int(c->max) : casus_value_z(NULL));
        integer(p, c->about != 0);
        string(p, c->of);
        string(p, c->text);
        status = end_row(p, STORE_COUNTS);
    }
    return status;
}

static casus_status put_place(putting *p, int64_t record, const casus_location *at) {
    if (!at->text.ptr && !at->name.ptr) return CASUS_OK;
    begin_row(p, record);
    string(p, at->text);
    string(p, at->name);
    string(p, at->country);
    value(p, casus_value_real(at->lat));
    value(p, casus_value_real(at->lon));
    string(p, at->id);
    put_span(p, at->span);
    return end_row(p, STORE_PLACES);
}

/* The number behind the last '#' of a record's id. */
static casus_value number_of(casus_string id) {
    int64_t n = 0;
    size_t at = id.len;
    while (at > 0 && id.ptr[at - 1] != '#') at--;
    for (; at < id.len && id.ptr[at] >= '0' && id.ptr[at] <= '9' && n < INT32_MAX / 10; at++)
        n = n * 10 + (id.ptr[at] - '0');
    return n ? casus_value_int(n) : casus_value_z(NULL);
}

static void put_contexts(putting *p, const casus_event *e) {
    casus_buffer *b = &p->s->fields;
    b->len = 0;
    for (size_t i = 0; i < e->n_contexts; i++) {
        if (i) casus_base_buffer_add(b, " ", 1);
        casus_base_buffer_add(b, e->contexts[i].ptr, e->contexts[i].len);
    }
    value(p, casus_value_text(b->len ? b->ptr : NULL, b->len));
}

static casus_status put_record(putting *p, size_t i) {
    const casus_event *e = &p->d->events[i];
    const int64_t n = (int64_t)i + 1;
    begin_row(p, n);
    string(p, e->type);
    string(p, e->mode);
    string(p, e->cameo);
    value(p, casus_value_real(e->intensity));
    string(p, e->status);
    integer(p, e->reciprocal != 0);
    string(p, e->date.from);
    string(p, e->date.to);
    string(p, e->date.grain);
    put_contexts(p, e);
    string(p, e->commitment);
    string(p, e->due.from);
    string(p, e->due.to);
    value(p, number_of(e->of));
    value(p, number_of(e->same_as));
    integer(p, e->para);
    integer(p, e->sentence);
    integer(p, e->evidence.begin);
    integer(p, e->evidence.end);
    integer(p, e->trigger.begin);
    integer(p, e->trigger.end);
    value(p, casus_value_real(e->confidence));
    string(p, e->rule);
    value(p, e->date.from.ptr ? casus_value_string(e->date.from) : casus_value_z(p->d->published));
    casus_status status = end_row(p, STORE_RECORDS);
    begin_row(p, n);
    string(p, p->d->json[i]);
    if (!status) status = end_row(p, STORE_RECORD_JSON);
    if (!status) status = put_sides(p, n, "actor", e->actors, e->n_actors);
    if (!status) status = put_sides(p, n, "recipient", e->recipients, e->n_recipients);
    if (!status) status = put_sides(p, n, "mediator", e->mediators, e->n_mediators);
    if (!status) status = put_sources(p, n, e);
    if (!status) status = put_counts(p, n, e);
    return status ? status : put_place(p, n, &e->place);
}

static casus_status put_sentences(putting *p) {
    casus_status status = CASUS_OK;
    casus_buffer *b = &p->s->fields;
    for (size_t i = 0; i < p->d->n_sentences && !status; i++) {
        const casus_stored_sentence *x = &p->d->sentences[i];
        begin_row(p, (int64_t)i + 1);
        integer(p, x->para);
        integer(p, x->begin);
        integer(p, x->end);
        b->len = 0;
        status =
            store_words(b, casus_slice_of(p->d->text.ptr + x->begin, x->end - x->begin), p->err);
        value(p, casus_value_text(b->len ? b->ptr : "", b->len));
        if (!status) status = end_row(p, STORE_SENTENCES);
    }
    return status;
}

static casus_status put_marks(putting *p) {
    casus_status status = CASUS_OK;
    for (size_t i = 0; i < p->d->item->n_marks && !status; i++) {
        const casus_mark *x = &p->d->item->marks[i];
        begin_row(p, (int64_t)i + 1);
        value(p, casus_value_z(casus_mark_name(x->kind)));
        integer(p, x->span.begin);
        integer(p, x->span.end);
        status = end_row(p, STORE_MARKS);
    }
    return status;
}

static casus_status put_notes(putting *p) {
    casus_status status = CASUS_OK;
    for (size_t i = 0; i < p->d->n_notes && !status; i++) {
        const casus_stored_note *x = &p->d->notes[i];
        begin_row(p, (int64_t)i + 1);
        value(p, casus_value_z(x->stage));
        value(p, casus_value_text(x->reason.ptr ? x->reason.ptr : "", x->reason.len));
        integer(p, x->begin);
        integer(p, x->end);
        status = end_row(p, STORE_DIAGNOSTICS);
    }
    return status;
}

static casus_status put_head(putting *p, int64_t coder) {
    const casus_stored_document *d = p->d;
    begin_row(p, 0);
    string(p, d->id);
    value(p, casus_value_z(d->published));
    value(p, casus_value_z(d->item->date_from));
    value(p, casus_value_z(d->item->url));
    value(p, casus_value_z(d->item->title));
    value(p, casus_value_z(d->item->author));
    value(p, casus_value_z(d->item->site));
    value(p, casus_value_z(d->item->language));
    value(p, casus_value_z(d->item->dateline));
    value(p, casus_value_z(d->hash));
    integer(p, ++p->s->revision);
    integer(p, (int64_t)d->tokens);
    integer(p, (int64_t)d->n_sentences);
    integer(p, (int64_t)d->n_events);
    casus_status status = end_row(p, STORE_DOCUMENTS);
    begin_row(p, 0);
    value(p, casus_value_text(d->text.ptr ? d->text.ptr : "", d->text.len));
    if (!status) status = end_row(p, STORE_TEXTS);
    begin_row(p, 0);
    integer(p, coder);
    return status ? status : end_row(p, STORE_CODINGS);
}

/* The number of a coder, made when it is new. */
static casus_status coder_of(casus_store *s, const char *fingerprint, const char *model,
                             int64_t *out, casus_error *err) {
    const casus_value v[4] = {casus_value_z(fingerprint), casus_value_z(model),
                              casus_value_z(CASUS_VERSION), casus_value_int(0)};
    casus_status status =
        store_number(out, s, "SELECT coder FROM coders WHERE fingerprint = $1", v, 1, 0, err);
    if (status || *out) return status;
    status =
        store_number(out, s, "SELECT COALESCE(MAX(coder), 0) + 1 FROM coders", NULL, 0, 1, err);
    casus_value all[4] = {v[0], v[1], v[2], casus_value_int(*out)};
    if (!status)
        status = casus_store_run(s,
                                 "INSERT INTO coders (fingerprint, model, version, coder)"
                                 " VALUES ($1, $2, $3, $4)",
                                 all, 4, err);
    return status;
}

static casus_status remove_rows(casus_store *s, int64_t doc, casus_error *err) {
    const casus_value v = casus_value_int(doc);
    casus_status status = s->driver->forget(s, doc, err);
    for (size_t i = 0; i < sizeof removals / sizeof *removals && !status; i++)
        status = casus_store_run(s, removals[i], &v, 1, err);
    return status;
}

static casus_status start(casus_store *s, casus_error *err) {
    casus_status status = casus_store_begin(s, err);
    if (!status && s->docs < 0)
        status = store_number(&s->docs, s, "SELECT MAX(doc) FROM documents", NULL, 0, 0, err);
    if (!status && s->revision < 0)
        status =
            store_number(&s->revision, s, "SELECT MAX(revision) FROM documents", NULL, 0, 0, err);
    return status;
}

casus_status casus_store_put_document(casus_store *s, const casus_stored_document *d,
                                      casus_error *err) {
    int64_t old = 0, coder = 0;
    casus_status status = start(s, err);
    if (!status) status = coder_of(s, d->fingerprint, d->model, &coder, err);
    const casus_value id = casus_value_string(d->id);
    if (!status) status = send_if_kept(s, d->id, err);
    if (!status)
        status = store_number(&old, s, "SELECT doc FROM documents WHERE id = $1", &id, 1, 0, err);
    if (!status && old) status = remove_rows(s, old, err);
    if (status) return status;
    putting p = {.s = s, .d = d, .err = err, .doc = old ? old : ++s->docs};
    status = put_head(&p, coder);
    if (!status) status = put_sentences(&p);
    for (size_t i = 0; i < d->n_events && !status; i++) status = put_record(&p, i);
    if (!status) status = put_marks(&p);
    if (!status) status = put_notes(&p);
    const uint64_t h = XXH3_64bits(d->id.ptr, d->id.len);
    casus_base_buffer_add(&s->kept, &h, sizeof h);
    if (!status && (s->fields.failed || s->kept.failed)) status = casus_base_no_memory(err);
    return status;
}

casus_status casus_store_mark(casus_store *s, int64_t doc, const char *fingerprint,
                              const char *model, casus_error *err) {
    casus_value v[2] = {casus_value_int(0), casus_value_int(doc)};
    casus_status status = start(s, err);
    if (!status) status = coder_of(s, fingerprint, model, &v[0].integer, err);
    if (!status)
        status = casus_store_run(s, "UPDATE codings SET coder = $1 WHERE doc = $2", v, 2, err);
    return status;
}
