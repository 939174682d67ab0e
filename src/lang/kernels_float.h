/* kernels_float.h - private: the floating-point kernels, compiled once per instruction set by the
 * kernels_*.c that include it. Every sum runs over 16 lanes in a fixed order, so that each build
 * gives the same bits whatever its vector length. */
#include "lang/kernels.h"
#include <math.h>

#pragma GCC diagnostic ignored "-Wpsabi" /* inlined: no vector crosses a call */

#define LANES 16u

/* Sixteen lanes at a time in the compiler's own vectors (GCC and Clang lower them to whatever the
 * instruction set has). Arrays are walked sixteen values at a time; lengths that are no multiple of
 * sixteen are finished one by one. */
typedef float lanes __attribute__((vector_size(64), aligned(4)));
typedef int32_t ints __attribute__((vector_size(64), aligned(4)));
typedef uint8_t bytes __attribute__((vector_size(16), aligned(1)));

static inline lanes get(const float *v) {
    lanes x;
    __builtin_memcpy(&x, v, sizeof x);
    return x;
}
static inline void put(float *v, lanes x) {
    __builtin_memcpy(v, &x, sizeof x);
}
static inline lanes larger(lanes a, lanes b) {
    const ints more = a > b;
    return (lanes)((more & (ints)a) | (~more & (ints)b));
}
static inline lanes smaller(lanes a, lanes b) {
    const ints less = a < b;
    return (lanes)((less & (ints)a) | (~less & (ints)b));
}

static inline float sum_lanes(lanes v) {
    float t[LANES];
    put(t, v);
    for (uint32_t step = LANES / 2; step; step /= 2)
        for (uint32_t i = 0; i < step; i++) t[i] += t[i + step];
    return t[0];
}

static void quantise(const float *v, uint32_t n, uint8_t *q, kernel_range *range) {
    float least = v[0], most = v[0];
    uint32_t i = 0;
    if (n >= LANES) {
        lanes low = get(v), high = low;
        for (i = LANES; i + LANES <= n; i += LANES) {
            const lanes a = get(v + i);
            low = smaller(a, low);
            high = larger(a, high);
        }
        float l[LANES], h[LANES];
        put(l, low);
        put(h, high);
        for (uint32_t step = LANES / 2; step; step /= 2)
            for (uint32_t j = 0; j < step; j++) {
                l[j] = l[j + step] < l[j] ? l[j + step] : l[j];
                h[j] = h[j + step] > h[j] ? h[j + step] : h[j];
            }
        least = l[0];
        most = h[0];
    }
    for (; i < n; i++) {
        least = v[i] < least ? v[i] : least;
        most = v[i] > most ? v[i] : most;
    }
    const float width = most - least;
    const float inverse = width > 0 ? 255.0f / width : 0.0f;
    range->step = width / 255.0f;
    range->least = least;
    for (i = 0; i + LANES <= n; i += LANES) {
        const ints x = __builtin_convertvector((get(v + i) - least) * inverse + 0.5f, ints);
        const bytes b = __builtin_convertvector(x, bytes);
        __builtin_memcpy(q + i, &b, sizeof b);
    }
    for (; i < n; i++) q[i] = (uint8_t)(int32_t)((v[i] - least) * inverse + 0.5f);
}

static void maxout_norm(const float *wide, uint32_t width, uint32_t pieces, const float *gain,
                        const float *shift, int add, float *row) {
    float m[512];
    const uint32_t whole = width / LANES * LANES;
    lanes sum = {0};
    for (uint32_t i = 0; i < whole; i += LANES) {
        lanes best = get(wide + i);
        for (uint32_t p = 1; p < pieces; p++)
            best = larger(get(wide + (size_t)p * width + i), best);
        put(m + i, best);
        sum += best;
    }
    float rest = 0;
    for (uint32_t i = whole; i < width; i++) {
        m[i] = wide[i];
        for (uint32_t p = 1; p < pieces; p++) {
            const float w = wide[(size_t)p * width + i];
            m[i] = w > m[i] ? w : m[i];
        }
        rest += m[i];
    }
    const float mean = (sum_lanes(sum) + rest) / (float)width;
    lanes square = {0};
    rest = 0;
    for (uint32_t i = 0; i < whole; i += LANES) {
        const lanes d = get(m + i) - mean;
        square += d * d;
    }
    for (uint32_t i = whole; i < width; i++) rest += (m[i] - mean) * (m[i] - mean);
    const float var = (sum_lanes(square) + rest) / (float)width + 1e-8f;
    const float inverse = 1.0f / sqrtf(var);
    for (uint32_t i = 0; i < whole; i += LANES) {
        const lanes y = (get(m + i) - mean) * inverse * get(gain + i) + get(shift + i);
        put(row + i, add ? get(row + i) + y : y);
    }
    for (uint32_t i = whole; i < width; i++) {
        const float y = (m[i] - mean) * inverse * gain[i] + shift[i];
        row[i] = add ? row[i] + y : y;
    }
}

static void state(const float *const *features, uint32_t n_features, const float *bias,
                  uint32_t hidden, uint32_t pieces, float *h) {
    uint32_t i = 0;
    for (; i + LANES <= hidden; i += LANES) {
        lanes best = {0};
        for (uint32_t p = 0; p < pieces; p++) {
            const uint32_t at = p * hidden + i;
            lanes x = get(bias + at);
            for (uint32_t f = 0; f < n_features; f++) x += get(features[f] + at);
            best = p ? larger(x, best) : x;
        }
        put(h + i, best);
    }
    for (; i < hidden; i++)
        for (uint32_t p = 0; p < pieces; p++) {
            float x = bias[p * hidden + i];
            for (uint32_t f = 0; f < n_features; f++) x += features[f][p * hidden + i];
            h[i] = p && h[i] > x ? h[i] : x;
        }
}

static void sum4(const float *a, const float *b, const float *c, const float *d, uint32_t n,
                 float *out) {
    uint32_t i = 0;
    for (; i + LANES <= n; i += LANES)
        put(out + i, ((get(a + i) + get(b + i)) + get(c + i)) + get(d + i));
    for (; i < n; i++) out[i] = ((a[i] + b[i]) + c[i]) + d[i];
}
