/* clauses_words.c - what labels mean and what words are: compiles the tables in data/lang and looks
 * up.
 *
 * One flat section: label rows, word rows under an open-addressing hash table, strings. Opening
 * checks every offset once (linear); a look-up hashes the word once. Does not know what the classes
 * are used for.
 */
#include "lang/clauses_int.h"

#define LANG_KEY_MOST 96u

static const char *const CLASS_NAMES[LANG_W_COUNT] = {
    [LANG_W_NEG] = "neg",           /* negates the verb: not, never */
    [LANG_W_NEG_DET] = "neg_det",   /* negates by a noun: no troops */
    [LANG_W_NEG_PRON] = "neg_pron", /* nobody, nothing */
    [LANG_W_NEG_PREP] = "neg_prep", /* without, instead of */
    [LANG_W_FOCUS] = "focus",       /* "not only" is no negation */
    [LANG_W_MAY] = "may",           /* modal verbs by what they say */
    [LANG_W_CAN] = "can",
    [LANG_W_MUST] = "must",
    [LANG_W_WOULD] = "would",
    [LANG_W_WILL] = "will",
    [LANG_W_HAVE] = "have", /* auxiliaries */
    [LANG_W_BE] = "be",
    [LANG_W_DO] = "do",
    [LANG_W_TO] = "to",                   /* mark of the infinitive */
    [LANG_W_COND] = "cond",               /* if, unless */
    [LANG_W_COND_PREP] = "cond_prep",     /* in case of */
    [LANG_W_WHETHER] = "whether",         /* mark of an indirect question */
    [LANG_W_ASK] = "ask",                 /* a verb that takes one with "if" */
    [LANG_W_OR] = "or",                   /* negation reaches over it */
    [LANG_W_NOR] = "nor",                 /* negates what follows */
    [LANG_W_REL] = "rel",                 /* relative pronouns */
    [LANG_W_REL_PLACE] = "rel_place",     /* where */
    [LANG_W_REL_TIME] = "rel_time",       /* when */
    [LANG_W_ADV_PREP] = "adv_prep",       /* before a gerund: a conjunction */
    [LANG_W_GERUND_PREP] = "gerund_prep", /* before a gerund: a complement; object is its subject */
    [LANG_W_COMPLEX_PREP] = "complex_prep", /* preposition, noun, preposition (article left out) */
    [LANG_W_JOINED_PREP] = "joined_prep",   /* adverb or adjective and preposition */
    [LANG_W_PARTICLE] = "particle",         /* may be part of a verb */
    [LANG_W_OF] = "of",
    [LANG_W_BY] = "by",           /* before the doer of a passive */
    [LANG_W_EXPL] = "expl",       /* there is */
    [LANG_W_PURPOSE] = "purpose", /* in order to */
    [LANG_W_SUBJ_CONTROL] = "subj_control",
    [LANG_W_OBJ_CONTROL] = "obj_control",
    [LANG_W_PREP_CONTROL] = "prep_control",
    [LANG_W_VERB_PREP] = "verb_prep",
    [LANG_W_ARBITRARY] = "arbitrary",
    [LANG_W_DISPATCH] = "dispatch",
    [LANG_W_DITRANSITIVE] = "ditransitive",
    [LANG_W_SEMI] = "semi",
    [LANG_W_SEMI_GOING] = "semi_going",
    [LANG_W_SEMI_MUST] = "semi_must",
    [LANG_W_LIGHT] = "light",
    [LANG_W_OWN_ACT] = "own_act",
    [LANG_W_HOLDER] = "holder",
    [LANG_W_EVENT_ING] = "event_ing",
    [LANG_W_OCCUR] = "occur",
    [LANG_W_RESULT] = "result",
    [LANG_W_VICTIM_VERB] = "victim_verb",
    [LANG_W_SPEECH] = "speech",
    [LANG_W_TIME_VERB] = "time_verb",
    [LANG_W_PLACE_NOUN] = "place_noun",
    [LANG_W_TIME_NAME] = "time_name",
    [LANG_W_TIME] = "time",
    [LANG_W_DEICTIC] = "deictic",
    [LANG_W_MEASURE] = "measure",
    [LANG_W_TRANSPARENT] = "transparent",
    [LANG_W_CONTENT] = "content",
    [LANG_W_REQUEST] = "request",
    [LANG_W_AGENTIVE] = "agentive",
    [LANG_W_TITLE] = "title",
    [LANG_W_BARE] = "bare",
    [LANG_W_HEADLINE] = "headline",
    [LANG_W_KEYED] = "",
};

