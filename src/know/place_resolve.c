/* place_resolve.c - which of its namesakes a name means in this text.
 *
 * One sense per name and document. Each namesake has a prior (its size and kind); then the names
 * of the text vote for each other's countries, divisions and neighbourhoods (cells of CELL degrees
 * with those round them), a few rounds long. "X, State" decides at once. Votes are sums in a hash
 * table, so that the cost is linear in the names of the text, each with at most
 * PLACE_NAMESAKES_MOST namesakes.
 */
#include "know/place_int.h"

#include <math.h>

#define ROUNDS 4
#define CELL 1.5
#define W_SIZE 1.3f    /* of ten times the people */
#define W_ALT 2.0f     /* known by another name */
#define W_COUNTRY 5.0f /* all other names in this country */
#define W_ADMIN 10.0f
#define W_NEAR 6.0f
#define W_NATION .5f /* a nation named without a place */
#define W_FIXED 4.0f /* weight of a name that the text itself explains */
#define PRIOR_SMALL (W_SIZE * 5.4f)

typedef struct vote {
    uint64_t key; /* 0 free */
    float weight;
} vote;

typedef struct ballot {
    vote *slots;
    uint32_t n; /* power of two */
} ballot;

static uint64_t mix(uint64_t a, uint64_t b) {
    return place_hash_end(a * 0x9E3779B97F4A7C15ull + b + 1);
}
static uint64_t country_key(const char country[4]) {
    uint32_t c = 0;
    memcpy(&c, country, 3);
    return mix(1, c);
}
static uint64_t admin_key(const char country[4], uint32_t admin) {
    return mix(country_key(country), admin);
}
static uint64_t cell_key(int x, int y) {
    return mix(2, (uint64_t)(uint32_t)x << 32 | (uint32_t)y);
}

static float *slot(ballot *b, uint64_t key, bool make) {
    static const float nothing = 0;
    for (uint32_t i = (uint32_t)key & (b->n - 1);; i = (i + 1) & (b->n - 1)) {
        if (b->slots[i].key == key) return &b->slots[i].weight;
        if (b->slots[i].key == 0) {
            if (!make) return NULL;
            b->slots[i].key = key;
            b->slots[i].weight = nothing;
            return &b->slots[i].weight;
        }
    }
}
static float votes(ballot *b, uint64_t key) {
    const float *w = slot(b, key, false);
    return w ? *w : 0;
}

/* ---- groups and their choices --------------------------------------------------------------- */

static bool has_admin(const place_choice *c) {
    return c->admin != 0 && c->country[0];
}

/* Does `big` (a country or division) hold `small`? */
static bool holds(const place_choice *big, const place_choice *small) {
    if (!big->country[0] || memcmp(big->country, small->country, 3) != 0) return false;
    if (!big->record) return true;
    if (big->record->kind == PLACE_STATE) return big->admin && big->admin == small->admin;
    return (big->record->kind == PLACE_DISTRICT || big->record->kind == PLACE_CITY) &&
           small->record && big->admin == small->admin && big->record != small->record;
}

static float prior_of(const place_record *r, uint32_t flags) {
    float people = r->population > 100 ? (float)r->population : 100.0f;
    float p = W_SIZE * log10f(people);
    switch ((place_kind)r->kind) {
    case PLACE_STATE:
        p = W_SIZE * 6.4f;
        break;
    case PLACE_CONTINENT:
    case PLACE_SEA:
        p = W_SIZE * 7;
        break;
    case PLACE_REGION:
        p = W_SIZE * 6;
        break;
    case PLACE_RIVER:
    case PLACE_LAKE:
    case PLACE_MOUNTAIN:
    case PLACE_ISLAND:
        p = W_SIZE * 5;
        break;
    case PLACE_DISTRICT:
        p = W_SIZE * 4.5f;
        break;
    default:
        if (r->id == 0) p = W_SIZE * 4.7f; /* chosen for our tables: well known */
        break;
    }
    return flags & PLACE_ALT ? p - W_ALT : p;
}

static place_choice *choice_new(place_doc *d) {
    place_choice *a = casus_base_arena_grow(d->scratch, d->choices, d->n_choices,
                                            (size_t)d->n_choices + 1, &d->cap_choices, sizeof *a);
    if (!a) return NULL;
    d->choices = a;
    a += d->n_choices++;
    memset(a, 0, sizeof *a);
    return a;
}

