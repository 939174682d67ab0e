/* inside.c - sides that hide in a noun phrase: "denounced the memoranda between Turkey and Libya",
 * "a rocket launched from Cambodia killed a farmer".
 *
 * Where a side is still open and the phrase that should fill it is no actor, the actors that hang
 * on its noun fill it: possessor, nation before it, "of", "by", "between"; for a doer also who
 * launched or sent it. Bounded depth, linear in the arguments. */
#include "code/code_int.h"

#define INSIDE_DEPTH 2
#define AMONG_BACK 3u     /* clauses from the act to the "was" of "was among those arrested" */
#define CONJUNCTS_NEAR 6u /* clauses behind a passive in which the agent may stand */
#define DOERS_NEAR 2u     /* sentences back for an act called by another word */
#define DEEDS_NEAR 4u     /* the same for what is hardly told of twice: a withdrawal, a ban */
#define BACK 40u          /* candidates back in which the act that a noun refers to is looked for */

static const char *const of_recipient[] = {"of", "between", "by",   "from",   "against", "on",
                                           "in", "to",      "with", "within", NULL};
static const char *const of_actor[] = {"of", "by", "from", "between", NULL};

static bool same_chain(const coder *c, const candidate *e, int side, uint32_t mention) {
    for (uint32_t i = 0; i < e->n_sides[side]; i++)
        if (c->mentions->items[e->sides[side][i]].chain == c->mentions->items[mention].chain)
            return true;
    return false;
}

static bool take(coder *c, candidate *e, int side, const casus_arg *a) {
    const uint32_t m = code_actor_at(c, a->token, false);
    if (m == CASUS_NONE || code_is_platform(c, a)) return false;
    if (same_chain(c, e, side == CODE_ACTOR ? CODE_RECIPIENT : CODE_ACTOR, m)) return false;
    code_add_side(c, e, side, m, a->token);
    return true;
}

/* "launched from Cambodia", "sent by Iran": who stands behind a thing. */
static bool take_maker(coder *c, candidate *e, const casus_clause *verb) {
    bool any = false;
    if (verb->kind != CASUS_CLAUSE_VERB) return false;
    for (uint32_t i = 0; i < verb->n_args; i++) {
        const casus_arg *a = &verb->args[i];
        if (a->flags & CASUS_ARG_RELATIVE) continue;
        const bool by = a->role == CASUS_ROLE_SUBJ && verb->flags & CASUS_CLAUSE_PASSIVE;
        const bool from = a->role == CASUS_ROLE_PREP && casus_slice_is(a->prep, "from") && !any;
        if (by || from) any |= take(c, e, CODE_ACTOR, a);
    }
    return any;
}

/* "tariffs on goods imported from China": whom it hits. */
static bool take_origin(coder *c, candidate *e, const casus_clause *verb) {
    bool any = false;
    if (verb->kind != CASUS_CLAUSE_VERB || !(verb->flags & CASUS_CLAUSE_PASSIVE)) return false;
    for (uint32_t i = 0; i < verb->n_args; i++) {
        const casus_arg *a = &verb->args[i];
        if (a->role == CASUS_ROLE_PREP &&
            (casus_slice_is(a->prep, "from") || (casus_slice_is(a->prep, "in") && !any)))
            any |= take(c, e, CODE_RECIPIENT, a);
    }
    return any;
}

/* "tourist visas", "passenger jets": private people before a noun suffer nothing. */
static bool is_kind_of(const coder *c, const casus_arg *a) {
    const uint32_t m = code_actor_at(c, a->token, false);
    if (m == CASUS_NONE || c->mentions->items[m].kind != CASUS_MENTION_GROUP) return false;
    const casus_actor *who = &c->mentions->items[m].actor;
    return who->n_sectors && strcmp(who->sectors[0], "CVL") == 0;
}

/* "a pro-Palestine march": for or against whom it is, not whose. */
static bool is_prefixed(const coder *c, const casus_arg *a) {
    const casus_token *t = c->parse->tokens;
    const uint32_t m = code_actor_at(c, a->token, false);
    if (m == CASUS_NONE || a->role != CASUS_ROLE_MOD) return false;
    uint32_t at = c->mentions->items[m].first;
    if (at > 0 && casus_slice_is(t[at - 1].form, "-")) at--;
    return at > 0 &&
           (casus_slice_is(t[at - 1].lower, "pro") || casus_slice_is(t[at - 1].lower, "anti"));
}

/* "its own investigation": of nobody else. */
static bool is_its_own(const coder *c, const casus_arg *a) {
    return a->role == CASUS_ROLE_POSS && a->token + 1 < c->parse->n_tokens &&
           casus_slice_is(c->parse->tokens[a->token + 1].lower, "own");
}

/* "an Iranian Fateh-110 missile": the nation before the name of a thing. */
static bool take_nation(coder *c, candidate *e, int side, const casus_arg *a) {
    if (code_actor_at(c, a->token, true) != CASUS_NONE) return false;
    for (uint32_t t = a->first; t < a->token; t++) {
        const uint32_t m = code_actor_at(c, t, false);
        if (m == CASUS_NONE || c->mentions->items[m].kind != CASUS_MENTION_COUNTRY) continue;
        if (same_chain(c, e, side == CODE_ACTOR ? CODE_RECIPIENT : CODE_ACTOR, m)) return false;
        code_add_side(c, e, side, m, t);
        return true;
    }
    return false;
}

