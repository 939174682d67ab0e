/* know_names.c - the names that the tables know, as mentions: countries, nation adjectives,
 * capitals, organisations, persons by their full name.
 *
 * Linear in matches (a name's targets are few). Surnames, titles and descriptions come later, with
 * the context: know_phrase.c. What the statistical names say is asked only where a table's name
 * could be part of another ("Michael Jordan").
 */
#include "know/know_int.h"

#include <math.h>

uint32_t know_item_new(know_doc *d, uint32_t head, uint32_t first, uint32_t last,
                       casus_mention_kind kind) {
    uint32_t n = d->mentions.n;
    if (n == CASUS_NONE - 1) return CASUS_NONE;
    /* room for most texts at once: an array that moves leaves its old place behind */
    const size_t need = n ? (size_t)n + 1 : (size_t)d->parse->n_tokens / 3 + 16;
    casus_mention *items =
        casus_base_arena_grow(d->scratch, d->mentions.items, n, need, &d->cap_items, sizeof *items);
    if (!items) {
        know_out_of_memory(d);
        return CASUS_NONE;
    }
    d->mentions.items = items;
    memset(&items[n], 0, sizeof *items);
    items[n].first = first;
    items[n].last = last;
    items[n].head = head;
    items[n].kind = (uint8_t)kind;
    items[n].chain = n;
    d->mentions.n = n + 1;
    if (!know_items_fit(d)) return CASUS_NONE;
    d->words[head].item = n;
    return n;
}

bool know_items_fit(know_doc *d) {
    size_t old = d->cap_extras;
    if (d->mentions.n > old) {
        size_t need = old ? 0 : (size_t)d->parse->n_tokens / 3 + 16;
        if (need < d->mentions.n) need = d->mentions.n;
        know_extra *x =
            casus_base_arena_grow(d->scratch, d->extras, old, need, &d->cap_extras, sizeof *x);
        if (!x) {
            know_out_of_memory(d);
            return false;
        }
        d->extras = x;
        for (size_t i = old; i < d->cap_extras; i++) {
            memset(&x[i], 0, sizeof *x);
            x[i].entity = x[i].office = x[i].role = KNOW_NO_REF;
            x[i].antecedent = CASUS_NONE;
            x[i].sent = CASUS_NONE;
        }
    }
    for (size_t i = d->mentions.n; i-- > 0 && d->extras[i].sent == CASUS_NONE;) {
        d->extras[i].sent = know_token(d, d->mentions.items[i].head)->sent;
        d->extras[i].count = 1;
    }
    return true;
}

casus_slice know_reason(know_doc *d, know_ref row) {
    const know_row *r = know_row_of(d, row);
    const char *name = know_table_name((know_table)r->table);
    if (r->table == KNOW_USER && d->know->file) name = d->know->file;
    casus_slice s = casus_base_arena_format(d->arena, "%s:%u", name, (unsigned)r->line);
    if (!s.ptr) know_out_of_memory(d);
    return s;
}

bool know_has_sector(const casus_actor *a, const char *sector) {
    for (uint32_t i = 0; i < a->n_sectors; i++) {
        if (memcmp(a->sectors[i], sector, 3) == 0) return true;
    }
    return false;
}

bool know_add_sector(casus_actor *a, const char *sector) {
    if (a->n_sectors == CASUS_SECTORS_MOST || know_has_sector(a, sector)) return false;
    memcpy(a->sectors[a->n_sectors], sector, 3);
    a->sectors[a->n_sectors][3] = 0;
    a->n_sectors++;
    return true;
}

void know_set_sectors(casus_actor *a, const know_row *r) {
    a->n_sectors = r->n_sectors;
    memcpy(a->sectors, r->sectors, sizeof a->sectors);
}

know_ref know_code_row(const know_doc *d, const char *code) {
    uint32_t y = d->know->n_layers - 1;
    const know_layer *l = &d->know->layers[y];
    char key[8] = {0};
    for (uint32_t i = 0; i < 7 && code[i]; i++) key[i] = code[i];
    uint32_t low = 0, high = l->n_codes;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (memcmp(l->codes[mid].code, key, 8) < 0) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    if (low == l->n_codes || memcmp(l->codes[low].code, key, 8) != 0) return KNOW_NO_REF;
    return (know_ref){y, l->codes[low].row};
}

