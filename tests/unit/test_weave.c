/* The weave: the same whatever the order of arrival and the number of runs; copies; the pieces that
 * it is made of; memory giving out. */
#include "packed.h"
#include "fault.h"
#include "weave/weave.h"
#include "weave/weave_int.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

enum { DOCS = 72 };
static casus_model *model;
static casus_doc *docs[DOCS];

/* A month of news of our own: raids in four towns, each told on two or three days, with talks and a
 * truce. */
static void text_of(int i, char *text, size_t size) {
    static const char *const towns[] = {"Kidal", "Gao", "Menaka", "Ansongo"};
    const char *town = towns[i % 4];
    const int dead = 5 + i / 8;
    switch (i % 3) {
    case 0:
        snprintf(text, size,
                 "Rebels attacked an army post in %s on Monday, killing %d soldiers, "
                 "the army said. Mali accused the rebels of shelling the market.",
                 town, dead);
        break;
    case 1:
        snprintf(text, size,
                 "The attack on the army post in %s killed %d soldiers. A spokesman "
                 "for the rebels denied that rebels attacked the post.",
                 town, dead);
        break;
    default:
        snprintf(text, size,
                 "The foreign ministers of Mali and Niger met in %s on Monday and "
                 "agreed to withdraw their troops by 1 June.",
                 town);
    }
}

static int open_model(void **state) {
    (void)state;
    casus_worker *worker = NULL;
    if (casus_model_open(&model, PACKED, NULL, NULL)) return -1;
    if (casus_worker_new(&worker, model, NULL)) return -1;
    for (int i = 0; i < DOCS; i++) {
        char text[512], id[16], date[16];
        casus_options o = CASUS_OPTIONS_INIT;
        text_of(i, text, sizeof text);
        snprintf(id, sizeof id, "d%02d", i);
        snprintf(date, sizeof date, "2025-03-%02d", 1 + i / 3);
        o.date = date;
        if (casus_code_text(&docs[i], worker, id, text, strlen(text), &o, NULL)) return -1;
    }
    casus_worker_free(worker);
    return 0;
}
static int close_model(void **state) {
    (void)state;
    for (int i = 0; i < DOCS; i++) casus_doc_free(docs[i]);
    casus_model_free(model);
    return 0;
}

static casus_status add(casus_weave *w, int i, casus_error *err) {
    const casus_item *item = casus_doc_item(docs[i]);
    casus_weave_doc d = {item->id, item->date, NULL, item->text, item->text_len, NULL, 0};
    d.events = casus_doc_events(docs[i], &d.n_events);
    return casus_weave_add(w, &d, err);
}

/* All that the weave can print. */
static char *print(const casus_weave *w) {
    static const char *const what[] = {"incidents", "accounts", "commitments",
                                       "stories",   "series",   "changes"};
    packed_text text = {0};
    casus_error err = {0};
    for (size_t i = 0; i < sizeof what / sizeof *what; i++)
        if (casus_weave_write(w, what[i], NULL, "jsonl", packed_sink, &text, &err))
            fail_msg("%s: %s", what[i], err.message);
    return text.ptr;
}

/* Adds the documents in the order given, with a run behind every `step` of them. */
static char *weave(const int *order, int step) {
    casus_weave *w = NULL;
    casus_error err = {0};
    assert_int_equal(casus_weave_new(&w, model, &err), CASUS_OK);
    for (int i = 0; i < DOCS; i++) {
        assert_int_equal(add(w, order[i], &err), CASUS_OK);
        if ((i + 1) % step == 0) assert_int_equal(casus_weave_run(w, NULL, &err), CASUS_OK);
    }
    assert_int_equal(casus_weave_run(w, NULL, &err), CASUS_OK);
    char *text = print(w);
    casus_weave_free(w);
    return text;
}

