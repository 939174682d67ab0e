/* layers.c - one layer of a document, an object per item, so that each stage can be judged alone.
 */
#include "lang/clauses.h"
#include "write/write_int.h"
#include <math.h>

typedef struct printer {
    const casus_layers *l;
    const char *layer;
    bool table;
    writer w;
} printer;

static casus_slice words(const casus_parse *p, uint32_t first, uint32_t last) {
    if (first >= last || last > p->n_tokens) return (casus_slice){NULL, 0};
    const uint32_t b = p->tokens[first].begin, e = p->tokens[last - 1].end;
    return casus_slice_of(p->text->text.ptr + b, e - b);
}

static json_t *item(const printer *p, uint32_t begin, uint32_t end) {
    json_t *o = json_object();
    write_set(o, "doc", write_slice(p->l->text->id));
    write_set(o, "layer", json_string(p->layer));
    write_set(o, "span", write_span(begin, end));
    write_set(o, "text", json_stringn_nocheck(p->l->text->text.ptr + begin, end - begin));
    return o;
}

static json_t *text_at(const printer *p, casus_span s) {
    return json_stringn_nocheck(p->l->text->text.ptr + s.begin, s.end - s.begin);
}

static casus_status out(printer *p, json_t *o) {
    if (!p->table) return write_json_line(o, &p->w);
    /* a table: the values in their order, parted by tabs */
    const char *key;
    json_t *value;
    casus_status s = CASUS_OK;
    casus_buffer *line = &p->w.line;
    json_object_foreach(o, key, value) {
        if (strcmp(key, "doc") == 0 || strcmp(key, "layer") == 0) continue;
        if (line->len) casus_base_buffer_add(line, "\t", 1);
        if (!json_is_string(value)) {
            if (!s) s = write_json(value, line, p->w.err);
            continue;
        }
        for (const char *c = json_string_value(value); *c; c++)
            casus_base_buffer_add(line, *c == '\n' || *c == '\t' ? " " : c, 1);
    }
    json_decref(o);
    casus_base_buffer_add(line, "\n", 1);
    return s ? s : write_flush(&p->w);
}

static casus_status tokens(printer *p) {
    const casus_parse *q = p->l->parse;
    casus_status s = CASUS_OK;
    const bool own = q->model_heads == NULL;
    uint32_t sentence = 0; /* as the model has it */
    for (uint32_t i = 0; i < q->n_tokens && !s; i++) {
        const casus_token *t = &q->tokens[i];
        json_t *o = item(p, t->begin, t->end);
        while (!own && sentence + 1 < q->n_model_sentences &&
               q->model_sentences[sentence + 1].first <= i)
            sentence++;
        write_set(o, "sentence", json_integer((own ? t->sent : sentence) + 1));
        write_set(o, "lemma", write_slice(t->lemma));
        write_set(o, "pos", json_string(casus_lang_pos_name((casus_pos)t->pos)));
        write_set(o, "tag", write_slice(q->tags[t->tag]));
        write_set(o, "morph", write_slice(q->morphs[t->morph]));
        write_set(o, "head", json_integer(own ? t->head : q->model_heads[i]));
        write_set(o, "dep", write_slice(q->deps[own ? t->dep : q->model_deps[i]]));
        s = out(p, o);
    }
    return s;
}

static casus_status names(printer *p) {
    const casus_parse *q = p->l->parse;
    casus_status s = CASUS_OK;
    for (uint32_t i = 0; i < q->n_names && !s; i++) {
        const casus_name *n = &q->names[i];
        json_t *o = item(p, q->tokens[n->first].begin, q->tokens[n->last - 1].end);
        write_set(o, "kind", write_slice(q->kinds[n->kind]));
        s = out(p, o);
    }
    return s;
}

