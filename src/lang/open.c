/* open.c - opens the model in a pack: checks every section against its size, compiles the regular
 * expressions, picks the kernels. Nothing of the weights is copied. */
#include "lang/model.h"

static const char empty[1] = "";

casus_slice lang_string(const struct casus_lang *lang, lang_str s) {
    if (s.off > lang->str.len || s.len > lang->str.len - s.off) return casus_slice_of(empty, 0);
    return casus_slice_of((const char *)lang->str.at + s.off, s.len);
}

/* The array of `count` elements at `off`, or NULL when it does not lie within the section. */
static const void *array_at(lang_section s, uint32_t off, uint64_t count, size_t size,
                            size_t align) {
    if (off % align || off > s.len || count > (s.len - off) / size) return NULL;
    return s.at + off;
}

static casus_status damaged(casus_error *err, const char *what) {
    return casus_base_fail(err, CASUS_E_FORMAT, "pack: the model's %s is damaged", what);
}

static casus_status section(lang_section *out, const casus_pack *pack, const char *name,
                            size_t head, casus_error *err) {
    const void *bytes;
    const casus_status status = casus_pack_section(pack, name, &bytes, &out->len, err);
    if (status) return status;
    out->at = bytes;
    return out->len < head ? damaged(err, name) : CASUS_OK;
}

static casus_status open_affine(kernel_affine *out, lang_section s, uint32_t off,
                                casus_error *err) {
    const lang_affine *a = array_at(s, off, 1, sizeof *a, 4);
    if (!a || !a->n_in || a->n_in % 4 || a->n_in > 512 || !a->n_blocks ||
        a->n_blocks > 3 * LANG_FEATURES_MOST || !a->n_out || a->n_out % 16 || a->n_out > 8192)
        return damaged(err, "layer");
    out->n_in = a->n_in;
    out->n_blocks = a->n_blocks;
    out->n_out = a->n_out;
    out->weights = array_at(s, a->weights, (uint64_t)a->n_in * a->n_blocks * a->n_out, 1, 64);
    out->scales = array_at(s, a->scales, a->n_out, sizeof(float), 64);
    out->bias = array_at(s, a->bias, a->n_out, sizeof(float), 64);
    out->sums = array_at(s, a->sums, (uint64_t)a->n_blocks * a->n_out, sizeof(float), 64);
    return out->weights && out->scales && out->bias && out->sums ? CASUS_OK : damaged(err, "layer");
}

static casus_status open_encoder(struct casus_lang *l, uint32_t i, casus_error *err) {
    enc_model *m = &l->encoders[i];
    const lang_section s = l->enc[i];
    const lang_enc *h = (const lang_enc *)(const void *)s.at;
    m->head = h;
    m->base = s.at;
    if (!h->width || h->width % 4 || h->width > 512 || !h->depth || h->depth > LANG_DEPTH_MOST ||
        h->window != 1 || !h->pieces || h->pieces > 8 || !h->mix_pieces || h->mix_pieces > 8 ||
        !h->n_features || h->n_features > LANG_FEATURES_MOST ||
        h->width != ((const lang_enc *)(const void *)l->enc[0].at)->width)
        return damaged(err, "encoder");
    for (uint32_t f = 0; f < h->n_features; f++) {
        m->tables[f] = array_at(s, h->features[f].table, (uint64_t)h->features[f].rows * h->width,
                                sizeof(float), 4);
        if (!m->tables[f] || !h->features[f].rows || h->features[f].attr >= LANG_ATTR_COUNT)
            return damaged(err, "embedding");
        m->by_space |= h->features[f].attr == LANG_ATTR_SPACY;
    }
    casus_status status = open_affine(&m->mix, s, h->mix, err);
    if (status) return status;
    if (m->mix.n_in != h->width || m->mix.n_blocks != 3 * h->n_features ||
        m->mix.n_out != h->width * h->mix_pieces ||
        !array_at(s, h->mix_gain, h->width, sizeof(float), 4) ||
        !array_at(s, h->mix_shift, h->width, sizeof(float), 4))
        return damaged(err, "embedding");
    for (uint32_t d = 0; d < h->depth; d++) {
        status = open_affine(&m->layers[d], s, h->layers[d], err);
        if (status) return status;
        if (m->layers[d].n_in != h->width || m->layers[d].n_blocks != 2 * h->window + 1 ||
            m->layers[d].n_out != h->width * h->pieces ||
            !array_at(s, h->gains[d], h->width, sizeof(float), 4) ||
            !array_at(s, h->shifts[d], h->width, sizeof(float), 4))
            return damaged(err, "encoder");
    }
    m->slot = l->n_slots;
    l->n_slots += m->by_space ? 2 : 1;
    return CASUS_OK;
}

