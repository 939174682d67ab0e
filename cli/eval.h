/* eval.h - the measure of casus eval: records against hand-coded events (private to cli/).
 *
 * Gold is a JSON object: "id" (or the file's name), "published", "text" or "article", "events",
 * "absent" (traps), "first" (the first paragraph that counts). An event has "para", "type",
 * "status" and, where the text gives them, actor, recipient, mediator, when, where, by, denied_by,
 * counts, "optional". Alternatives are joined by "|". */
#ifndef CASUS_CLI_EVAL_H
#define CASUS_CLI_EVAL_H

#include "cli.h"
#include <jansson.h>

enum { EVAL_FIELDS = 12, EVAL_TYPES = 17 };

typedef struct eval_figures {
    size_t docs, gold, coded, found, full, traps, broken;
    struct {
        const char *name;
        size_t right, n;
    } field[EVAL_FIELDS]; /* in the order in which they were first met */
    size_t n_fields;
    struct {
        char name[16];
        long gold, coded, found;
    } type[EVAL_TYPES];
    size_t n_types;
    size_t links, links_made, links_right; /* pairs of found events: told as one act by the coder,
                                              by the records, by both */
} eval_figures;

/* NULL when the object can be measured, else what is wrong with it. */
const char *eval_check(const json_t *gold);
/* "id", or the name of the file without folder and extension. */
void eval_name(const json_t *gold, const char *file, char *out, size_t size);
void eval_key(const json_t *value, char *out, size_t size); /* a string or a number as a key */
/* Adds one document; with `log` each fault is a line there. False: no memory left. */
bool eval_document(eval_figures *f, const json_t *gold, const char *id, const json_t *records,
                   FILE *log);
void eval_print(const eval_figures *f, bool by_type, FILE *out);
/* How well acts told again are known as the same ("same_as"). */
void eval_print_links(const eval_figures *f, FILE *out);

#endif
