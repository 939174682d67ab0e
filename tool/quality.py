#!/usr/bin/env python3
"""Measure casus against hand-coded texts and public annotations, and write tests/quality/results.tsv.

usage: quality.py [--casus PROGRAM] [--shared FOLDER] [--out FILE] [--only WORDS]

The texts are not part of this repository: they lie in a folder `shared` beside the clone. Where it is
missing, the program says so and exits 0. Every figure is one line "measure, set, value" of the result
file, sorted, so that a loss shows as a difference. Records are scored by `casus eval`, whose figures
must be those of gold/score.py of that folder; relations and layers by gold/relations.py and
gold/layers.py, whose printed figures are read here; weaving by tool/weave_quality.py (sets "weave/...").
Besides the gold of that folder there are texts that we coded ourselves: tests/quality/coded holds
what was coded, the texts are taken from the sets of that folder ("coded/open"; "coded/articles", 13
articles that were measured before anybody worked on them, F1 0.696 and joint F1 0.420 in November
2026, and are open since; "coded/blind",
whose texts nobody looks at while working on the coder).
A third of the hand-coded articles and items is held out: chosen by the SHA-256 of its name alone, its
figures stand on lines of their own (sets ".../held" beside ".../open"). Look at the open ones only
while working on the lexicons. --only measures the sets whose name holds WORDS and keeps the other
lines of the file as they are. Exit: 0 all measured, 1 a program failed, 2 bad usage."""
import argparse
import concurrent.futures
import glob
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ANNOTATION = re.compile(r"[A-Z#]\d+\t.")
NUMBER = r"(\d+(?:\.\d+)?)"


def held(name):
    """One name in three, by a hash that nobody chose."""
    return hashlib.sha256(name.encode()).digest()[0] % 3 == 0


def without_stray_lines(folder, scratch):
    """The folder, or a copy of it when an annotation file holds a line that is no annotation, at
    which layers.py stumbles."""
    copy = ""
    for path in sorted(glob.glob(os.path.join(folder, "**/*.ann"), recursive=True)):
        with open(path, encoding="utf-8", newline="") as f:
            lines = f.read().splitlines(keepends=True)
        if all(ANNOTATION.match(line) for line in lines):
            continue
        if not copy:
            copy = os.path.join(scratch, "-".join(folder.split(os.sep)[-2:]))
            shutil.copytree(folder, copy, copy_function=shutil.copyfile)
            for here, _, _ in os.walk(copy):
                os.chmod(here, 0o755)
        new = os.path.join(copy, os.path.relpath(path, folder))
        with open(new, "w", encoding="utf-8", newline="") as f:
            f.writelines(line for line in lines if ANNOTATION.match(line))
    return copy or folder


DATE_LINE = re.compile(r"\w+day, \w+ \d+, \d{4}$")


def texts_of(sets):
    """The texts that our own codings are of, by id: items of current events, whole articles."""
    texts = {}
    path = os.path.join(sets, "current-events/current-events.jsonl")
    if os.path.exists(path):
        with open(path, encoding="utf-8") as f:
            for line in f:
                item = json.loads(line)
                texts[item["id"]] = item["text"]
    path = os.path.join(sets, "wikinews/wikinews.jsonl")
    if os.path.exists(path):
        with open(path, encoding="utf-8") as f:
            for line in f:
                item = json.loads(line)
                lines = [x for x in item["text"].split("\n") if x.strip()]
                if lines and DATE_LINE.match(lines[0]):
                    del lines[0]
                texts["wn-" + str(item["id"])] = "\n".join(lines)
    return texts


def with_texts(path, texts, scratch):
    """The codings of a file with their texts, as a new file; "" when a text is missing."""
    out = os.path.join(scratch, "coded-" + os.path.basename(path))
    with open(path, encoding="utf-8") as f, open(out, "w", encoding="utf-8") as g:
        for line in f:
            doc = json.loads(line)
            if doc["id"] not in texts:
                return ""
            doc["text"] = texts[doc["id"]]
            g.write(json.dumps(doc, ensure_ascii=False) + "\n")
    return out


