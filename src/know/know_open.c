/* know_open.c - the compiled tables checked and opened; a user's table put in front of them.
 *
 * O(size of the section) once, at opening: every offset, index and class in it is checked, so that
 * what reads it later need not. Lookups are O(1) hash probes.
 */
#include "know/know_int.h"

static casus_status damaged(casus_error *err, const char *what) {
    return casus_base_fail(err, CASUS_E_FORMAT, "the pack's tables of names are damaged: %s", what);
}

static bool str_ok(const know_layer *l, know_str s) {
    return s.off <= l->n_strings && s.len <= l->n_strings - s.off;
}

static bool code_ok(const char *code, size_t room) {
    return memchr(code, 0, room) != NULL;
}

static bool rows_ok(const know_layer *l) {
    for (uint32_t i = 0; i < l->n_rows; i++) {
        const know_row *r = &l->rows[i];
        if (!str_ok(l, r->name) || !str_ok(l, r->person) || !str_ok(l, r->office)) return false;
        if (r->table >= KNOW_TABLES || r->kind >= KNOW_KINDS) return false;
        if (r->n_sectors > CASUS_SECTORS_MOST || r->root > i) return false;
        if (r->next != CASUS_NONE && (r->next <= i || r->next >= l->n_rows)) return false;
        if (!code_ok(r->country, 4) || !code_ok(r->code, 8)) return false;
        for (uint32_t k = 0; k < r->n_sectors; k++) {
            if (!code_ok(r->sectors[k], 4)) return false;
        }
        if (r->table == KNOW_MARKERS && r->aux >= KNOW_MARKS) return false;
        bool refers = r->table == KNOW_LEADERS || r->table == KNOW_PEOPLE || r->table == KNOW_USER;
        if (refers && r->aux != CASUS_NONE && r->aux >= l->n_rows) return false;
    }
    return true;
}

static bool phrases_ok(const know_layer *l) {
    for (uint32_t i = 0; i < l->n_phrases; i++) {
        const know_phrase *p = &l->phrases[i];
        if (!str_ok(l, p->key) || p->longest > KNOW_NAME_ATOMS) return false;
        if (p->first > l->n_targets || p->n > l->n_targets - p->first) return false;
    }
    for (uint32_t i = 0; i < l->n_targets; i++) {
        if (l->targets[i].row >= l->n_rows || l->targets[i].how >= KNOW_HOWS) return false;
    }
    bool free_slot = l->n_slots == 0;
    for (uint32_t i = 0; i < l->n_slots; i++) {
        if (l->slots[i] > l->n_phrases) return false;
        if (l->slots[i] == 0) free_slot = true;
    }
    return free_slot;
}

static bool indexes_ok(const know_layer *l) {
    for (uint32_t i = 0; i < l->n_holders; i++) {
        const know_holder *h = &l->holders[i];
        if (h->row >= l->n_rows || h->office >= l->n_rows || !code_ok(h->code, 8)) return false;
    }
    for (uint32_t i = 0; i < l->n_codes; i++) {
        if (l->codes[i].row >= l->n_rows || !code_ok(l->codes[i].code, 8)) return false;
    }
    for (uint32_t i = 0; i < l->n_mains; i++) {
        if (l->mains[i].row >= l->n_rows || !code_ok(l->mains[i].country, 4)) return false;
    }
    return true;
}

