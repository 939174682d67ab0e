/* status.c - happened, ongoing, planned, ...: from the clause's own mood and tense, then from what
 * stands above it: the verb whose content it is, the verb of aspect or intention, the words that
 * doubt it. The walk goes up the parents of a clause; its depth is bounded. It ends where the act
 * is taken for granted: at an adverbial or relative clause, or at a noun behind a preposition that
 * no row of data/cues or data/events knows ("in response to the raid"). */
#include "code/code_int.h"

#define STATUS_DEPTH_MOST 12u /* clauses above a clause that are looked at */

static bool has_adverbial(const casus_clause *c, const char *const *preps) {
    for (uint32_t i = 0; i < c->n_args; i++)
        for (const char *const *k = preps; c->args[i].role == CASUS_ROLE_ADVCL && *k; k++)
            if (casus_slice_is(c->args[i].prep, *k)) return true;
    return false;
}

/* "We will strike if they ..." */
static bool conditioned(const casus_clause *c) {
    static const char *const words[] = {"if", "unless", "should", "provided", NULL};
    return has_adverbial(c, words);
}

/* Present, with a day that lies ahead: "meets on Thursday", "are travelling there next week". */
static bool lies_ahead(const coder *c, const casus_clause *clause) {
    if (clause->tense != CASUS_TENSE_PRESENT || clause->flags & CASUS_CLAUSE_PERFECT) return false;
    const casus_time *t = code_time_of_clause(c, clause);
    static const char *const ends[] = {"until", "till", "by", "through", "before", "for"};
    /* "the following day" goes on from what was told */
    for (uint32_t i = t ? t->first : 0; t && i < t->last; i++)
        if (casus_slice_is(c->parse->tokens[i].lower, "following") ||
            casus_slice_is(c->parse->tokens[i].lower, "later"))
            return false;
    for (uint32_t i = 0; i < clause->n_args && t; i++) {
        const casus_arg *a = &clause->args[i];
        if (a->role != CASUS_ROLE_PREP || a->token < t->first || a->token >= t->last) continue;
        for (size_t k = 0; k < sizeof ends / sizeof *ends; k++)
            if (casus_slice_is(a->prep, ends[k])) return false;
    }
    return t && c->parse->text->day != CASUS_NO_DAY && t->from > c->parse->text->day;
}

static uint8_t own_status(const coder *c, const casus_clause *k) {
    const bool perfect = k->flags & CASUS_CLAUSE_PERFECT;
    if (k->flags & CASUS_CLAUSE_NEGATED) return CODE_NEGATED;
    switch (k->modality) {
    case CASUS_MODAL_MAY:
    case CASUS_MODAL_CAN:
        return CODE_POSSIBLE;
    case CASUS_MODAL_MUST: /* "should have left": it did not */
        return perfect ? CODE_NEGATED : CODE_URGED;
    case CASUS_MODAL_WOULD: /* "would have left": neither */
        return perfect                                                         ? CODE_NEGATED
               : conditioned(k)                                                ? CODE_POSSIBLE
               : k->parent_role == CASUS_ROLE_RELCL && k->parent != CASUS_NONE ? CODE_POSSIBLE
                                                                               : CODE_PLANNED;
    case CASUS_MODAL_WILL:
        return CODE_PLANNED;
    default:
        break;
    }
    if (k->tense == CASUS_TENSE_FUTURE || lies_ahead(c, k)) return CODE_PLANNED;
    if (k->flags & CASUS_CLAUSE_PROGRESSIVE) return CODE_ONGOING;
    return CODE_UNKNOWN;
}

/* Verbs that say by themselves that something goes on ("remains banned"); nouns of things that
 * last ("its invasion of Ukraine"), unless they have a date. */
static uint8_t lasting(const coder *c, const casus_clause *k) {
    const code_cue *q = code_cue_of(c->code, c->lemmas[k->head], CODE_CUE_STATUS);
    if (!q || q->value != CODE_ONGOING) return CODE_UNKNOWN;
    if (k->kind == CASUS_CLAUSE_NOUN &&
        (k->tense == CASUS_TENSE_PAST || code_time_of_clause(c, k) ||
         (k->parent != CASUS_NONE && code_time_of_clause(c, &c->parse->clauses[k->parent]))))
        return CODE_UNKNOWN;
    return CODE_ONGOING;
}

/* The same, but for what the clause's own row has taken into its meaning. */
static uint8_t form_status(const coder *c, uint32_t clause) {
    const uint32_t e = c->of_clause[clause];
    if (e != CASUS_NONE && code_row_takes_form(c, &c->code->rows[c->candidates[e].row]))
        return CODE_UNKNOWN;
    return own_status(c, &c->parse->clauses[clause]);
}

