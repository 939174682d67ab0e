/* The readers' tables, limits and hostile files; large ones are made here. */
#include "fault.h"
#include "read/charset.h"
#include "read/input.h"
#include "read/read_words.h"
#include "read/tables.h"
#include "scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include <unistd.h>
#include <zlib.h>

static casus_words *words(void) {
    const casus_memory m = casus_base_memory_default();
    casus_words *w = NULL;
    casus_error err = {0};
    if (casus_read_words_open(&w, &m, &err))
        fail_msg("%s:%d %s", err.file, (int)err.line, err.message);
    return w;
}

/* Every line of data/read/lines.tsv is known by its words, as its kind. */
static void examples_of_lines(void **state) {
    (void)state;
    static const char *const needed[] = {"kind", "example", NULL};
    static const char *const kinds[] = {"text",   "more", "caption", "correction",
                                        "byline", "stop", "crumb"};
    casus_words *w = words();
    casus_table t;
    casus_error err = {0};
    assert_int_equal(casus_base_table_open(&t, "lines.tsv",
                                           casus_slice_of((const char *)casus_read_table_lines,
                                                          casus_read_table_lines_size),
                                           needed, &err),
                     CASUS_OK);
    unsigned bad = 0;
    while (casus_base_table_next(&t, &err) > 0) {
        const casus_slice example = casus_base_table_get(&t, "example");
        const casus_line_kind kind = casus_read_words_line(w, example);
        if (!casus_slice_is(casus_base_table_get(&t, "kind"), kinds[kind])) {
            print_error("lines.tsv:%d: '%.*s' is %s\n", (int)t.line, (int)example.len, example.ptr,
                        kinds[kind]);
            bad++;
        }
    }
    assert_int_equal(bad, 0);
    assert_int_equal(casus_read_words_line(w, CASUS_SLICE("The army said it had left.")),
                     LINE_TEXT);
    casus_read_words_free(w);
}

static void dates(void **state) {
    (void)state;
    static const char *const good[] = {"2024-05-03",
                                       "2024-05-03T10:00:00Z",
                                       "20240503",
                                       "2024/5/3",
                                       "03.05.2024",
                                       "Fri, 03 May 2024 10:00:00 GMT",
                                       "May 3, 2024",
                                       "3 May 2024",
                                       "Friday, May 3rd, 2024 at 10:00",
                                       "Published on 3 May, 2024",
                                       "By Ann Smith, May 3, 2024 4:00 AM",
                                       "10:12, 3 May 2024"};
    static const char *const none[] = {"",          "03/05/2024", "May 2024",
                                       "yesterday", "2024-13-01", "31 June 2024",
                                       "May 3",     "10:00",      "99999999999999"};
    casus_words *w = words();
    int32_t day;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (!casus_read_date(w, casus_slice_z(good[i]), &day) ||
            day != casus_base_day_of(2024, 5, 3))
            fail_msg("'%s' is not read", good[i]);
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        if (casus_read_date(w, casus_slice_z(none[i]), &day)) fail_msg("'%s' is read", none[i]);
    assert_true(casus_read_date_url(w, CASUS_SLICE("https://a.example/2024/05/03/x"), &day));
    assert_int_equal(day, casus_base_day_of(2024, 5, 3));
    assert_true(casus_read_date_url(w, CASUS_SLICE("https://a.example/2024/may/3/x"), &day));
    assert_false(casus_read_date_url(w, CASUS_SLICE("https://a.example/news/20245"), &day));
    casus_read_words_free(w);
}

/* Reads the file and gives how many documents and errors; the last of each. */
static void read_file(const char *path, casus_kind kind, unsigned *documents, unsigned *errors,
                      char *reason, casus_error *last) {
    casus_input *in;
    const casus_input_options o = {kind, NULL};
    casus_error err = {0};
    casus_item item;
    *documents = *errors = 0;
    reason[0] = 0;
    assert_int_equal(casus_input_open(&in, path, &o, NULL, &err), CASUS_OK);
    for (int more; (more = casus_input_next(in, &item, &err)) != 0;) {
        if (more < 0) {
            (*errors)++;
            *last = err;
            continue;
        }
        (*documents)++;
        for (size_t i = 0; i < item.n_notes; i++) snprintf(reason, 200, "%s", item.notes[i].reason);
    }
    casus_input_free(in);
}

static void repeat(FILE *f, const char *s, size_t n) {
    for (size_t i = 0; i < n; i++) fputs(s, f);
}

