/* when_value.c - gives an expression its place on the calendar: by the day of publication, or by
 * the day that the text told of last. Constant work for each. What has no place gets a value of
 * TIMEX3 all the same ("PAST_REF", "XXXX-11-07") and open ends. */
#include "when/when_int.h"

#include <stdio.h>

#define NEAR_SENTENCES 12u /* so long a day told of is remembered */

typedef struct place {
    int32_t from, to;
    uint8_t grain;
    char value[32];
} place;

static int32_t day_of(int32_t y, int32_t m, int32_t d) {
    const int32_t most = casus_base_days_in_month(y, m);
    return casus_base_day_of(y, m, d > most ? most : d);
}
static int32_t year_of(int32_t day) {
    int32_t y, m, d;
    casus_base_day_split(day, &y, &m, &d);
    return y;
}
static int32_t month_of(int32_t day) {
    int32_t y, m, d;
    casus_base_day_split(day, &y, &m, &d);
    return m;
}

static place open_place(const char *value) {
    place p = {CASUS_NO_DAY, CASUS_NO_DAY, CASUS_GRAIN_NONE, {0}};
    snprintf(p.value, sizeof p.value, "%s", value);
    return p;
}

static place days(int32_t from, int32_t to) {
    place p = {from, to, CASUS_GRAIN_DAY, {0}};
    int32_t y, m, d;
    casus_base_day_split(from, &y, &m, &d);
    snprintf(p.value, sizeof p.value, "%04d-%02d-%02d", (int)y, (int)m, (int)d);
    if (to > from) {
        casus_base_day_split(to, &y, &m, &d);
        snprintf(p.value + 10, sizeof p.value - 10, "/%04d-%02d-%02d", (int)y, (int)m, (int)d);
    }
    return p;
}
static place one_day(int32_t day) {
    return days(day, day);
}

/* ISO 8601 week: year and number of the week that holds `day`. */
static void week_of(int32_t day, int32_t *year, int32_t *week) {
    const int32_t thursday = day - casus_base_day_weekday(day) + 4;
    *year = year_of(thursday);
    *week = (thursday - casus_base_day_of(*year, 1, 1)) / 7 + 1;
}
static place a_week(int32_t day, bool weekend) {
    const int32_t monday = day - casus_base_day_weekday(day) + 1;
    place p = {monday + (weekend ? 5 : 0), monday + 6, CASUS_GRAIN_WEEK, {0}};
    int32_t y, w;
    week_of(day, &y, &w);
    snprintf(p.value, sizeof p.value, "%04d-W%02d%s", (int)y, (int)w, weekend ? "-WE" : "");
    return p;
}
/* Month `m` counted from January of `y`; any number. */
static place a_month(int32_t y, int32_t m) {
    y += (m - 1 >= 0 ? m - 1 : m - 12) / 12;
    m = ((m - 1) % 12 + 12) % 12 + 1;
    place p = {day_of(y, m, 1), day_of(y, m, 31), CASUS_GRAIN_MONTH, {0}};
    snprintf(p.value, sizeof p.value, "%04d-%02d", (int)y, (int)m);
    return p;
}
static place a_quarter(int32_t y, int32_t q) {
    y += (q - 1 >= 0 ? q - 1 : q - 4) / 4;
    q = ((q - 1) % 4 + 4) % 4 + 1;
    place p = {day_of(y, q * 3 - 2, 1), day_of(y, q * 3, 31), CASUS_GRAIN_QUARTER, {0}};
    snprintf(p.value, sizeof p.value, "%04d-Q%d", (int)y, (int)q);
    return p;
}
static place a_half(int32_t y, int32_t h) {
    place p = {day_of(y, h * 6 - 5, 1), day_of(y, h * 6, 31), CASUS_GRAIN_QUARTER, {0}};
    snprintf(p.value, sizeof p.value, "%04d-H%d", (int)y, (int)h);
    return p;
}
static place a_year(int32_t y) {
    place p = {casus_base_day_of(y, 1, 1), casus_base_day_of(y, 12, 31), CASUS_GRAIN_YEAR, {0}};
    if (y < 1) { /* no day numbers so far back */
        p.from = p.to = CASUS_NO_DAY;
        snprintf(p.value, sizeof p.value, "BC%04d", (int)-y);
    } else
        snprintf(p.value, sizeof p.value, "%04d", (int)y);
    return p;
}
static place a_decade(int32_t first, int32_t length) {
    place p = {casus_base_day_of(first, 1, 1),
               casus_base_day_of(first + length - 1, 12, 31),
               length >= 100 ? CASUS_GRAIN_CENTURY : CASUS_GRAIN_DECADE,
               {0}};
    snprintf(p.value, sizeof p.value, length >= 100 ? "%02d" : "%03d",
             (int)(length >= 100 ? first / 100 : first / 10));
    return p;
}
static int32_t season_start(const char *season) {
    return season[0] == 'W' ? 12 : season[0] == 'F' ? 9 : season[1] == 'U' ? 6 : 3;
}
static place a_season(int32_t y, const char *season) {
    const int32_t m = season_start(season);
    place p = {a_month(y, m).from, a_month(y, m + 2).to, CASUS_GRAIN_QUARTER, {0}};
    snprintf(p.value, sizeof p.value, "%04d-%.2s", (int)y, season);
    return p;
}

