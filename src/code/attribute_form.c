/* attribute_form.c - sources that no verb of speech brings: "according to", adverbs such as
 * "reportedly", and the colon of headlines, transcripts and quotations. One pass over the arguments
 * of each clause and one over the paragraphs' first words. */
#include "code/attribute.h"

#define COLON_MOST 12u /* words before the colon of a headline */

static void content_around(casus_attribution *x, const casus_parse *p, uint32_t first,
                           uint32_t begin, uint32_t end, uint32_t last) {
    while (begin > first && p->tokens[begin - 1].pos == CASUS_POS_PUNCT) begin--;
    while (end < last && p->tokens[end].pos == CASUS_POS_PUNCT) end++;
    attribute_content(x, attribute_words(p, first, begin));
    attribute_content(x, attribute_sentence(p, end, last));
}

/* The nearest verb's clause above a token, or CASUS_NONE. */
static uint32_t clause_over(const casus_parse *p, uint32_t token) {
    for (int depth = 0; depth < 16; depth++) {
        const uint32_t c = p->clause_of[token];
        if (c != CASUS_NONE && p->clauses[c].kind != CASUS_CLAUSE_NOUN) return c;
        if (p->tokens[token].head == token) break;
        token = p->tokens[token].head;
    }
    return CASUS_NONE;
}

/* Inside a clause that somebody else speaks, only that clause is according to X. */
static void bounds_of(const casus_parse *p, uint32_t over, uint32_t cue, uint32_t *first,
                      uint32_t *last) {
    const casus_sentence *s = &p->sentences[p->tokens[cue].sent];
    *first = s->first;
    *last = s->last;
    /* "reported that, according to X, ...": what is reported */
    if (over != CASUS_NONE) {
        const casus_clause *clause = &p->clauses[over];
        const casus_token *t = &p->tokens[clause->head];
        if (clause->parent != CASUS_NONE && clause->parent_role == CASUS_ROLE_CCOMP &&
            p->clauses[clause->parent].kind == CASUS_CLAUSE_VERB && t->left <= cue &&
            cue < t->right && p->clauses[clause->parent].sent == clause->sent) {
            *first = t->left;
            *last = t->right;
        }
    }
    const casus_quote *q = attribute_quote_at(p, cue);
    if (q) {
        if (q->first > *first) *first = q->first;
        if (q->last < *last) *last = q->last;
    }
}

/* What "to" at token `to` governs: the first nominal behind it that hangs on it. */
static uint32_t governed(const casus_parse *p, uint32_t to) {
    const uint32_t end = p->sentences[p->tokens[to].sent].last;
    uint32_t first = CASUS_NONE;
    for (uint32_t i = to + 1; i < end && i < to + 16; i++) {
        const uint8_t pos = p->tokens[i].pos;
        if (pos != CASUS_POS_NOUN && pos != CASUS_POS_PROPN && pos != CASUS_POS_PRON) continue;
        if (p->tokens[i].head == to) return i;
        if (first == CASUS_NONE) first = i;
    }
    return first;
}

void attribute_according(coder *c) {
    const casus_parse *p = c->parse;
    for (uint32_t cue = 0; cue + 2 < p->n_tokens; cue++) {
        if (!casus_slice_is(p->tokens[cue].lower, "according") ||
            !casus_slice_is(p->tokens[cue + 1].lower, "to"))
            continue;
        const uint32_t head = governed(p, cue + 1);
        if (head == CASUS_NONE) continue;
        uint32_t first, last;
        const uint32_t over = clause_over(p, cue);
        bounds_of(p, over, cue, &first, &last);
        uint32_t end = p->tokens[head].right;
        if (end > last || end <= head) end = head + 1;
        casus_attribution *x = attribute_add(c);
        if (!x) return;
        x->clause = over;
        x->cue_token = cue;
        x->cue = attribute_words(p, cue, cue + 2);
        /* its words end where a clause that comments on it begins */
        uint32_t words = head + 1;
        while (words < end && !casus_slice_is(p->tokens[words].form, ",")) words++;
        const casus_arg arg = {.token = head, .first = cue + 2, .last = words};
        attribute_source(c, x, &arg);
        x->channel = code_channel_of(c->code, c->lemmas[head]);
        content_around(x, p, first, cue, end, last);
        if (!x->n_content) c->n_attributions--;
    }
}

/* "In a poll last month, most farmers were against it" */
void attribute_surveys(coder *c, uint32_t index) {
    const casus_parse *p = c->parse;
    const casus_clause *clause = &p->clauses[index];
    if (clause->kind == CASUS_CLAUSE_NOUN ||
        code_best_row(c, clause, clause->kind == CASUS_CLAUSE_VERB ? 'v' : 'a',
                      CODE_TABLE_SPEECH) != CASUS_NONE)
        return;
    for (uint32_t k = 0; k < clause->n_args; k++) {
        const casus_arg *a = &clause->args[k];
        if (a->role != CASUS_ROLE_PREP || a->flags & (CASUS_ARG_SHARED | CASUS_ARG_CONJUNCT) ||
            !casus_slice_is(a->prep, "in") || a->clause == CASUS_NONE || !a->first)
            continue;
        const uint32_t row = code_best_row(c, &p->clauses[a->clause], 'n', CODE_TABLE_SPEECH);
        if (row == CASUS_NONE || !attribute_kind_is(c, &c->code->rows[row], "survey")) continue;
        casus_attribution *x = attribute_add(c);
        if (!x) return;
        x->clause = index;
        x->cue_token = a->first - 1;
        x->cue = attribute_words(p, a->first - 1, a->first);
        attribute_source(c, x, a);
        x->channel = code_string(c->code, c->code->rows[row].channel).ptr;
        const casus_token *t = &p->tokens[clause->head];
        content_around(x, p, t->left, a->first - 1, a->last, t->right);
        if (!x->n_content) c->n_attributions--;
        return;
    }
}

