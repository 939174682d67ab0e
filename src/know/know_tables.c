/* know_tables.c - the files of data/ into rows and names.
 *
 * O(bytes of the tables). Every field that is a code, a date or a class is checked here and an
 * error names file and line. What needs several rows at once (gaps, overlaps) is checked by
 * tool/check_tables.py, not here.
 */
#include "know/know_int.h"

#include <math.h>
#include <stdio.h>

#define FILE_MOST ((size_t)256 << 20)

typedef struct reader {
    know_build *build;
    casus_table t;
    know_table table;
    casus_error *err;
} reader;

static const char *const table_names[KNOW_TABLES] = {"countries",  "leaders", "people", "groups",
                                                     "metonyms",   "peoples", "roles",  "offices",
                                                     "firstnames", "markers", "user"};
const char *know_table_name(know_table table) {
    return table_names[table];
}

static const char *const kind_names[KNOW_KINDS] = {
    "",           "armed",     "party",      "military", "police", "spy",   "court",
    "parliament", "ministry",  "government", "igo",      "ngo",    "media", "company",
    "religious",  "education", "union",      "crime",    "person", "one",   "many",
    "body",       "asset",     "ref",        "mod",      "idle"};
know_kind know_kind_of(casus_slice word) {
    for (int i = 0; i < KNOW_KINDS; i++) {
        if (casus_slice_is(word, kind_names[i])) return (know_kind)i;
    }
    return KNOW_KINDS;
}

static const char *const mark_names[KNOW_MARKS] = {
    "backed",   "led",  "based",   "held",     "pro",    "former",  "then",    "acting",  "elect",
    "deputy",   "mr",   "mrs",     "say",      "told",   "be",      "motion",  "ofplace", "ofpower",
    "quantity", "both", "unknown", "namesake", "common", "foreign", "article", "sends",   "area"};

static const char *const flag_names[8] = {"via",  "other", "male", "female",
                                          "weak", "civil", "sent", "plural"};

static const char sectors_known[] = "GOV MIL COP JUD LEG PTY OPP REB PRM SPY UAF CRM CVL REF JRN "
                                    "BUS EDU MED REL LAB AGR SOC ELI PRE NGO IGO UNK ";

static casus_status bad(reader *r, const char *what, casus_slice text) {
    return casus_base_fail_at(r->err, CASUS_E_DATA, r->t.file, r->t.line, 0, "%s \"%.*s\"", what,
                              (int)(text.len > 80 ? 80 : text.len), text.ptr ? text.ptr : "");
}
static casus_status no_memory(reader *r) {
    return casus_base_no_memory(r->err);
}
static casus_slice get(const reader *r, const char *column) {
    return casus_base_table_get(&r->t, column);
}
/* The next of the pieces of *rest parted by `sep`, trimmed and not empty. */
static bool piece_of(casus_slice *rest, char sep, casus_slice *piece) {
    while (rest->ptr && casus_slice_cut(rest, sep, piece)) {
        *piece = casus_slice_trim(*piece);
        if (piece->len) return true;
    }
    return false;
}

static casus_status read_sectors(reader *r, know_row *row) {
    casus_slice rest = get(r, "sectors"), one;
    while (piece_of(&rest, ' ', &one)) {
        char probe[5] = {0};
        if (one.len == 3) {
            memcpy(probe, one.ptr, 3);
            probe[3] = ' ';
        }
        if (one.len != 3 || !strstr(sectors_known, probe)) return bad(r, "unknown sector", one);
        if (row->n_sectors == CASUS_SECTORS_MOST) return bad(r, "too many sectors at", one);
        memcpy(row->sectors[row->n_sectors++], one.ptr, 3);
    }
    return CASUS_OK;
}

static bool number_of(casus_slice s, int32_t *out) {
    int32_t n = 0;
    if (s.len == 0 || s.len > 4) return false;
    for (uint32_t i = 0; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9') return false;
        n = n * 10 + (s.ptr[i] - '0');
    }
    *out = n;
    return true;
}

