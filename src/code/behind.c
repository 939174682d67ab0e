/* behind.c - whom an act hits where only a noun of his stands beside it: "revoked the senator's
 * visa", "a ban on issuing visas to tourists", "a bus carrying pilgrims".
 *
 * Works on sides that are still open once the row's own roles and what hides in them (inside.c)
 * are asked. Linear in the arguments, bounded depth.
 */
#include "code/code_int.h"

#define BEHIND_DEPTH 2
#define CAPTORS_BACK 24u /* acts back in which it is told who holds somebody */
#define LEAD_PARAS 1u    /* paragraphs that tell what the report is about: the first two */

static bool has_chain(const coder *c, const candidate *e, int side, uint32_t mention) {
    for (uint32_t i = 0; i < e->n_sides[side]; i++)
        if (c->mentions->items[e->sides[side][i]].chain == c->mentions->items[mention].chain)
            return true;
    return false;
}

static bool take(coder *c, candidate *e, const casus_arg *a) {
    const uint32_t m = code_actor_at(c, a->token, false);
    if (m == CASUS_NONE || has_chain(c, e, CODE_ACTOR, m) || a->flags & CASUS_ARG_SHARED)
        return false;
    code_add_side(c, e, CODE_RECIPIENT, m, a->token);
    return true;
}

/* Whom the action that a gerund names would hit: "a ban on selling arms to Yemen", "on women
 * entering". */
static bool take_gerund(coder *c, candidate *e, const casus_clause *verb) {
    static const char *const toward[] = {"to", "with", "against", "from", NULL};
    if (verb->kind != CASUS_CLAUSE_VERB || verb->mood != CASUS_MOOD_GERUND) return false;
    for (uint32_t i = 0; i < verb->n_args; i++)
        if (verb->args[i].role == CASUS_ROLE_SUBJ && take(c, e, &verb->args[i])) return true;
    for (uint32_t i = 0; i < verb->n_args; i++) {
        const casus_arg *a = &verb->args[i];
        if (a->role == CASUS_ROLE_PREP && code_is_one_of(a->prep, toward) && take(c, e, a))
            return true;
    }
    for (uint32_t i = 0; i < verb->n_args; i++) {
        const casus_arg *a = &verb->args[i];
        if ((a->role == CASUS_ROLE_OBJ || a->role == CASUS_ROLE_OBJ2) && take(c, e, a)) return true;
    }
    return false;
}

/* "goods belonging to farmers", "land owned by the church": whose a thing is. */
static bool take_holder(coder *c, candidate *e, const casus_clause *verb) {
    static const char *const has[] = {"own", "hold", "run", "operate", "manage", "control", NULL};
    if (verb->kind != CASUS_CLAUSE_VERB) return false;
    const casus_slice lemma = c->parse->tokens[verb->head].lemma;
    const bool belongs = casus_slice_is(lemma, "belong");
    const bool owned = verb->flags & CASUS_CLAUSE_PASSIVE && code_is_one_of(lemma, has);
    bool any = false;
    for (uint32_t i = 0; i < verb->n_args && (belongs || owned); i++) {
        const casus_arg *a = &verb->args[i];
        if (a->flags & CASUS_ARG_RELATIVE) continue;
        const bool to = a->role == CASUS_ROLE_PREP && casus_slice_is(a->prep, "to");
        if (belongs ? to : a->role == CASUS_ROLE_SUBJ) any |= take(c, e, a);
    }
    return any;
}

