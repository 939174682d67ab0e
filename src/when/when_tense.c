/* when_tense.c - does what is told lie before or behind the day of writing? From tense, mood and
 * verb of the clause that an expression stands in. At most a fixed number of steps up the tree. */
#include "when/when_int.h"

#define STEPS_MOST 16

static int hint_of(const when_finder *f, uint32_t token) {
    const when_word *w = when_lemma(f->when, f->parse->tokens[token].lemma, WHEN_HINT);
    return w ? w->value : 0;
}

static int clause_direction(const when_finder *f, uint32_t clause, int depth);

/* An infinitive or gerund looks to what governs it. */
static int governed(const when_finder *f, const casus_clause *c, int depth) {
    const casus_parse *p = f->parse;
    uint32_t above = p->tokens[c->head].head;
    for (int k = 0; k < 3 && above != c->head; k++) {
        const int hint = hint_of(f, above);
        if (hint) return hint;
        const uint32_t q = p->clause_of[above];
        if (q != CASUS_NONE && p->clauses[q].kind != CASUS_CLAUSE_NOUN) {
            const int up = clause_direction(f, q, depth + 1);
            if (up > 0) return 1;
            return c->mood == CASUS_MOOD_INFINITIVE ? (up < 0 && c->mark.len == 0 ? -1 : 1) : up;
        }
        if (p->tokens[above].head == above) break;
        above = p->tokens[above].head;
    }
    return c->mood == CASUS_MOOD_INFINITIVE ? 1 : 0;
}

static int clause_direction(const when_finder *f, uint32_t clause, int depth) {
    const casus_clause *c = &f->parse->clauses[clause];
    if (depth > STEPS_MOST) return 0;
    int hint = hint_of(f, c->head);
    if (c->verb != CASUS_NONE && c->verb != c->head && !hint) hint = hint_of(f, c->verb);
    if (c->tense == CASUS_TENSE_FUTURE || c->modality == CASUS_MODAL_WILL) return 1;
    if (c->modality != CASUS_MODAL_NONE && !(c->flags & CASUS_CLAUSE_PERFECT)) return 1;
    if (c->flags & CASUS_CLAUSE_PERFECT) return -1;
    if (c->mood == CASUS_MOOD_INFINITIVE || c->mood == CASUS_MOOD_GERUND)
        return hint > 0 ? 1 : governed(f, c, depth);
    if (hint > 0) {
        /* "was expected on Friday" lies ahead, "set fire on Friday" does not */
        const bool passive = c->flags & CASUS_CLAUSE_PASSIVE || c->kind == CASUS_CLAUSE_PRED ||
                             c->mood == CASUS_MOOD_PARTICIPLE;
        if (passive || c->tense == CASUS_TENSE_PRESENT) return 1;
    }
    if (c->mood == CASUS_MOOD_IMPERATIVE) return 1;
    if (c->tense == CASUS_TENSE_PAST || c->mood == CASUS_MOOD_PARTICIPLE) return -1;
    if (c->tense == CASUS_TENSE_PRESENT) {
        if (c->flags & CASUS_CLAUSE_PASSIVE) return 0;
        if (c->flags & CASUS_CLAUSE_PROGRESSIVE) return 1;
        return hint < 0 ? -1 : 2; /* 2: maybe */
    }
    return 0;
}

int when_direction(const when_finder *f, uint32_t token) {
    const casus_parse *p = f->parse;
    uint32_t at = token;
    bool noun = false;
    for (int k = 0; k < STEPS_MOST; k++) {
        const uint32_t q = p->clause_of[at];
        if (q != CASUS_NONE) {
            if (p->clauses[q].kind != CASUS_CLAUSE_NOUN) {
                const int d = clause_direction(f, q, 0);
                if (d == 2) return noun ? 0 : 1;
                return d;
            }
            noun = noun || at != token;
            if (at != token && hint_of(f, at) > 0) return 1;
        } else if (at != token && p->tokens[at].pos == CASUS_POS_ADJ && hint_of(f, at)) {
            return hint_of(f, at);
        }
        const uint32_t up = p->tokens[at].head;
        if (up == at || up >= p->n_tokens) break;
        at = up;
    }
    return 0;
}
