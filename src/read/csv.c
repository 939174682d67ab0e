/* csv.c - the reader of comma-separated values (libcsv): a row a document, the columns named by the
 * first line, by the names of data/read/meta.tsv.
 *
 * Rows are given to libcsv a line at a time; a quoted field may run over lines. The separator is
 * the one of comma, semicolon and tab that the first line has most of. */
#include "read/charset.h"
#include "read/read_words.h"
#include <csv.h>

typedef struct csv_state {
    struct csv_parser parser;
    casus_field fields[CASUS_INPUT_MOST_COLUMNS];
    unsigned ranks[CASUS_INPUT_MOST_COLUMNS], n_columns;
    bool has_header, open_row, finished;
    casus_buffer row; /* the fields of the row one behind the other */
    size_t ends[CASUS_INPUT_MOST_COLUMNS];
    unsigned n;
    bool row_done, too_wide, told;
    uint64_t line; /* lines taken */
} csv_state;

static unsigned count_of(casus_slice s, char c) {
    unsigned n = 0;
    for (uint32_t i = 0; i < s.len; i++) n += s.ptr[i] == c;
    return n;
}

static char separator(casus_slice line) {
    const unsigned commas = count_of(line, ','), semicolons = count_of(line, ';'),
                   tabs = count_of(line, '\t');
    if (tabs > commas && tabs > semicolons) return '\t';
    return semicolons > commas ? ';' : ',';
}

static casus_slice unquoted(casus_slice s) {
    s = casus_slice_trim(s);
    if (s.len >= 2 && s.ptr[0] == '"' && s.ptr[s.len - 1] == '"')
        s = casus_slice_of(s.ptr + 1, s.len - 2);
    return s;
}

bool casus_read_csv_header(const casus_words *words, casus_slice head) {
    casus_slice line, name;
    if (!head.len || !memchr(head.ptr, '\n', head.len < 4096 ? head.len : 4096)) return false;
    casus_slice_cut(&head, '\n', &line);
    const char sep = separator(line);
    unsigned known = 0, n = 0, rank;
    bool text = false;
    while (casus_slice_cut(&line, sep, &name)) {
        n++;
        name = unquoted(name);
        if (name.len > 60 || n > CASUS_INPUT_MOST_COLUMNS) return false;
        const casus_field field = casus_read_words_field(words, "column", name, &rank);
        known += field != FIELD_NONE;
        text = text || field == FIELD_TEXT;
    }
    return n >= 2 && known >= 2 && text;
}

static void take_field(void *bytes, size_t len, void *payload) {
    csv_state *s = payload;
    if (s->n < CASUS_INPUT_MOST_COLUMNS) {
        casus_base_buffer_add(&s->row, bytes, len);
        s->ends[s->n++] = s->row.len;
    } else {
        s->too_wide = true;
    }
}
static void take_row(int c, void *payload) {
    (void)c;
    ((csv_state *)payload)->row_done = true;
}

static void drop_csv(casus_reader *r) {
    csv_state *s = r->state;
    csv_free(&s->parser);
    casus_base_buffer_free(&s->row);
    casus_base_release(&r->memory, s);
    r->state = NULL;
}

static casus_status begin(casus_reader *r, casus_error *err) {
    csv_state *s = casus_base_alloc(&r->memory, sizeof *s);
    if (!s) return casus_base_no_memory(err);
    memset(s, 0, sizeof *s);
    casus_base_buffer_init(&s->row, &r->memory);
    if (csv_init(&s->parser, 0)) {
        casus_base_release(&r->memory, s);
        return casus_base_no_memory(err);
    }
    r->state = s;
    r->drop = drop_csv;
    casus_slice head = casus_read_stream_peek(&r->stream), line;
    if (head.len >= 3 && memcmp(head.ptr, "\xEF\xBB\xBF", 3) == 0) {
        casus_read_stream_skip(&r->stream, 3, NULL);
        head = casus_slice_of(head.ptr + 3, head.len - 3);
    }
    if (casus_slice_cut(&head, '\n', &line))
        csv_set_delim(&s->parser, (unsigned char)separator(line));
    return CASUS_OK;
}

