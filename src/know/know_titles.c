/* know_titles.c - names with what is said of them: titles before, appositions behind.
 *
 * A person the tables know gets the office that the text and the day agree on; an unknown one what
 * the text says (role, nation, organisation) and nothing else. O(window) a name.
 */
#include "know/know_int.h"

static const char *code_of(const casus_mention *m) {
    return m->actor.code[0] ? m->actor.code : m->actor.country;
}

/* "his Greek and Cypriot counterparts, Dendias and Christodoulides": the nation of the name at t,
 * by its turn; the description's own where it has but one. */
static const char *align(const know_doc *d, uint32_t t, const know_said *s) {
    if (s->n_nations < 2) return s->code;
    uint32_t first = d->words[t].first, turn = 0, n = 0;
    for (uint32_t k = first; k < d->parse->n_tokens && k < first + 60; k++) {
        if (d->words[k].first != first || know_token(d, k)->pos != CASUS_POS_PROPN) continue;
        if (know_token(d, k)->sent != know_token(d, t)->sent) break;
        if (k == t) turn = n;
        n++;
    }
    if (n != s->n_nations) return "";
    const casus_actor *a = &d->mentions.items[s->nations[turn]].actor;
    return a->code[0] ? a->code : a->country;
}

/* Head of the description that the name at t is an apposition of ("the foreign minister, Di Maio"),
 * or CASUS_NONE; of a list of names what stands before its first. */
static uint32_t described_before(const know_doc *d, uint32_t t, uint32_t first) {
    const know_word *w = &d->words[t];
    uint32_t c = w->first;
    if (c < t) {
        uint32_t n = d->words[c].name, i = d->words[c].item;
        first = n != CASUS_NONE ? d->parse->names[n].first : c;
        if (i != CASUS_NONE) first = d->mentions.items[i].first;
        w = &d->words[c];
    }
    if (first >= 3) { /* "a commander known as Abu Khalid", "a man named Petrov" */
        casus_slice before = know_token(d, first - 1)->lower;
        casus_slice verb = know_token(d, first - 2)->lower;
        bool as = casus_slice_is(before, "as") &&
                  (casus_slice_is(verb, "known") || casus_slice_is(verb, "identified"));
        bool named = casus_slice_is(before, "named") || casus_slice_is(before, "called");
        uint32_t at = as ? first - 3 : first - 2;
        uint32_t m = as || named ? d->words[at].match : CASUS_NONE;
        if (m != CASUS_NONE && d->matches[m].head == at) return at;
    }
    if (w->role != CASUS_ROLE_APPOS) return CASUS_NONE;
    if (first >= 2 && casus_slice_is(know_token(d, first - 1)->form, ",")) {
        uint32_t m = d->words[first - 2].match;
        if (m != CASUS_NONE && d->matches[m].head == first - 2) return first - 2;
    }
    return w->gov < first && first - w->gov < KNOW_WINDOW ? w->gov : CASUS_NONE;
}

/* "Secretary of Freedonia's Security Council Ann Example": the head of a title with "of" that
 * runs up to the name, or CASUS_NONE. */
static uint32_t title_with_of(const know_doc *d, uint32_t first) {
    uint32_t sent = d->parse->sentences[know_token(d, first)->sent].first;
    for (uint32_t t = first, n = 0; t-- > sent && n < 10; n++) {
        const casus_token *k = know_token(d, t);
        bool of = casus_slice_is(k->lower, "of") || casus_slice_is(k->lower, "for");
        if (of && t > sent && n > 0) {
            uint32_t m = d->words[t - 1].match;
            bool ends = m != CASUS_NONE && d->matches[m].last == t;
            if (ends && know_is_described(&d->matches[m])) return d->matches[m].head;
            continue;
        }
        if (k->pos != CASUS_POS_PROPN && k->pos != CASUS_POS_NOUN && k->pos != CASUS_POS_ADJ &&
            k->pos != CASUS_POS_DET && k->pos != CASUS_POS_PART) {
            return CASUS_NONE;
        }
    }
    return CASUS_NONE;
}

