/* Clause view on parses read from CoNLL-U: labels of both schemes, word lists, spans, quotations,
 * damaged tables, exhausted memory, trees no parser would make. */
#include "conllu.h"
#include "fault.h"
#include "lang/clauses.h"
#include "scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define DATA CASUS_SOURCE_DIR "/data"

typedef struct view {
    casus_memory memory;
    casus_arena *arena;
    casus_buffer section;
    casus_labels *labels;
    casus_parse *parse;
    casus_error err;
} view;

static void compile_labels(view *v) {
    memset(v, 0, sizeof *v);
    v->memory = casus_base_memory_default();
    casus_base_buffer_init(&v->section, &v->memory);
    casus_status status = casus_lang_labels_compile(&v->section, DATA, &v->memory, &v->err);
    if (status) fail_msg("%s:%u: %s", v->err.file, (unsigned)v->err.line, v->err.message);
    v->arena = casus_base_arena_new(&v->memory);
    assert_non_null(v->arena);
}

static void open_view(view *v, const char *language, casus_slice conllu) {
    compile_labels(v);
    v->parse = conllu_read(v->arena, conllu, &v->err);
    assert_non_null(v->parse);
    assert_int_equal(casus_lang_labels_open(&v->labels, v->section.ptr, v->section.len, language,
                                            v->parse->deps, v->parse->n_deps, &v->memory, &v->err),
                     CASUS_OK);
    assert_int_equal(casus_lang_clauses(v->parse, v->labels, &v->err), CASUS_OK);
}

static void close_view(view *v) {
    casus_lang_labels_free(v->labels);
    casus_base_arena_free(v->arena);
    casus_base_buffer_free(&v->section);
}

/* ---- sentences with the clauses they must give ------------------------------------------------
 */

/* Lines "# clause = ..." above a sentence are what its clauses must print as. */
static void check_file(const char *path, const char *language) {
    casus_memory memory = casus_base_memory_default();
    casus_error err;
    char *bytes = NULL;
    size_t len = 0;
    assert_int_equal(casus_base_read_file(&bytes, &len, path, 1u << 24, &memory, &err), CASUS_OK);
    casus_slice rest = casus_slice_of(bytes, len), line;
    uint32_t from = 0, sentences = 0, wrong = 0;
    casus_buffer expected;
    casus_base_buffer_init(&expected, &memory);
    while (casus_slice_cut(&rest, '\n', &line)) {
        static const char key[] = "# clause = ";
        size_t n = sizeof key - 1;
        if (line.len > n && memcmp(line.ptr, key, n) == 0) {
            casus_base_buffer_add(&expected, line.ptr + n, line.len - n);
            casus_base_buffer_add(&expected, "\n", 1);
        }
        if (line.len || from == (uint32_t)(line.ptr - bytes)) continue;
        view v;
        open_view(&v, language, casus_slice_of(bytes + from, (size_t)(line.ptr - bytes) - from));
        from = (uint32_t)(line.ptr - bytes) + 1;
        casus_buffer printed;
        casus_base_buffer_init(&printed, &memory);
        for (uint32_t s = 0; s < v.parse->n_sentences; s++) {
            casus_lang_clauses_format(&printed, v.parse, s);
        }
        casus_base_buffer_add(&printed, "", 1);
        casus_base_buffer_add(&expected, "", 1);
        assert_false(printed.failed || expected.failed);
        if (strcmp(printed.ptr, expected.ptr) != 0) {
            print_error("%.*s\nexpected:\n%sprinted:\n%s\n", (int)v.parse->text->text.len,
                        v.parse->text->text.ptr, expected.ptr, printed.ptr);
            wrong++;
        }
        casus_base_buffer_free(&printed);
        casus_base_buffer_free(&expected);
        casus_base_buffer_init(&expected, &memory);
        close_view(&v);
        sentences++;
    }
    casus_base_buffer_free(&expected);
    casus_base_release(&memory, bytes);
    assert_true(sentences > 5);
    assert_int_equal(wrong, 0);
}

