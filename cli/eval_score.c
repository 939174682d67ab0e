/* eval_score.c - which record finds which hand-coded event, and which of its fields are right.
 *
 * A record finds an event when paragraph and type agree; each event takes at most one record: the
 * best on sides, status and date first, then as many as can be (augmenting paths, Kuhn 1955). Works
 * on the records' JSON, as a user has them. Cost: events times records of a document. */
#include "eval.h"
#include <stdlib.h>
#include <string.h>

static const char *const igos[] = {"UNO", "EUU", "EUR", "NTO", "NATO", "AU",  "ARL", "LEA",
                                   "ASN", "OSC", "ICC", "IAE", "WHO",  "WFP", "IMF", "WBK",
                                   "IGO", "ECW", "ECA", "CSS", "OPC",  "GCC", "ITP", "OIC",
                                   "ICJ", "WTO", "G7",  "G20", NULL};
static const char *const ngos[] = {"NGO", "NGM", "HRW", "AMN", "ICRC", "ICR", "MSF", NULL};
static const char *const counts[] = {"killed",     "injured", "missing",  "detained", "displaced",
                                     "protesters", "troops",  "released", "abducted", NULL};
static const char *const speech[] = {"AGREE",  "SUPPORT", "CONCEDE",  "REQUEST",
                                     "ACCUSE", "REJECT",  "THREATEN", NULL};
static const char *const mutual[] = {"CONSULT", "AGREE", "COOPERATE", NULL};

/* A piece of a string, not ended by zero. */
typedef struct piece {
    const char *at;
    size_t len;
} piece;

static bool piece_is(piece p, const char *s) {
    return strlen(s) == p.len && memcmp(p.at, s, p.len) == 0;
}
static bool piece_in(piece p, const char *const *list) {
    for (; *list; list++)
        if (piece_is(p, *list)) return true;
    return false;
}
/* The piece of `rest` before the first `mark`; rest goes on behind it. False: nothing is left. */
static bool next_piece(piece *rest, char mark, piece *out) {
    if (!rest->at) return false;
    const char *end = rest->len ? memchr(rest->at, mark, rest->len) : NULL;
    *out = (piece){rest->at, end ? (size_t)(end - rest->at) : rest->len};
    if (end)
        *rest = (piece){end + 1, rest->len - out->len - 1};
    else
        *rest = (piece){NULL, 0};
    return true;
}
static piece before(piece p, char mark) {
    piece first = p;
    next_piece(&p, mark, &first);
    return first;
}
static piece text_of(const json_t *v) {
    const char *s = json_string_value(v);
    return (piece){s, s ? json_string_length(v) : 0};
}

/* ---- the codes of a side --------------------------------------------------------------------- */

enum { CODES_MOST = 512 };
typedef struct codes {
    char v[CODES_MOST][24];
    size_t n;
} codes;

static bool has(const codes *c, piece p) {
    for (size_t i = 0; i < c->n; i++)
        if (piece_is(p, c->v[i])) return true;
    return false;
}
static bool has_z(const codes *c, const char *s) {
    return has(c, (piece){s, strlen(s)});
}
static void add(codes *c, piece p) {
    if (!p.len || p.len >= sizeof c->v[0] || c->n == CODES_MOST || has(c, p)) return;
    memcpy(c->v[c->n], p.at, p.len);
    c->v[c->n++][p.len] = '\0';
}
static void add_actor(codes *c, const json_t *actor) {
    const piece country = text_of(json_object_get(actor, "country"));
    const piece code = text_of(json_object_get(actor, "code"));
    add(c, country);
    if (code.len) {
        piece rest = code, part;
        add(c, code);
        while (next_piece(&rest, '.', &part)) add(c, part);
    }
    const json_t *sectors = json_object_get(actor, "sectors");
    for (size_t i = 0; i < json_array_size(sectors); i++) {
        const piece s = text_of(json_array_get(sectors, i));
        char both[24];
        const int n = snprintf(both, sizeof both, "%.*s.%.*s", (int)country.len,
                               country.at ? country.at : "", (int)s.len, s.at ? s.at : "");
        add(c, s);
        if (n > 0 && n < (int)sizeof both) add(c, (piece){both, (size_t)n});
    }
}
static void add_actors(codes *c, const json_t *actors) {
    for (size_t i = 0; i < json_array_size(actors); i++) add_actor(c, json_array_get(actors, i));
}