static bool fill_choices(place_doc *d, place_group *g, const place_span *s) {
    g->first = d->n_choices;
    if (s->item != CASUS_NONE) {
        const casus_mention *m = &d->mentions->items[s->item];
        bool same = m->first == s->first && m->last == s->last;
        if (m->kind == CASUS_MENTION_COUNTRY && m->has_place && same) {
            place_choice *c = choice_new(d);
            if (!c) return false;
            memcpy(c->country, m->place.country, 4);
            c->name = m->place.name;
            c->lat = m->place.lat;
            c->lon = m->place.lon;
            c->prior = W_SIZE * 7.3f;
            g->country = true;
        }
    }
    const place_entry *e = NULL;
    uint32_t n = place_lookup(d->places, g->hash, &e);
    for (uint32_t i = 0; i < n; i++) {
        const place_record *r = place_at(d->places, e[i].place);
        if (!r) continue;
        place_choice *c = choice_new(d);
        if (!c) return false;
        c->record = r;
        memcpy(c->country, r->country, 3);
        c->admin = r->admin;
        bool known = r->lat != PLACE_NOWHERE && !r->zero[0];
        c->lat = known ? r->lat / 1e5 : (double)NAN;
        c->lon = known ? r->lon / 1e5 : (double)NAN;
        c->alt = e[i].place & PLACE_ALT;
        c->prior = prior_of(r, e[i].place);
        if (g->country) {
            const place_choice *whole = &d->choices[g->first];
            bool part = memcmp(whole->country, c->country, 3) == 0 && r->id == 0 && !c->alt &&
                        !casus_slice_eq(whole->name, place_name_of(d->places, r));
            c->prior += part ? 4 : c->alt ? -5 : -1.5f; /* "Scotland"; "Lebanon, Pa." */
        }
        if (s->item != CASUS_NONE) { /* a capital, by the tables */
            const casus_mention *m = &d->mentions->items[s->item];
            const char *home = m->place.country[0] ? m->place.country : m->actor.country;
            if (m->kind != CASUS_MENTION_COUNTRY && memcmp(home, c->country, 3) == 0 && !c->alt) {
                c->prior += 1;
            }
        }
    }
    g->n = d->n_choices - g->first;
    return true;
}

/* "the village of X", "X Province": the namesakes of that kind gain. */
static void want_kind(place_doc *d, const place_group *g, uint8_t want) {
    for (uint32_t k = 0; k < g->n; k++) {
        place_choice *c = &d->choices[g->first + k];
        if (!c->record) continue;
        bool town = c->record->kind == PLACE_CITY || c->record->kind == PLACE_VILLAGE;
        bool right = c->record->kind == want || (town && want == PLACE_CITY);
        if (right) c->prior += want == PLACE_CITY ? 1.0f : 2.0f;
    }
}

static bool join_group(place_doc *d, uint32_t i) {
    place_span *s = &d->spans[i];
    uint64_t hash = d->pieces[d->piece_of[s->first]].hash;
    uint32_t at = (uint32_t)hash & (d->n_slots - 1);
    while (d->slots[at] && d->groups[d->slots[at] - 1].hash != hash) {
        at = (at + 1) & (d->n_slots - 1);
    }
    if (!d->slots[at]) {
        place_group *a = casus_base_arena_grow(d->scratch, d->groups, d->n_groups,
                                               (size_t)d->n_groups + 1, &d->cap_groups, sizeof *a);
        if (!a) return false;
        d->groups = a;
        memset(&a[d->n_groups], 0, sizeof *a);
        a[d->n_groups].hash = hash;
        a[d->n_groups].best = a[d->n_groups].spans = CASUS_NONE;
        if (!fill_choices(d, &a[d->n_groups], s)) return false;
        d->slots[at] = ++d->n_groups;
    }
    s->group = d->slots[at] - 1;
    place_group *g = &d->groups[s->group];
    s->next = g->spans;
    g->spans = i;
    if (s->evidence >= 2) {
        g->sure = true;
        g->count++;
    }
    if (s->evidence == 3 && s->want != PLACE_KINDS) want_kind(d, g, s->want);
    return true;
}

/* The names of countries first, so that a country is among the choices of all its mentions. */
static bool make_groups(place_doc *d) {
    d->n_slots = 16;
    while (d->n_slots < d->n_spans * 2) d->n_slots *= 2;
    d->slots = casus_base_arena_zero(d->scratch, d->n_slots, sizeof *d->slots);
    if (!d->slots) return false;
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < d->n_spans; i++) {
            place_span *s = &d->spans[i];
            if (s->barred || s->unknown) {
                s->group = CASUS_NONE;
                continue;
            }
            bool country =
                s->item != CASUS_NONE && d->mentions->items[s->item].kind == CASUS_MENTION_COUNTRY;
            if (country == (pass == 0) && !join_group(d, i)) return false;
        }
    }
    return true;
}