static void english_sentences(void **state) {
    (void)state;
    check_file(CASUS_SOURCE_DIR "/tests/support/clauses_en.conllu", "en");
}

static void french_sentences(void **state) {
    (void)state;
    check_file(CASUS_SOURCE_DIR "/tests/support/clauses_fr.conllu", "fr");
}

/* ---- spans and links --------------------------------------------------------------------------
 */

#define ROW(i, form, lemma, pos, morph, head, dep) \
#i "\t" form "\t" lemma "\t" pos "\tX\t" morph "\t" #head "\t" dep "\t_\t_\n"
#define FIN "Tense=Past|VerbForm=Fin"

/* "The leader of the rebels, Ali, who fled, and ten men attacked the old town." */
static const char SPANS[] = ROW(1, "The", "the", "DET", "_", 2, "det")
    ROW(2, "leader", "leader", "NOUN", "_", 14, "nsubj") ROW(3, "of", "of", "ADP", "_", 2, "prep")
        ROW(4, "the", "the", "DET", "_", 5, "det") ROW(5, "rebels", "rebel", "NOUN", "_", 3, "pobj")
            ROW(6, ",", ",", "PUNCT", "_", 2, "punct")
                ROW(7, "Ali", "Ali", "PROPN", "_", 2, "appos")
                    ROW(8, ",", ",", "PUNCT", "_", 2, "punct")
                        ROW(9, "who", "who", "PRON", "_", 10, "nsubj")
                            ROW(10, "fled", "flee", "VERB", FIN, 2, "relcl")
                                ROW(11, "and", "and", "CCONJ", "_", 2, "cc")
                                    ROW(12, "ten", "ten", "NUM", "_", 13, "nummod")
                                        ROW(13, "men", "man", "NOUN", "_", 2, "conj")
                                            ROW(14, "attacked", "attack", "VERB", FIN, 0, "ROOT")
                                                ROW(15, "the", "the", "DET", "_", 17, "det")
                                                    ROW(16, "old", "old", "ADJ", "_", 17, "amod")
                                                        ROW(17, "town", "town", "NOUN", "_", 14,
                                                            "dobj") "\n";

static const casus_arg *arg_at(const casus_parse *p, uint32_t head, uint32_t token) {
    const casus_clause *c = &p->clauses[p->clause_of[head]];
    for (uint32_t i = 0; i < c->n_args; i++) {
        if (c->args[i].token == token) return &c->args[i];
    }
    return NULL;
}

static void spans(void **state) {
    (void)state;
    view v;
    open_view(&v, "en", casus_slice_z(SPANS));
    const casus_parse *p = v.parse;
    const casus_clause *attack = &p->clauses[p->clause_of[13]];
    assert_int_equal(attack->kind, CASUS_CLAUSE_VERB);
    assert_int_equal(attack->tense, CASUS_TENSE_PAST);
    assert_int_equal(attack->n_args, 3);
    const casus_arg *leader = arg_at(p, 13, 1), *men = arg_at(p, 13, 12), *town = arg_at(p, 13, 16);
    assert_true(leader && men && town);
    assert_int_equal(leader->first, 0);
    assert_int_equal(leader->last, 5); /* without apposition, relative clause and conjunct */
    assert_int_equal(leader->role, CASUS_ROLE_SUBJ);
    assert_int_equal(leader->flags & CASUS_ARG_CONJUNCT, 0);
    assert_int_equal(men->first, 11);
    assert_int_equal(men->last, 13);
    assert_int_equal(men->flags & CASUS_ARG_CONJUNCT, CASUS_ARG_CONJUNCT);
    assert_int_equal(town->first, 14);
    assert_int_equal(town->last, 17);
    assert_int_equal(town->clause, p->clause_of[16]);
    assert_int_equal(p->clauses[p->clause_of[16]].parent, p->clause_of[13]);
    assert_int_equal(p->clauses[p->clause_of[12]].conjunct_of, p->clause_of[1]);
    const casus_arg *fled = arg_at(p, 1, 9), *who = arg_at(p, 9, 1);
    assert_true(fled && who);
    assert_int_equal(fled->role, CASUS_ROLE_RELCL);
    assert_int_equal(who->role, CASUS_ROLE_SUBJ);
    assert_int_equal(who->flags & CASUS_ARG_RELATIVE, CASUS_ARG_RELATIVE);
    assert_int_equal(p->clause_of[6], CASUS_NONE); /* names head no clauses */
    for (uint32_t i = 1; i < p->n_clauses; i++) {
        assert_true(p->clauses[i - 1].head < p->clauses[i].head);
    }
    close_view(&v);
}

