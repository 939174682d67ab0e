/* when_tables.c - the files of data/when into section "when". O(rows log rows). */
#include "when/when_int.h"

#include <stdio.h>
#include <stdlib.h>

#define FILE_MOST ((size_t)16 << 20)
#define ATOMS_MOST 12u

typedef struct maker {
    casus_memory memory;
    casus_buffer words, feasts, pool;
    casus_buffer names; /* struct name, one for each festival */
    casus_table t;
    casus_error *err;
} maker;

typedef struct name {
    char name[40];
    uint32_t first, n;
} name;

static casus_slice get(const maker *k, const char *column) {
    return casus_base_table_get(&k->t, column);
}
static casus_status bad(maker *k, const char *what, casus_slice s) {
    return casus_base_fail_at(k->err, CASUS_E_DATA, k->t.file, k->t.line, 0, "%s \"%.*s\"", what,
                              (int)(s.len > 80 ? 80 : s.len), s.ptr ? s.ptr : "");
}

static bool number_of(casus_slice s, int32_t *out) {
    const bool minus = s.len && s.ptr[0] == '-';
    int32_t n = 0;
    if (s.len <= minus || s.len > 8) return false;
    for (uint32_t i = minus; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9') return false;
        n = n * 10 + (s.ptr[i] - '0');
    }
    *out = minus ? -n : n;
    return true;
}

/* Index of `s` among names (NULL ends them), or -1. */
static int index_of(casus_slice s, const char *const *list) {
    for (int i = 0; list[i]; i++)
        if (casus_slice_is(s, list[i])) return i;
    return -1;
}

static uint32_t pool_add(maker *k, casus_slice s) {
    const uint32_t at = (uint32_t)k->pool.len;
    casus_base_buffer_add(&k->pool, s.ptr, s.len);
    casus_base_buffer_add(&k->pool, "", 1);
    return at;
}

/* Adds the row's words with their meaning. */
static casus_status add(maker *k, casus_slice words, casus_slice text, when_word w) {
    when_atom atoms[64];
    char lower[256];
    if (!words.len || words.len > 64) return bad(k, "no words, or too many:", words);
    const uint32_t n = when_cut(words, lower, atoms);
    if (n == 0 || n > ATOMS_MOST) return bad(k, "no words, or too many:", words);
    w.key = when_key(atoms[0].lower, atoms[0].n);
    w.n = (uint8_t)n;
    w.line = (uint32_t)k->t.line;
    w.rest = (uint32_t)k->pool.len;
    for (uint32_t i = 1; i < n; i++) pool_add(k, casus_slice_of(atoms[i].lower, atoms[i].n));
    w.text = pool_add(k, text);
    const when_word *rows = (const when_word *)k->words.ptr;
    for (size_t i = 0; i < k->words.len / sizeof w; i++) {
        if (rows[i].key != w.key || rows[i].n != n || rows[i].role != w.role ||
            rows[i].sub != w.sub || rows[i].where != w.where)
            continue;
        uint32_t a = rows[i].rest, b = w.rest, same = 1;
        for (; same < n && strcmp(k->pool.ptr + a, k->pool.ptr + b) == 0; same++) {
            a += (uint32_t)strlen(k->pool.ptr + a) + 1;
            b += (uint32_t)strlen(k->pool.ptr + b) + 1;
        }
        if (same == n) return bad(k, "these words stand here twice:", words);
    }
    casus_base_buffer_add(&k->words, &w, sizeof w);
    return k->words.failed || k->pool.failed ? casus_base_no_memory(k->err) : CASUS_OK;
}

static casus_status where_of(maker *k, const char *column, when_word *w) {
    static const char *const names[] = {"always",   "capital", "beside", "number", "alone",
                                        "modifier", "noun",    "at",     "to",     "first",
                                        "free",     "will",    "date",   "count",  "both",
                                        "of",       "this",    NULL};
    const casus_slice s = get(k, column);
    if (!s.len || casus_slice_is(s, "any")) return CASUS_OK;
    const int i = index_of(s, names);
    if (i < 0) return bad(k, "unknown condition", s);
    w->where = (uint8_t)i;
    return CASUS_OK;
}

