/* weave.c - the handle: takes documents with their records and runs the steps: copies, incidents.
 * Memory grows with the records added and is freed with the handle. */
#include "weave/weave_int.h"
#include <stdio.h>

static const char type_names[CASUS_WEAVE_TYPES][12] = {
    "AGREE",  "CONSULT", "SUPPORT",  "CONCEDE", "COOPERATE", "AID",      "RETREAT", "REQUEST",
    "ACCUSE", "REJECT",  "THREATEN", "PROTEST", "SANCTION",  "MOBILIZE", "COERCE",  "ASSAULT"};
const char *casus_weave_type(uint32_t i) {
    return type_names[i];
}

casus_status casus_weave_open(casus_weave **out, const casus_pack *pack, const casus_memory *memory,
                              casus_error *err) {
    casus_weave *w = casus_base_alloc(memory, sizeof *w);
    if (!w) return casus_base_no_memory(err);
    memset(w, 0, sizeof *w);
    w->memory = *memory;
    weave_links_init(&w->texts, memory, WEAVE_BUCKET_MOST);
    weave_links_init(&w->acts, memory, WEAVE_BUCKET_MOST);
    w->arena = casus_base_arena_new(memory);
    w->scratch = casus_base_arena_new(memory);
    w->made = casus_base_arena_new(memory);
    casus_status s = w->arena && w->scratch && w->made ? weave_tables_open(&w->tables, pack, err)
                                                       : casus_base_no_memory(err);
    if (s) {
        casus_weave_free(w);
        return s;
    }
    *out = w;
    return CASUS_OK;
}

void casus_weave_free(casus_weave *w) {
    if (!w) return;
    const casus_memory m = w->memory;
    weave_links_free(&w->texts);
    weave_links_free(&w->acts);
    casus_base_arena_free(w->arena);
    casus_base_arena_free(w->scratch);
    casus_base_arena_free(w->made);
    casus_base_release(&m, w->docs);
    casus_base_release(&m, w->records);
    casus_base_release(&m, w->by_id);
    casus_base_release(&m, w->incident_of);
    casus_base_release(&m, w->joined_by);
    casus_base_release(&m, w->cluster);
    casus_base_release(&m, w);
}

const casus_memory *casus_weave_memory(const casus_weave *w) {
    return &w->memory;
}

/* ---- order and look-up ---------------------------------------------------------------------- */

const casus_event *weave_event(const casus_weave *w, uint32_t record) {
    const weave_record *r = &w->records[record];
    return &w->docs[r->doc].doc.events[r->n];
}

static int day_cmp(int32_t a, int32_t b) {
    if (a == b) return 0;
    if (a == CASUS_NO_DAY || b == CASUS_NO_DAY) return a == CASUS_NO_DAY ? 1 : -1;
    return a < b ? -1 : 1;
}
int weave_doc_cmp(const casus_weave *w, uint32_t a, uint32_t b) {
    if (a == b) return 0;
    const int c = day_cmp(w->docs[a].day, w->docs[b].day);
    return c ? c : strcmp(w->docs[a].doc.id, w->docs[b].doc.id);
}
int weave_record_cmp(const casus_weave *w, uint32_t a, uint32_t b) {
    const weave_record *x = &w->records[a], *y = &w->records[b];
    if (a == b) return 0;
    const int c = day_cmp(x->mark.from, y->mark.from);
    if (c) return c;
    if (x->doc != y->doc) return strcmp(w->docs[x->doc].doc.id, w->docs[y->doc].doc.id);
    return x->n < y->n ? -1 : 1;
}

static uint32_t *find_doc(uint32_t *by_id, uint32_t size, const weave_doc *docs, uint64_t hash,
                          const char *id) {
    uint32_t i = (uint32_t)hash & (size - 1);
    while (by_id[i] != CASUS_NONE &&
           (docs[by_id[i]].hash != hash || strcmp(docs[by_id[i]].doc.id, id) != 0))
        i = (i + 1) & (size - 1);
    return &by_id[i];
}

static casus_status room_for_doc(casus_weave *w, casus_error *err) {
    if (w->n_docs == w->cap_docs) {
        const uint32_t cap = w->cap_docs ? w->cap_docs * 2 : 64;
        weave_doc *docs = casus_base_resize(&w->memory, w->docs, cap * sizeof *docs);
        if (!docs) return casus_base_no_memory(err);
        w->docs = docs;
        w->cap_docs = cap;
    }
    if ((w->n_docs + 1) * 2 <= w->size_by_id) return CASUS_OK;
    const uint32_t size = w->size_by_id ? w->size_by_id * 2 : 128;
    uint32_t *by_id = casus_base_alloc(&w->memory, size * sizeof *by_id);
    if (!by_id) return casus_base_no_memory(err);
    for (uint32_t i = 0; i < size; i++) by_id[i] = CASUS_NONE;
    for (uint32_t i = 0; i < w->n_docs; i++)
        *find_doc(by_id, size, w->docs, w->docs[i].hash, w->docs[i].doc.id) = i;
    casus_base_release(&w->memory, w->by_id);
    w->by_id = by_id;
    w->size_by_id = size;
    return CASUS_OK;
}

