/* export_rows.c - records as rows of POLECAT, ICEWS and PETRARCH, tab-separated.
 *
 * These formats keep no status: a planned act becomes what the ontology makes of it (the columns
 * later and later_cameo of data/ontology/plover.tsv), or is left out. The columns and what stands
 * in them: docs/exports.md. Codes come from data/ontology alone. */
#include "write/write_int.h"
#include <math.h>

static void put_bytes(casus_export *x, const char *bytes, size_t len) {
    for (size_t from = 0; from < len;) { /* no tab and no line's end within a field */
        size_t to = from;
        while (to < len && (unsigned char)bytes[to] >= ' ') to++;
        casus_base_buffer_add(&x->w.line, bytes + from, to - from);
        if (to < len) casus_base_buffer_add(&x->w.line, " ", 1);
        from = to + 1;
    }
}
static void put_slice(casus_export *x, casus_slice s) {
    put_bytes(x, s.ptr, s.len);
}
static void put(casus_export *x, casus_string s) {
    if (s.ptr) put_bytes(x, s.ptr, s.len);
}
static void put_z(casus_export *x, const char *zero_terminated) {
    if (zero_terminated) put_bytes(x, zero_terminated, strlen(zero_terminated));
}
static void tab(casus_export *x) {
    casus_base_buffer_add(&x->w.line, "\t", 1);
}
static casus_slice slice(casus_string s) {
    return casus_slice_of(s.ptr, s.len);
}

/* Decimals without the locale's comma; none when it is no number. */
static void put_number(casus_export *x, double v, int decimals) {
    if (isnan(v) || fabs(v) > 1e12) return; /* no degrees, no intensity */
    long long scale = 1;
    for (int i = 0; i < decimals; i++) scale *= 10;
    const long long n = llround(v * (double)scale);
    casus_base_buffer_format(&x->w.line, "%s%lld.%0*lld", n < 0 ? "-" : "", llabs(n) / scale,
                             decimals, llabs(n) % scale);
}

static void header(casus_export *x, const char *const *columns) {
    for (size_t i = 0; columns[i]; i++) {
        if (i) tab(x);
        put_z(x, columns[i]);
    }
    casus_base_buffer_add(&x->w.line, "\n", 1);
}

casus_status write_rows_header(casus_export *x) {
    static const char *const polecat[] = {"Event ID",
                                          "Event Date",
                                          "Event Type",
                                          "Event Mode",
                                          "Intensity",
                                          "Quad Code",
                                          "Contexts",
                                          "Actor Name",
                                          "Actor Country",
                                          "Actor COW",
                                          "Primary Actor Sector",
                                          "Actor Sectors",
                                          "Actor Title",
                                          "Actor Name Raw",
                                          "Wikipedia Actor ID",
                                          "Recipient Name",
                                          "Recipient Country",
                                          "Recipient COW",
                                          "Primary Recipient Sector",
                                          "Recipient Sectors",
                                          "Recipient Title",
                                          "Recipient Name Raw",
                                          "Wikipedia Recipient ID",
                                          "Placename",
                                          "City",
                                          "District",
                                          "Province",
                                          "Country",
                                          "Latitude",
                                          "Longitude",
                                          "GeoNames ID",
                                          "Raw Placename",
                                          "Feature Type",
                                          "Source",
                                          "Publication Date",
                                          "Story People",
                                          "Story Organizations",
                                          "Story Locations",
                                          "Language",
                                          "Version",
                                          NULL};
    static const char *const icews[] = {"Event ID",        "Event Date",     "Source Name",
                                        "Source Sectors",  "Source Country", "Event Text",
                                        "CAMEO Code",      "Intensity",      "Target Name",
                                        "Target Sectors",  "Target Country", "Story ID",
                                        "Sentence Number", "Publisher",      "City",
                                        "District",        "Province",       "Country",
                                        "Latitude",        "Longitude",      NULL};
    if (x->format == EXPORT_PETRARCH) return CASUS_OK; /* it has no header line */
    header(x, x->format == EXPORT_POLECAT ? polecat : icews);
    return write_flush(&x->w);
}

