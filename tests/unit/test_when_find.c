/* The finder of times on a parse made of words alone: values with and without a day of
 * publication, bad rows, damaged sections, failing memory, long texts. */
#include "fault.h"
#include "scratch.h"
#include "when/when.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const char *const files[] = {"feasts",    "months",   "weekdays", "units",
                                    "numbers",   "parts",    "seasons",  "vague",
                                    "modifiers", "holidays", "triggers", NULL};

/* Words parted by blanks as tokens, one sentence a line, everything a root: the finder must do with
 * what it gets. NULL: no memory. */
static casus_parse *parse_of(casus_arena *arena, casus_slice bytes, int32_t day) {
    casus_error err;
    casus_parse *p = casus_base_arena_zero(arena, 1, sizeof *p);
    if (!p || casus_read_text(&p->text, arena, CASUS_SLICE("t"), bytes, day, &err)) return NULL;
    const casus_slice text = p->text->text;
    p->tokens = casus_base_arena_zero(arena, text.len + 1u, sizeof *p->tokens);
    p->sentences = casus_base_arena_zero(arena, text.len + 1u, sizeof *p->sentences);
    if (!p->tokens || !p->sentences) return NULL;
    p->n_sentences = 1;
    for (uint32_t i = 0; i < text.len;) {
        const uint32_t begin = i;
        if (text.ptr[i] == ' ' || text.ptr[i] == '\n') {
            if (text.ptr[i] == '\n') p->sentences[p->n_sentences++].first = p->n_tokens;
            i++;
            continue;
        }
        while (i < text.len && text.ptr[i] != ' ' && text.ptr[i] != '\n') i++;
        casus_token *t = &p->tokens[p->n_tokens];
        t->begin = begin;
        t->end = i;
        t->form = t->lower = t->lemma = casus_slice_of(text.ptr + begin, i - begin);
        t->pos = CASUS_POS_PROPN;
        t->head = p->n_tokens;
        t->sent = p->n_sentences - 1;
        p->sentences[t->sent].last = ++p->n_tokens;
    }
    return p;
}

typedef struct bench {
    casus_memory memory;
    scratch folder;
    casus_pack *pack;
    casus_when *when;
} bench;

static int setup(void **state) {
    bench *b = calloc(1, sizeof *b);
    casus_error err;
    casus_pack_writer *writer = NULL;
    b->memory = casus_base_memory_default();
    scratch_make(&b->folder);
    assert_int_equal(casus_pack_writer_new(&writer, &b->memory, &err), 0);
    assert_int_equal(casus_when_compile(CASUS_SOURCE_DIR "/data", writer, &b->memory, &err), 0);
    const char *path = scratch_path(&b->folder, "pack");
    assert_int_equal(casus_pack_writer_save(writer, path, &err), 0);
    casus_pack_writer_free(writer);
    assert_int_equal(casus_pack_open(&b->pack, path, &b->memory, &err), 0);
    assert_int_equal(casus_when_open(&b->when, b->pack, &b->memory, &err), 0);
    *state = b;
    return 0;
}

static int teardown(void **state) {
    static const char *const names[] = {"pack", NULL};
    bench *b = *state;
    casus_when_free(b->when);
    casus_pack_free(b->pack);
    assert_int_equal(scratch_remove(&b->folder, names), 0);
    free(b);
    return 0;
}

/* ---- values ---------------------------------------------------------------------------------- */

