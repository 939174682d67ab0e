#!/usr/bin/env python3
"""Reads who governed each country out of the yearly texts of the World Factbook (public domain).

usage: factbook_chiefs.py SETS/factbook > chiefs.tsv
       factbook_chiefs.py --ministers SETS/factbook > tool/facts/people-factbook.txt
       factbook_chiefs.py --parties SETS/factbook > tool/facts/people-parties-factbook.txt
Gives one row per country, slot (state, government), title and person: the "since" date with the
best grain seen, the first and the last edition that name the person. What make_leaders.py uses
where no chain has been written by hand, and what it compares the hand-written chains with.
--ministers: who led foreign affairs, defence, the interior in May 2019 in each country (cabinets-2019.tsv),
as notes for make_leaders.py, without those that the hand-written notes hold already. --parties: who led
parties in the editions of 2000, 2004 ... 2016 (parties.tsv), from the first to the last edition that says so.
"""
import glob
import os
import re
import sys
import unicodedata

MONTHS = {m: i + 1 for i, m in enumerate(
    'january february march april may june july august september october november december'.split())}
MONTHS.update({m[:3]: i for m, i in list(MONTHS.items())})
MONTHS['sept'] = 9
TITLES = set('''president prime minister king queen emperor sultan amir emir sheikh shaykh pope
grand duke prince princess governor general governor-general chancellor premier chief taoiseach
chairman chairwoman chairperson chairmen chair secretary head leader supreme acting interim
transitional transition provisional military ruler regent first second vice of the state council
government ministers executive party central committee commission cabinet republic
director administrator mayor high commissioner captain captains co-chief co-president co-presidents
co-prince lieutenant lt col colonel major maj brigadier brig gen marshal field admiral adm
commodore rear air commandant cdr capt sir dr dame his her majesty excellency the paramount
sovereign crown deputy caretaker and for national people's peoples' presidency presidium
rotating chairmanship member members tui malila o le ao malo imam ayatollah federal revolutionary
command ruling supreme spiritual guide representative resident bailiff speaker minister-president
senate assembly parliament designate elect president-elect honorary pro tem custodian two holy
mosques yang di-pertuan agong monarch druk gyalpo de facto self-proclaimed republic's legislative
mr mrs ms professor prof hrh taliban coprince congregation mufti junta coordinator
ad hoc cochairman self-appointed minster ministerof state-designate'''.split())


def date_of(text):
    """'8 June 2002', 'NA March 1994', 'June 2002', '2002' -> ISO, as fine as it is given"""
    m = re.search(r'(?:(\d{1,2})(?:-\d+)? )?(?:NA )?([A-Za-z]+)\.? (\d{4})', text)
    if m and m[2].lower() in MONTHS:
        if m[1]:
            return '%s-%02d-%02d' % (m[3], MONTHS[m[2].lower()], int(m[1]))
        return '%s-%02d' % (m[3], MONTHS[m[2].lower()])
    m = re.search(r'\b((?:19|20)\d\d)\b', text)
    return m[1] if m else ''


def split_title(words):
    """Leading words of a title, then the name."""
    i = 0
    while i < len(words):
        w = words[i].strip('[](),.;').lower()
        if words[i].strip('[](),.;') != words[i].strip('[](),.;').upper() or len(w) < 3:
            if w in TITLES or w == '':
                i += 1
                continue
        break
    return ' '.join(words[:i]).strip(' ,'), ' '.join(words[i:]).strip(' ,')