/* ---- what the three have in common ----------------------------------------------------------- */

typedef struct rows_act {
    const casus_event *e;
    const casus_export_about *about;
    const ontology_row *type; /* as the format has it */
    bool later;               /* a planned act under the type of what is promised */
    casus_slice cameo;
    double intensity;
    casus_slice date; /* ptr NULL: none */
} rows_act;

/* A GeoNames number, or nothing. */
static casus_slice geonames(casus_string id) {
    static const char mark[] = "geonames:";
    const size_t n = sizeof mark - 1;
    if (id.len <= n || memcmp(id.ptr, mark, n) != 0) return (casus_slice){NULL, 0};
    return casus_slice_of(id.ptr + n, id.len - n);
}

static casus_string name_of(const casus_party *p) {
    return p->person.ptr ? p->person : p->name.ptr ? p->name : p->text;
}

static casus_slice value(const ontology_list *list, casus_slice key, int which) {
    const ontology_row *r = key.len ? casus_write_ontology_find(list, key) : NULL;
    return r ? r->value[which] : (casus_slice){NULL, 0};
}

static double scale_of(const casus_export *x, casus_slice cameo) {
    const ontology_row *r = casus_write_ontology_begin(&x->ontology->scale, cameo);
    double v = NAN;
    return r && casus_base_number(r->value[ONTOLOGY_GOLDSTEIN], &v) ? v : NAN;
}

/* False, and counted, when the format has nothing for the record. */
static bool make_act(casus_export *x, rows_act *a) {
    const casus_event *e = a->e;
    a->type = casus_write_ontology_find(&x->ontology->types, slice(e->type));
    if (!a->type) {
        x->left_out[EXPORT_TYPE]++;
        return false;
    }
    a->cameo = e->cameo.ptr ? slice(e->cameo) : a->type->value[ONTOLOGY_CAMEO];
    a->intensity = isnan(e->intensity) ? scale_of(x, a->cameo) : e->intensity;
    const bool planned = casus_slice_is(slice(e->status), "planned");
    if (planned) {
        const casus_slice later = a->type->value[ONTOLOGY_LATER];
        const casus_slice code = a->type->value[ONTOLOGY_LATER_CAMEO];
        if (x->format == EXPORT_POLECAT ? later.len : code.len) {
            a->later = true;
            if (x->format == EXPORT_POLECAT)
                a->type = casus_write_ontology_find(&x->ontology->types, later);
            if (code.len) a->cameo = code;
            a->intensity = scale_of(x, a->cameo);
        } else if (!x->chosen) {
            x->left_out[EXPORT_STATUS]++;
            return false;
        }
    }
    /* what is promised is promised on the day of the report */
    const casus_slice published = casus_slice_z(a->about->date), told = slice(e->date.from);
    a->date = (a->later || !told.len) && published.len ? published : told;
    if (!a->date.len && x->format != EXPORT_POLECAT) {
        x->left_out[EXPORT_DATE]++;
        return false;
    }
    return true;
}

/* ---- POLECAT --------------------------------------------------------------------------------- */

/* 1: one of PLOVER's, 0: not, -1: PLOVER drops the record. */
static int has_mode(const ontology_row *type, casus_slice mode) {
    casus_slice rest = type->value[ONTOLOGY_MODES], one;
    while (mode.len && rest.len && casus_slice_cut(&rest, '|', &one)) {
        if (one.len && one.ptr[0] == '!' &&
            casus_slice_eq(casus_slice_of(one.ptr + 1, one.len - 1), mode))
            return -1;
        if (casus_slice_eq(one, mode)) return 1;
    }
    return 0;
}

/* One of the sides of a row. */
typedef struct rows_side {
    const casus_party *v;
    size_t n, but; /* `but`: the party left out, n for none */
} rows_side;

