/* mishap.c - people hurt by nature, traffic or illness are no event: throws out harm that nobody
 * did.
 *
 * The words of data/mishap.tsv decide: those of the sentence; where they leave it open, those of
 * the paragraph before it, and nothing is thrown out in a document that tells of an attack. One
 * pass over the tokens and one over the candidates. Runs before merging. */
#include "code/code_int.h"

#define SURE 2u /* words of the weaker sort that tell as much as one of the stronger */

/* Words that tell something else here: "stormed the camp", "World War II", "no suggestion of
 * sabotage", "the bomber crashed on landing". */
static bool is_otherwise(const coder *c, uint32_t token) {
    static const char *const craft[] = {"bomber", "warplane", "rocket", NULL};
    static const char *const falls[] = {"crash", "collide", "skid", "overshoot", NULL};
    static const char *const stored[] = {"ammunition", "munition",  "munitions", "missile",
                                         "weapon",     "weapons",   "ordnance",  "explosive",
                                         "explosives", "artillery", "grenade",   NULL};
    static const char *const stores[] = {"depot", "warehouse", "factory", "plant",    "dump",
                                         "store", "storage",   "arsenal", "magazine", NULL};
    static const char *const nots[] = {"no", "not", "without", NULL};
    static const char *const idea[] = {"suggestion", "sign",  "evidence",   "indication", "link",
                                       "hint",       "trace", "connection", NULL};
    const casus_token *t = c->parse->tokens;
    static const char *const beasts[] = {"bear",  "wolf",  "lion",  "bull",    "tiger",
                                         "bee",   "dog",   "snake", "leopard", "train",
                                         "swell", "crane", NULL};
    const bool verb = t[token].pos == CASUS_POS_VERB;
    if (code_is_one_of(t[token].lemma, beasts)) /* "born", "Wolf", "trained" */
        return verb || t[token].pos == CASUS_POS_PROPN || t[token].pos == CASUS_POS_ADJ;
    if (casus_slice_is(t[token].lemma, "storm")) return verb;
    if (casus_slice_is(t[token].lower, "war"))
        return token > 0 && casus_slice_is(t[token - 1].lower, "world");
    if (verb) return false;
    const uint32_t on = t[token].head;
    if (on > token && t[on].pos != CASUS_POS_VERB && code_is_one_of(t[token].lemma, stored) &&
        code_is_one_of(t[on].lemma, stores))
        return true; /* "an explosion at an ammunition depot" */
    if (code_is_one_of(t[token].lemma, craft) && code_is_one_of(t[on].lemma, falls)) {
        const casus_token *next = on + 1 < c->parse->n_tokens ? &t[on + 1] : NULL;
        if (next && (casus_slice_is(next->lower, "into") || next->pos == CASUS_POS_DET ||
                     next->pos == CASUS_POS_PRON))
            return false; /* "crashed his car into" */
        return true;
    }
    if (!code_is_one_of(t[t[on].head].lemma, idea)) return false;
    for (uint32_t i = t[on].head; i > 0 && t[on].head - i < 4;)
        if (code_is_one_of(t[--i].lower, nots)) return true;
    return false;
}

uint16_t code_told_by(const coder *c, uint32_t token) {
    static const struct {
        const char *value;
        uint16_t told;
    } values[] = {{"mishap", CODE_TOLD_MISHAP},
                  {"mishap-too", CODE_TOLD_MISHAP | CODE_TOLD_TOO},
                  {"maybe", CODE_TOLD_MAYBE},
                  {"maybe-too", CODE_TOLD_MAYBE | CODE_TOLD_TOO},
                  {"fight", CODE_TOLD_FIGHT},
                  {"attack", CODE_TOLD_ATTACK},
                  {"beast", CODE_TOLD_MISHAP | CODE_TOLD_BEAST},
                  {"sport", CODE_TOLD_SPORT},
                  {"show", CODE_TOLD_SHOW},
                  {"science", CODE_TOLD_SCIENCE},
                  {"market", CODE_TOLD_MARKET},
                  {"crime", CODE_TOLD_CRIME},
                  {"politics", CODE_TOLD_POLITICS}};
    /* "arms fire" before "fire" */
    const code_cue *q =
        c->joined[token] ? code_cue_of(c->code, c->joined[token], CODE_CUE_MISHAP) : NULL;
    if (!q) q = code_cue_of(c->code, c->lemmas[token], CODE_CUE_MISHAP);
    if (!q || is_otherwise(c, token)) return 0;
    const char *what = code_string(c->code, (code_str){q->kind, q->value}).ptr;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        if (strcmp(what, values[i].value) == 0) return values[i].told;
    return 0;
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
        const uint16_t told = code_told_by(c, m->head);
        if (m->kind != CASUS_MENTION_PLACE && !(told & (CODE_TOLD_MISHAP | CODE_TOLD_MAYBE)) &&
            (!armed || is_armed(&m->actor)))
            return true;
    }
    return false;
}

