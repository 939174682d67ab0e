/* The pack: written, opened, and refused in every way it can be damaged. */
#include "fault.h"
#include "pack/pack_int.h"
#include "scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <xxhash.h>

enum { FIRST = 100, EMPTY = 0, LAST = 64 }; /* bytes of the sections */

static const char *const names[] = {"first", "empty", "a-name-of-thirty-one-bytes-abcd"};
static const size_t sizes[] = {FIRST, EMPTY, LAST};

static unsigned char content(size_t section, size_t i) {
    return (unsigned char)(section * 50 + i);
}

static casus_status build(const char *path, const casus_memory *m, casus_error *err) {
    casus_pack_writer *w;
    casus_status status = casus_pack_writer_new(&w, m, err);
    for (size_t i = 0; status == CASUS_OK && i < 3; i++) {
        unsigned char bytes[FIRST];
        for (size_t k = 0; k < sizes[i]; k++) bytes[k] = content(i, k);
        status = casus_pack_writer_add(w, names[i], bytes, sizes[i], err);
    }
    if (status == CASUS_OK) status = casus_pack_writer_save(w, path, err);
    casus_pack_writer_free(w);
    return status;
}

typedef struct fixture {
    scratch s;
    casus_memory m;
    unsigned char *bytes; /* of a sound pack, aligned, to be damaged */
    size_t len;
} fixture;

static fixture *setup(void) {
    fixture *x = calloc(1, sizeof *x);
    assert_non_null(x);
    scratch_make(&x->s);
    x->m = casus_base_memory_default();
    const char *path = scratch_path(&x->s, "pack");
    assert_int_equal(build(path, &x->m, NULL), CASUS_OK);
    char *read;
    assert_int_equal(casus_base_read_file(&read, &x->len, path, 1 << 20, &x->m, NULL), CASUS_OK);
    x->bytes = aligned_alloc(64, pack_aligned(x->len + 64));
    assert_non_null(x->bytes);
    memcpy(x->bytes, read, x->len);
    casus_base_release(&x->m, read);
    return x;
}

static void teardown(fixture *x) {
    const char *const files[] = {"pack", "other", NULL};
    assert_int_equal(scratch_remove(&x->s, files), 0); /* and nothing else was left there */
    free(x->bytes);
    free(x);
}

static pack_header *header(fixture *x) {
    return (pack_header *)(void *)x->bytes;
}
static pack_entry *entries(fixture *x) {
    return (pack_entry *)(void *)(x->bytes + sizeof(pack_header));
}
/* Makes the table's checksum right again after a change that means to get behind it. */
static void seal(fixture *x) {
    header(x)->table_checksum = XXH3_64bits(entries(x), header(x)->sections * sizeof(pack_entry));
}

/* What opening the fixture's bytes comes to; the same from a file as from memory. */
static casus_status try_open(fixture *x, casus_error *err) {
    casus_pack *pack;
    const char *path = scratch_write(&x->s, "other", x->bytes, x->len);
    casus_status from_file = casus_pack_open(&pack, path, &x->m, NULL);
    assert_true((pack != NULL) == (from_file == CASUS_OK));
    casus_pack_free(pack);
    casus_status status = casus_pack_open_bytes(&pack, x->bytes, x->len, &x->m, err);
    assert_true((pack != NULL) == (status == CASUS_OK));
    assert_int_equal(status, from_file);
    casus_pack_free(pack);
    return status;
}