static const char *const REL_NAMES[CASUS_REL_COUNT] = {
    [CASUS_REL_DEP] = "dep",
    [CASUS_REL_ROOT] = "root",
    [CASUS_REL_SUBJ] = "subj",
    [CASUS_REL_SUBJPASS] = "subjpass",
    [CASUS_REL_CSUBJ] = "csubj",
    [CASUS_REL_CSUBJPASS] = "csubjpass",
    [CASUS_REL_OBJ] = "obj",
    [CASUS_REL_OBJ2] = "obj2",
    [CASUS_REL_AGENT] = "agent",
    [CASUS_REL_PREP] = "prep",
    [CASUS_REL_POBJ] = "pobj",
    [CASUS_REL_PCOMP] = "pcomp",
    [CASUS_REL_OBL] = "obl",
    [CASUS_REL_CASE] = "case",
    [CASUS_REL_CCOMP] = "ccomp",
    [CASUS_REL_XCOMP] = "xcomp",
    [CASUS_REL_ADVCL] = "advcl",
    [CASUS_REL_RELCL] = "relcl",
    [CASUS_REL_ACL] = "acl",
    [CASUS_REL_AMOD] = "amod",
    [CASUS_REL_POSS] = "poss",
    [CASUS_REL_COMPOUND] = "compound",
    [CASUS_REL_NMOD] = "nmod",
    [CASUS_REL_APPOS] = "appos",
    [CASUS_REL_CONJ] = "conj",
    [CASUS_REL_CC] = "cc",
    [CASUS_REL_PRECONJ] = "preconj",
    [CASUS_REL_NEG] = "neg",
    [CASUS_REL_AUX] = "aux",
    [CASUS_REL_AUXPASS] = "auxpass",
    [CASUS_REL_AUXTENSE] = "auxtense",
    [CASUS_REL_COP] = "cop",
    [CASUS_REL_MARK] = "mark",
    [CASUS_REL_PRT] = "prt",
    [CASUS_REL_PRED] = "pred",
    [CASUS_REL_OPRD] = "oprd",
    [CASUS_REL_NPADVMOD] = "npadvmod",
    [CASUS_REL_NUM] = "num",
    [CASUS_REL_POSSMARK] = "possmark",
    [CASUS_REL_EXPL] = "expl",
    [CASUS_REL_PARATAXIS] = "parataxis",
    [CASUS_REL_DET] = "det",
    [CASUS_REL_PUNCT] = "punct",
    [CASUS_REL_ADVMOD] = "advmod",
    [CASUS_REL_FLAT] = "flat",
    [CASUS_REL_FIXED] = "fixed",
    [CASUS_REL_NONE] = "none",
};

/* ---- compiling ------------------------------------------------------------------------------- */

typedef struct compiler {
    const casus_memory *memory;
    casus_arena *arena;
    casus_buffer strings;
    lang_label_row *labels;
    size_t n_labels, cap_labels;
    lang_word_row *words;
    size_t n_words, cap_words;
    uint32_t *buckets; /* grows with the words */
    uint32_t n_buckets;
    char languages[LANG_LANGUAGES_MOST][8];
    uint32_t n_languages;
} compiler;

static uint32_t word_hash(uint32_t language, const char *word, size_t len) {
    uint64_t h = casus_base_hash64(word, len, language + 1u);
    return (uint32_t)(h ^ (h >> 32));
}

