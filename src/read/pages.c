/* pages.c - the readers of pages and of feeds: RSS and Atom by libxml2's XML parser through SAX.
 *
 * A document type's entities are never read, so that none can be expanded; nothing is fetched. A
 * feed is parsed whole, at its first entry; its entries are pages whose text is all article. */
#include "read/charset.h"
#include "read/html.h"
#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

int casus_read_next_html(casus_reader *r, casus_error *err) {
    if (r->line) return 0;
    r->line = 1;
    const int got = casus_read_stream_until(&r->stream, -1, CASUS_INPUT_MOST_PAGE, &r->buffer, err);
    if (got < 0 && got != CASUS_E_LIMIT) return got;
    r->draft.line = 1;
    if (got == CASUS_E_LIMIT &&
        !casus_read_draft_note(&r->draft,
                               CASUS_SLICE("longer than a page may be; the rest left out"), 0, 0))
        return casus_base_no_memory(err);
    const casus_status s =
        casus_read_html(&r->draft, r->words, casus_slice_of(r->buffer.ptr, r->buffer.len),
                        CASUS_SLICE(""), false, err);
    return s ? (int)s : 1;
}

/* ---- feeds ---------------------------------------------------------------------------------- */

typedef struct feed_entry {
    casus_slice value[FIELDS];
    unsigned rank[FIELDS];
    uint64_t line;
} feed_entry;

typedef struct feed {
    casus_arena *arena;
    casus_memory memory;
    const casus_words *words;
    xmlParserCtxtPtr parser;
    feed_entry *entries; /* [n] */
    size_t n, cap, at;
    casus_slice site, language;
    casus_buffer text;
    unsigned depth, entry_depth, field_depth; /* 0: not within one */
    casus_field field;
    unsigned rank;
    bool no_memory, cut;
    xmlEntity entity; /* the one asked for last, and its character */
    xmlChar entity_text[8];
} feed;

static void offer(feed *f, casus_field field, unsigned rank, casus_slice value) {
    if (field == FIELD_NONE) return;
    feed_entry *e = f->entry_depth ? &f->entries[f->n - 1] : NULL;
    const casus_slice copy = casus_base_arena_copy(f->arena, casus_slice_trim(value));
    if (!copy.ptr) f->no_memory = true;
    if (!copy.len || f->no_memory) return;
    if (!e) {
        if (field == FIELD_TITLE && !f->site.len && !f->n) f->site = copy;
        if (field == FIELD_LANGUAGE && !f->language.len) f->language = copy;
        return;
    }
    /* the longer of two texts: many feeds have the whole in one and a line in the other */
    const bool longer = field == FIELD_TEXT && copy.len > 2 * e->value[field].len;
    if (e->value[field].len && !longer &&
        (rank >= e->rank[field] || (field == FIELD_TEXT && copy.len * 2 < e->value[field].len)))
        return;
    e->value[field] = copy;
    e->rank[field] = rank;
}

static bool is(const xmlChar *name, const char *word) {
    return name && strcmp((const char *)name, word) == 0;
}

