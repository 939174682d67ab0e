/* beside.c - sides that the act's own clause leaves to its neighbours: whom a participle turns to
 * ("summoned the envoy, demanding an apology"), who is said to have done what he is arrested or
 * blamed for, whose request somebody follows, who is named behind "including".
 *
 * Runs when every candidate has the sides of its own clause, and fills only what is still open;
 * linear in the arguments of clauses, with bounded steps up. */
#include "code/code_int.h"

#define STEPS_UP 3u       /* clauses above an act that are looked at */
#define CLAIMS_BACK 40u   /* candidates back in which the accusation that is denied is looked for */
#define LISTED_TOKENS 60u /* words of a list behind "including" */

static bool same_chain(const coder *c, const candidate *e, int side, uint32_t mention) {
    for (uint32_t i = 0; i < e->n_sides[side]; i++)
        if (c->mentions->items[e->sides[side][i]].chain == c->mentions->items[mention].chain)
            return true;
    return false;
}

/* Adds a mention unless it is on the other side already. */
static void give(coder *c, candidate *e, int side, uint32_t mention, uint32_t token) {
    const int other = side == CODE_ACTOR ? CODE_RECIPIENT : CODE_ACTOR;
    if (!same_chain(c, e, other, mention)) code_add_side(c, e, side, mention, token);
}

static void give_arg(coder *c, candidate *e, int side, const casus_arg *a) {
    const uint32_t m = code_actor_at(c, a->token, false);
    if (m != CASUS_NONE) give(c, e, side, m, a->token);
}

/* All of one side of `from` to a side of `to`; of things that are only hit, none. */
static void give_side(coder *c, candidate *to, int side, const candidate *from, int of) {
    for (uint32_t i = 0; i < from->n_sides[of]; i++) {
        const uint32_t m = from->sides[of][i];
        if (c->mentions->items[m].kind != CASUS_MENTION_PLACE)
            give(c, to, side, m, from->side_tokens[of]);
    }
}

static candidate *of_clause(const coder *c, uint32_t clause) {
    if (clause == CASUS_NONE || c->of_clause[clause] == CASUS_NONE) return NULL;
    candidate *e = &c->candidates[c->of_clause[clause]];
    return e->dropped ? NULL : e;
}

static casus_slice lemma_of(const coder *c, const casus_clause *k) {
    return c->parse->tokens[k->head].lemma;
}

/* ---- whom a participle turns to -------------------------------------------------------------- */

/* May an act of this type be meant for the one to whom the act above was done? */
static bool goes_on(uint8_t above, uint8_t type) {
    const bool words = type == CODE_REQUEST || type == CODE_THREATEN || type == CODE_AID;
    switch (above) {
    case CODE_CONSULT:
        return words;
    case CODE_ACCUSE:
    case CODE_REQUEST:
    case CODE_REJECT:
    case CODE_THREATEN:
    case CODE_SANCTION:
    case CODE_COERCE:
        return words || type == CODE_ACCUSE || type == CODE_SANCTION || type == CODE_COERCE;
    case CODE_AID:
    case CODE_RETREAT:
        return type == CODE_AID;
    default:
        return false;
    }
}

static void take_on(coder *c, candidate *e) {
    const casus_clause *k = &c->parse->clauses[e->clause];
    const code_row *r = &c->code->rows[e->row];
    if (e->n_sides[CODE_RECIPIENT] || !e->n_sides[CODE_ACTOR] || k->kind != CASUS_CLAUSE_VERB ||
        k->mood != CASUS_MOOD_GERUND || k->parent_role != CASUS_ROLE_ADVCL ||
        !r->n_sides[CODE_RECIPIENT])
        return;
    const candidate *o = of_clause(c, k->parent);
    if (!o || o == e || !goes_on(o->type, e->type)) return;
    for (uint32_t i = 0; i < k->n_args; i++) /* only of the same doer */
        if (k->args[i].role == CASUS_ROLE_SUBJ && !(k->args[i].flags & CASUS_ARG_SHARED)) return;
    give_side(c, e, CODE_RECIPIENT, o, CODE_RECIPIENT);
}