def chiefs(text):
    text = re.sub(r'\s+', ' ', text)
    parts = re.split(r'(?i)(chief of state and head of government|chief of state(?: \(Druk Gyalpo\))?|'
                     r'head of government|cabinet ?:|elections? ?(?:/appointments)? ?:|'
                     r'election/appointment process)\s*[:\-]?', text)
    slot = None
    for i in range(1, len(parts), 2):
        tag = parts[i].lower()
        if tag.startswith('chief of state and'):
            slots = ['state', 'government']
        elif tag.startswith('chief'):
            slots = ['state']
        elif tag.startswith('head'):
            slots = ['government']
        else:
            continue
        body = parts[i + 1]
        at = 0
        for m in re.finditer(r'\(([^()]*?)\b(?:since|appointed|acting since|as of)\b([^()]*)\)', body):
            before = body[at:m.start()]
            at = m.end()
            before = re.split(r'[;:]|\bnote\b|\band Vice\b', before)[-1]
            before = re.sub(r'\(.*?\)', ' ', before).strip(' ,')
            before = re.sub(r'^(?:and|represented by|under|by) ', '', before)
            title, name = split_title(before.split())
            if not re.search(r"[A-Z][A-Z'’-]{1,}", name) and not re.search(r'[A-Z]{2}|[IVX]+\b', name):
                if not (title and name):
                    continue
            if len(name) > 60 or not name or re.search(r'\b(was|is|has|the|elected)\b', name):
                continue
            for slot in slots:
                yield slot, title, name, date_of(m[2])


MINISTRIES = (
    ('foreign minister', r'^(?:Minister|Secretary|Secretary of State)(?: of State)? (?:of|for) (?:the )?'
     r'(?:Foreign (?!Trade|Econ)|External (?!Coop|Liaison|Security)|Europe & Foreign)'),
    ('defence minister', r'^(?:Minister|Secretary|Secretary of State) (?:of|for) (?:the )?'
     r'(?:National |People.s |Revolutionary )?(?:Defense|Armed Forces)'),
    ('interior minister', r'^(?:Minister|Secretary) (?:of|for) (?:the )?'
     r'(?:Interior|Home Affairs|Internal Affairs|Internal Security|Public Security|National Security)'),
)
# the list is wrong, or the office is another one there
STALE = {('KIR', 'foreign minister'), ('SMR', 'foreign minister'), ('ZAF', 'interior minister')}
OTHER_NAMES = {'Burma': 'MMR', 'Congo, Democratic Republic of the': 'COD', 'Congo, Republic of the': 'COG',
               'Korea, North': 'PRK', 'Korea, South': 'KOR', "Cote d'Ivoire": 'CIV', 'Bahamas, The': 'BHS',
               'Gambia, The': 'GMB', 'Micronesia, Federated States of': 'FSM', 'Czech Republic': 'CZE',
               'Macedonia': 'MKD', 'Swaziland': 'SWZ', 'Timor-Leste': 'TLS', 'Sao Tome and Principe': 'STP'}


def plain_case(name):
    """'Ali al-SHA'AR' -> 'Ali al-Sha'ar', 'Conor O'BRIEN' -> 'Conor O'Brien'"""
    def word(m):
        w = m[0]
        if len(w) < 2 or w != w.upper() or re.fullmatch(r'[IVX]+', w):
            return w
        w = w[0] + w[1:].lower()
        w = re.sub(r"^(O'|D'|Mc)([a-z])", lambda k: k[1] + k[2].upper(), w)
        return w
    name = re.sub(r'"[^"]*"|\([^)]*\)', ' ', name)
    name = re.sub(r"[^\W\d_]+(?:'[^\W\d_]+)*", word, name)
    name = re.sub(r'^(?:(?:Dr|Lt|Gen|Maj|Brig|Col|Adm|Cdre|Capt|Sir|Dame|Ret|Vice|Rear|Sheikh|H\.E)\.? )+', '', name)
    return re.sub(r'\s+', ' ', name).strip(' ,.')


def country_codes():
    codes = {}
    here = os.path.dirname(os.path.abspath(__file__))
    for line in open(os.path.join(here, '..', 'data', 'countries.tsv'), encoding='utf-8'):
        p = line.rstrip('\n').split('\t')
        if len(p) > 2 and len(p[0]) == 3:
            for n in [p[1]] + p[2].split('|'):
                codes.setdefault(n, p[0])
    codes.update(OTHER_NAMES)
    return codes


def fold(name):
    name = unicodedata.normalize('NFD', re.sub("['’`]", '', name.lower()))
    return re.sub(r'[^a-z]+', ' ', ''.join(c for c in name if not unicodedata.combining(c))).strip()


