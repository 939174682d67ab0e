/* pick.c - which kernels this processor can run. Asks the processor, keeps nothing. */
#include "lang/kernels.h"
#include <string.h>

const kernel_set *lang_kernels_named(const char *name) {
    if (strcmp(name, "plain") == 0) return &lang_kernels_plain;
#if defined(__x86_64__)
    __builtin_cpu_init();
    const int wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                     __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq");
    if (strcmp(name, "avx2") == 0 && __builtin_cpu_supports("avx2")) return &lang_kernels_avx2;
    if (strcmp(name, "avx512") == 0 && wide) return &lang_kernels_avx512;
    if (strcmp(name, "avx512-vnni") == 0 && wide && __builtin_cpu_supports("avx512vnni"))
        return &lang_kernels_vnni;
#endif
    return NULL;
}

const kernel_set *lang_kernels_best(void) {
    static const char *const order[] = {"avx512-vnni", "avx512", "avx2"};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        const kernel_set *k = lang_kernels_named(order[i]);
        if (k) return k;
    }
    return &lang_kernels_plain;
}
