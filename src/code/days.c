/* days.c - the day of an act that its own words do not tell: from the clause over it, from the last
 * of several verbs, from "three days after", from what goes on around it in the same story.
 *
 * Each act looks at a bounded number of clauses and acts around it, so the cost is linear. Says
 * nothing of acts that are not told as real. */
#include "code/code_int.h"

#define CLAUSES_UP 4
#define CONJUNCTS_MOST 16u
#define STORY_SENTENCES 4u /* between two steps of one story */
#define LEAD_PARAS 2u      /* the article's act is told in these */
#define STORY_WORDS 160u   /* so far back things named are remembered */
#define MARK_MOST 24u      /* words between "after" and the verb that it brings */

static bool is_real(const candidate *e) {
    return e->status == CODE_HAPPENED || e->status == CODE_ONGOING || e->status == CODE_ALLEGED ||
           e->status == CODE_DENIED;
}

static bool is_open(const candidate *e) {
    return !e->dropped && !e->time && is_real(e);
}

static bool is_dated(const candidate *e) {
    return !e->dropped && e->time && e->from != CASUS_NO_DAY && e->to != CASUS_NO_DAY;
}

/* The act that a clause became, or NULL. */
static candidate *act_of(const coder *c, uint32_t clause) {
    if (clause == CASUS_NONE || c->of_clause[clause] == CASUS_NONE) return NULL;
    candidate *e = &c->candidates[c->of_clause[clause]];
    if (e->merged != CASUS_NONE) e = &c->candidates[e->merged];
    return e->dropped ? NULL : e;
}

typedef struct day {
    const casus_time *time;
    int32_t from, to;
} day;

static void give(candidate *e, day d) {
    e->time = d.time;
    e->from = d.from;
    e->to = d.to;
}

/* The day on which what a clause tells took place, from its own words or from its act's. */
static bool day_of(const coder *c, uint32_t clause, day *out) {
    casus_when_fit fit;
    const uint32_t t = casus_when_clause_time(c->times, c->parse, clause, CASUS_NONE, &fit);
    if (t != CASUS_NONE && fit.bound == CASUS_BOUND_AT && fit.from != CASUS_NO_DAY &&
        !c->times->items[t].hour) {
        *out = (day){&c->times->items[t], fit.from, fit.to};
        return true;
    }
    const candidate *e = act_of(c, clause);
    if (!e || !is_dated(e) || !is_real(e)) return false;
    *out = (day){e->time, e->from, e->to};
    return true;
}

/* ---- the clause over it ---- */

/* "blocked the exits as they chanted", "was shot when police opened fire", "..., killing ten": of
 * one time with the clause above, CASUS_NONE when it is not. */
static uint32_t beside(const casus_parse *p, uint32_t clause) {
    static const char *const marks[] = {"as", "when", "while", "whilst", NULL};
    const casus_clause *k = &p->clauses[clause];
    if (k->kind == CASUS_CLAUSE_NOUN || k->flags & CASUS_CLAUSE_PERFECT) return CASUS_NONE;
    if (k->conjunct_of < p->n_clauses && k->conjunct_of != clause) {
        const casus_clause *first = &p->clauses[k->conjunct_of];
        if (first->tense == k->tense && first->mood == k->mood && first->sent == k->sent) k = first;
    }
    if (k->parent >= p->n_clauses || k->parent_role != CASUS_ROLE_ADVCL) return CASUS_NONE;
    const casus_clause *up = &p->clauses[k->parent];
    if (up->kind == CASUS_CLAUSE_NOUN || up->sent != k->sent) return CASUS_NONE;
    if (k->mood == CASUS_MOOD_GERUND && k->mark.len == 0) return k->parent;
    if (!code_is_one_of(k->mark, marks)) return CASUS_NONE;
    return k->tense == up->tense || k->mood == CASUS_MOOD_GERUND || up->mood == CASUS_MOOD_GERUND
               ? k->parent
               : CASUS_NONE;
}

/* "clashed with police, who fired tear gas": what the forces named there go on to do. */
static uint32_t goes_on_with(const coder *c, const candidate *e) {
    const casus_parse *p = c->parse;
    const casus_clause *k = &p->clauses[e->clause];
    if (k->parent_role != CASUS_ROLE_RELCL || k->tense != CASUS_TENSE_PAST ||
        k->flags & (CASUS_CLAUSE_PERFECT | CASUS_CLAUSE_PASSIVE) || !e->n_sides[CODE_ACTOR])
        return CASUS_NONE;
    const casus_actor *a = &c->mentions->items[e->sides[CODE_ACTOR][0]].actor;
    bool forces = false;
    for (uint32_t i = 0; i < a->n_sectors; i++)
        forces |= strcmp(a->sectors[i], "COP") == 0 || strcmp(a->sectors[i], "MIL") == 0;
    if (!forces || a->person.len) return CASUS_NONE;
    uint32_t t = k->head;
    while (t > 1 && k->head - t < 6 && !casus_slice_is(p->tokens[t].lower, "who")) t--;
    if (!casus_slice_is(p->tokens[t].lower, "who") || !casus_slice_is(p->tokens[t - 1].form, ","))
        return CASUS_NONE;
    uint32_t at = k->parent;
    for (int depth = 0; depth < 3 && at < p->n_clauses; depth++) {
        if (p->clauses[at].kind != CASUS_CLAUSE_NOUN) return at;
        at = p->clauses[at].parent;
    }
    return CASUS_NONE;
}

