/* know_phrase.c - descriptions: a head noun with nation, sector, organisation and office round it.
 *
 * "Turkish-backed fighters" (their own side), "Armenia's Defense Ministry", "the Azerbaijani
 * foreign minister" (who held the office on the day), "a spokesman for the Kremlin". What belongs
 * to what is read from the words before the head and the preposition next behind it; O(window) a
 * head noun, nesting to KNOW_DEPTH_MOST.
 */
#include "know/know_int.h"

static bool is_lower(const casus_token *k, const char *word) {
    return casus_slice_is(k->lower, word);
}
static bool is_hyphen(const casus_token *k) {
    return k->form.len > 0 && k->form.len <= 3 &&
           (k->form.ptr[0] == '-' ||
            memcmp(k->form.ptr, "\xE2\x80", k->form.len > 1 ? 2 : 1) == 0) &&
           k->pos != CASUS_POS_SPACE && !(k->form.len == 3 && k->form.ptr[2] == '\x99');
}

#define LINKS                                                                     \
    ((1u << KNOW_MARK_BACKED) | (1u << KNOW_MARK_LED) | (1u << KNOW_MARK_BASED) | \
     (1u << KNOW_MARK_HELD))

/* Marks of the participle joined behind a nation: "-backed", "-led". */
static uint32_t link_of(const know_doc *d, uint32_t t, uint32_t end) {
    if (d->words[t].marks & LINKS) return d->words[t].marks & LINKS; /* one token: U.S.-backed */
    if (t + 2 < end && is_hyphen(know_token(d, t + 1))) return d->words[t + 2].marks & LINKS;
    if (t + 1 < end && know_token(d, t + 1)->pos == CASUS_POS_VERB) {
        return d->words[t + 1].marks & LINKS;
    }
    return 0;
}
static bool has_prefix(const know_doc *d, uint32_t t, uint32_t begin) {
    if (know_marked(d, t, KNOW_MARK_PRO)) return true;
    if (t >= begin + 2 && is_hyphen(know_token(d, t - 1))) {
        return know_marked(d, t - 2, KNOW_MARK_PRO);
    }
    return t > begin && know_marked(d, t - 1, KNOW_MARK_PRO);
}

static const char *code_of(const casus_mention *m) {
    return m->actor.code[0] ? m->actor.code : m->actor.country;
}

/* Takes a mention found beside the head: a nation, or what the head belongs to. */
static void take(know_doc *d, uint32_t item, uint32_t link, know_said *s) {
    const casus_mention *m = &d->mentions.items[item];
    if (link & (1u << KNOW_MARK_HELD)) return;
    if (link & (1u << KNOW_MARK_BACKED)) {
        s->own = true;
        memcpy(s->backer, m->actor.country, 4);
        return;
    }
    know_ref who = d->extras[item].entity;
    s->people |= know_is(who) && know_row_of(d, who)->table == KNOW_PEOPLES;
    if (s->people && d->extras[item].modifier && !m->actor.country[0]) return;
    if (s->people && link & (1u << KNOW_MARK_LED)) { /* "Kurdish-led forces" are no civilians */
        if (m->actor.country[0] && s->nation == CASUS_NONE) {
            s->nation = item;
            memcpy(s->code, m->actor.country, 4);
        }
        return;
    }
    bool plain = m->kind == CASUS_MENTION_COUNTRY ||
                 (m->kind == CASUS_MENTION_GROUP && !d->extras[item].named &&
                  !know_is(d->extras[item].role) && m->actor.country[0] && m->actor.n_sectors == 0);
    if (plain) {
        if (s->n_nations < 6) s->nations[s->n_nations++] = item;
        if (s->nation == CASUS_NONE || !(link & (1u << KNOW_MARK_BASED))) {
            if (s->n_nations > 1 && s->code[0]) return; /* the first of several */
            s->nation = item;
            memcpy(s->code, code_of(m), m->actor.code[0] ? 8 : 4);
        }
        return;
    }
    if (m->kind == CASUS_MENTION_PLACE) {
        if (m->has_place && m->place.country[0]) memcpy(s->place, know_seat_of(d, m), 4);
        if (m->actor.country[0] || m->actor.n_sectors) s->of = item;
        return;
    }
    if (m->kind == CASUS_MENTION_NONE) return;
    s->of = item;
}

static void take_marks(know_doc *d, uint32_t t, know_said *s) {
    uint32_t k = d->words[t].marks;
    s->former |= (k >> KNOW_MARK_FORMER & 1u) != 0;
    s->then |= (k >> KNOW_MARK_THEN & 1u) != 0;
    s->acting |= (k >> KNOW_MARK_ACTING & 1u) != 0;
    s->elect |= (k >> KNOW_MARK_ELECT & 1u) != 0;
    s->deputy |= (k >> KNOW_MARK_DEPUTY & 1u) != 0;
    s->unknown |= (k >> KNOW_MARK_UNKNOWN & 1u) != 0;
    s->foreign |= (k >> KNOW_MARK_FOREIGN & 1u) != 0;
    if (k >> KNOW_MARK_MR & 1u) s->gender = KNOW_MALE;
    if (k >> KNOW_MARK_MRS & 1u) s->gender = KNOW_FEMALE;
    const casus_token *w = know_token(d, t);
    /* "the two ministers", not "only two ministers" */
    s->both |= (k >> KNOW_MARK_BOTH & 1u) != 0 && (w->pos != CASUS_POS_NUM || s->definite);
    if (w->pos == CASUS_POS_NUM) s->counted = true;
    if (w->pos != CASUS_POS_DET && w->pos != CASUS_POS_PRON) return;
    if (is_lower(w, "the") || is_lower(w, "this") || is_lower(w, "that") || is_lower(w, "these") ||
        is_lower(w, "those") || is_lower(w, "both")) {
        s->definite = true;
    } else if (w->pos == CASUS_POS_DET) {
        s->indefinite = true;
    }
}

