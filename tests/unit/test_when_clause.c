/* Which time dates which clause, on parses of the engine. Needs the compiled pack beside the build;
 * without it the tests are passed over. */
#include "api/api.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define DATE "2022-11-15" /* a Tuesday */
#define AT CASUS_BOUND_AT
#define SINCE CASUS_BOUND_SINCE
#define UNTIL CASUS_BOUND_UNTIL
#define DUE CASUS_BOUND_DUE

typedef struct bench {
    casus_memory memory;
    casus_model *model;
    casus_worker *worker;
    casus_arena *arena;
    unsigned failed;
} bench;

static int setup(void **state) {
    bench *b = calloc(1, sizeof *b);
    casus_error err;
    b->memory = casus_base_memory_default();
    if (casus_model_open(&b->model, CASUS_BINARY_DIR "/casus.pack", NULL, &err) == CASUS_OK) {
        casus_worker_new(&b->worker, b->model, &err);
        b->arena = casus_base_arena_new(&b->memory);
    }
    *state = b;
    return 0;
}

static int teardown(void **state) {
    bench *b = *state;
    casus_base_arena_free(b->arena);
    casus_worker_free(b->worker);
    casus_model_free(b->model);
    free(b);
    return 0;
}

static casus_parse *parse(bench *b, const char *text, const char *date, casus_times **times) {
    casus_text *t = NULL;
    casus_parse *p = NULL;
    casus_error err;
    int32_t day = CASUS_NO_DAY;
    if (date) assert_true(casus_base_day_parse(casus_slice_z(date), &day));
    casus_base_arena_reset(b->arena);
    assert_int_equal(casus_read_text(&t, b->arena, CASUS_SLICE("t"), casus_slice_z(text), day,
                                     &err),
                     0);
    assert_int_equal(casus_lang_parse(&p, b->worker->lang, t, &err), 0);
    assert_int_equal(casus_when_find(times, b->model->when, p, &err), 0);
    return p;
}

/* The clause of the word `head` is dated by `words` (NULL: by nothing). */
static void dated(bench *b, const char *text, const char *head, const char *words, int bound,
                  const char *from, const char *to) {
    casus_times *times = NULL;
    casus_parse *p = parse(b, text, DATE, &times);
    for (uint32_t i = 0; i < p->n_clauses; i++) {
        if (!casus_slice_is(p->tokens[p->clauses[i].head].form, head)) continue;
        casus_when_fit fit;
        const uint32_t k = casus_when_clause_time(times, p, i, CASUS_NONE, &fit);
        assert_int_equal(k, fit.time);
        casus_slice got = CASUS_SLICE("nothing");
        if (k != CASUS_NONE)
            got = casus_slice_of(text + times->items[k].begin,
                                 times->items[k].end - times->items[k].begin);
        bool ok = casus_slice_is(got, words ? words : "nothing");
        int32_t day;
        if (words) ok = ok && fit.bound == bound;
        if (from) ok = ok && casus_base_day_parse(casus_slice_z(from), &day) && fit.from == day;
        if (to) ok = ok && casus_base_day_parse(casus_slice_z(to), &day) && fit.to == day;
        if (ok) return;
        b->failed++;
        fprintf(stderr, "%s: \"%s\" is dated by %.*s, bound %d, %d to %d\n", text, head,
                (int)got.len, got.ptr, fit.bound, (int)fit.from, (int)fit.to);
        return;
    }
    b->failed++;
    fprintf(stderr, "%s: no clause of \"%s\"\n", text, head);
}

static void modifiers_of_the_clause(void **state) {
    bench *b = *state;
    if (!b->model) skip();
    b->failed = 0;
    dated(b, "Rebels attacked the village on Tuesday.", "attacked", "Tuesday", AT, DATE, DATE);
    dated(b, "On Monday, rebels attacked the village.", "attacked", "Monday", AT, "2022-11-14",
          NULL);
    dated(b, "Rebels attacked the village Monday.", "attacked", "Monday", AT, NULL, NULL);
    dated(b, "Tuesday's attack killed nine soldiers.", "attack", "Tuesday", AT, NULL, NULL);
    dated(b, "The November 7 talks in Washington failed.", "talks", "November 7", AT, "2022-11-07",
          NULL);
    dated(b, "The attack on Sunday was the third.", "attack", "Sunday", AT, "2022-11-13", NULL);
    dated(b, "The ministers met in Geneva on Friday.", "met", "Friday", AT, "2022-11-11", NULL);
    dated(b, "The invasion in February 2022 shocked Europe.", "invasion", "February 2022", AT, NULL,
          "2022-02-28");
    dated(b, "The ministers will meet in Geneva on Friday.", "meet", "Friday", AT, "2022-11-18",
          NULL);
    dated(b, "In March 2019 troops seized the port and burned the town.", "burned", "March 2019",
          AT, NULL, NULL);
    dated(b, "Last week rebels shelled a market, killing ten people.", "killing", "Last week", AT,
          NULL, NULL);
    dated(b, "The talks took place on Monday in Paris.", "talks", "Monday", AT, NULL, NULL);
    dated(b, "Police arrested ten people at 3 a.m. on Sunday.", "arrested", "3 a.m. on Sunday", AT,
          "2022-11-13", NULL);
    dated(b, "Two days ago the army shelled the town.", "shelled", "Two days ago", AT, "2022-11-13",
          NULL);
    dated(b, "An air strike on his home on April 1 killed him.", "strike", "April 1", AT, NULL,
          NULL);
    dated(b, "Rebels attacked a base near Homs on Sunday.", "attacked", "Sunday", AT, NULL, NULL);
    dated(b, "In a statement on Sunday, the ministry condemned the raid.", "condemned", "Sunday",
          AT, NULL, NULL);
    dated(b, "In a statement issued on Sunday, the ministry condemned the raid.", "condemned",
          "Sunday", AT, NULL, NULL);
    dated(b, "Ten people died in the attack on Sunday.", "died", "Sunday", AT, NULL, NULL);
    dated(b, "Ten people were killed when a bomb went off on Monday.", "killed", "Monday", AT, NULL,
          NULL);
    dated(b, "Hours before the jet crashed on Sunday, Iran launched missiles.", "launched",
          "Sunday", AT, NULL, NULL);
    dated(
        b,
        "A few hours before the passenger jet crashed on Sunday, Iran launched missiles at bases.",
        "launched", "Sunday", AT, NULL, NULL);
    dated(b, "Yesterday, what police called a mob marched to the palace.", "marched", "Yesterday",
          AT, NULL, NULL);
    assert_int_equal(b->failed, 0);
}

