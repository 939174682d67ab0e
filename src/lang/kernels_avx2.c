/* kernels_avx2.c - AVX2: as kernels_avx512.c with half the width (see there why in two halves of
 * 4 bits). */
#if defined(__x86_64__)
#include "lang/kernels_float.h"
#include <immintrin.h>
#include <string.h>

/* One row x 16 outputs (two vectors of 8). */
static void tile(const kernel_affine *a, const uint8_t *x, const kernel_range *xs, uint32_t g,
                 float *out) {
    const uint32_t steps = a->n_in / 4;
    const int8_t *w = a->weights + (size_t)g * a->n_blocks * a->n_in * 16;
    const __m256i ones = _mm256_set1_epi16(1), low = _mm256_set1_epi8(15);
    __m256 f0 = _mm256_setzero_ps(), f1 = _mm256_setzero_ps();
    for (uint32_t b = 0; b < a->n_blocks; b++) {
        __m256i acc0 = _mm256_setzero_si256(), acc1 = _mm256_setzero_si256();
        for (uint32_t k0 = 0; k0 < steps; k0 += 8) {
            const uint32_t k1 = k0 + 8 < steps ? k0 + 8 : steps;
            __m256i lo0 = _mm256_setzero_si256(), lo1 = lo0, hi0 = lo0, hi1 = lo0;
            for (uint32_t k = k0; k < k1; k++, w += 64, x += 4) {
                int32_t four;
                memcpy(&four, x, 4);
                const __m256i u = _mm256_set1_epi32(four);
                const __m256i ul = _mm256_and_si256(u, low);
                const __m256i uh = _mm256_and_si256(_mm256_srli_epi16(u, 4), low);
                const __m256i v0 = _mm256_load_si256((const __m256i *)(const void *)w);
                const __m256i v1 = _mm256_load_si256((const __m256i *)(const void *)(w + 32));
                lo0 = _mm256_add_epi16(lo0, _mm256_maddubs_epi16(ul, v0));
                lo1 = _mm256_add_epi16(lo1, _mm256_maddubs_epi16(ul, v1));
                hi0 = _mm256_add_epi16(hi0, _mm256_maddubs_epi16(uh, v0));
                hi1 = _mm256_add_epi16(hi1, _mm256_maddubs_epi16(uh, v1));
            }
            acc0 = _mm256_add_epi32(acc0,
                                    _mm256_add_epi32(_mm256_madd_epi16(lo0, ones),
                                                     _mm256_slli_epi32(_mm256_madd_epi16(hi0, ones),
                                                                       4)));
            acc1 = _mm256_add_epi32(acc1,
                                    _mm256_add_epi32(_mm256_madd_epi16(lo1, ones),
                                                     _mm256_slli_epi32(_mm256_madd_epi16(hi1, ones),
                                                                       4)));
        }
        const float *sum = a->sums + (size_t)b * a->n_out + 16 * (size_t)g;
        const __m256 step = _mm256_set1_ps(xs[b].step), least = _mm256_set1_ps(xs[b].least);
        f0 = _mm256_add_ps(f0, _mm256_add_ps(_mm256_mul_ps(_mm256_cvtepi32_ps(acc0), step),
                                             _mm256_mul_ps(_mm256_loadu_ps(sum), least)));
        f1 = _mm256_add_ps(f1, _mm256_add_ps(_mm256_mul_ps(_mm256_cvtepi32_ps(acc1), step),
                                             _mm256_mul_ps(_mm256_loadu_ps(sum + 8), least)));
    }
    const float *s = a->scales + 16 * (size_t)g, *c = a->bias + 16 * (size_t)g;
    float *to = out + 16 * (size_t)g;
    _mm256_storeu_ps(to, _mm256_add_ps(_mm256_mul_ps(f0, _mm256_loadu_ps(s)), _mm256_loadu_ps(c)));
    _mm256_storeu_ps(to + 8, _mm256_add_ps(_mm256_mul_ps(f1, _mm256_loadu_ps(s + 8)),
                                           _mm256_loadu_ps(c + 8)));
}

static void affine(const kernel_affine *a, const uint8_t *x, size_t stride, const kernel_range *xs,
                   size_t xs_stride, uint32_t n, float *out) {
    /* groups outside, rows inside: a group's weights stay in the first-level cache */
    for (uint32_t g = 0; g < a->n_out / 16; g++)
        for (uint32_t r = 0; r < n; r++)
            tile(a, x + r * stride, xs + r * xs_stride, g, out + (size_t)r * a->n_out);
}

const kernel_set lang_kernels_avx2 = {"avx2", affine, quantise, maxout_norm, state, sum4};
#else
typedef int kernels_avx2_unused;
#endif
