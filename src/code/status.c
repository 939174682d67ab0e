/* status.c - happened, ongoing, planned, ...: from the clause's own mood and tense, then from what
 * stands above it: the verb whose content it is, the verb of aspect or intention, the words that
 * doubt it. The walk goes up the parents of a clause; its depth is bounded. */
#include "code/code_int.h"

#define STATUS_DEPTH_MOST 12u /* clauses above a clause that are looked at */

static uint8_t own_status(const casus_clause *c) {
    if (c->flags & CASUS_CLAUSE_NEGATED) return CODE_NEGATED;
    switch (c->modality) {
    case CASUS_MODAL_MAY:
    case CASUS_MODAL_CAN:
        return CODE_POSSIBLE;
    case CASUS_MODAL_MUST:
        return CODE_URGED;
    case CASUS_MODAL_WOULD:
    case CASUS_MODAL_WILL:
        return CODE_PLANNED;
    default:
        break;
    }
    if (c->tense == CASUS_TENSE_FUTURE) return CODE_PLANNED;
    if (c->flags & CASUS_CLAUSE_PROGRESSIVE) return CODE_ONGOING;
    return CODE_UNKNOWN;
}

/* The same, but for what the clause's own row has taken into its meaning. */
static uint8_t form_status(const coder *c, uint32_t clause) {
    const uint32_t e = c->of_clause[clause];
    if (e != CASUS_NONE && code_row_takes_form(c, &c->code->rows[c->candidates[e].row]))
        return CODE_UNKNOWN;
    return own_status(&c->parse->clauses[clause]);
}

/* Words beside the clause that mark it: "allegedly attacked", "a planned visit", "alleged raid". */
static uint8_t word_status(const coder *c, const casus_clause *clause) {
    for (uint32_t i = 0; i < clause->n_args; i++) {
        const casus_arg *a = &clause->args[i];
        if (a->role != CASUS_ROLE_ADV && a->role != CASUS_ROLE_MOD) continue;
        const code_cue *q = code_cue_of(c->code, c->lemmas[a->token], CODE_CUE_STATUS);
        if (q) return (uint8_t)q->value;
    }
    return CODE_UNKNOWN;
}

/* What a status above does to the one below it. CODE_STATUSES: nothing is left to code. */
static uint8_t combine(uint8_t above, uint8_t below) {
    if (above == CODE_UNKNOWN || above == CODE_HAPPENED) return below;
    if (below == CODE_NEGATED)
        return above == CODE_NEGATED || above == CODE_DENIED ? CODE_HAPPENED
               : above == CODE_ALLEGED                       ? CODE_NEGATED
                                                             : CODE_STATUSES;
    if (above == CODE_ONGOING) return below == CODE_UNKNOWN ? CODE_ONGOING : below;
    return above;
}

static const casus_arg *arg_of(const casus_clause *parent, uint32_t clause) {
    for (uint32_t i = 0; i < parent->n_args; i++)
        if (parent->args[i].clause == clause) return &parent->args[i];
    return NULL;
}

static bool in_content(const coder *c, const code_row *r, const casus_arg *a) {
    for (uint32_t x = 0; x < r->n_content; x++)
        if (code_arg_in(a, &c->code->refs[r->content + x])) return true;
    return false;
}

static bool stops(uint8_t role) {
    return role == CASUS_ROLE_ADVCL || role == CASUS_ROLE_RELCL || role == CASUS_ROLE_APPOS ||
           role == CASUS_ROLE_POSS || role == CASUS_ROLE_MOD;
}

static void fill_doer(coder *c, candidate *e, const candidate *parent) {
    const uint8_t doer = c->code->rows[parent->row].content_doer;
    if (e->n_sides[CODE_ACTOR] || !parent->n_sides[doer]) return;
    e->sides[CODE_ACTOR] = parent->sides[doer];
    e->n_sides[CODE_ACTOR] = parent->n_sides[doer];
    e->side_tokens[CODE_ACTOR] = parent->side_tokens[doer];
    uint32_t n = 0;
    for (uint32_t i = 0; i < e->n_sides[CODE_RECIPIENT]; i++) {
        bool same = false;
        for (uint32_t k = 0; k < e->n_sides[CODE_ACTOR]; k++)
            same |= e->sides[CODE_ACTOR][k] == e->sides[CODE_RECIPIENT][i];
        if (!same) e->sides[CODE_RECIPIENT][n++] = e->sides[CODE_RECIPIENT][i];
    }
    e->n_sides[CODE_RECIPIENT] = n;
}