static void expect(bench *b, const char *date, const char *text, const char *words,
                   const char *value, const char *from, const char *to) {
    int32_t day = CASUS_NO_DAY, first = CASUS_NO_DAY, last = CASUS_NO_DAY;
    casus_error err;
    casus_times *times = NULL;
    casus_arena *arena = casus_base_arena_new(&b->memory);
    if (date) assert_true(casus_base_day_parse(casus_slice_z(date), &day));
    if (from) assert_true(casus_base_day_parse(casus_slice_z(from), &first));
    if (to) assert_true(casus_base_day_parse(casus_slice_z(to), &last));
    casus_parse *p = parse_of(arena, casus_slice_z(text), day);
    assert_non_null(p);
    assert_int_equal(casus_when_find(&times, b->when, p, &err), 0);
    bool found = false;
    for (uint32_t i = 0; i < times->n; i++) {
        const casus_time *t = &times->items[i];
        const casus_slice s = casus_slice_of(text + t->begin, t->end - t->begin);
        if (!casus_slice_is(s, words)) continue;
        found = true;
        if (!casus_slice_is(t->value, value) || t->from != first || t->to != last)
            fail_msg("%s: \"%s\" is %.*s, %d to %d", text, words, (int)t->value.len, t->value.ptr,
                     (int)t->from, (int)t->to);
    }
    if (!found) fail_msg("%s: \"%s\" is not found", text, words);
    casus_base_arena_free(arena);
}

static void with_a_day_of_publication(void **state) {
    bench *b = *state;
    const char *d = "2022-11-15"; /* a Tuesday */
    expect(b, d, "seized on Tuesday", "Tuesday", "2022-11-15", "2022-11-15", "2022-11-15");
    expect(b, d, "seized on Wednesday", "Wednesday", "2022-11-09", "2022-11-09", "2022-11-09");
    expect(b, d, "seized last Tuesday", "last Tuesday", "2022-11-08", "2022-11-08", "2022-11-08");
    expect(b, d, "meets next Thursday", "next Thursday", "2022-11-24", "2022-11-24", "2022-11-24");
    expect(b, d, "seized last week", "last week", "2022-W45", "2022-11-07", "2022-11-13");
    expect(b, d, "seized last month", "last month", "2022-10", "2022-10-01", "2022-10-31");
    expect(b, d, "seized yesterday", "yesterday", "2022-11-14", "2022-11-14", "2022-11-14");
    expect(b, d, "seized last night", "last night", "2022-11-14TNI", "2022-11-14", "2022-11-14");
    expect(b, d, "seized in 1994", "1994", "1994", "1994-01-01", "1994-12-31");
    expect(b, d, "in the 1990s", "the 1990s", "199", "1990-01-01", "1999-12-31");
    expect(b, d, "seized ten days ago", "ten days ago", "2022-11-05", "2022-11-05", "2022-11-05");
    expect(b, d, "on 29 February 2020", "29 February 2020", "2020-02-29", "2020-02-29",
           "2020-02-29");
    expect(b, "2020-02-29", "a year ago", "a year ago", "2019", "2019-01-01", "2019-12-31");
    expect(b, "2021-01-01", "last week", "last week", "2020-W52", "2020-12-21", "2020-12-27");
    expect(b, "2020-01-31", "a month ago", "a month ago", "2019-12", "2019-12-01", "2019-12-31");
    expect(b, d, "on March 3 . The next day", "The next day", "2022-03-04", "2022-03-04",
           "2022-03-04");
    expect(b, d, "from Friday to Sunday", "Sunday", "2022-11-13", "2022-11-13", "2022-11-13");
    expect(b, d, "2022-11-03", "2022-11-03", "2022-11-03", "2022-11-03", "2022-11-03");
    expect(b, d, "10:30 p.m. on 3 May", "10:30 p.m. on 3 May", "2022-05-03T22:30", "2022-05-03",
           "2022-05-03");
    expect(b, "2023-04-12", "on Easter Sunday", "Easter Sunday", "2023-04-09", "2023-04-09",
           "2023-04-09");
    expect(b, "2023-05-02", "on Orthodox Easter", "Orthodox Easter", "2023-04-16", "2023-04-16",
           "2023-04-16");
}

