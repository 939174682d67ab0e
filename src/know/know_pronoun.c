/* know_pronoun.c - who "he", "its", "we", "which" are.
 *
 * Candidates are weighed backwards over at most KNOW_BACK mentions and KNOW_BACK_TOKENS words: does
 * gender and number fit, what does the mention do in its sentence, how far is it. What has no
 * fitting candidate stays unresolved.
 */
#include "know/know_int.h"

typedef enum want { WANT_HE, WANT_SHE, WANT_IT, WANT_THEY } want;

/* How well a mention fits a pronoun: 0 not at all. */
static int fits(const know_doc *d, uint32_t item, want w) {
    const casus_mention *m = &d->mentions.items[item];
    const know_extra *x = &d->extras[item];
    bool person = m->kind == CASUS_MENTION_PERSON;
    bool one = m->kind == CASUS_MENTION_GROUP && x->number == KNOW_SINGULAR && !m->actor.group;
    bool role_body = know_is(x->role) && know_row_of(d, x->role)->kind != KNOW_ONE;
    switch (w) {
    case WANT_HE:
    case WANT_SHE: {
        uint8_t g = w == WANT_HE ? KNOW_MALE : KNOW_FEMALE;
        if (!person && !(one && !role_body)) return 0;
        if (x->gender && x->gender != g) return 0;
        return (person ? 3 : 2) + (x->gender == g ? 2 : w == WANT_HE ? 1 : 0);
    }
    case WANT_IT:
        if (person || m->n_members) return 0;
        if (m->kind == CASUS_MENTION_COUNTRY || m->kind == CASUS_MENTION_ORG) return 4;
        if (m->kind == CASUS_MENTION_GROUP && x->number != KNOW_PLURALITY &&
            (role_body || m->actor.code[0])) /* "the UN mission" */
            return 3;
        return 0;
    case WANT_THEY:
        if (m->n_members) return 5;
        if (m->kind == CASUS_MENTION_GROUP && (m->actor.group || x->number == KNOW_PLURALITY)) {
            return x->number == KNOW_PLURALITY ? 7 : 5;
        }
        if (m->kind == CASUS_MENTION_ORG) return 3;
        if (m->kind == CASUS_MENTION_COUNTRY) return x->modifier ? 0 : 1;
        return 0;
    }
    return 0;
}

static int salience(const know_doc *d, uint32_t item, uint32_t t) {
    const casus_mention *m = &d->mentions.items[item];
    const know_word *w = &d->words[m->head];
    uint32_t sent = know_token(d, t)->sent;
    int score = 0;
    uint32_t away = sent - know_token(d, m->head)->sent;
    score -= 30 * (int)(away > 10 ? 10 : away);
    if (d->parse->sentences[sent].para != d->parse->sentences[know_token(d, m->head)->sent].para) {
        score -= 15;
    }
    switch (w->role) {
    case CASUS_ROLE_SUBJ:
        score += 40;
        break;
    case CASUS_ROLE_OBJ:
    case CASUS_ROLE_OBJ2:
        score += w->passive ? 32 : 20;
        break;
    case CASUS_ROLE_POSS:
        score += 12;
        break;
    case CASUS_ROLE_PREP:
        score += 8;
        break;
    case CASUS_ROLE_MOD:
        score -= 15;
        break;
    default:
        score += 5;
        break;
    }
    if (d->extras[item].modifier) score -= 20;
    uint32_t n = d->extras[m->chain].count;
    score += 4 * (int)(n > 5 ? 5 : n);
    uint32_t gap = t - m->head;
    score -= (int)(gap > 60 ? 60 : gap) / 6;
    return score;
}

static bool same_clause(const know_doc *d, uint32_t a, uint32_t b) {
    return d->words[a].gov != CASUS_NONE && d->words[a].gov == d->words[b].gov;
}

/* Subject of the clause in which a possessive at t stands ("Israel to halt ITS campaign"), its own
 * or one that the clause shares; or CASUS_NONE. */
static uint32_t subject_over(const know_doc *d, uint32_t t) {
    if (d->words[t].role != CASUS_ROLE_POSS || d->words[t].gov == CASUS_NONE) return CASUS_NONE;
    uint32_t verb = d->words[d->words[t].gov].gov;
    if (verb == CASUS_NONE || d->parse->n_clauses == 0) return CASUS_NONE;
    uint32_t c = d->parse->clause_of[verb];
    if (c == CASUS_NONE) return CASUS_NONE;
    const casus_clause *clause = &d->parse->clauses[c];
    for (uint32_t i = 0; i < clause->n_args; i++) {
        const casus_arg *a = &clause->args[i];
        if (a->role == CASUS_ROLE_SUBJ && a->token < t) return a->token;
    }
    return CASUS_NONE;
}