static void feed_start(void *payload, const xmlChar *name, const xmlChar *prefix,
                       const xmlChar *uri, int n_spaces, const xmlChar **spaces, int n_attributes,
                       int n_defaulted, const xmlChar **attributes) {
    feed *f = payload;
    (void)uri, (void)n_spaces, (void)spaces, (void)n_defaulted;
    f->depth++;
    if (f->field_depth) { /* markup within a text */
        casus_base_buffer_format(&f->text, "<%s>", (const char *)name);
        return;
    }
    if (!f->entry_depth && (is(name, "item") || is(name, "entry"))) {
        feed_entry *more =
            casus_base_arena_grow(f->arena, f->entries, f->n, f->n + 1, &f->cap, sizeof *more);
        if (!more) {
            f->no_memory = true;
            xmlStopParser(f->parser);
            return;
        }
        f->entries = more;
        memset(&more[f->n], 0, sizeof *more);
        more[f->n++].line = (uint64_t)xmlSAX2GetLineNumber(f->parser);
        f->entry_depth = f->depth;
        return;
    }
    if (is(prefix, "media") || is(prefix, "itunes")) return;
    casus_field field =
        casus_read_words_field(f->words, "feed", casus_slice_z((const char *)name), &f->rank);
    if (is(name, "language")) field = FIELD_LANGUAGE;
    if (field == FIELD_NONE) return;
    if (field == FIELD_URL) { /* Atom: the address is an attribute, of the kind "alternate" */
        casus_slice href = CASUS_SLICE(""), rel = CASUS_SLICE("alternate");
        for (int i = 0; i < n_attributes; i++) {
            const xmlChar **a = attributes + 5 * i;
            const casus_slice value = casus_slice_of((const char *)a[3], (size_t)(a[4] - a[3]));
            if (is(a[0], "href")) href = value;
            if (is(a[0], "rel")) rel = value;
        }
        if (href.len) {
            if (casus_slice_is(rel, "alternate")) offer(f, FIELD_URL, f->rank, href);
            return;
        }
    }
    f->field = field;
    f->field_depth = f->depth;
    f->text.len = 0;
}

static void feed_end(void *payload, const xmlChar *name, const xmlChar *prefix,
                     const xmlChar *uri) {
    feed *f = payload;
    (void)prefix, (void)uri;
    if (f->field_depth && f->depth > f->field_depth) {
        casus_base_buffer_format(&f->text, "</%s>", (const char *)name);
    } else if (f->field_depth) {
        offer(f, f->field, f->rank, casus_slice_of(f->text.ptr ? f->text.ptr : "", f->text.len));
        f->field_depth = 0;
    }
    if (f->entry_depth == f->depth) f->entry_depth = 0;
    if (f->depth) f->depth--;
}

static void feed_text(void *payload, const xmlChar *text, int len) {
    feed *f = payload;
    if (f->field_depth && len > 0) casus_base_buffer_add(&f->text, text, (size_t)len);
}

static void drop_feed(casus_reader *r) {
    feed *f = r->state;
    casus_base_buffer_free(&f->text);
    casus_base_arena_free(f->arena);
    casus_base_release(&r->memory, f);
    r->state = NULL;
}

/* An entity with a name of HTML (&nbsp;), which feeds use without declaring it. */
static xmlEntityPtr feed_entity(void *payload, const xmlChar *name) {
    feed *f = payload;
    const htmlEntityDesc *known = htmlEntityLookup(name);
    if (!known) return NULL;
    const int n = xmlCopyCharMultiByte(f->entity_text, (int)known->value);
    f->entity_text[n] = 0;
    memset(&f->entity, 0, sizeof f->entity);
    f->entity.type = XML_ENTITY_DECL;
    f->entity.name = (const xmlChar *)known->name;
    f->entity.etype = XML_INTERNAL_PREDEFINED_ENTITY;
    f->entity.content = f->entity.orig = f->entity_text;
    f->entity.length = n;
    return &f->entity;
}

