/* general.c - throws out what is no act of a day but so in general: what a law or procedure lays
 * down, rights, powers and duties, purposes, habits, positions, moods, and what the press is told.
 *
 * Runs before sphere.c; one pass over the candidates, each with a bounded walk up its clauses. */
#include "code/code_int.h"

#define UP_MOST 6u      /* clauses above a clause that are looked at */
#define SHORT_TEXT 120u /* tokens: a chronicle's item, which has no room to explain anything */
#define LONG_TEXT 500u  /* tokens: an interview */
#define TOLD_RARELY 50u /* tokens to an "I" or "you" of an interview */

static const casus_clause *clause_of(const coder *c, const candidate *e) {
    return &c->parse->clauses[e->clause];
}

static const casus_clause *above(const coder *c, const casus_clause *k) {
    if (k->parent == CASUS_NONE || &c->parse->clauses[k->parent] == k) return NULL;
    return &c->parse->clauses[k->parent];
}

static bool has_row(const coder *c, const candidate *e, const char *const *starts) {
    const char *id = code_string(c->code, c->code->rows[e->row].id).ptr;
    for (; *starts; starts++)
        if (strncmp(id, *starts, strlen(*starts)) == 0) return true;
    return false;
}

static bool has_mode(const coder *c, const candidate *e, const char *mode) {
    const char *own = code_string(c->code, c->code->rows[e->row].mode).ptr;
    return own && strcmp(own, mode) == 0;
}

static bool has_sector(const casus_actor *a, const char *list) {
    for (uint32_t i = 0; i < a->n_sectors; i++) {
        const char one[5] = {a->sectors[i][0], a->sectors[i][1], a->sectors[i][2], ' ', 0};
        if (strstr(list, one)) return true;
    }
    return false;
}

static bool lemma_in(const coder *c, uint32_t token, const char *const *words) {
    return token < c->parse->n_tokens && code_is_one_of(c->parse->tokens[token].lemma, words);
}

/* The word that a token hangs on. */
static uint32_t governor(const coder *c, uint32_t token) {
    return c->parse->tokens[token].head;
}

static bool is_plain_present(const casus_clause *k) {
    return k->modality == CASUS_MODAL_MAY || k->modality == CASUS_MODAL_CAN ||
           k->modality == CASUS_MODAL_MUST ||
           (!k->modality && k->tense == CASUS_TENSE_PRESENT &&
            !(k->flags & (CASUS_CLAUSE_PERFECT | CASUS_CLAUSE_PROGRESSIVE)));
}

/* ---- laws and procedures --------------------------------------------------------------------- */

static const char *const laws[] = {
    "constitution", "law",       "amendment", "statute",   "code",         "rule",     "regulation",
    "procedure",    "process",   "provision", "charter",   "guideline",    "majority", "bill",
    "legislation",  "article",   "clause",    "threshold", "two-thirds",   "third",    "ordinance",
    "penalty",      "offence",   "offense",   "tradition", "jurisdiction", "quorum",   "convention",
    "mechanism",    "principle", "system",    "doctrine",  "term",         "power",    "proposal",
    "measure",      "reform",    "programme", "program",   "scheme",       "policy",   NULL};

/* A law rules: as what is told of, or as what it is told under. */
static bool names_law(const coder *c, const casus_clause *k) {
    static const char *const under[] = {"under",        "by", "in accordance with",
                                        "according to", "in", NULL};
    for (uint32_t i = 0; i < k->n_args; i++) {
        const casus_arg *a = &k->args[i];
        if (!lemma_in(c, a->token, laws)) continue;
        if (a->role == CASUS_ROLE_SUBJ ||
            (a->role == CASUS_ROLE_PREP && code_is_one_of(a->prep, under)))
            return true;
        if (a->role == CASUS_ROLE_OBJ && k->flags & CASUS_CLAUSE_PASSIVE) return true;
    }
    return k->kind == CASUS_CLAUSE_PRED && lemma_in(c, k->head, laws);
}

