/* Memory that gives out anywhere, and packs damaged behind their checksums: every one is an error
 * or a document, never a crash. Under AddressSanitizer fewer of them are tried. */
#include "fault.h"
#include "pack/pack_int.h"
#include "packed.h"
#include "scratch.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <xxhash.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SLOW 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SLOW 1
#endif
#endif
#ifndef SLOW
#define SLOW 0
#endif

/* The N to fail at: each of the first, then ever wider apart. */
static size_t next_fault(size_t n) {
    return n < (SLOW ? 40 : 400) ? n + 1 : n + n / (SLOW ? 8 : 40);
}

static casus_status code_all(const casus_model *model, size_t least, size_t most, int print,
                             casus_error *err) {
    casus_worker *w = NULL;
    casus_status s = casus_worker_new(&w, model, err);
    for (size_t i = least; i < most && !s; i++) {
        casus_options o = CASUS_OPTIONS_INIT;
        o.date = "2025-03-05";
        casus_doc *doc = NULL;
        s = casus_code_text(&doc, w, "doc", packed_news[i], strlen(packed_news[i]), &o, err);
        packed_text out = {0};
        if (!s && print) s = packed_print(doc, &out, err);
        free(out.ptr);
        casus_doc_free(doc);
    }
    casus_worker_free(w);
    return s;
}

static void opening_without_memory(void **state) {
    (void)state;
    fault f;
    for (size_t n = 1;; n = next_fault(n)) {
        fault_start(&f, n);
        casus_model *model = NULL;
        casus_error err = {0};
        const casus_status s = casus_model_open(&model, PACKED, &f.memory, &err);
        /* without memory for machine code the regular expressions are interpreted */
        assert_true(s == CASUS_OK || (f.failed && s == CASUS_E_MEMORY));
        assert_int_equal(err.status, s);
        casus_model_free(model);
        assert_int_equal(f.live, 0);
        if (!f.failed) break;
    }
}

static void coding_without_memory(void **state) {
    (void)state;
    fault f;
    fault_start(&f, 0);
    casus_model *model = NULL;
    assert_int_equal(casus_model_open(&model, PACKED, &f.memory, NULL), CASUS_OK);
    const size_t held = f.live;
    for (size_t i = 0; i < PACKED_NEWS; i++)
        for (size_t n = 1;; n = next_fault(n)) {
            f.calls = 0;
            f.failed = false;
            f.fail_at = n;
            casus_error err = {0};
            const casus_status s = code_all(model, i, i + 1, 1, &err);
            f.fail_at = 0;
            if (s != (f.failed ? CASUS_E_MEMORY : CASUS_OK))
                fail_msg("text %zu, allocation %zu: status %d", i, n, s);
            assert_int_equal(f.live, held);
            if (!f.failed) break;
        }
    casus_model_free(model);
    assert_int_equal(f.live, 0);
}

/* ---- damage -----------------------------------------------------------------------------------
 */

typedef struct damaged {
    int file;
    const char *path;
    pack_header header;
    pack_entry *entries;
    size_t opened, refused;
    char trying[96]; /* where the damage is, for messages */
} damaged;

/* Rewrites the table with right checksums. */
static void seal(damaged *d) {
    pack_header h = d->header;
    h.table_checksum = XXH3_64bits(d->entries, h.sections * sizeof *d->entries);
    assert_int_equal(pwrite(d->file, &h, sizeof h, 0), sizeof h);
    const size_t size = h.sections * sizeof *d->entries;
    assert_int_equal(pwrite(d->file, d->entries, size, sizeof h), size);
}

static void try_pack(damaged *d) {
    casus_model *model = NULL;
    casus_error err = {0};
    casus_status s = casus_model_open(&model, d->path, NULL, &err);
    if (s) {
        assert_null(model);
        assert_true(err.status == s && err.message[0]);
        /* what was cut off is no padding, and so counts as a wrong checksum */
        if (s != CASUS_E_FORMAT && s != CASUS_E_VERSION && s != CASUS_E_CHECKSUM &&
            s != CASUS_E_LIMIT)
            fail_msg("%s: %d: %s", d->trying, s, err.message);
        d->refused++;
        return;
    }
    d->opened++;
    s = code_all(model, d->opened % PACKED_NEWS, d->opened % PACKED_NEWS + 1, 1, &err);
    assert_true(s == CASUS_OK || err.message[0]);
    casus_model_free(model);
}

