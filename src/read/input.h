/* input.h - private to src/read: the bytes of a file, the draft of a document, the readers of each
 * kind of file.
 *
 * An input goes through its files; a stream gives the bytes of one, inflated; the reader of the
 * file's kind makes drafts; casus_read_finish makes an item of a draft. */
#ifndef CASUS_READ_INPUT_H
#define CASUS_READ_INPUT_H

#include "read/read.h"

struct casus_words; /* read_words.h */

/* ---- stream.c: the bytes of a file, gzipped or not ----------------------------------------- */

typedef struct casus_stream {
    const casus_memory *memory;
    const char *path; /* borrowed */
    void *gz;         /* zlib's gzFile */
    char *window;
    size_t at, end; /* what is left in the window */
    uint64_t given; /* bytes given before window[0] */
    uint64_t size;  /* of the file as it lies there, 0: unknown */
    bool ended, failed;
    char why[80]; /* after `failed`: "the gzipped data is damaged" */
} casus_stream;
/* How far a stream can be looked into before reading. */
#define CASUS_STREAM_WINDOW (1u << 18)
#define CASUS_STREAM_PEEK (1u << 16)

casus_status casus_read_stream_open(casus_stream *s, const char *path, const casus_memory *memory,
                                    casus_error *err);
void casus_read_stream_close(casus_stream *s);
/* The next bytes, at most CASUS_STREAM_PEEK, without taking them; fewer at the end only. */
casus_slice casus_read_stream_peek(casus_stream *s);
/* Position of the next byte, in the inflated file. */
static inline uint64_t casus_read_stream_at(const casus_stream *s) {
    return s->given + s->at;
}
/* How much of the file has been read, 0 .. 1. */
double casus_read_stream_share(const casus_stream *s);
/* Adds bytes up to `most` in all to *b, up to and without the next `stop` (-1: to the end). 1:
 * there was something; 0: the end; CASUS_E_LIMIT: longer than `most`, and the rest of it is passed
 * over; CASUS_E_IO, CASUS_E_FORMAT (damaged compression, a bomb): the file ends here. */
int casus_read_stream_until(casus_stream *s, int stop, size_t most, casus_buffer *b,
                            casus_error *err);
/* Adds the next n bytes, fewer at the end only (as n returned), as above. */
int64_t casus_read_stream_take(casus_stream *s, uint64_t n, casus_buffer *b, casus_error *err);
/* What went wrong at the end of the stream and was not told yet; CASUS_OK: nothing. */
casus_status casus_read_stream_failure(casus_stream *s, casus_error *err);
/* Passes over the next n bytes. */
int64_t casus_read_stream_skip(casus_stream *s, uint64_t n, casus_error *err);

/* ---- sniff.c: what kind of file this is ---------------------------------------------------- */

casus_kind casus_read_sniff(const struct casus_words *words, casus_slice head);

/* ---- draft.c: a document being read -------------------------------------------------------- */

typedef struct casus_draft {
    casus_arena *arena; /* of this document; reset for the next */
    casus_kind kind;
    uint64_t line;
    /* as found, UTF-8; ptr NULL: not known */
    casus_slice id, url, title, author, site, language, text;
    casus_slice date;      /* in any form that casus_read_date reads */
    const char *date_from; /* of `date` */
    bool headline;         /* the text's first line is `title` */
    bool name_is_id;       /* of a plain text */
    casus_note *notes;
    size_t n_notes, cap_notes;
    casus_mark *marks;
    size_t n_marks, cap_marks;
} casus_draft;

/* A note of the document. False when memory is out. */
bool casus_read_draft_note(casus_draft *d, casus_slice reason, uint32_t begin, uint32_t end);
bool casus_read_draft_mark(casus_draft *d, casus_mark_kind kind, uint32_t begin, uint32_t end);
/* Fills *item from the draft: date, language, marks, hash, id. */
casus_status casus_read_finish(casus_draft *d, const struct casus_words *words, const char *file,
                               const char *name, const char *language, casus_item *item,
                               casus_error *err);

/* ---- the readers --------------------------------------------------------------------------- */

/* What a reader works with; `state` is its own, zero at the beginning of a file. */
typedef struct casus_reader {
    casus_memory memory;
    casus_stream stream;
    casus_kind kind;
    casus_draft draft;
    casus_buffer buffer; /* of the line, page or record at hand */
    uint64_t line, byte; /* of what was begun last, for errors */
    const struct casus_words *words;
    void *state;
    void (*drop)(struct casus_reader *r); /* frees `state`; NULL: nothing to free */
} casus_reader;

/* 1: r->draft is filled; 0: the end of the file; negative as casus_input_next. */
typedef int (*casus_reader_next)(casus_reader *r, casus_error *err);
int casus_read_next_text(casus_reader *r, casus_error *err);
int casus_read_next_jsonl(casus_reader *r, casus_error *err);
int casus_read_next_html(casus_reader *r, casus_error *err);
int casus_read_next_feed(casus_reader *r, casus_error *err);
int casus_read_next_warc(casus_reader *r, casus_error *err);
int casus_read_next_csv(casus_reader *r, casus_error *err);
int casus_read_next_mbox(casus_reader *r, casus_error *err);

/* Fails with the reader's file, line and byte. */
casus_status casus_read_fail(casus_reader *r, casus_status status, const char *message,
                             casus_error *err);

/* ---- files.c: the files that an operand names ---------------------------------------------- */

typedef struct casus_files {
    char **paths; /* [n], in order */
    size_t n, cap, most;
    size_t base; /* bytes of the folder's path and its slash; 0 for a file */
    const casus_memory *memory;
} casus_files;
/* At most `most` of them; CASUS_E_LIMIT, _IO, _MEMORY. */
casus_status casus_read_files(casus_files *f, const char *path, size_t most,
                              const casus_memory *memory, casus_error *err);
void casus_read_files_free(casus_files *f);

#endif