/* "stepped down at the minister's request": of whom it was asked. */
static void take_asked(coder *c, candidate *e) {
    static const char *const preps[] = {"at", "upon", "on", "following", "after", NULL};
    const casus_parse *p = c->parse;
    const casus_clause *noun = &p->clauses[e->clause];
    if (e->type != CODE_REQUEST || e->n_sides[CODE_RECIPIENT] || !e->n_sides[CODE_ACTOR] ||
        noun->kind != CASUS_CLAUSE_NOUN || noun->parent == CASUS_NONE ||
        noun->parent_role != CASUS_ROLE_PREP)
        return;
    const casus_clause *above = &p->clauses[noun->parent];
    bool asked = false;
    for (uint32_t i = 0; i < above->n_args; i++)
        asked |= above->args[i].token == noun->head && code_is_one_of(above->args[i].prep, preps);
    for (uint32_t i = 0; i < above->n_args && asked && above->kind == CASUS_CLAUSE_VERB; i++)
        if (above->args[i].role == CASUS_ROLE_SUBJ) give_arg(c, e, CODE_RECIPIENT, &above->args[i]);
}

/* ---- who did it ------------------------------------------------------------------------------ */

/* "attributed the bombing to X", "the attack was blamed on X". */
static bool lay_on(coder *c, candidate *e, const casus_clause *verb) {
    static const char *const verbs[] = {"attribute", "blame", "ascribe", "pin", "credit", NULL};
    if (verb->kind != CASUS_CLAUSE_VERB || !code_is_one_of(lemma_of(c, verb), verbs)) return false;
    const casus_clause *of[] = {verb, &c->parse->clauses[e->clause]};
    for (int n = 0; n < 2 && !e->n_sides[CODE_ACTOR]; n++)
        for (uint32_t i = 0; i < of[n]->n_args; i++) {
            const casus_arg *a = &of[n]->args[i];
            if (a->role == CASUS_ROLE_PREP &&
                (casus_slice_is(a->prep, "to") || casus_slice_is(a->prep, "on")))
                give_arg(c, e, CODE_ACTOR, a);
        }
    return true;
}

/* Is it what somebody is taken or punished for: "on suspicion of", "over", "for"? */
static bool is_ground(casus_slice prep) {
    static const char *const preps[] = {"for",
                                        "over",
                                        "on suspicion of",
                                        "on charges of",
                                        "on a charge of",
                                        "in connection with",
                                        "in relation to",
                                        "on",
                                        "of",
                                        "with",
                                        NULL};
    return code_is_one_of(prep, preps);
}

/* "arrested on suspicion of the abduction", "sanctioned over the killing": they did it. */
static void take_suspect(coder *c, candidate *e) {
    static const char *const grounds[] = {"suspicion", "charge", "allegation",  "accusation",
                                          "role",      "part",   "involvement", "participation",
                                          "count",     NULL};
    const casus_parse *p = c->parse;
    const casus_clause *k = &p->clauses[e->clause];
    if (e->n_sides[CODE_ACTOR] || e->type < CODE_PROTEST || k->parent == CASUS_NONE) return;
    if (k->kind != CASUS_CLAUSE_NOUN) return;
    if (lay_on(c, e, &p->clauses[k->parent])) return;
    uint32_t token = k->head;
    for (uint32_t step = 0; step < STEPS_UP && k->parent != CASUS_NONE; step++) {
        const casus_clause *above = &p->clauses[k->parent];
        casus_slice prep = {0};
        for (uint32_t i = 0; i < above->n_args; i++)
            if (above->args[i].token == token && above->args[i].role == CASUS_ROLE_PREP)
                prep = above->args[i].prep;
        if (!prep.len || !is_ground(prep)) return;
        if (above->kind == CASUS_CLAUSE_VERB) {
            const bool weak =
                step == 0 && code_is_one_of(prep, (const char *const[]){"on", "of", "with", NULL});
            const candidate *o = of_clause(c, k->parent);
            if (o && o != e && !weak &&
                (o->type == CODE_COERCE || o->type == CODE_SANCTION || o->type == CODE_ACCUSE))
                give_side(c, e, CODE_ACTOR, o, CODE_RECIPIENT);
            return;
        }
        if (!code_is_one_of(lemma_of(c, above), grounds)) return;
        token = above->head;
        k = above;
    }
}

