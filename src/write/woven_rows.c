/* woven_rows.c - what the weave found, as objects: incidents, accounts, promises, series, changes,
 * stories. woven_plain.c prints them. */
#include "write/woven_rows.h"
#include <math.h>
#include <stdio.h>

static json_t *text_of(casus_string s) {
    return s.ptr && s.len ? json_stringn_nocheck(s.ptr, s.len) : NULL;
}
static json_t *day_of(int32_t day) {
    char text[24];
    int32_t y, m, d;
    if (day == CASUS_NO_DAY) return NULL;
    casus_base_day_split(day, &y, &m, &d);
    snprintf(text, sizeof text, "%04d-%02d-%02d", y, m, d);
    return json_string(text);
}
static json_t *rounded(double x) {
    return json_real(round(x * 1e6) / 1e6);
}

/* "Name of a Minister (FRA GOV)", "Peru", "rebels (SYR REB)" */
static json_t *side_of(const casus_party *p) {
    char code[96] = "";
    const casus_string c = p->country.ptr ? p->country : p->code;
    const casus_string who = p->person.ptr ? p->person : p->name.ptr ? p->name : p->text;
    size_t n = 0;
    if (c.ptr) n = (size_t)snprintf(code, sizeof code, "%.*s", (int)(c.len < 8 ? c.len : 8), c.ptr);
    for (size_t i = 0; i < p->n_sectors && i < 6; i++)
        n += (size_t)snprintf(code + n, sizeof code - n, n ? " %.*s" : "%.*s",
                              (int)(p->sectors[i].len < 8 ? p->sectors[i].len : 8),
                              p->sectors[i].ptr);
    if (!who.ptr) return json_string(code);
    if (!n) return text_of(who);
    return json_sprintf("%.*s (%s)", (int)(who.len < 400 ? who.len : 400), who.ptr, code);
}
static json_t *sides_of(const casus_party *v, size_t n) {
    json_t *a = json_array();
    for (size_t i = 0; i < n; i++) {
        json_t *s = side_of(&v[i]);
        bool seen = false;
        for (size_t k = 0; k < json_array_size(a); k++)
            seen = seen || json_equal(json_array_get(a, k), s);
        if (seen)
            json_decref(s);
        else
            json_array_append_new(a, s);
    }
    return a;
}

/* "44 killed", "at least 20 injured", "about 300 killed" */
static json_t *count_of(const casus_count *c) {
    const long long least = c->min, most = c->max;
    const int n = (int)(c->kind.len < 40 ? c->kind.len : 40);
    const char *about = c->about ? "about " : "";
    if (least >= 0 && most >= 0 && least != most)
        return json_sprintf("%s%lld to %lld %.*s", about, least, most, n, c->kind.ptr);
    if (least >= 0 && most < 0)
        return json_sprintf(c->about ? "about %lld %.*s" : "at least %lld %.*s", least, n,
                            c->kind.ptr);
    return json_sprintf(least >= 0 ? "%s%lld %.*s" : "%sat most %lld %.*s", about, most, n,
                        c->kind.ptr);
}

static void add_new(json_t *array, json_t *value) {
    for (size_t k = 0; k < json_array_size(array); k++) {
        if (json_equal(json_array_get(array, k), value)) {
            json_decref(value);
            return;
        }
    }
    if (value) json_array_append_new(array, value);
}

/* The values of one field, each once, over the records that tell it. */
typedef enum field { ACTORS, RECIPIENTS, MEDIATORS, PLACE, DATE, COUNTS } field;
static void values_of(json_t *to, const casus_event *e, field f) {
    switch (f) {
    case ACTORS:
        if (e->n_actors) add_new(to, sides_of(e->actors, e->n_actors));
        break;
    case RECIPIENTS:
        if (e->n_recipients) add_new(to, sides_of(e->recipients, e->n_recipients));
        break;
    case MEDIATORS:
        if (e->n_mediators) add_new(to, sides_of(e->mediators, e->n_mediators));
        break;
    case PLACE:
        add_new(to, text_of(e->place.name.ptr ? e->place.name : e->place.text));
        break;
    case DATE:
        if (e->date.from.ptr && e->date.to.ptr &&
            (e->date.from.len != e->date.to.len ||
             memcmp(e->date.from.ptr, e->date.to.ptr, e->date.from.len) != 0))
            add_new(to, json_sprintf("%s/%s", e->date.from.ptr, e->date.to.ptr));
        else
            add_new(to, text_of(e->date.from.ptr ? e->date.from : e->date.to));
        break;
    case COUNTS:
        for (size_t i = 0; i < e->n_counts; i++) add_new(to, count_of(&e->counts[i]));
        break;
    }
}
static json_t *field_of(const casus_weave *w, const uint32_t *records, size_t n, field f) {
    json_t *a = json_array();
    for (size_t i = 0; i < n; i++) values_of(a, casus_weave_event(w, records[i]), f);
    return a;
}

static json_t *outlets_of(const casus_weave *w, const uint32_t *docs, size_t n) {
    json_t *a = json_array();
    for (size_t i = 0; i < n; i++) {
        const casus_weave_doc *d = casus_weave_document(w, docs[i]);
        add_new(a, json_string(d->outlet ? d->outlet : d->id));
    }
    return a;
}

