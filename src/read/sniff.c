/* sniff.c - what kind of file this is, by its first bytes (up to CASUS_STREAM_PEEK of them).
 *
 * In doubt it is plain text. Does not look at names. */
#include "read/input.h"
#include "read/read_words.h"

/* Does `s` begin with the word, whatever the case of its letters? */
static bool begins(casus_slice s, const char *word) {
    for (uint32_t i = 0; word[i]; i++) {
        if (i >= s.len) return false;
        const char c = s.ptr[i];
        if ((c >= 'A' && c <= 'Z' ? (char)(c + 32) : c) != word[i]) return false;
    }
    return true;
}

static casus_slice behind(casus_slice s, uint32_t n) {
    return casus_slice_of(s.ptr + n, s.len - n);
}

static bool letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The first element that tells a page from a feed. Declarations and comments are passed over. */
static casus_kind markup(casus_slice s) {
    static const char *const page[] = {"!doctype html", "html",    "head", "body",
                                       "title",         "meta",    "div",  "p",
                                       "article",       "table",   "h1",   "script",
                                       "link",          "section", "main", "span",
                                       "center",        "style",   "base"};
    static const char *const feed[] = {"rss", "feed", "rdf:rdf", "channel"};
    for (unsigned tags = 0; tags < 50 && s.len; tags++) {
        const char *open = memchr(s.ptr, '<', s.len);
        if (!open) break;
        s = behind(s, (uint32_t)(open - s.ptr) + 1);
        for (size_t i = 0; i < sizeof feed / sizeof *feed; i++) {
            const uint32_t n = (uint32_t)strlen(feed[i]);
            if (begins(s, feed[i]) && (n == s.len || !letter(s.ptr[n]))) return CASUS_KIND_FEED;
        }
        for (size_t i = 0; i < sizeof page / sizeof *page; i++) {
            const uint32_t n = (uint32_t)strlen(page[i]);
            if (begins(s, page[i]) && (n == s.len || !letter(s.ptr[n]))) return CASUS_KIND_HTML;
        }
        if (begins(s, "!--")) { /* to its end */
            while (s.len && !begins(s, "-->")) s = behind(s, 1);
        }
    }
    return CASUS_KIND_TEXT;
}

/* How many of the first lines are headers of mail: names of headers with a colon. */
static bool mail(casus_slice s) {
    static const char *const names[] = {"from:",
                                        "to:",
                                        "date:",
                                        "subject:",
                                        "message-id:",
                                        "received:",
                                        "mime-version:",
                                        "content-type:",
                                        "return-path:",
                                        "reply-to:",
                                        "delivered-to:",
                                        "list-id:",
                                        "list-unsubscribe:",
                                        "x-mailer:",
                                        "sender:"};
    unsigned known = 0;
    bool from = false;
    casus_slice line;
    if (begins(s, "from ") && casus_slice_cut(&s, '\n', &line)) {
        /* mbox: "From someone@somewhere Fri May  3 10:00:00 2024" and headers behind it */
        if (!memchr(line.ptr, ':', line.len)) return false;
        known = 1;
        from = true;
    }
    for (unsigned n = 0; n < 60 && casus_slice_cut(&s, '\n', &line); n++) {
        if (casus_slice_trim(line).len == 0) break;
        if (line.ptr[0] == ' ' || line.ptr[0] == '\t') continue;
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            if (begins(line, names[i])) {
                known++;
                from = from || i == 0;
            }
    }
    return from && known >= 3;
}

casus_kind casus_read_sniff(const casus_words *words, casus_slice head) {
    casus_slice s = head;
    if (s.len >= 3 && memcmp(s.ptr, "\xEF\xBB\xBF", 3) == 0) s = behind(s, 3);
    if (s.len && s.ptr[0] == '{') return CASUS_KIND_JSONL;
    if (begins(s, "warc/")) return CASUS_KIND_WARC;
    if (mail(s)) return CASUS_KIND_MBOX;
    if (casus_read_csv_header(words, s)) return CASUS_KIND_CSV;
    if (s.len >= 2 && (memcmp(s.ptr, "\xFF\xFE", 2) == 0 || memcmp(s.ptr, "\xFE\xFF", 2) == 0)) {
        /* UTF-16: every other byte is enough to look at */
        char narrow[2048];
        uint32_t n = 0;
        for (uint32_t i = (unsigned char)s.ptr[0] == 0xFF ? 2 : 3; i < s.len && n < sizeof narrow;
             i += 2)
            narrow[n++] = s.ptr[i];
        casus_slice wide = casus_slice_trim(casus_slice_of(narrow, n));
        return wide.len && wide.ptr[0] == '<' ? markup(wide) : CASUS_KIND_TEXT;
    }
    s = casus_slice_trim(s);
    return s.len && s.ptr[0] == '<' ? markup(s) : CASUS_KIND_TEXT;
}