/* "was formed in 2003 after a coalition ousted X": in the same month or year. */
static bool from_year(const coder *c, candidate *e) {
    const casus_clause *k = &c->parse->clauses[e->clause];
    day d;
    if (k->kind == CASUS_CLAUSE_NOUN || k->parent >= c->parse->n_clauses ||
        k->parent_role != CASUS_ROLE_ADVCL || k->flags & CASUS_CLAUSE_PERFECT ||
        k->tense != CASUS_TENSE_PAST || !casus_slice_is(k->mark, "after") ||
        !day_of(c, k->parent, &d) || d.to - d.from < 27)
        return false;
    give(e, d);
    return true;
}

/* "the October 1998 shooting death of X": the words of time of the whole. */
static void from_compound(const coder *c, candidate *e) {
    const casus_parse *p = c->parse;
    const uint32_t at = p->clauses[e->clause].head, up = at + 1;
    if (p->clauses[e->clause].kind != CASUS_CLAUSE_NOUN || up >= p->n_tokens ||
        p->tokens[up].pos != CASUS_POS_NOUN || !c->times->n)
        return;
    for (uint32_t i = c->times->first_of[up]; i != CASUS_NONE; i = c->times->items[i].next) {
        const casus_time *t = &c->times->items[i];
        if (t->type > CASUS_TIME_TIME || t->hour || t->from == CASUS_NO_DAY ||
            t->bound != CASUS_BOUND_AT)
            continue;
        give(e, (day){t, t->from, t->to});
        return;
    }
}

/* "the 1995 shooting of X, who was wounded in the leg": harmed in the act whose victim he is. */
static bool from_victim(const coder *c, candidate *e) {
    const casus_parse *p = c->parse;
    const casus_clause *k = &p->clauses[e->clause];
    if (k->parent_role != CASUS_ROLE_RELCL || k->parent >= p->n_clauses ||
        k->kind != CASUS_CLAUSE_VERB || !(k->flags & CASUS_CLAUSE_PASSIVE) ||
        k->flags & CASUS_CLAUSE_PERFECT || k->tense != CASUS_TENSE_PAST || !code_harms(c, e))
        return false;
    uint32_t t = p->clauses[k->parent].head; /* whom the clause tells of */
    for (int depth = 0; depth < 3; depth++) {
        const uint32_t up = p->tokens[t].head;
        if (up == t) return false;
        t = up;
        const candidate *o = act_of(c, p->clause_of[t]);
        if (!o || o == e || o->type != CODE_ASSAULT || !is_dated(o) || !is_real(o)) continue;
        give(e, (day){o->time, o->from, o->to});
        return true;
    }
    return false;
}

/* "invited them to join the bloc in July 1997": a day past behind what was asked for is that of the
 * asking. */
static void from_content(const coder *c, candidate *o) {
    const casus_parse *p = c->parse;
    const int32_t today = p->text->day;
    if (!is_dated(o) || o->of == CASUS_NONE || today == CASUS_NO_DAY || o->to >= today ||
        (o->status != CODE_URGED && o->status != CODE_PLANNED))
        return;
    candidate *e = &c->candidates[o->of];
    const casus_clause *k = &p->clauses[e->clause], *x = &p->clauses[o->clause];
    if (e->dropped || e->time || !is_real(e) || !code_is_speech(e->type) ||
        k->tense != CASUS_TENSE_PAST || k->kind != CASUS_CLAUSE_VERB || k->sent != x->sent ||
        x->mood != CASUS_MOOD_INFINITIVE || o->time->first < x->head)
        return;
    give(e, (day){o->time, o->from, o->to});
    o->time = NULL;
}

/* "was sailing home on the evening of May 3 and hit a mine": what was going on then. */
static bool from_scene_set(const coder *c, uint32_t clause, day *d) {
    const casus_parse *p = c->parse;
    const casus_clause *k = &p->clauses[clause];
    if (k->kind != CASUS_CLAUSE_VERB || k->conjunct_of >= p->n_clauses) return false;
    const casus_clause *first = &p->clauses[k->conjunct_of];
    return first != k && first->sent == k->sent && first->tense == k->tense &&
           first->mood == k->mood && first->flags & CASUS_CLAUSE_PROGRESSIVE &&
           !(k->flags & (CASUS_CLAUSE_PERFECT | CASUS_CLAUSE_PROGRESSIVE)) &&
           day_of(c, k->conjunct_of, d);
}

