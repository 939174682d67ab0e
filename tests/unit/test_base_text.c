/* Slices, UTF-8, lower case, lookup keys and lexicon tables. */
#include "base/base.h"
#include "fault.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static void slices(void **state) {
    (void)state;
    assert_true(casus_slice_eq(CASUS_SLICE("ab"), casus_slice_z("ab")));
    assert_true(casus_slice_eq((casus_slice){NULL, 0}, CASUS_SLICE("")));
    assert_int_equal(casus_slice_z(NULL).len, 0);
    assert_true(casus_slice_cmp(CASUS_SLICE("a"), CASUS_SLICE("b")) < 0);
    assert_true(casus_slice_cmp(CASUS_SLICE("a"), CASUS_SLICE("ab")) < 0);
    assert_true(casus_slice_cmp(CASUS_SLICE("b"), CASUS_SLICE("ab")) > 0);
    assert_true(casus_slice_cmp(CASUS_SLICE("z"), CASUS_SLICE("\xC3\xA9")) < 0);
    assert_int_equal(casus_slice_cmp((casus_slice){NULL, 0}, CASUS_SLICE("")), 0);

    assert_true(casus_slice_is(casus_slice_trim(CASUS_SLICE(" \t a b\r\n")), "a b"));
    assert_int_equal(casus_slice_trim(CASUS_SLICE(" \t ")).len, 0);

    casus_slice rest = CASUS_SLICE("a||b|"), piece;
    const char *const pieces[] = {"a", "", "b", ""};
    for (size_t i = 0; i < 4; i++) {
        assert_true(casus_slice_cut(&rest, '|', &piece));
        assert_true(casus_slice_is(piece, pieces[i]));
    }
    assert_false(casus_slice_cut(&rest, '|', &piece));
    rest = CASUS_SLICE("");
    assert_true(casus_slice_cut(&rest, '|', &piece));
    assert_int_equal(piece.len, 0);
    assert_false(casus_slice_cut(&rest, '|', &piece));
}

static void utf8_roundtrip(void **state) {
    (void)state;
    for (uint32_t cp = 0; cp < 0x110000; cp++) {
        char s[4];
        uint32_t back, n = casus_base_utf8_put(s, cp);
        bool surrogate = cp >= 0xD800 && cp < 0xE000;
        if (casus_base_utf8_get(s, n, &back) != n) fail();
        if (back != (surrogate ? 0xFFFD : cp)) fail();
        if (casus_base_utf8_valid(s, n) != n) fail();
        if (n > 1 && casus_base_utf8_valid(s, n - 1) != 0) fail();
    }
    char s[4];
    assert_int_equal(casus_base_utf8_put(s, 0x110000), 3);
    assert_memory_equal(s, "\xEF\xBF\xBD", 3);
}

static void utf8_refuses(void **state) {
    (void)state;
    static const char *const bad[] = {
        "\x80",
        "\xBF",
        "\xC0\x80",
        "\xC1\xBF",
        "\xC2",
        "\xC2\x41",
        "\xE0\x80\x80",
        "\xE0\x9F\xBF",
        "\xED\xA0\x80",
        "\xED\xBF\xBF",
        "\xE2\x82",
        "\xF0\x80\x80\x80",
        "\xF0\x8F\xBF\xBF",
        "\xF4\x90\x80\x80",
        "\xF5\x80\x80\x80",
        "\xF0\x9F\x98",
        "\xFE",
        "\xFF",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        uint32_t cp = 0;
        assert_int_equal(casus_base_utf8_get(bad[i], strlen(bad[i]), &cp), 1);
        assert_int_equal(cp, 0xFFFD);
        assert_int_equal(casus_base_utf8_valid(bad[i], strlen(bad[i])), 0);
    }
    assert_int_equal(casus_base_utf8_valid("", 0), 0);
    assert_int_equal(casus_base_utf8_valid(NULL, 0), 0);
    assert_int_equal(casus_base_utf8_valid("0123456789\xC3", 11), 10);
    assert_int_equal(casus_base_utf8_valid("01234567\xC3\xA9"
                                           "01234567\xFF",
                                           19),
                     18);
}

