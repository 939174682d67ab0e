/* The example of every row of the tables of who finds that row's actor on a day when it holds.
 * Needs the compiled pack beside the build; without it the test is passed over. */
#include "packed.h"
#include "api/api.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

typedef struct bench {
    casus_memory memory;
    casus_model *model;
    casus_worker *worker;
} bench;

static int setup(void **state) {
    bench *b = calloc(1, sizeof *b);
    b->memory = casus_base_memory_default();
    if (casus_model_open(&b->model, PACKED, NULL, NULL)) return -1;
    *state = b;
    return casus_worker_new(&b->worker, b->model, NULL);
}
static int teardown(void **state) {
    bench *b = *state;
    casus_worker_free(b->worker);
    casus_model_free(b->model);
    free(b);
    return 0;
}

typedef bool (*holds)(const casus_table *t, const casus_mention *m);

static bool has_sector(const casus_table *t, const casus_mention *m) {
    casus_slice rest = casus_base_table_get(t, "sectors"), one;
    while (rest.len && casus_slice_cut(&rest, ' ', &one))
        for (uint32_t i = 0; i < m->actor.n_sectors; i++)
            if (casus_slice_is(one, m->actor.sectors[i])) return true;
    return false;
}
static bool is_named(const casus_table *t, const casus_mention *m) {
    return casus_slice_eq(m->actor.name, casus_base_table_get(t, "name"));
}
static bool is_person(const casus_table *t, const casus_mention *m) {
    return casus_slice_eq(m->actor.person, casus_base_table_get(t, "person"));
}
static bool is_country(const casus_table *t, const casus_mention *m) {
    return casus_slice_is(casus_base_table_get(t, "code"), m->actor.country);
}
static bool is_he_or_she(const casus_table *t, const casus_mention *m) {
    (void)t;
    return m->kind == CASUS_MENTION_PRONOUN && m->actor.person.len > 0;
}

/* A day on which the row holds: its last, its first, or one of 2024. */
static void day_of(const casus_table *t, char out[11]) {
    casus_slice to = casus_base_table_get(t, "to"), from = casus_base_table_get(t, "from");
    casus_slice day = to.len ? to : from;
    const char *rest = day.len == 4 ? "-06-01" : day.len == 7 ? "-15" : "";
    if (day.len == 0 || day.len > 10)
        snprintf(out, 11, "2024-06-01");
    else
        snprintf(out, 11, "%.*s%s", (int)day.len, day.ptr, rest);
}

/* Runs the rows of one file; prints those whose example fails, returns how many. */
static unsigned run(bench *b, const char *file, holds hold, unsigned *rows) {
    char path[512], *bytes = NULL;
    size_t len;
    casus_table t;
    casus_error err = {0};
    static const char *const needed[] = {"example", NULL};
    unsigned failed = 0;
    snprintf(path, sizeof path, "%s/data/%s", CASUS_SOURCE_DIR, file);
    assert_int_equal(casus_base_read_file(&bytes, &len, path, (size_t)64 << 20, &b->memory, &err),
                     CASUS_OK);
    assert_int_equal(casus_base_table_open(&t, file, casus_slice_of(bytes, len), needed, &err),
                     CASUS_OK);
    *rows = 0;
    while (casus_base_table_next(&t, &err) > 0) {
        casus_slice example = casus_base_table_get(&t, "example");
        casus_slice kind = casus_base_table_get(&t, "kind");
        const bool other = casus_slice_is(kind, "ref");
        const bool bare = hold == has_sector && !casus_base_table_get(&t, "sectors").len;
        if (!example.len || other || bare) continue;
        char date[16];
        day_of(&t, date);
        casus_options o = CASUS_OPTIONS_INIT;
        o.date = date;
        o.stop_after = CASUS_STOP_KNOW;
        casus_doc *doc = NULL;
        assert_int_equal(casus_code_text(&doc, b->worker, "row", example.ptr, example.len, &o,
                                         &err),
                         CASUS_OK);
        const casus_mentions *m = doc->layers.mentions;
        bool found = false;
        for (uint32_t i = 0; i < m->n && !found; i++) found = hold(&t, &m->items[i]);
        ++*rows;
        if (!found) {
            failed++;
            print_message("%s:%u: %.*s\n", file, (unsigned)t.line, (int)example.len, example.ptr);
        }
        casus_doc_free(doc);
    }
    casus_base_release(&b->memory, bytes);
    return failed;
}

static void roles(void **state) {
    unsigned rows;
    assert_int_equal(run(*state, "roles.tsv", has_sector, &rows), 0);
    assert_true(rows > 150);
}
static void offices(void **state) {
    unsigned rows;
    assert_int_equal(run(*state, "offices.tsv", has_sector, &rows), 0);
    assert_true(rows > 150);
}
static void countries(void **state) {
    unsigned rows;
    assert_int_equal(run(*state, "countries.tsv", is_country, &rows), 0);
    assert_true(rows >= 250);
}
static void metonyms(void **state) {
    unsigned rows;
    assert_int_equal(run(*state, "metonyms.tsv", is_named, &rows), 0);
    assert_true(rows > 60);
}
static void peoples(void **state) {
    unsigned rows;
    assert_int_equal(run(*state, "peoples.tsv", is_named, &rows), 0);
    assert_true(rows > 80);
}
static void firstnames(void **state) {
    unsigned rows;
    assert_int_equal(run(*state, "firstnames.tsv", is_he_or_she, &rows), 0);
    assert_true(rows > 40);
}

/* In the large tables some names are shared ("Democratic Party"), and the context of one sentence
 * does not tell which is meant. */
static void groups(void **state) {
    unsigned rows, failed = run(*state, "groups.tsv", is_named, &rows);
    assert_true(failed * 200 <= rows);
}
static void leaders(void **state) {
    unsigned rows, failed = run(*state, "leaders.tsv", is_person, &rows);
    assert_true(failed * 200 <= rows);
}
static void people(void **state) {
    unsigned rows, failed = run(*state, "people.tsv", is_person, &rows);
    assert_true(failed * 200 <= rows);
}

int main(void) {
    if (packed_missing()) return PACKED_SKIP;
    const struct CMUnitTest tests[] = {cmocka_unit_test(roles),     cmocka_unit_test(offices),
                                       cmocka_unit_test(countries), cmocka_unit_test(metonyms),
                                       cmocka_unit_test(peoples),   cmocka_unit_test(firstnames),
                                       cmocka_unit_test(groups),    cmocka_unit_test(leaders),
                                       cmocka_unit_test(people)};
    return cmocka_run_group_tests(tests, setup, teardown);
}
