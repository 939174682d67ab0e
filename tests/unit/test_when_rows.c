/* Every row of data/when finds its words in its own example, with its value. Needs the compiled
 * pack beside the build; without it the test is passed over. */
#include "api/api.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define DATE "2022-11-15" /* a Tuesday */

typedef struct bench {
    casus_memory memory;
    casus_model *model;
    casus_worker *worker;
    casus_arena *arena;
    int32_t day;
} bench;

static int setup(void **state) {
    bench *b = calloc(1, sizeof *b);
    casus_error err;
    b->memory = casus_base_memory_default();
    casus_base_day_parse(CASUS_SLICE(DATE), &b->day);
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

static const casus_times *times_of(bench *b, casus_slice text) {
    casus_text *t = NULL;
    casus_parse *parse = NULL;
    casus_times *times = NULL;
    casus_error err;
    casus_base_arena_reset(b->arena);
    assert_int_equal(casus_read_text(&t, b->arena, CASUS_SLICE("row"), text, b->day, &err), 0);
    assert_int_equal(casus_lang_parse(&parse, b->worker->lang, t, &err), 0);
    assert_int_equal(casus_when_find(&times, b->model->when, parse, &err), 0);
    return times;
}

static bool letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Do the row's words stand in this time? Hyphens and blanks are the same. */
static bool holds(casus_slice text, const casus_time *t, casus_slice words) {
    char hay[512];
    uint32_t n = 0;
    for (uint32_t i = t->begin; i < t->end && n < sizeof hay; i++) {
        const char c = text.ptr[i];
        hay[n++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    for (uint32_t i = 0; i + words.len <= n; i++)
        if (memcmp(hay + i, words.ptr, words.len) == 0 && (i == 0 || !letter(hay[i - 1])) &&
            (i + words.len == n || !letter(hay[i + words.len])))
            return true;
    return false;
}

static const casus_time *find(const casus_times *times, casus_slice text, casus_slice words) {
    for (uint32_t i = 0; i < times->n; i++)
        if (holds(text, &times->items[i], words)) return &times->items[i];
    return NULL;
}

static bool contains(casus_slice s, const char *z) {
    const size_t n = strlen(z);
    for (uint32_t i = 0; i + n <= s.len; i++)
        if (memcmp(s.ptr + i, z, n) == 0) return true;
    return false;
}
static bool contains_slice(casus_slice s, casus_slice part) {
    char z[64] = {0};
    memcpy(z, part.ptr, part.len < 63 ? part.len : 63);
    return contains(s, z);
}

/* What a word before a time makes of it. */
static bool bound_right(const casus_times *times, casus_slice value) {
    const uint8_t wanted = casus_slice_is(value, "since")   ? CASUS_BOUND_SINCE
                           : casus_slice_is(value, "until") ? CASUS_BOUND_UNTIL
                                                            : CASUS_BOUND_DUE;
    return times->n == 1 && times->items[0].bound == wanted;
}

/* The columns of a row; the reason why it fails, or NULL. */
static const char *judge(bench *b, const casus_table *t, const char *file) {
    const casus_slice example = casus_base_table_get(t, "example");
    casus_slice words = casus_base_table_get(t, "word");
    if (!words.len) words = casus_base_table_get(t, "words");
    if (!example.len) return "has no example";
    const casus_times *times = times_of(b, example);
    const casus_slice role = casus_base_table_get(t, "role");
    const casus_slice value = casus_base_table_get(t, "value");
    if (casus_slice_is(role, "counted") || casus_slice_is(role, "numbered")) {
        for (uint32_t i = 0; i < times->n; i++) {
            const casus_slice v = times->items[i].value;
            if (v.len == 4 && v.ptr[0] <= '2') return "does not keep its number from being a year";
        }
        return NULL;
    }
    if (casus_slice_is(role, "bound"))
        return bound_right(times, value) ? NULL : "does not bound its time";
    if (casus_slice_is(role, "site")) {
        if (times->n != 1) return "finds no day";
        const uint32_t g = times->items[0].governor; /* third word from the end is the place */
        return g != CASUS_NONE && g < times->items[0].first - 2 ? NULL : "keeps the time to itself";
    }
    if (casus_slice_is(role, "hint")) {
        if (times->n != 1 || times->items[0].from == CASUS_NO_DAY) return "finds no day";
        const bool ahead = times->items[0].from > b->day;
        const bool past = casus_slice_is(value, "past") || casus_slice_is(value, "done");
        return ahead == !past ? NULL : "lies on the wrong side";
    }
    const casus_time *x = find(times, example, words);
    if (!x && casus_slice_is(casus_base_table_get(t, "span"), "2"))
        x = times->n ? times->items : NULL;
    if (!x && casus_slice_is(casus_base_table_get(t, "span"), "3"))
        x = times->n ? times->items : NULL;
    if (!x) return "is not found in its example";
    char z[16];
    if (strcmp(file, "months") == 0) {
        const casus_slice n = casus_base_table_get(t, "number");
        snprintf(z, sizeof z, "-%s%.*s", n.len < 2 ? "0" : "", (int)n.len, n.ptr);
        if (!contains(x->value, z)) return "has another month";
    } else if (strcmp(file, "weekdays") == 0) {
        const int day = casus_base_table_get(t, "day").ptr[0] - '0';
        snprintf(z, sizeof z, "WXX-%d", day);
        if (x->type == CASUS_TIME_SET ? !contains(x->value, z)
                                      : casus_slice_is(casus_base_table_get(t, "when"), "always") &&
                                            casus_base_day_weekday(x->from) != day)
            return "has another day";
    } else if (strcmp(file, "parts") == 0) {
        if (!contains_slice(x->value, casus_base_table_get(t, "part"))) return "has another part";
    } else if (strcmp(file, "seasons") == 0) {
        if (!contains_slice(x->value, casus_base_table_get(t, "season")))
            return "has another season";
    } else if (strcmp(file, "vague") == 0 || casus_slice_is(role, "set")) {
        if (!casus_slice_eq(x->value, value)) return "has another value";
    } else if (strcmp(file, "holidays") == 0) {
        if (x->from == CASUS_NO_DAY) return "has no day";
        const casus_slice rule = casus_base_table_get(t, "rule");
        if (rule.len == 5 && !contains_slice(x->value, rule)) return "has another day";
        if (rule.len == 10 && rule.ptr[4] == '-' && !casus_slice_eq(x->value, rule))
            return "has another day";
    }
    return NULL;
}

static void rows_fire(void **state) {
    static const char *const files[] = {"months",  "weekdays", "units",     "numbers",  "parts",
                                        "seasons", "vague",    "modifiers", "holidays", "triggers"};
    static const char *const needed[] = {"example", NULL};
    bench *b = *state;
    if (!b->model) skip();
    unsigned failed = 0, rows = 0;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char path[512], *bytes;
        size_t len;
        casus_error err;
        casus_table t;
        snprintf(path, sizeof path, CASUS_SOURCE_DIR "/data/when/%s.tsv", files[i]);
        assert_int_equal(casus_base_read_file(&bytes, &len, path, 1 << 24, &b->memory, &err), 0);
        assert_int_equal(casus_base_table_open(&t, files[i], casus_slice_of(bytes, len), needed,
                                               &err),
                         0);
        while (casus_base_table_next(&t, &err) == 1) {
            const char *wrong = judge(b, &t, files[i]);
            rows++;
            if (!wrong) continue;
            failed++;
            const casus_slice e = casus_base_table_get(&t, "example");
            fprintf(stderr, "data/when/%s.tsv:%u: \"%.*s\" %s: %.*s\n", files[i], (unsigned)t.line,
                    (int)t.field[0].len, t.field[0].ptr, wrong, (int)e.len, e.ptr ? e.ptr : "");
        }
        casus_base_release(&b->memory, bytes);
    }
    assert_true(rows > 400);
    assert_int_equal(failed, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(rows_fire)};
    return cmocka_run_group_tests(tests, setup, teardown);
}