static casus_status many_of(maker *k, when_word *w) {
    const casus_slice s = get(k, "number");
    w->many = casus_slice_is(s, "many");
    return w->many || casus_slice_is(s, "one") ? CASUS_OK : bad(k, "neither one nor many:", s);
}

/* ---- a row of each file ---------------------------------------------------------------------- */

static casus_status month_row(maker *k) {
    when_word w = {.role = WHEN_MONTH};
    if (!number_of(get(k, "number"), &w.value) || w.value < 1 || w.value > 12)
        return bad(k, "no month:", get(k, "number"));
    const casus_status s = where_of(k, "when", &w);
    return s ? s : add(k, get(k, "word"), CASUS_SLICE(""), w);
}

static casus_status weekday_row(maker *k) {
    when_word w = {.role = WHEN_WEEKDAY};
    if (!number_of(get(k, "day"), &w.value) || w.value < 1 || w.value > 7)
        return bad(k, "no day of the week:", get(k, "day"));
    casus_status s = where_of(k, "when", &w);
    if (!s) s = many_of(k, &w);
    return s ? s : add(k, get(k, "word"), CASUS_SLICE(""), w);
}

static casus_status unit_row(maker *k) {
    static const char *const names[] = {"second", "minute",  "hour",       "day",  "weekend",
                                        "week",   "month",   "quarter",    "half", "year",
                                        "decade", "century", "millennium", NULL};
    when_word w = {.role = WHEN_UNIT};
    w.value = index_of(get(k, "unit"), names);
    if (w.value < 0) return bad(k, "no unit of time:", get(k, "unit"));
    if (!number_of(get(k, "count"), &w.value2) || w.value2 < 1)
        return bad(k, "no count:", get(k, "count"));
    casus_status s = where_of(k, "when", &w);
    if (!s) s = many_of(k, &w);
    return s ? s : add(k, get(k, "word"), CASUS_SLICE(""), w);
}

static casus_status number_row(maker *k) {
    static const char *const kinds[] = {"one",     "teen",   "ten",  "times",  "article",
                                        "pair",    "vague",  "some", "plural", "half",
                                        "ordinal", "decade", NULL};
    when_word w = {.role = WHEN_NUMBER};
    const int kind = index_of(get(k, "kind"), kinds);
    if (kind < 0) return bad(k, "no kind of number:", get(k, "kind"));
    w.sub = (uint8_t)kind;
    if (!number_of(get(k, "value"), &w.value)) return bad(k, "no number:", get(k, "value"));
    return add(k, get(k, "word"), CASUS_SLICE(""), w);
}

static bool clock_text(casus_slice s) {
    return s.len == 6 && s.ptr[0] == 'T' && s.ptr[3] == ':';
}

static casus_status part_row(maker *k) {
    when_word w = {.role = WHEN_PART};
    const casus_slice part = get(k, "part"), word = get(k, "word");
    if (part.len != 2 && !clock_text(part)) return bad(k, "no part of the day:", part);
    w.many = word.len > 4 && word.ptr[word.len - 1] == 's';
    const casus_status s = where_of(k, "when", &w);
    return s ? s : add(k, word, part, w);
}

static casus_status season_row(maker *k) {
    when_word w = {.role = WHEN_SEASON};
    if (get(k, "season").len != 2) return bad(k, "no season:", get(k, "season"));
    return add(k, get(k, "word"), get(k, "season"), w);
}

static casus_status vague_row(maker *k) {
    static const char *const types[] = {"DATE", "TIME", "DURATION", "SET", NULL};
    when_word w = {.role = WHEN_VAGUE};
    const casus_slice type = get(k, "type");
    const int t = type.len ? index_of(type, types) : 0;
    if (t < 0) return bad(k, "no type of time:", type);
    if (!get(k, "value").len) return bad(k, "no value for", get(k, "words"));
    w.value = t;
    const casus_status s = where_of(k, "when", &w);
    return s ? s : add(k, get(k, "words"), get(k, "value"), w);
}

