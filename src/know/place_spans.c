/* place_spans.c - which words of a text may name a place, and how sure that is.
 *
 * Every capitalised word begins a search for the longest name that the gazetteer knows; what stands
 * round it, and what the statistical names say, gives the evidence. Linear in tokens: a name has at
 * most PLACE_WORDS_MOST words.
 */
#include "know/place_int.h"

#define LARGE 300000u /* people of a town that is better known than the first name it shares */

static bool is_form(const place_doc *d, uint32_t t, const char *form) {
    return casus_slice_is(d->parse->tokens[t].lower, form);
}

static bool upper(const place_doc *d, uint32_t t) {
    return d->parse->tokens[t].flags & CASUS_TOKEN_UPPER_INITIAL;
}

/* Classes of the word that the token is; 0 outside of the text. */
static uint32_t classes(const place_doc *d, uint32_t t) {
    if (t >= d->parse->n_tokens) return 0;
    uint32_t i = d->piece_of[t];
    return i < d->piece_of[t + 1] ? d->pieces[i].classes : 0;
}

static bool same_sentence(const place_doc *d, uint32_t a, uint32_t b) {
    return b < d->parse->n_tokens && d->parse->tokens[a].sent == d->parse->tokens[b].sent;
}

/* ---- words ---------------------------------------------------------------------------------- */

static bool cut_pieces(place_doc *d) {
    uint32_t n = d->parse->n_tokens;
    size_t cap = (size_t)n + n / 4 + 64;
    d->pieces = casus_base_arena_get(d->scratch, cap * sizeof *d->pieces);
    d->piece_of = casus_base_arena_get(d->scratch, ((size_t)n + 1) * sizeof *d->piece_of);
    if (!d->pieces || !d->piece_of) return false;
    for (uint32_t t = 0; t < n; t++) {
        const casus_token *k = &d->parse->tokens[t];
        d->piece_of[t] = d->n_pieces;
        if (k->pos == CASUS_POS_SPACE || k->flags & CASUS_TOKEN_IS_SPACE) continue;
        casus_slice key = place_key(d->scratch, k->lower), word;
        if (!key.ptr) return false;
        while (key.len && casus_slice_cut(&key, ' ', &word)) {
            place_piece *a = casus_base_arena_grow(d->scratch, d->pieces, d->n_pieces,
                                                   (size_t)d->n_pieces + 1, &cap, sizeof *a);
            if (!a) return false;
            d->pieces = a;
            uint64_t h = place_hash(word);
            a[d->n_pieces++] = (place_piece){word.ptr, word.len, t, place_classes(d->places, h), h};
        }
    }
    d->piece_of[n] = d->n_pieces;
    return true;
}

static bool is_own(const place_doc *d, uint32_t t) {
    return is_form(d, t, "'s") || is_form(d, t, "\xE2\x80\x99s");
}

/* A hyphen or a dash without blanks. */
static bool is_link(const casus_token *k) {
    static const char *const links[] = {"-", "\xE2\x80\x90", "\xE2\x80\x91", "\xE2\x80\x93"};
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        if (casus_slice_is(k->form, links[i])) return true;
    }
    return false;
}

/* May a name go on from token t to the next? */
static bool goes_on(const place_doc *d, uint32_t t) {
    const casus_token *k = &d->parse->tokens[t], *next = k + 1;
    if (!same_sentence(d, t, t + 1)) return false;
    if (k->flags & CASUS_TOKEN_IS_SPACE || next->flags & CASUS_TOKEN_IS_SPACE) return false;
    if (is_own(d, t + 1)) return same_sentence(d, t, t + 2) && upper(d, t + 2);
    for (const casus_token *x = k; x <= next; x++) {
        bool mark = x->pos == CASUS_POS_PUNCT || x->pos == CASUS_POS_SYM;
        if (mark && !is_link(x)) return false;
    }
    if (next->flags & CASUS_TOKEN_UPPER_INITIAL) return true;
    return d->piece_of[t + 1] == d->piece_of[t + 2] || classes(d, t + 1) & PLACE_W_JOIN ||
           next->pos == CASUS_POS_NOUN || next->pos == CASUS_POS_PROPN ||
           next->pos == CASUS_POS_NUM;
}

