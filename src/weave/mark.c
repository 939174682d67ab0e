/* mark.c - what of a record is compared with others: sides, days, place, counts, words, as hashes
 * and numbers. O(length of the sentence). */
#include "weave/weave_int.h"
#include <math.h>
#include <stdlib.h>

#define SEED 11u
#define NEAR_BYTES 48u
#define HIT_WEIGHT 2.5f /* below it words are everywhere: "people", "others" */

uint64_t weave_hash(casus_string s) {
    return s.ptr && s.len ? casus_base_hash64(s.ptr, s.len, SEED) | 1 : 0;
}
uint64_t weave_fold_hash(casus_arena *scratch, casus_string s, bool *failed) {
    if (!s.ptr || !s.len) return 0;
    const casus_slice f = casus_base_utf8_fold(scratch, casus_slice_of(s.ptr, s.len));
    if (!f.ptr) *failed = true;
    return f.ptr ? casus_base_hash64(f.ptr, f.len, SEED) | 1 : 0;
}

static uint32_t sector_bit(casus_string s) {
    static const char names[][4] = {"GOV", "MIL", "COP", "JUD", "LEG", "PTY", "OPP", "REB", "PRM",
                                    "SPY", "UAF", "CRM", "CVL", "REF", "JRN", "BUS", "EDU", "MED",
                                    "REL", "LAB", "AGR", "SOC", "ELI", "PRE", "NGO", "IGO", "UNK"};
    for (uint32_t i = 0; i < sizeof names / sizeof *names; i++)
        if (s.len == 3 && memcmp(s.ptr, names[i], 3) == 0) return 1u << i;
    return 0;
}

static void add_country(weave_mark *m, uint64_t code) {
    uint32_t i = 0;
    while (i < m->n_countries && m->countries[i] < code) i++;
    if (!code || (i < m->n_countries && m->countries[i] == code)) return;
    if (m->n_countries == WEAVE_SIDES_MOST) return;
    memmove(m->countries + i + 1, m->countries + i, (m->n_countries - i) * sizeof code);
    m->countries[i] = code;
    m->n_countries++;
}

static void add_name(weave_mark *m, uint64_t name) {
    for (uint32_t i = 0; i < m->n_names; i++)
        if (m->names[i] == name) return;
    if (name && m->n_names < sizeof m->names / sizeof *m->names) m->names[m->n_names++] = name;
}
static void add_names(weave_mark *m, const casus_party *v, size_t n, casus_arena *scratch,
                      bool *failed) {
    for (size_t i = 0; i < n; i++) {
        add_name(m, weave_hash(v[i].country));
        add_name(m, weave_hash(v[i].code));
        add_name(m, weave_fold_hash(scratch, v[i].name, failed));
        add_name(m, weave_fold_hash(scratch, v[i].person, failed));
    }
}

static void add_sides(weave_mark *m, int which, const casus_party *v, size_t n,
                      casus_arena *scratch, bool *failed) {
    add_names(m, v, n, scratch, failed);
    for (size_t i = 0; i < n && m->n_sides[which] < WEAVE_SIDES_MOST; i++) {
        weave_side *s = &m->sides[which][m->n_sides[which]];
        *s = (weave_side){0, 0, 0, v[i].person.ptr != NULL};
        const casus_string code = v[i].country.ptr ? v[i].country : v[i].code;
        s->code = weave_hash(code);
        for (size_t k = 0; k < v[i].n_sectors; k++) s->sectors |= sector_bit(v[i].sectors[k]);
        if (v[i].person.ptr)
            s->name = weave_fold_hash(scratch, v[i].person, failed);
        else if (v[i].name.ptr && v[i].n_sectors)
            s->name = weave_fold_hash(scratch, v[i].name, failed);
        if (!s->code && !s->name) continue;
        m->n_sides[which]++;
        add_country(m, s->code);
    }
}

static int32_t day_of(casus_string s) {
    int32_t day;
    return s.ptr && casus_base_day_parse(casus_slice_of(s.ptr, s.len), &day) ? day : CASUS_NO_DAY;
}

static bool is(casus_string s, const char *word) {
    return s.ptr && strlen(word) == s.len && memcmp(s.ptr, word, s.len) == 0;
}

