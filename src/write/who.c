/* who.c - an actor's codes and names, and the layers "mentions" (who is who in a text) and
 * "who" (the one actor, or the few coordinated ones, that a whole text names). */
#include "write/write_int.h"

void write_set_actor(json_t *o, const casus_actor *a) {
    write_set(o, "country", write_slice(casus_slice_z(a->country)));
    write_set(o, "code", write_slice(casus_slice_z(a->code)));
    json_t *sectors = json_array();
    for (uint32_t k = 0; k < a->n_sectors; k++)
        json_array_append_new(sectors, json_string(a->sectors[k]));
    write_set(o, "sectors", sectors);
    write_set(o, "name", write_slice(a->name));
    write_set(o, "person", write_slice(a->person));
    write_set(o, "office", write_slice(a->office));
}

/* ARM.GOV, UNO.IGO, "-" */
static void add_code(casus_buffer *line, const casus_actor *a) {
    const char *code = a->code[0] ? a->code : a->country[0] ? a->country : "-";
    casus_base_buffer_add(line, code, strlen(code));
    for (uint32_t k = 0; k < a->n_sectors; k++) {
        casus_base_buffer_add(line, ".", 1);
        casus_base_buffer_add(line, a->sectors[k], strlen(a->sectors[k]));
    }
}

static void add_cell(casus_buffer *line, casus_slice text) {
    casus_base_buffer_add(line, "\t", 1);
    if (!text.len) casus_base_buffer_add(line, "-", 1);
    for (uint32_t i = 0; i < text.len; i++) {
        const bool blank = text.ptr[i] == '\n' || text.ptr[i] == '\t';
        casus_base_buffer_add(line, blank ? " " : text.ptr + i, 1);
    }
}

static casus_slice mention_text(const casus_layers *l, uint32_t i) {
    const casus_parse *q = l->parse;
    const casus_mention *m = &l->mentions->items[i];
    const uint32_t b = q->tokens[m->first].begin, e = q->tokens[m->last - 1].end;
    return casus_slice_of(l->text->text.ptr + b, e - b);
}

/* A mention that a reader of the text would call one: no adjective that only tells a nation. */
static bool speaks(const casus_layers *l, const casus_mention *m) {
    const casus_token *k = &l->parse->tokens[m->head];
    return m->kind != CASUS_MENTION_NONE &&
           !(m->kind == CASUS_MENTION_COUNTRY && !m->has_place && k->pos == CASUS_POS_ADJ);
}

/* Text, kind, code, person or name, office; then "= TEXT" of the first mention of the same, or
 * "of TEXT, TEXT" of those it stands for. */
static casus_status mention_line(const casus_layers *l, uint32_t i, writer *w) {
    const casus_mention *m = &l->mentions->items[i];
    casus_buffer *line = &w->line;
    const casus_slice text = mention_text(l, i);
    casus_base_buffer_add(line, text.ptr, text.len);
    add_cell(line, casus_slice_z(casus_know_kind_name((casus_mention_kind)m->kind)));
    casus_base_buffer_add(line, "\t", 1);
    add_code(line, &m->actor);
    add_cell(line, m->actor.person.len ? m->actor.person : m->actor.name);
    add_cell(line, m->actor.office);
    if (m->n_members) {
        for (uint32_t k = 0; k < m->n_members; k++) {
            const casus_slice one = mention_text(l, m->members[k]);
            casus_base_buffer_add(line, k ? ", " : "\tof ", k ? 2 : 4);
            casus_base_buffer_add(line, one.ptr, one.len);
        }
    } else if (m->chain != i && m->chain < l->mentions->n) {
        const casus_slice first = mention_text(l, m->chain);
        casus_base_buffer_add(line, "\t= ", 3);
        casus_base_buffer_add(line, first.ptr, first.len);
    }
    casus_base_buffer_add(line, "\n", 1);
    return write_flush(w);
}

casus_status write_mentions(const casus_layers *l, bool table, writer *w) {
    casus_status s = CASUS_OK;
    for (uint32_t i = 0; l->mentions && i < l->mentions->n && !s; i++) {
        const casus_mention *m = &l->mentions->items[i];
        if (!speaks(l, m)) continue;
        if (table) {
            s = mention_line(l, i, w);
            continue;
        }
        const casus_parse *q = l->parse;
        json_t *o = json_object();
        write_set(o, "doc", write_slice(l->text->id));
        write_set(o, "layer", json_string("mentions"));
        write_set(o, "span", write_span(q->tokens[m->first].begin, q->tokens[m->last - 1].end));
        write_set(o, "text", write_slice(mention_text(l, i)));
        write_set(o, "kind", json_string(casus_know_kind_name((casus_mention_kind)m->kind)));
        write_set_actor(o, &m->actor);
        if (m->actor.group) write_set(o, "group", json_true());
        if (m->chain != i) write_set(o, "chain", json_integer(m->chain));
        if (m->n_members) {
            json_t *all = json_array();
            for (uint32_t k = 0; k < m->n_members; k++)
                json_array_append_new(all, json_integer(m->members[k]));
            write_set(o, "members", all);
        }
        write_set(o, "reason", write_slice(m->actor.reason));
        s = write_json_line(o, w);
    }
    return s;
}

#define WHO_MOST 16u /* members that are printed */

/* One object, or one line, for the whole text: the actor that it names. */
casus_status write_who(const casus_layers *l, bool table, writer *w) {
    const casus_mentions *mentions = l->mentions;
    const uint32_t top = mentions ? casus_know_top(mentions, l->parse) : CASUS_NONE;
    static const casus_actor nobody;
    const casus_mention *m = top == CASUS_NONE ? NULL : &mentions->items[top];
    const casus_actor *a = m ? &m->actor : &nobody;
    const casus_slice text = casus_slice_trim(l->text->text);
    uint32_t list[WHO_MOST];
    const uint32_t n = mentions ? casus_know_tops(mentions, l->parse, list, WHO_MOST) : 0;
    if (n > 1) a = m->n_members ? a : &nobody;
    if (table) {
        casus_buffer *line = &w->line;
        casus_base_buffer_add(line, l->text->id.ptr, l->text->id.len);
        add_cell(line, text);
        casus_base_buffer_add(line, "\t", 1);
        for (uint32_t i = 0; i < n; i++) {
            if (i) casus_base_buffer_add(line, " + ", 3);
            add_code(line, &mentions->items[list[i]].actor);
        }
        if (!n) add_code(line, a);
        for (uint32_t i = 0; n > 1 && i < n; i++) {
            const casus_actor *one = &mentions->items[list[i]].actor;
            const casus_slice name = one->person.len ? one->person : one->name;
            casus_base_buffer_add(line, i ? " + " : "\t", i ? 3 : 1);
            casus_base_buffer_add(line, name.len ? name.ptr : "-", name.len ? name.len : 1);
        }
        if (n < 2) add_cell(line, a->person.len ? a->person : a->name);
        add_cell(line, a->office);
        add_cell(line, a->reason);
        casus_base_buffer_add(line, "\n", 1);
        return write_flush(w);
    }
    json_t *o = json_object();
    write_set(o, "id", write_slice(l->text->id));
    write_set(o, "text", write_slice(text));
    write_set_actor(o, a);
    write_set(o, "reason", write_slice(a->reason));
    if (n > 1 || (m && m->n_members)) {
        json_t *all = json_array();
        for (uint32_t i = 0; i < n; i++) {
            json_t *one = json_object();
            write_set_actor(one, &mentions->items[list[i]].actor);
            json_array_append_new(all, one);
        }
        write_set(o, "members", all);
    }
    return write_json_line(o, w);
}
