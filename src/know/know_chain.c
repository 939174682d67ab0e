/* know_chain.c - who is meant again: names shortened, "the group", "both ministers".
 *
 * Simple and careful: candidates are looked for backwards over at most KNOW_BACK mentions and
 * KNOW_BACK_TOKENS words, so the whole is linear; what has no fitting candidate stays unresolved.
 * Knows of gender what titles, role nouns and first names tell.
 */
#include "know/know_int.h"

/* ---- names of the text's own ---------------------------------------------------------------- */

static uint32_t atom_at(const know_doc *d, uint32_t token) { /* first atom at or behind a token */
    uint32_t low = 0, high = d->n_atoms;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (d->atoms[mid].token < token) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    return low;
}

casus_slice know_key_of(const know_doc *d, uint32_t first, uint32_t last) {
    uint32_t a = atom_at(d, first), z = atom_at(d, last);
    if (a >= z) return (casus_slice){0};
    const know_atom *x = &d->atoms[a], *y = &d->atoms[z - 1];
    return (casus_slice){d->keys + x->off, y->off + y->len - x->off};
}

casus_slice know_words_of(const know_doc *d, uint32_t first, uint32_t last) {
    uint32_t begin = know_token(d, first)->begin, end = know_token(d, last - 1)->end;
    return (casus_slice){d->parse->text->text.ptr + begin, end - begin};
}

static bool grow_locals(know_doc *d) {
    uint32_t n = d->n_local_slots ? d->n_local_slots * 2 : 64;
    know_local *slots = casus_base_arena_zero(d->scratch, n, sizeof *slots);
    if (!slots) {
        know_out_of_memory(d);
        return false;
    }
    for (uint32_t i = 0; i < d->n_local_slots; i++) {
        if (!d->locals[i].hash) continue;
        uint32_t at = (uint32_t)d->locals[i].hash & (n - 1);
        while (slots[at].hash) at = (at + 1) & (n - 1);
        slots[at] = d->locals[i];
    }
    d->locals = slots;
    d->n_local_slots = n;
    return true;
}

static void put_local(know_doc *d, casus_slice key, uint32_t item, bool full) {
    if (key.len == 0 || (d->n_locals * 2 >= d->n_local_slots && !grow_locals(d))) return;
    uint64_t h = casus_base_hash64(key.ptr, key.len, 11) | 1;
    uint32_t at = (uint32_t)h & (d->n_local_slots - 1);
    for (; d->locals[at].hash; at = (at + 1) & (d->n_local_slots - 1)) {
        if (d->locals[at].hash != h) continue;
        if (d->locals[at].full && !full) return;
        d->locals[at].item = item;
        d->locals[at].full = full;
        return;
    }
    d->locals[at] = (know_local){h, item, full};
    d->n_locals++;
}

static uint32_t get_local(const know_doc *d, casus_slice key) {
    if (key.len == 0 || d->n_local_slots == 0) return CASUS_NONE;
    uint64_t h = casus_base_hash64(key.ptr, key.len, 11) | 1;
    uint32_t at = (uint32_t)h & (d->n_local_slots - 1);
    for (; d->locals[at].hash; at = (at + 1) & (d->n_local_slots - 1)) {
        if (d->locals[at].hash == h) return d->locals[at].item;
    }
    return CASUS_NONE;
}

uint32_t know_local_of(const know_doc *d, uint32_t first, uint32_t last) {
    return get_local(d, know_key_of(d, first, last));
}

uint32_t know_spelled_out(const know_doc *d, uint32_t item) {
    const casus_mention *m = &d->mentions.items[item];
    if (m->last != m->first + 1 || m->kind != CASUS_MENTION_ORG) return CASUS_NONE;
    const uint32_t of = know_local_of(d, m->first, m->last);
    if (of == CASUS_NONE || of == item) return CASUS_NONE;
    const casus_mention *o = &d->mentions.items[of];
    const know_extra *x = &d->extras[item], *y = &d->extras[of];
    if ((o->kind != CASUS_MENTION_ORG && o->kind != CASUS_MENTION_GROUP) || o->last > m->first ||
        o->last + 1 >= d->parse->n_tokens ||
        !casus_slice_is(know_token(d, o->last)->form, "(") ||
        !casus_slice_eq(know_token(d, o->last + 1)->form, know_token(d, m->first)->form))
        return CASUS_NONE;
    return know_is(x->entity) && know_is(y->entity) && know_same(x->entity, y->entity) ? CASUS_NONE
                                                                                       : of;
}

