/* clauses_form.c - which tokens head clauses, and the form of each: mood, tense, modality, voice,
 * negation, condition, question.
 *
 * One pass over tokens, heads before dependents, so that a conjoined verb can take over the
 * auxiliaries of the one before it. Linear. Voice is decided here once: a participle without an
 * auxiliary counts as passive unless it has an object of its own.
 */
#include "lang/clauses_int.h"

/* ---- which tokens head clauses --------------------------------------------------------------- */

enum { KIND_NONE = 0, KIND_VERB, KIND_NOUN, KIND_PRED }; /* casus_clause_kind + 1 */

static uint8_t kind_of_verb(const lang_work *w, uint32_t t) {
    switch (w->rel[t]) {
    case CASUS_REL_AUX:
    case CASUS_REL_AUXPASS:
    case CASUS_REL_AUXTENSE:
    case CASUS_REL_COP:
    case CASUS_REL_PRT:
    case CASUS_REL_CASE:
    case CASUS_REL_MARK:
    case CASUS_REL_FIXED:
    case CASUS_REL_FLAT:
    case CASUS_REL_DET:
    case CASUS_REL_CC:
    case CASUS_REL_NUM:
    case CASUS_REL_PUNCT:
    case CASUS_REL_COMPOUND:
    case CASUS_REL_POSSMARK:
        return KIND_NONE;
    case CASUS_REL_PREP: /* "according to", "including" */
    case CASUS_REL_AGENT:
        return KIND_NONE;
    default:
        return KIND_VERB;
    }
}

/* "in ORDER to" */
static bool in_order(const lang_work *w, uint32_t t) {
    uint32_t g = w->head[t];
    return g != t && w->rel[t] == CASUS_REL_POBJ && lang_is(w, g, LANG_W(KEYED)) &&
           (lang_words_pair(w->labels, w->p->tokens[g].lower, w->p->tokens[t].lower) &
            LANG_W(PURPOSE)) != 0;
}

static uint8_t kind_of(const lang_work *w, uint32_t t, const uint8_t *kinds) {
    casus_pos pos = lang_pos(w, t);
    uint8_t rel = w->rel[t];
    if (w->alias[t] != t) return KIND_NONE;
    if (rel == CASUS_REL_PUNCT || (w->morph[t] & LANG_M_MARKS)) return KIND_NONE;
    if (lang_has(w, t, CASUS_REL_COP)) return KIND_PRED;
    if (pos == CASUS_POS_NOUN && (lang_inside_preposition(w, t) || in_order(w, t)))
        return KIND_NONE;
    if (pos == CASUS_POS_VERB && (w->morph[t] & LANG_M_FIN) && !lang_has_subject(w, t) &&
        (rel == CASUS_REL_OBJ || rel == CASUS_REL_POBJ || rel == CASUS_REL_SUBJ)) {
        return KIND_NOUN; /* "dismissed claims that ..." with "claims" as a verb */
    }
    if (pos == CASUS_POS_VERB || pos == CASUS_POS_AUX) {
        bool participle = (w->morph[t] & (LANG_M_PART | LANG_M_GER)) != 0;
        if (rel == CASUS_REL_AMOD && !participle) return KIND_NONE; /* "drive-by shooting" */
        return kind_of_verb(w, t);
    }
    if (rel == CASUS_REL_CONJ && kinds[w->head[t]] == KIND_PRED && t > w->head[t] &&
        (pos == CASUS_POS_ADJ ||
         (pos == CASUS_POS_NOUN && lang_pos(w, w->head[t]) == CASUS_POS_NOUN))) {
        return KIND_PRED;
    }
    if (pos == CASUS_POS_ADJ || pos == CASUS_POS_ADV || pos == CASUS_POS_ADP) {
        bool clausal = rel == CASUS_REL_CCOMP || rel == CASUS_REL_ADVCL || rel == CASUS_REL_ROOT ||
                       rel == CASUS_REL_CONJ || rel == CASUS_REL_PCOMP;
        if (rel == CASUS_REL_CCOMP && pos == CASUS_POS_ADJ) clausal = false; /* found it LEGAL */
        if (clausal && lang_has_subject(w, t)) return KIND_PRED;
        return pos == CASUS_POS_ADJ && rel == CASUS_REL_ADVCL ? KIND_PRED : KIND_NONE;
    }
    if (pos == CASUS_POS_NOUN) {
        bool small = rel == CASUS_REL_CCOMP && !lang_has(w, t, CASUS_REL_OBJ) &&
                     !lang_has(w, t, CASUS_REL_AUX); /* declared the group a CRIME ring */
        if (lang_has_subject(w, t) && rel != CASUS_REL_SUBJ && rel != CASUS_REL_OBJ && !small) {
            return w->labels->ud ? KIND_PRED : KIND_VERB;
        }
        if (lang_is(w, t, LANG_W(TIME_NAME) | LANG_W(MEASURE))) return KIND_NONE;
        if (lang_is(w, t, LANG_W(TIME)) && !lang_is(w, t, LANG_W(CONTENT))) return KIND_NONE;
        return rel == CASUS_REL_PREP || rel == CASUS_REL_MARK || rel == CASUS_REL_CASE ? KIND_NONE
                                                                                       : KIND_NOUN;
    }
    return KIND_NONE;
}

