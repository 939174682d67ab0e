/* counts.c - how many were killed, wounded, held ...: numbers before the noun that suffers the act,
 * with their bounds. A count belongs to the clause it stands in. */
#include "code/code_int.h"

typedef struct number {
    bool found, about;
    int64_t min, max; /* -1: open */
    uint32_t first, last;
} number;

/* Digits with commas or dots for thousands, or a number word; -1 when it is none. */
static int64_t value_of(const coder *c, uint32_t token) {
    const casus_slice s = c->parse->tokens[token].lower;
    if (token > 0 && casus_slice_is(c->parse->tokens[token - 1].lower, "no")) return -1; /* one */
    int64_t v = 0;
    uint32_t digits = 0;
    for (uint32_t i = 0; i < s.len; i++) {
        if (s.ptr[i] >= '0' && s.ptr[i] <= '9') {
            if (v > 1000000000) return -1;
            v = v * 10 + (s.ptr[i] - '0');
            digits++;
        } else if (s.ptr[i] != ',' || !digits) {
            digits = 0;
            break;
        }
    }
    if (digits) return v;
    const code_cue *q = code_cue_of(c->code, code_hash(s), CODE_CUE_NUMBER);
    return q ? (int64_t)q->value : -1;
}

/* A multiple of tens or of a hundred and more that a smaller number goes on ("twenty-three", "two
 * hundred and six"). */
static bool goes_on(int64_t sum, int64_t v) {
    if (sum >= 20 && sum < 100 && sum % 10 == 0) return v > 0 && v < 10;
    return sum >= 100 && sum % 100 == 0 && v < 100;
}

/* One number from token *at on: digits, words, "two hundred", "3 million". -1 when none begins. */
static int64_t read_value(const coder *c, uint32_t *at, uint32_t last, bool *plural) {
    const casus_parse *p = c->parse;
    int64_t sum = -1;
    uint32_t i = *at;
    *plural = false;
    if (i + 2 < last && casus_slice_is(p->tokens[i].lower, "half") &&
        casus_slice_is(p->tokens[i + 1].lower, "a") && value_of(c, i + 2) > 1) {
        *at = i + 3;
        return value_of(c, i + 2) / 2;
    }
    for (; i < last; i++) {
        const casus_token *t = &p->tokens[i];
        const casus_slice s = t->lower;
        const bool word = t->pos == CASUS_POS_NUM || t->pos == CASUS_POS_NOUN ||
                          t->pos == CASUS_POS_DET || t->pos == CASUS_POS_ADJ ||
                          t->pos == CASUS_POS_PRON;
        const int64_t v = word ? value_of(c, i) : -1;
        if (v < 0) {
            const bool joins = casus_slice_is(s, "-") || casus_slice_is(s, "and");
            if (sum >= 0 && joins && i + 1 < last && goes_on(sum, value_of(c, i + 1))) continue;
            break;
        }
        if (sum < 0)
            sum = v;
        else if ((v == 100 || v == 1000 || v == 1000000 || v == 12) && v > sum % 1000)
            sum = sum < 1 ? v : sum * v;
        else if (goes_on(sum, v))
            sum += v;
        else
            break;
        /* plural quantities: dozens, hundreds of thousands; the codebook's lower bounds */
        if (!s.len || s.ptr[s.len - 1] != 's' || v < 10 || t->pos == CASUS_POS_NUM) continue;
        *plural = true;
        const casus_token *of = i + 2 < last ? &p->tokens[i + 1] : NULL;
        const int64_t next = of && casus_slice_is(of->lower, "of") ? value_of(c, i + 2) : -1;
        if (next >= 100 && next % 100 == 0) {
            sum *= next;
            i += 2;
        }
    }
    *at = i;
    return sum;
}

/* A number that counts nobody: part of a word ("36-year-old", "two-day") or of a name ("Article
 * 50"). */
static bool counts_nobody(const coder *c, uint32_t first, uint32_t begin, uint32_t end) {
    const casus_parse *p = c->parse;
    if (begin > first && p->tokens[begin - 1].pos == CASUS_POS_PROPN) return true;
    return end + 1 < p->n_tokens && casus_slice_is(p->tokens[end].lower, "-") &&
           p->tokens[end].begin == p->tokens[end - 1].end &&
           p->tokens[end].end == p->tokens[end + 1].begin && value_of(c, end + 1) < 0;
}

static bool is_word_of(casus_slice s, const char *const *words) {
    for (; *words; words++)
        if (casus_slice_is(s, *words)) return true;
    return false;
}

