/* Arena, buffer, errors and whole files; every allocation failing in turn. */
#include "base/base.h"
#include "fault.h"
#include "scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static void arena_gives_aligned_separate_bytes(void **state) {
    (void)state;
    fault f;
    fault_start(&f, 0);
    casus_arena *arena = casus_base_arena_new(&f.memory);
    assert_non_null(arena);
    unsigned char *p[400];
    size_t total = 0;
    for (size_t i = 0; i < 400; i++) {
        size_t size = (i * i) % 5000;
        p[i] = casus_base_arena_get(arena, size);
        assert_non_null(p[i]);
        assert_int_equal((uintptr_t)p[i] % 16, 0);
        memset(p[i], (int)(i & 0xFF), size);
        total += size;
    }
    assert_int_equal(casus_base_arena_used(arena), total);
    for (size_t i = 0; i < 400; i++) {
        for (size_t k = 0; k < (i * i) % 5000; k++) assert_int_equal(p[i][k], i & 0xFF);
    }
    void *large = casus_base_arena_get(arena, (size_t)8 << 20);
    assert_non_null(large);
    memset(large, 1, (size_t)8 << 20);
    casus_base_arena_free(arena);
    assert_int_equal(f.live, 0);
    casus_base_arena_free(NULL);
}

static void arena_reset_keeps_blocks(void **state) {
    (void)state;
    fault f;
    fault_start(&f, 0);
    casus_arena *arena = casus_base_arena_new(&f.memory);
    assert_non_null(arena);
    casus_base_arena_reset(arena); /* nothing yet: nothing happens */
    size_t calls = 0;
    for (int turn = 0; turn < 5; turn++) {
        size_t before = f.calls;
        for (int i = 0; i < 3000; i++) assert_non_null(casus_base_arena_get(arena, 100));
        if (turn == 1) calls = f.calls - before;
        if (turn > 1) assert_int_equal(f.calls - before, calls);
        casus_base_arena_reset(arena);
        assert_int_equal(casus_base_arena_used(arena), 0);
    }
    /* far more than is kept for reuse */
    for (int i = 0; i < 30000; i++) assert_non_null(casus_base_arena_get(arena, 1000));
    size_t live = f.live;
    casus_base_arena_reset(arena);
    assert_true(f.live < live);
    assert_non_null(casus_base_arena_get(arena, 1000));
    casus_base_arena_free(arena);
    assert_int_equal(f.live, 0);
}

static void arena_zero_copy_format_grow(void **state) {
    (void)state;
    casus_memory m = casus_base_memory_default();
    casus_arena *arena = casus_base_arena_new(&m);
    assert_non_null(arena);
    int *zero = casus_base_arena_zero(arena, 1000, sizeof *zero);
    assert_non_null(zero);
    for (int i = 0; i < 1000; i++) assert_int_equal(zero[i], 0);
    assert_non_null(casus_base_arena_zero(arena, 0, 8));
    assert_null(casus_base_arena_zero(arena, SIZE_MAX / 2, 3));
    assert_null(casus_base_arena_get(arena, SIZE_MAX));
    assert_null(casus_base_arena_get(arena, SIZE_MAX - 20));

    casus_slice copy = casus_base_arena_copy(arena, CASUS_SLICE("Baku"));
    assert_true(casus_slice_is(copy, "Baku"));
    assert_int_equal(copy.ptr[4], 0);
    copy = casus_base_arena_copy(arena, (casus_slice){NULL, 0});
    assert_non_null(copy.ptr);
    assert_int_equal(copy.len, 0);
    copy = casus_base_arena_format(arena, "%s:%d", "leaders", 142);
    assert_true(casus_slice_is(copy, "leaders:142"));
    assert_int_equal(copy.ptr[copy.len], 0);

    uint32_t *v = NULL;
    size_t n = 0, cap = 0;
    for (uint32_t i = 0; i < 10000; i++) {
        uint32_t *more = casus_base_arena_grow(arena, v, n, n + 1, &cap, sizeof *v);
        assert_non_null(more);
        v = more;
        v[n++] = i;
    }
    for (uint32_t i = 0; i < 10000; i++) assert_int_equal(v[i], i);
    assert_true(cap >= n && cap < 4 * n);
    size_t before = cap;
    assert_null(casus_base_arena_grow(arena, v, n, SIZE_MAX / 2, &cap, sizeof *v));
    assert_int_equal(cap, before);
    size_t none = 0;
    assert_non_null(casus_base_arena_grow(arena, NULL, 0, 0, &none, sizeof *v));
    casus_base_arena_free(arena);
}