static void the_order_of_arrival_does_not_matter(void **state) {
    (void)state;
    int order[DOCS];
    uint32_t seed = 1;
    for (int i = 0; i < DOCS; i++) order[i] = i;
    char *first = weave(order, DOCS);
    assert_non_null(strstr(first, "\"state\""));
    for (int round = 0; round < 12; round++) {
        for (int i = DOCS - 1; i > 0; i--) {
            seed = seed * 1664525u + 1013904223u;
            const int k = (int)((seed >> 8) % (uint32_t)(i + 1)), other = order[k];
            order[k] = order[i];
            order[i] = other;
        }
        char *text = weave(order, round % 4 == 0 ? DOCS : 1 + round * 5);
        assert_string_equal(text, first);
        free(text);
    }
    free(first);
}

static void only_what_is_touched_is_woven_again(void **state) {
    (void)state;
    casus_weave *w = NULL;
    casus_weave_stats stats;
    casus_error err = {0};
    assert_int_equal(casus_weave_new(&w, model, &err), CASUS_OK);
    for (int i = 0; i < DOCS - 1; i++) assert_int_equal(add(w, i, &err), CASUS_OK);
    assert_int_equal(casus_weave_run(w, &stats, &err), CASUS_OK);
    assert_int_equal(stats.fresh, stats.records);
    const size_t before = stats.records, pairs = stats.pairs;
    assert_int_equal(casus_weave_run(w, &stats, &err), CASUS_OK);
    assert_int_equal(stats.fresh + stats.touched + stats.pairs, 0);
    assert_int_equal(add(w, DOCS - 1, &err), CASUS_OK);
    assert_int_equal(casus_weave_run(w, &stats, &err), CASUS_OK);
    assert_true(stats.fresh > 0 && stats.fresh == stats.records - before);
    assert_true(stats.touched < stats.records / 2 && stats.pairs < pairs / 4);
    /* once is enough */
    assert_int_equal(add(w, 0, &err), CASUS_E_FORMAT);
    casus_weave_free(w);
}

static void copies_are_one_story(void **state) {
    (void)state;
    casus_weave *w = NULL;
    casus_error err = {0};
    size_t n = 0;
    assert_int_equal(casus_weave_new(&w, model, &err), CASUS_OK);
    static const char wire[] =
        "The minister of defence said on Tuesday that soldiers had driven the rebels out of the "
        "town after two days of fighting in which eleven civilians were killed and the bridge was "
        "destroyed by shells fired from the hills.";
    static const char *const outlets[] = {"Agency", "Daily", "Gazette"};
    for (int i = 0; i < 3; i++) {
        char text[512], id[8];
        snprintf(text, sizeof text, "%s%s", wire, i == 1 ? " The Daily." : "");
        snprintf(id, sizeof id, "c%d", i);
        casus_event e = {0};
        e.id = (casus_string){id, strlen(id)};
        e.type = (casus_string){"ASSAULT", 7};
        e.status = (casus_string){"happened", 8};
        e.evidence_text = (casus_string){wire, sizeof wire - 1};
        e.evidence.end = (uint32_t)sizeof wire - 1;
        e.place.lat = e.place.lon = e.intensity = NAN;
        const casus_weave_doc d = {id, "2025-03-04", outlets[i], text, strlen(text), &e, 1};
        assert_int_equal(casus_weave_add(w, &d, &err), CASUS_OK);
    }
    const casus_weave_doc other = {
        "x", "2025-03-04", NULL, "Snow closed the airport in the north for most of the day.",
        57,  NULL,         0};
    assert_int_equal(casus_weave_add(w, &other, &err), CASUS_OK);
    assert_int_equal(casus_weave_run(w, NULL, &err), CASUS_OK);
    const casus_story *s = casus_weave_stories(w, &n);
    assert_int_equal(n, 1);
    assert_int_equal(s[0].n_docs, 3);
    const casus_incident *in = casus_weave_incidents(w, &n);
    assert_int_equal(n, 1);
    assert_int_equal(in[0].n_records, 3);
    casus_arena *arena = casus_base_arena_new(casus_weave_memory(w));
    casus_account *a = NULL;
    assert_int_equal(casus_weave_accounts(&a, &n, w, in, arena, &err), CASUS_OK);
    assert_int_equal(n, 1); /* one telling, three outlets */
    assert_int_equal(a[0].n_records, 1);
    assert_int_equal(a[0].n_docs, 3);
    casus_base_arena_free(arena);
    casus_weave_free(w);
}

