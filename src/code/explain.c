/* explain.c - why: for every clause that a row speaks of, which row won, what became of its
 * candidate, and which rows lost. Only when asked for; O(clauses * rows of their head). */
#include "code/code_int.h"

#define LOSERS_MOST 8u

static casus_explained *add(coder *c, casus_events *out, size_t *cap) {
    casus_explained *v = casus_base_arena_grow(c->arena, out->explained, out->n_explained,
                                               out->n_explained + 1, cap, sizeof *v);
    if (!v) {
        c->no_memory = true;
        return NULL;
    }
    out->explained = v;
    memset(&v[out->n_explained], 0, sizeof *v);
    return &v[out->n_explained++];
}

static void of_row(const coder *c, casus_explained *x, uint32_t row) {
    const code_row *r = &c->code->rows[row];
    x->row = code_string(c->code, r->id);
    x->file = code_string(c->code, r->file);
    x->line = r->line;
    x->type = code_type_name((code_type)r->type);
}

static void judge(const coder *c, casus_explained *x, const candidate *e) {
    x->status = code_status_name((code_status)e->status);
    x->score = e->score;
    x->features = e->features;
    if (!e->dropped) {
        x->verdict = "record";
        return;
    }
    if (e->merged != CASUS_NONE) {
        const candidate *into = &c->candidates[e->merged];
        x->verdict = "merged";
        x->why = "the same act as";
        x->into = c->parse->clauses[into->clause].head;
        return;
    }
    x->verdict = "dropped";
    x->why = e->why ? e->why : "told as a condition, a question or what did not come true";
}

static void losers(coder *c, casus_events *out, size_t *cap, uint32_t clause, uint8_t kind,
                   uint32_t winner) {
    const casus_clause *k = &c->parse->clauses[clause];
    uint32_t n, told = 0;
    const uint32_t *rows = code_rows(c->code, c->lemmas[k->head], kind, CODE_TABLE_EVENT, &n);
    for (uint32_t i = 0; i < n && told < LOSERS_MOST; i++) {
        const code_row *r = &c->code->rows[rows[i]];
        if (rows[i] == winner) continue;
        const bool particle =
            r->particle == (k->particle.len ? code_hash(k->particle) : 0) || !r->particle;
        if (!particle || !code_row_holds(c, r, k)) continue;
        casus_explained *x = add(c, out, cap);
        if (!x) return;
        of_row(c, x, rows[i]);
        x->token = k->head;
        x->clause = clause;
        x->into = CASUS_NONE;
        x->verdict = "lost";
        x->why = r->n_conds < c->code->rows[winner].n_conds
                     ? "the other row asks for more"
                     : "the other row stands first or is a blocking row";
        told++;
    }
}

void code_explain(coder *c, int line, casus_events *out) {
    const casus_parse *p = c->parse;
    size_t cap = 0;
    int at_line = 1;
    uint32_t at = 0;
    for (uint32_t i = 0; i < p->n_clauses && !c->no_memory; i++) {
        const casus_clause *k = &p->clauses[i];
        for (; at < p->tokens[k->head].begin; at++) at_line += p->text->text.ptr[at] == '\n';
        if (line > 0 && line != at_line) continue;
        const uint8_t kind = code_kind_of(k);
        const uint32_t row = code_best_row(c, k, kind, CODE_TABLE_EVENT);
        if (row == CASUS_NONE) continue;
        casus_explained *x = add(c, out, &cap);
        if (!x) return;
        of_row(c, x, row);
        x->token = k->head;
        x->clause = i;
        x->into = CASUS_NONE;
        if (c->of_clause[i] != CASUS_NONE) {
            judge(c, x, &c->candidates[c->of_clause[i]]);
        } else {
            x->verdict = "blocked";
            x->why = "the row says that this is no event";
        }
        losers(c, out, &cap, i, kind, row);
    }
}
