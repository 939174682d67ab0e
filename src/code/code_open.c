/* code_open.c - opens section "code" in place, checking every offset, and looks rows up. */
#include "code/code_int.h"

const char *code_type_name(code_type type) {
    static const char *const names[CODE_TYPES] = {"NONE",    "AGREE",     "CONSULT",  "SUPPORT",
                                                  "CONCEDE", "COOPERATE", "AID",      "RETREAT",
                                                  "REQUEST", "ACCUSE",    "REJECT",   "THREATEN",
                                                  "PROTEST", "SANCTION",  "MOBILIZE", "COERCE",
                                                  "ASSAULT"};
    return names[type];
}

const char *code_status_name(code_status status) {
    static const char *const names[CODE_STATUSES] = {"happened", "happened", "ongoing",
                                                     "planned",  "urged",    "threatened",
                                                     "possible", "alleged",  "denied",
                                                     "negated"};
    return names[status];
}

code_status code_status_named(casus_slice name) {
    if (!name.len) return CODE_UNKNOWN;
    for (int i = CODE_HAPPENED; i < CODE_STATUSES; i++)
        if (casus_slice_is(name, code_status_name((code_status)i))) return (code_status)i;
    return CODE_STATUSES;
}

uint64_t code_key_hash(uint64_t lemma, uint8_t kind, uint8_t table) {
    return lemma * 0x9E3779B97F4A7C15ull + kind * 31u + table;
}

static const void *array(const uint8_t *at, size_t len, uint32_t off, uint32_t n, size_t size,
                         bool *ok) {
    if (off % 8 || off > len || n > (len - off) / size) {
        *ok = false;
        return NULL;
    }
    return at + off;
}

static bool range(uint32_t first, uint32_t n, uint32_t of) {
    return first <= of && n <= of - first;
}
static bool string_fits(const code_head *h, code_str s) {
    return range(s.off, s.len, h->pool_len) && s.off + s.len < h->pool_len;
}

static bool check(const casus_code *c) {
    const code_head *h = c->head;
    for (uint32_t i = 0; i < h->n_rows; i++) {
        const code_row *r = &c->rows[i];
        bool ok = string_fits(h, r->id) && string_fits(h, r->mode) && string_fits(h, r->cameo) &&
                  string_fits(h, r->example) && string_fits(h, r->file) &&
                  string_fits(h, r->channel) && string_fits(h, r->speech) &&
                  range(r->conds, r->n_conds, h->n_conds) &&
                  range(r->content, r->n_content, h->n_refs) && r->type < CODE_TYPES &&
                  r->content_status < CODE_STATUSES && r->status < CODE_STATUSES &&
                  r->gives < CODE_SIDES && r->content_doer < CODE_SIDES;
        for (int k = 0; k < CODE_SIDES; k++)
            ok = ok && range(r->sides[k], r->n_sides[k], h->n_refs);
        if (!ok) return false;
    }
    for (uint32_t i = 0; i < h->n_conds; i++)
        if (!range(c->conds[i].first, c->conds[i].n, h->n_values) ||
            !range(c->conds[i].refs, c->conds[i].n_refs, h->n_refs))
            return false;
    for (uint32_t i = 0; i < h->n_values; i++)
        if (c->values[i].kind == CODE_IS_CLASS && c->values[i].lemma >= 64 * CODE_CLASS_WORDS)
            return false;
    for (uint32_t i = 0; i < h->n_keys; i++)
        if (!range(c->keys[i].first, c->keys[i].n, h->n_order)) return false;
    for (uint32_t i = 0; i < h->n_order; i++)
        if (c->order[i] >= h->n_rows) return false;
    for (uint32_t i = 0; i < h->n_channels; i++)
        if (!string_fits(h, c->channels[i].channel)) return false;
    for (uint32_t i = 0; i < h->n_cues; i++) {
        const code_cue *q = &c->cues[i];
        if (q->what == CODE_CUE_STATUS
                ? q->value >= CODE_STATUSES
                : q->what != CODE_CUE_NUMBER && !string_fits(h, (code_str){q->kind, q->value}))
            return false;
    }
    return h->pool_len > 0 && c->pool[h->pool_len - 1] == 0;
}

