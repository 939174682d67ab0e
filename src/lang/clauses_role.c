/* clauses_role.c - gives every token its role: the clause it is an argument of, and as what.
 *
 * Heads before dependents: what a token is follows from its own label and from what its head has
 * become, so a conjunct copies the role of the coordination's first member and a preposition hands
 * on the clause its phrase belongs to. Then the arguments are made in text order. Linear. Subjects
 * that are not beside their verb are clauses_share.c's business.
 */
#include "lang/clauses_int.h"

#define PREP_WORDS_MOST 4u /* words joined to one preposition */

typedef struct roles {
    lang_work *w;
    uint32_t *prep_first; /* [n] first token of a preposition of several words */
    uint8_t *complex;     /* [n] noun inside a preposition of several words */
    uint32_t *object;     /* [n_clauses] first bare object */
} roles;

/* ---- putting a role on a token --------------------------------------------------------------- */

static void put(lang_work *w, uint32_t t, uint32_t clause, casus_role role, casus_slice prep) {
    w->target[t] = clause;
    w->role[t] = (uint8_t)role;
    w->prep[t] = prep;
}

static void put_bare(lang_work *w, uint32_t t, uint32_t clause, casus_role role) {
    put(w, t, clause, role, casus_slice_of(NULL, 0));
}

static bool is_clausal(const lang_work *w, uint32_t t) {
    uint32_t c = w->clause_of[t];
    return c != CASUS_NONE && w->clauses[c].kind != CASUS_CLAUSE_NOUN;
}

static bool is_passive(const lang_work *w, uint32_t clause) {
    return (w->clauses[clause].flags & CASUS_CLAUSE_PASSIVE) != 0;
}

static bool finite(const lang_work *w, uint32_t clause) {
    uint8_t mood = w->clauses[clause].mood;
    return mood == CASUS_MOOD_INDICATIVE || mood == CASUS_MOOD_IMPERATIVE;
}

/* ---- prepositions ---------------------------------------------------------------------------- */

static bool adposition(const lang_work *w, uint32_t t) {
    return w->rel[t] == CASUS_REL_PREP || w->rel[t] == CASUS_REL_AGENT ||
           (w->rel[t] == CASUS_REL_OBJ2 && lang_pos(w, t) == CASUS_POS_ADP);
}

/* The clause that takes a phrase with preposition `t` under a head that has none of its own. A
 * name's "of" stays with the name. */
static uint32_t past_name(const lang_work *w, uint32_t t, uint32_t g) {
    if (w->morph[t] & LANG_M_INNAME) return CASUS_NONE; /* "Movement for Change" */
    if (lang_is(w, t, LANG_W(OF)) && lang_nominal(w, g) && !lang_time_phrase(w, g) &&
        !lang_is(w, g, LANG_W(MEASURE))) {
        return CASUS_NONE;
    }
    return w->owner[g];
}

/* "accused the army OF shelling": the phrase belongs to the verb although it stands on its object
 */
static uint32_t verb_before(const lang_work *w, uint32_t t, uint32_t g) {
    if (w->target[g] == CASUS_NONE || w->role[g] != CASUS_ROLE_OBJ) return CASUS_NONE;
    uint32_t head = w->clauses[w->target[g]].head;
    if (!lang_is(w, head, LANG_W(KEYED)) || lang_pos(w, head) != CASUS_POS_VERB) return CASUS_NONE;
    uint64_t found = lang_words_pair(w->labels, w->p->tokens[head].lemma, w->p->tokens[t].lower);
    return (found & LANG_W(VERB_PREP)) && t > g ? w->target[g] : CASUS_NONE;
}

