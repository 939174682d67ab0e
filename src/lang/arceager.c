/* arceager.c - the dependency parser: greedy arc-eager transitions with sentence breaks (Nivre
 * 2004; Honnibal & Johnson 2015 for unshift), as spaCy's ArcEager and StateC, then the lifting of
 * pseudo-projective labels (Nivre & Nilsson 2005).
 *
 * Cost: some two transitions a token, each a sum of eight feature rows and a small layer. The state
 * is a handful of arrays of one window, in the worker's scratch arena. */
#include "lang/model.h"

#define ARC_STEPS_PER_TOKEN 16u /* a bound that no input reaches; past it the parse is closed */
#define WALL_LEAST 4u           /* tokens behind a wall before the model may end a sentence */

typedef struct state {
    uint32_t n;    /* tokens of the window */
    uint32_t next; /* first token never shifted */
    uint32_t *stack, n_stack;
    uint32_t *back, n_back; /* unshifted tokens, last is first in the buffer */
    uint32_t *heads;        /* CASUS_NONE: none */
    uint32_t *move;         /* move that made the arc */
    uint32_t *left, *right; /* latest child on each side */
    uint32_t *sibling;      /* the child before it on the same side */
    uint8_t *unshiftable, *starts;
} state;

static uint32_t S(const state *s, uint32_t i) {
    return i < s->n_stack ? s->stack[s->n_stack - 1 - i] : CASUS_NONE;
}
static uint32_t B(const state *s, uint32_t i) {
    if (i < s->n_back) return s->back[s->n_back - 1 - i];
    const uint32_t b = s->next + (i - s->n_back);
    return b < s->n ? b : CASUS_NONE;
}
static uint32_t buffered(const state *s) {
    return s->n - s->next + s->n_back;
}
static bool starts(const state *s, uint32_t token) {
    return token != CASUS_NONE && s->starts[token];
}

static void push(state *s) {
    s->stack[s->n_stack++] = s->n_back ? s->back[--s->n_back] : s->next++;
}

static void add_arc(state *s, uint32_t head, uint32_t child, uint32_t move) {
    const uint32_t old = s->heads[child];
    if (old != CASUS_NONE) {
        uint32_t *last = old > child ? &s->left[old] : &s->right[old];
        if (*last == child) *last = s->sibling[child];
    }
    uint32_t *last = head > child ? &s->left[head] : &s->right[head];
    s->sibling[child] = *last;
    *last = child;
    s->heads[child] = head;
    s->move[child] = move;
}

/* The first descendant, breadth first from the head on, whose label is `wanted` (spaCy's
 * deprojectivize); children come from `first` / `order`, grouped by head. */
static uint32_t find_head(const casus_lang_worker *w, const lang_token *tokens, uint32_t token,
                          uint32_t wanted, const uint32_t *heads, const uint32_t *move,
                          const uint32_t *first, const uint32_t *order, uint32_t *queue) {
    const lang_move *moves = w->lang->parser.moves;
    uint32_t n = 0;
    queue[n++] = heads[token];
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t q = queue[i];
        for (uint32_t k = first[q]; k < first[q + 1]; k++) {
            const uint32_t child = order[k];
            if (heads[child] != q || child == q || tokens[child].lex->is_space || child == token)
                continue;
            if (move[child] != CASUS_NONE && moves[move[child]].label == wanted &&
                moves[move[child]].head_label == CASUS_NONE)
                return child;
            queue[n++] = child;
        }
    }
    return heads[token];
}

static casus_status deproject(casus_lang_worker *w, const lang_token *tokens, uint32_t from,
                              uint32_t n, uint32_t *heads, uint32_t *move, casus_error *err) {
    const lang_move *moves = w->lang->parser.moves;
    uint32_t *first = NULL, *order = NULL, *queue = NULL;
    for (uint32_t i = from; i < n; i++) {
        if (move[i] == CASUS_NONE || moves[move[i]].head_label == CASUS_NONE) continue;
        if (!first) {
            first = casus_base_arena_zero(w->scratch, n + 2, sizeof *first);
            order = casus_base_arena_zero(w->scratch, n + 1, sizeof *order);
            queue = casus_base_arena_zero(w->scratch, n + 1, sizeof *queue);
            if (!first || !order || !queue) return casus_base_no_memory(err);
            for (uint32_t k = from; k < n; k++) first[heads[k] + 2 <= n ? heads[k] + 2 : n + 1]++;
            for (uint32_t k = 1; k < n + 2; k++) first[k] += first[k - 1];
            for (uint32_t k = from; k < n; k++) order[first[heads[k] + 1]++] = k;
        }
        heads[i] =
            find_head(w, tokens, i, moves[move[i]].head_label, heads, move, first, order, queue);
    }
    return CASUS_OK;
}

