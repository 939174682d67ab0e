/* copies.c - near-identical texts: one story with many outlets.
 *
 * MinHash (A. Broder 1997) over shingles of WEAVE_SHINGLE words, WEAVE_HASHES values; texts that
 * share a band of values (locality-sensitive hashing; P. Indyk and R. Motwani 1998) are compared by
 * the share of equal values, which estimates the likeness (Jaccard) of their shingles. Linear in
 * the length of the texts; see links.c for crowded bands. Texts whose words are the same throughout
 * have one signature and meet in every band. Numbers are words here: two reports that differ in a
 * number only are copies. */
#include "weave/weave_int.h"

#define ROWS (WEAVE_HASHES / WEAVE_BANDS)
/* A cheap hash family: the finishing mix of SplitMix64 (S. Vigna, public domain) with a seed. */
static uint64_t mix(uint64_t x) {
    x += UINT64_C(0x9E3779B97F4A7C15);
    x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
    return x ^ (x >> 31);
}

casus_status weave_signature(casus_weave *w, weave_doc *d, casus_error *err) {
    if (!d->doc.text || !d->doc.text_len) return CASUS_OK;
    casus_base_arena_reset(w->scratch);
    const casus_slice s =
        casus_base_utf8_fold(w->scratch, casus_slice_of(d->doc.text, d->doc.text_len));
    uint32_t *sig = casus_base_arena_get(w->arena, WEAVE_HASHES * sizeof *sig);
    if (!s.ptr || !sig) return casus_base_no_memory(err);
    memset(sig, 0xFF, WEAVE_HASHES * sizeof *sig);
    uint64_t last[WEAVE_SHINGLE] = {0}, key;
    uint32_t at = 0, begin, end, n = 0;
    while (weave_next_word(s, &at, &begin, &end, &key)) {
        memmove(last, last + 1, (WEAVE_SHINGLE - 1) * sizeof *last);
        last[WEAVE_SHINGLE - 1] = casus_base_hash64(s.ptr + begin, end - begin, 3);
        if (++n < WEAVE_SHINGLE) continue;
        const uint64_t shingle = casus_base_hash64(last, sizeof last, 5);
        for (uint32_t i = 0; i < WEAVE_HASHES; i += 2) {
            const uint64_t h = mix(shingle ^ ((uint64_t)i << 56 | i));
            if ((uint32_t)h < sig[i]) sig[i] = (uint32_t)h;
            if ((uint32_t)(h >> 32) < sig[i + 1]) sig[i + 1] = (uint32_t)(h >> 32);
        }
    }
    if (n >= WEAVE_SHINGLE) d->signature = sig;
    return CASUS_OK;
}

uint32_t weave_bands(const uint32_t *signature, uint64_t *keys) {
    for (uint32_t i = 0; i < WEAVE_BANDS; i++)
        keys[i] = casus_base_hash64(signature + (size_t)i * ROWS, ROWS * sizeof *signature, i + 1);
    return WEAVE_BANDS;
}

double weave_likeness(const uint32_t *a, const uint32_t *b) {
    uint32_t same = 0;
    for (uint32_t i = 0; i < WEAVE_HASHES; i++) same += a[i] == b[i];
    return (double)same / WEAVE_HASHES;
}

static uint32_t keys_of(void *ctx, uint32_t item, uint64_t *keys, uint32_t most) {
    const casus_weave *w = ctx;
    const uint32_t *signature = w->docs[item].signature;
    return signature && most >= WEAVE_BANDS ? weave_bands(signature, keys) : 0;
}
/* Copies run within the window of days; without a day they may run at any time. */
static bool weigh(void *ctx, uint32_t a, uint32_t b, double *score) {
    const casus_weave *w = ctx;
    const weave_doc *x = &w->docs[a], *y = &w->docs[b];
    if (x->day != CASUS_NO_DAY && y->day != CASUS_NO_DAY &&
        (x->day - y->day > WEAVE_WINDOW || y->day - x->day > WEAVE_WINDOW))
        return false;
    *score = weave_likeness(x->signature, y->signature);
    return *score >= WEAVE_COPY;
}

static int by_root(const void *ctx, uint32_t a, uint32_t b) {
    const casus_weave *w = ctx;
    if (w->docs[a].lead != w->docs[b].lead) return w->docs[a].lead < w->docs[b].lead ? -1 : 1;
    return weave_doc_cmp(w, a, b);
}
static int by_lead(const void *ctx, uint32_t a, uint32_t b) {
    const casus_weave *w = ctx;
    return weave_doc_cmp(w, w->stories[a].docs[0], w->stories[b].docs[0]);
}

casus_status weave_stories(casus_weave *w, casus_error *err) {
    const weave_meet m = {w, keys_of, NULL, weigh};
    casus_status s = weave_links_run(&w->texts, &m, err);
    if (s) return s;
    const size_t n = w->n_docs;
    uint32_t *root = casus_base_arena_get(w->made, n * sizeof *root + 1);
    uint32_t *order = casus_base_arena_get(w->made, n * sizeof *order + 1);
    if (!root || !order) return casus_base_no_memory(err);
    weave_links_components(&w->texts, 0, root);
    for (uint32_t i = 0; i < n; i++) {
        w->docs[i].lead = root[i];
        order[i] = i;
    }
    casus_base_arena_reset(w->scratch);
    if ((s = weave_sort(order, n, by_root, w, w->scratch, err))) return s;
    size_t stories = 0;
    for (size_t i = 1; i < n; i++)
        if (root[order[i]] == root[order[i - 1]] &&
            (i == 1 || root[order[i - 2]] != root[order[i]]))
            stories++;
    casus_story *v = casus_base_arena_zero(w->made, stories + 1, sizeof *v), *sorted;
    uint32_t *places = casus_base_arena_get(w->made, (stories + 1) * sizeof *places);
    sorted = casus_base_arena_zero(w->made, stories + 1, sizeof *sorted);
    if (!v || !sorted || !places) return casus_base_no_memory(err);
    stories = 0;
    for (size_t i = 0, k; i < n; i = k) {
        const uint32_t lead = order[i];
        for (k = i; k < n && root[order[k]] == root[lead]; k++) w->docs[order[k]].lead = lead;
        if (k - i < 2) continue;
        const casus_slice id =
            casus_base_arena_format(w->made, "s%016llx",
                                    (unsigned long long)casus_base_hash64(
                                        w->docs[lead].doc.id, strlen(w->docs[lead].doc.id), 17));
        if (!id.ptr) return casus_base_no_memory(err);
        places[stories] = (uint32_t)stories;
        v[stories++] = (casus_story){{id.ptr, id.len}, order + i, k - i};
    }
    w->stories = v;
    if ((s = weave_sort(places, stories, by_lead, w, w->scratch, err))) return s;
    for (size_t i = 0; i < stories; i++) sorted[i] = v[places[i]];
    w->stories = sorted;
    w->n_stories = stories;
    return CASUS_OK;
}
