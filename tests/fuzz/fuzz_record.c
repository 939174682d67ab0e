/* Records of arbitrary JSON; those that can be read go out in the formats that need no pack, and
 * the JSON that comes out is read again to the same bytes. */
#include "fuzz.h"

static int collect(void *payload, const char *bytes, size_t len) {
    casus_base_buffer_add(payload, bytes, len);
    return 0;
}

static void export(const char *format, const casus_record *r, casus_buffer *to) {
    const casus_memory m = casus_base_memory_default();
    casus_base_buffer_init(to, &m);
    casus_export *x = NULL;
    if (casus_export_open(&x, NULL, format, NULL, collect, to, NULL)) return;
    size_t n = 0;
    const casus_event *e = casus_record_events(r, &n);
    for (size_t i = 0; i < n; i++) FUZZ_MUST(!casus_export_event(x, &e[i], NULL, NULL));
    FUZZ_MUST(!casus_export_end(x, NULL));
    casus_export_free(x);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    casus_record *r = NULL, *again = NULL;
    casus_error err = {0};
    const casus_status s = casus_record_read(&r, (const char *)data, size, NULL, &err);
    FUZZ_MUST(s == CASUS_OK || s == CASUS_E_FORMAT);
    if (s) {
        FUZZ_MUST(err.message[0] && err.byte <= size);
        return 0;
    }
    casus_buffer once, twice, other;
    export("jsonl", r, &once);
    if (once.len) { /* records of an unknown status have no line */
        FUZZ_MUST(!casus_record_read(&again, once.ptr, once.len, NULL, &err));
        export("jsonl", again, &twice);
        FUZZ_MUST(once.len == twice.len && memcmp(once.ptr, twice.ptr, once.len) == 0);
        casus_base_buffer_free(&twice);
        casus_record_free(again);
    }
    casus_base_buffer_free(&once);
    static const char *const formats[] = {"csv", "geojson"};
    for (int f = 0; f < 2; f++) {
        export(formats[f], r, &other);
        casus_base_buffer_free(&other);
    }
    casus_record_free(r);
    return 0;
}
