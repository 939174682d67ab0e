/* said.c - the sources of a record: the chain of those who say so, outermost first, and those who
 * deny it; and what one side says of the other. Linear in the depth of the chain. */
#include "code/attribute.h"
#include <stdlib.h>

#define SOURCES_MOST 6u /* sources of one record */

typedef struct sources {
    coder *c;
    casus_source *v; /* [SOURCES_MOST] */
    uint32_t chains[SOURCES_MOST];
    size_t n;
} sources;

/* "I", "we" inside somebody's words: the speaker himself. */
static bool himself(const coder *c, const casus_attribution *a) {
    static const char *const words[] = {"i", "we", "me", "us", "my", "our"};
    if (a->source_token == CASUS_NONE) return false;
    const casus_slice w = c->parse->tokens[a->source_token].lower;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (casus_slice_is(w, words[i])) return true;
    return false;
}

static uint32_t chain_of(const coder *c, uint32_t mention) {
    return mention == CASUS_NONE ? CASUS_NONE : c->mentions->items[mention].chain;
}

/* A place for one more source, unless the same one stands there already with this stance. */
static casus_source *room_for(sources *s, uint32_t mention, casus_stance stance) {
    const uint32_t chain = chain_of(s->c, mention);
    for (size_t i = 0; i < s->n; i++)
        if (chain != CASUS_NONE && s->chains[i] == chain && s->v[i].stance == stance) return NULL;
    if (s->n == SOURCES_MOST) return NULL;
    s->chains[s->n] = chain;
    s->v[s->n] = (casus_source){.stance = stance};
    return &s->v[s->n++];
}

static void add_mention(sources *s, uint32_t mention, casus_stance stance, uint32_t cue) {
    const casus_mention *m = &s->c->mentions->items[mention];
    if (m->n_members) { /* "they", "both ministers": each of them */
        for (uint32_t i = 0; i < m->n_members && s->n < SOURCES_MOST; i++)
            if (!s->c->mentions->items[m->members[i]].n_members)
                add_mention(s, m->members[i], stance, cue);
        return;
    }
    casus_source *x = room_for(s, mention, stance);
    if (!x) return;
    const casus_token *t = &s->c->parse->tokens[cue];
    x->actor = code_party_of(s->c, mention);
    x->span = (casus_span){t->begin, t->end};
    x->cue = code_keep(s->c, t->form);
}

/* The day of saying: a time beside the verb of speech. */
static casus_string day_of(coder *c, const casus_attribution *a) {
    if (a->clause == CASUS_NONE) return (casus_string){NULL, 0};
    const casus_time *t = code_time_of_clause(c, &c->parse->clauses[a->clause]);
    if (!t || t->from == CASUS_NO_DAY || t->from != t->to) return (casus_string){NULL, 0};
    int32_t y, m, d;
    casus_base_day_split(t->from, &y, &m, &d);
    const casus_slice s =
        casus_base_arena_format(c->arena, "%04d-%02d-%02d", (int)y, (int)m, (int)d);
    if (!s.ptr) c->no_memory = true;
    return (casus_string){s.ptr, s.len};
}

/* Is the act told in passing within what `a` says ("said they fled after the raid"), so that the
 * newsroom may have added it? A bounded walk up from the act. */
static bool in_passing(const coder *c, const candidate *e, const casus_attribution *a) {
    static const char *const words[] = {"after",     "before", "since",          "when",
                                        "following", "as",     "in response to", "because of",
                                        "until",     "amid",   "despite"};
    static const char *const topics[] = {"about", "regarding", "concerning", NULL};
    if (a->quote || a->clause == CASUS_NONE) return false;
    bool passing = false;
    uint32_t at = e->clause;
    for (int depth = 0; depth < 12 && at != CASUS_NONE; depth++) {
        const casus_clause *k = &c->parse->clauses[at];
        if (at == a->clause) return passing;
        if (k->parent == CASUS_NONE) return false;
        const casus_clause *above = &c->parse->clauses[k->parent];
        for (uint32_t i = 0; i < above->n_args && k->parent != a->clause; i++) {
            const casus_arg *arg = &above->args[i];
            if (arg->clause != at ||
                (arg->role != CASUS_ROLE_ADVCL && arg->role != CASUS_ROLE_PREP))
                continue;
            for (size_t w = 0; w < sizeof words / sizeof *words; w++)
                passing |= casus_slice_is(arg->prep, words[w]);
            passing |= k->kind == CASUS_CLAUSE_NOUN && code_is_one_of(arg->prep, topics);
        }
        at = k->parent;
    }
    return false;
}

/* "demanded the release of those held in the raid": who asks for something does not say that the
 * raid took place; everybody knows it. */
