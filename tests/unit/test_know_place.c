/* The gazetteer: keys, tables, dumps, looking up, and every kind of damage. */
#include "fault.h"
#include "know/place_int.h"
#include "scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static const char iso[] = "two\tthree\nAM\tARM\nUS\tUSA\nFR\tFRA\n";
static const char words[] =
    "class\twords\texample\nin\tin|near\tIn X.\narea\tprovince\tX Province.\n";
static const char rows[] = "name\tnames\tshort\tcountry\tadmin\tlat\tlon\tkind\texample\n"
                           "Syunik\tZangezur\t\tARM\t08\t39.3\t46.2\tstate\tThey left Syunik.\n"
                           "Texas\t\tTex.|TX\tUSA\tTX\t31.5\t-99.3\tstate\tThey left Texas.\n"
                           "Black Sea\t\t\t\t\t43\t34\tsea\tShips sank in the Black Sea.\n";
static const char dump[] =
    "174895\tGoris\tGoris\tGerusy,\xD0\x93\xD0\xBE\xD1\x80\xD0\xB8\xD1\x81\t39.51\t46.34\tP\tPPLA\t"
    "AM\t\t08\t\t\t\t20591\t\t1385\tAsia/Yerevan\t2015-01-01\n"
    "2988507\tParis\tParis\tLutetia\t48.85\t2.35\tP\tPPLC\tFR\t\t11\t\t\t\t2138551\t\t42\tE\t2015\n"
    "4717560\tParis\tParis\tPinhook\t33.66\t-95.56\tP\tPPL\tUS\t\tTX\t\t\t\t24782\t\t1\tA\t2015\n"
    "1\tSome School\tSome School\t\t1\t2\tS\tSCH\tUS\t\tTX\t\t\t\t0\t\t1\tA\t2015\n";

typedef struct data {
    scratch s;
    char folder[300], places[400], dump[400];
} data;

static void put(const char *folder, const char *name, const char *text) {
    char path[600];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(text, 1, strlen(text), f) != strlen(text) || fclose(f) != 0) abort();
}

static void data_make(data *d, const char *table) {
    scratch_make(&d->s);
    snprintf(d->folder, sizeof d->folder, "%s", d->s.folder);
    snprintf(d->places, sizeof d->places, "%s/places", d->s.folder);
    snprintf(d->dump, sizeof d->dump, "%s/dump.txt", d->s.folder);
    if (mkdir(d->places, 0700) != 0) abort();
    put(d->places, "iso.tsv", iso);
    put(d->places, "words.tsv", words);
    put(d->places, "some.tsv", table);
    put(d->s.folder, "dump.txt", dump);
}

static void data_remove(data *d) {
    static const char *const names[] = {
        "places/iso.tsv", "places/words.tsv", "places/some.tsv", "dump.txt", "pack", NULL};
    for (size_t i = 0; names[i]; i++) unlink(scratch_path(&d->s, names[i]));
    rmdir(d->places);
    assert_int_equal(rmdir(d->s.folder), 0);
}

static casus_status make_pack(data *d, const char *gazetteer, const casus_memory *m,
                              casus_error *err) {
    casus_pack_writer *w = NULL;
    casus_status st = casus_pack_writer_new(&w, m, err);
    if (!st) st = casus_know_place_compile(d->folder, gazetteer, gazetteer, w, m, err); /* twice */
    if (!st) st = casus_pack_writer_save(w, scratch_path(&d->s, "pack"), err);
    casus_pack_writer_free(w);
    return st;
}

static uint32_t find(const casus_places *p, const char *name, const place_entry **e) {
    casus_memory m = casus_base_memory_default();
    casus_arena *a = casus_base_arena_new(&m);
    casus_slice key = place_key(a, casus_slice_z(name));
    uint32_t n = place_lookup(p, place_hash(key), e);
    casus_base_arena_free(a);
    return n;
}

static void check_key(const char *name, const char *want) {
    casus_memory m = casus_base_memory_default();
    casus_arena *a = casus_base_arena_new(&m);
    casus_slice key = place_key(a, casus_slice_z(name));
    assert_string_equal(key.ptr, want);
    casus_base_arena_free(a);
}

