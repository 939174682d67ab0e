/* Arbitrary bytes as a text and as a full-text query: words and queries are of the form that both
 * databases take, and no longer than they may be. */
#include "fuzz.h"
#include "store/store_int.h"

/* Words of letters and digits, parted by single blanks. */
static void check_words(const casus_buffer *b) {
    FUZZ_MUST(b->len <= STORE_WORDS_MOST);
    bool blank = true;
    for (size_t i = 0; i < b->len; i++) {
        const char c = b->ptr[i];
        FUZZ_MUST(c != '\'' && c != '"' && c != '\\' && c != '\t' && c != '\n' && c != 0);
        FUZZ_MUST(c != ' ' || !blank);
        blank = c == ' ';
    }
    FUZZ_MUST(!b->len || !blank);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size > 1u << 16) return 0;
    const casus_memory memory = casus_base_memory_default();
    casus_buffer b;
    casus_error err = {0};
    casus_base_buffer_init(&b, &memory);
    const char *text = (const char *)data;
    const size_t valid = casus_base_utf8_valid(text, size);
    FUZZ_MUST(store_words(&b, casus_slice_of(text ? text : "", valid), &err) == CASUS_OK);
    check_words(&b);
    char *query = casus_base_alloc(&memory, size + 1);
    FUZZ_MUST(query != NULL);
    if (size) memcpy(query, text, size);
    query[size] = 0;
    for (int postgres = 0; postgres < 2; postgres++) {
        b.len = 0;
        const casus_status s = store_words_query(&b, query, postgres != 0, &err);
        FUZZ_MUST(s == CASUS_OK || (s == CASUS_E_ARGUMENT && err.message[0]));
        size_t quotes = 0;
        for (size_t i = 0; i < b.len; i++) quotes += b.ptr[i] == (postgres ? '\'' : '"');
        FUZZ_MUST(quotes % 2 == 0 && (s || quotes));
    }
    casus_base_release(&memory, query);
    casus_base_buffer_free(&b);
    return 0;
}
