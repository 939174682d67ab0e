/* attribute_quote.c - quotations that no verb of speech has taken: behind a colon ("defended the
 * raid: '...'"), gone on with behind ", he wrote, ", behind a sentence that judges, or from the
 * paragraph before. O(n log n) in the quotations and the contents of attributions. */
#include "code/attribute.h"

#define SAME_MOST 8u   /* quotations in one piece of content that know whose they are */
#define GAP_MOST 16u   /* tokens between two parts of one quotation */
#define WORDS_LEAST 4u /* tokens of a quotation that is speech */

/* The first quotation that begins at byte `at` or behind it. */
static uint32_t first_quote(const casus_parse *p, uint32_t at) {
    uint32_t lo = 0, hi = p->n_quotes;
    while (lo < hi) {
        const uint32_t mid = (lo + hi) / 2;
        if (p->quotes[mid].begin < at)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

typedef struct quotes {
    coder *c;
    int32_t *depth; /* [n_quotes + 1] how many contents begin less end here */
    uint32_t *by;   /* [n_quotes] attribution, or CASUS_NONE */
} quotes;

static void mark(quotes *q) {
    const coder *c = q->c;
    const casus_parse *p = c->parse;
    for (uint32_t k = 0; k < p->n_quotes; k++) q->by[k] = CASUS_NONE;
    for (size_t i = 0; i < c->n_attributions; i++) {
        const casus_attribution *a = &c->attributions[i];
        if (a->attitude || a->source.end <= a->source.begin) continue;
        for (uint32_t n = 0; n < a->n_content; n++) {
            const uint32_t first = first_quote(p, a->content[n].begin);
            const uint32_t last = first_quote(p, a->content[n].end);
            if (first >= last) continue;
            q->depth[first]++;
            q->depth[last]--;
            for (uint32_t k = first; k < last && k < first + SAME_MOST; k++)
                if (a->quote) q->by[k] = (uint32_t)i;
        }
    }
}

/* The token before a quotation's opening mark, blanks left out, or CASUS_NONE. */
static uint32_t token_before(const casus_parse *p, const casus_quote *q) {
    uint32_t i = q->first;
    if (i < 2) return CASUS_NONE;
    i -= 2; /* the mark */
    while (i > 0 && p->tokens[i].pos == CASUS_POS_SPACE) i--;
    return p->tokens[i].pos == CASUS_POS_SPACE ? CASUS_NONE : i;
}

static bool has_verb(const casus_parse *p, const casus_quote *q) {
    for (uint32_t i = q->first; i < q->last; i++)
        if (p->tokens[i].pos == CASUS_POS_VERB || p->tokens[i].pos == CASUS_POS_AUX) return true;
    return false;
}

static uint32_t para_of(const casus_parse *p, uint32_t token) {
    return p->sentences[p->tokens[token].sent].para;
}

/* One more quotation by the speaker of an attribution. */
static void go_on(coder *c, uint32_t index, const casus_quote *q) {
    casus_attribution *a = &c->attributions[index];
    const casus_span words = attribute_words(c->parse, q->first, q->last);
    if (a->n_content < sizeof a->content / sizeof *a->content) {
        attribute_content(a, words);
        return;
    }
    casus_attribution *x = attribute_add(c);
    if (!x) return;
    *x = c->attributions[index];
    x->n_content = 0;
    attribute_content(x, words);
}

/* The clause that introduces what is quoted behind token `last`: the first finite verb of the
 * sentence that hangs on nothing but the quotation. */
static uint32_t introducing(const casus_parse *p, uint32_t sentence, uint32_t last) {
    const casus_sentence *s = &p->sentences[sentence];
    for (uint32_t i = s->first; i <= last && i < s->last; i++) {
        const uint32_t k = p->clause_of[i];
        if (k == CASUS_NONE) continue;
        const casus_clause *c = &p->clauses[k];
        if (c->head != i || c->kind == CASUS_CLAUSE_NOUN || c->mood != CASUS_MOOD_INDICATIVE ||
            c->mark.len || c->parent_role == CASUS_ROLE_RELCL)
            continue;
        if (c->parent == CASUS_NONE || p->clauses[c->parent].head > last) return k;
    }
    return CASUS_NONE;
}

/* The quotation is the words of the subject of a sentence; `judging`: only if its verb speaks or
 * judges. True when that is somebody. */
static bool of_subject(coder *c, uint32_t sentence, uint32_t last, bool judging,
                       const casus_quote *q, uint32_t *index) {
    const casus_parse *p = c->parse;
    static const char *const speaks[] = {"read", "speak", "talk", NULL};
    const uint32_t k = introducing(p, sentence, last);
    if (k == CASUS_NONE) return false;
    const casus_clause *clause = &p->clauses[k];
    if (clause->flags & CASUS_CLAUSE_PASSIVE || attribute_marks_at(p, clause->head)) return false;
    if (judging && !code_is_one_of(p->tokens[clause->head].lemma, speaks) &&
        code_best_row(c, clause, code_kind_of(clause), CODE_TABLE_SPEECH) == CASUS_NONE)
        return false;
    const casus_arg *subject = attribute_subject(p, clause);
    if (!subject || attribute_marks_at(p, subject->token)) return false;
    const uint32_t who = attribute_who(c, subject->token);
    const uint32_t m = who == CASUS_NONE ? CASUS_NONE : code_actor_at(c, who, false);
    const bool it = casus_slice_is(p->tokens[subject->token].lower, "it") &&
                    casus_slice_is(p->tokens[clause->head].lemma, "read");
    if (!it && (m == CASUS_NONE || c->mentions->items[m].kind == CASUS_MENTION_PLACE)) return false;
    casus_attribution *x = attribute_add(c);
    if (!x) return false;
    x->clause = k;
    x->cue_token = clause->head;
    x->cue = attribute_words(p, clause->head, clause->head + 1);
    attribute_source(c, x, subject);
    x->channel = attribute_channel(c, clause);
    x->quote = true;
    attribute_content(x, attribute_words(p, q->first, q->last));
    *index = (uint32_t)(c->n_attributions - 1);
    return true;
}

/* Whose words the quotation `k` is: an attribution, or CASUS_NONE. */
static uint32_t speaker_of(quotes *s, uint32_t k) {
    coder *c = s->c;
    const casus_parse *p = c->parse;
    const casus_quote *q = &p->quotes[k];
    const uint32_t before = token_before(p, q);
    const casus_quote *last = k > 0 ? &p->quotes[k - 1] : NULL;
    const uint32_t same = last ? s->by[k - 1] : CASUS_NONE;
    const bool capital = p->tokens[q->first].flags & CASUS_TOKEN_UPPER_INITIAL ||
                         casus_slice_is(p->tokens[q->first].form, "[");
    uint32_t index = CASUS_NONE;
    if (before == CASUS_NONE || para_of(p, before) != para_of(p, q->first)) {
        /* a paragraph that is all quotation, behind one that ended in the speaker's words */
        const bool near = same != CASUS_NONE && para_of(p, last->first) + 1 == para_of(p, q->first);
        const bool whole =
            q->last + 3 >= p->n_tokens || para_of(p, q->last + 2) != para_of(p, q->first);
        if (near && whole) go_on(c, same, q);
        return near && whole ? same : CASUS_NONE;
    }
    const casus_token *t = &p->tokens[before];
    const bool near = same != CASUS_NONE && before >= last->last &&
                      before - last->last < GAP_MOST &&
                      c->attributions[same].cue_token >= last->last;
    if (casus_slice_is(t->form, ",") && near && !capital) {
        go_on(c, same, q);
        return same;
    }
    if (!capital) return CASUS_NONE;
    if (casus_slice_is(t->form, ":") || casus_slice_is(t->form, ",")) {
        const bool colon = casus_slice_is(t->form, ":");
        of_subject(c, t->sent, before, !colon, q, &index);
        return index;
    }
    if (near && t->pos == CASUS_POS_PUNCT) {
        go_on(c, same, q);
        return same;
    }
    of_subject(c, t->sent, before, true, q, &index);
    return index;
}

void attribute_quotes(coder *c) {
    const casus_parse *p = c->parse;
    if (!p->n_quotes) return;
    quotes s = {.c = c};
    s.depth = casus_base_arena_zero(c->arena, p->n_quotes + 1u, sizeof *s.depth);
    s.by = casus_base_arena_zero(c->arena, p->n_quotes + 1u, sizeof *s.by);
    if (!s.depth || !s.by) {
        c->no_memory = true;
        return;
    }
    mark(&s);
    int32_t depth = 0;
    for (uint32_t k = 0; k < p->n_quotes && !c->no_memory; k++) {
        const casus_quote *q = &p->quotes[k];
        depth += s.depth[k];
        if (depth > 0 || q->scare || q->last - q->first < WORDS_LEAST || !has_verb(p, q)) continue;
        s.by[k] = speaker_of(&s, k);
    }
}
