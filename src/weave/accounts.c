/* accounts.c - the versions of an incident: records with one voice, one stance and the same figures
 * are one version; copies of one text count once, with all outlets that carry it. */
#include "weave/weave_int.h"

typedef struct maker {
    const casus_weave *w;
    casus_arena *arena;
    casus_account *v;
    uint64_t *keys;
    size_t n, cap;
    bool failed;
    casus_error *err;
} maker;

static bool is(casus_string s, const char *word) {
    return s.ptr && strlen(word) == s.len && memcmp(s.ptr, word, s.len) == 0;
}

static uint64_t counts_of(const casus_event *e) {
    uint64_t sum = 0;
    for (size_t i = 0; i < e->n_counts; i++) {
        const uint64_t parts[4] = {weave_hash(e->counts[i].kind), (uint64_t)e->counts[i].min,
                                   (uint64_t)e->counts[i].max, (uint64_t)e->counts[i].about};
        sum ^= casus_base_hash64(parts, sizeof parts, 37);
    }
    return sum;
}

/* Who it is: person or name with code, else the words. */
static uint64_t voice_of(maker *k, const casus_source *s) {
    if (!s) return 0;
    const casus_party *p = &s->actor;
    const casus_string who = p->person.ptr ? p->person : p->name.ptr ? p->name : p->text;
    const uint64_t parts[2] = {weave_hash(p->country.ptr ? p->country : p->code),
                               weave_fold_hash(k->arena, who, &k->failed)};
    return casus_base_hash64(parts, sizeof parts, 41);
}

static casus_status add(maker *k, uint32_t record, const casus_source *voice, bool nobody,
                        casus_stance stance, uint64_t counts, size_t most) {
    const uint64_t parts[4] = {voice_of(k, voice), nobody, (uint64_t)stance, counts};
    const uint64_t key = casus_base_hash64(parts, sizeof parts, 43);
    size_t i = 0;
    while (i < k->n && k->keys[i] != key) i++;
    if (i == k->n) {
        casus_account *v =
            casus_base_arena_grow(k->arena, k->v, k->n, k->n + 1, &k->cap, sizeof *v);
        if (!v) return casus_base_no_memory(k->err);
        k->v = v;
        uint64_t *keys = casus_base_arena_get(k->arena, (k->n + 1) * sizeof *keys);
        if (!keys) return casus_base_no_memory(k->err);
        if (k->n) memcpy(keys, k->keys, k->n * sizeof *keys);
        k->keys = keys;
        keys[k->n++] = key;
        v[i] = (casus_account){.voice = voice,
                               .nobody = nobody,
                               .stance = (uint8_t)stance,
                               .counts = counts};
        v[i].records = casus_base_arena_get(k->arena, most * sizeof(uint32_t));
        v[i].docs = casus_base_arena_get(k->arena, most * sizeof(uint32_t));
        if (!v[i].records || !v[i].docs) return casus_base_no_memory(k->err);
    }
    casus_account *a = &k->v[i];
    if (k->w->records[record].stands_for == record) a->records[a->n_records++] = record;
    const uint32_t doc = k->w->records[record].doc;
    for (uint32_t d = 0; d < a->n_docs; d++)
        if (a->docs[d] == doc) return CASUS_OK;
    a->docs[a->n_docs++] = doc;
    return CASUS_OK;
}

/* A denial gives no figures; a claim those of its record. */
static casus_status take(maker *k, uint32_t record, size_t most) {
    const casus_event *e = weave_event(k->w, record);
    const bool open = is(e->status, "alleged") || is(e->status, "denied");
    const casus_source *first = NULL;
    casus_status s = CASUS_OK;
    for (size_t i = 0; !s && i < e->n_sources; i++) {
        const casus_source *source = &e->sources[i];
        if (source->stance == CASUS_ASSERTS) {
            if (!first) first = source;
        } else {
            s = add(k, record, source, false, source->stance, 0, most);
        }
    }
    if (s) return s;
    return add(k, record, first, !first && open, CASUS_ASSERTS, counts_of(e), most);
}

/* Is every record of the account in one of a denial, too? */
static bool denied(const maker *k, const casus_account *a) {
    for (uint32_t i = 0; i < a->n_records; i++) {
        const casus_event *e = weave_event(k->w, a->records[i]);
        bool any = false;
        for (size_t s = 0; s < e->n_sources; s++)
            any = any || e->sources[s].stance != CASUS_ASSERTS;
        if (!any) return false;
    }
    return true;
}

casus_status casus_weave_accounts(casus_account **out, size_t *n, const casus_weave *w,
                                  const casus_incident *in, casus_arena *arena, casus_error *err) {
    maker k = {.w = w, .arena = arena, .err = err};
    for (size_t i = 0; i < in->n_records; i++) {
        const casus_status s = take(&k, in->records[i], in->n_records);
        if (s || k.failed) return s ? s : casus_base_no_memory(err);
    }
    /* a claim that nobody is named for is no version of its own beside a claim with a voice */
    size_t kept = 0;
    bool voiced = false;
    for (size_t i = 0; i < k.n; i++)
        voiced = voiced || (k.v[i].voice && k.v[i].stance == CASUS_ASSERTS);
    for (size_t i = 0; i < k.n; i++)
        if (!voiced || !k.v[i].nobody || !denied(&k, &k.v[i])) k.v[kept++] = k.v[i];
    *out = k.v;
    *n = kept;
    return CASUS_OK;
}