static bool one(piece gold, const codes *c) {
    piece rest = before(gold, ' '), alt;
    while (next_piece(&rest, '|', &alt)) {
        const piece root = before(alt, '.');
        if (has(c, alt) || (root.len < alt.len && has(c, root))) return true;
        if (piece_in(root, igos) && has_z(c, "IGO")) return true;
        if (piece_in(root, ngos) && (has_z(c, "NGO") || has_z(c, "NGM"))) return true;
        if (alt.len >= 3 && memcmp(alt.at, "UNK", 3) == 0 && !c->n) return true;
    }
    return false;
}
/* How many of the list are there; *n how long it is. */
static size_t share(const json_t *list, const codes *c, size_t *n) {
    *n = json_array_size(list);
    size_t right = 0;
    for (size_t i = 0; i < *n; i++) right += one(text_of(json_array_get(list, i)), c);
    return right;
}

/* ---- dates ----------------------------------------------------------------------------------- */

/* Days since 1 March 0000 of the proleptic Gregorian calendar (H. Hinnant, "chrono-compatible
 * low-level date algorithms"). */
static long day_number(int y, int m, int d) {
    y -= m <= 2;
    const int era = (y >= 0 ? y : y - 399) / 400, yoe = y - era * 400;
    const int doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    return (long)era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy;
}
/* First or last day of "2022", "2022-11", "2022-11-15". False: no date. */
static bool edge(piece p, bool last, long *out) {
    int y = 0, m = 1, d = 1;
    char buf[11] = "";
    if (p.len != 4 && p.len != 7 && p.len != 10) return false;
    memcpy(buf, p.at, p.len);
    if (sscanf(buf, "%4d-%2d-%2d", &y, &m, &d) < (p.len == 4 ? 1 : p.len == 7 ? 2 : 3))
        return false;
    if (m < 1 || m > 12) return false;
    if (!last || p.len == 10) {
        *out = day_number(y, m, d);
        return true;
    }
    if (p.len == 4) m = 12;
    *out = day_number(y + (m == 12), m == 12 ? 1 : m + 1, 1) - 1;
    return true;
}
static bool date_right(piece gold, const json_t *record) {
    const json_t *date = json_object_get(record, "date");
    piece from = text_of(json_object_get(date, "from")), to = text_of(json_object_get(date, "to"));
    if (!from.len) return false;
    if (!to.len) to = from;
    if (from.len > 10) from.len = 10;
    if (to.len > 10) to.len = 10;
    piece rest = gold, a, b;
    next_piece(&rest, '/', &a);
    b = rest.at && rest.len ? rest : a;
    long g0, g1, f, t;
    if (!edge(a, false, &g0) || !edge(b, true, &g1) || !edge(from, false, &f) ||
        !edge(to, true, &t))
        return false;
    return f <= g1 && g0 <= t && t - f + 1 <= 3 * (g1 - g0 + 1) + 2;
}

/* ---- fields ---------------------------------------------------------------------------------- */

typedef struct verdict {
    const char *name;
    bool right;
} verdict;
typedef struct verdicts {
    verdict v[EVAL_FIELDS];
    size_t n;
} verdicts;

static void judge(verdicts *v, const char *name, bool right) {
    for (size_t i = 0; i < v->n; i++)
        if (strcmp(v->v[i].name, name) == 0) {
            v->v[i].right = right;
            return;
        }
    if (v->n < EVAL_FIELDS) v->v[v->n++] = (verdict){name, right};
}
/* 1 right, 0 wrong, -1 not asked. */
static int of(const verdicts *v, const char *name) {
    for (size_t i = 0; i < v->n; i++)
        if (strcmp(v->v[i].name, name) == 0) return v->v[i].right;
    return -1;
}

