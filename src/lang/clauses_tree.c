/* clauses_tree.c - the working tree of the clause view: neutral labels, children, an order with
 * heads before dependents, and noun phrases; the repairs are in clauses_repair.c.
 *
 * Linear in tokens. The document's own heads and labels stay as they are.
 */
#include "lang/clauses_int.h"

/* ---- what tokens are ------------------------------------------------------------------------- */

bool lang_nominal(const lang_work *w, uint32_t token) {
    switch (lang_pos(w, token)) {
    case CASUS_POS_NOUN:
    case CASUS_POS_PROPN:
    case CASUS_POS_PRON:
    case CASUS_POS_NUM:
    case CASUS_POS_SYM:
        return true;
    default:
        return false;
    }
}

bool lang_past_participle(const lang_work *w, uint32_t token) {
    return (w->morph[token] & (LANG_M_PART | LANG_M_PAST)) == (LANG_M_PART | LANG_M_PAST);
}

bool lang_ing(const lang_work *w, uint32_t token) {
    uint32_t m = w->morph[token];
    return (m & LANG_M_GER) || (m & (LANG_M_PART | LANG_M_PRES)) == (LANG_M_PART | LANG_M_PRES);
}

uint32_t lang_child(const lang_work *w, uint32_t token, casus_rel rel) {
    if (!lang_has(w, token, rel)) return CASUS_NONE;
    uint32_t n = w->child_at[token + 1] - w->child_at[token];
    if (n > LANG_CHILDREN_MOST) n = LANG_CHILDREN_MOST;
    for (uint32_t i = w->child_at[token]; n-- > 0; i++) {
        if (w->rel[w->child[i]] == rel) return w->child[i];
    }
    return CASUS_NONE;
}

static bool has_child_class(const lang_work *w, uint32_t token, uint64_t classes) {
    for (uint32_t i = w->child_at[token]; i < w->child_at[token + 1]; i++) {
        if (lang_is(w, w->child[i], classes)) return true;
    }
    return false;
}

bool lang_time_phrase(const lang_work *w, uint32_t token) {
    casus_pos pos = lang_pos(w, token);
    if (pos != CASUS_POS_NOUN && pos != CASUS_POS_PROPN && pos != CASUS_POS_NUM &&
        pos != CASUS_POS_ADV) {
        return false;
    }
    if (lang_is(w, token, LANG_W(TIME_NAME) | LANG_W(TIME))) return true;
    return (w->morph[token] & LANG_M_TIME) != 0;
}

bool lang_time_deictic(const lang_work *w, uint32_t token) {
    casus_pos pos = lang_pos(w, token);
    if (pos != CASUS_POS_NOUN && pos != CASUS_POS_PROPN) return false;
    if (lang_is(w, token, LANG_W(TIME_NAME))) return true;
    if (!lang_is(w, token, LANG_W(TIME))) return false;
    return pos == CASUS_POS_PROPN ? (w->morph[token] & LANG_M_TIME) != 0
                                  : has_child_class(w, token, LANG_W(DEICTIC));
}

bool lang_inside_preposition(const lang_work *w, uint32_t noun) {
    uint32_t g = w->head[noun], p = noun + 1;
    if (g == noun || !lang_is(w, g, LANG_W(KEYED)) || lang_pos(w, noun) != CASUS_POS_NOUN ||
        p >= w->n || w->head[p] != noun || w->rel[p] != CASUS_REL_PREP ||
        !lang_has(w, p, CASUS_REL_POBJ)) {
        return false;
    }
    const casus_token *t = w->p->tokens;
    char key[64];
    casus_slice first = t[noun].lower, second = t[p].lower;
    if ((size_t)first.len + second.len + 1 > sizeof key) return false;
    memcpy(key, first.ptr, first.len);
    key[first.len] = ' ';
    memcpy(key + first.len + 1, second.ptr, second.len);
    casus_slice rest = casus_slice_of(key, (size_t)first.len + second.len + 1);
    return (lang_words_pair(w->labels, t[g].lower, rest) & LANG_W(COMPLEX_PREP)) != 0;
}

