/* Plain text to a document. */
#include "fault.h"
#include "read/read.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static casus_arena *arena_new(void) {
    casus_memory m = casus_base_memory_default();
    casus_arena *arena = casus_base_arena_new(&m);
    assert_non_null(arena);
    return arena;
}

static casus_text *read_z(casus_arena *arena, const char *bytes) {
    casus_text *text;
    casus_error err;
    assert_int_equal(casus_read_text(&text, arena, CASUS_SLICE("doc"), casus_slice_z(bytes),
                                     CASUS_NO_DAY, &err),
                     CASUS_OK);
    return text;
}

static void assert_paragraphs(const casus_text *text, const char *const *expected) {
    uint32_t n = 0;
    for (; expected[n]; n++) {
        assert_true(n < text->n_paragraphs);
        casus_paragraph p = text->paragraphs[n];
        assert_true(
            casus_slice_is(casus_slice_of(text->text.ptr + p.begin, p.end - p.begin), expected[n]));
    }
    assert_int_equal(text->n_paragraphs, n);
}

static void paragraphs(void **state) {
    (void)state;
    casus_arena *arena = arena_new();
    casus_text *text = read_z(arena, "\xEF\xBB\xBF"
                                     "Head line\r\n"
                                     "\r\n"
                                     " \t\xC2\xA0 \xE3\x80\x80 First one. \xC2\xA0\r\n"
                                     " \xC2\xA0 \n"
                                     "Second\ttwo\xC2\xA0three\n\n\n"
                                     "\xC3\xA9t\xC3\xA9");
    static const char *const expected[] = {"Head line", "First one.", "Second\ttwo\xC2\xA0three",
                                           "\xC3\xA9t\xC3\xA9", NULL};
    assert_paragraphs(text, expected);
    assert_int_equal(text->n_diagnostics, 0);
    assert_true(casus_slice_is(text->id, "doc"));
    assert_int_equal(text->day, CASUS_NO_DAY);
    assert_int_equal(text->text.ptr[text->text.len], 0);

    /* marks before a line are blanks; elsewhere they are what they always were */
    text = read_z(arena, "\xEF\xBB\xBF"
                         "One\n\xEF\xBB\xBF\n\n\xEF\xBB\xBF"
                         "a\xEF\xBB\xBF"
                         "b\n\xEF\xBB");
    assert_true(casus_slice_is(text->text, "   One\n   \n\n   a\xEF\xBB\xBF"
                                           "b\n??"));
    static const char *const marked[] = {"One",
                                         "a\xEF\xBB\xBF"
                                         "b",
                                         "??", NULL};
    assert_paragraphs(text, marked);

    static const char *const none[] = {NULL};
    assert_paragraphs(read_z(arena, ""), none);
    assert_paragraphs(read_z(arena, "\n \r\n\xC2\xA0\n"), none);
    assert_int_equal(casus_read_paragraph_at(read_z(arena, ""), 0), CASUS_NONE);
    casus_base_arena_free(arena);
}

static void paragraph_at(void **state) {
    (void)state;
    casus_arena *arena = arena_new();
    casus_text *text = read_z(arena, "  one\n\ntwo \nthree");
    static const uint32_t expected[] = {CASUS_NONE, CASUS_NONE, 0, 0, 0, 0, 0, 1, 1, 1,
                                        1,          1,          2, 2, 2, 2, 2, 2, 2};
    for (uint32_t at = 0; at < 19; at++) {
        assert_int_equal(casus_read_paragraph_at(text, at), expected[at]);
    }
    assert_int_equal(casus_read_paragraph_at(text, UINT32_MAX), 2);
    casus_base_arena_free(arena);
}