static void without_one(void **state) {
    bench *b = *state;
    expect(b, NULL, "on Tuesday", "Tuesday", "XXXX-WXX-2", NULL, NULL);
    expect(b, NULL, "last week", "last week", "XXXX-WXX", NULL, NULL);
    expect(b, NULL, "today", "today", "XXXX-XX-XX", NULL, NULL);
    expect(b, NULL, "this morning", "this morning", "XXXX-XX-XXTMO", NULL, NULL);
    expect(b, NULL, "two years ago", "two years ago", "XXXX", NULL, NULL);
    expect(b, NULL, "November 7", "November 7", "XXXX-11-07", NULL, NULL);
    expect(b, NULL, "last year", "last year", "XXXX", NULL, NULL);
    expect(b, NULL, "the past month", "the past month", "XXXX-XX", NULL, NULL);
    expect(b, NULL, "Christmas Day", "Christmas Day", "XXXX-12-25", NULL, NULL);
    expect(b, NULL, "at Easter", "Easter", "XXXX-XX-XX", NULL, NULL);
    expect(b, NULL, "the third quarter", "the third quarter", "XXXX-Q3", NULL, NULL);
    expect(b, NULL, "for three days", "three days", "P3D", NULL, NULL);
    expect(b, NULL, "on 5 May 2011", "5 May 2011", "2011-05-05", "2011-05-05", "2011-05-05");
    expect(b, NULL, "on 5 May 2011 and two days later", "two days later", "2011-05-07",
           "2011-05-07", "2011-05-07");
    expect(b, NULL, "on 9/11", "9/11", "2001-09-11", "2001-09-11", "2001-09-11");
}

/* ---- bad data -------------------------------------------------------------------------------- */

/* Compiles the data with one more row in one file. */
static casus_status with_row(bench *b, const char *file, const char *row, casus_error *err) {
    scratch s;
    scratch_make(&s);
    char folder[300], name[64];
    snprintf(folder, sizeof folder, "%s/when", s.folder);
    assert_int_equal(mkdir(folder, 0700), 0);
    for (const char *const *f = files; *f; f++) {
        char path[512], *bytes;
        size_t len;
        snprintf(path, sizeof path, CASUS_SOURCE_DIR "/data/when/%s.tsv", *f);
        assert_int_equal(casus_base_read_file(&bytes, &len, path, 1 << 24, &b->memory, err), 0);
        snprintf(name, sizeof name, "when/%s.tsv", *f);
        FILE *out = fopen(scratch_path(&s, name), "wb");
        assert_non_null(out);
        fwrite(bytes, 1, len, out);
        if (strcmp(*f, file) == 0) fprintf(out, "%s%s\n", bytes[len - 1] == '\n' ? "" : "\n", row);
        fclose(out);
        casus_base_release(&b->memory, bytes);
    }
    casus_pack_writer *writer = NULL;
    assert_int_equal(casus_pack_writer_new(&writer, &b->memory, err), 0);
    const casus_status status = casus_when_compile(s.folder, writer, &b->memory, err);
    casus_pack_writer_free(writer);
    for (const char *const *f = files; *f; f++) {
        snprintf(name, sizeof name, "when/%s.tsv", *f);
        unlink(scratch_path(&s, name));
    }
    rmdir(folder);
    assert_int_equal(scratch_remove(&s, NULL), 0);
    return status;
}

