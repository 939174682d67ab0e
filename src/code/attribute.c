/* attribute.c - who says so: drives the parts that find attributions, puts them in order, and tells
 * for a place in the text who is quoted there, outermost first.
 *
 * What stands inside the content of an attribution belongs to it: its own attributions are marked
 * `within`. O(n log n) in the attributions; looking up a place is O(log n + depth). */
#include "code/attribute.h"
#include <stdlib.h>

#define PAPER_MOST 40u    /* words of a paper's name that are searched for its author */
#define RELATIVE_MOST 24u /* words between a noun and the relative clause that speaks */
#define RESUME_MOST 6u    /* sentences from a paper to "the statement added" */
#define CHAIN_MOST 64u    /* attributions around one place that are looked at */

casus_attribution *attribute_add(coder *c) {
    casus_attribution *v =
        casus_base_arena_grow(c->arena, c->attributions, c->n_attributions, c->n_attributions + 1,
                              &c->cap_attributions, sizeof *v);
    if (!v) {
        c->no_memory = true;
        return NULL;
    }
    c->attributions = v;
    v[c->n_attributions] = (casus_attribution){.source_token = CASUS_NONE,
                                               .who = CASUS_NONE,
                                               .cited = CASUS_NONE,
                                               .cue_token = CASUS_NONE,
                                               .within = CASUS_NONE,
                                               .clause = CASUS_NONE};
    return &v[c->n_attributions++];
}

casus_span attribute_words(const casus_parse *p, uint32_t first, uint32_t last) {
    while (first < last && p->tokens[last - 1].pos == CASUS_POS_SPACE) last--;
    while (first < last && p->tokens[first].pos == CASUS_POS_SPACE) first++;
    if (first >= last) return (casus_span){0, 0};
    return (casus_span){p->tokens[first].begin, p->tokens[last - 1].end};
}

casus_span attribute_sentence(const casus_parse *p, uint32_t first, uint32_t last) {
    while (first < last && (p->tokens[last - 1].pos == CASUS_POS_SPACE ||
                            casus_slice_is(p->tokens[last - 1].form, ".")))
        last--;
    return attribute_words(p, first, last);
}

void attribute_content(casus_attribution *a, casus_span s) {
    const uint32_t most = sizeof a->content / sizeof *a->content;
    if (s.end <= s.begin) return;
    if (a->n_content) {
        casus_span *last = &a->content[a->n_content - 1];
        if (s.begin <= last->end + 2 && s.end + 2 >= last->begin) {
            if (s.begin < last->begin) last->begin = s.begin;
            if (s.end > last->end) last->end = s.end;
            return;
        }
        if (a->n_content == most) { /* one long speech: its last piece takes the rest */
            if (s.end > last->end) last->end = s.end;
            return;
        }
    }
    a->content[a->n_content++] = s;
}

