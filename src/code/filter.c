/* filter.c - the scored model beside the rows: how likely a candidate is a record that a careful
 * coder would write down. A logistic model over what the clause view, the sides and the row say of
 * it; its weights are data/model/filter.tsv, made by tool/train_filter.py. No word of the text is a
 * feature. Linear in the candidates. */
#include "code/code_int.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define FILTER_FORMAT 1u
#define AROUND 64u /* tokens on each side in which other candidates are looked for */

typedef struct filter_head {
    uint32_t format, n;
    float threshold;
    uint32_t pad;
} filter_head;

/* ---- compiling ------------------------------------------------------------------------------- */

static int by_feature(const void *a, const void *b) {
    const code_weight *x = a, *y = b;
    return x->feature < y->feature ? -1 : x->feature > y->feature;
}

casus_status code_filter_compile(const char *data_dir, casus_pack_writer *writer,
                                 const casus_memory *memory, casus_error *err) {
    static const char *const needed[] = {"feature", "weight", NULL};
    casus_arena *arena = casus_base_arena_new(memory);
    char *bytes = NULL;
    size_t len = 0, n = 0, cap = 0;
    code_weight *v = NULL;
    float threshold = 0.0f;
    casus_status s = arena ? CASUS_OK : casus_base_no_memory(err);
    const casus_slice path = s ? (casus_slice){NULL, 0}
                               : casus_base_arena_format(arena, "%s/model/filter.tsv", data_dir);
    if (!s && !path.ptr) s = casus_base_no_memory(err);
    if (!s) s = casus_base_read_file(&bytes, &len, path.ptr, 16u << 20, memory, err);
    casus_table t;
    if (!s) s = casus_base_table_open(&t, path.ptr, casus_slice_of(bytes, len), needed, err);
    int more = 0;
    while (!s && (more = casus_base_table_next(&t, err)) > 0) {
        double number;
        const casus_slice feature = casus_base_table_get(&t, "feature");
        if (!casus_base_number(casus_base_table_get(&t, "weight"), &number)) {
            s = casus_base_fail_at(err, CASUS_E_DATA, path.ptr, t.line, 0, "no number");
            break;
        }
        if (casus_slice_is(feature, "(threshold)")) {
            threshold = (float)number;
            continue;
        }
        code_weight *more_v = casus_base_arena_grow(arena, v, n, n + 1, &cap, sizeof *v);
        if (!more_v) {
            s = casus_base_no_memory(err);
            break;
        }
        v = more_v;
        v[n++] = (code_weight){code_hash(feature), (float)number, 0};
    }
    if (!s && more < 0) s = (casus_status)more;
    if (!s) {
        casus_buffer b;
        casus_base_buffer_init(&b, memory);
        const filter_head h = {FILTER_FORMAT, (uint32_t)n, threshold, 0};
        if (n) qsort(v, n, sizeof *v, by_feature);
        casus_base_buffer_add(&b, &h, sizeof h);
        if (n) casus_base_buffer_add(&b, v, n * sizeof *v);
        s = b.failed ? casus_base_no_memory(err)
                     : casus_pack_writer_add(writer, "code.filter", b.ptr, b.len, err);
        casus_base_buffer_free(&b);
    }
    casus_base_release(memory, bytes);
    casus_base_arena_free(arena);
    return s;
}

casus_status code_filter_open(casus_code *code, const casus_pack *pack, casus_error *err) {
    code->weights = NULL;
    code->n_weights = 0;
    code->trained = false;
    if (!casus_pack_has(pack, "code.filter")) return CASUS_OK;
    const void *bytes;
    size_t len;
    const casus_status s = casus_pack_section(pack, "code.filter", &bytes, &len, err);
    if (s) return s;
    const filter_head *h = bytes;
    if (len < sizeof *h || h->format != FILTER_FORMAT ||
        h->n > (len - sizeof *h) / sizeof(code_weight))
        return casus_base_fail(err, CASUS_E_FORMAT, "pack: the weights of the coder are damaged");
    code->weights = (const code_weight *)(const void *)(h + 1);
    code->n_weights = h->n;
    code->threshold = h->threshold;
    for (uint32_t i = 0; i < h->n && !code->trained; i++)
        code->trained = code->weights[i].weight < 0.0f || code->weights[i].weight > 0.0f;
    return CASUS_OK;
}

