/* meta.c - what a page says of itself: JSON-LD, OpenGraph and other meta elements, <time>, elements
 * named as byline or date, the address.
 *
 * Of several the one with the lowest rank in data/read/meta.tsv counts, then the first. The title
 * is only proposed: article.c prefers the headline that is shown. */
#include "read/html.h"
#include <jansson.h>

enum { RANK_NONE = 255, RANK_TIME = 20, RANK_SHOWN = 30, RANK_TITLE = 40, RANK_URL = 50 };

#define LD_DEPTH 8         /* objects of JSON-LD inside each other that are looked at */
#define LD_MOST (1u << 20) /* bytes of one piece of JSON-LD */
#define SHOWN_MOST 160u    /* bytes of a byline or a line with a date */
#define ABOVE_MOST 200u    /* bytes between a date and the headline below it */

typedef struct finding {
    casus_slice value[FIELDS];
    unsigned rank[FIELDS];
    casus_arena *arena;
    const casus_words *words;
    bool no_memory;
} finding;

static void offer(finding *f, casus_field field, unsigned rank, casus_slice value) {
    if (field == FIELD_NONE || rank >= f->rank[field]) return;
    value = field == FIELD_TEXT ? value : casus_read_html_squeeze(f->arena, value);
    if (!value.ptr) f->no_memory = true;
    if (!value.len) return;
    if (field == FIELD_URL && !(value.len > 7 && memcmp(value.ptr, "http", 4) == 0)) return;
    int32_t day;
    if (field == FIELD_DATE && !casus_read_date(f->words, value, &day)) return;
    /* an author's page is no name */
    if (field == FIELD_AUTHOR && value.len > 7 && memcmp(value.ptr, "http", 4) == 0) return;
    f->value[field] = value;
    f->rank[field] = rank;
}

/* ---- JSON-LD -------------------------------------------------------------------------------- */

static casus_slice string_of(const json_t *value) {
    return casus_slice_of(json_string_value(value), json_string_length(value));
}

/* A name: a string, an object's "name" (or "@id"), of several their names with commas. */
static casus_slice name_of(finding *f, const json_t *value) {
    if (json_is_string(value)) return string_of(value);
    if (json_is_object(value)) {
        const json_t *name = json_object_get(value, "name");
        if (!json_is_string(name)) name = json_object_get(value, "@id");
        return json_is_string(name) ? string_of(name) : CASUS_SLICE("");
    }
    casus_slice all = CASUS_SLICE("");
    for (size_t i = 0; i < json_array_size(value) && i < 10; i++) {
        const json_t *one = json_array_get(value, i);
        if (json_is_array(one)) continue;
        const casus_slice name = name_of(f, one);
        if (!name.len) continue;
        all = all.len ? casus_base_arena_format(f->arena, "%.*s, %.*s", (int)all.len, all.ptr,
                                                (int)name.len, name.ptr)
                      : name;
        if (!all.ptr) {
            f->no_memory = true;
            return CASUS_SLICE("");
        }
    }
    return all;
}

static bool is_article(const json_t *type) {
    static const char *const kinds[] = {"Article", "BlogPosting", "Report", "PressRelease",
                                        "SocialMediaPosting"};
    if (json_is_array(type)) {
        for (size_t i = 0; i < json_array_size(type); i++)
            if (json_is_string(json_array_get(type, i)) && is_article(json_array_get(type, i)))
                return true;
        return false;
    }
    const char *s = json_string_value(type);
    for (size_t i = 0; s && i < sizeof kinds / sizeof *kinds; i++)
        if (strstr(s, kinds[i])) return true;
    return false;
}

static void take_object(finding *f, json_t *object, unsigned depth) {
    if (depth > LD_DEPTH) return;
    if (json_is_array(object)) {
        for (size_t i = 0; i < json_array_size(object) && i < 200; i++)
            take_object(f, json_array_get(object, i), depth + 1);
        return;
    }
    if (!json_is_object(object)) return;
    take_object(f, json_object_get(object, "@graph"), depth + 1);
    if (!is_article(json_object_get(object, "@type"))) {
        take_object(f, json_object_get(object, "mainEntity"), depth + 1);
        return;
    }
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value) {
        unsigned rank;
        const casus_field field = casus_read_words_field(f->words, "ld", casus_slice_z(key), &rank);
        if (field == FIELD_NONE) continue;
        const casus_slice name = name_of(f, value);
        if (!name.len) continue;
        /* JSON lives shorter than the document */
        const casus_slice copy = casus_base_arena_copy(f->arena, name);
        if (!copy.ptr)
            f->no_memory = true;
        else
            offer(f, field, rank, copy);
    }
}

/* ---- elements ------------------------------------------------------------------------------- */

