/* encode.c - vectors of words in context: hash embeddings mixed by a maxout layer, then residual
 * convolutions (spaCy's MultiHashEmbed and MaxoutWindowEncoder), in 8-bit arithmetic.
 *
 * Cost per token: depth * (2*window+1) * width^2 * pieces multiply-adds; the mixing layer is paid
 * once per word form and worker. Rows before the first and behind the last token start as zeros and
 * take part in the convolution, as thinc's with_array pads a document. */
#include "lang/model.h"

#define ENCODE_TILE 32u /* rows of kernel output kept at once */
#define EMBED_MOST 4u   /* forms that are mixed at once: the rows of a kernel's tile */

static casus_status make_room(casus_lang_worker *w, size_t rows, size_t width, casus_error *err) {
    if (rows <= w->cap_rows && width <= w->cap_width) return CASUS_OK;
    rows = rows > w->cap_rows ? rows + rows / 4 : w->cap_rows;
    width = width > w->cap_width ? width : w->cap_width;
    casus_base_release(&w->memory, w->rows);
    casus_base_release(&w->memory, w->quantised);
    casus_base_release(&w->memory, w->ranges);
    w->rows = casus_base_alloc(&w->memory, rows * width * sizeof *w->rows);
    w->quantised = casus_base_alloc(&w->memory, rows * width);
    w->ranges = casus_base_alloc(&w->memory, rows * sizeof *w->ranges);
    w->cap_rows = w->rows && w->quantised && w->ranges ? rows : 0;
    w->cap_width = width;
    return w->cap_rows ? CASUS_OK : casus_base_no_memory(err);
}

/* A row in 16-bit precision as 8-bit parts (hi, hi, lo), for layers made by put_fine: the second
 * part meets the weights' low halves, the third is what rounding left of the row. */
static void quantise_fine(const kernel_set *k, float *v, uint32_t n, uint8_t *q,
                          kernel_range *range) {
    k->quantise(v, n, q, &range[0]);
    range[1].step = range[0].step / 254.0f;
    range[1].least = range[0].least / 254.0f;
    memcpy(q + n, q, n);
    for (uint32_t i = 0; i < n; i++) v[i] -= range[0].least + (float)q[i] * range[0].step;
    k->quantise(v, n, q + 2 * (size_t)n, &range[2]);
}

/* Forms whose vectors are still to be made: a few at a time, for each pass over the mixing layer's
 * weights costs more than the sums. */
typedef struct embedding {
    lexeme *lex[EMBED_MOST];
    uint32_t slot[EMBED_MOST]; /* where a form's vector is kept */
    bool space[EMBED_MOST];    /* a blank follows */
    uint32_t n;
} embedding;

/* Makes the vectors of the forms in `e` and empties it. */
static void embed(const casus_lang_worker *w, const enc_model *m, embedding *e) {
    const lang_enc *head = m->head;
    const uint32_t width = head->width, blocks = 3 * head->n_features;
    const kernel_set *k = w->lang->kernels;
    float sum[512];
    uint8_t q[EMBED_MOST * LANG_FEATURES_MOST * 3 * 512];
    kernel_range range[EMBED_MOST * LANG_FEATURES_MOST * 3];
    float wide[EMBED_MOST * 8 * 512];
    for (uint32_t i = 0; i < e->n; i++)
        for (uint32_t f = 0; f < head->n_features; f++) {
            const uint32_t attr = head->features[f].attr;
            uint32_t row[4];
            casus_base_hash_rows(attr == LANG_ATTR_SPACY ? e->space[i] : e->lex[i]->ids[attr],
                                 head->features[f].seed, row);
            const float *t = m->tables[f];
            const uint32_t rows = head->features[f].rows;
            k->sum4(t + (size_t)(row[0] % rows) * width, t + (size_t)(row[1] % rows) * width,
                    t + (size_t)(row[2] % rows) * width, t + (size_t)(row[3] % rows) * width, width,
                    sum);
            quantise_fine(k, sum, width, q + ((size_t)i * blocks + (size_t)f * 3) * width,
                          &range[(size_t)i * blocks + (size_t)f * 3]);
        }
    k->affine(&m->mix, q, (size_t)blocks * width, range, blocks, e->n, wide);
    for (uint32_t i = 0; i < e->n; i++)
        k->maxout_norm(wide + (size_t)i * m->mix.n_out, width, head->mix_pieces,
                       (const float *)(const void *)(m->base + head->mix_gain),
                       (const float *)(const void *)(m->base + head->mix_shift), 0,
                       e->lex[i]->vectors + (size_t)e->slot[i] * width);
    e->n = 0;
}

