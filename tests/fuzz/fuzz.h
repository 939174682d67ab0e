/* fuzz.h - what the fuzz targets share. */
#ifndef CASUS_TESTS_FUZZ_H
#define CASUS_TESTS_FUZZ_H

#include "base/base.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Stops the program when something that must hold for every input does not. */
#define FUZZ_MUST(condition)                                                           \
    do {                                                                               \
        if (!(condition)) {                                                            \
            fprintf(stderr, "%s:%d: must hold: %s\n", __FILE__, __LINE__, #condition); \
            abort();                                                                   \
        }                                                                              \
    } while (0)

static inline uint32_t fuzz_len(size_t size) {
    return size > UINT32_MAX ? UINT32_MAX : (uint32_t)size;
}

#endif