static bool role_preposition(roles *r, uint32_t t, uint32_t g) {
    lang_work *w = r->w;
    const casus_token *tok = w->p->tokens;
    r->prep_first[t] = t;
    w->prep[t] = tok[t].lower;
    if (r->complex[g] && t == g + 1) { /* "in response to" */
        w->prep[t] = w->prep[g];
        w->owner[t] = w->owner[g];
        return true;
    }
    bool bare = adposition(w, g) && !lang_has(w, g, CASUS_REL_POBJ);
    bool joined = bare;
    if (lang_pos(w, g) == CASUS_POS_ADV || lang_pos(w, g) == CASUS_POS_ADJ) {
        joined =
            (lang_words_pair(w->labels, tok[g].lower, tok[t].lower) & LANG_W(JOINED_PREP)) != 0;
        if (joined) {
            r->prep_first[g] = g;
            if (lang_pos(w, g) == CASUS_POS_ADV || w->clause_of[g] == CASUS_NONE) {
                w->target[g] = CASUS_NONE;
            }
        }
    }
    if (joined && t == g + 1 && t - r->prep_first[g] < PREP_WORDS_MOST) {
        r->prep_first[t] = r->prep_first[g];
        w->prep[t] = lang_join(w, r->prep_first[t], t + 1);
        w->owner[t] = w->owner[g];
    } else if (adposition(w, g)) {
        w->owner[t] = w->owner[g];
    } else {
        uint32_t c = lang_clause_at(w, g), verb = verb_before(w, t, g);
        if (verb != CASUS_NONE) {
            w->owner[t] = verb;
        } else if (c != CASUS_NONE) {
            w->owner[t] = c;
        } else {
            w->owner[t] = past_name(w, t, g);
        }
    }
    if (t + 1 < w->n && w->head[t + 1] == t && w->rel[t + 1] == CASUS_REL_PCOMP &&
        lang_pos(w, t + 1) == CASUS_POS_ADP && !lang_has(w, t + 1, CASUS_REL_POBJ)) {
        w->prep[t] = lang_join(w, r->prep_first[t], t + 2); /* "because of" */
    }
    if (t > 0 && w->head[t - 1] == t && w->rel[t - 1] == CASUS_REL_ADVMOD &&
        r->prep_first[t] == t &&
        (lang_words_pair(w->labels, tok[t - 1].lower, tok[t].lower) & LANG_W(JOINED_PREP))) {
        r->prep_first[t] = t - 1; /* "ahead of" with the adverb below */
        w->prep[t] = lang_join(w, t - 1, t + 1);
        w->target[t - 1] = CASUS_NONE;
    }
    return w->prep[t].ptr != NULL;
}

/* Who did it, in a passive: nothing that is a time, a measure or a bare number. */
static bool doer(const lang_work *w, uint32_t t) {
    if (lang_time_phrase(w, t) || lang_is(w, t, LANG_W(MEASURE))) return false;
    return lang_pos(w, t) != CASUS_POS_NUM && lang_nominal(w, t);
}

/* "the shelling of the town by rebels" with "shelling" as a verb: "of" and "by" stand before its
 * object and subject. */
static bool nominal_gerund(const lang_work *w, uint32_t clause) {
    const casus_clause *c = &w->clauses[clause];
    if (c->kind != CASUS_CLAUSE_VERB || c->mood != CASUS_MOOD_GERUND) return false;
    if (lang_has(w, c->head, CASUS_REL_DET) || lang_has(w, c->head, CASUS_REL_POSS) ||
        lang_has(w, c->head, CASUS_REL_AMOD) || lang_has(w, c->head, CASUS_REL_COMPOUND)) {
        return true;
    }
    uint8_t rel = w->rel[c->head];
    return rel == CASUS_REL_POBJ || rel == CASUS_REL_SUBJ || rel == CASUS_REL_OBJ ||
           rel == CASUS_REL_SUBJPASS;
}

static bool role_complement(roles *r, uint32_t t, uint32_t g) {
    lang_work *w = r->w;
    uint32_t clause = w->owner[g];
    uint32_t above = w->head[g];
    if (w->alias[above] != above && w->alias[above] == w->alias[t]) { /* dozens of REBELS */
        if (w->target[above] != CASUS_NONE) {
            put(w, t, w->target[above], (casus_role)w->role[above], w->prep[above]);
            w->arg_flags[t] = w->arg_flags[above];
        }
        return true;
    }
    if (lang_inside_preposition(w, t)) {
        const casus_token *tok = w->p->tokens;
        r->complex[t] = 1;
        w->prep[t] =
            casus_base_arena_format(w->p->text->arena, "%.*s %.*s %.*s", (int)w->prep[g].len,
                                    w->prep[g].ptr, (int)tok[t].lower.len, tok[t].lower.ptr,
                                    (int)tok[t + 1].lower.len, tok[t + 1].lower.ptr);
        if (!w->prep[t].ptr) return false;
        w->owner[t] = clause;
        return true;
    }
    if (clause == CASUS_NONE) return true;
    if (w->prep[g].len == 0) w->prep[g] = w->p->tokens[g].lower; /* labelled something else */
    bool by =
        w->rel[g] == CASUS_REL_AGENT || (lang_is(w, g, LANG_W(BY)) && !w->work[clause].has_agent);
    if (by && is_passive(w, clause) && w->clauses[clause].head == w->head[g] && doer(w, t) &&
        w->clauses[clause].kind == CASUS_CLAUSE_VERB) {
        put_bare(w, t, clause, CASUS_ROLE_SUBJ);
        return true;
    }
    if (nominal_gerund(w, clause) && w->head[g] == w->clauses[clause].head) {
        if (lang_is(w, g, LANG_W(BY)) && doer(w, t)) {
            put_bare(w, t, clause, CASUS_ROLE_SUBJ);
            return true;
        }
        if (lang_is(w, g, LANG_W(OF)) && !w->work[clause].has_object) {
            put_bare(w, t, clause, CASUS_ROLE_OBJ);
            return true;
        }
    }
    put(w, t, clause, CASUS_ROLE_PREP, w->prep[g]);
    if (!is_clausal(w, t)) return true;
    casus_clause *own = &w->clauses[w->clause_of[t]];
    uint64_t classes = lang_words_get(w->labels, w->prep[g]);
    bool adverbial = (classes & LANG_W(ADV_PREP)) != 0;
    if ((classes & LANG_W(GERUND_PREP)) && w->work[w->clause_of[t]].surface == CASUS_NONE) {
        adverbial = false; /* "charged with killing", not "with troops killing" */
    }
    if (w->rel[t] == CASUS_REL_POBJ && !finite(w, w->clause_of[t])) adverbial = false;
    if (adverbial) w->role[t] = CASUS_ROLE_ADVCL;
    if (own->mark.len == 0) own->mark = w->prep[g];
    return true;
}

