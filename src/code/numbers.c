/* numbers.c - number expressions in running text, with their bounds: "at least 20", "between 5 and
 * 10", "dozens", "several thousand". */
#include "code/numbers.h"

#define NUMBER_MOST 10000000000 /* more than there are people: no number that counts them */

/* Digits with commas for thousands, or a number word; -1 when it is none. */
int64_t numbers_value(const coder *c, uint32_t token) {
    const casus_slice s = c->parse->tokens[token].lower;
    if (token > 0 && casus_slice_is(c->parse->tokens[token - 1].lower, "no")) return -1; /* one */
    int64_t v = 0;
    uint32_t digits = 0;
    for (uint32_t i = 0; i < s.len; i++) {
        if (s.ptr[i] >= '0' && s.ptr[i] <= '9') {
            if (v > 1000000000) return -1;
            v = v * 10 + (s.ptr[i] - '0');
            digits++;
        } else if (s.ptr[i] != ',' || !digits) {
            digits = 0;
            break;
        }
    }
    if (digits) return v;
    const code_cue *q = code_cue_of(c->code, code_hash(s), CODE_CUE_NUMBER);
    return q ? (int64_t)q->value : -1;
}

/* A multiple of tens or of a hundred and more that a smaller number goes on ("twenty-three", "two
 * hundred and six"). */
static bool goes_on(int64_t sum, int64_t v) {
    if (v <= 0) return false;
    if (sum >= 20 && sum < 100 && sum % 10 == 0) return v < 10;
    return sum >= 100 && sum % 100 == 0 && v < 100;
}

/* "killed 100 and 20 were hurt": digits begin a number of their own. */
static bool is_digits(const coder *c, uint32_t token) {
    const casus_slice s = c->parse->tokens[token].lower;
    return s.len && s.ptr[0] >= '0' && s.ptr[0] <= '9';
}

/* One number from token *at on: digits, words, "two hundred", "3 million". -1 when none begins. */
static int64_t read_value(const coder *c, uint32_t *at, uint32_t last, bool *plural) {
    const casus_parse *p = c->parse;
    int64_t sum = -1;
    uint32_t i = *at;
    *plural = false;
    if (i + 2 < last && casus_slice_is(p->tokens[i].lower, "half") &&
        casus_slice_is(p->tokens[i + 1].lower, "a") && numbers_value(c, i + 2) > 1) {
        *at = i + 3;
        return numbers_value(c, i + 2) / 2;
    }
    for (; i < last; i++) {
        const casus_token *t = &p->tokens[i];
        const casus_slice s = t->lower;
        const bool word = t->pos == CASUS_POS_NUM || t->pos == CASUS_POS_NOUN ||
                          t->pos == CASUS_POS_DET || t->pos == CASUS_POS_ADJ ||
                          t->pos == CASUS_POS_PRON;
        const int64_t v = word ? numbers_value(c, i) : -1;
        if (v < 0) {
            const bool joins = casus_slice_is(s, "-") || casus_slice_is(s, "and");
            if (sum >= 0 && joins && i + 1 < last && !is_digits(c, i + 1) &&
                goes_on(sum, numbers_value(c, i + 1)))
                continue;
            break;
        }
        if (sum < 0)
            sum = v;
        else if ((v == 100 || v == 1000 || v == 1000000 || v == 12) && v > sum % 1000)
            sum = sum < 1 ? v : sum > NUMBER_MOST ? sum : sum * v;
        else if (is_digits(c, i))
            break;
        else if (goes_on(sum, v))
            sum += v;
        else
            break;
        /* plural quantities: dozens, hundreds of thousands; the codebook's lower bounds */
        if (!s.len || s.ptr[s.len - 1] != 's' || v < 10 || t->pos == CASUS_POS_NUM) continue;
        *plural = true;
        const casus_token *of = i + 2 < last ? &p->tokens[i + 1] : NULL;
        const int64_t next = of && casus_slice_is(of->lower, "of") ? numbers_value(c, i + 2) : -1;
        if (next >= 100 && next <= 1000000 && next % 100 == 0 && sum <= NUMBER_MOST) {
            sum *= next;
            i += 2;
        }
        if (sum > NUMBER_MOST) break;
    }
    *at = i;
    return sum > NUMBER_MOST ? -1 : sum;
}

