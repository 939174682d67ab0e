/* relabel.c - records under the names of another ontology, by a user's table.
 *
 * The first row whose conditions all hold gives a record its type and mode; a record that no row
 * fits, or whose row has the label "-", is none in that ontology and is taken out. A record costs
 * at most one look at each row. docs/ontology.md explains the table. */
#include "write/write_int.h"

enum { TYPE, MODE, CAMEO, STATUS, RECIPROCAL, ACTOR, RECIPIENT, N_CONDITIONS };
static const char *const conditions[N_CONDITIONS] = {"type",       "mode",  "cameo",    "status",
                                                     "reciprocal", "actor", "recipient"};

typedef struct relabel_row {
    casus_slice want[N_CONDITIONS]; /* empty: anything */
    casus_slice label, sublabel;    /* a zero byte behind each */
} relabel_row;

struct casus_relabel {
    casus_memory memory;
    casus_arena *arena;
    relabel_row *rows; /* [n], in the file's order */
    size_t n, cap;
};

void casus_write_relabel_free(casus_relabel *r) {
    if (!r) return;
    const casus_memory m = r->memory;
    casus_base_arena_free(r->arena);
    casus_base_release(&m, r);
}

/* A type must be one of PLOVER's, "reciprocal" yes or no. */
static casus_status sane(const relabel_row *row, const casus_ontology *o, const casus_table *t,
                         casus_error *err) {
    casus_slice rest = row->want[TYPE], one;
    while (o && rest.len && casus_slice_cut(&rest, '|', &one))
        if (!casus_write_ontology_find(&o->types, casus_slice_trim(one)))
            return casus_base_fail_at(err, CASUS_E_DATA, t->file, t->line, 0,
                                      "'%.*s' is no type of PLOVER", (int)one.len, one.ptr);
    const casus_slice mutual = row->want[RECIPROCAL];
    if (mutual.len && !casus_slice_is(mutual, "yes") && !casus_slice_is(mutual, "no"))
        return casus_base_fail_at(err, CASUS_E_DATA, t->file, t->line, 0,
                                  "reciprocal is yes, no or empty");
    if (!row->label.len)
        return casus_base_fail_at(err, CASUS_E_DATA, t->file, t->line, 0, "the row has no label");
    return CASUS_OK;
}

static casus_status read_row(casus_relabel *r, const casus_ontology *o, const casus_table *t,
                             casus_error *err) {
    relabel_row *rows =
        casus_base_arena_grow(r->arena, r->rows, r->n, r->n + 1, &r->cap, sizeof *rows);
    if (!rows) return casus_base_no_memory(err);
    r->rows = rows;
    relabel_row row;
    for (int i = 0; i < N_CONDITIONS; i++) {
        casus_slice want = casus_base_table_get(t, conditions[i]);
        if (casus_slice_is(want, "*")) want.len = 0;
        row.want[i] = casus_base_arena_copy(r->arena, want);
        if (!row.want[i].ptr) return casus_base_no_memory(err);
    }
    row.label = casus_base_arena_copy(r->arena, casus_base_table_get(t, "label"));
    row.sublabel = casus_base_arena_copy(r->arena, casus_base_table_get(t, "sublabel"));
    if (!row.label.ptr || !row.sublabel.ptr) return casus_base_no_memory(err);
    rows[r->n++] = row;
    return sane(&row, o, t, err);
}

casus_status casus_write_relabel_open(casus_relabel **out, const casus_ontology *ontology,
                                      const char *path, const casus_memory *memory,
                                      casus_error *err) {
    static const char *const needed[] = {"type", "label", NULL};
    char *bytes = NULL;
    size_t len = 0;
    casus_status s = casus_base_read_file(&bytes, &len, path, CASUS_READ_MOST_BYTES, memory, err);
    if (s) return s;
    casus_relabel *r = casus_base_alloc(memory, sizeof *r);
    if (!r) {
        casus_base_release(memory, bytes);
        return casus_base_no_memory(err);
    }
    memset(r, 0, sizeof *r);
    r->memory = *memory;
    r->arena = casus_base_arena_new(memory);
    s = r->arena ? CASUS_OK : casus_base_no_memory(err);
    casus_table table;
    if (!s) s = casus_base_table_open(&table, path, casus_slice_of(bytes, len), needed, err);
    int more = 0;
    while (!s && (more = casus_base_table_next(&table, err)) > 0)
        s = read_row(r, ontology, &table, err);
    if (!s && more < 0) s = (casus_status)more;
    casus_base_release(memory, bytes);
    if (s) {
        casus_write_relabel_free(r);
        return s;
    }
    *out = r;
    return CASUS_OK;
}