/* The number expression among tokens [first, last): "at least 20", "between 5 and 10", "dozens". */
static number read_number(const coder *c, uint32_t first, uint32_t last) {
    number n = {false, false, -1, -1, 0, 0};
    const casus_parse *p = c->parse;
    bool least = false, most = false, plural = false;
    uint32_t i = first;
    while (i < last && !n.found) {
        const uint64_t lower = code_hash(p->tokens[i].lower);
        uint32_t end = i;
        const int64_t v = read_value(c, &end, last, &plural);
        if (v >= 0 && counts_nobody(c, first, i, end)) {
            i = end;
            continue;
        }
        if (v >= 0) {
            n = (number){true, n.about, v, v, i, end};
            break;
        }
        if (code_cue_of(c->code, lower, CODE_CUE_LEAST)) least = true;
        if (code_cue_of(c->code, lower, CODE_CUE_MOST)) most = true;
        if (code_cue_of(c->code, lower, CODE_CUE_APPROX)) n.about = true;
        i++;
    }
    if (!n.found) return n;
    /* a range: "between 5 and 10", "5 to 10", "5-10" */
    const bool between = n.first > 0 && casus_slice_is(p->tokens[n.first - 1].lower, "between");
    if (n.last + 1 < p->n_tokens && (casus_slice_is(p->tokens[n.last].lower, "to") ||
                                     casus_slice_is(p->tokens[n.last].lower, "-") ||
                                     casus_slice_is(p->tokens[n.last].lower, "\xe2\x80\x93") ||
                                     (between && casus_slice_is(p->tokens[n.last].lower, "and")))) {
        uint32_t end = n.last + 1;
        bool many;
        const int64_t v = read_value(c, &end, p->n_tokens, &many);
        if (v > n.min) {
            n.max = v;
            n.last = end;
            return n;
        }
    }
    /* "several thousand", "a few hundred": as "thousands" */
    static const char *const some[] = {"several", "few", "many", NULL};
    const bool several = n.first > first && n.min >= 10 && n.min == n.max &&
                         is_word_of(p->tokens[n.first - 1].lower, some);
    if (plural || several) {
        n.min = n.min * 2;
        n.max = -1;
    }
    if (least) n.max = -1;
    if (most) n.min = -1;
    return n;
}

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

/* Whoever stands at a token, as a number: told, or one for a person named or with an article. */
static number number_of(const coder *c, const casus_arg *a, const char *kind) {
    static const char *const one[] = {"a", "an", "another", "his", "her", "their", "its", NULL};
    static const char *const many[] = {"group",  "number", "family",    "handful",  "crowd",
                                       "team",   "series", "lot",       "majority", "unit",
                                       "convoy", "gang",   "couple",    "portion",  "network",
                                       "cell",   "ring",   "syndicate", NULL};
    const casus_parse *p = c->parse;
    const uint32_t m = c->mentions->at[a->token];
    const uint8_t sort = m == CASUS_NONE ? CASUS_MENTION_NONE : c->mentions->items[m].kind;
    const bool persons = sort == CASUS_MENTION_PERSON || sort == CASUS_MENTION_GROUP ||
                         p->tokens[a->token].pos == CASUS_POS_NUM ||
                         p->tokens[a->token].pos == CASUS_POS_PRON;
    number n = {false, false, -1, -1, a->first, a->first};
    const casus_token *t = &p->tokens[a->token];
    const bool others = is_word_of(t->lower, (const char *const[]){"others", "more", NULL});
    if (is_about_persons(kind) && !persons && !others) return n;
    uint32_t first = a->first;
    if (first && casus_slice_is(p->tokens[first - 1].lower, "between")) first--;
    n = read_number(c, first, a->last);
    if (n.found) return n;
    if (is_word_of(t->lemma, many)) return n;
    const bool article = a->first < a->last && is_word_of(p->tokens[a->first].lower, one);
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
        (harm && singular && sort == CASUS_MENTION_GROUP && a->first < a->last &&
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
    if (t->pos != CASUS_POS_NUM && !is_word_of(t->lower, (const char *const[]){"others", NULL}))
        return NULL;
    return kind_of_form(c, a->token + 1);
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
            !(a->flags & CASUS_ARG_RELATIVE))
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
            open = true;
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
            value_of(c, first) < 0 || /* "12 deaths and 30 injuries", "two hundred and six" */
            (first > 1 && value_of(c, first - 2) >= 0)))
        first--;
    const number n = read_number(c, first, token);
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
    return is_word_of(c->parse->tokens[token].lemma, words);
}

