/* know_context.c - the country that is meant when none is said ("the army" in a report on Sudan).
 *
 * One pass over the mentions. In this order: the country of the place named in the sentence, of the
 * place named in the sentence before (same paragraph), the country that the document speaks of
 * most.
 */
#include "know/know_int.h"

#define COUNTRIES_MOST 320u
#define REBELS_LATE 3650 /* days for which a country is known for rebels that are gone */
#define SCENE_TOKENS 60u /* words on either side of a description that are looked at */

typedef struct tally {
    char country[4];
    uint32_t weight;
} tally;

static void count(tally *all, uint32_t *n, const char *country, uint32_t weight) {
    for (uint32_t i = 0; i < *n; i++) {
        if (memcmp(all[i].country, country, 4) == 0) {
            all[i].weight += weight;
            return;
        }
    }
    if (*n == COUNTRIES_MOST) return;
    memcpy(all[*n].country, country, 4);
    all[(*n)++].weight = weight;
}

/* "took control of Iran", "large parts of Mali". */
static bool is_part_of(const know_doc *d, const casus_mention *m) {
    static const char *const parts[] = {"control", "part",  "most",  "half",  "third",
                                        "quarter", "north", "south", "east",  "west",
                                        "much",    "all",   "swath", "swathe"};
    uint32_t t = m->first;
    if (t > 0 && casus_slice_is(know_token(d, t - 1)->lower, "the")) t--;
    if (t < 2 || !casus_slice_is(know_token(d, t - 1)->lower, "of")) return false;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (casus_slice_is(know_token(d, t - 2)->lemma, parts[i])) return true;
    return false;
}

/* A place in the sentence as its scene: not an origin, a goal of words, or part of a name. */
static bool is_scene(const know_doc *d, const casus_mention *m) {
    static const char *const preps[] = {"in",         "at",     "near",   "inside",
                                        "across",     "within", "around", "outside",
                                        "throughout", "over",   "into",   "off",
                                        "through",    "on",     "to",     "from"};
    const know_word *w = &d->words[m->head];
    /* "near the town of Tine, Chad" */
    if (m->kind == CASUS_MENTION_COUNTRY && w->role == CASUS_ROLE_APPOS && m->first > 1 &&
        casus_slice_is(know_token(d, m->first - 1)->form, ",") &&
        know_token(d, m->first - 2)->pos == CASUS_POS_PROPN) {
        return true;
    }
    if (m->kind == CASUS_MENTION_PLACE && w->role == CASUS_ROLE_MOD && w->gov != CASUS_NONE) {
        const uint32_t of = d->words[w->gov].item; /* "the Khorasan Islamic State" */
        if (of != CASUS_NONE && d->mentions.items[of].kind == CASUS_MENTION_ORG) return false;
    }
    if (m->kind == CASUS_MENTION_PLACE && w->role == CASUS_ROLE_SUBJ && w->gov != CASUS_NONE &&
        know_marked(d, w->gov, KNOW_MARK_SAY)) {
        return false; /* a place that speaks is none */
    }
    if (m->kind == CASUS_MENTION_PLACE && w->role != CASUS_ROLE_PREP) return true;
    if (w->role != CASUS_ROLE_PREP) return false;
    if (is_part_of(d, m)) return true;
    size_t n = sizeof preps / sizeof *preps - (m->kind == CASUS_MENTION_PLACE ? 0 : 3);
    for (size_t i = 0; i < n; i++) {
        if (casus_slice_is(w->prep, preps[i])) return true;
    }
    return m->kind == CASUS_MENTION_PLACE && !casus_slice_is(w->prep, "with");
}

/* "wrote on Twitter", "via Facebook": where it was said, no country of the story. */
static bool is_channel(const know_doc *d, const casus_mention *m) {
    static const char *const preps[] = {"on", "via", "through"};
    if (!m->first || !know_has_sector(&m->actor, "BUS")) return false;
    for (size_t i = 0; i < sizeof preps / sizeof *preps; i++)
        if (casus_slice_is(d->parse->tokens[m->first - 1].lower, preps[i])) return true;
    return false;
}

