/* compile.c - compiles a spaCy 3 pipeline into the sections of the pack: weights to 8 bits in the
 * order of the kernels, labels, moves. The model's own graph says sizes, features and seeds; what
 * the engine has no code for is refused by name. Runs once, at pack time. */
#include "lang/compile.h"
#include <jansson.h>
#include <math.h>

/* ---- small things ---------------------------------------------------------------------------- */

uint32_t names_find(const names *list, casus_slice s) {
    for (size_t i = 0; i < list->n; i++)
        if (casus_slice_eq(list->items[i], s)) return (uint32_t)i;
    return CASUS_NONE;
}
uint32_t names_add(compiler *c, names *list, casus_slice s) {
    const uint32_t at = names_find(list, s);
    if (at != CASUS_NONE) return at;
    casus_slice *v =
        casus_base_arena_grow(c->arena, list->items, list->n, list->n + 1, &list->cap, sizeof *v);
    if (!v || list->n >= UINT16_MAX) return CASUS_NONE;
    list->items = v;
    v[list->n] = casus_base_arena_copy(c->arena, s);
    return v[list->n].ptr ? (uint32_t)list->n++ : CASUS_NONE;
}

lang_str compile_string(compiler *c, casus_slice s) {
    const lang_str r = {(uint32_t)c->strings.len, s.len};
    casus_base_buffer_add(&c->strings, s.ptr, s.len);
    return r;
}

uint32_t compile_array(casus_buffer *b, const void *bytes, size_t len) {
    casus_base_buffer_align(b, 64);
    const uint32_t at = (uint32_t)b->len;
    if (len) casus_base_buffer_add(b, bytes, len);
    return at;
}

casus_status compile_section(compiler *c, const char *name, casus_buffer *b) {
    if (b->failed) return casus_base_no_memory(c->err);
    return casus_pack_writer_add(c->writer, name, b->ptr, b->len, c->err);
}

casus_status compile_table(compiler *c, const char *name, const char *const *needed, casus_table *t,
                           char *path, size_t room) {
    snprintf(path, room, "%s/lang/%s", c->data_dir, name);
    char *bytes;
    size_t len;
    casus_status status = casus_base_read_file(&bytes, &len, path, 64u << 20, &c->memory, c->err);
    if (status) return status;
    const casus_slice text = casus_base_arena_copy(c->arena, casus_slice_of(bytes, len));
    casus_base_release(&c->memory, bytes);
    if (!text.ptr) return casus_base_no_memory(c->err);
    return casus_base_table_open(t, path, text, needed, c->err);
}

uint32_t compile_pos(casus_slice name) {
    for (uint32_t i = 0; i < CASUS_POS_COUNT; i++)
        if (casus_slice_is(name, casus_lang_pos_name((casus_pos)i))) return i;
    return casus_slice_is(name, "CONJ") ? CASUS_POS_CCONJ : CASUS_NONE;
}

static casus_status refuse(compiler *c, const char *component, casus_slice what) {
    return casus_base_fail_at(c->err, CASUS_E_MODEL, c->path, 0, 0,
                              "component '%.40s': this engine cannot run '%.*s'", component,
                              (int)(what.len < 80 ? what.len : 80), what.ptr);
}

/* ---- layers ---------------------------------------------------------------------------------- */

