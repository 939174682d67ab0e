/* scene.c - when and where an act took place: the time and the place that its own clause names,
 * then those of the event nouns and verbs that name the same act. */
#include "code/code_int.h"

/* "have been arrested since the protests began in June": from then until today. */
static bool set_since(const coder *c, candidate *e, const casus_clause *k) {
    const int32_t today = c->parse->text->day;
    if (!(k->flags & CASUS_CLAUSE_PERFECT) || k->tense != CASUS_TENSE_PRESENT ||
        today == CASUS_NO_DAY)
        return false;
    for (uint32_t i = 0; i < k->n_args; i++) {
        const casus_arg *a = &k->args[i];
        casus_when_fit fit;
        if ((a->role != CASUS_ROLE_ADVCL && a->role != CASUS_ROLE_PREP) ||
            a->clause == CASUS_NONE || !casus_slice_is(a->prep, "since"))
            continue;
        const uint32_t t = casus_when_clause_time(c->times, c->parse, a->clause, CASUS_NONE, &fit);
        if (t == CASUS_NONE || fit.from == CASUS_NO_DAY || fit.from > today) continue;
        e->time = &c->times->items[t];
        e->from = fit.from;
        e->to = today;
        return true;
    }
    return false;
}

/* The time of the act, in e->time, from and to; a deadline in e->due. True when it is dated. */
static bool set_time(const coder *c, candidate *e, uint32_t clause) {
    casus_when_fit fit;
    if (set_since(c, e, &c->parse->clauses[clause])) return true;
    const uint32_t t = casus_when_clause_time(c->times, c->parse, clause, CASUS_NONE, &fit);
    if (t == CASUS_NONE) return false;
    const casus_time *found = &c->times->items[t];
    if (fit.bound == CASUS_BOUND_DUE) {
        if (!e->due) e->due = found;
        return false;
    }
    const casus_clause *k = &c->parse->clauses[clause];
    if (fit.bound == CASUS_BOUND_SINCE && k->kind == CASUS_CLAUSE_VERB &&
        k->tense == CASUS_TENSE_PRESENT && e->status != CODE_ONGOING &&
        !(k->flags & (CASUS_CLAUSE_PERFECT | CASUS_CLAUSE_PROGRESSIVE)))
        return false; /* "protests its detention of the crew since May" */
    e->time = found;
    e->from = fit.from;
    e->to = fit.to;
    const int32_t today = c->parse->text->day; /* "has shelled the city since Tuesday" */
    if (fit.bound == CASUS_BOUND_SINCE && today != CASUS_NO_DAY && fit.to != CASUS_NO_DAY &&
        fit.to < today && k->flags & CASUS_CLAUSE_PERFECT)
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

/* Is the light verb no act of its own? "condemned the attack on Monday": that day it condemned. */
static bool of_its_verb(const coder *c, const candidate *e, uint32_t light) {
    if (light == CASUS_NONE) return false;
    if (c->of_clause[light] == CASUS_NONE) return true;
    if (c->parse->clauses[light].parent_role == CASUS_ROLE_RELCL) return true; /* "a call made" */
    const candidate *o = &c->candidates[c->of_clause[light]];
    if (o->merged != CASUS_NONE) o = &c->candidates[o->merged];
    return o == e || o->dropped;
}

static void find_time(const coder *c, candidate *e) {
    if (set_time(c, e, e->clause)) return;
    if (of_its_verb(c, e, e->light) && set_time(c, e, e->light)) return;
    for (uint32_t i = e->members; i != CASUS_NONE; i = c->candidates[i].next_member) {
        const candidate *m = &c->candidates[i];
        if (set_time(c, e, m->clause) || (of_its_verb(c, e, m->light) && set_time(c, e, m->light)))
            return;
    }
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
    uint32_t m = c->mentions->at[a->token];
    if (m == CASUS_NONE || !c->mentions->items[m].has_place)
        m = casus_know_place_of_phrase(c->mentions, c->parse, a->token);
    return m == CASUS_NONE ? NULL : &c->mentions->items[m];
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

static bool is_real(const candidate *e) {
    return e->status == CODE_HAPPENED || e->status == CODE_ONGOING || e->status == CODE_ALLEGED ||
           e->status == CODE_DENIED;
}

/* What a settlement or its part is called. */
static const char *const towns[] = {"village",  "town",     "city",          "camp",
                                    "district", "hamlet",   "settlement",    "neighborhood",
                                    "suburb",   "area",     "neighbourhood", "island",
                                    "region",   "commune",  "municipality",  "port",
                                    "water",    "outskirt", "coast",         "province",
                                    "state",    "county",   "territory",     "governorate",
                                    "vicinity", "forest",   "valley",        NULL};

/* "captured the town of X in Y Province", "seized control of X": the settlement that the act is
 * done to is where it is done, nearer than the region behind it. */
static uint32_t town_hit(const coder *c, const casus_clause *k) {
    const casus_parse *p = c->parse;
    for (uint32_t i = 0; i < k->n_args && k->kind == CASUS_CLAUSE_VERB; i++) {
        const casus_arg *a = &k->args[i];
        if (a->role != CASUS_ROLE_OBJ || a->clause == CASUS_NONE || a->flags & CASUS_ARG_SHARED)
            continue;
        const casus_slice what = p->tokens[a->token].lemma;
        if (!code_is_one_of(what, towns) && !casus_slice_is(what, "control")) continue;
        const casus_clause *noun = &p->clauses[a->clause];
        for (uint32_t x = 0; x < noun->n_args; x++) {
            const casus_arg *of = &noun->args[x];
            const uint32_t m = c->mentions->at[of->token];
            if ((of->role == CASUS_ROLE_PREP ? casus_slice_is(of->prep, "of")
                                             : of->role == CASUS_ROLE_APPOS) &&
                m != CASUS_NONE && c->mentions->items[m].has_place &&
                c->mentions->items[m].kind == CASUS_MENTION_PLACE)
                return m;
        }
    }
    return CASUS_NONE;
}

/* "Iraqi", whatever the statistical names make of it. */
static bool is_nation(const coder *c, uint32_t token) {
    const casus_token *t = &c->parse->tokens[token];
    return t->pos == CASUS_POS_ADJ && t->flags & CASUS_TOKEN_UPPER_INITIAL;
}

/* "on the Zamora-Carapan highway", "at Las Pampas airport", "in the Hiiraan and Gedo regions": a
 * noun of place with a name before it that the gazetteer does not have. */
static bool site_at(const coder *c, const casus_arg *a, candidate *e) {
    const casus_parse *p = c->parse;
    const uint32_t m = c->mentions->at[a->token];
    if (m != CASUS_NONE && c->mentions->items[m].has_place) return false;
    if (!casus_know_is_site(c->mentions, p->tokens[a->token].lower)) return false;
    /* "the border city of X", "the port town, X": the name behind it, but "the A area of X" */
    static const char *const same[] = {"city",     "town", "village", "capital", "hamlet",
                                       "township", "port", "island",  NULL};
    const uint32_t inner = p->clause_of[a->token];
    for (uint32_t i = 0; inner != CASUS_NONE && i < p->clauses[inner].n_args; i++) {
        const casus_arg *x = &p->clauses[inner].args[i];
        const bool of = x->role == CASUS_ROLE_PREP && casus_slice_is(x->prep, "of");
        const uint32_t n = c->mentions->at[x->token];
        if ((of || x->role == CASUS_ROLE_APPOS) &&
            code_is_one_of(p->tokens[a->token].lemma, same) && n != CASUS_NONE &&
            c->mentions->items[n].has_place && c->mentions->items[n].kind == CASUS_MENTION_PLACE)
            return false;
    }
    uint32_t first = a->token;
    while (first > a->first && a->token - first < 10) {
        const casus_token *t = &p->tokens[first - 1];
        if (t->pos != CASUS_POS_PROPN && t->pos != CASUS_POS_CCONJ && t->pos != CASUS_POS_ADJ &&
            t->pos != CASUS_POS_NOUN && t->pos != CASUS_POS_PUNCT && t->pos != CASUS_POS_PART)
            break;
        first--;
    }
    while (first < a->token && p->tokens[first].pos != CASUS_POS_PROPN && !is_nation(c, first))
        first++;
    if (first == a->token) return false;
    e->named = first;
    e->named_end = a->token + 1;
    return true;
}

/* "in the capital": of which the text names no other name there. */
static bool is_capital(const coder *c, const casus_arg *a, candidate *e) {
    const casus_parse *p = c->parse;
    const bool city = casus_slice_is(p->tokens[a->token].lemma, "city") && a->token > a->first &&
                      casus_slice_is(p->tokens[a->token - 1].lower, "capital");
    if (e->place != CASUS_NONE || !(city || casus_slice_is(p->tokens[a->token].lemma, "capital")) ||
        c->mentions->at[a->token] != CASUS_NONE ||
        !casus_slice_is(p->tokens[a->first].lower, "the") ||
        casus_know_place_of_phrase(c->mentions, p, a->token) != CASUS_NONE)
        return false;
    e->named = a->token - (city ? 1 : 0);
    e->named_end = a->token + 1;
    return true;
}

/* "struck the Mina Abdullah oil refinery", "stormed the Nasser hospital": what is hit is a place.
 */
static bool site_hit(const coder *c, const casus_clause *k, candidate *e) {
    if (e->type != CODE_ASSAULT || k->kind != CASUS_CLAUSE_VERB || !is_real(e)) return false;
    for (uint32_t i = 0; i < k->n_args; i++) {
        const casus_arg *a = &k->args[i];
        if (a->role != CASUS_ROLE_OBJ || a->flags & CASUS_ARG_SHARED ||
            a->token >= c->parse->n_tokens ||
            casus_slice_is(c->parse->tokens[a->first].lower, "a") || !site_at(c, a, e))
            continue;
        bool name = false; /* a name of its own: not "Iranian missile facilities" */
        for (uint32_t t = e->named; t < e->named_end && !name; t++) {
            const uint32_t m = c->mentions->at[t];
            name = c->parse->tokens[t].pos == CASUS_POS_PROPN &&
                   (m == CASUS_NONE || c->mentions->items[m].kind == CASUS_MENTION_PLACE ||
                    t + 1 == e->named_end);
        }
        if (name) return true;
        e->named = e->named_end = CASUS_NONE;
    }
    return false;
}

/* "outside of X", which the parser takes for two phrases. */
static bool is_outside(const casus_parse *p, const casus_arg *a) {
    static const char *const words[] = {"outside", "inside", NULL};
    for (uint32_t t = a->first; t > 1 && a->first - t < 2; t--)
        if (casus_slice_is(p->tokens[t - 1].lower, "of"))
            return code_is_one_of(p->tokens[t - 2].lower, words);
    return a->first > 0 && casus_slice_is(p->tokens[a->first].lower, "of") &&
           code_is_one_of(p->tokens[a->first - 1].lower, words);
}

/* The name of a place that a phrase of place of this clause brings and that nobody knows: "in Ain
 * Saadeh". */
static bool unknown_name(const coder *c, candidate *e, const casus_clause *k, int depth) {
    static const char *const apart[] = {"after", "before", "since",   "following",
                                        "until", "over",   "despite", NULL};
    const casus_parse *p = c->parse;
    const casus_token *head = &p->tokens[k->head];
    const bool town =
        k->kind == CASUS_CLAUSE_NOUN &&
        (code_is_one_of(head->lemma, towns) || (casus_slice_is(head->lemma, "control") &&
                                                e->type == CODE_ASSAULT)); /* "seized control" */
    for (uint32_t i = 0; i < k->n_args; i++) {
        const casus_arg *a = &k->args[i];
        if (a->role != CASUS_ROLE_PREP || a->token >= p->n_tokens) continue;
        if (!locative(a->prep) && !(casus_slice_is(a->prep, "of") && (town || is_outside(p, a))))
            continue;
        if (a->flags & CASUS_ARG_CONJUNCT) continue; /* "in X, Y State": X */
        if (site_at(c, a, e) || is_capital(c, a, e)) return true;
        if (p->tokens[a->token].pos != CASUS_POS_PROPN) continue;
        const uint32_t m = c->mentions->at[a->token];
        if (m != CASUS_NONE && c->mentions->items[m].has_place) continue;
        const casus_name *name = code_name_at(p, a->token);
        const bool of = town && casus_slice_is(a->prep, "of"); /* whatever the tagger says */
        if (!of && (!name || name->sort != CASUS_SORT_PLACE)) continue;
        e->named = name ? name->first : a->token;
        e->named_end = name ? name->last : a->token + 1;
        return true;
    }
    for (uint32_t i = 0; i < k->n_args && depth; i++) {
        const casus_arg *a = &k->args[i];
        if (a->clause == CASUS_NONE || a->flags & CASUS_ARG_SHARED) continue;
        const casus_clause *noun = &p->clauses[a->clause];
        /* "launched missiles targeting troops in Iraqi bases" */
        const bool goes_on = a->role == CASUS_ROLE_RELCL && noun->mood == CASUS_MOOD_GERUND &&
                             e->type == CODE_ASSAULT && e->place == CASUS_NONE;
        if (a->role != CASUS_ROLE_OBJ && a->role != CASUS_ROLE_PREP && !goes_on) continue;
        if (a->role == CASUS_ROLE_PREP && k->kind != CASUS_CLAUSE_NOUN &&
            (code_is_one_of(a->prep, apart) || casus_know_is_elsewhere(c->mentions, a->prep)))
            continue; /* "after an attack in the capital city they banned rallies" */
        if ((noun->kind == CASUS_CLAUSE_NOUN || goes_on) && unknown_name(c, e, noun, depth - 1))
            return true;
    }
    return false;
}

/* A verb of speech: where it was said is not where it was. */
static bool is_claimed(const coder *c, const casus_clause *k) {
    return code_best_row(c, k, 'v', CODE_TABLE_SPEECH) != CASUS_NONE;
}

/* Does `token` stand under `above` in the tree? Bounded. */
static bool stands_under(const casus_parse *p, uint32_t token, uint32_t above) {
    for (int depth = 0; depth < 24; depth++) {
        if (token == above) return true;
        const uint32_t up = p->tokens[token].head;
        if (up == token) return false;
        token = up;
    }
    return false;
}

static bool name_beside(const coder *c, candidate *e) {
    const casus_parse *p = c->parse;
    if (e->light != CASUS_NONE && unknown_name(c, e, &p->clauses[e->light], 0)) return true;
    const casus_clause *k = &p->clauses[e->clause]; /* "the march began outside X Hall" */
    if (k->kind == CASUS_CLAUSE_NOUN && k->parent < p->n_clauses &&
        (k->parent_role == CASUS_ROLE_SUBJ || k->parent_role == CASUS_ROLE_OBJ) &&
        p->clauses[k->parent].kind == CASUS_CLAUSE_VERB && c->of_clause[k->parent] == CASUS_NONE &&
        !is_claimed(c, &p->clauses[k->parent]) && unknown_name(c, e, &p->clauses[k->parent], 0))
        return true;
    for (uint32_t i = e->members; i != CASUS_NONE; i = c->candidates[i].next_member)
        if (unknown_name(c, e, &p->clauses[c->candidates[i].clause], 1)) return true;
    return false;
}

static void find_name(const coder *c, candidate *e) {
    if (unknown_name(c, e, &c->parse->clauses[e->clause], 3)) return;
    if (!name_beside(c, e)) {
        if (e->place == CASUS_NONE) site_hit(c, &c->parse->clauses[e->clause], e);
        return;
    }
    /* a town known by its own words is given up only for a site in it */
    if (e->place != CASUS_NONE && c->mentions->items[e->place].place.grain == CASUS_PLACE_POINT &&
        !stands_under(c->parse, c->mentions->items[e->place].head, e->named_end - 1))
        e->named = e->named_end = CASUS_NONE;
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
            const uint32_t act = c->of_clause[i]; /* "airstrikes on Iran", not "called on Turkey" */
            if (casus_slice_is(a->prep, "on") && m->kind == CASUS_MENTION_COUNTRY &&
                (act == CASUS_NONE || c->candidates[act].type != CODE_ASSAULT))
                continue;
            const uint32_t it = (uint32_t)(m - c->mentions->items);
            const uint32_t old = scene[k->sent];
            if (old == CASUS_NONE)
                scene[k->sent] = it;
            else if (old != it && c->mentions->items[old].chain != m->chain &&
                     !stands_under(p, m->head, c->mentions->items[old].head))
                several[k->sent] = true;
        }
    }
    for (uint32_t k = 0; k < p->n_sentences; k++)
        if (several[k]) scene[k] = CASUS_NONE;
    return scene;
}