static void keys(void **state) {
    (void)state;
    check_key("Saint Louis", "st louis");
    check_key("St. Louis", "st louis");
    check_key("Bab el-Mandeb", "bab el mandeb");
    check_key("Dogu Beyaz\xC4\xB1t", "dogu beyazit");
    check_key("L'Aquila", "laquila");
    check_key("D.C.", "dc");
    check_key("  ", "");
    check_key("-", "");
    assert_int_equal(place_admin(CASUS_SLICE("")), 0);
    assert_int_not_equal(place_admin(CASUS_SLICE("08")), place_admin(CASUS_SLICE("8")));
}

static void looked_up(void **state) {
    (void)state;
    data d;
    casus_error err = {0};
    casus_memory m = casus_base_memory_default();
    data_make(&d, rows);
    assert_int_equal(make_pack(&d, d.dump, &m, &err), CASUS_OK);
    casus_pack *pack = NULL;
    casus_places *p = NULL;
    assert_int_equal(casus_pack_open(&pack, scratch_path(&d.s, "pack"), &m, &err), CASUS_OK);
    assert_int_equal(casus_know_place_open(&p, pack, &m, &err), CASUS_OK);
    const place_entry *e = NULL;
    assert_int_equal(find(p, "PARIS", &e), 2); /* the larger first */
    const place_record *r = place_at(p, e[0].place);
    assert_int_equal(r->id, 2988507);
    assert_memory_equal(r->country, "FRA", 3);
    assert_int_equal(r->lat, 4885000);
    assert_int_equal(find(p, "Goris", &e), 1);
    assert_int_equal(find(p, "Gerusy", &e), 1);
    assert_true(e->place & PLACE_ALT);
    assert_true(casus_slice_is(place_name_of(p, place_at(p, e->place)), "Goris"));
    assert_int_equal(find(p, "Pinhook", &e), 0);     /* an old name of a small American town */
    assert_int_equal(find(p, "Some School", &e), 0); /* no place of ours */
    assert_int_equal(find(p, "Tex.", &e), 1);
    assert_true(e->place & PLACE_ABBR);
    assert_int_equal(find(p, "Zangezur", &e), 1);
    r = place_at(p, e->place);
    assert_int_equal(r->kind, PLACE_STATE);
    assert_int_equal(r->admin, place_admin(CASUS_SLICE("08")));
    assert_int_equal(find(p, "Nowhere at all", &e), 0);
    assert_int_equal(place_classes(p, place_hash(CASUS_SLICE("near"))), PLACE_W_IN);
    assert_int_equal(place_classes(p, place_hash(CASUS_SLICE("far"))), 0);
    assert_null(place_at(p, PLACE_INDEX));
    casus_know_place_free(p);
    casus_pack_free(pack);
    data_remove(&d);
}

static void refused(const char *table, uint64_t line, const char *what) {
    data d;
    casus_error err = {0};
    casus_memory m = casus_base_memory_default();
    data_make(&d, table);
    assert_int_equal(make_pack(&d, NULL, &m, &err), CASUS_E_DATA);
    assert_int_equal(err.line, line);
    assert_non_null(strstr(err.file, "some.tsv"));
    assert_non_null(strstr(err.message, what));
    data_remove(&d);
}

static void bad_rows(void **state) {
    (void)state;
    refused("name\tcountry\tlat\tlon\tkind\nX\tQQQ\t1\t2\tcity\n", 2, "country");
    refused("name\tcountry\tlat\tlon\tkind\nX\tARM\t91\t2\tcity\n", 2, "latitude");
    refused("name\tcountry\tlat\tlon\tkind\n\nX\tARM\t1\t-181\tcity\n", 3, "longitude");
    refused("name\tcountry\tlat\tlon\tkind\nX\tARM\t1\tnan\tcity\n", 2, "longitude");
    refused("name\tcountry\tlat\tlon\tkind\nX\tARM\t\t2\tcity\n", 2, "latitude");
    refused("name\tcountry\tlat\tlon\tkind\nX\tARM\t1\t2\tburg\n", 2, "kind");
    refused("name\tcountry\tlat\tlon\tkind\n\t\t1\t2\tcity\n", 2, "name");
    refused("name\tcountry\tlat\tlon\tkind\nX\tARM\t1\t2\tcity\nx\tARM\t3\t4\tcity\n", 3, "twice");
    refused("name\tnames\tcountry\tlat\tlon\tkind\nX\ta||b\tARM\t1\t2\tcity\n", 2, "empty");
    refused("name\tcountry\tlat\tlon\nX\tARM\t1\t2\n", 1, "kind");
}

