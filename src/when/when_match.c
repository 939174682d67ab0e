/* when_match.c - the grammar of expressions of time, over atoms: relative dates, what stands before
 * and behind a date, lengths, sets; and the choice among them. It says what an expression means;
 * when_value.c puts it on the calendar. Constant work at each atom. */
#include "when/when_step.h"

/* ---- relatives: "the previous night", "last March", "the past two months" -------------------- */

static uint8_t join_rel(uint8_t a, uint8_t b) {
    if (a == WHEN_RELS || a == WHEN_THE || a == WHEN_FULL) return b;
    if (b == WHEN_FULL || b == WHEN_FIRST) return a;
    if (a == WHEN_THIS || a == WHEN_THAT || a == WHEN_SAME) {
        if (b == WHEN_PAST || b == WHEN_COMING || b == WHEN_LATEST) return b;
        return a;
    }
    return b;
}

static bool ends_phrase(const when_finder *f, uint32_t i) {
    if (i >= f->n || f->atoms[i].stop) return true;
    const when_atom *a = &f->atoms[i];
    if (a->kind == WHEN_SIGN)
        return a->lower[0] != '-' && a->lower[0] != '\'' && a->lower[0] != '$';
    return is(f, i, "and") || is(f, i, "but") || is(f, i, "when") || is(f, i, "that") ||
           is(f, i, "in") || is(f, i, "at");
}

static const when_word *shift_at(const when_finder *f, uint32_t i, uint32_t *end) {
    const when_word *s = next(f, i, WHEN_SHIFT, end);
    if (!s) return NULL;
    if ((s->sub == WHEN_BEFORE || s->sub == WHEN_AFTER) && !ends_phrase(f, *end)) return NULL;
    if (s->sub == WHEN_EARLIER || s->sub == WHEN_LATER) {
        if (next_is(f, *end, "than")) return NULL;
    }
    if (is(f, i, "back") && !ends_phrase(f, *end)) return NULL;
    return s;
}

static void move(when_expr *e, const when_length *l, uint8_t shift, uint32_t end) {
    e->op = WHEN_MOVE;
    e->type = CASUS_TIME_DATE;
    e->shift = shift;
    e->unit = l->unit;
    e->milli = (int32_t)(l->milli < 2000000000 ? l->milli : 2000000000);
    e->vague = l->vague;
    e->end = end;
}

static void span(when_expr *e, const when_length *l) {
    e->op = WHEN_SPAN;
    e->type = CASUS_TIME_DURATION;
    e->unit = l->unit;
    e->milli = (int32_t)(l->milli < 2000000000 ? l->milli : 2000000000);
    e->vague = l->vague;
    e->end = l->end;
}

