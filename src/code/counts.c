/* counts.c - how many were killed, wounded, held ...: numbers before the noun that suffers the act,
 * with their bounds. A count belongs to the clause it stands in. */
#include "code/numbers.h"

static void add(coder *c, casus_event *out, const char *kind, number n, const casus_arg *a) {
    const uint32_t begin = c->parse->tokens[a->first].begin;
    for (size_t i = 0; i < out->n_counts; i++) /* two clauses may share the words */
        if (strcmp(out->counts[i].kind.ptr, kind) == 0 &&
            (out->counts[i].span.begin == begin ||
             (out->counts[i].min == n.min && out->counts[i].max == n.max)))
            return;
    casus_count *v = casus_base_arena_zero(c->arena, out->n_counts + 1, sizeof *v);
    if (!v) {
        c->no_memory = true;
        return;
    }
    if (out->n_counts) memcpy(v, out->counts, out->n_counts * sizeof *v);
    casus_count *x = &v[out->n_counts];
    const casus_parse *p = c->parse;
    *x = (casus_count){.kind = code_string_z(kind), .min = n.min, .max = n.max, .about = n.about};
    const casus_slice of = casus_base_arena_copy(c->arena, p->tokens[a->token].form);
    if (a->token >= n.last || a->token < n.first) x->of = (casus_string){of.ptr, of.len};
    x->span = (casus_span){p->tokens[a->first].begin, p->tokens[a->last - 1].end};
    const casus_slice text =
        casus_base_arena_copy(c->arena, casus_slice_of(p->text->text.ptr + x->span.begin,
                                                       x->span.end - x->span.begin));
    x->text = (casus_string){text.ptr, text.len};
    out->counts = v;
    out->n_counts++;
}

/* The kind of count that a word tells, by its lemma or else by the form that is written: "missing",
 * which the lemma hides. */
static const char *kind_of_form(const coder *c, uint32_t token) {
    const char *kind = code_count_kind(c, token);
    if (kind) return kind;
    const code_cue *q =
        code_cue_of(c->code, code_hash(c->parse->tokens[token].lower), CODE_CUE_COUNT);
    return q ? code_string(c->code, (code_str){q->kind, q->value}).ptr : NULL;
}

static bool is_about_persons(const char *kind) {
    return strcmp(kind, "detained") == 0 || strcmp(kind, "troops") == 0 ||
           strcmp(kind, "released") == 0;
}

/* A name that no table knows, of a person for all that is known: "killed Rawhi Mushtaha". */
static bool is_named_person(const coder *c, uint32_t token) {
    const uint32_t m = c->mentions->at[token];
    if (c->parse->tokens[token].pos != CASUS_POS_PROPN || m == CASUS_NONE) return false;
    const casus_mention *x = &c->mentions->items[m];
    return x->kind == CASUS_MENTION_ORG && !x->actor.country[0] && !x->actor.code[0] &&
           !x->actor.n_sectors && x->last - x->first > 1;
}

/* "the mayor's wife": whose it is stands for an article. */
static bool is_owned(const casus_parse *p, const casus_arg *a) {
    for (uint32_t i = a->first; i < a->token; i++)
        if (p->tokens[i].head < a->last && p->tokens[p->tokens[i].head].head == a->token &&
            (casus_slice_is(p->tokens[i].lower, "'s") ||
             casus_slice_is(p->tokens[i].lower, "\xe2\x80\x99s")))
            return true;
    return false;
}

/* A noun in the singular. */
static bool is_singular(const casus_token *t) {
    return t->pos == CASUS_POS_NOUN && casus_slice_eq(t->lower, t->lemma);
}

