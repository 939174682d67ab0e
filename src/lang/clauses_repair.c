/* clauses_repair.c - heads and labels put right where the parser is known to err: one small rule
 * for each kind of error, by the build of the clause and a few words of grammar.
 *
 * Runs over the working tree before roles are given; each pass is linear in tokens. The repairs for
 * the present tense of reports are in clauses_headline.c. */
#include "lang/clauses_int.h"

static bool has_subject(const lang_work *w, uint32_t t) {
    return lang_has_subject(w, t) || lang_has(w, t, CASUS_REL_EXPL);
}

static bool clausal_place(uint8_t rel) {
    return rel == CASUS_REL_ROOT || rel == CASUS_REL_CCOMP || rel == CASUS_REL_PARATAXIS ||
           rel == CASUS_REL_ADVCL;
}

/* `t` takes the place of its head `g` in the tree. */
static void take_place(lang_work *w, uint32_t t, uint32_t g) {
    w->head[t] = w->head[g] == g ? t : w->head[g];
    w->rel[t] = w->rel[g];
    w->head[g] = t;
}

static uint32_t sentence_of(const lang_work *w, uint32_t t) {
    uint32_t s = w->p->tokens[t].sent;
    return s < w->p->n_sentences ? s : w->p->n_sentences;
}

static bool comma_before(const lang_work *w, uint32_t t) {
    for (uint32_t back = 0; back < 3 && t > 0; back++) {
        t--;
        if (casus_slice_is(w->p->tokens[t].form, ",")) return true;
        if (lang_pos(w, t) != CASUS_POS_ADV) return false;
    }
    return false;
}

/* The noun that a finite verb misread as its modifier is the subject of: its head, or, behind a
 * comma, one further up ("The rebels, who were accused of looting, called ..." with "called" on
 * "looting"). CASUS_NONE when there is none. */
static uint32_t subject_above(const lang_work *w, uint32_t t) {
    uint32_t g = w->head[t];
    for (uint32_t step = 0; step < LANG_LOOK_MOST && g < t; step++) {
        bool place =
            clausal_place(w->rel[g]) && !has_subject(w, g) && !lang_has(w, g, CASUS_REL_COP);
        if (place && lang_nominal(w, g)) return g;
        if (w->head[g] == g || !comma_before(w, t) || !(w->morph[t] & LANG_M_FIN)) break;
        g = w->head[g];
    }
    return CASUS_NONE;
}

/* "protested by marching": how it was done, not by whom. */
static bool by_doing(const lang_work *w, uint32_t t) {
    for (uint32_t i = w->child_at[t]; i < w->child_at[t + 1]; i++) {
        const uint32_t by = w->child[i];
        if ((w->rel[by] == CASUS_REL_AGENT || w->rel[by] == CASUS_REL_PREP) &&
            lang_is(w, by, LANG_W(BY)) && lang_has(w, by, CASUS_REL_PCOMP))
            return true;
    }
    return false;
}

/* "The rebels, who ..., called on Turkey" with "rebels" as head and "called" as its modifier: a
 * finite verb without a subject behind a noun that stands where a clause should is the main verb.
 * "Ten killed in blast", "Pope to visit Congo": so is the participle or infinitive, when the
 * sentence has no finite verb. */