/* ---- the form of a clause -------------------------------------------------------------------- */

typedef struct auxiliaries {
    uint32_t finite; /* first finite one that is no modal, or CASUS_NONE */
    uint32_t modal;  /* first modal, or CASUS_NONE */
    uint32_t first;  /* first of all */
    bool any, to, have, be, passive, doing, tense, ing;
} auxiliaries;

static void read_auxiliary(const lang_work *w, uint32_t a, auxiliaries *x) {
    uint64_t modal = LANG_W(MAY) | LANG_W(CAN) | LANG_W(MUST) | LANG_W(WOULD) | LANG_W(WILL);
    uint8_t rel = w->rel[a];
    if (!x->any) x->first = a;
    x->any = true;
    if (lang_is(w, a, LANG_W(TO)) && lang_pos(w, a) == CASUS_POS_PART) {
        x->to = true;
        return;
    }
    bool is_have = lang_is(w, a, LANG_W(HAVE));
    /* "'d" is "had" or "would", as its lemma says */
    if (lang_is(w, a, modal) && !is_have && !lang_is(w, a, LANG_W(BE) | LANG_W(DO))) {
        if (x->modal == CASUS_NONE) x->modal = a;
        return;
    }
    if (rel == CASUS_REL_AUXTENSE) x->tense = true;
    if (rel == CASUS_REL_AUXPASS) x->passive = true;
    if (is_have && rel == CASUS_REL_AUX) x->have = true;
    if (lang_is(w, a, LANG_W(BE)) && rel == CASUS_REL_AUX) x->be = true;
    if (lang_is(w, a, LANG_W(DO))) x->doing = true;
    if (lang_ing(w, a)) x->ing = true;
    if ((w->morph[a] & LANG_M_FIN) && x->finite == CASUS_NONE) x->finite = a;
}

static uint8_t tense_of(const lang_work *w, uint32_t t) {
    uint32_t m = w->morph[t];
    if (m & LANG_M_FUT) return CASUS_TENSE_FUTURE;
    if (m & LANG_M_PAST) return CASUS_TENSE_PAST;
    if (m & LANG_M_PRES) return CASUS_TENSE_PRESENT;
    return CASUS_TENSE_NONE;
}

static uint8_t modality_of(const lang_work *w, uint32_t a) {
    if (lang_is(w, a, LANG_W(WILL))) return CASUS_MODAL_WILL;
    if (lang_is(w, a, LANG_W(WOULD))) return CASUS_MODAL_WOULD;
    if (lang_is(w, a, LANG_W(MAY))) return CASUS_MODAL_MAY;
    if (lang_is(w, a, LANG_W(MUST))) return CASUS_MODAL_MUST;
    return CASUS_MODAL_CAN;
}

/* The subject is a number or has one: "Ten killed", "20 people wounded". */
static bool counted(const lang_work *w, uint32_t subject) {
    if (lang_pos(w, subject) == CASUS_POS_NUM || w->alias[subject] != subject) return true;
    return lang_has(w, subject, CASUS_REL_NUM);
}

static void passive_participle(casus_clause *c) {
    c->mood = CASUS_MOOD_PARTICIPLE;
    c->flags |= CASUS_CLAUSE_PASSIVE;
}

