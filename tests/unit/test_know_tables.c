/* The tables of who: compiled, damaged, short of memory, overruled by a user's own, checked. */
#include "fault.h"
#include "packed.h"
#include "scratch.h"
#include "api/api.h"
#include "know/know_int.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

/* ---- small tables -------------------------------------------------------------------------- */

static const char countries[] = "code\tname\tnames\tdemonyms\tcapital\tseats\tlat\tlon\n"
                                "SYL\tSylva\tRepublic of Sylva\tSylvan|Sylvans\tSylvaton\t\t1\t2\n"
                                "BRU\tBruma\t\tBruman|Brumans\tBrumaton\t\t3\t4\n";
static const char offices[] = "office\tnames\tsectors\trank\tuse\texample\n"
                              "president\thead of state\tGOV\t1\t\t\n"
                              "foreign minister\tminister of foreign affairs\tGOV\t2\t\t\n";
static const char leaders[] = "person\tnames\tcountry\toffice\tsectors\tfrom\tto\n"
                              "Anna Oak\tAnna Oake\tSYL\tpresident\tGOV\t2000-01-01\t2004-12-31\n"
                              "Boris Elm\t\tSYL\tpresident\tGOV\t2005-01-01\t\n";
static const char groups[] = "name\tnames\tcountry\tcode\tsectors\tkind\tfrom\tto\n"
                             "Sylvan Front\tSF\tSYL\t\tREB\tarmed\t1990\t1999\n"
                             "Sylvan Front\tSF\tSYL\t\tPTY\tparty\t2000\t\n"
                             "World League\tWL\t\tWLG\tIGO\tigo\t\t\n";
static const char roles[] = "lemmas\tsectors\tkind\tflags\ttitle\texample\n"
                            "soldier\tMIL\tone\t\t\t\n"
                            "army\tMIL\tbody\t\t@military\t\n";
static const char markers[] = "class\twords\texample\nbacked\tbacked\t\nboth\tboth|two\t\n";

static const char *const files[] = {"countries.tsv", "offices.tsv", "leaders.tsv", "groups.tsv",
                                    "roles.tsv",     "markers.tsv", NULL};

typedef struct fixture {
    scratch s;
    casus_memory m;
} fixture;

static void write_all(fixture *f) {
    const char *const texts[] = {countries, offices, leaders, groups, roles, markers};
    for (size_t i = 0; files[i]; i++) scratch_write(&f->s, files[i], texts[i], strlen(texts[i]));
}
static int setup(void **state) {
    fixture *f = calloc(1, sizeof *f);
    f->m = casus_base_memory_default();
    scratch_make(&f->s);
    write_all(f);
    *state = f;
    return 0;
}
static int teardown(void **state) {
    fixture *f = *state;
    const int left = scratch_remove(&f->s, files);
    free(f);
    return left;
}

static casus_status compile(fixture *f, casus_buffer *out, const casus_memory *m,
                            casus_error *err) {
    know_build *b = NULL;
    casus_base_buffer_init(out, m);
    casus_status s = know_build_new(&b, m, err);
    if (!s) s = know_tables_read(b, f->s.folder, m, err);
    if (!s) s = know_build_emit(b, out, err);
    know_build_free(b);
    return s;
}

static void opens(void **state) {
    fixture *f = *state;
    casus_buffer bytes;
    casus_error err = {0};
    know_layer l;
    assert_int_equal(compile(f, &bytes, &f->m, &err), CASUS_OK);
    assert_int_equal(know_layer_open(&l, bytes.ptr, bytes.len, &err), CASUS_OK);
    const uint32_t p = know_phrase_of(&l, "anna oake", 9);
    assert_int_not_equal(p, CASUS_NONE);
    const know_row *r = &l.rows[l.targets[l.phrases[p].first].row];
    assert_true(casus_slice_is(know_text(&l, r->person), "Anna Oak"));
    assert_int_equal(know_phrase_of(&l, "anna", 4) == CASUS_NONE, 0); /* begins a longer name */
    assert_int_equal(know_phrase_of(&l, "nobody", 6), CASUS_NONE);
    assert_int_equal(l.n_holders, 2);
    casus_base_buffer_free(&bytes);
}