/* ---- festivals ------------------------------------------------------------------------------- */

/* Sunday of Easter: Western (Gauss, Lichtenberg's form) or Orthodox (Meeus, Julian). */
static int32_t easter(int32_t y, bool orthodox) {
    if (orthodox) {
        const int32_t a = y % 4, b = y % 7, c = y % 19, d = (19 * c + 15) % 30;
        const int32_t e = (2 * a + 4 * b - d + 34) % 7, m = (d + e + 114) / 31;
        const int32_t day = (d + e + 114) % 31 + 1;
        return casus_base_day_of(y, m, day) + y / 100 - y / 400 - 2;
    }
    const int32_t k = y / 100, m = 15 + (3 * k + 3) / 4 - (8 * k + 13) / 25;
    const int32_t s = 2 - (3 * k + 3) / 4, a = y % 19, d = (19 * a + m) % 30;
    const int32_t r = (d + a / 11) / 29, og = 21 + d - r, sz = 7 - (y + y / 4 + s) % 7;
    const int32_t oe = 7 - (og - sz) % 7;
    return casus_base_day_of(y, 3, 1) + og + oe - 1;
}

/* The festival of year y; false when the tables do not know it. */
static bool feast_in(const casus_when *w, const when_word *h, int32_t y, int32_t *from,
                     int32_t *to) {
    const int32_t m = h->value / 100;
    switch ((when_rule)h->sub) {
    case WHEN_FIXED:
        *from = day_of(y, m, h->value % 100);
        break;
    case WHEN_ONCE:
        *from = h->value;
        break;
    case WHEN_NTH:
    case WHEN_BEHIND: {
        const int32_t wd = h->value / 10 % 10, n = h->value % 10;
        const int32_t first = casus_base_day_of(y, m, 1);
        const int32_t one = first + (wd - casus_base_day_weekday(first) + 7) % 7;
        if (h->sub == WHEN_BEHIND) {
            *from = one + (h->value2 - wd + 7) % 7;
        } else if (n == 9) {
            const int32_t last = day_of(y, m, 31);
            *from = last - (casus_base_day_weekday(last) - wd + 7) % 7;
        } else {
            *from = one + 7 * (n - 1) + h->value2;
        }
        break;
    }
    case WHEN_EASTER:
        *from = easter(y, false) + h->value;
        break;
    case WHEN_PASCHA:
        *from = easter(y, true) + h->value;
        break;
    case WHEN_FEAST:
        for (int32_t i = 0; i < h->value2; i++) {
            const when_feast *x = &w->feasts[h->value + i];
            if (year_of(x->first) != y) continue;
            *from = x->first;
            *to = x->last;
            return true;
        }
        return false;
    }
    *to = *from;
    return true;
}

/* ---- choosing among years -------------------------------------------------------------------- */

static int32_t pub_of(const when_finder *f) {
    return f->parse->text->day;
}
/* The day from which "the next day", "the following month" counts. */
static int32_t anchor_of(const when_finder *f, uint32_t sent, uint8_t unit) {
    const when_told *t = &f->told;
    if (unit > WHEN_WEEK && t->wide != CASUS_NO_DAY && sent - t->wide_sent <= NEAR_SENTENCES)
        return t->wide;
    if (t->day != CASUS_NO_DAY && sent - t->day_sent <= NEAR_SENTENCES) return t->day;
    return pub_of(f);
}

/* "In August 2020 ... three weeks later": the day is not known, the month is. False: a day is known
 * to count from. */
static bool coarse_place(const when_finder *f, uint32_t sent, int32_t shift, place *p) {
    const when_told *t = &f->told;
    if (!t->coarse || sent - t->wide_sent > 1) return false;
    int32_t y, m, d;
    p->from = t->wide + shift;
    p->to = t->wide_to + shift;
    casus_base_day_split(p->from + (p->to - p->from) / 2, &y, &m, &d);
    p->grain = p->to - p->from > 40 ? CASUS_GRAIN_YEAR : CASUS_GRAIN_MONTH;
    if (p->to - p->from > 40)
        snprintf(p->value, sizeof p->value, "%04d-XX-XX", (int)y);
    else
        snprintf(p->value, sizeof p->value, "%04d-%02d-XX", (int)y, (int)m);
    return true;
}

