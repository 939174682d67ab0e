/* place_clause.c - where the act of a clause took place, by what hangs on what.
 *
 * Reads mentions, the clause view and the gazetteer's word classes (prepositions of place, nouns
 * that stand before a place: village, outskirts, province). Bounded: DOWN levels of nouns below an
 * argument, UP clauses above. Does not guess from other sentences.
 */
#include "know/place_int.h"

#define DOWN 3
#define UP 3

typedef struct finder {
    const casus_places *places;
    const casus_mentions *m;
    const casus_parse *p;
} finder;

static uint32_t class_of(const finder *f, casus_slice word) {
    char key[40]; /* prepositions and nouns of the tables are plain and short */
    if (word.len == 0 || word.len > sizeof key) return 0;
    for (uint32_t i = 0; i < word.len; i++) {
        char c = word.ptr[i];
        if (c == ' ') return class_of(f, casus_slice_of(word.ptr, i)); /* "close to" */
        key[i] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    return place_classes(f->places, place_hash(casus_slice_of(key, word.len)));
}

/* The classes of a preposition of one word or of several. */
static uint32_t class_of_all(const finder *f, casus_slice words) {
    if (words.len == 0 || words.len > 40) return 0;
    return place_classes(f->places, place_hash(words));
}

static bool is_in(const finder *f, casus_slice prep) {
    if (class_of_all(f, prep) & PLACE_W_ACT_IN) return true;
    return class_of(f, prep) & PLACE_W_IN && memchr(prep.ptr, ' ', prep.len) == NULL;
}

static bool is_way(const finder *f, casus_slice prep) { /* through a country: the act is in it */
    return class_of_all(f, prep) & PLACE_W_WAY;
}

static bool is_move(const finder *f, casus_slice prep) {
    return class_of(f, prep) & PLACE_W_MOVE && !casus_slice_is(prep, "for") &&
           !casus_slice_is(prep, "between");
}

static uint8_t grain_at(const finder *f, uint32_t item) {
    const casus_mention *m = &f->m->items[item];
    if (m->place.grain) return m->place.grain;
    return m->kind == CASUS_MENTION_COUNTRY ? CASUS_PLACE_COUNTRY : CASUS_PLACE_POINT;
}

/* The better of two: the more precise, else the first. */
static uint32_t finer(const finder *f, uint32_t a, uint32_t b) {
    if (a == CASUS_NONE) return b;
    if (b == CASUS_NONE) return a;
    return grain_at(f, b) > grain_at(f, a) ? b : a;
}

static uint32_t item_at(const finder *f, uint32_t token) {
    if (token >= f->p->n_tokens) return CASUS_NONE;
    uint32_t i = f->m->at[token];
    if (i == CASUS_NONE || f->m->items[i].has_place) return i;
    const casus_mention *m = &f->m->items[i]; /* "the Zamzam Refugee Camp": the name within */
    if (m->kind != CASUS_MENTION_PLACE || f->p->tokens[token].pos != CASUS_POS_PROPN) {
        return CASUS_NONE;
    }
    for (uint32_t t = m->first; t < token && t < m->first + 6; t++) {
        uint32_t x = f->m->at[t];
        if (x != CASUS_NONE && f->m->items[x].has_place &&
            f->m->items[x].kind == CASUS_MENTION_PLACE) {
            return x;
        }
    }
    return CASUS_NONE;
}

static const casus_clause *noun_at(const finder *f, uint32_t token) {
    if (!f->p->n_clauses || token >= f->p->n_tokens) return NULL;
    uint32_t c = f->p->clause_of[token];
    return c == CASUS_NONE ? NULL : &f->p->clauses[c];
}

/* "attacks by insurgents in X", "ten people including a boy in X" */
static bool is_agent(casus_slice prep) {
    return casus_slice_is(prep, "by") || casus_slice_is(prep, "including");
}

/* The place that a noun phrase of place names: "Goris", "the town of Goris", "a base near Goris",
 * "a Goris suburb", "the country's east near the border". */
static uint32_t of_phrase(const finder *f, uint32_t token, int down) {
    uint32_t own = item_at(f, token);
    if (own != CASUS_NONE && grain_at(f, own) >= CASUS_PLACE_DISTRICT) return own;
    const casus_clause *n = down > 0 ? noun_at(f, token) : NULL;
    if (!n || n->kind == CASUS_CLAUSE_VERB) return own;
    uint32_t noun = class_of(f, f->p->tokens[token].lemma) | class_of(f, f->p->tokens[token].lower);
    uint32_t best = own, inner = CASUS_NONE, of = CASUS_NONE, before = CASUS_NONE;
    for (uint32_t i = 0; i < n->n_args; i++) {
        const casus_arg *a = &n->args[i];
        if (a->flags & CASUS_ARG_SHARED) continue;
        if (a->role == CASUS_ROLE_PREP && is_in(f, a->prep)) {
            inner = finer(f, inner, of_phrase(f, a->token, down - 1));
        } else if (a->role == CASUS_ROLE_PREP && casus_slice_is(a->prep, "of")) {
            if (noun &
                (PLACE_W_OF | PLACE_W_TOWN | PLACE_W_AREA | PLACE_W_FEATURE | PLACE_W_PARTS)) {
                of = finer(f, of, of_phrase(f, a->token, down - 1));
            } else { /* "at the town hall of X" */
                uint32_t x = item_at(f, a->token);
                if (x != CASUS_NONE && f->m->items[x].kind == CASUS_MENTION_PLACE &&
                    grain_at(f, x) >= CASUS_PLACE_DISTRICT) {
                    of = finer(f, of, x);
                }
            }
        } else if (is_agent(a->prep) && a->role == CASUS_ROLE_PREP) {
            if (item_at(f, a->token) == CASUS_NONE) {
                inner = finer(f, inner, of_phrase(f, a->token, down - 1));
            }
        } else if (a->role == CASUS_ROLE_APPOS) {
            inner = finer(f, inner, item_at(f, a->token));
        } else if (a->role == CASUS_ROLE_MOD || a->role == CASUS_ROLE_POSS) {
            uint32_t x = item_at(f, a->token);
            bool ground = noun & (PLACE_W_OF | PLACE_W_TOWN | PLACE_W_AREA | PLACE_W_FEATURE |
                                  PLACE_W_PARTS | PLACE_W_FOLK);
            if (casus_slice_is(f->p->tokens[token].lemma, "border")) ground = false; /* of two */
            if (x != CASUS_NONE && (grain_at(f, x) > CASUS_PLACE_COUNTRY || ground)) {
                before = finer(f, before, x);
            }
        }
    }
    best = finer(f, best, inner);
    best = finer(f, best, of);
    return finer(f, best, before);
}

/* Brought to the clause by a preposition of place. */
static uint32_t by_preposition(const finder *f, const casus_clause *c) {
    uint32_t best = CASUS_NONE;
    for (uint32_t i = 0; i < c->n_args; i++) {
        const casus_arg *a = &c->args[i];
        if (a->role != CASUS_ROLE_PREP || !is_in(f, a->prep)) continue;
        uint32_t x = of_phrase(f, a->token, DOWN);
        if (x != CASUS_NONE && casus_slice_is(a->prep, "on") && x == item_at(f, a->token) &&
            grain_at(f, x) <= CASUS_PLACE_COUNTRY) {
            continue; /* "called on Turkey", but "the attack on the base in Turkey" */
        }
        best = finer(f, best, x);
    }
    return best;
}

/* Where it leads, where it comes from. */
static uint32_t by_motion(const finder *f, const casus_clause *c) {
    uint32_t best = CASUS_NONE, from = CASUS_NONE;
    for (uint32_t i = 0; i < c->n_args; i++) {
        const casus_arg *a = &c->args[i];
        if (a->role != CASUS_ROLE_PREP) continue;
        bool way = is_way(f, a->prep);
        if (!way && !is_move(f, a->prep)) continue;
        uint32_t x = way ? of_phrase(f, a->token, DOWN) : item_at(f, a->token);
        if (x == CASUS_NONE) continue;
        if (!way && f->m->items[x].kind != CASUS_MENTION_PLACE) continue;
        if (casus_slice_is(a->prep, "from")) {
            from = finer(f, from, x);
        } else {
            best = finer(f, best, x);
        }
    }
    return best != CASUS_NONE ? best : from;
}

/* A noun's own place: "the attack in X", "the X talks", "the shelling of X". */
static uint32_t by_noun(const finder *f, const casus_clause *n) {
    uint32_t best = by_preposition(f, n);
    if (best != CASUS_NONE) return best;
    for (uint32_t i = 0; i < n->n_args; i++) {
        const casus_arg *a = &n->args[i];
        uint32_t x = item_at(f, a->token);
        bool town = x != CASUS_NONE && grain_at(f, x) > CASUS_PLACE_COUNTRY;
        bool before = a->role == CASUS_ROLE_MOD || a->role == CASUS_ROLE_POSS;
        bool suffers = a->role == CASUS_ROLE_OBJ ||
                       (a->role == CASUS_ROLE_PREP &&
                        (casus_slice_is(a->prep, "of") || casus_slice_is(a->prep, "against")));
        if (town && before && f->m->items[x].kind != CASUS_MENTION_PERSON) {
            best = finer(f, best, x);
        } else if (suffers && town && f->m->items[x].kind == CASUS_MENTION_PLACE) {
            best = finer(f, best, x);
        } else if ((suffers || (a->role == CASUS_ROLE_PREP && is_agent(a->prep))) &&
                   x == CASUS_NONE) {
            best = finer(f, best, of_phrase(f, a->token, 1));
        }
    }
    /* "talks with officials in X" */
    for (uint32_t i = 0; i < n->n_args && best == CASUS_NONE; i++) {
        const casus_arg *a = &n->args[i];
        if (a->role != CASUS_ROLE_PREP ||
            !(casus_slice_is(a->prep, "with") || casus_slice_is(a->prep, "between")))
            continue;
        const casus_clause *x = noun_at(f, a->token);
        if (!x || x->kind == CASUS_CLAUSE_VERB || x == n) continue;
        const uint32_t there = by_preposition(f, x);
        if (there != CASUS_NONE && grain_at(f, there) > CASUS_PLACE_PART) best = there;
    }
    /* "attacks targeting villagers in X", "a bombing that killed ten in X" */
    for (uint32_t i = 0; i < n->n_args && best == CASUS_NONE; i++) {
        const casus_arg *a = &n->args[i];
        if (a->role != CASUS_ROLE_RELCL || a->clause >= f->p->n_clauses) continue;
        const casus_clause *r = &f->p->clauses[a->clause];
        bool itself = r->mood == CASUS_MOOD_GERUND || r->mood == CASUS_MOOD_PARTICIPLE;
        for (uint32_t k = 0; k < r->n_args; k++) {
            itself |= r->args[k].role == CASUS_ROLE_SUBJ && r->args[k].flags & CASUS_ARG_RELATIVE;
        }
        if (itself && r->kind == CASUS_CLAUSE_VERB) best = by_preposition(f, r);
    }
    return best != CASUS_NONE ? best : by_motion(f, n);
}

static bool people(const finder *f, uint32_t token) {
    uint32_t i = token < f->p->n_tokens ? f->m->at[token] : CASUS_NONE;
    if (i == CASUS_NONE) return false;
    uint8_t k = f->m->items[i].kind;
    return k == CASUS_MENTION_PERSON || k == CASUS_MENTION_ORG || k == CASUS_MENTION_PRONOUN ||
           k == CASUS_MENTION_COUNTRY;
}

/* What the act is done to, and what does it, when these are things with a place. */
static uint32_t by_sides(const finder *f, const casus_clause *c) {
    static const uint8_t order[] = {CASUS_ROLE_OBJ, CASUS_ROLE_PREP, CASUS_ROLE_OBJ2,
                                    CASUS_ROLE_PRED, CASUS_ROLE_SUBJ};
    for (size_t k = 0; k < sizeof order; k++) {
        uint32_t best = CASUS_NONE;
        for (uint32_t i = 0; i < c->n_args; i++) {
            const casus_arg *a = &c->args[i];
            if (a->role != order[k]) continue;
            uint32_t x = item_at(f, a->token);
            bool on = a->role == CASUS_ROLE_PREP &&
                      (casus_slice_is(a->prep, "of") || casus_slice_is(a->prep, "on") ||
                       casus_slice_is(a->prep, "against") || casus_slice_is(a->prep, "with") ||
                       casus_slice_is(a->prep, "during") || casus_slice_is(a->prep, "amid"));
            if (a->role == CASUS_ROLE_PREP && !on) continue;
            if (a->flags & CASUS_ARG_RELATIVE && c->flags & CASUS_CLAUSE_PERFECT) continue;
            if (x != CASUS_NONE && a->role != CASUS_ROLE_SUBJ &&
                f->m->items[x].kind == CASUS_MENTION_PLACE) {
                best = finer(f, best, x); /* "shelled Goris" */
                continue;
            }
            const casus_clause *n = noun_at(f, a->token);
            if (!n || n->kind == CASUS_CLAUSE_VERB || x != CASUS_NONE) continue;
            if (a->role == CASUS_ROLE_SUBJ && people(f, a->token)) continue;
            best = finer(f, best, by_noun(f, n));
        }
        if (best != CASUS_NONE) return best;
    }
    return CASUS_NONE;
}

static uint32_t own_place(const finder *f, const casus_clause *c, uint32_t event) {
    if (c->kind == CASUS_CLAUSE_NOUN) return by_noun(f, c);
    uint32_t best = by_preposition(f, c);
    const casus_clause *n = event == CASUS_NONE ? NULL : noun_at(f, event);
    if (n && n->kind == CASUS_CLAUSE_NOUN) best = finer(f, best, by_noun(f, n));
    for (uint32_t i = 0; i < c->n_args && best != CASUS_NONE;
         i++) { /* "raided Jenin in the West Bank" */
        uint32_t x = item_at(f, c->args[i].token);
        if (c->args[i].role == CASUS_ROLE_OBJ && x != CASUS_NONE &&
            f->m->items[x].kind == CASUS_MENTION_PLACE) {
            best = finer(f, best, x);
        }
    }
    if (best != CASUS_NONE && grain_at(f, best) > CASUS_PLACE_PART) return best;
    uint32_t sides = by_sides(f, c);
    if (best == CASUS_NONE || (sides != CASUS_NONE && grain_at(f, sides) > CASUS_PLACE_COUNTRY)) {
        best = finer(f, best, sides);
    }
    return best != CASUS_NONE ? best : by_motion(f, c);
}

/* Does the clause hang on the one above by words behind which another scene begins? "rallied in X
 * over the killing", "arrived in X after his release", "the man in X who had attacked" */
static bool is_elsewhere(const finder *f, const casus_clause *c, const casus_clause *above) {
    if (c->parent_role != CASUS_ROLE_PREP) return false;
    const casus_arg *arg = NULL;
    for (uint32_t i = 0; i < above->n_args && !arg; i++)
        if (above->args[i].token == c->head) arg = &above->args[i];
    if (!arg) return false;
    /* "arrived in X for talks" */
    static const char *const comes[] = {"arrive", "travel", "meet",    "gather",   "go",     "come",
                                        "fly",    "land",   "convene", "assemble", "return", "be"};
    for (size_t i = 0; i < sizeof comes / sizeof *comes && casus_slice_is(arg->prep, "for"); i++)
        if (casus_slice_is(f->p->tokens[above->head].lemma, comes[i])) return false;
    const uint32_t class = class_of_all(f, arg->prep);
    if (class & PLACE_W_ELSEWHERE) return true;
    if (class & PLACE_W_THEN) {
        for (uint32_t k = 0; k < c->n_args; k++)
            if (c->args[k].role == CASUS_ROLE_POSS) return true;
        return arg->first < arg->last && casus_slice_is(f->p->tokens[arg->first].lower, "the");
    }
    return false;
}

uint32_t casus_know_place_of_clause(const casus_mentions *mentions, const casus_parse *parse,
                                    uint32_t clause, uint32_t event) {
    if (!mentions->places || clause >= parse->n_clauses) return CASUS_NONE;
    finder f = {mentions->places, mentions, parse};
    const casus_clause *c = &parse->clauses[clause];
    uint32_t best = own_place(&f, c, event);
    for (int up = 0; best == CASUS_NONE && up < UP; up++) {
        if (c->parent == CASUS_NONE || c->parent >= parse->n_clauses) break;
        if (c->parent_role == CASUS_ROLE_CCOMP) break; /* where it was said is not where it was */
        const casus_clause *above = &parse->clauses[c->parent];
        if (above->sent != c->sent || is_elsewhere(&f, c, above)) break;
        /* "seized a tanker in X that had been sanctioned" */
        if (c->parent_role == CASUS_ROLE_RELCL && c->flags & CASUS_CLAUSE_PASSIVE &&
            c->mood != CASUS_MOOD_GERUND)
            break;
        best = by_preposition(&f, above);
        /* "launches strikes across X, killing ten" */
        if (c->mood == CASUS_MOOD_GERUND && c->mark.len == 0 &&
            c->parent_role == CASUS_ROLE_ADVCL && above->kind == CASUS_CLAUSE_VERB &&
            (best == CASUS_NONE || grain_at(&f, best) <= CASUS_PLACE_PART)) {
            best = finer(&f, best, by_sides(&f, above));
        }
        c = above;
    }
    return best;
}

bool casus_know_is_elsewhere(const casus_mentions *mentions, casus_slice prep) {
    if (!mentions->places) return false;
    const finder f = {mentions->places, mentions, NULL};
    return class_of_all(&f, prep) & PLACE_W_ELSEWHERE;
}

uint32_t casus_know_place_of_phrase(const casus_mentions *mentions, const casus_parse *parse,
                                    uint32_t token) {
    if (!mentions->places || token >= parse->n_tokens) return CASUS_NONE;
    const finder f = {mentions->places, mentions, parse};
    return of_phrase(&f, token, DOWN);
}

bool casus_know_is_site(const casus_mentions *mentions, casus_slice noun) {
    if (!mentions->places) return false;
    const finder f = {mentions->places, mentions, NULL};
    return class_of(&f, noun) &
           (PLACE_W_AREA | PLACE_W_FEATURE | PLACE_W_FACILITY | PLACE_W_STREET | PLACE_W_SITE);
}

uint32_t casus_know_place_first(const casus_mentions *mentions, const casus_parse *parse,
                                uint32_t mention) {
    const casus_mention *m = &mentions->items[mention];
    uint32_t first = m->first;
    if (!mentions->places || first >= parse->n_tokens) return first;
    const finder f = {mentions->places, mentions, parse};
    const uint32_t begin = parse->sentences[parse->tokens[first].sent].first;
    for (int n = 0; n < 5 && first > begin; n++) { /* "north - eastern", "rural south-western" */
        const casus_token *t = &parse->tokens[first - 1];
        const bool hyphen = casus_slice_is(t->form, "-") && first - 1 > begin && n > 0;
        if (mentions->at[first - 1] != CASUS_NONE || t->pos == CASUS_POS_SPACE) break;
        if (hyphen) {
            if (!(class_of(&f, parse->tokens[first - 2].lower) & PLACE_W_PARTS)) break;
        } else if (!(class_of(&f, t->lower) & PLACE_W_PARTS)) {
            break;
        }
        first--;
    }
    return first;
}
