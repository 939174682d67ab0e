/* when_clause.c - which time belongs to which clause: by attachment in the tree, repaired where
 * parsers go wrong ("said on Tuesday rebels attacked"). Linear in the times and arguments. */
#include "when/when_int.h"

#define STEPS_MOST 8
#define TIMES_MOST 16
#define ARGS_MOST 64u /* several clauses may look into the same one */
#define BOUND_ATOMS_MOST 4u
#define OPENING_MOST 16u /* words of a phrase that opens a sentence */

void when_bind(const when_finder *f, const when_expr *e, casus_time *out) {
    static const uint8_t bounds[] = {CASUS_BOUND_SINCE, CASUS_BOUND_UNTIL, CASUS_BOUND_DUE,
                                     CASUS_BOUND_DUE};
    out->bound = CASUS_BOUND_AT;
    for (uint32_t k = BOUND_ATOMS_MOST; k >= 1; k--) {
        uint32_t end;
        if (k > e->first) continue;
        bool joined = true;
        for (uint32_t j = 0; j < k; j++) joined = joined && !f->atoms[e->first - j].stop;
        const when_word *w = joined ? when_word_at(f, e->first - k, WHEN_BOUND, &end) : NULL;
        if (!w || end != e->first) continue;
        if (w->sub == WHEN_WITHIN &&
            (out->type != CASUS_TIME_DURATION || e->vague || when_direction(f, out->first) < 0))
            return; /* "was rebuilt within two months" is no deadline */
        /* "by Saturday ten had been arrested" is no deadline either */
        if (w->sub == WHEN_DUE && when_direction(f, out->first) < 0) {
            out->bound = CASUS_BOUND_UNTIL;
            return;
        }
        if (w->sub == WHEN_SINCE && (e->day2 > 0 || e->year2 > 0)) return; /* "from 3 to 5 May" */
        out->bound = bounds[w->sub % 4];
        if (w->sub != WHEN_WITHIN || out->from != CASUS_NO_DAY) return;
        const int32_t pub = f->parse->text->day;
        static const int32_t days_in[WHEN_UNITS] = {0,  0,   0,   1,    7,     7,     30,
                                                    91, 182, 365, 3652, 36524, 365242};
        const int64_t n = (int64_t)e->milli * days_in[e->unit] / 1000;
        if (pub == CASUS_NO_DAY || e->vague || e->op != WHEN_SPAN || n > 400000) return;
        out->from = pub;
        out->to = pub + (int32_t)n;
        return;
    }
}

/* Is token `above` among the heads over `token`? */
static bool under(const casus_parse *p, uint32_t token, uint32_t above) {
    for (int k = 0; k < STEPS_MOST; k++) {
        if (token == above) return true;
        const uint32_t up = p->tokens[token].head;
        if (up == token || up >= p->n_tokens) return false;
        token = up;
    }
    return false;
}

static bool is_verb(const casus_token *t) {
    return t->pos == CASUS_POS_VERB || t->pos == CASUS_POS_AUX;
}

/* A name or a noun of a place: what stands behind it dates the act there, not the place. */
static bool is_site(const when_finder *f, uint32_t token) {
    const casus_token *t = &f->parse->tokens[token];
    return t->pos == CASUS_POS_PROPN ||
           (t->pos == CASUS_POS_NOUN && when_lemma(f->when, t->lemma, WHEN_SITE));
}

/* "expels diplomats after the attack in Kashmir yesterday": a day past that closes a phrase with
 * "after" is that of its noun when the verb tells of today. */
