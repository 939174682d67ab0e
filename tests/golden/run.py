#!/usr/bin/env python3
"""Run the golden tests: texts with the output that they must give.

usage: run.py [--casus PROGRAM] [-u] [-i WORDS] [FOLDER|FILE...]

Cases lie in tests/golden/<layer>/*.txt; without arguments all are run. A case:

    ====================
    a title
    :date 2026-03-18
    ====================
    The text that is read.
    ---
    what the program prints

The arguments of the program stand in the file ARGS of the folder; without one they are
"parse --layer <layer> --format table". Lines under the title that begin with ':' are attributes:
":date D" adds --date D, ":args WORDS" adds arguments, ":skip WHY" passes the case over.
-u writes what the program prints into the case (never where it failed); -i WORDS runs the cases whose
title holds WORDS. Exit: 0 all well, 1 a case differs, 2 a case cannot be read, 77 no pack is built."""
import argparse
import concurrent.futures
import difflib
import os
import re
import shlex
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
BAR = re.compile(r"={3,}\s*$")
CUT = "---"


class Case:
    def __init__(self, path, line):
        self.path, self.line = path, line
        self.head = []  # the bars, title and attributes as written
        self.title = ""
        self.attributes = {}
        self.text = []
        self.expected = []


def read_cases(path):
    with open(path, encoding="utf-8", newline="\n") as f:
        lines = f.read().split("\n")
    cases, i, before = [], 0, []
    while i < len(lines) and not BAR.match(lines[i]):
        before.append(lines[i])
        i += 1
    while i < len(lines):
        case = Case(path, i + 1)
        case.head.append(lines[i])
        i += 1
        while i < len(lines) and not BAR.match(lines[i]):
            if lines[i].startswith(":"):
                key, _, value = lines[i][1:].partition(" ")
                case.attributes[key] = value.strip()
            else:
                case.title = (case.title + " " + lines[i]).strip()
            case.head.append(lines[i])
            i += 1
        if i == len(lines):
            raise ValueError(f"{path}:{case.line}: the title has no closing line of '='")
        case.head.append(lines[i])
        i += 1
        while i < len(lines) and lines[i] != CUT:
            if BAR.match(lines[i]):
                raise ValueError(f"{path}:{case.line}: no line '{CUT}' between text and output")
            case.text.append(lines[i])
            i += 1
        if i == len(lines):
            raise ValueError(f"{path}:{case.line}: no line '{CUT}' between text and output")
        i += 1
        while i < len(lines) and not BAR.match(lines[i]):
            case.expected.append(lines[i])
            i += 1
        while case.expected and not case.expected[-1].strip():
            case.expected.pop()
        cases.append(case)
    titles = set()
    for case in cases:
        if case.title in titles:
            raise ValueError(f"{path}:{case.line}: the title \"{case.title}\" is taken")
        titles.add(case.title)
    return before, cases


def write_cases(path, before, cases):
    out = list(before)
    for case in cases:
        out += case.head + case.text + [CUT] + case.expected + [""]
    new = path + ".part"
    with open(new, "w", encoding="utf-8", newline="\n") as f:
        f.write("\n".join(out).rstrip("\n") + "\n")
    os.replace(new, path)


def arguments(case):
    folder = os.path.dirname(case.path)
    try:
        with open(os.path.join(folder, "ARGS"), encoding="utf-8") as f:
            words = shlex.split(f.read(), comments=True)
    except FileNotFoundError:
        words = ["parse", "--layer", os.path.basename(folder), "--format", "table"]
    if "date" in case.attributes:
        words += ["--date", case.attributes["date"]]
    return words + shlex.split(case.attributes.get("args", "")) + ["-"]


def run(casus, case):
    """(what is wrong or "", output lines)"""
    environment = {k: v for k, v in os.environ.items() if k != "CASUS_PACK"}
    environment["LC_ALL"] = "C"
    try:
        done = subprocess.run([casus, *arguments(case)], input="\n".join(case.text).encode(),
                              capture_output=True, env=environment, timeout=120)
    except subprocess.TimeoutExpired:
        return "no answer within 120 s", []
    said = done.stderr.decode("utf-8", "replace").strip()
    try:
        lines = done.stdout.decode("utf-8").rstrip("\n").split("\n")
    except UnicodeDecodeError as error:
        return f"output is not UTF-8: {error}", []
    if done.returncode:
        return f"exit {done.returncode}: {said}", []
    return "", [line.rstrip() for line in lines] if lines != [""] else []


def find(paths):
    for path in paths:
        if os.path.isdir(path):
            for here, below, names in os.walk(path):
                below.sort()
                for name in sorted(names):
                    if name.endswith(".txt"):
                        yield os.path.join(here, name)
        else:
            yield os.path.abspath(path)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--casus", default=os.path.join(HERE, "../../build/casus"))
    parser.add_argument("-u", "--update", action="store_true")
    parser.add_argument("-i", "--include", metavar="WORDS")
    parser.add_argument("paths", nargs="*", default=[HERE])
    options = parser.parse_args()
    casus = os.path.abspath(options.casus)
    if not os.path.exists(os.path.join(os.path.dirname(casus), "casus.pack")):
        print(f"golden: no pack beside {options.casus}; run ./setup")
        return 77

    failed = passed = skipped = updated = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for path in find(options.paths):
            try:
                before, cases = read_cases(path)
            except (ValueError, OSError) as error:
                print(f"golden: {error}", file=sys.stderr)
                return 2
            short = os.path.relpath(path, HERE)
            jobs = []
            for case in cases:
                if options.include and options.include.lower() not in case.title.lower():
                    continue
                if "skip" in case.attributes:
                    skipped += 1
                    continue
                jobs.append((case, pool.submit(run, casus, case)))
            changed = False
            for case, job in jobs:
                wrong, lines = job.result()
                if not wrong and lines == [line.rstrip() for line in case.expected]:
                    passed += 1
                    continue
                if not wrong and options.update:
                    case.expected, changed = lines, True
                    updated += 1
                    continue
                failed += 1
                print(f"FAILED {short}:{case.line}: {case.title}")
                if wrong:
                    print(f"  {wrong}")
                for line in difflib.unified_diff(case.expected, [] if wrong else lines, "expected",
                                                 "printed", lineterm="", n=1):
                    print("  " + line)
            if changed:
                write_cases(path, before, cases)
    if updated:
        print(f"golden: {updated} cases rewritten")
    print(f"golden: {passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
