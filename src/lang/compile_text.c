/* compile_text.c - compiles the tokenizer, the attribute rules and the lemma tables of a pipeline
 * into their sections. Regular expressions are turned from Python's syntax into PCRE2's; one that
 * is too large for it is split at its top-level alternatives. Runs once, at pack time. */
#include "lang/compile.h"

#define KEY_ORTH 65u /* attributes in the tokenizer's exceptions, by spaCy's numbers */
#define KEY_NORM 67u
#define PATTERN_PART_MOST 24000u /* bytes of one part of a pattern that must be split */

/* ---- regular expressions --------------------------------------------------------------------- */

/* Python's \uXXXX and \UXXXXXXXX become \x{...}; (?u) goes, (?iu) is (?i): we always match so. */
static casus_slice to_pcre(compiler *c, casus_slice p) {
    casus_buffer b;
    casus_base_buffer_init(&b, &c->memory);
    for (uint32_t i = 0; i < p.len; i++) {
        const uint32_t left = p.len - i;
        if (p.ptr[i] == '\\' && left >= 6 && p.ptr[i + 1] == 'u') {
            casus_base_buffer_format(&b, "\\x{%.4s}", p.ptr + i + 2);
            i += 5;
        } else if (p.ptr[i] == '\\' && left >= 10 && p.ptr[i + 1] == 'U') {
            casus_base_buffer_format(&b, "\\x{%.8s}", p.ptr + i + 2);
            i += 9;
        } else if (p.ptr[i] == '\\' && left >= 2) {
            casus_base_buffer_add(&b, p.ptr + i, 2);
            i++;
        } else if (left >= 4 && memcmp(p.ptr + i, "(?u)", 4) == 0) {
            i += 3;
        } else if (left >= 5 && memcmp(p.ptr + i, "(?iu)", 5) == 0) {
            casus_base_buffer_add(&b, "(?i)", 4);
            i += 4;
        } else {
            casus_base_buffer_add(&b, p.ptr + i, 1);
        }
    }
    const casus_slice out =
        b.failed ? (casus_slice){0} : casus_base_arena_copy(c->arena, casus_slice_of(b.ptr, b.len));
    casus_base_buffer_free(&b);
    return out;
}

typedef struct patterns {
    lang_str *items;
    size_t n, cap;
} patterns;

static casus_status add_pattern(compiler *c, patterns *out, casus_slice p) {
    lang_regex r;
    const casus_status status = lang_regex_open(&r, p, &c->memory, c->err);
    if (status == CASUS_E_FORMAT)
        return casus_base_fail_at(c->err, CASUS_E_MODEL, c->path, 0, 0,
                                  "component 'tokenizer': this engine cannot run '%.*s'",
                                  (int)(p.len < 80 ? p.len : 80), p.ptr);
    if (status) return status;
    lang_regex_free(&r);
    lang_str *v =
        casus_base_arena_grow(c->arena, out->items, out->n, out->n + 1, &out->cap, sizeof *v);
    if (!v) return casus_base_no_memory(c->err);
    out->items = v;
    v[out->n++] = compile_string(c, p);
    return CASUS_OK;
}

/* End of the next alternative of `p` at top level. */
static uint32_t alternative_end(casus_slice p, uint32_t i) {
    uint32_t depth = 0;
    bool set = false;
    for (; i < p.len; i++) {
        const char ch = p.ptr[i];
        if (ch == '\\')
            i++;
        else if (set)
            set = ch != ']';
        else if (ch == '[') {
            set = true;
            if (i + 1 < p.len && p.ptr[i + 1] == '^') i++;
            if (i + 1 < p.len && p.ptr[i + 1] == ']') i++;
        } else if (ch == '(')
            depth++;
        else if (ch == ')')
            depth -= depth > 0;
        else if (ch == '|' && !depth)
            break;
    }
    return i < p.len ? i : p.len;
}

