/* woven_rows.h - private to src/write: what the weave found, as objects. Each is the caller's. */
#ifndef CASUS_WRITE_WOVEN_ROWS_H
#define CASUS_WRITE_WOVEN_ROWS_H

#include "weave/weave.h"
#include "write/write_int.h"

json_t *woven_incident(const casus_weave *w, const casus_incident *in);
json_t *woven_accounts(const casus_weave *w, const casus_incident *in, const casus_account *v,
                       size_t n);
json_t *woven_promise(const casus_weave *w, const casus_promise *p);
json_t *woven_bin(const casus_dyad *d, const casus_bin *b);
json_t *woven_change(const casus_weave *w, const casus_change *c);
json_t *woven_story(const casus_weave *w, const casus_story *s);
json_t *woven_link(const casus_weave *w, size_t i);

#endif
