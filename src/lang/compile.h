/* compile.h - private to src/lang: the parts of the model compiler (compile.c, compile_text.c). */
#ifndef CASUS_LANG_COMPILE_H
#define CASUS_LANG_COMPILE_H

#include "lang/model.h"
#include "lang/source.h"

/* A list of distinct strings that become label indexes. */
typedef struct names {
    casus_slice *items;
    size_t n, cap;
} names;

typedef struct compiler {
    casus_memory memory;
    casus_arena *arena;
    source *from;
    const char *path; /* of the model, for messages */
    const char *data_dir;
    casus_pack_writer *writer;
    casus_buffer strings; /* section lang.str */
    names tags, deps, kinds, morphs;
    casus_error *err;
} compiler;

/* Index of `s` in the list, added when new; CASUS_NONE when memory is out. */
uint32_t names_add(compiler *c, names *list, casus_slice s);
uint32_t names_find(const names *list, casus_slice s);
/* A string in lang.str. */
lang_str compile_string(compiler *c, casus_slice s);
/* Appends bytes at the next multiple of 64; their offset in the buffer. */
uint32_t compile_array(casus_buffer *b, const void *bytes, size_t len);
casus_status compile_section(compiler *c, const char *name, casus_buffer *b);
/* A table of data_dir/lang. */
casus_status compile_table(compiler *c, const char *name, const char *const *needed, casus_table *t,
                           char *path, size_t room);
/* UPOS by name, CASUS_NONE if none. */
uint32_t compile_pos(casus_slice name);

/* compile_text.c */
casus_status compile_tokenizer(compiler *c);
casus_status compile_rules(compiler *c);
casus_status compile_lemmas(compiler *c);

#endif
