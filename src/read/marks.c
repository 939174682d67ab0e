/* marks.c - what in a text is no report of its own: headline, dateline, agency, byline, caption,
 * "Read more", correction.
 *
 * A line is known by the rows of data/read/lines.tsv; a dateline by its shape: a place in capitals,
 * or any place with a date or an agency behind it, then a dash or the like. One pass over the
 * lines; only the first few are looked at for headline, byline and dateline. */
#include "read/marks.h"

#define DATELINE_LINES 6u  /* lines from the top in which a dateline may stand */
#define DATELINE_MOST 110u /* bytes of a dateline with its dash */
#define HEADLINE_MOST 200u
#define BYLINE_MOST 90u

static bool upper(char c) {
    return c >= 'A' && c <= 'Z';
}
static bool lower(char c) {
    return c >= 'a' && c <= 'z';
}
static bool digit(char c) {
    return c >= '0' && c <= '9';
}

/* The dash of a dateline at s[at): its bytes, with the blanks around; 0 when there is none. */
static uint32_t dash(casus_slice s, uint32_t at) {
    static const char *const dashes[] = {" - ",
                                         " -- ",
                                         " \xE2\x80\x93 ",
                                         " \xE2\x80\x94 ",
                                         " \xE2\x80\x95 ",
                                         "--",
                                         "\xE2\x80\x94",
                                         " \xE2\x80\x93",
                                         "- "};
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++) {
        const uint32_t n = (uint32_t)strlen(dashes[i]);
        if (at + n < s.len && memcmp(s.ptr + at, dashes[i], n) == 0) return n;
    }
    return 0;
}

typedef struct shape {
    unsigned words, capitals, small; /* words of the place; all in capitals; begun with a small */
    bool agency, date;
    uint32_t place_end;
    casus_span mark; /* of the agency */
} shape;

/* Reads "PLACE, Land, May 3, 2024 (Agency)" in s[0, end): what it is made of. False for other
 * words.
 */
static bool read_shape(const casus_words *words, casus_slice s, uint32_t end, shape *out) {
    memset(out, 0, sizeof *out);
    bool place = true;
    for (uint32_t at = 0; at < end;) {
        const char c = s.ptr[at];
        if (c == '(' || c == '/' || c == '[') {
            const char close = c == '(' ? ')' : c == '[' ? ']' : '/';
            const char *stop = memchr(s.ptr + at + 1, close, end - at - 1);
            if (!stop) return false;
            const casus_slice name =
                casus_slice_of(s.ptr + at + 1, (size_t)(stop - s.ptr) - at - 1);
            if (!casus_read_words_agency(words, name)) return false;
            out->agency = true;
            out->mark = (casus_span){at, (uint32_t)(stop - s.ptr) + 1};
            if (place) out->place_end = at;
            place = false;
            at = out->mark.end;
        } else if (digit(c)) {
            if (place) out->place_end = at;
            place = false;
            out->date = true;
            while (at < end && (digit(s.ptr[at]) || lower(s.ptr[at]))) at++;
        } else if (upper(c) || lower(c) || ((unsigned char)c & 0x80)) {
            const uint32_t begin = at;
            bool all = true;
            while (at < end && (upper(s.ptr[at]) || lower(s.ptr[at]) || s.ptr[at] == '\'' ||
                                s.ptr[at] == '-' || ((unsigned char)s.ptr[at] & 0x80))) {
                all = all && !lower(s.ptr[at]);
                at++;
            }
            const casus_slice word = casus_slice_of(s.ptr + begin, at - begin);
            const bool month = casus_read_words_month(words, word) != 0;
            if (month && (out->words || digit(end > at + 1 ? s.ptr[at + 1] : ' '))) {
                if (place) out->place_end = begin;
                place = false;
                out->date = true;
            } else if (place) {
                out->words++;
                out->capitals += all && word.len >= 2;
                out->small += lower(c) && word.len > 3;
            } else if (!casus_read_words_agency(words, word) && lower(c) && word.len > 2) {
                return false;
            }
        } else if (c == ' ' || c == ',' || c == '.') {
            at++;
        } else {
            return false;
        }
    }
    if (place) out->place_end = end;
    while (out->place_end && memchr(" ,.", s.ptr[out->place_end - 1], 3)) out->place_end--;
    return out->words > 0;
}