static const char *const lower_cases[][2] = {
    {"", ""},
    {"Iran", "iran"},
    {"ERDOĞAN", "erdoğan"},
    {"Åland Ärzte", "åland ärzte"},
    {"Київ ДНР", "київ днр"},
    {"ΑΘΗΝΑ", "αθηνα"},
    {"Հայաստան", "հայաստան"},
    {"ẞ ß Ⱥ", "ß ß ⱥ"},
    {"停战 حرب", "停战 حرب"},
};

static const char *const fold_cases[][2] = {
    {"", ""},
    {"Erdoğan", "erdogan"},
    {"Côte d’Ivoire", "cote d'ivoire"},
    {"Łódź", "lodz"},
    {"São Tomé", "sao tome"},
    {"Đặng Xuân", "dang xuan"},
    {"İstanbul Diyarbakır", "istanbul diyarbakir"},
    {"Straße GROẞ", "strasse gross"},
    {"Ærø Øresund Œuvre", "aero oresund oeuvre"},
    {"Þingvellir Davíð", "thingvellir david"},
    {"Əliyev", "aliyev"},
    {"Sana‘a Sanaʿa Sana`a", "sana'a sana'a sana'a"},
    {"“Al–Shabaab”—‘x’", "\"al-shabaab\"-'x'"},
    {"Nagorno‑Karabakh", "nagorno-karabakh"},
    {"10\xC2\xA0"
     "000\xE2\x80\xAF"
     "km",
     "10 000 km"},
    {"Kara\xC2\xAD"
     "bakh\xE2\x80\x8B",
     "karabakh"},
    {"E\xCC\x81tat", "etat"}, /* a combining accent of its own */
    {"Йошкар Ёлка", "иошкар елка"},
    {"ﬁre", "fire"},
    {"Ấn", "an"},
};