/* An affine map from float weights w[n_out][n_blocks * n_in], bias[n_out] or NULL. */
static casus_status put_affine(compiler *c, casus_buffer *b, uint32_t *at, const float *w,
                               const float *bias, uint32_t n_out, uint32_t n_blocks,
                               uint32_t n_in) {
    const uint32_t padded = (n_out + 15) / 16 * 16, k = n_blocks * n_in;
    int8_t *q = casus_base_arena_zero(c->arena, (size_t)padded * k, 1);
    int8_t *ordered = casus_base_arena_zero(c->arena, (size_t)padded * k, 1);
    float *scales = casus_base_arena_zero(c->arena, padded, sizeof *scales);
    float *shift = casus_base_arena_zero(c->arena, padded, sizeof *shift);
    float *sums = casus_base_arena_zero(c->arena, (size_t)padded * n_blocks, sizeof *sums);
    if (!q || !ordered || !scales || !shift || !sums) return casus_base_no_memory(c->err);
    for (uint32_t o = 0; o < n_out; o++) {
        float most = 0;
        for (uint32_t i = 0; i < k; i++) most = fmaxf(most, fabsf(w[(size_t)o * k + i]));
        scales[o] = most / 127.0f;
        for (uint32_t i = 0; i < k && most > 0; i++) {
            const long v = lrintf(w[(size_t)o * k + i] / scales[o]);
            q[(size_t)o * k + i] = (int8_t)(v < -127 ? -127 : v > 127 ? 127 : v);
            sums[(size_t)(i / n_in) * padded + o] += (float)q[(size_t)o * k + i];
        }
        if (bias) shift[o] = bias[o];
    }
    size_t to = 0;
    for (uint32_t g = 0; g < padded; g += 16)
        for (uint32_t i = 0; i < k; i += 4)
            for (uint32_t o = g; o < g + 16; o++, to += 4)
                memcpy(ordered + to, q + (size_t)o * k + i, 4);
    lang_affine a = {.n_in = n_in, .n_blocks = n_blocks, .n_out = padded};
    a.weights = compile_array(b, ordered, (size_t)padded * k);
    a.scales = compile_array(b, scales, padded * sizeof *scales);
    a.bias = compile_array(b, shift, padded * sizeof *shift);
    a.sums = compile_array(b, sums, (size_t)padded * n_blocks * sizeof *sums);
    *at = compile_array(b, &a, sizeof a);
    return CASUS_OK;
}

/* The same in 16-bit precision from 8-bit parts, for the layers on which the choice of a move hangs
 * and for the one that is paid once a word form: each block of weights is (hi, lo, hi) with
 * w = hi + lo / 254, each input (hi, hi, lo) with the ranges that encode.c gives them; lo times lo
 * is left out. */
static casus_status put_fine(compiler *c, casus_buffer *b, uint32_t *at, const float *w,
                             const float *bias, uint32_t n_out, uint32_t n_blocks, uint32_t n_in) {
    const size_t k = (size_t)n_blocks * n_in;
    float *w3 = casus_base_arena_get(c->arena, n_out * k * 3 * sizeof *w3);
    if (!w3) return casus_base_no_memory(c->err);
    for (uint32_t o = 0; o < n_out; o++) {
        const float *row = w + o * k;
        float most = 0;
        for (size_t i = 0; i < k; i++) most = fmaxf(most, fabsf(row[i]));
        const float scale = most > 0 ? most / 127.0f : 1.0f;
        for (size_t i = 0; i < k; i++) {
            const float hi = rintf(row[i] / scale);
            float *to = w3 + o * k * 3 + i / n_in * n_in * 3 + i % n_in;
            to[0] = to[2 * n_in] = hi * scale;
            to[n_in] = (row[i] / scale - hi) * 254.0f * scale;
        }
    }
    return put_affine(c, b, at, w3, bias, n_out, 3 * n_blocks, n_in);
}

/* A maxout layer: W [nO][nP][nI], b [nO][nP], its outputs put in the order [piece][output]. */
static casus_status put_maxout(compiler *c, casus_buffer *b, uint32_t *at,
                               const msgpack_object *params, uint32_t width, uint32_t n_blocks,
                               uint32_t *pieces, bool fine, const char *component) {
    uint32_t shape[4], bshape[4], dims;
    const float *w = mp_floats(c->arena, mp_get(params, "W"), shape, &dims);
    const float *bias = mp_floats(c->arena, mp_get(params, "b"), bshape, &dims);
    if (!w || !bias || shape[0] != width || shape[2] != width * n_blocks || shape[1] > 8 ||
        bshape[0] != shape[0] || bshape[1] != shape[1])
        return refuse(c, component, CASUS_SLICE("a maxout layer of this shape"));
    const uint32_t nO = shape[0], nP = shape[1], nI = shape[2];
    float *w2 = casus_base_arena_get(c->arena, (size_t)nO * nP * nI * sizeof *w2);
    float *b2 = casus_base_arena_get(c->arena, (size_t)nO * nP * sizeof *b2);
    if (!w2 || !b2) return casus_base_no_memory(c->err);
    for (uint32_t o = 0; o < nO; o++)
        for (uint32_t p = 0; p < nP; p++) {
            memcpy(w2 + ((size_t)p * nO + o) * nI, w + ((size_t)o * nP + p) * nI, nI * sizeof *w2);
            b2[p * nO + o] = bias[o * nP + p];
        }
    *pieces = nP;
    return (fine ? put_fine : put_affine)(c, b, at, w2, b2, nO * nP, n_blocks, width);
}