/* A dateline at the beginning of the line: its length with the dash, 0 for none. */
static uint32_t dateline_of(const casus_words *words, casus_slice line, shape *found) {
    const uint32_t most = line.len < DATELINE_MOST ? line.len : DATELINE_MOST;
    for (uint32_t at = 3; at < most; at++) {
        uint32_t n = dash(line, at);
        /* "NEW DELHI (ANI): ...", "MOSCOW, May 3. /TASS/. ..." */
        const bool behind = !n && (line.ptr[at - 1] == ')' || line.ptr[at - 1] == '/') &&
                            at + 1 < line.len && (line.ptr[at] == ':' || line.ptr[at] == '.') &&
                            line.ptr[at + 1] == ' ';
        if (behind) n = 2;
        if (!n || !read_shape(words, line, at, found)) {
            if (n) return 0;
            continue;
        }
        if (found->words > 8 || found->small > 1 || (behind && !found->agency)) return 0;
        const bool told = found->agency || found->date;
        if (found->capitals && found->capitals * 2 >= found->words) return at + n;
        if (found->capitals && upper(line.ptr[0]) && upper(line.ptr[1])) return at + n;
        if (told && found->words <= 5 && upper(line.ptr[0])) return at + n;
        return 0;
    }
    return 0;
}

/* "By Ann Smith", "By ANN SMITH and John Doe", "Ann Smith, Nairobi" is none. */
static bool byline(casus_slice line) {
    static const char *const small[] = {"and", "in",  "for", "with", "of", "the", "at", "de",
                                        "van", "von", "al",  "bin",  "el", "ibn", "du", "la"};
    if (line.len < 6 || line.len > BYLINE_MOST || (line.ptr[0] != 'B' && line.ptr[0] != 'b') ||
        (line.ptr[1] | 32) != 'y' || (line.ptr[2] != ' ' && line.ptr[2] != ':'))
        return false;
    if (strchr(".!?", line.ptr[line.len - 1])) return false;
    casus_slice rest = casus_slice_trim(casus_slice_of(line.ptr + 3, line.len - 3)), word;
    unsigned n = 0;
    while (casus_slice_cut(&rest, ' ', &word)) {
        if (!word.len || memchr("|&,-", word.ptr[0], 4)) continue;
        bool known = upper(word.ptr[0]) || (unsigned char)word.ptr[0] >= 0xC3;
        if (word.ptr[word.len - 1] == ',') word.len--;
        for (size_t i = 0; i < sizeof small / sizeof *small && !known; i++)
            known = casus_slice_is(word, small[i]);
        if (!known) return false;
        n++;
    }
    return n >= 2 && n <= 12;
}

static bool headline_like(casus_slice line) {
    unsigned words = 1;
    for (uint32_t i = 0; i < line.len; i++) words += line.ptr[i] == ' ';
    const char last = line.ptr[line.len - 1];
    return line.len <= HEADLINE_MOST && words >= 3 && words <= 30 && !strchr(".:;,", last);
}

static int mark_of(casus_line_kind kind) {
    switch (kind) {
    case LINE_MORE:
        return CASUS_MARK_MORE;
    case LINE_CAPTION:
        return CASUS_MARK_CAPTION;
    case LINE_CORRECTION:
        return CASUS_MARK_CORRECTION;
    case LINE_BYLINE:
        return CASUS_MARK_BYLINE;
    default:
        return -1;
    }
}

bool casus_read_marks(casus_draft *d, const casus_words *words, casus_dateline *dateline) {
    *dateline = (casus_dateline){{NULL, 0}, CASUS_NO_DAY};
    d->n_marks = 0; /* the readers' own are found again by their words */
    casus_slice rest = d->text, line;
    unsigned n = 0;
    bool held = true;
    while (held && casus_slice_cut(&rest, '\n', &line)) {
        line = casus_slice_trim(line);
        if (!line.len) continue;
        n++;
        const uint32_t begin = (uint32_t)(line.ptr - d->text.ptr), end = begin + line.len;
        if (n == 1 && !d->headline && byline(line)) {
            held = casus_read_draft_mark(d, CASUS_MARK_BYLINE, begin, end);
            continue;
        }
        if (n == 1 && (d->headline || (headline_like(line) && casus_slice_trim(rest).len))) {
            shape any;
            if (d->headline || !dateline_of(words, line, &any)) {
                held = casus_read_draft_mark(d, CASUS_MARK_HEADLINE, begin, end);
                continue;
            }
        }
        if (n <= DATELINE_LINES && !dateline->place.len) {
            shape found;
            const uint32_t len = dateline_of(words, line, &found);
            if (len) {
                held = casus_read_draft_mark(d, CASUS_MARK_DATELINE, begin, begin + len);
                if (held && found.agency)
                    held = casus_read_draft_mark(d, CASUS_MARK_AGENCY, begin + found.mark.begin,
                                                 begin + found.mark.end);
                dateline->place = casus_slice_of(line.ptr, found.place_end);
                const casus_slice tail =
                    casus_slice_of(line.ptr + found.place_end, len - found.place_end);
                if (!casus_read_date(words, tail, &dateline->day)) dateline->day = CASUS_NO_DAY;
                continue;
            }
        }
        const int mark = mark_of(casus_read_words_line(words, line));
        if (mark >= 0)
            held = casus_read_draft_mark(d, (casus_mark_kind)mark, begin, end);
        else if (n <= DATELINE_LINES && byline(line))
            held = casus_read_draft_mark(d, CASUS_MARK_BYLINE, begin, end);
    }
    return held;
}