/* A number that counts nobody: part of a word ("36-year-old", "two-day") or of a name ("Article
 * 50"). */
static bool counts_nobody(const coder *c, uint32_t first, uint32_t begin, uint32_t end) {
    const casus_parse *p = c->parse;
    if (begin > first && p->tokens[begin - 1].pos == CASUS_POS_PROPN) return true;
    return end + 1 < p->n_tokens && casus_slice_is(p->tokens[end].lower, "-") &&
           p->tokens[end].begin == p->tokens[end - 1].end &&
           p->tokens[end].end == p->tokens[end + 1].begin && numbers_value(c, end + 1) < 0;
}

/* "several soldiers": three at least. */
static number read_several(const coder *c, uint32_t first, uint32_t last) {
    const casus_token *t = c->parse->tokens;
    for (uint32_t i = first; i < last && i < first + 3; i++)
        if (casus_slice_is(t[i].lower, "several") &&
            (i + 1 == last || t[i + 1].pos == CASUS_POS_ADJ || t[i + 1].pos == CASUS_POS_NOUN ||
             t[i + 1].pos == CASUS_POS_PROPN))
            return (number){true, false, 3, -1, i, i + 1};
    return (number){false, false, -1, -1, 0, 0};
}

/* The number expression among tokens [first, last): "at least 20", "between 5 and 10", "dozens". */
number numbers_read(const coder *c, uint32_t first, uint32_t last) {
    number n = {false, false, -1, -1, 0, 0};
    const casus_parse *p = c->parse;
    bool least = false, most = false, plural = false;
    uint32_t i = first;
    while (i < last && !n.found) {
        const uint64_t lower = code_hash(p->tokens[i].lower);
        uint32_t end = i;
        const int64_t v = read_value(c, &end, last, &plural);
        if (v >= 0 && counts_nobody(c, first, i, end)) {
            i = end;
            continue;
        }
        if (v >= 0) {
            n = (number){true, n.about, v, v, i, end};
            break;
        }
        if (code_cue_of(c->code, lower, CODE_CUE_LEAST)) least = true;
        if (code_cue_of(c->code, lower, CODE_CUE_MOST)) most = true;
        if (code_cue_of(c->code, lower, CODE_CUE_APPROX)) n.about = true;
        i++;
    }
    if (!n.found) return read_several(c, first, last);
    /* a range: "between 5 and 10", "5 to 10", "5-10" */
    const bool between = n.first > 0 && casus_slice_is(p->tokens[n.first - 1].lower, "between");
    if (n.last + 1 < p->n_tokens && (casus_slice_is(p->tokens[n.last].lower, "to") ||
                                     casus_slice_is(p->tokens[n.last].lower, "-") ||
                                     casus_slice_is(p->tokens[n.last].lower, "\xe2\x80\x93") ||
                                     (between && casus_slice_is(p->tokens[n.last].lower, "and")))) {
        uint32_t end = n.last + 1;
        bool many;
        const int64_t v = read_value(c, &end, p->n_tokens, &many);
        if (v > n.min) {
            n.max = v;
            n.last = end;
            return n;
        }
    }
    /* "several thousand", "a few hundred": as "thousands" */
    static const char *const some[] = {"several", "few", "many", NULL};
    const bool several = n.first > first && n.min >= 10 && n.min == n.max &&
                         code_is_one_of(p->tokens[n.first - 1].lower, some);
    if (plural || several) {
        n.min = n.min * 2;
        n.max = -1;
    }
    if (least) n.max = -1;
    if (most) n.min = -1;
    return n;
}