static void from_above(const coder *c, candidate *e) {
    uint32_t at = e->clause;
    day d;
    if (from_year(c, e) || from_victim(c, e)) return;
    const uint32_t with = goes_on_with(c, e);
    if (with != CASUS_NONE && day_of(c, with, &d)) {
        give(e, d);
        return;
    }
    for (int depth = 0; depth < CLAUSES_UP; depth++) {
        at = beside(c->parse, at);
        if (at == CASUS_NONE) return;
        if (day_of(c, at, &d) || from_scene_set(c, at, &d)) {
            give(e, d);
            return;
        }
    }
}

/* "23 were killed and 20 taken hostage in raids last week": what closes the last of several verbs
 * of one subject, or of several passives, dates them all. */
static void from_conjunct(const coder *c, candidate *e) {
    const casus_parse *p = c->parse;
    const casus_clause *k = &p->clauses[e->clause];
    if (k->kind != CASUS_CLAUSE_VERB) return;
    for (uint32_t i = e->clause + 1; i < p->n_clauses && i - e->clause < CONJUNCTS_MOST; i++) {
        const casus_clause *x = &p->clauses[i];
        if (x->sent != k->sent) return;
        if (x->conjunct_of != e->clause || x->kind != k->kind || x->tense != k->tense ||
            x->mood != k->mood)
            continue;
        const bool passive = x->flags & k->flags & CASUS_CLAUSE_PASSIVE;
        bool own = false; /* a subject of its own */
        for (uint32_t a = 0; a < x->n_args; a++)
            own |= x->args[a].role == CASUS_ROLE_SUBJ && !(x->args[a].flags & CASUS_ARG_SHARED);
        day d;
        if ((own && !passive) || !day_of(c, i, &d)) continue;
        const bool now = k->tense == CASUS_TENSE_PRESENT || k->mood == CASUS_MOOD_INFINITIVE;
        if (now && p->text->day != CASUS_NO_DAY && d.to < p->text->day) return;
        if (d.time->first > x->head && d.time->bound == CASUS_BOUND_AT &&
            p->sentences[x->sent].first <= d.time->first &&
            d.time->last <= p->sentences[x->sent].last)
            give(e, d);
        return;
    }
}

/* "After Sunday's unrest ten were arrested and two were hurt": what stands before the first of
 * several verbs dates them all. */
static void from_first(const coder *c, candidate *e) {
    const casus_parse *p = c->parse;
    const casus_clause *k = &p->clauses[e->clause];
    if (k->kind != CASUS_CLAUSE_VERB || k->conjunct_of >= p->n_clauses) return;
    const casus_clause *first = &p->clauses[k->conjunct_of];
    day d;
    if (from_scene_set(c, e->clause, &d)) {
        give(e, d);
        return;
    }
    if (first->sent != k->sent || first->tense != k->tense || first->kind != k->kind ||
        first->mood != k->mood ||
        (first->flags ^ k->flags) & (CASUS_CLAUSE_PERFECT | CASUS_CLAUSE_PROGRESSIVE))
        return;
    if (day_of(c, k->conjunct_of, &d) && d.time->first < first->head &&
        d.time->first >= p->sentences[k->sent].first)
        give(e, d);
}

/* ---- so long after, so long before ---- */

/* "P3D" into days, least and most; false for what is no number of days. */
static bool days_in(casus_slice value, int32_t *least, int32_t *most) {
    if (value.len < 3 || value.ptr[0] != 'P') return false;
    const char unit = value.ptr[value.len - 1];
    if (value.ptr[1] == 'T') { /* hours, minutes: of one day */
        *least = *most = 0;
        return true;
    }
    int32_t n = 0;
    const bool some = value.ptr[1] == 'X';
    if (some && value.len != 3) return false;
    for (uint32_t i = 1; i + 1 < value.len && !some; i++) {
        if (value.ptr[i] < '0' || value.ptr[i] > '9' || n > 9999) return false;
        n = n * 10 + (value.ptr[i] - '0');
    }
    if (unit == 'D') {
        *least = some ? 1 : n;
        *most = some ? 7 : n;
    } else if (unit == 'W' && !some) {
        *least = *most = 7 * n;
    } else if (unit == 'M' && !some) {
        *least = 30 * n - 15;
        *most = 31 * n + 15;
    } else if (unit == 'Y' && !some) {
        *least = 365 * n - 183;
        *most = 366 * n + 183;
    } else {
        return false;
    }
    return true;
}

typedef struct span {
    const casus_time *time; /* NULL: "shortly", of one day */
    int32_t least, most;    /* days */
    bool after, joined;     /* joined: "..., and ten days after": beside one told before */
} span;

/* The length of time before the "after" or "before" that brings the words at `token`. */
static bool span_at(const coder *c, uint32_t token, casus_slice word, span *out) {
    static const char *const soon[] = {"shortly", "soon",    "immediately", "right", "just",
                                       "moments", "minutes", "hours",       NULL};
    const casus_parse *p = c->parse;
    const uint32_t first = p->sentences[p->tokens[token].sent].first;
    out->after = casus_slice_is(word, "after") || casus_slice_is(word, "following");
    if (!out->after && !casus_slice_is(word, "before")) return false;
    uint32_t at = token;
    while (at > first && token - at < MARK_MOST && !casus_slice_eq(p->tokens[at].lower, word)) at--;
    if (at == first || !casus_slice_eq(p->tokens[at].lower, word)) return false;
    out->time = NULL;
    out->least = out->most = 0;
    const uint32_t i = code_first_time(c->times, at - 1);
    if (i < c->times->n && c->times->items[i].first <= at - 1) {
        const casus_time *t = &c->times->items[i];
        out->time = t;
        const casus_slice before =
            t->first > first ? p->tokens[t->first - 1].lower : casus_slice_of("", 0);
        out->joined = casus_slice_is(before, "and") || casus_slice_is(before, ",");
        return t->type == CASUS_TIME_DURATION && days_in(t->value, &out->least, &out->most);
    }
    out->joined = false;
    return code_is_one_of(p->tokens[at - 1].lower, soon);
}

