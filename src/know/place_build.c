/* place_build.c - places and names gathered into the section that place_open.c opens.
 *
 * Pack time only. A name is kept as the hash of its key alone: with 50 bits told apart among a
 * million names, a word of a text that is no name is taken for one once in 10^9.
 */
#include "know/place_int.h"

#include <stdlib.h>

typedef struct build_entry {
    uint64_t hash;
    uint32_t place, population;
} build_entry;

#define IDS_MOST (1u << 26)

struct place_build {
    casus_memory memory;
    casus_arena *arena; /* keys and countries */
    uint8_t *ids;       /* a bit for each geonameid below IDS_MOST that is there */
    casus_buffer places, entries, strings, words, countries;
};

casus_status place_build_new(place_build **out, const casus_memory *memory, casus_error *err) {
    place_build *b = casus_base_alloc(memory, sizeof *b);
    if (!b) return casus_base_no_memory(err);
    memset(b, 0, sizeof *b);
    b->memory = *memory;
    b->arena = casus_base_arena_new(memory);
    casus_base_buffer_init(&b->places, memory);
    casus_base_buffer_init(&b->entries, memory);
    casus_base_buffer_init(&b->strings, memory);
    casus_base_buffer_init(&b->words, memory);
    casus_base_buffer_init(&b->countries, memory);
    b->ids = casus_base_alloc(memory, IDS_MOST / 8);
    if (b->ids) memset(b->ids, 0, IDS_MOST / 8);
    if (!b->arena || !b->ids) {
        place_build_free(b);
        return casus_base_no_memory(err);
    }
    *out = b;
    return CASUS_OK;
}

void place_build_free(place_build *b) {
    if (!b) return;
    casus_memory m = b->memory;
    casus_base_buffer_free(&b->places);
    casus_base_buffer_free(&b->entries);
    casus_base_buffer_free(&b->strings);
    casus_base_buffer_free(&b->words);
    casus_base_buffer_free(&b->countries);
    casus_base_release(&m, b->ids);
    if (b->arena) casus_base_arena_free(b->arena);
    casus_base_release(&m, b);
}

casus_arena *place_build_arena(place_build *b) {
    return b->arena;
}

casus_status place_build_add(place_build *b, const place_record *place, casus_slice name,
                             uint32_t *index, casus_error *err) {
    place_record r = *place;
    if (name.len > 255) name.len = 255;
    while (name.len && casus_base_utf8_valid(name.ptr, name.len) != name.len) name.len--;
    if (r.id && r.id < IDS_MOST) b->ids[r.id / 8] |= (uint8_t)(1u << r.id % 8);
    r.name = (uint32_t)b->strings.len;
    r.name_len = (uint8_t)name.len;
    casus_base_buffer_add(&b->strings, name.ptr, name.len);
    *index = (uint32_t)(b->places.len / sizeof r);
    casus_base_buffer_add(&b->places, &r, sizeof r);
    if (b->strings.failed || b->places.failed) return casus_base_no_memory(err);
    if (b->places.len > UINT32_MAX / 2 || b->strings.len > UINT32_MAX / 2) {
        return casus_base_fail(err, CASUS_E_LIMIT, "gazetteer over 2 GB");
    }
    return place_build_name(b, *index, name, 0, err);
}

bool place_build_knows(const place_build *b, uint32_t id) {
    return id && id < IDS_MOST && b->ids[id / 8] >> id % 8 & 1;
}

casus_status place_build_name(place_build *b, uint32_t index, casus_slice name, uint32_t flags,
                              casus_error *err) {
    casus_slice key = place_key(b->arena, name);
    if (!key.ptr) return casus_base_no_memory(err);
    if (key.len == 0) return CASUS_OK;
    uint32_t words = 1;
    for (uint32_t i = 0; i < key.len; i++) words += key.ptr[i] == ' ';
    if (words > PLACE_WORDS_MOST) return CASUS_OK; /* never looked up */
    const place_record *r = (const place_record *)(const void *)b->places.ptr + index;
    build_entry e = {place_hash(key), index | flags, r->population};
    casus_base_buffer_add(&b->entries, &e, sizeof e);
    return b->entries.failed ? casus_base_no_memory(err) : CASUS_OK;
}