static casus_status put_pattern(compiler *c, patterns *out, casus_slice python) {
    casus_slice p = to_pcre(c, python);
    if (!p.ptr) return casus_base_no_memory(c->err);
    casus_error quiet = {0}, *err = c->err;
    c->err = &quiet;
    const casus_status whole = add_pattern(c, out, p);
    c->err = err;
    if (whole != CASUS_E_LIMIT) {
        if (whole && err) *err = quiet;
        return whole;
    }
    casus_slice flags = CASUS_SLICE("");
    if (p.len > 4 && memcmp(p.ptr, "(?i)", 4) == 0) {
        flags = casus_slice_of(p.ptr, 4);
        p = casus_slice_of(p.ptr + 4, p.len - 4);
    }
    if (p.len > 4 && memcmp(p.ptr, "(?:", 3) == 0 && p.ptr[p.len - 1] == ')' &&
        alternative_end(p, 0) == p.len)
        p = casus_slice_of(p.ptr + 3, p.len - 4);
    for (uint32_t i = 0; i < p.len;) {
        uint32_t end = alternative_end(p, i);
        while (end < p.len) {
            const uint32_t more = alternative_end(p, end + 1);
            if (more - i > PATTERN_PART_MOST) break;
            end = more;
        }
        const casus_slice part = casus_base_arena_format(c->arena, "%.*s%.*s", (int)flags.len,
                                                         flags.ptr, (int)(end - i), p.ptr + i);
        if (!part.ptr) return casus_base_no_memory(c->err);
        const casus_status status = add_pattern(c, out, part);
        if (status) return status;
        i = end + 1;
    }
    return CASUS_OK;
}

/* ---- tokenizer ------------------------------------------------------------------------------- */

static int by_u64(const void *a, const void *b) {
    uint64_t x, y; /* every row sorted here begins with its 64-bit key */
    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    return x < y ? -1 : x > y;
}

static casus_status read_symbols(compiler *c, lang_pair **out, uint32_t *n) {
    static const char *const needed[] = {"string", "id", NULL};
    casus_table t;
    char path[512];
    casus_status status = compile_table(c, "symbols.tsv", needed, &t, path, sizeof path);
    size_t cap = 0, count = 0;
    lang_pair *v = NULL;
    int more = 0;
    while (!status && (more = casus_base_table_next(&t, c->err)) > 0) {
        const casus_slice s = casus_base_table_get(&t, "string"),
                          id = casus_base_table_get(&t, "id");
        lang_pair *w = casus_base_arena_grow(c->arena, v, count, count + 1, &cap, sizeof *v);
        if (!w) return casus_base_no_memory(c->err);
        v = w;
        v[count++] = (lang_pair){casus_base_hash64(s.ptr, s.len, 1), strtoull(id.ptr, NULL, 10)};
    }
    if (!status && more < 0) status = (casus_status)more;
    if (count) qsort(v, count, sizeof *v, by_u64);
    *out = v;
    *n = (uint32_t)count;
    return status;
}

/* Norms: the model's own table first, then the signs every pipeline knows. */
static casus_status read_norms(compiler *c, const struct casus_lang *lang, lang_norm **out,
                               uint32_t *n) {
    const msgpack_object *lookups;
    casus_status status = source_msgpack(c->from, "vocab/lookups.bin", &lookups, c->err);
    if (status) return status;
    size_t cap = 0, count = 0;
    lang_norm *v = NULL;
    const msgpack_object *own = mp_get(lookups, "lexeme_norm");
    if (own && own->type == MSGPACK_OBJECT_MAP)
        for (uint32_t i = 0; i < own->via.map.size; i++) {
            const msgpack_object_kv *kv = &own->via.map.ptr[i];
            if (kv->key.type != MSGPACK_OBJECT_POSITIVE_INTEGER) continue;
            lang_norm *w = casus_base_arena_grow(c->arena, v, count, count + 1, &cap, sizeof *v);
            if (!w) return casus_base_no_memory(c->err);
            v = w;
            v[count++] = (lang_norm){kv->key.via.u64, compile_string(c, mp_text(&kv->val))};
        }
    const size_t from_model = count;
    static const char *const needed[] = {"form", "norm", NULL};
    casus_table t;
    char path[512];
    status = compile_table(c, "norms.tsv", needed, &t, path, sizeof path);
    int more = 0;
    while (!status && (more = casus_base_table_next(&t, c->err)) > 0) {
        const uint64_t id = lang_string_id(lang, casus_base_table_get(&t, "form"));
        bool known = false;
        for (size_t i = 0; i < from_model && !known; i++) known = v[i].key == id;
        if (known) continue;
        lang_norm *w = casus_base_arena_grow(c->arena, v, count, count + 1, &cap, sizeof *v);
        if (!w) return casus_base_no_memory(c->err);
        v = w;
        v[count++] = (lang_norm){id, compile_string(c, casus_base_table_get(&t, "norm"))};
    }
    if (!status && more < 0) status = (casus_status)more;
    if (count) qsort(v, count, sizeof *v, by_u64);
    *out = v;
    *n = (uint32_t)count;
    return status;
}