static casus_status use_arena(const casus_memory *m) {
    casus_arena *arena = casus_base_arena_new(m);
    if (!arena) return CASUS_E_MEMORY;
    casus_status status = CASUS_E_MEMORY;
    char *v = NULL;
    size_t cap = 0;
    if (!casus_base_arena_get(arena, 40)) goto out;
    if (!casus_base_arena_get(arena, 100000)) goto out;
    if (!casus_base_arena_zero(arena, 300, 100)) goto out;
    if (!casus_base_arena_copy(arena, CASUS_SLICE("Stepanakert")).ptr) goto out;
    if (!casus_base_arena_format(arena, "%d", 12).ptr) goto out;
    if (!casus_base_utf8_lower(arena, CASUS_SLICE("ABC")).ptr) goto out;
    if (!casus_base_utf8_lower(arena, CASUS_SLICE("\xC3\x89tat")).ptr) goto out;
    if (!casus_base_utf8_fold(arena, CASUS_SLICE("\xC3\x89tat")).ptr) goto out;
    for (size_t n = 0; n < 20000; n++) {
        char *more = casus_base_arena_grow(arena, v, n, n + 1, &cap, 1);
        if (!more) goto out;
        v = more;
        v[n] = 'x';
    }
    status = CASUS_OK;
out:
    casus_base_arena_reset(arena);
    casus_base_arena_free(arena);
    return status;
}

static void arena_without_memory(void **state) {
    (void)state;
    fault f;
    FAULT_EVERY(f) {
        casus_status status = use_arena(&f.memory);
        FAULT_EXPECT(f, status);
    }
}

static void buffer_collects(void **state) {
    (void)state;
    casus_memory m = casus_base_memory_default();
    casus_buffer b;
    casus_base_buffer_init(&b, &m);
    casus_base_buffer_align(&b, 16);
    assert_int_equal(b.len, 0);
    casus_base_buffer_add(&b, "ab", 2);
    casus_base_buffer_add(&b, NULL, 0);
    casus_base_buffer_align(&b, 8);
    casus_base_buffer_format(&b, "%03d|%s", 7, "x");
    assert_false(b.failed);
    assert_int_equal(b.len, 13);
    assert_memory_equal(b.ptr,
                        "ab\0\0\0\0\0\0"
                        "007|x",
                        13);
    for (int i = 0; i < 10000; i++) casus_base_buffer_format(&b, "%04d", i);
    assert_int_equal(b.len, 40013);
    assert_memory_equal(b.ptr + 40009, "9999", 4);
    casus_base_buffer_add(&b, "x", SIZE_MAX - 10);
    assert_true(b.failed);
    casus_base_buffer_add(&b, "x", 1);
    casus_base_buffer_align(&b, 64);
    casus_base_buffer_format(&b, "x");
    assert_int_equal(b.len, 40013);
    casus_base_buffer_free(&b);
    casus_base_buffer_free(&b);
    casus_base_buffer_free(NULL);
}

static void buffer_without_memory(void **state) {
    (void)state;
    fault f;
    FAULT_EVERY(f) {
        casus_buffer b;
        casus_base_buffer_init(&b, &f.memory);
        for (int i = 0; i < 1000; i++) {
            casus_base_buffer_add(&b, "abc", 3);
            casus_base_buffer_align(&b, 4);
            casus_base_buffer_format(&b, "%d", i);
        }
        assert_int_equal(b.failed, f.failed);
        casus_base_buffer_free(&b);
    }
}