static void repair_main_verb(lang_work *w, uint32_t t, const uint8_t *finite) {
    if (w->rel[t] != CASUS_REL_ACL && w->rel[t] != CASUS_REL_RELCL) return;
    if (lang_pos(w, t) != CASUS_POS_VERB || has_subject(w, t)) return;
    if (lang_has(w, t, CASUS_REL_MARK)) return;
    for (uint32_t i = w->child_at[t]; i < w->child_at[t + 1] && w->child[i] < t; i++) {
        if (lang_is(w, w->child[i], LANG_W(REL) | LANG_W(REL_PLACE) | LANG_W(REL_TIME))) return;
    }
    uint32_t g = subject_above(w, t);
    if (g == CASUS_NONE) return;
    bool alone = w->rel[g] == CASUS_REL_ROOT && !finite[sentence_of(w, t)] && w->head[t] == g;
    bool participle = alone && lang_past_participle(w, t);
    bool infinitive = alone && (w->morph[t] & LANG_M_INF) && lang_has(w, t, CASUS_REL_AUX) &&
                      t == g + 2 && !lang_is(w, g, LANG_W(CONTENT));
    if (!(w->morph[t] & LANG_M_FIN) && !participle && !infinitive) return;
    uint32_t below = w->head[t];
    take_place(w, t, g);
    w->rel[g] = participle && !by_doing(w, t) ? CASUS_REL_SUBJPASS : CASUS_REL_SUBJ;
    for (uint32_t turn = 0; turn < 2; turn++) { /* what is behind the verb is the verb's */
        uint32_t from = turn ? below : g;
        for (uint32_t i = w->child_at[from]; i < w->child_at[from + 1]; i++) {
            uint32_t c = w->child[i];
            if (c <= t || w->rel[c] == CASUS_REL_APPOS || w->head[c] != from) continue;
            w->head[c] = t;
            if (w->rel[c] == CASUS_REL_ACL || w->rel[c] == CASUS_REL_RELCL) {
                w->rel[c] = CASUS_REL_ADVCL;
            }
        }
    }
}

/* "President Alba and Prime Minister Costa spoke" with "Alba" and the second title inside the name
 * "Costa": `t` is that title, conjoined to a name which hangs in the name behind it. The two names
 * become conjuncts. */
static void repair_name_pair(lang_work *w, uint32_t t) {
    uint32_t first = w->head[t], above = first;
    if (w->rel[t] != CASUS_REL_CONJ || !lang_is(w, t, LANG_W(TITLE)) || first > t ||
        t + 1 >= w->n || lang_pos(w, first) != CASUS_POS_PROPN) {
        return;
    }
    for (uint32_t step = 0; step < 4 && above < t; step++) {
        uint8_t rel = w->rel[above];
        if (rel != CASUS_REL_APPOS && rel != CASUS_REL_COMPOUND && rel != CASUS_REL_NMOD) return;
        above = w->head[above];
    }
    uint32_t next = w->head[t + 1];
    if (above <= t || lang_pos(w, above) != CASUS_POS_PROPN || (t + 1 != above && next != above)) {
        return;
    }
    uint32_t inner = w->head[first]; /* the first title */
    take_place(w, first, above);
    w->rel[above] = CASUS_REL_CONJ;
    w->head[t] = above;
    w->rel[t] = CASUS_REL_COMPOUND;
    if (inner != above && inner < first) {
        w->head[inner] = first;
        w->rel[inner] = CASUS_REL_COMPOUND;
    }
    for (uint32_t i = w->child_at[above]; i < w->child_at[above + 1]; i++) {
        uint32_t c = w->child[i];
        if (c < first && w->head[c] == above) w->head[c] = first;
    }
}

/* Two words with a hyphen and no blank between them. */
static bool hyphened(const lang_work *w, uint32_t first, uint32_t second) {
    const casus_token *t = w->p->tokens;
    return second == first + 2 && second < w->n && casus_slice_is(t[first + 1].form, "-") &&
           t[first].end == t[first + 1].begin && t[first + 1].end == t[second].begin;
}

