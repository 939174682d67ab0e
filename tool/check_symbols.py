#!/usr/bin/env python3
"""Check the compiled objects of src/: no state of their own, no call that a library must not make.

usage: check_symbols.py OBJECT...    (.o files or folders that hold them; builds without sanitizers)

Faults:
  - anything in a writable section (.data, .bss, .tdata, .tbss, common), constants that the dynamic
    linker must patch (.data.rel.ro) apart: that would be a mutable global or static;
  - a reference to a function that ends the program, prints, reads the clock, the locale, the
    environment or a random number;
  - malloc and its kin outside src/base: all memory goes through the hook.
Uses readelf of binutils. Exit: 0 all well, 1 faults, 2 the objects could not be read."""
import os
import re
import subprocess
import sys

BANNED = {
    "ends the program": "exit _exit _Exit quick_exit abort raise",
    "prints": "printf vprintf puts putchar putc perror stdout stderr __printf_chk __vprintf_chk",
    "reads the clock": "time clock gettimeofday clock_gettime localtime localtime_r gmtime mktime"
                       " strftime",
    "depends on the locale": "setlocale strtod strtof strtold atof strcoll strxfrm toupper tolower"
                             " isalpha isdigit isspace isupper islower isalnum ispunct"
                             " __ctype_b_loc __ctype_tolower_loc __ctype_toupper_loc"
                             " strcasecmp strncasecmp towlower towupper iswalpha",
    "is random": "rand srand random srandom drand48 rand_r getrandom",
    "reads the environment": "getenv secure_getenv",
    "keeps hidden state": "strtok strerror qsort_r",
}
BANNED_NAME = {name: why for why, names in BANNED.items() for name in names.split()}
HEAP = set("malloc calloc realloc free aligned_alloc posix_memalign strdup strndup asprintf"
           " vasprintf".split())
SECTION = re.compile(r"\s*\[\s*(\d+)\]\s+(\S*)\s+(\S+)\s+[0-9a-f]+\s+[0-9a-f]+\s+([0-9a-f]+)\s+"
                     r"[0-9a-f]+\s+([A-Za-z]*)\s")


def objects(paths):
    for path in paths:
        if os.path.isdir(path):
            for here, below, names in os.walk(path):
                below.sort()
                for name in sorted(names):
                    if name.endswith(".o"):
                        yield os.path.join(here, name)
        else:
            yield path


def readelf(flag, path):
    done = subprocess.run(["readelf", "-W", flag, path], capture_output=True, text=True,
                          env={**os.environ, "LC_ALL": "C"})
    if done.returncode:
        raise OSError(f"readelf cannot read {path}: {done.stderr.strip()}")
    return done.stdout.splitlines()


def check(path):
    faults = []
    short = path.rsplit(os.sep + "src" + os.sep, 1)[-1]
    in_base = short.startswith("base" + os.sep)
    writable = {}
    for line in readelf("-S", path):
        match = SECTION.match(line)
        if not match:
            continue
        number, name, _, size, flags = match.groups()
        if "W" in flags and int(size, 16) and not name.startswith(".data.rel.ro"):
            writable[number] = name
    named = set()
    for line in readelf("-s", path):
        field = line.split()
        if len(field) < 8 or not field[0].endswith(":"):
            continue
        kind, where, name = field[3], field[6], field[7].split("@")[0]
        if where == "UND":
            if name in BANNED_NAME:
                faults.append(f"{short}: uses {name}, which {BANNED_NAME[name]}")
            if name in HEAP and not in_base:
                faults.append(f"{short}: uses {name}; memory goes through the hook of src/base")
        elif where == "COM":
            faults.append(f"{short}: {name} is a mutable global (common)")
        elif where in writable and kind in ("OBJECT", "TLS", "NOTYPE"):
            named.add(where)
            faults.append(f"{short}: {name} is mutable ({writable[where]})")
    for number, name in writable.items():
        if number not in named:
            faults.append(f"{short}: unnamed data in the writable section {name}")
    return faults


def main():
    if len(sys.argv) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    count, faults = 0, []
    try:
        for path in objects(sys.argv[1:]):
            count += 1
            faults += check(path)
    except OSError as error:
        print(f"check_symbols: {error}", file=sys.stderr)
        return 2
    for fault in faults:
        print(fault)
    print(f"check_symbols: {count} objects, {len(faults)} faults")
    return 1 if faults or not count else 0


if __name__ == "__main__":
    sys.exit(main())
