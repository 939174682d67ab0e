/* incidents.c - records of one act: which records are compared, what is clustered anew, and the
 * incidents that come of it.
 *
 * A record meets those of its type that share a country, a place, a name or a rare word with it
 * within WEAVE_WINDOW days, and those of its own document. Components of links are clustered by
 * themselves (cluster.c); only those that new records touch are clustered again. */
#include "weave/weave_int.h"

#define KEEP_FROM (-1.0) /* links below are not remembered; cluster.c counts them WEAVE_APART */
#define NO_BUCKET INT32_MAX

static uint64_t key_of(uint64_t type, uint64_t what, int32_t bucket, uint32_t kind) {
    const uint64_t parts[3] = {type, what, (uint64_t)(uint32_t)bucket << 32 | kind};
    return casus_base_hash64(parts, sizeof parts, 23) | 1;
}

static int32_t down(int32_t day, int32_t by) {
    return day >= 0 ? day / by : -((-day + by - 1) / by);
}

/* Keys of a mark over the buckets from..to. */
static uint32_t keys_over(const weave_mark *m, int32_t from, int32_t to, uint32_t coarse,
                          uint64_t *keys, uint32_t most) {
    uint32_t n = 0;
    for (int32_t b = from; b <= to; b++) {
        for (uint32_t i = 0; i < m->n_countries && n < most; i++)
            keys[n++] = key_of(m->type, m->countries[i], b, coarse + 1);
        if (m->place && n < most) keys[n++] = key_of(m->type, m->place, b, coarse + 2);
        for (int s = 0; s < 2; s++)
            for (uint32_t i = 0; i < m->n_sides[s] && n < most; i++)
                if (m->sides[s][i].name)
                    keys[n++] = key_of(m->type, m->sides[s][i].name, b, coarse + 3);
        for (uint32_t i = 0; i < m->n_rare && n < most; i++)
            keys[n++] = key_of(m->type, m->rare[i], b, coarse + 4);
        if (b == NO_BUCKET) break;
    }
    return n;
}

uint32_t weave_keys(const weave_mark *m, int32_t window, uint64_t *keys, uint32_t most) {
    if (m->from == CASUS_NO_DAY) return keys_over(m, NO_BUCKET, NO_BUCKET, 16, keys, most);
    if (m->coarse) {
        const int32_t year = down(m->from, 366), last = down(m->to, 366);
        return keys_over(m, year, last > year + 3 ? year + 3 : last, 8, keys, most);
    }
    return keys_over(m, down(m->from - window, WEAVE_BUCKET_DAYS),
                     down(m->to + window, WEAVE_BUCKET_DAYS), 0, keys, most);
}

static uint32_t keys_around(void *ctx, uint32_t item, uint64_t *keys, uint32_t most) {
    const casus_weave *w = ctx;
    const weave_record *r = &w->records[item];
    return r->stands_for == item ? weave_keys(&r->mark, WEAVE_WINDOW, keys, most) : 0;
}

/* Records of the same document. */
static uint32_t same_document(void *ctx, uint32_t item, uint32_t *items, uint32_t most) {
    const casus_weave *w = ctx;
    const weave_doc *d = &w->docs[w->records[item].doc];
    const uint32_t end = d->first + (uint32_t)d->doc.n_events;
    uint32_t n = 0;
    if (w->records[item].stands_for != item) return 0;
    for (uint32_t i = item > WEAVE_DOC_PAIRS_MOST / 2 + d->first ? item - WEAVE_DOC_PAIRS_MOST / 2
                                                                 : d->first;
         i < end && i <= item + WEAVE_DOC_PAIRS_MOST / 2 && n < most; i++)
        if (i != item) items[n++] = i;
    return n;
}

int weave_relation(const casus_weave *w, uint32_t a, uint32_t b) {
    if (w->records[a].doc != w->records[b].doc) return 0;
    const casus_event *x = weave_event(w, a), *y = weave_event(w, b);
    const bool linked = (x->same_as.ptr && x->same_as.len == y->id.len &&
                         memcmp(x->same_as.ptr, y->id.ptr, y->id.len) == 0) ||
                        (y->same_as.ptr && y->same_as.len == x->id.len &&
                         memcmp(y->same_as.ptr, x->id.ptr, x->id.len) == 0);
    const bool sentence =
        x->evidence.begin < y->evidence.end && y->evidence.begin < x->evidence.end;
    return WEAVE_SAME_DOC | (sentence ? WEAVE_SAME_SENTENCE : 0) | (linked ? WEAVE_LINKED : 0);
}