static bool is_other_act(const coder *c, uint32_t clause, const candidate *e) {
    const uint32_t k = c->of_clause[clause];
    if (k == CASUS_NONE) return false;
    const candidate *x = &c->candidates[k];
    if (x->merged != CASUS_NONE) x = &c->candidates[x->merged];
    return x != e && !x->dropped;
}

/* May an act be where the sentence's one place is? Not when speech, a relative clause, a cause or
 * another act with a time of its own stands between the two. */
static bool shares_scene(const coder *c, const candidate *e, uint32_t place) {
    const casus_parse *p = c->parse;
    const uint32_t token = c->mentions->items[place].head;
    uint32_t at = e->clause;
    for (int depth = 0; depth < 10; depth++) { /* from the act up to what stands over both */
        const casus_clause *k = &p->clauses[at];
        if (stands_under(p, token, k->head)) break;
        /* "said it had raided a house in X and had arrested two" */
        if (k->conjunct_of < p->n_clauses && k->conjunct_of != at &&
            stands_under(p, token, p->clauses[k->conjunct_of].head))
            break;
        if (k->parent_role == CASUS_ROLE_CCOMP && k->parent != CASUS_NONE) return false;
        if (k->parent_role == CASUS_ROLE_RELCL && k->parent != CASUS_NONE) return false;
        if (k->parent == CASUS_NONE || k->parent == at) break;
        const casus_clause *up = &p->clauses[k->parent];
        for (uint32_t i = 0; i < up->n_args && k->parent_role == CASUS_ROLE_PREP; i++)
            if (up->args[i].clause == at && casus_know_is_elsewhere(c->mentions, up->args[i].prep))
                return false;
        at = k->parent;
    }
    uint32_t up = token;
    for (int depth = 0; depth < 16; depth++) { /* from the place up to it */
        const uint32_t k = p->clause_of[up];
        if (k != CASUS_NONE && stands_under(p, p->clauses[e->clause].head, p->clauses[k].head))
            break;
        if (k != CASUS_NONE) {
            const casus_clause *x = &p->clauses[k];
            /* "killed soldiers patrolling a road in X" is there, "killed a man who was born in X"
             * not */
            static const char *const held[] = {"believe", "suspect",  "think",    "say",
                                               "allege",  "identify", "describe", NULL};
            if (x->parent_role == CASUS_ROLE_RELCL && x->parent != CASUS_NONE &&
                x->mood != CASUS_MOOD_GERUND &&
                !(x->mood == CASUS_MOOD_PARTICIPLE && /* "by a man believed to be a rebel in X" */
                  code_is_one_of(p->tokens[x->head].lemma, held)))
                return false;
            if (is_other_act(c, k, e) && code_time_of_clause(c, x)) return false;
        }
        if (p->tokens[up].pos == CASUS_POS_ADP &&
            casus_know_is_elsewhere(c->mentions, p->tokens[up].lower))
            return false;
        if (p->tokens[up].head == up) break;
        up = p->tokens[up].head;
    }
    return true;
}