/* "re-elects", "counter-protests": what is before the hyphen modifies what is behind it. */
static void repair_hyphen(lang_work *w, uint32_t t) {
    if (t < 2 || !hyphened(w, t - 2, t)) return;
    uint32_t first = t - 2;
    casus_pos pos = lang_pos(w, t);
    if (pos != CASUS_POS_NOUN && pos != CASUS_POS_PROPN && pos != CASUS_POS_VERB) return;
    if (w->head[t] == first && w->rel[t] != CASUS_REL_PREP && w->rel[t] != CASUS_REL_POBJ) {
        take_place(w, t, first);
        w->rel[first] = CASUS_REL_COMPOUND;
        for (uint32_t i = w->child_at[first]; i < w->child_at[first + 1]; i++) {
            uint32_t c = w->child[i];
            if (w->head[c] != first) continue;
            w->head[c] = t;
            if (w->rel[c] == CASUS_REL_COP && pos == CASUS_POS_VERB) {
                w->rel[c] = lang_ing(w, t) ? CASUS_REL_AUX : CASUS_REL_AUXPASS;
            }
        }
    } else if (w->head[t] == w->head[first] && w->rel[t] == w->rel[first] && w->head[t] != t &&
               w->head[first] != first) {
        w->head[first] = t;
        w->rel[first] = CASUS_REL_COMPOUND;
    }
}

/* "launched a raid in the town, killing ten" with "killing" on "raid" or "town": behind a comma the
 * participle says what came of the verb. */
static void repair_participle(lang_work *w, uint32_t t) {
    uint32_t g = w->head[t];
    if (w->rel[t] != CASUS_REL_ACL || !lang_ing(w, t) || lang_pos(w, t) != CASUS_POS_VERB ||
        t < g || !comma_before(w, t)) {
        return;
    }
    for (uint32_t step = 0; step < LANG_LOOK_MOST; step++) {
        uint8_t rel = w->rel[g];
        uint32_t above = w->head[g];
        if (above == g || above > g) return;
        if (lang_verbal(w, above) &&
            (rel == CASUS_REL_OBJ || rel == CASUS_REL_PREP || rel == CASUS_REL_AGENT)) {
            w->head[t] = above;
            w->rel[t] = CASUS_REL_ADVCL;
            return;
        }
        bool down = rel == CASUS_REL_POBJ || rel == CASUS_REL_PREP || rel == CASUS_REL_CONJ ||
                    rel == CASUS_REL_APPOS;
        if (!down) return;
        g = above;
    }
}

/* A finite verb conjoined to a noun belongs to the verb above that noun ("shelled the town and
 * killed ten" with "killed" on "town"). */
static void repair_verb_conjunct(lang_work *w, uint32_t t) {
    uint32_t g = w->head[t];
    if (w->rel[t] != CASUS_REL_CONJ || !lang_nominal(w, g) || lang_verbal(w, g)) return;
    if (!lang_verbal(w, t) || !(w->morph[t] & LANG_M_FIN)) {
        if (!has_subject(w, t)) return;
    }
    uint32_t above = w->head[g];
    for (uint32_t step = 0; step < LANG_LOOK_MOST; step++) {
        if (lang_verbal(w, above) && above < t && w->rel[above] != CASUS_REL_AMOD) {
            w->head[t] = above;
            return;
        }
        if (w->head[above] == above) return;
        above = w->head[above];
    }
}

/* A finite verb conjoined to an infinitive belongs to the finite verb above it ("refused to visit
 * the camp and called it a prison" with "called" on "visit"). */
static void repair_finite_conjunct(lang_work *w, uint32_t t) {
    uint32_t g = w->head[t];
    if (w->rel[t] != CASUS_REL_CONJ || lang_pos(w, t) != CASUS_POS_VERB || has_subject(w, t))
        return;
    if (!(w->morph[t] & LANG_M_FIN) || !(w->morph[g] & LANG_M_INF) || t < g) return;
    if (lang_has(w, t, CASUS_REL_AUX) || lang_has(w, t, CASUS_REL_AUXPASS)) return;
    const casus_token *tok = &w->p->tokens[t];
    if (casus_slice_eq(tok->lower, tok->lemma)) return; /* may be an infinitive itself */
    uint32_t above = g;
    for (uint32_t step = 0; step < LANG_LOOK_MOST && w->head[above] != above; step++) {
        above = w->head[above];
        if (above < t && lang_pos(w, above) == CASUS_POS_VERB && (w->morph[above] & LANG_M_FIN)) {
            w->head[t] = above;
            return;
        }
    }
}

