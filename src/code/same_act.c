/* same_act.c - is an act one that was told before? "the attack", "their meeting", the same words of
 * the same speaker: weighed by name, mode, sides, day and place, by how near it was told and by
 * what the story is about.
 *
 * An act is compared with at most CODE_REFER_BACK earlier ones of its type and with the first dated
 * one, so the cost is linear. */
#include "code/code_int.h"

static bool in_arms(const casus_actor *a) {
    static const char *const words[] = {"REB", "UAF", "CRM", "OPP"};
    for (uint32_t i = 0; i < a->n_sectors; i++)
        for (size_t k = 0; k < sizeof words / sizeof *words; k++)
            if (strcmp(a->sectors[i], words[k]) == 0) return true;
    return false;
}

static bool is_police(const casus_actor *a) {
    for (uint32_t i = 0; i < a->n_sectors; i++)
        if (strcmp(a->sectors[i], "COP") == 0) return true;
    return false;
}

/* One actor, or one within the other: "Israel" and "the Israeli army". */
bool code_same_actor(const coder *c, uint32_t a, uint32_t b) {
    const casus_mention *x = &c->mentions->items[a], *y = &c->mentions->items[b];
    if (x->chain == y->chain) return true;
    const casus_actor *p = &x->actor, *q = &y->actor;
    if (p->person.len && q->person.len) return casus_slice_eq(p->person, q->person);
    if (p->code[0] || q->code[0]) return strcmp(p->code, q->code) == 0;
    if ((p->person.len || q->person.len) && is_police(p) != is_police(q)) return false;
    if (in_arms(p) != in_arms(q)) return false; /* rebels are not the state they fight */
    return p->country[0] && strcmp(p->country, q->country) == 0;
}

typedef enum agreement { DIFFERENT, UNSAID, SAME } agreement;

static agreement sides_agree(const coder *c, const candidate *a, const candidate *b, int side) {
    if (!a->n_sides[side] || !b->n_sides[side]) return UNSAID;
    for (uint32_t i = 0; i < a->n_sides[side]; i++)
        for (uint32_t k = 0; k < b->n_sides[side]; k++)
            if (code_same_actor(c, a->sides[side][i], b->sides[side][k])) return SAME;
    return DIFFERENT;
}

/* "the", "this", a possessor: the noun speaks of something known. */
bool code_is_definite(const coder *c, const casus_clause *clause) {
    static const char *const words[] = {"the",   "this", "that", "these", "those",
                                        "their", "its",  "his",  "her",   "latest"};
    const casus_parse *p = c->parse;
    for (uint32_t t = clause->head; t > 0 && clause->head - t < 6; t--) {
        const casus_token *k = &p->tokens[t - 1];
        if (k->head != clause->head) continue;
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (casus_slice_is(k->lower, words[i])) return true;
        if (casus_slice_is(k->lower, "a") || casus_slice_is(k->lower, "an")) return false;
    }
    for (uint32_t i = 0; i < clause->n_args; i++) {
        const casus_arg *a = &clause->args[i];
        if (a->role == CASUS_ROLE_POSS) return true;
        /* "Sunday's attack" */
        if (a->role == CASUS_ROLE_TIME && a->last <= clause->head && a->last > a->first &&
            p->tokens[a->last - 1].pos == CASUS_POS_PART)
            return true;
    }
    return false;
}

/* "the attack", "ten died in the attack", "claimed responsibility". */
bool code_speaks_of_known(const coder *c, const candidate *e) {
    const casus_clause *k = &c->parse->clauses[e->clause];
    if (k->kind == CASUS_CLAUSE_NOUN) return code_is_definite(c, k);
    for (uint32_t i = e->members; i != CASUS_NONE; i = c->candidates[i].next_member) {
        const casus_clause *m = &c->parse->clauses[c->candidates[i].clause];
        if (m->kind == CASUS_CLAUSE_NOUN && code_is_definite(c, m)) return true;
    }
    for (uint32_t i = 0; i < k->n_args && e->type == CODE_ASSAULT; i++)
        if (k->args[i].role == CASUS_ROLE_OBJ &&
            casus_slice_is(c->parse->tokens[k->args[i].token].lemma, "responsibility"))
            return true;
    return false;
}