/* A sea, a strait: nobody is born, based or wanted there, so that the act of the sentence is meant.
 */
static bool is_sea(const coder *c, uint32_t place) {
    static const char *const words[] = {"sea",       "ocean",  "gulf",     "strait",
                                        "channel",   "waters", "atlantic", "pacific",
                                        "caribbean", "baltic", "aegean",   "mediterranean",
                                        "adriatic",  NULL};
    const casus_mention *m = &c->mentions->items[place];
    for (uint32_t t = m->first; t < m->last; t++)
        if (code_is_one_of(c->parse->tokens[t].lower, words)) return true;
    return false;
}

/* Does the main clause of its sentence tell the act? */
static bool is_main(const coder *c, const candidate *e) {
    const casus_clause *k = &c->parse->clauses[e->clause];
    const uint32_t first = k->conjunct_of;
    if (k->kind != CASUS_CLAUSE_VERB) return false;
    return k->parent == CASUS_NONE ||
           (first < c->parse->n_clauses && c->parse->clauses[first].parent == CASUS_NONE);
}

/* What lies ahead need not lie where it is spoken of: "talks in X on the release of hostages". */
static bool is_borrowed(const coder *c, const candidate *e, uint32_t place) {
    const casus_parse *p = c->parse;
    if (is_real(e)) return false;
    const uint32_t token = c->mentions->items[place].head;
    if (stands_under(p, token, p->clauses[e->clause].head)) return false;
    if (e->light != CASUS_NONE && stands_under(p, token, p->clauses[e->light].head)) return false;
    for (uint32_t i = e->members; i != CASUS_NONE; i = c->candidates[i].next_member)
        if (stands_under(p, token, p->clauses[c->candidates[i].clause].head)) return false;
    uint32_t at = p->clauses[e->clause].parent;
    for (int depth = 0; depth < 6 && at != CASUS_NONE; depth++) {
        const uint32_t k = c->of_clause[at]; /* "will meet in X to sign the deal": both ahead */
        if (k != CASUS_NONE && c->candidates[k].status == e->status) return false;
        if (p->clauses[at].parent == at) break;
        at = p->clauses[at].parent;
    }
    return true;
}

