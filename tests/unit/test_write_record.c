/* A record read back from its JSON is the record; what is no record is refused. */
#include "fault.h"
#include "packed.h"
#include "scratch.h"
#include "api/api.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static const char text[] =
    "Armenian forces killed about 300 soldiers near Kelbajar on Monday, Azerbaijan's defence "
    "ministry said. \"We deny it,\" Yerevan said. Iran promised to withdraw its troops by May. "
    "The United Nations urged both sides to meet in Geneva, where Switzerland hosted talks.";

static int collect(void *payload, const char *bytes, size_t len) {
    casus_base_buffer_add(payload, bytes, len);
    return 0;
}

static casus_status export(const char *format, const casus_event *e, casus_buffer *to) {
    casus_export *x = NULL;
    casus_status s = casus_export_open(&x, NULL, format, NULL, collect, to, NULL);
    if (!s) s = casus_export_event(x, e, NULL, NULL);
    if (!s) s = casus_export_end(x, NULL);
    casus_export_free(x);
    return s;
}

static void read_back(void **state) {
    (void)state;
    casus_model *model = NULL;
    casus_worker *worker = NULL;
    casus_doc *doc = NULL;
    casus_options options = CASUS_OPTIONS_INIT;
    options.date = "2025-03-05";
    assert_int_equal(casus_model_open(&model, PACKED, NULL, NULL), CASUS_OK);
    assert_int_equal(casus_worker_new(&worker, model, NULL), CASUS_OK);
    assert_int_equal(casus_code_text(&doc, worker, "doc", text, sizeof text - 1, &options, NULL),
                     CASUS_OK);
    size_t n = 0;
    const casus_event *events = casus_doc_events(doc, &n);
    assert_true(n > 3);
    const casus_memory m = casus_base_memory_default();
    static const char *const formats[] = {"jsonl", "csv", "geojson"};
    for (size_t i = 0; i < n; i++) {
        casus_buffer json, again;
        casus_base_buffer_init(&json, &m);
        assert_int_equal(export("jsonl", &events[i], &json), CASUS_OK);
        casus_record *r = NULL;
        casus_error err = {0};
        assert_int_equal(casus_record_read(&r, json.ptr, json.len, NULL, &err), CASUS_OK);
        for (size_t f = 0; f < 3; f++) {
            json.len = 0;
            casus_base_buffer_init(&again, &m);
            assert_int_equal(export(formats[f], &events[i], &json), CASUS_OK);
            assert_int_equal(export(formats[f], casus_record_event(r), &again), CASUS_OK);
            assert_int_equal(json.len, again.len);
            assert_memory_equal(json.ptr, again.ptr, json.len);
            casus_base_buffer_free(&again);
        }
        casus_base_buffer_free(&json);
        casus_record_free(r);
    }
    casus_doc_free(doc);
    casus_worker_free(worker);
    casus_model_free(model);
}

static void refused(void **state) {
    (void)state;
    static const char *const bad[] = {
        "",
        "{",
        "[]",
        "{\"id\":\"a\"}",
        "{\"id\":\"a\",\"type\":\"AID\",\"status\":1}",
        "{\"id\":\"a\",\"type\":\"AID\",\"status\":\"happened\",\"actors\":{}}",
        "{\"id\":\"a\",\"type\":\"AID\",\"status\":\"happened\",\"actors\":[{\"span\":[1]}]}",
        "{\"id\":\"a\",\"type\":\"AID\",\"status\":\"happened\",\"contexts\":[1]}",
        "{\"id\":\"a\",\"type\":\"AID\",\"status\":\"happened\",\"evidence\":{\"para\":-1}}",
        "{\"id\":\"a\",\"type\":\"AID\",\"status\":\"happened\",\"intensity\":\"high\"}"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        casus_record *r = NULL;
        casus_error err = {0};
        assert_int_equal(casus_record_read(&r, bad[i], strlen(bad[i]), NULL, &err), CASUS_E_FORMAT);
        assert_null(r);
        assert_true(err.message[0]);
    }
    static const char least[] = "{\"id\":\"a\",\"type\":\"AID\",\"status\":\"happened\",\"x\":[1]}";
    casus_record *r = NULL;
    assert_int_equal(casus_record_read(&r, least, sizeof least - 1, NULL, NULL), CASUS_OK);
    assert_null(casus_record_event(r)->date.from.ptr);
    assert_true(casus_record_event(r)->n_actors == 0);
    casus_record_free(r);
    casus_record_free(NULL);
}