/* Named, counted, or a state: somebody to whom a thing happens on a day. */
static bool is_somebody(const coder *c, uint32_t at) {
    const casus_mention *m = &c->mentions->items[at];
    const casus_token *t = c->parse->tokens;
    if (m->kind == CASUS_MENTION_COUNTRY || m->actor.person.len || m->actor.code[0]) return true;
    if (t[m->head].pos == CASUS_POS_PROPN) return true;
    for (uint32_t i = m->first; i < m->last; i++)
        if (t[i].pos == CASUS_POS_NUM) return true;
    return false;
}

/* Is the one it is done to (of an act without one: its doer) somebody? */
static bool is_done_to_somebody(const coder *c, const candidate *e) {
    const int side = e->n_sides[CODE_RECIPIENT] ? CODE_RECIPIENT : CODE_ACTOR;
    for (uint32_t i = 0; i < e->n_sides[side]; i++)
        if (is_somebody(c, e->sides[side][i])) return true;
    return !e->n_sides[side];
}

/* "a federal official can be removed", "the bill would allow people to be extradited" */
static bool is_by_law(const coder *c, const candidate *e) {
    const casus_clause *k = clause_of(c, e);
    if (c->parse->n_tokens < SHORT_TEXT || e->time || k->kind == CASUS_CLAUSE_NOUN ||
        is_done_to_somebody(c, e))
        return false;
    bool law = false, would = false;
    for (uint32_t up = 0; k && up < UP_MOST; up++, k = above(c, k)) {
        if (k->kind == CASUS_CLAUSE_NOUN) {
            law |= lemma_in(c, k->head, laws);
            continue;
        }
        const bool bill = names_law(c, k);
        law |= bill;
        would |= bill && (k->modality == CASUS_MODAL_WOULD || k->modality == CASUS_MODAL_MAY);
        if (k->mood == CASUS_MOOD_INDICATIVE && !is_plain_present(k) &&
            k->modality != CASUS_MODAL_WOULD && !would)
            return false;
    }
    return law;
}

/* ---- rights, duties, purposes ---------------------------------------------------------------- */

static bool is_content_of_speech(const coder *c, const candidate *e) {
    return e->of != CASUS_NONE && !c->candidates[e->of].dropped;
}

/* "the power to declare war", "an intent to coerce"; "was designed to intimidate" */
static bool is_power(const coder *c, const candidate *e) {
    static const char *const nouns[] = {"power",      "right",        "authority", "ability",
                                        "capability", "capacity",     "duty",      "job",
                                        "obligation", "jurisdiction", "intent",    "freedom",
                                        "mandate",    "potential",    "privilege", "competence",
                                        "means",      "discretion",   NULL};
    static const char *const made[] = {"design", "mean", "intend", "equip", "train", "task", NULL};
    if (e->status == CODE_HAPPENED || e->status == CODE_ONGOING || e->status == CODE_NEGATED ||
        (e->status == CODE_URGED && is_content_of_speech(c, e)))
        return false;
    const casus_clause *k = clause_of(c, e);
    for (uint32_t up = 0; k && up < 3; up++, k = above(c, k)) {
        if (k->kind == CASUS_CLAUSE_NOUN) {
            if (k->parent_role != CASUS_ROLE_OBJ && k->parent_role != CASUS_ROLE_PREP) return false;
            continue; /* "the power to declare war": the war */
        }
        if (k->mood != CASUS_MOOD_INFINITIVE) return false;
        const uint32_t on = governor(c, k->head);
        if (on == k->head) return false;
        const casus_token *t = &c->parse->tokens[on];
        if (t->pos == CASUS_POS_NOUN && lemma_in(c, on, nouns)) return true;
        const casus_clause *by = above(c, k);
        if (by && by->head == on && by->flags & CASUS_CLAUSE_PASSIVE && lemma_in(c, on, made))
            return true;
    }
    return false;
}