void know_fill_country(know_doc *d, casus_mention *m, know_extra *x, know_ref row) {
    const know_row *r = know_row_of(d, row);
    const know_layer *l = know_layer_of(d, row);
    memcpy(m->actor.country, r->country, 4);
    m->actor.name = know_text(l, r->name);
    m->actor.reason = know_reason(d, row);
    m->has_place = true;
    m->place.name = m->actor.name;
    memcpy(m->place.country, r->country, 4);
    m->place.lat = (double)r->lat;
    m->place.lon = (double)r->lon;
    x->entity = row;
    x->named = true;
    x->number = KNOW_SINGULAR;
}

/* The row of a group that is valid on the day: the last that began, else the nearest. */
static know_ref row_on(const know_doc *d, know_ref root, int64_t *distance) {
    know_ref best = root;
    *distance = INT64_MAX;
    for (know_ref r = root; know_is(r); r.row = know_row_of(d, r)->next) {
        const know_row *row = know_row_of(d, r);
        int64_t away = 0;
        if (d->day == CASUS_NO_DAY) {
            away = row->to == INT32_MAX ? 0 : 1;
        } else if (row->from > d->day) {
            away = (int64_t)row->from - d->day;
        } else if (row->to < d->day) {
            away = (int64_t)d->day - row->to;
        }
        if (away <= *distance) {
            *distance = away;
            best = r;
        }
    }
    return best;
}

void know_fill_group(know_doc *d, casus_mention *m, know_extra *x, know_ref root) {
    int64_t away;
    know_ref r = row_on(d, root, &away);
    const know_row *row = know_row_of(d, r);
    memcpy(m->actor.country, row->country, 4);
    memcpy(m->actor.code, row->code, 8);
    if (row->code[0] && row->n_sectors && memcmp(row->sectors[0], "IGO", 3) == 0) {
        m->actor.country[0] = 0; /* a code instead of a country */
    }
    know_set_sectors(&m->actor, row);
    m->actor.name = know_text(know_layer_of(d, r), row->name);
    m->actor.reason = know_reason(d, r);
    m->kind = CASUS_MENTION_ORG;
    x->entity = root;
    x->named = true;
}

know_ref know_best_group(const know_doc *d, const know_match *m, const char *country,
                         uint32_t *equal) {
    const know_layer *l = &d->know->layers[m->layer];
    const know_phrase *p = &l->phrases[m->phrase];
    know_ref best = KNOW_NO_REF;
    int64_t top = INT64_MIN;
    *equal = 0;
    for (uint32_t i = 0; i < p->n; i++) {
        const know_target *t = &l->targets[p->first + i];
        if (t->how != KNOW_HOW_NAME && t->how != KNOW_HOW_SEAT) continue;
        if (!(m->hows >> t->how & 1u)) continue;
        know_ref r = {m->layer, t->row};
        const know_row *row = know_row_of(d, r);
        int64_t away, score = 0;
        know_ref on = row_on(d, r, &away);
        (void)on;
        if (away > 0) score -= 2 + (away > 3650 ? 3 : away / 1000);
        if (country[0] && row->country[0]) score += memcmp(row->country, country, 4) ? -6 : 12;
        if (!country[0] && row->country[0] && d->context[0]) {
            if (memcmp(row->country, d->context, 4) == 0) score += 4;
            if (memcmp(row->country, d->context_other, 4) == 0) score += 2;
        }
        if (row->table == KNOW_COUNTRIES) score += 8;
        if (score > top) {
            top = score;
            best = r;
            *equal = 1;
        } else if (score == top) {
            ++*equal;
        }
    }
    return best;
}

/* ---- is it the name, or part of another? ---------------------------------------------------- */

/* The statistical name round the match, when it is longer and of this sort; else NULL. */
static const casus_name *longer_name(const know_doc *d, const know_match *m, casus_sort sort) {
    uint32_t n = d->words[m->head].name;
    if (n == CASUS_NONE) return NULL;
    const casus_name *name = &d->parse->names[n];
    if (name->sort != sort || name->last - name->first <= m->last - m->first) return NULL;
    return name;
}