/* Where troops are sent and where they leave: "sent 500 troops to X", "withdraw from X". */
static uint32_t by_march(const coder *c, const candidate *e, const casus_clause *k, int depth) {
    static const char *const to[] = {"to", "into", "toward", "towards", "onto", NULL};
    const bool leaves = e->type == CODE_RETREAT;
    static const char *const crosses[] = {"leave", "exit",   "enter", "quit",
                                          "reach", "vacate", NULL};
    for (uint32_t i = 0; i < k->n_args; i++) { /* "left Iraq" */
        const uint32_t m = c->mentions->at[k->args[i].token];
        if (k->args[i].role == CASUS_ROLE_OBJ && m != CASUS_NONE &&
            c->mentions->items[m].has_place &&
            (c->mentions->items[m].kind == CASUS_MENTION_PLACE ||
             c->mentions->items[m].kind == CASUS_MENTION_COUNTRY) &&
            code_is_one_of(c->parse->tokens[k->head].lemma, crosses))
            return m;
    }
    for (uint32_t i = 0; i < k->n_args; i++) {
        const casus_arg *a = &k->args[i];
        if (a->role != CASUS_ROLE_PREP) continue;
        if (leaves ? !casus_slice_is(a->prep, "from") : !code_is_one_of(a->prep, to)) continue;
        const uint32_t m = c->mentions->at[a->token];
        if (m != CASUS_NONE && c->mentions->items[m].has_place) return m;
    }
    for (uint32_t i = 0; i < k->n_args && depth; i++) {
        const casus_arg *a = &k->args[i];
        if (a->role != CASUS_ROLE_OBJ && !casus_slice_is(a->prep, "of")) continue;
        if (a->clause == CASUS_NONE || a->flags & CASUS_ARG_SHARED) continue;
        const uint32_t m = by_march(c, e, &c->parse->clauses[a->clause], depth - 1);
        if (m != CASUS_NONE) return m;
    }
    return CASUS_NONE;
}

