/* when_words.c - numbers, lengths, days, months and years, in digits and words. Constant work. */
#include "when/when_step.h"

#define FILLERS_MOST 3

/* ---- numbers and lengths --------------------------------------------------------------------- */

static bool digit_number(const when_finder *f, uint32_t i, when_count *n) {
    int32_t v, w;
    if (!digits(f, i, 1, 6, &v)) return false;
    n->milli = (int64_t)v * 1000;
    n->digits = true;
    n->end = i + 1;
    while (sign(f, n->end, ',') && tight(f, n->end) && tight(f, n->end + 1) &&
           digits(f, n->end + 1, 3, 3, &w) && n->milli < 1000000000) {
        n->milli = n->milli * 1000 + (int64_t)w * 1000;
        n->end += 2;
    }
    if (sign(f, n->end, '.') && tight(f, n->end) && tight(f, n->end + 1) &&
        digits(f, n->end + 1, 1, 2, &w)) {
        n->milli += f->atoms[n->end + 1].n == 1 ? w * 100 : w * 10;
        n->end += 2;
    }
    int32_t a, b;
    if (more(f, n->end) && digits(f, n->end, 1, 1, &a) && sign(f, n->end + 1, '/') &&
        more(f, n->end + 2) && digits(f, n->end + 2, 1, 1, &b) && a < b) {
        n->milli += 1000 * a / b;
        n->end += 3;
    } else if (sign(f, n->end, '/') && tight(f, n->end) && tight(f, n->end + 1) && v < 10 &&
               digits(f, n->end + 1, 1, 1, &b) && v < b) {
        n->milli = 1000 * v / b;
        n->end += 2;
    }
    return true;
}

/* "twenty-five", "two hundred and fifty": whole numbers in words. */
static bool word_number(const when_finder *f, uint32_t i, when_count *n) {
    uint32_t end;
    const when_word *w =
        i == n->end ? when_word_at(f, i, WHEN_NUMBER, &end) : next(f, i, WHEN_NUMBER, &end);
    if (!w || w->sub > WHEN_TEN) return false;
    int64_t v = w->value;
    if (w->sub == WHEN_TEN) {
        const uint32_t at = sign(f, end, '-') ? end + 1 : end;
        uint32_t e2;
        const when_word *one = next(f, at, WHEN_NUMBER, &e2);
        if (one && one->sub == WHEN_ONE) {
            v += one->value;
            end = e2;
        }
    }
    for (int k = 0; k < 3; k++) {
        uint32_t e2;
        const when_word *t = next(f, end, WHEN_NUMBER, &e2);
        if (!t || t->sub != WHEN_TIMES) break;
        v *= t->value;
        end = e2;
        uint32_t at = next_is(f, end, "and") ? end + 1 : end;
        const when_word *rest = next(f, at, WHEN_NUMBER, &e2);
        if (!rest || rest->sub > WHEN_TEN) break;
        v += rest->value;
        end = e2;
    }
    n->milli = v * 1000;
    n->end = end;
    return true;
}

static uint32_t over_of(const when_finder *f, uint32_t i) {
    return next_is(f, i, "of") ? i + 1 : i;
}

