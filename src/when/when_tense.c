/* when_tense.c - does what is told lie before or behind the day of writing? From tense, mood and
 * verb of the clause that an expression stands in. At most a fixed number of steps up the tree. */
#include "when/when_int.h"

#define STEPS_MOST 16

static int hint_of(const when_finder *f, uint32_t token) {
    const when_word *w = when_lemma(f->when, f->parse->tokens[token].lemma, WHEN_HINT);
    return w && w->value != WHEN_HINT_DONE ? w->value : 0;
}

/* "Friday's attack", whatever becomes of it. */
static bool done_on(const when_finder *f, uint32_t token) {
    const casus_token *t = &f->parse->tokens[token], *a = &f->parse->tokens[t->head];
    if (t->head == token || t->head < token || token + 1 >= f->parse->n_tokens ||
        !casus_slice_is(t[1].lower, "'s"))
        return false;
    const when_word *w = when_lemma(f->when, a->lemma, WHEN_HINT);
    return w && w->value == WHEN_HINT_DONE;
}

/* "could not be reached on Friday": the modal is a past tense. */
static bool could_not(const when_finder *f, const casus_clause *c) {
    const casus_parse *p = f->parse;
    bool could = false, never = c->flags & CASUS_CLAUSE_NEGATED;
    const uint32_t first = p->sentences[c->sent].first;
    for (uint32_t k = 1; k < 12 && c->head >= first + k; k++) {
        const casus_slice s = p->tokens[c->head - k].lower;
        could = could || casus_slice_is(s, "could");
        never = never || casus_slice_is(s, "neither") || casus_slice_is(s, "none");
    }
    return could && never;
}

static int clause_direction(const when_finder *f, uint32_t clause, int depth);

/* An infinitive or gerund looks to what governs it. */
static int governed(const when_finder *f, const casus_clause *c, int depth) {
    const casus_parse *p = f->parse;
    const bool to = c->mood == CASUS_MOOD_INFINITIVE;
    /* "the minister, speaking on Friday, urged them": beside it, not what it asks for */
    const bool beside =
        !to && (c->parent_role == CASUS_ROLE_RELCL || c->parent_role == CASUS_ROLE_ADVCL);
    uint32_t above = p->tokens[c->head].head, from = c->head;
    for (int k = 0; k < 3 && above != from; k++) {
        const uint32_t q = f->clause_at[above];
        const casus_clause *up = q == CASUS_NONE ? NULL : &p->clauses[q];
        const bool verb = up && up->kind == CASUS_CLAUSE_VERB;
        const int hint = beside && verb ? 0 : hint_of(f, above);
        if (hint) {
            /* "had been due to expire on Friday" */
            if (up && up->tense == CASUS_TENSE_PAST && up->flags & CASUS_CLAUSE_PERFECT) return -1;
            return hint < 0 ? -1 : 1;
        }
        if (up && up->kind != CASUS_CLAUSE_NOUN) {
            const int d = clause_direction(f, q, depth + 1);
            if (d == 2 && !to) return 0; /* "reports intercepting drones in March" */
            if (d > 0 || !to || c->parent_role == CASUS_ROLE_ADVCL) return d;
            return c->mark.len == 0 && d < 0 ? -1 : 1;
        }
        from = above;
        above = p->tokens[above].head;
    }
    return to ? 1 : 0;
}

/* -1 past, 0 unknown, 1 ahead, 2 ahead unless a noun stands between. */
static int clause_direction(const when_finder *f, uint32_t clause, int depth) {
    const casus_clause *c = &f->parse->clauses[clause];
    if (depth > STEPS_MOST) return 0;
    int hint = hint_of(f, c->head);
    if (c->verb != CASUS_NONE && c->verb != c->head && !hint) hint = hint_of(f, c->verb);
    const bool perfect = c->flags & CASUS_CLAUSE_PERFECT;
    if (c->tense == CASUS_TENSE_FUTURE || c->modality == CASUS_MODAL_WILL) return 1;
    if (c->modality == CASUS_MODAL_MAY && c->flags & CASUS_CLAUSE_NEGATED) return 0;
    if (c->modality == CASUS_MODAL_CAN && !perfect && could_not(f, c)) return -1;
    if (c->modality != CASUS_MODAL_NONE && !perfect) return 1;
    if (hint == WHEN_HINT_AHEAD && !(perfect && c->tense == CASUS_TENSE_PAST)) return 1;
    if (perfect) return -1;
    if (c->mood == CASUS_MOOD_INFINITIVE || c->mood == CASUS_MOOD_GERUND) {
        const int above = governed(f, c, depth);
        return hint > 0 && above >= 0 ? 1 : above;
    }
    if (hint == WHEN_HINT_FUTURE) {
        /* "was called for Friday" lies ahead, "called on Friday" does not */
        const bool passive = c->flags & CASUS_CLAUSE_PASSIVE || c->kind == CASUS_CLAUSE_PRED ||
                             c->mood == CASUS_MOOD_PARTICIPLE;
        if (passive || c->tense == CASUS_TENSE_PRESENT) return 1;
    }
    if (c->mood == CASUS_MOOD_IMPERATIVE) return 1;
    if (c->tense == CASUS_TENSE_PAST || c->mood == CASUS_MOOD_PARTICIPLE) return -1;
    if (c->tense == CASUS_TENSE_PRESENT) {
        if (c->flags & CASUS_CLAUSE_PASSIVE) return 0;
        if (c->flags & CASUS_CLAUSE_PROGRESSIVE) return 1;
        return 2;
    }
    return 0;
}

