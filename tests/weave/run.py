#!/usr/bin/env python3
"""The worked example woven: our own (tests/cli/cases/weave-timeline/talks.txt), and, where it lies
beside the clone, ../shared/articles/seed.txt.

usage: run.py --casus FILE [--shared FOLDER]

The talks of several mentions are one incident, phone calls with different sides or days are
different ones, the alleged shooting has two accounts, the two agreements are commitments; the
coder's records of it are what they are, so a call that it does not find is not missed here.
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


def check(casus, path, date, place, day, a, b):
    faults = []
    common = ("--date", date, "--format", "jsonl", path)
    incidents = lines(casus, "timeline", *common)
    talks = [i for i in incidents if i["type"] == "CONSULT" and i["from"] == day]
    if len(talks) != 1 or len(talks[0]["records"]) < 3 or place not in talks[0]["places"]:
        faults.append(f"the talks in {place} are {len(talks)} incidents: {talks}")
    phones = [i for i in incidents if i.get("mode") == "phone"]
    calls = {(i["from"], *sorted(i["actors"])) for i in phones}
    if not phones or len(calls) != len(phones) or any(len(i["records"]) > 1 for i in phones):
        faults.append(f"phone calls: {phones}")
    shots = [x for x in lines(casus, "accounts", "--type", "ASSAULT", *common)
             if x.get("mode") == "firearms"]
    stances = sorted(y["stance"] for x in shots for y in x["accounts"])
    if len(shots) != 1 or stances != ["asserts", "denies"]:
        faults.append(f"the shooting has the accounts {stances}")
    promised = lines(casus, "commitments", *common)
    for who in (a, b):
        if not any(all(any(w in side for side in p["promisers"]) for w in who) for p in promised):
            faults.append(f"no commitment of {' and '.join(who)}")
    return faults


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--casus", default=os.path.join(HERE, "build/casus"))
    parser.add_argument("--shared", default=os.path.join(HERE, "../shared"))
    args = parser.parse_args()
    own = os.path.join(HERE, "tests/cli/cases/weave-timeline/talks.txt")
    faults = check(args.casus, own, "2022-11-16", "Brussels", "2022-11-07", ("Dačić", "Gërvalla"),
                   ("Vučić", "Borrell"))
    seed = os.path.join(args.shared, "articles/seed.txt")
    if os.path.exists(seed):
        faults += check(args.casus, seed, "2022-11-17", "Washington", "2022-11-07",
                        ("Mirzoyan", "Bayramov"), ("Blinken", "Pashinyan"))
    else:
        print(f"{seed} is not there: only our own example was woven")
    print(*faults, sep="\n") if faults else print("the worked example is woven")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
