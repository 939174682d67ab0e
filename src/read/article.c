/* article.c - the article of a page: its headline and paragraphs, without what stands around them.
 *
 * 1. What is no article by its element or by the names it bears (data/read/parts.tsv) is passed
 * over, unless it holds the greater part of the page's prose; so are rows of teasers.
 * 2. What is left becomes blocks, a paragraph each. A block of prose weighs its length, one of
 * links or labels less than nothing. The element whose blocks weigh most in sum holds the article;
 * from there downwards as long as one part of it has nearly all.
 * 3. Of its blocks captions, labels, "Read more" and link lists (data/read/lines.tsv) are left out.
 *
 * Linear in the page, but for its sorting of nothing: every step is a pass over nodes or blocks,
 * with sums over subtrees as differences of running sums. Does not run scripts or look at styles.
 */
#include "read/html.h"
#include "read/blocks.h"

#define HEADINGS_MOST 2000u /* headings that the headline is looked for in */
#define DAY_LINES 6u        /* lines below the headline that a day is looked for in */
#define DAY_MOST 90u        /* bytes of such a line */
#define GAP 2 /* neighbours that a pull quote is compared with, on either side, times three */

/* ---- which element ----------------------------------------------------------------------------
 */

/* What a block weighs for and against its element. */
static double weight_of(const casus_block *b) {
    const double links = b->len ? (double)b->links / b->len : 0;
    if (b->kind == LINE_CORRECTION) return 20;
    if (b->kind != LINE_TEXT && b->kind != LINE_NOW) return -20;
    if (b->level) return links > 0.5 ? -30 : 0;
    if (b->prose) return (b->len < 600 ? b->len : 600) * (1 - links);
    const double len = b->len;
    if (links > 0.5) return -10 - (len < 200 ? len : 200);
    return -5 - 0.5 * (len < 100 ? len : 100);
}

static double favour(const casus_node *node) {
    if (node->parts & PART_DROP) return 0.5;
    if (node->parts & PART_BODY) return 1.25;
    if (node->tag & TAG_ARTICLE || node->parts & PART_KEEP) return 1.1;
    if (node->tag & TAG_ROOT) return casus_slice_is(node->name, "main") ? 1.05 : 1;
    return 1;
}

/* weights[i]: of all blocks before node i; positives[i] of those above nothing. */
typedef struct sums {
    double *weights, *positives; /* [n + 1] */
} sums;

static double sum(const double *running, const casus_page *page, uint32_t at) {
    return running[page->nodes[at].end] - running[at];
}

static bool same_make(const casus_node *a, const casus_node *b) {
    return casus_slice_eq(a->name, b->name) &&
           (a->parts & ~(unsigned)PART_WEAK) == (b->parts & ~(unsigned)PART_WEAK);
}

/* A child that has nearly all prose of `at`, when the rest is not of its make; else `at`. */
static uint32_t main_child(const casus_page *page, const sums *s, uint32_t at) {
    const casus_node *nodes = page->nodes;
    const double all = sum(s->positives, page, at);
    uint32_t best = CASUS_NONE;
    for (uint32_t i = at + 1; i < nodes[at].end; i = nodes[i].end)
        if (nodes[i].name.len && sum(s->positives, page, i) >= 0.7 * all) best = i;
    if (best == CASUS_NONE || !(nodes[best].tag & TAG_BLOCK)) return at;
    if (nodes[best].tag & (TAG_ITEM | TAG_HEADING) || casus_slice_is(nodes[best].name, "p"))
        return at;
    for (uint32_t i = at + 1; i < nodes[at].end; i = nodes[i].end) {
        if (i == best || sum(s->positives, page, i) <= 0) continue;
        const bool paragraph = !nodes[i].name.len || casus_slice_is(nodes[i].name, "p") ||
                               casus_slice_is(nodes[i].name, "blockquote") ||
                               casus_slice_is(nodes[i].name, "ul");
        if ((same_make(&nodes[i], &nodes[best]) && !(nodes[i].tag & TAG_CELL)) || paragraph ||
            nodes[i].parts & (PART_CORRECTION | PART_LEDE))
            return at;
    }
    return best;
}

static uint32_t find_element(const casus_page *page, const sums *s) {
    uint32_t best = 0;
    double most = 0;
    for (uint32_t i = 1; i < page->n; i++) {
        const casus_node *node = &page->nodes[i];
        if (!(node->tag & TAG_BLOCK)) continue;
        const double here = sum(s->weights, page, i) * favour(node);
        if (here >= most && here > 0) { /* the innermost of equals */
            most = here;
            best = i;
        }
    }
    for (uint32_t down = best; best; best = down) {
        down = main_child(page, s, best);
        if (down == best) break;
    }
    return best;
}

