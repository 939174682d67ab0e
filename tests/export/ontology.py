#!/usr/bin/env python3
"""Code the examples of a table of another ontology: each row must name the record of its example.

usage: ontology.py --casus PROGRAM TABLE...

Exit: 0 all well, 1 a row does not name its example, 77 no pack is built."""
import argparse
import csv
import json
import os
import subprocess
import sys


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--casus", required=True)
    a.add_argument("tables", nargs="+")
    o = a.parse_args()
    if not os.path.exists(os.path.join(os.path.dirname(o.casus), "casus.pack")):
        print("ontology: no pack is built: skipped")
        sys.exit(77)
    bad = 0
    for path in o.tables:
        with open(path, encoding="utf-8") as file:
            rows = list(csv.DictReader((x for x in file if not x.startswith("#")), delimiter="\t",
                                       quoting=csv.QUOTE_NONE))
        texts = "".join(json.dumps({"id": str(n), "date": "2026-03-18", "text": r["example"]}) + "\n"
                        for n, r in enumerate(rows))
        done = subprocess.run([o.casus, "code", "--from", "jsonl", "--ontology", path, "-"],
                              input=texts.encode(), stdout=subprocess.PIPE, check=True)
        found = {}
        for record in map(json.loads, done.stdout.decode().splitlines()):
            found.setdefault(record["doc"], set()).add((record["type"], record.get("mode") or ""))
        for n, r in enumerate(rows):
            wanted, have = (r["label"], r["sublabel"] or ""), found.get(str(n), set())
            if wanted not in have and (r["label"] != "-" or have):
                bad += 1
                print(f"ontology: {os.path.basename(path)}: {r['example']}: {wanted}, not {have}")
    print(f"ontology: {bad} rows do not name their example")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
