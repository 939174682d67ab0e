/* promises.c - promises and what later records say of them.
 *
 * A promise is an incident of which a record has a commitment. Its kind comes of the words promised
 * (rows of data/weave/promises.tsv); the rows of the kind say what keeps and what breaks it. Later
 * records are looked at by the countries of the parties, at most LOOK_MOST of them and FOUND_MOST
 * findings a promise, so that cost stays linear. */
#include "weave/weave_int.h"

#define LOOK_MOST 2048u
#define FOUND_MOST 64u
#define BARE_WORDS 3 /* words promised that say no more than "a final agreement" */
#define TELLING 3.0f /* weight of a word from which it tells of what is promised */
#define HORIZON 400  /* days after the promise, or after its due date */

typedef struct maker {
    const casus_weave *w;
    casus_arena *arena;
    casus_error *err;
    uint32_t *order;   /* records that stand for themselves, by (country, canonical) */
    uint64_t *country; /* of order[i] */
    size_t n_order;
    int32_t asked;
    bool failed; /* memory is out */
} maker;

static bool is(casus_string s, const char *word) {
    return s.ptr && strlen(word) == s.len && memcmp(s.ptr, word, s.len) == 0;
}
static bool done(const casus_event *e) {
    return is(e->status, "happened") || is(e->status, "ongoing");
}

/* ---- records by country --------------------------------------------------------------------- */

typedef struct entry {
    const casus_weave *w;
    const uint32_t *record;
    const uint64_t *country;
} entry;
static int by_country(const void *ctx, uint32_t a, uint32_t b) {
    const entry *x = ctx;
    if (x->country[a] != x->country[b]) return x->country[a] < x->country[b] ? -1 : 1;
    return weave_record_cmp(x->w, x->record[a], x->record[b]);
}

static casus_status index_records(maker *k) {
    const casus_weave *w = k->w;
    size_t n = 0;
    for (uint32_t i = 0; i < w->woven; i++) n += w->records[i].mark.n_countries;
    uint32_t *record = casus_base_arena_get(k->arena, n * sizeof *record + 8);
    uint64_t *country = casus_base_arena_get(k->arena, n * sizeof *country + 8);
    uint32_t *places = casus_base_arena_get(k->arena, n * sizeof *places + 8);
    k->order = casus_base_arena_get(k->arena, n * sizeof *k->order + 8);
    k->country = casus_base_arena_get(k->arena, n * sizeof *k->country + 8);
    if (!record || !country || !places || !k->order || !k->country)
        return casus_base_no_memory(k->err);
    n = 0;
    for (uint32_t i = 0; i < w->woven; i++) {
        const weave_mark *m = &w->records[i].mark;
        if (w->records[i].stands_for != i || m->from == CASUS_NO_DAY) continue;
        for (uint32_t c = 0; c < m->n_countries; c++) {
            record[n] = i;
            country[n] = m->countries[c];
            places[n] = (uint32_t)n;
            n++;
        }
    }
    const entry ctx = {w, record, country};
    const casus_status s = weave_sort(places, n, by_country, &ctx, k->arena, k->err);
    for (size_t i = 0; i < n; i++) {
        k->order[i] = record[places[i]];
        k->country[i] = country[places[i]];
    }
    k->n_order = n;
    return s;
}

