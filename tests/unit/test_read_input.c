/* The readers' tables, limits and hostile files; large ones are made here. */
#include "fault.h"
#include "read/charset.h"
#include "read/html.h"
#include "read/input.h"
#include "read/marks.h"
#include "read/read_words.h"
#include "read/tables.h"
#include "scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include <sys/stat.h>
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
                                        "byline", "stop", "crumb",   "now"};
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

static FILE *made(const char *path, const char *text) {
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    fputs(text, f);
    return f;
}

/* Each limit of casus.h that hostile_files does not reach: told, and the rest is read. */
static void limits(void **state) {
    scratch *dir = *state;
    char path[600], reason[200];
    unsigned documents, errors;
    casus_error last = {0};
    snprintf(path, sizeof path, "%s", scratch_path(dir, "limits"));
    FILE *f =
        made(path, "<html><p>The army left the town of Bara on Saturday, residents said.</p>");
    repeat(f, "<br>", CASUS_INPUT_MOST_NODES + 10);
    fclose(f);
    read_file(path, CASUS_KIND_HTML, &documents, &errors, reason, &last);
    assert_int_equal(documents, 1);
    assert_non_null(strstr(reason, "too many"));
    /* a mail of many parts, and one of parts in parts; the text comes first */
    static const char head[] = "From: a@example.org\nSubject: Bara\nMIME-Version: 1.0\n"
                               "Content-Type: multipart/mixed; boundary=b0\n\n--b0\n"
                               "Content-Type: text/plain\n\nThe army left Bara.\n";
    f = made(path, head);
    repeat(f, "--b0\nContent-Type: image/png\n\nx\n", CASUS_INPUT_MOST_PARTS + 5);
    fputs("--b0--\n", f);
    fclose(f);
    read_file(path, CASUS_KIND_MBOX, &documents, &errors, reason, &last);
    assert_int_equal(documents, 1);
    assert_non_null(strstr(reason, "too many parts"));
    f = made(path, head);
    for (unsigned i = 0; i < CASUS_INPUT_MOST_PARTS_DEEP + 5; i++)
        fprintf(f, "--b%u\nContent-Type: multipart/mixed; boundary=b%u\n\n", i, i + 1);
    fclose(f);
    read_file(path, CASUS_KIND_MBOX, &documents, &errors, reason, &last);
    assert_int_equal(documents, 1);
    assert_non_null(strstr(reason, "too deep"));
    /* more columns than are read, told once */
    f = made(path, "id,text");
    for (unsigned i = 0; i < CASUS_INPUT_MOST_COLUMNS; i++) fprintf(f, ",c%u", i);
    fputs("\n1,The army left Bara.\n", f);
    fclose(f);
    read_file(path, CASUS_KIND_CSV, &documents, &errors, reason, &last);
    assert_int_equal(documents, 1);
    assert_non_null(strstr(reason, "columns"));
    /* headers in a web archive: of HTTP a note, of the record an error */
    static const char page[] = "<html><p>The army left the town of Bara on Saturday.</p></html>";
    static const char warc[] = "WARC/1.0\r\nWARC-Type: response\r\n";
    const unsigned lines = CASUS_INPUT_MOST_HEADERS + 5;
    f = made(path, warc);
    fprintf(f, "Content-Length: %zu\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n",
            17 + 25 + lines * 8 + 2 + sizeof page - 1);
    repeat(f, "X-A: b\r\n", lines);
    fprintf(f, "\r\n%s\r\n\r\n", page);
    fclose(f);
    read_file(path, CASUS_KIND_WARC, &documents, &errors, reason, &last);
    assert_int_equal(documents, 1);
    assert_int_equal(errors, 0);
    assert_non_null(strstr(reason, "header"));
    f = made(path, warc);
    repeat(f, "X-A: b\r\n", lines);
    fprintf(f, "\r\n%sContent-Length: %zu\r\n\r\n%s\r\n\r\n", warc, sizeof page - 1, page);
    fclose(f);
    read_file(path, CASUS_KIND_WARC, &documents, &errors, reason, &last);
    assert_int_equal(documents, 1);
    assert_int_equal(errors, 1);
    assert_non_null(strstr(last.message, "header"));
    remove(path);
}