/* Words beside the clause that mark it: "allegedly attacked", "a planned visit", "alleged raid". */
static uint8_t word_status(const coder *c, const casus_clause *clause) {
    for (uint32_t i = 0; i < clause->n_args; i++) {
        const casus_arg *a = &clause->args[i];
        if (a->role != CASUS_ROLE_ADV && a->role != CASUS_ROLE_MOD) continue;
        const uint8_t pos = c->parse->tokens[a->token].pos;
        if (pos == CASUS_POS_NOUN || pos == CASUS_POS_PROPN) continue; /* "war crimes" */
        const code_cue *q = code_cue_of(c->code, c->lemmas[a->token], CODE_CUE_STATUS);
        if (q) return (uint8_t)q->value;
    }
    return CODE_UNKNOWN;
}

/* What a status above does to the one below it. CODE_STATUSES: nothing is left to code. */
static uint8_t combine(uint8_t above, uint8_t below) {
    if (above == CODE_UNKNOWN || above == CODE_HAPPENED) return below;
    if (below == CODE_NEGATED)
        return above == CODE_DENIED    ? CODE_HAPPENED
               : above == CODE_NEGATED ? CODE_POSSIBLE /* "refused to rule out" */
               : above == CODE_ALLEGED ? CODE_NEGATED
                                       : CODE_STATUSES;
    if (above == CODE_ONGOING) return below == CODE_UNKNOWN ? CODE_ONGOING : below;
    if (above == CODE_PLANNED && below == CODE_POSSIBLE) return below;
    return above;
}

static const casus_arg *arg_of(const casus_clause *parent, uint32_t clause) {
    for (uint32_t i = 0; i < parent->n_args; i++)
        if (parent->args[i].clause == clause) return &parent->args[i];
    return NULL;
}

/* "alleged that they prolonged the war by arming the rebels": as true as what it serves. */
static bool is_means(const casus_clause *k, const casus_arg *a) {
    return k->kind == CASUS_CLAUSE_VERB && k->mood == CASUS_MOOD_GERUND &&
           casus_slice_is(a->prep, "by") &&
           (a->role == CASUS_ROLE_ADVCL || a->role == CASUS_ROLE_PREP);
}

/* ", killing six": harm told as the outcome of the act above. */
static bool is_outcome(const coder *c, const casus_clause *k, const casus_arg *a) {
    return k->kind == CASUS_CLAUSE_VERB && k->mood == CASUS_MOOD_GERUND && !a->prep.len &&
           a->role == CASUS_ROLE_ADVCL && code_is_harm(c, k->head);
}

static bool stops(uint8_t role) {
    return role == CASUS_ROLE_ADVCL || role == CASUS_ROLE_RELCL || role == CASUS_ROLE_APPOS ||
           role == CASUS_ROLE_POSS || role == CASUS_ROLE_MOD;
}

static void fill_doer(coder *c, candidate *e, const candidate *parent) {
    const uint8_t doer = c->code->rows[parent->row].content_doer;
    if (e->n_sides[CODE_ACTOR] || !parent->n_sides[doer]) return;
    e->sides[CODE_ACTOR] = parent->sides[doer];
    e->n_sides[CODE_ACTOR] = parent->n_sides[doer];
    e->side_tokens[CODE_ACTOR] = parent->side_tokens[doer];
    uint32_t n = 0;
    for (uint32_t i = 0; i < e->n_sides[CODE_RECIPIENT]; i++) {
        bool same = false;
        for (uint32_t k = 0; k < e->n_sides[CODE_ACTOR]; k++)
            same |= e->sides[CODE_ACTOR][k] == e->sides[CODE_RECIPIENT][i];
        if (!same) e->sides[CODE_RECIPIENT][n++] = e->sides[CODE_RECIPIENT][i];
    }
    e->n_sides[CODE_RECIPIENT] = n;
}

/* ---- what stands above ----------------------------------------------------------------------- */

static bool has_sector(const casus_actor *a, const char *const *names) {
    for (uint32_t i = 0; i < a->n_sectors; i++)
        for (const char *const *k = names; *k; k++)
            if (strcmp(a->sectors[i], *k) == 0) return true;
    return false;
}