static bool is_true(const json_t *v) { /* as a reader takes it: neither null, false, 0 nor empty */
    if (json_is_string(v)) return json_string_length(v) > 0;
    if (json_is_array(v)) return json_array_size(v) > 0;
    if (json_is_object(v)) return json_object_size(v) > 0;
    if (json_is_number(v)) return json_number_value(v) > 0 || json_number_value(v) < 0;
    return json_is_true(v);
}
static bool any_type(const json_t *event, const char *const *list) {
    piece rest = text_of(json_object_get(event, "type")), t;
    while (next_piece(&rest, '|', &t))
        if (piece_in(t, list)) return true;
    return false;
}
static bool alternative(const json_t *gold, const json_t *value) {
    piece rest = text_of(gold), alt;
    const piece is = text_of(value);
    while (next_piece(&rest, '|', &alt))
        if (is.at && alt.len == is.len && memcmp(alt.at, is.at, is.len) == 0) return true;
    return false;
}
static bool within(const char *text, piece p) {
    if (!p.len) return true;
    for (const char *at = text; (at = strchr(at, p.at[0])) != NULL; at++)
        if (strncmp(at, p.at, p.len) == 0) return true;
    return false;
}

static bool place_right(const json_t *where, const json_t *record) {
    const json_t *place = json_object_get(record, "place");
    char *text = json_dumps(place, 0);
    bool right = false;
    for (size_t i = 0; text && !right; i++) {
        piece rest, x;
        if (json_is_string(where)) {
            if (i) break;
            rest = text_of(where);
        } else {
            if (i >= json_array_size(where)) break;
            rest = text_of(json_array_get(where, i));
            x = rest;
            right = within(text, x) || within(text, before(x, ',')) || within(text, before(x, ' '));
            continue;
        }
        while (!right && next_piece(&rest, '|', &x))
            right = within(text, x) || within(text, before(x, ',')) || within(text, before(x, ' '));
    }
    free(text);
    return right;
}

/* Characters of UTF-8. */
static size_t letters(piece p) {
    size_t n = 0;
    for (size_t i = 0; i < p.len; i++) n += ((unsigned char)p.at[i] & 0xC0) != 0x80;
    return n;
}

static bool source_right(const json_t *event, const json_t *record) {
    const json_t *by = json_object_get(event, "by"), *sources = json_object_get(record, "sources");
    const bool own = any_type(event, speech);
    json_t *says = json_array();
    codes *s = calloc(1, sizeof *s), *a = calloc(1, sizeof *a);
    bool right = false;
    if (!says || !s || !a) goto done;
    for (size_t i = 0; i < json_array_size(sources); i++) {
        json_t *x = json_array_get(sources, i);
        const char *stance = json_string_value(json_object_get(x, "stance"));
        if (stance && strcmp(stance, "asserts") != 0) continue;
        json_array_append(says, x);
        add_actor(s, json_object_get(x, "actor"));
    }
    add_actors(a, json_object_get(record, "actors"));
    if (!is_true(by)) {
        bool inside = s->n > 0;
        for (size_t i = 0; i < s->n && inside; i++) inside = has_z(a, s->v[i]);
        right = !json_array_size(says) || json_is_true(json_object_get(event, "quote")) ||
                (own && inside);
        goto done;
    }
    size_t n;
    right = share(by, s, &n) > 0;
    char *text = json_dumps(says, 0);
    for (size_t i = 0; i < n && text && !right; i++) {
        piece rest = text_of(json_array_get(by, i)), word;
        right = letters(rest) > 3 && within(text, rest);
        next_piece(&rest, ' ', &word);
        while (!right && next_piece(&rest, ' ', &word))
            right = letters(word) > 3 && within(text, word);
    }
    free(text);
    if (!right && own && !json_array_size(says)) { /* the speaker is the actor */
        const json_t *actor = json_object_get(event, "actor");
        right = true;
        for (size_t i = 0; i < n && right; i++) {
            const piece x = before(text_of(json_array_get(by, i)), ' ');
            right = false;
            for (size_t k = 0; k < json_array_size(actor) && !right; k++) {
                const piece y = before(text_of(json_array_get(actor, k)), ' ');
                right = x.len == y.len && memcmp(x.at, y.at, x.len) == 0;
            }
        }
    }
done:
    json_decref(says);
    free(s);
    free(a);
    return right;
}

/* The number of a count, a bound standing for it; false: none. */
static bool number(const json_t *v, double *out) {
    if (json_is_number(v)) {
        *out = json_number_value(v);
        return true;
    }
    const char *key;
    json_t *x;
    if (json_is_object(v)) {
        void *it = json_object_iter((json_t *)v);
        for (; it; it = json_object_iter_next((json_t *)v, it)) {
            key = json_object_iter_key(it);
            x = json_object_iter_value(it);
            if (key && json_is_number(x)) {
                *out = json_number_value(x);
                return true;
            }
        }
    }
    return false;
}

