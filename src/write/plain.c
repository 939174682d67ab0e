/* plain.c - records as CSV (RFC 4180) and as a table for reading, tokens as CoNLL-U. */
#include "write/write_int.h"
#include <math.h>

casus_status write_flush(writer *w) {
    if (w->line.failed) return casus_base_no_memory(w->err);
    const int failed = w->line.len && w->sink(w->payload, w->line.ptr, w->line.len);
    w->line.len = 0;
    return failed ? casus_base_fail(w->err, CASUS_E_IO, "cannot write") : CASUS_OK;
}

static void add(writer *w, const char *zero_terminated) {
    casus_base_buffer_add(&w->line, zero_terminated, strlen(zero_terminated));
}
static void add_string(writer *w, casus_string s) {
    if (s.ptr) casus_base_buffer_add(&w->line, s.ptr, s.len);
}

/* ---- CSV ------------------------------------------------------------------------------------- */

/* Quotes what was added since `from` when it must be. */
static void quote_since(writer *w, size_t from) {
    casus_buffer *b = &w->line;
    bool needed = false;
    size_t marks = 0;
    for (size_t i = from; i < b->len; i++) {
        needed |= strchr(",\"\r\n", b->ptr[i]) != NULL;
        marks += b->ptr[i] == '"';
    }
    if (!needed) return;
    const size_t len = b->len - from;
    for (size_t i = 0; i < marks + 2; i++) casus_base_buffer_add(b, "\"", 1);
    if (b->failed) return;
    size_t to = b->len - 1; /* the closing mark is in place */
    for (size_t i = len; i-- > 0;) {
        const char c = b->ptr[from + i];
        b->ptr[--to] = c;
        if (c == '"') b->ptr[--to] = '"';
    }
    b->ptr[from] = '"';
}

static void parties(writer *w, const casus_party *v, size_t n, char what) {
    for (size_t i = 0; i < n; i++) {
        if (i) add(w, "; ");
        const casus_party *p = &v[i];
        if (what == 'n') {
            add_string(w, p->person.ptr ? p->person : p->name.ptr ? p->name : p->text);
            continue;
        }
        add_string(w, p->code.ptr ? p->code : p->country);
        for (size_t k = 0; k < p->n_sectors; k++) {
            add(w, k || p->country.ptr || p->code.ptr ? "." : "");
            add_string(w, p->sectors[k]);
        }
    }
}

static void number(writer *w, double v) {
    if (isnan(v) || fabs(v) > 1e12) return; /* no degrees, no intensity */
    /* five decimals, without the locale's decimal comma */
    const long long scaled = llround(v * 100000);
    casus_base_buffer_format(&w->line, "%s%lld.%05lld", scaled < 0 ? "-" : "",
                             llabs(scaled) / 100000, llabs(scaled) % 100000);
}

static void csv_field(writer *w, const casus_event *e, int column) {
    switch (column) {
    case 0:
        add_string(w, e->id);
        break;
    case 1:
        add_string(w, e->doc);
        break;
    case 2:
        add_string(w, e->type);
        break;
    case 3:
        add_string(w, e->mode);
        break;
    case 4:
        add_string(w, e->cameo);
        break;
    case 5:
        number(w, e->intensity);
        break;
    case 6:
        parties(w, e->actors, e->n_actors, 'c');
        break;
    case 7:
        parties(w, e->actors, e->n_actors, 'n');
        break;
    case 8:
        parties(w, e->recipients, e->n_recipients, 'c');
        break;
    case 9:
        parties(w, e->recipients, e->n_recipients, 'n');
        break;
    case 10:
        parties(w, e->mediators, e->n_mediators, 'c');
        break;
    case 11:
        add(w, e->reciprocal ? "1" : "0");
        break;
    case 12:
        add_string(w, e->date.from);
        break;
    case 13:
        add_string(w, e->date.to);
        break;
    case 14:
        add_string(w, e->place.name.ptr ? e->place.name : e->place.text);
        break;
    case 15:
        add_string(w, e->place.country);
        break;
    case 16:
        number(w, e->place.text.ptr ? e->place.lat : NAN);
        break;
    case 17:
        number(w, e->place.text.ptr ? e->place.lon : NAN);
        break;
    case 18:
        add_string(w, e->status);
        break;
    case 19:
        for (size_t i = 0; i < e->n_sources; i++) {
            const casus_source *s = &e->sources[i];
            if (i) add(w, "; ");
            if (s->stance == CASUS_DENIES) add(w, "denies: ");
            if (s->stance == CASUS_DOUBTS) add(w, "doubts: ");
            add_string(w, s->actor.person.ptr ? s->actor.person
                          : s->actor.name.ptr ? s->actor.name
                                              : s->actor.text);
        }
        break;
    case 20:
        for (size_t i = 0; i < e->n_counts; i++) {
            if (i) add(w, "; ");
            add_string(w, e->counts[i].kind);
            add(w, " ");
            if (e->counts[i].min >= 0)
                casus_base_buffer_format(&w->line, "%lld", (long long)e->counts[i].min);
            if (e->counts[i].max != e->counts[i].min) {
                add(w, "-");
                if (e->counts[i].max >= 0)
                    casus_base_buffer_format(&w->line, "%lld", (long long)e->counts[i].max);
            }
        }
        break;
    case 21:
        casus_base_buffer_format(&w->line, "%u", e->para);
        break;
    case 22:
        casus_base_buffer_format(&w->line, "%u", e->sentence);
        break;
    case 23:
        casus_base_buffer_format(&w->line, "%u", e->trigger.begin);
        break;
    case 24:
        casus_base_buffer_format(&w->line, "%u", e->trigger.end);
        break;
    case 25:
        number(w, e->confidence);
        break;
    case 26:
        add_string(w, e->rule);
        break;
    case 27:
        add_string(w, e->evidence_text);
        break;
    default:
        break;
    }
}

