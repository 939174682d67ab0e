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

/* The number expression among tokens [first, last). "two hundred", "3 million", "dozens of". */
static number read_number(const coder *c, uint32_t first, uint32_t last) {
    number n = {false, false, -1, -1, 0, 0};
    const casus_parse *p = c->parse;
    bool least = false, most = false;
    for (uint32_t i = first; i < last; i++) {
        const uint64_t lower = code_hash(p->tokens[i].lower);
        if (!n.found) {
            if (code_cue_of(c->code, lower, CODE_CUE_LEAST)) least = true;
            if (code_cue_of(c->code, lower, CODE_CUE_MOST)) most = true;
            if (code_cue_of(c->code, lower, CODE_CUE_APPROX)) n.about = true;
        }
        const int64_t v = p->tokens[i].pos == CASUS_POS_NUM || p->tokens[i].pos == CASUS_POS_NOUN ||
                                  p->tokens[i].pos == CASUS_POS_DET ||
                                  p->tokens[i].pos == CASUS_POS_ADJ
                              ? value_of(c, i)
                              : -1;
        if (v < 0) {
            if (n.found && !casus_slice_is(p->tokens[i].lower, "-")) break;
            continue;
        }
        if (!n.found) {
            n = (number){true, n.about, v, v, i, i + 1};
        } else {
            if (v == 100 || v == 1000 || v == 1000000)
                n.min *= v;
            else if (n.min >= 100 && v < 100)
                n.min += v;
            else
                break;
            n.max = n.min;
            n.last = i + 1;
        }
        /* plural quantities: dozens, hundreds, thousands; the codebook's lower bounds */
        const casus_slice s = p->tokens[i].lower;
        if (s.len && s.ptr[s.len - 1] == 's' && v >= 10 && p->tokens[i].pos != CASUS_POS_NUM) {
            n.min = v * 2;
            n.max = -1;
        }
    }
    if (!n.found) return n;
    if (least) n.max = -1;
    if (most) n.min = -1;
    return n;
}

static casus_string str(const char *z) {
    return (casus_string){z, strlen(z)};
}

static void add(coder *c, casus_event *out, const char *kind, number n, const casus_arg *a) {
    casus_count *v = casus_base_arena_zero(c->arena, out->n_counts + 1, sizeof *v);
    if (!v) {
        c->no_memory = true;
        return;
    }
    if (out->n_counts) memcpy(v, out->counts, out->n_counts * sizeof *v);
    casus_count *x = &v[out->n_counts];
    const casus_parse *p = c->parse;
    *x = (casus_count){.kind = str(kind), .min = n.min, .max = n.max, .about = n.about};
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

/* Counts told by one clause: its head counts ("kill"), the number stands with who suffers it. */
static void from_clause(coder *c, const casus_clause *clause, const candidate *e,
                        casus_event *out) {
    const casus_parse *p = c->parse;
    const code_cue *q = code_cue_of(c->code, c->lemmas[clause->head], CODE_CUE_COUNT);
    const char *kind = q ? code_string(c->code, (code_str){q->kind, q->value}).ptr : NULL;
    const bool crowd = e->type == CODE_PROTEST && !kind;
    if (!kind && !crowd) return;
    const bool subject = crowd || casus_slice_is(p->tokens[clause->head].lemma, "die");
    for (uint32_t i = 0; i < clause->n_args; i++) {
        const casus_arg *a = &clause->args[i];
        if ((a->flags & CASUS_ARG_SHARED && !(a->flags & CASUS_ARG_RELATIVE) &&
             subject != (a->role == CASUS_ROLE_SUBJ)))
            continue;
        const bool suffers = clause->kind == CASUS_CLAUSE_NOUN
                                 ? a->role == CASUS_ROLE_PREP && casus_slice_is(a->prep, "of")
                                 : a->role == (subject ? CASUS_ROLE_SUBJ : CASUS_ROLE_OBJ);
        if (!suffers) continue;
        number n = read_number(c, a->first, a->last);
        if (n.found) {
            add(c, out, crowd ? "protesters" : kind, n, a);
        } else if (!crowd && a->token < p->n_tokens) {
            /* a named victim, or one with an article, counts one */
            const uint32_t m = c->mentions->at[a->token];
            const bool person =
                m != CASUS_NONE && c->mentions->items[m].kind == CASUS_MENTION_PERSON;
            const bool article =
                a->first < a->last && (casus_slice_is(p->tokens[a->first].lower, "a") ||
                                       casus_slice_is(p->tokens[a->first].lower, "an"));
            if (person || article)
                add(c, out, kind, (number){true, false, 1, 1, a->first, a->first}, a);
        }
    }
}

void code_counts(coder *c, const candidate *e, casus_event *out) {
    const casus_parse *p = c->parse;
    from_clause(c, &p->clauses[e->clause], e, out);
    /* what is told of the same act beside it: "..., killing ten", "and wounding six" */
    for (uint32_t i = e->members; i != CASUS_NONE; i = c->candidates[i].next_member)
        from_clause(c, &p->clauses[c->candidates[i].clause], e, out);
}
