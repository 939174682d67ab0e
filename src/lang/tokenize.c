/* tokenize.c - text to tokens, by the model's own prefix, suffix, infix, token and URL patterns and
 * its exceptions, in the order in which spaCy applies them.
 *
 * Runs of non-blanks are split once per worker and form and remembered. A run longer than
 * LANG_CHUNK_SCAN bytes is scanned for affixes only within that many bytes of its ends, and is
 * never tried as a URL, so that the cost stays linear; such runs are no words. Tokens of two runs
 * are never joined by an exception (spaCy joins those that hold a line end: none in its models). */
#include "lang/model.h"

typedef struct pieces { /* tokens of one run, as spans of it */
    struct piece {
        uint32_t begin, end;
        const lang_piece *special; /* gives the norm, or NULL */
    } * items;
    size_t n, cap;
} pieces;

static bool add_piece(casus_arena *a, pieces *p, uint32_t begin, uint32_t end,
                      const lang_piece *special) {
    struct piece *v = casus_base_arena_grow(a, p->items, p->n, p->n + 1, &p->cap, sizeof *v);
    if (!v) return false;
    p->items = v;
    v[p->n++] = (struct piece){begin, end, special};
    return true;
}

static const lang_special *find_special(const struct casus_lang *lang, casus_slice s) {
    if (s.len > lang->special_most) return NULL; /* a long run is not hashed at every step */
    const uint64_t h = casus_base_hash64(s.ptr, s.len, 1);
    uint32_t lo = 0, hi = lang->tokens->n_specials;
    while (lo < hi) {
        const uint32_t mid = (lo + hi) / 2;
        if (lang->specials[mid].hash < h)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < lang->tokens->n_specials && lang->specials[lo].hash == h; lo++)
        if (casus_slice_eq(lang_string(lang, lang->specials[lo].text), s))
            return &lang->specials[lo];
    return NULL;
}

static bool matches(const casus_lang_worker *w, int sort, casus_slice s) {
    uint32_t b, e;
    for (uint32_t i = 0; i < w->lang->tokens->n_patterns[sort]; i++)
        if (lang_regex_find(&w->lang->regexes[sort][i], w, s, 0, &b, &e) && b == 0) return true;
    return false;
}

/* The leftmost match of any pattern of a sort at or behind `start`. `memo`, when given, holds the
 * next match of each pattern (begin > end: none looked for yet, begin CASUS_NONE: none left), so
 * that a run is gone through once by each, however many matches there are. */
typedef struct next_match {
    uint32_t begin, end;
} next_match;
static bool find_first(const casus_lang_worker *w, int sort, casus_slice s, uint32_t start,
                       next_match *memo, uint32_t *begin, uint32_t *end) {
    bool found = false;
    for (uint32_t i = 0; i < w->lang->tokens->n_patterns[sort]; i++) {
        next_match m = {1, 0};
        if (memo) m = memo[i];
        if (m.begin > m.end ? m.begin != CASUS_NONE : m.begin < start) {
            if (!lang_regex_find(&w->lang->regexes[sort][i], w, s, start, &m.begin, &m.end))
                m = (next_match){CASUS_NONE, 0};
            if (memo) memo[i] = m;
        }
        if (m.begin != CASUS_NONE && (!found || m.begin < *begin)) {
            *begin = m.begin;
            *end = m.end;
            found = true;
        }
    }
    return found;
}

static uint32_t prefix_length(const casus_lang_worker *w, casus_slice s) {
    uint32_t b, e;
    for (uint32_t i = 0; i < w->lang->tokens->n_patterns[LANG_PREFIX]; i++)
        if (lang_regex_find(&w->lang->regexes[LANG_PREFIX][i], w, s, 0, &b, &e)) return e - b;
    return 0;
}

static uint32_t suffix_length(const casus_lang_worker *w, casus_slice s) {
    uint32_t start = 0, b, e;
    if (s.len > LANG_CHUNK_SCAN) {
        start = s.len - LANG_CHUNK_SCAN;
        while (start < s.len && ((uint8_t)s.ptr[start] & 0xC0) == 0x80) start++;
        /* look-behind needs a few bytes, not the megabyte before them */
        const uint32_t keep = start >= 64 ? start - 64 : 0;
        uint32_t cut = keep;
        while (cut < start && ((uint8_t)s.ptr[cut] & 0xC0) == 0x80) cut++;
        s.ptr += cut;
        s.len -= cut;
        start -= cut;
    }
    return find_first(w, LANG_SUFFIX, s, start, NULL, &b, &e) ? e - b : 0;
}

static casus_slice sub(casus_slice s, uint32_t from, uint32_t to) {
    return casus_slice_of(s.ptr + from, to - from);
}

