/* fault.h - a memory hook that fails the Nth allocation and counts what is still held.
 *
 *     FAULT_EVERY(f) {                        // N = 1, 2, ... until nothing fails any more
 *         status = casus_room_verb(&out, &f.memory, &err);
 *         FAULT_EXPECT(f, status);            // MEMORY when an allocation failed, else OK
 *         casus_room_free(out);
 *     }                                       // nothing may be held at the end of each turn
 *
 * Shrinking a block may fail too. One hook belongs to one thread.
 */
#ifndef CASUS_TESTS_FAULT_H
#define CASUS_TESTS_FAULT_H

#include <casus/casus.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct fault {
    casus_memory memory; /* give this to the function under test */
    size_t fail_at;      /* the allocation that fails, from 1; 0: none */
    size_t calls;        /* allocations asked for */
    size_t live;         /* blocks held */
    bool failed;         /* the failing allocation has been asked for */
    bool again;          /* FAULT_EVERY goes on */
} fault;

static inline void *fault_resize(void *ctx, void *ptr, size_t size) {
    fault *f = ctx;
    if (size == 0) {
        if (ptr) f->live--;
        free(ptr);
        return NULL;
    }
    f->calls++;
    if (f->calls == f->fail_at) {
        f->failed = true;
        return NULL;
    }
    void *p = realloc(ptr, size);
    if (p && !ptr) f->live++;
    return p;
}

/* `f` must stay where it is while its memory is in use. */
static inline void fault_start(fault *f, size_t fail_at) {
    f->memory.resize = fault_resize;
    f->memory.ctx = f;
    f->fail_at = fail_at;
    f->calls = f->live = 0;
    f->failed = false;
    f->again = true;
}

/* End of a turn: whether to take another one. Stops the program when blocks are still held. */
static inline bool fault_turn(fault *f) {
    if (f->live != 0) {
        fprintf(stderr, "allocation %zu failing: %zu blocks leaked\n", f->fail_at, f->live);
        abort();
    }
    if (f->fail_at != 0 && !f->failed) return false;
    fault_start(f, f->fail_at + 1);
    return true;
}

#define FAULT_EVERY(f) for (fault_start(&(f), 0); fault_turn(&(f));)

/* With cmocka: the status that belongs to the turn. */
#define FAULT_EXPECT(f, status) assert_int_equal((status), (f).failed ? CASUS_E_MEMORY : CASUS_OK)

#endif
