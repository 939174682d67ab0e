/* sphere.c - throws out acts that are no politics: of private persons, firms and teams, in reports
 * on sport, shows, science, markets, disasters and ordinary crime; and acts of nobody.
 *
 * Decided by who takes part (a state, an office, a force, a party, a crowd has a public role) and
 * by the words of data/mishap.tsv. One pass over the tokens and one over the candidates. */
#include "code/code_int.h"

#define LEAD 60u /* tokens in which a text says what it is about */

static bool in_list(const casus_actor *a, const char *list) {
    for (uint32_t i = 0; i < a->n_sectors; i++) {
        const char one[5] = {a->sectors[i][0], a->sectors[i][1], a->sectors[i][2], ' ', 0};
        if (strstr(list, one)) return true;
    }
    return false;
}

static const casus_mention *mention_of(const coder *c, uint32_t m) {
    return &c->mentions->items[m];
}

/* A state, an office, a force, a party, an international body: not mere citizens, firms, patients,
 * pupils, nor a name that no table knows. */
static bool is_public(const coder *c, uint32_t at) {
    const casus_mention *m = mention_of(c, at);
    const casus_actor *a = &m->actor;
    if (a->code[0] || a->office.len) return true;
    if (in_list(a,
                "GOV MIL COP JUD LEG PTY OPP REB PRM SPY UAF CRM REF REL PRE NGO IGO ELI LAB ")) {
        return true;
    }
    if (in_list(a, "SOC ") && m->kind != CASUS_MENTION_PERSON) return true; /* elders */
    if (a->n_sectors) return false;
    const casus_mention *first =
        m->kind == CASUS_MENTION_PRONOUN && m->chain != CASUS_NONE ? mention_of(c, m->chain) : m;
    if (first->kind == CASUS_MENTION_COUNTRY) return true;
    if (first->kind == CASUS_MENTION_PERSON || first->kind == CASUS_MENTION_GROUP) return false;
    return (m->has_place && m->place.country[0]) || a->country[0];
}

/* The same without the country names of teams. */
static bool is_official(const coder *c, uint32_t at) {
    const casus_actor *a = &mention_of(c, at)->actor;
    return in_list(a, "GOV MIL COP JUD LEG PTY OPP REB PRM SPY UAF CRM ") ||
           (a->code[0] && strcmp(a->code, "FIF") != 0);
}

static uint32_t count_sides(const coder *c, const candidate *e, int from, int to,
                            bool (*is)(const coder *, uint32_t)) {
    uint32_t n = 0;
    for (int side = from; side <= to; side++)
        for (uint32_t i = 0; i < e->n_sides[side]; i++) n += is(c, e->sides[side][i]);
    return n;
}

static bool anybody(const coder *c, uint32_t at) {
    (void)c;
    (void)at;
    return true;
}

static bool is_crowd(const coder *c, uint32_t at) {
    const casus_mention *m = mention_of(c, at);
    return in_list(&m->actor, "JRN ") ||
           (m->kind == CASUS_MENTION_GROUP && in_list(&m->actor, "CVL REF LAB AGR SOC "));
}

static const char *power_of(const casus_mention *m) {
    return m->actor.code[0] ? m->actor.code : m->actor.country;
}

/* Do two powers take part, one as the doer? */
static bool between_powers(const coder *c, const candidate *e) {
    const char *one = NULL;
    for (int side = CODE_ACTOR; side <= CODE_MEDIATOR; side++)
        for (uint32_t i = 0; i < e->n_sides[side]; i++) {
            if (!is_public(c, e->sides[side][i])) continue;
            const char *power = power_of(mention_of(c, e->sides[side][i]));
            if (!*power) continue;
            if (one && strcmp(one, power) != 0) return true;
            one = power;
        }
    return false;
}

/* Is what it is done to of another country, even mere citizens? */
static bool between_countries(const coder *c, const candidate *e) {
    if (!e->n_sides[CODE_ACTOR] || !e->n_sides[CODE_RECIPIENT]) return false;
    const char *one = power_of(mention_of(c, e->sides[CODE_ACTOR][0]));
    const char *other = power_of(mention_of(c, e->sides[CODE_RECIPIENT][0]));
    return *other && strcmp(one, other) != 0;
}