static uint32_t behind_after(const casus_parse *p, const casus_time *t, uint32_t at) {
    static const char *const words[] = {"after", "following", "over", NULL};
    if (at >= t->first || !is_verb(&p->tokens[at])) return at;
    const casus_slice tag = p->tokens[at].form;
    const bool today = tag.len && (tag.ptr[tag.len - 1] == 's' || tag.ptr[tag.len - 1] == 'g');
    const int32_t day = p->text->day;
    if (!today || day == CASUS_NO_DAY || t->to == CASUS_NO_DAY || t->to >= day) return at;
    for (uint32_t i = t->first; i > at + 1 && t->first - i < 16; i--) {
        const casus_token *k = &p->tokens[i - 1];
        for (const char *const *w = words; *w; w++) {
            if (!casus_slice_is(k->lower, *w)) continue;
            for (uint32_t j = i; j < t->first; j++)
                if (p->tokens[j].head == i - 1 && p->tokens[j].pos == CASUS_POS_NOUN) return j;
            return at;
        }
        /* "in Indian-administered Kashmir" */
        if (is_verb(k) && k->head > i - 1 && k->head < t->first) continue;
        if (k->pos == CASUS_POS_PUNCT && !casus_slice_is(k->form, "-")) return at;
        if (is_verb(k)) return at;
    }
    return at;
}

/* "in the Dec. 21, 1988, bombing of X", "in the October 1998 shooting death of Y": of the noun
 * behind it, whatever the parser makes of it. */
static uint32_t noun_behind(const casus_parse *p, const casus_time *t, uint32_t at) {
    static const char *const words[] = {"the", "a", "his", "her", "their", "its", NULL};
    bool owned = false;
    for (const char *const *w = words; *w && t->first > 0; w++)
        owned = owned || casus_slice_is(p->tokens[t->first - 1].lower, *w);
    uint32_t i = t->last;
    if (!owned || i + 1 >= p->n_tokens) return at;
    if (casus_slice_is(p->tokens[i].form, ","))
        i++;
    else if (p->tokens[i].pos != CASUS_POS_NOUN)
        return at;
    uint32_t noun = CASUS_NONE;
    for (; i < p->n_tokens && i - t->last < 6; i++) {
        const uint8_t pos = p->tokens[i].pos;
        if (pos == CASUS_POS_NOUN)
            noun = i;
        else if (pos != CASUS_POS_ADJ && pos != CASUS_POS_PROPN)
            break;
    }
    return noun == CASUS_NONE || p->tokens[noun].sent != p->tokens[t->first].sent ? at : noun;
}

/* The word outside that the expression modifies. */
static uint32_t governor_of(const when_finder *f, const casus_time *t) {
    const casus_parse *p = f->parse;
    uint32_t at = CASUS_NONE, first = t->first;
    for (uint32_t i = t->first; i < t->last && i - t->first < 32; i++) {
        const uint32_t h = p->tokens[i].head;
        if (h < p->n_tokens && (h < t->first || h >= t->last)) {
            at = h;
            if (p->tokens[i].pos != CASUS_POS_PUNCT && p->tokens[i].pos != CASUS_POS_ADP) break;
        }
    }
    if (at == CASUS_NONE) return CASUS_NONE;
    for (int k = 0; k < 3 && p->tokens[at].pos == CASUS_POS_ADP; k++) {
        if (p->tokens[at].head == at) return CASUS_NONE;
        if (at < first) first = at;
        at = p->tokens[at].head;
    }
    /* "attacked the base near Homs on Tuesday" */
    const bool its_year = t->first > 0 && casus_slice_is(p->tokens[t->first - 1].lower, "of") &&
                          p->tokens[at].pos == CASUS_POS_PROPN; /* "the Tenure Act of 1867" */
    for (int k = 0; k < STEPS_MOST && at < t->first && !its_year && is_site(f, at); k++) {
        uint32_t up = p->tokens[at].head;
        for (int j = 0; j < 3 && p->tokens[up].pos == CASUS_POS_ADP && p->tokens[up].head != up;
             j++)
            up = p->tokens[up].head;
        const uint8_t pos = p->tokens[up].pos;
        if (up == at || (pos != CASUS_POS_NOUN && pos != CASUS_POS_PROPN && pos != CASUS_POS_VERB &&
                         pos != CASUS_POS_AUX))
            break;
        at = up;
    }
    /* "was convicted of fraud, stemming from his years in office, in 2011": cut off by a comma */
    if (at < first && first > 0 && casus_slice_is(p->tokens[first - 1].form, ",") &&
        is_verb(&p->tokens[at]) && p->tokens[at].form.len > 3 &&
        memcmp(p->tokens[at].form.ptr + p->tokens[at].form.len - 3, "ing", 3) == 0 && at > 0 &&
        casus_slice_is(p->tokens[at - 1].form, ",") && p->tokens[at].head < at &&
        is_verb(&p->tokens[p->tokens[at].head]))
        at = p->tokens[at].head;
    const uint32_t noun = noun_behind(p, t, at);
    if (noun != at) return noun;
    at = behind_after(p, t, at);
    /* "said on Tuesday rebels attacked": the verb right before it, when the other hangs on that */
    while (first > 0 && p->tokens[first - 1].pos == CASUS_POS_SPACE) first--;
    if (first > 0) {
        uint32_t left = first - 1;
        if (p->tokens[left].pos == CASUS_POS_ADP && left > 0) left--;
        const bool owns = t->last < p->n_tokens && p->tokens[t->last].pos == CASUS_POS_PART;
        if (left != at && !owns && is_verb(&p->tokens[left]) && at > t->first && under(p, at, left))
            at = left;
    }
    return at;
}