static void the_day_of_saying_is_not_that_of_the_act(void **state) {
    bench *b = *state;
    if (!b->model) skip();
    b->failed = 0;
    dated(b, "The ministry said on Tuesday that rebels had attacked a base.", "attacked", NULL, AT,
          NULL, NULL);
    dated(b, "The ministry said on Tuesday that rebels had attacked a base.", "said", "Tuesday", AT,
          NULL, NULL);
    dated(b, "The ministry said Tuesday it will release the prisoners.", "release", NULL, AT, NULL,
          NULL);
    dated(b, "The ministry said on Tuesday that rebels attacked a base on Sunday.", "attacked",
          "Sunday", AT, NULL, NULL);
    dated(b, "The ministry said on Tuesday that rebels attacked a base on Sunday.", "said",
          "Tuesday", AT, NULL, NULL);
    dated(b, "On Tuesday the agency reported that two men were arrested.", "arrested", NULL, AT,
          NULL, NULL);
    dated(b, "The army said on Thursday it had shot down two drones.", "shot", NULL, AT, NULL,
          NULL);
    dated(b, "The army said on Thursday it had shot down two drones.", "said", "Thursday", AT, NULL,
          NULL);
    dated(b, "\"We shelled the base,\" the spokesman said on Tuesday.", "shelled", NULL, AT, NULL,
          NULL);
    assert_int_equal(b->failed, 0);
}

static void deadlines_ranges_and_lengths(void **state) {
    bench *b = *state;
    if (!b->model) skip();
    b->failed = 0;
    dated(b, "Russia must withdraw its troops by Friday.", "withdraw", "Friday", DUE, "2022-11-18",
          NULL);
    dated(b, "Russia must withdraw its troops before May 1.", "withdraw", "May 1", DUE, NULL, NULL);
    dated(b, "Russia must withdraw its troops within 60 days.", "withdraw", "60 days", DUE, DATE,
          "2023-01-14");
    dated(b, "The truce has held since Friday.", "held", "Friday", SINCE, "2022-11-11", NULL);
    dated(b, "The truce will hold until Friday.", "hold", "Friday", UNTIL, "2022-11-18", NULL);
    dated(b, "The envoys met from Friday to Sunday.", "met", "Friday", AT, "2022-11-11",
          "2022-11-13");
    dated(b, "The envoys met between 3 and 5 May.", "met", "3 and 5 May", AT, "2022-05-03",
          "2022-05-05");
    dated(b, "By Saturday ten people had been arrested.", "arrested", "Saturday", UNTIL, NULL,
          NULL);
    dated(b, "Hundreds have died in the past two months.", "died", "the past two months", AT, NULL,
          DATE);
    dated(b, "The siege lasted from April 1992 to February 1996.", "lasted", "April 1992", AT, NULL,
          "1996-02-29");
    dated(b, "The bridge was rebuilt within two months.", "rebuilt", NULL, AT, NULL, NULL);
    dated(b, "The guards held him for three days.", "held", NULL, AT, NULL, NULL);
    dated(b, "Crowds march every Friday.", "march", NULL, AT, NULL, NULL);
    dated(b, "The two sides have recently exchanged prisoners.", "exchanged", NULL, AT, NULL, NULL);
    assert_int_equal(b->failed, 0);
}

static void without_a_day_of_publication(void **state) {
    bench *b = *state;
    if (!b->model) skip();
    casus_times *times = NULL;
    casus_parse *p = parse(b, "Rebels attacked the village on Tuesday.", NULL, &times);
    for (uint32_t i = 0; i < p->n_clauses; i++) {
        if (!casus_slice_is(p->tokens[p->clauses[i].head].form, "attacked")) continue;
        casus_when_fit fit;
        assert_int_equal(casus_when_clause_time(times, p, i, CASUS_NONE, &fit), 0);
        assert_int_equal(fit.from, CASUS_NO_DAY);
        assert_int_equal(fit.to, CASUS_NO_DAY);
        assert_int_equal(casus_when_clause_time(times, p, i, CASUS_NONE, NULL), 0);
    }
    assert_int_equal(casus_when_clause_time(times, p, p->n_clauses, CASUS_NONE, NULL), CASUS_NONE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(modifiers_of_the_clause),
        cmocka_unit_test(the_day_of_saying_is_not_that_of_the_act),
        cmocka_unit_test(deadlines_ranges_and_lengths),
        cmocka_unit_test(without_a_day_of_publication),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
