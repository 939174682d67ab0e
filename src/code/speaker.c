/* speaker.c - acts of the one who says the words: "Iran must withdraw", said Paris, is a request by
 * Paris; "the raid was illegal", she said, is an accusation by her.
 *
 * Runs behind attribution. Rows with "actor=speaker" get the source of the words as their actor,
 * and fall when nobody says them. Rows with the head "*" and the condition "must" give a request of
 * their own beside whatever else the clause tells. One pass each, with a bounded chain. */
#include "code/code_int.h"

#define JUDGED_BACK 16u  /* clauses before and behind in which the same judgement is looked for */
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

/* False when nobody says it, only a scholar or a newspaper, or the speaker speaks of himself or of
 * his own state. */
static bool give_speaker(coder *c, candidate *e, uint32_t *cue) {
    uint32_t source = CASUS_NONE;
    *cue = CASUS_NONE;
    const uint32_t who = speaker_of(c, c->parse->clauses[e->clause].head, &source, cue);
    if (who == CASUS_NONE) return false;
    const casus_actor *a = &c->mentions->items[who].actor;
    if (a->n_sectors == 1 && (is_of(a, "EDU") || is_of(a, "JRN"))) return false;
    /* "charged that they are stoking tension": told by the verb already */
    const uint32_t speech = *cue == CASUS_NONE ? CASUS_NONE : c->of_clause[*cue];
    if (speech != CASUS_NONE && !c->candidates[speech].dropped &&
        c->candidates[speech].type == e->type)
        return false;
    for (uint32_t i = 0; i < e->n_sides[CODE_RECIPIENT]; i++)
        if (same_one(c, who, e->sides[CODE_RECIPIENT][i]) ||
            (e->type == CODE_REQUEST && own_state(c, who, e->sides[CODE_RECIPIENT][i])))
            return false;
    code_add_side(c, e, CODE_ACTOR, who, source);
    return e->n_sides[CODE_ACTOR] > 0; /* none without memory */
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

/* Is the row about him who stands beside the verb, and nothing without him? */
static bool wants_subject(const coder *c, const code_row *r) {
    for (uint32_t k = 0; k < r->n_sides[CODE_RECIPIENT]; k++) {
        const uint32_t role = c->code->refs[r->sides[CODE_RECIPIENT] + k].role;
        if (role == CASUS_ROLE_SUBJ || role == CASUS_ROLE_OBJ) return true;
    }
    return false;
}

/* "nobody believes", "has nothing to do with": the negation is the row's own word. */
static bool by_nobody(const coder *c, const casus_clause *k) {
    static const char *const words[] = {"nobody", "nothing", "none", "no-one", NULL};
    for (uint32_t i = 0; i < k->n_args; i++)
        if ((k->args[i].role == CASUS_ROLE_SUBJ || k->args[i].role == CASUS_ROLE_OBJ) &&
            code_is_one_of(c->parse->tokens[k->args[i].token].lower, words))
            return true;
    return false;
}

/* "it was time for Israel to decide": who is to do it is asked. */
static void take_asked(coder *c, candidate *e) {
    const casus_clause *k = &c->parse->clauses[e->clause];
    for (uint32_t i = 0; i < k->n_args && !e->n_sides[CODE_RECIPIENT]; i++) {
        if (k->args[i].role != CASUS_ROLE_XCOMP || k->args[i].clause == CASUS_NONE) continue;
        const casus_clause *inner = &c->parse->clauses[k->args[i].clause];
        for (uint32_t s = 0; s < inner->n_args; s++) {
            const casus_arg *a = &inner->args[s];
            if (a->role != CASUS_ROLE_SUBJ || a->flags & CASUS_ARG_SHARED) continue;
            const uint32_t m = code_actor_at(c, a->token, false);
            if (m != CASUS_NONE && !same_one(c, m, e->sides[CODE_ACTOR][0]) &&
                !own_state(c, e->sides[CODE_ACTOR][0], m))
                code_add_side(c, e, CODE_RECIPIENT, m, a->token);
        }
    }
}

static bool is_by_pronoun(const coder *c, const candidate *e) {
    const uint32_t t = e->side_tokens[CODE_RECIPIENT];
    return t != CASUS_NONE && c->parse->tokens[t].pos == CASUS_POS_PRON;
}

/* The recipient beside the words: "said of Iran" of him who is spoken of, "told the rebels" of him
 * who is spoken to. */
static void take_hearer(coder *c, candidate *e, uint32_t cue) {
    if (e->type == CODE_REQUEST) take_asked(c, e);
    const bool of_whom = e->type == CODE_ACCUSE || e->type == CODE_SUPPORT;
    if (cue == CASUS_NONE || of_nobody(c, &c->code->rows[e->row]) ||
        (e->n_sides[CODE_RECIPIENT] && !(of_whom && is_by_pronoun(c, e))))
        return;
    const casus_clause *k = &c->parse->clauses[cue];
    uint32_t had = e->n_sides[CODE_RECIPIENT];
    for (uint32_t i = 0; i < k->n_args; i++) {
        const casus_arg *a = &k->args[i];
        const bool wanted = of_whom ? a->role == CASUS_ROLE_PREP && casus_slice_is(a->prep, "of")
                                    : a->role == CASUS_ROLE_OBJ || (a->role == CASUS_ROLE_PREP &&
                                                                    casus_slice_is(a->prep, "to"));
        const uint32_t m = wanted ? code_actor_at(c, a->token, false) : CASUS_NONE;
        if (m != CASUS_NONE && !same_one(c, m, e->sides[CODE_ACTOR][0]) &&
            !is_of(&c->mentions->items[m].actor, "JRN")) {
            if (had) e->n_sides[CODE_RECIPIENT] = had = 0; /* "he is a liar", said of X: X */
            code_add_side(c, e, CODE_RECIPIENT, m, a->token);
        }
    }
}

/* A row of the head "*" makes an act of its own beside what the clause tells, unless the clause
 * tells one of that type already. The candidate, dropped when nobody says it, or NULL. */
static candidate *beside(coder *c, uint32_t index, uint32_t row, uint32_t *cue) {
    const code_row *r = &c->code->rows[row];
    const uint32_t inner = c->of_clause[index];
    if (inner != CASUS_NONE && !c->candidates[inner].dropped &&
        c->candidates[inner].type == r->type)
        return NULL;
    candidate *e = code_add_candidate(c, index, row);
    c->of_clause[index] = inner;
    if (!e) return NULL;
    code_take_sides(c, e);
    e->status = CODE_HAPPENED;
    e->dropped = (!e->n_sides[CODE_RECIPIENT] && wants_subject(c, r)) || !give_speaker(c, e, cue);
    return e;
}

/* "X must ..." as a request of the speaker's. */
static void demand(coder *c, uint32_t index, const uint32_t *rows, uint32_t n) {
    const casus_clause *k = &c->parse->clauses[index];
    if (k->kind != CASUS_CLAUSE_VERB || k->modality != CASUS_MODAL_MUST ||
        k->flags & (CASUS_CLAUSE_PERFECT | CASUS_CLAUSE_CONDITION | CASUS_CLAUSE_QUESTION) ||
        k->parent_role == CASUS_ROLE_RELCL || k->parent_role == CASUS_ROLE_ADVCL ||
        first_person(c, k) || is_inverted(c, k))
        return;
    for (uint32_t i = 0; i < n; i++) {
        const code_row *r = &c->code->rows[rows[i]];
        if (!code_row_asks(c, r, CODE_COND_MUST) || !code_row_holds(c, r, k)) continue;
        const uint32_t inner = c->of_clause[index];
        uint32_t cue = CASUS_NONE;
        candidate *e = beside(c, index, rows[i], &cue);
        if (e && !e->dropped && inner != CASUS_NONE && c->candidates[inner].of == CASUS_NONE)
            c->candidates[inner].of = (uint32_t)(e - c->candidates);
        return;
    }
}

/* "Release the hostages", said the pope: a request to do what the clause tells. */
static void command(coder *c, uint32_t index, const uint32_t *rows, uint32_t n) {
    const uint32_t inner = c->of_clause[index];
    if (inner == CASUS_NONE || c->candidates[inner].dropped) return;
    for (uint32_t i = 0; i < n; i++) {
        const code_row *r = &c->code->rows[rows[i]];
        if (!code_row_asks(c, r, CODE_COND_COMMAND) ||
            !code_row_holds(c, r, &c->parse->clauses[index]))
            continue;
        uint32_t cue = CASUS_NONE;
        candidate *e = beside(c, index, rows[i], &cue);
        if (!e || e->dropped) return;
        /* "told Hamas" makes the request already */
        const uint32_t speech = cue == CASUS_NONE ? CASUS_NONE : c->of_clause[cue];
        if (speech != CASUS_NONE && !c->candidates[speech].dropped) {
            e->dropped = true;
            return;
        }
        take_hearer(c, e, cue);
        candidate *act = &c->candidates[inner];
        act->of = (uint32_t)(e - c->candidates);
        act->status = CODE_URGED;
        /* who is asked does it, not who speaks */
        uint32_t kept = 0;
        for (uint32_t s = 0; s < act->n_sides[CODE_ACTOR]; s++)
            if (!same_one(c, act->sides[CODE_ACTOR][s], e->sides[CODE_ACTOR][0]))
                act->sides[CODE_ACTOR][kept++] = act->sides[CODE_ACTOR][s];
        act->n_sides[CODE_ACTOR] = kept;
        for (uint32_t s = 0; !kept && s < e->n_sides[CODE_RECIPIENT]; s++)
            code_add_side(c, act, CODE_ACTOR, e->sides[CODE_RECIPIENT][s],
                          e->side_tokens[CODE_RECIPIENT]);
        return;
    }
}

/* No newspaper, firm or patient judges or is judged here: too much is said of them otherwise. */
static bool is_weighty(const coder *c, const candidate *e) {
    static const char *const none[] = {"JRN", "BUS", "CVL", "EDU", "MED", "AGR", "LAB", NULL};
    for (int side = CODE_ACTOR; side <= CODE_RECIPIENT; side++)
        for (uint32_t i = 0; i < e->n_sides[side]; i++) {
            const casus_actor *a = &c->mentions->items[e->sides[side][i]].actor;
            if (!a->country[0] && !a->code[0]) return false;
            for (const char *const *s = none; *s; s++)
                if (is_of(a, *s)) return false;
        }
    return true;
}

/* Does the speaker of these words accuse or praise in the same sentence already? */
static bool judged(const coder *c, const candidate *e) {
    const casus_clause *v = c->parse->clauses;
    const uint32_t sent = v[e->clause].sent;
    for (uint32_t step = 0; step < 2 * JUDGED_BACK; step++) {
        const uint32_t i = e->clause + step - JUDGED_BACK; /* wraps below 0: past n_clauses */
        if (i >= c->parse->n_clauses || i == e->clause || v[i].sent != sent) continue;
        const uint32_t at = c->of_clause[i];
        if (at == CASUS_NONE) continue;
        const candidate *o = &c->candidates[at];
        if (!o->dropped && o->type == e->type && o->n_sides[CODE_ACTOR] &&
            same_one(c, o->sides[CODE_ACTOR][0], e->sides[CODE_ACTOR][0]))
            return true;
    }
    return false;
}

/* What the speaker thinks of another, by the words in which he says what no row knows. */
static void judge(coder *c, uint32_t index, const uint32_t *rows, uint32_t n) {
    const casus_clause *k = &c->parse->clauses[index];
    const uint32_t inner = c->of_clause[index];
    /* "nothing more than a sham" */
    const bool nothing = casus_slice_is(c->parse->tokens[k->head].lemma, "nothing");
    if ((inner != CASUS_NONE && !c->candidates[inner].dropped) || k->kind == CASUS_CLAUSE_NOUN ||
        k->mood != CASUS_MOOD_INDICATIVE || k->modality || k->parent_role == CASUS_ROLE_RELCL ||
        k->flags & (CASUS_CLAUSE_CONDITION | CASUS_CLAUSE_QUESTION) ||
        (k->flags & CASUS_CLAUSE_NEGATED && !nothing) || first_person(c, k))
        return;
    for (uint32_t i = 0; i < n; i++) {
        const code_row *r = &c->code->rows[rows[i]];
        if (code_row_takes_form(c, r) || code_row_asks(c, r, CODE_COND_COMMAND) ||
            !code_row_holds(c, r, k))
            continue;
        uint32_t cue = CASUS_NONE;
        candidate *e = beside(c, index, rows[i], &cue);
        if (!e || e->dropped) return;
        if (!is_weighty(c, e) || judged(c, e)) e->dropped = true;
        if (inner == CASUS_NONE && !e->dropped) c->of_clause[index] = (uint32_t)(e - c->candidates);
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

/* The same one, or people of the same country and sector ("the army", "its soldiers"). */
static bool same_party(const coder *c, uint32_t a, uint32_t b) {
    const casus_actor *x = &c->mentions->items[a].actor, *y = &c->mentions->items[b].actor;
    return same_one(c, a, b) || (strcmp(x->country, y->country) == 0 && x->n_sectors &&
                                 y->n_sectors && strcmp(x->sectors[0], y->sectors[0]) == 0);
}

/* "claimed that the rebels shelled the town" accuses those whom it says to have done it; "claimed
 * that it shot down a drone" nobody. */
static void blame(coder *c, candidate *e) {
    const uint32_t self = (uint32_t)(e - c->candidates);
    const casus_clause *k = &c->parse->clauses[e->clause];
    for (uint32_t i = 0; i < k->n_args; i++) {
        const uint32_t inner = k->args[i].clause;
        const uint32_t at = inner == CASUS_NONE ? CASUS_NONE : c->of_clause[inner];
        if (k->args[i].role != CASUS_ROLE_CCOMP || at == CASUS_NONE) continue;
        const candidate *act = &c->candidates[at];
        if (act->dropped || act->status != CODE_ALLEGED || !act->n_sides[CODE_ACTOR] ||
            (act->of != CASUS_NONE && act->of != self) || !e->n_sides[CODE_ACTOR] ||
            same_party(c, e->sides[CODE_ACTOR][0], act->sides[CODE_ACTOR][0]) ||
            own_state(c, e->sides[CODE_ACTOR][0], act->sides[CODE_ACTOR][0]))
            continue;
        for (uint32_t s = 0; s < act->n_sides[CODE_ACTOR] && !c->no_memory; s++)
            code_add_side(c, e, CODE_RECIPIENT, act->sides[CODE_ACTOR][s],
                          act->side_tokens[CODE_ACTOR]);
        c->candidates[at].of = self;
        return;
    }
    e->dropped = true;
}

void code_speaker(coder *c) {
    for (size_t i = 0; i < c->n && !c->no_memory; i++) {
        candidate *e = &c->candidates[i];
        if (!e->dropped && code_row_asks(c, &c->code->rows[e->row], CODE_COND_ANOTHER)) blame(c, e);
        if (e->dropped || !wants_speaker(c, &c->code->rows[e->row])) continue;
        /* with an actor from elsewhere it is the content of an act ("accused him of lying") */
        const code_row *r = &c->code->rows[e->row];
        uint32_t cue = CASUS_NONE;
        if (e->n_sides[CODE_ACTOR] ? r->n_sides[CODE_ACTOR] == 1 : !give_speaker(c, e, &cue))
            retell(c, e);
        else {
            take_hearer(c, e, cue);
            if (e->status == CODE_NEGATED && by_nobody(c, &c->parse->clauses[e->clause]))
                e->status = CODE_HAPPENED;
        }
    }
    const uint64_t any = code_hash(CASUS_SLICE("*"));
    uint32_t n[2] = {0, 0};
    const uint32_t *rows[2] = {code_rows(c->code, any, 'v', CODE_TABLE_EVENT, &n[0]),
                               code_rows(c->code, any, 'a', CODE_TABLE_EVENT, &n[1])};
    for (uint32_t i = 0; i < c->parse->n_clauses && !c->no_memory; i++) {
        const bool pred = code_kind_of(&c->parse->clauses[i]) == 'a';
        demand(c, i, rows[0], n[0]);
        command(c, i, rows[0], n[0]);
        judge(c, i, rows[pred], n[pred]);
    }
}