/* ---- a component's graph --------------------------------------------------------------------- */

typedef struct graph {
    const char *component;
    const msgpack_object *nodes, *attrs, *params;
    uint32_t n;
} graph;

static const msgpack_object *element(const msgpack_object *array, uint32_t i) {
    return array && array->type == MSGPACK_OBJECT_ARRAY && i < array->via.array.size
               ? &array->via.array.ptr[i]
               : NULL;
}
static casus_slice node_name(const graph *g, uint32_t i) {
    return mp_text(mp_get(element(g->nodes, i), "name"));
}
static uint32_t number(const msgpack_object *o, uint32_t none) {
    return o && o->type == MSGPACK_OBJECT_POSITIVE_INTEGER && o->via.u64 < UINT32_MAX
               ? (uint32_t)o->via.u64
               : none;
}
static const msgpack_object *attr(compiler *c, const graph *g, uint32_t i, const char *name) {
    const msgpack_object *v = mp_get(element(g->attrs, i), name);
    return v ? source_unpack(c->from, v) : NULL;
}
/* The k-th node called `name`, CASUS_NONE if there are fewer. */
static uint32_t find_node(const graph *g, const char *name, uint32_t k) {
    for (uint32_t i = 0; i < g->n; i++)
        if (casus_slice_is(node_name(g, i), name) && k-- == 0) return i;
    return CASUS_NONE;
}

static casus_status open_graph(compiler *c, graph *g, const char *component) {
    static const char *const known[] = {"extract_features", "list2ragged",  "ragged2list",
                                        "ints-getitem",     "hashembed",    "maxout",
                                        "layernorm",        "dropout",      "expand_window",
                                        "list2array",       "linear",       "softmax",
                                        "tok2vec-listener", "parser_model", "precomputable_affine"};
    char name[128];
    snprintf(name, sizeof name, "%s/model", component);
    const msgpack_object *model;
    const casus_status status = source_msgpack(c->from, name, &model, c->err);
    if (status) return status;
    g->component = component;
    g->nodes = mp_get(model, "nodes");
    g->attrs = mp_get(model, "attrs");
    g->params = mp_get(model, "params");
    if (!g->nodes || g->nodes->type != MSGPACK_OBJECT_ARRAY || !g->params)
        return casus_base_fail_at(c->err, CASUS_E_MODEL, c->path, 0, 0,
                                  "component '%s' has no model that can be read", component);
    g->n = g->nodes->via.array.size;
    for (uint32_t i = 0; i < g->n; i++) {
        const casus_slice node = node_name(g, i);
        if (!node.ptr) return refuse(c, component, CASUS_SLICE("a layer without a name"));
        bool fine = memchr(node.ptr, '>', node.len) || memchr(node.ptr, '|', node.len) ||
                    memchr(node.ptr, '(', node.len);
        for (size_t k = 0; k < sizeof known / sizeof *known && !fine; k++)
            fine = casus_slice_is(node, known[k]);
        if (!fine) return refuse(c, component, node);
    }
    return CASUS_OK;
}

