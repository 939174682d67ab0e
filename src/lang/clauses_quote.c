/* clauses_quote.c - gives the sentences of a quotation to the verb of speech it belongs to.
 *
 * The parser joins words and speaker only within a sentence, and not always then. For every
 * quotation that is speech one verb is looked for: one that already has part of it as its content;
 * one right behind it; one before it in its sentence or before a colon; else, in the same paragraph
 * or when the quotation goes on from the one before, that one's. Linear: each step moves along the
 * clauses or looks a fixed number of words away. Sentences with no such verb keep no parent.
 */
#include "lang/clauses_int.h"

#define BEHIND_MOST 14u /* words between a quotation and the verb of speech behind it */
#define BEFORE_MOST 30u
#define CHAIN_MOST 64u

static bool speaks(const lang_work *w, uint32_t c) {
    const casus_clause *x = &w->clauses[c];
    if (x->kind != CASUS_CLAUSE_VERB || !lang_is(w, x->head, LANG_W(SPEECH))) return false;
    if (w->quote[x->head] != CASUS_NONE) return false;
    if (x->flags & (CASUS_CLAUSE_NEGATED | CASUS_CLAUSE_PASSIVE)) return false;
    return x->mood == CASUS_MOOD_INDICATIVE || x->mood == CASUS_MOOD_GERUND;
}

static bool free_of_content(const lang_work *w, uint32_t c) {
    uint32_t taken = 1u << CASUS_ROLE_CCOMP | 1u << CASUS_ROLE_XCOMP;
    return (w->work[c].roles & taken) == 0;
}

static uint32_t paragraph_of(const lang_work *w, uint32_t token) {
    return casus_read_paragraph_at(w->p->text, w->p->tokens[token].begin);
}

/* Whether `c` stands above `below`, by parents; true also when that cannot be told. */
static bool above(const lang_work *w, uint32_t c, uint32_t below) {
    for (uint32_t step = 0; step < CHAIN_MOST; step++) {
        if (below == CASUS_NONE) return false;
        if (below == c) return true;
        const casus_clause *x = &w->clauses[below];
        below = x->parent != CASUS_NONE ? x->parent : x->conjunct_of;
    }
    return true;
}

/* A clause of the quotation that no verb has yet: its sentence's root. */
static bool unclaimed(const lang_work *w, uint32_t c) {
    const casus_clause *x = &w->clauses[c];
    return x->parent == CASUS_NONE && x->conjunct_of == CASUS_NONE &&
           w->rel[x->head] == CASUS_REL_ROOT;
}

static bool colon_before(const lang_work *w, uint32_t token) {
    for (uint32_t back = 0; back < 4 && token > 0; back++) {
        const casus_token *t = &w->p->tokens[--token];
        if (casus_slice_is(t->form, ":")) return true;
        if (t->pos != CASUS_POS_PUNCT && t->pos != CASUS_POS_SPACE) return false;
    }
    return false;
}

typedef struct link {
    uint32_t first, last; /* clauses of the quotation */
    uint32_t next;        /* first verb of speech behind it, or CASUS_NONE */
    uint32_t before;      /* last one before it */
} link;

static uint32_t source_of(const lang_work *w, uint32_t q, const link *l, uint32_t last_source) {
    const casus_quote *quote = &w->p->quotes[q];
    for (uint32_t c = l->first; c < l->last; c++) {
        uint32_t p = w->clauses[c].parent;
        if (p != CASUS_NONE && w->clauses[c].parent_role == CASUS_ROLE_CCOMP && speaks(w, p)) {
            return p;
        }
    }
    if (quote->last >= w->n || quote->first >= quote->last) return CASUS_NONE;
    uint32_t para = paragraph_of(w, quote->first);
    if (l->next != CASUS_NONE) {
        uint32_t head = w->clauses[l->next].head;
        uint32_t limit = q + 1 < w->p->n_quotes ? w->p->quotes[q + 1].first : w->n;
        if (head < limit && head - quote->last <= BEHIND_MOST && paragraph_of(w, head) == para &&
            free_of_content(w, l->next)) {
            return l->next;
        }
    }
    if (l->before != CASUS_NONE) {
        uint32_t head = w->clauses[l->before].head;
        bool same = w->clauses[l->before].sent == w->p->tokens[quote->first].sent;
        bool near = quote->first - head <= BEFORE_MOST;
        bool colon = colon_before(w, quote->first);
        if (near && ((same && free_of_content(w, l->before)) || colon)) return l->before;
    }
    if (last_source == CASUS_NONE || q == 0) return CASUS_NONE;
    const casus_quote *prior = &w->p->quotes[q - 1];
    if (quote->continues) return last_source;
    uint32_t prior_para = paragraph_of(w, prior->first);
    if (prior_para == para) { /* "...," he said. "..." with no other speaker between */
        bool other = l->before != CASUS_NONE && l->before != last_source &&
                     w->clauses[l->before].head >= prior->last;
        return other ? CASUS_NONE : last_source;
    }
    /* a paragraph that is nothing but a quotation, behind one with a speaker */
    const casus_paragraph *whole =
        para < w->p->text->n_paragraphs ? &w->p->text->paragraphs[para] : NULL;
    bool alone = whole && quote->begin <= whole->begin + 3 && quote->end + 4 >= whole->end;
    return alone && prior_para != CASUS_NONE && prior_para + 1 == para ? last_source : CASUS_NONE;
}

bool lang_quote_make(lang_work *w) {
    uint32_t n_quotes = w->p->n_quotes, at = 0, next = 0, last_source = CASUS_NONE;
    uint32_t before = CASUS_NONE, walked = 0;
    for (uint32_t q = 0; q < n_quotes; q++) {
        const casus_quote *quote = &w->p->quotes[q];
        if (quote->scare) continue;
        link l;
        while (at < w->n_clauses && w->clauses[at].head < quote->first) at++;
        l.first = at;
        while (at < w->n_clauses && w->clauses[at].head < quote->last) at++;
        l.last = at;
        for (; walked < l.first; walked++) {
            if (speaks(w, walked)) before = walked;
        }
        if (next < l.last) next = l.last;
        while (next < w->n_clauses && !speaks(w, next)) next++;
        l.next = next < w->n_clauses ? next : CASUS_NONE;
        l.before = before;
        uint32_t source = source_of(w, q, &l, last_source);
        last_source = source;
        if (source == CASUS_NONE) continue;
        for (uint32_t c = l.first; c < l.last; c++) {
            if (!unclaimed(w, c) || above(w, c, source)) continue;
            casus_arg a =
                lang_arg_of(w, w->clauses[c].head, CASUS_ROLE_CCOMP, 0, casus_slice_of(NULL, 0));
            if (!lang_arg_add(w, source, &a)) return false;
            w->clauses[c].parent = source;
            w->clauses[c].parent_role = CASUS_ROLE_CCOMP;
        }
    }
    return true;
}
