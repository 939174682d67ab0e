#!/usr/bin/env python3
"""Run the example of every event row through the coder.

usage: run.py [--casus PROGRAM] [--data FOLDER] [-i WORDS] [-v]

A row fails when its example gives no record of the row's type, or, for a blocking row (NONE), when it
gives a record whose trigger is the row's own word. A light-verb row fails when its example gives no
record at all. All examples go through one run of the program. -i takes only rows whose id holds WORDS;
-v also lists the rows that another row of the same type stands in for. Exit: 0 all pass, 1 a row
fails, 2 the program does not run, 77 no program here."""
import argparse
import glob
import json
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DATE = "2024-05-15"  # of the examples: a Wednesday


def read_rows(folder):
    """(file:line, row as a dict) of every row with an example."""
    for path in sorted(glob.glob(os.path.join(folder, "events/*.tsv"))):
        columns = None
        with open(path, encoding="utf-8") as f:
            for number, line in enumerate(f, 1):
                line = line.rstrip("\n")
                if not line or line.startswith("#"):
                    continue
                fields = line.split("\t")
                if columns is None:
                    columns = fields
                    continue
                row = dict(zip(columns, fields))
                if row.get("example"):
                    yield f"{os.path.basename(path)}:{number}", row


def run(casus, arguments, text):
    command = [casus, *arguments, "--from", "jsonl", "--format", "jsonl", "-"]
    done = subprocess.run(command, input=text.encode(), capture_output=True, check=False)
    if done.returncode:
        print(done.stderr.decode(errors="replace"), file=sys.stderr)
        sys.exit(2)
    return [json.loads(line) for line in done.stdout.decode().splitlines() if line]


def heads(pattern):
    """Lemmas of the pattern's head: without particles; of a hyphenated word the last part too."""
    out = set()
    for word in pattern.split(" ", 1)[0][:-2].split("|"):
        lemma = word.split("+")[0]
        out |= {lemma, lemma.split("-")[-1]}
    return out


def judge(row, records, lemmas):
    """(does the row pass, what its example gave)"""
    gave = " ".join(f"{r['type']}({r.get('rule', '?')})" for r in records) or "nothing"
    wanted = row.get("type")
    if wanted is None:
        return bool(records), gave
    if wanted != "NONE":
        return any(r["type"] == wanted for r in records), gave
    own = heads(row["pattern"])
    for record in records:
        if lemmas.get(tuple(record["evidence"]["trigger"]), "") in own:
            return False, gave
    return True, gave


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--casus", default=os.path.join(ROOT, "build/casus"))
    parser.add_argument("--data", default=os.path.join(ROOT, "data"))
    parser.add_argument("-i", metavar="WORDS", default="")
    parser.add_argument("-v", action="store_true")
    options = parser.parse_args()
    if not os.path.exists(options.casus) or \
            not os.path.exists(os.path.join(os.path.dirname(options.casus), "casus.pack")):
        print("rows: no program with a pack here")
        return 77
    rows = [(where, row) for where, row in read_rows(options.data) if options.i in row["id"]]
    text = "".join(json.dumps({"id": str(i), "date": DATE, "text": row["example"]}) + "\n"
                   for i, (_, row) in enumerate(rows))
    records = [[] for _ in rows]
    lemmas = [{} for _ in rows]
    for record in run(options.casus, ["code"], text):
        records[int(record["doc"])].append(record)
    for clause in run(options.casus, ["parse", "--layer", "clauses"], text):
        lemmas[int(clause["doc"])][tuple(clause["span"])] = clause["lemma"].lower()
    failed = others = 0
    for i, (where, row) in enumerate(rows):
        passed, gave = judge(row, records[i], lemmas[i])
        own = row.get("type") in (None, "NONE") or any(r.get("rule") == row["id"]
                                                       for r in records[i])
        failed += not passed
        others += passed and not own
        if not passed or (options.v and not own):
            print(f"{'FAIL' if not passed else 'other'} {where} {row['id']} gives {gave}: "
                  f"{row['example']}")
    print(f"rows: {len(rows)} examples, {failed} fail; {others} are coded by another row of the type")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
