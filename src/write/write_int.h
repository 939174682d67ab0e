/* write_int.h - private to src/write. */
#ifndef CASUS_WRITE_WRITE_INT_H
#define CASUS_WRITE_WRITE_INT_H

#include "write/write.h"
#include <jansson.h>
#include <stdlib.h>

/* Sets a key unless the value is NULL; takes the value. */
void write_set(json_t *o, const char *key, json_t *value);
json_t *write_slice(casus_slice s); /* NULL when empty */
json_t *write_span(uint32_t begin, uint32_t end);
json_t *write_event(const casus_event *e);
/* What goes out in one piece. */
typedef struct writer {
    casus_sink sink;
    void *payload;
    casus_error *err;
    casus_buffer line;
} writer;

/* json.c: the value's text behind what is in the buffer; an object and a line's end, which goes out
 * and is freed. */
casus_status write_json(json_t *value, casus_buffer *to, casus_error *err);
casus_status write_json_line(json_t *object, writer *w);
/* who.c: country, code, sectors, name, person, office of an actor */
void write_set_actor(json_t *o, const casus_actor *a);
casus_status write_mentions(const casus_layers *l, bool table, writer *w);
casus_status write_who(const casus_layers *l, bool table, writer *w);
/* explained.c */
casus_status write_explained(const casus_layers *l, bool table, writer *w);
/* plain.c */
casus_status write_csv(const casus_layers *l, bool header, writer *w);
casus_status write_csv_header(writer *w);
casus_status write_csv_event(const casus_event *e, writer *w);
casus_status write_table(const casus_layers *l, writer *w);
casus_status write_conllu(const casus_layers *l, writer *w);
casus_status write_flush(writer *w);

/* ontology.c */
typedef struct ontology_row {
    casus_slice key, value[5]; /* borrowed from the table's text */
    uint64_t line;
} ontology_row;
/* which value: of actors, of types, of names and scale */
enum { ONTOLOGY_KIND, ONTOLOGY_CODE, ONTOLOGY_COW, ONTOLOGY_TEXT };
enum { ONTOLOGY_QUAD, ONTOLOGY_MODES, ONTOLOGY_LATER, ONTOLOGY_CAMEO, ONTOLOGY_LATER_CAMEO };
enum { ONTOLOGY_NAME = 0, ONTOLOGY_GOLDSTEIN = 0 };
typedef struct ontology_list {
    ontology_row *rows; /* [n], by key */
    size_t n, cap;
} ontology_list;
struct casus_ontology {
    casus_memory memory;
    casus_arena *arena;
    ontology_list countries, bodies, sectors, types, names, scale;
};
/* NULL when there is no such row. */
const ontology_row *casus_write_ontology_find(const ontology_list *list, casus_slice key);
/* The row of the key's longest beginning of two bytes or more. */
const ontology_row *casus_write_ontology_begin(const ontology_list *list, casus_slice key);

/* export.c, export_rows.c */
typedef enum export_format {
    EXPORT_JSONL,
    EXPORT_CSV,
    EXPORT_GEOJSON,
    EXPORT_POLECAT,
    EXPORT_ICEWS,
    EXPORT_PETRARCH
} export_format;
/* why a record is not written */
typedef enum export_reason { EXPORT_STATUS, EXPORT_TYPE, EXPORT_SIDE, EXPORT_DATE } export_reason;
enum { EXPORT_REASONS = 4 };
/* Rows that one record may give, one for each pair of sides; the others count as left out. */
enum { EXPORT_MOST_PAIRS = 400 };

struct casus_export {
    casus_memory memory;
    const casus_ontology *ontology;
    export_format format;
    uint32_t statuses; /* bits in the order of export.c */
    bool chosen;       /* the caller chose them */
    bool begun, ended;
    writer w;
    uint64_t rows;
    uint64_t left_out[EXPORT_REASONS];
    char why[160];
};
casus_status write_rows_header(casus_export *x);
/* One record in polecat, icews or petrarch. */
casus_status write_rows_event(casus_export *x, const casus_event *e, const casus_export_about *a);

#endif
