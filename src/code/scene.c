/* scene.c - when and where an act took place: the time and the place that its own clause names,
 * then those of the event nouns and verbs that name the same act. */
#include "code/code_int.h"

/* The time of the act, in e->time, from and to; a deadline in e->due. True when it is dated. */
static bool set_time(const coder *c, candidate *e, uint32_t clause) {
    casus_when_fit fit;
    const uint32_t t = casus_when_clause_time(c->times, c->parse, clause, CASUS_NONE, &fit);
    if (t == CASUS_NONE) return false;
    const casus_time *found = &c->times->items[t];
    if (fit.bound == CASUS_BOUND_DUE) {
        if (!e->due) e->due = found;
        return false;
    }
    e->time = found;
    e->from = fit.from;
    e->to = fit.to;
    const int32_t today = c->parse->text->day; /* "has shelled the city since Tuesday" */
    if (fit.bound == CASUS_BOUND_SINCE && today != CASUS_NO_DAY && fit.to != CASUS_NO_DAY &&
        fit.to < today && c->parse->clauses[clause].flags & CASUS_CLAUSE_PERFECT)
        e->to = today;
    return true;
}

const casus_time *code_time_of_clause(const coder *c, const casus_clause *clause) {
    casus_when_fit fit;
    const uint32_t t =
        casus_when_clause_time(c->times, c->parse, (uint32_t)(clause - c->parse->clauses),
                               CASUS_NONE, &fit);
    return t == CASUS_NONE || fit.bound == CASUS_BOUND_DUE ? NULL : &c->times->items[t];
}

static void find_time(const coder *c, candidate *e) {
    if (set_time(c, e, e->clause)) return;
    if (e->light != CASUS_NONE && set_time(c, e, e->light)) return;
    for (uint32_t i = e->members; i != CASUS_NONE; i = c->candidates[i].next_member) {
        const candidate *m = &c->candidates[i];
        if (set_time(c, e, m->clause) || (m->light != CASUS_NONE && set_time(c, e, m->light)))
            return;
    }
}

/* ---- where ---- */

static bool is_one_of(casus_slice s, const char *const *words) {
    for (; *words; words++)
        if (casus_slice_is(s, *words)) return true;
    return false;
}

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

static const casus_mention *mention(const coder *c, uint32_t m) {
    return m == CASUS_NONE ? NULL : &c->mentions->items[m];
}

static const casus_mention *place_of(const coder *c, const candidate *e) {
    const casus_parse *p = c->parse;
    const bool noun = p->clauses[e->clause].kind == CASUS_CLAUSE_NOUN;
    const casus_mention *m = NULL;
    if (e->light != CASUS_NONE && noun)
        m = mention(c, casus_know_place_of_clause(c->mentions, p, e->light,
                                                  p->clauses[e->clause].head));
    if (!m) m = mention(c, casus_know_place_of_clause(c->mentions, p, e->clause, CASUS_NONE));
    for (uint32_t i = e->members; i != CASUS_NONE && !m; i = c->candidates[i].next_member)
        m = mention(c, casus_know_place_of_clause(c->mentions, p, c->candidates[i].clause,
                                                  CASUS_NONE));
    return m;
}

