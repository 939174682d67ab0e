/* refer.c - acts told again: "the attack", "their meeting", the same words of the same speaker.
 *
 * An act is compared with at most REFER_BACK earlier ones of its type, the last first, so the cost
 * is linear. One that refers back is `same_as` the earlier and keeps its date when it has none of
 * its own; a speech act keeps the date of the speech it is part of (codebook, section 7). */
#include "code/code_int.h"

#include <stdlib.h>

#define REFER_BACK 24u     /* earlier acts of a type that one is compared with */
#define REFER_SENTENCES 4u /* how far a speech goes on without being named again */
#define SPEECHES 8u        /* dated speech acts that are kept in mind */

static bool in_arms(const casus_actor *a) {
    static const char *const words[] = {"REB", "UAF", "CRM", "OPP"};
    for (uint32_t i = 0; i < a->n_sectors; i++)
        for (size_t k = 0; k < sizeof words / sizeof *words; k++)
            if (strcmp(a->sectors[i], words[k]) == 0) return true;
    return false;
}

/* One actor, or one within the other: "Israel" and "the Israeli army". */
static bool same_actor(const coder *c, uint32_t a, uint32_t b) {
    const casus_mention *x = &c->mentions->items[a], *y = &c->mentions->items[b];
    if (x->chain == y->chain) return true;
    const casus_actor *p = &x->actor, *q = &y->actor;
    if (p->person.len && q->person.len) return false;
    if (p->code[0] || q->code[0]) return strcmp(p->code, q->code) == 0;
    if (in_arms(p) != in_arms(q)) return false; /* rebels are not the state they fight */
    return p->country[0] && strcmp(p->country, q->country) == 0;
}

typedef enum agreement { DIFFERENT, UNSAID, SAME } agreement;

