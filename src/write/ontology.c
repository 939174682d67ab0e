/* ontology.c - the tables of data/ontology: codes of actors, types and events in other ontologies.
 *
 * A section of the pack is the text of a table, checked when the pack is compiled and read into
 * sorted lists when it is opened: a few hundred rows, some microseconds. A lookup is a binary
 * search. Nothing here decides what goes out: that is export.c and export_rows.c. */
#include "write/write_int.h"
#include <stdio.h>

/* The tables: `kind` is the value that the first column must have, or NULL when it is the key. */
static const struct {
    const char *section, *file;
    const char *columns[6]; /* the key, then the values; NULL ends it */
} tables[] = {
    {"write.actors", "ontology/actors.tsv", {"code", "kind", "cameo", "cow", "text", NULL}},
    {"write.plover",
     "ontology/plover.tsv",
     {"type", "quad", "modes", "later", "cameo", "later_cameo"}},
    {"write.cameo", "ontology/cameo.tsv", {"code", "text", NULL}},
    {"write.scale", "cameo.tsv", {"code", "goldstein", NULL}},
};
enum { N_TABLES = sizeof tables / sizeof *tables, MOST_COLUMNS = 6 };

static int by_key(const void *a, const void *b) {
    const ontology_row *x = a, *y = b;
    const int order = casus_slice_cmp(x->key, y->key);
    return order ? order : (x->line > y->line) - (x->line < y->line);
}

/* The list that a row of table `t` belongs to; NULL when its kind is unknown. */
static ontology_list *list_of(casus_ontology *o, size_t t, casus_slice kind) {
    if (t == 1) return &o->types;
    if (t == 2) return &o->names;
    if (t == 3) return &o->scale;
    if (casus_slice_is(kind, "country")) return &o->countries;
    if (casus_slice_is(kind, "body")) return &o->bodies;
    if (casus_slice_is(kind, "sector")) return &o->sectors;
    return NULL;
}

static casus_status push(casus_ontology *o, ontology_list *list, const ontology_row *row,
                         casus_error *err) {
    ontology_row *rows =
        casus_base_arena_grow(o->arena, list->rows, list->n, list->n + 1, &list->cap, sizeof *rows);
    if (!rows) return casus_base_no_memory(err);
    list->rows = rows;
    rows[list->n++] = *row;
    return CASUS_OK;
}

static casus_status read_table(casus_ontology *o, size_t t, casus_slice text, const char *file,
                               casus_error *err) {
    casus_table table;
    const char *needed[MOST_COLUMNS + 1] = {NULL};
    size_t n = 0;
    while (n < MOST_COLUMNS && tables[t].columns[n]) {
        needed[n] = tables[t].columns[n];
        n++;
    }
    casus_status s = casus_base_table_open(&table, file, text, needed, err);
    int more = 0;
    while (!s && (more = casus_base_table_next(&table, err)) > 0) {
        ontology_row row = {.key = casus_base_table_get(&table, needed[0]), .line = table.line};
        for (size_t i = 1; i < n; i++) row.value[i - 1] = casus_base_table_get(&table, needed[i]);
        ontology_list *list = list_of(o, t, row.value[0]);
        if (!row.key.len)
            s = casus_base_fail_at(err, CASUS_E_DATA, file, table.line, 0, "the row has no %s",
                                   needed[0]);
        else if (!list)
            s = casus_base_fail_at(err, CASUS_E_DATA, file, table.line, 0,
                                   "the kind is country, body or sector");
        else
            s = push(o, list, &row, err);
    }
    return s ? s : more < 0 ? (casus_status)more : CASUS_OK;
}

static casus_status sort(ontology_list *list, const char *file, casus_error *err) {
    if (list->n) qsort(list->rows, list->n, sizeof *list->rows, by_key);
    for (size_t i = 1; i < list->n; i++)
        if (casus_slice_eq(list->rows[i - 1].key, list->rows[i].key))
            return casus_base_fail_at(err, CASUS_E_DATA, file, list->rows[i].line, 0,
                                      "'%.*s' stands in line %llu too", (int)list->rows[i].key.len,
                                      list->rows[i].key.ptr,
                                      (unsigned long long)list->rows[i - 1].line);
    return CASUS_OK;
}

