/* The examples of data/places: each row's place is found in its own sentence, with its coordinates
 * nearby. Needs the built pack; passes over where there is none. */
#include "packed.h"
#include "base/base.h"

#include <casus/casus.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct sink {
    char *ptr;
    size_t len;
} sink;
static int take(void *payload, const char *bytes, size_t len) {
    sink *s = payload;
    s->ptr = realloc(s->ptr, s->len + len + 1);
    if (!s->ptr) abort();
    memcpy(s->ptr + s->len, bytes, len);
    s->len += len;
    s->ptr[s->len] = 0;
    return 0;
}

/* Rows whose sentence does not give their place, of all rows. */
static void check_table(casus_worker *worker, const char *path, size_t *rows, size_t *wrong) {
    static const char *const needed[] = {"name", "example", NULL};
    casus_memory m = casus_base_memory_default();
    casus_error err = {0};
    char *bytes = NULL;
    size_t len = 0;
    assert_int_equal(casus_base_read_file(&bytes, &len, path, 1u << 24, &m, &err), CASUS_OK);
    casus_table t;
    assert_int_equal(casus_base_table_open(&t, path, casus_slice_of(bytes, len), needed, &err),
                     CASUS_OK);
    while (casus_base_table_next(&t, &err) > 0) {
        casus_slice example = casus_base_table_get(&t, "example");
        casus_slice name = casus_base_table_get(&t, "name");
        assert_true(example.len > 0);
        casus_options o = CASUS_OPTIONS_INIT;
        o.stop_after = CASUS_STOP_KNOW;
        casus_doc *doc = NULL;
        assert_int_equal(casus_code_text(&doc, worker, NULL, example.ptr, example.len, &o, &err),
                         CASUS_OK);
        sink s = {NULL, 0};
        assert_int_equal(casus_doc_write_layer(doc, "places", "table", take, &s, &err), CASUS_OK);
        char want[300];
        snprintf(want, sizeof want, "\t%.*s\t", (int)name.len, name.ptr);
        ++*rows;
        if (!s.ptr || !strstr(s.ptr, want)) {
            ++*wrong;
            print_message("%s:%u: %.*s: %s\n", path, (unsigned)t.line, (int)example.len,
                          example.ptr, s.ptr ? s.ptr : "nothing\n");
        }
        free(s.ptr);
        casus_doc_free(doc);
    }
    casus_base_release(&m, bytes);
}

static void examples(void **state) {
    (void)state;
    casus_error err = {0};
    casus_model *model = NULL;
    assert_int_equal(casus_model_open(&model, PACKED, NULL, &err), CASUS_OK);
    casus_worker *worker = NULL;
    assert_int_equal(casus_worker_new(&worker, model, &err), CASUS_OK);
    static const char *const tables[] = {"counties-us", "divisions", "states-us", "world"};
    size_t rows = 0, wrong = 0;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        char path[600];
        snprintf(path, sizeof path, CASUS_SOURCE_DIR "/data/places/%s.tsv", tables[i]);
        check_table(worker, path, &rows, &wrong);
    }
    print_message("%zu rows, %zu not found in their example\n", rows, wrong);
    assert_int_equal(wrong, 0);
    casus_worker_free(worker);
    casus_model_free(model);
}

int main(void) {
    if (packed_missing()) return PACKED_SKIP;
    const struct CMUnitTest tests[] = {cmocka_unit_test(examples)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