/* A verb without any auxiliary. */
static void form_bare(const lang_work *w, casus_clause *c, const lang_clause_work *k) {
    uint32_t v = c->verb, t = c->head;
    uint32_t m = w->morph[v];
    uint8_t rel = w->rel[t];
    bool modifier = rel == CASUS_REL_ACL || rel == CASUS_REL_AMOD;
    bool subject = k->surface != CASUS_NONE;
    if (m & LANG_M_COND) c->modality = CASUS_MODAL_WOULD;
    if (m & LANG_M_FIN) {
        c->tense = (m & LANG_M_COND) ? CASUS_TENSE_NONE : tense_of(w, v);
        if (rel == CASUS_REL_CCOMP && c->tense == CASUS_TENSE_PRESENT && c->mark.len == 0 &&
            lang_is(w, w->head[t], LANG_W(BARE)) &&
            casus_slice_eq(w->p->tokens[v].lower, w->p->tokens[v].lemma)) {
            c->mood = CASUS_MOOD_INFINITIVE; /* "made them leave" */
            c->tense = CASUS_TENSE_NONE;
        }
        if (m & LANG_M_IMP) c->mood = CASUS_MOOD_IMPERATIVE;
        if (c->kind != CASUS_CLAUSE_VERB || c->tense != CASUS_TENSE_PAST || k->has_object) return;
        if (modifier && !subject) { /* a participle taken for a past tense */
            passive_participle(c);
            c->tense = CASUS_TENSE_NONE;
        } else if (subject && lang_is(w, t, LANG_W(VICTIM_VERB)) && c->mark.len == 0 &&
                   counted(w, k->surface)) {
            c->flags |= CASUS_CLAUSE_PASSIVE;
        }
    } else if (lang_past_participle(w, v)) {
        if (subject) {
            c->tense = CASUS_TENSE_PAST;
            bool victim = lang_is(w, t, LANG_W(VICTIM_VERB)) && !k->has_object;
            if (victim || w->rel[k->surface] == CASUS_REL_SUBJPASS) {
                c->flags |= CASUS_CLAUSE_PASSIVE;
            }
        } else if (modifier && k->has_object && !lang_is(w, t, LANG_W(DITRANSITIVE))) {
            c->tense = CASUS_TENSE_PAST; /* a past tense taken for a participle */
        } else if (c->kind == CASUS_CLAUSE_VERB) {
            passive_participle(c);
        }
    } else if (lang_ing(w, v)) {
        c->mood = CASUS_MOOD_GERUND;
    } else if (m & LANG_M_INF) {
        if (subject && w->labels->ud) {
            c->mood = CASUS_MOOD_INFINITIVE;
        } else if (rel == CASUS_REL_CCOMP && c->mark.len == 0 &&
                   lang_is(w, w->head[t], LANG_W(OBJ_CONTROL))) {
            c->mood = CASUS_MOOD_INFINITIVE; /* "let the ships leave" */
        } else if (subject) { /* "demanded that he leave", or a plural present mistaken */
            c->tense = c->mark.len ? CASUS_TENSE_NONE : CASUS_TENSE_PRESENT;
        } else if (!w->labels->ud && (rel == CASUS_REL_ROOT || rel == CASUS_REL_CCOMP ||
                                      rel == CASUS_REL_PARATAXIS)) {
            c->mood = CASUS_MOOD_IMPERATIVE;
        } else {
            c->mood = CASUS_MOOD_INFINITIVE;
        }
    } else if (c->kind == CASUS_CLAUSE_VERB && lang_pos(w, v) == CASUS_POS_NOUN) {
        c->tense = CASUS_TENSE_PRESENT; /* a headline's verb taken for a noun */
    }
}