/* Picks -1, 0 or 1 (years from that of writing) for something at from..to of this year. */
static int year_shift(int32_t pub, int32_t from, int32_t to, uint8_t rel, int direction,
                      bool coarse) {
    switch ((when_rel)rel) {
    case WHEN_LAST:
    case WHEN_PAST:
    case WHEN_PREV:
        return to < pub ? 0 : -1;
    case WHEN_NEXT:
    case WHEN_COMING:
    case WHEN_FOLL:
        return from > pub ? 0 : 1;
    case WHEN_THIS:
        return 0;
    default:
        break;
    }
    if (direction > 0) return to < pub - (coarse ? 0 : 60) ? 1 : 0;
    if (direction < 0) {
        if (from <= pub) return 0;
        return coarse || from - pub > 20 ? -1 : 0;
    }
    if (from - pub > 120) return -1;
    return pub - to > 300 ? 1 : 0;
}

/* "placed under arrest on November 15, 2017. ... He resigned on November 21": the year goes on
 * where the same paragraph tells of this month or one of the next, two sentences on at most. */
static bool goes_on(const when_finder *f, const when_expr *e, uint32_t sent, int direction) {
    const when_told *t = &f->told;
    const casus_parse *p = f->parse;
    if (t->year == WHEN_NO || t->year_loose || e->op != WHEN_CALENDAR || e->month <= 0 ||
        e->weekday > 0 || direction > 0 || t->wide == CASUS_NO_DAY)
        return false;
    if (sent - t->year_sent > 2 || sent - t->wide_sent > 2 || t->wide_to - t->wide > 31 ||
        p->sentences[sent].para != p->sentences[t->year_sent].para || year_of(t->wide) != t->year)
        return false;
    const int32_t pub = pub_of(f), later = e->month - month_of(t->wide);
    return later >= 0 && later <= 4 && (pub == CASUS_NO_DAY || t->year < year_of(pub));
}

/* The year of a date that names none. WHEN_NO: unknown. */
static int32_t year_for(when_finder *f, const when_expr *e, casus_time *out, int direction) {
    const int32_t pub = pub_of(f);
    if (e->year >= 0 || e->year < -1) return e->year;
    const uint32_t sent = f->parse->tokens[out->first].sent;
    if (e->year_rel != WHEN_NO) {
        out->relative = true;
        return pub == CASUS_NO_DAY ? WHEN_NO : year_of(pub) + e->year_rel;
    }
    out->relative = true;
    /* in the same sentence, or where the next one opens */
    const bool told_year =
        f->told.year != WHEN_NO &&
        (sent == f->told.year_sent || (sent - f->told.year_sent == 1 && !f->told.year_loose &&
                                       out->first - f->parse->sentences[sent].first <= 2));
    if (e->rel == WHEN_RELS && goes_on(f, e, sent, direction)) return f->told.year;
    if (e->rel == WHEN_RELS && told_year && e->op == WHEN_CALENDAR &&
        (pub == CASUS_NO_DAY || (f->told.year < year_of(pub) && direction <= 0)))
        return f->told.year;
    if (e->rel == WHEN_THAT || e->rel == WHEN_SAME || e->rel == WHEN_FOLL || e->rel == WHEN_PREV) {
        const int32_t a = anchor_of(f, sent, WHEN_MONTHS);
        if (a == CASUS_NO_DAY) return WHEN_NO;
        if (e->month > 0 && e->rel == WHEN_FOLL) return year_of(a) + (e->month <= month_of(a));
        if (e->month > 0 && e->rel == WHEN_PREV) return year_of(a) - (e->month >= month_of(a));
        return year_of(a);
    }
    if (pub == CASUS_NO_DAY) return f->told.year != WHEN_NO && told_year ? f->told.year : WHEN_NO;
    const int32_t y = year_of(pub);
    if (e->op == WHEN_FEAST_DAY) {
        int32_t from, to;
        if (!feast_in(f->when, e->word, y, &from, &to)) return y;
        const bool near = direction < 0 && from - pub <= 7; /* "as Easter week began" */
        return y + year_shift(pub, from, to, e->rel, direction, !near);
    }
    if (e->season[0]) {
        const place p = a_season(y, e->season);
        if (e->rel == WHEN_RELS && direction <= 0) return p.from <= pub ? y : y - 1;
        if (e->rel == WHEN_THIS && p.from > pub && direction < 0) return y - 1;
        return y + year_shift(pub, p.from, p.to, e->rel, direction, true);
    }
    if (e->quarter > 0) {
        const int32_t now = (month_of(pub) + 2) / 3;
        return now == 1 && e->quarter > 2 && direction <= 0 ? y - 1 : y;
    }
    if (e->month > 0 && e->day > 0 && e->weekday > 0) {
        for (int k = 0; k < 4; k++) { /* the year in which that day has that name */
            static const int order[] = {0, -1, 1, -2};
            const int32_t d = day_of(y + order[k], e->month, e->day);
            if (casus_base_day_weekday(d) == e->weekday) return y + order[k];
        }
    }
    if (e->month > 0) {
        const place p = e->day > 0 ? one_day(day_of(y, e->month, e->day)) : a_month(y, e->month);
        if (f->until && e->rel == WHEN_RELS && pub - p.to > 120) return y + 1;
        return y + year_shift(pub, p.from, p.to, e->rel, direction, e->day < 0);
    }
    return WHEN_NO;
}