/* The longest name that begins with token t: its end and hash; 0: none. */
static uint32_t longest(const place_doc *d, uint32_t t, uint64_t *hash) {
    uint64_t state = PLACE_HASH_START;
    uint32_t words = 0, end = 0;
    const place_entry *e;
    for (uint32_t u = t; u < d->parse->n_tokens && words < PLACE_WORDS_MOST; u++) {
        for (uint32_t i = d->piece_of[u]; i < d->piece_of[u + 1]; i++) {
            if (words++) state = place_hash_more(state, " ", 1);
            state = place_hash_more(state, d->pieces[i].ptr, d->pieces[i].len);
        }
        bool here = d->piece_of[u] < d->piece_of[u + 1] && (upper(d, u) || u > t);
        if (here && words <= PLACE_WORDS_MOST) {
            uint64_t h = place_hash_end(state);
            if (place_lookup(d->places, h, &e)) {
                end = u + 1;
                *hash = h;
            }
        }
        if (!goes_on(d, u)) break;
    }
    return end;
}

/* ---- evidence ------------------------------------------------------------------------------- */

static const casus_name *name_at(const place_doc *d, uint32_t t) {
    return d->name_of[t] == CASUS_NONE ? NULL : &d->parse->names[d->name_of[t]];
}

static uint32_t head_of(const place_doc *d, uint32_t first, uint32_t last) {
    for (uint32_t t = last; t-- > first;) {
        uint32_t h = d->parse->tokens[t].head;
        if (h == t || h < first || h >= last) return t;
    }
    return last - 1;
}

/* All letters capitals, more than one. */
static bool shouted(const place_doc *d, uint32_t t) {
    casus_slice s = d->parse->tokens[t].form;
    uint32_t n = 0;
    for (uint32_t i = 0; i < s.len; i++) {
        if (s.ptr[i] >= 'a' && s.ptr[i] <= 'z') return false;
        n += s.ptr[i] >= 'A' && s.ptr[i] <= 'Z';
    }
    return n > 1;
}

/* A title that stands before a person's name: "Judge", "Mr.", not "the chief". */
static bool title_before(const place_doc *d, uint32_t t) {
    return t > 0 && same_sentence(d, t - 1, t) && classes(d, t - 1) & PLACE_W_TITLE &&
           (upper(d, t - 1) || is_form(d, t - 1, "mr.") || is_form(d, t - 1, "mrs."));
}

static bool first_name_before(const place_doc *d, uint32_t t) {
    if (t == 0 || !same_sentence(d, t - 1, t)) return false;
    uint32_t b = t - 1; /* over an initial: "John F. Kennedy" */
    if (b > 0 && d->parse->tokens[b].form.len <= 2 && upper(d, b) && same_sentence(d, b - 1, t))
        b--;
    if (b == t - 1 && d->parse->tokens[b].form.len == 1) return false;
    return classes(d, b) & PLACE_W_FIRST && upper(d, b);
}

/* "in the capital, Goris", "in the capital Goris" */
static bool behind_town(const place_doc *d, uint32_t t) {
    static const char *const towns[] = {"capital", "city", "town", "village", "stronghold"};
    if (t > 0 && is_form(d, t - 1, ",")) t--;
    if (t < 2 || !same_sentence(d, t - 2, t)) return false;
    if (upper(d, t - 1)) return false; /* "City Council" */
    bool is_town = false;
    for (size_t i = 0; i < sizeof towns / sizeof *towns; i++)
        is_town |= is_form(d, t - 1, towns[i]);
    uint32_t p = t - 1;
    for (int n = 0; n < 4 && p > 0 && is_town; n++) {
        p--;
        if (is_form(d, p, "in") || is_form(d, p, "near") || is_form(d, p, "of")) return true;
        if (d->parse->tokens[p].pos == CASUS_POS_VERB || is_form(d, p, ",")) return false;
    }
    return false;
}