/* "Dozens of rebels fled Monday." */
static void measure_words(void **state) {
    (void)state;
    static const char rows[] = ROW(1, "Dozens", "dozen", "NOUN", "_", 4, "nsubj")
        ROW(2, "of", "of", "ADP", "_", 1, "prep") ROW(3, "rebels", "rebel", "NOUN", "_", 2, "pobj")
            ROW(4, "fled", "flee", "VERB", FIN, 0, "ROOT")
                ROW(5, "Monday", "Monday", "PROPN", "_", 4, "dobj") "\n";
    view v;
    open_view(&v, "en", casus_slice_z(rows));
    const casus_arg *rebels = arg_at(v.parse, 3, 2), *monday = arg_at(v.parse, 3, 4);
    assert_true(rebels && monday);
    assert_int_equal(rebels->first, 0);
    assert_int_equal(rebels->last, 3);
    assert_int_equal(rebels->role, CASUS_ROLE_SUBJ);
    assert_int_equal(v.parse->clause_of[0], CASUS_NONE);
    assert_int_equal(monday->role, CASUS_ROLE_TIME);
    close_view(&v);
}

/* Another language without lists, and labels nobody knows: clauses all the same. */
static void unknown_language(void **state) {
    (void)state;
    view v;
    open_view(&v, "xx", casus_slice_z(SPANS));
    assert_true(v.parse->n_clauses > 3);
    close_view(&v);
    static const char odd[] = ROW(1, "men", "man", "NOUN", "_", 2, "zork")
        ROW(2, "fled", "flee", "VERB", FIN, 0, "ROOT") "\n";
    open_view(&v, "en", casus_slice_z(odd));
    assert_int_equal(casus_lang_labels_rel(v.labels, 0), CASUS_REL_DEP);
    assert_int_equal(casus_lang_labels_rel(v.labels, 999), CASUS_REL_DEP);
    assert_int_equal(v.parse->n_clauses, 2);
    close_view(&v);
}

static void label_meanings(void **state) {
    (void)state;
    view v;
    compile_labels(&v);
    casus_slice clearnlp[] = {CASUS_SLICE("ROOT"), CASUS_SLICE("nsubjpass"), CASUS_SLICE("case"),
                              CASUS_SLICE("nmod"), CASUS_SLICE("dobj")};
    casus_slice ud[] = {CASUS_SLICE("obj"),  CASUS_SLICE("nsubj:pass"),  CASUS_SLICE("case"),
                        CASUS_SLICE("nmod"), CASUS_SLICE("obl:unheard"), CASUS_SLICE("")};
    assert_int_equal(casus_lang_labels_open(&v.labels, v.section.ptr, v.section.len, "en", clearnlp,
                                            5, &v.memory, &v.err),
                     CASUS_OK);
    assert_int_equal(casus_lang_labels_rel(v.labels, 0), CASUS_REL_ROOT);
    assert_int_equal(casus_lang_labels_rel(v.labels, 1), CASUS_REL_SUBJPASS);
    assert_int_equal(casus_lang_labels_rel(v.labels, 2), CASUS_REL_POSSMARK);
    assert_int_equal(casus_lang_labels_rel(v.labels, 3), CASUS_REL_NMOD);
    casus_lang_labels_free(v.labels);
    assert_int_equal(casus_lang_labels_open(&v.labels, v.section.ptr, v.section.len, "en", ud, 6,
                                            &v.memory, &v.err),
                     CASUS_OK);
    assert_int_equal(casus_lang_labels_rel(v.labels, 0), CASUS_REL_OBJ);
    assert_int_equal(casus_lang_labels_rel(v.labels, 1), CASUS_REL_SUBJPASS);
    assert_int_equal(casus_lang_labels_rel(v.labels, 2), CASUS_REL_CASE);
    assert_int_equal(casus_lang_labels_rel(v.labels, 3), CASUS_REL_OBL);
    assert_int_equal(casus_lang_labels_rel(v.labels, 4), CASUS_REL_OBL);
    assert_int_equal(casus_lang_labels_rel(v.labels, 5), CASUS_REL_DEP);
    close_view(&v);
    casus_lang_labels_free(NULL);
}

