/* kernels_vnni.c - AVX-512 with the dot-product extension (vpdpbusd): 64 multiply-adds an
 * instruction. Tiles of 4 rows x 48 outputs keep all sums in registers. */
#if defined(__x86_64__)
#include "lang/kernels_float.h"
#include <immintrin.h>
#include <string.h>

/* One tile of R rows x G groups of 16 outputs. */
#define TILE(R, G)                                                                                \
    static void tile_##R##_##G(const kernel_affine *a, const uint8_t *x, size_t stride,           \
                               const kernel_range *xs, size_t xs_stride, uint32_t g0,             \
                               float *out) {                                                      \
        const uint32_t steps = a->n_in / 4;                                                       \
        const size_t group = (size_t)a->n_blocks * a->n_in * 16;                                  \
        const int8_t *w = a->weights + (size_t)g0 * group;                                        \
        __m512 f[R][G];                                                                           \
        for (int r = 0; r < R; r++)                                                               \
            for (int g = 0; g < G; g++) f[r][g] = _mm512_setzero_ps();                            \
        for (uint32_t b = 0; b < a->n_blocks; b++) {                                              \
            __m512i acc[R][G];                                                                    \
            for (int r = 0; r < R; r++)                                                           \
                for (int g = 0; g < G; g++) acc[r][g] = _mm512_setzero_si512();                   \
            const uint8_t *in = x + (size_t)b * a->n_in;                                          \
            for (uint32_t k = 0; k < steps; k++) {                                                \
                __m512i v[G];                                                                     \
                for (int g = 0; g < G; g++)                                                       \
                    v[g] = _mm512_load_si512(                                                     \
                        (const void *)(w + (size_t)g * group + ((size_t)b * steps + k) * 64));    \
                for (int r = 0; r < R; r++) {                                                     \
                    int32_t four;                                                                 \
                    memcpy(&four, in + (size_t)r * stride + 4 * (size_t)k, 4);                    \
                    const __m512i u = _mm512_set1_epi32(four);                                    \
                    for (int g = 0; g < G; g++)                                                   \
                        acc[r][g] = _mm512_dpbusd_epi32(acc[r][g], u, v[g]);                      \
                }                                                                                 \
            }                                                                                     \
            for (int g = 0; g < G; g++) {                                                         \
                const __m512 sum =                                                                \
                    _mm512_loadu_ps(a->sums + (size_t)b * a->n_out + 16 * (g0 + (uint32_t)g));    \
                for (int r = 0; r < R; r++) {                                                     \
                    const kernel_range range = xs[(size_t)r * xs_stride + b];                     \
                    f[r][g] = _mm512_add_ps(                                                      \
                        f[r][g], _mm512_add_ps(_mm512_mul_ps(_mm512_cvtepi32_ps(acc[r][g]),       \
                                                             _mm512_set1_ps(range.step)),         \
                                               _mm512_mul_ps(sum, _mm512_set1_ps(range.least)))); \
                }                                                                                 \
            }                                                                                     \
        }                                                                                         \
        for (int g = 0; g < G; g++) {                                                             \
            const __m512 s = _mm512_loadu_ps(a->scales + 16 * (g0 + (uint32_t)g));                \
            const __m512 c = _mm512_loadu_ps(a->bias + 16 * (g0 + (uint32_t)g));                  \
            for (int r = 0; r < R; r++)                                                           \
                _mm512_storeu_ps(out + (size_t)r * a->n_out + 16 * (g0 + (uint32_t)g),            \
                                 _mm512_add_ps(_mm512_mul_ps(f[r][g], s), c));                    \
        }                                                                                         \
    }

TILE(4, 3)
TILE(4, 1)
TILE(1, 4)
TILE(1, 1)

static void affine(const kernel_affine *a, const uint8_t *x, size_t stride, const kernel_range *xs,
                   size_t xs_stride, uint32_t n, float *out) {
    const uint32_t groups = a->n_out / 16;
    uint32_t r = 0;
    for (; r + 4 <= n; r += 4) {
        const uint8_t *in = x + r * stride;
        const kernel_range *s = xs + r * xs_stride;
        float *to = out + (size_t)r * a->n_out;
        uint32_t g = 0;
        for (; g + 3 <= groups; g += 3) tile_4_3(a, in, stride, s, xs_stride, g, to);
        for (; g < groups; g++) tile_4_1(a, in, stride, s, xs_stride, g, to);
    }
    for (; r < n; r++) {
        const uint8_t *in = x + r * stride;
        const kernel_range *s = xs + r * xs_stride;
        float *to = out + (size_t)r * a->n_out;
        uint32_t g = 0;
        for (; g + 4 <= groups; g += 4) tile_1_4(a, in, stride, s, xs_stride, g, to);
        for (; g < groups; g++) tile_1_1(a, in, stride, s, xs_stride, g, to);
    }
}

const kernel_set lang_kernels_vnni = {"avx512-vnni", affine, quantise, maxout_norm, state, sum4};
#else
typedef int kernels_vnni_unused;
#endif