/* The slot of a word among the surnames of the text: its own, or a free one. */
static uint64_t *surname_slot(const place_doc *d, casus_slice word) {
    const uint64_t h = casus_base_hash64(word.ptr, word.len, 19) | 1;
    uint32_t at = (uint32_t)h & (d->n_surnames - 1);
    while (d->surnames[at] && d->surnames[at] != h) at = (at + 1) & (d->n_surnames - 1);
    return &d->surnames[at];
}

/* Takes the last words of names of persons: "Mendez" behind "Tony Mendez" is he. */
static bool gather_surnames(place_doc *d) {
    const casus_parse *p = d->parse;
    d->n_surnames = 64;
    while (d->n_surnames < 2 * (p->n_names + d->mentions->n)) d->n_surnames *= 2;
    d->surnames = casus_base_arena_zero(d->scratch, d->n_surnames, sizeof *d->surnames);
    if (!d->surnames) return false;
    for (uint32_t i = 0; i < p->n_names + d->mentions->n; i++) {
        uint32_t first, last;
        if (i < p->n_names) {
            const casus_name *n = &p->names[i];
            first = n->first;
            last = n->last;
            if (n->sort != CASUS_SORT_PERSON || !(classes(d, first) & PLACE_W_FIRST)) continue;
            if (is_own(d, last - 1)) last--;
        } else {
            const casus_mention *m = &d->mentions->items[i - p->n_names];
            first = m->first;
            last = m->last;
            if (m->kind != CASUS_MENTION_PERSON) continue;
        }
        if (last < first + 2 || !upper(d, last - 1)) continue;
        const casus_slice word = p->tokens[last - 1].lower;
        *surname_slot(d, word) = casus_base_hash64(word.ptr, word.len, 19) | 1;
    }
    return true;
}

static bool large(const place_doc *d, uint64_t hash);

/* A word that is the surname of somebody in the text, and no well-known place. */
static bool is_surname(const place_doc *d, const place_span *s, uint64_t hash) {
    if (s->last - s->first != 1 || large(d, hash) || s->item != CASUS_NONE) return false;
    if (!*surname_slot(d, d->parse->tokens[s->first].lower)) return false;
    const uint32_t t = s->first;
    const bool in = t > 0 && same_sentence(d, t - 1, t) &&
                    (is_form(d, t - 1, "in") || is_form(d, t - 1, "near"));
    return !in && !behind_town(d, t);
}

/* Is it part of a person's name, or of an organisation that is only called by the place? */
static bool inside_known(const place_doc *d, const place_span *s);
static bool hyphened(const place_doc *d, const place_span *s);
static bool barred(const place_doc *d, const place_span *s) {
    const casus_name *name = name_at(d, s->first);
    bool place = name && name->sort == CASUS_SORT_PLACE;
    uint32_t after = same_sentence(d, s->first, s->last) ? classes(d, s->last) : 0;
    bool after_up = after && upper(d, s->last);
    bool single = s->last - s->first == 1;
    uint32_t own = s->classes;
    if (inside_known(d, s)) return true;
    if (after_up && after & PLACE_W_STREET) return true;
    bool natural = after_up && after & PLACE_W_FEATURE && !(after & PLACE_W_CIVIC);
    if (natural && !(after & PLACE_W_FACILITY) && !(place && name->last == s->last)) return true;
    if (name && place && name->first < s->first) { /* "Red River Valley" */
        uint32_t from = name->first;               /* "Windsor, Ontario" */
        for (uint32_t t = from; t < s->first; t++) {
            if (is_form(d, t, ",") || is_form(d, t, "and")) from = t + 1;
        }
        for (uint32_t t = from; t < s->first; t++) {
            if (!(classes(d, t) & (PLACE_W_PARTS | PLACE_W_JOIN)) && upper(d, t)) return true;
        }
    }
    if (hyphened(d, s) && !place && s->item == CASUS_NONE) return true;
    if (title_before(d, s->first) && !(place && !single)) return true;
    if (first_name_before(d, s->first) && !(place && name->first == s->first)) return true;
    if (name && name->sort == CASUS_SORT_PERSON &&
        (name->first < s->first || (name->last > s->last + 1 && !(after & PLACE_W_AREA)))) {
        return !(after_up && after & PLACE_W_TITLE); /* "Fargo Mayor Dennis Walaker" */
    }
    if (name && name->sort == CASUS_SORT_NATIONALITY && s->item != CASUS_NONE &&
        !behind_town(d, s->first))
        return true;
    if (single && own & PLACE_W_FIRST && !place && same_sentence(d, s->first, s->last) &&
        upper(d, s->last) && d->parse->tokens[s->last].pos == CASUS_POS_PROPN &&
        !(after & (PLACE_W_FEATURE | PLACE_W_AREA | PLACE_W_TITLE | PLACE_W_CIVIC)) &&
        !shouted(d, s->first)) {
        return true; /* "Paris Hilton" */
    }
    if (after_up && after & PLACE_W_BODY && !(after & PLACE_W_AREA)) return true;
    if (name &&
        (name->sort == CASUS_SORT_WORK || name->sort == CASUS_SORT_TIME ||
         name->sort == CASUS_SORT_NUMBER || name->sort == CASUS_SORT_MONEY) &&
        single && own & PLACE_W_COMMON) {
        return true;
    }
    return false;
}