/* Whoever stands at a token, as a number: told, or one for a person named or with an article. */
static number number_of(const coder *c, const casus_arg *a, const char *kind) {
    static const char *const one[] = {"a", "an", "another", "his", "her", "their", "its", NULL};
    static const char *const many[] = {"group",  "number", "family",    "handful",  "crowd",
                                       "team",   "series", "lot",       "majority", "unit",
                                       "convoy", "gang",   "couple",    "portion",  "network",
                                       "cell",   "ring",   "syndicate", NULL};
    static const char *const he[] = {"he", "she", "him", "her", "himself", "herself", NULL};
    const casus_parse *p = c->parse;
    const uint32_t m = c->mentions->at[a->token];
    const uint8_t sort = m == CASUS_NONE ? CASUS_MENTION_NONE : c->mentions->items[m].kind;
    const bool persons = sort == CASUS_MENTION_PERSON || sort == CASUS_MENTION_GROUP ||
                         p->tokens[a->token].pos == CASUS_POS_NUM ||
                         p->tokens[a->token].pos == CASUS_POS_PRON;
    number n = {false, false, -1, -1, a->first, a->first};
    const casus_token *t = &p->tokens[a->token];
    const bool others = code_is_one_of(t->lower, (const char *const[]){"others", "more", NULL});
    /* "a 21-year-old" */
    if (casus_slice_is(t->lower, "old") && a->first < a->token &&
        casus_slice_is(p->tokens[a->token - 1].lower, "-") &&
        code_is_one_of(p->tokens[a->first].lower, one))
        return (number){true, false, 1, 1, a->first, a->first};
    if (is_about_persons(kind) && !persons && !others) return n;
    uint32_t first = a->first;
    if (first && casus_slice_is(p->tokens[first - 1].lower, "between")) first--;
    n = numbers_read(c, first, a->last);
    if (n.found) return n;
    if (code_is_one_of(t->lemma, many)) return n;
    if (code_is_one_of(t->lower, he) && t->pos == CASUS_POS_PRON && strcmp(kind, "protesters") != 0)
        return (number){true, false, 1, 1, a->first, a->first};
    const bool article =
        (a->first < a->last && code_is_one_of(p->tokens[a->first].lower, one)) || is_owned(p, a);
    const bool harm = strcmp(kind, "killed") == 0 || strcmp(kind, "injured") == 0;
    if (!harm && is_named_person(c, a->token)) return n; /* "captured Bukavu" */
    const bool singular =
        m != CASUS_NONE ? !c->mentions->items[m].actor.group
                        : harm && t->pos == CASUS_POS_NOUN && casus_slice_eq(t->lower, t->lemma);
    const bool nobody = sort == CASUS_MENTION_PLACE || sort == CASUS_MENTION_COUNTRY ||
                        (sort == CASUS_MENTION_ORG && t->pos == CASUS_POS_PROPN) ||
                        code_count_kind(c, a->token);
    if (strcmp(kind, "protesters") == 0) return n; /* "Smith led a march" tells no number */
    if (sort == CASUS_MENTION_PERSON || is_named_person(c, a->token) ||
        (article && (persons || harm) && singular && !nobody) ||
        (singular && sort == CASUS_MENTION_GROUP && a->first < a->last &&
         (harm || is_singular(t)) &&
         casus_slice_is(p->tokens[a->first].lower, "the")) || /* "the owner was killed" */
        /* "former speaker Jan Nowak was shot": a title stands for its bearer */
        (harm && singular && !article && a->first < a->last && m != CASUS_NONE &&
         sort == CASUS_MENTION_GROUP && t->pos == CASUS_POS_NOUN &&
         c->mentions->items[m].actor.n_sectors && casus_slice_eq(t->lower, t->lemma) &&
         c->mentions->items[m].first == a->first && a->token + 1 < p->n_tokens &&
         p->tokens[a->token + 1].pos != CASUS_POS_CCONJ &&
         p->tokens[a->first].flags & CASUS_TOKEN_UPPER_INITIAL) ||
        casus_slice_is(t->lower, "another") ||
        (article && (casus_slice_is(t->lower, "third") || casus_slice_is(t->lower, "fourth"))))
        n = (number){true, false, 1, 1, a->first, a->first};
    return n;
}

static void more(number *sum, number n) {
    sum->about |= n.about;
    sum->min = sum->min < 0 || n.min < 0 ? sum->min : sum->min + n.min;
    sum->max = sum->max < 0 || n.max < 0 ? -1 : sum->max + n.max;
}

/* "six soldiers, one guard and ten civilians", which the parser takes for appositions. */
static void add_listed(const coder *c, const casus_clause *noun, const char *kind, number *sum) {
    bool list = false;
    for (uint32_t i = 0; i < noun->n_args; i++)
        list |= noun->args[i].role == CASUS_ROLE_APPOS && noun->args[i].flags & CASUS_ARG_CONJUNCT;
    for (uint32_t i = 0; i < noun->n_args && list; i++) {
        const casus_arg *a = &noun->args[i];
        if (a->role != CASUS_ROLE_APPOS || a->flags & CASUS_ARG_SHARED) continue;
        const number n = number_of(c, a, kind);
        if (n.found) more(sum, n);
    }
}

/* What the word behind a bare number or "others" counts: "two dead and five INJURED". */
static const char *kind_behind(const coder *c, const casus_arg *a) {
    if (a->token + 1 >= c->parse->n_tokens) return NULL;
    const casus_token *t = &c->parse->tokens[a->token];
    if (t->pos != CASUS_POS_NUM && !code_is_one_of(t->lower, (const char *const[]){"others", NULL}))
        return NULL;
    return kind_of_form(c, a->token + 1);
}

/* "kills four people and wounds 60 others" with "wounds" taken for a noun. */
static bool add_wounds(coder *c, const casus_arg *a, casus_event *out) {
    const casus_parse *p = c->parse;
    if (!(a->flags & CASUS_ARG_CONJUNCT) || !casus_slice_is(p->tokens[a->token].lower, "wounds"))
        return false;
    const uint32_t end = p->sentences[p->tokens[a->token].sent].last;
    const uint32_t last = a->token + 6 < end ? a->token + 6 : end;
    const number n = numbers_read(c, a->token + 1, last);
    if (!n.found || n.first > a->token + 4) return false;
    const casus_arg arg = {.token = a->token, .first = a->token + 1, .last = n.last};
    add(c, out, "injured", n, &arg);
    return true;
}

