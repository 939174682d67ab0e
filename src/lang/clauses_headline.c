/* clauses_headline.c - the main verb of a report in the present tense, taken for a noun: "A court
 * sentences the minister", "Al-Shabaab claims responsibility". One pass over the tokens of each
 * sentence whose root is a nominal; a sentence without a full stop is left to be a title. */
#include "lang/clauses_int.h"

#define SUBJECT_MOST 24u /* words of a subject in front of such a verb */

static bool nominal_pos(casus_pos pos) {
    return pos == CASUS_POS_NOUN || pos == CASUS_POS_PROPN;
}

/* May the word behind the verb begin an object or complement? */
static bool begins_complement(const lang_work *w, uint32_t t) {
    static const char *const preps[] = {"for",   "from",    "in",        "into", "to",
                                        "with",  "against", "at",        "near", "over",
                                        "after", "outside", "following", "amid", "on"};
    switch (lang_pos(w, t)) {
    case CASUS_POS_DET:
    case CASUS_POS_PROPN:
    case CASUS_POS_ADJ:
    case CASUS_POS_NUM:
    case CASUS_POS_NOUN:
    case CASUS_POS_PRON:
    case CASUS_POS_PART:
    case CASUS_POS_ADV:
        return true;
    default:
        for (size_t i = 0; i < sizeof preps / sizeof *preps; i++)
            if (casus_slice_is(w->p->tokens[t].lower, preps[i])) return true;
        return casus_slice_is(w->p->tokens[t].lower, "that") ||
               (lang_is(w, t, LANG_W(PARTICLE)) && w->head[t] == t - 1);
    }
}

/* Written in lower case, in the third person: "seizes". */
static bool is_third(const lang_work *w, uint32_t t) {
    const casus_token *k = &w->p->tokens[t];
    return k->lower.ptr[0] == k->form.ptr[0] && !casus_slice_eq(k->lower, k->lemma) &&
           k->lower.ptr[k->lower.len - 1] == 's';
}

static bool is_and(const lang_work *w, uint32_t t) {
    return lang_pos(w, t) == CASUS_POS_CCONJ;
}

/* "hits and damages", "veers off and crashes": is there, behind "and" at `t`, another such verb? */
static bool joins_verb(const lang_work *w, uint32_t t, uint32_t last) {
    if (!is_and(w, t)) return false;
    for (t++; t < last && lang_pos(w, t) == CASUS_POS_ADV;) t++;
    if (t + 1 >= last) return false;
    const casus_token *k = &w->p->tokens[t];
    const bool verb = lang_pos(w, t) == CASUS_POS_VERB && w->morph[t] & LANG_M_FIN;
    if (!verb && !(nominal_pos(lang_pos(w, t)) && lang_is(w, t, LANG_W(HEADLINE)))) return false;
    return (is_third(w, t) || casus_slice_eq(k->lower, k->lemma)) && begins_complement(w, t + 1);
}

/* Several do it, so that the verb has no "s": "police", "rebels", "Russia and Ukraine", "the
 * premier and the minister of defence". `t` is the last word of their phrase. */
static bool are_several(const lang_work *w, uint32_t t, uint32_t first, uint32_t root) {
    if (w->morph[t] & LANG_M_PLUR || casus_slice_is(w->p->tokens[t].lower, "police") ||
        casus_slice_is(w->p->tokens[t].lower, "gendarmerie"))
        return true;
    if (root < t &&
        (w->morph[root] & LANG_M_PLUR || casus_slice_is(w->p->tokens[root].lower, "police")))
        return true;
    for (uint32_t i = t, step = 0; step < 4 && i >= first && w->head[i] != i; step++) {
        if (w->rel[i] == CASUS_REL_CONJ && w->head[i] < i) return true;
        i = w->head[i];
        if (i > t) break;
    }
    for (uint32_t i = t + 1, step = 0; i-- > first + 1 && step < SUBJECT_MOST; step++) {
        /* "and" below the noun that the sentence begins with: "Peru and the United States sign" */
        if (is_and(w, i) && w->head[i] <= i && w->head[i] >= first &&
            nominal_pos(lang_pos(w, w->head[i])) &&
            w->p->tokens[w->head[i]].flags & CASUS_TOKEN_UPPER_INITIAL &&
            casus_slice_is(w->p->tokens[i].lower, "and"))
            return true;
    }
    return false;
}

