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
        uint32_t v =
            (c & 0x07) << 18 | (b[1] & 0x3Fu) << 12 | (b[2] & 0x3Fu) << 6 | (b[3] & 0x3Fu);
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

static uint32_t put_lower(char *out, uint32_t cp, void *unused) {
    (void)unused;
    return casus_base_utf8_put(out, lower(cp));
}

/* What becomes of one code point above ASCII before decomposition: a plain spelling, "" to drop it,
 * NULL to leave it to decomposition. `cp` is in lower case. */
static const char *plain(uint32_t cp) {
    switch (cp) {
    case 0x00AD: /* soft hyphen */
    case 0x200B: case 0x200C: case 0x200D: case 0x200E: case 0x200F: /* zero width, direction */
    case 0x202A: case 0x202B: case 0x202C: case 0x202D: case 0x202E:
    case 0x2060: case 0xFEFF:
        return "";
    case 0x00B4: case 0x02B9: case 0x02BB: case 0x02BC: case 0x02BD: case 0x02BE: case 0x02BF:
    case 0x02C8: case 0x2018: case 0x2019: case 0x201A: case 0x201B: case 0x2032: case 0x2035:
    case 0x2039: case 0x203A: case 0xFF07:
        return "'";
    case 0x00AB: case 0x00BB: case 0x201C: case 0x201D: case 0x201E: case 0x201F: case 0x2033:
    case 0x2036: case 0x02BA: case 0xFF02:
        return "\"";
    case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2015: case 0x2212:
    case 0xFE58: case 0xFE63: case 0xFF0D:
        return "-";
    case 0x00A0: case 0x1680: case 0x2000: case 0x2001: case 0x2002: case 0x2003: case 0x2004:
    case 0x2005: case 0x2006: case 0x2007: case 0x2008: case 0x2009: case 0x200A: case 0x2028:
    case 0x2029: case 0x202F: case 0x205F: case 0x3000:
        return " ";
    case 0x2026: return "...";
    case 0x00DF: return "ss"; /* ß */
    case 0x00E6: return "ae"; /* æ */
    case 0x00F0: return "d";  /* ð */
    case 0x00F8: return "o";  /* ø */
    case 0x00FE: return "th"; /* þ */
    case 0x0111: return "d";  /* đ */
    case 0x0127: return "h";  /* ħ */
    case 0x0131: return "i";  /* ı */
    case 0x0142: return "l";  /* ł */
    case 0x014B: return "n";  /* ŋ */
    case 0x0153: return "oe"; /* œ */
    case 0x0167: return "t";  /* ŧ */
    case 0x0199: return "k";  /* ƙ */
    case 0x01B4: return "y";  /* ƴ */
    case 0x0253: return "b";  /* ɓ */
    case 0x0254: return "o";  /* ɔ */
    case 0x0256: return "d";  /* ɖ */
    case 0x0257: return "d";  /* ɗ */
    case 0x0259: return "a";  /* ə: English writes Azerbaijani Əliyev, Bərdə as Aliyev, Barda */
    case 0x025B: return "e";  /* ɛ */
    case 0xFB00: return "ff"; /* ligatures of typesetting */
    case 0xFB01: return "fi";
    case 0xFB02: return "fl";
    case 0xFB03: return "ffi";
    case 0xFB04: return "ffl";
    case 0xFB05: return "st";
    case 0xFB06: return "st";
    default: return NULL;
    }
}

#define FOLD_PIECES 18 /* the longest canonical decomposition has 4 code points */
#define FOLD_BYTES (FOLD_PIECES * 4)

static uint32_t put_fold(char *out, uint32_t cp, void *unused) {
    (void)unused;
    if (cp < 0x80) {
        out[0] = cp == '`' ? '\'' : (char)lower(cp);
        return 1;
    }
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

/* Maps every code point of s with `put`, which writes at most FOLD_BYTES; counts, then writes. */
static casus_slice map(casus_arena *arena, casus_slice s,
                       uint32_t (*put)(char *out, uint32_t cp, void *unused)) {
    casus_slice none = {NULL, 0};
    char piece[FOLD_BYTES];
    size_t total = 0;
    uint32_t cp;
    for (uint32_t i = 0; i < s.len;) {
        if ((unsigned char)s.ptr[i] < 0x80) { /* one byte gives one byte */
            total++;
            i++;
            continue;
        }
        i += casus_base_utf8_get(s.ptr + i, s.len - i, &cp);
        total += put(piece, cp, NULL);
    }
    if (total >= UINT32_MAX) return none;
    char *out = casus_base_arena_get(arena, total + 1);
    if (!out) return none;
    size_t at = 0;
    for (uint32_t i = 0; i < s.len;) {
        i += casus_base_utf8_get(s.ptr + i, s.len - i, &cp);
        uint32_t len = put(piece, cp, NULL);
        memcpy(out + at, piece, len);
        at += len;
    }
    out[at] = '\0';
    return casus_slice_of(out, at);
}

casus_slice casus_base_utf8_lower(casus_arena *arena, casus_slice s) {
    if (s.len && ascii_run(s.ptr, s.len) == s.len) {
        casus_slice copy = casus_base_arena_copy(arena, s);
        if (!copy.ptr) return copy;
        char *p = (char *)(uintptr_t)copy.ptr;
        for (uint32_t i = 0; i < copy.len; i++) p[i] = (char)lower((unsigned char)p[i]);
        return copy;
    }
    return map(arena, s, put_lower);
}

casus_slice casus_base_utf8_fold(casus_arena *arena, casus_slice s) {
    return map(arena, s, put_fold);
}
