/* candidates.c - proposes an event for every clause that a row fits, and gives it its sides.
 *
 * O(clauses + their arguments); merging of those that name one act is in merge.c. */
#include "code/code_int.h"

candidate *code_add_candidate(coder *c, uint32_t clause, uint32_t row) {
    candidate *v =
        casus_base_arena_grow(c->arena, c->candidates, c->n, c->n + 1, &c->cap, sizeof *v);
    if (!v) {
        c->no_memory = true;
        return NULL;
    }
    c->candidates = v;
    c->of_clause[clause] = (uint32_t)c->n;
    v[c->n] = (candidate){.clause = clause,
                          .row = row,
                          .type = c->code->rows[row].type,
                          .of = CASUS_NONE,
                          .same_as = CASUS_NONE,
                          .dated_by = CASUS_NONE,
                          .merged = CASUS_NONE,
                          .light = CASUS_NONE,
                          .place = CASUS_NONE,
                          .named = CASUS_NONE,
                          .denier = CASUS_NONE,
                          .denier_cue = CASUS_NONE,
                          .members = CASUS_NONE,
                          .next_member = CASUS_NONE,
                          .confidence = 0.7f};
    for (int s = 0; s < CODE_SIDES; s++) v[c->n].side_tokens[s] = CASUS_NONE;
    return &v[c->n++];
}

void code_propose(coder *c) {
    const casus_parse *p = c->parse;
    for (uint32_t i = 0; i < p->n_clauses && !c->no_memory; i++) {
        const casus_clause *clause = &p->clauses[i];
        c->of_clause[i] = CASUS_NONE;
        /* a caption, a byline, a correction is no report */
        if (casus_read_left_out(p->text, p->tokens[clause->head].begin)) continue;
        const uint8_t kind = code_kind_of(clause);
        const uint32_t row = code_best_row(c, clause, kind, CODE_TABLE_EVENT);
        if (row == CASUS_NONE || c->code->rows[row].type == CODE_NONE) continue;
        code_add_candidate(c, i, row);
    }
    /* light verbs hand their subject to the noun */
    for (uint32_t i = 0; i < p->n_clauses && !c->no_memory; i++) {
        const casus_clause *clause = &p->clauses[i];
        if (clause->kind != CASUS_CLAUSE_VERB) continue;
        const uint32_t row = code_best_row(c, clause, 'v', CODE_TABLE_LIGHT);
        if (row == CASUS_NONE) continue;
        const code_row *r = &c->code->rows[row];
        for (uint32_t k = 0; k < clause->n_args; k++) {
            const casus_arg *a = &clause->args[k];
            const bool wanted = code_in_content(c, r, a);
            if (!wanted || a->clause == CASUS_NONE || c->of_clause[a->clause] == CASUS_NONE)
                continue;
            candidate *e = &c->candidates[c->of_clause[a->clause]];
            if (p->clauses[a->clause].kind != CASUS_CLAUSE_NOUN) continue;
            /* "conducted raids targeting X": who conducts them */
            if (e->light != CASUS_NONE && a->flags & CASUS_ARG_RELATIVE &&
                a->role == CASUS_ROLE_SUBJ)
                continue;
            e->light = i;
            if (r->status) e->status = r->status;
            /* the light verb itself is no event of its own unless its row knows this noun */
            const uint32_t own = c->of_clause[i];
            if (own != CASUS_NONE && c->candidates[own].type != e->type &&
                c->code->rows[c->candidates[own].row].n_conds == 0)
                c->candidates[own].dropped = true;
        }
    }
}

/* ---- sides ----------------------------------------------------------------------------------- */

void code_add_side(coder *c, candidate *e, int side, uint32_t mention, uint32_t token) {
    if (e->side_tokens[side] == CASUS_NONE) e->side_tokens[side] = token;
    const casus_mention *m = &c->mentions->items[mention];
    if (m->n_members) { /* "both ministers", "they": those they stand for, who have no members */
        for (uint32_t i = 0; i < m->n_members; i++)
            if (!c->mentions->items[m->members[i]].n_members)
                code_add_side(c, e, side, m->members[i], token);
        return;
    }
    for (uint32_t i = 0; i < e->n_sides[side]; i++)
        if (e->sides[side][i] == mention ||
            (m->kind == CASUS_MENTION_PRONOUN &&
             c->mentions->items[e->sides[side][i]].chain == m->chain))
            return;                /* "X and its ...": once */
    size_t cap = e->n_sides[side]; /* sides are few: grown one by one */
    uint32_t *v =
        casus_base_arena_grow(c->arena, e->sides[side], e->n_sides[side], cap + 1, &cap, sizeof *v);
    if (!v) {
        c->no_memory = true;
        return;
    }
    e->sides[side] = v;
    v[e->n_sides[side]++] = mention;
}