/* First row of a phrase of this kind in roles.tsv, or NONE. */
static know_ref row_of_kind(const know_doc *d, const know_match *m, know_kind kind) {
    const know_layer *l = &d->know->layers[m->layer];
    const know_phrase *p = &l->phrases[m->phrase];
    for (uint32_t i = 0; i < p->n; i++) {
        const know_target *t = &l->targets[p->first + i];
        if (!(m->hows >> t->how & 1u) || l->rows[t->row].kind != kind) continue;
        if (t->how == KNOW_HOW_ROLE || t->how == KNOW_HOW_ROLES) {
            return (know_ref){m->layer, t->row};
        }
    }
    return KNOW_NO_REF;
}
/* A form in -ed, which as a verb is no title. */
static bool is_past(const casus_token *k) {
    const casus_slice s = k->lower;
    return s.len > 3 && s.ptr[s.len - 2] == 'e' && s.ptr[s.len - 1] == 'd';
}

bool know_is_given_name(const know_doc *d, uint32_t t, const know_match *m) {
    const casus_token *k = know_token(d, t);
    if (m->last != m->first + 1 || !(k->flags & CASUS_TOKEN_UPPER_INITIAL) ||
        k->pos != CASUS_POS_PROPN || t + 1 >= d->parse->n_tokens ||
        t == d->parse->sentences[k->sent].first)
        return false;
    const casus_token *next = know_token(d, t + 1);
    if (next->pos != CASUS_POS_PROPN || !(next->flags & CASUS_TOKEN_UPPER_INITIAL) ||
        next->sent != k->sent)
        return false;
    const know_ref r = know_role_of(d, m);
    return know_is(r) && know_row_of(d, r)->kind == KNOW_ONE &&
           know_row_of(d, r)->flags & KNOW_CIVIL;
}

/* A word that may stand in a run of title words before a name: "outgoing US deputy foreign
 * minister", "Armenia's Prime Minister". */
static bool is_title_word(const know_doc *d, uint32_t t) {
    const casus_token *k = know_token(d, t);
    const know_word *w = &d->words[t];
    if (is_hyphen(k)) return true;
    if (k->pos == CASUS_POS_PART && t > 0) return d->words[t - 1].possessor;
    if (k->pos == CASUS_POS_VERB && is_past(k)) return false; /* "accused Joe Biden" */
    if (w->match != CASUS_NONE) {
        const know_match *m = &d->matches[w->match];
        if (know_is_described(m)) return !know_is_given_name(d, t, m);
        if (w->item == CASUS_NONE && m->last - m->first == 1) return w->marks != 0;
        return w->item == CASUS_NONE || d->mentions.items[w->item].kind != CASUS_MENTION_PERSON;
    }
    return w->marks != 0 && k->pos != CASUS_POS_VERB && k->pos != CASUS_POS_AUX;
}

/* First token of the run of title words that ends next before the name at `first`; `first` when
 * there is none. */
uint32_t know_title_run(const know_doc *d, uint32_t first) {
    uint32_t sent = d->parse->sentences[know_token(d, first)->sent].first, a = first;
    if (a == sent || d->words[a - 1].match == CASUS_NONE) return first;
    const know_match *m = &d->matches[d->words[a - 1].match];
    if (!know_is_described(m) || m->last != first || know_is_given_name(d, first - 1, m))
        return first;
    if (know_token(d, first - 1)->pos == CASUS_POS_VERB && is_past(know_token(d, first - 1)))
        return first;
    a = m->first;
    for (uint32_t n = 0; a > sent && n < KNOW_WINDOW && is_title_word(d, a - 1); n++) a--;
    return a;
}

/* A person who is somebody's: "aide to", "adviser to"; troops are sent to a place. */
static bool is_aide(const know_doc *d, uint32_t head) {
    uint32_t m = d->words[head].match;
    if (m == CASUS_NONE) return false;
    know_ref r = know_role_of(d, &d->matches[m]);
    if (!know_is(r)) return know_has(&d->matches[m], KNOW_HOW_OFFICE);
    const know_row *row = know_row_of(d, r);
    return row->kind == KNOW_ONE && row->flags & (KNOW_VIA | KNOW_SENT | KNOW_OTHER);
}

/* Where the words before the phrase begin. */
static uint32_t window_of(const know_doc *d, uint32_t head, uint32_t first) {
    const casus_token *h = know_token(d, head);
    uint32_t left = h->left < first ? h->left : first, run = first;
    if (h->pos == CASUS_POS_PROPN) run = know_title_run(d, first);
    if (run < left) left = run;
    uint32_t sent = d->parse->sentences[h->sent].first, a = first;
    for (uint32_t n = 0; a > left && a > sent && n < KNOW_WINDOW; n++) {
        const casus_token *k = know_token(d, a - 1);
        if (a > run) {
            a--;
            continue;
        }
        if (k->pos == CASUS_POS_SPACE || k->pos == CASUS_POS_ADP) break;
        if (k->pos == CASUS_POS_VERB && (k->head < a || k->head >= head + 1)) break;
        if (k->pos == CASUS_POS_AUX || k->pos == CASUS_POS_SCONJ) break;
        if (k->pos == CASUS_POS_CCONJ && a >= sent + 2) { /* after a name, another's turn */
            uint32_t i = d->words[a - 2].item;
            bool nation = i != CASUS_NONE && (d->mentions.items[i].kind == CASUS_MENTION_COUNTRY ||
                                              d->mentions.items[i].kind == CASUS_MENTION_GROUP);
            if (know_token(d, a - 2)->pos == CASUS_POS_PROPN && !nation) break;
        }
        if (k->pos == CASUS_POS_PUNCT && !is_hyphen(k)) {
            const casus_token *next = know_token(d, a);
            bool list = k->form.len == 1 && k->form.ptr[0] == ',' && next->pos != CASUS_POS_DET &&
                        next->pos != CASUS_POS_PRON && a < first;
            bool quote = k->form.len > 0 && (k->form.ptr[0] == '"' || k->form.ptr[0] == '\'' ||
                                             (unsigned char)k->form.ptr[0] >= 0x80);
            if (!list && !quote) break;
        }
        a--;
    }
    return a;
}

