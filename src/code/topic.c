/* topic.c - throws out what is only the topic of another act: talks that are asked for, what a
 * crowd protests against, acts without anybody who does or suffers them.
 *
 * Runs behind status, where contents are linked. One pass over the candidates, with a bounded walk
 * up their clauses. */
#include "code/code_int.h"

#define TOPIC_DEPTH_MOST 8u /* clauses above a clause that are looked at */

static bool nobody(const candidate *e) {
    return !e->n_sides[CODE_ACTOR] && !e->n_sides[CODE_RECIPIENT] && !e->n_sides[CODE_MEDIATOR];
}

/* Is somebody named among the arguments whom no table knows? */
static bool somebody_unknown(const coder *c, const casus_clause *k) {
    static const char *const words[] = {"he",   "she",     "they",   "him",      "her",
                                        "them", "another", "others", "hundreds", "dozens"};
    for (uint32_t i = 0; i < k->n_args; i++) {
        const casus_arg *a = &k->args[i];
        const casus_token *t = &c->parse->tokens[a->token];
        if (a->role != CASUS_ROLE_SUBJ && a->role != CASUS_ROLE_OBJ) continue;
        if (t->pos == CASUS_POS_PROPN || t->pos == CASUS_POS_NUM) return true;
        if (a->token > 1 && casus_slice_is(t->lower, "old") && t[-1].end == t->begin)
            return true; /* "a 19-year-old" */
        for (size_t w = 0; w < sizeof words / sizeof *words; w++)
            if (casus_slice_is(t->lower, words[w])) return true;
    }
    return false;
}

/* "that ban was lifted", "the bill was suspended": a measure told by itself, whoever took it. */
static bool is_told_of_measure(const candidate *e, const casus_clause *k) {
    return (e->type == CODE_CONCEDE || e->type == CODE_COERCE || e->type == CODE_SANCTION) &&
           k->kind == CASUS_CLAUSE_VERB && k->mood == CASUS_MOOD_INDICATIVE &&
           k->flags & CASUS_CLAUSE_PASSIVE && e->of == CASUS_NONE && e->status == CODE_HAPPENED &&
           (k->tense == CASUS_TENSE_PAST || k->flags & CASUS_CLAUSE_PERFECT);
}

static bool is_mode(const coder *c, const candidate *e, const char *mode) {
    const char *own = code_string(c->code, c->code->rows[e->row].mode).ptr;
    return own && strcmp(own, mode) == 0;
}

/* "two members of the band were arrested" */
static bool is_counted_person(const coder *c, const candidate *e, const casus_clause *k) {
    if (!is_mode(c, e, "arrest") && !is_mode(c, e, "release") && !is_mode(c, e, "convict"))
        return false;
    if (k->kind == CASUS_CLAUSE_NOUN) return true; /* "3,744 arrests": others are gone by now */
    for (uint32_t i = 0; i < k->n_args; i++) {
        const casus_arg *a = &k->args[i];
        if (a->role != CASUS_ROLE_OBJ || c->parse->tokens[a->token].pos != CASUS_POS_NOUN) continue;
        for (uint32_t t = a->first; t < a->last && t <= a->token; t++)
            if (c->parse->tokens[t].pos == CASUS_POS_NUM) return true;
    }
    return false;
}

/* "called for talks", "demanded an investigation": the request alone is coded. */
static bool is_asked_for(const coder *c, const candidate *e) {
    if (e->of == CASUS_NONE) return false;
    const candidate *speech = &c->candidates[e->of];
    if (speech->dropped) return false;
    if (speech->type == CODE_REJECT && e->status == CODE_NEGATED)
        return e->type == CODE_CONSULT || e->type == CODE_COOPERATE || e->type == CODE_AGREE ||
               e->type == CODE_SUPPORT;
    if (speech->type != CODE_REQUEST && speech->type != CODE_AGREE) return false;
    const bool noun = c->parse->clauses[e->clause].kind == CASUS_CLAUSE_NOUN;
    if (e->type == CODE_CONSULT) return noun || speech->type == CODE_REQUEST;
    if (speech->type != CODE_REQUEST) return false;
    if (is_mode(c, e, "investigate")) return true;
    return noun && !e->n_sides[CODE_RECIPIENT] &&
           (e->type == CODE_COOPERATE || e->type == CODE_AGREE || e->type == CODE_SUPPORT);
}

