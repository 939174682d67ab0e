/* conllu.c - CoNLL-U into a casus_parse; see conllu.h. Two passes over the lines: the text, then
 * the tokens. Not made for speed: label lists are searched one by one. */
#include "conllu.h"

#include <stdlib.h>

typedef struct list {
    casus_slice *v;
    uint32_t n;
    size_t cap;
} list;

static uint32_t intern(casus_arena *arena, list *l, casus_slice s) {
    for (uint32_t i = 0; i < l->n; i++) {
        if (casus_slice_eq(l->v[i], s)) return i;
    }
    casus_slice *grown =
        casus_base_arena_grow(arena, l->v, l->n, l->n + 1u, &l->cap, sizeof *grown);
    if (!grown) return CASUS_NONE;
    l->v = grown;
    l->v[l->n] = s;
    return l->n++;
}

static bool has(casus_slice misc, const char *item) {
    casus_slice piece;
    while (misc.ptr && casus_slice_cut(&misc, '|', &piece)) {
        if (casus_slice_is(piece, item)) return true;
    }
    return false;
}

static casus_slice value(casus_slice misc, const char *key) {
    casus_slice piece, none = {NULL, 0};
    size_t n = strlen(key);
    while (misc.ptr && casus_slice_cut(&misc, '|', &piece)) {
        if (piece.len > n && memcmp(piece.ptr, key, n) == 0 && piece.ptr[n] == '=') {
            return casus_slice_of(piece.ptr + n + 1, piece.len - n - 1);
        }
    }
    return none;
}

/* The fields of a token line; false for comments, blank lines and ranges ("1-2"). */
static bool fields(casus_slice line, casus_slice f[10]) {
    if (line.len == 0 || line.ptr[0] == '#') return false;
    for (int i = 0; i < 10; i++) {
        if (!casus_slice_cut(&line, '\t', &f[i])) return false;
    }
    for (uint32_t i = 0; i < f[0].len; i++) {
        if (f[0].ptr[i] < '0' || f[0].ptr[i] > '9') return false;
    }
    return true;
}

static bool white(casus_slice form) {
    return form.len >= 2 && form.ptr[0] == '\\';
}

static uint8_t pos_of(casus_slice name) {
    static const char *const names[CASUS_POS_COUNT] = {"X",     "ADJ",  "ADP",   "ADV",   "AUX",
                                                       "CCONJ", "DET",  "INTJ",  "NOUN",  "NUM",
                                                       "PART",  "PRON", "PROPN", "PUNCT", "SCONJ",
                                                       "SYM",   "VERB", "SPACE"};
    for (uint8_t i = 0; i < CASUS_POS_COUNT; i++) {
        if (casus_slice_is(name, names[i])) return i;
    }
    return CASUS_POS_X;
}

static uint8_t sort_of(casus_slice kind) {
    static const struct {
        const char *kind;
        uint8_t sort;
    } known[] = {{"PERSON", CASUS_SORT_PERSON},   {"NORP", CASUS_SORT_NATIONALITY},
                 {"ORG", CASUS_SORT_ORG},         {"GPE", CASUS_SORT_PLACE},
                 {"LOC", CASUS_SORT_PLACE},       {"FAC", CASUS_SORT_PLACE},
                 {"DATE", CASUS_SORT_TIME},       {"TIME", CASUS_SORT_TIME},
                 {"CARDINAL", CASUS_SORT_NUMBER}, {"ORDINAL", CASUS_SORT_NUMBER},
                 {"QUANTITY", CASUS_SORT_NUMBER}, {"PERCENT", CASUS_SORT_NUMBER},
                 {"MONEY", CASUS_SORT_MONEY},     {"EVENT", CASUS_SORT_EVENT}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (casus_slice_is(kind, known[i].kind)) return known[i].sort;
    }
    return CASUS_SORT_OTHER;
}