/* "one person each in Tyre and Sidon": times so many places. */
static void each(const coder *c, const casus_clause *clause, const casus_arg *a, number *n) {
    const casus_parse *p = c->parse;
    int64_t times = 0;
    if (a->last >= p->n_tokens || (!casus_slice_is(p->tokens[a->last].lower, "each") &&
                                   !casus_slice_is(p->tokens[a->last - 1].lower, "each")))
        return;
    const casus_arg *first = NULL;
    for (uint32_t i = 0; i < clause->n_args; i++) {
        const casus_arg *x = &clause->args[i];
        if (x->role != CASUS_ROLE_PREP || x->token < a->token) continue;
        if (!(x->flags & CASUS_ARG_CONJUNCT)) {
            if (first) break;
            first = x;
        }
        times++;
    }
    if (times < 2) return;
    if (n->min > 0) n->min *= times;
    if (n->max > 0) n->max *= times;
}

/* "was shot and killed": the first verb counts nothing itself and tells the same act. */
static bool lent_by_same(const coder *c, const casus_clause *clause) {
    const casus_parse *p = c->parse;
    const uint32_t me = (uint32_t)(clause - p->clauses), first = clause->conjunct_of;
    if (first == CASUS_NONE || first == me || kind_of_form(c, p->clauses[first].head)) return false;
    const uint32_t x = c->of_clause[first], y = c->of_clause[me];
    if (x == CASUS_NONE || y == CASUS_NONE) return false;
    const uint32_t a = c->candidates[x].merged, b = c->candidates[y].merged;
    return (a == CASUS_NONE ? x : a) == (b == CASUS_NONE ? y : b);
}

/* No act of its own. */
static bool is_free(const coder *c, uint32_t clause) {
    const uint32_t k = c->of_clause[clause];
    return k == CASUS_NONE || (c->candidates[k].dropped && c->candidates[k].merged == CASUS_NONE);
}

/* "killed two before being shot", "were reported killed": the noun above is this one's own victim.
 */
static bool is_adverbial(const coder *c, const casus_clause *clause) {
    if (clause->parent_role == CASUS_ROLE_XCOMP && clause->parent != CASUS_NONE &&
        clause->mood == CASUS_MOOD_PARTICIPLE)
        return is_free(c, clause->parent);
    return clause->parent_role == CASUS_ROLE_ADVCL && clause->mood == CASUS_MOOD_GERUND &&
           clause->flags & CASUS_CLAUSE_PASSIVE;
}

/* The members of a coordination in one role, summed: "two soldiers and a civilian". */
static void add_args(coder *c, const casus_clause *clause, casus_role role, const char *prep,
                     const char *kind, casus_event *out) {
    number sum = {false, false, 0, 0, 0, 0};
    const casus_arg *head = NULL, *first = NULL;
    bool open = false;
    for (uint32_t i = 0; i < clause->n_args; i++) {
        const casus_arg *a = &clause->args[i];
        const bool with = role == CASUS_ROLE_OBJ && first && a->role == CASUS_ROLE_PREP &&
                          casus_slice_is(a->prep, "along with");
        if (!with && (a->role != role || (prep && !casus_slice_is(a->prep, prep)))) continue;
        if (head && !with && !(a->flags & CASUS_ARG_CONJUNCT)) continue;
        /* what another verb brings: a count shared by two acts belongs to neither */
        if (role == CASUS_ROLE_OBJ && a->flags & CASUS_ARG_SHARED &&
            !(a->flags & CASUS_ARG_RELATIVE) && !lent_by_same(c, clause) &&
            !is_adverbial(c, clause))
            continue;
        if (!head) head = a;
        const char *other = head == a ? NULL : kind_behind(c, a);
        if (other && strcmp(other, kind) != 0) {
            const number n = number_of(c, a, other);
            if (n.found) add(c, out, other, n, a);
            continue;
        }
        number n = number_of(c, a, kind);
        if (!n.found) {
            if (!add_wounds(c, a, out)) open = true;
            continue;
        }
        each(c, clause, a, &n);
        if (!first) {
            first = a;
            sum = n;
            if (a->clause != CASUS_NONE) add_listed(c, &c->parse->clauses[a->clause], kind, &sum);
            continue;
        }
        more(&sum, n);
    }
    if (!first) return;
    if (open) sum.max = -1;
    add(c, out, kind, sum, first);
}

/* "12 deaths", "dozens of arrests": the number before a noun that counts, or its "of" phrase. */
static void from_noun(coder *c, uint32_t token, const casus_clause *clause, const char *kind,
                      casus_event *out) {
    const casus_parse *p = c->parse;
    const size_t before = out->n_counts;
    if (clause) add_args(c, clause, CASUS_ROLE_PREP, "of", kind, out);
    if (out->n_counts > before) return;
    uint32_t first = token;
    while (first && token - first < 8 && p->tokens[first - 1].pos != CASUS_POS_PUNCT &&
           p->tokens[first - 1].pos != CASUS_POS_VERB &&
           p->tokens[first - 1].pos != CASUS_POS_SPACE &&
           (p->tokens[first - 1].pos != CASUS_POS_CCONJ ||
            numbers_value(c, first) < 0 || /* "12 deaths and 30 injuries", "two hundred and six" */
            (first > 1 && numbers_value(c, first - 2) >= 0)))
        first--;
    const number n = numbers_read(c, first, token);
    if (n.found && n.last == token) {
        const casus_arg a = {.token = token, .first = n.first, .last = token + 1};
        add(c, out, kind, n, &a);
    }
}