static void bad_sources(void **state) {
    (void)state;
    data d;
    casus_error err = {0};
    casus_memory m = casus_base_memory_default();
    data_make(&d, rows);
    assert_int_equal(make_pack(&d, "/nonexistent/x.whl", &m, &err), CASUS_E_IO);
    assert_int_equal(make_pack(&d, "/nonexistent/x.txt", &m, &err), CASUS_E_IO);
    char path[600];
    snprintf(path, sizeof path, "%s/dump.zip", d.s.folder);
    put(d.s.folder, "dump.zip", "no zip");
    assert_int_equal(make_pack(&d, path, &m, &err), CASUS_E_FORMAT);
    unlink(path);
    put(d.s.folder, "dump.txt", "1\tX\n");
    assert_int_equal(make_pack(&d, d.dump, &m, &err), CASUS_E_DATA);
    assert_int_equal(err.line, 1);
    data_remove(&d);
}

static void memory_out(void **state) {
    (void)state;
    data d;
    fault f;
    data_make(&d, rows);
    FAULT_EVERY(f) {
        casus_error err = {0};
        casus_status st = make_pack(&d, d.dump, &f.memory, &err);
        FAULT_EXPECT(f, st);
    }
    FAULT_EVERY(f) {
        casus_error err = {0};
        casus_pack *pack = NULL;
        casus_places *p = NULL;
        casus_status st = casus_pack_open(&pack, scratch_path(&d.s, "pack"), &f.memory, &err);
        if (!st) st = casus_know_place_open(&p, pack, &f.memory, &err);
        FAULT_EXPECT(f, st);
        casus_know_place_free(p);
        casus_pack_free(pack);
    }
    data_remove(&d);
}

/* Looks everything up: any answer will do, but no read outside of the section. */
static void use(const casus_places *p) {
    static const char *const asked[] = {"Paris", "Goris", "Texas", "Black Sea", "Zangezur", "x"};
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        const place_entry *e = NULL;
        uint32_t n = find(p, asked[i], &e);
        for (uint32_t k = 0; k < n; k++) {
            const place_record *r = place_at(p, e[k].place);
            if (r) (void)place_name_of(p, r);
        }
        (void)place_classes(p, place_hash(casus_slice_z(asked[i])));
    }
    for (uint64_t h = 0; h < 4096; h++) { /* every bucket */
        const place_entry *e = NULL;
        (void)place_lookup(p, h * 0x100000001ull, &e);
        (void)place_classes(p, h);
    }
}

static void damaged(void **state) {
    (void)state;
    data d;
    casus_error err = {0};
    casus_memory m = casus_base_memory_default();
    data_make(&d, rows);
    assert_int_equal(make_pack(&d, d.dump, &m, &err), CASUS_OK);
    casus_pack *pack = NULL;
    const void *bytes;
    size_t len;
    assert_int_equal(casus_pack_open(&pack, scratch_path(&d.s, "pack"), &m, &err), CASUS_OK);
    assert_int_equal(casus_pack_section(pack, PLACE_SECTION, &bytes, &len, &err), CASUS_OK);
    size_t opened = 0, refused_ = 0;
    for (size_t at = 0; at < len; at++) {
        for (unsigned k = 0; k < 3; k++) {
            unsigned char *copy = malloc(len); /* exact: an overrun shows under ASan */
            memcpy(copy, bytes, len);
            copy[at] = k == 0 ? 0xFF : k == 1 ? (unsigned char)~copy[at] : copy[at] ^ 1;
            casus_places p;
            casus_status st = place_fill(&p, copy, len, &err);
            if (st == CASUS_OK) {
                use(&p);
                opened++;
            } else {
                assert_int_equal(st, CASUS_E_FORMAT);
                refused_++;
            }
            free(copy);
        }
    }
    for (size_t n = 0; n < len; n += 7) { /* cut short */
        unsigned char *copy = malloc(n ? n : 1);
        memcpy(copy, bytes, n);
        casus_places p;
        assert_int_equal(place_fill(&p, copy, n, &err), CASUS_E_FORMAT);
        free(copy);
    }
    assert_true(opened > 0 && refused_ > 0);
    casus_pack_free(pack);
    data_remove(&d);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys),        cmocka_unit_test(looked_up),  cmocka_unit_test(bad_rows),
        cmocka_unit_test(bad_sources), cmocka_unit_test(memory_out), cmocka_unit_test(damaged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
