/* woven.c - what weaving leaves in a store: incidents, stories, promises, notes. It is made anew by
 * weaving again; a document that is replaced loses its part of it. O(rows). */
#include "store/store_int.h"
#include <stdio.h>

casus_status casus_store_clear_woven(casus_store *s, casus_error *err) {
    static const char *const tables[] = {"incident_records", "incident_base",  "story_documents",
                                         "stories",          "promise_states", "promises"};
    casus_status status = casus_store_begin(s, err);
    for (size_t i = 0; i < sizeof tables / sizeof *tables && !status; i++) {
        char sql[64];
        snprintf(sql, sizeof sql, "DELETE FROM %s", tables[i]);
        status = casus_store_run(s, sql, NULL, 0, err);
    }
    return status ? status : casus_store_note(s, "woven", NULL, err);
}

/* The next free number of a table's key. */
static casus_status next_number(casus_store *s, const char *sql, int64_t *out, casus_error *err) {
    casus_status status = casus_store_begin(s, err);
    if (!status) status = s->driver->flush(s, err);
    return status ? status : store_number(out, s, sql, NULL, 0, 1, err);
}

static casus_value known(int64_t v) {
    return v >= 0 ? casus_value_int(v) : casus_value_z(NULL);
}

casus_status casus_store_put_incident(casus_store *s, const casus_woven_incident *x,
                                      casus_error *err) {
    int64_t number;
    casus_status status =
        next_number(s, "SELECT COALESCE(MAX(incident), 0) + 1 FROM incident_base", &number, err);
    if (status) return status;
    const casus_value v[] = {casus_value_int(number),         casus_value_z(x->id),
                             casus_value_z(x->type),          casus_value_z(x->mode),
                             casus_value_z(x->status),        casus_value_z(x->date_from),
                             casus_value_z(x->date_to),       casus_value_z(x->place),
                             casus_value_z(x->place_country), casus_value_real(x->lat),
                             casus_value_real(x->lon),        casus_value_z(x->actors),
                             casus_value_z(x->recipients),    known(x->killed_least),
                             known(x->killed_most),           casus_value_int(x->disputed != 0),
                             casus_value_real(x->confidence), casus_value_z(x->json)};
    status = casus_store_run(
        s,
        "INSERT INTO incident_base (incident, id, type, mode, status, date_from, date_to, place,"
        " place_country, lat, lon, actors, recipients, killed_least, killed_most, disputed,"
        " confidence, json) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,"
        " $15, $16, $17, $18)",
        v, sizeof v / sizeof *v, err);
    for (size_t i = 0; i < x->n_members && !status; i++) {
        const casus_member *m = &x->members[i];
        const casus_value row[] = {v[0], casus_value_int(m->doc), casus_value_int(m->record),
                                   m->account ? casus_value_int(m->account) : casus_value_z(NULL),
                                   casus_value_z(m->reason)};
        status = casus_store_run(s,
                                 "INSERT INTO incident_records (incident, doc, record, account,"
                                 " reason) VALUES ($1, $2, $3, $4, $5)",
                                 row, 5, err);
    }
    return status;
}

casus_status casus_store_put_story(casus_store *s, const casus_member *members, size_t n,
                                   const char *json, casus_error *err) {
    int64_t number;
    if (!n) return casus_base_fail(err, CASUS_E_ARGUMENT, "a story without documents");
    casus_status status =
        next_number(s, "SELECT COALESCE(MAX(story), 0) + 1 FROM stories", &number, err);
    if (status) return status;
    const casus_value v[] = {casus_value_int(number), casus_value_int(members[0].doc),
                             casus_value_int((int64_t)n), casus_value_z(json)};
    status = casus_store_run(
        s, "INSERT INTO stories (story, first_doc, documents, json) VALUES ($1, $2, $3, $4)", v, 4,
        err);
    for (size_t i = 0; i < n && !status; i++) {
        const casus_value row[] = {v[0], casus_value_int(members[i].doc),
                                   casus_value_real(members[i].likeness)};
        status = casus_store_run(
            s, "INSERT INTO story_documents (story, doc, likeness) VALUES ($1, $2, $3)", row, 3,
            err);
    }
    return status;
}

casus_status casus_store_put_promise(casus_store *s, const casus_woven_promise *x,
                                     casus_error *err) {
    int64_t number;
    casus_status status =
        next_number(s, "SELECT COALESCE(MAX(promise), 0) + 1 FROM promises", &number, err);
    if (status) return status;
    const casus_value v[] = {casus_value_int(number),    casus_value_z(x->id),
                             casus_value_int(x->doc),    casus_value_int(x->record),
                             casus_value_z(x->promiser), casus_value_z(x->promisee),
                             casus_value_z(x->what),     casus_value_z(x->made),
                             casus_value_z(x->due_from), casus_value_z(x->due_to),
                             casus_value_z(x->state),    casus_value_z(x->json)};
    status = casus_store_run(s,
                             "INSERT INTO promises (promise, id, doc, record, promiser, promisee,"
                             " what, made, due_from, due_to, state, json) VALUES ($1, $2, $3, $4,"
                             " $5, $6, $7, $8, $9, $10, $11, $12)",
                             v, sizeof v / sizeof *v, err);
    for (size_t i = 0; i < x->n_states && !status; i++) {
        const casus_promise_state *p = &x->states[i];
        const casus_value none = casus_value_z(NULL);
        const casus_value row[] = {v[0],
                                   casus_value_int((int64_t)i + 1),
                                   casus_value_z(p->state),
                                   casus_value_z(p->since),
                                   p->doc ? casus_value_int(p->doc) : none,
                                   p->doc ? casus_value_int(p->record) : none,
                                   casus_value_z(p->reason)};
        status = casus_store_run(s,
                                 "INSERT INTO promise_states (promise, n, state, since, doc,"
                                 " record, reason) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                                 row, 7, err);
    }
    return status;
}

casus_status casus_store_note(casus_store *s, const char *name, const char *value,
                              casus_error *err) {
    const casus_value v[] = {casus_value_z(name), casus_value_z(value)};
    casus_status status = casus_store_begin(s, err);
    if (!status) status = casus_store_run(s, "DELETE FROM woven WHERE name = $1", v, 1, err);
    if (!status && value)
        status = casus_store_run(s, "INSERT INTO woven (name, value) VALUES ($1, $2)", v, 2, err);
    return status;
}

int casus_store_noted(casus_store *s, const char *name, char *value, size_t size,
                      casus_error *err) {
    const casus_value v = casus_value_z(name);
    casus_rows *rows;
    const casus_status status =
        store_look(&rows, s, "SELECT value FROM woven WHERE name = $1", &v, 1, err);
    if (status) return status;
    const int more = casus_rows_next(rows, err);
    if (more > 0 && size) {
        const casus_string t = casus_rows_text(rows, 0);
        snprintf(value, size, "%s", t.ptr ? t.ptr : "");
    }
    casus_rows_free(rows);
    return more;
}
