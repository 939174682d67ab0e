/* clauses_share.c - arguments that a clause takes over from another: by coordination, control,
 * relative and participial clauses, light verbs.
 *
 * One pass over clauses, heads before dependents, so that what is taken over is complete; before it
 * one the other way for objects that stand behind the last of several verbs. At most
 * CASUS_LANG_SHARED_MOST arguments go from one clause to another, so the cost stays linear. Only
 * what grammar makes certain is shared: "killed and wounded ten" yes, "fled and attacked ten" no.
 */
#include "lang/clauses_int.h"

static const casus_slice NO_PREP = {NULL, 0};

static bool own_role(const lang_work *w, uint32_t c, casus_role role) {
    return (w->work[c].roles >> role & 1) != 0;
}

static bool passive(const lang_work *w, uint32_t c) {
    return (w->clauses[c].flags & CASUS_CLAUSE_PASSIVE) != 0;
}

/* The role that the grammatical subject of the clause plays in it. */
static casus_role surface_role(const lang_work *w, uint32_t c) {
    if (!passive(w, c)) return CASUS_ROLE_SUBJ;
    return w->work[c].has_object ? CASUS_ROLE_OBJ2 : CASUS_ROLE_OBJ;
}

/* Copies the arguments of `from` in role `from_role` (and with preposition `prep`, when it is not
 * empty) to `to` as `to_role`. *n counts them. */
static bool copy(lang_work *w, uint32_t to, casus_role to_role, uint32_t from, casus_role from_role,
                 casus_slice prep, uint32_t *n) {
    uint32_t seen = 0, last = w->work[from].last_arg;
    *n = 0;
    for (uint32_t a = w->work[from].first_arg; a != CASUS_NONE; a = w->args[a].next) {
        if (++seen > 4 * CASUS_LANG_SHARED_MOST || *n == CASUS_LANG_SHARED_MOST) {
            w->capped = true;
            break;
        }
        casus_arg arg = w->args[a].arg;
        if (arg.role == from_role && (prep.len == 0 || casus_slice_eq(prep, arg.prep)) &&
            arg.token != w->clauses[to].head) {
            arg.role = (uint8_t)to_role;
            arg.flags |= CASUS_ARG_SHARED;
            if (to_role != CASUS_ROLE_PREP && to_role != CASUS_ROLE_ADVCL) arg.prep = NO_PREP;
            if (!lang_arg_add(w, to, &arg)) return false;
            (*n)++;
        }
        if (a == last) break; /* what is being added to the same clause is not met again */
    }
    return true;
}

static bool share_token(lang_work *w, uint32_t to, casus_role role, uint32_t token, uint8_t flags) {
    casus_arg a = lang_arg_of(w, token, role, CASUS_ARG_SHARED | flags, NO_PREP);
    return lang_arg_add(w, to, &a);
}

/* Gives `to` the grammatical subject of `from`. */
static bool share_surface(lang_work *w, uint32_t to, uint32_t from, uint32_t *n) {
    *n = 0;
    if (w->work[to].surface != CASUS_NONE) return true;
    casus_role role = surface_role(w, to);
    if (own_role(w, to, role)) return true;
    return copy(w, to, role, from, surface_role(w, from), NO_PREP, n);
}

/* ---- coordination ---------------------------------------------------------------------------- */

static bool inside_conjunction(const lang_work *w, uint32_t c, uint32_t *above) {
    uint32_t t = w->clauses[c].head, g = w->head[t];
    if (w->rel[t] != CASUS_REL_CONJ || g == t || w->clause_of[g] == CASUS_NONE) return false;
    *above = w->clause_of[g];
    return (w->clauses[c].kind == CASUS_CLAUSE_NOUN) ==
           (w->clauses[*above].kind == CASUS_CLAUSE_NOUN);
}

