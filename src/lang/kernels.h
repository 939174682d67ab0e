/* kernels.h - private to src/lang: the arithmetic of the engine, one set per instruction set.
 *
 * All sets give the same bits: sums of products are integers, and the little that is floating
 * point is done lane by lane in a fixed order, without fused multiply-add.
 *
 * Weights of an affine map [n_out][n_blocks * n_in] are 8-bit with a scale per output; inputs are
 * 8-bit unsigned with a step and a least value per block: value = least + step * q (vectors of
 * words are skewed; a symmetric range would waste a bit). Kernel order of the weights: for
 * each group of 16 outputs, for each 4 inputs: 16 x 4 bytes (the order of vpdpbusd).
 */
#ifndef CASUS_LANG_KERNELS_H
#define CASUS_LANG_KERNELS_H

#include <stddef.h>
#include <stdint.h>

typedef struct kernel_affine {
    uint32_t n_in, n_blocks, n_out; /* n_in % 4 == 0, n_out % 16 == 0 */
    const int8_t *weights;          /* n_out * n_blocks * n_in bytes, 64-byte aligned */
    const float *scales;            /* [n_out] */
    const float *bias;              /* [n_out] */
    const float *sums;              /* [n_blocks][n_out]: sum of the block's 8-bit weights */
} kernel_affine;

/* How a quantised row of n_in values is read back. */
typedef struct kernel_range {
    float step, least;
} kernel_range;

typedef struct kernel_set {
    const char *name;
    /* out[r][o] = bias[o] + scales[o] * sum_b (step_b * sum_k w[o][b][k] * x[b][k]
     *             + least_b * sums[b][o]) for r < n. Row r's blocks are n_blocks * n_in bytes from
     * x + r * stride on, their ranges xs[r * xs_stride .. + n_blocks). out rows are n_out apart. */
    void (*affine)(const kernel_affine *a, const uint8_t *x, size_t stride, const kernel_range *xs,
                   size_t xs_stride, uint32_t n, float *out);
    /* a row of n values to 8 bits: least is the smallest, step = (largest - smallest) / 255 */
    void (*quantise)(const float *v, uint32_t n, uint8_t *q, kernel_range *range);
    /* maxout over [pieces][width], then layer norm (gain, shift), added to `row` when add is set,
     * else written to it */
    void (*maxout_norm)(const float *wide, uint32_t width, uint32_t pieces, const float *gain,
                        const float *shift, int add, float *row);
    /* h[o] = max over pieces of bias + sum of the feature rows; [pieces][hidden] each */
    void (*state)(const float *const *features, uint32_t n_features, const float *bias,
                  uint32_t hidden, uint32_t pieces, float *h);
    /* sum of four embedding rows */
    void (*sum4)(const float *a, const float *b, const float *c, const float *d, uint32_t n,
                 float *out);
} kernel_set;

/* The best set for this processor; by name (NULL if unknown or not supported here). */
const kernel_set *lang_kernels_best(void);
const kernel_set *lang_kernels_named(const char *name);

extern const kernel_set lang_kernels_plain;
#if defined(__x86_64__)
extern const kernel_set lang_kernels_avx2;
extern const kernel_set lang_kernels_avx512;
extern const kernel_set lang_kernels_vnni;
#endif

#endif
