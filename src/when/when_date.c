/* when_date.c - dates as the calendar names them, clock times, festivals. Constant work. */
#include "when/when_step.h"

/* ", 1996", " of 1996", " last year", " this year": the year behind a month or a quarter */
uint32_t when_year_behind(const when_finder *f, uint32_t i, bool may_comma, when_expr *e) {
    uint32_t at = i, end, e2;
    int32_t year;
    if (may_comma && sign(f, at, ',')) at++;
    if (at == i && next_is(f, at, "of")) at++;
    if (next_is(f, at, "the") && next_is(f, at + 1, "year")) {
        if (when_year_at(f, at + 2, &year, &end)) {
            e->year = year;
            return end;
        }
    }
    uint32_t fiscal = at;
    if (next(f, at, WHEN_FISCAL, &end)) fiscal = end;
    if (when_year_at(f, fiscal, &year, &end)) {
        /* "Aug. 6, 1,200 men" was refused by year_digits; "May 3, 2000 men" */
        if (at > i && next(f, end, WHEN_COUNTED, &e2)) return i;
        e->year = year;
        e->fiscal = fiscal > at;
        return end;
    }
    const when_word *r = next(f, at, WHEN_REL, &end);
    if (r && (r->sub == WHEN_LAST || r->sub == WHEN_THIS || r->sub == WHEN_NEXT)) {
        const when_word *u = when_unit_at(f, end, false, &e2);
        if (u && u->value == WHEN_YEAR && !u->many) {
            e->year_rel = r->sub == WHEN_LAST ? -1 : r->sub == WHEN_NEXT;
            return e2;
        }
    }
    return i;
}

/* "3-5", "3 to 5", "3 and 5" behind a first day */
static uint32_t second_day(const when_finder *f, uint32_t i, int32_t first, bool and_too,
                           int32_t *day2) {
    uint32_t at = i, end;
    if (sign(f, i, '-'))
        at = i + 1;
    else if (next_is(f, i, "to") || next_is(f, i, "through") || (and_too && next_is(f, i, "and")))
        at = i + 1;
    if (at == i || !when_day_at(f, at, day2, &end) || *day2 <= first) return i;
    return end;
}

static bool iso_date(const when_finder *f, uint32_t i, when_expr *e) {
    int32_t y, m, d;
    if (!digits(f, i, 4, 4, &y) || !sign(f, i + 1, '-') || !tight(f, i + 2) ||
        !digits(f, i + 2, 2, 2, &m) || !sign(f, i + 3, '-') || !tight(f, i + 4) ||
        !digits(f, i + 4, 2, 2, &d))
        return false;
    if (m < 1 || m > 12 || d < 1 || d > 31) return false;
    e->year = y, e->month = m, e->day = d;
    e->end = i + 5;
    return true;
}

/* 10/27/1989, 10/27/89, 27.10.1989, 10-27-89 */
static bool slash_date(const when_finder *f, uint32_t i, when_expr *e) {
    int32_t a, b, y;
    if (!digits(f, i, 1, 2, &a) || !tight(f, i + 1)) return false;
    const char c = f->atoms[i + 1].lower[0];
    if ((c != '/' && c != '.' && c != '-') || !tight(f, i + 2) || !digits(f, i + 2, 1, 2, &b) ||
        !sign(f, i + 3, c) || !tight(f, i + 4))
        return false;
    if (!digits(f, i + 4, 4, 4, &y)) {
        if (c == '.' || !digits(f, i + 4, 2, 2, &y)) return false;
        y += y < 40 ? 2000 : 1900;
    }
    if (y < 1000 || y > 2199) return false;
    const bool day_first = c == '.' || a > 12;
    e->year = y;
    e->month = day_first ? b : a;
    e->day = day_first ? a : b;
    e->end = i + 5;
    return e->month >= 1 && e->month <= 12 && e->day >= 1 && e->day <= 31;
}