/* Copies what stands behind the head of `from` and says where, when or how. */
static bool copy_behind(lang_work *w, uint32_t to, uint32_t from) {
    uint32_t seen = 0, last = w->work[from].last_arg, head = w->clauses[from].head;
    for (uint32_t a = w->work[from].first_arg; a != CASUS_NONE; a = w->args[a].next) {
        casus_arg arg = w->args[a].arg;
        if ((arg.role == CASUS_ROLE_PREP || arg.role == CASUS_ROLE_TIME) && arg.token > head) {
            arg.flags |= CASUS_ARG_SHARED;
            if (!lang_arg_add(w, to, &arg)) return false;
        }
        if (a == last || ++seen == CASUS_LANG_SHARED_MOST) break;
    }
    return true;
}

/* "shelled and bombed the town on Monday": what is behind the last verb is also the first one's,
 * when nothing but "and" or a comma stands between them. */
static bool share_back(lang_work *w, uint32_t c) {
    uint32_t above, n;
    if (w->clauses[c].kind != CASUS_CLAUSE_VERB || !inside_conjunction(w, c, &above)) return true;
    uint32_t head = w->clauses[c].head, first = w->clauses[above].head;
    bool apart = w->work[c].surface != CASUS_NONE;
    uint32_t placed = 1u << CASUS_ROLE_PREP | 1u << CASUS_ROLE_ADVCL;
    if (apart && passive(w, c) && passive(w, above) && head > first &&
        lang_is(w, head, LANG_W(VICTIM_VERB)) && lang_is(w, first, LANG_W(VICTIM_VERB)) &&
        !(w->work[above].roles & placed)) { /* "six are killed and ten are injured in a strike" */
        return copy_behind(w, above, c);
    }
    if (w->clauses[above].kind != CASUS_CLAUSE_VERB || head < first || head - first > 3)
        return true;
    for (uint32_t t = first + 1; t < head; t++) {
        if (w->rel[t] != CASUS_REL_CC && w->rel[t] != CASUS_REL_PUNCT) return true;
    }
    if (passive(w, above) != passive(w, c)) return true;
    uint32_t taken = 1u << CASUS_ROLE_OBJ | 1u << CASUS_ROLE_CCOMP | 1u << CASUS_ROLE_XCOMP;
    if (passive(w, c)) {
        if (!own_role(w, above, CASUS_ROLE_SUBJ) &&
            !copy(w, above, CASUS_ROLE_SUBJ, c, CASUS_ROLE_SUBJ, NO_PREP, &n)) {
            return false;
        }
    } else if (!(w->work[above].roles & taken) &&
               !copy(w, above, CASUS_ROLE_OBJ, c, CASUS_ROLE_OBJ, NO_PREP, &n)) {
        return false;
    }
    return copy_behind(w, above, c);
}

static bool share_conjunct(lang_work *w, uint32_t c, uint32_t above) {
    uint32_t n, head = w->clauses[c].head;
    if (w->clauses[c].kind == CASUS_CLAUSE_NOUN) {
        if (own_role(w, c, CASUS_ROLE_POSS) || lang_has(w, head, CASUS_REL_DET)) return true;
        uint32_t seen = 0, last = w->work[above].last_arg;
        for (uint32_t a = w->work[above].first_arg; a != CASUS_NONE; a = w->args[a].next) {
            casus_arg arg = w->args[a].arg;
            bool name = lang_pos(w, arg.token) == CASUS_POS_PROPN ||
                        (lang_pos(w, arg.token) == CASUS_POS_ADJ &&
                         (w->p->tokens[arg.token].flags & CASUS_TOKEN_UPPER_INITIAL));
            bool fits = arg.role == CASUS_ROLE_POSS || (arg.role == CASUS_ROLE_MOD && name);
            if (fits && arg.token < head && !own_role(w, c, CASUS_ROLE_MOD)) {
                arg.flags |= CASUS_ARG_SHARED;
                if (!lang_arg_add(w, c, &arg)) return false;
            }
            if (a == last || ++seen == CASUS_LANG_SHARED_MOST) break;
        }
        return true;
    }
    if (!share_surface(w, c, above, &n)) return false;
    /* an object before this verb's end that hangs on the first: "killed or wounded TEN" */
    if (passive(w, c) != passive(w, above)) return true;
    if (passive(w, c)) {
        if (own_role(w, c, CASUS_ROLE_SUBJ)) return true;
        uint32_t a = w->work[above].first_arg;
        for (uint32_t seen = 0; a != CASUS_NONE && seen < CASUS_LANG_SHARED_MOST; seen++) {
            if (w->args[a].arg.role == CASUS_ROLE_SUBJ && w->args[a].arg.token > head) {
                return copy(w, c, CASUS_ROLE_SUBJ, above, CASUS_ROLE_SUBJ, NO_PREP, &n);
            }
            a = w->args[a].next;
        }
        return true;
    }
    if (own_role(w, c, CASUS_ROLE_OBJ) || own_role(w, c, CASUS_ROLE_CCOMP)) return true;
    uint32_t a = w->work[above].first_arg;
    for (uint32_t seen = 0; a != CASUS_NONE && seen < CASUS_LANG_SHARED_MOST; seen++) {
        const casus_arg *arg = &w->args[a].arg;
        if (arg->role == CASUS_ROLE_OBJ && arg->token > head) {
            return copy(w, c, CASUS_ROLE_OBJ, above, CASUS_ROLE_OBJ, NO_PREP, &n);
        }
        a = w->args[a].next;
    }
    return true;
}

