/* draft.c - from what a reader found to an item: encoding, marks, date, language, hash, id. */
#include "read/charset.h"
#include "read/language.h"
#include "read/marks.h"
#include <xxhash.h>

/* The share of a text, in percent, that must be in another language for it to be set aside. */
#define LANGUAGE_PERCENT 60

bool casus_read_draft_note(casus_draft *d, casus_slice reason, uint32_t begin, uint32_t end) {
    casus_note *more = casus_base_arena_grow(d->arena, d->notes, d->n_notes, d->n_notes + 1,
                                             &d->cap_notes, sizeof *more);
    if (!more) return false;
    d->notes = more;
    const casus_slice copy = casus_base_arena_copy(d->arena, reason);
    if (!copy.ptr) return false;
    more[d->n_notes++] = (casus_note){copy.ptr, {begin, end}};
    return true;
}

bool casus_read_draft_mark(casus_draft *d, casus_mark_kind kind, uint32_t begin, uint32_t end) {
    casus_mark *more = casus_base_arena_grow(d->arena, d->marks, d->n_marks, d->n_marks + 1,
                                             &d->cap_marks, sizeof *more);
    if (!more) return false;
    d->marks = more;
    more[d->n_marks++] = (casus_mark){{begin, end}, kind};
    return true;
}

/* "YYYY-MM-DD" in the arena; NULL without memory. */
static const char *day_text(casus_draft *d, int32_t day) {
    int32_t year, month, of_month;
    casus_base_day_split(day, &year, &month, &of_month);
    return casus_base_arena_format(d->arena, "%04d-%02d-%02d", year, month, of_month).ptr;
}

/* The date that the source gives, else that of the dateline; none is made up. */
static casus_status find_date(casus_draft *d, const casus_words *words,
                              const casus_dateline *dateline, casus_item *item, casus_error *err) {
    int32_t day = CASUS_NO_DAY;
    if (d->date.len &&
        (casus_base_day_parse(d->date, &day) || casus_read_date(words, d->date, &day))) {
        item->date_from = d->date_from;
    } else if (d->date.len) {
        const casus_slice reason =
            casus_base_arena_format(d->arena, "the date '%.*s' is not understood",
                                    (int)(d->date.len < 60 ? d->date.len : 60), d->date.ptr);
        if (!reason.ptr || !casus_read_draft_note(d, reason, 0, 0))
            return casus_base_no_memory(err);
    }
    if (day == CASUS_NO_DAY && d->url.len && casus_read_date_url(words, d->url, &day))
        item->date_from = "url";
    if (day == CASUS_NO_DAY && dateline->day != CASUS_NO_DAY) {
        day = dateline->day;
        item->date_from = "dateline";
    }
    if (day == CASUS_NO_DAY) return CASUS_OK;
    item->date = day_text(d, day);
    return item->date ? CASUS_OK : casus_base_no_memory(err);
}

static bool same_language(const char *a, const char *b) {
    const size_t n = strcspn(a, "-_"), m = strcspn(b, "-_");
    return n == m && memcmp(a, b, n) == 0;
}

/* Full of foreign names, a short text is soon taken for another language ("Uzbek president Shavkat
 * Mirziyoyev inaugurates the embassy ..."): one word in twelve that only the wanted language has
 * (data/read/languages.tsv), two at least, and it is not set aside. */
static bool has_language(const casus_words *words, const char *language, casus_slice text) {
    uint32_t n = 0, own = 0;
    for (uint32_t i = 0; i < text.len && n < 2000;) {
        uint32_t end = i;
        while (end < text.len && ((unsigned char)text.ptr[end] >= 0x80 ||
                                  ((text.ptr[end] | 32) >= 'a' && (text.ptr[end] | 32) <= 'z')))
            end++;
        if (end > i) {
            n++;
            own += casus_read_words_language(words, language,
                                             casus_slice_of(text.ptr + i, end - i));
        }
        i = end + (end == i);
    }
    return own >= 2 && own * 12 >= n;
}