bool when_number_at(const when_finder *f, uint32_t i, when_count *n) {
    memset(n, 0, sizeof *n);
    n->end = i;
    uint32_t end;
    bool found = digit_number(f, i, n) || word_number(f, i, n);
    if (!found) {
        const when_word *w = when_word_at(f, i, WHEN_NUMBER, &end);
        if (!w) return false;
        const when_word *second = NULL;
        uint32_t e2 = end;
        if (w->sub == WHEN_ARTICLE) {
            uint32_t at = end;
            uint32_t e3;
            if (next(f, at, WHEN_FILLER, &e3)) { /* "a further two weeks" */
                n->end = e3;
                if (more(f, e3) && (digit_number(f, e3, n) || word_number(f, e3, n))) return true;
                n->end = i;
                at = e3;
            }
            second = next(f, at, WHEN_NUMBER, &e2);
            if (second && second->sub != WHEN_PAIR && second->sub != WHEN_FEW &&
                second->sub != WHEN_TIMES && second->sub != WHEN_HALF_OF)
                second = NULL;
            if (!second) {
                n->milli = 1000;
                n->article = true;
                n->end = end;
            } else {
                w = second;
                end = e2;
            }
        }
        if (n->article) {
            found = true;
        } else {
            switch ((when_number)w->sub) {
            case WHEN_PAIR:
            case WHEN_TIMES:
                n->milli = (int64_t)w->value * 1000;
                n->end = over_of(f, end);
                break;
            case WHEN_FEW:
            case WHEN_SOME:
                n->vague = true;
                n->end = end;
                break;
            case WHEN_PLURAL:
                if (!next_is(f, end, "of")) return false;
                n->vague = true;
                n->end = end + 1;
                break;
            case WHEN_HALF_OF:
                n->milli = 500;
                n->end = next_is(f, end, "a") || next_is(f, end, "an") ? end + 1 : end;
                break;
            default:
                return false;
            }
            found = true;
        }
    }
    if (found && next_is(f, n->end, "and") && next_is(f, n->end + 1, "a") &&
        next_is(f, n->end + 2, "half") && !n->article) {
        n->milli += 500;
        n->end += 3;
    }
    return found;
}

const when_word *when_unit_at(const when_finder *f, uint32_t i, bool behind_number, uint32_t *end) {
    const when_word *u = next(f, i, WHEN_UNIT, end);
    if (!u || (!behind_number && u->where != WHEN_ALWAYS)) return NULL;
    return u;
}

uint32_t when_fillers(const when_finder *f, uint32_t i) {
    uint32_t end;
    for (int k = 0; k < FILLERS_MOST; k++) {
        if (!next(f, i, WHEN_FILLER, &end) && !next(f, i, WHEN_FISCAL, &end)) break;
        i = end;
    }
    return i;
}

/* "or so", "or two", "or more", "and a half", "or months" behind a unit */
uint32_t when_tail_of_length(const when_finder *f, uint32_t end, when_length *l) {
    uint32_t e2;
    if (next_is(f, end, "and") && next_is(f, end + 1, "a") && next_is(f, end + 2, "half")) {
        l->milli += 500;
        return end + 3;
    }
    if (next_is(f, end, "or") &&
        (next_is(f, end + 1, "so") || next_is(f, end + 1, "two") || next_is(f, end + 1, "more"))) {
        uint32_t e3;
        if (!when_unit_at(f, end + 2, true, &e3)) return end + 2;
    }
    if (l->vague && (next_is(f, end, "or") || next_is(f, end, "and"))) {
        const when_word *u = when_unit_at(f, end + 1, false, &e2);
        if (u && u->many) return e2;
    }
    return end;
}

bool when_length_at(const when_finder *f, uint32_t i, when_length *l) {
    when_count n, n2;
    uint32_t end;
    memset(l, 0, sizeof *l);
    if (!when_number_at(f, i, &n)) return false;
    uint32_t at = n.end;
    if (!n.article && !n.vague) {
        uint32_t second = at;
        if (next_is(f, at, "to") || next_is(f, at, "or") || sign(f, at, '-')) second = at + 1;
        if (second > at && sign(f, second, '-')) second++;
        if (second > at && more(f, second) && when_number_at(f, second, &n2) && !n2.article) {
            uint32_t unit = when_fillers(f, sign(f, n2.end, '-') ? n2.end + 1 : n2.end);
            if (when_unit_at(f, unit, true, &end)) at = n2.end;
        }
    }
    if (sign(f, at, '-') && tight(f, at) && tight(f, at + 1)) {
        l->hyphen = true;
        at++;
    }
    at = when_fillers(f, at);
    const when_word *u = when_unit_at(f, at, true, &end);
    if (!u) return false;
    if (n.article && u->many) return false;
    if (n.vague && !u->many && !l->hyphen) return false;
    if (l->hyphen && n.vague && is(f, i, "a")) return false; /* "a several-year tenure" */
    if (u->where == WHEN_BESIDE && !u->many && !n.digits && !l->hyphen && n.article) return false;
    l->milli = n.milli * u->value2;
    l->unit = (uint8_t)u->value;
    l->vague = n.vague;
    l->article = n.article;
    l->many = u->many;
    l->end = when_tail_of_length(f, end, l);
    return true;
}

