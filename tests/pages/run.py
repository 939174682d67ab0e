#!/usr/bin/env python3
"""Measure what casus finds of the articles in tests/pages, beside trafilatura when asked to.

usage: run.py [--casus PROGRAM] [--least F1] [--worst N] [--with trafilatura] [FOLDER...]

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


def score(program, folders, others):
    """Of each system its (precision, recall, F1) by page; `others` find the text of a page by name."""
    found, by_page = {"casus": {}, **{name: {} for name in others}}, read_all(program, folders)
    for path, headline, true, item in by_page:
        name = os.path.basename(path)
        found["casus"][name] = f1(without_headline(item["text"], headline), true)
        page = open(path, encoding="utf-8").read() if others else ""
        for system, find in others.items():
            found[system][name] = f1(without_headline(find(page), headline), true)
    return found


def read_all(program, folders):
    pages = sorted(p for f in folders for p in glob.glob(os.path.join(f, "*.html")))
    done = subprocess.run([program, "read", "--format", "jsonl", *pages], capture_output=True, text=True)
    items = {os.path.basename(i["file"]): i for i in map(json.loads, done.stdout.splitlines())}
    for path in pages:
        headline, true = open(path[:-4] + "txt", encoding="utf-8").read().split("\n", 1)
        yield path, headline, true, items.get(os.path.basename(path), {"text": ""})


def mean(rows):
    return [sum(r[i] for r in rows.values()) / max(1, len(rows)) for i in range(3)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--casus", default=os.path.join(HERE, "../../build/casus"))
    parser.add_argument("--least", type=float, default=0)
    parser.add_argument("--worst", type=int, default=0)
    parser.add_argument("--with", dest="other", default="")
    parser.add_argument("folders", nargs="*", default=[HERE, os.path.join(HERE, "hand")])
    a = parser.parse_args()
    if not os.access(a.casus, os.X_OK):
        print("pages: no program", a.casus)
        return 77
    others = {}
    if a.other == "trafilatura":
        import trafilatura
        others[a.other] = lambda page: trafilatura.extract(page, include_comments=False) or ""
    found, items = score(a.casus, a.folders, others), list(read_all(a.casus, a.folders))
    for system, rows in found.items():
        precision, recall, f = mean(rows)
        print(f"{system:12} {len(rows)} pages  precision {precision:.4f}  recall {recall:.4f}  F1 {f:.4f}")
    titles = sum(item.get("title") == headline for _, headline, _, item in items)
    dates, authors = (sum(bool(x[3].get(key)) for x in items) for key in ("date", "author"))
    print(f"casus: headline of {titles}, a date of {dates}, an author of {authors}")
    for name in sorted(found["casus"], key=lambda x: found["casus"][x][2])[:a.worst]:
        print("  ", name, *(f"{system} {v[name][0]:.3f} {v[name][1]:.3f} {v[name][2]:.3f}"
                            for system, v in found.items()))
    return 1 if mean(found["casus"])[2] < a.least else 0


if __name__ == "__main__":
    sys.exit(main())
