/* parse.c - runs the engine over a document, window by window, and fills casus_parse.
 *
 * A window holds LANG_WINDOW tokens and, before them, the few that the encoder looks back at. The
 * parser is restarted at the last sentence end of a window at which nothing was open; parsing the
 * rest anew from there gives what one pass over the whole document would. So memory beyond the
 * result is that of one window, whatever the document. */
#include "lang/model.h"

casus_status casus_lang_worker_new(casus_lang_worker **out, const casus_lang *lang,
                                   const casus_memory *memory, casus_error *err) {
    casus_lang_worker *w = casus_base_alloc(memory, sizeof *w);
    if (!w) return casus_base_no_memory(err);
    memset(w, 0, sizeof *w);
    w->lang = lang;
    w->memory = *memory;
    w->cache = casus_base_arena_new(&w->memory);
    w->scratch = casus_base_arena_new(&w->memory);
    w->lexemes = casus_base_alloc(&w->memory, LANG_BUCKETS * sizeof *w->lexemes);
    w->chunks = casus_base_alloc(&w->memory, LANG_BUCKETS * sizeof *w->chunks);
    w->match = lang_match_data_new(&w->memory);
    if (!w->cache || !w->scratch || !w->lexemes || !w->chunks || !w->match) {
        casus_lang_worker_free(w);
        return casus_base_no_memory(err);
    }
    memset(w->lexemes, 0, LANG_BUCKETS * sizeof *w->lexemes);
    memset(w->chunks, 0, LANG_BUCKETS * sizeof *w->chunks);
    *out = w;
    return CASUS_OK;
}

void casus_lang_worker_free(casus_lang_worker *w) {
    if (!w) return;
    const casus_memory memory = w->memory;
    casus_base_arena_free(w->cache);
    casus_base_arena_free(w->scratch);
    casus_base_release(&memory, w->lexemes);
    casus_base_release(&memory, w->chunks);
    casus_base_release(&memory, w->rows);
    casus_base_release(&memory, w->quantised);
    casus_base_release(&memory, w->ranges);
    casus_base_release(&memory, w->hidden);
    lang_match_data_free(w->match);
    casus_base_release(&memory, w);
}

/* What a window gives, in arrays over its tokens. */
typedef struct window {
    lang_tokens pending; /* tokens still wanted */
    size_t start;        /* the window's first among them */
    lang_token *tokens;  /* [n] == pending.items + start */
    uint32_t n;
    uint32_t context; /* tokens before the first of our own */
    uint32_t *heads;
    uint16_t *deps;
    uint8_t *sent_start;
    lang_span *spans;
    uint32_t n_spans;
    uint32_t restart;
    bool small_before;       /* the last step was small */
    size_t stale, stale_end; /* pending tokens whose lexemes went with the cache */
} window;

/* Left edges of subtrees give the sentence starts, as in spaCy's set_children_from_heads. */
static casus_status mark_sentences(const casus_lang_worker *w, window *v, casus_error *err) {
    const uint32_t n = v->n, from = v->context;
    uint32_t *edge = casus_base_arena_get(w->scratch, (n + 1) * sizeof *edge);
    if (!edge) return casus_base_no_memory(err);
    for (uint32_t i = from; i < n; i++) edge[i] = i;
    bool changed = true;
    for (int round = 0; changed && round < 12; round++) {
        changed = false;
        for (uint32_t i = from; i < n; i++)
            if (edge[i] < edge[v->heads[i]]) {
                edge[v->heads[i]] = edge[i];
                changed = true;
            }
        for (uint32_t i = n; i-- > from;)
            if (edge[i] < edge[v->heads[i]]) {
                edge[v->heads[i]] = edge[i];
                changed = true;
            }
    }
    memset(v->sent_start, 0, n + 1);
    for (uint32_t i = from; i < n; i++)
        if (v->heads[i] == i) v->sent_start[edge[i]] = 1;
    if (from < n) v->sent_start[from] = 1;
    return CASUS_OK;
}