/* YYYY, YYYY-MM or YYYY-MM-DD: its first day, or its last. Empty: *day stays. */
static casus_status read_day(reader *r, const char *column, bool last, int32_t *day) {
    casus_slice text = get(r, column), rest = text, part[3];
    if (text.len == 0) return CASUS_OK;
    uint32_t n = 0;
    int32_t v[3] = {0, 1, 1};
    while (n < 3 && casus_slice_cut(&rest, '-', &part[n])) {
        if (!number_of(part[n], &v[n])) return bad(r, "not a date:", text);
        n++;
    }
    if (rest.ptr && n == 3 && rest.len) return bad(r, "not a date:", text);
    if (v[0] < 1800 || v[0] > 2200) return bad(r, "not a date:", text);
    if (n < 2 && last) v[1] = 12;
    if (v[1] < 1 || v[1] > 12) return bad(r, "not a date:", text);
    if (n < 3 && last) v[2] = casus_base_days_in_month(v[0], v[1]);
    if (v[2] < 1 || v[2] > casus_base_days_in_month(v[0], v[1])) return bad(r, "not a date:", text);
    *day = casus_base_day_of(v[0], v[1], v[2]);
    return CASUS_OK;
}

static casus_status read_days(reader *r, know_row *row) {
    casus_status st = read_day(r, "from", false, &row->from);
    if (st == CASUS_OK) st = read_day(r, "to", true, &row->to);
    if (st == CASUS_OK && row->from > row->to)
        return bad(r, "ends before it begins:", r->t.field[0]);
    return st;
}

static casus_status read_code(reader *r, const char *column, char *out, uint32_t most) {
    casus_slice s = get(r, column);
    for (uint32_t i = 0; i < s.len; i++) {
        bool ok = (s.ptr[i] >= 'A' && s.ptr[i] <= 'Z') || (s.ptr[i] >= '0' && s.ptr[i] <= '9');
        if (!ok) return bad(r, "not a code:", s);
    }
    if (s.len > most) return bad(r, "not a code:", s);
    if (s.len) memcpy(out, s.ptr, s.len);
    return CASUS_OK;
}

static bool is_country(know_build *b, uint32_t row, const void *context) {
    return know_build_at(b, row)->table == KNOW_COUNTRIES &&
           memcmp(know_build_at(b, row)->country, context, 4) == 0;
}

/* Country or, where there is no country of this code, the code of an international body. */
static casus_status read_side(reader *r, know_row *row) {
    char code[8] = {0};
    casus_status st = read_code(r, "country", code, 7);
    if (st != CASUS_OK) return st;
    if (!code[0]) return CASUS_OK;
    bool known = false;
    for (uint32_t i = 0; i < know_build_rows(r->build) && !known; i++) {
        if (know_build_at(r->build, i)->table != KNOW_COUNTRIES) break;
        known = !code[3] && is_country(r->build, i, code);
    }
    if (known) {
        memcpy(row->country, code, 4);
    } else {
        memcpy(row->code, code, 8);
    }
    return CASUS_OK;
}

/* All pieces of a column as names of the row. */
static casus_status read_names(reader *r, const char *column, uint32_t row, know_how how) {
    casus_slice rest = get(r, column), one;
    while (piece_of(&rest, '|', &one)) {
        if (!know_build_phrase(r->build, one, row, how)) return no_memory(r);
    }
    return CASUS_OK;
}

static casus_status read_float(reader *r, const char *column, double most, float *out) {
    casus_slice s = get(r, column);
    char text[32] = {0}, *end = text;
    if (s.len == 0) return CASUS_OK;
    if (s.len >= sizeof text) return bad(r, "not degrees:", s);
    memcpy(text, s.ptr, s.len);
    double v = 0, scale = 1;
    bool minus = text[0] == '-', point = false;
    for (end = text + minus; *end; end++) { /* strtod would ask the locale */
        if (*end == '.' && !point) {
            point = true;
        } else if (*end >= '0' && *end <= '9') {
            v = v * 10 + (*end - '0');
            if (point) scale *= 10;
        } else {
            return bad(r, "not degrees:", s);
        }
    }
    v /= scale;
    if (v > most) return bad(r, "not degrees:", s);
    *out = (float)(minus ? -v : v);
    return CASUS_OK;
}