/* "Turkish-backed fighters", "pro-Russian rebels": says nothing of where they are. */
static bool is_backer(const know_doc *d, const casus_mention *m) {
    uint32_t t = m->last;
    if (know_marked(d, m->head, KNOW_MARK_PRO) || know_marked(d, m->head, KNOW_MARK_BACKED)) {
        return true;
    }
    if (m->first >= 2 && know_token(d, m->first - 1)->form.len == 1 &&
        know_token(d, m->first - 1)->form.ptr[0] == '-' &&
        know_marked(d, m->first - 2, KNOW_MARK_PRO)) {
        return true;
    }
    return t + 1 < d->parse->n_tokens && know_token(d, t)->form.len == 1 &&
           know_token(d, t)->form.ptr[0] == '-' && know_marked(d, t + 1, KNOW_MARK_BACKED);
}

const char *know_chain_seat(const know_doc *d, uint32_t t) {
    if (t == 0 || t >= d->parse->n_tokens) return "";
    const uint32_t end = d->parse->sentences[know_token(d, t - 1)->sent].last;
    for (uint32_t steps = 0; steps < 3 && t + 1 < end; steps++) {
        /* "Tine, Chad"; "Woro in Kwara State, Nigeria" */
        const bool in = steps == 0 && casus_slice_is(know_token(d, t)->lower, "in");
        if (!in && !casus_slice_is(know_token(d, t)->form, ",")) break;
        uint32_t k = t + 1;
        while (k < end && k < t + 5 && know_token(d, k)->pos == CASUS_POS_PROPN) k++;
        if (k == t + 1) break;
        const uint32_t i = d->words[k - 1].item;
        if (i != CASUS_NONE && d->mentions.items[i].kind == CASUS_MENTION_COUNTRY &&
            d->mentions.items[i].first == t + 1 && d->mentions.items[i].actor.country[0]) {
            return d->mentions.items[i].actor.country;
        }
        t = k;
    }
    return "";
}

const char *know_seat_of(const know_doc *d, const casus_mention *m) {
    if (m->kind != CASUS_MENTION_PLACE) return m->actor.country;
    const char *told = know_chain_seat(d, m->last);
    return told[0] ? told : m->place.country;
}

const char *know_state_over(const know_doc *d, uint32_t item) {
    const casus_mention *m = &d->mentions.items[item];
    const casus_parse *p = d->parse;
    const know_word *w = &d->words[m->head];
    const bool state = know_has_sector(&m->actor, "GOV") || know_has_sector(&m->actor, "MIL") ||
                       know_has_sector(&m->actor, "SPY") || know_has_sector(&m->actor, "LEG");
    if (!state || w->role != CASUS_ROLE_SUBJ || w->gov == CASUS_NONE || p->n_clauses == 0 ||
        know_scene_beside(d, m->head))
        return "";
    uint32_t c = p->clause_of[w->gov];
    for (uint32_t steps = 0; c != CASUS_NONE && steps < 3; steps++) {
        const casus_clause *k = &p->clauses[c];
        const bool down = k->parent_role == CASUS_ROLE_ADVCL && k->parent != CASUS_NONE;
        c = k->conjunct_of != CASUS_NONE ? k->conjunct_of : down ? k->parent : CASUS_NONE;
        if (c == CASUS_NONE) break;
        for (uint32_t i = 0; i < p->clauses[c].n_args; i++) {
            const casus_arg *a = &p->clauses[c].args[i];
            const uint32_t by = a->role == CASUS_ROLE_SUBJ ? d->words[a->token].item : CASUS_NONE;
            if (by != CASUS_NONE && by != item && !d->extras[by].dead &&
                d->mentions.items[by].kind == CASUS_MENTION_COUNTRY)
                return d->mentions.items[by].actor.country;
        }
    }
    return "";
}