static json_t *ids_of(const casus_weave *w, const uint32_t *records, size_t n) {
    json_t *a = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(a, text_of(casus_weave_event(w, records[i])->id));
    return a;
}

/* ---- incidents ------------------------------------------------------------------------------ */

/* The sides, by the record that tells most of them; place, date, counts as all records tell them.
 */
json_t *woven_incident(const casus_weave *w, const casus_incident *in) {
    json_t *o = json_object();
    const casus_event *best = casus_weave_event(w, in->records[0]);
    size_t most = 0, many = 0;
    for (size_t i = 0; i < in->n_records; i++) {
        const casus_event *e = casus_weave_event(w, in->records[i]);
        const size_t n = (e->n_actors ? 4u : 0) + (e->n_recipients ? 4u : 0) +
                         (e->n_mediators ? 1u : 0) + (e->reciprocal ? 1u : 0);
        if (n > most) most = n, best = e;
    }
    write_set(o, "incident", text_of(in->id));
    write_set(o, "from", day_of(in->from));
    write_set(o, "to", day_of(in->to));
    write_set(o, "type", text_of(in->type));
    write_set(o, "mode", text_of(in->mode));
    write_set(o, "status", json_string(casus_weave_status(w, in)));
    write_set(o, "actors", sides_of(best->actors, best->n_actors));
    write_set(o, "recipients", sides_of(best->recipients, best->n_recipients));
    if (best->n_mediators) write_set(o, "mediators", sides_of(best->mediators, best->n_mediators));
    write_set(o, "places", field_of(w, in->records, in->n_records, PLACE));
    write_set(o, "counts", field_of(w, in->records, in->n_records, COUNTS));
    json_t *docs = json_array();
    for (size_t i = 0; i < in->n_records; i++) {
        many += casus_weave_stands_for(w, in->records[i]) == in->records[i];
        const casus_weave_doc *d = casus_weave_document(w, casus_weave_doc_of(w, in->records[i]));
        add_new(docs, json_string(d->outlet ? d->outlet : d->id));
    }
    write_set(o, "outlets", docs);
    write_set(o, "tellings", json_integer((json_int_t)many));
    write_set(o, "records", ids_of(w, in->records, in->n_records));
    return o;
}

/* ---- accounts ------------------------------------------------------------------------------- */

static json_t *agreement(const casus_weave *w, const casus_account *v, size_t n, field f) {
    json_t *all = json_array();
    for (size_t i = 0; i < n; i++) {
        if (v[i].stance != CASUS_ASSERTS) continue;
        for (uint32_t k = 0; k < v[i].n_records; k++)
            values_of(all, casus_weave_event(w, v[i].records[k]), f);
    }
    return all;
}

json_t *woven_accounts(const casus_weave *w, const casus_incident *in, const casus_account *v,
                       size_t n) {
    static const char *const names[] = {"actors", "recipients", "mediators",
                                        "place",  "date",       "counts"};
    json_t *o = woven_incident(w, in), *list = json_array();
    json_t *agreed = json_object(), *differing = json_object();
    json_object_del(o, "records");
    for (size_t i = 0; i < n; i++) {
        json_t *a = json_object();
        const casus_account *x = &v[i];
        if (x->voice)
            write_set(a, "says", side_of(&x->voice->actor));
        else
            write_set(a, "says", json_string(x->nobody ? "not told" : "the newsroom"));
        write_set(a, "stance",
                  json_string(x->stance == CASUS_DENIES   ? "denies"
                              : x->stance == CASUS_DOUBTS ? "doubts"
                                                          : "asserts"));
        if (x->voice && x->voice->channel.ptr) write_set(a, "channel", text_of(x->voice->channel));
        if (x->stance == CASUS_ASSERTS) {
            const uint32_t *r = x->records;
            write_set(a, "actors", field_of(w, r, x->n_records, ACTORS));
            write_set(a, "recipients", field_of(w, r, x->n_records, RECIPIENTS));
            write_set(a, "place", field_of(w, r, x->n_records, PLACE));
            write_set(a, "date", field_of(w, r, x->n_records, DATE));
            write_set(a, "counts", field_of(w, r, x->n_records, COUNTS));
            json_t *status = json_array();
            for (uint32_t k = 0; k < x->n_records; k++)
                add_new(status, text_of(casus_weave_event(w, r[k])->status));
            write_set(a, "status", status);
        }
        write_set(a, "outlets", outlets_of(w, x->docs, x->n_docs));
        json_t *records = json_array();
        for (uint32_t k = 0; k < x->n_records; k++) {
            const casus_event *e = casus_weave_event(w, x->records[k]);
            json_t *r = json_object();
            write_set(r, "record", text_of(e->id));
            write_set(r, "para", json_integer(e->para));
            write_set(r, "words", text_of(e->evidence_text));
            json_array_append_new(records, r);
        }
        write_set(a, "records", records);
        json_array_append_new(list, a);
    }
    for (field f = ACTORS; f <= COUNTS; f++) {
        json_t *all = agreement(w, v, n, f);
        if (json_array_size(all) == 1)
            write_set(agreed, names[f], json_incref(json_array_get(all, 0)));
        else if (json_array_size(all) > 1)
            write_set(differing, names[f], json_incref(all));
        json_decref(all);
    }
    write_set(o, "agreed", agreed);
    write_set(o, "differing", differing);
    write_set(o, "accounts", list);
    return o;
}