/* Does `t` hang below the root, by no more than a few arcs of nouns beside nouns? */
static bool is_below(const lang_work *w, uint32_t t, uint32_t root) {
    for (uint32_t step = 0; step < 5; step++) {
        if (t == root) return true;
        const uint8_t rel = w->rel[t];
        if (step > 1 && rel != CASUS_REL_NMOD && rel != CASUS_REL_COMPOUND &&
            rel != CASUS_REL_CONJ && rel != CASUS_REL_APPOS)
            return false;
        if (w->head[t] == t) return false;
        t = w->head[t];
    }
    return false;
}

/* "court-martial" before `t`, cut at its hyphen: a noun, whatever its end is tagged. */
static bool hyphened_noun(const lang_work *w, uint32_t t) {
    const casus_token *k = &w->p->tokens[t];
    return t >= 3 && casus_slice_is(k[-2].form, "-") && k[-2].end == k[-1].begin &&
           k[-3].end == k[-2].begin && nominal_pos(lang_pos(w, t - 3));
}

static bool is_headline_verb(const lang_work *w, uint32_t t, uint32_t first, uint32_t last,
                             uint32_t root) {
    const casus_token *k = &w->p->tokens[t];
    if (t == first || !lang_is(w, t, LANG_W(HEADLINE)) ||
        (!begins_complement(w, t + 1) && !joins_verb(w, t + 1, last)))
        return false;
    const casus_pos pos = lang_pos(w, t), before = lang_pos(w, t - 1);
    if (!nominal_pos(pos) && pos != CASUS_POS_VERB) return false;
    if (k->lower.ptr[0] != k->form.ptr[0]) return false;
    /* "A court in Lima, Peru, sentences the general": the comma ends what is said of the court */
    const bool comma = casus_slice_is(k[-1].form, ",") && t > first + 4 &&
                       lang_pos(w, t - 2) == CASUS_POS_PROPN &&
                       (is_third(w, t) || w->rel[t] == CASUS_REL_APPOS);
    if (!nominal_pos(before) && !comma && !hyphened_noun(w, t) &&
        !casus_slice_is(k[-1].lower, "military"))
        return false;
    const uint32_t g = w->head[t];
    if (!is_below(w, t, root) && !(comma && w->rel[t] == CASUS_REL_COMPOUND)) return false;
    if (!casus_slice_eq(k->lower, k->lemma)) return is_third(w, t);
    for (uint32_t i = g < t && g >= first ? g : first; i < t; i++) /* "for a state visit" */
        if (w->head[i] == t && lang_pos(w, i) == CASUS_POS_DET &&
            w->p->tokens[i].lower.ptr[0] == 'a')
            return false;
    return are_several(w, comma ? t - 2 : t - 1, first, root);
}

/* "Qatar hosted delegations." with "hosted" as a participle that a name measures and that says what
 * the delegations are like: no other verb is there, so it is the verb, in the past. */
static bool is_past_verb(const lang_work *w, uint32_t t, uint32_t root) {
    const casus_token *k = &w->p->tokens[t];
    if (lang_pos(w, t) != CASUS_POS_VERB || !(w->morph[t] & LANG_M_PART) ||
        w->morph[t] & (LANG_M_FIN | LANG_M_GER) || w->head[t] != root || root < t ||
        w->rel[t] != CASUS_REL_AMOD || w->head[t - 1] != t || k[-1].end == k->begin)
        return false;
    return lang_pos(w, t - 1) == CASUS_POS_PROPN && begins_complement(w, t + 1);
}