/* ---- verbs' own dependents ------------------------------------------------------------------- */

static void role_subject(lang_work *w, uint32_t t, uint32_t c) {
    casus_role role = CASUS_ROLE_SUBJ;
    if (is_passive(w, c)) role = w->work[c].has_object ? CASUS_ROLE_OBJ2 : CASUS_ROLE_OBJ;
    put_bare(w, t, c, role);
}

static void role_object(roles *r, uint32_t t, uint32_t c) {
    lang_work *w = r->w;
    uint32_t head = w->clauses[c].head;
    if (lang_time_deictic(w, t) && !lang_is(w, head, LANG_W(TIME_VERB))) {
        put_bare(w, t, c, CASUS_ROLE_TIME);
        return;
    }
    if (is_clausal(w, t) && w->clauses[w->clause_of[t]].mood == CASUS_MOOD_GERUND) {
        put_bare(w, t, c, CASUS_ROLE_XCOMP); /* "stopped shelling" */
        return;
    }
    uint32_t before = r->object[c];
    if (before != CASUS_NONE && lang_is(w, head, LANG_W(DITRANSITIVE)) &&
        w->role[before] == CASUS_ROLE_OBJ) {
        w->role[before] = CASUS_ROLE_OBJ2;
    }
    r->object[c] = t;
    put_bare(w, t, c, CASUS_ROLE_OBJ);
}

static bool infinitive(const lang_work *w, uint32_t t) {
    uint32_t c = w->clause_of[t];
    return c != CASUS_NONE && w->clauses[c].mood == CASUS_MOOD_INFINITIVE;
}

static void role_clause(lang_work *w, uint32_t t, uint32_t c) {
    uint32_t own = w->clause_of[t], head = w->clauses[c].head;
    casus_role role = CASUS_ROLE_CCOMP;
    switch (w->rel[t]) {
    case CASUS_REL_CCOMP:
    case CASUS_REL_XCOMP:
        if (own == CASUS_NONE) {
            casus_pos pos = lang_pos(w, t);
            bool bare =
                w->rel[t] == CASUS_REL_XCOMP || pos == CASUS_POS_ADJ || lang_has_subject(w, t);
            role = bare ? CASUS_ROLE_PRED : CASUS_ROLE_CCOMP;
        } else if (w->clauses[own].kind == CASUS_CLAUSE_NOUN) {
            bool bare = w->rel[t] == CASUS_REL_XCOMP || lang_has_subject(w, t);
            role = bare ? CASUS_ROLE_PRED : CASUS_ROLE_CCOMP;
        } else if (!finite(w, own)) {
            bool control = w->rel[t] == CASUS_REL_XCOMP || w->work[own].surface == CASUS_NONE ||
                           lang_is(w, head, LANG_W(OBJ_CONTROL));
            if (control) role = CASUS_ROLE_XCOMP;
        }
        break;
    case CASUS_REL_PARATAXIS:
    case CASUS_REL_DEP:
        if (own == CASUS_NONE || w->clauses[own].kind == CASUS_CLAUSE_NOUN) return;
        if (!lang_is(w, head, LANG_W(SPEECH)) || w->work[c].has_content) return;
        break;
    case CASUS_REL_ADVCL:
    default:
        role = CASUS_ROLE_ADVCL;
        if (own != CASUS_NONE && infinitive(w, t) && w->work[own].surface != CASUS_NONE) {
            /* "called for Israel to lift the blockade" */
            const casus_token *tok = w->p->tokens;
            bool pair = lang_is(w, head, LANG_W(KEYED)) &&
                        (lang_words_pair(w->labels, tok[head].lemma, w->clauses[own].mark) &
                         LANG_W(PREP_CONTROL));
            if (pair || lang_is(w, head, LANG_W(CONTENT))) role = CASUS_ROLE_XCOMP;
        } else if (own != CASUS_NONE && infinitive(w, t) && !w->work[c].has_xcomp && t > head) {
            bool object = lang_is(w, head, LANG_W(OBJ_CONTROL)) &&
                          !lang_is(w, head, LANG_W(DISPATCH)) &&
                          (w->work[c].has_object || is_passive(w, c));
            if (object || w->work[c].prep_control != CASUS_NONE) role = CASUS_ROLE_XCOMP;
        }
        if (role == CASUS_ROLE_ADVCL && own != CASUS_NONE) {
            put(w, t, c, role, w->clauses[own].mark);
            return;
        }
        break;
    }
    put_bare(w, t, c, role);
}

