/* know_check.c - rows of the tables of who that clash with each other.
 *
 * Compiles the tables as for a pack and looks at what stands under one name: O(names x rows of a
 * name squared), which are few. Judges rows, not their truth.
 */
#include "know/know_int.h"

#include <stdio.h>

typedef struct checker {
    know_layer l;
    casus_arena *arena;
    bool *fires; /* [n_rows] */
    casus_clash_fn report;
    void *payload;
    bool stop, failed;
} checker;

static const char *file_of(checker *c, const know_row *r) {
    casus_slice s =
        casus_base_arena_format(c->arena, "%s.tsv", know_table_name((know_table)r->table));
    if (!s.ptr) c->failed = true;
    return s.ptr ? s.ptr : "";
}

static void print_day(int32_t day, int32_t open, char *out, size_t room) {
    int32_t y, m, d;
    if (day == open) return;
    casus_base_day_split(day, &y, &m, &d);
    snprintf(out, room, "%04d-%02d-%02d", (int)y, (int)m, (int)d);
}

static casus_slice codes_of(checker *c, const know_row *r) {
    char text[96], from[40] = "", to[40] = "";
    int n = snprintf(text, sizeof text, "%s", r->code[0] ? r->code : r->country);
    for (uint32_t i = 0; i < r->n_sectors && n >= 0 && n < 60; i++) {
        n += snprintf(text + n, sizeof text - (size_t)n, "%s%s", n ? "." : "", r->sectors[i]);
    }
    print_day(r->from, INT32_MIN, from, sizeof from);
    print_day(r->to, INT32_MAX, to, sizeof to);
    casus_slice office = know_text(&c->l, r->office);
    casus_slice s = casus_base_arena_format(c->arena, "%s%s%.*s %s/%s", text, office.len ? " " : "",
                                            (int)office.len, office.ptr, from, to);
    if (!s.ptr) c->failed = true;
    return s;
}

static void tell(checker *c, const char *what, casus_slice name, const know_row *a,
                 const know_row *b) {
    if (c->stop || c->failed) return;
    casus_slice text = casus_base_arena_format(c->arena, "%.*s", (int)name.len, name.ptr);
    casus_slice x = codes_of(c, a), y = b ? codes_of(c, b) : (casus_slice){0};
    casus_slice detail =
        b ? casus_base_arena_format(c->arena, "%.*s; %.*s", (int)x.len, x.ptr, (int)y.len, y.ptr)
          : x;
    if (!text.ptr || !detail.ptr) c->failed = true;
    if (c->failed) return;
    casus_clash clash = {.name = text.ptr,
                         .file = file_of(c, a),
                         .other = b ? file_of(c, b) : "",
                         .line = a->line,
                         .other_line = b ? b->line : 0,
                         .what = what,
                         .detail = detail.ptr};
    if (c->failed) return;
    c->stop = c->report(c->payload, &clash) != 0;
}

static bool same_sectors(const know_row *a, const know_row *b) {
    if (a->n_sectors != b->n_sectors) return false;
    for (uint32_t i = 0; i < a->n_sectors; i++) {
        bool found = false;
        for (uint32_t k = 0; k < b->n_sectors; k++) {
            found |= memcmp(a->sectors[i], b->sectors[k], 3) == 0;
        }
        if (!found) return false;
    }
    return true;
}
static bool same_side(const know_row *a, const know_row *b) {
    return memcmp(a->country, b->country, 4) == 0 && memcmp(a->code, b->code, 8) == 0;
}
static bool overlap(const know_row *a, const know_row *b, int32_t grace) {
    int64_t from = a->from > b->from ? a->from : b->from;
    int64_t to = a->to < b->to ? a->to : b->to;
    return from + grace <= to;
}
static bool is_person(const know_row *r) {
    return r->table == KNOW_LEADERS || r->table == KNOW_PEOPLE;
}

/* Is the row's own name the phrase with this key? */
static bool is_canonical(checker *c, const know_row *r, casus_slice key) {
    casus_slice name = know_text(&c->l, is_person(r) ? r->person : r->name);
    char out[512];
    uint32_t used = 0;
    bool breaks;
    know_atom atoms[KNOW_NAME_ATOMS];
    if (name.len * 3 + 64 > sizeof out) return false;
    uint32_t n =
        know_atoms_cut(name, c->arena, out, sizeof out, &used, atoms, KNOW_NAME_ATOMS, &breaks);
    if (n == CASUS_NONE || n == 0) return false;
    uint32_t k = n > 1 && atoms[0].len == 3 && memcmp(out, "the", 3) == 0 ? 1 : 0;
    casus_slice whole = {out + atoms[k].off, atoms[n - 1].off + atoms[n - 1].len - atoms[k].off};
    return casus_slice_eq(whole, key);
}

