/* The store in a file: documents put, found, replaced, woven; the schema brought up; errors. */
#include "fault.h"
#include "scratch.h"
#include "store/store_int.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static casus_string z(const char *s) {
    return (casus_string){s, s ? strlen(s) : 0};
}

/* A document of two sentences with one event in each. */
static casus_status put(casus_store *s, const char *id, const char *hash, const char *type,
                        casus_error *err) {
    static const char text[] = "Rebels shelled B\xC3\xA0ta. The army denied it.";
    static const casus_stored_sentence sentences[] = {{1, 0, 21}, {1, 22, 41}};
    static const casus_stored_note notes[] = {{"read", {"odd", 3}, 1, 2}};
    const casus_string sectors[] = {{"REB", 3}, {"UAF", 3}};
    const casus_party actor = {.text = z("Rebels"),
                               .span = {0, 6},
                               .country = z("TCD"),
                               .sectors = sectors,
                               .n_sectors = 2,
                               .name = z("Front for Change")};
    const casus_party army = {.text = z("The army"), .country = z("GNQ"), .person = z("J. Ondo")};
    const casus_source source = {.actor = army, .stance = CASUS_DENIES, .cue = z("denied")};
    const casus_count count = {.kind = z("killed"), .min = 3, .max = -1, .text = z("three")};
    casus_event e[2] = {{.id = z("1"),
                         .type = z(type),
                         .mode = z("heavy-weapons"),
                         .status = z("denied"),
                         .actors = &actor,
                         .n_actors = 1,
                         .recipients = &army,
                         .n_recipients = 1,
                         .sources = &source,
                         .n_sources = 1,
                         .counts = &count,
                         .n_counts = 1,
                         .para = 1,
                         .sentence = 1,
                         .intensity = NAN,
                         .confidence = 0.5},
                        {.id = z("2"),
                         .type = z("REJECT"),
                         .status = z("happened"),
                         .actors = &army,
                         .n_actors = 1,
                         .reciprocal = 0,
                         .para = 1,
                         .sentence = 2,
                         .intensity = -4,
                         .confidence = 1}};
    e[0].date.from = e[0].date.to = z("2024-03-01");
    e[0].place.text = e[0].place.name = z("Bata");
    e[0].place.country = z("GNQ");
    e[0].place.lat = 1.5;
    e[0].place.lon = 9.75;
    e[1].of = z("x#1");
    const casus_string json[] = {z("{\"evidence\":{\"text\":\"Rebels shelled\"}}"),
                                 z("{\"a\":\"tab\\there\"}")};
    static const casus_mark mark = {{0, 6}, CASUS_MARK_BYLINE};
    const casus_item item = {.marks = &mark, .n_marks = 1, .title = "Shelling", .site = "Post"};
    casus_stored_document d = {.item = &item,
                               .id = z(id),
                               .published = "2024-03-05",
                               .text = {text, sizeof text - 1},
                               .fingerprint = "f1",
                               .model = "model",
                               .tokens = 9,
                               .sentences = sentences,
                               .n_sentences = 2,
                               .events = e,
                               .json = json,
                               .n_events = 2,
                               .notes = notes,
                               .n_notes = 1};
    snprintf(d.hash, sizeof d.hash, "%s", hash);
    return casus_store_put_document(s, &d, err);
}

static unsigned found(casus_store *s, const casus_query *q) {
    casus_cursor *c;
    casus_found f;
    casus_error err = {0};
    unsigned n = 0;
    if (casus_store_find(&c, s, q, &err)) fail_msg("%s", err.message);
    int more;
    while ((more = casus_cursor_next(c, &f, &err)) > 0) n++;
    if (more < 0) fail_msg("%s", err.message);
    casus_cursor_free(c);
    return n;
}
#define FOUND(store, want, ...)                       \
    do {                                              \
        const casus_query query = {__VA_ARGS__};      \
        assert_int_equal(found(store, &query), want); \
    } while (0)