/* "has three ways to seek it: by suing, by asking prosecutors": what can be done. */
static bool is_way(const coder *c, const candidate *e) {
    static const char *const ways[] = {"way", "option", "chance", "opportunity", NULL};
    static const char *const clears[] = {"clear", "pave", "open", "make", "lead", NULL};
    const casus_clause *k = clause_of(c, e);
    for (uint32_t up = 0; k && up < UP_MOST && k->kind == CASUS_CLAUSE_VERB; up++) {
        if (k->mood != CASUS_MOOD_INFINITIVE && k->mood != CASUS_MOOD_GERUND) return false;
        const uint32_t on = governor(c, k->head);
        if (c->parse->tokens[on].pos == CASUS_POS_NOUN && lemma_in(c, on, ways))
            return !lemma_in(c, governor(c, on), clears); /* "clears the way for a trial" */
        k = above(c, k);
    }
    return false;
}

/* "is responsible for coordinating aid", "a unit tasked with investigating crimes" */
static bool is_duty(const coder *c, const candidate *e) {
    static const char *const jobs[] = {"responsible", "task", "entrust", "accountable", NULL};
    static const char *const held[] = {"accuse.responsible.a.2", NULL};
    const casus_clause *k = clause_of(c, e);
    if (has_row(c, e, held)) {
        for (uint32_t i = 0; i < k->n_args; i++) {
            const uint32_t job = k->args[i].clause;
            if (job == CASUS_NONE || k->args[i].role != CASUS_ROLE_PREP ||
                c->parse->clauses[job].mood != CASUS_MOOD_GERUND)
                continue;
            const uint32_t act = c->of_clause[job];
            const uint8_t type = act == CASUS_NONE ? CODE_CONSULT : c->candidates[act].type;
            if (type == CODE_COOPERATE || type == CODE_AID || type == CODE_CONSULT ||
                type == CODE_SUPPORT || type == CODE_AGREE)
                return k->tense == CASUS_TENSE_PRESENT;
        }
        return false;
    }
    return k->kind == CASUS_CLAUSE_VERB && k->mood == CASUS_MOOD_GERUND &&
           e->type != CODE_ASSAULT &&
           (lemma_in(c, governor(c, k->head), jobs) ||
            lemma_in(c, governor(c, governor(c, k->head)), jobs));
}

/* "information leading to the arrest of X", "a reward for the capture of X" */
static bool is_rewarded(const coder *c, const candidate *e) {
    static const char *const what[] = {"information", "tip", "clue", "reward", "bounty", NULL};
    const casus_clause *k = clause_of(c, e);
    if (e->type != CODE_COERCE && e->type != CODE_SANCTION && e->type != CODE_ASSAULT) return false;
    const uint32_t on = governor(c, k->head); /* the preposition, the verb */
    if (k->parent_role != CASUS_ROLE_PREP) return false;
    if (lemma_in(c, governor(c, on), what)) return true;
    const casus_clause *lead = above(c, k);
    if (!lead || !casus_slice_is(c->parse->tokens[lead->head].lemma, "lead")) return false;
    if (lemma_in(c, governor(c, lead->head), what)) return true;
    for (uint32_t i = 0; i < lead->n_args; i++)
        if (lemma_in(c, lead->args[i].token, what)) return true;
    return false;
}

/* "the lack of an agreement" */
static bool is_lacking(const coder *c, const candidate *e) {
    static const char *const lack[] = {"lack", "absence", "shortage", NULL};
    const casus_clause *k = clause_of(c, e);
    if (k->kind != CASUS_CLAUSE_NOUN) return false;
    const uint32_t of = governor(c, k->head);
    return casus_slice_is(c->parse->tokens[of].lower, "of") && lemma_in(c, governor(c, of), lack);
}

/* ---- habits, positions, moods ---------------------------------------------------------------- */

static bool is_habitual(const coder *c, const casus_clause *k) {
    static const char *const words[] = {"usually",   "typically",     "often",     "generally",
                                        "normally",  "traditionally", "sometimes", "commonly",
                                        "rarely",    "seldom",        "always",    "ordinarily",
                                        "regularly", "routinely",     NULL};
    if (k->kind == CASUS_CLAUSE_NOUN || k->tense != CASUS_TENSE_PRESENT ||
        k->flags & (CASUS_CLAUSE_PERFECT | CASUS_CLAUSE_PROGRESSIVE))
        return false;
    for (uint32_t i = 0; i < k->n_args; i++)
        if (code_is_one_of(c->parse->tokens[k->args[i].token].lower, words)) return true;
    return false;
}

