/* draft.c - from what a reader found to an item: date, hash, id. */
#include "read/input.h"

#include <xxhash.h>

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

casus_status casus_read_finish(casus_draft *d, const char *file, const char *name,
                               const char *language, casus_item *item, casus_error *err) {
    (void)language;
    memset(item, 0, sizeof *item);
    const uint64_t hash = XXH3_64bits(d->text.ptr, d->text.len);
    const casus_slice digits =
        casus_base_arena_format(d->arena, "x%016llx", (unsigned long long)hash);
    if (!digits.ptr) return casus_base_no_memory(err);
    item->hash = digits.ptr + 1;
    item->id = d->id.len                        ? d->id.ptr
               : d->url.len                     ? d->url.ptr
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
    item->language = d->language.ptr;
    item->date = d->date.ptr;
    item->date_from = d->date.ptr ? d->date_from : NULL;
    item->marks = d->marks;
    item->n_marks = d->n_marks;
    item->notes = d->notes;
    item->n_notes = d->n_notes;
    return CASUS_OK;
}