/* A clause behind a noun. `c` is the noun's clause, or CASUS_NONE for a name. */
static void role_modifier(lang_work *w, uint32_t t, uint32_t g, uint32_t c) {
    uint32_t own = w->clause_of[t];
    uint32_t noun = w->alias[g];
    w->relative[t] = noun;
    w->relative_clause[t] = t;
    uint32_t verb = w->target[g];
    if (own != CASUS_NONE && verb != CASUS_NONE && infinitive(w, t) &&
        w->role[g] == CASUS_ROLE_PREP &&
        (lang_words_pair(w->labels, w->prep[g], w->p->tokens[g].lower) & LANG_W(PURPOSE))) {
        w->target[g] = CASUS_NONE; /* "in order TO DISCUSS the crisis" */
        put(w, t, verb, CASUS_ROLE_ADVCL, CASUS_SLICE("in order to"));
        return;
    }
    if (own != CASUS_NONE && w->rel[t] == CASUS_REL_RELCL && w->clauses[own].mark.len &&
        !lang_time_phrase(w, noun) && verb != CASUS_NONE &&
        (lang_words_get(w->labels, w->clauses[own].mark) & LANG_W(REL_TIME))) {
        w->relative[t] = CASUS_NONE; /* "called it for Biden, WHEN he was declared" */
        put(w, t, verb, CASUS_ROLE_ADVCL, w->clauses[own].mark);
        return;
    }
    if (own != CASUS_NONE && verb != CASUS_NONE && infinitive(w, t) && !w->work[verb].has_xcomp &&
        !lang_is(w, noun, LANG_W(CONTENT)) && w->clauses[verb].kind != CASUS_CLAUSE_NOUN) {
        uint32_t head = w->clauses[verb].head;
        bool object = w->role[g] == CASUS_ROLE_OBJ && lang_is(w, head, LANG_W(OBJ_CONTROL)) &&
                      !lang_is(w, head, LANG_W(DISPATCH));
        bool prep = w->role[g] == CASUS_ROLE_PREP && w->work[verb].prep_control == w->head[g];
        if (object || prep) { /* "urged Russia TO WITHDRAW" with the infinitive on "Russia" */
            put_bare(w, t, verb, CASUS_ROLE_XCOMP);
            return;
        }
    }
    if (c == CASUS_NONE) return;
    casus_role role = CASUS_ROLE_RELCL;
    if (own == CASUS_NONE) {
        role = CASUS_ROLE_MOD;
    } else if (w->rel[t] == CASUS_REL_ACL || infinitive(w, t) || lang_has(w, t, CASUS_REL_MARK)) {
        bool content = lang_is(w, noun, LANG_W(CONTENT));
        if (infinitive(w, t) && content) role = CASUS_ROLE_XCOMP;
        if (content && finite(w, own) && w->work[own].surface != CASUS_NONE &&
            w->clauses[own].mark.len) {
            role = CASUS_ROLE_CCOMP;
        }
    }
    put_bare(w, t, c, role);
}

