/* crowd.c - people who are meant and not named: by an event noun of protest alone ("protests
 * erupted across X" are by people of X, "anti-government protests" are against its government), by
 * "a military deployment", by a number or an age ("arrested 19 more", "an 18-year-old was killed").
 *
 * Runs last: it names sides and neither keeps nor drops an event. The mentions that it makes stand
 * behind those of the text, in a copy that the coder alone sees; linear. */
#include "code/code_int.h"

#include <string.h>

typedef struct crowds {
    coder *c;
    casus_mentions *own; /* the coder's copy, NULL until a mention is made */
    size_t cap;
} crowds;

/* Country in which the act took place: of its place, else of the scene that is told. */
static const char *country_of(const coder *c, const candidate *e) {
    if (e->place != CASUS_NONE) {
        const casus_mention *m = &c->mentions->items[e->place];
        if (m->has_place && m->place.country[0]) return m->place.country;
        if (m->actor.country[0]) return m->actor.country;
    }
    /* "a strike paralysed Nigeria" */
    const casus_clause *clause = &c->parse->clauses[e->clause];
    for (uint32_t i = 0; i < clause->n_args && clause->kind == CASUS_CLAUSE_VERB; i++) {
        const casus_arg *a = &clause->args[i];
        const uint32_t m = a->role == CASUS_ROLE_OBJ ? c->mentions->at[a->token] : CASUS_NONE;
        if (m != CASUS_NONE && c->mentions->items[m].kind == CASUS_MENTION_COUNTRY)
            return c->mentions->items[m].actor.country;
    }
    return casus_know_country_at(c->mentions, c->parse, c->parse->clauses[e->clause].head);
}

/* Adds to a side the words [first, last) as a group of this country, which no mention is. */
static void add(crowds *x, candidate *e, int side, uint32_t first, uint32_t last,
                const char *country, const char *sector) {
    coder *c = x->c;
    casus_mentions *own = x->own;
    if (!own) {
        own = casus_base_arena_get(c->arena, sizeof *own);
        if (!own) {
            c->no_memory = true;
            return;
        }
        *own = *c->mentions;
        x->cap = own->n; /* full: the next step copies it */
    }
    casus_mention *items = casus_base_arena_grow(c->arena, own->items, own->n, (size_t)own->n + 1,
                                                 &x->cap, sizeof *items);
    if (!items) {
        c->no_memory = true;
        return;
    }
    casus_mention m = {.first = first,
                       .last = last,
                       .head = last - 1,
                       .kind = CASUS_MENTION_GROUP,
                       .chain = own->n};
    memcpy(m.actor.country, country, strlen(country) + 1);
    memcpy(m.actor.sectors[0], sector, sizeof m.actor.sectors[0]);
    m.actor.n_sectors = 1;
    m.actor.group = m.actor.indefinite = true;
    m.actor.reason = casus_slice_z("crowd");
    items[own->n] = m;
    own->items = items;
    x->own = own;
    c->mentions = own;
    code_add_side(c, e, side, own->n++, last - 1);
}

/* First token of "anti-government" before the noun, or CASUS_NONE. */
static uint32_t against_rulers(const coder *c, const casus_clause *noun, uint32_t *last) {
    static const char *const rulers[] = {"government", "regime", "establishment", NULL};
    static const char *const whole[] = {"antigovernment", "anti-government", "anti-regime",
                                        "anti-establishment", NULL};
    const casus_token *t = c->parse->tokens;
    for (uint32_t i = 0; i < noun->n_args; i++) {
        const uint32_t k = noun->args[i].token;
        if (noun->args[i].role != CASUS_ROLE_MOD) continue;
        *last = k + 1;
        if (code_is_one_of(t[k].lower, whole)) return k;
        if (k > 1 && code_is_one_of(t[k].lower, rulers) && casus_slice_is(t[k - 1].form, "-") &&
            casus_slice_is(t[k - 2].lower, "anti"))
            return k - 2;
    }
    return CASUS_NONE;
}

/* The noun that names the protest: the candidate's own, or the subject of its verb ("a general
 * strike paralysed the city"); NULL when there is none. */
