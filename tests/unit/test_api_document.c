/* A document through every stage: offsets of awkward bytes, kernels, threads, workers with a past.
 */
#include "packed.h"
#include "api/api.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static casus_model *model;

static int open_model(void **state) {
    (void)state;
    return casus_model_open(&model, PACKED, NULL, NULL);
}
static int close_model(void **state) {
    (void)state;
    casus_model_free(model);
    return 0;
}

static casus_doc *code(casus_worker *w, const char *text, size_t len) {
    casus_options o = CASUS_OPTIONS_INIT;
    o.date = "2025-03-05";
    casus_doc *doc = NULL;
    casus_error err = {0};
    if (casus_code_text(&doc, w, "doc", text, len, &o, &err)) fail_msg("%s", err.message);
    return doc;
}

static bool is_blank(uint32_t cp) {
    return (cp >= 9 && cp <= 13) || (cp >= 0x1C && cp <= 0x20) || cp == 0x85 || cp == 0xA0 ||
           cp == 0x1680 || (cp >= 0x2000 && cp <= 0x200A) || cp == 0x2028 || cp == 0x2029 ||
           cp == 0x202F || cp == 0x205F || cp == 0x3000;
}

static void span_fits(casus_span s, uint32_t len) {
    assert_true(s.begin <= s.end && s.end <= len);
}