/* "a plan proposed by Egypt", "a meeting requested by the minister": whose it is. */
static bool take_proposer(coder *c, candidate *e, const casus_clause *verb) {
    static const char *const makes[] = {"propose", "offer",  "request", "call",    "convene",
                                        "draft",   "demand", "submit",  "sponsor", "announce",
                                        "impose",  "order",  "issue",   "put",     "author",
                                        "present", NULL};
    if (e->type != CODE_REJECT && e->type != CODE_ACCUSE && e->type != CODE_SUPPORT) return false;
    if (verb->kind != CASUS_CLAUSE_VERB || !(verb->flags & CASUS_CLAUSE_PASSIVE) ||
        !code_is_one_of(c->parse->tokens[verb->head].lemma, makes))
        return false;
    bool any = false;
    for (uint32_t i = 0; i < verb->n_args; i++) {
        const casus_arg *a = &verb->args[i];
        if (a->role == CASUS_ROLE_SUBJ && !(a->flags & CASUS_ARG_RELATIVE)) any |= take(c, e, a);
    }
    return any;
}

/* The prepositions behind a noun that name whom the act hits: whose deed is judged or turned down,
 * against whom a measure is. */
static bool reaches(const candidate *e, casus_slice prep) {
    static const char *const deed[] = {"of", "by", "between", NULL};
    static const char *const offer[] = {"of", "by", "between", "from", "with", NULL};
    static const char *const measure[] = {"of",   "on", "against", "from", "between",
                                          "with", "to", "for",     NULL};
    switch (e->type) {
    case CODE_SANCTION:
    case CODE_COERCE:
        return code_is_one_of(prep, measure);
    case CODE_REJECT:
        return code_is_one_of(prep, offer);
    case CODE_ASSAULT:
        return casus_slice_is(prep, "of");
    default:
        return code_is_one_of(prep, deed);
    }
}

/* "condemned the treatment of women": private people behind "of" are no doers. */
static bool is_object(const coder *c, const candidate *e, const casus_arg *a) {
    const uint32_t m = code_actor_at(c, a->token, false);
    if (e->type != CODE_ACCUSE || m == CASUS_NONE || !casus_slice_is(a->prep, "of")) return false;
    const casus_actor *who = &c->mentions->items[m].actor;
    return who->n_sectors &&
           (strcmp(who->sectors[0], "CVL") == 0 || strcmp(who->sectors[0], "REF") == 0);
}

/* The actors that hang on a noun: first its owner, then what it is of, with, for. */
static bool take_of(coder *c, candidate *e, const casus_clause *noun, int depth) {
    bool any = false;
    for (uint32_t i = 0; i < noun->n_args; i++)
        if (noun->args[i].role == CASUS_ROLE_POSS) any |= take(c, e, &noun->args[i]);
    for (uint32_t i = 0; i < noun->n_args && !any && e->type != CODE_ASSAULT; i++) {
        const casus_arg *a = &noun->args[i];
        const uint32_t m =
            a->role == CASUS_ROLE_MOD ? code_actor_at(c, a->token, false) : CASUS_NONE;
        if (m != CASUS_NONE && c->mentions->items[m].kind != CASUS_MENTION_GROUP)
            any |= take(c, e, a);
    }
    for (uint32_t i = 0; i < noun->n_args && !any; i++) {
        const casus_arg *a = &noun->args[i];
        if (a->role == CASUS_ROLE_PREP && reaches(e, a->prep) && !is_object(c, e, a))
            any = take(c, e, a);
    }
    for (uint32_t i = 0; i < noun->n_args && !any; i++) {
        const casus_arg *a = &noun->args[i];
        if (a->clause == CASUS_NONE) continue;
        const casus_clause *below = &c->parse->clauses[a->clause];
        if (a->role == CASUS_ROLE_RELCL)
            any = take_holder(c, e, below) || take_proposer(c, e, below);
        if (any || a->role != CASUS_ROLE_PREP || !reaches(e, a->prep)) continue;
        if (e->type == CODE_SANCTION || e->type == CODE_COERCE) any = take_gerund(c, e, below);
        if (!any && depth > 0 && below->kind == CASUS_CLAUSE_NOUN)
            any = take_of(c, e, below, depth - 1);
    }
    return any;
}