/* ---- the headline -----------------------------------------------------------------------------
 */

static bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & 0x80);
}

static bool cut_word(casus_slice *rest, casus_slice *word) {
    while (rest->len && !is_word(rest->ptr[0]))
        *rest = casus_slice_of(rest->ptr + 1, rest->len - 1);
    uint32_t n = 0;
    while (n < rest->len && is_word(rest->ptr[n])) n++;
    *word = casus_slice_of(rest->ptr, n);
    *rest = casus_slice_of(rest->ptr + n, rest->len - n);
    return n > 0;
}

static bool same_word(casus_slice a, casus_slice b) {
    if (a.len != b.len) return false;
    for (uint32_t i = 0; i < a.len; i++)
        if ((a.ptr[i] | 32) != (b.ptr[i] | 32)) return false;
    return true;
}

#define TITLE_WORDS 40 /* words of a title that are compared */

/* The share of the words of `a` that are in `b`. */
static double overlap(casus_slice a, casus_slice b) {
    casus_slice words[TITLE_WORDS], word;
    unsigned n = 0, shared = 0, all = 0;
    while (n < TITLE_WORDS && cut_word(&b, &words[n])) n++;
    while (all < TITLE_WORDS && cut_word(&a, &word)) {
        all++;
        for (unsigned i = 0; i < n; i++)
            if (same_word(word, words[i])) {
                shared++;
                break;
            }
    }
    return all ? (double)shared / all : 0;
}

static unsigned count_words(casus_slice s) {
    unsigned n = 0;
    casus_slice word;
    while (cut_word(&s, &word)) n++;
    return n;
}

/* A page's title without the site's name behind or before it. */
static casus_slice without_site(casus_slice title, casus_slice site) {
    static const char *const between[] = {" | ",  " - ",        " \xE2\x80\x93 ", " \xE2\x80\x94 ",
                                          " :: ", " \xC2\xBB ", " \xC2\xB7 ",     " \xC2\xAB "};
    for (unsigned turn = 0; turn < 2; turn++) {
        uint32_t cut = 0, width = 0, first = 0;
        for (uint32_t at = 1; at < title.len; at++)
            for (size_t i = 0; i < sizeof between / sizeof *between; i++) {
                const uint32_t n = (uint32_t)strlen(between[i]);
                if (at + n < title.len && memcmp(title.ptr + at, between[i], n) == 0) {
                    if (!first) first = at + n;
                    cut = at;
                    width = n;
                }
            }
        if (!cut) break;
        const casus_slice before = casus_slice_of(title.ptr, cut),
                          behind = casus_slice_of(title.ptr + cut + width, title.len - cut - width),
                          head = casus_slice_of(title.ptr, first - width),
                          tail = casus_slice_of(title.ptr + first, title.len - first);
        if ((site.len && overlap(behind, site) > 0.6) ||
            (count_words(behind) <= 4 && count_words(before) >= 4))
            title = before;
        else if (site.len && overlap(head, site) > 0.8 && count_words(head) <= 5)
            title = tail;
        else
            break;
    }
    return title;
}

static casus_slice find_headline(const casus_page *page, const casus_blocks *all, casus_slice meta,
                                 uint32_t element, uint32_t *at) {
    double most = 0;
    casus_slice best = CASUS_SLICE("");
    *at = CASUS_NONE;
    for (uint32_t i = 0; i < all->n_headings && i < HEADINGS_MOST; i++) {
        const casus_block *b = &all->headings[i];
        const unsigned level = b->level;
        const bool titled = (page->nodes[b->node].parts & PART_TITLE) != 0;
        if (b->len < 8 || b->len > 400) continue;
        const double shared = meta.len ? overlap(b->text, meta) : 0;
        double score = level == 1 ? 1 : titled ? 0.8 : level == 2 ? 0.1 : 0;
        if (shared > 0.6) score += 1.5 * shared;
        if (score < 0.8) continue;
        if (b->first >= element && b->first < page->nodes[element].end) score += 0.05;
        if (count_words(b->text) < 3) score -= 0.5;
        if (b->kind != LINE_TEXT) score -= 1;
        if (score > most) {
            most = score;
            best = b->text;
            *at = b->first;
        }
    }
    return best;
}