/* What must hold of every document, whatever its bytes. */
static void check(const casus_doc *doc, const char *given, size_t len) {
    const casus_layers *l = &doc->layers;
    const casus_parse *p = l->parse;
    const char *text = p->text->text.ptr;
    assert_int_equal(p->text->text.len, len);
    assert_int_equal(casus_base_utf8_valid(text, len), len);
    const size_t valid = casus_base_utf8_valid(given, len);
    const size_t mark = len >= 3 && memcmp(given, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    assert_memory_equal(text, "   ", mark); /* of byte order, as blanks */
    assert_memory_equal(text + mark, given + mark, valid - mark);
    assert_true(valid == len || p->text->n_diagnostics > 0);
    uint32_t at = 0;
    for (uint32_t i = 0; i < p->n_tokens; i++) {
        const casus_token *t = &p->tokens[i];
        assert_true(at <= t->begin && t->begin < t->end && t->end <= len);
        assert_int_equal(casus_base_utf8_valid(text + t->begin, t->end - t->begin),
                         t->end - t->begin);
        assert_ptr_equal(t->form.ptr, text + t->begin);
        assert_int_equal(t->form.len, t->end - t->begin);
        for (uint32_t cp; at < t->begin;) { /* nothing but blanks lies between tokens */
            at += casus_base_utf8_get(text + at, t->begin - at, &cp);
            assert_true(is_blank(cp));
        }
        const casus_sentence *s = &p->sentences[t->sent];
        assert_true(t->sent < p->n_sentences && s->first <= i && i < s->last);
        assert_true(s->first <= t->head && t->head < s->last);
        assert_true(t->tag < p->n_tags && t->dep < p->n_deps && t->morph < p->n_morphs);
        at = t->end;
    }
    for (uint32_t cp; at < len;) {
        at += casus_base_utf8_get(text + at, (uint32_t)len - at, &cp);
        assert_true(is_blank(cp));
    }
    for (uint32_t k = 0; k < p->n_names; k++)
        assert_true(p->names[k].first < p->names[k].last && p->names[k].last <= p->n_tokens);
    for (uint32_t k = 0; k < p->n_clauses; k++) {
        const casus_clause *c = &p->clauses[k];
        assert_true(c->head < p->n_tokens && c->sent < p->n_sentences);
        for (uint32_t a = 0; a < c->n_args; a++)
            assert_true(c->args[a].token < p->n_tokens && c->args[a].first < c->args[a].last &&
                        c->args[a].last <= p->n_tokens);
    }
    size_t n;
    const casus_event *e = casus_doc_events(doc, &n);
    for (size_t k = 0; k < n; k++) {
        span_fits(e[k].evidence, (uint32_t)len);
        span_fits(e[k].trigger, (uint32_t)len);
        assert_true(e[k].type.ptr && e[k].status.ptr && e[k].rule.ptr);
        for (size_t a = 0; a < e[k].n_actors; a++) span_fits(e[k].actors[a].span, (uint32_t)len);
        for (size_t a = 0; a < e[k].n_sources; a++) span_fits(e[k].sources[a].span, (uint32_t)len);
    }
    for (size_t k = 0; k < p->text->n_diagnostics; k++)
        assert_true(p->text->diagnostics[k].begin <= p->text->diagnostics[k].end &&
                    p->text->diagnostics[k].end <= len);
}

static const struct {
    const char *bytes;
    size_t len;
} awkward[] = {
#define TEXT(s) \
    { s, sizeof(s) - 1 }
    TEXT(""),
    TEXT(" "),
    TEXT("\n\n\n"),
    TEXT("."),
    TEXT("\xC2\xA0"),
    TEXT("\xEF\xBB\xBF"
         "Troops left Gao."),
    TEXT("Troops\xC2\xA0"
         "left\xE2\x80\xAFthe town.\r\n\r\nRebels took it.\r\n"),
    TEXT("The govern\xC2\xADment of Chad\xE2\x80\x99s ally \xE2\x80\x9C"
         "agreed\xE2\x80\x9D to talks\xE2\x80\xA6"),
    TEXT("\xF0\x9F\x87\xAB\xF0\x9F\x87\xB7 Paris "
         "\xF0\x9F\x94\xA5\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7 "
         "burned, police said."),
    TEXT("Rebels \xFF\xFE seized \xC3( the \xE2\x82 town \x80\x80 of Kidal."),
    TEXT("\xED\xA0\x80 surrogate \xF4\x90\x80\x80 too far \xC0\xAF overlong \xF8\x88\x80\x80\x80 "
         "five"),
    TEXT("ends in half a character \xF0\x9F\x98"),
    TEXT("nul \0 inside \0\0 text, the army attacked the village."),
    TEXT("e\xCC\x81\xCC\x81\xCC\x81 combining a\xCC\x8A, Erdog\xCC\x86"
         "an met Putin."),
    TEXT("\xE2\x80\x8F\xD8\xA7\xD9\x84\xD8\xB1\xD8\xA6\xD9\x8A\xD8\xB3 \xE2\x80\xAE rtl "
         "\xE2\x80\xAC the president said."),
    TEXT("\xE4\xB8\xAD\xE5\x9B\xBD\xE5\xA4\x96\xE4\xBA\xA4\xE9\x83\xA8\xE8\xAF\xB4\xE3\x80\x82 "
         "China said."),
    TEXT("tabs\tand\vvertical\fforms\x1C"
         "and separators\xC2\x85next\xE2\x80\xA8line\xE2\x80\xA9paragraph"),
    TEXT("http://example.org/a?b=c&d[0]=(e) a.b@c.org #tag @name $5,000.00 10-12% U.S.-led 's 'Tis "
         "don't"),
    TEXT("((((((((((]]]]]]]]]]>>>>>>>>>><<<<<<<<<<\"\"\"\"\"\"''''''------......"),
    TEXT("said said said said said. Who? Whom? \"\" \xE2\x80\x9C\xE2\x80\x9C\xE2\x80\x9D "
         "\xE2\x80\x98"),
#undef TEXT
};

static void offsets_fit_whatever_the_bytes(void **state) {
    (void)state;
    casus_worker *w;
    assert_int_equal(casus_worker_new(&w, model, NULL), CASUS_OK);
    for (size_t i = 0; i < sizeof awkward / sizeof *awkward; i++) {
        casus_doc *doc = code(w, awkward[i].bytes, awkward[i].len);
        check(doc, awkward[i].bytes, awkward[i].len);
        packed_text out = {0};
        assert_int_equal(packed_print(doc, &out, NULL), CASUS_OK);
        assert_int_equal(casus_doc_write_layer(doc, "tokens", "conllu", packed_sink, &out, NULL),
                         CASUS_OK);
        assert_int_equal(casus_doc_write(doc, "table", 0, packed_sink, &out, NULL), CASUS_OK);
        assert_int_equal(casus_doc_write(doc, "csv", 1, packed_sink, &out, NULL), CASUS_OK);
        assert_int_equal(casus_base_utf8_valid(out.ptr, out.len), out.len);
        free(out.ptr);
        casus_doc_free(doc);
    }
    casus_worker_free(w);
}

/* Every cut and every byte changed of a text, in turn. */
static void cut_and_changed_texts(void **state) {
    (void)state;
    casus_worker *w;
    assert_int_equal(casus_worker_new(&w, model, NULL), CASUS_OK);
    for (size_t k = 0; k < PACKED_NEWS; k++) {
        char text[1024];
        const size_t len = strlen(packed_news[k]);
        for (size_t cut = 0; cut <= len; cut += 3) {
            memcpy(text, packed_news[k], len);
            text[len - cut] = (char)(0x80 + cut % 128);
            casus_doc *doc = code(w, text, len - cut / 2);
            check(doc, text, len - cut / 2);
            casus_doc_free(doc);
        }
    }
    casus_worker_free(w);
}

/* Invalid bytes leave a diagnostic with their place, and the words round them are still read. */
static void invalid_bytes_are_told(void **state) {
    (void)state;
    casus_worker *w;
    assert_int_equal(casus_worker_new(&w, model, NULL), CASUS_OK);
    static const char text[] = "The army \xFF attacked the village.";
    casus_doc *doc = code(w, text, sizeof text - 1);
    const casus_text *t = doc->layers.text;
    assert_int_equal(t->n_diagnostics, 1);
    assert_int_equal(t->diagnostics[0].begin, 9);
    assert_int_equal(t->diagnostics[0].end, 10);
    size_t n;
    (void)casus_doc_events(doc, &n);
    assert_int_equal(n, 1);
    casus_doc_free(doc);
    casus_worker_free(w);
}

static packed_text print_all(const casus_model *m, size_t first, size_t step) {
    packed_text out = {0};
    casus_worker *w;
    assert_int_equal(casus_worker_new(&w, m, NULL), CASUS_OK);
    for (size_t i = first; i < PACKED_NEWS; i += step) {
        casus_doc *doc = code(w, packed_news[i], strlen(packed_news[i]));
        assert_int_equal(packed_print(doc, &out, NULL), CASUS_OK);
        casus_doc_free(doc);
    }
    casus_worker_free(w);
    return out;
}

static void kernels_give_the_same_bytes(void **state) {
    (void)state;
    static const char *const sets[] = {"avx512", "avx2", "plain"};
    packed_text best = print_all(model, 0, 1);
    assert_true(best.len > 10000);
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        casus_model *other;
        assert_int_equal(casus_model_open(&other, PACKED, NULL, NULL), CASUS_OK);
        if (casus_model_use_kernels(other, sets[i], NULL) == CASUS_OK) {
            assert_string_equal(casus_model_kernels(other), sets[i]);
            packed_text out = print_all(other, 0, 1);
            assert_int_equal(out.len, best.len);
            assert_memory_equal(out.ptr, best.ptr, best.len);
            free(out.ptr);
        }
        casus_model_free(other);
    }
    casus_error err;
    assert_int_equal(casus_model_use_kernels(model, "abacus", &err), CASUS_E_ARGUMENT);
    free(best.ptr);
}

