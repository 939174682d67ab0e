/* Arbitrary bytes through every stage, with the pack that the build made (without one: nothing). */
#include "fuzz.h"
#include <string.h>

static int take(void *payload, const char *bytes, size_t len) {
    (void)payload;
    FUZZ_MUST(casus_base_utf8_valid(bytes, len) == len);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static casus_model *model;
    static casus_worker *worker;
    if (!worker && (casus_model_open(&model, CASUS_BINARY_DIR "/casus.pack", NULL, NULL) ||
                    casus_worker_new(&worker, model, NULL)))
        return 0;
    if (size > 20000) size = 20000;
    casus_options options = CASUS_OPTIONS_INIT;
    options.date = "2025-03-05";
    casus_doc *doc;
    casus_error err = {0};
    FUZZ_MUST(casus_code_text(&doc, worker, "fuzz", (const char *)data, size, &options, &err) ==
              CASUS_OK);
    static const char *const layers[] = {"tokens", "clauses", "names",   "times",
                                         "places", "actors",  "sources", "diagnostics"};
    for (size_t i = 0; i < sizeof layers / sizeof *layers; i++)
        FUZZ_MUST(casus_doc_write_layer(doc, layers[i], "jsonl", take, NULL, &err) == CASUS_OK);
    FUZZ_MUST(casus_doc_write(doc, "jsonl", 0, take, NULL, &err) == CASUS_OK);
    FUZZ_MUST(casus_doc_write(doc, "csv", 1, take, NULL, &err) == CASUS_OK);
    FUZZ_MUST(casus_doc_write(doc, "table", 0, take, NULL, &err) == CASUS_OK);
    size_t n;
    const casus_event *e = casus_doc_events(doc, &n);
    for (size_t i = 0; i < n; i++)
        FUZZ_MUST(e[i].trigger.begin <= e[i].trigger.end && e[i].trigger.end <= size &&
                  e[i].evidence.end <= size);
    casus_doc_free(doc);
    return 0;
}