/* Does "and", "or", "but" stand before it, or before the adverb before it? */
static bool after_and(const lang_work *w, uint32_t t) {
    if (t > 1 && lang_pos(w, t - 1) == CASUS_POS_ADV) t--;
    return t > 0 && is_and(w, t - 1);
}

/* "shoots down a drone" with "down" as a preposition: a particle, and the noun is the object. */
static void take_particle(lang_work *w, uint32_t v, uint32_t last) {
    const uint32_t p = v + 1;
    if (p >= last || w->head[p] != v || w->rel[p] != CASUS_REL_PREP) return;
    if (!casus_slice_is(w->p->tokens[p].lower, "down") &&
        !casus_slice_is(w->p->tokens[p].lower, "out") &&
        !casus_slice_is(w->p->tokens[p].lower, "up"))
        return;
    w->rel[p] = CASUS_REL_PRT;
    for (uint32_t t = p + 1; t < last; t++) {
        if (w->head[t] != p || w->rel[t] != CASUS_REL_POBJ) continue;
        w->head[t] = v;
        w->rel[t] = CASUS_REL_OBJ;
        return;
    }
}

/* The noun between `v` and the verb `t` below it that is taken for the subject of `t`: "arrest ten
 * people linked to a gang". CASUS_NONE: none stands there, or `t` is finite beyond doubt. */
static uint32_t noun_between(const lang_work *w, uint32_t v, uint32_t t) {
    uint32_t noun = CASUS_NONE;
    if (lang_pos(w, t) != CASUS_POS_VERB || t <= v ||
        casus_slice_eq(w->p->tokens[t].lower, w->p->tokens[t].lemma) || is_third(w, t))
        return CASUS_NONE;
    for (uint32_t i = v + 1; i < t; i++) {
        if (w->head[i] != t) continue;
        const uint8_t rel = w->rel[i];
        if (rel == CASUS_REL_SUBJ && noun == CASUS_NONE && nominal_pos(lang_pos(w, i))) {
            noun = i;
        } else if (rel != CASUS_REL_ADVMOD) {
            return CASUS_NONE; /* a mark, an auxiliary, a second noun */
        }
    }
    return noun;
}

/* That noun is what `v` does something to, and `t` says more of it. */
static void free_object(lang_work *w, uint32_t v, uint32_t noun, uint32_t t, uint32_t last) {
    for (uint32_t i = t + 2; i < last; i++) /* "struck two boats docked there, killing ten" */
        if (w->head[i] == t && w->rel[i] == CASUS_REL_ADVCL && lang_ing(w, i) &&
            casus_slice_is(w->p->tokens[i - 1].form, ","))
            w->head[i] = v;
    w->head[noun] = v;
    w->rel[noun] = CASUS_REL_OBJ;
    w->head[t] = noun;
    w->rel[t] = CASUS_REL_ACL;
    w->morph[t] &= ~(uint32_t)LANG_M_FIN;
    if (!lang_ing(w, t)) w->morph[t] |= LANG_M_PART | LANG_M_PAST;
}

/* "struck two ships docked at the base", "signed a deal handing over the island", with the
 * participle as what is said: a verb of doing has no such complement. */
static void find_object(lang_work *w, uint32_t t, uint32_t first, uint32_t last) {
    const uint32_t v = w->head[t];
    if (w->rel[t] != CASUS_REL_CCOMP || v >= t || v < first || lang_pos(w, v) != CASUS_POS_VERB ||
        !lang_is(w, v, LANG_W(HEADLINE)) || lang_is(w, v, LANG_W(SPEECH)))
        return;
    static const char *const say[] = {"demand", "order", "request", "rule", "propose",
                                      "accept", "allow", "vote",    "mean", "plan",
                                      "urge",   "find",  "leave"};
    for (size_t i = 0; i < sizeof say / sizeof *say; i++)
        if (casus_slice_is(w->p->tokens[v].lemma, say[i])) return;
    for (uint32_t i = v + 1; i < t; i++)
        if (w->head[i] == v && w->rel[i] == CASUS_REL_OBJ) return;
    const uint32_t noun = noun_between(w, v, t);
    if (noun != CASUS_NONE) free_object(w, v, noun, t, last);
}