static day moved(day d, const span *s, bool later) {
    if (s->most == 0) return d;
    d.time = s->time;
    if (later) {
        d.from += s->least;
        d.to += s->most;
    } else {
        d.from -= s->most;
        d.to -= s->least;
    }
    return d;
}

/* The day of a clause above: told, or today's when a report tells it in the present tense. */
static bool day_above(const coder *c, uint32_t clause, day *out) {
    if (day_of(c, clause, out)) return true;
    const casus_clause *k = &c->parse->clauses[clause];
    const int32_t today = c->parse->text->day;
    if (k->tense != CASUS_TENSE_PRESENT ||
        k->flags & (CASUS_CLAUSE_QUOTED | CASUS_CLAUSE_PERFECT) || k->modality ||
        k->parent != CASUS_NONE || today == CASUS_NO_DAY)
        return false;
    *out = (day){NULL, today, today};
    return true;
}

/* "joins X, three days after he left Y": dates the act below by the one above. */
static void from_span(const coder *c, candidate *e, uint32_t clause) {
    const casus_parse *p = c->parse;
    const casus_clause *k = &p->clauses[clause];
    span s;
    day d;
    if (k->parent >= p->n_clauses || p->clauses[k->parent].sent != k->sent) return;
    casus_slice word = k->mark;
    if (k->parent_role == CASUS_ROLE_PREP) {
        const casus_clause *up = &p->clauses[k->parent];
        for (uint32_t i = 0; i < up->n_args; i++)
            if (up->args[i].clause == clause) word = up->args[i].prep;
    } else if (k->parent_role != CASUS_ROLE_ADVCL) {
        return;
    }
    if (!span_at(c, k->head, word, &s)) return;
    uint32_t above = k->parent;
    const casus_clause *up = &p->clauses[above];
    span other; /* "three days after he did this and ten days after doing that" */
    if (s.joined && up->parent < p->n_clauses && up->parent_role == CASUS_ROLE_ADVCL &&
        span_at(c, up->head, up->mark, &other))
        above = up->parent;
    if (!day_above(c, above, &d)) return;
    if (!d.time && !s.time) return;
    d = moved(d, &s, !s.after);
    if (d.time) give(e, d);
}

/* "took place hours before the attack on Monday": dates the act above by the one below. */
static void to_span(const coder *c, candidate *e, uint32_t clause) {
    const casus_clause *k = &c->parse->clauses[clause];
    span s;
    day d;
    for (uint32_t i = 0; i < k->n_args && !e->time; i++) {
        const casus_arg *a = &k->args[i];
        if (a->clause == CASUS_NONE || a->flags & CASUS_ARG_SHARED) continue;
        if (a->role != CASUS_ROLE_ADVCL && a->role != CASUS_ROLE_PREP) continue;
        if (!span_at(c, a->token, a->prep, &s) || !day_of(c, a->clause, &d)) continue;
        give(e, moved(d, &s, s.after));
    }
}

/* ---- a day past in a report of today ---- */

/* "summons the envoy over the attack on a ship the day before": what a report tells in the present
 * tense is of today, the day past belongs to the act named within. */
static void hand_down(const coder *c, candidate *e) {
    const casus_parse *p = c->parse;
    const int32_t today = p->text->day;
    const casus_clause *k = &p->clauses[e->clause];
    if (!is_dated(e) || today == CASUS_NO_DAY || e->to >= today || e->time->first < k->head) return;
    if (k->kind != CASUS_CLAUSE_VERB || k->flags & (CASUS_CLAUSE_PERFECT | CASUS_CLAUSE_QUOTED))
        return;
    if (k->tense != CASUS_TENSE_PRESENT &&
        !(k->mood == CASUS_MOOD_GERUND && k->parent < p->n_clauses &&
          p->clauses[k->parent].tense == CASUS_TENSE_PRESENT &&
          !(p->clauses[k->parent].flags & CASUS_CLAUSE_PERFECT)))
        return;
    for (uint32_t i = e->clause + 1; i < p->n_clauses && i - e->clause < CONJUNCTS_MOST; i++) {
        const casus_clause *x = &p->clauses[i];
        if (x->sent != k->sent || x->head >= e->time->first) return;
        if (x->kind != CASUS_CLAUSE_NOUN) continue;
        candidate *o = act_of(c, i);
        if (!o || o == e || o->clause != i || !is_open(o)) continue;
        give(o, (day){e->time, e->from, e->to});
        e->time = NULL;
        return;
    }
}