casus_slice lang_join(lang_work *w, uint32_t first, uint32_t last) {
    const casus_token *t = w->p->tokens;
    if (last == first + 1) return t[first].lower;
    size_t len = 0;
    for (uint32_t i = first; i < last; i++) len += t[i].lower.len + 1u;
    char *out = casus_base_arena_get(w->p->text->arena, len ? len : 1);
    size_t at = 0;
    if (!out) return casus_slice_of(NULL, 0);
    for (uint32_t i = first; i < last; i++) {
        if (t[i].lower.len == 0) continue;
        if (at) out[at++] = ' ';
        memcpy(out + at, t[i].lower.ptr, t[i].lower.len);
        at += t[i].lower.len;
    }
    return casus_slice_of(out, at);
}

/* ---- reading --------------------------------------------------------------------------------- */

static uint32_t morph_bits(casus_slice features) {
    static const struct {
        const char *name;
        uint32_t bit;
    } known[] = {
        {"VerbForm=Fin", LANG_M_FIN}, {"VerbForm=Part", LANG_M_PART}, {"VerbForm=Inf", LANG_M_INF},
        {"VerbForm=Ger", LANG_M_GER}, {"Tense=Past", LANG_M_PAST},    {"Tense=Imp", LANG_M_PAST},
        {"Tense=Pres", LANG_M_PRES},  {"Tense=Fut", LANG_M_FUT},      {"Mood=Cnd", LANG_M_COND},
        {"Mood=Imp", LANG_M_IMP},     {"Polarity=Neg", LANG_M_NEG},   {"PronType=Rel", LANG_M_REL},
        {"Voice=Pass", LANG_M_PASS},  {"Poss=Yes", LANG_M_POSS},      {"Number=Plur", LANG_M_PLUR},
    };
    uint32_t bits = LANG_M_KNOWN;
    casus_slice feature;
    while (features.ptr && casus_slice_cut(&features, '|', &feature)) {
        for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
            if (casus_slice_is(feature, known[i].name)) bits |= known[i].bit;
        }
    }
    return bits;
}

/* A token of nothing but ASCII or general punctuation, whatever its tag. */
static bool only_marks(casus_slice form) {
    for (uint32_t i = 0; i < form.len; i++) {
        unsigned char c = (unsigned char)form.ptr[i];
        if (c == 0xE2 && i + 2 < form.len && (unsigned char)form.ptr[i + 1] == 0x80) {
            i += 2; /* U+2000 to U+203F: dashes, quotation marks, dots */
            continue;
        }
        if (c == 0xC2 && i + 1 < form.len) {
            unsigned char d = (unsigned char)form.ptr[i + 1];
            if (d == 0xAB || d == 0xBB || d == 0xA0 || d == 0xB7) {
                i++;
                continue;
            }
        }
        bool letter = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (letter || c >= 0x80 || c == '%' || c == '$') return false;
    }
    return true;
}