static void damaged(void **state) {
    fixture *f = *state;
    casus_buffer bytes;
    casus_error err = {0};
    know_layer l;
    assert_int_equal(compile(f, &bytes, &f->m, &err), CASUS_OK);
    /* too short, at every length */
    for (size_t n = 0; n < bytes.len; n += n < 200 ? 1 : 97)
        assert_int_equal(know_layer_open(&l, bytes.ptr, n, &err), CASUS_E_FORMAT);
    /* a byte turned, everywhere: refused, or harmless to look up in */
    unsigned refused = 0;
    for (size_t i = 0; i < bytes.len; i++) {
        const char old = bytes.ptr[i];
        for (int k = 0; k < 2; k++) {
            bytes.ptr[i] = (char)(k ? old ^ 0x80 : old + 1);
            if (know_layer_open(&l, bytes.ptr, bytes.len, &err)) {
                refused++;
                continue;
            }
            know_phrase_of(&l, "anna oake", 9);
            know_phrase_of(&l, "sylvan front", 12);
            know_phrase_of(&l, "zzz", 3);
        }
        bytes.ptr[i] = old;
    }
    assert_true(refused > 500);
    assert_int_equal(know_layer_open(&l, bytes.ptr, bytes.len, &err), CASUS_OK);
    casus_base_buffer_free(&bytes);
}

static void no_memory(void **state) {
    fixture *f = *state;
    fault x;
    FAULT_EVERY(x) {
        casus_buffer bytes;
        casus_error err = {0};
        const casus_status s = compile(f, &bytes, &x.memory, &err);
        FAULT_EXPECT(x, s);
        casus_base_buffer_free(&bytes);
    }
}

/* ---- rows that do not compile --------------------------------------------------------------- */

static void bad(fixture *f, const char *file, const char *text, uint64_t line, const char *word) {
    casus_buffer bytes;
    casus_error err = {0};
    scratch_write(&f->s, file, text, strlen(text));
    assert_int_equal(compile(f, &bytes, &f->m, &err), CASUS_E_DATA);
    casus_base_buffer_free(&bytes);
    assert_non_null(strstr(err.file, file));
    assert_int_equal(err.line, line);
    if (!strstr(err.message, word)) fail_msg("%s: no \"%s\"", err.message, word);
    write_all(f);
}

static void bad_rows(void **state) {
    fixture *f = *state;
    bad(f, "groups.tsv", "name\tnames\tcountry\tsectors\nA\t\tSYL\tXXX\n", 2, "XXX");
    bad(f, "groups.tsv", "name\tnames\tcountry\tsectors\n\t\tSYL\tREB\n", 2, "no name");
    bad(f, "groups.tsv", "name\tnames\tcountry\tsectors\nA\t\tsyl\tREB\n", 2, "syl");
    bad(f, "groups.tsv", "name\tnames\tcountry\tsectors\tfrom\nA\t\tSYL\tREB\t20x4\n", 2, "20x4");
    bad(f, "groups.tsv", "name\tnames\tcountry\tsectors\tfrom\tto\nA\t\tSYL\tREB\t2004\t1999\n", 2,
        "ends before");
    bad(f, "groups.tsv", "name\tnames\tcountry\tsectors\tkind\nA\t\tSYL\tREB\tclub\n", 2, "club");
    bad(f, "roles.tsv", "lemmas\tsectors\tkind\tflags\nsoldier\tMIL\tone\tshy\n", 2, "shy");
    bad(f, "markers.tsv", "class\twords\nnothing\tword\n", 2, "nothing");
    bad(f, "countries.tsv", "code\tname\tnames\tdemonyms\tcapital\nSY\tSylva\t\t\t\n", 2, "SY");
    bad(f, "offices.tsv", "office\tnames\tsectors\trank\tuse\npresident\t\tGOV\thigh\t\n", 2,
        "high");
}

/* ---- lexicon check -------------------------------------------------------------------------- */

