/* item.c - copies of an item in one piece; names of kinds and marks. */
#include "read/input.h"

static const char *const kinds[] = {"auto", "text", "html", "feed", "warc", "jsonl", "csv", "mbox"};
static const char *const marks[] = {"headline", "dateline", "agency",    "byline",
                                    "caption",  "more",     "correction"};

const char *casus_kind_name(casus_kind kind) {
    return (unsigned)kind < sizeof kinds / sizeof *kinds ? kinds[kind] : NULL;
}
int casus_kind_of(const char *name) {
    if (!name || !*name) return CASUS_KIND_AUTO;
    for (int i = 0; i < (int)(sizeof kinds / sizeof *kinds); i++)
        if (strcmp(kinds[i], name) == 0) return i;
    return -1;
}
const char *casus_mark_name(casus_mark_kind kind) {
    return (unsigned)kind < sizeof marks / sizeof *marks ? marks[kind] : NULL;
}

/* The strings of an item, by where they stand in it. */
static const size_t strings[] = {offsetof(casus_item, id),       offsetof(casus_item, date),
                                 offsetof(casus_item, file),     offsetof(casus_item, date_from),
                                 offsetof(casus_item, title),    offsetof(casus_item, author),
                                 offsetof(casus_item, site),     offsetof(casus_item, url),
                                 offsetof(casus_item, language), offsetof(casus_item, dateline),
                                 offsetof(casus_item, hash),     offsetof(casus_item, aside)};
#define STRINGS (sizeof strings / sizeof *strings)

static const char *string_of(const casus_item *item, size_t i) {
    const char *s;
    memcpy(&s, (const char *)item + strings[i], sizeof s);
    return s;
}

size_t casus_read_item_size(const casus_item *item) {
    size_t n = sizeof *item + item->n_marks * sizeof *item->marks +
               item->n_notes * sizeof *item->notes + item->text_len + 1;
    for (size_t i = 0; i < STRINGS; i++) {
        const char *s = string_of(item, i);
        n += s ? strlen(s) + 1 : 0;
    }
    for (size_t i = 0; i < item->n_notes; i++) n += strlen(item->notes[i].reason) + 1;
    return n;
}

static const char *put(char **at, const void *bytes, size_t n) {
    char *to = *at;
    if (n) memcpy(to, bytes, n);
    to[n] = 0;
    *at += n + 1;
    return to;
}

void casus_read_item_fill(casus_item *into, const casus_item *item) {
    *into = *item;
    casus_note *notes = (casus_note *)(void *)(into + 1);
    casus_mark *copied = (casus_mark *)(void *)(notes + item->n_notes);
    char *at = (char *)(void *)(copied + item->n_marks);
    if (item->n_marks) memcpy(copied, item->marks, item->n_marks * sizeof *copied);
    for (size_t i = 0; i < item->n_notes; i++) {
        notes[i] = item->notes[i];
        notes[i].reason = put(&at, item->notes[i].reason, strlen(item->notes[i].reason));
    }
    into->marks = item->n_marks ? copied : NULL;
    into->notes = item->n_notes ? notes : NULL;
    into->text = put(&at, item->text, item->text_len);
    for (size_t i = 0; i < STRINGS; i++) {
        const char *s = string_of(item, i);
        if (s) s = put(&at, s, strlen(s));
        memcpy((char *)into + strings[i], &s, sizeof s);
    }
}

casus_status casus_item_copy(casus_item **out, const casus_item *item, const casus_memory *memory,
                             casus_error *err) {
    /* the hook stands before the item, so that it can be freed by itself */
    const casus_memory m = memory ? *memory : casus_base_memory_default();
    const size_t before = (sizeof m + 15) / 16 * 16;
    char *block = casus_base_alloc(&m, before + casus_read_item_size(item));
    if (!block) return casus_base_no_memory(err);
    memcpy(block, &m, sizeof m);
    *out = (casus_item *)(void *)(block + before);
    casus_read_item_fill(*out, item);
    return CASUS_OK;
}

void casus_item_free(casus_item *item) {
    if (!item) return;
    casus_memory m;
    char *block = (char *)item - (sizeof m + 15) / 16 * 16;
    memcpy(&m, block, sizeof m);
    casus_base_release(&m, block);
}