static void errors_are_one_line(void **state) {
    (void)state;
    casus_error err;
    assert_int_equal(casus_base_fail(NULL, CASUS_E_DATA, "nobody asks"), CASUS_E_DATA);
    assert_int_equal(casus_base_fail(&err, CASUS_E_LIMIT, "over %d\nbytes", 5), CASUS_E_LIMIT);
    assert_int_equal(err.status, CASUS_E_LIMIT);
    assert_string_equal(err.message, "over 5 bytes");
    assert_string_equal(err.file, "");
    assert_int_equal(err.line, 0);
    assert_int_equal(casus_base_fail_at(&err, CASUS_E_DATA, "a.tsv", 3, 40, "no"), CASUS_E_DATA);
    assert_string_equal(err.file, "a.tsv");
    assert_int_equal(err.line, 3);
    assert_int_equal(err.byte, 40);
    assert_int_equal(casus_base_no_memory(&err), CASUS_E_MEMORY);
    assert_string_equal(err.message, "out of memory");
    assert_int_equal(err.line, 0);
    /* a long message is cut, never within a character */
    for (size_t skip = 0; skip < 5; skip++) {
        char longer[1000];
        memset(longer, 'x', sizeof longer);
        for (size_t i = skip; i + 3 < sizeof longer; i += 3) memcpy(longer + i, "\xE2\x82\xAC", 3);
        longer[sizeof longer - 1] = '\0';
        casus_base_fail(&err, CASUS_E_DATA, "%s", longer);
        size_t n = strlen(err.message);
        assert_true(n > 250 && n < sizeof err.message);
        assert_int_equal(casus_base_utf8_valid(err.message, n), n);
        casus_base_fail(&err, CASUS_E_DATA, "%s", err.message); /* itself as an argument */
        assert_int_equal(strlen(err.message), n);
    }
}

static void files(void **state) {
    (void)state;
    casus_memory m = casus_base_memory_default();
    casus_error err;
    scratch s;
    scratch_make(&s);
    char *bytes;
    size_t len;

    assert_int_equal(casus_base_read_file(&bytes, &len, scratch_path(&s, "none"), 100, &m, &err),
                     CASUS_E_IO);
    assert_string_equal(err.file, s.path);
    assert_null(bytes);
    assert_int_equal(casus_base_read_file(&bytes, &len, s.folder, 100, &m, &err), CASUS_E_IO);
    assert_int_equal(casus_base_read_file(&bytes, &len, scratch_write(&s, "empty", "", 0), 0, &m,
                                          &err),
                     CASUS_OK);
    assert_int_equal(len, 0);
    assert_int_equal(bytes[0], 0);
    casus_base_release(&m, bytes);

    size_t size = 300000;
    char *content = malloc(size);
    assert_non_null(content);
    for (size_t i = 0; i < size; i++) content[i] = (char)(i * 31 % 251);
    const char *path = scratch_write(&s, "large", content, size);
    assert_int_equal(casus_base_read_file(&bytes, &len, path, size, &m, &err), CASUS_OK);
    assert_int_equal(len, size);
    assert_memory_equal(bytes, content, size);
    assert_int_equal(bytes[size], 0);
    casus_base_release(&m, bytes);
    assert_int_equal(casus_base_read_file(&bytes, &len, path, size - 1, &m, &err), CASUS_E_LIMIT);
    assert_null(bytes);

    fault f;
    FAULT_EVERY(f) {
        casus_status status = casus_base_read_file(&bytes, &len, path, size, &f.memory, &err);
        FAULT_EXPECT(f, status);
        casus_base_release(&f.memory, bytes);
    }
    free(content);
    const char *const names[] = {"empty", "large", NULL};
    assert_int_equal(scratch_remove(&s, names), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_gives_aligned_separate_bytes),
        cmocka_unit_test(arena_reset_keeps_blocks),
        cmocka_unit_test(arena_zero_copy_format_grow),
        cmocka_unit_test(arena_without_memory),
        cmocka_unit_test(buffer_collects),
        cmocka_unit_test(buffer_without_memory),
        cmocka_unit_test(errors_are_one_line),
        cmocka_unit_test(files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