static bool take_inside(coder *c, candidate *e, int side, const casus_clause *noun, int depth) {
    const char *const *preps = side == CODE_ACTOR ? of_actor : of_recipient;
    const bool gives = e->type == CODE_CONCEDE || e->type == CODE_AID;
    bool any = false;
    for (uint32_t i = 0; i < noun->n_args; i++) {
        const casus_arg *a = &noun->args[i];
        if (side == CODE_RECIPIENT && a->role == CASUS_ROLE_MOD && is_kind_of(c, a)) continue;
        if (is_prefixed(c, a) || (side == CODE_RECIPIENT && is_its_own(c, a))) continue;
        const bool counts = a->role == CASUS_ROLE_POSS || a->role == CASUS_ROLE_MOD ||
                            (a->role == CASUS_ROLE_PREP &&
                             (code_is_one_of(a->prep, preps) ||
                              (side == CODE_RECIPIENT && gives && casus_slice_is(a->prep, "for"))));
        if (counts && !(a->flags & CASUS_ARG_SHARED)) any |= take(c, e, side, a);
        if (a->role == CASUS_ROLE_MOD && !any) any = take_nation(c, e, side, a);
    }
    for (uint32_t i = 0; i < noun->n_args && !any; i++) {
        const casus_arg *a = &noun->args[i];
        if (a->clause == CASUS_NONE) continue;
        const casus_clause *below = &c->parse->clauses[a->clause];
        if (side == CODE_ACTOR && a->role == CASUS_ROLE_RELCL)
            any = take_maker(c, e, below);
        else if (a->role == CASUS_ROLE_RELCL && e->type == CODE_SANCTION)
            any = take_origin(c, e, below);
        else if (depth > 0 && below->kind == CASUS_CLAUSE_NOUN &&
                 (a->role == CASUS_ROLE_PREP ? code_is_one_of(a->prep, preps)
                                             : side == CODE_ACTOR && a->role == CASUS_ROLE_MOD))
            any = take_inside(c, e, side, below, depth - 1);
    }
    return any;
}

/* Does an act carry this word: "signed a deal", then "the deal"? */
static bool names(const coder *c, const candidate *o, uint64_t lemma) {
    const casus_clause *k = &c->parse->clauses[o->clause];
    for (uint32_t i = 0; i < k->n_args; i++)
        if (k->args[i].role == CASUS_ROLE_OBJ && c->lemmas[k->args[i].token] == lemma) return true;
    return c->lemmas[k->head] == lemma;
}

/* "condemned the move": the act that the sentence before, or this one before it, tells. */
static bool take_mover(coder *c, candidate *e, const casus_clause *noun) {
    static const char *const words[] = {"move",    "decision", "action",  "operation", "step",
                                        "measure", "act",      "actions", "incident",  NULL};
    if (!code_is_one_of(c->parse->tokens[noun->head].lemma, words)) return false;
    const casus_token *t = c->parse->tokens;
    for (size_t at = (size_t)(e - c->candidates); at-- > 0;) {
        const candidate *o = &c->candidates[at];
        const casus_clause *k = &c->parse->clauses[o->clause];
        const uint32_t away = noun->sent - k->sent;
        if (k->sent > noun->sent || away > 1) return false;
        if (c->parse->sentences[t[k->head].sent].para !=
            c->parse->sentences[t[noun->head].sent].para)
            return false;
        if (k->kind != CASUS_CLAUSE_VERB || o->dropped || !o->n_sides[CODE_ACTOR]) continue;
        if (o->type != CODE_RETREAT && o->type < CODE_THREATEN) continue;
        if (o->type == CODE_PROTEST) continue;
        for (uint32_t i = 0; i < o->n_sides[CODE_ACTOR]; i++)
            if (!same_chain(c, e, CODE_ACTOR, o->sides[CODE_ACTOR][i]))
                code_add_side(c, e, CODE_RECIPIENT, o->sides[CODE_ACTOR][i], noun->head);
        return e->n_sides[CODE_RECIPIENT] > 0;
    }
    return false;
}

/* Acts of force, which news calls by each other's names: "fired two missiles", "the launch". */
static bool is_harm(uint8_t type) {
    return type == CODE_ASSAULT || type == CODE_MOBILIZE || type == CODE_COERCE;
}

/* "condemned the attack", "welcomed the deal": who did what the noun refers back to. */
static bool take_doers(coder *c, candidate *e, const casus_clause *noun) {
    if (e->type != CODE_ACCUSE && e->type != CODE_SUPPORT && e->type != CODE_REJECT) return false;
    static const char *const shots[] = {"launch", "launching", "firing", "test", "shooting", NULL};
    if (!code_is_definite(c, noun)) return false;
    if (take_mover(c, e, noun)) return true;
    const uint32_t row = code_best_row(c, noun, 'n', CODE_TABLE_EVENT);
    const uint8_t type = row == CASUS_NONE ? CODE_NONE : c->code->rows[row].type;
    size_t at = (size_t)(e - c->candidates);
    for (uint32_t tries = 0; at > 0 && tries < BACK; tries++) {
        const candidate *o = &c->candidates[--at];
        if (!o->n_sides[CODE_ACTOR] || &c->parse->clauses[o->clause] == noun) continue;
        const bool named = names(c, o, c->lemmas[noun->head]);
        const bool deed = type == CODE_RETREAT || type == CODE_SANCTION || type == CODE_COERCE ||
                          type == CODE_MOBILIZE || type == CODE_CONCEDE;
        const uint32_t far = noun->sent - c->parse->clauses[o->clause].sent;
        const bool near =
            noun->sent - c->parse->clauses[o->clause].sent <= (deed ? DEEDS_NEAR : DOERS_NEAR);
        const bool harm =
            noun->n_args == 0 && far <= 1 && is_harm(o->type) &&
            (is_harm(type) || code_is_one_of(c->parse->tokens[noun->head].lemma, shots));
        if (!named && !harm && (o->type != type || !near)) continue;
        bool any = false;
        for (uint32_t i = 0; i < o->n_sides[CODE_ACTOR]; i++) {
            const uint32_t m = o->sides[CODE_ACTOR][i];
            if (same_chain(c, e, CODE_ACTOR, m)) continue;
            code_add_side(c, e, CODE_RECIPIENT, m, noun->head);
            any = true;
        }
        return any;
    }
    return false;
}

