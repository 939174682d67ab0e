#!/usr/bin/env python3
"""check_tables.py finds what it is there to find, and nothing in data/; make_leaders.py reads
its notes.

usage: test_tables.py
"""
import os
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, 'tool'))
import make_leaders  # noqa: E402

COUNTRIES = 'code\tname\tnames\nRUR\tRuritania\t\n'
OFFICES = ('# a comment\noffice\tnames\tsectors\trank\tuse\texample\n'
           'king\tmonarch\tGOV\t1\t\tThe king spoke.\n'
           'foreign minister\t\tGOV\t2\t\tThe foreign minister spoke.\n'
           'mayor\t\tGOV\t4\t\tThe mayor spoke.\n')
PERSON = 'person\tnames\tcountry\toffice\tsectors\tfrom\tto\tsource\texample\n'
RUDOLF = 'Rudolf\t\tRUR\tking\tGOV\t1980\t1999\town\tRudolf spoke.\n'
FLAVIA = 'Flavia\t\tRUR\tking\tGOV\t2000\t\town\tFlavia spoke.\n'


def anna(names='', country='RUR', office='mayor', sectors='GOV', start='2002', end='', example='A.',
         person='Anna'):
    return '\t'.join([person, names, country, office, sectors, start, end, 'own', example]) + '\n'


class Tables(unittest.TestCase):
    def check(self, leaders=RUDOLF + FLAVIA, people='', vacant='', countries=COUNTRIES,
              offices=OFFICES):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        for name, text in (('countries.tsv', countries), ('offices.tsv', offices),
                           ('leaders.tsv', PERSON + leaders), ('people.tsv', PERSON + people),
                           ('vacant.txt', vacant)):
            with open(os.path.join(folder.name, name), 'w', encoding='utf-8') as f:
                f.write(text)
        done = subprocess.run([sys.executable, os.path.join(ROOT, 'tool', 'check_tables.py'),
                               folder.name, folder.name], capture_output=True, text=True)
        return done.returncode, done.stdout

    def fault(self, *words, **tables):
        code, out = self.check(**tables)
        self.assertEqual(code, 1, out)
        self.assertIn('check_tables: 1 faults', out)
        for word in words:
            self.assertIn(word, out)

    def test_good(self):
        self.assertEqual(self.check(), (0, 'check_tables: 0 faults\n'))

    def test_two_in_one_office(self):
        self.fault('leaders.tsv:3: RUR king: Flavia while Rudolf (line 2) is',
                   leaders=RUDOLF + FLAVIA.replace('2000', '1999-12-31'))

    def test_one_twice(self):
        self.fault('leaders.tsv:4', 'Flavia twice',
                   leaders=RUDOLF + FLAVIA + FLAVIA.replace('2000', '2010'))

    def test_many_of_an_office(self):
        mayor = FLAVIA.replace('king', 'mayor').replace('Flavia', 'Anna')
        code, out = self.check(people=mayor + mayor.replace('Anna', 'Berta'))
        self.assertEqual(code, 0, out)

    def test_gap(self):
        self.fault('leaders.tsv:3: RUR: nobody from 2000-01-01 to 2001-01-01, after Rudolf',
                   leaders=RUDOLF + FLAVIA.replace('2000', '2001'))

    def test_gap_before(self):
        self.fault('leaders.tsv:2: RUR: nobody from 1990-01-01 to 1995-01-01',
                   leaders=RUDOLF.replace('1980', '1995') + FLAVIA)

    def test_gap_at_the_end(self):
        self.fault('countries.tsv:2: RUR: nobody from 2006-01-01',
                   leaders=RUDOLF + FLAVIA.replace('2000\t', '2000\t2005'))

    def test_gap_known(self):
        code, out = self.check(leaders=RUDOLF + FLAVIA.replace('2000', '2001'),
                               vacant='RUR 2000..2000 civil war\n')
        self.assertEqual(code, 0, out)

    def test_no_head(self):
        countries = COUNTRIES + 'STR\tStrelsau\t\n'
        self.fault('countries.tsv:3: no head of STR', countries=countries)
        self.assertEqual(self.check(countries=countries, vacant='STR * nobody lives there\n')[0], 0)

    def test_bad_vacancy(self):
        self.fault('vacant.txt:1', vacant='Ruritania was empty\n')

    def test_unknown_country(self):
        self.fault('people.tsv:2: unknown country or body: ZEN', people=anna(country='ZEN'))

    def test_unknown_sector(self):
        self.fault('people.tsv:2: unknown sector: GOB', people=anna(sectors='GOB'))

    def test_unknown_office(self):
        self.fault('leaders.tsv:4: unknown office: regent',
                   leaders=RUDOLF + FLAVIA + anna(office='regent'))

    def test_office_without_key(self):
        row = 'marshal\tchief of the army\tMIL\t2\tRUR\tThe marshal spoke.\n'
        self.fault('offices.tsv:6: no name of the row is its key', offices=OFFICES + row)
        row = row.replace('\tchief', '\tmarshal|chief')
        self.assertEqual(self.check(offices=OFFICES + row)[0], 0)

    def test_bad_date(self):
        self.fault('leaders.tsv:4: no date', leaders=RUDOLF + FLAVIA + anna(start='2001-13'))

    def test_ends_before_it_begins(self):
        self.fault('people.tsv:2: Anna ends', people=anna(end='2001'))

    def test_future(self):
        self.fault('people.tsv:2: Anna: a date after', people=anna(start='2031'))

    def test_shared_name(self):
        two = anna('Zenda', person='Anna Zenda') + anna('ZENDA', start='2004', person='Berta')
        self.fault('people.tsv:3: RUR: "zenda" also means Anna Zenda (line 2)', people=two)
        self.assertEqual(self.check(people=two.replace('2002\t', '2002\t2003'))[0], 0)

    def test_name_twice_in_a_row(self):
        self.fault('people.tsv:2: name twice', people=anna('Nan|Nan'))

    def test_no_example(self):
        self.fault('people.tsv:2: Anna has no example', people=anna(example=''))

    def test_own_tables(self):
        done = subprocess.run([sys.executable, os.path.join(ROOT, 'tool', 'check_tables.py')],
                              capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stdout), (0, 'check_tables: 0 faults\n'))