static void hostile_files(void **state) {
    scratch *dir = *state;
    char path[600], reason[200];
    unsigned documents, errors;
    casus_error last = {0};
    snprintf(path, sizeof path, "%s", scratch_path(dir, "hostile"));
    /* nested 100,000 deep, end tags that fit nothing */
    FILE *f = fopen(path, "wb");
    fputs("<html><p>The army left the town of Bara on Saturday, residents said.</p>", f);
    repeat(f, "<div>", 100000);
    repeat(f, "</p>", 100000);
    fclose(f);
    read_file(path, CASUS_KIND_AUTO, &documents, &errors, reason, &last);
    assert_int_equal(documents, 1);
    assert_non_null(strstr(reason, "too deep"));
    /* an element with a million attributes */
    f = fopen(path, "wb");
    fputs("<html><p", f);
    for (int i = 0; i < 1000000; i++) fprintf(f, " a%d", i);
    fputs(">The army left the town of Bara on Saturday.</p></html>", f);
    fclose(f);
    read_file(path, CASUS_KIND_HTML, &documents, &errors, reason, &last);
    assert_int_equal(documents, 1);
    assert_non_null(strstr(reason, "attributes"));
    /* a feed of nested elements and one of as many attributes */
    f = fopen(path, "wb");
    fputs("<rss><channel><item><title>T</title><description>D</description></item>", f);
    repeat(f, "<a>", 100000);
    fclose(f);
    read_file(path, CASUS_KIND_AUTO, &documents, &errors, reason, &last);
    assert_int_equal(documents, 1);
    /* a line of 100 MB, which is no JSON, and a good one behind it */
    f = fopen(path, "wb");
    fputs("{\"text\": \"", f);
    for (int i = 0; i < 100; i++) {
        static char block[1 << 20];
        memset(block, 'a', sizeof block);
        fwrite(block, 1, sizeof block, f);
    }
    fputs("\n{\"text\": \"The army left.\"}\n", f);
    fclose(f);
    read_file(path, CASUS_KIND_AUTO, &documents, &errors, reason, &last);
    assert_int_equal(documents, 1);
    assert_int_equal(errors, 1);
    /* a page longer than is read */
    f = fopen(path, "wb");
    fputs("<html><p>The army left the town of Bara on Saturday, residents said.</p>", f);
    repeat(f, "<br>                                                            ", 600000);
    fclose(f);
    read_file(path, CASUS_KIND_AUTO, &documents, &errors, reason, &last);
    assert_int_equal(documents, 1);
    assert_non_null(strstr(reason, "longer"));
    /* a bomb: 600 MB of zeros in half a megabyte */
    gzFile gz = gzopen(path, "wb9");
    static char zeros[1 << 20];
    for (int i = 0; i < 600; i++) gzwrite(gz, zeros, sizeof zeros);
    gzclose(gz);
    read_file(path, CASUS_KIND_TEXT, &documents, &errors, reason, &last);
    assert_true(errors >= 1);
    assert_non_null(strstr(last.message, "proportion"));
    /* half a gzipped file: what there is, then the error */
    gz = gzopen(path, "wb");
    gzputs(gz, "{\"text\": \"one\"}\n");
    gzflush(gz, Z_FULL_FLUSH);
    for (int i = 0; i < 1000; i++) gzprintf(gz, "{\"text\": \"%d\"}\n", i * 7919);
    gzclose(gz);
    assert_int_equal(truncate(path, 60), 0);
    read_file(path, CASUS_KIND_AUTO, &documents, &errors, reason, &last);
    assert_true(documents >= 1 && errors >= 1);
    assert_non_null(strstr(last.message, "too early"));
    remove(path);
}

/* Memory that gives out anywhere: an error, nothing kept. */
static void without_memory(void **state) {
    (void)state;
    static const char *const files[] = {"page", "feed.xml", "archive.warc", "table.csv",
                                        "news.mbox"};
    for (size_t k = 0; k < sizeof files / sizeof *files; k++) {
        char path[600];
        snprintf(path, sizeof path, CASUS_SOURCE_DIR "/tests/cli/cases/read-kinds/%s", files[k]);
        for (size_t n = 1;; n += n < 60 ? 1 : n / 8) {
            fault f;
            fault_start(&f, n);
            casus_input *in = NULL;
            casus_error err = {0};
            casus_item item;
            int more = casus_input_open(&in, path, NULL, &f.memory, &err);
            if (!more)
                for (unsigned turns = 0;
                     turns < 50 && (more = casus_input_next(in, &item, &err)) != 0;)
                    turns++;
            casus_input_free(more && !in ? NULL : in);
            if (!f.failed) break;
            assert_int_equal(f.live, 0);
        }
    }
}

static int set_up(void **state) {
    *state = calloc(1, sizeof(scratch));
    scratch_make(*state);
    return 0;
}
static int tear_down(void **state) {
    static const char *const none[] = {NULL};
    scratch_remove(*state, none);
    free(*state);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(examples_of_lines), cmocka_unit_test(dates),
                                       cmocka_unit_test_setup_teardown(hostile_files, set_up,
                                                                       tear_down),
                                       cmocka_unit_test(without_memory)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