/* Too many files, folders too deep. */
static void limits_of_folders(void **state) {
    scratch *dir = *state;
    const casus_memory m = casus_base_memory_default();
    char path[600];
    casus_files files;
    casus_error err = {0};
    snprintf(path, sizeof path, "%s", scratch_path(dir, "many"));
    assert_int_equal(mkdir(path, 0700), 0);
    const size_t base = strlen(path);
    for (char c = 'a'; c < 'd'; c++) {
        snprintf(path + base, sizeof path - base, "/%c", c);
        fclose(made(path, "x"));
    }
    path[base] = 0;
    assert_int_equal(casus_read_files(&files, path, 3, &m, &err), CASUS_OK);
    assert_int_equal(files.n, 3);
    casus_read_files_free(&files);
    assert_int_equal(casus_read_files(&files, path, 2, &m, &err), CASUS_E_LIMIT);
    for (char c = 'a'; c < 'd'; c++) {
        snprintf(path + base, sizeof path - base, "/%c", c);
        remove(path);
    }
    size_t at = base;
    for (unsigned i = 0; i < CASUS_INPUT_MOST_FOLDERS + 1; i++) {
        at += (size_t)snprintf(path + at, sizeof path - at, "/d");
        assert_int_equal(mkdir(path, 0700), 0);
    }
    path[base] = 0;
    casus_input *in;
    assert_int_equal(casus_input_open(&in, path, NULL, NULL, &err), CASUS_E_LIMIT);
    assert_non_null(strstr(err.message, "deep"));
    for (; at >= base; at -= 2) {
        for (size_t i = base; i < at; i++) path[i] = i % 2 == base % 2 ? '/' : 'd';
        path[at] = 0;
        assert_int_equal(rmdir(path), 0);
    }
}

typedef void (*row_test)(const casus_words *w, const casus_table *t, casus_slice example);

static void each_row(const char *file, const unsigned char *bytes, size_t size, row_test test) {
    static const char *const needed[] = {"example", NULL};
    casus_words *w = words();
    casus_table t;
    casus_error err = {0};
    assert_int_equal(casus_base_table_open(&t, file, casus_slice_of((const char *)bytes, size),
                                           needed, &err),
                     CASUS_OK);
    while (casus_base_table_next(&t, &err) > 0) test(w, &t, casus_base_table_get(&t, "example"));
    casus_read_words_free(w);
}

#define BAD(t, s) fail_msg("%s:%d: '%.*s'", (t)->file, (int)(t)->line, (int)(s).len, (s).ptr)

static void part_row(const casus_words *w, const casus_table *t, casus_slice example) {
    static const struct {
        const char *name;
        unsigned bit;
    } parts[] = {{"drop", PART_DROP},
                 {"weak", PART_WEAK},
                 {"keep", PART_KEEP},
                 {"lede", PART_LEDE},
                 {"title", PART_TITLE},
                 {"date", PART_DATE},
                 {"author", PART_AUTHOR},
                 {"now", PART_NOW},
                 {"not", 0},
                 {"correction", PART_CORRECTION}};
    const casus_slice part = casus_base_table_get(t, "part");
    const char *open = memchr(example.ptr, '"', example.len);
    if (!open) BAD(t, example);
    casus_slice name = casus_slice_of(open + 1, (size_t)(example.ptr + example.len - open - 1));
    const char *close = memchr(name.ptr, '"', name.len);
    if (!close) BAD(t, example);
    name.len = (uint32_t)(close - name.ptr);
    const unsigned found = casus_read_words_parts(w, name);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (casus_slice_is(part, parts[i].name) &&
            (parts[i].bit ? !(found & parts[i].bit) : found != 0))
            BAD(t, example);
}

static void meta_row(const casus_words *w, const casus_table *t, casus_slice example) {
    char where[16];
    unsigned rank;
    int32_t day;
    const casus_slice field = casus_base_table_get(t, "field");
    snprintf(where, sizeof where, "%.*s", (int)casus_base_table_get(t, "where").len,
             casus_base_table_get(t, "where").ptr);
    const casus_field found =
        casus_read_words_field(w, where, casus_base_table_get(t, "name"), &rank);
    if (found == FIELD_NONE || !example.len) BAD(t, example);
    if (casus_slice_is(field, "date") != (found == FIELD_DATE)) BAD(t, example);
    if (found == FIELD_DATE && !casus_read_date(w, example, &day)) BAD(t, example);
    if (found == FIELD_URL && memcmp(example.ptr, "http", 4) != 0) BAD(t, example);
}

static void agency_row(const casus_words *w, const casus_table *t, casus_slice example) {
    casus_draft d = {.arena = NULL, .text = example};
    casus_dateline dateline;
    const casus_memory m = casus_base_memory_default();
    d.arena = casus_base_arena_new(&m);
    if (!casus_read_words_agency(w, casus_base_table_get(t, "name"))) BAD(t, example);
    if (!casus_read_marks(&d, w, &dateline) || !dateline.place.len) BAD(t, example);
    casus_base_arena_free(d.arena);
}