/* "governments usually favour", "they often meet", "the group regularly meets to coordinate", "such
 * meetings usually turn on trade" */
static bool is_habit(const coder *c, const candidate *e) {
    const casus_clause *k = clause_of(c, e);
    if (e->time) return k->kind == CASUS_CLAUSE_VERB && is_habitual(c, k);
    for (uint32_t up = 0; k && up < 3; up++, k = above(c, k)) {
        if (is_habitual(c, k)) return true;
        const bool noun = k->kind == CASUS_CLAUSE_NOUN &&
                          (k->parent_role == CASUS_ROLE_SUBJ || k->parent_role == CASUS_ROLE_OBJ);
        const bool part = k->kind == CASUS_CLAUSE_VERB && k->parent_role != CASUS_ROLE_RELCL &&
                          (k->mood == CASUS_MOOD_INFINITIVE || k->mood == CASUS_MOOD_GERUND);
        if (!noun && !part) return false;
    }
    return false;
}

/* "a first step towards negotiating a solution": what is still to come. */
static bool is_aim(const coder *c, const candidate *e) {
    static const char *const marks[] = {"towards", "toward", NULL};
    const casus_clause *k = clause_of(c, e);
    return k->kind == CASUS_CLAUSE_VERB && k->mood == CASUS_MOOD_GERUND &&
           e->status == CODE_HAPPENED && code_is_one_of(k->mark, marks);
}

/* "She opposes abortion", "the party advocates gun rights": what somebody thinks of a matter. */
static bool is_position(const coder *c, const candidate *e) {
    static const char *const rows[] = {"support.support.v",
                                       "support.advocate",
                                       "support.favour",
                                       "support.back.v",
                                       "accuse.oppose.v",
                                       "accuse.opposed.a",
                                       NULL};
    const casus_clause *k = clause_of(c, e);
    return has_row(c, e, rows) && !e->n_sides[CODE_RECIPIENT] && !e->time &&
           c->parse->n_tokens >= SHORT_TEXT && k->mood == CASUS_MOOD_INDICATIVE && !k->modality &&
           k->tense == CASUS_TENSE_PRESENT && !(k->flags & CASUS_CLAUSE_QUOTED) &&
           !(k->flags & (CASUS_CLAUSE_PERFECT | CASUS_CLAUSE_PROGRESSIVE));
}

/* "the employees were concerned", "many Russians are wary": of those without any public role. */
static bool is_mood(const coder *c, const candidate *e) {
    static const char *const rows[] = {"accuse.concern", "accuse.wary", "accuse.angry", NULL};
    if (!has_row(c, e, rows) || !e->n_sides[CODE_ACTOR]) return false;
    for (uint32_t i = 0; i < e->n_sides[CODE_ACTOR]; i++) {
        const casus_mention *m = &c->mentions->items[e->sides[CODE_ACTOR][i]];
        if (!has_sector(&m->actor, "CVL LAB BUS EDU MED ") || m->actor.office.len ||
            m->actor.code[0] || code_has_cause(c, m))
            return false;
    }
    return true;
}

