/* base.h - what every room stands on: memory, slices of text, errors, UTF-8, hashes, dates.
 *
 * Includes nothing of the project but the public header. Nothing here keeps state of its own; all
 * memory goes through the casus_memory hook. Not thread-safe per object: an arena belongs to one
 * thread at a time.
 */
#ifndef CASUS_BASE_BASE_H
#define CASUS_BASE_BASE_H

#include <casus/casus.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* "no token", "no clause", "no index" in every array of the library */
#define CASUS_NONE UINT32_MAX

/* ---- slices: borrowed bytes, not zero-terminated ------------------------------------------- */

typedef struct casus_slice {
    const char *ptr; /* may be NULL when len is 0 */
    uint32_t len;    /* bytes */
} casus_slice;

#define CASUS_SLICE(literal) ((casus_slice){(literal), (uint32_t)(sizeof(literal) - 1)})

static inline casus_slice casus_slice_of(const char *ptr, size_t len) {
    casus_slice s = {ptr, (uint32_t)len};
    return s;
}
static inline casus_slice casus_slice_z(const char *zero_terminated) {
    return casus_slice_of(zero_terminated, zero_terminated ? strlen(zero_terminated) : 0);
}
static inline bool casus_slice_eq(casus_slice a, casus_slice b) {
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}
static inline bool casus_slice_is(casus_slice a, const char *zero_terminated) {
    return casus_slice_eq(a, casus_slice_z(zero_terminated));
}
/* Bytewise order, shorter first among equals: <0, 0, >0. */
int casus_slice_cmp(casus_slice a, casus_slice b);
/* `s` without ASCII blanks at both ends. */
casus_slice casus_slice_trim(casus_slice s);
/* Cuts the next piece of *rest up to `sep` (not included) and moves *rest past it. False when
 * *rest is used up. A trailing separator gives one last empty piece. Start with ptr != NULL. */
bool casus_slice_cut(casus_slice *rest, char sep, casus_slice *piece);

/* ---- memory -------------------------------------------------------------------------------- */

/* malloc/realloc/free as a hook. */
casus_memory casus_base_memory_default(void);
static inline void *casus_base_alloc(const casus_memory *m, size_t n) {
    return m->resize(m->ctx, NULL, n ? n : 1);
}
static inline void *casus_base_resize(const casus_memory *m, void *p, size_t n) {
    return m->resize(m->ctx, p, n ? n : 1);
}
static inline void casus_base_release(const casus_memory *m, void *p) {
    if (p) m->resize(m->ctx, p, 0);
}

/* An arena: many allocations, freed whole. Allocations are aligned to 16 bytes and never move.
 * Under AddressSanitizer every allocation is its own malloc, so that overruns show. */
typedef struct casus_arena casus_arena;

