/* mbox.c - the reader of mail: a file of messages (mbox, RFC 4155) or one message (RFC 5322, MIME).
 *
 * Of a message's parts the first page is taken, else the first plain text; attachments are passed
 * over. Our own, because the MIME libraries at hand end the program when memory gives out and cost
 * more time to load than all else; it reads what newsletters have: multipart, base64,
 * quoted-printable, encoded words. */
#include "read/charset.h"
#include "read/html.h"

#define HEADER_VALUE (1u << 14) /* bytes of a header that are kept */

typedef struct mail {
    casus_draft *draft;
    casus_arena *arena;
    casus_slice page, plain; /* ptr NULL: none found */
    casus_slice page_charset, plain_charset;
    bool flowed; /* of plain: format=flowed */
    unsigned parts;
    bool too_many, no_memory;
} mail;

static char low(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool begins(casus_slice s, const char *word) {
    uint32_t i = 0;
    for (; word[i]; i++)
        if (i >= s.len || low(s.ptr[i]) != word[i]) return false;
    return true;
}

/* The value of the first header with that name (lower case, with its colon), folded lines joined.
 */
static casus_slice header(mail *m, casus_slice head, const char *name) {
    casus_slice line;
    while (casus_slice_cut(&head, '\n', &line)) {
        if (!begins(line, name)) continue;
        const uint32_t n = (uint32_t)strlen(name);
        const char *from = line.ptr + n, *to = line.ptr + line.len;
        while (head.len && (head.ptr[0] == ' ' || head.ptr[0] == '\t') &&
               casus_slice_cut(&head, '\n', &line))
            to = line.ptr + line.len;
        size_t len = (size_t)(to - from);
        if (len > HEADER_VALUE) len = HEADER_VALUE;
        const casus_slice value = casus_read_html_squeeze(m->arena, casus_slice_of(from, len));
        if (!value.ptr) m->no_memory = true;
        return value.ptr ? value : CASUS_SLICE("");
    }
    return CASUS_SLICE("");
}

/* A parameter of a header's value: name="value"; the name in lower case with '='. */
static casus_slice parameter(casus_slice value, const char *name) {
    const uint32_t n = (uint32_t)strlen(name);
    for (uint32_t at = 0; at + n < value.len; at++) {
        if (at && value.ptr[at - 1] != ';' && value.ptr[at - 1] != ' ') continue;
        if (!begins(casus_slice_of(value.ptr + at, value.len - at), name)) continue;
        casus_slice v = casus_slice_of(value.ptr + at + n, value.len - at - n);
        const char end = v.ptr[0] == '"' ? '"' : ';';
        if (end == '"') v = casus_slice_of(v.ptr + 1, v.len - 1);
        const char *stop = v.len ? memchr(v.ptr, end, v.len) : NULL;
        if (stop) v.len = (uint32_t)(stop - v.ptr);
        return casus_slice_trim(v);
    }
    return CASUS_SLICE("");
}

static int six_bits(char c) {
    return c >= 'A' && c <= 'Z'   ? c - 'A'
           : c >= 'a' && c <= 'z' ? c - 'a' + 26
           : c >= '0' && c <= '9' ? c - '0' + 52
           : c == '+' || c == '-' ? 62
           : c == '/' || c == '_' ? 63
                                  : -1;
}

static int hex(char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

static uint32_t base64(casus_slice s, char *to) {
    uint32_t n = 0, bits = 0;
    unsigned held = 0;
    for (uint32_t i = 0; i < s.len; i++) {
        const int six = six_bits(s.ptr[i]);
        if (six < 0) continue;
        bits = (bits << 6 | (uint32_t)six) & 0xFFFFFF;
        held += 6;
        if (held < 8) continue;
        held -= 8;
        to[n++] = (char)(bits >> held & 0xFF);
    }
    return n;
}

/* Quoted-printable; in a header ('_' is a blank) with `word`. */
static uint32_t quoted(casus_slice s, bool word, char *to) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '=' && i + 2 < s.len && hex(s.ptr[i + 1]) >= 0 && hex(s.ptr[i + 2]) >= 0) {
            to[n++] = (char)(hex(s.ptr[i + 1]) * 16 + hex(s.ptr[i + 2]));
            i += 2;
        } else if (s.ptr[i] == '=' && i + 1 < s.len && s.ptr[i + 1] == '\n') {
            i++;
        } else if (s.ptr[i] == '=' && i + 2 < s.len && s.ptr[i + 1] == '\r') {
            i += 2;
        } else {
            to[n++] = word && s.ptr[i] == '_' ? ' ' : s.ptr[i];
        }
    }
    return n;
}