/* ---- quotations -------------------------------------------------------------------------------
 */

/* A parse of a text cut at blanks and punctuation; words that end in "ed" or are "is" are verbs. A
 * sentence ends behind '.', and at a line's end. */
static casus_parse *cut_words(casus_arena *arena, const char *text) {
    casus_parse *p = casus_base_arena_zero(arena, 1, sizeof *p);
    casus_error err;
    assert_int_equal(casus_read_text(&p->text, arena, CASUS_SLICE("q"), casus_slice_z(text),
                                     CASUS_NO_DAY, &err),
                     CASUS_OK);
    size_t n = strlen(text);
    p->tokens = casus_base_arena_zero(arena, n + 1, sizeof *p->tokens);
    p->sentences = casus_base_arena_zero(arena, n + 2, sizeof *p->sentences);
    uint32_t at = 0, first = 0;
    while (at < n) {
        if (text[at] == ' ' || text[at] == '\n') {
            at++;
            continue;
        }
        uint32_t end = at;
        while (end < n &&
               ((text[end] >= 'A' && text[end] <= 'Z') || (text[end] >= 'a' && text[end] <= 'z'))) {
            end++;
        }
        casus_token *t = &p->tokens[p->n_tokens];
        t->pos = end == at ? CASUS_POS_PUNCT : CASUS_POS_NOUN;
        if (end == at) {
            uint32_t cp;
            end += casus_base_utf8_get(text + at, n - at, &cp);
        }
        t->begin = at;
        t->end = end;
        t->form = t->lower = t->lemma = casus_slice_of(p->text->text.ptr + at, end - at);
        if ((t->form.len > 2 && memcmp(t->form.ptr + t->form.len - 2, "ed", 2) == 0) ||
            casus_slice_is(t->form, "is")) {
            t->pos = CASUS_POS_VERB;
        }
        t->head = p->n_tokens;
        t->sent = p->n_sentences;
        p->n_tokens++;
        at = end;
        if (casus_slice_is(t->form, ".") || at >= n || text[at] == '\n') {
            casus_sentence *s = &p->sentences[p->n_sentences++];
            s->first = s->root = first;
            s->last = first = p->n_tokens;
            s->para = casus_read_paragraph_at(p->text, p->tokens[s->first].begin);
        }
    }
    return p;
}

