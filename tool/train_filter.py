#!/usr/bin/env python3
"""Trains the scored model of src/code/filter.c and writes data/model/filter.tsv.

usage: train_filter.py --casus PROGRAM --model WHEEL [--gazetteer WHEEL] --score SCORE.PY
                       [--skip-third] [--judged DOCS.jsonl LABELS.tsv] [--rows] [--out FILE] GOLD...

GOLD are hand-coded articles (.json) or items (.jsonl) in the form that score.py reads; --skip-third
leaves out those whose CRC-32 of the name is divisible by three, the part that nobody looks at. Each
record that the program makes with an untrained filter is an example: right when it pairs with a gold
event by score.py's rule, wrong when with none; what pairs with an optional one is no example. --judged
adds records that a reader judged one by one: DOCS has the texts ("id", "published", "text"), LABELS the
columns doc, first and end (bytes of the trigger), type and right (1 or 0); a record that is made no
longer is passed over. They teach, but recall is counted on the gold alone. --rows adds the family of the
row ("assault.kill") as a feature, for trials: the program itself has none such. The
model is logistic with a ridge (L2) penalty, fitted by plain gradient steps from zero, so that the same
input gives the same file. Prints cross-validated precision, recall and F1 over documents for a range of
thresholds and takes the threshold of the best F1. Needs nothing but Python. Exit: 0 done, 1 failed."""
import argparse
import csv
import importlib.util
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
import zlib

RIDGE, STEPS, RATE, FOLDS = 0.02, 600, 0.5, 6


def pack_without_filter(args, folder):
    data = os.path.join(folder, "data")
    shutil.copytree("data", data)
    with open(os.path.join(data, "model/filter.tsv"), "w", encoding="utf-8") as f:
        f.write("feature\tweight\n(threshold)\t0\n")
    pack = os.path.join(folder, "untrained.pack")
    command = [args.casus, "pack", "--model", args.model, "--data", data, "-o", pack]
    if args.gazetteer:
        command += ["--gazetteer", args.gazetteer]
    subprocess.run(command, check=True)
    return pack


def run(args, verb, pack, docs):
    lines = "".join(json.dumps({"id": str(d["id"]), "date": d["published"], "text": d["text"]},
                               ensure_ascii=False) + "\n" for d in docs)
    done = subprocess.run([args.casus, verb, "--pack", pack, "--from", "jsonl", "--format", "jsonl", "-"],
                          input=lines, capture_output=True, text=True, encoding="utf-8", check=True)
    return [json.loads(line) for line in done.stdout.splitlines() if line.strip()]


def examples(args, score, docs, folder):
    """(document, features, right, gold paired) of every record; number of required gold events"""
    pack = pack_without_filter(args, folder)
    names = {}
    for x in run(args, "explain", pack, docs):
        if x["verdict"] == "record":
            names[(x["doc"], tuple(x["span"]))] = named(args, x)
    records = {}
    for r in run(args, "code", pack, docs):
        records.setdefault(str(r["doc"]), []).append(r)
    out, wanted = [], 0
    for d in docs:
        mine = [r for r in records.get(str(d["id"]), []) if r["evidence"]["para"] >= d["first"]]
        pairs = []
        for i, e in enumerate(d["events"]):
            wanted += not e.get("optional")
            for j, r in enumerate(mine):
                if r["type"] in e["type"].split("|") and r["evidence"]["para"] == e["para"]:
                    f = score.fields(e, r)
                    worth = (1 + 2 * f.get("actor", .5) + 1.5 * f.get("recipient", .5) + f["status"] +
                             .5 * f.get("when", .5) + .3 * f["by"] - (.4 if e.get("optional") else 0))
                    pairs.append((-worth, i, j))
        taken, gold = {}, set()
        for _, i, j in sorted(pairs):
            if i not in gold and j not in taken:
                gold.add(i)
                taken[j] = d["events"][i]
        for j, r in enumerate(mine):
            span = r["evidence"]["trigger"]
            features = names.get((str(d["id"]), tuple(span)))
            if features is None:
                continue
            e = taken.get(j)
            right = None if e is not None and e.get("optional") else e is not None
            out.append((str(d["id"]), features, right))
    return out, wanted