/* ---- promises ------------------------------------------------------------------------------- */

json_t *woven_promise(const casus_weave *w, const casus_promise *p) {
    static const char names[][12] = {"kept", "broken", "disputed", "renewed"};
    const casus_event *e = casus_weave_event(w, p->record);
    json_t *o = json_object(), *list = json_array();
    write_set(o, "date", day_of(p->day));
    write_set(o, "promisers", sides_of(e->actors, e->n_actors));
    write_set(o, "to", sides_of(e->recipients, e->n_recipients));
    write_set(o, "what", text_of(e->commitment));
    if (p->what[0]) write_set(o, "kind", json_string(p->what));
    write_set(o, "due", day_of(p->due));
    write_set(o, "state", json_string(p->state));
    for (uint32_t i = 0; i < p->n_findings; i++) {
        const casus_finding *f = &p->findings[i];
        const casus_event *x = casus_weave_event(w, f->record);
        int32_t from, to;
        bool told;
        json_t *item = json_object();
        write_set(item, "says", json_string(names[f->kind]));
        casus_weave_days(w, f->record, &from, &to, &told);
        write_set(item, "date", day_of(to));
        write_set(item, "record", text_of(x->id));
        write_set(item, "type", text_of(x->type));
        write_set(item, "status", text_of(x->status));
        write_set(item, "words", text_of(x->evidence_text));
        if (f->row != CASUS_NONE)
            write_set(item, "row", json_integer(casus_weave_promise_line(w, f->row)));
        json_array_append_new(list, item);
    }
    write_set(o, "evidence", list);
    write_set(o, "records", ids_of(w, p->records, p->n_records));
    write_set(o, "words", text_of(e->evidence_text));
    return o;
}

/* ---- series, changes, stories, links -------------------------------------------------------- */

json_t *woven_bin(const casus_dyad *d, const casus_bin *b) {
    json_t *o = json_object();
    write_set(o, "from", day_of(b->from));
    write_set(o, "to", day_of(b->to));
    write_set(o, "source", json_string(d->source));
    write_set(o, "target", json_string(d->target));
    write_set(o, "events", json_integer(b->n));
    for (uint32_t i = 0; i < CASUS_WEAVE_TYPES; i++)
        write_set(o, casus_weave_type(i), json_integer(b->counts[i]));
    write_set(o, "intensity_sum", rounded(b->sum));
    write_set(o, "intensity_mean", b->n_sum ? rounded(b->sum / b->n_sum) : NULL);
    return o;
}

json_t *woven_change(const casus_weave *w, const casus_change *c) {
    size_t n;
    const casus_incident *v = casus_weave_incidents(w, &n);
    json_t *o = json_object(), *list = json_array();
    write_set(o, "date", day_of(c->day));
    write_set(o, "until", day_of(c->until));
    write_set(o, "direction", json_string(c->after > c->before ? "escalation" : "easing"));
    write_set(o, "before", rounded(c->before));
    write_set(o, "after", rounded(c->after));
    for (uint32_t i = 0; i < c->n_incidents; i++) {
        const casus_incident *in = &v[c->incidents[i]];
        const casus_event *e = casus_weave_event(w, in->records[0]);
        json_t *x = json_object();
        write_set(x, "incident", text_of(in->id));
        write_set(x, "date", day_of(in->from));
        write_set(x, "type", text_of(in->type));
        write_set(x, "record", text_of(e->id));
        write_set(x, "words", text_of(e->evidence_text));
        json_array_append_new(list, x);
    }
    write_set(o, "incidents", list);
    return o;
}

json_t *woven_story(const casus_weave *w, const casus_story *s) {
    json_t *o = json_object(), *docs = json_array();
    for (size_t i = 0; i < s->n_docs; i++)
        json_array_append_new(docs, json_string(casus_weave_document(w, s->docs[i])->id));
    const casus_weave_doc *first = casus_weave_document(w, s->docs[0]);
    write_set(o, "story", text_of(s->id));
    write_set(o, "date", first->date ? json_string(first->date) : NULL);
    write_set(o, "outlets", outlets_of(w, s->docs, s->n_docs));
    write_set(o, "documents", docs);
    return o;
}

json_t *woven_link(const casus_weave *w, size_t i) {
    uint32_t a, b;
    double score;
    char why[1024];
    json_t *o = json_object();
    casus_weave_link(w, i, &a, &b, &score);
    casus_weave_why(w, a, b, why, sizeof why);
    write_set(o, "a", text_of(casus_weave_event(w, a)->id));
    write_set(o, "b", text_of(casus_weave_event(w, b)->id));
    write_set(o, "log_odds", rounded(score));
    write_set(o, "why", json_string(why));
    return o;
}