/* Is some token of the name, outside the match, a proper noun that no table explains? */
static bool has_stranger(const know_doc *d, const casus_name *name, const know_match *m) {
    for (uint32_t t = name->first; t < name->last; t++) {
        if (t >= m->first && t < m->last) continue;
        const casus_token *k = know_token(d, t);
        if (k->pos != CASUS_POS_PROPN) continue;
        uint32_t o = d->words[t].match;
        uint32_t only = (1u << KNOW_HOW_SURNAME) | (1u << KNOW_HOW_FIRSTNAME);
        if (o == CASUS_NONE || !(d->matches[o].hows & ~only)) return true;
    }
    return false;
}

static bool has_firstname(const know_doc *d, const casus_name *name) {
    const know_layer *l = &d->know->layers[d->know->n_layers - 1];
    casus_slice s = know_token(d, name->first)->lower;
    uint32_t at = know_phrase_of(l, s.ptr, s.len);
    if (at == CASUS_NONE) return false;
    const know_phrase *p = &l->phrases[at];
    for (uint32_t i = 0; i < p->n; i++) {
        if (l->targets[p->first + i].how == KNOW_HOW_FIRSTNAME) return true;
    }
    return false;
}

/* A country's or a town's name that is a person's or an unknown organisation's here. */
static bool part_of_other(const know_doc *d, const know_match *m) {
    const casus_name *name = longer_name(d, m, CASUS_SORT_PERSON);
    if (name && m->last == name->last && has_stranger(d, name, m)) return true;
    if (name && m->first == name->first && has_stranger(d, name, m) && has_firstname(d, name)) {
        return true; /* "Chad Wolf" */
    }
    if (m->first > 0 && (know_marked(d, m->first - 1, KNOW_MARK_MR) ||
                         know_marked(d, m->first - 1, KNOW_MARK_MRS))) {
        return true;
    }
    name = longer_name(d, m, CASUS_SORT_ORG);
    if (name && m->last == name->last && m->first > name->first) { /* "Air France" */
        const casus_token *before = know_token(d, m->first - 1);
        return before->pos == CASUS_POS_PROPN && d->words[m->first - 1].match == CASUS_NONE &&
               before->head == m->head;
    }
    return false;
}

/* "New Mexico", "South Georgia": a word before the name makes it another place. */
static bool part_of_place(const know_doc *d, const know_match *m) {
    static const char *const words[] = {"new", "lake", "saint", "st.", "mount", "fort", "port"};
    if (m->first == 0) return false;
    const casus_token *k = know_token(d, m->first - 1);
    if (!(k->flags & CASUS_TOKEN_UPPER_INITIAL) || k->head != m->head) return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (casus_slice_is(k->lower, words[i])) return true;
    }
    return false;
}

/* ---- first pass: countries ------------------------------------------------------------------ */

static know_ref target_of(const know_doc *d, const know_match *m, know_how how, know_table table) {
    const know_layer *l = &d->know->layers[m->layer];
    const know_phrase *p = &l->phrases[m->phrase];
    for (uint32_t i = 0; i < p->n; i++) {
        const know_target *t = &l->targets[p->first + i];
        if (t->how != (uint32_t)how) continue;
        if (!(m->hows >> t->how & 1u)) continue;
        if (table != KNOW_TABLES && l->rows[t->row].table != table) continue;
        return (know_ref){m->layer, t->row};
    }
    return KNOW_NO_REF;
}

static bool before_noun(const know_doc *d, uint32_t t) {
    const know_word *w = &d->words[t];
    return w->role == CASUS_ROLE_MOD || know_token(d, t)->pos == CASUS_POS_ADJ;
}

/* "the British", "two Israelis", "an Armenian" */
static void nation_people(know_doc *d, uint32_t item, const know_match *m) {
    casus_mention *me = &d->mentions.items[item];
    know_extra *x = &d->extras[item];
    bool counted = false;
    for (uint32_t t = m->first, n = 0; t-- > 0 && n < 4; n++) {
        const casus_token *k = know_token(d, t);
        if (k->head != m->head) continue;
        if (casus_slice_is(k->lower, "the") || casus_slice_is(k->lower, "these")) continue;
        if (k->pos == CASUS_POS_NUM || k->pos == CASUS_POS_DET || k->pos == CASUS_POS_ADJ) {
            counted = true;
        }
        if (k->pos == CASUS_POS_DET && k->lower.len <= 2) x->number = KNOW_SINGULAR;
    }
    me->kind = CASUS_MENTION_GROUP;
    me->has_place = false;
    casus_slice s = know_token(d, m->last - 1)->lower;
    if (x->number != KNOW_SINGULAR || counted) {
        bool many = s.len > 2 && (s.ptr[s.len - 1] == 's' || !counted);
        x->number = many ? KNOW_PLURALITY : KNOW_SINGULAR;
    }
    me->actor.group = x->number == KNOW_PLURALITY;
    me->actor.name = (casus_slice){0};
    x->named = false;
    x->entity = KNOW_NO_REF;
    if (counted) know_add_sector(&me->actor, "CVL");
}