static bool count_right(const char *kind, double n, const json_t *record) {
    const json_t *list = json_object_get(record, "counts");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *c = json_array_get(list, i);
        const char *is = json_string_value(json_object_get(c, "kind"));
        if (!is) continue;
        const bool same = strcmp(is, kind) == 0 ||
                          (strcmp(kind, "injured") == 0 && strcmp(is, "wounded") == 0) ||
                          (strcmp(kind, "detained") == 0 && strcmp(is, "arrested") == 0);
        const double lo = json_number_value(json_object_get(c, "min"));
        const json_t *max = json_object_get(c, "max");
        const double hi =
            json_is_number(max) && json_number_value(max) > 0 ? json_number_value(max) : 1e18;
        if (same && lo <= n * 1.1 && hi >= n * .9) return true;
    }
    return false;
}

/* What of the event's fields the record has right. False: no memory left. */
static bool judge_all(verdicts *out, const json_t *e, const json_t *r) {
    codes *a = calloc(3, sizeof *a);
    if (!a) return false;
    codes *rec = a + 1, *med = a + 2, *all = calloc(1, sizeof *all);
    if (!all) {
        free(a);
        return false;
    }
    out->n = 0;
    add_actors(a, json_object_get(r, "actors"));
    add_actors(rec, json_object_get(r, "recipients"));
    add_actors(med, json_object_get(r, "mediators"));
    const bool both = is_true(json_object_get(e, "reciprocal")) || any_type(e, mutual);
    size_t n;
    const json_t *list = json_object_get(e, "actor");
    if (is_true(list)) {
        *all = *a;
        for (size_t i = 0; both && i < rec->n; i++) add(all, (piece){rec->v[i], strlen(rec->v[i])});
        for (size_t i = 0; both && i < med->n; i++) add(all, (piece){med->v[i], strlen(med->v[i])});
        judge(out, "actor", share(list, all, &n) == n);
    }
    list = json_object_get(e, "recipient");
    if (is_true(list)) {
        *all = *rec;
        for (size_t i = 0; both && i < a->n; i++) add(all, (piece){a->v[i], strlen(a->v[i])});
        judge(out, "recipient", share(list, all, &n) == n);
    }
    list = json_object_get(e, "mediator");
    if (is_true(list)) {
        *all = *med;
        for (size_t i = 0; i < a->n; i++) add(all, (piece){a->v[i], strlen(a->v[i])});
        judge(out, "mediator", share(list, all, &n) == n);
    }
    free(all);
    free(a);
    if (is_true(json_object_get(e, "when")))
        judge(out, "when", date_right(text_of(json_object_get(e, "when")), r));
    if (is_true(json_object_get(e, "where")))
        judge(out, "where", place_right(json_object_get(e, "where"), r));
    if (is_true(json_object_get(e, "status")))
        judge(out, "status",
              alternative(json_object_get(e, "status"), json_object_get(r, "status")));
    judge(out, "by", source_right(e, r));
    if (is_true(json_object_get(e, "denied_by"))) {
        const json_t *sources = json_object_get(r, "sources");
        bool denied = false;
        for (size_t i = 0; i < json_array_size(sources); i++)
            denied |=
                piece_is(text_of(json_object_get(json_array_get(sources, i), "stance")), "denies");
        judge(out, "denied_by", denied);
    }
    for (size_t k = 0; counts[k]; k++) {
        double x;
        if (number(json_object_get(e, counts[k]), &x))
            judge(out, k < 2 ? counts[k] : "other_count", count_right(counts[k], x, r));
    }
    return true;
}

/* ---- matching -------------------------------------------------------------------------------- */

typedef struct pair {
    double score;
    size_t event, record;
    size_t next; /* of the same event, or the number of pairs */
} pair;

static int by_score(const void *x, const void *y) {
    const pair *a = x, *b = y;
    if (a->score > b->score || a->score < b->score) return a->score > b->score ? -1 : 1;
    if (a->event != b->event) return a->event < b->event ? -1 : 1;
    return a->record < b->record ? -1 : a->record > b->record;
}

