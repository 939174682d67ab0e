/* charset.c - bytes in any encoding to UTF-8: marks, declarations, uchardet, iconv.
 *
 * What is valid UTF-8 is taken as it is, whatever is declared. Latin-1 is read as windows-1252, as
 * browsers do. A byte that the encoding does not have becomes '?', with a note. */
#include "read/charset.h"
#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <uchardet/uchardet.h>

#define NAME_MOST 40
#define GUESS_LEAST 20u       /* bytes beyond ASCII that a plain text needs for a guess */
#define GUESS_LOOK (1u << 16) /* bytes that the guess looks at */

typedef struct alias {
    const char *name, *iconv;
} alias;

/* Encodings that pages mean otherwise than their name says (WHATWG Encoding Standard). */
static const alias aliases[] = {{"iso-8859-1", "CP1252"}, {"latin1", "CP1252"},
                                {"iso8859-1", "CP1252"},  {"us-ascii", "CP1252"},
                                {"ascii", "CP1252"},      {"windows-1252", "CP1252"},
                                {"iso-8859-9", "CP1254"}, {"gb2312", "GB18030"},
                                {"gbk", "GB18030"},       {"shift_jis", "CP932"},
                                {"sjis", "CP932"},        {"ks_c_5601-1987", "CP949"},
                                {"euc-kr", "CP949"},      {"x-sjis", "CP932"},
                                {"big5", "BIG5-HKSCS"},   {"utf8", "UTF-8"},
                                {"unicode", "UTF-16"},    {"utf-16", "UTF-16LE"}};