static casus_status put_encoder(compiler *c, const graph *g, uint32_t index) {
    static const char *const attrs[LANG_ATTR_COUNT] = {"NORM",  "PREFIX", "SUFFIX", "SHAPE",
                                                       "LOWER", "ORTH",   "SPACY",  "IS_SPACE"};
    casus_buffer b;
    casus_base_buffer_init(&b, &c->memory);
    lang_enc head = {.window = 1};
    casus_base_buffer_add(&b, &head, sizeof head);
    const msgpack_object *columns = attr(c, g, find_node(g, "extract_features", 0), "columns");
    casus_status status = CASUS_OK;
    for (uint32_t f = 0, node; !status && (node = find_node(g, "hashembed", f)) != CASUS_NONE;
         f++) {
        uint32_t shape[4], dims;
        const float *table =
            mp_floats(c->arena, mp_get(element(g->params, node), "E"), shape, &dims);
        const casus_slice column =
            mp_text(element(columns, number(attr(c, g, node, "column"), CASUS_NONE)));
        uint32_t a = 0;
        while (a < LANG_ATTR_COUNT && !casus_slice_is(column, attrs[a])) a++;
        if (!table || dims != 2 || f >= LANG_FEATURES_MOST || (f && shape[1] != head.width))
            status = refuse(c, g->component, CASUS_SLICE("a hash embedding of this shape"));
        else if (a == LANG_ATTR_COUNT)
            status = refuse(c, g->component, column.len ? column : CASUS_SLICE("no attribute"));
        if (status) break;
        head.width = shape[1];
        head.n_features = f + 1;
        head.features[f].attr = a;
        head.features[f].rows = shape[0];
        head.features[f].seed = number(attr(c, g, node, "seed"), 0);
        head.features[f].table =
            compile_array(&b, table, (size_t)shape[0] * shape[1] * sizeof *table);
    }
    if (!status && (!head.width || head.width % 4 || head.width > 512))
        status = refuse(c, g->component, CASUS_SLICE("vectors of this width"));
    for (uint32_t i = 0; !status; i++) {
        const uint32_t maxout = find_node(g, "maxout", i), norm = find_node(g, "layernorm", i);
        if (maxout == CASUS_NONE) break;
        uint32_t gs[4], shape[4], dims, pieces = 0;
        const msgpack_object *p = norm == CASUS_NONE ? NULL : element(g->params, norm);
        const float *gain = mp_floats(c->arena, mp_get(p, "G"), gs, &dims);
        const float *shift = mp_floats(c->arena, mp_get(p, "b"), shape, &dims);
        if (!gain || !shift || gs[0] != head.width || shape[0] != head.width ||
            i > LANG_DEPTH_MOST) {
            status = refuse(c, g->component, CASUS_SLICE("a maxout layer without layer norm"));
            break;
        }
        uint32_t window =
            i ? number(attr(c, g, find_node(g, "expand_window", i - 1), "window_size"), 0) : 1;
        if (window != 1) {
            status = refuse(c, g->component, CASUS_SLICE("a window of more than one token"));
            break;
        }
        const uint32_t g_at = compile_array(&b, gain, head.width * sizeof *gain);
        const uint32_t s_at = compile_array(&b, shift, head.width * sizeof *shift);
        uint32_t at = 0;
        status = put_maxout(c, &b, &at, element(g->params, maxout), head.width,
                            i ? 3 : head.n_features, &pieces, i == 0, g->component);
        if (i == 0) {
            head.mix = at, head.mix_gain = g_at, head.mix_shift = s_at, head.mix_pieces = pieces;
        } else {
            if (i > 1 && pieces != head.pieces)
                status = refuse(c, g->component, CASUS_SLICE("layers of unequal pieces"));
            head.layers[i - 1] = at, head.gains[i - 1] = g_at, head.shifts[i - 1] = s_at;
            head.pieces = pieces;
            head.depth = i;
        }
    }
    if (!status && !head.depth)
        status = refuse(c, g->component, CASUS_SLICE("an encoder without layers"));
    if (!status && !b.failed) {
        memcpy(b.ptr, &head, sizeof head);
        status = compile_section(c, index ? "lang.enc1" : "lang.enc0", &b);
    } else if (!status) {
        status = casus_base_no_memory(c->err);
    }
    casus_base_buffer_free(&b);
    return status;
}

/* Which encoder a component uses, compiling its own when it has one. */
static casus_status encoder_of(compiler *c, const graph *g, uint32_t *n_encoders, uint32_t *out) {
    *out = 0;
    if (find_node(g, "tok2vec-listener", 0) != CASUS_NONE) {
        if (*n_encoders == 0)
            return refuse(c, g->component, CASUS_SLICE("a listener without a tok2vec before it"));
        return CASUS_OK;
    }
    if (*n_encoders == 2) return refuse(c, g->component, CASUS_SLICE("a third encoder"));
    *out = (*n_encoders)++;
    return put_encoder(c, g, *out);
}

/* ---- tagger, parser, names ------------------------------------------------------------------- */