static bool is_abbreviation(const know_doc *d, uint32_t t) {
    casus_slice f = know_token(d, t)->form;
    uint32_t capitals = 0;
    if (f.len < 2 || f.len > 12) return false;
    for (uint32_t i = 0; i < f.len; i++) capitals += f.ptr[i] >= 'A' && f.ptr[i] <= 'Z';
    return capitals >= 2 && capitals * 2 >= f.len;
}

/* Does a surname stay with the one who has it: "Mugabe" with the president, though his wife is
 * named? With him who was spoken of more than once, unless the other is known and he is not. */
static bool is_taken(const know_doc *d, casus_slice surname, uint32_t item) {
    const uint32_t has = get_local(d, surname);
    if (has == CASUS_NONE || has == item) return false;
    if (d->mentions.items[has].head > d->mentions.items[item].head) return false; /* yet to come */
    const uint32_t chain = d->mentions.items[has].chain;
    if (chain == d->mentions.items[item].chain || d->extras[item].dead) return false;
    if (d->mentions.items[has].kind != CASUS_MENTION_PERSON) return false;
    const bool known = know_is(d->extras[has].entity), other = know_is(d->extras[item].entity);
    if (d->extras[chain].count > 2) return true;
    return known != other ? known : d->extras[chain].count > 1;
}

void know_introduce(know_doc *d, uint32_t item) {
    const casus_mention *m = &d->mentions.items[item];
    uint32_t head = m->head, first = m->first, last = m->last;
    uint32_t match = d->words[head].match;
    if (match != CASUS_NONE && d->matches[match].head == head &&
        d->matches[match].last >= m->last && /* "Grace Mugabe" is no Mugabe alone */
        (m->kind != CASUS_MENTION_PERSON || d->matches[match].first <= m->first)) {
        first = d->matches[match].first;
        last = d->matches[match].last;
    }
    /* the same entity, met before */
    know_extra *x = &d->extras[item];
    uint64_t key = 0;
    casus_slice name = know_key_of(d, first, last);
    if (know_is(x->entity)) {
        uint64_t id[2] = {x->entity.layer, x->entity.row};
        key = casus_base_hash64(id, sizeof id, 13) | 1;
    } else if (x->named) {
        key = casus_base_hash64(name.ptr, name.len, 17) | 1;
    }
    if (key) {
        char bytes[8];
        memcpy(bytes, &key, 8);
        casus_slice id = {bytes, 8};
        uint32_t before = get_local(d, id);
        if (before != CASUS_NONE && before != item) {
            uint32_t chain = d->mentions.items[before].chain;
            d->mentions.items[item].chain = chain;
            d->extras[chain].count++;
            if (!x->gender) x->gender = d->extras[before].gender;
        }
        put_local(d, id, item, true);
        x->key = key;
    }
    if (m->kind == CASUS_MENTION_PERSON) {
        uint32_t a = atom_at(d, first), z = atom_at(d, last);
        put_local(d, name, item, true);
        for (uint32_t k = a; k < z && z - a > 1; k++) {
            casus_slice one = {d->keys + d->atoms[k].off, d->atoms[k].len};
            if (one.len < 2) continue;
            if (k == z - 1) {
                if (!is_taken(d, one, item)) put_local(d, one, item, true);
            } else if (get_local(d, one) == CASUS_NONE) {
                put_local(d, one, item, false);
            }
            if (k > a && k + 1 < z) { /* Lopez Obrador, al Assad */
                casus_slice tail = {d->keys + d->atoms[k].off,
                                    d->atoms[z - 1].off + d->atoms[z - 1].len - d->atoms[k].off};
                put_local(d, tail, item, true);
            }
        }
    } else if (m->kind == CASUS_MENTION_ORG || m->kind == CASUS_MENTION_GROUP) {
        if (x->named) put_local(d, name, item, true);
    }
    /* an abbreviation in brackets */
    if (m->kind != CASUS_MENTION_ORG && m->kind != CASUS_MENTION_GROUP) return;
    if (last + 2 < d->parse->n_tokens && casus_slice_is(know_token(d, last)->form, "(") &&
        casus_slice_is(know_token(d, last + 2)->form, ")") && is_abbreviation(d, last + 1)) {
        put_local(d, know_key_of(d, last + 1, last + 2), item, true);
    }
}