typedef struct matching {
    const pair *pairs;   /* by score */
    const size_t *first; /* [n_events] its best pair, or the number of pairs */
    size_t n_pairs, n_events, n_records;
    size_t *taken; /* [n_records] event, or n_events */
    bool *seen;    /* [n_records] */
    const json_t *records;
} matching;

/* Another record for the event, moving others to their next choice. Depth: records of one
 * paragraph. */
static bool augment(matching *m, size_t event) {
    for (size_t k = m->first[event]; k < m->n_pairs; k = m->pairs[k].next) {
        const size_t j = m->pairs[k].record;
        if (m->seen[j]) continue;
        m->seen[j] = true;
        if (m->taken[j] == m->n_events || augment(m, m->taken[j])) {
            m->taken[j] = event;
            return true;
        }
    }
    return false;
}

static long long para_of(const json_t *record) {
    return json_integer_value(json_object_get(json_object_get(record, "evidence"), "para"));
}
static double weight(int right, double times) {
    return times * (right < 0 ? .5 : right);
}

static bool match(matching *m, const json_t *events) {
    const size_t ne = m->n_events, nr = m->n_records;
    pair *pairs = malloc((ne * nr + 1) * sizeof *pairs);
    bool *used = calloc(ne + 1, sizeof *used);
    size_t *first = malloc((ne + 1) * sizeof *first);
    if (!pairs || !used || !first) {
        free(pairs);
        free(used);
        free(first);
        return false;
    }
    size_t n = 0;
    bool ok = true;
    for (size_t i = 0; i < ne && ok; i++) {
        const json_t *e = json_array_get(events, i);
        for (size_t j = 0; j < nr && ok; j++) {
            const json_t *r = json_array_get(m->records, j);
            if (!alternative(json_object_get(e, "type"), json_object_get(r, "type")) ||
                json_integer_value(json_object_get(e, "para")) != para_of(r))
                continue;
            verdicts v;
            ok = judge_all(&v, e, r);
            const double s = 1 + weight(of(&v, "actor"), 2) + weight(of(&v, "recipient"), 1.5) +
                             (of(&v, "status") > 0) + weight(of(&v, "when"), .5) +
                             (of(&v, "by") > 0 ? .3 : 0) -
                             (is_true(json_object_get(e, "optional")) ? .4 : 0);
            pairs[n++] = (pair){s, i, j, 0};
        }
    }
    qsort(pairs, n, sizeof *pairs, by_score);
    for (size_t i = 0; i < ne; i++) first[i] = n;
    for (size_t k = n; k > 0; k--) {
        pairs[k - 1].next = first[pairs[k - 1].event];
        first[pairs[k - 1].event] = k - 1;
    }
    m->pairs = pairs;
    m->first = first;
    m->n_pairs = n;
    for (size_t k = 0; k < n; k++) {
        if (used[pairs[k].event] || m->taken[pairs[k].record] != ne) continue;
        used[pairs[k].event] = true;
        m->taken[pairs[k].record] = pairs[k].event;
    }
    for (size_t i = 0; i < ne && ok; i++) {
        if (used[i]) continue;
        memset(m->seen, 0, nr * sizeof *m->seen);
        augment(m, i);
    }
    free(used);
    free(first);
    free(pairs);
    return ok;
}

/* ---- one document ---------------------------------------------------------------------------- */

static void add_type(eval_figures *f, piece name, long gold, long coded, long found) {
    size_t k = 0;
    while (k < f->n_types && !piece_is(name, f->type[k].name)) k++;
    if (k == f->n_types) {
        if (k == EVAL_TYPES || name.len >= sizeof f->type[k].name) return;
        memcpy(f->type[k].name, name.at, name.len);
        f->type[k].name[name.len] = '\0';
        f->n_types++;
    }
    f->type[k].gold += gold;
    f->type[k].coded += coded;
    f->type[k].found += found;
}

static void add_field(eval_figures *f, const verdict *v) {
    size_t k = 0;
    while (k < f->n_fields && strcmp(f->field[k].name, v->name) != 0) k++;
    if (k == f->n_fields) f->field[f->n_fields++].name = v->name;
    f->field[k].right += v->right;
    f->field[k].n++;
}

static const char *word(const json_t *o, const char *key) {
    const char *s = json_string_value(json_object_get(o, key));
    return s ? s : "-";
}