/* Does the row say that nobody suffers the act, or does an act have no other side? */
static bool is_closed(const coder *c, const candidate *e) {
    const code_row *r = &c->code->rows[e->row];
    for (uint32_t k = 0; k < r->n_sides[CODE_RECIPIENT]; k++)
        if (c->code->refs[r->sides[CODE_RECIPIENT] + k].role == CODE_REF_NOBODY) return true;
    return !r->n_sides[CODE_RECIPIENT];
}

/* "an investigation into misconduct by the minister", "a lawsuit over the firm's practices": whose
 * deeds it is about. */
static void take_cause(coder *c, candidate *e, const casus_clause *noun) {
    static const char *const preps[] = {"into", "over", "about", "against", "of", NULL};
    for (uint32_t i = 0; i < noun->n_args && !e->n_sides[CODE_RECIPIENT]; i++) {
        const casus_arg *a = &noun->args[i];
        if (a->role != CASUS_ROLE_PREP || a->clause == CASUS_NONE ||
            !(code_is_one_of(a->prep, preps) ||
              (e->type == CODE_REJECT && casus_slice_is(a->prep, "on"))) ||
            c->mentions->at[a->token] != CASUS_NONE)
            continue;
        const casus_clause *below = &c->parse->clauses[a->clause];
        if (below->kind == CASUS_CLAUSE_NOUN) take_of(c, e, below, BEHIND_DEPTH - 1);
    }
}

/* "has been the target of sanctions": it is aimed at the subject. */
static void take_target(coder *c, candidate *e) {
    static const char *const words[] = {"subject", "target", "object", "victim", "focus", NULL};
    const casus_parse *p = c->parse;
    const casus_clause *k = &p->clauses[e->clause];
    if (k->kind != CASUS_CLAUSE_NOUN || k->parent == CASUS_NONE ||
        k->parent_role != CASUS_ROLE_PREP || is_closed(c, e))
        return;
    const casus_clause *noun = &p->clauses[k->parent];
    if (!code_is_one_of(p->tokens[noun->head].lemma, words)) return;
    const casus_clause *be = noun;
    if (noun->kind == CASUS_CLAUSE_NOUN) {
        if (noun->parent == CASUS_NONE || noun->parent_role != CASUS_ROLE_PRED) return;
        be = &p->clauses[noun->parent];
    }
    for (uint32_t i = 0; i < be->n_args; i++)
        if (be->args[i].role == CASUS_ROLE_SUBJ) take(c, e, &be->args[i]);
}

/* "dismissed the president's lawsuit", "rejected an offer by the rebels": turned down is he who
 * asks, accuses or offers. */
static void take_asker(coder *c, candidate *e) {
    const casus_clause *k = &c->parse->clauses[e->clause];
    if (e->type != CODE_REJECT || k->kind != CASUS_CLAUSE_VERB || is_closed(c, e)) return;
    for (uint32_t i = 0; i < k->n_args && !e->n_sides[CODE_RECIPIENT]; i++) {
        const casus_arg *a = &k->args[i];
        if (a->role != CASUS_ROLE_OBJ || a->clause == CASUS_NONE ||
            c->of_clause[a->clause] == CASUS_NONE)
            continue;
        const candidate *o = &c->candidates[c->of_clause[a->clause]];
        if (o == e || (o->type != CODE_REQUEST && o->type != CODE_ACCUSE && o->type != CODE_AGREE))
            continue;
        for (uint32_t x = 0; x < o->n_sides[CODE_ACTOR]; x++)
            if (!has_chain(c, e, CODE_ACTOR, o->sides[CODE_ACTOR][x]))
                code_add_side(c, e, CODE_RECIPIENT, o->sides[CODE_ACTOR][x], a->token);
    }
}