static bool speaks(uint8_t type) {
    return type == CODE_REQUEST || type == CODE_ACCUSE || type == CODE_PROTEST ||
           type == CODE_REJECT || type == CODE_SUPPORT;
}

/* "marched, demanding that ..."; "protests blaming the companies" */
static bool is_protested(const coder *c, const candidate *e) {
    const casus_parse *p = c->parse;
    const casus_clause *k = &p->clauses[e->clause];
    const bool crowd = e->type == CODE_PROTEST || k->mood != CASUS_MOOD_INDICATIVE;
    if (k->kind != CASUS_CLAUSE_VERB || !speaks(e->type) ||
        (k->mood == CASUS_MOOD_INDICATIVE && e->status != CODE_URGED))
        return false;
    uint32_t at = k->parent;
    for (uint32_t depth = 0; depth < TOPIC_DEPTH_MOST && at != CASUS_NONE; depth++) {
        const uint32_t other = c->of_clause[at];
        if (other != CASUS_NONE && &c->candidates[other] != e) {
            if (c->candidates[other].type == CODE_PROTEST) return true;
            if (crowd) return false;
        }
        if (p->clauses[at].parent == at) break;
        at = p->clauses[at].parent;
    }
    return false;
}

/* "a bill that would have allowed extradition" */
static bool is_unreal(const coder *c, uint32_t at) {
    const casus_parse *p = c->parse;
    for (uint32_t depth = 0; depth < TOPIC_DEPTH_MOST && at != CASUS_NONE; depth++) {
        const casus_clause *k = &p->clauses[at];
        if (k->modality == CASUS_MODAL_WOULD && k->flags & CASUS_CLAUSE_PERFECT) return true;
        if (k->parent == at ||
            (k->parent_role != CASUS_ROLE_XCOMP && k->parent_role != CASUS_ROLE_OBJ &&
             k->parent_role != CASUS_ROLE_PREP))
            return false;
        at = k->parent;
    }
    return false;
}

/* "Russian-backed forces", "the looted bronzes" */
static bool is_epithet(const coder *c, const casus_clause *k) {
    const casus_token *t = &c->parse->tokens[k->head];
    if (k->kind == CASUS_CLAUSE_VERB && k->mood == CASUS_MOOD_PARTICIPLE && k->head > 1 &&
        casus_slice_is(t[-1].form, "-") && t[-1].end == t->begin && t[-2].end == t[-1].begin &&
        t[-2].form.ptr[0] >= 'A' && t[-2].form.ptr[0] <= 'Z')
        return true; /* not "re-arrested" */
    return k->kind == CASUS_CLAUSE_VERB && k->mood == CASUS_MOOD_PARTICIPLE &&
           k->parent_role == CASUS_ROLE_MOD;
}

/* "an attack helicopter", "fighting positions": the name of a thing, unless it is a case, a wave, a
 * victim of the act. */
static bool is_compound(const coder *c, const candidate *e, const casus_clause *k) {
    static const char *const acts[] = {"incident", "attempt", "spree",  "wave",     "campaign",
                                       "series",   "case",    "victim", "survivor", "operation",
                                       "rampage",  "plot",    "deal",   "agreement"};
    const casus_parse *p = c->parse;
    if (!nobody(e) || k->kind != CASUS_CLAUSE_NOUN || k->parent_role != CASUS_ROLE_MOD ||
        k->parent == CASUS_NONE || c->of_clause[k->parent] != CASUS_NONE)
        return false;
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
        if (casus_slice_is(p->tokens[p->clauses[k->parent].head].lemma, acts[i])) return false;
    return true;
}

