/* merge.c - one record per act and mention: which candidates of a sentence name one and the same
 * act.
 *
 * Taken in by the candidate that stays: the event noun that is its argument ("killed in an
 * attack"), the harm told beside it ("killed ... and wounded ...", "an attack that killed ten",
 * "attacked the town, killing ten"), the attack that did the harm ("killed when rebels attacked"),
 * the noun in apposition. The one that stays gathers sides; its row is the one that tells more. A
 * candidate is taken in once, so all is linear in the arguments of clauses. */
#include "code/code_int.h"

/* Who it is, when two mentions may be one: by chain. */
static bool same_one(const coder *c, uint32_t a, uint32_t b) {
    return a == b || c->mentions->items[a].chain == c->mentions->items[b].chain;
}
/* Both have this side and nobody is in both. */
static bool differ(const coder *c, const candidate *a, const candidate *b, int side) {
    for (uint32_t i = 0; i < a->n_sides[side]; i++)
        for (uint32_t k = 0; k < b->n_sides[side]; k++)
            if (same_one(c, a->sides[side][i], b->sides[side][k])) return false;
    return a->n_sides[side] && b->n_sides[side];
}

/* The place that a clause's own arguments name, or CASUS_NONE. */
static uint32_t own_place(const coder *c, const casus_clause *clause) {
    for (uint32_t i = 0; i < clause->n_args; i++) {
        const casus_arg *a = &clause->args[i];
        if (a->role != CASUS_ROLE_PREP || a->flags & CASUS_ARG_SHARED || a->prep.len == 0) continue;
        const uint32_t m = c->mentions->at[a->token];
        if (m != CASUS_NONE && c->mentions->items[m].has_place) return m;
    }
    return CASUS_NONE;
}

void code_take_over(coder *c, candidate *to, candidate *from) {
    const uint32_t me = (uint32_t)(to - c->candidates), it = (uint32_t)(from - c->candidates);
    if (to == from || from->merged != CASUS_NONE || to->dropped || from->dropped) return;
    for (int side = CODE_ACTOR; side <= CODE_MEDIATOR; side++)
        if (!to->n_sides[side] || side == CODE_RECIPIENT || from->reciprocal || to->reciprocal)
            for (uint32_t k = 0; k < from->n_sides[side]; k++)
                code_add_side(c, to, side, from->sides[side][k], from->side_tokens[side]);
    code_drop_shared(to);
    to->reciprocal |= from->reciprocal;
    /* the row that names the manner of the act tells more */
    if (!c->code->rows[to->row].mode.len && c->code->rows[from->row].mode.len) to->row = from->row;
    from->merged = me;
    from->dropped = true;
    /* what it had taken in before comes along */
    while (from->members != CASUS_NONE) {
        candidate *m = &c->candidates[from->members];
        from->members = m->next_member;
        m->merged = me;
        m->next_member = to->members;
        to->members = (uint32_t)(m - c->candidates);
    }
    from->next_member = to->members;
    to->members = it;
}

/* The candidate that has taken this one in, or itself. */
static candidate *root(const coder *c, candidate *e) {
    return e->merged == CASUS_NONE ? e : &c->candidates[e->merged];
}

static candidate *of_arg(const coder *c, const casus_arg *a) {
    if (a->clause == CASUS_NONE || c->of_clause[a->clause] == CASUS_NONE) return NULL;
    candidate *e = &c->candidates[c->of_clause[a->clause]];
    return e->dropped ? NULL : e;
}

/* "days of clashes", "a night of shelling": what the time was filled with. */
static candidate *in_time(const coder *c, const casus_arg *a) {
    static const char *const times[] = {"minute", "hour", "day",  "night",  "week",
                                        "month",  "year", "wave", "decade", NULL};
    if (a->clause == CASUS_NONE) return NULL;
    const casus_clause *noun = &c->parse->clauses[a->clause];
    if (noun->kind != CASUS_CLAUSE_NOUN) return NULL;
    bool time = false;
    for (const char *const *w = times; *w && !time; w++)
        time = casus_slice_is(c->parse->tokens[noun->head].lemma, *w);
    for (uint32_t i = 0; i < noun->n_args && time; i++)
        if (noun->args[i].role == CASUS_ROLE_PREP && casus_slice_is(noun->args[i].prep, "of"))
            return of_arg(c, &noun->args[i]);
    return NULL;
}