/* "condemned Israel's killing of journalists", "welcomed the release of hostages by Hamas": the
 * doer of the act is judged, not who suffered it. */
static void judge(coder *c, candidate *e) {
    static const char *const layers[] = {"attribute", "blame", "ascribe", "pin", NULL};
    if (e->type != CODE_ACCUSE && e->type != CODE_SUPPORT) return;
    const casus_clause *clause = &c->parse->clauses[e->clause];
    if (code_is_one_of(c->parse->tokens[clause->head].lemma, layers)) return; /* "on Y": told */
    for (uint32_t i = 0; i < clause->n_args && clause->kind == CASUS_CLAUSE_VERB; i++) {
        const casus_arg *a = &clause->args[i];
        if (a->role != CASUS_ROLE_OBJ || a->clause == CASUS_NONE ||
            c->of_clause[a->clause] == CASUS_NONE)
            continue;
        const candidate *o = &c->candidates[c->of_clause[a->clause]];
        const bool harm = o->type == CODE_ASSAULT || o->type == CODE_COERCE;
        if (o == e || (!o->n_sides[CODE_ACTOR] && !harm)) continue;
        e->n_sides[CODE_RECIPIENT] = 0;
        for (uint32_t k = 0; k < o->n_sides[CODE_ACTOR]; k++)
            if (!same_chain(c, e, CODE_ACTOR, o->sides[CODE_ACTOR][k]))
                code_add_side(c, e, CODE_RECIPIENT, o->sides[CODE_ACTOR][k], a->token);
        if (!e->n_sides[CODE_RECIPIENT]) take_doers(c, e, &c->parse->clauses[a->clause]);
        return;
    }
}

/* "coalition aircraft bombed the camp": arms that belong to a force act for it. */
static void take_arms(coder *c, candidate *e, const casus_arg *a) {
    static const char *const armed[] = {"MIL", "REB", "PRM", "COP", NULL};
    const uint32_t m = c->mentions->at[a->token];
    if (m == CASUS_NONE || c->mentions->items[m].kind != CASUS_MENTION_PLACE ||
        c->mentions->items[m].has_place || e->type != CODE_ASSAULT)
        return;
    const casus_actor *who = &c->mentions->items[m].actor;
    if (!who->country[0] || !who->n_sectors || who->indefinite ||
        !code_is_one_of(casus_slice_z(who->sectors[0]), armed))
        return;
    code_add_side(c, e, CODE_ACTOR, m, a->token);
}

static void fill(coder *c, candidate *e, int side) {
    const casus_clause *clause = &c->parse->clauses[e->clause];
    const code_row *r = &c->code->rows[e->row];
    for (uint32_t k = 0; k < r->n_sides[side] && !e->n_sides[side]; k++) {
        const code_ref *ref = &c->code->refs[r->sides[side] + k];
        if (ref->role == CODE_REF_NOBODY) return;
        /* "a missile was shot down": the row says that what suffers belongs to the actor */
        const bool owned = ref->role == CASUS_ROLE_OBJ && r->n_sides[CODE_ACTOR] > 1;
        if (side == CODE_ACTOR && ref->role != CASUS_ROLE_SUBJ && !owned) continue;
        for (uint32_t i = 0; i < clause->n_args && !e->n_sides[side]; i++) {
            const casus_arg *a = &clause->args[i];
            if (!code_arg_in(a, ref) || a->clause == CASUS_NONE) continue;
            const casus_clause *noun = &c->parse->clauses[a->clause];
            if (noun->kind != CASUS_CLAUSE_NOUN) continue;
            if (take_inside(c, e, side, noun, INSIDE_DEPTH)) continue;
            if (side == CODE_RECIPIENT)
                take_doers(c, e, noun);
            else
                take_arms(c, e, a);
        }
    }
}

/* Takes the actor that an argument is, or those that hang on its noun. */
static bool take_either(coder *c, candidate *e, const casus_arg *a) {
    if (take(c, e, CODE_RECIPIENT, a)) return true;
    if (a->clause == CASUS_NONE || c->parse->clauses[a->clause].kind != CASUS_CLAUSE_NOUN)
        return false;
    return take_inside(c, e, CODE_RECIPIENT, &c->parse->clauses[a->clause], 1);
}

/* "to withdraw its troops", "to send soldiers": what is moved is one's own. */
static bool moves_own(const coder *c, uint32_t clause) {
    if (c->of_clause[clause] == CASUS_NONE) return false;
    const candidate *e = &c->candidates[c->of_clause[clause]];
    const char *mode = code_string(c->code, c->code->rows[e->row].mode).ptr;
    return e->type == CODE_MOBILIZE || e->type == CODE_COOPERATE ||
           (e->type == CODE_RETREAT && mode &&
            (strcmp(mode, "withdraw") == 0 || strcmp(mode, "disarm") == 0));
}