/* Object of the preposition at q, or CASUS_NONE. */
static uint32_t object_of(const know_doc *d, uint32_t q) {
    uint32_t end = d->parse->sentences[know_token(d, q)->sent].last;
    for (uint32_t t = q + 1; t < end && t < q + KNOW_WINDOW; t++) {
        const casus_token *k = know_token(d, t);
        if (k->head == q && k->pos != CASUS_POS_PUNCT && k->pos != CASUS_POS_ADV &&
            k->pos != CASUS_POS_DET) {
            return t;
        }
    }
    return CASUS_NONE;
}

void know_take_behind(know_doc *d, uint32_t last, bool sent, bool aide, know_said *s) {
    static const char *const any[] = {"of", "from", "within", "inside", "with", "at", "for"};
    static const char *const target[] = {"for", "with", "at", "in", "to"};
    if (last >= d->parse->n_tokens) return;
    const casus_token *p = know_token(d, last);
    if (p->pos != CASUS_POS_ADP && !is_lower(p, "to")) return;
    if (is_lower(p, "to") && !aide) return;
    bool to = is_lower(p, "to"),
         in = is_lower(p, "in") || is_lower(p, "across") || is_lower(p, "on");
    bool known = to || in;
    for (size_t i = 0; i < sizeof any / sizeof *any; i++) known |= is_lower(p, any[i]);
    if (!known) return;
    if (sent) {
        for (size_t i = 0; i < sizeof target / sizeof *target; i++) {
            if (is_lower(p, target[i])) return;
        }
    }
    uint32_t x = object_of(d, last);
    if (x == CASUS_NONE) return;
    uint32_t item = know_resolve(d, x);
    const char *seat = in ? know_chain_seat(d, x + 1) : "";
    if (seat[0] && (item == CASUS_NONE || !know_seat_of(d, &d->mentions.items[item])[0])) {
        if (!s->code[0]) memcpy(s->place, seat, 4); /* "in the Dangam district, Afghanistan" */
        return;
    }
    if (item == CASUS_NONE) return;
    const casus_mention *m = &d->mentions.items[item];
    if (in && m->kind == CASUS_MENTION_PLACE && m->place.grain == CASUS_PLACE_WIDE) {
        s->foreign = true; /* "governments in east Asia": of no one country */
        return;
    }
    bool country = m->kind == CASUS_MENTION_COUNTRY || m->kind == CASUS_MENTION_PLACE;
    if (in && !country) return;
    if (in && m->kind == CASUS_MENTION_COUNTRY) { /* where they are, not whose */
        if (!s->code[0]) memcpy(s->place, m->actor.country, 4);
        return;
    }
    if (m->kind == CASUS_MENTION_PRONOUN && m->actor.n_sectors == 0 && !m->actor.country[0]) return;
    if (s->of != CASUS_NONE && s->code[0]) return;
    if (m->kind == CASUS_MENTION_PRONOUN) {
        s->of = item;
        return;
    }
    take(d, item, 0, s);
    /* "the foreign ministers of Armenia and Azerbaijan" */
    uint32_t end = d->parse->sentences[know_token(d, x)->sent].last;
    for (uint32_t t = x + 1; t < end && t < x + KNOW_WINDOW && s->n_nations; t++) {
        if (d->words[t].first != x || t == x) continue;
        uint32_t more = know_resolve(d, t);
        if (more != CASUS_NONE && d->mentions.items[more].kind == CASUS_MENTION_COUNTRY) {
            take(d, more, 0, s);
        }
    }
}