/* Does it lie inside a longer name that the tables know? */
static bool inside_known(const place_doc *d, const place_span *s) {
    for (uint32_t t = s->first; t < s->last; t++) {
        if (d->cover[t] == CASUS_NONE) continue;
        const casus_mention *m = &d->mentions->items[d->cover[t]];
        bool longer =
            m->first <= s->first && m->last >= s->last && m->last - m->first > s->last - s->first;
        if (longer && m->kind != CASUS_MENTION_PLACE) return true;
        if (m->first < s->first || m->last > s->last) return true;
    }
    return false;
}

/* "Wal-Mart", "Arab-Israeli" */
static bool hyphened(const place_doc *d, const place_span *s) {
    uint32_t n = s->last;
    if (n + 1 >= d->parse->n_tokens || !is_form(d, n, "-") || !upper(d, n + 1)) return false;
    return !(d->parse->tokens[n].flags & CASUS_TOKEN_SPACE_AFTER) &&
           !(d->parse->tokens[n - 1].flags & CASUS_TOKEN_SPACE_AFTER);
}

/* "Goris was shelled", "Goris has been captured" */
static uint32_t taken(const place_doc *d, uint32_t t) {
    for (uint32_t n = 0; n < 4 && t < d->parse->n_tokens; n++, t++) {
        uint8_t pos = d->parse->tokens[t].pos;
        if (n && pos == CASUS_POS_VERB) return classes(d, t) & (PLACE_W_TAKE | PLACE_W_IN);
        if (pos != CASUS_POS_AUX && pos != CASUS_POS_ADV) return 0;
    }
    return 0;
}

static bool large(const place_doc *d, uint64_t hash) {
    const place_entry *e = NULL;
    if (!place_lookup(d->places, hash, &e)) return false;
    const place_record *r = place_at(d->places, e->place);
    return r && (r->population >= LARGE || r->id == 0);
}

/* Is there a row of our own tables for it, where no short form is meant? */
static bool ours(const place_doc *d, uint64_t hash) {
    const place_entry *e = NULL;
    uint32_t n = place_lookup(d->places, hash, &e);
    for (uint32_t i = 0; i < n; i++) {
        const place_record *r = place_at(d->places, e[i].place);
        if (r && r->id == 0 && !r->zero[0] && !(e[i].place & PLACE_ABBR)) return true;
    }
    return false;
}

