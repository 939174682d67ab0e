/* html.h - private to src/read: a page as a flat list of nodes, and the article found in it. */
#ifndef CASUS_READ_HTML_H
#define CASUS_READ_HTML_H

#include "read/input.h"
#include "read/read_words.h"

/* What an element is for the layout. */
enum {
    TAG_INLINE = 0,
    TAG_BLOCK = 1,     /* begins and ends a paragraph */
    TAG_HEADING = 2,   /* h1 to h6 */
    TAG_SKIP = 4,      /* never holds text of the page: script, style, svg, ... */
    TAG_DROP = 8,      /* by its meaning no part of an article: nav, footer, aside, form, ... */
    TAG_BREAK = 16,    /* br */
    TAG_LINK = 32,     /* a */
    TAG_META = 64,     /* meta, link, title, time, script: looked at for metadata */
    TAG_ITEM = 128,    /* li, dd, dt */
    TAG_CELL = 256,    /* td, th */
    TAG_CAPTION = 512, /* figcaption, caption */
    TAG_ROOT = 1024,   /* html, body, main */
    TAG_FORM = 2048,
    TAG_ARTICLE = 4096
};

typedef struct casus_node {
    uint32_t parent; /* CASUS_NONE: the root */
    uint32_t end;    /* index behind its last node */
    uint32_t tag;    /* TAG_ bits */
    uint16_t parts;  /* PART_ bits of class, id, role, itemprop */
    uint8_t level;   /* 1..6 of a heading */
    bool hidden;
    casus_slice name;  /* of the element, constant; empty: a text */
    casus_slice text;  /* of a text; of an element: its content, datetime or href */
    casus_slice label; /* meta's name, property, itemprop; link's rel; script's type */
} casus_node;

typedef struct casus_page {
    casus_arena *arena;
    casus_node *nodes; /* [n] in order of the document; 0 is a root of our own */
    uint32_t n;
    size_t cap;
    bool too_deep, too_many, too_wide;
    casus_slice language; /* of <html lang> */
} casus_page;

/* Parses UTF-8 with libxml2; limits are told in the page. CASUS_E_MEMORY alone. */
casus_status casus_read_html_parse(casus_page *page, casus_arena *arena, const casus_words *words,
                                   casus_slice bytes, casus_error *err);
/* meta.c: date, title, author, site, url, language of the page into the draft, what is there
 * already left alone; the article's text as metadata tell it into *body. */
casus_status casus_read_html_meta(casus_draft *d, const casus_words *words, const casus_page *page,
                                  casus_slice *body, casus_error *err);
/* article.c: the article's text into the draft, with its headline first; `fragment`: the page is
 * all article (an entry of a feed). `body` as above. */
casus_status casus_read_html_article(casus_draft *d, const casus_words *words,
                                     const casus_page *page, casus_slice body, bool fragment,
                                     casus_error *err);
/* All of it: bytes in the encoding declared (or empty) to the draft. */
casus_status casus_read_html(casus_draft *d, const casus_words *words, casus_slice bytes,
                             casus_slice declared, bool fragment, casus_error *err);
/* Blanks the attributes of each element beyond CASUS_INPUT_MOST_ATTRIBUTES; true when there were.
 */
bool casus_read_html_bound(char *s, uint32_t n);
/* pages.c: parses a feed into r->state; its entries come one at a time: 1, 0 at the end, negative.
 * `cut`: not all of it is there. */
casus_status casus_read_feed_open(casus_reader *r, casus_slice bytes, bool cut, casus_error *err);
int casus_read_feed_next(casus_reader *r, casus_error *err);
/* Blanks of all kinds to one, none at the ends, in the arena. ptr NULL: no memory. */
casus_slice casus_read_html_squeeze(casus_arena *arena, casus_slice s);

#endif
