/* common.c - options, errors, finding the pack, running documents. */
#include "cli.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef CASUS_INSTALL_PACK
#define CASUS_INSTALL_PACK "/usr/local/share/casus/casus.pack"
#endif

bool cli_options(int *argc, char **argv, const cli_option *options, size_t n) {
    int kept = 1;
    bool only_operands = false;
    for (int i = 1; i < *argc; i++) {
        char *a = argv[i];
        if (only_operands || a[0] != '-' || !a[1]) {
            argv[kept++] = a;
            continue;
        }
        if (strcmp(a, "--") == 0) {
            only_operands = true;
            continue;
        }
        const char *name = strcmp(a, "-o") == 0 ? "output" : strncmp(a, "--", 2) == 0 ? a + 2 : a;
        const size_t len = strcspn(name, "=");
        size_t k = 0;
        while (k < n &&
               (strlen(options[k].name) != len || strncmp(options[k].name, name, len) != 0))
            k++;
        if (k == n) {
            fprintf(stderr, "casus: %s has no option %s (see casus help %s)\n", argv[0], a,
                    argv[0]);
            return false;
        }
        if (!options[k].takes_value) {
            *options[k].value = "1";
        } else if (name[len] == '=') {
            *options[k].value = name + len + 1;
        } else if (i + 1 < *argc) {
            *options[k].value = argv[++i];
        } else {
            fprintf(stderr, "casus: option %s needs a value\n", a);
            return false;
        }
    }
    *argc = kept;
    return true;
}

void cli_error(const casus_error *err) {
    fputs("casus: ", stderr);
    if (err->file[0]) fprintf(stderr, "%s:", err->file);
    if (err->line) fprintf(stderr, "%llu:", (unsigned long long)err->line);
    if (err->file[0] || err->line) fputc(' ', stderr);
    if (err->byte) fprintf(stderr, "byte %llu: ", (unsigned long long)err->byte);
    fprintf(stderr, "%s\n", err->message);
}

int cli_usage(const char *verb, const char *message) {
    fprintf(stderr, "casus: %s (see casus help %s)\n", message, verb);
    return CLI_USAGE;
}

int cli_kind(const char *from) {
    const int kind = casus_kind_of(from);
    if (kind < 0) {
        fprintf(stderr, "casus: unknown kind of input '%s'; known are", from);
        for (int k = 0; casus_kind_name((casus_kind)k); k++)
            fprintf(stderr, "%s %s", k ? "," : "", casus_kind_name((casus_kind)k));
        fputc('\n', stderr);
    }
    return kind;
}

int cli_print(void *payload, const char *bytes, size_t len) {
    return fwrite(bytes, 1, len, payload) != len;
}

/* The pack beside the program, or in share/ of the folder that it is installed in, into path[size].
 */
static bool beside(char *path, size_t size, const char *program) {
    static const char *const places[] = {"/casus.pack", "/../share/casus/casus.pack"};
    ssize_t n = readlink("/proc/self/exe", path, size - 1);
    if (n <= 0) {
        if (!strchr(program, '/') || strlen(program) >= size) return false;
        n = (ssize_t)strlen(program);
        memcpy(path, program, (size_t)n);
    }
    path[n] = 0;
    char *slash = strrchr(path, '/');
    for (size_t i = 0; slash && i < sizeof places / sizeof *places; i++) {
        const size_t len = strlen(places[i]) + 1;
        if ((size_t)(slash - path) + len > size) continue;
        memcpy(slash, places[i], len);
        if (access(path, R_OK) == 0) return true;
    }
    return false;
}

casus_model *cli_model(const char *pack, const char *program) {
    char path[4096];
    casus_error err = {0};
    casus_model *model = NULL;
    if (!pack || !*pack) pack = getenv("CASUS_PACK");
    if (!pack || !*pack) pack = beside(path, sizeof path, program) ? path : NULL;
    if (!pack && access(CASUS_INSTALL_PACK, R_OK) == 0) pack = CASUS_INSTALL_PACK;
    if (!pack) {
        fputs("casus: no pack found beside the program or in " CASUS_INSTALL_PACK
              "; run ./setup, or name one with --pack or CASUS_PACK\n",
              stderr);
        return NULL;
    }
    if (casus_model_open(&model, pack, NULL, &err)) {
        cli_error(&err);
        return NULL;
    }
    return model;
}

/* As cli_feed_next, of the operands. */
static int next_of_operands(cli_feed *feed, casus_item *item, casus_error *err) {
    while (feed->at < feed->argc) {
        const char *operand = feed->argv[feed->at];
        if (feed->texts) {
            snprintf(feed->id, sizeof feed->id, "%d", feed->at++);
            memset(item, 0, sizeof *item);
            item->id = feed->id;
            item->text = operand;
            item->text_len = strlen(operand);
            return 1;
        }
        if (!feed->input) {
            const casus_status s =
                casus_input_open(&feed->input, operand, &feed->options, NULL, err);
            if (s) feed->at++;
            if (s) return s;
        }
        const int more = casus_input_next(feed->input, item, err);
        if (feed->run->share)
            *feed->run->share =
                ((double)feed->at - 1 + casus_input_share(feed->input)) / (feed->argc - 1);
        if (more > 0 && item->aside && !feed->keep_aside) {
            err->status = CASUS_E_LANGUAGE;
            err->line = item->line;
            snprintf(err->file, sizeof err->file, "%s", item->file);
            snprintf(err->message, sizeof err->message, "set aside: %s", item->aside);
            return CASUS_E_LANGUAGE;
        }
        if (more) return more;
        casus_input_free(feed->input);
        feed->input = NULL;
        feed->at++;
    }
    return 0;
}