/* What may follow a rel: unit, part of the day, weekday, month, season, holiday, length. */
static bool rel_date(const when_finder *f, uint32_t i, when_expr *e) {
    uint32_t at = i, end;
    uint8_t rel = WHEN_RELS;
    const bool stop = f->atoms[i].stop;
    const uint32_t first = e->first;
    f->atoms[i].stop = false;
    bool the = false, ok = false;
    if (next(f, at, WHEN_DET, &end)) {
        the = true;
        at = end;
        rel = WHEN_THE;
    }
    uint32_t n_rel = 0;
    for (; n_rel < 3; n_rel++) {
        const when_word *r = next(f, at, WHEN_REL, &end);
        if (!r || r->sub == WHEN_EACH || r->sub == WHEN_EVERY || r->sub == WHEN_PER) break;
        if (n_rel && (rel == WHEN_FOLL || rel == WHEN_PREV)) break;
        if (r->sub == WHEN_THAT && pos_of(f, at) == CASUS_POS_SCONJ) break;
        rel = join_rel(rel, r->sub);
        at = end;
        if (r->sub == WHEN_YEARAGO && sign(f, at, '-')) at++;
    }
    if (rel == WHEN_RELS) goto done;
    if (rel == WHEN_NEXT && the) rel = WHEN_FOLL;
    if (rel == WHEN_LAST && the) rel = WHEN_PAST;
    e->rel = rel;
    /* a length: "the past two months", "the first nine months", "the nine months" */
    when_length l;
    const uint32_t quantity = at;
    uint32_t over = at, m_end;
    if (modifier(f, at, PLACE(WHEN_COUNTS) | PLACE(WHEN_BOTH), &m_end) && !is(f, at, "over"))
        over = m_end;
    if (more(f, over) && when_length_at(f, over, &l) && !l.article &&
        !(rel == WHEN_THE && (l.hyphen || (!l.many && l.milli > 1000)))) {
        span(e, &l);
        e->rel = rel;
        if (rel == WHEN_FIRST || rel == WHEN_THE) e->rel = WHEN_RELS;
        uint32_t e2;
        const when_word *s = shift_at(f, l.end, &e2);
        if (s && rel == WHEN_THE) {
            ok = false;
            goto done;
        }
        ok = true;
        goto done;
    }
    at = when_fillers(f, quantity);
    uint32_t e2;
    const when_word *u = when_unit_at(f, at, false, &e2);
    const when_word *plural = u ? NULL : when_unit_at(f, at, true, &e2);
    if (plural && plural->many && plural->value >= WHEN_DAY) u = plural;
    if (u && f->atoms[at].upper && i && !stop && f->atoms[i - 1].kind == WHEN_SIGN &&
        f->atoms[i - 1].lower[0] != ',')
        goto done; /* "This Week" is a programme */
    if (u && u->many) {
        if (rel == WHEN_RECENT || (rel == WHEN_THE && u->value == WHEN_YEAR) || rel == WHEN_PAST ||
            rel == WHEN_COMING || rel == WHEN_FIRST || rel == WHEN_THAT || rel == WHEN_FOLL ||
            rel == WHEN_LAST || rel == WHEN_NEXT || rel == WHEN_PREV || rel == WHEN_THIS) {
            when_length k = {.vague = true, .milli = 1000, .unit = (uint8_t)u->value};
            k.end = when_tail_of_length(f, e2, &k);
            span(e, &k);
            e->rel = rel;
            ok = true;
        }
        goto done;
    }
    if (u) {
        e->op = WHEN_REL_UNIT;
        e->type = CASUS_TIME_DATE;
        e->unit = (uint8_t)u->value;
        e->end = e2;
        ok = u->value >= WHEN_DAY;
        if (u->value2 != 1) ok = rel != WHEN_THE;
        /* "the year 2000", "the year ended March 31", "the day of the attack" */
        int32_t y;
        uint32_t e3;
        if (u->value == WHEN_YEAR && when_year_at(f, e2, &y, &e3)) {
            e->op = WHEN_CALENDAR;
            e->year = y;
            e->end = e3;
            goto done;
        }
        if (u->value == WHEN_YEAR && rel != WHEN_RECENT &&
            (next_is(f, e2, "ended") || next_is(f, e2, "ending"))) {
            when_length k = {.milli = 1000, .unit = WHEN_YEAR, .end = e2};
            span(e, &k);
            goto done;
        }
        if (u->value == WHEN_YEAR && sign(f, e2, '\'') && next_is(f, e2 + 1, "s")) {
            when_expr q;
            blank(&q, first);
            if (more(f, e2 + 2) && when_quarter_at(f, e2 + 2, &q) && q.year < 0) {
                q.op = WHEN_CALENDAR;
                q.year_rel = rel == WHEN_LAST ? -1 : rel == WHEN_NEXT;
                *e = q;
                goto done;
            }
            const when_word *u2 = when_unit_at(f, e2 + 2, false, &e3);
            if (u2 && u2->value == WHEN_QUARTER && rel == WHEN_LAST) {
                e->unit = WHEN_QUARTER;
                e->rel = WHEN_YEARAGO;
                e->end = e3;
                goto done;
            }
        }
        if (rel == WHEN_THE) {
            const when_word *s = shift_at(f, e2, &e3);
            if (s && (s->sub == WHEN_BEFORE || s->sub == WHEN_AFTER)) {
                when_length k = {.milli = 1000, .unit = (uint8_t)u->value};
                move(e, &k, s->sub, e3);
                goto done;
            }
            const bool in_it = i >= 2 && (is(f, i - 1, "in") || is(f, i - 1, "during")) && !stop;
            if (u->value == WHEN_DAY)
                ok = in_it && (is(f, i - 2, "later") || is(f, i - 2, "earlier") ||
                               is(f, i - 2, "late") || is(f, i - 2, "early"));
            if (u->value == WHEN_QUARTER) /* not that of a town */
                ok = f->told.quarter > 0 ||
                     (i >= 1 && !stop &&
                      (is(f, i - 1, "in") || is(f, i - 1, "for") || is(f, i - 1, "during")));
            if (u->value == WHEN_MILLENNIUM || u->value == WHEN_CENTURY || u->value == WHEN_HALF)
                ok = ok && in_it;
            if (next_is(f, e2, "of") || next_is(f, e2, "when") || next_is(f, e2, "that") ||
                (sign(f, e2, '-') && tight(f, e2)))
                ok = false;
        } else if (rel == WHEN_FIRST) {
            ok = false;
        } else if (rel == WHEN_PAST && u->value == WHEN_DAY) {
            ok = false;
        } else if (rel == WHEN_RECENT) {
            ok = false;
        } else if (rel == WHEN_FULL) {
            ok = u->value == WHEN_YEAR;
            e->rel = WHEN_THE;
        }
        /* "that day next week" */
        goto done;
    }
    const when_word *p = next(f, at, WHEN_PERIOD, &e2);
    if (p &&
        (rel == WHEN_YEARAGO || rel == WHEN_LATEST || rel == WHEN_COMPARABLE || rel == WHEN_SAME)) {
        e->op = WHEN_REL_UNIT;
        e->type = CASUS_TIME_DATE;
        e->unit = WHEN_QUARTER;
        e->end = when_year_behind(f, e2, false, e);
        if (rel == WHEN_COMPARABLE || (rel == WHEN_SAME && e->end > e2)) {
            ok = e->year_rel != WHEN_NO;
            e->rel = WHEN_YEARAGO;
        } else {
            ok = rel != WHEN_SAME;
        }
        goto done;
    }
    if (rel == WHEN_YEARAGO && !the) { /* "year-earlier results" */
        when_length k = {.milli = 1000, .unit = WHEN_YEAR};
        move(e, &k, WHEN_EARLIER, quantity);
        ok = i + 1 < f->n && (sign(f, i + 1, '-') || more(f, i + 1));
        if (quantity > i && sign(f, quantity - 1, '-')) e->end--;
        goto done;
    }
    const when_word *part = next(f, at, WHEN_PART, &e2);
    if (part && text_of(f, part)[0] != 'T') {
        const bool in_it =
            i >= 1 && (is(f, i - 1, "in") || is(f, i - 1, "during") || is(f, i - 1, "of") ||
                       is(f, i - 1, "through") || is(f, i - 1, "over"));
        if (part->many || rel == WHEN_FIRST || rel == WHEN_RECENT) goto done;
        e->op = WHEN_REL_UNIT;
        e->unit = WHEN_DAY;
        when_set_clock(f, part, e);
        e->end = e2;
        ok = rel != WHEN_THE || in_it;
        if (rel == WHEN_THE) {
            uint32_t e3;
            const when_word *s = shift_at(f, e2, &e3);
            if (s && (s->sub == WHEN_BEFORE || s->sub == WHEN_AFTER)) {
                when_length k = {.milli = 1000, .unit = WHEN_DAY};
                move(e, &k, s->sub, e3);
                when_set_clock(f, part, e);
                ok = true;
            } else if (next_is(f, e2, "of")) {
                when_expr x;
                blank(&x, first);
                if (more(f, e2 + 1) && when_plain_date(f, e2 + 1, &x, true) &&
                    (x.day > 0 || x.weekday > 0 || x.op == WHEN_FEAST_DAY)) {
                    when_set_clock(f, part, &x);
                    x.first = first;
                    *e = x;
                    ok = true;
                } else {
                    ok = false;
                }
            }
        }
        goto done;
    }
    if (rel == WHEN_THE || rel == WHEN_FULL || rel == WHEN_FIRST || rel == WHEN_RECENT) goto done;
    when_expr x;
    blank(&x, first);
    if (more(f, at) && when_plain_date(f, at, &x, true) && x.year < 0 && x.year_rel == WHEN_NO &&
        (x.op == WHEN_CALENDAR || x.op == WHEN_FEAST_DAY) && x.quarter < 0 && x.half < 0) {
        *e = x;
        e->rel = rel;
        if (rel == WHEN_FOLL && the && is(f, i + 1, "next")) e->rel = WHEN_FOLL;
        ok = true;
    }
done:
    f->atoms[i].stop = stop;
    if (ok) e->first = first;
    return ok;
}