/* One of the alternatives is the value, or, with `begins`, its beginning. */
static bool among(casus_slice alternatives, casus_string value, bool begins) {
    casus_slice rest = alternatives, one;
    while (rest.len && casus_slice_cut(&rest, '|', &one)) {
        one = casus_slice_trim(one);
        if (one.len == 1 && one.ptr[0] == '-' && !value.len) return true;
        if (!one.len || one.len > value.len || (!begins && one.len != value.len)) continue;
        if (memcmp(one.ptr, value.ptr, one.len) == 0) return true;
    }
    return false;
}

/* "-": nobody, "+": somebody, otherwise one of the sectors of one of the parties. */
static bool side(casus_slice want, const casus_party *v, size_t n) {
    casus_slice rest = want, one;
    while (rest.len && casus_slice_cut(&rest, '|', &one)) {
        one = casus_slice_trim(one);
        if (casus_slice_is(one, "-") && !n) return true;
        if (casus_slice_is(one, "+") && n) return true;
        for (size_t i = 0; i < n; i++)
            for (size_t k = 0; k < v[i].n_sectors; k++)
                if (among(one, v[i].sectors[k], false)) return true;
    }
    return false;
}

static bool fits(const relabel_row *r, const casus_event *e) {
    const casus_slice *w = r->want;
    return (!w[TYPE].len || among(w[TYPE], e->type, false)) &&
           (!w[MODE].len || among(w[MODE], e->mode, false)) &&
           (!w[CAMEO].len || among(w[CAMEO], e->cameo, true)) &&
           (!w[STATUS].len || among(w[STATUS], e->status, false)) &&
           (!w[RECIPROCAL].len || casus_slice_is(w[RECIPROCAL], "yes") == (e->reciprocal != 0)) &&
           (!w[ACTOR].len || side(w[ACTOR], e->actors, e->n_actors)) &&
           (!w[RECIPIENT].len || side(w[RECIPIENT], e->recipients, e->n_recipients));
}

/* The record of that id among the first `n`, whose numbers only grow; binary search. */
static unsigned long number_of(casus_string id) {
    size_t at = id.len;
    unsigned long n = 0, unit = 1;
    for (; at && id.ptr[at - 1] >= '0' && id.ptr[at - 1] <= '9'; at--, unit *= 10)
        n += unit * (unsigned long)(id.ptr[at - 1] - '0');
    return n;
}
static bool is_there(const casus_events *events, casus_string id) {
    const unsigned long wanted = number_of(id);
    size_t low = 0, high = events->n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const unsigned long n = number_of(events->items[middle].id);
        if (n == wanted) return true;
        if (n < wanted)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

void casus_write_relabel(const casus_relabel *r, casus_events *events) {
    size_t kept = 0;
    for (size_t i = 0; i < events->n; i++) {
        casus_event e = events->items[i];
        size_t k = 0;
        while (k < r->n && !fits(&r->rows[k], &e)) k++;
        if (k == r->n || casus_slice_is(r->rows[k].label, "-")) continue;
        const casus_slice label = r->rows[k].label, sublabel = r->rows[k].sublabel;
        e.type = (casus_string){label.ptr, label.len};
        e.mode = (casus_string){sublabel.len ? sublabel.ptr : NULL, sublabel.len};
        events->items[kept++] = e;
    }
    events->n = kept;
    for (size_t i = 0; i < kept; i++) { /* no link to a record that is gone */
        casus_event *e = &events->items[i];
        if (e->of.ptr && !is_there(events, e->of)) e->of = (casus_string){NULL, 0};
        if (e->same_as.ptr && !is_there(events, e->same_as)) e->same_as = (casus_string){NULL, 0};
    }
}