/* Whom words are about, told in what is said: the one who is to do it ("demanded that the
 * government act"), or the one to whom it is done ("agreed to grant the U.S. rights", "threatened
 * to invade"). */
static void fill_from_content(coder *c, candidate *e) {
    static const char *const toward[] = {"to", "with", "for",  "against",
                                         "on", "from", "into", NULL};
    static const casus_role done_to[] = {CASUS_ROLE_OBJ2, CASUS_ROLE_OBJ, CASUS_ROLE_PREP};
    const bool doer = e->type == CODE_REQUEST || e->type == CODE_ACCUSE;
    const char *mode = code_string(c->code, c->code->rows[e->row].mode).ptr;
    const bool denies = e->type == CODE_REJECT && mode && strcmp(mode, "deny") == 0;
    if (!doer && e->type != CODE_AGREE && e->type != CODE_THREATEN && e->type != CODE_REJECT &&
        e->type != CODE_CONCEDE)
        return;
    const casus_clause *clause = &c->parse->clauses[e->clause];
    for (uint32_t i = 0; i < clause->n_args && !e->n_sides[CODE_RECIPIENT]; i++) {
        const casus_arg *a = &clause->args[i];
        if (a->clause == CASUS_NONE) continue;
        if (a->role != CASUS_ROLE_CCOMP && a->role != CASUS_ROLE_XCOMP &&
            a->role != CASUS_ROLE_PREP)
            continue;
        const casus_clause *k = &c->parse->clauses[a->clause];
        if (k->kind == CASUS_CLAUSE_NOUN) continue;
        if (denies && c->of_clause[a->clause] != CASUS_NONE) continue; /* the act denied */
        const bool own = !doer && moves_own(c, a->clause);
        for (int x = 0; x < 3 && !e->n_sides[CODE_RECIPIENT]; x++) {
            if (own && done_to[x] == CASUS_ROLE_OBJ) continue;
            for (uint32_t y = 0; y < k->n_args; y++) {
                const casus_arg *b = &k->args[y];
                if (doer ? b->role != CASUS_ROLE_SUBJ : b->role != done_to[x]) continue;
                if (b->role == CASUS_ROLE_PREP && !code_is_one_of(b->prep, toward)) continue;
                if (take_either(c, e, b)) break;
            }
            if (doer) break;
        }
    }
}

/* "shelled the town of Goris": the last resort, a place that suffers an act. */
static void fill_place(coder *c, candidate *e) {
    const casus_clause *clause = &c->parse->clauses[e->clause];
    const code_row *r = &c->code->rows[e->row];
    if (e->type == CODE_PROTEST) return; /* a protest in a town is not against it */
    for (uint32_t k = 0; k < r->n_sides[CODE_RECIPIENT] && !e->n_sides[CODE_RECIPIENT]; k++) {
        const code_ref *ref = &c->code->refs[r->sides[CODE_RECIPIENT] + k];
        for (uint32_t i = 0; i < clause->n_args && ref->role != CODE_REF_NOBODY; i++) {
            const casus_arg *a = &clause->args[i];
            if (a->flags & CASUS_ARG_SHARED) continue;
            const uint32_t m = code_arg_in(a, ref) && a->token < c->parse->n_tokens
                                   ? c->mentions->at[a->token]
                                   : CASUS_NONE;
            if (m == CASUS_NONE || !c->mentions->items[m].has_place ||
                !c->mentions->items[m].place.country[0])
                continue;
            if (same_chain(c, e, CODE_ACTOR, m)) continue;
            code_add_side(c, e, CODE_RECIPIENT, m, a->token);
        }
        /* "reopened its embassy in Kabul" */
        for (uint32_t i = 0; i < clause->n_args && e->type == CODE_SUPPORT &&
                             ref->role == CASUS_ROLE_PREP && !e->n_sides[CODE_RECIPIENT];
             i++) {
            const casus_clause *noun = code_inner_noun(c, clause, i);
            for (uint32_t x = 0; noun && x < noun->n_args; x++) {
                const casus_arg *a = &noun->args[x];
                const uint32_t m = code_arg_in(a, ref) ? c->mentions->at[a->token] : CASUS_NONE;
                if (m != CASUS_NONE && c->mentions->items[m].has_place &&
                    c->mentions->items[m].place.country[0] && !same_chain(c, e, CODE_ACTOR, m))
                    code_add_side(c, e, CODE_RECIPIENT, m, a->token);
            }
        }
    }
}

/* "was among those arrested", "among those killed was a priest": it was done to the subject. */
static void fill_among(coder *c, candidate *e) {
    const casus_parse *p = c->parse;
    const casus_clause *clause = &p->clauses[e->clause];
    const casus_arg *those = NULL;
    for (uint32_t i = 0; i < clause->n_args; i++)
        if (clause->args[i].role == CASUS_ROLE_OBJ && clause->args[i].flags & CASUS_ARG_RELATIVE)
            those = &clause->args[i];
    if (!those || code_actor_at(c, those->token, false) != CASUS_NONE) return;
    const uint32_t first = e->clause < AMONG_BACK ? 0 : e->clause - AMONG_BACK;
    for (uint32_t x = first; x < p->n_clauses && x <= e->clause + AMONG_BACK; x++) {
        const casus_clause *be = &p->clauses[x];
        bool among = false;
        for (uint32_t i = 0; i < be->n_args; i++)
            among |= be->args[i].role == CASUS_ROLE_PREP && be->args[i].token == those->token &&
                     casus_slice_is(be->args[i].prep, "among");
        for (uint32_t i = 0; i < be->n_args && among; i++)
            if (be->args[i].role == CASUS_ROLE_SUBJ || be->args[i].role == CASUS_ROLE_PRED)
                take(c, e, CODE_RECIPIENT, &be->args[i]);
    }
}

