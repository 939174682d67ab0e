/* match.c - does a row's pattern hold of a clause? A row is found by its head lemma; conditions are
 * tried in the order of their number, so the first row that holds is the most specific. Cost: the
 * conditions of the head's rows times the clause's arguments. */
#include "code/code_int.h"

static bool empty_actor(const casus_actor *a) {
    return !a->country[0] && !a->code[0] && !a->n_sectors && !a->name.len && !a->person.len;
}

uint32_t code_actor_at(const coder *c, uint32_t token, bool thing) {
    if (token >= c->parse->n_tokens) return CASUS_NONE;
    const uint32_t at = c->mentions->at[token];
    if (at == CASUS_NONE) return CASUS_NONE;
    const casus_mention *m = &c->mentions->items[at];
    if (m->kind == CASUS_MENTION_NONE || (m->kind == CASUS_MENTION_PLACE && !thing))
        return CASUS_NONE;
    return empty_actor(&m->actor) ? CASUS_NONE : at;
}

static bool has_sector(const casus_actor *a, const char *const *sectors) {
    for (uint32_t i = 0; i < a->n_sectors; i++)
        for (const char *const *s = sectors; *s; s++)
            if (strcmp(a->sectors[i], *s) == 0) return true;
    return false;
}

static bool is_money(const coder *c, uint32_t token) {
    const casus_parse *p = c->parse;
    uint32_t lo = 0, hi = p->n_names;
    while (lo < hi) {
        const uint32_t mid = (lo + hi) / 2;
        if (p->names[mid].last <= token)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < p->n_names && p->names[lo].first <= token && p->names[lo].sort == CASUS_SORT_MONEY;
}

bool code_token_is(const coder *c, uint32_t token, const code_value *v) {
    static const char *const armed[] = {"MIL", "COP", "REB", "UAF", "PRM", "SPY", NULL};
    if (token >= c->parse->n_tokens) return false;
    if (v->kind == CODE_IS_ANY) return true;
    if (v->kind == CODE_IS_LEMMA) return c->lemmas[token] == v->lemma;
    if (v->kind == CODE_IS_CLASS) {
        const code_word *w = code_word_of(c->code, c->lemmas[token]);
        return w && (w->mask[v->lemma / 64] >> (v->lemma % 64) & 1);
    }
    if (v->kind == CODE_IS_NUMBER) return c->parse->tokens[token].pos == CASUS_POS_NUM;
    if (v->kind == CODE_IS_MONEY) return is_money(c, token);
    const uint32_t at = c->mentions->at[token];
    if (at == CASUS_NONE) return false;
    const casus_mention *m = &c->mentions->items[at];
    switch (v->kind) {
    case CODE_IS_ACTOR:
        return code_actor_at(c, token, false) != CASUS_NONE;
    case CODE_IS_COUNTRY:
        return m->kind == CASUS_MENTION_COUNTRY;
    case CODE_IS_PERSON:
        return m->kind == CASUS_MENTION_PERSON ||
               (m->kind == CASUS_MENTION_GROUP && (m->actor.n_sectors || m->actor.group));
    case CODE_IS_ARMED:
        return has_sector(&m->actor, armed);
    case CODE_IS_PLACE:
        return m->has_place || m->kind == CASUS_MENTION_PLACE || m->kind == CASUS_MENTION_COUNTRY;
    default:
        return false;
    }
}

bool code_arg_in(const casus_arg *a, const code_ref *ref) {
    if (a->role != ref->role) return false;
    return a->role != CASUS_ROLE_PREP || code_hash(a->prep) == ref->prep;
}

static bool cond_holds(const coder *c, const code_cond *cond, const casus_clause *clause) {
    if (cond->op == CODE_COND_PASSIVE) return clause->flags & CASUS_CLAUSE_PASSIVE;
    if (cond->op == CODE_COND_ACTIVE) return !(clause->flags & CASUS_CLAUSE_PASSIVE);
    bool there = false, is = false;
    for (uint32_t i = 0; i < clause->n_args && !is; i++) {
        const casus_arg *a = &clause->args[i];
        bool in = false;
        for (uint32_t k = 0; k < cond->n_refs && !in; k++)
            in = code_arg_in(a, &c->code->refs[cond->refs + k]);
        if (!in) continue;
        there = true;
        for (uint32_t k = 0; k < cond->n && !is; k++)
            is = code_token_is(c, a->token, &c->code->values[cond->first + k]);
    }
    if (cond->op == CODE_COND_ABSENT) return !there;
    return cond->op == CODE_COND_IS_NOT ? !is : is;
}

bool code_row_holds(const coder *c, const code_row *row, const casus_clause *clause) {
    for (uint32_t i = 0; i < row->n_conds; i++)
        if (!cond_holds(c, &c->code->conds[row->conds + i], clause)) return false;
    return true;
}

uint32_t code_best_row(const coder *c, const casus_clause *clause, uint8_t kind, uint8_t table) {
    uint32_t n;
    const uint32_t *rows = code_rows(c->code, c->lemmas[clause->head], kind, table, &n);
    const uint64_t particle = clause->particle.len ? code_hash(clause->particle) : 0;
    for (uint32_t i = 0; i < n; i++) {
        const code_row *r = &c->code->rows[rows[i]];
        if (r->particle == particle && code_row_holds(c, r, clause)) return rows[i];
    }
    if (particle) /* "sent in troops": the verb alone, when no row wants this particle */
        for (uint32_t i = 0; i < n; i++) {
            const code_row *r = &c->code->rows[rows[i]];
            if (!r->particle && r->n_conds && code_row_holds(c, r, clause)) return rows[i];
        }
    return CASUS_NONE;
}