void know_gather(know_doc *d, uint32_t head, uint32_t first, uint32_t last, bool behind, bool sent,
                 know_said *s) {
    memset(s, 0, sizeof *s);
    s->nation = s->of = s->title = CASUS_NONE;
    s->mod = KNOW_NO_REF;
    uint32_t a = window_of(d, head, first), start = a;
    for (uint32_t t = first; t-- > a;) { /* the possessor next before the head */
        if (!d->words[t].possessor || d->words[t].role != CASUS_ROLE_POSS) continue;
        uint32_t item = know_resolve(d, t);
        s->definite = s->owned = true;
        start = t + 1;
        if (know_token(d, t)->pos != CASUS_POS_PRON) start++; /* 's */
        if (item == CASUS_NONE) break;
        const casus_mention *m = &d->mentions.items[item];
        if (m->kind == CASUS_MENTION_PRONOUN) {
            uint32_t to = d->extras[item].antecedent;
            if (to != CASUS_NONE) take(d, to, 0, s);
        } else {
            take(d, item, 0, s);
        }
        break;
    }
    if (start > first) start = first;
    s->first = start;
    for (uint32_t t = start; t < first; t++) {
        const casus_token *k = know_token(d, t);
        const bool deputy = s->deputy;
        const uint32_t own = d->words[t].match;
        take_marks(d, t, s);
        if (own != CASUS_NONE && d->matches[own].first == t && d->matches[own].last > t + 1 &&
            know_has(&d->matches[own], KNOW_HOW_OFFICE))
            s->deputy = deputy; /* "Vice President" is an office of its own */
        if (k->pos == CASUS_POS_DET && t == s->first) s->first = t + 1;
        uint32_t m = d->words[t].match;
        if (m != CASUS_NONE && d->matches[m].head != t) continue;
        if (t < head && is_lower(know_token(d, t + 1), "war")) continue; /* "Iraq War veteran" */
        uint32_t link = link_of(d, t, first);
        uint32_t item = d->words[t].item;
        if (has_prefix(d, t, start)) {
            s->own = true;
            if (item != CASUS_NONE) memcpy(s->backer, d->mentions.items[item].actor.country, 4);
            continue;
        }
        if (item == CASUS_NONE && m != CASUS_NONE && know_has(&d->matches[m], KNOW_HOW_SURNAME)) {
            item = know_resolve(d, t);
        }
        if (item != CASUS_NONE && d->mentions.items[item].kind != CASUS_MENTION_NONE &&
            !know_is(d->extras[item].role)) {
            take(d, item, link, s);
            continue;
        }
        if (m == CASUS_NONE || !know_is_described(&d->matches[m])) continue;
        if (link & ((1u << KNOW_MARK_HELD) | (1u << KNOW_MARK_BACKED))) continue;
        s->title = m;
        know_ref r = row_of_kind(d, &d->matches[m], KNOW_MOD);
        if (!know_is(r)) r = know_role_of(d, &d->matches[m]);
        if (!know_is(r)) r = know_office_of(d, &d->matches[m], s->code);
        bool civil = know_is(r) && know_row_of(d, r)->flags & KNOW_CIVIL &&
                     k->pos != CASUS_POS_NOUN; /* "National" is no citizen */
        if (know_is(r) && know_row_of(d, r)->n_sectors && !civil) s->mod = r;
    }
    if (behind) know_take_behind(d, last, sent, is_aide(d, head), s);
}

/* ---- composition ---------------------------------------------------------------------------- */

static void reason(casus_actor *a, const char *why) {
    if (a->reason.len == 0) a->reason = casus_slice_z(why);
}

/* "Ministry of Defence" of Armenia: as the tables name it, else composed of title and country. */
static void compose_name(know_doc *d, casus_actor *a, const know_row *r, const know_layer *l) {
    casus_slice title = know_text(l, r->name);
    if (title.len == 0 || !a->country[0] || a->name.len) return;
    uint32_t y = d->know->n_layers - 1;
    const know_layer *base = &d->know->layers[y];
    if (title.ptr[0] == '@') {
        know_kind kind = know_kind_of((casus_slice){title.ptr + 1, title.len - 1});
        for (uint32_t i = 0, lo = 0, hi = base->n_mains; i < 32 && lo < hi; i++) {
            uint32_t mid = lo + (hi - lo) / 2;
            const know_main *x = &base->mains[mid];
            int c = memcmp(x->country, a->country, 4);
            if (c == 0 && x->kind == kind) {
                a->name = know_text(base, base->rows[x->row].name);
                return;
            }
            if (c < 0 || (c == 0 && x->kind < kind)) {
                lo = mid + 1;
            } else {
                hi = mid;
            }
        }
        return;
    }
    know_ref home = know_code_row(d, a->country);
    if (!know_is(home)) return;
    casus_slice name = know_text(base, base->rows[home.row].name);
    bool the = false;
    for (uint32_t i = 0; i + 4 <= name.len && !the; i++) {
        casus_slice rest = {name.ptr + i, name.len - i};
        if (i && name.ptr[i - 1] != ' ') continue;
        static const char *const words[] = {"United ",     "Republic",    "Islands",   "Emirates",
                                            "Netherlands", "Philippines", "Bahamas",   "Gambia",
                                            "Maldives",    "Comoros",     "Seychelles"};
        for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
            size_t n = strlen(words[k]);
            the |= rest.len >= n && memcmp(rest.ptr, words[k], n) == 0;
        }
    }
    a->name = casus_base_arena_format(d->arena, "%.*s of %s%.*s", (int)title.len, title.ptr,
                                      the ? "the " : "", (int)name.len, name.ptr);
    if (!a->name.ptr) know_out_of_memory(d);
}

/* Makes mention `item` the holder of an office on the day; false when nobody is known. */
static bool fill_office(know_doc *d, uint32_t item, const char *code, know_ref office,
                        int32_t day) {
    if (day == CASUS_NO_DAY || !code[0] || !know_is(office)) return false;
    know_ref holder = know_holder_of(d, code, office, day);
    if (!know_is(holder)) return false;
    know_ref root = {holder.layer, know_row_of(d, holder)->root};
    know_hint hint = {.office = office, .titled = true};
    memcpy(hint.code, code, strlen(code) + 1);
    know_fill_person(d, &d->mentions.items[item], &d->extras[item], root, &hint);
    d->mentions.items[item].actor.group = d->mentions.items[item].actor.indefinite = false;
    d->extras[item].named = false;
    d->extras[item].number = KNOW_SINGULAR;
    return true;
}

