/* warc.c - the reader of web archives (ISO 28500): a document for each page in a response, resource
 * or conversion record, and for each entry of a feed in one; requests, metadata, other kinds of
 * files are passed over.
 *
 * Compression member by member, as Common Crawl has it, is the stream's business. Bodies in chunks
 * or compressed (HTTP's Transfer- and Content-Encoding) are undone. A record that is damaged is an
 * error; reading goes on at the next line that begins one. */
#include "read/charset.h"
#include "read/html.h"
#include <stdio.h>
#include <zlib.h>

#define HEADER_MOST (64u << 10) /* bytes of a line of a header */

typedef struct record {
    char type[24];
    char *url; /* in the draft's arena, or NULL */
    char content[128];
    uint64_t length;
    bool has_length;
} record;

static bool begins(casus_slice s, const char *word) {
    uint32_t i = 0;
    for (; word[i]; i++) {
        if (i >= s.len) return false;
        const char c = s.ptr[i];
        if ((c >= 'A' && c <= 'Z' ? (char)(c + 32) : c) != word[i]) return false;
    }
    return true;
}

/* The value of a header line when it has that name (in lower case, with its colon). */
static bool header(casus_slice line, const char *name, casus_slice *value) {
    if (!begins(line, name)) return false;
    const uint32_t n = (uint32_t)strlen(name);
    *value = casus_slice_trim(casus_slice_of(line.ptr + n, line.len - n));
    return true;
}

static void keep(char *to, size_t size, casus_slice s) {
    size_t n = s.len < size - 1 ? s.len : size - 1;
    for (size_t i = 0; i < n; i++)
        to[i] = s.ptr[i] >= 'A' && s.ptr[i] <= 'Z' ? (char)(s.ptr[i] + 32) : s.ptr[i];
    to[n] = 0;
}

/* A line without its end; 1, 0 at the end, negative. */
static int next_line(casus_reader *r, casus_slice *line, casus_error *err) {
    r->buffer.len = 0;
    const int got = casus_read_stream_until(&r->stream, '\n', HEADER_MOST, &r->buffer, err);
    if (got == CASUS_E_LIMIT)
        r->buffer.len = 0; /* no header is so long */
    else if (got <= 0)
        return got;
    *line = casus_slice_of(r->buffer.ptr ? r->buffer.ptr : "", r->buffer.len);
    if (line->len && line->ptr[line->len - 1] == '\r') line->len--;
    return 1;
}

/* The header of the next record: 1, 0 at the end, negative. */
static int next_record(casus_reader *r, record *rec, casus_error *err) {
    casus_slice line, value;
    uint64_t junk = 0;
    memset(rec, 0, sizeof *rec);
    for (;;) { /* blank lines stand between records */
        r->byte = casus_read_stream_at(&r->stream);
        const int got = next_line(r, &line, err);
        if (got <= 0) {
            if (!junk || got < 0) return got;
            r->line++;
            return casus_read_fail(r, CASUS_E_FORMAT, "bytes at the end that are no record", err);
        }
        if (begins(line, "warc/")) break;
        junk += line.len;
    }
    r->line++;
    for (unsigned n = 0;; n++) {
        const int got = next_line(r, &line, err);
        if (got < 0) return got;
        if (got == 0 || n > CASUS_INPUT_MOST_HEADERS)
            return casus_read_fail(r, CASUS_E_FORMAT, "a record's header without an end", err);
        if (!line.len) break;
        if (header(line, "warc-type:", &value)) {
            keep(rec->type, sizeof rec->type, value);
        } else if (header(line, "warc-target-uri:", &value)) {
            if (value.len > 1 && value.ptr[0] == '<') /* as old writers put it */
                value = casus_slice_of(value.ptr + 1, value.len - 2);
            rec->url = (char *)(uintptr_t)casus_base_arena_copy(r->draft.arena, value).ptr;
            if (!rec->url) return casus_base_no_memory(err);
        } else if (header(line, "content-type:", &value)) {
            keep(rec->content, sizeof rec->content, value);
        } else if (header(line, "content-length:", &value)) {
            for (uint32_t i = 0;
                 i < value.len && i < 15 && value.ptr[i] >= '0' && value.ptr[i] <= '9'; i++) {
                rec->length = rec->length * 10 + (uint64_t)(value.ptr[i] - '0');
                rec->has_length = true;
            }
        }
    }
    if (!rec->has_length)
        return casus_read_fail(r, CASUS_E_FORMAT, "a record without its length", err);
    if (junk) { /* told, and the record read all the same at the next call would be lost: note it */
        const casus_slice why =
            casus_base_arena_format(r->draft.arena, "%llu bytes before this record that are none",
                                    (unsigned long long)junk);
        if (!why.ptr || !casus_read_draft_note(&r->draft, why, 0, 0))
            return casus_base_no_memory(err);
    }
    return 1;
}