static casus_status mod_row(maker *k) {
    static const char *const places[] = {"date", "number", "both", "of", "this", NULL};
    when_word w = {.role = WHEN_MOD};
    const int place = index_of(get(k, "place"), places);
    if (place < 0) return bad(k, "no place for a modifier:", get(k, "place"));
    w.where = (uint8_t)(WHEN_DATES + place);
    return add(k, get(k, "words"), get(k, "mod"), w);
}

static casus_status feast_row(maker *k) {
    const casus_slice feast = get(k, "feast");
    when_feast f;
    if (!casus_base_day_parse(get(k, "first"), &f.first) ||
        !casus_base_day_parse(get(k, "last"), &f.last) || f.first > f.last)
        return bad(k, "no days of", feast);
    if (!feast.len || feast.len >= sizeof((name *)0)->name) return bad(k, "no festival:", feast);
    const size_t n = k->names.len / sizeof(name);
    name *names = (name *)k->names.ptr;
    if (!n || !casus_slice_is(feast, names[n - 1].name)) {
        name x = {{0}, (uint32_t)(k->feasts.len / sizeof f), 1};
        for (size_t i = 0; i < n; i++)
            if (casus_slice_is(feast, names[i].name))
                return bad(k, "the rows of a festival are parted:", feast);
        memcpy(x.name, feast.ptr, feast.len);
        casus_base_buffer_add(&k->names, &x, sizeof x);
    } else {
        const when_feast *before = (const when_feast *)k->feasts.ptr;
        if (before[k->feasts.len / sizeof f - 1].last >= f.first)
            return bad(k, "days out of order:", get(k, "first"));
        names[n - 1].n++;
    }
    casus_base_buffer_add(&k->feasts, &f, sizeof f);
    return k->names.failed || k->feasts.failed ? casus_base_no_memory(k->err) : CASUS_OK;
}

static bool rule_of(maker *k, casus_slice rule, when_word *w) {
    casus_slice rest = rule, piece;
    int32_t v[4] = {0, 0, 0, 0};
    int n = 0;
    if (casus_base_day_parse(rule, &w->value)) {
        w->sub = WHEN_ONCE;
        return true;
    }
    if (rule.len == 5 && rule.ptr[2] == '-' && number_of(casus_slice_of(rule.ptr, 2), &v[0]) &&
        number_of(casus_slice_of(rule.ptr + 3, 2), &v[1])) {
        w->sub = WHEN_FIXED;
        w->value = v[0] * 100 + v[1];
        return v[0] >= 1 && v[0] <= 12 && v[1] >= 1 && v[1] <= 31;
    }
    casus_slice_cut(&rest, ' ', &piece);
    if (casus_slice_is(piece, "feast")) {
        const name *names = (const name *)k->names.ptr;
        w->sub = WHEN_FEAST;
        for (size_t i = 0; i < k->names.len / sizeof *names; i++) {
            if (!casus_slice_is(rest, names[i].name)) continue;
            w->value = (int32_t)names[i].first;
            w->value2 = (int32_t)names[i].n;
            return true;
        }
        return false;
    }
    casus_slice one;
    while (n < 4 && rest.ptr && casus_slice_cut(&rest, ' ', &one))
        if (!number_of(one, &v[n++])) return false;
    if (casus_slice_is(piece, "easter") || casus_slice_is(piece, "pascha")) {
        w->sub = casus_slice_is(piece, "easter") ? WHEN_EASTER : WHEN_PASCHA;
        w->value = v[0];
        return n == 1;
    }
    if (v[0] < 1 || v[0] > 12 || v[1] < 1 || v[1] > 7) return false;
    w->value = v[0] * 100 + v[1] * 10;
    w->value2 = v[3];
    if (casus_slice_is(piece, "nth")) {
        w->sub = WHEN_NTH;
        w->value += v[2];
        return n >= 3 && v[2] >= 1 && v[2] <= 5;
    }
    if (casus_slice_is(piece, "last")) {
        w->sub = WHEN_NTH;
        w->value += 9;
        return n == 2;
    }
    w->sub = WHEN_BEHIND;
    w->value2 = v[2];
    return casus_slice_is(piece, "weekday-after") && n == 3;
}