static casus_status sort_all(casus_ontology *o, casus_error *err) {
    casus_status s = sort(&o->countries, tables[0].file, err);
    if (!s) s = sort(&o->bodies, tables[0].file, err);
    if (!s) s = sort(&o->sectors, tables[0].file, err);
    if (!s) s = sort(&o->types, tables[1].file, err);
    if (!s) s = sort(&o->names, tables[2].file, err);
    if (!s) s = sort(&o->scale, tables[3].file, err);
    for (size_t i = 0; i < o->types.n && !s; i++) {
        const ontology_row *r = &o->types.rows[i];
        const casus_slice later = r->value[ONTOLOGY_LATER];
        if (later.len && !casus_write_ontology_find(&o->types, later))
            s = casus_base_fail_at(err, CASUS_E_DATA, tables[1].file, r->line, 0,
                                   "'%.*s' is no type of this table", (int)later.len, later.ptr);
    }
    return s;
}

static casus_status start(casus_ontology **out, const casus_memory *memory, casus_error *err) {
    casus_ontology *o = casus_base_alloc(memory, sizeof *o);
    if (!o) return casus_base_no_memory(err);
    memset(o, 0, sizeof *o);
    o->memory = *memory;
    o->arena = casus_base_arena_new(memory);
    *out = o;
    return o->arena ? CASUS_OK : casus_base_no_memory(err);
}

void casus_write_ontology_free(casus_ontology *o) {
    if (!o) return;
    const casus_memory m = o->memory;
    casus_base_arena_free(o->arena);
    casus_base_release(&m, o);
}

casus_status casus_write_compile(const char *data_dir, casus_pack_writer *pack,
                                 const casus_memory *memory, casus_error *err) {
    casus_ontology *o = NULL;
    char *bytes[N_TABLES] = {NULL};
    casus_status s = start(&o, memory, err);
    for (size_t t = 0; t < N_TABLES && !s; t++) {
        char path[4096];
        size_t len = 0;
        snprintf(path, sizeof path, "%s/%s", data_dir, tables[t].file);
        s = casus_base_read_file(&bytes[t], &len, path, CASUS_READ_MOST_BYTES, memory, err);
        if (!s) s = read_table(o, t, casus_slice_of(bytes[t], len), tables[t].file, err);
        if (!s) s = casus_pack_writer_add(pack, tables[t].section, bytes[t], len, err);
    }
    if (!s) s = sort_all(o, err);
    casus_write_ontology_free(o);
    for (size_t t = 0; t < N_TABLES; t++) casus_base_release(memory, bytes[t]);
    return s;
}

casus_status casus_write_ontology_open(casus_ontology **out, const casus_pack *pack,
                                       const casus_memory *memory, casus_error *err) {
    casus_ontology *o = NULL;
    casus_status s = start(&o, memory, err);
    for (size_t t = 0; t < N_TABLES && !s; t++) {
        const void *bytes = NULL;
        size_t len = 0;
        s = casus_pack_section(pack, tables[t].section, &bytes, &len, err);
        if (!s) s = read_table(o, t, casus_slice_of(bytes, len), tables[t].section, err);
    }
    if (!s) s = sort_all(o, err);
    if (s) {
        casus_write_ontology_free(o);
        if (s != CASUS_E_DATA) return s;
        /* the rows compiled once: the pack is not what it was */
        if (err) *err = (casus_error){CASUS_OK, "", "", 0, 0};
        return casus_base_fail(err, CASUS_E_FORMAT, "a section of data/ontology is damaged");
    }
    *out = o;
    return CASUS_OK;
}

const ontology_row *casus_write_ontology_find(const ontology_list *list, casus_slice key) {
    size_t low = 0, high = list->n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int order = casus_slice_cmp(list->rows[middle].key, key);
        if (!order) return &list->rows[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

const ontology_row *casus_write_ontology_begin(const ontology_list *list, casus_slice key) {
    const ontology_row *r = NULL;
    for (; key.len >= 2 && !r; key.len--) r = casus_write_ontology_find(list, key);
    return r;
}