/* ---- tables --------------------------------------------------------------------------------- */

static casus_status read_country(reader *r) {
    uint32_t i;
    know_row *row = know_build_row(r->build, &i);
    if (!row) return no_memory(r);
    row->table = KNOW_COUNTRIES;
    row->line = (uint32_t)r->t.line;
    casus_status st = read_code(r, "code", row->country, 3);
    if (st != CASUS_OK) return st;
    if (!row->country[2]) return bad(r, "not a country code:", get(r, "code"));
    if (get(r, "name").len == 0) return bad(r, "no name for", get(r, "code"));
    if (!know_build_str(r->build, &row->name, get(r, "name"))) return no_memory(r);
    row->lat = row->lon = NAN;
    st = read_float(r, "lat", 90, &row->lat);
    if (st == CASUS_OK) st = read_float(r, "lon", 180, &row->lon);
    if (st == CASUS_OK) st = read_names(r, "name", i, KNOW_HOW_NAME);
    if (st == CASUS_OK) st = read_names(r, "names", i, KNOW_HOW_NAME);
    if (st == CASUS_OK) st = read_names(r, "demonyms", i, KNOW_HOW_DEMONYM);
    if (st == CASUS_OK) st = read_names(r, "capital", i, KNOW_HOW_CAPITAL);
    if (st == CASUS_OK) st = read_names(r, "seats", i, KNOW_HOW_SEAT);
    return st;
}

static bool same_side(know_build *b, uint32_t row, const void *context) {
    const know_row *x = know_build_at(b, row), *y = context;
    if (x->table == KNOW_USER) return false;
    return x->code[0] || y->code[0] || memcmp(x->country, y->country, 4) == 0;
}

static bool same_group(know_build *b, uint32_t row, const void *context) {
    const know_row *x = know_build_at(b, row), *y = context;
    return x->table == y->table && memcmp(x->country, y->country, 4) == 0 &&
           memcmp(x->code, y->code, 8) == 0 &&
           casus_slice_eq(know_build_text(b, x->name), know_build_text(b, y->name));
}

/* Puts row i at the end of the list of `root`. */
static void chain(know_build *b, uint32_t root, uint32_t i) {
    uint32_t at = root;
    know_build_at(b, i)->root = root;
    while (know_build_at(b, at)->next != CASUS_NONE) at = know_build_at(b, at)->next;
    know_build_at(b, at)->next = i;
}

static bool in_list(const char *list, const char *country) {
    char probe[5] = {country[0], country[1], country[2], ' ', 0};
    return country[0] && strstr(list, probe) != NULL;
}

static bool is_roman(casus_slice s) {
    for (uint32_t i = 0; i < s.len; i++) {
        if (!strchr("IVX", s.ptr[i])) return false;
    }
    return s.len > 0;
}
static bool is_royal(casus_slice s) {
    static const char *const words[] = {"King",     "Queen",  "Pope", "Prince",
                                        "Princess", "Sultan", "Emir", "Emperor"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (casus_slice_is(s, words[i])) return true;
    }
    return false;
}