void know_announce(know_doc *d) {
    for (uint32_t i = 0; i < d->mentions.n && d->status == CASUS_OK; i++) {
        const casus_mention *m = &d->mentions.items[i];
        if (m->kind != CASUS_MENTION_PERSON || d->extras[i].dead) continue;
        uint32_t a = atom_at(d, m->first), z = atom_at(d, m->last);
        if (z < a + 2) continue;
        casus_slice one = {d->keys + d->atoms[z - 1].off, d->atoms[z - 1].len};
        if (one.len > 2 && get_local(d, one) == CASUS_NONE) put_local(d, one, i, false);
    }
}

bool know_is_pair(const know_doc *d, uint32_t first, uint32_t last) {
    if (last != first + 3 || know_token(d, first + 1)->form.len > 3) return false;
    const casus_slice dash = know_token(d, first + 1)->form;
    if (!casus_slice_is(dash, "-") && !casus_slice_is(dash, "\xE2\x80\x93") &&
        !casus_slice_is(dash, "/"))
        return false;
    const uint32_t a = know_local_of(d, first, first + 1), b = know_local_of(d, last - 1, last);
    return a != CASUS_NONE && b != CASUS_NONE &&
           d->mentions.items[a].kind == CASUS_MENTION_PERSON &&
           d->mentions.items[b].kind == CASUS_MENTION_PERSON &&
           d->mentions.items[a].chain != d->mentions.items[b].chain;
}

/* ---- links ---------------------------------------------------------------------------------- */

void know_link(know_doc *d, uint32_t item, uint32_t to) {
    if (item == to) return;
    casus_mention *m = &d->mentions.items[item];
    const casus_mention *o = &d->mentions.items[to];
    know_extra *x = &d->extras[item];
    const know_extra *y = &d->extras[to];
    bool group = m->actor.group;
    m->actor = o->actor;
    m->actor.group = o->actor.group || (group && o->n_members > 0);
    m->actor.indefinite = o->actor.indefinite;
    if (m->kind != CASUS_MENTION_PRONOUN) {
        m->kind = o->kind;
        if (o->kind == CASUS_MENTION_PRONOUN) m->kind = CASUS_MENTION_GROUP;
    }
    m->members = o->members;
    m->n_members = o->n_members;
    m->chain = o->chain;
    x->entity = y->entity;
    x->office = know_is(y->office) ? y->office : x->office;
    if (!know_is(x->role)) x->role = y->role;
    if (!x->gender) x->gender = y->gender;
    x->antecedent = to;
    x->from_context = y->from_context;
    d->extras[o->chain].count++;
}

/* The coordination that ends at head token t, as members of a new list; 0: none. */
uint32_t know_members_of(know_doc *d, uint32_t t, uint32_t **out) {
    uint32_t first = d->words[t].first, list[12], n = 0;
    if (first == t || first == CASUS_NONE) return 0;
    for (uint32_t k = first; k <= t && k < first + 120 && n < 12; k++) {
        if (d->words[k].first != first || d->words[k].item == CASUS_NONE) continue;
        const casus_mention *m = &d->mentions.items[d->words[k].item];
        if (m->kind == CASUS_MENTION_NONE || m->kind == CASUS_MENTION_PLACE) continue;
        if (m->n_members == 0) list[n++] = d->words[k].item;
        for (uint32_t i = 0; i < m->n_members && n < 12; i++) { /* "he and his counterparts" */
            bool again = false;
            for (uint32_t c = 0; c < n; c++) {
                again |= d->mentions.items[list[c]].chain == d->mentions.items[m->members[i]].chain;
            }
            if (!again) list[n++] = m->members[i];
        }
    }
    if (n < 2) return 0;
    *out = casus_base_arena_get(d->arena, n * sizeof **out);
    if (!*out) {
        know_out_of_memory(d);
        return 0;
    }
    memcpy(*out, list, n * sizeof **out);
    return n;
}