int cli_feed_next(cli_feed *feed, casus_item *item, casus_error *err) {
    const cli_run *run = feed->run;
    memset(err, 0, sizeof *err);
    const int more =
        run->next ? run->next(run->payload, item, err) : next_of_operands(feed, item, err);
    if (more <= 0 || !run->wanted) return more;
    const int wanted = run->wanted(run->payload, item, err);
    feed->stopped = wanted < 0;
    return wanted > 0 ? 1 : wanted < 0 ? wanted : CLI_SKIPPED;
}

casus_status cli_code(casus_doc **doc, const cli_run *run, casus_worker *worker,
                      const casus_item *item, casus_error *err) {
    casus_options options = CASUS_OPTIONS_INIT;
    options.date = run->date;
    options.stop_after = run->stop_after;
    options.explain = run->explain;
    return casus_code_item(doc, worker, item, &options, err);
}

bool cli_failed(const casus_error *err, casus_status s, int *result) {
    cli_error(err);
    if (s == CASUS_E_LANGUAGE) return ferror(stdout); /* told, and nothing is wrong */
    *result = s == CASUS_E_ARGUMENT ? CLI_USAGE : CLI_INPUT;
    return s == CASUS_E_ARGUMENT || s == CASUS_E_MEMORY || ferror(stdout);
}

bool cli_run_failed(const cli_run *run, const casus_error *err, casus_status s, bool ours,
                    int *result) {
    if (run->fault) run->fault(run->payload, err);
    const bool stop = cli_failed(err, s, result);
    if (ours && run->strict) *result = CLI_INPUT;
    return stop || (ours && run->strict);
}

/* Every document in turn, on this thread. */
static int run_serial(const cli_run *run, const casus_model *model, cli_feed *feed) {
    casus_error err = {0};
    casus_worker *worker = NULL;
    int result = CLI_OK, more;
    if (casus_worker_new(&worker, model, &err)) {
        cli_failed(&err, err.status, &result);
        return result;
    }
    casus_item item;
    while ((more = cli_feed_next(feed, &item, &err)) != 0) {
        if (more == CLI_SKIPPED) continue;
        casus_status s = more < 0 ? (casus_status)more : CASUS_OK;
        bool ours = feed->stopped;
        casus_doc *doc = NULL;
        if (!s) s = cli_code(&doc, run, worker, &item, &err);
        if (!s && (s = run->each(run->payload, doc, &err))) ours = true;
        casus_doc_free(doc);
        if (s && cli_run_failed(run, &err, s, ours, &result)) break;
    }
    casus_worker_free(worker);
    return result;
}

static int run_all(const cli_run *run, int argc, char **argv, const char *program, bool texts) {
    char *end = NULL;
    const long workers = run->workers ? strtol(run->workers, &end, 10) : 1;
    if (end && (*end || end == run->workers || workers < 1 || workers > CLI_WORKERS_MOST))
        return cli_usage(argv[0], "--workers is a number from 1 to 256");
    const int kind = cli_kind(run->from);
    if (kind < 0) return CLI_USAGE;
    casus_model *model = cli_model(run->pack, program);
    if (!model) return CLI_INPUT;
    casus_error err = {0};
    int result = CLI_OK;
    if ((run->kernels && casus_model_use_kernels(model, run->kernels, &err)) ||
        (run->actors && casus_model_use_actors(model, run->actors, &err)) ||
        (run->rows && casus_model_use_rows(model, run->rows, &err)) ||
        (run->ontology && casus_model_use_ontology(model, run->ontology, &err)) ||
        (run->begin && run->begin(run->payload, model, &err))) {
        cli_failed(&err, err.status, &result);
    } else {
        cli_feed feed = {.options = {(casus_kind)kind, casus_model_language(model)},
                         .argc = argc,
                         .argv = argv,
                         .at = 1,
                         .texts = texts,
                         .run = run};
        result = workers > 1 ? cli_run_parallel(run, model, &feed, (unsigned)workers)
                             : run_serial(run, model, &feed);
        casus_input_free(feed.input);
        if (run->end && run->end(run->payload, &err) &&
            cli_run_failed(run, &err, err.status, true, &result) && result == CLI_OK)
            result = CLI_INPUT;
    }
    casus_model_free(model);
    if (fflush(stdout)) {
        perror("casus: standard output");
        result = CLI_INPUT;
    }
    return result;
}

int cli_run_documents(const cli_run *run, int argc, char **argv, const char *program) {
    char dash[] = "-", *standard[] = {argv[0], dash};
    return argc < 2 ? run_all(run, 2, standard, program, false)
                    : run_all(run, argc, argv, program, false);
}

int cli_run_texts(const cli_run *run, int argc, char **argv, const char *program) {
    return run_all(run, argc, argv, program, true);
}