static json_t *clause_args(const casus_parse *q, const casus_clause *c) {
    json_t *list = json_array();
    for (uint32_t k = 0; k < c->n_args; k++) {
        const casus_arg *a = &c->args[k];
        json_t *o = json_object();
        write_set(o, "role", json_string(casus_lang_role_name((casus_role)a->role)));
        write_set(o, "prep", write_slice(a->prep));
        write_set(o, "text", write_slice(words(q, a->first, a->last)));
        write_set(o, "head", json_integer(a->token));
        if (a->clause != CASUS_NONE) write_set(o, "clause", json_integer(a->clause));
        if (a->flags & CASUS_ARG_SHARED) write_set(o, "shared", json_true());
        if (a->flags & CASUS_ARG_CONJUNCT) write_set(o, "conjunct", json_true());
        if (a->flags & CASUS_ARG_RELATIVE) write_set(o, "relative", json_true());
        json_array_append_new(list, o);
    }
    return list;
}

static casus_status clauses(printer *p) {
    static const char *const kinds[] = {"verb", "noun", "predicate"};
    static const char *const moods[] = {"indicative", "imperative", "infinitive", "gerund",
                                        "participle"};
    static const char *const tenses[] = {NULL, "past", "present", "future"};
    static const char *const modals[] = {NULL, "may", "can", "must", "would", "will"};
    const casus_parse *q = p->l->parse;
    casus_status s = CASUS_OK;
    for (uint32_t i = 0; i < q->n_clauses && !s; i++) {
        const casus_clause *c = &q->clauses[i];
        const casus_token *t = &q->tokens[c->head];
        if (p->table) {
            casus_lang_clause_format(&p->w.line, q, i);
            casus_base_buffer_add(&p->w.line, "\n", 1);
            s = write_flush(&p->w);
            continue;
        }
        json_t *o = item(p, t->begin, t->end);
        write_set(o, "clause", json_integer(i));
        write_set(o, "sentence", json_integer(c->sent + 1));
        write_set(o, "lemma", write_slice(t->lemma));
        write_set(o, "particle", write_slice(c->particle));
        write_set(o, "kind", json_string(kinds[c->kind % 3]));
        if (c->kind != CASUS_CLAUSE_NOUN) write_set(o, "mood", json_string(moods[c->mood % 5]));
        write_set(o, "tense", json_string(tenses[c->tense % 4]));
        write_set(o, "modality", json_string(modals[c->modality % 6]));
        write_set(o, "mark", write_slice(c->mark));
        static const struct {
            unsigned flag;
            const char *name;
        } flags[] = {{CASUS_CLAUSE_PASSIVE, "passive"},   {CASUS_CLAUSE_NEGATED, "negated"},
                     {CASUS_CLAUSE_PERFECT, "perfect"},   {CASUS_CLAUSE_PROGRESSIVE, "progressive"},
                     {CASUS_CLAUSE_QUESTION, "question"}, {CASUS_CLAUSE_CONDITION, "condition"},
                     {CASUS_CLAUSE_QUOTED, "quoted"}};
        for (size_t k = 0; k < sizeof flags / sizeof *flags; k++)
            if (c->flags & flags[k].flag) write_set(o, flags[k].name, json_true());
        if (c->parent != CASUS_NONE) {
            write_set(o, "parent", json_integer(c->parent));
            write_set(o, "role", json_string(casus_lang_role_name((casus_role)c->parent_role)));
        }
        write_set(o, "args", clause_args(q, c));
        s = out(p, o);
    }
    return s;
}

static json_t *iso(int32_t day) {
    if (day == CASUS_NO_DAY) return NULL;
    int32_t y, m, d;
    casus_base_day_split(day, &y, &m, &d);
    return json_sprintf("%04d-%02d-%02d", (int)y, (int)m, (int)d);
}

static casus_status times(printer *p) {
    static const char *const types[] = {"DATE", "TIME", "DURATION", "SET"};
    static const char *const grains[] = {NULL,      "time", "day",    "week",   "month",
                                         "quarter", "year", "decade", "century"};
    casus_status s = CASUS_OK;
    for (uint32_t i = 0; p->l->times && i < p->l->times->n && !s; i++) {
        const casus_time *t = &p->l->times->items[i];
        json_t *o = item(p, t->begin, t->end);
        write_set(o, "type", json_string(types[t->type % 4]));
        write_set(o, "value", write_slice(t->value));
        write_set(o, "from", iso(t->from));
        write_set(o, "to", iso(t->to));
        write_set(o, "grain", json_string(grains[t->grain % 9]));
        s = out(p, o);
    }
    return s;
}