/* "cut ties with Mexico for granting him asylum", "sanctions on Iran for supplying drones": whom an
 * act punishes or thanks did what it is for. */
static void take_reproached(coder *c, candidate *e) {
    const casus_clause *k = &c->parse->clauses[e->clause];
    if (e->n_sides[CODE_ACTOR] || k->kind != CASUS_CLAUSE_VERB || k->mood != CASUS_MOOD_GERUND ||
        k->flags & CASUS_CLAUSE_PASSIVE || !casus_slice_is(k->mark, "for") ||
        k->parent == CASUS_NONE)
        return;
    const candidate *o = of_clause(c, k->parent);
    if (!o || o == e) return;
    if (o->type == CODE_ACCUSE || o->type == CODE_SANCTION || o->type == CODE_COERCE ||
        o->type == CODE_THREATEN || o->type == CODE_SUPPORT)
        give_side(c, e, CODE_ACTOR, o, CODE_RECIPIENT);
}

/* "raided homes as part of an investigation", "broke up a network, resulting in 24 arrests": who
 * acts does that too. */
static void take_own(coder *c, candidate *e) {
    static const char *const with[] = {"as", "as part of", "in", "during", "amid", NULL};
    static const char *const ends[] = {"result", "lead", "culminate", "end", NULL};
    const casus_parse *p = c->parse;
    const casus_clause *k = &p->clauses[e->clause];
    const char *mode = code_string(c->code, c->code->rows[e->row].mode).ptr;
    const bool inquiry = e->type == CODE_ACCUSE && mode && strcmp(mode, "investigate") == 0;
    if (e->n_sides[CODE_ACTOR] || k->kind != CASUS_CLAUSE_NOUN || k->parent == CASUS_NONE ||
        k->parent_role != CASUS_ROLE_PREP || (!inquiry && e->type != CODE_COERCE))
        return;
    const casus_clause *above = &p->clauses[k->parent];
    if (above->kind == CASUS_CLAUSE_NOUN && casus_slice_is(lemma_of(c, above), "part") &&
        above->parent != CASUS_NONE)
        above = &p->clauses[above->parent];
    if (above->kind != CASUS_CLAUSE_VERB) return;
    bool same = code_is_one_of(lemma_of(c, above), ends);
    for (uint32_t i = 0; i < above->n_args && inquiry; i++)
        if (above->args[i].role == CASUS_ROLE_PREP)
            same |= code_is_one_of(above->args[i].prep, with);
    static const char *const rulers[] = {"COP", "JUD", "GOV", "SPY", "MIL", "IGO", "LEG", NULL};
    for (uint32_t i = 0; i < above->n_args && same; i++) {
        const casus_arg *a = &above->args[i];
        const uint32_t m =
            a->role == CASUS_ROLE_SUBJ ? code_actor_at(c, a->token, false) : CASUS_NONE;
        if (m == CASUS_NONE) continue;
        const casus_actor *who = &c->mentions->items[m].actor;
        if (!who->n_sectors || code_is_one_of(casus_slice_z(who->sectors[0]), rulers))
            give(c, e, CODE_ACTOR, m, a->token);
    }
}

/* ---- whose claim is denied ------------------------------------------------------------------- */