/* ---- what the text says: "X, State" --------------------------------------------------------- */

/* "Bari, Puntland, Somalia": between the two stands a name that no gazetteer has. */
static bool over_region(const place_doc *d, const place_span *a, const place_span *b) {
    const casus_token *k = d->parse->tokens;
    if (b->first < a->last + 3 || b->first > a->last + 5 || b->item == CASUS_NONE) return false;
    if (d->mentions->items[b->item].kind != CASUS_MENTION_COUNTRY) return false;
    if (!casus_slice_is(k[a->last].form, ",") || !casus_slice_is(k[b->first - 1].form, ",")) {
        return false;
    }
    for (uint32_t t = a->last + 1; t < b->first - 1; t++) {
        if (k[t].pos != CASUS_POS_PROPN) return false;
    }
    return true;
}

static bool comma_between(const place_doc *d, const place_span *a, const place_span *b) {
    if (d->parse->tokens[a->last - 1].sent != d->parse->tokens[b->first].sent) return false;
    if (b->first == a->last) return b->abbr;
    if (over_region(d, a, b)) return true;
    return b->first == a->last + 1 && casus_slice_is(d->parse->tokens[a->last].form, ",");
}

/* "Paris in Texas", "Goris in Armenia's Syunik province" */
static bool in_between(const place_doc *d, const place_span *a, const place_span *b) {
    if (d->parse->tokens[a->last - 1].sent != d->parse->tokens[b->first].sent) return false;
    if (b->first <= a->last || b->first > a->last + 3) return false;
    if (!casus_slice_is(d->parse->tokens[a->last].lower, "in")) return false;
    for (uint32_t t = a->last + 1; t < b->first; t++) {
        if (d->piece_of[t] == d->piece_of[t + 1]) return false;
        uint32_t c = d->pieces[d->piece_of[t]].classes;
        if (!(c & (PLACE_W_PARTS | PLACE_W_JOIN))) return false;
    }
    return true;
}

/* Keeps of group g the choices that some choice of `in` holds; false when there are none. */
static bool restrict_to(place_doc *d, place_group *g, const place_group *in) {
    uint32_t kept = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < g->n; i++) {
            place_choice *c = &d->choices[g->first + i];
            bool ok = false;
            for (uint32_t k = 0; k < in->n && !ok; k++) {
                const place_choice *b = &d->choices[in->first + k];
                if (b->record && b->record->kind != PLACE_STATE &&
                    b->record->kind != PLACE_DISTRICT)
                    continue;
                ok = holds(b, c) && !(c->record && c->record->kind == PLACE_STATE && b->record);
            }
            if (!ok) continue;
            if (pass == 1) {
                c->prior += 12;
            } else {
                kept++;
            }
        }
        if (!kept) return false;
    }
    return true;
}

static bool is_small(const place_doc *d, const place_group *g) {
    if (g->country) return false;
    for (uint32_t i = 0; i < g->n; i++) {
        if (d->choices[g->first + i].prior > PRIOR_SMALL) return false;
    }
    return true;
}

/* None of the namesakes is meant. */
static void forget(place_doc *d, place_group *g) {
    for (uint32_t i = g->spans; i != CASUS_NONE; i = d->spans[i].next) {
        d->spans[i].group = CASUS_NONE;
        d->spans[i].unknown = true;
    }
    g->n = g->count = 0;
    g->sure = false;
}

/* "China, Japan and Brazil", "Oregon, Washington and Idaho": names of one kind make a list. */
static bool listed(const place_doc *d, const place_group *g, const place_group *h) {
    bool state = false;
    for (uint32_t k = 0; k < h->n; k++) {
        const place_record *r = d->choices[h->first + k].record;
        if (r && r->kind == PLACE_STATE) state = true;
    }
    if (g->country && h->country && !state) return true;
    for (uint32_t i = 0; i < g->n; i++) {
        const place_choice *a = &d->choices[g->first + i];
        if (!a->record || a->record->kind != PLACE_STATE) continue;
        for (uint32_t k = 0; k < h->n; k++) {
            const place_choice *b = &d->choices[h->first + k];
            if (b->record && b->record->kind == PLACE_STATE &&
                memcmp(a->country, b->country, 3) == 0)
                return true;
        }
    }
    return false;
}