void place_build_middle(const place_build *b, const char country[3], uint32_t admin, int32_t *lat,
                        int32_t *lon) {
    const place_record *r = (const place_record *)(const void *)b->places.ptr;
    for (size_t i = 0; i < b->places.len / sizeof *r; i++) {
        if (r[i].kind != PLACE_STATE || r[i].admin != admin) continue;
        if (memcmp(r[i].country, country, 3) != 0) continue;
        *lat = r[i].lat;
        *lon = r[i].lon;
        return;
    }
}

bool place_build_has(const place_build *b, const place_record *want, casus_slice name) {
    const place_record *r = (const place_record *)(const void *)b->places.ptr;
    for (size_t i = 0; i < b->places.len / sizeof *r && r[i].id == 0; i++) {
        if (r[i].kind != want->kind || r[i].admin != want->admin) continue;
        if (memcmp(r[i].country, want->country, 3) != 0 || r[i].name_len != name.len) continue;
        if (memcmp(b->strings.ptr + r[i].name, name.ptr, name.len) == 0) return true;
    }
    return false;
}

casus_status place_build_word(place_build *b, casus_slice word, uint32_t classes,
                              casus_error *err) {
    casus_slice key = place_key(b->arena, word);
    if (!key.ptr) return casus_base_no_memory(err);
    place_word w = {place_hash(key), classes, 0};
    place_word *all = (place_word *)(void *)b->words.ptr;
    for (size_t i = 0; i < b->words.len / sizeof w; i++) {
        if (all[i].hash == w.hash) {
            all[i].classes |= classes;
            return CASUS_OK;
        }
    }
    casus_base_buffer_add(&b->words, &w, sizeof w);
    return b->words.failed ? casus_base_no_memory(err) : CASUS_OK;
}

casus_status place_build_country_add(place_build *b, casus_slice two, casus_slice three,
                                     casus_error *err) {
    char row[5] = {0, 0, three.ptr[0], three.ptr[1], three.ptr[2]};
    if (two.len == 2) memcpy(row, two.ptr, 2);
    casus_base_buffer_add(&b->countries, row, sizeof row);
    return b->countries.failed ? casus_base_no_memory(err) : CASUS_OK;
}

bool place_build_country(const place_build *b, casus_slice code, char out[3]) {
    for (size_t i = 0; i + 5 <= b->countries.len; i += 5) {
        const char *row = b->countries.ptr + i;
        bool two = code.len == 2 && memcmp(row, code.ptr, 2) == 0;
        bool three = code.len == 3 && memcmp(row + 2, code.ptr, 3) == 0;
        if (two || three) {
            memcpy(out, row + 2, 3);
            return true;
        }
    }
    return false;
}

/* ---- emitting ------------------------------------------------------------------------------- */

static uint32_t n_buckets_of(size_t n_entries) {
    uint32_t n = 16;
    while (n < 1u << 22 && n < n_entries / 2) n *= 2;
    return n;
}

