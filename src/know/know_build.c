/* know_build.c - rows and names gathered into the section that know_open.c opens.
 *
 * Everything lives in one arena until _free. Adding a name is O(its length), emitting O(n log n)
 * for the three sorted indexes. Does not read files: know_tables.c does.
 */
#include "know/know_int.h"

#include <stdlib.h>

typedef struct build_phrase {
    know_str key;
    uint32_t n, last; /* targets; the last of them + 1 */
    uint8_t longest;
} build_phrase;

typedef struct build_target {
    uint32_t phrase, row;
    uint16_t caps;
    uint8_t how, capitals;
    uint32_t previous; /* of the same phrase, + 1 */
} build_target;

struct know_build {
    casus_memory memory;
    casus_arena *arena;
    casus_buffer strings;
    know_row *rows;
    build_phrase *phrases;
    build_target *targets;
    size_t n_rows, cap_rows, n_phrases, cap_phrases, n_targets, cap_targets;
    uint32_t *slots, *text_slots; /* hash tables: phrase + 1; index into texts + 1 */
    know_str *texts;
    size_t n_slots, n_text_slots, n_texts, cap_texts;
    bool failed; /* no memory for a name that was looked up; told when all is emitted */
};

casus_status know_build_new(know_build **out, const casus_memory *memory, casus_error *err) {
    know_build *b = casus_base_alloc(memory, sizeof *b);
    if (!b) return casus_base_no_memory(err);
    memset(b, 0, sizeof *b);
    b->memory = *memory;
    casus_base_buffer_init(&b->strings, memory);
    b->arena = casus_base_arena_new(memory);
    if (!b->arena) {
        know_build_free(b);
        return casus_base_no_memory(err);
    }
    *out = b;
    return CASUS_OK;
}

void know_build_free(know_build *b) {
    if (!b) return;
    casus_base_buffer_free(&b->strings);
    casus_base_arena_free(b->arena);
    casus_memory m = b->memory;
    casus_base_release(&m, b);
}

know_row *know_build_row(know_build *b, uint32_t *index) {
    know_row *rows = casus_base_arena_grow(b->arena, b->rows, b->n_rows, b->n_rows + 1,
                                           &b->cap_rows, sizeof *rows);
    if (!rows) return NULL;
    b->rows = rows;
    know_row *r = &rows[b->n_rows];
    memset(r, 0, sizeof *r);
    r->from = INT32_MIN;
    r->to = INT32_MAX;
    r->next = CASUS_NONE;
    r->root = (uint32_t)b->n_rows;
    r->aux = CASUS_NONE;
    *index = (uint32_t)b->n_rows++;
    return r;
}

know_row *know_build_at(know_build *b, uint32_t index) {
    return &b->rows[index];
}
uint32_t know_build_rows(const know_build *b) {
    return (uint32_t)b->n_rows;
}

casus_slice know_build_text(const know_build *b, know_str s) {
    return (casus_slice){s.len ? b->strings.ptr + s.off : "", s.len};
}

static uint64_t hash_of(const char *bytes, uint32_t len) {
    return casus_base_hash64(bytes, len, 7);
}

/* A table of twice the size with every element put in again; false: no memory. */
static bool rehash(know_build *b, uint32_t **slots, size_t *n_slots, bool phrases) {
    size_t n = *n_slots ? *n_slots * 2 : 1024;
    uint32_t *table = casus_base_arena_zero(b->arena, n, sizeof *table);
    if (!table) return false;
    size_t count = phrases ? b->n_phrases : b->n_texts;
    for (size_t i = 0; i < count; i++) {
        know_str key = phrases ? b->phrases[i].key : b->texts[i];
        size_t at = hash_of(b->strings.ptr + key.off, key.len) & (n - 1);
        while (table[at]) at = (at + 1) & (n - 1);
        table[at] = (uint32_t)i + 1;
    }
    *slots = table;
    *n_slots = n;
    return true;
}

