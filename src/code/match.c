/* match.c - does a row's pattern hold of a clause? A row is found by its head lemma; conditions are
 * tried in the order of their number, so the first row that holds is the most specific. Cost: the
 * conditions of the head's rows times the clause's arguments. */
#include "code/code_int.h"

#define NAME_LENGTH_MOST 6u /* words of a name behind a title */
#define OWN_WORDS 40u       /* words behind the verb in which "says=" looks */
#define OWN_DEPTH 12        /* heads between such a word and the clause's head */
#define FORCE_BACK 24u      /* acts back in which the sense of "the strike" is looked for */

static bool empty_actor(const casus_actor *a) {
    return !a->country[0] && !a->code[0] && !a->n_sectors && !a->name.len && !a->person.len;
}

/* The mention at a token; of a title ("the premier Leo Varadkar", "head of state Leo Varadkar") the
 * person whose name follows. */
static uint32_t mention_at(const coder *c, uint32_t token) {
    const uint32_t at = c->mentions->at[token];
    if (at != CASUS_NONE || c->parse->tokens[token].pos == CASUS_POS_PRON) return at;
    for (uint32_t k = 1; k <= NAME_LENGTH_MOST && token + k < c->parse->n_tokens; k++) {
        const uint32_t m = c->mentions->at[token + k];
        if (m == CASUS_NONE || c->mentions->items[m].kind != CASUS_MENTION_PERSON) continue;
        if (c->mentions->items[m].first == token + 1) return m;
        if (c->parse->tokens[c->mentions->items[m].head].head == token &&
            c->mentions->items[m].first == token + 3 &&
            c->parse->tokens[token + 1].pos == CASUS_POS_ADP)
            return m;
    }
    return CASUS_NONE;
}

uint32_t code_actor_at(const coder *c, uint32_t token, bool thing) {
    if (token >= c->parse->n_tokens) return CASUS_NONE;
    const uint32_t at = mention_at(c, token);
    if (at == CASUS_NONE) return CASUS_NONE;
    const casus_mention *m = &c->mentions->items[at];
    if (m->kind == CASUS_MENTION_NONE || (m->kind == CASUS_MENTION_PLACE && !thing))
        return CASUS_NONE;
    return empty_actor(&m->actor) && !m->n_members ? CASUS_NONE : at;
}

static bool has_sector(const casus_actor *a, const char *const *sectors) {
    for (uint32_t i = 0; i < a->n_sectors; i++)
        for (const char *const *s = sectors; *s; s++)
            if (strcmp(a->sectors[i], *s) == 0) return true;
    return false;
}

static casus_sort sort_at(const coder *c, uint32_t token) {
    const casus_name *name = code_name_at(c->parse, token);
    return name ? (casus_sort)name->sort : CASUS_SORT_OTHER;
}

/* A pronoun that stands for people, whoever they are. */
static bool personal(const coder *c, uint32_t token) {
    static const char *const words[] = {"he",  "she",  "they", "we", "i",   "him",
                                        "her", "them", "us",   "me", "who", "whom"};
    const casus_token *t = &c->parse->tokens[token];
    if (t->pos != CASUS_POS_PRON) return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (casus_slice_is(t->lower, words[i])) return true;
    return false;
}

/* A name that no table knows, standing where a place can stand. */
static bool unknown_place(const coder *c, uint32_t token) {
    const casus_sort sort = sort_at(c, token);
    return c->parse->tokens[token].pos == CASUS_POS_PROPN &&
           (sort == CASUS_SORT_PLACE ||
            (sort == CASUS_SORT_OTHER && c->mentions->at[token] == CASUS_NONE));
}

/* Is the word `lemma`, or with the word before its hyphen ("cease-fire")? */
static bool lemma_is(const coder *c, uint32_t token, uint64_t lemma) {
    return c->lemmas[token] == lemma || (c->joined[token] && c->joined[token] == lemma);
}

static bool in_class(const coder *c, uint64_t lemma, uint64_t number) {
    const code_word *w = lemma ? code_word_of(c->code, lemma) : NULL;
    return w && (w->mask[number / 64] >> (number % 64) & 1);
}

/* The title before a person's name: "ambassador" of "the French ambassador Jean Petit". */
static uint32_t title_of(const coder *c, uint32_t token) {
    const uint32_t m = c->mentions->at[token];
    if (m == CASUS_NONE || c->parse->tokens[token].pos != CASUS_POS_PROPN ||
        c->mentions->items[m].kind != CASUS_MENTION_PERSON)
        return CASUS_NONE;
    uint32_t at = c->mentions->items[m].first;
    while (at < token && c->parse->tokens[at].pos != CASUS_POS_PROPN) at++;
    if (!at || c->parse->tokens[at - 1].pos != CASUS_POS_NOUN ||
        c->parse->tokens[at - 1].sent != c->parse->tokens[at].sent)
        return CASUS_NONE;
    return at - 1;
}