/* "Should the army enter the city, ...": an auxiliary before the subject. */
static bool inverted_condition(const lang_work *w, uint32_t t) {
    uint32_t a = lang_child(w, t, CASUS_REL_AUX), s = lang_child(w, t, CASUS_REL_SUBJ);
    if (a == CASUS_NONE) a = lang_child(w, t, CASUS_REL_AUXPASS);
    if (a == CASUS_NONE) a = lang_child(w, t, CASUS_REL_COP);
    if (s == CASUS_NONE) s = lang_child(w, t, CASUS_REL_SUBJPASS);
    return a != CASUS_NONE && s != CASUS_NONE && a < s && a < t &&
           lang_pos(w, a) == CASUS_POS_AUX && w->child[w->child_at[t]] >= a;
}

/* "fired tear gas and protesters threw stones" with "protesters" conjoined to "gas": the noun right
 * before a conjoined verb without a subject is that. */
static void repair_subject_conjunct(lang_work *w, uint32_t t) {
    uint32_t g = w->head[t], noun = t - 1;
    if (w->rel[t] != CASUS_REL_CONJ || t < 2 || t < g || has_subject(w, t)) return;
    if (lang_pos(w, t) != CASUS_POS_VERB || !(w->morph[t] & LANG_M_FIN)) return;
    if (lang_has(w, t, CASUS_REL_AUX) || w->child_at[t] == w->child_at[t + 1] ||
        w->child[w->child_at[t + 1] - 1] < t)
        return;
    if (w->child_at[t] < w->child_at[t + 1] && w->child[w->child_at[t]] < t) return;
    for (uint32_t i = w->slot[t], n = 0; i-- > w->child_at[g] && n < 3; n++) {
        if (w->rel[w->child[i]] == CASUS_REL_CC) return;
    }
    if (!lang_nominal(w, noun) || w->rel[noun] != CASUS_REL_CONJ || w->head[noun] == t) return;
    w->head[noun] = t;
    w->rel[noun] = CASUS_REL_SUBJ;
}

/* "...," said the minister; he called it ...": what is before a semicolon is no complement; nor is
 * a clause before a verb that says nothing ("Two were killed, five were wounded"). */
static void repair_semicolon(lang_work *w, uint32_t t) {
    uint32_t g = w->head[t];
    if (w->rel[t] != CASUS_REL_CCOMP || t > g || g == t) return;
    bool silent = lang_pos(w, g) == CASUS_POS_VERB && !lang_is(w, g, LANG_W(SPEECH)) &&
                  !lang_has(w, t, CASUS_REL_MARK) && has_subject(w, t) && has_subject(w, g) &&
                  !(w->quote[t] != CASUS_NONE && w->quote[g] == CASUS_NONE) &&
                  !inverted_condition(w, t);
    if (silent) {
        w->head[t] = t;
        w->rel[t] = CASUS_REL_ROOT;
        return;
    }
    for (uint32_t i = w->slot[t] + 1, n = 0; i < w->child_at[g + 1] && n < LANG_LOOK_MOST; i++) {
        uint32_t c = w->child[i];
        if (c > g) return;
        n++;
        if (w->rel[c] == CASUS_REL_PUNCT && casus_slice_is(w->p->tokens[c].form, ";")) {
            w->head[t] = t;
            w->rel[t] = CASUS_REL_ROOT;
            return;
        }
    }
}

/* A noun conjoined to a verb belongs to the nearest noun before it that depends on that verb
 * ("attacked Aleppo and Homs" with "Homs" on "attacked"). */
