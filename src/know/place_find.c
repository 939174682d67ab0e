/* place_find.c - places of a document into its mentions. */
#include "know/place_int.h"

#include <math.h>

/* "geonames:616052", or "casus:donbas-ukr" for what our own tables name */
static casus_slice id_of(place_doc *d, const place_record *r, casus_slice name) {
    if (r->id) return casus_base_arena_format(d->arena, "geonames:%u", (unsigned)r->id);
    casus_slice key = place_key(d->scratch, name);
    if (!key.ptr) return key;
    casus_slice id =
        casus_base_arena_format(d->arena, "casus:%.*s%s%.3s", (int)key.len, key.ptr,
                                r->country[0] ? "-" : "", r->country[0] ? r->country : "");
    if (!id.ptr) return id;
    char *c = (char *)(uintptr_t)id.ptr;
    for (uint32_t i = 0; i < id.len; i++) {
        if (c[i] == ' ') c[i] = '-';
        if (c[i] >= 'A' && c[i] <= 'Z') c[i] = (char)(c[i] + 32);
    }
    return id;
}

static uint8_t grain_of(const place_record *r) {
    switch ((place_kind)r->kind) {
    case PLACE_CONTINENT:
    case PLACE_SEA:
        return CASUS_PLACE_WIDE;
    case PLACE_COUNTRY:
        return CASUS_PLACE_COUNTRY;
    case PLACE_REGION:
        return r->country[0] ? CASUS_PLACE_PART : CASUS_PLACE_WIDE;
    case PLACE_STATE:
    case PLACE_RIVER:
    case PLACE_LAKE:
    case PLACE_MOUNTAIN:
    case PLACE_ISLAND:
        return CASUS_PLACE_PART;
    case PLACE_DISTRICT:
        return CASUS_PLACE_DISTRICT;
    default:
        return CASUS_PLACE_POINT;
    }
}

static bool fill(place_doc *d, casus_place *p, const place_choice *c) {
    memset(p, 0, sizeof *p);
    p->name = c->record ? place_name_of(d->places, c->record) : c->name;
    memcpy(p->country, c->country, 3);
    p->lat = c->lat;
    p->lon = c->lon;
    p->grain = c->record ? grain_of(c->record) : CASUS_PLACE_COUNTRY;
    if (!c->record) return true;
    p->id = id_of(d, c->record, p->name);
    return p->id.ptr != NULL;
}

static bool append(place_doc *d, const place_span *s, const place_choice *c) {
    uint32_t n = d->mentions->n;
    casus_mention *a =
        casus_base_arena_grow(d->growing, d->mentions->items, n, (size_t)n + 1, d->cap, sizeof *a);
    if (!a) return false;
    d->mentions->items = a;
    for (uint32_t t = s->first; t < s->end; t++) { /* "Washington State" */
        uint32_t o = d->cover[t];
        if (o == CASUS_NONE || a[o].kind != CASUS_MENTION_PLACE) continue;
        if (a[o].first >= s->first && a[o].last <= s->end) a[o].kind = CASUS_MENTION_NONE;
    }
    casus_mention *m = &a[n];
    memset(m, 0, sizeof *m);
    m->first = s->first;
    m->last = s->end;
    m->head = s->head;
    m->kind = CASUS_MENTION_PLACE;
    m->chain = n;
    m->has_place = true;
    d->mentions->n = n + 1;
    return fill(d, &m->place, c);
}

static bool is_government(const casus_mention *m) {
    return m->actor.n_sectors == 1 && memcmp(m->actor.sectors[0], "GOV", 3) == 0;
}

