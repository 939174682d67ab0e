/* weigh.c - throws out candidates that are no event in their place: titles without a verb,
 * purposes, accusations and demands that nobody utters; and joins the same act told twice in one
 * sentence.
 *
 * Runs behind status and reference; one pass over the candidates and, for verbless sentences, one
 * over the clauses. */
#include "code/code_int.h"

#define NEAR 4u       /* candidates before one that are looked at */
#define TITLE_MOST 7u /* words of a title that may end in a full stop */

static bool is_speech(uint8_t type) {
    return type == CODE_AGREE || type == CODE_SUPPORT || type == CODE_REQUEST ||
           type == CODE_ACCUSE || type == CODE_REJECT || type == CODE_THREATEN;
}

/* "..., to discuss trade", "troops there to fight rebels"; "used tear gas to break up the rally" */
static bool is_purpose(const coder *c, const candidate *e, const casus_clause *k) {
    if (k->kind != CASUS_CLAUSE_VERB || k->mood != CASUS_MOOD_INFINITIVE || k->parent == CASUS_NONE)
        return false;
    if (e->status == CODE_URGED && e->of != CASUS_NONE) return false;
    if (code_row_asks(c, &c->code->rows[e->row], CODE_COND_COMMAND)) return false;
    /* "will move to establish relations", "votes to lift the ban": the act itself */
    static const char *const towards[] = {"move", "vote", "agree", "decide", "opt", NULL};
    if (k->parent_role == CASUS_ROLE_ADVCL)
        return e->status == CODE_NEGATED || !e->n_sides[CODE_ACTOR] ||
               c->of_clause[k->parent] != CASUS_NONE ||
               c->parse->clauses[k->parent].mood != CASUS_MOOD_INDICATIVE ||
               !code_is_one_of(c->parse->tokens[c->parse->clauses[k->parent].head].lemma, towards);
    const uint32_t above = c->of_clause[k->parent];
    if (k->parent_role != CASUS_ROLE_XCOMP || e->status != CODE_PLANNED || e->of != CASUS_NONE ||
        above == CASUS_NONE)
        return false;
    const candidate *a = &c->candidates[above];
    return !a->dropped && !c->code->rows[a->row].n_content &&
           (a->type == CODE_ASSAULT || a->type == CODE_COERCE || a->type == CODE_MOBILIZE ||
            a->type == CODE_PROTEST);
}

/* "alleged smugglers", "a strike attributed to rebels": a modifier with no speaker. */
static bool is_unspoken(const candidate *e, const casus_clause *k) {
    if (!is_speech(e->type) || e->n_sides[CODE_ACTOR]) return false;
    if (k->kind != CASUS_CLAUSE_VERB || k->mood != CASUS_MOOD_PARTICIPLE) return false;
    return k->parent_role == CASUS_ROLE_MOD || k->parent_role == CASUS_ROLE_RELCL;
}

/* A side with a public role: a state, an office, a force, a party, an organisation, a crowd named
 * for its cause; no mere citizens, firms, patients or pupils. */
static bool is_public(const coder *c, const casus_mention *m) {
    static const char private_sectors[] = "CVL BUS MED EDU AGR UNK ";
    const casus_actor *a = &m->actor;
    if (a->code[0] || a->person.len || a->office.len || code_has_cause(c, m)) return true;
    if (!a->n_sectors)
        return m->kind == CASUS_MENTION_COUNTRY || (m->has_place && m->place.country[0]) ||
               (m->kind == CASUS_MENTION_ORG && a->name.len) ||
               (a->country[0] && m->kind != CASUS_MENTION_GROUP && m->kind != CASUS_MENTION_PERSON);
    for (uint32_t i = 0; i < a->n_sectors; i++) {
        char one[5] = {a->sectors[i][0], a->sectors[i][1], a->sectors[i][2], ' ', 0};
        if (!strstr(private_sectors, one)) return true;
    }
    return false;
}

/* A people named as such: "Britons", "Palestinians". */
static bool is_people(const coder *c, const casus_mention *m) {
    return m->actor.country[0] && m->kind == CASUS_MENTION_GROUP &&
           c->parse->tokens[m->head].pos == CASUS_POS_PROPN;
}

