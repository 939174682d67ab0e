/* api.h - private to src/api and src/write's callers: what the public handles hold. */
#ifndef CASUS_API_API_H
#define CASUS_API_API_H

#include "code/code.h"
#include "lang/engine.h"
#include "write/write.h"

struct casus_model {
    casus_memory memory;
    casus_pack *pack;
    casus_lang *lang;
    casus_know *know;
    casus_know *actors; /* a user's table over `know`, or NULL */
    casus_when *when;
    casus_code *code;
    casus_ontology *ontology; /* of the exports; NULL in a pack without its tables */
    casus_relabel *relabel;   /* of casus_model_use_ontology, or NULL */
    casus_pack *rows_pack;    /* of casus_model_use_rows, or NULL */
    uint64_t actors_sum;      /* hash of that table, or 0 */
    uint64_t ontology_sum;    /* the same of casus_model_use_ontology */
    char name[80];
    char fingerprint[33];
};

struct casus_worker {
    const casus_model *model;
    casus_memory memory;
    casus_lang_worker *lang;
};

struct casus_doc {
    casus_memory memory;
    casus_arena *arena;
    casus_layers layers;             /* write.h */
    const casus_item *item;          /* in the arena */
    const char *fingerprint, *model; /* of the model */
};

/* The publication day that counts: the item's own, the options', then one guessed; or NULL. */
const char *casus_api_date(const casus_item *item, const casus_options *options);

#endif
