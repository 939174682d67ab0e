#!/usr/bin/env python3
"""Check how many, when and where: the sentences of tests/fields/*.tsv against what `casus code` says.

usage: run.py [--casus PROGRAM] [-v] [FILE...]

A row: a text ("|" parts paragraphs), the types of which one record must hold it all (T1|T2), and what it must
hold: KIND=COUNT, date=DAY or date=FROM/TO, due=DAY, place=WORDS, promise=WORDS; "no" for nothing. A row may begin
with "?": it is known to fail and only counted. Exit: 0 all well, 1 a row differs, 77 no pack is built."""
import argparse
import json
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
DAY = "2026-03-18"  # a Wednesday: when the texts were published


def count_is(want, record, kind):
    found = [c for c in record.get("counts") or [] if c["kind"] == kind]
    if want == "no":
        return not found
    m = re.match(r"(~?)(-?)(\d+)(\+?)(?:\.\.(\d+))?$", want)
    about, at_most, n, at_least, to = m.groups()
    low = None if at_most else int(n)
    high = int(to) if to else None if at_least else int(n)
    return len(found) == 1 and (found[0].get("min"), found[0].get("max")) == (low, high) and (
        not about or bool(found[0].get("about")))


def holds(want, record, kind):
    if kind == "date":
        date = record.get("date") or {}
        begin, _, end = want.partition("/")
        if want == "no":
            return not date.get("from")
        return (date.get("from") or "")[:10] == begin and (date.get("to") or begin)[:10] == (end or begin)
    if kind == "due":
        promise = record.get("commitment")
        due = record.get("due") or (promise.get("due") if isinstance(promise, dict) else None) or {}
        begin, _, end = want.partition("/")
        if want == "no":
            return not due
        return (due.get("from") or "")[:10] == begin and (due.get("to") or begin)[:10] == (end or begin)
    if kind == "place":
        place = (record.get("place") or {}).get("text") or ""
        return not place if want == "no" else place == want
    if kind == "promise":
        text = record.get("commitment") or ""
        text = text if isinstance(text, str) else text.get("what") or ""
        return not text if want == "no" else text == want
    return count_is(want, record, kind)


def said(record):
    counts = ["%s %s..%s" % (c["kind"], c.get("min"), c.get("max")) for c in record.get("counts") or []]
    date = record.get("date") or {}
    return "%s %s/%s %s due %s %s %s %s" % (
        record["type"], date.get("from"), date.get("to"), (record.get("place") or {}).get("text"),
        (record.get("due") or {}).get("to"), counts, record.get("commitment") or "", record.get("status"))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--casus", default=os.path.join(HERE, "../../build/casus"))
    parser.add_argument("-v", action="store_true")
    parser.add_argument("files", nargs="*")
    options = parser.parse_args()
    files = options.files or sorted(
        os.path.join(HERE, f) for f in os.listdir(HERE) if f.endswith(".tsv"))
    if not os.path.exists(os.path.join(os.path.dirname(os.path.abspath(options.casus)), "casus.pack")):
        return 77
    rows = []
    for name in files:
        for number, line in enumerate(open(name, encoding="utf-8"), 1):
            if line.strip() and not line.startswith("#"):
                rows.append((os.path.basename(name), number, line.rstrip("\n").split("\t")))
    texts = "".join(
        json.dumps({"id": str(i), "date": DAY, "text": row[2][0].lstrip("?").replace("|", "\n")}) + "\n"
        for i, row in enumerate(rows))
    made = subprocess.run([options.casus, "code", "--from", "jsonl", "--format", "jsonl", "-"], input=texts,
                          capture_output=True, text=True, check=True).stdout
    records = {}
    for line in made.splitlines():
        record = json.loads(line)
        records.setdefault(str(record["doc"]), []).append(record)
    failed = known = 0
    for i, (name, number, (text, types, wanted, *_)) in enumerate(rows):
        wants = [w.partition("=")[::2] for w in re.split(r" (?=\w+=)", wanted)]
        mine = [r for r in records.get(str(i), []) if r["type"] in types.split("|")]
        if any(all(holds(w, r, k) for k, w in wants) for r in mine):
            if text.startswith("?") and options.v:
                print("%s:%d: well now: %s" % (name, number, text))
            continue
        if text.startswith("?"):
            known += 1
            if not options.v:
                continue
        else:
            failed += 1
        print("%s:%d: %s\n    wanted %s %s" % (name, number, text, types, wanted))
        for r in records.get(str(i), []):
            print("    coded  " + said(r))
    print("%d rows, %d differ, %d known to" % (len(rows), failed, known))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
