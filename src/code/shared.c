/* shared.c - small questions that several stages of the coder ask: of words, clauses, names,
 * counts.
 *
 * No state and no work of its own; each is O(1) or O(log n) but for the lists it is given. */
#include "code/code_int.h"

bool code_is_one_of(casus_slice s, const char *const *words) {
    for (; *words; words++)
        if (casus_slice_is(s, *words)) return true;
    return false;
}

casus_string code_keep(coder *c, casus_slice s) {
    if (!s.len) return (casus_string){NULL, 0};
    const casus_slice k = casus_base_arena_copy(c->arena, s);
    if (!k.ptr) c->no_memory = true;
    return (casus_string){k.ptr, k.len};
}

casus_string code_string_z(const char *z) {
    return z && *z ? (casus_string){z, strlen(z)} : (casus_string){NULL, 0};
}

casus_slice code_text_of(const casus_parse *p, casus_span s) {
    return casus_slice_of(p->text->text.ptr + s.begin, s.end - s.begin);
}

uint8_t code_kind_of(const casus_clause *clause) {
    return clause->kind == CASUS_CLAUSE_VERB ? 'v' : clause->kind == CASUS_CLAUSE_NOUN ? 'n' : 'a';
}

bool code_in_content(const coder *c, const code_row *row, const casus_arg *a) {
    for (uint32_t x = 0; x < row->n_content; x++)
        if (code_arg_in(a, &c->code->refs[row->content + x])) return true;
    return false;
}

bool code_is_speech(uint8_t type) {
    return type == CODE_AGREE || type == CODE_SUPPORT || type == CODE_CONCEDE ||
           type == CODE_REQUEST || type == CODE_ACCUSE || type == CODE_REJECT ||
           type == CODE_THREATEN;
}

bool code_has_cause(const coder *c, const casus_mention *m) {
    static const char *const words[] = {
        "protester",     "protesters",  "protestor",  "protestors",        "demonstrator",
        "demonstrators", "marchers",    "strikers",   "activist",          "activists",
        "campaigner",    "campaigners", "dissidents", "whistleblower",     "whistleblowers",
        "villagers",     "islanders",   "settlers",   "counterprotesters", NULL};
    return m->kind != CASUS_MENTION_PLACE && code_is_one_of(c->parse->tokens[m->head].lower, words);
}

const char *code_count_kind(const coder *c, uint32_t token) {
    const code_cue *q = code_cue_of(c->code, c->lemmas[token], CODE_CUE_COUNT);
    return q ? code_string(c->code, (code_str){q->kind, q->value}).ptr : NULL;
}

bool code_is_harm(const coder *c, uint32_t token) {
    const char *kind = code_count_kind(c, token);
    return kind && (strcmp(kind, "killed") == 0 || strcmp(kind, "injured") == 0);
}

bool code_harms(const coder *c, const candidate *e) {
    if (e->type != CODE_ASSAULT) return false;
    const casus_clause *clause = &c->parse->clauses[e->clause];
    if (code_is_harm(c, clause->head)) return true;
    for (uint32_t i = 0; i < clause->n_args; i++)
        if (clause->args[i].role == CASUS_ROLE_PRED && code_is_harm(c, clause->args[i].token))
            return true;
    return false;
}

bool code_kills(const coder *c, const candidate *e) {
    const char *kind = code_count_kind(c, c->parse->clauses[e->clause].head);
    return kind && strcmp(kind, "killed") == 0;
}

const casus_name *code_name_at(const casus_parse *p, uint32_t token) {
    uint32_t lo = 0, hi = p->n_names;
    while (lo < hi) {
        const uint32_t mid = (lo + hi) / 2;
        if (p->names[mid].last <= token)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < p->n_names && p->names[lo].first <= token ? &p->names[lo] : NULL;
}

uint32_t code_first_time(const casus_times *times, uint32_t token) {
    uint32_t lo = 0, hi = times->n;
    while (lo < hi) {
        const uint32_t mid = (lo + hi) / 2;
        if (times->items[mid].last <= token)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

bool code_takes_ground(const coder *c, const candidate *e) {
    static const char *const rows[] = {"assault.capture.", "assault.seize.",
                                       "assault.take.",    "assault.overrun.",
                                       "assault.enter.",   "assault.sweep.",
                                       "assault.gain.",    NULL};
    const char *id = code_string(c->code, c->code->rows[e->row].id).ptr;
    for (const char *const *r = rows; *r; r++)
        if (strncmp(id, *r, strlen(*r)) == 0) return true;
    return false;
}

bool code_is_platform(const coder *c, const casus_arg *a) {
    static const char *const names[] = {"twitter",  "facebook", "youtube", "instagram", "telegram",
                                        "whatsapp", "tiktok",   "weibo",   "wechat",    "reddit",
                                        "x",        "social",   NULL};
    return a->role == CASUS_ROLE_PREP &&
           (casus_slice_is(a->prep, "on") || casus_slice_is(a->prep, "via")) &&
           code_is_one_of(c->parse->tokens[a->token].lower, names);
}