/* ---- what stands behind a noun ---- */

/* "The move follows the killing of X on Monday", "marched yesterday to protest the killing of X on
 * Monday": the day behind an event noun is its own where the verb over it is no act or has a day of
 * its own already, and no words that speak of past things ("recalled the attack on Monday"). */
static void from_behind(const coder *c, candidate *e) {
    static const char *const recalls[] = {"mark",    "commemorate", "remember", "recall", "mourn",
                                          "discuss", "investigate", "review",   "honor",  "honour",
                                          "debate",  "report",      "confirm",  NULL};
    const casus_parse *p = c->parse;
    const casus_clause *k = &p->clauses[e->clause];
    if (k->kind != CASUS_CLAUSE_NOUN) return;
    uint32_t at = e->clause;
    for (int depth = 0; depth < 3; depth++) {
        k = &p->clauses[at];
        if (k->parent >= p->n_clauses ||
            (k->parent_role != CASUS_ROLE_OBJ && k->parent_role != CASUS_ROLE_PREP))
            return;
        at = k->parent;
        if (p->clauses[at].kind != CASUS_CLAUSE_NOUN) break;
        const uint32_t of = act_of(c, at) ? CASUS_NONE : c->times->first_of[p->clauses[at].head];
        for (uint32_t i = of; i != CASUS_NONE; i = c->times->items[i].next) {
            const casus_time *t = &c->times->items[i]; /* "an inquiry into the violence in July" */
            if (t->first < p->clauses[e->clause].head || t->type > CASUS_TIME_TIME || t->hour ||
                t->from == CASUS_NO_DAY || t->bound != CASUS_BOUND_AT)
                continue;
            give(e, (day){t, t->from, t->to});
            return;
        }
    }
    const casus_clause *up = &p->clauses[at];
    if (up->kind != CASUS_CLAUSE_VERB || up->head > p->clauses[e->clause].head ||
        code_is_one_of(p->tokens[up->head].lemma, recalls))
        return;
    candidate *act = act_of(c, at);
    for (uint32_t i = 0; i < up->n_args; i++) { /* "follows the killing of X in a raid on Monday" */
        const casus_arg *a = &up->args[i];
        if (a->role != CASUS_ROLE_PREP || a->token < p->clauses[e->clause].head ||
            a->clause == CASUS_NONE || !casus_slice_is(a->prep, "in"))
            continue;
        const candidate *o = act_of(c, a->clause);
        if (!o || o == e || o->type != e->type || !is_dated(o)) continue;
        give(e, (day){o->time, o->from, o->to});
        return;
    }
    bool dated = false; /* the verb has another day, told before the noun */
    for (uint32_t a = at, depth = 0; a < p->n_clauses && depth < 2; depth++) {
        for (uint32_t i = c->times->first_of[p->clauses[a].head]; i != CASUS_NONE;
             i = c->times->items[i].next)
            dated |= c->times->items[i].first < p->clauses[e->clause].head;
        const casus_clause *x = &p->clauses[a];
        if (x->mood != CASUS_MOOD_INFINITIVE || x->parent_role != CASUS_ROLE_ADVCL) break;
        a = x->parent;
    }
    if (!dated && code_best_row(c, up, 'v', CODE_TABLE_SPEECH) != CASUS_NONE) return;
    /* "has been arrested in connection with the bombings last year": of the bombings */
    const bool has = up->tense == CASUS_TENSE_PRESENT && up->mood == CASUS_MOOD_INDICATIVE;
    const int32_t near = up->flags & CASUS_CLAUSE_PERFECT ? 6 : 0;
    if (act && !dated && !has) return;
    for (uint32_t i = c->times->first_of[up->head]; i != CASUS_NONE; i = c->times->items[i].next) {
        const casus_time *t = &c->times->items[i];
        if (t->first < p->clauses[e->clause].head || t->type > CASUS_TIME_TIME || t->hour ||
            t->from == CASUS_NO_DAY || t->bound != CASUS_BOUND_AT ||
            (has && p->text->day != CASUS_NO_DAY && t->to >= p->text->day - near))
            continue;
        give(e, (day){t, t->from, t->to});
        if (has && act && act->time == t) act->time = NULL;
        return;
    }
}

/* "arrived in X on Monday for talks with Y": the talks are that day's. */
static void from_coming(const coder *c, candidate *e) {
    static const char *const comes[] = {"arrive",   "travel",  "gather",     "fly", "land",
                                        "convene",  "go",      "come",       "sit", "assemble",
                                        "converge", "descend", "congregate", NULL};
    const casus_parse *p = c->parse;
    const casus_clause *k = &p->clauses[e->clause];
    if (k->kind != CASUS_CLAUSE_NOUN || k->parent_role != CASUS_ROLE_PREP ||
        k->parent >= p->n_clauses)
        return;
    const casus_clause *up = &p->clauses[k->parent];
    if (up->kind != CASUS_CLAUSE_VERB || !code_is_one_of(p->tokens[up->head].lemma, comes)) return;
    day d;
    for (uint32_t i = 0; i < up->n_args; i++)
        if (up->args[i].clause == e->clause && casus_slice_is(up->args[i].prep, "for") &&
            day_of(c, k->parent, &d))
            give(e, d);
}