static void log_sides(FILE *log, const json_t *e) {
    static const char *const sides[] = {"actor", "recipient"};
    for (int k = 0; k < 2; k++) {
        const json_t *list = json_object_get(e, sides[k]);
        if (k) fputs(" -> ", log);
        if (!is_true(list)) fputc('-', log);
        for (size_t i = 0; i < json_array_size(list); i++)
            fprintf(log, "%s%s", i ? ", " : "", json_string_value(json_array_get(list, i)));
    }
}

/* Is a trap sprung: does a record stand there that must not? */
static bool sprung(const json_t *trap, const matching *m) {
    codes *c = malloc(sizeof *c);
    bool hit = false;
    for (size_t j = 0; c && j < m->n_records && !hit; j++) {
        const json_t *r = json_array_get(m->records, j);
        if (!alternative(json_object_get(trap, "type"), json_object_get(r, "type")) ||
            json_integer_value(json_object_get(trap, "para")) != para_of(r))
            continue;
        const json_t *status = json_object_get(trap, "status"),
                     *mode = json_object_get(trap, "mode"), *actor = json_object_get(trap, "actor");
        if (is_true(status) && !alternative(status, json_object_get(r, "status"))) continue;
        if (is_true(mode) && !json_equal(mode, json_object_get(r, "mode"))) continue;
        hit = true;
        if (!is_true(actor)) continue;
        c->n = 0;
        add_actors(c, json_object_get(r, "actors"));
        size_t n;
        hit = json_is_string(actor) ? one(text_of(actor), c) : share(actor, c, &n) == n;
    }
    free(c);
    return hit;
}

static bool is_strings(const json_t *v) { /* or not there */
    if (v && !json_is_array(v)) return false;
    for (size_t i = 0; i < json_array_size(v); i++)
        if (!json_is_string(json_array_get(v, i))) return false;
    return true;
}
static bool is_text(const json_t *v) { /* or not there */
    return !v || json_is_string(v) || json_is_null(v);
}
static bool is_date(const json_t *v) { /* or not there */
    if (!v || json_is_null(v)) return true;
    piece rest = text_of(v), part;
    long day;
    if (!rest.len) return false;
    while (next_piece(&rest, '/', &part))
        if (!edge(part, false, &day)) return false;
    return true;
}

static const char *check_event(const json_t *e) {
    static const char *const lists[] = {"actor", "recipient", "mediator", "by", "denied_by", NULL};
    if (!json_is_integer(json_object_get(e, "para")) || !json_is_string(json_object_get(e, "type")))
        return "an event needs \"para\" (a number) and \"type\"";
    for (size_t k = 0; lists[k]; k++)
        if (!is_strings(json_object_get(e, lists[k])))
            return "actor, recipient, mediator, by and denied_by are lists of strings";
    if (!is_text(json_object_get(e, "status"))) return "\"status\" is no string";
    if (!is_date(json_object_get(e, "when")))
        return "\"when\" is no ISO day, month or year, nor two parted by \"/\"";
    const json_t *where = json_object_get(e, "where");
    if (!is_text(where) && !is_strings(where)) return "\"where\" is no string and no list of them";
    return NULL;
}

const char *eval_check(const json_t *gold) {
    if (!json_is_object(gold)) return "no JSON object";
    const json_t *events = json_object_get(gold, "events"),
                 *absent = json_object_get(gold, "absent");
    if (!json_is_array(events)) return "no list \"events\"";
    for (size_t i = 0; i < json_array_size(events); i++) {
        const char *why = check_event(json_array_get(events, i));
        if (why) return why;
    }
    for (size_t i = 0; i < json_array_size(absent); i++) {
        const json_t *x = json_array_get(absent, i), *actor = json_object_get(x, "actor");
        if (!json_is_integer(json_object_get(x, "para")) ||
            !json_is_string(json_object_get(x, "type")))
            return "what is absent needs \"para\" (a number) and \"type\"";
        if (!is_text(actor) && !is_strings(actor)) return "\"actor\" is no string and no list";
    }
    return NULL;
}

void eval_key(const json_t *value, char *out, size_t size) {
    if (json_is_integer(value))
        snprintf(out, size, "%lld", (long long)json_integer_value(value));
    else
        snprintf(out, size, "%s", json_string_value(value) ? json_string_value(value) : "");
}