bool know_build_str(know_build *b, know_str *out, casus_slice text) {
    *out = (know_str){0, 0};
    if (text.len == 0) return true;
    if ((b->n_texts + 1) * 2 > b->n_text_slots &&
        !rehash(b, &b->text_slots, &b->n_text_slots, false)) {
        return false;
    }
    size_t mask = b->n_text_slots - 1;
    size_t at = hash_of(text.ptr, text.len) & mask;
    for (; b->text_slots[at]; at = (at + 1) & mask) {
        know_str s = b->texts[b->text_slots[at] - 1];
        if (s.len == text.len && memcmp(b->strings.ptr + s.off, text.ptr, s.len) == 0) {
            *out = s;
            return true;
        }
    }
    know_str *texts = casus_base_arena_grow(b->arena, b->texts, b->n_texts, b->n_texts + 1,
                                            &b->cap_texts, sizeof *texts);
    if (!texts) return false;
    b->texts = texts;
    out->off = (uint32_t)b->strings.len;
    out->len = text.len;
    casus_base_buffer_add(&b->strings, text.ptr, text.len);
    if (b->strings.failed) return false;
    texts[b->n_texts++] = *out;
    b->text_slots[at] = (uint32_t)b->n_texts;
    return true;
}

/* The phrase with this key, made if `make`; CASUS_NONE: not there, or no memory. */
static uint32_t phrase_of(know_build *b, const char *key, uint32_t len, bool make) {
    if (make && (b->n_phrases + 1) * 2 > b->n_slots && !rehash(b, &b->slots, &b->n_slots, true)) {
        return CASUS_NONE;
    }
    if (b->n_slots == 0) return CASUS_NONE;
    size_t mask = b->n_slots - 1;
    size_t at = hash_of(key, len) & mask;
    for (; b->slots[at]; at = (at + 1) & mask) {
        know_str s = b->phrases[b->slots[at] - 1].key;
        if (s.len == len && memcmp(b->strings.ptr + s.off, key, len) == 0) {
            return b->slots[at] - 1;
        }
    }
    if (!make) return CASUS_NONE;
    build_phrase *p = casus_base_arena_grow(b->arena, b->phrases, b->n_phrases, b->n_phrases + 1,
                                            &b->cap_phrases, sizeof *p);
    if (!p) return CASUS_NONE;
    b->phrases = p;
    p += b->n_phrases;
    memset(p, 0, sizeof *p);
    if (!know_build_str(b, &p->key, casus_slice_of(key, len))) return CASUS_NONE;
    b->n_phrases++;
    b->slots[at] = (uint32_t)b->n_phrases;
    return (uint32_t)b->n_phrases - 1;
}

/* Cuts a name into its key (in the arena) without a leading "the". */
static uint32_t key_of(know_build *b, casus_slice text, know_atom *atoms, casus_slice *key) {
    uint32_t room = text.len * 3 + 64, used = 0;
    char *out = casus_base_arena_get(b->arena, room);
    if (!out) return CASUS_NONE;
    bool breaks;
    uint32_t n = know_atoms_cut(text, b->arena, out, room, &used, atoms, KNOW_NAME_ATOMS, &breaks);
    if (n == CASUS_NONE || n == 0) return n;
    if (n > 1 && atoms[0].len == 3 && memcmp(out, "the", 3) == 0) {
        memmove(atoms, atoms + 1, (n - 1) * sizeof *atoms);
        n--;
    }
    *key = casus_slice_of(out + atoms[0].off, atoms[n - 1].off + atoms[n - 1].len - atoms[0].off);
    return n;
}

