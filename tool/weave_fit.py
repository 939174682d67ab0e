#!/usr/bin/env python3
"""Fits the weights of data/weave/score.tsv to pairs labelled by hand.

usage: weave_fit.py FEATURES.tsv SCORE.tsv [--pull X] [--balance X] > NEW-SCORE.tsv

FEATURES comes of `weave_quality.py --fit`: label, set, "relation feature value ...", of the half
dev alone. A logistic regression for each relation (sentence, document, apart), drawn with the
strength --pull towards the weights that stand in SCORE, which were set from what one knows of
news: few pairs move them little, and none changes its sign (that the same side acts never speaks
against one act, whatever a few hard pairs say). --balance is the weight of the pairs of whole weeks, which are
many and easy, against the hard pairs. Always the same from the same input; plain gradient descent.
Tells on standard error how well held-out tenths are told apart (F1), before and after."""
import argparse
import math
import sys
import zlib

RELATIONS = ("sentence", "document", "apart")


def read_score(path):
    head, order, weights, examples = [], [], {}, {}
    for line in open(path, encoding="utf-8"):
        cells = line.rstrip("\n").split("\t")
        if line.startswith("#") or cells[0] == "feature":
            head.append(line)
            continue
        order.append(cells[0])
        examples[cells[0]] = cells[4]
        for relation, cell in zip(RELATIONS, cells[1:4]):
            weights[relation, cells[0]] = float(cell)
    return head, order, weights, examples


def read_pairs(path, balance):
    pairs = {r: [] for r in RELATIONS}
    for line in open(path, encoding="utf-8"):
        label, kind, why = line.rstrip("\n").split("\t")
        words = why.split()
        features = {"bias": 1.0}
        for name, value in zip(words[1::2], words[2::2]):
            features[name] = float(value)
        weight = balance if kind == "weeks" else 1.0
        pairs[words[0]].append((int(label), weight, features, zlib.crc32(why.encode()) % 10, kind))
    return pairs


def score(weights, features):
    return sum(v * weights.get(k, 0.0) for k, v in features.items())


def fit(pairs, prior, pull):
    names = sorted({n for _, _, f, *_ in pairs for n in f})
    w = {n: prior.get(n, 0.0) for n in names}
    rate = 0.05
    for _ in range(1500):
        gradient = {n: pull * (w[n] - prior.get(n, 0.0)) for n in names}
        for label, weight, features, *_ in pairs:
            p = 1 / (1 + math.exp(-max(-30.0, min(30.0, score(w, features)))))
            for n, v in features.items():
                gradient[n] += weight * (p - label) * v
        for n in names:
            w[n] -= rate * gradient[n] / (1 + 0.1 * len(pairs) ** 0.5)
            if n != "bias" and w[n] * prior.get(n, 0.0) < 0:
                w[n] = 0.0
    return {**prior, **w}


def f1(pairs, kind):
    pairs = [(s, t) for s, t, k in pairs if k == kind]
    hit = sum(s and t for s, t in pairs)
    total = sum(s for s, _ in pairs) + sum(t for _, t in pairs)
    return 2 * hit / total if total else 0.0


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("\n\n")[1][7:])
    parser.add_argument("features")
    parser.add_argument("score")
    parser.add_argument("--pull", type=float, default=1.0)
    parser.add_argument("--balance", type=float, default=0.5)
    args = parser.parse_args()
    head, order, weights, examples = read_score(args.score)
    pairs = read_pairs(args.features, args.balance)
    new = {}
    before, after = [], []
    for relation in RELATIONS:
        prior = {n: weights[relation, n] for n in order}
        for part in range(10):
            test = [p for p in pairs[relation] if p[3] == part]
            w = fit([p for p in pairs[relation] if p[3] != part], prior, args.pull)
            before += [(score(prior, f) > 0, bool(l), kind) for l, _, f, _, kind in test]
            after += [(score(w, f) > 0, bool(l), kind) for l, _, f, _, kind in test]
        fitted = fit(pairs[relation], prior, args.pull)
        for n in order:
            new[relation, n] = fitted[n]
    for kind in ("pairs", "weeks"):
        print(f"held-out tenths, {kind}: F1 {f1(before, kind):.3f} before, "
              f"{f1(after, kind):.3f} after", file=sys.stderr)
    sys.stdout.writelines(head)
    for n in order:
        print(n, *(f"{new[r, n]:.2f}" for r in RELATIONS), examples[n], sep="\t")


if __name__ == "__main__":
    main()