/* The part of a page's title that is shown as a line of its own: "The Courier - ..." */
static casus_slice shown_title(const casus_blocks *all, casus_slice meta, uint32_t *at) {
    casus_slice best = CASUS_SLICE("");
    for (uint32_t i = 0; i < all->n && i < HEADINGS_MOST; i++) {
        const casus_block *b = &all->blocks[i];
        if (b->len > meta.len || b->len <= best.len || count_words(b->text) < 4) continue;
        const uint32_t rest = meta.len - b->len;
        const bool head = memcmp(meta.ptr, b->text.ptr, b->len) == 0,
                   tail = memcmp(meta.ptr + rest, b->text.ptr, b->len) == 0;
        if (rest && !(head && memchr(" |-:", meta.ptr[b->len], 4)) &&
            !(tail && meta.ptr[rest - 1] == ' '))
            continue;
        if (!head && !tail) continue;
        best = b->text;
        *at = b->first;
    }
    return best;
}

/* A line of the day between the headline and the first paragraph. */
static casus_slice find_day(const casus_words *words, const casus_page *page,
                            const casus_blocks *all, uint32_t headline) {
    unsigned seen = 0;
    for (uint32_t i = 0; i < all->n && headline != CASUS_NONE && seen < DAY_LINES; i++) {
        const casus_block *b = &all->blocks[i];
        int32_t day;
        if (b->first <= headline) continue;
        if (b->prose || b->level == 1) break;
        seen++;
        bool now = false;
        uint32_t at = b->first;
        for (unsigned up = 0; up < 4 && at != CASUS_NONE; up++, at = page->nodes[at].parent)
            now = now || (page->nodes[at].parts & (PART_NOW | PART_DROP)) != 0;
        if (!now && b->kind != LINE_NOW && b->len <= DAY_MOST && b->links * 2 <= b->len &&
            casus_read_date(words, b->text, &day))
            return b->text;
    }
    return CASUS_SLICE("");
}

/* ---- which blocks ------------------------------------------------------------------------------
 */

/* A line of date or time and nothing else. */
static bool date_line(const casus_words *words, const casus_block *b) {
    int32_t day;
    if (b->len > 70 || b->prose) return false;
    if (casus_read_date(words, b->text, &day)) return true;
    unsigned digits = 0, colons = 0;
    for (uint32_t i = 0; i < b->text.len; i++) {
        digits += b->text.ptr[i] >= '0' && b->text.ptr[i] <= '9';
        colons += b->text.ptr[i] == ':';
    }
    return colons == 1 && digits >= 3 && digits <= 6 && b->len < 25;
}

static bool contains(casus_slice a, casus_slice b) {
    if (b.len > a.len || b.len < 12) return false;
    for (uint32_t i = 0; i + b.len <= a.len; i++)
        if (a.ptr[i] == b.ptr[0] && memcmp(a.ptr + i, b.ptr, b.len) == 0) return true;
    return false;
}

/* Without quotation marks around. */
static casus_slice unquoted(casus_slice s) {
    while (s.len && !is_word(s.ptr[0])) s = casus_slice_of(s.ptr + 1, s.len - 1);
    while (s.len > 3 && (unsigned char)s.ptr[s.len - 3] == 0xE2) s.len -= 3;
    while (s.len && strchr("\"'.", s.ptr[s.len - 1])) s.len--;
    while (s.len > 2 && (unsigned char)s.ptr[0] == 0xE2) s = casus_slice_of(s.ptr + 3, s.len - 3);
    return s;
}

/* Words pulled out of a paragraph near by. */
static bool pulled(const casus_block *blocks, uint32_t n, uint32_t at) {
    const casus_block *b = &blocks[at];
    if (b->len > 300 || b->level) return false;
    const casus_slice words = unquoted(b->text);
    const uint32_t from = at > 3 * GAP ? at - 3 * GAP : 0,
                   to = at + 3 * GAP + 1 < n ? at + 3 * GAP + 1 : n;
    for (uint32_t i = from; i < to; i++)
        if (i != at && blocks[i].len > b->len + 20 && blocks[i].len < 4000 &&
            contains(blocks[i].text, words))
            return true;
    /* the same paragraph once more */
    for (uint32_t i = from; i < at; i++)
        if (blocks[i].keep && blocks[i].len == b->len && casus_slice_eq(blocks[i].text, b->text))
            return true;
    return false;
}