/* The value `what` of each party, parted by "; "; "None" when all are unknown. */
static void polecat_field(casus_export *x, const rows_side *s, char what) {
    const casus_ontology *o = x->ontology;
    const size_t begin = x->w.line.len;
    bool any = false, first = true;
    for (size_t i = 0; i < s->n; i++) {
        if (i == s->but) continue;
        const casus_party *p = &s->v[i];
        if (!first) casus_base_buffer_add(&x->w.line, "; ", 2);
        first = false;
        const size_t from = x->w.line.len;
        const casus_slice cow = value(&o->countries, slice(p->country), ONTOLOGY_COW);
        if (what == 'n') put(x, name_of(p));
        if (what == 'c' && p->country.ptr) put(x, p->country);
        if (what == 'w') put_slice(x, cow);
        for (size_t k = 0; k < p->n_sectors && (what == 's' || (what == 'p' && !k)); k++) {
            if (k) casus_base_buffer_add(&x->w.line, ", ", 2);
            put(x, p->sectors[k]);
        }
        if (what == 't') put(x, p->office);
        if (what == 'r') put(x, p->text);
        any |= x->w.line.len > from;
        if (x->w.line.len == from) put_z(x, "None");
    }
    if (!any && !x->w.line.failed) {
        x->w.line.len = begin;
        put_z(x, "None");
    }
}

static void or_none(casus_export *x, casus_slice s) {
    tab(x);
    if (s.len)
        put_slice(x, s);
    else
        put_z(x, "None");
}

static casus_status polecat_row(casus_export *x, const rows_act *a, size_t number,
                                const rows_side *actors, const rows_side *recipients) {
    const casus_event *e = a->e;
    put(x, e->id);
    if (number) casus_base_buffer_format(&x->w.line, ".%zu", number + 1);
    or_none(x, a->date);
    or_none(x, a->type->key);
    or_none(x, !a->later && has_mode(a->type, slice(e->mode)) > 0 ? slice(e->mode)
                                                                  : (casus_slice){NULL, 0});
    tab(x);
    if (isnan(a->intensity)) put_z(x, "None");
    put_number(x, a->intensity, 1);
    or_none(x, a->type->value[ONTOLOGY_QUAD]);
    tab(x);
    for (size_t i = 0; i < e->n_contexts; i++) {
        if (i) casus_base_buffer_add(&x->w.line, "; ", 2);
        put(x, e->contexts[i]);
    }
    if (!e->n_contexts) put_z(x, "None");
    for (const rows_side *s = actors; s; s = s == actors ? recipients : NULL) {
        for (const char *what = "ncwpstr"; *what; what++) {
            tab(x);
            polecat_field(x, s, *what);
        }
        or_none(x, (casus_slice){NULL, 0}); /* Wikipedia */
    }
    const casus_location *l = &e->place;
    const casus_slice nothing = {NULL, 0}, name = slice(l->name.ptr ? l->name : l->text);
    const bool placed = l->text.ptr != NULL, town = placed && geonames(l->id).len;
    or_none(x, placed ? name : nothing);
    or_none(x, town ? name : nothing); /* City: GeoNames numbers are those of towns */
    or_none(x, nothing);
    or_none(x, nothing);
    or_none(x, placed ? slice(l->country) : nothing);
    for (int i = 0; i < 2; i++) {
        tab(x);
        if (!placed || isnan(l->lat))
            put_z(x, "None");
        else
            put_number(x, i ? l->lon : l->lat, 5);
    }
    or_none(x, placed ? geonames(l->id) : nothing);
    or_none(x, placed ? slice(l->text) : nothing);
    or_none(x, nothing); /* Feature Type */
    or_none(x, casus_slice_z(a->about->publisher));
    or_none(x, casus_slice_z(a->about->date));
    for (int i = 0; i < 3; i++) or_none(x, nothing); /* of the story */
    or_none(x, casus_slice_z(a->about->language));
    or_none(x, CASUS_SLICE("casus " CASUS_VERSION));
    casus_base_buffer_add(&x->w.line, "\n", 1);
    return write_flush(&x->w);
}