static bool is_hyphen(const coder *c, uint32_t token) {
    const casus_slice f = c->parse->tokens[token].form;
    return casus_slice_is(f, "-") || casus_slice_is(f, "\xE2\x80\x93");
}

/* "anti-Trump protests", "pro-Russian rallies": is this word joined before the mention? */
static bool has_prefix(const coder *c, const casus_mention *m, const char *word) {
    const casus_token *t = c->parse->tokens;
    if (m->first >= 1 && casus_slice_is(t[m->first - 1].lower, word)) return true;
    return m->first >= 2 && is_hyphen(c, m->first - 1) &&
           casus_slice_is(t[m->first - 2].lower, word);
}

/* The participle joined behind a nation ("U.S.-hosted talks"), or an empty slice. */
static casus_slice joined_behind(const coder *c, const casus_mention *m) {
    const casus_token *t = c->parse->tokens;
    if (m->last + 1 < c->parse->n_tokens && is_hyphen(c, m->last)) return t[m->last + 1].lower;
    casus_slice word = t[m->last - 1].lower;
    for (size_t i = word.len; i-- > 0;)
        if (word.ptr[i] == '-') return casus_slice_of(word.ptr + i + 1, word.len - i - 1);
    return (casus_slice){0};
}

/* A nation before an event noun that does not do the act: against whom it is, who brokers it, who
 * made the weapon. True when that is settled here. */
static bool take_beside(coder *c, candidate *e, const casus_mention *m, uint32_t mention,
                        uint32_t token) {
    static const char *const brokers[] = {"brokered",    "hosted",    "mediated",
                                          "facilitated", "sponsored", NULL};
    static const char *const others[] = {"backed",  "proposed",   "supported",  "made", "supplied",
                                         "built",   "funded",     "occupied",   "held", "based",
                                         "drafted", "controlled", "supporting", NULL};
    const casus_slice word = joined_behind(c, m);
    if (has_prefix(c, m, "pro") || code_is_one_of(word, others)) return true;
    if (has_prefix(c, m, "anti")) {
        if (e->type == CODE_PROTEST) code_add_side(c, e, CODE_RECIPIENT, mention, token);
        return true;
    }
    if (!code_is_one_of(word, brokers)) return false;
    code_add_side(c, e, CODE_MEDIATOR, mention, token);
    return true;
}

/* "Armenian-Azerbaijani talks", "Israeli-U.S. air strikes": the other nation of the pair. */
static void take_pair(coder *c, candidate *e, int side, uint32_t mention) {
    const casus_mention *m = &c->mentions->items[mention];
    const uint32_t n = c->parse->n_tokens;
    uint32_t other = CASUS_NONE;
    if (m->first >= 2 && is_hyphen(c, m->first - 1)) other = c->mentions->at[m->first - 2];
    if (other == CASUS_NONE && m->last + 1 < n && is_hyphen(c, m->last))
        other = c->mentions->at[m->last + 1];
    if (other == CASUS_NONE) return;
    const casus_mention *o = &c->mentions->items[other];
    const bool whole = o->last == m->first - 1 || o->first == m->last + 1;
    if (!whole || !(o->actor.country[0] || o->actor.code[0]) || o->kind == CASUS_MENTION_PLACE ||
        o->kind == CASUS_MENTION_PERSON || o->kind == CASUS_MENTION_NONE)
        return;
    code_add_side(c, e, side, other, o->head);
}

/* The country mention next behind a comma or "and" at `t`, or CASUS_NONE; *last: joined by "and".
 */
static uint32_t listed_at(const coder *c, uint32_t t, bool *last) {
    const casus_token *k = c->parse->tokens;
    const uint32_t n = c->parse->n_tokens;
    *last = false;
    uint32_t u = t;
    if (u < n && casus_slice_is(k[u].form, ",")) u++;
    if (u < n && casus_slice_is(k[u].lower, "and")) {
        *last = true;
        u++;
    }
    if (u == t) return CASUS_NONE;
    if (u < n && casus_slice_is(k[u].lower, "the")) u++;
    for (uint32_t h = u; h < n && h < u + 6; h++) {
        const uint32_t m = c->mentions->at[h];
        if (m == CASUS_NONE) continue;
        const casus_mention *x = &c->mentions->items[m];
        return x->kind == CASUS_MENTION_COUNTRY && x->first == u ? m : CASUS_NONE;
    }
    return CASUS_NONE;
}

/* "A, the B and C announced": a list of countries of which the parser took one for an apposition.
 */