/* Exceptions that affix rules would take apart must be found again after splitting. */
static casus_status find_phrases(compiler *c, lang_tok *head, const lang_pair *symbols,
                                 patterns *sorts, const lang_special *specials,
                                 const casus_slice *texts, lang_phrase **out) {
    struct casus_lang lang = {.memory = c->memory, .tokens = head, .symbols = symbols};
    struct casus_lang_worker w = {.lang = &lang, .memory = c->memory};
    w.match = lang_match_data_new(&c->memory);
    w.scratch = casus_base_arena_new(&c->memory);
    lang.match_context = lang_match_context_new(&c->memory);
    casus_status status =
        w.match && w.scratch && lang.match_context ? CASUS_OK : casus_base_no_memory(c->err);
    const uint32_t n_specials = head->n_specials;
    head->n_specials = 0;
    for (int s = 0; s < 5 && !status; s++) {
        lang.regexes[s] = casus_base_arena_zero(c->arena, sorts[s].n + 1, sizeof(lang_regex));
        if (!lang.regexes[s]) status = casus_base_no_memory(c->err);
        for (size_t i = 0; i < sorts[s].n && !status; i++)
            status = lang_regex_open(&lang.regexes[s][i],
                                     casus_slice_of(c->strings.ptr + sorts[s].items[i].off,
                                                    sorts[s].items[i].len),
                                     &c->memory, c->err);
    }
    size_t n = 0, cap = 0;
    lang_phrase *v = NULL;
    for (uint32_t i = 0; i < n_specials && !status; i++) {
        const casus_slice text = texts[i];
        uint32_t b, e;
        bool affix = memchr(text.ptr, ' ', text.len) != NULL;
        for (int s = LANG_PREFIX; s <= LANG_INFIX && !affix; s++)
            for (size_t k = 0; k < sorts[s].n && !affix; k++)
                affix = lang_regex_find(&lang.regexes[s][k], &w, text, 0, &b, &e);
        if (!affix) continue;
        casus_base_arena_reset(w.scratch);
        casus_slice first;
        const uint32_t parts = lang_tokenize_plain(&w, text, &first);
        if (parts == CASUS_NONE) continue;
        lang_phrase *x = casus_base_arena_grow(c->arena, v, n, n + 1, &cap, sizeof *v);
        if (!x) {
            status = casus_base_no_memory(c->err);
            break;
        }
        v = x;
        v[n++] = (lang_phrase){casus_base_hash64(first.ptr, first.len, 1), i, parts};
    }
    (void)specials;
    if (n) qsort(v, n, sizeof *v, by_u64);
    for (int s = 0; s < 5; s++)
        for (size_t i = 0; lang.regexes[s] && i < sorts[s].n; i++)
            if (lang.regexes[s][i].code) lang_regex_free(&lang.regexes[s][i]);
    lang_match_context_free(lang.match_context);
    lang_match_data_free(w.match);
    casus_base_arena_free(w.scratch);
    head->n_specials = n_specials;
    head->n_phrases = (uint32_t)n;
    *out = v;
    return status;
}

typedef struct raw_special {
    uint64_t hash;
    casus_slice text;
    const msgpack_object *pieces;
} raw_special;

