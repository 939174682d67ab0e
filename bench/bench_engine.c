/* bench_engine.c - times the library on JSON lines, on the public header only.
 *
 * usage: bench_engine PACK FILE.jsonl THREADS STOP_AFTER ROUNDS [KERNELS]
 *
 * Reads all documents, then runs them ROUNDS times over THREADS threads (document i goes to thread
 * i mod THREADS), each with a worker of its own, and prints a JSON object a round: seconds of wall
 * time and of processor time, tokens, documents, and a checksum of everything printed for the
 * documents, in their order, which must not depend on the number of threads or on the instruction
 * set. */
#include <casus/casus.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct text {
    char *id, *date, *bytes;
    size_t len;
    uint64_t sum;
    size_t tokens;
} text;

typedef struct job {
    const casus_model *model;
    text *texts;
    size_t n, first, step;
    int stop_after, hash;
    int failed;
} job;

static double now(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int add_sum(void *payload, const char *bytes, size_t len) {
    uint64_t *sum = payload; /* FNV-1a */
    for (size_t i = 0; i < len; i++) *sum = (*sum ^ (unsigned char)bytes[i]) * 1099511628211ull;
    return 0;
}

static void *work(void *arg) {
    job *j = arg;
    casus_error err = {0};
    casus_worker *worker = NULL;
    j->failed = casus_worker_new(&worker, j->model, &err) != CASUS_OK;
    for (size_t i = j->first; i < j->n && !j->failed; i += j->step) {
        text *t = &j->texts[i];
        casus_options options = CASUS_OPTIONS_INIT;
        options.date = t->date;
        options.stop_after = j->stop_after;
        casus_doc *doc = NULL;
        j->failed =
            casus_code_text(&doc, worker, t->id, t->bytes, t->len, &options, &err) != CASUS_OK;
        if (j->failed) break;
        t->tokens = casus_doc_tokens(doc);
        if (j->hash) {
            t->sum = 14695981039346656037ull;
            j->failed = j->stop_after
                            ? casus_doc_write_layer(doc, "tokens", "conllu", add_sum, &t->sum,
                                                    &err) != CASUS_OK
                            : casus_doc_write(doc, "jsonl", 0, add_sum, &t->sum, &err) != CASUS_OK;
        }
        casus_doc_free(doc);
    }
    if (j->failed) fprintf(stderr, "bench_engine: %s\n", err.message);
    casus_worker_free(worker);
    return NULL;
}

static char *copy(const char *s, size_t len) {
    char *p = malloc(len + 1);
    if (!p) exit(2);
    if (len) memcpy(p, s, len);
    p[len] = 0;
    return p;
}

int main(int argc, char **argv) {
    if (argc < 6) {
        fputs("usage: bench_engine PACK FILE.jsonl THREADS STOP_AFTER ROUNDS [KERNELS]\n", stderr);
        return 1;
    }
    casus_error err = {0};
    casus_model *model = NULL;
    const double t0 = now(CLOCK_MONOTONIC);
    if (casus_model_open(&model, argv[1], NULL, &err) ||
        (argc > 6 && casus_model_use_kernels(model, argv[6], &err))) {
        fprintf(stderr, "bench_engine: %s\n", err.message);
        return 2;
    }
    const double opened = now(CLOCK_MONOTONIC) - t0;
    text *texts = NULL;
    size_t n = 0, cap = 0;
    casus_input *input = NULL;
    const casus_input_options in = {CASUS_KIND_JSONL, NULL};
    casus_item item;
    if (casus_input_open(&input, argv[2], &in, NULL, &err)) {
        fprintf(stderr, "bench_engine: %s\n", err.message);
        return 2;
    }
    for (int more; (more = casus_input_next(input, &item, &err)) != 0;) {
        if (more < 0) continue;
        if (n == cap) {
            cap = cap ? cap * 2 : 1024;
            texts = realloc(texts, cap * sizeof *texts);
            if (!texts) return 2;
        }
        texts[n++] = (text){copy(item.id, strlen(item.id)),
                            item.date ? copy(item.date, strlen(item.date)) : NULL,
                            copy(item.text, item.text_len),
                            item.text_len,
                            0,
                            0};
    }
    casus_input_free(input);
    size_t threads = (size_t)atoi(argv[3]);
    if (threads < 1) threads = 1;
    if (threads > 64) threads = 64;
    for (int round = 0; round < atoi(argv[5]); round++) {
        pthread_t id[64];
        job jobs[64];
        const double start = now(CLOCK_MONOTONIC), used = now(CLOCK_PROCESS_CPUTIME_ID);
        for (size_t k = 0; k < threads; k++) {
            jobs[k] = (job){model, texts, n, k, threads, atoi(argv[4]), round == 0, 0};
            if (pthread_create(&id[k], NULL, work, &jobs[k])) return 2;
        }
        size_t tokens = 0;
        uint64_t sum = 14695981039346656037ull;
        int failed = 0;
        for (size_t k = 0; k < threads; k++) {
            pthread_join(id[k], NULL);
            failed |= jobs[k].failed;
        }
        const double seconds = now(CLOCK_MONOTONIC) - start;
        const double cpu = now(CLOCK_PROCESS_CPUTIME_ID) - used;
        for (size_t i = 0; i < n; i++) {
            tokens += texts[i].tokens;
            add_sum(&sum, (const char *)&texts[i].sum, sizeof texts[i].sum);
        }
        printf("{\"round\": %d, \"seconds\": %.6f, \"cpu\": %.6f, \"tokens\": %zu, \"documents\": "
               "%zu, "
               "\"open_ms\": %.3f, "
               "\"kernels\": \"%s\", \"threads\": %zu, \"checksum\": \"%016llx\"}\n",
               round, seconds, cpu, tokens, n, opened * 1000, casus_model_kernels(model), threads,
               (unsigned long long)sum);
        fflush(stdout);
        if (failed) return 2;
    }
    for (size_t i = 0; i < n; i++) {
        free(texts[i].id);
        free(texts[i].date);
        free(texts[i].bytes);
    }
    free(texts);
    casus_model_free(model);
    return 0;
}