/* The middle of a run, affixes gone: an exception, one token, or split at infixes. */
static bool add_middle(casus_lang_worker *w, casus_slice run, uint32_t from, uint32_t to,
                       bool specials, casus_arena *a, pieces *out) {
    const struct casus_lang *lang = w->lang;
    const casus_slice s = sub(run, from, to);
    const lang_special *special = specials ? find_special(lang, s) : NULL;
    if (special) {
        uint32_t at = from;
        for (uint32_t i = 0; i < special->n; i++) {
            const lang_piece *p = &lang->pieces[special->first + i];
            if (!add_piece(a, out, at, at + p->length, p)) return false;
            at += p->length;
        }
        return true;
    }
    if (s.len <= LANG_CHUNK_SCAN && (matches(w, LANG_TOKEN, s) || matches(w, LANG_URL, s)))
        return add_piece(a, out, from, to, NULL);
    uint32_t start = 0, search = 0, b, e;
    const uint32_t n = lang->tokens->n_patterns[LANG_INFIX];
    next_match *memo = casus_base_arena_get(a, (n + 1) * sizeof *memo);
    if (!memo) return false;
    for (uint32_t i = 0; i < n; i++) memo[i] = (next_match){1, 0};
    while (search <= s.len && find_first(w, LANG_INFIX, s, search, memo, &b, &e)) {
        search = e;
        if (e == b) { /* an empty match: go on behind the next code point */
            do search++;
            while (search < s.len && ((uint8_t)s.ptr[search] & 0xC0) == 0x80);
        }
        if (b == 0) continue; /* spaCy passes over an infix at the start */
        if (b != start && !add_piece(a, out, from + start, from + b, NULL)) return false;
        if (b != e && !add_piece(a, out, from + b, from + e, NULL)) return false;
        start = e;
    }
    return start >= s.len || add_piece(a, out, from + start, to, NULL);
}

/* Splits a run as spaCy's _split_affixes and _attach_tokens do. */
static bool split(casus_lang_worker *w, casus_slice run, bool specials, casus_arena *a,
                  pieces *out) {
    const struct casus_lang *lang = w->lang;
    if (specials) {
        const lang_special *special = find_special(lang, run);
        if (special) return add_middle(w, run, 0, run.len, true, a, out);
    }
    uint32_t from = 0, to = run.len, last = 0;
    pieces suffixes = {0};
    while (from < to && to - from != last) {
        const casus_slice s = sub(run, from, to);
        if (s.len <= LANG_CHUNK_SCAN && matches(w, LANG_TOKEN, s)) break;
        if (specials && find_special(lang, s)) break;
        last = s.len;
        const uint32_t pre = prefix_length(w, s);
        if (pre && specials && pre < s.len && find_special(lang, sub(s, pre, s.len))) {
            if (!add_piece(a, out, from, from + pre, NULL)) return false;
            from += pre;
            break;
        }
        const uint32_t suf = suffix_length(w, sub(s, pre, s.len));
        if (suf && specials && suf < s.len && find_special(lang, sub(s, 0, s.len - suf))) {
            if (!add_piece(a, &suffixes, to - suf, to, NULL)) return false;
            to -= suf;
            break;
        }
        if (pre && suf && pre + suf <= s.len) {
            if (!add_piece(a, out, from, from + pre, NULL) ||
                !add_piece(a, &suffixes, to - suf, to, NULL))
                return false;
            from += pre;
            to -= suf;
        } else if (pre) {
            if (!add_piece(a, out, from, from + pre, NULL)) return false;
            from += pre;
        } else if (suf) {
            if (!add_piece(a, &suffixes, to - suf, to, NULL)) return false;
            to -= suf;
        }
    }
    if (from < to && !add_middle(w, run, from, to, specials, a, out)) return false;
    for (size_t i = suffixes.n; i-- > 0;)
        if (!add_piece(a, out, suffixes.items[i].begin, suffixes.items[i].end, NULL)) return false;
    return true;
}

/* Exceptions that the affix rules took apart: the longest, leftmost runs of tokens whose text is an
 * exception become its tokens again. Quadratic only in the matches within one exception. */
static bool rejoin(casus_lang_worker *w, casus_slice run, casus_arena *a, pieces *p) {
    const struct casus_lang *lang = w->lang;
    typedef struct match {
        uint32_t at, n, special;
    } match;
    match *found = NULL;
    size_t n_found = 0, cap = 0;
    for (uint32_t i = 0; i < p->n; i++) {
        const casus_slice s = sub(run, p->items[i].begin, p->items[i].end);
        if (s.len > 64) continue;
        const uint64_t h = casus_base_hash64(s.ptr, s.len, 1);
        uint32_t lo = 0, hi = lang->tokens->n_phrases;
        while (lo < hi) {
            const uint32_t mid = (lo + hi) / 2;
            if (lang->phrases[mid].hash < h)
                lo = mid + 1;
            else
                hi = mid;
        }
        for (; lo < lang->tokens->n_phrases && lang->phrases[lo].hash == h; lo++) {
            const lang_phrase *f = &lang->phrases[lo];
            const casus_slice text = lang_string(lang, lang->specials[f->special].text);
            if (i + f->n > p->n || p->items[i + f->n - 1].end - p->items[i].begin != text.len ||
                memcmp(run.ptr + p->items[i].begin, text.ptr, text.len) != 0)
                continue;
            match *v = casus_base_arena_grow(a, found, n_found, n_found + 1, &cap, sizeof *v);
            if (!v) return false;
            found = v;
            found[n_found++] = (match){i, f->n, f->special};
        }
    }
    if (!n_found) return true;
    pieces out = {0};
    size_t first = 0; /* of the matches, which are in order, at or behind i */
    for (uint32_t i = 0; i < p->n;) {
        /* the longest match here that no longer one elsewhere overlaps */
        const match *best = NULL;
        while (first < n_found && found[first].at < i) first++;
        size_t f = first;
        for (; f < n_found && found[f].at == i; f++)
            if (!best || found[f].n > best->n) best = &found[f];
        for (; best && f < n_found && found[f].at < i + best->n; f++)
            if (found[f].n > best->n) best = NULL;
        if (!best) {
            if (!add_piece(a, &out, p->items[i].begin, p->items[i].end, p->items[i].special))
                return false;
            i++;
            continue;
        }
        const lang_special *special = &lang->specials[best->special];
        uint32_t at = p->items[i].begin;
        for (uint32_t k = 0; k < special->n; k++) {
            const lang_piece *piece = &lang->pieces[special->first + k];
            if (!add_piece(a, &out, at, at + piece->length, piece)) return false;
            at += piece->length;
        }
        i += best->n;
    }
    *p = out;
    return true;
}