/* "Tehran denied the accusation": of the one who last accused it. */
static void take_accuser(coder *c, candidate *e) {
    static const char *const words[] = {"accusation", "allegation", "claim",       "charge",
                                        "assertion",  "suggestion", "insinuation", NULL};
    const casus_clause *k = &c->parse->clauses[e->clause];
    if (e->type != CODE_REJECT || e->n_sides[CODE_RECIPIENT] || !e->n_sides[CODE_ACTOR] ||
        k->kind != CASUS_CLAUSE_VERB)
        return;
    const char *mode = code_string(c->code, c->code->rows[e->row].mode).ptr;
    const bool denies = mode && strcmp(mode, "deny") == 0;
    bool claim = false;
    for (uint32_t i = 0; i < k->n_args; i++)
        claim |= k->args[i].role == CASUS_ROLE_OBJ &&
                 code_is_one_of(c->parse->tokens[k->args[i].token].lemma, words);
    size_t at = (size_t)(e - c->candidates);
    for (uint32_t n = 0; (claim || denies) && at > 0 && n < CLAIMS_BACK; n++) {
        const candidate *o = &c->candidates[--at];
        if (!claim && k->sent - c->parse->clauses[o->clause].sent > 1) return;
        if (o->type != CODE_ACCUSE || !o->n_sides[CODE_ACTOR]) continue;
        bool me = false;
        for (uint32_t i = 0; i < o->n_sides[CODE_RECIPIENT]; i++) {
            const uint32_t m = o->sides[CODE_RECIPIENT][i];
            const char *country = c->mentions->items[m].actor.country;
            for (uint32_t x = 0; x < e->n_sides[CODE_ACTOR]; x++) {
                const casus_mention *who = &c->mentions->items[e->sides[CODE_ACTOR][x]];
                me |= who->chain == c->mentions->items[m].chain ||
                      (country[0] && strcmp(who->actor.country, country) == 0);
            }
        }
        if (!me) continue;
        give_side(c, e, CODE_RECIPIENT, o, CODE_ACTOR);
        return;
    }
}

/* ---- lists behind "including" ---------------------------------------------------------------- */

static bool is_named(const casus_mention *m) {
    return (m->kind == CASUS_MENTION_ORG || m->kind == CASUS_MENTION_COUNTRY ||
            m->kind == CASUS_MENTION_PERSON) &&
           (m->actor.country[0] || m->actor.code[0]);
}

/* The mention whose words begin at or, behind an article, next to token t, or CASUS_NONE. */
static uint32_t mention_from(const coder *c, uint32_t t) {
    const uint32_t n = c->parse->n_tokens;
    if (t < n && casus_slice_is(c->parse->tokens[t].lower, "the")) t++;
    for (uint32_t h = t; h < n && h < t + 8; h++) {
        const uint32_t m = c->mentions->at[h];
        if (m != CASUS_NONE && c->mentions->items[m].first == t) return m;
    }
    return CASUS_NONE;
}

/* "banned many aid groups, including A, B and C": those that are named stand beside the group that
 * belongs to no one country. */
static void take_named(coder *c, candidate *e, int side) {
    static const char *const words[] = {"including", "such", "namely", "like", NULL};
    const casus_token *t = c->parse->tokens;
    const uint32_t n = e->n_sides[side];
    for (uint32_t i = 0; i < n; i++) {
        const casus_mention *m = &c->mentions->items[e->sides[side][i]];
        if (m->kind == CASUS_MENTION_PERSON || !m->actor.group || m->actor.country[0] ||
            m->actor.code[0])
            continue;
        uint32_t at = m->last;
        const uint32_t end = c->parse->sentences[t[m->head].sent].last;
        if (at < end && casus_slice_is(t[at].form, ",")) at++;
        if (at + 1 >= end || !code_is_one_of(t[at].lower, words)) continue;
        at += casus_slice_is(t[at].lower, "such") ? 2 : 1;
        for (uint32_t steps = 0; at < end && steps < LISTED_TOKENS; steps++) {
            const uint32_t x = mention_from(c, at);
            if (x == CASUS_NONE || !is_named(&c->mentions->items[x])) break;
            give(c, e, side, x, c->mentions->items[x].head);
            at = c->mentions->items[x].last;
            if (at < end && casus_slice_is(t[at].form, ",")) at++;
            if (at < end && casus_slice_is(t[at].lower, "and")) at++;
            /* "divisions of X" */
            if (at + 1 < end && t[at].pos == CASUS_POS_NOUN &&
                casus_slice_is(t[at + 1].lower, "of"))
                at += 2;
        }
    }
}