def judged_examples(args, folder):
    """the same of --judged: (document, features, right)"""
    if not args.judged:
        return []
    with open(args.judged[0], encoding="utf-8") as f:
        docs = [json.loads(line) for line in f if line.strip()]
    labels = {}
    with open(args.judged[1], encoding="utf-8") as f:
        for row in csv.DictReader(f, delimiter="\t"):
            labels[(row["doc"], int(row["first"]), int(row["end"]))] = (row["type"], row["right"] == "1")
    out = []
    for x in run(args, "explain", os.path.join(folder, "untrained.pack"), docs):
        label = labels.get((str(x["doc"]), *x["span"]))
        if x["verdict"] == "record" and label and label[0] == x["type"]:
            out.append((str(x["doc"]), named(args, x), label[1]))
    return out


def named(args, x):
    """the features of an explained record"""
    features = x["features"].split()
    if args.rows:
        features.append("row=" + ".".join(x["rule" if "rule" in x else "row"].split(".")[:2]))
    return features


def fit(data):
    weights = {}
    n = len(data)
    for _ in range(STEPS):
        gradient = {}
        for features, right in data:
            z = sum(weights.get(f, 0.0) for f in features)
            error = 1 / (1 + math.exp(-z)) - right
            for f in features:
                gradient[f] = gradient.get(f, 0.0) + error
        for f, g in gradient.items():
            w = weights.get(f, 0.0)
            decay = 0.0 if f == "bias" else RIDGE
            weights[f] = w - RATE * (g / n * 4 + decay * w / 4)
    return weights


def probability(weights, features):
    return 1 / (1 + math.exp(-sum(weights.get(f, 0.0) for f in features)))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--casus", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--gazetteer")
    parser.add_argument("--score", required=True)
    parser.add_argument("--skip-third", action="store_true")
    parser.add_argument("--judged", nargs=2, metavar=("DOCS", "LABELS"))
    parser.add_argument("--rows", action="store_true")
    parser.add_argument("--out", default="data/model/filter.tsv")
    parser.add_argument("gold", nargs="+")
    args = parser.parse_args()
    spec = importlib.util.spec_from_file_location("score", args.score)
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    docs = score.load(args.gold)
    if args.skip_third:
        docs = [d for d in docs if zlib.crc32(str(d["id"]).encode()) % 3]
    with tempfile.TemporaryDirectory() as folder:
        data, wanted = examples(args, score, docs, folder)
        gold = {doc for doc, _, _ in data}
        data += judged_examples(args, folder)
    judged = [(doc, f, 1.0 if right else 0.0) for doc, f, right in data if right is not None]
    folds = {}
    for doc, f, right in judged:
        folds.setdefault(zlib.crc32(("fold" + doc).encode()) % FOLDS, []).append((doc, f, right))
    held = []
    for k in sorted(folds):
        weights = fit([(f, right) for j, part in folds.items() if j != k for _, f, right in part])
        held += [(probability(weights, f), right) for doc, f, right in folds[k] if doc in gold]
    best = (-1.0, 0.0)
    for step in range(0, 15):
        threshold = step * 0.05
        kept = [right for p, right in held if p >= threshold]
        right = sum(kept)
        precision, recall = right / max(1, len(kept)), right / max(1, wanted)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        print("threshold %.2f  kept %d of %d  P %.3f R %.3f F1 %.3f" %
              (threshold, len(kept), len(held), precision, recall, f1))
        best = max(best, (round(f1, 4), threshold))
    weights = fit([(f, right) for _, f, right in judged])
    with open(args.out, "w", encoding="utf-8") as f:
        f.write("# Weights of the scored model of src/code/filter.c; made by tool/train_filter.py (see README.md"
                " here).\nfeature\tweight\n(threshold)\t%.2f\n" % best[1])
        for name in sorted(weights):
            if abs(weights[name]) >= 0.005:
                f.write("%s\t%.3f\n" % (name, weights[name]))
    print("%d examples, %d right; threshold %.2f; %s" %
          (len(judged), sum(right for _, _, right in judged), best[1], args.out))


if __name__ == "__main__":
    sys.exit(main())