static const char *const csv_columns[] = {"id",          "doc",
                                          "type",        "mode",
                                          "cameo",       "intensity",
                                          "actor",       "actor_name",
                                          "recipient",   "recipient_name",
                                          "mediator",    "reciprocal",
                                          "date_from",   "date_to",
                                          "place",       "place_country",
                                          "lat",         "lon",
                                          "status",      "sources",
                                          "counts",      "para",
                                          "sentence",    "trigger_begin",
                                          "trigger_end", "confidence",
                                          "rule",        "text"};
enum { N_COLUMNS = sizeof csv_columns / sizeof *csv_columns };

casus_status write_csv_header(writer *w) {
    for (int i = 0; i < N_COLUMNS; i++) {
        add(w, i ? "," : "");
        add(w, csv_columns[i]);
    }
    add(w, "\r\n");
    return write_flush(w);
}

casus_status write_csv_event(const casus_event *e, writer *w) {
    for (int i = 0; i < N_COLUMNS; i++) {
        if (i) add(w, ",");
        const size_t from = w->line.len;
        csv_field(w, e, i);
        quote_since(w, from);
    }
    add(w, "\r\n");
    return write_flush(w);
}

casus_status write_csv(const casus_layers *l, bool header, writer *w) {
    casus_status s = header ? write_csv_header(w) : CASUS_OK;
    for (size_t k = 0; l->events && k < l->events->n && !s; k++)
        s = write_csv_event(&l->events->items[k], w);
    return s;
}

/* ---- table ----------------------------------------------------------------------------------- */

/* Adds the cell of column `i`, cut or padded to `width` code points. */
static void cell(writer *w, const char *text, size_t len, uint32_t width) {
    uint32_t n = 0, at = 0, cut = 0;
    while (at < len && n < width) {
        uint32_t cp;
        const uint32_t step = casus_base_utf8_get(text + at, len - at, &cp);
        if (n == width - 1) cut = at;
        n++;
        at += step;
    }
    if (at < len) {
        casus_base_buffer_add(&w->line, text, cut);
        add(w, "…");
    } else {
        casus_base_buffer_add(&w->line, text, len);
        for (; n < width; n++) add(w, " ");
    }
    add(w, "  ");
}

static void labelled(writer *w, const casus_event *e, char which) {
    if (which == 'a' || which == 'r') {
        const casus_party *v = which == 'a' ? e->actors : e->recipients;
        const size_t n = which == 'a' ? e->n_actors : e->n_recipients;
        for (size_t i = 0; i < n; i++) {
            if (i) add(w, ", ");
            parties(w, &v[i], 1, 'c');
            const casus_string name = v[i].person.ptr ? v[i].person : v[i].name;
            if (name.ptr) {
                add(w, v[i].country.ptr || v[i].code.ptr || v[i].n_sectors ? " " : "");
                add_string(w, name);
            } else if (!v[i].country.ptr && !v[i].code.ptr) {
                add(w, v[i].n_sectors ? " " : "");
                add_string(w, v[i].text);
            }
        }
        if (which == 'a' && e->reciprocal) add(w, " (each other)");
        if (which == 'a' && e->n_mediators) {
            add(w, " [by ");
            parties(w, e->mediators, e->n_mediators, 'c');
            add(w, "]");
        }
    } else if (which == 's') {
        csv_field(w, e, 19);
    } else if (which == 'd') {
        add_string(w, e->date.from);
        if (e->date.to.ptr && (e->date.to.len != e->date.from.len ||
                               memcmp(e->date.to.ptr, e->date.from.ptr, e->date.to.len) != 0)) {
            add(w, "..");
            add_string(w, e->date.to);
        }
    } else if (which == 'p') {
        csv_field(w, e, 14);
    } else if (which == 't') {
        add_string(w, e->type);
        if (e->mode.ptr) {
            add(w, "/");
            add_string(w, e->mode);
        }
    } else if (which == 'x') {
        add_string(w, e->status);
        for (size_t i = 0; i < e->n_counts; i++) {
            add(w, i ? ", " : " ");
            if (e->counts[i].min >= 0)
                casus_base_buffer_format(&w->line, "%lld%s ", (long long)e->counts[i].min,
                                         e->counts[i].max < 0 ? "+" : "");
            add_string(w, e->counts[i].kind);
        }
    }
}