typedef struct job {
    pthread_t thread;
    packed_text out;
} job;

static void *run_all(void *arg) {
    for (int round = 0; round < 3; round++) {
        job *j = arg;
        free(j->out.ptr);
        j->out = print_all(model, 0, 1);
    }
    return NULL;
}

static void threads_give_the_same_bytes(void **state) {
    (void)state;
    enum { THREADS = 4 };
    packed_text alone = print_all(model, 0, 1);
    job jobs[THREADS] = {0};
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&jobs[i].thread, NULL, run_all, &jobs[i]), 0);
    for (int i = 0; i < THREADS; i++) {
        pthread_join(jobs[i].thread, NULL);
        assert_int_equal(jobs[i].out.len, alone.len);
        assert_memory_equal(jobs[i].out.ptr, alone.ptr, alone.len);
        free(jobs[i].out.ptr);
    }
    free(alone.ptr);
}

/* What a worker did before changes nothing: caches filled, emptied, odd words. */
static void a_workers_past_does_not_show(void **state) {
    (void)state;
    packed_text fresh = {0}, used = {0};
    casus_worker *w;
    for (int past = 0; past < 2; past++) {
        packed_text *out = past ? &used : &fresh;
        for (size_t i = 0; i < PACKED_NEWS; i++) {
            assert_int_equal(casus_worker_new(&w, model, NULL), CASUS_OK);
            if (past) { /* more forms than the cache holds */
                packed_text words = {0};
                for (int k = 0; k < 30000; k++) {
                    char word[32];
                    const int n = snprintf(word, sizeof word, "Word%dth ", k * 7919);
                    packed_sink(&words, word, (size_t)n);
                }
                casus_options o = CASUS_OPTIONS_INIT;
                o.stop_after = CASUS_STOP_LANG;
                casus_doc *doc;
                assert_int_equal(casus_code_text(&doc, w, "past", words.ptr, words.len, &o, NULL),
                                 CASUS_OK);
                casus_doc_free(doc);
                free(words.ptr);
            }
            casus_doc *doc = code(w, packed_news[i], strlen(packed_news[i]));
            assert_int_equal(packed_print(doc, out, NULL), CASUS_OK);
            casus_doc_free(doc);
            casus_worker_free(w);
        }
    }
    assert_int_equal(used.len, fresh.len);
    assert_memory_equal(used.ptr, fresh.ptr, fresh.len);
    free(fresh.ptr);
    free(used.ptr);
}