/* Subject of the clause that the pronoun's own clause is what is said of: "X said HE would go",
 * "accused X of saying HE wanted it"; or CASUS_NONE. */
static uint32_t sayer_over(const know_doc *d, uint32_t t) {
    if (d->words[t].role != CASUS_ROLE_SUBJ || d->words[t].gov == CASUS_NONE) return CASUS_NONE;
    if (d->parse->n_clauses == 0) return CASUS_NONE;
    const uint32_t c = d->parse->clause_of[d->words[t].gov];
    if (c == CASUS_NONE) return CASUS_NONE;
    const casus_clause *k = &d->parse->clauses[c];
    if (k->parent_role != CASUS_ROLE_CCOMP || k->parent == CASUS_NONE) return CASUS_NONE;
    const casus_clause *up = &d->parse->clauses[k->parent];
    for (uint32_t i = 0; i < up->n_args; i++)
        if (up->args[i].role == CASUS_ROLE_SUBJ && up->args[i].token < t) return up->args[i].token;
    return CASUS_NONE;
}

/* "Offering his condolences, the speaker wrote": the subject behind, to which the participle in
 * front belongs; or CASUS_NONE. */
static uint32_t subject_behind(const know_doc *d, uint32_t t) {
    const know_word *w = &d->words[t];
    const uint32_t noun = w->role == CASUS_ROLE_POSS ? w->gov : CASUS_NONE;
    const uint32_t verb = noun == CASUS_NONE ? CASUS_NONE : d->words[noun].gov;
    if (verb == CASUS_NONE || d->parse->n_clauses == 0) return CASUS_NONE;
    const uint32_t c = d->parse->clause_of[verb];
    if (c == CASUS_NONE || d->parse->clauses[c].mood != CASUS_MOOD_GERUND) return CASUS_NONE;
    const casus_clause *k = &d->parse->clauses[c];
    if (k->parent_role != CASUS_ROLE_ADVCL) return CASUS_NONE;
    for (uint32_t i = 0; i < k->n_args; i++)
        if (k->args[i].role == CASUS_ROLE_SUBJ && k->args[i].token > t) return k->args[i].token;
    return CASUS_NONE;
}

/* "violated its airspace", "attacked their checkpoint": whose it is, not who comes. */
static bool is_trespass(const know_doc *d, uint32_t t) {
    static const char *const verbs[] = {"violate", "invade", "breach", "infringe", "enter"};
    static const char *const harms[] = {"attack", "raid",    "storm",  "bomb",   "shell",
                                        "ambush", "besiege", "strike", "pelt",   "overrun",
                                        "raze",   "target",  "loot",   "ransack"};
    static const char *const grounds[] = {"airspace", "territory", "waters", "sovereignty",
                                          "border",   "water",     "soil",   "frontier"};
    static const char *const targets[] = {
        "base",     "checkpoint",   "position",   "convoy",   "home",     "house",  "village",
        "office",   "camp",         "compound",   "vehicle",  "car",      "truck",  "boat",
        "ship",     "vessel",       "bus",        "patrol",   "outpost",  "post",   "unit",
        "station",  "plane",        "helicopter", "mosque",   "church",   "school", "embassy",
        "area",     "town",         "city",       "land",     "property", "farm",   "shop",
        "facility", "headquarters", "residence",  "aircraft", "tent"};
    const uint32_t noun = d->words[t].role == CASUS_ROLE_POSS ? d->words[t].gov : CASUS_NONE;
    const uint32_t verb = noun == CASUS_NONE ? CASUS_NONE : d->words[noun].gov;
    if (verb == CASUS_NONE) return false;
    bool ground = false, comes = false;
    for (size_t i = 0; i < sizeof grounds / sizeof *grounds; i++)
        ground |= casus_slice_is(know_token(d, noun)->lemma, grounds[i]);
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        comes |= casus_slice_is(know_token(d, verb)->lemma, verbs[i]);
    bool target = false, harm = false;
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++)
        target |= casus_slice_is(know_token(d, noun)->lemma, targets[i]);
    for (size_t i = 0; i < sizeof harms / sizeof *harms; i++)
        harm |= casus_slice_is(know_token(d, verb)->lemma, harms[i]);
    if (harm && (target || ground) && d->words[noun].role == CASUS_ROLE_OBJ) return true;
    return ground && comes;
}