/* What a description with head `a`, an apposition of the name or what the name is one of, adds. */
static void said_beside(know_doc *d, uint32_t t, uint32_t a, know_said *s, know_ref *role,
                        know_ref *office) {
    uint32_t m = d->words[a].match;
    if (m == CASUS_NONE || d->matches[m].head != a || !know_is_described(&d->matches[m])) return;
    know_said t2;
    know_ref r2 = know_role_of(d, &d->matches[m]);
    bool sent = know_is(r2) && know_row_of(d, r2)->flags & KNOW_SENT;
    know_gather(d, a, d->matches[m].first, d->matches[m].last, true, sent, &t2);
    if (!t2.code[0] && t2.of == CASUS_NONE) {
        const char *code = know_implied_code(d, &d->matches[m]);
        memcpy(t2.code, code, strlen(code));
    }
    const char *code = align(d, t, &t2);
    if (!s->code[0]) {
        memcpy(s->code, code, strlen(code) + 1);
        s->nation = t2.nation;
    }
    if (s->of == CASUS_NONE) s->of = t2.of;
    uint32_t whole = d->words[a].item;
    if (!know_is(*office) && t2.n_nations > 1 && whole != CASUS_NONE) {
        *office = d->extras[whole].office;
    }
    if (!s->place[0]) memcpy(s->place, t2.place, 4);
    if (!know_is(s->mod)) s->mod = t2.mod;
    s->former |= t2.former;
    s->deputy |= t2.deputy;
    s->elect |= t2.elect;
    if (!know_is(*role)) *role = r2;
    if (!know_is(*office) && know_has(&d->matches[m], KNOW_HOW_OFFICE)) {
        *office = know_office_of(d, &d->matches[m], s->code[0] ? s->code : d->context);
    }
}

/* "X resigns as attorney general", "X is the foreign minister": the head of the description, or
 * CASUS_NONE. */
static uint32_t called_as(const know_doc *d, uint32_t t) {
    const know_word *w = &d->words[t];
    if ((w->role != CASUS_ROLE_SUBJ && w->role != CASUS_ROLE_OBJ) || w->gov == CASUS_NONE) {
        return CASUS_NONE;
    }
    uint32_t end = d->parse->sentences[know_token(d, t)->sent].last, from = t + 1;
    for (uint32_t k = from; k < end && k < from + 2 * KNOW_WINDOW; k++) {
        uint32_t m = d->words[k].match;
        if (m == CASUS_NONE || d->matches[m].head != k || !know_is_described(&d->matches[m])) {
            continue;
        }
        if (!know_has(&d->matches[m], KNOW_HOW_OFFICE)) {
            know_ref r = know_role_of(d, &d->matches[m]);
            if (!know_is(r) || know_row_of(d, r)->kind != KNOW_ONE) continue;
        }
        const know_word *x = &d->words[k];
        bool as = x->role == CASUS_ROLE_PREP && casus_slice_is(x->prep, "as") && x->gov == w->gov;
        bool is = w->role == CASUS_ROLE_SUBJ && (x->role == CASUS_ROLE_PRED || k == w->gov) &&
                  (x->gov == w->gov || k == w->gov);
        if (as || is) return k;
    }
    return CASUS_NONE;
}

/* Does ", who" or "who" stand at token t? */
static bool is_who(const know_doc *d, uint32_t t) {
    if (t + 2 >= d->parse->n_tokens) return false;
    if (casus_slice_is(know_token(d, t)->form, ",")) t++;
    return casus_slice_is(know_token(d, t)->lower, "who");
}

/* "Mushtaha, who according to Israel was the head of ...": the head of what the relative clause
 * next behind a name says of it, or CASUS_NONE. */
