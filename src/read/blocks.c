/* blocks.c - the paragraphs of a page: text between the bounds of block elements, double line
 * breaks included, but for parts that are no article by their element or name and for rows of
 * teasers.
 *
 * Such a part stays when it holds much of the page's prose and its headline or body: "sidebar" may
 * name what has a sidebar beside it. */
#include "read/blocks.h"

#define PROSE_TEXT 25u   /* bytes of a text outside links that count as prose for the parts */
#define TEASER_MOST 700u /* bytes of a teaser */
#define TEASERS_LEAST 3u /* of them on a page */

/* Running sums over the nodes before each: bytes of prose, of text, of text in links; headings of
 * first level; elements named as body. */
typedef struct counts {
    uint32_t *prose, *text, *links, *titles, *bodies; /* [n + 1] */
} counts;

static uint32_t within(const uint32_t *running, const casus_page *page, uint32_t at) {
    return running[page->nodes[at].end] - running[at];
}

static bool count_all(counts *c, casus_arena *arena, const casus_page *page) {
    uint32_t **const all[] = {&c->prose, &c->text, &c->links, &c->titles, &c->bodies};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        *all[i] = casus_base_arena_zero(arena, (size_t)page->n + 1, sizeof(uint32_t));
        if (!*all[i]) return false;
    }
    uint32_t link_end = 0, skip_end = 0;
    for (uint32_t i = 0; i < page->n; i++) {
        const casus_node *node = &page->nodes[i];
        if (i >= skip_end && (node->tag & TAG_SKIP)) skip_end = node->end;
        if (i >= link_end && (node->tag & TAG_LINK)) link_end = node->end;
        uint32_t len = 0;
        if (!node->name.len && i >= skip_end) {
            const casus_slice s = casus_slice_trim(node->text);
            len = s.len;
        }
        const bool linked = i < link_end;
        c->prose[i + 1] = c->prose[i] + (len >= PROSE_TEXT && !linked ? len : 0);
        c->text[i + 1] = c->text[i] + len;
        c->links[i + 1] = c->links[i] + (linked ? len : 0);
        c->titles[i + 1] = c->titles[i] + (node->level == 1);
        c->bodies[i + 1] = c->bodies[i] + ((node->parts & PART_BODY) && !(node->parts & PART_DROP));
    }
    return true;
}

/* Does the element hold so much of the page that its name must mean something else? */
static bool too_much(const counts *c, const casus_page *page, uint32_t at) {
    const uint32_t all = c->prose[page->n], here = within(c->prose, page, at);
    if (all < 200 || here * 5 < all * 2) return false;
    return within(c->titles, page, at) || within(c->bodies, page, at) || here * 10 > all * 9;
}

static bool dropped(const counts *c, const casus_page *page, uint32_t at, uint32_t block) {
    const casus_node *node = &page->nodes[at];
    if (!node->name.len || at == 0) return false;
    if (node->tag & TAG_SKIP) return true;
    if (node->tag & (TAG_ROOT | TAG_HEADING)) return node->hidden && !too_much(c, page, at);
    if (node->tag & TAG_CAPTION) return true;
    const uint32_t text = within(c->text, page, at);
    if (!(node->tag & TAG_BLOCK)) {
        /* a word of a sentence may have any name; a label stands alone */
        const bool alone = text * 2 >= within(c->text, page, block);
        return node->hidden || ((node->parts & PART_DROP) && alone);
    }
    if (node->parts & PART_CORRECTION && !node->hidden) return false;
    if (node->hidden || (node->tag & (TAG_DROP | TAG_FORM)) || (node->parts & PART_DROP))
        return !too_much(c, page, at);
    const bool weak = (node->parts & PART_WEAK) && !(node->parts & PART_KEEP);
    if (weak || casus_slice_is(node->name, "header"))
        return within(c->links, page, at) * 5 > text * 2 && !within(c->titles, page, at);
    /* a list item that begins with a link and is much of it: a teaser */
    return (node->tag & TAG_ITEM) && text && within(c->links, page, at) * 3 > text &&
           at + 1 < node->end && (page->nodes[at + 1].tag & TAG_LINK);
}