static casus_status room_for_records(casus_weave *w, size_t n, casus_error *err) {
    uint32_t cap = w->cap_records ? w->cap_records : 64;
    if (w->n_records + n >= CASUS_NONE / 2)
        return casus_base_fail(err, CASUS_E_LIMIT, "more than %u records", CASUS_NONE / 2);
    if (w->n_records + n <= w->cap_records) return CASUS_OK;
    while (cap < w->n_records + n) cap *= 2;
    weave_record *records = casus_base_resize(&w->memory, w->records, cap * sizeof *records);
    if (!records) return casus_base_no_memory(err);
    w->records = records;
    uint32_t **const arrays[] = {&w->incident_of, &w->joined_by, &w->cluster};
    for (size_t i = 0; i < 3; i++) {
        uint32_t *v = casus_base_resize(&w->memory, *arrays[i], cap * sizeof *v);
        if (!v) return casus_base_no_memory(err);
        *arrays[i] = v;
    }
    w->cap_records = cap;
    return CASUS_OK;
}

/* ---- adding --------------------------------------------------------------------------------- */

static casus_status add_record(casus_weave *w, uint32_t doc, uint32_t n, const casus_event *e,
                               casus_error *err) {
    uint64_t keys[512];
    const uint32_t at = w->n_records;
    weave_record *r = &w->records[at];
    memset(r, 0, sizeof *r);
    r->doc = doc;
    r->n = n;
    r->stands_for = at;
    casus_status s =
        weave_mark_event(&r->mark, &w->tables, e, w->docs[doc].day, w->arena, w->scratch, err);
    if (s) return s;
    bool failed = false;
    /* in copies the words are the same; which words of the sentence tell of the act, too */
    const uint64_t parts[3] = {r->mark.type, weave_fold_hash(w->scratch, e->evidence_text, &failed),
                               (uint64_t)(e->trigger.begin - e->evidence.begin)};
    if (failed) return casus_base_no_memory(err);
    r->copy = casus_base_hash64(parts, sizeof parts, 29);
    w->cluster[at] = w->joined_by[at] = at;
    const uint32_t n_keys = weave_keys(&r->mark, 0, keys, 512);
    s = weave_links_add(&w->acts, keys, n_keys, err);
    if (!s) w->n_records++;
    return s;
}

casus_status casus_weave_add(casus_weave *w, const casus_weave_doc *doc, casus_error *err) {
    weave_doc d = {.doc = {0}, .day = CASUS_NO_DAY, .first = w->n_records, .lead = w->n_docs};
    bool failed = false;
    if (!doc->id || !*doc->id)
        return casus_base_fail(err, CASUS_E_ARGUMENT, "a document needs an id");
    if (doc->date && *doc->date && !casus_base_day_parse(casus_slice_z(doc->date), &d.day))
        return casus_base_fail(err, CASUS_E_ARGUMENT, "'%.32s' is no date of the form YYYY-MM-DD",
                               doc->date);
    casus_status s = room_for_doc(w, err);
    if (!s) s = room_for_records(w, doc->n_events, err);
    if (s) return s;
    d.hash = casus_base_hash64(doc->id, strlen(doc->id), 31);
    uint32_t *place = find_doc(w->by_id, w->size_by_id, w->docs, d.hash, doc->id);
    if (*place != CASUS_NONE)
        return casus_base_fail(err, CASUS_E_FORMAT, "document '%.128s' is there already", doc->id);
    d.doc.id = weave_string(w->arena, doc->id, strlen(doc->id), &failed).ptr;
    if (d.day != CASUS_NO_DAY) d.doc.date = weave_string(w->arena, doc->date, 10, &failed).ptr;
    if (doc->outlet && *doc->outlet)
        d.doc.outlet = weave_string(w->arena, doc->outlet, strlen(doc->outlet), &failed).ptr;
    casus_event *events = casus_base_arena_zero(w->arena, doc->n_events + 1, sizeof *events);
    if (failed || !events) return casus_base_no_memory(err);
    d.doc.events = events;
    d.doc.n_events = doc->n_events;
    for (size_t i = 0; !s && i < doc->n_events; i++)
        s = weave_keep(&events[i], &doc->events[i], w->arena, err);
    d.doc.text = doc->text;
    d.doc.text_len = doc->text_len;
    if (!s) s = weave_signature(w, &d, err);
    d.doc.text = NULL; /* its signature is enough */
    d.doc.text_len = 0;
    if (s) return s;
    uint64_t bands[WEAVE_BANDS];
    const uint32_t n_bands = d.signature ? weave_bands(d.signature, bands) : 0;
    s = weave_links_add(&w->texts, bands, n_bands, err);
    if (s) return s;
    w->docs[w->n_docs] = d;
    *place = w->n_docs++;
    for (uint32_t i = 0; !s && i < doc->n_events; i++)
        s = add_record(w, w->n_docs - 1, i, &events[i], err);
    return s;
}