static uint32_t who_was(const know_doc *d, uint32_t last) {
    const casus_parse *p = d->parse;
    if (p->n_clauses == 0 || !is_who(d, last)) return CASUS_NONE;
    const uint32_t who = casus_slice_is(know_token(d, last)->form, ",") ? last + 1 : last;
    const uint32_t end = p->sentences[know_token(d, who)->sent].last;
    for (uint32_t k = who + 1; k < end && k < who + KNOW_WINDOW; k++) {
        const uint32_t c = p->clause_of[k];
        if (c == CASUS_NONE || p->clauses[c].kind == CASUS_CLAUSE_NOUN) continue;
        if (p->clauses[c].kind != CASUS_CLAUSE_PRED) return CASUS_NONE;
        for (uint32_t i = 0; i < p->clauses[c].n_args; i++) {
            const casus_arg *x = &p->clauses[c].args[i];
            if (x->role == CASUS_ROLE_SUBJ && (x->token == who || x->token < last)) return k;
        }
    }
    return CASUS_NONE;
}

/* Role and office of a title before a name, or of an apposition behind it. */
static void said_of_name(know_doc *d, uint32_t t, uint32_t first, uint32_t last, know_said *s,
                         know_ref *role, know_ref *office) {
    *role = *office = KNOW_NO_REF;
    know_gather(d, t, first, last, false, false, s);
    if (s->title != CASUS_NONE && !s->code[0] && s->of == CASUS_NONE) {
        const char *code = know_implied_code(d, &d->matches[s->title]);
        memcpy(s->code, code, strlen(code));
    }
    if (s->title != CASUS_NONE) {
        const know_match *m = &d->matches[s->title];
        *role = know_role_of(d, m);
        if (know_has(m, KNOW_HOW_OFFICE)) {
            *office = know_office_of(d, m, s->code[0] ? s->code : d->context);
        }
    }
    /* "the Italian foreign minister, Luigi Di Maio" */
    uint32_t described = described_before(d, t, first);
    if (described == CASUS_NONE && s->title == CASUS_NONE) described = title_with_of(d, first);
    if (described != CASUS_NONE) said_beside(d, t, described, s, role, office);
    uint32_t a = d->appos[t];
    bool beside = a != CASUS_NONE && a > last && a <= last + KNOW_WINDOW;
    if (!beside && s->title == CASUS_NONE && described == CASUS_NONE) {
        a = who_was(d, last);
        beside = a != CASUS_NONE;
    }
    /* "X, a photo- and videojournalist from Y" */
    for (uint32_t k = beside ? a + 1 : 0; beside && k < a + 6 && k < d->parse->n_tokens; k++) {
        const uint32_t of = d->words[a].match;
        if (of != CASUS_NONE && know_is_described(&d->matches[of])) break;
        if (d->words[k].first == a && k != a) a = k;
    }
    if (beside) said_beside(d, t, a, s, role, office);
    uint32_t as = beside ? CASUS_NONE : called_as(d, t);
    if (as != CASUS_NONE && s->title == CASUS_NONE && described == CASUS_NONE) {
        said_beside(d, t, as, s, role, office);
    }
    if (!s->code[0] && last + 1 < d->parse->n_tokens && /* "the operator Son from South Korea" */
        casus_slice_is(know_token(d, last)->lower, "from")) {
        const uint32_t k =
            casus_slice_is(know_token(d, last + 1)->lower, "the") ? last + 2 : last + 1;
        for (uint32_t h = k; h < k + 3 && h < d->parse->n_tokens; h++) {
            const uint32_t i = d->words[h].item;
            if (i == CASUS_NONE || d->mentions.items[i].first != k) continue;
            if (d->mentions.items[i].kind == CASUS_MENTION_COUNTRY &&
                d->mentions.items[i].has_place)
                memcpy(s->code, d->mentions.items[i].actor.country, 4);
            break;
        }
    }
    uint32_t at = last; /* "Hotak, of the provincial council" */
    if (at + 1 < d->parse->n_tokens && casus_slice_is(know_token(d, at)->form, ",")) at++;
    if (s->of != CASUS_NONE || s->code[0] || at >= d->parse->n_tokens) return;
    casus_slice prep = know_token(d, at)->lower;
    if (casus_slice_is(prep, "of") || (at == last && casus_slice_is(prep, "from"))) {
        know_take_behind(d, at, false, false, s);
        if (s->of != CASUS_NONE && d->mentions.items[s->of].kind == CASUS_MENTION_PLACE) {
            s->of = CASUS_NONE;
        }
    }
}