/* "shot dead", "stabbed to death" */
static bool to_death(const coder *c, const casus_clause *clause) {
    const casus_parse *p = c->parse;
    if (clause->head + 1 < p->n_tokens && casus_slice_is(p->tokens[clause->head + 1].lower, "dead"))
        return true;
    if (clause->head > 0 && casus_slice_is(p->tokens[clause->head - 1].lower, "fatally"))
        return true;
    for (uint32_t i = 0; i < clause->n_args; i++) {
        const casus_arg *a = &clause->args[i];
        if (a->role == CASUS_ROLE_PREP && casus_slice_is(a->prep, "to") &&
            casus_slice_is(p->tokens[a->token].lemma, "death"))
            return true;
    }
    return false;
}

/* The ones who die, flee and vanish are the subject. */
static bool counts_subject(const coder *c, uint32_t token) {
    static const char *const words[] = {"die",  "perish", "disappear", "vanish",
                                        "flee", "miss",   NULL};
    return code_is_one_of(c->parse->tokens[token].lemma, words);
}

/* "lost their lives" */
static bool loses_life(const coder *c, const casus_clause *clause) {
    static const char *const words[] = {"life", "lives", NULL};
    if (!casus_slice_is(c->parse->tokens[clause->head].lemma, "lose")) return false;
    for (uint32_t i = 0; i < clause->n_args; i++)
        if (clause->args[i].role == CASUS_ROLE_OBJ &&
            code_is_one_of(c->parse->tokens[clause->args[i].token].lower, words))
            return true;
    return false;
}

/* "six were killed, among them two children": the parser takes the two for the object. */
static bool among(const casus_clause *clause) {
    for (uint32_t i = 0; i < clause->n_args; i++) {
        const casus_arg *a = &clause->args[i];
        if (a->role == CASUS_ROLE_PREP &&
            (casus_slice_is(a->prep, "among") || casus_slice_is(a->prep, "including")))
            return true;
    }
    return false;
}

static void add_sufferers(coder *c, const casus_clause *clause, const char *kind,
                          casus_event *out) {
    const size_t before = out->n_counts;
    if (clause->flags & CASUS_CLAUSE_PASSIVE && among(clause))
        add_args(c, clause, CASUS_ROLE_OBJ2, NULL, kind, out);
    if (out->n_counts == before) add_args(c, clause, CASUS_ROLE_OBJ, NULL, kind, out);
}

/* Troops that an exercise or a deployment involves. */
static void from_involving(coder *c, const casus_clause *clause, casus_event *out) {
    for (uint32_t i = 0; i < clause->n_args; i++) {
        const casus_arg *a = &clause->args[i];
        if ((a->role != CASUS_ROLE_ADVCL && a->role != CASUS_ROLE_RELCL) || a->clause == CASUS_NONE)
            continue;
        const casus_clause *k = &c->parse->clauses[a->clause];
        if (casus_slice_is(c->parse->tokens[k->head].lemma, "involve"))
            add_args(c, k, CASUS_ROLE_OBJ, NULL, "troops", out);
    }
}

/* "75 troops arrive": those who move are counted; "the march drew two million people". */
static void from_movers(coder *c, const casus_clause *clause, const candidate *e,
                        casus_event *out) {
    static const char *const draws[] = {"draw", "attract", "gather", "bring",
                                        "see",  "involve", "number", NULL};
    if (clause->kind != CASUS_CLAUSE_VERB) return;
    if (e->type == CODE_PROTEST && code_is_one_of(c->parse->tokens[clause->head].lemma, draws)) {
        add_args(c, clause, CASUS_ROLE_OBJ, NULL, "protesters", out);
        return;
    }
    if (e->type != CODE_MOBILIZE && e->type != CODE_COOPERATE) return;
    static const code_value armed = {.kind = CODE_IS_ARMED};
    for (uint32_t i = 0; i < clause->n_args; i++) {
        const casus_arg *a = &clause->args[i];
        if (a->role != CASUS_ROLE_SUBJ || !code_token_is(c, a->token, &armed)) continue;
        const number n = number_of(c, a, "troops");
        if (n.found && n.max != 1) add(c, out, "troops", n, a);
    }
}

/* Another act that keeps its count: "rallied over the killing of two". */
static bool is_told_elsewhere(const coder *c, const candidate *e, uint32_t clause) {
    if (c->of_clause[clause] == CASUS_NONE) return false;
    const candidate *x = &c->candidates[c->of_clause[clause]];
    if (x->merged != CASUS_NONE) x = &c->candidates[x->merged];
    return x != e && !x->dropped;
}

/* "and 37 more injured", which the parser takes for adverbs. */
static void from_left(coder *c, const casus_clause *clause, const char *kind, casus_event *out) {
    const casus_parse *p = c->parse;
    uint32_t t = clause->head;
    if (!(clause->flags & CASUS_CLAUSE_PASSIVE) || t < 3) return;
    while (t > 3 &&
           (p->tokens[t - 1].pos == CASUS_POS_ADV || p->tokens[t - 1].pos == CASUS_POS_AUX))
        t--; /* "and two are critically injured" */
    if (code_is_one_of(p->tokens[t - 1].lower, (const char *const[]){"more", "others", NULL})) t--;
    if (p->tokens[t - 1].pos != CASUS_POS_NUM) return;
    uint32_t first = t - 1;
    while (first > 0 && t - first < 5 && p->tokens[first - 1].pos != CASUS_POS_CCONJ &&
           p->tokens[first - 1].pos != CASUS_POS_PUNCT &&
           p->tokens[first - 1].pos != CASUS_POS_VERB)
        first--;
    const number n = numbers_read(c, first, t);
    const casus_arg a = {.token = t - 1, .first = first, .last = clause->head};
    if (n.found && n.last == t) add(c, out, kind, n, &a);
}