static void invalid_bytes(void **state) {
    (void)state;
    casus_arena *arena = arena_new();
    casus_text *text = read_z(arena, "a\xFF\xFE"
                                     "b\xC3\n\xE2\x82\xACz\xE2\x82");
    assert_true(casus_slice_is(text->text, "a??b?\n\xE2\x82\xACz??"));
    assert_int_equal(text->n_diagnostics, 3);
    static const uint32_t spans[3][2] = {{1, 3}, {4, 5}, {10, 12}};
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(text->diagnostics[i].stage, "read");
        assert_int_equal(text->diagnostics[i].begin, spans[i][0]);
        assert_int_equal(text->diagnostics[i].end, spans[i][1]);
    }
    assert_true(casus_slice_is(text->diagnostics[0].reason, "2 invalid bytes replaced by '?'"));
    assert_true(casus_slice_is(text->diagnostics[1].reason, "1 invalid byte replaced by '?'"));

    /* the id as well */
    assert_int_equal(casus_read_text(&text, arena, CASUS_SLICE("x\x80y"), CASUS_SLICE("a"), 7,
                                     NULL),
                     CASUS_OK);
    assert_true(casus_slice_is(text->id, "x?y"));
    assert_int_equal(text->n_diagnostics, 1);
    assert_int_equal(text->day, 7);

    /* many runs: each has its diagnostic up to the limit, the others share one */
    char many[2 * (CASUS_READ_MOST_INVALID + 5) + 1];
    for (size_t i = 0; i < sizeof many - 1; i++) many[i] = i % 2 ? 'x' : '\x80';
    many[sizeof many - 1] = '\0';
    text = read_z(arena, many);
    assert_int_equal(text->n_diagnostics, CASUS_READ_MOST_INVALID + 1);
    casus_diagnostic last = text->diagnostics[CASUS_READ_MOST_INVALID];
    assert_true(casus_slice_is(last.reason, "5 further invalid bytes replaced by '?'"));
    assert_int_equal(last.begin, 2 * CASUS_READ_MOST_INVALID);
    assert_int_equal(last.end, 2 * (CASUS_READ_MOST_INVALID + 4) + 1);
    assert_int_equal(casus_base_utf8_valid(text->text.ptr, text->text.len), text->text.len);
    casus_base_arena_free(arena);
}

static void too_long(void **state) {
    (void)state;
    casus_arena *arena = arena_new();
    casus_text *text;
    casus_error err;
    size_t len = (size_t)CASUS_READ_MOST_BYTES + 1;
    char *bytes = malloc(len);
    assert_non_null(bytes);
    memset(bytes, 'x', len);
    assert_int_equal(casus_read_text(&text, arena, CASUS_SLICE("long"), casus_slice_of(bytes, len),
                                     0, &err),
                     CASUS_E_LIMIT);
    assert_null(text);
    assert_int_equal(casus_read_text(&text, arena, CASUS_SLICE("long"),
                                     casus_slice_of(bytes, len - 1), 0, &err),
                     CASUS_OK);
    assert_int_equal(text->n_paragraphs, 1);
    free(bytes);
    casus_base_arena_free(arena);
}

static void notes(void **state) {
    (void)state;
    casus_arena *arena = arena_new();
    casus_text *text = read_z(arena, "abc");
    char reason[] = "no sense 00";
    for (uint32_t i = 0; i < 50; i++) {
        snprintf(reason, sizeof reason, "no sense %02u", (unsigned)i);
        assert_int_equal(casus_read_note(text, "lang", casus_slice_z(reason), i, i + 1), CASUS_OK);
    }
    assert_int_equal(text->n_diagnostics, 50);
    assert_true(casus_slice_is(text->diagnostics[7].reason, "no sense 07"));
    assert_int_equal(text->diagnostics[7].begin, 7);
    assert_string_equal(text->diagnostics[7].stage, "lang");
    casus_base_arena_free(arena);
}

static casus_status read_all(const casus_memory *m, casus_slice bytes) {
    casus_arena *arena = casus_base_arena_new(m);
    if (!arena) return CASUS_E_MEMORY;
    casus_text *text;
    casus_error err;
    casus_status status =
        casus_read_text(&text, arena, CASUS_SLICE("\xFFid"), bytes, CASUS_NO_DAY, &err);
    assert_true((text != NULL) == (status == CASUS_OK));
    if (status != CASUS_OK) assert_int_equal(err.status, status);
    for (uint32_t i = 0; status == CASUS_OK && i < 2000; i++) {
        status = casus_read_note(text, "lang", CASUS_SLICE("a reason of some length"), i, i);
        assert_int_equal(text->n_diagnostics, 102 + i + (status == CASUS_OK));
    }
    casus_base_arena_free(arena);
    return status;
}

static void without_memory(void **state) {
    (void)state;
    size_t len = 60000;
    char *bytes = malloc(len);
    assert_non_null(bytes);
    for (size_t i = 0; i < len; i++) bytes[i] = i % 2 ? '\n' : i % 4 ? '\xC0' : 'x';
    fault f;
    FAULT_EVERY(f) {
        casus_status status = read_all(&f.memory, casus_slice_of(bytes, len));
        FAULT_EXPECT(f, status);
    }
    free(bytes);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paragraphs),    cmocka_unit_test(paragraph_at),
        cmocka_unit_test(invalid_bytes), cmocka_unit_test(too_long),
        cmocka_unit_test(notes),         cmocka_unit_test(without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