/* No table knows it: its words, and its country where "X, Country" tells. */
static bool give_unknown(place_doc *d, uint32_t i) {
    const place_span *s = &d->spans[i];
    if (s->item != CASUS_NONE) return true;
    place_choice none = {.lat = (double)NAN, .lon = (double)NAN};
    const casus_token *k = d->parse->tokens;
    none.name = casus_slice_of(k[s->first].form.ptr, k[s->last - 1].end - k[s->first].begin);
    const place_span *n = i + 1 < d->n_spans ? &d->spans[i + 1] : NULL;
    if (n && n->first == s->last + 1 && casus_slice_is(k[s->last].form, ",") &&
        k[n->first].sent == k[s->first].sent && n->group != CASUS_NONE) {
        const place_group *g = &d->groups[n->group];
        if (g->best != CASUS_NONE) memcpy(none.country, d->choices[g->best].country, 4);
    }
    if (!append(d, s, &none)) return false;
    d->mentions->items[d->mentions->n - 1].place.grain = CASUS_PLACE_POINT;
    return true;
}

/* "Taliban": called by its own name, which is no town's first of all. */
static bool is_own_name(const place_doc *d, const casus_mention *m) {
    const casus_token *k = d->parse->tokens;
    const casus_slice text = d->parse->text->text;
    const uint32_t begin = k[m->first].begin;
    return casus_slice_eq(casus_slice_of(text.ptr + begin, k[m->last - 1].end - begin),
                          m->actor.name);
}

static bool give(place_doc *d, const place_span *s, const place_choice *c) {
    if (s->item == CASUS_NONE) return append(d, s, c);
    casus_mention *m = &d->mentions->items[s->item];
    bool same = m->first == s->first && m->last == s->last;
    if (m->kind == CASUS_MENTION_COUNTRY) {
        if (!c->record) return true; /* the country itself: its place is there */
        if (!m->has_place) return true;
        if (same && memcmp(m->actor.country, c->country, 3) == 0) {
            return fill(d, &m->place, c); /* "Scotland": as an actor its country, as a place not */
        }
        m->kind = CASUS_MENTION_NONE; /* "Georgia" the state; a longer name round it */
        return append(d, s, c);
    }
    if (!c->record) return true;
    if (m->kind == CASUS_MENTION_GROUP && same && s->evidence == 3) {
        m->kind = CASUS_MENTION_NONE; /* "in Kachin": the state, not the people */
        return append(d, s, c);
    }
    if (m->kind == CASUS_MENTION_PLACE && !same && m->first >= s->first && m->last <= s->last) {
        m->kind = CASUS_MENTION_NONE; /* "New London" */
        return append(d, s, c);
    }
    if (m->kind == CASUS_MENTION_PLACE && (same || !m->has_place)) {
        m->has_place = true;
        return fill(d, &m->place, c);
    }
    bool elsewhere = memcmp(m->actor.country, c->country, 3) != 0;
    if (m->kind == CASUS_MENTION_ORG && same && elsewhere && s->evidence >= 2 && c->weight > .8f &&
        is_government(m) && !is_own_name(d, m)) {
        m->kind = CASUS_MENTION_NONE; /* London in Ontario is no government */
        return append(d, s, c);
    }
    if (m->kind == CASUS_MENTION_ORG && same && memcmp(m->actor.country, c->country, 3) == 0) {
        m->has_place = true; /* a capital that stands for a government is still a place */
        return fill(d, &m->place, c);
    }
    return true;
}

#define LONELY 5000u /* people */

/* "Old Dominion University in Norfolk, Virginia": a small place within a longer name, in another
 * country than one that the sentence spells out. */
static bool is_misled(const place_doc *d, uint32_t i) {
    const place_span *s = &d->spans[i];
    const casus_token *k = d->parse->tokens;
    const place_choice *c = &d->choices[d->groups[s->group].best];
    const bool before = s->first > 0 && k[s->first - 1].pos == CASUS_POS_PROPN &&
                        k[s->first - 1].sent == k[s->first].sent;
    const bool behind = s->last < d->parse->n_tokens && k[s->last].pos == CASUS_POS_PROPN;
    if ((!before && !behind) || !c->record || c->record->id == 0 || !c->country[0]) return false;
    if (c->record->population > 100000 || d->groups[s->group].fixed) return false;
    const uint32_t low = i > 8 ? i - 8 : 0, high = i + 9 < d->n_spans ? i + 9 : d->n_spans;
    for (uint32_t x = low; x < high; x++) {
        const place_span *o = &d->spans[x];
        if (x == i || o->group == CASUS_NONE || o->barred) continue;
        if (k[o->first].sent != k[s->first].sent) continue;
        const place_group *g = &d->groups[o->group];
        if (g->best == CASUS_NONE || !(g->fixed || g->country)) continue;
        const place_choice *there = &d->choices[g->best];
        if (there->country[0] && memcmp(there->country, c->country, 3) != 0) return true;
    }
    return false;
}