/* ---- HTTP ----------------------------------------------------------------------------------- */

typedef struct response {
    unsigned status;
    char content[128], coding[32];
    bool chunked, cut; /* cut: the header goes on behind what is read */
    casus_slice body;
} response;

static void take_response(casus_slice bytes, response *h) {
    memset(h, 0, sizeof *h);
    h->body = bytes;
    casus_slice rest = bytes, line, value;
    if (!begins(bytes, "http/")) {
        h->status = 200;
        return;
    }
    for (unsigned n = 0; casus_slice_cut(&rest, '\n', &line); n++) {
        if (line.len && line.ptr[line.len - 1] == '\r') line.len--;
        if (n > CASUS_INPUT_MOST_HEADERS && line.len) {
            h->cut = true;
        } else if (n == 0) {
            for (uint32_t i = 0; i + 3 < line.len; i++)
                if (line.ptr[i] == ' ') {
                    for (uint32_t k = i + 1; k < i + 4 && k < line.len; k++)
                        if (line.ptr[k] >= '0' && line.ptr[k] <= '9')
                            h->status = h->status * 10 + (unsigned)(line.ptr[k] - '0');
                    break;
                }
        } else if (!line.len) {
            break;
        } else if (header(line, "content-type:", &value)) {
            keep(h->content, sizeof h->content, value);
        } else if (header(line, "content-encoding:", &value)) {
            keep(h->coding, sizeof h->coding, value);
        } else if (header(line, "transfer-encoding:", &value)) {
            h->chunked = begins(value, "chunked");
        }
    }
    h->body = rest.ptr ? rest : casus_slice_of(bytes.ptr + bytes.len, 0);
}

