/* cluster.c - one component of linked records into clusters, by average linkage.
 *
 * Clusters that agree best on the average of all their pairs are joined first, until the best
 * average falls below zero; a pair that was not linked counts WEAVE_APART. Members come in
 * canonical order and ties go to the earlier pair, so that the outcome depends on the set alone.
 * The best partner of each cluster is remembered: about O(n^2) for n members, memory n^2; n is at
 * most WEAVE_COMPONENT_MOST. A larger component is first cut by raising the bar for links. */
#include "weave/weave_int.h"

#define WEAVE_APART (-2.5)
#define STEP 0.5
#define STEPS 24

/* Edges by their ends: those of i are to[from[i]] .. to[from[i + 1]]. */
typedef struct graph {
    uint32_t *from, *to;
    float *score;
} graph;

static casus_status build(graph *g, uint32_t n, const weave_edge *edges, size_t n_edges,
                          casus_arena *scratch, casus_error *err) {
    g->from = casus_base_arena_zero(scratch, (size_t)n + 2, sizeof *g->from);
    g->to = casus_base_arena_get(scratch, (n_edges * 2 + 1) * sizeof *g->to);
    g->score = casus_base_arena_get(scratch, (n_edges * 2 + 1) * sizeof *g->score);
    if (!g->from || !g->to || !g->score) return casus_base_no_memory(err);
    uint32_t *at = g->from + 1;
    for (size_t i = 0; i < n_edges; i++) at[edges[i].a + 1]++, at[edges[i].b + 1]++;
    for (uint32_t i = 0; i < n; i++) at[i + 1] += at[i];
    /* at[i] is now where the edges of i begin, and moves on to where they end */
    for (size_t i = 0; i < n_edges; i++) {
        const uint32_t a = edges[i].a, b = edges[i].b;
        g->to[at[a]] = b;
        g->score[at[a]++] = (float)edges[i].score;
        g->to[at[b]] = a;
        g->score[at[b]++] = (float)edges[i].score;
    }
    return CASUS_OK;
}

/* Members v[n] (places); exact average linkage. */
static casus_status join(const uint32_t *v, uint32_t n, const graph *g, const uint32_t *place_in,
                         uint32_t *cluster_of, casus_arena *scratch, casus_error *err) {
    float *sum = casus_base_arena_get(scratch, (size_t)n * n * sizeof *sum);
    uint32_t *size = casus_base_arena_get(scratch, (size_t)n * sizeof *size * 2);
    if (!sum || !size) return casus_base_no_memory(err);
    uint32_t *best = size + n;
#define MEAN(i, k) (sum[(size_t)(i)*n + (k)] / ((float)size[i] * (float)size[k]))
    for (size_t i = 0; i < (size_t)n * n; i++) sum[i] = (float)WEAVE_APART;
    for (uint32_t i = 0; i < n; i++) {
        size[i] = 1;
        best[i] = CASUS_NONE;
        for (uint32_t k = g->from[v[i]]; k < g->from[v[i] + 1]; k++)
            if (place_in[g->to[k]] != CASUS_NONE)
                sum[(size_t)i * n + place_in[g->to[k]]] = g->score[k];
    }
    for (;;) {
        float top = 0;
        uint32_t x = CASUS_NONE;
        for (uint32_t i = 0; i < n; i++) {
            if (!size[i]) continue;
            if (best[i] == CASUS_NONE) { /* ask anew */
                float most = 0;
                best[i] = i; /* nobody */
                for (uint32_t k = i + 1; k < n; k++)
                    if (size[k] && MEAN(i, k) > most) most = MEAN(i, k), best[i] = k;
            }
            if (best[i] != i && MEAN(i, best[i]) > top) top = MEAN(i, best[i]), x = i;
        }
        if (x == CASUS_NONE) break;
        const uint32_t y = best[x];
        for (uint32_t k = 0; k < n; k++) {
            if (!size[k] || k == x || k == y) continue;
            sum[(size_t)x * n + k] += sum[(size_t)y * n + k];
            sum[(size_t)k * n + x] = sum[(size_t)x * n + k];
        }
        size[x] += size[y];
        size[y] = 0;
        for (uint32_t k = 0; k < n; k++) {
            if (k == x || best[k] == x || best[k] == y)
                best[k] = CASUS_NONE;
            else if (k < x && size[k] && best[k] != CASUS_NONE && MEAN(k, x) > 0 &&
                     (best[k] == k || MEAN(k, x) >= MEAN(k, best[k])))
                best[k] = CASUS_NONE;
        }
        for (uint32_t k = 0; k < n; k++)
            if (cluster_of[v[k]] == v[y]) cluster_of[v[k]] = v[x];
    }
#undef MEAN
    return CASUS_OK;
}