/* "with Pakistan launching air strikes", where the parser hangs the gerund on the noun. */
static void take_modifier(coder *c, candidate *e) {
    const casus_clause *noun = &c->parse->clauses[e->clause];
    for (uint32_t i = 0; i < noun->n_args && noun->kind == CASUS_CLAUSE_NOUN; i++) {
        const casus_arg *a = &noun->args[i];
        if (a->role != CASUS_ROLE_MOD || a->clause == CASUS_NONE) continue;
        const casus_clause *verb = &c->parse->clauses[a->clause];
        for (uint32_t k = 0; k < verb->n_args && verb->mood == CASUS_MOOD_GERUND; k++)
            if (verb->args[k].role == CASUS_ROLE_SUBJ && !(verb->args[k].flags & CASUS_ARG_SHARED))
                take(c, e, CODE_ACTOR, &verb->args[k]);
    }
}

/* "in a call with X, Y offered": who does something in talks takes part in them. */
static void beside_talks(coder *c, candidate *e) {
    static const char *const preps[] = {"in", "during", "at", "following", "after", NULL};
    const casus_clause *noun = &c->parse->clauses[e->clause];
    if (e->type != CODE_CONSULT || noun->kind != CASUS_CLAUSE_NOUN || e->light != CASUS_NONE ||
        noun->parent == CASUS_NONE || noun->parent_role != CASUS_ROLE_PREP ||
        e->n_sides[CODE_ACTOR] + e->n_sides[CODE_RECIPIENT] != 1)
        return;
    const casus_clause *above = &c->parse->clauses[noun->parent];
    bool beside = false;
    for (uint32_t i = 0; i < above->n_args && above->kind != CASUS_CLAUSE_NOUN; i++)
        if (above->args[i].token == noun->head)
            beside |= code_is_one_of(above->args[i].prep, preps);
    for (uint32_t i = 0; i < above->n_args && beside; i++) {
        const casus_arg *a = &above->args[i];
        if (a->role != CASUS_ROLE_SUBJ) continue;
        const uint32_t m = code_actor_at(c, a->token, false);
        if (m == CASUS_NONE || same_chain(c, e, CODE_ACTOR, m) ||
            same_chain(c, e, CODE_RECIPIENT, m))
            continue;
        code_add_side(c, e, CODE_ACTOR, m, a->token);
        e->reciprocal = e->n_sides[CODE_ACTOR] > 1;
    }
}

/* "urged X to wait in the July 24 call", "I urged X to wait, Y wrote of the July 24 call": who says
 * it and to whom held the talks, which name nobody but have a day of their own. */
static void between_speakers(coder *c, candidate *e) {
    static const char *const preps[] = {"in",   "during",     "at", "following", "after", "about",
                                        "from", "concerning", "of", "on",        NULL};
    const casus_parse *p = c->parse;
    const casus_clause *noun = &p->clauses[e->clause];
    if (e->type != CODE_CONSULT || noun->kind != CASUS_CLAUSE_NOUN || noun->parent == CASUS_NONE ||
        noun->parent_role != CASUS_ROLE_PREP ||
        e->n_sides[CODE_ACTOR] + e->n_sides[CODE_RECIPIENT] > 0 || !code_is_definite(c, noun))
        return;
    const casus_clause *above = &p->clauses[noun->parent];
    if (above->kind != CASUS_CLAUSE_VERB) return;
    const casus_arg *subject = NULL;
    uint32_t said = noun->parent; /* the clause that tells what was said to whom */
    bool beside = false, dated = false;
    for (uint32_t i = 0; i < noun->n_args; i++) dated |= noun->args[i].role == CASUS_ROLE_TIME;
    for (uint32_t i = 0; i < above->n_args; i++) {
        const casus_arg *a = &above->args[i];
        if (a->token == noun->head) beside |= code_is_one_of(a->prep, preps);
        if (a->role == CASUS_ROLE_SUBJ) subject = a;
        if (a->role == CASUS_ROLE_CCOMP && a->clause != CASUS_NONE) said = a->clause;
    }
    /* "urged X to keep the truce in the July 24 call": the parser hangs it on what is urged */
    if (above->parent_role == CASUS_ROLE_XCOMP && above->parent != CASUS_NONE) said = above->parent;
    if (!beside || !dated || !subject || c->of_clause[said] == CASUS_NONE) return;
    const candidate *speech = &c->candidates[c->of_clause[said]];
    const uint32_t m = code_actor_at(c, subject->token, false);
    if (speech == e || speech->dropped || !code_is_speech(speech->type)) return;
    static const int roles[] = {CODE_ACTOR, CODE_RECIPIENT};
    for (int r = 0; r < 2; r++)
        for (uint32_t i = 0; i < speech->n_sides[roles[r]]; i++)
            if (!same_chain(c, e, CODE_ACTOR, speech->sides[roles[r]][i]))
                code_add_side(c, e, CODE_ACTOR, speech->sides[roles[r]][i],
                              speech->side_tokens[roles[r]]);
    if (!speech->n_sides[CODE_ACTOR] && m != CASUS_NONE && !same_chain(c, e, CODE_ACTOR, m))
        code_add_side(c, e, CODE_ACTOR, m, subject->token);
    if (e->n_sides[CODE_ACTOR] < 2) e->n_sides[CODE_ACTOR] = 0; /* nobody talks alone */
    e->reciprocal = e->n_sides[CODE_ACTOR] > 1;
}

