/* morph.c - attribute rules (spaCy's attribute_ruler) and the rule lemmatizer.
 *
 * Rules are found by the tag that their first token asks for; what the others ask of the word form
 * is decided once per form (lexeme.rule_bits). Lemmas are remembered per form, part of speech and
 * features. Cost: some ten comparisons a token. */
#include "lang/model.h"
#include <utf8proc.h>

#define RULE_HITS_MOST                                                        \
    24u /* rules that may fire on one token; later ones beyond it are dropped \
         */

static const lang_rule *rules_of(const struct casus_lang *l) {
    return (const lang_rule *)(const void *)(l->attr.at + l->rules->rules);
}
static const lang_spec *specs_of(const struct casus_lang *l) {
    return (const lang_spec *)(const void *)(l->attr.at + l->rules->specs);
}
static const lang_test *tests_of(const struct casus_lang *l) {
    return (const lang_test *)(const void *)(l->attr.at + l->rules->tests);
}
static const uint64_t *values_of(const struct casus_lang *l) {
    return (const uint64_t *)(const void *)(l->attr.at + l->rules->values);
}

casus_status lang_rules_open(struct casus_lang *lang, casus_error *err) {
    const casus_memory *m = &lang->memory;
    const lang_attr *r = lang->rules;
    const lang_rule *rules = rules_of(lang);
    const uint32_t n_tags = lang->head->n_tags;
    size_t total = 0;
    for (uint32_t i = 0; i < r->n_rules; i++) {
        const lang_spec *s = &specs_of(lang)[rules[i].first];
        for (uint32_t t = 0; t < s->n; t++) {
            const lang_test *test = &tests_of(lang)[s->first + t];
            if (test->attr == LANG_TEST_TAG && test->op == LANG_OP_IN) total += test->n;
        }
    }
    lang->tag_first = casus_base_alloc(m, (n_tags + 2) * sizeof *lang->tag_first);
    lang->tag_rules = casus_base_alloc(m, (total + 1) * sizeof *lang->tag_rules);
    lang->loose = casus_base_alloc(m, (r->n_rules + 1) * sizeof *lang->loose);
    lang->rule_regexes = casus_base_alloc(m, (r->n_regexes + 1) * sizeof *lang->rule_regexes);
    if (lang->rule_regexes) /* at once: it is freed by its pointers */
        memset(lang->rule_regexes, 0, (r->n_regexes + 1) * sizeof *lang->rule_regexes);
    if (!lang->tag_first || !lang->tag_rules || !lang->loose || !lang->rule_regexes)
        return casus_base_no_memory(err);
    lang->n_loose = 0;
    uint32_t n = 0;
    for (uint32_t tag = 0; tag <= n_tags; tag++) {
        lang->tag_first[tag] = n;
        for (uint32_t i = 0; i < r->n_rules; i++) {
            const lang_spec *s = &specs_of(lang)[rules[i].first];
            bool tagged = false;
            for (uint32_t t = 0; t < s->n && !tagged; t++) {
                const lang_test *test = &tests_of(lang)[s->first + t];
                if (test->attr != LANG_TEST_TAG || test->op != LANG_OP_IN) continue;
                tagged = true;
                for (uint32_t v = 0; v < test->n; v++)
                    if (values_of(lang)[test->first + v] == tag && n < total)
                        lang->tag_rules[n++] = i;
            }
            if (!tagged && tag == 0) lang->loose[lang->n_loose++] = i;
        }
    }
    lang->tag_first[n_tags + 1] = n;
    const lang_str *patterns = (const lang_str *)(const void *)(lang->attr.at + r->regexes);
    for (uint32_t i = 0; i < r->n_regexes; i++) {
        const casus_status status =
            lang_regex_open(&lang->rule_regexes[i], lang_string(lang, patterns[i]), &lang->memory,
                            err);
        if (status) return status;
    }
    return CASUS_OK;
}

/* Does the form part of a spec hold? Tests on tag, pos and label are passed over. */
static bool form_holds(const casus_lang_worker *w, const lang_spec *s, const lexeme *lex) {
    const struct casus_lang *l = w->lang;
    for (uint32_t t = 0; t < s->n; t++) {
        const lang_test *test = &tests_of(l)[s->first + t];
        if (test->attr != LANG_TEST_LOWER && test->attr != LANG_TEST_ORTH &&
            test->attr != LANG_TEST_SPACE)
            continue;
        bool holds = false;
        if (test->op == LANG_OP_REGEX) {
            uint32_t b, e;
            holds =
                lang_regex_find(&l->rule_regexes[values_of(l)[test->first]], w,
                                test->attr == LANG_TEST_LOWER ? lex->lower : lex->form, 0, &b, &e);
        } else {
            const uint64_t v = test->attr == LANG_TEST_SPACE ? (uint64_t)lex->is_space
                               : test->attr == LANG_TEST_LOWER
                                   ? lex->lower_hash
                                   : casus_base_hash64(lex->form.ptr, lex->form.len, 1);
            for (uint32_t i = 0; i < test->n && !holds; i++)
                holds = values_of(l)[test->first + i] == v;
            if (test->op == LANG_OP_NOT_IN) holds = !holds;
        }
        if (!holds) return false;
    }
    return true;
}

