#!/usr/bin/env python3
"""Measure what casus finds of the articles in tests/pages, beside trafilatura when asked to.

usage: run.py [--casus PROGRAM] [--least F1] [--worst N] [--with trafilatura] [FOLDER]

For every page.html with a page.txt beside it: the words of the true text and of the text found, as
bags; precision, recall and their F1, averaged over the pages. The headline counts on neither side.
Title, date and author found are counted too, for casus. Exit: 0; 1 F1 below --least; 77 no program."""
import argparse
import collections
import glob
import json
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def bag(text):
    return collections.Counter(re.findall(r"\w+", text.lower()))


def f1(found, true):
    a, b = bag(found), bag(true)
    same = sum((a & b).values())
    precision = same / max(1, sum(a.values()))
    recall = same / max(1, sum(b.values()))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def without_headline(text, headline):
    lines = text.split("\n")
    plain = lambda s: re.sub(r"\W+", "", s.lower())  # noqa: E731
    return "\n".join(lines[1:]) if lines and plain(lines[0]) == plain(headline) else text


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--casus", default=os.path.join(HERE, "../../build/casus"))
    parser.add_argument("--least", type=float, default=0)
    parser.add_argument("--worst", type=int, default=0)
    parser.add_argument("--with", dest="other", default="")
    parser.add_argument("folder", nargs="?", default=HERE)
    a = parser.parse_args()
    if not os.access(a.casus, os.X_OK):
        print("pages: no program", a.casus)
        return 77
    pages = sorted(glob.glob(os.path.join(a.folder, "*.html")))
    done = subprocess.run([a.casus, "read", "--format", "jsonl", *pages], capture_output=True, text=True)
    items = {os.path.basename(i["file"]): i for i in map(json.loads, done.stdout.splitlines())}
    rows, titles, dates, authors = {}, 0, 0, 0
    others = None
    if a.other == "trafilatura":
        import trafilatura
        others = lambda page: trafilatura.extract(page, include_comments=False) or ""  # noqa: E731
    for path in pages:
        name = os.path.basename(path)
        headline, true = open(path[:-4] + "txt", encoding="utf-8").read().split("\n", 1)
        item = items.get(name, {"text": ""})
        titles += item.get("title") == headline
        dates += bool(item.get("date"))
        authors += bool(item.get("author"))
        row = {"casus": f1(without_headline(item["text"], headline), true)}
        if others:
            page = open(path, encoding="utf-8").read()
            row[a.other] = f1(without_headline(others(page), headline), true)
        rows[name] = row
    for system in (["casus"] + ([a.other] if others else [])):
        mean = [sum(r[system][i] for r in rows.values()) / max(1, len(rows)) for i in range(3)]
        print(f"{system:12} {len(rows)} pages  precision {mean[0]:.4f}  recall {mean[1]:.4f}  F1 {mean[2]:.4f}")
        if system == "casus":
            score = mean[2]
    print(f"casus: headline of {titles}, a date of {dates}, an author of {authors}")
    for name, row in sorted(rows.items(), key=lambda x: x[1]["casus"][2])[:a.worst]:
        print("  ", name, *(f"{s} {v[0]:.3f} {v[1]:.3f} {v[2]:.3f}" for s, v in row.items()))
    return 1 if score < a.least else 0


if __name__ == "__main__":
    sys.exit(main())
