/* place_tables.c - the files of data/places into places and word classes; pack time only.
 *
 * Every *.tsv of the folder is read, in the order of names: words.tsv (classes of words), iso.tsv
 * (codes of countries), all others rows of places. A wrong row is refused with file and line.
 */
#include "know/place_int.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#define TABLES_MOST 64
#define TABLE_BYTES_MOST (64u << 20)
#define NAME_MOST 128

static const char *const place_kind_names[] = {"city",      "state",   "district", "region",
                                               "continent", "quarter", "village",  "camp",
                                               "base",      "airport", "line",     "site",
                                               "sea",       "river",   "lake",     "mountain",
                                               "island",    "country"};

place_kind place_kind_of(casus_slice word) {
    for (size_t i = 0; i < PLACE_COUNTRY; i++) {
        if (casus_slice_is(word, place_kind_names[i])) return (place_kind)i;
    }
    return PLACE_KINDS;
}

typedef struct reader {
    place_build *b;
    casus_table t;
    casus_error *err;
    casus_buffer seen; /* hashes of name, country, admin, kind */
} reader;

static casus_status bad(reader *r, const char *what, casus_slice field) {
    return casus_base_fail_at(r->err, CASUS_E_DATA, r->t.file, r->t.line, 0, "%s: \"%.*s\"", what,
                              (int)(field.len > 60 ? 60 : field.len), field.ptr);
}

static bool degrees(casus_slice s, double most, int32_t *out) {
    double x;
    if (!casus_base_number(s, &x) || !(x >= -most && x <= most)) return false;
    *out = (int32_t)(x < 0 ? x * 1e5 - .5 : x * 1e5 + .5);
    return true;
}

static casus_status twice(reader *r, const place_record *p, casus_slice name) {
    casus_slice key = place_key(place_build_arena(r->b), name);
    if (!key.ptr) return casus_base_no_memory(r->err);
    uint64_t h = place_hash_more(PLACE_HASH_START, key.ptr, key.len);
    h = place_hash_more(h, p->country, 3);
    h = place_hash_more(h, (const char *)&p->admin, 4);
    h = place_hash_more(h, (const char *)&p->kind, 1);
    const char *at = r->seen.ptr;
    for (size_t i = 0; i + sizeof h <= r->seen.len; i += sizeof h) {
        if (memcmp(at + i, &h, sizeof h) == 0) return bad(r, "this place is there twice", name);
    }
    casus_base_buffer_add(&r->seen, &h, sizeof h);
    return r->seen.failed ? casus_base_no_memory(r->err) : CASUS_OK;
}

static casus_status names(reader *r, uint32_t index, const char *column, uint32_t flags) {
    casus_slice list = casus_base_table_get(&r->t, column), s;
    casus_status st = CASUS_OK;
    while (st == CASUS_OK && list.len && casus_slice_cut(&list, '|', &s)) {
        s = casus_slice_trim(s);
        if (!s.len) return bad(r, "an empty name", casus_base_table_get(&r->t, column));
        st = place_build_name(r->b, index, s, flags, r->err);
    }
    return st;
}

static casus_status place_row(reader *r) {
    place_record p = {0};
    casus_slice name = casus_base_table_get(&r->t, "name");
    casus_slice country = casus_base_table_get(&r->t, "country");
    casus_slice kind = casus_base_table_get(&r->t, "kind");
    if (!name.len) return bad(r, "a place without a name", name);
    if (country.len && (country.len != 3 || !place_build_country(r->b, country, p.country))) {
        return bad(r, "no such country code", country);
    }
    place_kind k = place_kind_of(kind);
    if (k == PLACE_KINDS) return bad(r, "no such kind of place", kind);
    p.kind = (uint8_t)k;
    casus_slice lat = casus_base_table_get(&r->t, "lat"), lon = casus_base_table_get(&r->t, "lon");
    if (!degrees(lat, 90, &p.lat)) return bad(r, "no latitude", lat);
    if (!degrees(lon, 180, &p.lon)) return bad(r, "no longitude", lon);
    p.admin = place_admin(casus_base_table_get(&r->t, "admin"));
    casus_status st = twice(r, &p, name);
    uint32_t index = 0;
    if (st == CASUS_OK) st = place_build_add(r->b, &p, name, &index, r->err);
    if (st == CASUS_OK) st = names(r, index, "names", 0);
    if (st == CASUS_OK) st = names(r, index, "short", PLACE_ABBR);
    return st;
}