def gather(shared, scratch):
    """(set name, program, arguments) for everything to be measured."""
    gold, sets = os.path.join(shared, "gold"), os.path.join(shared, "sets")
    score = os.path.join(gold, "score.py")
    seed = os.path.join(gold, "seed.json")
    articles = sorted(glob.glob(os.path.join(gold, "articles/*.json")))
    items = os.path.join(gold, "items.jsonl")
    jobs = []
    if os.path.exists(seed):
        jobs.append(("gold/seed", score, [seed]))
    open_files, held_files = [], []
    for path in articles:
        name = os.path.splitext(os.path.basename(path))[0]
        (held_files if held(name) else open_files).append(path)
    if articles:
        jobs += [("gold/articles", score, articles), ("gold/articles/open", score, open_files),
                 ("gold/articles/held", score, held_files)]
    if os.path.exists(items):
        parts = {"open": [], "held": []}
        with open(items, encoding="utf-8") as f:
            for line in f:
                if line.strip():
                    name = str(json.loads(line)["id"])
                    parts["held" if held(name) else "open"].append(line)
        jobs.append(("gold/items", score, [items]))
        for part, lines in parts.items():
            path = os.path.join(scratch, f"items-{part}.jsonl")
            with open(path, "w", encoding="utf-8") as f:
                f.writelines(lines)
            jobs.append((f"gold/items/{part}", score, [path]))
    every = [p for p in (seed, *articles, items) if os.path.exists(p)]
    if len(every) > 1:
        jobs.append(("gold/all", score, every))
    texts = texts_of(sets)
    for path in sorted(glob.glob(os.path.join(ROOT, "tests/quality/coded/*.jsonl"))):
        joined = with_texts(path, texts, scratch)
        if joined:
            name = os.path.splitext(os.path.basename(path))[0]
            jobs.append(("coded/" + name, score, [joined]))
    relations = os.path.join(sets, "plover/relations.tsv")
    if os.path.exists(relations):
        jobs.append(("plover", os.path.join(gold, "relations.py"), [relations]))
    layers = os.path.join(gold, "layers.py")
    for name, layer, path in (("times/timebank", "times", "timeml/TimeBank"),
                              ("times/aquaint", "times", "timeml/AQUAINT"),
                              ("places/lgl", "places", "toponyms/lgl.xml"),
                              ("places/geovirus", "places", "toponyms/GeoVirus.xml"),
                              ("sources/polnear-train", "sources", "polnear/train"),
                              ("sources/polnear-dev", "sources", "polnear/dev")):
        path = os.path.join(sets, path)
        if os.path.exists(path):
            if layer == "sources":
                path = without_stray_lines(path, scratch)
            jobs.append((name, layers, [layer, path]))
    return jobs


def read_score(text):
    """Figures of score.py: counts, finding, full records, the share right of each field."""
    match = re.search(rf"docs (\d+) gold (\d+) coded (\d+) found (\d+)\s+P {NUMBER} R {NUMBER} F1 "
                      rf"{NUMBER}\s+full (\d+) joint F1 {NUMBER}", text)
    if not match:
        return {}
    names = ("docs", "events", "coded", "found", "precision", "recall", "f1", "full", "joint_f1")
    figures = dict(zip(names, match.groups()))
    for name, right, of in re.findall(r"(\w+) (\d+)/(\d+)=", text):
        figures["field_" + name] = f"{int(right) / max(1, int(of)):.3f}"
    match = re.search(r"traps kept (\d+)/(\d+)", text)
    if match:
        figures["traps_broken"] = str(int(match.group(2)) - int(match.group(1)))
    return figures


def read_relations(text):
    match = re.search(rf"rows (\d+) uncoded (\d+) accuracy {NUMBER} macro F1 {NUMBER}", text)
    return dict(zip(("rows", "uncoded", "accuracy", "macro_f1"), match.groups())) if match else {}


def read_layers(text):
    figures = {}
    for name, pattern in (
            ("docs", r"docs (\d+)"), ("gold", r"gold (\d+)"), ("given", r"(?:given|found) (\d+)"),
            ("strict_f1", rf"strict F1 {NUMBER}"), ("relaxed_f1", rf"relaxed F1 {NUMBER}"),
            ("value_f1", rf"value F1 {NUMBER}"), ("type_f1", rf"type F1 {NUMBER}"),
            ("precision", rf"\(P {NUMBER}"), ("recall", rf"\(P [\d.]+ R {NUMBER}"),
            ("f1", rf"\(P [\d.]+ R [\d.]+ F1 {NUMBER}"), ("resolved", r"resolved (\d+)"),
            ("near_of_found", rf"within 161 km: of found {NUMBER}"),
            ("near_of_all", rf"of all {NUMBER}"), ("median_km", rf"median km {NUMBER}"),
            ("source_right", rf"source right {NUMBER}"),
            ("content_f1", rf"content overlap F1 {NUMBER}")):
        match = re.search(pattern, text)
        if match:
            figures[name] = match.group(1)
    return figures


READERS = {"score.py": read_score, "relations.py": read_relations, "layers.py": read_layers}