/* The quotations of a text, joined by '|'; '+' before one that continues, '~' before a term. */
static void quotes_are(const char *text, const char *expected) {
    casus_memory memory = casus_base_memory_default();
    casus_arena *arena = casus_base_arena_new(&memory);
    casus_parse *p = cut_words(arena, text);
    casus_error err;
    assert_int_equal(casus_lang_quotes(p, &err), CASUS_OK);
    char got[512] = "";
    size_t at = 0;
    for (uint32_t i = 0; i < p->n_quotes; i++) {
        const casus_quote *q = &p->quotes[i];
        at += (size_t)snprintf(got + at, sizeof got - at, "%s%s%s%.*s", i ? "|" : "",
                               q->continues ? "+" : "", q->scare ? "~" : "",
                               (int)(q->end - q->begin), text + q->begin);
        assert_true(q->begin <= q->end && q->first <= q->last && q->last <= p->n_tokens);
        if (i) assert_true(p->quotes[i - 1].end <= q->begin);
    }
    assert_string_equal(got, expected);
    casus_base_arena_free(arena);
}

static void quotations(void **state) {
    (void)state;
    quotes_are("\"We fled the town,\" he said.", "We fled the town,");
    quotes_are("He said: \"We fled the town.\" Then he left.", "We fled the town.");
    quotes_are(
        "\xE2\x80\x9CIt is over,\xE2\x80\x9D he said. \xE2\x80\x9CIt ended here.\xE2\x80\x9D",
        "It is over,|It ended here.");
    quotes_are("\xC2\xAB It is over \xC2\xBB, he said.", " It is over ");
    quotes_are("``It is over,'' he said.", "It is over,");
    quotes_are("a \"special operation\" began", "~special operation");
    quotes_are("'It is over,' he said.", "It is over,");
    quotes_are("the soldiers' families fled and the rebels' camp burned", "");
    quotes_are("He didn't say 'it is over' to the soldiers' families.", "it is over");
    quotes_are("\xE2\x80\x98It is over,\xE2\x80\x99 he said.", "It is over,");
    quotes_are("\"He said 'it is over' and left,\" she added.", "He said 'it is over' and left,");
    quotes_are("\"It is over.\n\"It ended here,\" he said.", "It is over.|+It ended here,");
    quotes_are("\"It is over. It ended.\nHe left.", "It is over. It ended.");
    quotes_are("He said \"it is over. He left.\nThey fled.", "it is over.");
    quotes_are("He said \"it is over. He left. \"It ended,\" she said.", "it is over.|It ended,");
    quotes_are("5\" of snow and 6\" of rain", "");
    quotes_are("\"\"", "");
    quotes_are("\"", "");
    quotes_are("\xE2\x80\x9EIt is over\xE2\x80\x9C, he said.", "It is over");
}

/* ---- what may go wrong ------------------------------------------------------------------------
 */

static void write_tables(scratch *s, const char *labels, const char *words) {
    char folder[300];
    snprintf(folder, sizeof folder, "%s/lang", s->folder);
    assert_int_equal(mkdir(folder, 0700), 0);
    static const char good_labels[] =
        "scheme\tlabel\tmeaning\texample\nud\tobj\tobj\tHe fled the TOWN.\n";
    static const char good_words[] = "lang\tclass\twords\texample\nen\tneg\tnot\tThey did not.\n";
    labels = labels ? labels : good_labels;
    words = words ? words : good_words;
    scratch_write(s, "lang/labels.tsv", labels, strlen(labels));
    scratch_write(s, "lang/words.tsv", words, strlen(words));
    scratch_write(s, "lang/verbs.tsv", good_words, strlen(good_words));
    scratch_write(s, "lang/nouns.tsv", good_words, strlen(good_words));
}

static void tables_say(const char *labels, const char *words, casus_status status, uint64_t line) {
    scratch s;
    scratch_make(&s);
    write_tables(&s, labels, words);
    casus_memory memory = casus_base_memory_default();
    casus_buffer out;
    casus_base_buffer_init(&out, &memory);
    casus_error err;
    memset(&err, 0, sizeof err);
    assert_int_equal(casus_lang_labels_compile(&out, s.folder, &memory, &err), status);
    if (status) {
        assert_int_equal(err.status, status);
        assert_int_equal(err.line, line);
        assert_true(err.file[0] != '\0' && err.message[0] != '\0');
    }
    casus_base_buffer_free(&out);
    static const char *const names[] = {"labels.tsv", "words.tsv", "verbs.tsv", "nouns.tsv", NULL};
    scratch inner = s;
    snprintf(inner.folder, sizeof inner.folder, "%.240s/lang", s.folder);
    assert_int_equal(scratch_remove(&inner, names), 0);
    assert_int_equal(scratch_remove(&s, NULL), 0);
}

