#!/usr/bin/env python3
"""Write the map of files in ARCHITECTURE.md from what each file says of itself.

usage: file_map.py [--check] [ROOT]

Every source file opens with a comment whose first sentence says what it is for. These sentences stand
in ARCHITECTURE.md between two marks; this program puts them there (`make map`). --check changes
nothing and exits 1 when the map is not up to date or a file says nothing of itself."""
import glob
import os
import re
import sys

BEGIN, END = "<!-- file map: written by tool/file_map.py -->", "<!-- end of file map -->"
AFTER_ROOMS = (("cli", "cli/*.[ch]"), ("bind/python", "bind/python/casus/*.py"),
               ("bind/spark", "bind/spark/*.py"), ("examples", "examples/*.c"), ("bench", "bench/*.c"),
               ("bench", "bench/*.py"), ("tool", "tool/*.py"),
               ("tests/support", "tests/support/*.[ch]"), ("tests/fuzz", "tests/fuzz/*.[ch]"),
               ("tests", "tests/*/*.py"), ("tests", "tests/*/*.sh"))


def groups(root):
    """(title, pattern of files), the rooms in their order."""
    yield "include", "include/*/*.h"
    with open(os.path.join(root, "src/ROOMS"), encoding="utf-8") as f:
        for line in f:
            words = line.split("#")[0].split()
            if words:
                yield f"src/{words[0]}", f"src/{words[0]}/*.[ch]"
    yield from AFTER_ROOMS


def purpose(path):
    """The first sentence of a file's opening comment, on one line; "" when there is none."""
    with open(path, encoding="utf-8") as f:
        text = f.read(4000)
    if path.endswith(".py"):
        match = re.search(r'"""(.*?)(?:\n\n|""")', text, re.S)
    elif path.endswith((".c", ".h")):
        match = re.match(r"/\*(.*?)(?:\n \*\s*\n|\*/)", text, re.S)
    else:
        match = re.search(r"^# (.*?)(?:\n#?\s*\n)", text, re.S | re.M)
    if not match:
        return ""
    said = re.sub(r"\n\s*(?:\*|#)? ?", " ", match.group(1)).strip()
    said = re.sub(r"^\S+\.(?:c|h|py|sh) - ", "", said)
    said = re.sub(r"\s+usage: .*", "", said)
    return re.split(r"(?<=[^.][a-z0-9)\"'`])\.(?=\s|$)", said)[0].rstrip(". ")


def make_map(root):
    lines, silent, last = [], [], None
    for title, pattern in groups(root):
        paths = sorted(glob.glob(os.path.join(root, pattern)))
        if paths and title != last:
            lines += ["", f"### {title}", "", "| file | what it is for |", "|---|---|"]
            last = title
        for path in paths:
            said = purpose(path)
            short = os.path.relpath(path, root)
            if not said:
                silent.append(short)
            shown = short[len(title) + 1:] if short.startswith(title + "/") else short
            lines.append(f"| [{shown}]({short}) | {said.replace('|', chr(92) + '|')} |")
    return "\n".join(lines).strip(), silent


def main():
    arguments = [a for a in sys.argv[1:] if a != "--check"]
    check = len(arguments) < len(sys.argv) - 1
    root = arguments[0] if arguments else os.path.join(os.path.dirname(__file__), "..")
    path = os.path.join(root, "ARCHITECTURE.md")
    with open(path, encoding="utf-8") as f:
        old = f.read()
    if old.count(BEGIN) != 1 or old.count(END) != 1:
        print(f"file_map: {path} lacks the marks of the map", file=sys.stderr)
        return 1
    body, silent = make_map(root)
    new = old.split(BEGIN)[0] + BEGIN + "\n" + body + "\n" + END + old.split(END)[1]
    for name in silent:
        print(f"{name}:1: opens with no comment that says what the file is for")
    if new != old and check:
        print("ARCHITECTURE.md: the map of files is not up to date; run `make map`")
    elif new != old:
        with open(path + ".part", "w", encoding="utf-8", newline="\n") as f:
            f.write(new)
        os.replace(path + ".part", path)
        print("ARCHITECTURE.md: map written")
    return 1 if silent or (check and new != old) else 0


if __name__ == "__main__":
    sys.exit(main())