#define NATIONS_MOST 64u

typedef struct nation_set {
    char of[NATIONS_MOST][4];
    uint32_t n;
} nation_set;

static bool is_among(const nation_set *all, const char country[4]) {
    for (uint32_t i = 0; i < all->n; i++) {
        if (memcmp(all->of[i], country, 3) == 0) return true;
    }
    return false;
}

static void add_nation(nation_set *all, const char country[4]) {
    if (!country[0] || all->n == NATIONS_MOST || is_among(all, country)) return;
    memcpy(all->of[all->n++], country, 4);
}

/* The countries that the text speaks of by nations and actors, and by its larger places. */
static void spoken_of(const place_doc *d, nation_set *all) {
    for (uint32_t i = 0; i < d->mentions->n; i++) {
        const casus_mention *m = &d->mentions->items[i];
        if (m->kind != CASUS_MENTION_NONE) add_nation(all, m->actor.country);
    }
    if (!all->n) return;
    for (uint32_t i = 0; i < d->n_groups; i++) {
        const place_group *g = &d->groups[i];
        if (g->best == CASUS_NONE || !g->sure) continue;
        const place_choice *c = &d->choices[g->best];
        const bool large = !c->record || c->record->id == 0 || c->record->population > LONELY;
        if (large || g->fixed) add_nation(all, c->country);
    }
}

/* A village in a country that the text does not speak of, where it speaks of two others: hardly
 * the one that is meant. */
static bool is_lonely(const place_doc *d, const place_span *s, const nation_set *all) {
    const place_group *g = &d->groups[s->group];
    const place_choice *c = &d->choices[g->best];
    if (all->n < 2 || all->n == NATIONS_MOST || g->fixed || !c->record || !c->record->id)
        return false;
    const bool town = c->record->kind == PLACE_CITY || c->record->kind == PLACE_VILLAGE;
    return town && c->country[0] && c->record->population < LONELY && !is_among(all, c->country);
}

static bool is_dash(const casus_token *k) {
    return casus_slice_is(k->form, "-") || casus_slice_is(k->form, "\xE2\x80\x93") ||
           casus_slice_is(k->form, "\xE2\x80\x94") || casus_slice_is(k->form, "/");
}

/* "the Armenian-Azerbaijani border", "the Israel-Lebanon border": a place without coordinates,
 * named by all its words; the nations before it stay mentions of their own. */
static bool borders(place_doc *d) {
    const casus_token *k = d->parse->tokens;
    for (uint32_t t = 1; t < d->parse->n_tokens; t++) {
        if (!casus_slice_is(k[t].lower, "border") && !casus_slice_is(k[t].lower, "frontier"))
            continue;
        if (d->cover[t] != CASUS_NONE || d->mentions->at[t] != CASUS_NONE) continue;
        uint32_t first = t, nations = 0;
        while (first > 0 && t - first < 8 && k[first - 1].sent == k[t].sent) {
            uint32_t o = d->cover[first - 1];
            bool nation = o != CASUS_NONE && d->mentions->items[o].kind == CASUS_MENTION_COUNTRY;
            if (!nation && !(first < t && is_dash(&k[first - 1]))) break;
            nations += nation;
            first--;
        }
        while (first < t && is_dash(&k[first])) first++;
        if (!nations || first == t) continue;
        place_span s = {.first = t, .last = t + 1, .end = t + 1, .head = t, .item = CASUS_NONE};
        place_choice none = {.lat = (double)NAN, .lon = (double)NAN};
        none.name = casus_slice_of(k[first].form.ptr, k[t].end - k[first].begin);
        if (!append(d, &s, &none)) return false;
        d->mentions->items[d->mentions->n - 1].place.grain = CASUS_PLACE_PART;
    }
    return true;
}