casus_status compile_tokenizer(compiler *c) {
    static const char *const keys[5] = {"prefix_search", "suffix_search", "infix_finditer",
                                        "token_match", "url_match"};
    const msgpack_object *file;
    casus_status status = source_msgpack(c->from, "tokenizer", &file, c->err);
    if (status) return status;
    if (!file)
        return casus_base_fail_at(c->err, CASUS_E_MODEL, c->path, 0, 0,
                                  "the pipeline has no tokenizer of spaCy's own kind");
    patterns sorts[5] = {{0}};
    lang_tok head = {0};
    for (int s = 0; s < 5; s++) {
        const casus_slice p = mp_text(mp_get(file, keys[s]));
        if (p.len && (status = put_pattern(c, &sorts[s], p))) return status;
        head.n_patterns[s] = (uint32_t)sorts[s].n;
    }
    lang_pair *symbols;
    if ((status = read_symbols(c, &symbols, &head.n_symbols))) return status;
    const struct casus_lang lang = {.tokens = &head, .symbols = symbols};
    lang_norm *norms = NULL;
    if ((status = read_norms(c, &lang, &norms, &head.n_norms))) return status;

    const msgpack_object *exceptions = mp_get(file, "exceptions");
    const uint32_t n =
        exceptions && exceptions->type == MSGPACK_OBJECT_MAP ? exceptions->via.map.size : 0;
    raw_special *raw = casus_base_arena_zero(c->arena, n + 1, sizeof *raw);
    lang_special *specials = casus_base_arena_zero(c->arena, n + 1, sizeof *specials);
    casus_slice *texts = casus_base_arena_zero(c->arena, n + 1, sizeof *texts);
    if (!raw || !specials || !texts) return casus_base_no_memory(c->err);
    for (uint32_t i = 0; i < n; i++) {
        raw[i].text = mp_text(&exceptions->via.map.ptr[i].key);
        raw[i].hash = casus_base_hash64(raw[i].text.ptr, raw[i].text.len, 1);
        raw[i].pieces = &exceptions->via.map.ptr[i].val;
    }
    qsort(raw, n, sizeof *raw, by_u64);
    size_t cap = 0, n_pieces = 0;
    lang_piece *pieces = NULL;
    for (uint32_t i = 0; i < n; i++) {
        const msgpack_object *list = raw[i].pieces;
        const uint32_t k = list->type == MSGPACK_OBJECT_ARRAY ? list->via.array.size : 0;
        specials[i] =
            (lang_special){raw[i].hash, compile_string(c, raw[i].text), (uint32_t)n_pieces, k};
        texts[i] = raw[i].text;
        lang_piece *v =
            casus_base_arena_grow(c->arena, pieces, n_pieces, n_pieces + k, &cap, sizeof *v);
        if (!v) return casus_base_no_memory(c->err);
        pieces = v;
        uint32_t sum = 0;
        for (uint32_t j = 0; j < k; j++) {
            const casus_slice orth = mp_text(mp_get_int(&list->via.array.ptr[j], KEY_ORTH));
            const casus_slice norm = mp_text(mp_get_int(&list->via.array.ptr[j], KEY_NORM));
            pieces[n_pieces++] =
                (lang_piece){orth.len, norm.len ? compile_string(c, norm) : (lang_str){0, 0}};
            sum += orth.len;
        }
        if (!k || sum != raw[i].text.len)
            return casus_base_fail_at(c->err, CASUS_E_MODEL, c->path, 0, 0,
                                      "tokenizer exception '%.*s' does not add up",
                                      (int)raw[i].text.len, raw[i].text.ptr);
    }
    head.n_specials = n;
    head.n_pieces = (uint32_t)n_pieces;
    if (c->strings.failed) return casus_base_no_memory(c->err);
    lang_phrase *phrases;
    if ((status = find_phrases(c, &head, symbols, sorts, specials, texts, &phrases))) return status;
    casus_buffer b;
    casus_base_buffer_init(&b, &c->memory);
    casus_base_buffer_add(&b, &head, sizeof head);
    for (int s = 0; s < 5; s++)
        head.patterns[s] = compile_array(&b, sorts[s].items, sorts[s].n * sizeof(lang_str));
    head.specials = compile_array(&b, specials, n * sizeof *specials);
    head.pieces = compile_array(&b, pieces, n_pieces * sizeof *pieces);
    head.phrases = compile_array(&b, phrases, head.n_phrases * sizeof *phrases);
    head.symbols = compile_array(&b, symbols, head.n_symbols * sizeof *symbols);
    head.norms = compile_array(&b, norms, head.n_norms * sizeof *norms);
    if (!b.failed) memcpy(b.ptr, &head, sizeof head);
    status = compile_section(c, "lang.tok", &b);
    casus_base_buffer_free(&b);
    return status;
}

/* ---- attribute rules ------------------------------------------------------------------------- */