static void sections_come_back(void **state) {
    (void)state;
    fixture *x = setup();
    casus_pack *pack;
    casus_error err;
    assert_int_equal(x->len % 64, 0);
    assert_int_equal(casus_pack_open(&pack, scratch_path(&x->s, "pack"), &x->m, &err), CASUS_OK);
    for (size_t i = 0; i < 3; i++) {
        const void *bytes;
        size_t len;
        assert_true(casus_pack_has(pack, names[i]));
        assert_int_equal(casus_pack_section(pack, names[i], &bytes, &len, &err), CASUS_OK);
        assert_int_equal(len, sizes[i]);
        assert_non_null(bytes);
        assert_int_equal((uintptr_t)bytes % 64, 0);
        for (size_t k = 0; k < len; k++) {
            assert_int_equal(((const unsigned char *)bytes)[k], content(i, k));
        }
    }
    static const char *const absent[] = {"", "firs", "firsts",
                                         "a-name-of-thirty-one-bytes-abcdefghijkl"};
    for (size_t i = 0; i < 4; i++) {
        const void *bytes = x;
        size_t len = 1;
        assert_false(casus_pack_has(pack, absent[i]));
        assert_int_equal(casus_pack_section(pack, absent[i], &bytes, &len, &err), CASUS_E_FORMAT);
        assert_null(bytes);
        assert_int_equal(len, 0);
    }
    casus_pack_free(pack);
    casus_pack_free(NULL);
    casus_pack_writer_free(NULL);
    teardown(x);
}

static void same_sections_same_bytes(void **state) {
    (void)state;
    fixture *x = setup();
    char *again;
    size_t len;
    assert_int_equal(build(scratch_path(&x->s, "other"), &x->m, NULL), CASUS_OK);
    assert_int_equal(casus_base_read_file(&again, &len, x->s.path, 1 << 20, &x->m, NULL), CASUS_OK);
    assert_int_equal(len, x->len);
    assert_memory_equal(again, x->bytes, len);
    casus_base_release(&x->m, again);
    teardown(x);
}

static void an_empty_pack(void **state) {
    (void)state;
    fixture *x = setup();
    casus_pack_writer *w;
    casus_pack *pack;
    assert_int_equal(casus_pack_writer_new(&w, &x->m, NULL), CASUS_OK);
    const char *path = scratch_path(&x->s, "other");
    assert_int_equal(casus_pack_writer_save(w, path, NULL), CASUS_OK);
    casus_pack_writer_free(w);
    assert_int_equal(casus_pack_open(&pack, path, &x->m, NULL), CASUS_OK);
    assert_false(casus_pack_has(pack, "first"));
    casus_pack_free(pack);
    teardown(x);
}

static void refuses_truncated(void **state) {
    (void)state;
    fixture *x = setup();
    casus_error err;
    size_t whole = x->len;
    assert_int_equal(try_open(x, &err), CASUS_OK);
    for (size_t len = 0; len < whole; len++) {
        x->len = len;
        assert_int_equal(try_open(x, &err), CASUS_E_FORMAT);
        if (len) assert_non_null(strstr(err.message, "truncated"));
    }
    memset(x->bytes + whole, 0, 64);
    x->len = whole + 64;
    assert_int_equal(try_open(x, &err), CASUS_E_FORMAT);
    teardown(x);
}

static void refuses_other_files(void **state) {
    (void)state;
    fixture *x = setup();
    casus_error err;
    casus_pack *pack;
    assert_int_equal(casus_pack_open(&pack, scratch_path(&x->s, "none"), &x->m, &err), CASUS_E_IO);
    assert_null(pack);
    assert_string_equal(err.file, x->s.path);
    assert_int_equal(casus_pack_open(&pack, x->s.folder, &x->m, &err), CASUS_E_IO);
    scratch_write(&x->s, "other", "hello", 5);
    assert_int_equal(casus_pack_open(&pack, x->s.path, &x->m, &err), CASUS_E_FORMAT);
    assert_string_equal(err.message, "not a casus pack");
    memset(x->bytes, 'x', x->len);
    assert_int_equal(try_open(x, &err), CASUS_E_FORMAT);
    assert_string_equal(err.message, "not a casus pack");
    assert_int_equal(casus_pack_open_bytes(&pack, x->bytes + 1, 64, &x->m, &err), CASUS_E_ARGUMENT);
    assert_int_equal(casus_pack_open_bytes(&pack, NULL, 0, &x->m, &err), CASUS_E_FORMAT);
    teardown(x);
}

static void refuses_another_version(void **state) {
    (void)state;
    fixture *x = setup();
    casus_error err;
    header(x)->version = CASUS_PACK_VERSION + 1;
    assert_int_equal(try_open(x, &err), CASUS_E_VERSION);
    header(x)->version = 0;
    assert_int_equal(try_open(x, &err), CASUS_E_VERSION);
    teardown(x);
}

