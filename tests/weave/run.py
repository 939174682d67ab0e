#!/usr/bin/env python3
"""The worked example woven: our own (tests/cli/cases/weave-timeline/talks.txt), and, where it lies
beside the clone, ../shared/articles/seed.txt.

usage: run.py --casus FILE [--shared FOLDER]

The talks of several mentions are one incident, phone calls with different sides or days are
different ones ("the May 9 conversation" is one of them), the alleged shooting has two accounts, the
agreements are commitments.
Exit: 0 all well, 1 a fault, 77 no pack."""
import argparse
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def lines(casus, *args):
    done = subprocess.run([casus, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if "no pack found" in done.stderr:
        sys.exit(77)
    if done.returncode:
        sys.exit(f"casus {' '.join(args)}: {done.stderr}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def paragraphs(incident, records):
    return {records[r]["evidence"]["para"] for r in incident["records"]}


def check(casus, path, date, paras, calls, shots, makers):
    """paras: that tell of the talks; calls: day and those who phoned; makers: of each promise."""
    faults = []
    common = ("--date", date, "--format", "jsonl", path)
    records = {r["id"]: r for r in lines(casus, "code", *common)}
    incidents = lines(casus, "timeline", *common)
    talks = [i for i in incidents if i["type"] == "CONSULT" and i["from"][:7] == date[:7]
             and i["from"] < min(day for day, *_ in calls)]
    if len(talks) != 1 or not paras <= paragraphs(talks[0], records):
        faults.append(f"{path}: the talks are {len(talks)} incidents: {talks}")
    phones = [i for i in incidents if i.get("mode") == "phone"]
    names = sorted((i["from"], *sorted(a.split(" (")[0].split()[-1] for a in i["actors"]))
                   for i in phones)
    if names != sorted((day, *sorted(who)) for day, *who in calls):
        faults.append(f"{path}: phone calls: {names}")
    found = [x for x in lines(casus, "accounts", "--type", "ASSAULT", *common)
             if x.get("mode") == "firearms"]
    stances = sorted(y["stance"] for x in found for y in x["accounts"])
    if len(found) != shots or stances != ["asserts", "denies"] * shots:
        faults.append(f"{path}: the shooting has the accounts {stances}")
    promised = lines(casus, "commitments", *common)
    for who in makers:
        if not any(all(any(w in side for side in p["promisers"]) for w in who) for p in promised):
            faults.append(f"{path}: no commitment of {' and '.join(who)}")
    return faults


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--casus", default=os.path.join(HERE, "build/casus"))
    parser.add_argument("--shared", default=os.path.join(HERE, "../shared"))
    args = parser.parse_args()
    own = os.path.join(HERE, "tests/cli/cases/weave-timeline/talks.txt")
    faults = check(args.casus, own, "2022-11-16", {1, 4, 7},
                   [("2022-11-14", "Borrell", "Vučić"), ("2022-11-15", "Borrell", "Kurti")], 1,
                   [("Dačić", "Gërvalla"), ("Vučić", "Borrell")])
    own = os.path.join(HERE, "tests/weave/calls.txt")
    faults += check(args.casus, own, "2025-05-12", {1, 3, 5},
                    [("2025-05-09", "Ahmed", "Ruto"), ("2025-05-10", "Afwerki", "Ruto")], 0,
                    [("Timothewos", "Saleh")])
    seed = os.path.join(args.shared, "articles/seed.txt")
    if os.path.exists(seed):
        faults += check(args.casus, seed, "2022-11-17", {1, 7, 16},
                        [("2022-11-15", "Blinken", "Pashinyan"),
                         ("2022-11-16", "Aliyev", "Blinken")], 1,
                        [("Mirzoyan", "Bayramov"), ("Blinken", "Pashinyan")])
    else:
        print(f"{seed} is not there: only our own example was woven")
    print(*faults, sep="\n") if faults else print("the worked example is woven")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