static bool read_tokens(lang_work *w) {
    const casus_parse *p = w->p;
    uint32_t *seen = casus_base_arena_zero(w->scratch, p->n_morphs + 1u, sizeof *seen);
    if (!seen) return false;
    for (uint32_t i = 0; i < w->n; i++) {
        const casus_token *t = &p->tokens[i];
        w->head[i] = t->head < w->n ? t->head : i;
        w->rel[i] = (uint8_t)casus_lang_labels_rel(w->labels, t->dep);
        if (w->head[i] == i) w->rel[i] = CASUS_REL_ROOT;
        bool marks = t->pos == CASUS_POS_SPACE || only_marks(t->form);
        if (marks && w->head[i] != i) w->rel[i] = CASUS_REL_PUNCT;
        if (t->pos != CASUS_POS_PUNCT && t->pos != CASUS_POS_SPACE) {
            w->words[i] = lang_words_get(w->labels, t->lower);
            if (!casus_slice_eq(t->lemma, t->lower) && t->pos != CASUS_POS_PROPN) {
                w->words[i] |= lang_words_get(w->labels, t->lemma);
            }
        }
        uint32_t m = t->morph < p->n_morphs ? t->morph : p->n_morphs;
        if (!seen[m]) seen[m] = m < p->n_morphs ? morph_bits(p->morphs[m]) : LANG_M_KNOWN;
        w->morph[i] = seen[m] | (marks ? LANG_M_MARKS : 0u);
        w->alias[i] = i;
        w->quote[i] = CASUS_NONE;
    }
    for (uint32_t i = 0; i < p->n_names; i++) {
        const casus_name *name = &p->names[i];
        for (uint32_t t = name->first; t < name->last && t < w->n; t++) {
            if (name->sort == CASUS_SORT_TIME) w->morph[t] |= LANG_M_TIME;
            if (t > name->first) w->morph[t] |= LANG_M_INNAME;
        }
    }
    for (uint32_t q = 0; q < p->n_quotes; q++) {
        if (p->quotes[q].scare) continue;
        for (uint32_t t = p->quotes[q].first; t < p->quotes[q].last && t < w->n; t++) {
            w->quote[t] = q;
        }
    }
    return true;
}

void lang_tree_count(lang_work *w) {
    memset(w->child_at, 0, ((size_t)w->n + 1) * sizeof *w->child_at);
    for (uint32_t i = 0; i < w->n; i++) {
        if (w->head[i] != i) w->child_at[w->head[i] + 1]++;
    }
    for (uint32_t i = 0; i < w->n; i++) w->child_at[i + 1] += w->child_at[i];
    /* owner[] is free until the roles are made: it counts the places given away */
    memcpy(w->owner, w->child_at, (size_t)w->n * sizeof *w->owner);
    memset(w->has, 0, (size_t)w->n * sizeof *w->has);
    for (uint32_t i = 0; i < w->n; i++) {
        if (w->head[i] == i) continue;
        w->slot[i] = w->owner[w->head[i]]++;
        w->child[w->slot[i]] = i;
        w->has[w->head[i]] |= UINT64_C(1) << w->rel[i];
    }
}

/* Fills order[]: roots first, then level by level. A ring of heads is cut at its first token. */
static bool heads_first(lang_work *w) {
    uint8_t *met = casus_base_arena_zero(w->scratch, w->n, 1);
    if (!met) return false;
    uint32_t n = 0, done = 0, next = 0;
    for (uint32_t i = 0; i < w->n; i++) {
        if (w->head[i] == i) {
            met[i] = 1;
            w->order[n++] = i;
        }
    }
    while (n < w->n || done < n) {
        if (done == n) { /* what is left hangs on rings */
            while (met[next]) next++;
            w->head[next] = next;
            w->rel[next] = CASUS_REL_ROOT;
            met[next] = 1;
            w->order[n++] = next;
        }
        uint32_t t = w->order[done++];
        for (uint32_t i = w->child_at[t]; i < w->child_at[t + 1]; i++) {
            uint32_t c = w->child[i];
            if (met[c]) continue;
            met[c] = 1;
            w->order[n++] = c;
        }
    }
    return true;
}

/* An arc from one paragraph to another ("GENEVA, July 1" above the first sentence) says nothing:
 * its dependent becomes a root. */