static bool behind_wall(const uint8_t *walls, uint32_t token) {
    for (uint32_t k = 1; k < WALL_LEAST && k <= token; k++)
        if (walls[token - k]) return true;
    return false;
}

casus_status lang_arc_eager(casus_lang_worker *w, const lang_token *tokens, const uint8_t *walls,
                            uint32_t first, uint32_t n, uint32_t limit, uint32_t *heads,
                            uint16_t *deps, uint32_t *restart, casus_error *err) {
    const moves_model *m = &w->lang->parser;
    casus_arena *a = w->scratch;
    state s = {.n = n, .next = first, .heads = heads};
    s.stack = casus_base_arena_get(a, (n + 1) * sizeof *s.stack);
    s.back = casus_base_arena_get(a, (n + 1) * sizeof *s.back);
    s.move = casus_base_arena_get(a, (n + 1) * sizeof *s.move);
    s.left = casus_base_arena_get(a, (n + 1) * sizeof *s.left);
    s.right = casus_base_arena_get(a, (n + 1) * sizeof *s.right);
    s.sibling = casus_base_arena_get(a, (n + 1) * sizeof *s.sibling);
    s.unshiftable = casus_base_arena_zero(a, n + 1, 1);
    s.starts = casus_base_arena_zero(a, n + 1, 1);
    float *scores = casus_base_arena_get(a, m->upper.n_out * sizeof *scores);
    if (!s.stack || !s.back || !s.move || !s.left || !s.right || !s.sibling || !s.unshiftable ||
        !s.starts || !scores)
        return casus_base_no_memory(err);
    memcpy(s.starts, walls, n);
    for (uint32_t i = 0; i < n; i++)
        heads[i] = s.move[i] = s.left[i] = s.right[i] = s.sibling[i] = CASUS_NONE;
    *restart = first;
    const uint64_t most = (uint64_t)(n - first) * ARC_STEPS_PER_TOKEN + 64;
    for (uint64_t step = 0; step < most && (s.n_stack || buffered(&s)); step++) {
        if (!s.n_stack && !s.n_back && s.next < limit && s.next > first) *restart = s.next;
        const uint32_t b0 = B(&s, 0), b1 = B(&s, 1), s0 = S(&s, 0);
        const uint32_t ids[8] = {b0,
                                 b1,
                                 s0,
                                 S(&s, 1),
                                 S(&s, 2),
                                 b0 == CASUS_NONE ? CASUS_NONE : s.left[b0],
                                 s0 == CASUS_NONE ? CASUS_NONE : s.left[s0],
                                 s0 == CASUS_NONE ? CASUS_NONE : s.right[s0]};
        lang_score(w, m, ids, scores);
        const bool b0_starts = starts(&s, b0);
        const bool arcs = s.n_stack && b0 != CASUS_NONE && !b0_starts;
        const bool valid[5] = {!s.n_stack || (b1 != CASUS_NONE && !b0_starts && !s.unshiftable[b0]),
                               s.n_stack > 0, arcs, arcs,
                               b1 != CASUS_NONE && b1 == b0 + 1 && !s.starts[b1] &&
                                   !behind_wall(walls, b1)};
        uint32_t best = CASUS_NONE;
        for (uint32_t action = 0; action <= LANG_BREAK; action++) {
            if (!valid[action]) continue;
            const uint32_t i = lang_best(scores, m->first[action], m->first[action + 1]);
            if (i != CASUS_NONE && (best == CASUS_NONE || scores[i] > scores[best])) best = i;
        }
        if (best == CASUS_NONE) break;
        switch (m->moves[best].action) {
        case LANG_SHIFT:
            push(&s);
            break;
        case LANG_REDUCE:
            if (heads[s0] != CASUS_NONE || s.n_stack == 1) {
                s.n_stack--;
            } else {
                s.unshiftable[s0] = 1;
                s.back[s.n_back++] = s0;
                s.n_stack--;
            }
            break;
        case LANG_LEFT:
            add_arc(&s, b0, s0, best);
            s.unshiftable[b0] = 0;
            s.n_stack--;
            break;
        case LANG_RIGHT:
            add_arc(&s, s0, b0, best);
            push(&s);
            break;
        case LANG_BREAK:
            s.starts[b1] = 1;
            break;
        default:
            break;
        }
    }
    for (uint32_t i = 0; i < n; i++)
        if (heads[i] == CASUS_NONE) {
            heads[i] = i;
            s.move[i] = CASUS_NONE;
        }
    const casus_status status = deproject(w, tokens, first, n, heads, s.move, err);
    if (status) return status;
    for (uint32_t i = 0; i < n; i++)
        deps[i] = (uint16_t)(heads[i] == i || s.move[i] == CASUS_NONE ? w->lang->root_dep
                                                                      : m->moves[s.move[i]].label);
    return CASUS_OK;
}