/* The parts of a full name by which a person is called after a first mention. */
static casus_status read_surnames(reader *r, casus_slice full, uint32_t root) {
    static const char family_first[] = "CHN KOR PRK VNM TWN HKG KHM MAC SGP ";
    static const char given_first[] =
        "ETH ERI IDN THA MYS MMR SOM ISL LKA DJI BRN TKM UZB AFG PAK BGD LBR ";
    const char *country = know_build_at(r->build, root)->country;
    casus_slice rest = full, piece, word[KNOW_NAME_ATOMS];
    uint32_t n = 0;
    while (n < KNOW_NAME_ATOMS && piece_of(&rest, ' ', &piece)) word[n++] = piece;
    for (uint32_t k = 1; k < n; k++) { /* "Salman of Saudi Arabia" */
        if (casus_slice_is(word[k], "of")) n = k;
    }
    if (n < 2) return CASUS_OK;
    full.len = (uint32_t)(word[n - 1].ptr + word[n - 1].len - full.ptr);
    bool ok = true, number = is_roman(word[n - 1]);
    if (number) { /* "Frederik X" is called by no single word of it */
        casus_slice two = {word[n - 2].ptr, (uint32_t)(full.ptr + full.len - word[n - 2].ptr)};
        ok = n == 2 || know_build_phrase(r->build, two, root, KNOW_HOW_SURNAME);
    }
    if (number || is_royal(word[0])) return ok ? CASUS_OK : no_memory(r);
    ok = know_build_phrase(r->build, word[n - 1], root, KNOW_HOW_SURNAME);
    for (uint32_t k = 2; ok && k < n && k < 4; k++) {
        casus_slice tail = {word[n - k].ptr, (uint32_t)(full.ptr + full.len - word[n - k].ptr)};
        ok = know_build_phrase(r->build, tail, root, KNOW_HOW_SURNAME);
    }
    /* "al-Assad": Assad */
    for (uint32_t i = 0; ok && i < word[n - 1].len; i++) {
        casus_slice w = word[n - 1];
        if (w.ptr[i] == '-' && i <= 3 && i + 1 < w.len) {
            if (w.ptr[i + 1] >= 'a' && w.ptr[i + 1] <= 'z') break; /* "Jae-in" */
            casus_slice tail = {w.ptr + i + 1, w.len - i - 1};
            ok = know_build_phrase(r->build, tail, root, KNOW_HOW_SURNAME);
            break;
        }
    }
    if (ok && (in_list(family_first, country) || in_list(given_first, country))) {
        ok = know_build_phrase(r->build, word[0], root, KNOW_HOW_SURNAME);
    }
    return ok ? CASUS_OK : no_memory(r);
}

/* Is the code among the words of `use`? */
static bool is_used(casus_slice use, const char *code) {
    casus_slice one;
    while (piece_of(&use, ' ', &one)) {
        if (casus_slice_is(one, code)) return true;
    }
    return false;
}
static bool office_of(know_build *b, uint32_t row, const void *code) {
    return is_used(know_build_text(b, know_build_at(b, row)->person), code);
}
static bool office_any(know_build *b, uint32_t row, const void *unused) {
    (void)unused;
    return know_build_at(b, row)->person.len == 0;
}
/* Row of the office that this title means in this country or body, or CASUS_NONE. */
static uint32_t find_office(know_build *b, casus_slice title, const know_row *row) {
    const char *code = row->code[0] ? row->code : row->country;
    uint32_t o = know_build_find(b, title, KNOW_HOW_OFFICE, office_of, code);
    return o != CASUS_NONE ? o : know_build_find(b, title, KNOW_HOW_OFFICE, office_any, NULL);
}

static casus_status read_person(reader *r) {
    uint32_t i;
    know_row *row = know_build_row(r->build, &i);
    if (!row) return no_memory(r);
    row->table = (uint8_t)r->table;
    row->kind = KNOW_PERSON;
    row->line = (uint32_t)r->t.line;
    casus_slice person = get(r, "person"), office = get(r, "office");
    if (person.len == 0) return bad(r, "no person in a row of", get(r, "country"));
    casus_status st = read_side(r, row);
    if (st == CASUS_OK) st = read_sectors(r, row);
    if (st == CASUS_OK) st = read_days(r, row);
    if (st != CASUS_OK) return st;
    if (!know_build_str(r->build, &row->person, person) ||
        !know_build_str(r->build, &row->office, office)) {
        return no_memory(r);
    }
    know_row copy = *row;
    if (office.len) {
        uint32_t o = find_office(r->build, office, &copy);
        know_build_at(r->build, i)->aux = o;
    }
    uint32_t root = know_build_find(r->build, person, KNOW_HOW_PERSON, same_side, &copy);
    if (root == CASUS_NONE || root == i) {
        root = i;
    } else {
        root = know_build_at(r->build, root)->root;
        chain(r->build, root, i);
    }
    casus_slice rest = get(r, "names"), one;
    for (bool first = true; first || piece_of(&rest, '|', &one); first = false) {
        if (first) one = person;
        if (!know_build_phrase(r->build, one, root, KNOW_HOW_PERSON)) return no_memory(r);
        st = read_surnames(r, one, root);
        if (st != CASUS_OK) return st;
    }
    return CASUS_OK;
}

