/* attribute.c - who says so: verbs and nouns of speech with their source and content, "according
 * to", and the quotations that hang on them. Fills the layer "sources". */
#include "code/code_int.h"

static casus_attribution *add(coder *c) {
    casus_attribution *v =
        casus_base_arena_grow(c->arena, c->attributions, c->n_attributions, c->n_attributions + 1,
                              &c->cap_attributions, sizeof *v);
    if (!v) {
        c->no_memory = true;
        return NULL;
    }
    c->attributions = v;
    v[c->n_attributions] = (casus_attribution){.source_token = CASUS_NONE,
                                               .cue_token = CASUS_NONE,
                                               .clause = CASUS_NONE};
    return &v[c->n_attributions++];
}

static casus_span words(const casus_parse *p, uint32_t first, uint32_t last) {
    while (first < last && p->tokens[last - 1].pos == CASUS_POS_SPACE) last--;
    if (first >= last) return (casus_span){0, 0};
    return (casus_span){p->tokens[first].begin, p->tokens[last - 1].end};
}

static void add_content(casus_attribution *a, casus_span s) {
    if (s.end <= s.begin) return;
    if (a->n_content && s.begin <= a->content[a->n_content - 1].end + 2 &&
        s.end >= a->content[a->n_content - 1].begin) {
        casus_span *last = &a->content[a->n_content - 1];
        if (s.begin < last->begin) last->begin = s.begin;
        if (s.end > last->end) last->end = s.end;
        return;
    }
    if (a->n_content < sizeof a->content / sizeof *a->content) a->content[a->n_content++] = s;
}

/* The channel that an argument names: "in a statement", "on Twitter", "told reporters". */
static const char *channel_in(const coder *c, const casus_clause *clause) {
    for (uint32_t i = 0; i < clause->n_args; i++) {
        const casus_arg *a = &clause->args[i];
        if (a->role != CASUS_ROLE_PREP && a->role != CASUS_ROLE_OBJ && a->role != CASUS_ROLE_SUBJ)
            continue;
        const char *channel = code_channel_of(c->code, c->lemmas[a->token]);
        if (channel) return channel;
    }
    return NULL;
}

static bool in_quote(const casus_parse *p, uint32_t token, const casus_quote **out) {
    for (uint32_t i = 0; i < p->n_quotes; i++)
        if (p->quotes[i].first <= token && token < p->quotes[i].last && !p->quotes[i].scare) {
            *out = &p->quotes[i];
            return true;
        }
    return false;
}

static void speech(coder *c, uint32_t index, uint32_t row) {
    const casus_parse *p = c->parse;
    const casus_clause *clause = &p->clauses[index];
    const code_row *r = &c->code->rows[row];
    const casus_arg *source = NULL;
    uint32_t contents = 0;
    for (uint32_t i = 0; i < clause->n_args; i++) {
        const casus_arg *a = &clause->args[i];
        if (clause->kind == CASUS_CLAUSE_VERB
                ? a->role == CASUS_ROLE_SUBJ
                : a->role == CASUS_ROLE_POSS ||
                      (a->role == CASUS_ROLE_PREP &&
                       (casus_slice_is(a->prep, "by") || casus_slice_is(a->prep, "from"))))
            source = source ? source : a;
        for (uint32_t k = 0; k < r->n_content; k++)
            contents += code_arg_in(a, &c->code->refs[r->content + k]);
    }
    if (!contents) return;
    casus_attribution *x = add(c);
    if (!x) return;
    x->clause = index;
    x->stance = r->stance;
    x->cue_token = clause->head;
    x->cue = words(p, clause->head, clause->head + 1);
    if (source &&
        !(source->flags & CASUS_ARG_RELATIVE && p->tokens[source->token].pos == CASUS_POS_PRON)) {
        x->source = words(p, source->first, source->last);
        x->source_token = source->token;
    }
    x->channel = code_string(c->code, r->channel).ptr;
    const char *channel = channel_in(c, clause);
    if (channel) x->channel = channel;
    for (uint32_t i = 0; i < clause->n_args; i++) {
        const casus_arg *a = &clause->args[i];
        bool wanted = false;
        for (uint32_t k = 0; k < r->n_content && !wanted; k++)
            wanted = code_arg_in(a, &c->code->refs[r->content + k]);
        if (!wanted) continue;
        const casus_quote *q;
        if (in_quote(p, a->token, &q) && !(q->first <= clause->head && clause->head < q->last))
            x->quote = true;
        /* the words of the content clause, without the frame that speaks it */
        uint32_t first = a->first, last = a->last;
        if (a->clause != CASUS_NONE) {
            first = p->tokens[a->token].left;
            last = p->tokens[a->token].right;
        }
        if (first <= clause->head && clause->head < last) {
            if (a->token < clause->head)
                last = source && source->first < clause->head && source->first > a->token
                           ? source->first
                           : clause->head;
            else
                first = clause->head + 1;
        }
        add_content(x, words(p, first, last));
    }
    if (!x->n_content) c->n_attributions--;
}