static void two_rows(checker *c, casus_slice key, uint32_t i, uint32_t k) {
    const know_row *a = &c->l.rows[i > k ? i : k], *b = &c->l.rows[i > k ? k : i];
    /* rows of one name in one country follow each other, often to the year */
    if (!overlap(a, b, a->root == b->root ? 367 : 1)) return;
    bool canonical = is_canonical(c, a, key) && is_canonical(c, b, key);
    bool office = casus_slice_eq(know_text(&c->l, a->office), know_text(&c->l, b->office));
    if (is_person(a) && is_person(b)) {
        /* one who governs two territories at once holds one office */
        if (office && a->from == b->from && a->to == b->to && !same_side(a, b)) return;
        if (same_side(a, b) && office) {
            tell(c, canonical ? "same row twice" : "shared name", key, a, b);
        } else if (!same_side(a, b)) {
            /* one who holds posts in a country and a body, or two of one name */
            tell(c, canonical && !a->code[0] && !b->code[0] ? "other codes" : "shared name", key, a,
                 b);
        }
        return;
    }
    if (is_person(a) || is_person(b)) {
        tell(c, "shared name", key, a, b);
        return;
    }
    if (!canonical) {
        tell(c, "shared name", key, a, b);
    } else if (same_side(a, b) && same_sectors(a, b)) {
        tell(c, "same row twice", key, a, b);
    } else {
        tell(c, "other codes", key, a, b);
    }
}

static bool is_name(uint32_t how) {
    return how == KNOW_HOW_NAME || how == KNOW_HOW_PERSON || how == KNOW_HOW_SEAT ||
           how == KNOW_HOW_DEMONYM || how == KNOW_HOW_CAPITAL;
}

/* All rows of all roots under one name, pairwise. */
static void names_of(checker *c, const know_phrase *p, casus_slice key) {
    uint32_t rows[64], n = 0;
    for (uint32_t i = 0; i < p->n && n < 64; i++) {
        const know_target *t = &c->l.targets[p->first + i];
        if (!is_name(t->how)) continue;
        bool again = false; /* a person or group under this name once more */
        for (uint32_t k = 0; k < n; k++) again |= rows[k] == t->row;
        if (again) continue;
        uint32_t r = t->row;
        for (; r != CASUS_NONE && n < 64; r = c->l.rows[r].next) rows[n++] = r;
    }
    for (uint32_t i = 1; i < n; i++) {
        for (uint32_t k = 0; k < i; k++) {
            const know_row *a = &c->l.rows[rows[i]], *b = &c->l.rows[rows[k]];
            bool chain = a->root == b->root;
            if (chain && !is_canonical(c, a, key)) continue; /* told once, of the name itself */
            two_rows(c, key, rows[i], rows[k]);
        }
    }
}

static bool shares_use(const know_layer *l, const know_row *a, const know_row *b) {
    casus_slice x = know_text(l, a->person), one, two;
    if (x.len == 0) return b->person.len == 0;
    while (casus_slice_cut(&x, ' ', &one)) {
        casus_slice y = know_text(l, b->person);
        while (y.len && casus_slice_cut(&y, ' ', &two)) {
            if (casus_slice_eq(one, two)) return true;
        }
    }
    return false;
}

static void roles_of(checker *c, const know_phrase *p, casus_slice key) {
    const know_row *role = NULL;
    for (uint32_t i = 0; i < p->n; i++) {
        const know_target *t = &c->l.targets[p->first + i];
        const know_row *r = &c->l.rows[t->row];
        if (t->how == KNOW_HOW_ROLE || t->how == KNOW_HOW_ROLES) {
            if (!role) c->fires[t->row] = true;
            bool apart = role && role != r && role->kind != KNOW_MOD && r->kind != KNOW_MOD &&
                         role->kind != KNOW_REF && r->kind != KNOW_REF; /* these stand beside */
            if (apart) {
                tell(c, same_sectors(role, r) ? "shared name" : "other codes", key, r, role);
            }
            if (role && r->kind == KNOW_MOD) c->fires[t->row] = true;
            if (!role) role = r;
        } else if (t->how == KNOW_HOW_OFFICE || t->how == KNOW_HOW_OFFICES) {
            bool taken = false;
            for (uint32_t k = 0; k < i; k++) {
                const know_target *o = &c->l.targets[p->first + k];
                const know_row *b = &c->l.rows[o->row];
                if ((o->how != KNOW_HOW_OFFICE && o->how != KNOW_HOW_OFFICES) || b == r) continue;
                if (!shares_use(&c->l, r, b)) continue;
                taken = true;
                if (!casus_slice_eq(know_text(&c->l, r->office), know_text(&c->l, b->office))) {
                    tell(c, "shared name", key, r, b);
                }
            }
            if (!taken) c->fires[t->row] = true;
        } else {
            c->fires[t->row] = true;
        }
    }
}

