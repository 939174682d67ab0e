/* keep.c - a coded document into a store: gathers what the store room writes from the layers. */
#include "api/api.h"
#include "store/store.h"
#include <stdio.h>

/* What makes two readings of a document the same: all that was given, and the day it is read
 * against. `day` is that day, CASUS_NO_DAY: none. */
static void hash_of(char out[33], const casus_item *item, int32_t day) {
    char content[33], date[16] = "", marks[33] = "";
    const casus_string text = {item->text, item->text_len};
    casus_store_hash(content, &text, 1);
    snprintf(date, sizeof date, "%d", (int)day);
    const casus_string raw = {(const char *)item->marks, item->n_marks * sizeof *item->marks};
    if (item->n_marks) casus_store_hash(marks, &raw, 1);
    const char *const given[] = {item->hash ? item->hash : content,
                                 date,
                                 marks,
                                 item->title,
                                 item->url,
                                 item->author,
                                 item->site,
                                 item->language};
    casus_string parts[8];
    for (int i = 0; i < 8; i++)
        parts[i] = (casus_string){given[i], given[i] ? strlen(given[i]) : 0};
    casus_store_hash(out, parts, 8);
}

int casus_store_has(casus_store *store, const casus_item *item, const casus_options *options,
                    casus_error *err) {
    char hash[33];
    int32_t day = CASUS_NO_DAY;
    const char *date = casus_api_date(item, options);
    if (date && !casus_base_day_parse(casus_slice_z(date), &day)) day = CASUS_NO_DAY;
    hash_of(hash, item, day);
    return casus_store_holds(store, item->id, hash, err);
}

static int collect(void *payload, const char *bytes, size_t len) {
    casus_buffer *b = payload;
    casus_base_buffer_add(b, bytes, len);
    return b->failed;
}

/* The records as they are printed, a string each, in the document's arena. */
static casus_status print_records(const casus_doc *doc, casus_arena *arena, casus_string **out,
                                  size_t *n, casus_error *err) {
    casus_buffer b;
    casus_base_buffer_init(&b, &doc->memory);
    *n = doc->layers.events ? doc->layers.events->n : 0;
    *out = casus_base_arena_zero(arena, *n + 1, sizeof **out);
    casus_status status = *out ? CASUS_OK : casus_base_no_memory(err);
    if (!status) status = casus_write_events(&doc->layers, "jsonl", false, collect, &b, err);
    const casus_slice all =
        status ? casus_slice_of(NULL, 0)
               : casus_base_arena_copy(arena, casus_slice_of(b.ptr ? b.ptr : "", b.len));
    if (!status && !all.ptr) status = casus_base_no_memory(err);
    casus_base_buffer_free(&b);
    casus_slice rest = all, line;
    for (size_t i = 0; i < *n && !status && casus_slice_cut(&rest, '\n', &line); i++)
        (*out)[i] = (casus_string){line.ptr, line.len};
    return status;
}

/* The text for the store: zero bytes, which PostgreSQL cannot hold, are blanks there. */
static casus_status clean_text(casus_arena *arena, casus_slice text, casus_string *out,
                               bool *zeroes, casus_error *err) {
    *out = (casus_string){text.ptr, text.len};
    *zeroes = text.len && memchr(text.ptr, 0, text.len) != NULL;
    if (!*zeroes) return CASUS_OK;
    char *copy = casus_base_arena_get(arena, text.len);
    if (!copy) return casus_base_no_memory(err);
    for (uint32_t i = 0; i < text.len; i++) copy[i] = text.ptr[i] ? text.ptr[i] : ' ';
    out->ptr = copy;
    return CASUS_OK;
}