casus_status casus_code_open(casus_code **out, const casus_pack *pack, const casus_memory *memory,
                             casus_error *err) {
    const void *bytes;
    size_t len;
    casus_status s = casus_pack_section(pack, "code", &bytes, &len, err);
    if (s) return s;
    if (len < sizeof(code_head))
        return casus_base_fail(err, CASUS_E_FORMAT, "pack: the event rows are damaged");
    casus_code *c = casus_base_alloc(memory, sizeof *c);
    if (!c) return casus_base_no_memory(err);
    memset(c, 0, sizeof *c);
    c->memory = *memory;
    c->at = bytes;
    const code_head *h = c->head = bytes;
    if (h->format != CODE_FORMAT) {
        casus_code_free(c);
        return casus_base_fail(err, CASUS_E_VERSION,
                               "pack: the event rows have another format; pack anew");
    }
    bool ok = true;
    c->rows = array(bytes, len, h->rows, h->n_rows, sizeof *c->rows, &ok);
    c->conds = array(bytes, len, h->conds, h->n_conds, sizeof *c->conds, &ok);
    c->values = array(bytes, len, h->values, h->n_values, sizeof *c->values, &ok);
    c->refs = array(bytes, len, h->refs, h->n_refs, sizeof *c->refs, &ok);
    c->keys = array(bytes, len, h->keys, h->n_keys, sizeof *c->keys, &ok);
    c->order = array(bytes, len, h->order, h->n_order, sizeof *c->order, &ok);
    c->words = array(bytes, len, h->words, h->n_words, sizeof *c->words, &ok);
    c->channels = array(bytes, len, h->channels, h->n_channels, sizeof *c->channels, &ok);
    c->cameos = array(bytes, len, h->cameos, h->n_cameos, sizeof *c->cameos, &ok);
    c->cues = array(bytes, len, h->cues, h->n_cues, sizeof *c->cues, &ok);
    c->pool = array(bytes, len, h->pool, h->pool_len, 1, &ok);
    if (!ok || !check(c)) {
        casus_code_free(c);
        return casus_base_fail(err, CASUS_E_FORMAT, "pack: the event rows are damaged");
    }
    s = code_filter_open(c, pack, err);
    if (s) {
        casus_code_free(c);
        return s;
    }
    *out = c;
    return CASUS_OK;
}

void casus_code_free(casus_code *code) {
    if (!code) return;
    const casus_memory m = code->memory;
    casus_base_release(&m, code);
}

casus_string code_string(const casus_code *code, code_str s) {
    return (casus_string){s.len ? code->pool + s.off : NULL, s.len};
}

/* Index of the first element with key >= `key` in rows of `size` bytes that begin with a key. */
static uint32_t lower_bound(const void *list, uint32_t n, size_t size, uint64_t key) {
    uint32_t lo = 0, hi = n;
    while (lo < hi) {
        const uint32_t mid = (lo + hi) / 2;
        uint64_t k;
        memcpy(&k, (const char *)list + mid * size, sizeof k);
        if (k < key)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

const uint32_t *code_rows(const casus_code *code, uint64_t lemma, uint8_t kind, uint8_t table,
                          uint32_t *n) {
    const uint64_t key = code_key_hash(lemma, kind, table);
    const uint32_t i = lower_bound(code->keys, code->head->n_keys, sizeof *code->keys, key);
    const bool found = i < code->head->n_keys && code->keys[i].hash == key;
    *n = found ? code->keys[i].n : 0;
    return found ? code->order + code->keys[i].first : NULL;
}

const code_word *code_word_of(const casus_code *code, uint64_t lemma) {
    const uint32_t i = lower_bound(code->words, code->head->n_words, sizeof *code->words, lemma);
    return i < code->head->n_words && code->words[i].lemma == lemma ? &code->words[i] : NULL;
}

const char *code_channel_of(const casus_code *code, uint64_t lemma) {
    const uint32_t i =
        lower_bound(code->channels, code->head->n_channels, sizeof *code->channels, lemma);
    return i < code->head->n_channels && code->channels[i].lemma == lemma
               ? code_string(code, code->channels[i].channel).ptr
               : NULL;
}

const code_cue *code_cue_of(const casus_code *code, uint64_t lemma, uint32_t what) {
    uint32_t i = lower_bound(code->cues, code->head->n_cues, sizeof *code->cues, lemma);
    for (; i < code->head->n_cues && code->cues[i].lemma == lemma; i++)
        if (code->cues[i].what == what) return &code->cues[i];
    return NULL;
}