static bool numbered_or_counted(const when_finder *f, uint32_t i, uint32_t end) {
    uint32_t e2;
    if (i && !f->atoms[i].stop) {
        const when_atom *p = &f->atoms[i - 1];
        uint32_t at = i - 1;
        if (p->kind == WHEN_SIGN) {
            const char c = p->lower[0];
            if ((c == '$' || c == '#' || c == '/' || c == '.' || c == ':') && !f->atoms[i].apart)
                return true;
            if (c == '-' && !f->atoms[i].apart && i > 1 && f->atoms[i - 2].kind == WHEN_LETTERS &&
                !when_word_at(f, i - 2, WHEN_MOD, &e2))
                return true;
            if (c == '.' && i > 1) at = i - 2;
        } else if (!f->atoms[i].apart) {
            return true;
        }
        if (f->atoms[at].kind == WHEN_LETTERS && when_word_at(f, at, WHEN_NUMBERED, &e2) &&
            e2 >= i - 1)
            return true;
        /* "resolutions 1970 and 1973" */
        if (i > 2 && f->atoms[i - 2].kind == WHEN_DIGITS &&
            (is(f, i - 1, "and") || is(f, i - 1, "or") || is(f, i - 1, ",")) &&
            f->atoms[i - 3].kind == WHEN_LETTERS && when_word_at(f, i - 3, WHEN_NUMBERED, &e2))
            return true;
    }
    if (next(f, end, WHEN_COUNTED, &e2)) return true;
    if (sign(f, end, '%') || (sign(f, end, '/') && tight(f, end)) ||
        (sign(f, end, '-') && tight(f, end) && tight(f, end + 1) &&
         f->atoms[end + 1].kind == WHEN_LETTERS))
        return true;
    const when_word *t = next(f, end, WHEN_NUMBER, &e2);
    return t && t->sub == WHEN_TIMES;
}

/* A year that stands by itself. */
static bool bare_year(const when_finder *f, uint32_t i, when_expr *e) {
    int32_t y;
    uint32_t end;
    if (i >= f->n) return false;
    const bool spoken = f->atoms[i].kind == WHEN_LETTERS;
    uint32_t era_end;
    const when_word *before = when_word_at(f, i, WHEN_ERA, &era_end); /* "AD 200" */
    if (before && f->atoms[i].upper) {
        if (sign(f, era_end, '.') && tight(f, era_end)) era_end++;
        if (!more(f, era_end) || !digits(f, era_end, 1, 4, &y)) return false;
        e->year = before->value < 0 ? -y : y;
        e->end = era_end + 1;
        return true;
    }
    if (digits(f, i, 1, 4, &y) && next(f, i + 1, WHEN_ERA, &era_end) && f->atoms[i + 1].upper) {
        before = next(f, i + 1, WHEN_ERA, &era_end);
        e->year = before->value < 0 ? -y : y;
        e->end =
            sign(f, era_end, '.') && tight(f, era_end) && before->n > 1 ? era_end + 1 : era_end;
        return true;
    }
    const bool stop = f->atoms[i].stop;
    if (stop) ((when_finder *)f)->atoms[i].stop = false;
    bool ok = when_year_at(f, i, &y, &end);
    if (stop) ((when_finder *)f)->atoms[i].stop = true;
    if (!ok) return false;
    uint32_t e2;
    const when_word *u = when_unit_at(f, end, true, &e2);
    if (u && u->many) return false;
    if (numbered_or_counted(f, i, end)) return false;
    if (!spoken && f->atoms[i].kind == WHEN_SIGN && !is(f, i - (i > 0), "of") && i &&
        f->atoms[i - 1].kind == WHEN_DIGITS)
        return false;
    uint32_t e3;
    if (y < 1800 || y > 2100) {
        const when_word *b = i && !stop ? when_word_at(f, i - 1, WHEN_BOUND, &e3) : NULL;
        if (!b && (!i || stop || !(is(f, i - 1, "in") || is(f, i - 1, "of")))) return false;
        if (y < 1400) return false;
    }
    if (!spoken && f->atoms[i].kind == WHEN_DIGITS) {
        const uint8_t pos = pos_of(f, i);
        if (pos == CASUS_POS_PROPN && i && !stop && f->atoms[i - 1].upper &&
            f->atoms[i - 1].kind == WHEN_LETTERS && pos_of(f, i - 1) == CASUS_POS_PROPN) {
            const casus_token *t = &f->parse->tokens[f->atoms[i].token];
            if (t->head != f->atoms[i].token && t->head + 1 != f->atoms[i].token) return false;
        }
    }
    int32_t y2;
    if (!spoken && sign(f, end, '-') && tight(f, end) && tight(f, end + 1) &&
        digits(f, end + 1, 2, 4, &y2) && f->atoms[end + 1].n != 3 &&
        !(tight(f, end + 2) && f->atoms[end + 2].lower[0] != '.' &&
          f->atoms[end + 2].lower[0] != ',')) {
        if (y2 < 100) y2 += y / 100 * 100;
        if (y2 > y && y2 < 2200) {
            e->year2 = y2;
            end += 2;
        }
    }
    e->year = y;
    e->end = end;
    return true;
}