/* "died from wounds sustained in the strike": what made the wounds. */
static candidate *of_wounds(const coder *c, const casus_arg *a) {
    if (a->role != CASUS_ROLE_PREP || a->clause == CASUS_NONE) return NULL;
    const casus_clause *noun = &c->parse->clauses[a->clause];
    const casus_slice lemma = c->parse->tokens[noun->head].lemma;
    if (noun->kind != CASUS_CLAUSE_NOUN ||
        (!casus_slice_is(lemma, "wound") && !casus_slice_is(lemma, "injury")))
        return NULL;
    for (uint32_t i = 0; i < noun->n_args; i++) {
        const casus_arg *b = &noun->args[i];
        candidate *n = b->role == CASUS_ROLE_PREP ? of_arg(c, b) : NULL;
        if (n) return n;
        if (b->role != CASUS_ROLE_RELCL || b->clause == CASUS_NONE) continue;
        const casus_clause *verb = &c->parse->clauses[b->clause];
        for (uint32_t k = 0; k < verb->n_args; k++) {
            n = verb->args[k].role == CASUS_ROLE_PREP ? of_arg(c, &verb->args[k]) : NULL;
            if (n && n->type == CODE_ASSAULT) return n;
        }
    }
    return NULL;
}

/* "claimed responsibility for the bombing": the act that is claimed. */
static candidate *claimed(const coder *c, const casus_arg *a) {
    static const char *const words[] = {"responsibility", "credit", "blame", NULL};
    if (a->role != CASUS_ROLE_OBJ || a->clause == CASUS_NONE) return NULL;
    const casus_clause *noun = &c->parse->clauses[a->clause];
    bool known = false;
    for (const char *const *w = words; *w && !known; w++)
        known = casus_slice_is(c->parse->tokens[noun->head].lemma, *w);
    for (uint32_t i = 0; i < noun->n_args && known; i++)
        if (noun->args[i].role == CASUS_ROLE_PREP && casus_slice_is(noun->args[i].prep, "for"))
            return of_arg(c, &noun->args[i]);
    return NULL;
}

static bool is_noun(const coder *c, const candidate *e) {
    return c->parse->clauses[e->clause].kind == CASUS_CLAUSE_NOUN;
}

/* "expressed the willingness of the United States": for whom the speaker speaks. */
static bool same_state(const coder *c, const candidate *e, const candidate *n, const casus_arg *a) {
    if (a->role != CASUS_ROLE_OBJ || e->type > CODE_THREATEN || !e->n_sides[CODE_ACTOR] ||
        !n->n_sides[CODE_ACTOR])
        return false;
    const casus_actor *x = &c->mentions->items[e->sides[CODE_ACTOR][0]].actor;
    const casus_actor *y = &c->mentions->items[n->sides[CODE_ACTOR][0]].actor;
    return (x->country[0] && strcmp(x->country, y->country) == 0) ||
           (x->code[0] && strcmp(x->code, y->code) == 0);
}

/* "after a similar attack", "since an earlier raid": the noun says itself that it is another. */
static bool is_another(const coder *c, const candidate *n) {
    static const char *const words[] = {"similar",  "another",    "earlier", "previous",  "second",
                                        "separate", "subsequent", "prior",   "different", NULL};
    const casus_parse *p = c->parse;
    const casus_clause *k = &p->clauses[n->clause];
    for (uint32_t t = k->head; t > 0 && k->head - t < 6;) {
        const casus_token *x = &p->tokens[--t];
        if (x->head == k->head && code_is_one_of(x->lower, words)) return true;
    }
    return false;
}