/* A date or relative with what may stand before it and behind it. */
static bool date_at(const when_finder *f, uint32_t i, when_expr *e) {
    uint32_t at = i, end;
    bool vouched = false;
    const when_word *m;
    const bool stop = f->atoms[i].stop;
    bool of = false;
    f->atoms[i].stop = false;
    blank(e, i);
    /* "the end of", "the middle of" */
    uint32_t begin = at;
    if (next_is(f, begin, "the") || next_is(f, begin, "a")) begin++;
    if ((m = modifier(f, begin, PLACE(WHEN_OF_DATE), &end)) && next_is(f, end, "of") &&
        more(f, end + 1)) {
        at = end + 1;
        of = true;
    }
    bool this_only = false;
    for (int k = 0; k < 2 && !of; k++) {
        m = modifier(f, at, PLACE(WHEN_DATES) | PLACE(WHEN_BOTH) | PLACE(WHEN_THIS_DATE), &end);
        if (!m) break;
        if (m->where == WHEN_THIS_DATE) this_only = true;
        if (is(f, at, "late") || is(f, at, "early")) vouched = true;
        at = end;
        if (sign(f, at, '-') && tight(f, at)) at++;
        vouched = true;
    }
    uint32_t det = at;
    if (at > i && !of && next_is(f, at, "the")) det = at;
    /* "the early 1980s", "the late 1970s": the article stands before */
    if (at == i && next_is(f, i, "the")) {
        uint32_t e2;
        m = modifier(f, i + 1, PLACE(WHEN_DATES) | PLACE(WHEN_BOTH), &e2);
        if (m && sign(f, e2, '-') && tight(f, e2)) e2++;
        when_expr x;
        blank(&x, i);
        uint32_t start = m ? e2 : i + 1;
        if (!m && more(f, start) && when_holiday_at(f, start, &x) && !x.word->keep) {
            *e = x;
            f->atoms[i].stop = stop;
            return true;
        }
        blank(&x, i);
        if (more(f, start) && (when_long_at(f, start, &x) || (blank(&x, i), x.op = WHEN_CALENDAR,
                                                              when_quarter_at(f, start, &x)))) {
            *e = x;
            f->atoms[i].stop = stop;
            /* "the third-quarter loss": the article belongs to the noun */
            return !(x.quarter > 0 && sign(f, x.end - 2, '-'));
        }
        blank(&x, i);
        x.op = WHEN_CALENDAR;
        if (more(f, start) &&
            (when_season_at(f, start, &x, i && !stop && pos_of(f, i - 1) == CASUS_POS_ADP))) {
            *e = x;
            f->atoms[i].stop = stop;
            return true;
        }
        blank(&x, i);
        x.op = WHEN_CALENDAR;
        int32_t day;
        if (!m && when_day_at(f, start, &day, &e2) && next_is(f, e2, "of")) {
            blank(&x, i);
            x.op = WHEN_CALENDAR;
            if (when_month_date(f, start, &x) && x.day > 0) {
                *e = x;
                f->atoms[i].stop = stop;
                return true;
            }
        }
        /* "the 1988 quarter", "the 1988 period" */
        int32_t y;
        if (!m && when_year_digits(f, start, &y, &e2)) {
            uint32_t e3;
            const when_word *u = when_unit_at(f, e2, false, &e3);
            if ((u && u->value == WHEN_QUARTER && !u->many) || next(f, e2, WHEN_PERIOD, &e3)) {
                blank(e, i);
                e->op = WHEN_REL_UNIT;
                e->unit = WHEN_QUARTER;
                e->rel = WHEN_YEARAGO;
                e->year = y;
                e->end = e3;
                f->atoms[i].stop = stop;
                return true;
            }
        }
    }
    bool ok = false;
    when_expr part;
    blank(&part, i);
    uint32_t part_end;
    const when_word *pw = next(f, at, WHEN_PART, &part_end);
    if (pw && !pw->many && text_of(f, pw)[0] != 'T' && !of) {
        /* "mid-afternoon yesterday", "overnight", "dawn", "early morning" */
        const uint32_t on = next_is(f, part_end, "on") ? part_end + 1 : part_end;
        when_expr x;
        blank(&x, i);
        if (more(f, on) && when_plain_date(f, on, &x, false) &&
            (x.day > 0 || x.weekday > 0 || x.op == WHEN_NEAR_DAY)) {
            when_set_clock(f, pw, &x);
            *e = x;
            ok = true;
        } else if (pw->where == WHEN_ALONE || is(f, at, "overnight") ||
                   (at > i && this_only == false)) {
            e->op = WHEN_REL_UNIT;
            e->unit = WHEN_DAY;
            e->rel = WHEN_THE;
            when_set_clock(f, pw, e);
            e->end = part_end;
            if (is(f, at, "overnight")) e->rel = WHEN_LATEST;
            ok = pos_of(f, at) != CASUS_POS_PROPN;
        }
    }
    if (!ok && more(f, at)) ok = rel_date(f, det, e);
    if (!ok && more(f, at)) {
        blank(e, i);
        ok = !this_only || at == i;
        if (this_only) { /* "earlier Sunday", "later yesterday" */
            ok = when_plain_date(f, at, e, false) &&
                 (e->weekday > 0 || e->op == WHEN_NEAR_DAY || e->day > 0);
        } else {
            vouched = vouched || (i && !stop && is(f, i - 1, "in"));
            ok = when_plain_date(f, at, e, vouched);
        }
    } else if (ok && this_only && e->op == WHEN_SPAN) {
        ok = false;
    }
    if (ok && of && e->op != WHEN_CALENDAR && e->op != WHEN_REL_UNIT && e->op != WHEN_LONG &&
        e->op != WHEN_FEAST_DAY && e->op != WHEN_NEAR_DAY)
        ok = false;
    f->atoms[i].stop = stop;
    e->first = i;
    return ok;
}