/* "National Liberation Army of Colombia" is called without the country too. */
static casus_status read_short(reader *r, casus_slice name, const know_row *row, uint32_t root) {
    uint32_t cut = 0, blanks = 0;
    for (uint32_t i = 1; i + 4 < name.len; i++) {
        if (name.ptr[i] != ' ') continue;
        if (memcmp(name.ptr + i, " of ", 4) == 0) cut = i;
        blanks += cut == 0;
    }
    if (cut == 0 || blanks == 0) return CASUS_OK;
    casus_slice tail = {name.ptr + cut + 4, name.len - cut - 4};
    uint32_t c = know_build_find(r->build, tail, KNOW_HOW_NAME, is_country, row->country);
    if (c == CASUS_NONE) return CASUS_OK;
    bool ok = know_build_phrase(r->build, casus_slice_of(name.ptr, cut), root, KNOW_HOW_NAME);
    return ok ? CASUS_OK : no_memory(r);
}

static casus_status read_group(reader *r) {
    uint32_t i;
    know_row *row = know_build_row(r->build, &i);
    if (!row) return no_memory(r);
    row->table = (uint8_t)r->table;
    row->line = (uint32_t)r->t.line;
    casus_status st = read_code(r, "country", row->country, 3);
    if (st == CASUS_OK) st = read_code(r, "code", row->code, 7);
    if (st == CASUS_OK) st = read_sectors(r, row);
    if (st == CASUS_OK) st = read_days(r, row);
    if (st != CASUS_OK) return st;
    know_kind kind = know_kind_of(get(r, "kind"));
    if (kind >= KNOW_ONE) return bad(r, "unknown kind", get(r, "kind"));
    row->kind = (uint8_t)kind;
    know_kind row_kind = kind;
    casus_slice name = get(r, "name");
    if (name.len == 0) return bad(r, "no name in a row of", get(r, "country"));
    if (!know_build_str(r->build, &row->name, name)) return no_memory(r);
    know_row copy = *row;
    uint32_t root = know_build_find(r->build, name, KNOW_HOW_NAME, same_group, &copy);
    if (root == CASUS_NONE) {
        root = i;
    } else {
        root = know_build_at(r->build, root)->root;
        chain(r->build, root, i);
    }
    know_how how = r->table == KNOW_METONYMS  ? KNOW_HOW_SEAT
                   : r->table == KNOW_PEOPLES ? KNOW_HOW_DEMONYM
                                              : KNOW_HOW_NAME;
    if (r->table != KNOW_METONYMS) st = read_names(r, "name", root, how);
    bool sworn = row_kind == KNOW_ARMED || row_kind == KNOW_PARTY || row_kind == KNOW_CRIME;
    if (st == CASUS_OK && r->table == KNOW_GROUPS && sworn) st = read_short(r, name, &copy, root);
    if (st == CASUS_OK) st = read_names(r, "names", root, how);
    return st;
}

