/* utf8.c - decoding, encoding and checking UTF-8; lower case; the lookup key of names.
 *
 * O(bytes). Letter properties and decompositions are those of libutf8proc. Does no normalisation
 * beyond what casus_base_utf8_fold says, and knows no language's rules (Turkish dotless i, final
 * sigma).
 */
#include "base/base.h"

#include <utf8proc.h>

uint32_t casus_base_utf8_get(const char *s, size_t n, uint32_t *cp) {
    const unsigned char *b = (const unsigned char *)s;
    uint32_t c = b[0];
    if (c < 0x80) {
        *cp = c;
        return 1;
    }
    if (c >= 0xC2 && c < 0xE0 && n >= 2 && (b[1] & 0xC0) == 0x80) {
        *cp = (c & 0x1F) << 6 | (b[1] & 0x3Fu);
        return 2;
    }
    if (c >= 0xE0 && c < 0xF0 && n >= 3 && (b[1] & 0xC0) == 0x80 && (b[2] & 0xC0) == 0x80) {
        uint32_t v = (c & 0x0F) << 12 | (b[1] & 0x3Fu) << 6 | (b[2] & 0x3Fu);
        if (v >= 0x800 && !(v >= 0xD800 && v < 0xE000)) {
            *cp = v;
            return 3;
        }
    }
    if (c >= 0xF0 && c < 0xF5 && n >= 4 && (b[1] & 0xC0) == 0x80 && (b[2] & 0xC0) == 0x80 &&
        (b[3] & 0xC0) == 0x80) {
        uint32_t v = (c & 0x07) << 18 | (b[1] & 0x3Fu) << 12 | (b[2] & 0x3Fu) << 6 | (b[3] & 0x3Fu);
        if (v >= 0x10000 && v <= 0x10FFFF) {
            *cp = v;
            return 4;
        }
    }
    *cp = 0xFFFD;
    return 1;
}