static bool rehash(compiler *c, uint32_t n_buckets) {
    uint32_t *b = casus_base_arena_zero(c->arena, n_buckets, sizeof *b);
    if (!b) return false;
    for (uint32_t i = 0; i < c->n_words; i++) {
        const lang_word_row *row = &c->words[i];
        uint32_t at = word_hash(row->language, c->strings.ptr + row->off, row->len);
        for (at &= n_buckets - 1; b[at]; at = (at + 1) & (n_buckets - 1)) {
        }
        b[at] = i + 1;
    }
    c->buckets = b;
    c->n_buckets = n_buckets;
    return true;
}

/* The row of the word, made when it is new; NULL: no memory. */
static lang_word_row *word_row(compiler *c, uint32_t language, casus_slice word) {
    if ((c->n_words + 1) * 2 > c->n_buckets && !rehash(c, c->n_buckets ? c->n_buckets * 2 : 64)) {
        return NULL;
    }
    uint32_t mask = c->n_buckets - 1;
    uint32_t at = word_hash(language, word.ptr, word.len) & mask;
    for (; c->buckets[at]; at = (at + 1) & mask) {
        lang_word_row *row = &c->words[c->buckets[at] - 1];
        if (row->language == language && row->len == word.len &&
            memcmp(c->strings.ptr + row->off, word.ptr, word.len) == 0) {
            return row;
        }
    }
    lang_word_row *grown = casus_base_arena_grow(c->arena, c->words, c->n_words, c->n_words + 1,
                                                 &c->cap_words, sizeof *grown);
    if (!grown) return NULL;
    c->words = grown;
    lang_word_row *row = &c->words[c->n_words++];
    memset(row, 0, sizeof *row);
    row->off = (uint32_t)c->strings.len;
    row->len = word.len;
    row->language = language;
    casus_base_buffer_add(&c->strings, word.ptr, word.len);
    if (c->strings.failed) return NULL;
    c->buckets[at] = (uint32_t)c->n_words;
    return row;
}

static casus_status bad_row(const casus_table *t, casus_error *err, const char *what,
                            casus_slice word) {
    return casus_base_fail_at(err, CASUS_E_DATA, t->file, t->line, 0, "%s \"%.*s\"", what,
                              (int)(word.len > 64 ? 64 : word.len), word.len ? word.ptr : "");
}

static casus_status language_of(compiler *c, const casus_table *t, uint32_t *out,
                                casus_error *err) {
    casus_slice name = casus_base_table_get(t, "lang");
    if (name.len == 0 || name.len > 7) return bad_row(t, err, "no language code", name);
    for (uint32_t i = 0; i < c->n_languages; i++) {
        if (casus_slice_is(name, c->languages[i])) {
            *out = i;
            return CASUS_OK;
        }
    }
    if (c->n_languages == LANG_LANGUAGES_MOST) return bad_row(t, err, "too many languages", name);
    memcpy(c->languages[c->n_languages], name.ptr, name.len);
    *out = c->n_languages++;
    return CASUS_OK;
}

static casus_status add_words(compiler *c, const casus_table *t, casus_error *err) {
    uint32_t language = 0;
    casus_status status = language_of(c, t, &language, err);
    if (status) return status;
    casus_slice name = casus_base_table_get(t, "class");
    uint32_t class_at = 0;
    while (class_at < LANG_W_KEYED && !casus_slice_is(name, CLASS_NAMES[class_at])) class_at++;
    if (class_at == LANG_W_KEYED) return bad_row(t, err, "unknown class", name);
    if (casus_base_table_get(t, "example").len == 0) return bad_row(t, err, "no example for", name);
    casus_slice list = casus_base_table_get(t, "words");
    if (list.len == 0) return bad_row(t, err, "no words in class", name);
    casus_slice word;
    while (casus_slice_cut(&list, ',', &word)) {
        word = casus_slice_trim(word);
        if (word.len == 0 || word.len >= LANG_KEY_MOST) return bad_row(t, err, "bad word", word);
        casus_slice lower = casus_base_utf8_lower(c->arena, word);
        if (!lower.ptr) return casus_base_no_memory(err);
        if (!casus_slice_eq(lower, word)) return bad_row(t, err, "not in lower case:", word);
        lang_word_row *row = word_row(c, language, word);
        if (!row) return casus_base_no_memory(err);
        row->classes |= UINT64_C(1) << class_at;
        casus_slice rest = word, first;
        if (casus_slice_cut(&rest, ' ', &first) && first.len < word.len) {
            row = word_row(c, language, first);
            if (!row) return casus_base_no_memory(err);
            row->classes |= LANG_W(KEYED);
        }
    }
    return CASUS_OK;
}

