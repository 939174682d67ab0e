/* lexeme.c - word forms: what the embeddings, the tokenizer and the rules need to know of a form,
 * computed once per worker and form.
 *
 * Cost: a hash and a comparison for a form seen before, some microseconds for a new one. The cache
 * is emptied as a whole when it is full (lang_worker_empty); results do not depend on it. */
#include "lang/model.h"
#include <utf8proc.h>

bool lang_is_space(uint32_t cp) {
    return (cp >= 9 && cp <= 13) || (cp >= 28 && cp <= 32) || cp == 0x85 || cp == 0xA0 ||
           cp == 0x1680 || (cp >= 0x2000 && cp <= 0x200A) || cp == 0x2028 || cp == 0x2029 ||
           cp == 0x202F || cp == 0x205F || cp == 0x3000;
}

static bool is_alpha(uint32_t cp) {
    if (cp < 128) return (cp | 32) >= 'a' && (cp | 32) <= 'z';
    const utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)cp);
    return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO;
}
static bool is_upper(uint32_t cp) {
    if (cp < 128) return cp >= 'A' && cp <= 'Z';
    return utf8proc_category((utf8proc_int32_t)cp) == UTF8PROC_CATEGORY_LU;
}
/* Decimal digits, superscript, subscript and circled digits (Unicode Numeric_Type Digit). */
static bool is_digit(uint32_t cp) {
    if (cp < 128) return cp >= '0' && cp <= '9';
    const utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)cp);
    if (c == UTF8PROC_CATEGORY_ND) return true;
    if (c != UTF8PROC_CATEGORY_NO) return false;
    return cp == 0xB2 || cp == 0xB3 || cp == 0xB9 || cp == 0x2070 ||
           (cp >= 0x2074 && cp <= 0x2079) || (cp >= 0x2080 && cp <= 0x2089) ||
           (cp >= 0x2460 && cp <= 0x2468) || (cp >= 0x2474 && cp <= 0x247C) ||
           (cp >= 0x2488 && cp <= 0x2490) || cp == 0x24EA || (cp >= 0x24F5 && cp <= 0x24FD) ||
           cp == 0x24FF || (cp >= 0x2776 && cp <= 0x277E) || (cp >= 0x2780 && cp <= 0x2788) ||
           (cp >= 0x278A && cp <= 0x2792);
}

/* The shape as the pipeline writes it: X x d for upper, lower, digit, others as they are, runs cut
 * after four; "LONG" from 100 code points on. `out` has room for 4 * 100 bytes. */
static uint32_t shape_of(casus_slice form, char *out) {
    uint32_t n = 0, last = UINT32_MAX, run = 0, count = 0;
    for (uint32_t i = 0; i < form.len;) {
        uint32_t cp;
        i += casus_base_utf8_get(form.ptr + i, form.len - i, &cp);
        if (++count >= 100) {
            memcpy(out, "LONG", 4);
            return 4;
        }
        const uint32_t s = is_alpha(cp) ? (is_upper(cp) ? 'X' : 'x') : is_digit(cp) ? 'd' : cp;
        run = s == last ? run + 1 : 0;
        last = s;
        if (run < 4) n += casus_base_utf8_put(out + n, s);
    }
    return n;
}

