/* place_open.c - the gazetteer opened in place, and looked up.
 *
 * Opening reads the header alone, whatever the size: pages are touched as names are asked for.
 * Every lookup checks what it reads, so that a damaged section gives no place or a wrong one, never
 * a read outside of it.
 */
#include "know/place_int.h"

static casus_status damaged(casus_error *err, const char *what) {
    return casus_base_fail(err, CASUS_E_FORMAT, "the pack's gazetteer is damaged: %s", what);
}

static bool part(uint32_t off, uint32_t n, size_t size, size_t len) {
    return off % 8 == 0 && off <= len && n <= (len - off) / size;
}

casus_status place_fill(casus_places *p, const void *bytes, size_t len, casus_error *err) {
    const place_header *h = bytes;
    if (len < sizeof *h || len > UINT32_MAX) return damaged(err, "too short");
    if (memcmp(h->magic, "CASUSPL1", 8) != 0) return damaged(err, "not such a section");
    if (h->size != len) return damaged(err, "size");
    if (!h->n_buckets || h->n_buckets & (h->n_buckets - 1)) return damaged(err, "buckets");
    if (!h->n_words || h->n_words & (h->n_words - 1)) return damaged(err, "words");
    const char *base = bytes;
    if (!part(h->places, h->n_places, sizeof(place_record), len)) return damaged(err, "places");
    if (!part(h->entries, h->n_entries, sizeof(place_entry), len)) return damaged(err, "entries");
    if (h->n_buckets == UINT32_MAX || !part(h->buckets, h->n_buckets + 1, sizeof(uint32_t), len)) {
        return damaged(err, "buckets");
    }
    if (!part(h->strings, h->n_strings, 1, len)) return damaged(err, "strings");
    if (!part(h->words, h->n_words, sizeof(place_word), len)) return damaged(err, "words");
    p->places = (const place_record *)(const void *)(base + h->places);
    p->entries = (const place_entry *)(const void *)(base + h->entries);
    p->buckets = (const uint32_t *)(const void *)(base + h->buckets);
    p->strings = base + h->strings;
    p->words = (const place_word *)(const void *)(base + h->words);
    p->n_places = h->n_places;
    p->n_entries = h->n_entries;
    p->n_buckets = h->n_buckets;
    p->n_strings = h->n_strings;
    p->n_words = h->n_words;
    return CASUS_OK;
}

casus_status casus_know_place_open(casus_places **out, const casus_pack *pack,
                                   const casus_memory *memory, casus_error *err) {
    const void *bytes;
    size_t len;
    *out = NULL;
    casus_status st = casus_pack_section_lazy(pack, PLACE_SECTION, &bytes, &len, err);
    if (st != CASUS_OK) return st;
    casus_places *p = casus_base_alloc(memory, sizeof *p);
    if (!p) return casus_base_no_memory(err);
    memset(p, 0, sizeof *p);
    p->memory = *memory;
    st = place_fill(p, bytes, len, err);
    if (st != CASUS_OK) {
        casus_know_place_free(p);
        return st;
    }
    *out = p;
    return CASUS_OK;
}

void casus_know_place_free(casus_places *places) {
    if (!places) return;
    casus_memory m = places->memory;
    casus_base_release(&m, places);
}

uint32_t place_lookup(const casus_places *p, uint64_t hash, const place_entry **first) {
    uint32_t bucket = (uint32_t)hash & (p->n_buckets - 1), high = (uint32_t)(hash >> 32);
    uint32_t from = p->buckets[bucket], to = p->buckets[bucket + 1];
    if (to > p->n_entries) to = p->n_entries;
    uint32_t n = 0;
    for (uint32_t i = from; i < to; i++) {
        uint32_t h = p->entries[i].hash;
        if (h < high) continue;
        if (h > high || n == PLACE_NAMESAKES_MOST) break;
        if (n++ == 0) *first = &p->entries[i];
    }
    return n;
}

const place_record *place_at(const casus_places *p, uint32_t place) {
    uint32_t i = place & PLACE_INDEX;
    if (i >= p->n_places || p->places[i].kind >= PLACE_KINDS) return NULL;
    return &p->places[i];
}

casus_slice place_name_of(const casus_places *p, const place_record *r) {
    if (r->name > p->n_strings || r->name_len > p->n_strings - r->name) return CASUS_SLICE("");
    casus_slice s = {p->strings + r->name, r->name_len};
    return casus_base_utf8_valid(s.ptr, s.len) == s.len ? s : CASUS_SLICE("");
}

uint32_t place_classes(const casus_places *p, uint64_t hash) {
    uint32_t mask = p->n_words - 1;
    for (uint32_t n = 0, i = (uint32_t)hash & mask; n < 64 && n < p->n_words; n++) {
        if (p->words[i].hash == hash) return p->words[i].classes;
        if (p->words[i].hash == 0) return 0;
        i = (i + 1) & mask;
    }
    return 0;
}
