/* weave_keep.c - puts what was woven into a store: incidents with their accounts, stories, promises
 * and what became of them. O(records + links within incidents). */
#include "api/api.h"
#include "weave/weave.h"
#include <math.h>
#include <stdio.h>

typedef struct keeper {
    const casus_weave *w;
    casus_store *store;
    const int64_t *docs; /* the store's numbers, by number in the weave */
    casus_arena *arena;
    casus_member *members;
    casus_error *err;
} keeper;

static const char *day(int32_t n, char text[16]) {
    int32_t y, m, d;
    if (n == CASUS_NO_DAY) return NULL;
    casus_base_day_split(n, &y, &m, &d);
    if (y < 0 || y > 9999) return NULL;
    snprintf(text, 16, "%04d-%02d-%02d", (int)y, (int)m, (int)d);
    return text;
}

static bool same(const char *at, const char *code, size_t len) {
    return strncmp(at, code, len) == 0 && (at[len] == ';' || !at[len]);
}

/* "ARM; AZE", each code once. */
static void codes(char *to, size_t size, const casus_party *v, size_t n) {
    size_t at = 0;
    *to = 0;
    for (size_t i = 0; i < n && at + 16 < size; i++) {
        const char *code = v[i].country.ptr ? v[i].country.ptr : v[i].code.ptr;
        bool there = !code;
        for (const char *p = to; code && *p && !there; p += strcspn(p, ";"), p += *p ? 2 : 0)
            there = same(p, code, strlen(code));
        if (!there) at += (size_t)snprintf(to + at, size - at, at ? "; %.10s" : "%.10s", code);
    }
}

static casus_member member(const keeper *k, uint32_t record) {
    const uint32_t doc = casus_weave_doc_of(k->w, record);
    const casus_event *e = casus_weave_event(k->w, record);
    const casus_weave_doc *d = casus_weave_document(k->w, doc);
    return (casus_member){k->docs[doc], (uint32_t)(e - d->events) + 1, 0, NAN, NULL};
}

/* The account that a record gives: the first that lists it, or the record that it is a copy of. */
static int account_of(const keeper *k, const casus_account *v, size_t n, uint32_t record) {
    const uint32_t lead = casus_weave_stands_for(k->w, record);
    for (size_t i = 0; i < n; i++)
        for (uint32_t r = 0; r < v[i].n_records; r++)
            if (v[i].records[r] == lead) return (int)i + 1;
    return 0;
}

/* "by paper-3#1, 4.25: apart date_equal 1.00 ...": which record joined it, log-odds, features */
static const char *reason_of(const keeper *k, uint32_t record, uint32_t by) {
    char why[2048];
    if (record == by) return NULL;
    const double score = casus_weave_why(k->w, record, by, why, sizeof why);
    return casus_base_arena_format(k->arena, "by %s, %.2f: %s", casus_weave_event(k->w, by)->id.ptr,
                                   score, why)
        .ptr;
}

static casus_status keep_incident(keeper *k, const casus_incident *in) {
    char from[16], to[16], actors[256], recipients[256];
    const casus_event *best = casus_weave_event(k->w, in->records[0]);
    casus_account *accounts = NULL;
    size_t n_accounts = 0;
    casus_woven_incident row = {.lat = NAN,
                                .lon = NAN,
                                .killed_least = -1,
                                .killed_most = -1,
                                .confidence = NAN,
                                .members = k->members,
                                .n_members = in->n_records};
    casus_base_arena_reset(k->arena);
    const casus_status s = casus_weave_accounts(&accounts, &n_accounts, k->w, in, k->arena, k->err);
    if (s) return s;
    for (size_t i = 0; i < in->n_records; i++) {
        const casus_event *e = casus_weave_event(k->w, in->records[i]);
        k->members[i] = member(k, in->records[i]);
        k->members[i].account = account_of(k, accounts, n_accounts, in->records[i]);
        k->members[i].reason = reason_of(k, in->records[i], in->reason[i]);
        if ((!best->n_actors && e->n_actors) ||
            (!best->n_recipients && e->n_actors && e->n_recipients))
            best = e;
        if (!row.place && e->place.name.ptr) {
            row.place = e->place.name.ptr;
            row.place_country = e->place.country.ptr;
            row.lat = e->place.lat;
            row.lon = e->place.lon;
        }
        for (size_t c = 0; c < e->n_counts; c++) { /* the least and the most that is told */
            const casus_count *x = &e->counts[c];
            if (strcmp(x->kind.ptr, "killed") != 0) continue;
            const int64_t least = x->min >= 0 ? x->min : x->max,
                          most = x->max >= 0 ? x->max : x->min;
            if (row.killed_least < 0 || least < row.killed_least) row.killed_least = least;
            if (most > row.killed_most) row.killed_most = most;
        }
    }
    codes(actors, sizeof actors, best->actors, best->n_actors);
    codes(recipients, sizeof recipients, best->recipients, best->n_recipients);
    row.id = in->id.ptr;
    row.type = in->type.ptr;
    row.mode = in->mode.ptr;
    row.status = casus_weave_status(k->w, in);
    row.disputed = strcmp(row.status, "disputed") == 0 || strcmp(row.status, "denied") == 0;
    row.date_from = day(in->from, from);
    row.date_to = day(in->to, to);
    row.actors = actors;
    row.recipients = recipients;
    return casus_store_put_incident(k->store, &row, k->err);
}