static void bad_tables(void **state) {
    (void)state;
    tables_say(NULL, NULL, CASUS_OK, 0);
    static const char head[] = "scheme\tlabel\tmeaning\texample\n";
    char text[400];
    static const char *const rows[] = {"ud\tobj\tzork\tx\n", "xx\tobj\tobj\tx\n", "ud\t\tobj\tx\n"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        snprintf(text, sizeof text, "%s%s", head, rows[i]);
        tables_say(text, NULL, CASUS_E_DATA, 2);
    }
    snprintf(text, sizeof text, "%s%s%s", head, "ud\tobj\tobj\tx\n", "ud\tobj\tobj\tx\n");
    tables_say(text, NULL, CASUS_E_DATA, 3);
    static const char *const words[] = {"en\tzork\tnot\tx\n", "en\tneg\tNot\tx\n",
                                        "en\tneg\t\tx\n",     "en\tneg\tnot\t\n",
                                        "\tneg\tnot\tx\n",    "en\tneg\ta,,b\tx\n"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        snprintf(text, sizeof text, "lang\tclass\twords\texample\n%s", words[i]);
        tables_say(NULL, text, CASUS_E_DATA, 2);
    }
    casus_memory memory = casus_base_memory_default();
    casus_buffer out;
    casus_base_buffer_init(&out, &memory);
    casus_error err;
    assert_int_equal(casus_lang_labels_compile(&out, "/nowhere", &memory, &err), CASUS_E_IO);
    casus_base_buffer_free(&out);
}

static void damaged_section(void **state) {
    (void)state;
    view v;
    compile_labels(&v);
    casus_slice names[] = {CASUS_SLICE("dobj"), CASUS_SLICE("nsubj")};
    size_t len = v.section.len;
    char *copy = casus_base_alloc(&v.memory, len);
    assert_non_null(copy);
    for (size_t cut = 0; cut < len; cut += cut < 200 ? 1 : 997) { /* truncated */
        casus_status status = casus_lang_labels_open(&v.labels, v.section.ptr, cut, "en", names, 2,
                                                     &v.memory, &v.err);
        assert_int_equal(status, CASUS_E_FORMAT);
        assert_null(v.labels);
    }
    uint64_t seed = 1;
    for (int turn = 0; turn < 400; turn++) { /* one byte changed: refused, or still safe to use */
        memcpy(copy, v.section.ptr, len);
        seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
        size_t at = turn < 160 ? (size_t)turn : (size_t)(seed >> 33) % len;
        copy[at] = (char)(copy[at] ^ (char)(1 << (turn % 8)));
        if (casus_lang_labels_open(&v.labels, copy, len, "en", names, 2, &v.memory, &v.err)) {
            assert_null(v.labels);
            continue;
        }
        v.parse = conllu_read(v.arena, casus_slice_z(SPANS), &v.err);
        assert_non_null(v.parse);
        assert_int_equal(casus_lang_clauses(v.parse, v.labels, &v.err), CASUS_OK);
        casus_lang_labels_free(v.labels);
    }
    v.labels = NULL;
    casus_base_release(&v.memory, copy);
    close_view(&v);
}

