/* export.c - a file of records in a format of event data: begin, records, end.
 *
 * JSON lines and CSV are those of json.c and plain.c; GeoJSON (RFC 7946) is here; the tab-separated
 * formats of other event data are in export_rows.c. A record goes out before the next comes in:
 * memory does not grow with the file. What a format cannot hold is left out and counted. */
#include "write/write_int.h"
#include <math.h>
#include <stdio.h>

static const char *const formats[] = {"jsonl", "csv", "geojson", "polecat", "icews", "petrarch"};
static const char *const statuses[] = {"happened",   "ongoing",  "alleged", "planned", "urged",
                                       "threatened", "possible", "denied",  "negated"};
enum {
    N_FORMATS = sizeof formats / sizeof *formats,
    N_STATUSES = sizeof statuses / sizeof *statuses
};
#define ALL_STATUSES ((1u << N_STATUSES) - 1)
#define DONE_STATUSES 15u /* happened, ongoing, alleged; planned where there is a code for it */

static uint32_t status_bit(casus_slice name) {
    for (uint32_t i = 0; i < N_STATUSES; i++)
        if (casus_slice_is(name, statuses[i])) return 1u << i;
    return 0;
}

static casus_status choose(casus_export *x, const char *list, casus_error *err) {
    x->chosen = list != NULL;
    if (!list) {
        x->statuses = x->format < EXPORT_POLECAT ? ALL_STATUSES : DONE_STATUSES;
        return CASUS_OK;
    }
    casus_slice rest = casus_slice_z(list), name;
    while (casus_slice_cut(&rest, ',', &name)) {
        name = casus_slice_trim(name);
        const uint32_t bit = casus_slice_is(name, "all") ? ALL_STATUSES : status_bit(name);
        if (!bit)
            return casus_base_fail(err, CASUS_E_ARGUMENT, "no status is called '%.*s'",
                                   name.len < 32 ? (int)name.len : 32, name.ptr);
        x->statuses |= bit;
    }
    return CASUS_OK;
}

casus_status casus_write_export_open(casus_export **out, const casus_ontology *ontology,
                                     const char *format, const casus_export_options *options,
                                     casus_sink sink, void *payload, const casus_memory *memory,
                                     casus_error *err) {
    size_t f = 0;
    while (f < N_FORMATS && strcmp(format, formats[f]) != 0) f++;
    if (f == N_FORMATS)
        return casus_base_fail(err, CASUS_E_ARGUMENT, "records have no format '%.32s'", format);
    if (f >= EXPORT_POLECAT && !ontology)
        return casus_base_fail(err, CASUS_E_ARGUMENT,
                               "the format '%s' needs a pack with the tables of data/ontology",
                               format);
    casus_export *x = casus_base_alloc(memory, sizeof *x);
    if (!x) return casus_base_no_memory(err);
    memset(x, 0, sizeof *x);
    x->memory = *memory;
    x->ontology = ontology;
    x->format = (export_format)f;
    x->w.sink = sink;
    x->w.payload = payload;
    casus_base_buffer_init(&x->w.line, &x->memory);
    const casus_status s = choose(x, options ? options->status : NULL, err);
    if (s) {
        casus_write_export_free(x);
        return s;
    }
    *out = x;
    return CASUS_OK;
}

void casus_write_export_free(casus_export *x) {
    if (!x) return;
    const casus_memory m = x->memory;
    casus_base_buffer_free(&x->w.line);
    casus_base_release(&m, x);
}

static casus_status add(casus_export *x, const char *text) {
    casus_base_buffer_add(&x->w.line, text, strlen(text));
    return write_flush(&x->w);
}

static casus_status begin(casus_export *x) {
    if (x->begun) return CASUS_OK;
    x->begun = true;
    switch (x->format) {
    case EXPORT_CSV:
        return write_csv_header(&x->w);
    case EXPORT_GEOJSON:
        return add(x, "{\"type\":\"FeatureCollection\",\"features\":[");
    case EXPORT_POLECAT:
    case EXPORT_ICEWS:
    case EXPORT_PETRARCH:
        return write_rows_header(x);
    default:
        return CASUS_OK;
    }
}

/* RFC 7946, 3.2: the record whole as properties; a record without coordinates has no geometry. */
static casus_status feature(casus_export *x, const casus_event *e) {
    json_t *geometry = json_null();
    if (e->place.text.ptr && !isnan(e->place.lat) && !isnan(e->place.lon)) {
        json_t *at = json_array();
        json_array_append_new(at, json_real(e->place.lon)); /* longitude first */
        json_array_append_new(at, json_real(e->place.lat));
        geometry = json_object();
        write_set(geometry, "type", json_string("Point"));
        write_set(geometry, "coordinates", at);
    }
    json_t *o = json_object();
    write_set(o, "type", json_string("Feature"));
    write_set(o, "id", write_slice(casus_slice_of(e->id.ptr, e->id.len)));
    write_set(o, "geometry", geometry);
    write_set(o, "properties", write_event(e));
    const char *before = x->rows++ ? ",\n" : "\n";
    casus_base_buffer_add(&x->w.line, before, strlen(before));
    const casus_status s = write_json(o, &x->w.line, x->w.err);
    json_decref(o);
    return s ? s : write_flush(&x->w);
}

casus_status casus_write_export_event(casus_export *x, const casus_event *e,
                                      const casus_export_about *about, casus_error *err) {
    static const casus_export_about nothing = {NULL, NULL, NULL, NULL};
    x->w.err = err;
    const casus_status s = begin(x);
    if (s) return s;
    if (!(x->statuses & status_bit(casus_slice_of(e->status.ptr, e->status.len)))) {
        x->left_out[EXPORT_STATUS]++;
        return CASUS_OK;
    }
    switch (x->format) {
    case EXPORT_JSONL:
        return write_json_line(write_event(e), &x->w);
    case EXPORT_CSV:
        return write_csv_event(e, &x->w);
    case EXPORT_GEOJSON:
        return feature(x, e);
    default:
        return write_rows_event(x, e, about ? about : &nothing);
    }
}

casus_status casus_write_export_end(casus_export *x, casus_error *err) {
    x->w.err = err;
    const casus_status s = begin(x);
    if (s || x->ended) return s;
    x->ended = true;
    return x->format == EXPORT_GEOJSON ? add(x, "\n]}\n") : CASUS_OK;
}

uint64_t casus_write_export_left_out(casus_export *x, const char **why) {
    static const char *const reasons[EXPORT_REASONS] = {"by status", "of no type of the format",
                                                        "without two sides", "without a date"};
    uint64_t all = 0;
    size_t at = 0;
    x->why[0] = 0;
    for (size_t i = 0; i < EXPORT_REASONS; i++) {
        if (!x->left_out[i]) continue;
        const int n = snprintf(x->why + at, sizeof x->why - at, "%s%llu %s", all ? ", " : "",
                               (unsigned long long)x->left_out[i], reasons[i]);
        if (n > 0 && (size_t)n < sizeof x->why - at) at += (size_t)n;
        all += x->left_out[i];
    }
    if (why) *why = x->why;
    return all;
}