static bool form_is(const when_finder *f, uint32_t i, const char *const *words) {
    const casus_slice s = casus_slice_of(f->atoms[i].lower, f->atoms[i].n);
    for (; *words; words++)
        if (casus_slice_is(s, *words)) return true;
    return false;
}

/* "from Monday to Friday", "between May 3 and June 5", "Monday through Friday" */
bool when_closes(const when_finder *f, uint32_t from, uint32_t to, uint32_t first) {
    static const char *const open[] = {"from", "between", NULL};
    static const char *const glue[] = {"to", "until", "till", "and", "through", "thru", "-", NULL};
    static const char *const alone[] = {"through", "thru", "-", NULL};
    if (first != to + 1 || to >= f->n || f->atoms[to].stop || !form_is(f, to, glue)) return false;
    return form_is(f, to, alone) ||
           (from > 0 && !f->atoms[from].stop && form_is(f, from - 1, open));
}

static void close_ranges(const when_finder *f, casus_times *times) {
    uint32_t atom = 0, from = 0, to = 0;
    for (uint32_t i = 0; i < times->n; i++) {
        casus_time *b = &times->items[i], *a = i ? b - 1 : NULL;
        while (atom < f->n && f->atoms[atom].begin < b->begin) atom++;
        const uint32_t first = atom;
        while (atom < f->n && f->atoms[atom].begin < b->end) atom++;
        if (a && a->type <= CASUS_TIME_TIME && b->type <= CASUS_TIME_TIME && b->to >= a->from &&
            when_closes(f, from, to, first)) {
            a->upto = i;
            a->bound = CASUS_BOUND_AT;
        }
        from = first;
        to = atom;
    }
}

bool when_attach(const when_finder *f, casus_times *times) {
    const casus_parse *p = f->parse;
    times->first_of = casus_base_arena_get(f->arena, p->n_tokens * sizeof *times->first_of);
    if (!times->first_of) return false;
    for (uint32_t i = 0; i < p->n_tokens; i++) times->first_of[i] = CASUS_NONE;
    for (uint32_t i = times->n; i-- > 0;) {
        casus_time *t = &times->items[i];
        t->upto = CASUS_NONE;
        t->governor = governor_of(f, t);
        t->next = CASUS_NONE;
        if (t->governor == CASUS_NONE) continue;
        /* "after Tuesday's truce": the word before belongs to the noun */
        if (t->governor >= t->last && p->tokens[t->governor].pos == CASUS_POS_NOUN)
            t->bound = CASUS_BOUND_AT;
        t->next = times->first_of[t->governor];
        times->first_of[t->governor] = i;
    }
    close_ranges(f, times);
    return true;
}

/* ---- the time of a clause -------------------------------------------------------------------- */