/* The noun by which an act is referred to ("the attack"), or CASUS_NONE. */
static uint32_t noun_token(const coder *c, const candidate *e) {
    const casus_clause *k = &c->parse->clauses[e->clause];
    if (k->kind == CASUS_CLAUSE_NOUN) return k->head;
    for (uint32_t i = e->members; i != CASUS_NONE; i = c->candidates[i].next_member) {
        const casus_clause *m = &c->parse->clauses[c->candidates[i].clause];
        if (m->kind == CASUS_CLAUSE_NOUN) return m->head;
    }
    return CASUS_NONE;
}

/* Its lemma's hash; 0: none. */
static uint64_t noun_of(const coder *c, const candidate *e) {
    const uint32_t t = noun_token(c, e);
    return t == CASUS_NONE ? 0 : c->lemmas[t];
}

/* Is the noun made of the verb? "shooting" of "shoot", "stabbing" of "stab", "raid" of "raid" */
bool code_is_named_after(casus_slice noun, casus_slice verb) {
    if (casus_slice_eq(noun, verb)) return verb.len > 2;
    if (noun.len < 6 || memcmp(noun.ptr + noun.len - 3, "ing", 3) != 0) return false;
    const size_t stem = noun.len - 3;
    if (verb.len == stem) return memcmp(noun.ptr, verb.ptr, stem) == 0;
    if (verb.len + 1 == stem) /* doubled: "stabbing" */
        return memcmp(noun.ptr, verb.ptr, stem - 1) == 0 &&
               noun.ptr[stem - 1] == noun.ptr[stem - 2];
    return verb.len == stem + 1 && verb.ptr[stem] == 'e' && memcmp(noun.ptr, verb.ptr, stem) == 0;
}

/* Has the act the name of the noun, or is it told by the verb that the noun is made of? */
static bool has_name(const coder *c, const candidate *a, uint64_t name, uint32_t noun) {
    if (noun_of(c, a) == name) return true;
    const casus_clause *k = &c->parse->clauses[a->clause];
    return k->kind == CASUS_CLAUSE_VERB && noun != CASUS_NONE &&
           code_is_named_after(c->parse->tokens[noun].lemma, c->parse->tokens[k->head].lemma);
}

/* "The protest" is not "weeks of protests". */
static bool numbers_clash(const coder *c, const candidate *a, const candidate *b) {
    const casus_clause *x = &c->parse->clauses[a->clause], *y = &c->parse->clauses[b->clause];
    if (x->kind != CASUS_CLAUSE_NOUN || y->kind != CASUS_CLAUSE_NOUN) return false;
    const casus_token *s = &c->parse->tokens[x->head], *t = &c->parse->tokens[y->head];
    return casus_slice_eq(s->lemma, t->lemma) && !casus_slice_eq(s->lower, s->lemma) &&
           casus_slice_eq(t->lower, t->lemma);
}

/* An event noun of another name is the same act only when a side is the same or none is named:
 * "the fight against X" is not the airstrikes told before. */
static bool tells(const coder *c, const candidate *a, const candidate *e) {
    if (c->parse->clauses[e->clause].kind != CASUS_CLAUSE_NOUN) return true;
    if (!e->n_sides[CODE_ACTOR] && !e->n_sides[CODE_RECIPIENT]) return true;
    return sides_agree(c, a, e, CODE_ACTOR) == SAME || sides_agree(c, a, e, CODE_RECIPIENT) == SAME;
}