casus_status casus_read_feed_open(casus_reader *r, casus_slice bytes, bool cut, casus_error *err) {
    feed *f = casus_base_alloc(&r->memory, sizeof *f);
    if (!f) return casus_base_no_memory(err);
    memset(f, 0, sizeof *f);
    f->memory = r->memory;
    f->words = r->words;
    casus_base_buffer_init(&f->text, &r->memory);
    r->state = f;
    r->drop = drop_feed;
    f->arena = casus_base_arena_new(&r->memory);
    if (!f->arena) return casus_base_no_memory(err);
    f->cut = cut;
    if (!bytes.len) return CASUS_OK;
    casus_draft scratch = {.arena = f->arena};
    casus_slice utf8;
    casus_status s =
        casus_read_charset(&scratch, bytes, casus_read_charset_declared(bytes), false, &utf8, err);
    if (s) return s;
    const casus_slice copy = casus_base_arena_copy(f->arena, casus_slice_trim(utf8));
    f->parser = copy.ptr ? xmlNewParserCtxt() : NULL;
    if (!f->parser) return casus_base_no_memory(err);
    casus_read_html_bound((char *)(uintptr_t)copy.ptr, copy.len);
    xmlSAXHandler *sax = f->parser->sax;
    memset(sax, 0, sizeof *sax);
    sax->initialized = XML_SAX2_MAGIC;
    sax->startElementNs = feed_start;
    sax->endElementNs = feed_end;
    sax->characters = sax->cdataBlock = sax->ignorableWhitespace = feed_text;
    sax->getEntity = feed_entity;
    f->parser->userData = f;
    xmlFreeDoc(xmlCtxtReadMemory(f->parser, copy.ptr, (int)copy.len, NULL, "UTF-8",
                                 XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOERROR |
                                     XML_PARSE_NOWARNING));
    const bool deep = f->parser->errNo == XML_ERR_INTERNAL_ERROR;
    xmlFreeParserCtxt(f->parser);
    f->parser = NULL;
    f->cut = f->cut || deep;
    return f->no_memory || f->text.failed ? casus_base_no_memory(err) : CASUS_OK;
}

int casus_read_next_feed(casus_reader *r, casus_error *err) {
    if (!r->state) {
        const int got =
            casus_read_stream_until(&r->stream, -1, CASUS_INPUT_MOST_PAGE, &r->buffer, err);
        if (got < 0 && got != CASUS_E_LIMIT) return got;
        const casus_slice bytes = casus_slice_of(r->buffer.ptr ? r->buffer.ptr : "", r->buffer.len);
        const casus_status s = casus_read_feed_open(r, bytes, got == CASUS_E_LIMIT, err);
        if (s && r->state) ((feed *)r->state)->n = 0;
        r->line = 1;
        if (s) return s;
        if (((feed *)r->state)->n == 0)
            return casus_read_fail(r, CASUS_E_FORMAT, "no entry in the feed", err);
    }
    return casus_read_feed_next(r, err);
}

int casus_read_feed_next(casus_reader *r, casus_error *err) {
    feed *f = r->state;
    casus_draft *d = &r->draft;
    if (f->at == f->n) return 0;
    const feed_entry *e = &f->entries[f->at++];
    if (r->kind == CASUS_KIND_FEED) r->line = e->line > r->line ? e->line : r->line + 1;
    d->line = r->line;
    d->kind = CASUS_KIND_FEED;
    d->id = e->value[FIELD_ID];
    d->url = e->value[FIELD_URL];
    if (!d->url.len && d->id.len > 8 && memcmp(d->id.ptr, "http", 4) == 0) d->url = d->id;
    d->author = e->value[FIELD_AUTHOR];
    d->date = e->value[FIELD_DATE];
    d->date_from = "metadata";
    d->site = f->site;
    d->language = f->language.len > 2 ? casus_slice_of(f->language.ptr, 2) : f->language;
    if (d->language.len == 2) {
        d->language = casus_base_arena_copy(d->arena, d->language);
        if (!d->language.ptr) return casus_base_no_memory(err);
    }
    /* titles may hold markup of their own */
    d->title = casus_read_html_squeeze(d->arena, e->value[FIELD_TITLE]);
    d->author = casus_read_html_squeeze(d->arena, d->author);
    if (!d->title.ptr || !d->author.ptr) return casus_base_no_memory(err);
    if (f->cut && f->at == f->n &&
        !casus_read_draft_note(d, CASUS_SLICE("the feed is longer or deeper than is read"), 0, 0))
        return casus_base_no_memory(err);
    const casus_slice text = e->value[FIELD_TEXT];
    const casus_status s = casus_read_html(d, r->words, text.ptr ? text : CASUS_SLICE(" "),
                                           CASUS_SLICE("utf-8"), true, err);
    return s ? (int)s : 1;
}
