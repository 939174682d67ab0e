/* record.c - records as json.c prints them, read back (jansson). One arena for all; linear in their
 * bytes. Members that a record does not have are passed over; one of the wrong kind is an error. */
#include "write/write_int.h"
#include <math.h>

struct casus_record {
    casus_memory memory;
    casus_arena *arena;
    casus_event *events; /* [n] */
    size_t n, cap;
    bool no_memory;
    const char *wrong; /* the member of the wrong kind, or NULL */
};

static casus_string text(casus_record *r, const json_t *o, const char *key) {
    const json_t *v = json_object_get(o, key);
    if (!v || json_is_null(v)) return (casus_string){NULL, 0};
    if (!json_is_string(v)) {
        r->wrong = key;
        return (casus_string){NULL, 0};
    }
    const casus_slice s = casus_base_arena_copy(r->arena, casus_slice_of(json_string_value(v),
                                                                         json_string_length(v)));
    r->no_memory |= !s.ptr;
    return (casus_string){s.ptr, s.len};
}

static double number(casus_record *r, const json_t *o, const char *key, double absent) {
    const json_t *v = json_object_get(o, key);
    if (!v || json_is_null(v)) return absent;
    if (!json_is_number(v)) r->wrong = key;
    return json_number_value(v);
}
static int64_t whole(casus_record *r, const json_t *o, const char *key, int64_t absent) {
    const json_t *v = json_object_get(o, key);
    if (!v || json_is_null(v)) return absent;
    if (!json_is_integer(v)) r->wrong = key;
    return json_integer_value(v);
}
static uint32_t small(casus_record *r, const json_t *o, const char *key) {
    const int64_t n = whole(r, o, key, 0);
    if (n < 0 || n > UINT32_MAX) r->wrong = key;
    return (uint32_t)n;
}
static int yes(casus_record *r, const json_t *o, const char *key) {
    const json_t *v = json_object_get(o, key);
    if (v && !json_is_boolean(v) && !json_is_null(v)) r->wrong = key;
    return json_is_true(v);
}

static casus_span span(casus_record *r, const json_t *o, const char *key) {
    const json_t *v = json_object_get(o, key);
    casus_span s = {0, 0};
    if (!v || json_is_null(v)) return s;
    const json_int_t begin = json_integer_value(json_array_get(v, 0));
    const json_int_t end = json_integer_value(json_array_get(v, 1));
    if (json_array_size(v) != 2 || begin < 0 || end < begin || end > UINT32_MAX)
        r->wrong = key;
    else
        s = (casus_span){(uint32_t)begin, (uint32_t)end};
    return s;
}

/* An array of n zeroed elements for the list under `key`; NULL and n = 0 without one. */
static void *list(casus_record *r, const json_t *o, const char *key, size_t size, size_t *n,
                  const json_t **v) {
    *v = json_object_get(o, key);
    *n = 0;
    if (!*v || json_is_null(*v)) return NULL;
    if (!json_is_array(*v)) {
        r->wrong = key;
        return NULL;
    }
    *n = json_array_size(*v);
    void *array = *n ? casus_base_arena_zero(r->arena, *n, size) : NULL;
    if (*n && !array) r->no_memory = true, *n = 0;
    return array;
}

static const casus_string *strings(casus_record *r, const json_t *o, const char *key, size_t *n) {
    const json_t *v;
    casus_string *array = list(r, o, key, sizeof *array, n, &v);
    for (size_t i = 0; i < *n; i++) {
        const json_t *one = json_array_get(v, i);
        if (!json_is_string(one)) r->wrong = key;
        const casus_slice s =
            casus_base_arena_copy(r->arena,
                                  casus_slice_of(json_string_value(one), json_string_length(one)));
        r->no_memory |= !s.ptr;
        array[i] = (casus_string){s.ptr, s.len};
    }
    return array;
}

static casus_party party(casus_record *r, const json_t *o) {
    casus_party p = {.text = text(r, o, "text"),
                     .span = span(r, o, "span"),
                     .country = text(r, o, "country"),
                     .code = text(r, o, "code"),
                     .name = text(r, o, "name"),
                     .person = text(r, o, "person"),
                     .office = text(r, o, "office")};
    p.sectors = strings(r, o, "sectors", &p.n_sectors);
    return p;
}
static const casus_party *parties(casus_record *r, const json_t *o, const char *key, size_t *n) {
    const json_t *v;
    casus_party *array = list(r, o, key, sizeof *array, n, &v);
    for (size_t i = 0; i < *n; i++) array[i] = party(r, json_array_get(v, i));
    return array;
}

static casus_date date(casus_record *r, const json_t *o) {
    return (casus_date){.from = text(r, o, "from"),
                        .to = text(r, o, "to"),
                        .grain = text(r, o, "grain"),
                        .text = text(r, o, "text"),
                        .span = span(r, o, "span")};
}

static const casus_source *sources(casus_record *r, const json_t *o, size_t *n) {
    const json_t *v;
    casus_source *array = list(r, o, "sources", sizeof *array, n, &v);
    for (size_t i = 0; i < *n; i++) {
        const json_t *s = json_array_get(v, i);
        const char *stance = json_string_value(json_object_get(s, "stance"));
        array[i] = (casus_source){.actor = party(r, json_object_get(s, "actor")),
                                  .stance = !stance                         ? CASUS_ASSERTS
                                            : strcmp(stance, "denies") == 0 ? CASUS_DENIES
                                            : strcmp(stance, "doubts") == 0 ? CASUS_DOUBTS
                                                                            : CASUS_ASSERTS,
                                  .cue = text(r, s, "cue"),
                                  .span = span(r, s, "span"),
                                  .channel = text(r, s, "channel"),
                                  .date = text(r, s, "date"),
                                  .quote = yes(r, s, "quote")};
    }
    return array;
}