/* Acts of words and of peaceful dealings; the rest is force, custody, protest. */
static bool is_peaceful(uint8_t type) {
    return type != CODE_ASSAULT && type != CODE_COERCE && type != CODE_PROTEST &&
           type != CODE_MOBILIZE && type != CODE_SANCTION && type != CODE_RETREAT;
}

static bool has_mode(const coder *c, const candidate *e, const char *mode) {
    const char *own = code_string(c->code, c->code->rows[e->row].mode).ptr;
    return own && strcmp(own, mode) == 0;
}

/* Between private persons: "they forgave their parents", "the airline banned passengers". */
static bool is_private(const coder *c, const candidate *e) {
    const uint32_t actors = e->n_sides[CODE_ACTOR];
    if (e->type == CODE_ASSAULT || e->type == CODE_PROTEST) return false;
    if ((!is_peaceful(e->type) || e->type == CODE_ACCUSE || e->type == CODE_CONCEDE) && !actors)
        return false;
    if ((!is_peaceful(e->type) || e->type == CODE_THREATEN) &&
        (count_sides(c, e, CODE_ACTOR, CODE_ACTOR, is_crowd) ||
         (has_mode(c, e, "resign") && c->code->rows[e->row].n_conds)))
        return false;
    return count_sides(c, e, CODE_ACTOR, CODE_MEDIATOR, anybody) > 0 &&
           count_sides(c, e, CODE_ACTOR, CODE_MEDIATOR, is_public) == 0;
}

/* "The work calls for a revision", "you won't attack me": whoever does it is no actor. */
static bool is_nobodys(const coder *c, const candidate *e) {
    const casus_clause *k = &c->parse->clauses[e->clause];
    const code_row *r = &c->code->rows[e->row];
    if (k->kind != CASUS_CLAUSE_VERB || k->flags & CASUS_CLAUSE_PASSIVE || e->n_sides[CODE_ACTOR] ||
        e->n_sides[CODE_MEDIATOR] || e->members != CASUS_NONE ||
        count_sides(c, e, CODE_RECIPIENT, CODE_RECIPIENT, is_public) ||
        (has_mode(c, e, "resign") && r->n_conds))
        return false;
    bool does = false;
    for (uint32_t i = 0; i < r->n_sides[CODE_ACTOR]; i++)
        does |= c->code->refs[r->sides[CODE_ACTOR] + i].role == CASUS_ROLE_SUBJ;
    for (uint32_t i = 0; i < r->n_sides[CODE_BOTH]; i++)
        does |= c->code->refs[r->sides[CODE_BOTH] + i].role == CASUS_ROLE_SUBJ;
    if (!does) return false;
    const bool pronoun_only = e->type == CODE_ASSAULT || e->type == CODE_PROTEST;
    for (uint32_t i = 0; i < k->n_args; i++)
        if (k->args[i].role == CASUS_ROLE_SUBJ)
            return pronoun_only ? !e->n_sides[CODE_RECIPIENT] &&
                                      c->parse->tokens[k->args[i].token].pos == CASUS_POS_PRON
                                : is_peaceful(e->type) || !e->n_sides[CODE_RECIPIENT];
    return false;
}

/* "he visited England", "the studio worked with the band" */
static bool is_private_dealing(const coder *c, const candidate *e, bool apart) {
    if (e->type != CODE_CONSULT || !e->n_sides[CODE_ACTOR] || !apart) return false;
    return !count_sides(c, e, CODE_ACTOR, CODE_MEDIATOR, is_crowd) &&
           !count_sides(c, e, CODE_RECIPIENT, CODE_RECIPIENT, is_official) &&
           !count_sides(c, e, CODE_ACTOR, CODE_ACTOR, is_public);
}

static bool is_row(const coder *c, const candidate *e, const char *const *starts) {
    const char *id = code_string(c->code, c->code->rows[e->row].id).ptr;
    for (; *starts; starts++)
        if (strncmp(id, *starts, strlen(*starts)) == 0) return true;
    return false;
}

/* "angle of attack", "run or kill": an act of nobody on nobody, that no day, place, count or
 * earlier act ties to the world. */
