/* exports.c - the public calls of exports: the tables of the model, what is known of a document;
 * records read back. */
#include "api/api.h"
#include <stdio.h>

casus_status casus_export_open(casus_export **out, const casus_model *model, const char *format,
                               const casus_export_options *options, casus_sink sink, void *payload,
                               casus_error *err) {
    const casus_memory m = model ? model->memory : casus_base_memory_default();
    return casus_write_export_open(out, model ? model->ontology : NULL, format, options, sink,
                                   payload, &m, err);
}

casus_status casus_export_event(casus_export *x, const casus_event *event,
                                const casus_export_about *about, casus_error *err) {
    return casus_write_export_event(x, event, about, err);
}

casus_status casus_export_doc(casus_export *x, const casus_doc *doc, casus_error *err) {
    const casus_text *t = doc->layers.text;
    char date[16] = "";
    if (t->day != CASUS_NO_DAY) {
        int32_t y, m, d;
        casus_base_day_split(t->day, &y, &m, &d);
        snprintf(date, sizeof date, "%04d-%02d-%02d", (int)(y % 10000), (int)m, (int)d);
    }
    const casus_export_about about = {.date = *date ? date : NULL,
                                      .publisher = doc->item->site,
                                      .url = doc->item->url,
                                      .language = doc->item->language};
    casus_status s = CASUS_OK;
    const casus_events *e = doc->layers.events;
    for (size_t i = 0; e && i < e->n && !s; i++)
        s = casus_write_export_event(x, &e->items[i], &about, err);
    return s;
}

casus_status casus_export_end(casus_export *x, casus_error *err) {
    return casus_write_export_end(x, err);
}
uint64_t casus_export_left_out(casus_export *x, const char **why) {
    return casus_write_export_left_out(x, why);
}
void casus_export_free(casus_export *x) {
    casus_write_export_free(x);
}

casus_status casus_record_read(casus_record **out, const char *json, size_t len,
                               const casus_memory *memory, casus_error *err) {
    const casus_memory m = memory ? *memory : casus_base_memory_default();
    return casus_write_record_read(out, json, len, &m, err);
}
const casus_event *casus_record_event(const casus_record *record) {
    size_t n = 0;
    return casus_write_record_events(record, &n);
}
const casus_event *casus_record_events(const casus_record *record, size_t *n) {
    return casus_write_record_events(record, n);
}
void casus_record_free(casus_record *record) {
    casus_write_record_free(record);
}