static casus_status find(place_doc *d) {
    const casus_parse *parse = d->parse;
    casus_mentions *mentions = d->mentions;
    casus_error *err = d->err;
    uint32_t n = parse->n_tokens;
    d->name_of = casus_base_arena_get(d->scratch, ((size_t)n + 1) * sizeof *d->name_of);
    if (!d->name_of) return casus_base_no_memory(err);
    for (uint32_t t = 0; t < n; t++) d->name_of[t] = CASUS_NONE;
    d->cover = casus_base_arena_get(d->scratch, ((size_t)n + 1) * sizeof *d->cover);
    if (!d->cover) return casus_base_no_memory(err);
    for (uint32_t t = 0; t < n; t++) d->cover[t] = CASUS_NONE;
    for (uint32_t i = 0; i < mentions->n; i++) {
        const casus_mention *m = &mentions->items[i];
        if (m->kind == CASUS_MENTION_NONE) continue;
        for (uint32_t t = m->first; t < m->last && t < n; t++) d->cover[t] = i;
    }
    for (uint32_t i = 0; i < parse->n_names; i++) {
        for (uint32_t t = parse->names[i].first; t < parse->names[i].last && t < n; t++) {
            d->name_of[t] = i;
        }
    }
    if (!place_doc_spans(d)) return casus_base_no_memory(err);
    if (!borders(d)) return casus_base_no_memory(err);
    if (!d->n_spans) return CASUS_OK;
    if (!place_doc_resolve(d)) return casus_base_no_memory(err);
    nation_set all = {.n = 0};
    spoken_of(d, &all);
    for (uint32_t i = 0; i < d->n_spans; i++) {
        const place_span *s = &d->spans[i];
        if (s->unknown && !give_unknown(d, i)) return casus_base_no_memory(err);
        if (s->barred && s->item != CASUS_NONE) { /* "Paris Hilton" */
            casus_mention *m = &mentions->items[s->item];
            if (m->kind == CASUS_MENTION_PLACE) m->kind = CASUS_MENTION_NONE;
        }
        if (s->group == CASUS_NONE || s->barred) continue;
        const place_group *g = &d->groups[s->group];
        if (g->best == CASUS_NONE) continue;
        if (is_misled(d, i)) continue;
        if (s->item == CASUS_NONE && is_lonely(d, s, &all)) {
            if (s->evidence >= 2 && !give_unknown(d, i)) return casus_base_no_memory(err);
            continue;
        }
        bool known =
            s->item != CASUS_NONE && (mentions->items[s->item].kind == CASUS_MENTION_COUNTRY ||
                                      mentions->items[s->item].kind == CASUS_MENTION_PLACE);
        if (!known && s->evidence < 2 && !(s->evidence == 1 && g->sure)) continue;
        if (!give(d, s, &d->choices[g->best])) return casus_base_no_memory(err);
    }
    return CASUS_OK;
}

casus_status casus_know_place_find(casus_mentions *mentions, size_t *cap, casus_arena *growing,
                                   const casus_places *places, const casus_parse *parse,
                                   casus_error *err) {
    place_doc doc = {.places = places,
                     .parse = parse,
                     .mentions = mentions,
                     .cap = cap,
                     .arena = parse->text->arena,
                     .growing = growing,
                     .scratch = casus_base_arena_new(&places->memory),
                     .err = err};
    if (!doc.scratch) return casus_base_no_memory(err);
    const casus_status status = find(&doc);
    casus_base_arena_free(doc.scratch);
    return status;
}
