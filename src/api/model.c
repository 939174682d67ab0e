/* model.c - the public handles: a model is the opened rooms over one pack, a worker a thread's
 * caches, a document one arena with all layers. No work of its own. */
#include "api/api.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <xxhash.h>

const char *casus_version(void) {
    return CASUS_VERSION;
}

/* Two models of one fingerprint make the same records of a text. */
static void take_fingerprint(casus_model *model) {
    const uint64_t parts[] = {casus_pack_checksum(model->pack),
                              model->rows_pack ? casus_pack_checksum(model->rows_pack) : 0,
                              model->actors_sum, model->ontology_sum,
                              XXH3_64bits(CASUS_VERSION, strlen(CASUS_VERSION))};
    XXH128_canonical_t h;
    XXH128_canonicalFromHash(&h, XXH3_128bits(parts, sizeof parts));
    for (int i = 0; i < 16; i++)
        snprintf(model->fingerprint + 2 * i, 3, "%02x", (unsigned)h.digest[i]);
}

casus_status casus_model_open(casus_model **out, const char *pack_path, const casus_memory *memory,
                              casus_error *err) {
    const casus_memory m = memory ? *memory : casus_base_memory_default();
    casus_model *model = casus_base_alloc(&m, sizeof *model);
    if (!model) return casus_base_no_memory(err);
    memset(model, 0, sizeof *model);
    model->memory = m;
    casus_status s = casus_pack_open(&model->pack, pack_path, &model->memory, err);
    if (!s) s = casus_lang_open(&model->lang, model->pack, &model->memory, err);
    /* a pack of the language engine alone, made for tests of other models, has no more */
    const bool whole = !s && casus_pack_has(model->pack, "code");
    if (!s && whole) s = casus_know_open(&model->know, model->pack, &model->memory, err);
    if (!s && whole) s = casus_when_open(&model->when, model->pack, &model->memory, err);
    if (!s && whole) s = casus_code_open(&model->code, model->pack, &model->memory, err);
    if (!s && casus_pack_has(model->pack, "write.actors"))
        s = casus_write_ontology_open(&model->ontology, model->pack, &model->memory, err);
    if (s) {
        if (err && !err->file[0]) snprintf(err->file, sizeof err->file, "%s", pack_path);
        casus_model_free(model);
        return s;
    }
    snprintf(model->name, sizeof model->name, "%s %s", casus_lang_model_name(model->lang),
             casus_lang_model_version(model->lang));
    take_fingerprint(model);
    *out = model;
    return CASUS_OK;
}

void casus_model_free(casus_model *model) {
    if (!model) return;
    casus_write_relabel_free(model->relabel);
    casus_write_ontology_free(model->ontology);
    casus_code_free(model->code);
    casus_pack_free(model->rows_pack);
    casus_when_free(model->when);
    casus_know_free(model->actors);
    casus_know_free(model->know);
    casus_lang_free(model->lang);
    casus_pack_free(model->pack);
    const casus_memory m = model->memory;
    casus_base_release(&m, model);
}

const char *casus_model_name(const casus_model *model) {
    return model->name;
}
const char *casus_model_fingerprint(const casus_model *model) {
    return model->fingerprint;
}
const char *casus_model_language(const casus_model *model) {
    return casus_lang_language(model->lang);
}
const char *casus_model_kernels(const casus_model *model) {
    return casus_lang_kernels(model->lang);
}
casus_status casus_model_use_kernels(casus_model *model, const char *name, casus_error *err) {
    return casus_lang_use_kernels(model->lang, name, err);
}

casus_status casus_model_use_actors(casus_model *model, const char *path, casus_error *err) {
    if (!model->know)
        return casus_base_fail(err, CASUS_E_ARGUMENT, "this pack has no tables of actors");
    char *bytes = NULL;
    size_t len = 0;
    casus_know *know = NULL;
    casus_status s =
        casus_base_read_file(&bytes, &len, path, CASUS_READ_MOST_BYTES, &model->memory, err);
    if (!s)
        s = casus_know_overlay(&know, model->know, casus_slice_of(bytes, len), path, &model->memory,
                               err);
    const uint64_t sum = s ? 0 : XXH3_64bits(bytes, len);
    casus_base_release(&model->memory, bytes);
    if (s) return s;
    casus_know_free(model->actors);
    model->actors = know;
    model->actors_sum = sum;
    take_fingerprint(model);
    return CASUS_OK;
}