typedef struct reader {
    casus_arena *arena;
    casus_parse *p;
    list tags, deps, kinds, morphs;
    uint32_t at; /* byte in the text */
} reader;

static bool new_name(casus_slice misc, casus_slice *kind, bool *begins) {
    *kind = value(misc, "Name");
    if (kind->len < 3 || kind->ptr[1] != '-') return false;
    *begins = kind->ptr[0] == 'B';
    *kind = casus_slice_of(kind->ptr + 2, kind->len - 2);
    return true;
}

static bool add_token(reader *r, const casus_slice f[10], uint32_t first) {
    casus_parse *p = r->p;
    uint32_t i = p->n_tokens++;
    casus_token *t = &p->tokens[i];
    memset(t, 0, sizeof *t);
    casus_slice form = white(f[1]) ? CASUS_SLICE(" ") : f[1];
    t->begin = r->at;
    t->end = r->at + form.len;
    t->form = casus_slice_of(p->text->text.ptr + t->begin, form.len);
    t->lower = casus_base_utf8_lower(r->arena, t->form);
    t->lemma = f[2];
    t->pos = white(f[1]) ? CASUS_POS_SPACE : pos_of(f[3]);
    t->tag = (uint16_t)intern(r->arena, &r->tags, f[4]);
    casus_slice none = {NULL, 0};
    t->morph = (uint16_t)intern(r->arena, &r->morphs, casus_slice_is(f[5], "_") ? none : f[5]);
    t->dep = (uint16_t)intern(r->arena, &r->deps, f[7]);
    char number[12] = "";
    memcpy(number, f[6].ptr, f[6].len < 11 ? f[6].len : 11);
    uint32_t head = (uint32_t)strtoul(number, NULL, 10);
    t->head = head == 0 ? i : first + head - 1;
    t->sent = p->n_sentences;
    t->left = i;
    t->right = i + 1;
    bool space = !has(f[9], "SpaceAfter=No");
    if (space) t->flags |= CASUS_TOKEN_SPACE_AFTER;
    if (t->pos == CASUS_POS_SPACE) t->flags |= CASUS_TOKEN_IS_SPACE;
    if (i == first) t->flags |= CASUS_TOKEN_SENT_START;
    if (form.len && form.ptr[0] >= 'A' && form.ptr[0] <= 'Z') t->flags |= CASUS_TOKEN_UPPER_INITIAL;
    r->at = t->end + (space ? 1u : 0u);
    casus_slice kind;
    bool begins;
    if (new_name(f[9], &kind, &begins)) {
        if (begins || p->n_names == 0 || p->names[p->n_names - 1].last != i) {
            casus_name *name = &p->names[p->n_names++];
            name->first = i;
            name->kind = (uint16_t)intern(r->arena, &r->kinds, kind);
            name->sort = sort_of(kind);
        }
        p->names[p->n_names - 1].last = i + 1;
    }
    return t->lower.ptr != NULL || form.len == 0;
}

/* The text that the lines stand for, and how many tokens there are. */
static bool make_text(casus_slice bytes, casus_buffer *text, uint32_t *n, uint32_t *sentences) {
    casus_slice line, f[10];
    bool inside = false;
    *n = *sentences = 0;
    while (casus_slice_cut(&bytes, '\n', &line)) {
        if (line.len >= 8 && memcmp(line.ptr, "# newpar", 8) == 0 && text->len) {
            text->ptr[text->len - 1] = '\n';
        }
        if (line.len == 0) {
            if (inside && text->len && text->ptr[text->len - 1] != ' ') {
                casus_base_buffer_add(text, " ", 1); /* room for a line end */
            }
            inside = false;
        }
        if (!fields(line, f)) continue;
        if (!inside) (*sentences)++;
        inside = true;
        if (white(f[1])) {
            casus_base_buffer_add(text, f[1].ptr[1] == 'n' ? "\n" : " ", 1);
        } else {
            casus_base_buffer_add(text, f[1].ptr, f[1].len);
        }
        if (!has(f[9], "SpaceAfter=No")) casus_base_buffer_add(text, " ", 1);
        (*n)++;
    }
    return !text->failed;
}

