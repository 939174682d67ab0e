/* kept.c - deep copies of records into an arena, and sorting numbers with a context. */
#include "weave/weave_int.h"

casus_string weave_string(casus_arena *arena, const char *ptr, size_t len, bool *failed) {
    if (!ptr) return (casus_string){NULL, 0};
    const casus_slice s = casus_base_arena_copy(arena, casus_slice_of(ptr, len));
    if (!s.ptr) *failed = true;
    return (casus_string){s.ptr, s.ptr ? len : 0};
}
static casus_string keep(casus_arena *arena, casus_string s, bool *failed) {
    return weave_string(arena, s.ptr, s.len, failed);
}

static casus_string *keep_strings(casus_arena *arena, const casus_string *v, size_t n,
                                  bool *failed) {
    casus_string *to = casus_base_arena_zero(arena, n ? n : 1, sizeof *to);
    if (!to) *failed = true;
    for (size_t i = 0; to && i < n; i++) to[i] = keep(arena, v[i], failed);
    return to;
}

static void keep_party(casus_arena *arena, casus_party *p, bool *failed) {
    p->text = keep(arena, p->text, failed);
    p->country = keep(arena, p->country, failed);
    p->code = keep(arena, p->code, failed);
    p->name = keep(arena, p->name, failed);
    p->person = keep(arena, p->person, failed);
    p->office = keep(arena, p->office, failed);
    p->sectors = keep_strings(arena, p->sectors, p->n_sectors, failed);
}
static const casus_party *keep_parties(casus_arena *arena, const casus_party *v, size_t n,
                                       bool *failed) {
    casus_party *to = casus_base_arena_zero(arena, n ? n : 1, sizeof *to);
    if (!to) *failed = true;
    for (size_t i = 0; to && i < n; i++) {
        to[i] = v[i];
        keep_party(arena, &to[i], failed);
    }
    return to;
}
static void keep_date(casus_arena *arena, casus_date *d, bool *failed) {
    d->from = keep(arena, d->from, failed);
    d->to = keep(arena, d->to, failed);
    d->grain = keep(arena, d->grain, failed);
    d->text = keep(arena, d->text, failed);
}

casus_status weave_keep(casus_event *to, const casus_event *from, casus_arena *arena,
                        casus_error *err) {
    bool failed = false;
    *to = *from;
    casus_string *const strings[] = {&to->id,         &to->doc,           &to->type,
                                     &to->mode,       &to->cameo,         &to->status,
                                     &to->of,         &to->same_as,       &to->rule,
                                     &to->commitment, &to->evidence_text, &to->place.text,
                                     &to->place.name, &to->place.country, &to->place.id};
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
        *strings[i] = keep(arena, *strings[i], &failed);
    to->actors = keep_parties(arena, from->actors, from->n_actors, &failed);
    to->recipients = keep_parties(arena, from->recipients, from->n_recipients, &failed);
    to->mediators = keep_parties(arena, from->mediators, from->n_mediators, &failed);
    to->contexts = keep_strings(arena, from->contexts, from->n_contexts, &failed);
    keep_date(arena, &to->date, &failed);
    keep_date(arena, &to->due, &failed);
    casus_source *sources = casus_base_arena_zero(arena, from->n_sources + 1, sizeof *sources);
    casus_count *counts = casus_base_arena_zero(arena, from->n_counts + 1, sizeof *counts);
    if (!sources || !counts) return casus_base_no_memory(err);
    for (size_t i = 0; i < from->n_sources; i++) {
        sources[i] = from->sources[i];
        keep_party(arena, &sources[i].actor, &failed);
        sources[i].cue = keep(arena, sources[i].cue, &failed);
        sources[i].channel = keep(arena, sources[i].channel, &failed);
        sources[i].date = keep(arena, sources[i].date, &failed);
    }
    for (size_t i = 0; i < from->n_counts; i++) {
        counts[i] = from->counts[i];
        counts[i].kind = keep(arena, counts[i].kind, &failed);
        counts[i].of = keep(arena, counts[i].of, &failed);
        counts[i].text = keep(arena, counts[i].text, &failed);
    }
    to->sources = sources;
    to->counts = counts;
    return failed ? casus_base_no_memory(err) : CASUS_OK;
}

casus_status weave_sort(uint32_t *v, size_t n, weave_cmp cmp, const void *ctx, casus_arena *scratch,
                        casus_error *err) {
    if (n < 2) return CASUS_OK;
    uint32_t *other = casus_base_arena_get(scratch, n * sizeof *other), *a = v, *b = other;
    if (!other) return casus_base_no_memory(err);
    for (size_t width = 1; width < n; width *= 2) {
        for (size_t at = 0; at < n; at += 2 * width) {
            size_t i = at, j = at + width < n ? at + width : n, k = at;
            const size_t middle = j, end = at + 2 * width < n ? at + 2 * width : n;
            while (k < end) {
                if (i < middle && (j >= end || cmp(ctx, a[i], a[j]) <= 0))
                    b[k++] = a[i++];
                else
                    b[k++] = a[j++];
            }
        }
        uint32_t *swap = a;
        a = b;
        b = swap;
    }
    if (a != v) memcpy(v, a, n * sizeof *v);
    return CASUS_OK;
}