static uint32_t find(uint32_t *root, uint32_t i) {
    while (root[i] != i) i = root[i] = root[root[i]];
    return i;
}

casus_status weave_cluster(uint32_t n, const weave_edge *edges, size_t n_edges,
                           uint32_t *cluster_of, uint32_t *reason, casus_arena *scratch,
                           casus_error *err) {
    uint32_t *root = casus_base_arena_get(scratch, (size_t)n * 4 * sizeof *root + 4);
    double *strength = casus_base_arena_get(scratch, (size_t)n * sizeof *strength + 8);
    if (!root || !strength) return casus_base_no_memory(err);
    uint32_t *place_in = root + n, *part = place_in + n, *todo = part + n;
    for (uint32_t i = 0; i < n; i++) {
        cluster_of[i] = reason[i] = todo[i] = i;
        strength[i] = 0;
    }
    graph g;
    casus_status s = build(&g, n, edges, n_edges, scratch, err);
    if (s) return s;
    /* parts of at most WEAVE_COMPONENT_MOST: what is too large is cut at a higher bar */
    double bar = 0;
    for (int step = 0; step < STEPS; step++, bar += STEP) {
        for (uint32_t i = 0; i < n; i++) root[i] = i;
        for (size_t i = 0; i < n_edges; i++) {
            const uint32_t a = edges[i].a, b = edges[i].b;
            if (edges[i].score < bar || todo[a] == CASUS_NONE || todo[b] == CASUS_NONE) continue;
            const uint32_t x = find(root, a), y = find(root, b);
            if (x < y) root[y] = x;
            if (y < x) root[x] = y;
        }
        memset(place_in, 0, n * sizeof *place_in); /* sizes, for now */
        for (uint32_t i = 0; i < n; i++) place_in[root[i] = find(root, i)]++;
        bool left = false;
        for (uint32_t first = 0; first < n; first++) {
            if (todo[first] == CASUS_NONE || root[first] != first) continue;
            const uint32_t size = place_in[first];
            left = left || size > WEAVE_COMPONENT_MOST;
        }
        /* members of each part, by one pass over the roots */
        uint32_t *next = casus_base_arena_get(scratch, (size_t)n * 3 * sizeof *next + 4);
        if (!next) return casus_base_no_memory(err);
        uint32_t *head = next + n, *where = head + n;
        for (uint32_t i = 0; i < n; i++) head[i] = where[i] = CASUS_NONE;
        for (uint32_t i = n; i-- > 0;) {
            next[i] = head[root[i]];
            head[root[i]] = i;
        }
        for (uint32_t first = 0; first < n; first++) {
            if (todo[first] == CASUS_NONE || root[first] != first) continue;
            if (place_in[first] > WEAVE_COMPONENT_MOST) continue;
            uint32_t k = 0;
            for (uint32_t i = head[first]; i != CASUS_NONE; i = next[i]) {
                where[i] = k;
                part[k++] = i;
            }
            if (k > 1) {
                s = join(part, k, &g, where, cluster_of, scratch, err);
                if (s) return s;
            }
            for (uint32_t i = 0; i < k; i++) {
                where[part[i]] = CASUS_NONE;
                todo[part[i]] = CASUS_NONE;
            }
        }
        if (!left) break;
    }
    /* what no bar could cut is one cluster a part: records alike to the word */
    for (uint32_t i = 0; i < n; i++)
        if (todo[i] != CASUS_NONE) cluster_of[i] = root[i];
    /* the earlier record of the same cluster that speaks most for each */
    for (size_t i = 0; i < n_edges; i++) {
        const uint32_t a = edges[i].a < edges[i].b ? edges[i].a : edges[i].b,
                       b = edges[i].a < edges[i].b ? edges[i].b : edges[i].a;
        if (cluster_of[a] != cluster_of[b]) continue;
        if (reason[b] == b || edges[i].score > strength[b] ||
            (edges[i].score >= strength[b] && a < reason[b])) {
            strength[b] = edges[i].score;
            reason[b] = a;
        }
    }
    return CASUS_OK;
}