static casus_status add_label(compiler *c, const casus_table *t, casus_error *err) {
    casus_slice scheme = casus_base_table_get(t, "scheme");
    casus_slice label = casus_base_table_get(t, "label");
    casus_slice meaning = casus_base_table_get(t, "meaning");
    bool ud = casus_slice_is(scheme, "ud");
    if (!ud && !casus_slice_is(scheme, "clearnlp"))
        return bad_row(t, err, "unknown scheme", scheme);
    if (label.len == 0) return bad_row(t, err, "no label", label);
    uint32_t rel = 0;
    while (rel < CASUS_REL_COUNT && !casus_slice_is(meaning, REL_NAMES[rel])) rel++;
    if (rel == CASUS_REL_COUNT) return bad_row(t, err, "unknown meaning", meaning);
    for (size_t i = 0; i < c->n_labels; i++) {
        const lang_label_row *row = &c->labels[i];
        if (row->scheme == (ud ? 1u : 0u) && row->len == label.len &&
            memcmp(c->strings.ptr + row->off, label.ptr, label.len) == 0) {
            return bad_row(t, err, "label given twice:", label);
        }
    }
    lang_label_row *grown = casus_base_arena_grow(c->arena, c->labels, c->n_labels, c->n_labels + 1,
                                                  &c->cap_labels, sizeof *grown);
    if (!grown) return casus_base_no_memory(err);
    c->labels = grown;
    lang_label_row row = {(uint32_t)c->strings.len, label.len, ud ? 1u : 0u, rel};
    c->labels[c->n_labels++] = row;
    casus_base_buffer_add(&c->strings, label.ptr, label.len);
    return c->strings.failed ? casus_base_no_memory(err) : CASUS_OK;
}

static casus_status read_table(compiler *c, const char *data_dir, const char *name, bool labels,
                               casus_error *err) {
    static const char *const label_columns[] = {"scheme", "label", "meaning", NULL};
    static const char *const word_columns[] = {"lang", "class", "words", "example", NULL};
    casus_slice path = casus_base_arena_format(c->arena, "%s/lang/%s", data_dir, name);
    if (!path.ptr) return casus_base_no_memory(err);
    char *bytes = NULL;
    size_t len = 0;
    casus_status status = casus_base_read_file(&bytes, &len, path.ptr, 4u << 20, c->memory, err);
    if (status) return status;
    casus_table table;
    status = casus_base_table_open(&table, path.ptr, casus_slice_of(bytes, len),
                                   labels ? label_columns : word_columns, err);
    int more = 0;
    while (!status && (more = casus_base_table_next(&table, err)) > 0) {
        status = labels ? add_label(c, &table, err) : add_words(c, &table, err);
    }
    if (!status && more < 0) status = CASUS_E_DATA;
    casus_base_release(c->memory, bytes);
    return status;
}

static uint32_t align8(casus_buffer *out, size_t start) {
    while ((out->len - start) % 8 && !out->failed) casus_base_buffer_add(out, "", 1);
    return (uint32_t)(out->len - start);
}

