#!/usr/bin/env python3
"""Checks the tables of persons in data/ for what the compiler of the pack does not see.

usage: check_tables.py [FOLDER-OF-DATA [FOLDER-OF-FACTS]]   (default: those of this tree)

Prints FILE:LINE: FAULT and exits 1 where
  - a date is none, ends before it begins, or lies after the last revision;
  - a country, body, sector or office is unknown, or a cell is missing;
  - two people hold one office of the first two ranks at a time, or one person an office twice;
  - two people of one country or body share a name on the same day; a name stands twice in a row or
    table; a row stands twice;
  - an office of single countries lacks its key among its names, so that no row finds it;
  - the heads of a country leave a gap of more than GAP days between 1990 and the last revision.
tool/facts/vacant.txt holds the gaps that are so: CODE FROM..TO REASON ("CODE * REASON": never
anybody).
What counts as one office: its words, in the country. Deputies, members and the like are many.
"""
import datetime
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
REVISED = datetime.date(2026, 11, 30)
START = datetime.date(1990, 1, 1)
GAP = 45
FOREVER = datetime.date(2200, 1, 1)
LONG_AGO = datetime.date(1800, 1, 1)
SECTORS = set('GOV MIL COP JUD LEG PTY OPP REB PRM SPY UAF CRM CVL REF JRN BUS EDU MED REL LAB AGR '
              'SOC ELI PRE NGO IGO UNK'.split())
MANY = re.compile(r'^(?:deputy|vice|member|captain regent|first vice|co-|second|'
                  r'minister of state)|\bmember$')
FOLD = str.maketrans('àáâãäåāăąçćčďđèéêëēėęěğģìíîïīįıķłļñńňņòóôõöøōőřśşšșťțùúûüūůűųýÿźżžŵ',
                     'aaaaaaaaacccddeeeeeeeeggiiiiiiiklln' 'nnnoooooooorssssttuuuuuuuuyyzzzw')


class Fault(list):
    def at(self, file, line, what):
        self.append('%s:%d: %s' % (file, line, what))


def rows_of(path, name, faults):
    """(line, dict) of each row; faults for rows of another width."""
    head = None
    for n, line in enumerate(open(path, encoding='utf-8'), 1):
        line = line.rstrip('\n').rstrip('\r')
        if not line or line.startswith('#'):
            continue
        cells = line.split('\t')
        if head is None:
            head = cells
        elif len(cells) > len(head):
            faults.at(name, n, 'more cells than columns')
        else:
            yield n, dict(zip(head, cells + [''] * (len(head) - len(cells))))


