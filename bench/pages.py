#!/usr/bin/env python3
"""The articles that casus and trafilatura find in the pages of tests/pages, side by side in one run.

usage: pages.py [--build FOLDER] [--rounds N] [--results FILE]

Words of the true text and of the text found as bags: precision, recall, F1, averaged over the pages.
Pages a second of processor time on one core: casus as a program with its start, trafilatura in this
process without the time it takes to load; the best of some rounds over all pages, many times over.
Writes the lines of bench/results.tsv that begin with "pages", and leaves the others. trafilatura is
installed into build/trafilatura, pinned. Exit: 0; 1 casus finds less; 77 it cannot be had here."""
import argparse
import glob
import os
import resource
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
PAGES = os.path.join(ROOT, "tests", "pages")
WANTED = ["trafilatura==2.3.1", "lxml_html_clean==0.4.6"]
sys.path.insert(0, PAGES)


def installed(home):
    python = os.path.join(home, "bin", "python")
    probe = [python, "-c", "import trafilatura"]
    if os.path.exists(python) and subprocess.run(probe, capture_output=True).returncode == 0:
        return python
    for command in ([sys.executable, "-m", "venv", home],
                    [python, "-m", "pip", "-q", "--disable-pip-version-check", "install", *WANTED], probe):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            said = (done.stderr.strip().splitlines() or ["it does not run"])[-1]
            print(f"pages: trafilatura cannot be installed here ({said[:200]}): skipped")
            sys.exit(77)
    return python


def casus_speed(program, folders, copies):
    with tempfile.TemporaryDirectory(prefix="casus-pages-") as folder:
        n = 0
        for path in [p for f in folders for p in glob.glob(os.path.join(f, "*.html"))]:
            for _ in range(copies):
                os.symlink(path, os.path.join(folder, f"{n}.html"))
                n += 1
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([program, "read", "--format", "jsonl", folder], check=True,
                       stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return n / (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def measure(program, rounds):
    import run
    import trafilatura
    folders = [PAGES, os.path.join(PAGES, "hand")]
    find = lambda page: trafilatura.extract(page, include_comments=False) or ""  # noqa: E731
    found = run.score(program, folders, {"trafilatura": find})
    pages = [open(p, encoding="utf-8").read() for f in folders
             for p in sorted(glob.glob(os.path.join(f, "*.html")))]
    seconds = []
    for _ in range(rounds):
        begin = time.process_time()
        for page in pages:
            find(page)
        seconds.append(time.process_time() - begin)
    speed = {"casus": max(casus_speed(program, folders, 20) for _ in range(rounds)),
             "trafilatura": len(pages) / min(seconds)}
    lines = []
    for system, rows in found.items():
        precision, recall, f1 = run.mean(rows)
        lines.append(f"pages: F1 of words, {system}\t{f1:.4f}\t{'>= 0.95' if system == 'casus' else ''}"
                     f"\tprecision {precision:.4f}, recall {recall:.4f}, {len(rows)} pages")
        hand = {k: v for k, v in rows.items() if os.path.exists(os.path.join(folders[1], k))}
        lines.append(f"pages: F1 of words, {system}, made by hand\t{run.mean(hand)[2]:.4f}\t"
                     f"\t{len(hand)} pages")
    for system, rate in speed.items():
        note = "" if system == "casus" else f"trafilatura {trafilatura.__version__}"
        lines.append(f"pages: pages a second, one core, {system}\t{rate:.0f}\t\t{note}")
    return lines, run.mean(found["casus"])[2] >= run.mean(found["trafilatura"])[2]


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--build", default=os.path.join(ROOT, "build"))
    a.add_argument("--rounds", type=int, default=3)
    a.add_argument("--results", default=os.path.join(HERE, "results.tsv"))
    a.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    o = a.parse_args()
    if not o.inside:
        python = installed(os.path.join(o.build, "trafilatura"))
        sys.exit(subprocess.run([python, os.path.abspath(__file__), *sys.argv[1:], "--inside"]).returncode)
    lines, better = measure(os.path.join(os.path.abspath(o.build), "casus"), o.rounds)
    with open(o.results, encoding="utf-8") as file:
        kept = [x for x in file.read().splitlines() if not x.startswith("pages: ")]
    with open(o.results, "w", encoding="utf-8") as file:
        file.write("\n".join(kept + lines) + "\n")
    print("\n".join(lines))
    sys.exit(0 if better else 1)


if __name__ == "__main__":
    main()