/* "for the murder of his girlfriend", "the rape of nine patients": ordinary crime, unless a side
 * has a public role or is a people. */
static bool is_crime(const coder *c, const candidate *e) {
    const casus_parse *p = c->parse;
    if (!code_cue_of(c->code, c->lemmas[p->clauses[e->clause].head], CODE_CUE_CRIME)) return false;
    for (int side = CODE_ACTOR; side <= CODE_MEDIATOR; side++)
        for (uint32_t i = 0; i < e->n_sides[side]; i++) {
            const casus_mention *m = &c->mentions->items[e->sides[side][i]];
            if (is_public(c, m) || is_people(c, m)) return false;
        }
    return true;
}

/* "was arrested, charged with murder and brought before the court": as public as the arrest. */
static bool goes_with_arrest(const coder *c, const candidate *e) {
    const casus_clause *k = &c->parse->clauses[e->clause];
    if (e->type != CODE_ACCUSE || e->n_sides[CODE_ACTOR] || !e->n_sides[CODE_RECIPIENT])
        return false;
    const uint32_t beside[] = {k->parent, k->conjunct_of};
    for (int i = 0; i < 2; i++) {
        if (beside[i] >= c->parse->n_clauses || c->of_clause[beside[i]] == CASUS_NONE) continue;
        const candidate *a = &c->candidates[c->of_clause[beside[i]]];
        if (!a->dropped && a->type == CODE_COERCE && a->n_sides[CODE_RECIPIENT] &&
            a->sides[CODE_RECIPIENT][0] == e->sides[CODE_RECIPIENT][0])
            return true;
    }
    return false;
}

/* Between private persons: "they forgave their parents", "the airline funded the search". What
 * harms, holds or protests is left to the rows. */
static bool is_private(const coder *c, const candidate *e) {
    if (e->type == CODE_ASSAULT) return is_crime(c, e);
    if (e->type == CODE_COERCE || e->type == CODE_PROTEST || e->type == CODE_MOBILIZE ||
        e->type == CODE_SANCTION || e->type == CODE_RETREAT)
        return false;
    if (goes_with_arrest(c, e)) return false;
    uint32_t n = 0;
    for (int side = CODE_ACTOR; side <= CODE_MEDIATOR; side++)
        for (uint32_t i = 0; i < e->n_sides[side]; i++, n++)
            if (is_public(c, &c->mentions->items[e->sides[side][i]]) ||
                (e->type == CODE_AID && is_people(c, &c->mentions->items[e->sides[side][i]])))
                return false;
    return n > 0;
}

/* "flew to Florida": a journey within one's own country meets nobody. */
static bool is_at_home(const coder *c, const candidate *e) {
    static const char *const journeys[] = {"consult.fly.",    "consult.travel.",
                                           "consult.arrive.", "consult.touch_down.",
                                           "consult.leave.",  "consult.head.",
                                           "consult.go."};
    if (e->type != CODE_CONSULT || !e->n_sides[CODE_ACTOR] || !e->n_sides[CODE_RECIPIENT])
        return false;
    const casus_string id = code_string(c->code, c->code->rows[e->row].id);
    bool journey = false;
    for (size_t i = 0; i < sizeof journeys / sizeof *journeys && !journey; i++) {
        const size_t n = strlen(journeys[i]);
        journey = id.len > n && memcmp(id.ptr, journeys[i], n) == 0;
    }
    if (!journey) return false;
    /* the country of a nameless "minister" is only guessed, and from the place at that */
    const casus_actor *who = &c->mentions->items[e->sides[CODE_ACTOR][0]].actor;
    const char *home = who->country;
    if (!who->person.len) return false;
    for (uint32_t i = 0; i < e->n_sides[CODE_RECIPIENT]; i++) {
        const casus_mention *m = &c->mentions->items[e->sides[CODE_RECIPIENT][i]];
        const char *there = m->actor.country[0] ? m->actor.country : m->place.country;
        if (!home[0] || strcmp(home, there) != 0) return false;
    }
    return true;
}

