/* place_key.c - names of places into keys and hashes.
 *
 * A key is what two spellings of a name have in common: "St. Louis" and "Saint Louis", "Bab
 * el-Mandeb" and "Bab el Mandeb". Linear in the bytes.
 */
#include "know/place_int.h"

static bool is_word(const char *s, uint32_t n, const char *word) {
    return n == strlen(word) && memcmp(s, word, n) == 0;
}

/* "saint" -> "st" in place; new length. */
static uint32_t shorten(char *word, uint32_t n) {
    if (is_word(word, n, "saint")) {
        memcpy(word, "st", 2);
        return 2;
    }
    if (is_word(word, n, "fort")) {
        memcpy(word, "ft", 2);
        return 2;
    }
    if (is_word(word, n, "mount")) {
        memcpy(word, "mt", 2);
        return 2;
    }
    return n;
}

casus_slice place_key(casus_arena *arena, casus_slice name) {
    bool ascii = true;
    for (uint32_t i = 0; i < name.len; i++) {
        if ((unsigned char)name.ptr[i] >= 0x80) ascii = false;
    }
    casus_slice s = name;
    if (!ascii) {
        s = casus_base_utf8_fold(arena, name);
        if (!s.ptr) return s;
    }
    char *out = casus_base_arena_get(arena, (size_t)s.len + 2);
    if (!out) return (casus_slice){NULL, 0};
    uint32_t at = 0, word = 0;
    for (uint32_t i = 0; i <= s.len; i++) {
        unsigned char c = i < s.len ? (unsigned char)s.ptr[i] : ' ';
        bool own = c == '\'' && i + 1 < s.len && s.ptr[i + 1] == 's' &&
                   (i + 2 == s.len || s.ptr[i + 2] == ' '); /* "Martha's": "martha s" */
        if (own || c == ' ' || c == '-' || c == '/' || c == '\t' || c == '\n') {
            if (at > word) {
                at = word + shorten(out + word, at - word);
                out[at++] = ' ';
                word = at;
            }
        } else if (c >= 'A' && c <= 'Z') {
            out[at++] = (char)(c + 32);
        } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80 || c == '&') {
            out[at++] = (char)c;
        }
    }
    if (at) at--; /* the last blank */
    out[at] = 0;
    return casus_slice_of(out, at);
}

uint64_t place_hash_more(uint64_t h, const char *bytes, uint32_t len) {
    for (uint32_t i = 0; i < len; i++) {
        h ^= (unsigned char)bytes[i];
        h *= 1099511628211ull;
    }
    return h;
}

uint64_t place_hash_end(uint64_t h) { /* the finalizer of MurmurHash3 (A. Appleby) */
    h ^= h >> 33;
    h *= 0xff51afd7ed558ccdull;
    h ^= h >> 33;
    h *= 0xc4ceb9fe1a85ec53ull;
    h ^= h >> 33;
    return h ? h : 1;
}

uint64_t place_hash(casus_slice key) {
    return place_hash_end(place_hash_more(PLACE_HASH_START, key.ptr, key.len));
}

uint32_t place_admin(casus_slice code) {
    if (code.len == 0) return 0;
    uint32_t h = (uint32_t)place_hash(code);
    return h ? h : 1;
}
