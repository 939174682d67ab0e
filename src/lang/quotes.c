/* quotes.c - finds quotations in the plain text.
 *
 * One scan over each paragraph's bytes, then a walk along its tokens: linear. Curly, low, angled,
 * doubled (`` '') and straight marks; single marks only where they cannot be apostrophes. Of nested
 * quotations the outer one counts. A mark that nothing closes ends with the paragraph when the next
 * one opens again or it opened this one, else with its sentence. Does not say who speaks.
 */
#include "lang/clauses_int.h"

typedef enum mark {
    MARK_NONE,
    MARK_CURLY,
    MARK_LOW,
    MARK_ANGLE,
    MARK_TICKS,
    MARK_STRAIGHT,
    MARK_SINGLE,
    MARK_APOSTROPHE
} mark;

typedef struct scan {
    casus_parse *p;
    size_t cap;
    uint32_t token; /* first one not before the last quotation's begin */
    uint32_t open;  /* byte behind the opening mark */
    mark kind;
    uint32_t depth; /* of angled marks */
    bool at_start;  /* it opened the paragraph */
    bool reopened;  /* it goes on from the paragraph before */
} scan;

static uint32_t point_at(const scan *s, uint32_t at, uint32_t end, uint32_t *len) {
    uint32_t cp = 0;
    *len = 0;
    if (at >= end) return 0;
    *len = casus_base_utf8_get(s->p->text->text.ptr + at, end - at, &cp);
    return cp;
}

static bool wordy(uint32_t cp) {
    if (cp < 0x80) {
        return (cp >= '0' && cp <= '9') || (cp >= 'A' && cp <= 'Z') || (cp >= 'a' && cp <= 'z');
    }
    return cp >= 0xC0 && !(cp >= 0x2000 && cp <= 0x206F) && !(cp >= 0x3000 && cp <= 0x303F);
}

static bool blank(uint32_t cp) {
    return cp == 0 || cp == ' ' || cp == '\t' || cp == '\r' || cp == '\n' || cp == 0xA0 ||
           cp == 0x202F || (cp >= 0x2000 && cp <= 0x200A);
}

/* What may stand before an opening mark besides a blank. */
static bool opener(uint32_t cp) {
    return blank(cp) || cp == '(' || cp == '[' || cp == '-' || cp == 0x2013 || cp == 0x2014 ||
           cp == ':' || cp == 0x2018 || cp == '\'' || cp == '/';
}

/* Whether a single mark at a place, given its neighbours, ends a quotation. */
static bool single_ends(uint32_t before, uint32_t after, uint32_t beyond) {
    if (blank(before) || wordy(after)) return false;
    if (before != 's') return true;
    bool word_follows = after == ' ' && beyond >= 'a' && beyond <= 'z';
    return !word_follows; /* "soldiers' families" */
}

static uint32_t sentence_end(const scan *s, uint32_t at, uint32_t end) {
    const casus_parse *p = s->p;
    uint32_t low = 0, high = p->n_sentences; /* the last sentence that begins at or before `at` */
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        const casus_sentence *x = &p->sentences[mid];
        bool before = x->first < p->n_tokens && p->tokens[x->first].begin <= at;
        if (before) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    if (low == 0) return end;
    uint32_t last = p->sentences[low - 1].last;
    uint32_t to = last && last <= p->n_tokens ? p->tokens[last - 1].end : end;
    return to < end && to > at ? to : end;
}

static bool add(scan *s, uint32_t end) {
    casus_parse *p = s->p;
    if (end <= s->open) return true;
    casus_quote *grown = casus_base_arena_grow(p->text->arena, p->quotes, p->n_quotes,
                                               p->n_quotes + 1u, &s->cap, sizeof *grown);
    if (!grown) return false;
    p->quotes = grown;
    casus_quote *q = &p->quotes[p->n_quotes++];
    memset(q, 0, sizeof *q);
    q->begin = s->open;
    q->end = end;
    q->continues = s->reopened;
    while (s->token < p->n_tokens && p->tokens[s->token].begin < s->open) s->token++;
    q->first = s->token;
    uint32_t t = s->token, words = 0;
    bool verb = false;
    for (; t < p->n_tokens && p->tokens[t].begin < end; t++) {
        uint8_t pos = p->tokens[t].pos;
        if (pos == CASUS_POS_VERB || pos == CASUS_POS_AUX) verb = true;
        if (pos != CASUS_POS_PUNCT && pos != CASUS_POS_SPACE) words++;
    }
    q->last = t;
    s->token = t;
    q->scare = words <= 4 && !verb && !q->continues;
    return true;
}

static void start(scan *s, mark kind, uint32_t open, bool at_start) {
    s->kind = kind;
    s->open = open;
    s->at_start = at_start;
    s->depth = 1;
}