static void no_memory(void **state) {
    (void)state;
    view v;
    compile_labels(&v);
    casus_slice names[] = {CASUS_SLICE("dobj"), CASUS_SLICE("nsubj")};
    fault f;
    FAULT_EVERY(f) {
        casus_labels *labels = NULL;
        casus_status status = casus_lang_labels_open(&labels, v.section.ptr, v.section.len, "en",
                                                     names, 2, &f.memory, &v.err);
        FAULT_EXPECT(f, status);
        casus_lang_labels_free(labels);
    }
    scratch s;
    scratch_make(&s);
    write_tables(&s, NULL, NULL);
    FAULT_EVERY(f) {
        casus_buffer out;
        casus_base_buffer_init(&out, &f.memory);
        casus_status status = casus_lang_labels_compile(&out, s.folder, &f.memory, &v.err);
        FAULT_EXPECT(f, status);
        casus_base_buffer_free(&out);
    }
    static const char *const tables[] = {"lang/labels.tsv", "lang/words.tsv", "lang/verbs.tsv",
                                         "lang/nouns.tsv", NULL};
    for (int i = 0; tables[i]; i++) unlink(scratch_path(&s, tables[i]));
    rmdir(scratch_path(&s, "lang"));
    assert_int_equal(scratch_remove(&s, NULL), 0);
    /* the view itself: its arrays and its scratch from the failing hook */
    FAULT_EVERY(f) {
        casus_base_arena_reset(v.arena);
        casus_parse *p = conllu_read(v.arena, casus_slice_z(SPANS), &v.err);
        assert_non_null(p);
        casus_arena *arena = p->text->arena = casus_base_arena_new(&f.memory);
        casus_labels *labels = NULL;
        casus_status status = CASUS_E_MEMORY;
        if (arena) {
            status = casus_lang_labels_open(&labels, v.section.ptr, v.section.len, "en", p->deps,
                                            p->n_deps, &f.memory, &v.err);
        }
        if (arena && !status) status = casus_lang_clauses(p, labels, &v.err);
        FAULT_EXPECT(f, status);
        casus_lang_labels_free(labels);
        casus_base_arena_free(arena);
    }
    close_view(&v);
}

/* A tree of one shape, as long as a book: chains, fans, rings. */
static casus_parse *shape(casus_arena *arena, uint32_t n, const casus_slice *deps, uint32_t dep,
                          casus_pos pos, const casus_slice *morphs, int form) {
    casus_parse *p = casus_base_arena_zero(arena, 1, sizeof *p);
    char *text = casus_base_arena_get(arena, 4u * n);
    assert_true(p && text);
    for (uint32_t i = 0; i < n; i++) memcpy(text + 4u * i, "say ", 4);
    casus_error err;
    assert_int_equal(casus_read_text(&p->text, arena, CASUS_SLICE("s"),
                                     casus_slice_of(text, 4u * n), CASUS_NO_DAY, &err),
                     CASUS_OK);
    p->tokens = casus_base_arena_zero(arena, n, sizeof *p->tokens);
    p->sentences = casus_base_arena_zero(arena, 1, sizeof *p->sentences);
    p->n_tokens = n;
    p->n_sentences = 1;
    p->sentences[0].last = n;
    p->deps = deps;
    p->n_deps = dep + 1;
    p->morphs = morphs;
    p->n_morphs = 1;
    for (uint32_t i = 0; i < n; i++) {
        casus_token *t = &p->tokens[i];
        t->begin = 4 * i;
        t->end = t->begin + 3;
        t->form = t->lower = t->lemma = casus_slice_of(p->text->text.ptr + t->begin, 3);
        t->pos = (uint8_t)pos;
        t->dep = (uint16_t)dep;
        switch (form) {
        case 0:
            t->head = i ? i - 1 : 0;
            break; /* a chain to the right */
        case 1:
            t->head = i + 1 < n ? i + 1 : i;
            break; /* to the left */
        case 2:
            t->head = 0;
            break; /* a fan */
        case 3:
            t->head = (i + 1) % n;
            break; /* a ring */
        case 4:
            t->head = i * 7919u;
            break; /* out of range */
        default:
            t->head = i / 2;
            break; /* a bush */
        }
    }
    return p;
}