/* ---- each kind ------------------------------------------------------------------------------- */

static place weekday_place(when_finder *f, const when_expr *e, casus_time *out, int direction) {
    const uint32_t sent = f->parse->tokens[out->first].sent;
    const bool told =
        e->rel == WHEN_THAT || e->rel == WHEN_SAME || e->rel == WHEN_PREV || e->rel == WHEN_FOLL;
    const int32_t base = told ? anchor_of(f, sent, WHEN_DAY) : pub_of(f);
    out->relative = true;
    if (base == CASUS_NO_DAY) {
        char x[32];
        snprintf(x, sizeof x, "XXXX-WXX-%d", (int)e->weekday);
        place p = open_place(x);
        p.grain = CASUS_GRAIN_DAY;
        return p;
    }
    const int32_t now = casus_base_day_weekday(base);
    const int32_t back = (now - e->weekday + 7) % 7, on = (e->weekday - now + 7) % 7;
    switch ((when_rel)e->rel) {
    case WHEN_LAST:
    case WHEN_PAST:
    case WHEN_PREV:
        return one_day(base - (back ? back : 7));
    case WHEN_COMING:
    case WHEN_FOLL:
        return one_day(base + (on ? on : 7));
    case WHEN_NEXT:
        return one_day(base - now + 7 + e->weekday);
    case WHEN_THAT:
    case WHEN_SAME:
        return one_day(base - back);
    case WHEN_THIS:
        return one_day(direction < 0 ? base - back : base + on);
    default:
        return one_day(direction > 0 ? base + on : base - back);
    }
}

static place calendar_place(when_finder *f, const when_expr *e, casus_time *out, int direction) {
    if (e->weekday > 0 && e->day < 0) return weekday_place(f, e, out, direction);
    const int32_t y = year_for(f, e, out, direction);
    char x[32];
    if (y == WHEN_NO) {
        if (e->day > 0)
            snprintf(x, sizeof x, "XXXX-%02d-%02d", (int)e->month, (int)e->day);
        else if (e->month > 0)
            snprintf(x, sizeof x, "XXXX-%02d", (int)e->month);
        else if (e->season[0])
            snprintf(x, sizeof x, "XXXX-%.2s", e->season);
        else if (e->quarter > 0)
            snprintf(x, sizeof x, "XXXX-Q%d", (int)e->quarter);
        else
            snprintf(x, sizeof x, "XXXX");
        place p = open_place(x);
        p.grain = e->day > 0 ? CASUS_GRAIN_DAY : CASUS_GRAIN_MONTH;
        return p;
    }
    if (e->day > 0) {
        const int32_t first = day_of(y, e->month, e->day);
        return days(first, e->day2 > e->day ? day_of(y, e->month, e->day2) : first);
    }
    if (e->month > 0) return a_month(y, e->month);
    if (e->season[0]) return a_season(y, e->season);
    if (e->quarter > 0) return a_quarter(y, e->quarter);
    if (e->half > 0) return a_half(y, e->half);
    place p = a_year(y);
    if (y > 0 && e->year2 > y) {
        p.to = a_year(e->year2).to;
        snprintf(p.value, sizeof p.value, "%04d/%04d", (int)y, (int)e->year2);
    }
    return p;
}

static int steps_of(uint8_t rel) {
    switch ((when_rel)rel) {
    case WHEN_LAST:
    case WHEN_PREV:
    case WHEN_PAST:
        return -1;
    case WHEN_NEXT:
    case WHEN_FOLL:
    case WHEN_COMING:
        return 1;
    default:
        return 0;
    }
}

static const char *unknown_of(uint8_t unit) {
    switch ((when_unit)unit) {
    case WHEN_WEEK:
        return "XXXX-WXX";
    case WHEN_WEEKEND:
        return "XXXX-WXX-WE";
    case WHEN_MONTHS:
        return "XXXX-XX";
    case WHEN_QUARTER:
        return "XXXX-QX";
    case WHEN_HALF:
        return "XXXX-HX";
    case WHEN_YEAR:
        return "XXXX";
    case WHEN_DECADE:
        return "XXX";
    case WHEN_CENTURY:
        return "XX";
    case WHEN_MILLENNIUM:
        return "X";
    default:
        return "XXXX-XX-XX";
    }
}

static uint8_t grain_of(uint8_t unit) {
    static const uint8_t grains[WHEN_UNITS] = {CASUS_GRAIN_TIME,    CASUS_GRAIN_TIME,
                                               CASUS_GRAIN_TIME,    CASUS_GRAIN_DAY,
                                               CASUS_GRAIN_WEEK,    CASUS_GRAIN_WEEK,
                                               CASUS_GRAIN_MONTH,   CASUS_GRAIN_QUARTER,
                                               CASUS_GRAIN_QUARTER, CASUS_GRAIN_YEAR,
                                               CASUS_GRAIN_DECADE,  CASUS_GRAIN_CENTURY,
                                               CASUS_GRAIN_CENTURY};
    return grains[unit];
}