/* Classes of the verb, and of it with its particle. */
static uint64_t verb_classes(const lang_work *w, uint32_t verb) {
    uint32_t t = w->clauses[verb].head;
    uint64_t classes = w->words[t];
    if (w->clauses[verb].particle.len && (classes & LANG_W(KEYED))) {
        classes |= lang_words_pair(w->labels, w->p->tokens[t].lemma, w->clauses[verb].particle);
    }
    if (w->work[verb].place_object && (classes & LANG_W(KEYED))) {
        classes |= lang_words_pair(w->labels, w->p->tokens[t].lemma, CASUS_SLICE("place"));
    }
    return classes;
}

/* ---- control --------------------------------------------------------------------------------- */

/* A name or adjective of nationality before the noun ("RUSSIAN plans to attack"). */
static bool share_modifier(lang_work *w, uint32_t to, casus_role role, uint32_t noun, uint32_t *n) {
    *n = 0;
    uint32_t seen = 0;
    for (uint32_t a = w->work[noun].first_arg; a != CASUS_NONE; a = w->args[a].next) {
        casus_arg arg = w->args[a].arg;
        if (++seen > CASUS_LANG_SHARED_MOST) break;
        if (arg.role != CASUS_ROLE_MOD) continue;
        if (!(w->p->tokens[arg.token].flags & CASUS_TOKEN_UPPER_INITIAL)) continue;
        arg.role = (uint8_t)role;
        arg.flags |= CASUS_ARG_SHARED;
        if (!lang_arg_add(w, to, &arg)) return false;
        (*n)++;
    }
    return true;
}

/* Who does what a noun is about: its possessor, its "by", its nationality, or the subject of the
 * verb whose object it is. */