static agreement sides_agree(const coder *c, const candidate *a, const candidate *b, int side) {
    if (!a->n_sides[side] || !b->n_sides[side]) return UNSAID;
    for (uint32_t i = 0; i < a->n_sides[side]; i++)
        for (uint32_t k = 0; k < b->n_sides[side]; k++)
            if (same_actor(c, a->sides[side][i], b->sides[side][k])) return SAME;
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
static bool speaks_of_known(const coder *c, const candidate *e) {
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

static bool dates_clash(const candidate *a, const candidate *b) {
    if (!a->time || !b->time || a->time->hour || b->time->hour) return false;
    if (a->from == CASUS_NO_DAY || b->from == CASUS_NO_DAY) return false;
    if (a->to == CASUS_NO_DAY || b->to == CASUS_NO_DAY) return false;
    return a->to < b->from || b->to < a->from;
}

static bool places_clash(const coder *c, const candidate *a, const candidate *b) {
    if (a->place == CASUS_NONE || b->place == CASUS_NONE) return false;
    const casus_mention *x = &c->mentions->items[a->place], *y = &c->mentions->items[b->place];
    if (x->chain == y->chain) return false;
    if (x->kind == CASUS_MENTION_COUNTRY || y->kind == CASUS_MENTION_COUNTRY)
        return strcmp(x->place.country, y->place.country) != 0;
    return x->place.id.len && !casus_slice_eq(x->place.id, y->place.id);
}

/* Its day, or a finer one within the days that it has. */
static void keep_time(candidate *e, const candidate *from) {
    const bool finer = e->time && from->time && from->from != CASUS_NO_DAY &&
                       from->to != CASUS_NO_DAY && e->from != CASUS_NO_DAY &&
                       e->to != CASUS_NO_DAY && from->from >= e->from && from->to <= e->to &&
                       from->to - from->from < e->to - e->from;
    const bool hour = e->time && e->time->hour && from->time && !from->time->hour &&
                      from->from == from->to; /* "began at 10 a.m.": its day was told before */
    if (e->time && !finer && !hour) return;
    if (!hour) e->time = from->time;
    e->from = from->from;
    e->to = from->to;
}

/* Its place, when it has none of its own. */
static void keep_place(candidate *e, const candidate *from) {
    if (e->place != CASUS_NONE || e->named != CASUS_NONE) return;
    e->place = from->place;
    e->named = from->named;
    e->named_end = from->named_end;
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

/* As many on this side, each of them in the other act too. */
static bool all_agree(const coder *c, const candidate *a, const candidate *b, int side) {
    if (a->n_sides[side] != b->n_sides[side]) return false;
    for (uint32_t k = 0; k < b->n_sides[side]; k++) {
        bool found = false;
        for (uint32_t i = 0; i < a->n_sides[side]; i++)
            found |= same_actor(c, a->sides[side][i], b->sides[side][k]);
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

/* Is `b`, told later, the act `a`? */
static bool refers(const coder *c, const candidate *a, const candidate *b, bool definite,
                   bool joined) {
    const casus_parse *p = c->parse;
    if (is_real(a) != is_real(b) || dates_clash(a, b) || places_clash(c, a, b)) return false;
    if (numbers_clash(c, a, b)) return false;
    if (joined) return a->time != NULL;
    const agreement actor = sides_agree(c, a, b, CODE_ACTOR);
    const agreement recipient = sides_agree(c, a, b, CODE_RECIPIENT);
    if (actor == DIFFERENT) return false;
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
    const bool day = a->time && b->time && a->from == b->from && a->to == b->to &&
                     a->from == a->to && a->from != CASUS_NO_DAY;
    if (y->kind == CASUS_CLAUSE_NOUN) /* "an offensive", told again with its day */
        return day && actor == SAME && noun_of(c, a) == c->lemmas[y->head];
    /* a verb: the same word, both sides told and the same */
    if (c->lemmas[x->head] != c->lemmas[y->head]) return false;
    if (actor == UNSAID && recipient == SAME) /* "was airlifted by X": told before without X */
        return y->flags & CASUS_CLAUSE_PASSIVE && same_victim(c, a, b);
    if (code_is_speech(a->type) &&
        !(all_agree(c, a, b, CODE_ACTOR) && all_agree(c, a, b, CODE_RECIPIENT)))
        return false;
    return actor == SAME &&
           (recipient == SAME || (!a->n_sides[CODE_RECIPIENT] && !b->n_sides[CODE_RECIPIENT]));
}

/* The name in apposition to a description: "the chief executive, Carrie Lam"; else itself. */
static uint32_t named_in(const coder *c, uint32_t m) {
    const casus_parse *p = c->parse;
    const uint32_t k = p->clause_of[c->mentions->items[m].head];
    if (k == CASUS_NONE || p->clauses[k].head != c->mentions->items[m].head) return m;
    for (uint32_t i = 0; i < p->clauses[k].n_args; i++) {
        const casus_arg *a = &p->clauses[k].args[i];
        if (a->role != CASUS_ROLE_APPOS || a->token >= p->n_tokens) continue;
        const uint32_t x = c->mentions->at[a->token];
        if (x != CASUS_NONE && c->mentions->items[x].actor.person.len) return x;
    }
    return m;
}

static bool same_person(const casus_mention *x, const casus_mention *y) {
    return x->actor.person.len && x->actor.person.len == y->actor.person.len &&
           memcmp(x->actor.person.ptr, y->actor.person.ptr, x->actor.person.len) == 0;
}

static bool same_voice(const coder *c, uint32_t a, uint32_t b) {
    const casus_mention *x = &c->mentions->items[a], *y = &c->mentions->items[b];
    return x->chain == y->chain || c->mentions->items[named_in(c, a)].chain == y->chain ||
           same_person(x, y);
}

/* One speaker: the same, or two names of one body ("the ministry", "Ankara"); two persons of one
 * country are two. */
static bool same_speaker(const coder *c, uint32_t a, uint32_t b) {
    const casus_mention *x = &c->mentions->items[a], *y = &c->mentions->items[b];
    if (same_voice(c, a, b)) return true;
    return !x->actor.person.len && !y->actor.person.len && same_actor(c, a, b);
}

/* The same speakers go on: named again, or by a pronoun. */
static bool speaks_on(const coder *c, const candidate *s, const candidate *e) {
    if (s->n_sides[CODE_ACTOR] && e->n_sides[CODE_ACTOR]) {
        for (uint32_t i = 0; i < s->n_sides[CODE_ACTOR]; i++)
            for (uint32_t k = 0; k < e->n_sides[CODE_ACTOR]; k++)
                if (same_speaker(c, s->sides[CODE_ACTOR][i], e->sides[CODE_ACTOR][k])) return true;
        return false;
    }
    const casus_clause *k = &c->parse->clauses[e->clause];
    for (uint32_t i = 0; i < k->n_args; i++)
        if (k->args[i].role == CASUS_ROLE_SUBJ)
            return c->parse->tokens[k->args[i].token].pos == CASUS_POS_PRON;
    return false;
}

/* Has the clause words of time of its own, be they no day ("for several days", "recently")? */
static bool has_words_of_time(const coder *c, const casus_clause *k) {
    if (c->times->n == 0) return false;
    return c->times->first_of[k->head] != CASUS_NONE ||
           (k->verb != CASUS_NONE && c->times->first_of[k->verb] != CASUS_NONE);
}

/* The time that the main verb of the sentence before gives, for "the attack" that nothing else
 * tells of: "A car was on Monday driven into a base. Ten died in the attack." */
static void date_by_sentence(const coder *c, candidate *e) {
    const casus_parse *p = c->parse;
    const uint32_t sent = p->clauses[e->clause].sent;
    if (sent == 0 || p->sentences[sent].para != p->sentences[sent - 1].para) return;
    const uint32_t k = p->clause_of[p->sentences[sent - 1].root];
    casus_when_fit fit;
    if (k == CASUS_NONE || p->clauses[k].tense != CASUS_TENSE_PAST) return;
    const uint32_t t = casus_when_clause_time(c->times, p, k, CASUS_NONE, &fit);
    if (t == CASUS_NONE || fit.bound != CASUS_BOUND_AT || fit.from == CASUS_NO_DAY) return;
    e->time = &c->times->items[t];
    e->from = fit.from;
    e->to = fit.to;
}

/* A call is no meeting. */
static bool by_phone(const coder *c, uint32_t token) {
    const casus_slice s = c->parse->tokens[token].lemma;
    return casus_slice_is(s, "call") || casus_slice_is(s, "conversation") ||
           casus_slice_is(s, "phone") || casus_slice_is(s, "telephone");
}

static bool is_call(const coder *c, const candidate *e) {
    const casus_parse *p = c->parse;
    const casus_string mode = code_string(c->code, c->code->rows[e->row].mode);
    if (mode.ptr && strcmp(mode.ptr, "phone") == 0) return true;
    return by_phone(c, p->clauses[e->clause].head);
}

/* The time of a meeting or call that a clause or noun speaks of ("said in a call on Friday", "the
 * readout of the call"): its own, else that of the last one told before. */
static bool time_of_talk(const coder *c, const casus_clause *k, const candidate *last,
                         candidate *out) {
    for (uint32_t i = 0; i < k->n_args; i++) {
        const casus_arg *a = &k->args[i];
        if (a->role != CASUS_ROLE_PREP || a->clause == CASUS_NONE) continue;
        const casus_clause *noun = &c->parse->clauses[a->clause];
        if (noun->kind != CASUS_CLAUSE_NOUN) continue;
        const uint32_t row = code_best_row(c, noun, 'n', CODE_TABLE_EVENT);
        if (row == CASUS_NONE || c->code->rows[row].type != CODE_CONSULT) continue;
        casus_when_fit fit;
        const uint32_t t = casus_when_clause_time(c->times, c->parse, a->clause, CASUS_NONE, &fit);
        if (t != CASUS_NONE) {
            out->time = &c->times->items[t];
            out->from = fit.from;
            out->to = fit.to;
            return true;
        }
        if (!last || !code_is_definite(c, noun) || by_phone(c, noun->head) != is_call(c, last))
            continue;
        out->time = last->time;
        out->from = last->from;
        out->to = last->to;
        return out->time != NULL;
    }
    return false;
}

/* The day of saying: the cue's own time, or that of what he did meanwhile ("said while addressing
 * reporters on Monday"). */
static bool said_on(const coder *c, const casus_attribution *a, candidate *out) {
    casus_when_fit fit;
    uint32_t t = casus_when_clause_time(c->times, c->parse, a->clause, CASUS_NONE, &fit);
    const casus_clause *k = &c->parse->clauses[a->clause];
    for (uint32_t i = 0; i < k->n_args && t == CASUS_NONE; i++) {
        const casus_arg *x = &k->args[i];
        if (x->role != CASUS_ROLE_ADVCL || x->clause == CASUS_NONE) continue;
        if (!casus_slice_is(x->prep, "while") && !casus_slice_is(x->prep, "when") && x->prep.len)
            continue;
        t = casus_when_clause_time(c->times, c->parse, x->clause, CASUS_NONE, &fit);
    }
    /* said, "They must help", while addressing the press yesterday: hung on the words quoted */
    for (uint32_t i = a->clause + 1; i < c->parse->n_clauses && i < a->clause + 16; i++) {
        const casus_clause *x = &c->parse->clauses[i];
        if (t != CASUS_NONE || x->sent != k->sent) break;
        if (x->parent_role != CASUS_ROLE_ADVCL || x->mood != CASUS_MOOD_GERUND ||
            x->parent == CASUS_NONE || x->flags & CASUS_CLAUSE_QUOTED ||
            !(c->parse->clauses[x->parent].flags & CASUS_CLAUSE_QUOTED) ||
            !(casus_slice_is(x->mark, "while") || casus_slice_is(x->mark, "when")))
            continue;
        t = casus_when_clause_time(c->times, c->parse, i, CASUS_NONE, &fit);
    }
    if (t == CASUS_NONE || fit.from == CASUS_NO_DAY || fit.bound == CASUS_BOUND_DUE) return false;
    out->time = &c->times->items[t];
    out->from = fit.from;
    out->to = fit.to;
    return true;
}

static bool is_press(const coder *c, uint32_t m) {
    const casus_actor *a = &c->mentions->items[m].actor;
    for (uint32_t i = 0; i < a->n_sectors; i++)
        if (strcmp(a->sectors[i], "JRN") == 0) return true;
    return false;
}

/* Is the one who speaks the one who acts? */
static bool speaker_acts(const coder *c, const casus_attribution *a, const candidate *e) {
    const uint32_t m =
        a->source_token == CASUS_NONE ? CASUS_NONE : code_actor_at(c, a->source_token, false);
    for (uint32_t i = 0; i < e->n_sides[CODE_ACTOR] && m != CASUS_NONE; i++) {
        const uint32_t doer = e->sides[CODE_ACTOR][i];
        if (is_press(c, m) != is_press(c, doer)) continue; /* "state media reported Iran issued" */
        if (same_actor(c, doer, m)) return true;
    }
    return false;
}

/* What is said in a meeting or call, or in the account of one, was said on its day. `order` holds
 * the acts by their trigger, [n]. */
static void date_by_talks(coder *c, const uint64_t *order, size_t n) {
    const casus_parse *p = c->parse;
    for (size_t i = 0; i < c->n_attributions; i++) {
        const casus_attribution *a = &c->attributions[i];
        if (a->clause == CASUS_NONE || !a->n_content) continue;
        /* the last dated meeting before the cue */
        const candidate *last = NULL;
        size_t lo = 0, hi = n;
        while (lo < hi) {
            const size_t mid = (lo + hi) / 2;
            if ((uint32_t)(order[mid] >> 32) < a->cue_token)
                lo = mid + 1;
            else
                hi = mid;
        }
        for (size_t k = lo; k > 0 && lo - k < REFER_BACK && !last; k--) {
            const candidate *e = &c->candidates[(uint32_t)order[k - 1]];
            if (e->type == CODE_CONSULT && e->time && is_real(e) &&
                p->tokens[p->clauses[e->clause].head].end <= a->content[0].begin)
                last = e;
        }
        candidate day = {0};
        bool found = said_on(c, a, &day);
        const bool own = found; /* only his own acts of speech are done by saying them */
        if (!found) found = time_of_talk(c, &p->clauses[a->clause], last, &day);
        const uint32_t noun =
            a->source_token == CASUS_NONE ? CASUS_NONE : p->clause_of[a->source_token];
        if (!found && noun != CASUS_NONE) found = time_of_talk(c, &p->clauses[noun], last, &day);
        for (uint32_t k = 0; k < a->n_content && found; k++) {
            size_t from = 0, to = n;
            while (from < to) {
                const size_t mid = (from + to) / 2;
                if (p->tokens[(uint32_t)(order[mid] >> 32)].begin < a->content[k].begin)
                    from = mid + 1;
                else
                    to = mid;
            }
            for (; from < n; from++) {
                candidate *e = &c->candidates[(uint32_t)order[from]];
                if (p->tokens[(uint32_t)(order[from] >> 32)].begin >= a->content[k].end) break;
                if (own && !speaker_acts(c, a, e)) continue;
                /* "announced that it will withdraw the bill": conceded by announcing it */
                const bool announced = e->type == CODE_CONCEDE && e->status == CODE_PLANNED;
                if (code_is_speech(e->type) && (is_real(e) || announced) && !e->time)
                    keep_time(e, &day);
            }
        }
    }
}

/* "arrested at the rally", "accused it during the summit": on the day of the event of that kind
 * told last, when nothing else dates the act. `last` and `before` chain the acts of a type. */
static void date_by_setting(const coder *c, candidate *e, const casus_clause *k,
                            const uint32_t *last, const uint32_t *before) {
    static const char *const preps[] = {"at", "during", "in", "throughout", NULL};
    for (uint32_t i = 0; i < k->n_args && !e->time; i++) {
        const casus_arg *a = &k->args[i];
        bool fits = false;
        if (a->role == CASUS_ROLE_OBJ && k->kind == CASUS_CLAUSE_VERB && a->clause != CASUS_NONE &&
            !(a->flags & CASUS_ARG_SHARED)) /* "detained 200 people at the rally" */
            date_by_setting(c, e, &c->parse->clauses[a->clause], last, before);
        for (const char *const *w = preps; *w; w++) fits |= casus_slice_is(a->prep, *w);
        if (a->role != CASUS_ROLE_PREP || !fits || a->clause == CASUS_NONE) continue;
        const casus_clause *noun = &c->parse->clauses[a->clause];
        if (noun->kind != CASUS_CLAUSE_NOUN || !code_is_definite(c, noun)) continue;
        const uint32_t row = code_best_row(c, noun, 'n', CODE_TABLE_EVENT);
        const bool call = by_phone(c, noun->head);
        if (row == CASUS_NONE && !call) continue;
        const uint8_t type = call ? (uint8_t)CODE_CONSULT : c->code->rows[row].type;
        if (type != CODE_PROTEST && type != CODE_CONSULT && type != CODE_ASSAULT) continue;
        uint32_t at = last[type];
        for (uint32_t tries = 0; at != CASUS_NONE && tries < REFER_BACK; tries++) {
            const candidate *o = &c->candidates[at];
            if (o != e && o->time && is_real(o) &&
                (type != CODE_CONSULT || call == is_call(c, o))) {
                keep_time(e, o);
                break;
            }
            at = before[at];
        }
    }
}

/* The acts told so far: for each type a chain from the last one back, and the one that the story is
 * about, the first that is dated. */
typedef struct acts_told {
    uint32_t *before; /* [n candidates] */
    uint32_t last[CODE_TYPES], lead[CODE_TYPES];
} acts_told;

/* Told as an aside: of a time before the story, or who somebody is. */
static bool is_background(const coder *c, const candidate *a) {
    const casus_clause *k = &c->parse->clauses[a->clause];
    if (k->kind == CASUS_CLAUSE_VERB && k->tense == CASUS_TENSE_PAST &&
        k->flags & CASUS_CLAUSE_PERFECT)
        return true;
    if (a->time && a->from != CASUS_NO_DAY && a->to != CASUS_NO_DAY && a->to - a->from > 40)
        return true;
    return k->parent_role == CASUS_ROLE_RELCL && k->kind == CASUS_CLAUSE_VERB;
}

/* The mode of its row: "firearms", "aerial". NULL: none. */
static const char *mode_of(const coder *c, const candidate *e) {
    const casus_string mode = code_string(c->code, c->code->rows[e->row].mode);
    return mode.ptr && mode.ptr[0] ? mode.ptr : NULL;
}

/* "strike" of "airstrike", "attack" of "counterattack": the general name of a thing. */
static bool ends_as(casus_slice whole, casus_slice end) {
    return end.len > 3 && whole.len > end.len &&
           memcmp(whole.ptr + (whole.len - end.len), end.ptr, end.len) == 0;
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
    if (x == CASUS_NONE || y == CASUS_NONE) return 0;
    const casus_slice n = c->parse->tokens[x].lemma, m = c->parse->tokens[y].lemma;
    return ends_as(m, n) || ends_as(n, m) ? 10 : 0;
}

/* "attacks" */
static bool is_several(const coder *c, const candidate *e) {
    const uint32_t noun = noun_token(c, e);
    if (noun == CASUS_NONE) return false;
    const casus_token *t = &c->parse->tokens[noun];
    return !casus_slice_eq(t->lemma, t->lower);
}

/* How well "the attack" fits an act told before, of those that it may be. */
static int fitness(const coder *c, const acts_told *told, uint32_t at, const candidate *e) {
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
    if (is_background(c, a)) fit -= 5;
    if (is_several(c, a) != is_several(c, e) && noun_token(c, a) != CASUS_NONE) fit -= 6;
    const uint32_t far = p->clauses[e->clause].sent - p->clauses[a->clause].sent;
    return fit - (int)(far < 8 ? far : 8);
}

/* The act that "the attack" speaks of: the one that fits best, of equals the last. */
static uint32_t antecedent(const coder *c, const acts_told *told, const candidate *e, bool joined) {
    const uint32_t lead = told->lead[e->type];
    uint32_t at = told->last[e->type], best = CASUS_NONE;
    int most = 0;
    bool led = false; /* the lead is looked at however long ago it was told */
    for (uint32_t tries = 0; tries <= REFER_BACK; tries++) {
        if (at == CASUS_NONE || tries == REFER_BACK) at = led ? CASUS_NONE : lead;
        if (at == CASUS_NONE) break;
        led |= at == lead;
        const candidate *a = &c->candidates[at];
        if ((name_weight(c, a, e) || tells(c, a, e)) && refers(c, a, e, true, joined)) {
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

/* The last act told of which `e` is told in the same words of the same sides. */
static uint32_t last_told(const coder *c, const acts_told *told, const candidate *e, bool joined) {
    uint32_t at = told->last[e->type];
    for (uint32_t tries = 0; at != CASUS_NONE && tries < REFER_BACK; tries++) {
        const candidate *a = &c->candidates[at];
        if (tells(c, a, e) && refers(c, a, e, false, joined)) return at;
        at = told->before[at];
    }
    return CASUS_NONE;
}

static int by_head(const void *a, const void *b) {
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

/* Who said something on a day that was told, the last of them in a ring. */
typedef struct voices {
    struct voice {
        uint32_t who, sent; /* mention */
        candidate day;
    } ring[SPEECHES];
    uint32_t n;
    uint64_t *order; /* [n_attributions] by their cue */
    size_t next;     /* attribution that has not been looked at */
} voices;

/* Takes up what was said before `token`. */
static void hear(const coder *c, voices *v, uint32_t token) {
    for (; v->next < c->n_attributions; v->next++) {
        const casus_attribution *a = &c->attributions[(uint32_t)v->order[v->next]];
        if (a->cue_token >= token) break;
        if (a->clause == CASUS_NONE || a->source_token == CASUS_NONE) continue;
        struct voice *x = &v->ring[v->n % SPEECHES];
        x->who = code_actor_at(c, a->source_token, false);
        x->sent = c->parse->clauses[a->clause].sent;
        memset(&x->day, 0, sizeof x->day);
        if (x->who != CASUS_NONE && !is_press(c, x->who) && said_on(c, a, &x->day) &&
            x->day.time->bound == CASUS_BOUND_AT)
            v->n++;
    }
}

/* "Lam announced on Wednesday that ... Lam also agreed": the day on which the speaker spoke. */
static void date_by_voice(const coder *c, const voices *v, candidate *e, const candidate *other) {
    const casus_clause *clause = &c->parse->clauses[e->clause];
    const uint32_t sent = clause->sent;
    if (clause->kind == CASUS_CLAUSE_NOUN ||
        (clause->flags & CASUS_CLAUSE_PERFECT && clause->tense == CASUS_TENSE_PAST))
        return;
    for (uint32_t i = 0; i < v->n && i < SPEECHES && !e->time; i++) {
        const struct voice *x = &v->ring[(v->n - 1 - i) % SPEECHES];
        if (sent < x->sent || sent - x->sent > REFER_SENTENCES) return;
        if (other && dates_clash(&x->day, other) && c->parse->clauses[other->clause].sent > x->sent)
            return;
        for (uint32_t k = 0; k < e->n_sides[CODE_ACTOR] && !e->time; k++)
            if (same_voice(c, x->who, e->sides[CODE_ACTOR][k])) keep_time(e, &x->day);
    }
}

/* An act told again has the day and the place of the first mention. */
static void hand_on(coder *c, const uint64_t *order, size_t n) {
    for (size_t k = 0; k < n; k++) {
        candidate *e = &c->candidates[(uint32_t)order[k]];
        if (e->same_as != CASUS_NONE && c->candidates[e->same_as].time)
            keep_time(e, &c->candidates[e->same_as]);
        if (e->same_as != CASUS_NONE && !code_is_speech(e->type))
            keep_place(e, &c->candidates[e->same_as]);
    }
}

void code_refer(coder *c) {
    const casus_parse *p = c->parse;
    uint64_t *order = casus_base_arena_zero(c->arena, c->n + 1, sizeof *order);
    acts_told told = {.before = casus_base_arena_zero(c->arena, c->n + 1, sizeof *told.before)};
    if (!order || !told.before) {
        c->no_memory = true;
        return;
    }
    for (int t = 0; t < CODE_TYPES; t++) told.last[t] = told.lead[t] = CASUS_NONE;
    voices heard = {
        .order = casus_base_arena_zero(c->arena, c->n_attributions + 1, sizeof *heard.order)};
    if (!heard.order) {
        c->no_memory = true;
        return;
    }
    for (size_t i = 0; i < c->n_attributions; i++)
        heard.order[i] = (uint64_t)c->attributions[i].cue_token << 32 | i;
    qsort(heard.order, c->n_attributions, sizeof *heard.order, by_head);
    size_t n = 0;
    for (size_t i = 0; i < c->n; i++)
        if (!c->candidates[i].dropped)
            order[n++] = (uint64_t)p->clauses[c->candidates[i].clause].head << 32 | i;
    qsort(order, n, sizeof *order, by_head);
    date_by_talks(c, order, n);
    uint32_t other = CASUS_NONE;                 /* the last dated act of a main clause */
    uint32_t speeches[SPEECHES], n_speeches = 0; /* the last dated speech acts, in a ring */
    for (size_t k = 0; k < n; k++) {
        const uint32_t me = (uint32_t)order[k];
        candidate *e = &c->candidates[me];
        const casus_clause *clause = &p->clauses[e->clause];
        const bool definite = speaks_of_known(c, e), joined = joins(c, e);
        const uint32_t at =
            definite ? antecedent(c, &told, e, joined) : last_told(c, &told, e, joined);
        if (at != CASUS_NONE) {
            const candidate *a = &c->candidates[at];
            e->same_as = a->same_as == CASUS_NONE ? at : a->same_as;
            keep_time(e, a);
            keep_place(e, a);
        }
        if (e->same_as == CASUS_NONE && !e->time && e->type == CODE_ASSAULT && definite &&
            is_real(e) && !has_words_of_time(c, clause))
            date_by_sentence(c, e);
        if (!e->time && is_real(e) && !has_words_of_time(c, clause))
            date_by_setting(c, e, clause, told.last, told.before);
        if (code_is_speech(e->type) || e->type == CODE_CONSULT) {
            for (uint32_t x = 0; x < n_speeches && !e->time && e->type != CODE_CONSULT; x++) {
                const candidate *s = &c->candidates[speeches[(n_speeches - 1 - x) % SPEECHES]];
                if (x == SPEECHES || clause->sent - p->clauses[s->clause].sent > REFER_SENTENCES)
                    break;
                /* told of another day since */
                if (has_words_of_time(c, clause) ||
                    (other != CASUS_NONE && dates_clash(s, &c->candidates[other]) &&
                     p->clauses[c->candidates[other].clause].head > p->clauses[s->clause].head))
                    break;
                if (is_real(e) && speaks_on(c, s, e)) keep_time(e, s);
            }
            hear(c, &heard, clause->head);
            if (!e->time && is_real(e) && e->type != CODE_CONSULT && !has_words_of_time(c, clause))
                date_by_voice(c, &heard, e, other == CASUS_NONE ? NULL : &c->candidates[other]);
            /* "the November 27 deal" is spoken of: nobody goes on making it */
            if (e->time && (is_real(e) || e->type == CODE_CONCEDE) &&
                (clause->kind != CASUS_CLAUSE_NOUN || e->type == CODE_CONSULT))
                speeches[n_speeches++ % SPEECHES] = me;
        }
        if (e->time && is_real(e) && clause->kind == CASUS_CLAUSE_VERB &&
            clause->parent == CASUS_NONE)
            other = me;
        told.before[me] = told.last[e->type];
        told.last[e->type] = me;
        if (told.lead[e->type] == CASUS_NONE && e->time && is_real(e) && !is_background(c, e))
            told.lead[e->type] = me;
    }
    /* an act first told without a day has that of a later mention */
    for (size_t k = 0; k < n; k++) {
        const candidate *e = &c->candidates[(uint32_t)order[k]];
        if (e->same_as == CASUS_NONE) continue;
        candidate *a = &c->candidates[e->same_as];
        if (a->status == CODE_ONGOING || e->status == CODE_ONGOING || code_is_speech(e->type))
            continue;
        keep_place(a, e);
        if (!e->time) continue;
        if (!has_words_of_time(c, &p->clauses[a->clause])) keep_time(a, e);
    }
    hand_on(c, order, n);
    code_days(c, true);
    code_days_of_story(c, order, n);
    hand_on(c, order, n); /* the days that these two have found */
}