# the countries of more than five million people, and smaller ones with armed conflict or disputed votes since 2000
PARTIES_OF = set("""AFG DZA AGO ARG ARM AUS AUT AZE BGD BLR BEL BEN BOL BIH BRA BGR BFA BDI KHM CMR CAN CAF TCD CHL
COL COD COG CRI CIV HRV CYP CZE DNK DJI DOM ECU EGY SLV ETH FJI FIN FRA GAB GMB GEO DEU GHA GRC GTM GIN GNB HTI
HND HUN IND IDN IRQ IRL ISR ITA JPN JOR KEN KOR XKX KWT KGZ LVA LBN LSO LBR LTU MKD MDG MWI MYS MDV MLI MRT MEX
MDA MNG MNE MAR MOZ MMR NAM NPL NLD NIC NER NGA NOR PAK PSE PAN PNG PRY PER PHL POL PRT ROU RUS RWA SEN SRB SLE
SVK SVN SLB SOM ZAF ESP LKA SDN SSD SWE CHE TWN TJK TZA THA TLS TGO TUN TUR UGA UKR GBR USA URY VEN YEM ZMB
ZWE""".split())
SURNAME_IN_THE_MIDDLE = set('ARG BOL CHL COL CRI DOM ECU SLV GTM HND MEX NIC PAN PRY PER ESP URY VEN PHL'.split())
NO_NAME = re.compile(r'(?i)\b(?:interim|acting|vacant|NA|former|founder|leader|president|minister|secretary|general|'
                     r'chair\w*|branch|wing|faction|party|deputy|banned|spokes\w*|coalition|front|movement|alliance|imprisoned|and|'
                     r'includes|also|known|spelled|disputed|between|exile|in)\b')


def distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]


def same_man(a, b):
    """Could this be another spelling? The surname is the same, or nearly and the initial too."""
    a, b = a.split(), b.split()
    if not a or not b:
        return False
    return a[-1] == b[-1] or a[-1] in b[1:] or (a[0][0] == b[0][0] and len(a[-1]) > 3 and
                                                 distance(a[-1], b[-1]) <= 2)


def parties(folder):
    here = os.path.dirname(os.path.abspath(__file__))
    codes, have = country_codes(), set()
    for path in glob.glob(os.path.join(here, 'facts', '*.txt')):
        if 'parties' in path:
            continue
        for line in open(path, encoding='utf-8'):
            m = re.match(r'([A-Z]{3}) [^:]*: (.*)', line)
            for names in re.findall(r'(?:^|; )[^A-Z;*\'ÁÉÓÖÜŞÇİŠŽĆ]*([^;]+)', m[2]) if m else ():
                have.update((m[1], fold(n.replace('*', '').replace('_', ' '))) for n in names.split('/'))
    everywhere = {n for _, n in have}
    found = {}
    for line in open(folder + '/parties.tsv', encoding='utf-8'):
        p = line.rstrip('\n').split('\t')
        if len(p) < 4 or p[2] != 'Political parties and leaders' or codes.get(p[1]) not in PARTIES_OF:
            continue
        code = codes[p[1]]
        for group in re.findall(r'\[([^\[\]]+)\]', p[3]):
            for one in re.split(r'[,;/]| and ', group):
                one = re.sub(r'\([^)]*\)|"[^"]*"', ' ', one)
                one = re.sub(r'^(?:.*\b(?:President|Minister|Secretary|General|Leader|Gen|Dr|Sheikh|Shaykh|Imam|Mufti|'
                             r'Prince|Sir|Governor|Senator|Col|Mr|Mrs|Ms|Rev|Ayatollah|Emir|Alhaji|Chief|Maulana)\b\.? )', '', one.strip())
                if not re.search(r'[A-Z]{3}', one) or NO_NAME.search(one) or '?' in one:
                    continue
                words = one.split()
                if not 2 <= len(words) <= 5 or not all(re.match(r"[A-Za-z'.-]+$", w) for w in words):
                    continue
                names = [plain_case(one)]
                caps = [i for i, w in enumerate(words) if re.fullmatch(r"(?:al-|el-)?[A-Z'-]{3,}", w)]
                if code in SURNAME_IN_THE_MIDDLE and caps and 0 < caps[0] and caps[-1] < len(words) - 1:
                    names.insert(0, plain_case(' '.join(words[:caps[-1] + 1])))
                if any((code, fold(n)) in have for n in names) or len(names[0].split()) < 2:
                    continue
                if "' " in names[0] or fold(names[0]) in everywhere or any(same_man(fold(names[0]), n) for c, n in have if c == code):
                    continue
                a = fold(names[0]).split()
                for (c, other), r in found.items():
                    b = fold(other).split()
                    if c == code and distance(a[-1], b[-1]) <= 1 and distance(a[0], b[0]) <= 2 and \
                            a[0][0] == b[0][0]:
                        r[1] += [n for n in names if n not in r[1]]
                        break
                else:
                    r = found.setdefault((code, names[0]), [set(), names])
                r[0].add(int(p[0]))
    print('# Leaders of parties in the World Factbook (public domain) of 2000, 2004, 2008, 2012, 2016: from the first to the')
    print('# last edition that names them. Written by factbook_chiefs.py --parties.')
    lines = {}
    for (code, name), (years, names) in sorted(found.items()):
        lines.setdefault(code, []).append('%d..%d %s' % (min(years), max(years), '/'.join(names)))
    for code, entries in sorted(lines.items()):
        print('%s party leader+: %s' % (code, '; '.join(entries)))


