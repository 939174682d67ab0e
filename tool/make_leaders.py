#!/usr/bin/env python3
"""Writes data/leaders.tsv and data/people.tsv from the compact notes in tool/facts.

usage: make_leaders.py [--check]        (--check: exits 1 if a table is not what the notes give)

tool/facts/chiefs-*.txt become leaders.tsv, tool/facts/people-*.txt become people.tsv. One line is
one office of one country or body and all who held it:

  CODE office[+][{other title}][,SECTOR...][,=SECTOR...]: ENTRY; ENTRY; ...
  ENTRY   FROM Name/other spelling/other name     until the day before the next such entry begins
          FROM..TO Name/...                       these years only, and no end to the one before
          FROM.. Name/...                         the same, still so
          FROM -                                  vacant, or the office ended
          ?Name/...                               no dates known: the person, always
  CODE    a country of data/countries.tsv, the code of a body, or '-' where neither. An office that
          data/offices.tsv does not know is GOV in a country, IGO in a body
  FROM TO YYYY, YYYY-MM or YYYY-MM-DD

",SECTOR" is added to the sectors of the office (data/offices.tsv), ",=SECTOR" replaces them. A '*'
stands before the part of a name by which a person is called ("*Yang Shangkun"), '_' joins its
words. A '+' behind the
office: many hold it at once, no entry ends another. An office of '-' means a person of no
office: only sectors, years and names. What stands in braces is a note for the reader. A line
that ends in '\\' goes on in the next.

tool/facts/spellings.txt holds first names and particles that news spells in several ways, by the
countries where they do; names get these spellings besides those written.
"""
import glob
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, '..', 'data')
FACTS = os.path.join(HERE, 'facts')
HEAD = {
    'leaders': [
        '# Heads of state and of government of every country since 1990, governors of territories.',
        '# Made by tool/make_leaders.py from tool/facts/chiefs-*.txt: mend those, not this file.',
        '# Format: data/README.md. to: the last day. No "to": still so at the last revision,',
        '# November 2026.'],
    'people': [
        '# Ministers, commanders, spokespeople, envoys, heads of international bodies, leaders of',
        '# parties, rebels and faiths, activists. Made by tool/make_leaders.py from',
        '# tool/facts/people-*.txt: mend those, not this file. Format: data/README.md. to: the last',
        '# day. No "to": still so at the last revision, November 2026.'],
}
VARIANTS_MOST = 14


def fail(name, line, what):
    sys.exit('%s:%d: %s' % (name, line, what))


def table(name):
    """Rows of a table of data/ as dicts."""
    rows, head = [], None
    for line in open(os.path.join(DATA, name + '.tsv'), encoding='utf-8'):
        line = line.rstrip('\n')
        if not line or line.startswith('#'):
            continue
        cells = line.split('\t')
        if head is None:
            head = cells
        else:
            rows.append(dict(zip(head, cells)))
    return rows


def offices():
    """(code or '', name of office) -> (its key, its sectors)"""
    found = {}
    for r in table('offices'):
        names = r['names'].split('|')
        for code in r['use'].split() or ['']:
            for n in names + ([r['office']] if not code else [r['office']]):
                found.setdefault((code, n), (r['office'], r['sectors']))
    return found


def days_in(year, month):
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def day_before(date):
    """The day before the first day of YYYY[-MM[-DD]], as coarse as that allows."""
    p = [int(x) for x in date.split('-')]
    if len(p) == 1 or (len(p) == 2 and p[1] == 1):
        return str(p[0] - 1) if len(p) == 1 else '%d-12' % (p[0] - 1)
    if len(p) == 2:
        return '%d-%02d' % (p[0], p[1] - 1)
    y, m, d = p
    if d > 1:
        return '%d-%02d-%02d' % (y, m, d - 1)
    if m > 1:
        return '%d-%02d-%02d' % (y, m - 1, days_in(y, m - 1))
    return '%d-12-31' % (y - 1)


DATE = r'\d{4}(?:-\d\d(?:-\d\d)?)?'
LINE = re.compile(r'([A-Z][A-Z0-9]{1,6}|-) ([^:{,+]+?)(\+?)(?:\{[^}]*\})?((?:,=?[A-Z]{3})*): (.*)$')
ENTRY = re.compile(r'(?:(%s)(\.\.(?:%s)?)? |\?)(.+)$' % (DATE, DATE))


