/* attribute_speech.c - verbs, nouns and adjectives of speech and attitude (rows of data/cues) with
 * their source and content. A source or content that the clause view does not give is looked for
 * near by: the subject of the clause above, the quotation beside the verb, the rest of the
 * sentence. Linear in the clause's arguments; what is looked for beyond them is bounded. */
#include "code/attribute.h"

#define CLIMB_MOST 6u /* clauses above that may lend their subject */
#define NEAR_MOST 24u /* tokens between a verb of speech and the quotation it belongs to */

static const casus_arg *role_of(const casus_clause *clause, uint8_t role) {
    for (uint32_t i = 0; i < clause->n_args; i++)
        if (clause->args[i].role == role) return &clause->args[i];
    return NULL;
}

static bool prep_is(const casus_arg *a, const char *prep) {
    return a->role == CASUS_ROLE_PREP && casus_slice_is(a->prep, prep);
}

const casus_arg *attribute_subject(const casus_parse *p, const casus_clause *clause) {
    const casus_arg *own = role_of(clause, CASUS_ROLE_SUBJ);
    const casus_clause *k = clause;
    for (uint32_t step = 0; !own && step < CLIMB_MOST; step++) {
        if (k->flags & CASUS_CLAUSE_PASSIVE) return NULL;
        uint32_t up = CASUS_NONE;
        if (k->conjunct_of != CASUS_NONE && &p->clauses[k->conjunct_of] != k) {
            up = k->conjunct_of;
        } else if (k->parent != CASUS_NONE &&
                   (k->parent_role == CASUS_ROLE_ADVCL || k->parent_role == CASUS_ROLE_XCOMP ||
                    k->parent_role == CASUS_ROLE_CCOMP || k->parent_role == CASUS_ROLE_PREP)) {
            const bool finite =
                k->kind == CASUS_CLAUSE_VERB && k->mood == CASUS_MOOD_INDICATIVE && k->mark.len;
            if (!finite) up = k->parent;
        }
        if (up == CASUS_NONE) return NULL;
        k = &p->clauses[up];
        if (k->kind == CASUS_CLAUSE_NOUN) return NULL;
        own = role_of(k, k->flags & CASUS_CLAUSE_PASSIVE ? CASUS_ROLE_OBJ : CASUS_ROLE_SUBJ);
    }
    return own;
}

/* The source of a noun: whose, by whom, from whom; else who has, makes or expresses it. */
static const casus_arg *noun_source(const coder *c, const casus_clause *noun) {
    const casus_parse *p = c->parse;
    for (uint32_t i = 0; i < noun->n_args; i++) {
        const casus_arg *a = &noun->args[i];
        if (a->role == CASUS_ROLE_POSS || prep_is(a, "by") || prep_is(a, "from") ||
            prep_is(a, "among"))
            return a;
    }
    /* "the finding of the court that ...", "the threat of the rebels to ..." */
    if (role_of(noun, CASUS_ROLE_CCOMP) || role_of(noun, CASUS_ROLE_XCOMP))
        for (uint32_t i = 0; i < noun->n_args; i++)
            if (prep_is(&noun->args[i], "of") &&
                code_actor_at(c, noun->args[i].token, false) != CASUS_NONE)
                return &noun->args[i];
    const casus_arg *shared = role_of(noun, CASUS_ROLE_SUBJ);
    const casus_clause *above = noun->parent == CASUS_NONE ? NULL : &p->clauses[noun->parent];
    if (above && above->kind == CASUS_CLAUSE_VERB) {
        /* who denies or cites a claim has not made it */
        const uint32_t row = code_best_row(c, above, 'v', CODE_TABLE_SPEECH);
        if (row != CASUS_NONE && (c->code->rows[row].stance != CASUS_ASSERTS ||
                                  attribute_kind_is(c, &c->code->rows[row], "quote")))
            return NULL;
    }
    if (shared) return shared;
    /* "the UN report that ..."; a headline's "Army reports that ..." is often read so too */
    for (uint32_t i = 0; i < noun->n_args; i++)
        if (noun->args[i].role == CASUS_ROLE_MOD && noun->args[i].token < noun->head &&
            (code_actor_at(c, noun->args[i].token, false) != CASUS_NONE ||
             p->tokens[noun->args[i].token].pos == CASUS_POS_PROPN))
            return &noun->args[i];
    if (!above || noun->parent_role != CASUS_ROLE_OBJ || above->kind != CASUS_CLAUSE_VERB)
        return NULL;
    /* "the killing sparked demands for": no one who can speak */
    const casus_arg *who = attribute_subject(p, above);
    return who && attribute_who(c, who->token) == CASUS_NONE &&
                   p->tokens[who->token].pos == CASUS_POS_NOUN
               ? NULL
               : who;
}

