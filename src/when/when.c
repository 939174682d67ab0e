/* when.c - compiling, opening and running the finder of times. */
#include "when/when.h"

struct casus_when {
    casus_memory memory;
};

casus_status casus_when_compile(const char *data_dir, casus_pack_writer *writer,
                                const casus_memory *memory, casus_error *err) {
    (void)data_dir, (void)writer, (void)memory, (void)err;
    return CASUS_OK;
}

casus_status casus_when_open(casus_when **out, const casus_pack *pack, const casus_memory *memory,
                             casus_error *err) {
    (void)pack;
    casus_when *when = casus_base_alloc(memory, sizeof *when);
    if (!when) return casus_base_no_memory(err);
    when->memory = *memory;
    *out = when;
    return CASUS_OK;
}

void casus_when_free(casus_when *when) {
    if (!when) return;
    const casus_memory m = when->memory;
    casus_base_release(&m, when);
}

casus_status casus_when_find(casus_times **out, const casus_when *when, const casus_parse *parse,
                             casus_error *err) {
    (void)when;
    casus_times *times = casus_base_arena_get(parse->text->arena, sizeof *times);
    if (!times) return casus_base_no_memory(err);
    times->items = NULL;
    times->n = 0;
    *out = times;
    return CASUS_OK;
}
