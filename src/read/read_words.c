/* read_words.c - the tables of data/read, opened: a hash of words and a list of lines.
 *
 * Opening reads some 900 rows (well under a millisecond); an input opens them with its first
 * document. A line is tried against every row of lines.tsv. */
#include "read/read_words.h"
#include "read/tables.h"

typedef struct entry {
    casus_slice key; /* the table's letter, ':', the word */
    uint32_t value;
} entry;

typedef struct line_row {
    casus_slice words;
    char where;
    uint8_t kind;
    uint32_t most;
} line_row;

struct casus_words {
    casus_arena *arena;
    casus_memory memory;
    entry *entries; /* [size], open addressing */
    uint32_t size, n;
    line_row *lines;
    size_t n_lines;
};

#define WORDS_SIZE 4096u /* entries of the hash, a power of two; at most half are taken */
#define NAME_MOST 200u   /* bytes of a class or an id that are looked at */

static entry *slot(const casus_words *w, casus_slice key) {
    uint32_t at = (uint32_t)casus_base_hash64(key.ptr, key.len, 7) & (w->size - 1);
    while (w->entries[at].key.ptr && !casus_slice_eq(w->entries[at].key, key))
        at = (at + 1) & (w->size - 1);
    return &w->entries[at];
}

static bool put(casus_words *w, char table, casus_slice word, uint32_t value) {
    casus_slice key = casus_base_arena_format(w->arena, "%c:%.*s", table, (int)word.len, word.ptr);
    if (key.ptr) key = casus_base_utf8_lower(w->arena, key);
    if (!key.ptr) return false;
    entry *e = slot(w, key);
    if (!e->key.ptr) w->n++;
    e->key = key;
    e->value |= value;
    return w->n * 2 <= w->size;
}