static bool holds(const coder *c, const code_row *r, uint8_t role) {
    for (uint32_t k = 0; k < r->n_content; k++)
        if (c->code->refs[r->content + k].role == role) return true;
    return false;
}

static bool wanted(const coder *c, const code_row *r, const casus_clause *clause,
                   const casus_arg *a) {
    for (uint32_t k = 0; k < r->n_content; k++)
        if (code_arg_in(a, &c->code->refs[r->content + k])) return true;
    if (clause->kind == CASUS_CLAUSE_VERB) return a->role == CASUS_ROLE_CCOMP;
    /* "the allegation that guards beat them", read as a relative clause */
    return a->role == CASUS_ROLE_RELCL && a->clause != CASUS_NONE &&
           holds(c, r, CASUS_ROLE_CCOMP) &&
           casus_slice_is(c->parse->clauses[a->clause].mark, "that");
}

/* The words of one argument, without the frame that speaks it; `own`: of an object its own words
 * alone, not what hangs behind it. */
static casus_span words_of(const casus_parse *p, const casus_clause *clause,
                           const casus_arg *source, const casus_arg *a, bool own,
                           casus_span *before) {
    uint32_t first = a->first, last = a->last;
    if (own && a->role == CASUS_ROLE_OBJ) return attribute_words(p, first, last);
    if (a->clause != CASUS_NONE || a->role == CASUS_ROLE_OBJ || a->role == CASUS_ROLE_PREP) {
        first = p->tokens[a->token].left;
        last = p->tokens[a->token].right;
    }
    if (a->clause != CASUS_NONE && p->clauses[a->clause].kind != CASUS_CLAUSE_NOUN) {
        /* where the view's head is not the tree's ("is missing"), the rest is reached from here */
        const casus_clause *k = &p->clauses[a->clause];
        if (k->verb != CASUS_NONE && k->verb != a->token) {
            if (p->tokens[k->verb].left < first) first = p->tokens[k->verb].left;
            if (p->tokens[k->verb].right > last) last = p->tokens[k->verb].right;
        }
        for (uint32_t i = 0; i < k->n_args && k->sent == clause->sent; i++) {
            const casus_arg *b = &k->args[i];
            if (b->flags & CASUS_ARG_SHARED) continue;
            if (b->first < first) first = b->first;
            if (b->last > last) last = b->last;
        }
        if (first > 0 && k->mark.len && casus_slice_is(p->tokens[first - 1].lower, "that")) first--;
    }
    if (a->role == CASUS_ROLE_PREP && first > a->first) first = a->first;
    const bool aside = first == clause->head + 1 && a->role == CASUS_ROLE_CCOMP;
    if (aside || (first <= clause->head && clause->head < last)) {
        if (a->token < clause->head)
            last = source && source->first < clause->head && source->first > a->token
                       ? source->first
                       : clause->head;
        else {
            /* "the bridge, he said, was closed": what stands before him too */
            const uint32_t begin = p->sentences[clause->sent].first;
            if (source && source->first > begin + 1 && source->first < clause->head &&
                casus_slice_is(p->tokens[source->first - 1].form, ",") &&
                clause->head + 1 < p->n_tokens &&
                casus_slice_is(p->tokens[clause->head + 1].form, ","))
                *before = attribute_words(p, begin, source->first - 1);
            first = clause->head + 1;
            while (first < last && casus_slice_is(p->tokens[first].form, ",")) first++;
        }
    }
    return attribute_sentence(p, first, last);
}