static void odd_trees(void **state) {
    (void)state;
    view v;
    compile_labels(&v);
    static const casus_slice deps[] = {{"conj", 4},  {"nsubj", 5},     {"prep", 4},  {"pobj", 4},
                                       {"relcl", 5}, {"xcomp", 5},     {"ccomp", 5}, {"acl", 3},
                                       {"attr", 4},  {"parataxis", 9}, {"dobj", 4},  {"appos", 5},
                                       {"aux", 3},   {"dep", 3},       {"pcomp", 5}, {"advcl", 5}};
    static const casus_slice fin[] = {{FIN, sizeof FIN - 1}};
    static const casus_pos tags[] = {CASUS_POS_VERB, CASUS_POS_NOUN, CASUS_POS_ADP,
                                     CASUS_POS_PROPN};
    uint32_t n_deps = (uint32_t)(sizeof deps / sizeof *deps);
    for (uint32_t dep = 0; dep < n_deps; dep++) {
        assert_int_equal(casus_lang_labels_open(&v.labels, v.section.ptr, v.section.len, "en", deps,
                                                n_deps, &v.memory, &v.err),
                         CASUS_OK);
        for (size_t tag = 0; tag < sizeof tags / sizeof *tags; tag++) {
            for (int form = 0; form < 6; form++) {
                casus_base_arena_reset(v.arena);
                casus_parse *p = shape(v.arena, 3000, deps, dep, tags[tag], fin, form);
                assert_int_equal(casus_lang_clauses(p, v.labels, &v.err), CASUS_OK);
                for (uint32_t c = 0; c < p->n_clauses; c++) {
                    const casus_clause *x = &p->clauses[c];
                    assert_true(x->head < p->n_tokens && p->clause_of[x->head] == c);
                    assert_true(x->parent == CASUS_NONE || x->parent < p->n_clauses);
                    for (uint32_t i = 0; i < x->n_args; i++) {
                        assert_true(x->args[i].token < p->n_tokens);
                        assert_true(x->args[i].first <= x->args[i].token);
                        assert_true(x->args[i].last > x->args[i].token);
                        assert_true(x->args[i].last <= p->n_tokens);
                    }
                }
            }
        }
        casus_lang_labels_free(v.labels);
    }
    /* as long as a parse may be */
    assert_int_equal(casus_lang_labels_open(&v.labels, v.section.ptr, v.section.len, "en", deps,
                                            n_deps, &v.memory, &v.err),
                     CASUS_OK);
    for (int form = 0; form < 4; form++) {
        casus_base_arena_reset(v.arena);
        casus_parse *p = shape(v.arena, 100000, deps, form ? 0 : 2, tags[form ? 0 : 2], fin, form);
        assert_int_equal(casus_lang_clauses(p, v.labels, &v.err), CASUS_OK);
    }
    casus_lang_labels_free(v.labels);
    v.labels = NULL;
    close_view(&v);
}

static void empty_text(void **state) {
    (void)state;
    view v;
    compile_labels(&v);
    casus_slice names[] = {CASUS_SLICE("dobj")};
    assert_int_equal(casus_lang_labels_open(&v.labels, v.section.ptr, v.section.len, "en", names, 1,
                                            &v.memory, &v.err),
                     CASUS_OK);
    casus_parse *p = cut_words(v.arena, "");
    assert_int_equal(casus_lang_clauses(p, v.labels, &v.err), CASUS_OK);
    assert_int_equal(p->n_clauses, 0);
    assert_int_equal(p->n_quotes, 0);
    close_view(&v);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(label_meanings),   cmocka_unit_test(spans),
        cmocka_unit_test(measure_words),    cmocka_unit_test(unknown_language),
        cmocka_unit_test(quotations),       cmocka_unit_test(english_sentences),
        cmocka_unit_test(french_sentences), cmocka_unit_test(bad_tables),
        cmocka_unit_test(damaged_section),  cmocka_unit_test(no_memory),
        cmocka_unit_test(odd_trees),        cmocka_unit_test(empty_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