static bool has_day(const when_expr *e) {
    return e->day > 0 || e->weekday > 0 || e->op == WHEN_NEAR_DAY || e->op == WHEN_FEAST_DAY ||
           (e->op == WHEN_REL_UNIT && e->unit == WHEN_DAY) ||
           (e->op == WHEN_MOVE && e->unit == WHEN_DAY);
}

/* A date with a part of the day or a clock time behind it. */
static void add_time(const when_finder *f, when_expr *e) {
    uint32_t end;
    const when_word *p;
    if (!has_day(e)) return;
    if (e->hour < 0 && !e->part[0]) {
        uint32_t at = e->end;
        if (next_is(f, at, "at")) at++;
        uint32_t early = at, e2;
        if (modifier(f, at, PLACE(WHEN_DATES), &e2) && !next_is(f, at, "sometime")) early = e2;
        p = next(f, early, WHEN_PART, &end);
        if (p && !p->many && (at == e->end || p->where == WHEN_ALONE || is(f, early, "night"))) {
            when_set_clock(f, p, e);
            e->end = end;
        } else if (next_is(f, e->end, "in") && next_is(f, e->end + 1, "the") &&
                   (p = next(f, e->end + 2, WHEN_PART, &end)) && !p->many &&
                   text_of(f, p)[0] != 'T') {
            when_set_clock(f, p, e);
            e->end = end;
        }
    }
    if (e->hour < 0) {
        uint32_t at = e->end;
        if (sign(f, at, ',')) at++;
        if (next_is(f, at, "at")) at++;
        if (next_is(f, at, "about") || next_is(f, at, "around")) at++;
        when_expr c;
        blank(&c, at);
        if (more(f, at) && when_clock_at(f, at, &c)) {
            e->hour = c.hour;
            e->minute = c.minute;
            e->zone = c.zone;
            if (e->part[0] && e->part[0] != 'M' && c.hour < 12 && c.hour > 0 && c.end == at + 1)
                e->hour += 12;
            e->type = CASUS_TIME_TIME;
            e->end = c.end;
        }
    }
}