/* Subject that the clause of an object pronoun shares with the one above it ("X bans the parties,
 * accusing THEM"), or CASUS_NONE. */
uint32_t know_subject_shared(const know_doc *d, uint32_t t) {
    const uint32_t verb = d->words[t].gov;
    if (verb == CASUS_NONE || d->parse->n_clauses == 0) return CASUS_NONE;
    const uint32_t c = d->parse->clause_of[verb];
    if (c == CASUS_NONE || d->parse->clauses[c].kind != CASUS_CLAUSE_VERB) return CASUS_NONE;
    const casus_clause *clause = &d->parse->clauses[c];
    for (uint32_t i = 0; i < clause->n_args; i++) {
        if (clause->args[i].role == CASUS_ROLE_SUBJ) return clause->args[i].token;
    }
    return CASUS_NONE;
}

/* ---- descriptions that refer back ------------------------------------------------------------ */

/* Is `word` one of the words of `text`? */
static bool has_word(casus_slice text, casus_slice word) {
    casus_slice piece;
    while (text.len && casus_slice_cut(&text, ' ', &piece)) {
        if (casus_slice_eq(piece, word)) return true;
    }
    return false;
}

/* Does the text call mention i so: in its own words or in the titles before them? */
static bool is_called(const know_doc *d, uint32_t i, casus_slice word) {
    const casus_mention *m = &d->mentions.items[i];
    char low[24];
    if (word.len >= sizeof low) return false;
    for (uint32_t k = 0; k < word.len; k++) {
        low[k] = (char)(word.ptr[k] >= 'A' && word.ptr[k] <= 'Z' ? word.ptr[k] + 32 : word.ptr[k]);
    }
    word = casus_slice_of(low, word.len);
    for (uint32_t t = know_title_run(d, m->first); t < m->last; t++) {
        if (casus_slice_eq(know_token(d, t)->lower, word)) return true;
    }
    return false;
}

/* "the foreign minister" is no "information minister": the department before the word differs. */
static bool other_department(const know_doc *d, uint32_t i, uint32_t item, casus_slice word) {
    const casus_mention *me = &d->mentions.items[item];
    if (!casus_slice_is(word, "minister") && !casus_slice_is(word, "secretary")) return false;
    if (me->head == me->first || me->head == 0) return false;
    const casus_token *before = know_token(d, me->head - 1);
    if (before->pos != CASUS_POS_ADJ && before->pos != CASUS_POS_NOUN) return false;
    if (before->flags & CASUS_TOKEN_UPPER_INITIAL) return false; /* a nation, a name */
    static const char *const plain[] = {"former", "then", "late", "new", "senior", "outgoing"};
    for (size_t k = 0; k < sizeof plain / sizeof *plain; k++)
        if (casus_slice_is(before->lower, plain[k])) return false;
    return !has_word(d->mentions.items[i].actor.office, before->lower) &&
           !is_called(d, i, before->lower);
}

/* Is mention i called a deputy ("Deputy Prime Minister X")? */
static bool is_deputy(const know_doc *d, uint32_t i) {
    const casus_mention *m = &d->mentions.items[i];
    for (uint32_t t = know_title_run(d, m->first); t < m->first; t++)
        if (know_marked(d, t, KNOW_MARK_DEPUTY)) return true;
    return false;
}

static bool nation_fits(const casus_mention *m, const know_said *s) {
    if (!s->code[0]) return true;
    const char *code = m->actor.code[0] ? m->actor.code : m->actor.country;
    return strncmp(code, s->code, 7) == 0;
}