/* NULL when memory is out. `memory` is copied. */
casus_arena *casus_base_arena_new(const casus_memory *memory);
void casus_base_arena_free(casus_arena *arena);
/* Gives every allocation back but keeps the first blocks for reuse. */
void casus_base_arena_reset(casus_arena *arena);
/* Uninitialised bytes, or NULL. Size 0 gives a valid pointer. */
void *casus_base_arena_get(casus_arena *arena, size_t size);
/* Zeroed array of `count` elements, or NULL (overflow counts as no memory). */
void *casus_base_arena_zero(casus_arena *arena, size_t count, size_t size);
/* A copy of `s` with a zero byte behind it (not counted). ptr is NULL when memory is out. */
casus_slice casus_base_arena_copy(casus_arena *arena, casus_slice s);
/* printf into the arena; ptr is NULL when memory is out. */
casus_slice casus_base_arena_format(casus_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The hook that the arena was made with. */
casus_memory casus_base_arena_memory(const casus_arena *arena);
/* Bytes handed out since _new or _reset. */
size_t casus_base_arena_used(const casus_arena *arena);

/* Makes room in an arena array for `need` elements of `size` bytes: returns the array (moved or
 * not, old elements kept) and updates *cap; NULL when memory is out (*cap and the array as before).
 * Growth doubles; the old array stays in the arena until it is freed. Usage:
 *     T *a = casus_base_arena_grow(arena, v, n, n + 1, &cap, sizeof *v); if (!a) goto memory;
 *     v = a; v[n++] = x; */
void *casus_base_arena_grow(casus_arena *arena, const void *array, size_t count, size_t need,
                            size_t *cap, size_t size);

/* A growing byte buffer outside arenas (output, compilers). Zero-initialise with a memory hook.
 * A failed append sets `failed` and later appends do nothing: check once, at the end. */
typedef struct casus_buffer {
    casus_memory memory;
    char *ptr;
    size_t len, cap;
    bool failed;
} casus_buffer;
void casus_base_buffer_init(casus_buffer *b, const casus_memory *memory);
void casus_base_buffer_add(casus_buffer *b, const void *bytes, size_t len);
void casus_base_buffer_format(casus_buffer *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Zero bytes up to a multiple of `alignment` (a power of two). */
void casus_base_buffer_align(casus_buffer *b, size_t alignment);
void casus_base_buffer_free(casus_buffer *b);

/* ---- errors -------------------------------------------------------------------------------- */

/* Fills *err (may be NULL) and returns `status`, so that `return casus_base_fail(...)` reads well.
 * An error is written once, where it arises, and passed up unchanged. */
casus_status casus_base_fail(casus_error *err, casus_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The same with a place: `file` may be NULL, line counts from 1 (0: none), byte from 0. */
casus_status casus_base_fail_at(casus_error *err, casus_status status, const char *file,
                                uint64_t line, uint64_t byte, const char *format, ...)
    __attribute__((format(printf, 6, 7)));
static inline casus_status casus_base_no_memory(casus_error *err) {
    return casus_base_fail(err, CASUS_E_MEMORY, "out of memory");
}

/* ---- files --------------------------------------------------------------------------------- */

/* CASUS_E_IO "cannot DOING: WHY" for the file, with `number` an errno. */
casus_status casus_base_file_failed(casus_error *err, const char *path, const char *doing,
                                    int number);

/* Reads a whole file into memory of the hook (a zero byte behind it, not counted). Release
 * *bytes with casus_base_release. CASUS_E_IO names the file; CASUS_E_LIMIT over `most` bytes. */
casus_status casus_base_read_file(char **bytes, size_t *len, const char *path, size_t most,
                                  const casus_memory *memory, casus_error *err);

/* Row reader for the lexicons in data/: UTF-8 text, one row a line, fields parted by TAB, blank
 * lines and lines that begin with '#' skipped; spaces around a field are trimmed; "\t" and "\n"
 * have no escapes. The first row that is not a comment is a header naming the columns. */
typedef struct casus_table {
    const char *file; /* for messages */
    casus_slice text; /* the whole file; rows point into it */
    casus_slice rest;
    uint64_t line; /* of the last row given */
    uint32_t columns;
    casus_slice name[24];  /* the header */
    casus_slice field[24]; /* the last row; missing trailing fields are empty */
} casus_table;
/* CASUS_E_DATA when the header lacks one of the `needed` columns (zero-terminated list of names,
 * NULL ends it), has more than 24, or the text is not UTF-8 (line and byte given). */
casus_status casus_base_table_open(casus_table *t, const char *file, casus_slice text,
                                   const char *const *needed, casus_error *err);
/* 1: a row is in t->field; 0: the end; CASUS_E_DATA (negative): a row with too many fields. */
int casus_base_table_next(casus_table *t, casus_error *err);
/* The field of the named column in the last row; empty when there is no such column. */
casus_slice casus_base_table_get(const casus_table *t, const char *column);
/* Reads a decimal number, "-10.0" or "42", whatever the locale; correctly rounded. False when it is
 * none, or has more than 15 digits. */
bool casus_base_number(casus_slice s, double *number);

/* ---- UTF-8 --------------------------------------------------------------------------------- */

/* Decodes one code point at s[0..n): sets *cp and returns its length in bytes (1..4). An invalid
 * byte gives U+FFFD and length 1. n must be > 0. */
uint32_t casus_base_utf8_get(const char *s, size_t n, uint32_t *cp);
/* Encodes cp (U+FFFD for a surrogate or out of range) into at most 4 bytes; returns how many. */
uint32_t casus_base_utf8_put(char *out, uint32_t cp);
/* Number of bytes of the longest valid prefix: == n when all is valid. */
size_t casus_base_utf8_valid(const char *s, size_t n);
/* Simple lower case of valid UTF-8, in the arena (ASCII fast path). ptr NULL: no memory. */
casus_slice casus_base_utf8_lower(casus_arena *arena, casus_slice s);
/* Lower case without accents and with typographic quotes, dashes and spaces made plain: the key
 * under which names are looked up ("Erdoğan" -> "erdogan", "Côte d’Ivoire" -> "cote d'ivoire",
 * "Łódź" -> "lodz"). ptr NULL: no memory. */
casus_slice casus_base_utf8_fold(casus_arena *arena, casus_slice s);

/* ---- hashes -------------------------------------------------------------------------------- */

/* MurmurHash64A (A. Appleby, public domain): the string hash of spaCy's vocabulary with seed 1. */
uint64_t casus_base_hash64(const void *bytes, size_t len, uint64_t seed);
/* MurmurHash3_x64_128 of one 64-bit key (A. Appleby, public domain): the four row numbers of a
 * hash embedding (Serra & Karatzoglou 2017, as in thinc's HashEmbed, which calls it x86). */
void casus_base_hash_rows(uint64_t key, uint32_t seed, uint32_t out[4]);

/* ---- calendar ------------------------------------------------------------------------------ */

/* Proleptic Gregorian day number, 0 = 1970-01-01 (H. Hinnant, "chrono-compatible low-level date
 * algorithms"). Month 1..12, day 1..31. */
int32_t casus_base_day_of(int32_t year, int32_t month, int32_t day);
void casus_base_day_split(int32_t day_number, int32_t *year, int32_t *month, int32_t *day);
/* 1 = Monday ... 7 = Sunday (ISO 8601). */
int32_t casus_base_day_weekday(int32_t day_number);
int32_t casus_base_days_in_month(int32_t year, int32_t month);
/* Parses "YYYY-MM-DD" (a time behind it, after 'T' or a space, is passed over). False when it is
 * no such date. */
bool casus_base_day_parse(casus_slice iso, int32_t *day_number);
#define CASUS_NO_DAY INT32_MIN

#endif