casus_status write_table(const casus_layers *l, writer *w) {
    static const struct {
        char which;
        const char *title;
        uint32_t width;
    } columns[] = {{'t', "type", 20},        {'a', "who", 34},   {'r', "to whom", 26},
                   {'d', "when", 12},        {'p', "where", 14}, {'x', "status", 18},
                   {'s', "according to", 26}};
    const size_t n = sizeof columns / sizeof *columns;
    cell(w, "para", 4, 4);
    for (size_t i = 0; i < n; i++)
        cell(w, columns[i].title, strlen(columns[i].title), columns[i].width);
    add(w, "\n");
    casus_status s = write_flush(w);
    casus_buffer text = w->line;
    casus_base_buffer_init(&text, &w->line.memory);
    for (size_t k = 0; l->events && k < l->events->n && !s; k++) {
        const casus_event *e = &l->events->items[k];
        casus_base_buffer_format(&w->line, "%4u  ", e->para);
        for (size_t i = 0; i < n; i++) {
            writer one = {.err = w->err, .line = text};
            one.line.len = 0;
            labelled(&one, e, columns[i].which);
            text = one.line;
            cell(w, text.ptr ? text.ptr : "", text.len, columns[i].width);
        }
        while (w->line.len && w->line.ptr[w->line.len - 1] == ' ') w->line.len--;
        add(w, "\n");
        s = write_flush(w);
    }
    casus_base_buffer_free(&text);
    return s;
}

/* ---- CoNLL-U --------------------------------------------------------------------------------- */

static void no_breaks(writer *w, casus_slice s) {
    if (!s.len) add(w, "_");
    for (uint32_t i = 0; i < s.len; i++)
        casus_base_buffer_add(&w->line, strchr("\t\n\r", s.ptr[i]) && s.ptr[i] ? " " : s.ptr + i,
                              1);
}

casus_status write_conllu(const casus_layers *l, writer *w) {
    const casus_parse *p = l->parse;
    add(w, "# newdoc id = ");
    no_breaks(w, p->text->id);
    add(w, "\n");
    casus_status s = CASUS_OK;
    const bool own = p->model_heads == NULL;
    const uint32_t n = own ? p->n_sentences : p->n_model_sentences;
    for (uint32_t k = 0; k < n && !s; k++) {
        const casus_sentence *x = own ? &p->sentences[k] : &p->model_sentences[k];
        casus_base_buffer_format(&w->line, "# sent_id = %u\n# text = ", k + 1);
        const uint32_t b = p->tokens[x->first].begin, e = p->tokens[x->last - 1].end;
        no_breaks(w, casus_slice_of(p->text->text.ptr + b, e - b));
        add(w, "\n");
        for (uint32_t i = x->first; i < x->last; i++) {
            const casus_token *t = &p->tokens[i];
            casus_base_buffer_format(&w->line, "%u\t", i - x->first + 1);
            no_breaks(w, t->form);
            add(w, "\t");
            no_breaks(w, t->lemma);
            casus_base_buffer_format(&w->line, "\t%s\t", casus_lang_pos_name((casus_pos)t->pos));
            no_breaks(w, p->tags[t->tag]);
            add(w, "\t");
            no_breaks(w, p->morphs[t->morph]);
            const uint32_t head = own ? t->head : p->model_heads[i];
            casus_base_buffer_format(&w->line, "\t%u\t", head == i ? 0 : head - x->first + 1);
            no_breaks(w, p->deps[own ? t->dep : p->model_deps[i]]);
            casus_base_buffer_format(&w->line, "\t_\t%sTokenRange=%u:%u\n",
                                     t->flags & CASUS_TOKEN_SPACE_AFTER ? "" : "SpaceAfter=No|",
                                     t->begin, t->end);
        }
        add(w, "\n");
        s = write_flush(w);
    }
    return s;
}