/* The same, or a government and its army. */
static bool own_side(const coder *c, uint32_t x, uint32_t y) {
    static const char *const state[] = {"GOV", "MIL", NULL};
    const casus_mention *a = &c->mentions->items[x], *b = &c->mentions->items[y];
    if (a->chain == b->chain) return true;
    return a->actor.country[0] && strcmp(a->actor.country, b->actor.country) == 0 &&
           (has_sector(&a->actor, state) || !a->actor.n_sectors) &&
           (has_sector(&b->actor, state) || !b->actor.n_sectors);
}

static bool same_chain(const coder *c, uint32_t x, uint32_t y) {
    return c->mentions->items[x].chain == c->mentions->items[y].chain;
}

/* Is the doer of the act the one who speaks in `above`? */
static bool own_act(const coder *c, const candidate *e, const casus_clause *above,
                    const casus_arg *a) {
    if (above->flags & CASUS_CLAUSE_PASSIVE) return false;
    if (a->role == CASUS_ROLE_XCOMP) return true;
    if (a->role != CASUS_ROLE_CCOMP) return false;
    const bool alleged = casus_slice_is(c->parse->tokens[above->head].lemma, "allege");
    if (e->n_sides[CODE_ACTOR] && above->kind == CASUS_CLAUSE_VERB && !alleged) {
        /* "claim that they shot it down" */
        const uint32_t doer = e->side_tokens[CODE_ACTOR];
        if (doer != CASUS_NONE && c->parse->tokens[doer].pos == CASUS_POS_PRON &&
            doer > above->head)
            return true;
    }
    for (uint32_t i = 0; i < above->n_args && e->n_sides[CODE_ACTOR]; i++) {
        if (above->args[i].role != CASUS_ROLE_SUBJ) continue;
        const uint32_t m = code_actor_at(c, above->args[i].token, false);
        const uint32_t doer = e->sides[CODE_ACTOR][0];
        if (m != CASUS_NONE && (alleged ? same_chain(c, m, doer) : own_side(c, m, doer)))
            return true;
    }
    return false;
}

/* "claimed the move was criminal": an accusation by whoever claims it. */
static bool own_words(const coder *c, const candidate *e) {
    const code_row *r = &c->code->rows[e->row];
    for (uint32_t k = 0; k < r->n_sides[CODE_ACTOR]; k++)
        if (c->code->refs[r->sides[CODE_ACTOR] + k].role == CODE_REF_SPEAKER) return true;
    return false;
}

static bool speech_act(uint8_t type) {
    return type == CODE_AGREE || type == CODE_SUPPORT || type == CODE_CONCEDE ||
           type == CODE_REQUEST || type == CODE_ACCUSE || type == CODE_REJECT ||
           type == CODE_THREATEN;
}

/* A plan says nothing of what its words tell as done: "announced that it had withdrawn",
 * "announced a deal". */
static bool told_as_done(const candidate *e, const casus_clause *k) {
    if (k->kind == CASUS_CLAUSE_NOUN)
        return speech_act(e->type) || e->type == CODE_SANCTION || e->type == CODE_COERCE;
    if (k->kind == CASUS_CLAUSE_VERB && k->mood != CASUS_MOOD_INDICATIVE) return false;
    return k->modality == CASUS_MODAL_NONE &&
           (k->tense == CASUS_TENSE_PAST || k->flags & CASUS_CLAUSE_PERFECT ||
            (k->tense == CASUS_TENSE_PRESENT && !(k->flags & CASUS_CLAUSE_PROGRESSIVE)));
}

/* The row of data/cues/aspect.tsv that tells what `above` does to its argument `a`. */
static uint32_t aspect_row(const coder *c, const casus_clause *above, const casus_arg *a) {
    const uint8_t kind = code_kind_of(above);
    uint32_t n;
    const uint32_t *rows = code_rows(c->code, c->lemmas[above->head], kind, CODE_TABLE_ASPECT, &n);
    const uint64_t particle = above->particle.len ? code_hash(above->particle) : 0;
    for (uint32_t i = 0; i < n; i++) {
        const code_row *r = &c->code->rows[rows[i]];
        if (r->particle == particle && code_in_content(c, r, a) && code_row_holds(c, r, above))
            return rows[i];
    }
    return CASUS_NONE;
}