/* "restricted the ambassador's access to ministers": whose freedom is cut, before what to. */
static void take_freedom(coder *c, candidate *e) {
    static const char *const nouns[] = {"access",  "movement", "freedom",  "right", "travel",
                                        "ability", "power",    "activity", "use",   NULL};
    const casus_clause *k = &c->parse->clauses[e->clause];
    if ((e->type != CODE_COERCE && e->type != CODE_SANCTION) || k->kind != CASUS_CLAUSE_VERB)
        return;
    for (uint32_t i = 0; i < k->n_args; i++) {
        const casus_arg *a = &k->args[i];
        if (a->role != CASUS_ROLE_OBJ || a->clause == CASUS_NONE ||
            !code_is_one_of(c->parse->tokens[a->token].lemma, nouns))
            continue;
        const casus_clause *noun = &c->parse->clauses[a->clause];
        for (uint32_t x = 0; x < noun->n_args; x++) {
            const casus_arg *b = &noun->args[x];
            const uint32_t m =
                b->role == CASUS_ROLE_POSS ? code_actor_at(c, b->token, false) : CASUS_NONE;
            if (m == CASUS_NONE || has_chain(c, e, CODE_ACTOR, m)) continue;
            e->n_sides[CODE_RECIPIENT] = 0;
            code_add_side(c, e, CODE_RECIPIENT, m, b->token);
            return;
        }
    }
}

/* "called for an Israeli withdrawal", "demanded Russia's retreat": of whom the deed is asked. */
static void take_asked_of(coder *c, candidate *e) {
    const casus_clause *k = &c->parse->clauses[e->clause];
    if (e->type != CODE_REQUEST || k->kind != CASUS_CLAUSE_VERB || is_closed(c, e)) return;
    for (uint32_t i = 0; i < k->n_args; i++) {
        const casus_arg *a = &k->args[i];
        const bool goal = a->role == CASUS_ROLE_OBJ ||
                          (a->role == CASUS_ROLE_PREP && casus_slice_is(a->prep, "for"));
        if (!goal || a->clause == CASUS_NONE || c->of_clause[a->clause] == CASUS_NONE) continue;
        const candidate *o = &c->candidates[c->of_clause[a->clause]];
        if (o == e || o->dropped || c->parse->clauses[a->clause].kind != CASUS_CLAUSE_NOUN)
            continue;
        /* "called for Israel's withdrawal from Lebanon": not of those whom the deed concerns */
        for (uint32_t x = 0; x < e->n_sides[CODE_RECIPIENT]; x++)
            if (!has_chain(c, o, CODE_RECIPIENT, e->sides[CODE_RECIPIENT][x])) return;
        bool any = false;
        for (uint32_t x = 0; x < o->n_sides[CODE_ACTOR]; x++) {
            if (has_chain(c, e, CODE_ACTOR, o->sides[CODE_ACTOR][x])) continue;
            if (!any) e->n_sides[CODE_RECIPIENT] = 0;
            code_add_side(c, e, CODE_RECIPIENT, o->sides[CODE_ACTOR][x], a->token);
            any = true;
        }
        return;
    }
}

/* "India demanded his release": of those who are told to hold him. */
static void take_captor(coder *c, candidate *e) {
    const casus_clause *k = &c->parse->clauses[e->clause];
    if (e->type != CODE_REQUEST || k->kind != CASUS_CLAUSE_VERB || is_closed(c, e) ||
        e->n_sides[CODE_RECIPIENT])
        return;
    for (uint32_t i = 0; i < k->n_args; i++) {
        const casus_arg *a = &k->args[i];
        if ((a->role != CASUS_ROLE_OBJ && a->role != CASUS_ROLE_PREP) || a->clause == CASUS_NONE)
            continue;
        const casus_clause *noun = &c->parse->clauses[a->clause];
        if (noun->kind != CASUS_CLAUSE_NOUN ||
            !casus_slice_is(c->parse->tokens[noun->head].lemma, "release"))
            continue;
        uint32_t freed = CASUS_NONE;
        for (uint32_t x = 0; x < noun->n_args && freed == CASUS_NONE; x++)
            if (noun->args[x].role == CASUS_ROLE_POSS ||
                (noun->args[x].role == CASUS_ROLE_PREP && casus_slice_is(noun->args[x].prep, "of")))
                freed = code_actor_at(c, noun->args[x].token, false);
        size_t at = (size_t)(e - c->candidates);
        for (uint32_t n = 0; freed != CASUS_NONE && at > 0 && n < CAPTORS_BACK; n++) {
            const candidate *o = &c->candidates[--at];
            if (o->dropped || (o->type != CODE_COERCE && o->type != CODE_ASSAULT) ||
                !has_chain(c, o, CODE_RECIPIENT, freed))
                continue;
            for (uint32_t x = 0; x < o->n_sides[CODE_ACTOR]; x++)
                if (!has_chain(c, e, CODE_ACTOR, o->sides[CODE_ACTOR][x]))
                    code_add_side(c, e, CODE_RECIPIENT, o->sides[CODE_ACTOR][x], a->token);
            return;
        }
    }
}

