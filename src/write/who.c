/* who.c - an actor's codes and names, and the layer "who": the one actor (or the few coordinated
 * ones) that a whole text names. */
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
