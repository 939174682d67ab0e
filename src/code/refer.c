/* refer.c - acts told again: "the attack", "their meeting", the same words of the same speaker.
 *
 * An act is compared with at most CODE_REFER_BACK earlier ones of its type, the last first, so the
 * cost is linear. One that refers back is `same_as` the earlier and keeps its date when it has none
 * of its own; a speech act keeps the date of the speech it is part of (codebook, section 7). */
#include "code/code_int.h"

#include <stdlib.h>

#define REFER_SENTENCES 4u /* how far a speech goes on without being named again */
#define SPEECHES 8u        /* dated speech acts that are kept in mind */

/* Told as real: no plan, fear or wish. */
static bool is_real(const candidate *e) {
    return e->status == CODE_HAPPENED || e->status == CODE_ONGOING || e->status == CODE_ALLEGED ||
           e->status == CODE_DENIED;
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
    if (x->kind == CASUS_MENTION_PERSON || y->kind == CASUS_MENTION_PERSON) return false;
    return !x->actor.person.len && !y->actor.person.len && code_same_actor(c, a, b);
}

/* "The party supports X": no step of the story of a past day, unless the words are quoted. */
static bool stands(const coder *c, const candidate *e, const candidate *day) {
    const casus_clause *k = &c->parse->clauses[e->clause];
    const int32_t today = c->parse->text->day;
    for (uint32_t i = 0; i < e->n_sides[CODE_ACTOR]; i++) { /* "In it, Trump asks X to ..." */
        const uint8_t kind = c->mentions->items[e->sides[CODE_ACTOR][i]].kind;
        if (kind == CASUS_MENTION_PERSON || kind == CASUS_MENTION_PRONOUN) return false;
    }
    return k->kind == CASUS_CLAUSE_VERB && k->tense == CASUS_TENSE_PRESENT &&
           !(k->flags & (CASUS_CLAUSE_QUOTED | CASUS_CLAUSE_PERFECT)) && today != CASUS_NO_DAY &&
           day->to != CASUS_NO_DAY && day->to < today;
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
    if (e->place == CASUS_NONE && e->named == CASUS_NONE) {
        const uint32_t m = casus_know_place_of_clause(c->mentions, p, k, CASUS_NONE);
        if (m != CASUS_NONE && c->mentions->items[m].place.grain >= CASUS_PLACE_PART) e->place = m;
    }
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
    static const char *const apart[] = {"after",    "before",   "since",     "until",
                                        "ahead of", "prior to", "following", NULL};
    for (uint32_t i = 0; i < k->n_args; i++) {
        const casus_arg *a = &k->args[i];
        if (a->role != CASUS_ROLE_PREP || a->clause == CASUS_NONE) continue;
        const casus_clause *noun = &c->parse->clauses[a->clause];
        if (noun->kind != CASUS_CLAUSE_NOUN || code_is_one_of(a->prep, apart)) continue;
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
        if (code_same_actor(c, doer, m)) return true;
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
        for (size_t k = lo; k > 0 && lo - k < CODE_REFER_BACK && !last; k--) {
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
        if (casus_slice_is(a->prep, "in") &&
            (e->type == CODE_COERCE || e->type == CODE_SANCTION || e->type == CODE_ACCUSE))
            continue; /* "charged in the killing" */
        if (a->role != CASUS_ROLE_PREP || !fits || a->clause == CASUS_NONE) continue;
        const casus_clause *noun = &c->parse->clauses[a->clause];
        if (noun->kind != CASUS_CLAUSE_NOUN || !code_is_definite(c, noun)) continue;
        const uint32_t row = code_best_row(c, noun, 'n', CODE_TABLE_EVENT);
        const bool call = by_phone(c, noun->head);
        if (row == CASUS_NONE && !call) continue;
        const uint8_t type = call ? (uint8_t)CODE_CONSULT : c->code->rows[row].type;
        if (type != CODE_PROTEST && type != CODE_CONSULT && type != CODE_ASSAULT) continue;
        uint32_t at = last[type];
        for (uint32_t tries = 0; at != CASUS_NONE && tries < CODE_REFER_BACK; tries++) {
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
        if (other && code_dates_clash(&x->day, other) &&
            c->parse->clauses[other->clause].sent > x->sent)
            return;
        for (uint32_t k = 0; k < e->n_sides[CODE_ACTOR] && !e->time; k++)
            if (same_voice(c, x->who, e->sides[CODE_ACTOR][k]) && !stands(c, e, &x->day))
                keep_time(e, &x->day);
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
    code_told told = {.before = casus_base_arena_zero(c->arena, c->n + 1, sizeof *told.before)};
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
        const bool definite = code_speaks_of_known(c, e);
        if (definite) code_told_as_done(c, &told, e);
        const uint32_t at = code_told_before(c, &told, e);
        if (at != CASUS_NONE) {
            const candidate *a = &c->candidates[at];
            e->same_as = a->same_as == CASUS_NONE ? at : a->same_as;
            candidate *first = &c->candidates[e->same_as];
            if (e->time && first->dated_by == CASUS_NONE) first->dated_by = me;
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
                const uint32_t far = clause->sent - p->clauses[s->clause].sent;
                if (x == SPEECHES || far > REFER_SENTENCES) break;
                if (s->to - s->from > 6 && far > 1) break; /* an aside: "in 2018 he refused" */
                /* told of another day since */
                if (has_words_of_time(c, clause) ||
                    (other != CASUS_NONE && code_dates_clash(s, &c->candidates[other]) &&
                     p->clauses[c->candidates[other].clause].head > p->clauses[s->clause].head))
                    break;
                if (is_real(e) && speaks_on(c, s, e) && !stands(c, e, s)) keep_time(e, s);
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
        if (told.lead[e->type] == CASUS_NONE && e->time && is_real(e) && !code_is_background(c, e))
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
    for (size_t k = 0; k < n; k++) {
        candidate *e = &c->candidates[(uint32_t)order[k]];
        const casus_clause *noun = &p->clauses[e->clause];
        if (e->time || !is_real(e) || noun->kind != CASUS_CLAUSE_NOUN ||
            (e->type != CODE_ASSAULT && e->type != CODE_PROTEST && e->type != CODE_COERCE) ||
            !code_is_definite(c, noun) || has_words_of_time(c, noun))
            continue;
        const candidate *a = code_told_anywhere(c, &told, e);
        if (a) keep_time(e, a);
    }
}