/* "killed and injured" */
static bool both_harm(const coder *c, uint32_t a, uint32_t b) {
    return b < c->parse->n_tokens && casus_slice_is(c->parse->tokens[a + 1].lower, "and") &&
           code_is_harm(c, a) && code_is_harm(c, b) &&
           strcmp(kind_of_form(c, a), kind_of_form(c, b)) != 0;
}

/* "killed or wounded": a count shared by two acts belongs to neither. */
static bool is_shared(const coder *c, const casus_clause *clause) {
    const casus_parse *p = c->parse;
    const uint32_t h = clause->head;
    if (clause->kind != CASUS_CLAUSE_VERB || !kind_of_form(c, h)) return false;
    const bool ahead = h + 2 < p->n_tokens && casus_slice_is(p->tokens[h + 1].lower, "or") &&
                       kind_of_form(c, h + 2);
    const bool behind =
        h > 1 && casus_slice_is(p->tokens[h - 1].lower, "or") && kind_of_form(c, h - 2);
    if (ahead || behind || clause->n_args == 0) return ahead || behind;
    /* "several people were killed and injured" */
    return both_harm(c, h, h + 2) || (h > 1 && both_harm(c, h - 2, h));
}

/* "left ten villagers dead": the object's; "left at least 20 dead": its own. */
static void add_told(coder *c, const casus_clause *clause, const casus_arg *a, const char *kind,
                     casus_event *out) {
    const size_t before = out->n_counts;
    add_args(c, clause, CASUS_ROLE_OBJ, NULL, kind, out);
    if (out->n_counts > before || a->role != CASUS_ROLE_PRED) return;
    const number n = numbers_read(c, a->first, a->token);
    if (n.found) add(c, out, kind, n, a);
}

/* What an act of this mode counts when its verb alone does not: "taken into custody", "taken
 * hostage", "set free". */
static const char *kind_of_mode(const coder *c, const casus_clause *clause, const candidate *e) {
    static const char *const kinds[][2] = {{"arrest", "detained"},
                                           {"abduct", "abducted"},
                                           {"release", "released"}};
    const uint32_t own = c->of_clause[clause - c->parse->clauses];
    if (own != CASUS_NONE && c->candidates[own].merged == (uint32_t)(e - c->candidates))
        e = &c->candidates[own];
    else if (clause != &c->parse->clauses[e->clause])
        return NULL;
    const char *mode = code_string(c->code, c->code->rows[e->row].mode).ptr;
    for (size_t i = 0; mode && i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(mode, kinds[i][0]) == 0) return kinds[i][1];
    return NULL;
}

/* "returned the remains of two soldiers": nobody is freed. */
static bool hands_over_dead(const coder *c, const casus_clause *clause) {
    static const char *const dead[] = {"body",   "bodies", "remains",  "remain", "corpse",
                                       "coffin", "ash",    "deceased", "dead",   "slain",
                                       "killed", "fallen", "murdered", NULL};
    for (uint32_t i = 0; i < clause->n_args; i++) {
        const casus_arg *a = &clause->args[i];
        if (a->role != CASUS_ROLE_OBJ) continue;
        for (uint32_t t = a->first; t < a->last && t < a->first + 4; t++)
            if (code_is_one_of(c->parse->tokens[t].lower, dead)) return true;
    }
    return false;
}

/* Counts told by one clause: its head counts ("kill"), or what stands in it does ("left ten dead",
 * "caused 12 deaths"). */