/* May the argument `n` of `e` be the same act? */
static bool same_by_noun(const coder *c, const candidate *e, const candidate *n,
                         const casus_arg *a) {
    if (n->type != e->type || !is_noun(c, n)) return false;
    if (differ(c, e, n, CODE_ACTOR) && !code_harms(c, e) && !same_state(c, e, n, a)) return false;
    if (a->role == CASUS_ROLE_APPOS || a->role == CASUS_ROLE_MOD) return true;
    if (a->role == CASUS_ROLE_SUBJ || a->role == CASUS_ROLE_OBJ) return true;
    /* "attacked in revenge for the shelling", "met after talks": another act */
    static const char *const not_it[] = {"after", "before", "since",     "until", "despite", "amid",
                                         "like",  "over",   "following", "about", NULL};
    if (a->role != CASUS_ROLE_PREP) return false;
    if (code_harms(c, e) &&
        (casus_slice_is(a->prep, "after") || casus_slice_is(a->prep, "following")))
        return !is_another(c, n) && !(code_harms(c, n) && differ(c, e, n, CODE_RECIPIENT));
    /* "telephoned on the peace talks": what was spoken of */
    if (e->type == CODE_CONSULT && casus_slice_is(a->prep, "on")) return false;
    return !code_is_one_of(a->prep, not_it);
}

/* A clause hangs on an act and tells its harm, or the harm hangs on the act. */
static bool same_by_clause(const coder *c, const candidate *e, const candidate *n,
                           const casus_arg *a) {
    static const char *const with[] = {"when", "after", "as", "while", "", NULL};
    if (n->type != CODE_ASSAULT || e->type != CODE_ASSAULT) return false;
    const casus_clause *below = &c->parse->clauses[n->clause];
    if (below->flags & CASUS_CLAUSE_NEGATED || below->kind == CASUS_CLAUSE_NOUN) return false;
    if (a->role == CASUS_ROLE_ADVCL || a->role == CASUS_ROLE_XCOMP) {
        if (below->mood == CASUS_MOOD_GERUND && code_harms(c, n))
            return !code_takes_ground(c, e) &&
                   (a->prep.len == 0 || casus_slice_is(a->prep, "with"));
        /* "attacked the village, with 25 people injured" */
        if (below->flags & CASUS_CLAUSE_PASSIVE && code_harms(c, n) && !n->n_sides[CODE_ACTOR] &&
            casus_slice_is(a->prep, "with"))
            return true;
        /* "killed while launching an attack": they launched it */
        if (below->mood == CASUS_MOOD_GERUND && !(below->flags & CASUS_CLAUSE_PASSIVE) &&
            a->prep.len)
            return false;
        return code_harms(c, e) && !e->n_sides[CODE_ACTOR] && code_is_one_of(a->prep, with);
    }
    return false;
}

/* "marched to demand that the government act": a crowd's demand is part of its protest. */
static bool demanded(const coder *c, const candidate *e, const candidate *n, const casus_arg *a) {
    if (e->type != CODE_PROTEST || (n->type != CODE_REQUEST && n->type != CODE_ACCUSE))
        return false;
    const casus_clause *below = &c->parse->clauses[n->clause];
    return below->kind == CASUS_CLAUSE_VERB &&
           (a->role == CASUS_ROLE_ADVCL || a->role == CASUS_ROLE_XCOMP) &&
           (below->mood == CASUS_MOOD_GERUND || below->mood == CASUS_MOOD_INFINITIVE);
}

/* "a package of military aid", "a campaign of bombing": the noun that holds the act. */
static bool is_holder(const coder *c, const candidate *e, const candidate *n, const casus_arg *a) {
    return a->role == CASUS_ROLE_PREP && casus_slice_is(a->prep, "of") && is_noun(c, n) &&
           (e->type == CODE_AID || e->type >= CODE_PROTEST) && !differ(c, e, n, CODE_ACTOR) &&
           !differ(c, e, n, CODE_RECIPIENT);
}