static casus_status run_window(casus_lang_worker *w, window *v, const casus_text *text,
                               casus_token *out, bool last, casus_error *err) {
    const struct casus_lang *l = w->lang;
    const uint32_t n = v->n, from = v->context;
    lang_token *tokens = v->tokens;
    v->heads = casus_base_arena_get(w->scratch, (n + 1) * sizeof *v->heads);
    v->deps = casus_base_arena_get(w->scratch, (n + 1) * sizeof *v->deps);
    v->sent_start = casus_base_arena_zero(w->scratch, n + 1, 1);
    v->spans = casus_base_arena_get(w->scratch, (n + 1) * sizeof *v->spans);
    uint16_t *classes = casus_base_arena_zero(w->scratch, n + 1, sizeof *classes);
    uint8_t *walls = casus_base_arena_zero(w->scratch, n + 1, 1);
    if (!v->heads || !v->deps || !v->sent_start || !v->spans || !classes || !walls)
        return casus_base_no_memory(err);
    v->n_spans = 0;
    casus_status status = CASUS_OK;
    uint32_t encoded = CASUS_NONE;
    if (l->has_tagger || l->has_parser) {
        encoded = l->has_parser ? l->head->parser_encoder : l->head->tagger_encoder;
        if ((status = lang_encode(w, encoded, tokens, n, err))) return status;
    }
    if (l->has_tagger && l->head->tagger_encoder == encoded &&
        (status = lang_tag(w, n, classes, err)))
        return status;
    v->restart = n;
    if (l->has_parser) {
        if ((status = lang_precompute(w, &l->parser, n, err))) return status;
        const uint32_t limit = last || n < LANG_WINDOW_TAIL ? from : n - LANG_WINDOW_TAIL;
        lang_mark_walls(text, tokens, from, n, walls);
        if ((status = lang_arc_eager(w, tokens, walls, from, n, limit, v->heads, v->deps,
                                     &v->restart, err)))
            return status;
        /* a step too small, twice: then the sentence is broken, lest each step cost a window */
        const bool small = !last && v->restart - from < (n - from) / 4;
        if (last || v->restart == from || (small && v->small_before)) v->restart = n;
        v->small_before = small && v->restart != n;
    } else {
        for (uint32_t i = 0; i < n; i++) {
            v->heads[i] = i;
            v->deps[i] = (uint16_t)l->root_dep;
        }
    }
    if ((status = mark_sentences(w, v, err))) return status;
    for (uint32_t i = from; i < n; i++) {
        casus_token *t = &out[i - from];
        memset(t, 0, sizeof *t);
        t->begin = tokens[i].begin;
        t->end = tokens[i].end;
        t->dep = v->deps[i];
        t->head = v->heads[i];
        if (l->has_tagger) {
            const lang_class *c = &l->classes[classes[i]];
            t->tag = (uint16_t)(c->tag == CASUS_NONE ? 0 : c->tag);
            t->pos = (uint8_t)(c->pos == CASUS_NONE ? CASUS_POS_X : c->pos);
            t->morph = (uint16_t)(c->morph == CASUS_NONE ? 0 : c->morph);
        }
        t->flags = (uint8_t)((tokens[i].space_after ? CASUS_TOKEN_SPACE_AFTER : 0) |
                             (tokens[i].lex->is_space ? CASUS_TOKEN_IS_SPACE : 0) |
                             (v->sent_start[i] ? CASUS_TOKEN_SENT_START : 0) |
                             (tokens[i].lex->upper_initial ? CASUS_TOKEN_UPPER_INITIAL : 0));
    }
    if ((status = lang_apply_rules(w, tokens + from, out, n - from, err))) return status;
    if (l->has_names) {
        if (l->head->names_encoder != encoded &&
            (status = lang_encode(w, l->head->names_encoder, tokens, n, err)))
            return status;
        if ((status = lang_precompute(w, &l->names, n, err))) return status;
        lang_biluo(w, tokens, v->sent_start, from, n, v->spans, &v->n_spans);
    }
    return CASUS_OK;
}

typedef struct growing { /* the document's arrays as they grow */
    casus_parse *p;
    size_t cap_tokens, cap_names;
} growing;

/* Copies of a form's lower case and lemma in the document, one each for all its tokens. */
static bool keep_lower(casus_lang_worker *w, casus_arena *arena, lexeme *lex) {
    if (lex->document != w->document) {
        lex->document = w->document;
        lex->kept_lower.ptr = lex->kept_lemma.ptr = NULL;
    }
    if (!lex->kept_lower.ptr) lex->kept_lower = casus_base_arena_copy(arena, lex->lower);
    return lex->kept_lower.ptr != NULL;
}
static bool keep_lemma(casus_lang_worker *w, casus_arena *arena, lexeme *lex, casus_slice lemma) {
    if (lex->document != w->document) {
        lex->document = w->document;
        lex->kept_lower.ptr = lex->kept_lemma.ptr = NULL;
    }
    if (!lex->kept_lemma.ptr || lex->kept_of != lemma.ptr) {
        lex->kept_lemma = casus_base_arena_copy(arena, lemma);
        lex->kept_of = lemma.ptr;
    }
    return lex->kept_lemma.ptr != NULL;
}