static void refuses_the_other_byte_order(void **state) {
    (void)state;
    fixture *x = setup();
    casus_error err;
    header(x)->mark = CASUS_PACK_FOREIGN;
    header(x)->version = CASUS_PACK_VERSION << 24; /* as such a machine would have written it */
    assert_int_equal(try_open(x, &err), CASUS_E_VERSION);
    assert_non_null(strstr(err.message, "byte order"));
    teardown(x);
}

static void refuses_a_changed_table(void **state) {
    (void)state;
    fixture *x = setup();
    casus_error err;
    entries(x)[0].name[0] = 'F';
    assert_int_equal(try_open(x, &err), CASUS_E_CHECKSUM);
    teardown(x);
}

/* Tables with a right checksum that no writer makes. */
static void refuses_an_unsound_table(void **state) {
    (void)state;
    for (int kind = 0; kind < 14; kind++) {
        fixture *x = setup();
        pack_entry *e = entries(x);
        switch (kind) {
        case 0:
            e[0].offset += 64;
            break; /* a gap */
        case 1:
            e[1].offset -= 64;
            break; /* overlap */
        case 2:
            e[2].offset = UINT64_MAX - 63;
            break; /* far outside */
        case 3:
            e[2].size = UINT64_MAX;
            break; /* wraps around */
        case 4:
            e[2].size += 64;
            break; /* past the end */
        case 5:
            e[2].size -= 64;
            break; /* bytes left over */
        case 6:
            e[1].zero = 1;
            break;
        case 7:
            memset(e[0].name, 0, 32);
            break; /* no name */
        case 8:
            memset(e[0].name, 'x', 32);
            break; /* no end of the name */
        case 9:
            e[0].name[20] = 'x';
            break; /* bytes behind the name */
        case 10:
            memcpy(e[1].name, e[0].name, 32);
            break; /* a name twice */
        case 11:
            header(x)->sections = 2;
            break;
        case 12:
            header(x)->sections = 4;
            break;
        default:
            e[0].offset = 0;
            break; /* the header as a section */
        }
        seal(x);
        casus_error err;
        assert_int_equal(try_open(x, &err), CASUS_E_FORMAT);
        teardown(x);
    }
    fixture *x = setup();
    casus_error err;
    header(x)->sections = UINT32_MAX;
    assert_int_equal(try_open(x, &err), CASUS_E_FORMAT);
    header(x)->sections = CASUS_PACK_SECTIONS_MOST + 1;
    assert_int_equal(try_open(x, &err), CASUS_E_FORMAT);
    teardown(x);
}

/* One changed byte anywhere: refused at open, or when the section it lies in is asked for, while
 * the other sections are still good. */
static void refuses_any_changed_byte(void **state) {
    (void)state;
    fixture *x = setup();
    static const unsigned char flips[] = {0x01, 0x80, 0xFF};
    size_t table_end = sizeof(pack_header) + 3 * sizeof(pack_entry);
    for (size_t at = 0; at < x->len; at++) {
        for (size_t k = 0; k < sizeof flips; k++) {
            x->bytes[at] ^= flips[k];
            casus_pack *pack;
            casus_error err;
            casus_status status = casus_pack_open_bytes(&pack, x->bytes, x->len, &x->m, &err);
            if (at < table_end) {
                assert_int_not_equal(status, CASUS_OK);
            } else {
                assert_int_equal(status, CASUS_OK);
                int refused = 0;
                for (size_t i = 0; i < 3; i++) {
                    const void *bytes;
                    size_t len;
                    status = casus_pack_section(pack, names[i], &bytes, &len, &err);
                    if (status == CASUS_OK) continue;
                    assert_int_equal(status, CASUS_E_CHECKSUM);
                    assert_null(bytes);
                    assert_in_range(at, entries(x)[i].offset,
                                    pack_aligned(entries(x)[i].offset + sizes[i]) - 1);
                    refused++;
                }
                assert_int_equal(refused, 1);
            }
            casus_pack_free(pack);
            x->bytes[at] ^= flips[k];
        }
    }
    teardown(x);
}