/* The subject that a predicate noun speaks of: "X is the first minister to visit", "X became ...".
 */
static const casus_clause *predicated(const coder *c, uint32_t token) {
    const casus_parse *p = c->parse;
    const uint32_t at = token < p->n_tokens ? p->clause_of[token] : CASUS_NONE;
    if (at == CASUS_NONE) return NULL;
    const casus_clause *k = &p->clauses[at];
    if (k->kind == CASUS_CLAUSE_PRED) return k;
    if (k->kind != CASUS_CLAUSE_NOUN || k->parent_role != CASUS_ROLE_PRED ||
        k->parent == CASUS_NONE)
        return NULL;
    return &p->clauses[k->parent];
}

/* An actor that is but the predicate of somebody is that somebody. */
static void same_as_subject(coder *c, candidate *e) {
    const casus_clause *clause = &c->parse->clauses[e->clause];
    if (clause->kind != CASUS_CLAUSE_VERB || e->n_sides[CODE_ACTOR] != 1) return;
    const casus_clause *k = predicated(c, e->side_tokens[CODE_ACTOR]);
    if (!k || k == clause) return;
    bool any = false;
    for (uint32_t i = 0; i < k->n_args; i++) {
        const casus_arg *a = &k->args[i];
        if (a->role != CASUS_ROLE_SUBJ) continue;
        const uint32_t m = code_actor_at(c, a->token, false);
        if (m == CASUS_NONE) continue;
        if (!any) e->n_sides[CODE_ACTOR] = 0;
        code_add_side(c, e, CODE_ACTOR, m, a->token);
        any = true;
    }
}

/* "launched missiles targeting the base": what the weapons are aimed at is hit. */
static void take_aim(coder *c, candidate *e) {
    static const char *const verbs[] = {"target", "aim", NULL};
    const casus_clause *clause = &c->parse->clauses[e->clause];
    if (e->type != CODE_ASSAULT || clause->kind != CASUS_CLAUSE_VERB) return;
    for (uint32_t i = 0; i < clause->n_args; i++) {
        const casus_arg *a = &clause->args[i];
        if (a->role != CASUS_ROLE_OBJ || a->clause == CASUS_NONE) continue;
        const casus_clause *noun = &c->parse->clauses[a->clause];
        for (uint32_t k = 0; k < noun->n_args && noun->kind == CASUS_CLAUSE_NOUN; k++) {
            const casus_arg *b = &noun->args[k];
            if (b->role != CASUS_ROLE_RELCL || b->clause == CASUS_NONE) continue;
            const casus_clause *aim = &c->parse->clauses[b->clause];
            if (!code_is_one_of(c->parse->tokens[aim->head].lemma, verbs)) continue;
            bool any = false;
            for (uint32_t x = 0; x < aim->n_args; x++) {
                const casus_arg *at = &aim->args[x];
                const bool hit = at->role == CASUS_ROLE_OBJ ||
                                 (at->role == CASUS_ROLE_PREP && casus_slice_is(at->prep, "at"));
                if (!hit || at->flags & CASUS_ARG_RELATIVE) continue;
                const uint32_t m = code_actor_at(c, at->token, true);
                if (m == CASUS_NONE) continue;
                if (!any) e->n_sides[CODE_RECIPIENT] = 0;
                code_add_side(c, e, CODE_RECIPIENT, m, at->token);
                any = true;
            }
        }
    }
}

/* "the agreement between A and B is void": whose deed is judged. */
static void take_judged(coder *c, candidate *e) {
    const casus_clause *clause = &c->parse->clauses[e->clause];
    if (clause->kind != CASUS_CLAUSE_PRED || e->type != CODE_ACCUSE) return;
    for (uint32_t i = 0; i < clause->n_args && !e->n_sides[CODE_RECIPIENT]; i++) {
        const casus_arg *a = &clause->args[i];
        if (a->role != CASUS_ROLE_SUBJ || a->clause == CASUS_NONE) continue;
        const casus_clause *noun = &c->parse->clauses[a->clause];
        for (uint32_t k = 0; k < noun->n_args && noun->kind == CASUS_CLAUSE_NOUN; k++) {
            const casus_arg *b = &noun->args[k];
            if (b->role == CASUS_ROLE_POSS ||
                (b->role == CASUS_ROLE_PREP &&
                 (casus_slice_is(b->prep, "by") || casus_slice_is(b->prep, "between"))))
                take(c, e, CODE_RECIPIENT, b);
        }
    }
}

/* "marched to demand that the government act": of whom a crowd demands something. */
static void take_demanded(coder *c, candidate *e) {
    static const char *const verbs[] = {"demand",   "urge",     "call",    "ask",
                                        "press",    "pressure", "protest", "oppose",
                                        "denounce", "condemn",  "reject",  NULL};
    const casus_clause *clause = &c->parse->clauses[e->clause];
    if (e->type != CODE_PROTEST || clause->kind != CASUS_CLAUSE_VERB) return;
    for (uint32_t i = 0; i < clause->n_args && !e->n_sides[CODE_RECIPIENT]; i++) {
        const casus_arg *a = &clause->args[i];
        if (a->clause == CASUS_NONE || (a->role != CASUS_ROLE_ADVCL && a->role != CASUS_ROLE_XCOMP))
            continue;
        const casus_clause *verb = &c->parse->clauses[a->clause];
        if (!code_is_one_of(c->parse->tokens[verb->head].lemma, verbs)) continue;
        for (uint32_t k = 0; k < verb->n_args; k++) {
            const casus_arg *b = &verb->args[k];
            if (b->role == CASUS_ROLE_OBJ && b->flags & CASUS_ARG_SHARED) continue;
            if (b->role == CASUS_ROLE_OBJ ||
                (b->role == CASUS_ROLE_PREP && casus_slice_is(b->prep, "against")))
                take_either(c, e, b);
            if (b->role != CASUS_ROLE_CCOMP || b->clause == CASUS_NONE) continue;
            const casus_clause *what = &c->parse->clauses[b->clause];
            for (uint32_t x = 0; x < what->n_args; x++)
                if (what->args[x].role == CASUS_ROLE_SUBJ)
                    take(c, e, CODE_RECIPIENT, &what->args[x]);
        }
    }
}