static void take_list(coder *c, candidate *e, int side, uint32_t mention) {
    const casus_mention *m = &c->mentions->items[mention];
    uint32_t list[12], n = 0, at = m->last;
    bool last = false;
    while (m->kind == CASUS_MENTION_COUNTRY && !last && n < 12) {
        const uint32_t x = listed_at(c, at, &last);
        if (x == CASUS_NONE) return;
        list[n++] = x;
        at = c->mentions->items[x].last;
    }
    if (!last || n < 2) return;
    for (uint32_t i = 0; i < n; i++) { /* all of them hang on each other */
        const uint32_t over = c->parse->tokens[c->mentions->items[list[i]].head].head;
        if (over < m->first || over >= at) return;
    }
    for (uint32_t i = 0; i < n; i++)
        code_add_side(c, e, side, list[i], c->mentions->items[list[i]].head);
}

/* "an artillery strike": the weapon, not who fires it. */
static bool is_weapon(const coder *c, uint32_t token) {
    static const char *const words[] = {"artillery", "mortar",   "aircraft",    "tank",
                                        "drone",     "warplane", "fighter-jet", NULL};
    return code_is_one_of(c->parse->tokens[token].lemma, words);
}

/* "met with the premier, then with the king", "to Rome and to Paris": the same preposition again,
 * behind what joins it. */
static bool is_again(const coder *c, const casus_arg *a) {
    static const char *const joins[] = {"and", "then", "later", NULL};
    const casus_token *t = c->parse->tokens;
    for (uint32_t i = a->token; i > 1 && a->token - i < 8; i--)
        if (casus_slice_is(t[i - 1].lower, "with") || casus_slice_is(t[i - 1].lower, "to") ||
            casus_slice_is(t[i - 1].lower, "against"))
            return code_is_one_of(t[i - 2].lower, joins);
    return false;
}

/* The arguments of a clause in one role that are actors: all members of the first coordination. */
static bool take_ref(coder *c, candidate *e, int side, const casus_clause *clause,
                     const code_ref *ref, bool thing) {
    bool any = false;
    for (uint32_t i = 0; i < clause->n_args; i++) {
        const casus_arg *a = &clause->args[i];
        if (!code_arg_in(a, ref)) continue;
        if (any && !(a->flags & CASUS_ARG_CONJUNCT) &&
            !(a->role == CASUS_ROLE_PREP && is_again(c, a)))
            continue;
        const uint32_t m = code_actor_at(c, a->token, thing);
        if (m == CASUS_NONE || code_is_platform(c, a)) continue;
        /* the car of a "car bombing" suffers nothing */
        const casus_mention *what = &c->mentions->items[m];
        const bool before = a->role == CASUS_ROLE_MOD;
        if (before && what->kind == CASUS_MENTION_PLACE && !what->has_place) continue;
        const bool does = side == CODE_ACTOR || side == CODE_BOTH;
        if (before && does && is_weapon(c, a->token)) continue;
        if (before && does && take_beside(c, e, what, m, a->token)) continue;
        code_add_side(c, e, side, m, a->token);
        if (before && does) take_pair(c, e, side, m);
        if (!before && !any) take_list(c, e, side, m);
        any = true;
    }
    return any;
}

static void take_side(coder *c, candidate *e, int side, const casus_clause *clause) {
    const code_row *r = &c->code->rows[e->row];
    for (uint32_t k = 0; k < r->n_sides[side]; k++) {
        const code_ref *ref = &c->code->refs[r->sides[side] + k];
        if (ref->role == CODE_REF_NOBODY) return;
        const bool found = take_ref(c, e, side, clause, ref, side == CODE_RECIPIENT);
        if (found && side != CODE_BOTH) return;
    }
    /* "used tanks against the rebels": what the row wants may hang on a noun of the clause */
    for (uint32_t k = 0; k < r->n_sides[side] && !e->n_sides[side]; k++) {
        const code_ref *ref = &c->code->refs[r->sides[side] + k];
        for (uint32_t i = 0; i < clause->n_args && code_inner_counts(clause, ref); i++) {
            const casus_clause *noun = code_inner_noun(c, clause, i);
            if (noun && take_ref(c, e, side, noun, ref, side == CODE_RECIPIENT)) break;
        }
    }
}

void code_take_sides(coder *c, candidate *e) {
    for (int side = 0; side < CODE_SIDES; side++)
        take_side(c, e, side, &c->parse->clauses[e->clause]);
}

static bool has_ref(const coder *c, const candidate *e, int side, uint32_t role) {
    const code_row *r = &c->code->rows[e->row];
    for (uint32_t k = 0; k < r->n_sides[side]; k++)
        if (c->code->refs[r->sides[side] + k].role == role) return true;
    return false;
}

