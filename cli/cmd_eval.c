/* cmd_eval.c - casus eval: codes hand-coded texts and measures the records against what was coded.
 *
 * Reads the gold files and codes their texts; the measure itself is in eval_score.c. Memory: one
 * document at a time, and the figures. */
#include "eval.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

typedef struct evaluation {
    eval_figures figures;
    casus_worker *worker;
    int verbose;
    int result;
} evaluation;

/* A growing string, the sink of a document's records. */
typedef struct sink {
    char *at;
    size_t len, cap;
} sink;

static int take(void *payload, const char *bytes, size_t len) {
    sink *s = payload;
    if (s->len + len + 1 > s->cap) {
        const size_t cap = (s->len + len + 1) * 2;
        char *at = realloc(s->at, cap);
        if (!at) return 1;
        s->at = at;
        s->cap = cap;
    }
    memcpy(s->at + s->len, bytes, len);
    s->len += len;
    s->at[s->len] = '\0';
    return 0;
}

/* The JSON lines of the records as an array; NULL when one cannot be read. */
static json_t *records_of(const sink *s) {
    json_t *records = json_array();
    for (char *line = s->at; records && line && *line;) {
        char *end = strchr(line, '\n');
        const size_t len = end ? (size_t)(end - line) : strlen(line);
        json_t *one = json_loadb(line, len, 0, NULL);
        if (!one || json_array_append_new(records, one)) {
            json_decref(records);
            return NULL;
        }
        line = end ? end + 1 : NULL;
    }
    return records;
}

static int gold_error(const char *file, long line, const char *what) {
    if (line)
        fprintf(stderr, "casus: %s:%ld: %s\n", file, line, what);
    else
        fprintf(stderr, "casus: %s: %s\n", file, what);
    return CLI_INPUT;
}

static char *read_file(const char *path) {
    FILE *f = fopen(path, "rb");
    if (!f) return NULL;
    sink s = {0};
    char block[65536];
    size_t n;
    while ((n = fread(block, 1, sizeof block, f)) > 0)
        if (take(&s, block, n)) break;
    const int bad = ferror(f);
    fclose(f);
    if (bad || !s.at) {
        free(s.at);
        return bad ? NULL : calloc(1, 1);
    }
    return s.at;
}

/* The text that "article" names: as given beside the gold file, or up to two folders above it, or
 * by its last part there. */
static char *read_article(const char *gold, const char *article) {
    static const char *const above[] = {"", "../", "../../"};
    const char *slash = strrchr(gold, '/');
    const int folder = slash ? (int)(slash - gold + 1) : 0;
    const char *last = strrchr(article, '/');
    for (int i = 0; i < 4; i++) {
        char path[4096];
        const int n = snprintf(path, sizeof path, "%.*s%s%s", folder, gold, i < 3 ? above[i] : "",
                               i < 3 ? article : (last ? last + 1 : article));
        if (n < 0 || n >= (int)sizeof path) continue;
        char *text = read_file(path);
        if (text) return text;
    }
    return NULL;
}

/* One hand-coded text: its records, and what they are worth. */
static int measure(evaluation *e, const char *file, long line, const json_t *gold) {
    const char *why = eval_check(gold);
    if (why) return gold_error(file, line, why);
    const char *text = json_string_value(json_object_get(gold, "text"));
    char *article = NULL;
    if (!text) {
        const char *name = json_string_value(json_object_get(gold, "article"));
        if (!name) return gold_error(file, line, "neither \"text\" nor \"article\"");
        if (!(article = read_article(file, name)))
            return gold_error(name, 0, "the article of a gold file cannot be read");
        text = article;
    }
    char id[256];
    eval_name(gold, file, id, sizeof id);
    casus_doc *doc = NULL;
    casus_error err = {0};
    const char *day = json_string_value(json_object_get(gold, "published"));
    casus_status s = casus_code_text(&doc, e->worker, id, text, strlen(text),
                                     &(casus_options){.date = day}, &err);
    sink lines = {0};
    if (!s) s = casus_doc_write(doc, "jsonl", 0, take, &lines, &err);
    json_t *records = s ? NULL : records_of(&lines);
    int result = CLI_OK;
    if (s) {
        cli_error(&err);
        result = CLI_INPUT;
    } else if (!records ||
               !eval_document(&e->figures, gold, id, records, e->verbose ? stdout : NULL)) {
        result = gold_error(file, line, "no memory left");
    }
    json_decref(records);
    free(lines.at);
    free(article);
    casus_doc_free(doc);
    return result;
}