/* "of those killed, eleven were children": nobody is named. */
static bool is_of_those(const coder *c, const candidate *e, const casus_clause *k) {
    if (!nobody(e) || k->kind != CASUS_CLAUSE_VERB || k->mood != CASUS_MOOD_PARTICIPLE)
        return false;
    for (uint32_t i = 0; i < k->n_args; i++)
        if (k->args[i].role == CASUS_ROLE_OBJ && k->args[i].flags & CASUS_ARG_RELATIVE)
            return casus_slice_is(c->parse->tokens[k->args[i].token].lower, "those");
    return false;
}

/* "cleared the square, using tear gas": the gas is part of what was told before it. */
static bool is_means(const coder *c, const candidate *e, const casus_clause *k) {
    if (k->mood != CASUS_MOOD_GERUND || e->n_sides[CODE_RECIPIENT] ||
        !is_mode(c, e, "crowd-control"))
        return false;
    for (size_t at = (size_t)(e - c->candidates), tries = 0; at > 0 && tries < 4; tries++) {
        const candidate *o = &c->candidates[--at];
        if (c->parse->clauses[o->clause].sent != k->sent) return false;
        if (!o->dropped && (o->type == CODE_COERCE || o->type == CODE_ASSAULT)) return true;
    }
    return false;
}

/* "lifted the siege", "cut the aid": what is no more, told by a verb that is an act itself. */
static bool is_undone(const coder *c, const candidate *e, const casus_clause *k) {
    if (k->kind == CASUS_CLAUSE_NOUN && k->parent != CASUS_NONE && e->type == CODE_COERCE &&
        k->parent_role == CASUS_ROLE_PREP && c->of_clause[k->parent] != CASUS_NONE) {
        const candidate *free = &c->candidates[c->of_clause[k->parent]];
        const casus_clause *up = &c->parse->clauses[k->parent];
        for (uint32_t i = 0; i < up->n_args && free->type == CODE_RETREAT && !free->dropped; i++)
            if (up->args[i].token == k->head && casus_slice_is(up->args[i].prep, "from"))
                return true; /* "released from police custody" */
    }
    if (k->kind != CASUS_CLAUSE_NOUN || k->parent == CASUS_NONE ||
        k->parent_role != CASUS_ROLE_OBJ || c->of_clause[k->parent] == CASUS_NONE)
        return false;
    const candidate *a = &c->candidates[c->of_clause[k->parent]];
    if (a == e || a->dropped || a->type == e->type) return false;
    return e->status == CODE_NEGATED || (a->type == CODE_SANCTION && e->type == CODE_AID);
}

/* "in an ambush and the shootout that followed", "protests and riots": one act. */
static void join_noun(coder *c, candidate *e, const casus_clause *k) {
    if (k->kind != CASUS_CLAUSE_NOUN || k->conjunct_of == CASUS_NONE || !nobody(e) ||
        (e->type != CODE_ASSAULT && e->type != CODE_PROTEST) ||
        c->of_clause[k->conjunct_of] == CASUS_NONE)
        return;
    candidate *to = &c->candidates[c->of_clause[k->conjunct_of]];
    if (to->merged != CASUS_NONE) to = &c->candidates[to->merged];
    if (to != e && !to->dropped && to->type == e->type && to->status == e->status)
        code_take_over(c, to, e);
}

/* "launched missiles at the base, targeting a radar": one act. */
static void join_gerund(coder *c, candidate *e) {
    const casus_parse *p = c->parse;
    const casus_clause *k = &p->clauses[e->clause];
    if (e->type != CODE_ASSAULT || k->mood != CASUS_MOOD_GERUND || k->parent == CASUS_NONE) return;
    for (uint32_t i = 0; i < k->n_args && k->mark.len; i++)
        if (k->args[i].role == CASUS_ROLE_ADV &&
            casus_slice_is(p->tokens[k->args[i].token].lower, "also"))
            return; /* "while also launching an attack on the port" */
    uint32_t above = k->parent;
    if (k->parent_role == CASUS_ROLE_RELCL && p->clauses[above].kind == CASUS_CLAUSE_NOUN &&
        c->of_clause[above] == CASUS_NONE && p->clauses[above].parent_role == CASUS_ROLE_OBJ)
        above = p->clauses[above].parent; /* "fired missiles targeting a ship" */
    else if (k->parent_role != CASUS_ROLE_ADVCL && k->parent_role != CASUS_ROLE_XCOMP)
        return;
    if (above == CASUS_NONE || c->of_clause[above] == CASUS_NONE) return;
    candidate *to = &c->candidates[c->of_clause[above]];
    if (to->merged != CASUS_NONE) to = &c->candidates[to->merged];
    if (to == e || to->dropped || to->type != CODE_ASSAULT) return;
    if (code_harms(c, e) && code_takes_ground(c, to)) return;
    if (e->n_sides[CODE_ACTOR] &&
        (!to->n_sides[CODE_ACTOR] || e->sides[CODE_ACTOR][0] != to->sides[CODE_ACTOR][0]))
        return;
    code_take_over(c, to, e);
}