static bool is_court(const coder *c, uint32_t m) {
    const casus_actor *a = &c->mentions->items[m].actor;
    for (uint32_t i = 0; i < a->n_sectors; i++)
        if (strcmp(a->sectors[i], "JUD") == 0) return true;
    return false;
}

/* "officials in X warn": where the speaker sits; a court is where it rules. */
static bool is_seat(const coder *c, const candidate *e, uint32_t place) {
    const casus_parse *p = c->parse;
    const casus_clause *k = &p->clauses[e->clause];
    const bool talk = e->type == CODE_CONSULT || e->type == CODE_AGREE || e->type == CODE_SUPPORT;
    if (!talk && e->type != CODE_REQUEST && e->type != CODE_ACCUSE && e->type != CODE_REJECT &&
        e->type != CODE_THREATEN && e->type != CODE_SANCTION && e->type != CODE_CONCEDE)
        return false;
    for (uint32_t i = 0; i < k->n_args; i++) {
        const casus_arg *a = &k->args[i];
        if (a->role != CASUS_ROLE_SUBJ || k->kind == CASUS_CLAUSE_NOUN) continue;
        const uint32_t m = c->mentions->at[a->token];
        const uint32_t at = c->mentions->items[place].head;
        if (m != CASUS_NONE && is_court(c, m) && at > a->token) continue;
        /* "Nairobi police spoke with X", but "officials in X met" */
        if (m != CASUS_NONE && stands_under(p, at, a->token) && (!talk || at < a->token))
            return true;
    }
    return false;
}