static void explain(place_doc *d) {
    for (uint32_t i = 0; i + 1 < d->n_spans; i++) {
        place_span *a = &d->spans[i], *b = &d->spans[i + 1];
        if (a->group == CASUS_NONE || b->group == CASUS_NONE || a->group == b->group) continue;
        bool comma = comma_between(d, a, b), in = !comma && in_between(d, a, b);
        if (!comma && !in) continue;
        place_group *g = &d->groups[a->group], *h = &d->groups[b->group];
        if (g->fixed && b->evidence >= 2) {
            a->inside = i + 1;
            continue;
        }
        if (comma && a->evidence == 0 && !b->abbr && b->evidence < 2) continue;
        if (comma && !b->abbr && listed(d, g, h)) continue;
        const place_span *z = comma && i + 2 < d->n_spans ? &d->spans[i + 2] : NULL;
        if (!restrict_to(d, g, h)) {
            /* "Bari, Puntland, Somalia": by the country behind a region that is not known so */
            bool third = z && z->group != CASUS_NONE && z->group != a->group &&
                         d->groups[z->group].country && comma_between(d, b, z);
            if (third && a->evidence >= 1 && restrict_to(d, g, &d->groups[z->group])) {
                g->fixed = g->sure = true;
                if (a->evidence < 2) g->count++;
                a->evidence = 3;
                continue;
            }
            /* "the town of Tine, Chad", of which only namesakes are known, all small */
            if (comma && h->country && b->evidence >= 2 && a->evidence >= 1 && is_small(d, g)) {
                forget(d, g);
            }
            continue;
        }
        a->inside = i + 1;
        if (comma || a->evidence >= 2) g->fixed = g->sure = true;
        if (comma) {
            if (a->evidence < 2) g->count++;
            a->evidence = 3;
            if (b->evidence < 2) h->count++;
            b->evidence = 3;
            h->sure = true;
            if (b->abbr) {
                for (uint32_t k = 0; k < h->n; k++) {
                    const place_record *r = d->choices[h->first + k].record;
                    if (r && r->kind == PLACE_STATE) d->choices[h->first + k].prior += 4;
                }
            }
        }
    }
}

/* ---- votes ---------------------------------------------------------------------------------- */

static int cell_of(double degrees) {
    return (int)floor(degrees / CELL);
}

/* A choice's share of its group's vote, cast or (sign -1) taken back. */
static void cast(ballot *b, const place_choice *c, float weight) {
    if (c->country[0]) *slot(b, country_key(c->country), true) += weight;
    if (!c->record) return;
    if (has_admin(c)) *slot(b, admin_key(c->country, c->admin), true) += weight;
    bool point = c->record->kind != PLACE_STATE && c->record->kind != PLACE_CONTINENT &&
                 c->record->kind != PLACE_SEA;
    if (point && !isnan(c->lat))
        *slot(b, cell_key(cell_of(c->lon), cell_of(c->lat)), true) += weight;
}

static float near_votes(ballot *b, const place_choice *c) {
    if (isnan(c->lat)) return 0;
    float sum = 0;
    int x = cell_of(c->lon), y = cell_of(c->lat);
    for (int i = -1; i <= 1; i++) {
        for (int k = -1; k <= 1; k++) sum += votes(b, cell_key(x + i, y + k));
    }
    return sum;
}

static float group_weight(const place_group *g) {
    float w = 1 + log2f((float)(g->count ? g->count : 1));
    if (g->fixed) w *= W_FIXED;
    return g->sure ? w : 0.1f;
}

/* The shares of a group's choices from prior and support. */
static void weigh(place_doc *d, const place_group *g, bool supported) {
    float top = -1e9f, sum = 0;
    place_choice *c = &d->choices[g->first];
    for (uint32_t i = 0; i < g->n; i++) {
        float s = c[i].prior + (supported ? c[i].vote : 0);
        if (s > top) top = s;
    }
    for (uint32_t i = 0; i < g->n; i++) {
        c[i].weight = expf(c[i].prior + (supported ? c[i].vote : 0) - top);
        sum += c[i].weight;
    }
    for (uint32_t i = 0; i < g->n; i++) c[i].weight /= sum;
}

/* The nations that the text speaks of without naming a place ("Lebanese police") vote for their
 * countries, each mention with little weight; the sum. */