void eval_name(const json_t *gold, const char *file, char *out, size_t size) {
    const json_t *id = json_object_get(gold, "id");
    if (json_is_string(id) || json_is_integer(id)) {
        eval_key(id, out, size);
        return;
    }
    const char *slash = strrchr(file, '/');
    snprintf(out, size, "%s", slash ? slash + 1 : file);
    char *dot = strrchr(out, '.');
    if (dot && dot != out) *dot = '\0';
}

/* The last of the chain of "same_as" that begins at `at`, or NULL: from the chain's own list, by
 * "id". Chains are short. */
static const json_t *first_told(const json_t *list, const json_t *at) {
    for (int depth = 0; depth < 8; depth++) {
        const json_t *to = json_object_get(at, "same_as");
        if (json_is_array(to)) to = json_array_get(to, 0); /* of a total over several, the first */
        if (!to || json_is_null(to)) return at;
        const json_t *found = NULL;
        for (size_t i = 0; i < json_array_size(list) && !found; i++)
            if (json_equal(json_object_get(json_array_get(list, i), "id"), to))
                found = json_array_get(list, i);
        if (!found) return at;
        at = found;
    }
    return at;
}

/* Pairs of found events that are one act, by the coder and by the records. `all` are the records of
 * the document, `record` the one of each event. */
static void count_links(eval_figures *f, const json_t *events, const json_t *counted,
                        const json_t *all, const size_t *record) {
    const size_t n = json_array_size(events), none = json_array_size(counted);
    for (size_t i = 0; i < n; i++) {
        if (record[i] == none) continue;
        const json_t *a = first_told(events, json_array_get(events, i));
        const json_t *x = first_told(all, json_array_get(counted, record[i]));
        for (size_t k = i + 1; k < n; k++) {
            if (record[k] == none) continue;
            const bool told = first_told(events, json_array_get(events, k)) == a;
            const bool made = first_told(all, json_array_get(counted, record[k])) == x;
            f->links += told;
            f->links_made += made;
            f->links_right += told && made;
        }
    }
}

bool eval_document(eval_figures *f, const json_t *gold, const char *id, const json_t *records,
                   FILE *log) {
    const json_t *events = json_object_get(gold, "events"),
                 *absent = json_object_get(gold, "absent"), *first = json_object_get(gold, "first");
    json_t *counted = json_array(); /* those from the first paragraph that counts on */
    for (size_t i = 0; counted && i < json_array_size(records); i++)
        if (!json_is_integer(first) ||
            para_of(json_array_get(records, i)) >= json_integer_value(first))
            json_array_append(counted, json_array_get(records, i));
    matching m = {.n_events = json_array_size(events),
                  .n_records = json_array_size(counted),
                  .records = counted};
    m.taken = malloc((m.n_records + 1) * sizeof *m.taken);
    m.seen = calloc(m.n_records + 1, sizeof *m.seen);
    size_t *record = malloc((m.n_events + 1) * sizeof *record); /* of each event */
    bool ok = counted && m.taken && m.seen && record;
    for (size_t j = 0; ok && j < m.n_records; j++) m.taken[j] = m.n_events;
    for (size_t i = 0; ok && i < m.n_events; i++) record[i] = m.n_records;
    ok = ok && match(&m, events);
    for (size_t j = 0; ok && j < m.n_records; j++) {
        const json_t *r = json_array_get(counted, j);
        const json_t *e = json_array_get(events, m.taken[j]);
        if (e) record[m.taken[j]] = j;
        if (!e && log)
            fprintf(log, "  %s extra  p%lld %s %s | %.110s\n", id, para_of(r), word(r, "type"),
                    word(r, "status"), word(json_object_get(r, "evidence"), "text"));
        if (e && is_true(json_object_get(e, "optional"))) continue;
        f->coded++;
        add_type(f, text_of(json_object_get(r, "type")), 0, 1, 0);
    }
    for (size_t i = 0; ok && i < m.n_events; i++) {
        const json_t *e = json_array_get(events, i);
        if (is_true(json_object_get(e, "optional"))) continue;
        const piece wanted = before(text_of(json_object_get(e, "type")), '|');
        f->gold++;
        add_type(f, wanted, 1, 0, 0);
        if (record[i] == m.n_records) {
            if (!log) continue;
            fprintf(log, "  %s missed p%lld %s ", id,
                    (long long)json_integer_value(json_object_get(e, "para")), word(e, "type"));
            log_sides(log, e);
            fprintf(log, " | %s\n", word(e, "what"));
            continue;
        }
        const json_t *r = json_array_get(counted, record[i]);
        const piece type = text_of(json_object_get(r, "type"));
        verdicts v;
        if (!(ok = judge_all(&v, e, r))) break;
        bool all = true;
        f->found++;
        if (type.len != wanted.len || memcmp(type.at, wanted.at, type.len) != 0) {
            add_type(f, wanted, -1, 0, 0); /* an alternative: it counts as what it is called */
            add_type(f, type, 1, 0, 0);
        }
        add_type(f, type, 0, 0, 1);
        for (size_t k = 0; k < v.n; k++) {
            add_field(f, &v.v[k]);
            all &= v.v[k].right;
            if (v.v[k].right || !log) continue;
            char *g = json_dumps(json_object_get(e, v.v[k].name), JSON_ENCODE_ANY);
            fprintf(log, "  %s wrong  p%lld %s %s: gold %s\n", id,
                    (long long)json_integer_value(json_object_get(e, "para")), word(e, "type"),
                    v.v[k].name, g ? g : "-");
            free(g);
        }
        f->full += all;
    }
    for (size_t i = 0; ok && i < json_array_size(absent); i++) {
        const json_t *trap = json_array_get(absent, i);
        const bool hit = sprung(trap, &m);
        f->traps++;
        f->broken += hit;
        if (hit && log)
            fprintf(log, "  %s trap   p%lld %s %s\n", id,
                    (long long)json_integer_value(json_object_get(trap, "para")),
                    word(trap, "type"), word(trap, "why"));
    }
    if (ok) count_links(f, events, counted, records, record);
    f->docs += ok;
    free(m.taken);
    free(m.seen);
    free(record);
    json_decref(counted);
    return ok;
}