uint32_t lang_tokenize_plain(casus_lang_worker *w, casus_slice run, casus_slice *first) {
    pieces p = {0};
    if (!run.len || !split(w, run, false, w->scratch, &p) || !p.n) return CASUS_NONE;
    *first = sub(run, p.items[0].begin, p.items[0].end);
    return (uint32_t)p.n;
}

/* The remembered split of a run; NULL when memory is out. */
static const chunk *chunk_of(casus_lang_worker *w, casus_slice run, casus_arena *a) {
    const uint64_t hash = casus_base_hash64(run.ptr, run.len, 7);
    const uint32_t bucket = (uint32_t)(hash % LANG_BUCKETS);
    for (const chunk *c = w->chunks[bucket]; c; c = c->next)
        if (c->hash == hash && casus_slice_eq(c->text, run)) return c;
    pieces p = {0};
    if (!split(w, run, true, a, &p)) return NULL;
    if (w->lang->tokens->n_phrases && !rejoin(w, run, a, &p)) return NULL;
    const bool keep = p.n <= LANG_CHUNK_KEPT && run.len <= LANG_CHUNK_SCAN;
    chunk *c = casus_base_arena_get(keep ? w->cache : a, sizeof *c + p.n * sizeof c->tokens[0]);
    if (!c) return NULL;
    c->hash = hash;
    c->text = keep ? casus_base_arena_copy(w->cache, run) : run;
    c->n = (uint32_t)p.n;
    if (!c->text.ptr) return NULL;
    for (uint32_t i = 0; i < c->n; i++) {
        const struct piece *q = &p.items[i];
        const bool has_norm = q->special && q->special->norm.len;
        lexeme *l = lang_lexeme(w, sub(run, q->begin, q->end),
                                has_norm ? q->special->norm : (lang_str){0, 0}, has_norm);
        if (!l) return NULL;
        c->tokens[i].lex = l;
        c->tokens[i].length = q->end - q->begin;
    }
    if (!keep) return c;
    c->next = w->chunks[bucket];
    w->chunks[bucket] = c;
    w->n_chunks++;
    return c;
}

static bool blank_at(casus_slice text, uint32_t at, uint32_t *len) {
    const uint8_t b = (uint8_t)text.ptr[at];
    if (b > ' ' && b < 0x80) {
        *len = 1;
        return false;
    }
    uint32_t cp;
    *len = casus_base_utf8_get(text.ptr + at, text.len - at, &cp);
    return lang_is_space(cp);
}

casus_status lang_tokenize(casus_lang_worker *w, casus_slice text, uint32_t *at, size_t most,
                           lang_tokens *out, casus_arena *arena, casus_error *err) {
    uint32_t i = *at;
    while (i < text.len && out->n < most) {
        /* a run of blanks or of non-blanks; one blank behind a run belongs to it */
        uint32_t len, end = i;
        const bool blanks = blank_at(text, i, &len);
        while (end < text.len && blank_at(text, end, &len) == blanks) end += len;
        const chunk *c = chunk_of(w, sub(text, i, end), w->scratch);
        if (!c) return casus_base_no_memory(err);
        lang_token *v =
            casus_base_arena_grow(arena, out->items, out->n, out->n + c->n, &out->cap, sizeof *v);
        if (!v) return casus_base_no_memory(err);
        out->items = v;
        uint32_t pos = i;
        for (uint32_t k = 0; k < c->n; k++) {
            lexeme *lex = c->tokens[k].lex;
            v[out->n++] =
                (lang_token){lex, pos, pos + c->tokens[k].length, lex->norm_override, false};
            pos += c->tokens[k].length;
        }
        if (end < text.len && !blanks && text.ptr[end] == ' ') {
            v[out->n - 1].space_after = true;
            end++;
        }
        i = end;
    }
    *at = i;
    return CASUS_OK;
}
