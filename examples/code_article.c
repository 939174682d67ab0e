/* code_article.c - codes one article and prints a line for each event.
 *
 *     cc code_article.c $(pkg-config --cflags --libs casus) && ./a.out casus.pack ceasefire.txt
 */
#include <casus/casus.h>
#include <stdio.h>

int main(int argc, char **argv) {
    casus_model *model = NULL;
    casus_worker *worker = NULL;
    casus_input *input = NULL;
    casus_item item;
    casus_error err;
    if (argc < 3) return fprintf(stderr, "usage: %s PACK ARTICLE [DATE]\n", argv[0]), 1;

    int status = casus_model_open(&model, argv[1], NULL, &err);
    if (!status) status = casus_worker_new(&worker, model, &err);
    if (!status) status = casus_input_open(&input, argv[2], NULL, NULL, &err);
    while (!status && (status = casus_input_next(input, &item, &err)) > 0) {
        casus_options options = CASUS_OPTIONS_INIT;
        casus_doc *doc = NULL;
        options.date = argc > 3 ? argv[3] : NULL;
        status = casus_code_item(&doc, worker, &item, &options, &err);
        size_t n = 0;
        const casus_event *event = status ? NULL : casus_doc_events(doc, &n);
        for (size_t i = 0; i < n; i++) {
            printf("%s %s: %.*s\n", event[i].type.ptr, event[i].status.ptr,
                   (int)event[i].evidence_text.len, event[i].evidence_text.ptr);
        }
        casus_doc_free(doc);
    }
    if (status) fprintf(stderr, "%s: %s\n", argv[0], err.message);
    casus_input_free(input);
    casus_worker_free(worker);
    casus_model_free(model);
    return status ? 2 : 0;
}
