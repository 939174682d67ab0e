/* fuzz_reader.h - what the fuzz targets of the readers share: a file of arbitrary bytes read as one
 * kind comes to its end, and every document or error in it is what the header promises. */
#ifndef CASUS_TESTS_FUZZ_READER_H
#define CASUS_TESTS_FUZZ_READER_H

#include "fuzz.h"
#include <string.h>
#include <unistd.h>

static inline void fuzz_item(const casus_item *item) {
    FUZZ_MUST(item->id && item->text && item->hash && strlen(item->hash) == 16);
    int32_t day;
    FUZZ_MUST(!item->date || casus_base_day_parse(casus_slice_z(item->date), &day));
    FUZZ_MUST(!item->date == !item->date_from);
    uint32_t at = 0;
    for (size_t i = 0; i < item->n_marks; i++) {
        const casus_span m = item->marks[i].span;
        FUZZ_MUST(m.begin >= at && m.begin < m.end && m.end <= item->text_len);
        at = m.begin;
    }
    for (size_t i = 0; i < item->n_notes; i++) FUZZ_MUST(item->notes[i].reason[0]);
    if (item->kind != CASUS_KIND_TEXT && item->kind != CASUS_KIND_JSONL)
        FUZZ_MUST(casus_base_utf8_valid(item->text, item->text_len) == item->text_len);
    casus_item *copy;
    FUZZ_MUST(casus_item_copy(&copy, item, NULL, NULL) == CASUS_OK);
    FUZZ_MUST(strcmp(copy->id, item->id) == 0 && copy->text_len == item->text_len);
    casus_item_free(copy);
}

static inline void fuzz_file(const char *path, casus_kind kind, size_t size) {
    casus_input *input;
    casus_error err = {0};
    const casus_input_options options = {kind, "en"};
    FUZZ_MUST(casus_input_open(&input, path, &options, NULL, &err) == CASUS_OK);
    casus_item item;
    size_t turns = 0;
    for (int more; (more = casus_input_next(input, &item, &err)) != 0;) {
        FUZZ_MUST(++turns <= size + 2);
        if (more < 0)
            FUZZ_MUST(err.status == (casus_status)more && err.message[0] && err.file[0]);
        else
            fuzz_item(&item);
    }
    casus_input_free(input);
}

/* The bytes as a file of this kind. */
static inline int fuzz_reader(const uint8_t *data, size_t size, casus_kind kind) {
    char path[] = "/tmp/casus-fuzz-XXXXXX";
    const int file = mkstemp(path);
    if (file < 0) return 0;
    if (write(file, data, size) == (ssize_t)size) fuzz_file(path, kind, size);
    close(file);
    unlink(path);
    return 0;
}

#endif
