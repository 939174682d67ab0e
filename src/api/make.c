/* make.c - compiles a pack: each room writes its own sections; checks lexicons. */
#include "api/api.h"
#include "weave/weave.h"

casus_status casus_lexicon_check(const char *data, casus_clash_fn report, void *payload,
                                 const casus_memory *memory, casus_error *err) {
    const casus_memory m = memory ? *memory : casus_base_memory_default();
    return casus_know_check(data, report, payload, &m, err);
}

casus_status casus_pack_make(const char *out_path, const casus_pack_options *options,
                             const casus_memory *memory, casus_error *err) {
    const casus_memory m = memory ? *memory : casus_base_memory_default();
    if (!options->model || !options->data)
        return casus_base_fail(err, CASUS_E_ARGUMENT, "a pack needs a model and a data folder");
    casus_pack_writer *w = NULL;
    casus_status s = casus_pack_writer_new(&w, &m, err);
    if (!s) s = casus_lang_compile(options->model, options->data, w, &m, err);
    if (!s && !options->language_only) {
        s = casus_know_compile(options->data, w, &m, err);
        if (!s) {
            s = casus_know_place_compile(options->data, options->gazetteer, options->geonames, w,
                                         &m, err);
        }
        if (!s) s = casus_when_compile(options->data, w, &m, err);
        if (!s) s = casus_code_compile(options->data, w, &m, err);
        if (!s) s = casus_weave_compile(options->data, w, &m, err);
        if (!s) s = casus_write_compile(options->data, w, &m, err);
    }
    if (!s) s = casus_pack_writer_save(w, out_path, err);
    casus_pack_writer_free(w);
    return s;
}