static bool find(const casus_words *w, char table, casus_slice word, uint32_t *value) {
    char key[NAME_MOST + 2];
    if (word.len > NAME_MOST || !word.len) return false;
    key[0] = table;
    key[1] = ':';
    for (uint32_t i = 0; i < word.len; i++) {
        const char c = word.ptr[i];
        key[i + 2] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    const entry *e = slot(w, casus_slice_of(key, word.len + 2));
    *value = e->value;
    return e->key.ptr != NULL;
}

/* ---- opening -------------------------------------------------------------------------------- */

typedef struct name_value {
    const char *name;
    uint32_t value;
} name_value;

static bool value_of(const name_value *values, casus_slice name, uint32_t *value) {
    for (; values->name; values++)
        if (casus_slice_is(name, values->name)) {
            *value = values->value;
            return true;
        }
    return false;
}

static casus_status bad_row(const casus_table *t, const char *what, casus_error *err) {
    return casus_base_fail_at(err, CASUS_E_DATA, t->file, t->line, 0, "%s", what);
}

static casus_status take_part(casus_words *w, const casus_table *t, casus_error *err) {
    static const name_value parts[] = {{"drop", PART_DROP},
                                       {"weak", PART_WEAK},
                                       {"keep", PART_KEEP},
                                       {"lede", PART_LEDE},
                                       {"title", PART_TITLE},
                                       {"date", PART_DATE},
                                       {"author", PART_AUTHOR},
                                       {"correction", PART_CORRECTION},
                                       {"not", PART_NOT},
                                       {"now", PART_NOW},
                                       {NULL, 0}};
    uint32_t value;
    const casus_slice word = casus_base_table_get(t, "word");
    if (!value_of(parts, casus_base_table_get(t, "part"), &value))
        return bad_row(t, "no such part of a page", err);
    if (value == PART_KEEP && memchr(word.ptr, '-', word.len)) value |= PART_BODY;
    return put(w, 'p', word, value) ? CASUS_OK : casus_base_no_memory(err);
}

static casus_status take_line(casus_words *w, const casus_table *t, casus_error *err) {
    static const name_value kinds[] = {{"more", LINE_MORE},
                                       {"caption", LINE_CAPTION},
                                       {"correction", LINE_CORRECTION},
                                       {"byline", LINE_BYLINE},
                                       {"stop", LINE_STOP},
                                       {"crumb", LINE_CRUMB},
                                       {"now", LINE_NOW},
                                       {NULL, 0}};
    uint32_t kind;
    double most = 0;
    const casus_slice where = casus_base_table_get(t, "where"),
                      limit = casus_base_table_get(t, "most");
    if (!value_of(kinds, casus_base_table_get(t, "kind"), &kind))
        return bad_row(t, "no such kind of line", err);
    if (where.len != 1 || !memchr("^$=", where.ptr[0], 3))
        return bad_row(t, "'where' is ^, $ or =", err);
    if (limit.len && !casus_base_number(limit, &most))
        return bad_row(t, "'most' is no number", err);
    line_row *row = &w->lines[w->n_lines++];
    *row = (line_row){casus_base_arena_copy(w->arena, casus_base_table_get(t, "words")),
                      where.ptr[0], (uint8_t)kind, (uint32_t)most};
    return row->words.ptr ? CASUS_OK : casus_base_no_memory(err);
}

static casus_status take_meta(casus_words *w, const casus_table *t, casus_error *err) {
    static const name_value fields[] = {{"id", FIELD_ID},
                                        {"date", FIELD_DATE},
                                        {"title", FIELD_TITLE},
                                        {"author", FIELD_AUTHOR},
                                        {"site", FIELD_SITE},
                                        {"url", FIELD_URL},
                                        {"language", FIELD_LANGUAGE},
                                        {"text", FIELD_TEXT},
                                        {NULL, 0}};
    static const name_value tables[] = {
        {"page", 'g'}, {"ld", 'l'}, {"feed", 'f'}, {"column", 'c'}, {NULL, 0}};
    uint32_t field, table;
    double rank;
    if (!value_of(fields, casus_base_table_get(t, "field"), &field) ||
        !value_of(tables, casus_base_table_get(t, "where"), &table) ||
        !casus_base_number(casus_base_table_get(t, "rank"), &rank))
        return bad_row(t, "no such place or field, or no rank", err);
    const uint32_t value = field << 8 | (uint32_t)rank;
    return put(w, (char)table, casus_base_table_get(t, "name"), value) ? CASUS_OK
                                                                       : casus_base_no_memory(err);
}

static casus_status take_agency(casus_words *w, const casus_table *t, casus_error *err) {
    return put(w, 'a', casus_base_table_get(t, "name"), 1) ? CASUS_OK : casus_base_no_memory(err);
}

static casus_status take_month(casus_words *w, const casus_table *t, casus_error *err) {
    double month;
    if (!casus_base_number(casus_base_table_get(t, "month"), &month) || month < 1 || month > 12)
        return bad_row(t, "no month", err);
    return put(w, 'm', casus_base_table_get(t, "name"), (uint32_t)month)
               ? CASUS_OK
               : casus_base_no_memory(err);
}

/* Words of a language stand under "en word". */
static bool language_key(casus_slice language, casus_slice word, char *out, casus_slice *key) {
    if (!language.len || language.len + 1 + word.len > NAME_MOST) return false;
    memcpy(out, language.ptr, language.len);
    out[language.len] = ' ';
    memcpy(out + language.len + 1, word.ptr, word.len);
    *key = casus_slice_of(out, language.len + 1 + word.len);
    return true;
}

static casus_status take_language(casus_words *w, const casus_table *t, casus_error *err) {
    char name[NAME_MOST];
    casus_slice key;
    if (!language_key(casus_base_table_get(t, "language"), casus_base_table_get(t, "word"), name,
                      &key))
        return bad_row(t, "no language, or too long a word", err);
    return put(w, 'g', key, 1) ? CASUS_OK : casus_base_no_memory(err);
}

static casus_status read_table(casus_words *w, const char *file, const unsigned char *bytes,
                               size_t size, const char *const *needed,
                               casus_status (*take)(casus_words *, const casus_table *,
                                                    casus_error *),
                               casus_error *err) {
    casus_table t;
    casus_status s =
        casus_base_table_open(&t, file, casus_slice_of((const char *)bytes, size), needed, err);
    int more = 0;
    while (!s && (more = casus_base_table_next(&t, err)) > 0) s = take(w, &t, err);
    return s ? s : more < 0 ? (casus_status)more : CASUS_OK;
}

static size_t rows_of(const unsigned char *bytes, size_t size) {
    size_t n = 1;
    for (size_t i = 0; i < size; i++) n += bytes[i] == '\n';
    return n;
}

casus_status casus_read_words_open(casus_words **out, const casus_memory *memory,
                                   casus_error *err) {
    static const char *const parts[] = {"word", "part", "example", NULL},
                             *const lines[] = {"where", "words", "kind", "most", "example", NULL},
                             *const meta[] = {"where", "name", "field", "rank", "example", NULL},
                             *const agencies[] = {"name", "example", NULL},
                             *const months[] = {"name", "month", "example", NULL},
                             *const languages[] = {"language", "word", "example", NULL};
    casus_words *w = casus_base_alloc(memory, sizeof *w);
    if (!w) return casus_base_no_memory(err);
    memset(w, 0, sizeof *w);
    w->memory = *memory;
    w->arena = casus_base_arena_new(memory);
    w->size = WORDS_SIZE;
    if (w->arena) w->entries = casus_base_arena_zero(w->arena, w->size, sizeof *w->entries);
    if (w->entries)
        w->lines =
            casus_base_arena_zero(w->arena,
                                  rows_of(casus_read_table_lines, casus_read_table_lines_size),
                                  sizeof *w->lines);
    casus_status s = w->lines ? CASUS_OK : casus_base_no_memory(err);
#define TABLE(name, function)                                             \
    if (!s)                                                               \
    s = read_table(w, "data/read/" #name ".tsv", casus_read_table_##name, \
                   casus_read_table_##name##_size, name, function, err)
    TABLE(parts, take_part);
    TABLE(lines, take_line);
    TABLE(meta, take_meta);
    TABLE(agencies, take_agency);
    TABLE(months, take_month);
    TABLE(languages, take_language);
#undef TABLE
    if (s) {
        casus_read_words_free(w);
        return s;
    }
    *out = w;
    return CASUS_OK;
}

void casus_read_words_free(casus_words *w) {
    if (!w) return;
    const casus_memory m = w->memory;
    casus_base_arena_free(w->arena);
    casus_base_release(&m, w);
}

/* ---- asking --------------------------------------------------------------------------------- */

static bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}
static bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}
static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* One name ("entry-content", "articleBody") in lower case with '-' between its words; the
 * beginnings of the words into starts[]; how many there are. */