typedef struct rules {
    lang_attr head;
    lang_rule *rules;
    lang_spec *specs;
    lang_test *tests;
    uint64_t *values;
    lang_str *regexes;
    size_t cap_rules, cap_specs, cap_tests, cap_values, cap_regexes;
} rules;

#define PUSH(c, r, list, n, cap, value)                                                        \
    do {                                                                                       \
        void *grown =                                                                          \
            casus_base_arena_grow((c)->arena, (r)->list, (r)->head.n, (size_t)(r)->head.n + 1, \
                                  &(r)->cap, sizeof *(r)->list);                               \
        if (!grown) return casus_base_no_memory((c)->err);                                     \
        (r)->list = grown;                                                                     \
        (r)->list[(r)->head.n++] = (value);                                                    \
    } while (0)

/* The number under which a value of the attribute is compared. */
static uint64_t rule_value(compiler *c, uint32_t attr, const msgpack_object *o) {
    const casus_slice s = mp_text(o);
    if (attr == LANG_TEST_SPACE) return o->type == MSGPACK_OBJECT_BOOLEAN && o->via.boolean;
    if (attr == LANG_TEST_LOWER || attr == LANG_TEST_ORTH)
        return s.ptr ? casus_base_hash64(s.ptr, s.len, 1) : 0;
    uint32_t at = CASUS_NONE;
    if (attr == LANG_TEST_TAG && s.len) at = names_add(c, &c->tags, s);
    if (attr == LANG_TEST_DEP && s.len) at = names_add(c, &c->deps, s);
    if (attr == LANG_TEST_POS) at = compile_pos(s);
    return at == CASUS_NONE ? UINT64_MAX : at;
}

static casus_status put_test(compiler *c, rules *r, casus_slice key, const msgpack_object *value) {
    static const char *const attrs[] = {"TAG", "POS", "DEP", "LOWER", "ORTH", "IS_SPACE"};
    uint32_t attr = 0;
    while (attr < 6 && !casus_slice_is(key, attrs[attr])) attr++;
    if (attr == 6 && casus_slice_is(key, "TEXT")) attr = LANG_TEST_ORTH;
    if (attr == 6)
        return casus_base_fail_at(c->err, CASUS_E_MODEL, c->path, 0, 0,
                                  "attribute_ruler: this engine cannot test '%.*s'", (int)key.len,
                                  key.ptr);
    lang_test test = {.attr = attr, .op = LANG_OP_IN, .first = r->head.n_values};
    const msgpack_object *list = value;
    if (value->type == MSGPACK_OBJECT_MAP) {
        if (value->via.map.size != 1)
            return casus_base_fail_at(c->err, CASUS_E_MODEL, c->path, 0, 0,
                                      "attribute_ruler: a test with several operators");
        const casus_slice op = mp_text(&value->via.map.ptr[0].key);
        list = &value->via.map.ptr[0].val;
        if (casus_slice_is(op, "NOT_IN"))
            test.op = LANG_OP_NOT_IN;
        else if (casus_slice_is(op, "REGEX"))
            test.op = LANG_OP_REGEX;
        else if (!casus_slice_is(op, "IN"))
            return casus_base_fail_at(c->err, CASUS_E_MODEL, c->path, 0, 0,
                                      "attribute_ruler: this engine has no operator '%.*s'",
                                      (int)op.len, op.ptr);
    }
    if (test.op == LANG_OP_REGEX) {
        const casus_slice p = to_pcre(c, mp_text(list));
        if (!p.ptr) return casus_base_no_memory(c->err);
        PUSH(c, r, values, n_values, cap_values, r->head.n_regexes);
        PUSH(c, r, regexes, n_regexes, cap_regexes, compile_string(c, p));
    } else if (list->type == MSGPACK_OBJECT_ARRAY) {
        for (uint32_t i = 0; i < list->via.array.size; i++)
            PUSH(c, r, values, n_values, cap_values, rule_value(c, attr, &list->via.array.ptr[i]));
    } else {
        PUSH(c, r, values, n_values, cap_values, rule_value(c, attr, list));
    }
    test.n = r->head.n_values - test.first;
    PUSH(c, r, tests, n_tests, cap_tests, test);
    return CASUS_OK;
}