static const casus_count *counts(casus_record *r, const json_t *o, size_t *n) {
    const json_t *v;
    casus_count *array = list(r, o, "counts", sizeof *array, n, &v);
    for (size_t i = 0; i < *n; i++) {
        const json_t *c = json_array_get(v, i);
        array[i] = (casus_count){.kind = text(r, c, "kind"),
                                 .min = whole(r, c, "min", -1),
                                 .max = whole(r, c, "max", -1),
                                 .about = yes(r, c, "about"),
                                 .of = text(r, c, "of"),
                                 .text = text(r, c, "text"),
                                 .span = span(r, c, "span")};
    }
    return array;
}

static void fill(casus_record *r, const json_t *o, casus_event *e) {
    const json_t *place = json_object_get(o, "place"), *evidence = json_object_get(o, "evidence");
    const json_t *promise = json_object_get(o, "commitment");
    e->id = text(r, o, "id");
    e->doc = text(r, o, "doc");
    e->type = text(r, o, "type");
    e->mode = text(r, o, "mode");
    e->cameo = text(r, o, "cameo");
    e->intensity = number(r, o, "intensity", NAN);
    e->actors = parties(r, o, "actors", &e->n_actors);
    e->recipients = parties(r, o, "recipients", &e->n_recipients);
    e->mediators = parties(r, o, "mediators", &e->n_mediators);
    e->reciprocal = yes(r, o, "reciprocal");
    e->date = date(r, json_object_get(o, "date"));
    e->place = (casus_location){.text = text(r, place, "text"),
                                .name = text(r, place, "name"),
                                .country = text(r, place, "country"),
                                .id = text(r, place, "id"),
                                .span = span(r, place, "span"),
                                .lat = number(r, place, "lat", NAN),
                                .lon = number(r, place, "lon", NAN)};
    e->status = text(r, o, "status");
    e->sources = sources(r, o, &e->n_sources);
    e->counts = counts(r, o, &e->n_counts);
    e->contexts = strings(r, o, "contexts", &e->n_contexts);
    e->commitment = text(r, promise, "what");
    e->due = date(r, json_object_get(promise, "due"));
    e->of = text(r, o, "of");
    e->same_as = text(r, o, "same_as");
    e->para = small(r, evidence, "para");
    e->sentence = small(r, evidence, "sentence");
    e->evidence = span(r, evidence, "span");
    e->trigger = span(r, evidence, "trigger");
    e->evidence_text = text(r, evidence, "text");
    e->confidence = number(r, o, "confidence", 0);
    e->rule = text(r, o, "rule");
}

static casus_status read_one(casus_record *r, const json_t *o, casus_error *err) {
    if (!json_is_string(json_object_get(o, "id")) || !json_is_string(json_object_get(o, "type")) ||
        !json_is_string(json_object_get(o, "status")))
        return casus_base_fail(err, CASUS_E_FORMAT, "a record has an id, a type and a status");
    casus_event *events =
        casus_base_arena_grow(r->arena, r->events, r->n, r->n + 1, &r->cap, sizeof *events);
    if (!events) return casus_base_no_memory(err);
    r->events = events;
    memset(&events[r->n], 0, sizeof *events);
    fill(r, o, &events[r->n++]);
    if (r->no_memory) return casus_base_no_memory(err);
    if (r->wrong)
        return casus_base_fail(err, CASUS_E_FORMAT, "the record's \"%s\" is of the wrong kind",
                               r->wrong);
    return CASUS_OK;
}

static size_t blanks(const char *s, size_t len) {
    size_t n = 0;
    while (n < len && (s[n] == ' ' || s[n] == '\t' || s[n] == '\r' || s[n] == '\n')) n++;
    return n;
}

casus_status casus_write_record_read(casus_record **out, const char *json, size_t len,
                                     const casus_memory *memory, casus_error *err) {
    casus_record *r = casus_base_alloc(memory, sizeof *r);
    if (!r) return casus_base_no_memory(err);
    memset(r, 0, sizeof *r);
    r->memory = *memory;
    r->arena = casus_base_arena_new(memory);
    casus_status s = r->arena ? CASUS_OK : casus_base_no_memory(err);
    size_t at = blanks(json, len);
    do { /* one value behind the other, parted by lines */
        if (s) break;
        json_error_t why;
        json_t *o = json_loadb(json + at, len - at, JSON_DISABLE_EOF_CHECK, &why);
        const size_t read = why.position > 0 ? (size_t)why.position : 0;
        if (!o)
            s = casus_base_fail_at(err, CASUS_E_FORMAT, NULL, 0, at + read, "no record: %.200s",
                                   why.text);
        else if ((s = read_one(r, o, err)) == CASUS_E_FORMAT && err)
            err->byte = at;
        json_decref(o);
        at += read;
        at += blanks(json + at, len - at);
    } while (at < len);
    if (s) {
        casus_write_record_free(r);
        return s;
    }
    *out = r;
    return CASUS_OK;
}

const casus_event *casus_write_record_events(const casus_record *r, size_t *n) {
    *n = r->n;
    return r->events;
}

void casus_write_record_free(casus_record *r) {
    if (!r) return;
    const casus_memory m = r->memory;
    casus_base_arena_free(r->arena);
    casus_base_release(&m, r);
}