/* "joined the talks": what others began, so the sides may differ. */
static bool joins(const coder *c, const candidate *e) {
    const casus_clause *k = &c->parse->clauses[e->clause];
    for (uint32_t i = 0; i < k->n_args && e->type == CODE_CONSULT; i++) {
        const casus_arg *a = &k->args[i];
        if ((a->role != CASUS_ROLE_OBJ && a->role != CASUS_ROLE_PREP) || a->clause == CASUS_NONE ||
            k->kind != CASUS_CLAUSE_VERB)
            continue;
        const casus_clause *noun = &c->parse->clauses[a->clause];
        if (noun->kind != CASUS_CLAUSE_NOUN || !code_is_definite(c, noun)) continue;
        const uint32_t row = code_best_row(c, noun, 'n', CODE_TABLE_EVENT);
        if (row != CASUS_NONE && c->code->rows[row].type == CODE_CONSULT) return true;
    }
    return false;
}

/* Told as real: no plan, fear or wish. */
static bool is_real(const candidate *e) {
    return e->status == CODE_HAPPENED || e->status == CODE_ONGOING || e->status == CODE_ALLEGED ||
           e->status == CODE_DENIED;
}

bool code_dates_clash(const candidate *a, const candidate *b) {
    if (!a->time || !b->time || a->time->hour || b->time->hour) return false;
    if (a->from == CASUS_NO_DAY || b->from == CASUS_NO_DAY) return false;
    if (a->to == CASUS_NO_DAY || b->to == CASUS_NO_DAY) return false;
    return a->to < b->from || b->to < a->from;
}

/* The same with the day that a later mention told already. */
static bool days_clash(const coder *c, const candidate *a, const candidate *b) {
    if (a->same_as != CASUS_NONE) a = &c->candidates[a->same_as];
    if (!a->time && a->dated_by != CASUS_NONE) a = &c->candidates[a->dated_by];
    return code_dates_clash(a, b);
}

static bool places_clash(const coder *c, const candidate *a, const candidate *b) {
    if (a->place == CASUS_NONE || b->place == CASUS_NONE) return false;
    const casus_mention *x = &c->mentions->items[a->place], *y = &c->mentions->items[b->place];
    if (x->chain == y->chain) return false;
    if (x->kind == CASUS_MENTION_COUNTRY || y->kind == CASUS_MENTION_COUNTRY)
        return strcmp(x->place.country, y->place.country) != 0;
    return x->place.id.len && !casus_slice_eq(x->place.id, y->place.id);
}

static bool e_noun(const coder *c, const candidate *e) {
    return c->parse->clauses[e->clause].kind == CASUS_CLAUSE_NOUN;
}

/* A whole war, of which "the attack" is no name. */
static bool is_long(const coder *c, const candidate *e) {
    static const char *const words[] = {"war",        "conflict",  "invasion",  "occupation",
                                        "insurgency", "campaign",  "siege",     "offensive",
                                        "fighting",   "hostility", "incursion", "operation"};
    const casus_slice s = c->parse->tokens[c->parse->clauses[e->clause].head].lemma;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (casus_slice_is(s, words[i])) return true;
    return false;
}

/* Is each of this side of b that is somebody known in a too? */
static bool within(const coder *c, const candidate *a, const candidate *b, int side) {
    for (uint32_t k = 0; k < b->n_sides[side]; k++) {
        const casus_actor *who = &c->mentions->items[b->sides[side][k]].actor;
        bool found = !who->country[0] && !who->code[0] && !who->person.len;
        for (uint32_t i = 0; i < a->n_sides[side]; i++)
            found |= code_same_actor(c, a->sides[side][i], b->sides[side][k]);
        if (!found) return false;
    }
    return true;
}

/* As many on this side, each of them in the other act too. */
static bool all_agree(const coder *c, const candidate *a, const candidate *b, int side) {
    if (a->n_sides[side] != b->n_sides[side]) return false;
    for (uint32_t k = 0; k < b->n_sides[side]; k++) {
        bool found = false;
        for (uint32_t i = 0; i < a->n_sides[side]; i++)
            found |= code_same_actor(c, a->sides[side][i], b->sides[side][k]);
        if (!found) return false;
    }
    return true;
}