casus_status casus_model_use_rows(casus_model *model, const char *data, casus_error *err) {
    if (!model->code)
        return casus_base_fail(err, CASUS_E_ARGUMENT, "this pack has no rows of events");
    /* a folder of our own: models of several threads and processes do not meet */
    char folder[] = "/tmp/casus-rows-XXXXXX", path[64];
    if (!mkdtemp(folder))
        return casus_base_fail(err, CASUS_E_IO, "cannot make a temporary folder in /tmp");
    snprintf(path, sizeof path, "%s/rows.pack", folder);
    casus_pack_writer *writer = NULL;
    casus_pack *pack = NULL;
    casus_code *code = NULL;
    casus_status s = casus_pack_writer_new(&writer, &model->memory, err);
    if (!s) s = casus_code_compile(data, writer, &model->memory, err);
    if (!s) s = casus_pack_writer_save(writer, path, err);
    casus_pack_writer_free(writer);
    if (!s) s = casus_pack_open(&pack, path, &model->memory, err);
    if (!s) s = casus_code_open(&code, pack, &model->memory, err);
    unlink(path); /* mapped: the bytes stay until the pack is freed */
    rmdir(folder);
    if (s) {
        casus_pack_free(pack);
        return s;
    }
    casus_code_free(model->code);
    casus_pack_free(model->rows_pack);
    model->code = code;
    model->rows_pack = pack;
    take_fingerprint(model);
    return CASUS_OK;
}

casus_status casus_model_use_ontology(casus_model *model, const char *path, casus_error *err) {
    casus_relabel *relabel = NULL;
    char *bytes = NULL;
    size_t len = 0;
    casus_status s =
        casus_base_read_file(&bytes, &len, path, CASUS_READ_MOST_BYTES, &model->memory, err);
    const uint64_t sum = s ? 0 : XXH3_64bits(bytes, len);
    casus_base_release(&model->memory, bytes);
    if (!s) s = casus_write_relabel_open(&relabel, model->ontology, path, &model->memory, err);
    if (s) return s;
    casus_write_relabel_free(model->relabel);
    model->relabel = relabel;
    model->ontology_sum = sum;
    take_fingerprint(model);
    return CASUS_OK;
}

casus_status casus_worker_new(casus_worker **out, const casus_model *model, casus_error *err) {
    casus_worker *w = casus_base_alloc(&model->memory, sizeof *w);
    if (!w) return casus_base_no_memory(err);
    memset(w, 0, sizeof *w);
    w->model = model;
    w->memory = model->memory;
    const casus_status s = casus_lang_worker_new(&w->lang, model->lang, &w->memory, err);
    if (s) {
        casus_worker_free(w);
        return s;
    }
    *out = w;
    return CASUS_OK;
}

void casus_worker_free(casus_worker *worker) {
    if (!worker) return;
    const casus_memory m = worker->memory;
    casus_lang_worker_free(worker->lang);
    casus_base_release(&m, worker);
}

static casus_status make_layers(casus_doc *doc, casus_worker *w, casus_text *text,
                                const casus_options *options, casus_error *err) {
    const int stop_after = options ? options->stop_after : 0;
    const int explain = options ? options->explain : 0;
    casus_layers *l = &doc->layers;
    casus_parse *parse = NULL;
    casus_mentions *mentions = NULL;
    casus_times *times = NULL;
    casus_events *events = NULL;
    l->text = text;
    casus_status s = casus_lang_parse(&parse, w->lang, text, err);
    l->parse = parse;
    if (s || stop_after == CASUS_STOP_LANG || !w->model->code) return s;
    if ((s = casus_know_find(&mentions, w->model->actors ? w->model->actors : w->model->know, parse,
                             err)))
        return s;
    l->mentions = mentions;
    if ((s = casus_when_find(&times, w->model->when, parse, err))) return s;
    l->times = times;
    if (stop_after == CASUS_STOP_KNOW) return CASUS_OK;
    s = casus_code_find(&events, w->model->code, parse, mentions, times, explain, err);
    if (!s && w->model->relabel) casus_write_relabel(w->model->relabel, events);
    l->events = events;
    return s;
}