/* A clock time with a date behind it: "10 p.m. Wednesday", "5 p.m. EST, Nov. 9". */
static bool clock_date(const when_finder *f, uint32_t i, when_expr *e) {
    uint32_t at = i, end;
    const bool stop = f->atoms[i].stop;
    f->atoms[i].stop = false;
    blank(e, i);
    if (modifier(f, at, PLACE(WHEN_BOTH) | PLACE(WHEN_COUNTS) | PLACE(WHEN_DATES), &end) &&
        !is(f, at, "over") && !is(f, at, "under"))
        at = sign(f, end, '-') ? end + 1 : end;
    bool ok = more(f, at) && when_clock_at(f, at, e);
    f->atoms[i].stop = stop;
    if (!ok) return false;
    const uint32_t behind_clock = e->end;
    uint32_t d = behind_clock;
    when_expr x;
    if (sign(f, d, '(') && more(f, d + 1)) { /* "10 a.m. (0700 GMT) on Saturday" */
        blank(&x, d + 1);
        if (when_clock_at(f, d + 1, &x) && sign(f, x.end, ')')) d = x.end + 1;
    }
    if (sign(f, d, ',')) d++;
    if (next_is(f, d, "on")) d++;
    blank(&x, i);
    if (more(f, d) && (rel_date(f, d, &x) || (blank(&x, i), when_plain_date(f, d, &x, false))) &&
        has_day(&x) && x.hour < 0) {
        x.hour = e->hour, x.minute = e->minute, x.zone = e->zone;
        x.type = CASUS_TIME_TIME;
        x.first = i;
        uint32_t e2;
        const when_word *p = next(f, x.end, WHEN_PART, &e2);
        if (p && !p->many && text_of(f, p)[0] != 'T') {
            if (text_of(f, p)[0] != 'M' && x.hour < 12) x.hour += 12;
            x.end = e2;
        }
        *e = x;
        return true;
    }
    e->op = WHEN_REL_UNIT;
    e->unit = WHEN_DAY;
    e->rel = WHEN_THE;
    e->first = i;
    return true;
}