static void hint_of(const know_doc *d, const know_said *s, know_ref role, know_ref office,
                    know_hint *h) {
    memset(h, 0, sizeof *h);
    h->office = s->deputy || s->elect ? KNOW_NO_REF : office;
    h->former = s->former;
    h->titled = know_is(role) || know_is(office) || s->gender;
    if (s->code[0]) {
        memcpy(h->code, s->code, 8);
    } else if (s->of != CASUS_NONE) {
        const casus_mention *o = &d->mentions.items[s->of];
        const char *code = code_of(o);
        if (o->kind == CASUS_MENTION_ORG || o->kind == CASUS_MENTION_GROUP) {
            memcpy(h->code, code, strlen(code) + 1);
        }
    }
}

/* What the text says of a person that no table knows. */
static void compose_person(know_doc *d, uint32_t item, const know_said *s, know_ref role,
                           know_ref office) {
    casus_mention *m = &d->mentions.items[item];
    know_extra *x = &d->extras[item];
    bool said = know_is(role) || know_is(office) || s->of != CASUS_NONE || s->code[0];
    m->kind = CASUS_MENTION_PERSON;
    m->actor.person = know_words_of(d, m->first, m->last);
    x->role = role;
    x->office = office;
    x->number = KNOW_SINGULAR;
    x->named = true;
    x->gender = s->gender ? s->gender : know_gender_of(d, m->actor.person);
    if (!x->gender && know_is(role)) {
        x->gender = know_row_of(d, role)->flags & (KNOW_MALE | KNOW_FEMALE);
    }
    if (!said) {
        m->actor.reason = casus_slice_z("name");
        return;
    }
    know_row none = {0};
    none.flags = KNOW_VIA;
    const know_row *r = know_is(role) ? know_row_of(d, role) : &none;
    know_compose_sectors(d, &m->actor, r, s);
    if (know_is(office)) {
        const know_row *o = know_row_of(d, office);
        if (!know_is(role) || m->actor.n_sectors == 0) {
            know_set_sectors(&m->actor, o);
            if (s->former) {
                m->actor.n_sectors = 0;
                know_add_sector(&m->actor, "ELI");
            }
        }
        if (!s->former && !s->deputy && !s->elect) {
            m->actor.office = know_text(know_layer_of(d, office), o->office);
        }
    }
    know_compose_country(d, item, r, s);
    know_officer(d, item);
    m = &d->mentions.items[item];
    if (m->actor.reason.len == 0) m->actor.reason = casus_slice_z("said of name");
}

static bool is_name_token(const know_doc *d, uint32_t t) {
    return know_token(d, t)->pos == CASUS_POS_PROPN;
}

/* A body that every state has: its nation's, whichever the tables know. */
static bool is_public_body(const know_doc *d, const know_extra *x) {
    if (!know_is(x->entity)) return false;
    switch (know_row_of(d, x->entity)->kind) {
    case KNOW_MINISTRY:
    case KNOW_GOVERNMENT:
    case KNOW_COURT:
    case KNOW_PARLIAMENT:
    case KNOW_POLICE:
    case KNOW_MILITARY:
        return true;
    default:
        return false;
    }
}

/* "Armenia's Security Council", which alone is the world's. */
static bool is_council_of(const know_doc *d, const casus_mention *m) {
    return know_has_sector(&m->actor, "IGO") && m->last - m->first == 2 &&
           casus_slice_is(know_token(d, m->last - 1)->lower, "council");
}