static void merge_args(coder *c, candidate *e) {
    const casus_clause *clause = &c->parse->clauses[e->clause];
    const code_row *r = &c->code->rows[e->row];
    const bool noun = clause->kind == CASUS_CLAUSE_NOUN;
    for (uint32_t k = 0; k < clause->n_args && !c->no_memory; k++) {
        const casus_arg *a = &clause->args[k];
        candidate *n = of_arg(c, a);
        if (!n) n = in_time(c, a);
        if (!n && code_harms(c, e)) n = of_wounds(c, a);
        if (!n && !noun && (n = claimed(c, a)) && n->type == e->type) {
            code_take_over(c, root(c, e), n);
            continue;
        }
        if (n && n != e && demanded(c, e, n, a)) code_take_over(c, root(c, e), n);
        if (!n || n == e || n->type != e->type) continue;
        const casus_clause *below = &c->parse->clauses[n->clause];
        if (noun) {
            /* "an attack that killed ten", "strikes targeting the port"; "a car bomb attack" */
            const bool tells =
                a->role == CASUS_ROLE_RELCL && !(below->flags & CASUS_CLAUSE_NEGATED);
            bool about = false; /* the relative clause is about the act, as its doer or means */
            for (uint32_t x = 0; tells && x < below->n_args && !about; x++) {
                const casus_arg *b = &below->args[x];
                about = b->token == clause->head && b->flags & CASUS_ARG_RELATIVE &&
                        (b->role == CASUS_ROLE_SUBJ || b->role == CASUS_ROLE_PREP ||
                         (b->role == CASUS_ROLE_OBJ && !code_harms(c, n)));
            }
            /* "the killing of X in an air strike" */
            const bool means = code_harms(c, e) && is_noun(c, n) && a->role == CASUS_ROLE_PREP &&
                               (casus_slice_is(a->prep, "in") || casus_slice_is(a->prep, "by"));
            if (about || means || is_holder(c, e, n, a) ||
                ((a->role == CASUS_ROLE_MOD || a->role == CASUS_ROLE_APPOS) && is_noun(c, n) &&
                 !differ(c, e, n, CODE_ACTOR)))
                code_take_over(c, root(c, e), n);
            continue;
        }
        /* "reached an agreement", "expressed readiness": the act itself, no content of it */
        if (code_in_content(c, r, a) && r->content_status &&
            !(a->role == CASUS_ROLE_OBJ && e->type <= CODE_THREATEN && is_noun(c, n)))
            continue;
        /* "talks began, to negotiate a truce": what a clause only shares is told elsewhere */
        if (a->flags & CASUS_ARG_SHARED && clause->mood != CASUS_MOOD_INDICATIVE) continue;
        if (same_by_noun(c, e, n, a) || same_by_clause(c, e, n, a))
            code_take_over(c, root(c, e), n);
    }
}

static bool is_abduction(const coder *c, const candidate *e) {
    const char *mode = code_string(c->code, c->code->rows[e->row].mode).ptr;
    return mode && strcmp(mode, "abduct") == 0;
}

/* "ten were killed and six wounded": the same harm, unless places or doers differ. */
static void merge_conjunct(coder *c, candidate *e) {
    const casus_parse *p = c->parse;
    const casus_clause *clause = &p->clauses[e->clause];
    /* "is unlawful, null and void": one judgement */
    if (clause->kind == CASUS_CLAUSE_PRED && clause->conjunct_of != CASUS_NONE &&
        p->clauses[clause->conjunct_of].kind == CASUS_CLAUSE_PRED) {
        const uint32_t other = c->of_clause[clause->conjunct_of];
        if (other != CASUS_NONE && c->candidates[other].type == e->type &&
            !differ(c, &c->candidates[other], e, CODE_RECIPIENT))
            code_take_over(c, root(c, &c->candidates[other]), e);
        return;
    }
    if (clause->conjunct_of == CASUS_NONE || clause->kind == CASUS_CLAUSE_NOUN || !code_harms(c, e))
        return;
    const uint32_t first = c->of_clause[clause->conjunct_of];
    if (first == CASUS_NONE) return;
    candidate *f = &c->candidates[first];
    if (f->merged != CASUS_NONE) f = &c->candidates[f->merged];
    if (f->dropped || f->type != CODE_ASSAULT || f == e) return;
    if (differ(c, f, e, CODE_ACTOR) || p->clauses[f->clause].sent != clause->sent) return;
    /* "kidnapped the soldiers and killed them": two acts */
    const bool taken = is_abduction(c, f), kept = is_abduction(c, e);
    if (taken != kept) return;
    const bool negated = (clause->flags ^ p->clauses[f->clause].flags) & CASUS_CLAUSE_NEGATED;
    const uint32_t here = own_place(c, clause), there = own_place(c, &p->clauses[f->clause]);
    if (negated || (here != CASUS_NONE && there != CASUS_NONE && here != there)) return;
    /* "attacked the village and killed ten": an attack and its harm are told as one act only when
     * the second has no recipient that the first lacks: the codebook's "several acts" */
    if (!code_harms(c, f) && f->n_sides[CODE_RECIPIENT] && differ(c, f, e, CODE_RECIPIENT) &&
        !c->mentions->items[f->sides[CODE_RECIPIENT][0]].has_place)
        return;
    code_take_over(c, f, e);
}

