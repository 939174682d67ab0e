/* law.c - who does what a law does: "Austria passes a law banning veils", "signed an order that
 * bars migrants", "Iran's law forbidding protests".
 *
 * An act whose subject is a law, bill, order or decree is done by whoever passes or signs it, or
 * whose it is. Linear in the arguments of three clauses a candidate. */
#include "code/code_int.h"

static bool is_paper(const coder *c, uint32_t token) {
    static const char *const words[] = {"law",         "bill",       "decree",  "order",
                                        "legislation", "amendment",  "act",     "ordinance",
                                        "edict",       "regulation", "statute", "proclamation",
                                        "motion",      "directive",  "rule",    "resolution",
                                        "reform",      "measure",    "code",    "ruling",
                                        "injunction",  NULL};
    const casus_token *t = &c->parse->tokens[token];
    return t->pos != CASUS_POS_VERB &&
           (code_is_one_of(t->lemma, words) || code_is_one_of(t->lower, words));
}

static bool is_enacted(const coder *c, const casus_clause *verb) {
    static const char *const words[] = {"pass",       "adopt",   "approve",   "enact",    "sign",
                                        "promulgate", "issue",   "introduce", "ratify",   "impose",
                                        "implement",  "publish", "vote",      "announce", NULL};
    return code_is_one_of(c->parse->tokens[verb->head].lemma, words) &&
           !(verb->flags & CASUS_CLAUSE_NEGATED);
}

static bool take(coder *c, candidate *e, const casus_clause *from, uint8_t role) {
    bool any = false;
    for (uint32_t i = 0; i < from->n_args; i++) {
        const casus_arg *a = &from->args[i];
        if (a->role != role || (any && !(a->flags & CASUS_ARG_CONJUNCT))) continue;
        const uint32_t m = code_actor_at(c, a->token, false);
        if (m == CASUS_NONE) continue;
        code_add_side(c, e, CODE_ACTOR, m, a->token);
        any = true;
    }
    return any;
}

/* The subject of the act, when it is a law. */
static uint32_t paper_of(const coder *c, const casus_clause *k) {
    for (uint32_t i = 0; i < k->n_args; i++)
        if (k->args[i].role == CASUS_ROLE_SUBJ && is_paper(c, k->args[i].token))
            return k->args[i].token;
    return CASUS_NONE;
}

static void fill(coder *c, candidate *e) {
    const casus_parse *p = c->parse;
    const casus_clause *k = &p->clauses[e->clause];
    if (k->kind != CASUS_CLAUSE_VERB || k->flags & CASUS_CLAUSE_PASSIVE || k->modality) return;
    const uint32_t paper = paper_of(c, k);
    if (paper == CASUS_NONE) return;
    const uint32_t at = p->clause_of[paper];
    if (at == CASUS_NONE) return;
    const casus_clause *noun = &p->clauses[at];
    const casus_clause *verb = noun->parent == CASUS_NONE ? NULL : &p->clauses[noun->parent];
    if (verb && verb != k && verb->kind == CASUS_CLAUSE_VERB && is_enacted(c, verb))
        for (uint32_t i = 0; i < verb->n_args; i++)
            if (verb->args[i].role == CASUS_ROLE_OBJ && verb->args[i].token == paper &&
                take(c, e, verb, CASUS_ROLE_SUBJ))
                return;
    if (!take(c, e, noun, CASUS_ROLE_POSS)) take(c, e, noun, CASUS_ROLE_MOD);
}

void code_fill_law(coder *c) {
    for (size_t i = 0; i < c->n && !c->no_memory; i++) {
        candidate *e = &c->candidates[i];
        if (!e->dropped && !e->n_sides[CODE_ACTOR] &&
            (e->type == CODE_COERCE || e->type == CODE_SANCTION || e->type == CODE_CONCEDE ||
             e->type == CODE_REJECT || e->type == CODE_SUPPORT))
            fill(c, e);
    }
}