static casus_status places(printer *p) {
    const casus_parse *q = p->l->parse;
    casus_status s = CASUS_OK;
    for (uint32_t i = 0; p->l->mentions && i < p->l->mentions->n && !s; i++) {
        const casus_mention *m = &p->l->mentions->items[i];
        if (!m->has_place) continue;
        const casus_place *x = &m->place;
        json_t *o = item(p, q->tokens[m->first].begin, q->tokens[m->last - 1].end);
        write_set(o, "name", write_slice(x->name));
        write_set(o, "country", write_slice(casus_slice_z(x->country)));
        if (!isnan(x->lat)) {
            write_set(o, "lat", json_real(x->lat));
            write_set(o, "lon", json_real(x->lon));
        }
        write_set(o, "id", write_slice(x->id));
        s = out(p, o);
    }
    return s;
}

static casus_status actors(printer *p) {
    const casus_parse *q = p->l->parse;
    casus_status s = CASUS_OK;
    for (uint32_t i = 0; p->l->mentions && i < p->l->mentions->n && !s; i++) {
        const casus_mention *m = &p->l->mentions->items[i];
        const casus_actor *a = &m->actor;
        if (m->kind == CASUS_MENTION_NONE) continue;
        json_t *o = item(p, q->tokens[m->first].begin, q->tokens[m->last - 1].end);
        write_set(o, "kind", json_string(casus_know_kind_name((casus_mention_kind)m->kind)));
        write_set_actor(o, a);
        if (a->group) write_set(o, "group", json_true());
        if (m->chain != i) write_set(o, "chain", json_integer(m->chain));
        write_set(o, "reason", write_slice(a->reason));
        s = out(p, o);
    }
    return s;
}

static json_t *attribution(const printer *p, const casus_attribution *a) {
    static const char *const stances[] = {"asserts", "denies", "doubts"};
    const casus_span whole = a->cue.end > a->cue.begin ? a->cue : a->content[0];
    json_t *o = item(p, whole.begin, whole.end);
    json_t *source = NULL;
    if (a->source.end > a->source.begin) {
        source = json_object();
        write_set(source, "span", write_span(a->source.begin, a->source.end));
        write_set(source, "text", text_at(p, a->source));
    }
    write_set(o, "source", source ? source : json_null());
    json_t *cue = json_object();
    write_set(cue, "span", write_span(a->cue.begin, a->cue.end));
    write_set(o, "cue", cue);
    json_t *content = json_array();
    for (uint32_t k = 0; k < a->n_content; k++) {
        json_t *c = json_object();
        write_set(c, "span", write_span(a->content[k].begin, a->content[k].end));
        write_set(c, "text", text_at(p, a->content[k]));
        json_array_append_new(content, c);
    }
    write_set(o, "content", content);
    write_set(o, "stance", json_string(stances[a->stance % 3]));
    write_set(o, "channel", json_string(a->channel));
    write_set(o, "quote", json_boolean(a->quote));
    if (a->attitude) write_set(o, "attitude", json_true());
    return o;
}

/* One item for each attribution by the newsroom; those inside what is said stand in its "inner". */

static casus_status mentions(printer *p) {
    return write_mentions(p->l, p->table, &p->w);
}

static casus_status who(printer *p) {
    return write_who(p->l, p->table, &p->w);
}

static casus_status sources(printer *p) {
    const casus_events *e = p->l->events;
    if (!e || !e->n_attributions) return CASUS_OK;
    json_t **all = casus_base_alloc(&p->l->memory, e->n_attributions * sizeof *all);
    if (!all) return casus_base_no_memory(p->w.err);
    for (size_t i = 0; i < e->n_attributions; i++) all[i] = attribution(p, &e->attributions[i]);
    for (size_t i = 0; i < e->n_attributions; i++) {
        const uint32_t outer = e->attributions[i].within;
        if (outer == CASUS_NONE) continue;
        json_t *inner = json_object_get(all[outer], "inner");
        if (!inner) {
            inner = json_array();
            write_set(all[outer], "inner", inner);
        }
        if (json_array_append_new(inner, all[i])) all[i] = NULL;
    }
    casus_status s = CASUS_OK;
    for (size_t i = 0; i < e->n_attributions; i++) {
        if (e->attributions[i].within != CASUS_NONE) continue;
        if (s)
            json_decref(all[i]);
        else
            s = out(p, all[i]);
    }
    casus_base_release(&p->l->memory, all);
    return s;
}