/* "received an award last year during a visit to X", "shot on Monday during a protest": what goes
 * on around the act. */
static void from_during(const coder *c, candidate *e) {
    static const char *const words[] = {"during", "at", "amid", "throughout", NULL};
    const casus_parse *p = c->parse;
    const casus_clause *k = &p->clauses[e->clause];
    if (k->kind != CASUS_CLAUSE_NOUN || k->parent_role != CASUS_ROLE_PREP ||
        k->parent >= p->n_clauses ||
        (e->type != CODE_CONSULT && e->type != CODE_PROTEST && e->type != CODE_ASSAULT &&
         e->type != CODE_COERCE))
        return;
    const casus_clause *up = &p->clauses[k->parent];
    if (up->kind != CASUS_CLAUSE_VERB || up->tense == CASUS_TENSE_FUTURE) return;
    day d;
    for (uint32_t i = 0; i < up->n_args; i++)
        if (up->args[i].clause == e->clause && code_is_one_of(up->args[i].prep, words) &&
            day_of(c, k->parent, &d) && d.time->bound == CASUS_BOUND_AT &&
            (p->text->day == CASUS_NO_DAY || d.from <= p->text->day))
            give(e, d);
}

/* ---- the same scene going on ---- */

static bool is_scene(uint8_t type) {
    return type == CODE_ASSAULT || type == CODE_PROTEST || type == CODE_COERCE ||
           type == CODE_MOBILIZE || type == CODE_RETREAT;
}

/* "police", "an officer": of one country and one sector. */
static bool same_kind(const casus_mention *a, const casus_mention *b) {
    const casus_actor *x = &a->actor, *y = &b->actor;
    if (!x->country[0] || strcmp(x->country, y->country) != 0) return false;
    if (x->person.len && y->person.len) return false;
    for (uint32_t i = 0; i < x->n_sectors; i++)
        for (uint32_t k = 0; k < y->n_sectors; k++)
            if (strcmp(x->sectors[i], y->sectors[k]) == 0) return true;
    return false;
}

/* Somebody in particular who takes part in both; a whole country acts on many days. */
static bool shares_side(const coder *c, const candidate *a, const candidate *b) {
    for (int x = 0; x < CODE_MEDIATOR; x++)
        for (uint32_t i = 0; i < a->n_sides[x]; i++) {
            const casus_mention *m = &c->mentions->items[a->sides[x][i]];
            if (m->kind == CASUS_MENTION_COUNTRY) continue;
            for (int y = 0; y < CODE_MEDIATOR; y++)
                for (uint32_t k = 0; k < b->n_sides[y]; k++) {
                    const casus_mention *o = &c->mentions->items[b->sides[y][k]];
                    if (o->chain == m->chain || (x == y && same_kind(m, o))) return true;
                }
        }
    return false;
}

/* "near the base", "the vote was boycotted": a thing that the story named from sentence `from` on.
 */
static bool shares_thing(const coder *c, uint32_t from, const candidate *b) {
    const casus_parse *p = c->parse;
    const casus_clause *k = &p->clauses[b->clause];
    const uint32_t to = p->sentences[k->sent].first;
    uint32_t first = p->sentences[from].first;
    if (to - first > STORY_WORDS) first = to - STORY_WORDS;
    for (uint32_t i = 0; i < k->n_args && i < CONJUNCTS_MOST; i++) {
        const casus_arg *x = &k->args[i];
        if (x->role != CASUS_ROLE_SUBJ && x->role != CASUS_ROLE_OBJ && x->role != CASUS_ROLE_PREP)
            continue;
        if (p->tokens[x->token].pos != CASUS_POS_NOUN || x->first >= p->n_tokens ||
            !casus_slice_is(p->tokens[x->first].lower, "the"))
            continue;
        for (uint32_t t = first; t < to; t++)
            if (p->tokens[t].pos == CASUS_POS_NOUN &&
                (c->lemmas[t] == c->lemmas[x->token] ||
                 code_is_named_after(p->tokens[t].lemma, p->tokens[x->token].lemma)))
                return true; /* "the bomb" of "a bombing" */
    }
    return false;
}

/* "then", "also": one thing after another. */
static bool goes_on(const coder *c, const candidate *e) {
    static const char *const words[] = {"then", "also",      "subsequently", "eventually", "soon",
                                        "too",  "meanwhile", "afterwards",   NULL};
    const casus_clause *k = &c->parse->clauses[e->clause];
    for (int first = 0; first < 2; first++) {
        for (uint32_t i = 0; i < k->n_args; i++)
            if (k->args[i].role == CASUS_ROLE_ADV &&
                code_is_one_of(c->parse->tokens[k->args[i].token].lower, words))
                return true;
        if (k->conjunct_of >= c->parse->n_clauses) break;
        k = &c->parse->clauses[k->conjunct_of];
    }
    return false;
}