/* "the 1990s", "the '90s", "the nineties", "the 20th century" behind the article */
bool when_long_at(const when_finder *f, uint32_t i, when_expr *e) {
    int32_t v;
    uint32_t end;
    e->op = WHEN_LONG;
    e->length = 10;
    const uint32_t at = sign(f, i, '\'') ? i + 1 : i;
    if (i && !f->atoms[i].stop && pos_of(f, i - 1) == CASUS_POS_PRON) return false; /* "his 30s" */
    if (i < f->n && digits(f, at, 2, 4, &v) && f->atoms[at].n != 3 && v % 10 == 0) {
        uint32_t s = at + 1;
        if (sign(f, s, '\'') && tight(f, s)) s++;
        if (tight(f, s) && is(f, s, "s") && (v >= 1000 || at > i || v >= 20)) {
            e->decade = v >= 1000 ? v : v < 30 ? 2000 + v : 1900 + v;
            if (v >= 1000 && v % 100 == 0) e->length = v == 2000 ? 10 : 100;
            e->end = s + 1;
            return true;
        }
    }
    const when_word *tens = i < f->n ? when_word_at(f, i, WHEN_NUMBER, &end) : NULL;
    if (tens && tens->sub == WHEN_TENS) {
        e->decade = tens->value;
        e->end = end;
        return i > 0 && f->atoms[i - 1].kind == WHEN_LETTERS;
    }
    if (when_ordinal_at(f, i, &v, &end) && v >= 1 && v <= 22) {
        if (sign(f, end, '-')) end++;
        uint32_t e2;
        const when_word *u = when_unit_at(f, end, false, &e2);
        if (u && u->value == WHEN_CENTURY && !u->many) {
            e->decade = (v - 1) * 100;
            e->length = 100;
            e->end = e2;
            return true;
        }
    }
    return false;
}

/* "third quarter", "third-quarter", "1988 third quarter", "first half" behind an article */
bool when_quarter_at(const when_finder *f, uint32_t i, when_expr *e) {
    uint32_t at = i, end, e2;
    int32_t year, n;
    const when_word *r;
    if (when_year_digits(f, at, &year, &end) && !numbered_or_counted(f, at, at)) {
        e->year = year;
        at = end;
    } else {
        r = i < f->n ? when_word_at(f, at, WHEN_REL, &end) : NULL;
        if (r && (r->sub == WHEN_YEARAGO || r->sub == WHEN_LATEST || r->sub == WHEN_COMPARABLE)) {
            if (r->sub == WHEN_YEARAGO) e->year_rel = -1;
            at = end;
        }
    }
    if (next(f, at, WHEN_FISCAL, &end) ||
        (at == i && at < f->n && when_word_at(f, at, WHEN_FISCAL, &end))) {
        e->fiscal = true;
        at = sign(f, end, '-') ? end + 1 : end;
    }
    bool last = false;
    const bool stopped = at == i && at < f->n && f->atoms[at].stop;
    if (stopped) f->atoms[at].stop = false;
    bool ok = when_ordinal_at(f, at, &n, &end);
    if (!ok && (is(f, at, "last") || is(f, at, "final"))) {
        ok = last = true;
        n = 2;
        end = at + 1;
    }
    if (stopped) f->atoms[at].stop = true;
    if (!ok) return false;
    if (sign(f, end, '-')) end++;
    const when_word *u = when_unit_at(f, end, false, &e2);
    if (u && u->value == WHEN_QUARTER && !u->many && n <= 4 && !last) {
        e->quarter = n;
    } else if (u && u->value == WHEN_HALF && n <= 2) {
        e->half = n;
    } else if (next_is(f, end, "half") && n <= 2) {
        e->half = n;
        e2 = end + 1;
    } else {
        return false;
    }
    e->end = when_year_behind(f, e2, false, e);
    if (e->end == e2 && next_is(f, e2, "of") && next_is(f, e2 + 1, "the") &&
        next_is(f, e2 + 2, "year"))
        e->end = e2; /* "of the year" is an expression of its own */
    if (e->end == e2 && e->half > 0 && e->year < 0 && e->year_rel == WHEN_NO) {
        /* a half of what? only of a year or decade */
        when_expr d;
        blank(&d, e2);
        if (next_is(f, e2, "of") && next_is(f, e2 + 1, "the") && when_long_at(f, e2 + 2, &d)) {
            e->op = WHEN_LONG;
            e->decade = d.decade;
            e->length = d.length;
            e->half = -1;
            e->end = d.end;
            return true;
        }
        return false;
    }
    return true;
}