/* One person or body suffers both. */
static bool same_victim(const coder *c, const candidate *a, const candidate *b) {
    for (uint32_t i = 0; i < a->n_sides[CODE_RECIPIENT]; i++)
        for (uint32_t k = 0; k < b->n_sides[CODE_RECIPIENT]; k++) {
            const casus_mention *x = &c->mentions->items[a->sides[CODE_RECIPIENT][i]];
            const casus_mention *y = &c->mentions->items[b->sides[CODE_RECIPIENT][k]];
            if (x->chain == y->chain && x->kind != CASUS_MENTION_COUNTRY) return true;
        }
    return false;
}

/* Is the only recipient a named person? */
static bool one_person(const coder *c, const candidate *e) {
    return e->n_sides[CODE_RECIPIENT] == 1 &&
           (c->mentions->items[e->sides[CODE_RECIPIENT][0]].kind == CASUS_MENTION_PERSON ||
            c->mentions->items[e->sides[CODE_RECIPIENT][0]].actor.person.len);
}

/* Do the recipients belong to different countries? */
static bool lands_clash(const coder *c, const candidate *a, const candidate *b) {
    for (uint32_t i = 0; i < a->n_sides[CODE_RECIPIENT]; i++)
        for (uint32_t k = 0; k < b->n_sides[CODE_RECIPIENT]; k++) {
            const casus_mention *x = &c->mentions->items[a->sides[CODE_RECIPIENT][i]];
            const casus_mention *y = &c->mentions->items[b->sides[CODE_RECIPIENT][k]];
            if (x->actor.country[0] && y->actor.country[0] &&
                strcmp(x->actor.country, y->actor.country) != 0)
                return true;
            if (x->actor.person.len && y->actor.person.len) return true;
        }
    return false;
}

/* The mode of its row: "firearms", "aerial". NULL: none. */
static const char *mode_of(const coder *c, const candidate *e) {
    const casus_string mode = code_string(c->code, c->code->rows[e->row].mode);
    return mode.ptr && mode.ptr[0] ? mode.ptr : NULL;
}

/* What befalls a person once in a story. */
static bool is_once(const char *mode) {
    static const char *const modes[] = {"abduct", "arrest", "deport", "release"};
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
        if (strcmp(mode, modes[i]) == 0) return true;
    return false;
}