static casus_slice decode(mail *m, casus_slice body, casus_slice coding) {
    const bool b64 = begins(coding, "base64");
    if (!b64 && !begins(coding, "quoted-printable")) return body;
    char *to = casus_base_arena_get(m->arena, (size_t)body.len + 1);
    if (!to) {
        m->no_memory = true;
        return CASUS_SLICE("");
    }
    const uint32_t n = b64 ? base64(body, to) : quoted(body, false, to);
    to[n] = 0;
    return casus_slice_of(to, n);
}

/* A header's value with its encoded words ("=?utf-8?B?...?=", RFC 2047) read. */
static casus_slice read_words(mail *m, casus_slice s) {
    casus_buffer out;
    const casus_memory memory = casus_base_arena_memory(m->arena);
    casus_base_buffer_init(&out, &memory);
    bool behind_word = false;
    while (s.len) {
        const char *open = NULL, *q1 = NULL, *q2 = NULL, *close = NULL;
        for (uint32_t i = 0; i + 1 < s.len && !open; i++)
            if (s.ptr[i] == '=' && s.ptr[i + 1] == '?') open = s.ptr + i;
        const char *end = s.ptr + s.len;
        if (open) q1 = memchr(open + 2, '?', (size_t)(end - open - 2));
        if (q1) q2 = memchr(q1 + 1, '?', (size_t)(end - q1 - 1));
        for (const char *c = q2 ? q2 + 1 : end; c + 1 < end && !close; c++)
            if (c[0] == '?' && c[1] == '=') close = c;
        if (!close || q2 - q1 != 2) {
            casus_base_buffer_add(&out, s.ptr, s.len);
            break;
        }
        const casus_slice before = casus_slice_of(s.ptr, (size_t)(open - s.ptr));
        if (!(behind_word && !casus_slice_trim(before).len))
            casus_base_buffer_add(&out, before.ptr, before.len);
        const casus_slice coded = casus_slice_of(q2 + 1, (size_t)(close - q2 - 1));
        char *to = casus_base_arena_get(m->arena, (size_t)coded.len + 1);
        casus_slice name =
            casus_base_arena_copy(m->arena, casus_slice_of(open + 2, (size_t)(q1 - open - 2)));
        if (!to || !name.ptr) {
            m->no_memory = true;
            break;
        }
        const uint32_t n = low(q1[1]) == 'b' ? base64(coded, to) : quoted(coded, true, to);
        casus_slice raw = casus_slice_of(to, n), utf8 = raw;
        size_t replaced;
        if (casus_base_utf8_valid(raw.ptr, raw.len) != raw.len &&
            !casus_read_charset_convert(m->arena, raw, name.ptr, &utf8, &replaced))
            utf8 = CASUS_SLICE("?");
        casus_base_buffer_add(&out, utf8.ptr, utf8.len);
        behind_word = true;
        s = casus_slice_of(close + 2, (size_t)(end - close - 2));
    }
    if (out.failed) m->no_memory = true;
    casus_slice copy =
        m->no_memory
            ? CASUS_SLICE("")
            : casus_base_arena_copy(m->arena, casus_slice_of(out.ptr ? out.ptr : "", out.len));
    casus_base_buffer_free(&out);
    if (copy.ptr && casus_base_utf8_valid(copy.ptr, copy.len) != copy.len) {
        char *bytes = (char *)(uintptr_t)copy.ptr;
        for (size_t at = 0; (at += casus_base_utf8_valid(bytes + at, copy.len - at)) < copy.len;)
            bytes[at++] = '?';
    }
    if (!copy.ptr) m->no_memory = true;
    return copy;
}

static void split(casus_slice entity, casus_slice *head, casus_slice *body) {
    casus_slice rest = entity, line;
    *head = entity;
    *body = casus_slice_of(entity.ptr + entity.len, 0);
    while (casus_slice_cut(&rest, '\n', &line)) {
        if (casus_slice_trim(line).len) continue;
        *head = casus_slice_of(entity.ptr, (size_t)(line.ptr - entity.ptr));
        if (rest.ptr) *body = rest;
        return;
    }
}

static void take_part(mail *m, casus_slice entity, unsigned depth);