/* Told, or presumed: the day before publication and that day; what lies ahead, the days after. */
static void set_days(weave_mark *m, const casus_event *e, int32_t day) {
    m->from = day_of(e->date.from);
    m->to = day_of(e->date.to);
    if (m->from == CASUS_NO_DAY) m->from = m->to;
    if (m->to == CASUS_NO_DAY) m->to = m->from;
    if (m->to < m->from) m->to = m->from;
    m->told = m->from != CASUS_NO_DAY;
    if (!m->told && day != CASUS_NO_DAY) {
        m->from = m->ahead ? day : day - 1;
        m->to = m->ahead ? day + 7 : day;
    }
    m->coarse = m->told && m->to - m->from > WEAVE_COARSE;
}

static int by_weight(const void *a, const void *b) {
    const weave_word *x = a, *y = b;
    if (x->weight < y->weight || y->weight < x->weight) return x->weight > y->weight ? -1 : 1;
    return x->key < y->key ? -1 : x->key > y->key;
}
static int by_key(const void *a, const void *b) {
    const weave_word *x = a, *y = b;
    return x->key < y->key ? -1 : x->key > y->key;
}

/* "yesterday", "the previous day", "two days ago": how many days; 0 for other words. */
static int32_t days_back(uint32_t cues, const uint32_t last[2]) {
    if (cues & WEAVE_CUE_YESTERDAY) return 1;
    if ((cues & WEAVE_CUE_DAY) && (last[1] & WEAVE_CUE_BEFORE)) return 1;
    if (!(cues & WEAVE_CUE_AGO) || !(last[1] & WEAVE_CUE_DAY)) return 0;
    for (int32_t i = 0; i < WEAVE_NUMBERS; i++)
        if (last[0] & ((uint32_t)WEAVE_CUE_TWO << i)) return i + 2;
    return 0;
}

/* The words within NEAR_BYTES of the word of the act. */
static bool set_near(weave_mark *m, const weave_tables *t, casus_string text, uint32_t trigger,
                     casus_arena *scratch) {
    size_t from = trigger > NEAR_BYTES ? trigger - NEAR_BYTES : 0, to = trigger + NEAR_BYTES;
    if (to > text.len) to = text.len;
    while (from < trigger && ((unsigned char)text.ptr[from] & 0xC0) == 0x80) from++;
    while (to < text.len && ((unsigned char)text.ptr[to] & 0xC0) == 0x80) to++;
    const casus_slice s = casus_base_utf8_fold(scratch, casus_slice_of(text.ptr + from, to - from));
    if (!s.ptr) return false;
    uint32_t at = 0, begin, end, cues;
    uint64_t key;
    while (m->n_near < WEAVE_NEAR_MOST && weave_next_word(s, &at, &begin, &end, &key))
        if (end - begin >= 3 && (s.ptr[begin] < '0' || s.ptr[begin] > '9'))
            m->near[m->n_near++] = (weave_word){key, weave_weigh(t, key, &cues)};
    qsort(m->near, m->n_near, sizeof *m->near, by_key);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < m->n_near; i++)
        if (!kept || m->near[kept - 1].key != m->near[i].key) m->near[kept++] = m->near[i];
    m->n_near = kept;
    return true;
}

/* Words of the recipients that tell who they are: no numbers, nothing that is said of anybody. */
static void set_hit(weave_mark *m, const weave_tables *t, const casus_event *e,
                    casus_arena *scratch, bool *failed) {
    for (size_t i = 0; i < e->n_recipients; i++) {
        const casus_string text = e->recipients[i].text;
        if (!text.ptr) continue;
        const casus_slice s = casus_base_utf8_fold(scratch, casus_slice_of(text.ptr, text.len));
        uint32_t at = 0, begin, end, cues;
        uint64_t key;
        if (!s.ptr) *failed = true;
        while (s.ptr && m->n_hit < WEAVE_HIT_MOST && weave_next_word(s, &at, &begin, &end, &key))
            if (end - begin >= 3 && (s.ptr[begin] < '0' || s.ptr[begin] > '9') &&
                weave_weigh(t, key, &cues) >= HIT_WEIGHT)
                m->hit[m->n_hit++] = key;
    }
}