/* Is `b`, told later, the act `a`? */
static bool refers(const coder *c, const candidate *a, const candidate *b, bool definite,
                   bool joined) {
    const casus_parse *p = c->parse;
    if (is_real(a) != is_real(b) || code_dates_clash(a, b) || days_clash(c, a, b) ||
        places_clash(c, a, b))
        return false;
    if (numbers_clash(c, a, b)) return false;
    if (joined) return a->time != NULL;
    const agreement actor = sides_agree(c, a, b, CODE_ACTOR);
    const agreement recipient = sides_agree(c, a, b, CODE_RECIPIENT);
    if (actor == DIFFERENT) return false;
    /* "telephoned the premier on the Irish-Spanish talks": others took part in them */
    if (b->type == CODE_CONSULT && e_noun(c, b) && b->n_sides[CODE_ACTOR] > 1 &&
        !within(c, a, b, CODE_ACTOR))
        return false;
    /* "attacked a base ... ten soldiers died in the attack": no other country */
    if (recipient == DIFFERENT && !(definite && b->type == CODE_ASSAULT && !lands_clash(c, a, b)))
        return false;
    if (recipient == DIFFERENT && e_noun(c, b) && one_person(c, b))
        return false; /* "the shooting of X" */
    const casus_clause *x = &p->clauses[a->clause], *y = &p->clauses[b->clause];
    if (definite && e_noun(c, b) && is_long(c, a) != is_long(c, b)) return false;
    if (definite) return x->sent <= y->sent;
    /* "X was shot on Tuesday ... the murder of X": nobody is killed twice */
    if (a->type == CODE_ASSAULT && code_kills(c, a) && code_kills(c, b) && same_victim(c, a, b) &&
        one_person(c, a) && one_person(c, b))
        return true;
    /* "X was shot dead on Tuesday ... Gunmen attacked X as he left his home": how he was killed */
    if (a->type == CODE_ASSAULT && a->time && x->sent != y->sent && y->tense == CASUS_TENSE_PAST &&
        !(y->flags & CASUS_CLAUSE_PERFECT) && (code_kills(c, a) || code_kills(c, b)) &&
        same_victim(c, a, b) && one_person(c, a) && one_person(c, b))
        return true;
    /* "was kidnapped ... his capture on May 3": taken once, arrested once, freed once */
    const char *mode = mode_of(c, a), *other = mode_of(c, b);
    if (x->sent != y->sent && mode && other && strcmp(mode, other) == 0 && is_once(mode) &&
        same_victim(c, a, b) && one_person(c, a) && one_person(c, b))
        return true;
    const bool day = a->time && b->time && a->from == b->from && a->to == b->to &&
                     a->from == a->to && a->from != CASUS_NO_DAY;
    if (y->kind == CASUS_CLAUSE_NOUN) /* "an offensive", told again with its day */
        return day && actor == SAME && noun_of(c, a) == c->lemmas[y->head];
    /* a verb: the same word, both sides told and the same */
    if (c->lemmas[x->head] != c->lemmas[y->head]) return false;
    /* "have used force before ... used tear gas": what has been done at some time is no one act */
    if (!a->time && x->tense == CASUS_TENSE_PRESENT && x->flags & CASUS_CLAUSE_PERFECT &&
        !(y->flags & CASUS_CLAUSE_PERFECT) && y->tense == CASUS_TENSE_PAST &&
        !code_is_speech(a->type))
        return false;
    if (actor == UNSAID && recipient == SAME) /* "was airlifted by X": told before without X */
        return y->flags & CASUS_CLAUSE_PASSIVE && same_victim(c, a, b);
    if ((code_is_speech(a->type) || a->type == CODE_CONSULT) &&
        !(all_agree(c, a, b, CODE_ACTOR) && all_agree(c, a, b, CODE_RECIPIENT)))
        return false;
    return actor == SAME &&
           (recipient == SAME || (!a->n_sides[CODE_RECIPIENT] && !b->n_sides[CODE_RECIPIENT]));
}

/* Told as an aside: of a time before the story, or who somebody is. */
bool code_is_background(const coder *c, const candidate *a) {
    const casus_clause *k = &c->parse->clauses[a->clause];
    if (k->kind == CASUS_CLAUSE_VERB && k->tense == CASUS_TENSE_PAST &&
        k->flags & CASUS_CLAUSE_PERFECT)
        return true;
    if (a->time && a->from != CASUS_NO_DAY && a->to != CASUS_NO_DAY && a->to - a->from > 40)
        return true;
    return k->parent_role == CASUS_ROLE_RELCL && k->kind == CASUS_CLAUSE_VERB;
}

/* "strike" of "airstrike", "attack" of "counterattack": the general name of a thing. */
static bool ends_as(casus_slice whole, casus_slice end) {
    return end.len > 3 && whole.len > end.len &&
           memcmp(whole.ptr + (whole.len - end.len), end.ptr, end.len) == 0;
}

/* What one act is called by turns. */
static const char *const same_kind[][12] = {
    {"bombing", "blast", "explosion", "bomb", "detonation", "explode", "detonate", NULL},
    {"shooting", "gunfire", "shootout", "firefight", "shoot", "gunfight", NULL},
    {"strike", "airstrike", "raid", "bombardment", "shelling", "bombard", "shell", NULL},
    {"killing", "murder", "assassination", "slaying", "kill", "murder", "assassinate", NULL},
    {"kidnapping", "abduction", "capture", "kidnap", "abduct", "kidnaping", NULL},
    {"offensive", "operation", "campaign", "invasion", "incursion", "invade", NULL},
    {"clash", "fighting", "battle", "skirmish", "fight", "confrontation", NULL},
    {"talk", "meeting", "negotiation", "summit", "discussion", "meet", "negotiate", NULL},
    {"call", "conversation", NULL},
    {"deal", "agreement", "accord", "pact", "treaty", "memorandum", NULL},
    {"protest", "demonstration", "rally", "march", "unrest", "demonstrate", NULL},
    {"arrest", "detention", "detain", "custody", NULL},
    {"sentence", "conviction", "verdict", "ruling", "convict", NULL},
    {"withdrawal", "pullout", "withdraw", NULL},
};