bool when_season_at(const when_finder *f, uint32_t i, when_expr *e, bool vouched) {
    uint32_t end;
    const when_word *w = i < f->n ? when_word_at(f, i, WHEN_SEASON, &end) : NULL;
    if (!w) return false;
    if (pos_of(f, i) == CASUS_POS_VERB) return false;
    if (next_is(f, end, "of") &&
        !(e->end = 0, more(f, end + 1) && f->atoms[end + 1].kind == WHEN_DIGITS)) {
        int32_t y;
        uint32_t e2;
        if (!when_year_at(f, end + 1, &y, &e2)) return false;
    }
    memcpy(e->season, text_of(f, w), 2);
    e->end = when_year_behind(f, end, false, e);
    return vouched || e->end > end;
}

/* month with day and year, either way round; or a month */
bool when_month_date(const when_finder *f, uint32_t i, when_expr *e) {
    int32_t v, d2;
    uint32_t end, e2;
    const bool stop = i < f->n && f->atoms[i].stop;
    bool ok = false;
    if (i >= f->n) return false;
    f->atoms[i].stop = false;
    if (when_day_at(f, i, &v, &end) &&
        !(i && !f->atoms[i].apart && !stop &&
          (f->atoms[i - 1].kind == WHEN_DIGITS || sign(f, i - 1, '.') || sign(f, i - 1, ',')))) {
        uint32_t at = second_day(f, end, v, true, &d2);
        const bool two = at > end;
        if (at == end) d2 = -1;
        uint32_t behind = next_is(f, at, "of") ? at + 1 : at;
        if (sign(f, behind, '-')) behind++;
        if (next_is(f, behind, "day") && next_is(f, behind + 1, "of")) behind += 2;
        int32_t m;
        if (when_month_at(f, behind, &m, false, &e2) && f->atoms[behind].upper &&
            !when_day_at(f, e2, &m, &end) && when_month_at(f, behind, &m, false, &e2)) {
            e->day = v;
            e->day2 = two ? d2 : -1;
            e->month = m;
            e->end = when_year_behind(f, e2, true, e);
            ok = true;
        }
    }
    int32_t m;
    if (!ok && when_month_at(f, i, &m, true, &end)) {
        e->month = m;
        e->end = end;
        uint32_t at = next_is(f, end, "the") ? end + 1 : end;
        if (sign(f, end, '-')) at = end + 1;
        int32_t y;
        if (when_day_at(f, at, &v, &e2) && !when_year_digits(f, at, &y, &end)) {
            e->day = v;
            uint32_t third = second_day(f, e2, v, sign(f, e2, '-') == false, &d2);
            if (third > e2 && !when_unit_at(f, third, true, &(uint32_t){0})) {
                int32_t other;
                uint32_t e4;
                if (!when_month_at(f, third, &other, false, &e4)) {
                    e->day2 = d2;
                    e2 = third;
                }
            }
            e->end = when_year_behind(f, e2, true, e);
        } else {
            e->end = when_year_behind(f, e->end, true, e);
        }
        ok = true;
    }
    f->atoms[i].stop = stop;
    return ok;
}