static unsigned split_name(casus_slice name, char *out, uint32_t *len, uint32_t *starts,
                           unsigned most) {
    unsigned n = 0;
    uint32_t at = 0;
    bool within = false;
    for (uint32_t i = 0; i < name.len && at + 2 < NAME_MOST; i++) {
        const char c = name.ptr[i];
        if (!is_lower(c) && !is_upper(c) && !is_digit(c)) {
            within = false;
            continue;
        }
        const bool hump = within && is_upper(c) && i && is_lower(name.ptr[i - 1]);
        if (!within || hump) {
            if (n == most) break;
            if (at) out[at++] = '-';
            starts[n++] = at;
            within = true;
        }
        out[at++] = is_upper(c) ? (char)(c + 32) : c;
    }
    *len = at;
    return n;
}

static unsigned parts_of_name(const casus_words *w, casus_slice name) {
    char lower[NAME_MOST];
    uint32_t len, starts[13], value;
    const unsigned n = split_name(name, lower, &len, starts, 12);
    starts[n] = len + 1;
    unsigned bits = 0;
    for (unsigned i = 0; i < n;) {
        unsigned step = 1;
        for (unsigned k = n - i < 4 ? n - i : 4; k > 0; k--) {
            const casus_slice word =
                casus_slice_of(lower + starts[i], starts[i + k] - 1 - starts[i]);
            if (!find(w, 'p', word, &value)) continue;
            if (value & PART_NOT) {
                if (i == 0 && n > 1) return 0;
                continue;
            }
            bits |= value;
            step = k;
            break;
        }
        i += step;
    }
    return bits;
}

unsigned casus_read_words_parts(const casus_words *w, casus_slice names) {
    unsigned bits = 0;
    uint32_t at = 0;
    for (unsigned n = 0; at < names.len && n < 40; n++) {
        while (at < names.len && (unsigned char)names.ptr[at] <= ' ') at++;
        const uint32_t begin = at;
        while (at < names.len && (unsigned char)names.ptr[at] > ' ') at++;
        if (at > begin) bits |= parts_of_name(w, casus_slice_of(names.ptr + begin, at - begin));
    }
    return bits;
}

