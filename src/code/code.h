/* code.h - the coder: who did what to whom, when, where, according to whom, and who denies it.
 *
 * Rows of data/events (patterns over the clause view) propose events; rows of data/cues give status
 * and sources; mentions, times and places of the rooms below fill the fields. An opened casus_code
 * is constant and shared by threads; what it finds lives in the document's arena.
 */
#ifndef CASUS_CODE_CODE_H
#define CASUS_CODE_CODE_H

#include "know/know.h"
#include "pack/pack.h"
#include "when/when.h"

/* A source with its cue and what it says: an item of layer "sources". */
typedef struct casus_attribution {
    casus_span source;     /* begin == end: none named */
    uint32_t source_token; /* head token of the source, or CASUS_NONE */
    uint32_t who;   /* token of the actor behind the source ("the ARMY's report"), or CASUS_NONE */
    uint32_t cited; /* token of the one whom the source cites, or CASUS_NONE */
    uint32_t cited_cue; /* and of the word that says so */
    casus_span cue;
    uint32_t cue_token;
    casus_span content[4]; /* [n_content] */
    uint32_t n_content;
    uint8_t stance;      /* casus_stance */
    const char *channel; /* constant of the pack, or NULL */
    bool quote;          /* the content is in quotation marks */
    bool attitude;       /* a wish, belief or judgement rather than words: no source of records */
    uint32_t within;     /* attribution in whose content this one stands, or CASUS_NONE */
    uint32_t clause;     /* clause of the cue, or CASUS_NONE */
} casus_attribution;

/* What a row did to a clause, and why. */
typedef struct casus_explained {
    uint32_t token, clause; /* the trigger */
    casus_string row, file; /* the row's id; its file, without the folder */
    uint32_t line;          /* of the row, from 1 */
    const char *type;       /* PLOVER root type, "NONE" for a blocking row */
    const char *status;     /* of its candidate, or NULL */
    const char *verdict;    /* "record", "merged", "dropped", "blocked", "lost"; constant */
    const char *why;        /* constant, or NULL */
    float score;            /* of the scored model, 0 .. 1 */
    casus_slice features;   /* what it was scored by, parted by blanks */
    uint32_t into;          /* trigger of the record that took it in, or CASUS_NONE */
} casus_explained;

typedef struct casus_events {
    casus_event *items; /* [n], in order of their triggers */
    size_t n;
    casus_attribution *attributions; /* [n_attributions], in order */
    size_t n_attributions;
    casus_explained *explained; /* [n_explained], by clause, when asked for */
    size_t n_explained;
} casus_events;

typedef struct casus_code casus_code;

/* Compiles data_dir/events, data_dir/cues and data_dir/classes*.tsv into section "code". */
casus_status casus_code_compile(const char *data_dir, casus_pack_writer *writer,
                                const casus_memory *memory, casus_error *err);
casus_status casus_code_open(casus_code **out, const casus_pack *pack, const casus_memory *memory,
                             casus_error *err);
void casus_code_free(casus_code *code);

/* Codes a document whose lower layers are there; with `explain` -1 says why for each clause,
 * with n for those of line n. */
casus_status casus_code_find(casus_events **out, const casus_code *code, const casus_parse *parse,
                             const casus_mentions *mentions, const casus_times *times, int explain,
                             casus_error *err);

#endif