/* "foiled an attack": the noun that the verb's candidate took in says what was foiled. */
static uint8_t taken_in(const coder *c, const candidate *e, const casus_clause *clause) {
    for (uint32_t i = 0; i < clause->n_args; i++) {
        const casus_arg *a = &clause->args[i];
        if (a->role != CASUS_ROLE_OBJ || a->clause == CASUS_NONE) continue;
        const uint32_t row = aspect_row(c, clause, a);
        if (row == CASUS_NONE) continue;
        /* "foiled a plot to bomb it": whatever the plot was */
        if (c->code->rows[row].status == CODE_NEGATED && e->type == CODE_ASSAULT)
            return CODE_NEGATED;
        const uint32_t inner = c->of_clause[a->clause];
        if (inner == CASUS_NONE || c->candidates[inner].merged != (uint32_t)(e - c->candidates))
            continue;
        /* "claimed the bombing": owned to by its doer */
        if (c->code->rows[row].status == CODE_ALLEGED && e->type == CODE_ASSAULT &&
            casus_slice_is(c->parse->tokens[clause->head].lemma, "claim"))
            continue;
        return c->code->rows[row].status;
    }
    return CODE_UNKNOWN;
}

/* "guard against an attack", "will respond to an attack", "in case of an attack": none is there. */
static bool is_feared(const coder *c, const casus_clause *noun, const casus_clause *above,
                      const casus_arg *a) {
    static const char *const cases[] = {"in case of", "in the event of", NULL};
    static const char *const from[] = {"from", "against", NULL};
    static const char *const guards[] = {"protect", "guard",   "defend", "shield", "prevent",
                                         "warn",    "prepare", "secure", NULL};
    static const char *const replies[] = {"respond", "react", "retaliate", "reply", NULL};
    const casus_slice verb = c->parse->tokens[above->head].lemma;
    if (code_is_one_of(a->prep, cases)) return true;
    if (code_is_definite(c, noun) || code_time_of_clause(c, noun)) return false;
    if (code_is_one_of(a->prep, from)) return code_is_one_of(verb, guards);
    return casus_slice_is(a->prep, "to") && code_is_one_of(verb, replies) &&
           (above->modality != CASUS_MODAL_NONE || above->tense == CASUS_TENSE_FUTURE);
}