static void name_country(know_doc *d, const know_match *m) {
    if (d->words[m->head].item != CASUS_NONE) return;
    casus_slice form = know_token(d, m->last - 1)->form;
    bool money = form.len > 1 && form.ptr[form.len - 1] == '$';
    if (m->last < d->parse->n_tokens) {
        money |= casus_slice_is(know_token(d, m->last)->form, "$");
    }
    if (money) return; /* "US$" */
    know_ref country = target_of(d, m, KNOW_HOW_NAME, KNOW_COUNTRIES);
    know_ref nation = target_of(d, m, KNOW_HOW_DEMONYM, KNOW_COUNTRIES);
    if (know_is(country)) {
        if (part_of_other(d, m) || part_of_place(d, m)) return;
        uint32_t i = know_item_new(d, m->head, m->first, m->last, CASUS_MENTION_COUNTRY);
        if (i == CASUS_NONE) return;
        know_fill_country(d, &d->mentions.items[i], &d->extras[i], country);
        d->extras[i].modifier = d->words[m->head].role == CASUS_ROLE_MOD;
        return;
    }
    if (know_is(nation)) {
        uint32_t i = know_item_new(d, m->head, m->first, m->last, CASUS_MENTION_COUNTRY);
        if (i == CASUS_NONE) return;
        know_fill_country(d, &d->mentions.items[i], &d->extras[i], nation);
        d->mentions.items[i].has_place = false;
        if (before_noun(d, m->head)) {
            d->extras[i].modifier = true;
        } else {
            d->extras[i].number = KNOW_ANY_NUMBER;
            nation_people(d, i, m);
        }
    }
}

static void name_capital(know_doc *d, const know_match *m) {
    if (d->words[m->head].item != CASUS_NONE || part_of_other(d, m)) return;
    bool seat = know_has(m, KNOW_HOW_SEAT);
    know_ref r = target_of(d, m, KNOW_HOW_SEAT, KNOW_METONYMS);
    if (!know_is(r)) r = target_of(d, m, seat ? KNOW_HOW_SEAT : KNOW_HOW_CAPITAL, KNOW_TABLES);
    if (!know_is(r)) return;
    const know_row *row = know_row_of(d, r);
    bool gov = know_is_government(d, m->head, m->last, seat && !know_has(m, KNOW_HOW_CAPITAL));
    uint32_t i =
        know_item_new(d, m->head, m->first, m->last, gov ? CASUS_MENTION_ORG : CASUS_MENTION_PLACE);
    if (i == CASUS_NONE) return;
    casus_mention *me = &d->mentions.items[i];
    know_extra *x = &d->extras[i];
    x->modifier = d->words[m->head].role == CASUS_ROLE_MOD;
    x->number = KNOW_SINGULAR;
    x->named = true;
    if (gov) {
        memcpy(me->actor.country, row->country, 4);
        memcpy(me->actor.code, row->code, 8);
        if (row->table == KNOW_COUNTRIES) {
            know_add_sector(&me->actor, "GOV");
        } else {
            know_set_sectors(&me->actor, row);
            me->actor.name = know_text(know_layer_of(d, r), row->name);
        }
        me->actor.reason = know_reason(d, r);
        /* a government is its country for what refers back to it */
        know_ref home = know_code_row(d, row->country[0] ? row->country : row->code);
        x->entity = know_is(home) ? home : r;
    } else {
        me->has_place = true;
        if (seat && !know_has(m, KNOW_HOW_CAPITAL)) memcpy(x->seat, row->country, 4);
        me->place.name =
            casus_slice_of(d->parse->text->text.ptr + know_token(d, m->first)->begin,
                           know_token(d, m->last - 1)->end - know_token(d, m->first)->begin);
        memcpy(me->place.country, row->country, 4);
        me->place.lat = me->place.lon = NAN;
    }
}

