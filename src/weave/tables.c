/* tables.c - the files of data/weave into sections "weave.*" of the pack, and back; words and their
 * stems. O(rows log rows). */
#include "weave/weave_int.h"
#include <stdio.h>
#include <stdlib.h>

#define FILE_MOST ((size_t)4 << 20)
#define SEED 7u

static const char *const features[] = {
#define X(name) #name,
    WEAVE_FEATURES(X)
#undef X
};
const char *weave_feature_name(uint32_t i) {
    return features[i];
}

/* Does s[0..n) end in `end`, with at least `least` bytes before it? Cuts it off. */
static bool cut(const char *s, uint32_t *n, const char *end, uint32_t least) {
    const uint32_t len = (uint32_t)strlen(end);
    if (*n < len + least || memcmp(s + *n - len, end, len) != 0) return false;
    *n -= len;
    return true;
}

bool weave_next_word(casus_slice s, uint32_t *at, uint32_t *begin, uint32_t *end, uint64_t *key) {
    uint32_t i = *at;
    for (; i < s.len; i++) {
        const unsigned char c = (unsigned char)s.ptr[i];
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80) break;
    }
    if (i == s.len) return false;
    *begin = i;
    for (; i < s.len; i++) {
        const unsigned char c = (unsigned char)s.ptr[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80)) break;
    }
    *end = *at = i;
    const char *w = s.ptr + *begin;
    uint32_t n = i - *begin;
    if (!cut(w, &n, "ing", 3) && !cut(w, &n, "ed", 3) && !cut(w, &n, "es", 3) &&
        !cut(w, &n, "e", 3))
        cut(w, &n, "s", 3);
    *key = casus_base_hash64(w, n, SEED);
    return true;
}

/* ---- compiling ------------------------------------------------------------------------------ */

typedef struct maker {
    casus_memory memory;
    casus_buffer words, score, rules;
    casus_table t;
    casus_error *err;
} maker;

static casus_slice get(const maker *k, const char *column) {
    return casus_base_table_get(&k->t, column);
}
static casus_status bad(maker *k, const char *what, casus_slice s) {
    return casus_base_fail_at(k->err, CASUS_E_DATA, k->t.file, k->t.line, 0, "%s \"%.*s\"", what,
                              (int)(s.len > 80 ? 80 : s.len), s.ptr ? s.ptr : "");
}
/* The stem of a cell that is one word; 0 when it is not. */
static uint64_t stem_of(casus_slice s) {
    uint32_t at = 0, begin, end;
    uint64_t key, more;
    if (!weave_next_word(s, &at, &begin, &end, &key) ||
        weave_next_word(s, &at, &begin, &end, &more))
        return 0;
    return key;
}

static casus_status word_row(maker *k) {
    weave_weight w = {stem_of(get(k, "word")), WEAVE_RAREST, 0};
    double number;
    if (!w.key) return bad(k, "no single word:", get(k, "word"));
    if (!casus_base_number(get(k, "weight"), &number) || number < 0 || number > 10)
        return bad(k, "no weight from 0 to 10:", get(k, "weight"));
    w.weight = (float)number;
    casus_base_buffer_add(&k->words, &w, sizeof w);
    return CASUS_OK;
}

static casus_status cue_row(maker *k) {
    static const char *const names[] = {"definite",    "toll",        "breach", "yesterday",
                                        "before",      "day",         "ago",    "two",
                                        "three",       "four",        "five",   "six",
                                        "conjunction", "subordinate", "another"};
    weave_weight w = {stem_of(get(k, "word")), -1, 0};
    if (!w.key) return bad(k, "no single word:", get(k, "word"));
    for (uint32_t i = 0; i < sizeof names / sizeof *names; i++)
        if (casus_slice_is(get(k, "cue"), names[i])) w.cues = 1u << i;
    if (!w.cues) return bad(k, "unknown cue", get(k, "cue"));
    casus_base_buffer_add(&k->words, &w, sizeof w);
    return CASUS_OK;
}

