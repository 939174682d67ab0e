#!/usr/bin/env python3
"""Run the tests of the command line: a command, and what it must print and return.

usage: run.py [--casus PROGRAM] [-u] [-i WORDS]

A case is a folder tests/cli/cases/<name>:
    cmd      shell commands, run by sh in a scratch copy of the folder, `casus` on the PATH,
             $ROOT the source tree, standard input empty
    stdout   what must be printed, exactly (missing: nothing); the scratch folder reads $HERE
    stderr   the same for standard error
    exit     the exit code (missing: 0)
stdout.glob and stderr.glob stand for the files where lines vary: each line is a pattern with * and ?.
-u writes what was printed into the exact files; -i WORDS runs the cases whose name holds WORDS.
Exit: 0 all well, 1 a case differs, 77 no pack is built."""
import argparse
import difflib
import fnmatch
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))


def read(path):
    try:
        with open(path, encoding="utf-8", newline="\n") as f:
            return f.read()
    except FileNotFoundError:
        return None


def differs(folder, stream, printed):
    """Lines that tell the difference, and whether -u may settle it."""
    pattern = read(os.path.join(folder, stream + ".glob"))
    if pattern is not None:
        want, have = pattern.splitlines(), printed.splitlines()
        if len(want) == len(have) and all(fnmatch.fnmatchcase(h, w) for h, w in zip(have, want)):
            return [], False
        return list(difflib.unified_diff(want, have, stream + ".glob", "printed", lineterm="")), False
    want = read(os.path.join(folder, stream)) or ""
    if want == printed:
        return [], False
    return list(difflib.unified_diff(want.splitlines(), printed.splitlines(), stream, "printed",
                                     lineterm="")) or ["  (line ends differ)"], True


def run(casus, folder, update):
    """(lines that tell what is wrong, rewritten?)"""
    with tempfile.TemporaryDirectory(prefix="casus-cli-") as scratch:
        here = os.path.join(os.path.realpath(scratch), "case")
        shutil.copytree(folder, here)
        environment = {k: v for k, v in os.environ.items() if k != "CASUS_PACK"}
        environment.update(LC_ALL="C", ROOT=ROOT,
                           PATH=os.path.dirname(casus) + os.pathsep + os.environ.get("PATH", ""))
        try:
            done = subprocess.run(["sh", "cmd"], cwd=here, env=environment, timeout=120,
                                  stdin=subprocess.DEVNULL, capture_output=True)
        except subprocess.TimeoutExpired:
            return ["no answer within 120 s"], False
        text = {"stdout": done.stdout.decode("utf-8", "backslashreplace").replace(here, "$HERE"),
                "stderr": done.stderr.decode("utf-8", "backslashreplace").replace(here, "$HERE")}
    faults, rewritten = [], False
    for stream, printed in text.items():
        lines, settle = differs(folder, stream, printed)
        if lines and settle and update:
            path = os.path.join(folder, stream)
            if printed:
                with open(path, "w", encoding="utf-8", newline="\n") as f:
                    f.write(printed)
            elif os.path.exists(path):
                os.remove(path)
            rewritten = True
        else:
            faults += lines
    want = int((read(os.path.join(folder, "exit")) or "0").strip())
    if want != done.returncode:
        if update and done.returncode >= 0:
            with open(os.path.join(folder, "exit"), "w", encoding="utf-8") as f:
                f.write(f"{done.returncode}\n")
            rewritten = True
        else:
            faults.append(f"exit {done.returncode}, expected {want}")
    return faults, rewritten


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--casus", default=os.path.join(ROOT, "build/casus"))
    parser.add_argument("-u", "--update", action="store_true")
    parser.add_argument("-i", "--include", metavar="WORDS", default="")
    options = parser.parse_args()
    casus = os.path.abspath(options.casus)
    if not os.path.exists(os.path.join(os.path.dirname(casus), "casus.pack")):
        print(f"cli: no pack beside {options.casus}; run ./setup")
        return 77
    cases = os.path.join(HERE, "cases")
    passed = failed = updated = 0
    for name in sorted(os.listdir(cases)) if os.path.isdir(cases) else []:
        folder = os.path.join(cases, name)
        if options.include not in name or not os.path.exists(os.path.join(folder, "cmd")):
            continue
        faults, rewritten = run(casus, folder, options.update)
        if faults:
            failed += 1
            print(f"FAILED {name}")
            for line in faults:
                print("  " + line)
        elif rewritten:
            updated += 1
        else:
            passed += 1
    if updated:
        print(f"cli: {updated} cases rewritten")
    print(f"cli: {passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