/* "an attack on a market in Kabul, Afghanistan, that killed 60": a place cannot harm; the act is
 * the noun before it that no verb parts from it. */
static uint32_t act_of_place(const coder *c, const candidate *e) {
    const casus_parse *p = c->parse;
    const casus_clause *clause = &p->clauses[e->clause];
    bool place = false;
    for (uint32_t i = 0; i < clause->n_args && !place; i++) {
        const casus_arg *a = &clause->args[i];
        if (a->role != CASUS_ROLE_SUBJ || !(a->flags & CASUS_ARG_RELATIVE)) continue;
        const uint32_t m = c->mentions->at[a->token];
        place = m != CASUS_NONE && c->mentions->items[m].has_place &&
                p->tokens[a->token].pos == CASUS_POS_PROPN;
    }
    for (uint32_t k = e->clause; place && k-- > 0 && e->clause - k < 10;) {
        const casus_clause *x = &p->clauses[k];
        if (x->sent != clause->sent || x->kind != CASUS_CLAUSE_NOUN) return CASUS_NONE;
        if (c->of_clause[k] != CASUS_NONE && c->candidates[c->of_clause[k]].type == CODE_ASSAULT)
            return k;
    }
    return CASUS_NONE;
}

/* "an attack at a military post that killed 60": the relative clause hangs on a thing that cannot
 * harm, the act stands above it. */
static void merge_up(coder *c, candidate *e) {
    const casus_parse *p = c->parse;
    const casus_clause *clause = &p->clauses[e->clause];
    if ((clause->parent_role != CASUS_ROLE_RELCL && clause->parent != CASUS_NONE) ||
        !code_harms(c, e) || clause->flags & CASUS_CLAUSE_PASSIVE || e->n_sides[CODE_ACTOR])
        return;
    uint32_t at = clause->parent == CASUS_NONE ? act_of_place(c, e) : clause->parent;
    for (int depth = 0; depth < 4 && at != CASUS_NONE; depth++) {
        const casus_clause *k = &p->clauses[at];
        /* "claimed the attack at a post that killed 60" */
        const bool claim = k->kind == CASUS_CLAUSE_VERB && depth > 0;
        if (k->kind != CASUS_CLAUSE_NOUN && !claim) return;
        if (c->of_clause[at] != CASUS_NONE) {
            candidate *n = &c->candidates[c->of_clause[at]];
            if (n->type == CODE_ASSAULT && (!n->dropped || n->merged != CASUS_NONE))
                code_take_over(c, root(c, n), e);
            return;
        }
        if (claim || k->parent_role != CASUS_ROLE_PREP || k->parent == at) return;
        at = k->parent;
    }
}

/* Does the mention stand behind "in"? */
static bool stands_in(const coder *c, const casus_mention *m) {
    uint32_t t = m->first;
    if (t > 0 && casus_slice_is(c->parse->tokens[t - 1].lower, "the")) t--;
    return t > 0 && casus_slice_is(c->parse->tokens[t - 1].lower, "in");
}

/* "killed two men in an attack on the town", "he was killed by an airstrike in Iraq": the ground is
 * no victim beside the men. */
