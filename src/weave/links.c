/* links.c - which items are compared. An item goes into the buckets of its keys, and meets what
 * stands in the buckets that it asks for. A bucket with more than `most` items leads nowhere, so
 * that cost stays linear; when one fills up, its items are weighed again, so that what is linked
 * depends on the items alone and not on their order. Each bucket fills up once. */
#include "weave/weave_int.h"

#define KEYS_MOST 512u
#define OTHERS_MOST 128u

void weave_links_init(weave_links *l, const casus_memory *memory, uint32_t most) {
    memset(l, 0, sizeof *l);
    l->memory = *memory;
    l->most = most;
}

void weave_links_free(weave_links *l) {
    for (size_t i = 0; i < l->size; i++) casus_base_release(&l->memory, l->buckets[i].items);
    casus_base_release(&l->memory, l->buckets);
    casus_base_release(&l->memory, l->edges);
    casus_base_release(&l->memory, l->stamp);
    casus_base_release(&l->memory, l->dirty);
}

static weave_bucket *slot(weave_bucket *buckets, size_t size, uint64_t key) {
    size_t i = (size_t)(key ^ (key >> 29)) & (size - 1);
    while (buckets[i].key && buckets[i].key != key) i = (i + 1) & (size - 1);
    return &buckets[i];
}

static casus_status grow(weave_links *l, casus_error *err) {
    const size_t size = l->size ? l->size * 2 : 1024;
    weave_bucket *buckets = casus_base_alloc(&l->memory, size * sizeof *buckets);
    if (!buckets) return casus_base_no_memory(err);
    memset(buckets, 0, size * sizeof *buckets);
    for (size_t i = 0; i < l->size; i++)
        if (l->buckets[i].key) *slot(buckets, size, l->buckets[i].key) = l->buckets[i];
    casus_base_release(&l->memory, l->buckets);
    l->buckets = buckets;
    l->size = size;
    return CASUS_OK;
}

static casus_status put(weave_links *l, uint64_t key, uint32_t item, casus_error *err) {
    if (l->used * 2 >= l->size) {
        const casus_status s = grow(l, err);
        if (s) return s;
    }
    weave_bucket *b = slot(l->buckets, l->size, key);
    if (!b->key) {
        b->key = key;
        l->used++;
    }
    if (b->n > l->most) return CASUS_OK; /* closed: nobody asks for its items any more */
    if (b->n == b->cap) {
        const uint32_t cap = b->cap ? b->cap * 2 : 4;
        uint32_t *items = casus_base_resize(&l->memory, b->items, cap * sizeof *items);
        if (!items) return casus_base_no_memory(err);
        b->items = items;
        b->cap = cap;
    }
    b->items[b->n++] = item;
    if (b->n > l->most)
        for (uint32_t i = 0; i < b->n; i++) l->dirty[b->items[i]] |= 1;
    return CASUS_OK;
}

casus_status weave_links_add(weave_links *l, const uint64_t *keys, uint32_t n, casus_error *err) {
    if (l->n_items == l->cap_items) {
        const size_t cap = l->cap_items ? l->cap_items * 2 : 256;
        uint32_t *stamp = casus_base_resize(&l->memory, l->stamp, cap * sizeof *stamp);
        if (!stamp) return casus_base_no_memory(err);
        l->stamp = stamp;
        uint8_t *dirty = casus_base_resize(&l->memory, l->dirty, cap);
        if (!dirty) return casus_base_no_memory(err);
        l->dirty = dirty;
        l->cap_items = cap;
    }
    const uint32_t item = (uint32_t)l->n_items++;
    l->stamp[item] = CASUS_NONE;
    l->dirty[item] = 1;
    for (uint32_t i = 0; i < n; i++) {
        const casus_status s = put(l, keys[i] ? keys[i] : 1, item, err);
        if (s) return s;
    }
    return CASUS_OK;
}

static casus_status meet(weave_links *l, const weave_meet *m, uint32_t item, uint32_t other,
                         casus_error *err) {
    if (other == item || l->stamp[other] == item) return CASUS_OK;
    l->stamp[other] = item;
    if ((l->dirty[other] & 1) && other < item)
        return CASUS_OK; /* it has met this one in its turn */
    double score = 0;
    const uint32_t a = item < other ? item : other, b = item < other ? other : item;
    l->pairs++;
    if (!m->weigh(m->ctx, a, b, &score)) return CASUS_OK;
    if (l->n_edges == l->cap_edges) {
        const size_t cap = l->cap_edges ? l->cap_edges * 2 : 256;
        weave_edge *edges = casus_base_resize(&l->memory, l->edges, cap * sizeof *edges);
        if (!edges) return casus_base_no_memory(err);
        l->edges = edges;
        l->cap_edges = cap;
    }
    l->edges[l->n_edges++] = (weave_edge){a, b, score};
    return CASUS_OK;
}

casus_status weave_links_run(weave_links *l, const weave_meet *m, casus_error *err) {
    uint64_t keys[KEYS_MOST];
    uint32_t others[OTHERS_MOST];
    size_t kept = 0;
    l->pairs = 0;
    for (size_t i = 0; i < l->n_edges; i++) {
        const weave_edge e = l->edges[i];
        const bool a = l->dirty[e.a] & 1, b = l->dirty[e.b] & 1;
        if (!a && !b) l->edges[kept++] = e;
        if (a) l->dirty[e.b] |= 2;
        if (b) l->dirty[e.a] |= 2;
    }
    l->n_edges = kept;
    for (size_t i = 0; i < l->n_items; i++) l->stamp[i] = CASUS_NONE;
    for (uint32_t item = 0; item < l->n_items; item++) {
        if (!(l->dirty[item] & 1)) continue;
        const uint32_t n = m->keys(m->ctx, item, keys, KEYS_MOST);
        for (uint32_t i = 0; i < n && l->size; i++) {
            const weave_bucket *b = slot(l->buckets, l->size, keys[i] ? keys[i] : 1);
            if (b->n > l->most) continue;
            for (uint32_t k = 0; k < b->n; k++) {
                const casus_status s = meet(l, m, item, b->items[k], err);
                if (s) return s;
            }
        }
        const uint32_t more = m->others ? m->others(m->ctx, item, others, OTHERS_MOST) : 0;
        for (uint32_t i = 0; i < more; i++) {
            const casus_status s = meet(l, m, item, others[i], err);
            if (s) return s;
        }
    }
    return CASUS_OK;
}

static uint32_t find(uint32_t *root, uint32_t i) {
    while (root[i] != i) {
        root[i] = root[root[i]];
        i = root[i];
    }
    return i;
}

void weave_links_components(const weave_links *l, double least, uint32_t *root) {
    for (uint32_t i = 0; i < l->n_items; i++) root[i] = i;
    for (size_t i = 0; i < l->n_edges; i++) {
        if (l->edges[i].score < least) continue;
        const uint32_t a = find(root, l->edges[i].a), b = find(root, l->edges[i].b);
        if (a < b)
            root[b] = a;
        else
            root[a] = b;
    }
    for (uint32_t i = 0; i < l->n_items; i++) root[i] = find(root, i);
}