static casus_status put_tagger(compiler *c, const graph *g, uint32_t n_classes) {
    const uint32_t node = find_node(g, "softmax", 0);
    uint32_t ws[4], bs[4], dims;
    const msgpack_object *p = node == CASUS_NONE ? NULL : element(g->params, node);
    const float *w = mp_floats(c->arena, mp_get(p, "W"), ws, &dims),
                *bias = mp_floats(c->arena, mp_get(p, "b"), bs, &dims);
    if (!w || !bias || ws[0] != n_classes || bs[0] != n_classes || ws[1] % 4)
        return refuse(c, g->component, CASUS_SLICE("an output layer that does not fit its labels"));
    casus_buffer b;
    casus_base_buffer_init(&b, &c->memory);
    lang_softmax head = {.n_classes = n_classes};
    casus_base_buffer_add(&b, &head, sizeof head);
    casus_status status = put_affine(c, &b, &head.affine, w, bias, ws[0], 1, ws[1]);
    if (!status && !b.failed) memcpy(b.ptr, &head, sizeof head);
    if (!status) status = compile_section(c, "lang.tag", &b);
    casus_base_buffer_free(&b);
    return status;
}

typedef struct action {
    uint32_t action;
    json_int_t freq;
    const char *label;
} action;

static int by_freq(const void *a, const void *b) {
    const action *x = a, *y = b;
    if (x->freq != y->freq) return x->freq > y->freq ? -1 : 1;
    return -strcmp(x->label, y->label);
}

/* The moves in the order of the output layer: by action, then by falling frequency and label, as
 * spaCy's TransitionSystem.initialize_actions; labels added later (frequency below 0) at the end.
 */
static casus_status read_moves(compiler *c, const char *component, action **out, uint32_t *n) {
    char name[128];
    snprintf(name, sizeof name, "%s/moves", component);
    const msgpack_object *file;
    const casus_status status = source_msgpack(c->from, name, &file, c->err);
    if (status) return status;
    const casus_slice text = mp_text(mp_get(file, "moves"));
    json_t *moves = text.ptr ? json_loadb(text.ptr, text.len, 0, NULL) : NULL;
    if (!json_is_object(moves)) {
        json_decref(moves);
        return refuse(c, component, CASUS_SLICE("a list of moves that is no JSON"));
    }
    size_t cap = 0, total = 0;
    action *v = NULL;
    bool memory = true;
    for (uint32_t pass = 0; pass < 2 && memory; pass++) /* pass 1: the labels added later */
        for (uint32_t a = 0; a < 8 && memory; a++) {
            char key[4];
            snprintf(key, sizeof key, "%u", a);
            const size_t first = total;
            const char *label;
            json_t *freq;
            json_object_foreach(json_object_get(moves, key), label, freq) {
                if ((json_integer_value(freq) < 0) != (pass == 1)) continue;
                action *w = casus_base_arena_grow(c->arena, v, total, total + 1, &cap, sizeof *v);
                const casus_slice copy = casus_base_arena_copy(c->arena, casus_slice_z(label));
                memory = w && copy.ptr;
                if (!memory) break;
                v = w;
                v[total++] = (action){a, json_integer_value(freq), copy.ptr};
            }
            if (pass == 0 && total > first) qsort(v + first, total - first, sizeof *v, by_freq);
        }
    json_decref(moves);
    *out = v;
    *n = (uint32_t)total;
    return memory ? CASUS_OK : casus_base_no_memory(c->err);
}