static casus_status put_rule(compiler *c, rules *r, const msgpack_object *row,
                             const msgpack_object *pattern) {
    const msgpack_object *attrs = mp_get(row, "attrs"), *index = mp_get(row, "index");
    lang_rule rule = {.first = r->head.n_specs,
                      .tag = CASUS_NONE,
                      .pos = CASUS_NONE,
                      .morph = CASUS_NONE,
                      .dep = CASUS_NONE,
                      .lemma = {CASUS_NONE, 0}};
    if (index && index->type == MSGPACK_OBJECT_POSITIVE_INTEGER)
        rule.index = (uint32_t)index->via.u64;
    if (!attrs || attrs->type != MSGPACK_OBJECT_MAP || !pattern ||
        pattern->type != MSGPACK_OBJECT_ARRAY || !pattern->via.array.size ||
        pattern->via.array.size > 8 || rule.index >= pattern->via.array.size)
        return casus_base_fail_at(c->err, CASUS_E_MODEL, c->path, 0, 0,
                                  "attribute_ruler: a rule that this engine cannot read");
    for (uint32_t i = 0; i < attrs->via.map.size; i++) {
        const casus_slice key = mp_text(&attrs->via.map.ptr[i].key);
        casus_slice value = mp_text(&attrs->via.map.ptr[i].val);
        if (casus_slice_is(key, "TAG"))
            rule.tag = names_add(c, &c->tags, value);
        else if (casus_slice_is(key, "POS"))
            rule.pos = compile_pos(value);
        else if (casus_slice_is(key, "DEP"))
            rule.dep = names_add(c, &c->deps, value);
        else if (casus_slice_is(key, "LEMMA"))
            rule.lemma = compile_string(c, value);
        else if (casus_slice_is(key, "MORPH"))
            rule.morph =
                names_add(c, &c->morphs, casus_slice_is(value, "_") ? CASUS_SLICE("") : value);
        else
            return casus_base_fail_at(c->err, CASUS_E_MODEL, c->path, 0, 0,
                                      "attribute_ruler: this engine cannot set '%.*s'",
                                      (int)key.len, key.ptr);
    }
    for (uint32_t i = 0; i < pattern->via.array.size; i++) {
        const msgpack_object *token = &pattern->via.array.ptr[i];
        lang_spec spec = {.first = r->head.n_tests};
        for (uint32_t k = 0; token->type == MSGPACK_OBJECT_MAP && k < token->via.map.size; k++) {
            const casus_status status =
                put_test(c, r, mp_text(&token->via.map.ptr[k].key), &token->via.map.ptr[k].val);
            if (status) return status;
        }
        spec.n = r->head.n_tests - spec.first;
        PUSH(c, r, specs, n_specs, cap_specs, spec);
    }
    rule.n = r->head.n_specs - rule.first;
    PUSH(c, r, rules, n_rules, cap_rules, rule);
    return CASUS_OK;
}

casus_status compile_rules(compiler *c) {
    const msgpack_object *file;
    casus_status status = source_msgpack(c->from, "attribute_ruler/patterns", &file, c->err);
    if (status) return status;
    rules r = {{0}, NULL, NULL, NULL, NULL, NULL, 0, 0, 0, 0, 0};
    for (uint32_t i = 0; file && file->type == MSGPACK_OBJECT_ARRAY && i < file->via.array.size;
         i++) {
        const msgpack_object *row = &file->via.array.ptr[i], *list = mp_get(row, "patterns");
        for (uint32_t k = 0; list && list->type == MSGPACK_OBJECT_ARRAY && k < list->via.array.size;
             k++)
            if ((status = put_rule(c, &r, row, &list->via.array.ptr[k]))) return status;
    }
    casus_buffer b;
    casus_base_buffer_init(&b, &c->memory);
    casus_base_buffer_add(&b, &r.head, sizeof r.head);
    r.head.rules = compile_array(&b, r.rules, r.head.n_rules * sizeof *r.rules);
    r.head.specs = compile_array(&b, r.specs, r.head.n_specs * sizeof *r.specs);
    r.head.tests = compile_array(&b, r.tests, r.head.n_tests * sizeof *r.tests);
    r.head.values = compile_array(&b, r.values, r.head.n_values * sizeof *r.values);
    r.head.regexes = compile_array(&b, r.regexes, r.head.n_regexes * sizeof *r.regexes);
    if (!b.failed) memcpy(b.ptr, &r.head, sizeof r.head);
    status = compile_section(c, "lang.attr", &b);
    casus_base_buffer_free(&b);
    return status;
}