/* The text below a node, at most `most` bytes of it. */
static casus_slice text_below(finding *f, const casus_page *page, uint32_t at, uint32_t most) {
    const uint32_t end = page->nodes[at].end;
    uint32_t n = 0;
    for (uint32_t i = at + 1; i < end && n <= most; i++) n += page->nodes[i].text.len + 1;
    char *to = casus_base_arena_get(f->arena, (size_t)n + 1);
    if (!to) {
        f->no_memory = true;
        return CASUS_SLICE("");
    }
    uint32_t len = 0;
    for (uint32_t i = at + 1; i < end && len < n; i++) {
        const casus_node *node = &page->nodes[i];
        if (node->name.len) {
            if (node->tag & TAG_BLOCK) to[len++] = ' ';
            continue;
        }
        if (len + node->text.len > n) break;
        memcpy(to + len, node->text.ptr, node->text.len);
        len += node->text.len;
    }
    return casus_read_html_squeeze(f->arena, casus_slice_of(to, len));
}

static void take_script(finding *f, const casus_page *page, uint32_t at) {
    const casus_node *node = &page->nodes[at];
    if (!node->label.len || !strstr(node->label.ptr, "ld+json")) return;
    size_t n = 0;
    for (uint32_t i = at + 1; i < node->end; i++) n += page->nodes[i].text.len;
    if (n > LD_MOST) return;
    char *text = casus_base_arena_get(f->arena, n + 1);
    if (!text) {
        f->no_memory = true;
        return;
    }
    n = 0;
    for (uint32_t i = at + 1; i < node->end; i++) {
        const casus_slice more = page->nodes[i].text;
        if (more.len) memcpy(text + n, more.ptr, more.len);
        n += more.len;
    }
    json_error_t why;
    json_t *ld = json_loadb(text, n, 0, &why);
    take_object(f, ld, 0);
    json_decref(ld);
}

static casus_slice without_by(casus_slice s) {
    static const char *const before[] = {"By ", "by ", "BY ", "By: ", "Author: ", "Written by "};
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
        const uint32_t n = (uint32_t)strlen(before[i]);
        if (s.len > n && memcmp(s.ptr, before[i], n) == 0)
            return casus_slice_of(s.ptr + n, s.len - n);
    }
    return s;
}

/* A name and nothing else: no digits, few words. */
static bool name_like(casus_slice s) {
    uint32_t blanks = 0;
    for (uint32_t i = 0; i < s.len; i++) {
        if ((s.ptr[i] >= '0' && s.ptr[i] <= '9') || strchr("@|:!?", s.ptr[i])) return false;
        blanks += s.ptr[i] == ' ';
    }
    return s.len >= 3 && s.len <= 80 && blanks <= 7;
}

/* Where a date is another one: that of the visit (a masthead, a clock) or of another story (a
 * list beside the article), unless the headline itself stands there. */
static bool strange(const casus_page *page, uint32_t at, uint32_t headline) {
    const casus_node *node = &page->nodes[at];
    if (node->parts & PART_NOW) return true;
    if (at < headline && headline < node->end) return false;
    if (node->tag & TAG_LINK) return true;
    if (node->tag & TAG_DROP && !casus_slice_is(node->name, "header")) return true;
    return at < headline && casus_slice_is(node->name, "header");
}

/* Between a date and the headline below it there is hardly more than a byline: no menu. */
static bool stands_close(const casus_page *page, uint32_t at, uint32_t headline) {
    uint32_t bytes = 0, links = 0;
    for (uint32_t i = page->nodes[at].end; i < headline; i++) {
        if (page->nodes[i].tag & TAG_LINK && ++links > 3) return false;
        if (!page->nodes[i].name.len) bytes += page->nodes[i].text.len;
        if (bytes > ABOVE_MOST || i - at > 60) return false;
    }
    return true;
}