/* The same on both databases; `where` is empty before. */
static void exercise(const char *where) {
    casus_error err = {0};
    casus_store *s = NULL;
    if (casus_store_open(&s, where, CASUS_STORE_CREATE, NULL, &err))
        fail_msg("%s: %s", where, err.message);
    assert_int_equal(casus_store_holds(s, "x", "h1", &err), 0);
    if (put(s, "x", "h1", "ASSAULT", &err)) fail_msg("%s", err.message);
    assert_int_equal(put(s, "y's \\ \xE2\x82\xAC", "h2", "ACCUSE", &err), CASUS_OK);
    assert_int_equal(casus_store_holds(s, "x", "h1", &err), CASUS_STORE_SAME);
    assert_int_equal(casus_store_holds(s, "x", "h9", &err), CASUS_STORE_OTHER);
    if (casus_store_commit(s, &err)) fail_msg("%s", err.message);
    /* what is not committed is gone */
    assert_int_equal(put(s, "z", "h3", "AID", &err), CASUS_OK);
    casus_store_rollback(s);
    assert_int_equal(casus_store_holds(s, "z", "h3", &err), 0);

    FOUND(s, 4, .who = NULL);
    FOUND(s, 1, .type = "ASSAULT");
    FOUND(s, 2, .type = "ASSAULT, ACCUSE");
    FOUND(s, 2, .who = "TCD");
    FOUND(s, 2, .who = "TCD.UAF");
    FOUND(s, 2, .who = ".REB");
    FOUND(s, 0, .who = "TCD.GOV");
    FOUND(s, 2, .who = "front FOR");
    FOUND(s, 0, .who = "front%for");
    FOUND(s, 0, .who = "FOR");  /* three capitals are a code */
    FOUND(s, 0, .who = "RONT"); /* two or four a code, or a whole word */
    FOUND(s, 2, .whom = "Ondo");
    FOUND(s, 4, .side = "ARMY");
    FOUND(s, 4, .side = "GNQ");
    FOUND(s, 2, .by = "GNQ");
    FOUND(s, 2, .status = "denied");
    FOUND(s, 2, .mode = "heavy-weapons");
    FOUND(s, 2, .place = "GNQ");
    FOUND(s, 2, .place = "bat");
    FOUND(s, 4, .since = "2024-03-01");
    FOUND(s, 2, .since = "2024-03-02");
    FOUND(s, 2, .until = "2024-03-02");
    FOUND(s, 2, .text = "bata");
    FOUND(s, 2, .text = "\"shelled Bata\"");
    FOUND(s, 0, .text = "\"Bata shelled\"");
    FOUND(s, 2, .text = "shell* REBELS");
    FOUND(s, 2, .text = "denied army");
    FOUND(s, 0, .text = "shelled denied");
    FOUND(s, 2, .doc = "y's \\ \xE2\x82\xAC");
    FOUND(s, 1, .id = "x#2");
    FOUND(s, 3, .limit = 3, .by_date = 1);

    /* replaced: same number, new rows, old words gone; its place in weaving too */
    const casus_member members[] = {{1, 1, 1, NAN, "same place"}, {2, 1, 2, NAN, NULL}};
    const casus_woven_incident incident = {.id = "i1",
                                           .type = "ASSAULT",
                                           .lat = NAN,
                                           .lon = NAN,
                                           .killed_least = 3,
                                           .killed_most = -1,
                                           .confidence = NAN,
                                           .members = members,
                                           .n_members = 2};
    const casus_promise_state state = {"open", "2024-03-01", "made", 1, 2};
    const casus_woven_promise promise = {
        .id = "p1", .doc = 2, .record = 2, .state = "open", .states = &state, .n_states = 1};
    assert_int_equal(casus_store_put_incident(s, &incident, &err), CASUS_OK);
    assert_int_equal(casus_store_put_story(s, members, 2, NULL, &err), CASUS_OK);
    if (casus_store_put_promise(s, &promise, &err)) fail_msg("%s", err.message);
    assert_int_equal(casus_store_note(s, "weave.revision", "2", &err), CASUS_OK);
    assert_int_equal(casus_store_commit(s, &err), CASUS_OK);
    char note[8];
    assert_int_equal(casus_store_noted(s, "weave.revision", note, sizeof note, &err), 1);
    assert_string_equal(note, "2");
    assert_int_equal(casus_store_noted(s, "other", note, sizeof note, &err), 0);
    int64_t n;
    assert_int_equal(store_number(&n, s, "SELECT documents FROM incidents", NULL, 0, 0, &err), 0);
    assert_int_equal(n, 2);
    if (put(s, "x", "h9", "PROTEST", &err)) fail_msg("%s", err.message);
    assert_int_equal(put(s, "x", "h8", "PROTEST", &err), CASUS_OK); /* twice in one transaction */
    assert_int_equal(casus_store_commit(s, &err), CASUS_OK);
    assert_int_equal(store_number(&n, s, "SELECT documents FROM incidents", NULL, 0, 0, &err), 0);
    assert_int_equal(n, 1);
    FOUND(s, 0, .type = "ASSAULT");
    FOUND(s, 1, .type = "PROTEST");
    FOUND(s, 2, .text = "shelled");
    static const char *const views[] = {
        "SELECT COUNT(*) FROM events_flat WHERE actor = 'TCD.REB.UAF' AND sources ="
        " 'denies: J. Ondo' AND killed_least = 3 AND text = 'Rebels shelled'",
        "SELECT SUM(events) FROM dyad_month WHERE actor = 'TCD' AND recipient = 'GNQ' AND month ="
        " '2024-03'",
        "SELECT COUNT(*) + 2 FROM commitments"};
    for (int i = 0; i < 3; i++) {
        if (store_number(&n, s, views[i], NULL, 0, -1, &err)) fail_msg("%s", err.message);
        assert_int_equal(n, 2);
    }

    casus_stored d;
    assert_int_equal(casus_store_document(s, "x", 0, NULL, &d, &err), 1);
    assert_int_equal(d.doc, 1);
    assert_int_equal(d.revision, 4);
    assert_int_equal(d.records, 2);
    assert_string_equal(d.fingerprint, "f1");
    assert_null(d.item.url);
    assert_string_equal(d.item.title, "Shelling");
    assert_string_equal(d.item.text + 22, "The army denied it.");
    assert_int_equal(d.item.n_marks, 1);
    assert_int_equal(d.item.marks->kind, CASUS_MARK_BYLINE);
    assert_int_equal(d.item.marks->span.end, 6);
    assert_int_equal(d.item.n_notes, 1);
    assert_string_equal(d.item.notes->reason, "odd");
    assert_int_equal(casus_store_document(s, NULL, 1, "f2", &d, &err), 1);
    assert_int_equal(d.doc, 2);
    assert_int_equal(casus_store_document(s, NULL, 2, NULL, &d, &err), 0);
    assert_int_equal(casus_store_document(s, NULL, 0, "f1", &d, &err), 0);
    assert_int_equal(casus_store_mark(s, 2, "f2", "model", &err), CASUS_OK);
    assert_int_equal(casus_store_document(s, NULL, 0, "f1", &d, &err), 1);
    assert_int_equal(d.doc, 2);
    assert_int_equal(casus_store_clear_woven(s, &err), CASUS_OK);
    assert_int_equal(casus_store_commit(s, &err), CASUS_OK);
    casus_store_totals t;
    assert_int_equal(casus_store_count(s, &t, &err), CASUS_OK);
    assert_int_equal(t.documents, 2);
    assert_int_equal(t.records, 4);
    assert_int_equal(t.sources, 2);
    assert_int_equal(t.diagnostics, 2);

    /* many rows through a cursor, while another is open */
    char id[16];
    for (int i = 0; i < 400; i++) {
        snprintf(id, sizeof id, "many-%d", i);
        assert_int_equal(put(s, id, "h", "AID", &err), CASUS_OK);
    }
    assert_int_equal(casus_store_commit(s, &err), CASUS_OK);
    casus_cursor *open;
    casus_found first;
    assert_int_equal(casus_store_find(&open, s, NULL, &err), CASUS_OK);
    assert_int_equal(casus_cursor_next(open, &first, &err), 1);
    FOUND(s, 804, .who = NULL);
    assert_string_equal(first.document.ptr, "x");
    assert_int_equal(first.n, 1);
    casus_cursor_free(open);

    casus_query bad = CASUS_QUERY_INIT;
    bad.since = "soon";
    assert_int_equal(casus_store_find(&open, s, &bad, &err), CASUS_E_ARGUMENT);
    bad.since = NULL;
    bad.text = "...";
    assert_int_equal(casus_store_find(&open, s, &bad, &err), CASUS_E_ARGUMENT);
    casus_store_free(s);

    /* nothing is written through a store that is only read */
    if (casus_store_open(&s, where, CASUS_STORE_READ, NULL, &err)) fail_msg("%s", err.message);
    assert_int_not_equal(put(s, "w", "h", "AID", &err) ? 1 : casus_store_commit(s, &err), CASUS_OK);
    casus_store_free(s);
}