static void take_multipart(mail *m, casus_slice body, casus_slice boundary, unsigned depth) {
    const char *begin = NULL;
    casus_slice rest = body, line;
    while (casus_slice_cut(&rest, '\n', &line) && !m->no_memory) {
        if (line.len < boundary.len + 2 || line.ptr[0] != '-' || line.ptr[1] != '-' ||
            memcmp(line.ptr + 2, boundary.ptr, boundary.len) != 0)
            continue;
        const casus_slice tail =
            casus_slice_of(line.ptr + 2 + boundary.len, line.len - 2 - boundary.len);
        if (casus_slice_trim(tail).len && !begins(tail, "--")) continue; /* "b1" is not "b10" */
        if (begin && line.ptr > begin)
            take_part(m, casus_slice_of(begin, (size_t)(line.ptr - begin)), depth + 1);
        begin = rest.ptr;
        if (begins(tail, "--")) return;
        if (!begin) return;
    }
    /* no end: what there is */
    const char *end = body.ptr + body.len;
    if (begin && end > begin) take_part(m, casus_slice_of(begin, (size_t)(end - begin)), depth + 1);
}

static void take_part(mail *m, casus_slice entity, unsigned depth) {
    casus_slice head, body;
    if (depth > CASUS_INPUT_MOST_PARTS_DEEP || m->parts++ > CASUS_INPUT_MOST_PARTS) {
        m->too_many = true;
        return;
    }
    split(entity, &head, &body);
    const casus_slice type = header(m, head, "content-type:"),
                      coding = header(m, head, "content-transfer-encoding:"),
                      disposition = header(m, head, "content-disposition:");
    if (begins(disposition, "attachment") || m->no_memory) return;
    if (begins(type, "multipart/")) {
        const casus_slice boundary = parameter(type, "boundary=");
        if (boundary.len) take_multipart(m, body, boundary, depth);
    } else if (begins(type, "message/rfc822")) {
        take_part(m, body, depth + 1);
    } else if (begins(type, "text/html")) {
        if (m->page.ptr) return;
        m->page = decode(m, body, coding);
        m->page_charset = parameter(type, "charset=");
    } else if (begins(type, "text/plain") || !type.len) {
        if (m->plain.ptr) return;
        m->plain = decode(m, body, coding);
        m->plain_charset = parameter(type, "charset=");
        m->flowed = begins(parameter(type, "format="), "flowed");
    }
}

/* Lines of a mail without their returns; quoted ones and the signature left out, flowed ones
 * joined.
 */
static casus_slice unwrap(mail *m, casus_slice text, bool flowed) {
    char *to = casus_base_arena_get(m->arena, (size_t)text.len + 2);
    if (!to) {
        m->no_memory = true;
        return CASUS_SLICE("");
    }
    uint32_t n = 0;
    casus_slice line;
    while (casus_slice_cut(&text, '\n', &line)) {
        while (line.len && line.ptr[line.len - 1] == '\r') line.len--;
        if (casus_slice_is(line, "-- ")) break;
        if (line.len && line.ptr[0] == '>') continue;
        const bool soft = flowed && line.len && line.ptr[line.len - 1] == ' ';
        if (flowed && line.len && line.ptr[0] == ' ')
            line = casus_slice_of(line.ptr + 1, line.len - 1);
        if (line.len) memcpy(to + n, line.ptr, line.len);
        n += line.len;
        if (!soft) to[n++] = '\n';
    }
    to[n] = 0;
    return casus_slice_of(to, n);
}

/* "Ann Smith <ann@example.org>" -> "Ann Smith" */
static casus_slice sender(casus_slice from) {
    const char *open = from.len ? memchr(from.ptr, '<', from.len) : NULL;
    casus_slice name = open ? casus_slice_of(from.ptr, (size_t)(open - from.ptr)) : from;
    name = casus_slice_trim(name);
    if (name.len > 1 && name.ptr[0] == '"') {
        name = casus_slice_of(name.ptr + 1, name.len - 1);
        if (name.ptr[name.len - 1] == '"') name.len--;
    }
    return name.len ? name : from;
}