/* Ends the words of a content before a second thing that its speaker says. */
static void cut_apart(const coder *c, const casus_clause *clause, casus_span *s) {
    const casus_parse *p = c->parse;
    for (uint32_t i = 0; i < clause->n_args; i++) {
        const casus_arg *a = &clause->args[i];
        if (a->role != CASUS_ROLE_CCOMP || !(a->flags & CASUS_ARG_CONJUNCT) ||
            a->clause == CASUS_NONE || !code_speaks_apart(c, a->clause))
            continue;
        uint32_t at = a->token; /* its adverbs and the "and" before it go with it */
        while (at > clause->head + 1 &&
               (p->tokens[at - 1].pos == CASUS_POS_ADV || p->tokens[at - 1].pos == CASUS_POS_AUX ||
                p->tokens[at - 1].pos == CASUS_POS_CCONJ ||
                p->tokens[at - 1].pos == CASUS_POS_PUNCT))
            at--;
        if (at > 0 && p->tokens[at - 1].end > s->begin && p->tokens[at - 1].end < s->end)
            s->end = p->tokens[at - 1].end;
    }
}

static void take_quote(const casus_parse *p, casus_attribution *x, const casus_quote *q,
                       uint32_t cue) {
    if (!q || (q->first <= cue && cue < q->last)) return;
    x->quote = true;
    attribute_content(x, attribute_words(p, q->first, q->last));
}

/* The quotation that ends right before the words [first, ...) of the speaking clause, or that
 * begins behind its verb in the same sentence. */
static const casus_quote *quote_near(const casus_parse *p, uint32_t sent, uint32_t first,
                                     uint32_t cue) {
    const casus_sentence *s = &p->sentences[sent];
    for (uint32_t i = first; i > s->first && first - i < 4; i--) {
        const casus_quote *q = attribute_marks_at(p, i - 1);
        /* "Never," he said: short, but said */
        if (q && (!q->scare || p->tokens[q->last - 1].pos == CASUS_POS_PUNCT)) return q;
        if (p->tokens[i - 1].pos != CASUS_POS_PUNCT && p->tokens[i - 1].pos != CASUS_POS_SPACE)
            break;
    }
    for (uint32_t i = cue + 1; i < s->last && i < cue + NEAR_MOST; i++) {
        const casus_quote *q = attribute_quote_at(p, i);
        if (q) return q;
    }
    return NULL;
}

