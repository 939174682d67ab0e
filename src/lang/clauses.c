/* clauses.c - builds the clause view: runs the passes of clauses_int.h and lays out their result.
 *
 * O(tokens + arguments); work arrays of about 130 bytes a token live in a scratch arena and are
 * freed before it returns, what stays is in the document's arena. Decides nothing itself.
 */
#include "lang/clauses_int.h"

static const char *const ROLE_NAMES[CASUS_ROLE_COUNT_] = {
    [CASUS_ROLE_SUBJ] = "subj",   [CASUS_ROLE_OBJ] = "obj",     [CASUS_ROLE_OBJ2] = "obj2",
    [CASUS_ROLE_PREP] = "prep",   [CASUS_ROLE_CCOMP] = "ccomp", [CASUS_ROLE_XCOMP] = "xcomp",
    [CASUS_ROLE_ADVCL] = "advcl", [CASUS_ROLE_RELCL] = "relcl", [CASUS_ROLE_POSS] = "poss",
    [CASUS_ROLE_MOD] = "mod",     [CASUS_ROLE_APPOS] = "appos", [CASUS_ROLE_PRED] = "pred",
    [CASUS_ROLE_TIME] = "time",   [CASUS_ROLE_ADV] = "adv",
};

const char *casus_lang_role_name(casus_role role) {
    return role < CASUS_ROLE_COUNT_ ? ROLE_NAMES[role] : "";
}

static bool allocate(lang_work *w) {
    casus_arena *s = w->scratch;
    size_t n = w->n;
    w->head = casus_base_arena_zero(s, n, sizeof *w->head);
    w->rel = casus_base_arena_zero(s, n, 1);
    w->words = casus_base_arena_zero(s, n, sizeof *w->words);
    w->morph = casus_base_arena_zero(s, n, sizeof *w->morph);
    w->quote = casus_base_arena_zero(s, n, sizeof *w->quote);
    w->child_at = casus_base_arena_zero(s, n + 1, sizeof *w->child_at);
    w->child = casus_base_arena_zero(s, n, sizeof *w->child);
    w->slot = casus_base_arena_zero(s, n, sizeof *w->slot);
    w->has = casus_base_arena_zero(s, n, sizeof *w->has);
    w->order = casus_base_arena_zero(s, n, sizeof *w->order);
    w->alias = casus_base_arena_zero(s, n, sizeof *w->alias);
    w->np_first = casus_base_arena_zero(s, n, sizeof *w->np_first);
    w->np_last = casus_base_arena_zero(s, n, sizeof *w->np_last);
    w->owner = casus_base_arena_zero(s, n, sizeof *w->owner);
    w->target = casus_base_arena_zero(s, n, sizeof *w->target);
    w->relative = casus_base_arena_zero(s, n, sizeof *w->relative);
    w->relative_clause = casus_base_arena_zero(s, n, sizeof *w->relative_clause);
    w->role = casus_base_arena_zero(s, n, 1);
    w->arg_flags = casus_base_arena_zero(s, n, 1);
    w->prep = casus_base_arena_zero(s, n, sizeof *w->prep);
    w->clause_of = casus_base_arena_zero(w->p->text->arena, n, sizeof *w->clause_of);
    return w->head && w->rel && w->words && w->morph && w->quote && w->child_at && w->child &&
           w->slot && w->has && w->order && w->alias && w->np_first && w->np_last && w->owner &&
           w->target && w->relative && w->relative_clause && w->role && w->arg_flags && w->prep &&
           w->clause_of;
}

static bool same_arg(const casus_arg *a, const casus_arg *b) {
    return a->token == b->token && a->role == b->role && casus_slice_eq(a->prep, b->prep);
}

/* The arguments of each clause in text order: sorted by token, then, keeping that order, by
 * clause; both by counting. An argument given twice is kept once, its own before a shared one. */
static bool lay_out(lang_work *w) {
    size_t places = (w->n > w->n_clauses ? w->n : w->n_clauses) + 1u;
    uint32_t *count = casus_base_arena_zero(w->scratch, places, sizeof *count);
    uint32_t *by_token = casus_base_arena_get(w->scratch, w->n_args * sizeof *by_token);
    casus_arg *out = casus_base_arena_get(w->p->text->arena, w->n_args * sizeof *out);
    if (!count || !by_token || !out) return false;
    for (uint32_t i = 0; i < w->n_args; i++) count[w->args[i].arg.token + 1]++;
    for (uint32_t i = 0; i < w->n; i++) count[i + 1] += count[i];
    for (uint32_t i = 0; i < w->n_args; i++) by_token[count[w->args[i].arg.token]++] = i;
    memset(count, 0, places * sizeof *count);
    for (uint32_t i = 0; i < w->n_args; i++) count[w->args[i].clause + 1]++;
    for (uint32_t i = 0; i < w->n_clauses; i++) {
        count[i + 1] += count[i];
        w->clauses[i].args = out + count[i];
    }
    for (uint32_t i = 0; i < w->n_args; i++) {
        const lang_arg_node *node = &w->args[by_token[i]];
        casus_clause *c = &w->clauses[node->clause];
        if (c->n_args && same_arg(&c->args[c->n_args - 1], &node->arg)) {
            if (!(node->arg.flags & CASUS_ARG_SHARED)) c->args[c->n_args - 1] = node->arg;
            continue;
        }
        c->args[c->n_args++] = node->arg;
    }
    return true;
}