/* Plural of the word that heads a lemma: the first before "of", "for", "in", else the last. */
static bool plural_of(casus_slice lemma, char *out, size_t room) {
    static const struct {
        const char *one, *many;
    } odd[] = {{"man", "men"},       {"woman", "women"},   {"child", "children"},
               {"person", "people"}, {"thief", "thieves"}, {"wife", "wives"},
               {"life", "lives"}};
    size_t head = lemma.len;
    for (size_t i = 1; i + 3 < lemma.len && head == lemma.len; i++) {
        if (lemma.ptr[i] != ' ' && lemma.ptr[i] != '-') continue;
        casus_slice rest = {lemma.ptr + i + 1, (uint32_t)(lemma.len - i - 1)};
        if ((rest.len > 3 && memcmp(rest.ptr, "of ", 3) == 0) ||
            (rest.len > 4 && memcmp(rest.ptr, "for ", 4) == 0) ||
            (rest.len > 3 && memcmp(rest.ptr, "in ", 3) == 0) ||
            (rest.len > 3 && memcmp(rest.ptr, "in-", 3) == 0) ||
            (rest.len > 3 && memcmp(rest.ptr, "to ", 3) == 0) ||
            (rest.len == 7 && memcmp(rest.ptr, "general", 7) == 0 && lemma.len == 16)) {
            head = i; /* "attorney general": attorneys */
        }
    }
    if (lemma.len + 8 > room || head == 0) return false;
    memcpy(out, lemma.ptr, head);
    size_t cut = head, len = head;
    const char *end = "s";
    for (size_t k = 0; k < sizeof odd / sizeof *odd; k++) {
        size_t n = strlen(odd[k].one);
        if (head >= n && memcmp(lemma.ptr + head - n, odd[k].one, n) == 0 &&
            (n == head || n == 3 || n == 5 || lemma.ptr[head - n - 1] == ' ')) {
            cut = head - n;
            end = odd[k].many;
        }
    }
    char a = head > 1 ? lemma.ptr[head - 2] : 0, z = lemma.ptr[head - 1];
    if (cut == head) {
        if (z == 'y' && !strchr("aeiou", a)) {
            cut--;
            end = "ies";
        } else if (z == 's' || z == 'x' || z == 'z' || (z == 'h' && (a == 'c' || a == 's'))) {
            end = "es";
        }
    }
    len = cut + strlen(end);
    memcpy(out + cut, end, strlen(end));
    memcpy(out + len, lemma.ptr + head, lemma.len - head);
    out[len + lemma.len - head] = 0;
    return true;
}

static casus_status add_plural(reader *r, casus_slice lemma, uint32_t row, know_how how) {
    char many[160];
    if (!plural_of(lemma, many, sizeof many)) return CASUS_OK;
    if (!know_build_phrase(r->build, casus_slice_z(many), row, how)) return no_memory(r);
    return CASUS_OK;
}

static casus_status read_role(reader *r) {
    uint32_t i;
    know_row *row = know_build_row(r->build, &i);
    if (!row) return no_memory(r);
    row->table = KNOW_ROLES;
    row->line = (uint32_t)r->t.line;
    casus_status st = read_sectors(r, row);
    if (st != CASUS_OK) return st;
    know_kind kind = know_kind_of(get(r, "kind"));
    if (kind < KNOW_ONE || kind >= KNOW_KINDS) return bad(r, "unknown kind", get(r, "kind"));
    row->kind = (uint8_t)kind;
    casus_slice rest = get(r, "flags"), one;
    while (piece_of(&rest, ' ', &one)) {
        uint32_t k = 0;
        while (k < 8 && !casus_slice_is(one, flag_names[k])) k++;
        if (k == 8) return bad(r, "unknown flag", one);
        row->flags |= (uint8_t)(1u << k);
    }
    if (!know_build_str(r->build, &row->name, get(r, "title"))) return no_memory(r);
    uint8_t flags = row->flags;
    rest = get(r, "lemmas");
    while (piece_of(&rest, '|', &one)) {
        if (!know_build_phrase(r->build, one, i, KNOW_HOW_ROLE)) return no_memory(r);
        if (!(flags & KNOW_PLURAL)) st = add_plural(r, one, i, KNOW_HOW_ROLES);
        if (st != CASUS_OK) return st;
    }
    return CASUS_OK;
}

static bool same_office(know_build *b, uint32_t row, const void *context) {
    const casus_slice *office = context;
    return casus_slice_eq(know_build_text(b, know_build_at(b, row)->office), *office);
}