static bool share_from_noun(lang_work *w, uint32_t c, uint32_t noun) {
    casus_role role = surface_role(w, c);
    uint32_t n = 0, head = w->clauses[noun].head;
    if (w->work[c].surface != CASUS_NONE || own_role(w, c, role)) return true;
    if (lang_is(w, head, LANG_W(REQUEST))) {
        static const char *const preps[] = {"to", "on", "for", "against"};
        for (size_t i = 0; i < sizeof preps / sizeof *preps && n == 0; i++) {
            if (!copy(w, c, role, noun, CASUS_ROLE_PREP, casus_slice_z(preps[i]), &n)) {
                return false;
            }
        }
        return true;
    }
    if (!copy(w, c, role, noun, CASUS_ROLE_POSS, NO_PREP, &n)) return false;
    if (n == 0 && !copy(w, c, role, noun, CASUS_ROLE_PREP, CASUS_SLICE("by"), &n)) return false;
    if (n == 0 && !share_modifier(w, c, role, noun, &n)) return false;
    uint32_t verb = w->clauses[noun].parent;
    if (n || verb == CASUS_NONE || w->clauses[verb].kind != CASUS_CLAUSE_VERB) return true;
    uint8_t as = w->clauses[noun].parent_role;
    casus_slice prep = w->prep[head];
    bool with =
        as == CASUS_ROLE_PREP &&
        (casus_slice_is(prep, "in") || casus_slice_is(prep, "with") || casus_slice_is(prep, "as"));
    bool held = as == CASUS_ROLE_OBJ &&
                (verb_classes(w, verb) & (LANG_W(HOLDER) | LANG_W(LIGHT) | LANG_W(OWN_ACT)));
    if (held || with) {
        if (!copy(w, c, role, verb, CASUS_ROLE_SUBJ, NO_PREP, &n)) return false;
        if (n == 0 && as == CASUS_ROLE_PREP && passive(w, verb)) {
            return copy(w, c, role, verb, CASUS_ROLE_OBJ, NO_PREP, &n);
        }
    }
    return true;
}

static bool share_controlled(lang_work *w, uint32_t c, uint32_t p) {
    const casus_clause *up = &w->clauses[p];
    casus_role role = surface_role(w, c);
    uint32_t n = 0;
    if (w->work[c].surface != CASUS_NONE) { /* "urged Russia to withdraw" read as one clause */
        bool object = up->kind == CASUS_CLAUSE_VERB && !passive(w, p) && !w->work[p].has_object &&
                      lang_is(w, up->head, LANG_W(OBJ_CONTROL)) &&
                      (w->clauses[c].mark.len == 0 || casus_slice_is(w->clauses[c].mark, "to"));
        if (!object || own_role(w, p, CASUS_ROLE_OBJ)) return true;
        return copy(w, p, CASUS_ROLE_OBJ, c, role, NO_PREP, &n);
    }
    if (own_role(w, c, role)) return true;
    if (up->kind == CASUS_CLAUSE_NOUN) return share_from_noun(w, c, p);
    if (up->kind == CASUS_CLAUSE_PRED || passive(w, p)) return share_surface(w, c, p, &n);
    if (w->work[p].prep_control != CASUS_NONE) {
        casus_slice prep = w->prep[w->work[p].prep_control];
        if (!copy(w, c, role, p, CASUS_ROLE_PREP, prep, &n)) return false;
        if (n) return true;
    }
    bool gerund = w->clauses[c].mood == CASUS_MOOD_GERUND;
    if (w->clauses[c].mood == CASUS_MOOD_INFINITIVE && w->work[p].content_object) {
        return share_surface(w, c, p, &n); /* "made a decision to withdraw" */
    }
    bool object = lang_is(w, up->head, LANG_W(OBJ_CONTROL)) ||
                  w->clauses[c].mood == CASUS_MOOD_PARTICIPLE || gerund;
    bool subject = lang_is(w, up->head, LANG_W(SUBJ_CONTROL));
    if (object && (!subject || lang_is(w, up->head, LANG_W(OBJ_CONTROL)))) {
        if (!copy(w, c, role, p, CASUS_ROLE_OBJ, NO_PREP, &n)) return false;
        if (n == 0 && !copy(w, c, role, p, CASUS_ROLE_OBJ2, NO_PREP, &n)) return false;
        if (n) return true;
    }
    if (gerund && lang_is(w, up->head, LANG_W(ARBITRARY))) return true;
    return share_surface(w, c, p, &n);
}

/* An adverbial clause without subject: that of the main clause. Not of what an event brought about
 * when the main clause is a passive ("was bombed, killing ten"): then its agent, if any. */