/* Open from the day it is made; each finding by its day; overdue from the day after the due one. */
static casus_status keep_promise(keeper *k, const casus_promise *p) {
    static const char *const names[] = {"kept", "broken", "disputed", "renewed"};
    char made[16], due[16], late[16], promiser[256], promisee[256];
    const casus_event *e = casus_weave_event(k->w, p->record);
    casus_promise_state *v = casus_base_arena_zero(k->arena, (size_t)p->n_findings + 2, sizeof *v);
    char(*days)[16] = casus_base_arena_zero(k->arena, (size_t)p->n_findings + 1, sizeof *days);
    char(*rows)[32] = casus_base_arena_zero(k->arena, (size_t)p->n_findings + 1, sizeof *rows);
    if (!v || !days || !rows) return casus_base_no_memory(k->err);
    const casus_member self = member(k, p->record);
    size_t n = 0;
    v[n++] = (casus_promise_state){"open", day(p->day, made), NULL, self.doc, self.record};
    for (uint32_t i = 0; i < p->n_findings; i++) {
        const casus_finding *f = &p->findings[i];
        const casus_member m = member(k, f->record);
        int32_t from, to;
        bool told;
        const char *since = NULL, *why = NULL;
        if (casus_weave_days(k->w, f->record, &from, &to, &told)) since = day(from, days[i]);
        const uint32_t line = casus_weave_promise_line(k->w, f->row);
        if (f->row != CASUS_NONE && line) {
            snprintf(rows[i], sizeof rows[i], "promises.tsv:%u", (unsigned)line);
            why = rows[i];
        }
        v[n++] = (casus_promise_state){names[f->kind], since, why, m.doc, m.record};
    }
    if (strcmp(p->state, "overdue") == 0)
        v[n++] = (casus_promise_state){p->state, day(p->due + 1, late), NULL, 0, 0};
    codes(promiser, sizeof promiser, e->actors, e->n_actors);
    codes(promisee, sizeof promisee, e->recipients, e->n_recipients);
    const char *from = e->due.from.ptr, *to = e->due.to.ptr;
    if (!from && !to) from = to = day(p->due, due);
    const casus_woven_promise row = {e->id.ptr,  self.doc, self.record,
                                     promiser,   promisee, *p->what ? p->what : NULL,
                                     v[0].since, from,     to,
                                     p->state,   NULL,     v,
                                     n};
    return casus_store_put_promise(k->store, &row, k->err);
}

static casus_status keep(keeper *k) {
    size_t n, n_stories, n_promises = 0;
    const casus_incident *in = casus_weave_incidents(k->w, &n);
    const casus_story *stories = casus_weave_stories(k->w, &n_stories);
    casus_promise *promises = NULL;
    casus_status s = casus_store_clear_woven(k->store, k->err);
    for (size_t i = 0; !s && i < n; i++) s = keep_incident(k, &in[i]);
    for (size_t i = 0; !s && i < n_stories; i++) {
        for (size_t m = 0; m < stories[i].n_docs; m++)
            k->members[m] = (casus_member){k->docs[stories[i].docs[m]], 0, 0, NAN, NULL};
        s = casus_store_put_story(k->store, k->members, stories[i].n_docs, NULL, k->err);
    }
    casus_base_arena_reset(k->arena);
    if (!s) s = casus_weave_promises(&promises, &n_promises, k->w, CASUS_NO_DAY, k->arena, k->err);
    for (size_t i = 0; !s && i < n_promises; i++) s = keep_promise(k, &promises[i]);
    return s;
}

casus_status casus_weave_keep(const casus_weave *weave, casus_store *store, const int64_t *docs,
                              casus_error *err) {
    const casus_memory *memory = casus_weave_memory(weave);
    size_t n, most = 1;
    const casus_incident *in = casus_weave_incidents(weave, &n);
    for (size_t i = 0; i < n; i++)
        if (in[i].n_records > most) most = in[i].n_records;
    const casus_story *stories = casus_weave_stories(weave, &n);
    for (size_t i = 0; i < n; i++)
        if (stories[i].n_docs > most) most = stories[i].n_docs;
    keeper k = {.w = weave, .store = store, .docs = docs, .err = err};
    k.members = casus_base_alloc(memory, most * sizeof *k.members);
    k.arena = casus_base_arena_new(memory);
    const casus_status s = k.members && k.arena ? keep(&k) : casus_base_no_memory(err);
    casus_base_arena_free(k.arena);
    casus_base_release(memory, k.members);
    return s;
}