/* ---- lengths as expressions ------------------------------------------------------------------ */

static bool rate_before(const when_finder *f, uint32_t i) {
    if (!i || f->atoms[i].stop) return false;
    const when_atom *p = &f->atoms[i - 1];
    if (p->kind == WHEN_DIGITS) return true;
    uint32_t e2;
    if (p->kind == WHEN_SIGN) return p->lower[0] == '%';
    if (when_word_at(f, i - 1, WHEN_OFTEN_WORD, &e2) || is(f, i - 1, "times")) return true;
    if (when_word_at(f, i - 1, WHEN_UNIT, &e2)) return p->lower[p->n - 1] == 's' && p->n > 3;
    if (when_word_at(f, i - 1, WHEN_NUMBER, &e2)) return true;
    const uint8_t pos = pos_of(f, i - 1);
    if (pos != CASUS_POS_NOUN || p->lower[p->n - 1] != 's') return false;
    /* "flights a week": a number stands before the noun */
    for (uint32_t k = i - 1; k > 0 && i - k < 5 && !f->atoms[k].stop; k--) {
        const uint8_t q = pos_of(f, k - 1);
        if (q == CASUS_POS_NUM) return true;
        if (q != CASUS_POS_ADJ && q != CASUS_POS_NOUN) return false;
    }
    return false;
}

static bool quantity_at(const when_finder *f, uint32_t i, when_expr *e) {
    uint32_t at = i, end;
    when_length l;
    blank(e, i);
    const bool stop = f->atoms[i].stop;
    f->atoms[i].stop = false;
    const when_word *m;
    for (int k = 0; k < 2; k++) {
        m = modifier(f, at, PLACE(WHEN_COUNTS) | PLACE(WHEN_BOTH), &end);
        if (!m) break;
        /* "over three years" is a modifier in "for over three years" only */
        if (is(f, at, "over") && at == i && (stop || pos_of(f, i - (i > 0)) != CASUS_POS_ADP))
            break;
        at = end;
    }
    bool ok = more(f, at) && when_length_at(f, at, &l);
    bool bare = false;
    uint32_t e2;
    if (!ok) {
        const when_word *u = when_unit_at(f, at, false, &e2);
        if (u && (u->many || (sign(f, e2, '-') && next_is(f, e2 + 1, "long")))) {
            memset(&l, 0, sizeof l);
            l.vague = u->many;
            l.milli = 1000 * u->value2;
            l.unit = (uint8_t)u->value;
            l.many = true;
            l.end = when_tail_of_length(f, e2, &l);
            bare = ok = true;
            if (u->value == WHEN_WEEKEND) ok = false;
        }
    }
    f->atoms[i].stop = stop;
    if (!ok) return false;
    span(e, &l);
    e->first = i;
    if (l.article && at == i && !stop && rate_before(f, i)) {
        const when_word *s = shift_at(f, l.end, &e2);
        if (!s) {
            e->op = WHEN_OFTEN;
            e->type = CASUS_TIME_SET;
            return true;
        }
    }
    /* ages and "-long" */
    uint32_t t = l.end;
    if (sign(f, t, '-') && tight(f, t)) t++;
    if (next(f, t, WHEN_OLD, &end)) {
        e->end = end;
        if (t > l.end) e->op = WHEN_AGE;
        return true;
    }
    if (next_is(f, t, "of") && next_is(f, t + 1, "age")) {
        e->end = t + 2;
        return true;
    }
    if (t > l.end && next_is(f, t, "long")) {
        e->end = t + 1;
        return true;
    }
    if (l.article && t > l.end && next(f, t, WHEN_SHIFT, &e2))
        return false; /* "a year-earlier loss" */
    const when_word *s = shift_at(f, l.end, &e2);
    if (s) {
        const uint8_t shift = s->sub;
        if (bare && shift != WHEN_AGO && shift != WHEN_LATER && shift != WHEN_EARLIER) return true;
        move(e, &l, shift, e2);
        return true;
    }
    /* "a week from Monday": the day is an expression of its own */
    if (l.article && at == i && (l.unit == WHEN_SECOND || l.unit == WHEN_MINUTE)) return false;
    if (l.unit == WHEN_QUARTER && (l.article || (l.hyphen && l.many))) return false;
    return true;
}