bool know_doc_context(know_doc *d, bool places) {
    tally all[COUNTRIES_MOST];
    uint32_t n = 0;
    if (places && !d->scene) {
        d->scene = casus_base_arena_zero(d->scratch, d->parse->n_sentences, sizeof *d->scene);
        if (!d->scene) {
            know_out_of_memory(d);
            return false;
        }
    }
    for (uint32_t i = 0; i < d->mentions.n; i++) {
        const casus_mention *m = &d->mentions.items[i];
        if (m->kind == CASUS_MENTION_NONE || d->extras[i].dead) continue;
        uint32_t sent = d->extras[i].sent;
        if (is_backer(d, m)) continue;
        const char *country = m->actor.country;
        uint32_t weight = 2;
        if (m->kind == CASUS_MENTION_PLACE) {
            country = know_seat_of(d, m);
            weight = 3;
        } else if (m->kind == CASUS_MENTION_PERSON || m->kind == CASUS_MENTION_ORG) {
            weight = know_has_sector(&m->actor, "JRN") || is_channel(d, m) ? 0 : 1;
        }
        if (!country[0] || !weight) continue;
        if (places && m->has_place && is_scene(d, m)) {
            weight++;
            memcpy(d->scene[sent], country, 4); /* the last in the sentence */
        }
        count(all, &n, country, sent < 2 ? weight * 2 : weight);
    }
    d->spoken = casus_base_arena_get(d->scratch, ((size_t)n + 1) * sizeof *d->spoken);
    if (!d->spoken) {
        know_out_of_memory(d);
        return false;
    }
    for (uint32_t i = 0; i < n; i++) memcpy(d->spoken[i], all[i].country, 4);
    d->n_spoken = n;
    uint32_t best = CASUS_NONE, next = CASUS_NONE;
    for (uint32_t i = 0; i < n; i++) {
        if (best == CASUS_NONE || all[i].weight > all[best].weight) {
            next = best;
            best = i;
        } else if (next == CASUS_NONE || all[i].weight > all[next].weight) {
            next = i;
        }
    }
    memset(d->context, 0, 4);
    memset(d->context_other, 0, 4);
    if (best != CASUS_NONE) memcpy(d->context, all[best].country, 4);
    uint32_t para = CASUS_NONE; /* paragraphs that speak of it */
    d->context_paras = 0;
    for (uint32_t i = 0; i < d->mentions.n && best != CASUS_NONE; i++) {
        const casus_mention *m = &d->mentions.items[i];
        if (m->kind == CASUS_MENTION_NONE || d->extras[i].dead) continue;
        const uint32_t in = d->parse->sentences[d->extras[i].sent].para;
        if (memcmp(know_seat_of(d, m), d->context, 4) != 0 || in == para) continue;
        para = in;
        d->context_paras++;
    }
    if (next != CASUS_NONE) memcpy(d->context_other, all[next].country, 4);
    return true;
}

bool know_is_spoken(const know_doc *d, const char *country) {
    for (uint32_t i = 0; i < d->n_spoken; i++) {
        if (memcmp(d->spoken[i], country, 4) == 0) return true;
    }
    return false;
}

/* Country of the scene named in the sentence next to token t; "" when none is. */
static const char *scene_near(const know_doc *d, uint32_t t) {
    const casus_sentence *s = &d->parse->sentences[know_token(d, t)->sent];
    uint32_t best = CASUS_NONE, away = UINT32_MAX;
    uint32_t low = t > s->first + SCENE_TOKENS ? t - SCENE_TOKENS : s->first;
    uint32_t high = t + SCENE_TOKENS < s->last ? t + SCENE_TOKENS : s->last;
    for (uint32_t k = low; k < high; k++) {
        uint32_t i = d->words[k].item;
        if (i == CASUS_NONE || d->extras[i].dead) continue;
        const casus_mention *m = &d->mentions.items[i];
        if (!m->has_place || !is_scene(d, m)) continue;
        if (!know_seat_of(d, m)[0]) continue;
        uint32_t gap = k < t ? t - k : k - t;
        bool same = d->words[k].gov != CASUS_NONE && d->words[k].gov == d->words[t].gov;
        const casus_slice prep =
            d->words[k].prep; /* "seized three soldiers and took them into X" */
        const bool way = casus_slice_is(prep, "into") || casus_slice_is(prep, "to") ||
                         casus_slice_is(prep, "from");
        if (way) gap += SCENE_TOKENS / 2;
        if (!same) gap += SCENE_TOKENS;
        if (gap < away) {
            away = gap;
            best = i;
        }
    }
    if (best == CASUS_NONE) return "";
    return know_seat_of(d, &d->mentions.items[best]);
}

bool know_scene_beside(const know_doc *d, uint32_t t) {
    const casus_sentence *s = &d->parse->sentences[know_token(d, t)->sent];
    const uint32_t high = t + SCENE_TOKENS < s->last ? t + SCENE_TOKENS : s->last;
    for (uint32_t k = t > s->first + SCENE_TOKENS ? t - SCENE_TOKENS : s->first; k < high; k++) {
        const uint32_t i = d->words[k].item;
        if (i == CASUS_NONE || d->extras[i].dead || d->words[k].gov == CASUS_NONE) continue;
        if (d->words[k].gov != d->words[t].gov && d->words[k].gov != t) continue;
        const casus_mention *m = &d->mentions.items[i];
        if (m->has_place && is_scene(d, m) && know_seat_of(d, m)[0]) return true;
    }
    return false;
}