/* The stretch of `unit` that holds base, `steps` further on. */
static place stretch(int32_t base, uint8_t unit, int32_t steps) {
    int32_t y, m, d;
    casus_base_day_split(base, &y, &m, &d);
    switch ((when_unit)unit) {
    case WHEN_WEEK:
        return a_week(base + 7 * steps, false);
    case WHEN_WEEKEND:
        return a_week(base + 7 * steps, true);
    case WHEN_MONTHS:
        return a_month(y, m + steps);
    case WHEN_QUARTER:
        return a_quarter(y, (m + 2) / 3 + steps);
    case WHEN_HALF:
        return a_half(y + (steps > 0 && m > 6) - (steps < 0 && m <= 6),
                      steps ? (m > 6 ? 1 : 2) : (m > 6 ? 2 : 1));
    case WHEN_YEAR:
        return a_year(y + steps);
    case WHEN_DECADE:
        return a_decade((y / 10 + steps) * 10, 10);
    case WHEN_CENTURY:
        return a_decade((y / 100 + steps) * 100, 100);
    case WHEN_MILLENNIUM:
        return a_decade((y / 1000 + steps) * 1000, 1000);
    default:
        return one_day(base + steps);
    }
}

static place rel_unit_place(when_finder *f, const when_expr *e, casus_time *out, int direction) {
    const uint32_t sent = f->parse->tokens[out->first].sent;
    const uint32_t para = f->parse->sentences[sent].para;
    const int32_t pub = pub_of(f);
    out->relative = true;
    const bool day_part = e->unit == WHEN_DAY && out->type == CASUS_TIME_TIME;
    const bool of_told = e->rel == WHEN_THAT || e->rel == WHEN_SAME || e->rel == WHEN_PREV ||
                         e->rel == WHEN_FOLL || (e->rel == WHEN_THE && e->unit == WHEN_DAY);
    int32_t base = of_told ? anchor_of(f, sent, e->unit) : pub;
    if (e->rel == WHEN_THE && e->unit == WHEN_DAY && f->told.coarse &&
        f->told.day != CASUS_NO_DAY && f->told.wide_sent > f->told.day_sent &&
        (f->told.day < f->told.wide || f->told.day > f->told.wide_to)) {
        place p = open_place(unknown_of(e->unit)); /* "killed in June 1968 ... shot at midnight" */
        p.grain = grain_of(e->unit);
        coarse_place(f, sent, 0, &p);
        return p;
    }
    const bool quarter_told = f->told.quarter > 0 && para - f->told.quarter_para <= 3;
    if (e->unit == WHEN_QUARTER && e->rel == WHEN_YEARAGO) {
        if (e->year >= 0)
            return quarter_told ? a_quarter(e->year, f->told.quarter) : a_year(e->year);
        if (quarter_told) return a_quarter(f->told.quarter_year - 1, f->told.quarter);
        if (pub != CASUS_NO_DAY) return stretch(pub, WHEN_QUARTER, -5);
    }
    if (e->unit == WHEN_QUARTER && (e->rel == WHEN_THE || e->rel == WHEN_LATEST)) {
        const bool over =
            quarter_told && (e->rel == WHEN_THE || pub == CASUS_NO_DAY ||
                             a_quarter(f->told.quarter_year, f->told.quarter).to < pub);
        if (over) return a_quarter(f->told.quarter_year, f->told.quarter);
        if (pub != CASUS_NO_DAY) return stretch(pub, WHEN_QUARTER, -1);
    }
    if (base == CASUS_NO_DAY) {
        place p = open_place(unknown_of(e->unit));
        p.grain = grain_of(e->unit);
        return p;
    }
    if (day_part && e->rel == WHEN_LATEST) { /* "overnight": into the day of writing */
        if (f->told.day != CASUS_NO_DAY && f->told.day_sent == sent) return one_day(f->told.day);
        place p = one_day(pub - 1);
        p.to = pub;
        return p;
    }
    int32_t steps = steps_of(e->rel);
    place coarse = open_place("");
    if (of_told && e->rel != WHEN_THE && e->unit == WHEN_DAY &&
        coarse_place(f, sent, steps, &coarse))
        return coarse;
    if (e->rel == WHEN_LATEST) steps = e->unit == WHEN_YEAR ? -1 : 0;
    if (e->unit == WHEN_WEEKEND) {
        const int32_t wd = casus_base_day_weekday(base);
        if (steps == 0) steps = wd >= 6 ? 0 : direction > 0 ? 0 : e->rel == WHEN_THIS ? 0 : -1;
        if (e->rel == WHEN_THIS && direction < 0 && wd < 6) steps = -1;
        if (e->rel == WHEN_FOLL && wd < 6) steps = 0;
        return a_week(base + 7 * steps, true);
    }
    if (e->rel == WHEN_PAST && !day_part && e->unit >= WHEN_WEEK) {
        place p = stretch(base, e->unit, -1);
        if (e->unit == WHEN_DECADE) p.from = base - 3652, p.to = base;
        if (e->unit == WHEN_CENTURY) p.from = base - 36524, p.to = base;
        if (e->unit == WHEN_WEEK) p.from = base - 7, p.to = base;
        if (e->unit == WHEN_MONTHS) p.from = base - 30, p.to = base;
        if (e->unit == WHEN_YEAR) p.from = base - 365, p.to = base;
        return p;
    }
    return stretch(base, e->unit, steps);
}