/* First place of the country from the day on. */
static size_t first_from(const maker *k, uint64_t country, int32_t day) {
    size_t low = 0, high = k->n_order;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int32_t from = k->w->records[k->order[middle]].mark.from;
        if (k->country[middle] < country || (k->country[middle] == country && from < day))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* ---- what is promised ----------------------------------------------------------------------- */

static bool speaks_of(const weave_rule *rule, const weave_mark *r);

/* The first row of the first kind that has the word; CASUS_NONE. */
static uint32_t kind_with(const weave_tables *t, uint64_t key) {
    for (uint32_t r = 0; r < t->n_rules; r++) {
        if (r && strcmp(t->rules[r].kind, t->rules[r - 1].kind) == 0) continue;
        for (uint32_t i = 0; i < t->rules[r].n_words; i++)
            if (t->rules[r].words[i] == key) return r;
    }
    return CASUS_NONE;
}

/* The kind that the words promised name first; of a compound its last word counts ("ceasefire
 * talks", "free trade"). Of words that say no more than "a deal", the sentence. CASUS_NONE: none.
 */
static uint32_t kind_of(maker *k, uint32_t record) {
    const weave_tables *t = &k->w->tables;
    const casus_event *e = weave_event(k->w, record);
    casus_base_arena_reset(k->w->scratch);
    const casus_slice s =
        casus_base_utf8_fold(k->w->scratch, casus_slice_of(e->commitment.ptr, e->commitment.len));
    if (!s.ptr) k->failed = true;
    uint32_t at = 0, begin, end, n = 0, found = CASUS_NONE;
    uint64_t key;
    while (s.ptr && weave_next_word(s, &at, &begin, &end, &key)) {
        const uint32_t row = kind_with(t, key);
        if (row == CASUS_NONE && found != CASUS_NONE) break;
        if (row != CASUS_NONE) found = row;
        n++;
    }
    if (found != CASUS_NONE || n > BARE_WORDS) return found;
    for (uint32_t r = 0; r < t->n_rules; r++)
        if ((!r || strcmp(t->rules[r].kind, t->rules[r - 1].kind) != 0) &&
            speaks_of(&t->rules[r], &k->w->records[record].mark))
            return r;
    return CASUS_NONE;
}

static bool promises(const casus_event *e) {
    return e->commitment.ptr && e->n_actors && (done(e) || is(e->status, "alleged"));
}

/* ---- what came of it ------------------------------------------------------------------------ */

static bool in_sides(const weave_mark *m, int which, uint64_t code) {
    for (uint32_t i = 0; i < m->n_sides[which]; i++)
        if (m->sides[which][i].code == code) return true;
    return false;
}
/* A side of list `a` of x that is in list `b` of y. */
static bool shared(const weave_mark *x, int a, const weave_mark *y, int b) {
    for (uint32_t i = 0; i < x->n_sides[a]; i++)
        if (x->sides[a][i].code && in_sides(y, b, x->sides[a][i].code)) return true;
    return false;
}
static bool party(const weave_mark *promise, uint64_t code) {
    return in_sides(promise, 0, code) || in_sides(promise, 1, code);
}
/* Do two different parties of the promise stand against each other in the record? */
static bool among_parties(const weave_mark *p, const weave_mark *r) {
    for (uint32_t i = 0; i < r->n_sides[0]; i++) {
        const uint64_t a = r->sides[0][i].code;
        if (!a || !party(p, a)) continue;
        for (uint32_t k = 0; k < r->n_sides[1]; k++)
            if (r->sides[1][k].code != a && party(p, r->sides[1][k].code)) return true;
        if (!r->reciprocal && r->n_sides[1]) continue;
        for (uint32_t k = 0; k < r->n_sides[0]; k++)
            if (r->sides[0][k].code != a && party(p, r->sides[0][k].code)) return true;
    }
    return false;
}
/* Two or more countries bound by it? */
static bool mutual(const weave_mark *p) {
    for (uint32_t i = 1; i < p->n_sides[0]; i++)
        if (p->sides[0][i].code != p->sides[0][0].code) return true;
    return false;
}

/* The promiser does it, to nobody else than the other party. */
static bool by_promiser(const weave_mark *p, const weave_mark *r) {
    if (!shared(r, 0, p, 0)) return false;
    if (mutual(p)) return among_parties(p, r) || (!r->n_sides[1] && !mutual(r));
    return !p->n_sides[1] || !r->n_sides[1] || shared(r, 1, p, 1) || shared(r, 1, p, 0);
}

/* A word of the kind in the record's sentence? */
static bool speaks_of(const weave_rule *rule, const weave_mark *r) {
    for (uint32_t i = 0; i < r->n_words; i++)
        for (uint32_t k = 0; k < rule->n_words; k++)
            if (r->words[i].key == rule->words[k]) return true;
    return false;
}

/* Does the record speak of what was promised, or is it between the same parties? Of a kind alone
 * ("signed a treaty", "gave aid") a country does much that was never promised. */
static bool is_relevant(maker *k, uint32_t promise, const weave_mark *p, const weave_mark *r) {
    if (mutual(p) || shared(r, 1, p, 1)) return true;
    const casus_event *e = weave_event(k->w, promise);
    casus_base_arena_reset(k->w->scratch);
    const casus_slice s =
        casus_base_utf8_fold(k->w->scratch, casus_slice_of(e->commitment.ptr, e->commitment.len));
    uint32_t at = 0, begin, end, cues;
    uint64_t key;
    if (!s.ptr) k->failed = true;
    while (s.ptr && weave_next_word(s, &at, &begin, &end, &key)) {
        if (end - begin < 3 || weave_weigh(&k->w->tables, key, &cues) < TELLING) continue;
        for (uint32_t i = 0; i < r->n_words; i++)
            if (r->words[i].key == key) return true;
    }
    return false;
}

static int finding_of(maker *k, uint32_t promise, uint32_t rule, uint32_t record, uint32_t *row) {
    const weave_tables *t = &k->w->tables;
    const weave_mark *p = &k->w->records[promise].mark, *r = &k->w->records[record].mark;
    const casus_event *e = weave_event(k->w, record);
    const bool open = is(e->status, "alleged") || is(e->status, "denied");
    *row = CASUS_NONE;
    for (uint32_t i = rule; rule != CASUS_NONE && i < t->n_rules; i++) {
        const weave_rule *x = &t->rules[i];
        if (strcmp(x->kind, t->rules[rule].kind) != 0) break;
        if (!is(e->type, x->type) || (x->mode[0] && !is(e->mode, x->mode))) continue;
        const bool broken = strcmp(x->outcome, "broken") == 0;
        if (broken ? !among_parties(p, r) : !by_promiser(p, r)) continue;
        if (!broken && !x->mode[0] && !is_relevant(k, promise, p, r)) continue;
        *row = i;
        if (x->status[0] ? is(e->status, x->status) : done(e))
            return broken ? CASUS_PROMISE_BROKEN : CASUS_PROMISE_KEPT;
        if (open) return CASUS_PROMISE_DISPUTED;
    }
    if (rule != CASUS_NONE && is(e->type, "ACCUSE") && done(e) && r->breach &&
        speaks_of(&t->rules[rule], r) &&
        (among_parties(p, r) || (shared(r, 1, p, 0) && !shared(r, 0, p, 0))))
        return CASUS_PROMISE_DISPUTED;
    if (promises(e) && done(e) && rule != CASUS_NONE && kind_of(k, record) == rule &&
        shared(r, 0, p, 0) && (!mutual(p) || among_parties(p, r)) && is_relevant(k, promise, p, r))
        return CASUS_PROMISE_RENEWED;
    return -1;
}

static casus_status look(maker *k, casus_promise *p, uint32_t rule) {
    const casus_weave *w = k->w;
    const weave_mark *m = &w->records[p->record].mark;
    uint64_t country = 0;
    size_t first = 0, fewest = SIZE_MAX;
    /* by the promiser of whom least is told; whoever keeps or breaks it is a party */
    for (uint32_t i = 0; i < m->n_sides[0]; i++) {
        const uint64_t code = m->sides[0][i].code;
        const size_t from = first_from(k, code, p->day);
        const size_t n = first_from(k, code, p->day + HORIZON) - from;
        if (code && n < fewest) country = code, first = from, fewest = n;
    }
    if (!country) return CASUS_OK;
    p->findings = casus_base_arena_get(k->arena, FOUND_MOST * sizeof *p->findings);
    if (!p->findings) return casus_base_no_memory(k->err);
    const int32_t last = (p->due != CASUS_NO_DAY && p->due > p->day ? p->due : p->day) + HORIZON;
    for (size_t i = first; i < k->n_order && k->country[i] == country && i < first + LOOK_MOST;
         i++) {
        const uint32_t r = k->order[i];
        const weave_record *x = &w->records[r];
        if (x->mark.from > last || p->n_findings == FOUND_MOST) break;
        if (x->mark.to > k->asked || w->incident_of[r] == w->incident_of[p->record]) continue;
        /* what the same document tells without a day of its own may be older, or the promise */
        if (x->mark.coarse ||
            (x->doc == w->records[p->record].doc && (!x->mark.told || x->mark.from == p->day)))
            continue;
        uint32_t row;
        const int kind = finding_of(k, p->record, rule, r, &row);
        if (kind < 0) continue;
        bool seen = false; /* one finding an incident */
        for (uint32_t f = 0; f < p->n_findings; f++)
            seen = seen || w->incident_of[p->findings[f].record] == w->incident_of[r];
        if (!seen) p->findings[p->n_findings++] = (casus_finding){(uint8_t)kind, r, row};
    }
    return CASUS_OK;
}

static const char *state_of(const maker *k, const casus_promise *p) {
    static const uint8_t order[] = {CASUS_PROMISE_BROKEN, CASUS_PROMISE_KEPT,
                                    CASUS_PROMISE_DISPUTED, CASUS_PROMISE_RENEWED};
    static const char names[][12] = {"broken", "kept", "disputed", "renewed"};
    for (size_t o = 0; o < 4; o++)
        for (uint32_t i = 0; i < p->n_findings; i++)
            if (p->findings[i].kind == order[o]) return names[o];
    return p->due != CASUS_NO_DAY && p->due < k->asked ? "overdue" : "open";
}

static int32_t due_of(const casus_event *e) {
    int32_t day;
    const casus_string s = e->due.to.ptr ? e->due.to : e->due.from;
    return s.ptr && casus_base_day_parse(casus_slice_of(s.ptr, s.len), &day) ? day : CASUS_NO_DAY;
}

casus_status casus_weave_promises(casus_promise **out, size_t *n, const casus_weave *w,
                                  int32_t asked, casus_arena *arena, casus_error *err) {
    maker k = {.w = w, .arena = arena, .err = err, .asked = asked};
    if (k.asked == CASUS_NO_DAY) k.asked = casus_weave_last_day(w);
    if (k.asked == CASUS_NO_DAY) k.asked = INT32_MAX - HORIZON;
    casus_status s = index_records(&k);
    size_t many = 0;
    casus_promise *v = casus_base_arena_zero(arena, w->n_incidents + 1, sizeof *v);
    if (!s && !v) s = casus_base_no_memory(err);
    for (size_t i = 0; !s && i < w->n_incidents; i++) {
        const casus_incident *in = &w->incidents[i];
        casus_promise *p = &v[many];
        uint32_t *records = NULL;
        for (size_t r = 0; r < in->n_records; r++) {
            const uint32_t record = in->records[r];
            const casus_event *e = weave_event(w, record);
            if (w->records[record].stands_for != record || !promises(e)) continue;
            if (!records) records = casus_base_arena_get(arena, in->n_records * sizeof *records);
            if (!records) return casus_base_no_memory(err);
            if (!p->n_records) p->record = record, p->due = CASUS_NO_DAY;
            records[p->n_records++] = record;
            if (p->due == CASUS_NO_DAY) p->due = due_of(e);
        }
        if (!p->n_records) continue;
        p->records = records;
        p->day = in->from;
        const uint32_t rule = kind_of(&k, p->record);
        p->what = rule == CASUS_NONE ? "" : w->tables.rules[rule].kind;
        if (p->day == CASUS_NO_DAY || p->day <= k.asked) {
            if (p->day != CASUS_NO_DAY) s = look(&k, p, rule);
            p->state = state_of(&k, p);
            many++;
        } else {
            memset(p, 0, sizeof *p);
        }
    }
    *out = v;
    *n = many;
    return s || !k.failed ? s : casus_base_no_memory(err);
}

uint32_t casus_weave_promise_line(const casus_weave *w, uint32_t row) {
    return row < w->tables.n_rules ? w->tables.rules[row].line : 0;
}