static bool opens_clause(const casus_token *t) {
    static const char *const words[] = {"that", "whether", "if",  "how", "why",
                                        "what", "when",    "who", ":"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (casus_slice_is(t->lower, words[i])) return true;
    return false;
}

static bool has_verb(const casus_parse *p, uint32_t first, uint32_t last) {
    for (uint32_t i = first; i < last; i++)
        if (p->tokens[i].pos == CASUS_POS_VERB || p->tokens[i].pos == CASUS_POS_AUX) return true;
    return false;
}

/* A verb of saying without content: a quotation beside it, a that-clause behind it, or what stands
 * before ", he said". */
static void content_near(const casus_parse *p, casus_attribution *x, const casus_clause *clause,
                         const casus_arg *source) {
    const casus_sentence *s = &p->sentences[clause->sent];
    const uint32_t cue = clause->head;
    uint32_t first = cue;
    if (source && source->first < cue && source->first >= s->first && cue - source->first < 30)
        first = source->first;
    take_quote(p, x, quote_near(p, clause->sent, first, cue), cue);
    if (x->n_content) return;
    for (uint32_t i = cue + 1; i < s->last && i < cue + NEAR_MOST; i++)
        if (opens_clause(&p->tokens[i])) {
            if (has_verb(p, i, s->last)) attribute_content(x, attribute_words(p, i, s->last));
            return;
        }
    /* "the bridge, he said, was closed" */
    if (first > s->first + 1 && cue + 2 < s->last &&
        casus_slice_is(p->tokens[first - 1].form, ",") &&
        casus_slice_is(p->tokens[cue + 1].form, ",") && has_verb(p, s->first, s->last)) {
        attribute_content(x, attribute_words(p, s->first, first - 1));
        attribute_content(x, attribute_sentence(p, cue + 2, s->last));
        return;
    }
    if (first > s->first + 2 && casus_slice_is(p->tokens[first - 1].form, ",") &&
        has_verb(p, s->first, first - 1))
        attribute_content(x, attribute_words(p, s->first, first - 1));
}

/* "called the plan a 'disgrace'": what is named and what it is called, when that is quoted. */
static void name_near(const casus_parse *p, casus_attribution *x, const casus_clause *clause) {
    const casus_arg *named = role_of(clause, CASUS_ROLE_OBJ);
    const casus_sentence *s = &p->sentences[clause->sent];
    if (!named || named->first <= clause->head) return;
    for (uint32_t i = named->first; i < s->last && i < named->last + NEAR_MOST; i++) {
        const casus_quote *q = attribute_marks_at(p, i);
        if (!q || q->first < named->first) continue;
        attribute_content(x,
                          attribute_words(p, named->first, q->last < s->last ? q->last : s->last));
        return;
    }
}

/* The one at a token that can have said something: not the Iran of "citing Iran's plans". */
static uint32_t speaker_at(const coder *c, uint32_t token) {
    const uint32_t m = code_actor_at(c, token, false);
    if (m != CASUS_NONE) {
        const uint8_t kind = c->mentions->items[m].kind;
        return kind == CASUS_MENTION_PLACE ? CASUS_NONE : token;
    }
    uint32_t n;
    if (code_rows(c->code, c->lemmas[token], 'n', CODE_TABLE_SPEECH, &n) ||
        code_channel_of(c->code, c->lemmas[token]))
        return attribute_who(c, token);
    return CASUS_NONE;
}

/* "quoted X as saying", "citing X": who speaks is the object, who repeats it the subject. */
static void repeat(coder *c, casus_attribution *x, const casus_clause *clause,
                   const casus_arg *source) {
    for (uint32_t i = 0; i < clause->n_args; i++) {
        const casus_arg *a = &clause->args[i];
        if (a->role != CASUS_ROLE_OBJ || a->token == x->source_token) continue;
        const uint32_t who = speaker_at(c, a->token);
        if (who == CASUS_NONE) continue;
        if (!source) { /* "was quoted as saying" */
            attribute_source(c, x, a);
        } else {
            x->cited = who;
            x->cited_cue = clause->head;
        }
        return;
    }
}

static bool is_nominal(const casus_token *t) {
    return t->pos == CASUS_POS_NOUN || t->pos == CASUS_POS_PROPN || t->pos == CASUS_POS_PRON;
}

/* A finite verb whose subject the view lacks: the noun phrase right before it, or before the
 * parenthesis that parts them ("her adviser, Jake Sullivan, said"). */
static bool subject_near(const casus_parse *p, const casus_clause *clause, casus_arg *out) {
    const uint32_t begin = p->sentences[clause->sent].first;
    if (clause->kind != CASUS_CLAUSE_VERB || clause->mood != CASUS_MOOD_INDICATIVE ||
        clause->flags & CASUS_CLAUSE_PASSIVE || clause->conjunct_of != CASUS_NONE)
        return false;
    uint32_t i = clause->head;
    while (i > begin &&
           (p->tokens[i - 1].pos == CASUS_POS_ADV || p->tokens[i - 1].pos == CASUS_POS_AUX ||
            p->tokens[i - 1].pos == CASUS_POS_PART))
        i--;
    if (i > begin && casus_slice_is(p->tokens[i - 1].form, ",")) {
        uint32_t open = i - 1;
        while (open > begin && i - open < NEAR_MOST &&
               !casus_slice_is(p->tokens[open - 1].form, ","))
            open--;
        if (open == begin || i - open >= NEAR_MOST) return false;
        i = open - 1;
    }
    if (i == begin || !is_nominal(&p->tokens[i - 1])) return false;
    uint32_t first = i - 1;
    while (first > begin && first + NEAR_MOST > i) {
        const casus_token *t = &p->tokens[first - 1];
        if (!is_nominal(t) && t->pos != CASUS_POS_DET && t->pos != CASUS_POS_ADJ &&
            t->pos != CASUS_POS_NUM && t->pos != CASUS_POS_PART)
            break;
        if (t->pos == CASUS_POS_PRON && first < i - 1 && p->tokens[first].pos == CASUS_POS_PRON)
            break;
        first--;
    }
    *out = (casus_arg){.role = CASUS_ROLE_SUBJ,
                       .token = i - 1,
                       .first = first,
                       .last = i,
                       .clause = p->clause_of[i - 1]};
    return true;
}

/* '"... Not ours", said Smith' with the last words of the quotation for the subject: the name
 * behind the verb is. */
static bool subject_behind(const casus_parse *p, const casus_clause *clause, const casus_arg *taken,
                           casus_arg *out) {
    const uint32_t cue = clause->head, end = p->sentences[clause->sent].last;
    if (clause->kind != CASUS_CLAUSE_VERB || !taken || taken->token > cue ||
        !attribute_marks_at(p, taken->token) || attribute_marks_at(p, cue))
        return false;
    for (uint32_t i = taken->last; i < cue; i++)
        if (p->tokens[i].pos != CASUS_POS_PUNCT && p->tokens[i].pos != CASUS_POS_SPACE)
            return false;
    uint32_t last = cue + 1;
    while (last < end && last < cue + 8 &&
           (is_nominal(&p->tokens[last]) || p->tokens[last].pos == CASUS_POS_DET ||
            p->tokens[last].pos == CASUS_POS_ADJ))
        last++;
    if (last == cue + 1 || !is_nominal(&p->tokens[last - 1])) return false;
    *out = (casus_arg){.role = CASUS_ROLE_SUBJ,
                       .token = last - 1,
                       .first = cue + 1,
                       .last = last,
                       .clause = p->clause_of[last - 1]};
    return true;
}

/* "seemed to confirm": what is confirmed tells more. */
static bool yields(const coder *c, const code_row *r, const casus_clause *clause) {
    if (!holds(c, r, CASUS_ROLE_SUBJ)) return false;
    for (uint32_t i = 0; i < clause->n_args; i++) {
        const casus_arg *a = &clause->args[i];
        if (a->role != CASUS_ROLE_XCOMP || a->clause == CASUS_NONE) continue;
        const casus_clause *k = &c->parse->clauses[a->clause];
        const uint8_t kind = k->kind == CASUS_CLAUSE_VERB ? 'v' : 'a';
        if (code_best_row(c, k, kind, CODE_TABLE_SPEECH) != CASUS_NONE) return true;
    }
    return false;
}

/* "failed to mention the raid": nobody says it. */
static bool is_unsaid(const coder *c, const casus_clause *clause) {
    static const char *const verbs[] = {"fail", "neglect", "forget", "avoid", "omit", NULL};
    return clause->kind == CASUS_CLAUSE_VERB && clause->parent != CASUS_NONE &&
           clause->parent_role == CASUS_ROLE_XCOMP &&
           code_is_one_of(c->parse->tokens[c->parse->clauses[clause->parent].head].lemma, verbs);
}

void attribute_speech(coder *c, uint32_t index, uint32_t row) {
    static const char *const goes_on[] = {"continue", "go", NULL};
    const casus_parse *p = c->parse;
    const casus_clause *clause = &p->clauses[index];
    const code_row *r = &c->code->rows[row];
    const bool verb = clause->kind == CASUS_CLAUSE_VERB;
    const bool attitude = attribute_kind_is(c, r, "attitude");
    const casus_arg *source = clause->kind == CASUS_CLAUSE_NOUN ? noun_source(c, clause)
                              : holds(c, r, CASUS_ROLE_SUBJ)    ? NULL
                                                                : attribute_subject(p, clause);
    /* "said in a statement that ...": the verb has it */
    if (!source && clause->kind == CASUS_CLAUSE_NOUN && clause->parent != CASUS_NONE &&
        clause->parent_role == CASUS_ROLE_PREP &&
        p->clauses[clause->parent].kind == CASUS_CLAUSE_VERB &&
        code_best_row(c, &p->clauses[clause->parent], 'v', CODE_TABLE_SPEECH) != CASUS_NONE)
        return;
    if (!source && attitude && verb && clause->flags & CASUS_CLAUSE_PASSIVE &&
        !holds(c, r, CASUS_ROLE_OBJ))
        source = role_of(clause, CASUS_ROLE_OBJ); /* "they were worried that ..." */
    /* "for the first time in years, citing ...": the subject of the main verb */
    if (source && verb && clause->mood == CASUS_MOOD_GERUND && source->flags & CASUS_ARG_SHARED &&
        attribute_who(c, source->token) == CASUS_NONE &&
        p->tokens[source->token].pos == CASUS_POS_NOUN)
        for (uint32_t up = clause->parent, k = 0; up != CASUS_NONE && k < CLIMB_MOST;
             up = p->clauses[up].parent, k++) {
            const casus_arg *main = role_of(&p->clauses[up], CASUS_ROLE_SUBJ);
            if (main && p->clauses[up].kind == CASUS_CLAUSE_VERB &&
                attribute_who(c, main->token) != CASUS_NONE) {
                source = main;
                break;
            }
        }
    if (verb && code_speaks_apart(c, index)) {
        const casus_arg *main = attribute_subject(p, &p->clauses[clause->parent]);
        if (main) source = main;
    }
    if (yields(c, r, clause) || is_unsaid(c, clause)) return;
    /* "unrest continued in the city, where ..." */
    if (verb && source && code_is_one_of(p->tokens[clause->head].lemma, goes_on) &&
        p->tokens[source->token].pos == CASUS_POS_NOUN &&
        attribute_who(c, source->token) == CASUS_NONE)
        return;
    casus_arg near;
    if (!source && !holds(c, r, CASUS_ROLE_SUBJ) && subject_near(p, clause, &near)) source = &near;
    casus_arg behind;
    if (subject_behind(p, clause, source, &behind)) source = &behind;
    if (source && clause->kind == CASUS_CLAUSE_PRED &&
        casus_slice_is(p->tokens[source->token].lower, "it"))
        source = NULL; /* "it is clear that" */
    const bool quote = attribute_kind_is(c, r, "quote");
    casus_attribution *x = attribute_add(c);
    if (!x) return;
    x->clause = index;
    x->attitude = attitude;
    x->stance = r->stance;
    if (clause->flags & CASUS_CLAUSE_NEGATED) x->stance = CASUS_DOUBTS;
    x->cue_token = clause->head;
    x->cue = attribute_words(p, clause->head, clause->head + 1);
    if (source &&
        !(source->flags & CASUS_ARG_RELATIVE && p->tokens[source->token].pos == CASUS_POS_PRON))
        attribute_source(c, x, source);
    x->channel = code_string(c->code, r->channel).ptr;
    const char *channel = attribute_channel(c, clause);
    if (channel) x->channel = channel;
    if (quote) repeat(c, x, clause, source);
    const bool thing = quote && role_of(clause, CASUS_ROLE_OBJ);
    for (uint32_t i = 0; i < clause->n_args; i++) {
        const casus_arg *a = &clause->args[i];
        if (!wanted(c, r, clause, a) || a->token == x->source_token) continue;
        if (a->clause != CASUS_NONE && code_speaks_apart(c, a->clause)) continue;
        if (thing && a->role == CASUS_ROLE_CCOMP) continue; /* "reported, citing X, that ..." */
        if (a->role == CASUS_ROLE_OBJ && casus_slice_is(p->tokens[a->token].lower, "it") &&
            role_of(clause, CASUS_ROLE_CCOMP))
            continue; /* "it was reported that" */
        casus_span before = {0, 0};
        casus_span s = words_of(p, clause, source, a, thing, &before);
        if (a->role == CASUS_ROLE_CCOMP) cut_apart(c, clause, &s);
        const casus_quote *q = attribute_quote_at(p, a->token);
        /* a quotation is taken whole when the clause spoken opens or fills it */
        if (q && a->flags & CASUS_ARG_CLAUSE && s.begin <= q->begin + 2)
            take_quote(p, x, q, clause->head);
        else if (q && !(q->first <= clause->head && clause->head < q->last))
            x->quote = true;
        attribute_content(x, before);
        attribute_content(x, s);
    }
    if (!x->n_content && verb && !attitude && !(clause->flags & CASUS_CLAUSE_PASSIVE) &&
        clause->mood != CASUS_MOOD_INFINITIVE &&
        (attribute_kind_is(c, r, "say") || attribute_kind_is(c, r, "write") ||
         attribute_kind_is(c, r, "ask") || attribute_kind_is(c, r, "report") ||
         attribute_kind_is(c, r, "admit") || attribute_kind_is(c, r, "claim")))
        content_near(p, x, clause, source);
    if (!x->n_content && attribute_kind_is(c, r, "name")) name_near(p, x, clause);
    if (!x->n_content) c->n_attributions--;
}