/* "Russian and Ukrainian officials": each nation stands for its own. */
static void split_nations(know_doc *d, uint32_t item, const know_said *s) {
    casus_mention *m = &d->mentions.items[item];
    uint32_t n = 0, list[6];
    for (uint32_t i = 0; i < s->n_nations; i++) {
        bool again = false;
        for (uint32_t k = 0; k < n; k++) {
            again |= memcmp(d->mentions.items[list[k]].actor.country,
                            d->mentions.items[s->nations[i]].actor.country, 4) == 0;
        }
        if (!again) list[n++] = s->nations[i];
    }
    if (n < 2) return;
    uint32_t *members = casus_base_arena_get(d->arena, n * sizeof *members);
    if (!members) {
        know_out_of_memory(d);
        return;
    }
    know_ref office = d->extras[item].office;
    bool one = know_is(office) && d->extras[item].definite && !s->deputy && !s->former && !s->elect;
    casus_actor actor = m->actor;
    for (uint32_t i = 0; i < n; i++) {
        const casus_mention *nation = &d->mentions.items[list[i]];
        uint32_t first = nation->first, last = nation->last, at = nation->head;
        if (d->words[at].role == CASUS_ROLE_PREP && first > 0 &&
            d->words[first - 1].item == CASUS_NONE) {
            /* "of Armenia and Azerbaijan": the countries stay countries; what stands for their
             * ministers hangs on the word before each */
            casus_actor side = nation->actor;
            uint32_t one_more = know_item_new(d, first - 1, first, last, CASUS_MENTION_GROUP);
            if (one_more == CASUS_NONE) return;
            d->mentions.items[one_more].actor = side;
            d->words[first - 1].state = 2;
            list[i] = one_more;
        }
        casus_mention *e = &d->mentions.items[list[i]];
        members[i] = list[i];
        memcpy(e->actor.sectors, actor.sectors, sizeof e->actor.sectors);
        e->actor.n_sectors = actor.n_sectors;
        e->actor.name = (casus_slice){0};
        e->actor.office = actor.office;
        e->actor.group = actor.group;
        e->kind = CASUS_MENTION_GROUP;
        d->extras[list[i]].office = office;
        if (one) fill_office(d, list[i], e->actor.country, office, d->day);
    }
    m = &d->mentions.items[item];
    m->members = members;
    m->n_members = n;
    m->actor.country[0] = 0;
    m->actor.group = true;
}

/* The day that the sentence is about, for "the then prime minister". */
static int32_t day_of_then(const know_doc *d, uint32_t t) {
    const casus_sentence *s = &d->parse->sentences[know_token(d, t)->sent];
    for (uint32_t k = s->first; k < s->last && k < s->first + 200; k++) {
        casus_slice f = know_token(d, k)->form;
        if (f.len != 4) continue;
        int32_t year = 0;
        for (uint32_t i = 0; i < 4; i++) {
            year = f.ptr[i] >= '0' && f.ptr[i] <= '9' ? year * 10 + (f.ptr[i] - '0') : -100000;
        }
        if (year >= 1945 && year <= 2100) return casus_base_day_of(year, 7, 1);
    }
    return CASUS_NO_DAY;
}

/* The person who holds the office that the phrase names; false when nobody is known. */
static bool fill_holder(know_doc *d, uint32_t item, const know_match *m, const know_said *s,
                        bool plural) {
    casus_mention *me = &d->mentions.items[item];
    know_extra *x = &d->extras[item];
    const char *code = s->code[0] ? s->code : code_of(me);
    know_ref office = know_office_of(d, m, code);
    if (!know_is(office)) return false;
    x->office = office;
    const know_row *o = know_row_of(d, office);
    if (me->actor.n_sectors == 0) know_set_sectors(&me->actor, o);
    if (!s->deputy && !s->elect) {
        me->actor.office = know_text(know_layer_of(d, office), o->office);
    }
    if (s->former) {
        me->actor.n_sectors = 0;
        know_add_sector(&me->actor, "ELI");
        me->actor.office = (casus_slice){0};
    }
    bool one = !plural && !s->deputy && !s->elect && !s->former && !s->indefinite && !s->unknown;
    if (!one || !code[0] || s->n_nations > 1) return false;
    int32_t day = s->then ? day_of_then(d, me->head) : d->day;
    if (!fill_office(d, item, code, office, day)) return false;
    if (s->then) {
        know_ref holder = know_holder_of(d, code, office, day);
        know_set_sectors(&d->mentions.items[item].actor, know_row_of(d, holder));
    }
    return true;
}

static casus_mention_kind kind_of(const know_row *r, bool plural) {
    if (!r) return CASUS_MENTION_GROUP;
    if (r->kind == KNOW_ASSET) return CASUS_MENTION_PLACE;
    if (r->kind == KNOW_BODY && !plural) return CASUS_MENTION_ORG;
    return CASUS_MENTION_GROUP;
}

/* A role before a name, which speaks of it: "minister" in "foreign minister Lavrov". */
static bool is_title(const know_doc *d, uint32_t t, const know_match *m) {
    uint32_t g = m->last;
    if (g >= d->parse->n_tokens || know_token(d, g)->sent != know_token(d, t)->sent) return false;
    const casus_token *k = know_token(d, g);
    if (k->pos != CASUS_POS_PROPN || !(k->flags & CASUS_TOKEN_UPPER_INITIAL)) return false;
    uint32_t n = d->words[g].name, gm = d->words[g].match, item = d->words[g].item;
    if (item != CASUS_NONE) return d->mentions.items[item].kind == CASUS_MENTION_PERSON;
    if (gm != CASUS_NONE) {
        const know_match *x = &d->matches[gm];
        if (know_is_described(x)) return false;
        if (d->words[x->head].item != CASUS_NONE) {
            return d->mentions.items[d->words[x->head].item].kind == CASUS_MENTION_PERSON;
        }
    }
    if (n != CASUS_NONE) {
        uint8_t sort = d->parse->names[n].sort;
        if (sort == CASUS_SORT_PERSON) return true;
        if (sort == CASUS_SORT_TIME || sort == CASUS_SORT_NUMBER) return false;
    }
    if (gm != CASUS_NONE && know_has(&d->matches[gm], KNOW_HOW_SURNAME)) return true;
    const know_word *w = &d->words[t];
    return w->role == CASUS_ROLE_MOD && w->gov != CASUS_NONE && w->gov >= g && w->gov < g + 6 &&
           know_token(d, w->gov)->pos == CASUS_POS_PROPN && gm == CASUS_NONE;
}