uint64_t lang_rule_bits(const casus_lang_worker *w, const lexeme *lex) {
    uint64_t bits = 0;
    for (uint32_t i = 0; i < w->lang->n_loose && i < 64; i++) {
        const lang_rule *r = &rules_of(w->lang)[w->lang->loose[i]];
        if (form_holds(w, &specs_of(w->lang)[r->first], lex)) bits |= 1ull << i;
    }
    return bits;
}

static bool tags_hold(const struct casus_lang *l, const lang_spec *s, const casus_token *token) {
    for (uint32_t t = 0; t < s->n; t++) {
        const lang_test *test = &tests_of(l)[s->first + t];
        uint64_t v;
        if (test->attr == LANG_TEST_TAG)
            v = token->tag;
        else if (test->attr == LANG_TEST_POS)
            v = token->pos;
        else if (test->attr == LANG_TEST_DEP)
            v = token->dep;
        else
            continue;
        bool holds = false;
        for (uint32_t i = 0; i < test->n && !holds; i++) holds = values_of(l)[test->first + i] == v;
        if (test->op == LANG_OP_NOT_IN) holds = !holds;
        if (!holds) return false;
    }
    return true;
}

static bool rule_holds(const casus_lang_worker *w, const lang_rule *r, const lang_token *lex,
                       const casus_token *tokens, uint32_t n, uint32_t at, bool first_form_known) {
    if (at + r->n > n || r->index >= r->n) return false;
    for (uint32_t i = 0; i < r->n; i++) {
        const lang_spec *s = &specs_of(w->lang)[r->first + i];
        if (!tags_hold(w->lang, s, &tokens[at + i])) return false;
        if ((i || !first_form_known) && !form_holds(w, s, lex[at + i].lex)) return false;
    }
    return true;
}

typedef struct hits { /* rules that fire on one token, in order of precedence */
    uint32_t n, rule[RULE_HITS_MOST];
} hits;

static void add_hit(hits *h, uint32_t rule) {
    if (h->n == RULE_HITS_MOST) return;
    uint32_t i = h->n++;
    for (; i && h->rule[i - 1] > rule; i--) h->rule[i] = h->rule[i - 1];
    h->rule[i] = rule;
}

casus_status lang_apply_rules(casus_lang_worker *w, const lang_token *lex, casus_token *tokens,
                              uint32_t n, casus_error *err) {
    (void)err;
    const struct casus_lang *l = w->lang;
    if (!l->rules) return CASUS_OK;
    const lang_rule *rules = rules_of(l);
    hits ring[8]; /* of the tokens at..at+7: a rule looks at most that far ahead */
    memset(ring, 0, sizeof ring);
    for (uint32_t at = 0; at < n; at++) {
        const uint32_t tag = tokens[at].tag;
        if (tag < l->head->n_tags)
            for (uint32_t k = l->tag_first[tag]; k < l->tag_first[tag + 1]; k++) {
                const lang_rule *r = &rules[l->tag_rules[k]];
                if (rule_holds(w, r, lex, tokens, n, at, false))
                    add_hit(&ring[(at + r->index) & 7], l->tag_rules[k]);
            }
        uint64_t bits = lex[at].lex->rule_bits;
        for (; bits; bits &= bits - 1) {
            const uint32_t rule = l->loose[__builtin_ctzll(bits)];
            if (rule_holds(w, &rules[rule], lex, tokens, n, at, true))
                add_hit(&ring[(at + rules[rule].index) & 7], rule);
        }
        for (uint32_t i = 64; i < l->n_loose; i++)
            if (rule_holds(w, &rules[l->loose[i]], lex, tokens, n, at, false))
                add_hit(&ring[(at + rules[l->loose[i]].index) & 7], l->loose[i]);
        hits *h = &ring[at & 7];
        for (uint32_t i = 0; i < h->n; i++) {
            const lang_rule *r = &rules[h->rule[i]];
            if (r->tag != CASUS_NONE) tokens[at].tag = (uint16_t)r->tag;
            if (r->pos != CASUS_NONE) tokens[at].pos = (uint8_t)r->pos;
            if (r->morph != CASUS_NONE) tokens[at].morph = (uint16_t)r->morph;
            if (r->dep != CASUS_NONE) tokens[at].dep = (uint16_t)r->dep;
            if (r->lemma.off != CASUS_NONE) tokens[at].lemma = lang_string(l, r->lemma);
        }
        h->n = 0;
    }
    return CASUS_OK;
}