static bool share_adverbial(lang_work *w, uint32_t c, uint32_t p) {
    const casus_clause *me = &w->clauses[c], *up = &w->clauses[p];
    casus_role role = surface_role(w, c);
    uint32_t n = 0;
    bool finite = me->mood == CASUS_MOOD_INDICATIVE || me->mood == CASUS_MOOD_IMPERATIVE;
    if (finite || w->work[c].surface != CASUS_NONE || own_role(w, c, role)) return true;
    if (up->kind == CASUS_CLAUSE_NOUN) return share_from_noun(w, c, p);
    if (me->mood == CASUS_MOOD_INFINITIVE && lang_is(w, up->head, LANG_W(DISPATCH))) {
        if (!copy(w, c, role, p, CASUS_ROLE_OBJ, NO_PREP, &n)) return false;
        if (n) return true;
    }
    bool result = me->mood == CASUS_MOOD_GERUND && me->mark.len == 0 && me->head > up->head &&
                  lang_is(w, me->head, LANG_W(RESULT));
    if (result && passive(w, p)) return copy(w, c, role, p, CASUS_ROLE_SUBJ, NO_PREP, &n);
    if (me->mood == CASUS_MOOD_INFINITIVE && passive(w, p)) {
        if (!copy(w, c, role, p, CASUS_ROLE_SUBJ, NO_PREP, &n)) return false;
        if (n) return true;
    }
    return share_surface(w, c, p, &n);
}

/* A gerund that is a noun in all but its tag: "injured in a shooting", "after fighting". */
static bool nominal(const lang_work *w, uint32_t c) {
    uint32_t t = w->clauses[c].head;
    if (w->clauses[c].kind != CASUS_CLAUSE_VERB || w->work[c].has_object) return false;
    if (w->clauses[c].mood != CASUS_MOOD_GERUND || passive(w, c)) return false;
    return lang_has(w, t, CASUS_REL_DET) || lang_has(w, t, CASUS_REL_AMOD) ||
           lang_is(w, t, LANG_W(EVENT_ING));
}

/* A gerund behind a preposition: "accused X of shelling" of the object, "left without firing" of
 * the subject. */
static bool share_prepositional(lang_work *w, uint32_t c, uint32_t p, casus_slice prep) {
    const casus_clause *me = &w->clauses[c], *up = &w->clauses[p];
    casus_role role = surface_role(w, c);
    uint32_t n = 0;
    if (w->work[c].surface != CASUS_NONE || own_role(w, c, role)) return true;
    if (me->mood == CASUS_MOOD_INDICATIVE || nominal(w, c)) return true;
    if (up->kind == CASUS_CLAUSE_NOUN) return share_from_noun(w, c, p);
    if (passive(w, p) && (lang_words_get(w->labels, prep) & LANG_W(BY))) {
        return copy(w, c, role, p, CASUS_ROLE_SUBJ, NO_PREP, &n); /* dispersed by firing shots */
    }
    if (up->kind == CASUS_CLAUSE_PRED || passive(w, p)) return share_surface(w, c, p, &n);
    if (lang_words_get(w->labels, prep) & LANG_W(GERUND_PREP)) {
        if (!copy(w, c, role, p, CASUS_ROLE_OBJ, NO_PREP, &n)) return false;
        if (n) return true;
    }
    if (lang_is(w, up->head, LANG_W(ARBITRARY))) return true;
    return share_surface(w, c, p, &n);
}

/* ---- clauses behind and participles before a noun -------------------------------------------- */

static bool dangling(const lang_work *w, uint32_t c, casus_slice *prep) {
    uint32_t t = w->clauses[c].head, n = 0;
    for (uint32_t i = w->child_at[t + 1]; i-- > w->child_at[t] && n < LANG_LOOK_MOST; n++) {
        uint32_t d = w->child[i];
        if (d < t || w->rel[d] != CASUS_REL_PREP) continue;
        if (lang_has(w, d, CASUS_REL_POBJ) || lang_has(w, d, CASUS_REL_PCOMP)) continue;
        if (lang_has(w, d, CASUS_REL_PREP)) continue;
        *prep = w->prep[d];
        return true;
    }
    return false;
}