static bool weigh(void *ctx, uint32_t a, uint32_t b, double *score) {
    const casus_weave *w = ctx;
    const weave_record *x = &w->records[a], *y = &w->records[b];
    double f[WEAVE_N_FEATURES];
    if (x->stands_for != a || y->stands_for != b) return false;
    const int relation = weave_relation(w, a, b);
    if (x->mark.type != y->mark.type && !(relation & WEAVE_LINKED)) return false;
    if (!relation && x->mark.from != CASUS_NO_DAY && y->mark.from != CASUS_NO_DAY &&
        (x->mark.from - y->mark.to > WEAVE_WINDOW || y->mark.from - x->mark.to > WEAVE_WINDOW))
        return false;
    *score = weave_score(&w->tables, &x->mark, &y->mark, relation, f);
    return *score >= KEEP_FROM;
}

/* ---- copies stand aside --------------------------------------------------------------------- */

static int by_copy(const void *ctx, uint32_t a, uint32_t b) {
    const casus_weave *w = ctx;
    const uint64_t x = w->records[a].copy, y = w->records[b].copy;
    return x != y ? (x < y ? -1 : 1) : weave_record_cmp(w, a, b);
}

/* Of the same words in copies of one text, the first record stands for all. */
static casus_status stand_aside(casus_weave *w, casus_error *err) {
    uint32_t *next = casus_base_arena_get(w->made, w->n_records * sizeof *next + 1);
    if (!next) return casus_base_no_memory(err);
    for (uint32_t i = 0; i < w->n_records; i++) next[i] = i;
    for (size_t s = 0; s < w->n_stories; s++) {
        const casus_story *story = &w->stories[s];
        size_t n = 0;
        for (size_t i = 0; i < story->n_docs; i++) n += w->docs[story->docs[i]].doc.n_events;
        casus_base_arena_reset(w->scratch);
        uint32_t *v = casus_base_arena_get(w->scratch, n * sizeof *v + 1);
        if (!v) return casus_base_no_memory(err);
        n = 0;
        for (size_t i = 0; i < story->n_docs; i++) {
            const weave_doc *d = &w->docs[story->docs[i]];
            for (uint32_t k = 0; k < d->doc.n_events; k++) v[n++] = d->first + k;
        }
        const casus_status status = weave_sort(v, n, by_copy, w, w->scratch, err);
        if (status) return status;
        for (size_t i = 1; i < n; i++)
            if (w->records[v[i]].copy == w->records[v[i - 1]].copy &&
                w->records[v[i]].doc != w->records[next[v[i - 1]]].doc)
                next[v[i]] = next[v[i - 1]];
    }
    for (uint32_t i = 0; i < w->n_records; i++) {
        if (w->records[i].stands_for != next[i]) w->acts.dirty[i] |= 1;
        w->records[i].stands_for = next[i];
    }
    return CASUS_OK;
}

/* ---- clusters ------------------------------------------------------------------------------- */

static int by_root(const void *ctx, uint32_t a, uint32_t b) {
    const casus_weave *w = ctx;
    const uint32_t x = w->records[a].root, y = w->records[b].root;
    return x != y ? (x < y ? -1 : 1) : weave_record_cmp(w, a, b);
}

/* One touched component, members in canonical order; `edges` those among its members by record. */
static casus_status cluster(casus_weave *w, const uint32_t *members, uint32_t n, weave_edge *edges,
                            size_t n_edges, uint32_t *place, casus_error *err) {
    casus_base_arena_reset(w->scratch);
    uint32_t *of = casus_base_arena_get(w->scratch, 2 * (size_t)n * sizeof *of);
    if (!of) return casus_base_no_memory(err);
    for (uint32_t i = 0; i < n; i++) place[members[i]] = i;
    for (size_t i = 0; i < n_edges; i++) {
        edges[i].a = place[edges[i].a];
        edges[i].b = place[edges[i].b];
    }
    const casus_status s = weave_cluster(n, edges, n_edges, of, of + n, w->scratch, err);
    if (s) return s;
    for (uint32_t i = 0; i < n; i++) {
        w->cluster[members[i]] = members[of[i]];
        w->joined_by[members[i]] = members[of[n + i]];
    }
    return CASUS_OK;
}