/* The words of the sentence with their weights; what stands before the trigger ("the attack"). */
static casus_status set_words(weave_mark *m, const weave_tables *t, const casus_event *e,
                              casus_arena *keep, casus_arena *scratch, casus_error *err) {
    const casus_string text = e->evidence_text;
    if (!text.ptr || !text.len) return CASUS_OK;
    const casus_slice folded = casus_base_utf8_fold(scratch, casus_slice_of(text.ptr, text.len));
    weave_word *v = casus_base_arena_get(scratch, WEAVE_WORDS_MOST * sizeof *v);
    if (!folded.ptr || !v) return casus_base_no_memory(err);
    uint32_t n = 0, at = 0, begin, end, cues, last_cues[2] = {0, 0};
    int32_t back = 0;
    uint64_t key;
    while (n < WEAVE_WORDS_MOST && weave_next_word(folded, &at, &begin, &end, &key)) {
        const float weight = weave_weigh(t, key, &cues);
        if (cues & WEAVE_CUE_TOLL) m->toll = true;
        if (cues & WEAVE_CUE_ANOTHER) m->another = true;
        if (cues & WEAVE_CUE_BREACH) m->breach = true;
        back = back ? back : days_back(cues, last_cues);
        last_cues[0] = last_cues[1];
        last_cues[1] = cues;
        if (end - begin < 3 || (folded.ptr[begin] >= '0' && folded.ptr[begin] <= '9')) continue;
        v[n++] = (weave_word){key, weight};
    }
    /* the trigger, and the two words before it */
    if (e->trigger.begin >= e->evidence.begin && e->trigger.end <= e->evidence.end &&
        e->trigger.end - e->evidence.begin <= text.len) {
        const char *head = text.ptr;
        const uint32_t to = e->trigger.begin - e->evidence.begin;
        uint32_t from = to > 40 ? to - 40 : 0;
        while (from < to && ((unsigned char)head[from] & 0xC0) == 0x80) from++;
        casus_slice before = casus_base_utf8_fold(scratch, casus_slice_of(head + from, to - from));
        casus_slice word =
            casus_base_utf8_fold(scratch,
                                 casus_slice_of(head + to, e->trigger.end - e->trigger.begin));
        if (!before.ptr || !word.ptr) return casus_base_no_memory(err);
        uint32_t last[3] = {0, 0, 0};
        for (at = 0; weave_next_word(before, &at, &begin, &end, &key);) {
            weave_weigh(t, key, &cues);
            if (cues & WEAVE_CUE_SUBORDINATE) m->subordinate_at = e->evidence.begin + from + begin;
            if (days_back(cues, last + 1)) m->definite = true;
            last[0] = last[1];
            last[1] = last[2];
            last[2] = cues;
        }
        if ((last[1] | last[2]) & WEAVE_CUE_DEFINITE) m->definite = true;
        m->joined = ((last[1] | last[2]) & WEAVE_CUE_AND) != 0;
        at = 0;
        if (weave_next_word(word, &at, &begin, &end, &key)) m->trigger = key;
        m->participle = m->verb && word.len > 4 && memcmp(word.ptr + word.len - 3, "ing", 3) == 0;
        if (!set_near(m, t, text, to, scratch)) return casus_base_no_memory(err);
    }
    /* what points back is of the day that the sentence tells, where the coder gave it none */
    if (back && !m->told && !m->ahead && m->day != CASUS_NO_DAY &&
        (m->toll || (m->definite && m->noun))) {
        m->from = m->to = m->day - back;
        m->told = true;
    }
    if (!n) return CASUS_OK;
    qsort(v, n, sizeof *v, by_weight);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n; i++)
        if (!kept || v[kept - 1].key != v[i].key) v[kept++] = v[i];
    n = kept;
    for (uint32_t i = 0; i < n && v[i].weight >= WEAVE_RARE && m->n_rare < WEAVE_RARE_MOST; i++)
        m->rare[m->n_rare++] = v[i].key;
    qsort(v, n, sizeof *v, by_key);
    m->words = casus_base_arena_get(keep, n * sizeof *v);
    if (!m->words) return casus_base_no_memory(err);
    memcpy(m->words, v, n * sizeof *v);
    m->n_words = n;
    for (uint32_t i = 0; i < n; i++) m->norm += (double)v[i].weight * (double)v[i].weight;
    m->norm = sqrt(m->norm);
    return CASUS_OK;
}