static void repair_noun_conjunct(lang_work *w, uint32_t t) {
    uint32_t g = w->head[t];
    if (w->rel[t] != CASUS_REL_CONJ || !lang_nominal(w, t) || lang_pos(w, g) != CASUS_POS_VERB ||
        t < g || has_subject(w, t) || lang_has(w, t, CASUS_REL_COP)) {
        return;
    }
    uint32_t least =
        w->child_at[g] + LANG_LOOK_MOST < w->slot[t] ? w->slot[t] - LANG_LOOK_MOST : w->child_at[g];
    for (uint32_t i = w->slot[t]; i-- > least && w->child[i] > g;) {
        uint32_t c = w->child[i];
        if (w->rel[c] == CASUS_REL_PREP || w->rel[c] == CASUS_REL_AGENT) {
            c = lang_child(w, c, CASUS_REL_POBJ);
        } else if (w->rel[c] != CASUS_REL_OBJ && w->rel[c] != CASUS_REL_PRED) {
            c = CASUS_NONE;
        }
        if (c != CASUS_NONE) {
            w->head[t] = c;
            return;
        }
    }
}

/* "called for the council to end the war" with "council" as the complement of "for", which marks
 * the infinitive: it is the subject. */
static void repair_for_subject(lang_work *w, uint32_t t) {
    uint32_t g = w->head[t];
    if (w->rel[t] != CASUS_REL_POBJ || w->rel[g] != CASUS_REL_MARK || g > t) return;
    uint32_t verb = w->head[g];
    if (verb <= t || !(w->morph[verb] & LANG_M_INF) || has_subject(w, verb)) return;
    w->head[t] = verb;
    w->rel[t] = CASUS_REL_SUBJ;
}

static bool has_content(const lang_work *w, uint32_t t) {
    return lang_has(w, t, CASUS_REL_CCOMP) || lang_has(w, t, CASUS_REL_XCOMP);
}

/* ", argued the government's lawyer" behind what he argued: the noun behind the verb, taken for its
 * object, is made its subject. True when it was. */
static bool inverted_subject(lang_work *w, uint32_t t) {
    uint32_t g = w->head[t];
    if (t < g || w->rel[t] != CASUS_REL_CONJ || has_subject(w, t) || !comma_before(w, t)) {
        return false;
    }
    if (!(w->morph[t] & LANG_M_FIN) || !lang_has(w, t, CASUS_REL_OBJ)) return false;
    for (uint32_t i = w->slot[t], n = 0; i-- > w->child_at[g] && n < 3; n++) {
        if (w->rel[w->child[i]] == CASUS_REL_CC) return false;
    }
    uint32_t object = lang_child(w, t, CASUS_REL_OBJ);
    if (object < t || w->slot[object] != w->child_at[t]) return false; /* not right behind it */
    w->rel[object] = CASUS_REL_SUBJ;
    return true;
}

/* "Troops, he said, attacked" and "..., said the minister" with the verb of speech below the words
 * that it introduces: turned round, so that what is said is the complement. */