const casus_quote *attribute_marks_at(const casus_parse *p, uint32_t token) {
    uint32_t lo = 0, hi = p->n_quotes;
    while (lo < hi) {
        const uint32_t mid = (lo + hi) / 2;
        if (p->quotes[mid].last <= token)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo == p->n_quotes || p->quotes[lo].first > token ? NULL : &p->quotes[lo];
}

const casus_quote *attribute_quote_at(const casus_parse *p, uint32_t token) {
    const casus_quote *q = attribute_marks_at(p, token);
    return q && !q->scare ? q : NULL;
}

const char *attribute_channel(const coder *c, const casus_clause *clause) {
    for (uint32_t i = 0; i < clause->n_args; i++) {
        const casus_arg *a = &clause->args[i];
        if (a->role != CASUS_ROLE_PREP && a->role != CASUS_ROLE_OBJ && a->role != CASUS_ROLE_SUBJ)
            continue;
        const char *channel = code_channel_of(c->code, c->lemmas[a->token]);
        if (channel) return channel;
    }
    return NULL;
}

bool attribute_kind_is(const coder *c, const code_row *row, const char *kind) {
    const casus_string s = code_string(c->code, row->speech);
    return s.ptr && casus_slice_is(casus_slice_of(s.ptr, (uint32_t)s.len), kind);
}

/* ---- whose words ----------------------------------------------------------------------------- */

/* Does what hangs on a paper in this role name its author? */
static bool authors(const casus_arg *a) {
    static const char *const preps[] = {"by", "from", "of", "at", "in"};
    if (a->role == CASUS_ROLE_POSS || a->role == CASUS_ROLE_MOD || a->role == CASUS_ROLE_APPOS)
        return true;
    for (size_t i = 0; a->role == CASUS_ROLE_PREP && i < sizeof preps / sizeof *preps; i++)
        if (casus_slice_is(a->prep, preps[i])) return true;
    return false;
}

uint32_t attribute_who(const coder *c, uint32_t token) {
    const casus_parse *p = c->parse;
    if (token == CASUS_NONE || token >= p->n_tokens) return CASUS_NONE;
    if (code_actor_at(c, token, false) != CASUS_NONE) return token;
    if (p->clause_of[token] == CASUS_NONE) return CASUS_NONE;
    const casus_clause *noun = &p->clauses[p->clause_of[token]];
    if (noun->kind != CASUS_CLAUSE_NOUN) return CASUS_NONE;
    for (uint32_t i = 0; i < noun->n_args; i++)
        if (authors(&noun->args[i]) && code_actor_at(c, noun->args[i].token, false) != CASUS_NONE)
            return noun->args[i].token;
    /* "the readout of the call released by the ministry", "the army's list of the dead" */
    const casus_token *t = &p->tokens[token];
    for (uint32_t i = t->left; i < t->right && i < t->left + PAPER_MOST; i++) {
        if (code_actor_at(c, i, false) == CASUS_NONE) continue;
        const casus_slice before = p->tokens[p->tokens[i].head].lower;
        if (i < token || casus_slice_is(before, "by") || casus_slice_is(before, "from")) return i;
    }
    return CASUS_NONE;
}

void attribute_source(coder *c, casus_attribution *a, const casus_arg *arg) {
    const casus_parse *p = c->parse;
    uint32_t last = arg->last;
    /* "Harvey, who said": the relative word is part of the name it stands for */
    if (arg->flags & CASUS_ARG_RELATIVE && arg->last <= a->cue_token &&
        a->cue_token - arg->last < RELATIVE_MOST)
        for (uint32_t i = a->cue_token; i > arg->last && i + 6 > a->cue_token; i--) {
            const casus_slice w = p->tokens[i - 1].lower;
            if (!casus_slice_is(w, "who") && !casus_slice_is(w, "which") &&
                !casus_slice_is(w, "that"))
                continue;
            last = i;
            break;
        }
    a->source = attribute_words(p, arg->first, last);
    a->source_token = arg->token;
    a->who = attribute_who(c, arg->token);
}

/* "The paper reported, citing two officials, that ...": the officials stand behind its report. */
static void link_cited(coder *c) {
    const casus_parse *p = c->parse;
    uint32_t *of = casus_base_arena_zero(c->arena, p->n_clauses + 1, sizeof *of);
    if (!of) {
        c->no_memory = true;
        return;
    }
    for (size_t i = 0; i < c->n_attributions; i++)
        if (c->attributions[i].clause != CASUS_NONE && c->attributions[i].cited == CASUS_NONE)
            of[c->attributions[i].clause] = (uint32_t)i + 1;
    for (size_t i = 0; i < c->n_attributions; i++) {
        const casus_attribution *a = &c->attributions[i];
        if (a->cited == CASUS_NONE || a->clause == CASUS_NONE) continue;
        uint32_t up = p->clauses[a->clause].parent;
        if (up == CASUS_NONE || p->clauses[a->clause].parent_role != CASUS_ROLE_ADVCL) continue;
        for (int step = 0; step < 4 && up != CASUS_NONE && !of[up]; step++)
            up =
                p->clauses[up].parent_role == CASUS_ROLE_CCOMP ? p->clauses[up].parent : CASUS_NONE;
        if (up == CASUS_NONE || !of[up]) continue;
        casus_attribution *report = &c->attributions[of[up] - 1];
        report->cited = a->cited;
        report->cited_cue = a->cue_token;
    }
}

/* "It added": the paper or body that spoke last. "The statement said": whose statement it was. */
static void resume_sources(coder *c) {
    const casus_parse *p = c->parse;
    const casus_attribution *last = NULL, *paper = NULL;
    for (size_t i = 0; i < c->n_attributions; i++) {
        casus_attribution *a = &c->attributions[i];
        if (a->attitude || a->within != CASUS_NONE) continue;
        if (a->source_token != CASUS_NONE && a->who == CASUS_NONE && last &&
            casus_slice_is(p->tokens[a->source_token].lower, "it") &&
            p->tokens[a->source_token].sent <= p->tokens[last->cue_token].sent + 3)
            a->who = last->who;
        if (a->source_token != CASUS_NONE && a->who == CASUS_NONE && paper &&
            p->tokens[a->source_token].pos == CASUS_POS_NOUN &&
            code_channel_of(c->code, c->lemmas[a->source_token]) &&
            p->tokens[a->source_token].sent <= p->tokens[paper->cue_token].sent + RESUME_MOST)
            a->who = paper->who;
        if (a->who == CASUS_NONE) continue;
        last = a;
        if (a->channel) paper = a;
    }
}

/* ---- order and nesting ----------------------------------------------------------------------- */

static int by_cue(const void *a, const void *b) {
    const casus_attribution *x = a, *y = b;
    if (x->cue.begin != y->cue.begin) return x->cue.begin < y->cue.begin ? -1 : 1;
    if (x->clause != y->clause) return x->clause < y->clause ? -1 : 1;
    return x->content[0].begin < y->content[0].begin   ? -1
           : x->content[0].begin > y->content[0].begin ? 1
                                                       : 0;
}

static int by_cover(const void *a, const void *b) {
    const code_cover *x = a, *y = b;
    if (x->begin != y->begin) return x->begin < y->begin ? -1 : 1;
    if (x->end != y->end) return x->end > y->end ? -1 : 1;
    return x->attribution < y->attribution ? -1 : x->attribution > y->attribution;
}

/* The pieces of content in order, each with the one that it stands in. */
static void cover_text(coder *c) {
    size_t n = 0;
    for (size_t i = 0; i < c->n_attributions; i++) n += c->attributions[i].n_content;
    code_cover *v = casus_base_arena_zero(c->arena, n + 1, sizeof *v);
    if (!v) {
        c->no_memory = true;
        return;
    }
    n = 0;
    for (size_t i = 0; i < c->n_attributions; i++)
        for (uint32_t k = 0; k < c->attributions[i].n_content; k++)
            v[n++] = (code_cover){c->attributions[i].content[k].begin,
                                  c->attributions[i].content[k].end, (uint32_t)i, CASUS_NONE};
    qsort(v, n, sizeof *v, by_cover);
    uint32_t top = CASUS_NONE;
    for (size_t i = 0; i < n; i++) {
        while (top != CASUS_NONE && v[top].end <= v[i].begin) top = v[top].parent;
        v[i].parent = top;
        top = (uint32_t)i;
    }
    c->covers = v;
    c->n_covers = n;
}

/* The innermost piece of content that holds byte `at`, or CASUS_NONE. */
static uint32_t cover_at(const coder *c, uint32_t at) {
    size_t lo = 0, hi = c->n_covers;
    while (lo < hi) {
        const size_t mid = (lo + hi) / 2;
        if (c->covers[mid].begin <= at)
            lo = mid + 1;
        else
            hi = mid;
    }
    uint32_t i = lo ? (uint32_t)lo - 1 : CASUS_NONE;
    for (uint32_t step = 0; i != CASUS_NONE && step < CHAIN_MOST; step++) {
        if (c->covers[i].end > at) return i;
        i = c->covers[i].parent;
    }
    return CASUS_NONE;
}

size_t code_chain_at(const coder *c, uint32_t at, uint32_t *out, size_t most) {
    uint32_t found[CHAIN_MOST], n = 0;
    uint32_t i = cover_at(c, at);
    for (uint32_t step = 0; i != CASUS_NONE && step < CHAIN_MOST; step++) {
        const code_cover *v = &c->covers[i];
        bool known = v->end <= at;
        for (uint32_t k = 0; k < n && !known; k++) known = found[k] == v->attribution;
        if (!known) found[n++] = v->attribution;
        i = v->parent;
    }
    size_t kept = 0;
    while (n && kept < most) out[kept++] = found[--n];
    return kept;
}

/* Does `a` stand above `b` already? True too when that cannot be told. */
static bool stands_above(const coder *c, uint32_t a, uint32_t b) {
    for (uint32_t step = 0; step < CHAIN_MOST; step++) {
        if (b == a) return true;
        b = c->attributions[b].within;
        if (b == CASUS_NONE) return false;
    }
    return true;
}

static void nest(coder *c) {
    for (uint32_t i = 0; i < c->n_attributions; i++) {
        casus_attribution *a = &c->attributions[i];
        uint32_t v = cover_at(c, a->cue.begin);
        for (uint32_t step = 0; v != CASUS_NONE && step < CHAIN_MOST; step++) {
            const code_cover *cover = &c->covers[v];
            if (cover->end > a->cue.begin && !stands_above(c, i, cover->attribution)) {
                a->within = cover->attribution;
                break;
            }
            v = cover->parent;
        }
    }
}

bool code_speaks_apart(const coder *c, uint32_t index) {
    const casus_clause *k = &c->parse->clauses[index];
    if (k->kind != CASUS_CLAUSE_VERB || k->mood != CASUS_MOOD_INDICATIVE || k->mark.len ||
        k->parent == CASUS_NONE || k->parent_role != CASUS_ROLE_CCOMP ||
        k->conjunct_of == CASUS_NONE || k->conjunct_of == index)
        return false;
    const casus_clause *above = &c->parse->clauses[k->parent];
    if (above->kind != CASUS_CLAUSE_VERB || above->tense != k->tense ||
        above->tense == CASUS_TENSE_NONE || above->modality != k->modality)
        return false;
    for (uint32_t i = 0; i < k->n_args; i++)
        if (k->args[i].role == CASUS_ROLE_SUBJ && !(k->args[i].flags & CASUS_ARG_SHARED))
            return false;
    const uint32_t row = code_best_row(c, above, 'v', CODE_TABLE_SPEECH);
    /* who reports tells of others */
    return row != CASUS_NONE && !attribute_kind_is(c, &c->code->rows[row], "report") &&
           code_best_row(c, k, 'v', CODE_TABLE_SPEECH) != CASUS_NONE;
}

void code_attribute(coder *c) {
    const casus_parse *p = c->parse;
    for (uint32_t i = 0; i < p->n_clauses && !c->no_memory; i++) {
        const casus_clause *clause = &p->clauses[i];
        const uint8_t kind = code_kind_of(clause);
        const uint32_t row = code_best_row(c, clause, kind, CODE_TABLE_SPEECH);
        if (row != CASUS_NONE) attribute_speech(c, i, row);
        attribute_surveys(c, i);
        attribute_adverbs(c, i);
    }
    if (!c->no_memory) attribute_according(c);
    if (!c->no_memory) attribute_colons(c);
    if (!c->no_memory) attribute_quotes(c);
    if (c->no_memory) return;
    if (c->n_attributions)
        qsort(c->attributions, c->n_attributions, sizeof *c->attributions, by_cue);
    cover_text(c);
    if (c->no_memory) return;
    nest(c);
    link_cited(c);
    resume_sources(c);
}
