/* lines.c - no sentence runs over a line's end: headlines, datelines and paragraphs are walls.
 *
 * The model was trained without line ends and joins a headline to the text below. So it is told to
 * begin anew behind a line that ends no sentence, and behind a dateline ("BAGHDAD (Reuters) -").
 * Elsewhere what it said is kept for printing (casus_parse.model_*); heads that reach over a wall
 * are cut and sentences made anew. A text broken into short lines in the midst of sentences has
 * walls only at blank lines and behind a line that ends a sentence. O(tokens + lines). */
#include "lang/engine.h"
#include "lang/model.h"

#define LINE_MOST 100u    /* bytes: a text with longer lines is not broken by hand */
#define LINES_LEAST 4u    /* fewer lines than this are not a broken text */
#define LOWER_SHARE 4u    /* at least one line in so many goes on with a small letter */
#define DATELINE_MOST 18u /* tokens of a dateline, its dash included */

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
    while (end > k->begin && t->text.ptr[end - 1] && strchr("\"')]", t->text.ptr[end - 1])) end--;
    return end > k->begin && t->text.ptr[end - 1] && strchr(".!?:", t->text.ptr[end - 1]) != NULL;
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

static casus_slice form_of(const casus_text *t, const lang_token *k) {
    return casus_slice_of(t->text.ptr + k->begin, k->end - k->begin);
}

static bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

/* How many capitals a word of nothing else has, 0 for another. */
static uint32_t all_capitals(casus_slice word) {
    for (size_t i = 0; i < word.len; i++)
        if (!is_capital(word.ptr[i])) return 0;
    return (uint32_t)word.len;
}

static bool is_dash(casus_slice form) {
    static const char *const dashes[] = {"-", "--", "---", "_", "\xE2\x80\x93", "\xE2\x80\x94"};
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++)
        if (casus_slice_is(form, dashes[i])) return true;
    return false;
}

/* Which token of a paragraph that begins at `i` stands behind a dateline and its dash: "TEHRAN,
 * Aug. 8 (Xinhua) --", "London (AP) -", "Geneva, 12 March 2019 -"; 0 when there is none. */
static uint32_t dateline_end(const casus_text *t, const lang_token *tokens, uint32_t i, uint32_t n,
                             uint32_t end) {
    const casus_slice first = form_of(t, &tokens[i]);
    if (!is_capital(first.ptr[0]) && first.ptr[0] != '(') return 0;
    bool bracket = false, comma = false, number = false;
    for (uint32_t k = i; k < n && k < i + DATELINE_MOST && tokens[k].end <= end; k++) {
        const casus_slice form = form_of(t, &tokens[k]);
        const char c = form.ptr[0];
        if (k > i && is_dash(form) && (tokens[k - 1].space_after || tokens[k].space_after)) {
            if (k + 2 >= n || tokens[k + 2].end > end) return 0;
            const uint32_t next = tokens[k + 1].lex->is_space ? k + 2 : k + 1;
            const char begins = form_of(t, &tokens[next]).ptr[0];
            if (begins >= 'a' && begins <= 'z') return 0;
            const uint32_t capitals = all_capitals(first);
            const bool city = capitals > 3 || (capitals == 3 && k > i + 1);
            return city || (bracket && form_of(t, &tokens[k - 1]).ptr[0] == ')') ||
                           (comma && number)
                       ? next
                       : 0;
        }
        bracket |= c == '(';
        comma |= c == ',';
        number |= c >= '0' && c <= '9';
        if (!is_capital(c) && (!c || !strchr("(),./0123456789", c))) return 0;
    }
    return 0;
}

void lang_mark_walls(const casus_text *t, const lang_token *tokens, uint32_t from, uint32_t n,
                     uint8_t *walls) {
    if (!t->n_paragraphs) return;
    const bool wrapped = is_wrapped(t);
    uint32_t line = CASUS_NONE;
    for (uint32_t i = from; i < n; i++) {
        if (tokens[i].lex->is_space) continue;
        bool begins = false;
        if (line == CASUS_NONE) {
            line = casus_read_paragraph_at(t, tokens[i].begin);
            if (line == CASUS_NONE) return;
            begins = tokens[i].begin == t->paragraphs[line].begin;
        }
        while (line + 1 < t->n_paragraphs && t->paragraphs[line + 1].begin <= tokens[i].begin) {
            line++;
            begins = true;
            if (is_wall(t, line, wrapped) && !ends_sentence(t, &t->paragraphs[line - 1]))
                walls[i] = 1;
        }
        if (!begins || wrapped) continue;
        const uint32_t behind = dateline_end(t, tokens, i, n, t->paragraphs[line].end);
        if (behind) walls[behind] = 1;
    }
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