/* "US-backed rebels": who backs them. */
static bool hyphened_doer(const lang_work *w, uint32_t t, uint32_t c) {
    uint32_t g = w->head[t];
    if (w->clauses[c].head != g || !is_passive(w, c) || w->work[c].has_agent) return false;
    if (g == t + 1 && w->rel[g] == CASUS_REL_AMOD && lang_pos(w, t) == CASUS_POS_PROPN) {
        return !lang_time_phrase(w, t); /* "SDF controlled territory" */
    }
    if (g != t + 2) return false;
    const casus_token *tok = w->p->tokens;
    if (!casus_slice_is(tok[t + 1].form, "-") || lang_time_phrase(w, t)) return false;
    bool name = lang_pos(w, t) == CASUS_POS_PROPN || lang_pos(w, t) == CASUS_POS_NOUN ||
                lang_pos(w, t) == CASUS_POS_ADJ;
    return name && ((tok[t].flags & CASUS_TOKEN_UPPER_INITIAL) || lang_pos(w, t) == CASUS_POS_NOUN);
}

static void role_adverb(lang_work *w, uint32_t t, uint32_t c) {
    if (casus_slice_eq(w->clauses[c].mark, w->p->tokens[t].lower) && w->relative[t] == CASUS_NONE) {
        return;
    }
    if (lang_is(w, t, LANG_W(NEG) | LANG_W(NEG_DET)) || (w->morph[t] & LANG_M_NEG)) return;
    if (t > 0 && w->head[t - 1] == t && lang_is(w, t - 1, LANG_W(NEG_DET))) return; /* no longer */
    if (w->clauses[c].kind == CASUS_CLAUSE_NOUN) return;
    if (w->clauses[c].particle.len && t == w->clauses[c].head + 1 &&
        casus_slice_eq(w->clauses[c].particle, w->p->tokens[t].lower)) {
        return;
    }
    bool time = lang_is(w, t, LANG_W(TIME_NAME)) || (w->morph[t] & LANG_M_TIME);
    put_bare(w, t, c, time ? CASUS_ROLE_TIME : CASUS_ROLE_ADV);
}

/* UD: a nominal with its preposition as a child. */
static bool role_oblique(lang_work *w, uint32_t t, uint32_t c) {
    uint32_t mark = lang_child(w, t, CASUS_REL_CASE);
    uint32_t g = w->head[t];
    if (w->alias[g] != g && w->alias[g] == w->alias[t]) { /* des dizaines de REBELLES */
        if (w->target[g] != CASUS_NONE) {
            put(w, t, w->target[g], (casus_role)w->role[g], w->prep[g]);
            w->arg_flags[t] = w->arg_flags[g];
        }
        return true;
    }
    if (mark == CASUS_NONE) {
        if (lang_time_phrase(w, t)) {
            if (c == CASUS_NONE) c = w->owner[g];
            if (c != CASUS_NONE) put_bare(w, t, c, CASUS_ROLE_TIME);
        } else if (c != CASUS_NONE && w->clauses[c].kind == CASUS_CLAUSE_NOUN) {
            put_bare(w, t, c, CASUS_ROLE_MOD);
        }
        return true;
    }
    if (c == CASUS_NONE) c = past_name(w, mark, g);
    if (c == CASUS_NONE) return true;
    uint32_t last = mark + 1;
    while (last < w->n && w->head[last] == mark && w->rel[last] == CASUS_REL_FIXED) last++;
    casus_slice prep = last == mark + 1 && w->p->tokens[mark].lemma.len
                           ? w->p->tokens[mark].lemma /* "des" is "de" */
                           : lang_join(w, mark, last);
    if (!prep.ptr) return false;
    bool by = lang_is(w, mark, LANG_W(BY)) && is_passive(w, c) && doer(w, t);
    if (by || (w->rel[t] == CASUS_REL_AGENT && is_passive(w, c))) {
        put_bare(w, t, c, CASUS_ROLE_SUBJ);
    } else {
        put(w, t, c, CASUS_ROLE_PREP, prep);
    }
    return true;
}

static void role_before_noun(lang_work *w, uint32_t t, uint32_t c) {
    if (c != CASUS_NONE && nominal_gerund(w, c) && w->rel[t] == CASUS_REL_POSS &&
        !lang_is(w, t, LANG_W(TIME) | LANG_W(TIME_NAME))) {
        put_bare(w, t, c, CASUS_ROLE_SUBJ);
        return;
    }
    if (c == CASUS_NONE || (w->clauses[c].kind == CASUS_CLAUSE_VERB)) return;
    if (lang_pos(w, w->clauses[c].head) != CASUS_POS_NOUN) return;
    bool time = lang_is(w, t, LANG_W(TIME_NAME)) || lang_time_deictic(w, t);
    casus_role role = w->rel[t] == CASUS_REL_POSS ? CASUS_ROLE_POSS : CASUS_ROLE_MOD;
    if (w->rel[t] == CASUS_REL_POSS && lang_is(w, t, LANG_W(TIME))) time = true;
    if (w->rel[t] == CASUS_REL_DET) role = CASUS_ROLE_POSS;
    put_bare(w, t, c, time ? CASUS_ROLE_TIME : role);
}