/* Subject of the clause that token t stands in as something else, or CASUS_NONE. */
static uint32_t doer_over(const know_doc *d, uint32_t t) {
    const know_word *w = &d->words[t];
    if (w->role == CASUS_ROLE_SUBJ || w->gov == CASUS_NONE || d->parse->n_clauses == 0)
        return CASUS_NONE;
    const uint32_t c = d->parse->clause_of[w->gov];
    if (c == CASUS_NONE) return CASUS_NONE;
    const casus_clause *k = &d->parse->clauses[c];
    for (uint32_t i = 0; i < k->n_args; i++)
        if (k->args[i].role == CASUS_ROLE_SUBJ && k->args[i].token != t)
            return d->words[k->args[i].token].item;
    return CASUS_NONE;
}

/* The country that the text speaks of most, unless it is of another matter than the paragraph of
 * token t: then the only other country that the sentence names, or "". Looks at no more than
 * SCENE_TOKENS words on either side. */
static const char *main_at(const know_doc *d, uint32_t t) {
    const casus_parse *p = d->parse;
    const casus_sentence *s = &p->sentences[know_token(d, t)->sent];
    const uint32_t by = doer_over(d, t);
    const char *doer = by == CASUS_NONE ? "" : d->mentions.items[by].actor.country;
    const char *other = "";
    bool several = false;
    const uint32_t low = t > SCENE_TOKENS ? t - SCENE_TOKENS : 0;
    const uint32_t high = t + SCENE_TOKENS < p->n_tokens ? t + SCENE_TOKENS : p->n_tokens;
    for (uint32_t k = low; k < high && d->context[0]; k++) {
        const uint32_t i = d->words[k].item;
        if (i == CASUS_NONE || d->extras[i].dead || k == t) continue;
        if (p->sentences[know_token(d, k)->sent].para != s->para) continue;
        const casus_mention *m = &d->mentions.items[i];
        const char *country = know_seat_of(d, m);
        if (!country[0] || d->extras[i].from_context) continue;
        if (memcmp(country, d->context, 4) == 0) return d->context;
        if (know_token(d, k)->sent != know_token(d, t)->sent || strcmp(country, doer) == 0)
            continue;
        several |= other[0] && strcmp(other, country) != 0;
        other = country;
    }
    if (d->context_paras > 1 || !p->n_sentences || p->sentences[p->n_sentences - 1].para == 0)
        return d->context;
    if (other[0] && !several) return other;
    return other[0] || doer[0] ? "" : d->context;
}

const char *know_context_at(const know_doc *d, uint32_t t) {
    uint32_t sent = know_token(d, t)->sent;
    if (d->scene) {
        const char *near = d->scene[sent][0] ? scene_near(d, t) : "";
        if (near[0]) return near;
        if (d->scene[sent][0]) return d->scene[sent];
        uint32_t para = d->parse->sentences[sent].para;
        if (sent > 0 && d->parse->sentences[sent - 1].para == para && d->scene[sent - 1][0]) {
            return d->scene[sent - 1];
        }
    }
    return main_at(d, t);
}