void know_finish_name(know_doc *d, uint32_t t) {
    uint32_t item = d->words[t].item;
    casus_mention *m = &d->mentions.items[item];
    know_extra *x = &d->extras[item];
    if (m->kind == CASUS_MENTION_PERSON && know_is(x->entity)) {
        know_said s;
        know_ref role, office;
        said_of_name(d, t, m->first, m->last, &s, &role, &office);
        m = &d->mentions.items[item];
        x = &d->extras[item];
        know_hint hint;
        hint_of(d, &s, role, office, &hint);
        if (s.gender) x->gender = s.gender;
        uint32_t match = d->words[t].match;
        know_ref root = x->entity;
        if (match != CASUS_NONE && d->matches[match].head == t) {
            know_ref again = know_person_of(d, &d->matches[match], &hint, false);
            if (know_is(again)) root = again;
        }
        if (hint.office.row != CASUS_NONE || hint.code[0] || hint.former || know_is(role)) {
            bool current;
            know_ref row = know_person_row(d, root, &hint, &current);
            const know_row *r = know_row_of(d, row);
            const char *code = r->code[0] ? r->code : r->country;
            casus_actor old = m->actor;
            m->actor.office = (casus_slice){0};
            m->actor.n_sectors = 0;
            know_fill_person(d, m, x, root, &hint);
            bool other = hint.code[0] && strncmp(code, hint.code, 7) != 0;
            bool elsewhere = s.of != CASUS_NONE && !hint.former &&
                             d->mentions.items[s.of].kind == CASUS_MENTION_ORG &&
                             d->mentions.items[s.of].actor.n_sectors > 0;
            bool plain = !know_is(office) && know_is(role) && !hint.former &&
                         know_row_of(d, role)->kind == KNOW_ONE &&
                         know_row_of(d, role)->n_sectors > 0;
            if (!current && (other || elsewhere || plain)) {
                /* the tables do not know that post: as the text says */
                compose_person(d, item, &s, role, office);
                m = &d->mentions.items[item];
                m->actor.person = old.person;
                if (!s.code[0] && s.of == CASUS_NONE && old.country[0]) {
                    memcpy(m->actor.country, old.country, 4);
                }
                d->extras[item].entity = root;
            }
        }
        if (d->mentions.items[item].actor.n_sectors == 0 && (know_is(role) || know_is(office))) {
            casus_slice person = d->mentions.items[item].actor.person;
            char country[4];
            memcpy(country, d->mentions.items[item].actor.country, 4);
            compose_person(d, item, &s, role, office);
            d->mentions.items[item].actor.person = person;
            if (country[0] && !s.code[0]) {
                memcpy(d->mentions.items[item].actor.country, country, 4);
            }
        }
    } else if (know_spelled_out(d, item) != CASUS_NONE) {
        know_link(d, item, know_spelled_out(d, item));
        return;
    } else if (m->kind == CASUS_MENTION_ORG && d->words[t].match != CASUS_NONE &&
               know_has(&d->matches[d->words[t].match], KNOW_HOW_NAME)) {
        const know_match *match = &d->matches[d->words[t].match];
        bool nowhere = !m->actor.country[0] && !m->actor.code[0] &&
                       (know_has_sector(&m->actor, "REB") || know_has_sector(&m->actor, "CRM"));
        bool open = x->from_context;
        uint32_t equal;
        know_said s;
        know_gather(d, t, m->first, m->last, true, false, &s);
        m = &d->mentions.items[item];
        x = &d->extras[item];
        const char *country = s.code[0] && !s.code[3] ? s.code : s.place;
        bool nation = s.nation != CASUS_NONE && d->mentions.items[s.nation].last <= m->first;
        if (!country[0] && s.of != CASUS_NONE) {
            country = d->mentions.items[s.of].actor.country;
        }
        if (!country[0] && open) country = know_context_at(d, t);
        know_ref best = know_best_group(d, match, country, &equal);
        bool mine = know_is(best) && memcmp(know_row_of(d, best)->country, country, 4) == 0;
        if (know_is(best) && know_row_of(d, best)->table != KNOW_COUNTRIES && country[0] && mine) {
            memset(m->actor.country, 0, 4);
            know_fill_group(d, m, x, best);
            x->from_context = false;
        } else if (nation && country[0] && is_public_body(d, x) && m->actor.country[0]) {
            memcpy(m->actor.country, country, 4); /* "the Philippine Department of Justice" */
            m->actor.name = know_words_of(d, m->first, m->last);
            m->actor.reason = casus_slice_z("nation+head");
            x->entity = KNOW_NO_REF;
        } else if (nation && country[0] && is_council_of(d, m)) {
            memset(m->actor.code, 0, sizeof m->actor.code);
            memcpy(m->actor.country, country, 4);
            m->actor.n_sectors = 0;
            know_add_sector(&m->actor, "GOV");
            m->actor.name = know_words_of(d, m->first, m->last);
            m->actor.reason = casus_slice_z("nation+head");
            x->entity = KNOW_NO_REF;
        } else if (open && country[0]) {
            memcpy(m->actor.country, country, 4);
            m->actor.name = know_words_of(d, m->first, m->last);
            m->actor.reason = casus_slice_z("context+head");
        } else if (nowhere) { /* Islamic State: where they act */
            memcpy(m->actor.country, country[0] ? country : know_haunt_at(d, t), 4);
            x->from_context = true;
        }
    } else if (m->kind == CASUS_MENTION_GROUP && x->from_context && !m->actor.country[0]) {
        memcpy(m->actor.country, know_context_at(d, t), 4);
    }
    know_introduce(d, item);
}