static bool one_kind(casus_slice a, casus_slice b) {
    for (size_t i = 0; i < sizeof same_kind / sizeof *same_kind; i++)
        if (code_is_one_of(a, same_kind[i])) return code_is_one_of(b, same_kind[i]);
    return false;
}

static int name_weight(const coder *c, const candidate *a, const candidate *e) {
    static const char *const any[] = {"attack",   "incident", "operation", "assault",
                                      "violence", "action",   "move",      "act",
                                      "event",    "killing",  "decision",  NULL};
    const uint64_t name = noun_of(c, e);
    const casus_clause *k = &c->parse->clauses[e->clause];
    const uint32_t noun = k->kind == CASUS_CLAUSE_NOUN ? k->head : CASUS_NONE;
    const uint32_t x = noun_token(c, a), y = noun_token(c, e);
    if (name && has_name(c, a, name, noun)) /* "attack" may be said of any */
        return y != CASUS_NONE && code_is_one_of(c->parse->tokens[y].lemma, any) ? 4 : 12;
    if (y == CASUS_NONE) return 0;
    const casus_slice m = c->parse->tokens[y].lemma;
    const casus_slice verb = c->parse->tokens[c->parse->clauses[a->clause].head].lemma;
    if (x != CASUS_NONE) {
        const casus_slice n = c->parse->tokens[x].lemma;
        if (ends_as(m, n) || ends_as(n, m)) return 10;
        if (one_kind(m, n)) return 8;
    }
    return one_kind(m, verb) ? 8 : 0;
}

/* "attacks" */
static bool is_several(const coder *c, const candidate *e) {
    const uint32_t noun = noun_token(c, e);
    if (noun == CASUS_NONE) return false;
    const casus_token *t = &c->parse->tokens[noun];
    return !casus_slice_eq(t->lemma, t->lower);
}

/* How well "the attack" fits an act told before, of those that it may be. */
static int fitness(const coder *c, const code_told *told, uint32_t at, const candidate *e) {
    const candidate *a = &c->candidates[at];
    const casus_parse *p = c->parse;
    int fit = name_weight(c, a, e);
    const char *mode = mode_of(c, e), *other = mode_of(c, a);
    if (mode && other) fit += strcmp(mode, other) == 0 ? 4 : -4;
    if (sides_agree(c, a, e, CODE_ACTOR) == SAME) fit += 5;
    if (sides_agree(c, a, e, CODE_RECIPIENT) == SAME) fit += same_victim(c, a, e) ? 8 : 4;
    if (code_kills(c, e) && code_kills(c, a)) fit += 3;
    if (a->time) fit += 6;
    if (a->place != CASUS_NONE || a->named != CASUS_NONE) fit += 1;
    if (at == told->lead[e->type] ||
        (a->same_as != CASUS_NONE && a->same_as == told->lead[e->type]))
        fit += 5;
    if (code_is_background(c, a)) fit -= 5;
    /* "the talks this month": not the efforts to hold some that go on */
    if (e->type == CODE_CONSULT && e->time && !a->time && a->status == CODE_ONGOING) fit -= 6;
    if (is_several(c, a) != is_several(c, e) && noun_token(c, a) != CASUS_NONE) fit -= 6;
    const uint32_t far = p->clauses[e->clause].sent - p->clauses[a->clause].sent;
    return fit - (int)(far < 8 ? far : 8);
}

/* "the 9/11 attacks", "the arrest in May": brings a day of its own, of which what was told far
 * before it says nothing, unless one victim or several parties are the same. */
