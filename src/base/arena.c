/* arena.c - the memory hook's default and the arena.
 *
 * Blocks double from 32 KiB to 1 MiB; an allocation over a quarter of a block gets a block of its
 * own. _get is O(1); _reset keeps at most CASUS_ARENA_KEEP bytes of ordinary blocks and gives the
 * rest back. Under AddressSanitizer every allocation is its own malloc. Never frees a single
 * allocation.
 */
#include "base/base.h"

#include <stdio.h>
#include <stdlib.h>

#define CASUS_ARENA_ALIGN 16u
#define CASUS_ARENA_FIRST ((size_t)32 << 10) /* bytes of the first block */
#define CASUS_ARENA_MOST ((size_t)1 << 20)   /* bytes of the largest ordinary block */
#define CASUS_ARENA_KEEP ((size_t)8 << 20)   /* bytes of ordinary blocks kept by _reset */

#if defined(__SANITIZE_ADDRESS__)
#define CASUS_ARENA_SINGLE 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define CASUS_ARENA_SINGLE 1
#endif
#endif
#ifndef CASUS_ARENA_SINGLE
#define CASUS_ARENA_SINGLE 0
#endif

static void *default_resize(void *ctx, void *ptr, size_t size) {
    (void)ctx;
    if (size == 0) {
        free(ptr);
        return NULL;
    }
    return realloc(ptr, size);
}

casus_memory casus_base_memory_default(void) {
    casus_memory m = {default_resize, NULL};
    return m;
}

typedef struct arena_block {
    struct arena_block *next;
    char *data;  /* aligned to CASUS_ARENA_ALIGN */
    size_t size; /* bytes at data */
} arena_block;

struct casus_arena {
    casus_memory memory;
    arena_block *first;   /* ordinary blocks, in the order they are filled */
    arena_block *current; /* the one being filled; NULL before the first allocation */
    arena_block *single;  /* blocks of one allocation each */
    char *at, *end;       /* free bytes of `current` */
    size_t used;
};

static arena_block *block_new(const casus_memory *memory, size_t size) {
    size_t slack = CASUS_ARENA_SINGLE ? 0 : CASUS_ARENA_ALIGN;
    size_t head = (sizeof(arena_block) + CASUS_ARENA_ALIGN - 1) & ~(size_t)(CASUS_ARENA_ALIGN - 1);
    if (size > SIZE_MAX - head - slack) return NULL;
    char *raw = casus_base_alloc(memory, head + slack + size);
    if (!raw) return NULL;
    arena_block *block = (arena_block *)(void *)raw;
    size_t skip = (size_t)((uintptr_t)(raw + head) & (CASUS_ARENA_ALIGN - 1));
    block->next = NULL;
    block->data = raw + head + (slack && skip ? CASUS_ARENA_ALIGN - skip : 0);
    block->size = size;
    return block;
}

static void blocks_free(const casus_memory *memory, arena_block *block) {
    while (block) {
        arena_block *next = block->next;
        casus_base_release(memory, block);
        block = next;
    }
}

casus_memory casus_base_arena_memory(const casus_arena *arena) {
    return arena->memory;
}

casus_arena *casus_base_arena_new(const casus_memory *memory) {
    casus_arena *arena = casus_base_alloc(memory, sizeof *arena);
    if (!arena) return NULL;
    memset(arena, 0, sizeof *arena);
    arena->memory = *memory;
    return arena;
}

void casus_base_arena_free(casus_arena *arena) {
    if (!arena) return;
    casus_memory memory = arena->memory;
    blocks_free(&memory, arena->first);
    blocks_free(&memory, arena->single);
    casus_base_release(&memory, arena);
}

void casus_base_arena_reset(casus_arena *arena) {
    blocks_free(&arena->memory, arena->single);
    arena->single = NULL;
    size_t kept = 0;
    for (arena_block *b = arena->first; b; b = b->next) {
        kept += b->size;
        if (kept >= CASUS_ARENA_KEEP) {
            blocks_free(&arena->memory, b->next);
            b->next = NULL;
        }
    }
    arena->current = arena->first;
    arena->at = arena->first ? arena->first->data : NULL;
    arena->end = arena->first ? arena->first->data + arena->first->size : NULL;
    arena->used = 0;
}