/* Words of time, be they no day ("recently"); but "by the evening" is part of any day. */
static bool has_words_of_time(const coder *c, const casus_clause *k) {
    const casus_times *t = c->times;
    if (!t->n) return false;
    for (uint32_t i = t->first_of[k->head]; i != CASUS_NONE; i = t->items[i].next)
        if (!t->items[i].hour) return true;
    if (k->verb == CASUS_NONE || k->verb == k->head) return false;
    for (uint32_t i = t->first_of[k->verb]; i != CASUS_NONE; i = t->items[i].next)
        if (!t->items[i].hour) return true;
    return false;
}

/* Told as a step of a story: simple past, no words of another time, in no clause of description. */
static bool is_step(const coder *c, const candidate *e) {
    static const char *const begins[] = {"break", "erupt",  "begin", "start",
                                         "ensue", "follow", NULL};
    const casus_parse *p = c->parse;
    uint32_t at = e->clause;
    const casus_clause *k = &p->clauses[at];
    if (e->status != CODE_HAPPENED && e->status != CODE_ALLEGED) return false;
    if (k->kind == CASUS_CLAUSE_NOUN) { /* "clashes broke out" */
        if (k->parent_role != CASUS_ROLE_SUBJ || k->parent >= p->n_clauses) return false;
        at = k->parent;
        k = &p->clauses[at];
        if (!code_is_one_of(p->tokens[k->verb == CASUS_NONE ? k->head : k->verb].lemma, begins))
            return false;
    }
    static const char *const shows[] = {"show", "capture", "film", "see", "depict", NULL};
    if (k->kind == CASUS_CLAUSE_VERB && k->mood == CASUS_MOOD_GERUND && k->parent < p->n_clauses &&
        p->clauses[k->parent].kind == CASUS_CLAUSE_VERB &&
        code_is_one_of(p->tokens[p->clauses[k->parent].head].lemma, shows))
        k = &p->clauses[at = k->parent]; /* "video showed them throwing stones" */
    if (k->kind != CASUS_CLAUSE_VERB || k->tense != CASUS_TENSE_PAST ||
        k->flags & (CASUS_CLAUSE_PERFECT | CASUS_CLAUSE_PROGRESSIVE))
        return false;
    bool said = false;
    for (int depth = 0; depth < CLAUSES_UP; depth++) {
        k = &p->clauses[at];
        if (k->parent_role == CASUS_ROLE_RELCL && k->parent != CASUS_NONE) {
            const uint32_t with = at == e->clause ? goes_on_with(c, e) : CASUS_NONE;
            if (with == CASUS_NONE) return false;
            k = &p->clauses[at = with];
        }
        if (has_words_of_time(c, k)) return said; /* the day of saying */
        if (k->parent >= p->n_clauses || k->parent == at) return true;
        said = k->parent_role == CASUS_ROLE_CCOMP;
        at = k->parent;
    }
    return true;
}

/* Does the text between two acts tell of another day? */
static bool day_between(const coder *c, const candidate *a, const candidate *e) {
    const uint32_t from = c->parse->clauses[a->clause].head;
    const uint32_t to = c->parse->clauses[e->clause].head;
    for (uint32_t i = code_first_time(c->times, from); i < c->times->n; i++) {
        const casus_time *t = &c->times->items[i];
        if (t->first >= to) return false;
        if (t->type > CASUS_TIME_TIME || t->from == CASUS_NO_DAY || t->hour) continue;
        if (t->to < a->from || t->from > a->to) return true;
    }
    return false;
}

/* "Thousands gathered in X on Monday. Police arrested ten of them.": the day that the sentence
 * before tells in its main clause, be that no act. */
static void from_sentence_before(const coder *c, candidate *e) {
    const casus_parse *p = c->parse;
    const uint32_t sent = p->clauses[e->clause].sent;
    if (sent == 0 || p->sentences[sent].para != p->sentences[sent - 1].para) return;
    const uint32_t k = p->clause_of[p->sentences[sent - 1].root];
    casus_when_fit fit;
    if (k == CASUS_NONE || p->clauses[k].tense != CASUS_TENSE_PAST ||
        p->clauses[k].flags & CASUS_CLAUSE_PERFECT ||
        code_best_row(c, &p->clauses[k], 'v', CODE_TABLE_SPEECH) != CASUS_NONE)
        return;
    const uint32_t t = casus_when_clause_time(c->times, p, k, CASUS_NONE, &fit);
    if (t == CASUS_NONE || fit.bound != CASUS_BOUND_AT || fit.from == CASUS_NO_DAY ||
        fit.to - fit.from > 1 || c->times->items[t].hour)
        return;
    give(e, (day){&c->times->items[t], fit.from, fit.to});
}

/* Further on in the article what is told of the same kind is of the day of the act that it is
 * about, while no other day is told. */