class Notes(unittest.TestCase):
    def read(self, text):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = os.path.join(folder.name, 'notes.txt')
        with open(path, 'w', encoding='utf-8') as f:
            f.write(text)
        return [(r[2], r[3], make_leaders.spend(r[6], r[0], r[1])) for r in make_leaders.read(path)]

    def test_chain(self):
        got = self.read('# c\nRUR king: 1980-03-01 *Rudolf V/Rudolf; 1999-05 -; '
                        '2000 Flavia *of_Elphberg\n')
        self.assertEqual(got, [('RUR', 'king', [('1980-03-01', '1999-04', ['Rudolf V', 'Rudolf']),
                                                ('2000', '', ['Flavia of Elphberg'])])])

    def test_day_before(self):
        for day, before in (('2000-03-01', '2000-02-29'), ('1900-03-01', '1900-02-28'),
                            ('2001-01-01', '2000-12-31'), ('2001-01', '2000-12'),
                            ('2001-05', '2001-04'), ('2001', '2000')):
            self.assertEqual(make_leaders.day_before(day), before)

    def test_ranges(self):
        got = self.read('RUR mayor: 1990..1995 Anna; 1992.. Berta; ?Clara\n')
        self.assertEqual(got[0][2], [('1990', '1995', ['Anna']), ('1992', '', ['Berta']),
                                     ('', '', ['Clara'])])

    def test_many(self):
        got = self.read('RUR mayor+,=OPP: 1990 Anna; 1992..1993 Berta\n')
        self.assertEqual(got[0][2], [('1990', '', ['Anna']), ('1992', '1993', ['Berta'])])

    def test_order(self):
        with self.assertRaises(SystemExit) as e:
            self.read('RUR king: 1990 Anna; 1985 Berta\n')
        self.assertIn('notes.txt:1: not in order', str(e.exception))

    def test_no_line(self):
        with self.assertRaises(SystemExit) as e:
            self.read('\nRuritania had a king\n')
        self.assertIn('notes.txt:2', str(e.exception))

    def test_spellings(self):
        rows = [({'RUR'}, ['Rudolf', 'Rudolph']), ({'RUR'}, ['al-', 'el-'])]
        self.assertEqual(make_leaders.variants(['Rudolf al-Zenda'], 'RUR', rows),
                         ['Rudolph al-Zenda', 'Rudolf el-Zenda', 'Rudolph el-Zenda'])
        self.assertEqual(make_leaders.variants(['Rudolf al-Zenda'], 'STR', rows), [])

    def test_tables_are_current(self):
        tool = os.path.join(ROOT, 'tool', 'make_leaders.py')
        done = subprocess.run([sys.executable, tool, '--check'], capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stdout), (0, ''))


if __name__ == '__main__':
    unittest.main()