static void drop_grounds(coder *c, candidate *e) {
    const casus_clause *k = &c->parse->clauses[e->clause];
    uint32_t n = 0;
    bool people = false;
    for (uint32_t i = 0; i < k->n_args; i++) /* "he", whoever that is */
        people |= k->args[i].role == CASUS_ROLE_OBJ &&
                  c->parse->tokens[k->args[i].token].pos == CASUS_POS_PRON;
    for (uint32_t i = 0; i < e->n_sides[CODE_RECIPIENT]; i++) {
        const casus_mention *m = &c->mentions->items[e->sides[CODE_RECIPIENT][i]];
        people |= m->kind == CASUS_MENTION_GROUP || m->kind == CASUS_MENTION_PERSON ||
                  m->kind == CASUS_MENTION_ORG || m->kind == CASUS_MENTION_PRONOUN;
    }
    for (uint32_t i = 0; i < e->n_sides[CODE_RECIPIENT]; i++) {
        const casus_mention *m = &c->mentions->items[e->sides[CODE_RECIPIENT][i]];
        const bool ground = m->has_place && m->actor.n_sectors == 0 &&
                            (m->kind == CASUS_MENTION_PLACE ||
                             (m->kind == CASUS_MENTION_COUNTRY && stands_in(c, m)));
        if (people && ground) continue;
        e->sides[CODE_RECIPIENT][n++] = e->sides[CODE_RECIPIENT][i];
    }
    e->n_sides[CODE_RECIPIENT] = n;
}

/* "12 people are killed, 30 others are injured, and ... in an attack": harm told in a row, which
 * the parser need not take for a coordination. No other verb, no conjunction that subordinates and
 * no other place stands between. */
static void merge_row(coder *c, candidate *e) {
    const casus_parse *p = c->parse;
    const casus_clause *clause = &p->clauses[e->clause];
    if (e->dropped || clause->kind != CASUS_CLAUSE_VERB || !code_is_harm(c, clause->head) ||
        !(clause->flags & CASUS_CLAUSE_PASSIVE))
        return;
    for (uint32_t k = e->clause; k-- > 0 && e->clause - k < 8;) {
        const casus_clause *x = &p->clauses[k];
        if (x->sent != clause->sent) return;
        if (x->kind != CASUS_CLAUSE_VERB) continue;
        if (c->of_clause[k] == CASUS_NONE || !code_is_harm(c, x->head) ||
            !(x->flags & CASUS_CLAUSE_PASSIVE) || c->lemmas[x->head] == c->lemmas[clause->head])
            return;
        candidate *f = root(c, &c->candidates[c->of_clause[k]]);
        if (f->dropped || f == e || f->type != CODE_ASSAULT || differ(c, f, e, CODE_ACTOR)) return;
        if (clause->head < x->head || clause->head - x->head > 24) return;
        for (uint32_t t = x->head + 1; t < clause->head; t++)
            if (p->tokens[t].pos == CASUS_POS_VERB || p->tokens[t].pos == CASUS_POS_SCONJ) return;
        const uint32_t here = own_place(c, clause), there = own_place(c, x);
        if (here != CASUS_NONE && there != CASUS_NONE && here != there) return;
        code_take_over(c, f, e);
        return;
    }
}

/* "two weeks of protests": how long they went on. */
static bool is_measured(const coder *c, uint32_t noun) {
    static const char *const spans[] = {"day", "night", "week", "month", "wave", "spate", NULL};
    const casus_token *t = c->parse->tokens;
    for (uint32_t i = noun; i-- > 1 && noun - i < 4;)
        if (casus_slice_is(t[i].lower, "of")) return code_is_one_of(t[i - 1].lemma, spans);
    return false;
}

/* "arrested in protests disputing the results", "nationwide protests against the tax", "protests in
 * the capital": what the crowd says, or where it stands, tells that there is one. */
