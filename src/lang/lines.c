/* lines.c - no sentence runs over a line's end: headlines, datelines and paragraphs are walls.
 *
 * The model was trained without line ends and joins a headline to the text below. What it said is
 * kept for printing (casus_parse.model_*); heads that reach over a wall are cut and sentences made
 * anew. A text broken into short lines in the midst of sentences has walls only at blank lines and
 * behind a line that ends a sentence. O(tokens + lines). */
#include "lang/engine.h"
#include "lang/model.h"

#define LINE_MOST 100u /* bytes: a text with longer lines is not broken by hand */
#define LINES_LEAST 4u /* fewer lines than this are not a broken text */
#define LOWER_SHARE 4u /* at least one line in so many goes on with a small letter */

/* Is the text broken into lines of a screen's width? */
static bool is_wrapped(const casus_text *t) {
    if (t->n_paragraphs < LINES_LEAST) return false;
    uint32_t lower = 0;
    for (uint32_t i = 0; i < t->n_paragraphs; i++) {
        const casus_paragraph *k = &t->paragraphs[i];
        if (k->end - k->begin > LINE_MOST) return false;
        const char first = t->text.ptr[k->begin];
        lower += first >= 'a' && first <= 'z';
    }
    return lower * LOWER_SHARE >= t->n_paragraphs;
}

static bool ends_sentence(const casus_text *t, const casus_paragraph *k) {
    uint32_t end = k->end;
    while (end > k->begin && strchr("\"')]", t->text.ptr[end - 1])) end--;
    return end > k->begin && strchr(".!?:", t->text.ptr[end - 1]) != NULL;
}

static bool blank_between(const casus_text *t, const casus_paragraph *a, const casus_paragraph *b) {
    uint32_t breaks = 0;
    for (uint32_t i = a->end; i < b->begin; i++) breaks += t->text.ptr[i] == '\n';
    return breaks > 1;
}

/* Is there a wall before line i? */
static bool is_wall(const casus_text *t, uint32_t i, bool wrapped) {
    if (!wrapped) return true;
    const casus_paragraph *a = &t->paragraphs[i - 1], *b = &t->paragraphs[i];
    return ends_sentence(t, a) || blank_between(t, a, b);
}

/* The stretch between walls of each token; white space goes with what stands before it. */
static uint32_t *stretches(const casus_parse *p, bool *any) {
    const casus_text *t = p->text;
    uint32_t *of = casus_base_arena_get(t->arena, (p->n_tokens + 1) * sizeof *of);
    if (!of) return NULL;
    const bool wrapped = is_wrapped(t);
    uint32_t line = 0, stretch = 0;
    for (uint32_t i = 0; i < p->n_tokens; i++) {
        const casus_token *k = &p->tokens[i];
        while (line + 1 < t->n_paragraphs && t->paragraphs[line + 1].begin <= k->begin) {
            line++;
            stretch += is_wall(t, line, wrapped);
        }
        of[i] = stretch;
    }
    *any = stretch > 0;
    return of;
}

casus_status lang_cut_lines(casus_parse *p, bool *cut, casus_error *err) {
    casus_arena *arena = p->text->arena;
    *cut = false;
    if (p->text->n_paragraphs < 2) return CASUS_OK;
    bool any = false;
    const uint32_t *of = stretches(p, &any);
    if (!of) return casus_base_no_memory(err);
    uint16_t root = 0;
    bool known = false, needed = false;
    for (uint32_t i = 0; i < p->n_tokens && any; i++) {
        const casus_token *k = &p->tokens[i];
        if (k->head == i && !known && !(k->flags & CASUS_TOKEN_IS_SPACE)) {
            root = k->dep;
            known = true;
        }
        needed |= of[k->head] != of[i];
        needed |= i > 0 && of[i] != of[i - 1] && !(k->flags & CASUS_TOKEN_SENT_START);
    }
    if (!needed) return CASUS_OK;
    uint32_t *heads = casus_base_arena_get(arena, p->n_tokens * sizeof *heads);
    uint16_t *deps = casus_base_arena_get(arena, p->n_tokens * sizeof *deps);
    if (!heads || !deps) return casus_base_no_memory(err);
    for (uint32_t i = 0; i < p->n_tokens; i++) {
        casus_token *k = &p->tokens[i];
        heads[i] = k->head;
        deps[i] = k->dep;
        if (of[k->head] != of[i]) {
            k->head = i;
            if (known) k->dep = root;
        }
        if (i > 0 && of[i] != of[i - 1]) k->flags |= CASUS_TOKEN_SENT_START;
    }
    p->model_heads = heads;
    p->model_deps = deps;
    p->model_sentences = p->sentences;
    p->n_model_sentences = p->n_sentences;
    *cut = true;
    return CASUS_OK;
}