bool code_token_is(const coder *c, uint32_t token, const code_value *v) {
    static const char *const armed[] = {"MIL", "COP", "REB", "UAF", "PRM", "SPY", NULL};
    static const char *const political[] = {"GOV", "LEG", "PTY", "OPP", "ELI", NULL};
    if (token >= c->parse->n_tokens) return false;
    if (v->kind == CODE_IS_ANY) return true;
    if (v->kind == CODE_IS_LEMMA || v->kind == CODE_IS_CLASS) {
        const bool word = v->kind == CODE_IS_LEMMA;
        if (word ? lemma_is(c, token, v->lemma)
                 : in_class(c, c->lemmas[token], v->lemma) ||
                       in_class(c, c->joined[token], v->lemma))
            return true;
        const uint32_t title = title_of(c, token);
        if (title == CASUS_NONE) return false;
        return word ? lemma_is(c, title, v->lemma) : in_class(c, c->lemmas[title], v->lemma);
    }
    if (v->kind == CODE_IS_NUMBER) return c->parse->tokens[token].pos == CASUS_POS_NUM;
    if (v->kind == CODE_IS_MONEY) return sort_at(c, token) == CASUS_SORT_MONEY;
    if (v->kind == CODE_IS_PLACE && unknown_place(c, token)) return true;
    if ((v->kind == CODE_IS_ACTOR || v->kind == CODE_IS_PERSON) && personal(c, token)) return true;
    const uint32_t at = c->mentions->at[token];
    if (at == CASUS_NONE) { /* "killed ten and wounded twenty others" */
        const casus_token *t = &c->parse->tokens[token];
        return v->kind == CODE_IS_PERSON &&
               (t->pos == CASUS_POS_NUM || casus_slice_is(t->lower, "others") ||
                casus_slice_is(t->lower, "another") || casus_slice_is(t->lower, "dozens"));
    }
    const casus_mention *m = &c->mentions->items[at];
    switch (v->kind) {
    case CODE_IS_ACTOR:
        return code_actor_at(c, token, true) != CASUS_NONE;
    case CODE_IS_COUNTRY:
        return m->kind == CASUS_MENTION_COUNTRY;
    case CODE_IS_PERSON:
        return m->kind == CASUS_MENTION_PERSON ||
               (m->kind == CASUS_MENTION_GROUP && (m->actor.n_sectors || m->actor.group));
    case CODE_IS_OFFICIAL:
        return (m->kind == CASUS_MENTION_PERSON ||
                (m->kind == CASUS_MENTION_GROUP && !m->actor.group)) &&
               has_sector(&m->actor, political) && !has_sector(&m->actor, armed);
    case CODE_IS_ARMED:
        return has_sector(&m->actor, armed);
    case CODE_IS_PLACE:
        return m->has_place || m->kind == CASUS_MENTION_PLACE || m->kind == CASUS_MENTION_COUNTRY;
    default:
        return false;
    }
}

bool code_arg_in(const casus_arg *a, const code_ref *ref) {
    if (a->role != ref->role) return false;
    return a->role != CASUS_ROLE_PREP || code_hash(a->prep) == ref->prep;
}

/* What may hang on a noun within an event noun's phrase and yet belong to the event ("claim of
 * responsibility by the militants"). */