/* The mark that a code point opens in this place, or MARK_NONE. */
static mark opens(uint32_t cp, uint32_t before, uint32_t after, uint32_t at, uint32_t last_curly,
                  uint32_t last_straight) {
    switch (cp) {
    case 0x201C:
        return MARK_CURLY;
    case 0x201E:
        return MARK_LOW;
    case 0xAB:
        return MARK_ANGLE;
    case 0x201D:
        return opener(before) && wordy(after) ? MARK_CURLY : MARK_NONE;
    case '"':
        return opener(before) && !blank(after) ? MARK_STRAIGHT : MARK_NONE;
    case '`':
        return after == '`' ? MARK_TICKS : MARK_NONE;
    case 0x2018:
        return opener(before) && wordy(after) && last_curly > at ? MARK_SINGLE : MARK_NONE;
    case '\'': {
        bool letter = wordy(after) && !(after >= '0' && after <= '9');
        return opener(before) && letter && last_straight > at ? MARK_APOSTROPHE : MARK_NONE;
    }
    default:
        return MARK_NONE;
    }
}

static bool closes(scan *s, uint32_t cp, uint32_t before, uint32_t after, uint32_t beyond) {
    switch (s->kind) {
    case MARK_CURLY:
        return cp == 0x201D || (cp == '"' && !wordy(after));
    case MARK_LOW:
        return cp == 0x201D || cp == 0x201C || (cp == '"' && !wordy(after));
    case MARK_ANGLE:
        if (cp == 0xAB) s->depth++;
        return cp == 0xBB && --s->depth == 0;
    case MARK_TICKS:
        return (cp == '\'' && after == '\'') || cp == '"';
    case MARK_STRAIGHT:
        return cp == '"' && !(opener(before) && wordy(after));
    case MARK_SINGLE:
        return cp == 0x2019 && single_ends(before, after, beyond);
    case MARK_APOSTROPHE:
        return cp == '\'' && single_ends(before, after, beyond);
    default:
        return false;
    }
}

/* Where the last single marks that may close stand: an opening one behind them is none. */
static void last_singles(const scan *s, uint32_t begin, uint32_t end, uint32_t *curly,
                         uint32_t *straight) {
    uint32_t before = 0, len;
    *curly = *straight = 0;
    for (uint32_t at = begin; at < end; at += len) {
        uint32_t cp = point_at(s, at, end, &len), after_len, beyond_len;
        uint32_t after = point_at(s, at + len, end, &after_len);
        uint32_t beyond = point_at(s, at + len + after_len, end, &beyond_len);
        if (cp == 0x2019 && single_ends(before, after, beyond)) *curly = at;
        if (cp == '\'' && single_ends(before, after, beyond)) *straight = at;
        before = cp;
    }
}

static bool scan_paragraph(scan *s, uint32_t begin, uint32_t end, mark goes_on) {
    uint32_t before = 0, len, last_curly, last_straight;
    last_singles(s, begin, end, &last_curly, &last_straight);
    s->kind = MARK_NONE;
    s->reopened = false;
    for (uint32_t at = begin; at < end; at += len) {
        uint32_t cp = point_at(s, at, end, &len), after_len, beyond_len;
        uint32_t after = point_at(s, at + len, end, &after_len);
        uint32_t beyond = point_at(s, at + len + after_len, end, &beyond_len);
        if (s->kind == MARK_NONE) {
            mark kind = opens(cp, before, after, at, last_curly, last_straight);
            if (kind == MARK_TICKS) len += 1;
            if (kind != MARK_NONE) {
                start(s, kind, at + len, at == begin);
                s->reopened = at == begin && kind == goes_on;
            }
        } else if (closes(s, cp, before, after, beyond)) {
            if (!add(s, at)) return false;
            if (s->kind == MARK_TICKS && cp == '\'') len += 1;
            s->kind = MARK_NONE;
            s->reopened = false;
        } else if (s->kind == MARK_STRAIGHT && cp == '"') {
            /* it opens again: the one before was never closed */
            if (!add(s, sentence_end(s, s->open, at))) return false;
            start(s, MARK_STRAIGHT, at + len, false);
            s->reopened = false;
        }
        before = cp;
    }
    return true;
}

/* The kind of mark a paragraph opens with. */
static mark first_mark(const scan *s, uint32_t paragraph) {
    const casus_text *text = s->p->text;
    if (paragraph >= text->n_paragraphs) return MARK_NONE;
    uint32_t begin = text->paragraphs[paragraph].begin, end = text->paragraphs[paragraph].end;
    uint32_t len, after_len, cp = point_at(s, begin, end, &len);
    uint32_t after = point_at(s, begin + len, end, &after_len);
    return opens(cp, 0, after, 0, 1, 1);
}

casus_status casus_lang_quotes(casus_parse *parse, casus_error *err) {
    scan s;
    memset(&s, 0, sizeof s);
    s.p = parse;
    parse->quotes = NULL;
    parse->n_quotes = 0;
    mark goes_on = MARK_NONE;
    for (uint32_t i = 0; i < parse->text->n_paragraphs; i++) {
        uint32_t begin = parse->text->paragraphs[i].begin;
        uint32_t end = parse->text->paragraphs[i].end;
        if (!scan_paragraph(&s, begin, end, goes_on)) return casus_base_no_memory(err);
        goes_on = MARK_NONE;
        if (s.kind == MARK_NONE) continue;
        bool reopens = first_mark(&s, i + 1) == s.kind;
        if (s.kind == MARK_SINGLE || s.kind == MARK_APOSTROPHE) continue;
        uint32_t to = reopens || s.at_start ? end : sentence_end(&s, s.open, end);
        if (!add(&s, to)) return casus_base_no_memory(err);
        if (reopens) goes_on = s.kind;
    }
    return CASUS_OK;
}