/* ---- sets ------------------------------------------------------------------------------------ */

static bool set_at(const when_finder *f, uint32_t i, when_expr *e) {
    uint32_t end, e2;
    blank(e, i);
    e->op = WHEN_OFTEN;
    e->type = CASUS_TIME_SET;
    const when_word *w = when_word_at(f, i, WHEN_SET, &end);
    if (w) {
        if (i && !f->atoms[i].stop && !f->atoms[i].apart && sign(f, i - 1, '-')) return false;
        e->word = w;
        e->end = end;
        return pos_of(f, i) != CASUS_POS_PROPN;
    }
    uint32_t at = i;
    if (when_word_at(f, i, WHEN_OFTEN_WORD, &end)) {
        at = end;
    } else {
        when_count n;
        if (when_number_at(f, i, &n) && !n.article && next_is(f, n.end, "times")) at = n.end + 1;
    }
    if (at > i) {
        const bool rate = next_is(f, at, "a") || next_is(f, at, "an") || next_is(f, at, "per") ||
                          next_is(f, at, "every") || next_is(f, at, "each");
        const when_word *u = rate ? when_unit_at(f, at + 1, false, &e2) : NULL;
        if (!u || u->many) return false;
        e->unit = (uint8_t)u->value;
        e->milli = 1000 * u->value2;
        e->end = e2;
        return true;
    }
    const when_word *r = when_word_at(f, i, WHEN_REL, &end);
    if (r && (r->sub == WHEN_EACH || r->sub == WHEN_EVERY || r->sub == WHEN_PER)) {
        when_length l;
        uint32_t over = end;
        if (next_is(f, end, "other")) over = end + 1;
        if (next_is(f, over, "single")) over++;
        const when_word *u = when_unit_at(f, over, false, &e2);
        if (u && !u->many) {
            e->unit = (uint8_t)u->value;
            e->milli = (next_is(f, end, "other") ? 2000 : 1000) * u->value2;
            e->end = e2;
            return u->value >= WHEN_HOUR || r->sub != WHEN_EACH;
        }
        if (r->sub == WHEN_PER) return false;
        if (more(f, over) && when_length_at(f, over, &l) && !l.article) {
            e->unit = l.unit;
            e->milli = (int32_t)(l.milli < 2000000000 ? l.milli : 2000000000);
            e->end = l.end;
            return true;
        }
        bool many;
        if (when_weekday_at(f, over, &e->weekday, &many, &e2) ||
            when_month_at(f, over, &e->month, false, &e2)) {
            e->end = e2;
            const when_word *p = next(f, e2, WHEN_PART, &end);
            if (p && text_of(f, p)[0] != 'T') {
                memcpy(e->part, text_of(f, p), 2);
                e->end = end;
            }
            return true;
        }
        const when_word *p = next(f, over, WHEN_PART, &e2);
        if (p && text_of(f, p)[0] != 'T') {
            memcpy(e->part, text_of(f, p), 2);
            e->unit = WHEN_DAY;
            e->end = e2;
            return true;
        }
        when_expr s;
        blank(&s, i);
        if (more(f, over) && when_season_at(f, over, &s, true)) {
            memcpy(e->season, s.season, 4);
            e->end = s.end;
            return true;
        }
        return false;
    }
    bool many;
    const bool stop = f->atoms[i].stop;
    f->atoms[i].stop = false;
    const bool day = when_weekday_at(f, i, &e->weekday, &many, &end);
    f->atoms[i].stop = stop;
    if (day) {
        const when_word *p = next(f, end, WHEN_PART, &e2);
        if (p && p->many) {
            memcpy(e->part, text_of(f, p), 2);
            e->end = e2;
            return true;
        }
        e->end = end;
        return many;
    }
    return false;
}