/* Marks teasers: short elements around a heading that is a link. teaser[at] for their element. */
static bool find_teasers(const counts *c, casus_arena *arena, const casus_page *page,
                         uint8_t **teasers) {
    uint8_t *found = casus_base_arena_zero(arena, (size_t)page->n + 1, 1);
    if (!found) return false;
    unsigned n = 0;
    for (uint32_t i = 1; i < page->n; i++) {
        const casus_node *node = &page->nodes[i];
        if (node->level < 2) continue;
        const uint32_t text = within(c->text, page, i);
        if (!text || within(c->links, page, i) * 5 < text * 4) continue;
        /* up to where there is more than the heading, then as long as that stays small */
        uint32_t at = node->parent;
        while (at && page->nodes[at].parent && !(page->nodes[at].tag & (TAG_ROOT | TAG_ITEM)) &&
               within(c->text, page, at) <= text + 5)
            at = page->nodes[at].parent;
        const casus_node *card = &page->nodes[at];
        if (!at || card->tag & TAG_ROOT || card->parts & PART_BODY ||
            within(c->text, page, at) > TEASER_MOST || within(c->titles, page, at) ||
            within(c->prose, page, at) * 3 > c->prose[page->n])
            continue;
        if (!found[at]) n++;
        found[at] = 1;
    }
    if (n < TEASERS_LEAST) memset(found, 0, page->n);
    *teasers = found;
    return true;
}

/* ---- blocks ------------------------------------------------------------------------------------
 */

typedef struct gathering {
    casus_arena *arena;
    const casus_words *words;
    const casus_page *page;
    casus_blocks *out;
    casus_buffer raw;
    uint32_t *around;             /* [n] the innermost block element of each node */
    uint32_t first, links, block; /* first text's node or CASUS_NONE; the open block element */
    bool heading_only;            /* within a part passed over: headings are kept aside */
    bool no_memory;
} gathering;

/* Sentences: stops, and a length that labels do not have. */
static bool is_prose(casus_slice s, uint32_t links) {
    uint32_t stops = 0, words = 1;
    for (uint32_t i = 0; i < s.len; i++) {
        const char c = s.ptr[i];
        words += c == ' ';
        if (strchr(".!?", c) && c && (i + 1 == s.len || memchr(" \"')]\xE2", s.ptr[i + 1], 6)))
            stops++;
    }
    if (links * 10 > s.len * 7) return false;
    if (links * 5 > s.len * 2) return stops > 0 && s.len >= 150;
    if (s.len >= 60 && stops && words >= 8) return true;
    if (s.len >= 25 && stops && words >= 4) {
        uint32_t end = s.len;
        while (end && (memchr("\"')]", s.ptr[end - 1], 4) || (s.ptr[end - 1] & 0x80))) end--;
        return end && strchr(".!?", s.ptr[end - 1]);
    }
    return s.len >= 140 && words >= 20;
}

static void flush(gathering *g) {
    if (g->first == CASUS_NONE) return;
    casus_block b = {.first = g->first, .node = g->block};
    g->first = CASUS_NONE;
    b.text = casus_read_html_squeeze(g->arena, casus_slice_of(g->raw.ptr, g->raw.len));
    if (g->raw.failed || !b.text.ptr) g->no_memory = true;
    g->raw.len = 0;
    b.len = b.text.len;
    b.links = g->links < b.len ? g->links : b.len;
    g->links = 0;
    if (g->no_memory || !b.len) return;
    uint32_t at = g->block;
    for (unsigned up = 0; up < 4 && at != CASUS_NONE; up++, at = g->page->nodes[at].parent) {
        const casus_node *node = &g->page->nodes[at];
        if (node->level) b.level = node->level;
        if (up == 0) b.tag = node->tag;
        b.tag |= node->tag & TAG_ITEM;
        if (up < 2) b.tag |= node->tag & TAG_CELL;
    }
    b.kind = casus_read_words_line(g->words, b.text);
    b.prose = !b.level && is_prose(b.text, b.links);
    if (b.level) {
        casus_block *more =
            casus_base_arena_grow(g->arena, g->out->headings, g->out->n_headings,
                                  g->out->n_headings + 1, &g->out->cap_headings, sizeof *more);
        if (!more) {
            g->no_memory = true;
            return;
        }
        g->out->headings = more;
        more[g->out->n_headings++] = b;
    }
    if (g->heading_only) return;
    casus_block *more = casus_base_arena_grow(g->arena, g->out->blocks, g->out->n, g->out->n + 1,
                                              &g->out->cap, sizeof *more);
    if (!more) {
        g->no_memory = true;
        return;
    }
    g->out->blocks = more;
    more[g->out->n++] = b;
}