/* ---- whom the fallen fought ------------------------------------------------------------------ */

/* "soldiers are killed while fighting the rebels": the rebels killed them. */
static void take_opponent(coder *c, candidate *e) {
    static const char *const marks[] = {"while", "when", "as", "in", NULL};
    const casus_parse *p = c->parse;
    const casus_clause *k = &p->clauses[e->clause];
    if (e->type != CODE_ASSAULT || e->n_sides[CODE_ACTOR] || !e->n_sides[CODE_RECIPIENT] ||
        k->kind != CASUS_CLAUSE_VERB)
        return;
    for (uint32_t i = 0; i < k->n_args; i++) {
        const casus_arg *a = &k->args[i];
        if (a->role != CASUS_ROLE_ADVCL || a->clause == CASUS_NONE) continue;
        const casus_clause *x = &p->clauses[a->clause];
        const candidate *fight = of_clause(c, a->clause);
        if (!fight || fight == e || fight->type != CODE_ASSAULT || x->mood != CASUS_MOOD_GERUND ||
            (x->mark.len && !code_is_one_of(x->mark, marks)))
            continue;
        if (!same_chain(c, fight, CODE_ACTOR, e->sides[CODE_RECIPIENT][0])) continue;
        give_side(c, e, CODE_ACTOR, fight, CODE_RECIPIENT);
        if (!e->n_sides[CODE_ACTOR]) give_side(c, e, CODE_ACTOR, fight, CODE_ACTOR);
        return;
    }
}

/* "stepped up efforts to mediate", "prepares a bill to leave the treaty", "Iran's threat to close
 * the strait": whose effort it is. */
static void take_effort(coder *c, candidate *e) {
    static const char *const nouns[] = {"effort",   "attempt",   "plan",        "bid",
                                        "move",     "decision",  "bill",        "threat",
                                        "campaign", "operation", "mission",     "push",
                                        "vow",      "intention", "willingness", "pledge",
                                        "promise",  "readiness", "proposal",    NULL};
    static const char *const verbs[] = {"step",      "make",     "launch",   "continue",
                                        "intensify", "announce", "prepare",  "begin",
                                        "undertake", "lead",     "abandon",  "drop",
                                        "unveil",    "mount",    "redouble", "increase",
                                        "pursue",    "resume",   "renew",    "have",
                                        "start",     "repeat",   "express",  "state",
                                        "outline",   "defend",   "draft",    "introduce",
                                        "suspend",   NULL};
    const casus_parse *p = c->parse;
    const casus_clause *k = &p->clauses[e->clause];
    const code_row *r = &c->code->rows[e->row];
    int side = CODE_ACTOR;
    for (uint32_t i = 0; i < r->n_sides[CODE_MEDIATOR]; i++) /* who mediates */
        if (c->code->refs[r->sides[CODE_MEDIATOR] + i].role == CASUS_ROLE_SUBJ)
            side = CODE_MEDIATOR;
    if (e->n_sides[side] || k->kind != CASUS_CLAUSE_VERB || k->parent == CASUS_NONE ||
        k->mood != CASUS_MOOD_INFINITIVE || k->flags & CASUS_CLAUSE_PASSIVE)
        return;
    const casus_clause *noun = &p->clauses[k->parent];
    if (noun->kind != CASUS_CLAUSE_NOUN || !code_is_one_of(lemma_of(c, noun), nouns)) return;
    for (uint32_t i = 0; i < noun->n_args; i++) {
        const casus_arg *a = &noun->args[i];
        if (a->role == CASUS_ROLE_POSS ||
            (a->role == CASUS_ROLE_PREP && casus_slice_is(a->prep, "by")))
            give_arg(c, e, side, a);
    }
    for (uint32_t i = 0; i < noun->n_args && !e->n_sides[side]; i++)
        if (noun->args[i].role == CASUS_ROLE_MOD) give_arg(c, e, side, &noun->args[i]);
    if (e->n_sides[side] || noun->parent == CASUS_NONE || noun->parent_role != CASUS_ROLE_OBJ)
        return;
    const casus_clause *up = &p->clauses[noun->parent];
    if (up->kind != CASUS_CLAUSE_VERB || !code_is_one_of(lemma_of(c, up), verbs)) return;
    for (uint32_t i = 0; i < up->n_args; i++)
        if (up->args[i].role == CASUS_ROLE_SUBJ) give_arg(c, e, side, &up->args[i]);
}

