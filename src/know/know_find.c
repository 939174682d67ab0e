/* know_find.c - all mentions of a document: names, places, then every noun phrase from left to
 * right.
 *
 * Linear in tokens: each is resolved once (memoized, nesting bounded by KNOW_DEPTH_MOST). The
 * result is sorted by head token; what turned out to be nothing is left out.
 */
#include "know/know_int.h"

#include <stdlib.h>

static const char *const kind_names[] = {"none",  "country", "person", "org",
                                         "group", "place",   "pronoun"};
const char *casus_know_kind_name(casus_mention_kind kind) {
    return (unsigned)kind < sizeof kind_names / sizeof *kind_names ? kind_names[kind] : "none";
}

/* "hundreds of fighters", "a group of rebels", "two of the soldiers" */
static uint32_t quantity(know_doc *d, uint32_t t) {
    if (t + 1 >= d->parse->n_tokens || !casus_slice_is(know_token(d, t + 1)->lower, "of")) {
        return CASUS_NONE;
    }
    uint32_t end = t + 12 < d->parse->n_tokens ? t + 12 : d->parse->n_tokens;
    for (uint32_t k = t + 2; k < end; k++) {
        if (know_token(d, k)->head != t + 1) continue;
        uint32_t of = know_resolve(d, k);
        if (of == CASUS_NONE || d->mentions.items[of].kind == CASUS_MENTION_PLACE ||
            d->mentions.items[of].kind == CASUS_MENTION_NONE) {
            return CASUS_NONE;
        }
        if (d->words[t].item != CASUS_NONE) return d->words[t].item;
        uint32_t item = know_item_new(d, t, t, d->mentions.items[of].last, CASUS_MENTION_GROUP);
        if (item == CASUS_NONE) return item;
        know_link(d, item, of);
        d->extras[item].number = KNOW_PLURALITY;
        return item;
    }
    return CASUS_NONE;
}

/* A word in an organisation's name that is not its head: "people" in "People Power Party". */
static bool inside_org(const know_doc *d, uint32_t t) {
    uint32_t n = d->words[t].name;
    if (n == CASUS_NONE || d->parse->names[n].sort != CASUS_SORT_ORG) return false;
    const casus_name *name = &d->parse->names[n];
    uint32_t last = name->last - 1;
    if (last > name->first && know_token(d, last)->pos == CASUS_POS_PART) last--; /* 's */
    if (t >= last || !(know_token(d, t)->flags & CASUS_TOKEN_UPPER_INITIAL)) return false;
    for (uint32_t k = t; k < last; k++) { /* "Bank of X": its head is the first word */
        if (know_token(d, k + 1)->pos != CASUS_POS_PROPN) return false;
    }
    return true;
}

/* The last word of a person's name, whatever else it may mean: "Steve Peers", "Al Green". */
static bool inside_person(know_doc *d, uint32_t t) {
    const uint32_t n = d->words[t].name;
    if (n == CASUS_NONE || d->parse->names[n].sort != CASUS_SORT_PERSON) return false;
    const casus_name *name = &d->parse->names[n];
    uint32_t last = name->last;
    if (last > name->first && know_token(d, last - 1)->pos == CASUS_POS_PART) last--; /* 's */
    if (t + 1 != last || last - name->first < 2 || last - name->first > 4) return false;
    for (uint32_t k = name->first; k < last; k++) {
        const casus_token *x = know_token(d, k);
        if (!(x->flags & CASUS_TOKEN_UPPER_INITIAL) || x->pos != CASUS_POS_PROPN) return false;
        const uint32_t m = d->words[k].match;
        if (k < t && m != CASUS_NONE && know_is_described(&d->matches[m])) return false;
    }
    const casus_slice first = know_words_of(d, name->first, last);
    return know_gender_of(d, first) != 0;
}