casus_status casus_weave_run(casus_weave *w, casus_weave_stats *stats, casus_error *err) {
    casus_weave_stats own = {0};
    if (!stats) stats = &own;
    memset(stats, 0, sizeof *stats);
    casus_base_arena_reset(w->made);
    w->n_stories = w->n_incidents = 0;
    stats->fresh = w->n_records - w->woven;
    casus_status s = weave_stories(w, err);
    if (!s) s = weave_incidents(w, stats, err);
    casus_base_arena_reset(w->scratch);
    if (s) return s;
    w->woven = w->n_records;
    stats->documents = w->n_docs;
    stats->records = w->n_records;
    stats->stories = w->n_stories;
    stats->incidents = w->n_incidents;
    return CASUS_OK;
}

/* ---- what was found ------------------------------------------------------------------------- */

const casus_story *casus_weave_stories(const casus_weave *w, size_t *n) {
    *n = w->n_stories;
    return w->stories;
}
const casus_incident *casus_weave_incidents(const casus_weave *w, size_t *n) {
    *n = w->n_incidents;
    return w->incidents;
}
const casus_event *casus_weave_event(const casus_weave *w, uint32_t record) {
    return record < w->n_records ? weave_event(w, record) : NULL;
}
const casus_weave_doc *casus_weave_document(const casus_weave *w, uint32_t doc) {
    return doc < w->n_docs ? &w->docs[doc].doc : NULL;
}
uint32_t casus_weave_doc_of(const casus_weave *w, uint32_t record) {
    return record < w->n_records ? w->records[record].doc : CASUS_NONE;
}
uint32_t casus_weave_stands_for(const casus_weave *w, uint32_t record) {
    return w->records[record].stands_for;
}

double casus_weave_why(const casus_weave *w, uint32_t a, uint32_t b, char *why, size_t size) {
    double f[WEAVE_N_FEATURES];
    if (why && size) *why = 0;
    if (a >= w->n_records || b >= w->n_records) return 0;
    const bool first = weave_record_cmp(w, a, b) <= 0;
    const weave_mark *x = &w->records[first ? a : b].mark, *y = &w->records[first ? b : a].mark;
    const double score = weave_score(&w->tables, x, y, weave_relation(w, a, b), f);
    static const char *const relations[] = {"apart", "document", "document", "sentence"};
    const int relation = weave_relation(w, a, b);
    size_t at = 0;
    if (why && size > 40) at = (size_t)snprintf(why, size, "%s", relations[relation & 3]);
    for (uint32_t i = 1; why && i < WEAVE_N_FEATURES; i++) {
        if (f[i] < 1e-9 || at + 40 > size) continue;
        const int k = snprintf(why + at, size - at, " %s %.2f", weave_feature_name(i), f[i]);
        at += k > 0 ? (size_t)k : 0;
    }
    return score;
}

size_t casus_weave_links(const casus_weave *w) {
    return w->acts.n_edges;
}
void casus_weave_link(const casus_weave *w, size_t i, uint32_t *a, uint32_t *b, double *score) {
    const weave_edge e = w->acts.edges[i];
    const bool first = weave_record_cmp(w, e.a, e.b) <= 0;
    *a = first ? e.a : e.b;
    *b = first ? e.b : e.a;
    *score = e.score;
}

bool casus_weave_days(const casus_weave *w, uint32_t record, int32_t *from, int32_t *to,
                      bool *told) {
    const weave_mark *m = &w->records[record].mark;
    *from = m->from;
    *to = m->to;
    *told = m->told;
    return m->from != CASUS_NO_DAY;
}
int32_t casus_weave_last_day(const casus_weave *w) {
    int32_t last = CASUS_NO_DAY;
    for (uint32_t i = 0; i < w->n_docs; i++)
        if (w->docs[i].day > last) last = w->docs[i].day;
    return last;
}