casus_status lang_encode(casus_lang_worker *w, uint32_t encoder, const lang_token *tokens,
                         uint32_t n, casus_error *err) {
    const enc_model *m = &w->lang->encoders[encoder];
    const lang_enc *head = m->head;
    const uint32_t width = head->width, window = head->window;
    const uint32_t pad = window * head->depth;
    const size_t rows = (size_t)n + 2 * pad, all = rows + 2 * window;
    const casus_status status = make_room(w, all, width, err);
    if (status) return status;
    const kernel_set *k = w->lang->kernels;
    memset(w->rows, 0, pad * width * sizeof(float));
    memset(w->rows + (pad + n) * (size_t)width, 0, pad * width * sizeof(float));
    embedding e = {.n = 0};
    for (uint32_t i = 0; i < n; i++) {
        lexeme *lex = tokens[i].lex;
        const bool space = tokens[i].space_after;
        const uint32_t slot = m->slot + (m->by_space && space ? 1 : 0);
        if (lex->filled >> slot & 1) continue;
        lex->filled = (uint8_t)(lex->filled | 1u << slot);
        e.lex[e.n] = lex, e.slot[e.n] = slot, e.space[e.n] = space;
        if (++e.n == EMBED_MOST) embed(w, m, &e);
    }
    if (e.n) embed(w, m, &e);
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t slot = m->slot + (m->by_space && tokens[i].space_after ? 1 : 0);
        memcpy(w->rows + ((size_t)pad + i) * width, tokens[i].lex->vectors + (size_t)slot * width,
               width * sizeof(float));
    }
    memset(w->quantised, 0, window * (size_t)width);
    memset(w->quantised + (window + rows) * width, 0, window * (size_t)width);
    for (uint32_t i = 0; i < window; i++)
        w->ranges[i] = w->ranges[window + rows + i] = (kernel_range){0, 0};
    float wide[ENCODE_TILE * 8 * 128];
    const size_t out = m->layers[0].n_out;
    const uint32_t tile = (uint32_t)(sizeof wide / sizeof *wide / out) < ENCODE_TILE
                              ? (uint32_t)(sizeof wide / sizeof *wide / out)
                              : ENCODE_TILE;
    for (uint32_t layer = 0; layer <= head->depth; layer++) {
        /* of the padding, what later layers look back at: a row less on each side every time */
        const size_t from = (size_t)window * layer, to = rows - from;
        for (size_t i = from; i < to; i++)
            k->quantise(w->rows + i * width, width, w->quantised + (window + i) * width,
                        &w->ranges[window + i]);
        if (layer == head->depth) break;
        const float *gain = (const float *)(const void *)(m->base + head->gains[layer]);
        const float *shift = (const float *)(const void *)(m->base + head->shifts[layer]);
        for (size_t i = from + window; i < to - window; i += tile) {
            const size_t left = to - window - i;
            const uint32_t some = (uint32_t)(left < tile ? left : tile);
            k->affine(&m->layers[layer], w->quantised + i * width, width, w->ranges + i, 1, some,
                      wide);
            for (uint32_t r = 0; r < some; r++)
                k->maxout_norm(wide + r * out, width, head->pieces, gain, shift, 1,
                               w->rows + (i + r) * width);
        }
    }
    w->vectors = w->rows + (size_t)pad * width;
    w->quantised_vectors = w->quantised + (size_t)(window + pad) * width;
    w->vector_ranges = w->ranges + window + pad;
    return CASUS_OK;
}