static bool only_asks(const coder *c, const candidate *e, const casus_attribution *a) {
    if (a->clause == CASUS_NONE || (e->status != CODE_HAPPENED && e->status != CODE_ONGOING))
        return false;
    const casus_clause *k = &c->parse->clauses[a->clause];
    const uint32_t row = code_best_row(c, k, code_kind_of(k), CODE_TABLE_SPEECH);
    if (row == CASUS_NONE) return false;
    const casus_string kind = code_string(c->code, c->code->rows[row].speech);
    return kind.ptr && strcmp(kind.ptr, "ask") == 0;
}

static bool is_relative(const casus_clause *k) {
    if (k->parent_role == CASUS_ROLE_RELCL) return true;
    for (uint32_t i = 0; i < k->n_args; i++) /* of a name, which has no clause */
        if (k->args[i].flags & CASUS_ARG_RELATIVE) return true;
    return false;
}

/* "said it would go to court over the border, which led to clashes in May": what a relative clause
 * behind a comma adds to somebody's reported words is the newsroom's. */
static bool is_aside(const coder *c, const candidate *e, const casus_attribution *a) {
    const casus_parse *p = c->parse;
    if (a->clause == CASUS_NONE || p->clauses[a->clause].kind != CASUS_CLAUSE_VERB ||
        (a->quote && attribute_marks_at(p, p->clauses[e->clause].head)))
        return false;
    uint32_t at = e->clause;
    for (int depth = 0; depth < 12 && at != CASUS_NONE && at != a->clause; depth++) {
        const casus_clause *k = &p->clauses[at];
        const uint32_t left = p->tokens[k->head].left;
        if (is_relative(k) && k->kind != CASUS_CLAUSE_NOUN && k->mood == CASUS_MOOD_INDICATIVE &&
            left > a->cue_token && left > 0 && casus_slice_is(p->tokens[left - 1].form, ",") &&
            !casus_slice_is(p->tokens[left].lower, "where"))
            return true;
        at = k->parent;
    }
    return false;
}

/* "told him that ... in their first meeting": a meeting is where it was said, not what was said. */
static bool is_occasion(const coder *c, const candidate *e, const casus_attribution *a) {
    static const char *const preps[] = {"in", "during", "at", "following", NULL};
    const casus_parse *p = c->parse;
    const casus_clause *k = &p->clauses[e->clause];
    if (e->type != CODE_CONSULT || k->kind != CASUS_CLAUSE_NOUN || a->quote ||
        a->who == CASUS_NONE || k->parent == CASUS_NONE || e->status != CODE_HAPPENED)
        return false;
    const uint32_t m = code_actor_at(c, a->who, false);
    bool takes_part = false;
    for (uint32_t i = 0; m != CASUS_NONE && i < e->n_sides[CODE_ACTOR]; i++)
        takes_part |= chain_of(c, e->sides[CODE_ACTOR][i]) == chain_of(c, m);
    const casus_clause *above = &p->clauses[k->parent];
    for (uint32_t i = 0; takes_part && i < above->n_args; i++)
        if (above->args[i].clause == e->clause && above->args[i].role == CASUS_ROLE_PREP)
            return code_is_one_of(above->args[i].prep, preps);
    return false;
}

/* How and when it was said. */
static void describe(coder *c, casus_source *x, const casus_attribution *a) {
    x->cue = code_keep(c, code_text_of(c->parse, a->cue));
    x->span = a->cue;
    x->channel = code_string_z(a->channel);
    x->quote = a->quote;
    x->date = day_of(c, a);
}

/* A source that is no known actor, by its words. */
static void add_words(sources *s, const casus_attribution *a, casus_span words) {
    coder *c = s->c;
    casus_source *x = room_for(s, CASUS_NONE, (casus_stance)a->stance);
    if (!x) return;
    x->actor.span = words;
    x->actor.text = code_keep(c, code_text_of(c->parse, words));
    describe(c, x, a);
}

/* "reports of shelling": the reports say so, whosoever they are. */
static bool is_report(const coder *c, const casus_attribution *a) {
    return a->clause != CASUS_NONE && c->parse->clauses[a->clause].kind == CASUS_CLAUSE_NOUN &&
           casus_slice_is(c->parse->tokens[a->cue_token].lower, "reports");
}

/* "No one has claimed responsibility" */
static bool is_nobody(const casus_parse *p, const casus_attribution *a) {
    static const char *const words[] = {"no", "nobody", "none", "neither", NULL};
    uint32_t t = a->source_token;
    while (t > 0 && p->tokens[t - 1].begin >= a->source.begin) t--;
    return code_is_one_of(p->tokens[t].lower, words);
}

/* "it is important to point out that ...", "a deal according to which ..." */
static bool is_thing(casus_slice word) {
    static const char *const words[] = {"it", "which", "that", "this", "there", "what", NULL};
    return code_is_one_of(word, words);
}

