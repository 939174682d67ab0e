#!/usr/bin/env python3
"""Check the plan of the house: who may include whom, and what a file may look like.

usage: check_rooms.py [ROOT]

src/ROOMS lists the rooms in order; behind a room's name may stand headers of it that are open to
other rooms besides <room>/<room>.h. Checked, with file:line for every fault:
  - a room includes only rooms above it, and of another room only its open headers;
  - cli/, serve/, bind/ and examples/ include nothing of src/: the public header only;
  - every folder of src/ is in src/ROOMS;
  - C file names are unique in the tree (tests apart from the rest);
  - no C file has more than 900 lines, no line more than 100 columns;
  - every .c and .h of src/ opens with a comment.
Exit: 0 all well, 1 faults, 2 the tree could not be read."""
import os
import re
import sys

MOST_LINES = 900
MOST_COLUMNS = 100
INCLUDE = re.compile(r'\s*#\s*include\s*(["<])([^">]+)[">]')


def c_files(root, *folders):
    for folder in folders:
        for here, below, names in sorted(os.walk(os.path.join(root, folder))):
            below[:] = sorted(d for d in below if d not in ("build", ".git"))
            for name in sorted(names):
                if name.endswith((".c", ".h")):
                    yield os.path.relpath(os.path.join(here, name), root)


def read_rooms(root):
    rooms = {}
    with open(os.path.join(root, "src/ROOMS"), encoding="utf-8") as f:
        for line in f:
            words = line.split("#")[0].split()
            if words:
                rooms[words[0]] = {words[0] + ".h", *words[1:]}
    return rooms


def check(root):
    faults = []
    rooms = read_rooms(root)
    rank = {room: i for i, room in enumerate(rooms)}
    for name in sorted(os.listdir(os.path.join(root, "src"))):
        if os.path.isdir(os.path.join(root, "src", name)) and name not in rank:
            faults.append(f"src/{name}: not listed in src/ROOMS")

    seen = {}
    for path in c_files(root, "include", "src", "cli", "serve", "bind", "examples", "tests", "bench"):
        name = os.path.basename(path)
        if name in seen:
            faults.append(f"{path}: the name is taken by {seen[name]}")
        seen[name] = path
        with open(os.path.join(root, path), encoding="utf-8") as f:
            lines = f.read().split("\n")
        if len(lines) - 1 > MOST_LINES:
            faults.append(f"{path}: {len(lines) - 1} lines, more than {MOST_LINES}")
        parts = path.split(os.sep)
        if parts[0] == "src" and not lines[0].startswith("/*"):
            faults.append(f"{path}:1: does not open with a comment that says what the file is for")
        for number, line in enumerate(lines, 1):
            if len(line) > MOST_COLUMNS:
                faults.append(f"{path}:{number}: {len(line)} columns, more than {MOST_COLUMNS}")
            match = INCLUDE.match(line)
            if not match:
                continue
            target = match.group(2).split("/")
            if parts[0] in ("cli", "serve", "bind", "examples", "include"):
                if target[0] in rank:
                    faults.append(f"{path}:{number}: includes {match.group(2)}; only the public"
                                  " header is open to it")
                continue
            if parts[0] != "src" or target[0] not in rank:
                continue
            mine, theirs = parts[1], target[0]
            if mine == theirs or mine not in rank:
                continue
            if rank[theirs] > rank[mine]:
                faults.append(f"{path}:{number}: room {mine} includes room {theirs}, which is below"
                              " it in src/ROOMS")
            elif "/".join(target[1:]) not in rooms[theirs]:
                faults.append(f"{path}:{number}: includes {match.group(2)}, a private header of"
                              f" room {theirs}")
    return faults


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(__file__), "..")
    try:
        faults = check(root)
    except (OSError, UnicodeDecodeError) as error:
        print(f"check_rooms: {error}", file=sys.stderr)
        return 2
    for fault in faults:
        print(fault)
    print(f"check_rooms: {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