/* Could mention i be what the description `item`, with role row r, means? */
static bool could_be(const know_doc *d, uint32_t i, uint32_t item, const know_row *r,
                     const know_said *s) {
    const casus_mention *m = &d->mentions.items[i], *me = &d->mentions.items[item];
    const know_extra *x = &d->extras[i], *y = &d->extras[item];
    bool ref = r && r->kind == KNOW_REF;
    casus_slice what = ref ? know_text(know_layer_of(d, y->role), r->name) : (casus_slice){0};
    if (casus_slice_is(what, "neighbour")) { /* "Armenia's neighbour": another country named */
        return s->code[0] && m->kind == CASUS_MENTION_COUNTRY && !x->modifier &&
               strncmp(m->actor.country, s->code, 3) != 0;
    }
    if (!nation_fits(m, s) || m->n_members) return false;
    if (ref) {
        if (casus_slice_is(what, "country"))
            return m->kind == CASUS_MENTION_COUNTRY && !x->modifier;
        if (casus_slice_is(what, "person")) return m->kind == CASUS_MENTION_PERSON;
        if (casus_slice_is(what, "body")) /* "the bloc", "the alliance" */
            return m->kind == CASUS_MENTION_ORG && know_has_sector(&m->actor, "IGO");
        return m->kind == CASUS_MENTION_ORG && !know_has_sector(&m->actor, "GOV");
    }
    if (y->number == KNOW_PLURALITY) {
        if (know_same(x->role, y->role) && x->number == KNOW_PLURALITY) {
            return know_is(y->role) && s->of == CASUS_NONE;
        }
        /* "the rebels", of a group by name */
        return r && r->kind != KNOW_ASSET && m->kind == CASUS_MENTION_ORG && r->n_sectors &&
               s->of == CASUS_NONE && !(r->flags & KNOW_CIVIL) &&
               (memcmp(r->sectors[0], "REB", 3) == 0 || memcmp(r->sectors[0], "PRM", 3) == 0) &&
               (know_has_sector(&m->actor, "REB") || know_has_sector(&m->actor, "PRM"));
    }
    if (r && (r->kind == KNOW_BODY || r->kind == KNOW_MANY)) {
        if (m->kind == CASUS_MENTION_PERSON) return false;
        if (know_same(x->role, y->role)) return s->of == CASUS_NONE || m->chain == me->chain;
        if (m->kind == CASUS_MENTION_ORG && r->kind == KNOW_BODY && s->of == CASUS_NONE &&
            x->named && is_called(d, i, know_token(d, me->head)->lemma)) {
            return true;
        }
        if (m->kind != CASUS_MENTION_ORG || m->actor.n_sectors == 0 || s->of != CASUS_NONE) {
            return false;
        }
        if (r->n_sectors == 0) return false;
        return x->named && know_is(x->entity) &&
               know_row_of(d, x->entity)->table != KNOW_COUNTRIES &&
               memcmp(m->actor.sectors[0], r->sectors[0], 3) == 0 &&
               memcmp(r->sectors[0], "GOV", 3) != 0;
    }
    if (r && r->kind == KNOW_ASSET) return false;
    /* one person: by the same role, by an office, by a title that holds the word */
    if (m->kind != CASUS_MENTION_PERSON && !(know_same(x->role, y->role) && !m->actor.group)) {
        return false;
    }
    if (!s->deputy && is_deputy(d, i)) return false;
    if (s->of != CASUS_NONE) {
        return know_is(y->office) && know_same(x->office, y->office);
    }
    if (know_is(y->role) && know_same(x->role, y->role)) return true;
    if (know_is(y->office) && know_same(x->office, y->office)) return true;
    if (x->gender && y->gender && x->gender != y->gender) return false;
    casus_slice word = know_token(d, me->head)->lemma;
    if (other_department(d, i, item, word)) return false;
    if (m->actor.office.len && has_word(m->actor.office, word)) return true;
    if (is_called(d, i, word)) return true;
    return know_is(x->office) && !know_is(y->office) &&
           has_word(know_text(know_layer_of(d, x->office), know_row_of(d, x->office)->office),
                    word);
}