/* ---- features -------------------------------------------------------------------------------- */

typedef struct sum {
    const casus_code *code;
    double value;
    casus_buffer *names; /* NULL: nobody asks for them */
} sum;

static void feature(sum *f, const char *a, const char *b, const char *c) {
    char name[96];
    const int len = snprintf(name, sizeof name, "%s%s%s%s%s", a, b ? "=" : "", b ? b : "",
                             c ? "," : "", c ? c : "");
    if (len <= 0 || (size_t)len >= sizeof name) return;
    const uint64_t key = code_hash(casus_slice_of(name, (size_t)len));
    uint32_t lo = 0, hi = f->code->n_weights;
    while (lo < hi) {
        const uint32_t mid = (lo + hi) / 2;
        if (f->code->weights[mid].feature < key)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo < f->code->n_weights && f->code->weights[lo].feature == key)
        f->value += (double)f->code->weights[lo].weight;
    if (f->names) {
        if (f->names->len) casus_base_buffer_add(f->names, " ", 1);
        casus_base_buffer_add(f->names, name, (size_t)len);
    }
}

/* What sort of side it is. */
static const char *side_sort(const coder *c, const candidate *e, int side) {
    static const char *const kinds[] = {"none",  "country", "person", "org",
                                        "group", "place",   "pronoun"};
    if (!e->n_sides[side]) return "none";
    const casus_mention *m = &c->mentions->items[e->sides[side][0]];
    if (m->actor.person.len) return "known-person";
    if (m->kind == CASUS_MENTION_GROUP && !m->actor.country[0]) return "group-nowhere";
    return kinds[m->kind % 7];
}

static const char *form_of(const casus_clause *k) {
    static const char *const moods[] = {"ind", "imp", "inf", "ger", "part"};
    static const char *const tenses[] = {"ind", "past", "pres", "fut"};
    if (k->kind == CASUS_CLAUSE_NOUN) return "noun";
    if (k->kind == CASUS_CLAUSE_PRED) return "pred";
    if (k->mood != CASUS_MOOD_INDICATIVE) return moods[k->mood % 5];
    return tenses[k->tense % 4];
}

static const char *place_of(const coder *c, const casus_clause *k) {
    if (k->parent == CASUS_NONE) return "root";
    if (k->parent_role != CASUS_ROLE_PREP) return casus_lang_role_name((casus_role)k->parent_role);
    const casus_clause *above = &c->parse->clauses[k->parent];
    for (uint32_t i = 0; i < above->n_args; i++)
        if (above->args[i].token == k->head && above->args[i].prep.len) {
            static const char *const preps[] = {"of",     "in",    "for",    "to",   "after",
                                                "during", "since", "on",     "with", "about",
                                                "over",   "amid",  "before", "from", "against",
                                                "by",     "at",    "as",     NULL};
            for (const char *const *w = preps; *w; w++)
                if (casus_slice_is(above->args[i].prep, *w)) return *w;
        }
    return "prep";
}

static const char *article_of(const coder *c, const casus_clause *k) {
    const casus_parse *p = c->parse;
    for (uint32_t t = k->head; t > 0 && k->head - t < 6; t--) {
        const casus_token *x = &p->tokens[t - 1];
        if (x->head != k->head) continue;
        if (casus_slice_is(x->lower, "the")) return "the";
        if (casus_slice_is(x->lower, "a") || casus_slice_is(x->lower, "an")) return "a";
        if (x->pos == CASUS_POS_DET) return "det";
        if (x->pos == CASUS_POS_NUM) return "num";
    }
    for (uint32_t i = 0; i < k->n_args; i++)
        if (k->args[i].role == CASUS_ROLE_POSS) return "poss";
    return "bare";
}