void attribute_adverbs(coder *c, uint32_t index) {
    const casus_parse *p = c->parse;
    const casus_clause *clause = &p->clauses[index];
    if (clause->kind == CASUS_CLAUSE_NOUN) return;
    for (uint32_t k = 0; k < clause->n_args; k++) {
        const casus_arg *a = &clause->args[k];
        if (a->role != CASUS_ROLE_ADV || a->flags & CASUS_ARG_SHARED) continue;
        const code_cue *q = code_cue_of(c->code, c->lemmas[a->token], CODE_CUE_STATUS);
        if (!q || q->value != CODE_ALLEGED) continue;
        casus_attribution *x = attribute_add(c);
        if (!x) return;
        x->clause = index;
        x->cue_token = a->token;
        x->cue = attribute_words(p, a->token, a->token + 1);
        const casus_token *t = &p->tokens[clause->head];
        content_around(x, p, t->left, a->token, a->token + 1, t->right);
        if (!x->n_content) c->n_attributions--;
        return;
    }
}

/* ---- colons ---------------------------------------------------------------------------------- */

/* The head of tokens [first, last): the one whose own head lies outside. */
static uint32_t head_of(const casus_parse *p, uint32_t first, uint32_t last) {
    for (uint32_t i = first; i < last; i++) {
        const uint32_t h = p->tokens[i].head;
        if (p->tokens[i].pos != CASUS_POS_PUNCT && p->tokens[i].pos != CASUS_POS_SPACE &&
            (h == i || h < first || h >= last))
            return i;
    }
    return last - 1;
}

static bool all_capitals(casus_slice s) {
    bool any = false;
    for (uint32_t i = 0; i < s.len; i++) {
        if (s.ptr[i] >= 'a' && s.ptr[i] <= 'z') return false;
        any |= s.ptr[i] >= 'A' && s.ptr[i] <= 'Z';
    }
    return any;
}

/* A name, an office or a paper before a colon speaks; a place in capitals is a dateline. */
static bool may_speak(const coder *c, uint32_t first, uint32_t last, uint32_t head) {
    const casus_parse *p = c->parse;
    uint32_t words = 0;
    for (uint32_t i = first; i < last; i++) {
        const uint8_t pos = p->tokens[i].pos;
        if (pos == CASUS_POS_VERB || pos == CASUS_POS_AUX || pos == CASUS_POS_CCONJ) return false;
        if (casus_slice_is(p->tokens[i].form, ".") || casus_slice_is(p->tokens[i].form, ":"))
            return false;
        words += pos != CASUS_POS_PUNCT && pos != CASUS_POS_SPACE;
    }
    if (!words || words > COLON_MOST) return false;
    const uint32_t at = c->mentions->at[head];
    const casus_mention *m = at == CASUS_NONE ? NULL : &c->mentions->items[at];
    if (m && m->has_place && (m->kind == CASUS_MENTION_PLACE || all_capitals(p->tokens[head].form)))
        return false;
    if (m && code_actor_at(c, head, false) != CASUS_NONE) return true;
    if (p->tokens[head].pos == CASUS_POS_PROPN) return words <= 6;
    if (at != CASUS_NONE && m->kind != CASUS_MENTION_PLACE) return true;
    uint32_t n;
    return code_rows(c->code, c->lemmas[head], 'n', CODE_TABLE_SPEECH, &n) ||
           code_channel_of(c->code, c->lemmas[head]) != NULL;
}

static void headline(coder *c, uint32_t sentence) {
    const casus_parse *p = c->parse;
    const casus_sentence *s = &p->sentences[sentence];
    uint32_t first = s->first, colon = s->first;
    while (first < s->last && (p->tokens[first].pos == CASUS_POS_SPACE)) first++;
    for (colon = first; colon < s->last && colon < first + COLON_MOST + 2; colon++)
        if (casus_slice_is(p->tokens[colon].form, ":")) break;
    /* the parser may end a sentence at the colon */
    if (colon >= p->n_tokens || !casus_slice_is(p->tokens[colon].form, ":") || colon == first)
        return;
    uint32_t last = s->last;
    for (uint32_t i = sentence + 1; i < p->n_sentences && p->sentences[i].para == s->para; i++)
        last = p->sentences[i].last;
    if (last <= colon + 3) return;
    const uint32_t head = head_of(p, first, colon);
    if (!may_speak(c, first, colon, head)) return;
    casus_attribution *x = attribute_add(c);
    if (!x) return;
    x->clause = CASUS_NONE;
    x->cue_token = colon;
    x->cue = attribute_words(p, colon, colon + 1);
    x->source = attribute_words(p, first, colon);
    x->source_token = head;
    x->who = attribute_who(c, head);
    attribute_content(x, attribute_words(p, colon + 1, last));
    x->quote = attribute_quote_at(p, colon + 2) != NULL;
}

void attribute_colons(coder *c) {
    const casus_parse *p = c->parse;
    uint32_t para = CASUS_NONE;
    for (uint32_t i = 0; i < p->n_sentences && !c->no_memory; i++) {
        if (p->sentences[i].para == para && i) continue;
        para = p->sentences[i].para;
        headline(c, i);
    }
}