/* Has the country armed rebels of late, as far as the tables know? */
static bool has_rebels(const know_doc *d, const char *country) {
    const know_layer *l = &d->know->layers[d->know->n_layers - 1];
    uint32_t low = 0, high = l->n_mains;
    while (low < high) {
        const uint32_t mid = low + (high - low) / 2;
        const know_main *x = &l->mains[mid];
        const int c = memcmp(x->country, country, 4);
        if (c < 0 || (c == 0 && x->kind < KNOW_ARMED)) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    if (low == l->n_mains || memcmp(l->mains[low].country, country, 4) != 0 ||
        l->mains[low].kind != KNOW_ARMED)
        return false;
    const know_row *r = &l->rows[l->mains[low].row];
    if (r->n_sectors == 0 || memcmp(r->sectors[0], "REB", 3) != 0) return false;
    return d->day == CASUS_NO_DAY || r->to == INT32_MAX || r->to > d->day - REBELS_LATE;
}

const char *know_haunt_at(const know_doc *d, uint32_t t) {
    const uint32_t sent = know_token(d, t)->sent;
    const char *at = know_context_at(d, t);
    if (!at[0] || has_rebels(d, at)) return at;
    if (d->scene && d->scene[sent][0] && strcmp(d->scene[sent], at) == 0) return at;
    for (uint32_t i = 0; i < d->n_spoken; i++)
        if (has_rebels(d, d->spoken[i])) return d->spoken[i];
    return "";
}

const char *casus_know_country_at(const casus_mentions *mentions, const casus_parse *parse,
                                  uint32_t token) {
    const uint32_t sent = parse->tokens[token].sent;
    if (mentions->scenes) {
        if (mentions->scenes[sent][0]) return mentions->scenes[sent];
        if (sent > 0 && parse->sentences[sent - 1].para == parse->sentences[sent].para &&
            mentions->scenes[sent - 1][0])
            return mentions->scenes[sent - 1];
    }
    return mentions->country;
}

bool know_at_sea(const know_doc *d, uint32_t t) {
    static const char *const waters[] = {"sea",     "ocean",         "gulf",   "atlantic",
                                         "pacific", "mediterranean", "aegean", "baltic"};
    const casus_sentence *s = &d->parse->sentences[know_token(d, t)->sent];
    if (d->scene && d->scene[know_token(d, t)->sent][0]) return false;
    const uint32_t low = t > s->first + SCENE_TOKENS ? t - SCENE_TOKENS : s->first;
    const uint32_t high = t + SCENE_TOKENS < s->last ? t + SCENE_TOKENS : s->last;
    for (uint32_t k = low; k < high; k++) {
        const uint32_t i = d->words[k].item;
        if (i == CASUS_NONE || d->extras[i].dead) continue;
        const casus_mention *m = &d->mentions.items[i];
        if (!m->has_place || m->place.country[0] || !is_scene(d, m)) continue;
        for (uint32_t x = m->first; x < m->last; x++)
            for (size_t w = 0; w < sizeof waters / sizeof *waters; w++)
                if (casus_slice_is(know_token(d, x)->lower, waters[w])) return true;
    }
    return false;
}

bool know_is_order(const know_doc *d, uint32_t verb) {
    static const char *const words[] = {"order",   "instruct", "direct", "task",      "sack",
                                        "dismiss", "appoint",  "name",   "authorise", "authorize"};
    for (size_t i = 0; verb != CASUS_NONE && i < sizeof words / sizeof *words; i++) {
        if (casus_slice_is(know_token(d, verb)->lemma, words[i])) return true;
    }
    return false;
}

bool know_rules(const casus_actor *a, bool person) {
    return know_has_sector(a, "COP") || know_has_sector(a, "JUD") ||
           (know_has_sector(a, "GOV") && !person);
}

bool know_is_ousting(const know_doc *d, uint32_t verb) {
    static const char *const words[] = {"expel", "summon", "oust", "accredit", "host", "receive"};
    for (size_t i = 0; verb != CASUS_NONE && i < sizeof words / sizeof *words; i++) {
        if (casus_slice_is(know_token(d, verb)->lemma, words[i])) return true;
    }
    return false;
}

void know_officer(know_doc *d, uint32_t item) {
    casus_mention *m = &d->mentions.items[item];
    const uint32_t called =
        m->kind == CASUS_MENTION_PERSON && m->first > 0 ? m->first - 1 : m->head;
    if (!casus_slice_is(know_token(d, called)->lemma, "officer")) return;
    if (called == m->head && m->last != m->head + 1) return;
    if (!m->actor.n_sectors || memcmp(m->actor.sectors[0], "MIL", 3) != 0) return;
    const uint32_t low = m->first > SCENE_TOKENS ? m->first - SCENE_TOKENS : 0;
    for (uint32_t t = m->first; t-- > low;) {
        const uint32_t i = d->words[t].item;
        if (i == CASUS_NONE || d->extras[i].dead) continue;
        const casus_actor *a = &d->mentions.items[i].actor;
        if (know_has_sector(a, "MIL")) return;
        if (!know_has_sector(a, "COP")) continue;
        if (a->country[0] && m->actor.country[0] && strcmp(a->country, m->actor.country) != 0)
            return; /* of another state's police: soldiers, as a rule */
        memcpy(m->actor.sectors[0], "COP", 4);
        return;
    }
}