void code_set_status(coder *c) {
    const casus_parse *p = c->parse;
    for (size_t i = 0; i < c->n; i++) {
        candidate *e = &c->candidates[i];
        if (e->dropped) continue;
        uint32_t at = e->clause;
        const casus_clause *clause = &p->clauses[at];
        uint8_t status = form_status(c, at);
        if (clause->flags & (CASUS_CLAUSE_CONDITION | CASUS_CLAUSE_QUESTION)) e->dropped = true;
        const uint8_t word = word_status(c, clause);
        if (word) status = combine(word, status);
        if (e->status) status = combine(e->status, status); /* of a light verb */
        bool linked = false;
        for (uint32_t depth = 0; depth < STATUS_DEPTH_MOST && status != CODE_STATUSES; depth++) {
            const casus_clause *k = &p->clauses[at];
            if (k->parent == CASUS_NONE || k->parent == at || stops(k->parent_role)) break;
            const casus_clause *above = &p->clauses[k->parent];
            const casus_arg *a = arg_of(above, at);
            if (!a) break;
            const uint32_t other = c->of_clause[k->parent];
            uint8_t effect = CODE_UNKNOWN;
            if (other != CASUS_NONE && c->code->rows[c->candidates[other].row].content_status &&
                in_content(c, &c->code->rows[c->candidates[other].row], a)) {
                const candidate *speech = &c->candidates[other];
                effect = c->code->rows[speech->row].content_status;
                /* "did not agree to", "will urge": the speech itself is no fact */
                if (form_status(c, k->parent) == CODE_NEGATED)
                    effect = effect == CODE_DENIED || effect == CODE_NEGATED ? CODE_HAPPENED
                                                                             : CODE_NEGATED;
                if (!linked && !speech->dropped) {
                    e->of = other;
                    fill_doer(c, e, speech);
                    linked = true;
                }
            } else {
                const uint8_t kind = above->kind == CASUS_CLAUSE_VERB   ? 'v'
                                     : above->kind == CASUS_CLAUSE_NOUN ? 'n'
                                                                        : 'a';
                const uint32_t row = code_best_row(c, above, kind, CODE_TABLE_ASPECT);
                if (row != CASUS_NONE && in_content(c, &c->code->rows[row], a)) {
                    effect = c->code->rows[row].status;
                    const uint8_t own = form_status(c, k->parent);
                    if (own == CODE_NEGATED)
                        effect = effect == CODE_NEGATED ? CODE_HAPPENED : CODE_NEGATED;
                    else if (own && own != CODE_ONGOING)
                        effect = combine(own, effect);
                } else if (a->role == CASUS_ROLE_XCOMP ||
                           (a->role == CASUS_ROLE_OBJ && k->kind == CASUS_CLAUSE_NOUN &&
                            status == CODE_UNKNOWN)) {
                    effect = form_status(c, k->parent);
                    if (effect == CODE_ONGOING) effect = CODE_UNKNOWN;
                }
            }
            status = combine(effect, status);
            at = k->parent;
        }
        if (status == CODE_STATUSES) e->dropped = true;
        e->status = status == CODE_UNKNOWN || status == CODE_STATUSES ? CODE_HAPPENED : status;
        /* an infinitive that nothing above speaks of is a purpose, not a fact */
        if (clause->kind == CASUS_CLAUSE_VERB && clause->mood == CASUS_MOOD_INFINITIVE &&
            status == CODE_UNKNOWN)
            e->status = CODE_PLANNED;
        if (clause->kind == CASUS_CLAUSE_VERB && clause->mood == CASUS_MOOD_IMPERATIVE &&
            e->status == CODE_HAPPENED)
            e->status = CODE_URGED;
    }
}