static void add_text(gathering *g, uint32_t at, casus_slice s, bool linked) {
    const casus_slice bare = casus_slice_trim(s);
    if (g->first == CASUS_NONE) {
        if (!bare.len) return;
        g->first = at;
    }
    casus_base_buffer_add(&g->raw, s.ptr, s.len);
    if (linked) g->links += bare.len;
}

/* Text set as it stands: a blank line ends a paragraph. */
static void add_pre(gathering *g, uint32_t at, bool linked) {
    casus_slice rest = g->page->nodes[at].text, line;
    for (bool more = false; casus_slice_cut(&rest, '\n', &line); more = true) {
        if (!casus_slice_trim(line).len && more && rest.len) flush(g);
        if (more && g->first != CASUS_NONE) casus_base_buffer_add(&g->raw, " ", 1);
        add_text(g, at, line, linked);
    }
}

/* Are there two line breaks here with nothing between them? */
static bool double_break(const casus_page *page, uint32_t at) {
    uint32_t i = page->nodes[at].end;
    while (i < page->n && !page->nodes[i].name.len && !casus_slice_trim(page->nodes[i].text).len)
        i++;
    return i < page->n && (page->nodes[i].tag & TAG_BREAK);
}

static void gather(gathering *g, const counts *c, const uint8_t *teasers, bool fragment) {
    const casus_page *page = g->page;
    uint32_t link_end = 0, aside_end = 0;
    for (uint32_t i = 1; i < page->n && !g->no_memory; i++) {
        const casus_node *node = &page->nodes[i];
        if (i >= aside_end) {
            if (g->heading_only) flush(g);
            g->heading_only = false;
        }
        if (node->name.len) {
            const uint32_t block = g->around[i];
            const bool drop = dropped(c, page, i, block) || (teasers[i] && !fragment);
            if ((node->tag & TAG_SKIP) || (drop && node->hidden)) {
                i = node->end - 1;
                continue;
            }
            if (drop && i >= aside_end) {
                if (!(node->tag & TAG_BLOCK)) {
                    i = node->end - 1;
                    continue;
                }
                flush(g);
                aside_end = node->end;
                g->heading_only = true;
            }
            if (node->tag & TAG_BLOCK) flush(g);
            if ((node->tag & TAG_BREAK) && double_break(page, i))
                flush(g);
            else if ((node->tag & TAG_BREAK) && g->first != CASUS_NONE)
                casus_base_buffer_add(&g->raw, " ", 1);
            if ((node->tag & TAG_LINK) && i >= link_end) link_end = node->end;
            continue;
        }
        const uint32_t block = g->around[i];
        if (block != g->block) {
            flush(g);
            g->block = block;
        }
        if (g->heading_only && !page->nodes[block].level) continue;
        if (casus_slice_is(page->nodes[block].name, "pre"))
            add_pre(g, i, i < link_end);
        else
            add_text(g, i, page->nodes[i].text, i < link_end);
    }
    flush(g);
}

casus_status casus_read_blocks(casus_blocks *out, casus_arena *arena, const casus_words *words,
                               const casus_page *page, bool fragment, casus_error *err) {
    memset(out, 0, sizeof *out);
    counts c;
    uint8_t *teasers;
    if (!count_all(&c, arena, page) || !find_teasers(&c, arena, page, &teasers))
        return casus_base_no_memory(err);
    const casus_memory m = casus_base_arena_memory(arena);
    gathering g = {.arena = arena, .words = words, .page = page, .out = out, .first = CASUS_NONE};
    g.around = casus_base_arena_zero(arena, page->n, sizeof *g.around);
    if (!g.around) return casus_base_no_memory(err);
    for (uint32_t i = 1; i < page->n; i++)
        g.around[i] = page->nodes[i].tag & TAG_BLOCK ? i : g.around[page->nodes[i].parent];
    casus_base_buffer_init(&g.raw, &m);
    gather(&g, &c, teasers, fragment);
    const bool held = !g.no_memory && !g.raw.failed;
    casus_base_buffer_free(&g.raw);
    return held ? CASUS_OK : casus_base_no_memory(err);
}