/* Moves the window's own tokens [context, restart) into the document. */
static casus_status take(casus_lang_worker *w, window *v, const casus_token *from, growing *g,
                         casus_error *err) {
    casus_parse *p = g->p;
    casus_arena *arena = p->text->arena;
    const uint32_t n = v->restart - v->context, base = p->n_tokens;
    casus_token *t = casus_base_arena_grow(arena, p->tokens, p->n_tokens, (size_t)p->n_tokens + n,
                                           &g->cap_tokens, sizeof *t);
    if (!t) return casus_base_no_memory(err);
    p->tokens = t;
    for (uint32_t i = 0; i < n; i++) {
        lexeme *lex = v->tokens[v->context + i].lex;
        casus_token *x = &t[base + i];
        *x = from[i];
        x->head = base + (x->head >= v->context && x->head < v->restart ? x->head - v->context : i);
        x->form = casus_slice_of(p->text->text.ptr + x->begin, x->end - x->begin);
        if (casus_slice_eq(lex->lower, x->form))
            x->lower = x->form;
        else if (keep_lower(w, arena, lex))
            x->lower = lex->kept_lower;
        else
            return casus_base_no_memory(err);
        if (!x->lemma.ptr) {
            const casus_slice lemma = lang_lemma(w, lex, x->pos, x->morph);
            if (!lemma.ptr) return casus_base_no_memory(err);
            if (casus_slice_eq(lemma, x->form))
                x->lemma = x->form;
            else if (casus_slice_eq(lemma, x->lower))
                x->lemma = x->lower;
            else if (keep_lemma(w, arena, lex, lemma))
                x->lemma = lex->kept_lemma;
            else
                return casus_base_no_memory(err);
        }
    }
    p->n_tokens += n;
    casus_name *names =
        casus_base_arena_grow(arena, p->names, p->n_names, (size_t)p->n_names + v->n_spans,
                              &g->cap_names, sizeof *names);
    if (!names) return casus_base_no_memory(err);
    p->names = names;
    for (uint32_t i = 0; i < v->n_spans; i++)
        if (v->spans[i].first < v->restart)
            names[p->n_names++] = (casus_name){
                base + v->spans[i].first - v->context,
                base + (v->spans[i].last < v->restart ? v->spans[i].last : v->restart) - v->context,
                v->spans[i].kind, w->lang->sorts[v->spans[i].kind]};
    return CASUS_OK;
}

/* Sentences and subtree edges from heads. */
static casus_status finish(casus_parse *p, casus_error *err) {
    casus_arena *arena = p->text->arena;
    uint32_t n = 0;
    p->n_sentences = 0;
    for (uint32_t i = 0; i < p->n_tokens; i++)
        n += p->tokens[i].flags & CASUS_TOKEN_SENT_START ? 1 : 0;
    p->sentences = casus_base_arena_zero(arena, n + 1, sizeof *p->sentences);
    if (!p->sentences) return casus_base_no_memory(err);
    for (uint32_t i = 0; i < p->n_tokens; i++) {
        casus_token *t = &p->tokens[i];
        if (t->flags & CASUS_TOKEN_SENT_START) {
            if (p->n_sentences) p->sentences[p->n_sentences - 1].last = i;
            p->sentences[p->n_sentences++] =
                (casus_sentence){i, p->n_tokens, CASUS_NONE, CASUS_NONE};
        }
        t->sent = p->n_sentences ? p->n_sentences - 1 : 0;
        t->left = i;
        t->right = i + 1;
        casus_sentence *s = &p->sentences[t->sent];
        if (s->root == CASUS_NONE && t->head == i) s->root = i;
        if (s->para == CASUS_NONE && !(t->flags & CASUS_TOKEN_IS_SPACE))
            s->para = casus_read_paragraph_at(p->text, t->begin);
    }
    for (uint32_t k = 0; k < p->n_sentences; k++) {
        casus_sentence *s = &p->sentences[k];
        if (s->root == CASUS_NONE) s->root = s->first;
        if (s->para == CASUS_NONE)
            s->para = casus_read_paragraph_at(p->text, p->tokens[s->first].begin);
        for (int round = 0; round < 12; round++) {
            bool changed = false;
            for (int back = 0; back < 2; back++)
                for (uint32_t i = s->first; i < s->last; i++) {
                    const casus_token *t = &p->tokens[back ? s->last - 1 - (i - s->first) : i];
                    casus_token *h = &p->tokens[t->head];
                    if (t->left < h->left) h->left = t->left, changed = true;
                    if (t->right > h->right) h->right = t->right, changed = true;
                }
            if (!changed) break;
        }
    }
    return CASUS_OK;
}