static void write_section(casus_buffer *out, const compiler *c) {
    size_t start = out->len;
    lang_words_head head;
    memset(&head, 0, sizeof head);
    memcpy(head.magic, "CLAUSES1", 8);
    head.n_languages = c->n_languages;
    memcpy(head.languages, c->languages, sizeof head.languages);
    head.n_labels = (uint32_t)c->n_labels;
    head.n_words = (uint32_t)c->n_words;
    head.n_buckets = c->n_buckets;
    head.n_bytes = (uint32_t)c->strings.len;
    casus_base_buffer_add(out, &head, sizeof head);
    head.labels = align8(out, start);
    casus_base_buffer_add(out, c->labels, c->n_labels * sizeof *c->labels);
    head.words = align8(out, start);
    casus_base_buffer_add(out, c->words, c->n_words * sizeof *c->words);
    head.buckets = align8(out, start);
    casus_base_buffer_add(out, c->buckets, c->n_buckets * sizeof *c->buckets);
    head.bytes = align8(out, start);
    casus_base_buffer_add(out, c->strings.ptr, c->strings.len);
    align8(out, start);
    if (!out->failed) memcpy(out->ptr + start, &head, sizeof head);
}

casus_status casus_lang_labels_compile(casus_buffer *out, const char *data_dir,
                                       const casus_memory *memory, casus_error *err) {
    compiler c;
    memset(&c, 0, sizeof c);
    c.memory = memory;
    c.arena = casus_base_arena_new(memory);
    if (!c.arena) return casus_base_no_memory(err);
    casus_base_buffer_init(&c.strings, memory);
    casus_status status = read_table(&c, data_dir, "labels.tsv", true, err);
    if (!status) status = read_table(&c, data_dir, "words.tsv", false, err);
    if (!status) status = read_table(&c, data_dir, "verbs.tsv", false, err);
    if (!status) status = read_table(&c, data_dir, "nouns.tsv", false, err);
    if (!status) {
        write_section(out, &c);
        if (out->failed) status = casus_base_no_memory(err);
    }
    casus_base_buffer_free(&c.strings);
    casus_base_arena_free(c.arena);
    return status;
}

/* ---- opening --------------------------------------------------------------------------------- */

static bool fits(size_t len, uint32_t off, uint32_t n, size_t size) {
    return off % 8 == 0 && off <= len && n <= (len - off) / size;
}

static casus_status damaged(casus_error *err) {
    return casus_base_fail(err, CASUS_E_FORMAT, "section %s is damaged",
                           CASUS_LANG_CLAUSES_SECTION);
}

static casus_status check(const lang_words_head *head, const void *bytes, size_t len,
                          casus_error *err) {
    if (memcmp(head->magic, "CLAUSES1", 8) != 0 || head->n_languages > LANG_LANGUAGES_MOST) {
        return damaged(err);
    }
    if (!fits(len, head->labels, head->n_labels, sizeof(lang_label_row)) ||
        !fits(len, head->words, head->n_words, sizeof(lang_word_row)) ||
        !fits(len, head->buckets, head->n_buckets, sizeof(uint32_t)) ||
        !fits(len, head->bytes, head->n_bytes, 1)) {
        return damaged(err);
    }
    if (head->n_buckets == 0 || (head->n_buckets & (head->n_buckets - 1)) != 0) {
        return damaged(err);
    }
    const char *base = bytes;
    const lang_label_row *labels = (const void *)(base + head->labels);
    for (uint32_t i = 0; i < head->n_labels; i++) {
        if (labels[i].rel >= CASUS_REL_COUNT || labels[i].off > head->n_bytes ||
            labels[i].len > head->n_bytes - labels[i].off) {
            return damaged(err);
        }
    }
    const lang_word_row *words = (const void *)(base + head->words);
    for (uint32_t i = 0; i < head->n_words; i++) {
        if (words[i].off > head->n_bytes || words[i].len > head->n_bytes - words[i].off) {
            return damaged(err);
        }
    }
    const uint32_t *buckets = (const void *)(base + head->buckets);
    uint32_t empty = 0;
    for (uint32_t i = 0; i < head->n_buckets; i++) {
        if (buckets[i] > head->n_words) return damaged(err);
        empty += buckets[i] == 0;
    }
    return empty ? CASUS_OK : damaged(err); /* a full table would never end a search */
}

