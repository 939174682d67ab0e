/* score.c - how likely two records tell of one act: a sum of weights (log-odds) of what they agree
 * and differ in. The weights are data/weave/score.tsv; docs/weave.md tells what each feature is. */
#include "weave/weave_int.h"
#include <math.h>

#define EARTH_KM 6371.0
#define RADIAN 0.017453292519943295
#define NEAR_KM 40.0
#define FAR_KM 150.0
#define OLD_DAYS 20
#define CLOSE_BYTES 30u
#define FAR_BYTES 100u
#define REGION_KM 300.0 /* a town may be so far from the middle of its province */

static double distance(const weave_mark *a, const weave_mark *b) {
    const double x = sin((b->lat - a->lat) * RADIAN / 2), y = sin((b->lon - a->lon) * RADIAN / 2);
    const double h = x * x + cos(a->lat * RADIAN) * cos(b->lat * RADIAN) * y * y;
    return 2 * EARTH_KM * asin(sqrt(h < 1 ? h : 1));
}

/* "the attack", "the toll rises": told before. */
static bool points_back(const weave_mark *m) {
    return m->toll || (m->definite && m->noun);
}
/* Long before it was written of: what other acts are told with. */
static bool is_old(const weave_mark *m) {
    return m->day != CASUS_NO_DAY && m->to < m->day - OLD_DAYS;
}

/* Days between the publication of two reports that do not date the act; else 0. */
static int32_t days(const weave_mark *a, const weave_mark *b, double *f) {
    if (a->ongoing && b->ongoing) {
        f[WEAVE_ongoing_both] = 1;
        return 0;
    }
    f[WEAVE_ongoing_one] = a->ongoing || b->ongoing;
    if (a->from == CASUS_NO_DAY || b->from == CASUS_NO_DAY) {
        f[WEAVE_date_none] = 1;
        return 0;
    }
    const int32_t gap = a->from > b->to ? a->from - b->to : b->from > a->to ? b->from - a->to : 0;
    const bool long_one = a->to - a->from > 3 || b->to - b->from > 3;
    if (a->told && b->told) {
        f[gap > 0 ? WEAVE_date_conflict : long_one ? WEAVE_date_coarse : WEAVE_date_equal] = 1;
        f[WEAVE_date_old] = gap == 0 && is_old(a) && is_old(b);
        return 0;
    }
    if (a->told || b->told) {
        const weave_mark *undated = a->told ? b : a, *told = a->told ? a : b;
        const bool back = gap > 0 && told->to < undated->from && points_back(undated);
        f[back ? WEAVE_date_back : gap > 0 ? WEAVE_date_told_off : WEAVE_date_told_presumed] = 1;
        return 0; /* the undated one may well look back */
    }
    const int32_t apart = a->day > b->day ? a->day - b->day : b->day - a->day;
    f[apart == 0   ? WEAVE_day_same
      : apart == 1 ? WEAVE_day_gap1
      : apart <= 3 ? WEAVE_day_gap3
      : apart <= 7 ? WEAVE_day_gap7
                   : WEAVE_day_more] = 1;
    return apart;
}

static void places(const weave_mark *a, const weave_mark *b, double *f) {
    if (!a->place && !b->place) return;
    if (!a->place || !b->place) {
        f[WEAVE_place_one] = 1;
        return;
    }
    if (a->place == b->place) {
        f[WEAVE_place_same] = 1;
        f[WEAVE_place_rare] = a->place_rare && b->place_rare;
        return;
    }
    const bool one_country = a->place_country && a->place_country == b->place_country;
    if (a->place_wide != b->place_wide && one_country &&
        (a->place_wide == 2 || b->place_wide == 2)) {
        f[WEAVE_place_inside] = 1;
        return;
    }
    if (!isnan(a->lat) && !isnan(b->lat)) {
        const double km = distance(a, b);
        if (a->place_wide != b->place_wide && one_country && km < REGION_KM) {
            f[WEAVE_place_inside] = 1;
            return;
        }
        if (km < NEAR_KM) {
            f[WEAVE_place_near] = 1;
            return;
        }
        if (km > FAR_KM) {
            f[WEAVE_place_far] = 1;
            return;
        }
    }
    f[one_country ? WEAVE_place_country : WEAVE_place_far] = 1;
}