static casus_status holiday_row(maker *k) {
    when_word w = {.role = WHEN_HOLIDAY};
    const casus_slice span = get(k, "span");
    int32_t keep = 0;
    if (!rule_of(k, get(k, "rule"), &w)) return bad(k, "no rule:", get(k, "rule"));
    if (casus_slice_is(span, "holiday"))
        w.where = WHEN_MODIFIER;
    else if (casus_slice_is(span, "small"))
        w.where = WHEN_FREE;
    else if (span.len && (!number_of(span, &keep) || keep < 1 || keep > (int)ATOMS_MOST))
        return bad(k, "no span:", span);
    w.keep = (uint8_t)keep;
    return add(k, get(k, "words"), CASUS_SLICE(""), w);
}

static casus_status trigger_row(maker *k) {
    static const char *const roles[] = {"det",    "rel",    "shift", "point",   "ampm",
                                        "clock",  "zone",   "era",   "fiscal",  "set",
                                        "filler", "period", "old",   "counted", "numbered",
                                        "bound",  "often",  "site",  "hint",    NULL};
    static const char *const rels[] = {"last",   "next",    "this",       "that",   "same",
                                       "prev",   "foll",    "past",       "coming", "recent",
                                       "latest", "full",    "first",      "each",   "every",
                                       "per",    "yearago", "comparable", NULL};
    static const char *const shifts[] = {"ago",    "hence", "earlier", "later",
                                         "before", "after", NULL};
    static const char *const hints[] = {"past", "future", "ahead", "until", "for", "done", NULL};
    static const char *const bounds[] = {"since", "until", "due", "within", NULL};
    const int role = index_of(get(k, "role"), roles);
    if (role < 0) return bad(k, "no role:", get(k, "role"));
    when_word w = {.role = (uint8_t)(WHEN_DET + role)};
    casus_slice value = get(k, "value"), text = CASUS_SLICE(""), rest = value, piece = value;
    int i = 0;
    switch ((when_role)w.role) {
    case WHEN_REL:
        i = index_of(value, rels);
        break;
    case WHEN_SHIFT:
        i = index_of(value, shifts);
        break;
    case WHEN_BOUND:
        i = index_of(value, bounds);
        break;
    case WHEN_POINT:
        if (rest.len) casus_slice_cut(&rest, ' ', &piece);
        if (!number_of(piece, &w.value)) i = -1;
        if (rest.ptr && rest.len == 2) text = rest;
        break;
    case WHEN_AMPM:
        w.value = casus_slice_is(value, "pm") ? 12 : 0;
        if (!w.value && !casus_slice_is(value, "am")) i = -1;
        break;
    case WHEN_ZONE:
        if (casus_slice_is(value, "local"))
            w.value = WHEN_ZONE_LOCAL;
        else if (!number_of(value, &w.value))
            i = -1;
        break;
    case WHEN_ERA:
        w.value = casus_slice_is(value, "bc") ? -1 : 1;
        break;
    case WHEN_HINT:
        w.value = index_of(value, hints);
        if (w.value < 0) i = -1;
        if (w.value == 0) w.value = WHEN_HINT_PAST;
        if (w.value == 5) w.value = WHEN_HINT_DONE;
        break;
    case WHEN_CLOCK:
        w.value = casus_slice_is(value, "hours");
        break;
    case WHEN_SET:
        text = value;
        if (!value.len) i = -1;
        break;
    default:
        break;
    }
    if (i < 0) return bad(k, "no value for this role:", value);
    w.sub = (uint8_t)i;
    return add(k, get(k, "word"), text, w);
}

/* ---- files ----------------------------------------------------------------------------------- */

