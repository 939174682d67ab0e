/* A lexicon table of arbitrary bytes; its fields as names to look up and as dates. */
#include "fuzz.h"

static void check_field(casus_arena *arena, casus_slice text, casus_slice field) {
    FUZZ_MUST(field.len == 0 ||
              (field.ptr >= text.ptr && field.ptr + field.len <= text.ptr + text.len));
    FUZZ_MUST(casus_slice_trim(field).len == field.len);
    casus_slice low = casus_base_utf8_lower(arena, field);
    casus_slice once = casus_base_utf8_fold(arena, field);
    if (!low.ptr || !once.ptr) return;
    FUZZ_MUST(casus_base_utf8_valid(low.ptr, low.len) == low.len);
    FUZZ_MUST(casus_base_utf8_valid(once.ptr, once.len) == once.len);
    casus_slice again = casus_base_utf8_fold(arena, once);
    FUZZ_MUST(!again.ptr || casus_slice_eq(once, again));
    int32_t day, year, month, of_month;
    if (casus_base_day_parse(field, &day)) {
        casus_base_day_split(day, &year, &month, &of_month);
        FUZZ_MUST(casus_base_day_of(year, month, of_month) == day);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    casus_memory m = casus_base_memory_default();
    casus_arena *arena = casus_base_arena_new(&m);
    if (!arena) return 0;
    static const char *const needed[] = {"id", NULL};
    casus_slice text = casus_slice_of((const char *)data, fuzz_len(size));
    casus_table t;
    casus_error err;
    casus_status status = casus_base_table_open(&t, "fuzz.tsv", text, needed, &err);
    FUZZ_MUST(status == CASUS_OK || status == CASUS_E_DATA);
    if (status == CASUS_E_DATA) {
        status = casus_base_table_open(&t, "fuzz.tsv", text, NULL, &err);
        FUZZ_MUST(status == CASUS_OK || err.byte <= text.len);
    }
    uint64_t line = t.line;
    while (status == CASUS_OK) {
        int got = casus_base_table_next(&t, &err);
        if (got == 0) break;
        FUZZ_MUST(t.line > line);
        line = t.line;
        FUZZ_MUST(got == 1 || (got == CASUS_E_DATA && err.line == line));
        for (uint32_t i = 0; got == 1 && i < t.columns; i++) {
            check_field(arena, text, t.field[i]);
        }
        casus_slice id = casus_base_table_get(&t, "id");
        FUZZ_MUST(id.ptr != NULL || id.len == 0);
        casus_base_arena_reset(arena);
    }
    casus_base_arena_free(arena);
    return 0;
}