bool know_build_phrase(know_build *b, casus_slice text, uint32_t row, know_how how) {
    know_atom atoms[KNOW_NAME_ATOMS];
    casus_slice key = {0};
    uint32_t n = key_of(b, text, atoms, &key);
    if (n == CASUS_NONE) return false;
    if (n == 0) return true;
    uint32_t one = phrase_of(b, key.ptr, atoms[0].len, true);
    if (one == CASUS_NONE) return false;
    if (b->phrases[one].longest < n) b->phrases[one].longest = (uint8_t)n;
    uint32_t p = n == 1 ? one : phrase_of(b, key.ptr, key.len, true);
    if (p == CASUS_NONE) return false;
    uint16_t caps = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (atoms[i].flags & KNOW_ATOM_UPPER) caps |= (uint16_t)(1u << i);
    }
    uint8_t capitals = 0;
    if (n == 1 && atoms[0].flags & KNOW_ATOM_CAPS && key.len > 1 && key.ptr[0] > '9') {
        capitals = 1;
    }
    build_phrase *ph = &b->phrases[p];
    for (uint32_t i = ph->last; i; i = b->targets[i - 1].previous) {
        build_target *old = &b->targets[i - 1];
        if (old->row != row || old->how != (uint8_t)how) continue;
        old->caps &= caps; /* written both ways */
        old->capitals &= capitals;
        return true;
    }
    build_target *t = casus_base_arena_grow(b->arena, b->targets, b->n_targets, b->n_targets + 1,
                                            &b->cap_targets, sizeof *t);
    if (!t) return false;
    b->targets = t;
    t[b->n_targets++] = (build_target){p, row, caps, (uint8_t)how, capitals, ph->last};
    ph->last = (uint32_t)b->n_targets;
    ph->n++;
    return true;
}

uint32_t know_build_find(know_build *b, casus_slice text, know_how how,
                         bool (*accept)(know_build *, uint32_t row, const void *context),
                         const void *context) {
    know_atom atoms[KNOW_NAME_ATOMS];
    casus_slice key = {0};
    uint32_t n = key_of(b, text, atoms, &key);
    if (n == CASUS_NONE) b->failed = true;
    if (n == CASUS_NONE || n == 0) return CASUS_NONE;
    uint32_t p = phrase_of(b, key.ptr, key.len, false);
    if (p == CASUS_NONE || b->phrases[p].n == 0) return CASUS_NONE;
    for (uint32_t i = b->phrases[p].last; i; i = b->targets[i - 1].previous) {
        if (b->targets[i - 1].how != (uint8_t)how) continue;
        if (accept && !accept(b, b->targets[i - 1].row, context)) continue;
        return b->targets[i - 1].row;
    }
    return CASUS_NONE;
}

/* ---- emitting ------------------------------------------------------------------------------- */

static int by_holder(const void *a, const void *b) {
    const know_holder *x = a, *y = b;
    int c = memcmp(x->code, y->code, sizeof x->code);
    if (c) return c;
    if (x->office != y->office) return x->office < y->office ? -1 : 1;
    if (x->from != y->from) return x->from < y->from ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}
