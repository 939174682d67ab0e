/* series.c - counts and intensity of incidents by dyad and bin, and the days from which hostility
 * stands at another level.
 *
 * Each incident counts once, in the bin of its first day, for every pair of (country that acts,
 * country at the receiving end) of its first record; of reciprocal acts, for every pair both ways.
 * Bins without incidents are filled with zeros from the first to the last bin of the series.
 *
 * Changes: the optimal partition of the bins under a squared-error cost with a penalty for each
 * change, found by PELT (R. Killick, P. Fearnhead and I. Eckley 2012, "Optimal detection of
 * changepoints with a linear computational cost"), over the square root of harm, which evens out
 * the spread of counts (F. Anscombe 1948); spread is measured by the median of absolute differences
 * of neighbours, so that changes do not count as noise. */
#include "weave/weave_int.h"
#include <math.h>
#include <stdlib.h>

#define PENALTY 3.0 /* times the logarithm of the number of bins, in units of the spread */
#define SHORTEST 2  /* bins of a level */
#define BINS_MOST 200000
#define BEHIND_MOST 10u

static bool is(casus_string s, const char *word) {
    return s.ptr && strlen(word) == s.len && memcmp(s.ptr, word, s.len) == 0;
}

/* ---- bins ----------------------------------------------------------------------------------- */

/* Number of the bin that a day is in; days, ISO weeks, months. */
static int32_t bin_of(int32_t day, int32_t width) {
    int32_t y, m, d;
    if (width == 1) return day;
    if (width == 7) return (day + 3 - (((day + 3) % 7) + 7) % 7) / 7; /* 1970-01-01: Thursday */
    casus_base_day_split(day, &y, &m, &d);
    return y * 12 + m - 1;
}
static int32_t bin_begin(int32_t bin, int32_t width) {
    if (width == 1) return bin;
    if (width == 7) return bin * 7 - 3;
    const int32_t y = bin >= 0 ? bin / 12 : -((-bin + 11) / 12);
    return casus_base_day_of(y, bin - y * 12 + 1, 1);
}

static bool counted(const casus_filter *f, const casus_incident *in) {
    if (in->from == CASUS_NO_DAY || in->to - in->from > WEAVE_COARSE) return false;
    if (!casus_filter_incident(f, in)) return false;
    const char *status = casus_weave_status(f->weave, in);
    return f->all || strcmp(status, "happened") == 0 || strcmp(status, "ongoing") == 0 ||
           strcmp(status, "disputed") == 0;
}

static casus_status span(const casus_filter *f, int32_t *first, int32_t *last, bool *any,
                         casus_error *err) {
    const casus_weave *w = f->weave;
    *any = false;
    for (size_t i = 0; i < w->n_incidents; i++) {
        if (!counted(f, &w->incidents[i])) continue;
        const int32_t bin = bin_of(w->incidents[i].from, f->bin);
        if (!*any || bin < *first) *first = bin;
        if (!*any || bin > *last) *last = bin;
        *any = true;
    }
    if (f->from != CASUS_NO_DAY && *any) *first = bin_of(f->from, f->bin);
    if (f->to != CASUS_NO_DAY && *any) *last = bin_of(f->to, f->bin);
    if (*any && *last - *first >= BINS_MOST)
        return casus_base_fail(err, CASUS_E_LIMIT, "more than %d bins; give --from and --to",
                               BINS_MOST);
    return CASUS_OK;
}

static double intensity_of(const casus_weave *w, const casus_incident *in) {
    for (size_t i = 0; i < in->n_records; i++) {
        const casus_event *e = weave_event(w, in->records[i]);
        if (!isnan(e->intensity) && e->type.len == in->type.len &&
            memcmp(e->type.ptr, in->type.ptr, in->type.len) == 0)
            return e->intensity;
    }
    return NAN;
}

static void put(casus_bin *b, uint32_t type, double intensity) {
    b->n++;
    if (type < CASUS_WEAVE_TYPES) b->counts[type]++;
    if (isnan(intensity)) return;
    b->sum += intensity;
    b->n_sum++;
    if (intensity < 0) b->harm -= intensity;
}