static place move_place(when_finder *f, const when_expr *e, casus_time *out) {
    const uint32_t sent = f->parse->tokens[out->first].sent;
    const uint32_t para = f->parse->sentences[sent].para;
    const bool back = e->shift == WHEN_AGO || e->shift == WHEN_EARLIER || e->shift == WHEN_BEFORE;
    const bool of_told = e->shift != WHEN_AGO && e->shift != WHEN_HENCE;
    /* "left in 2011 and returned three years later" */
    const bool years = e->unit >= WHEN_MONTHS && !back && f->told.wide != CASUS_NO_DAY &&
                       (f->told.day == CASUS_NO_DAY || f->told.wide_sent > f->told.day_sent);
    const int32_t base = of_told ? anchor_of(f, sent, years ? WHEN_YEAR : WHEN_DAY) : pub_of(f);
    out->relative = true;
    if (e->vague) return open_place(back ? "PAST_REF" : "FUTURE_REF");
    if (e->unit == WHEN_YEAR && back && e->milli == 1000 && f->told.quarter > 0 &&
        para - f->told.quarter_para <= 2)
        return a_quarter(f->told.quarter_year - 1, f->told.quarter);
    if (base == CASUS_NO_DAY) {
        place p = open_place(unknown_of(e->unit));
        p.grain = grain_of(e->unit);
        return p;
    }
    const int64_t sign = back ? -1 : 1;
    int64_t n = e->milli / 1000;
    place coarse = open_place("");
    if (of_told && (e->unit == WHEN_DAY || e->unit == WHEN_WEEK) && n < 400 &&
        coarse_place(f, sent, (int32_t)(sign * n * (e->unit == WHEN_WEEK ? 7 : 1)), &coarse))
        return coarse;
    const bool whole = e->milli % 1000 == 0;
    if (n > 100000) return open_place(back ? "PAST_REF" : "FUTURE_REF");
    switch ((when_unit)e->unit) {
    case WHEN_SECOND:
    case WHEN_MINUTE:
    case WHEN_HOUR:
        if (e->unit == WHEN_HOUR && n >= 24) return one_day(base + (int32_t)(sign * (n / 24)));
        return one_day(base);
    case WHEN_DAY:
        return one_day(base + (int32_t)(sign * n));
    case WHEN_WEEK:
    case WHEN_WEEKEND: {
        if (of_told) return one_day(base + (int32_t)(sign * (int64_t)e->milli * 7 / 1000));
        return a_week(base + (int32_t)(sign * (int64_t)e->milli * 7 / 1000),
                      e->unit == WHEN_WEEKEND);
    }
    case WHEN_YEAR:
        if (!whole)
            return stretch(base, WHEN_MONTHS, (int32_t)(sign * (int64_t)e->milli * 12 / 1000));
        if (n > 4000) return open_place(back ? "PAST_REF" : "FUTURE_REF");
        return stretch(base, WHEN_YEAR, (int32_t)(sign * n));
    case WHEN_DECADE:
        if (n > 150) return open_place(back ? "PAST_REF" : "FUTURE_REF");
        return stretch(base, WHEN_YEAR, (int32_t)(sign * (int64_t)e->milli / 100));
    case WHEN_CENTURY:
        if (n > 15) return open_place(back ? "PAST_REF" : "FUTURE_REF");
        return stretch(base, WHEN_YEAR, (int32_t)(sign * (int64_t)e->milli / 10));
    case WHEN_MILLENNIUM:
        return open_place(back ? "PAST_REF" : "FUTURE_REF");
    default:
        return stretch(base, e->unit, (int32_t)(sign * n));
    }
}