static void in_a_file(void **state) {
    (void)state;
    scratch f;
    scratch_make(&f);
    exercise(scratch_path(&f, "store.casus"));
    static const char *const files[] = {"store.casus", "store.casus-wal", "store.casus-shm", NULL};
    assert_int_equal(scratch_remove(&f, files), 0);
}

/* tests/store/run.py starts a server and names it. */
static void on_a_server(void **state) {
    (void)state;
    const char *where = getenv("CASUS_TEST_POSTGRES");
    if (!where) skip();
    exercise(where);
}

static void brought_up_at(const char *where) {
    casus_error err = {0};
    casus_store *s;
    if (casus_store_open_at(&s, where, CASUS_STORE_CREATE, 1, NULL, &err))
        fail_msg("%s", err.message);
    /* a document as version 1 has it */
    static const char *const sql[] = {
        "INSERT INTO coders (coder, fingerprint, model, version) VALUES (1, 'f', 'm', '0.1.0')",
        "INSERT INTO documents (doc, id, hash, revision, tokens, sentences, records) VALUES (1,"
        " 'old', 'h', 1, 5, 0, 1)",
        "INSERT INTO texts (doc, text) VALUES (1, 'Old text.')",
        "INSERT INTO codings (doc, coder) VALUES (1, 1)",
        "INSERT INTO records (doc, n, type, status, reciprocal, para, sentence, span_begin,"
        " span_end, trigger_begin, trigger_end, confidence) VALUES (1, 1, 'AID', 'happened', 0, 1,"
        " 1, 0, 9, 0, 3, 0.5)",
        "INSERT INTO record_json (doc, n, json) VALUES (1, 1, '{}')"};
    assert_int_equal(casus_store_begin(s, &err), CASUS_OK);
    for (size_t i = 0; i < sizeof sql / sizeof *sql; i++)
        if (casus_store_run(s, sql[i], NULL, 0, &err)) fail_msg("%s", err.message);
    assert_int_equal(casus_store_commit(s, &err), CASUS_OK);
    casus_store_free(s);
    assert_int_equal(casus_store_open(&s, where, CASUS_STORE_READ, NULL, &err), CASUS_E_VERSION);
    if (casus_store_open(&s, where, CASUS_STORE_WRITE, NULL, &err)) fail_msg("%s", err.message);
    casus_store_totals t;
    assert_int_equal(casus_store_count(s, &t, &err), CASUS_OK);
    assert_int_equal(t.schema, CASUS_STORE_SCHEMA);
    FOUND(s, 1, .doc = "old");
    int64_t n = 0;
    assert_int_equal(store_number(&n, s, "SELECT COUNT(*) FROM events_flat", NULL, 0, 0, &err), 0);
    assert_int_equal(n, 1);
    casus_store_begin(s, &err);
    casus_store_run(s, "UPDATE schema_version SET version = 1000", NULL, 0, &err);
    casus_store_commit(s, &err);
    casus_store_free(s);
    assert_int_equal(casus_store_open(&s, where, CASUS_STORE_WRITE, NULL, &err), CASUS_E_VERSION);
}