static casus_status open_moves(moves_model *m, lang_section s, uint32_t width, uint32_t features,
                               uint32_t actions, uint32_t labels, casus_error *err) {
    const lang_moves *h = (const lang_moves *)(const void *)s.at;
    m->head = h;
    casus_status status = open_affine(&m->project, s, h->project, err);
    if (!status) status = open_affine(&m->lower, s, h->lower, err);
    if (!status) status = open_affine(&m->upper, s, h->upper, err);
    if (status) return status;
    const uint64_t one = (uint64_t)h->hidden * h->pieces;
    m->lower_bias = array_at(s, h->lower_bias, one, sizeof(float), 4);
    m->pad = array_at(s, h->pad, one * h->n_features, sizeof(float), 4);
    m->moves = array_at(s, h->moves, h->n_moves, sizeof(lang_move), 4);
    if (h->n_features != features || h->hidden > 512 || h->hidden % 4 || one > 1024 ||
        m->project.n_in != width || m->project.n_blocks != 3 || m->project.n_out > 512 ||
        m->lower.n_in > m->project.n_out || m->lower.n_blocks != 3 ||
        m->lower.n_out != one * features || m->upper.n_in != h->hidden || m->upper.n_blocks != 3 ||
        m->upper.n_out < h->n_moves || m->upper.n_out > 1024 || !m->lower_bias || !m->pad ||
        !m->moves)
        return damaged(err, "transition model");
    for (uint32_t i = 0; i < h->n_moves; i++)
        if (m->moves[i].action >= actions || (i && m->moves[i].action < m->moves[i - 1].action) ||
            (m->moves[i].label != CASUS_NONE && m->moves[i].label >= labels))
            return damaged(err, "list of moves");
    for (uint32_t a = 0, i = 0; a <= LANG_ACTIONS; a++) {
        while (i < h->n_moves && m->moves[i].action < a) i++;
        m->first[a] = i;
    }
    return CASUS_OK;
}

static casus_slice *strings(const struct casus_lang *l, lang_section s, uint32_t n, uint32_t off,
                            casus_error *err) {
    const lang_str *v = array_at(s, off, n, sizeof *v, 4);
    casus_slice *out = v ? casus_base_alloc(&l->memory, (n + 1) * sizeof *out) : NULL;
    if (!v)
        damaged(err, "list of labels");
    else if (!out)
        casus_base_no_memory(err);
    for (uint32_t i = 0; out && i < n; i++) out[i] = lang_string(l, v[i]);
    return out;
}

static casus_status open_tokenizer(struct casus_lang *l, casus_error *err) {
    const lang_tok *t = (const lang_tok *)(const void *)l->tok.at;
    l->tokens = t;
    l->specials = array_at(l->tok, t->specials, t->n_specials, sizeof *l->specials, 8);
    l->pieces = array_at(l->tok, t->pieces, t->n_pieces, sizeof *l->pieces, 4);
    l->phrases = array_at(l->tok, t->phrases, t->n_phrases, sizeof *l->phrases, 8);
    l->symbols = array_at(l->tok, t->symbols, t->n_symbols, sizeof *l->symbols, 8);
    l->norms = array_at(l->tok, t->norms, t->n_norms, sizeof *l->norms, 8);
    if (!l->specials || !l->pieces || !l->phrases || !l->symbols || !l->norms)
        return damaged(err, "tokenizer");
    for (uint32_t i = 0; i < t->n_specials; i++) {
        const lang_special *s = &l->specials[i];
        if (s->first > t->n_pieces || s->n > t->n_pieces - s->first || !s->n)
            return damaged(err, "tokenizer");
        uint64_t sum = 0;
        for (uint32_t k = 0; k < s->n; k++) sum += l->pieces[s->first + k].length;
        if (sum != s->text.len) return damaged(err, "tokenizer");
        if (s->text.len > l->special_most) l->special_most = s->text.len;
    }
    for (uint32_t i = 0; i < t->n_phrases; i++)
        if (l->phrases[i].special >= t->n_specials || !l->phrases[i].n)
            return damaged(err, "tokenizer");
    l->match_context = lang_match_context_new(&l->memory);
    if (!l->match_context) return casus_base_no_memory(err);
    for (int sort = 0; sort < 5; sort++) {
        const uint32_t n = t->n_patterns[sort];
        const lang_str *p = array_at(l->tok, t->patterns[sort], n, sizeof *p, 4);
        if (!p || n > 4096) return damaged(err, "tokenizer");
        l->regexes[sort] = casus_base_alloc(&l->memory, (n + 1) * sizeof(lang_regex));
        if (!l->regexes[sort]) return casus_base_no_memory(err);
        memset(l->regexes[sort], 0, (n + 1) * sizeof(lang_regex));
        for (uint32_t i = 0; i < n; i++) {
            const casus_status status =
                lang_regex_open(&l->regexes[sort][i], lang_string(l, p[i]), &l->memory, err);
            if (status) return status;
        }
    }
    return CASUS_OK;
}