def day(text, last):
    """First or last day of YYYY, YYYY-MM, YYYY-MM-DD; None if it is no date."""
    m = re.fullmatch(r'(\d{4})(?:-(\d\d))?(?:-(\d\d))?', text)
    if not m:
        return None
    y, mo, d = int(m[1]), int(m[2] or (12 if last else 1)), m[3]
    try:
        if d:
            return datetime.date(y, mo, int(d))
        if not last:
            return datetime.date(y, mo, 1)
        return datetime.date(y + mo // 12, mo % 12 + 1, 1) - datetime.timedelta(1)
    except ValueError:
        return None


def fold(name):
    return re.sub(r"[-.'’ʻ` ]+", ' ', name.lower().translate(FOLD)).strip()


def span(row, file, line, faults):
    start = day(row['from'], False) if row['from'] else LONG_AGO
    end = day(row['to'], True) if row['to'] else FOREVER
    if start is None or end is None:
        faults.at(file, line, 'no date: %s..%s' % (row['from'], row['to']))
        return None
    if start > end:
        faults.at(file, line, '%s ends before it begins: %s..%s' %
                  (row['person'], row['from'], row['to']))
        return None
    if start > REVISED or (row['to'] and end > REVISED.replace(month=12, day=31)):
        faults.at(file, line, '%s: a date after the last revision' % row['person'])
    return start, end


def offices_of(rows, faults):
    """(code or '', name) -> rank"""
    found = {}
    everywhere = {n for _, r in rows if not r['use'] for n in [r['office']] + r['names'].split('|')}
    for line, r in rows:
        names = r['names'].split('|')
        if not r['use']:
            names.append(r['office'])
        elif r['office'] not in names and r['office'] not in everywhere:
            faults.at('offices.tsv', line, 'no name of the row is its key: %s' % r['office'])
        for code in r['use'].split() or ['']:
            twice = {n for n in names if names.count(n) > 1 and n != r['office']}
            for n in sorted(twice):
                faults.at('offices.tsv', line, 'name twice in the row: %s' % n)
            for n in names:
                if n:
                    found.setdefault((code, n), int(r['rank']))
    return found


def check_people(file, rows, codes, offices, faults):
    held, named, seen = {}, {}, {}
    for line, r in rows:
        if not r['person']:
            faults.at(file, line, 'no person')
            continue
        code = r['country']
        if code and code not in codes:
            faults.at(file, line, 'unknown country or body: %s' % code)
        for s in r['sectors'].split():
            if s not in SECTORS:
                faults.at(file, line, 'unknown sector: %s' % s)
        if not r['sectors']:
            faults.at(file, line, '%s has no sector' % r['person'])
        for cell in ('source', 'example'):
            if cell in r and not r[cell]:
                faults.at(file, line, '%s has no %s' % (r['person'], cell))
        when = span(r, file, line, faults)
        if when is None:
            continue
        rank = offices.get((code, r['office']), offices.get(('', r['office'])))
        if file == 'leaders.tsv' and rank is None:
            faults.at(file, line, 'unknown office: %s' % r['office'])
        names = [r['person']] + [n for n in r['names'].split('|') if n]
        for n in names:
            if names.count(n) > 1:
                faults.at(file, line, 'name twice in the row: %s' % n)
                break
        key = tuple(r[k] for k in ('person', 'country', 'office', 'from', 'to'))
        if key in seen:
            faults.at(file, line, 'the row of line %d again: %s' % (seen[key], r['person']))
        seen.setdefault(key, line)
        for n in sorted({fold(n) for n in names}):
            named.setdefault((code, n), []).append((when, r['person'], line))
        if r['office']:
            held.setdefault((code, r['office']), []).append((when, r['person'], line, rank))
    for (code, office), all_ in sorted(held.items()):
        one = all_[0][3] is not None and all_[0][3] < 3 and not MANY.search(office)
        all_.sort(key=lambda h: (h[0], h[2]))
        for i, (when, person, line, _) in enumerate(all_):
            for (before, other, at, _) in all_[max(0, i - 8):i]:
                if before[1] < when[0] or (not one and person != other):
                    continue
                if person != other:
                    what = '%s while %s (line %d) is' % (person, other, at)
                else:
                    what = '%s twice at a time (line %d)' % (person, at)
                faults.at(file, line, '%s %s: %s' % (code, office, what))
    for (code, n), all_ in sorted(named.items()):
        for i, (when, person, line) in enumerate(all_):
            other = [x for x in all_[:i]
                     if x[1] != person and x[0][0] <= when[1] and when[0] <= x[0][1]]
            if other:
                faults.at(file, line, '%s: "%s" also means %s (line %d)' %
                          (code, n, other[0][1], other[0][2]))


def vacancies(path, faults):
    found = {}
    if not os.path.exists(path):
        return found
    for n, line in enumerate(open(path, encoding='utf-8'), 1):
        line = line.strip()
        if not line or line.startswith('#'):
            continue
        m = re.match(r'([A-Z]{3}) (?:(\*)|(\S*)\.\.(\S*)) (\S.*)$', line)
        if not m:
            faults.at('vacant.txt', n, 'not CODE FROM..TO REASON')
            continue
        start = day(m[3], False) if m[3] else LONG_AGO
        end = day(m[4], True) if m[4] else FOREVER
        if start is None or end is None:
            faults.at('vacant.txt', n, 'no date: %s..%s' % (m[3], m[4]))
            continue
        found.setdefault(m[1], []).append((start, end))
    return found


def check_chains(countries, leaders, vacant, faults):
    """Every country has somebody at its head on every day since 1990."""
    held = {}
    for line, r in leaders:
        start = day(r['from'], False) if r['from'] else LONG_AGO
        end = day(r['to'], True) if r['to'] else FOREVER
        if start and end:
            held.setdefault(r['country'], []).append((start, end, line, r['person']))
    for line, c in countries:
        spans = held.get(c['code'], [])
        if not spans and not vacant.get(c['code']):
            faults.at('countries.tsv', line, 'no head of %s in leaders.tsv' % c['code'])
            continue
        spans = sorted(spans + [(a, b, line, 'vacant') for a, b in vacant.get(c['code'], [])])
        at, before = START, None
        for s in spans + [(REVISED, REVISED, 0, '')]:
            if (s[0] - at).days > GAP:
                file = 'leaders.tsv' if s[2] and s[3] != 'vacant' else 'countries.tsv'
                faults.at(file, s[2] if file == 'leaders.tsv' else line,
                          '%s: nobody from %s to %s, after %s' %
                          (c['code'], at, s[0], before or 'nobody'))
            if s[1] >= at:
                at, before = s[1] + datetime.timedelta(1) if s[1] < FOREVER else FOREVER, s[3]


def main():
    data = sys.argv[1] if len(sys.argv) > 1 else os.path.join(ROOT, 'data')
    facts = sys.argv[2] if len(sys.argv) > 2 else os.path.join(HERE, 'facts')
    faults = Fault()
    tables = {}
    for name in ('countries', 'offices', 'groups', 'leaders', 'people'):
        path = os.path.join(data, name + '.tsv')
        if os.path.exists(path):
            tables[name] = list(rows_of(path, name + '.tsv', faults))
        elif name != 'groups':
            sys.exit('check_tables: no %s' % path)
    countries = tables['countries']
    codes, names = set(), {}
    for line, c in countries:
        if c['code'] in codes:
            faults.at('countries.tsv', line, 'code twice: %s' % c['code'])
        codes.add(c['code'])
        for n in [c['name']] + c['names'].split('|'):
            if n and names.setdefault(n, c['code']) != c['code']:
                faults.at('countries.tsv', line, '"%s" is a name of %s too' % (n, names[n]))
    codes |= {r.get('code', '') for _, r in tables.get('groups', [])}
    codes |= {u for _, r in tables['offices'] for u in r['use'].split()}
    offices = offices_of(tables['offices'], faults)
    for name in ('leaders', 'people'):
        check_people(name + '.tsv', tables[name], codes, offices, faults)
    vacant = vacancies(os.path.join(facts, 'vacant.txt'), faults)
    check_chains(countries, tables['leaders'], vacant, faults)
    for f in faults:
        print(f)
    print('check_tables: %d faults' % len(faults))
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main())
