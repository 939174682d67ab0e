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
casus_status write_table(const casus_layers *l, writer *w);
casus_status write_conllu(const casus_layers *l, writer *w);
casus_status write_flush(writer *w);

#endif