static casus_status read_office(reader *r) {
    uint32_t i;
    know_row *row = know_build_row(r->build, &i);
    if (!row) return no_memory(r);
    row->table = KNOW_OFFICES;
    row->line = (uint32_t)r->t.line;
    casus_slice office = get(r, "office"), use = get(r, "use");
    casus_status st = read_sectors(r, row);
    if (st != CASUS_OK) return st;
    int32_t rank = 0;
    if (!number_of(get(r, "rank"), &rank)) return bad(r, "not a rank:", get(r, "rank"));
    row->aux = (uint32_t)rank;
    if (office.len == 0) return bad(r, "no office in a row of names", get(r, "names"));
    if (!know_build_str(r->build, &row->office, office)) return no_memory(r);
    if (!know_build_str(r->build, &row->person, use)) return no_memory(r);
    uint32_t root = know_build_find(r->build, office, KNOW_HOW_OFFICE, same_office, &office);
    if (root != CASUS_NONE) know_build_at(r->build, i)->root = know_build_at(r->build, root)->root;
    casus_slice rest = get(r, "names"), one;
    bool own = use.len == 0 || root == CASUS_NONE; /* the key is a name of the first such row */
    for (bool first = own; first || piece_of(&rest, '|', &one); first = false) {
        if (first) one = office;
        if (!know_build_phrase(r->build, one, i, KNOW_HOW_OFFICE)) return no_memory(r);
        /* no country has two leaders: "the leaders of Mali and Niger" are those of both */
        if (one.len > 10 && memcmp(one.ptr, "leader of ", 10) == 0) continue;
        st = add_plural(r, one, i, KNOW_HOW_OFFICES);
        if (st != CASUS_OK) return st;
    }
    return CASUS_OK;
}

static casus_status read_firstname(reader *r) {
    uint32_t i;
    know_row *row = know_build_row(r->build, &i);
    if (!row) return no_memory(r);
    row->table = KNOW_FIRSTNAMES;
    row->line = (uint32_t)r->t.line;
    casus_slice g = get(r, "gender");
    if (!casus_slice_is(g, "m") && !casus_slice_is(g, "f")) return bad(r, "not m or f:", g);
    row->flags = g.ptr[0] == 'm' ? KNOW_MALE : KNOW_FEMALE;
    return read_names(r, "names", i, KNOW_HOW_FIRSTNAME);
}

static casus_status read_marker(reader *r) {
    uint32_t i;
    know_row *row = know_build_row(r->build, &i);
    if (!row) return no_memory(r);
    row->table = KNOW_MARKERS;
    row->line = (uint32_t)r->t.line;
    casus_slice class = get(r, "class");
    uint32_t k = 0;
    while (k < KNOW_MARKS && !casus_slice_is(class, mark_names[k])) k++;
    if (k == KNOW_MARKS) return bad(r, "unknown class", class);
    row->aux = k;
    return read_names(r, "words", i, KNOW_HOW_MARKER);
}

static casus_status read_user(reader *r) {
    uint32_t i;
    know_row *row = know_build_row(r->build, &i);
    if (!row) return no_memory(r);
    row->table = KNOW_USER;
    row->line = (uint32_t)r->t.line;
    casus_status st = read_code(r, "country", row->country, 3);
    if (st == CASUS_OK) st = read_code(r, "code", row->code, 7);
    if (st == CASUS_OK) st = read_sectors(r, row);
    if (st == CASUS_OK) st = read_days(r, row);
    if (st != CASUS_OK) return st;
    know_kind kind = know_kind_of(get(r, "kind"));
    if (kind >= KNOW_ONE) return bad(r, "unknown kind", get(r, "kind"));
    row->kind = (uint8_t)kind;
    casus_slice name = get(r, "name");
    if (name.len == 0) return bad(r, "no name in a row of", get(r, "names"));
    know_str *place = kind == KNOW_PERSON ? &row->person : &row->name;
    if (!know_build_str(r->build, place, name) ||
        !know_build_str(r->build, &row->office, get(r, "office"))) {
        return no_memory(r);
    }
    know_row copy = *row;
    know_how how = kind == KNOW_PERSON ? KNOW_HOW_PERSON : KNOW_HOW_NAME;
    uint32_t root = know_build_find(r->build, name, how, NULL, &copy);
    if (root == CASUS_NONE) {
        root = i;
    } else {
        root = know_build_at(r->build, root)->root;
        chain(r->build, root, i);
    }
    casus_slice rest = get(r, "names"), one;
    for (bool first = true; first || piece_of(&rest, '|', &one); first = false) {
        if (first) one = name;
        if (!know_build_phrase(r->build, one, root, how)) return no_memory(r);
        if (kind == KNOW_PERSON) st = read_surnames(r, one, root);
        if (st != CASUS_OK) return st;
    }
    return CASUS_OK;
}