enum { NONE, ONE, CONFLICT, CODE, NAME };
/* How well two lists of sides agree. */
static int sides(const weave_side *a, uint32_t n, const weave_side *b, uint32_t m) {
    if (!n && !m) return NONE;
    if (!n || !m) return ONE;
    int best = CONFLICT;
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t k = 0; k < m; k++) {
            if (a[i].name && a[i].name == b[k].name) return NAME;
            /* a person and the body that he speaks for are not told apart */
            if (a[i].code && a[i].code == b[k].code &&
                (!(a[i].name && b[k].name) || a[i].person != b[k].person))
                best = CODE;
        }
    }
    return best;
}

/* Are actors and recipients of one country? */
static bool one_code(const weave_mark *m) {
    for (uint32_t i = 0; i < m->n_sides[0]; i++)
        for (uint32_t k = 0; k < m->n_sides[1]; k++)
            if (m->sides[0][i].code && m->sides[0][i].code == m->sides[1][k].code) return true;
    return false;
}

static void hit(const weave_mark *a, const weave_mark *b, double *f) {
    if (!a->n_hit || !b->n_hit) return;
    bool any = false;
    for (uint32_t i = 0; i < a->n_hit; i++)
        for (uint32_t k = 0; k < b->n_hit; k++) any = any || a->hit[i] == b->hit[k];
    f[any ? WEAVE_recipient_words : WEAVE_recipient_others] = 1;
}

static void who(const weave_mark *a, const weave_mark *b, double *f) {
    static const int actor[] = {-1, WEAVE_actor_one, WEAVE_actor_conflict, WEAVE_actor_code,
                                WEAVE_actor_name};
    static const int recipient[] = {-1, WEAVE_recipient_one, WEAVE_recipient_conflict,
                                    WEAVE_recipient_code, WEAVE_recipient_name};
    int x = sides(a->sides[0], a->n_sides[0], b->sides[0], b->n_sides[0]);
    int y = sides(a->sides[1], a->n_sides[1], b->sides[1], b->n_sides[1]);
    const int swap_x = sides(a->sides[0], a->n_sides[0], b->sides[1], b->n_sides[1]);
    const int swap_y = sides(a->sides[1], a->n_sides[1], b->sides[0], b->n_sides[0]);
    const bool at_home = one_code(a) || one_code(b); /* all are of one country: nothing to swap */
    if (x == CONFLICT && y <= CONFLICT && !at_home && (swap_x >= CODE || swap_y >= CODE)) {
        if (a->reciprocal || b->reciprocal) {
            x = swap_x >= CODE ? swap_x : x;
            y = swap_y;
        } else {
            f[WEAVE_swapped] = 1;
            x = y = NONE;
        }
    }
    f[WEAVE_one_sided] = a->reciprocal != b->reciprocal && a->n_sides[0] && b->n_sides[0];
    if (actor[x] >= 0) f[actor[x]] = 1;
    if (recipient[y] >= 0) f[recipient[y]] = 1;
    /* all countries of the one are those of the other, two or more */
    if (a->n_countries >= 2 && a->n_countries == b->n_countries &&
        memcmp(a->countries, b->countries, a->n_countries * sizeof *a->countries) == 0)
        f[WEAVE_sides_same] = 1;
}

static void counts(const weave_mark *a, const weave_mark *b, double *f) {
    bool equal = false, near = false, conflict = false, big = false;
    for (uint32_t i = 0; i < a->n_counts; i++) {
        for (uint32_t k = 0; k < b->n_counts; k++) {
            const weave_count *x = &a->counts[i], *y = &b->counts[k];
            if (x->kind != y->kind) continue;
            const int64_t p = x->min >= 0 ? x->min : x->max, q = y->min >= 0 ? y->min : y->max;
            if (p == q) {
                equal = true;
                big = big || p >= 5;
            } else if (p * 3 <= q * 4 && q * 3 <= p * 4)
                near = true;
            else
                conflict = true;
        }
    }
    /* "the toll rises to 40": the figures differ because it is the same act */
    const bool toll = !equal && (near || conflict) && (a->day > b->day ? a : b)->toll;
    f[equal  ? WEAVE_count_equal
      : toll ? WEAVE_count_toll
      : near ? WEAVE_count_near
             : WEAVE_count_conflict] = equal || near || conflict;
    f[WEAVE_harm_one] = a->harm != b->harm;
    f[WEAVE_harm_both] = a->harm && b->harm;
}

static void words(const weave_mark *a, const weave_mark *b, double *f) {
    double dot = 0, rare = 0;
    for (uint32_t i = 0, k = 0; i < a->n_words && k < b->n_words;) {
        if (a->words[i].key < b->words[k].key) {
            i++;
        } else if (a->words[i].key > b->words[k].key) {
            k++;
        } else {
            const double weight = (double)a->words[i].weight;
            dot += weight * weight;
            if (weight >= (double)WEAVE_RARE) rare += weight / (double)WEAVE_RAREST;
            i++;
            k++;
        }
    }
    if (a->norm > 0 && b->norm > 0) f[WEAVE_words] = dot / (a->norm * b->norm);
    f[WEAVE_rare] = rare < 4 ? rare : 4;
}

