/* marks.h - private to src/read: headline, dateline, byline, captions, ... of a text. */
#ifndef CASUS_READ_MARKS_H
#define CASUS_READ_MARKS_H

#include "read/input.h"
#include "read/read_words.h"

typedef struct casus_dateline {
    casus_slice place; /* "NAIROBI, Kenya"; len 0: no dateline */
    int32_t day;       /* CASUS_NO_DAY without a whole date */
} casus_dateline;

/* Adds the marks of d->text to the draft, in order, and finds the dateline. False: no memory. */
bool casus_read_marks(casus_draft *d, const casus_words *words, casus_dateline *dateline);

#endif
