/* words.c - the words of sentences for full text, and what a user asks of them.
 *
 * Both databases get the same words, folded and parted here, so that they find the same: letters,
 * marks and digits, in lower case and without accents. No stemming: "attack*" finds its forms. */
#include "store/store_int.h"
#include <utf8proc.h>

static bool is_word(uint32_t cp) {
    if (cp < 0x80) return (cp >= '0' && cp <= '9') || (cp >= 'a' && cp <= 'z');
    switch (utf8proc_category((utf8proc_int32_t)cp)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
        return true;
    default:
        return false;
    }
}

/* Cuts the next word off *rest; false when there is none. A word too long is cut. */
static bool next_word(casus_slice *rest, casus_slice *word) {
    uint32_t at = 0, begin = UINT32_MAX, cut = UINT32_MAX;
    while (at < rest->len) {
        uint32_t cp;
        const uint32_t step = casus_base_utf8_get(rest->ptr + at, rest->len - at, &cp);
        if (is_word(cp)) {
            if (begin == UINT32_MAX) begin = at;
            if (cut == UINT32_MAX && at + step - begin > STORE_WORD_MOST) cut = at;
        } else if (begin != UINT32_MAX) {
            break;
        }
        at += step;
    }
    if (begin == UINT32_MAX) return false;
    *word = casus_slice_of(rest->ptr + begin, (cut == UINT32_MAX ? at : cut) - begin);
    *rest = casus_slice_of(rest->ptr + at, rest->len - at);
    return true;
}

static casus_slice fold(casus_arena **arena, const casus_buffer *b, casus_slice text) {
    *arena = casus_base_arena_new(&b->memory);
    return *arena ? casus_base_utf8_fold(*arena, text) : casus_slice_of(NULL, 0);
}

casus_status store_words(casus_buffer *to, casus_slice text, casus_error *err) {
    casus_arena *arena = NULL;
    const size_t from = to->len;
    if (text.len > 2 * STORE_WORDS_MOST) {
        text.len = 2 * STORE_WORDS_MOST;
        text.len = (uint32_t)casus_base_utf8_valid(text.ptr, text.len);
    }
    casus_slice rest = fold(&arena, to, text), word;
    const bool none = !rest.ptr;
    while (!none && next_word(&rest, &word) && to->len - from + word.len < STORE_WORDS_MOST) {
        if (to->len > from) casus_base_buffer_add(to, " ", 1);
        casus_base_buffer_add(to, word.ptr, word.len);
    }
    casus_base_arena_free(arena);
    return none || to->failed ? casus_base_no_memory(err) : CASUS_OK;
}

/* One word or phrase: "one two" (SQLite) or 'one' <-> 'two' (PostgreSQL). */
static void add_phrase(casus_buffer *to, casus_slice text, bool prefix, bool postgres) {
    casus_slice word;
    bool first = true;
    const size_t from = to->len;
    while (next_word(&text, &word)) {
        if (first && from) casus_base_buffer_format(to, postgres ? " & " : " ");
        if (first && !postgres) casus_base_buffer_format(to, "\"");
        if (!first) casus_base_buffer_format(to, postgres ? " <-> " : " ");
        if (postgres) casus_base_buffer_format(to, "'");
        casus_base_buffer_add(to, word.ptr, word.len);
        if (postgres) casus_base_buffer_format(to, "'");
        first = false;
    }
    if (first) return;
    if (!postgres) casus_base_buffer_format(to, "\"");
    if (prefix) casus_base_buffer_format(to, postgres ? ":*" : " *");
}

casus_status store_words_query(casus_buffer *to, const char *query, bool postgres,
                               casus_error *err) {
    casus_arena *arena = NULL;
    const size_t len = strlen(query);
    if (len > 4096 || casus_base_utf8_valid(query, len) != len)
        return casus_base_fail(err, CASUS_E_ARGUMENT,
                               "the words to find are no UTF-8, or too many");
    casus_slice text = fold(&arena, to, casus_slice_of(query, len));
    if (!text.ptr) {
        casus_base_arena_free(arena);
        return casus_base_no_memory(err);
    }
    for (uint32_t at = 0; at < text.len;) {
        const char c = text.ptr[at];
        if (c == ' ' || c == '\t' || c == '\n') {
            at++;
            continue;
        }
        uint32_t end = at + 1;
        const char stop = c == '"' ? '"' : ' ';
        while (end < text.len && text.ptr[end] != stop) end++;
        const uint32_t begin = c == '"' ? at + 1 : at;
        const bool star =
            c == '"' ? end + 1 < text.len && text.ptr[end + 1] == '*' : text.ptr[end - 1] == '*';
        add_phrase(to, casus_slice_of(text.ptr + begin, end > begin ? end - begin : 0), star,
                   postgres);
        at = c == '"' ? end + 1 + star : end;
    }
    casus_base_arena_free(arena);
    if (to->failed) return casus_base_no_memory(err);
    return to->len ? CASUS_OK
                   : casus_base_fail(err, CASUS_E_ARGUMENT, "no word to find in '%.64s'", query);
}