/* Words close to those of the acts: cosine. */
static double near(const weave_mark *a, const weave_mark *b) {
    double dot = 0, x = 0, y = 0;
    for (uint32_t i = 0; i < a->n_near; i++)
        x += (double)a->near[i].weight * (double)a->near[i].weight;
    for (uint32_t i = 0; i < b->n_near; i++)
        y += (double)b->near[i].weight * (double)b->near[i].weight;
    for (uint32_t i = 0, k = 0; i < a->n_near && k < b->n_near;) {
        if (a->near[i].key < b->near[k].key) {
            i++;
        } else if (a->near[i].key > b->near[k].key) {
            k++;
        } else {
            dot += (double)a->near[i].weight * (double)a->near[i].weight;
            i++;
            k++;
        }
    }
    return x > 0 && y > 0 ? dot / sqrt(x * y) : 0;
}

/* How two acts of one document, or of one sentence, stand to each other. */
static void arrangement(const weave_mark *a, const weave_mark *b, bool sentence, double *f) {
    const bool first = a->trigger_at <= b->trigger_at;
    const weave_mark *x = first ? a : b, *y = first ? b : a;
    if (!sentence) {
        f[WEAVE_another] = y->another;
        f[WEAVE_definite_later] = y->noun && y->definite;
        f[WEAVE_next_sentence] = y->begin <= x->end + 4;
        return;
    }
    const uint32_t gap = y->trigger_at - x->trigger_at;
    f[WEAVE_joined] = y->joined;
    f[WEAVE_subordinate] = y->subordinate_at != CASUS_NONE && y->subordinate_at > x->trigger_at;
    f[WEAVE_participle] = y->participle;
    f[WEAVE_close] = gap < CLOSE_BYTES;
    f[WEAVE_far] = gap > FAR_BYTES;
}

double weave_score(const weave_tables *t, const weave_mark *a, const weave_mark *b, int relation,
                   double *f) {
    memset(f, 0, WEAVE_N_FEATURES * sizeof *f);
    f[WEAVE_bias] = 1;
    f[WEAVE_linked] = (relation & WEAVE_LINKED) != 0;
    const int32_t gap = days(a, b, f);
    places(a, b, f);
    who(a, b, f);
    hit(a, b, f);
    counts(a, b, f);
    if (!(relation & WEAVE_SAME_SENTENCE)) {
        words(a, b, f);
        f[WEAVE_near] = near(a, b);
    }
    if (relation & WEAVE_SAME_DOC) arrangement(a, b, (relation & WEAVE_SAME_SENTENCE) != 0, f);
    if (gap > 0 && !(relation & WEAVE_SAME_DOC)) {
        /* does the later report point back, or is it news of its own? */
        const weave_mark *late = a->day > b->day ? a : b;
        const bool same_day = a->day == b->day;
        const bool back = points_back(late) || (same_day && points_back(a));
        f[back ? WEAVE_back : WEAVE_fresh] = 1;
        if (!back) {
            f[WEAVE_words_fresh] = f[WEAVE_words];
            f[WEAVE_rare_fresh] = f[WEAVE_rare];
            f[WEAVE_words] = f[WEAVE_rare] = 0;
            f[WEAVE_count_fresh] = f[WEAVE_count_near] + f[WEAVE_count_conflict];
        }
    }
    f[WEAVE_mode_same] = a->mode && a->mode == b->mode;
    f[WEAVE_mode_conflict] = a->mode && b->mode && a->mode != b->mode;
    f[WEAVE_trigger_same] = a->trigger && a->trigger == b->trigger;
    f[WEAVE_status_split] = a->ahead != b->ahead;
    f[WEAVE_both_verbs] = a->verb && b->verb;
    f[WEAVE_speech] = a->speech && b->speech && a->verb && b->verb;
    f[WEAVE_both_nouns] = a->noun && b->noun;
    f[WEAVE_verb_noun] = (a->verb && b->noun) || (a->noun && b->verb);
    const int row = relation & WEAVE_SAME_SENTENCE ? 0 : relation & WEAVE_SAME_DOC ? 1 : 2;
    const double *weights = t->score + row * WEAVE_N_FEATURES;
    double sum = 0;
    for (int i = 0; i < WEAVE_N_FEATURES; i++) sum += f[i] * weights[i];
    return sum;
}