static bool has_rare(const weave_tables *t, casus_string s, casus_arena *scratch, bool *failed) {
    const casus_slice folded = casus_base_utf8_fold(scratch, casus_slice_of(s.ptr, s.len));
    if (!folded.ptr) *failed = true;
    uint32_t at = 0, begin, end, cues;
    uint64_t key;
    while (folded.ptr && weave_next_word(folded, &at, &begin, &end, &key))
        if (end - begin >= 3 && weave_weigh(t, key, &cues) >= WEAVE_RARE) return true;
    return false;
}

/* Countries come without an id, the regions of our own table with "casus:". */
static int wide(casus_string id, casus_string country, double lat) {
    if (!id.ptr) return country.ptr && !isnan(lat) ? 2 : 0;
    return id.len > 6 && memcmp(id.ptr, "casus:", 6) == 0;
}

casus_status weave_mark_event(weave_mark *m, const weave_tables *t, const casus_event *e,
                              int32_t day, casus_arena *keep, casus_arena *scratch,
                              casus_error *err) {
    memset(m, 0, sizeof *m);
    casus_base_arena_reset(scratch);
    m->ahead = is(e->status, "planned") || is(e->status, "urged") || is(e->status, "possible") ||
               is(e->status, "threatened");
    m->type = weave_hash(e->type);
    m->mode = weave_hash(e->mode);
    m->reciprocal = e->reciprocal != 0;
    m->begin = e->evidence.begin;
    m->end = e->evidence.end;
    m->trigger_at = e->trigger.begin;
    m->subordinate_at = CASUS_NONE;
    for (size_t i = 0; i < e->n_counts; i++)
        m->harm = m->harm || is(e->counts[i].kind, "killed") || is(e->counts[i].kind, "injured");
    bool failed = false;
    set_hit(m, t, e, scratch, &failed);
    add_sides(m, 0, e->actors, e->n_actors, scratch, &failed);
    add_sides(m, 1, e->recipients, e->n_recipients, scratch, &failed);
    add_names(m, e->mediators, e->n_mediators, scratch, &failed);
    m->day = day;
    m->speech = is(e->type, "AGREE") || is(e->type, "SUPPORT") || is(e->type, "CONCEDE") ||
                is(e->type, "REQUEST") || is(e->type, "ACCUSE") || is(e->type, "REJECT") ||
                is(e->type, "THREATEN");
    m->ongoing = is(e->status, "ongoing");
    /* the row's name tells the part of speech: "assault.kill.v.3" */
    m->verb = e->rule.ptr && strstr(e->rule.ptr, ".v.") != NULL;
    m->noun = e->rule.ptr && strstr(e->rule.ptr, ".n.") != NULL;
    set_days(m, e, day);
    m->lat = e->place.lat;
    m->lon = e->place.lon;
    if (e->place.name.ptr || e->place.text.ptr) {
        m->place = e->place.id.ptr
                       ? weave_hash(e->place.id)
                       : weave_fold_hash(scratch, e->place.name.ptr ? e->place.name : e->place.text,
                                         &failed);
        m->place_rare =
            has_rare(t, e->place.name.ptr ? e->place.name : e->place.text, scratch, &failed);
        m->place_country = weave_hash(e->place.country);
        m->place_wide = wide(e->place.id, e->place.country, e->place.lat);
        add_country(m, m->place_country);
    } else {
        m->lat = m->lon = NAN;
    }
    for (size_t i = 0; i < e->n_counts && m->n_counts < WEAVE_COUNTS_MOST; i++)
        m->counts[m->n_counts++] =
            (weave_count){weave_hash(e->counts[i].kind), e->counts[i].min, e->counts[i].max};
    if (failed) return casus_base_no_memory(err);
    return set_words(m, t, e, keep, scratch, err);
}