static void damage(damaged *d, uint32_t section, const unsigned char *sound, size_t at,
                   const void *bytes, size_t n) {
    pack_entry *e = &d->entries[section];
    unsigned char *changed = malloc(e->size);
    assert_non_null(changed);
    memcpy(changed, sound, e->size);
    memcpy(changed + at, bytes, n);
    const uint64_t checksum = e->checksum;
    e->checksum = XXH3_64bits(changed, e->size);
    snprintf(d->trying, sizeof d->trying, "%.31s byte %zu", e->name, at);
    assert_int_equal(pwrite(d->file, bytes, n, (off_t)(e->offset + at)), n);
    seal(d);
    try_pack(d);
    assert_int_equal(pwrite(d->file, sound + at, n, (off_t)(e->offset + at)), n);
    e->checksum = checksum;
    free(changed);
}

static void sections_damaged_behind_their_checksums(void **state) {
    (void)state;
    scratch folder;
    scratch_make(&folder);
    const casus_memory m = casus_base_memory_default();
    char *bytes;
    size_t len;
    assert_int_equal(casus_base_read_file(&bytes, &len, PACKED, SIZE_MAX, &m, NULL), CASUS_OK);
    damaged d = {.path = scratch_write(&folder, "pack", bytes, len)};
    d.file = open(d.path, O_RDWR);
    assert_true(d.file >= 0);
    memcpy(&d.header, bytes, sizeof d.header);
    d.entries = malloc(d.header.sections * sizeof *d.entries);
    assert_non_null(d.entries);
    memcpy(d.entries, bytes + sizeof d.header, d.header.sections * sizeof *d.entries);
    const char *rounds = getenv("CASUS_DAMAGE"); /* more of them, for a long run */
    const size_t spread = rounds ? (size_t)atoi(rounds) : SLOW ? 12 : 60;
    uint64_t chance = 88172645463325252ull; /* xorshift64 (Marsaglia 2003), always the same */
    for (uint32_t i = 0; i < d.header.sections; i++) {
        const pack_entry sound = d.entries[i];
        const unsigned char *at = (const unsigned char *)bytes + sound.offset;
        /* cut short */
        for (size_t k = 0; k < 6 && sound.size > 0; k++) {
            const size_t cuts[] = {0, 1, 3, sound.size / 2, sound.size - 1, sound.size * 7 / 8};
            snprintf(d.trying, sizeof d.trying, "%.31s cut to %zu", sound.name, cuts[k]);
            d.entries[i].size = cuts[k];
            d.entries[i].checksum = XXH3_64bits(at, cuts[k]);
            seal(&d);
            try_pack(&d);
            d.entries[i] = sound;
        }
        /* words changed: all of the head, then here and there */
        const size_t words = sound.size / 4, head = words < spread ? words : spread;
        for (size_t k = 0; k < head + spread && words; k++) {
            static const uint32_t values[] = {0,          1,      0xFFFFFFFF, 0x7FFFFFFF,
                                              0x80000000, 0xFFFF, 0x7FC00000};
            chance ^= chance << 13, chance ^= chance >> 7, chance ^= chance << 17;
            const size_t w = k < head ? k : (size_t)(chance % words);
            uint32_t value, old;
            memcpy(&old, at + 4 * w, 4);
            const uint32_t pick = (uint32_t)(chance >> 40) % 10;
            value = pick < 7 ? values[pick] : pick == 7 ? old + 1 : pick == 8 ? old - 1 : old ^ 64u;
            if (value != old) damage(&d, i, at, 4 * w, &value, 4);
        }
    }
    seal(&d);
    const size_t opened = d.opened;
    try_pack(&d); /* all put back */
    assert_int_equal(d.opened, opened + 1);
    print_message("%zu damaged packs refused, %zu opened and run\n", d.refused, opened);
    assert_true(d.refused > 0);
    close(d.file);
    free(d.entries);
    casus_base_release(&m, bytes);
    const char *const files[] = {"pack", NULL};
    assert_int_equal(scratch_remove(&folder, files), 0);
}

int main(void) {
    if (packed_missing()) return PACKED_SKIP;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(opening_without_memory),
        cmocka_unit_test(coding_without_memory),
        cmocka_unit_test(sections_damaged_behind_their_checksums),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