/* Records made before, by document ("--records"): an object of arrays. */
static json_t *read_records(const char *path) {
    char *all = read_file(path);
    if (!all) {
        fprintf(stderr, "casus: %s: %s\n", path, strerror(errno));
        return NULL;
    }
    json_t *by = json_object();
    long number = 0;
    for (char *line = all; line && *line;) {
        char *end = strchr(line, '\n');
        const size_t len = end ? (size_t)(end - line) : strlen(line);
        number++;
        if (strspn(line, " \t\r") < len) {
            json_error_t where;
            json_t *one = json_loadb(line, len, 0, &where);
            const json_t *doc = json_object_get(one, "doc");
            char key[256];
            if (!one || !(json_is_string(doc) || json_is_integer(doc)) ||
                !json_is_object(json_object_get(one, "evidence"))) {
                gold_error(path, number,
                           one ? "a record needs \"doc\" and \"evidence\"" : where.text);
                json_decref(one);
                json_decref(by);
                free(all);
                return NULL;
            }
            eval_key(doc, key, sizeof key);
            json_t *list = json_object_get(by, key);
            if (!list) json_object_set_new(by, key, list = json_array());
            json_array_append_new(list, one);
        }
        line = end ? end + 1 : NULL;
    }
    free(all);
    return by;
}

static int measure_records(evaluation *e, const char *file, long line, const json_t *gold,
                           const json_t *by) {
    const char *why = eval_check(gold);
    if (why) return gold_error(file, line, why);
    char id[256];
    eval_name(gold, file, id, sizeof id);
    json_t *list = json_object_get(by, id);
    json_t *none = list ? NULL : json_array();
    const bool done =
        eval_document(&e->figures, gold, id, list ? list : none, e->verbose ? stdout : NULL);
    json_decref(none);
    return done ? CLI_OK : gold_error(file, line, "no memory left");
}

static int each(evaluation *e, const char *file, long line, const json_t *gold, const json_t *by) {
    return by ? measure_records(e, file, line, gold, by) : measure(e, file, line, gold);
}

/* A gold file: one JSON object, or, called .jsonl, one a line. */
static int run_file(evaluation *e, const char *file, const json_t *by) {
    char *all = read_file(file);
    if (!all) {
        fprintf(stderr, "casus: %s: %s\n", file, strerror(errno));
        return CLI_INPUT;
    }
    const size_t n = strlen(file);
    const bool lines = n > 6 && strcmp(file + n - 6, ".jsonl") == 0;
    json_error_t where;
    int result = CLI_OK;
    if (!lines) {
        json_t *gold = json_loads(all, 0, &where);
        result = gold ? each(e, file, 0, gold, by) : gold_error(file, where.line, where.text);
        json_decref(gold);
    }
    long number = 0;
    for (char *line = lines ? all : NULL; line && *line;) {
        char *end = strchr(line, '\n');
        const size_t len = end ? (size_t)(end - line) : strlen(line);
        number++;
        if (strspn(line, " \t\r") < len) {
            json_t *gold = json_loadb(line, len, 0, &where);
            const int one =
                gold ? each(e, file, number, gold, by) : gold_error(file, number, where.text);
            if (one) result = one;
            json_decref(gold);
        }
        line = end ? end + 1 : NULL;
    }
    free(all);
    return result;
}

int cmd_eval(int argc, char **argv, const char *program) {
    evaluation e = {0};
    const char *pack = NULL, *kernels = NULL, *actors = NULL, *records = NULL, *verbose = NULL,
               *by_type = NULL, *links = NULL;
    const cli_option options[] = {{"pack", true, &pack},        {"kernels", true, &kernels},
                                  {"actors", true, &actors},    {"records", true, &records},
                                  {"verbose", false, &verbose}, {"by-type", false, &by_type},
                                  {"links", false, &links}};
    if (!cli_options(&argc, argv, options, sizeof options / sizeof *options)) return CLI_USAGE;
    if (argc < 2) return cli_usage("eval", "it needs at least one gold file");
    e.verbose = verbose != NULL;
    json_t *by = NULL;
    casus_model *model = NULL;
    casus_error err = {0};
    if (records) {
        if (!(by = read_records(records))) return CLI_INPUT;
    } else {
        if (!(model = cli_model(pack, program))) return CLI_INPUT;
        casus_status s = kernels ? casus_model_use_kernels(model, kernels, &err) : CASUS_OK;
        if (!s && actors) s = casus_model_use_actors(model, actors, &err);
        if (!s) s = casus_worker_new(&e.worker, model, &err);
        if (s) {
            cli_error(&err);
            casus_model_free(model);
            return CLI_INPUT;
        }
    }
    for (int i = 1; i < argc; i++) {
        const int one = run_file(&e, argv[i], by);
        if (one) e.result = one;
    }
    eval_print(&e.figures, by_type != NULL, stdout);
    if (links) eval_print_links(&e.figures, stdout);
    if (fflush(stdout)) e.result = CLI_INPUT;
    json_decref(by);
    casus_worker_free(e.worker);
    casus_model_free(model);
    return e.result;
}