static casus_status take_message(casus_reader *r, casus_error *err) {
    casus_draft *d = &r->draft;
    mail m = {.draft = d, .arena = d->arena};
    const casus_slice message = casus_slice_of(r->buffer.ptr ? r->buffer.ptr : "", r->buffer.len);
    casus_slice head, body, text;
    split(message, &head, &body);
    take_part(&m, message, 0);
    const casus_slice id = header(&m, head, "message-id:");
    d->id = id.len > 2 && id.ptr[0] == '<' ? casus_slice_of(id.ptr + 1, id.len - 2) : id;
    const casus_slice subject = read_words(&m, header(&m, head, "subject:"));
    const casus_slice from = read_words(&m, header(&m, head, "from:"));
    d->title = casus_read_html_squeeze(d->arena, subject);
    d->site = casus_read_html_squeeze(d->arena, sender(from));
    d->date = header(&m, head, "date:");
    d->date_from = "metadata";
    if (m.no_memory || !d->title.ptr || !d->site.ptr) return casus_base_no_memory(err);
    if (m.too_many &&
        !casus_read_draft_note(d, CASUS_SLICE("too many parts, or too deep; the rest left out"), 0,
                               0))
        return casus_base_no_memory(err);
    casus_status s = CASUS_OK;
    if (m.page.ptr) {
        const casus_slice title = d->title;
        s = casus_read_html(d, r->words, m.page, m.page_charset, false, err);
        if (!s && !d->title.len) d->title = title;
    }
    if (!s && m.plain.ptr && (!m.page.ptr || d->text.len <= d->title.len + 40)) {
        s = casus_read_charset(d, m.plain, m.plain_charset, false, &text, err);
        if (s) return s;
        text = unwrap(&m, text, m.flowed);
        d->text = d->title.len ? casus_base_arena_format(d->arena, "%.*s\n%.*s", (int)d->title.len,
                                                         d->title.ptr, (int)text.len, text.ptr)
                               : text;
        d->headline = d->title.len > 0;
        if (m.no_memory || !d->text.ptr) return casus_base_no_memory(err);
    }
    return s;
}

typedef struct mbox {
    uint64_t line;     /* lines taken */
    bool any, pending; /* a "From " line was read that begins the next message */
} mbox;

static void drop_mbox(casus_reader *r) {
    casus_base_release(&r->memory, r->state);
    r->state = NULL;
}

/* The next message into r->buffer: 1, 0 at the end, negative. */
static int next_message(casus_reader *r, mbox *b, casus_buffer *message, casus_error *err) {
    bool blank = true, over = false;
    for (;;) {
        r->buffer.len = 0;
        const int got =
            casus_read_stream_until(&r->stream, '\n', CASUS_INPUT_MOST_PAGE, &r->buffer, err);
        if (got < 0 && got != CASUS_E_LIMIT) return got;
        if (got == 0) break;
        b->line++;
        over = over || got == CASUS_E_LIMIT;
        const casus_slice line = casus_slice_of(r->buffer.ptr ? r->buffer.ptr : "", r->buffer.len);
        if (blank && line.len > 5 && memcmp(line.ptr, "From ", 5) == 0) {
            if (b->pending || message->len) {
                if (message->len) {
                    b->pending = true;
                    break;
                }
            }
            b->pending = true;
            r->line = b->line;
            continue;
        }
        if (!message->len && !b->pending) r->line = b->line;
        blank = casus_slice_trim(line).len == 0;
        if (blank && !message->len) continue;
        if (message->len + line.len + 1 > CASUS_INPUT_MOST_PAGE) over = true;
        if (over) continue;
        const bool escaped =
            line.len > 5 && line.ptr[0] == '>' && memcmp(line.ptr + 1, "From ", 5) == 0;
        casus_base_buffer_add(message, line.ptr + escaped, line.len - escaped);
        casus_base_buffer_add(message, "\n", 1);
        if (message->failed) return casus_base_no_memory(err);
    }
    if (over &&
        !casus_read_draft_note(&r->draft,
                               CASUS_SLICE("longer than a mail may be; the rest left out"), 0, 0))
        return casus_base_no_memory(err);
    return message->len > 0;
}

int casus_read_next_mbox(casus_reader *r, casus_error *err) {
    if (!r->state) {
        r->state = casus_base_alloc(&r->memory, sizeof(mbox));
        if (!r->state) return casus_base_no_memory(err);
        memset(r->state, 0, sizeof(mbox));
        r->drop = drop_mbox;
    }
    mbox *b = r->state;
    r->line = b->pending ? b->line : b->line + 1;
    casus_buffer message;
    casus_base_buffer_init(&message, &r->memory);
    int got = next_message(r, b, &message, err);
    if (got > 0) {
        /* the message in r->buffer, for the time that the draft is used */
        const casus_buffer line = r->buffer;
        r->buffer = message;
        message = line;
        r->draft.line = r->line;
        const casus_status s = take_message(r, err);
        if (s) got = (int)s;
    }
    casus_base_buffer_free(&message);
    return got;
}
