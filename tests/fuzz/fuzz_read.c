/* Plain text of arbitrary bytes. */
#include "fuzz.h"
#include "read/read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    casus_memory m = casus_base_memory_default();
    casus_arena *arena = casus_base_arena_new(&m);
    if (!arena) return 0;
    casus_slice bytes = casus_slice_of((const char *)data, fuzz_len(size));
    casus_slice id = casus_slice_of(bytes.ptr, bytes.len < 4 ? bytes.len : 4);
    casus_text *text;
    casus_error err;
    casus_status status = casus_read_text(&text, arena, id, bytes, 0, &err);
    FUZZ_MUST(status == CASUS_OK || status == CASUS_E_LIMIT);
    if (status == CASUS_OK) {
        FUZZ_MUST(text->text.len == bytes.len);
        FUZZ_MUST(casus_base_utf8_valid(text->text.ptr, text->text.len) == text->text.len);
        FUZZ_MUST(casus_base_utf8_valid(text->id.ptr, text->id.len) == text->id.len);
        bool valid = casus_base_utf8_valid(bytes.ptr, bytes.len) == bytes.len;
        for (uint32_t i = 0; i < bytes.len; i++) { /* marks before a line become blanks */
            if (text->text.ptr[i] == bytes.ptr[i]) continue;
            if (valid) FUZZ_MUST(text->text.ptr[i] == ' ' && strchr("\xEF\xBB\xBF", bytes.ptr[i]));
            FUZZ_MUST(text->text.ptr[i] == ' ' || text->text.ptr[i] == '?');
        }
        FUZZ_MUST(valid || !casus_slice_eq(text->text, bytes));
        FUZZ_MUST(text->n_diagnostics <= CASUS_READ_MOST_INVALID + 2);
        uint32_t last = 0;
        for (uint32_t i = 0; i < text->n_paragraphs; i++) {
            casus_paragraph p = text->paragraphs[i];
            FUZZ_MUST(last <= p.begin && p.begin < p.end && p.end <= text->text.len);
            casus_slice line = casus_slice_of(text->text.ptr + p.begin, p.end - p.begin);
            FUZZ_MUST(casus_slice_trim(line).len == line.len);
            FUZZ_MUST(!memchr(line.ptr, '\n', line.len));
            FUZZ_MUST(casus_base_utf8_valid(line.ptr, line.len) == line.len);
            FUZZ_MUST(casus_read_paragraph_at(text, p.begin) == i);
            FUZZ_MUST(casus_read_paragraph_at(text, p.end) == i);
            last = p.end + 1; /* the line's end lies between */
        }
        for (size_t i = 0; i < text->n_diagnostics; i++) {
            casus_diagnostic d = text->diagnostics[i];
            FUZZ_MUST(d.begin <= d.end && d.end <= text->text.len && d.reason.len > 0);
        }
    }
    casus_base_arena_free(arena);
    return 0;
}