casus_status lang_tag(casus_lang_worker *w, uint32_t n, uint16_t *classes, casus_error *err) {
    const kernel_affine *a = &w->lang->tagger;
    float *scores =
        casus_base_arena_get(w->scratch, (size_t)ENCODE_TILE * a->n_out * sizeof *scores);
    if (!scores) return casus_base_no_memory(err);
    for (uint32_t i = 0; i < n; i += ENCODE_TILE) {
        const uint32_t some = n - i < ENCODE_TILE ? n - i : ENCODE_TILE;
        w->lang->kernels->affine(a, w->quantised_vectors + (size_t)i * a->n_in, a->n_in,
                                 w->vector_ranges + i, 1, some, scores);
        for (uint32_t r = 0; r < some; r++) {
            const float *s = scores + (size_t)r * a->n_out;
            uint32_t best = 0;
            for (uint32_t c = 1; c < w->lang->n_tagger; c++)
                if (s[c] > s[best]) best = c;
            classes[i + r] = (uint16_t)best;
        }
    }
    return CASUS_OK;
}

casus_status lang_precompute(casus_lang_worker *w, const moves_model *m, uint32_t n,
                             casus_error *err) {
    const kernel_set *k = w->lang->kernels;
    const size_t need = (size_t)n * m->lower.n_out;
    if (need > w->cap_hidden) {
        casus_base_release(&w->memory, w->hidden);
        w->cap_hidden = need + need / 4;
        w->hidden = casus_base_alloc(&w->memory, w->cap_hidden * sizeof *w->hidden);
        if (!w->hidden) {
            w->cap_hidden = 0;
            return casus_base_no_memory(err);
        }
    }
    float row[512], projected[ENCODE_TILE * 512];
    kernel_range ranges[ENCODE_TILE * 3];
    uint8_t q[ENCODE_TILE * 3 * 512];
    const uint32_t in = m->project.n_in, mid = m->project.n_out, used = m->lower.n_in;
    for (uint32_t i = 0; i < n; i += ENCODE_TILE) {
        const uint32_t some = n - i < ENCODE_TILE ? n - i : ENCODE_TILE;
        for (uint32_t r = 0; r < some; r++) {
            memcpy(row, w->vectors + (size_t)(i + r) * in, in * sizeof *row);
            quantise_fine(k, row, in, q + (size_t)r * 3 * in, ranges + 3 * (size_t)r);
        }
        k->affine(&m->project, q, 3 * (size_t)in, ranges, 3, some, projected);
        for (uint32_t r = 0; r < some; r++)
            quantise_fine(k, projected + (size_t)r * mid, used, q + (size_t)r * 3 * used,
                          &ranges[3 * r]);
        k->affine(&m->lower, q, 3 * used, ranges, 3, some, w->hidden + (size_t)i * m->lower.n_out);
    }
    return CASUS_OK;
}

void lang_score(const casus_lang_worker *w, const moves_model *m, const uint32_t *ids,
                float *scores) {
    const lang_moves *head = m->head;
    const kernel_set *k = w->lang->kernels;
    const size_t one = (size_t)head->hidden * head->pieces;
    const float *features[16];
    for (uint32_t f = 0; f < head->n_features; f++)
        features[f] = ids[f] == CASUS_NONE ? m->pad + f * one
                                           : w->hidden + (size_t)ids[f] * m->lower.n_out + f * one;
    float h[512];
    kernel_range ranges[3];
    uint8_t q[3 * 512];
    k->state(features, head->n_features, m->lower_bias, head->hidden, head->pieces, h);
    quantise_fine(k, h, head->hidden, q, ranges);
    k->affine(&m->upper, q, 0, ranges, 0, 1, scores);
}

uint32_t lang_best(const float *scores, uint32_t from, uint32_t to) {
    if (from >= to) return CASUS_NONE;
    float most = scores[from];
    for (uint32_t i = from + 1; i < to; i++) most = scores[i] > most ? scores[i] : most;
    while (scores[from] != most && from + 1 < to) from++;
    return from;
}