typedef struct choosing {
    const casus_page *page;
    const casus_words *words;
    casus_block *blocks; /* of the element */
    uint32_t n;
    casus_slice headline;
    bool fragment;
    bool begun;       /* a paragraph of prose was kept */
    unsigned stop;    /* 0, or the level of a heading behind which nothing belongs to the report */
    double all, seen; /* prose in all and so far */
} choosing;

/* Prose that stands for itself, so that it ends what a "Related" began. */
static bool goes_on(const choosing *c, const casus_block *b) {
    if (b->level) return b->level <= c->stop && b->links * 2 < b->len && b->kind == LINE_TEXT;
    return b->prose && b->len >= 100 && b->links * 5 < b->len && !(b->tag & TAG_ITEM) &&
           c->all - c->seen > 0.25 * c->all;
}

static bool wanted(choosing *c, uint32_t at) {
    casus_block *b = &c->blocks[at];
    if (b->prose) c->seen += b->len;
    if (c->stop) {
        if (!goes_on(c, b)) return false;
        c->stop = 0;
    }
    if (b->kind == LINE_CORRECTION) return true;
    if (b->kind == LINE_STOP) {
        c->stop = b->level ? b->level : 7;
        return false;
    }
    if (b->kind == LINE_BYLINE) return false;
    if (b->kind != LINE_TEXT && b->kind != LINE_NOW && !(b->prose && b->len > 200)) return false;
    if (c->headline.len && b->len <= c->headline.len + 3 && !c->begun &&
        overlap(b->text, c->headline) >= 0.9 && count_words(b->text) >= 3)
        return false;
    if (b->links * 2 > b->len && !(b->prose && b->len > 150 && b->links * 10 < b->len * 7))
        return false;
    /* a menu in one line: "Back | Print | Send" */
    if (b->links * 4 > b->len && memchr(b->text.ptr, '|', b->len)) return false;
    if (date_line(c->words, b)) return false;
    if (b->level) return !c->begun && !c->fragment ? false : b->len < 200;
    if (b->prose) {
        if (pulled(c->blocks, c->n, at)) return false;
        c->begun = true;
        return true;
    }
    /* labels, cells, short lines */
    if (!c->begun && !c->fragment) return false;
    if (b->tag & TAG_CELL) return false;
    if (b->tag & TAG_ITEM) return count_words(b->text) >= 2 && b->links == 0;
    const char last = b->text.ptr[b->text.len - 1];
    return b->len >= 15 && (memchr(".:?!\";", last, 6) || (last & 0x80) ||
                            (count_words(b->text) >= 6 && !(b->tag & TAG_CELL)));
}

static void choose(choosing *c) {
    for (uint32_t i = 0; i < c->n; i++)
        if (c->blocks[i].prose) c->all += c->blocks[i].len;
    for (uint32_t i = 0; i < c->n; i++) c->blocks[i].keep = wanted(c, i);
    /* a heading stays only before something, and so do short lines only before prose */
    unsigned below = 7;
    bool behind = false, prose = false;
    for (uint32_t i = c->n; i-- > 0;) {
        casus_block *b = &c->blocks[i];
        if (!b->keep) continue;
        if (b->kind == LINE_CORRECTION) continue;
        if (b->level) {
            b->keep = prose && (behind || below > b->level);
            below = b->keep ? b->level : below;
            behind = false;
        } else {
            prose = prose || b->prose || (b->tag & TAG_ITEM);
            b->keep = prose || c->fragment;
            behind = behind || b->keep;
            if (b->keep) below = 7;
        }
    }
}

/* ---- the text -----------------------------------------------------------------------------------
 */

static bool add_line(casus_buffer *out, casus_slice line) {
    if (out->len) casus_base_buffer_add(out, "\n", 1);
    casus_base_buffer_add(out, line.ptr, line.len);
    return !out->failed;
}

static bool add_block(casus_draft *d, casus_buffer *out, const casus_block *b) {
    if (!add_line(out, b->text)) return false;
    return b->kind != LINE_CORRECTION ||
           casus_read_draft_mark(d, CASUS_MARK_CORRECTION, (uint32_t)(out->len - b->text.len),
                                 (uint32_t)out->len);
}

/* The article as metadata give it, a line a paragraph. */
static bool add_body(casus_draft *d, casus_buffer *out, casus_slice body) {
    casus_slice rest = body, line;
    while (casus_slice_cut(&rest, '\n', &line)) {
        line = casus_read_html_squeeze(d->arena, line);
        if (!line.ptr || (line.len && !add_line(out, line))) return false;
    }
    return true;
}