static void form_with(const lang_work *w, casus_clause *c, lang_clause_work *k,
                      const auxiliaries *x) {
    uint32_t v = c->verb;
    bool participle = lang_past_participle(w, v);
    bool subject = k->surface != CASUS_NONE;
    bool plain = c->kind == CASUS_CLAUSE_VERB;
    if ((x->passive && plain) || (plain && x->be && participle && !x->have))
        c->flags |= CASUS_CLAUSE_PASSIVE;
    if (x->have) c->flags |= CASUS_CLAUSE_PERFECT;
    if (x->be && lang_ing(w, v)) c->flags |= CASUS_CLAUSE_PROGRESSIVE;
    if (x->passive && x->be && x->ing) c->flags |= CASUS_CLAUSE_PROGRESSIVE;
    if (x->modal != CASUS_NONE) {
        c->modality = modality_of(w, x->modal);
        uint32_t m = w->morph[x->modal];
        if (c->modality == CASUS_MODAL_WILL) {
            c->tense = CASUS_TENSE_FUTURE;
        } else if (w->labels->ud && !(m & LANG_M_COND)) {
            c->tense = tense_of(w, x->modal);
        }
    } else if (x->finite != CASUS_NONE) {
        uint32_t m = w->morph[x->finite];
        c->tense = tense_of(w, x->finite);
        if (m & LANG_M_COND) {
            c->modality = CASUS_MODAL_WOULD;
            c->tense = CASUS_TENSE_NONE;
        }
        if (x->tense && w->rel[x->finite] == CASUS_REL_AUXTENSE) { /* "a attaqué" */
            if (c->tense == CASUS_TENSE_PAST) c->flags |= CASUS_CLAUSE_PERFECT;
            if (c->tense == CASUS_TENSE_PRESENT) c->tense = CASUS_TENSE_PAST;
        }
        if (x->doing && !subject && c->tense == CASUS_TENSE_PRESENT &&
            w->rel[c->head] != CASUS_REL_RELCL && w->rel[c->head] != CASUS_REL_CONJ) {
            c->mood = CASUS_MOOD_IMPERATIVE;
            c->tense = CASUS_TENSE_NONE;
        }
    } else if (x->to) {
        c->mood = CASUS_MOOD_INFINITIVE;
        k->to = 1;
        bool alone = w->rel[c->head] == CASUS_REL_ROOT || w->rel[c->head] == CASUS_REL_PARATAXIS;
        if (alone && subject) { /* "Biden to visit Japan" */
            c->mood = CASUS_MOOD_INDICATIVE;
            c->tense = CASUS_TENSE_FUTURE;
        }
    } else if (plain && (w->morph[v] & LANG_M_FIN)) {
        c->tense = tense_of(w, v);
    } else if (x->ing || lang_ing(w, v)) {
        c->mood = CASUS_MOOD_GERUND;
    } else if (w->morph[v] & LANG_M_INF) {
        c->mood = x->doing && !subject ? CASUS_MOOD_IMPERATIVE : CASUS_MOOD_INFINITIVE;
    } else if (participle && subject) {
        c->tense = CASUS_TENSE_PAST; /* a headline: "Minister being held" has no such */
    } else if (participle) {
        c->mood = CASUS_MOOD_PARTICIPLE;
    }
}

/* The last "and", "or" before `t` among what hangs on its head, or CASUS_NONE. */
static uint32_t junction(const lang_work *w, uint32_t t) {
    uint32_t g = w->head[t];
    for (uint32_t i = w->slot[t], n = 0; i-- > w->child_at[g] && n < LANG_LOOK_MOST; n++) {
        if (w->rel[w->child[i]] == CASUS_REL_CC) return w->child[i];
    }
    return CASUS_NONE;
}

/* A conjoined verb without subject and auxiliary takes over those of the verb before it, when its
 * own form fits them: "will meet and discuss", "was arrested and charged". */
