#!/usr/bin/env python3
"""The output shown in README.md and docs/ is what the program prints.

usage: run_readme.py [--casus PROGRAM] [-u]

A line "<!-- example: build/casus ... -->" stands before a block of its output. The command
is run from the top of the tree, a store news.casus being one of its own; -u writes its output into the block. Numbers of lines in lexicons
("accuse.tsv:20", "people:7") move with every row that is added, and are not compared.
Exit: 0 all well, 1 it differs, 77 no pack is built."""
import argparse
import difflib
import glob
import os
import re
import shlex
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
NUMBER = re.compile(r"(\.tsv|\b[a-z]+)(:)\d+\b")
EXAMPLE = re.compile(r"(<!-- example: build/casus (.*?) -->\n```\n)(.*?)(```\n)", re.S)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--casus", default=os.path.join(ROOT, "build/casus"))
    parser.add_argument("-u", "--update", action="store_true")
    options = parser.parse_args()
    casus = os.path.abspath(options.casus)
    if not os.path.exists(os.path.join(os.path.dirname(casus), "casus.pack")):
        print(f"readme: no pack beside {options.casus}; run ./setup")
        return 77
    scratch = tempfile.TemporaryDirectory(prefix="casus-readme-")
    store = os.path.join(scratch.name, "news.casus")

    def printed(match):
        environment = {k: v for k, v in os.environ.items() if k != "CASUS_PACK"}
        done = subprocess.run([casus, *(store if a == "news.casus" else a
                                        for a in shlex.split(match.group(2)))], cwd=ROOT, check=True,
                              capture_output=True, text=True, env=environment)
        lines = [line.rstrip() for line in done.stdout.replace(store, "news.casus").splitlines()]
        return match.group(1) + "".join(line + "\n" for line in lines) + match.group(4)

    count, differ = 0, False
    paths = [os.path.join(ROOT, "README.md"), *sorted(glob.glob(os.path.join(ROOT, "docs", "*.md")))]
    for path in paths:
        name = os.path.relpath(path, ROOT)
        with open(path, encoding="utf-8") as f:
            old = f.read()
        new, n = EXAMPLE.subn(printed, old)
        count += n
        if new != old and options.update:
            with open(path, "w", encoding="utf-8", newline="\n") as f:
                f.write(new)
            print(f"readme: {name} rewritten")
        elif NUMBER.sub(r"\1\2N", new) != NUMBER.sub(r"\1\2N", old):
            print("\n".join(difflib.unified_diff(old.splitlines(), new.splitlines(), name, "printed",
                                                 lineterm="", n=1)))
            differ = True
    if differ:
        print("readme: what is shown is not what is printed; see tests/readme/run_readme.py -u")
        return 1
    print(f"readme: {count} examples")
    return 0 if count else 1


if __name__ == "__main__":
    sys.exit(main())
