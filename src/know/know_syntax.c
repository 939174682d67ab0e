/* know_syntax.c - what each nominal does in its sentence: role, governor, preposition,
 * coordination.
 *
 * First from heads and parts of speech alone, then, where there is a clause view, overruled by its
 * arguments (those of a clause's own, not shared ones). Linear. Looks at no treebank's labels.
 */
#include "know/know_int.h"

static bool is_nominal(uint8_t pos) {
    return pos == CASUS_POS_NOUN || pos == CASUS_POS_PROPN || pos == CASUS_POS_PRON ||
           pos == CASUS_POS_NUM || pos == CASUS_POS_ADJ || pos == CASUS_POS_X ||
           pos == CASUS_POS_SYM;
}
static bool is_verbal(uint8_t pos) {
    return pos == CASUS_POS_VERB || pos == CASUS_POS_AUX;
}

static bool is_word(const casus_token *k, const char *word) {
    return casus_slice_is(k->lower, word);
}

/* "'s", or an apostrophe that stands for it */
static bool is_possessive_mark(const casus_token *k) {
    casus_slice f = k->lower;
    if (f.len == 0 || f.len > 4) return false;
    bool apostrophe = f.ptr[0] == '\'' || (f.len >= 3 && memcmp(f.ptr, "\xE2\x80\x99", 3) == 0);
    if (!apostrophe) return false;
    return k->pos == CASUS_POS_PART || f.ptr[f.len - 1] == 's';
}

static bool is_possessive_pronoun(const casus_token *k) {
    static const char *const words[] = {"his", "its", "their", "our", "my", "your", "her", "whose"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (is_word(k, words[i])) return true;
    }
    return false;
}

typedef struct facts { /* of what depends on a token */
    bool be, by_agent, object, mark, and_behind;
} facts;

/* Tokens between a and b: is there a comma or bracket; a coordinating conjunction? Looks at no
 * more than KNOW_WINDOW tokens next to b. */
static void between(const know_doc *d, uint32_t a, uint32_t b, bool *comma, bool *and) {
    *comma = *and = false;
    for (uint32_t t = b, n = 0; t-- > a + 1 && n < KNOW_WINDOW; n++) {
        const casus_token *k = know_token(d, t);
        if (t != b && k->head == a && is_nominal(k->pos)) break; /* another's conjunction */
        if (k->pos == CASUS_POS_CCONJ && k->head == a) *and = true;
        if (k->form.len == 1 && strchr(",(-", k->form.ptr[0])) *comma = true;
    }
}

/* "Haddad, a photographer and ...": what a name is, not the next of a list. */
static bool is_what(const know_doc *d, uint32_t name, uint32_t t) {
    if (know_token(d, name)->pos != CASUS_POS_PROPN || know_token(d, t)->pos != CASUS_POS_NOUN ||
        name + 3 > t || !casus_slice_is(know_token(d, name + 1)->form, ","))
        return false;
    return is_word(know_token(d, name + 2), "a") || is_word(know_token(d, name + 2), "an");
}

static void place_nominal(know_doc *d, uint32_t t, const facts *f) {
    const casus_token *k = know_token(d, t);
    know_word *w = &d->words[t];
    uint32_t h = k->head;
    if (h == t) return;
    const casus_token *g = know_token(d, h);
    if (g->pos == CASUS_POS_ADP || g->pos == CASUS_POS_SCONJ ||
        (g->pos == CASUS_POS_PART && is_word(g, "to"))) {
        w->role = CASUS_ROLE_PREP;
        w->prep = g->lower;
        w->gov = g->head == h ? CASUS_NONE : g->head;
        if (w->gov != CASUS_NONE && is_word(g, "by") && is_verbal(know_token(d, w->gov)->pos) &&
            f[w->gov].be) {
            w->role = CASUS_ROLE_SUBJ;
            w->passive = true;
        }
        return;
    }
    if (w->possessor || (k->pos == CASUS_POS_PRON && is_possessive_pronoun(k))) {
        w->role = CASUS_ROLE_POSS;
        w->gov = h;
        w->possessor = true;
        return;
    }
    if (is_verbal(g->pos)) {
        w->gov = h;
        w->passive = f[h].be;
        if (t < h) {
            w->role = f[h].be ? CASUS_ROLE_OBJ : CASUS_ROLE_SUBJ;
        } else if (g->pos == CASUS_POS_AUX) {
            w->role = CASUS_ROLE_PRED;
        } else {
            w->role = CASUS_ROLE_OBJ;
        }
        return;
    }
    if (!is_nominal(g->pos)) return;
    if (t < h) {
        w->role = CASUS_ROLE_MOD;
        w->gov = h;
        return;
    }
    bool comma, and;
    between(d, h, t, &comma, &and);
    if (and || (comma && f[t].and_behind && !is_what(d, h, t))) {
        w->role = KNOW_ROLE_CONJ;
        w->gov = h;
    } else if (k->pos != CASUS_POS_ADJ) {
        w->role = CASUS_ROLE_APPOS;
        w->gov = h;
    }
}