static void form_conjoined(lang_work *w, uint32_t c, uint32_t above) {
    casus_clause *me = &w->clauses[c];
    const casus_clause *up = &w->clauses[above];
    lang_clause_work *k = &w->work[c];
    const lang_clause_work *u = &w->work[above];
    uint32_t cc = junction(w, me->head);
    if (cc != CASUS_NONE && lang_is(w, cc, LANG_W(NOR))) me->flags |= CASUS_CLAUSE_NEGATED;
    if (me->kind == CASUS_CLAUSE_PRED && me->verb == up->verb) { /* "is hostile and armed" */
        uint8_t negated = me->flags & CASUS_CLAUSE_NEGATED;
        me->mood = up->mood;
        me->tense = up->tense;
        me->modality = up->modality;
        me->flags = up->flags & (uint8_t)~CASUS_CLAUSE_QUOTED;
        me->flags |= negated;
        k->form_shared = 1;
        return;
    }
    if (k->own_aux || k->surface != CASUS_NONE || me->kind != CASUS_CLAUSE_VERB) return;
    uint32_t m = w->morph[me->verb];
    bool simple = !u->own_aux && !u->form_shared && up->mood == CASUS_MOOD_INDICATIVE;
    if (simple && me->mood == CASUS_MOOD_PARTICIPLE && up->tense == CASUS_TENSE_PAST &&
        !(up->flags & CASUS_CLAUSE_PASSIVE) && up->kind == CASUS_CLAUSE_VERB &&
        (k->has_object || !lang_is(w, me->head, LANG_W(VICTIM_VERB)))) {
        me->mood = CASUS_MOOD_INDICATIVE; /* "killed one and injured ten", a past taken for a */
        me->tense = CASUS_TENSE_PAST;     /* participle */
        me->flags &= (uint8_t)~CASUS_CLAUSE_PASSIVE;
        return;
    }
    if (simple) {
        if (!(m & LANG_M_INF) || w->labels->ud) return;
        me->mood =
            up->mood; /* "seize a vessel and arrest ...", a present taken for an infinitive */
        me->tense = up->tense;
        return;
    }
    bool plain = (m & LANG_M_INF) ||
                 ((m & LANG_M_FIN) && (m & LANG_M_PRES) &&
                  casus_slice_eq(w->p->tokens[me->verb].lower, w->p->tokens[me->verb].lemma));
    bool past = lang_past_participle(w, me->verb) || ((m & LANG_M_FIN) && (m & LANG_M_PAST));
    bool infinitive = up->modality != CASUS_MODAL_NONE || up->mood == CASUS_MOOD_INFINITIVE ||
                      up->mood == CASUS_MOOD_IMPERATIVE || u->to;
    uint8_t take = 0;
    bool fits = false;
    if (up->kind == CASUS_CLAUSE_PRED && me->mood == CASUS_MOOD_PARTICIPLE && !k->has_object) {
        me->mood = up->mood; /* "is closed and heavily guarded" */
        me->tense = up->tense;
        me->modality = up->modality;
        me->flags |= up->flags & CASUS_CLAUSE_PERFECT;
        k->form_shared = 1;
        return;
    }
    if (plain && (infinitive || u->own_aux || u->form_shared) &&
        !(up->flags & (CASUS_CLAUSE_PERFECT | CASUS_CLAUSE_PROGRESSIVE))) {
        fits = true;
    } else if (past && (up->flags & CASUS_CLAUSE_PASSIVE)) {
        bool victim = lang_is(w, me->head, LANG_W(VICTIM_VERB)) && !k->has_object;
        fits = victim || (lang_past_participle(w, me->verb) && !k->has_object);
        take = CASUS_CLAUSE_PASSIVE | CASUS_CLAUSE_PERFECT;
    } else if (past && (up->flags & CASUS_CLAUSE_PERFECT)) {
        /* "would have been tried but resigned": that came to pass */
        if (up->modality && (w->morph[me->verb] & LANG_M_FIN) && cc != CASUS_NONE &&
            casus_slice_is(w->p->tokens[cc].lower, "but"))
            return;
        fits = true;
        take = CASUS_CLAUSE_PERFECT;
    } else if (lang_ing(w, me->verb) && (up->flags & CASUS_CLAUSE_PROGRESSIVE)) {
        fits = true;
        take = CASUS_CLAUSE_PROGRESSIVE | CASUS_CLAUSE_PERFECT;
    }
    if (!fits) return;
    if (up->flags & CASUS_CLAUSE_NEGATED) {
        if (cc != CASUS_NONE && lang_is(w, cc, LANG_W(OR))) take |= CASUS_CLAUSE_NEGATED;
    }
    me->flags &= (uint8_t) ~(CASUS_CLAUSE_PASSIVE | CASUS_CLAUSE_PERFECT);
    me->flags |= up->flags & take;
    me->mood = up->mood;
    me->tense = up->tense;
    me->modality = up->modality;
    k->to = u->to;
    k->form_shared = 1;
}

/* ---- reading a clause's children ------------------------------------------------------------- */

static bool negates(const lang_work *w, uint32_t d) {
    uint8_t rel = w->rel[d];
    bool word = lang_is(w, d, LANG_W(NEG)) || (w->morph[d] & LANG_M_NEG);
    if (rel == CASUS_REL_NEG || rel == CASUS_REL_ADVMOD || rel == CASUS_REL_DET) {
        if (lang_is(w, d, LANG_W(NEG_DET)) || word) {
            return d + 1 >= w->n || !lang_is(w, d + 1, LANG_W(FOCUS));
        }
    }
    if ((rel == CASUS_REL_PRECONJ || rel == CASUS_REL_CC) && d < w->head[d]) {
        return lang_is(w, d, LANG_W(NOR) | LANG_W(NEG_DET));
    }
    if (rel == CASUS_REL_ADVMOD && d > 0) { /* "no longer", "no more" */
        return w->head[d - 1] == d && lang_is(w, d - 1, LANG_W(NEG_DET)) &&
               !lang_is(w, d, LANG_W(FOCUS));
    }
    return false;
}