/* "A judge agreed that the book was late", "they do not agree on how it works": an opinion. */
static bool is_opinion(const coder *c, const candidate *e) {
    static const char *const rows[] = {"agree.agree.v", NULL};
    const casus_clause *k = clause_of(c, e);
    if (!has_row(c, e, rows) || e->n_sides[CODE_ACTOR] + e->n_sides[CODE_RECIPIENT] > 1)
        return false;
    if (k->tense == CASUS_TENSE_PRESENT && !k->modality && k->flags & CASUS_CLAUSE_NEGATED &&
        !(k->flags & (CASUS_CLAUSE_PERFECT | CASUS_CLAUSE_PROGRESSIVE)))
        return true;
    for (uint32_t i = 0; i < k->n_args; i++) {
        if (k->args[i].role != CASUS_ROLE_CCOMP || k->args[i].clause == CASUS_NONE) continue;
        const casus_clause *what = &c->parse->clauses[k->args[i].clause];
        for (uint32_t x = 0; x < e->n_sides[CODE_ACTOR]; x++)
            if (has_sector(&c->mentions->items[e->sides[CODE_ACTOR][x]].actor, "JUD CVL EDU BUS "))
                return what->tense != CASUS_TENSE_FUTURE && what->modality != CASUS_MODAL_WILL &&
                       what->modality != CASUS_MODAL_WOULD;
    }
    return false;
}

/* "agreed with that point"; "conceded that it might be late": no yielding. */
static bool is_granted(const coder *c, const candidate *e) {
    static const char *const agrees[] = {"agree.agree.v", NULL};
    static const char *const grants[] = {"concede.acknowledge.v.2", "concede.concede.v.2",
                                         "concede.admit.v.5", NULL};
    static const char *const points[] = {"point",      "assessment", "statement",  "view",
                                         "idea",       "sentiment",  "conclusion", "criticism",
                                         "notion",     "opinion",    "argument",   "analysis",
                                         "suggestion", "remark",     NULL};
    const casus_clause *k = clause_of(c, e);
    const bool agree = has_row(c, e, agrees), grant = has_row(c, e, grants);
    for (uint32_t i = 0; i < k->n_args && (agree || grant); i++) {
        const casus_arg *a = &k->args[i];
        if (agree && a->role == CASUS_ROLE_PREP && casus_slice_is(a->prep, "with") &&
            lemma_in(c, a->token, points))
            return true;
        if (!grant || a->role != CASUS_ROLE_CCOMP || a->clause == CASUS_NONE) continue;
        const casus_clause *what = &c->parse->clauses[a->clause];
        if (what->modality == CASUS_MODAL_MAY || what->modality == CASUS_MODAL_WOULD ||
            what->modality == CASUS_MODAL_CAN)
            return !(what->flags & CASUS_CLAUSE_PERFECT);
    }
    return false;
}

/* "Voters need to learn", "they must know": asks nobody for an act. */
static bool is_no_demand(const coder *c, const candidate *e) {
    static const char *const rows[] = {"request.must.v.1", "request.must.v.2", NULL};
    static const char *const states[] = {"learn",   "know", "understand", "remember", "realise",
                                         "realize", "feel", "think",      "live",     "expect",
                                         "believe", "cope", "hope",       "worry",    "see",
                                         "look",    "rely", "suffer",     "survive",  "earn",
                                         "wonder",  "like", "enjoy",      NULL};
    return has_row(c, e, rows) && lemma_in(c, clause_of(c, e)->head, states);
}

/* "support for the candidate is strongest in the north": of nobody in particular. */
static bool is_popularity(const coder *c, const candidate *e) {
    static const char *const rows[] = {"support.support.n", NULL};
    const casus_clause *k = clause_of(c, e);
    if (!has_row(c, e, rows) || e->n_sides[CODE_ACTOR] || e->light != CASUS_NONE) return false;
    for (uint32_t i = 0; i < k->n_args; i++)
        if (k->args[i].role == CASUS_ROLE_POSS) return false; /* "their support" */
    return k->parent_role == CASUS_ROLE_SUBJ;
}

/* "The president holds a rally in Ohio": a campaign, no protest. */
static bool is_campaign(const coder *c, const candidate *e) {
    static const char *const rows[] = {"protest.rally.n", NULL};
    if (!has_row(c, e, rows) || e->n_sides[CODE_RECIPIENT] || e->n_sides[CODE_ACTOR] != 1)
        return false;
    const casus_mention *m = &c->mentions->items[e->sides[CODE_ACTOR][0]];
    return (m->kind == CASUS_MENTION_PERSON || m->kind == CASUS_MENTION_PRONOUN) &&
           has_sector(&m->actor, "GOV PTY LEG ELI ") && !has_sector(&m->actor, "OPP ");
}

