/* kernels_float.h - private: the floating-point kernels, compiled once per instruction set by the
 * kernels_*.c that include it. Every sum runs over 16 lanes in a fixed order, so that each build
 * gives the same bits whatever its vector length. */
#include "lang/kernels.h"
#include <math.h>

#define LANES 16u

static float sum_lanes(const float *lane) {
    float t[LANES];
    for (uint32_t i = 0; i < LANES; i++) t[i] = lane[i];
    for (uint32_t step = LANES / 2; step; step /= 2)
        for (uint32_t i = 0; i < step; i++) t[i] += t[i + step];
    return t[0];
}

static void quantise(const float *v, uint32_t n, uint8_t *q, kernel_range *range) {
    float low[LANES], high[LANES];
    for (uint32_t j = 0; j < LANES; j++) low[j] = high[j] = v[0];
    uint32_t i = 0;
    for (; i + LANES <= n; i += LANES)
        for (uint32_t j = 0; j < LANES; j++) {
            const float a = v[i + j];
            low[j] = a < low[j] ? a : low[j];
            high[j] = a > high[j] ? a : high[j];
        }
    float least = v[0], most = v[0];
    for (; i < n; i++) {
        least = v[i] < least ? v[i] : least;
        most = v[i] > most ? v[i] : most;
    }
    for (uint32_t j = 0; j < LANES; j++) {
        least = low[j] < least ? low[j] : least;
        most = high[j] > most ? high[j] : most;
    }
    const float width = most - least;
    const float inverse = width > 0 ? 255.0f / width : 0.0f;
    range->step = width / 255.0f;
    range->least = least;
    for (i = 0; i < n; i++) q[i] = (uint8_t)(int32_t)((v[i] - least) * inverse + 0.5f);
}

static void maxout_norm(const float *wide, uint32_t width, uint32_t pieces, const float *gain,
                        const float *shift, int add, float *row) {
    float m[512];
    for (uint32_t i = 0; i < width; i++) m[i] = wide[i];
    for (uint32_t p = 1; p < pieces; p++) {
        const float *w = wide + (size_t)p * width;
        for (uint32_t i = 0; i < width; i++) m[i] = w[i] > m[i] ? w[i] : m[i];
    }
    float lane[LANES] = {0};
    uint32_t i = 0;
    for (; i + LANES <= width; i += LANES)
        for (uint32_t j = 0; j < LANES; j++) lane[j] += m[i + j];
    float rest = 0;
    for (; i < width; i++) rest += m[i];
    float mean = (sum_lanes(lane) + rest) / (float)width;
    for (uint32_t j = 0; j < LANES; j++) lane[j] = 0;
    for (i = 0; i + LANES <= width; i += LANES)
        for (uint32_t j = 0; j < LANES; j++) {
            float d = m[i + j] - mean;
            lane[j] += d * d;
        }
    rest = 0;
    for (; i < width; i++) rest += (m[i] - mean) * (m[i] - mean);
    float var = (sum_lanes(lane) + rest) / (float)width + 1e-8f;
    float inverse = 1.0f / sqrtf(var);
    if (add)
        for (i = 0; i < width; i++) row[i] += (m[i] - mean) * inverse * gain[i] + shift[i];
    else
        for (i = 0; i < width; i++) row[i] = (m[i] - mean) * inverse * gain[i] + shift[i];
}

static void state(const float *const *features, uint32_t n_features, const float *bias,
                  uint32_t hidden, uint32_t pieces, float *h) {
    float sum[1024];
    uint32_t n = hidden * pieces;
    for (uint32_t i = 0; i < n; i++) sum[i] = bias[i];
    for (uint32_t f = 0; f < n_features; f++) {
        const float *v = features[f];
        for (uint32_t i = 0; i < n; i++) sum[i] += v[i];
    }
    for (uint32_t i = 0; i < hidden; i++) h[i] = sum[i];
    for (uint32_t p = 1; p < pieces; p++)
        for (uint32_t i = 0; i < hidden; i++) {
            float v = sum[p * hidden + i];
            h[i] = v > h[i] ? v : h[i];
        }
}

static void sum4(const float *a, const float *b, const float *c, const float *d, uint32_t n,
                 float *out) {
    for (uint32_t i = 0; i < n; i++) out[i] = ((a[i] + b[i]) + c[i]) + d[i];
}