/* ---- second pass: organisations and persons ------------------------------------------------- */

/* "Front for the Liberation" of another land than the one in the row's full name. */
static bool goes_on(const know_doc *d, const know_match *m, casus_slice name) {
    if (m->last + 1 >= d->parse->n_tokens) return false;
    if (!casus_slice_is(know_token(d, m->last)->lower, "of")) return false;
    if (!(know_token(d, m->last + 1)->flags & CASUS_TOKEN_UPPER_INITIAL)) return false;
    casus_slice words = know_words_of(d, m->first, m->last);
    if (name.len < words.len + 4 || memcmp(name.ptr + words.len, " of ", 4) != 0) return false;
    for (uint32_t i = 0; i < words.len; i++) {
        if ((name.ptr[i] | 32) != (words.ptr[i] | 32)) return false;
    }
    return true;
}

/* Last words of the full names of persons in the text, as a hash table; 0: free. */
typedef struct surnames {
    uint64_t *slots;
    uint32_t n; /* power of two */
} surnames;

static uint64_t *surname_at(const surnames *s, casus_slice word) {
    const uint64_t h = casus_base_hash64(word.ptr, word.len, 23) | 1;
    uint32_t at = (uint32_t)h & (s->n - 1);
    while (s->slots[at] && s->slots[at] != h) at = (at + 1) & (s->n - 1);
    return &s->slots[at];
}

static bool gather_surnames(know_doc *d, surnames *s) {
    const casus_parse *p = d->parse;
    s->n = 64;
    while (s->n < 2 * p->n_names) s->n *= 2;
    s->slots = casus_base_arena_zero(d->scratch, s->n, sizeof *s->slots);
    if (!s->slots) {
        know_out_of_memory(d);
        return false;
    }
    for (uint32_t i = 0; i < p->n_names; i++) {
        const casus_name *n = &p->names[i];
        uint32_t last = n->last;
        if (last > n->first && know_token(d, last - 1)->pos == CASUS_POS_PART) last--; /* 's */
        if (n->sort != CASUS_SORT_PERSON || last < n->first + 2 || !has_firstname(d, n)) continue;
        const casus_slice word = know_token(d, last - 1)->lower;
        *surname_at(s, word) = casus_base_hash64(word.ptr, word.len, 23) | 1;
    }
    return true;
}

/* "Bloomberg" where Michael Bloomberg is spoken of, and no news agency reports. */
static bool is_person_here(const know_doc *d, const know_match *m, const surnames *s) {
    const casus_token *k = know_token(d, m->head);
    if (m->atoms != 1 || m->last != m->first + 1 || !*surname_at(s, k->lower)) return false;
    if (m->first > 0 && casus_slice_is(know_token(d, m->first - 1)->lower, "the")) return false;
    const know_word *w = &d->words[m->head];
    return w->role != CASUS_ROLE_SUBJ || w->gov == CASUS_NONE ||
           !casus_slice_is(know_token(d, w->gov)->lemma, "report");
}

static void name_group(know_doc *d, const know_match *m, const surnames *s) {
    if (d->words[m->head].item != CASUS_NONE || is_person_here(d, m, s)) return;
    uint32_t equal;
    know_ref r = know_best_group(d, m, "", &equal);
    if (!know_is(r) || know_row_of(d, r)->table == KNOW_COUNTRIES) return;
    if (goes_on(d, m, know_text(know_layer_of(d, r), know_row_of(d, r)->name))) return;
    const casus_name *name = longer_name(d, m, CASUS_SORT_PERSON);
    if (name && has_stranger(d, name, m) && m->atoms == 1) return;
    if (m->atoms == 1 && (know_has(m, KNOW_HOW_ROLE) || know_has(m, KNOW_HOW_ROLES))) {
        if (!(know_token(d, m->head)->flags & CASUS_TOKEN_UPPER_INITIAL)) return;
    }
    uint32_t i = know_item_new(d, m->head, m->first, m->last, CASUS_MENTION_ORG);
    if (i == CASUS_NONE) return;
    casus_mention *me = &d->mentions.items[i];
    know_fill_group(d, me, &d->extras[i], r);
    d->extras[i].modifier = d->words[m->head].role == CASUS_ROLE_MOD;
    const know_row *row = know_row_of(d, r);
    bool told = row->country[0] && (memcmp(row->country, d->context, 4) == 0 ||
                                    memcmp(row->country, d->context_other, 4) == 0);
    if (equal > 1 && !told) { /* several countries have one: no more than what they share */
        me->actor.country[0] = 0;
        me->actor.name = (casus_slice){0};
        d->extras[i].entity = KNOW_NO_REF;
        d->extras[i].from_context = true;
    }
}