/* What nature and accidents make authorities do: rescue, emergency laws of nobody named. */
static bool is_relief(const coder *c, const candidate *e) {
    const char *mode = code_string(c->code, c->code->rows[e->row].mode).ptr;
    if (e->type == CODE_AID) return !somebody(c, e, false);
    return e->type == CODE_COERCE && !somebody(c, e, false) && mode &&
           (strcmp(mode, "martial-law") == 0 || strcmp(mode, "curfew") == 0);
}

/* "crashed, killing six", "a fire left ten injured": the verb above, or the doer of the verb beside
 * it, is the mishap. */
static bool is_its_harm(const coder *c, const casus_clause *k) {
    const casus_parse *p = c->parse;
    if (k->mood == CASUS_MOOD_GERUND && k->parent != CASUS_NONE &&
        k->parent_role == CASUS_ROLE_ADVCL) {
        const casus_clause *above = &p->clauses[k->parent];
        const uint32_t act = c->of_clause[k->parent];
        if (act != CASUS_NONE && c->candidates[act].type == CODE_ASSAULT) return false;
        return above->kind == CASUS_CLAUSE_VERB &&
               (code_told_by(c, above->head) & (CODE_TOLD_MISHAP | CODE_TOLD_TOO)) ==
                   CODE_TOLD_MISHAP;
    }
    const casus_clause *with = k->conjunct_of == CASUS_NONE ? k : &p->clauses[k->conjunct_of];
    for (uint32_t i = 0; i < with->n_args; i++)
        if (with->args[i].role == CASUS_ROLE_SUBJ &&
            casus_slice_is(p->tokens[with->args[i].token].lower, "fire"))
            return true;
    return false;
}

void code_mishap(coder *c) {
    const casus_parse *p = c->parse;
    uint16_t *told = casus_base_arena_zero(c->arena, p->n_sentences + 1u, sizeof *told);
    uint16_t *words = casus_base_arena_zero(c->arena, p->n_sentences + 1u, sizeof *words);
    uint8_t *weight = casus_base_arena_zero(c->arena, p->n_sentences + 1u, sizeof *weight);
    if (!told || !words || !weight) {
        c->no_memory = true;
        return;
    }
    for (uint32_t i = 0; i < p->n_tokens; i++) {
        const uint16_t by = code_told_by(c, i);
        const uint32_t sent = p->tokens[i].sent;
        told[sent] = (uint16_t)(told[sent] | by);
        if (by & CODE_TOLD_MISHAP && weight[sent] < SURE)
            weight[sent] = (uint8_t)(weight[sent] + (by & CODE_TOLD_TOO ? 1u : SURE));
    }
    memcpy(words, told, (p->n_sentences + 1u) * sizeof *words);
    for (size_t i = 0; i < c->n; i++) {
        const candidate *e = &c->candidates[i];
        const casus_clause *k = &p->clauses[e->clause];
        if (e->type == CODE_ASSAULT && somebody(c, e, code_harms(c, e)) &&
            !(code_told_by(c, k->head) & (CODE_TOLD_MISHAP | CODE_TOLD_MAYBE)))
            told[k->sent] |= CODE_TOLD_ATTACK;
    }
    uint16_t all = 0;
    for (uint32_t i = 0; i < p->n_sentences; i++) all = (uint16_t)(all | told[i]);
    uint16_t before = 0; /* what the sentences of the paragraph told up to here */
    uint32_t para = CASUS_NONE, next = 0;
    for (size_t i = 0; i < c->n; i++) { /* candidates stand in the order of their clauses */
        candidate *e = &c->candidates[i];
        const casus_clause *k = &p->clauses[e->clause];
        if (p->sentences[k->sent].para != para) {
            para = p->sentences[k->sent].para;
            before = 0;
            next = k->sent;
            while (next > 0 && p->sentences[next - 1].para == para) next--;
        }
        for (; next < k->sent; next++) before = (uint16_t)(before | told[next]);
        const uint16_t here = told[k->sent];
        /* a river or a bus alone is no mishap in a paragraph that tells of an attack */
        const bool sure = (here & CODE_TOLD_MISHAP && !(here & CODE_TOLD_ATTACK) &&
                           (weight[k->sent] >= SURE || !(before & CODE_TOLD_ATTACK))) ||
                          here & CODE_TOLD_BEAST;
        const bool maybe =
            !(all & CODE_TOLD_ATTACK) &&
            (here & CODE_TOLD_MAYBE || before & (CODE_TOLD_MAYBE | CODE_TOLD_MISHAP));
        if (is_relief(c, e)
                ? sure || (maybe && casus_slice_is(p->tokens[k->head].lemma, "evacuate"))
            : code_harms(c, e)
                ? (!(words[k->sent] & CODE_TOLD_ATTACK) && is_its_harm(c, k)) ||
                      (sure && !somebody(c, e, true)) || (maybe && !somebody(c, e, false))
                : e->type == CODE_ASSAULT && here & CODE_TOLD_BEAST) {
            e->dropped = true;
            e->why = "nature, traffic or illness did it";
            c->mishaps++;
        }
    }
}
