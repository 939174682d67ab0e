/* ask.c - queries over incidents: sides, days, type; and what an incident comes to. */
#include "weave/weave_int.h"

static bool is(casus_string s, const char *word) {
    return s.ptr && strlen(word) == s.len && memcmp(s.ptr, word, s.len) == 0;
}

/* The code of the country that bears the name in some record, or 0. */
static uint64_t code_of_name(const casus_weave *w, uint64_t name, casus_arena *scratch,
                             bool *failed) {
    for (uint32_t i = 0; i < w->n_records; i++) {
        const casus_event *e = weave_event(w, i);
        for (int k = 0; k < 3; k++) {
            const casus_party *v = k == 0 ? e->actors : k == 1 ? e->recipients : e->mediators;
            const size_t n = k == 0 ? e->n_actors : k == 1 ? e->n_recipients : e->n_mediators;
            for (size_t p = 0; p < n; p++) {
                if (v[p].person.ptr || !v[p].name.ptr) continue;
                const casus_string code = v[p].country.ptr ? v[p].country : v[p].code;
                if (v[p].country.ptr && v[p].n_sectors) continue; /* a body of the country */
                if (!code.ptr || weave_fold_hash(scratch, v[p].name, failed) != name) continue;
                return weave_hash(code);
            }
        }
        if (i % 4096 == 4095) casus_base_arena_reset(scratch);
    }
    return 0;
}

static casus_status side(casus_filter *f, int which, const char *text, casus_error *err) {
    const casus_memory m = f->weave->memory;
    const casus_string s = {text, text ? strlen(text) : 0};
    if (!text) return CASUS_OK;
    if (!s.len) return casus_base_fail(err, CASUS_E_ARGUMENT, "a side without a name");
    casus_arena *scratch = casus_base_arena_new(&m);
    if (!scratch) return casus_base_no_memory(err);
    f->has[which] = true;
    f->side[which][0] = weave_hash(s);
    bool failed = false;
    f->side[which][1] = weave_fold_hash(scratch, s, &failed);
    const uint64_t code = code_of_name(f->weave, f->side[which][1], scratch, &failed);
    if (code) f->side[which][0] = code;
    casus_base_arena_free(scratch);
    return failed ? casus_base_no_memory(err) : CASUS_OK;
}

static casus_status day(int32_t *to, const char *text, casus_error *err) {
    *to = CASUS_NO_DAY;
    if (!text || casus_base_day_parse(casus_slice_z(text), to)) return CASUS_OK;
    return casus_base_fail(err, CASUS_E_ARGUMENT, "'%.32s' is no date of the form YYYY-MM-DD",
                           text);
}

casus_status casus_weave_filter(casus_filter *f, const casus_weave *w,
                                const casus_weave_query *query, casus_error *err) {
    const casus_weave_query none = CASUS_WEAVE_QUERY_INIT, *q = query ? query : &none;
    const char *bin = q->bin ? q->bin : "week";
    memset(f, 0, sizeof *f);
    f->weave = w;
    f->all = q->all != 0;
    f->bin = strcmp(bin, "day") == 0     ? 1
             : strcmp(bin, "week") == 0  ? 7
             : strcmp(bin, "month") == 0 ? 30
                                         : 0;
    if (!f->bin)
        return casus_base_fail(err, CASUS_E_ARGUMENT, "a bin is a day, week or month, not '%.32s'",
                               bin);
    casus_status s = side(f, 0, q->a, err);
    if (!s) s = side(f, 1, q->b, err);
    if (!s) s = day(&f->from, q->from, err);
    if (!s) s = day(&f->to, q->to, err);
    if (!s) s = day(&f->asked, q->asked, err);
    if (s || !q->type) return s;
    f->type = casus_slice_z(q->type);
    for (uint32_t i = 0; i < CASUS_WEAVE_TYPES; i++)
        if (casus_slice_is(f->type, casus_weave_type(i))) return CASUS_OK;
    return casus_base_fail(err, CASUS_E_ARGUMENT, "unknown type '%.32s'", q->type);
}

static bool involves(const weave_mark *m, const uint64_t *side) {
    for (uint32_t i = 0; i < m->n_names; i++)
        if (m->names[i] == side[0] || m->names[i] == side[1]) return true;
    return false;
}

bool casus_filter_record(const casus_filter *f, uint32_t record) {
    for (int k = 0; k < 2; k++)
        if (f->has[k] && !involves(&f->weave->records[record].mark, f->side[k])) return false;
    return true;
}

bool casus_filter_incident(const casus_filter *f, const casus_incident *in) {
    if (f->from != CASUS_NO_DAY && (in->to == CASUS_NO_DAY || in->to < f->from)) return false;
    if (f->to != CASUS_NO_DAY && (in->from == CASUS_NO_DAY || in->from > f->to)) return false;
    if (f->type.ptr &&
        (in->type.len != f->type.len || memcmp(in->type.ptr, f->type.ptr, f->type.len) != 0))
        return false;
    for (size_t i = 0; i < in->n_records; i++)
        if (f->weave->records[in->records[i]].stands_for == in->records[i] &&
            casus_filter_record(f, in->records[i]))
            return true;
    return false;
}

const char *casus_weave_status(const casus_weave *w, const casus_incident *in) {
    static const char names[][12] = {"happened", "ongoing",    "denied",   "alleged", "planned",
                                     "urged",    "threatened", "possible", "negated"};
    size_t best = sizeof names / sizeof *names;
    bool denied = false;
    for (size_t i = 0; i < in->n_records; i++) {
        const casus_event *e = weave_event(w, in->records[i]);
        for (size_t k = 0; k < best; k++)
            if (is(e->status, names[k])) best = k;
        denied = denied || is(e->status, "denied");
        for (size_t k = 0; k < e->n_sources; k++)
            denied = denied || e->sources[k].stance == CASUS_DENIES;
    }
    if (best < 2 && denied) return "disputed";
    if (best == 3 && denied) best = 2;
    return best < sizeof names / sizeof *names ? names[best] : "";
}