/* ---- lemmas ---------------------------------------------------------------------------------- */

static bool has_feature(casus_slice morph, casus_slice feature) {
    casus_slice piece;
    while (casus_slice_cut(&morph, '|', &piece))
        if (casus_slice_eq(piece, feature)) return true;
    return false;
}
static bool has_feature_name(casus_slice morph, casus_slice name) {
    casus_slice piece;
    while (casus_slice_cut(&morph, '|', &piece))
        if (piece.len > name.len && piece.ptr[name.len] == '=' &&
            memcmp(piece.ptr, name.ptr, name.len) == 0)
            return true;
    return false;
}

static bool is_base(const struct casus_lang *l, uint32_t pos, casus_slice morph) {
    const lang_base *b = (const lang_base *)(const void *)(l->lem.at + l->lemmas->bases);
    if (!morph.ptr) morph = CASUS_SLICE("");
    for (uint32_t i = 0; i < l->lemmas->n_bases; i++) {
        if (b[i].pos != CASUS_NONE && b[i].pos != pos) continue;
        bool holds = true;
        for (int k = 0; k < 3 && holds; k++)
            holds = !b[i].has[k].len || has_feature(morph, lang_string(l, b[i].has[k]));
        if (holds && b[i].lacks.len) holds = !has_feature_name(morph, lang_string(l, b[i].lacks));
        if (holds) return true;
    }
    return false;
}

static bool in_index(const struct casus_lang *l, uint32_t pos, casus_slice s) {
    const uint64_t *v = (const uint64_t *)(const void *)(l->lem.at + l->lemmas->pos[pos].index);
    const uint64_t h = casus_base_hash64(s.ptr, s.len, 1);
    uint32_t lo = 0, hi = l->lemmas->pos[pos].n_index;
    while (lo < hi) {
        const uint32_t mid = (lo + hi) / 2;
        if (v[mid] < h)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < l->lemmas->pos[pos].n_index && v[lo] == h;
}

static bool all_alpha(casus_slice s) {
    for (uint32_t i = 0; i < s.len;) {
        uint32_t cp;
        i += casus_base_utf8_get(s.ptr + i, s.len - i, &cp);
        const utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)cp);
        if (c < UTF8PROC_CATEGORY_LU || c > UTF8PROC_CATEGORY_LO) return false;
    }
    return s.len > 0;
}