/* "claimed by the movement in X": where the claimant is, unless it hangs on what is claimed. */
static bool is_claimant(const coder *c, const candidate *e, uint32_t place) {
    const casus_parse *p = c->parse;
    const casus_clause *k = &p->clauses[e->clause];
    if (e->type != CODE_ASSAULT || !(k->flags & CASUS_CLAUSE_PASSIVE) ||
        !casus_slice_is(p->tokens[k->head].lemma, "claim"))
        return false;
    const uint32_t token = c->mentions->items[place].head;
    for (uint32_t i = e->members; i != CASUS_NONE; i = c->candidates[i].next_member)
        if (stands_under(p, token, p->clauses[c->candidates[i].clause].head)) return false;
    return true;
}

/* "marched in Paris to protest the killing of X": where they march, not where he was killed. */
static bool is_of_protest(const coder *c, const candidate *e, uint32_t place) {
    const casus_parse *p = c->parse;
    const casus_clause *k = &p->clauses[e->clause];
    if (k->kind != CASUS_CLAUSE_NOUN || e->type == CODE_PROTEST || k->parent >= p->n_clauses ||
        k->parent_role != CASUS_ROLE_OBJ || c->mentions->items[place].head > k->head)
        return false;
    const uint32_t up = c->of_clause[k->parent];
    if (up == CASUS_NONE) return false;
    const candidate *o = &c->candidates[up];
    if (o->merged != CASUS_NONE) o = &c->candidates[o->merged];
    return o != e && o->type == CODE_PROTEST;
}

static void find_place(const coder *c, candidate *e, const uint32_t *scene) {
    const casus_clause *k = &c->parse->clauses[e->clause];
    if (e->type == CODE_MOBILIZE ||
        (e->type == CODE_RETREAT &&
         code_is_one_of(c->parse->tokens[k->head].lemma,
                        (const char *const[]){"withdraw", "leave", "exit", "vacate", NULL})))
        e->place = by_march(c, e, k, 2);
    if (e->place != CASUS_NONE) return;
    const casus_mention *m = place_of(c, e);
    const uint32_t town = e->type == CODE_ASSAULT && is_real(e) ? town_hit(c, k) : CASUS_NONE;
    if (town != CASUS_NONE &&
        (!m || strcmp(m->place.country, c->mentions->items[town].place.country) == 0)) {
        e->place = town;
    } else if (m) {
        e->place = (uint32_t)(m - c->mentions->items);
        if (is_borrowed(c, e, e->place) || is_seat(c, e, e->place) || is_claimant(c, e, e->place) ||
            is_of_protest(c, e, e->place))
            e->place = CASUS_NONE;
    } else if (on_the_ground(e->type) && is_real(e) && scene[k->sent] != CASUS_NONE &&
               !is_claimant(c, e, scene[k->sent]) &&
               (shares_scene(c, e, scene[k->sent]) ||
                (is_main(c, e) && is_sea(c, scene[k->sent])))) {
        e->place = scene[k->sent];
    }
}

/* "X was quiet until the army shelled it": the town told of last, in this sentence or the one
 * before.
 */
static void find_meant(const coder *c, candidate *e) {
    const casus_parse *p = c->parse;
    const casus_clause *k = &p->clauses[e->clause];
    if (e->type != CODE_ASSAULT || !is_real(e) || e->place != CASUS_NONE ||
        e->named != CASUS_NONE || k->kind != CASUS_CLAUSE_VERB)
        return;
    bool it = false;
    for (uint32_t i = 0; i < k->n_args; i++)
        it |= k->args[i].role == CASUS_ROLE_OBJ && k->args[i].token < p->n_tokens &&
              casus_slice_is(p->tokens[k->args[i].token].lower, "it");
    const bool on = k->sent && p->sentences[k->sent - 1].para == p->sentences[k->sent].para;
    const uint32_t first = p->sentences[k->sent - (on ? 1 : 0)].first;
    uint32_t best = CASUS_NONE;
    for (uint32_t t = k->head; it && t > first && k->head - t < 40; t--) {
        const uint32_t m = c->mentions->at[t - 1];
        if (m == CASUS_NONE || c->mentions->items[m].kind != CASUS_MENTION_PLACE ||
            !c->mentions->items[m].has_place ||
            c->mentions->items[m].place.grain < CASUS_PLACE_PART)
            continue;
        /* "X is less affected than other parts of Y, since it ...": what the sentence is about */
        if (best == CASUS_NONE ||
            c->mentions->items[m].place.grain > c->mentions->items[best].place.grain)
            best = m;
    }
    e->place = best;
}