static bool dates(const casus_time *t) {
    if (t->type == CASUS_TIME_DURATION) /* "within 60 days", "in the past 24 hours" */
        return t->bound == CASUS_BOUND_DUE || t->from != CASUS_NO_DAY;
    return t->type <= CASUS_TIME_TIME && t->grain != CASUS_GRAIN_NONE;
}

/* The better of two for one clause: the day of the act before a deadline, the resolved before the
 * open, the narrower before the wider, the first. */
static uint32_t better(const casus_times *times, uint32_t a, uint32_t b) {
    if (b != CASUS_NONE && b > 0 && times->items[b - 1].upto == b) b--; /* of a range, the first */
    if (b == CASUS_NONE || !dates(&times->items[b])) return a;
    if (a == CASUS_NONE || a == b) return b;
    const casus_time *x = &times->items[a], *y = &times->items[b];
    const bool due_x = x->bound >= CASUS_BOUND_UNTIL, due_y = y->bound >= CASUS_BOUND_UNTIL;
    if (due_x != due_y) return due_x ? b : a;
    if ((x->from == CASUS_NO_DAY) != (y->from == CASUS_NO_DAY))
        return x->from == CASUS_NO_DAY ? b : a;
    /* "in May he was held for a day on Monday": a day outside the wider time is of something else
     */
    if (x->from != CASUS_NO_DAY && y->to - y->from < x->to - x->from && y->from >= x->from &&
        y->to <= x->to)
        return b;
    return a;
}

/* Of a token's times only so many are looked at: clauses may ask for the same ones again. */
static uint32_t hanging_on(const casus_times *times, uint32_t token, uint32_t best) {
    if (token == CASUS_NONE) return best;
    uint32_t i = times->first_of[token];
    for (int k = 0; k < TIMES_MOST && i != CASUS_NONE; k++, i = times->items[i].next)
        best = better(times, best, i);
    return best;
}