static casus_slice by_lookup(const casus_lang_worker *w, const lexeme *lex) {
    const struct casus_lang *l = w->lang;
    const lang_norm *v = (const lang_norm *)(const void *)(l->lem.at + l->lemmas->lookup);
    const uint64_t id = lex->ids[LANG_ATTR_ORTH];
    uint32_t lo = 0, hi = l->lemmas->n_lookup;
    while (lo < hi) {
        const uint32_t mid = (lo + hi) / 2;
        if (v[mid].key < id)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < l->lemmas->n_lookup && v[lo].key == id ? lang_string(l, v[lo].norm) : lex->form;
}

/* Does a suffix rule make `lemma` of the form, as a form that the pipeline keeps? */
static bool rule_makes(const struct casus_lang *l, uint32_t pos, const lexeme *lex,
                       casus_slice lemma) {
    const lang_suffix *r =
        (const lang_suffix *)(const void *)(l->lem.at + l->lemmas->pos[pos].rules);
    for (uint32_t i = 0; i < l->lemmas->pos[pos].n_rules; i++) {
        const casus_slice old = lang_string(l, r[i].old), with = lang_string(l, r[i].with);
        const uint32_t stem = lex->lower.len - (old.len <= lex->lower.len ? old.len : 0);
        if (old.len > lex->lower.len || lemma.len != stem + with.len ||
            memcmp(lex->lower.ptr + stem, old.ptr, old.len) != 0 ||
            memcmp(lemma.ptr, lex->lower.ptr, stem) != 0 ||
            memcmp(lemma.ptr + stem, with.ptr, with.len) != 0)
            continue;
        if (in_index(l, pos, lemma) || !all_alpha(lemma)) return true;
    }
    return false;
}

/* spaCy inserts each exception at the front unless a rule gave it already: the last such wins. */
static casus_slice by_exception(const struct casus_lang *l, uint32_t pos, const lexeme *lex,
                                bool *found) {
    const lang_exc *v = (const lang_exc *)(const void *)(l->lem.at + l->lemmas->pos[pos].exc);
    const lang_str *forms = (const lang_str *)(const void *)(l->lem.at + l->lemmas->forms);
    uint32_t lo = 0, hi = l->lemmas->pos[pos].n_exc;
    while (lo < hi) {
        const uint32_t mid = (lo + hi) / 2;
        if (v[mid].hash < lex->lower_hash)
            lo = mid + 1;
        else
            hi = mid;
    }
    *found = false;
    if (lo == l->lemmas->pos[pos].n_exc || v[lo].hash != lex->lower_hash) return (casus_slice){0};
    for (uint32_t i = v[lo].n; i-- > 0;) {
        const casus_slice form = lang_string(l, forms[v[lo].first + i]);
        if (rule_makes(l, pos, lex, form)) continue;
        *found = true;
        return form;
    }
    return (casus_slice){0};
}

/* Lemma by suffix rules; ptr NULL and len 0 when none applies, len 1 when memory is out. */
static casus_slice by_rule(casus_lang_worker *w, uint32_t pos, const lexeme *lex) {
    const struct casus_lang *l = w->lang;
    const lang_suffix *r =
        (const lang_suffix *)(const void *)(l->lem.at + l->lemmas->pos[pos].rules);
    casus_slice known = {0}, other = {0}, unknown = {0};
    for (uint32_t i = 0; i < l->lemmas->pos[pos].n_rules; i++) {
        const casus_slice old = lang_string(l, r[i].old), with = lang_string(l, r[i].with);
        if (old.len > lex->lower.len ||
            memcmp(lex->lower.ptr + lex->lower.len - old.len, old.ptr, old.len) != 0)
            continue;
        const uint32_t stem = lex->lower.len - old.len;
        if (stem + with.len == 0) continue;
        char *p = casus_base_arena_get(w->cache, stem + with.len + 1);
        if (!p) return (casus_slice){NULL, 1};
        memcpy(p, lex->lower.ptr, stem);
        if (with.len) memcpy(p + stem, with.ptr, with.len);
        const casus_slice form = casus_slice_of(p, stem + with.len);
        if (in_index(l, pos, form))
            known = form; /* the last rule that gives a known lemma comes first */
        else if (!all_alpha(form))
            other = other.ptr ? other : form;
        else
            unknown = unknown.ptr ? unknown : form;
    }
    return known.ptr ? known : other.ptr ? other : unknown;
}

static casus_slice compute_lemma(casus_lang_worker *w, lexeme *lex, uint32_t pos, uint32_t morph) {
    const struct casus_lang *l = w->lang;
    const lang_lem *t = l->lemmas;
    if (!t || t->kind == LANG_LEM_NONE || pos == CASUS_POS_SPACE) return lex->lower;
    bool found = false;
    if (t->kind == LANG_LEM_RULE_FIRST_INDEX) {
        if (in_index(l, pos, lex->lower)) return lex->lower;
        const casus_slice e = by_exception(l, pos, lex, &found);
        if (found) return e;
        const casus_slice form = by_lookup(w, lex);
        return form;
    }
    if (is_base(l, pos, l->morphs[morph])) return lex->lower;
    if (!t->pos[pos].n_index && !t->pos[pos].n_exc && !t->pos[pos].n_rules)
        return pos == CASUS_POS_PROPN ? lex->form : lex->lower;
    const casus_slice e = by_exception(l, pos, lex, &found);
    if (found) return e;
    const casus_slice r = by_rule(w, pos, lex);
    if (r.ptr || r.len) return r;
    return lex->form;
}

casus_slice lang_lemma(casus_lang_worker *w, lexeme *lex, uint32_t pos, uint32_t morph) {
    const uint32_t key = pos << 16 | morph;
    uint32_t slot = 2;
    for (uint32_t i = 0; i < 3; i++) {
        if (lex->lemmas[i].key == key) return lex->lemmas[i].lemma;
        if (lex->lemmas[i].key == CASUS_NONE) {
            slot = i;
            break;
        }
    }
    const casus_slice lemma = compute_lemma(w, lex, pos, morph);
    if (lemma.ptr) {
        lex->lemmas[slot].key = key;
        lex->lemmas[slot].lemma = lemma;
    }
    return lemma;
}