/* "called the raid a crime", "found the strike justified": who judges an act does not say that it
 * took place. */
static bool is_judged(const coder *c, const candidate *e, const casus_attribution *a) {
    static const char *const verbs[] = {
        "call",  "characterise", "characterize", "describe", "portray", "depict", "label",
        "brand", "dub",          "term",         "deem",     "find",    "style",  NULL};
    const casus_parse *p = c->parse;
    const casus_clause *k = &p->clauses[e->clause];
    if (k->kind != CASUS_CLAUSE_NOUN || a->clause == CASUS_NONE || k->parent != a->clause ||
        k->parent_role != CASUS_ROLE_OBJ || code_is_speech(e->type) ||
        attribute_marks_at(p, k->head))
        return false;
    return code_is_one_of(p->tokens[p->clauses[a->clause].head].lemma, verbs);
}

static void add_attribution(sources *s, const casus_attribution *a) {
    coder *c = s->c;
    if (a->attitude) return;
    if (a->source.end <= a->source.begin) {
        if (is_report(c, a)) add_words(s, a, a->cue);
        return;
    }
    if (himself(c, a)) return;
    const casus_token *head =
        a->source_token == CASUS_NONE ? NULL : &c->parse->tokens[a->source_token];
    if (head && is_nobody(c->parse, a)) return;
    if (a->who == CASUS_NONE && head && head->pos == CASUS_POS_PRON && is_thing(head->lower))
        return;
    const uint32_t m = a->who == CASUS_NONE ? CASUS_NONE : code_actor_at(c, a->who, false);
    const bool several = m != CASUS_NONE && c->mentions->items[m].n_members > 0;
    if (several) add_mention(s, m, (casus_stance)a->stance, a->cue_token);
    if (m == CASUS_NONE) {
        add_words(s, a, a->source);
    } else if (!several) {
        casus_source *x = room_for(s, m, (casus_stance)a->stance);
        if (x) {
            x->actor = code_party_of(c, m);
            describe(c, x, a);
        }
    }
    if (a->cited == CASUS_NONE) return;
    const uint32_t cited = code_actor_at(c, a->cited, false);
    if (cited != CASUS_NONE) add_mention(s, cited, CASUS_ASSERTS, a->cited_cue);
}

/* Does the verb of this act claim or announce it ("claimed the attack", "announced a ban")? */
static bool claims(const coder *c, const candidate *e) {
    const casus_clause *k = &c->parse->clauses[e->clause];
    if (k->kind != CASUS_CLAUSE_VERB) return false;
    const uint32_t row = code_best_row(c, k, 'v', CODE_TABLE_SPEECH);
    if (row == CASUS_NONE) return false;
    const casus_string kind = code_string(c->code, c->code->rows[row].speech);
    return kind.ptr && (strcmp(kind.ptr, "claim") == 0 ||
                        (strcmp(kind.ptr, "say") == 0 && e->type != CODE_CONSULT));
}

/* The attributions whose cue is the trigger itself ("claimed the attack"). */
static void add_own(sources *s, const candidate *e, casus_span trigger) {
    const coder *c = s->c;
    size_t lo = 0, hi = c->n_attributions;
    while (lo < hi) {
        const size_t mid = (lo + hi) / 2;
        if (c->attributions[mid].cue.begin < trigger.begin)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < c->n_attributions && c->attributions[lo].cue.begin == trigger.begin; lo++)
        if (c->attributions[lo].clause == e->clause && claims(c, e))
            add_attribution(s, &c->attributions[lo]);
}

void code_sources(coder *c, const candidate *e, casus_span trigger, casus_event *out) {
    sources s = {.c = c};
    s.v = casus_base_arena_zero(c->arena, SOURCES_MOST, sizeof *s.v);
    if (!s.v) {
        c->no_memory = true;
        return;
    }
    uint32_t held[SOURCES_MOST * 2];
    const size_t n = code_chain_at(c, trigger.begin, held, sizeof held / sizeof *held);
    for (size_t i = 0; i < n; i++) {
        const casus_attribution *a = &c->attributions[held[i]];
        if (a->cue.begin == trigger.begin) continue; /* its own word */
        if (!in_passing(c, e, a) && !only_asks(c, e, a) && !is_aside(c, e, a) &&
            !is_occasion(c, e, a) && !is_judged(c, e, a))
            add_attribution(&s, a);
    }
    if (!code_is_speech(e->type)) add_own(&s, e, trigger);
    /* the one who accuses, claims or denies is the source of what he says */
    if (e->of != CASUS_NONE) {
        const candidate *speech = &c->candidates[e->of];
        const code_row *r = &c->code->rows[speech->row];
        const bool says = speech->type == CODE_ACCUSE ? r->content_status != CODE_UNKNOWN
                                                      : r->content_status == CODE_DENIED;
        if (says && speech->n_sides[CODE_ACTOR]) {
            const casus_stance stance =
                r->content_status == CODE_DENIED ? CASUS_DENIES : CASUS_ASSERTS;
            add_mention(&s, speech->sides[CODE_ACTOR][0], stance,
                        c->parse->clauses[speech->clause].head);
        }
    }
    if (e->denier != CASUS_NONE) add_mention(&s, e->denier, CASUS_DENIES, e->denier_cue);
    out->sources = s.v;
    out->n_sources = s.n;
}

