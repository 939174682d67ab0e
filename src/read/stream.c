/* stream.c - the bytes of a file or of standard input, gzipped or not, through a window.
 *
 * zlib's gz functions tell by the first bytes whether a file is gzipped and go through members put
 * one behind the other, as WARC files have them. Memory: one window. A file that inflates more than
 * CASUS_INPUT_MOST_RATIO to one, past 64 MiB, is given up there. */
#include "read/input.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#define RATIO_FREE (64u << 20) /* inflated bytes before the ratio counts */
#define CHUNK (1u << 17)

casus_status casus_read_stream_open(casus_stream *s, const char *path, const casus_memory *memory,
                                    casus_error *err) {
    memset(s, 0, sizeof *s);
    s->memory = memory;
    s->path = path;
    const bool standard = strcmp(path, "-") == 0;
    const int fd = standard ? dup(0) : open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    if (fd < 0) return casus_base_file_failed(err, path, "open", errno);
    if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
        close(fd);
        return casus_base_file_failed(err, path, "open", EISDIR);
    }
    if (!fstat(fd, &st) && S_ISREG(st.st_mode)) s->size = (uint64_t)st.st_size;
    s->window = casus_base_alloc(memory, CASUS_STREAM_WINDOW);
    if (s->window) s->gz = gzdopen(fd, "rb");
    if (!s->gz) {
        close(fd);
        casus_base_release(memory, s->window);
        s->window = NULL;
        return casus_base_no_memory(err);
    }
    gzbuffer(s->gz, CHUNK);
    return CASUS_OK;
}

void casus_read_stream_close(casus_stream *s) {
    if (s->gz) gzclose_r(s->gz);
    s->gz = NULL;
    if (s->memory) casus_base_release(s->memory, s->window);
    s->window = NULL;
}

double casus_read_stream_share(const casus_stream *s) {
    if (!s->gz || !s->size) return 0;
    /* what lies in the window has not been read by anybody */
    const double at = (double)gzoffset(s->gz),
                 left = gzdirect(s->gz) ? (double)(s->end - s->at) : 0;
    return at < left ? 0 : (at - left) / (double)s->size;
}

static void stop(casus_stream *s, const char *why) {
    s->failed = s->ended = true;
    snprintf(s->why, sizeof s->why, "%s", why);
}

/* More bytes into the window; false when there are none. */
static bool more(casus_stream *s) {
    if (s->ended) return false;
    if (s->at) {
        memmove(s->window, s->window + s->at, s->end - s->at);
        s->given += s->at;
        s->end -= s->at;
        s->at = 0;
    }
    const size_t room = CASUS_STREAM_WINDOW - s->end;
    if (!room) return true;
    const int n = gzread(s->gz, s->window + s->end, (unsigned)(room < CHUNK ? room : CHUNK));
    if (n <= 0) {
        int number = Z_OK;
        gzerror(s->gz, &number);
        if (number == Z_ERRNO) {
            stop(s, "the file cannot be read to its end");
        } else if (number == Z_BUF_ERROR) {
            stop(s, "the gzipped data ends too early");
        } else if (number != Z_OK && number != Z_STREAM_END) {
            stop(s, "the gzipped data is damaged");
        }
        s->ended = true;
        return false;
    }
    s->end += (size_t)n;
    const uint64_t out = s->given + s->end;
    const z_off_t in = out > RATIO_FREE ? gzoffset(s->gz) : -1;
    if (in > 0 && out / (uint64_t)in > CASUS_INPUT_MOST_RATIO) {
        stop(s, "inflates out of all proportion; given up here");
        s->end = s->at;
        return false;
    }
    return true;
}

casus_slice casus_read_stream_peek(casus_stream *s) {
    while (s->end - s->at < CASUS_STREAM_PEEK && more(s)) {
    }
    const size_t n = s->end - s->at;
    return casus_slice_of(s->window + s->at, n < CASUS_STREAM_PEEK ? n : CASUS_STREAM_PEEK);
}

/* The failure of the stream, told once, at the byte where it stands. */
static int failure(casus_stream *s, casus_error *err) {
    s->failed = false;
    return casus_base_fail_at(err, CASUS_E_FORMAT, s->path, 0, casus_read_stream_at(s), "%s",
                              s->why);
}

casus_status casus_read_stream_failure(casus_stream *s, casus_error *err) {
    return s->failed ? (casus_status)failure(s, err) : CASUS_OK;
}

int casus_read_stream_until(casus_stream *s, int stop_at, size_t most, casus_buffer *b,
                            casus_error *err) {
    bool got = false, over = false;
    for (;;) {
        if (s->at == s->end && !more(s)) {
            if (s->failed && !got) return failure(s, err); /* what came before it is used first */
            break;
        }
        got = true;
        const char *from = s->window + s->at;
        const size_t n = s->end - s->at;
        const char *end = stop_at < 0 ? NULL : memchr(from, stop_at, n);
        const size_t take = end ? (size_t)(end - from) : n;
        over = over || take > most - b->len;
        if (!over) casus_base_buffer_add(b, from, take);
        if (b->failed) return casus_base_no_memory(err);
        s->at += take + (end != NULL);
        if (end) break;
    }
    if (over)
        return casus_base_fail(err, CASUS_E_LIMIT, "longer than %u MiB", (unsigned)(most >> 20));
    return got;
}

int64_t casus_read_stream_take(casus_stream *s, uint64_t n, casus_buffer *b, casus_error *err) {
    uint64_t left = n;
    while (left && (s->at < s->end || more(s))) {
        const size_t here = s->end - s->at, take = left < here ? (size_t)left : here;
        if (b) casus_base_buffer_add(b, s->window + s->at, take);
        if (b && b->failed) return casus_base_no_memory(err);
        s->at += take;
        left -= take;
    }
    if (left == n && n && s->failed) return failure(s, err);
    return (int64_t)(n - left);
}

int64_t casus_read_stream_skip(casus_stream *s, uint64_t n, casus_error *err) {
    return casus_read_stream_take(s, n, NULL, err);
}