/* "the court ruled that he must serve a year": the court punishes. */
static void take_bench(coder *c, candidate *e) {
    static const char *const verbs[] = {"rule", "order", "decide", "hold", "find", "declare", NULL};
    const casus_parse *p = c->parse;
    const casus_clause *k = &p->clauses[e->clause];
    if (e->n_sides[CODE_ACTOR] || k->kind != CASUS_CLAUSE_VERB || k->parent == CASUS_NONE ||
        k->parent_role != CASUS_ROLE_CCOMP ||
        (e->type != CODE_SANCTION && e->type != CODE_COERCE && e->type != CODE_CONCEDE))
        return;
    const casus_clause *up = &p->clauses[k->parent];
    if (up->kind != CASUS_CLAUSE_VERB || !code_is_one_of(lemma_of(c, up), verbs)) return;
    for (uint32_t i = 0; i < up->n_args; i++) {
        const casus_arg *a = &up->args[i];
        const uint32_t m =
            a->role == CASUS_ROLE_SUBJ ? code_actor_at(c, a->token, false) : CASUS_NONE;
        if (m == CASUS_NONE) continue;
        const casus_actor *who = &c->mentions->items[m].actor;
        if (who->n_sectors && strcmp(who->sectors[0], "JUD") == 0)
            give(c, e, CODE_ACTOR, m, a->token);
    }
}

/* "was suspended from the union", "deported from Turkey": by whom one is put out or let in. */
static void take_from(coder *c, candidate *e) {
    static const char *const verbs[] = {"expel",   "deport",    "suspend", "ban",   "bar",
                                        "exclude", "unsuspend", "readmit", "eject", "extradite",
                                        "evict",   "blacklist", NULL};
    const casus_clause *k = &c->parse->clauses[e->clause];
    if (e->n_sides[CODE_ACTOR] || k->kind != CASUS_CLAUSE_VERB ||
        !(k->flags & CASUS_CLAUSE_PASSIVE) || !code_is_one_of(lemma_of(c, k), verbs))
        return;
    for (uint32_t i = 0; i < k->n_args; i++) {
        const casus_arg *a = &k->args[i];
        if (a->role != CASUS_ROLE_PREP ||
            !(casus_slice_is(a->prep, "from") || casus_slice_is(a->prep, "to")))
            continue;
        const uint32_t m = code_actor_at(c, a->token, false);
        if (m == CASUS_NONE ||
            (casus_slice_is(a->prep, "to") && !casus_slice_is(lemma_of(c, k), "readmit")))
            continue;
        const casus_mention *who = &c->mentions->items[m];
        if (who->kind == CASUS_MENTION_COUNTRY || who->kind == CASUS_MENTION_ORG)
            give(c, e, CODE_ACTOR, m, a->token);
    }
}

/* "signed a decree dissolving the parliament", "issued a statement condemning the raid": what the
 * paper does, he does who signs it. */
