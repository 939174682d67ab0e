/* text.c - plain text to a document: valid UTF-8, paragraphs, diagnostics.
 *
 * O(bytes): two passes over the text and, for the paragraphs, memory for the non-empty lines only.
 * Does not unwrap lines, look for a date or a language, or read markup.
 */
#include "read/read.h"

static bool blank(uint32_t cp) {
    return cp == ' ' || (cp >= '\t' && cp <= '\r') || cp == 0x85 || cp == 0xA0 || cp == 0x1680 ||
           (cp >= 0x2000 && cp <= 0x200B) || cp == 0x2028 || cp == 0x2029 || cp == 0x202F ||
           cp == 0x205F || cp == 0x3000 || cp == 0xFEFF;
}

/* Length of the code point that ends at s[n), valid UTF-8, n > 0. */
static uint32_t last_length(const char *s, uint32_t n) {
    uint32_t len = 1;
    while (len < n && len < 4 && ((unsigned char)s[n - len] & 0xC0) == 0x80) len++;
    return len;
}

/* Takes the blanks off both ends of [*begin, *end). */
static void trim(const char *s, uint32_t *begin, uint32_t *end) {
    uint32_t cp;
    while (*begin < *end) {
        uint32_t len = casus_base_utf8_get(s + *begin, *end - *begin, &cp);
        if (!blank(cp)) break;
        *begin += len;
    }
    while (*begin < *end) {
        uint32_t len = last_length(s + *begin, *end - *begin);
        casus_base_utf8_get(s + *end - len, len, &cp);
        if (!blank(cp)) break;
        *end -= len;
    }
}

casus_status casus_read_note(casus_text *text, const char *stage, casus_slice reason,
                             uint32_t begin, uint32_t end) {
    casus_diagnostic *more =
        casus_base_arena_grow(text->arena, text->diagnostics, text->n_diagnostics,
                              text->n_diagnostics + 1, &text->cap_diagnostics, sizeof *more);
    if (!more) return CASUS_E_MEMORY;
    text->diagnostics = more;
    casus_slice copy = casus_base_arena_copy(text->arena, reason);
    if (!copy.ptr) return CASUS_E_MEMORY;
    more[text->n_diagnostics++] = (casus_diagnostic){stage, copy, begin, end};
    return CASUS_OK;
}

static casus_status note_invalid(casus_text *text, bool further, uint32_t bytes, uint32_t begin,
                                 uint32_t end) {
    casus_slice reason =
        casus_base_arena_format(text->arena, "%u %sinvalid byte%s replaced by '?'", (unsigned)bytes,
                                further ? "further " : "", bytes == 1 ? "" : "s");
    return reason.ptr ? casus_read_note(text, "read", reason, begin, end) : CASUS_E_MEMORY;
}

/* Makes s[0..n) valid UTF-8 in place; moves *at over the next run of invalid bytes and gives its
 * beginning. False when all the rest is valid. */
static bool next_invalid(char *s, uint32_t n, uint32_t *at, uint32_t *begin) {
    *at += (uint32_t)casus_base_utf8_valid(s + *at, n - *at);
    if (*at == n) return false;
    *begin = *at;
    uint32_t cp;
    do {
        s[(*at)++] = '?';
    } while (*at < n && (unsigned char)s[*at] >= 0x80 &&
             casus_base_utf8_get(s + *at, n - *at, &cp) == 1);
    return true;
}

static casus_status clean(casus_text *text, char *s, uint32_t n) {
    uint32_t at = 0, begin = 0, runs = 0, further = 0, first = 0, last = 0;
    casus_status status = CASUS_OK;
    while (status == CASUS_OK && next_invalid(s, n, &at, &begin)) {
        if (runs++ < CASUS_READ_MOST_INVALID) {
            status = note_invalid(text, false, at - begin, begin, at);
        } else {
            if (further == 0) first = begin;
            further += at - begin;
            last = at;
        }
    }
    if (status == CASUS_OK && further) status = note_invalid(text, true, further, first, last);
    return status;
}