static void repair_speech(lang_work *w, uint32_t t) {
    uint32_t g = w->head[t];
    if (lang_is(w, t, LANG_W(SPEECH)) && lang_has(w, t, CASUS_REL_CCOMP) && !has_subject(w, t) &&
        (w->morph[t] & LANG_M_FIN) && lang_child(w, t, CASUS_REL_CCOMP) < t) {
        uint32_t object = lang_child(w, t, CASUS_REL_OBJ); /* "...," reads the statement */
        if (object != CASUS_NONE && object > t && w->rel[t] == CASUS_REL_ROOT) {
            w->rel[object] = CASUS_REL_SUBJ;
        }
        return;
    }
    if (g == t || lang_pos(w, t) != CASUS_POS_VERB || lang_has(w, t, CASUS_REL_MARK)) return;
    bool outside = w->quote[g] != CASUS_NONE && w->quote[t] == CASUS_NONE;
    if (outside && w->rel[t] == CASUS_REL_CCOMP && t < g && (w->morph[t] & LANG_M_FIN) &&
        !lang_is(w, t, LANG_W(SPEECH))) {
        w->head[t] = t; /* "The president left, saying: 'I won'" with "left" below "won" */
        w->rel[t] = CASUS_REL_ROOT;
        return;
    }
    if (!lang_is(w, t, LANG_W(SPEECH)) || (has_content(w, t) && !outside)) return;
    bool inverted = inverted_subject(w, t);
    if (!inverted && (!(w->morph[t] & LANG_M_FIN) || !has_subject(w, t))) {
        if (w->rel[t] != CASUS_REL_PARATAXIS) return;
    }
    switch (w->rel[t]) {
    case CASUS_REL_PARATAXIS:
    case CASUS_REL_DEP:
        break;
    case CASUS_REL_CCOMP:
        if (t < g || (lang_is(w, g, LANG_W(SPEECH)) && !outside)) return;
        break;
    case CASUS_REL_CONJ:
        if (!outside && !inverted) return;
        break;
    case CASUS_REL_ADVCL:
    case CASUS_REL_RELCL:
    case CASUS_REL_APPOS:
        if (!outside) return;
        break;
    default:
        return;
    }
    for (uint32_t i = w->child_at[t]; i < w->child_at[t + 1] && w->child[i] < t; i++) {
        if (lang_is(w, w->child[i], LANG_W(REL) | LANG_W(REL_PLACE) | LANG_W(REL_TIME))) return;
    }
    take_place(w, t, g);
    w->rel[g] = CASUS_REL_CCOMP;
}

/* "arrest over 25 people" with "over" as a preposition: more than 25 are arrested. A number of one
 * digit is left alone ("fly over two seas"). */
static void repair_over(lang_work *w, uint32_t t) {
    const uint32_t g = w->head[t];
    if (w->rel[t] != CASUS_REL_PREP || g + 1 != t || t + 2 >= w->n || !lang_verbal(w, g) ||
        !casus_slice_is(w->p->tokens[t].lower, "over") || lang_has(w, g, CASUS_REL_OBJ))
        return;
    const casus_slice number = w->p->tokens[t + 1].form;
    const uint32_t noun = lang_child(w, t, CASUS_REL_POBJ);
    if (noun == CASUS_NONE || noun < t + 2 || w->head[t + 1] != noun || number.len < 2 ||
        number.ptr[0] < '1' || number.ptr[0] > '9' || !(w->morph[noun] & LANG_M_PLUR))
        return;
    w->head[noun] = g;
    w->rel[noun] = CASUS_REL_OBJ;
    w->head[t] = t + 1;
    w->rel[t] = CASUS_REL_DEP;
}

/* "hands over the remains" with "remains" below the particle: it is the verb's object. */
static void repair_particle(lang_work *w, uint32_t t) {
    static const char *const waters[] = {"coast", "coastline", "shore", "island", "cape", "port"};
    if (w->rel[t] != CASUS_REL_PRT || lang_has(w, w->head[t], CASUS_REL_OBJ) ||
        lang_has(w, w->head[t], CASUS_REL_AUXPASS))
        return;
    const uint32_t noun = lang_child(w, t, CASUS_REL_POBJ);
    if (noun == CASUS_NONE) return;
    if (casus_slice_is(w->p->tokens[t].lower, "off")) { /* "saved off the coast" */
        if (lang_pos(w, noun) == CASUS_POS_PROPN) return;
        for (size_t i = 0; i < sizeof waters / sizeof *waters; i++)
            if (casus_slice_is(w->p->tokens[noun].lemma, waters[i])) return;
    }
    w->head[noun] = w->head[t];
    w->rel[noun] = CASUS_REL_OBJ;
}

/* "Turkey, worried about war in Kosovo spilling over, urged" with "spilling" as the subject and
 * "Turkey" as that of "spilling": between two commas nothing but a remark stands. */