static const casus_clause *noun_of(const coder *c, const candidate *e) {
    const casus_clause *clause = &c->parse->clauses[e->clause];
    if (clause->kind == CASUS_CLAUSE_NOUN) return clause;
    for (uint32_t i = 0; i < clause->n_args && clause->kind == CASUS_CLAUSE_VERB; i++) {
        const casus_arg *a = &clause->args[i];
        if (a->role != CASUS_ROLE_SUBJ || a->clause == CASUS_NONE || a->flags & CASUS_ARG_SHARED)
            continue;
        const casus_clause *noun = &c->parse->clauses[a->clause];
        const uint32_t row = noun->kind == CASUS_CLAUSE_NOUN
                                 ? code_best_row(c, noun, 'n', CODE_TABLE_EVENT)
                                 : CASUS_NONE;
        if (row != CASUS_NONE && c->code->rows[row].type == CODE_PROTEST) return noun;
    }
    return NULL;
}

/* "military deployment": whose forces move, when no nation is told. */
static void add_forces(crowds *x, candidate *e) {
    static const char *const words[] = {"military", "army", "troop", "naval", NULL};
    const coder *c = x->c;
    const casus_clause *noun = &c->parse->clauses[e->clause];
    if (e->type != CODE_MOBILIZE || e->n_sides[CODE_ACTOR] || noun->kind != CASUS_CLAUSE_NOUN)
        return;
    const char *country = country_of(c, e);
    for (uint32_t i = 0; i < noun->n_args && country[0]; i++) {
        const casus_arg *a = &noun->args[i];
        if (a->role != CASUS_ROLE_MOD || !code_is_one_of(c->parse->tokens[a->token].lemma, words))
            continue;
        add(x, e, CODE_ACTOR, a->token, noun->head + 1, country, "MIL");
        return;
    }
}

/* A number of people, or an age, that no mention is: "19", "19 more", "two others", "another",
 * "an 18-year-old". */
static bool is_number(const coder *c, uint32_t token) {
    static const char *const words[] = {"other",    "others", "another", "more", "dozen", "hundred",
                                        "thousand", "score",  "several", "many", NULL};
    const casus_token *k = &c->parse->tokens[token];
    if (c->mentions->at[token] != CASUS_NONE) return false;
    if (k->pos == CASUS_POS_NUM) return true;
    if (casus_slice_is(k->lower, "old")) return token > 1 && casus_slice_is(k[-1].form, "-");
    return code_is_one_of(k->lemma, words) || code_is_one_of(k->lower, words);
}

/* Whom a number goes on about: those to whom the act told before it in the sentence was done, or
 * the people named last before it. */
static const casus_actor *counted_before(const coder *c, const candidate *e, uint32_t token) {
    const uint32_t sent = c->parse->tokens[token].sent;
    for (size_t at = (size_t)(e - c->candidates); at-- > 0;) {
        const candidate *o = &c->candidates[at];
        if (c->parse->clauses[o->clause].sent != sent) break;
        for (uint32_t i = 0; i < o->n_sides[CODE_RECIPIENT]; i++) {
            const casus_mention *m = &c->mentions->items[o->sides[CODE_RECIPIENT][i]];
            if (m->kind == CASUS_MENTION_GROUP && m->head < token) return &m->actor;
        }
    }
    for (uint32_t t = token; t-- > c->parse->sentences[sent].first;) {
        const uint32_t i = c->mentions->at[t];
        if (i == CASUS_NONE || c->mentions->items[i].kind != CASUS_MENTION_GROUP) continue;
        bool doer = false;
        for (uint32_t k = 0; k < e->n_sides[CODE_ACTOR]; k++)
            doer |=
                c->mentions->items[e->sides[CODE_ACTOR][k]].chain == c->mentions->items[i].chain;
        const casus_actor *a = &c->mentions->items[i].actor;
        if (!doer && a->n_sectors && strcmp(a->sectors[0], "CVL") == 0) return a;
    }
    return NULL;
}