static void from_heads(know_doc *d, facts *f) {
    const casus_parse *p = d->parse;
    for (uint32_t t = 0; t < p->n_tokens; t++) {
        const casus_token *k = know_token(d, t);
        if (is_possessive_mark(k) && k->head < t) d->words[k->head].possessor = true;
        if (k->pos == CASUS_POS_AUX && t < k->head && know_marked(d, t, KNOW_MARK_BE)) {
            const casus_token *v = know_token(d, k->head);
            bool ing = v->lower.len > 3 && memcmp(v->lower.ptr + v->lower.len - 3, "ing", 3) == 0;
            if (v->pos == CASUS_POS_VERB && !ing) f[k->head].be = true;
        }
        if (k->pos == CASUS_POS_CCONJ && k->head < t) f[k->head].and_behind = true;
    }
    /* "A, B and C": C hangs on B, B on A; what is behind B counts for it */
    for (uint32_t t = 0; t < p->n_tokens; t++) {
        const casus_token *k = know_token(d, t);
        if (k->pos == CASUS_POS_PUNCT || k->pos == CASUS_POS_SPACE) continue;
        if (is_nominal(k->pos)) place_nominal(d, t, f);
    }
    for (uint32_t t = p->n_tokens; t-- > 0;) { /* a long list: A, B, C and D */
        know_word *w = &d->words[t];
        if (w->role == KNOW_ROLE_CONJ && d->words[w->gov].role == CASUS_ROLE_APPOS &&
            w->gov > d->words[w->gov].gov) {
            bool comma, and;
            between(d, d->words[w->gov].gov, w->gov, &comma, &and);
            const uint32_t a = d->words[w->gov].gov;
            if (comma && know_token(d, w->gov)->head == a && !is_what(d, a, w->gov)) {
                d->words[w->gov].role = KNOW_ROLE_CONJ;
            }
        }
    }
    for (uint32_t t = 0; t < p->n_tokens; t++) {
        know_word *w = &d->words[t];
        if (w->role != KNOW_ROLE_CONJ) continue;
        const know_word *g = &d->words[w->gov]; /* before t: is done */
        w->first = g->first;
        w->role = g->role;
        w->prep = g->prep;
        w->passive = g->passive;
        w->gov = g->gov;
    }
}

static void from_clauses(know_doc *d) {
    const casus_parse *p = d->parse;
    for (uint32_t c = 0; c < p->n_clauses; c++) {
        const casus_clause *cl = &p->clauses[c];
        for (uint32_t i = 0; i < cl->n_args; i++) {
            const casus_arg *a = &cl->args[i];
            bool noun = cl->kind == CASUS_CLAUSE_NOUN;
            if (a->flags & CASUS_ARG_SHARED || a->flags & CASUS_ARG_RELATIVE) continue;
            if (a->token >= p->n_tokens || a->role == CASUS_ROLE_ADV) continue;
            if (a->role >= CASUS_ROLE_CCOMP && a->role <= CASUS_ROLE_RELCL) continue;
            know_word *w = &d->words[a->token];
            w->role = a->role;
            w->gov = cl->head;
            w->prep = a->prep;
            w->passive = !noun && (cl->flags & CASUS_CLAUSE_PASSIVE) != 0;
            if (!(a->flags & CASUS_ARG_CONJUNCT)) {
                w->first = a->token;
                continue;
            }
            for (uint32_t k = i; k-- > 0 && i - k < 64;) {
                const casus_arg *b = &cl->args[k];
                if (b->role != a->role || !casus_slice_eq(b->prep, a->prep)) continue;
                if (b->flags & CASUS_ARG_SHARED) break;
                w->first = d->words[b->token].first;
                break;
            }
        }
    }
}

bool know_doc_syntax(know_doc *d) {
    facts *f = casus_base_arena_zero(d->scratch, d->parse->n_tokens, sizeof *f);
    if (!f) return false;
    from_heads(d, f);
    from_clauses(d);
    for (uint32_t t = d->parse->n_tokens; t-- > 0;) {
        const know_word *w = &d->words[t];
        if (w->role == CASUS_ROLE_APPOS && w->gov < t) d->appos[w->gov] = t;
    }
    return true;
}