/* Words of the cache must outlive its emptying: kept tokens are looked up again, but only when
 * their window comes, for a run of a million tokens is kept whole. */
static void empty_when_full(casus_lang_worker *w, window *v) {
    if (!lang_worker_full(w)) return;
    lang_worker_empty(w);
    v->stale = v->start;
    v->stale_end = v->pending.n;
}

static casus_status renew(casus_lang_worker *w, window *v, size_t most, casus_slice text,
                          casus_error *err) {
    if (v->stale < v->start) v->stale = v->start;
    for (; v->stale < v->stale_end && v->stale < v->start + most; v->stale++) {
        lang_token *t = &v->pending.items[v->stale];
        t->lex = lang_lexeme(w, casus_slice_of(text.ptr + t->begin, t->end - t->begin), t->norm,
                             t->norm.len > 0);
        if (!t->lex) return casus_base_no_memory(err);
    }
    return CASUS_OK;
}

/* Drops the tokens before the window when they have become the greater part. */
static void compact(window *v) {
    if (v->start < LANG_WINDOW || v->start < v->pending.n / 2) return;
    v->pending.n -= v->start;
    memmove(v->pending.items, v->pending.items + v->start, v->pending.n * sizeof *v->pending.items);
    v->stale = v->stale > v->start ? v->stale - v->start : 0;
    v->stale_end = v->stale_end > v->start ? v->stale_end - v->start : 0;
    v->start = 0;
}

casus_status casus_lang_parse(casus_parse **out, casus_lang_worker *w, casus_text *text,
                              casus_error *err) {
    const struct casus_lang *l = w->lang;
    casus_parse *p = casus_base_arena_zero(text->arena, 1, sizeof *p);
    casus_arena *kept = casus_base_arena_new(&w->memory); /* the window's tokens */
    if (!p || !kept) {
        casus_base_arena_free(kept);
        return casus_base_no_memory(err);
    }
    w->document++;
    p->text = text;
    p->tags = l->tags, p->n_tags = l->head->n_tags;
    p->deps = l->deps, p->n_deps = l->head->n_deps;
    p->kinds = l->kinds, p->n_kinds = l->head->n_kinds;
    p->morphs = l->morphs, p->n_morphs = l->head->n_morphs;
    /* room for most texts at once: growing an array leaves its old places behind in the arena */
    growing g = {p, (size_t)text->text.len / 4 + 16, 0};
    if (!(p->tokens = casus_base_arena_get(text->arena, g.cap_tokens * sizeof *p->tokens))) {
        casus_base_arena_free(kept);
        return casus_base_no_memory(err);
    }
    window v = {0};
    uint32_t at = 0;
    casus_status status = CASUS_OK;
    const uint32_t context = l->encoders[0].head->window * l->encoders[0].head->depth;
    for (;;) {
        casus_base_arena_reset(w->scratch);
        compact(&v);
        empty_when_full(w, &v);
        const size_t wanted = (size_t)LANG_WINDOW + v.context;
        if ((status = lang_tokenize(w, text->text, &at, v.start + wanted, &v.pending, kept, err)))
            break;
        if ((status = renew(w, &v, wanted, text->text, err))) break;
        v.tokens = v.pending.items + v.start;
        const size_t there = v.pending.n - v.start;
        v.n = (uint32_t)(there < wanted ? there : wanted);
        if (v.n == v.context) break;
        casus_token *tokens = casus_base_arena_get(w->scratch, (v.n - v.context) * sizeof *tokens);
        if (!tokens) {
            status = casus_base_no_memory(err);
            break;
        }
        const bool last = at == text->text.len && there == v.n;
        if ((status = run_window(w, &v, text, tokens, last, err))) break;
        if (!last && v.restart == v.n &&
            (status = casus_read_note(text, "lang", CASUS_SLICE("sentence longer than a window"),
                                      v.tokens[v.context].begin, v.tokens[v.n - 1].end)))
            break;
        if ((status = take(w, &v, tokens, &g, err))) break;
        if (last) break;
        /* keep what the next window looks back at and has still to parse */
        const uint32_t keep = v.restart > context ? v.restart - context : 0;
        v.start += keep;
        v.context = v.restart - keep;
    }
    casus_base_arena_free(kept);
    if (status) return status;
    bool cut;
    if ((status = finish(p, err))) return status;
    if ((status = lang_cut_lines(p, &cut, err))) return status;
    if (cut && (status = finish(p, err))) return status;
    if ((status = casus_lang_clauses(p, l->labels, err))) return status;
    *out = p;
    return CASUS_OK;
}