uint32_t know_antecedent(know_doc *d, uint32_t item, const know_said *s) {
    const know_extra *y = &d->extras[item];
    const know_row *r = know_is(y->role) ? know_row_of(d, y->role) : NULL;
    uint32_t t = d->mentions.items[item].head, seen = 0;
    uint32_t low = t > 2 * KNOW_BACK_TOKENS ? t - 2 * KNOW_BACK_TOKENS : 0;
    const uint32_t role = d->words[t].role;
    const bool inner = role != CASUS_ROLE_SUBJ && role != CASUS_ROLE_POSS;
    const uint32_t subject = inner ? know_subject_shared(d, t) : CASUS_NONE;
    for (uint32_t k = d->mentions.items[item].first; k-- > low && seen < KNOW_BACK;) {
        uint32_t i = d->words[k].item;
        if (i == CASUS_NONE || i == item || d->extras[i].dead) continue;
        const casus_mention *m = &d->mentions.items[i];
        if (m->kind == CASUS_MENTION_NONE || m->kind == CASUS_MENTION_PLACE ||
            m->kind == CASUS_MENTION_PRONOUN) {
            continue;
        }
        seen++;
        /* "the U.S. granted the country leave": not the one that grants it */
        if (r && r->kind == KNOW_REF && m->kind == CASUS_MENTION_COUNTRY && k == subject) continue;
        if (could_be(d, i, item, r, s)) return i;
    }
    return CASUS_NONE;
}

static void set_members(know_doc *d, uint32_t item, const uint32_t *list, uint32_t n) {
    uint32_t *copy = casus_base_arena_get(d->arena, n * sizeof *copy);
    if (!copy) {
        know_out_of_memory(d);
        return;
    }
    memcpy(copy, list, n * sizeof *copy);
    casus_mention *m = &d->mentions.items[item];
    m->members = copy;
    m->n_members = n;
    m->actor.group = true;
    m->actor.reason = casus_slice_z("members");
    d->extras[item].antecedent = list[n - 1];
}

/* May mention i be one of those that the plural description means? */
static bool may_be_member(const know_doc *d, uint32_t i, uint32_t item, casus_slice what) {
    const casus_mention *m = &d->mentions.items[i];
    const know_extra *x = &d->extras[i], *y = &d->extras[item];
    if (m->kind == CASUS_MENTION_PRONOUN || m->kind == CASUS_MENTION_NONE ||
        m->kind == CASUS_MENTION_PLACE || m->n_members) {
        return false;
    }
    if (know_is(y->office)) {
        return know_same(x->office, y->office) && m->kind == CASUS_MENTION_PERSON;
    }
    if (casus_slice_is(what, "country")) {
        return m->kind == CASUS_MENTION_COUNTRY ||
               (m->kind == CASUS_MENTION_ORG && know_has_sector(&m->actor, "GOV"));
    }
    if (casus_slice_is(what, "person")) return m->kind == CASUS_MENTION_PERSON;
    if (casus_slice_is(what, "side") || what.len == 0) {
        if (x->modifier && m->has_place && m->kind == CASUS_MENTION_ORG) return false;
        return m->kind != CASUS_MENTION_GROUP || x->named || m->actor.group;
    }
    casus_slice word = know_token(d, d->mentions.items[item].head)->lemma;
    return m->kind == CASUS_MENTION_PERSON && has_word(m->actor.office, word);
}

/* "both", "the two": 2; "the three", "the trio": 3; the word stands before token t, or is it. */
static uint32_t count_before(const know_doc *d, uint32_t first, uint32_t t) {
    static const struct {
        const char *word;
        uint32_t n;
    } words[] = {{"three", 3}, {"trio", 3}, {"four", 4}, {"five", 5}, {"six", 6}};
    for (uint32_t k = first > 2 ? first - 2 : 0; k <= t; k++) {
        for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
            if (casus_slice_is(know_token(d, k)->lower, words[i].word)) return words[i].n;
        }
    }
    return 2;
}