/* ---- dyads ---------------------------------------------------------------------------------- */

typedef struct cell { /* an incident in the series of a dyad */
    casus_string source, target;
    uint32_t incident;
} cell;

static casus_string code_of(const casus_party *p) {
    const casus_string none = {"", 0};
    return p->country.ptr ? p->country : p->code.ptr ? p->code : none;
}
static int compare(casus_string a, casus_string b) {
    return casus_slice_cmp(casus_slice_of(a.ptr, a.len), casus_slice_of(b.ptr, b.len));
}
static int by_dyad(const void *a, const void *b) {
    const cell *x = a, *y = b;
    int c = compare(x->source, y->source);
    if (!c) c = compare(x->target, y->target);
    return c ? c : x->incident < y->incident ? -1 : x->incident > y->incident;
}

/* The pairs of an incident's first record, each once; at most `most`. */
static size_t pairs_of(const casus_filter *f, uint32_t incident, cell *to, size_t most) {
    const casus_incident *in = &f->weave->incidents[incident];
    const casus_event *e = weave_event(f->weave, in->records[0]);
    for (size_t i = 0; i < in->n_records; i++) { /* the first that tells most of the sides */
        const casus_event *other = weave_event(f->weave, in->records[i]);
        if ((other->n_actors && other->n_recipients) || other->reciprocal) {
            e = other;
            break;
        }
    }
    const bool both = e->reciprocal || (e->n_actors > 1 && !e->n_recipients);
    const casus_party none = {{NULL, 0}, {0, 0},    {NULL, 0}, {NULL, 0}, NULL,
                              0,         {NULL, 0}, {NULL, 0}, {NULL, 0}};
    const casus_party *b = both ? e->actors : e->recipients;
    const size_t n_a = e->n_actors ? e->n_actors : 1;
    const size_t n_b = both ? e->n_actors : e->n_recipients ? e->n_recipients : 1;
    size_t n = 0;
    for (size_t i = 0; i < n_a && n < most; i++) {
        for (size_t k = 0; k < n_b && n < most; k++) {
            const cell c = {code_of(e->n_actors ? &e->actors[i] : &none),
                            code_of(both || e->n_recipients ? &b[k] : &none), incident};
            if (both && compare(c.source, c.target) == 0) continue;
            size_t seen = 0;
            while (seen < n && (compare(to[seen].source, c.source) != 0 ||
                                compare(to[seen].target, c.target) != 0))
                seen++;
            if (seen == n) to[n++] = c;
        }
    }
    return n;
}

casus_status casus_weave_series(casus_dyad **out, size_t *n, const casus_filter *f,
                                casus_arena *arena, casus_error *err) {
    const casus_weave *w = f->weave;
    int32_t first = 0, last = 0;
    bool any;
    cell *cells = NULL, few[16];
    size_t n_cells = 0, cap = 0;
    *out = NULL;
    *n = 0;
    const casus_status s = span(f, &first, &last, &any, err);
    if (s || !any || last < first) return s;
    for (uint32_t i = 0; i < w->n_incidents; i++) {
        if (!counted(f, &w->incidents[i])) continue;
        const int32_t bin = bin_of(w->incidents[i].from, f->bin);
        if (bin < first || bin > last) continue;
        const size_t k = pairs_of(f, i, few, sizeof few / sizeof *few);
        cell *grown =
            casus_base_arena_grow(arena, cells, n_cells, n_cells + k, &cap, sizeof *cells);
        if (!grown) return casus_base_no_memory(err);
        cells = grown;
        if (k) memcpy(cells + n_cells, few, k * sizeof *few);
        n_cells += k;
    }
    if (n_cells) qsort(cells, n_cells, sizeof *cells, by_dyad);
    size_t many = 0;
    for (size_t i = 0; i < n_cells; i++)
        many += i == 0 || compare(cells[i].source, cells[i - 1].source) != 0 ||
                compare(cells[i].target, cells[i - 1].target) != 0;
    const size_t n_bins = (size_t)(last - first) + 1;
    if (many * n_bins > (size_t)1 << 27)
        return casus_base_fail(err, CASUS_E_LIMIT,
                               "%zu dyads by %zu bins are too many; give "
                               "sides, days or wider bins",
                               many, n_bins);
    casus_dyad *v = casus_base_arena_zero(arena, many + 1, sizeof *v);
    if (!v) return casus_base_no_memory(err);
    many = 0;
    for (size_t i = 0; i < n_cells; i++) {
        casus_dyad *d = many ? &v[many - 1] : NULL;
        if (!i || compare(cells[i].source, cells[i - 1].source) != 0 ||
            compare(cells[i].target, cells[i - 1].target) != 0) {
            d = &v[many++];
            d->source = cells[i].source.ptr;
            d->target = cells[i].target.ptr;
            d->n_bins = n_bins;
            d->bins = casus_base_arena_zero(arena, n_bins, sizeof *d->bins);
            if (!d->bins) return casus_base_no_memory(err);
            for (size_t b = 0; b < n_bins; b++) {
                d->bins[b].from = bin_begin(first + (int32_t)b, f->bin);
                d->bins[b].to = bin_begin(first + (int32_t)b + 1, f->bin) - 1;
            }
        }
        const casus_incident *in = &w->incidents[cells[i].incident];
        uint32_t type = 0;
        while (type < CASUS_WEAVE_TYPES && !is(in->type, casus_weave_type(type))) type++;
        put(&d->bins[bin_of(in->from, f->bin) - first], type, intensity_of(w, in));
    }
    *out = v;
    *n = many;
    return CASUS_OK;
}