static casus_status put_moves(compiler *c, const graph *g, const char *section, bool parser) {
    const msgpack_object *refs = mp_get(element(g->nodes, 0), "refs");
    const uint32_t lower = number(mp_get(refs, "lower"), CASUS_NONE);
    const uint32_t upper = number(mp_get(refs, "upper"), CASUS_NONE);
    const msgpack_object *has_upper = attr(c, g, 0, "has_upper");
    uint32_t project = CASUS_NONE;
    for (uint32_t i = 0; i < g->n; i++)
        if (i != upper && casus_slice_is(node_name(g, i), "linear")) project = i;
    if (lower == CASUS_NONE || upper == CASUS_NONE || project == CASUS_NONE || !has_upper ||
        has_upper->type != MSGPACK_OBJECT_BOOLEAN || !has_upper->via.boolean)
        return refuse(c, g->component, CASUS_SLICE("a transition model without an upper layer"));
    uint32_t s[4], bs[4], ps[4], us[4], js[4], ubs[4], jbs[4], dims;
    const msgpack_object *lp = element(g->params, lower), *up = element(g->params, upper),
                         *jp = element(g->params, project);
    const float *w = mp_floats(c->arena, mp_get(lp, "W"), s, &dims);
    const float *bias = mp_floats(c->arena, mp_get(lp, "b"), bs, &dims);
    const float *pad = mp_floats(c->arena, mp_get(lp, "pad"), ps, &dims);
    const float *uw = mp_floats(c->arena, mp_get(up, "W"), us, &dims);
    const float *ub = mp_floats(c->arena, mp_get(up, "b"), ubs, &dims);
    const float *jw = mp_floats(c->arena, mp_get(jp, "W"), js, &dims);
    const float *jb = mp_floats(c->arena, mp_get(jp, "b"), jbs, &dims);
    if (!w || !bias || !pad || !uw || !ub || !jw || !jb)
        return refuse(c, g->component, CASUS_SLICE("a transition model without its weights"));
    const uint32_t nF = s[0], nO = s[1], nP = s[2], nI = s[3];
    if (ps[1] != nF || ps[2] != nO || ps[3] != nP || bs[0] != nO || bs[1] != nP || us[1] != nO ||
        ubs[0] != us[0] || js[0] != nI || jbs[0] != js[0] || nI % 4 || nO % 4)
        return refuse(c, g->component, CASUS_SLICE("a transition model of this shape"));
    if (nF != (parser ? 8u : 3u)) return refuse(c, g->component, CASUS_SLICE("extra_state_tokens"));
    const size_t all = (size_t)nF * nO * nP;
    float *w2 = casus_base_arena_get(c->arena, all * nI * sizeof *w2);
    float *pad2 = casus_base_arena_get(c->arena, all * sizeof *pad2);
    float *b2 = casus_base_arena_get(c->arena, (size_t)nO * nP * sizeof *b2);
    if (!w2 || !pad2 || !b2) return casus_base_no_memory(c->err);
    for (uint32_t f = 0; f < nF; f++)
        for (uint32_t o = 0; o < nO; o++)
            for (uint32_t p = 0; p < nP; p++) {
                const size_t to = ((size_t)f * nP + p) * nO + o, at = ((size_t)f * nO + o) * nP + p;
                memcpy(w2 + to * nI, w + at * nI, nI * sizeof *w2);
                pad2[to] = pad[at];
                if (!f) b2[p * nO + o] = bias[o * nP + p];
            }
    action *actions = NULL;
    lang_moves head = {.n_features = nF, .hidden = nO, .pieces = nP};
    casus_status status = read_moves(c, g->component, &actions, &head.n_moves);
    if (status) return status;
    for (uint32_t i = 1; i < head.n_moves; i++)
        if (actions[i].action < actions[i - 1].action)
            return refuse(c, g->component, CASUS_SLICE("labels added after training"));
    if (head.n_moves != us[0])
        return refuse(c, g->component, CASUS_SLICE("an output layer that does not fit its moves"));
    lang_move *moves = casus_base_arena_zero(c->arena, head.n_moves + 1, sizeof *moves);
    if (!moves) return casus_base_no_memory(c->err);
    names *labels = parser ? &c->deps : &c->kinds;
    for (uint32_t i = 0; i < head.n_moves; i++) {
        casus_slice rest = casus_slice_z(actions[i].label), label = rest;
        const char *bars = strstr(actions[i].label, "||");
        moves[i] = (lang_move){actions[i].action, CASUS_NONE, CASUS_NONE};
        if (parser && bars) {
            label = casus_slice_of(rest.ptr, (size_t)(bars - rest.ptr));
            moves[i].head_label = names_add(c, labels, casus_slice_z(bars + 2));
        }
        if (label.len) moves[i].label = names_add(c, labels, label);
    }
    casus_buffer b;
    casus_base_buffer_init(&b, &c->memory);
    casus_base_buffer_add(&b, &head, sizeof head);
    status = put_fine(c, &b, &head.project, jw, jb, js[0], 1, js[1]);
    if (!status) status = put_fine(c, &b, &head.lower, w2, NULL, (uint32_t)all, 1, nI);
    if (!status) status = put_fine(c, &b, &head.upper, uw, ub, us[0], 1, us[1]);
    head.lower_bias = compile_array(&b, b2, (size_t)nO * nP * sizeof *b2);
    head.pad = compile_array(&b, pad2, all * sizeof *pad2);
    head.moves = compile_array(&b, moves, head.n_moves * sizeof *moves);
    if (!status && !b.failed) memcpy(b.ptr, &head, sizeof head);
    if (!status) status = compile_section(c, section, &b);
    casus_base_buffer_free(&b);
    return status;
}

/* ---- labels ---------------------------------------------------------------------------------- */