static int refuse(void *payload, const char *bytes, size_t len) {
    (void)bytes;
    (void)len;
    int *left = payload;
    return (*left)-- <= 0;
}

/* Bad arguments, limits, and a reader that stops. */
static void refusals(void **state) {
    (void)state;
    casus_error err;
    casus_worker *w;
    casus_doc *doc = NULL;
    casus_options o = CASUS_OPTIONS_INIT;
    assert_int_equal(casus_worker_new(&w, model, NULL), CASUS_OK);
    o.date = "5 March 2025";
    assert_int_equal(casus_code_text(&doc, w, NULL, "a", 1, &o, &err), CASUS_E_ARGUMENT);
    assert_null(doc);
    assert_non_null(strstr(err.message, "5 March 2025"));
    o.date = NULL;
    assert_int_equal(casus_code_text(&doc, w, NULL, "a", (size_t)65 << 20, &o, &err),
                     CASUS_E_LIMIT);
    doc = code(w, packed_news[0], strlen(packed_news[0]));
    packed_text out = {0};
    assert_int_equal(casus_doc_write(doc, "xml", 0, packed_sink, &out, &err), CASUS_E_ARGUMENT);
    assert_int_equal(casus_doc_write_layer(doc, "tokens", "xml", packed_sink, &out, &err),
                     CASUS_E_ARGUMENT);
    assert_int_equal(casus_doc_write_layer(doc, "moods", "jsonl", packed_sink, &out, &err),
                     CASUS_E_ARGUMENT);
    assert_int_equal(out.len, 0);
    static const char *const formats[] = {"jsonl", "csv", "table"};
    for (size_t i = 0; i < 3; i++) {
        int left = 0;
        assert_int_equal(casus_doc_write(doc, formats[i], 1, refuse, &left, &err), CASUS_E_IO);
    }
    int left = 1;
    assert_int_equal(casus_doc_write_layer(doc, "tokens", "conllu", refuse, &left, &err),
                     CASUS_E_IO);
    casus_doc_free(doc);
    casus_doc_free(NULL);
    casus_worker_free(w);
    casus_worker_free(NULL);
    casus_model_free(NULL);
    casus_model *none = NULL;
    assert_int_equal(casus_model_open(&none, "/no/such/pack", NULL, &err), CASUS_E_IO);
    assert_null(none);
}

int main(void) {
    if (packed_missing()) return PACKED_SKIP;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(offsets_fit_whatever_the_bytes),
        cmocka_unit_test(cut_and_changed_texts),
        cmocka_unit_test(invalid_bytes_are_told),
        cmocka_unit_test(kernels_give_the_same_bytes),
        cmocka_unit_test(threads_give_the_same_bytes),
        cmocka_unit_test(a_workers_past_does_not_show),
        cmocka_unit_test(refusals),
    };
    return cmocka_run_group_tests(tests, open_model, close_model);
}