typedef struct components {
    uint32_t *order;      /* records by component, canonical in each */
    uint32_t *place;      /* [n_records] */
    bool *touched;        /* [n_records] by root */
    uint32_t *first_edge; /* [n_records + 1] by root: its edges in `edges` */
    weave_edge *edges;
} components;

static casus_status find_components(casus_weave *w, components *c, casus_error *err) {
    const size_t n = w->n_records;
    const weave_links *l = &w->acts;
    uint32_t *root = casus_base_arena_get(w->made, n * sizeof *root + 1);
    c->order = casus_base_arena_get(w->made, n * sizeof *c->order + 1);
    c->place = casus_base_arena_get(w->made, n * sizeof *c->place + 1);
    c->touched = casus_base_arena_zero(w->made, n + 1, sizeof *c->touched);
    c->first_edge = casus_base_arena_zero(w->made, n + 2, sizeof *c->first_edge);
    if (!root || !c->order || !c->place || !c->touched || !c->first_edge)
        return casus_base_no_memory(err);
    weave_links_components(l, 0, root);
    for (uint32_t i = 0; i < n; i++) {
        w->records[i].root = root[i];
        c->order[i] = i;
        if (l->dirty[i]) c->touched[root[i]] = true;
    }
    size_t edges = 0;
    uint32_t *at = c->first_edge + 1;
    for (size_t i = 0; i < l->n_edges; i++) {
        const uint32_t r = root[l->edges[i].a];
        if (r != root[l->edges[i].b] || !c->touched[r]) continue;
        at[r + 1]++;
        edges++;
    }
    for (size_t i = 0; i < n; i++) at[i + 1] += at[i];
    c->edges = casus_base_arena_get(w->made, edges * sizeof *c->edges + 1);
    if (!c->edges) return casus_base_no_memory(err);
    for (size_t i = 0; i < l->n_edges; i++) {
        const uint32_t r = root[l->edges[i].a];
        if (r == root[l->edges[i].b] && c->touched[r]) c->edges[at[r]++] = l->edges[i];
    }
    casus_base_arena_reset(w->scratch);
    return weave_sort(c->order, n, by_root, w, w->scratch, err);
}

/* ---- incidents ------------------------------------------------------------------------------ */

/* The value most records have; ties go to the earliest. */
static casus_string most_common(const casus_weave *w, const casus_incident *in, bool mode) {
    casus_string best = {NULL, 0};
    size_t most = 0;
    for (size_t i = 0; i < in->n_records && i < 64; i++) {
        const casus_event *e = weave_event(w, in->records[i]);
        const casus_string s = mode ? e->mode : e->type;
        size_t n = 0;
        if (!s.ptr) continue;
        for (size_t k = 0; k < in->n_records && k < 64; k++) {
            const casus_event *other = weave_event(w, in->records[k]);
            const casus_string t = mode ? other->mode : other->type;
            n += t.ptr && t.len == s.len && memcmp(t.ptr, s.ptr, s.len) == 0;
        }
        if (n > most) most = n, best = s;
    }
    return best;
}

/* The shortest time told, of what is done before what is planned; else the first day presumed. */
static void when(const casus_weave *w, casus_incident *in) {
    int best = -1;
    in->from = in->to = CASUS_NO_DAY;
    for (size_t i = 0; i < in->n_records; i++) {
        const weave_mark *m = &w->records[in->records[i]].mark;
        const int32_t length = m->to - m->from;
        const int rank = m->from == CASUS_NO_DAY ? -1 : (m->ahead ? 0 : 2) + (m->told ? 1 : 0);
        if (rank < 0 || rank < best) continue;
        if (rank == best && (!m->told || length >= in->to - in->from)) continue;
        best = rank;
        in->from = m->told || m->ahead ? m->from : m->to;
        in->to = m->to;
    }
}

