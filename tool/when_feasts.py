#!/usr/bin/env python3
"""Computes data/when/feasts.tsv: days of festivals that follow the moon or the equinox, 1990-2035.

usage: when_feasts.py > data/when/feasts.tsv

Hebrew calendar: the fixed arithmetic of Hillel II (molad, four postponements). Islamic months: the
evening after a conjunction that falls before two in the afternoon (Greenwich), close to the calendar
of Umm al-Qura; a country that waits for the eye may be a day later. Nowruz: March equinox in
Tehran, the next day when it falls after noon. Chinese New Year: the day of the new moon in Beijing
between 21 January and 20 February. Diwali: the last evening in Delhi about an hour before the new moon
of October or November. New moons and equinoxes by the series in J. Meeus, "Astronomical
Algorithms", chapters 27 and 49 (main terms, good to a few minutes)."""
import datetime, math

D = datetime.date
sin = lambda x: math.sin(math.radians(x))

def new_moon(k):
    """Julian ephemeris day of new moon number k (0: January 2000)."""
    t = k / 1236.85
    jd = 2451550.09766 + 29.530588861 * k + 0.00015437 * t * t
    e = 1 - 0.002516 * t
    m = 2.5534 + 29.10535670 * k
    mm = 201.5643 + 385.81693528 * k + 0.0107582 * t * t
    f = 160.7108 + 390.67050284 * k - 0.0016118 * t * t
    o = 124.7746 - 1.56375588 * k + 0.0020672 * t * t
    return jd + (-0.40720 * sin(mm) + 0.17241 * e * sin(m) + 0.01608 * sin(2 * mm) + 0.01039 * sin(2 * f)
                 + 0.00739 * e * sin(mm - m) - 0.00514 * e * sin(mm + m) + 0.00208 * e * e * sin(2 * m)
                 - 0.00111 * sin(mm - 2 * f) - 0.00057 * sin(mm + 2 * f) + 0.00056 * e * sin(2 * mm + m)
                 - 0.00042 * sin(3 * mm) + 0.00042 * e * sin(m + 2 * f) + 0.00038 * e * sin(m - 2 * f)
                 - 0.00024 * e * sin(2 * mm - m) - 0.00017 * sin(o))

def moment(jd, hours=0):
    """Julian ephemeris day -> civil time so many hours east of Greenwich (69 s of clock drift)."""
    return datetime.datetime(2000, 1, 1, 12) + datetime.timedelta(days=jd - 2451545.0, seconds=-69, hours=hours)

# Months the rule begins a day before they were begun: the moon set before the sun.
LATE = {D(2015, 9, 14), D(2016, 7, 5), D(2016, 9, 2)}

def month_start(k):
    m = moment(new_moon(k))
    first = m.date() + datetime.timedelta(1 if m.hour < 14 else 2)
    return first + datetime.timedelta(1) if first in LATE else first

def equinox(year):
    y = (year - 2000) / 1000
    jde = 2451623.80984 + 365242.37404 * y + 0.05169 * y * y - 0.00411 * y ** 3
    t = (jde - 2451545) / 36525
    w = 35999.373 * t - 2.47
    c = 1 + 0.0334 * math.cos(math.radians(w)) + 0.0007 * math.cos(math.radians(2 * w))
    terms = [(485, 324.96, 1934.136), (203, 337.23, 32964.467), (199, 342.08, 20.186), (182, 27.85, 445267.112),
             (156, 73.14, 45036.886), (136, 171.52, 22518.443), (77, 222.54, 65928.934), (74, 296.72, 3034.906),
             (70, 243.58, 9037.513), (58, 119.81, 33718.147), (52, 297.17, 150.678), (50, 21.02, 2281.226),
             (45, 247.54, 29929.562), (44, 325.15, 31555.956), (29, 60.93, 4443.417), (18, 155.12, 67555.328),
             (17, 288.79, 4562.452), (16, 198.04, 62894.029)]
    s = sum(a * math.cos(math.radians(b + g * t)) for a, b, g in terms)
    return jde + 0.00001 * s / c

def hebrew_elapsed(year):
    months = (235 * year - 234) // 19
    parts = 12084 + 13753 * months
    day = 29 * months + parts // 25920
    return day + 1 if 3 * (day + 1) % 7 < 3 else day

def hebrew_new_year(year):
    a, b, c = hebrew_elapsed(year - 1), hebrew_elapsed(year), hebrew_elapsed(year + 1)
    fix = 2 if c - b == 356 else 1 if b - a == 382 else 0
    return D.fromordinal(b + fix - 1373427)

def main():
    rows = []
    add = lambda feast, first, last=None: rows.append((feast, first, last or first))
    day = datetime.timedelta(1)
    # Islamic months by counting lunations from Muharram 1421 (April 2000)
    k0 = 3
    for k in range(-190, 520):
        first = month_start(k)
        month = (k - k0) % 12 + 1
        def nth(n): return first + (n - 1) * day
        if month == 1:
            add('islamic-new-year', first); add('ashura', nth(10))
        if month == 2: add('arbaeen', nth(20))
        if month == 3: add('mawlid', nth(12))
        if month == 9:
            e2 = month_start(k + 1) - day
            add('ramadan', first, e2)
            q = e2
            while q.isoweekday() != 5: q -= day
            add('quds-day', q)
        if month == 10: add('eid-al-fitr', first, nth(3))
        if month == 12: add('eid-al-adha', nth(10), nth(13))
    for y in range(1990, 2036):
        new = hebrew_new_year(y + 3761); nxt = new
        add('rosh-hashanah', new, new + day); add('yom-kippur', new + 9 * day); add('sukkot', new + 14 * day, new + 20 * day)
        passover = nxt - 163 * day       # 15 Nisan stands 163 days before the next 1 Tishri
        add('passover', passover, passover + 6 * day); add('purim', passover - 30 * day); add('shavuot', passover + 50 * day)
        av = passover + 112 * day       # 9 Av, put off from a Saturday
        if av.isoweekday() == 6: av += day
        add('tisha-bav', av)
        length = (hebrew_new_year(y + 3762) - new).days
        kislev25 = new + (30 + (30 if length % 10 == 5 else 29) + 24) * day
        add('hanukkah', kislev25, kislev25 + 7 * day)
        n = moment(equinox(y), 3.5)
        add('nowruz', n.date() if n.hour < 12 else n.date() + day)
        for k in range(int((y - 2000) * 12.3685) - 2, int((y - 2000) * 12.3685) + 14):
            c = moment(new_moon(k), 8).date()
            if D(y, 1, 21) <= c <= D(y, 2, 20) and not any(r[0] == 'lunar-new-year' and r[1].year == y for r in rows): add('lunar-new-year', c, c + 6 * day)
            c = moment(new_moon(k), 5.5)
            if D(y, 10, 18) <= c.date() <= D(y, 11, 16):
                add('diwali', c.date() if c.hour + c.minute / 60 > 18.3 else c.date() - day)
    print('# Days of movable festivals, computed by tool/when_feasts.py (which says how); first and last day.')
    print('# Festivals that begin at sunset are given by the day after.')
    print('feast\tfirst\tlast')
    for f, a, b in sorted(set(rows)):
        if 1990 <= a.year <= 2035: print(f'{f}\t{a}\t{b}')

if __name__ == '__main__':
    main()