/* A plural by its form, of a noun whose singular is in the same row ("parties", not "forces"). */
static bool is_plural(const know_doc *d, uint32_t t, const know_match *m, know_ref role) {
    static const char plural[] = "Number=Plur";
    const casus_token *k = know_token(d, t);
    casus_slice s = d->parse->morphs[k->morph];
    bool many = false;
    for (uint32_t i = 0; i + sizeof plural - 1 <= s.len; i++) {
        many |= memcmp(s.ptr + i, plural, sizeof plural - 1) == 0;
    }
    if (!many || !know_is(role)) return many;
    const know_row *r = know_row_of(d, role);
    if (r->kind == KNOW_ONE || r->kind == KNOW_REF) return true;
    if (m->atoms > 1 || casus_slice_eq(k->lemma, k->lower)) return false;
    const know_layer *l = know_layer_of(d, role);
    uint32_t p = know_phrase_of(l, k->lemma.ptr, k->lemma.len);
    for (uint32_t i = 0; p != CASUS_NONE && i < l->phrases[p].n; i++) {
        const know_target *x = &l->targets[l->phrases[p].first + i];
        if (x->how == KNOW_HOW_ROLE && x->row == role.row) return true;
    }
    return false;
}

/* First token of the organisation's name that head t ends ("People Power Party"), or NONE. */
static uint32_t org_name_of(const know_doc *d, uint32_t t, const know_match *m) {
    uint32_t n = d->words[t].name;
    if (n == CASUS_NONE || d->parse->names[n].sort != CASUS_SORT_ORG || m->last != t + 1) {
        return CASUS_NONE;
    }
    const casus_name *name = &d->parse->names[n];
    uint32_t last = name->last;
    if (last > name->first && know_token(d, last - 1)->pos == CASUS_POS_PART) last--;
    if (last != t + 1 || !(know_token(d, t)->flags & CASUS_TOKEN_UPPER_INITIAL)) return CASUS_NONE;
    uint32_t first = t, own = 0;
    while (first > name->first) {
        const casus_token *k = know_token(d, first - 1);
        if (!(k->flags & CASUS_TOKEN_UPPER_INITIAL) && !is_hyphen(k)) break;
        uint32_t x = d->words[first - 1].match;
        bool nation = d->words[first - 1].item != CASUS_NONE;
        bool marked = d->words[first - 1].marks >> KNOW_MARK_FORMER & 1u;
        if (marked) break;
        if (!nation &&
            (x == CASUS_NONE || !know_is_described(&d->matches[x]) || x != d->words[t].match)) {
            own += x == CASUS_NONE;
        }
        first--;
    }
    return own ? first : CASUS_NONE;
}

/* Does an organisation's name of several words begin with t and go on behind a preposition? */
static bool org_name_from(const know_doc *d, uint32_t t) {
    uint32_t n = d->words[t].name;
    if (n == CASUS_NONE || d->parse->names[n].sort != CASUS_SORT_ORG) return false;
    const casus_name *name = &d->parse->names[n];
    if (!(know_token(d, t)->flags & CASUS_TOKEN_UPPER_INITIAL) || name->last < t + 3) return false;
    if (t != name->first && !(t == name->first + 1 && is_lower(know_token(d, t - 1), "the"))) {
        return false;
    }
    return know_token(d, t + 1)->pos == CASUS_POS_ADP;
}

/* "UN envoy", "U.N. peacekeepers" */
static bool names_un(const know_doc *d, const know_match *m) {
    casus_slice f = know_token(d, m->first)->lower;
    return m->last - m->first > 1 && (casus_slice_is(f, "un") || casus_slice_is(f, "u.n."));
}

/* "his Turkish counterpart": whoever holds the same office there. */
static void fill_counterpart(know_doc *d, uint32_t item, const know_said *s) {
    know_extra *x = &d->extras[item];
    casus_actor *a = &d->mentions.items[item].actor;
    uint32_t of = s->of;
    if (of == CASUS_NONE) return;
    if (d->mentions.items[of].n_members) of = d->mentions.items[of].members[0];
    const casus_mention *o = &d->mentions.items[of];
    if (o->kind != CASUS_MENTION_PERSON && o->kind != CASUS_MENTION_GROUP) return;
    if (o->actor.n_sectors) {
        a->n_sectors = o->actor.n_sectors;
        memcpy(a->sectors, o->actor.sectors, sizeof a->sectors);
    }
    a->name = (casus_slice){0};
    if (!s->code[0]) { /* whose is not said: not the speaker's own */
        memset(a->country, 0, 4);
        memset(a->code, 0, 8);
        return;
    }
    x->office = d->extras[of].office;
    a->office = o->actor.office;
    x->definite = true;
    if (s->n_nations < 2 && x->number == KNOW_SINGULAR) {
        fill_office(d, item, s->code, x->office, d->day);
    }
}