static bool has_cause(const coder *c, const candidate *e) {
    static const char *const causes[] = {"against", "over", NULL};
    static const char *const grounds[] = {"capital", "city",   "street",   "country",
                                          "region",  "square", "province", NULL};
    static const char *const wheres[] = {"in", "across", "outside", "at", "near", "around", NULL};
    const casus_clause *k = &c->parse->clauses[e->clause];
    const char *mode = code_string(c->code, c->code->rows[e->row].mode).ptr;
    if (e->type != CODE_PROTEST || k->parent_role == CASUS_ROLE_MOD) return false;
    const bool riot = mode && strcmp(mode, "riot") == 0;
    if (riot && k->parent != CASUS_NONE && code_is_harm(c, c->parse->clauses[k->parent].head))
        return false; /* "killed in a prison riot": the killing tells it */
    const bool crowd = riot || (mode && strcmp(mode, "demo") == 0);
    if (crowd && is_measured(c, k->head)) return true;
    for (uint32_t i = 0; i < k->n_args; i++) {
        const casus_arg *a = &k->args[i];
        if (crowd && a->role == CASUS_ROLE_PREP && code_is_one_of(a->prep, causes)) return true;
        const uint32_t m = c->mentions->at[a->token];
        if (crowd && a->role == CASUS_ROLE_PREP && code_is_one_of(a->prep, wheres) &&
            ((m != CASUS_NONE && c->mentions->items[m].has_place) ||
             code_is_one_of(c->parse->tokens[a->token].lemma, grounds)))
            return true;
        if (a->role == CASUS_ROLE_RELCL && a->clause != CASUS_NONE &&
            c->of_clause[a->clause] != CASUS_NONE &&
            c->parse->clauses[a->clause].mood == CASUS_MOOD_GERUND)
            return true;
    }
    return false;
}

/* "3,744 arrests", "dozens of arrests": so many that somebody must have been held. */
static bool is_counted(const coder *c, const candidate *e) {
    const casus_token *t = c->parse->tokens;
    const uint32_t head = c->parse->clauses[e->clause].head;
    const char *mode = code_string(c->code, c->code->rows[e->row].mode).ptr;
    if (!mode || strcmp(mode, "arrest") != 0) return false;
    for (uint32_t i = head; i > 0 && head - i < 4; i--)
        if (t[i - 1].head == head && t[i - 1].pos == CASUS_POS_NUM) return true;
    return head > 1 && casus_slice_is(t[head - 1].lower, "of") &&
           (casus_slice_is(t[head - 2].lower, "dozens") ||
            casus_slice_is(t[head - 2].lower, "hundreds") ||
            casus_slice_is(t[head - 2].lower, "thousands"));
}

void code_merge(coder *c) {
    const casus_parse *p = c->parse;
    for (size_t i = 0; i < c->n && !c->no_memory; i++)
        if ((!c->candidates[i].dropped || c->candidates[i].merged != CASUS_NONE) &&
            is_noun(c, &c->candidates[i]))
            merge_args(c, &c->candidates[i]);
    for (size_t i = 0; i < c->n && !c->no_memory; i++)
        if ((!c->candidates[i].dropped || c->candidates[i].merged != CASUS_NONE) &&
            !is_noun(c, &c->candidates[i]))
            merge_args(c, &c->candidates[i]);
    for (size_t i = 0; i < c->n && !c->no_memory; i++)
        if (!c->candidates[i].dropped) merge_conjunct(c, &c->candidates[i]);
    for (size_t i = 0; i < c->n && !c->no_memory; i++)
        if (!c->candidates[i].dropped) merge_up(c, &c->candidates[i]);
    for (size_t i = 0; i < c->n && !c->no_memory; i++) merge_row(c, &c->candidates[i]);
    for (size_t i = 0; i < c->n; i++) {
        candidate *e = &c->candidates[i];
        if (!e->dropped && e->type == CODE_ASSAULT) drop_grounds(c, e);
        if (e->dropped || p->clauses[e->clause].kind != CASUS_CLAUSE_NOUN) continue;
        if (e->type == CODE_ASSAULT) continue; /* "the attack", "the bombing": told all the same */
        if (e->light == CASUS_NONE && !e->n_sides[CODE_ACTOR] && !e->n_sides[CODE_RECIPIENT] &&
            !e->n_sides[CODE_MEDIATOR] && !code_has_toll(c, e) && !is_counted(c, e) &&
            !has_cause(c, e)) {
            e->dropped = true;
            e->why = "an event noun without a participant";
        }
    }
}