/* The meaning of a label: as it stands, or of what is before ':'. */
static uint8_t meaning_of(const lang_label_row *rows, uint32_t n, const char *strings,
                          uint32_t scheme, casus_slice label) {
    casus_slice want = label;
    for (int turn = 0; turn < 2; turn++) {
        for (uint32_t i = 0; i < n; i++) {
            if (rows[i].scheme == scheme &&
                casus_slice_eq(want, casus_slice_of(strings + rows[i].off, rows[i].len))) {
                return (uint8_t)rows[i].rel;
            }
        }
        casus_slice rest = label;
        if (!label.ptr || !casus_slice_cut(&rest, ':', &want)) break;
    }
    return CASUS_REL_DEP;
}

casus_status casus_lang_labels_open(casus_labels **out, const void *bytes, size_t len,
                                    const char *language, const casus_slice *labels,
                                    uint32_t n_labels, const casus_memory *memory,
                                    casus_error *err) {
    *out = NULL;
    if (len < sizeof(lang_words_head) || (uintptr_t)bytes % 8 != 0) return damaged(err);
    const lang_words_head *head = bytes;
    casus_status status = check(head, bytes, len, err);
    if (status) return status;
    casus_labels *l = casus_base_alloc(memory, sizeof *l);
    if (!l) return casus_base_no_memory(err);
    memset(l, 0, sizeof *l);
    l->memory = *memory;
    l->rel = casus_base_alloc(memory, n_labels);
    if (!l->rel) {
        casus_base_release(memory, l);
        return casus_base_no_memory(err);
    }
    l->n = n_labels;
    const char *base = bytes;
    l->bytes = base + head->bytes;
    l->words = (const void *)(base + head->words);
    l->buckets = (const void *)(base + head->buckets);
    l->n_buckets = head->n_buckets;
    l->language = CASUS_NONE;
    for (uint32_t i = 0; i < head->n_languages; i++) {
        if (language && strncmp(head->languages[i], language, 8) == 0) l->language = i;
    }
    for (uint32_t i = 0; i < n_labels; i++) {
        if (casus_slice_is(labels[i], "obj") || casus_slice_is(labels[i], "nsubj:pass") ||
            casus_slice_is(labels[i], "obl")) {
            l->ud = true;
        }
    }
    const lang_label_row *rows = (const void *)(base + head->labels);
    for (uint32_t i = 0; i < n_labels; i++) {
        l->rel[i] = meaning_of(rows, head->n_labels, l->bytes, l->ud ? 1 : 0, labels[i]);
    }
    *out = l;
    return CASUS_OK;
}

void casus_lang_labels_free(casus_labels *labels) {
    if (!labels) return;
    casus_memory memory = labels->memory;
    casus_base_release(&memory, labels->rel);
    casus_base_release(&memory, labels);
}

casus_rel casus_lang_labels_rel(const casus_labels *labels, uint32_t label) {
    return label < labels->n ? (casus_rel)labels->rel[label] : CASUS_REL_DEP;
}

uint64_t lang_words_get(const casus_labels *labels, casus_slice word) {
    if (labels->language == CASUS_NONE || word.len == 0) return 0;
    uint32_t mask = labels->n_buckets - 1;
    uint32_t at = word_hash(labels->language, word.ptr, word.len) & mask;
    for (; labels->buckets[at]; at = (at + 1) & mask) {
        const lang_word_row *row = &labels->words[labels->buckets[at] - 1];
        if (row->language == labels->language && row->len == word.len &&
            memcmp(labels->bytes + row->off, word.ptr, word.len) == 0) {
            return row->classes;
        }
    }
    return 0;
}

uint64_t lang_words_pair(const casus_labels *labels, casus_slice a, casus_slice b) {
    char key[LANG_KEY_MOST];
    if (a.len == 0 || b.len == 0 || (size_t)a.len + b.len + 1 > sizeof key) return 0;
    memcpy(key, a.ptr, a.len);
    key[a.len] = ' ';
    memcpy(key + a.len + 1, b.ptr, b.len);
    return lang_words_get(labels, casus_slice_of(key, (size_t)a.len + b.len + 1));
}
