/* know_people.c - persons and the offices they hold, by date.
 *
 * O(rows of the person, or persons of the surname) a call, binary search for holders. A surname
 * alone is taken for a person only with support: an office, a nation, the document's country, or an
 * office of the first rank held on the day and no rival.
 */
#include "know/know_int.h"

/* Rows end on a day; the news of the day after still speaks of the office. */
#define GRACE 1

static bool in_force(const know_row *r, int32_t day) {
    if (day == CASUS_NO_DAY) return r->to == INT32_MAX;
    return r->from <= day && (r->to >= day || day - r->to <= GRACE);
}

static const char *code_of(const know_row *r) {
    return r->code[0] ? r->code : r->country;
}
static bool same_code(const char *a, const char *b) {
    return strncmp(a, b, 7) == 0;
}

know_ref know_row_office(const know_doc *d, know_ref row) {
    const know_row *r = know_row_of(d, row);
    if (r->table != KNOW_LEADERS && r->table != KNOW_PEOPLE) return KNOW_NO_REF;
    if (r->aux == CASUS_NONE) return KNOW_NO_REF;
    return (know_ref){row.layer, know_layer_of(d, row)->rows[r->aux].root};
}

static uint32_t rank_of(const know_doc *d, know_ref row) {
    know_ref o = know_row_office(d, row);
    if (!know_is(o)) return 3;
    uint32_t rank = know_row_of(d, o)->aux;
    return rank < 1 || rank > 5 ? 3 : rank;
}

know_ref know_person_row(const know_doc *d, know_ref root, const know_hint *hint, bool *current) {
    know_ref best = KNOW_NO_REF;
    int64_t best_score = INT64_MIN;
    *current = false;
    for (know_ref r = root; know_is(r); r.row = know_row_of(d, r)->next) {
        const know_row *row = know_row_of(d, r);
        bool now = in_force(row, d->day);
        int64_t score = now ? 1000 : 0;
        if (!now && d->day != CASUS_NO_DAY) {
            /* the row that ended last before, rather than one that begins after */
            int64_t gap = row->from > d->day ? (int64_t)row->from - d->day + 20000
                                             : (int64_t)d->day - row->to;
            score += 300 - (gap > 40000 ? 40000 : gap) / 150;
        } else if (!now) {
            score += row->to / 150;
        }
        if (hint && know_is(hint->office) && know_same(know_row_office(d, r), hint->office)) {
            score += d->day == CASUS_NO_DAY ? 2000 : hint->former ? 1500 : 600;
        }
        if (hint && hint->code[0] && same_code(code_of(row), hint->code)) score += 400;
        score += 5 * (6 - (int64_t)rank_of(d, r));
        if (row->from != INT32_MIN) score += (row->from + 40000) / 40000; /* the later of equals */
        if (score > best_score) {
            best_score = score;
            best = r;
            *current = now;
        }
    }
    return best;
}

/* What becomes of the sectors of an office once it is over. */
static void leave_office(casus_actor *a) {
    bool elite = know_has_sector(a, "GOV") || know_has_sector(a, "LEG") ||
                 know_has_sector(a, "MIL") || know_has_sector(a, "JUD");
    if (!elite) return;
    a->n_sectors = 0;
    know_add_sector(a, "ELI");
}