static void writer_refuses(void **state) {
    (void)state;
    fixture *x = setup();
    casus_pack_writer *w;
    casus_error err;
    assert_int_equal(casus_pack_writer_new(&w, &x->m, &err), CASUS_OK);
    assert_int_equal(casus_pack_writer_add(w, "", "x", 1, &err), CASUS_E_ARGUMENT);
    assert_int_equal(casus_pack_writer_add(w, "a-name-of-thirty-two-bytes-abcde", "x", 1, &err),
                     CASUS_E_ARGUMENT);
    for (unsigned i = 0; i < CASUS_PACK_SECTIONS_MOST; i++) {
        char name[32];
        snprintf(name, sizeof name, "s%u", i);
        assert_int_equal(casus_pack_writer_add(w, name, name, i % 32, &err), CASUS_OK);
        assert_int_equal(casus_pack_writer_add(w, name, name, 1, &err), CASUS_E_ARGUMENT);
    }
    assert_int_equal(casus_pack_writer_add(w, "more", "x", 1, &err), CASUS_E_LIMIT);
    assert_int_equal(casus_pack_writer_save(w, scratch_path(&x->s, "none/other"), &err),
                     CASUS_E_IO);
    assert_int_equal(casus_pack_writer_save(w, x->s.folder, &err), CASUS_E_IO); /* a folder */
    char part[600];
    snprintf(part, sizeof part, "%s.%ld-0.part", x->s.folder, (long)getpid());
    assert_int_not_equal(access(part, F_OK), 0); /* the half-made file is gone */

    /* an old pack is replaced whole, and one that is open stays as it was */
    casus_pack *old, *pack;
    const char *path = scratch_path(&x->s, "pack");
    assert_int_equal(casus_pack_open(&old, path, &x->m, &err), CASUS_OK);
    assert_int_equal(casus_pack_writer_save(w, path, &err), CASUS_OK);
    casus_pack_writer_free(w);
    const void *bytes;
    size_t len;
    assert_int_equal(casus_pack_section(old, "first", &bytes, &len, &err), CASUS_OK);
    assert_int_equal(casus_pack_open(&pack, path, &x->m, &err), CASUS_OK);
    assert_int_equal(casus_pack_section(pack, "s255", &bytes, &len, &err), CASUS_OK);
    assert_int_equal(len, 31);
    assert_false(casus_pack_has(pack, "first"));
    casus_pack_free(old);
    casus_pack_free(pack);
    teardown(x);
}

static void without_memory(void **state) {
    (void)state;
    fixture *x = setup();
    fault f;
    casus_error err;
    const char *path = scratch_path(&x->s, "other");
    FAULT_EVERY(f) {
        casus_status status = build(path, &f.memory, &err);
        FAULT_EXPECT(f, status);
    }
    FAULT_EVERY(f) {
        casus_pack *pack;
        casus_status status = casus_pack_open(&pack, path, &f.memory, &err);
        FAULT_EXPECT(f, status);
        casus_pack_free(pack);
    }
    FAULT_EVERY(f) {
        casus_pack *pack;
        casus_status status = casus_pack_open_bytes(&pack, x->bytes, x->len, &f.memory, &err);
        FAULT_EXPECT(f, status);
        casus_pack_free(pack);
    }
    teardown(x);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sections_come_back),
        cmocka_unit_test(same_sections_same_bytes),
        cmocka_unit_test(an_empty_pack),
        cmocka_unit_test(refuses_truncated),
        cmocka_unit_test(refuses_other_files),
        cmocka_unit_test(refuses_another_version),
        cmocka_unit_test(refuses_the_other_byte_order),
        cmocka_unit_test(refuses_a_changed_table),
        cmocka_unit_test(refuses_an_unsound_table),
        cmocka_unit_test(refuses_any_changed_byte),
        cmocka_unit_test(writer_refuses),
        cmocka_unit_test(without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