static bool passes(uint64_t prep) {
    static const char *const words[] = {"by", "from", "with", "between", "to", "against"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (code_hash(casus_slice_z(words[i])) == prep) return true;
    return false;
}

const casus_clause *code_inner_noun(const coder *c, const casus_clause *clause, uint32_t arg) {
    if (arg >= clause->n_args) return NULL;
    const casus_arg *a = &clause->args[arg];
    const bool prep = a->role == CASUS_ROLE_PREP;
    if (clause->kind == CASUS_CLAUSE_NOUN
            ? !prep || !(casus_slice_is(a->prep, "of") || casus_slice_is(a->prep, "in") ||
                         casus_slice_is(a->prep, "for"))
            : a->role != CASUS_ROLE_OBJ && a->role != CASUS_ROLE_PRED && !prep)
        return NULL;
    if (a->clause == CASUS_NONE) return NULL;
    const casus_clause *noun = &c->parse->clauses[a->clause];
    return noun->kind == CASUS_CLAUSE_NOUN && noun != clause ? noun : NULL;
}

bool code_inner_counts(const casus_clause *clause, const code_ref *ref) {
    if (ref->role == CASUS_ROLE_MOD || ref->role == CASUS_ROLE_RELCL)
        return clause->kind != CASUS_CLAUSE_NOUN;
    return ref->role == CASUS_ROLE_PREP && (clause->kind != CASUS_CLAUSE_NOUN || passes(ref->prep));
}

/* "flew to Beirut to meet officials": a purpose stands for an infinitive that a row asks for. */
static bool is_purpose(const casus_arg *a, const code_ref *ref) {
    return a->role == CASUS_ROLE_ADVCL && ref->role == CASUS_ROLE_XCOMP &&
           casus_slice_is(a->prep, "to");
}

/* Does an argument of `clause` meet the condition? Of `inner`, the noun that is one of its
 * arguments, when given: "used tanks against the rebels" may hang the preposition on either. */
static bool arg_meets(const coder *c, const code_cond *cond, const casus_clause *clause,
                      const casus_clause *inner, bool *there) {
    const casus_clause *from = inner ? inner : clause;
    for (uint32_t i = 0; i < from->n_args; i++) {
        const casus_arg *a = &from->args[i];
        bool in = false;
        for (uint32_t k = 0; k < cond->n_refs && !in; k++) {
            const code_ref *ref = &c->code->refs[cond->refs + k];
            in = (code_arg_in(a, ref) || is_purpose(a, ref)) &&
                 (!inner || code_inner_counts(clause, ref));
        }
        if (!in) continue;
        *there = true;
        for (uint32_t k = 0; k < cond->n; k++)
            if (code_token_is(c, a->token, &c->code->values[cond->first + k])) return true;
    }
    return false;
}

/* "Release the hostages": a bare verb at the head of a quotation or of a sentence in one. */
static bool is_command(const coder *c, const casus_clause *clause) {
    static const char *const before[] = {
        "please", "now",          "immediately", "do", "\"", "\xE2\x80\x9C",
        "'",      "\xE2\x80\x98", ",",           ":",  NULL};
    const casus_parse *p = c->parse;
    if (clause->kind != CASUS_CLAUSE_VERB || clause->quote == CASUS_NONE || clause->mark.len ||
        clause->flags & (CASUS_CLAUSE_PASSIVE | CASUS_CLAUSE_QUESTION) ||
        (clause->mood != CASUS_MOOD_IMPERATIVE && clause->mood != CASUS_MOOD_INFINITIVE))
        return false;
    const uint32_t h = clause->head;
    return h == 0 || p->tokens[h - 1].sent != clause->sent ||
           code_is_one_of(p->tokens[h - 1].lower, before);
}

static bool flag_holds(const code_cond *cond, const casus_clause *clause) {
    switch (cond->op) {
    case CODE_COND_PASSIVE:
        return clause->flags & CASUS_CLAUSE_PASSIVE;
    case CODE_COND_ACTIVE:
        return !(clause->flags & CASUS_CLAUSE_PASSIVE);
    case CODE_COND_NEGATED:
        return clause->flags & CASUS_CLAUSE_NEGATED;
    case CODE_COND_FUTURE:
        return clause->tense == CASUS_TENSE_FUTURE || clause->modality == CASUS_MODAL_WILL ||
               clause->modality == CASUS_MODAL_WOULD;
    case CODE_COND_FINITE:
        return clause->mood == CASUS_MOOD_INDICATIVE;
    default:
        return clause->modality == CASUS_MODAL_MUST;
    }
}

/* "the strike": of an army or of workers, as the verb above or the last act told before says. */
static bool amid_force(const coder *c, const casus_clause *clause) {
    const casus_parse *p = c->parse;
    if (clause->parent != CASUS_NONE) {
        const casus_clause *above = &p->clauses[clause->parent];
        const uint32_t row = above->kind == CASUS_CLAUSE_VERB
                                 ? code_best_row(c, above, 'v', CODE_TABLE_EVENT)
                                 : CASUS_NONE;
        const uint8_t type = row == CASUS_NONE ? CODE_NONE : c->code->rows[row].type;
        if (type == CODE_ASSAULT || type == CODE_PROTEST) return type == CODE_ASSAULT;
    }
    size_t at = c->n;
    for (uint32_t tries = 0; at > 0 && tries < FORCE_BACK; tries++) {
        const candidate *e = &c->candidates[--at];
        if (p->clauses[e->clause].head >= clause->head) continue;
        if (e->type == CODE_ASSAULT || e->type == CODE_PROTEST) return e->type == CODE_ASSAULT;
    }
    return false;
}

/* Does the word hang below the clause's head, and on no finite clause between? */
static bool is_own_word(const coder *c, const casus_clause *clause, uint32_t token) {
    const casus_parse *p = c->parse;
    for (int depth = 0; depth < OWN_DEPTH && token != clause->head; depth++) {
        const uint32_t k = p->clause_of[token];
        if (k != CASUS_NONE && p->clauses[k].kind != CASUS_CLAUSE_NOUN &&
            p->clauses[k].mood == CASUS_MOOD_INDICATIVE)
            return false;
        if (p->tokens[token].head == token) return false;
        token = p->tokens[token].head;
    }
    return token == clause->head;
}

/* "says=": one of the next words behind the verb, no name. */
static bool says(const coder *c, const code_cond *cond, const casus_clause *clause) {
    const casus_parse *p = c->parse;
    const uint32_t first = clause->verb == CASUS_NONE ? clause->head : clause->verb;
    for (uint32_t t = first; t < p->n_tokens && t < first + OWN_WORDS; t++) {
        if (p->tokens[t].sent != clause->sent) break;
        if (p->tokens[t].pos == CASUS_POS_PROPN) continue;
        for (uint32_t k = 0; k < cond->n; k++)
            if (code_token_is(c, t, &c->code->values[cond->first + k]) && is_own_word(c, clause, t))
                return true;
    }
    return false;
}

static bool cond_holds(const coder *c, const code_cond *cond, const casus_clause *clause) {
    if (cond->op == CODE_COND_FORCE) return amid_force(c, clause);
    if (cond->op == CODE_COND_ANOTHER) return true;
    if (cond->op == CODE_COND_COMMAND) return is_command(c, clause);
    if (cond->op == CODE_COND_SAYS) return says(c, cond, clause);
    if (cond->op >= CODE_COND_PASSIVE) return flag_holds(cond, clause);
    bool there = false, is = arg_meets(c, cond, clause, NULL, &there);
    for (uint32_t i = 0; i < clause->n_args && !is; i++) {
        const casus_clause *noun = code_inner_noun(c, clause, i);
        if (noun) is = arg_meets(c, cond, clause, noun, &there);
    }
    if (cond->op == CODE_COND_ABSENT) return !there;
    return cond->op == CODE_COND_IS_NOT ? !is : is;
}

bool code_row_holds(const coder *c, const code_row *row, const casus_clause *clause) {
    for (uint32_t i = 0; i < row->n_conds; i++)
        if (!cond_holds(c, &c->code->conds[row->conds + i], clause)) return false;
    return true;
}

bool code_row_asks(const coder *c, const code_row *row, uint32_t op) {
    for (uint32_t i = 0; i < row->n_conds; i++)
        if (c->code->conds[row->conds + i].op == op) return true;
    return false;
}

bool code_row_takes_form(const coder *c, const code_row *row) {
    for (uint32_t i = 0; i < row->n_conds; i++)
        if (c->code->conds[row->conds + i].op >= CODE_COND_NEGATED &&
            c->code->conds[row->conds + i].op <= CODE_COND_MUST)
            return true;
    return false;
}

static uint32_t best_of(const coder *c, const casus_clause *clause, uint64_t lemma, uint8_t kind,
                        uint8_t table) {
    uint32_t n;
    const uint32_t *rows = code_rows(c->code, lemma, kind, table, &n);
    const uint64_t particle = clause->particle.len ? code_hash(clause->particle) : 0;
    for (uint32_t i = 0; i < n; i++) {
        const code_row *r = &c->code->rows[rows[i]];
        if (r->particle == particle && code_row_holds(c, r, clause)) return rows[i];
    }
    if (particle) /* "sent in troops": the verb alone, when no row wants this particle */
        for (uint32_t i = 0; i < n; i++) {
            const code_row *r = &c->code->rows[rows[i]];
            if (!r->particle && r->n_conds && code_row_holds(c, r, clause)) return rows[i];
        }
    return CASUS_NONE;
}

uint32_t code_best_row(const coder *c, const casus_clause *clause, uint8_t kind, uint8_t table) {
    const uint64_t joined = c->joined[clause->head];
    if (joined) { /* "test-fired": the whole word, then its last part */
        const uint32_t row = best_of(c, clause, joined, kind, table);
        if (row != CASUS_NONE) return row;
    }
    const uint32_t row = best_of(c, clause, c->lemmas[clause->head], kind, table);
    if (row != CASUS_NONE || kind != 'v' || table != CODE_TABLE_EVENT) return row;
    /* "remains committed to": the predicate of a verb like "be" */
    const casus_arg *pred = NULL;
    for (uint32_t i = 0; i < clause->n_args; i++) {
        if (clause->args[i].role == CASUS_ROLE_OBJ) return CASUS_NONE;
        if (clause->args[i].role == CASUS_ROLE_PRED && !pred) pred = &clause->args[i];
    }
    if (!pred) return CASUS_NONE;
    const uint32_t known = best_of(c, clause, c->lemmas[pred->token], 'a', table);
    return known != CASUS_NONE
               ? known
               : best_of(c, clause, code_hash(c->parse->tokens[pred->token].lower), 'a', table);
}