static void lower_name(casus_slice s, char out[NAME_MOST]) {
    uint32_t n = 0;
    s = casus_slice_trim(s);
    for (uint32_t i = 0; i < s.len && n + 1 < NAME_MOST; i++) {
        const char c = s.ptr[i];
        if (c == '"' || c == '\'') continue;
        out[n++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    out[n] = 0;
}

static const char *name_for_iconv(const char *name) {
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
        if (strcmp(aliases[i].name, name) == 0) return aliases[i].iconv;
    return name;
}

bool casus_read_charset_convert(casus_arena *arena, casus_slice bytes, const char *from,
                                casus_slice *out, size_t *replaced) {
    char name[NAME_MOST];
    lower_name(casus_slice_z(from), name);
    /* nothing but names reaches iconv: no "//TRANSLIT", no path */
    for (const char *c = name; *c; c++)
        if (!((*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9') || strchr("-_.:", *c)))
            return false;
    const iconv_t cd = name[0] ? iconv_open("UTF-8", name_for_iconv(name)) : (iconv_t)-1;
    if (cd == (iconv_t)-1) return false;
    /* three bytes of UTF-8 for each byte is the most that one byte gives */
    const size_t cap = (size_t)bytes.len * 3 + 4;
    char *to = casus_base_arena_get(arena, cap + 1), *at = to;
    char *in = (char *)(uintptr_t)bytes.ptr;
    size_t left = bytes.len, room = cap;
    *replaced = 0;
    while (to && left) {
        if (iconv(cd, &in, &left, &at, &room) != (size_t)-1) break;
        if (errno == E2BIG || !room) break;
        *at++ = '?';
        room--;
        in++;
        left--;
        (*replaced)++;
    }
    iconv_close(cd);
    if (!to) return false;
    *at = 0;
    *out = casus_slice_of(to, (size_t)(at - to));
    return true;
}

casus_slice casus_read_charset_declared(casus_slice head) {
    if (head.len > 4096) head.len = 4096;
    for (uint32_t i = 0; i + 9 < head.len; i++) {
        const bool charset =
            (head.ptr[i] | 32) == 'c' && memcmp(head.ptr + i + 1, "harset", 6) == 0;
        const bool big = memcmp(head.ptr + i, "CHARSET", 7) == 0;
        const bool xml = head.ptr[i] == 'e' && memcmp(head.ptr + i, "encoding", 8) == 0;
        if (!charset && !xml && !big) continue;
        uint32_t at = i + (xml ? 8 : 7);
        while (at < head.len && memchr(" =\"'", head.ptr[at], 4)) at++;
        const uint32_t begin = at;
        while (at < head.len && at - begin < NAME_MOST &&
               !memchr(" \"'>;/?\r\n\t", head.ptr[at], 10))
            at++;
        if (at > begin) return casus_slice_of(head.ptr + begin, at - begin);
    }
    return CASUS_SLICE("");
}

typedef struct census {
    size_t good, bad; /* sequences of UTF-8 beyond ASCII; bytes that are none */
    size_t latin;     /* bad bytes that are a letter or a sign of windows-1252 */
} census;

static census count(casus_slice bytes) {
    census c = {0, 0, 0};
    for (size_t at = 0; at < bytes.len;) {
        if (!((unsigned char)bytes.ptr[at] & 0x80)) {
            at++;
            continue;
        }
        uint32_t cp;
        const uint32_t n = casus_base_utf8_get(bytes.ptr + at, bytes.len - at, &cp);
        const unsigned char b = (unsigned char)bytes.ptr[at];
        if (n > 1) {
            c.good++;
        } else {
            c.bad++;
            c.latin += b >= 0x91 && b < 0xFE && b != 0x9D && b != 0x9E;
        }
        at += n;
    }
    return c;
}

/* The encoding guessed; "" for none. */
static void guess(casus_slice bytes, census c, size_t least, char name[NAME_MOST]) {
    name[0] = 0;
    /* English with a few accents and curly quotes: too little for a statistical guess */
    if (c.good == 0 && (c.bad * 20 < bytes.len || (c.bad >= 3 && c.bad * 4 < bytes.len)) &&
        c.latin * 10 >= c.bad * 9) {
        memcpy(name, "CP1252", 7);
        return;
    }
    if (c.bad < least) return;
    const uchardet_t u = uchardet_new();
    if (!u) return;
    /* the part with something to see: from the first byte that is not ASCII */
    size_t from = 0;
    while (from < bytes.len && !((unsigned char)bytes.ptr[from] & 0x80)) from++;
    const size_t n = bytes.len - from;
    if (uchardet_handle_data(u, bytes.ptr + from, n < GUESS_LOOK ? n : GUESS_LOOK) == 0) {
        uchardet_data_end(u);
        lower_name(casus_slice_z(uchardet_get_charset(u)), name);
    }
    uchardet_delete(u);
}

static bool note_replaced(casus_draft *d, size_t n) {
    if (!n) return true;
    const casus_slice reason =
        casus_base_arena_format(d->arena, "%lu byte%s of no known character replaced by '?'",
                                (unsigned long)n, n == 1 ? "" : "s");
    return reason.ptr && casus_read_draft_note(d, reason, 0, 0);
}

/* Invalid bytes become '?'. */
static bool patch(casus_draft *d, casus_slice bytes, casus_slice *out) {
    casus_slice copy = casus_base_arena_copy(d->arena, bytes);
    if (!copy.ptr) return false;
    char *s = (char *)(uintptr_t)copy.ptr;
    size_t n = 0;
    for (size_t at = 0; (at += casus_base_utf8_valid(s + at, copy.len - at)) < copy.len; n++)
        s[at++] = '?';
    *out = copy;
    return note_replaced(d, n);
}

casus_status casus_read_charset(casus_draft *d, casus_slice bytes, casus_slice declared, bool plain,
                                casus_slice *out, casus_error *err) {
    const char *from = NULL;
    char name[NAME_MOST];
    *out = bytes;
    const unsigned char *b = (const unsigned char *)bytes.ptr;
    uint32_t mark = 0;
    if (bytes.len >= 3 && memcmp(b, "\xEF\xBB\xBF", 3) == 0) {
        mark = 3;
    } else if (bytes.len >= 2 &&
               ((b[0] == 0xFF && b[1] == 0xFE) || (b[0] == 0xFE && b[1] == 0xFF))) {
        mark = 2;
        from = b[0] == 0xFF ? "UTF-16LE" : "UTF-16BE";
    }
    if (mark && !(plain && mark == 3)) {
        bytes = casus_slice_of(bytes.ptr + mark, bytes.len - mark);
        *out = bytes;
    }
    if (!from && casus_base_utf8_valid(bytes.ptr, bytes.len) == bytes.len) return CASUS_OK;
    if (!from) {
        const census c = count(bytes);
        lower_name(declared, name);
        if (mark == 3 || c.good > c.bad || strncmp(name, "utf", 3) == 0)
            name[0] = 0;
        else if (!name[0] && (!plain || c.latin))
            guess(bytes, c, plain ? GUESS_LEAST : 1, name);
        if (name[0] && strcmp(name, "ascii") != 0) from = name;
    }
    size_t replaced = 0;
    if (from && casus_read_charset_convert(d->arena, bytes, from, out, &replaced)) {
        char shown[NAME_MOST];
        snprintf(shown, sizeof shown, "%s", from);
        const casus_slice reason =
            casus_base_arena_format(d->arena, "read as %s and converted to UTF-8", shown);
        return reason.ptr && casus_read_draft_note(d, reason, 0, 0) && note_replaced(d, replaced)
                   ? CASUS_OK
                   : casus_base_no_memory(err);
    }
    if (plain) return CASUS_OK; /* casus_read_text replaces and tells each */
    return patch(d, bytes, out) ? CASUS_OK : casus_base_no_memory(err);
}