static bool has_actor(const coder *c, const candidate *e, uint32_t mention) {
    for (uint32_t i = 0; i < e->n_sides[CODE_ACTOR]; i++)
        if (c->mentions->items[e->sides[CODE_ACTOR][i]].chain == c->mentions->items[mention].chain)
            return true;
    return false;
}

/* "refused to meet the envoy": the refusal is to the envoy. */
static void inherit(coder *c, const candidate *e) {
    if (e->of == CASUS_NONE || e->dropped) return;
    candidate *speech = &c->candidates[e->of];
    if (speech->dropped || speech->n_sides[CODE_RECIPIENT] || !speech->n_sides[CODE_ACTOR] ||
        c->code->rows[speech->row].content_doer != CODE_ACTOR)
        return;
    static const int from[] = {CODE_RECIPIENT, CODE_ACTOR};
    for (int k = 0; k < 2 && !speech->n_sides[CODE_RECIPIENT]; k++)
        for (uint32_t i = 0; i < e->n_sides[from[k]]; i++)
            if (!has_actor(c, speech, e->sides[from[k]][i]))
                code_add_side(c, speech, CODE_RECIPIENT, e->sides[from[k]][i],
                              e->side_tokens[from[k]]);
}

void code_topic(coder *c) {
    const casus_parse *p = c->parse;
    for (size_t i = 0; i < c->n && !c->no_memory; i++) inherit(c, &c->candidates[i]);
    for (size_t i = 0; i < c->n; i++) {
        candidate *e = &c->candidates[i];
        if (e->dropped) continue;
        const casus_clause *k = &p->clauses[e->clause];
        const bool told =
            e->type == CODE_PROTEST || e->type == CODE_ASSAULT || is_mode(c, e, "ceasefire") ||
            is_mode(c, e, "curfew") || is_mode(c, e, "martial-law") ||
            (e->type == CODE_MOBILIZE &&
             (k->mood == CASUS_MOOD_INDICATIVE || e->light != CASUS_NONE)) ||
            (e->type == CODE_CONSULT && k->kind == CASUS_CLAUSE_NOUN) || is_told_of_measure(e, k);
        const bool bare =
            nobody(e) && !told && !somebody_unknown(c, k) && !is_counted_person(c, e, k);
        e->why = bare                      ? "nobody is named who does or suffers it"
                 : is_epithet(c, k)        ? "an epithet"
                 : is_compound(c, e, k)    ? "part of another word's name"
                 : is_of_those(c, e, k)    ? "what those are called who act"
                 : is_means(c, e, k)       ? "the means of another act"
                 : is_undone(c, e, k)      ? "what another act undoes"
                 : is_asked_for(c, e)      ? "only asked for"
                 : is_protested(c, e)      ? "only what is protested against"
                 : is_unreal(c, e->clause) ? "below what is no fact"
                                           : NULL;
        if (e->why) {
            e->dropped = true;
        } else {
            join_gerund(c, e);
            if (!e->dropped) join_noun(c, e, k);
        }
    }
    for (size_t i = 0; i < c->n; i++) { /* and what hangs on a topic */
        candidate *e = &c->candidates[i];
        if (!e->dropped && e->of != CASUS_NONE && is_protested(c, &c->candidates[e->of])) {
            e->dropped = true;
            e->why = "only what is protested against";
        }
    }
}