typedef struct found {
    char what[8][32];
    uint64_t line[8], other[8];
    size_t n, stop_at;
} found;

static int note(void *payload, const casus_clash *c) {
    found *x = payload;
    if (strcmp(c->what, "shared name") == 0) return 0;
    assert_true(x->n < 8);
    snprintf(x->what[x->n], sizeof x->what[0], "%s", c->what);
    x->line[x->n] = c->line;
    x->other[x->n++] = c->other_line;
    return x->stop_at && x->n >= x->stop_at;
}

static void check(fixture *f, const char *file, const char *text, found *x) {
    casus_error err = {0};
    memset(x, 0, sizeof *x);
    scratch_write(&f->s, file, text, strlen(text));
    assert_int_equal(casus_lexicon_check(f->s.folder, note, x, NULL, &err), CASUS_OK);
    write_all(f);
}

static void checked(void **state) {
    fixture *f = *state;
    found x;
    check(f, "groups.tsv", groups, &x);
    assert_int_equal(x.n, 0);
    check(f, "groups.tsv",
          "name\tnames\tcountry\tcode\tsectors\tkind\tfrom\tto\n"
          "Oak Army\t\tSYL\t\tREB\tarmed\t1990\t\n"
          "Oak Army\t\tBRU\t\tREB\tarmed\t1995\t\n",
          &x);
    assert_int_equal(x.n, 1);
    assert_string_equal(x.what[0], "other codes");
    assert_int_equal(x.line[0], 3);
    assert_int_equal(x.other[0], 2);
    check(f, "groups.tsv",
          "name\tnames\tcountry\tcode\tsectors\tkind\tfrom\tto\n"
          "Oak Army\t\tSYL\t\tREB\tarmed\t1990\t\nOak Army\t\tSYL\t\tREB\tarmed\t1990\t\n",
          &x);
    assert_int_equal(x.n, 1);
    assert_string_equal(x.what[0], "same row twice");
    check(f, "leaders.tsv",
          "person\tnames\tcountry\toffice\tsectors\tfrom\tto\n"
          "Anna Oak\t\tSYL\tpresident\tGOV\t2000-01-01\t2004-12-31\n"
          "Boris Elm\t\tSYL\tpresident\tGOV\t2003-01-01\t\n",
          &x);
    assert_int_equal(x.n, 1);
    assert_string_equal(x.what[0], "overlap");
    check(f, "roles.tsv",
          "lemmas\tsectors\tkind\tflags\ttitle\texample\n"
          "soldier\tMIL\tone\t\t\t\nsoldier\tCVL\tone\t\t\t\n",
          &x);
    assert_true(x.n >= 2);
    assert_string_equal(x.what[0], "other codes");
    assert_string_equal(x.what[x.n - 1], "never fires");
}

static void checked_stops(void **state) {
    fixture *f = *state;
    casus_error err = {0};
    found x = {.stop_at = 1};
    const char twice[] = "lemmas\tsectors\tkind\tflags\ttitle\texample\n"
                         "soldier\tMIL\tone\t\t\t\nsoldier\tCVL\tone\t\t\t\n";
    scratch_write(&f->s, "roles.tsv", twice, strlen(twice));
    assert_int_equal(casus_lexicon_check(f->s.folder, note, &x, NULL, &err), CASUS_OK);
    assert_int_equal(x.n, 1);
    write_all(f);
    assert_int_equal(casus_lexicon_check("/nowhere/at/all", note, &x, NULL, &err), CASUS_E_IO);
}

static void check_no_memory(void **state) {
    fixture *f = *state;
    fault m;
    FAULT_EVERY(m) {
        found x = {0};
        casus_error err = {0};
        const casus_status s = casus_lexicon_check(f->s.folder, note, &x, &m.memory, &err);
        FAULT_EXPECT(m, s);
    }
}

/* ---- a user's own table ---------------------------------------------------------------------- */