/* "lodged a protest with Tokyo" is a complaint and no march: with whom. */
static void take_lodged(coder *c, candidate *e) {
    static const char *const verbs[] = {"lodge", "file", "register", "submit", "deliver",
                                        "send",  "hand", "convey",   "issue",  NULL};
    const casus_clause *k = &c->parse->clauses[e->clause];
    if (e->type != CODE_ACCUSE || k->kind != CASUS_CLAUSE_VERB ||
        !code_is_one_of(c->parse->tokens[k->head].lemma, verbs))
        return;
    for (uint32_t i = 0; i < k->n_args; i++) {
        const casus_arg *a = &k->args[i];
        if (a->role != CASUS_ROLE_OBJ || a->clause == CASUS_NONE) continue;
        const casus_clause *noun = &c->parse->clauses[a->clause];
        const uint32_t own = c->of_clause[a->clause];
        if (own != CASUS_NONE && c->candidates[own].type == CODE_PROTEST)
            c->candidates[own].dropped = true;
        for (uint32_t x = 0; x < noun->n_args && !e->n_sides[CODE_RECIPIENT]; x++) {
            const casus_arg *b = &noun->args[x];
            if (b->role == CASUS_ROLE_PREP &&
                (casus_slice_is(b->prep, "with") || casus_slice_is(b->prep, "against") ||
                 casus_slice_is(b->prep, "to")))
                take(c, e, b);
        }
    }
}

/* "revoked the senator's visa", "froze accounts of the firm", "questioned the president's power":
 * whose the object is. An event noun as object tells its own sides. */
static void take_owner(coder *c, candidate *e) {
    const casus_clause *k = &c->parse->clauses[e->clause];
    if (e->type != CODE_SANCTION && e->type != CODE_COERCE && e->type != CODE_ACCUSE &&
        e->type != CODE_REJECT && e->type != CODE_SUPPORT && e->type != CODE_ASSAULT)
        return;
    if (!e->n_sides[CODE_ACTOR] || is_closed(c, e)) return;
    if (k->kind == CASUS_CLAUSE_NOUN) {
        if (e->type == CODE_SANCTION || e->type == CODE_COERCE) take_of(c, e, k, BEHIND_DEPTH);
        if (e->type == CODE_ACCUSE) take_cause(c, e, k);
        return;
    }
    for (uint32_t i = 0; i < k->n_args && !e->n_sides[CODE_RECIPIENT]; i++) {
        const casus_arg *a = &k->args[i];
        if (a->role != CASUS_ROLE_OBJ || a->clause == CASUS_NONE || a->flags & CASUS_ARG_SHARED)
            continue;
        const casus_clause *noun = &c->parse->clauses[a->clause];
        if (noun->kind != CASUS_CLAUSE_NOUN) continue;
        if (code_actor_at(c, a->token, true) != CASUS_NONE) continue;
        const uint32_t own = c->of_clause[a->clause];
        const bool measure = e->type == CODE_SANCTION || e->type == CODE_COERCE;
        const bool talks =
            e->type == CODE_REJECT && own != CASUS_NONE && c->candidates[own].type == CODE_CONSULT;
        if (!measure && !talks && own != CASUS_NONE) continue;
        if (!take_of(c, e, noun, BEHIND_DEPTH) && talks) take_cause(c, e, noun);
    }
}

