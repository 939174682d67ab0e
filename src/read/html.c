/* html.c - a page to a flat list of nodes, by libxml2's HTML parser through its SAX interface.
 *
 * No tree of libxml2 is made, so that depth and number of nodes are bounded while it reads: at
 * CASUS_INPUT_MOST_DEPTH elements inside each other, or CASUS_INPUT_MOST_NODES in all, the parser
 * is stopped and the rest of the page left out. Elements with more than CASUS_INPUT_MOST_ATTRIBUTES
 * attributes, over which the parser would take quadratic time, lose the others beforehand. */
#include "read/html.h"
#include "read/charset.h"
#include <libxml/HTMLparser.h>

typedef struct tag_row {
    const char *name;
    uint32_t bits;
} tag_row;

/* Every element of the HTML standard that is not inline text, in the order of bytes. */
static const tag_row tags[] = {{"a", TAG_LINK},
                               {"address", TAG_BLOCK},
                               {"amp-ad", TAG_SKIP},
                               {"amp-sidebar", TAG_SKIP},
                               {"applet", TAG_SKIP},
                               {"article", TAG_BLOCK | TAG_ARTICLE},
                               {"aside", TAG_BLOCK | TAG_DROP},
                               {"audio", TAG_SKIP},
                               {"blockquote", TAG_BLOCK},
                               {"body", TAG_BLOCK | TAG_ROOT},
                               {"br", TAG_BREAK},
                               {"button", TAG_SKIP},
                               {"canvas", TAG_SKIP},
                               {"caption", TAG_BLOCK | TAG_CAPTION},
                               {"center", TAG_BLOCK},
                               {"datalist", TAG_SKIP},
                               {"dd", TAG_BLOCK | TAG_ITEM},
                               {"details", TAG_BLOCK},
                               {"dialog", TAG_BLOCK | TAG_DROP},
                               {"dir", TAG_BLOCK},
                               {"div", TAG_BLOCK},
                               {"dl", TAG_BLOCK},
                               {"dt", TAG_BLOCK | TAG_ITEM},
                               {"embed", TAG_SKIP},
                               {"fieldset", TAG_BLOCK},
                               {"figcaption", TAG_BLOCK | TAG_CAPTION},
                               {"figure", TAG_BLOCK},
                               {"footer", TAG_BLOCK | TAG_DROP},
                               {"form", TAG_BLOCK | TAG_FORM},
                               {"frameset", TAG_BLOCK},
                               {"h1", TAG_BLOCK | TAG_HEADING},
                               {"h2", TAG_BLOCK | TAG_HEADING},
                               {"h3", TAG_BLOCK | TAG_HEADING},
                               {"h4", TAG_BLOCK | TAG_HEADING},
                               {"h5", TAG_BLOCK | TAG_HEADING},
                               {"h6", TAG_BLOCK | TAG_HEADING},
                               {"head", TAG_BLOCK},
                               {"header", TAG_BLOCK},
                               {"hr", TAG_BLOCK},
                               {"html", TAG_BLOCK | TAG_ROOT},
                               {"iframe", TAG_SKIP},
                               {"input", TAG_SKIP},
                               {"legend", TAG_BLOCK},
                               {"li", TAG_BLOCK | TAG_ITEM},
                               {"link", TAG_META | TAG_SKIP},
                               {"main", TAG_BLOCK | TAG_ROOT},
                               {"map", TAG_SKIP},
                               {"math", TAG_SKIP},
                               {"menu", TAG_BLOCK | TAG_DROP},
                               {"meta", TAG_META | TAG_SKIP},
                               {"nav", TAG_BLOCK | TAG_DROP},
                               {"noscript", TAG_SKIP},
                               {"object", TAG_SKIP},
                               {"ol", TAG_BLOCK},
                               {"optgroup", TAG_SKIP},
                               {"option", TAG_SKIP},
                               {"p", TAG_BLOCK},
                               {"picture", TAG_SKIP},
                               {"pre", TAG_BLOCK},
                               {"script", TAG_SKIP | TAG_META},
                               {"section", TAG_BLOCK},
                               {"select", TAG_SKIP},
                               {"style", TAG_SKIP},
                               {"summary", TAG_BLOCK},
                               {"svg", TAG_SKIP},
                               {"table", TAG_BLOCK},
                               {"tbody", TAG_BLOCK},
                               {"td", TAG_BLOCK | TAG_CELL},
                               {"template", TAG_SKIP},
                               {"textarea", TAG_SKIP},
                               {"tfoot", TAG_BLOCK},
                               {"th", TAG_BLOCK | TAG_CELL},
                               {"thead", TAG_BLOCK},
                               {"time", TAG_META},
                               {"title", TAG_META | TAG_SKIP},
                               {"tr", TAG_BLOCK},
                               {"ul", TAG_BLOCK},
                               {"video", TAG_SKIP}};

