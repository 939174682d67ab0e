/* speaker.c - acts of the one who says the words: "Iran must withdraw", said Paris, is a request by
 * Paris; "the raid was illegal", she said, is an accusation by her.
 *
 * Runs behind attribution. Rows with "actor=speaker" get the source of the words as their actor,
 * and fall when nobody says them. Rows with the head "*" and the condition "must" give a request of
 * their own beside whatever else the clause tells. One pass each, with a bounded chain. */
#include "code/code_int.h"

#define SPEAKERS_MOST 4u /* sources above a clause that are looked at */

/* The mention of the innermost source that is an actor, its token, and the clause of its cue. */
static uint32_t speaker_of(const coder *c, uint32_t token, uint32_t *source, uint32_t *cue) {
    uint32_t chain[SPEAKERS_MOST];
    const size_t n = code_chain_at(c, c->parse->tokens[token].begin, chain, SPEAKERS_MOST);
    for (size_t i = n; i-- > 0;) {
        const casus_attribution *a = &c->attributions[chain[i]];
        const uint32_t at = a->who != CASUS_NONE ? a->who : a->source_token;
        const uint32_t m = at == CASUS_NONE ? CASUS_NONE : code_actor_at(c, at, false);
        if (m == CASUS_NONE) continue;
        *source = at;
        *cue = a->clause;
        return m;
    }
    return CASUS_NONE;
}

static bool wants_speaker(const coder *c, const code_row *r) {
    for (uint32_t k = 0; k < r->n_sides[CODE_ACTOR]; k++)
        if (c->code->refs[r->sides[CODE_ACTOR] + k].role == CODE_REF_SPEAKER) return true;
    return false;
}

static bool same_one(const coder *c, uint32_t a, uint32_t b) {
    return a == b || c->mentions->items[a].chain == c->mentions->items[b].chain;
}

static bool is_of(const casus_actor *a, const char *sector) {
    return a->n_sectors && strcmp(a->sectors[0], sector) == 0;
}

/* A minister of what his own government or country must do. */
static bool own_state(const coder *c, uint32_t who, uint32_t of) {
    const casus_actor *x = &c->mentions->items[who].actor, *y = &c->mentions->items[of].actor;
    if (!is_of(x, "GOV") || y->person.len || y->office.len) return false;
    return strcmp(x->country, y->country) == 0 && strcmp(x->code, y->code) == 0 &&
           (y->n_sectors ? is_of(y, "GOV") : y->country[0] != 0 && x->person.len);
}

/* False when nobody says it, only a scholar, or the speaker speaks of himself or his own state. */
static bool give_speaker(coder *c, candidate *e) {
    uint32_t source = CASUS_NONE, cue = CASUS_NONE;
    const uint32_t who = speaker_of(c, c->parse->clauses[e->clause].head, &source, &cue);
    if (who == CASUS_NONE) return false;
    const casus_actor *a = &c->mentions->items[who].actor;
    if (a->n_sectors == 1 && is_of(a, "EDU")) return false;
    /* "charged that they are stoking tension": told by the verb already */
    const uint32_t speech = cue == CASUS_NONE ? CASUS_NONE : c->of_clause[cue];
    if (speech != CASUS_NONE && !c->candidates[speech].dropped &&
        c->candidates[speech].type == e->type)
        return false;
    for (uint32_t i = 0; i < e->n_sides[CODE_RECIPIENT]; i++)
        if (same_one(c, who, e->sides[CODE_RECIPIENT][i]) ||
            (e->type == CODE_REQUEST && own_state(c, who, e->sides[CODE_RECIPIENT][i])))
            return false;
    code_add_side(c, e, CODE_ACTOR, who, source);
    return true;
}

static bool first_person(const coder *c, const casus_clause *k) {
    for (uint32_t i = 0; i < k->n_args; i++) {
        const casus_slice w = c->parse->tokens[k->args[i].token].lower;
        if (k->args[i].role == CASUS_ROLE_SUBJ &&
            (casus_slice_is(w, "we") || casus_slice_is(w, "i")))
            return true;
    }
    return false;
}