static void subtrees(casus_parse *p) {
    /* widen every head by its dependents until nothing changes: trees of tests are shallow */
    bool changed = true;
    for (uint32_t turn = 0; changed && turn < 64; turn++) {
        changed = false;
        for (uint32_t i = 0; i < p->n_tokens; i++) {
            casus_token *h = &p->tokens[p->tokens[i].head];
            if (p->tokens[i].left < h->left) h->left = p->tokens[i].left, changed = true;
            if (p->tokens[i].right > h->right) h->right = p->tokens[i].right, changed = true;
        }
    }
}

static bool read_lines(reader *r, casus_slice bytes) {
    casus_parse *p = r->p;
    casus_slice line, f[10];
    uint32_t first = 0;
    bool inside = false;
    for (;;) {
        bool more = casus_slice_cut(&bytes, '\n', &line);
        bool token = more && fields(line, f);
        if (token) {
            if (!inside) {
                first = p->n_tokens;
                while (r->at < p->text->text.len &&
                       (p->text->text.ptr[r->at] == ' ' || p->text->text.ptr[r->at] == '\n') &&
                       !white(f[1])) {
                    r->at++;
                }
            }
            inside = true;
            if (!add_token(r, f, first)) return false;
        } else if (inside && (!more || line.len == 0)) {
            casus_sentence *s = &p->sentences[p->n_sentences++];
            s->first = first;
            s->last = p->n_tokens;
            s->root = first;
            for (uint32_t i = p->n_tokens; i-- > first;) {
                if (p->tokens[i].head >= p->n_tokens) return false;
                if (p->tokens[i].head == i) s->root = i;
            }
            uint32_t shown = first;
            while (shown + 1 < p->n_tokens && p->tokens[shown].pos == CASUS_POS_SPACE) shown++;
            s->para = casus_read_paragraph_at(p->text, p->tokens[shown].begin);
            if (s->para == CASUS_NONE) s->para = 0;
            inside = false;
        }
        if (!more) return true;
    }
}

casus_parse *conllu_read(casus_arena *arena, casus_slice bytes, casus_error *err) {
    casus_memory memory = casus_base_memory_default();
    casus_buffer text;
    casus_base_buffer_init(&text, &memory);
    uint32_t n = 0, sentences = 0;
    reader r;
    memset(&r, 0, sizeof r);
    r.arena = arena;
    casus_parse *p = r.p = casus_base_arena_zero(arena, 1, sizeof *p);
    bool good = p && make_text(bytes, &text, &n, &sentences);
    if (good) {
        good = casus_read_text(&p->text, arena, CASUS_SLICE("test"),
                               casus_slice_of(text.ptr, text.len), CASUS_NO_DAY, err) == CASUS_OK;
    }
    casus_base_buffer_free(&text);
    if (!good) return NULL;
    p->tokens = casus_base_arena_zero(arena, n, sizeof *p->tokens);
    p->names = casus_base_arena_zero(arena, n, sizeof *p->names);
    p->sentences = casus_base_arena_zero(arena, sentences + 1u, sizeof *p->sentences);
    if (!p->tokens || !p->names || !p->sentences || !read_lines(&r, bytes)) {
        casus_base_fail(err, CASUS_E_FORMAT, "no CoNLL-U, or out of memory");
        return NULL;
    }
    subtrees(p);
    p->tags = r.tags.v;
    p->n_tags = r.tags.n;
    p->deps = r.deps.v;
    p->n_deps = r.deps.n;
    p->kinds = r.kinds.v;
    p->n_kinds = r.kinds.n;
    p->morphs = r.morphs.v;
    p->n_morphs = r.morphs.n;
    return p;
}