def measure(job, casus):
    """(set name, figures, what went wrong or "")"""
    name, program, arguments = job
    kind = os.path.basename(program)
    done = subprocess.run([sys.executable, program, casus, *arguments], capture_output=True, text=True,
                          stdin=subprocess.DEVNULL)
    said = (done.stdout + done.stderr).strip()
    if kind == "score.py":
        ours = subprocess.run([casus, "eval", *arguments], capture_output=True, text=True,
                              stdin=subprocess.DEVNULL)
        if ours.returncode or ours.stdout != done.stdout:
            return name, {}, "casus eval prints other figures than score.py"
    figures = READERS[kind](done.stdout)
    if kind == "score.py":
        ours = subprocess.run([casus, "eval", "--links", *arguments], capture_output=True, text=True,
                              stdin=subprocess.DEVNULL)
        match = re.search(rf"same act: pairs (\d+) .*P {NUMBER} R {NUMBER} F1 {NUMBER}", ours.stdout)
        if match:
            figures.update(zip(("same_act_pairs", "same_act_precision", "same_act_recall",
                                "same_act_f1"), match.groups()))
    failed = re.search(r"^exit (-?\d+) (.*)$", done.stdout, re.M)
    if done.returncode or failed or not figures:
        return name, {}, failed.group(0) if failed else (said.splitlines() or ["no output"])[-1]
    return name, figures, ""


def measure_weaving(casus, shared, scratch):
    """Rows of tool/weave_quality.py by (set, measure), and what went wrong, if anything."""
    out = os.path.join(scratch, "weave.tsv")
    done = subprocess.run([sys.executable, os.path.join(ROOT, "tool/weave_quality.py"), "--casus", casus,
                           "--sets", os.path.join(shared, "sets"), "--out", out],
                          capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode:
        return {}, ((done.stdout + done.stderr).strip().splitlines() or ["no output"])[-1]
    return read_results(out), ""


def read_results(path):
    rows = {}
    if os.path.exists(path):
        with open(path, encoding="utf-8") as f:
            for line in f:
                field = line.rstrip("\n").split("\t")
                if len(field) == 3 and field != ["measure", "set", "value"]:
                    rows[(field[1], field[0])] = field[2]
    return rows


def write_results(path, rows):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path + ".part", "w", encoding="utf-8", newline="\n") as f:
        f.write("measure\tset\tvalue\n")
        for (name, measure_name), value in sorted(rows.items()):
            f.write(f"{measure_name}\t{name}\t{value}\n")
    os.replace(path + ".part", path)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--casus", default=os.path.join(ROOT, "build/casus"))
    parser.add_argument("--shared", default=os.path.join(ROOT, "../shared"))
    parser.add_argument("--out", default=os.path.join(ROOT, "tests/quality/results.tsv"))
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    casus, shared = os.path.abspath(options.casus), os.path.abspath(options.shared)
    if not os.path.isdir(os.path.join(shared, "gold")):
        print("quality: no folder ../shared with hand-coded texts here; nothing measured")
        return 0
    if not os.path.exists(casus):
        print(f"quality: no program {options.casus}; run ./setup first", file=sys.stderr)
        return 2
    # The programs split the command at blanks; a path with blanks would be torn.
    scratch = tempfile.mkdtemp(prefix="casus-quality-")
    try:
        link = os.path.join(scratch, "casus")
        with open(link, "w", encoding="utf-8") as f:
            f.write(f"#!/bin/sh\nexec '{casus}' \"$@\"\n")
        os.chmod(link, 0o755)
        jobs = [j for j in gather(shared, scratch) if options.only in j[0]]
        old = read_results(options.out)
        new = {key: value for key, value in old.items() if options.only not in key[0]}
        wrong = []
        with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
            for name, figures, fault in pool.map(lambda job: measure(job, link), jobs):
                if fault:
                    wrong.append(f"{name}: {fault}")
                for measure_name, value in figures.items():
                    new[(name, measure_name)] = value
        if options.only in "weave" and os.path.isdir(os.path.join(shared, "sets")):
            rows, fault = measure_weaving(link, shared, scratch)
            new.update(rows)
            if fault:
                wrong.append("weave: " + fault)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    if not wrong:
        write_results(options.out, new)
    for key in sorted(set(old) | set(new)):
        if options.only in key[0] and old.get(key) != new.get(key) and not wrong:
            print(f"{key[1]}\t{key[0]}\t{old.get(key, '-')} -> {new.get(key, '-')}")
    for fault in wrong:
        print(f"quality: {fault}", file=sys.stderr)
    print(f"quality: {len(jobs) - len(wrong)} sets measured, {len(wrong)} failed"
          + ("; the results were left as they are" if wrong else ""))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