/* Is there an "and" between two nouns, and no verb? */
static bool and_between(const lang_work *w, uint32_t a, uint32_t b) {
    bool any = false;
    for (uint32_t i = a + 1; i < b; i++) {
        if (lang_pos(w, i) == CASUS_POS_VERB || lang_pos(w, i) == CASUS_POS_AUX) return false;
        any |= is_and(w, i);
    }
    return any;
}

/* `v` becomes the root: what stands before it is its subject, what hangs across it is its own. */
static void raise_verb(lang_work *w, uint32_t v, uint32_t first, uint32_t last) {
    uint32_t subject = CASUS_NONE, beside = CASUS_NONE;
    for (uint32_t t = first; t < v; t++) {
        const bool top = w->head[t] >= v || w->head[t] < first || w->head[t] == t;
        if (!top || !nominal_pos(lang_pos(w, t)) || w->rel[t] == CASUS_REL_POSS) continue;
        /* "the premier of Peru and the United States sign": two tops with "and" between them */
        beside = subject != CASUS_NONE && and_between(w, subject, t) ? subject : CASUS_NONE;
        subject = t;
    }
    if (beside != CASUS_NONE) {
        w->head[subject] = beside;
        w->rel[subject] = CASUS_REL_CONJ;
        subject = beside;
    }
    if (subject == CASUS_NONE && casus_slice_is(w->p->tokens[v - 1].lower, "military"))
        subject = v - 1;
    if (subject == CASUS_NONE && hyphened_noun(w, v)) subject = v - 3;
    if (subject == CASUS_NONE || v - subject > SUBJECT_MOST) return;
    for (uint32_t t = first; t < v; t++) {
        const bool top = w->head[t] >= v || w->head[t] < first || w->head[t] == t;
        if (!top || t == subject) continue;
        const bool early = w->rel[t] == CASUS_REL_PREP || w->rel[t] == CASUS_REL_ADVCL ||
                           w->rel[t] == CASUS_REL_PUNCT;
        w->head[t] = early ? v : subject;
        if (w->rel[t] == CASUS_REL_ROOT) w->rel[t] = CASUS_REL_DEP;
    }
    bool object = false;
    for (uint32_t t = v + 1; t < last; t++) {
        const bool top = w->head[t] <= v || w->head[t] >= last || w->head[t] == t;
        if (!top) continue;
        w->head[t] = v;
        const casus_pos pos = lang_pos(w, t);
        const uint32_t done_to =
            object || w->rel[t] != CASUS_REL_RELCL ? CASUS_NONE : noun_between(w, v, t);
        if (done_to != CASUS_NONE) {
            free_object(w, v, done_to, t, last);
            object = true;
            continue;
        }
        if (pos == CASUS_POS_VERB && w->morph[t] & LANG_M_FIN && after_and(w, t)) {
            w->rel[t] = CASUS_REL_CONJ; /* "sentences the general, but acquits his aide" */
            for (uint32_t i = v + 1; i < t; i++) {
                if (w->head[i] != t || (w->rel[i] != CASUS_REL_SUBJ && w->rel[i] != CASUS_REL_PREP))
                    continue;
                w->head[i] = v;
                if (w->rel[i] == CASUS_REL_SUBJ) w->rel[i] = CASUS_REL_OBJ;
            }
            continue;
        }
        const bool noun = nominal_pos(pos) || pos == CASUS_POS_PRON || pos == CASUS_POS_NUM;
        if (w->rel[t] == CASUS_REL_ROOT || w->rel[t] == CASUS_REL_APPOS ||
            w->rel[t] == CASUS_REL_COMPOUND || w->rel[t] == CASUS_REL_NMOD ||
            w->rel[t] == CASUS_REL_OBJ || w->rel[t] == CASUS_REL_SUBJ ||
            (w->rel[t] == CASUS_REL_CONJ && noun)) {
            w->rel[t] = object || !noun ? CASUS_REL_DEP : CASUS_REL_OBJ;
            object |= noun;
        } else if (w->rel[t] == CASUS_REL_ACL || w->rel[t] == CASUS_REL_RELCL) {
            const bool said =
                w->morph[t] & LANG_M_FIN && (lang_is(w, v, LANG_W(SPEECH)) ||
                                             casus_slice_is(w->p->tokens[v + 1].lower, "that"));
            w->rel[t] = said ? CASUS_REL_CCOMP : CASUS_REL_ADVCL;
        }
    }
    take_particle(w, v, last);
    w->head[subject] = v;
    w->rel[subject] = CASUS_REL_SUBJ;
    w->head[v] = v;
    w->rel[v] = CASUS_REL_ROOT;
    w->morph[v] = (w->morph[v] & ~(uint32_t)LANG_M_PLUR) | LANG_M_FIN | LANG_M_PRES | LANG_M_VERB;
}