/* "according to the ministry": the rest of the sentence is the content. */
static void according(coder *c, uint32_t index, const casus_arg *a) {
    const casus_parse *p = c->parse;
    const casus_clause *clause = &p->clauses[index];
    const casus_sentence *s = &p->sentences[clause->sent];
    casus_attribution *x = add(c);
    if (!x) return;
    x->clause = index;
    x->cue_token = a->first;
    x->source = words(p, a->first, a->last);
    x->source_token = a->token;
    uint32_t cue = a->first;
    while (cue > s->first && cue + 3 > a->first &&
           !casus_slice_is(p->tokens[cue].lower, "according"))
        cue--;
    if (casus_slice_is(p->tokens[cue].lower, "according")) x->cue_token = cue;
    x->cue = words(p, x->cue_token, x->cue_token + (x->cue_token == cue ? 2 : 1));
    x->channel = code_channel_of(c->code, c->lemmas[a->token]);
    const uint32_t begin = x->cue_token < a->first ? x->cue_token : a->first;
    uint32_t left = begin, right = a->last;
    while (left > s->first && p->tokens[left - 1].pos == CASUS_POS_PUNCT) left--;
    while (right < s->last && p->tokens[right].pos == CASUS_POS_PUNCT) right++;
    add_content(x, words(p, s->first, left));
    add_content(x, words(p, right, s->last));
}

static int by_cue(const casus_attribution *a, const casus_attribution *b) {
    const uint32_t x = a->cue.begin, y = b->cue.begin;
    return x < y ? -1 : x > y;
}

void code_attribute(coder *c) {
    const casus_parse *p = c->parse;
    for (uint32_t i = 0; i < p->n_clauses && !c->no_memory; i++) {
        const casus_clause *clause = &p->clauses[i];
        const uint8_t kind = clause->kind == CASUS_CLAUSE_VERB   ? 'v'
                             : clause->kind == CASUS_CLAUSE_NOUN ? 'n'
                                                                 : 'a';
        const uint32_t row = code_best_row(c, clause, kind, CODE_TABLE_SPEECH);
        if (row != CASUS_NONE) speech(c, i, row);
        for (uint32_t k = 0; k < clause->n_args && clause->kind != CASUS_CLAUSE_NOUN; k++) {
            const casus_arg *a = &clause->args[k];
            if (a->role == CASUS_ROLE_PREP && casus_slice_is(a->prep, "according to") &&
                !(a->flags & (CASUS_ARG_CONJUNCT | CASUS_ARG_SHARED)))
                according(c, i, a);
        }
    }
    /* in the order of their cues; they come nearly sorted */
    for (size_t i = 1; i < c->n_attributions; i++) {
        const casus_attribution x = c->attributions[i];
        size_t k = i;
        for (; k && by_cue(&c->attributions[k - 1], &x) > 0; k--)
            c->attributions[k] = c->attributions[k - 1];
        c->attributions[k] = x;
    }
}
