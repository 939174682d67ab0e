/* fields.c - candidates to records: sides, date, place, sources, counts, evidence; and the driver
 * that runs the coder over one document. */
#include "code/code_int.h"
#include <math.h>
#include <stdlib.h>

static casus_span span_of(const casus_parse *p, uint32_t first, uint32_t last) {
    while (first < last && p->tokens[last - 1].pos == CASUS_POS_SPACE) last--;
    if (first >= last) return (casus_span){0, 0};
    return (casus_span){p->tokens[first].begin, p->tokens[last - 1].end};
}
casus_party code_party_of(coder *c, uint32_t mention) {
    const casus_mention *m = &c->mentions->items[mention];
    const casus_actor *a = &m->actor;
    casus_party p = {0};
    p.span = span_of(c->parse, m->first, m->last);
    p.text = code_keep(c, code_text_of(c->parse, p.span));
    /* a town that is shelled: the country that it lies in */
    const bool place = !a->country[0] && !a->code[0] && !a->n_sectors && m->has_place;
    p.country = code_keep(c, casus_slice_z(place ? m->place.country : a->country));
    p.code = code_keep(c, casus_slice_z(a->code));
    casus_string *sectors = casus_base_arena_zero(c->arena, a->n_sectors + 1u, sizeof *sectors);
    if (!sectors) c->no_memory = true;
    for (uint32_t i = 0; sectors && i < a->n_sectors; i++)
        sectors[i] = code_keep(c, casus_slice_z(a->sectors[i]));
    p.sectors = sectors;
    p.n_sectors = sectors ? a->n_sectors : 0;
    p.name = code_keep(c, a->name);
    if (m->kind == CASUS_MENTION_PRONOUN && !p.name.len && m->chain < mention) {
        /* "it": whom it stands for, as the text names him first */
        const casus_mention *first = &c->mentions->items[m->chain];
        p.name = code_keep(c, code_text_of(c->parse, span_of(c->parse, first->first, first->last)));
    }
    p.person = code_keep(c, a->person);
    p.office = code_keep(c, a->office);
    return p;
}

static const casus_party *parties_of(coder *c, const candidate *e, int side, size_t *n) {
    *n = e->n_sides[side];
    if (!*n) return NULL;
    casus_party *v = casus_base_arena_zero(c->arena, *n, sizeof *v);
    if (!v) {
        c->no_memory = true;
        *n = 0;
        return NULL;
    }
    for (size_t i = 0; i < *n; i++) v[i] = code_party_of(c, e->sides[side][i]);
    return v;
}

/* ---- when ------------------------------------------------------------------------------------ */

static casus_string iso(coder *c, int32_t day) {
    if (day == CASUS_NO_DAY) return (casus_string){NULL, 0};
    int32_t y, m, d;
    casus_base_day_split(day, &y, &m, &d);
    const casus_slice s =
        casus_base_arena_format(c->arena, "%04d-%02d-%02d", (int)y, (int)m, (int)d);
    if (!s.ptr) c->no_memory = true;
    return (casus_string){s.ptr, s.len};
}

static casus_date date_of(coder *c, const casus_time *t, int32_t from, int32_t to) {
    static const char *const grains[] = {NULL,      "time", "day",    "week",   "month",
                                         "quarter", "year", "decade", "century"};
    casus_date d = {0};
    if (!t) return d;
    d.from = iso(c, from);
    d.to = iso(c, to);
    d.grain = code_string_z(grains[t->grain % 9]);
    d.span = (casus_span){t->begin, t->end};
    d.text = code_keep(c, casus_slice_of(c->parse->text->text.ptr + t->begin, t->end - t->begin));
    return d;
}

static casus_location location_of(coder *c, const candidate *e) {
    casus_location x = {.lat = NAN, .lon = NAN};
    const casus_parse *p = c->parse;
    const casus_mention *m = e->place == CASUS_NONE ? NULL : &c->mentions->items[e->place];
    if (e->named != CASUS_NONE) /* a site that no gazetteer has, in a town that one has */
        x.span = span_of(p, e->named, e->named_end);
    else if (m)
        x.span = span_of(p, casus_know_place_first(c->mentions, p, e->place), m->last);
    else
        return x;
    x.text = code_keep(c, code_text_of(p, x.span));
    if (!m) return x;
    x.name = code_keep(c, m->place.name);
    x.country = code_keep(c, casus_slice_z(m->place.country));
    x.id = code_keep(c, m->place.id);
    x.lat = m->place.lat;
    x.lon = m->place.lon;
    return x;
}

/* ---- the record ------------------------------------------------------------------------------ */

static double intensity_of(const coder *c, casus_string code) {
    for (size_t len = code.len; len >= 2; len--) {
        const uint64_t h = code_hash(casus_slice_of(code.ptr, len));
        for (uint32_t i = 0; i < c->code->head->n_cameos; i++)
            if (c->code->cameos[i].code == h) return (double)c->code->cameos[i].intensity;
    }
    return NAN;
}