/* ---- lemmas ---------------------------------------------------------------------------------- */

/* The table of a part of speech, by the id of its lower-case name: "noun" hashed, or the number
 * of a symbol ("adv" is none, "punct" is 445). */
static const msgpack_object *by_pos(const struct casus_lang *lang, const msgpack_object *table,
                                    uint32_t pos) {
    char name[16];
    const char *upper = casus_lang_pos_name((casus_pos)pos);
    uint32_t n = 0;
    for (; upper[n]; n++) name[n] = (char)(upper[n] | 32);
    return mp_get_int(table, lang_string_id(lang, casus_slice_of(name, n)));
}

static casus_status read_bases(compiler *c, casus_buffer *b, lang_lem *head) {
    static const char *const needed[] = {"language", "pos", "has", "lacks", NULL};
    casus_table t;
    char path[512];
    casus_status status = compile_table(c, "base-forms.tsv", needed, &t, path, sizeof path);
    const casus_slice language = source_config(c->from, "nlp", "lang");
    lang_base *v = NULL;
    size_t cap = 0, n = 0;
    int more = 0;
    while (!status && (more = casus_base_table_next(&t, c->err)) > 0) {
        if (!casus_slice_eq(casus_base_table_get(&t, "language"), language)) continue;
        lang_base row = {.pos = CASUS_NONE};
        const casus_slice pos = casus_base_table_get(&t, "pos");
        if (pos.len && (row.pos = compile_pos(pos)) == CASUS_NONE)
            return casus_base_fail_at(c->err, CASUS_E_DATA, path, t.line, 0,
                                      "no part of speech '%.*s'", (int)pos.len, pos.ptr);
        casus_slice has = casus_base_table_get(&t, "has"), piece;
        for (int i = 0; casus_slice_cut(&has, '|', &piece); i++) {
            if (i == 3)
                return casus_base_fail_at(c->err, CASUS_E_DATA, path, t.line, 0,
                                          "more than three features");
            row.has[i] = compile_string(c, piece);
        }
        const casus_slice lacks = casus_base_table_get(&t, "lacks");
        if (lacks.len) row.lacks = compile_string(c, lacks);
        lang_base *w = casus_base_arena_grow(c->arena, v, n, n + 1, &cap, sizeof *v);
        if (!w) return casus_base_no_memory(c->err);
        v = w;
        v[n++] = row;
    }
    if (!status && more < 0) status = (casus_status)more;
    head->n_bases = (uint32_t)n;
    head->bases = compile_array(b, v, n * sizeof *v);
    return status;
}

