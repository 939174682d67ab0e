/* pack.h - the container: one versioned, checksummed, memory-mapped file of named sections.
 *
 * Layout (little-endian): 64-byte header {magic "CASUSPK\n", u32 version, u32 byte-order mark
 * 0x01020304, u64 file size, u32 number of sections, u32 0, u64 checksum of the section table,
 * zeroes}; section table of n x 64 bytes {char name[32], u64 offset, u64 size, u64 checksum, u64
 * 0}; then the sections in the table's order, each from the next multiple of 64 on, with zeroes
 * between and at the end up to a multiple of 64. Checksums are XXH3-64. A room compiles its tables
 * to a section and reads them back in place: this room knows nothing of what is in them. The header
 * and table are checked at open, a section's checksum when it is first asked for with
 * casus_pack_section, so that opening touches only what is used.
 */
#ifndef CASUS_PACK_PACK_H
#define CASUS_PACK_PACK_H

#include "base/base.h"

#define CASUS_PACK_VERSION 1u
#define CASUS_PACK_SECTIONS_MOST 256u

typedef struct casus_pack casus_pack;

/* Maps the file read-only. CASUS_E_IO, _FORMAT (truncated, not a pack), _VERSION (version or byte
 * order), _CHECKSUM. The pack is constant after opening and may be shared by threads. */
casus_status casus_pack_open(casus_pack **out, const char *path, const casus_memory *memory,
                             casus_error *err);
/* The same over bytes the caller keeps alive (aligned to 64). */
casus_status casus_pack_open_bytes(casus_pack **out, const void *bytes, size_t len,
                                   const casus_memory *memory, casus_error *err);
void casus_pack_free(casus_pack *pack);
/* The section's bytes, borrowed, aligned to 64; checked against its checksum at every call (rooms
 * ask once, when they open). CASUS_E_FORMAT when there is none of that name. */
casus_status casus_pack_section(const casus_pack *pack, const char *name, const void **bytes,
                                size_t *len, casus_error *err);
/* The same without looking at the bytes, in O(1): for large sections whose every read is
 * bounds-checked, so that a damaged one gives wrong answers but no harm. */
casus_status casus_pack_section_lazy(const casus_pack *pack, const char *name, const void **bytes,
                                     size_t *len, casus_error *err);
bool casus_pack_has(const casus_pack *pack, const char *name);
/* A checksum of everything in it: packs of one checksum are the same. */
uint64_t casus_pack_checksum(const casus_pack *pack);

/* Writing: add sections, then save. Bytes are copied. */
typedef struct casus_pack_writer casus_pack_writer;
casus_status casus_pack_writer_new(casus_pack_writer **out, const casus_memory *memory,
                                   casus_error *err);
void casus_pack_writer_free(casus_pack_writer *writer);
casus_status casus_pack_writer_add(casus_pack_writer *writer, const char *name, const void *bytes,
                                   size_t len, casus_error *err);
/* Writes to `path` by way of a temporary file beside it and a rename: never a half pack. */
casus_status casus_pack_writer_save(casus_pack_writer *writer, const char *path, casus_error *err);

#endif
