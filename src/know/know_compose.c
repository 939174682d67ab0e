/* know_compose.c - what a description adds up to: the sectors of head noun, modifier and owner, and
 * the country of its nation, its owner, the place, the state that acts on it, or the scene told.
 *
 * O(window) a description. */
#include "know/know_int.h"

#define TELLER_NEAR 40u /* words on either side in which who tells it is looked for */

static bool is_armed(const casus_actor *a) {
    return know_has_sector(a, "REB") || know_has_sector(a, "PRM") || know_has_sector(a, "CRM") ||
           know_has_sector(a, "UAF");
}

static void give_country(casus_actor *a, const casus_actor *from) {
    if (!a->country[0] && !a->code[0]) {
        memcpy(a->country, from->country, 4);
        memcpy(a->code, from->code, 8);
    }
}

static void reason(casus_actor *a, const char *why) {
    if (a->reason.len == 0) a->reason = casus_slice_z(why);
}

/* Sectors of the head noun, of what it belongs to, of the word before it. */
void know_compose_sectors(know_doc *d, casus_actor *a, const know_row *r, const know_said *s) {
    const casus_mention *o = s->of == CASUS_NONE ? NULL : &d->mentions.items[s->of];
    know_set_sectors(a, r);
    bool via = r->flags & KNOW_VIA, other = r->flags & (KNOW_OTHER | KNOW_CIVIL);
    /* "Puntland forces": what kind they are is said; a government's are no less an army */
    bool ruled = o && r->kind != KNOW_ASSET && r->n_sectors && o->actor.n_sectors &&
                 memcmp(o->actor.sectors[0], "GOV", 3) == 0 && memcmp(r->sectors[0], "GOV", 3) != 0;
    if (o && !ruled && !(other && r->n_sectors)) {
        if (via || r->n_sectors == 0 || is_armed(&o->actor)) {
            if (o->actor.n_sectors) {
                a->n_sectors = o->actor.n_sectors;
                memcpy(a->sectors, o->actor.sectors, sizeof a->sectors);
            }
        }
        if (o->kind == CASUS_MENTION_ORG && !other) a->name = o->actor.name;
    }
    if (know_is(s->mod) && !other) {
        const know_row *mod = know_row_of(d, s->mod);
        if ((via || r->n_sectors == 0) && !(o && o->actor.n_sectors)) {
            know_set_sectors(a, mod);
        } else {
            for (uint32_t i = 0; i < mod->n_sectors; i++) know_add_sector(a, mod->sectors[i]);
        }
    }
    if (s->people && r->kind != KNOW_ASSET) { /* their forces are no state's */
        for (uint32_t i = 0; i < a->n_sectors; i++) {
            if (memcmp(a->sectors[i], "MIL", 3) == 0) memcpy(a->sectors[i], "REB", 3);
        }
    }
    if (a->n_sectors == 0 && via && (s->code[0] || s->nation != CASUS_NONE)) {
        know_add_sector(a, "GOV"); /* "an Iranian official", "a US spokesman" */
    }
    if (s->former && (know_has_sector(a, "GOV") || know_has_sector(a, "LEG"))) {
        a->n_sectors = 0;
        know_add_sector(a, "ELI");
    }
}

/* Mention of the subject of the clause that token t is the object of, or CASUS_NONE. */
static uint32_t subject_of(const know_doc *d, uint32_t t) {
    const know_word *w = &d->words[t];
    if (w->role != CASUS_ROLE_OBJ || w->gov == CASUS_NONE || d->parse->n_clauses == 0) {
        return CASUS_NONE;
    }
    uint32_t c = d->parse->clause_of[w->gov];
    if (c == CASUS_NONE) return CASUS_NONE;
    const casus_clause *clause = &d->parse->clauses[c];
    for (uint32_t i = 0; i < clause->n_args; i++) {
        const casus_arg *a = &clause->args[i];
        if (a->role == CASUS_ROLE_SUBJ && a->token != t) return d->words[a->token].item;
    }
    return CASUS_NONE;
}

/* Country of the envoys whom the ministry at t calls in: "summoned the Swedish ambassador"; or "".
 */
static const char *called_in(const know_doc *d, uint32_t t) {
    const know_word *w = &d->words[t];
    if (w->role != CASUS_ROLE_SUBJ || w->gov == CASUS_NONE || !know_is_ousting(d, w->gov))
        return "";
    for (uint32_t k = w->gov + 1; k < d->parse->n_tokens && k < w->gov + KNOW_WINDOW; k++) {
        const uint32_t i = d->words[k].item;
        if (know_token(d, k)->sent != know_token(d, t)->sent) break;
        if (i == CASUS_NONE || d->extras[i].dead) continue;
        const casus_mention *m = &d->mentions.items[i];
        const uint32_t of = d->words[k].gov;
        if (m->kind == CASUS_MENTION_COUNTRY && d->extras[i].modifier && of != CASUS_NONE &&
            d->words[of].role == CASUS_ROLE_OBJ && d->words[of].gov == w->gov)
            return m->actor.country;
    }
    return "";
}

