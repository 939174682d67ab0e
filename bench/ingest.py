#!/usr/bin/env python3
"""How fast documents go into a store, and whether time, memory or size grow with it.

usage: bench/ingest.py [--build build] [--sets ../shared/sets] [--documents 200000] [--store STORE]
                       [--workers N] [--out bench/results.tsv] [--scratch FOLDER]

Makes the documents out of the sets beside the clone (dated items, whole articles, articles with
attributions), shuffled, each round of them under ids and dates of its own, and has `casus ingest`
take them on all cores into a file (or the STORE given, an empty PostgreSQL database). While it runs,
its resident memory and the number of documents committed are written down. Lines of --out that
begin with "ingest: " are replaced. Without the sets nothing is measured, and it says so."""
import argparse
import datetime
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time

from sets import read_items, read_polnear


def make_documents(path, sets, n):
    """Writes n documents; their bytes of text."""
    items = list(read_items(sets)) + list(read_polnear(sets))
    if not items:
        return 0
    random.Random(1).shuffle(items)
    first, size = datetime.date(2015, 1, 1), 0
    with open(path, "w", encoding="utf-8") as out:
        for i in range(n):
            kind, _, text = items[i % len(items)]
            day = first + datetime.timedelta(days=i * 4000 // n)
            size += len(text.encode())
            out.write(json.dumps({"id": f"{kind}-{i}", "date": str(day), "text": text}) + "\n")
    return size


def resident(pid):
    try:
        with open(f"/proc/{pid}/status") as f:
            for line in f:
                if line.startswith("VmRSS:"):
                    return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0


def used(pid):
    """Seconds of processor time that a process has used."""
    try:
        with open(f"/proc/{pid}/stat") as f:
            field = f.read().rsplit(")", 1)[1].split()
        return (int(field[11]) + int(field[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, IndexError):
        return 0


class Watch:
    """Documents committed, megabytes resident and processor time, twice a second."""

    def __init__(self, store):
        self.store, self.seen, self.db = store, [], None

    def look(self, start, pid):
        try:
            if self.db is None:
                self.db = sqlite3.connect(f"file:{self.store}?mode=ro", uri=True, timeout=0.2)
            n = self.db.execute("SELECT MAX(doc) FROM documents").fetchone()[0] or 0
        except sqlite3.Error:
            return
        self.seen.append((time.perf_counter() - start, n, resident(pid), used(pid)))

    def rate(self, low, high, total, clock):
        """Documents a second between two shares of the whole; clock 0: of wall, 3: of processor
        time."""
        part = [s for s in self.seen if low * total <= s[1] <= high * total]
        spent = part[-1][clock] - part[0][clock] if part else 0
        return (part[-1][1] - part[0][1]) / spent if spent else 0

    def memory(self, low, high, total):
        part = [s[2] for s in self.seen if low * total <= s[1] <= high * total]
        return max(part) if part else 0


def cost(command, output=subprocess.DEVNULL):
    process = subprocess.Popen(command, stdout=output)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"bench: {command[1]} failed")
    return usage.ru_utime + usage.ru_stime


def main():
    a = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    a.add_argument("--build", default="build")
    a.add_argument("--sets", default="../shared/sets")
    a.add_argument("--documents", type=int, default=200000)
    a.add_argument("--store")
    a.add_argument("--workers", default=str(os.cpu_count()))
    a.add_argument("--out", default="bench/results.tsv")
    a.add_argument("--scratch")
    o = a.parse_args()
    casus, n = os.path.join(o.build, "casus"), o.documents
    rows = []

    def row(name, value, wanted="", note=""):
        rows.append(("ingest: " + name, str(value), wanted, note))
        print("\t".join(rows[-1]), flush=True)

    with tempfile.TemporaryDirectory(prefix="casus-bench-", dir=o.scratch) as scratch:
        source, store = os.path.join(scratch, "all.jsonl"), os.path.join(scratch, "all.casus")
        size = make_documents(source, o.sets, n)
        if not size:
            print(f"bench: no texts in {o.sets}; nothing is measured")
            return 0
        load = os.getloadavg()[0]
        watch, start = Watch(store), time.perf_counter()
        process = subprocess.Popen([casus, "ingest", "--workers", o.workers, o.store or store,
                                    source], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            watch.look(start, process.pid)
            time.sleep(0.5)
        wall = time.perf_counter() - start
        if status:
            sys.exit("bench: ingest failed")
        core = usage.ru_utime + usage.ru_stime
        row("documents a second, all cores", f"{n / wall:.0f}", "",
            f"{n} documents of {size / n:.0f} bytes, {o.workers} workers, {wall:.0f} s, load"
            f" {load:.1f} at the start")
        row("documents a second of processor time", f"{n / core:.0f}", "",
            f"{size / core / 1e6:.2f} MB of text a second")
        row("minutes for a million of these documents", f"{1e6 / n * wall / 60:.0f}", "< 60",
            f"{o.workers} cores; {1e6 / n * core / 120:.0f} minutes by the processor time of two")
        if not o.store:
            whole = os.path.getsize(store)
            db = sqlite3.connect(store)
            tokens = db.execute("SELECT SUM(tokens) FROM documents").fetchone()[0]
            records = db.execute("SELECT SUM(records) FROM documents").fetchone()[0]
            db.close()
            row("tokens a second of processor time", f"{tokens / core:.0f}", "",
                f"{tokens / n:.0f} tokens and {records / n:.1f} records a document")
            row("minutes for a million articles of 400 tokens, two cores",
                f"{4e8 / (tokens / core) / 120:.0f}", "< 60", "by processor time")
            row("MB for a thousand documents", f"{whole / n / 1e3:.2f}", "",
                f"{whole / size:.2f} bytes for a byte of text; {whole / 1e6:.0f} MB in all")
            first, last = (watch.rate(low, low + 0.1, n, 3) for low in (0.005, 0.9))
            wall_first, wall_last = (watch.rate(low, low + 0.1, n, 0) for low in (0.005, 0.9))
            row("insert rate, last tenth over first", f"{last / first if first else 0:.2f}", ">= 0.9",
                f"{first:.0f} and {last:.0f} documents a second of processor time; by the clock"
                f" {wall_first:.0f} and {wall_last:.0f}")
            early, late = watch.memory(0.1, 0.2, n), watch.memory(0.9, 1, n)
            row("resident MB, last tenth over second", f"{late / early if early else 0:.2f}",
                "<= 1.2", f"{early:.0f} and {late:.0f} MB")
            again = time.perf_counter()
            cost([casus, "ingest", "--workers", o.workers, store, source])
            row("the same once more, documents a second",
                f"{n / (time.perf_counter() - again):.0f}", "", "all there already")
        part = os.path.join(scratch, "part.jsonl")
        with open(source, encoding="utf-8") as given, open(part, "w", encoding="utf-8") as out:
            for _, line in zip(range(min(n, 5000)), given):
                out.write(line)
        code = cost([casus, "code", "--workers", o.workers, part])
        kept = cost([casus, "ingest", "--workers", o.workers, os.path.join(scratch, "part.casus"), part])
        row("processor time of ingest over code", f"{kept / code:.2f}", "< 1.2", "5000 documents")
    old = []
    if os.path.exists(o.out):
        with open(o.out, encoding="utf-8") as f:
            old = [line for line in f if not line.startswith("ingest: ")]
    with open(o.out, "w", encoding="utf-8") as f:
        f.writelines(old)
        f.writelines("\t".join(r) + "\n" for r in rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