/* "called the minister's decision shameful": where the parser makes one phrase of noun and
 * adjective, whose the noun is. */
static void take_called(coder *c, candidate *e) {
    const casus_parse *p = c->parse;
    const casus_clause *k = &p->clauses[e->clause];
    if ((e->type != CODE_ACCUSE && e->type != CODE_REJECT && e->type != CODE_SUPPORT) ||
        k->kind != CASUS_CLAUSE_VERB || !e->n_sides[CODE_ACTOR] || is_closed(c, e))
        return;
    for (uint32_t i = 0; i < k->n_args; i++) {
        const casus_arg *a = &k->args[i];
        if (a->role != CASUS_ROLE_PRED) continue;
        for (uint32_t t = a->first; t < a->token && !e->n_sides[CODE_RECIPIENT]; t++) {
            const uint32_t at = p->clause_of[t];
            if (at == CASUS_NONE || p->clauses[at].kind != CASUS_CLAUSE_NOUN ||
                p->clauses[at].head != t || p->clauses[at].parent != CASUS_NONE)
                continue;
            take_of(c, e, &p->clauses[at], BEHIND_DEPTH);
        }
    }
}

/* "opened fire on a bus carrying pilgrims": those in it are hit. */
static void take_carried(coder *c, candidate *e) {
    static const char *const bears[] = {"carry", "transport", "ferry", "convey", "contain", NULL};
    const casus_clause *k = &c->parse->clauses[e->clause];
    if ((e->type != CODE_ASSAULT && e->type != CODE_COERCE) || k->kind != CASUS_CLAUSE_VERB) return;
    for (uint32_t i = 0; i < k->n_args; i++) {
        const casus_arg *a = &k->args[i];
        if ((a->role != CASUS_ROLE_OBJ && a->role != CASUS_ROLE_PREP) || a->clause == CASUS_NONE)
            continue;
        const uint32_t at = c->mentions->at[a->token];
        const bool hit = e->n_sides[CODE_RECIPIENT] == 1 && at == e->sides[CODE_RECIPIENT][0];
        if (!hit && (e->n_sides[CODE_RECIPIENT] || a->role != CASUS_ROLE_OBJ)) continue;
        const casus_clause *noun = &c->parse->clauses[a->clause];
        for (uint32_t x = 0; x < noun->n_args && noun->kind == CASUS_CLAUSE_NOUN; x++) {
            const casus_arg *b = &noun->args[x];
            if (b->role != CASUS_ROLE_RELCL || b->clause == CASUS_NONE) continue;
            const casus_clause *verb = &c->parse->clauses[b->clause];
            if (!code_is_one_of(c->parse->tokens[verb->head].lemma, bears) ||
                verb->flags & CASUS_CLAUSE_PASSIVE)
                continue;
            bool any = false;
            for (uint32_t y = 0; y < verb->n_args; y++) {
                const casus_arg *load = &verb->args[y];
                const uint32_t m = load->role == CASUS_ROLE_OBJ
                                       ? code_actor_at(c, load->token, false)
                                       : CASUS_NONE;
                if (m == CASUS_NONE || has_chain(c, e, CODE_ACTOR, m)) continue;
                if (!any && hit) e->n_sides[CODE_RECIPIENT] = 0;
                code_add_side(c, e, CODE_RECIPIENT, m, load->token);
                any = true;
            }
            if (any) return;
        }
    }
}

/* ---- the act that a report is about ------------------------------------------------------ */