/* Best mention for a pronoun at t. A coordination's last member stands for the whole; *coordinated
 * tells. */
static uint32_t find(const know_doc *d, uint32_t t, want w, bool object, bool *coordinated) {
    uint32_t best = CASUS_NONE, seen = 0;
    int top = -1000;
    *coordinated = false;
    uint32_t sayer = sayer_over(d, t);
    uint32_t subject = subject_over(d, t), doer = object ? know_subject_shared(d, t) : CASUS_NONE;
    if (is_trespass(d, t)) {
        doer = subject;
        subject = CASUS_NONE;
    }
    uint32_t low = t > KNOW_BACK_TOKENS ? t - KNOW_BACK_TOKENS : 0;
    for (uint32_t k = t; k-- > low && seen < KNOW_BACK;) {
        uint32_t i = d->words[k].item;
        if (i == CASUS_NONE || d->extras[i].dead) continue;
        const casus_mention *m = &d->mentions.items[i];
        if (m->kind == CASUS_MENTION_NONE || m->kind == CASUS_MENTION_PLACE) continue;
        if (m->kind == CASUS_MENTION_PRONOUN && d->extras[i].antecedent == CASUS_NONE) continue;
        seen++;
        if (object && same_clause(d, k, t) && d->words[k].role == CASUS_ROLE_SUBJ) continue;
        if (k == doer) continue;
        if (know_token(d, t)->sent - know_token(d, k)->sent > 4) break;
        uint32_t of =
            m->kind == CASUS_MENTION_PRONOUN && !m->n_members ? d->extras[i].antecedent : i;
        int fit = fits(d, of, w);
        bool list = w == WANT_THEY && d->words[k].first != k && d->words[k].first != CASUS_NONE &&
                    d->words[d->words[k].first].item != CASUS_NONE;
        if (list) fit = know_token(d, t)->sent == know_token(d, k)->sent ? 8 : 5;
        if (fit == 0) continue;
        int score = salience(d, i, t) + fit * 6 + (k == subject ? 40 : 0) + (k == sayer ? 30 : 0);
        if (score > top) {
            top = score;
            best = i;
            *coordinated = list;
        }
    }
    return best;
}

/* ---- pronouns ------------------------------------------------------------------------------- */

typedef struct pronoun {
    const char *form;
    uint8_t want; /* want, or 10: we, 11: relative */
    bool reflexive;
} pronoun;

static const pronoun pronouns[] = {{"he", WANT_HE, false},
                                   {"him", WANT_HE, false},
                                   {"his", WANT_HE, false},
                                   {"himself", WANT_HE, true},
                                   {"she", WANT_SHE, false},
                                   {"her", WANT_SHE, false},
                                   {"hers", WANT_SHE, false},
                                   {"herself", WANT_SHE, true},
                                   {"it", WANT_IT, false},
                                   {"its", WANT_IT, false},
                                   {"itself", WANT_IT, true},
                                   {"they", WANT_THEY, false},
                                   {"them", WANT_THEY, false},
                                   {"their", WANT_THEY, false},
                                   {"theirs", WANT_THEY, false},
                                   {"themselves", WANT_THEY, true},
                                   {"we", 10, false},
                                   {"us", 10, false},
                                   {"our", 10, false},
                                   {"ours", 10, false},
                                   {"i", 10, false},
                                   {"me", 10, false},
                                   {"my", 10, false},
                                   {"who", 11, false},
                                   {"whom", 11, false},
                                   {"which", 11, false},
                                   {"whose", 11, false},
                                   {"both", 12, false}};

/* Subject of the verb of speech that the clause view gives quotation q to, or the ones before it
 * that it goes on; CASUS_NONE. */
static uint32_t speaker_by_clauses(const know_doc *d, uint32_t q) {
    const casus_parse *p = d->parse;
    for (uint32_t n = 0; p->n_clauses && n < 6; n++) {
        uint32_t end = p->quotes[q].last;
        if (end > p->quotes[q].first + 200) end = p->quotes[q].first + 200;
        for (uint32_t k = p->quotes[q].first; k < end && k < p->n_tokens; k++) {
            uint32_t c = p->clause_of[k];
            if (c == CASUS_NONE || p->clauses[c].parent == CASUS_NONE) continue;
            const casus_clause *says = &p->clauses[p->clauses[c].parent];
            if (says->head >= p->quotes[q].first && says->head < p->quotes[q].last) continue;
            if (!know_marked(d, says->head, KNOW_MARK_SAY)) continue;
            for (uint32_t i = 0; i < says->n_args; i++) {
                if (says->args[i].role == CASUS_ROLE_SUBJ) return says->args[i].token;
            }
        }
        if (q == 0 || !p->quotes[q].continues) return CASUS_NONE;
        q--;
    }
    return CASUS_NONE;
}