static casus_string id_of(coder *c, size_t number) {
    const casus_slice doc = c->parse->text->id;
    const casus_slice s =
        casus_base_arena_format(c->arena, "%.*s#%zu", (int)doc.len, doc.ptr ? doc.ptr : "", number);
    if (!s.ptr) c->no_memory = true;
    return (casus_string){s.ptr, s.len};
}

/* `before`: the record before it, or NULL, with which it may share the text of a long sentence. */
static void emit_one(coder *c, candidate *e, const size_t *numbers, const casus_event *before,
                     casus_event *out) {
    const casus_parse *p = c->parse;
    const code_row *r = &c->code->rows[e->row];
    const casus_clause *clause = &p->clauses[e->clause];
    const casus_sentence *s = &p->sentences[clause->sent];
    memset(out, 0, sizeof *out);
    out->id = id_of(c, numbers[e - c->candidates]);
    out->doc = code_keep(c, p->text->id);
    out->type = code_string_z(code_type_name((code_type)e->type));
    out->mode = code_string(c->code, r->mode);
    out->cameo = code_string(c->code, r->cameo);
    out->intensity = out->cameo.ptr ? intensity_of(c, out->cameo) : NAN;
    out->actors = parties_of(c, e, CODE_ACTOR, &out->n_actors);
    out->recipients = parties_of(c, e, CODE_RECIPIENT, &out->n_recipients);
    out->mediators = parties_of(c, e, CODE_MEDIATOR, &out->n_mediators);
    out->reciprocal = e->reciprocal;
    out->status = code_string_z(code_status_name((code_status)e->status));
    out->date = date_of(c, e->time, e->from, e->to);
    out->place = location_of(c, e);
    out->commitment = code_commitment(c, e);
    if (e->due) out->due = date_of(c, e->due, e->due->from, e->due->to);
    code_contexts(c, e, out);
    out->trigger = span_of(p, clause->head, clause->head + 1);
    code_sources(c, e, out->trigger, out);
    code_weigh_sources(c, e, out);
    code_counts(c, e, out);
    if (e->of != CASUS_NONE && numbers[e->of]) out->of = id_of(c, numbers[e->of]);
    if (e->same_as != CASUS_NONE && numbers[e->same_as])
        out->same_as = id_of(c, numbers[e->same_as]);
    const uint32_t para = casus_read_paragraph_at(p->text, p->tokens[clause->head].begin);
    out->para = para == CASUS_NONE ? 1 : para + 1;
    out->sentence = clause->sent + 1;
    out->evidence = span_of(p, s->first, s->last);
    out->evidence_text = before && before->evidence.begin == out->evidence.begin &&
                                 before->evidence.end == out->evidence.end
                             ? before->evidence_text
                             : code_keep(c, code_text_of(p, out->evidence));
    out->confidence = (double)e->confidence;
    out->rule = code_string(c->code, r->id);
}

