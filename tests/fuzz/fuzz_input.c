/* Files of arbitrary bytes, as JSON lines, as text, and told by their first byte: each line is a
 * document or an error with its place, and the reader comes to the end. */
#include "fuzz.h"
#include <string.h>
#include <unistd.h>

static void read_all(const char *path, casus_kind kind, size_t size) {
    casus_input *input;
    const casus_input_options options = {kind, NULL};
    casus_error err = {0};
    FUZZ_MUST(casus_input_open(&input, path, &options, NULL, &err) == CASUS_OK);
    casus_item item;
    uint64_t line = 0;
    size_t turns = 0;
    for (int more; (more = casus_input_next(input, &item, &err)) != 0;) {
        FUZZ_MUST(++turns <= size + 1);
        if (more < 0) {
            FUZZ_MUST(err.status == (casus_status)more && err.message[0] && err.line > line);
            FUZZ_MUST(err.byte <= size);
            line = err.line;
            continue;
        }
        FUZZ_MUST(item.id && item.text && item.line > line);
        int32_t day;
        FUZZ_MUST(!item.date || casus_base_day_parse(casus_slice_z(item.date), &day));
        line = item.line;
    }
    casus_input_free(input);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char path[] = "/tmp/casus-fuzz-XXXXXX";
    const int file = mkstemp(path);
    if (file < 0) return 0;
    if (write(file, data, size) == (ssize_t)size) {
        read_all(path, CASUS_KIND_JSONL, size);
        read_all(path, CASUS_KIND_TEXT, size);
        read_all(path, CASUS_KIND_AUTO, size);
    }
    close(file);
    unlink(path);
    return 0;
}