/* Who does the same to each other: a row for each, the others its recipients. */
static casus_status polecat(casus_export *x, const rows_act *a) {
    const casus_event *e = a->e;
    if (has_mode(a->type, slice(e->mode)) < 0) {
        x->left_out[EXPORT_TYPE]++;
        return CASUS_OK;
    }
    const rows_side actors = {e->actors, e->n_actors, e->n_actors};
    const rows_side recipients = {e->recipients, e->n_recipients, e->n_recipients};
    if (!e->reciprocal || e->n_recipients || e->n_actors < 2)
        return polecat_row(x, a, 0, &actors, &recipients);
    casus_status s = CASUS_OK;
    for (size_t i = 0; i < e->n_actors && !s; i++) {
        if (i * e->n_actors >= EXPORT_MOST_PAIRS) {
            x->left_out[EXPORT_SIDE] += e->n_actors - i;
            break;
        }
        const rows_side one = {&e->actors[i], 1, 1}, others = {e->actors, e->n_actors, i};
        s = polecat_row(x, a, i, &one, &others);
    }
    return s;
}

/* ---- ICEWS and PETRARCH: a row for each pair ------------------------------------------------- */

static void icews_side(casus_export *x, const casus_party *p) {
    const casus_ontology *o = x->ontology;
    tab(x);
    put(x, name_of(p));
    tab(x);
    bool first = true;
    for (size_t k = 0; k < p->n_sectors; k++) {
        const casus_slice text = value(&o->sectors, slice(p->sectors[k]), ONTOLOGY_TEXT);
        if (!text.len) continue;
        if (!first) casus_base_buffer_add(&x->w.line, ",", 1);
        first = false;
        put_slice(x, text);
    }
    tab(x);
    put_slice(x, value(&o->countries, slice(p->country), ONTOLOGY_TEXT));
}

static void icews_row(casus_export *x, const rows_act *a, const casus_party *from,
                      const casus_party *to) {
    const casus_event *e = a->e;
    const casus_location *l = &e->place;
    const bool placed = l->text.ptr != NULL;
    casus_base_buffer_format(&x->w.line, "%llu", (unsigned long long)++x->rows);
    tab(x);
    put_slice(x, a->date);
    icews_side(x, from);
    tab(x);
    const ontology_row *text = casus_write_ontology_begin(&x->ontology->names, a->cameo);
    put_slice(x, text ? text->value[ONTOLOGY_NAME] : a->type->key);
    tab(x);
    put_slice(x, a->cameo);
    tab(x);
    put_number(x, a->intensity, 1);
    icews_side(x, to);
    tab(x);
    put(x, e->doc);
    tab(x);
    casus_base_buffer_format(&x->w.line, "%u", e->sentence);
    tab(x);
    put_z(x, a->about->publisher);
    tab(x);
    if (placed && geonames(l->id).len) put(x, l->name);
    tab(x); /* District */
    tab(x);
    if (placed && !geonames(l->id).len) put(x, l->name);
    tab(x);
    if (placed) put_slice(x, value(&x->ontology->countries, slice(l->country), ONTOLOGY_TEXT));
    tab(x);
    if (placed) put_number(x, l->lat, 5);
    tab(x);
    if (placed) put_number(x, l->lon, 5);
}