/* ---- changes -------------------------------------------------------------------------------- */

static int by_size(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* Squared spread of the noise, at least `least`. */
static double spread(const double *x, size_t n, double *room, double least) {
    if (n < 3) return least;
    for (size_t i = 1; i < n; i++) room[i - 1] = fabs(x[i] - x[i - 1]);
    qsort(room, n - 1, sizeof *room, by_size);
    const double s = room[(n - 1) / 2] / (0.6745 * 1.4142135623730951);
    return s * s > least ? s * s : least;
}

/* PELT: last[i] is the begin of the level that ends before i, in the best partition of x[0..i). */
static casus_status partition(const double *x, size_t n, double beta, size_t *last,
                              casus_arena *arena, casus_error *err) {
    double *sum = casus_base_arena_zero(arena, n + 1, sizeof *sum);
    double *square = casus_base_arena_zero(arena, n + 1, sizeof *square);
    double *best = casus_base_arena_zero(arena, n + 1, sizeof *best);
    size_t *open = casus_base_arena_get(arena, (n + 1) * sizeof *open), n_open = 1;
    if (!sum || !square || !best || !open) return casus_base_no_memory(err);
    for (size_t i = 0; i < n; i++) {
        sum[i + 1] = sum[i] + x[i];
        square[i + 1] = square[i] + x[i] * x[i];
    }
    best[0] = -beta;
    open[0] = 0;
#define COST(a, b) \
    (square[b] - square[a] - (sum[b] - sum[a]) * (sum[b] - sum[a]) / (double)((b) - (a)))
    for (size_t i = 1; i <= n; i++) {
        best[i] = HUGE_VAL;
        last[i] = 0;
        for (size_t k = 0; k < n_open; k++) {
            if (i - open[k] < SHORTEST && open[k] > 0) continue;
            const double cost = best[open[k]] + COST(open[k], i) + beta;
            if (cost < best[i]) best[i] = cost, last[i] = open[k];
        }
        size_t kept = 0;
        for (size_t k = 0; k < n_open; k++)
            if (i - open[k] < SHORTEST || best[open[k]] + COST(open[k], i) <= best[i])
                open[kept++] = open[k];
        n_open = kept;
        open[n_open++] = i;
    }
#undef COST
    return CASUS_OK;
}

typedef struct grave {
    double harm;
    uint32_t incident;
} grave;
static int by_harm(const void *a, const void *b) {
    const grave *x = a, *y = b;
    if (x->harm > y->harm || x->harm < y->harm) return x->harm > y->harm ? -1 : 1;
    return x->incident < y->incident ? -1 : x->incident > y->incident;
}

/* The gravest incidents of bins from..to. */
static casus_status behind(casus_change *c, const casus_filter *f, int32_t from, int32_t to,
                           casus_arena *arena, casus_error *err) {
    const casus_weave *w = f->weave;
    grave *v = NULL;
    size_t n = 0, cap = 0;
    size_t low = 0, high = w->n_incidents; /* they stand in order of their days */
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (w->incidents[middle].from != CASUS_NO_DAY && w->incidents[middle].from < from)
            low = middle + 1;
        else
            high = middle;
    }
    for (uint32_t i = (uint32_t)low; i < w->n_incidents; i++) {
        if (w->incidents[i].from == CASUS_NO_DAY || w->incidents[i].from > to) break;
        if (!counted(f, &w->incidents[i])) continue;
        const double intensity = intensity_of(w, &w->incidents[i]);
        if (isnan(intensity) || intensity >= 0) continue;
        grave *grown = casus_base_arena_grow(arena, v, n, n + 1, &cap, sizeof *v);
        if (!grown) return casus_base_no_memory(err);
        v = grown;
        v[n++] = (grave){-intensity, i};
    }
    if (n) qsort(v, n, sizeof *v, by_harm);
    c->incidents = casus_base_arena_get(arena, BEHIND_MOST * sizeof *c->incidents);
    if (!c->incidents) return casus_base_no_memory(err);
    for (size_t i = 0; i < n && i < BEHIND_MOST; i++) c->incidents[i] = v[i].incident;
    c->n_incidents = (uint32_t)(n < BEHIND_MOST ? n : BEHIND_MOST);
    return CASUS_OK;
}