static void month_row(const casus_words *w, const casus_table *t, casus_slice example) {
    int32_t day, year, month, of_month;
    double want;
    if (!casus_read_date(w, example, &day)) BAD(t, example);
    casus_base_day_split(day, &year, &month, &of_month);
    if (!casus_base_number(casus_base_table_get(t, "month"), &want) || month != (int32_t)want)
        BAD(t, example);
}

static void language_row(const casus_words *w, const casus_table *t, casus_slice example) {
    char code[16];
    const casus_slice language = casus_base_table_get(t, "language");
    uint32_t n = 0;
    assert_true(language.len < sizeof code);
    memcpy(code, language.ptr, language.len);
    code[language.len] = '\0';
    if (!casus_read_words_language(w, code, casus_base_table_get(t, "word"))) BAD(t, example);
    for (uint32_t i = 0, end; i < example.len; i = end + 1) {
        for (end = i; end < example.len && example.ptr[end] != ' ';) end++;
        n += casus_read_words_language(w, code, casus_slice_of(example.ptr + i, end - i));
    }
    if (n < 2 || casus_read_words_language(w, "de", casus_base_table_get(t, "word")))
        BAD(t, example);
}

/* The example of every row of the other tables does what the row says. */
static void examples_of_the_rest(void **state) {
    (void)state;
#define EACH(name, test) \
    each_row(#name ".tsv", casus_read_table_##name, casus_read_table_##name##_size, test)
    EACH(parts, part_row);
    EACH(meta, meta_row);
    EACH(agencies, agency_row);
    EACH(months, month_row);
    EACH(languages, language_row);
}

/* Today's date in a masthead is never the day of publication. */
static void dates_of_pages(void **state) {
    (void)state;
    static const char *const heads[] = {
        "<span class=current-date>May 9, 2024</span>",
        "<div id=headerDate>Thursday, 9 May 2024</div>",
        "<div class=\"top-bar__date today\"><time datetime=2024-05-09>9 May</time></div>",
        "<header><time datetime=2024-05-09>9 May 2024</time><a href=/>Home</a></header>",
        ("<div class=date>9 May 2024</div><a href=a>A</a><a href=b>B</a><a href=c>C</a><a "
         "href=d>D</a>"),
        "<nav><span class=date>9 May 2024</span></nav>",
        "<p>Today is Thursday, May 9, 2024</p>"};
    static const char text[] =
        "<p>The army left the town of Bara on Saturday, two residents said by telephone.</p>"
        "<p>It had held the town since March, when rebels withdrew to the hills near by.</p>";
    static const char *const stories[] = {"<h1>Army leaves Bara</h1><p>Printed on 9 May 2024</p>",
                                          "<h1>Army leaves Bara</h1><div>3 May 2024</div>",
                                          "<h1>Army leaves Bara</h1><p>Ann Smith, May 3, 2024</p>"};
    const casus_memory m = casus_base_memory_default();
    casus_words *w = words();
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        for (size_t k = 0; k < sizeof stories / sizeof *stories; k++) {
            casus_draft d = {.arena = casus_base_arena_new(&m)};
            casus_error err = {0};
            int32_t day = 0;
            const casus_slice page =
                casus_base_arena_format(d.arena,
                                        "<html><body>%s<div>%s%s</div><footer><time>9 May "
                                        "2024</time></footer></body></html>",
                                        heads[i], stories[k], text);
            assert_int_equal(casus_read_html(&d, w, page, CASUS_SLICE(""), false, &err), CASUS_OK);
            if (d.date.len) casus_read_date(w, d.date, &day);
            if (day != (k ? casus_base_day_of(2024, 5, 3) : 0))
                fail_msg("%s %s: '%.*s'", heads[i], stories[k], (int)d.date.len, d.date.ptr);
            casus_base_arena_free(d.arena);
        }
    casus_read_words_free(w);
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
    const struct CMUnitTest tests[] = {cmocka_unit_test(examples_of_lines),
                                       cmocka_unit_test(dates),
                                       cmocka_unit_test(examples_of_the_rest),
                                       cmocka_unit_test(dates_of_pages),
                                       cmocka_unit_test_setup_teardown(limits, set_up, tear_down),
                                       cmocka_unit_test_setup_teardown(limits_of_folders, set_up,
                                                                       tear_down),
                                       cmocka_unit_test_setup_teardown(hostile_files, set_up,
                                                                       tear_down),
                                       cmocka_unit_test(without_memory)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
