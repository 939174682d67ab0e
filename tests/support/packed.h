/* packed.h - the pack that the build made, for tests that need a model; they are skipped without.
 */
#ifndef CASUS_TESTS_PACKED_H
#define CASUS_TESTS_PACKED_H

#include <casus/casus.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PACKED CASUS_BINARY_DIR "/casus.pack"
enum { PACKED_SKIP = 77 };

static inline int packed_missing(void) {
    if (access(PACKED, R_OK) == 0) return 0;
    puts("no pack was made in this build (./setup fetches the model): skipped");
    return 1;
}

/* Printed bytes, grown as needed. */
typedef struct packed_text {
    char *ptr;
    size_t len, cap;
} packed_text;

static inline int packed_sink(void *payload, const char *bytes, size_t len) {
    packed_text *t = payload;
    if (t->len + len + 1 > t->cap) {
        t->cap = (t->len + len + 1) * 2;
        t->ptr = realloc(t->ptr, t->cap);
        if (!t->ptr) abort();
    }
    memcpy(t->ptr + t->len, bytes, len);
    t->len += len;
    t->ptr[t->len] = 0;
    return 0;
}

/* Everything that can be printed of a document, behind what is in `to`. */
static inline casus_status packed_print(const casus_doc *doc, packed_text *to, casus_error *err) {
    static const char *const layers[] = {"tokens", "clauses", "names",   "times",
                                         "places", "actors",  "sources", "diagnostics"};
    casus_status s = casus_doc_write(doc, "jsonl", 0, packed_sink, to, err);
    for (size_t i = 0; i < sizeof layers / sizeof *layers && !s; i++)
        s = casus_doc_write_layer(doc, layers[i], "jsonl", packed_sink, to, err);
    return s;
}

/* News of the tests' own, with most of what the coder looks for. */
static const char *const packed_news[] = {
    "Rebels shelled the port of Bata on Tuesday, killing at least 12 people, the army said.\n\n"
    "A spokesman for the rebels denied the claim. \xE2\x80\x9CWe did not fire,\xE2\x80\x9D he "
    "said.",
    "The foreign ministers of Chad and Niger met in Geneva last week and agreed to reopen the "
    "border. Mediators from the African Union urged both sides to withdraw their troops.",
    "Police arrested 40 protesters in the capital yesterday, according to a human rights group. "
    "The president threatened to dissolve parliament unless deputies passed the budget by 1 May.",
    "France will send food aid to Mali, President Jean Martin told reporters in Paris on 3 March "
    "2025, adding that talks with the junta could resume within two weeks."};
enum { PACKED_NEWS = sizeof packed_news / sizeof *packed_news };

#endif
