/* promise.c - what an act promises and until when, and what it is about (PLOVER contexts).
 *
 * A promise is the content of a pledge, an agreement or an announced concession that was made: its
 * clause or noun. Linear in the words of the act. */
#include "code/code_int.h"

static casus_string words(coder *c, uint32_t first, uint32_t last) {
    const casus_parse *p = c->parse;
    while (first < last && p->tokens[last - 1].pos == CASUS_POS_SPACE) last--;
    if (first >= last) return (casus_string){NULL, 0};
    const casus_slice k =
        casus_base_arena_copy(c->arena,
                              casus_slice_of(p->text->text.ptr + p->tokens[first].begin,
                                             p->tokens[last - 1].end - p->tokens[first].begin));
    if (!k.ptr) c->no_memory = true;
    return (casus_string){k.ptr, k.len};
}

static bool is_time(const coder *c, uint32_t token) {
    const uint32_t t = code_first_time(c->times, token);
    return t < c->times->n && c->times->items[t].first <= token;
}

/* The argument that holds what is promised: what the row calls content, else a clause, else the
 * thing agreed on. NULL when nothing is told. */
static const casus_arg *content_of(const coder *c, const code_row *r, const casus_clause *clause) {
    for (uint32_t i = 0; i < clause->n_args; i++)
        for (uint32_t x = 0; x < r->n_content && !is_time(c, clause->args[i].token); x++)
            if (code_arg_in(&clause->args[i], &c->code->refs[r->content + x]))
                return &clause->args[i];
    for (uint32_t i = 0; i < clause->n_args; i++)
        if (clause->args[i].role == CASUS_ROLE_XCOMP || clause->args[i].role == CASUS_ROLE_CCOMP)
            return &clause->args[i];
    for (uint32_t i = 0; i < clause->n_args; i++) {
        const casus_arg *a = &clause->args[i];
        const bool on = a->role == CASUS_ROLE_PREP &&
                        (casus_slice_is(a->prep, "on") || casus_slice_is(a->prep, "to"));
        if ((on || (a->role == CASUS_ROLE_OBJ && clause->kind == CASUS_CLAUSE_VERB)) &&
            a->clause != CASUS_NONE && c->parse->tokens[a->token].pos != CASUS_POS_PROPN)
            return a;
    }
    return NULL;
}

/* Does the token hang on `head`, by however many others? */
static bool hangs_on(const casus_parse *p, uint32_t token, uint32_t head) {
    for (int depth = 0; token != head && p->tokens[token].head != token && depth < 32; depth++)
        token = p->tokens[token].head;
    return token == head;
}

/* A hyphen within a word ("40-year"), a quotation mark, a comma of a list: the words go on behind.
 */
static bool goes_on_behind(const casus_parse *p, uint32_t token) {
    const casus_token *t = &p->tokens[token];
    if (casus_slice_is(t->form, ",")) /* a list; what "which" and "with" begin is told beside it */
        return t[1].pos == CASUS_POS_PROPN || t[1].pos == CASUS_POS_CCONJ ||
               t[1].pos == CASUS_POS_PART;
    static const char *const quotes[] = {"\"", "“", "”", "'", "‘", "’", NULL};
    if (code_is_one_of(t->form, quotes)) return true;
    return casus_slice_is(t->form, "-") && token > 0 && t[-1].end == t->begin &&
           t[1].begin == t->end;
}

/* The last token of the words that hang on `a`: relative clauses and times behind it too. The walk
 * stays in the sentence. */
static uint32_t end_of(const casus_parse *p, const casus_arg *a, uint32_t sentence_end) {
    uint32_t last = a->last;
    while (last < sentence_end) {
        uint32_t next = last;
        while (next < sentence_end && next < last + 2 && p->tokens[next].pos == CASUS_POS_PUNCT &&
               next + 1 < sentence_end && goes_on_behind(p, next))
            next++;
        if (p->tokens[next].pos == CASUS_POS_PUNCT || !hangs_on(p, next, a->token)) break;
        last = next + 1;
    }
    /* the mark that closes what was opened among the words */
    if (last < sentence_end &&
        code_is_one_of(p->tokens[last].form, (const char *const[]){"”", NULL}))
        last++;
    return last;
}

/* "signed a deal TO END the dispute", "an agreement is reached among five parties TO FORM a
 * government": the infinitive says what the bare thing holds. NULL: there is none. */
static const casus_arg *purpose_of(const coder *c, const casus_clause *clause, const casus_arg *a) {
    static const char *const things[] = {"deal",       "agreement", "accord",   "pact",
                                         "treaty",     "plan",      "proposal", "memorandum",
                                         "compromise", "offer",     NULL};
    const casus_parse *p = c->parse;
    if (a->role != CASUS_ROLE_OBJ || !code_is_one_of(p->tokens[a->token].lemma, things))
        return NULL;
    for (uint32_t i = 0; i < clause->n_args; i++) {
        const casus_arg *x = &clause->args[i];
        if (x->role != CASUS_ROLE_ADVCL && x->role != CASUS_ROLE_XCOMP) continue;
        if (x->clause == CASUS_NONE || x->first < a->last) continue;
        if (p->clauses[x->clause].mood == CASUS_MOOD_INFINITIVE) return x;
    }
    return NULL;
}