static uint8_t evidence(const place_doc *d, const place_span *s, uint64_t hash) {
    const casus_name *name = name_at(d, s->first);
    bool place = name && name->sort == CASUS_SORT_PLACE;
    bool exact =
        name && (name->last <= s->last ||
                 (name->last == s->last + 1 &&
                  d->piece_of[s->last + 1] - d->piece_of[s->last] <= 1 && !upper(d, s->last)));
    bool single = s->last - s->first == 1;
    bool common = s->classes & (PLACE_W_COMMON | PLACE_W_FEATURE | PLACE_W_AREA | PLACE_W_STREET |
                                PLACE_W_CIVIC | PLACE_W_TITLE | PLACE_W_PARTS);
    bool given = s->classes & PLACE_W_FIRST && !large(d, hash); /* "Kristina" */
    const casus_token *k = &d->parse->tokens[s->first];
    uint32_t p = s->first;
    while (
        p > 0 && same_sentence(d, p - 1, s->first) &&
        (is_form(d, p - 1, "the") || classes(d, p - 1) & PLACE_W_PARTS || is_form(d, p - 1, "-"))) {
        p--;
    }
    uint32_t before = p > 0 && same_sentence(d, p - 1, s->first) ? classes(d, p - 1) : 0;
    bool proper = k->pos == CASUS_POS_PROPN || d->parse->tokens[s->head].pos == CASUS_POS_PROPN;
    bool in = before & PLACE_W_IN;
    bool of = p > 1 && is_form(d, p - 1, "of") && classes(d, p - 2) & (PLACE_W_OF | PLACE_W_TOWN);
    of = of || behind_town(d, p);
    bool based = s->last + 1 < d->parse->n_tokens && is_form(d, s->last, "-") &&
                 (is_form(d, s->last + 1, "based") || is_form(d, s->last + 1, "area"));
    uint32_t after = same_sentence(d, s->first, s->last) ? classes(d, s->last) : 0;
    bool area = after & PLACE_W_AREA && upper(d, s->last);
    bool folk = after & PLACE_W_FOLK && !upper(d, s->last);
    bool civic = after & PLACE_W_CIVIC && upper(d, s->last);
    bool facility = after & PLACE_W_FACILITY && upper(d, s->last);
    bool ship = name && (name->sort == CASUS_SORT_PERSON || name->sort == CASUS_SORT_WORK);
    if (of || based) return 3;
    /* "a missile attack on Goris" */
    bool struck = p > 1 && is_form(d, p - 1, "on") && classes(d, p - 2) & PLACE_W_STRIKE;
    if (struck && proper && !common && !given && (large(d, hash) || ours(d, hash) || !single))
        return 2;
    if (place && given && !in && !of && !based && !civic && !area && !folk) return 1;
    if (place && exact && (in || !common)) return 3;
    if (in && proper && !(common && !place) && !ship) return 3;
    if (place) return common ? 1 : 2;
    if (common) return 0;
    if (in || area || facility) return 2;
    if (!proper && single) return 0;
    bool person = name && name->sort == CASUS_SORT_PERSON;
    bool move = before & PLACE_W_MOVE;
    if (move && large(d, hash) && !given) return 2;
    if ((!person || move || !single) && !given && ours(d, hash)) return 2;
    if (!proper) return 0;
    uint32_t by = before & PLACE_W_TAKE ? PLACE_W_TAKE : taken(d, s->last);
    if (by & PLACE_W_IN || (by && !person && !given)) return 2;
    if ((folk || civic) && !(s->classes & PLACE_W_FIRST && !civic)) return 2;
    if (name && name->sort == CASUS_SORT_ORG) return name->first == s->first && !exact ? 2 : 1;
    if (!single) return name && exact && name->sort == CASUS_SORT_PERSON ? 1 : 2;
    return 1;
}

static uint8_t wanted(const place_doc *d, const place_span *s) {
    bool on = same_sentence(d, s->first, s->last);
    if (on && upper(d, s->last)) {
        uint32_t after = classes(d, s->last);
        if (is_form(d, s->last, "county") || is_form(d, s->last, "parish")) return PLACE_DISTRICT;
        if (after & PLACE_W_AREA && after & PLACE_W_OF) return PLACE_STATE;
    }
    if (on && !upper(d, s->last) &&
        (is_form(d, s->last, "province") || is_form(d, s->last, "governorate") ||
         is_form(d, s->last, "state") || is_form(d, s->last, "region"))) {
        return PLACE_STATE;
    }
    if (s->first > 1 && is_form(d, s->first - 1, "of")) {
        if (is_form(d, s->first - 2, "village") || is_form(d, s->first - 2, "town") ||
            is_form(d, s->first - 2, "city")) {
            return PLACE_CITY;
        }
        if (is_form(d, s->first - 2, "province") || is_form(d, s->first - 2, "state")) {
            return PLACE_STATE;
        }
    }
    return PLACE_KINDS;
}