static casus_status score_row(maker *k) {
    static const char *const columns[WEAVE_RELATIONS] = {"sentence", "document", "apart"};
    double *score = (double *)(void *)k->score.ptr, number;
    uint32_t i = 0;
    while (i < WEAVE_N_FEATURES && !casus_slice_is(get(k, "feature"), features[i])) i++;
    if (i == WEAVE_N_FEATURES) return bad(k, "unknown feature", get(k, "feature"));
    for (uint32_t r = 0; r < WEAVE_RELATIONS; r++) {
        if (!casus_base_number(get(k, columns[r]), &number))
            return bad(k, "no number:", get(k, columns[r]));
        score[r * WEAVE_N_FEATURES + i] = number;
    }
    return CASUS_OK;
}

static bool take(char *to, size_t size, casus_slice s) {
    if (s.len >= size) return false;
    memcpy(to, s.ptr ? s.ptr : "", s.len);
    return true;
}

static casus_status rule_row(maker *k) {
    weave_rule r;
    memset(&r, 0, sizeof r);
    r.line = (uint32_t)k->t.line;
    if (!get(k, "kind").len || !take(r.kind, sizeof r.kind, get(k, "kind")))
        return bad(k, "no kind, or too long:", get(k, "kind"));
    if (!take(r.outcome, sizeof r.outcome, get(k, "outcome")) ||
        (strcmp(r.outcome, "kept") != 0 && strcmp(r.outcome, "broken") != 0))
        return bad(k, "the outcome is kept or broken, not", get(k, "outcome"));
    if (!take(r.type, sizeof r.type, get(k, "type"))) return bad(k, "unknown type", get(k, "type"));
    uint32_t type = 0;
    while (type < CASUS_WEAVE_TYPES && strcmp(r.type, casus_weave_type(type)) != 0) type++;
    if (type == CASUS_WEAVE_TYPES) return bad(k, "unknown type", get(k, "type"));
    if (!take(r.mode, sizeof r.mode, get(k, "mode")) ||
        !take(r.status, sizeof r.status, get(k, "status")))
        return bad(k, "too long:", get(k, "mode"));
    casus_slice rest = get(k, "words"), piece;
    while (rest.len && casus_slice_cut(&rest, '|', &piece)) {
        if (r.n_words == sizeof r.words / sizeof *r.words) return bad(k, "too many words:", piece);
        if (!(r.words[r.n_words++] = stem_of(piece))) return bad(k, "no single word:", piece);
    }
    if (!r.n_words) return bad(k, "no words:", get(k, "words"));
    casus_base_buffer_add(&k->rules, &r, sizeof r);
    return CASUS_OK;
}

static casus_status file(maker *k, const char *folder, const char *name, const char *const *needed,
                         casus_status (*row)(maker *)) {
    char path[4096];
    char *bytes = NULL;
    size_t len = 0;
    if (snprintf(path, sizeof path, "%s/weave/%s", folder, name) >= (int)sizeof path)
        return casus_base_fail(k->err, CASUS_E_ARGUMENT, "the path is too long");
    casus_status s = casus_base_read_file(&bytes, &len, path, FILE_MOST, &k->memory, k->err);
    if (!s) s = casus_base_table_open(&k->t, path, casus_slice_of(bytes, len), needed, k->err);
    int more = 1;
    while (!s && (more = casus_base_table_next(&k->t, k->err)) > 0) s = row(k);
    if (!s && more < 0) s = (casus_status)more;
    casus_base_release(&k->memory, bytes);
    return s;
}

static int by_key(const void *a, const void *b) {
    const weave_weight *x = a, *y = b;
    if (x->key != y->key) return x->key < y->key ? -1 : 1;
    return x->weight > y->weight ? -1 : x->weight < y->weight;
}

/* Sorts the words and joins rows of one stem: its largest weight and all its cues. */
static void join_words(casus_buffer *words) {
    weave_weight *w = (weave_weight *)(void *)words->ptr;
    const size_t n = words->len / sizeof *w;
    size_t kept = 0;
    if (n) qsort(w, n, sizeof *w, by_key);
    for (size_t i = 0; i < n; i++) {
        if (kept && w[kept - 1].key == w[i].key) {
            w[kept - 1].cues |= w[i].cues;
        } else {
            w[kept++] = w[i];
        }
    }
    for (size_t i = 0; i < kept; i++)
        if (w[i].weight < 0) w[i].weight = WEAVE_RAREST;
    words->len = kept * sizeof *w;
}