casus_status casus_weave_changes(casus_change **out, size_t *n, const casus_filter *f,
                                 casus_arena *arena, casus_error *err) {
    const casus_weave *w = f->weave;
    int32_t first = 0, last_bin = 0;
    bool any;
    *out = NULL;
    *n = 0;
    casus_status s = span(f, &first, &last_bin, &any, err);
    if (s || !any || last_bin < first) return s;
    const size_t bins = (size_t)(last_bin - first) + 1;
    double *harm = casus_base_arena_zero(arena, bins, sizeof *harm);
    double *x = casus_base_arena_zero(arena, bins, sizeof *x);
    double *room = casus_base_arena_zero(arena, bins, sizeof *room);
    size_t *last = casus_base_arena_zero(arena, bins + 1, sizeof *last);
    if (!harm || !x || !room || !last) return casus_base_no_memory(err);
    for (size_t i = 0; i < w->n_incidents; i++) {
        if (!counted(f, &w->incidents[i])) continue;
        const int32_t bin = bin_of(w->incidents[i].from, f->bin) - first;
        const double intensity = intensity_of(w, &w->incidents[i]);
        if (bin >= 0 && (size_t)bin < bins && intensity < 0) harm[bin] -= intensity;
    }
    for (size_t i = 0; i < bins; i++) x[i] = sqrt(harm[i] + 0.375);
    const double beta = PENALTY * log((double)bins + 1) * spread(x, bins, room, 1.0);
    if ((s = partition(x, bins, beta, last, arena, err))) return s;
    size_t many = 0;
    for (size_t i = bins; last[i] > 0; i = last[i]) many++;
    casus_change *v = casus_base_arena_zero(arena, many + 1, sizeof *v);
    if (!v) return casus_base_no_memory(err);
    size_t end = bins, begin = last[bins];
    for (size_t k = many; k-- > 0;) {
        const size_t before = last[begin];
        casus_change *c = &v[k];
        for (size_t i = begin; i < end; i++) c->after += harm[i] / (double)(end - begin);
        for (size_t i = before; i < begin; i++) c->before += harm[i] / (double)(begin - before);
        c->day = bin_begin(first + (int32_t)begin, f->bin);
        c->until = bin_begin(first + (int32_t)end, f->bin) - 1;
        const size_t shown = begin + 2 < end ? begin + 2 : end;
        s = behind(c, f, c->day, bin_begin(first + (int32_t)shown, f->bin) - 1, arena, err);
        if (s) return s;
        end = begin;
        begin = before;
    }
    *out = v;
    *n = many;
    return CASUS_OK;
}