/* The time that holds a token, or CASUS_NONE. */
static uint32_t holding(const casus_times *times, uint32_t token) {
    uint32_t lo = 0, hi = times->n;
    while (lo < hi) {
        const uint32_t mid = (lo + hi) / 2;
        if (times->items[mid].last <= token)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < times->n && times->items[lo].first <= token ? lo : CASUS_NONE;
}

/* Does the noun stand behind "after"? (behind_after) */
static bool is_behind(const casus_parse *p, uint32_t noun) {
    const casus_slice prep = p->tokens[p->tokens[noun].head].lower;
    return p->tokens[noun].pos == CASUS_POS_NOUN &&
           (casus_slice_is(prep, "after") || casus_slice_is(prep, "following") ||
            casus_slice_is(prep, "over"));
}

static uint32_t own_time(const casus_times *times, const casus_parse *p, const casus_clause *c) {
    uint32_t best = hanging_on(times, c->head, CASUS_NONE);
    if (c->verb != c->head) best = hanging_on(times, c->verb, best);
    if (best != CASUS_NONE && times->items[best].bound < CASUS_BOUND_UNTIL) return best;
    for (uint32_t i = 0; i < c->n_args && i < ARGS_MOST; i++) {
        const casus_arg *a = &c->args[i];
        if (a->flags & CASUS_ARG_CLAUSE && a->role != CASUS_ROLE_PREP) continue;
        if (a->role != CASUS_ROLE_TIME && a->role != CASUS_ROLE_PREP && a->role != CASUS_ROLE_ADV &&
            a->role != CASUS_ROLE_MOD && a->role != CASUS_ROLE_POSS)
            continue;
        const uint32_t t = holding(times, a->token);
        /* "said on Tuesday it had shot ...": the repair above overrules the argument */
        const uint32_t g = t == CASUS_NONE ? CASUS_NONE : times->items[t].governor;
        if (g != CASUS_NONE && g != c->head && g != c->verb && !(a->flags & CASUS_ARG_SHARED) &&
            (is_verb(&p->tokens[g]) || (a->role == CASUS_ROLE_TIME && is_behind(p, g)) ||
             (g >= times->items[t].last && p->tokens[g].pos == CASUS_POS_NOUN)))
            continue;
        best = better(times, best, t);
    }
    return best;
}

/* "Yesterday, what organizers called a march went ...": what opens the sentence of its main verb */
static uint32_t opening_time(const casus_times *times, const casus_parse *p,
                             const casus_clause *c) {
    const casus_sentence *s = &p->sentences[c->sent];
    if (c->kind == CASUS_CLAUSE_NOUN || (c->head != s->root && c->verb != s->root))
        return CASUS_NONE;
    uint32_t i = s->first;
    while (i < s->last && p->tokens[i].pos == CASUS_POS_SPACE) i++;
    for (uint32_t k = 0; k < 3 && i + k < c->head; k++) {
        const uint32_t t = holding(times, i + k);
        if (t == CASUS_NONE) {
            const uint8_t pos = p->tokens[i + k].pos; /* "Also on Sunday" */
            if (pos == CASUS_POS_ADP || pos == CASUS_POS_ADV || pos == CASUS_POS_CCONJ) continue;
            break;
        }
        const casus_time *x = &times->items[t];
        if (!dates(x) || x->last >= s->last) break;
        return casus_slice_is(p->tokens[x->last].form, ",") ? t : CASUS_NONE;
    }
    /* "In a statement issued on Monday, he ...": what closes the phrase that opens it */
    if (i >= s->last || !casus_slice_is(p->tokens[i].lower, "in")) return CASUS_NONE;
    uint32_t comma = i;
    while (comma < c->head && comma - i < OPENING_MOST &&
           !casus_slice_is(p->tokens[comma].form, ","))
        comma++;
    if (comma >= c->head || comma - i >= OPENING_MOST || comma == i) return CASUS_NONE;
    const uint32_t t = holding(times, comma - 1);
    if (t == CASUS_NONE || !dates(&times->items[t]) || times->items[t].last != comma)
        return CASUS_NONE;
    return times->items[t].bound == CASUS_BOUND_AT ? t : CASUS_NONE;
}

/* "were killed when a bomb went off on Monday", "hours before the crash on Monday" */
static uint32_t adverbial_time(const casus_times *times, const casus_parse *p,
                               const casus_clause *c) {
    for (uint32_t i = 0; i < c->n_args; i++) {
        const casus_arg *a = &c->args[i];
        if (a->role != CASUS_ROLE_ADVCL || a->clause >= p->n_clauses) continue;
        const casus_clause *x = &p->clauses[a->clause];
        bool same = casus_slice_is(a->prep, "when") || casus_slice_is(a->prep, "as") ||
                    casus_slice_is(a->prep, "while");
        const bool beside = casus_slice_is(a->prep, "before") || casus_slice_is(a->prep, "after");
        if (beside && x->head < p->n_tokens)
            for (uint32_t k = times->first_of[x->head]; k != CASUS_NONE; k = times->items[k].next)
                same = same || (times->items[k].type == CASUS_TIME_DURATION &&
                                times->items[k].grain == CASUS_GRAIN_TIME);
        const uint32_t t = same ? own_time(times, p, x) : CASUS_NONE;
        if (t != CASUS_NONE && times->items[t].bound == CASUS_BOUND_AT) return t;
    }
    return CASUS_NONE;
}

static bool lemma_is(const casus_parse *p, uint32_t token, const char *const *words) {
    for (; *words; words++)
        if (casus_slice_is(p->tokens[token].lemma, *words)) return true;
    return false;
}

/* "charged in the attack on Monday", "arrested in the killing of X last year": later than that. */
static bool is_held_for(const casus_parse *p, const casus_clause *c) {
    static const char *const words[] = {"charge",   "indict",   "convict",   "arrest",  "detain",
                                        "sentence", "acquit",   "accuse",    "suspect", "try",
                                        "jail",     "imprison", "implicate", "name",    "prosecute",
                                        "want",     "question", "extradite", "sue",     "plead",
                                        NULL};
    return lemma_is(p, c->head, words);
}

/* "died in the attack on Monday", "in a statement issued on Monday it condemned ..." */
static uint32_t setting_time(const casus_times *times, const casus_parse *p,
                             const casus_clause *c) {
    if (c->kind == CASUS_CLAUSE_NOUN) return CASUS_NONE;
    uint32_t best = CASUS_NONE;
    for (uint32_t i = 0; i < c->n_args && best == CASUS_NONE; i++) {
        const casus_arg *a = &c->args[i];
        if (a->role != CASUS_ROLE_PREP || a->clause >= p->n_clauses ||
            !(casus_slice_is(a->prep, "in") || casus_slice_is(a->prep, "during") ||
              casus_slice_is(a->prep, "at")))
            continue;
        const casus_clause *x = &p->clauses[a->clause];
        if (x->kind != CASUS_CLAUSE_NOUN || x == c) continue;
        if (casus_slice_is(a->prep, "in") && x->head > c->head && is_held_for(p, c)) continue;
        best = own_time(times, p, x);
        for (uint32_t k = 0; k < x->n_args && k < 8 && best == CASUS_NONE; k++) {
            const casus_arg *r = &x->args[k];
            if (r->role != CASUS_ROLE_RELCL || r->clause >= p->n_clauses) continue;
            const casus_clause *y = &p->clauses[r->clause];
            if (y->mood == CASUS_MOOD_PARTICIPLE) best = own_time(times, p, y);
        }
        if (best != CASUS_NONE && times->items[best].bound != CASUS_BOUND_AT) best = CASUS_NONE;
    }
    return best;
}

/* "Speaking on Monday, he accused ...", "the minister, who was visiting Kyiv on Monday, urged":
 * what the speaker did while he spoke. */
static uint32_t speaking_time(const casus_times *times, const casus_parse *p,
                              const casus_clause *c) {
    static const char *const words[] = {"speak",   "address", "write", "talk",  "appear", "testify",
                                        "respond", "visit",   "reply", "tweet", "post",   "comment",
                                        "meet",    "arrive",  "tour",  NULL};
    if (c->kind == CASUS_CLAUSE_NOUN) return CASUS_NONE;
    for (uint32_t i = 0; i < c->n_args; i++) {
        const casus_arg *a = &c->args[i];
        if (a->clause >= p->n_clauses || a->flags & CASUS_ARG_SHARED) continue;
        const casus_clause *x = &p->clauses[a->clause];
        if (a->role == CASUS_ROLE_SUBJ && x->kind == CASUS_CLAUSE_NOUN) {
            for (uint32_t k = 0; k < x->n_args && k < 8; k++) {
                const casus_arg *r = &x->args[k];
                if (r->role != CASUS_ROLE_RELCL || r->clause >= p->n_clauses) continue;
                const casus_clause *y = &p->clauses[r->clause];
                if (y->mood != CASUS_MOOD_GERUND || !lemma_is(p, y->head, words)) continue;
                const uint32_t t = own_time(times, p, y);
                if (t != CASUS_NONE && times->items[t].bound == CASUS_BOUND_AT) return t;
            }
        } else if (a->role == CASUS_ROLE_ADVCL && x->mood == CASUS_MOOD_GERUND &&
                   lemma_is(p, x->head, words)) {
            const uint32_t t = own_time(times, p, x);
            if (t != CASUS_NONE && times->items[t].bound == CASUS_BOUND_AT) return t;
        }
    }
    return CASUS_NONE;
}

/* The time of a noun told by the verb that it stands with: "the attack, which came on Monday, ...",
 * "injuries sustained during the attack on Monday", "the talks last week were hosted by X". */
static uint32_t noun_time(const casus_times *times, const casus_parse *p, const casus_clause *c) {
    static const char *const words[] = {"come",    "occur", "happen", "take",   "begin",
                                        "start",   "hold",  "carry",  "launch", "stage",
                                        "conduct", "break", "erupt",  "go",     NULL};
    static const char *const harms[] = {"kill",   "injure",  "wound", "hit",    "strike",
                                        "damage", "destroy", "leave", "target", "claim",
                                        "maim",   "hurt",    NULL};
    if (c->kind != CASUS_CLAUSE_NOUN) return CASUS_NONE;
    uint32_t best = CASUS_NONE;
    for (uint32_t i = 0; i < c->n_args && best == CASUS_NONE; i++) {
        const casus_arg *a = &c->args[i];
        if (a->role != CASUS_ROLE_RELCL || a->clause >= p->n_clauses) continue;
        const casus_clause *x = &p->clauses[a->clause];
        /* "attacks killing ten on Monday", "an attack that killed ten on Monday" */
        bool itself = false;
        for (uint32_t k = 0; k < x->n_args && k < 8; k++)
            itself = itself ||
                     (x->args[k].role == CASUS_ROLE_SUBJ && x->args[k].flags & CASUS_ARG_RELATIVE);
        const bool goes_on = x->kind == CASUS_CLAUSE_VERB && x->mood == CASUS_MOOD_GERUND;
        if (lemma_is(p, x->head, words) || (itself && (goes_on || lemma_is(p, x->head, harms))))
            best = own_time(times, p, x);
    }
    /* "the suspension of Parliament which began on Tuesday" hangs on the last noun */
    for (uint32_t i = 0; i < c->n_args && best == CASUS_NONE; i++) {
        const casus_arg *a = &c->args[i];
        if (a->role != CASUS_ROLE_PREP || !casus_slice_is(a->prep, "of")) continue;
        for (uint32_t t = a->token; t < a->token + 8 && t < p->n_tokens && best == CASUS_NONE;
             t++) {
            const uint32_t q = p->clause_of[t];
            if (q == CASUS_NONE || p->clauses[q].head != t || p->clauses[q].sent != c->sent ||
                p->clauses[q].parent_role != CASUS_ROLE_RELCL ||
                p->clauses[q].tense != CASUS_TENSE_PAST || !lemma_is(p, t, words))
                continue;
            best = own_time(times, p, &p->clauses[q]);
        }
    }
    if (best == CASUS_NONE && c->parent < p->n_clauses) {
        const casus_clause *up = &p->clauses[c->parent];
        const bool part = up->mood == CASUS_MOOD_PARTICIPLE && c->parent_role == CASUS_ROLE_PREP &&
                          up->parent_role == CASUS_ROLE_RELCL;
        const bool was = up->kind == CASUS_CLAUSE_PRED && c->parent_role == CASUS_ROLE_SUBJ &&
                         up->tense == CASUS_TENSE_PAST;
        if (part || was) best = own_time(times, p, up);
    }
    return best != CASUS_NONE && times->items[best].bound != CASUS_BOUND_AT ? CASUS_NONE : best;
}

/* "arrived on Monday in X, where he received asylum": the clause over the noun that "where" stands
 * for; "launched missiles targeting the base on Monday": that which the gerund goes on with. */
static uint32_t clause_over(const casus_parse *p, const casus_clause *c) {
    static const char *const inside[] = {"in", "at", "during", "where", NULL};
    if (c->kind == CASUS_CLAUSE_NOUN) return CASUS_NONE;
    if (c->mood == CASUS_MOOD_GERUND && c->parent_role == CASUS_ROLE_RELCL &&
        c->parent < p->n_clauses) {
        const casus_clause *noun = &p->clauses[c->parent];
        const bool object = noun->kind == CASUS_CLAUSE_NOUN &&
                            noun->parent_role == CASUS_ROLE_OBJ && noun->parent < p->n_clauses;
        return object && p->clauses[noun->parent].kind == CASUS_CLAUSE_VERB ? noun->parent
                                                                            : CASUS_NONE;
    }
    for (uint32_t i = 0; i < c->n_args; i++) {
        const casus_arg *a = &c->args[i];
        bool fits = false;
        for (const char *const *w = inside; *w; w++) fits = fits || casus_slice_is(a->prep, *w);
        if (a->role != CASUS_ROLE_PREP || !(a->flags & CASUS_ARG_RELATIVE) || !fits) continue;
        uint32_t at = a->token;
        for (int k = 0; k < STEPS_MOST; k++) {
            const uint32_t over = p->clause_of[at];
            if (over != CASUS_NONE && &p->clauses[over] != c) return over;
            if (p->tokens[at].head == at) break;
            at = p->tokens[at].head;
        }
    }
    return CASUS_NONE;
}

uint32_t casus_when_clause_time(const casus_times *times, const casus_parse *parse, uint32_t clause,
                                uint32_t predicate, casus_when_fit *fit) {
    casus_when_fit none = {CASUS_NONE, CASUS_NO_DAY, CASUS_NO_DAY, CASUS_BOUND_AT};
    if (fit) *fit = none;
    if (!times || !times->n || clause >= parse->n_clauses) return CASUS_NONE;
    const casus_clause *c = &parse->clauses[clause];
    uint32_t best = own_time(times, parse, c);
    if (predicate < parse->n_tokens &&
        (best == CASUS_NONE || times->items[best].bound >= CASUS_BOUND_UNTIL))
        best = hanging_on(times, predicate, best);
    if (best == CASUS_NONE && c->conjunct_of < parse->n_clauses) {
        const casus_clause *first = &parse->clauses[c->conjunct_of];
        const uint32_t t = own_time(times, parse, first);
        if (t != CASUS_NONE && times->items[t].first < first->head && first->kind == c->kind &&
            first->kind != CASUS_CLAUSE_NOUN)
            best = t;
    }
    if (best == CASUS_NONE && c->mood == CASUS_MOOD_GERUND && c->kind == CASUS_CLAUSE_VERB &&
        c->parent < parse->n_clauses &&
        (c->parent_role == CASUS_ROLE_ADVCL || c->parent_role == CASUS_ROLE_XCOMP) &&
        parse->clauses[c->parent].kind != CASUS_CLAUSE_NOUN && c->mark.len == 0) {
        best = own_time(times, parse, &parse->clauses[c->parent]);
        if (best != CASUS_NONE && times->items[best].bound != CASUS_BOUND_AT) best = CASUS_NONE;
    }
    if (best == CASUS_NONE) best = opening_time(times, parse, c);
    if (best == CASUS_NONE) best = setting_time(times, parse, c);
    if (best == CASUS_NONE) best = adverbial_time(times, parse, c);
    if (best == CASUS_NONE) best = speaking_time(times, parse, c);
    if (best == CASUS_NONE) best = noun_time(times, parse, c);
    for (int up = 0; best == CASUS_NONE && up < 2; up++) {
        const uint32_t over = clause_over(parse, c);
        if (over == CASUS_NONE || parse->clauses[over].sent != c->sent) break;
        c = &parse->clauses[over];
        best = own_time(times, parse, c);
        if (best == CASUS_NONE) best = opening_time(times, parse, c);
        if (best == CASUS_NONE) best = adverbial_time(times, parse, c);
        if (best != CASUS_NONE && times->items[best].bound != CASUS_BOUND_AT) best = CASUS_NONE;
        const bool place = casus_slice_is(parse->clauses[clause].mark, "where");
        if (!place || c->kind != CASUS_CLAUSE_NOUN || c->parent >= parse->n_clauses) break;
        c = &parse->clauses[c->parent];
        if (best == CASUS_NONE) best = own_time(times, parse, c);
        if (best != CASUS_NONE && times->items[best].bound != CASUS_BOUND_AT) best = CASUS_NONE;
    }
    if (best == CASUS_NONE || !fit) return best;
    const casus_time *t = &times->items[best];
    fit->time = best;
    fit->from = t->from;
    fit->to = t->to;
    fit->bound = t->bound;
    if (t->upto != CASUS_NONE && t->from != CASUS_NO_DAY) fit->to = times->items[t->upto].to;
    return best;
}
