/* input.c - documents from files: goes through the files of an operand, gives each to the reader of
 * its kind, and has an item made of what that finds.
 *
 * A file or a part of one that is no document is an error with its place, and reading goes on
 * behind it. Memory: one file's window, one document, and what the reader of the kind holds. */
#include "read/input.h"
#include "read/read_words.h"
#include <stdio.h>

struct casus_input {
    casus_reader reader; /* first: its `memory` is used by all below */
    casus_files files;
    casus_words *words;
    size_t at; /* the file at hand */
    bool open;
    casus_kind kind; /* as asked for */
    char language[16];
};

static casus_reader_next reader_of(casus_kind kind) {
    switch (kind) {
    case CASUS_KIND_JSONL:
        return casus_read_next_jsonl;
    case CASUS_KIND_HTML:
        return casus_read_next_html;
    case CASUS_KIND_FEED:
        return casus_read_next_feed;
    case CASUS_KIND_WARC:
        return casus_read_next_warc;
    case CASUS_KIND_CSV:
        return casus_read_next_csv;
    case CASUS_KIND_MBOX:
        return casus_read_next_mbox;
    default:
        return casus_read_next_text;
    }
}

casus_status casus_input_open(casus_input **out, const char *path,
                              const casus_input_options *options, const casus_memory *memory,
                              casus_error *err) {
    const casus_memory m = memory ? *memory : casus_base_memory_default();
    if (options && !casus_kind_name(options->kind))
        return casus_base_fail(err, CASUS_E_ARGUMENT, "unknown kind of input");
    casus_input *in = casus_base_alloc(&m, sizeof *in);
    if (!in) return casus_base_no_memory(err);
    memset(in, 0, sizeof *in);
    in->reader.memory = m;
    casus_base_buffer_init(&in->reader.buffer, &m);
    if (options) {
        in->kind = options->kind;
        snprintf(in->language, sizeof in->language, "%s",
                 options->language ? options->language : "");
    }
    casus_status s =
        casus_read_files(&in->files, path, CASUS_INPUT_MOST_FILES, &in->reader.memory, err);
    if (!s) s = casus_read_words_open(&in->words, &in->reader.memory, err);
    in->reader.words = in->words;
    if (!s) in->reader.draft.arena = casus_base_arena_new(&m);
    if (!s && !in->reader.draft.arena) s = casus_base_no_memory(err);
    /* the one file of an operand is opened at once, so that a wrong name shows here */
    if (!s && in->files.n == 1 && !in->files.base) {
        s = casus_read_stream_open(&in->reader.stream, in->files.paths[0], &in->reader.memory, err);
        in->open = !s;
    }
    if (s) {
        casus_input_free(in);
        return s;
    }
    *out = in;
    return CASUS_OK;
}

static void close_file(casus_input *in) {
    casus_reader *r = &in->reader;
    if (r->drop) r->drop(r);
    r->drop = NULL;
    r->state = NULL;
    r->kind = CASUS_KIND_AUTO;
    r->line = r->byte = 0;
    casus_read_stream_close(&r->stream);
    in->open = false;
}

void casus_input_free(casus_input *in) {
    if (!in) return;
    close_file(in);
    casus_read_files_free(&in->files);
    casus_base_arena_free(in->reader.draft.arena);
    casus_base_buffer_free(&in->reader.buffer);
    casus_read_words_free(in->words);
    const casus_memory m = in->reader.memory;
    casus_base_release(&m, in);
}

casus_status casus_read_fail(casus_reader *r, casus_status status, const char *message,
                             casus_error *err) {
    return casus_base_fail_at(err, status, r->stream.path, r->line, r->byte, "%s", message);
}

/* The name by which a plain text is known: behind the folder, else behind the last slash. */
static const char *name_of(const casus_input *in) {
    const char *path = in->files.paths[in->at], *slash = strrchr(path, '/');
    return in->files.base ? path + in->files.base : slash ? slash + 1 : path;
}

double casus_input_share(const casus_input *in) {
    if (in->at >= in->files.n) return 1;
    const double here = in->open ? casus_read_stream_share(&in->reader.stream) : 0;
    return ((double)in->at + (here < 1 ? here : 1)) / (double)in->files.n;
}

int casus_input_next(casus_input *in, casus_item *item, casus_error *err) {
    casus_reader *r = &in->reader;
    while (in->at < in->files.n) {
        if (!in->open) {
            const casus_status s =
                casus_read_stream_open(&r->stream, in->files.paths[in->at], &r->memory, err);
            if (s) in->at++;
            if (s) return s;
            in->open = true;
        }
        if (r->kind == CASUS_KIND_AUTO) {
            r->kind = in->kind;
            if (!r->kind) r->kind = casus_read_sniff(in->words, casus_read_stream_peek(&r->stream));
        }
        casus_arena *arena = r->draft.arena;
        casus_base_arena_reset(arena);
        r->draft = (casus_draft){.arena = arena, .kind = r->kind};
        r->buffer.len = 0;
        r->buffer.failed = false;
        const int got = reader_of(r->kind)(r, err);
        if (got < 0) return got;
        if (got) {
            const casus_status s =
                casus_read_finish(&r->draft, in->words, in->files.paths[in->at], name_of(in),
                                  in->language[0] ? in->language : NULL, item, err);
            return s ? (int)s : 1;
        }
        const casus_status failed = casus_read_stream_failure(&r->stream, err);
        close_file(in);
        in->at++;
        if (failed) return failed;
    }
    return 0;
}