static void bad_rows_are_refused(void **state) {
    static const struct {
        const char *file, *row, *message;
    } bad[] = {
        {"months", "smarch\t13\talways\tx", "no month"},
        {"months", "june\t6\talways\tx", "stand here twice"},
        {"months", "smarch\t3\tsometimes\tx", "unknown condition"},
        {"months", "\t3\talways\tx", "no words"},
        {"weekdays", "doomsday\t8\tone\talways\tx", "no day of the week"},
        {"weekdays", "doomsday\t7\tfew\talways\tx", "neither one nor many"},
        {"units", "moon\tmoon\t1\tone\t\tx", "no unit of time"},
        {"units", "moon\tday\t0\tone\t\tx", "no count"},
        {"numbers", "umpteen\tx\tone\tx", "no number"},
        {"numbers", "umpteen\t1\tmost\tx", "no kind of number"},
        {"parts", "teatime\tTEA\t\tx", "no part of the day"},
        {"seasons", "monsoon\tMONSOON\tx", "no season"},
        {"vague", "then\tPAST_REF\tany\tWHEN\tx", "no type of time"},
        {"vague", "then\t\tany\t\tx", "no value"},
        {"modifiers", "exactly\tX\tthere\tx", "no place for a modifier"},
        {"holidays", "my day\t13-01\t\tx", "no rule"},
        {"holidays", "my day\tnth 1 9 1\t\tx", "no rule"},
        {"holidays", "my day\tfeast nosuch\t\tx", "no rule"},
        {"holidays", "my day\t01-01\tmany\tx", "no span"},
        {"feasts", "yom-kippur\t2036-01-01\t2035-01-01", "no days of"},
        {"feasts", "ashura\t2040-01-01\t2040-01-01", "are parted"},
        {"triggers", "forsooth\toath\t\tx", "no role"},
        {"triggers", "forsooth\trel\tnever\tx", "no value for this role"},
        {"triggers", "forsooth\tzone\tx\tx", "no value for this role"},
        {"triggers", "forsooth\thint\tsideways\tx", "no value for this role"},
        {"triggers", "a\tb\tc\td\te\tf", "field"},
    };
    bench *b = *state;
    casus_error err;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const casus_status s = with_row(b, bad[i].file, bad[i].row, &err);
        if (s != CASUS_E_DATA || !strstr(err.message, bad[i].message) || err.line < 2 ||
            !strstr(err.file, bad[i].file))
            fail_msg("%s: %d, %s:%u: %s", bad[i].row, (int)s, err.file, (unsigned)err.line,
                     err.message);
    }
    casus_pack_writer *writer = NULL;
    assert_int_equal(casus_pack_writer_new(&writer, &b->memory, &err), 0);
    assert_int_equal(casus_when_compile("/nonexistent", writer, &b->memory, &err), CASUS_E_IO);
    casus_pack_writer_free(writer);
}

/* ---- damage ---------------------------------------------------------------------------------- */

static void a_damaged_section_is_refused_or_harmless(void **state) {
    bench *b = *state;
    const void *bytes;
    size_t len;
    casus_error err;
    assert_int_equal(casus_pack_section(b->pack, "when", &bytes, &len, &err), 0);
    unsigned char *copy = malloc(len);
    unsigned refused = 0, taken = 0;
    uint32_t random = 12345;
    for (unsigned turn = 0; turn < 400; turn++) {
        scratch s;
        static const char *const names[] = {"pack", NULL};
        memcpy(copy, bytes, len);
        random = random * 1103515245u + 12345u;
        const size_t n = turn < 40 ? len * turn / 40 : len;
        const size_t at = turn % 3 == 0 ? random % 64 : random % 40000;
        if (turn >= 40 && at < len) copy[at] ^= (unsigned char)(1u << (random >> 28 & 7));
        if (turn >= 40 && at + 1 < len && turn % 2) copy[at + 1] = 0xFF;
        casus_pack_writer *writer = NULL;
        casus_pack *pack = NULL;
        casus_when *when = NULL;
        scratch_make(&s);
        assert_int_equal(casus_pack_writer_new(&writer, &b->memory, &err), 0);
        assert_int_equal(casus_pack_writer_add(writer, "when", copy, n, &err), 0);
        assert_int_equal(casus_pack_writer_save(writer, scratch_path(&s, "pack"), &err), 0);
        casus_pack_writer_free(writer);
        assert_int_equal(casus_pack_open(&pack, scratch_path(&s, "pack"), &b->memory, &err), 0);
        const casus_status st = casus_when_open(&when, pack, &b->memory, &err);
        if (st) {
            assert_int_equal(st, CASUS_E_FORMAT);
            refused++;
        } else {
            casus_arena *arena = casus_base_arena_new(&b->memory);
            casus_times *times = NULL;
            casus_parse *p = parse_of(
                arena,
                CASUS_SLICE("on Monday, 3 May two weeks ago last Christmas at 9 p.m. EST the third "
                            "quarter of 1990 every day early this summer for Ramadan tonight soon"),
                19000);
            assert_int_equal(casus_when_find(&times, when, p, &err), 0);
            casus_base_arena_free(arena);
            taken++;
        }
        casus_when_free(when);
        casus_pack_free(pack);
        assert_int_equal(scratch_remove(&s, names), 0);
    }
    free(copy);
    assert_true(refused > 40);
    assert_true(taken > 40);
}