void code_drop_shared(candidate *e) {
    /* nobody is on both sides: the actor stands */
    uint32_t n = 0;
    for (uint32_t i = 0; i < e->n_sides[CODE_RECIPIENT]; i++) {
        bool also = false;
        for (uint32_t k = 0; k < e->n_sides[CODE_ACTOR] && !also; k++)
            also = e->sides[CODE_ACTOR][k] == e->sides[CODE_RECIPIENT][i];
        if (!also) e->sides[CODE_RECIPIENT][n++] = e->sides[CODE_RECIPIENT][i];
    }
    e->n_sides[CODE_RECIPIENT] = n;
}

/* "Israel's killing of journalists": with an "of" the possessor is the doer, without one ("his
 * killing") the row decides. */
static bool owns(const casus_clause *noun) {
    bool poss = false, of = false;
    for (uint32_t i = 0; i < noun->n_args; i++) {
        poss |= noun->args[i].role == CASUS_ROLE_POSS;
        of |= noun->args[i].role == CASUS_ROLE_PREP && casus_slice_is(noun->args[i].prep, "of");
    }
    return poss && of;
}

/* "clashes erupt between A and B", "a case was opened against X": what the noun's row wants hangs
 * on the verb that the noun is an argument of. */
static void take_above(coder *c, candidate *e) {
    static const char *const preps[] = {"between", "among", "against", NULL};
    const casus_clause *noun = &c->parse->clauses[e->clause];
    const code_row *r = &c->code->rows[e->row];
    if (noun->parent == CASUS_NONE ||
        (noun->parent_role != CASUS_ROLE_SUBJ && noun->parent_role != CASUS_ROLE_OBJ))
        return;
    const casus_clause *above = &c->parse->clauses[noun->parent];
    if (above->kind == CASUS_CLAUSE_NOUN) return;
    if (c->of_clause[noun->parent] != CASUS_NONE &&
        !c->candidates[c->of_clause[noun->parent]].dropped)
        return; /* an act of its own */
    for (int side = CODE_ACTOR; side < CODE_SIDES; side++) {
        if (side == CODE_MEDIATOR || e->n_sides[side]) continue;
        for (uint32_t k = 0; k < r->n_sides[side] && !e->n_sides[side]; k++) {
            const code_ref *ref = &c->code->refs[r->sides[side] + k];
            bool wanted = false;
            for (const char *const *p = preps; *p && !wanted; p++)
                wanted = ref->role == CASUS_ROLE_PREP && ref->prep == code_hash(casus_slice_z(*p));
            if (wanted) take_ref(c, e, side, above, ref, side == CODE_RECIPIENT);
        }
    }
}

void code_fill_sides(coder *c) {
    static const code_ref subj = {CASUS_ROLE_SUBJ, 0, 0}, poss = {CASUS_ROLE_POSS, 0, 0};
    const casus_parse *p = c->parse;
    for (size_t i = 0; i < c->n && !c->no_memory; i++) {
        candidate *e = &c->candidates[i];
        const casus_clause *clause = &p->clauses[e->clause];
        const code_row *r = &c->code->rows[e->row];
        code_take_sides(c, e);
        if (clause->kind == CASUS_CLAUSE_NOUN) {
            int gives = CODE_ACTOR;
            if (e->light != CASUS_NONE) {
                const uint32_t light =
                    code_best_row(c, &p->clauses[e->light], 'v', CODE_TABLE_LIGHT);
                if (light != CASUS_NONE) gives = c->code->rows[light].gives;
                if (r->n_sides[CODE_BOTH]) gives = CODE_BOTH;
                const bool nobody =
                    light != CASUS_NONE && c->code->rows[light].gives == CODE_GIVES_NOBODY;
                if (!nobody && (gives == CODE_BOTH || !e->n_sides[gives]))
                    take_ref(c, e, gives, &p->clauses[e->light], &subj, false);
            } else if (r->n_sides[CODE_BOTH]) {
                take_ref(c, e, CODE_BOTH, clause, &subj, false);
            } else if (!e->n_sides[CODE_ACTOR] && r->n_sides[CODE_ACTOR] &&
                       !has_ref(c, e, CODE_RECIPIENT, CASUS_ROLE_SUBJ)) {
                take_ref(c, e, CODE_ACTOR, clause, &subj, false);
            }
        }
        if (clause->kind == CASUS_CLAUSE_NOUN && !e->n_sides[CODE_ACTOR] && owns(clause))
            take_ref(c, e, CODE_ACTOR, clause, &poss, false);
        if (clause->kind == CASUS_CLAUSE_NOUN) take_above(c, e);
        if (e->n_sides[CODE_BOTH]) {
            for (uint32_t k = 0; k < e->n_sides[CODE_BOTH]; k++)
                code_add_side(c, e, CODE_ACTOR, e->sides[CODE_BOTH][k], e->side_tokens[CODE_BOTH]);
            e->reciprocal = e->n_sides[CODE_ACTOR] > 1;
        }
        code_drop_shared(e);
    }
}