static void cut_paragraphs(lang_work *w) {
    const casus_text *text = w->p->text;
    const casus_token *t = w->p->tokens;
    uint32_t para = 0, *of = w->owner; /* owner[] is free yet */
    for (uint32_t i = 0; i < w->n; i++) {
        while (para + 1 < text->n_paragraphs && text->paragraphs[para + 1].begin <= t[i].begin) {
            para++;
        }
        of[i] = para;
    }
    for (uint32_t i = 0; i < w->n; i++) {
        if (of[w->head[i]] == of[i] || w->rel[i] == CASUS_REL_PUNCT) continue;
        uint8_t rel = w->rel[i];
        uint32_t root = CASUS_NONE; /* the verb that a time or a place before it must belong to */
        bool bare = lang_is(w, i, LANG_W(TIME_NAME) | LANG_W(TIME));
        for (uint32_t j = i + 1; (bare || rel == CASUS_REL_PREP) && j < w->n; j++) {
            if (j > i + 2 * LANG_LOOK_MOST || of[j] != of[i] || t[j].sent != t[i].sent) break;
            casus_pos pos = lang_pos(w, j);
            bool verb = pos == CASUS_POS_VERB || pos == CASUS_POS_AUX;
            if (verb && (w->head[j] == j || of[w->head[j]] != of[j])) root = j;
            if (root != CASUS_NONE) break;
        }
        w->head[i] = root == CASUS_NONE ? i : root;
        w->rel[i] = (uint8_t)(root == CASUS_NONE      ? CASUS_REL_ROOT
                              : rel == CASUS_REL_PREP ? CASUS_REL_PREP
                                                      : CASUS_REL_NPADVMOD);
    }
}

/* ---- copulas --------------------------------------------------------------------------------- */

/* "is a threat": the predicate becomes the head, "is" its copula, as in Universal Dependencies.
 * "were wounded" read as copula and adjective becomes a passive. "there are attacks": the noun is
 * the subject. */
static bool raise_predicates(lang_work *w) {
    uint32_t *predicate = casus_base_arena_get(w->scratch, ((size_t)w->n + 1) * sizeof *predicate);
    uint8_t *expletive = casus_base_arena_zero(w->scratch, w->n, 1);
    if (!predicate || !expletive) return false;
    for (uint32_t i = 0; i < w->n; i++) predicate[i] = CASUS_NONE;
    for (uint32_t i = 0; i < w->n; i++) {
        if (w->rel[i] == CASUS_REL_EXPL) expletive[w->head[i]] = 1;
    }
    for (uint32_t i = 0; i < w->n; i++) {
        uint32_t h = w->head[i];
        if (w->rel[i] != CASUS_REL_PRED || h == i || !lang_is(w, h, LANG_W(BE))) continue;
        if (w->rel[h] == CASUS_REL_AUX || w->rel[h] == CASUS_REL_AUXPASS) continue;
        if (expletive[h]) {
            w->rel[i] = CASUS_REL_SUBJ;
        } else if (predicate[h] == CASUS_NONE || (predicate[h] < h && i > h)) {
            predicate[h] = i;
        }
    }
    for (uint32_t i = 0; i < w->n; i++) { /* a predicate that is itself a copula stays below */
        uint32_t p = predicate[i];
        if (p != CASUS_NONE && predicate[p] != CASUS_NONE) predicate[i] = CASUS_NONE;
    }
    for (uint32_t i = 0; i < w->n; i++) {
        uint32_t h = w->head[i];
        if (predicate[i] != CASUS_NONE || h == i) continue;
        if (predicate[h] == CASUS_NONE || predicate[h] == i) continue;
        w->head[i] = predicate[h];
    }
    for (uint32_t i = 0; i < w->n; i++) {
        uint32_t p = predicate[i];
        if (p == CASUS_NONE) continue;
        uint32_t above = w->head[i];
        if (above == i) {
            above = p;
        } else if (predicate[above] != CASUS_NONE) {
            above = predicate[above];
        }
        bool verb = lang_pos(w, p) == CASUS_POS_VERB;
        w->head[p] = above;
        w->rel[p] = w->rel[i];
        w->rel[i] = verb && lang_past_participle(w, p) ? CASUS_REL_AUXPASS
                    : verb && lang_ing(w, p)           ? CASUS_REL_AUX
                                                       : CASUS_REL_COP;
        predicate[i] = p;
    }
    for (uint32_t i = 0; i < w->n; i++) {
        if (predicate[i] != CASUS_NONE) w->head[i] = predicate[i];
    }
    return true;
}