static void a_pack_without_times_is_refused(void **state) {
    bench *b = *state;
    scratch s;
    static const char *const names[] = {"pack", NULL};
    casus_error err;
    casus_pack_writer *writer = NULL;
    casus_pack *pack = NULL;
    casus_when *when = NULL;
    scratch_make(&s);
    assert_int_equal(casus_pack_writer_new(&writer, &b->memory, &err), 0);
    assert_int_equal(casus_pack_writer_add(writer, "other", "x", 1, &err), 0);
    assert_int_equal(casus_pack_writer_save(writer, scratch_path(&s, "pack"), &err), 0);
    casus_pack_writer_free(writer);
    assert_int_equal(casus_pack_open(&pack, scratch_path(&s, "pack"), &b->memory, &err), 0);
    assert_int_equal(casus_when_open(&when, pack, &b->memory, &err), CASUS_E_FORMAT);
    casus_pack_free(pack);
    assert_int_equal(scratch_remove(&s, names), 0);
    casus_when_free(NULL);
}

/* ---- memory and length ----------------------------------------------------------------------- */

static void compiling_survives_failing_memory(void **state) {
    (void)state;
    fault f;
    casus_error err;
    /* every 7th allocation after the first hundred, or it would take minutes */
    for (size_t n = 1;; n += n < 100 ? 1 : 7) {
        fault_start(&f, n);
        casus_pack_writer *writer = NULL;
        casus_status s = casus_pack_writer_new(&writer, &f.memory, &err);
        if (!s) s = casus_when_compile(CASUS_SOURCE_DIR "/data", writer, &f.memory, &err);
        FAULT_EXPECT(f, s);
        casus_pack_writer_free(writer);
        assert_int_equal(f.live, 0);
        if (!f.failed) break;
    }
}

static void finding_survives_failing_memory(void **state) {
    bench *b = *state;
    fault f;
    casus_error err;
    FAULT_EVERY(f) {
        casus_when *when = NULL;
        casus_times *times = NULL;
        casus_status s = casus_when_open(&when, b->pack, &f.memory, &err);
        casus_arena *arena = s ? NULL : casus_base_arena_new(&f.memory);
        if (!s && !arena) s = CASUS_E_MEMORY;
        casus_parse *p = NULL;
        if (!s) {
            p = parse_of(arena, CASUS_SLICE("on Monday, 3 May 2011 and two weeks ago"), 19000);
            if (!p) s = CASUS_E_MEMORY;
        }
        if (!s) s = casus_when_find(&times, when, p, &err);
        FAULT_EXPECT(f, s);
        casus_base_arena_free(arena);
        casus_when_free(when);
    }
}

/* Texts that make a careless finder quadratic. */
static void long_texts_take_linear_time(void **state) {
    static const char *const pieces[] = {"the ",     "twenty ", "last the ", "at least ",
                                         "1,000,",   "3 and ",  "Monday, ",  "- ",
                                         "hundred ", "may ",    "year ago ", "from 3 to "};
    bench *b = *state;
    casus_error err;
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        const size_t n = strlen(pieces[i]), times_n = 400000 / n;
        char *text = malloc(n * times_n);
        for (size_t k = 0; k < times_n; k++) memcpy(text + k * n, pieces[i], n);
        casus_arena *arena = casus_base_arena_new(&b->memory);
        casus_parse *p = parse_of(arena, casus_slice_of(text, n * times_n), 19000);
        casus_times *times = NULL;
        assert_non_null(p);
        assert_int_equal(casus_when_find(&times, b->when, p, &err), 0);
        for (uint32_t k = 1; k < times->n; k++)
            assert_true(times->items[k - 1].end <= times->items[k].begin);
        casus_base_arena_free(arena);
        free(text);
    }
}

