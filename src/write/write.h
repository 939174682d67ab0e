/* write.h - what the library prints: records and layers as JSON lines, CSV, tables, CoNLL-U, and
 * exports in the formats of other event data. */
#ifndef CASUS_WRITE_WRITE_H
#define CASUS_WRITE_WRITE_H

#include "code/code.h"

/* All layers of one document; those not made are NULL. */
typedef struct casus_layers {
    casus_memory memory; /* for what is about to be printed */
    const casus_text *text;
    const casus_parse *parse;
    const casus_mentions *mentions;
    const casus_times *times;
    const casus_events *events;
} casus_layers;

casus_status casus_write_events(const casus_layers *layers, const char *format, bool header,
                                casus_sink sink, void *payload, casus_error *err);
casus_status casus_write_layer(const casus_layers *layers, const char *layer, const char *format,
                               casus_sink sink, void *payload, casus_error *err);

/* ---- exports -------------------------------------------------------------------------------- */

/* The tables of data/ontology. Constant once opened, shared by threads. */
typedef struct casus_ontology casus_ontology;
/* Sections "write.*" of data_dir/ontology. CASUS_E_DATA names file and line. */
casus_status casus_write_compile(const char *data_dir, casus_pack_writer *writer,
                                 const casus_memory *memory, casus_error *err);
casus_status casus_write_ontology_open(casus_ontology **out, const casus_pack *pack,
                                       const casus_memory *memory, casus_error *err);
void casus_write_ontology_free(casus_ontology *ontology);

/* As in casus.h; `ontology` may be NULL for the formats that need none. Both must outlive it. */
casus_status casus_write_export_open(casus_export **out, const casus_ontology *ontology,
                                     const char *format, const casus_export_options *options,
                                     casus_sink sink, void *payload, const casus_memory *memory,
                                     casus_error *err);
casus_status casus_write_export_event(casus_export *x, const casus_event *event,
                                      const casus_export_about *about, casus_error *err);
casus_status casus_write_export_end(casus_export *x, casus_error *err);
uint64_t casus_write_export_left_out(casus_export *x, const char **why);
void casus_write_export_free(casus_export *x);

/* ---- another ontology ------------------------------------------------------------------------ */

/* A user's table of names for records. Constant once opened, shared by threads. With `ontology`
 * the types are checked. CASUS_E_IO, _DATA (file and line), _MEMORY. */
typedef struct casus_relabel casus_relabel;
casus_status casus_write_relabel_open(casus_relabel **out, const casus_ontology *ontology,
                                      const char *path, const casus_memory *memory,
                                      casus_error *err);
void casus_write_relabel_free(casus_relabel *relabel);
/* Gives records their names, borrowed from the table, and takes out those that have none. */
void casus_write_relabel(const casus_relabel *relabel, casus_events *events);

/* ---- records read back ----------------------------------------------------------------------- */

/* As in casus.h. */
casus_status casus_write_record_read(casus_record **out, const char *json, size_t len,
                                     const casus_memory *memory, casus_error *err);
const casus_event *casus_write_record_events(const casus_record *record, size_t *n);
void casus_write_record_free(casus_record *record);

#endif