static float nations(const place_doc *d, ballot *b) {
    float sum = 0;
    for (uint32_t i = 0; i < d->mentions->n; i++) {
        const casus_mention *m = &d->mentions->items[i];
        if (m->kind == CASUS_MENTION_NONE || m->has_place || !m->actor.country[0]) continue;
        *slot(b, country_key(m->actor.country), true) += W_NATION;
        sum += W_NATION;
    }
    return sum;
}

static bool vote_rounds(place_doc *d) {
    ballot b = {.n = 64};
    while (b.n < d->n_choices * 8 + d->mentions->n) b.n *= 2;
    b.slots = casus_base_arena_get(d->scratch, b.n * sizeof *b.slots);
    if (!b.slots) return false;
    for (uint32_t i = 0; i < d->n_groups; i++) weigh(d, &d->groups[i], false);
    for (int round = 0; round < ROUNDS; round++) {
        memset(b.slots, 0, b.n * sizeof *b.slots);
        float total = nations(d, &b);
        for (uint32_t i = 0; i < d->n_groups; i++) {
            const place_group *g = &d->groups[i];
            float w = group_weight(g);
            total += w;
            for (uint32_t k = 0; k < g->n; k++) {
                const place_choice *c = &d->choices[g->first + k];
                if (c->weight > .002f) cast(&b, c, w * c->weight);
            }
        }
        for (uint32_t i = 0; i < d->n_groups; i++) {
            const place_group *g = &d->groups[i];
            float w = group_weight(g), rest = total - w;
            place_choice *c = &d->choices[g->first];
            for (uint32_t k = 0; k < g->n; k++) { /* without its own */
                if (c[k].weight > .002f) cast(&b, &c[k], -w * c[k].weight);
            }
            float scale = rest > 0 ? 1 / (rest + .5f) : 0;
            for (uint32_t k = 0; k < g->n; k++) {
                float v = 0;
                if (c[k].country[0]) v += W_COUNTRY * votes(&b, country_key(c[k].country));
                if (has_admin(&c[k])) {
                    v += W_ADMIN * votes(&b, admin_key(c[k].country, c[k].admin));
                }
                if (c[k].record) v += W_NEAR * near_votes(&b, &c[k]);
                c[k].vote = v * scale;
            }
            for (uint32_t k = 0; k < g->n; k++) {
                if (c[k].weight > .002f) cast(&b, &c[k], w * c[k].weight);
            }
        }
        for (uint32_t i = 0; i < d->n_groups; i++) weigh(d, &d->groups[i], true);
    }
    return true;
}

/* A county without coordinates of its own lies where the text's other places of its state lie. */
static void place_vague(place_doc *d, place_choice *c) {
    double lat = 0, lon = 0, n = 0;
    for (uint32_t i = 0; i < d->n_groups && i < 256; i++) {
        const place_group *g = &d->groups[i];
        if (g->best == CASUS_NONE || !g->sure) continue;
        const place_choice *o = &d->choices[g->best];
        if (!o->record || isnan(o->lat) || o->record->kind != PLACE_CITY) continue;
        if (memcmp(o->country, c->country, 3) != 0 || o->admin != c->admin) continue;
        lat += o->lat * g->count;
        lon += o->lon * g->count;
        n += g->count;
    }
    c->lat = n > 0 ? lat / n : c->record->lat == PLACE_NOWHERE ? (double)NAN : c->record->lat / 1e5;
    c->lon = n > 0 ? lon / n : c->record->lon == PLACE_NOWHERE ? (double)NAN : c->record->lon / 1e5;
}

bool place_doc_resolve(place_doc *d) {
    if (!make_groups(d)) return false;
    explain(d);
    if (!vote_rounds(d)) return false;
    for (uint32_t i = 0; i < d->n_groups; i++) {
        place_group *g = &d->groups[i];
        float top = -1;
        for (uint32_t k = 0; k < g->n; k++) {
            if (d->choices[g->first + k].weight > top) {
                top = d->choices[g->first + k].weight;
                g->best = g->first + k;
            }
        }
    }
    for (uint32_t i = 0, vague = 0; i < d->n_groups && vague < 64; i++) {
        place_group *g = &d->groups[i];
        if (g->best == CASUS_NONE) continue;
        place_choice *c = &d->choices[g->best];
        if (c->record && c->record->zero[0]) {
            place_vague(d, c);
            vague++;
        }
    }
    return true;
}
