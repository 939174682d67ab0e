/* know_metonym.c - a capital or a seat: the place, or the government that sits there?
 *
 * O(1) a name: told by its role in the sentence, its preposition, and what kind of word governs it
 * (markers.tsv: say, told, be, motion, ofplace, ofpower). Judges one name in its clause; knows
 * nothing of the rest of the document.
 */
#include "know/know_int.h"

static bool one_of(casus_slice s, const char *const *words, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (casus_slice_is(s, words[i])) return true;
    }
    return false;
}
#define ONE_OF(s, words) one_of(s, words, sizeof(words) / sizeof *(words))

static bool marked(const know_doc *d, uint32_t t, know_mark mark) {
    return t != CASUS_NONE && know_marked(d, t, mark);
}

/* Another country or government in the same coordination. */
static bool with_a_country(const know_doc *d, uint32_t head) {
    uint32_t first = d->words[head].first;
    for (uint32_t t = first, n = 0; n < 24 && t < d->parse->n_tokens; t++, n++) {
        if (t == head || d->words[t].first != first) continue;
        uint32_t i = d->words[t].item;
        if (i == CASUS_NONE) continue;
        uint8_t kind = d->mentions.items[i].kind;
        if (kind == CASUS_MENTION_COUNTRY || kind == CASUS_MENTION_ORG) return true;
    }
    return false;
}

static bool after_prep(const know_doc *d, uint32_t head, casus_slice prep, uint32_t gov,
                       bool seat) {
    static const char *const at[] = {"in",         "at",   "near",   "inside", "around",
                                     "outside",    "into", "within", "across", "through",
                                     "throughout", "over", "above",  "off",    "via",
                                     "past",       "upon"};
    static const char *const power[] = {"with",   "between",   "against", "by",      "according to",
                                        "versus", "vis-a-vis", "toward",  "towards", "because of",
                                        "among",  "alongside", "without", "despite", "unlike",
                                        "like",   "besides",   "amongst"};
    bool motion = marked(d, gov, KNOW_MARK_MOTION);
    bool speech = marked(d, gov, KNOW_MARK_SAY) || marked(d, gov, KNOW_MARK_TOLD) ||
                  marked(d, gov, KNOW_MARK_OFPOWER);
    if (ONE_OF(prep, at)) return false;
    if (casus_slice_is(prep, "between") || casus_slice_is(prep, "with")) {
        return !marked(d, gov, KNOW_MARK_OFPLACE) && (seat || !motion);
    }
    if (ONE_OF(prep, power)) return true;
    if (casus_slice_is(prep, "to")) return !motion && (speech || seat || with_a_country(d, head));
    if (casus_slice_is(prep, "from")) return !motion && speech;
    if (casus_slice_is(prep, "of")) {
        return marked(d, gov, KNOW_MARK_OFPOWER) && !marked(d, gov, KNOW_MARK_OFPLACE);
    }
    if (casus_slice_is(prep, "on")) return speech;
    if (casus_slice_is(prep, "for")) return speech || seat;
    return false;
}

bool know_is_government(const know_doc *d, uint32_t head, uint32_t last, bool seat) {
    const know_word *w = &d->words[head];
    uint32_t gov = w->gov;
    /* "Kabul, Afghanistan" and "Baku-based": a place */
    if (last + 1 < d->parse->n_tokens) {
        const casus_token *next = know_token(d, last);
        if (next->form.len == 1 && next->form.ptr[0] == ',' && !seat) {
            uint32_t m = d->words[last + 1].match;
            uint32_t i = d->words[last + 1].item;
            if (m != CASUS_NONE && i != CASUS_NONE &&
                d->mentions.items[i].kind == CASUS_MENTION_COUNTRY &&
                d->matches[m].first == last + 1 && d->words[last + 1].first == last + 1) {
                return false;
            }
        }
        if (next->form.len == 1 && next->form.ptr[0] == '-') {
            uint32_t b = last + 1;
            return know_marked(d, b, KNOW_MARK_BACKED) || know_marked(d, b, KNOW_MARK_LED);
        }
    }
    switch (w->role) {
    case CASUS_ROLE_SUBJ:
        if (gov == CASUS_NONE) return seat;
        if (w->prep.len && !casus_slice_is(w->prep, "by")) {
            return after_prep(d, head, w->prep, gov, seat);
        }
        if (seat) return true;
        return !know_marked(d, gov, KNOW_MARK_BE) || know_marked(d, gov, KNOW_MARK_SAY);
    case CASUS_ROLE_OBJ:
    case CASUS_ROLE_OBJ2:
        if (gov == CASUS_NONE) return seat;
        return know_marked(d, gov, KNOW_MARK_TOLD); /* "shelled Kyiv": a place */
    case CASUS_ROLE_PREP:
        return after_prep(d, head, w->prep, gov, seat);
    case CASUS_ROLE_POSS:
        if (gov == CASUS_NONE) return seat;
        if (know_marked(d, gov, KNOW_MARK_OFPLACE)) return false;
        if (seat || know_marked(d, gov, KNOW_MARK_OFPOWER) || know_marked(d, gov, KNOW_MARK_SAY)) {
            return true;
        }
        return know_token(d, gov)->pos != CASUS_POS_PROPN;
    case CASUS_ROLE_MOD:
        if (seat) return true;
        return gov != CASUS_NONE && know_marked(d, gov, KNOW_MARK_OFPOWER) &&
               !know_marked(d, gov, KNOW_MARK_OFPLACE);
    default: {
        /* nothing but the name: whoever asks takes it for an actor */
        const casus_sentence *s = &d->parse->sentences[know_token(d, head)->sent];
        uint32_t words = 0;
        for (uint32_t t = s->first; t < s->last && words < 8; t++) {
            uint8_t pos = know_token(d, t)->pos;
            words += pos != CASUS_POS_PUNCT && pos != CASUS_POS_SPACE && pos != CASUS_POS_DET;
        }
        return seat || (words == 1 && d->parse->n_sentences == 1);
    }
    }
}