casus_status casus_weave_compile(const char *data_dir, casus_pack_writer *writer,
                                 const casus_memory *memory, casus_error *err) {
    static const char *const words[] = {"word", "weight", NULL};
    static const char *const cues[] = {"word", "cue", "example", NULL};
    static const char *const score[] = {"feature", "sentence", "document",
                                        "apart",   "example",  NULL};
    static const char *const rules[] = {"kind", "words",   "outcome", "type",
                                        "mode", "example", NULL};
    maker k = {.memory = *memory, .err = err};
    const double none[WEAVE_RELATIONS * WEAVE_N_FEATURES] = {0};
    casus_base_buffer_init(&k.words, memory);
    casus_base_buffer_init(&k.score, memory);
    casus_base_buffer_init(&k.rules, memory);
    casus_base_buffer_add(&k.score, none, sizeof none);
    casus_status s = k.score.failed ? casus_base_no_memory(err) : CASUS_OK;
    if (!s) s = file(&k, data_dir, "words.tsv", words, word_row);
    if (!s) s = file(&k, data_dir, "cues.tsv", cues, cue_row);
    if (!s) s = file(&k, data_dir, "score.tsv", score, score_row);
    if (!s) s = file(&k, data_dir, "promises.tsv", rules, rule_row);
    if (!s && (k.words.failed || k.score.failed || k.rules.failed)) s = casus_base_no_memory(err);
    if (!s) join_words(&k.words);
    if (!s) s = casus_pack_writer_add(writer, "weave.words", k.words.ptr, k.words.len, err);
    if (!s) s = casus_pack_writer_add(writer, "weave.score", k.score.ptr, k.score.len, err);
    if (!s) s = casus_pack_writer_add(writer, "weave.promises", k.rules.ptr, k.rules.len, err);
    casus_base_buffer_free(&k.words);
    casus_base_buffer_free(&k.score);
    casus_base_buffer_free(&k.rules);
    return s;
}

/* ---- opening -------------------------------------------------------------------------------- */

static bool ends(const char *s, size_t size) {
    return memchr(s, 0, size) != NULL;
}

casus_status weave_tables_open(weave_tables *t, const casus_pack *pack, casus_error *err) {
    const void *p;
    size_t len;
    if (!casus_pack_has(pack, "weave.words"))
        return casus_base_fail(err, CASUS_E_ARGUMENT, "this pack has no tables for weaving");
    casus_status s = casus_pack_section(pack, "weave.words", &p, &len, err);
    if (s) return s;
    t->words = p;
    t->n_words = len / sizeof *t->words;
    bool good = len % sizeof *t->words == 0;
    s = casus_pack_section(pack, "weave.score", &p, &len, err);
    if (s) return s;
    t->score = p;
    good = good && len == WEAVE_RELATIONS * WEAVE_N_FEATURES * sizeof *t->score;
    s = casus_pack_section(pack, "weave.promises", &p, &len, err);
    if (s) return s;
    t->rules = p;
    t->n_rules = len / sizeof *t->rules;
    good = good && len % sizeof *t->rules == 0;
    for (size_t i = 0; good && i < t->n_rules; i++) {
        const weave_rule *r = &t->rules[i];
        good = r->n_words <= sizeof r->words / sizeof *r->words && ends(r->kind, sizeof r->kind) &&
               ends(r->outcome, sizeof r->outcome) && ends(r->type, sizeof r->type) &&
               ends(r->mode, sizeof r->mode) && ends(r->status, sizeof r->status);
    }
    return good ? CASUS_OK : casus_base_fail(err, CASUS_E_FORMAT, "damaged tables for weaving");
}

float weave_weigh(const weave_tables *t, uint64_t key, uint32_t *cues) {
    size_t low = 0, high = t->n_words;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (t->words[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == t->n_words || t->words[low].key != key) {
        *cues = 0;
        return WEAVE_RAREST;
    }
    *cues = t->words[low].cues;
    return t->words[low].weight;
}