static int by_trigger(const void *a, const void *b) {
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

casus_status code_emit(coder *c, casus_events *out) {
    /* order of the triggers: token in the high half, candidate in the low one */
    uint64_t *order = casus_base_arena_zero(c->arena, c->n + 1, sizeof *order);
    size_t *numbers = casus_base_arena_zero(c->arena, c->n + 1, sizeof *numbers);
    if (!order || !numbers) return casus_base_no_memory(c->err);
    size_t n = 0;
    for (size_t i = 0; i < c->n; i++)
        if (!c->candidates[i].dropped)
            order[n++] = (uint64_t)c->parse->clauses[c->candidates[i].clause].head << 32 | i;
    qsort(order, n, sizeof *order, by_trigger);
    out->items = casus_base_arena_zero(c->arena, n + 1, sizeof *out->items);
    if (!out->items) return casus_base_no_memory(c->err);
    for (size_t k = 0; k < n; k++) numbers[(uint32_t)order[k]] = k + 1;
    for (size_t k = 0; k < n; k++)
        emit_one(c, &c->candidates[(uint32_t)order[k]], numbers, k ? &out->items[k - 1] : NULL,
                 &out->items[k]);
    out->n = n;
    return c->no_memory ? casus_base_no_memory(c->err) : CASUS_OK;
}

/* "Rockets landed in the town": a noun that begins a sentence and that the tagger takes for a name
 * keeps its plural; its singular, if the word classes know it. 0: none. */
static uint64_t singular(const coder *c, uint32_t token, casus_slice lower) {
    const casus_token *t = &c->parse->tokens[token];
    if (t->pos != CASUS_POS_PROPN || t->sent >= c->parse->n_sentences ||
        c->parse->sentences[t->sent].first != token || lower.len < 4 ||
        lower.ptr[lower.len - 1] != 's' || c->mentions->at[token] != CASUS_NONE)
        return 0;
    const uint64_t lemma = code_hash(casus_slice_of(lower.ptr, lower.len - 1));
    return code_word_of(c->code, lemma) && !code_word_of(c->code, code_hash(lower)) ? lemma : 0;
}

/* The hash of two nouns joined by a hyphen; 0 of long ones, which no table has. */
static uint64_t compound(casus_slice first, casus_slice second) {
    char both[48];
    if (first.len + second.len + 1u > sizeof both || !first.len || !second.len) return 0;
    memcpy(both, first.ptr, first.len);
    both[first.len] = '-';
    memcpy(both + first.len + 1, second.ptr, second.len);
    return code_hash(casus_slice_of(both, first.len + 1 + second.len));
}

/* `s` in lower case: `s` itself when it is so in ASCII. ptr NULL: no memory. */
static casus_slice lower_of(casus_arena *arena, casus_slice s) {
    bool low = true;
    for (uint32_t i = 0; i < s.len && low; i++)
        low = (uint8_t)s.ptr[i] < 0x80 && !(s.ptr[i] >= 'A' && s.ptr[i] <= 'Z');
    return low ? s : casus_base_utf8_lower(arena, s);
}

casus_status casus_code_find(casus_events **out, const casus_code *code, const casus_parse *parse,
                             const casus_mentions *mentions, const casus_times *times, int explain,
                             casus_error *err) {
    casus_arena *arena = parse->text->arena;
    coder c = {.code = code,
               .parse = parse,
               .mentions = mentions,
               .times = times,
               .arena = arena,
               .explain = explain != 0,
               .err = err};
    casus_events *events = casus_base_arena_zero(arena, 1, sizeof *events);
    c.lemmas = casus_base_arena_get(arena, (parse->n_tokens + 1) * sizeof *c.lemmas);
    c.of_clause = casus_base_arena_get(arena, (parse->n_clauses + 1) * sizeof *c.of_clause);
    c.joined = casus_base_arena_zero(arena, parse->n_tokens + 1u, sizeof *c.joined);
    if (!events || !c.lemmas || !c.joined || !c.of_clause) return casus_base_no_memory(err);
    for (uint32_t i = 0; i < parse->n_tokens; i++) {
        const casus_slice lower = lower_of(arena, parse->tokens[i].lemma);
        if (!lower.ptr && parse->tokens[i].lemma.len) return casus_base_no_memory(err);
        c.lemmas[i] = singular(&c, i, lower);
        if (!c.lemmas[i]) c.lemmas[i] = code_hash(lower);
        const casus_token *t = &parse->tokens[i];
        if (i && t->pos == CASUS_POS_ADJ && casus_slice_is(t[-1].lower, "not")) {
            const casus_slice not =
                casus_base_arena_format(arena, "not-%.*s", (int)lower.len,
                                        lower.ptr ? lower.ptr : ""); /* "not guilty" */
            if (!not .ptr) return casus_base_no_memory(err);
            c.joined[i] = code_hash(not );
            continue;
        }
        if (i && t->pos == CASUS_POS_NOUN && t[-1].pos == CASUS_POS_NOUN && t[-1].head == i &&
            t[-1].sent == t->sent) { /* "suicide bomber" as "suicide-bomber" */
            c.joined[i] = compound(t[-1].lower, lower);
            continue;
        }
        if (i < 2 || t[-1].end != t->begin || t[-2].end != t[-1].begin || t[-1].form.len != 1 ||
            t[-1].form.ptr[0] != '-')
            continue;
        const casus_slice whole =
            casus_base_arena_format(arena, "%.*s-%.*s", (int)t[-2].lower.len, t[-2].lower.ptr,
                                    (int)lower.len, lower.ptr ? lower.ptr : "");
        if (!whole.ptr) return casus_base_no_memory(err);
        c.joined[i] = code_hash(whole);
    }
    code_propose(&c);
    if (!c.no_memory) code_fill_sides(&c);
    if (!c.no_memory) code_fill_law(&c);
    if (!c.no_memory) code_fill_inside(&c);
    if (!c.no_memory) code_fill_beside(&c);
    if (!c.no_memory) code_fill_behind(&c);
    if (!c.no_memory) code_mishap(&c);
    if (!c.no_memory) code_merge(&c);
    if (!c.no_memory) code_set_status(&c);
    if (!c.no_memory) code_attribute(&c);
    if (!c.no_memory) code_deny(&c);
    if (!c.no_memory) code_fill_denied(&c);
    if (!c.no_memory) code_speaker(&c);
    if (!c.no_memory) code_topic(&c);
    if (!c.no_memory) code_set_scene(&c);
    if (!c.no_memory) code_refer(&c);
    if (!c.no_memory) code_general(&c);
    if (!c.no_memory) code_sphere(&c);
    if (!c.no_memory) code_weigh(&c);
    if (!c.no_memory) code_crowd(&c);
    if (!c.no_memory && explain) code_explain(&c, explain, events);
    if (c.no_memory) return casus_base_no_memory(err);
    const casus_status s = code_emit(&c, events);
    events->attributions = c.attributions;
    events->n_attributions = c.n_attributions;
    if (!s) *out = events;
    return s;
}