/* "P3D", "PT4H", "PXY", "P2.5Y" */
static void length_value(char *out, size_t size, uint8_t unit, int64_t milli, bool vague) {
    static const char *const marks[WHEN_UNITS] = {"S", "M", "H", "D", "WE", "W", "M",
                                                  "Q", "M", "Y", "E", "C",  "L"};
    const char *t = unit <= WHEN_HOUR ? "T" : "";
    if (vague) {
        snprintf(out, size, "P%sX%s", t, marks[unit]);
        return;
    }
    const char *mark = marks[unit];
    if (unit == WHEN_HALF) milli *= 6;
    if (unit == WHEN_DECADE) milli *= 10, mark = "Y";
    if (unit == WHEN_CENTURY) milli *= 100, mark = "Y";
    if (unit == WHEN_MILLENNIUM) milli *= 1000, mark = "Y";
    if (milli % 1000 && (unit == WHEN_YEAR || unit == WHEN_HOUR || unit == WHEN_MINUTE)) {
        /* half a year is six months, half an hour thirty minutes */
        const int64_t of = unit == WHEN_YEAR ? 12 : 60;
        if (milli < 1000 && milli * of % 1000 == 0) {
            milli *= of;
            mark = unit == WHEN_HOUR ? "M" : unit == WHEN_YEAR ? "M" : "S";
        }
    }
    if (milli % 1000 == 0)
        snprintf(out, size, "P%s%lld%s", t, (long long)(milli / 1000), mark);
    else
        snprintf(out, size, "P%s%lld.%lld%s", t, (long long)(milli / 1000),
                 (long long)(milli % 1000 / 100), mark);
}

static place span_place(when_finder *f, const when_expr *e, casus_time *out) {
    const int32_t pub = pub_of(f);
    place p = open_place("");
    p.grain = grain_of(e->unit);
    if (e->vague && e->milli == 1000 && e->unit >= WHEN_DAY &&
        (e->rel == WHEN_RECENT || e->rel == WHEN_PAST)) {
        out->type = CASUS_TIME_DATE;
        out->relative = true;
        snprintf(p.value, sizeof p.value, "PAST_REF");
        return p;
    }
    length_value(p.value, sizeof p.value, e->unit, e->milli, e->vague);
    if (pub == CASUS_NO_DAY || e->vague || e->unit < WHEN_HOUR) return p;
    const bool back = e->rel == WHEN_PAST || e->rel == WHEN_LAST || e->rel == WHEN_RECENT ||
                      e->rel == WHEN_LATEST;
    const bool on = e->rel == WHEN_NEXT || e->rel == WHEN_COMING || e->rel == WHEN_FOLL;
    static const int32_t days_in[WHEN_UNITS] = {0,  0,   0,   1,    7,     7,     30,
                                                91, 182, 365, 3652, 36524, 365242};
    const int64_t n = e->unit == WHEN_HOUR ? ((int64_t)e->milli + 23999) / 24000
                                           : (int64_t)e->milli * days_in[e->unit] / 1000;
    if ((!back && !on) || n > 400000) return p;
    out->relative = true;
    p.from = back ? pub - (int32_t)n : pub;
    p.to = back ? pub : pub + (int32_t)n;
    return p;
}

static place often_place(const when_finder *f, const when_expr *e) {
    place p = open_place("");
    if (e->word) {
        snprintf(p.value, sizeof p.value, "%s", f->when->pool + e->word->text);
    } else if (e->weekday > 0) {
        snprintf(p.value, sizeof p.value, "XXXX-WXX-%d", (int)e->weekday);
    } else if (e->month > 0) {
        snprintf(p.value, sizeof p.value, "XXXX-%02d", (int)e->month);
    } else if (e->season[0]) {
        snprintf(p.value, sizeof p.value, "XXXX-%.2s", e->season);
    } else if (e->part[0]) {
        snprintf(p.value, sizeof p.value, "XXXX-XX-XX");
    } else {
        length_value(p.value, sizeof p.value, e->unit, e->milli, e->vague);
    }
    if (e->part[0]) {
        const size_t n = strlen(p.value);
        snprintf(p.value + n, sizeof p.value - n, "T%.2s", e->part);
    }
    return p;
}

/* "the November 27 accord": a noun's date from before the story, whose days go on being counted */
static bool aside(const when_finder *f, const casus_time *t, uint32_t sent) {
    const casus_parse *p = f->parse;
    bool before_noun = false;
    for (uint32_t i = t->first; i < t->last && i - t->first < 16; i++) {
        const uint32_t head = p->tokens[i].head;
        before_noun = before_noun || (head >= t->last && head < p->n_tokens &&
                                      p->tokens[head].pos == CASUS_POS_NOUN);
    }
    return before_noun && f->told.day != CASUS_NO_DAY && t->from < f->told.day - 2 &&
           sent - f->told.day_sent <= NEAR_SENTENCES;
}