static casus_status open_rules(struct casus_lang *l, casus_error *err) {
    const lang_attr *r = (const lang_attr *)(const void *)l->attr.at;
    const lang_rule *rules = array_at(l->attr, r->rules, r->n_rules, sizeof *rules, 4);
    const lang_spec *specs = array_at(l->attr, r->specs, r->n_specs, sizeof *specs, 4);
    const lang_test *tests = array_at(l->attr, r->tests, r->n_tests, sizeof *tests, 4);
    const uint64_t *values = array_at(l->attr, r->values, r->n_values, sizeof *values, 8);
    if (!rules || !specs || !tests || !values ||
        !array_at(l->attr, r->regexes, r->n_regexes, sizeof(lang_str), 4))
        return damaged(err, "attribute rules");
    const lang_head *h = l->head;
    for (uint32_t i = 0; i < r->n_rules; i++) {
        const lang_rule *x = &rules[i];
        if (x->first > r->n_specs || !x->n || x->n > 8 || x->n > r->n_specs - x->first ||
            x->index >= x->n || (x->tag != CASUS_NONE && x->tag >= h->n_tags) ||
            (x->pos != CASUS_NONE && x->pos >= CASUS_POS_COUNT) ||
            (x->morph != CASUS_NONE && x->morph >= h->n_morphs) ||
            (x->dep != CASUS_NONE && x->dep >= h->n_deps))
            return damaged(err, "attribute rules");
    }
    for (uint32_t i = 0; i < r->n_specs; i++)
        if (specs[i].first > r->n_tests || specs[i].n > r->n_tests - specs[i].first)
            return damaged(err, "attribute rules");
    for (uint32_t i = 0; i < r->n_tests; i++)
        if (tests[i].first > r->n_values || tests[i].n > r->n_values - tests[i].first ||
            (tests[i].op == LANG_OP_REGEX &&
             (tests[i].n != 1 || values[tests[i].first] >= r->n_regexes)))
            return damaged(err, "attribute rules");
    l->rules = r;
    return lang_rules_open(l, err);
}

static casus_status open_lemmas(struct casus_lang *l, casus_error *err) {
    const lang_lem *t = (const lang_lem *)(const void *)l->lem.at;
    const lang_section s = l->lem;
    if (!array_at(s, t->forms, t->n_forms, sizeof(lang_str), 4) ||
        !array_at(s, t->bases, t->n_bases, sizeof(lang_base), 4) ||
        !array_at(s, t->lookup, t->n_lookup, sizeof(lang_norm), 8))
        return damaged(err, "lemma tables");
    for (int p = 0; p < CASUS_POS_COUNT; p++) {
        const lang_exc *e = array_at(s, t->pos[p].exc, t->pos[p].n_exc, sizeof *e, 8);
        if (!e || !array_at(s, t->pos[p].index, t->pos[p].n_index, sizeof(uint64_t), 8) ||
            !array_at(s, t->pos[p].rules, t->pos[p].n_rules, sizeof(lang_suffix), 4))
            return damaged(err, "lemma tables");
        for (uint32_t i = 0; i < t->pos[p].n_exc; i++)
            if (e[i].first > t->n_forms || e[i].n > t->n_forms - e[i].first)
                return damaged(err, "lemma tables");
    }
    l->lemmas = t;
    return CASUS_OK;
}