/* ---- files ---------------------------------------------------------------------------------- */

static casus_status read_table(know_build *b, know_table table, const char *file, casus_slice text,
                               const char *const *needed, casus_status (*row)(reader *),
                               casus_error *err) {
    reader r = {.build = b, .table = table, .err = err};
    casus_status st = casus_base_table_open(&r.t, file, text, needed, err);
    if (st != CASUS_OK) return st;
    int more;
    while ((more = casus_base_table_next(&r.t, err)) > 0) {
        st = row(&r);
        if (st != CASUS_OK) return st;
    }
    return more < 0 ? (casus_status)more : CASUS_OK;
}

casus_status know_tables_read(know_build *b, const char *data_dir, const casus_memory *memory,
                              casus_error *err) {
    static const char *const country[] = {"code", "name", "names", "demonyms", "capital", NULL};
    static const char *const person[] = {"person",  "names", "country", "office",
                                         "sectors", "from",  "to",      NULL};
    static const char *const group[] = {"name", "names", "country", "sectors", NULL};
    static const char *const role[] = {"lemmas", "sectors", "kind", "flags", NULL};
    static const char *const office[] = {"office", "names", "sectors", "rank", "use", NULL};
    static const char *const first[] = {"names", "gender", NULL};
    static const char *const marker[] = {"class", "words", NULL};
    static const struct {
        know_table table;
        bool must;
        const char *const *needed;
        casus_status (*row)(reader *);
    } files[] = {
        /* in this order: what refers to another comes behind it */
        {KNOW_COUNTRIES, true, country, read_country},   {KNOW_OFFICES, true, office, read_office},
        {KNOW_LEADERS, false, person, read_person},      {KNOW_PEOPLE, false, person, read_person},
        {KNOW_GROUPS, false, group, read_group},         {KNOW_METONYMS, false, group, read_group},
        {KNOW_PEOPLES, false, group, read_group},        {KNOW_ROLES, true, role, read_role},
        {KNOW_FIRSTNAMES, false, first, read_firstname}, {KNOW_MARKERS, true, marker, read_marker}};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char path[1024], *bytes = NULL;
        size_t len = 0;
        int n = snprintf(path, sizeof path, "%s/%s.tsv", data_dir, know_table_name(files[i].table));
        if (n < 0 || (size_t)n >= sizeof path) {
            return casus_base_fail(err, CASUS_E_ARGUMENT, "name of the data folder is too long");
        }
        casus_error quiet = {0};
        casus_status st = casus_base_read_file(&bytes, &len, path, FILE_MOST, memory, &quiet);
        if (st == CASUS_E_IO && !files[i].must) continue;
        if (st != CASUS_OK) {
            if (err) *err = quiet;
            return st;
        }
        st = read_table(b, files[i].table, path, casus_slice_of(bytes, len), files[i].needed,
                        files[i].row, err);
        casus_base_release(memory, bytes);
        if (st != CASUS_OK) return st;
    }
    return CASUS_OK;
}

casus_status know_tables_user(know_build *b, const char *file, casus_slice tsv, casus_error *err) {
    static const char *const needed[] = {"name", "names", "country", "sectors", NULL};
    return read_table(b, KNOW_USER, file, tsv, needed, read_user, err);
}