/* The state that tells it in the sentence of token t: "the Syrian army said", "according to Iraqi
 * police"; or "". */
static const char *teller(const know_doc *d, uint32_t t) {
    const casus_sentence *s = &d->parse->sentences[know_token(d, t)->sent];
    const uint32_t low = t > s->first + TELLER_NEAR ? t - TELLER_NEAR : s->first;
    const uint32_t high = t + TELLER_NEAR < s->last ? t + TELLER_NEAR : s->last;
    for (uint32_t k = low; k < high; k++) {
        const uint32_t i = d->words[k].item;
        if (i == CASUS_NONE || d->extras[i].dead || d->extras[i].from_context) continue;
        const casus_mention *m = &d->mentions.items[i];
        const bool state = m->kind == CASUS_MENTION_COUNTRY || know_has_sector(&m->actor, "GOV") ||
                           know_has_sector(&m->actor, "MIL") || know_has_sector(&m->actor, "COP") ||
                           know_has_sector(&m->actor, "JRN");
        if (!state || !m->actor.country[0]) continue;
        const know_word *w = &d->words[k];
        const bool says = w->role == CASUS_ROLE_SUBJ && w->gov != CASUS_NONE &&
                          know_marked(d, w->gov, KNOW_MARK_SAY);
        const bool to = m->first >= 2 && casus_slice_is(know_token(d, m->first - 1)->lower, "to") &&
                        casus_slice_is(know_token(d, m->first - 2)->lower, "according");
        if (says || to) return m->actor.country;
    }
    return "";
}

void know_compose_country(know_doc *d, uint32_t item, const know_row *r, const know_said *s) {
    casus_actor *a = &d->mentions.items[item].actor;
    know_extra *x = &d->extras[item];
    if (s->code[0]) {
        know_ref home = know_code_row(d, s->code);
        bool body = know_is(home) && know_row_of(d, home)->table != KNOW_COUNTRIES;
        if (body || s->code[3]) {
            memcpy(a->code, s->code, 8);
        } else {
            memcpy(a->country, s->code, 4);
        }
        reason(a, "nation+head");
        return;
    }
    if (s->of != CASUS_NONE) {
        give_country(a, &d->mentions.items[s->of].actor);
        if (a->country[0] || a->code[0]) {
            reason(a, "owner+head");
            x->from_context = d->extras[s->of].from_context;
            return;
        }
    }
    if (s->place[0]) {
        memcpy(a->country, s->place, 4);
        reason(a, "place+head");
        return;
    }
    x->from_context = true;
    bool offices = x->number == KNOW_PLURALITY && know_is(x->office) && (s->definite || s->both);
    if (offices && know_row_of(d, x->office)->aux <= 1) return; /* no country has two presidents */
    if (s->foreign || (r && r->kind == KNOW_REF) || know_has_sector(a, "IGO")) return;
    if (r && know_has_sector(a, "MIL") &&
        casus_slice_is(know_token(d, d->mentions.items[item].head)->lemma, "coalition"))
        return; /* "the coalition": of several states */
    uint32_t head = d->mentions.items[item].head;
    if (x->number == KNOW_PLURALITY && !s->definite &&
        casus_slice_is(know_token(d, head)->lemma, "government")) {
        return; /* "a dozen governments": of as many countries */
    }
    /* "foreign citizens", "European leaders" */
    const bool many = r && r->kind == KNOW_ONE && x->number == KNOW_PLURALITY && r->n_sectors &&
                      memcmp(r->sectors[0], "GOV", 3) == 0;
    for (uint32_t t = d->mentions.items[item].first; r && t < head; t++) {
        if ((r->flags & KNOW_CIVIL || many) && know_marked(d, t, KNOW_MARK_FOREIGN)) return;
    }
    uint32_t by = subject_of(d, head);
    const casus_actor *who = by == CASUS_NONE ? NULL : &d->mentions.items[by].actor;
    if (who && who->country[0] && know_marked(d, d->words[head].gov, KNOW_MARK_SENDS) &&
        know_has_sector(a, "MIL") && !(r && r->kind == KNOW_ASSET)) {
        memcpy(a->country, who->country, 4); /* "sent troops to Iraq": its own */
        reason(a, "sender+head");
        return;
    }
    /* "Colombian authorities detain 17 children", where no other place is named */
    bool rules =
        who && r && r->flags & KNOW_CIVIL && who->country[0] && !s->foreign &&
        (know_has_sector(who, "COP") || know_has_sector(who, "JUD") ||
         (know_has_sector(who, "GOV") && d->mentions.items[by].kind != CASUS_MENTION_PERSON));
    /* "the president orders the commerce ministry to raise tariffs": his own */
    bool orders = who && r && who->country[0] && know_has_sector(who, "GOV") &&
                  (know_has_sector(a, "GOV") || know_has_sector(a, "MIL")) &&
                  r->kind != KNOW_ASSET && know_is_order(d, d->words[head].gov);
    if (orders || (rules && !know_scene_beside(d, head))) {
        memcpy(a->country, who->country, 4);
        reason(a, "ruler+head");
        return;
    }
    if (r && (r->flags & KNOW_CIVIL || r->kind == KNOW_ASSET) && know_at_sea(d, head)) return;
    if (who && r && r->flags & KNOW_CIVIL && is_armed(who) && who->country[0] &&
        d->extras[by].from_context && d->scene && !d->scene[know_token(d, head)->sent][0]) {
        memcpy(a->country, who->country, 4); /* "ISIL killed civilians": where it acts */
        reason(a, "doer+head");
        return;
    }
    const char *context = know_context_at(d, head);
    if (context[0] && strcmp(called_in(d, head), context) == 0) return;
    const char *state = r && r->kind != KNOW_ASSET ? know_state_over(d, item) : "";
    if (state[0]) context = state;
    bool hit = who && r && r->kind == KNOW_ASSET && memcmp(who->country, context, 4) == 0 &&
               (d->mentions.items[by].kind == CASUS_MENTION_COUNTRY || know_has_sector(who, "MIL"));
    hit |= who && r && r->flags & KNOW_SENT && memcmp(who->country, context, 4) == 0 &&
           know_is_ousting(d, d->words[head].gov);
    if (hit) return; /* "Jordan shot down the drones", "expelled two envoys": hardly its own */
    /* "Hezbollah kidnapped three soldiers, Syria said": whom others take is the teller's */
    const bool ranks = know_has_sector(a, "MIL") || know_has_sector(a, "COP");
    if (who && ranks && r && r->kind == KNOW_ONE && !d->extras[by].from_context &&
        memcmp(who->country, context, 4) == 0) {
        const char *told = teller(d, head);
        if (told[0]) context = told;
    }
    if (s->own && memcmp(context, s->backer, 4) == 0) context = d->context;
    if (s->own && memcmp(context, s->backer, 4) == 0) context = d->context_other;
    memcpy(a->country, context, 4);
    if (a->country[0]) reason(a, "context+head");
}