static bool is_loose(const coder *c, const candidate *e) {
    const casus_clause *k = &c->parse->clauses[e->clause];
    if (count_sides(c, e, CODE_ACTOR, CODE_MEDIATOR, anybody) || e->time ||
        e->place != CASUS_NONE || e->named != CASUS_NONE || e->same_as != CASUS_NONE ||
        e->members != CASUS_NONE || e->light != CASUS_NONE || e->of != CASUS_NONE)
        return false;
    static const char *const nouns[] = {"assault.attack.",
                                        "assault.assault.",
                                        "assault.fight",
                                        "assault.kill",
                                        "assault.violence",
                                        "assault.torture",
                                        "assault.murder.",
                                        "assault.aggression",
                                        "assault.strike.",
                                        "assault.shooting.",
                                        "assault.bombing.",
                                        "assault.war.",
                                        NULL};
    const bool noun = k->kind == CASUS_CLAUSE_NOUN;
    if (e->type != CODE_CONSULT && e->type != CODE_MOBILIZE &&
        (e->type != CODE_ASSAULT || (noun && !is_row(c, e, nouns))))
        return false;
    for (uint32_t i = 0; i < k->n_args; i++) /* "mortars rained down", "a campaign of shelling" */
        if (code_told_by(c, k->args[i].token) & (CODE_TOLD_ATTACK | CODE_TOLD_FIGHT)) return false;
    if (!noun) return true;
    for (uint32_t t = k->head; t > 0 && k->head - t < 6; t--) { /* "the attack" */
        const casus_token *x = &c->parse->tokens[t - 1];
        if (x->head == k->head && (casus_slice_is(x->lower, "the") ||
                                   casus_slice_is(x->lower, "this") || x->pos == CASUS_POS_NUM))
            return false;
    }
    return true;
}

/* "governments usually favour", "they often meet" */
static bool is_habit(const coder *c, const candidate *e) {
    static const char *const words[] = {"usually",  "typically",     "often",     "generally",
                                        "normally", "traditionally", "sometimes", "commonly",
                                        "rarely",   "seldom",        "always",    "ordinarily"};
    const casus_clause *k = &c->parse->clauses[e->clause];
    if (k->kind != CASUS_CLAUSE_VERB || k->tense != CASUS_TENSE_PRESENT ||
        k->flags & (CASUS_CLAUSE_PERFECT | CASUS_CLAUSE_PROGRESSIVE))
        return false;
    for (uint32_t i = 0; i < k->n_args; i++)
        for (size_t w = 0; w < sizeof words / sizeof *words; w++)
            if (casus_slice_is(c->parse->tokens[k->args[i].token].lower, words[w])) return true;
    return false;
}

/* "to free themselves" */
static bool is_reflexive(const coder *c, const candidate *e) {
    static const char *const rows[] = {"retreat.free.", "aid.help.", NULL};
    const casus_clause *k = &c->parse->clauses[e->clause];
    if (!is_row(c, e, rows)) return false;
    for (uint32_t i = 0; i < k->n_args; i++) {
        const casus_slice w = c->parse->tokens[k->args[i].token].lower;
        if (k->args[i].role == CASUS_ROLE_OBJ &&
            (casus_slice_is(w, "themselves") || casus_slice_is(w, "itself") ||
             casus_slice_is(w, "himself") || casus_slice_is(w, "herself") ||
             casus_slice_is(w, "yourself") || casus_slice_is(w, "myself")))
            return true;
    }
    return false;
}

/* "prices rose amid the Iran war": a war as the time or cause of what is told. */
static bool is_war_named(const coder *c, const candidate *e) {
    static const char *const wars[] = {"assault.war.n.", "assault.conflict.n.", NULL};
    const casus_clause *k = &c->parse->clauses[e->clause];
    return k->kind == CASUS_CLAUSE_NOUN && k->parent_role == CASUS_ROLE_PREP &&
           is_row(c, e, wars) && !e->n_sides[CODE_RECIPIENT] && e->n_sides[CODE_ACTOR] < 2;
}

/* ---- what a text is about ---------------------------------------------------------------------
 */

enum { TOPICS = 6 }; /* mishap, sport, show, science, market, crime */

