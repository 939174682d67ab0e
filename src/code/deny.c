/* deny.c - a denial that stands apart from the act denied ("The army denied involvement"): the
 * nearest acts told before it, or in its sentence, of which the denier is the doer. Looks back over
 * a fixed number of candidates, so that the cost is linear. */
#include "code/code_int.h"

#define DENY_BACK_MOST 40u /* candidates before a denial that are looked at */
#define DENY_PARAS_MOST 4u /* paragraphs between an act and its denial */

static bool is_denial(const coder *c, const candidate *e) {
    if (e->dropped || e->type != CODE_REJECT || !e->n_sides[CODE_ACTOR]) return false;
    const casus_string mode = code_string(c->code, c->code->rows[e->row].mode);
    return mode.ptr && strcmp(mode.ptr, "deny") == 0 &&
           !(c->parse->clauses[e->clause].flags & CASUS_CLAUSE_NEGATED);
}

static bool has(const casus_actor *a, const char *one, const char *two) {
    for (uint32_t i = 0; i < a->n_sectors; i++)
        if (strcmp(a->sectors[i], one) == 0 || strcmp(a->sectors[i], two) == 0) return true;
    return false;
}

/* May these two be one party? An army and the rebels of its country are not. */
static bool same_party(const coder *c, uint32_t x, uint32_t y) {
    const casus_mention *a = &c->mentions->items[x], *b = &c->mentions->items[y];
    if (a->chain == b->chain) return true;
    if (strcmp(a->actor.country, b->actor.country) != 0) return false;
    if (!a->actor.country[0]) /* no country named at all: bodies of one state */
        return (has(&a->actor, "GOV", "MIL") || has(&a->actor, "COP", "SPY")) &&
               (has(&b->actor, "GOV", "MIL") || has(&b->actor, "COP", "SPY"));
    return has(&a->actor, "REB", "PRM") == has(&b->actor, "REB", "PRM");
}

static uint32_t para_of(const coder *c, const candidate *e) {
    return c->parse->sentences[c->parse->clauses[e->clause].sent].para;
}

/* Has the doer owned to it ("admitted that it had shot down the jet")? */
static bool is_admitted(const coder *c, const candidate *t) {
    uint32_t at = t->clause;
    for (int depth = 0; depth < 6 && at != CASUS_NONE; depth++) {
        at = c->parse->clauses[at].parent;
        if (at == CASUS_NONE || c->parse->clauses[at].kind != CASUS_CLAUSE_VERB) continue;
        const uint32_t row = code_best_row(c, &c->parse->clauses[at], 'v', CODE_TABLE_SPEECH);
        if (row == CASUS_NONE) continue;
        const casus_string kind = code_string(c->code, c->code->rows[row].speech);
        if (kind.ptr && strcmp(kind.ptr, "admit") == 0) return true;
    }
    return false;
}

/* Does somebody else than the denier say it? */
static bool is_others_word(const coder *c, const candidate *denial, const candidate *t) {
    uint32_t held[8];
    const uint32_t at = c->parse->tokens[c->parse->clauses[t->clause].head].begin;
    const size_t n = code_chain_at(c, at, held, sizeof held / sizeof *held);
    for (size_t i = 0; i < n; i++) {
        const casus_attribution *a = &c->attributions[held[i]];
        if (a->attitude || a->source_token == CASUS_NONE || a->stance != CASUS_ASSERTS) continue;
        const uint32_t m = a->who == CASUS_NONE ? CASUS_NONE : code_actor_at(c, a->who, false);
        if (m == CASUS_NONE || !same_party(c, m, denial->sides[CODE_ACTOR][0])) return true;
    }
    return false;
}

/* Does the denier say himself that it was done ("denies it, saying it hit a base")? */
static bool is_own_word(const coder *c, const candidate *denial, const candidate *t) {
    uint32_t held[8];
    const uint32_t at = c->parse->tokens[c->parse->clauses[t->clause].head].begin;
    const size_t n = code_chain_at(c, at, held, sizeof held / sizeof *held);
    for (size_t i = 0; i < n; i++) {
        const casus_attribution *a = &c->attributions[held[i]];
        if (a->attitude || a->stance != CASUS_ASSERTS || a->who == CASUS_NONE) continue;
        const uint32_t m = code_actor_at(c, a->who, false);
        if (m != CASUS_NONE && same_party(c, m, denial->sides[CODE_ACTOR][0])) return true;
    }
    return false;
}