/* What kind of act each record's word is, whether it came to pass, and who says or denies it. */
static casus_status statuses(printer *p) {
    static const char *const stances[] = {"asserts", "denies", "doubts"};
    casus_status s = CASUS_OK;
    const casus_events *e = p->l->events;
    for (size_t i = 0; e && i < e->n && !s; i++) {
        const casus_event *event = &e->items[i];
        json_t *o = item(p, event->trigger.begin, event->trigger.end);
        write_set(o, "type", json_string(event->type.ptr));
        write_set(o, "status", json_string(event->status.ptr));
        for (size_t k = 0; k < event->n_sources; k++) {
            const casus_source *x = &event->sources[k];
            json_t *list = json_object_get(o, stances[x->stance % 3]);
            if (!list) {
                list = json_array();
                write_set(o, stances[x->stance % 3], list);
            }
            json_array_append_new(list,
                                  json_stringn_nocheck(x->actor.text.ptr ? x->actor.text.ptr : "",
                                                       x->actor.text.len));
        }
        s = out(p, o);
    }
    return s;
}

static casus_status explained(printer *p) {
    return write_explained(p->l, p->table, &p->w);
}

static casus_status diagnostics(printer *p) {
    const casus_text *t = p->l->text;
    casus_status s = CASUS_OK;
    for (size_t i = 0; i < t->n_diagnostics && !s; i++) {
        const casus_diagnostic *d = &t->diagnostics[i];
        json_t *o = item(p, d->begin, d->end);
        write_set(o, "stage", json_string(d->stage));
        write_set(o, "reason", write_slice(d->reason));
        s = out(p, o);
    }
    return s;
}

casus_status casus_write_layer(const casus_layers *l, const char *layer, const char *format,
                               casus_sink sink, void *payload, casus_error *err) {
    static const struct {
        const char *name;
        casus_status (*print)(printer *);
    } layers[] = {{"tokens", tokens},     {"clauses", clauses},
                  {"names", names},       {"times", times},
                  {"places", places},     {"actors", actors},
                  {"sources", sources},   {"status", statuses},
                  {"explain", explained}, {"diagnostics", diagnostics},
                  {"who", who},           {"mentions", mentions}};
    printer p = {.l = l, .layer = layer, .w = {.sink = sink, .payload = payload, .err = err}};
    casus_base_buffer_init(&p.w.line, &l->memory);
    casus_status s = CASUS_E_ARGUMENT;
    if (strcmp(format, "conllu") == 0) {
        s = write_conllu(l, &p.w);
        casus_base_buffer_free(&p.w.line);
        return s;
    }
    p.table = strcmp(format, "table") == 0;
    if (!p.table && strcmp(format, "jsonl") != 0)
        s = casus_base_fail(err, CASUS_E_ARGUMENT, "a layer has no format '%.32s'", format);
    else {
        size_t i = 0;
        while (i < sizeof layers / sizeof *layers && strcmp(layer, layers[i].name) != 0) i++;
        s = i < sizeof layers / sizeof *layers
                ? layers[i].print(&p)
                : casus_base_fail(err, CASUS_E_ARGUMENT, "no layer is called '%.32s'", layer);
    }
    casus_base_buffer_free(&p.w.line);
    return s;
}

casus_status casus_write_events(const casus_layers *l, const char *format, bool header,
                                casus_sink sink, void *payload, casus_error *err) {
    writer w = {.sink = sink, .payload = payload, .err = err};
    casus_base_buffer_init(&w.line, &l->memory);
    casus_status s = CASUS_OK;
    if (strcmp(format, "jsonl") == 0)
        for (size_t i = 0; l->events && i < l->events->n && !s; i++)
            s = write_json_line(write_event(&l->events->items[i]), &w);
    else if (strcmp(format, "csv") == 0)
        s = write_csv(l, header, &w);
    else if (strcmp(format, "table") == 0)
        s = write_table(l, &w);
    else
        s = casus_base_fail(err, CASUS_E_ARGUMENT, "records have no format '%.32s'", format);
    casus_base_buffer_free(&w.line);
    return s;
}