/* The first deed of the report, told in its first paragraphs by one who rules, or NULL. */
static const candidate *lead_of(const coder *c) {
    const casus_parse *p = c->parse;
    const candidate *lead = NULL;
    for (size_t i = 0; i < c->n; i++) {
        const candidate *o = &c->candidates[i];
        const casus_clause *k = &p->clauses[o->clause];
        if (p->sentences[k->sent].para > LEAD_PARAS) break;
        const bool deed = o->type == CODE_RETREAT || o->type == CODE_SANCTION ||
                          o->type == CODE_COERCE || o->type == CODE_MOBILIZE ||
                          o->type == CODE_CONCEDE || o->type == CODE_THREATEN;
        if (o->dropped || !deed || o->n_sides[CODE_ACTOR] != 1) continue;
        const casus_actor *a = &c->mentions->items[o->sides[CODE_ACTOR][0]].actor;
        const char *first = a->n_sectors ? a->sectors[0] : "";
        const bool rules = !a->n_sectors || strcmp(first, "GOV") == 0 ||
                           strcmp(first, "JUD") == 0 || strcmp(first, "LEG") == 0 ||
                           strcmp(first, "MIL") == 0 || strcmp(first, "IGO") == 0;
        if (!rules || !(a->country[0] || a->code[0])) continue;
        if (!lead) lead = o;
        const casus_actor *b = &c->mentions->items[lead->sides[CODE_ACTOR][0]].actor;
        if (strcmp(a->country, b->country) != 0 || strcmp(a->code, b->code) != 0) return NULL;
    }
    return lead;
}

/* "critics condemned the decision", "welcomed the move", where no act near by is meant: the one of
 * whom the report tells the deed at its head. */
static void take_lead(coder *c, candidate *e, const candidate *lead) {
    static const char *const words[] = {"decision",     "move",    "step", "plan",
                                        "announcement", "measure", NULL};
    const casus_parse *p = c->parse;
    const casus_clause *k = &p->clauses[e->clause];
    if ((e->type != CODE_ACCUSE && e->type != CODE_SUPPORT && e->type != CODE_REJECT) ||
        k->kind != CASUS_CLAUSE_VERB || e->n_sides[CODE_ACTOR] == 0 || is_closed(c, e) ||
        p->sentences[k->sent].para <= LEAD_PARAS)
        return;
    for (uint32_t i = 0; i < k->n_args; i++) {
        const casus_arg *a = &k->args[i];
        if (a->role != CASUS_ROLE_OBJ || a->clause == CASUS_NONE) continue;
        const casus_clause *noun = &p->clauses[a->clause];
        if (noun->kind != CASUS_CLAUSE_NOUN || noun->n_args > 0 || !code_is_definite(c, noun) ||
            !code_is_one_of(p->tokens[noun->head].lemma, words))
            continue;
        if (!has_chain(c, e, CODE_ACTOR, lead->sides[CODE_ACTOR][0]))
            code_add_side(c, e, CODE_RECIPIENT, lead->sides[CODE_ACTOR][0], a->token);
        return;
    }
}

void code_fill_behind(coder *c) {
    const candidate *lead = lead_of(c);
    for (size_t i = 0; i < c->n && !c->no_memory; i++) {
        candidate *e = &c->candidates[i];
        if (e->dropped || e->n_sides[CODE_BOTH] > 1) continue;
        take_carried(c, e);
        take_freedom(c, e);
        if (!e->n_sides[CODE_RECIPIENT]) take_owner(c, e);
        if (!e->n_sides[CODE_RECIPIENT]) take_called(c, e);
        if (!e->n_sides[CODE_RECIPIENT]) take_target(c, e);
        take_asked_of(c, e);
        take_captor(c, e);
        take_lodged(c, e);
        if (!e->n_sides[CODE_RECIPIENT]) take_asker(c, e);
        if (lead && !e->n_sides[CODE_RECIPIENT]) take_lead(c, e, lead);
    }
}
