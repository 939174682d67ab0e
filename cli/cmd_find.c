/* cmd_find.c - casus find: the records of a store that a query asks for. */
#include "query.h"
#include <string.h>

typedef struct finding {
    char format; /* t, j, i */
    uint64_t n;
} finding;

static casus_status print_one(void *payload, const casus_found *f, casus_error *err) {
    finding *x = payload;
    if (x->format == 'j') {
        fwrite(f->json.ptr, 1, f->json.len, stdout);
        putchar('\n');
    } else if (x->format == 'i') {
        printf("%.*s#%u\n", (int)f->document.len, f->document.ptr, (unsigned)f->n);
    } else {
        casus_record *record = NULL;
        const casus_status s = casus_record_read(&record, f->json.ptr, f->json.len, NULL, err);
        if (s) return s;
        if (!x->n) cli_print_found(NULL);
        cli_print_found(casus_record_event(record));
        casus_record_free(record);
    }
    x->n++;
    if (!ferror(stdout)) return CASUS_OK;
    err->status = CASUS_E_IO;
    snprintf(err->message, sizeof err->message, "cannot write to standard output");
    return CASUS_E_IO;
}

int cmd_find(int argc, char **argv, const char *program) {
    (void)program;
    cli_query q = {.query = CASUS_QUERY_INIT};
    const char *format = "table";
    const cli_option options[] = {CLI_QUERY_OPTIONS(q), {"format", true, &format}};
    if (!cli_options(&argc, argv, options, sizeof options / sizeof *options)) return CLI_USAGE;
    if (argc != 2) return cli_usage("find", "find takes a store");
    if (strcmp(format, "table") != 0 && strcmp(format, "jsonl") != 0 && strcmp(format, "ids") != 0)
        return cli_usage("find", "--format is table, jsonl or ids");
    if (!cli_query_finish(&q, "find")) return CLI_USAGE;
    casus_store *store = cli_store(argv[1], CASUS_STORE_READ);
    if (!store) return CLI_INPUT;
    finding x = {format[0], 0};
    const int result = cli_query_run(store, &q.query, print_one, &x);
    casus_store_free(store);
    return result;
}