/* ---- parts of the day and clock times -------------------------------------------------------- */

bool when_set_clock(const when_finder *f, const when_word *part, when_expr *e) {
    const char *t = text_of(f, part);
    if (t[0] == 'T') {
        e->hour = (t[1] - '0') * 10 + (t[2] - '0');
        e->minute = (t[4] - '0') * 10 + (t[5] - '0');
    } else {
        memcpy(e->part, t, 2);
    }
    e->type = CASUS_TIME_TIME;
    return true;
}

static uint32_t zone_behind(const when_finder *f, uint32_t i, when_expr *e) {
    uint32_t end;
    const uint32_t at = sign(f, i, '(') ? i + 1 : i;
    const when_word *z = next(f, at, WHEN_ZONE, &end);
    if (!z || (at == i && z->n == 1 && !f->atoms[at].upper)) return i;
    if (at > i && !sign(f, end, ')')) return i;
    e->zone = z->value;
    return at > i ? end + 1 : end;
}

bool when_clock_at(const when_finder *f, uint32_t i, when_expr *e) {
    int32_t h, m = -1, s;
    uint32_t end, e2;
    if (i >= f->n) return false;
    const when_word *p = when_word_at(f, i, WHEN_PART, &end);
    if (p && text_of(f, p)[0] == 'T') {
        when_set_clock(f, p, e);
        e->end = zone_behind(f, end, e);
        return true;
    }
    when_count n;
    bool ok = false;
    if (digits(f, i, 1, 2, &h) && h <= 24) {
        end = i + 1;
        if ((sign(f, end, ':') || sign(f, end, '.')) && tight(f, end) && tight(f, end + 1) &&
            digits(f, end + 1, 2, 2, &m) && m < 60) {
            ok = f->atoms[end].lower[0] == ':';
            end += 2;
            if (ok && sign(f, end, ':') && tight(f, end) && digits(f, end + 1, 2, 2, &s)) end += 2;
        } else {
            m = -1;
        }
    } else if (digits(f, i, 4, 4, &h) && h % 100 < 60 && h <= 2400) {
        end = i + 1;
        m = h % 100;
        h /= 100;
        const when_word *c = next(f, end, WHEN_CLOCK, &e2);
        when_expr probe = *e;
        if (c && c->value)
            end = e2;
        else if (zone_behind(f, end, &probe) == end || probe.zone == WHEN_ZONE_LOCAL)
            return false;
        ok = true;
    } else if (when_number_at(f, i, &n) && !n.article && !n.vague && n.milli <= 12000 &&
               n.milli % 1000 == 0) {
        h = (int32_t)(n.milli / 1000);
        end = n.end;
    } else {
        return false;
    }
    if (i && !f->atoms[i].apart && !f->atoms[i].stop && f->atoms[i - 1].kind != WHEN_SIGN)
        return false;
    const when_word *c = next(f, end, WHEN_CLOCK, &e2);
    if (c && !c->value) {
        end = e2;
        ok = true;
    }
    const when_word *a = next(f, end, WHEN_AMPM, &e2);
    if (a && h <= 12 && (a->n > 1 || !f->atoms[end].apart || f->atoms[i].kind == WHEN_DIGITS)) {
        h = h % 12 + a->value;
        end = e2;
        if (sign(f, end, '.') && tight(f, end) && a->n == 3) end++;
        ok = true;
    } else {
        /* "4 in the morning", "nine at night" */
        const uint32_t at = next_is(f, end, "in") && next_is(f, end + 1, "the") ? end + 2
                            : next_is(f, end, "at")                             ? end + 1
                                                                                : end;
        const when_word *part = at > end ? next(f, at, WHEN_PART, &e2) : NULL;
        if (part && text_of(f, part)[0] != 'T' && h >= 1 && h <= 12 && !part->many) {
            const char *t = text_of(f, part);
            if (t[0] != 'M' && !(t[0] == 'N' && h < 5)) h = h % 12 + 12;
            end = e2;
            ok = true;
        }
    }
    if (!ok) return false;
    e->type = CASUS_TIME_TIME;
    e->hour = h;
    e->minute = m;
    e->end = zone_behind(f, end, e);
    return true;
}