/* "Sumy Oblast", "the Strait of Hormuz": a place, whatever the statistical names say. */
static bool is_area(const know_doc *d, uint32_t t, uint32_t first, uint32_t last) {
    bool upper = know_token(d, last - 1)->flags & CASUS_TOKEN_UPPER_INITIAL;
    if (upper && know_marked(d, last - 1, KNOW_MARK_AREA)) return true;
    if (last < d->parse->n_tokens && know_marked(d, last, KNOW_MARK_AREA) &&
        know_token(d, last)->flags & CASUS_TOKEN_UPPER_INITIAL) {
        return true;
    }
    if (last - first > 1 && know_marked(d, first, KNOW_MARK_AREA)) return true;
    (void)t;
    return false;
}

/* "in Rafah", "near Khan Younis": where one is, not who, when nothing else is said. */
static bool is_where(const know_doc *d, uint32_t t) {
    static const char *const preps[] = {"in",     "near",   "into",   "outside",   "around",
                                        "inside", "across", "within", "throughout"};
    if (d->words[t].role != CASUS_ROLE_PREP) return false;
    uint32_t gov = d->words[t].gov;
    if (casus_slice_is(d->words[t].prep, "on") && gov != CASUS_NONE) {
        return know_marked(d, gov, KNOW_MARK_OFPLACE); /* strikes on Rafah */
    }
    for (size_t i = 0; i < sizeof preps / sizeof *preps; i++) {
        if (casus_slice_is(d->words[t].prep, preps[i])) return true;
    }
    return false;
}

static bool is_first_name(const know_doc *d, uint32_t t) {
    const know_layer *l = &d->know->layers[d->know->n_layers - 1];
    casus_slice s = know_token(d, t)->lower;
    uint32_t at = know_phrase_of(l, s.ptr, s.len);
    if (at == CASUS_NONE) return false;
    for (uint32_t i = 0; i < l->phrases[at].n; i++) {
        if (l->targets[l->phrases[at].first + i].how == KNOW_HOW_FIRSTNAME) return true;
    }
    return false;
}

/* A name that no table knows: a surname met before, or a person or organisation by what the
 * statistical names and the words round it say. */