/* A verb known as such, the noun before which is taken for a part of its name. */
static bool without_subject(const lang_work *w, uint32_t root, uint32_t first, uint32_t last) {
    if (lang_pos(w, root) != CASUS_POS_VERB || !(w->morph[root] & LANG_M_FIN) || root == first ||
        !lang_is(w, root, LANG_W(HEADLINE)))
        return false;
    bool part = false; /* "The Philippine Court of Appeals orders": not only the word before it */
    for (uint32_t t = first; t < last; t++) {
        if (w->head[t] != root) continue;
        const uint8_t rel = w->rel[t];
        if (rel == CASUS_REL_SUBJ || rel == CASUS_REL_SUBJPASS || rel == CASUS_REL_AUX)
            return false;
        if (t < root && nominal_pos(lang_pos(w, t)) &&
            (rel == CASUS_REL_COMPOUND || rel == CASUS_REL_DEP || rel == CASUS_REL_NMOD))
            part = true;
    }
    return part;
}

/* The noun at whose phrase `t` begins, all of it behind `t`; CASUS_NONE: there is none. */
static uint32_t phrase_from(const lang_work *w, uint32_t t, uint32_t last) {
    uint32_t top = t;
    for (uint32_t step = 0; step < LANG_LOOK_MOST; step++) {
        const uint32_t g = w->head[top];
        if (g < t || g >= last || g == top) break;
        top = g;
    }
    return nominal_pos(lang_pos(w, top)) || lang_pos(w, top) == CASUS_POS_PRON ||
                   lang_pos(w, top) == CASUS_POS_NUM
               ? top
               : CASUS_NONE;
}

/* The verb in the third person of the present that `t` hangs below. */
static uint32_t verb_above(const lang_work *w, uint32_t t, uint32_t first) {
    uint32_t g = w->head[t];
    for (uint32_t step = 0; step < LANG_LOOK_MOST && g >= first && g < t; step++) {
        if (lang_pos(w, g) == CASUS_POS_VERB && w->morph[g] & LANG_M_FIN &&
            w->morph[g] & LANG_M_PRES && (is_third(w, g) || w->morph[g] & LANG_M_VERB))
            return g;
        if (w->head[g] == g) break;
        g = w->head[g];
    }
    return CASUS_NONE;
}

/* "suspends the talks and summons the ambassador" with "summons" as a noun beside "talks";
 * "condemns the raid and denounces the ban" with "denounces" as what is condemned. */
