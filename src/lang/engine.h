/* engine.h - opening the language engine and running it. An opened casus_lang is constant and
 * shared by threads; a worker belongs to one thread. */
#ifndef CASUS_LANG_ENGINE_H
#define CASUS_LANG_ENGINE_H

#include "lang/lang.h"
#include "pack/pack.h"

typedef struct casus_lang casus_lang;
typedef struct casus_lang_worker casus_lang_worker;

/* Opens the model in the pack (sections "lang.*"), borrowed while it lives. CASUS_E_FORMAT when a
 * section is damaged, CASUS_E_VERSION when it is of another format, CASUS_E_MEMORY. */
casus_status casus_lang_open(casus_lang **out, const casus_pack *pack, const casus_memory *memory,
                             casus_error *err);
void casus_lang_free(casus_lang *lang);
/* "en", "en_core_web_sm", "3.8.0": constant, borrowed */
const char *casus_lang_language(const casus_lang *lang);
const char *casus_lang_model_name(const casus_lang *lang);
const char *casus_lang_model_version(const casus_lang *lang);
/* Name of the instruction set in use: "avx512-vnni", "avx512", "avx2", "plain". */
const char *casus_lang_kernels(const casus_lang *lang);
/* Takes another instruction set by name, for tests; CASUS_E_ARGUMENT when this machine lacks it. */
casus_status casus_lang_use_kernels(casus_lang *lang, const char *name, casus_error *err);

casus_status casus_lang_worker_new(casus_lang_worker **out, const casus_lang *lang,
                                   const casus_memory *memory, casus_error *err);
void casus_lang_worker_free(casus_lang_worker *worker);
/* Everything in lang.h over the text: tokens, sentences, names, clauses, quotes, in the text's
 * arena. Linear in the text's length; beyond the arena it needs memory for one window only. A
 * sentence longer than a window is broken, with a diagnostic. */
casus_status casus_lang_parse(casus_parse **out, casus_lang_worker *worker, casus_text *text,
                              casus_error *err);

/* Compiles a spaCy 3 pipeline (a wheel or an unpacked folder) into the writer's sections; word
 * tables of our own come from data_dir/lang. CASUS_E_MODEL names what this engine cannot run. */
casus_status casus_lang_compile(const char *model_path, const char *data_dir,
                                casus_pack_writer *writer, const casus_memory *memory,
                                casus_error *err);

#endif