static void from_clause(coder *c, const casus_clause *clause, const candidate *e,
                        casus_event *out) {
    const casus_parse *p = c->parse;
    const char *kind = kind_of_form(c, clause->head);
    const size_t before = out->n_counts;
    if (clause->flags & CASUS_CLAUSE_NEGATED || is_shared(c, clause)) return;
    if (e->type == CODE_MOBILIZE || e->type == CODE_COOPERATE) from_involving(c, clause, out);
    if (clause->kind == CASUS_CLAUSE_NOUN) {
        if (kind) from_noun(c, clause->head, clause, kind, out);
        if (e->type == CODE_PROTEST) {
            add_args(c, clause, CASUS_ROLE_PREP, "by", "protesters", out);
            if (!out->n_counts) add_args(c, clause, CASUS_ROLE_PREP, "of", "protesters", out);
        }
        return;
    }
    if (clause->kind == CASUS_CLAUSE_PRED && kind) { /* "nine of the workers are dead" */
        add_args(c, clause, CASUS_ROLE_SUBJ, NULL, kind, out);
        return;
    }
    if (kind) {
        if (counts_subject(c, clause->head) || loses_life(c, clause))
            add_args(c, clause, CASUS_ROLE_SUBJ, NULL, kind, out);
        else
            add_sufferers(c, clause, kind, out);
        if (out->n_counts == before) from_left(c, clause, kind, out);
        return;
    }
    if (e->type == CODE_ASSAULT && to_death(c, clause)) {
        add_sufferers(c, clause, "killed", out);
        return;
    }
    const char *mode = kind_of_mode(c, clause, e);
    if (mode && !hands_over_dead(c, clause)) {
        add_sufferers(c, clause, mode, out);
        if (out->n_counts > before) return;
    }
    if (e->type == CODE_PROTEST) add_args(c, clause, CASUS_ROLE_SUBJ, NULL, "protesters", out);
    if (out->n_counts == before) from_movers(c, clause, e, out);
    for (uint32_t i = 0; i < clause->n_args; i++) {
        const casus_arg *a = &clause->args[i];
        const char *told = kind_of_form(c, a->token);
        /* "leaving 18 dead and 83 injured" */
        const bool bare = !told && (a->role == CASUS_ROLE_OBJ || a->role == CASUS_ROLE_PRED) &&
                          a->token + 1 < p->n_tokens && p->tokens[a->token].pos == CASUS_POS_NUM;
        const char *behind = bare ? kind_of_form(c, a->token + 1) : NULL;
        if (behind) {
            const number n = numbers_read(c, a->first, a->last);
            if (n.found) add(c, out, behind, n, a);
        }
        if (!told || (a->clause != CASUS_NONE && is_told_elsewhere(c, e, a->clause))) continue;
        /* "forced 4,000 people to flee", "left ten others missing" */
        if (a->role == CASUS_ROLE_PRED ||
            (a->role == CASUS_ROLE_XCOMP && counts_subject(c, a->token)))
            add_told(c, clause, a, told, out);
        else if ((a->role == CASUS_ROLE_OBJ || a->role == CASUS_ROLE_PREP) &&
                 p->tokens[a->token].pos != CASUS_POS_VERB)
            from_noun(c, a->token, a->clause == CASUS_NONE ? NULL : &p->clauses[a->clause], told,
                      out);
    }
}

static bool is_toll(const coder *c, uint32_t token) {
    static const char *const words[] = {"toll", "number", "count", "tally", "total", NULL};
    return code_is_one_of(c->parse->tokens[token].lemma, words);
}

/* The kind that a toll's own words name: "death toll", "the number of people killed". */
static bool toll_in(const coder *c, const casus_arg *a, const char **kind) {
    bool seen = false;
    for (uint32_t t = a->first; t < a->last && t < a->first + 8; t++) {
        seen |= is_toll(c, t);
        if (!*kind) *kind = kind_of_form(c, t);
    }
    return seen;
}

/* The number that a verb gives to a toll: "rose to 21", "stands at 21", "reached 21". */
static bool toll_number(const coder *c, const casus_clause *k, number *n, casus_arg *where) {
    static const char *const preps[] = {"to", "at", "above", "past", "over", NULL};
    for (uint32_t i = 0; i < k->n_args; i++) {
        const casus_arg *a = &k->args[i];
        bool counts = a->role == CASUS_ROLE_OBJ && !is_toll(c, a->token);
        if (a->role == CASUS_ROLE_PREP) counts |= code_is_one_of(a->prep, preps);
        if (!counts) continue;
        *n = numbers_read(c, a->first, a->last);
        *where = *a;
        if (n->found) return true;
    }
    return false;
}

/* "with the death toll rising to 22", "The death toll stands at 22": a toll told by itself. */
static void from_toll(coder *c, const casus_clause *k, casus_event *out) {
    for (uint32_t i = 0; i < k->n_args && k->kind == CASUS_CLAUSE_VERB; i++) {
        const casus_arg *a = &k->args[i];
        const char *kind = NULL;
        number n;
        casus_arg where;
        if ((a->role != CASUS_ROLE_SUBJ && a->role != CASUS_ROLE_OBJ) || !is_toll(c, a->token) ||
            !toll_in(c, a, &kind) || !kind)
            continue;
        if (toll_number(c, k, &n, &where)) add(c, out, kind, n, &where);
        return;
    }
}

/* "the death toll from the attack rose to 21", "the number of people killed stands at 21": the verb
 * over the act's noun has the number. */
static bool has_toll(const coder *c, const candidate *e, number *n, const char **kind,
                     casus_arg *where) {
    const casus_parse *p = c->parse;
    bool seen = false;
    *kind = code_count_kind(c, p->clauses[e->clause].head);
    uint32_t at = e->clause;
    for (int depth = 0; depth < 6; depth++) {
        const casus_clause *k = &p->clauses[at];
        const bool part = k->mood == CASUS_MOOD_PARTICIPLE && k->parent_role == CASUS_ROLE_RELCL;
        if (k->kind == CASUS_CLAUSE_NOUN) {
            seen |= is_toll(c, k->head);
            for (uint32_t i = 0; i < k->n_args && !*kind; i++)
                if (k->args[i].role == CASUS_ROLE_MOD) *kind = code_count_kind(c, k->args[i].token);
            if (!*kind) *kind = code_count_kind(c, k->head);
        } else if (part) {
            if (!*kind) *kind = code_count_kind(c, k->head);
        } else if (k->kind == CASUS_CLAUSE_VERB && at != e->clause) {
            for (uint32_t i = 0; i < k->n_args && !seen; i++)
                if (k->args[i].role == CASUS_ROLE_OBJ || k->args[i].role == CASUS_ROLE_SUBJ)
                    seen = toll_in(c, &k->args[i], kind);
            if (seen && *kind && toll_number(c, k, n, where)) return true;
            return false;
        }
        if (k->parent == CASUS_NONE || k->parent == at) return false;
        at = k->parent;
    }
    return false;
}