/* "should he remain unconfirmed": a condition, no demand. */
static bool is_inverted(const coder *c, const casus_clause *k) {
    for (uint32_t i = 0; i < k->n_args; i++) {
        const casus_arg *a = &k->args[i];
        if ((a->role == CASUS_ROLE_SUBJ || a->role == CASUS_ROLE_OBJ) && a->first > 0 &&
            a->first < k->head && casus_slice_is(c->parse->tokens[a->first - 1].lower, "should"))
            return true;
    }
    return false;
}

/* "recipient=-": the row asks nobody by name ("the war must end"). */
static bool of_nobody(const coder *c, const code_row *r) {
    return r->n_sides[CODE_RECIPIENT] == 1 &&
           c->code->refs[r->sides[CODE_RECIPIENT]].role == CODE_REF_NOBODY;
}

/* "X must ..." as a request of the speaker's. */
static void demand(coder *c, uint32_t index, uint64_t any) {
    const casus_clause *k = &c->parse->clauses[index];
    if (k->kind != CASUS_CLAUSE_VERB || k->modality != CASUS_MODAL_MUST ||
        k->flags & (CASUS_CLAUSE_PERFECT | CASUS_CLAUSE_CONDITION | CASUS_CLAUSE_QUESTION) ||
        k->parent_role == CASUS_ROLE_RELCL || k->parent_role == CASUS_ROLE_ADVCL ||
        first_person(c, k) || is_inverted(c, k))
        return;
    uint32_t n;
    const uint32_t *rows = code_rows(c->code, any, 'v', CODE_TABLE_EVENT, &n);
    for (uint32_t i = 0; i < n; i++) {
        const code_row *r = &c->code->rows[rows[i]];
        if (!code_row_holds(c, r, k)) continue;
        const uint32_t inner = c->of_clause[index];
        if (inner != CASUS_NONE && !c->candidates[inner].dropped &&
            c->candidates[inner].type == r->type)
            return;
        candidate *e = code_add_candidate(c, index, rows[i]);
        c->of_clause[index] = inner;
        if (!e) return;
        code_take_sides(c, e);
        e->status = CODE_HAPPENED;
        if ((!e->n_sides[CODE_RECIPIENT] && !of_nobody(c, r)) || !give_speaker(c, e))
            e->dropped = true;
        else if (inner != CASUS_NONE && c->candidates[inner].of == CASUS_NONE)
            c->candidates[inner].of = (uint32_t)(e - c->candidates);
        return;
    }
}

/* What a clause tells when nobody says it: the best of its rows that want no speaker. */
static void retell(coder *c, candidate *e) {
    const casus_clause *k = &c->parse->clauses[e->clause];
    const uint64_t particle = k->particle.len ? code_hash(k->particle) : 0;
    uint32_t n;
    const uint32_t *rows =
        code_rows(c->code, c->lemmas[k->head], code_kind_of(k), CODE_TABLE_EVENT, &n);
    for (uint32_t i = 0; i < n; i++) {
        const code_row *r = &c->code->rows[rows[i]];
        if (r->particle != particle || wants_speaker(c, r) || !code_row_holds(c, r, k)) continue;
        if (r->type == CODE_NONE) break;
        e->row = rows[i];
        e->type = r->type;
        e->n_sides[CODE_RECIPIENT] = 0;
        code_take_sides(c, e);
        return;
    }
    e->dropped = true;
}

void code_speaker(coder *c) {
    for (size_t i = 0; i < c->n && !c->no_memory; i++) {
        candidate *e = &c->candidates[i];
        if (e->dropped || !wants_speaker(c, &c->code->rows[e->row])) continue;
        /* with an actor from elsewhere it is the content of an act ("accused him of lying") */
        const code_row *r = &c->code->rows[e->row];
        if (e->n_sides[CODE_ACTOR] ? r->n_sides[CODE_ACTOR] == 1 : !give_speaker(c, e))
            retell(c, e);
    }
    const uint64_t any = code_hash(CASUS_SLICE("*"));
    for (uint32_t i = 0; i < c->parse->n_clauses && !c->no_memory; i++) demand(c, i, any);
}