/* ---- nouns that stand for others ------------------------------------------------------------- */

/* The noun meant by "dozens of rebels": the complement of the "of" right behind, or CASUS_NONE. */
static uint32_t noun_behind(const lang_work *w, uint32_t t) {
    casus_pos pos = lang_pos(w, t);
    bool counts =
        lang_is(w, t, LANG_W(TRANSPARENT)) && pos != CASUS_POS_PROPN && pos != CASUS_POS_VERB;
    if (!counts && pos != CASUS_POS_NUM) return CASUS_NONE;
    if (lang_has(w, t, CASUS_REL_COP)) return CASUS_NONE;
    for (uint32_t i = w->child_at[t]; i < w->child_at[t + 1]; i++) {
        uint32_t c = w->child[i];
        if (c < t) continue;
        if (w->rel[c] == CASUS_REL_PREP && lang_is(w, c, LANG_W(OF))) {
            return lang_child(w, c, CASUS_REL_POBJ);
        }
        if (w->rel[c] == CASUS_REL_OBL) {
            uint32_t mark = lang_child(w, c, CASUS_REL_CASE);
            return mark != CASUS_NONE && lang_is(w, mark, LANG_W(OF)) ? c : CASUS_NONE;
        }
    }
    return CASUS_NONE;
}

static void find_aliases(lang_work *w) {
    for (uint32_t k = w->n; k-- > 0;) { /* dependents before heads */
        uint32_t t = w->order[k], behind = noun_behind(w, t);
        if (behind != CASUS_NONE && !lang_verbal(w, behind)) w->alias[t] = w->alias[behind];
    }
}

bool lang_tree_make(lang_work *w) {
    if (!read_tokens(w)) return false;
    cut_paragraphs(w);
    if (!w->labels->ud && !raise_predicates(w)) return false;
    lang_tree_count(w);
    if (!lang_repair_make(w) || !heads_first(w)) return false;
    lang_tree_count(w); /* again, for rings that were cut */
    find_aliases(w);
    return true;
}

/* ---- words of a phrase ----------------------------------------------------------------------- */

/* What ends the words of an argument: conjuncts, and clauses and appositions behind a noun. */
static bool ends_phrase(const lang_work *w, uint32_t c, bool clause) {
    switch (w->rel[c]) {
    case CASUS_REL_CONJ:
    case CASUS_REL_CC:
    case CASUS_REL_PARATAXIS:
        return true;
    case CASUS_REL_RELCL:
    case CASUS_REL_ACL:
    case CASUS_REL_APPOS:
    case CASUS_REL_ADVCL:
    case CASUS_REL_DEP:
        return !clause;
    default:
        return false;
    }
}

bool lang_tree_spans(lang_work *w) {
    for (uint32_t k = w->n; k-- > 0;) {
        uint32_t t = w->order[k];
        uint32_t c = w->clause_of[t];
        bool clause = c != CASUS_NONE && w->clauses[c].kind != CASUS_CLAUSE_NOUN;
        uint32_t first = t, last = t + 1;
        for (uint32_t i = w->child_at[t]; i < w->child_at[t + 1]; i++) {
            uint32_t d = w->child[i];
            uint8_t rel = w->rel[d];
            if (rel == CASUS_REL_PUNCT || rel == CASUS_REL_CASE) continue;
            if (d < t) {
                if (rel == CASUS_REL_CC || rel == CASUS_REL_PRECONJ) continue;
                if (w->np_first[d] < first) first = w->np_first[d];
                continue;
            }
            if (ends_phrase(w, d, clause)) break;
            if (w->np_last[d] > last) last = w->np_last[d];
        }
        w->np_first[t] = first;
        w->np_last[t] = last;
    }
    return true;
}