static bool all_short(const casus_places *p, uint64_t hash) {
    const place_entry *e = NULL;
    uint32_t n = place_lookup(p, hash, &e);
    for (uint32_t i = 0; i < n; i++) {
        if (!(e[i].place & PLACE_ABBR) || e[i].place & PLACE_ALT) return false;
    }
    return n > 0;
}

/* A new span over tokens [first, last), in no group, or NULL without memory. */
static place_span *new_span(place_doc *d, uint32_t first, uint32_t last) {
    place_span *a = casus_base_arena_grow(d->scratch, d->spans, d->n_spans, (size_t)d->n_spans + 1,
                                          &d->cap_spans, sizeof *a);
    if (!a) return NULL;
    d->spans = a;
    place_span *s = &a[d->n_spans++];
    memset(s, 0, sizeof *s);
    s->first = first;
    s->last = last;
    s->head = head_of(d, first, last);
    s->group = s->next = s->inside = CASUS_NONE;
    return s;
}

static bool add(place_doc *d, uint32_t first, uint32_t last, uint64_t hash) {
    place_span *s = new_span(d, first, last);
    if (!s) return false;
    uint32_t whole = 0;
    s->item = d->mentions->at[s->head];
    s->classes = place_classes(d->places, hash);
    s->abbr = all_short(d->places, hash);
    s->barred = barred(d, s) || is_surname(d, s, hash);
    s->evidence = s->barred ? 0 : evidence(d, s, hash);
    s->want = wanted(d, s);
    const casus_name *name = name_at(d, first);
    if (name && name->sort == CASUS_SORT_PLACE && name->first <= first && name->last > last + 1 &&
        !s->barred && classes(d, name->last - 1) & PLACE_W_FACILITY && upper(d, name->last - 1)) {
        whole = name->last; /* "Kansas City International Airport" */
        s->unknown = !large(d, hash);
        if (s->unknown) s->last = whole;
    }
    casus_slice form = d->parse->tokens[first].form;
    bool dotted = memchr(form.ptr, '.', form.len) != NULL;
    if (s->abbr) { /* "Calif." speaks for itself, "Miss." and "OR" do not */
        bool told = dotted && (form.len > 4 || (form.len == 4 && form.ptr[1] == '.'));
        if (first > 1 && is_form(d, first - 1, "-") && dotted &&
            d->parse->tokens[first - 2].form.len == 1) {
            s->evidence = 3; /* "D-Mont." */
            told = true;
        }
        if (!told && !(form.len == 3 && shouted(d, first) && !dotted)) s->evidence = 0;
    }
    s->group = 0;
    s->end = whole ? whole : s->last;
    if (whole) s->head = head_of(d, first, whole);
    uint32_t more = s->barred || s->abbr || s->item != CASUS_NONE ? 0 : classes(d, last);
    if (!whole && more & (PLACE_W_AREA | PLACE_W_FACILITY) && goes_on(d, last - 1) &&
        upper(d, last) &&
        !(goes_on(d, last) && (upper(d, last + 1) || is_form(d, last + 1, "of")))) {
        s->end = last + 1; /* "Goma Airport", "Cauca Department" */
        s->head = head_of(d, first, s->end);
    }
    d->pieces[d->piece_of[first]].hash = hash; /* of the name from here on */
    return true;
}

/* A place by the statistical names that no table knows: only right behind "in" or "the village
 * of", or before ", X". Its end, or 0. */