/* ---- dates ----------------------------------------------------------------------------------- */

bool when_holiday_at(const when_finder *f, uint32_t i, when_expr *e) {
    uint32_t end;
    const when_word *w = i < f->n ? when_word_at(f, i, WHEN_HOLIDAY, &end) : NULL;
    if (!w || (!f->atoms[i].upper && f->atoms[i].kind == WHEN_LETTERS && w->where != WHEN_FREE))
        return false;
    if (w->where == WHEN_MODIFIER && !next_is(f, end, "holiday") && !next_is(f, end, "holidays"))
        return false;
    e->op = WHEN_FEAST_DAY;
    e->word = w;
    if (w->keep) end = i + w->keep;
    if (w->sub != WHEN_ONCE) {
        const uint32_t e2 = when_year_behind(f, end, true, e);
        if (e2 == end && next_is(f, end, "eve")) {
            e->offset = -1;
            end++;
        } else if (e2 == end && next_is(f, end, "week")) {
            e->offset = 7;
            end++;
        }
        e->end = e2 > end ? e2 : end;
    } else {
        e->end = end;
    }
    return true;
}

/* A date without modifiers before it or a time of day behind. `vouched`: a word before has told
 * that a season is one. */
bool when_plain_date(const when_finder *f, uint32_t i, when_expr *e, bool vouched) {
    const uint32_t first = e->first;
    uint32_t end, e2;
    bool many = false;
    if (i >= f->n) return false;
    e->op = WHEN_CALENDAR;
    e->type = CASUS_TIME_DATE;
    if (iso_date(f, i, e) || slash_date(f, i, e)) return true;
    blank(e, first);
    const when_word *pt = when_word_at(f, i, WHEN_POINT, &end);
    if (pt) {
        e->op = WHEN_NEAR_DAY;
        e->offset = pt->value;
        if (text_of(f, pt)[0]) {
            memcpy(e->part, text_of(f, pt), 2);
            e->type = CASUS_TIME_TIME;
        }
        e->end = end;
        if (sign(f, end, '\'') && next_is(f, end + 1, "s") && pt->value == 0 && pt->n == 1)
            return !text_of(f, pt)[0] ? false : true; /* "today's world" */
        return true;
    }
    int32_t wd;
    const bool stop = f->atoms[i].stop;
    f->atoms[i].stop = false;
    const bool weekday = when_weekday_at(f, i, &wd, &many, &end);
    f->atoms[i].stop = stop;
    if (weekday && !many) {
        e->weekday = wd;
        e->end = end;
        uint32_t at = end;
        const when_word *part = next(f, at, WHEN_PART, &e2);
        if (part && !part->many) at = e2;
        if (sign(f, at, ',')) at++;
        if (next_is(f, at, "the")) at++;
        when_expr d;
        blank(&d, first);
        if (more(f, at) && when_month_date(f, at, &d) && d.day > 0) {
            d.weekday = wd;
            d.op = WHEN_CALENDAR;
            *e = d;
            if (part) when_set_clock(f, part, e);
        }
        return true;
    }
    if (when_holiday_at(f, i, e)) return true;
    blank(e, first);
    if (when_month_date(f, i, e)) {
        e->op = WHEN_CALENDAR;
        return true;
    }
    blank(e, first);
    e->op = WHEN_CALENDAR;
    if (when_quarter_at(f, i, e)) return true;
    blank(e, first);
    if (when_long_at(f, i, e)) return true;
    blank(e, first);
    e->op = WHEN_CALENDAR;
    if (when_season_at(f, i, e, vouched)) return true;
    blank(e, first);
    e->op = WHEN_CALENDAR;
    const when_word *fi = when_word_at(f, i, WHEN_FISCAL, &end);
    int32_t y;
    if (fi) {
        if (sign(f, end, '-')) end++;
        if (next_is(f, end, "year")) end++;
        if (when_year_at(f, end, &y, &e2) ||
            (tight(f, end) && digits(f, end, 2, 2, &y) && (y += 2000, e2 = end + 1, true))) {
            e->fiscal = true;
            e->year = y;
            e->end = e2;
            return true;
        }
        return false;
    }
    return bare_year(f, i, e);
}
