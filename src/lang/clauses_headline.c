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
    static const char *const preps[] = {"for",  "from", "in",   "into", "to",    "against",
                                        "with", "at",   "near", "over", "after", "outside"};
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
        return false;
    }
}

static bool is_headline_verb(const lang_work *w, uint32_t t, uint32_t first, uint32_t root) {
    const casus_token *k = &w->p->tokens[t];
    if (t == first || !lang_is(w, t, LANG_W(HEADLINE)) || !begins_complement(w, t + 1))
        return false;
    const casus_pos pos = lang_pos(w, t);
    if (!nominal_pos(pos) && pos != CASUS_POS_VERB) return false;
    if (!nominal_pos(lang_pos(w, t - 1)) || k->lower.ptr[0] != k->form.ptr[0]) return false;
    const uint32_t g = w->head[t];
    if (t != root && g != root && w->head[g] != root) return false;
    if (!casus_slice_eq(k->lower, k->lemma)) return k->lower.ptr[k->lower.len - 1] == 's';
    return (w->morph[t - 1] & LANG_M_PLUR) || casus_slice_is(w->p->tokens[t - 1].lower, "police");
}

/* `v` becomes the root: what stands before it is its subject, what hangs across it is its own. */
static void raise_verb(lang_work *w, uint32_t v, uint32_t first, uint32_t last) {
    uint32_t subject = CASUS_NONE;
    for (uint32_t t = first; t < v; t++) {
        const bool top = w->head[t] >= v || w->head[t] < first || w->head[t] == t;
        if (top && nominal_pos(lang_pos(w, t)) && w->rel[t] != CASUS_REL_POSS) subject = t;
    }
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
        const bool noun = nominal_pos(pos) || pos == CASUS_POS_PRON || pos == CASUS_POS_NUM;
        if (w->rel[t] == CASUS_REL_ROOT || w->rel[t] == CASUS_REL_APPOS ||
            w->rel[t] == CASUS_REL_COMPOUND || w->rel[t] == CASUS_REL_NMOD ||
            w->rel[t] == CASUS_REL_OBJ || w->rel[t] == CASUS_REL_SUBJ ||
            (w->rel[t] == CASUS_REL_CONJ && noun)) {
            w->rel[t] = object || !noun ? CASUS_REL_DEP : CASUS_REL_OBJ;
            object |= noun;
        } else if (w->rel[t] == CASUS_REL_ACL || w->rel[t] == CASUS_REL_RELCL) {
            w->rel[t] = CASUS_REL_ADVCL;
        }
    }
    w->head[subject] = v;
    w->rel[subject] = CASUS_REL_SUBJ;
    w->head[v] = v;
    w->rel[v] = CASUS_REL_ROOT;
    w->morph[v] = (w->morph[v] & ~(uint32_t)LANG_M_PLUR) | LANG_M_FIN | LANG_M_PRES | LANG_M_VERB;
}

/* A verb known as such, the noun before which is taken for a part of its name. */
static bool without_subject(const lang_work *w, uint32_t root, uint32_t first, uint32_t last) {
    if (lang_pos(w, root) != CASUS_POS_VERB || !(w->morph[root] & LANG_M_FIN) || root == first ||
        !lang_is(w, root, LANG_W(HEADLINE)) || w->head[root - 1] != root ||
        !nominal_pos(lang_pos(w, root - 1)) ||
        (w->rel[root - 1] != CASUS_REL_COMPOUND && w->rel[root - 1] != CASUS_REL_DEP))
        return false;
    for (uint32_t t = first; t < last; t++)
        if (w->head[t] == root && (w->rel[t] == CASUS_REL_SUBJ || w->rel[t] == CASUS_REL_SUBJPASS ||
                                   w->rel[t] == CASUS_REL_AUX))
            return false;
    return true;
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
        if (!nominal_pos(lang_pos(w, root))) continue;
        for (uint32_t t = first; t < last && !done; t++) /* "It is a ban" */
            done = w->head[t] == root &&
                   (w->rel[t] == CASUS_REL_COP ||
                    ((w->rel[t] == CASUS_REL_ACL || w->rel[t] == CASUS_REL_RELCL) &&
                     w->morph[t] & LANG_M_FIN && lang_pos(w, t) == CASUS_POS_VERB));
        for (uint32_t t = first + 1; t + 2 < last && !done; t++) {
            const casus_pos pos = lang_pos(w, t);
            if (is_headline_verb(w, t, first, root)) {
                raise_verb(w, t, first, last);
                done = true;
            } else if ((pos == CASUS_POS_VERB || pos == CASUS_POS_AUX) &&
                       w->morph[t] & LANG_M_FIN) {
                done = true;
            }
        }
    }
}