casus_status know_layer_open(know_layer *l, const void *bytes, size_t len, casus_error *err) {
    const know_header *h = bytes;
    memset(l, 0, sizeof *l);
    if (len < sizeof *h || len > UINT32_MAX) return damaged(err, "too short");
    if (memcmp(h->magic, "CASUSKN1", 8) != 0) return damaged(err, "not such a section");
    if (h->size != len) return damaged(err, "size");
    const char *base = bytes;
#define PART(part, type)                                                                          \
    if (h->part.off % 8 || h->part.off > len || h->part.n > (len - h->part.off) / sizeof(type)) { \
        return damaged(err, #part);                                                               \
    }                                                                                             \
    l->part = (const type *)(const void *)(base + h->part.off);                                   \
    l->n_##part = h->part.n
    PART(strings, char);
    PART(rows, know_row);
    PART(phrases, know_phrase);
    PART(targets, know_target);
    PART(slots, uint32_t);
    PART(holders, know_holder);
    PART(codes, know_coded);
    PART(mains, know_main);
#undef PART
    if (h->n_slots != l->n_slots || (l->n_slots & (l->n_slots - 1))) return damaged(err, "slots");
    if (!rows_ok(l)) return damaged(err, "rows");
    if (!phrases_ok(l)) return damaged(err, "phrases");
    if (!indexes_ok(l)) return damaged(err, "indexes");
    return CASUS_OK;
}

uint32_t know_phrase_of(const know_layer *l, const char *key, uint32_t len) {
    if (l->n_slots == 0) return CASUS_NONE;
    size_t mask = l->n_slots - 1;
    for (size_t at = casus_base_hash64(key, len, 7) & mask; l->slots[at]; at = (at + 1) & mask) {
        know_str s = l->phrases[l->slots[at] - 1].key;
        if (s.len == len && memcmp(l->strings + s.off, key, len) == 0) return l->slots[at] - 1;
    }
    return CASUS_NONE;
}

/* ---- compile, open, overlay ----------------------------------------------------------------- */

casus_status casus_know_compile(const char *data_dir, casus_pack_writer *writer,
                                const casus_memory *memory, casus_error *err) {
    know_build *build = NULL;
    casus_buffer bytes;
    casus_base_buffer_init(&bytes, memory);
    casus_status st = know_build_new(&build, memory, err);
    if (st == CASUS_OK) st = know_tables_read(build, data_dir, memory, err);
    if (st == CASUS_OK) st = know_build_emit(build, &bytes, err);
    if (st == CASUS_OK) {
        st = casus_pack_writer_add(writer, KNOW_SECTION, bytes.ptr, bytes.len, err);
    }
    know_build_free(build);
    casus_base_buffer_free(&bytes);
    return st;
}

casus_status casus_know_open(casus_know **out, const casus_pack *pack, const casus_memory *memory,
                             casus_error *err) {
    const void *bytes;
    size_t len;
    casus_status st = casus_pack_section(pack, KNOW_SECTION, &bytes, &len, err);
    if (st != CASUS_OK) return st;
    casus_know *know = casus_base_alloc(memory, sizeof *know);
    if (!know) return casus_base_no_memory(err);
    memset(know, 0, sizeof *know);
    know->memory = *memory;
    know->n_layers = 1;
    st = know_layer_open(&know->layers[0], bytes, len, err);
    if (st == CASUS_OK && casus_pack_has(pack, "know.places")) {
        st = casus_know_place_open(&know->places, pack, memory, err);
    }
    if (st != CASUS_OK) {
        casus_know_free(know);
        return st;
    }
    *out = know;
    return CASUS_OK;
}

void casus_know_free(casus_know *know) {
    if (!know) return;
    casus_memory m = know->memory;
    if (!know->borrowed) casus_know_place_free(know->places);
    casus_base_release(&m, know->owned);
    casus_base_release(&m, know);
}

casus_status casus_know_overlay(casus_know **out, const casus_know *base, casus_slice tsv,
                                const char *file, const casus_memory *memory, casus_error *err) {
    know_build *build = NULL;
    casus_buffer bytes;
    casus_know *know = NULL;
    casus_base_buffer_init(&bytes, memory);
    casus_status st = know_build_new(&build, memory, err);
    if (st == CASUS_OK) st = know_tables_user(build, file, tsv, err);
    if (st == CASUS_OK) st = know_build_emit(build, &bytes, err);
    if (st != CASUS_OK) goto out;
    size_t n_file = strlen(file) + 1, at = (bytes.len + 15) & ~(size_t)15;
    know = casus_base_alloc(memory, sizeof *know);
    if (!know) {
        st = casus_base_no_memory(err);
        goto out;
    }
    memset(know, 0, sizeof *know);
    know->memory = *memory;
    know->owned = casus_base_alloc(memory, at + n_file);
    if (!know->owned) {
        st = casus_base_no_memory(err);
        goto out;
    }
    memcpy(know->owned, bytes.ptr, bytes.len);
    char *name = (char *)know->owned + at;
    memcpy(name, file, n_file);
    know->file = name;
    know->places = base->places;
    know->borrowed = true;
    know->n_layers = 2;
    know->layers[1] = base->layers[base->n_layers - 1];
    st = know_layer_open(&know->layers[0], know->owned, bytes.len, err);
    if (st == CASUS_OK) {
        *out = know;
        know = NULL;
    }
out:
    casus_know_free(know);
    know_build_free(build);
    casus_base_buffer_free(&bytes);
    return st;
}