typedef struct topics {
    uint16_t n[TOPICS];
    uint16_t attack;
} topics;

static const uint16_t told_of[TOPICS] = {CODE_TOLD_MISHAP,  CODE_TOLD_SPORT,  CODE_TOLD_SHOW,
                                         CODE_TOLD_SCIENCE, CODE_TOLD_MARKET, CODE_TOLD_CRIME};

static void add(topics *t, uint16_t told) {
    for (int k = 0; k < TOPICS; k++) t->n[k] = (uint16_t)(t->n[k] + (told & told_of[k] ? 1 : 0));
    if (told & CODE_TOLD_MISHAP && !(told & CODE_TOLD_TOO)) t->n[0]++;
    if (told & CODE_TOLD_MAYBE && !(told & CODE_TOLD_TOO)) t->n[0]++;
    t->attack = (uint16_t)(t->attack + (told & CODE_TOLD_ATTACK ? 1 : 0));
}

/* The topics of a sentence, as CODE_TOLD_...: what two of its words tell, or the lead of the text
 * and no attack beside it. A mishap needs one word that is no mere vehicle. */
static uint16_t about(const topics *here, const topics *lead) {
    uint16_t told = 0;
    for (int k = 0; k < TOPICS; k++) {
        const uint16_t need = 2;
        const bool sure = here->n[k] >= need && here->n[k] > here->attack;
        const bool set = lead->n[k] >= need + 1 && lead->n[k] > lead->attack && !here->attack;
        if (sure || set) told |= told_of[k];
    }
    return told;
}

/* Help in need, warnings, closed roads, condolences, inquiries after a mishap. */
static bool is_after_mishap(const coder *c, const candidate *e) {
    if (e->type == CODE_PROTEST) return false;
    if (e->type == CODE_ASSAULT) return !count_sides(c, e, CODE_ACTOR, CODE_ACTOR, is_public);
    if (e->type == CODE_COERCE && (has_mode(c, e, "arrest") || has_mode(c, e, "deport")))
        return false;
    if (e->type == CODE_AID) {
        const char *id = code_string(c->code, c->code->rows[e->row].id).ptr;
        static const char *const near[] = {"aid.rescue", "aid.evacuate", "aid.save", "aid.treat"};
        for (size_t i = 0; i < sizeof near / sizeof *near; i++)
            if (strncmp(id, near[i], strlen(near[i])) == 0) return true;
    }
    if (e->type == CODE_ACCUSE && count_sides(c, e, CODE_RECIPIENT, CODE_RECIPIENT, is_official))
        return false;
    for (uint32_t i = 0; i < e->n_sides[CODE_ACTOR]; i++)
        if (mention_of(c, e->sides[CODE_ACTOR][i])->actor.code[0]) return false;
    return !between_powers(c, e);
}

/* On the pitch and the stage, in the laboratory and on the market. */
static bool is_unpolitical(const coder *c, const candidate *e, uint16_t topic) {
    const uint32_t officials = count_sides(c, e, CODE_ACTOR, CODE_MEDIATOR, is_official);
    if (e->type == CODE_PROTEST) return false;
    if (topic & CODE_TOLD_SPORT && !officials) return true; /* teams named for their countries */
    if (!is_peaceful(e->type))
        return e->type == CODE_ASSAULT ? false
                                       : !count_sides(c, e, CODE_ACTOR, CODE_ACTOR, is_official);
    return !between_powers(c, e);
}

/* Condolences, tributes, prizes: of a state to a state they count, and after an attack. */
static bool is_tribute(const coder *c, const candidate *e, bool attack) {
    static const char *const rows[] = {"support.condolence", "support.mourn",
                                       "support.pay.",       "support.go_out",
                                       "support.admire",     "support.award",
                                       "support.hug",        "support.credit",
                                       "support.send",       NULL};
    static const char *const words[] = {"condolences", "condolence", "sympathy", "sympathies",
                                        "sadness",     "sorrow",     "grief",    "regrets",
                                        "wishes",      "tribute",    "prayers",  "greetings"};
    if (e->type != CODE_SUPPORT || attack || between_countries(c, e) ||
        count_sides(c, e, CODE_RECIPIENT, CODE_RECIPIENT, is_public))
        return false;
    if (is_row(c, e, rows)) return true;
    const casus_clause *k = &c->parse->clauses[e->clause];
    for (uint32_t i = 0; i < k->n_args; i++)
        for (size_t w = 0; w < sizeof words / sizeof *words; w++)
            if (casus_slice_is(c->parse->tokens[k->args[i].token].lower, words[w])) return true;
    return false;
}