/* "the Secretary urged the two sides": the country of who speaks to them is none of them. */
static const char *who_urges(const know_doc *d, uint32_t t) {
    const know_word *w = &d->words[t];
    if (w->role == CASUS_ROLE_SUBJ || w->gov == CASUS_NONE || d->parse->n_clauses == 0) return "";
    const uint32_t c = d->parse->clause_of[w->gov];
    if (c == CASUS_NONE) return "";
    const casus_clause *clause = &d->parse->clauses[c];
    for (uint32_t i = 0; i < clause->n_args; i++) {
        const casus_arg *a = &clause->args[i];
        if (a->role != CASUS_ROLE_SUBJ || a->token == t) continue;
        const uint32_t by = d->words[a->token].item;
        if (by != CASUS_NONE && !d->extras[by].dead) return d->mentions.items[by].actor.country;
    }
    return "";
}

static bool refer_plural(know_doc *d, uint32_t item, const know_said *s, bool persons, bool lists) {
    casus_mention *m = &d->mentions.items[item];
    const know_extra *y = &d->extras[item];
    bool called = m->kind == CASUS_MENTION_PRONOUN;
    if (!s->definite && !s->both && !called) return false;
    if (s->code[0] || s->of != CASUS_NONE || s->owned || s->former) return false;
    const know_row *r = know_is(y->role) ? know_row_of(d, y->role) : NULL;
    casus_slice what = {0};
    if (r && r->kind == KNOW_REF) {
        what = know_text(know_layer_of(d, y->role), r->name);
        if (casus_slice_is(what, "org") || casus_slice_is(what, "body")) return false;
        if (casus_slice_is(what, "neighbour")) what = CASUS_SLICE("country");
    } else if (!called && !know_is(y->office) && !(r && r->kind == KNOW_ONE && s->both)) {
        return false;
    } else if (r) {
        what = CASUS_SLICE("title");
    }
    bool pair = r && casus_slice_is(what, "side") && y->number != KNOW_PLURALITY;
    if (!called && y->number != KNOW_PLURALITY && !pair) return false;
    if (pair && (!s->definite || !casus_slice_is(know_token(d, m->head)->lemma, "side"))) {
        return false;
    }
    uint32_t t = m->head, list[8], n = 0, seen = 0, most = 2;
    const bool wide = casus_slice_is(what, "side") || casus_slice_is(what, "country");
    const char *urger = wide ? who_urges(d, t) : "";
    if (know_is(y->office) && !s->both) most = 8;
    if (s->both) most = count_before(d, m->first, t);
    uint32_t low = t > KNOW_BACK_TOKENS ? t - KNOW_BACK_TOKENS : 0;
    for (uint32_t k = m->first; k-- > low && seen < KNOW_BACK;) {
        uint32_t i = d->words[k].item;
        if (i == CASUS_NONE || i == item) continue;
        const casus_mention *o = &d->mentions.items[i];
        seen++;
        bool listed = d->words[k].first != k && d->words[k].first != CASUS_NONE;
        if (o->n_members && o->kind != CASUS_MENTION_NONE && !(listed && n == 0)) {
            /* a group made before */
            bool all = true;
            for (uint32_t c = 0; c < o->n_members; c++) {
                all = all && may_be_member(d, o->members[c], item, what);
            }
            if (all) {
                set_members(d, item, o->members, o->n_members);
                m->chain = o->chain;
                return true;
            }
            continue;
        }
        if (persons && o->kind != CASUS_MENTION_PERSON) continue;
        if (listed && n == 0) { /* a coordination: all of it */
            uint32_t *whole = NULL, count = know_members_of(d, k, &whole), fit = 0;
            for (uint32_t c = 0; c < count && fit < 8; c++) {
                if (may_be_member(d, whole[c], item, what)) list[fit++] = whole[c];
            }
            if (fit >= 2 && (!s->both || fit == most)) {
                set_members(d, item, list, fit);
                return true;
            }
        }
        if (lists && know_token(d, t)->sent - know_token(d, k)->sent > 1) break;
        if (lists) continue;
        if (!may_be_member(d, i, item, what)) continue;
        if (urger[0] && memcmp(urger, o->actor.country, 4) == 0) continue;
        bool again = false;
        for (uint32_t c = 0; c < n; c++) {
            again |= d->mentions.items[list[c]].chain == o->chain ||
                     (o->actor.country[0] && !know_is(y->office) && what.ptr &&
                      !casus_slice_is(what, "person") &&
                      memcmp(d->mentions.items[list[c]].actor.country, o->actor.country, 4) == 0);
        }
        if (again) continue;
        list[n++] = i;
        if (n == most) break;
    }
    if (n < 2) return false;
    for (uint32_t a = 0, z = n - 1; a < z; a++, z--) {
        uint32_t swap = list[a];
        list[a] = list[z];
        list[z] = swap;
    }
    set_members(d, item, list, n);
    return true;
}