/* "A high court in Seoul convicted X": it sits where it rules. */
static uint32_t by_court(const coder *c, const candidate *e) {
    const casus_clause *k = &c->parse->clauses[e->clause];
    for (uint32_t i = 0; i < k->n_args && k->kind == CASUS_CLAUSE_VERB; i++) {
        const casus_arg *a = &k->args[i];
        const uint32_t m = a->role == CASUS_ROLE_SUBJ ? c->mentions->at[a->token] : CASUS_NONE;
        if (m == CASUS_NONE || a->clause == CASUS_NONE || !is_court(c, m)) continue;
        const casus_clause *noun = &c->parse->clauses[a->clause];
        for (uint32_t x = 0; x < noun->n_args && noun->kind == CASUS_CLAUSE_NOUN; x++) {
            const casus_mention *there = place_at(c, &noun->args[x]);
            if (there && casus_slice_is(noun->args[x].prep, "in"))
                return (uint32_t)(there - c->mentions->items);
        }
    }
    return CASUS_NONE;
}

/* "Mogadishu enters a lockdown": what the measure lies upon. */
static uint32_t by_subject(const coder *c, const candidate *e) {
    const casus_clause *k = &c->parse->clauses[e->clause];
    for (uint32_t i = 0; i < k->n_args && e->type == CODE_COERCE; i++) {
        const uint32_t m = c->mentions->at[k->args[i].token];
        if (k->args[i].role == CASUS_ROLE_SUBJ && k->kind == CASUS_CLAUSE_VERB && m != CASUS_NONE &&
            c->mentions->items[m].has_place && c->mentions->items[m].kind == CASUS_MENTION_PLACE &&
            c->mentions->items[m].place.grain > CASUS_PLACE_COUNTRY)
            return m;
    }
    return CASUS_NONE;
}

/* "were killed when a patrol stormed a house in X", "were shot while evacuating X". */
static void by_clause_below(const coder *c, candidate *e) {
    static const char *const marks[] = {"when", "while", "as", "whilst", NULL};
    const casus_parse *p = c->parse;
    const casus_clause *k = &p->clauses[e->clause];
    for (uint32_t i = 0; i < k->n_args; i++) {
        const casus_arg *a = &k->args[i];
        if (a->role != CASUS_ROLE_ADVCL || a->clause == CASUS_NONE ||
            !code_is_one_of(p->clauses[a->clause].mark, marks))
            continue;
        const casus_clause *x = &p->clauses[a->clause];
        if (casus_slice_is(x->mark, "while") && is_other_act(c, a->clause, e)) continue;
        e->place = casus_know_place_of_clause(c->mentions, p, a->clause, CASUS_NONE);
        if (e->place == CASUS_NONE) unknown_name(c, e, x, 2);
        if (e->place != CASUS_NONE || e->named != CASUS_NONE) return;
    }
}

/* "capture the town of X in Y, killing ten": where the act above is, when that is nearer. */
static void from_act_above(const coder *c, candidate *e) {
    const casus_clause *k = &c->parse->clauses[e->clause];
    if (e->dropped || e->type != CODE_ASSAULT || k->mood != CASUS_MOOD_GERUND || k->mark.len ||
        k->parent_role != CASUS_ROLE_ADVCL || k->parent >= c->parse->n_clauses ||
        c->of_clause[k->parent] == CASUS_NONE || e->named != CASUS_NONE)
        return;
    const candidate *o = &c->candidates[c->of_clause[k->parent]];
    if (o->merged != CASUS_NONE) o = &c->candidates[o->merged];
    if (o == e || o->dropped || o->type != e->type) return;
    const uint8_t mine = e->place == CASUS_NONE ? 0 : c->mentions->items[e->place].place.grain;
    if (o->named != CASUS_NONE && mine < CASUS_PLACE_POINT) {
        e->named = o->named;
        e->named_end = o->named_end;
    } else if (o->place != CASUS_NONE && c->mentions->items[o->place].place.grain > mine) {
        e->place = o->place;
    }
}

/* A preposition that makes a time no day of the act. */
static bool bounds(casus_slice word) {
    static const char *const words[] = {"since", "until", "till",  "before", "after", "by",
                                        "than",  "from",  "ahead", "for",    NULL};
    return code_is_one_of(word, words);
}