uint32_t know_resolve(know_doc *d, uint32_t t) {
    know_word *w = &d->words[t];
    if (w->state || d->depth >= KNOW_DEPTH_MOST || d->status != CASUS_OK) return w->item;
    w->state = 1;
    d->depth++;
    const casus_token *k = know_token(d, t);
    uint32_t m = w->match;
    bool head = m != CASUS_NONE && d->matches[m].head == t;
    bool counts = know_marked(d, t, KNOW_MARK_QUANTITY) || k->pos == CASUS_POS_NUM;
    if (w->item != CASUS_NONE) {
        if (d->mentions.items[w->item].kind != CASUS_MENTION_NONE) know_finish_name(d, t);
    } else if (counts && quantity(d, t) != CASUS_NONE) {
        /* done */
    } else if (k->pos == CASUS_POS_NUM && t > 0 && w->role != CASUS_ROLE_MOD &&
               w->role != KNOW_ROLE_NONE && know_marked(d, t, KNOW_MARK_BOTH) &&
               casus_slice_is(know_token(d, t - 1)->lower, "the")) {
        know_pronoun(d, t); /* "the two agreed" */
    } else if (k->pos == CASUS_POS_PRON ||
               (k->pos == CASUS_POS_DET && (w->possessor || casus_slice_is(k->lower, "both")) &&
                w->role != CASUS_ROLE_MOD && w->role != KNOW_ROLE_NONE)) {
        know_pronoun(d, t);
    } else {
        if (head && know_is_described(&d->matches[m]) && !inside_org(d, t) &&
            !inside_person(d, t)) {
            know_describe(d, t, m);
        }
        bool name =
            k->pos == CASUS_POS_PROPN || (head && know_has(&d->matches[m], KNOW_HOW_SURNAME));
        bool covered = m != CASUS_NONE && !head && d->matches[m].atoms > 1 &&
                       !know_has(&d->matches[m], KNOW_HOW_SURNAME);
        if (w->item == CASUS_NONE && name && !covered) {
            uint32_t n = w->name;
            bool inner = false; /* only the head of a name or of a run of names */
            if (k->head != t && k->head > t && know_token(d, k->head)->pos == CASUS_POS_PROPN) {
                uint32_t g = k->head;
                inner =
                    n != CASUS_NONE ? g < d->parse->names[n].last : d->words[g].name == CASUS_NONE;
            }
            if (n != CASUS_NONE && k->head < t && k->head >= d->parse->names[n].first &&
                k->head != t) {
                inner = true; /* "Bank of X" */
            }
            for (uint32_t k2 = n == CASUS_NONE ? t : d->parse->names[n].first; k2 < t; k2++) {
                uint32_t i = d->words[k2].item; /* "Kim Sang-wook", headed by its first word */
                inner |= i != CASUS_NONE && d->mentions.items[i].last > t &&
                         d->mentions.items[i].kind != CASUS_MENTION_NONE;
            }
            if (!inner) know_unknown_name(d, t);
        }
    }
    d->depth--;
    w->state = 2;
    return w->item;
}

/* ---- the end -------------------------------------------------------------------------------- */

typedef struct order {
    uint32_t head, item;
} order;
static int by_head(const void *a, const void *b) {
    const order *x = a, *y = b;
    if (x->head != y->head) return x->head < y->head ? -1 : 1;
    return x->item < y->item ? -1 : x->item > y->item;
}

