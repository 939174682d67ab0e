/* parallel.c - documents coded side by side: threads with a worker each, output in input order.
 *
 * A ring of slots holds what has been read and not yet printed. The main thread reads into it and
 * prints from its other end, so that what is printed is the same for any number of threads; the
 * threads take slots in the order of reading. Memory: at most SLOTS_EACH documents a thread. */
#include "cli.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define SLOTS_EACH 8 /* slots of the ring for each thread */

typedef struct slot {
    bool done, ours;  /* ours: an error of the run's `wanted` */
    casus_item *item; /* a copy */
    casus_doc *doc;
    casus_status status;
    casus_error err;
} slot;

typedef struct ring {
    const cli_run *run;
    slot *slots;
    size_t n_slots;
    pthread_mutex_t lock;
    pthread_cond_t filled, coded; /* a slot to take; a slot to print */
    size_t read, taken;           /* slots so far; slot i stands at i % n_slots */
    bool closed;                  /* no more will be read */
} ring;

typedef struct coder {
    ring *ring;
    casus_worker *worker;
    pthread_t thread;
} coder;

static void *run_coder(void *payload) {
    coder *c = payload;
    ring *r = c->ring;
    pthread_mutex_lock(&r->lock);
    for (;;) {
        while (r->taken == r->read && !r->closed) pthread_cond_wait(&r->filled, &r->lock);
        if (r->taken == r->read) break;
        slot *s = &r->slots[r->taken++ % r->n_slots];
        if (!s->status) {
            pthread_mutex_unlock(&r->lock);
            const casus_status status = cli_code(&s->doc, r->run, c->worker, s->item, &s->err);
            pthread_mutex_lock(&r->lock);
            s->status = status;
        }
        s->done = true;
        pthread_cond_signal(&r->coded);
    }
    pthread_mutex_unlock(&r->lock);
    return NULL;
}

/* Reads the next document (or what is wrong with it) into the ring; false at the end. */
static bool read_one(ring *r, cli_feed *feed) {
    slot *s = &r->slots[r->read % r->n_slots];
    memset(s, 0, sizeof *s);
    casus_item item;
    int more;
    while ((more = cli_feed_next(feed, &item, &s->err)) == CLI_SKIPPED) continue;
    if (!more) return false;
    s->ours = feed->stopped;
    s->status = more < 0 ? (casus_status)more : casus_item_copy(&s->item, &item, NULL, &s->err);
    pthread_mutex_lock(&r->lock);
    r->read++;
    pthread_cond_signal(&r->filled);
    pthread_mutex_unlock(&r->lock);
    return true;
}

static void clear(slot *s) {
    casus_doc_free(s->doc);
    casus_item_free(s->item);
    memset(s, 0, sizeof *s);
}

/* Waits for slot i and prints it; false when it makes no sense to go on. */
static bool print_one(ring *r, size_t i, int *result) {
    slot *s = &r->slots[i % r->n_slots];
    pthread_mutex_lock(&r->lock);
    while (!s->done) pthread_cond_wait(&r->coded, &r->lock);
    pthread_mutex_unlock(&r->lock);
    casus_status status = s->status;
    if (!status && (status = r->run->each(r->run->payload, s->doc, &s->err))) s->ours = true;
    const bool stop = status && cli_run_failed(r->run, &s->err, status, s->ours, result);
    clear(s);
    return !stop;
}

/* Reads as far as the ring goes, prints the oldest, reads on. */
static int drive(ring *r, cli_feed *feed) {
    int result = CLI_OK;
    size_t printed = 0;
    for (bool more = true, go = true; go;) {
        while (more && r->read - printed < r->n_slots) more = read_one(r, feed);
        if (printed == r->read) break;
        go = print_one(r, printed++, &result);
    }
    pthread_mutex_lock(&r->lock);
    r->closed = true;
    r->taken = r->read; /* what is left after a stop is not coded */
    pthread_cond_broadcast(&r->filled);
    pthread_mutex_unlock(&r->lock);
    return result;
}

int cli_run_parallel(const cli_run *run, const casus_model *model, cli_feed *feed,
                     unsigned workers) {
    ring r = {.run = run, .n_slots = (size_t)workers * SLOTS_EACH};
    casus_error err = {CASUS_E_MEMORY, "out of memory", "", 0, 0};
    int result = CLI_OK;
    unsigned made = 0;
    r.slots = calloc(r.n_slots, sizeof *r.slots);
    coder *coders = calloc(workers, sizeof *coders);
    pthread_mutex_init(&r.lock, NULL);
    pthread_cond_init(&r.filled, NULL);
    pthread_cond_init(&r.coded, NULL);
    bool ready = r.slots && coders;
    while (ready && made < workers) {
        coder *c = &coders[made];
        c->ring = &r;
        ready = casus_worker_new(&c->worker, model, &err) == CASUS_OK;
        if (!ready) break;
        if (pthread_create(&c->thread, NULL, run_coder, c) != 0) {
            casus_worker_free(c->worker);
            snprintf(err.message, sizeof err.message, "thread %u cannot be started", made + 1);
            ready = false;
            break;
        }
        made++;
    }
    if (ready) {
        result = drive(&r, feed);
    } else {
        cli_failed(&err, CASUS_E_MEMORY, &result);
        pthread_mutex_lock(&r.lock);
        r.closed = true;
        pthread_cond_broadcast(&r.filled);
        pthread_mutex_unlock(&r.lock);
    }
    for (unsigned i = 0; i < made; i++) {
        pthread_join(coders[i].thread, NULL);
        casus_worker_free(coders[i].worker);
    }
    for (size_t i = 0; r.slots && i < r.n_slots; i++) clear(&r.slots[i]);
    pthread_cond_destroy(&r.coded);
    pthread_cond_destroy(&r.filled);
    pthread_mutex_destroy(&r.lock);
    free(coders);
    free(r.slots);
    return result;
}