/* The place in a relative or participial clause that the noun it modifies fills. */
static bool fill_gap(lang_work *w, uint32_t c, uint32_t noun) {
    const casus_clause *me = &w->clauses[c];
    lang_clause_work *k = &w->work[c];
    bool subject = k->surface != CASUS_NONE;
    if (k->relative_used) return true;
    casus_role surface = surface_role(w, c);
    if (me->mood == CASUS_MOOD_INFINITIVE) {
        uint32_t verb = w->target[noun];
        if (subject || own_role(w, c, surface)) return true;
        bool sent = verb != CASUS_NONE && lang_is(w, w->clauses[verb].head, LANG_W(DISPATCH));
        if (sent || lang_is(w, noun, LANG_W(AGENTIVE)) || verb == CASUS_NONE) {
            return share_token(w, c, surface, noun, CASUS_ARG_RELATIVE);
        }
        uint32_t n;
        return w->role[noun] != CASUS_ROLE_OBJ ||
               copy(w, c, surface, verb, CASUS_ROLE_SUBJ, NO_PREP, &n);
    }
    if (!subject) {
        return own_role(w, c, surface) || share_token(w, c, surface, noun, CASUS_ARG_RELATIVE);
    }
    if (w->rel[me->head] != CASUS_REL_RELCL || me->mark.len) return true;
    casus_slice prep;
    if (dangling(w, c, &prep)) { /* "the town they fled to" */
        casus_arg a =
            lang_arg_of(w, noun, CASUS_ROLE_PREP, CASUS_ARG_SHARED | CASUS_ARG_RELATIVE, prep);
        return lang_arg_add(w, c, &a);
    }
    if (k->has_object || passive(w, c) || me->kind != CASUS_CLAUSE_VERB || k->has_content) {
        return true;
    }
    return share_token(w, c, CASUS_ROLE_OBJ, noun, CASUS_ARG_RELATIVE);
}

/* ---- light verbs ----------------------------------------------------------------------------- */

/* "carried out an attack ON Aleppo": what the verb has, the noun has too. */
static bool share_light(lang_work *w, uint32_t noun, uint32_t verb) {
    casus_clause *me = &w->clauses[noun];
    const casus_clause *up = &w->clauses[verb];
    uint64_t classes = verb_classes(w, verb);
    bool object = me->parent_role == CASUS_ROLE_OBJ && (classes & LANG_W(LIGHT));
    bool subject = me->parent_role == CASUS_ROLE_SUBJ && !passive(w, verb) &&
                   (classes & LANG_W(OCCUR)) && !w->work[verb].has_xcomp &&
                   (!w->work[verb].has_object || w->work[verb].place_object);
    uint32_t n = 0;
    if (me->parent_role == CASUS_ROLE_OBJ && (classes & LANG_W(OWN_ACT)) &&
        !(classes & LANG_W(LIGHT)) && !lang_is(w, me->head, LANG_W(AGENTIVE)) &&
        !own_role(w, verb, CASUS_ROLE_PRED)) {
        return copy(w, noun, CASUS_ROLE_SUBJ, verb, CASUS_ROLE_SUBJ, NO_PREP, &n);
    }
    if ((!object && !subject) || lang_is(w, me->head, LANG_W(PLACE_NOUN))) return true;
    uint32_t seen = 0, last = w->work[verb].last_arg;
    if (object && !copy(w, noun, CASUS_ROLE_SUBJ, verb, CASUS_ROLE_SUBJ, NO_PREP, &n)) return false;
    for (uint32_t a = w->work[verb].first_arg; a != CASUS_NONE; a = w->args[a].next) {
        casus_arg arg = w->args[a].arg;
        bool fits = arg.role == CASUS_ROLE_PREP || arg.role == CASUS_ROLE_TIME;
        if (fits && arg.token != me->head) {
            arg.flags |= CASUS_ARG_SHARED;
            if (!lang_arg_add(w, noun, &arg)) return false;
        }
        if (a == last || ++seen == CASUS_LANG_SHARED_MOST) break;
    }
    me->tense = up->tense;
    me->modality = up->modality;
    me->flags |= up->flags & (CASUS_CLAUSE_NEGATED | CASUS_CLAUSE_PERFECT |
                              CASUS_CLAUSE_PROGRESSIVE | CASUS_CLAUSE_CONDITION);
    return true;
}