/* A preposition or adverb right behind the verb without a complement belongs to the verb. */
static bool particle(const lang_work *w, uint32_t d, uint32_t verb) {
    if (w->rel[d] == CASUS_REL_PRT) return true;
    if (d != verb + 1 || !lang_is(w, d, LANG_W(PARTICLE))) return false;
    if (w->rel[d] == CASUS_REL_ADVMOD) return true;
    return w->rel[d] == CASUS_REL_PREP && lang_child(w, d, CASUS_REL_POBJ) == CASUS_NONE &&
           lang_child(w, d, CASUS_REL_PCOMP) == CASUS_NONE;
}

static bool read_children(lang_work *w, uint32_t c, auxiliaries *x) {
    casus_clause *me = &w->clauses[c];
    lang_clause_work *k = &w->work[c];
    uint32_t t = me->head, mark_first = CASUS_NONE, mark_last = 0;
    for (uint32_t i = w->child_at[t]; i < w->child_at[t + 1]; i++) {
        uint32_t d = w->child[i];
        switch (w->rel[d]) {
        case CASUS_REL_AUX:
        case CASUS_REL_AUXPASS:
        case CASUS_REL_AUXTENSE:
            read_auxiliary(w, d, x);
            break;
        case CASUS_REL_SUBJ:
        case CASUS_REL_SUBJPASS:
        case CASUS_REL_CSUBJ:
        case CASUS_REL_CSUBJPASS:
            if (k->surface == CASUS_NONE) k->surface = d;
            break;
        case CASUS_REL_OBJ:
            if (!lang_time_deictic(w, d) || lang_is(w, t, LANG_W(TIME_VERB))) k->has_object = 1;
            if (lang_is(w, d, LANG_W(PLACE_NOUN))) k->place_object = 1;
            if (lang_is(w, d, LANG_W(CONTENT)) &&
                !lang_is(w, d, LANG_W(REQUEST) | LANG_W(AGENTIVE))) {
                k->content_object = 1;
            }
            break;
        case CASUS_REL_XCOMP:
            k->has_xcomp = 1;
            k->has_content = 1;
            break;
        case CASUS_REL_CCOMP:
            k->has_content = 1;
            break;
        case CASUS_REL_AGENT:
            k->has_agent = 1;
            break;
        case CASUS_REL_MARK:
            if (mark_first == CASUS_NONE || d == mark_last) mark_last = d + 1;
            if (mark_first == CASUS_NONE) mark_first = d;
            break;
        case CASUS_REL_PREP:
            if (lang_is(w, t, LANG_W(KEYED)) && d > t &&
                (lang_words_pair(w->labels, w->p->tokens[t].lemma, w->p->tokens[d].lower) &
                 LANG_W(PREP_CONTROL)) &&
                k->prep_control == CASUS_NONE) {
                k->prep_control = d;
            }
            break;
        default:
            break;
        }
        if (negates(w, d)) me->flags |= CASUS_CLAUSE_NEGATED;
        if (me->particle.len == 0 && me->kind == CASUS_CLAUSE_VERB && particle(w, d, t)) {
            me->particle = w->p->tokens[d].lower;
        }
    }
    if (mark_first != CASUS_NONE) {
        me->mark = lang_join(w, mark_first, mark_last);
        if (!me->mark.ptr) return false;
    } else if (x->to) {
        me->mark = CASUS_SLICE("to");
    } else if (me->kind != CASUS_CLAUSE_NOUN) {
        for (uint32_t i = w->child_at[t]; i < w->child_at[t + 1] && w->child[i] < t; i++) {
            uint32_t d = w->child[i];
            if (w->rel[d] == CASUS_REL_ADVMOD &&
                lang_is(w, d, LANG_W(REL_PLACE) | LANG_W(REL_TIME))) {
                me->mark = w->p->tokens[d].lower;
            }
        }
    }
    k->own_aux = x->any;
    return true;
}

