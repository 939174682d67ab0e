/* weave_keep.c - puts what was woven into the store: incidents, stories, promises. */
#include "weave_input.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* "2022-11-07" of a day number, as casus_incident has it. */
static const char *day(int32_t n, char text[40]) {
    if (n == INT32_MIN) return NULL;
    /* H. Hinnant, "chrono-compatible low-level date algorithms" */
    const int32_t z = n + 719468, era = (z >= 0 ? z : z - 146096) / 146097;
    const int32_t doe = z - era * 146097;
    const int32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    const int32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
    const int32_t m = mp < 10 ? mp + 3 : mp - 9, y = yoe + era * 400 + (m <= 2);
    snprintf(text, 40, "%04d-%02d-%02d", y, m, doy - (153 * mp + 2) / 5 + 1);
    return text;
}

static void codes(char *to, size_t size, const casus_party *v, size_t n) {
    size_t at = 0;
    *to = 0;
    for (size_t i = 0; i < n && at + 16 < size; i++) {
        const char *code = v[i].country.ptr ? v[i].country.ptr : v[i].code.ptr;
        if (!code || strstr(to, code)) continue;
        at += (size_t)snprintf(to + at, size - at, at ? "; %.10s" : "%.10s", code);
    }
}

static casus_member member(const cli_weaving *w, uint32_t record) {
    const uint32_t doc = casus_weave_doc_of(w->weave, record);
    const casus_weave_doc *d = casus_weave_document(w->weave, doc);
    const casus_event *e = casus_weave_event(w->weave, record);
    return (casus_member){w->numbers[doc], (uint32_t)(e - d->events) + 1, 0, NAN, NULL};
}

static casus_status keep_incident(cli_weaving *w, const casus_incident *in, casus_member *members,
                                  casus_error *err) {
    char from[40], to[40], actors[256], recipients[256];
    const casus_event *best = casus_weave_event(w->weave, in->records[0]);
    casus_woven_incident row = {.lat = NAN,
                                .lon = NAN,
                                .killed_least = -1,
                                .killed_most = -1,
                                .confidence = NAN,
                                .members = members,
                                .n_members = in->n_records};
    for (size_t i = 0; i < in->n_records; i++) {
        const casus_event *e = casus_weave_event(w->weave, in->records[i]);
        members[i] = member(w, in->records[i]);
        if ((!best->n_actors && e->n_actors) ||
            (!best->n_recipients && e->n_actors && e->n_recipients))
            best = e;
        if (!row.place && e->place.name.ptr) {
            row.place = e->place.name.ptr;
            row.place_country = e->place.country.ptr;
            row.lat = e->place.lat;
            row.lon = e->place.lon;
        }
        for (size_t k = 0; k < e->n_counts; k++) { /* the least and the most that is told */
            const casus_count *c = &e->counts[k];
            if (strcmp(c->kind.ptr, "killed") != 0) continue;
            const int64_t least = c->min >= 0 ? c->min : c->max,
                          most = c->max >= 0 ? c->max : c->min;
            if (row.killed_least < 0 || least < row.killed_least) row.killed_least = least;
            if (most > row.killed_most) row.killed_most = most;
        }
    }
    codes(actors, sizeof actors, best->actors, best->n_actors);
    codes(recipients, sizeof recipients, best->recipients, best->n_recipients);
    row.id = in->id.ptr;
    row.type = in->type.ptr;
    row.mode = in->mode.ptr;
    row.status = casus_weave_status(w->weave, in);
    row.disputed = strcmp(row.status, "disputed") == 0 || strcmp(row.status, "denied") == 0;
    row.date_from = day(in->from, from);
    row.date_to = day(in->to, to);
    row.actors = actors;
    row.recipients = recipients;
    return casus_store_put_incident(w->kept_in, &row, err);
}

casus_status cli_weave_keep(cli_weaving *w, casus_error *err) {
    size_t n, most = 1;
    const casus_incident *in = casus_weave_incidents(w->weave, &n);
    size_t n_stories;
    const casus_story *stories = casus_weave_stories(w->weave, &n_stories);
    for (size_t i = 0; i < n; i++)
        if (in[i].n_records > most) most = in[i].n_records;
    for (size_t i = 0; i < n_stories; i++)
        if (stories[i].n_docs > most) most = stories[i].n_docs;
    casus_member *members = calloc(most, sizeof *members);
    if (!members) {
        err->status = CASUS_E_MEMORY;
        snprintf(err->message, sizeof err->message, "out of memory");
        return CASUS_E_MEMORY;
    }
    casus_status s = casus_store_clear_woven(w->kept_in, err);
    for (size_t i = 0; !s && i < n; i++) s = keep_incident(w, &in[i], members, err);
    for (size_t i = 0; !s && i < n_stories; i++) {
        for (size_t k = 0; k < stories[i].n_docs; k++)
            members[k] = (casus_member){w->numbers[stories[i].docs[k]], 0, 0, NAN, NULL};
        s = casus_store_put_story(w->kept_in, members, stories[i].n_docs, NULL, err);
    }
    if (!s) s = casus_store_commit(w->kept_in, err);
    free(members);
    if (!s)
        printf("kept %zu incidents of %zu records and %zu stories of %zu documents\n", n,
               w->stats.records, n_stories, w->stats.documents);
    return s;
}