static void from_lead(const coder *c, const candidate *lead, candidate *e) {
    if (!lead || lead->type != e->type || day_between(c, lead, e) ||
        (e->type != CODE_ASSAULT && e->type != CODE_PROTEST))
        return;
    for (int side = 0; side < CODE_MEDIATOR; side++) /* "elsewhere": of another country */
        for (uint32_t i = 0; i < lead->n_sides[side]; i++)
            for (uint32_t k = 0; k < e->n_sides[side]; k++) {
                const char *a = c->mentions->items[lead->sides[side][i]].actor.country;
                const char *b = c->mentions->items[e->sides[side][k]].actor.country;
                if (a[0] && b[0] && strcmp(a, b) != 0) return;
            }
    if (lead->place != CASUS_NONE && e->place != CASUS_NONE &&
        strcmp(c->mentions->items[lead->place].place.country,
               c->mentions->items[e->place].place.country) != 0)
        return;
    give(e, (day){lead->time, lead->from, lead->to});
}

void code_days_of_story(coder *c, const uint64_t *order, size_t n) {
    const casus_parse *p = c->parse;
    const candidate *last = NULL; /* the last act of the story, of one day */
    const candidate *lead = NULL; /* what the article is about */
    uint32_t begun = 0;           /* its first sentence */
    for (size_t i = 0; i < n; i++) {
        candidate *e = &c->candidates[(uint32_t)order[i]];
        if (!is_scene(e->type) || !is_real(e)) continue;
        if (is_dated(e) && e->time->hour && last && !day_between(c, last, e) &&
            p->clauses[e->clause].sent - p->clauses[last->clause].sent <= STORY_SENTENCES) {
            e->from = last->from; /* "in the evening police fired tear gas" */
            e->to = last->to;
        }
        if (is_dated(e)) {
            if (!lead && e->to - e->from <= 1 && !e->time->hour && !code_is_background(c, e) &&
                p->sentences[p->clauses[e->clause].sent].para <= LEAD_PARAS)
                lead = e;
            const bool on = last && e->from <= last->to && last->from <= e->to;
            if (!on) begun = p->clauses[e->clause].sent;
            last = e->to - e->from <= 1 ? e : NULL;
            continue;
        }
        if (e->time || !is_step(c, e)) continue;
        if (!last) {
            from_sentence_before(c, e);
            if (!e->time) from_lead(c, lead, e);
            if (is_dated(e)) {
                last = e;
                begun = p->clauses[e->clause].sent;
            }
            continue;
        }
        const uint32_t here = p->clauses[e->clause].sent, there = p->clauses[last->clause].sent;
        if (here < there || here - there > STORY_SENTENCES ||
            p->sentences[here].para - p->sentences[there].para > 1 || day_between(c, last, e)) {
            from_lead(c, lead, e);
            continue;
        }
        /* the next sentence of a paragraph tells on, whoever is named in it */
        const bool next = here - there <= 1 && p->sentences[here].para == p->sentences[there].para;
        const bool breaks = p->clauses[e->clause].kind == CASUS_CLAUSE_NOUN && here - there <= 1;
        if (!breaks && !next && !shares_side(c, last, e) && !shares_thing(c, begun, e) &&
            !goes_on(c, e))
            continue;
        give(e, (day){last->time, last->from, last->to});
        last = e;
    }
}

/* "A bombing was reported to have killed ten on Monday": what kills has the day of the killing. */
static void from_harm(const coder *c, const candidate *e) {
    const casus_clause *k = &c->parse->clauses[e->clause];
    if (!is_dated(e) || !is_real(e) || !code_harms(c, e) || k->kind != CASUS_CLAUSE_VERB) return;
    for (uint32_t i = 0; i < k->n_args; i++) {
        const casus_arg *a = &k->args[i];
        if (a->role != CASUS_ROLE_SUBJ || a->token >= c->parse->n_tokens) continue;
        candidate *o = act_of(c, c->parse->clause_of[a->token]);
        if (o && o != e && o->type == CODE_ASSAULT && is_open(o))
            give(o, (day){e->time, e->from, e->to});
    }
}

void code_days(coder *c, bool referred) {
    for (size_t i = 0; i < c->n; i++) {
        candidate *e = &c->candidates[i];
        if (!e->dropped) {
            hand_down(c, e);
            from_content(c, e);
            from_harm(c, e);
        }
        if (!e->dropped && !e->time) from_coming(c, e);
        if (!is_open(e)) continue;
        from_compound(c, e);
        if (!e->time) from_behind(c, e);
        if (!e->time) from_during(c, e);
        if (!e->time) from_above(c, e);
        if (!e->time) from_first(c, e);
        if (!e->time) from_conjunct(c, e);
        if (!e->time && (referred || c->parse->clauses[e->clause].kind != CASUS_CLAUSE_NOUN))
            from_span(c, e, e->clause);
        if (!e->time) to_span(c, e, e->clause);
        if (!e->time && e->light != CASUS_NONE) to_span(c, e, e->light);
        const casus_clause *k = &c->parse->clauses[e->clause];
        if (!e->time && k->kind == CASUS_CLAUSE_NOUN && k->parent_role == CASUS_ROLE_SUBJ &&
            k->parent != CASUS_NONE && !act_of(c, k->parent))
            to_span(c, e, k->parent); /* "the march took place hours before the attack" */
    }
}