static int by_cluster(const void *ctx, uint32_t a, uint32_t b) {
    const casus_weave *w = ctx;
    const uint32_t x = w->cluster[w->records[a].stands_for],
                   y = w->cluster[w->records[b].stands_for];
    return x != y ? weave_record_cmp(w, x, y) : weave_record_cmp(w, a, b);
}
static int by_day(const void *ctx, uint32_t a, uint32_t b) {
    const casus_incident *const v = ctx;
    const int32_t x = v[a].from, y = v[b].from;
    if (x == y) return a < b ? -1 : a > b;
    if (x == CASUS_NO_DAY || y == CASUS_NO_DAY) return x == CASUS_NO_DAY ? 1 : -1;
    return x < y ? -1 : 1;
}

static casus_status assemble(casus_weave *w, casus_error *err) {
    const size_t n = w->n_records;
    uint32_t *order = casus_base_arena_get(w->made, n * sizeof *order + 1);
    uint32_t *reason = casus_base_arena_get(w->made, n * sizeof *reason + 1);
    if (!order || !reason) return casus_base_no_memory(err);
    for (uint32_t i = 0; i < n; i++) order[i] = i;
    casus_base_arena_reset(w->scratch);
    casus_status s = weave_sort(order, n, by_cluster, w, w->scratch, err);
    if (s) return s;
    size_t many = 0;
#define CLUSTER(i) (w->cluster[w->records[order[i]].stands_for])
    for (size_t i = 0; i < n; i++) many += i == 0 || CLUSTER(i) != CLUSTER(i - 1);
    casus_incident *v = casus_base_arena_zero(w->made, many + 1, sizeof *v),
                   *sorted = casus_base_arena_zero(w->made, many + 1, sizeof *sorted);
    uint32_t *places = casus_base_arena_get(w->made, many * sizeof *places + 1);
    if (!v || !sorted || !places) return casus_base_no_memory(err);
    size_t at = 0;
    for (size_t i = 0, k; i < n; i = k, at++) {
        for (k = i; k < n && CLUSTER(k) == CLUSTER(i); k++) {
            const uint32_t r = order[k], lead = w->records[r].stands_for;
            reason[k] = lead != r ? lead : w->joined_by[r];
        }
        casus_incident *in = &v[at];
        in->records = order + i;
        in->n_records = k - i;
        in->reason = reason + i;
        const casus_event *first = weave_event(w, order[i]);
        const casus_slice id =
            casus_base_arena_format(w->made, "i%016llx",
                                    (unsigned long long)casus_base_hash64(
                                        first->id.ptr ? first->id.ptr : "", first->id.len, 19));
        if (!id.ptr) return casus_base_no_memory(err);
        in->id = (casus_string){id.ptr, id.len};
        in->type = most_common(w, in, false);
        in->mode = most_common(w, in, true);
        when(w, in);
        places[at] = (uint32_t)at;
    }
#undef CLUSTER
    if ((s = weave_sort(places, many, by_day, v, w->scratch, err))) return s;
    for (size_t i = 0; i < many; i++) {
        sorted[i] = v[places[i]];
        for (size_t k = 0; k < sorted[i].n_records; k++)
            w->incident_of[sorted[i].records[k]] = (uint32_t)i;
    }
    w->incidents = sorted;
    w->n_incidents = many;
    return CASUS_OK;
}

casus_status weave_incidents(casus_weave *w, casus_weave_stats *stats, casus_error *err) {
    const weave_meet m = {w, keys_around, same_document, weigh};
    components c = {0};
    casus_status s = stand_aside(w, err);
    if (!s) s = weave_links_run(&w->acts, &m, err);
    if (!s) s = find_components(w, &c, err);
    if (s) return s;
    for (size_t i = 0, k; i < w->n_records; i = k) {
        const uint32_t root = w->records[c.order[i]].root;
        for (k = i; k < w->n_records && w->records[c.order[k]].root == root; k++) {
        }
        if (!c.touched[root]) continue;
        stats->touched += k - i;
        const uint32_t begin = c.first_edge[root], end = c.first_edge[root + 1];
        s = cluster(w, c.order + i, (uint32_t)(k - i), c.edges + begin, end - begin, c.place, err);
        if (s) return s;
    }
    if (w->n_records) memset(w->acts.dirty, 0, w->n_records);
    if (w->n_docs) memset(w->texts.dirty, 0, w->n_docs);
    stats->pairs = w->acts.pairs;
    return assemble(w, err);
}