def ministers(folder):
    here = os.path.dirname(os.path.abspath(__file__))
    codes = country_codes()
    have = set()
    for path in glob.glob(os.path.join(here, 'facts', 'people-*.txt')):
        if 'factbook' not in path:
            have |= set(re.findall(r'(?m)^([A-Z]{3}) ([a-z ]+?)\+?(?=[:{,])', open(path, encoding='utf-8').read()))
    print('# Ministers of foreign affairs, defence and the interior as listed in May 2019 by the CIA (public domain),')
    print('# where the other files of this folder have no chain. Written by factbook_chiefs.py --ministers.')
    seen = set()
    for line in open(folder + '/cabinets-2019.tsv', encoding='utf-8'):
        p = line.rstrip('\n').split('\t')
        if len(p) < 3 or p[0] not in codes:
            continue
        for office, pattern in MINISTRIES:
            key = (codes[p[0]], office)
            name = plain_case(p[2])
            if not re.search(pattern, p[1]) or key in have or key in seen | STALE or len(name.split()) < 2:
                continue
            seen.add(key)
            print('%s %s: 2019..2019 %s' % (key[0], office, name))


def main():
    if sys.argv[1] == '--ministers':
        return ministers(sys.argv[2])
    if sys.argv[1] == '--parties':
        return parties(sys.argv[2])
    rows = {}
    for line in open(sys.argv[1] + '/executive.tsv', encoding='utf-8'):
        p = line.rstrip('\n').split('\t')
        if p[0] == 'year' or len(p) < 4:
            continue
        text = p[3]
        if p[2] in ('Chief of State', 'Head of Government', 'Chief of State and Head of Government'):
            text = p[2] + ': ' + text
        for slot, title, name, since in chiefs(text):
            key = (p[1], slot, name)
            r = rows.setdefault(key, {'title': {}, 'since': {}, 'years': set()})
            r['title'][title] = r['title'].get(title, 0) + 1
            if since:
                r['since'][since] = r['since'].get(since, 0) + 1
            r['years'].add(int(p[0]))
    print('country\tslot\ttitle\tname\tsince\tfirst\tlast')
    for (c, s, n), r in sorted(rows.items(), key=lambda x: (x[0][0], x[0][1], min(x[1]['years']), x[0][2])):
        title = max(r['title'], key=lambda t: (r['title'][t], t))
        for since in sorted(r['since'], key=lambda d: d) or ['']:
            print('\t'.join([c, s, title, n, since, str(min(r['years'])), str(max(r['years']))]))


if __name__ == '__main__':
    main()