/* "the foreign ministers", of nobody named: of the countries last named together. */
static bool refer_countries(know_doc *d, uint32_t item) {
    casus_mention *m = &d->mentions.items[item];
    uint32_t t = m->first, low = t > 60 ? t - 60 : 0;
    for (uint32_t k = t; k-- > low;) {
        uint32_t i = d->words[k].item, *whole = NULL;
        if (i == CASUS_NONE || d->mentions.items[i].kind != CASUS_MENTION_COUNTRY) continue;
        uint32_t n = know_members_of(d, k, &whole);
        for (uint32_t c = 0; c < n; c++) {
            if (d->mentions.items[whole[c]].kind != CASUS_MENTION_COUNTRY) n = 0;
        }
        if (n < 2) continue;
        set_members(d, item, whole, n);
        return true;
    }
    return false;
}

/* "the two foreign ministers ... The ministers": the group named before by the same word. */
static bool refer_group(know_doc *d, uint32_t item, const know_said *s) {
    casus_mention *m = &d->mentions.items[item];
    const casus_slice word = know_token(d, m->head)->lemma;
    const know_extra *x = &d->extras[item];
    const know_row *r = know_is(x->role) ? know_row_of(d, x->role) : NULL;
    const casus_slice what = r ? know_text(know_layer_of(d, x->role), r->name) : word;
    /* "the countries", "the sides": those told of last, whatever they were called */
    if (casus_slice_is(what, "country") || casus_slice_is(what, "side")) return false;
    if (!s->definite || m->n_members || m->kind == CASUS_MENTION_PRONOUN || s->code[0] ||
        s->of != CASUS_NONE || s->owned || s->former || s->place[0] ||
        x->number != KNOW_PLURALITY)
        return false;
    const uint32_t low = m->first > KNOW_BACK_TOKENS ? m->first - KNOW_BACK_TOKENS : 0;
    uint32_t seen = 0;
    for (uint32_t k = m->first; k-- > low && seen < KNOW_BACK;) {
        const uint32_t i = d->words[k].item;
        if (i == CASUS_NONE || i == item) continue;
        const casus_mention *o = &d->mentions.items[i];
        seen++;
        if (o->head != k || d->extras[i].number != KNOW_PLURALITY ||
            !casus_slice_eq(know_token(d, k)->lemma, word))
            continue;
        if (o->n_members < 2) return false; /* others, called the same */
        set_members(d, item, o->members, o->n_members);
        m->chain = o->chain;
        return true;
    }
    return false;
}

bool know_refer_plural(know_doc *d, uint32_t item, const know_said *s) {
    if (refer_group(d, item, s)) return true;
    /* "the two agreed": persons before states */
    uint32_t t = d->mentions.items[item].head;
    bool two = know_token(d, t)->pos == CASUS_POS_NUM;
    if (two && refer_plural(d, item, s, true, false)) return true;
    if (s->both && refer_plural(d, item, s, false, true)) return true; /* named together */
    if (refer_plural(d, item, s, false, false)) return true;
    const know_extra *x = &d->extras[item];
    bool offices = know_is(x->office) && x->number == KNOW_PLURALITY && s->definite;
    bool told = s->code[0] || s->of != CASUS_NONE || s->owned || s->former || s->place[0];
    return offices && !told && refer_countries(d, item);
}
