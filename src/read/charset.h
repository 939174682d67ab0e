/* charset.h - private to src/read: bytes in any encoding to UTF-8. */
#ifndef CASUS_READ_CHARSET_H
#define CASUS_READ_CHARSET_H

#include "read/input.h"

/* The bytes as valid UTF-8 in d->arena (the bytes themselves when they are so already), without a
 * byte order mark. `declared` is the encoding that the source names, or empty. What was converted
 * or replaced is noted. With `plain` bytes stay what they are unless they are surely of another
 * encoding, a mark of UTF-8 and invalid bytes included, so that offsets stay those of the file. */
casus_status casus_read_charset(casus_draft *d, casus_slice bytes, casus_slice declared, bool plain,
                                casus_slice *out, casus_error *err);
/* One piece from the encoding named; false when it is not known or nothing fits. */
bool casus_read_charset_convert(casus_arena *arena, casus_slice bytes, const char *from,
                                casus_slice *out, size_t *replaced);
/* Finds charset=... in a page's or a part's first bytes ("<meta charset=...>", "<?xml encoding=").
 */
casus_slice casus_read_charset_declared(casus_slice head);

#endif