/* The sentence ends in a question mark. */
static bool asked(const lang_work *w, uint32_t sent) {
    if (sent >= w->p->n_sentences) return false;
    const casus_sentence *s = &w->p->sentences[sent];
    uint32_t last = s->last < w->n ? s->last : w->n;
    for (uint32_t back = 0; back < 5 && last > s->first; back++) {
        const casus_token *t = &w->p->tokens[--last];
        if (casus_slice_is(t->form, "?")) return true;
        if (t->pos != CASUS_POS_PUNCT && t->pos != CASUS_POS_SPACE) return false;
    }
    return false;
}

static void conditions(lang_work *w, uint32_t c, const auxiliaries *x) {
    casus_clause *me = &w->clauses[c];
    uint8_t rel = w->rel[me->head];
    uint32_t g = w->head[me->head];
    uint32_t mark = lang_child(w, me->head, CASUS_REL_MARK);
    if (mark != CASUS_NONE) {
        bool under_ask = rel == CASUS_REL_CCOMP && lang_is(w, g, LANG_W(ASK));
        bool whether = lang_is(w, mark, LANG_W(WHETHER));
        if (whether && (under_ask || !lang_is(w, mark, LANG_W(COND)))) {
            me->flags |= CASUS_CLAUSE_QUESTION;
        } else if (lang_is(w, mark, LANG_W(COND))) {
            me->flags |= CASUS_CLAUSE_CONDITION;
        }
    } else if ((rel == CASUS_REL_ADVCL || (rel == CASUS_REL_CCOMP && me->head < g)) && x->any &&
               w->work[c].surface != CASUS_NONE && x->first < w->work[c].surface && !x->to &&
               !lang_is(w, g, LANG_W(SPEECH))) {
        w->rel[me->head] = CASUS_REL_ADVCL;
        me->flags |= CASUS_CLAUSE_CONDITION; /* "should they attack", "had the truce held" */
    }
    if ((rel == CASUS_REL_ACL || rel == CASUS_REL_RELCL) && w->head[g] != g &&
        w->rel[w->head[g]] == CASUS_REL_PREP &&
        (lang_words_pair(w->labels, w->p->tokens[w->head[g]].lower, w->p->tokens[g].lower) &
         LANG_W(COND_PREP))) {
        me->flags |= CASUS_CLAUSE_CONDITION; /* "in case they attack" */
    }
    if (rel == CASUS_REL_ROOT && asked(w, me->sent)) me->flags |= CASUS_CLAUSE_QUESTION;
}

static bool form_clause(lang_work *w, uint32_t t) {
    uint32_t c = w->clause_of[t];
    casus_clause *me = &w->clauses[c];
    auxiliaries x = {.finite = CASUS_NONE, .modal = CASUS_NONE, .first = CASUS_NONE};
    if (!read_children(w, c, &x)) return false;
    if (w->quote[t] != CASUS_NONE) me->flags |= CASUS_CLAUSE_QUOTED;
    if (me->kind == CASUS_CLAUSE_NOUN) return true;
    if (x.any) {
        form_with(w, me, &w->work[c], &x);
    } else {
        form_bare(w, me, &w->work[c]);
    }
    conditions(w, c, &x);
    if (me->verb != CASUS_NONE && w->labels->ud && (w->morph[me->verb] & LANG_M_PASS) &&
        me->mood == CASUS_MOOD_INDICATIVE && me->tense == CASUS_TENSE_NONE) {
        passive_participle(me);
    }
    uint32_t g = w->head[t];
    if (w->rel[t] == CASUS_REL_CONJ && g != t && w->clause_of[g] != CASUS_NONE &&
        w->clauses[w->clause_of[g]].kind != CASUS_CLAUSE_NOUN) {
        form_conjoined(w, c, w->clause_of[g]);
        uint8_t question = w->clauses[w->clause_of[g]].flags & CASUS_CLAUSE_QUESTION;
        me->flags |= question;
    }
    return true;
}