static void name_person(know_doc *d, const know_match *m) {
    if (d->words[m->head].item != CASUS_NONE) return;
    know_hint none = {.office = KNOW_NO_REF};
    know_ref root = know_person_of(d, m, &none, false);
    if (!know_is(root)) return;
    const know_row *row = know_row_of(d, root);
    if (m->atoms == 1 && know_token(d, m->head)->pos != CASUS_POS_PROPN) return;
    for (uint32_t t = m->last; t < m->last + 2 && t < d->parse->n_tokens; t++) {
        const casus_token *k = know_token(d, t); /* "Julius Nyerere International Airport" */
        if (!(k->flags & CASUS_TOKEN_UPPER_INITIAL) || k->pos != CASUS_POS_PROPN) break;
        if (know_marked(d, t, KNOW_MARK_AREA)) return;
    }
    (void)row;
    uint32_t i = know_item_new(d, m->head, m->first, m->last, CASUS_MENTION_PERSON);
    if (i == CASUS_NONE) return;
    know_fill_person(d, &d->mentions.items[i], &d->extras[i], root, &none);
    d->extras[i].modifier = d->words[m->head].role == CASUS_ROLE_MOD;
}

static void name_people(know_doc *d, const know_match *m) { /* Kurds, Rohingya, Chechen rebels */
    if (d->words[m->head].item != CASUS_NONE) return;
    know_ref r = target_of(d, m, KNOW_HOW_DEMONYM, KNOW_PEOPLES);
    if (!know_is(r)) return;
    const casus_name *name = longer_name(d, m, CASUS_SORT_PERSON);
    if (name && has_stranger(d, name, m)) return;
    uint32_t i = know_item_new(d, m->head, m->first, m->last, CASUS_MENTION_GROUP);
    if (i == CASUS_NONE) return;
    casus_mention *me = &d->mentions.items[i];
    know_extra *x = &d->extras[i];
    know_fill_group(d, me, x, r);
    me->kind = CASUS_MENTION_GROUP;
    if (before_noun(d, m->head)) {
        me->actor.n_sectors = 0;
        x->modifier = true;
        x->named = false;
        return;
    }
    x->number = KNOW_PLURALITY;
    me->actor.group = true;
    if (!me->actor.country[0]) x->from_context = true;
}

static bool is_user(const know_doc *d, const know_match *m) {
    return d->know->n_layers > 1 && m->layer == 0;
}

bool know_doc_names(know_doc *d) {
    for (uint32_t i = 0; i < d->n_matches && d->status == CASUS_OK; i++) {
        const know_match *m = &d->matches[i];
        if (is_user(d, m)) continue;
        if (know_has(m, KNOW_HOW_NAME) || know_has(m, KNOW_HOW_DEMONYM)) name_country(d, m);
    }
    for (uint32_t i = 0; i < d->n_matches && d->status == CASUS_OK; i++) {
        const know_match *m = &d->matches[i];
        if (know_has(m, KNOW_HOW_CAPITAL) || know_has(m, KNOW_HOW_SEAT)) name_capital(d, m);
    }
    surnames s = {0};
    if (d->status != CASUS_OK || !know_doc_context(d, false) || !gather_surnames(d, &s))
        return false;
    for (uint32_t i = 0; i < d->n_matches && d->status == CASUS_OK; i++) {
        const know_match *m = &d->matches[i];
        if (know_has(m, KNOW_HOW_NAME)) name_group(d, m, &s);
        if (know_has(m, KNOW_HOW_PERSON)) name_person(d, m);
        if (know_has(m, KNOW_HOW_DEMONYM)) name_people(d, m);
    }
    return d->status == CASUS_OK;
}