/* ---- days, months, years --------------------------------------------------------------------- */

bool when_year_digits(const when_finder *f, uint32_t i, int32_t *year, uint32_t *end) {
    if (!digits(f, i, 4, 4, year) || *year < 1000 || *year > 2199) return false;
    if (tight(f, i + 1) && f->atoms[i + 1].kind == WHEN_LETTERS) return false;
    if ((sign(f, i + 1, ',') || sign(f, i + 1, '.')) && tight(f, i + 1) && tight(f, i + 2) &&
        f->atoms[i + 2].kind == WHEN_DIGITS)
        return false;
    *end = i + 1;
    return true;
}

/* "nineteen ninety-six", "two thousand and four", "'89", "1996" */
bool when_year_at(const when_finder *f, uint32_t i, int32_t *year, uint32_t *end) {
    if (!more(f, i)) return false;
    if (when_year_digits(f, i, year, end)) return true;
    int32_t v;
    if (sign(f, i, '\'') && tight(f, i + 1) && digits(f, i + 1, 2, 2, &v) &&
        !(tight(f, i + 2) && f->atoms[i + 2].kind == WHEN_LETTERS)) {
        *year = v < 40 ? 2000 + v : 1900 + v;
        *end = i + 2;
        return true;
    }
    uint32_t e1;
    const when_word *w = when_word_at(f, i, WHEN_NUMBER, &e1);
    when_count n;
    memset(&n, 0, sizeof n);
    n.end = e1;
    if (w && (w->value == 19 || w->value == 20 || w->value == 18) && w->sub != WHEN_ORDINAL &&
        more(f, e1) && word_number(f, e1, &n) && n.milli >= 10000 && n.milli < 100000) {
        *year = w->value * 100 + (int32_t)(n.milli / 1000);
        *end = n.end;
        return true;
    }
    n.end = i;
    if (w && w->value == 2 && word_number(f, i, &n) && n.milli >= 2000000 && n.milli < 2100000) {
        *year = (int32_t)(n.milli / 1000);
        *end = n.end;
        return true;
    }
    return false;
}

static bool suffix(const when_finder *f, uint32_t i) {
    return tight(f, i) && (is(f, i, "st") || is(f, i, "nd") || is(f, i, "rd") || is(f, i, "th"));
}

/* "14", "14th", "fourteenth", "twenty-first" */
bool when_day_at(const when_finder *f, uint32_t i, int32_t *day, uint32_t *end) {
    if (!more(f, i)) return false;
    if (digits(f, i, 1, 2, day)) {
        if (*day < 1 || *day > 31) return false;
        *end = i + 1;
        if (suffix(f, i + 1)) {
            *end = i + 2;
        } else if (tight(f, i + 1) &&
                   (f->atoms[i + 1].kind == WHEN_LETTERS ||
                    (sign(f, i + 1, ':') && tight(f, i + 2)) || sign(f, i + 1, '%'))) {
            return false;
        } else if ((sign(f, i + 1, '.') || sign(f, i + 1, ',')) && tight(f, i + 1) &&
                   tight(f, i + 2) && f->atoms[i + 2].kind == WHEN_DIGITS) {
            return false;
        }
        return true;
    }
    uint32_t e1, e2;
    const when_word *w = when_word_at(f, i, WHEN_NUMBER, &e1);
    if (!w) return false;
    if (w->sub == WHEN_ORDINAL) {
        *day = w->value;
        *end = e1;
        return w->value <= 31;
    }
    if (w->sub == WHEN_TEN && (w->value == 20 || w->value == 30)) {
        const when_word *o = next(f, sign(f, e1, '-') ? e1 + 1 : e1, WHEN_NUMBER, &e2);
        if (o && o->sub == WHEN_ORDINAL && o->value < 10 && w->value + o->value <= 31) {
            *day = w->value + o->value;
            *end = e2;
            return true;
        }
    }
    return false;
}

