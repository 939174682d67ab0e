/* kernels_generic.c - the arithmetic in plain C: the reference for the other sets.
 * Cost: one multiply-add per weight and row. */
#include "lang/kernels_float.h"

static void affine(const kernel_affine *a, const uint8_t *x, size_t stride, const kernel_range *xs,
                   size_t xs_stride, uint32_t n, float *out) {
    const uint32_t steps = a->n_in / 4;
    for (uint32_t r = 0; r < n; r++) {
        const uint8_t *row = x + r * stride;
        const kernel_range *ranges = xs + r * xs_stride;
        float *to = out + (size_t)r * a->n_out;
        const int8_t *w = a->weights;
        for (uint32_t g = 0; g < a->n_out; g += LANES) {
            float f[LANES] = {0};
            const uint8_t *in = row;
            for (uint32_t b = 0; b < a->n_blocks; b++) {
                int32_t acc[LANES] = {0};
                for (uint32_t k = 0; k < steps; k++, in += 4, w += 4 * LANES)
                    for (uint32_t o = 0; o < LANES; o++)
                        acc[o] += w[4 * o] * in[0] + w[4 * o + 1] * in[1] + w[4 * o + 2] * in[2] +
                                  w[4 * o + 3] * in[3];
                const float *sum = a->sums + (size_t)b * a->n_out + g;
                for (uint32_t o = 0; o < LANES; o++)
                    f[o] += (float)acc[o] * ranges[b].step + sum[o] * ranges[b].least;
            }
            for (uint32_t o = 0; o < LANES; o++)
                to[g + o] = f[o] * a->scales[g + o] + a->bias[g + o];
        }
    }
}

const kernel_set lang_kernels_plain = {"plain", affine, quantise, maxout_norm, state, sum4};