/* The name that covers a token, or NULL. */
static const casus_name *name_at(const casus_parse *p, uint32_t token) {
    uint32_t lo = 0, hi = p->n_names;
    while (lo < hi) {
        const uint32_t mid = (lo + hi) / 2;
        if (p->names[mid].last <= token)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < p->n_names && p->names[lo].first <= token ? &p->names[lo] : NULL;
}

/* The name of a place that a phrase of place of this clause brings and that nobody knows: "in Ain
 * Saadeh". */
static bool unknown_name(const coder *c, candidate *e, const casus_clause *k, int depth) {
    const casus_parse *p = c->parse;
    for (uint32_t i = 0; i < k->n_args; i++) {
        const casus_arg *a = &k->args[i];
        if (a->role != CASUS_ROLE_PREP || !locative(a->prep) || a->token >= p->n_tokens) continue;
        if (p->tokens[a->token].pos != CASUS_POS_PROPN) continue;
        const uint32_t m = c->mentions->at[a->token];
        if (m != CASUS_NONE && c->mentions->items[m].has_place) continue;
        const casus_name *name = name_at(p, a->token);
        if (!name || name->sort != CASUS_SORT_PLACE) continue;
        e->named = name->first;
        e->named_end = name->last;
        return true;
    }
    for (uint32_t i = 0; i < k->n_args && depth; i++) {
        const casus_arg *a = &k->args[i];
        if (a->clause == CASUS_NONE || a->flags & CASUS_ARG_SHARED) continue;
        if (a->role != CASUS_ROLE_OBJ && a->role != CASUS_ROLE_PREP) continue;
        const casus_clause *noun = &p->clauses[a->clause];
        if (noun->kind == CASUS_CLAUSE_NOUN && unknown_name(c, e, noun, depth - 1)) return true;
    }
    return false;
}

static void find_name(const coder *c, candidate *e) {
    const casus_parse *p = c->parse;
    if (unknown_name(c, e, &p->clauses[e->clause], 1)) return;
    if (e->light != CASUS_NONE && unknown_name(c, e, &p->clauses[e->light], 0)) return;
    for (uint32_t i = e->members; i != CASUS_NONE; i = c->candidates[i].next_member)
        if (unknown_name(c, e, &p->clauses[c->candidates[i].clause], 1)) return;
}

/* Acts on the ground: where the sentence has but one place, they took place there. */
static bool on_the_ground(uint8_t type) {
    return type == CODE_ASSAULT || type == CODE_COERCE || type == CODE_PROTEST ||
           type == CODE_MOBILIZE;
}

/* For each sentence the one place that a phrase of place names in it, CASUS_NONE when there is none
 * or there are several. "in Turbat, Balochistan, Pakistan" is one: the first. */
static uint32_t *scenes(coder *c) {
    const casus_parse *p = c->parse;
    uint32_t *scene = casus_base_arena_get(c->arena, (p->n_sentences + 1) * sizeof *scene);
    bool *several = casus_base_arena_zero(c->arena, p->n_sentences + 1, sizeof *several);
    if (!scene || !several) {
        c->no_memory = true;
        return NULL;
    }
    for (uint32_t k = 0; k <= p->n_sentences; k++) scene[k] = CASUS_NONE;
    for (uint32_t i = 0; i < p->n_clauses; i++) {
        const casus_clause *k = &p->clauses[i];
        for (uint32_t x = 0; x < k->n_args; x++) {
            const casus_arg *a = &k->args[x];
            const casus_mention *m = place_at(c, a);
            if (!m || a->flags & (CASUS_ARG_CONJUNCT | CASUS_ARG_SHARED)) continue;
            const uint32_t it = (uint32_t)(m - c->mentions->items);
            const uint32_t old = scene[k->sent];
            if (old == CASUS_NONE)
                scene[k->sent] = it;
            else if (old != it && c->mentions->items[old].chain != m->chain)
                several[k->sent] = true;
        }
    }
    for (uint32_t k = 0; k < p->n_sentences; k++)
        if (several[k]) scene[k] = CASUS_NONE;
    return scene;
}

/* A preposition that makes a time no day of the act. */
static bool bounds(casus_slice word) {
    static const char *const words[] = {"since", "until", "till",  "before", "after", "by",
                                        "than",  "from",  "ahead", "for",    NULL};
    return is_one_of(word, words);
}

/* The act over a time: up the heads to the first clause of a verb or of an event. */
static candidate *act_over(const coder *c, const casus_time *t) {
    const casus_parse *p = c->parse;
    uint32_t at = t->first;
    for (int depth = 0; depth < 16; depth++) {
        const uint32_t head = p->tokens[at].head;
        if (head == at) return NULL;
        at = head;
        if (at >= t->first && at < t->last) continue;
        if (p->tokens[at].pos == CASUS_POS_ADP && bounds(p->tokens[at].lower)) return NULL;
        const uint32_t k = p->clause_of[at];
        if (k == CASUS_NONE) continue;
        if (c->of_clause[k] != CASUS_NONE) {
            candidate *e = &c->candidates[c->of_clause[k]];
            if (e->merged != CASUS_NONE) e = &c->candidates[e->merged];
            return e->dropped ? NULL : e;
        }
        /* "the talks earlier this month were part of ...": the subject's */
        for (uint32_t i = 0; i < p->clauses[k].n_args; i++) {
            const casus_arg *a = &p->clauses[k].args[i];
            if (p->clauses[k].kind != CASUS_CLAUSE_PRED || a->role != CASUS_ROLE_SUBJ) continue;
            const uint32_t s = a->clause == CASUS_NONE ? CASUS_NONE : c->of_clause[a->clause];
            if (s != CASUS_NONE && !c->candidates[s].dropped) return &c->candidates[s];
        }
        if (p->clauses[k].kind != CASUS_CLAUSE_NOUN) return NULL;
    }
    return NULL;
}

/* Times that hang deeper: "in an attack on a base on Sunday"; and the time of what went on beside
 * it: "praised them as he hosted talks on Monday". */
static void find_deeper(coder *c) {
    static const char *const beside[] = {"as", "when", "while", NULL};
    for (uint32_t i = 0; i < c->times->n; i++) {
        const casus_time *t = &c->times->items[i];
        if ((t->type != CASUS_TIME_DATE && t->type != CASUS_TIME_TIME) || t->from == CASUS_NO_DAY)
            continue;
        candidate *e = act_over(c, t);
        if (!e || e->time) continue;
        e->time = t;
        e->from = t->from;
        e->to = t->to;
    }
    for (size_t i = 0; i < c->n; i++) {
        const candidate *o = &c->candidates[i];
        const casus_clause *k = &c->parse->clauses[o->clause];
        if (k->parent_role != CASUS_ROLE_ADVCL || !is_one_of(k->mark, beside)) continue;
        if (o->merged != CASUS_NONE) o = &c->candidates[o->merged];
        for (int depth = 0; o->time && depth < 3 && k->parent != CASUS_NONE; depth++) {
            const uint32_t above = k->parent;
            k = &c->parse->clauses[above];
            if (c->of_clause[above] == CASUS_NONE) continue;
            candidate *e = &c->candidates[c->of_clause[above]];
            if (e->dropped || e->time) continue;
            e->time = o->time;
            e->from = o->from;
            e->to = o->to;
        }
    }
}

/* An attack that leads into another country is done to it: "an offensive into northern Syria". */
static void hit_abroad(coder *c, candidate *e) {
    if (e->dropped || e->type != CODE_ASSAULT || e->place == CASUS_NONE ||
        e->n_sides[CODE_RECIPIENT] || e->n_sides[CODE_ACTOR] != 1)
        return;
    const casus_actor *doer = &c->mentions->items[e->sides[CODE_ACTOR][0]].actor;
    const char *there = c->mentions->items[e->place].place.country;
    if (!doer->country[0] || !there[0] || strcmp(doer->country, there) == 0) return;
    for (uint32_t i = 0; i < doer->n_sectors; i++) /* rebels act where they act */
        if (strcmp(doer->sectors[i], "REB") == 0 || strcmp(doer->sectors[i], "UAF") == 0) return;
    code_add_side(c, e, CODE_RECIPIENT, e->place, c->mentions->items[e->place].head);
}

void code_set_scene(coder *c) {
    const uint32_t *scene = scenes(c);
    if (!scene) return;
    for (size_t i = 0; i < c->n; i++) {
        candidate *e = &c->candidates[i];
        if (e->dropped) continue;
        find_time(c, e);
        const casus_mention *m = place_of(c, e);
        if (m)
            e->place = (uint32_t)(m - c->mentions->items);
        else if (on_the_ground(e->type))
            e->place = scene[c->parse->clauses[e->clause].sent];
        find_name(c, e);
    }
    find_deeper(c);
    for (size_t i = 0; i < c->n && !c->no_memory; i++) hit_abroad(c, &c->candidates[i]);
}