/* "a threat to the rule of the king": a danger, of nobody's making. */
static bool is_danger(const coder *c, const candidate *e) {
    static const char *const rows[] = {"threaten.threat.n.1", NULL};
    const casus_clause *k = clause_of(c, e);
    if (!has_row(c, e, rows) || e->n_sides[CODE_ACTOR]) return false;
    for (uint32_t i = 0; i < k->n_args; i++)
        if (k->args[i].role == CASUS_ROLE_PREP && casus_slice_is(k->args[i].prep, "to"))
            return true;
    return false;
}

/* "defended his record": one's own doing. */
static bool is_own_defence(const coder *c, const candidate *e) {
    static const char *const rows[] = {"support.defend.v", NULL};
    static const char *const own[] = {"his", "her", "its", "their", "my", "our", NULL};
    const casus_clause *k = clause_of(c, e);
    if (!has_row(c, e, rows)) return false;
    for (uint32_t i = 0; i < k->n_args; i++) {
        const casus_arg *a = &k->args[i];
        if (a->role != CASUS_ROLE_OBJ) continue;
        for (uint32_t t = a->first; t < a->token; t++)
            if (governor(c, t) == a->token && code_is_one_of(c->parse->tokens[t].lower, own)) {
                for (uint32_t x = 0; x < e->n_sides[CODE_RECIPIENT]; x++)
                    if (is_somebody(c, e->sides[CODE_RECIPIENT][x])) return false;
                return true;
            }
    }
    return false;
}

/* ---- the press ------------------------------------------------------------------------------- */

static bool is_press(const coder *c, uint32_t at) {
    static const char *const press[] = {"reporter", "reporters", "journalist",  "journalists",
                                        "press",    "newsmen",   "interviewer", NULL};
    const casus_mention *m = &c->mentions->items[at];
    return has_sector(&m->actor, "JRN ") || code_is_one_of(c->parse->tokens[m->head].lower, press);
}

static uint32_t count_press(const coder *c, const candidate *e, int side) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < e->n_sides[side]; i++) n += is_press(c, e->sides[side][i]);
    return n;
}

/* "spoke to reporters", "Wikinews contacted the candidate", "gave the BBC a statement" */
static bool is_interview(const coder *c, const candidate *e) {
    if (e->type != CODE_CONSULT && e->type != CODE_AID) return false;
    const uint32_t of_actors = count_press(c, e, CODE_ACTOR),
                   of_others = count_press(c, e, CODE_RECIPIENT);
    if (e->type == CODE_AID) {
        static const char *const rows[] = {"aid.provide", "aid.give", "aid.offer", NULL};
        return of_others && of_others == e->n_sides[CODE_RECIPIENT] && has_row(c, e, rows);
    }
    if (has_mode(c, e, "visit")) return false;
    if (of_others && of_others == e->n_sides[CODE_RECIPIENT]) return true;
    if (of_actors && of_actors == e->n_sides[CODE_ACTOR] && e->n_sides[CODE_RECIPIENT]) return true;
    return of_actors && !e->n_sides[CODE_RECIPIENT] && e->n_sides[CODE_ACTOR] - of_actors <= 1;
}

/* "When asked about the case, he ...": asked by the press. */
static bool is_put_question(const coder *c, const candidate *e) {
    static const char *const rows[] = {"request.ask", "accuse.question.v", NULL};
    static const char *const marks[] = {"when", "if", "after", "while", "as", NULL};
    const casus_clause *k = clause_of(c, e);
    if (!has_row(c, e, rows) || e->n_sides[CODE_ACTOR] || k->kind != CASUS_CLAUSE_VERB ||
        (!(k->flags & CASUS_CLAUSE_PASSIVE) && k->mood != CASUS_MOOD_PARTICIPLE))
        return false;
    return k->parent_role == CASUS_ROLE_ADVCL &&
           (!k->mark.len || code_is_one_of(k->mark, marks) || k->mood == CASUS_MOOD_PARTICIPLE);
}