/* ---- one token ------------------------------------------------------------------------------- */

static bool role_conjunct(roles *r, uint32_t t, uint32_t g) {
    lang_work *w = r->w;
    uint32_t own = w->clause_of[t], above = w->clause_of[g];
    if (adposition(w, g) || lang_pos(w, t) == CASUS_POS_ADP) { /* "in Syria and in Iraq" */
        w->prep[t] = w->p->tokens[t].lower;
        w->owner[t] = w->owner[g];
        r->prep_first[t] = t;
        return true;
    }
    if (w->target[g] != CASUS_NONE) {
        put(w, t, w->target[g], (casus_role)w->role[g], w->prep[g]);
        w->arg_flags[t] = w->arg_flags[g] | CASUS_ARG_CONJUNCT;
    }
    if (own == CASUS_NONE || above == CASUS_NONE) return true;
    bool noun = w->clauses[own].kind == CASUS_CLAUSE_NOUN;
    if (noun != (w->clauses[above].kind == CASUS_CLAUSE_NOUN)) return true;
    uint32_t first = w->clauses[above].conjunct_of;
    w->clauses[own].conjunct_of = first == CASUS_NONE ? above : first;
    return true;
}

static bool role_token(roles *r, uint32_t t) {
    lang_work *w = r->w;
    uint32_t g = w->head[t];
    if (g == t) return true;
    uint32_t c = lang_clause_at(w, g);
    bool verbal = c != CASUS_NONE && w->clauses[c].kind != CASUS_CLAUSE_NOUN;
    uint8_t rel = w->rel[t];
    if (rel == CASUS_REL_OBJ2 && lang_pos(w, t) == CASUS_POS_ADP) rel = CASUS_REL_PREP;
    if (rel == CASUS_REL_AGENT && lang_pos(w, t) == CASUS_POS_ADP) rel = CASUS_REL_PREP;
    if (verbal &&
        (rel == CASUS_REL_NPADVMOD || rel == CASUS_REL_ADVMOD || rel == CASUS_REL_AMOD ||
         rel == CASUS_REL_COMPOUND || rel == CASUS_REL_DEP || rel == CASUS_REL_NMOD) &&
        hyphened_doer(w, t, c)) {
        put_bare(w, t, c, CASUS_ROLE_SUBJ);
        return true;
    }
    switch (rel) {
    case CASUS_REL_CONJ:
        return role_conjunct(r, t, g);
    case CASUS_REL_PREP:
        return role_preposition(r, t, g);
    case CASUS_REL_POBJ:
        return role_complement(r, t, g);
    case CASUS_REL_PCOMP:
        if (lang_pos(w, t) == CASUS_POS_ADP && !lang_has(w, t, CASUS_REL_POBJ)) return true;
        if (lang_pos(w, t) == CASUS_POS_ADP || lang_pos(w, t) == CASUS_POS_SCONJ) {
            return role_preposition(r, t, g);
        }
        return role_complement(r, t, g);
    case CASUS_REL_OBL:
    case CASUS_REL_AGENT:
        return role_oblique(w, t, c);
    case CASUS_REL_SUBJ:
    case CASUS_REL_SUBJPASS:
    case CASUS_REL_CSUBJ:
    case CASUS_REL_CSUBJPASS:
        if (verbal) {
            role_subject(w, t, c);
        } else if (w->rel[g] == CASUS_REL_CCOMP && w->target[g] != CASUS_NONE) {
            uint32_t above = w->target[g]; /* "declared the GROUP a crime ring" */
            put_bare(w, t, above, is_passive(w, above) ? CASUS_ROLE_PRED : CASUS_ROLE_OBJ);
        }
        break;
    case CASUS_REL_OBJ:
        if (verbal) role_object(r, t, c);
        break;
    case CASUS_REL_OBJ2:
        if (verbal) {
            bool second = w->work[c].has_object || is_passive(w, c);
            put_bare(w, t, c, second ? CASUS_ROLE_OBJ2 : CASUS_ROLE_OBJ);
        }
        break;
    case CASUS_REL_PRED:
    case CASUS_REL_OPRD:
        if (verbal) put_bare(w, t, c, is_clausal(w, t) ? CASUS_ROLE_XCOMP : CASUS_ROLE_PRED);
        break;
    case CASUS_REL_CCOMP:
    case CASUS_REL_XCOMP:
    case CASUS_REL_ADVCL:
    case CASUS_REL_PARATAXIS:
    case CASUS_REL_DEP:
        if (c != CASUS_NONE && (verbal || rel != CASUS_REL_DEP)) role_clause(w, t, c);
        break;
    case CASUS_REL_RELCL:
    case CASUS_REL_ACL:
        if (verbal && lang_pos(w, w->alias[g]) != CASUS_POS_NOUN) {
            role_clause(w, t, c);
        } else {
            role_modifier(w, t, g, c);
        }
        break;
    case CASUS_REL_NPADVMOD:
        if (t + 1 < w->n && casus_slice_is(w->p->tokens[t + 1].form, "-")) break; /* year-old */
        if (c == CASUS_NONE) c = w->owner[g];
        if (c != CASUS_NONE && (verbal || lang_time_phrase(w, t))) {
            bool time = lang_time_phrase(w, t);
            bool object = verbal && !time && t > g && !w->work[c].has_object && !is_passive(w, c) &&
                          lang_pos(w, t) == CASUS_POS_PROPN && t == g + 1; /* alarmed WASHINGTON */
            if (verbal && !time && t > g && w->work[c].surface == CASUS_NONE && is_passive(w, c) &&
                lang_is(w, g, LANG_W(VICTIM_VERB))) {
                object = true; /* "Killed: two SOLDIERS" */
            }
            put_bare(w, t, c, time ? CASUS_ROLE_TIME : object ? CASUS_ROLE_OBJ : CASUS_ROLE_ADV);
        }
        if (lang_time_phrase(w, t) && w->rel[g] == CASUS_REL_ADVMOD &&
            w->target[g] != CASUS_NONE) { /* "two days ago" */
            w->role[g] = CASUS_ROLE_TIME;
            w->target[t] = CASUS_NONE;
        }
        break;
    case CASUS_REL_ADVMOD:
        if (c != CASUS_NONE) role_adverb(w, t, c);
        break;
    case CASUS_REL_AMOD:
    case CASUS_REL_COMPOUND:
    case CASUS_REL_NMOD:
    case CASUS_REL_POSS:
        role_before_noun(w, t, c);
        break;
    case CASUS_REL_DET:
        if (w->morph[t] & LANG_M_POSS) role_before_noun(w, t, c);
        break;
    case CASUS_REL_APPOS:
        if (lang_time_deictic(w, t)) {
            if (w->owner[g] != CASUS_NONE) put_bare(w, t, w->owner[g], CASUS_ROLE_TIME);
        } else if (c != CASUS_NONE && !verbal) {
            put_bare(w, t, c, CASUS_ROLE_APPOS);
        }
        break;
    default:
        break;
    }
    return true;
}

