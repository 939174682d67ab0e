/* explained.c - layer "explain": for each clause what its rows did to it, as objects or for
 * reading. */
#include "lang/clauses.h"
#include "write/write_int.h"

/* For reading: the sentence, then its clauses, each with what its rows did. */
static casus_status for_reading(const casus_layers *l, writer *w) {
    const casus_events *e = l->events;
    const casus_parse *q = l->parse;
    casus_status s = CASUS_OK;
    uint32_t sentence = CASUS_NONE, clause = CASUS_NONE;
    casus_buffer *b = &w->line;
    for (size_t i = 0; e && i < e->n_explained && !s; i++) {
        const casus_explained *x = &e->explained[i];
        const uint32_t sent = q->tokens[x->token].sent;
        if (sent != sentence) {
            const casus_sentence *k = &q->sentences[sent];
            const uint32_t from = q->tokens[k->first].begin;
            const casus_slice text =
                casus_slice_of(q->text->text.ptr + from, q->tokens[k->last - 1].end - from);
            casus_base_buffer_format(b, "%s", sentence == CASUS_NONE ? "" : "\n");
            for (uint32_t c = 0; c < text.len; c++)
                casus_base_buffer_add(b, strchr("\n\r\t", text.ptr[c]) ? " " : text.ptr + c, 1);
            casus_base_buffer_add(b, "\n", 1);
            sentence = sent;
        }
        if (x->clause != clause) {
            casus_base_buffer_add(b, "  ", 2);
            casus_lang_clause_format(b, q, x->clause);
            casus_base_buffer_add(b, "\n", 1);
            clause = x->clause;
        }
        casus_base_buffer_format(b, "    %-8s %-10s %s (%s:%u)", x->verdict, x->type,
                                 x->row.ptr ? x->row.ptr : "", x->file.ptr ? x->file.ptr : "",
                                 (unsigned)x->line);
        if (x->status) casus_base_buffer_format(b, ", %s", x->status);
        if (x->features.len)
            casus_base_buffer_format(b, ", score 0.%02d", (int)((double)x->score * 99.99));
        if (x->why) casus_base_buffer_format(b, ": %s", x->why);
        if (x->into != CASUS_NONE) {
            const casus_slice into = q->tokens[x->into].form;
            casus_base_buffer_format(b, " \"%.*s\"", (int)into.len, into.ptr);
        }
        casus_base_buffer_add(b, "\n", 1);
        s = write_flush(w);
    }
    return s;
}

casus_status write_explained(const casus_layers *l, bool table, writer *w) {
    if (table) return for_reading(l, w);
    casus_status s = CASUS_OK;
    const casus_events *e = l->events;
    const casus_parse *q = l->parse;
    for (size_t i = 0; e && i < e->n_explained && !s; i++) {
        const casus_explained *x = &e->explained[i];
        const casus_token *t = &q->tokens[x->token];
        json_t *o = json_object();
        write_set(o, "doc", write_slice(l->text->id));
        write_set(o, "layer", json_string("explain"));
        write_set(o, "span", write_span(t->begin, t->end));
        write_set(o, "text", write_slice(t->form));
        write_set(o, "para", json_integer(casus_read_paragraph_at(l->text, t->begin) + 1u));
        write_set(o, "sentence", json_integer(t->sent + 1));
        write_set(o, "verdict", json_string(x->verdict));
        write_set(o, "type", json_string(x->type));
        if (x->status) write_set(o, "status", json_string(x->status));
        write_set(o, "row", json_stringn_nocheck(x->row.ptr, x->row.len));
        write_set(o, "at",
                  json_sprintf("%s:%u", x->file.ptr ? x->file.ptr : "", (unsigned)x->line));
        if (x->features.len) {
            write_set(o, "score", json_real((double)x->score));
            write_set(o, "features", write_slice(x->features));
        }
        if (x->why) write_set(o, "why", json_string(x->why));
        if (x->into != CASUS_NONE) write_set(o, "into", write_slice(q->tokens[x->into].form));
        s = write_json_line(o, w);
    }
    return s;
}
