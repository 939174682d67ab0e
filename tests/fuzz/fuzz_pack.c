/* A pack of arbitrary bytes: as they come, and with size, mark and table checksum put right, so
 * that the fuzzer gets behind them. */
#include "fuzz.h"
#include "pack/pack_int.h"

#include <xxhash.h>

static void open_all(const unsigned char *bytes, size_t len) {
    casus_memory m = casus_base_memory_default();
    casus_pack *pack;
    casus_error err;
    casus_status status = casus_pack_open_bytes(&pack, bytes, len, &m, &err);
    FUZZ_MUST((status == CASUS_OK) == (pack != NULL));
    if (status != CASUS_OK) {
        FUZZ_MUST(err.status == status && err.message[0] != '\0');
        return;
    }
    const pack_header *h = (const pack_header *)(const void *)bytes;
    const pack_entry *e = (const pack_entry *)(const void *)(bytes + sizeof *h);
    uint64_t sum = 0;
    for (uint32_t i = 0; i < h->sections; i++) {
        const void *section;
        size_t size;
        FUZZ_MUST(casus_pack_has(pack, e[i].name));
        if (casus_pack_section(pack, e[i].name, &section, &size, &err) != CASUS_OK) {
            FUZZ_MUST(err.status == CASUS_E_CHECKSUM);
            continue;
        }
        FUZZ_MUST((uintptr_t)section % CASUS_PACK_ALIGN == 0);
        sum += XXH3_64bits(section, size); /* touches every byte */
    }
    FUZZ_MUST(sum == 0 || h->sections > 0);
    casus_pack_free(pack);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size > ((size_t)1 << 20)) return 0;
    void *memory = NULL; /* not a byte more than asked for, so that overruns show */
    if (posix_memalign(&memory, CASUS_PACK_ALIGN, size ? size : 1) != 0) return 0;
    unsigned char *bytes = memory;
    if (size) memcpy(bytes, data, size);
    open_all(bytes, size);
    if (size >= sizeof(pack_header)) {
        size &= ~(size_t)(CASUS_PACK_ALIGN - 1);
        pack_header *h = (pack_header *)(void *)bytes;
        memcpy(h->magic, CASUS_PACK_MAGIC, sizeof h->magic);
        h->version = CASUS_PACK_VERSION;
        h->mark = CASUS_PACK_MARK;
        h->size = size;
        h->zero = 0;
        memset(h->zeroes, 0, sizeof h->zeroes);
        if (h->sections <= size / sizeof(pack_entry) - 1) {
            h->table_checksum = XXH3_64bits(bytes + sizeof *h, h->sections * sizeof(pack_entry));
        }
        open_all(bytes, size);
    }
    free(bytes);
    return 0;
}
