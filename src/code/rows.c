/* rows.c - compiles data/events, data/cues and the word classes into section "code". A row that
 * does not compile is an error with its file and line. Runs once, at pack time. */
#include "code/code_int.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct compiler {
    casus_memory memory;
    casus_arena *arena;
    const char *data_dir;
    casus_error *err;
    casus_buffer pool;
    code_row *rows;
    code_cond *conds;
    code_value *values;
    code_ref *refs;
    code_word *words;
    code_channel *channels;
    code_cameo *cameos;
    code_cue *cues;
    struct pair {
        uint64_t key;
        uint32_t row;
        uint32_t rank;
    } * pairs;
    size_t n_rows, n_conds, n_values, n_refs, n_words, n_channels, n_cameos, n_cues, n_pairs;
    size_t cap_rows, cap_conds, cap_values, cap_refs, cap_words, cap_channels, cap_cameos, cap_cues,
        cap_pairs;
    casus_slice classes[64 * CODE_CLASS_WORDS];
    uint32_t n_classes;
    const char *file; /* being read */
    uint64_t line;
} compiler;

static bool room(compiler *c, void **list, size_t n, size_t *cap, size_t size) {
    void *v = casus_base_arena_grow(c->arena, *list, n, n + 1, cap, size);
    if (!v) return false;
    *list = v;
    return true;
}
/* Appends `value` to c->list; memory failure returns from the function. */
#define PUSH(c, list, value)                                                     \
    do {                                                                         \
        void *p_ = (c)->list;                                                    \
        if (!room((c), &p_, (c)->n_##list, &(c)->cap_##list, sizeof *(c)->list)) \
            return casus_base_no_memory((c)->err);                               \
        (c)->list = p_;                                                          \
        (c)->list[(c)->n_##list++] = (value);                                    \
    } while (0)

static casus_status wrong(compiler *c, const char *what, casus_slice s) {
    return casus_base_fail_at(c->err, CASUS_E_DATA, c->file, c->line, 0, "%s '%.*s'", what,
                              (int)(s.len < 80 ? s.len : 80), s.ptr ? s.ptr : "");
}

static code_str text(compiler *c, casus_slice s) {
    const code_str r = {(uint32_t)c->pool.len, s.len};
    casus_base_buffer_add(&c->pool, s.ptr, s.len);
    casus_base_buffer_add(&c->pool, "", 1);
    return r;
}

static uint64_t lower_hash(compiler *c, casus_slice s) {
    const casus_slice l = casus_base_utf8_lower(c->arena, s);
    return l.ptr ? code_hash(l) : 0;
}

/* ---- pattern pieces -------------------------------------------------------------------------- */

static casus_status read_ref(compiler *c, casus_slice s, code_ref *out) {
    *out = (code_ref){CASUS_ROLE_PREP, 0, 0};
    if (casus_slice_is(s, "-")) {
        out->role = CODE_REF_NOBODY;
        return CASUS_OK;
    }
    if (casus_slice_is(s, "speaker")) {
        out->role = CODE_REF_SPEAKER;
        return CASUS_OK;
    }
    for (uint32_t r = 0; r < CASUS_ROLE_COUNT_; r++)
        if (r != CASUS_ROLE_PREP && casus_slice_is(s, casus_lang_role_name((casus_role)r))) {
            out->role = r;
            return CASUS_OK;
        }
    if (!s.len) return wrong(c, "a role is missing", s);
    char word[64];
    if (s.len >= sizeof word) return wrong(c, "no such role or preposition", s);
    for (uint32_t i = 0; i < s.len; i++) {
        const char ch = s.ptr[i];
        if (!((ch >= 'a' && ch <= 'z') || ch == '_' || ch == '-'))
            return wrong(c, "no such role or preposition", s);
        word[i] = ch == '_' ? ' ' : ch;
    }
    out->prep = code_hash(casus_slice_of(word, s.len));
    return CASUS_OK;
}

static casus_status read_refs(compiler *c, casus_slice s, char sep, uint32_t *first, uint32_t *n) {
    casus_slice piece;
    *first = (uint32_t)c->n_refs;
    *n = 0;
    while (s.len && casus_slice_cut(&s, sep, &piece)) {
        code_ref ref;
        const casus_status status = read_ref(c, piece, &ref);
        if (status) return status;
        PUSH(c, refs, ref);
        (*n)++;
        if (!s.ptr) break;
    }
    return CASUS_OK;
}

static casus_status read_value(compiler *c, casus_slice s) {
    static const struct {
        const char *name;
        uint32_t kind;
    } kinds[] = {
        {"*", CODE_IS_ANY},          {"@actor", CODE_IS_ACTOR},   {"@country", CODE_IS_COUNTRY},
        {"@person", CODE_IS_PERSON}, {"@armed", CODE_IS_ARMED},   {"@place", CODE_IS_PLACE},
        {"@money", CODE_IS_MONEY},   {"@number", CODE_IS_NUMBER}, {"@official", CODE_IS_OFFICIAL}};
    code_value v = {0, CODE_IS_LEMMA, 0};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (casus_slice_is(s, kinds[i].name)) v.kind = kinds[i].kind;
    if (v.kind == CODE_IS_LEMMA && s.len && s.ptr[0] == '@') {
        const casus_slice name = casus_slice_of(s.ptr + 1, s.len - 1);
        uint32_t i = 0;
        while (i < c->n_classes && !casus_slice_eq(c->classes[i], name)) i++;
        if (i == c->n_classes) return wrong(c, "no such class", s);
        v.kind = CODE_IS_CLASS;
        v.lemma = i;
    } else if (v.kind == CODE_IS_LEMMA) {
        if (!s.len) return wrong(c, "an empty alternative in the pattern", s);
        v.lemma = lower_hash(c, s);
    }
    PUSH(c, values, v);
    return CASUS_OK;
}

static casus_status read_cond(compiler *c, casus_slice s, code_row *row) {
    code_cond cond = {.op = CODE_COND_IS, .first = (uint32_t)c->n_values};
    static const char *const flags[] = {"passive", "active",     "negated", "will",      "must",
                                        "finite",  "amid-force", "command", "of-another"};
    for (uint32_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (casus_slice_is(s, flags[i])) {
            cond.op = CODE_COND_PASSIVE + i;
            PUSH(c, conds, cond);
            row->n_conds++;
            return CASUS_OK;
        }
    casus_slice rest = s, name;
    if (!memchr(s.ptr, '=', s.len) || !casus_slice_cut(&rest, '=', &name))
        return wrong(c, "a condition without '='", s);
    if (name.len && name.ptr[name.len - 1] == '!') {
        cond.op = CODE_COND_IS_NOT;
        name.len--;
    }
    casus_status status = CASUS_OK;
    if (casus_slice_is(name, "says"))
        cond.op = CODE_COND_SAYS;
    else if ((status = read_refs(c, name, '|', &cond.refs, &cond.n_refs)))
        return status;
    if (casus_slice_is(rest, "-")) {
        cond.op = CODE_COND_ABSENT;
    } else {
        casus_slice piece;
        while (casus_slice_cut(&rest, '|', &piece)) {
            if ((status = read_value(c, piece))) return status;
            cond.n++;
        }
    }
    PUSH(c, conds, cond);
    row->n_conds++;
    return CASUS_OK;
}

/* Rows with more conditions are tried first; of equals the blocking ones. */
static uint32_t rank(const code_row *row) {
    return 2u * row->n_conds + (row->table == CODE_TABLE_EVENT && row->type == CODE_NONE);
}

/* "break+off|call+off.v obj=... with=*": heads are indexed, conditions kept with the row. */
static casus_status read_pattern(compiler *c, casus_slice pattern, code_row *row) {
    casus_slice head, rest = pattern, cond;
    if (!pattern.len || !casus_slice_cut(&rest, ' ', &head)) return wrong(c, "no pattern", pattern);
    if (head.len < 3 || head.ptr[head.len - 2] != '.' || !strchr("vna", head.ptr[head.len - 1]))
        return wrong(c, "the pattern's head does not end in .v, .n or .a", head);
    row->kind = (uint8_t)head.ptr[head.len - 1];
    head.len -= 2;
    row->conds = (uint32_t)c->n_conds;
    while (rest.len && casus_slice_cut(&rest, ' ', &cond)) {
        if (!cond.len) continue;
        const casus_status status = read_cond(c, cond, row);
        if (status) return status;
        if (!rest.ptr) break;
    }
    casus_slice one;
    bool first = true;
    while (casus_slice_cut(&head, '|', &one)) {
        casus_slice particle = one, lemma;
        if (!casus_slice_cut(&particle, '+', &lemma)) return wrong(c, "no head", one);
        const uint64_t p = particle.len && particle.ptr ? lower_hash(c, particle) : 0;
        if (!lemma.len) return wrong(c, "an empty head", pattern);
        if (first) row->particle = p;
        if (p != row->particle) { /* alternatives with particles of their own: rows of their own */
            code_row copy = *row;
            copy.particle = p;
            PUSH(c, rows, copy);
            const struct pair pair = {code_key_hash(lower_hash(c, lemma), row->kind, row->table),
                                      (uint32_t)c->n_rows - 1, rank(row)};
            PUSH(c, pairs, pair);
            continue;
        }
        const struct pair pair = {code_key_hash(lower_hash(c, lemma), row->kind, row->table),
                                  CASUS_NONE, rank(row)};
        PUSH(c, pairs, pair);
        first = false;
    }
    return CASUS_OK;
}

static casus_status read_roles(compiler *c, casus_slice s, code_row *row) {
    static const char *const names[CODE_SIDES] = {"actor", "recipient", "mediator", "both"};
    const casus_slice whole = s;
    casus_slice part, name;
    while (s.len && casus_slice_cut(&s, ' ', &part)) {
        if (part.len) {
            casus_slice refs = part;
            if (!memchr(part.ptr, '=', part.len) || !casus_slice_cut(&refs, '=', &name))
                return wrong(c, "roles are written actor=...", whole);
            uint32_t side = 0;
            while (side < CODE_SIDES && !casus_slice_is(name, names[side])) side++;
            if (side == CODE_SIDES) return wrong(c, "no such side", name);
            casus_slice some;
            row->sides[side] = (uint32_t)c->n_refs;
            casus_status status = CASUS_OK;
            while (!status && refs.ptr && casus_slice_cut(&refs, ',', &some)) {
                uint32_t first, n;
                status = read_refs(c, some, '|', &first, &n);
                row->n_sides[side] += n;
            }
            if (status) return status;
        }
        if (!s.ptr) break;
    }
    return CASUS_OK;
}

static casus_status default_roles(compiler *c, code_row *row) {
    const char *const actor = row->kind == 'n' ? "poss|by|mod|of" : "subj";
    const char *const recipient = row->kind == 'n'   ? "against|on|of|with|to"
                                  : row->kind == 'a' ? "to|of|with|against"
                                                     : "obj";
    casus_status s =
        read_refs(c, casus_slice_z(actor), '|', &row->sides[CODE_ACTOR], &row->n_sides[CODE_ACTOR]);
    if (!s)
        s = read_refs(c, casus_slice_z(recipient), '|', &row->sides[CODE_RECIPIENT],
                      &row->n_sides[CODE_RECIPIENT]);
    return s;
}

/* "xcomp|to:urged:recipient" */
static casus_status read_content(compiler *c, casus_slice s, code_row *row) {
    if (!s.len) return CASUS_OK;
    const casus_slice whole = s;
    casus_slice refs, status, doer = {0};
    if (!casus_slice_cut(&s, ':', &refs) || !casus_slice_cut(&s, ':', &status) ||
        !casus_slice_cut(&s, ':', &doer))
        return wrong(c, "content is written roles:status:doer", whole);
    const code_status k = code_status_named(status);
    if (k == CODE_UNKNOWN || k == CODE_STATUSES) return wrong(c, "no such status", status);
    row->content_status = (uint8_t)k;
    if (casus_slice_is(doer, "recipient"))
        row->content_doer = CODE_RECIPIENT;
    else if (casus_slice_is(doer, "actor"))
        row->content_doer = CODE_ACTOR;
    else
        return wrong(c, "the doer of a content is actor or recipient", doer);
    return read_refs(c, refs, '|', &row->content, &row->n_content);
}

/* ---- tables ---------------------------------------------------------------------------------- */

static casus_status open_table(compiler *c, const char *name, const char *const *needed,
                               casus_table *t) {
    const casus_slice path = casus_base_arena_format(c->arena, "%s/%s", c->data_dir, name);
    if (!path.ptr) return casus_base_no_memory(c->err);
    c->file = path.ptr;
    char *bytes;
    size_t len;
    casus_status s = casus_base_read_file(&bytes, &len, path.ptr, 64u << 20, &c->memory, c->err);
    if (s) return s;
    const casus_slice copy = casus_base_arena_copy(c->arena, casus_slice_of(bytes, len));
    casus_base_release(&c->memory, bytes);
    if (!copy.ptr) return casus_base_no_memory(c->err);
    return casus_base_table_open(t, c->file, copy, needed, c->err);
}

/* Every row of a table through `each`. */
static casus_status for_rows(compiler *c, const char *name, const char *const *needed,
                             casus_status (*each)(compiler *, const casus_table *)) {
    casus_table t;
    casus_status s = open_table(c, name, needed, &t);
    int more = 0;
    while (!s && (more = casus_base_table_next(&t, c->err)) > 0) {
        c->line = t.line;
        s = each(c, &t);
    }
    return s ? s : more < 0 ? (casus_status)more : CASUS_OK;
}

static casus_status class_row(compiler *c, const casus_table *t) {
    const casus_slice name = casus_base_table_get(t, "class");
    casus_slice lemmas = casus_base_table_get(t, "lemmas"), lemma;
    uint32_t k = 0;
    while (k < c->n_classes && !casus_slice_eq(c->classes[k], name)) k++;
    if (k == c->n_classes) {
        if (k == 64 * CODE_CLASS_WORDS) return wrong(c, "too many classes at", name);
        c->classes[c->n_classes++] = name;
    }
    while (casus_slice_cut(&lemmas, '|', &lemma)) {
        code_word w = {lower_hash(c, lemma), {0}};
        w.mask[k / 64] = 1ull << (k % 64);
        PUSH(c, words, w);
    }
    return CASUS_OK;
}

/* The row is pushed behind its pairs, which get its number here. */
static casus_status push_row(compiler *c, code_row *row, size_t first_pair, size_t first_copy) {
    for (size_t i = first_copy; i < c->n_rows; i++) { /* copies made for other particles */
        const uint64_t particle = c->rows[i].particle;
        c->rows[i] = *row;
        c->rows[i].particle = particle;
    }
    PUSH(c, rows, *row);
    for (size_t i = first_pair; i < c->n_pairs; i++)
        if (c->pairs[i].row == CASUS_NONE) c->pairs[i].row = (uint32_t)c->n_rows - 1;
    return CASUS_OK;
}

static code_row start_row(compiler *c, const casus_table *t, uint8_t table) {
    code_row row = {.table = table, .line = (uint32_t)t->line};
    row.id = text(c, casus_base_table_get(t, "id"));
    row.example = text(c, casus_base_table_get(t, "example"));
    row.file = text(c, casus_slice_z(c->file));
    return row;
}

static casus_status event_row(compiler *c, const casus_table *t) {
    const size_t pairs = c->n_pairs, copies = c->n_rows;
    code_row row = start_row(c, t, CODE_TABLE_EVENT);
    const casus_slice type = casus_base_table_get(t, "type");
    uint8_t k = 0;
    while (k < CODE_TYPES && !casus_slice_is(type, code_type_name((code_type)k))) k++;
    if (k == CODE_TYPES) return wrong(c, "no such type", type);
    row.type = k;
    if (!casus_base_table_get(t, "id").len) return wrong(c, "a row without id", type);
    row.mode = text(c, casus_base_table_get(t, "mode"));
    row.cameo = text(c, casus_base_table_get(t, "cameo"));
    casus_status s = read_pattern(c, casus_base_table_get(t, "pattern"), &row);
    const casus_slice roles = casus_base_table_get(t, "roles");
    if (!s) s = roles.len ? read_roles(c, roles, &row) : default_roles(c, &row);
    if (!s) s = read_content(c, casus_base_table_get(t, "content"), &row);
    return s ? s : push_row(c, &row, pairs, copies);
}

static casus_status light_row(compiler *c, const casus_table *t) {
    const size_t pairs = c->n_pairs, copies = c->n_rows;
    code_row row = start_row(c, t, CODE_TABLE_LIGHT);
    const casus_slice gives = casus_base_table_get(t, "gives"),
                      status = casus_base_table_get(t, "status");
    row.gives = casus_slice_is(gives, "recipient") ? CODE_RECIPIENT
                : gives.len                        ? CODE_ACTOR
                                                   : CODE_GIVES_NOBODY;
    row.status = (uint8_t)code_status_named(status);
    if (row.status == CODE_STATUSES) return wrong(c, "no such status", status);
    casus_status s = read_pattern(c, casus_base_table_get(t, "pattern"), &row);
    if (!s) s = read_refs(c, casus_base_table_get(t, "noun"), '|', &row.content, &row.n_content);
    return s ? s : push_row(c, &row, pairs, copies);
}

static casus_status aspect_row(compiler *c, const casus_table *t) {
    const size_t pairs = c->n_pairs, copies = c->n_rows;
    code_row row = start_row(c, t, CODE_TABLE_ASPECT);
    const casus_slice status = casus_base_table_get(t, "status");
    row.status = (uint8_t)code_status_named(status);
    if (row.status == CODE_STATUSES) return wrong(c, "no such status", status);
    casus_status s = read_pattern(c, casus_base_table_get(t, "pattern"), &row);
    if (!s) s = read_refs(c, casus_base_table_get(t, "role"), '|', &row.content, &row.n_content);
    return s ? s : push_row(c, &row, pairs, copies);
}

static casus_status speech_row(compiler *c, const casus_table *t) {
    const size_t pairs = c->n_pairs, copies = c->n_rows;
    code_row row = start_row(c, t, CODE_TABLE_SPEECH);
    const casus_slice stance = casus_base_table_get(t, "stance");
    row.stance = (uint8_t)(casus_slice_is(stance, "denies")   ? CASUS_DENIES
                           : casus_slice_is(stance, "doubts") ? CASUS_DOUBTS
                                                              : CASUS_ASSERTS);
    row.channel = text(c, casus_base_table_get(t, "channel"));
    row.speech = text(c, casus_base_table_get(t, "kind"));
    casus_status s = read_pattern(c, casus_base_table_get(t, "pattern"), &row);
    casus_slice content = casus_base_table_get(t, "content"), one;
    row.content = (uint32_t)c->n_refs;
    while (!s && content.len && casus_slice_cut(&content, '|', &one)) {
        if (casus_slice_is(one, "parataxis") || casus_slice_is(one, "that"))
            one = CASUS_SLICE("ccomp");
        code_ref ref;
        if (!(s = read_ref(c, one, &ref))) {
            PUSH(c, refs, ref);
            row.n_content++;
        }
        if (!content.ptr) break;
    }
    return s ? s : push_row(c, &row, pairs, copies);
}

static casus_status channel_row(compiler *c, const casus_table *t) {
    const code_channel x = {lower_hash(c, casus_base_table_get(t, "lemma")),
                            text(c, casus_base_table_get(t, "channel"))};
    PUSH(c, channels, x);
    return CASUS_OK;
}

static casus_status cameo_row(compiler *c, const casus_table *t) {
    double goldstein;
    if (!casus_base_number(casus_base_table_get(t, "goldstein"), &goldstein))
        return wrong(c, "no number:", casus_base_table_get(t, "goldstein"));
    const code_cameo x = {code_hash(casus_base_table_get(t, "code")), (float)goldstein, 0};
    PUSH(c, cameos, x);
    return CASUS_OK;
}

static casus_status cue_row(compiler *c, const casus_table *t) {
    static const char *const sorts[] = {"status", "count",   "about",  "least", "most",
                                        "number", "context", "mishap", "crime"};
    const casus_slice sort = casus_base_table_get(t, "cue"),
                      value = casus_base_table_get(t, "value");
    code_cue x = {lower_hash(c, casus_base_table_get(t, "lemma")), 0, 0, 0, 0};
    while (x.what < sizeof sorts / sizeof *sorts && !casus_slice_is(sort, sorts[x.what])) x.what++;
    if (x.what == sizeof sorts / sizeof *sorts) return wrong(c, "no such sort of cue", sort);
    if (x.what == CODE_CUE_STATUS) {
        x.value = code_status_named(value);
        if (x.value == CODE_STATUSES || x.value == CODE_UNKNOWN)
            return wrong(c, "no such status", value);
    } else if (x.what == CODE_CUE_NUMBER) {
        x.value = (uint32_t)strtoul(value.ptr, NULL, 10);
    } else {
        const code_str s = text(c, value);
        x.kind = s.off;
        x.value = s.len;
    }
    PUSH(c, cues, x);
    return CASUS_OK;
}

/* ---- the whole ------------------------------------------------------------------------------- */

static int by_key(const void *a, const void *b) {
    uint64_t x, y;
    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    return x < y ? -1 : x > y;
}
static int by_pair(const void *a, const void *b) {
    const struct pair *x = a, *y = b;
    if (x->key != y->key) return x->key < y->key ? -1 : 1;
    if (x->rank != y->rank) return x->rank > y->rank ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}
static int by_name(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static casus_status event_files(compiler *c) {
    static const char *const needed[] = {"id",      "pattern", "type",    "mode", "roles",
                                         "content", "cameo",   "example", NULL};
    const casus_slice folder = casus_base_arena_format(c->arena, "%s/events", c->data_dir);
    DIR *d = folder.ptr ? opendir(folder.ptr) : NULL;
    if (!d)
        return casus_base_fail_at(c->err, CASUS_E_IO, folder.ptr, 0, 0, "cannot open the folder");
    const char *files[256];
    size_t n = 0;
    casus_status s = CASUS_OK;
    for (const struct dirent *e; !s && (e = readdir(d));) {
        const size_t len = strlen(e->d_name);
        if (len < 5 || strcmp(e->d_name + len - 4, ".tsv") != 0 ||
            strcmp(e->d_name, "light.tsv") == 0)
            continue;
        const casus_slice name = casus_base_arena_format(c->arena, "events/%s", e->d_name);
        if (!name.ptr)
            s = casus_base_no_memory(c->err);
        else if (n == sizeof files / sizeof *files)
            s = casus_base_fail_at(c->err, CASUS_E_LIMIT, folder.ptr, 0, 0, "more than 256 files");
        else
            files[n++] = name.ptr;
    }
    closedir(d);
    qsort(files, n, sizeof *files, by_name);
    for (size_t i = 0; i < n && !s; i++) s = for_rows(c, files[i], needed, event_row);
    return s;
}

static casus_status unique_ids(compiler *c) {
    /* ids are few thousand: compare within sorted hashes */
    struct seen {
        uint64_t hash;
        uint32_t row;
    } *v = casus_base_arena_get(c->arena, (c->n_rows + 1) * sizeof *v);
    if (!v) return casus_base_no_memory(c->err);
    size_t n = 0;
    for (size_t i = 0; i < c->n_rows; i++)
        if (c->rows[i].table == CODE_TABLE_EVENT)
            v[n++] = (struct seen){code_hash(casus_slice_of(c->pool.ptr + c->rows[i].id.off,
                                                            c->rows[i].id.len)),
                                   (uint32_t)i};
    qsort(v, n, sizeof *v, by_key);
    for (size_t i = 1; i < n; i++) {
        const code_row *a = &c->rows[v[i - 1].row], *b = &c->rows[v[i].row];
        if (v[i].hash != v[i - 1].hash || a->line == b->line) continue;
        const code_row *later = a->line > b->line ? a : b;
        return casus_base_fail_at(c->err, CASUS_E_DATA, c->pool.ptr + later->file.off, later->line,
                                  0, "id '%s' stands twice", c->pool.ptr + later->id.off);
    }
    return CASUS_OK;
}

static uint32_t put(casus_buffer *b, const void *list, size_t n, size_t size) {
    casus_base_buffer_align(b, 64);
    const uint32_t at = (uint32_t)b->len;
    if (n) casus_base_buffer_add(b, list, n * size);
    return at;
}

static casus_status write_section(compiler *c, casus_pack_writer *writer) {
    qsort(c->words, c->n_words, sizeof *c->words, by_key);
    size_t n = 0;
    for (size_t i = 0; i < c->n_words; i++) {
        if (n && c->words[n - 1].lemma == c->words[i].lemma)
            for (uint32_t k = 0; k < CODE_CLASS_WORDS; k++)
                c->words[n - 1].mask[k] |= c->words[i].mask[k];
        else
            c->words[n++] = c->words[i];
    }
    c->n_words = n;
    qsort(c->channels, c->n_channels, sizeof *c->channels, by_key);
    qsort(c->cameos, c->n_cameos, sizeof *c->cameos, by_key);
    qsort(c->cues, c->n_cues, sizeof *c->cues, by_key);
    qsort(c->pairs, c->n_pairs, sizeof *c->pairs, by_pair);
    code_key *keys = casus_base_arena_zero(c->arena, c->n_pairs + 1, sizeof *keys);
    uint32_t *order = casus_base_arena_zero(c->arena, c->n_pairs + 1, sizeof *order);
    if (!keys || !order) return casus_base_no_memory(c->err);
    uint32_t n_keys = 0;
    for (size_t i = 0; i < c->n_pairs; i++) {
        order[i] = c->pairs[i].row;
        if (!n_keys || keys[n_keys - 1].hash != c->pairs[i].key)
            keys[n_keys++] = (code_key){c->pairs[i].key, (uint32_t)i, 0};
        keys[n_keys - 1].n++;
    }
    casus_buffer b;
    casus_base_buffer_init(&b, &c->memory);
    code_head h = {.format = CODE_FORMAT};
    casus_base_buffer_add(&b, &h, sizeof h);
#define PUT(field, list, count)      \
    h.n_##field = (uint32_t)(count); \
    h.field = put(&b, list, (size_t)(count), sizeof *(list))
    PUT(rows, c->rows, c->n_rows);
    PUT(conds, c->conds, c->n_conds);
    PUT(values, c->values, c->n_values);
    PUT(refs, c->refs, c->n_refs);
    PUT(keys, keys, n_keys);
    PUT(order, order, c->n_pairs);
    PUT(words, c->words, c->n_words);
    PUT(channels, c->channels, c->n_channels);
    PUT(cameos, c->cameos, c->n_cameos);
    PUT(cues, c->cues, c->n_cues);
#undef PUT
    h.pool_len = (uint32_t)c->pool.len;
    h.pool = put(&b, c->pool.ptr, c->pool.len, 1);
    casus_status s = b.failed || c->pool.failed ? casus_base_no_memory(c->err) : CASUS_OK;
    if (!s) {
        memcpy(b.ptr, &h, sizeof h);
        s = casus_pack_writer_add(writer, "code", b.ptr, b.len, c->err);
    }
    casus_base_buffer_free(&b);
    return s;
}

casus_status casus_code_compile(const char *data_dir, casus_pack_writer *writer,
                                const casus_memory *memory, casus_error *err) {
    static const char *const classes[] = {"class", "lemmas", NULL};
    static const char *const light[] = {"id",     "pattern", "noun", "gives",
                                        "status", "example", NULL};
    static const char *const aspect[] = {"id", "pattern", "role", "status", "example", NULL};
    static const char *const speech[] = {"id",      "pattern", "stance",  "channel",
                                         "content", "kind",    "example", NULL};
    static const char *const channel[] = {"lemma", "channel", NULL};
    static const char *const cameo[] = {"code", "goldstein", NULL};
    static const char *const cue[] = {"lemma", "cue", "value", NULL};
    compiler c = {.memory = *memory, .data_dir = data_dir, .err = err};
    casus_base_buffer_init(&c.pool, &c.memory);
    c.arena = casus_base_arena_new(&c.memory);
    casus_status s = c.arena ? CASUS_OK : casus_base_no_memory(err);
    casus_base_buffer_add(&c.pool, "", 1);
    if (!s) s = for_rows(&c, "classes.tsv", classes, class_row);
    if (!s) s = for_rows(&c, "classes2.tsv", classes, class_row);
    if (!s) s = event_files(&c);
    if (!s) s = for_rows(&c, "events/light.tsv", light, light_row);
    if (!s) s = for_rows(&c, "cues/aspect.tsv", aspect, aspect_row);
    if (!s) s = for_rows(&c, "cues/speech.tsv", speech, speech_row);
    if (!s) s = for_rows(&c, "cues/attitude.tsv", speech, speech_row);
    if (!s) s = for_rows(&c, "cues/channels.tsv", channel, channel_row);
    if (!s) s = for_rows(&c, "cues/words.tsv", cue, cue_row);
    if (!s) s = for_rows(&c, "cues/contexts.tsv", cue, cue_row);
    if (!s) s = for_rows(&c, "mishap.tsv", cue, cue_row);
    if (!s) s = for_rows(&c, "cameo.tsv", cameo, cameo_row);
    if (!s) s = unique_ids(&c);
    if (!s) s = write_section(&c, writer);
    if (!s) s = code_filter_compile(data_dir, writer, memory, err);
    casus_base_buffer_free(&c.pool);
    casus_base_arena_free(c.arena);
    return s;
}