/* "10 million dollars IN AID TO SUDAN": phrases right behind a thing that is promised. */
static uint32_t with_phrases(const casus_clause *clause, const casus_arg *a, uint32_t last) {
    static const char *const words[] = {"in", "to", "for", "towards", "toward", "as", "of"};
    for (uint32_t i = 0; i < clause->n_args && a->role == CASUS_ROLE_OBJ; i++) {
        const casus_arg *x = &clause->args[i];
        if (x->role != CASUS_ROLE_PREP || x->flags & CASUS_ARG_SHARED) continue;
        bool fits = false;
        for (size_t k = 0; k < sizeof words / sizeof *words; k++)
            fits |= casus_slice_is(x->prep, words[k]);
        /* the phrase begins with its preposition, of one word */
        if (fits && (x->first == last || x->first == last + 1)) last = x->last;
    }
    return last;
}

/* The first time among tokens [first, last) that lies ahead. */
static const casus_time *due_in(const coder *c, uint32_t first, uint32_t last) {
    uint32_t lo = code_first_time(c->times, first);
    const int32_t today = c->parse->text->day;
    for (; lo < c->times->n && c->times->items[lo].first < last; lo++) {
        const casus_time *t = &c->times->items[lo];
        const bool within = t->type == CASUS_TIME_DURATION && t->bound == CASUS_BOUND_DUE;
        if (t->type != CASUS_TIME_DATE && t->type != CASUS_TIME_TIME && !within) continue;
        if (t->to == CASUS_NO_DAY || (today != CASUS_NO_DAY && t->to < today)) continue;
        /* "at the 2025 Tianjin summit": a year that is part of a name is no day */
        const bool year =
            t->from != CASUS_NO_DAY && t->to - t->from > 360 && t->last == t->first + 1;
        if (year && t->first > 0 && c->parse->tokens[t->first - 1].pos != CASUS_POS_ADP) continue;
        return t;
    }
    return NULL;
}

casus_string code_commitment(coder *c, candidate *e) {
    const casus_string none = {NULL, 0};
    const casus_parse *p = c->parse;
    const code_row *r = &c->code->rows[e->row];
    const casus_clause *clause = &p->clauses[e->clause];
    if (e->type != CODE_AGREE && !(e->type == CODE_CONCEDE && r->content_status == CODE_PLANNED))
        return none;
    if (e->status != CODE_HAPPENED && e->status != CODE_ONGOING) return none;
    const casus_arg *a = content_of(c, r, clause);
    if (!a) return none;
    const uint32_t end = p->sentences[clause->sent].last;
    uint32_t last = with_phrases(clause, a, end_of(p, a, end));
    const casus_arg *purpose = purpose_of(c, clause, a);
    if (purpose && purpose->first >= last) {
        const bool next = purpose->first <= last + 1;
        last = end_of(p, purpose, end);
        if (!next) a = purpose;
    }
    static const char *const loose[] = {"under", "of",  "with", "from", "and",
                                        "or",    "the", "a",    NULL};
    while (last > a->first + 1 && code_is_one_of(p->tokens[last - 1].lower, loose)) last--;
    const casus_time *due = due_in(c, a->first, last);
    if (due != e->time) e->due = due;
    return words(c, a->first, last);
}

void code_contexts(coder *c, const candidate *e, casus_event *out) {
    const casus_parse *p = c->parse;
    const casus_clause *clause = &p->clauses[e->clause];
    casus_string found[8];
    size_t n = 0;
    for (uint32_t i = 0; i <= clause->n_args; i++) {
        const bool own = i == clause->n_args;
        const uint32_t first = own ? clause->head : clause->args[i].first;
        const uint32_t last = own ? clause->head + 1 : clause->args[i].last;
        for (uint32_t t = first; t < last && n < 8; t++) {
            if (p->tokens[t].pos != CASUS_POS_NOUN && p->tokens[t].pos != CASUS_POS_PROPN &&
                p->tokens[t].pos != CASUS_POS_ADJ)
                continue;
            const code_cue *q = code_cue_of(c->code, c->lemmas[t], CODE_CUE_CONTEXT);
            if (!q) continue;
            const casus_string s = code_string(c->code, (code_str){q->kind, q->value});
            bool known = false;
            for (size_t k = 0; k < n; k++) known |= strcmp(found[k].ptr, s.ptr) == 0;
            if (!known) found[n++] = s;
        }
    }
    if (!n) return;
    casus_string *v = casus_base_arena_get(c->arena, n * sizeof *v);
    if (!v) {
        c->no_memory = true;
        return;
    }
    memcpy(v, found, n * sizeof *v);
    out->contexts = v;
    out->n_contexts = n;
}