/* Any sequence of words gives times in order, not overlapping, with from before to. */
static void random_words_are_harmless(void **state) {
    static const char *const words[] = {
        "the",     "last",    "next",     "this",      "that",    "two",       "3",
        "1994",    "'98",     "May",      "March",     "Monday",  "week",      "year",
        "years",   "decades", "ago",      "later",     "before",  "of",        "and",
        "to",      "-",       ",",        ".",         ":",       "30",        "p.m.",
        "noon",    "morning", "night",    "summer",    "quarter", "third",     "half",
        "a",       "few",     "every",    "twice",     "old",     "end",       "early",
        "mid",     "about",   "from",     "until",     "by",      "GMT",       "BC",
        "fiscal",  "Easter",  "Ramadan",  "eve",       "today",   "now",       "'s",
        "hundred", "million", "1990s",    "nineties",  "million", "999999",    "999,999",
        "weekend", "daily",   "previous", "following", "same",    "centuries", "o'clock",
        "10/11/99"};
    bench *b = *state;
    uint32_t random = 99;
    for (unsigned turn = 0; turn < 3000; turn++) {
        char text[600];
        size_t n = 0;
        for (unsigned k = 0; k < 40; k++) {
            random = random * 1664525u + 1013904223u;
            const char *w = words[(random >> 8) % (sizeof words / sizeof *words)];
            n += (size_t)snprintf(text + n, sizeof text - n, "%s%s", w,
                                  random >> 29   ? " "
                                  : random >> 28 ? "\n"
                                                 : "");
        }
        casus_arena *arena = casus_base_arena_new(&b->memory);
        casus_times *times = NULL;
        casus_error err;
        casus_parse *p = parse_of(arena, casus_slice_of(text, n), turn % 3 ? 19000 : CASUS_NO_DAY);
        assert_non_null(p);
        assert_int_equal(casus_when_find(&times, b->when, p, &err), 0);
        for (uint32_t k = 0; k < times->n; k++) {
            const casus_time *t = &times->items[k];
            assert_true(t->begin < t->end && t->first < t->last && t->last <= p->n_tokens);
            assert_true(!k || times->items[k - 1].end <= t->begin);
            assert_true((t->from == CASUS_NO_DAY) == (t->to == CASUS_NO_DAY));
            assert_true(t->from <= t->to);
            assert_true(t->value.len > 0);
        }
        casus_base_arena_free(arena);
    }
}

static void empty_texts(void **state) {
    bench *b = *state;
    casus_error err;
    casus_arena *arena = casus_base_arena_new(&b->memory);
    casus_times *times = NULL;
    casus_parse *p = parse_of(arena, CASUS_SLICE(""), 19000);
    assert_int_equal(casus_when_find(&times, b->when, p, &err), 0);
    assert_int_equal(times->n, 0);
    assert_int_equal(casus_when_clause_time(times, p, 0, CASUS_NONE, NULL), CASUS_NONE);
    casus_base_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(with_a_day_of_publication),
        cmocka_unit_test(without_one),
        cmocka_unit_test(bad_rows_are_refused),
        cmocka_unit_test(a_damaged_section_is_refused_or_harmless),
        cmocka_unit_test(a_pack_without_times_is_refused),
        cmocka_unit_test(compiling_survives_failing_memory),
        cmocka_unit_test(finding_survives_failing_memory),
        cmocka_unit_test(long_texts_take_linear_time),
        cmocka_unit_test(random_words_are_harmless),
        cmocka_unit_test(empty_texts),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