/* The act over a time: up the heads to the first clause of a verb or of an event. */
static candidate *act_over(const coder *c, const casus_time *t) {
    const casus_parse *p = c->parse;
    uint32_t at = t->first;
    /* what governs the words is not always what they hang on (when_clause.c) */
    const uint32_t g = t->governor;
    const uint32_t own =
        g == CASUS_NONE || p->tokens[g].pos != CASUS_POS_NOUN ? CASUS_NONE : p->clause_of[g];
    if (own != CASUS_NONE && c->of_clause[own] != CASUS_NONE) {
        candidate *e = &c->candidates[c->of_clause[own]];
        if (e->merged != CASUS_NONE) e = &c->candidates[e->merged];
        if (!e->dropped && t->bound == CASUS_BOUND_AT) return e;
    }
    if (g != CASUS_NONE && t->first > 0 && p->tokens[g].pos == CASUS_POS_PROPN &&
        casus_slice_is(p->tokens[t->first - 1].lower, "of"))
        return NULL; /* "the Tenure Act of 1867" */
    if (g != CASUS_NONE && g < t->first && p->tokens[g].pos == CASUS_POS_VERB &&
        p->clause_of[g] != CASUS_NONE && is_claimed(c, &p->clauses[p->clause_of[g]]) &&
        c->of_clause[p->clause_of[g]] == CASUS_NONE)
        return NULL; /* "was reported on Saturday X was stabbed" */
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
        if (k->parent_role != CASUS_ROLE_ADVCL || !code_is_one_of(k->mark, beside)) continue;
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

/* What is part of a dated act of its kind: "began an offensive on Monday with airstrikes". */
static void find_within(coder *c) {
    static const char *const words[] = {"with", "by", "in", "through", "during", "including", NULL};
    const casus_parse *p = c->parse;
    for (size_t i = 0; i < c->n; i++) {
        candidate *e = &c->candidates[i];
        if (e->dropped || e->time || p->clauses[e->clause].kind != CASUS_CLAUSE_NOUN) continue;
        uint32_t at = e->clause;
        for (int depth = 0; depth < 3; depth++) {
            const casus_clause *k = &p->clauses[at];
            if (k->parent == CASUS_NONE || k->parent == at || k->parent_role != CASUS_ROLE_PREP)
                break;
            const casus_clause *up = &p->clauses[k->parent];
            bool fits = false;
            for (uint32_t x = 0; x < up->n_args; x++)
                fits |= up->args[x].clause == at && code_is_one_of(up->args[x].prep, words);
            if (!fits) break;
            at = k->parent;
            if (c->of_clause[at] == CASUS_NONE) continue;
            const candidate *o = &c->candidates[c->of_clause[at]];
            if (o->merged != CASUS_NONE) o = &c->candidates[o->merged];
            if (o == e || o->dropped || o->type != e->type || !o->time) break;
            e->time = o->time;
            e->from = o->from;
            e->to = o->to;
            break;
        }
    }
}

/* "summons the envoy over an attack on a ship in the Gulf": what is said has no place where an act
 * on the ground is named before it. */
static void hand_place(const coder *c, candidate *e) {
    const casus_parse *p = c->parse;
    const casus_clause *k = &p->clauses[e->clause];
    if (e->dropped || (e->place == CASUS_NONE && e->named == CASUS_NONE) ||
        !code_is_speech(e->type) || k->kind != CASUS_CLAUSE_VERB)
        return;
    const uint32_t at =
        e->named != CASUS_NONE ? e->named_end - 1 : c->mentions->items[e->place].head;
    for (uint32_t i = e->clause + 1; i < p->n_clauses && i - e->clause < 16; i++) {
        const casus_clause *x = &p->clauses[i];
        if (x->sent != k->sent || x->head >= at) return;
        if (x->kind != CASUS_CLAUSE_NOUN || c->of_clause[i] == CASUS_NONE) continue;
        candidate *o = &c->candidates[c->of_clause[i]];
        if (o == e || o->dropped || !on_the_ground(o->type) || !is_real(o)) continue;
        const bool its = e->place != CASUS_NONE && o->place == e->place;
        if (!its && (o->place != CASUS_NONE || o->named != CASUS_NONE)) continue;
        o->place = e->place;
        o->named = e->named;
        o->named_end = e->named_end;
        e->place = e->named = e->named_end = CASUS_NONE;
        return;
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
        find_place(c, e, scene);
        find_name(c, e);
        find_meant(c, e);
        if (e->place == CASUS_NONE && e->named == CASUS_NONE) e->place = by_subject(c, e);
        if (e->place == CASUS_NONE && e->named == CASUS_NONE && is_real(e))
            e->place = by_court(c, e);
        if (e->place == CASUS_NONE && e->named == CASUS_NONE && is_real(e) &&
            on_the_ground(e->type))
            by_clause_below(c, e);
    }
    for (size_t i = 0; i < c->n; i++) from_act_above(c, &c->candidates[i]);
    for (size_t i = 0; i < c->n; i++) hand_place(c, &c->candidates[i]);
    find_deeper(c);
    find_within(c);
    code_days(c, false);
    for (size_t i = 0; i < c->n && !c->no_memory; i++) hit_abroad(c, &c->candidates[i]);
}