#define RULES_BACK 12u /* clauses back in which a paragraph tells what may be done */

/* Is something told of a time: "on Monday", "last year"? */
static bool is_timed(const casus_clause *k) {
    for (uint32_t i = 0; i < k->n_args; i++)
        if (k->args[i].role == CASUS_ROLE_TIME) return true;
    return false;
}

/* "the council can impose sanctions on states that threaten peace", "an official can be removed";
 * in such a paragraph also "the council meets in New York": what may be done to anybody, no act. */
static bool is_rule(const coder *c, const candidate *e, const casus_clause *k) {
    const casus_parse *p = c->parse;
    if (k->kind == CASUS_CLAUSE_NOUN || is_timed(k) || k->flags & CASUS_CLAUSE_NEGATED ||
        k->tense == CASUS_TENSE_PAST)
        return false;
    for (uint32_t i = 0; i < e->n_sides[CODE_ACTOR]; i++) {
        const casus_mention *m = &c->mentions->items[e->sides[CODE_ACTOR][i]];
        if (m->kind != CASUS_MENTION_ORG && m->kind != CASUS_MENTION_GROUP) return false;
    }
    if (k->modality == CASUS_MODAL_CAN) {
        for (uint32_t i = 0; i < e->n_sides[CODE_RECIPIENT]; i++) {
            const casus_mention *m = &c->mentions->items[e->sides[CODE_RECIPIENT][i]];
            if (!m->actor.indefinite || m->actor.person.len) return false;
        }
        return e->n_sides[CODE_RECIPIENT] > 0 ||
               (e->n_sides[CODE_ACTOR] == 1 &&
                c->mentions->items[e->sides[CODE_ACTOR][0]].kind == CASUS_MENTION_ORG);
    }
    if (e->type != CODE_CONSULT || e->n_sides[CODE_ACTOR] != 1 || e->n_sides[CODE_RECIPIENT] ||
        k->tense != CASUS_TENSE_PRESENT || k->modality != CASUS_MODAL_NONE)
        return false;
    for (uint32_t i = e->clause, n = 0; i-- > 0 && n < RULES_BACK; n++) {
        const casus_clause *x = &p->clauses[i];
        if (p->sentences[x->sent].para != p->sentences[k->sent].para) return false;
        if (x->modality == CASUS_MODAL_CAN && x->tense != CASUS_TENSE_PAST) return true;
    }
    return false;
}

static void drop(candidate *e, const char *why) {
    e->dropped = true;
    e->why = why;
}

/* "carrying placards, they marched and chanted": what one crowd does in one sentence, at one time
 * and place, is one protest. */
static bool is_same_protest(const coder *c, const candidate *a, const candidate *b) {
    const casus_clause *k = &c->parse->clauses[a->clause], *l = &c->parse->clauses[b->clause];
    if (a->dropped || a->type != CODE_PROTEST || a->status != b->status ||
        k->kind != CASUS_CLAUSE_VERB || k->sent != l->sent ||
        (a->time && b->time && a->time != b->time) ||
        (a->place != CASUS_NONE && b->place != CASUS_NONE && a->place != b->place))
        return false;
    if (!a->n_sides[CODE_ACTOR]) return false;
    if (!b->n_sides[CODE_ACTOR]) { /* its subject is the doer of the other */
        for (uint32_t i = 0; i < l->n_args; i++)
            if (l->args[i].role == CASUS_ROLE_SUBJ)
                return l->args[i].token == c->mentions->items[a->sides[CODE_ACTOR][0]].head;
        return false;
    }
    const casus_mention *m = &c->mentions->items[a->sides[CODE_ACTOR][0]],
                        *n = &c->mentions->items[b->sides[CODE_ACTOR][0]];
    return m == n || (m->chain == n->chain && m->chain != CASUS_NONE);
}