/* What an OntoNotes or WikiNER kind of name is, in our few sorts. */
static uint8_t sort_of(casus_slice kind) {
    static const struct {
        const char *kind;
        uint8_t sort;
    } table[] = {{"PERSON", CASUS_SORT_PERSON},    {"PER", CASUS_SORT_PERSON},
                 {"NORP", CASUS_SORT_NATIONALITY}, {"ORG", CASUS_SORT_ORG},
                 {"GPE", CASUS_SORT_PLACE},        {"LOC", CASUS_SORT_PLACE},
                 {"FAC", CASUS_SORT_PLACE},        {"DATE", CASUS_SORT_TIME},
                 {"TIME", CASUS_SORT_TIME},        {"CARDINAL", CASUS_SORT_NUMBER},
                 {"QUANTITY", CASUS_SORT_NUMBER},  {"PERCENT", CASUS_SORT_NUMBER},
                 {"ORDINAL", CASUS_SORT_NUMBER},   {"MONEY", CASUS_SORT_MONEY},
                 {"EVENT", CASUS_SORT_EVENT},      {"LAW", CASUS_SORT_WORK},
                 {"WORK_OF_ART", CASUS_SORT_WORK}, {"PRODUCT", CASUS_SORT_WORK},
                 {"LANGUAGE", CASUS_SORT_WORK}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (casus_slice_is(kind, table[i].kind)) return table[i].sort;
    return CASUS_SORT_OTHER;
}

static casus_status open_all(struct casus_lang *l, const casus_pack *pack, casus_error *err) {
    lang_section head = {0};
    casus_status status = section(&head, pack, "lang.head", sizeof(lang_head), err);
    if (status) return status;
    const lang_head *h = l->head = (const lang_head *)(const void *)head.at;
    if (h->format != LANG_FORMAT)
        return casus_base_fail(err, CASUS_E_VERSION,
                               "pack: the model has format %u, this library reads %u; pack it anew",
                               h->format, LANG_FORMAT);
    if (h->language[7] || h->name[47] || h->version[15] || !h->n_encoders || h->n_encoders > 2 ||
        h->n_morphs == 0 || h->n_deps == 0)
        return damaged(err, "head");
    const struct {
        lang_section *to;
        const char *name;
        size_t least;
        bool wanted;
    } parts[] = {{&l->str, "lang.str", 0, true},
                 {&l->enc[0], "lang.enc0", sizeof(lang_enc), true},
                 {&l->enc[1], "lang.enc1", sizeof(lang_enc), h->n_encoders > 1},
                 {&l->tag, "lang.tag", sizeof(lang_softmax), h->tagger_encoder != CASUS_NONE},
                 {&l->dep, "lang.dep", sizeof(lang_moves), h->parser_encoder != CASUS_NONE},
                 {&l->ner, "lang.ner", sizeof(lang_moves), h->names_encoder != CASUS_NONE},
                 {&l->tok, "lang.tok", sizeof(lang_tok), true},
                 {&l->attr, "lang.attr", sizeof(lang_attr), true},
                 {&l->lem, "lang.lem", sizeof(lang_lem), true}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].wanted &&
            (status = section(parts[i].to, pack, parts[i].name, parts[i].least, err)))
            return status;
    if (!(l->tags = strings(l, head, h->n_tags, h->tags, err)) ||
        !(l->deps = strings(l, head, h->n_deps, h->deps, err)) ||
        !(l->kinds = strings(l, head, h->n_kinds, h->kinds, err)) ||
        !(l->morphs = strings(l, head, h->n_morphs, h->morphs, err)))
        return err && err->status ? err->status : CASUS_E_FORMAT;
    l->sorts = casus_base_alloc(&l->memory, h->n_kinds + 1);
    if (!l->sorts) return casus_base_no_memory(err);
    for (uint32_t i = 0; i < h->n_kinds; i++) l->sorts[i] = sort_of(l->kinds[i]);
    l->classes = array_at(head, h->classes, h->n_classes, sizeof *l->classes, 4);
    if (!l->classes) return damaged(err, "head");
    for (uint32_t i = 0; i < h->n_classes; i++)
        if ((l->classes[i].tag != CASUS_NONE && l->classes[i].tag >= h->n_tags) ||
            (l->classes[i].pos != CASUS_NONE && l->classes[i].pos >= CASUS_POS_COUNT) ||
            (l->classes[i].morph != CASUS_NONE && l->classes[i].morph >= h->n_morphs))
            return damaged(err, "head");
    for (uint32_t i = 0; i < h->n_encoders; i++)
        if ((status = open_encoder(l, i, err))) return status;
    const uint32_t width = l->encoders[0].head->width;
    if (h->tagger_encoder != CASUS_NONE) {
        const lang_softmax *s = (const lang_softmax *)(const void *)l->tag.at;
        if ((status = open_affine(&l->tagger, l->tag, s->affine, err))) return status;
        if (l->tagger.n_in != width || l->tagger.n_blocks != 1 || s->n_classes > l->tagger.n_out ||
            s->n_classes > h->n_classes || h->tagger_encoder >= h->n_encoders)
            return damaged(err, "tagger");
        l->n_tagger = s->n_classes;
        l->has_tagger = true;
    }
    if (h->parser_encoder != CASUS_NONE) {
        if (h->parser_encoder >= h->n_encoders) return damaged(err, "head");
        if ((status = open_moves(&l->parser, l->dep, width, 8, LANG_BREAK + 1, h->n_deps, err)))
            return status;
        l->has_parser = true;
    }
    if (h->names_encoder != CASUS_NONE) {
        if (h->names_encoder >= h->n_encoders) return damaged(err, "head");
        if ((status = open_moves(&l->names, l->ner, width, 3, LANG_OUT + 1, h->n_kinds, err)))
            return status;
        l->has_names = true;
    }
    if ((status = open_tokenizer(l, err)) || (status = open_rules(l, err)) ||
        (status = open_lemmas(l, err)))
        return status;
    lang_section words = {0};
    if ((status = section(&words, pack, CASUS_LANG_CLAUSES_SECTION, 0, err))) return status;
    return casus_lang_labels_open(&l->labels, words.at, words.len, h->language, l->deps, h->n_deps,
                                  &l->memory, err);
}