/* People killed or hurt in a text that tells of no attack at all. */
static bool is_harm_alone(const coder *c, const candidate *e, uint32_t attacks) {
    static const char *const rows[] = {"assault.kill.", "assault.injure", "assault.wound",
                                       "assault.hurt",  "assault.die",    NULL};
    return !attacks && e->type == CODE_ASSAULT && is_row(c, e, rows) &&
           !count_sides(c, e, CODE_ACTOR, CODE_ACTOR, is_public) &&
           !count_sides(c, e, CODE_RECIPIENT, CODE_RECIPIENT, is_official);
}

/* Who is tried for ordinary crime, and by whom. */
static bool is_ordinary(const coder *c, const candidate *e) {
    if (e->type != CODE_COERCE && e->type != CODE_SANCTION && e->type != CODE_ACCUSE &&
        e->type != CODE_RETREAT && e->type != CODE_CONCEDE && e->type != CODE_REJECT)
        return false;
    return !count_sides(c, e, CODE_RECIPIENT, CODE_RECIPIENT, is_public) && !between_powers(c, e);
}

void code_sphere(coder *c) {
    const casus_parse *p = c->parse;
    topics *here = casus_base_arena_zero(c->arena, p->n_sentences + 1u, sizeof *here);
    topics lead = {{0}, 0}, all = {{0}, 0};
    if (!here) {
        c->no_memory = true;
        return;
    }
    for (uint32_t i = 0; i < p->n_tokens; i++) {
        uint16_t told = code_told_by(c, i);
        const bool noun = p->tokens[i].pos == CASUS_POS_NOUN || p->tokens[i].pos == CASUS_POS_PROPN;
        if (!noun) told = (uint16_t)(told & ~(CODE_TOLD_MISHAP | CODE_TOLD_MAYBE)); /* "stormed" */
        if (!told) continue;
        add(&here[p->tokens[i].sent], told);
        if (i < LEAD) add(&lead, told);
        add(&all, told);
        all.attack = (uint16_t)(all.attack + (told & CODE_TOLD_FIGHT ? 1 : 0));
    }
    const bool apart = all.n[1] + all.n[2] + all.n[3] > 3 + all.attack;
    for (uint32_t i = 0; i < c->mentions->n && !all.attack; i++)
        all.attack = in_list(&c->mentions->items[i].actor, "MIL REB PRM UAF SPY CRM ");
    for (size_t i = 0; i < c->n; i++) {
        candidate *e = &c->candidates[i];
        if (e->dropped) continue;
        const topics *said = &here[p->clauses[e->clause].sent];
        const uint16_t topic = about(said, &lead);
        if (is_private(c, e) || is_private_dealing(c, e, apart))
            e->why = "between private persons";
        else if (is_nobodys(c, e))
            e->why = "whoever does it is no actor";
        else if (is_loose(c, e))
            e->why = "nothing ties it to the world";
        else if (is_habit(c, e) || is_reflexive(c, e))
            e->why = "a habit";
        else if (is_war_named(c, e))
            e->why = "a war as time or cause";
        else if (is_tribute(c, e, said->attack || lead.attack))
            e->why = "condolences, tributes";
        else if (is_harm_alone(c, e, all.attack))
            e->why = "no attack is told";
        else if (topic & CODE_TOLD_MISHAP && is_after_mishap(c, e))
            e->why = "after a mishap";
        else if (topic &
                     (CODE_TOLD_SPORT | CODE_TOLD_SHOW | CODE_TOLD_SCIENCE | CODE_TOLD_MARKET) &&
                 is_unpolitical(c, e, topic))
            e->why = "sport, a show, science or the market";
        else if (topic & CODE_TOLD_CRIME && is_ordinary(c, e))
            e->why = "ordinary crime";
        else
            continue;
        e->dropped = true;
    }
}