static casus_status gather(casus_stored_document *d, casus_arena *arena, const casus_doc *doc,
                           casus_error *err) {
    const casus_text *t = doc->layers.text;
    const casus_parse *p = doc->layers.parse;
    bool zeroes = false;
    casus_status status = clean_text(arena, t->text, &d->text, &zeroes, err);
    if (status) return status;
    casus_stored_sentence *sentences =
        casus_base_arena_zero(arena, p->n_sentences + 1, sizeof *sentences);
    casus_stored_note *notes = casus_base_arena_zero(arena, t->n_diagnostics + 1, sizeof *notes);
    if (!sentences || !notes) return casus_base_no_memory(err);
    for (uint32_t i = 0; i < p->n_sentences; i++) {
        const casus_sentence *x = &p->sentences[i];
        sentences[i] = (casus_stored_sentence){x->para + 1, p->tokens[x->first].begin,
                                               p->tokens[x->last - 1].end};
    }
    for (size_t i = 0; i < t->n_diagnostics; i++) {
        const casus_diagnostic *x = &t->diagnostics[i];
        notes[i] = (casus_stored_note){x->stage, x->reason, x->begin, x->end};
    }
    d->n_notes = t->n_diagnostics;
    if (zeroes)
        notes[d->n_notes++] =
            (casus_stored_note){"store", CASUS_SLICE("zero bytes are kept as blanks"), 0, 0};
    d->sentences = sentences;
    d->n_sentences = p->n_sentences;
    d->notes = notes;
    d->tokens = p->n_tokens;
    casus_string *json = NULL;
    status = print_records(doc, arena, &json, &d->n_events, err);
    d->json = json;
    d->events = d->n_events ? doc->layers.events->items : NULL;
    d->fingerprint = doc->fingerprint;
    d->model = doc->model;
    return status;
}

casus_status casus_store_put(casus_store *store, const casus_doc *doc, casus_error *err) {
    casus_stored_document d = {.item = doc->item};
    hash_of(d.hash, doc->item, doc->layers.text->day);
    d.id = (casus_string){doc->item->id, strlen(doc->item->id)};
    d.published = doc->layers.text->day == CASUS_NO_DAY ? NULL : doc->item->date;
    casus_arena *arena = casus_base_arena_new(&doc->memory);
    casus_status status = arena ? gather(&d, arena, doc, err) : casus_base_no_memory(err);
    if (!status) status = casus_store_put_document(store, &d, err);
    casus_base_arena_free(arena);
    return status;
}

/* Are these the very records that the store has of the document? 1, 0, or negative. */
static int same_records(casus_store *store, const casus_stored_document *d, const char *id,
                        casus_error *err) {
    casus_query q = CASUS_QUERY_INIT;
    q.doc = id;
    casus_cursor *cursor;
    casus_found found;
    const casus_status status = casus_store_find(&cursor, store, &q, err);
    if (status) return status;
    size_t i = 0;
    int more;
    bool same = true;
    while (same && (more = casus_cursor_next(cursor, &found, err)) > 0) {
        same = i < d->n_events && found.json.len == d->json[i].len &&
               memcmp(found.json.ptr, d->json[i].ptr, found.json.len) == 0;
        i++;
    }
    casus_cursor_free(cursor);
    return more < 0 ? more : same && i == d->n_events;
}

static casus_status hash_in_store(casus_store *store, int64_t number, char out[33],
                                  casus_error *err) {
    casus_rows *rows;
    const casus_value v = casus_value_int(number);
    const casus_status status =
        casus_store_select(&rows, store, "SELECT hash FROM documents WHERE doc = $1", &v, 1, err);
    if (status) return status;
    const int more = casus_rows_next(rows, err);
    if (more > 0) {
        const casus_string h = casus_rows_text(rows, 0);
        snprintf(out, 33, "%.*s", (int)h.len, h.ptr ? h.ptr : "");
    }
    casus_rows_free(rows);
    return more < 0 ? (casus_status)more : CASUS_OK;
}

int casus_store_recode(casus_store *store, int64_t number, const casus_doc *doc, casus_error *err) {
    casus_stored old;
    int result = casus_store_document(store, NULL, number - 1, NULL, &old, err);
    if (result < 0) return result;
    if (!result || old.doc != number)
        return casus_base_fail(err, CASUS_E_ARGUMENT, "the store has no document of this number");
    casus_stored_document d = {.item = &old.item,
                               .id = {old.item.id, strlen(old.item.id)},
                               .published = old.item.date};
    casus_arena *arena = casus_base_arena_new(&doc->memory);
    casus_status status = arena ? gather(&d, arena, doc, err) : casus_base_no_memory(err);
    if (!status) result = same_records(store, &d, d.id.ptr, err);
    if (!status && result < 0) status = (casus_status)result;
    if (!status && result == 1)
        status = casus_store_mark(store, number, d.fingerprint, d.model, err);
    if (!status && result == 0) status = hash_in_store(store, number, d.hash, err);
    if (!status && result == 0) status = casus_store_put_document(store, &d, err);
    casus_base_arena_free(arena);
    return status ? (int)status : result == 0;
}