/* Notes of the reader as diagnostics, the item kept with the document. */
static casus_status keep_item(casus_doc *doc, casus_text *text, const casus_item *item, int32_t day,
                              casus_error *err) {
    casus_status s = CASUS_OK;
    for (size_t i = 0; i < item->n_notes && !s; i++)
        s = casus_read_note(text, "read", casus_slice_z(item->notes[i].reason),
                            item->notes[i].span.begin, item->notes[i].span.end);
    casus_item *kept = s ? NULL : casus_base_arena_get(doc->arena, casus_read_item_size(item));
    if (!kept) return casus_base_no_memory(err);
    casus_read_item_fill(kept, item);
    kept->id = text->id.ptr;
    kept->text = text->text.ptr;
    int32_t year, month, of_month;
    if (day != CASUS_NO_DAY) {
        casus_base_day_split(day, &year, &month, &of_month);
        kept->date =
            casus_base_arena_format(doc->arena, "%04d-%02d-%02d", year, month, of_month).ptr;
        if (!kept->date) return casus_base_no_memory(err);
    }
    text->marks = kept->marks;
    text->n_marks = kept->n_marks;
    doc->item = kept;
    return CASUS_OK;
}

const char *casus_api_date(const casus_item *item, const casus_options *options) {
    const bool guessed = item->date_from && strcmp(item->date_from, "dateline") == 0;
    return item->date && !(guessed && options && options->date) ? item->date
           : options                                            ? options->date
                                                                : NULL;
}

casus_status casus_code_item(casus_doc **out, casus_worker *w, const casus_item *item,
                             const casus_options *options, casus_error *err) {
    int32_t day = CASUS_NO_DAY;
    const char *date = casus_api_date(item, options);
    if (date && !casus_base_day_parse(casus_slice_z(date), &day))
        return casus_base_fail(err, CASUS_E_ARGUMENT, "'%.32s' is no date of the form YYYY-MM-DD",
                               date);
    if (item->text_len > CASUS_READ_MOST_BYTES)
        return casus_base_fail(err, CASUS_E_LIMIT, "the text is longer than %u MiB",
                               CASUS_READ_MOST_BYTES >> 20);
    casus_doc *doc = casus_base_alloc(&w->memory, sizeof *doc);
    if (!doc) return casus_base_no_memory(err);
    memset(doc, 0, sizeof *doc);
    doc->memory = doc->layers.memory = w->memory;
    doc->fingerprint = w->model->fingerprint;
    doc->model = w->model->name;
    doc->arena = casus_base_arena_new(&doc->memory);
    casus_text *t = NULL;
    casus_status s = doc->arena
                         ? casus_read_text(&t, doc->arena, casus_slice_z(item->id),
                                           casus_slice_of(item->text, item->text_len), day, err)
                         : casus_base_no_memory(err);
    if (!s) s = keep_item(doc, t, item, day, err);
    if (!s) s = make_layers(doc, w, t, options, err);
    if (s) {
        casus_doc_free(doc);
        return s;
    }
    *out = doc;
    return CASUS_OK;
}

casus_status casus_code_text(casus_doc **out, casus_worker *w, const char *id, const char *text,
                             size_t len, const casus_options *options, casus_error *err) {
    casus_item item;
    memset(&item, 0, sizeof item);
    item.id = id ? id : "-";
    item.text = text;
    item.text_len = len;
    return casus_code_item(out, w, &item, options, err);
}

const casus_item *casus_doc_item(const casus_doc *doc) {
    return doc->item;
}

void casus_doc_free(casus_doc *doc) {
    if (!doc) return;
    const casus_memory m = doc->memory;
    casus_base_arena_free(doc->arena);
    casus_base_release(&m, doc);
}

const casus_event *casus_doc_events(const casus_doc *doc, size_t *n) {
    *n = doc->layers.events ? doc->layers.events->n : 0;
    return *n ? doc->layers.events->items : NULL;
}
size_t casus_doc_tokens(const casus_doc *doc) {
    return doc->layers.parse->n_tokens;
}
size_t casus_doc_sentences(const casus_doc *doc) {
    return doc->layers.parse->n_sentences;
}

casus_status casus_doc_write(const casus_doc *doc, const char *format, int header, casus_sink sink,
                             void *payload, casus_error *err) {
    return casus_write_events(&doc->layers, format, header != 0, sink, payload, err);
}
casus_status casus_doc_write_layer(const casus_doc *doc, const char *layer, const char *format,
                                   casus_sink sink, void *payload, casus_error *err) {
    return casus_write_layer(&doc->layers, layer, format, sink, payload, err);
}