static casus_status find_language(casus_draft *d, const casus_words *words, const char *wanted,
                                  casus_item *item, casus_error *err) {
    const char *code;
    int percent;
    item->language = d->language.len ? d->language.ptr : NULL;
    if (!casus_read_language(d->text, &code, &percent)) return CASUS_OK;
    item->language = code;
    if (!wanted || same_language(code, wanted) || percent < LANGUAGE_PERCENT ||
        has_language(words, wanted, d->text))
        return CASUS_OK;
    const casus_slice why =
        casus_base_arena_format(d->arena, "the text is in '%s', not in '%s'", code, wanted);
    if (!why.ptr || !casus_read_draft_note(d, why, 0, 0)) return casus_base_no_memory(err);
    item->aside = why.ptr;
    return CASUS_OK;
}

/* Strings must end: slices of a longer one are copied. */
static bool end_string(casus_draft *d, casus_slice *s) {
    if (!s->len) {
        s->ptr = NULL;
        return true;
    }
    const char *zero = memchr(s->ptr, 0, s->len);
    *s = casus_base_arena_copy(d->arena,
                               casus_slice_of(s->ptr, zero ? (size_t)(zero - s->ptr) : s->len));
    if (s->ptr && !s->len) s->ptr = NULL;
    return s->ptr || zero;
}

casus_status casus_read_finish(casus_draft *d, const casus_words *words, const char *file,
                               const char *name, const char *language, casus_item *item,
                               casus_error *err) {
    memset(item, 0, sizeof *item);
    casus_slice *const strings[] = {&d->id,   &d->url,      &d->title, &d->author,
                                    &d->site, &d->language, &d->date};
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
        if (!end_string(d, strings[i])) return casus_base_no_memory(err);
    const bool plain = d->kind == CASUS_KIND_TEXT;
    if (!d->text.ptr) d->text = CASUS_SLICE("");
    if (plain) {
        const casus_status s = casus_read_charset(d, d->text, CASUS_SLICE(""), true, &d->text, err);
        if (s) return s;
    }
    const uint64_t hash = XXH3_64bits(d->text.ptr, d->text.len);
    const casus_slice digits =
        casus_base_arena_format(d->arena, "x%016llx", (unsigned long long)hash);
    if (!digits.ptr) return casus_base_no_memory(err);
    item->hash = digits.ptr + 1;
    item->id = d->id.ptr                        ? d->id.ptr
               : d->url.ptr                     ? d->url.ptr
               : d->name_is_id && name && *name ? name
                                                : digits.ptr;
    item->file = file;
    item->kind = d->kind;
    item->line = d->line;
    item->text = d->text.ptr;
    item->text_len = d->text.len;
    item->url = d->url.ptr;
    item->title = d->title.ptr;
    item->author = d->author.ptr;
    item->site = d->site.ptr;
    casus_dateline dateline;
    if (!casus_read_marks(d, words, &dateline)) return casus_base_no_memory(err);
    if (dateline.place.len) {
        item->dateline = casus_base_arena_copy(d->arena, dateline.place).ptr;
        if (!item->dateline) return casus_base_no_memory(err);
    }
    casus_status s = find_date(d, words, &dateline, item, err);
    if (!s) s = find_language(d, words, language, item, err);
    if (!s && !item->title && d->n_marks && d->marks[0].kind == CASUS_MARK_HEADLINE) {
        const casus_span at = d->marks[0].span;
        item->title = casus_base_arena_copy(d->arena, casus_slice_of(d->text.ptr + at.begin,
                                                                     at.end - at.begin))
                          .ptr;
        if (!item->title) s = casus_base_no_memory(err);
    }
    item->marks = d->marks;
    item->n_marks = d->n_marks;
    item->notes = d->notes;
    item->n_notes = d->n_notes;
    return s;
}
