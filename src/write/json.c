/* json.c - records and layers as JSON lines, by jansson. One object a line, keys in the order of
 * the record, absent fields left out. */
#include "write/write_int.h"
#include <math.h>

static json_t *text_of(casus_string s) {
    return s.ptr ? json_stringn_nocheck(s.ptr, s.len) : NULL;
}
void write_set(json_t *o, const char *key, json_t *value) {
    if (value) json_object_set_new_nocheck(o, key, value);
}
json_t *write_slice(casus_slice s) {
    return s.ptr && s.len ? json_stringn_nocheck(s.ptr, s.len) : NULL;
}
json_t *write_span(uint32_t begin, uint32_t end) {
    json_t *a = json_array();
    json_array_append_new(a, json_integer(begin));
    json_array_append_new(a, json_integer(end));
    return a;
}

static json_t *strings(const casus_string *v, size_t n) {
    json_t *a = json_array();
    for (size_t i = 0; i < n; i++) json_array_append_new(a, text_of(v[i]));
    return a;
}

static json_t *party(const casus_party *p) {
    json_t *o = json_object();
    write_set(o, "text", text_of(p->text));
    if (p->span.end > p->span.begin) write_set(o, "span", write_span(p->span.begin, p->span.end));
    write_set(o, "country", text_of(p->country));
    write_set(o, "code", text_of(p->code));
    write_set(o, "sectors", strings(p->sectors, p->n_sectors));
    write_set(o, "name", text_of(p->name));
    write_set(o, "person", text_of(p->person));
    write_set(o, "office", text_of(p->office));
    return o;
}
static json_t *parties(const casus_party *v, size_t n) {
    json_t *a = json_array();
    for (size_t i = 0; i < n; i++) json_array_append_new(a, party(&v[i]));
    return a;
}

static json_t *date(const casus_date *d) {
    if (!d->from.ptr && !d->text.ptr) return NULL;
    json_t *o = json_object();
    write_set(o, "from", text_of(d->from));
    write_set(o, "to", text_of(d->to));
    write_set(o, "grain", text_of(d->grain));
    write_set(o, "text", text_of(d->text));
    if (d->span.end > d->span.begin) write_set(o, "span", write_span(d->span.begin, d->span.end));
    return o;
}

static json_t *place(const casus_location *p) {
    if (!p->text.ptr && !p->name.ptr) return NULL;
    json_t *o = json_object();
    write_set(o, "text", text_of(p->text));
    if (p->span.end > p->span.begin) write_set(o, "span", write_span(p->span.begin, p->span.end));
    write_set(o, "name", text_of(p->name));
    write_set(o, "country", text_of(p->country));
    if (!isnan(p->lat)) {
        write_set(o, "lat", json_real(p->lat));
        write_set(o, "lon", json_real(p->lon));
    }
    write_set(o, "id", text_of(p->id));
    return o;
}

static const char *stance_name(casus_stance stance) {
    return stance == CASUS_DENIES ? "denies" : stance == CASUS_DOUBTS ? "doubts" : "asserts";
}

static json_t *sources(const casus_source *v, size_t n) {
    json_t *a = json_array();
    for (size_t i = 0; i < n; i++) {
        json_t *o = json_object();
        write_set(o, "actor", party(&v[i].actor));
        write_set(o, "stance", json_string(stance_name(v[i].stance)));
        write_set(o, "cue", text_of(v[i].cue));
        if (v[i].span.end > v[i].span.begin)
            write_set(o, "span", write_span(v[i].span.begin, v[i].span.end));
        write_set(o, "channel", text_of(v[i].channel));
        write_set(o, "date", text_of(v[i].date));
        write_set(o, "quote", json_boolean(v[i].quote));
        json_array_append_new(a, o);
    }
    return a;
}

static json_t *counts(const casus_count *v, size_t n) {
    json_t *a = json_array();
    for (size_t i = 0; i < n; i++) {
        json_t *o = json_object();
        write_set(o, "kind", text_of(v[i].kind));
        if (v[i].min >= 0) write_set(o, "min", json_integer(v[i].min));
        if (v[i].max >= 0) write_set(o, "max", json_integer(v[i].max));
        write_set(o, "about", json_boolean(v[i].about));
        write_set(o, "of", text_of(v[i].of));
        write_set(o, "text", text_of(v[i].text));
        if (v[i].span.end > v[i].span.begin)
            write_set(o, "span", write_span(v[i].span.begin, v[i].span.end));
        json_array_append_new(a, o);
    }
    return a;
}

json_t *write_event(const casus_event *e) {
    json_t *o = json_object();
    write_set(o, "id", text_of(e->id));
    write_set(o, "doc", text_of(e->doc));
    write_set(o, "type", text_of(e->type));
    write_set(o, "mode", text_of(e->mode));
    write_set(o, "cameo", text_of(e->cameo));
    if (!isnan(e->intensity)) write_set(o, "intensity", json_real(e->intensity));
    write_set(o, "actors", parties(e->actors, e->n_actors));
    write_set(o, "recipients", parties(e->recipients, e->n_recipients));
    write_set(o, "mediators", parties(e->mediators, e->n_mediators));
    write_set(o, "reciprocal", json_boolean(e->reciprocal));
    write_set(o, "date", date(&e->date));
    write_set(o, "place", place(&e->place));
    write_set(o, "status", text_of(e->status));
    write_set(o, "sources", sources(e->sources, e->n_sources));
    write_set(o, "counts", counts(e->counts, e->n_counts));
    write_set(o, "contexts", strings(e->contexts, e->n_contexts));
    if (e->commitment.ptr) {
        json_t *c = json_object();
        write_set(c, "what", text_of(e->commitment));
        write_set(c, "due", date(&e->due));
        write_set(o, "commitment", c);
    }
    write_set(o, "of", text_of(e->of));
    write_set(o, "same_as", text_of(e->same_as));
    json_t *v = json_object();
    write_set(v, "para", json_integer(e->para));
    write_set(v, "sentence", json_integer(e->sentence));
    write_set(v, "span", write_span(e->evidence.begin, e->evidence.end));
    write_set(v, "trigger", write_span(e->trigger.begin, e->trigger.end));
    write_set(v, "text", text_of(e->evidence_text));
    write_set(o, "evidence", v);
    write_set(o, "confidence", json_real(e->confidence));
    write_set(o, "rule", text_of(e->rule));
    return o;
}

static int collect(const char *bytes, size_t len, void *buffer) {
    casus_base_buffer_add(buffer, bytes, len);
    return ((casus_buffer *)buffer)->failed ? -1 : 0;
}

casus_status write_json(json_t *o, casus_buffer *to, casus_error *err) {
    /* eight digits hold a coordinate to a metre and a confidence to what it means */
    const size_t flags = JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(8);
    const int failed = !o || json_dump_callback(o, collect, to, flags);
    return failed ? casus_base_no_memory(err) : CASUS_OK;
}

casus_status write_json_line(json_t *object, writer *w) {
    const casus_status s = write_json(object, &w->line, w->err);
    json_decref(object);
    if (s) return s;
    casus_base_buffer_add(&w->line, "\n", 1);
    return write_flush(w);
}