static void take_author(coder *c, candidate *e) {
    static const char *const papers[] = {"order",       "decree",    "statement",  "resolution",
                                         "letter",      "law",       "bill",       "petition",
                                         "declaration", "report",    "memorandum", "communique",
                                         "motion",      "directive", "ruling",     "proclamation",
                                         "tweet",       "message",   "edict",      "legislation",
                                         "measure",     "document",  "text",       "manifesto",
                                         "amendment",   "note",      "notice",     "communiqué",
                                         "injunction",  NULL};
    const casus_parse *p = c->parse;
    const casus_clause *k = &p->clauses[e->clause];
    if (e->n_sides[CODE_ACTOR] || k->kind != CASUS_CLAUSE_VERB || k->mood != CASUS_MOOD_GERUND ||
        k->flags & CASUS_CLAUSE_PASSIVE || k->parent == CASUS_NONE)
        return;
    const casus_clause *noun = &p->clauses[k->parent];
    if (noun->kind != CASUS_CLAUSE_NOUN || noun->parent == CASUS_NONE ||
        !code_is_one_of(lemma_of(c, noun), papers))
        return;
    for (uint32_t i = 0; i < noun->n_args; i++) { /* "a statement by the union condemning ..." */
        const casus_arg *a = &noun->args[i];
        if (a->role == CASUS_ROLE_POSS ||
            (a->role == CASUS_ROLE_PREP &&
             (casus_slice_is(a->prep, "by") || casus_slice_is(a->prep, "from"))))
            give_arg(c, e, CODE_ACTOR, a);
    }
    const casus_clause *up = &p->clauses[noun->parent];
    if (e->n_sides[CODE_ACTOR] || up->kind != CASUS_CLAUSE_VERB ||
        noun->parent_role != CASUS_ROLE_OBJ)
        return;
    for (uint32_t i = 0; i < up->n_args; i++)
        if (up->args[i].role == CASUS_ROLE_SUBJ) give_arg(c, e, CODE_ACTOR, &up->args[i]);
}

/* "carried out an operation that killed ten": of those who carried it out. */
static void take_operator(coder *c, candidate *e) {
    static const char *const does[] = {"conduct", "carry",   "launch",  "mount",
                                       "stage",   "execute", "perform", "undertake",
                                       "lead",    "begin",   NULL};
    const casus_parse *p = c->parse;
    const casus_clause *k = &p->clauses[e->clause];
    if (e->type != CODE_ASSAULT || e->n_sides[CODE_ACTOR] || k->parent == CASUS_NONE ||
        k->parent_role != CASUS_ROLE_RELCL || k->flags & CASUS_CLAUSE_PASSIVE)
        return;
    const casus_clause *noun = &p->clauses[k->parent];
    if (noun->kind != CASUS_CLAUSE_NOUN || noun->parent == CASUS_NONE ||
        noun->parent_role != CASUS_ROLE_OBJ || c->of_clause[noun->parent] != CASUS_NONE)
        return;
    const casus_clause *up = &p->clauses[noun->parent];
    if (up->kind != CASUS_CLAUSE_VERB || !code_is_one_of(lemma_of(c, up), does)) return;
    for (uint32_t i = 0; i < up->n_args; i++)
        if (up->args[i].role == CASUS_ROLE_SUBJ) give_arg(c, e, CODE_ACTOR, &up->args[i]);
}

void code_fill_beside(coder *c) {
    for (size_t i = 0; i < c->n && !c->no_memory; i++) {
        candidate *e = &c->candidates[i];
        if (e->dropped) continue;
        take_on(c, e);
        take_asked(c, e);
        take_suspect(c, e);
        take_reproached(c, e);
        take_own(c, e);
        take_opponent(c, e);
        take_operator(c, e);
        take_author(c, e);
        take_effort(c, e);
        take_bench(c, e);
        take_from(c, e);
        take_named(c, e, CODE_ACTOR);
        take_named(c, e, CODE_RECIPIENT);
    }
}

void code_fill_denied(coder *c) {
    for (size_t i = 0; i < c->n && !c->no_memory; i++)
        if (!c->candidates[i].dropped) take_accuser(c, &c->candidates[i]);
}