/* ---- arguments ------------------------------------------------------------------------------- */

bool lang_arg_add(lang_work *w, uint32_t clause, const casus_arg *arg) {
    if (w->n_args == w->cap_args) {
        /* room for most texts at once: an array that moves leaves its old place behind */
        const uint32_t need = w->n_args ? w->n_args + 1 : w->n / 2 + 8;
        void *grown = casus_base_arena_grow(w->scratch, w->args, w->n_args, need, &w->cap_args,
                                            sizeof *w->args);
        if (!grown) return false;
        w->args = grown;
    }
    uint32_t at = w->n_args++;
    w->args[at].arg = *arg;
    w->args[at].clause = clause;
    w->args[at].next = CASUS_NONE;
    lang_clause_work *k = &w->work[clause];
    if (k->last_arg == CASUS_NONE) {
        k->first_arg = at;
    } else {
        w->args[k->last_arg].next = at;
    }
    k->last_arg = at;
    k->roles |= 1u << arg->role;
    return true;
}

casus_arg lang_arg_of(const lang_work *w, uint32_t token, casus_role role, uint8_t flags,
                      casus_slice prep) {
    casus_arg a;
    memset(&a, 0, sizeof a);
    a.role = (uint8_t)role;
    a.token = token;
    a.first = w->np_first[token];
    a.last = w->np_last[token];
    a.prep = prep;
    a.clause = w->clause_of[token];
    a.flags = flags;
    if (a.clause != CASUS_NONE) a.flags |= CASUS_ARG_CLAUSE;
    return a;
}