static bool is_until(casus_slice word) {
    return casus_slice_is(word, "until") || casus_slice_is(word, "till") ||
           casus_slice_is(word, "to") || casus_slice_is(word, "through");
}

/* A sentence without an end mark: its present tells of the past ("Army shells village Monday"). */
static bool headline(const casus_parse *p, uint32_t sent) {
    const casus_sentence *s = &p->sentences[sent];
    uint32_t i = s->last;
    while (i > s->first && p->tokens[i - 1].pos == CASUS_POS_SPACE) i--;
    if (i == s->first) return false;
    const casus_slice form = p->tokens[i - 1].form; /* "at 10 p.m." */
    return p->tokens[i - 1].pos != CASUS_POS_PUNCT && form.len && form.ptr[form.len - 1] != '.';
}

/* "a phone call", "a video call": it asks for nothing. */
static bool is_talk(const casus_parse *p, const casus_clause *noun) {
    if (!casus_slice_is(p->tokens[noun->head].lemma, "call")) return false;
    for (uint32_t i = 0; i < noun->n_args; i++) {
        const casus_arg *a = &noun->args[i];
        if (a->role == CASUS_ROLE_MOD && p->tokens[a->token].pos == CASUS_POS_NOUN) return true;
        if (a->role == CASUS_ROLE_PREP &&
            (casus_slice_is(a->prep, "with") || casus_slice_is(a->prep, "between")))
            return true;
    }
    return false;
}

/* "appoints X following Y's dismissal in August": closes a phrase of what came before. */
static bool is_behind_after(const casus_parse *p, uint32_t token) {
    static const char *const words[] = {"after", "following", "since", NULL};
    const uint32_t first = p->sentences[p->tokens[token].sent].first;
    for (uint32_t i = token; i > first && token - i < 12; i--) {
        const casus_token *t = &p->tokens[i - 1];
        for (const char *const *w = words; *w; w++)
            if (casus_slice_is(t->lower, *w)) return true;
        if (t->pos == CASUS_POS_VERB || t->pos == CASUS_POS_AUX) return false;
        if (t->pos == CASUS_POS_PUNCT && !casus_slice_is(t->form, "-")) return false;
    }
    return false;
}

int when_direction(const when_finder *f, uint32_t token) {
    const casus_parse *p = f->parse;
    uint32_t at = token, object = CASUS_NONE;
    bool noun = false, until = false, purpose = false;
    if (done_on(f, token)) return -1;
    for (int k = 0; k < STEPS_MOST; k++) {
        const uint32_t q = f->clause_at[at];
        if (q != CASUS_NONE) {
            if (p->clauses[q].kind != CASUS_CLAUSE_NOUN) {
                const int d = clause_direction(f, q, 0);
                const int hint = hint_of(f, at);
                const bool later = (until && hint > 0) ||
                                   (purpose && (hint == WHEN_HINT_FUTURE || hint == WHEN_HINT_FOR));
                if (later && (!noun || (object > p->clauses[q].head && object != CASUS_NONE)) &&
                    d < 0 && !(p->clauses[q].flags & (CASUS_CLAUSE_PERFECT | CASUS_CLAUSE_NEGATED)))
                    return 1;
                if (noun && d < 0) return 0;
                if (d == 2 && is_behind_after(p, token)) return -1;
                if (d == 2) return noun || headline(p, p->clauses[q].sent) ? 0 : 1;
                return d > 0 ? 1 : d;
            }
            const casus_clause *c = &p->clauses[q]; /* "the planned rally" */
            for (uint32_t a = 0; a < c->n_args && a < 8; a++)
                if (c->args[a].role == CASUS_ROLE_MOD &&
                    hint_of(f, c->args[a].token) == WHEN_HINT_AHEAD)
                    return 1;
            object = at;
            noun = noun || at != token;
            if (at != token && hint_of(f, at) > 0 && !is_talk(p, c)) return 1;
        } else if (at != token &&
                   (p->tokens[at].pos == CASUS_POS_ADJ || p->tokens[at].pos == CASUS_POS_ADV) &&
                   hint_of(f, at)) {
            return hint_of(f, at) > 0 ? 1 : -1;
        }
        if (k && p->tokens[at].pos == CASUS_POS_ADP) {
            until = until || is_until(p->tokens[at].lower);
            purpose = purpose || casus_slice_is(p->tokens[at].lower, "for");
        }
        const uint32_t up = p->tokens[at].head;
        if (up == at || up >= p->n_tokens) break;
        at = up;
    }
    return 0;
}