static void repair_gerund_subject(lang_work *w, uint32_t t) {
    const uint32_t s = lang_child(w, t, CASUS_REL_SUBJ);
    if (s == CASUS_NONE || s > t || t < 1 || !lang_ing(w, s) || !(w->morph[t] & LANG_M_FIN) ||
        lang_pos(w, t) != CASUS_POS_VERB || !casus_slice_is(w->p->tokens[t - 1].form, ","))
        return;
    const uint32_t q = lang_child(w, s, CASUS_REL_SUBJ);
    if (q == CASUS_NONE || q > s || !lang_nominal(w, q) ||
        !casus_slice_is(w->p->tokens[q + 1].form, ","))
        return;
    w->head[q] = t;
    w->rel[q] = CASUS_REL_SUBJ;
    w->head[s] = q;
    w->rel[s] = CASUS_REL_ACL;
}

/* "described the attacks as senseless" with "senseless" as what modifies "as". */
static void repair_prep_adjective(lang_work *w, uint32_t t) {
    const uint32_t g = w->head[t];
    if (w->rel[t] == CASUS_REL_AMOD && g < t && w->rel[g] == CASUS_REL_PREP &&
        lang_pos(w, t) == CASUS_POS_ADJ && casus_slice_is(w->p->tokens[g].lower, "as") &&
        !lang_has(w, g, CASUS_REL_POBJ))
        w->rel[t] = CASUS_REL_POBJ;
}

/* "captured following a raid" with "raid" as the object of a participle that stands for a
 * preposition: its complement. */
static void repair_prep_object(lang_work *w, uint32_t t) {
    const uint32_t g = w->head[t];
    if (w->rel[t] == CASUS_REL_OBJ && g < t && w->rel[g] == CASUS_REL_PREP &&
        lang_pos(w, g) == CASUS_POS_VERB && !lang_has(w, g, CASUS_REL_POBJ))
        w->rel[t] = CASUS_REL_POBJ;
}

/* "Smith, his wife and another man were killed" with the wife in apposition: of a single name no
 * verb in the plural is told, the three are a list. */
static void repair_list(lang_work *w, uint32_t t) {
    static const char *const many[] = {"are", "were", "have"};
    const uint32_t g = w->head[t], verb = w->head[g];
    if (w->rel[t] != CASUS_REL_APPOS || t < g || !lang_has(w, t, CASUS_REL_CONJ) ||
        !lang_has(w, t, CASUS_REL_CC) || verb < t ||
        (w->rel[g] != CASUS_REL_SUBJ && w->rel[g] != CASUS_REL_SUBJPASS) ||
        lang_pos(w, g) != CASUS_POS_PROPN || lang_has(w, g, CASUS_REL_CONJ))
        return;
    for (uint32_t i = w->child_at[verb]; i < w->child_at[verb + 1]; i++) {
        const uint32_t c = w->child[i];
        if (c > verb || lang_pos(w, c) != CASUS_POS_AUX) continue;
        for (size_t k = 0; k < sizeof many / sizeof *many; k++)
            if (casus_slice_is(w->p->tokens[c].lower, many[k])) w->rel[t] = CASUS_REL_CONJ;
        return;
    }
}

/* "granted the editor a full pardon" with "pardon" as an apposition: without a comma it is a second
 * object. */
static void repair_second_object(lang_work *w, uint32_t t) {
    const uint32_t g = w->head[t], verb = w->head[g];
    if (w->rel[t] != CASUS_REL_APPOS || t < g || verb > g || !lang_has(w, t, CASUS_REL_DET) ||
        lang_pos(w, verb) != CASUS_POS_VERB || !lang_is(w, verb, LANG_W(DITRANSITIVE)) ||
        (w->rel[g] != CASUS_REL_OBJ && w->rel[g] != CASUS_REL_OBJ2) ||
        (w->rel[g] == CASUS_REL_OBJ2 && lang_has(w, verb, CASUS_REL_OBJ)))
        return;
    bool inside = false; /* behind the name, in the phrase of `t` */
    for (uint32_t i = g + 1; i <= t; i++) {
        if (lang_pos(w, i) == CASUS_POS_PUNCT) return;
        if (w->head[i] == t && w->rel[i] == CASUS_REL_DET) inside = true;
        if (!inside && lang_pos(w, i) != CASUS_POS_PROPN) return;
    }
    w->head[t] = verb;
    w->rel[t] = CASUS_REL_OBJ;
    w->rel[g] = CASUS_REL_OBJ2;
}