static void *get_single(casus_arena *arena, size_t size) {
    arena_block *block = block_new(&arena->memory, size ? size : 1);
    if (!block) return NULL;
    block->next = arena->single;
    arena->single = block;
    return block->data;
}

static bool next_block(casus_arena *arena) {
    arena_block *block = arena->current ? arena->current->next : NULL;
    if (!block) {
        size_t size = arena->current ? arena->current->size * 2 : CASUS_ARENA_FIRST;
        if (size > CASUS_ARENA_MOST) size = CASUS_ARENA_MOST;
        block = block_new(&arena->memory, size);
        if (!block) return false;
        if (arena->current) {
            arena->current->next = block;
        } else {
            arena->first = block;
        }
    }
    arena->current = block;
    arena->at = block->data;
    arena->end = block->data + block->size;
    return true;
}

void *casus_base_arena_get(casus_arena *arena, size_t size) {
    void *p;
    if (CASUS_ARENA_SINGLE || size > SIZE_MAX - CASUS_ARENA_ALIGN) {
        p = size > SIZE_MAX - CASUS_ARENA_ALIGN ? NULL : get_single(arena, size);
    } else {
        size_t need = (size + CASUS_ARENA_ALIGN - 1) & ~(size_t)(CASUS_ARENA_ALIGN - 1);
        if (need == 0) need = CASUS_ARENA_ALIGN;
        if (need > (size_t)(arena->end - arena->at)) {
            size_t block = arena->current ? arena->current->size : CASUS_ARENA_FIRST;
            if (need > block / 4) {
                p = get_single(arena, need);
                if (p) arena->used += size;
                return p;
            }
            if (!next_block(arena)) return NULL;
        }
        p = arena->at;
        arena->at += need;
    }
    if (p) arena->used += size;
    return p;
}

void *casus_base_arena_zero(casus_arena *arena, size_t count, size_t size) {
    if (size && count > SIZE_MAX / size) return NULL;
    void *p = casus_base_arena_get(arena, count * size);
    if (p) memset(p, 0, count * size);
    return p;
}

casus_slice casus_base_arena_copy(casus_arena *arena, casus_slice s) {
    casus_slice copy = {NULL, 0};
    char *p = casus_base_arena_get(arena, (size_t)s.len + 1);
    if (!p) return copy;
    if (s.len) memcpy(p, s.ptr, s.len);
    p[s.len] = '\0';
    copy.ptr = p;
    copy.len = s.len;
    return copy;
}

casus_slice casus_base_arena_format(casus_arena *arena, const char *format, ...) {
    casus_slice out = {NULL, 0};
    va_list args;
    va_start(args, format);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n < 0) return out;
    char *p = casus_base_arena_get(arena, (size_t)n + 1);
    if (!p) return out;
    va_start(args, format);
    vsnprintf(p, (size_t)n + 1, format, args);
    va_end(args);
    out.ptr = p;
    out.len = (uint32_t)n;
    return out;
}

size_t casus_base_arena_used(const casus_arena *arena) {
    return arena->used;
}

void *casus_base_arena_grow(casus_arena *arena, const void *array, size_t count, size_t need,
                            size_t *cap, size_t size) {
    if (array && need <= *cap) return (void *)(uintptr_t)array;
    size_t larger = *cap > SIZE_MAX / 2 ? SIZE_MAX : *cap * 2;
    if (larger < 8) larger = 8;
    if (larger < need) larger = need;
    if (size && larger > SIZE_MAX / size) return NULL;
    void *p = casus_base_arena_get(arena, larger * size);
    if (!p) return NULL;
    if (array && count) memcpy(p, array, count * size);
    *cap = larger;
    return p;
}
