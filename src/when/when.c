/* when.c - opens section "when" in place, cuts a document into atoms and runs the finder over
 * them from left to right. O(bytes of the document). Expressions never overlap. */
#include "when/when_int.h"

/* ---- atoms ----------------------------------------------------------------------------------- */

uint64_t when_key(const char *atom, size_t n) {
    return casus_base_hash64(atom, n, 7);
}

static bool letter(uint32_t cp) {
    return (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z') || cp >= 0xC0;
}
/* Typographic marks as the plain ones; 0: white space. */
static uint32_t plain(uint32_t cp) {
    if (cp <= 0x20 || cp == 0xA0 || cp == 0x202F || (cp >= 0x2000 && cp <= 0x200B) || cp == 0x2028)
        return 0;
    if (cp == 0x2018 || cp == 0x2019 || cp == 0x02BC || cp == '`') return '\'';
    if (cp >= 0x2010 && cp <= 0x2013) return '-';
    if (cp == 0x2212) return '-';
    if (cp >= 0x2014 && cp <= 0x206F) return '_';
    return cp;
}

uint32_t when_cut(casus_slice s, char *lower, when_atom *out) {
    uint32_t n = 0, i = 0, written = 0;
    bool apart = false;
    while (i < s.len) {
        uint32_t cp, len = casus_base_utf8_get(s.ptr + i, s.len - i, &cp);
        const uint32_t c = plain(cp);
        if (!c) {
            apart = true;
            i += len;
            continue;
        }
        const uint32_t begin = i, at = written;
        uint8_t kind = WHEN_SIGN;
        if (letter(c)) {
            kind = WHEN_LETTERS;
            while (i < s.len) {
                len = casus_base_utf8_get(s.ptr + i, s.len - i, &cp);
                if (!letter(plain(cp)) || i - begin >= 1000) break;
                for (uint32_t k = 0; k < len; k++) {
                    const char b = s.ptr[i + k];
                    lower[written++] = b >= 'A' && b <= 'Z' ? (char)(b + 32) : b;
                }
                i += len;
            }
        } else if (c >= '0' && c <= '9') {
            kind = WHEN_DIGITS;
            while (i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9' && i - begin < 1000)
                lower[written++] = s.ptr[i++];
        } else {
            lower[written++] = c < 0x80 ? (char)c : '_';
            i += len;
        }
        if (out) {
            when_atom *a = &out[n];
            memset(a, 0, sizeof *a);
            a->begin = begin;
            a->end = i;
            a->lower = lower + at;
            a->n = (uint16_t)(written - at);
            a->kind = kind;
            a->apart = apart;
            a->upper = s.ptr[begin] >= 'A' && s.ptr[begin] <= 'Z';
        }
        n++;
        apart = false;
    }
    return n;
}

/* ---- opening --------------------------------------------------------------------------------- */

static bool fits(uint32_t off, uint32_t n, size_t size, size_t len) {
    return off % 4 == 0 && off <= len && n <= (len - off) / size;
}

static bool check(const casus_when *w) {
    if (!w->n_pool || w->pool[w->n_pool - 1] != 0) return false;
    for (uint32_t i = 0; i < w->n_words; i++) {
        const when_word *x = &w->words[i];
        if (x->role >= WHEN_ROLES || x->where >= WHEN_WHERES || x->n == 0 || x->keep > x->n ||
            x->rest >= w->n_pool || x->text >= w->n_pool)
            return false;
        if (i && w->words[i - 1].key > x->key) return false;
        uint32_t at = x->rest;
        for (uint32_t k = 1; k < x->n; k++) {
            if (at >= w->n_pool) return false;
            at += (uint32_t)strlen(w->pool + at) + 1;
        }
        const char *text = w->pool + x->text;
        const size_t n = strlen(text);
        if (n > 24) return false;
        switch ((when_role)x->role) {
        case WHEN_MONTH:
            if (x->value < 1 || x->value > 12) return false;
            break;
        case WHEN_WEEKDAY:
            if (x->value < 1 || x->value > 7) return false;
            break;
        case WHEN_UNIT:
            if (x->value < 0 || x->value >= WHEN_UNITS || x->value2 < 1 || x->value2 > 1000)
                return false;
            break;
        case WHEN_NUMBER:
            if (x->sub >= WHEN_NUMBERS || x->value < 0 || x->value > 1000000) return false;
            break;
        case WHEN_PART:
            if (n != 2 && (n != 6 || text[0] != 'T')) return false;
            break;
        case WHEN_SEASON:
            if (n != 2) return false;
            break;
        case WHEN_VAGUE:
            if (x->value < 0 || x->value > CASUS_TIME_SET) return false;
            break;
        case WHEN_REL:
            if (x->sub >= WHEN_RELS) return false;
            break;
        case WHEN_POINT:
            if ((n && n != 2) || x->value < -1000 || x->value > 1000) return false;
            break;
        case WHEN_MOD:
            if (x->where < WHEN_DATES) return false;
            break;
        case WHEN_HOLIDAY:
            if (x->sub > WHEN_FEAST) return false;
            if (x->sub == WHEN_FEAST &&
                (x->value < 0 || x->value2 < 0 || (uint32_t)x->value > w->n_feasts ||
                 (uint32_t)x->value2 > w->n_feasts - (uint32_t)x->value))
                return false;
            if (x->sub != WHEN_FEAST && x->sub != WHEN_ONCE &&
                (x->value < -400 || x->value > 1300 || x->value2 < -400 || x->value2 > 400))
                return false;
            if ((x->sub == WHEN_FIXED || x->sub == WHEN_NTH || x->sub == WHEN_BEHIND) &&
                (x->value < 100 || x->value > 1299))
                return false;
            break;
        default:
            break;
        }
    }
    return true;
}

casus_status casus_when_open(casus_when **out, const casus_pack *pack, const casus_memory *memory,
                             casus_error *err) {
    const void *bytes;
    size_t len;
    const casus_status s = casus_pack_section(pack, WHEN_SECTION, &bytes, &len, err);
    if (s) return s;
    const when_head *h = bytes;
    if (len < sizeof *h || !fits(h->words, h->n_words, sizeof(when_word), len) ||
        h->words % 8 != 0 || !fits(h->feasts, h->n_feasts, sizeof(when_feast), len) ||
        !fits(h->pool, h->n_pool, 1, len) || h->format != WHEN_FORMAT)
        return casus_base_fail(err, CASUS_E_FORMAT, "pack: the words of time are damaged");
    casus_when *when = casus_base_alloc(memory, sizeof *when);
    if (!when) return casus_base_no_memory(err);
    const char *at = bytes;
    when->memory = *memory;
    when->words = (const void *)(at + h->words);
    when->feasts = (const void *)(at + h->feasts);
    when->pool = at + h->pool;
    when->n_words = h->n_words;
    when->n_feasts = h->n_feasts;
    when->n_pool = h->n_pool;
    if (!check(when)) {
        casus_when_free(when);
        return casus_base_fail(err, CASUS_E_FORMAT, "pack: the words of time are damaged");
    }
    *out = when;
    return CASUS_OK;
}

void casus_when_free(casus_when *when) {
    if (!when) return;
    const casus_memory m = when->memory;
    casus_base_release(&m, when);
}

/* ---- looking words up ------------------------------------------------------------------------ */

static uint32_t lower_bound(const casus_when *w, uint64_t key) {
    uint32_t lo = 0, hi = w->n_words;
    while (lo < hi) {
        const uint32_t mid = (lo + hi) / 2;
        if (w->words[mid].key < key)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static uint32_t rows_of(const casus_when *w, uint64_t key, uint32_t *n) {
    const uint32_t first = lower_bound(w, key);
    *n = 0;
    while (first + *n < w->n_words && w->words[first + *n].key == key) ++*n;
    return first;
}

static bool same_atom(const when_atom *a, const char *z) {
    const size_t n = strlen(z);
    return a->n == n && memcmp(a->lower, z, n) == 0;
}

const when_word *when_word_at(const when_finder *f, uint32_t i, when_role role, uint32_t *end) {
    const when_atom *a = &f->atoms[i];
    for (uint32_t k = 0; k < a->n_words; k++) {
        const when_word *w = &f->when->words[a->word + k];
        if (w->role != role || i + w->n > f->n) continue;
        uint32_t at = w->rest, j = 1;
        for (; j < w->n && !a[j].stop && same_atom(&a[j], f->when->pool + at); j++)
            at += (uint32_t)strlen(f->when->pool + at) + 1;
        if (j < w->n) continue;
        *end = i + w->n;
        return w;
    }
    return NULL;
}

const when_word *when_lemma(const casus_when *when, casus_slice lemma, when_role role) {
    char lower[48];
    if (lemma.len == 0 || lemma.len > sizeof lower) return NULL;
    for (uint32_t i = 0; i < lemma.len; i++) {
        const char c = lemma.ptr[i];
        lower[i] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    uint32_t n;
    const uint32_t first = rows_of(when, when_key(lower, lemma.len), &n);
    for (uint32_t k = 0; k < n; k++)
        if (when->words[first + k].role == role && when->words[first + k].n == 1)
            return &when->words[first + k];
    return NULL;
}

/* ---- finding --------------------------------------------------------------------------------- */

/* Tokens of the atoms, where lines end, and the rows of each. */
static void prepare(when_finder *f) {
    const casus_parse *p = f->parse;
    const char *text = p->text->text.ptr;
    uint32_t token = 0, before = 0, key_n = 0, key_first = 0;
    for (uint32_t i = 0; i < f->n; i++) {
        when_atom *a = &f->atoms[i];
        while (token + 1 < p->n_tokens && p->tokens[token].end <= a->begin) token++;
        a->token = token;
        uint32_t lines = 0;
        for (uint32_t k = before; k < a->begin; k++) lines += text[k] == '\n';
        if (i && lines)
            a->stop =
                lines > 1 || p->tokens[a->token].sent != p->tokens[f->atoms[i - 1].token].sent;
        if (!i) a->stop = true;
        before = a->end;
        if (a->kind == WHEN_LETTERS || a->n <= 4) {
            key_first = rows_of(f->when, when_key(a->lower, a->n), &key_n);
            a->word = key_first;
            a->n_words = key_n;
        }
    }
}

static uint32_t token_end(const casus_parse *p, uint32_t token, uint32_t end) {
    while (token < p->n_tokens && p->tokens[token].begin < end) token++;
    return token;
}

/* What the times say is in the document's arena, all else in `scratch`. */
static casus_status find(casus_times **out, const casus_when *when, const casus_parse *parse,
                         casus_arena *scratch, casus_error *err) {
    casus_arena *arena = parse->text->arena;
    casus_times *times = casus_base_arena_zero(arena, 1, sizeof *times);
    if (!times) return casus_base_no_memory(err);
    *out = times;
    if (!parse->n_tokens) return CASUS_OK;
    const casus_slice text = parse->text->text;
    when_finder f = {.when = when, .parse = parse, .arena = arena};
    char *lower = casus_base_arena_get(scratch, text.len);
    if (!lower) return casus_base_no_memory(err);
    f.n = when_cut(text, lower, NULL);
    f.atoms = casus_base_arena_zero(scratch, f.n + 1u, sizeof *f.atoms);
    if (!f.atoms) return casus_base_no_memory(err);
    when_cut(text, lower, f.atoms);
    prepare(&f);
    uint32_t *clause_at = casus_base_arena_get(scratch, parse->n_tokens * sizeof *clause_at);
    if (!clause_at) return casus_base_no_memory(err);
    for (uint32_t i = 0; i < parse->n_tokens; i++)
        clause_at[i] = parse->clause_of ? parse->clause_of[i] : CASUS_NONE;
    for (uint32_t i = 0; i < parse->n_clauses; i++) {
        const uint32_t verb = parse->clauses[i].verb;
        if (verb < parse->n_tokens && clause_at[verb] == CASUS_NONE) clause_at[verb] = i;
    }
    f.clause_at = clause_at;
    f.told.day = f.told.wide = CASUS_NO_DAY;
    f.told.year = WHEN_NO;
    size_t cap = 0;
    uint32_t before = 0, to = 0; /* atoms of the last expression */
    for (uint32_t i = 0; i < f.n;) {
        when_expr e;
        if (!when_match(&f, i, &e) || e.end <= i) {
            i++;
            continue;
        }
        if (e.op == WHEN_AGE) {
            i = e.end;
            continue;
        }
        casus_time t;
        memset(&t, 0, sizeof t);
        t.begin = f.atoms[i].begin;
        t.end = f.atoms[e.end - 1].end;
        t.first = f.atoms[i].token;
        t.last = token_end(parse, f.atoms[e.end - 1].token, t.end);
        const casus_time *prev = times->n ? &times->items[times->n - 1] : NULL;
        f.range_from = prev && prev->type <= CASUS_TIME_TIME && when_closes(&f, before, to, i)
                           ? prev->from
                           : CASUS_NO_DAY;
        before = i;
        to = e.end;
        if (!when_value(&f, &e, &t)) return casus_base_no_memory(err);
        when_bind(&f, &e, &t);
        casus_time *items = casus_base_arena_grow(arena, times->items, times->n, times->n + 1u,
                                                  &cap, sizeof *items);
        if (!items) return casus_base_no_memory(err);
        times->items = items;
        items[times->n++] = t;
        i = e.end;
    }
    if (!when_attach(&f, times)) return casus_base_no_memory(err);
    return CASUS_OK;
}

casus_status casus_when_find(casus_times **out, const casus_when *when, const casus_parse *parse,
                             casus_error *err) {
    casus_arena *scratch = casus_base_arena_new(&when->memory);
    if (!scratch) return casus_base_no_memory(err);
    const casus_status status = find(out, when, parse, scratch, err);
    casus_base_arena_free(scratch);
    return status;
}