/* Who says the quotation that token t stands in: the subject of the verb of speech outside it. */
static uint32_t speaker_of(know_doc *d, uint32_t t) {
    const casus_parse *p = d->parse;
    for (uint32_t q = 0; q < p->n_quotes; q++) {
        if (p->quotes[q].first > t || p->quotes[q].last <= t) continue;
        uint32_t para = p->sentences[know_token(d, t)->sent].para;
        uint32_t best = CASUS_NONE, away = UINT32_MAX;
        uint32_t low = p->quotes[q].first > 60 ? p->quotes[q].first - 60 : 0;
        uint32_t high = p->quotes[q].last + 40 < p->n_tokens ? p->quotes[q].last + 40 : p->n_tokens;
        for (uint32_t k = low; k < high; k++) {
            if (k >= p->quotes[q].first && k < p->quotes[q].last) continue;
            if (p->sentences[know_token(d, k)->sent].para != para) continue;
            const know_word *w = &d->words[k];
            if (w->role != CASUS_ROLE_SUBJ || w->gov == CASUS_NONE) continue;
            if (!know_marked(d, w->gov, KNOW_MARK_SAY)) continue;
            if (w->gov >= p->quotes[q].first && w->gov < p->quotes[q].last) continue;
            uint32_t gap = k < p->quotes[q].first ? p->quotes[q].first - k : k - p->quotes[q].last;
            if (gap < away) {
                away = gap;
                best = k;
            }
        }
        if (best == CASUS_NONE) best = speaker_by_clauses(d, q);
        return best == CASUS_NONE ? CASUS_NONE : know_resolve(d, best);
    }
    return CASUS_NONE;
}

static uint32_t relative_of(const know_doc *d, uint32_t t) {
    uint8_t before = t > 0 ? know_token(d, t - 1)->pos : CASUS_POS_X;
    if (before == CASUS_POS_ADP && casus_slice_is(know_token(d, t)->lower, "which")) {
        return CASUS_NONE; /* "during which" */
    }
    if ((before == CASUS_POS_PRON || before == CASUS_POS_DET) &&
        d->words[t - 1].item == CASUS_NONE) {
        return CASUS_NONE; /* "those who" */
    }
    for (uint32_t k = t, n = 0; k-- > 0 && n < 8; n++) {
        if (know_token(d, k)->sent != know_token(d, t)->sent) break;
        uint32_t i = d->words[k].item;
        if (i == CASUS_NONE || d->extras[i].modifier) continue;
        if (d->mentions.items[i].kind == CASUS_MENTION_NONE) continue;
        return i;
    }
    return CASUS_NONE;
}

/* "It is ...", "it was there that ...": stands for nothing. */
static bool is_empty_it(const know_doc *d, uint32_t t) {
    const know_word *w = &d->words[t];
    if (w->role == CASUS_ROLE_POSS || w->gov == CASUS_NONE) return false;
    const casus_token *g = know_token(d, w->gov);
    return w->role == CASUS_ROLE_SUBJ &&
           (g->pos == CASUS_POS_AUX || g->pos == CASUS_POS_ADJ ||
            casus_slice_is(g->lemma, "seem") || casus_slice_is(g->lemma, "appear") ||
            casus_slice_is(g->lemma, "happen"));
}

static void stand_for(know_doc *d, uint32_t item, uint32_t k) {
    uint32_t *list = NULL, n = know_members_of(d, k, &list);
    if (n == 0) {
        know_link(d, item, d->words[k].item);
        return;
    }
    casus_mention *m = &d->mentions.items[item];
    know_link(d, item, list[0]);
    m->members = list;
    m->n_members = n;
    m->chain = item;
    m->actor = (casus_actor){.group = true};
    m->actor.reason = casus_slice_z("members");
    d->extras[item].entity = KNOW_NO_REF;
    d->extras[item].antecedent = d->words[k].item;
}

/* "Bukele and his government", "Israel and its allies": the one named next before, or CASUS_NONE.
 */