/* Byte order marks at the beginning of a line (of a file, of files put together) become three
 * blanks, so that they are no part of the first word and offsets stay. */
static void blank_marks(char *s, uint32_t n) {
    for (uint32_t at = 0; at + 3 <= n; at++) {
        if (memcmp(s + at, "\xEF\xBB\xBF", 3) == 0) memset(s + at, ' ', 3);
        const char *end = memchr(s + at, '\n', n - at);
        if (!end) return;
        at = (uint32_t)(end - s);
    }
}

static casus_status find_paragraphs(casus_text *text) {
    casus_slice rest = text->text, line;
    size_t n = 0, cap = 0;
    casus_paragraph *paragraphs = NULL;
    while (casus_slice_cut(&rest, '\n', &line)) {
        uint32_t begin = (uint32_t)(line.ptr - text->text.ptr), end = begin + line.len;
        trim(text->text.ptr, &begin, &end);
        if (begin == end) continue;
        casus_paragraph *more =
            casus_base_arena_grow(text->arena, paragraphs, n, n + 1, &cap, sizeof *more);
        if (!more) return CASUS_E_MEMORY;
        paragraphs = more;
        paragraphs[n++] = (casus_paragraph){begin, end};
    }
    text->paragraphs = paragraphs;
    text->n_paragraphs = (uint32_t)n;
    return CASUS_OK;
}

casus_status casus_read_text(casus_text **out, casus_arena *arena, casus_slice id,
                             casus_slice bytes, int32_t day, casus_error *err) {
    *out = NULL;
    if (bytes.len > CASUS_READ_MOST_BYTES) {
        return casus_base_fail(err, CASUS_E_LIMIT, "document has %u bytes, at most %u are taken",
                               (unsigned)bytes.len, CASUS_READ_MOST_BYTES);
    }
    casus_text *text = casus_base_arena_zero(arena, 1, sizeof *text);
    if (!text) return casus_base_no_memory(err);
    text->arena = arena;
    text->day = day;
    text->id = casus_base_arena_copy(arena, id);
    text->text = casus_base_arena_copy(arena, bytes);
    if (!text->id.ptr || !text->text.ptr) return casus_base_no_memory(err);

    uint32_t at = 0, begin = 0;
    char *id_bytes = (char *)(uintptr_t)text->id.ptr;
    bool id_changed = false;
    while (next_invalid(id_bytes, text->id.len, &at, &begin)) id_changed = true;
    casus_status status = CASUS_OK;
    if (id_changed) {
        status = casus_read_note(text, "read",
                                 CASUS_SLICE("invalid bytes of the id replaced by '?'"), 0, 0);
    }
    char *bytes_kept = (char *)(uintptr_t)text->text.ptr;
    if (status == CASUS_OK) status = clean(text, bytes_kept, text->text.len);
    blank_marks(bytes_kept, text->text.len);
    if (status == CASUS_OK) status = find_paragraphs(text);
    if (status != CASUS_OK) return casus_base_no_memory(err); /* the only way to fail here */
    *out = text;
    return CASUS_OK;
}

uint32_t casus_read_paragraph_at(const casus_text *text, uint32_t at) {
    uint32_t low = 0, high = text->n_paragraphs; /* the first that begins behind `at` */
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (text->paragraphs[mid].begin <= at) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    return low ? low - 1 : CASUS_NONE;
}

bool casus_read_left_out(const casus_text *text, uint32_t at) {
    size_t low = 0, high = text->n_marks; /* the first that begins behind `at` */
    while (low < high) {
        const size_t mid = low + (high - low) / 2;
        if (text->marks[mid].span.begin <= at)
            low = mid + 1;
        else
            high = mid;
    }
    if (!low || text->marks[low - 1].span.end <= at) return false;
    const casus_mark_kind kind = text->marks[low - 1].kind;
    return kind == CASUS_MARK_BYLINE || kind == CASUS_MARK_CAPTION || kind == CASUS_MARK_MORE ||
           kind == CASUS_MARK_CORRECTION;
}