bool code_has_toll(const coder *c, const candidate *e) {
    number n;
    const char *kind;
    casus_arg where;
    return e->type == CODE_ASSAULT && has_toll(c, e, &n, &kind, &where);
}

/* What goes on beside the verb of the act: "killed five and left ten missing"; "six died and 20
 * were wounded in the attack". */
static void from_beside(coder *c, const candidate *e, casus_event *out) {
    const casus_parse *p = c->parse;
    const uint32_t first = p->clauses[e->clause].conjunct_of;
    if (first != CASUS_NONE && first != e->clause && code_harms(c, e) && is_free(c, first) &&
        counts_subject(c, p->clauses[first].head))
        from_clause(c, &p->clauses[first], e, out);
    for (uint32_t k = e->clause + 1; k < p->n_clauses && k < e->clause + 12; k++) {
        const casus_clause *x = &p->clauses[k];
        if (x->sent != p->clauses[e->clause].sent) return;
        if (x->conjunct_of == e->clause && x->kind == CASUS_CLAUSE_VERB && is_free(c, k) &&
            !kind_of_form(c, x->head)) /* not "and five died of hunger" */
            from_clause(c, x, e, out);
    }
}

/* The verb that tells what the act, a noun, did: "the bombing caused ...", "casualties from the
 * strike include ...", "died of injuries sustained in the strike". NULL when it is an act itself.
 */
static const casus_clause *governor(const coder *c, const candidate *e) {
    static const char *const preps[] = {"in",     "after",          "by", "during", "at",
                                        "from",   "following",      "of", "amid",   "because of",
                                        "due to", "as a result of", NULL};
    static const char *const bears[] = {"sustain", "suffer", "receive", "inflict", NULL};
    const casus_parse *p = c->parse;
    if (e->type != CODE_ASSAULT && e->type != CODE_PROTEST) return NULL;
    uint32_t at = e->clause;
    if (p->clauses[at].kind != CASUS_CLAUSE_NOUN) return NULL;
    for (int depth = 0; depth < 4; depth++) {
        const casus_clause *k = &p->clauses[at];
        if (k->parent == CASUS_NONE || k->parent == at) return NULL;
        const casus_clause *up = &p->clauses[k->parent];
        if (k->parent_role != CASUS_ROLE_SUBJ && k->parent_role != CASUS_ROLE_OBJ &&
            k->parent_role != CASUS_ROLE_PREP && k->parent_role != CASUS_ROLE_RELCL)
            return NULL;
        for (uint32_t i = 0; i < up->n_args && k->parent_role == CASUS_ROLE_PREP; i++)
            if (up->args[i].clause == at && !code_is_one_of(up->args[i].prep, preps)) return NULL;
        at = k->parent;
        if (!is_free(c, at)) return NULL;
        if (up->kind == CASUS_CLAUSE_NOUN) {
            const char *kind = code_count_kind(c, up->head);
            if (!kind && !casus_slice_is(p->tokens[up->head].lemma, "casualty")) return NULL;
        } else if (!code_is_one_of(p->tokens[up->head].lemma, bears)) {
            return up;
        }
    }
    return NULL;
}

/* Words count nobody: what they are about has the count. */
static bool can_count(uint8_t type) {
    return type == CODE_ASSAULT || type == CODE_COERCE || type == CODE_PROTEST ||
           type == CODE_MOBILIZE || type == CODE_RETREAT || type == CODE_AID ||
           type == CODE_SANCTION || type == CODE_COOPERATE;
}

/* Does a clause tell harm that is nobody's and nowhere's own: "Twelve soldiers were killed"? */
static bool is_bare_harm(const coder *c, uint32_t index) {
    const casus_clause *x = &c->parse->clauses[index];
    if (x->kind != CASUS_CLAUSE_VERB || !code_is_harm(c, x->head) ||
        x->mood != CASUS_MOOD_INDICATIVE || x->modality != CASUS_MODAL_NONE ||
        x->flags & (CASUS_CLAUSE_NEGATED | CASUS_CLAUSE_CONDITION) ||
        (!(x->flags & CASUS_CLAUSE_PASSIVE) && !counts_subject(c, x->head)) ||
        code_time_of_clause(c, x))
        return false;
    for (uint32_t i = 0; i < x->n_args; i++) {
        const casus_arg *a = &x->args[i];
        const uint32_t m = c->mentions->at[a->token];
        if (a->role == CASUS_ROLE_ADVCL || a->role == CASUS_ROLE_ADV) {
            if (a->clause != CASUS_NONE || m != CASUS_NONE) return false;
        } else if (a->role == CASUS_ROLE_PREP && !casus_slice_is(a->prep, "including") &&
                   !casus_slice_is(a->prep, "among")) {
            return false;
        }
    }
    const uint32_t own = c->of_clause[index];
    if (own == CASUS_NONE) return true;
    const uint32_t up = c->candidates[own].merged;
    return !c->candidates[up == CASUS_NONE ? own : up].n_sides[CODE_ACTOR];
}