/* "lost their lives" */
static bool loses_life(const coder *c, const casus_clause *clause) {
    static const char *const words[] = {"life", "lives", NULL};
    if (!casus_slice_is(c->parse->tokens[clause->head].lemma, "lose")) return false;
    for (uint32_t i = 0; i < clause->n_args; i++)
        if (clause->args[i].role == CASUS_ROLE_OBJ &&
            is_word_of(c->parse->tokens[clause->args[i].token].lower, words))
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
    if (e->type == CODE_PROTEST && is_word_of(c->parse->tokens[clause->head].lemma, draws)) {
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
    if (is_word_of(p->tokens[t - 1].lower, (const char *const[]){"more", "others", NULL})) t--;
    if (p->tokens[t - 1].pos != CASUS_POS_NUM) return;
    uint32_t first = t - 1;
    while (first > 0 && t - first < 5 && p->tokens[first - 1].pos != CASUS_POS_CCONJ &&
           p->tokens[first - 1].pos != CASUS_POS_PUNCT &&
           p->tokens[first - 1].pos != CASUS_POS_VERB)
        first--;
    const number n = read_number(c, first, t);
    const casus_arg a = {.token = t - 1, .first = first, .last = clause->head};
    if (n.found && n.last == t) add(c, out, kind, n, &a);
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
    return ahead || behind;
}

/* "left ten villagers dead": the object's; "left at least 20 dead": its own. */
static void add_told(coder *c, const casus_clause *clause, const casus_arg *a, const char *kind,
                     casus_event *out) {
    const size_t before = out->n_counts;
    add_args(c, clause, CASUS_ROLE_OBJ, NULL, kind, out);
    if (out->n_counts > before || a->role != CASUS_ROLE_PRED) return;
    const number n = read_number(c, a->first, a->token);
    if (n.found) add(c, out, kind, n, a);
}

/* What an act of this mode counts when its verb alone does not: "taken into custody", "taken
 * hostage", "set free". */
static const char *kind_of_mode(const coder *c, const candidate *e) {
    static const char *const kinds[][2] = {{"arrest", "detained"},
                                           {"abduct", "abducted"},
                                           {"release", "released"}};
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
            if (is_word_of(c->parse->tokens[t].lower, dead)) return true;
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
    const char *mode = clause == &p->clauses[e->clause] ? kind_of_mode(c, e) : NULL;
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
            const number n = read_number(c, a->first, a->last);
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
    return is_word_of(c->parse->tokens[token].lemma, words);
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

/* "the death toll from the attack rose to 21", "the number of people killed stands at 21": the verb
 * over the act's noun has the number. */
static bool has_toll(const coder *c, const candidate *e, number *n, const char **kind,
                     casus_arg *where) {
    static const char *const preps[] = {"to", "at", "above", "past", "over", NULL};
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
            for (uint32_t i = 0; i < k->n_args && seen && *kind; i++) {
                const casus_arg *a = &k->args[i];
                bool counts = a->role == CASUS_ROLE_OBJ && !is_toll(c, a->token);
                if (a->role == CASUS_ROLE_PREP) counts |= is_word_of(a->prep, preps);
                if (!counts) continue;
                *n = read_number(c, a->first, a->last);
                *where = *a;
                if (n->found) return true;
            }
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

/* No act of its own. */
static bool is_free(const coder *c, uint32_t clause) {
    const uint32_t k = c->of_clause[clause];
    return k == CASUS_NONE || (c->candidates[k].dropped && c->candidates[k].merged == CASUS_NONE);
}

/* What goes on beside the verb of the act: "killed five and left ten missing". */
static void from_beside(coder *c, const candidate *e, casus_event *out) {
    const casus_parse *p = c->parse;
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
            if (up->args[i].clause == at && !is_word_of(up->args[i].prep, preps)) return NULL;
        at = k->parent;
        if (!is_free(c, at)) return NULL;
        if (up->kind == CASUS_CLAUSE_NOUN) {
            const char *kind = code_count_kind(c, up->head);
            if (!kind && !casus_slice_is(p->tokens[up->head].lemma, "casualty")) return NULL;
        } else if (!is_word_of(p->tokens[up->head].lemma, bears)) {
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

void code_counts(coder *c, const candidate *e, casus_event *out) {
    const casus_parse *p = c->parse;
    if (e->status == CODE_NEGATED || !can_count(e->type)) return;
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
    if (!out->n_counts && e->light != CASUS_NONE &&
        (e->type == CODE_MOBILIZE || e->type == CODE_COOPERATE))
        from_involving(c, &p->clauses[e->light], out);
    if (out->n_counts) return;
    const casus_clause *over = governor(c, e);
    if (over) {
        from_clause(c, over, e, out);
        return;
    }
    /* "two were taken to hospital after being shot", "ten die when a bomb goes off" */
    const casus_clause *k = &p->clauses[e->clause];
    if (e->type == CODE_ASSAULT && k->kind == CASUS_CLAUSE_VERB &&
        k->parent_role == CASUS_ROLE_ADVCL && k->parent != CASUS_NONE && is_free(c, k->parent) &&
        kind_of_form(c, p->clauses[k->parent].head))
        from_clause(c, &p->clauses[k->parent], e, out);
}