static bool is_dated_anew(const coder *c, const candidate *a, const candidate *e) {
    const casus_parse *p = c->parse;
    const uint32_t noun = noun_token(c, e);
    if (!e->time || a->time || noun == CASUS_NONE || same_victim(c, a, e) ||
        p->clauses[e->clause].sent < p->clauses[a->clause].sent ||
        p->clauses[e->clause].sent - p->clauses[a->clause].sent <= 2)
        return false;
    if (e->n_sides[CODE_ACTOR] > 1 && all_agree(c, a, e, CODE_ACTOR)) return false;
    const uint32_t first = e->time->first;
    if (first < noun) return noun - first < 8;
    for (uint32_t t = noun + 1; t < first; t++)
        if (p->tokens[t].pos != CASUS_POS_ADP || first - noun > 3) return false;
    return true;
}

/* The act that "the attack" speaks of: the one that fits best, of equals the last. */
static uint32_t antecedent(const coder *c, const code_told *told, const candidate *e, bool joined) {
    const uint32_t lead = told->lead[e->type];
    uint32_t at = told->last[e->type], best = CASUS_NONE;
    int most = 0;
    bool led = false; /* the lead is looked at however long ago it was told */
    for (uint32_t tries = 0; tries <= CODE_REFER_BACK; tries++) {
        if (at == CASUS_NONE || tries == CODE_REFER_BACK) at = led ? CASUS_NONE : lead;
        if (at == CASUS_NONE) break;
        led |= at == lead;
        const candidate *a = &c->candidates[at];
        if (!is_dated_anew(c, a, e) && (name_weight(c, a, e) || tells(c, a, e)) &&
            refers(c, a, e, true, joined)) {
            const int fit = fitness(c, told, at, e);
            if (best == CASUS_NONE || fit > most) {
                best = at;
                most = fit;
            }
        }
        at = told->before[at];
    }
    return best;
}

/* "justified the strike, which the president had approved": what was told as done under this very
 * name is no plan. */
void code_told_as_done(const coder *c, const code_told *told, candidate *e) {
    const casus_clause *k = &c->parse->clauses[e->clause];
    if (e->type != CODE_ASSAULT || e->status != CODE_PLANNED || k->kind != CASUS_CLAUSE_NOUN)
        return;
    e->status = CODE_HAPPENED;
    const uint32_t at = antecedent(c, told, e, false);
    if (at == CASUS_NONE || name_weight(c, &c->candidates[at], e) < 10) e->status = CODE_PLANNED;
}

/* The last act told of which `e` is told in the same words of the same sides. */
static uint32_t last_told(const coder *c, const code_told *told, const candidate *e, bool joined) {
    uint32_t at = told->last[e->type];
    for (uint32_t tries = 0; at != CASUS_NONE && tries < CODE_REFER_BACK; tries++) {
        const candidate *a = &c->candidates[at];
        if (tells(c, a, e) && refers(c, a, e, false, joined)) return at;
        at = told->before[at];
    }
    return CASUS_NONE;
}

uint32_t code_told_before(const coder *c, const code_told *told, const candidate *e) {
    const bool joined = joins(c, e);
    return code_speaks_of_known(c, e) ? antecedent(c, told, e, joined)
                                      : last_told(c, told, e, joined);
}

const candidate *code_told_anywhere(const coder *c, const code_told *told, const candidate *e) {
    const candidate *found = NULL;
    uint32_t at = told->last[e->type];
    for (uint32_t tries = 0; at != CASUS_NONE && tries < 4 * CODE_REFER_BACK; tries++) {
        const candidate *a = &c->candidates[at];
        at = told->before[at];
        if (a == e || !a->time || a->time->hour || !is_real(a) || a->from == CASUS_NO_DAY ||
            a->to == CASUS_NO_DAY || a->to - a->from > 31 || name_weight(c, a, e) < 8 ||
            places_clash(c, a, e) || lands_clash(c, a, e) || is_long(c, a) != is_long(c, e) ||
            sides_agree(c, a, e, CODE_ACTOR) == DIFFERENT)
            continue;
        if (found && code_dates_clash(found, a)) return NULL;
        if (!found || a->to - a->from < found->to - found->from) found = a;
    }
    return found;
}