/* A standfirst between the headline and the element. */
static const casus_block *find_lede(const casus_page *page, const casus_blocks *all,
                                    const casus_block *first, uint32_t headline) {
    if (headline == CASUS_NONE) return NULL;
    for (uint32_t i = 0; i < all->n; i++) {
        const casus_block *b = &all->blocks[i];
        if (b >= first && b->keep) break;
        if (b->first < headline || b->first >= headline + 400 || !b->len || b->len > 600) continue;
        if (b->level == 1 || b->links * 2 > b->len || b->kind != LINE_TEXT ||
            count_words(b->text) < 4)
            continue;
        uint32_t at = b->node;
        for (unsigned up = 0; up < 3 && at != CASUS_NONE; up++, at = page->nodes[at].parent)
            if (page->nodes[at].parts & PART_LEDE) return b;
    }
    return NULL;
}

static size_t prose_of(const choosing *c) {
    size_t n = 0;
    for (uint32_t i = 0; i < c->n; i++) n += c->blocks[i].keep ? c->blocks[i].len : 0;
    return n;
}

casus_status casus_read_html_article(casus_draft *d, const casus_words *words,
                                     const casus_page *page, casus_slice body, bool fragment,
                                     casus_error *err) {
    casus_blocks all;
    casus_status s = casus_read_blocks(&all, d->arena, words, page, fragment, err);
    if (s) return s;
    sums running = {casus_base_arena_zero(d->arena, (size_t)page->n + 1, sizeof(double)),
                    casus_base_arena_zero(d->arena, (size_t)page->n + 1, sizeof(double))};
    if (!running.weights || !running.positives) return casus_base_no_memory(err);
    uint32_t next = 0;
    for (uint32_t i = 0; i < page->n; i++) {
        double weight = 0, positive = 0;
        for (; next < all.n && all.blocks[next].first == i; next++) {
            const double one = weight_of(&all.blocks[next]);
            weight += one;
            positive += one > 0 ? one : 0;
        }
        running.weights[i + 1] = running.weights[i] + weight;
        running.positives[i + 1] = running.positives[i] + positive;
    }
    const uint32_t element = fragment ? 0 : find_element(page, &running);
    uint32_t headline_at = CASUS_NONE;
    casus_slice headline = d->title;
    if (!fragment) {
        const casus_slice meta = without_site(d->title, d->site);
        headline = find_headline(page, &all, meta, element, &headline_at);
        if (!headline.len) headline = shown_title(&all, meta, &headline_at);
        if (!headline.len) headline = meta;
        if (!d->date.len) {
            d->date = find_day(words, page, &all, headline_at);
            d->date_from = d->date.len ? "metadata" : NULL;
        }
        d->title = casus_base_arena_copy(d->arena, headline);
        if (!d->title.ptr) return casus_base_no_memory(err);
        headline = d->title;
    }
    uint32_t from = 0, to = all.n;
    while (from < to && all.blocks[from].first < element) from++;
    while (to > from && all.blocks[to - 1].first >= page->nodes[element].end) to--;
    choosing c = {.page = page,
                  .words = words,
                  .blocks = all.n ? all.blocks + from : NULL,
                  .n = to - from,
                  .headline = headline,
                  .fragment = fragment};
    choose(&c);
    casus_buffer out;
    /* in memory of malloc for the length of this function: an arena cannot grow in place */
    const casus_memory m = casus_base_arena_memory(d->arena);
    casus_base_buffer_init(&out, &m);
    bool held = !headline.len || add_line(&out, headline);
    const size_t before = out.len, prose = prose_of(&c);
    if (body.len > 400 && body.len / 2 > prose) {
        held = held && add_body(d, &out, body);
    } else {
        const casus_block *lede =
            fragment || !c.n ? NULL : find_lede(page, &all, c.blocks, headline_at);
        if (lede) held = held && add_line(&out, lede->text);
        for (uint32_t i = 0; i < c.n && held; i++)
            if (c.blocks[i].keep) held = add_block(d, &out, &c.blocks[i]);
    }
    if (held && out.len == before && !fragment)
        held = casus_read_draft_note(d, CASUS_SLICE("no article found in the page"), 0, 0);
    if (held) {
        d->text = casus_base_arena_copy(d->arena, casus_slice_of(out.ptr ? out.ptr : "", out.len));
        held = d->text.ptr != NULL;
        d->headline = headline.len > 0;
    }
    casus_base_buffer_free(&out);
    return held ? CASUS_OK : casus_base_no_memory(err);
}