void know_fill_person(know_doc *d, casus_mention *m, know_extra *x, know_ref root,
                      const know_hint *hint) {
    bool current;
    know_ref r = know_person_row(d, root, hint, &current);
    if (!know_is(r)) return;
    know_hint here;
    if (hint && hint->former && !current) { /* "former president Medvedev", who is a minister now */
        know_hint none = {.office = KNOW_NO_REF};
        bool now;
        know_ref today = know_person_row(d, root, &none, &now);
        if (now && !know_same(know_row_office(d, today), hint->office) &&
            know_is(know_row_office(d, today)) && rank_of(d, today) <= 2) {
            here = *hint;
            here.former = false;
            here.office = know_row_office(d, today);
            hint = &here;
            r = today;
            current = true;
        }
    }
    const know_row *row = know_row_of(d, r);
    const know_layer *l = know_layer_of(d, r);
    m->kind = CASUS_MENTION_PERSON;
    casus_actor *a = &m->actor;
    memcpy(a->country, row->country, 4);
    memcpy(a->code, row->code, 8);
    a->person = know_text(l, row->person);
    a->reason = know_reason(d, r);
    x->entity = root;
    x->named = true;
    x->number = KNOW_SINGULAR;
    if (!x->gender) x->gender = know_gender_of(d, a->person);
    bool ended = d->day != CASUS_NO_DAY && row->to != INT32_MAX && !current && row->to < d->day;
    bool ahead = d->day != CASUS_NO_DAY && !current && row->from > d->day;
    if (ahead) return; /* not yet: who it is, no more */
    know_set_sectors(a, row);
    know_ref office = know_row_office(d, r);
    x->office = office;
    bool so_called =
        hint && !hint->former && know_is(office) && know_is(hint->office) &&
        (know_same(hint->office, office) ||
         casus_slice_eq(know_text(know_layer_of(d, office), know_row_of(d, office)->office),
                        know_text(know_layer_of(d, hint->office),
                                  know_row_of(d, hint->office)->office)));
    if ((ended && !so_called) || (hint && hint->former)) {
        leave_office(a);
        if (row->code[0]) a->code[0] = 0; /* no longer the body's */
        return;
    }
    if (know_is(office)) {
        a->office = know_text(know_layer_of(d, office), know_row_of(d, office)->office);
    } else {
        a->office = know_text(l, row->office);
    }
}

know_ref know_holder_of(const know_doc *d, const char *code, know_ref office, int32_t day) {
    const know_layer *l = know_layer_of(d, office);
    char key[8] = {0};
    for (uint32_t i = 0; i < 7 && code[i]; i++) key[i] = code[i];
    uint32_t low = 0, high = l->n_holders;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        int c = memcmp(l->holders[mid].code, key, 8);
        if (c < 0 || (c == 0 && l->holders[mid].office < office.row)) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    know_ref found = KNOW_NO_REF;
    uint32_t rank = l->rows[office.row].aux;
    if (rank > 3) return found; /* "the governor": one of many */
    for (uint32_t i = low; i < l->n_holders; i++) {
        const know_holder *h = &l->holders[i];
        if (memcmp(h->code, key, 8) != 0 || h->office != office.row) break;
        bool now = day == CASUS_NO_DAY ? h->to == INT32_MAX : h->from <= day && h->to >= day;
        if (!now) continue;
        bool other = know_is(found) && l->rows[found.row].root != l->rows[h->row].root;
        if (other && rank > 1) return KNOW_NO_REF;
        found = (know_ref){office.layer, h->row}; /* the one that began last */
    }
    return found;
}

const char *know_implied_code(const know_doc *d, const know_match *m) {
    const know_layer *l = &d->know->layers[m->layer];
    const know_phrase *p = &l->phrases[m->phrase];
    const char *only = NULL;
    bool several = false;
    for (uint32_t i = 0; i < p->n; i++) {
        const know_target *t = &l->targets[p->first + i];
        if (t->how != KNOW_HOW_OFFICE && t->how != KNOW_HOW_OFFICES) continue;
        if (!(m->hows >> t->how & 1u)) continue;
        casus_slice use = know_text(l, l->rows[t->row].person), one;
        if (use.len == 0) return "";
        /* "the commissioner": elsewhere too */
        const bool plain = m->atoms == 1 && l->rows[t->row].aux > 2;
        while (casus_slice_cut(&use, ' ', &one)) {
            if (one.len == 0 || one.len > 7) continue;
            if (casus_slice_is(one, d->context)) return d->context;
            if (plain) continue;
            char code[8] = {0};
            memcpy(code, one.ptr, one.len);
            know_ref home = know_code_row(d, code);
            if (!know_is(home)) continue;
            const know_row *r = know_row_of(d, home);
            const char *known = r->code[0] ? r->code : r->country;
            several |= only && strcmp(only, known) != 0;
            only = known;
        }
    }
    return only && !several ? only : "";
}