static const struct file {
    const char *name;
    casus_status (*row)(maker *);
    const char *needed[8];
} files[] = {
    {"feasts", feast_row, {"feast", "first", "last", NULL}},
    {"months", month_row, {"word", "number", "when", "example", NULL}},
    {"weekdays", weekday_row, {"word", "day", "number", "when", "example", NULL}},
    {"units", unit_row, {"word", "unit", "count", "number", "when", "example", NULL}},
    {"numbers", number_row, {"word", "value", "kind", "example", NULL}},
    {"parts", part_row, {"word", "part", "when", "example", NULL}},
    {"seasons", season_row, {"word", "season", "example", NULL}},
    {"vague", vague_row, {"words", "value", "when", "type", "example", NULL}},
    {"modifiers", mod_row, {"words", "mod", "place", "example", NULL}},
    {"holidays", holiday_row, {"words", "rule", "span", "example", NULL}},
    {"triggers", trigger_row, {"word", "role", "value", "example", NULL}},
};

static casus_status read_file(maker *k, const char *data_dir, const struct file *file) {
    char path[1024], shown[64];
    snprintf(shown, sizeof shown, "data/when/%s.tsv", file->name);
    if (snprintf(path, sizeof path, "%s/when/%s.tsv", data_dir, file->name) >= (int)sizeof path)
        return casus_base_fail(k->err, CASUS_E_IO, "the name of folder %.64s... is too long",
                               data_dir);
    char *bytes;
    size_t len;
    casus_status s = casus_base_read_file(&bytes, &len, path, FILE_MOST, &k->memory, k->err);
    if (s) return s;
    s = casus_base_table_open(&k->t, shown, casus_slice_of(bytes, len), file->needed, k->err);
    while (!s) {
        const int more = casus_base_table_next(&k->t, k->err);
        if (more <= 0) {
            s = (casus_status)more;
            break;
        }
        s = file->row(k);
    }
    casus_base_release(&k->memory, bytes);
    return s;
}

static int by_key(const void *a, const void *b) {
    const when_word *x = a, *y = b;
    if (x->key != y->key) return x->key < y->key ? -1 : 1;
    if (x->n != y->n) return x->n > y->n ? -1 : 1;
    if (x->role != y->role) return x->role < y->role ? -1 : 1;
    return x->line < y->line ? -1 : x->line > y->line;
}

casus_status casus_when_compile(const char *data_dir, casus_pack_writer *writer,
                                const casus_memory *memory, casus_error *err) {
    maker k = {.memory = *memory, .err = err};
    casus_buffer out;
    casus_base_buffer_init(&k.words, memory);
    casus_base_buffer_init(&k.feasts, memory);
    casus_base_buffer_init(&k.pool, memory);
    casus_base_buffer_init(&k.names, memory);
    casus_base_buffer_init(&out, memory);
    casus_base_buffer_add(&k.pool, "", 1);
    casus_status s = k.pool.failed ? casus_base_no_memory(err) : CASUS_OK;
    for (size_t i = 0; i < sizeof files / sizeof *files && !s; i++)
        s = read_file(&k, data_dir, &files[i]);
    if (!s) {
        when_head h = {.format = WHEN_FORMAT};
        h.n_words = (uint32_t)(k.words.len / sizeof(when_word));
        h.n_feasts = (uint32_t)(k.feasts.len / sizeof(when_feast));
        h.n_pool = (uint32_t)k.pool.len;
        h.words = sizeof h;
        h.feasts = h.words + (uint32_t)k.words.len;
        h.pool = h.feasts + (uint32_t)k.feasts.len;
        if (h.n_words) qsort(k.words.ptr, h.n_words, sizeof(when_word), by_key);
        casus_base_buffer_add(&out, &h, sizeof h);
        casus_base_buffer_add(&out, k.words.ptr, k.words.len);
        casus_base_buffer_add(&out, k.feasts.ptr, k.feasts.len);
        casus_base_buffer_add(&out, k.pool.ptr, k.pool.len);
        s = out.failed ? casus_base_no_memory(err)
                       : casus_pack_writer_add(writer, WHEN_SECTION, out.ptr, out.len, err);
    }
    casus_base_buffer_free(&k.words);
    casus_base_buffer_free(&k.feasts);
    casus_base_buffer_free(&k.pool);
    casus_base_buffer_free(&k.names);
    casus_base_buffer_free(&out);
    return s;
}