/* What the text has told now. */
static void tell(when_finder *f, const when_expr *e, const casus_time *t) {
    const uint32_t sent = f->parse->tokens[t->first].sent;
    const uint32_t para = f->parse->sentences[sent].para;
    if (t->from == CASUS_NO_DAY || t->type > CASUS_TIME_TIME) return;
    if (t->grain == CASUS_GRAIN_QUARTER && (e->quarter > 0 || e->unit == WHEN_QUARTER) &&
        e->rel != WHEN_YEARAGO && e->op != WHEN_MOVE && e->year_rel != -1) {
        f->told.quarter_year = year_of(t->from);
        f->told.quarter = (month_of(t->from) + 2) / 3;
        f->told.quarter_para = para;
    }
    const bool outright = (e->year >= 0 && e->op == WHEN_CALENDAR) || e->year_rel != WHEN_NO ||
                          (e->op == WHEN_REL_UNIT && e->unit == WHEN_YEAR);
    uint32_t end;
    const bool since = e->first && when_word_at(f, e->first - 1, WHEN_BOUND, &end);
    if (outright)
        f->told.year = since ? WHEN_NO : year_of(t->from);
    else if (f->told.year != WHEN_NO && year_of(t->from) != f->told.year)
        f->told.year = WHEN_NO;
    f->told.year_sent = sent;
    f->told.year_loose = e->year < 0;
    if (t->to - t->from > 400 || aside(f, t, sent)) return;
    f->told.wide = t->from;
    f->told.wide_to = t->to;
    f->told.coarse = t->grain > CASUS_GRAIN_DAY;
    f->told.wide_sent = sent;
    if (t->grain > CASUS_GRAIN_DAY) return;
    f->told.day = t->from;
    f->told.day_sent = sent;
}

bool when_value(when_finder *f, const when_expr *e, casus_time *out) {
    place p;
    int direction = e->op == WHEN_CALENDAR || e->op == WHEN_FEAST_DAY || e->op == WHEN_REL_UNIT
                        ? when_direction(f, out->first)
                        : 0;
    uint32_t end;
    const when_word *bound = e->first && !f->atoms[e->first].stop
                                 ? when_word_at(f, e->first - 1, WHEN_BOUND, &end)
                                 : NULL;
    const bool the = e->first > 1 && casus_slice_is(casus_slice_of(f->atoms[e->first - 1].lower,
                                                                   f->atoms[e->first - 1].n),
                                                    "the");
    if (!bound && the && !f->atoms[e->first - 1].stop) {
        bound = when_word_at(f, e->first - 2, WHEN_BOUND, &end);
        if (bound && bound->sub == WHEN_SINCE && direction <= 0)
            direction = -1; /* "after the 3 May raid" */
        bound = NULL;
    }
    f->until = bound && bound->sub != WHEN_SINCE;
    if (f->until && direction == 0 && e->weekday < 0)
        direction = 1;
    else if (f->until && direction < 0 && e->weekday < 0)
        direction = 0;
    out->type = e->type;
    out->relative = out->hour = false;
    switch ((when_op)e->op) {
    case WHEN_CALENDAR:
        p = calendar_place(f, e, out, direction);
        break;
    case WHEN_REL_UNIT:
        p = rel_unit_place(f, e, out, direction);
        out->hour = e->type == CASUS_TIME_TIME && e->unit == WHEN_DAY && e->rel == WHEN_THE;
        break;
    case WHEN_SPAN:
        p = span_place(f, e, out);
        break;
    case WHEN_MOVE:
        p = move_place(f, e, out);
        break;
    case WHEN_NEAR_DAY:
        out->relative = true;
        if (pub_of(f) == CASUS_NO_DAY) {
            p = open_place("XXXX-XX-XX");
            p.grain = CASUS_GRAIN_DAY;
        } else {
            p = one_day(pub_of(f) + e->offset);
        }
        break;
    case WHEN_NAMED:
        p = open_place(f->when->pool + e->word->text);
        break;
    case WHEN_FEAST_DAY: {
        int32_t from, to;
        const int32_t y = e->word->sub == WHEN_ONCE ? 0 : year_for(f, e, out, direction);
        if (y != WHEN_NO && feast_in(f->when, e->word, y, &from, &to)) {
            p = e->offset == 7 ? a_week(from, false) : days(from + e->offset, to + e->offset);
        } else if (y != WHEN_NO) {
            p = a_year(y);
        } else if (e->word->sub == WHEN_FIXED) {
            char x[32];
            snprintf(x, sizeof x, "XXXX-%02d-%02d", (int)e->word->value / 100,
                     (int)e->word->value % 100);
            p = open_place(x);
        } else {
            p = open_place("XXXX-XX-XX");
        }
        if (!p.grain) p.grain = CASUS_GRAIN_DAY;
        break;
    }
    case WHEN_LONG:
        p = a_decade(e->decade, e->length);
        break;
    default:
        p = often_place(f, e);
        break;
    }
    if (out->type == CASUS_TIME_TIME && p.grain == CASUS_GRAIN_DAY) {
        char *slash = strchr(p.value, '/');
        if (slash) *slash = 0;
        const size_t n = strlen(p.value);
        if (e->hour >= 0)
            snprintf(p.value + n, sizeof p.value - n, "T%02d:%02d", (int)e->hour,
                     (int)(e->minute < 0 ? 0 : e->minute));
        else if (e->part[0])
            snprintf(p.value + n, sizeof p.value - n, "T%.2s", e->part);
        p.grain = CASUS_GRAIN_TIME;
    }
    out->from = p.from;
    out->to = p.to;
    out->grain = p.grain;
    const casus_slice value = casus_base_arena_copy(f->arena, casus_slice_z(p.value));
    if (!value.ptr) return false;
    out->value = value;
    tell(f, e, out);
    return true;
}