know_ref know_office_of(const know_doc *d, const know_match *m, const char *code) {
    const know_layer *l = &d->know->layers[m->layer];
    const know_phrase *p = &l->phrases[m->phrase];
    know_ref any = KNOW_NO_REF, used = KNOW_NO_REF, first = KNOW_NO_REF;
    for (uint32_t i = 0; i < p->n; i++) {
        const know_target *t = &l->targets[p->first + i];
        if (t->how != KNOW_HOW_OFFICE && t->how != KNOW_HOW_OFFICES) continue;
        if (!(m->hows >> t->how & 1u)) continue;
        know_ref r = {m->layer, t->row};
        casus_slice use = know_text(l, l->rows[t->row].person), one;
        if (!know_is(first)) first = r;
        if (use.len == 0 && !know_is(any)) any = r;
        while (code[0] && use.len && casus_slice_cut(&use, ' ', &one)) {
            if (casus_slice_is(one, code) && !know_is(used)) used = r;
        }
    }
    know_ref r = know_is(used) ? used : know_is(any) ? any : code[0] ? KNOW_NO_REF : first;
    if (know_is(r)) r.row = l->rows[r.row].root;
    return r;
}

/* ---- surnames ------------------------------------------------------------------------------- */

static int64_t support(const know_doc *d, know_ref root, const know_hint *hint, bool *strong) {
    bool current;
    know_ref r = know_person_row(d, root, hint, &current);
    const know_row *row = know_row_of(d, r);
    const char *code = code_of(row);
    int64_t score = 0;
    *strong = false;
    if (current) score += 8 - (int64_t)rank_of(d, r);
    if (!current && d->day != CASUS_NO_DAY && row->from > d->day) score -= 6;
    if (!current && d->day != CASUS_NO_DAY && row->to != INT32_MAX && d->day - row->to > 1500) {
        score -= 3;
    }
    if (hint->code[0]) {
        bool same = same_code(code, hint->code);
        score += same ? 6 : -10;
        *strong = same;
    } else if (d->context[0]) {
        if (same_code(code, d->context)) {
            score += 4;
        } else if (same_code(code, d->context_other)) {
            score += 2;
        }
    }
    if (know_is(hint->office)) {
        bool same = false;
        for (know_ref k = root; know_is(k); k.row = know_row_of(d, k)->next) {
            if (know_same(know_row_office(d, k), hint->office)) {
                same = true;
                if (in_force(know_row_of(d, k), d->day) || hint->former) score += 4;
            }
        }
        score += same ? 4 : -3;
        *strong = *strong || (same && current);
    }
    return score;
}

/* In high office on the day; of the first rank, or of a country that the text speaks of. */
static bool is_prominent(const know_doc *d, know_ref root) {
    bool current;
    know_hint none = {.office = KNOW_NO_REF};
    know_ref r = know_person_row(d, root, &none, &current);
    if (!know_is(r) || !current || rank_of(d, r) > 2) return false;
    const know_row *row = know_row_of(d, r);
    return row->code[0] || rank_of(d, r) == 1 || know_is_spoken(d, row->country);
}

/* The one of a surname who headed a country that the text speaks of, within the last decades; of
 * several in one country the last. */