static void brought_up(void **state) {
    (void)state;
    scratch f;
    scratch_make(&f);
    brought_up_at(scratch_path(&f, "store.casus"));
    static const char *const files[] = {"store.casus", "store.casus-wal", "store.casus-shm", NULL};
    assert_int_equal(scratch_remove(&f, files), 0);
}
static void brought_up_server(void **state) {
    (void)state;
    const char *where = getenv("CASUS_TEST_POSTGRES_2");
    if (!where) skip();
    brought_up_at(where);
}

static void refused(void **state) {
    (void)state;
    scratch f;
    scratch_make(&f);
    casus_store *s;
    casus_error err = {0};
    assert_int_equal(casus_store_open(&s, scratch_path(&f, "none"), CASUS_STORE_WRITE, NULL, &err),
                     CASUS_E_IO);
    assert_int_equal(casus_store_open(&s, scratch_path(&f, "none/below"), CASUS_STORE_CREATE, NULL,
                                      &err),
                     CASUS_E_IO);
    static const char noise[4096] = "no database of any kind, and longer than a header";
    assert_int_equal(casus_store_open(&s, scratch_write(&f, "noise", noise, sizeof noise),
                                      CASUS_STORE_CREATE, NULL, &err),
                     CASUS_E_FORMAT);
    assert_int_not_equal(casus_store_open(&s, "dbname=none host=/nonexistent", CASUS_STORE_READ,
                                          NULL, &err),
                         CASUS_OK);
    assert_true(err.status == CASUS_E_IO || err.status == CASUS_E_ARGUMENT); /* no libpq */
    static const char *const files[] = {"noise", NULL};
    assert_int_equal(scratch_remove(&f, files), 0);
}