static const char own[] = "name\tnames\tcountry\tcode\tsectors\tkind\toffice\tfrom\tto\n"
                          "Kremlin Watch\tthe Kremlin\tCZE\t\tNGO\tngo\t\t\t\n"
                          "Grove Guard\t\tLUX\t\tPRM\tarmed\t\t\t\n"
                          "Tilda Ashgrove\tT. Ashgrove\tLUX\t\tGOV\tperson\twarden of groves\t\t\n";

static void overlay(void **state) {
    fixture *f = *state;
    if (packed_missing()) skip();
    casus_error err = {0};
    casus_model *model = NULL;
    casus_worker *w = NULL;
    assert_int_equal(casus_model_open(&model, PACKED, NULL, &err), CASUS_OK);
    const char *path = scratch_write(&f->s, "own.tsv", own, strlen(own));
    assert_int_equal(casus_model_use_actors(model, path, &err), CASUS_OK);
    assert_int_equal(casus_worker_new(&w, model, &err), CASUS_OK);
    const struct {
        const char *text, *country, *sector, *name;
    } rows[] = {{"the Kremlin", "CZE", "NGO", "Kremlin Watch"},
                {"Grove Guard fighters", "LUX", "PRM", "Grove Guard"},
                {"Tilda Ashgrove", "LUX", "GOV", NULL},
                {"the French army", "FRA", "MIL", NULL}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        casus_doc *doc = NULL;
        casus_options o = CASUS_OPTIONS_INIT;
        o.date = "2024-02-01";
        o.stop_after = CASUS_STOP_KNOW;
        assert_int_equal(casus_code_text(&doc, w, "x", rows[i].text, strlen(rows[i].text), &o,
                                         &err),
                         CASUS_OK);
        const uint32_t top = casus_know_top(doc->layers.mentions, doc->layers.parse);
        assert_int_not_equal(top, CASUS_NONE);
        const casus_actor *a = &doc->layers.mentions->items[top].actor;
        assert_string_equal(a->country, rows[i].country);
        assert_true(a->n_sectors > 0);
        assert_string_equal(a->sectors[0], rows[i].sector);
        if (rows[i].name) assert_true(casus_slice_is(a->name, rows[i].name));
        casus_doc_free(doc);
    }
    casus_worker_free(w);
    casus_model_free(model);
    unlink(scratch_path(&f->s, "own.tsv"));
}

static void overlay_refused(void **state) {
    fixture *f = *state;
    casus_buffer bytes;
    casus_error err = {0};
    casus_know base = {.n_layers = 1};
    assert_int_equal(compile(f, &bytes, &f->m, &err), CASUS_OK);
    assert_int_equal(know_layer_open(&base.layers[0], bytes.ptr, bytes.len, &err), CASUS_OK);
    casus_know *know = NULL;
    const casus_slice wrong =
        CASUS_SLICE("name\tnames\tcountry\tsectors\nA\t\tSYL\tGOV\nB\t\tSYL\tNOT\n");
    assert_int_equal(casus_know_overlay(&know, &base, wrong, "own.tsv", &f->m, &err), CASUS_E_DATA);
    assert_string_equal(err.file, "own.tsv");
    assert_int_equal(err.line, 3);
    fault m;
    FAULT_EVERY(m) {
        know = NULL;
        const casus_status s =
            casus_know_overlay(&know, &base, casus_slice_z(own), "own.tsv", &m.memory, &err);
        FAULT_EXPECT(m, s);
        casus_know_free(know);
    }
    casus_base_buffer_free(&bytes);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(opens, setup, teardown),
        cmocka_unit_test_setup_teardown(damaged, setup, teardown),
        cmocka_unit_test_setup_teardown(no_memory, setup, teardown),
        cmocka_unit_test_setup_teardown(bad_rows, setup, teardown),
        cmocka_unit_test_setup_teardown(checked, setup, teardown),
        cmocka_unit_test_setup_teardown(checked_stops, setup, teardown),
        cmocka_unit_test_setup_teardown(check_no_memory, setup, teardown),
        cmocka_unit_test_setup_teardown(overlay, setup, teardown),
        cmocka_unit_test_setup_teardown(overlay_refused, setup, teardown)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