/* Offices of the first two ranks that one person holds at a time. */
static void holders(checker *c) {
    static const char *const many[] = {"deputy",  "vice",  "captain",   "state minister",
                                       "special", "crown", "first lady"};
    for (uint32_t i = 1; i < c->l.n_holders; i++) {
        const know_holder *a = &c->l.holders[i - 1], *b = &c->l.holders[i];
        const know_row *x = &c->l.rows[a->row], *y = &c->l.rows[b->row];
        const know_row *o = &c->l.rows[a->office];
        if (memcmp(a->code, b->code, 8) != 0 || a->office != b->office || x->root == y->root) {
            continue;
        }
        casus_slice office = know_text(&c->l, o->office);
        bool several = o->aux > 2;
        for (size_t k = 0; k < sizeof many / sizeof *many; k++) {
            size_t n = strlen(many[k]);
            several |= office.len >= n && memcmp(office.ptr, many[k], n) == 0;
        }
        if (several || !overlap(x, y, 32)) continue;
        casus_slice both =
            casus_base_arena_format(c->arena, "%s %.*s: %.*s and %.*s", a->code, (int)office.len,
                                    office.ptr, (int)x->person.len, c->l.strings + x->person.off,
                                    (int)y->person.len, c->l.strings + y->person.off);
        if (!both.ptr) c->failed = true;
        tell(c, "overlap", both, y, x);
    }
}

static void silent_rows(checker *c) {
    for (uint32_t i = 0; i < c->l.n_rows && !c->stop; i++) {
        const know_row *r = &c->l.rows[i];
        /* the names of its group or person find it too */
        bool offices = r->table == KNOW_OFFICES;
        if (c->fires[i] || r->table == KNOW_MARKERS) continue;
        if (!offices && r->root != i && c->fires[r->root]) continue;
        casus_slice name = know_text(&c->l, r->name.len ? r->name : r->office);
        for (uint32_t k = 0; k < c->l.n_phrases && name.len == 0; k++) { /* a role: its word */
            const know_phrase *p = &c->l.phrases[k];
            for (uint32_t x = 0; x < p->n; x++) {
                if (c->l.targets[p->first + x].row == i) name = know_text(&c->l, p->key);
            }
        }
        if (is_person(r)) name = know_text(&c->l, r->person);
        tell(c, "never fires", name, r, NULL);
    }
}

casus_status casus_know_check(const char *data_dir, casus_clash_fn report, void *payload,
                              const casus_memory *memory, casus_error *err) {
    know_build *build = NULL;
    casus_buffer bytes;
    checker c = {.report = report, .payload = payload};
    casus_base_buffer_init(&bytes, memory);
    casus_status st = know_build_new(&build, memory, err);
    if (st == CASUS_OK) st = know_tables_read(build, data_dir, memory, err);
    if (st == CASUS_OK) st = know_build_emit(build, &bytes, err);
    if (st == CASUS_OK) st = know_layer_open(&c.l, bytes.ptr, bytes.len, err);
    if (st != CASUS_OK) goto out;
    c.arena = casus_base_arena_new(memory);
    if (c.arena) c.fires = casus_base_arena_zero(c.arena, (size_t)c.l.n_rows + 1, sizeof *c.fires);
    if (!c.arena || !c.fires) {
        st = casus_base_no_memory(err);
        goto out;
    }
    for (uint32_t i = 0; i < c.l.n_phrases && !c.stop && !c.failed; i++) {
        const know_phrase *p = &c.l.phrases[i];
        casus_slice key = know_text(&c.l, p->key);
        roles_of(&c, p, key);
        names_of(&c, p, key);
    }
    holders(&c);
    silent_rows(&c);
    if (c.failed) st = casus_base_no_memory(err);
out:
    casus_base_arena_free(c.arena);
    know_build_free(build);
    casus_base_buffer_free(&bytes);
    return st;
}
