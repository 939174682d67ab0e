/* blocks.h - private to src/read: the paragraphs of a page, without what is no part of an article.
 */
#ifndef CASUS_READ_BLOCKS_H
#define CASUS_READ_BLOCKS_H

#include "read/html.h"

typedef struct casus_block {
    casus_slice text;    /* squeezed */
    uint32_t len, links; /* bytes in all, bytes in links */
    uint32_t first;      /* the node of its first text */
    uint32_t node;       /* the block element that holds it */
    uint32_t tag;        /* TAG_ bits of that and of a list item or cell around it */
    casus_line_kind kind;
    uint8_t level; /* 1..6 of a heading, else 0 */
    bool prose, keep;
} casus_block;

typedef struct casus_blocks {
    casus_block *blocks; /* [n] in order */
    uint32_t n;
    size_t cap;
    casus_block *headings; /* [n_headings]: all headings shown, those of parts passed over too */
    uint32_t n_headings;
    size_t cap_headings;
} casus_blocks;

casus_status casus_read_blocks(casus_blocks *out, casus_arena *arena, const casus_words *words,
                               const casus_page *page, bool fragment, casus_error *err);

#endif