static void join_protests(coder *c) {
    for (size_t i = 0; i < c->n; i++) {
        candidate *b = &c->candidates[i];
        if (b->dropped || b->type != CODE_PROTEST ||
            c->parse->clauses[b->clause].kind != CASUS_CLAUSE_VERB)
            continue;
        for (size_t back = 1; back <= i && back <= NEAR; back++) {
            candidate *a = b - back;
            if (!is_same_protest(c, a, b)) continue;
            const bool main = c->parse->clauses[a->clause].mood == CASUS_MOOD_INDICATIVE ||
                              c->parse->clauses[b->clause].mood != CASUS_MOOD_INDICATIVE;
            code_take_over(c, main ? a : b, main ? b : a);
            break;
        }
    }
}

static bool *with_verb(coder *c) {
    const casus_parse *p = c->parse;
    bool *v = casus_base_arena_zero(c->arena, p->n_sentences + 1, sizeof *v);
    for (uint32_t i = 0; v && i < p->n_clauses; i++)
        v[p->clauses[i].sent] |= p->clauses[i].kind != CASUS_CLAUSE_NOUN &&
                                 (p->clauses[i].mood != CASUS_MOOD_PARTICIPLE ||
                                  p->clauses[i].parent_role != CASUS_ROLE_MOD);
    /* "Militia clashes with rebels near the town.": what ends in a full stop is no title */
    for (uint32_t i = 0; v && i < p->n_sentences; i++) {
        uint32_t last = p->sentences[i].last;
        while (last > p->sentences[i].first && p->tokens[last - 1].pos == CASUS_POS_SPACE) last--;
        v[i] |= last > p->sentences[i].first + TITLE_MOST &&
                casus_slice_is(p->tokens[last - 1].form, ".");
    }
    return v;
}

/* All are scored before any is thrown out, so that the order does not matter. */
static void score_all(coder *c) {
    casus_buffer names;
    casus_base_buffer_init(&names, &c->code->memory);
    for (size_t i = 0; i < c->n && !c->no_memory; i++) {
        candidate *e = &c->candidates[i];
        if (e->dropped) continue;
        names.len = 0;
        /* without training there is nothing to add up, only features to show */
        e->score = c->code->trained || c->explain
                       ? (float)code_score(c, e, c->explain ? &names : NULL)
                       : 0.5f;
        if (!c->explain) continue;
        e->features = casus_base_arena_copy(c->arena, casus_slice_of(names.ptr, names.len));
        c->no_memory |= names.failed || !e->features.ptr;
    }
    casus_base_buffer_free(&names);
    for (size_t i = 0; i < c->n; i++) {
        candidate *e = &c->candidates[i];
        if (e->dropped) continue;
        if (c->code->n_weights) e->confidence = e->score;
        if (c->code->n_weights && e->score < c->code->threshold)
            drop(e, "the scored model finds it unlikely");
    }
}

void code_weigh(coder *c) {
    const casus_parse *p = c->parse;
    const bool *verb = with_verb(c);
    if (!verb) {
        c->no_memory = true;
        return;
    }
    for (size_t i = 0; i < c->n; i++) {
        candidate *e = &c->candidates[i];
        if (e->dropped) continue;
        const casus_clause *k = &p->clauses[e->clause];
        const candidate *a = e->same_as == CASUS_NONE ? NULL : &c->candidates[e->same_as];
        if (is_purpose(c, e, k))
            drop(e, "a purpose, no act");
        else if (is_at_home(c, e))
            drop(e, "a journey at home");
        else if (is_unspoken(e, k))
            drop(e, "nobody is named who says so");
        else if (is_rule(c, e, k))
            drop(e, "what may be done, no act");
        else if (is_private(c, e))
            drop(e, "between private persons");
        else if (k->kind == CASUS_CLAUSE_NOUN && !verb[k->sent])
            drop(e, "a title without a verb");
        if (e->dropped) continue;
        if (a && !a->dropped && p->clauses[a->clause].sent == k->sent && a->status == e->status)
            code_take_over(c, &c->candidates[e->same_as], e);
    }
    join_protests(c);
    score_all(c);
    /* who is the same as one thrown out is the same as nobody */
    for (size_t i = 0; i < c->n; i++) {
        candidate *e = &c->candidates[i];
        if (e->same_as != CASUS_NONE && c->candidates[e->same_as].dropped) e->same_as = CASUS_NONE;
    }
}
