/* hash.c - the hashes that the language model's tables are indexed by.
 *
 * O(bytes); the same on machines of either byte order. Not for adversaries: no secret, no defence
 * against chosen collisions.
 */
#include "base/base.h"

static uint64_t load64(const unsigned char *p) {
    return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24 |
           (uint64_t)p[4] << 32 | (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48 |
           (uint64_t)p[7] << 56;
}

uint64_t casus_base_hash64(const void *bytes, size_t len, uint64_t seed) {
    const uint64_t m = UINT64_C(0xC6A4A7935BD1E995);
    const unsigned char *p = bytes;
    uint64_t h = seed ^ ((uint64_t)len * m);
    size_t n = len;
    for (; n >= 8; n -= 8, p += 8) {
        uint64_t k = load64(p);
        k *= m;
        k ^= k >> 47;
        k *= m;
        h ^= k;
        h *= m;
    }
    if (n) {
        for (size_t i = 0; i < n; i++) h ^= (uint64_t)p[i] << (8 * i);
        h *= m;
    }
    h ^= h >> 47;
    h *= m;
    h ^= h >> 47;
    return h;
}

/* The finishing mix of MurmurHash3_x64_128. */
static uint64_t mix64(uint64_t k) {
    k ^= k >> 33;
    k *= UINT64_C(0xFF51AFD7ED558CCD);
    k ^= k >> 33;
    k *= UINT64_C(0xC4CEB9FE1A85EC53);
    k ^= k >> 33;
    return k;
}

/* MurmurHash3_x64_128 of the key's eight little-endian bytes. The name of thinc's function says
 * x86; the arithmetic is that of the x64 variant, and the models were trained with it. */
void casus_base_hash_rows(uint64_t key, uint32_t seed, uint32_t out[4]) {
    uint64_t k = key * UINT64_C(0x87C37B91114253D5);
    k = k << 31 | k >> 33;
    k *= UINT64_C(0x4CF5AD432745937F);
    uint64_t h1 = ((uint64_t)seed ^ k) ^ 8; /* 8: the key's length */
    uint64_t h2 = (uint64_t)seed ^ 8;
    h1 += h2;
    h2 += h1;
    h1 = mix64(h1);
    h2 = mix64(h2);
    h1 += h2;
    h2 += h1;
    out[0] = (uint32_t)(h1 & 0xFFFFFFFFu);
    out[1] = (uint32_t)(h1 >> 32);
    out[2] = (uint32_t)(h2 & 0xFFFFFFFFu);
    out[3] = (uint32_t)(h2 >> 32);
}