static void join_verb(lang_work *w, uint32_t t, uint32_t first, uint32_t last) {
    const casus_pos pos = lang_pos(w, t);
    if (!is_third(w, t) || !after_and(w, t)) return;
    if (pos == CASUS_POS_VERB && w->morph[t] & LANG_M_FIN) {
        if (w->rel[t] != CASUS_REL_CCOMP && w->rel[t] != CASUS_REL_XCOMP &&
            w->rel[t] != CASUS_REL_DEP)
            return;
        for (uint32_t i = w->head[t] + 1; i < last; i++)
            if (w->head[i] == t &&
                (w->rel[i] == CASUS_REL_SUBJ || w->rel[i] == CASUS_REL_SUBJPASS ||
                 w->rel[i] == CASUS_REL_MARK || w->rel[i] == CASUS_REL_EXPL))
                return;
    } else if (!nominal_pos(pos) || !lang_is(w, t, LANG_W(HEADLINE))) {
        return;
    } else {
        const casus_pos next = lang_pos(w, t + 1);
        const bool own = next == CASUS_POS_PRON && w->morph[t + 1] & LANG_M_POSS;
        if (next != CASUS_POS_DET && next != CASUS_POS_NUM && !own) return;
    }
    const uint32_t v = verb_above(w, t, first);
    if (v == CASUS_NONE) return;
    if (pos != CASUS_POS_VERB) {
        const uint32_t object = phrase_from(w, t + 1, last);
        if (object == CASUS_NONE) return;
        w->head[object] = t;
        w->rel[object] = CASUS_REL_OBJ;
        w->morph[t] =
            (w->morph[t] & ~(uint32_t)LANG_M_PLUR) | LANG_M_FIN | LANG_M_PRES | LANG_M_VERB;
    }
    w->head[t] = v;
    w->rel[t] = CASUS_REL_CONJ;
}

void lang_repair_headlines(lang_work *w) {
    const casus_parse *p = w->p;
    for (uint32_t s = 0; s < p->n_sentences; s++) {
        const uint32_t first = p->sentences[s].first;
        uint32_t last = p->sentences[s].last;
        while (last > first && p->tokens[last - 1].pos == CASUS_POS_SPACE) last--;
        if (last < first + 5 || !casus_slice_is(p->tokens[last - 1].lower, ".")) continue;
        uint32_t root = CASUS_NONE;
        bool done = false;
        for (uint32_t t = first; t < last && root == CASUS_NONE; t++)
            if (w->head[t] == t && w->rel[t] == CASUS_REL_ROOT) root = t;
        if (root == CASUS_NONE) continue;
        if (without_subject(w, root, first, last)) raise_verb(w, root, first, last);
        /* "sentences the general, but acquits his aide" with "acquits" as the root */
        done = !nominal_pos(lang_pos(w, root)) &&
               !(lang_pos(w, root) == CASUS_POS_VERB && is_third(w, root) && after_and(w, root));
        for (uint32_t t = first; t < last && !done; t++) /* "It is a ban" */
            done = w->head[t] == root &&
                   (w->rel[t] == CASUS_REL_COP ||
                    ((w->rel[t] == CASUS_REL_ACL || w->rel[t] == CASUS_REL_RELCL) &&
                     w->morph[t] & LANG_M_FIN && lang_pos(w, t) == CASUS_POS_VERB &&
                     noun_between(w, root, t) == CASUS_NONE));
        for (uint32_t t = first + 1; t + 2 < last && !done; t++) {
            const casus_pos pos = lang_pos(w, t);
            if (is_headline_verb(w, t, first, last, root)) {
                raise_verb(w, t, first, last);
                done = true;
            } else if (is_past_verb(w, t, root)) {
                raise_verb(w, t, first, last);
                w->morph[t] &= ~(uint32_t)(LANG_M_PRES | LANG_M_PART | LANG_M_PASS);
                w->morph[t] |= LANG_M_PAST;
                done = true;
            } else if ((pos == CASUS_POS_VERB || pos == CASUS_POS_AUX) &&
                       w->morph[t] & LANG_M_FIN) {
                done = true;
            }
        }
        for (uint32_t t = first + 3; t + 2 < last; t++) {
            join_verb(w, t, first, last);
            find_object(w, t, first, last);
        }
    }
}