/* Is what a clause counts counted already? */
static bool has_kind(const coder *c, const casus_clause *k, const casus_event *out) {
    const char *kind = kind_of_form(c, k->head);
    for (size_t i = 0; kind && i < out->n_counts; i++)
        if (strcmp(out->counts[i].kind.ptr, kind) == 0) return true;
    return false;
}

/* "Rebels attacked the base. Twelve soldiers were killed.": the next sentence has the count. */
static void from_next(coder *c, const candidate *e, casus_event *out) {
    const casus_parse *p = c->parse;
    const uint32_t sent = p->clauses[e->clause].sent;
    if (e->type != CODE_ASSAULT || sent + 1 >= p->n_sentences ||
        (e->status != CODE_HAPPENED && e->status != CODE_ONGOING && e->status != CODE_ALLEGED) ||
        p->sentences[sent].para != p->sentences[sent + 1].para)
        return;
    for (uint32_t k = e->clause + 1; k < p->n_clauses && k < e->clause + 40; k++) {
        const casus_clause *x = &p->clauses[k];
        if (x->sent > sent + 1) return;
        if (x->sent == sent + 1 && x->parent == CASUS_NONE && is_free(c, k) && !out->n_counts) {
            from_toll(c, x, out);
            if (out->n_counts) return;
        }
        if (x->sent == sent) { /* another attack behind it has the count */
            const uint32_t other = c->of_clause[k];
            if (other != CASUS_NONE && !c->candidates[other].dropped &&
                c->candidates[other].type == CODE_ASSAULT)
                return;
        } else if (x->kind != CASUS_CLAUSE_NOUN) {
            if (x->parent != CASUS_NONE || !is_bare_harm(c, k) || has_kind(c, x, out)) return;
            from_clause(c, x, e, out);
            for (uint32_t i = k + 1; i < p->n_clauses && i < k + 8; i++)
                if (p->clauses[i].conjunct_of == k && is_bare_harm(c, i) &&
                    !has_kind(c, &p->clauses[i], out))
                    from_clause(c, &p->clauses[i], e, out);
            return;
        }
    }
}

/* "tried to kill the governor", "the attempted murder of the bishop": nobody is dead for all that
 * is told. */
static bool is_attempt(const coder *c, const candidate *e) {
    static const char *const words[] = {"try", "attempt", "bid", "plot", "conspire", NULL};
    const casus_parse *p = c->parse;
    const casus_clause *k = &p->clauses[e->clause];
    if (e->type != CODE_ASSAULT) return false;
    if (e->light != CASUS_NONE && code_is_one_of(p->tokens[p->clauses[e->light].head].lemma, words))
        return true;
    return k->kind == CASUS_CLAUSE_VERB && k->mood == CASUS_MOOD_INFINITIVE &&
           k->parent != CASUS_NONE && k->parent_role == CASUS_ROLE_XCOMP &&
           code_is_one_of(p->tokens[p->clauses[k->parent].head].lemma, words);
}

void code_counts(coder *c, const candidate *e, casus_event *out) {
    const casus_parse *p = c->parse;
    if (e->status == CODE_NEGATED || !can_count(e->type) || is_attempt(c, e)) return;
    number n;
    const char *kind;
    casus_arg where;
    if (e->type == CODE_ASSAULT && has_toll(c, e, &n, &kind, &where)) {
        add(c, out, kind, n, &where);
        return;
    }
    from_clause(c, &p->clauses[e->clause], e, out);
    /* what is told of the same act beside it: "..., killing ten", "and wounding six" */
    for (uint32_t i = e->members; i != CASUS_NONE; i = c->candidates[i].next_member)
        from_clause(c, &p->clauses[c->candidates[i].clause], e, out);
    from_beside(c, e, out);
    if (out->n_counts && code_harms(c, e)) from_next(c, e, out);
    if (!out->n_counts && e->light != CASUS_NONE &&
        (e->type == CODE_MOBILIZE || e->type == CODE_COOPERATE))
        from_involving(c, &p->clauses[e->light], out);
    if (out->n_counts) return;
    const casus_clause *over = governor(c, e);
    if (over) {
        from_clause(c, over, e, out);
        return;
    }
    for (uint32_t i = 0; e->type == CODE_ASSAULT && i < p->clauses[e->clause].n_args; i++) {
        const casus_arg *a = &p->clauses[e->clause].args[i];
        if (a->role == CASUS_ROLE_ADVCL && a->clause != CASUS_NONE)
            from_toll(c, &p->clauses[a->clause], out);
    }
    if (out->n_counts) return;
    /* "two were taken to hospital after being shot", "ten die when a bomb goes off" */
    const casus_clause *k = &p->clauses[e->clause];
    if (e->type == CODE_ASSAULT && k->kind == CASUS_CLAUSE_VERB &&
        k->parent_role == CASUS_ROLE_ADVCL && k->parent != CASUS_NONE && is_free(c, k->parent) &&
        kind_of_form(c, p->clauses[k->parent].head))
        from_clause(c, &p->clauses[k->parent], e, out);
    if (!out->n_counts) from_next(c, e, out);
}