/* "did not deny it": says nothing. */
static bool is_no_denial(const coder *c, const candidate *e) {
    return e->type == CODE_REJECT && e->status == CODE_NEGATED && has_mode(c, e, "deny");
}

/* ---- told in the first person ---------------------------------------------------------------- */

/* An interview or a memoir: many an "I" and "you" outside quotation marks (a statement of a
 * government has its "we"). */
static bool is_told_in_person(const coder *c) {
    static const char *const words[] = {"i", "me", "my", "mine", "myself", "you", "your", NULL};
    const casus_parse *p = c->parse;
    uint32_t n = 0, quote = 0;
    if (p->n_tokens < LONG_TEXT) return false;
    for (uint32_t i = 0; i < p->n_tokens; i++) {
        while (quote < p->n_quotes && p->quotes[quote].last <= i) quote++;
        if (quote < p->n_quotes && p->quotes[quote].first <= i) continue;
        n += code_is_one_of(p->tokens[i].lower, words);
    }
    return n > p->n_tokens / TOLD_RARELY;
}

/* Somebody of public life, by name: a state, a body, a force or party of a known name. */
static bool is_power_named(const coder *c, const candidate *e) {
    for (int side = CODE_ACTOR; side <= CODE_MEDIATOR; side++)
        for (uint32_t i = 0; i < e->n_sides[side]; i++) {
            const casus_mention *m = &c->mentions->items[e->sides[side][i]];
            const casus_actor *a = &m->actor;
            if (m->kind == CASUS_MENTION_COUNTRY || a->code[0]) return true;
            if (!has_sector(a, "GOV MIL COP JUD LEG PTY OPP REB PRM SPY UAF IGO NGO ")) continue;
            if (a->person.len || c->parse->tokens[m->head].pos == CASUS_POS_PROPN) return true;
            if (c->parse->tokens[m->head].pos == CASUS_POS_NOUN && a->name.len) return true;
        }
    return false;
}

/* "They asked me to come back", "the police would beat us": what one's own life was like. */
static bool is_of_own_life(const coder *c, const candidate *e) {
    const casus_clause *k = clause_of(c, e);
    if (is_power_named(c, e)) return k->modality == CASUS_MODAL_WOULD && !e->time;
    const bool force = e->type == CODE_ASSAULT || e->type == CODE_PROTEST ||
                       e->type == CODE_COERCE || e->type == CODE_SANCTION;
    return !force || (!e->time && e->place == CASUS_NONE);
}

void code_general(coder *c) {
    static const struct {
        bool (*is)(const coder *, const candidate *);
        const char *why;
    } rules[] = {{is_by_law, "what a law or procedure lays down"},
                 {is_power, "a power, a right or a purpose"},
                 {is_way, "one way among others"},
                 {is_duty, "a duty"},
                 {is_rewarded, "what a reward is offered for"},
                 {is_lacking, "what is lacking"},
                 {is_habit, "a habit"},
                 {is_aim, "an aim"},
                 {is_position, "a position on a matter"},
                 {is_mood, "a mood"},
                 {is_popularity, "the favour of many"},
                 {is_opinion, "an opinion"},
                 {is_granted, "an opinion"},
                 {is_no_demand, "asks nobody for an act"},
                 {is_campaign, "a campaign"},
                 {is_danger, "a danger, no threat"},
                 {is_own_defence, "a defence of one's own doing"},
                 {is_interview, "told the press"},
                 {is_put_question, "a question of the press"},
                 {is_no_denial, "no denial"}};
    const bool in_person = is_told_in_person(c);
    for (size_t i = 0; i < c->n; i++) {
        candidate *e = &c->candidates[i];
        if (e->dropped) continue;
        e->why = NULL;
        for (size_t r = 0; r < sizeof rules / sizeof *rules && !e->why; r++)
            if (rules[r].is(c, e)) e->why = rules[r].why;
        if (!e->why && in_person && is_of_own_life(c, e)) e->why = "of one's own life";
        if (e->why) e->dropped = true;
    }
}