/* "died of wounds sustained in a strike", where dying is no act: who was hit. */
static void take_wounded(coder *c, candidate *e) {
    const casus_parse *p = c->parse;
    uint32_t at = e->clause;
    if (e->type != CODE_ASSAULT || p->clauses[at].kind != CASUS_CLAUSE_NOUN) return;
    for (int depth = 0; depth < 2; depth++) {
        at = p->clauses[at].parent;
        if (at == CASUS_NONE) return;
        const casus_slice lemma = p->tokens[p->clauses[at].head].lemma;
        if (casus_slice_is(lemma, "wound") || casus_slice_is(lemma, "injury")) break;
        if (p->clauses[at].kind != CASUS_CLAUSE_VERB || depth == 1) return;
    }
    const uint32_t above = p->clauses[at].parent;
    if (p->clauses[at].kind != CASUS_CLAUSE_NOUN || above == CASUS_NONE) return;
    const casus_clause *verb = &p->clauses[above];
    const casus_slice dies = p->tokens[verb->head].lemma;
    if (!casus_slice_is(dies, "die") && !casus_slice_is(dies, "succumb")) return;
    for (uint32_t i = 0; i < verb->n_args; i++)
        if (verb->args[i].role == CASUS_ROLE_SUBJ) take(c, e, CODE_RECIPIENT, &verb->args[i]);
}

/* "300 were killed on both sides": the sides did it to each other. */
static void on_both_sides(coder *c, candidate *e) {
    const casus_clause *clause = &c->parse->clauses[e->clause];
    if (e->type != CODE_ASSAULT || e->n_sides[CODE_ACTOR]) return;
    for (uint32_t i = 0; i < clause->n_args; i++) {
        const casus_arg *a = &clause->args[i];
        if (a->role != CASUS_ROLE_PREP || !casus_slice_is(a->prep, "on")) continue;
        if (!casus_slice_is(c->parse->tokens[a->token].lemma, "side")) continue;
        const uint32_t m = code_actor_at(c, a->token, false);
        if (m == CASUS_NONE || c->mentions->items[m].n_members < 2) continue;
        e->n_sides[CODE_RECIPIENT] = 0;
        code_add_side(c, e, CODE_ACTOR, m, a->token);
        e->reciprocal = e->n_sides[CODE_ACTOR] > 1;
    }
}

/* "said that staff may leave and urged them to go": the speaker urges, not the staff. */
static void speaks_on(coder *c, candidate *e) {
    if (!code_speaks_apart(c, e->clause)) return;
    const casus_clause *above = &c->parse->clauses[c->parse->clauses[e->clause].parent];
    bool any = false;
    for (uint32_t i = 0; i < above->n_args; i++) {
        const casus_arg *a = &above->args[i];
        if (a->role != CASUS_ROLE_SUBJ) continue;
        const uint32_t m = code_actor_at(c, a->token, false);
        if (m == CASUS_NONE) continue;
        if (!any) e->n_sides[CODE_ACTOR] = 0;
        code_add_side(c, e, CODE_ACTOR, m, a->token);
        any = true;
    }
    if (any) code_drop_shared(e);
}

/* Is the clause a passive that names who did it? */
static const casus_arg *agent_of(const casus_clause *k) {
    for (uint32_t i = 0; i < k->n_args && k->flags & CASUS_CLAUSE_PASSIVE; i++)
        if (k->args[i].role == CASUS_ROLE_SUBJ && !(k->args[i].flags & CASUS_ARG_SHARED))
            return &k->args[i];
    return NULL;
}

/* "raids by rebels", of an act of force: who does it, or NULL. */
static const casus_arg *doer_of(const coder *c, const casus_clause *noun) {
    const uint32_t row = noun->kind == CASUS_CLAUSE_NOUN
                             ? code_best_row(c, noun, 'n', CODE_TABLE_EVENT)
                             : CASUS_NONE;
    if (row == CASUS_NONE || c->code->rows[row].type != CODE_ASSAULT) return NULL;
    for (uint32_t i = 0; i < noun->n_args; i++)
        if (noun->args[i].role == CASUS_ROLE_PREP && casus_slice_is(noun->args[i].prep, "by"))
            return &noun->args[i];
    return NULL;
}

/* "23 were killed and 20 taken hostage in raids by the militia", "three were hurt in a drive-by
 * shooting by gunmen": the agent at the end, or in the act that the clause only names. */
