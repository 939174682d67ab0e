#!/usr/bin/env python3
"""Measures weaving against pairs and weeks of records labelled by hand.

usage: weave_quality.py [--casus FILE] [--sets FOLDER] [--out FILE] [--show HALF] [--fit FILE]

The texts lie outside of the repository (../shared/sets); where they are missing it says so and
returns 0. Documents are coded and woven whole; then
  pairs      tests/weave/pairs.tsv: are the two records in one incident? precision, recall, F1
  weeks      tests/weave/clusters.tsv: the same over all pairs of records of a week, and B-cubed
             (A. Bagga and B. Baldwin 1998)
for the halves dev and test. Records are found by document and trigger; what the coder does not
find any more is counted as "lost" and left out.
--show prints the pairs of that half that went wrong; --fit writes the features of the labelled
pairs of the half dev, for tool/weave_fit.py; --out appends rows for tests/quality/results.tsv."""
import argparse
import collections
import csv
import itertools
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SETS = ("current-events/current-events.jsonl", "wikinews/wikinews.jsonl")


def rows(path):
    with open(path, encoding="utf-8") as f:
        return list(csv.DictReader((l for l in f if not l.startswith("#")), delimiter="\t"))


def run(casus, *args):
    return subprocess.run([casus, *args], check=True, stdout=subprocess.PIPE, text=True).stdout


class Woven:
    """Records and incidents of the sets."""

    def __init__(self, casus, paths):
        self.record, self.incident, self.words, self.casus = {}, {}, {}, casus
        self.paths = paths
        for path in paths:
            for line in run(casus, "code", path).splitlines():
                r = json.loads(line)
                self.record.setdefault(r["doc"], []).append(r)
                self.words[r["id"]] = r["evidence"]["text"]
            for line in run(casus, "weave", path).splitlines():
                i = json.loads(line)
                for r in i["records"]:
                    self.incident[r] = i["incident"]

    def find(self, doc, trigger, kind):
        begin, end = map(int, trigger.split("-"))
        best = None
        for r in self.record.get(doc, ()):
            b, e = r["evidence"]["trigger"]
            if b < end and begin < e:
                if r["type"] == kind:
                    return r["id"]
                best = best or r["id"]
        return best

    def why(self, pairs):
        with tempfile.NamedTemporaryFile("w", suffix=".tsv") as f:
            f.writelines(f"{a}\t{b}\n" for a, b in pairs)
            f.flush()
            found = {}
            for path in self.paths:
                for line in run(self.casus, "weave", "--pairs", f.name, path).splitlines():
                    a, b, score, why = line.split("\t")
                    if score:
                        found[a, b] = float(score), why
            return found


def prf(pairs):
    """pairs: (said, true)"""
    hit = sum(s and t for s, t in pairs)
    said, true = sum(s for s, _ in pairs), sum(t for _, t in pairs)
    p, r = hit / said if said else 0.0, hit / true if true else 0.0
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def b_cubed(weeks):
    """weeks: lists of (incident found, incident labelled)"""
    p = r = n = 0
    for items in weeks:
        for found, label in items:
            with_found = [l for f, l in items if f == found]
            with_label = [f for f, l in items if l == label]
            p += with_found.count(label) / len(with_found)
            r += with_label.count(found) / len(with_label)
            n += 1
    p, r = (p / n, r / n) if n else (0.0, 0.0)
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("\n\n")[1][7:])
    parser.add_argument("--casus", default=os.path.join(HERE, "build/casus"))
    parser.add_argument("--sets", default=os.path.join(HERE, "../shared/sets"))
    parser.add_argument("--out")
    parser.add_argument("--show")
    parser.add_argument("--fit")
    args = parser.parse_args()
    paths = [os.path.join(args.sets, s) for s in SETS]
    if not all(map(os.path.exists, paths)):
        print(f"weave_quality: no texts in {args.sets}; nothing measured")
        return 0
    woven, lost, wrong, results, fit = Woven(args.casus, paths), 0, [], [], []
    labelled = collections.defaultdict(list)
    for row in rows(os.path.join(HERE, "tests/weave/pairs.tsv")):
        a = woven.find(row["doc_a"], row["trigger_a"], row["type_a"])
        b = woven.find(row["doc_b"], row["trigger_b"], row["type_b"])
        if not a or not b or a == b:
            lost += 1
            continue
        labelled[row["half"]].append((a, b, row["label"] == "same", "pairs"))
    weeks = collections.defaultdict(lambda: collections.defaultdict(list))
    for row in rows(os.path.join(HERE, "tests/weave/clusters.tsv")):
        r = woven.find(row["doc"], row["trigger"], row["type"])
        if r:
            weeks[row["half"]][row["week"]].append((r, row["incident"]))
        else:
            lost += 1
    for half in ("dev", "test"):
        pairs = labelled[half]
        inside = [(a, b, x == y, "weeks") for items in weeks[half].values()
                  for (a, x), (b, y) in itertools.combinations(items, 2)]
        said = lambda chosen: [(woven.incident[a] == woven.incident[b], same)
                               for a, b, same, _ in chosen]
        cubes = [[(woven.incident[r], label) for r, label in items]
                 for items in weeks[half].values()]
        for name, (p, r, f), n in (("pairs", prf(said(pairs)), len(pairs)),
                                   ("weeks_pairs", prf(said(inside)), len(inside)),
                                   ("all_pairs", prf(said(pairs + inside)), len(pairs + inside)),
                                   ("weeks_b_cubed", b_cubed(cubes), sum(map(len, cubes)))):
            print(f"{half:5}{name:15} n {n:5}  P {p:.3f}  R {r:.3f}  F1 {f:.3f}")
            results.append((half, name, n, p, r, f))
        chosen = pairs + inside
        wrong += [(half, a, b, same) for (a, b, same, _), (s, _t) in zip(chosen, said(chosen))
                  if s != same]
        if half == "dev":
            fit = chosen
    print(f"lost {lost}")
    if args.show:
        bad = [(a, b, same) for half, a, b, same in wrong if half == args.show]
        why = woven.why([(a, b) for a, b, _ in bad])
        for a, b, same in bad:
            print("SPLIT" if same else "JOINED", a, "|", woven.words[a][:160], "||", b, "|",
                  woven.words[b][:160], "||", *why.get((a, b), ("",)))
    if args.fit:
        why = woven.why([(a, b) for a, b, _, _ in fit])
        with open(args.fit, "w", encoding="utf-8") as f:
            for a, b, same, kind in fit:
                if (a, b) in why:
                    f.write(f"{int(same)}\t{kind}\t{why[a, b][1]}\n")
    if args.out:
        with open(args.out, "a", encoding="utf-8") as f:
            for half, name, n, p, r, f1 in results:
                f.writelines(f"{measure}\tweave/{half}-{name}\t{value:.3f}\n"
                             for measure, value in (("precision", p), ("recall", r), ("f1", f1)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