uint32_t casus_base_utf8_put(char *out, uint32_t cp) {
    if (cp > 0x10FFFF || (cp >= 0xD800 && cp < 0xE000)) cp = 0xFFFD;
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        out[0] = (char)(0xC0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3F));
        return 2;
    }
    if (cp < 0x10000) {
        out[0] = (char)(0xE0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
        out[2] = (char)(0x80 | (cp & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | cp >> 18);
    out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
    out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
    out[3] = (char)(0x80 | (cp & 0x3F));
    return 4;
}

/* Length of the run of ASCII at s[0..n), eight bytes at a time. */
static size_t ascii_run(const char *s, size_t n) {
    size_t i = 0;
    for (; n - i >= 8; i += 8) {
        uint64_t w;
        memcpy(&w, s + i, 8);
        if (w & UINT64_C(0x8080808080808080)) break;
    }
    while (i < n && (unsigned char)s[i] < 0x80) i++;
    return i;
}

size_t casus_base_utf8_valid(const char *s, size_t n) {
    size_t i = 0;
    while (i < n) {
        i += ascii_run(s + i, n - i);
        if (i >= n) break;
        uint32_t cp;
        uint32_t len = casus_base_utf8_get(s + i, n - i, &cp);
        if (len == 1) break;
        i += len;
    }
    return i;
}

static uint32_t lower(uint32_t cp) {
    if (cp < 0x80) return cp >= 'A' && cp <= 'Z' ? cp + 32 : cp;
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
}

static uint32_t put_lower(char *out, uint32_t cp) {
    return casus_base_utf8_put(out, lower(cp));
}

/* Plain spellings of what canonical decomposition leaves alone, in lower case, by code point. */
static const struct spelling {
    uint32_t first, last; /* code points, both included */
    char plain[4];        /* "": dropped */
} spellings[] = {
    {0x0060, 0x0060, "'"},  /* grave accent used as an apostrophe: Sana`a */
    {0x00A0, 0x00A0, " "},  /* no-break space */
    {0x00AB, 0x00AB, "\""}, /* angle quote */
    {0x00AD, 0x00AD, ""},   /* soft hyphen */
    {0x00B4, 0x00B4, "'"},  /* acute accent */
    {0x00BB, 0x00BB, "\""}, /* angle quote */
    {0x00DF, 0x00DF, "ss"}, /* sharp s */
    {0x00E6, 0x00E6, "ae"},
    {0x00F0, 0x00F0, "d"},  /* eth */
    {0x00F8, 0x00F8, "o"},  /* o with stroke */
    {0x00FE, 0x00FE, "th"}, /* thorn */
    {0x0111, 0x0111, "d"},  /* d with stroke */
    {0x0127, 0x0127, "h"},  /* h with stroke */
    {0x0131, 0x0131, "i"},  /* dotless i */
    {0x0142, 0x0142, "l"},  /* l with stroke */
    {0x014B, 0x014B, "n"},  /* eng */
    {0x0153, 0x0153, "oe"},
    {0x0167, 0x0167, "t"}, /* t with stroke */
    {0x0199, 0x0199, "k"}, /* hooked k, y, b, d: Hausa, Fula */
    {0x01B4, 0x01B4, "y"},
    {0x0253, 0x0253, "b"},
    {0x0254, 0x0254, "o"}, /* open o */
    {0x0256, 0x0257, "d"},
    {0x0259, 0x0259, "a"}, /* schwa: the a of names spelt in Azerbaijani */
    {0x025B, 0x025B, "e"}, /* open e */
    {0x02B9, 0x02B9, "'"}, /* modifier letters for apostrophe, hamza, ayn, okina */
    {0x02BA, 0x02BA, "\""},
    {0x02BB, 0x02BF, "'"},
    {0x02C8, 0x02C8, "'"},
    {0x1680, 0x1680, " "},
    {0x2000, 0x200A, " "}, /* typographic spaces */
    {0x200B, 0x200F, ""},  /* zero width, direction marks */
    {0x2010, 0x2015, "-"}, /* hyphens and dashes */
    {0x2018, 0x201B, "'"}, /* quotes */
    {0x201C, 0x201F, "\""},
    {0x2026, 0x2026, "..."},
    {0x2028, 0x2029, " "}, /* line and paragraph separator */
    {0x202A, 0x202E, ""},  /* direction marks */
    {0x202F, 0x202F, " "},
    {0x2032, 0x2032, "'"}, /* primes */
    {0x2033, 0x2033, "\""},
    {0x2035, 0x2035, "'"},
    {0x2036, 0x2036, "\""},
    {0x2039, 0x203A, "'"}, /* angle quotes */
    {0x205F, 0x205F, " "},
    {0x2060, 0x2060, ""},  /* word joiner */
    {0x2066, 0x2069, ""},  /* direction marks */
    {0x2212, 0x2212, "-"}, /* minus */
    {0x3000, 0x3000, " "},
    {0xFB00, 0xFB00, "ff"}, /* ligatures of typesetting */
    {0xFB01, 0xFB01, "fi"},
    {0xFB02, 0xFB02, "fl"},
    {0xFB03, 0xFB03, "ffi"},
    {0xFB04, 0xFB04, "ffl"},
    {0xFB05, 0xFB06, "st"},
    {0xFE58, 0xFE58, "-"},
    {0xFE63, 0xFE63, "-"},
    {0xFEFF, 0xFEFF, ""},   /* byte-order mark */
    {0xFF02, 0xFF02, "\""}, /* wide forms */
    {0xFF07, 0xFF07, "'"},
    {0xFF0D, 0xFF0D, "-"},
};

/* The plain spelling of a decomposed code point in lower case, or NULL. */
static const char *plain(uint32_t cp) {
    size_t low = 0, high = sizeof spellings / sizeof *spellings;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (spellings[mid].last < cp) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    bool found = low < sizeof spellings / sizeof *spellings && spellings[low].first <= cp;
    return found ? spellings[low].plain : NULL;
}

#define FOLD_PIECES 18 /* the longest canonical decomposition has 4 code points; ample */
#define FOLD_BYTES (FOLD_PIECES * 4)

static uint32_t put_fold(char *out, uint32_t cp) {
    utf8proc_int32_t pieces[FOLD_PIECES];
    int boundary = 0;
    utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)cp, pieces, FOLD_PIECES,
                                                 UTF8PROC_DECOMPOSE | UTF8PROC_STABLE, &boundary);
    if (n < 0 || n > FOLD_PIECES) {
        pieces[0] = (utf8proc_int32_t)cp;
        n = 1;
    }
    uint32_t len = 0;
    for (utf8proc_ssize_t i = 0; i < n; i++) {
        if (utf8proc_category(pieces[i]) == UTF8PROC_CATEGORY_MN) continue;
        uint32_t piece = lower((uint32_t)pieces[i]);
        const char *text = plain(piece);
        if (text) {
            uint32_t more = (uint32_t)strlen(text);
            memcpy(out + len, text, more);
            len += more;
        } else {
            len += casus_base_utf8_put(out + len, piece);
        }
    }
    return len;
}

/* Writes what becomes of a code point above ASCII: at most FOLD_BYTES. */
typedef uint32_t put_function(char *out, uint32_t cp);

/* Maps every code point of s with `put`; ASCII is lowered, with `backquote` for '`'. */
static casus_slice map(casus_arena *arena, casus_slice s, put_function *put, char backquote) {
    casus_slice none = {NULL, 0};
    char piece[FOLD_BYTES];
    size_t total = 0;
    uint32_t cp;
    for (uint32_t i = 0; i < s.len;) {
        uint32_t run = (uint32_t)ascii_run(s.ptr + i, s.len - i);
        total += run;
        i += run;
        if (i == s.len) break;
        i += casus_base_utf8_get(s.ptr + i, s.len - i, &cp);
        total += put(piece, cp);
    }
    if (total >= UINT32_MAX) return none;
    char *out = casus_base_arena_get(arena, total + 1);
    if (!out) return none;
    size_t at = 0;
    for (uint32_t i = 0; i < s.len;) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c < 0x80) {
            out[at++] = c == '`' ? backquote : (char)lower(c);
            i++;
            continue;
        }
        i += casus_base_utf8_get(s.ptr + i, s.len - i, &cp);
        uint32_t len = put(piece, cp);
        memcpy(out + at, piece, len);
        at += len;
    }
    out[at] = '\0';
    return casus_slice_of(out, at);
}

casus_slice casus_base_utf8_lower(casus_arena *arena, casus_slice s) {
    return map(arena, s, put_lower, '`');
}

casus_slice casus_base_utf8_fold(casus_arena *arena, casus_slice s) {
    return map(arena, s, put_fold, '\'');
}