static uint32_t unknown_place(const place_doc *d, uint32_t t) {
    const casus_name *name = name_at(d, t);
    if (!name || name->sort != CASUS_SORT_PLACE || d->cover[t] != CASUS_NONE) return 0;
    uint32_t first = name->first + (is_form(d, name->first, "the") ? 1 : 0), last = name->last;
    if (first != t || last - first > PLACE_WORDS_MOST || !same_sentence(d, first, last - 1)) {
        return 0;
    }
    for (uint32_t u = first; u < last; u++) {
        if (d->cover[u] != CASUS_NONE || (u == first && !upper(d, u))) return 0;
    }
    if (last - first == 1 && classes(d, t) & (PLACE_W_COMMON | PLACE_W_FIRST | PLACE_W_BODY))
        return 0;
    uint32_t p = name->first;
    uint32_t b = p > 0 && same_sentence(d, p - 1, p) ? classes(d, p - 1) : 0;
    bool of = p > 1 && is_form(d, p - 1, "of") && classes(d, p - 2) & PLACE_W_OF;
    bool comma = same_sentence(d, t, last + 1) && is_form(d, last, ",") && upper(d, last + 1) &&
                 name_at(d, last + 1) && name_at(d, last + 1)->sort == CASUS_SORT_PLACE;
    return b & PLACE_W_IN || of || comma ? last : 0;
}

/* "in Abu Jarin, Aleppo Governorate", "in Addow Dibille near Afgoye": a name behind "in" that
 * stands before a place, whatever it is to the statistical names. */
static uint32_t unknown_before(const place_doc *d, uint32_t t) {
    static const char *const in[] = {"in", "near", "outside"};
    static const char *const by[] = {",", "near", "in"};
    bool behind = false, before = false;
    if (t == 0 || !upper(d, t) || !same_sentence(d, t - 1, t)) return 0;
    for (size_t i = 0; i < sizeof in / sizeof *in; i++) behind |= is_form(d, t - 1, in[i]);
    uint32_t u = t;
    while (behind && u - t < PLACE_WORDS_MOST && same_sentence(d, t, u) &&
           d->cover[u] == CASUS_NONE &&
           ((upper(d, u) && d->parse->tokens[u].pos == CASUS_POS_PROPN) ||
            (u > t && is_link(&d->parse->tokens[u]))))
        u++;
    if (u == t || !same_sentence(d, t, u) || is_link(&d->parse->tokens[u - 1])) return 0;
    for (size_t i = 0; i < sizeof by / sizeof *by; i++) before |= is_form(d, u, by[i]);
    if (!before || !same_sentence(d, u, u + 1) || !upper(d, u + 1)) return 0;
    uint64_t hash;
    const casus_name *next = name_at(d, u + 1), *own = name_at(d, t);
    if (own && (own->sort == CASUS_SORT_WORK || (own->sort == CASUS_SORT_TIME && u - t == 1)))
        return 0;
    if (own && own->first < t && own->sort != CASUS_SORT_PLACE) return 0;
    const uint32_t end = longest(d, u + 1, &hash);
    if (!end) return 0;
    const bool area =
        classes(d, end - 1) & PLACE_W_AREA ||
        (same_sentence(d, u, end) && classes(d, end) & PLACE_W_AREA); /* "Aleppo Governorate" */
    return area || (next && next->sort == CASUS_SORT_PLACE) ? u : 0;
}

static bool add_unknown(place_doc *d, uint32_t first, uint32_t last) {
    place_span *s = new_span(d, first, last);
    if (!s) return false;
    s->end = last;
    s->item = d->mentions->at[s->head];
    s->want = PLACE_KINDS;
    s->unknown = true;
    return true;
}

/* Only commas and "and" between the spans. */
static bool coordinated(const place_doc *d, const place_span *a, const place_span *b) {
    if (b->first <= a->end || b->first > a->end + 2 || !same_sentence(d, a->end - 1, b->first)) {
        return false;
    }
    for (uint32_t t = a->end; t < b->first; t++) {
        if (!is_form(d, t, ",") && !is_form(d, t, "and") && !is_form(d, t, "or")) return false;
    }
    return true;
}

