/* numbers.h - private to src/code: number expressions (numbers.c). */
#ifndef CASUS_CODE_NUMBERS_H
#define CASUS_CODE_NUMBERS_H

#include "code/code_int.h"

typedef struct number {
    bool found, about;
    int64_t min, max; /* -1: open */
    uint32_t first, last;
} number;

/* Digits with commas for thousands, or a number word; -1 when the token is none. */
int64_t numbers_value(const coder *c, uint32_t token);
/* The first number expression among tokens [first, last). */
number numbers_read(const coder *c, uint32_t first, uint32_t last);

#endif