static int by_code(const void *a, const void *b) {
    const know_coded *x = a, *y = b;
    int c = memcmp(x->code, y->code, sizeof x->code);
    return c ? c : x->row < y->row ? -1 : x->row > y->row;
}
static int by_main(const void *a, const void *b) {
    const know_main *x = a, *y = b;
    int c = memcmp(x->country, y->country, sizeof x->country);
    if (c) return c;
    if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

static uint32_t append(casus_buffer *out, size_t base, const void *bytes, size_t size) {
    casus_base_buffer_align(out, 8);
    uint32_t at = (uint32_t)(out->len - base);
    casus_base_buffer_add(out, bytes, size);
    return at;
}

typedef struct indexes {
    know_holder *holders;
    know_coded *codes;
    know_main *mains;
    uint32_t n_holders, n_codes, n_mains;
} indexes;

static bool index_rows(know_build *b, indexes *x) {
    size_t n = b->n_rows;
    x->holders = casus_base_arena_zero(b->arena, n, sizeof *x->holders);
    x->codes = casus_base_arena_zero(b->arena, n, sizeof *x->codes);
    x->mains = casus_base_arena_zero(b->arena, n, sizeof *x->mains);
    if (!x->holders || !x->codes || !x->mains) return false;
    for (size_t i = 0; i < n; i++) {
        const know_row *r = &b->rows[i];
        char code[8] = {0};
        memcpy(code, r->code[0] ? r->code : r->country, r->code[0] ? 8 : 4);
        bool person = r->table == KNOW_LEADERS || r->table == KNOW_PEOPLE;
        if (person && r->aux != CASUS_NONE) {
            know_holder *h = &x->holders[x->n_holders++];
            memcpy(h->code, code, 8);
            h->office = b->rows[r->aux].root;
            h->from = r->from;
            h->to = r->to;
            h->row = (uint32_t)i;
        }
        if (r->table == KNOW_COUNTRIES || (r->table == KNOW_GROUPS && r->code[0])) {
            know_coded *c = &x->codes[x->n_codes++];
            memcpy(c->code, code, 8);
            c->row = (uint32_t)i;
        }
        if (r->table == KNOW_GROUPS && r->country[0]) {
            know_main *m = &x->mains[x->n_mains++];
            memcpy(m->country, r->country, 4);
            m->kind = r->kind;
            m->row = (uint32_t)i;
        }
    }
    qsort(x->holders, x->n_holders, sizeof *x->holders, by_holder);
    qsort(x->codes, x->n_codes, sizeof *x->codes, by_code);
    qsort(x->mains, x->n_mains, sizeof *x->mains, by_main);
    uint32_t k = 0; /* the first of each kind and code only */
    for (uint32_t i = 0; i < x->n_mains; i++) {
        if (k && x->mains[k - 1].kind == x->mains[i].kind &&
            memcmp(x->mains[k - 1].country, x->mains[i].country, 4) == 0) {
            continue;
        }
        x->mains[k++] = x->mains[i];
    }
    x->n_mains = k;
    k = 0;
    for (uint32_t i = 0; i < x->n_codes; i++) {
        if (k && memcmp(x->codes[k - 1].code, x->codes[i].code, 8) == 0) continue;
        x->codes[k++] = x->codes[i];
    }
    x->n_codes = k;
    return true;
}

casus_status know_build_emit(know_build *b, casus_buffer *out, casus_error *err) {
    indexes x = {0};
    know_phrase *phrases = casus_base_arena_zero(b->arena, b->n_phrases, sizeof *phrases);
    know_target *targets = casus_base_arena_zero(b->arena, b->n_targets, sizeof *targets);
    uint32_t *fill = casus_base_arena_zero(b->arena, b->n_phrases, sizeof *fill);
    if (b->failed || !phrases || !targets || !fill || !index_rows(b, &x)) {
        return casus_base_no_memory(err);
    }
    uint32_t first = 0;
    for (size_t i = 0; i < b->n_phrases; i++) {
        const build_phrase *p = &b->phrases[i];
        phrases[i] = (know_phrase){p->key, first, p->n, p->longest};
        first += p->n;
    }
    for (size_t i = 0; i < b->n_targets; i++) {
        const build_target *t = &b->targets[i];
        targets[phrases[t->phrase].first + fill[t->phrase]++] =
            (know_target){t->row, t->caps, t->how, t->capitals};
    }
    know_header h = {0};
    memcpy(h.magic, "CASUSKN1", 8);
    size_t base = out->len;
    casus_base_buffer_add(out, &h, sizeof h);
#define PUT(part, array, count)                                               \
    h.part.off = append(out, base, array, (size_t)(count) * sizeof *(array)); \
    h.part.n = (uint32_t)(count)
    PUT(strings, b->strings.ptr ? b->strings.ptr : "", b->strings.len);
    PUT(rows, b->rows, b->n_rows);
    PUT(phrases, phrases, b->n_phrases);
    PUT(targets, targets, b->n_targets);
    PUT(slots, b->slots, b->n_slots);
    PUT(holders, x.holders, x.n_holders);
    PUT(codes, x.codes, x.n_codes);
    PUT(mains, x.mains, x.n_mains);
#undef PUT
    if (out->failed) return casus_base_no_memory(err);
    if (out->len - base > UINT32_MAX / 2) {
        return casus_base_fail(err, CASUS_E_LIMIT, "tables of names over 2 GB");
    }
    h.size = (uint32_t)(out->len - base);
    h.n_slots = (uint32_t)b->n_slots;
    memcpy(out->ptr + base, &h, sizeof h);
    return CASUS_OK;
}