static uint32_t joined_before(const know_doc *d, uint32_t t, want w) {
    if (t < 2 || d->words[t].role != CASUS_ROLE_POSS) return CASUS_NONE;
    const casus_slice and = know_token(d, t - 1)->lower;
    if (!casus_slice_is(and, "and") && !casus_slice_is(and, "or")) return CASUS_NONE;
    const uint32_t i = d->words[t - 2].item;
    if (i == CASUS_NONE || d->extras[i].dead || d->extras[i].modifier) return CASUS_NONE;
    const casus_mention *m = &d->mentions.items[i];
    if (m->last != t - 1 || m->kind == CASUS_MENTION_NONE || m->kind == CASUS_MENTION_PLACE)
        return CASUS_NONE;
    return fits(d, i, w) > 0 ? i : CASUS_NONE;
}

/* "a speech by Vance in which he blamed Europe": the person named last before the relative clause
 * that the pronoun begins, or CASUS_NONE. */
static uint32_t told_in(const know_doc *d, uint32_t t, want w) {
    if (t < 2 || d->words[t].role != CASUS_ROLE_SUBJ || (w != WANT_HE && w != WANT_SHE))
        return CASUS_NONE;
    const bool which = casus_slice_is(know_token(d, t - 1)->lower, "which") &&
                       know_token(d, t - 2)->pos == CASUS_POS_ADP;
    if (!which) return CASUS_NONE;
    const uint32_t first = d->parse->sentences[know_token(d, t)->sent].first;
    for (uint32_t k = t - 2, n = 0; k-- > first && n < KNOW_WINDOW; n++) {
        const uint32_t i = d->words[k].item;
        if (i == CASUS_NONE || d->extras[i].dead) continue;
        if (d->mentions.items[i].kind == CASUS_MENTION_PERSON)
            return fits(d, i, w) > 0 ? i : CASUS_NONE;
    }
    return CASUS_NONE;
}

uint32_t know_pronoun(know_doc *d, uint32_t t) {
    const casus_token *k = know_token(d, t);
    const pronoun *p = NULL;
    for (size_t i = 0; i < sizeof pronouns / sizeof *pronouns && !p; i++) {
        if (casus_slice_is(k->lower, pronouns[i].form)) p = &pronouns[i];
    }
    static const pronoun count = {"two", 12, false};
    if (!p && k->pos == CASUS_POS_NUM) p = &count;
    if (!p) return CASUS_NONE;
    if (p->want == WANT_IT && is_empty_it(d, t)) return CASUS_NONE;
    uint32_t item = know_item_new(d, t, t, t + 1, CASUS_MENTION_PRONOUN);
    if (item == CASUS_NONE) return item;
    d->extras[item].number = p->want == WANT_THEY ? KNOW_PLURALITY : KNOW_SINGULAR;
    uint32_t to = CASUS_NONE;
    if (p->want == 10) {
        d->words[t].item = CASUS_NONE; /* the speaker may stand behind: resolve it without this */
        to = speaker_of(d, t);
        d->words[t].item = item;
        if (to != CASUS_NONE) know_link(d, item, to);
        return item;
    }
    if (p->want == 11) {
        to = relative_of(d, t);
        if (to != CASUS_NONE) know_link(d, item, to);
        return item;
    }
    if (p->want == 12) {
        know_said s = {.both = true, .definite = true, .of = CASUS_NONE, .nation = CASUS_NONE};
        know_refer_plural(d, item, &s);
        return item;
    }
    bool list;
    uint8_t role = d->words[t].role;
    bool object = !p->reflexive && role != CASUS_ROLE_SUBJ && role != CASUS_ROLE_POSS;
    uint32_t near = joined_before(d, t, (want)p->want);
    if (near == CASUS_NONE) near = told_in(d, t, (want)p->want);
    d->words[t].item = CASUS_NONE;
    const uint32_t behind = subject_behind(d, t);
    if (near == CASUS_NONE && behind != CASUS_NONE) {
        const uint32_t i = know_resolve(d, behind);
        if (i != CASUS_NONE && d->mentions.items[i].kind != CASUS_MENTION_NONE &&
            fits(d, i, (want)p->want) > 0)
            near = i;
    }
    to = find(d, t, (want)p->want, object, &list);
    d->words[t].item = item;
    if (near != CASUS_NONE) { /* what the sentence's own form tells */
        to = near;
        list = false;
    }
    if (to == CASUS_NONE) return item;
    if (list) {
        stand_for(d, item, d->mentions.items[to].head);
    } else {
        know_link(d, item, to);
    }
    know_extra *chain = &d->extras[d->mentions.items[item].chain];
    if (p->want == WANT_HE && !chain->gender) chain->gender = KNOW_MALE;
    if (p->want == WANT_SHE && !chain->gender) chain->gender = KNOW_FEMALE;
    return item;
}