static void take_shown(finding *f, const casus_page *page) {
    uint32_t first = 0;
    while (first < page->n && page->nodes[first].level != 1) first++;
    if (first == page->n) first = 0;
    /* behind the headline first, then before it */
    for (unsigned turn = 0; turn < 2; turn++) {
        const uint32_t from = turn ? 1 : first, to = turn ? first : page->n;
        uint32_t strange_end = 0;
        for (uint32_t i = from; i < to; i++) {
            const casus_node *node = &page->nodes[i];
            if (node->hidden) {
                i = node->end - 1;
                continue;
            }
            if (i >= strange_end && node->name.len && strange(page, i, first))
                strange_end = node->end;
            const bool comment = (node->parts & PART_DROP) && (node->tag & TAG_ITEM);
            const bool dated = i >= strange_end && !comment;
            if (dated && casus_slice_is(node->name, "time") &&
                f->rank[FIELD_DATE] > RANK_TIME + turn && (!turn || stands_close(page, i, first))) {
                const casus_slice day =
                    node->text.len ? node->text : text_below(f, page, i, SHOWN_MOST);
                offer(f, FIELD_DATE, RANK_TIME + turn, day);
            }
            if (dated && (node->parts & PART_DATE) && f->rank[FIELD_DATE] > RANK_SHOWN + turn &&
                (!turn || stands_close(page, i, first))) {
                const casus_slice text = text_below(f, page, i, SHOWN_MOST);
                if (text.len <= SHOWN_MOST) offer(f, FIELD_DATE, RANK_SHOWN + turn, text);
            }
            if ((node->parts & PART_AUTHOR) && !comment &&
                f->rank[FIELD_AUTHOR] > RANK_SHOWN + turn) {
                const casus_slice text = without_by(text_below(f, page, i, SHOWN_MOST));
                if (name_like(text)) offer(f, FIELD_AUTHOR, RANK_SHOWN + turn, text);
            }
        }
    }
}

static casus_slice host_of(casus_slice url) {
    const char *slashes = url.len > 8 ? memchr(url.ptr, ':', 8) : NULL;
    if (!slashes || url.len < (uint32_t)(slashes - url.ptr) + 3) return CASUS_SLICE("");
    const char *begin = slashes + 3;
    uint32_t n = 0;
    while (begin + n < url.ptr + url.len && !memchr("/?#:", begin[n], 4)) n++;
    if (n > 4 && memcmp(begin, "www.", 4) == 0) return casus_slice_of(begin + 4, n - 4);
    return casus_slice_of(begin, n);
}

/* "en", "en-GB", "en_GB" -> "en" */
static casus_slice language_of(casus_slice s) {
    uint32_t n = 0;
    while (n < s.len && ((s.ptr[n] | 32) >= 'a' && (s.ptr[n] | 32) <= 'z')) n++;
    return casus_slice_of(s.ptr, n == 2 || n == 3 ? n : 0);
}

casus_status casus_read_html_meta(casus_draft *d, const casus_words *words, const casus_page *page,
                                  casus_slice *body, casus_error *err) {
    finding f = {.arena = d->arena, .words = words};
    for (unsigned i = 0; i < FIELDS; i++) f.rank[i] = RANK_NONE;
    for (uint32_t i = 1; i < page->n; i++) {
        const casus_node *node = &page->nodes[i];
        if (!(node->tag & TAG_META)) {
            unsigned rank;
            if (node->label.len && node->text.len)
                offer(&f, casus_read_words_field(words, "page", node->label, &rank), rank,
                      node->text);
            continue;
        }
        if (casus_slice_is(node->name, "script")) {
            take_script(&f, page, i);
        } else if (casus_slice_is(node->name, "title")) {
            offer(&f, FIELD_TITLE, RANK_TITLE, text_below(&f, page, i, 1000));
        } else if (node->label.len) {
            unsigned rank = 0;
            casus_slice value = node->text;
            const casus_field field = casus_read_words_field(words, "page", node->label, &rank);
            if (!value.len && field != FIELD_NONE) value = text_below(&f, page, i, SHOWN_MOST);
            offer(&f, field, rank, field == FIELD_AUTHOR ? without_by(value) : value);
        }
    }
    take_shown(&f, page);
    const casus_slice url = d->url.len ? d->url : f.value[FIELD_URL];
    if (f.rank[FIELD_SITE] == RANK_NONE) offer(&f, FIELD_SITE, RANK_URL, host_of(url));
    int32_t day;
    if (!d->date.len && f.value[FIELD_DATE].len) {
        d->date = f.value[FIELD_DATE];
        d->date_from = "metadata";
    } else if (!d->date.len && casus_read_date_url(words, url, &day)) {
        int32_t year, month, of_month;
        casus_base_day_split(day, &year, &month, &of_month);
        d->date = casus_base_arena_format(d->arena, "%04d-%02d-%02d", year, month, of_month);
        d->date_from = "url";
        if (!d->date.ptr) f.no_memory = true;
    }
    if (!d->url.len) d->url = f.value[FIELD_URL];
    if (!d->title.len) d->title = f.value[FIELD_TITLE];
    if (!d->author.len) d->author = f.value[FIELD_AUTHOR];
    if (!d->site.len) d->site = f.value[FIELD_SITE];
    if (!d->language.len && f.value[FIELD_LANGUAGE].len)
        d->language = language_of(f.value[FIELD_LANGUAGE]);
    if (!d->language.len) d->language = language_of(page->language);
    *body = f.value[FIELD_TEXT];
    return f.no_memory ? casus_base_no_memory(err) : CASUS_OK;
}