/* "is going to attack", "has to leave", "continues to shell": the infinitive takes over the form.
 */
static void share_form(lang_work *w, uint32_t c, uint32_t p) {
    casus_clause *me = &w->clauses[c];
    const casus_clause *up = &w->clauses[p];
    if (me->parent_role != CASUS_ROLE_XCOMP || up->kind == CASUS_CLAUSE_NOUN) return;
    if (me->kind == CASUS_CLAUSE_NOUN) return;
    uint64_t classes = verb_classes(w, p);
    bool to = w->work[c].to || (w->labels->ud && me->mood == CASUS_MOOD_INFINITIVE);
    bool going = to && (classes & LANG_W(SEMI_GOING)) &&
                 ((up->flags & CASUS_CLAUSE_PROGRESSIVE) || w->labels->ud);
    bool must = to && (classes & LANG_W(SEMI_MUST)) && !w->work[p].has_object;
    bool be = to && (classes & LANG_W(BE)) && up->kind == CASUS_CLAUSE_VERB;
    if (!going && !must && !be && !(classes & LANG_W(SEMI))) return;
    if (passive(w, p) || w->work[p].has_object) return;
    me->mood = up->mood;
    me->tense = going || be ? CASUS_TENSE_FUTURE : up->tense;
    me->modality = must ? CASUS_MODAL_MUST : up->modality;
    me->flags |= up->flags & (CASUS_CLAUSE_NEGATED | CASUS_CLAUSE_QUESTION);
    w->work[c].form_shared = 1;
}

/* ---- the pass -------------------------------------------------------------------------------- */

static bool share_into(lang_work *w, uint32_t c) {
    casus_clause *me = &w->clauses[c];
    uint32_t t = me->head, above;
    if (inside_conjunction(w, c, &above)) {
        if (w->work[c].form_shared && w->work[above].form_shared) {
            me->mood = w->clauses[above].mood;
            me->tense = w->clauses[above].tense;
            me->modality = w->clauses[above].modality;
        }
        return share_conjunct(w, c, above);
    }
    uint32_t p = me->parent;
    if (me->kind == CASUS_CLAUSE_NOUN) {
        return p == CASUS_NONE || w->clauses[p].kind != CASUS_CLAUSE_VERB || share_light(w, c, p);
    }
    if (w->rel[t] == CASUS_REL_AMOD) {
        uint32_t noun = w->head[t];
        return own_role(w, c, surface_role(w, c)) ||
               share_token(w, c, surface_role(w, c), w->alias[noun], CASUS_ARG_RELATIVE);
    }
    bool modifier = w->rel[t] == CASUS_REL_RELCL || w->rel[t] == CASUS_REL_ACL;
    if (modifier && w->relative_clause[t] == t &&
        (p == CASUS_NONE || me->parent_role == CASUS_ROLE_RELCL)) {
        return fill_gap(w, c, w->relative[t]);
    }
    if (p == CASUS_NONE) return true;
    switch (me->parent_role) {
    case CASUS_ROLE_XCOMP: {
        if (!share_controlled(w, c, p)) return false;
        share_form(w, c, p);
        return true;
    }
    case CASUS_ROLE_ADVCL: {
        if (w->rel[t] == CASUS_REL_PCOMP) return share_prepositional(w, c, p, me->mark);
        return share_adverbial(w, c, p);
    }
    case CASUS_ROLE_PREP:
        return share_prepositional(w, c, p, w->prep[t]);
    default:
        return true;
    }
}

bool lang_share_make(lang_work *w) {
    for (uint32_t i = w->n; i-- > 0;) {
        uint32_t c = w->clause_of[w->order[i]];
        if (c != CASUS_NONE && !share_back(w, c)) return false;
    }
    for (uint32_t i = 0; i < w->n; i++) {
        uint32_t c = w->clause_of[w->order[i]];
        if (c != CASUS_NONE && !share_into(w, c)) return false;
    }
    return true;
}
