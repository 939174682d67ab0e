#!/usr/bin/env python3
"""Find event rows that can never fire because a row that is tried before them always takes their clause.

usage: dead.py [FOLDER]     the folder of the lexicons, by default data/

Rows of one head are tried by the number of their conditions, blocking rows (NONE) first among equals,
then in the order of files and lines. A row is dead when, for each of its heads, every condition of an
earlier row is implied by one of its own. Exit: 0 none is dead, 1 some are."""
import collections
import glob
import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def read_classes(folder):
    classes = collections.defaultdict(set)
    for name in ("classes.tsv", "classes2.tsv"):
        with open(os.path.join(folder, name), encoding="utf-8") as f:
            for line in f:
                fields = line.rstrip("\n").split("\t")
                if not line.startswith("#") and fields[0] != "class":
                    classes["@" + fields[0]] |= set(fields[1].split("|"))
    return classes


def read_condition(text):
    """(operation, roles, values); a flag has neither."""
    if "=" not in text:
        return text, None, None
    roles, values = text.split("=", 1)
    operation = "absent" if values == "-" else "not" if roles.endswith("!") else "is"
    return operation, frozenset(roles.rstrip("!").split("|")), frozenset(values.split("|"))


def read_rows(folder):
    for path in sorted(glob.glob(os.path.join(folder, "events/*.tsv"))):
        if path.endswith("light.tsv"):
            continue
        with open(path, encoding="utf-8") as f:
            for number, line in enumerate(f, 1):
                fields = line.rstrip("\n").split("\t")
                if line.startswith("#") or fields[0] == "id" or len(fields) < 3:
                    continue
                head, *conditions = fields[1].split()
                yield (f"{os.path.basename(path)}:{number}", fields[0], head,
                       [read_condition(c) for c in conditions], fields[2])


def implied(wanted, given, classes):
    """Does the condition `given` guarantee the condition `wanted`?"""
    if wanted[1] is None or given[1] is None or wanted[0] != given[0]:
        return wanted == given
    if wanted[0] != "is":
        return wanted[1] <= given[1] and (wanted[2] <= given[2] or wanted[0] == "absent")
    if not given[1] <= wanted[1]:
        return False
    known = set(wanted[2]).union(*(classes.get(v, ()) for v in wanted[2]))
    return "*" in wanted[2] or all(
        v in known or (v in classes and classes[v] <= known) for v in given[2])


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else os.path.join(ROOT, "data")
    classes, rows = read_classes(folder), list(read_rows(folder))
    of_head = collections.defaultdict(list)
    for i, (_, _, head, _, _) in enumerate(rows):
        for lemma in set(head[:-2].split("|")):
            of_head[lemma, head[-1]].append(i)
    taken = collections.defaultdict(list)
    for numbers in of_head.values():
        numbers.sort(key=lambda i: (-2 * len(rows[i][3]) - (rows[i][4] == "NONE"), i))
        for k, i in enumerate(numbers):
            taken[i].append(next((j for j in numbers[:k] if all(
                any(implied(a, b, classes) for b in rows[i][3]) for a in rows[j][3])), None))
    dead = [(i, before[0]) for i, before in sorted(taken.items()) if None not in before]
    for i, j in dead:
        print(f"{rows[i][0]} {rows[i][1]} never fires: {rows[j][0]} {rows[j][1]} comes first")
    print(f"rows: {len(rows)} read, {len(dead)} dead")
    return 1 if dead else 0


if __name__ == "__main__":
    sys.exit(main())
