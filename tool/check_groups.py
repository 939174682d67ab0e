#!/usr/bin/env python3
"""Runs the example of every row of data/groups.tsv and tells which ones do not name their row.

usage: check_groups.py --casus PROGRAM [--data FOLDER]

Each example is read as of a day within the row's years. Printed: name, country or code, sectors and years of a row
whose example gives no mention of this name, side and sectors, and what was found instead. A name that several
countries share, alone in a sentence, is such a case by intention. Exit 0 when fewer than one row in fifty fails."""
import argparse, collections, json, pathlib, subprocess, sys


def rows(path):
    head = None
    for line in path.read_text(encoding='utf-8').split('\n'):
        if not line.strip() or line.startswith('#'):
            continue
        cells = line.split('\t')
        if head is None:
            head = cells
            continue
        yield dict(zip(head, cells + [''] * (len(head) - len(cells))))


def day_of(row):
    """A day on which the row is valid, away from both ends."""
    first, last = row['from'], row['to']
    if first and last and int(last[:4]) - int(first[:4]) >= 2:
        return f'{(int(first[:4]) + int(last[:4])) // 2}-07-01'
    if first and last:
        return first if len(first) == 10 else first + ('-28' if len(first) == 7 else '-06-15')
    if last:
        return f'{int(last[:4]) - 1}-06-01'
    return f'{max(int(first[:4]) + 1, 2025)}-06-01' if first else '2025-06-01'


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--casus', required=True)
    parser.add_argument('--data', default=str(pathlib.Path(__file__).resolve().parent.parent / 'data'))
    args = parser.parse_args()
    table = list(rows(pathlib.Path(args.data) / 'groups.tsv'))
    docs = ''.join(json.dumps({'id': str(i), 'date': day_of(r), 'text': r['example']}) + '\n'
                   for i, r in enumerate(table))
    run = subprocess.run([args.casus, 'parse', '--from', 'jsonl', '--layer', 'actors', '--format', 'jsonl', '-'],
                         input=docs, capture_output=True, text=True)
    if run.returncode:
        sys.exit(run.stderr or f'{args.casus}: exit {run.returncode}')
    found = collections.defaultdict(list)
    for line in run.stdout.splitlines():
        mention = json.loads(line)
        found[int(mention['doc'])].append(mention)
    failed = 0
    for i, row in enumerate(table):
        side, sectors = row['code'] or row['country'], sorted(row['sectors'].split())
        if any(m.get('name') == row['name'] and sorted(m.get('sectors', [])) == sectors
               and side in (m.get('code') or '', m.get('country') or '') for m in found[i]):
            continue
        if not side and any(m.get('name') == row['name'] for m in found[i]):
            continue  # counts by where it acts
        failed += 1
        seen = '; '.join(f"{m['text']}: {m.get('country') or m.get('code') or '-'} "
                         f"{'.'.join(m.get('sectors', []))} {m.get('name', '')}" for m in found[i])
        print(f"{row['name']}\t{side}\t{row['sectors']}\t{row['from']}..{row['to']}\t{seen}")
    print(f'check_groups: {len(table)} rows, {failed} not found by their example', file=sys.stderr)
    sys.exit(1 if failed * 50 > len(table) else 0)


if __name__ == '__main__':
    main()