/* 1: a row; 0: the end; negative: failed. r->line is where the row begins. */
static int next_row(casus_reader *r, csv_state *s, casus_error *err) {
    s->row.len = 0;
    s->n = 0;
    s->row_done = false;
    size_t size = 0;
    r->line = s->line + 1;
    r->byte = casus_read_stream_at(&r->stream);
    while (!s->row_done) {
        r->buffer.len = 0;
        const int got =
            casus_read_stream_until(&r->stream, '\n', CASUS_INPUT_MOST_PAGE, &r->buffer, err);
        if (got < 0 && got != CASUS_E_LIMIT) return got;
        s->line++;
        size += r->buffer.len;
        if (got == CASUS_E_LIMIT || size > CASUS_INPUT_MOST_PAGE) {
            /* begin anew behind it */
            const unsigned char delim = csv_get_delim(&s->parser);
            csv_free(&s->parser);
            if (csv_init(&s->parser, 0)) return casus_base_no_memory(err);
            csv_set_delim(&s->parser, delim);
            return casus_read_fail(r, CASUS_E_LIMIT, "a row longer than 32 MiB, passed over", err);
        }
        bool bad;
        if (got == 0) {
            if (s->finished) return 0;
            s->finished = true;
            bad = csv_fini(&s->parser, take_field, take_row, s) != 0;
            if (!s->row_done && !bad) return 0;
        } else {
            casus_base_buffer_add(&r->buffer, "\n", 1);
            if (r->buffer.failed) return casus_base_no_memory(err);
            bad = csv_parse(&s->parser, r->buffer.ptr, r->buffer.len, take_field, take_row, s) !=
                  r->buffer.len;
        }
        if (bad || s->row.failed) return casus_base_no_memory(err);
        if (!s->row_done && s->n == 0 && size <= 1) { /* an empty line */
            r->line = s->line + 1;
            r->byte = casus_read_stream_at(&r->stream);
            size = 0;
        }
    }
    return 1;
}

static casus_slice field_of(const csv_state *s, unsigned i) {
    const size_t begin = i ? s->ends[i - 1] : 0;
    return casus_slice_of(s->row.ptr ? s->row.ptr + begin : "", s->ends[i] - begin);
}

static casus_status take_header(casus_reader *r, csv_state *s, casus_error *err) {
    bool text = false;
    s->n_columns = s->n;
    for (unsigned i = 0; i < s->n; i++) {
        s->fields[i] =
            casus_read_words_field(r->words, "column", unquoted(field_of(s, i)), &s->ranks[i]);
        text = text || s->fields[i] == FIELD_TEXT;
    }
    s->has_header = true;
    return text ? CASUS_OK
                : casus_read_fail(r, CASUS_E_FORMAT,
                                  "the first line names no column with the text (text, body, ...)",
                                  err);
}

int casus_read_next_csv(casus_reader *r, casus_error *err) {
    if (!r->state) {
        const casus_status s = begin(r, err);
        if (s) return s;
    }
    csv_state *s = r->state;
    if (!s->has_header) {
        const int got = next_row(r, s, err);
        if (got <= 0) return got;
        const casus_status failed = take_header(r, s, err);
        if (failed) s->n_columns = 0;
        if (failed) return failed;
    }
    if (!s->n_columns) return 0; /* nothing in it can be used */
    const int got = next_row(r, s, err);
    if (got <= 0) return got;
    casus_slice value[FIELDS] = {{NULL, 0}};
    unsigned rank[FIELDS] = {0};
    for (unsigned i = 0; i < s->n && i < s->n_columns; i++) {
        const casus_field field = s->fields[i];
        const casus_slice v = field_of(s, i);
        if (!v.len || (value[field].len && rank[field] <= s->ranks[i])) continue;
        value[field] = v;
        rank[field] = s->ranks[i];
    }
    casus_draft *d = &r->draft;
    casus_slice *const into[FIELDS] = {NULL,     &d->id,  &d->date,     &d->title, &d->author,
                                       &d->site, &d->url, &d->language, &d->text};
    for (unsigned i = 1; i < FIELDS; i++) {
        casus_slice utf8;
        if (!value[i].len) continue;
        const casus_status failed =
            casus_read_charset(d, value[i], CASUS_SLICE(""), false, &utf8, err);
        if (failed) return failed;
        *into[i] = casus_base_arena_copy(d->arena, utf8);
        if (!into[i]->ptr) return casus_base_no_memory(err);
    }
    if (!d->text.ptr) return casus_read_fail(r, CASUS_E_FORMAT, "a row without a text", err);
    d->line = r->line;
    d->date_from = "given";
    if (s->too_wide && !s->told &&
        !casus_read_draft_note(d, CASUS_SLICE("more columns than are read; the rest left out"), 0,
                               0))
        return casus_base_no_memory(err);
    s->told = s->too_wide;
    return 1;
}