static void lower_and_fold(void **state) {
    (void)state;
    casus_memory m = casus_base_memory_default();
    casus_arena *arena = casus_base_arena_new(&m);
    assert_non_null(arena);
    for (size_t i = 0; i < sizeof lower_cases / sizeof *lower_cases; i++) {
        casus_slice s = casus_base_utf8_lower(arena, casus_slice_z(lower_cases[i][0]));
        assert_non_null(s.ptr);
        assert_string_equal(s.ptr, lower_cases[i][1]);
        assert_int_equal(s.len, strlen(lower_cases[i][1]));
    }
    for (size_t i = 0; i < sizeof fold_cases / sizeof *fold_cases; i++) {
        casus_slice s = casus_base_utf8_fold(arena, casus_slice_z(fold_cases[i][0]));
        assert_non_null(s.ptr);
        assert_string_equal(s.ptr, fold_cases[i][1]);
        assert_int_equal(s.len, strlen(fold_cases[i][1]));
    }
    /* not valid: still valid bytes out */
    casus_slice s = casus_base_utf8_fold(arena, CASUS_SLICE("A\xFF\xE2\x82"));
    assert_string_equal(s.ptr, "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    casus_base_arena_free(arena);
}

/* A key looked up again is the same key. */
static void fold_of_every_letter_is_stable(void **state) {
    (void)state;
    casus_memory m = casus_base_memory_default();
    casus_arena *arena = casus_base_arena_new(&m);
    assert_non_null(arena);
    for (uint32_t cp = 1; cp < 0x110000; cp++) {
        char letter[4];
        casus_slice s = casus_slice_of(letter, casus_base_utf8_put(letter, cp));
        casus_slice low = casus_base_utf8_lower(arena, s);
        casus_slice once = casus_base_utf8_fold(arena, s);
        casus_slice twice = casus_base_utf8_fold(arena, once);
        casus_slice of_low = casus_base_utf8_fold(arena, low);
        if (!casus_slice_eq(once, twice) || !casus_slice_eq(once, of_low) ||
            casus_base_utf8_valid(once.ptr, once.len) != once.len) {
            print_error("U+%04X\n", (unsigned)cp);
            fail();
        }
        if (cp % 1000 == 0) casus_base_arena_reset(arena);
    }
    casus_base_arena_free(arena);
}

static void table_rows(void **state) {
    (void)state;
    static const char *const needed[] = {"name", "code", NULL};
    casus_table t;
    casus_error err;
    casus_slice text = CASUS_SLICE("\xEF\xBB\xBF# a comment\n"
                                   "\n"
                                   "name\tcode \texample\r\n"
                                   "Iran\t IRN\tIran said so. \n"
                                   "\t \t\n"
                                   "#Iraq\tIRQ\n"
                                   " France \tFRA");
    assert_int_equal(casus_base_table_open(&t, "x.tsv", text, needed, &err), CASUS_OK);
    assert_int_equal(t.columns, 3);
    assert_int_equal(casus_base_table_next(&t, &err), 1);
    assert_int_equal(t.line, 4);
    assert_true(casus_slice_is(casus_base_table_get(&t, "name"), "Iran"));
    assert_true(casus_slice_is(casus_base_table_get(&t, "code"), "IRN"));
    assert_true(casus_slice_is(t.field[2], "Iran said so."));
    assert_int_equal(casus_base_table_get(&t, "other").len, 0);
    assert_int_equal(casus_base_table_next(&t, &err), 1);
    assert_int_equal(t.line, 7);
    assert_true(casus_slice_is(t.field[0], "France"));
    assert_true(casus_slice_is(t.field[1], "FRA"));
    assert_int_equal(casus_base_table_get(&t, "example").len, 0);
    assert_int_equal(casus_base_table_next(&t, &err), 0);
    assert_int_equal(casus_base_table_next(&t, &err), 0);
}

static void table_refuses(void **state) {
    (void)state;
    static const char *const needed[] = {"name", "code", NULL};
    casus_table t;
    casus_error err;
    assert_int_equal(casus_base_table_open(&t, "x.tsv", CASUS_SLICE("a\tb\n\xFFz\n"), NULL, &err),
                     CASUS_E_DATA);
    assert_string_equal(err.file, "x.tsv");
    assert_int_equal(err.line, 2);
    assert_int_equal(err.byte, 4);
    assert_int_equal(casus_base_table_open(&t, "x.tsv", CASUS_SLICE("#\n\n"), NULL, &err),
                     CASUS_E_DATA);
    assert_int_equal(casus_base_table_open(&t, "x.tsv", CASUS_SLICE("#\nname\tkode\n"), needed,
                                           &err),
                     CASUS_E_DATA);
    assert_int_equal(err.line, 2);
    assert_string_equal(err.message, "no column \"code\"");
    assert_int_equal(casus_base_table_open(&t, "x.tsv", CASUS_SLICE("a\tb\ta\n"), NULL, &err),
                     CASUS_E_DATA);
    assert_int_equal(casus_base_table_open(&t, "x.tsv", CASUS_SLICE("a\t\tb\n"), NULL, &err),
                     CASUS_E_DATA);
    assert_int_equal(casus_base_table_open(
                         &t, "x.tsv",
                         CASUS_SLICE("1\t2\t3\t4\t5\t6\t7\t8\t9\t10\t11\t12\t13\t14\t15\t16\t17\t"
                                     "18\t19\t20\t21\t22\t23\t24\t25\n"),
                         NULL, &err),
                     CASUS_E_DATA);
    assert_int_equal(casus_base_table_open(&t, NULL, (casus_slice){NULL, 0}, NULL, &err),
                     CASUS_E_DATA);

    assert_int_equal(casus_base_table_open(&t, "x.tsv", CASUS_SLICE("name\tcode\na\tb\tc\nd\te\n"),
                                           needed, &err),
                     CASUS_OK);
    assert_int_equal(casus_base_table_next(&t, &err), CASUS_E_DATA);
    assert_int_equal(err.line, 2);
    assert_int_equal(err.byte, 10);
    assert_int_equal(casus_base_table_next(&t, &err), 1); /* the reader may go on */
    assert_int_equal(t.line, 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slices),
        cmocka_unit_test(utf8_roundtrip),
        cmocka_unit_test(utf8_refuses),
        cmocka_unit_test(lower_and_fold),
        cmocka_unit_test(fold_of_every_letter_is_stable),
        cmocka_unit_test(table_rows),
        cmocka_unit_test(table_refuses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