bool lang_form_make(lang_work *w) {
    uint8_t *kinds = casus_base_arena_zero(w->scratch, w->n, 1);
    if (!kinds) return false;
    for (uint32_t i = 0; i < w->n; i++) {
        uint32_t t = w->order[i];
        kinds[t] = kind_of(w, t, kinds);
        if (kinds[t]) w->n_clauses++;
    }
    casus_arena *arena = w->p->text->arena;
    w->clauses = casus_base_arena_zero(arena, w->n_clauses, sizeof *w->clauses);
    w->work = casus_base_arena_zero(w->scratch, w->n_clauses, sizeof *w->work);
    if (!w->clauses || !w->work) return false;
    uint32_t n = 0;
    for (uint32_t t = 0; t < w->n; t++) {
        w->clause_of[t] = CASUS_NONE;
        if (!kinds[t]) continue;
        casus_clause *c = &w->clauses[n];
        c->kind = (uint8_t)(kinds[t] == KIND_VERB   ? CASUS_CLAUSE_VERB
                            : kinds[t] == KIND_NOUN ? CASUS_CLAUSE_NOUN
                                                    : CASUS_CLAUSE_PRED);
        c->head = t;
        c->verb = kinds[t] == KIND_NOUN ? CASUS_NONE : t;
        c->sent = w->p->tokens[t].sent;
        c->parent = c->conjunct_of = CASUS_NONE;
        c->quote = w->quote[t];
        lang_clause_work *k = &w->work[n];
        k->first_arg = k->last_arg = k->surface = k->prep_control = CASUS_NONE;
        w->clause_of[t] = n++;
    }
    for (uint32_t i = 0; i < w->n; i++) {
        uint32_t t = w->order[i], c = w->clause_of[t];
        if (c == CASUS_NONE) continue;
        if (w->clauses[c].kind == CASUS_CLAUSE_PRED) {
            uint32_t cop = lang_child(w, t, CASUS_REL_COP);
            uint32_t up = w->clause_of[w->head[t]];
            if (cop != CASUS_NONE) {
                w->clauses[c].verb = cop;
            } else if (w->rel[t] == CASUS_REL_CONJ && up != CASUS_NONE &&
                       w->clauses[up].kind == CASUS_CLAUSE_PRED) {
                w->clauses[c].verb = w->clauses[up].verb;
            }
        }
        if (!form_clause(w, t)) return false;
    }
    return true;
}

/* ---- after the arguments are known ----------------------------------------------------------- */

static bool negative_phrase(const lang_work *w, const casus_arg *a) {
    /* "neither the union nor the council agreed" */
    if (a->first > 0 && a->first < w->n && w->rel[a->first - 1] == CASUS_REL_PRECONJ &&
        lang_is(w, a->first - 1, LANG_W(NEG_DET)))
        return true;
    if (a->first >= w->n || !lang_is(w, a->first, LANG_W(NEG_DET) | LANG_W(NEG_PRON))) return false;
    return a->first + 1 >= w->n || !lang_is(w, a->first + 1, LANG_W(FOCUS));
}

void lang_form_finish(lang_work *w) {
    for (uint32_t i = 0; i < w->n_args; i++) {
        const casus_arg *a = &w->args[i].arg;
        casus_clause *c = &w->clauses[w->args[i].clause];
        bool central = a->role <= CASUS_ROLE_OBJ2;
        bool own = !(a->flags & CASUS_ARG_SHARED) || c->conjunct_of != CASUS_NONE;
        if (central && own && c->kind != CASUS_CLAUSE_NOUN && negative_phrase(w, a)) {
            c->flags |= CASUS_CLAUSE_NEGATED;
        }
        if (a->prep.len && a->clause != CASUS_NONE && !(a->flags & CASUS_ARG_SHARED)) {
            uint64_t classes = lang_words_get(w->labels, a->prep);
            if (classes & LANG_W(NEG_PREP)) w->clauses[a->clause].flags |= CASUS_CLAUSE_NEGATED;
            if (classes & LANG_W(COND_PREP)) w->clauses[a->clause].flags |= CASUS_CLAUSE_CONDITION;
        }
    }
    for (uint32_t i = 0; i < w->n; i++) {
        uint32_t c = w->clause_of[w->order[i]];
        if (c == CASUS_NONE) continue;
        casus_clause *me = &w->clauses[c];
        if (me->conjunct_of != CASUS_NONE && me->kind != CASUS_CLAUSE_NOUN) {
            me->flags |= w->clauses[me->conjunct_of].flags & CASUS_CLAUSE_CONDITION;
        }
        if (me->parent != CASUS_NONE &&
            (me->parent_role == CASUS_ROLE_CCOMP || me->parent_role == CASUS_ROLE_XCOMP) &&
            w->clauses[me->parent].kind != CASUS_CLAUSE_NOUN) {
            me->flags |= w->clauses[me->parent].flags & CASUS_CLAUSE_CONDITION;
        }
    }
}