#define LINE_LOOK 64u /* bytes at each end of a line that the rows look at */

/* The first or last bytes of the line in lower case, typographic quotes plain. */
static uint32_t plain_end(casus_slice line, bool end, char *out) {
    uint32_t n = 0;
    uint32_t from = end && line.len > LINE_LOOK ? line.len - LINE_LOOK : 0;
    for (uint32_t i = from; i < line.len && n < LINE_LOOK; i++) {
        const char c = line.ptr[i];
        if (i + 2 < line.len && memcmp(line.ptr + i, "\xE2\x80", 2) == 0 &&
            ((unsigned char)line.ptr[i + 2] & 0xFE) == 0x98) {
            out[n++] = '\'';
            i += 2;
        } else if (c == '\xC2' && i + 1 < line.len && line.ptr[i + 1] == '\xA0') {
            out[n++] = ' ';
            i++;
        } else {
            out[n++] = is_upper(c) ? (char)(c + 32) : c;
        }
    }
    return n;
}

/* Without what may stand around the words of a label: dashes, stops, stars, arrows. */
static casus_slice bare(casus_slice s) {
    static const char around[] = " -.:*>!?=_|[](";
    while (s.len && (memchr(around, s.ptr[0], sizeof around - 1) || (s.ptr[0] & 0x80))) {
        s.ptr++;
        s.len--;
    }
    while (s.len && (memchr(around, s.ptr[s.len - 1], sizeof around - 1) ||
                     s.ptr[s.len - 1] == ')' || (s.ptr[s.len - 1] & 0x80)))
        s.len--;
    return s;
}

casus_line_kind casus_read_words_line(const casus_words *w, casus_slice line) {
    char first[LINE_LOOK], last[LINE_LOOK];
    line = casus_slice_trim(line);
    if (!line.len) return LINE_TEXT;
    const casus_slice head = casus_slice_of(first, plain_end(line, false, first));
    casus_slice tail = casus_slice_of(last, plain_end(line, true, last));
    while (tail.len && memchr(" .", tail.ptr[tail.len - 1], 2)) tail.len--;
    const casus_slice all = line.len <= LINE_LOOK ? bare(head) : CASUS_SLICE("");
    /* what the whole line reads says more than how it begins */
    for (size_t i = 0; i < w->n_lines && all.len; i++) {
        const line_row *r = &w->lines[i];
        if (r->where == '=' && bare(r->words).len && casus_slice_eq(all, bare(r->words)))
            return (casus_line_kind)r->kind;
    }
    for (size_t i = 0; i < w->n_lines; i++) {
        const line_row *r = &w->lines[i];
        const uint32_t n = r->words.len;
        if (r->where == '=' || (r->most && line.len > r->most)) continue;
        const casus_slice end = r->where == '^' ? head : tail;
        if (n > end.len) continue;
        const char *from = r->where == '^' ? end.ptr : end.ptr + end.len - n;
        if (memcmp(from, r->words.ptr, n) == 0) return (casus_line_kind)r->kind;
    }
    return LINE_TEXT;
}

casus_field casus_read_words_field(const casus_words *w, const char *where, casus_slice name,
                                   unsigned *rank) {
    const char table = strcmp(where, "page") == 0   ? 'g'
                       : strcmp(where, "ld") == 0   ? 'l'
                       : strcmp(where, "feed") == 0 ? 'f'
                                                    : 'c';
    uint32_t value;
    if (!find(w, table, casus_slice_trim(name), &value)) return FIELD_NONE;
    *rank = value & 0xFF;
    return (casus_field)(value >> 8);
}

int casus_read_words_month(const casus_words *w, casus_slice name) {
    uint32_t value;
    return find(w, 'm', name, &value) ? (int)value : 0;
}

bool casus_read_words_language(const casus_words *w, const char *language, casus_slice word) {
    char name[NAME_MOST];
    casus_slice key;
    uint32_t value;
    return language_key(casus_slice_of(language, strcspn(language, "-_")), word, name, &key) &&
           find(w, 'g', key, &value);
}

bool casus_read_words_agency(const casus_words *w, casus_slice name) {
    uint32_t value;
    return find(w, 'a', name, &value);
}