static casus_status put_lemmas(compiler *c, casus_buffer *b, lang_lem *head,
                               const msgpack_object *file) {
    lang_pair *symbols;
    lang_tok tok = {0};
    casus_status status = read_symbols(c, &symbols, &tok.n_symbols);
    if (status) return status;
    const struct casus_lang lang = {.tokens = &tok, .symbols = symbols};
    const msgpack_object *rules_t = mp_get(file, "lemma_rules"), *exc_t = mp_get(file, "lemma_exc"),
                         *index_t = mp_get(file, "lemma_index"),
                         *lookup_t = mp_get(file, "lemma_lookup");
    lang_str *forms = NULL;
    size_t cap_forms = 0, n_forms = 0;
    for (uint32_t p = 0; p < CASUS_POS_COUNT; p++) {
        const msgpack_object *index = by_pos(&lang, index_t, p), *exc = by_pos(&lang, exc_t, p),
                             *list = by_pos(&lang, rules_t, p);
        uint32_t n = index && index->type == MSGPACK_OBJECT_ARRAY ? index->via.array.size : 0;
        uint64_t *hashes = casus_base_arena_zero(c->arena, n + 1, sizeof *hashes);
        if (!hashes) return casus_base_no_memory(c->err);
        for (uint32_t i = 0; i < n; i++) {
            const casus_slice s = mp_text(&index->via.array.ptr[i]);
            hashes[i] = s.ptr ? casus_base_hash64(s.ptr, s.len, 1) : 0;
        }
        qsort(hashes, n, sizeof *hashes, by_u64);
        head->pos[p].n_index = n;
        head->pos[p].index = compile_array(b, hashes, n * sizeof *hashes);
        n = exc && exc->type == MSGPACK_OBJECT_MAP ? exc->via.map.size : 0;
        lang_exc *e = casus_base_arena_zero(c->arena, n + 1, sizeof *e);
        if (!e) return casus_base_no_memory(c->err);
        for (uint32_t i = 0; i < n; i++) {
            const casus_slice s = mp_text(&exc->via.map.ptr[i].key);
            const msgpack_object *l = &exc->via.map.ptr[i].val;
            const uint32_t k = l->type == MSGPACK_OBJECT_ARRAY ? l->via.array.size : 0;
            e[i] = (lang_exc){s.ptr ? casus_base_hash64(s.ptr, s.len, 1) : 0, (uint32_t)n_forms, k};
            lang_str *v =
                casus_base_arena_grow(c->arena, forms, n_forms, n_forms + k, &cap_forms, sizeof *v);
            if (!v) return casus_base_no_memory(c->err);
            forms = v;
            for (uint32_t j = 0; j < k; j++)
                forms[n_forms++] = compile_string(c, mp_text(&l->via.array.ptr[j]));
        }
        qsort(e, n, sizeof *e, by_u64);
        head->pos[p].n_exc = n;
        head->pos[p].exc = compile_array(b, e, n * sizeof *e);
        n = list && list->type == MSGPACK_OBJECT_ARRAY ? list->via.array.size : 0;
        lang_suffix *r = casus_base_arena_zero(c->arena, n + 1, sizeof *r);
        if (!r) return casus_base_no_memory(c->err);
        for (uint32_t i = 0; i < n; i++) {
            const msgpack_object *pair = &list->via.array.ptr[i];
            if (pair->type != MSGPACK_OBJECT_ARRAY || pair->via.array.size != 2)
                return casus_base_fail_at(c->err, CASUS_E_MODEL, c->path, 0, 0,
                                          "lemmatizer: a suffix rule that is no pair");
            r[i] = (lang_suffix){compile_string(c, mp_text(&pair->via.array.ptr[0])),
                                 compile_string(c, mp_text(&pair->via.array.ptr[1]))};
        }
        head->pos[p].n_rules = n;
        head->pos[p].rules = compile_array(b, r, n * sizeof *r);
    }
    head->n_forms = (uint32_t)n_forms;
    head->forms = compile_array(b, forms, n_forms * sizeof *forms);
    const uint32_t n =
        lookup_t && lookup_t->type == MSGPACK_OBJECT_MAP ? lookup_t->via.map.size : 0;
    lang_norm *v = casus_base_arena_zero(c->arena, n + 1, sizeof *v);
    if (!v) return casus_base_no_memory(c->err);
    for (uint32_t i = 0; i < n; i++) {
        const msgpack_object_kv *kv = &lookup_t->via.map.ptr[i];
        const msgpack_object *value = &kv->val;
        if (value->type == MSGPACK_OBJECT_ARRAY && value->via.array.size)
            value = value->via.array.ptr;
        v[i] = (lang_norm){kv->key.type == MSGPACK_OBJECT_POSITIVE_INTEGER ? kv->key.via.u64 : 0,
                           compile_string(c, mp_text(value))};
    }
    qsort(v, n, sizeof *v, by_u64);
    head->n_lookup = n;
    head->lookup = compile_array(b, v, n * sizeof *v);
    return CASUS_OK;
}

casus_status compile_lemmas(compiler *c) {
    casus_buffer b;
    casus_base_buffer_init(&b, &c->memory);
    lang_lem head = {.kind = LANG_LEM_NONE};
    casus_base_buffer_add(&b, &head, sizeof head);
    const msgpack_object *file;
    casus_status status = source_msgpack(c->from, "lemmatizer/lookups/lookups.bin", &file, c->err);
    if (!status && file) {
        /* French and its like look into the index first and fall back on a lookup table */
        head.kind = mp_get(file, "lemma_lookup") ? LANG_LEM_RULE_FIRST_INDEX : LANG_LEM_RULE;
        status = put_lemmas(c, &b, &head, file);
    }
    if (!status) status = read_bases(c, &b, &head);
    if (!status && !b.failed) memcpy(b.ptr, &head, sizeof head);
    if (!status) status = compile_section(c, "lang.lem", &b);
    casus_base_buffer_free(&b);
    return status;
}
