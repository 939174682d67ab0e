/* sphere.c - throws out acts that are no politics: of private persons, firms and teams, in reports
 * on sport, shows, science, markets, disasters and ordinary crime; and acts of nobody.
 *
 * Decided by who takes part (a state, an office, a force, a party, a crowd has a public role) and
 * by the words of data/mishap.tsv. One pass over the tokens and one over the candidates. */
#include "code/code_int.h"

#define LEAD 90u /* tokens in which a text says what it is about */

static bool in_list(const casus_actor *a, const char *list) {
    for (uint32_t i = 0; i < a->n_sectors; i++) {
        const char one[5] = {a->sectors[i][0], a->sectors[i][1], a->sectors[i][2], ' ', 0};
        if (strstr(list, one)) return true;
    }
    return false;
}

static bool starts(casus_slice s, const char *with) {
    return s.len >= strlen(with) && memcmp(s.ptr, with, strlen(with)) == 0;
}

static const casus_mention *mention_of(const coder *c, uint32_t m) {
    return &c->mentions->items[m];
}

/* In a report on firms: "the board", "executives", "its president", and who is meant by them. */
static bool is_of_firm(const coder *c, const casus_mention *m) {
    static const char *const heads[] = {"board",       "executive",      "chairman",
                                        "chairwoman",  "chair",          "president",
                                        "director",    "officer",        "spokesman",
                                        "spokeswoman", "spokesperson",   "official",
                                        "adviser",     "representative", "commissioner",
                                        "management",  "partner",        NULL};
    const casus_mention *first =
        m->kind == CASUS_MENTION_PRONOUN && m->chain != CASUS_NONE ? mention_of(c, m->chain) : m;
    if (first->actor.code[0] || first->actor.name.len) return false;
    for (uint32_t i = first->first; i < first->last; i++)
        if (casus_slice_is(c->parse->tokens[i].lemma, "government") ||
            (i != first->head && c->parse->tokens[i].pos == CASUS_POS_ADJ &&
             first->actor.country[0] && c->parse->tokens[i].form.ptr[0] >= 'A' &&
             c->parse->tokens[i].form.ptr[0] <= 'Z'))
            return false; /* "Japanese officials" */
    return code_is_one_of(c->parse->tokens[first->head].lemma, heads);
}

/* A state, an office, a force, a party, an international body: not mere citizens, firms, patients,
 * pupils, nor a name that no table knows. */