/* by hash; of one name its bearer by that very name first, then the most populous; stable */
static int by_hash(const void *a, const void *b) {
    const build_entry *x = a, *y = b;
    if (x->hash != y->hash) return x->hash < y->hash ? -1 : 1; /* so by its high half too */
    if (x->population != y->population) return x->population > y->population ? -1 : 1;
    uint32_t i = x->place & PLACE_INDEX, j = y->place & PLACE_INDEX;
    if (i != j) return i < j ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

typedef struct packed {
    uint32_t bucket;
    place_entry e;
} packed;

static uint32_t append(casus_buffer *out, size_t base, const void *bytes, size_t size) {
    casus_base_buffer_align(out, 8);
    uint32_t at = (uint32_t)(out->len - base);
    casus_base_buffer_add(out, bytes, size);
    return at;
}

static casus_status emit_entries(place_build *b, casus_buffer *out, size_t base, place_header *h,
                                 casus_error *err) {
    build_entry *e = (build_entry *)(void *)b->entries.ptr;
    size_t n = b->entries.len / sizeof *e, kept = 0;
    if (n) qsort(e, n, sizeof *e, by_hash);
    packed *p = casus_base_alloc(&b->memory, (n + 1) * sizeof *p);
    uint32_t nb = n_buckets_of(n);
    uint32_t *buckets = casus_base_alloc(&b->memory, ((size_t)nb + 1) * sizeof *buckets);
    place_entry *entries = casus_base_alloc(&b->memory, (n + 1) * sizeof *entries);
    if (p && buckets && entries) {
        for (size_t i = 0; i < n; i++) {
            bool again = i && e[i].hash == e[i - 1].hash;
            if (again && ((e[i].place ^ e[i - 1].place) & PLACE_INDEX) == 0) continue;
            uint32_t bucket = (uint32_t)e[i].hash & (nb - 1);
            p[kept++] = (packed){bucket, {(uint32_t)(e[i].hash >> 32), e[i].place}};
        }
        /* e is sorted by hash, so a counting sort by bucket keeps hash and size in order */
        memset(buckets, 0, ((size_t)nb + 1) * sizeof *buckets);
        for (size_t i = 0; i < kept; i++) buckets[p[i].bucket + 1]++;
        for (uint32_t i = 0; i < nb; i++) buckets[i + 1] += buckets[i];
        for (size_t i = 0; i < kept; i++) entries[buckets[p[i].bucket]++] = p[i].e;
        for (uint32_t i = nb; i > 0; i--) buckets[i] = buckets[i - 1];
        buckets[0] = 0;
        h->entries = append(out, base, entries, kept * sizeof *entries);
        h->n_entries = (uint32_t)kept;
        h->buckets = append(out, base, buckets, ((size_t)nb + 1) * sizeof *buckets);
        h->n_buckets = nb;
    }
    bool ok = p && buckets && entries && !out->failed;
    casus_base_release(&b->memory, p);
    casus_base_release(&b->memory, buckets);
    casus_base_release(&b->memory, entries);
    return ok ? CASUS_OK : casus_base_no_memory(err);
}

static casus_status emit_words(place_build *b, casus_buffer *out, size_t base, place_header *h,
                               casus_error *err) {
    const place_word *w = (const place_word *)(const void *)b->words.ptr;
    size_t n = b->words.len / sizeof *w;
    uint32_t slots = 16;
    while (slots < n * 3) slots *= 2;
    place_word *table = casus_base_alloc(&b->memory, slots * sizeof *table);
    if (!table) return casus_base_no_memory(err);
    memset(table, 0, slots * sizeof *table);
    for (size_t i = 0; i < n; i++) {
        uint32_t at = (uint32_t)w[i].hash & (slots - 1);
        while (table[at].hash) at = (at + 1) & (slots - 1);
        table[at] = w[i];
    }
    h->words = append(out, base, table, slots * sizeof *table);
    h->n_words = slots;
    casus_base_release(&b->memory, table);
    return out->failed ? casus_base_no_memory(err) : CASUS_OK;
}

casus_status place_build_emit(place_build *b, casus_buffer *out, casus_error *err) {
    place_header h = {0};
    memcpy(h.magic, "CASUSPL1", 8);
    size_t base = out->len;
    casus_base_buffer_add(out, &h, sizeof h);
    h.places = append(out, base, b->places.ptr ? b->places.ptr : "", b->places.len);
    h.n_places = (uint32_t)(b->places.len / sizeof(place_record));
    casus_status st = emit_entries(b, out, base, &h, err);
    if (st == CASUS_OK) st = emit_words(b, out, base, &h, err);
    if (st != CASUS_OK) return st;
    h.strings = append(out, base, b->strings.ptr ? b->strings.ptr : "", b->strings.len);
    h.n_strings = (uint32_t)b->strings.len;
    casus_base_buffer_align(out, 8);
    if (out->failed) return casus_base_no_memory(err);
    if (out->len - base > UINT32_MAX / 2 || h.n_places > PLACE_INDEX) {
        return casus_base_fail(err, CASUS_E_LIMIT, "gazetteer over 2 GB");
    }
    h.size = (uint32_t)(out->len - base);
    memcpy(out->ptr + base, &h, sizeof h);
    return CASUS_OK;
}