static casus_status word_row(reader *r) {
    static const char *const classes[] = {"in",        "move",  "of",       "area",   "feature",
                                          "body",      "title", "first",    "common", "join",
                                          "town",      "act",   "team",     "parts",  "street",
                                          "folk",      "civic", "facility", "take",   "strike",
                                          "elsewhere", "then",  "actin",    "way",    "site"};
    casus_slice class = casus_base_table_get(&r->t, "class");
    casus_slice list = casus_base_table_get(&r->t, "words"), s;
    uint32_t bit = 0;
    while (bit < PLACE_CLASSES && !casus_slice_is(class, classes[bit])) bit++;
    if (bit == PLACE_CLASSES) return bad(r, "no such class of words", class);
    if (!list.len) return bad(r, "no words", class);
    casus_status st = CASUS_OK;
    while (st == CASUS_OK && casus_slice_cut(&list, '|', &s)) {
        s = casus_slice_trim(s);
        if (!s.len) return bad(r, "an empty word", class);
        st = place_build_word(r->b, s, 1u << bit, r->err);
    }
    return st;
}

static casus_status iso_row(reader *r) {
    casus_slice two = casus_base_table_get(&r->t, "two");
    casus_slice three = casus_base_table_get(&r->t, "three");
    if (three.len != 3 || (two.len && two.len != 2)) return bad(r, "no code of a country", three);
    char same[3];
    if (place_build_country(r->b, three, same)) return bad(r, "a country twice", three);
    return place_build_country_add(r->b, two, three, r->err);
}

static casus_status read_table(reader *r, const char *file, const char *const *needed,
                               casus_status (*row)(reader *), const casus_memory *memory) {
    char *bytes = NULL;
    size_t len = 0;
    casus_status st = casus_base_read_file(&bytes, &len, file, TABLE_BYTES_MOST, memory, r->err);
    if (st == CASUS_OK) {
        st = casus_base_table_open(&r->t, file, casus_slice_of(bytes, len), needed, r->err);
    }
    int more = 1;
    while (st == CASUS_OK && (more = casus_base_table_next(&r->t, r->err)) > 0) {
        st = row(r);
        casus_base_arena_reset(place_build_arena(r->b));
    }
    if (st == CASUS_OK && more < 0) st = (casus_status)more;
    casus_base_release(memory, bytes);
    return st;
}

static int by_name(const void *a, const void *b) {
    return strcmp(a, b);
}

casus_status place_tables_read(place_build *b, const char *data_dir, const casus_memory *memory,
                               casus_error *err) {
    static const char *const place_columns[] = {"name", "country", "lat", "lon", "kind", NULL};
    static const char *const word_columns[] = {"class", "words", NULL};
    static const char *const iso_columns[] = {"two", "three", NULL};
    char folder[900], path[900 + NAME_MOST], list[TABLES_MOST][NAME_MOST];
    size_t n = 0;
    if ((size_t)snprintf(folder, sizeof folder, "%s/places", data_dir) >= sizeof folder) {
        return casus_base_fail(err, CASUS_E_ARGUMENT, "the data folder's name is too long");
    }
    DIR *d = opendir(folder);
    if (!d) return CASUS_OK;
    for (const struct dirent *e; (e = readdir(d)) && n < TABLES_MOST;) {
        size_t len = strlen(e->d_name);
        if (len < 5 || len >= NAME_MOST || strcmp(e->d_name + len - 4, ".tsv") != 0) continue;
        if (e->d_name[0] == '.') continue;
        memcpy(list[n++], e->d_name, len + 1);
    }
    closedir(d);
    qsort(list, n, NAME_MOST, by_name);
    reader r = {.b = b, .err = err};
    casus_base_buffer_init(&r.seen, memory);
    casus_status st = CASUS_OK;
    for (int pass = 0; pass < 2 && st == CASUS_OK; pass++) { /* the codes first */
        for (size_t i = 0; i < n && st == CASUS_OK; i++) {
            bool iso = strcmp(list[i], "iso.tsv") == 0, words = strcmp(list[i], "words.tsv") == 0;
            if (iso != (pass == 0)) continue;
            snprintf(path, sizeof path, "%s/%s", folder, list[i]);
            st = read_table(&r, path,
                            iso     ? iso_columns
                            : words ? word_columns
                                    : place_columns,
                            iso     ? iso_row
                            : words ? word_row
                                    : place_row,
                            memory);
        }
    }
    casus_base_buffer_free(&r.seen);
    return st;
}

casus_status casus_know_place_compile(const char *data_dir, const char *gazetteer,
                                      const char *geonames, casus_pack_writer *writer,
                                      const casus_memory *memory, casus_error *err) {
    place_build *b = NULL;
    casus_buffer bytes;
    casus_base_buffer_init(&bytes, memory);
    casus_status st = place_build_new(&b, memory, err);
    if (st == CASUS_OK) st = place_tables_read(b, data_dir, memory, err);
    if (st == CASUS_OK && gazetteer) st = place_source_read(b, gazetteer, memory, err);
    if (st == CASUS_OK && geonames) st = place_source_read(b, geonames, memory, err);
    if (st == CASUS_OK) st = place_build_emit(b, &bytes, err);
    if (st == CASUS_OK)
        st = casus_pack_writer_add(writer, PLACE_SECTION, bytes.ptr, bytes.len, err);
    place_build_free(b);
    casus_base_buffer_free(&bytes);
    return st;
}