/* What is coordinated with a place is one: "in Tyre and Sidon". */
static void share_evidence(place_doc *d) {
    for (uint32_t i = 1; i < d->n_spans; i++) {
        place_span *a = &d->spans[i - 1], *b = &d->spans[i];
        if (a->unknown || b->unknown || a->barred || b->barred || a->abbr || b->abbr) continue;
        if (!coordinated(d, a, b)) continue;
        const casus_token *k = d->parse->tokens;
        bool proper = k[a->head].pos == CASUS_POS_PROPN && k[b->head].pos == CASUS_POS_PROPN;
        uint32_t weak = PLACE_W_COMMON | PLACE_W_FIRST | PLACE_W_TITLE;
        bool first = a->evidence == 1 && b->evidence >= 2;
        bool second = a->evidence >= 2 && b->evidence < 2;
        place_span *s = first ? a : b;
        const casus_name *name = name_at(d, s->first);
        bool doubtful = s->classes & weak && !(name && name->sort == CASUS_SORT_PLACE);
        if ((first || second) && proper && !doubtful) s->evidence = 2;
    }
}

/* "Lamar and Delta counties": the hash of "lamar county" where there is such a place; else 0. */
static uint64_t of_counties(const place_doc *d, uint32_t first, uint32_t last) {
    static const char *const many[] = {"counties", "parishes", "provinces", "districts"};
    static const char *const ends[] = {" county", " parish", " province", " district"};
    for (uint32_t t = last; t < last + 12 && same_sentence(d, first, t); t++) {
        for (size_t i = 0; i < sizeof many / sizeof *many; i++) {
            if (!is_form(d, t, many[i])) continue;
            uint64_t state = PLACE_HASH_START;
            for (uint32_t k = d->piece_of[first]; k < d->piece_of[last]; k++) {
                if (k > d->piece_of[first]) state = place_hash_more(state, " ", 1);
                state = place_hash_more(state, d->pieces[k].ptr, d->pieces[k].len);
            }
            uint64_t h = place_hash_end(place_hash_more(state, ends[i], (uint32_t)strlen(ends[i])));
            const place_entry *e;
            return place_lookup(d->places, h, &e) ? h : 0;
        }
        if (!upper(d, t) && !is_form(d, t, ",") && !is_form(d, t, "and")) break;
    }
    return 0;
}

bool place_doc_spans(place_doc *d) {
    if (!cut_pieces(d) || !gather_surnames(d)) return false;
    for (uint32_t t = 0; t < d->parse->n_tokens;) {
        const casus_token *k = &d->parse->tokens[t];
        uint64_t hash = 0;
        uint32_t end = 0;
        bool may = k->flags & CASUS_TOKEN_UPPER_INITIAL && d->piece_of[t] < d->piece_of[t + 1];
        if (may) end = longest(d, t, &hash);
        if (end == t + 1 && classes(d, t) & PLACE_W_PARTS && goes_on(d, t) && upper(d, t + 1)) {
            end = 0; /* "North Texas" */
        }
        uint32_t o = d->cover[t]; /* a country by the tables: its name votes, gazetteer or not */
        const casus_mention *m = o == CASUS_NONE ? NULL : &d->mentions->items[o];
        if (m && m->kind == CASUS_MENTION_COUNTRY && m->has_place && m->first == t &&
            end < m->last && d->piece_of[t] < d->piece_of[t + 1]) {
            end = m->last;
            hash = place_hash(casus_slice_z(m->place.country)) ^ 1; /* no name has it */
        }
        uint32_t unknown = may && !end ? unknown_place(d, t) : 0;
        const uint32_t run = may ? unknown_before(d, t) : 0;
        const uint32_t kind = PLACE_W_AREA | PLACE_W_FACILITY | PLACE_W_FEATURE | PLACE_W_STREET |
                              PLACE_W_CIVIC; /* "Diyala Governorate": a known name goes on */
        if (run > end && !(end && classes(d, end) & kind)) unknown = run;
        if (unknown) {
            if (!add_unknown(d, t, unknown)) return false;
            t = unknown;
            continue;
        }
        if (!end) {
            t++;
            continue;
        }
        uint64_t county = of_counties(d, t, end);
        if (!add(d, t, end, county ? county : hash)) return false;
        if (county) d->spans[d->n_spans - 1].evidence = 3;
        t = d->spans[d->n_spans - 1].end > end ? d->spans[d->n_spans - 1].end : end;
    }
    share_evidence(d);
    return true;
}