/* A relative word becomes the noun it stands for; false when it is none or has been met. */
static bool resolve_relative(lang_work *w, uint32_t t, casus_arg *a) {
    if (w->relative[t] == CASUS_NONE) return false;
    uint64_t words = w->words[t];
    if (!(words & (LANG_W(REL) | LANG_W(REL_PLACE) | LANG_W(REL_TIME)))) return false;
    uint32_t verb = w->relative_clause[t], own = w->clause_of[verb];
    if (own == CASUS_NONE || w->work[own].relative_used || t > verb) return false;
    if (lang_pos(w, t) == CASUS_POS_NOUN || lang_pos(w, t) == CASUS_POS_VERB) return false;
    w->work[own].relative_used = 1;
    casus_role role = (casus_role)a->role;
    casus_slice prep = a->prep;
    if (words & LANG_W(REL_TIME)) {
        role = CASUS_ROLE_TIME;
    } else if (words & LANG_W(REL_PLACE)) {
        role = CASUS_ROLE_PREP;
        prep = CASUS_SLICE("in");
    }
    *a = lang_arg_of(w, w->relative[t], role, CASUS_ARG_SHARED | CASUS_ARG_RELATIVE, prep);
    return true;
}

static bool emit(lang_work *w, uint32_t t) {
    uint32_t clause = w->target[t];
    casus_arg a = lang_arg_of(w, t, (casus_role)w->role[t], w->arg_flags[t], w->prep[t]);
    uint32_t outer = w->head[t];
    for (uint32_t step = 0; step < LANG_LOOK_MOST && outer != w->head[outer]; step++) {
        if (w->rel[outer] == CASUS_REL_PREP || w->rel[outer] == CASUS_REL_CASE) {
            outer = w->head[outer];
            continue;
        }
        if (w->alias[outer] != t || outer == t) break; /* "dozens of rebels": the whole of it */
        if (w->np_first[outer] < a.first) a.first = w->np_first[outer];
        outer = w->head[outer];
    }
    if (!resolve_relative(w, t, &a) && a.clause != CASUS_NONE && a.clause != clause) {
        casus_clause *c = &w->clauses[a.clause];
        if (c->parent == CASUS_NONE) {
            c->parent = clause;
            c->parent_role = a.role;
        }
    }
    if (a.clause == clause) return true; /* a relative clause's own noun, or a damaged tree */
    return lang_arg_add(w, clause, &a);
}

/* A title ("minister" before a name) and an apposition to a name: the name is their APPOS. */
static bool emit_name(lang_work *w, uint32_t t) {
    uint32_t g = w->head[t], own = w->clause_of[t];
    if (g == t || own == CASUS_NONE || w->clauses[own].kind != CASUS_CLAUSE_NOUN) return true;
    if (lang_pos(w, g) != CASUS_POS_PROPN) return true;
    if (w->rel[t] != CASUS_REL_COMPOUND && w->rel[t] != CASUS_REL_APPOS &&
        w->rel[t] != CASUS_REL_NMOD) {
        return true;
    }
    casus_arg a = lang_arg_of(w, g, CASUS_ROLE_APPOS, CASUS_ARG_SHARED, casus_slice_of(NULL, 0));
    return lang_arg_add(w, own, &a);
}

bool lang_role_make(lang_work *w) {
    roles r = {.w = w};
    size_t n = w->n;
    r.prep_first = casus_base_arena_zero(w->scratch, n, sizeof *r.prep_first);
    r.complex = casus_base_arena_zero(w->scratch, n, 1);
    r.object = casus_base_arena_get(w->scratch, w->n_clauses * sizeof *r.object);
    if (!r.prep_first || !r.complex || !r.object) return false;
    for (uint32_t i = 0; i < w->n_clauses; i++) r.object[i] = CASUS_NONE;
    for (uint32_t i = 0; i < w->n; i++) {
        w->target[i] = w->owner[i] = w->relative[i] = w->relative_clause[i] = CASUS_NONE;
        w->prep[i] = casus_slice_of(NULL, 0);
        r.prep_first[i] = i;
    }
    for (uint32_t i = 0; i < w->n; i++) {
        uint32_t t = w->order[i], g = w->head[t];
        if (g != t) {
            w->relative[t] = w->relative[g];
            w->relative_clause[t] = w->relative_clause[g];
            w->owner[t] = lang_clause_at(w, g) != CASUS_NONE ? lang_clause_at(w, g) : w->owner[g];
        }
        if (!role_token(&r, t)) return false;
        if (w->clause_of[t] != CASUS_NONE && !r.complex[t]) w->owner[t] = w->clause_of[t];
    }
    for (uint32_t t = 0; t < w->n; t++) {
        if (!emit_name(w, t)) return false;
        if (w->target[t] == CASUS_NONE || w->alias[t] != t) continue;
        if (!emit(w, t)) return false;
    }
    return true;
}