static void add_counted(crowds *x, candidate *e) {
    const coder *c = x->c;
    const casus_clause *k = &c->parse->clauses[e->clause];
    const casus_string mode = code_string(c->code, c->code->rows[e->row].mode);
    const bool taken = e->type == CODE_COERCE && mode.len &&
                       (strcmp(mode.ptr, "arrest") == 0 || strcmp(mode.ptr, "deport") == 0);
    if (e->n_sides[CODE_RECIPIENT] || k->kind != CASUS_CLAUSE_VERB ||
        (e->type != CODE_ASSAULT && e->type != CODE_RETREAT && !taken))
        return;
    for (uint32_t i = 0; i < k->n_args; i++) {
        const casus_arg *a = &k->args[i];
        if (a->role != CASUS_ROLE_OBJ || a->flags & CASUS_ARG_SHARED || !is_number(c, a->token))
            continue;
        const bool aged = casus_slice_is(c->parse->tokens[a->token].lower, "old");
        const casus_actor *who = aged ? NULL : counted_before(c, e, a->token);
        const char *country = who && who->country[0] ? who->country : country_of(c, e);
        if (country[0])
            add(x, e, CODE_RECIPIENT, a->first, a->last, country,
                who && who->n_sectors ? who->sectors[0] : "CVL");
        return;
    }
}

/* "police broke up the protest", "fired on the march": those in it. */
static void add_dispersed(crowds *x, candidate *e) {
    const coder *c = x->c;
    const casus_clause *k = &c->parse->clauses[e->clause];
    if (e->n_sides[CODE_RECIPIENT] || k->kind != CASUS_CLAUSE_VERB || !e->n_sides[CODE_ACTOR] ||
        (e->type != CODE_ASSAULT && e->type != CODE_COERCE))
        return;
    for (uint32_t i = 0; i < k->n_args; i++) {
        const casus_arg *a = &k->args[i];
        const bool on = a->role == CASUS_ROLE_PREP &&
                        (casus_slice_is(a->prep, "on") || casus_slice_is(a->prep, "at"));
        if ((a->role != CASUS_ROLE_OBJ && !on) || a->clause == CASUS_NONE) continue;
        const casus_clause *noun = &c->parse->clauses[a->clause];
        const uint32_t row = noun->kind == CASUS_CLAUSE_NOUN
                                 ? code_best_row(c, noun, 'n', CODE_TABLE_EVENT)
                                 : CASUS_NONE;
        if (row == CASUS_NONE || c->code->rows[row].type != CODE_PROTEST) continue;
        const char *country = country_of(c, e);
        if (country[0]) add(x, e, CODE_RECIPIENT, noun->head, noun->head + 1, country, "CVL");
        return;
    }
}

void code_crowd(coder *c) {
    static const char *const modes[] = {"demo", "riot", "strike", NULL};
    crowds x = {.c = c};
    for (size_t i = 0; i < c->n && !c->no_memory; i++) {
        candidate *e = &c->candidates[i];
        if (e->dropped) continue;
        add_forces(&x, e);
        add_counted(&x, e);
        if (!c->no_memory) add_dispersed(&x, e);
        if (e->type != CODE_PROTEST) continue;
        const casus_clause *noun = noun_of(c, e);
        const casus_string mode = code_string(c->code, c->code->rows[e->row].mode);
        if (!noun || (mode.len && !code_is_one_of(casus_slice_of(mode.ptr, mode.len), modes)))
            continue;
        const char *country = country_of(c, e);
        if (!country[0]) continue;
        uint32_t last = 0;
        const uint32_t first = against_rulers(c, noun, &last);
        if (first != CASUS_NONE && !e->n_sides[CODE_RECIPIENT])
            add(&x, e, CODE_RECIPIENT, first, last, country, "GOV");
        if (!e->n_sides[CODE_ACTOR] && !c->no_memory) {
            const bool work = mode.len && strcmp(mode.ptr, "strike") == 0;
            add(&x, e, CODE_ACTOR, noun->head, noun->head + 1, country, work ? "LAB" : "CVL");
        }
    }
}