double code_score(coder *c, const candidate *e, casus_buffer *names) {
    const casus_parse *p = c->parse;
    const casus_clause *k = &p->clauses[e->clause];
    const code_row *r = &c->code->rows[e->row];
    sum f = {c->code, 0.0, names};
    const char *type = code_type_name((code_type)e->type);
    const char *form = form_of(k), *place = place_of(c, k);
    const char *actor = side_sort(c, e, CODE_ACTOR), *whom = side_sort(c, e, CODE_RECIPIENT);
    const char *status = code_status_name((code_status)e->status);
    const char *sides = e->n_sides[CODE_ACTOR] ? (e->n_sides[CODE_RECIPIENT] ? "both" : "actor")
                        : e->n_sides[CODE_RECIPIENT] ? "whom"
                                                     : "nobody";
    feature(&f, "bias", NULL, NULL);
    feature(&f, "type", type, NULL);
    feature(&f, "form", form, NULL);
    feature(&f, "type,form", type, form);
    feature(&f, "at", place, NULL);
    feature(&f, "form,at", form, place);
    feature(&f, "actor", actor, NULL);
    feature(&f, "whom", whom, NULL);
    feature(&f, "sides", sides, NULL);
    feature(&f, "type,sides", type, sides);
    feature(&f, "form,sides", form, sides);
    feature(&f, "status", status, NULL);
    feature(&f, "type,status", type, status);
    feature(&f, "conds", r->n_conds == 0 ? "0" : r->n_conds == 1 ? "1" : "2+", NULL);
    feature(&f, "type,conds", type, r->n_conds ? "some" : "0");
    if (r->mode.len) feature(&f, "mode", NULL, NULL);
    if (e->time) feature(&f, "dated", NULL, NULL);
    if (e->place != CASUS_NONE) feature(&f, "placed", NULL, NULL);
    if (e->members != CASUS_NONE) feature(&f, "members", NULL, NULL);
    if (e->light != CASUS_NONE) feature(&f, "light", NULL, NULL);
    if (e->of != CASUS_NONE) feature(&f, "content", status, NULL);
    if (e->same_as != CASUS_NONE) feature(&f, "again", form, NULL);
    if (k->flags & CASUS_CLAUSE_PASSIVE) feature(&f, "passive", form, sides);
    if (k->flags & CASUS_CLAUSE_QUOTED) feature(&f, "quoted", form, NULL);
    if (k->kind == CASUS_CLAUSE_NOUN) feature(&f, "article", article_of(c, k), NULL);
    if (k->kind == CASUS_CLAUSE_VERB && k->tense == CASUS_TENSE_PRESENT &&
        k->mood == CASUS_MOOD_INDICATIVE && !(k->flags & CASUS_CLAUSE_PASSIVE))
        feature(&f, "present", actor, e->time || e->place != CASUS_NONE ? "set" : "unset");
    const casus_sentence *s = &p->sentences[k->sent];
    uint32_t others = 0;
    const uint32_t from = k->head - s->first > AROUND ? k->head - AROUND : s->first;
    const uint32_t to = s->last - k->head > AROUND ? k->head + AROUND : s->last;
    for (uint32_t t = from; t < to; t++) {
        const uint32_t x =
            p->clause_of[t] == CASUS_NONE ? CASUS_NONE : c->of_clause[p->clause_of[t]];
        if (x == CASUS_NONE || &c->candidates[x] == e || c->candidates[x].dropped) continue;
        others++;
        if (c->candidates[x].type == e->type)
            feature(&f, "twin", t < k->head ? "before" : "behind", form);
    }
    feature(&f, "others", others == 0 ? "0" : others == 1 ? "1" : others == 2 ? "2" : "3+", NULL);
    return 1.0 / (1.0 + exp(-f.value));
}