def read(path):
    """Yields (line, code, office, sectors added, sectors instead, entries)."""
    base = os.path.relpath(path, os.path.join(HERE, '..'))
    held, start = '', 0
    with open(path, encoding='utf-8') as f:
        lines = f.readlines()
    for n, line in enumerate(lines, 1):
        line = line.strip()
        if not line or line.startswith('#'):
            continue
        start = start or n
        if line.endswith('\\'):
            held += line[:-1] + ' '
            continue
        line, at = held + line, start
        held, start = '', 0
        m = LINE.match(line)
        if not m:
            fail(base, at, 'not a line of an office: ' + line[:60])
        entries = []
        for e in filter(None, (x.strip() for x in m[5].split(';'))):
            k = ENTRY.match(e)
            if not k:
                fail(base, at, 'not an entry: ' + e)
            to = k[2][2:] if k[2] else '' if m[3] else None
            names = [x.replace('*', '').replace('_', ' ').strip() for x in k[3].split('/')]
            names = list(dict.fromkeys(names))
            entries.append((k[1] or '', to, names))
        added = re.findall(r',([A-Z]{3})', m[4])
        instead = re.findall(r',=([A-Z]{3})', m[4])
        yield base, at, m[1], m[2].strip(), added, instead, entries


def spend(entries, name, line):
    """Entries of a line with the end of each: (from, to, names)."""
    out = []
    chain = [e for e in entries if e[1] is None and e[0]]
    for a, b in zip(chain, chain[1:]):
        if not a[0] <= b[0]:
            fail(name, line, 'not in order: %s, %s' % (a[0], b[0]))
    for e in entries:
        start, to, names = e
        if names == ['-']:
            continue
        if to is None and start:
            i = chain.index(e)
            to = day_before(chain[i + 1][0]) if i + 1 < len(chain) else ''
            if to and i + 1 < len(chain) and chain[i + 1][0] == start:
                to = start
        out.append((start, to or '', names))
    return out


def spellings():
    rows = []
    for line in open(os.path.join(FACTS, 'spellings.txt'), encoding='utf-8'):
        line = line.strip()
        if not line or line.startswith('#'):
            continue
        codes, forms = line.split(':')
        rows.append((set(codes.split()), [f.strip().replace('_', ' ') for f in forms.split('|')]))
    return rows


def variants(names, code, rows):
    """Other spellings of the names, one word changed at a time, then two."""
    found = list(names)
    for turn in range(2):
        for n in list(found[:6]):
            for codes, forms in rows:
                if code not in codes:
                    continue
                for f in forms:
                    end = r'(?=\w)' if f[-1] in '- ' else r'(?!\w)'
                    m = re.search(r'(?<![\w-])' + re.escape(f) + end, n)
                    if not m:
                        continue
                    for g in forms:
                        v = n[:m.start()] + g + n[m.end():]
                        if v not in found and len(found) < VARIANTS_MOST:
                            found.append(v)
                    break
    return found[1:]


def example(person, office, country, names):
    """A sentence in which the row matters."""
    if office.startswith(('king', 'queen', 'emir', 'sultan', 'pope', 'prince', 'emperor')):
        return '%s received the envoy.' % person
    if not office or country not in names or len(office) > 40:
        return '%s spoke to reporters.' % person
    return 'The %s of %s, %s, spoke to reporters.' % (office, names[country], person)


def make(kind, files, rows_of_spelling, known, names_of):
    out, seen = [], set()
    for path in files:
        source = 'factbook' if 'factbook' in os.path.basename(path) else 'own'
        for base, line, code, office, added, instead, entries in read(path):
            office = '' if office == '-' else office
            key, sectors = known.get((code, office)) or known.get(('', office)) or (office, '')
            given = instead or sectors.split()
            for s in added:
                if s not in given:
                    given = given + [s]
            code = '' if code == '-' else code
            if not given and office:
                given = ['GOV'] if code in names_of else ['IGO']
            if not given:
                fail(base, line, 'no sectors for office "%s"' % office)
            for start, to, names in spend(entries, base, line):
                person = names[0]
                more = variants(names, code, rows_of_spelling)
                more = [n for n in more if (code, person, n) not in seen]
                seen.add((code, person))
                seen.update((code, person, n) for n in more)
                out.append([person, '|'.join(more), code, office, ' '.join(given), start, to,
                            source, example(person, office, code, names_of)])
    text = '\n'.join(HEAD[kind]) + '\n'
    text += '\t'.join('person names country office sectors from to source example'.split()) + '\n'
    text += ''.join('\t'.join(r) + '\n' for r in out)
    return text


def main():
    known, rows = offices(), spellings()
    names_of = {r['code']: r['name'] for r in table('countries')}
    status = 0
    for kind, pattern in (('leaders', 'chiefs-*.txt'), ('people', 'people-*.txt')):
        files = sorted(glob.glob(os.path.join(FACTS, pattern)))
        text = make(kind, files, rows, known, names_of)
        path = os.path.join(DATA, kind + '.tsv')
        if '--check' in sys.argv:
            if not os.path.exists(path) or open(path, encoding='utf-8').read() != text:
                print('data/%s.tsv:1: not what tool/facts gives: run tool/make_leaders.py' % kind)
                status = 1
            continue
        with open(path, 'w', encoding='utf-8') as f:
            f.write(text)
        print('%s: %d rows' % (kind, text.count('\n') - len(HEAD[kind]) - 1))
    return status


if __name__ == '__main__':
    sys.exit(main())