/* ---- words without a place on the calendar --------------------------------------------------- */

static bool vague_at(const when_finder *f, uint32_t i, when_expr *e) {
    uint32_t end;
    const when_word *w = when_word_at(f, i, WHEN_VAGUE, &end);
    if (!w) return false;
    const bool stop = f->atoms[i].stop;
    const uint8_t before = i && !stop ? pos_of(f, i - 1) : (uint8_t)CASUS_POS_X;
    const casus_token *t = &f->parse->tokens[f->atoms[end - 1].token];
    bool ok = true;
    switch ((when_where)w->where) {
    case WHEN_MODIFIER:
        ok = more(f, end) && t->head > f->atoms[end - 1].token &&
             f->atoms[end].kind == WHEN_LETTERS && t->pos == CASUS_POS_ADJ;
        break;
    case WHEN_NO_NOUN: {
        const uint8_t pos = more(f, end) ? pos_of(f, end) : (uint8_t)CASUS_POS_X;
        uint32_t e2;
        ok = pos != CASUS_POS_NOUN && pos != CASUS_POS_PROPN && pos != CASUS_POS_ADJ &&
             pos != CASUS_POS_NUM && !next_is(f, end, "of") && !next(f, end, WHEN_NUMBER, &e2);
        break;
    }
    case WHEN_BEHIND_AT:
        ok = i && !stop && (is(f, i - 1, "at") || is(f, i - 1, "for"));
        break;
    case WHEN_BEHIND_TO:
        ok = i && !stop && is(f, i - 1, "to");
        break;
    case WHEN_OPENS:
        ok = (stop || t->flags & CASUS_TOKEN_SENT_START ||
              f->parse->tokens[f->atoms[i].token].flags & CASUS_TOKEN_SENT_START) &&
             (sign(f, end, ',') || ends_phrase(f, end));
        break;
    case WHEN_FREE:
        ok = !next_is(f, end, "after") && !next_is(f, end, "as") && !next_is(f, end, "before") &&
             !(i && is(f, i - 1, "as")) && !(i && is(f, i - 1, "too")) &&
             !(i && is(f, i - 1, "how"));
        break;
    case WHEN_UNDER_WILL:
        ok = when_direction(f, f->atoms[i].token) > 0;
        break;
    default:
        break;
    }
    if (ok && is(f, i, "now") && next_is(f, i + 1, "that")) ok = false;
    (void)before;
    if (!ok) return false;
    blank(e, i);
    e->op = WHEN_NAMED;
    e->type = (uint8_t)w->value;
    e->word = w;
    e->end = end;
    return true;
}

/* ---- choosing -------------------------------------------------------------------------------- */

bool when_match(const when_finder *f, uint32_t i, when_expr *out) {
    const when_atom *a = &f->atoms[i];
    when_expr e;
    bool found = false;
    if (a->kind == WHEN_SIGN && a->lower[0] != '\'') return false;
    if (a->kind == WHEN_LETTERS && !a->n_words) return false;
    /* not inside a word with hyphens ("Al-March"), but behind a number's ("1990-95") */
    if (i && !a->apart && !a->stop && sign(f, i - 1, '-') && a->kind == WHEN_LETTERS && i > 1 &&
        !f->atoms[i - 1].apart && f->atoms[i - 2].kind == WHEN_LETTERS)
        return false;
    if (i && !a->apart && !a->stop && f->atoms[i - 1].kind != WHEN_SIGN) return false;
    memset(out, 0, sizeof *out);
#define TRY(call)                                     \
    do {                                              \
        if ((call) && (!found || e.end > out->end)) { \
            *out = e;                                 \
            found = true;                             \
        }                                             \
    } while (0)
    TRY(set_at(f, i, &e));
    TRY(vague_at(f, i, &e));
    if (date_at(f, i, &e)) {
        add_time(f, &e);
        TRY(true);
    }
    TRY(clock_date(f, i, &e));
    TRY(quantity_at(f, i, &e));
#undef TRY
    return found;
}