uint32_t know_describe(know_doc *d, uint32_t t, uint32_t match) {
    const know_match *m = &d->matches[match];
    know_ref role = know_role_of(d, m);
    const know_row *r = know_is(role) ? know_row_of(d, role) : NULL;
    if ((r && r->kind == KNOW_IDLE) || know_is_given_name(d, t, m)) return CASUS_NONE;
    if (m->first >= 2 && is_hyphen(know_token(d, m->first - 1)) && /* "Mina al-Ahmadi" */
        know_token(d, m->first - 2)->form.len <= 3 &&
        know_token(d, m->first - 2)->pos != CASUS_POS_PUNCT &&
        !(know_token(d, m->first - 1)->flags & CASUS_TOKEN_SPACE_AFTER) &&
        know_token(d, m->first)->flags & CASUS_TOKEN_UPPER_INITIAL &&
        !(know_token(d, m->first - 2)->flags & CASUS_TOKEN_UPPER_INITIAL) &&
        !has_prefix(d, m->first, m->first - 2))
        return CASUS_NONE;
    bool plural = know_has(m, KNOW_HOW_ROLES) || know_has(m, KNOW_HOW_OFFICES);
    bool single = know_has(m, KNOW_HOW_ROLE) || know_has(m, KNOW_HOW_OFFICE);
    if (single && !(r && r->flags & KNOW_PLURAL)) plural = false;
    if (r && r->flags & KNOW_PLURAL) plural = true;
    if (is_plural(d, t, m, role)) plural = true;
    uint8_t pos = know_token(d, t)->pos;
    if (pos != CASUS_POS_NOUN && pos != CASUS_POS_PROPN && pos != CASUS_POS_ADJ &&
        pos != CASUS_POS_X && m->atoms == 1) {
        return CASUS_NONE;
    }
    bool adjective = pos == CASUS_POS_ADJ || (r && r->kind == KNOW_MOD);
    if (adjective && !plural && d->words[t].role == CASUS_ROLE_MOD) return CASUS_NONE;
    if (r && r->kind == KNOW_MOD && !know_has(m, KNOW_HOW_OFFICE) && !plural) return CASUS_NONE;
    if (is_title(d, t, m) && (!plural || know_has(m, KNOW_HOW_OFFICES))) return CASUS_NONE;
    know_said s;
    bool sent = r && r->flags & KNOW_SENT;
    uint32_t proper = org_name_of(d, t, m), proper_end = m->last;
    if (proper == CASUS_NONE && org_name_from(d, t)) {
        proper = t; /* "Front for the Liberation of X" */
        proper_end = d->parse->names[d->words[t].name].last;
    }
    if (proper != CASUS_NONE && r && r->kind == KNOW_ONE && !plural && proper < m->first)
        return CASUS_NONE; /* "Waertsilae Marine" is no marine */
    know_gather(d, t, proper == CASUS_NONE ? m->first : proper, m->last, true, sent, &s);
    if (d->status != CASUS_OK) return CASUS_NONE;
    if (proper != CASUS_NONE) know_take_within(d, proper, m->first, &s);
    uint32_t next = m->last; /* "president-elect" */
    if (next + 1 < d->parse->n_tokens && is_hyphen(know_token(d, next))) next++;
    if (next < d->parse->n_tokens &&
        (is_lower(know_token(d, next), "elect") || is_lower(know_token(d, next), "designate"))) {
        s.elect = true;
    }
    if (pos == CASUS_POS_ADJ && !s.definite && !s.counted && d->words[t].role != CASUS_ROLE_SUBJ) {
        return CASUS_NONE; /* "shot dead" */
    }
    if (names_un(d, m)) {
        memcpy(s.code, "UNO", 4);
        s.n_nations = 0;
    }
    bool office = know_has(m, KNOW_HOW_OFFICE) || know_has(m, KNOW_HOW_OFFICES);
    if (office && !s.code[0] && s.of == CASUS_NONE) {
        const char *code = know_implied_code(d, m);
        memcpy(s.code, code, strlen(code));
    }
    bool told = s.code[0] || s.of != CASUS_NONE || know_is(s.mod) || s.owned || s.people || s.own;
    if (r && r->flags & KNOW_WEAK && !told && !s.definite) return CASUS_NONE;
    uint32_t item = know_item_new(d, t, s.first, m->last, kind_of(r, plural));
    if (item == CASUS_NONE) return CASUS_NONE;
    know_extra *x = &d->extras[item];
    casus_mention *me = &d->mentions.items[item];
    x->role = role;
    x->modifier = d->words[t].role == CASUS_ROLE_MOD;
    x->definite = s.definite;
    x->number = plural ? KNOW_PLURALITY : KNOW_SINGULAR;
    x->gender = s.gender ? s.gender : r ? r->flags & (KNOW_MALE | KNOW_FEMALE) : 0;
    me->actor.group = plural || (r && r->kind == KNOW_MANY);
    me->actor.indefinite = !s.definite && !s.code[0] && s.of == CASUS_NONE;
    if (office && !r) {
        know_ref o = know_office_of(d, m, s.code[0] ? s.code : d->context);
        if (know_is(o)) x->office = o;
    }
    if (know_refer_plural(d, item, &s)) return item;
    know_ref back =
        r && r->kind != KNOW_REF && s.definite && !told ? row_of_kind(d, m, KNOW_REF) : KNOW_NO_REF;
    if (know_is(back)) { /* "the parties": those to the war, before those to an election */
        d->extras[item].role = back;
        if (know_refer_plural(d, item, &s)) return item;
        d->extras[item].role = role;
    }
    if (r && r->kind == KNOW_REF && s.owned && d->mentions.items[item].kind != CASUS_MENTION_NONE &&
        casus_slice_is(know_text(know_layer_of(d, role), r->name), "country")) {
        const casus_actor *of = s.of == CASUS_NONE ? NULL : &d->mentions.items[s.of].actor;
        if (of && of->country[0]) { /* "the people of his country" */
            me->kind = CASUS_MENTION_COUNTRY;
            memcpy(me->actor.country, of->country, 4);
            reason(&me->actor, "owner+head");
            return item;
        }
    }
    uint32_t before = CASUS_NONE;
    if (proper != CASUS_NONE) s.definite = false; /* a name of its own */
    if (s.definite && !s.former && !(s.counted && !s.both)) {
        before = know_antecedent(d, item, &s);
    } else if (office && !plural && !s.indefinite && !s.code[0] && s.of == CASUS_NONE &&
               !s.former && !s.deputy) {
        before = know_antecedent(d, item, &s); /* "President" alone */
    }
    if (r && r->kind == KNOW_REF && s.definite && !plural && !s.code[0] && s.of == CASUS_NONE &&
        casus_slice_is(know_text(know_layer_of(d, role), r->name), "country")) {
        const uint32_t by = know_official_before(d, item);
        if (by != CASUS_NONE &&
            (before == CASUS_NONE || d->mentions.items[before].head < d->mentions.items[by].head)) {
            me->kind = CASUS_MENTION_COUNTRY;
            memcpy(me->actor.country, d->mentions.items[by].actor.country, 4);
            reason(&me->actor, "official+head");
            return item;
        }
    }
    if (before != CASUS_NONE) {
        know_link(d, item, before);
        return item;
    }
    bool beside = r && casus_slice_is(know_text(know_layer_of(d, role), r->name), "neighbour");
    if (beside && !s.code[0] && told) know_add_sector(&me->actor, "CVL"); /* a person's */
    if (beside && s.code[0]) {
        me->kind = CASUS_MENTION_NONE;
        return item;
    }
    const casus_actor *union_of = s.of == CASUS_NONE ? NULL : &d->mentions.items[s.of].actor;
    if (r && r->kind == KNOW_REF && !plural && s.indefinite && union_of && union_of->code[0]) {
        me->kind = CASUS_MENTION_NONE; /* "an EU country": one of many */
        return item;
    }
    if (r && r->kind == KNOW_REF && !told && s.definite && proper == CASUS_NONE &&
        casus_slice_is(know_text(know_layer_of(d, role), r->name), "body")) {
        me->kind = CASUS_MENTION_ORG; /* "the bloc", of states that are not named */
        know_add_sector(&me->actor, "IGO");
        reason(&me->actor, "head");
        return item;
    }
    if (r && r->kind == KNOW_REF && !told && proper == CASUS_NONE) {
        me->kind = CASUS_MENTION_NONE; /* "the group", of nothing known */
        return item;
    }
    if (r) know_compose_sectors(d, &me->actor, r, &s);
    know_compose_country(d, item, r, &s);
    know_officer(d, item);
    if (office) fill_holder(d, item, m, &s, plural);
    me = &d->mentions.items[item];
    if (r && !plural && r->kind == KNOW_BODY) {
        compose_name(d, &me->actor, r, know_layer_of(d, role));
    } else if (r && r->kind == KNOW_MANY && !me->actor.indefinite) {
        compose_name(d, &me->actor, r, know_layer_of(d, role));
    }
    if (r && casus_slice_is(know_text(know_layer_of(d, role), r->name), "counterpart")) {
        fill_counterpart(d, item, &s);
        me = &d->mentions.items[item];
    }
    if (proper != CASUS_NONE && me->actor.name.len == 0 && !plural) {
        me->first = proper;
        me->last = proper_end;
        me->kind = CASUS_MENTION_ORG;
        me->actor.name = know_words_of(d, proper, proper_end);
        me->actor.indefinite = false;
        d->extras[item].named = true;
        know_introduce(d, item);
        me = &d->mentions.items[item];
    }
    if (s.n_nations > 1) split_nations(d, item, &s);
    me = &d->mentions.items[item]; /* the array may have grown */
    if (me->actor.code[0] && me->actor.n_sectors && memcmp(me->actor.sectors[0], "GOV", 3) == 0) {
        know_ref body = know_code_row(d, me->actor.code);
        if (know_is(body) && know_row_of(d, body)->kind == KNOW_IGO) { /* "EU officials" */
            memcpy(me->actor.sectors[0], "IGO", 4);
        }
    }
    if (me->actor.reason.len == 0) reason(&me->actor, "head");
    if (d->words[t].role == CASUS_ROLE_APPOS && d->words[t].gov < t && !plural) {
        uint32_t of = know_resolve(d, d->words[t].gov); /* "Wardak, a spokesman" */
        me = &d->mentions.items[item];
        bool same =
            of != CASUS_NONE && of != item && d->extras[of].named &&
            ((d->mentions.items[of].kind == CASUS_MENTION_PERSON && r && r->kind == KNOW_ONE) ||
             (d->mentions.items[of].kind == CASUS_MENTION_ORG && me->kind == CASUS_MENTION_ORG));
        if (same) {
            know_link(d, item, of);
            return item;
        }
    }
    /* "the Italian foreign minister, Luigi Di Maio": who it is */
    uint32_t who = d->appos[t];
    if (who != CASUS_NONE && !plural && know_token(d, who)->pos == CASUS_POS_PROPN) {
        uint32_t named = know_resolve(d, who);
        if (named != CASUS_NONE && d->mentions.items[named].first > m->last + 2) {
            named = CASUS_NONE; /* too far off for an apposition */
        }
        if (named != CASUS_NONE && d->mentions.items[named].kind == CASUS_MENTION_PERSON) {
            know_link(d, item, named);
            return item;
        }
        if (named != CASUS_NONE && d->mentions.items[named].kind == CASUS_MENTION_ORG &&
            d->mentions.items[item].kind == CASUS_MENTION_ORG) {
            know_link(d, item, named);
            return item;
        }
    }
    return item;
}