static void clusters_are_joined_by_their_average(void **state) {
    (void)state;
    const casus_memory m = casus_base_memory_default();
    casus_arena *scratch = casus_base_arena_new(&m);
    /* 0, 1, 2 agree; 3 agrees with 2 alone, so that its average with the others is below zero */
    const weave_edge edges[] = {{0, 1, 3}, {1, 2, 2}, {0, 2, 2}, {2, 3, 1}};
    uint32_t of[4], reason[4];
    assert_int_equal(weave_cluster(4, edges, 4, of, reason, scratch, NULL), CASUS_OK);
    assert_int_equal(of[0] + of[1] + of[2], 0);
    assert_int_equal(of[3], 3);
    assert_int_equal(reason[1], 0);
    casus_base_arena_free(scratch);
}

/* A record of words of our own; its trigger is `word`. */
static void mark(weave_mark *m, const casus_weave *w, casus_event *e, const char *text,
                 const char *word, casus_arena *arena, casus_arena *scratch) {
    const char *at = strstr(text, word);
    assert_non_null(at);
    e->type = (casus_string){"ASSAULT", 7};
    e->rule = (casus_string){"assault.attack.n.1", 18};
    e->evidence_text = (casus_string){text, strlen(text)};
    e->evidence.end = (uint32_t)strlen(text);
    e->trigger.begin = (uint32_t)(at - text);
    e->trigger.end = e->trigger.begin + (uint32_t)strlen(word);
    assert_int_equal(weave_mark_event(m, &w->tables, e, 20000, arena, scratch, NULL), CASUS_OK);
}

static void days_that_point_back(void **state) {
    (void)state;
    static const struct {
        const char *text, *word;
        int32_t from;
    } cases[] = {
        {"The toll of the strikes on Gao two days ago rose to 40.", "strikes", 19998},
        {"The toll of the strikes on Gao three days earlier rose to 40.", "strikes", 19997},
        {"Officials counted the dead of the previous day's attacks.", "attacks", 19999},
        {"Gao mourns the victims of yesterday's attack.", "attack", 19999},
        {"Attacks in Gao, years after a truce, go on two days a week.", "Attacks", 19999},
        {"Attack on Gao: two days later nobody is found.", "Attack", 19999},
    };
    casus_weave *w = NULL;
    const casus_memory memory = casus_base_memory_default();
    assert_int_equal(casus_weave_new(&w, model, NULL), CASUS_OK);
    casus_arena *arena = casus_base_arena_new(&memory), *scratch = casus_base_arena_new(&memory);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        casus_event e = {0};
        weave_mark m;
        mark(&m, w, &e, cases[i].text, cases[i].word, arena, scratch);
        assert_int_equal(m.from, cases[i].from);
        assert_int_equal(m.told, i < 4); /* else presumed: the day of publication or before */
    }
    casus_base_arena_free(arena);
    casus_base_arena_free(scratch);
    casus_weave_free(w);
}

static void a_town_lies_in_its_country(void **state) {
    (void)state;
    casus_weave *w = NULL;
    double f[WEAVE_N_FEATURES];
    assert_int_equal(casus_weave_new(&w, model, NULL), CASUS_OK);
    weave_mark town = {.place = 1, .place_country = 7, .lat = 16.3, .lon = 0.0};
    weave_mark country = {.place = 2, .place_country = 7, .place_wide = 2, .lat = 17, .lon = -4};
    weave_mark region = {.place = 3, .place_country = 7, .place_wide = 1, .lat = 16.9, .lon = 1};
    weave_mark other = {.place = 4, .place_country = 9, .place_wide = 2, .lat = 17, .lon = -4};
    weave_score(&w->tables, &town, &country, 0, f);
    assert_true(f[WEAVE_place_inside] > 0 && f[WEAVE_place_far] <= 0);
    weave_score(&w->tables, &region, &town, 0, f);
    assert_true(f[WEAVE_place_inside] > 0 && f[WEAVE_place_far] <= 0);
    weave_score(&w->tables, &town, &other, 0, f);
    assert_true(f[WEAVE_place_inside] <= 0 && f[WEAVE_place_far] > 0);
    /* who acts in one suffers in the other: once in the sum, not thrice */
    town.sides[0][0].code = other.sides[1][0].code = 5;
    town.sides[1][0].code = other.sides[0][0].code = 6;
    town.n_sides[0] = town.n_sides[1] = other.n_sides[0] = other.n_sides[1] = 1;
    weave_score(&w->tables, &town, &other, 0, f);
    assert_true(f[WEAVE_swapped] > 0 && f[WEAVE_actor_conflict] <= 0 &&
                f[WEAVE_recipient_conflict] <= 0);
    casus_weave_free(w);
}