static know_ref once_head(const know_doc *d, const know_match *m) {
    const know_layer *l = &d->know->layers[m->layer];
    const know_phrase *p = &l->phrases[m->phrase];
    know_ref best = KNOW_NO_REF;
    int32_t last = INT32_MIN;
    const char *country = NULL;
    for (uint32_t i = 0; d->day != CASUS_NO_DAY && i < p->n && i < 64; i++) {
        const know_target *t = &l->targets[p->first + i];
        if (t->how != KNOW_HOW_SURNAME || !(m->hows >> t->how & 1u)) continue;
        know_ref root = {m->layer, l->rows[t->row].root};
        for (know_ref r = root; know_is(r); r.row = know_row_of(d, r)->next) {
            const know_row *row = know_row_of(d, r);
            if (!know_is(know_row_office(d, r)) || rank_of(d, r) > 1 || row->from > d->day)
                continue;
            if (row->to < d->day - 25 * 365 || !know_is_spoken(d, row->country)) continue;
            if (country && strcmp(country, row->country) != 0) return KNOW_NO_REF;
            country = row->country;
            if (row->to >= last) {
                last = row->to;
                best = root;
            }
        }
    }
    return best;
}

know_ref know_person_of(const know_doc *d, const know_match *m, const know_hint *hint,
                        bool surname_only) {
    const know_layer *l = &d->know->layers[m->layer];
    const know_phrase *p = &l->phrases[m->phrase];
    know_ref best = KNOW_NO_REF;
    int64_t top = INT64_MIN, next = INT64_MIN;
    bool top_strong = false;
    uint32_t prominent = 0; /* persons of this name in high office */
    for (uint32_t i = 0; i < p->n && i < 64; i++) {
        const know_target *t = &l->targets[p->first + i];
        if (t->how != KNOW_HOW_PERSON && t->how != KNOW_HOW_SURNAME) continue;
        if (!(m->hows >> t->how & 1u)) continue;
        if (surname_only && t->how != KNOW_HOW_SURNAME) continue;
        know_ref root = {m->layer, l->rows[t->row].root};
        if (know_same(root, best)) continue;
        bool strong;
        int64_t score = support(d, root, hint, &strong) + (t->how == KNOW_HOW_PERSON ? 2 : 0);
        if (l->rows[t->row].table == KNOW_USER) score += 20;
        if (surname_only && is_prominent(d, root)) prominent++;
        if (score > top) {
            next = top;
            top = score;
            best = root;
            top_strong = strong;
        } else if (score > next) {
            next = score;
        }
    }
    if (!know_is(best) || !surname_only) return best;
    if (prominent == 0 && !hint->code[0] && !know_is(hint->office)) {
        know_ref old = once_head(d, m);
        if (know_is(old)) return old; /* "the Assad regime", later */
    }
    if (top == next) return KNOW_NO_REF;
    if (prominent == 1 && !hint->code[0] && !know_is(hint->office) && is_prominent(d, best)) {
        return best; /* the only one of that name in high office */
    }
    int64_t least = top_strong ? 4 : hint->titled ? 8 : 9;
    return top >= least ? best : KNOW_NO_REF;
}

uint8_t know_gender_of(know_doc *d, casus_slice name) {
    char out[128];
    uint32_t used = 0;
    know_atom atoms[KNOW_NAME_ATOMS];
    bool breaks;
    if (name.len > 40) return 0;
    uint32_t n =
        know_atoms_cut(name, d->scratch, out, sizeof out, &used, atoms, KNOW_NAME_ATOMS, &breaks);
    if (n == CASUS_NONE) know_out_of_memory(d);
    if (n == CASUS_NONE || n < 2) return 0;
    const know_layer *l = &d->know->layers[d->know->n_layers - 1];
    for (uint32_t k = 0; k + 1 < n && k < 2; k++) {
        uint32_t at = know_phrase_of(l, out + atoms[k].off, atoms[k].len);
        if (at == CASUS_NONE) continue;
        const know_phrase *p = &l->phrases[at];
        for (uint32_t i = 0; i < p->n; i++) {
            const know_target *t = &l->targets[p->first + i];
            if (t->how == KNOW_HOW_FIRSTNAME) {
                return l->rows[t->row].flags & (KNOW_MALE | KNOW_FEMALE);
            }
        }
    }
    return 0;
}