/* Do those whose claim is denied ("the claim from Berlin") tell of `t`? */
static bool is_claimed(const coder *c, const candidate *denial, const candidate *t) {
    if (!denial->n_sides[CODE_RECIPIENT]) return false;
    uint32_t held[8];
    const uint32_t at = c->parse->tokens[c->parse->clauses[t->clause].head].begin;
    const size_t n = code_chain_at(c, at, held, sizeof held / sizeof *held);
    for (size_t i = 0; i < n; i++) {
        const casus_attribution *a = &c->attributions[held[i]];
        const uint32_t m = a->who == CASUS_NONE ? CASUS_NONE : code_actor_at(c, a->who, false);
        if (m != CASUS_NONE && same_party(c, m, denial->sides[CODE_RECIPIENT][0])) return true;
    }
    return false;
}

/* Courts and police hold and convict whoever denies; what he denies is the deed. */
static bool is_verdict(const coder *c, const candidate *t) {
    static const char *const modes[] = {"convict", "arrest"};
    const char *mode = code_string(c->code, c->code->rows[t->row].mode).ptr;
    for (size_t i = 0; mode && i < sizeof modes / sizeof *modes; i++)
        if (strcmp(mode, modes[i]) == 0) return true;
    return false;
}

/* Is `t` an act that `denial` can be about? `type`: the one that it names, or CODE_NONE. */
static bool is_denied(const coder *c, const candidate *denial, const candidate *t, uint8_t type) {
    if (t->dropped || t == denial || (t->status != CODE_ALLEGED && t->status != CODE_HAPPENED))
        return false;
    /* "had denied" an act that is told as done: it has been owned to since */
    const casus_clause *k = &c->parse->clauses[denial->clause];
    if (t->status == CODE_HAPPENED && (k->flags & CASUS_CLAUSE_PERFECT || is_admitted(c, t)))
        return false;
    /* "which he denied": whatever the sentence alleges */
    if (type == CODE_NONE && is_verdict(c, t)) return false;
    const bool here = k->sent == c->parse->clauses[t->clause].sent && t->status == CODE_ALLEGED;
    if (type != CODE_NONE ? t->type != type : t->type < CODE_PROTEST && !here) return false;
    if (is_own_word(c, denial, t)) return false;
    if (!t->n_sides[CODE_ACTOR] && t->type >= CODE_PROTEST && is_claimed(c, denial, t)) return true;
    /* what the newsroom tells as a fact is denied only by one who names it or speaks right after */
    const uint32_t far = k->sent - c->parse->clauses[t->clause].sent;
    if (t->status == CODE_HAPPENED && type == CODE_NONE && far > 1 && !is_others_word(c, denial, t))
        return false;
    for (uint32_t i = 0; i < t->n_sides[CODE_ACTOR]; i++)
        if (same_party(c, t->sides[CODE_ACTOR][i], denial->sides[CODE_ACTOR][0])) return true;
    return false;
}

void code_deny(coder *c) {
    const casus_parse *p = c->parse;
    for (size_t i = 0; i < c->n; i++) {
        const candidate *denial = &c->candidates[i];
        if (!is_denial(c, denial)) continue;
        const uint32_t para = para_of(c, denial), sent = p->clauses[denial->clause].sent;
        uint8_t type = CODE_NONE;
        for (size_t k = i + 1; k < c->n && k < i + DENY_BACK_MOST; k++)
            if (c->candidates[k].of == i && !c->candidates[k].dropped &&
                c->candidates[k].type >= CODE_PROTEST)
                type = c->candidates[k].type;
        const size_t first = i > DENY_BACK_MOST ? i - DENY_BACK_MOST : 0;
        for (size_t k = first; k < c->n && k < i + DENY_BACK_MOST; k++) {
            candidate *t = &c->candidates[k];
            if (k > i && p->clauses[t->clause].sent != sent) break;
            if (t->of == i || para - para_of(c, t) > DENY_PARAS_MOST) continue;
            if (!is_denied(c, denial, t, type)) continue;
            t->status = CODE_DENIED;
            t->denier = denial->sides[CODE_ACTOR][0];
            t->denier_cue = p->clauses[denial->clause].head;
        }
    }
}