/* "the UK punished Rwandan officials over the country's support": the nation named between the
 * one who acts and "the country", which does not act itself; or CASUS_NONE. */
static uint32_t nation_between(const know_doc *d, uint32_t item, uint32_t by) {
    const casus_mention *me = &d->mentions.items[item];
    const uint32_t noun = d->words[me->head].gov;
    uint8_t role = d->words[me->head].role;
    if (role == CASUS_ROLE_POSS && noun != CASUS_NONE) role = d->words[noun].role;
    if (role != CASUS_ROLE_PREP) return CASUS_NONE;
    for (uint32_t k = me->first; k-- > d->mentions.items[by].last;) {
        const uint32_t i = d->words[k].item;
        if (i == CASUS_NONE || d->extras[i].dead) continue;
        const casus_mention *m = &d->mentions.items[i];
        if (d->words[k].gov != noun && /* "Israeli attacks on the country" */
            m->kind == CASUS_MENTION_COUNTRY && d->extras[i].modifier &&
            strcmp(m->actor.country, d->mentions.items[by].actor.country) != 0)
            return i;
    }
    return CASUS_NONE;
}

uint32_t know_official_before(const know_doc *d, uint32_t item) {
    const casus_mention *me = &d->mentions.items[item];
    const uint32_t sent = d->parse->tokens[me->head].sent;
    if (sent >= d->parse->n_sentences) return CASUS_NONE;
    for (uint32_t k = me->first; k-- > d->parse->sentences[sent].first;) {
        const uint32_t i = d->words[k].item;
        if (i == CASUS_NONE || i == item || d->extras[i].dead) continue;
        const casus_mention *m = &d->mentions.items[i];
        if (d->words[k].role != CASUS_ROLE_SUBJ || k != m->head) continue;
        /* "the president visited the country": another's */
        if (d->words[me->head].role == CASUS_ROLE_OBJ && d->words[me->head].gov == d->words[k].gov)
            return CASUS_NONE;
        const bool rules = know_has_sector(&m->actor, "GOV") &&
                           (m->kind == CASUS_MENTION_PERSON || m->kind == CASUS_MENTION_ORG);
        if (!rules || !m->actor.country[0] || d->extras[i].from_context) return CASUS_NONE;
        const uint32_t other = nation_between(d, item, i);
        return other == CASUS_NONE ? i : other;
    }
    return CASUS_NONE;
}