/* ---- one side about the other ---------------------------------------------------------------- */

static bool sector(const casus_party *p, const char *const *names) {
    for (size_t i = 0; i < p->n_sectors; i++)
        for (const char *const *k = names; *k; k++)
            if (strcmp(p->sectors[i].ptr, *k) == 0) return true;
    return false;
}

static bool is_party(const casus_party *p) {
    static const char *const names[] = {"GOV", "MIL", "REB", "PRM", "UAF", "SPY", NULL};
    return (p->country.ptr && !p->n_sectors) || sector(p, names);
}

static bool is_rebel(const casus_party *p) {
    static const char *const names[] = {"REB", "PRM", "UAF", NULL};
    return sector(p, names);
}

/* Rebels speak of their state, or its army of them. */
static bool at_war(const casus_party *who, const casus_party *doer) {
    static const char *const army[] = {"MIL", NULL};
    static const char *const state[] = {"MIL", "GOV", "COP", "SPY", NULL};
    if (who->country.ptr && doer->country.ptr && strcmp(who->country.ptr, doer->country.ptr) != 0)
        return false;
    return (is_rebel(who) && sector(doer, state) && !is_rebel(doer)) ||
           (is_rebel(doer) && sector(who, army) && !is_rebel(who));
}

static bool same_side(const casus_party *who, const casus_party *doer) {
    if (at_war(who, doer)) return false;
    if (!who->country.ptr || !doer->country.ptr) return true; /* cannot be told */
    /* what a third country's officials report of rebels is no enemy's word */
    return is_rebel(doer) || strcmp(who->country.ptr, doer->country.ptr) == 0;
}

/* Is the act of another state one against the state that speaks, or an attack by no police? What
 * foreign police did to a third is told as it is. */
static bool concerns(const candidate *e, const casus_party *who, const casus_event *out) {
    static const char *const police[] = {"COP", "JUD", NULL};
    for (size_t i = 0; i < out->n_recipients && who->country.ptr; i++)
        if (out->recipients[i].country.ptr &&
            strcmp(out->recipients[i].country.ptr, who->country.ptr) == 0)
            return true;
    return (e->type == CODE_ASSAULT || e->type == CODE_MOBILIZE) &&
           !sector(&out->actors[0], police);
}

/* "Unconfirmed reports said": whosoever they are. */
static bool are_reports(const casus_party *who) {
    static const char word[] = "eports";
    const size_t n = sizeof word - 1;
    return !who->country.ptr && !who->n_sectors && who->text.len > n &&
           strncmp(who->text.ptr + who->text.len - n, word, n) == 0;
}

/* Mayors, rescuers and "local officials" tell what befell their town. */
static bool is_local(const casus_party *who) {
    static const char *const words[] = {"local", "regional", "emergency", "rescue", "hospital"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const size_t n = strlen(words[i]);
        if (who->text.len > n && strncmp(who->text.ptr, words[i], n) == 0 &&
            who->text.ptr[n] == ' ')
            return true;
    }
    return false;
}

void code_weigh_sources(const coder *c, const candidate *e, casus_event *out) {
    const bool fact =
        strcmp(out->status.ptr, "happened") == 0 || strcmp(out->status.ptr, "ongoing") == 0;
    if (!fact && strcmp(out->status.ptr, "planned") != 0) return;
    if (e->type < CODE_PROTEST || !out->n_sources) return;
    /* "escaped the Iraqi invasion, they said": known of, whoever speaks of it */
    const casus_clause *k = &c->parse->clauses[e->clause];
    if (k->kind == CASUS_CLAUSE_NOUN && k->parent != CASUS_NONE && fact && code_is_definite(c, k))
        return;
    const casus_party *who = NULL;
    for (size_t i = 0; i < out->n_sources; i++)
        if (out->sources[i].stance == CASUS_ASSERTS) who = &out->sources[i].actor;
    if (fact && who && are_reports(who)) out->status = code_string_z("alleged");
    if (!out->n_actors) return;
    if (!who || !is_party(who) || is_local(who) || same_side(who, &out->actors[0])) return;
    if (fact && !at_war(who, &out->actors[0]) && !concerns(e, who, out)) return;
    out->status =
        code_string_z(fact ? "alleged" : "possible"); /* what the other will do is a forecast */
}
