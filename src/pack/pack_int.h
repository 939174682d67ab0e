/* pack_int.h - the file's fixed records, shared by reader and writer of this room only. */
#ifndef CASUS_PACK_PACK_INT_H
#define CASUS_PACK_PACK_INT_H

#include "pack/pack.h"

#define CASUS_PACK_MAGIC "CASUSPK\n"
#define CASUS_PACK_MARK 0x01020304u    /* reads so on a machine of the writer's byte order */
#define CASUS_PACK_FOREIGN 0x04030201u /* reads so on one of the other byte order */
#define CASUS_PACK_ALIGN 64u
#define CASUS_PACK_NAME_BYTES 32u /* with the zero byte behind the name */

typedef struct pack_header {
    char magic[8];
    uint32_t version, mark;
    uint64_t size; /* of the file, a multiple of CASUS_PACK_ALIGN */
    uint32_t sections, zero;
    uint64_t table_checksum;
    uint8_t zeroes[24];
} pack_header;

/* Sections follow the table in its order, each from the next multiple of CASUS_PACK_ALIGN on;
 * bytes between are zero. */
typedef struct pack_entry {
    char name[CASUS_PACK_NAME_BYTES]; /* zero-filled */
    uint64_t offset, size, checksum, zero;
} pack_entry;

_Static_assert(sizeof(pack_header) == 64, "the header is 64 bytes");
_Static_assert(sizeof(pack_entry) == 64, "an entry is 64 bytes");

static inline uint64_t pack_aligned(uint64_t n) {
    return (n + (CASUS_PACK_ALIGN - 1)) & ~(uint64_t)(CASUS_PACK_ALIGN - 1);
}

#endif