uint64_t lang_string_id(const struct casus_lang *lang, casus_slice s) {
    if (!s.len) return 0;
    const uint64_t h = casus_base_hash64(s.ptr, s.len, 1);
    if (s.len > 20) return h; /* no symbol is that long */
    uint32_t lo = 0, hi = lang->tokens->n_symbols;
    while (lo < hi) {
        const uint32_t mid = (lo + hi) / 2;
        if (lang->symbols[mid].key < h)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < lang->tokens->n_symbols && lang->symbols[lo].key == h ? lang->symbols[lo].value : h;
}

static casus_slice norm_of(const struct casus_lang *lang, uint64_t id, casus_slice lower) {
    uint32_t lo = 0, hi = lang->tokens->n_norms;
    while (lo < hi) {
        const uint32_t mid = (lo + hi) / 2;
        if (lang->norms[mid].key < id)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo < lang->tokens->n_norms && lang->norms[lo].key == id)
        return lang_string(lang, lang->norms[lo].norm);
    return lower;
}

static uint32_t last_chars(casus_slice s, uint32_t n) {
    uint32_t i = s.len;
    while (i && n) {
        i--;
        if (((uint8_t)s.ptr[i] & 0xC0) != 0x80) n--;
    }
    return i;
}

lexeme *lang_lexeme(casus_lang_worker *w, casus_slice form, lang_str norm, bool has_norm) {
    const struct casus_lang *lang = w->lang;
    const uint64_t hash =
        casus_base_hash64(form.ptr, form.len, has_norm ? 2 + (uint64_t)norm.off : 1);
    const uint32_t bucket = (uint32_t)(hash % LANG_BUCKETS);
    for (lexeme *l = w->lexemes[bucket]; l; l = l->next)
        if (l->hash == hash && casus_slice_eq(l->form, form) &&
            (l->norm_override.len > 0) == has_norm)
            return l;
    const uint32_t width = lang->encoders[0].head->width;
    const size_t vectors = (size_t)lang->n_slots * width * sizeof(float);
    lexeme *l = casus_base_arena_zero(w->cache, 1, sizeof *l);
    char *raw = casus_base_arena_get(w->cache, vectors);
    if (!l || !raw) return NULL;
    l->vectors = (float *)(void *)raw;
    l->hash = hash;
    l->form = casus_base_arena_copy(w->cache, form);
    l->lower = casus_base_utf8_lower(w->cache, l->form);
    if (!l->form.ptr || !l->lower.ptr) return NULL;
    l->lower_hash = casus_base_hash64(l->lower.ptr, l->lower.len, 1);
    if (has_norm) l->norm_override = norm;
    uint32_t cp = 0;
    const uint32_t first = casus_base_utf8_get(form.ptr, form.len, &cp);
    l->upper_initial = is_upper(cp);
    l->is_space = true;
    for (uint32_t i = 0; i < form.len && l->is_space;) {
        uint32_t c;
        i += casus_base_utf8_get(form.ptr + i, form.len - i, &c);
        l->is_space = lang_is_space(c);
    }
    const uint64_t orth = lang_string_id(lang, l->form);
    char shape[512];
    const uint32_t suffix = last_chars(l->form, 3);
    l->ids[LANG_ATTR_ORTH] = orth;
    l->ids[LANG_ATTR_LOWER] = lang_string_id(lang, l->lower);
    l->ids[LANG_ATTR_NORM] =
        lang_string_id(lang, has_norm ? lang_string(lang, norm) : norm_of(lang, orth, l->lower));
    l->ids[LANG_ATTR_PREFIX] = lang_string_id(lang, casus_slice_of(l->form.ptr, first));
    l->ids[LANG_ATTR_SUFFIX] =
        lang_string_id(lang, casus_slice_of(l->form.ptr + suffix, l->form.len - suffix));
    l->ids[LANG_ATTR_SHAPE] = lang_string_id(lang, casus_slice_of(shape, shape_of(l->form, shape)));
    l->ids[LANG_ATTR_IS_SPACE] = l->is_space;
    for (uint32_t i = 0; i < 3; i++) l->lemmas[i].key = CASUS_NONE;
    l->rule_bits = lang_rule_bits(w, l);
    l->next = w->lexemes[bucket];
    w->lexemes[bucket] = l;
    w->n_lexemes++;
    return l;
}

bool lang_worker_full(const casus_lang_worker *w) {
    return w->n_lexemes > LANG_LEXEMES_MOST || w->n_chunks > LANG_CHUNKS_MOST ||
           casus_base_arena_used(w->cache) > LANG_CACHE_BYTES_MOST;
}

void lang_worker_empty(casus_lang_worker *w) {
    memset(w->lexemes, 0, LANG_BUCKETS * sizeof *w->lexemes);
    memset(w->chunks, 0, LANG_BUCKETS * sizeof *w->chunks);
    w->n_lexemes = w->n_chunks = 0;
    casus_base_arena_reset(w->cache);
}