static bool attempts(const coder *c, const casus_clause *k) {
    static const char *const words[] = {"try", "attempt"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (casus_slice_is(c->parse->tokens[k->head].lemma, words[i])) return true;
    return false;
}

/* "I want to ...", "we would like to ..." */
static bool utters(const coder *c, const casus_clause *k) {
    static const char *const verbs[] = {"want", "like", "wish"};
    const casus_parse *p = c->parse;
    bool wishes = false;
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        wishes |= casus_slice_is(p->tokens[k->head].lemma, verbs[i]);
    for (uint32_t i = 0; wishes && i < k->n_args; i++)
        if (k->args[i].role == CASUS_ROLE_SUBJ &&
            (casus_slice_is(p->tokens[k->args[i].token].lower, "i") ||
             casus_slice_is(p->tokens[k->args[i].token].lower, "we")))
            return true;
    return false;
}

static bool is_ordinal(const coder *c, uint32_t token) {
    const code_cue *q = code_cue_of(c->code, c->lemmas[token], CODE_CUE_STATUS);
    return q && q->value == CODE_HAPPENED;
}

/* "the first to recognise it", "the sixth player to be fined", "was the first to refuse" */
static bool is_counted(const coder *c, const casus_clause *clause) {
    const casus_parse *p = c->parse;
    /* "Smith, the third to be tried, ..." with the noun taken for the subject */
    for (uint32_t i = 0; i < clause->n_args && casus_slice_is(clause->mark, "to"); i++) {
        const casus_arg *a = &clause->args[i];
        if ((a->role != CASUS_ROLE_SUBJ && a->role != CASUS_ROLE_OBJ) || a->last > clause->head ||
            a->last - a->first > 5 || !casus_slice_is(p->tokens[a->last].lower, "to"))
            continue;
        for (uint32_t t = a->first; t < a->last; t++)
            if (is_ordinal(c, t)) return true;
    }
    if (clause->parent == CASUS_NONE || clause->parent_role != CASUS_ROLE_RELCL) return false;
    const casus_clause *noun = &p->clauses[clause->parent];
    for (uint32_t i = 0; noun->kind != CASUS_CLAUSE_VERB && i < noun->n_args; i++)
        if (noun->args[i].role == CASUS_ROLE_MOD && is_ordinal(c, noun->args[i].token)) return true;
    return false;
}

/* Does the clause tell of the noun at a token that it was called off? */
static bool calls_off(const coder *c, const casus_clause *k, uint32_t token) {
    if (k->kind != CASUS_CLAUSE_VERB || k->flags & CASUS_CLAUSE_NEGATED) return false;
    for (uint32_t n = 0; n < k->n_args; n++) {
        const casus_arg *a = &k->args[n];
        if (a->role != CASUS_ROLE_OBJ || !(a->flags & CASUS_ARG_RELATIVE) || a->token != token)
            continue;
        const uint32_t row = aspect_row(c, k, a);
        return row != CASUS_NONE && c->code->rows[row].status == CODE_NEGATED;
    }
    return false;
}

/* "the trip, which was cancelled"; "the trip to Warsaw, which was cancelled", where the relative
 * clause hangs on the place. */
static bool is_called_off(const coder *c, const casus_clause *noun) {
    const casus_parse *p = c->parse;
    const uint32_t me = (uint32_t)(noun - p->clauses);
    for (uint32_t k = me + 1; noun->kind == CASUS_CLAUSE_NOUN && k < p->n_clauses && k < me + 6;
         k++) {
        if (p->clauses[k].sent != noun->sent) return false;
        if (calls_off(c, &p->clauses[k], noun->head)) return true;
        for (uint32_t i = 0; i < noun->n_args; i++)
            if (noun->args[i].role == CASUS_ROLE_PREP && noun->args[i].clause == CASUS_NONE &&
                calls_off(c, &p->clauses[k], noun->args[i].token))
                return true;
    }
    return false;
}

/* "approved the strike", "the raid that he ordered": an attack that is known of took place. */
static bool is_known_attack(const coder *c, const candidate *e, const casus_clause *noun,
                            const casus_clause *above, const casus_arg *a) {
    static const char *const plans[] = {"plan",     "plot",     "prepare", "schedule",
                                        "organise", "organize", NULL};
    if (e->type != CODE_ASSAULT || above->kind != CASUS_CLAUSE_VERB ||
        above->tense != CASUS_TENSE_PAST || above->modality != CASUS_MODAL_NONE ||
        !code_is_definite(c, noun))
        return false;
    for (uint32_t i = 0; i < noun->n_args; i++) {
        if (noun->args[i].role == CASUS_ROLE_XCOMP) return false; /* "the raid to free them" */
        if (noun->args[i].role == CASUS_ROLE_RELCL) return true;
    }
    return !code_is_one_of(c->parse->tokens[above->head].lemma, plans) ||
           a->flags & CASUS_ARG_RELATIVE;
}

static const char *const wh_words[] = {"who",  "why",  "how",   "when",  "where",
                                       "what", "whom", "whose", "which", NULL};

/* Is the first word of a clause one of these? */
static bool opens_with(const casus_parse *p, const casus_clause *k, const char *const *words) {
    const uint32_t left = p->tokens[k->head].left;
    return k->kind == CASUS_CLAUSE_VERB && left < k->head &&
           code_is_one_of(p->tokens[left].lower, words);
}

/* "asked whether", "called them thieves", "insisted that it had left": no request. */
static bool asks_nothing(const casus_parse *p, const casus_clause *k, const casus_clause *above) {
    static const char *const calls[] = {"call", "name", NULL};
    static const char *const asks[] = {"ask", "insist", NULL};
    const casus_slice verb = p->tokens[above->head].lemma;
    if (k->kind != CASUS_CLAUSE_VERB) return false;
    if (code_is_one_of(verb, calls)) return k->mood == CASUS_MOOD_GERUND;
    for (uint32_t t = p->tokens[k->head].left; t < k->head; t++) /* "that they be freed" */
        if (p->tokens[t].head == k->head && casus_slice_is(p->tokens[t].lower, "be")) return false;
    return code_is_one_of(verb, asks) && k->mood == CASUS_MOOD_INDICATIVE &&
           (k->tense == CASUS_TENSE_PAST ||
            k->flags & (CASUS_CLAUSE_PERFECT | CASUS_CLAUSE_PROGRESSIVE));
}

static bool promises(const coder *c, const casus_clause *k) {
    static const char *const words[] = {"vow", "swear", NULL};
    return code_is_one_of(c->parse->tokens[k->head].lemma, words);
}

typedef struct walk {
    candidate *e;
    uint8_t status;
    bool linked; /* to the speech act whose content it is */
    bool spoken; /* something above speaks of it */
} walk;

/* An investigation or a trial, which goes on. */
static bool is_inquiry(const coder *c, const candidate *e) {
    static const char *const trials[] = {"stand", "face", "prosecute", "try", NULL};
    const casus_clause *k = &c->parse->clauses[e->clause];
    if (e->type == CODE_ACCUSE && (k->flags & CASUS_CLAUSE_PASSIVE ||
                                   code_is_one_of(c->parse->tokens[k->head].lemma, trials)))
        return true;
    const char *mode = code_string(c->code, c->code->rows[e->row].mode).ptr;
    return mode && strcmp(mode, "investigate") == 0;
}

/* The effect of one clause above on `k`, its argument `a`. False: the walk ends here. */
static bool step_up(coder *c, walk *w, const casus_clause *k, const casus_arg *a) {
    const casus_parse *p = c->parse;
    const casus_clause *above = &p->clauses[k->parent];
    const uint32_t other = c->of_clause[k->parent];
    const bool noun = k->kind == CASUS_CLAUSE_NOUN;
    const uint8_t own = form_status(c, k->parent);
    uint8_t effect = CODE_UNKNOWN;
    if (a->clause != CASUS_NONE && code_speaks_apart(c, a->clause)) return false;
    /* "asked why they had left", "investigates who shot him": that it was done is known */
    if (a->role == CASUS_ROLE_CCOMP && opens_with(p, k, wh_words)) return false;
    /* "accused them of lying and left": no complement of "of" */
    if (k->kind == CASUS_CLAUSE_VERB && k->mood == CASUS_MOOD_INDICATIVE &&
        a->role == CASUS_ROLE_PREP && a->flags & CASUS_ARG_CONJUNCT)
        return false;
    if (other != CASUS_NONE && c->code->rows[c->candidates[other].row].content_status &&
        code_in_content(c, &c->code->rows[c->candidates[other].row], a)) {
        const candidate *speech = &c->candidates[other];
        effect = c->code->rows[speech->row].content_status;
        /* "did not agree to", "will urge": the speech itself is no fact */
        if (own == CODE_NEGATED)
            effect = effect == CODE_DENIED || effect == CODE_NEGATED ? CODE_HAPPENED : CODE_NEGATED;
        w->spoken = true;
        if (!w->linked && !speech->dropped) {
            w->e->of = other;
            fill_doer(c, w->e, speech);
            w->linked = true;
        }
    } else {
        const uint32_t row = aspect_row(c, above, a);
        const bool known = row != CASUS_NONE;
        /* "an attack is imminent" */
        if (!known && noun && above->kind == CASUS_CLAUSE_PRED && a->role == CASUS_ROLE_SUBJ) {
            const code_cue *q = code_cue_of(c->code, c->lemmas[above->head], CODE_CUE_STATUS);
            if (q) w->status = combine((uint8_t)q->value, w->status);
        }
        if (!known && stops(k->parent_role)) {
            if (is_outcome(c, k, a)) { /* "allegedly shot it down, killing six" */
                const uint8_t word = word_status(c, above);
                if (own != CODE_ONGOING) w->status = combine(own, w->status);
                if (word != CODE_ONGOING) w->status = combine(word, w->status);
            } else if (!is_means(k, a)) {
                return false;
            }
        }
        /* "the possible return of the sanctions", "the alleged use of torture" */
        if (!known && noun && above->kind == CASUS_CLAUSE_NOUN && a->role == CASUS_ROLE_PREP &&
            casus_slice_is(a->prep, "of")) {
            const uint8_t word = word_status(c, above);
            if (word == CODE_POSSIBLE || word == CODE_ALLEGED || word == CODE_PLANNED)
                w->status = combine(word, w->status);
        }
        if (!known && noun && a->role == CASUS_ROLE_PREP) {
            if (w->e->type >= CODE_PROTEST && is_feared(c, k, above, a))
                w->status = combine(CODE_POSSIBLE, w->status);
            return false;
        }
        /* "evaded the blockade", whoever is said to have */
        if (!known && noun && a->role == CASUS_ROLE_OBJ && w->e->light != k->parent &&
            code_is_definite(c, k))
            return false;
        if (known) {
            w->spoken = true;
            effect = c->code->rows[row].status;
            /* "end the blockade", "condemned the raid": it is there */
            if (noun && effect == CODE_HAPPENED) {
                if (w->e->type >= CODE_PROTEST && is_feared(c, k, above, a))
                    w->status = combine(CODE_POSSIBLE, w->status);
                return false;
            }
            /* "planned the bombing of three days ago" */
            const casus_time *t = code_time_of_clause(c, k);
            if (noun && effect == CODE_PLANNED && t && p->text->day != CASUS_NO_DAY &&
                t->to < p->text->day && code_is_definite(c, k))
                return false;
            /* "we would like to thank them" does */
            if (effect == CODE_POSSIBLE && speech_act(w->e->type) && utters(c, above)) return false;
            /* "is expected to visit Paris on Sunday" */
            if (effect == CODE_POSSIBLE && w->e->type == CODE_CONSULT &&
                code_time_of_clause(c, k) && above->flags & CASUS_CLAUSE_PASSIVE &&
                casus_slice_is(p->tokens[above->head].lemma, "expect"))
                effect = CODE_PLANNED;
            /* an attempt at an attack is one */
            if (effect == CODE_POSSIBLE && attempts(c, above) &&
                (w->e->type == CODE_ASSAULT || w->e->type == CODE_REQUEST))
                effect = CODE_UNKNOWN;
            if (own == CODE_NEGATED)
                effect = effect == CODE_NEGATED ? CODE_HAPPENED : CODE_NEGATED;
            else if (own && own != CODE_ONGOING)
                effect = combine(own, effect);
            else if (above->tense == CASUS_TENSE_PAST && above->kind == CASUS_CLAUSE_PRED &&
                     casus_slice_is(p->tokens[above->head].lemma, "able"))
                effect = CODE_UNKNOWN; /* "was able to negotiate" */
        } else if (a->role == CASUS_ROLE_XCOMP ||
                   (a->role == CASUS_ROLE_OBJ && noun && w->status == CODE_UNKNOWN)) {
            effect = own;
            if (effect == CODE_ONGOING) effect = CODE_UNKNOWN;
        }
    }
    if (effect == CODE_URGED && asks_nothing(p, k, above))
        effect = casus_slice_is(k->mark, "whether") || casus_slice_is(k->mark, "if") ? CODE_POSSIBLE
                                                                                     : CODE_UNKNOWN;
    if (effect == CODE_PLANNED && noun && is_known_attack(c, w->e, k, above, a)) return false;
    /* "vowed support", "swore to help": no threat */
    if (effect == CODE_THREATENED && w->e->type <= CODE_AID && w->e->type != CODE_NONE &&
        promises(c, above))
        effect = CODE_PLANNED;
    if (effect == CODE_PLANNED && told_as_done(w->e, k) && (noun || a->role == CASUS_ROLE_CCOMP))
        effect = CODE_UNKNOWN;
    /* "refused a request": it was made */
    if (effect == CODE_NEGATED && noun && speech_act(w->e->type)) effect = CODE_UNKNOWN;
    /* the light verb has said it already */
    if (w->e->light == k->parent && w->e->status == effect) effect = CODE_UNKNOWN;
    if (effect == CODE_ALLEGED && (own_act(c, w->e, above, a) || own_words(c, w->e)))
        effect = CODE_UNKNOWN;
    w->status = combine(effect, w->status);
    return w->status != CODE_STATUSES;
}

/* "rebels, who are backed by Iran": a relation that goes on. */
static bool stands(const coder *c, const candidate *e, const casus_clause *k) {
    static const char *const verbs[] = {"back", "support", "recognise", "recognize", NULL};
    return e->type == CODE_SUPPORT && k->kind == CASUS_CLAUSE_VERB &&
           k->tense == CASUS_TENSE_PRESENT && !(k->flags & CASUS_CLAUSE_PERFECT) &&
           (k->flags & CASUS_CLAUSE_PASSIVE || k->parent_role == CASUS_ROLE_RELCL) &&
           code_is_one_of(c->parse->tokens[k->head].lemma, verbs);
}

/* What the light verb over an event noun makes of it. */
static uint8_t light_status(const coder *c, const candidate *e, const casus_clause *noun) {
    if (e->light == CASUS_NONE) return e->status;
    const casus_clause *above = &c->parse->clauses[e->light];
    const casus_arg *a = arg_of(above, e->clause);
    if (e->status == CODE_PLANNED && a && is_known_attack(c, e, noun, above, a))
        return CODE_UNKNOWN;
    if (e->status == CODE_THREATENED && e->type <= CODE_AID && promises(c, above))
        return CODE_PLANNED;
    /* an attempt at an attack is one */
    if (e->status == CODE_POSSIBLE && e->type == CODE_ASSAULT && attempts(c, above))
        return CODE_UNKNOWN;
    return e->status;
}

static void set_one(coder *c, candidate *e) {
    const casus_parse *p = c->parse;
    const casus_clause *clause = &p->clauses[e->clause];
    walk w = {.e = e, .status = form_status(c, e->clause)};
    if (clause->flags & (CASUS_CLAUSE_CONDITION | CASUS_CLAUSE_QUESTION)) e->dropped = true;
    /* "if Iran does not agree to a deal": none is there yet */
    if (clause->kind == CASUS_CLAUSE_NOUN && clause->parent != CASUS_NONE &&
        (clause->parent_role == CASUS_ROLE_OBJ || clause->parent_role == CASUS_ROLE_PREP) &&
        p->clauses[clause->parent].flags & CASUS_CLAUSE_CONDITION && !code_is_definite(c, clause))
        e->dropped = true;
    if (casus_slice_is(clause->mark, "whether")) w.status = combine(CODE_POSSIBLE, w.status);
    /* "would have left": neither here nor there */
    if (clause->modality == CASUS_MODAL_WOULD && clause->flags & CASUS_CLAUSE_PERFECT)
        e->dropped = true;
    /* "Now they are breaking the law": said, whatever goes on; an investigation does go on */
    if (w.status == CODE_ONGOING && speech_act(e->type) && !is_inquiry(c, e) &&
        !(clause->flags & CASUS_CLAUSE_PERFECT))
        w.status = CODE_UNKNOWN;
    if (w.status == CODE_PLANNED && clause->modality == CASUS_MODAL_NONE && is_counted(c, clause))
        w.status = CODE_UNKNOWN;
    /* "offers a truce for Friday": the words are now */
    if (w.status == CODE_PLANNED && speech_act(e->type) && clause->modality == CASUS_MODAL_NONE &&
        clause->tense == CASUS_TENSE_PRESENT)
        w.status = CODE_UNKNOWN;
    w.status = combine(taken_in(c, e, clause), w.status);
    const uint8_t word = word_status(c, clause);
    /* "would sometimes burn the farms": a habit */
    if (word == CODE_HAPPENED && clause->modality == CASUS_MODAL_WOULD) w.status = CODE_UNKNOWN;
    if (word) w.status = combine(word, w.status);
    /* of a light verb */
    const bool made = clause->kind == CASUS_CLAUSE_NOUN && e->status == CODE_NEGATED &&
                      e->light != CASUS_NONE && speech_act(e->type);
    if (e->status && !made && !(e->status == CODE_PLANNED && told_as_done(e, clause)))
        w.status = combine(light_status(c, e, clause), w.status);
    uint32_t at = e->clause;
    for (uint32_t depth = 0; depth < STATUS_DEPTH_MOST && w.status != CODE_STATUSES; depth++) {
        const casus_clause *k = &p->clauses[at];
        if (k->parent == CASUS_NONE || k->parent == at) break;
        const casus_arg *a = arg_of(&p->clauses[k->parent], at);
        if (!a || !step_up(c, &w, k, a)) break;
        at = k->parent;
    }
    /* "barred him for allegedly helping": the doubt stays with the act */
    if (word == CODE_ALLEGED && w.status != CODE_DENIED) w.status = CODE_ALLEGED;
    /* "rejected the accusation": what is denied is what it says, not that it was made */
    if (w.status == CODE_DENIED && clause->kind == CASUS_CLAUSE_NOUN && speech_act(e->type))
        e->dropped = true;
    if (w.status == CODE_UNKNOWN) w.status = lasting(c, clause);
    if (w.status == CODE_UNKNOWN && stands(c, e, clause)) w.status = CODE_ONGOING;
    if (is_called_off(c, clause)) w.status = CODE_NEGATED;
    if (w.status == CODE_STATUSES) e->dropped = true;
    e->status = w.status == CODE_UNKNOWN || w.status == CODE_STATUSES ? CODE_HAPPENED : w.status;
    if (clause->kind != CASUS_CLAUSE_VERB) return;
    /* an infinitive that nothing above speaks of is a purpose, not a fact */
    if (clause->mood == CASUS_MOOD_INFINITIVE && w.status == CODE_UNKNOWN && !w.spoken &&
        !is_counted(c, clause) && !(clause->flags & CASUS_CLAUSE_PERFECT))
        e->status = CODE_PLANNED;
    if (clause->mood == CASUS_MOOD_IMPERATIVE && e->status == CODE_HAPPENED) e->status = CODE_URGED;
    /* "said it would strike unless ..." */
    if (e->status == CODE_POSSIBLE && clause->modality == CASUS_MODAL_WOULD &&
        conditioned(clause) && clause->parent != CASUS_NONE && e->type >= CODE_PROTEST) {
        const casus_arg *a = arg_of(&p->clauses[clause->parent], e->clause);
        if (a && own_act(c, e, &p->clauses[clause->parent], a)) e->status = CODE_THREATENED;
    }
    /* "will shut the strait if it is attacked" */
    if (e->status == CODE_PLANNED && conditioned(clause) && e->type >= CODE_PROTEST)
        e->status = CODE_THREATENED;
}

void code_set_status(coder *c) {
    for (size_t i = 0; i < c->n; i++)
        if (!c->candidates[i].dropped) set_one(c, &c->candidates[i]);
}