static bool build(lang_work *w) {
    if (!allocate(w) || !lang_tree_make(w)) return false;
    if (!lang_form_make(w) || !lang_tree_spans(w)) return false;
    if (!lang_role_make(w) || !lang_share_make(w)) return false;
    lang_form_finish(w);
    if (!lang_quote_make(w)) return false;
    return lay_out(w);
}

casus_status casus_lang_clauses(casus_parse *parse, const struct casus_labels *labels,
                                casus_error *err) {
    casus_status status = casus_lang_quotes(parse, err);
    if (status) return status;
    lang_work w;
    memset(&w, 0, sizeof w);
    w.p = parse;
    w.labels = labels;
    w.n = parse->n_tokens;
    w.scratch = casus_base_arena_new(&labels->memory);
    if (!w.scratch) return casus_base_no_memory(err);
    bool built = build(&w);
    casus_base_arena_free(w.scratch);
    if (!built) return casus_base_no_memory(err);
    parse->clauses = w.clauses;
    parse->n_clauses = w.n_clauses;
    parse->clause_of = w.clause_of;
    if (w.capped) {
        return casus_read_note(parse->text, "lang",
                               CASUS_SLICE("a clause shares more arguments than the limit"), 0,
                               parse->text->text.len);
    }
    return CASUS_OK;
}

/* ---- printing -------------------------------------------------------------------------------- */

static void put_slice(casus_buffer *out, casus_slice s) {
    if (s.len) casus_base_buffer_add(out, s.ptr, s.len);
}

static void put_text(casus_buffer *out, const char *s) {
    casus_base_buffer_add(out, s, strlen(s));
}

static void format_form(casus_buffer *out, const casus_clause *c) {
    static const char *const moods[] = {"", " imp", " inf", " ger", " part"};
    static const char *const tenses[] = {"", " past", " present", " future"};
    static const char *const modals[] = {"", " may", " can", " must", " would", ""};
    if (c->mood <= CASUS_MOOD_PARTICIPLE) put_text(out, moods[c->mood]);
    if (c->tense <= CASUS_TENSE_FUTURE) put_text(out, tenses[c->tense]);
    if (c->modality <= CASUS_MODAL_WILL) put_text(out, modals[c->modality]);
    if (c->flags & CASUS_CLAUSE_PERFECT) put_text(out, " perf");
    if (c->flags & CASUS_CLAUSE_PROGRESSIVE) put_text(out, " prog");
    if (c->flags & CASUS_CLAUSE_PASSIVE) put_text(out, " passive");
    if (c->flags & CASUS_CLAUSE_NEGATED) put_text(out, " neg");
    if (c->flags & CASUS_CLAUSE_CONDITION) put_text(out, " cond");
    if (c->flags & CASUS_CLAUSE_QUESTION) put_text(out, " question");
    if (c->flags & CASUS_CLAUSE_QUOTED) put_text(out, " quoted");
    if (c->mark.len) {
        put_text(out, " mark=");
        put_slice(out, c->mark);
    }
}

void casus_lang_clause_format(casus_buffer *out, const casus_parse *parse, uint32_t clause) {
    static const char *const kinds[] = {"VERB", "NOUN", "PRED"};
    const casus_clause *c = &parse->clauses[clause];
    put_slice(out, parse->tokens[c->head].lemma);
    if (c->particle.len) {
        put_text(out, "+");
        put_slice(out, c->particle);
    }
    put_text(out, ".");
    put_text(out, kinds[c->kind <= CASUS_CLAUSE_PRED ? c->kind : 0]);
    format_form(out, c);
    if (c->n_args || c->parent != CASUS_NONE || c->conjunct_of != CASUS_NONE) put_text(out, " |");
    for (uint32_t i = 0; i < c->n_args; i++) {
        const casus_arg *a = &c->args[i];
        put_text(out, " ");
        put_text(out, casus_lang_role_name((casus_role)a->role));
        if (a->flags & CASUS_ARG_CONJUNCT) put_text(out, "+");
        if (a->flags & CASUS_ARG_RELATIVE) {
            put_text(out, "^");
        } else if (a->flags & CASUS_ARG_SHARED) {
            put_text(out, "~");
        }
        if (a->prep.len) {
            put_text(out, "(");
            put_slice(out, a->prep);
            put_text(out, ")");
        }
        put_text(out, ":");
        put_slice(out, parse->tokens[a->token].form);
    }
    if (c->parent != CASUS_NONE) {
        put_text(out, " <");
        put_slice(out, parse->tokens[parse->clauses[c->parent].head].lemma);
        put_text(out, ":");
        put_text(out, casus_lang_role_name((casus_role)c->parent_role));
    }
    if (c->conjunct_of != CASUS_NONE) {
        put_text(out, " &");
        put_slice(out, parse->tokens[parse->clauses[c->conjunct_of].head].lemma);
    }
}

void casus_lang_clauses_format(casus_buffer *out, const casus_parse *parse, uint32_t sentence) {
    if (sentence >= parse->n_sentences) return;
    const casus_sentence *s = &parse->sentences[sentence];
    for (uint32_t t = s->first; t < s->last && t < parse->n_tokens; t++) {
        if (parse->clause_of[t] == CASUS_NONE) continue;
        casus_lang_clause_format(out, parse, parse->clause_of[t]);
        put_text(out, "\n");
    }
}