static const tag_row *tag_of(const char *name) {
    size_t low = 0, high = sizeof tags / sizeof *tags;
    while (low < high) {
        const size_t mid = low + (high - low) / 2;
        const int order = strcmp(tags[mid].name, name);
        if (order == 0) return &tags[mid];
        if (order < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return NULL;
}

typedef struct building {
    casus_page *page;
    const casus_words *words;
    htmlParserCtxtPtr parser;
    uint32_t at; /* the open element */
    unsigned depth;
    bool no_memory;
} building;

static casus_node *add_node(building *b) {
    casus_page *p = b->page;
    if (b->no_memory || p->too_many || p->too_deep) return NULL;
    if (p->n >= CASUS_INPUT_MOST_NODES) {
        p->too_many = true;
        xmlStopParser(b->parser);
        return NULL;
    }
    casus_node *more =
        casus_base_arena_grow(p->arena, p->nodes, p->n, p->n + 1, &p->cap, sizeof *more);
    if (!more) {
        b->no_memory = true;
        xmlStopParser(b->parser);
        return NULL;
    }
    p->nodes = more;
    casus_node *node = &more[p->n];
    *node = (casus_node){.parent = b->at, .end = p->n + 1};
    p->n++;
    return node;
}

static casus_slice keep(building *b, const char *s) {
    const casus_slice copy = casus_base_arena_copy(b->page->arena, casus_slice_z(s));
    if (!copy.ptr) b->no_memory = true;
    return copy;
}

static bool says(const char *value, const char *word) {
    return value && strstr(value, word) != NULL;
}

static void take_attributes(building *b, casus_node *node, const char *name,
                            const xmlChar **attributes) {
    const bool meta = strcmp(name, "meta") == 0, link = strcmp(name, "link") == 0,
               script = strcmp(name, "script") == 0;
    unsigned parts = 0;
    for (; attributes && attributes[0]; attributes += 2) {
        const char *key = (const char *)attributes[0], *value = (const char *)attributes[1];
        if (!value) value = "";
        const casus_slice v = casus_slice_z(value);
        if (strcmp(key, "class") == 0 || strcmp(key, "id") == 0 || strcmp(key, "role") == 0 ||
            strcmp(key, "data-component") == 0 || strcmp(key, "data-testid") == 0 ||
            strcmp(key, "data-block") == 0)
            parts |= casus_read_words_parts(b->words, v);
        if (strcmp(key, "hidden") == 0 ||
            (strcmp(key, "aria-hidden") == 0 && strcmp(value, "true") == 0 && !meta) ||
            (strcmp(key, "style") == 0 &&
             (says(value, "display:none") || says(value, "display: none"))))
            node->hidden = true;
        if (strcmp(key, "role") == 0 &&
            (says(value, "navigation") || says(value, "complementary") || says(value, "banner") ||
             says(value, "contentinfo") || says(value, "dialog") || says(value, "search")))
            parts |= PART_DROP;
        if (strcmp(key, "itemprop") == 0) {
            if (says(value, "articleBody")) parts |= PART_KEEP | PART_BODY;
            if (!meta && says(value, "author")) parts |= PART_AUTHOR;
            if (!node->label.len) node->label = keep(b, value);
        }
        if (meta && (strcmp(key, "name") == 0 || strcmp(key, "property") == 0 ||
                     strcmp(key, "http-equiv") == 0))
            node->label = keep(b, value);
        if ((link || (node->tag & TAG_LINK)) && strcmp(key, "rel") == 0) {
            if (says(value, "author") && !link) parts |= PART_AUTHOR;
            if (link) node->label = keep(b, value);
        }
        if (script && strcmp(key, "type") == 0) node->label = keep(b, value);
        if ((meta && strcmp(key, "content") == 0) || (link && strcmp(key, "href") == 0) ||
            strcmp(key, "datetime") == 0)
            node->text = keep(b, value);
        if (strcmp(key, "lang") == 0 && (node->tag & TAG_ROOT) && !b->page->language.len)
            b->page->language = keep(b, value);
    }
    node->parts = (uint16_t)parts;
}

static void start(void *payload, const xmlChar *xml_name, const xmlChar **attributes) {
    building *b = payload;
    const char *name = (const char *)xml_name;
    const tag_row *row = tag_of(name);
    if (++b->depth > CASUS_INPUT_MOST_DEPTH) {
        b->page->too_deep = true;
        xmlStopParser(b->parser);
        return;
    }
    casus_node *node = add_node(b);
    if (!node) return;
    node->tag = row ? row->bits : TAG_INLINE;
    node->name = row                 ? casus_slice_z(row->name)
                 : strchr(name, '-') ? CASUS_SLICE("--") /* a custom element */
                                     : CASUS_SLICE("-");
    if (node->tag & TAG_HEADING) node->level = (uint8_t)(name[1] - '0');
    take_attributes(b, node, name, attributes);
    b->at = (uint32_t)(node - b->page->nodes);
}

static void end(void *payload, const xmlChar *xml_name) {
    building *b = payload;
    casus_node *nodes = b->page->nodes;
    (void)xml_name; /* libxml2 closes what it opened, in order */
    if (b->depth) b->depth--;
    if (b->page->too_deep || !b->at) return;
    nodes[b->at].end = b->page->n;
    b->at = nodes[b->at].parent;
}

static void characters(void *payload, const xmlChar *text, int len) {
    building *b = payload;
    if (len <= 0) return;
    const casus_node *open = &b->page->nodes[b->at];
    /* script text is kept for its metadata only */
    if ((open->tag & TAG_SKIP) && !(open->tag & TAG_META)) return;
    if (casus_slice_is(open->name, "script") && !says(open->label.ptr, "json")) return;
    casus_node *node = add_node(b);
    if (!node) return;
    node->text =
        casus_base_arena_copy(b->page->arena, casus_slice_of((const char *)text, (size_t)len));
    if (!node->text.ptr) b->no_memory = true;
}

static bool is_words(const casus_page *page, uint32_t at, uint32_t parent) {
    return at < page->n && page->nodes[at].parent == parent && !page->nodes[at].name.len &&
           casus_slice_trim(page->nodes[at].text).len;
}

/* What a custom element is only a script knows: a block, unless it stands in a line of words. */
static void settle_custom(casus_page *page) {
    for (uint32_t i = 1; i < page->n; i++) {
        casus_node *node = &page->nodes[i];
        if (node->tag || !casus_slice_is(node->name, "--")) continue;
        if (!is_words(page, i - 1, node->parent) && !is_words(page, node->end, node->parent))
            node->tag = TAG_BLOCK;
    }
}

/* ---- attributes beyond the limit --------------------------------------------------------------
 */

static bool name_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           memchr("-_:.@*$#[](){},;+&!?^~|\\%`", c, 26) || ((unsigned char)c & 0x80);
}

/* Behind a tag's name: where the tag ends; what follows the last attribute allowed is blanked. */
static uint32_t within_tag(char *s, uint32_t n, uint32_t at, bool *changed) {
    unsigned attributes = 0;
    while (at < n && s[at] != '>') {
        const char c = s[at];
        const uint32_t begin = at;
        if (c == '=') {
            at++;
            while (at < n && (unsigned char)s[at] <= ' ') at++;
            if (at < n && (s[at] == '"' || s[at] == '\'')) {
                const char *close = memchr(s + at + 1, s[at], n - at - 1);
                at = close ? (uint32_t)(close - s) + 1 : n;
            } else {
                while (at < n && (unsigned char)s[at] > ' ' && s[at] != '>') at++;
            }
        } else if (name_byte(c)) {
            while (at < n && (name_byte(s[at]) || s[at] == '/')) at++;
            attributes++;
        } else {
            at++;
        }
        if (attributes > CASUS_INPUT_MOST_ATTRIBUTES) {
            memset(s + begin, ' ', at - begin);
            *changed = true;
        }
    }
    return at;
}

static bool begins_with(const char *s, uint32_t n, const char *word) {
    uint32_t i = 0;
    for (; word[i]; i++)
        if (i >= n || (s[i] | 32) != word[i]) return false;
    return true;
}

bool casus_read_html_bound(char *s, uint32_t n) {
    bool changed = false;
    for (uint32_t at = 0; at < n;) {
        const char *open = memchr(s + at, '<', n - at);
        if (!open) break;
        at = (uint32_t)(open - s) + 1;
        if (at + 3 <= n && memcmp(s + at, "!--", 3) == 0) {
            at += 3;
            while (at + 3 <= n && memcmp(s + at, "-->", 3) != 0) at++;
            continue;
        }
        if (at >= n || !(((s[at] | 32) >= 'a' && (s[at] | 32) <= 'z'))) continue;
        const bool script = begins_with(s + at, n - at, "script"),
                   style = begins_with(s + at, n - at, "style");
        while (at < n && (unsigned char)s[at] > ' ' && s[at] != '>' && s[at] != '/') at++;
        at = within_tag(s, n, at, &changed);
        if (!script && !style) continue;
        while (at < n) { /* to the end tag */
            const char *close = memchr(s + at, '<', n - at);
            if (!close) return changed;
            at = (uint32_t)(close - s) + 1;
            if (at < n && s[at] == '/' &&
                (begins_with(s + at + 1, n - at - 1, script ? "script" : "style")))
                break;
        }
    }
    return changed;
}

casus_status casus_read_html_parse(casus_page *page, casus_arena *arena, const casus_words *words,
                                   casus_slice bytes, casus_error *err) {
    memset(page, 0, sizeof *page);
    page->arena = arena;
    building b = {.page = page, .words = words, .at = CASUS_NONE};
    if (!add_node(&b)) return casus_base_no_memory(err);
    b.at = 0;
    const casus_slice copy = casus_base_arena_copy(arena, bytes);
    if (!copy.ptr) return casus_base_no_memory(err);
    char *s = (char *)(uintptr_t)copy.ptr;
    for (uint32_t i = 0; i < copy.len; i++) /* libxml2 ends at a zero byte */
        if (!s[i]) s[i] = ' ';
    page->too_wide = casus_read_html_bound(s, copy.len);
    b.parser = htmlNewParserCtxt();
    if (!b.parser) return casus_base_no_memory(err);
    xmlSAXHandler *sax = b.parser->sax;
    memset(sax, 0, sizeof *sax);
    sax->startElement = start;
    sax->endElement = end;
    sax->characters = characters;
    sax->cdataBlock = characters;
    sax->ignorableWhitespace = characters;
    b.parser->userData = &b;
    const htmlDocPtr doc =
        htmlCtxtReadMemory(b.parser, copy.ptr, (int)copy.len, NULL, "UTF-8",
                           HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NOERROR |
                               HTML_PARSE_NOWARNING | HTML_PARSE_IGNORE_ENC);
    xmlFreeDoc(doc);
    htmlFreeParserCtxt(b.parser);
    if (b.no_memory) return casus_base_no_memory(err);
    for (uint32_t at = b.at; at != CASUS_NONE; at = page->nodes[at].parent)
        page->nodes[at].end = page->n;
    settle_custom(page);
    return CASUS_OK;
}

/* ---- blanks --------------------------------------------------------------------------------- */

static uint32_t blank_length(const char *s, size_t n) {
    const unsigned char c = (unsigned char)s[0];
    if (c <= ' ') return 1;
    if (c < 0xC2) return 0;
    uint32_t cp;
    const uint32_t len = casus_base_utf8_get(s, n, &cp);
    return cp == 0xA0 || cp == 0x85 || cp == 0x1680 || (cp >= 0x2000 && cp <= 0x200B) ||
                   cp == 0x2028 || cp == 0x2029 || cp == 0x202F || cp == 0x205F || cp == 0x3000 ||
                   cp == 0xFEFF || cp == 0xAD
               ? len
               : 0;
}

casus_slice casus_read_html_squeeze(casus_arena *arena, casus_slice s) {
    char *to = casus_base_arena_get(arena, (size_t)s.len + 1);
    if (!to) return (casus_slice){NULL, 0};
    uint32_t n = 0;
    bool gap = false;
    for (uint32_t at = 0; at < s.len;) {
        const uint32_t blank = blank_length(s.ptr + at, s.len - at);
        if (blank) {
            /* a soft hyphen, a space of no width part nothing */
            const bool nothing = blank == 2 && (unsigned char)s.ptr[at + 1] == 0xAD;
            const bool zero = blank == 3 && memcmp(s.ptr + at, "\xE2\x80\x8B", 3) == 0;
            gap = gap ||
                  !(nothing || zero || memcmp(s.ptr + at, "\xEF\xBB\xBF", blank == 3 ? 3 : 1) == 0);
            at += blank;
            continue;
        }
        if (gap && n) to[n++] = ' ';
        gap = false;
        to[n++] = s.ptr[at++];
    }
    to[n] = 0;
    return casus_slice_of(to, n);
}

casus_status casus_read_html(casus_draft *d, const casus_words *words, casus_slice bytes,
                             casus_slice declared, bool fragment, casus_error *err) {
    casus_slice utf8, body = CASUS_SLICE("");
    casus_page page;
    if (!declared.len) declared = casus_read_charset_declared(bytes);
    casus_status s = casus_read_charset(d, bytes, declared, false, &utf8, err);
    if (!s) s = casus_read_html_parse(&page, d->arena, words, utf8, err);
    if (!s) s = casus_read_html_meta(d, words, &page, &body, err);
    if (!s) s = casus_read_html_article(d, words, &page, body, fragment, err);
    if (s) return s;
    const bool told =
        (!page.too_deep ||
         casus_read_draft_note(
             d, CASUS_SLICE("elements too deep inside each other; the rest of the page left out"),
             0, 0)) &&
        (!page.too_many ||
         casus_read_draft_note(d, CASUS_SLICE("too many elements; the rest of the page left out"),
                               0, 0)) &&
        (!page.too_wide ||
         casus_read_draft_note(d, CASUS_SLICE("an element with too many attributes; some left out"),
                               0, 0));
    return told ? CASUS_OK : casus_base_no_memory(err);
}