static double ratio(size_t a, size_t b) {
    return (double)a / (double)(b ? b : 1);
}
static double f1(double p, double r) {
    return 2 * p * r / (p + r > 1e-9 ? p + r : 1e-9);
}

void eval_print(const eval_figures *f, bool by_type, FILE *out) {
    const char *last = "";
    for (size_t n = 0; by_type && n < f->n_types; n++) { /* by name; a few types */
        size_t k = f->n_types;
        for (size_t i = 0; i < f->n_types; i++)
            if (strcmp(f->type[i].name, last) > 0 &&
                (k == f->n_types || strcmp(f->type[i].name, f->type[k].name) < 0))
                k = i;
        if (k == f->n_types) break;
        last = f->type[k].name;
        const long g = f->type[k].gold, p = f->type[k].coded, hit = f->type[k].found;
        fprintf(out, "%-10s gold %4ld coded %4ld found %4ld  P %.2f R %.2f\n", last, g, p, hit,
                (double)hit / (double)(p > 0 ? p : 1), (double)hit / (double)(g > 0 ? g : 1));
    }
    const double p = ratio(f->found, f->coded), r = ratio(f->found, f->gold);
    fprintf(out,
            "docs %zu gold %zu coded %zu found %zu  P %.3f R %.3f F1 %.3f  full %zu joint F1 "
            "%.3f\nfields ",
            f->docs, f->gold, f->coded, f->found, p, r, f1(p, r), f->full,
            f1(ratio(f->full, f->coded), ratio(f->full, f->gold)));
    for (size_t k = 0; k < f->n_fields; k++)
        fprintf(out, "%s%s %zu/%zu=%.2f", k ? "  " : "", f->field[k].name, f->field[k].right,
                f->field[k].n, ratio(f->field[k].right, f->field[k].n));
    fprintf(out, "  traps kept %zu/%zu\n", f->traps - f->broken, f->traps);
}

void eval_print_links(const eval_figures *f, FILE *out) {
    const double p = ratio(f->links_right, f->links_made), r = ratio(f->links_right, f->links);
    fprintf(out, "same act: pairs %zu made %zu right %zu  P %.3f R %.3f F1 %.3f\n", f->links,
            f->links_made, f->links_right, p, r, f1(p, r));
}