static json_t *component_json(compiler *c, const char *component, casus_status *status) {
    char name[128];
    snprintf(name, sizeof name, "%s/cfg", component);
    casus_slice text;
    *status = source_file(c->from, name, &text, c->err);
    json_t *j = !*status && text.ptr ? json_loadb(text.ptr, text.len, 0, NULL) : NULL;
    if (!*status && !j) *status = refuse(c, component, CASUS_SLICE("cfg"));
    return j;
}

/* Classes of the tagger: fine tags in order. */
static casus_status tag_classes(compiler *c, lang_class **out, uint32_t *n) {
    casus_status status;
    json_t *j = component_json(c, "tagger", &status);
    if (status) return status;
    const json_t *labels = json_object_get(j, "labels");
    *n = (uint32_t)json_array_size(labels);
    lang_class *v = casus_base_arena_zero(c->arena, *n + 1, sizeof *v);
    for (uint32_t i = 0; v && i < *n; i++)
        v[i] = (lang_class){names_add(c, &c->tags,
                                      casus_slice_z(json_string_value(json_array_get(labels, i)))),
                            CASUS_NONE, CASUS_NONE};
    json_decref(j);
    *out = v;
    return v ? CASUS_OK : casus_base_no_memory(c->err);
}

/* Classes of the morphologizer: "Gender=Fem|POS=NOUN" is features and a part of speech. */
static casus_status morph_classes(compiler *c, lang_class **out, uint32_t *n) {
    casus_status status;
    json_t *j = component_json(c, "morphologizer", &status);
    if (status) return status;
    const json_t *labels = json_object_get(j, "labels_morph");
    *n = (uint32_t)json_object_size(labels);
    lang_class *v = casus_base_arena_zero(c->arena, *n + 1, sizeof *v);
    uint32_t i = 0;
    const char *key;
    json_t *value;
    if (v) json_object_foreach((json_t *)(uintptr_t)labels, key, value) {
            v[i] = (lang_class){CASUS_NONE, CASUS_NONE, CASUS_NONE};
            casus_slice rest = casus_slice_z(key), piece;
            while (casus_slice_cut(&rest, '|', &piece))
                if (piece.len > 4 && memcmp(piece.ptr, "POS=", 4) == 0)
                    v[i].pos = compile_pos(casus_slice_of(piece.ptr + 4, piece.len - 4));
            v[i].morph = names_add(c, &c->morphs, casus_slice_z(json_string_value(value)));
            i++;
        }
    json_decref(j);
    *out = v;
    return v ? CASUS_OK : casus_base_no_memory(c->err);
}

static uint32_t put_names(compiler *c, casus_buffer *b, const names *list) {
    lang_str *v = casus_base_arena_zero(c->arena, list->n + 1, sizeof *v);
    if (!v) {
        b->failed = true;
        return 0;
    }
    for (size_t i = 0; i < list->n; i++) v[i] = compile_string(c, list->items[i]);
    return compile_array(b, v, list->n * sizeof *v);
}

/* ---- the whole ------------------------------------------------------------------------------- */

static bool listed(casus_slice list, const char *name) {
    casus_slice piece;
    while (casus_slice_cut(&list, '"', &piece))
        if (casus_slice_is(piece, name)) return true;
    return false;
}