/* "awards the minister a medal" with "minister" in apposition to the verb: its object. */
static void repair_object(lang_work *w, uint32_t t) {
    const uint32_t g = w->head[t];
    if (w->rel[t] != CASUS_REL_APPOS || t < g || lang_pos(w, g) != CASUS_POS_VERB ||
        !(w->morph[g] & LANG_M_FIN) || !lang_is(w, g, LANG_W(HEADLINE)) ||
        lang_has(w, g, CASUS_REL_OBJ) || !lang_nominal(w, t))
        return;
    for (uint32_t i = g + 1; i < t; i++)
        if (lang_pos(w, i) == CASUS_POS_PUNCT) return;
    w->rel[t] = CASUS_REL_OBJ;
}

/* "had his passport seized by the police": what was seized is no subject. */
static void repair_causative(lang_work *w, uint32_t t) {
    static const char *const verbs[] = {"have", "get", "see", "want", "leave", "find", "order"};
    const uint32_t g = w->head[t], noun = lang_child(w, t, CASUS_REL_SUBJ);
    if (w->rel[t] != CASUS_REL_CCOMP || g > t || noun == CASUS_NONE || noun > t ||
        !lang_past_participle(w, t) || lang_has(w, t, CASUS_REL_AUX) ||
        lang_has(w, t, CASUS_REL_AUXPASS) || lang_has(w, t, CASUS_REL_OBJ))
        return;
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (casus_slice_is(w->p->tokens[g].lemma, verbs[i])) w->rel[noun] = CASUS_REL_SUBJPASS;
}

bool lang_repair_make(lang_work *w) {
    if (!w->labels->ud) lang_repair_headlines(w);
    uint8_t *finite = casus_base_arena_zero(w->scratch, w->p->n_sentences + 1u, 1);
    if (!finite) return false;
    for (uint32_t i = 0; i < w->n; i++) {
        casus_pos pos = lang_pos(w, i);
        if ((pos == CASUS_POS_VERB || pos == CASUS_POS_AUX) && (w->morph[i] & LANG_M_FIN)) {
            finite[sentence_of(w, i)] = 1;
        }
    }
    for (uint32_t i = 0; i < w->n; i++) repair_hyphen(w, i);
    lang_tree_count(w);
    for (uint32_t i = 0; i < w->n; i++) repair_name_pair(w, i);
    lang_tree_count(w);
    for (uint32_t i = 0; i < w->n; i++) {
        repair_over(w, i);
        repair_particle(w, i);
        repair_prep_adjective(w, i);
        repair_gerund_subject(w, i);
        repair_prep_object(w, i);
        repair_list(w, i);
        repair_object(w, i);
        repair_second_object(w, i);
        repair_causative(w, i);
    }
    lang_tree_count(w);
    for (uint32_t i = 0; i < w->n; i++) repair_main_verb(w, i, finite);
    lang_tree_count(w);
    for (uint32_t i = 0; i < w->n; i++) repair_participle(w, i);
    lang_tree_count(w);
    for (uint32_t i = 0; i < w->n; i++) {
        repair_verb_conjunct(w, i);
        repair_finite_conjunct(w, i);
        repair_noun_conjunct(w, i);
        repair_semicolon(w, i);
        repair_subject_conjunct(w, i);
        repair_for_subject(w, i);
    }
    lang_tree_count(w);
    for (uint32_t i = 0; i < w->n; i++) repair_speech(w, i);
    lang_tree_count(w);
    return true;
}