/* CAMEO's code of a party: country and role, or IGO/NGO and the body; empty when it has none. */
static casus_slice cameo_code(const casus_export *x, const casus_party *p, char code[16]) {
    const casus_ontology *o = x->ontology;
    casus_slice head = {NULL, 0}, tail = {NULL, 0};
    bool ngo = false;
    for (size_t k = 0; k < p->n_sectors; k++) {
        const casus_slice sector = slice(p->sectors[k]);
        ngo |= casus_slice_is(sector, "NGO");
        if (tail.len) continue;
        tail = value(&o->sectors, sector, ONTOLOGY_CODE);
        if (casus_slice_is(tail, "-"))
            tail = (casus_slice){NULL, 0};
        else if (!tail.len)
            tail = sector;
    }
    if (p->code.ptr) {
        head = ngo ? CASUS_SLICE("NGO") : CASUS_SLICE("IGO");
        tail = value(&o->bodies, slice(p->code), ONTOLOGY_CODE);
        if (!tail.len) tail = slice(p->code);
    } else if (p->country.ptr) {
        head = value(&o->countries, slice(p->country), ONTOLOGY_CODE);
        if (!head.len) head = slice(p->country);
    }
    size_t n = 0;
    for (uint32_t i = 0; i < head.len && n < 3; i++) code[n++] = head.ptr[i];
    for (uint32_t i = 0, k = 0; i < tail.len && k < 3; i++, k++) code[n++] = tail.ptr[i];
    return casus_slice_of(code, n);
}

/* date, source, target, code, issues, sentences[, url], source of the story */
static void petrarch_row(casus_export *x, const rows_act *a, casus_slice from, casus_slice to) {
    const casus_event *e = a->e;
    for (uint32_t i = 0; i < a->date.len; i++)
        if (a->date.ptr[i] != '-') casus_base_buffer_add(&x->w.line, &a->date.ptr[i], 1);
    tab(x);
    put_slice(x, from);
    tab(x);
    put_slice(x, to);
    tab(x);
    put_slice(x, a->cameo);
    tab(x); /* issues */
    tab(x);
    put(x, e->doc);
    casus_base_buffer_format(&x->w.line, "_%u", e->sentence);
    tab(x);
    if (a->about->url) {
        put_z(x, a->about->url);
        tab(x);
    }
    put_z(x, a->about->publisher ? a->about->publisher : "NULL");
}

static casus_status pair(casus_export *x, const rows_act *a, const casus_party *from,
                         const casus_party *to) {
    if (x->format == EXPORT_ICEWS) {
        icews_row(x, a, from, to);
    } else {
        char one[16], two[16];
        const casus_slice s = cameo_code(x, from, one), t = cameo_code(x, to, two);
        if (!s.len || !t.len) {
            x->left_out[EXPORT_SIDE]++;
            return CASUS_OK;
        }
        petrarch_row(x, a, s, t);
    }
    casus_base_buffer_add(&x->w.line, "\n", 1);
    return write_flush(&x->w);
}

static casus_status pairs(casus_export *x, const rows_act *a) {
    const casus_event *e = a->e;
    const bool mutual = e->reciprocal && !e->n_recipients;
    const casus_party *to = mutual ? e->actors : e->recipients;
    const size_t n_to = mutual ? e->n_actors : e->n_recipients;
    size_t written = 0;
    casus_status s = CASUS_OK;
    for (size_t i = 0; i < e->n_actors && !s; i++)
        for (size_t k = 0; k < n_to && !s; k++) {
            if (mutual && i == k) continue;
            if (written >= EXPORT_MOST_PAIRS) {
                x->left_out[EXPORT_SIDE]++;
                return CASUS_OK;
            }
            s = pair(x, a, &e->actors[i], &to[k]);
            if (!s && e->reciprocal && !mutual) s = pair(x, a, &to[k], &e->actors[i]);
            written++;
        }
    if (!s && !written) x->left_out[EXPORT_SIDE]++;
    return s;
}

casus_status write_rows_event(casus_export *x, const casus_event *e,
                              const casus_export_about *about) {
    rows_act a = {.e = e, .about = about};
    if (!make_act(x, &a)) return CASUS_OK;
    return x->format == EXPORT_POLECAT ? polecat(x, &a) : pairs(x, &a);
}