static void sides_and_figures_of_one_act(void **state) {
    (void)state;
    casus_weave *w = NULL;
    double f[WEAVE_N_FEATURES];
    assert_int_equal(casus_weave_new(&w, model, NULL), CASUS_OK);
    /* a leader and the group that he speaks for: no conflict, and at home nothing is swapped */
    weave_mark a = {.n_sides = {1, 1}, .sides = {{{5, 21, 0, true}}, {{5, 0, 0, false}}}};
    weave_mark b = {.n_sides = {1, 0}, .sides = {{{5, 22, 0, false}}}};
    weave_score(&w->tables, &a, &b, 0, f);
    assert_true(f[WEAVE_actor_code] > 0 && f[WEAVE_actor_conflict] <= 0 && f[WEAVE_swapped] <= 0);
    b.sides[0][0].person = true; /* two leaders are two */
    weave_score(&w->tables, &a, &b, 0, f);
    assert_true(f[WEAVE_actor_code] <= 0 && f[WEAVE_actor_conflict] > 0 && f[WEAVE_swapped] <= 0);
    b.reciprocal = true;
    weave_score(&w->tables, &a, &b, 0, f);
    assert_true(f[WEAVE_one_sided] > 0);
    /* a toll that rises is no other figure */
    a.n_counts = b.n_counts = 1;
    a.counts[0] = (weave_count){3, 15, 15};
    b.counts[0] = (weave_count){3, 40, 40};
    a.day = 20000;
    b.day = 20002;
    weave_score(&w->tables, &a, &b, 0, f);
    assert_true(f[WEAVE_count_conflict] > 0 && f[WEAVE_count_toll] <= 0);
    b.toll = true;
    weave_score(&w->tables, &a, &b, 0, f);
    assert_true(f[WEAVE_count_conflict] <= 0 && f[WEAVE_count_toll] > 0);
    /* "the attack", two days after the day that is told: it points back */
    a.told = true;
    a.from = a.to = 20000;
    b.from = 20001;
    b.to = 20002;
    weave_score(&w->tables, &a, &b, 0, f);
    assert_true(f[WEAVE_date_back] > 0 && f[WEAVE_date_told_off] <= 0);
    b.toll = false;
    weave_score(&w->tables, &a, &b, 0, f);
    assert_true(f[WEAVE_date_back] <= 0 && f[WEAVE_date_told_off] > 0);
    casus_weave_free(w);
}