static const char two[] =
    "{\"id\":\"a#1\",\"type\":\"AID\",\"status\":\"happened\",\"actors\":[{\"sectors\":[\"GOV\"]}]}"
    "\n"
    " {\"id\":\"a#2\",\"type\":\"AID\",\"status\":\"denied\",\"counts\":[{\"min\":3}]}\r\n\n";

static void several(void **state) {
    (void)state;
    casus_record *r = NULL;
    casus_error err = {0};
    size_t n = 0;
    assert_int_equal(casus_record_read(&r, two, sizeof two - 1, NULL, &err), CASUS_OK);
    const casus_event *e = casus_record_events(r, &n);
    assert_int_equal(n, 2);
    assert_ptr_equal(e, casus_record_event(r));
    assert_string_equal(e[1].id.ptr, "a#2");
    assert_int_equal(e[1].counts[0].min, 3);
    assert_int_equal(e[1].counts[0].max, -1);
    casus_record_free(r);
    static const char bad[] =
        "{\"id\":\"a\",\"type\":\"AID\",\"status\":\"happened\"}\n{\"id\":\"b\"}";
    assert_int_equal(casus_record_read(&r, bad, sizeof bad - 1, NULL, &err), CASUS_E_FORMAT);
    assert_int_equal(err.byte, 44);
}

static void without_memory(void **state) {
    (void)state;
    fault f;
    FAULT_EVERY(f) {
        casus_record *r = NULL;
        casus_error err = {0};
        const casus_status s = casus_record_read(&r, two, sizeof two - 1, &f.memory, &err);
        FAULT_EXPECT(f, s);
        if (!s) casus_record_free(r);
    }
    scratch folder;
    scratch_make(&folder);
    static const char table[] = "type\tlabel\tmode\nASSAULT\tBattles\tdrone|aerial\nAID\t-\n";
    const char *path = scratch_write(&folder, "names.tsv", table, sizeof table - 1);
    FAULT_EVERY(f) {
        casus_relabel *r = NULL;
        casus_error err = {0};
        const casus_status s = casus_write_relabel_open(&r, NULL, path, &f.memory, &err);
        FAULT_EXPECT(f, s);
        if (!s) casus_write_relabel_free(r);
    }
    const char *const files[] = {"names.tsv", NULL};
    assert_int_equal(scratch_remove(&folder, files), 0);
}

static void formats_and_statuses(void **state) {
    (void)state;
    casus_export *x = NULL;
    casus_export_options options = CASUS_EXPORT_OPTIONS_INIT;
    casus_error err = {0};
    assert_int_equal(casus_export_open(&x, NULL, "xml", NULL, collect, NULL, &err),
                     CASUS_E_ARGUMENT);
    assert_int_equal(casus_export_open(&x, NULL, "polecat", NULL, collect, NULL, &err),
                     CASUS_E_ARGUMENT);
    options.status = "happened,gone";
    assert_int_equal(casus_export_open(&x, NULL, "jsonl", &options, collect, NULL, &err),
                     CASUS_E_ARGUMENT);
    assert_string_equal(err.message, "no status is called 'gone'");
    options.status = "planned";
    assert_int_equal(casus_export_open(&x, NULL, "jsonl", &options, collect, NULL, &err), CASUS_OK);
    static const char json[] = "{\"id\":\"a\",\"type\":\"AID\",\"status\":\"happened\"}";
    casus_record *r = NULL;
    assert_int_equal(casus_record_read(&r, json, sizeof json - 1, NULL, NULL), CASUS_OK);
    assert_int_equal(casus_export_event(x, casus_record_event(r), NULL, &err), CASUS_OK);
    const char *why = NULL;
    assert_int_equal(casus_export_left_out(x, &why), 1);
    assert_string_equal(why, "1 by status");
    casus_record_free(r);
    casus_export_free(x);
    casus_export_free(NULL);
}

int main(void) {
    if (packed_missing()) return PACKED_SKIP;
    const struct CMUnitTest tests[] = {cmocka_unit_test(read_back), cmocka_unit_test(refused),
                                       cmocka_unit_test(several), cmocka_unit_test(without_memory),
                                       cmocka_unit_test(formats_and_statuses)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