bool when_ordinal_at(const when_finder *f, uint32_t i, int32_t *n, uint32_t *end) {
    if (!more(f, i)) return false;
    if (digits(f, i, 1, 2, n) && suffix(f, i + 1)) {
        *end = i + 2;
        return true;
    }
    const when_word *w = when_word_at(f, i, WHEN_NUMBER, end);
    if (!w || w->sub != WHEN_ORDINAL) return false;
    *n = w->value;
    return true;
}

bool when_weekday_at(const when_finder *f, uint32_t i, int32_t *day, bool *many, uint32_t *end) {
    const when_word *w = next(f, i, WHEN_WEEKDAY, end);
    if (!w) return false;
    if (w->where == WHEN_BESIDE) {
        int32_t v;
        uint32_t at = sign(f, *end, '.') ? *end + 1 : *end, e2;
        if (!f->atoms[i].upper) return false;
        const uint32_t behind = sign(f, at, ',') ? at + 1 : at;
        if (!when_day_at(f, behind, &v, &e2) && !next(f, behind, WHEN_MONTH, &e2)) return false;
        *end = at;
    }
    *day = w->value;
    *many = w->many;
    return true;
}

bool when_month_at(const when_finder *f, uint32_t i, int32_t *month, bool alone, uint32_t *end) {
    const when_word *w = next(f, i, WHEN_MONTH, end);
    if (!w) return false;
    const bool upper = f->atoms[i].upper;
    if (!upper && w->where != WHEN_ALWAYS) return false;
    int32_t v;
    uint32_t e2;
    if (w->where == WHEN_BESIDE) {
        if (sign(f, *end, '.')) (*end)++;
        if (alone && !when_day_at(f, *end, &v, &e2) && !when_year_at(f, *end, &v, &e2))
            return false;
    } else if (w->where == WHEN_CAPITAL && alone) {
        const uint8_t pos = pos_of(f, i);
        if (pos == CASUS_POS_VERB || pos == CASUS_POS_AUX || pos == CASUS_POS_ADJ) return false;
        const bool beside = when_day_at(f, *end, &v, &e2) || when_year_at(f, *end, &v, &e2);
        if (!beside && pos != CASUS_POS_PROPN && pos != CASUS_POS_NOUN) return false;
        if (!beside && f->parse->tokens[f->atoms[i].token].flags & CASUS_TOKEN_SENT_START)
            return false;
        /* "Theresa May", "August Wilson" */
        if (!beside && i && !f->atoms[i].stop && f->atoms[i - 1].kind == WHEN_LETTERS &&
            f->atoms[i - 1].upper && pos_of(f, i - 1) == CASUS_POS_PROPN)
            return false;
        const casus_token *t = &f->parse->tokens[f->atoms[i].token];
        if (!beside && t->head == f->atoms[i].token + 1 && more(f, *end) && f->atoms[*end].upper &&
            pos_of(f, *end) == CASUS_POS_PROPN && (!i || pos_of(f, i - 1) != CASUS_POS_ADP))
            return false;
        /* "the March of the Mothers", "March for Life" */
        if (!beside && (next_is(f, *end, "of") || next_is(f, *end, "for")) && more(f, *end + 1) &&
            (f->atoms[*end + 1].upper ||
             (next_is(f, *end + 1, "the") && more(f, *end + 2) && f->atoms[*end + 2].upper)))
            return false;
    }
    *month = w->value;
    return true;
}