static void words_about_the_act(void **state) {
    (void)state;
    static const char text[] =
        "Ten soldiers were killed when rebels ambushed a convoy, and attacks also hit Gao.";
    casus_weave *w = NULL;
    const casus_memory memory = casus_base_memory_default();
    double f[WEAVE_N_FEATURES];
    assert_int_equal(casus_weave_new(&w, model, NULL), CASUS_OK);
    casus_arena *arena = casus_base_arena_new(&memory), *scratch = casus_base_arena_new(&memory);
    casus_party hit[2] = {{.text = {"ten hostages", 12}}, {.text = {"12 hostages", 11}}};
    casus_event e[3];
    memset(e, 0, sizeof e);
    weave_mark m[3];
    e[0].recipients = &hit[0];
    e[1].recipients = &hit[1];
    e[0].n_recipients = e[1].n_recipients = 1;
    mark(&m[0], w, &e[0], text, "killed", arena, scratch);
    mark(&m[1], w, &e[1], text, "ambushed", arena, scratch);
    mark(&m[2], w, &e[2], text, "attacks", arena, scratch);
    weave_score(&w->tables, &m[0], &m[1], WEAVE_SAME_DOC | WEAVE_SAME_SENTENCE, f);
    assert_true(f[WEAVE_subordinate] > 0 && f[WEAVE_joined] <= 0 && f[WEAVE_close] > 0);
    assert_true(f[WEAVE_recipient_words] > 0 && f[WEAVE_recipient_others] <= 0);
    weave_score(&w->tables, &m[0], &m[2], WEAVE_SAME_DOC | WEAVE_SAME_SENTENCE, f);
    assert_true(f[WEAVE_joined] > 0);
    weave_score(&w->tables, &m[0], &m[2], WEAVE_SAME_DOC, f);
    assert_true(f[WEAVE_another] > 0 && f[WEAVE_near] > 0);
    casus_base_arena_free(arena);
    casus_base_arena_free(scratch);
    casus_weave_free(w);
}

static void bad_words_are_refused(void **state) {
    (void)state;
    casus_weave *w = NULL;
    casus_error err = {0};
    packed_text text = {0};
    assert_int_equal(casus_weave_new(&w, model, &err), CASUS_OK);
    casus_weave_doc d = {NULL, NULL, NULL, NULL, 0, NULL, 0};
    assert_int_equal(casus_weave_add(w, &d, &err), CASUS_E_ARGUMENT);
    d.id = "a", d.date = "yesterday";
    assert_int_equal(casus_weave_add(w, &d, &err), CASUS_E_ARGUMENT);
    assert_int_equal(casus_weave_run(w, NULL, &err), CASUS_OK);
    casus_weave_query q = CASUS_WEAVE_QUERY_INIT;
#define REFUSED(what, format)                                                          \
    assert_int_equal(casus_weave_write(w, what, &q, format, packed_sink, &text, &err), \
                     CASUS_E_ARGUMENT)
    REFUSED("weather", "jsonl");
    REFUSED("accounts", "csv");
    q.id = "i0";
    REFUSED("accounts", "jsonl");
    q.id = NULL, q.from = "2025";
    REFUSED("timeline", "jsonl");
    q.from = NULL, q.bin = "year";
    REFUSED("series", "csv");
    q.bin = NULL, q.type = "WAR";
    REFUSED("timeline", "table");
#undef REFUSED
    casus_weave_free(w);
    free(text.ptr);
}

static void memory_may_give_out(void **state) {
    (void)state;
    casus_pack *pack = NULL;
    const casus_memory plain = casus_base_memory_default();
    assert_int_equal(casus_pack_open(&pack, PACKED, &plain, NULL), CASUS_OK);
    fault f;
    size_t n = 1;
    do {
        casus_weave *w = NULL;
        casus_error err = {0};
        fault_start(&f, n);
        casus_status s = casus_weave_open(&w, pack, &f.memory, &err);
        for (int i = 0; !s && i < 6; i++) s = add(w, i, &err);
        if (!s) s = casus_weave_run(w, NULL, &err);
        FAULT_EXPECT(f, s);
        casus_weave_free(w);
        assert_int_equal(f.live, 0);
        n++;
    } while (f.failed);
    casus_pack_free(pack);
}

int main(void) {
    if (packed_missing()) return PACKED_SKIP;
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_order_of_arrival_does_not_matter),
                                       cmocka_unit_test(only_what_is_touched_is_woven_again),
                                       cmocka_unit_test(copies_are_one_story),
                                       cmocka_unit_test(clusters_are_joined_by_their_average),
                                       cmocka_unit_test(days_that_point_back),
                                       cmocka_unit_test(a_town_lies_in_its_country),
                                       cmocka_unit_test(sides_and_figures_of_one_act),
                                       cmocka_unit_test(words_about_the_act),
                                       cmocka_unit_test(bad_words_are_refused),
                                       cmocka_unit_test(memory_may_give_out)};
    return cmocka_run_group_tests(tests, open_model, close_model);
}