uint32_t know_unknown_name(know_doc *d, uint32_t t) {
    uint32_t n = d->words[t].name, match = d->words[t].match;
    uint32_t first = t, last = t + 1;
    casus_sort sort = CASUS_SORT_OTHER;
    if (n != CASUS_NONE) {
        sort = (casus_sort)d->parse->names[n].sort;
        first = d->parse->names[n].first;
        last = d->parse->names[n].last;
        if (last > first && know_token(d, last - 1)->pos == CASUS_POS_PART) last--; /* 's */
        if (first > t || last <= t) {
            first = t;
            last = t + 1;
        }
    }
    if (sort == CASUS_SORT_TIME || sort == CASUS_SORT_NUMBER || sort == CASUS_SORT_MONEY) {
        return CASUS_NONE;
    }
    while (first < t &&
           (!is_name_token(d, first) || /* titles and nations are no part of it */
            (d->words[first].match != CASUS_NONE &&
             (know_is_described(&d->matches[d->words[first].match]) ||
              d->words[first].item != CASUS_NONE)) ||
            know_marked(d, first, KNOW_MARK_MR) || know_marked(d, first, KNOW_MARK_MRS))) {
        if (sort == CASUS_SORT_ORG) break;
        first++;
    }
    if (n == CASUS_NONE) {
        while (first > 0 && t - first < 4 && is_name_token(d, first - 1) &&
               know_token(d, first - 1)->head == t && d->words[first - 1].match == CASUS_NONE) {
            first--;
        }
    }
    if (first == t && t > 0 && sort != CASUS_SORT_ORG && is_name_token(d, t - 1) &&
        d->words[t - 1].match != CASUS_NONE && d->words[t - 1].item == CASUS_NONE &&
        know_is_given_name(d, t - 1, &d->matches[d->words[t - 1].match])) {
        first--; /* "Hunter Biden" */
        sort = CASUS_SORT_PERSON;
    }
    if (sort == CASUS_SORT_ORG && last == t + 1 && t >= first + 2 && is_first_name(d, t - 1)) {
        sort = CASUS_SORT_PERSON; /* "Security Council Ann Example": a title and a name */
        first = t - 1;
    }
    while (sort != CASUS_SORT_ORG && first > 0 && t - first < 4 && is_name_token(d, first - 1) &&
           is_first_name(d, first - 1) && know_token(d, first - 1)->head <= t &&
           know_token(d, first - 1)->head >= first && d->words[first - 1].item == CASUS_NONE) {
        first--; /* a first name that the statistical name left out */
    }
    if (sort == CASUS_SORT_ORG && last - first >= 2 && last - first <= 4 && is_who(d, last)) {
        sort = CASUS_SORT_PERSON; /* "Rawhi Mushtaha, who" */
    }
    if (is_area(d, t, first, last) || know_is_pair(d, first, last)) return CASUS_NONE;
    uint32_t before = know_local_of(d, first, last);
    if (before != CASUS_NONE) {
        uint32_t item =
            know_item_new(d, t, first, last, (casus_mention_kind)d->mentions.items[before].kind);
        if (item != CASUS_NONE) {
            d->extras[item].named = true;
            d->extras[item].modifier = d->words[t].role == CASUS_ROLE_MOD;
            know_link(d, item, before);
        }
        return item;
    }
    know_said s;
    know_ref role, office;
    said_of_name(d, t, first, last, &s, &role, &office);
    if (d->status != CASUS_OK) return CASUS_NONE;
    know_hint hint;
    hint_of(d, &s, role, office, &hint);
    if (match != CASUS_NONE && know_has(&d->matches[match], KNOW_HOW_SURNAME) &&
        first >= d->matches[match].first &&
        !(know_marked(d, t, KNOW_MARK_COMMON) && !hint.titled)) {
        know_ref root = know_person_of(d, &d->matches[match], &hint, true);
        if (know_is(root) && last - first <= d->matches[match].last - d->matches[match].first) {
            uint32_t item = know_item_new(d, t, d->matches[match].first, d->matches[match].last,
                                          CASUS_MENTION_PERSON);
            if (item == CASUS_NONE) return item;
            know_fill_person(d, &d->mentions.items[item], &d->extras[item], root, &hint);
            if (s.gender) d->extras[item].gender = s.gender;
            d->extras[item].modifier = d->words[t].role == CASUS_ROLE_MOD;
            know_introduce(d, item);
            return item;
        }
    }
    bool one = know_is(role) && know_row_of(d, role)->kind == KNOW_ONE;
    bool titled = s.gender || ((one || know_is(office)) && s.title != CASUS_NONE &&
                               d->matches[s.title].last == first);
    bool said = titled || know_is(role) || know_is(office) || s.code[0] || s.of != CASUS_NONE;
    if (!said && is_where(d, t)) return CASUS_NONE;
    if (last - first == 2 && sort == CASUS_SORT_ORG && is_first_name(d, first) &&
        (match == CASUS_NONE || !(d->matches[match].hows & ~(1u << KNOW_HOW_SURNAME)))) {
        sort = CASUS_SORT_PERSON; /* "Kaja Zorina", whatever the statistical names say */
    }
    bool called = last - first >= 2 && sort != CASUS_SORT_ORG && is_first_name(d, first);
    bool person = sort == CASUS_SORT_PERSON || ((titled || called) && sort != CASUS_SORT_ORG);
    if (person && is_name_token(d, t)) {
        uint32_t item = know_item_new(d, t, first, last, CASUS_MENTION_PERSON);
        if (item == CASUS_NONE) return item;
        compose_person(d, item, &s, role, office);
        d->extras[item].modifier = d->words[t].role == CASUS_ROLE_MOD;
        know_introduce(d, item);
        return item;
    }
    if (sort == CASUS_SORT_ORG && is_name_token(d, t)) {
        uint32_t item = know_item_new(d, t, first, last, CASUS_MENTION_ORG);
        if (item == CASUS_NONE) return item;
        casus_mention *m = &d->mentions.items[item];
        m->actor.name = know_words_of(d, first, last);
        d->extras[item].named = true;
        d->extras[item].modifier = d->words[t].role == CASUS_ROLE_MOD;
        if (know_is(role) || s.code[0] || s.of != CASUS_NONE || know_is(s.mod)) {
            know_row none = {0};
            casus_slice name = m->actor.name;
            know_compose_sectors(d, &m->actor, know_is(role) ? know_row_of(d, role) : &none, &s);
            if (s.code[0] || s.of != CASUS_NONE || s.place[0])
                know_compose_country(d, item, NULL, &s);
            d->mentions.items[item].actor.name = name;
        }
        const uint32_t part = d->words[first].match; /* "U.S. Army AH-64", "NATO Allied Command" */
        const uint32_t of = part == CASUS_NONE ? CASUS_NONE : d->words[d->matches[part].head].item;
        m = &d->mentions.items[item];
        if (!m->actor.country[0] && !m->actor.code[0] && of != CASUS_NONE && of != item &&
            d->mentions.items[of].first == first && d->mentions.items[of].last <= last &&
            (d->mentions.items[of].kind == CASUS_MENTION_ORG ||
             d->mentions.items[of].kind == CASUS_MENTION_COUNTRY)) {
            memcpy(m->actor.country, d->mentions.items[of].actor.country, 4);
            memcpy(m->actor.code, d->mentions.items[of].actor.code, 8);
            if (!m->actor.n_sectors) {
                memcpy(m->actor.sectors, d->mentions.items[of].actor.sectors,
                       sizeof m->actor.sectors);
                m->actor.n_sectors = d->mentions.items[of].actor.n_sectors;
            }
        }
        m->actor.reason = casus_slice_z("said of name");
        know_introduce(d, item);
        return item;
    }
    return CASUS_NONE;
}

