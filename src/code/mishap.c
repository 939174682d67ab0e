/* mishap.c - people hurt by nature, traffic or illness are no event: throws out harm that nobody
 * did.
 *
 * The words of data/mishap.tsv decide: those of the sentence; where they leave it open, those of
 * the paragraph before it, and nothing is thrown out in a document that tells of an attack. One
 * pass over the tokens and one over the candidates. Runs before merging. */
#include "code/code_int.h"

enum { TOLD_MISHAP = 1, TOLD_MAYBE = 2, TOLD_ATTACK = 4, TOLD_BEAST = 8 };

static bool is_count(const coder *c, uint32_t token, const char *kind) {
    const code_cue *q = code_cue_of(c->code, c->lemmas[token], CODE_CUE_COUNT);
    return q && strcmp(code_string(c->code, (code_str){q->kind, q->value}).ptr, kind) == 0;
}

/* Killed, hurt, left dead: what a mishap does too. */
static bool harms(const coder *c, const candidate *e) {
    const casus_clause *k = &c->parse->clauses[e->clause];
    if (e->type != CODE_ASSAULT) return false;
    if (is_count(c, k->head, "killed") || is_count(c, k->head, "injured")) return true;
    for (uint32_t i = 0; i < k->n_args; i++)
        if (k->args[i].role == CASUS_ROLE_PRED &&
            (is_count(c, k->args[i].token, "killed") || is_count(c, k->args[i].token, "injured")))
            return true;
    return false;
}

static uint8_t told_by(const coder *c, uint32_t token) {
    const code_cue *q = code_cue_of(c->code, c->lemmas[token], CODE_CUE_MISHAP);
    if (!q && c->joined[token]) q = code_cue_of(c->code, c->joined[token], CODE_CUE_MISHAP);
    if (!q) return 0;
    const char *what = code_string(c->code, (code_str){q->kind, q->value}).ptr;
    return strcmp(what, "mishap") == 0  ? TOLD_MISHAP
           : strcmp(what, "maybe") == 0 ? TOLD_MAYBE
           : strcmp(what, "beast") == 0 ? TOLD_MISHAP | TOLD_BEAST
                                        : TOLD_ATTACK;
}

static bool is_armed(const casus_actor *a) {
    static const char *const armed[] = {"MIL", "COP", "REB", "UAF", "PRM", "SPY", "CRM"};
    for (uint32_t i = 0; i < a->n_sectors; i++)
        for (size_t k = 0; k < sizeof armed / sizeof *armed; k++)
            if (strcmp(a->sectors[i], armed[k]) == 0) return true;
    return false;
}

/* Somebody, not a storm or a truck, did it; `armed`: and has arms. */
static bool somebody(const coder *c, const candidate *e, bool armed) {
    for (uint32_t i = 0; i < e->n_sides[CODE_ACTOR]; i++) {
        const casus_mention *m = &c->mentions->items[e->sides[CODE_ACTOR][i]];
        const uint8_t told = told_by(c, m->head);
        if (m->kind != CASUS_MENTION_PLACE && !(told & (TOLD_MISHAP | TOLD_MAYBE)) &&
            (!armed || is_armed(&m->actor)))
            return true;
    }
    return false;
}

/* What nature and accidents make authorities do: rescue, emergency laws. */
static bool is_relief(const coder *c, const candidate *e) {
    const char *mode = code_string(c->code, c->code->rows[e->row].mode).ptr;
    if (e->type == CODE_AID) return !somebody(c, e, false);
    return e->type == CODE_COERCE && mode &&
           (strcmp(mode, "martial-law") == 0 || strcmp(mode, "curfew") == 0);
}

void code_mishap(coder *c) {
    const casus_parse *p = c->parse;
    uint8_t *told = casus_base_arena_zero(c->arena, p->n_sentences + 1u, sizeof *told);
    if (!told) {
        c->no_memory = true;
        return;
    }
    for (uint32_t i = 0; i < p->n_tokens; i++) told[p->tokens[i].sent] |= told_by(c, i);
    for (size_t i = 0; i < c->n; i++) {
        const candidate *e = &c->candidates[i];
        const casus_clause *k = &p->clauses[e->clause];
        if (e->type == CODE_ASSAULT && somebody(c, e, harms(c, e)) &&
            !(told_by(c, k->head) & (TOLD_MISHAP | TOLD_MAYBE)))
            told[k->sent] |= TOLD_ATTACK;
    }
    uint8_t all = 0;
    for (uint32_t i = 0; i < p->n_sentences; i++) all |= told[i];
    uint8_t before = 0; /* what the sentences of the paragraph told up to here */
    uint32_t para = CASUS_NONE, next = 0;
    for (size_t i = 0; i < c->n; i++) { /* candidates stand in the order of their clauses */
        candidate *e = &c->candidates[i];
        const casus_clause *k = &p->clauses[e->clause];
        for (; next <= k->sent; next++) {
            if (p->sentences[next].para != para) before = 0;
            para = p->sentences[next].para;
            if (next < k->sent) before |= told[next];
        }
        const uint8_t here = told[k->sent];
        const bool sure = (here & TOLD_MISHAP && !(here & TOLD_ATTACK)) || here & TOLD_BEAST;
        const bool maybe =
            !(all & TOLD_ATTACK) && (here & TOLD_MAYBE || before & (TOLD_MAYBE | TOLD_MISHAP));
        if (is_relief(c, e) ? sure
            : harms(c, e)   ? (sure && !somebody(c, e, true)) || (maybe && !somebody(c, e, false))
                            : e->type == CODE_ASSAULT && here & TOLD_BEAST)
            e->dropped = true;
    }
}
