/* write.h - what the library prints: records and layers as JSON lines, CSV, tables, CoNLL-U. */
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

#endif