bool know_is_described(const know_match *m) {
    return know_has(m, KNOW_HOW_ROLE) || know_has(m, KNOW_HOW_ROLES) ||
           know_has(m, KNOW_HOW_OFFICE) || know_has(m, KNOW_HOW_OFFICES);
}

void know_take_within(const know_doc *d, uint32_t first, uint32_t last, know_said *s) {
    for (uint32_t t = first; t < last && !s->code[0]; t++) {
        const uint32_t i = d->words[t].item;
        if (i == CASUS_NONE || d->mentions.items[i].kind != CASUS_MENTION_COUNTRY) continue;
        const casus_actor *a = &d->mentions.items[i].actor;
        const bool before =
            d->words[t].role == CASUS_ROLE_MOD || d->words[t].role == CASUS_ROLE_POSS;
        if (!before || !a->country[0]) continue;
        memcpy(s->code, a->country, 4);
        s->nation = i;
    }
}

/* First row of a phrase that is a role (in the singular or plural), or NONE. */
know_ref know_role_of(const know_doc *d, const know_match *m) {
    const know_layer *l = &d->know->layers[m->layer];
    const know_phrase *p = &l->phrases[m->phrase];
    for (uint32_t i = 0; i < p->n; i++) {
        const know_target *t = &l->targets[p->first + i];
        if (!(m->hows >> t->how & 1u)) continue;
        if (t->how == KNOW_HOW_ROLE || t->how == KNOW_HOW_ROLES) {
            return (know_ref){m->layer, t->row};
        }
    }
    return KNOW_NO_REF;
}