static int hex(char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* The body without the lengths of its chunks; as it is when it has none after all. */
static casus_slice unchunk(casus_arena *arena, casus_slice body) {
    char *to = casus_base_arena_get(arena, (size_t)body.len + 1);
    if (!to) return (casus_slice){NULL, 0};
    uint32_t n = 0, at = 0;
    for (;;) {
        uint64_t size = 0;
        const uint32_t begin = at;
        while (at < body.len && at - begin < 9 && hex(body.ptr[at]) >= 0)
            size = size * 16 + (uint64_t)hex(body.ptr[at++]);
        if (at == begin) {
            if (begin == 0) return body;
            break;
        }
        const char *end = memchr(body.ptr + at, '\n', body.len - at);
        if (!end || size == 0) break;
        at = (uint32_t)(end - body.ptr) + 1;
        if (size > body.len - at) size = body.len - at;
        memcpy(to + n, body.ptr + at, (size_t)size);
        n += (uint32_t)size;
        at += (uint32_t)size;
        while (at < body.len && (body.ptr[at] == '\r' || body.ptr[at] == '\n')) at++;
    }
    to[n] = 0;
    return casus_slice_of(to, n);
}

/* Inflates a body (gzip, zlib or raw); what comes out before damage or the limit is taken. */
static bool inflate_body(casus_draft *d, casus_slice *body) {
    for (int bits = 15 + 32; bits; bits = bits > 0 ? -15 : 0) {
        z_stream z = {.next_in = (Bytef *)(uintptr_t)body->ptr, .avail_in = body->len};
        if (inflateInit2(&z, bits) != Z_OK) return false;
        casus_memory m = casus_base_arena_memory(d->arena);
        casus_buffer out;
        casus_base_buffer_init(&out, &m);
        unsigned char piece[1 << 14];
        int got = Z_OK;
        while (got == Z_OK && out.len < CASUS_INPUT_MOST_PAGE && !out.failed) {
            z.next_out = piece;
            z.avail_out = sizeof piece;
            got = inflate(&z, Z_NO_FLUSH);
            casus_base_buffer_add(&out, piece, sizeof piece - z.avail_out);
            if (z.avail_out && got == Z_OK && !z.avail_in) break;
        }
        inflateEnd(&z);
        bool held = !out.failed;
        if (held && out.len >= CASUS_INPUT_MOST_PAGE)
            held =
                casus_read_draft_note(d,
                                      CASUS_SLICE("longer than a page may be; the rest left out"),
                                      0, 0);
        if (held && out.len) {
            *body = casus_base_arena_copy(d->arena, casus_slice_of(out.ptr, out.len));
            held = body->ptr != NULL;
        }
        const bool done = out.len || !held;
        casus_base_buffer_free(&out);
        if (done) return held;
    }
    return true; /* not compressed after all */
}

/* ---- records -------------------------------------------------------------------------------- */

/* The document of a record's body in the buffer: 1, 0 when it is none, negative. */
static int take_page(casus_reader *r, const record *rec, casus_error *err) {
    casus_draft *d = &r->draft;
    response h;
    const casus_slice bytes = casus_slice_of(r->buffer.ptr ? r->buffer.ptr : "", r->buffer.len);
    take_response(bytes, &h);
    if (strcmp(rec->type, "response") != 0) memcpy(h.content, rec->content, sizeof h.content);
    if (h.status != 200) return 0;
    if (h.cut &&
        !casus_read_draft_note(d, CASUS_SLICE("more lines of a header than are read"), 0, 0))
        return casus_base_no_memory(err);
    const bool html = strstr(h.content, "html") != NULL,
               plain = begins(casus_slice_z(h.content), "text/plain");
    casus_slice body = h.body;
    if (h.chunked) body = unchunk(d->arena, body);
    if (body.ptr && h.coding[0] && strcmp(h.coding, "identity") != 0 && !inflate_body(d, &body))
        return casus_base_no_memory(err);
    if (!body.ptr) return casus_base_no_memory(err);
    if (!casus_slice_trim(body).len) return 0;
    const casus_kind kind = plain ? CASUS_KIND_TEXT : casus_read_sniff(r->words, body);
    const bool xml = strstr(h.content, "xml") != NULL;
    if (kind == CASUS_KIND_FEED && (html || xml || !h.content[0]))
        return casus_read_feed_open(r, body, false, err);
    if (!html && !plain && (h.content[0] || kind != CASUS_KIND_HTML)) return 0;
    d->kind = plain ? CASUS_KIND_TEXT : CASUS_KIND_HTML;
    d->url = casus_slice_z(rec->url);
    d->line = r->line;
    const casus_slice declared = casus_read_charset_declared(casus_slice_z(h.content));
    casus_status s;
    if (plain) {
        s = casus_read_charset(d, body, declared, false, &d->text, err);
        if (!s) d->text = casus_base_arena_copy(d->arena, d->text);
        if (!s && !d->text.ptr) s = casus_base_no_memory(err);
    } else {
        s = casus_read_html(d, r->words, body, declared, false, err);
    }
    return s ? (int)s : 1;
}

int casus_read_next_warc(casus_reader *r, casus_error *err) {
    for (;;) {
        if (r->state) { /* a feed in the record before */
            const int entry = casus_read_feed_next(r, err);
            if (entry) return entry;
            r->drop(r);
            r->drop = NULL;
        }
        record rec;
        int got = next_record(r, &rec, err);
        if (got <= 0) return got;
        const bool page = strcmp(rec.type, "response") == 0 || strcmp(rec.type, "resource") == 0 ||
                          strcmp(rec.type, "conversion") == 0;
        const uint64_t most = CASUS_INPUT_MOST_PAGE;
        r->buffer.len = 0;
        const uint64_t want = !page ? 0 : rec.length < most ? rec.length : most;
        const int64_t taken = casus_read_stream_take(&r->stream, want, &r->buffer, err);
        if (taken < 0) return (int)taken;
        const int64_t passed = casus_read_stream_skip(&r->stream, rec.length - want, err);
        if (passed < 0) return (int)passed;
        bool held = true;
        if ((uint64_t)taken < want)
            held = casus_read_draft_note(&r->draft, CASUS_SLICE("the record ends too early"), 0, 0);
        else if (rec.length > most && page)
            held =
                casus_read_draft_note(&r->draft,
                                      CASUS_SLICE("longer than a page may be; the rest left out"),
                                      0, 0);
        if (!held) return casus_base_no_memory(err);
        if (!page) continue;
        got = take_page(r, &rec, err);
        if (got) return got;
        casus_arena *arena = r->draft.arena; /* what a page passed over has taken */
        casus_base_arena_reset(arena);
        r->draft = (casus_draft){.arena = arena, .kind = CASUS_KIND_WARC};
    }
}