casus_status casus_lang_open(casus_lang **out, const casus_pack *pack, const casus_memory *memory,
                             casus_error *err) {
    struct casus_lang *l = casus_base_alloc(memory, sizeof *l);
    if (!l) return casus_base_no_memory(err);
    memset(l, 0, sizeof *l);
    l->memory = *memory;
    l->kernels = lang_kernels_best();
    casus_error mine = {0};
    const casus_status status = open_all(l, pack, err ? err : &mine);
    if (status) {
        casus_lang_free(l);
        return status;
    }
    *out = l;
    return CASUS_OK;
}

void casus_lang_free(casus_lang *l) {
    if (!l) return;
    const casus_memory memory = l->memory;
    for (int sort = 0; sort < 5; sort++) {
        for (uint32_t i = 0; l->regexes[sort] && i < l->tokens->n_patterns[sort]; i++)
            lang_regex_free(&l->regexes[sort][i]);
        casus_base_release(&memory, l->regexes[sort]);
    }
    for (uint32_t i = 0; l->rule_regexes && i < l->rules->n_regexes; i++)
        lang_regex_free(&l->rule_regexes[i]);
    casus_base_release(&memory, l->rule_regexes);
    lang_match_context_free(l->match_context);
    casus_base_release(&memory, l->tag_first);
    casus_base_release(&memory, l->tag_rules);
    casus_base_release(&memory, l->loose);
    casus_base_release(&memory, l->tags);
    casus_base_release(&memory, l->deps);
    casus_base_release(&memory, l->kinds);
    casus_base_release(&memory, l->morphs);
    casus_base_release(&memory, l->sorts);
    casus_lang_labels_free(l->labels);
    casus_base_release(&memory, l);
}

const char *casus_lang_language(const casus_lang *l) {
    return l->head->language;
}
const char *casus_lang_model_name(const casus_lang *l) {
    return l->head->name;
}
const char *casus_lang_model_version(const casus_lang *l) {
    return l->head->version;
}
const char *casus_lang_kernels(const casus_lang *l) {
    return l->kernels->name;
}

casus_status casus_lang_use_kernels(casus_lang *l, const char *name, casus_error *err) {
    const kernel_set *k = lang_kernels_named(name);
    if (!k)
        return casus_base_fail(err, CASUS_E_ARGUMENT, "this processor has no kernels '%.32s'",
                               name);
    l->kernels = k;
    return CASUS_OK;
}

const char *casus_lang_pos_name(casus_pos pos) {
    static const char *const names[] = {"X",     "ADJ",   "ADP",   "ADV", "AUX",  "CCONJ",
                                        "DET",   "INTJ",  "NOUN",  "NUM", "PART", "PRON",
                                        "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "SPACE"};
    return (unsigned)pos < CASUS_POS_COUNT ? names[pos] : "X";
}