static void take_agent(coder *c, candidate *e) {
    static const char *const preps[] = {"in", "during", "by", "after", NULL};
    const casus_parse *p = c->parse;
    const casus_clause *clause = &p->clauses[e->clause];
    if (clause->kind != CASUS_CLAUSE_VERB || !(clause->flags & CASUS_CLAUSE_PASSIVE) ||
        (e->type != CODE_ASSAULT && e->type != CODE_COERCE) || agent_of(clause))
        return;
    for (uint32_t i = 0; i < clause->n_args && !e->n_sides[CODE_ACTOR]; i++) {
        const casus_arg *a = &clause->args[i];
        if (a->role != CASUS_ROLE_PREP || a->clause == CASUS_NONE ||
            !code_is_one_of(a->prep, preps))
            continue;
        const casus_clause *act = &p->clauses[a->clause];
        static const char *const arms[] = {"missile", "drone", "rocket",   "mortar", "artillery",
                                           "shell",   "bomb",  "aircraft", "air",    NULL};
        if (act->kind == CASUS_CLAUSE_NOUN && code_is_one_of(p->tokens[act->head].lemma, arms)) {
            take_inside(c, e, CODE_ACTOR, act, 0); /* "in Russian missile and drone strikes" */
            continue;
        }
        if (act->kind != CASUS_CLAUSE_VERB || act->mood != CASUS_MOOD_GERUND) continue;
        const uint32_t row = code_best_row(c, act, 'v', CODE_TABLE_EVENT);
        if (row != CASUS_NONE && c->code->rows[row].type != e->type) continue;
        for (uint32_t k = 0; k < act->n_args; k++)
            if (act->args[k].role == CASUS_ROLE_SUBJ && !(act->args[k].flags & CASUS_ARG_SHARED))
                take(c, e, CODE_ACTOR, &act->args[k]);
    }
    for (uint32_t k = e->clause + 1; k < p->n_clauses && k <= e->clause + CONJUNCTS_NEAR; k++) {
        const casus_clause *next = &p->clauses[k];
        if (next->sent != clause->sent || e->n_sides[CODE_ACTOR]) return;
        if (next->conjunct_of != e->clause || next->kind != CASUS_CLAUSE_VERB) continue;
        const casus_arg *by = agent_of(next);
        for (uint32_t i = 0; i < next->n_args && !by && next->flags & CASUS_CLAUSE_PASSIVE; i++) {
            const casus_arg *a = &next->args[i];
            if (a->role == CASUS_ROLE_PREP && a->clause != CASUS_NONE &&
                code_is_one_of(a->prep, preps))
                by = doer_of(c, &p->clauses[a->clause]);
        }
        if (by) take(c, e, CODE_ACTOR, by);
    }
}

/* "a bombing blamed on the group", "an ambush carried out by rebels". */
static void take_own_maker(coder *c, candidate *e) {
    const casus_clause *noun = &c->parse->clauses[e->clause];
    if (noun->kind != CASUS_CLAUSE_NOUN || e->type < CODE_PROTEST) return;
    for (uint32_t i = 0; i < noun->n_args && !e->n_sides[CODE_ACTOR]; i++) {
        const casus_arg *a = &noun->args[i];
        if (a->role != CASUS_ROLE_RELCL || a->clause == CASUS_NONE) continue;
        const casus_clause *verb = &c->parse->clauses[a->clause];
        if (verb->kind != CASUS_CLAUSE_VERB || !(verb->flags & CASUS_CLAUSE_PASSIVE)) continue;
        static const char *const made[] = {"conduct", "carry",   "launch", "perpetrate", "stage",
                                           "commit",  "mount",   "claim",  "organize",   "organise",
                                           "lead",    "execute", NULL};
        static const char *const laid[] = {"blame", "ascribe", "attribute", "pin", NULL};
        const casus_slice lemma = c->parse->tokens[verb->head].lemma;
        const bool by = code_is_one_of(lemma, made), on = code_is_one_of(lemma, laid);
        for (uint32_t k = 0; k < verb->n_args; k++) {
            const casus_arg *b = &verb->args[k];
            if (b->flags & CASUS_ARG_RELATIVE) continue;
            const bool to = b->role == CASUS_ROLE_PREP &&
                            (casus_slice_is(b->prep, "to") || casus_slice_is(b->prep, "on"));
            if ((by && b->role == CASUS_ROLE_SUBJ) || (on && to)) take(c, e, CODE_ACTOR, b);
        }
    }
}

void code_fill_inside(coder *c) {
    for (size_t i = 0; i < c->n && !c->no_memory; i++) {
        candidate *e = &c->candidates[i];
        if (e->dropped) continue;
        same_as_subject(c, e);
        speaks_on(c, e);
        beside_talks(c, e);
        between_speakers(c, e);
        take_aim(c, e);
        on_both_sides(c, e);
        judge(c, e);
        if (e->n_sides[CODE_BOTH] > 1) continue;
        if (!e->n_sides[CODE_ACTOR]) take_modifier(c, e);
        if (!e->n_sides[CODE_ACTOR]) take_own_maker(c, e);
        if (!e->n_sides[CODE_ACTOR]) take_agent(c, e);
        if (!e->n_sides[CODE_ACTOR]) fill(c, e, CODE_ACTOR);
        if (!e->n_sides[CODE_RECIPIENT]) take_judged(c, e);
        if (!e->n_sides[CODE_RECIPIENT]) take_demanded(c, e);
        take_wounded(c, e);
        if (!e->n_sides[CODE_RECIPIENT] && e->type != CODE_AGREE && e->type != CODE_CONSULT)
            fill(c, e, CODE_RECIPIENT);
        if (!e->n_sides[CODE_RECIPIENT]) fill_from_content(c, e);
        if (!e->n_sides[CODE_RECIPIENT]) fill_among(c, e);
        if (!e->n_sides[CODE_RECIPIENT]) fill_place(c, e);
    }
}