static casus_status finish(know_doc *d, casus_mentions **out) {
    uint32_t n = d->mentions.n, kept = 0;
    uint32_t n_tokens = d->parse->n_tokens;
    order *o = casus_base_arena_get(d->scratch, ((size_t)n + 1) * sizeof *o);
    uint32_t *to = casus_base_arena_get(d->scratch, ((size_t)n + 1) * sizeof *to);
    uint32_t *at = casus_base_arena_get(d->arena, ((size_t)n_tokens + 1) * sizeof *at);
    casus_mentions *result = casus_base_arena_zero(d->arena, 1, sizeof *result);
    if (!o || !to || !at || !result) return casus_base_no_memory(d->err);
    for (uint32_t i = 0; i < n; i++) {
        to[i] = CASUS_NONE;
        const casus_mention *m = &d->mentions.items[i];
        bool nothing = m->kind == CASUS_MENTION_NONE || d->extras[i].dead;
        if (m->kind == CASUS_MENTION_PRONOUN && d->extras[i].antecedent == CASUS_NONE)
            nothing = true;
        if (!nothing) o[kept++] = (order){m->head, i};
    }
    qsort(o, kept, sizeof *o, by_head);
    casus_mention *items = casus_base_arena_get(d->arena, ((size_t)kept + 1) * sizeof *items);
    if (!items) return casus_base_no_memory(d->err);
    for (uint32_t t = 0; t < n_tokens; t++) at[t] = CASUS_NONE;
    uint32_t k = 0;
    for (uint32_t i = 0; i < kept; i++) {
        if (k && items[k - 1].head == o[i].head) { /* one mention per head token */
            to[o[i].item] = k - 1;
            continue;
        }
        to[o[i].item] = k;
        items[k] = d->mentions.items[o[i].item];
        at[o[i].head] = k++;
    }
    /* the first of each chain, in text order */
    for (uint32_t i = 0; i < n; i++) o[i].head = CASUS_NONE; /* o[c].head: first of chain c */
    for (uint32_t i = 0; i < n; i++) {
        uint32_t c = d->mentions.items[i].chain;
        if (to[i] != CASUS_NONE && to[i] < o[c].head) o[c].head = to[i];
    }
    for (uint32_t i = 0; i < n; i++) {
        uint32_t c = d->mentions.items[i].chain;
        if (to[i] == CASUS_NONE || items[to[i]].head != d->mentions.items[i].head) continue;
        items[to[i]].chain = o[c].head;
    }
    for (uint32_t i = 0; i < k; i++) {
        if (!items[i].n_members) continue;
        uint32_t *list = casus_base_arena_get(d->arena, items[i].n_members * sizeof *list), c = 0;
        if (!list) return casus_base_no_memory(d->err);
        for (uint32_t j = 0; j < items[i].n_members; j++) {
            uint32_t x = to[items[i].members[j]];
            if (x != CASUS_NONE) list[c++] = x;
        }
        items[i].members = list;
        items[i].n_members = c;
    }
    result->items = items;
    result->places = d->know->places;
    result->n = k;
    result->at = at;
    memcpy(result->country, d->context, sizeof result->country);
    if (d->scene) {
        const size_t size = (size_t)d->parse->n_sentences * sizeof *d->scene;
        char(*scenes)[4] = casus_base_arena_get(d->arena, size + 1);
        if (!scenes) return casus_base_no_memory(d->err);
        memcpy(scenes, d->scene, size);
        result->scenes = (const char(*)[4])scenes;
    }
    *out = result;
    return CASUS_OK;
}

/* Places have come to the mentions: `item` anew, what lies inside a longer place given up. */
static bool with_places(know_doc *d, uint32_t before) {
    if (!know_items_fit(d)) return false;
    for (uint32_t i = 0; i < before; i++) {
        casus_mention *m = &d->mentions.items[i];
        uint32_t match = d->words[m->head].match;
        if (m->has_place && d->extras[i].seat[0] && match != CASUS_NONE) {
            memcpy(m->place.country, d->extras[i].seat, 4); /* a house of that name elsewhere */
        }
        if (d->mentions.items[i].kind == CASUS_MENTION_NONE && !d->extras[i].dead) {
            d->extras[i].dead = true;
            d->words[d->mentions.items[i].head].item = CASUS_NONE;
        }
    }
    for (uint32_t i = before; i < d->mentions.n; i++) {
        const casus_mention *m = &d->mentions.items[i];
        if (m->kind == CASUS_MENTION_NONE) continue;
        d->extras[i].named = true;
        d->extras[i].modifier = d->words[m->head].role == CASUS_ROLE_MOD;
        for (uint32_t t = m->first; t < m->last; t++) {
            uint32_t o = d->words[t].item;
            if (o == CASUS_NONE || o >= before) continue;
            const casus_mention *x = &d->mentions.items[o];
            if (x->kind == CASUS_MENTION_COUNTRY && x->first >= m->first && x->last <= m->last &&
                x->last - x->first < m->last - m->first) {
                d->extras[o].dead = true;
                d->words[t].item = CASUS_NONE;
            }
        }
        for (uint32_t t = m->first; t < m->last; t++) { /* "West" in "West Bank" */
            if (t != m->head && d->words[t].item == CASUS_NONE) d->words[t].state = 2;
        }
        if (d->words[m->head].item == CASUS_NONE) {
            d->words[m->head].item = i;
        } else {
            d->extras[i].dead = true;
        }
    }
    return true;
}

