/* source.h - private to src/lang: reading a spaCy pipeline's files, used only by the compiler of
 * the pack. */
#ifndef CASUS_LANG_SOURCE_H
#define CASUS_LANG_SOURCE_H

#include "base/base.h"
#include <msgpack.h>

/* A wheel (zip) or an unpacked folder; the pipeline is where "config.cfg" stands. */
typedef struct source source;
casus_status source_open(source **out, const char *path, const casus_memory *memory,
                         casus_error *err);
void source_free(source *s);
/* A file of the pipeline by its name relative to config.cfg. `bytes` (a zero byte behind them) live
 * as long as the source. A file that is not there: CASUS_OK with bytes->ptr NULL. */
casus_status source_file(source *s, const char *name, casus_slice *bytes, casus_error *err);
/* The same as MessagePack; *object is NULL when there is no such file. */
casus_status source_msgpack(source *s, const char *name, const msgpack_object **object,
                            casus_error *err);
/* The value of `key` in section `[name]` of config.cfg, without quotation marks; empty if none. */
casus_slice source_config(source *s, const char *section, const char *key);

/* MessagePack: the value of a string or integer key in a map (NULL: none), text of str and bin. */
const msgpack_object *mp_get(const msgpack_object *map, const char *key);
const msgpack_object *mp_get_int(const msgpack_object *map, uint64_t key);
casus_slice mp_text(const msgpack_object *o);
/* An array of 32-bit floats as numpy's extension of MessagePack writes it; shape[4], unused dims 1.
 * NULL when it is none or has another type. */
const float *mp_floats(casus_arena *arena, const msgpack_object *o, uint32_t shape[4],
                       uint32_t *dims);
/* Unpacks the bytes of a bin value (thinc packs attributes so); NULL when it is none. */
const msgpack_object *source_unpack(source *s, const msgpack_object *bin);

#endif