static casus_status run(compiler *c) {
    lang_head head = {.format = LANG_FORMAT,
                      .tagger_encoder = CASUS_NONE,
                      .parser_encoder = CASUS_NONE,
                      .names_encoder = CASUS_NONE};
    casus_slice text;
    casus_status status = source_file(c->from, "meta.json", &text, c->err);
    if (status) return status;
    json_t *meta = text.ptr ? json_loadb(text.ptr, text.len, 0, NULL) : NULL;
    const char *lang = json_string_value(json_object_get(meta, "lang"));
    const char *name = json_string_value(json_object_get(meta, "name"));
    const char *version = json_string_value(json_object_get(meta, "version"));
    snprintf(head.language, sizeof head.language, "%s", lang ? lang : "xx");
    snprintf(head.name, sizeof head.name, "%s_%s", lang ? lang : "xx", name ? name : "model");
    snprintf(head.version, sizeof head.version, "%s", version ? version : "?");
    json_decref(meta);

    if (names_add(c, &c->deps, CASUS_SLICE("ROOT")) == CASUS_NONE ||
        names_add(c, &c->morphs, CASUS_SLICE("")) == CASUS_NONE)
        return casus_base_no_memory(c->err);
    const casus_slice disabled = source_config(c->from, "nlp", "disabled");
    casus_slice pipeline = source_config(c->from, "nlp", "pipeline"), piece;
    lang_class *classes = NULL;
    while (!status && casus_slice_cut(&pipeline, '"', &piece)) {
        char component[64], section[96];
        if (!piece.len || piece.len >= sizeof component || strchr("[],", piece.ptr[0])) continue;
        memcpy(component, piece.ptr, piece.len);
        component[piece.len] = 0;
        if (listed(disabled, component)) continue;
        snprintf(section, sizeof section, "components.%s", component);
        const casus_slice factory = source_config(c->from, section, "factory");
        if (casus_slice_is(factory, "attribute_ruler") || casus_slice_is(factory, "lemmatizer"))
            continue;
        graph g = {0};
        uint32_t *encoder = NULL;
        if (casus_slice_is(factory, "tagger") || casus_slice_is(factory, "morphologizer"))
            encoder = &head.tagger_encoder;
        else if (casus_slice_is(factory, "parser"))
            encoder = &head.parser_encoder;
        else if (casus_slice_is(factory, "ner"))
            encoder = &head.names_encoder;
        else if (!casus_slice_is(factory, "tok2vec"))
            return refuse(c, component, factory.len ? factory : piece);
        if ((status = open_graph(c, &g, component))) break;
        uint32_t which = 0;
        if ((status = encoder_of(c, &g, &head.n_encoders, &which))) break;
        if (!encoder) continue;
        *encoder = which;
        if (casus_slice_is(factory, "parser")) {
            status = put_moves(c, &g, "lang.dep", true);
        } else if (casus_slice_is(factory, "ner")) {
            status = put_moves(c, &g, "lang.ner", false);
        } else {
            head.morphologizer = casus_slice_is(factory, "morphologizer");
            status = head.morphologizer ? morph_classes(c, &classes, &head.n_classes)
                                        : tag_classes(c, &classes, &head.n_classes);
            if (!status) status = put_tagger(c, &g, head.n_classes);
        }
    }
    if (status) return status;
    if (!head.n_encoders)
        return casus_base_fail_at(c->err, CASUS_E_MODEL, c->path, 0, 0,
                                  "the pipeline has no encoder that this engine can run");
    if ((status = compile_rules(c)) || (status = compile_lemmas(c)) ||
        (status = compile_tokenizer(c)))
        return status;
    casus_buffer b;
    casus_base_buffer_init(&b, &c->memory);
    casus_base_buffer_add(&b, &head, sizeof head);
    head.n_tags = (uint32_t)c->tags.n, head.tags = put_names(c, &b, &c->tags);
    head.n_deps = (uint32_t)c->deps.n, head.deps = put_names(c, &b, &c->deps);
    head.n_kinds = (uint32_t)c->kinds.n, head.kinds = put_names(c, &b, &c->kinds);
    head.n_morphs = (uint32_t)c->morphs.n, head.morphs = put_names(c, &b, &c->morphs);
    head.classes = compile_array(&b, classes, head.n_classes * sizeof *classes);
    if (!b.failed) memcpy(b.ptr, &head, sizeof head);
    status = compile_section(c, "lang.head", &b);
    casus_base_buffer_free(&b);
    if (!status) status = compile_section(c, "lang.str", &c->strings);
    if (status) return status;
    casus_base_buffer_init(&b, &c->memory);
    status = casus_lang_labels_compile(&b, c->data_dir, &c->memory, c->err);
    if (!status) status = compile_section(c, CASUS_LANG_CLAUSES_SECTION, &b);
    casus_base_buffer_free(&b);
    return status;
}

casus_status casus_lang_compile(const char *model_path, const char *data_dir,
                                casus_pack_writer *writer, const casus_memory *memory,
                                casus_error *err) {
    compiler c = {
        .memory = *memory, .path = model_path, .data_dir = data_dir, .writer = writer, .err = err};
    casus_base_buffer_init(&c.strings, &c.memory);
    c.arena = casus_base_arena_new(&c.memory);
    casus_status status =
        c.arena ? source_open(&c.from, model_path, &c.memory, err) : casus_base_no_memory(err);
    if (!status) status = run(&c);
    source_free(c.from);
    casus_base_buffer_free(&c.strings);
    casus_base_arena_free(c.arena);
    return status;
}