static casus_status find(know_doc *d, casus_mentions **out) {
    const casus_know *know = d->know;
    const casus_parse *parse = d->parse;
    casus_error *err = d->err;
    uint32_t n = parse->n_tokens;
    d->words = casus_base_arena_zero(d->scratch, (size_t)n + 1, sizeof *d->words);
    d->appos = casus_base_arena_get(d->scratch, ((size_t)n + 1) * sizeof *d->appos);
    if (!d->words || !d->appos) return casus_base_no_memory(err);
    for (uint32_t t = 0; t < n; t++) {
        know_word *w = &d->words[t];
        w->gov = w->match = w->name = w->item = CASUS_NONE;
        w->first = t;
        w->role = KNOW_ROLE_NONE;
        d->appos[t] = CASUS_NONE;
    }
    for (uint32_t i = 0; i < parse->n_names; i++) {
        for (uint32_t t = parse->names[i].first; t < parse->names[i].last && t < n; t++) {
            d->words[t].name = i;
        }
    }
    if (!know_doc_atoms(d) || !know_doc_matches(d) || !know_doc_syntax(d)) {
        return casus_base_no_memory(err);
    }
    if (!know_doc_names(d)) return d->status ? d->status : casus_base_no_memory(err);
    uint32_t before = d->mentions.n;
    if (know->places) {
        uint32_t *at = casus_base_arena_get(d->scratch, ((size_t)n + 1) * sizeof *at);
        if (!at) return casus_base_no_memory(err);
        for (uint32_t t = 0; t < n; t++) at[t] = d->words[t].item;
        d->mentions.at = at;
        casus_status st = casus_know_place_find(&d->mentions, &d->cap_items, d->scratch,
                                                know->places, parse, err);
        if (st != CASUS_OK) return st;
    }
    if (!with_places(d, before)) return d->status;
    if (!know_doc_context(d, true)) return d->status;
    know_announce(d);
    for (uint32_t t = 0; t < n && d->status == CASUS_OK; t++) {
        uint8_t pos = know_token(d, t)->pos;
        if (pos == CASUS_POS_SPACE || pos == CASUS_POS_PUNCT) continue;
        know_resolve(d, t);
    }
    if (d->status != CASUS_OK) return d->status;
    return finish(d, out);
}

casus_status casus_know_find(casus_mentions **out, const casus_know *know, const casus_parse *parse,
                             casus_error *err) {
    know_doc doc = {.know = know,
                    .parse = parse,
                    .arena = parse->text->arena,
                    .scratch = casus_base_arena_new(&know->memory),
                    .err = err,
                    .day = parse->text->day};
    if (!doc.scratch) return casus_base_no_memory(err);
    const casus_status status = find(&doc, out);
    casus_base_arena_free(doc.scratch);
    return status;
}

uint32_t casus_know_top(const casus_mentions *m, const casus_parse *p) {
    uint32_t best = CASUS_NONE, top = 0;
    for (uint32_t i = 0; i < m->n; i++) {
        const casus_mention *x = &m->items[i];
        const casus_token *k = &p->tokens[x->head];
        if (k->sent > 0 && best != CASUS_NONE) break;
        const casus_actor *a = &x->actor;
        uint32_t score = 1 + (x->last - x->first);
        if (a->country[0] || a->code[0] || a->n_sectors || a->person.len || x->n_members) {
            score += 40;
        }
        if (x->kind == CASUS_MENTION_PERSON) score += 20;
        if (x->kind == CASUS_MENTION_NONE || x->kind == CASUS_MENTION_PLACE) score = 1;
        if (p->n_sentences && x->head == p->sentences[k->sent].root) score += 100;
        if (score > top) {
            top = score;
            best = i;
        }
    }
    return best;
}

uint32_t casus_know_tops(const casus_mentions *m, const casus_parse *p, uint32_t *list,
                         uint32_t most) {
    uint32_t n = 0, top = casus_know_top(m, p);
    if (top == CASUS_NONE || most == 0) return 0;
    const casus_mention *x = &m->items[top];
    if (x->n_members) {
        for (; n < x->n_members && n < most; n++) list[n] = x->members[n];
        return n;
    }
    list[n++] = top;
    uint32_t last = x->head, end = p->sentences[p->tokens[last].sent].last;
    for (uint32_t t = last + 1; t < end && n < most; t++) {
        const casus_token *k = &p->tokens[t];
        if (k->head != last || m->at[t] == CASUS_NONE || k->pos == CASUS_POS_ADJ) continue;
        bool and = false; /* of either: "A, B and C" */
        for (uint32_t c = last + 1; c < end && !and; c++) {
            and = p->tokens[c].pos == CASUS_POS_CCONJ &&
                  (p->tokens[c].head == last || p->tokens[c].head == t);
        }
        uint8_t kind = m->items[m->at[t]].kind;
        if (!and || kind == CASUS_MENTION_NONE || kind == CASUS_MENTION_PLACE) continue;
        list[n++] = m->at[t];
        last = t;
    }
    return n;
}
