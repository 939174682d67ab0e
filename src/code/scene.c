/* scene.c - when and where an act took place: the time and the place that its own clause names,
 * then those of the event nouns and verbs that name the same act. */
#include "code/code_int.h"

static const casus_time *time_in(const coder *c, uint32_t first, uint32_t last) {
    uint32_t lo = 0, hi = c->times->n;
    while (lo < hi) {
        const uint32_t mid = (lo + hi) / 2;
        if (c->times->items[mid].last <= first)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < c->times->n && c->times->items[lo].first < last ? &c->times->items[lo] : NULL;
}

/* The time among a clause's own arguments that is a point, not a mere length. */
const casus_time *code_time_of_clause(const coder *c, const casus_clause *clause) {
    const casus_time *best = NULL;
    for (uint32_t i = 0; i < clause->n_args; i++) {
        const casus_arg *a = &clause->args[i];
        if (a->flags & CASUS_ARG_CLAUSE && a->role != CASUS_ROLE_PREP) continue;
        if (a->role != CASUS_ROLE_TIME && a->role != CASUS_ROLE_PREP && a->role != CASUS_ROLE_ADV &&
            a->role != CASUS_ROLE_MOD && a->role != CASUS_ROLE_POSS)
            continue;
        if (a->role == CASUS_ROLE_PREP &&
            (casus_slice_is(a->prep, "until") || casus_slice_is(a->prep, "by")))
            continue;
        const casus_time *t = time_in(c, a->first, a->last);
        if (!t || t->from == CASUS_NO_DAY || (t->first > a->token || a->token >= t->last)) continue;
        if (!best || best->type == CASUS_TIME_DURATION) best = t;
    }
    return best;
}

static const casus_time *time_of(const coder *c, const candidate *e) {
    const casus_parse *p = c->parse;
    const casus_time *t = code_time_of_clause(c, &p->clauses[e->clause]);
    if (!t && e->light != CASUS_NONE) t = code_time_of_clause(c, &p->clauses[e->light]);
    for (uint32_t i = e->members; i != CASUS_NONE && !t; i = c->candidates[i].next_member)
        t = code_time_of_clause(c, &p->clauses[c->candidates[i].clause]);
    return t;
}

/* ---- where ---- */

static bool locative(casus_slice prep) {
    static const char *const words[] = {"in",       "at",      "near",       "outside",  "inside",
                                        "around",   "across",  "on",         "along",    "off",
                                        "over",     "within",  "throughout", "close to", "north of",
                                        "south of", "east of", "west of",    "from"};
    for (size_t i = 0; i + 1 < sizeof words / sizeof *words; i++)
        if (casus_slice_is(prep, words[i])) return true;
    return false;
}

static const casus_mention *place_at(const coder *c, const casus_arg *a) {
    if (a->role != CASUS_ROLE_PREP || !locative(a->prep) || a->token >= c->parse->n_tokens)
        return NULL;
    const uint32_t m = c->mentions->at[a->token];
    if (m == CASUS_NONE) return NULL;
    const casus_mention *x = &c->mentions->items[m];
    return x->has_place ? x : NULL;
}

/* The most precise place among the clause's arguments, then among those of its object. */
static const casus_mention *place_of_clause(const coder *c, const casus_clause *clause, int depth) {
    const casus_mention *best = NULL;
    for (uint32_t i = 0; i < clause->n_args; i++) {
        const casus_mention *m = place_at(c, &clause->args[i]);
        if (m &&
            (!best || (best->kind == CASUS_MENTION_COUNTRY && m->kind != CASUS_MENTION_COUNTRY)))
            best = m;
    }
    for (uint32_t i = 0; i < clause->n_args && !best && depth; i++) {
        const casus_arg *a = &clause->args[i];
        if (a->clause == CASUS_NONE || c->parse->clauses[a->clause].kind != CASUS_CLAUSE_NOUN)
            continue;
        if (a->role == CASUS_ROLE_OBJ || a->role == CASUS_ROLE_SUBJ || a->role == CASUS_ROLE_PREP)
            best = place_of_clause(c, &c->parse->clauses[a->clause], depth - 1);
    }
    return best;
}

static const casus_mention *place_of(const coder *c, const candidate *e) {
    const casus_parse *p = c->parse;
    const casus_mention *m = place_of_clause(c, &p->clauses[e->clause], 1);
    if (!m && e->light != CASUS_NONE) m = place_of_clause(c, &p->clauses[e->light], 0);
    for (uint32_t i = e->members; i != CASUS_NONE && !m; i = c->candidates[i].next_member)
        m = place_of_clause(c, &p->clauses[c->candidates[i].clause], 1);
    /* "attacked Aleppo": a place that suffers the act is where it took place */
    for (uint32_t i = 0; i < e->n_sides[CODE_RECIPIENT] && !m; i++) {
        const casus_mention *r = &c->mentions->items[e->sides[CODE_RECIPIENT][i]];
        if (r->has_place && r->kind == CASUS_MENTION_PLACE) m = r;
    }
    return m;
}

void code_set_scene(coder *c) {
    for (size_t i = 0; i < c->n; i++) {
        candidate *e = &c->candidates[i];
        if (e->dropped) continue;
        e->time = time_of(c, e);
        const casus_mention *m = place_of(c, e);
        if (m) e->place = (uint32_t)(m - c->mentions->items);
    }
}