/* All that a store does, in memory, with the hook given. */
static casus_status all_of_it(const casus_memory *memory, casus_error *err) {
    casus_store *s = NULL;
    casus_cursor *cursor = NULL;
    casus_status status = casus_store_open(&s, ":memory:", CASUS_STORE_CREATE, memory, err);
    if (!status) status = put(s, "x", "h1", "ASSAULT", err);
    if (!status) status = put(s, "x", "h2", "ASSAULT", err);
    if (!status) status = casus_store_commit(s, err);
    const casus_query q = {.who = "TCD.REB",
                           .text = "\"shelled bata\"",
                           .place = "b",
                           .by = "Ondo"};
    if (!status) status = casus_store_find(&cursor, s, &q, err);
    casus_found found;
    int more = 1;
    while (!status && more > 0) more = casus_cursor_next(cursor, &found, err);
    casus_cursor_free(cursor);
    casus_stored stored;
    if (!status && more >= 0) more = casus_store_document(s, "x", 0, NULL, &stored, err);
    if (!status && more >= 0) more = casus_store_noted(s, "n", NULL, 0, err);
    casus_store_free(s);
    return status ? status : more < 0 ? (casus_status)more : CASUS_OK;
}

static void without_memory(void **state) {
    (void)state;
    fault f;
    FAULT_EVERY(f) {
        casus_error err = {0};
        const casus_status status = all_of_it(&f.memory, &err);
        /* a statement that cannot be kept is prepared again: not every failure is one */
        assert_true(status == CASUS_OK || (f.failed && status == CASUS_E_MEMORY));
        assert_int_equal(err.status, status);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(in_a_file),
                                       cmocka_unit_test(on_a_server),
                                       cmocka_unit_test(brought_up),
                                       cmocka_unit_test(brought_up_server),
                                       cmocka_unit_test(refused),
                                       cmocka_unit_test(without_memory)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