static bool is_public(const coder *c, uint32_t at) {
    const casus_mention *m = mention_of(c, at);
    const casus_actor *a = &m->actor;
    if (casus_slice_is(c->parse->tokens[m->head].lower, "rival") && !a->person.len) return false;
    if (c->trade && is_of_firm(c, m)) return false;
    if (a->code[0] || a->office.len || code_has_cause(c, m)) return true;
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

/* The same without countries. */
static bool is_official(const coder *c, uint32_t at) {
    const casus_actor *a = &mention_of(c, at)->actor;
    return in_list(a, "GOV MIL COP JUD LEG PTY OPP REB PRM SPY UAF CRM ") || a->code[0];
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

static bool is_country(const coder *c, uint32_t at) {
    return mention_of(c, at)->kind == CASUS_MENTION_COUNTRY;
}

static bool is_firm(const coder *c, uint32_t at) {
    return in_list(&mention_of(c, at)->actor, "BUS ");
}

static bool is_at_work(const coder *c, uint32_t at) {
    return in_list(&mention_of(c, at)->actor, "BUS LAB ");
}

/* Whom a crime against makes it public. */
static bool is_wronged(const coder *c, uint32_t at) {
    return in_list(&mention_of(c, at)->actor,
                   "GOV MIL COP LEG PTY OPP REL PRE REF JRN ELI NGO IGO ");
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

/* How many powers act or suffer in the text: none, one, or (2) more. */
static int powers(const coder *c) {
    const char *one = NULL;
    for (size_t i = 0; i < c->n; i++)
        for (int side = CODE_ACTOR; side <= CODE_MEDIATOR && !c->candidates[i].dropped; side++)
            for (uint32_t x = 0; x < c->candidates[i].n_sides[side]; x++) {
                const uint32_t at = c->candidates[i].sides[side][x];
                const char *power = power_of(mention_of(c, at));
                if (!*power || !is_public(c, at)) continue;
                if (one && strcmp(one, power) != 0) return 2;
                one = power;
            }
    return one ? 1 : 0;
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

static const char *mode_of(const coder *c, const candidate *e) {
    const char *own = code_string(c->code, c->code->rows[e->row].mode).ptr;
    return own && *own ? own : NULL;
}

static bool has_mode(const coder *c, const candidate *e, const char *mode) {
    const char *own = mode_of(c, e);
    return own && strcmp(own, mode) == 0;
}

static bool is_row(const coder *c, const candidate *e, const char *const *starts) {
    const char *id = code_string(c->code, c->code->rows[e->row].id).ptr;
    for (; *starts; starts++)
        if (strncmp(id, *starts, strlen(*starts)) == 0) return true;
    return false;
}

/* Between private persons: "they forgave their parents", "the airline banned passengers". */
static bool is_private(const coder *c, const candidate *e, uint32_t attacks, bool politics) {
    static const char *const musts[] = {"request.must.", "request.time.", NULL};
    const uint32_t actors = e->n_sides[CODE_ACTOR];
    if (e->type == CODE_ASSAULT || e->type == CODE_PROTEST ||
        ((e->type == CODE_AID || e->type == CODE_COERCE || e->type == CODE_SANCTION) &&
         between_countries(c, e) && *power_of(mention_of(c, e->sides[CODE_ACTOR][0]))))
        return false;
    if (has_mode(c, e, "martial-law") || has_mode(c, e, "curfew")) return false;
    if (attacks > 1 && (e->type == CODE_AID || (e->type == CODE_REQUEST && !is_row(c, e, musts))))
        return false;
    if ((!is_peaceful(e->type) || e->type == CODE_ACCUSE || e->type == CODE_CONCEDE) && !actors)
        return false;
    if ((!is_peaceful(e->type) || e->type == CODE_THREATEN) &&
        (count_sides(c, e, CODE_ACTOR, CODE_ACTOR, is_crowd) ||
         (has_mode(c, e, "resign") && (politics || c->code->rows[e->row].n_conds))))
        return false;
    const uint32_t n = count_sides(c, e, CODE_ACTOR, CODE_MEDIATOR, anybody);
    if ((e->type == CODE_AGREE || e->type == CODE_CONSULT) &&
        count_sides(c, e, CODE_ACTOR, CODE_MEDIATOR, is_firm) &&
        count_sides(c, e, CODE_ACTOR, CODE_MEDIATOR, is_at_work) == n)
        return true; /* a firm and its union */
    return n > 0 && count_sides(c, e, CODE_ACTOR, CODE_MEDIATOR, is_public) == 0;
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
        if (k->args[i].role == CASUS_ROLE_SUBJ &&
            casus_slice_is(c->parse->tokens[k->args[i].token].lower, "you"))
            return true;
        else if (k->args[i].role == CASUS_ROLE_SUBJ)
            return pronoun_only ? !e->n_sides[CODE_RECIPIENT] &&
                                      c->parse->tokens[k->args[i].token].pos == CASUS_POS_PRON
                                : is_peaceful(e->type) || !e->n_sides[CODE_RECIPIENT];
    return false;
}

/* "he visited England", "the studio worked with the band" */
static bool is_private_dealing(const coder *c, const candidate *e, bool apart) {
    if (e->type != CODE_CONSULT) return false;
    if (!e->n_sides[CODE_ACTOR]) /* "Lisbon is best visited in May" */
        return !e->n_sides[CODE_MEDIATOR] && e->members == CASUS_NONE &&
               (apart || c->parse->clauses[e->clause].kind == CASUS_CLAUSE_VERB);
    if (!apart) return false;
    return !count_sides(c, e, CODE_ACTOR, CODE_MEDIATOR, is_crowd) &&
           !count_sides(c, e, CODE_RECIPIENT, CODE_RECIPIENT, is_official) &&
           !count_sides(c, e, CODE_ACTOR, CODE_ACTOR, is_public);
}

/* A firm that works with its own authorities or looks into its own staff; what is told the press.
 */
static bool is_business(const coder *c, const candidate *e) {
    static const char *const looks[] = {"accuse.investigat", "accuse.open.", "accuse.look", NULL};
    static const char *const tells[] = {"request.tell.", NULL};
    static const char *const flights[] = {"sanction.halt.v.51", "sanction.suspend.v.2", NULL};
    static const char *const floods[] = {"protest.flood.", NULL};
    const uint32_t actors = e->n_sides[CODE_ACTOR];
    const uint32_t n = count_sides(c, e, CODE_ACTOR, CODE_ACTOR, is_public);
    if (is_row(c, e, floods)) return !actors;
    if (is_row(c, e, tells))
        return e->n_sides[CODE_RECIPIENT] &&
               in_list(&mention_of(c, e->sides[CODE_RECIPIENT][0])->actor, "JRN ");
    if (is_row(c, e, looks)) return actors && !n;
    const uint32_t firms = count_sides(c, e, CODE_ACTOR, CODE_ACTOR, is_firm);
    if (has_mode(c, e, "resign") && actors) /* the head of a firm steps down */
        return count_sides(c, e, CODE_ACTOR, CODE_ACTOR, is_at_work) == actors;
    if (is_row(c, e, flights)) return actors && firms == actors;
    return e->type == CODE_COOPERATE && firms && !between_powers(c, e);
}

/* "angle of attack", "run or kill": an act of nobody on nobody, that no day, place, count or
 * earlier act ties to the world. */
static bool is_loose(const coder *c, const candidate *e, uint32_t attacks) {
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
        if (code_told_by(c, k->args[i].token) & (CODE_TOLD_ATTACK | CODE_TOLD_FIGHT) &&
            (k->args[i].role != CASUS_ROLE_PREP || noun || casus_slice_is(k->args[i].prep, "with")))
            return false;
    if (!noun) return attacks < 2;
    for (uint32_t t = k->head; t > 0 && k->head - t < 6; t--) { /* "the attack" */
        const casus_token *x = &c->parse->tokens[t - 1];
        if (x->head == k->head && (casus_slice_is(x->lower, "the") ||
                                   casus_slice_is(x->lower, "this") || x->pos == CASUS_POS_NUM))
            return false;
    }
    return true;
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
    static const char *const begun[] = {"assault.break_out.", "assault.begin.", "assault.start.",
                                        NULL};
    static const char *const marks[] = {"since", "before", "until", NULL};
    const casus_clause *k = &c->parse->clauses[e->clause];
    const bool alone = !e->n_sides[CODE_RECIPIENT] && e->n_sides[CODE_ACTOR] < 2;
    if (alone && k->kind == CASUS_CLAUSE_VERB && is_row(c, e, begun))
        return code_is_one_of(k->mark, marks);
    if (alone && k->kind == CASUS_CLAUSE_NOUN && k->parent_role == CASUS_ROLE_SUBJ &&
        k->parent != CASUS_NONE && is_row(c, e, wars))
        return code_is_one_of(c->parse->clauses[k->parent].mark, marks);
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

/* The topics of a sentence, as CODE_TOLD_...: what two of its words tell (a mishap that is no mere
 * vehicle counts as two), or those of the whole text. */
static uint16_t about(const topics *here, uint16_t text) {
    uint16_t told = text;
    for (int k = 0; k < TOPICS; k++)
        if (here->n[k] >= 2 && here->n[k] > here->attack && (k || !here->attack))
            told |= told_of[k];
    return told;
}

/* The topics of the whole text: of its lead, where they outweigh attacks; a short text needs less.
 */
static uint16_t about_all(const topics *lead, uint32_t tokens) {
    uint16_t told = 0;
    const uint16_t need = tokens < LEAD ? 2 : 3;
    for (int k = 0; k < TOPICS; k++) {
        const bool crime = told_of[k] == CODE_TOLD_CRIME;
        const uint16_t attack = crime ? 0 : lead->attack;
        if (lead->n[k] >= need && lead->n[k] > attack && (k || !attack)) told |= told_of[k];
    }
    return told;
}

/* "investigates violations of security": something else than the mishap. */
static bool is_about_else(const coder *c, const candidate *e) {
    static const char *const it[] = {
        "cause",         "causes",  "incident", "circumstances", "matter",
        "incidents",     "it",      "disaster", "tragedy",       "safety",
        "investigation", "inquiry", "probe",    "review",        "case"};
    const casus_clause *k = &c->parse->clauses[e->clause];
    for (uint32_t i = 0; i < k->n_args; i++) {
        const casus_arg *a = &k->args[i];
        if (a->role != CASUS_ROLE_OBJ) continue;
        bool same = code_told_by(c, a->token) != 0;
        for (size_t w = 0; w < sizeof it / sizeof *it; w++)
            same |= casus_slice_is(c->parse->tokens[a->token].lower, it[w]);
        const casus_clause *noun = a->clause == CASUS_NONE ? NULL : &c->parse->clauses[a->clause];
        for (uint32_t x = 0; noun && x < noun->n_args; x++)
            same |=
                (code_told_by(c, noun->args[x].token) & (CODE_TOLD_MISHAP | CODE_TOLD_MAYBE)) != 0;
        if (!same && !e->n_sides[CODE_RECIPIENT]) return true;
    }
    return false;
}

static bool is_law(const coder *c, uint32_t at) {
    return in_list(&mention_of(c, at)->actor, "JUD COP LEG ");
}

/* Help in need, warnings, closed roads, condolences, inquiries, arrests after a mishap. */
static bool is_ruler(const coder *c, uint32_t at) {
    return in_list(&mention_of(c, at)->actor, "GOV LEG JUD MIL SPY ");
}
/* People who stand for something, not mere citizens. */
static bool is_cause(const coder *c, uint32_t at) {
    return in_list(&mention_of(c, at)->actor, "SOC REL OPP JRN PTY ELI NGO REB ");
}
static bool is_party(const coder *c, uint32_t at) {
    return in_list(&mention_of(c, at)->actor, "GOV LEG PTY OPP ELI ") &&
           mention_of(c, at)->kind != CASUS_MENTION_PRONOUN;
}
static bool is_after_mishap(const coder *c, const candidate *e) {
    static const char *const near[] = {"aid.rescue", "aid.evacuate", "aid.save", "aid.treat", NULL};
    static const char *const suits[] = {"accuse.file.", "accuse.sue.", "accuse.lawsuit.", NULL};
    if (e->type == CODE_PROTEST || e->type == CODE_RETREAT || e->type == CODE_SANCTION)
        return false;
    if (e->type == CODE_ASSAULT) return !count_sides(c, e, CODE_ACTOR, CODE_ACTOR, is_public);
    if (e->type == CODE_COERCE && has_mode(c, e, "seize")) return false; /* of a ship */
    if (e->type == CODE_COERCE && has_mode(c, e, "arrest") && /* no driver by the police */
        (count_sides(c, e, CODE_ACTOR, CODE_ACTOR, is_ruler) ||
         count_sides(c, e, CODE_RECIPIENT, CODE_RECIPIENT, is_cause)))
        return false;
    if (e->type == CODE_AID && is_row(c, e, near)) return true;
    if ((e->type == CODE_REQUEST || e->type == CODE_REJECT || e->type == CODE_ACCUSE) &&
        count_sides(c, e, CODE_ACTOR, CODE_ACTOR, is_party) &&
        count_sides(c, e, CODE_RECIPIENT, CODE_RECIPIENT, is_party))
        return false; /* one office asks, blames or refuses another */
    if (e->type == CODE_ACCUSE && is_about_else(c, e)) return false;
    if (is_row(c, e, suits) && count_sides(c, e, CODE_ACTOR, CODE_ACTOR, is_public)) return false;
    if ((e->type == CODE_ACCUSE || e->type == CODE_COERCE) && /* who answers for it in office */
        count_sides(c, e, CODE_ACTOR, CODE_ACTOR, is_law))
        for (uint32_t i = 0; i < e->n_sides[CODE_RECIPIENT]; i++)
            if (in_list(&mention_of(c, e->sides[CODE_RECIPIENT][i])->actor, "GOV LEG PTY OPP ELI "))
                return false;
    for (uint32_t i = 0; i < e->n_sides[CODE_ACTOR]; i++)
        if (mention_of(c, e->sides[CODE_ACTOR][i])->actor.code[0]) return false;
    return !between_powers(c, e);
}

/* Is it a word of the pitch ("captain") rather than an office or a force? */
static bool is_mate(const coder *c, uint32_t at) {
    static const char *const mates[] = {"side",     "captain", "rival",    "host",
                                        "visitors", "jury",    "defender", "team",
                                        "defence",  "bench",   "judge",    "soldier"};
    for (size_t i = 0; i < sizeof mates / sizeof *mates; i++)
        if (casus_slice_is(c->parse->tokens[mention_of(c, at)->head].lower, mates[i])) return true;
    return false;
}

static bool is_human(const coder *c, uint32_t at) {
    return mention_of(c, at)->kind != CASUS_MENTION_PLACE;
}

static bool is_officer(const coder *c, uint32_t at) {
    return is_official(c, at) && !is_mate(c, at);
}

/* Named, or of a kind that is never on the pitch: no "captain", "rival", "jury". */
static bool is_sure(const coder *c, uint32_t at) {
    const casus_mention *m = mention_of(c, at);
    const casus_actor *a = &m->actor;
    if (is_mate(c, at)) return false;
    if (a->code[0]) return strcmp(a->code, "FIF") != 0;
    if (in_list(a, "COP REB PRM UAF SPY LEG PTY OPP ")) return true;
    return in_list(a, "GOV MIL JUD ") &&
           (a->person.len || a->name.len || m->kind == CASUS_MENTION_ORG ||
            m->kind == CASUS_MENTION_COUNTRY || (a->office.len && a->country[0]));
}

/* On the pitch and the stage, in the laboratory and on the market. */
static bool is_unpolitical(const coder *c, const candidate *e, uint16_t topic) {
    const bool play = topic & (CODE_TOLD_SPORT | CODE_TOLD_SHOW);
    const bool sure = count_sides(c, e, CODE_ACTOR, CODE_MEDIATOR, is_sure) > 0;
    if (e->type == CODE_PROTEST)
        return play && !sure && (topic & CODE_TOLD_SHOW || !has_mode(c, e, "riot")) &&
               !count_sides(c, e, CODE_ACTOR, CODE_MEDIATOR, is_country);
    if (e->type == CODE_ASSAULT) {
        if (!count_sides(c, e, CODE_ACTOR, CODE_MEDIATOR, anybody)) return true;
        if (sure || count_sides(c, e, CODE_ACTOR, CODE_RECIPIENT, is_officer)) return false;
        return play || (topic & CODE_TOLD_MARKET && !mode_of(c, e)) ||
               (topic & CODE_TOLD_SCIENCE &&
                !count_sides(c, e, CODE_RECIPIENT, CODE_RECIPIENT, is_human));
    }
    if (has_mode(c, e, "arrest") || has_mode(c, e, "convict")) return false;
    if (topic & CODE_TOLD_SPORT && !sure) return true; /* teams named for their countries */
    if (topic & CODE_TOLD_MARKET && !play &&
        (count_sides(c, e, CODE_ACTOR, CODE_ACTOR, is_sure) ||
         count_sides(c, e, CODE_ACTOR, CODE_ACTOR, is_country) ||
         (!e->n_sides[CODE_ACTOR] && sure)))
        return false;
    if (!is_peaceful(e->type))
        return !count_sides(c, e, CODE_ACTOR, CODE_ACTOR, is_officer) &&
               !count_sides(c, e, CODE_ACTOR, CODE_ACTOR, is_country);
    return !between_powers(c, e);
}

/* Condolences, tributes, prizes: of those in office they count, and after an attack. */
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
        count_sides(c, e, CODE_ACTOR, CODE_ACTOR, is_sure) ||
        count_sides(c, e, CODE_RECIPIENT, CODE_RECIPIENT, is_public))
        return false;
    if (is_row(c, e, rows)) return true;
    const casus_clause *k = &c->parse->clauses[e->clause];
    for (uint32_t i = 0; i < k->n_args; i++)
        for (size_t w = 0; w < sizeof words / sizeof *words; w++)
            if (casus_slice_is(c->parse->tokens[k->args[i].token].lower, words[w])) return true;
    return false;
}

/* "85 Palestinians": a people by name. */
static bool is_named_people(const coder *c, uint32_t at) {
    const casus_mention *m = mention_of(c, at);
    return m->kind == CASUS_MENTION_GROUP && m->actor.country[0] &&
           c->parse->tokens[m->head].pos == CASUS_POS_PROPN;
}

/* People killed or hurt in a text that tells of no attack at all. */
static bool is_harm_alone(const coder *c, const candidate *e, uint32_t attacks) {
    static const char *const rows[] = {"assault.kill.", "assault.injure", "assault.wound",
                                       "assault.hurt",  "assault.die",    NULL};
    /* "killed in a raid", "died in the fighting": the row has asked for the attack */
    static const char *const told[] = {"assault.kill.", "assault.die", NULL};
    if (c->code->rows[e->row].n_conds && is_row(c, e, told)) return false;
    return !attacks && e->type == CODE_ASSAULT && is_row(c, e, rows) &&
           !count_sides(c, e, CODE_ACTOR, CODE_ACTOR, is_public) &&
           !count_sides(c, e, CODE_RECIPIENT, CODE_RECIPIENT, is_official) &&
           !(code_kills(c, e) &&
             count_sides(c, e, CODE_RECIPIENT, CODE_RECIPIENT, is_named_people));
}

/* A gang, or several: "105 suspects", "smugglers". */
static bool is_band(const coder *c, uint32_t at) {
    const casus_mention *m = mention_of(c, at);
    const casus_token *t = c->parse->tokens;
    if (in_list(&m->actor, "CRM ")) return true;
    for (uint32_t i = m->first; i < m->last; i++)
        if (t[i].pos == CASUS_POS_NUM && !casus_slice_is(t[i].lower, "one") && i != m->head)
            return m->kind == CASUS_MENTION_GROUP;
    return m->kind == CASUS_MENTION_GROUP && t[m->head].pos == CASUS_POS_NOUN &&
           !casus_slice_eq(t[m->head].lower, t[m->head].lemma);
}

static bool is_force(const coder *c, uint32_t at) {
    return in_list(&mention_of(c, at)->actor, "COP MIL SPY ") || mention_of(c, at)->actor.code[0];
}

/* "police arrest 105 suspects, seizing ten tonnes of cocaine": what a force does to a gang, or to
 * several, is no private matter. */
static bool is_operation(const coder *c, const candidate *e) {
    if (e->type != CODE_COERCE || !count_sides(c, e, CODE_ACTOR, CODE_ACTOR, is_force))
        return false;
    if (e->n_sides[CODE_RECIPIENT])
        return count_sides(c, e, CODE_RECIPIENT, CODE_RECIPIENT, is_band) > 0;
    const size_t at = (size_t)(e - c->candidates); /* things: whose, the sentence may tell */
    for (size_t i = at < 4 ? 0 : at - 4; i < c->n && i < at + 5; i++) {
        const candidate *o = &c->candidates[i];
        if (c->parse->clauses[o->clause].sent == c->parse->clauses[e->clause].sent &&
            o->type == CODE_COERCE && count_sides(c, o, CODE_RECIPIENT, CODE_RECIPIENT, is_band))
            return true;
    }
    return false;
}

/* Ordinary crime: who does it to whom, who is held and tried for it. */
static bool is_ordinary(const coder *c, const candidate *e) {
    if (e->type == CODE_PROTEST || e->type == CODE_MOBILIZE || is_operation(c, e)) return false;
    for (uint32_t i = 0; i < e->n_sides[CODE_ACTOR]; i++) {
        const casus_actor *a = &mention_of(c, e->sides[CODE_ACTOR][i])->actor;
        if ((a->code[0] || !in_list(a, "COP JUD GOV ")) && is_public(c, e->sides[CODE_ACTOR][i]))
            return false;
    }
    return !count_sides(c, e, CODE_RECIPIENT, CODE_RECIPIENT, is_wronged) && !between_powers(c, e);
}

/* Held, charged or sentenced for what the text ties to no attack and no politics. */
static bool is_police_matter(const coder *c, const candidate *e) {
    static const char *const rows[] = {"coerce.arrest",      "coerce.detain",
                                       "coerce.hold",        "coerce.jail",
                                       "coerce.take.",       "coerce.apprehend",
                                       "coerce.imprison",    "coerce.remain",
                                       "coerce.search",      "coerce.raid",
                                       "coerce.seize",       "coerce.remand",
                                       "coerce.incarcerate", "accuse.charge",
                                       "accuse.press",       "accuse.face",
                                       "accuse.investigat",  "accuse.prosecut",
                                       "accuse.indict",      "accuse.file",
                                       "accuse.review",      "accuse.look",
                                       "accuse.question",    "sanction.sentence",
                                       "sanction.convict",   "sanction.jail",
                                       "sanction.find",      "sanction.hand_down",
                                       "sanction.receive",   "sanction.imprison",
                                       "retreat.release",    "retreat.free",
                                       "concede.acquit",     NULL};
    return is_row(c, e, rows) && is_ordinary(c, e) && e->n_sides[CODE_RECIPIENT] &&
           !count_sides(c, e, CODE_RECIPIENT, CODE_RECIPIENT, is_public);
}

/* ---- what is so at any time ------------------------------------------------------------------ */

static bool is_rule(const casus_clause *k) {
    return k->modality == CASUS_MODAL_MAY || k->modality == CASUS_MODAL_CAN ||
           k->modality == CASUS_MODAL_MUST;
}

/* "meets in New York": where a body sits says nothing of who acts. */
static bool is_seat(const casus_parse *p, uint32_t token) {
    static const char *const sits[] = {"meet", "sit", "convene", "work", "reside", NULL};
    if (!code_is_one_of(p->tokens[p->sentences[p->tokens[token].sent].root].lemma, sits))
        return false;
    for (int step = 0; step < 3; step++) {
        const uint32_t head = p->tokens[token].head;
        if (head == token) return false;
        if (p->tokens[head].pos == CASUS_POS_ADP)
            return casus_slice_is(p->tokens[head].lower, "in");
        if (p->tokens[head].pos != CASUS_POS_PROPN) return false;
        token = head;
    }
    return false;
}

/* For every sentence: does its paragraph tell, in two or more sentences, only what is so or may be
 * done at any time, and not, as headlines and chronicles do, what is happening to somebody named?
 */
static bool *find_timeless(const coder *c, const bool *specific) {
    const casus_parse *p = c->parse;
    bool *timeless = casus_base_arena_zero(c->arena, p->n_sentences + 1u, sizeof *timeless);
    uint32_t first = 0, n = 0,
             last = 0; /* of the paragraph: its first clause and its main clauses */
    bool all = true;
    for (uint32_t i = 0; timeless && i <= p->n_clauses; i++) {
        const casus_clause *k = &p->clauses[i];
        const bool end = i == p->n_clauses ||
                         p->sentences[k->sent].para != p->sentences[p->clauses[first].sent].para;
        if (end) {
            for (uint32_t x = first; x < i && n >= 2 && all; x++)
                timeless[p->clauses[x].sent] = true;
            first = i;
            n = 0;
            all = true;
        }
        if (i == p->n_clauses) break;
        if (k->kind == CASUS_CLAUSE_NOUN || k->mood != CASUS_MOOD_INDICATIVE ||
            (k->parent != CASUS_NONE && p->clauses[k->parent].kind != CASUS_CLAUSE_NOUN &&
             &p->clauses[k->parent] != k))
            continue;
        if (k->parent != CASUS_NONE && &p->clauses[k->parent] != k) continue;
        if (n == 0 || k->sent != last) n++;
        last = k->sent;
        all &= is_rule(k) || (!k->modality && k->tense == CASUS_TENSE_PRESENT &&
                              !(k->flags & (CASUS_CLAUSE_PERFECT | CASUS_CLAUSE_PROGRESSIVE)) &&
                              (k->kind == CASUS_CLAUSE_PRED || !specific[k->sent]));
    }
    return timeless;
}

/* "monitors report violations", "a host may expel a diplomat" */
static bool is_truth(const coder *c, const candidate *e, const bool *timeless) {
    const casus_clause *k = &c->parse->clauses[e->clause];
    return timeless[k->sent] && !e->time && !(k->flags & CASUS_CLAUSE_QUOTED) &&
           (k->kind == CASUS_CLAUSE_NOUN || k->mood != CASUS_MOOD_INDICATIVE || is_rule(k) ||
            k->tense == CASUS_TENSE_PRESENT);
}

/* Verbs tell less than nouns: "stormed out", "floods the market". */
static uint16_t told_by_verb(casus_slice form, uint16_t told) {
    static const char *const sure[] = {"collid", "capsiz", "drown",   "sank",  "sink",
                                       "crash",  "derail", "collaps", "plung", "overturn",
                                       "plough", "swerv",  "skid",    "burst"};
    for (size_t i = 0; i < sizeof sure / sizeof *sure; i++)
        if (starts(form, sure[i])) return (uint16_t)(told | CODE_TOLD_TOO);
    return (uint16_t)(told & ~(CODE_TOLD_MISHAP | CODE_TOLD_MAYBE));
}

static const char private_matter[] = "between private persons";

void code_sphere(coder *c) {
    const casus_parse *p = c->parse;
    topics *here = casus_base_arena_zero(c->arena, p->n_sentences + 1u, sizeof *here);
    topics lead = {{0}, 0}, all = {{0}, 0};
    bool died = false, aged = false, public_matter = false;
    if (!here) {
        c->no_memory = true;
        return;
    }
    bool *specific = casus_base_arena_zero(c->arena, p->n_sentences + 1u, sizeof *specific);
    if (!specific) {
        c->no_memory = true;
        return;
    }
    for (uint32_t i = 0; i < p->n_tokens; i++) {
        uint16_t told = code_told_by(c, i);
        const casus_slice form = p->tokens[i].form;
        const bool capital = form.len && form.ptr[0] >= 'A' && form.ptr[0] <= 'Z' &&
                             p->sentences[p->tokens[i].sent].first != i;
        specific[p->tokens[i].sent] |=
            ((capital || p->tokens[i].pos == CASUS_POS_PROPN) && !is_seat(p, i)) ||
            p->tokens[i].pos == CASUS_POS_NUM;
        died |=
            i < LEAD && (starts(p->tokens[i].lower, "die") || starts(p->tokens[i].lower, "death"));
        aged |= i < LEAD && casus_slice_is(p->tokens[i].lower, "aged");
        if (starts(p->tokens[i].lower, "tear") && p->tokens[i].pos != CASUS_POS_NOUN) told = 0;
        if (starts(p->tokens[i].lower, "tore")) told = 0; /* "tore through" */
        if (p->tokens[i].pos == CASUS_POS_VERB && casus_slice_is(p->tokens[i].lemma, "try"))
            told = 0; /* no try of rugby */
        if (p->tokens[i].pos == CASUS_POS_VERB && told & (CODE_TOLD_MISHAP | CODE_TOLD_MAYBE))
            told = told_by_verb(p->tokens[i].lower, told);
        if (!told) continue;
        add(&here[p->tokens[i].sent], told);
        if (i < LEAD) add(&lead, told);
        add(&all, told);
        all.attack = (uint16_t)(all.attack + (told & CODE_TOLD_FIGHT ? 1 : 0));
        public_matter |= told & CODE_TOLD_POLITICS;
    }
    public_matter |= all.attack > 0 || powers(c) > 1;
    if (c->mishaps && !lead.attack) lead.n[0] = (uint16_t)(lead.n[0] + 2);
    if (powers(c) > 1) lead.n[0] = 0; /* a mishap that states deal with is politics */
    const bool dead = died && aged;
    const bool *timeless = find_timeless(c, specific);
    if (!timeless) {
        c->no_memory = true;
        return;
    }
    const uint16_t text = about_all(&lead, p->n_tokens);
    c->trade = text & CODE_TOLD_MARKET;
    const bool apart = dead || all.n[1] + all.n[2] + all.n[3] > 3 + all.attack;
    for (uint32_t i = 0; i < c->mentions->n && !all.attack; i++)
        all.attack = in_list(&c->mentions->items[i].actor, "MIL REB PRM UAF SPY CRM ");
    for (size_t i = 0; i < c->n; i++) {
        candidate *e = &c->candidates[i];
        if (e->dropped) continue;
        const topics *said = &here[p->clauses[e->clause].sent];
        const uint16_t topic = about(said, text);
        if (is_private(c, e, all.attack, public_matter && !all.n[4]) ||
            is_private_dealing(c, e, apart))
            e->why = private_matter;
        else if (is_business(c, e))
            e->why = "business";
        else if (is_nobodys(c, e))
            e->why = "whoever does it is no actor";
        else if (is_loose(c, e, all.attack))
            e->why = "nothing ties it to the world";
        else if (is_truth(c, e, timeless))
            e->why = "what is so at any time";
        else if (is_reflexive(c, e))
            e->why = "done to oneself";
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
                 !(code_kills(c, e) && said->attack) && is_unpolitical(c, e, topic))
            e->why = "sport, a show, science or the market";
        else if (!public_matter && all.n[5] && is_police_matter(c, e))
            e->why = "a matter of the police";
        else if (topic & CODE_TOLD_CRIME && is_ordinary(c, e))
            e->why = "ordinary crime";
        else
            continue;
        e->dropped = true;
    }
    for (size_t i = 0; i < c->n; i++) { /* what a private person is accused of */
        candidate *e = &c->candidates[i];
        if (e->dropped || e->of == CASUS_NONE || c->candidates[e->of].type != CODE_ACCUSE ||
            !c->candidates[e->of].why || strcmp(c->candidates[e->of].why, private_matter) != 0 ||
            count_sides(c, e, CODE_ACTOR, CODE_MEDIATOR, is_public))
            continue;
        e->dropped = true;
        e->why = private_matter;
    }
}
