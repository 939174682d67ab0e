#!/usr/bin/env python3
"""Stores under hard use: killed, full, read-only, locked, cut off; the same for any number of threads.

usage: run.py --casus PROGRAM [--unit TEST_STORE_TABLES] [--kills N] [--seed N] file|server [NAME...]

`file` runs the tests on SQLite; `server` starts a PostgreSQL server of its own in a scratch folder
(as user postgres when run by root, whom the server refuses) and runs them there. NAME picks tests.
Exit: 0 all well, 1 a test failed, 77 no pack is built, or no PostgreSQL server is installed."""
import argparse
import glob
import json
import os
import pty
import random
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PLACES = "Bata Moundou Agadez Goma Kassala Mekelle Aleppo Basra Herat Quetta".split()
SIDES = ["Rebels", "The army", "Police", "Protesters", "The government of Chad", "Niger's foreign minister"]
ACTS = ["shelled the port of {0} on Tuesday, killing at least {1} people, the army said.",
        "arrested {1} protesters in {0} yesterday, according to a human rights group.",
        "agreed to withdraw {1} troops from {0} by 1 May.",
        "met mediators from the African Union in {0} last week.",
        "denied that it had attacked {0}. A spokesman said {1} soldiers had been released."]
TABLES = ("documents texts codings sentences records record_json sides sources counts places marks"
          " diagnostics coders").split()
# without the numbers of documents, which go by their arrival
INCIDENTS_BY_ID = """SELECT b.id, b.type, b.status, b.date_from, b.actors, b.recipients, d.id, x.record,
    x.account, x.reason FROM incident_base b JOIN incident_records x ON x.incident = b.incident
    JOIN documents d ON d.doc = x.doc"""
PROMISES_BY_ID = """SELECT p.id, p.promiser, p.what, p.made, p.state, s.n, s.state, s.since, d.id, s.record
    FROM promises p JOIN promise_states s ON s.promise = p.promise
    LEFT JOIN documents d ON d.doc = s.doc"""
WOVEN = "incident_base incident_records stories story_documents promises promise_states".split()
ORDER = {"sides": "1, 2, 3, 4", "sources": "1, 2, 3", "counts": "1, 2, 3"}


class Failed(Exception):
    pass


def must(condition, what):
    if not condition:
        raise Failed(what)


def without_progress(said):
    return [x for x in said.splitlines() if not re.match(r"casus: \d+ documents, \d+ a second", x)]


def articles(n, seed=1):
    draw = random.Random(seed)
    for i in range(n):
        text = " ".join(draw.choice(SIDES) + " " + draw.choice(ACTS).format(draw.choice(PLACES),
                        draw.randint(2, 90)) for _ in range(draw.randint(1, 6)))
        yield {"id": f"doc-{i}", "date": f"2025-03-{1 + i % 28:02d}", "site": "Example Post",
               "title": f"Report {i}", "text": text}


def write_articles(path, items):
    with open(path, "w", encoding="utf-8") as f:
        for item in items:
            f.write(json.dumps(item) + "\n")
    return path


class Test:
    """What the tests share, on a store in a file."""

    kind = "file"

    def __init__(self, casus, scratch, kills, seed):
        self.casus, self.scratch, self.kills = casus, scratch, kills
        self.draw = random.Random(seed)
        self.made = 0

    def path(self, name):
        return os.path.join(self.scratch, name)

    def new(self):
        self.made += 1
        return self.path(f"store-{self.made}.casus")

    def run(self, *arguments, code=0, **more):
        done = subprocess.run([self.casus, *arguments], capture_output=True, text=True,
                              timeout=300, **more)
        must(done.returncode == code, f"{arguments}: exit {done.returncode}: {done.stderr}")
        return done

    def refused(self, *arguments, says, code=2, **more):
        """One clear line, and nothing else on standard error."""
        done = self.run(*arguments, code=code, **more)
        lines = without_progress(done.stderr)
        must(len(lines) == 1 and says in lines[0], f"{arguments}: said {done.stderr!r}")

    def rows(self, store, sql):
        with sqlite3.connect(f"file:{store}?mode=rw", uri=True) as db:
            rows = db.execute(sql).fetchall()
        db.close()
        return rows

    def content(self, store):
        return {t: self.rows(store, f"SELECT * FROM {t} ORDER BY {ORDER.get(t, '1, 2')}")
                for t in TABLES}

    def check_whole(self, store, ids):
        """Every document is there with all of its rows; they are the first of `ids`. Their number."""
        have = [r[0] for r in self.rows(store, "SELECT id FROM documents ORDER BY doc")]
        must(have == ids[:len(have)], "documents are missing, or in another order")
        half = self.rows(store, """SELECT COUNT(*) FROM documents d WHERE
            d.sentences <> (SELECT COUNT(*) FROM sentences s WHERE s.doc = d.doc)
            OR d.records <> (SELECT COUNT(*) FROM records r WHERE r.doc = d.doc)
            OR d.records <> (SELECT COUNT(*) FROM record_json j WHERE j.doc = d.doc)
            OR NOT EXISTS (SELECT 1 FROM texts t WHERE t.doc = d.doc)
            OR NOT EXISTS (SELECT 1 FROM codings c WHERE c.doc = d.doc)""")
        must(half[0][0] == 0, "a half document")
        for table in TABLES[1:-1]:
            alone = self.rows(store, f"SELECT COUNT(*) FROM {table} WHERE doc NOT IN"
                              " (SELECT doc FROM documents)")
            must(alone[0][0] == 0, f"rows of no document in {table}")
        return len(have)

    def sound(self, store):
        must(self.rows(store, "PRAGMA integrity_check") == [("ok",)], "integrity_check")
        self.rows(store, "INSERT INTO words (words) VALUES ('integrity-check')")

    # ---- the tests ----

    def test_same_for_any_workers(self):
        source = write_articles(self.path("many.jsonl"), articles(300))
        seen = []
        for workers, batch in (("1", "256"), ("2", "7"), ("5", "1")):
            store = self.new()
            self.run("ingest", "--workers", workers, "--batch", batch, store, source)
            seen.append(self.content(store))
            must(seen[0] == seen[-1], f"{workers} workers make another store")
            self.sound(store)
        exported = self.run("export", store).stdout
        must(exported == self.run("code", source).stdout, "export is not what code prints")
        must(len(seen[0]["records"]) > 300, "too few records to mean anything")

    def test_queries(self):
        """What the verbs print is the same whatever keeps the store: compared with a file's."""
        source = write_articles(self.path("asked.jsonl"), articles(60))
        here, plain = self.new(), self.path("plain.casus")
        for store in (here, plain):
            self.run("ingest", store, source)
        for asked in (["--who", "TCD"], ["--side", ".MIL", "--type", "ASSAULT"], ["--by", "army"],
                      ["--text", "port \"on Tuesday\""], ["--text", "shell*"], ["--place", "goma"],
                      ["--place", "SYR"], ["--status", "planned, denied"], ["--by-date"],
                      ["--since", "2025-03-04", "--until", "2025-03-10"], ["--whom", "CVL"],
                      ["--doc", "doc-7"], ["--mode", "arrest", "--limit", "3"]):
            for format in ("table", "jsonl", "ids"):
                got = [self.run("find", "--format", format, *asked, store).stdout
                       for store in (here, plain)]
                must(got[0] == got[1], f"find {asked} differs")
            must(got[0] or asked[0] in ("--who", "--whom"), f"find {asked} finds nothing")
        for format in ("jsonl", "csv", "geojson", "polecat", "icews", "petrarch"):
            got = [self.run("export", "--format", format, store).stdout for store in (here, plain)]
            must(got[0] == got[1] and got[0], f"export {format} differs")
            must(got[0] == self.run("code", "--format", format, source).stdout,
                 f"export {format} is not what code writes")
        must(self.run("show", here, "doc-3", "doc-4#1").stdout
             == self.run("show", plain, "doc-3", "doc-4#1").stdout, "show differs")

    def test_replaced_and_recoded(self):
        items = list(articles(40))
        source = write_articles(self.path("first.jsonl"), items)
        store = self.new()
        self.run("ingest", "--batch", "9", store, source)
        before = self.content(store)
        must("40 already there" in self.run("ingest", store, source).stdout, "coded again")
        must(before == self.content(store), "a second run changed something")
        for item in items[10:20]:
            item["text"] += " Protesters burned a bus in Paris."
        write_articles(source, items)
        must("10 changed, 30 already" in self.run("ingest", store, source).stdout, "not replaced")
        fresh = self.new()
        self.run("ingest", fresh, source)
        for table in TABLES:
            if table != "documents":  # their revisions tell what was put anew
                must(self.content(store)[table] == self.content(fresh)[table], table)
        must(self.run("find", "--format", "ids", "--text", "bus", store).stdout.count("\n") >= 10,
             "the new words are not found")
        rows = self.other_rows()
        told = self.run("recode", "--rows", rows, store).stdout
        must("- doc-" in told and "+ doc-" in told, f"recode tells nothing: {told}")
        must(self.run("export", store).stdout
             == self.run("code", "--rows", rows, source).stdout, "recode is not code")
        must(self.run("recode", "--rows", rows, store).stdout.startswith("0 documents"), "again")

    def test_woven(self):
        """Kept day by day or at once, the tables are what weaving the documents from scratch says."""
        items = list(articles(60, seed=21))
        for i in range(0, 60, 5):  # some are copies, some promise
            items[i + 1]["text"] = items[i]["text"] + " Read more."
            items[i + 2]["text"] += " Chad and Niger agreed to a ceasefire by 1 April 2025."
        source, part = (write_articles(self.path(f"woven-{n}.jsonl"), items[:n]) for n in (60, 40))
        whole, grown = self.new(), self.new()
        self.run("ingest", whole, source)
        said = self.run("weave", "--keep", "--store", whole).stdout
        must(said.startswith("kept "), f"said {said!r}")
        self.run("ingest", "--weave", grown, part)
        self.run("ingest", "--weave", grown, source)
        must(self.run("weave", "--keep", "--store", grown).stdout
             == "nothing came since it was woven last\n", "woven again though nothing came")
        shuffled, other = list(items), self.new()
        random.Random(3).shuffle(shuffled)
        for n in range(0, 60, 20):
            self.run("ingest", "--weave", other,
                     write_articles(self.path(f"shuffled-{n}.jsonl"), shuffled[n:n + 20]))
        for sql in (INCIDENTS_BY_ID, PROMISES_BY_ID):
            must(sorted(self.rows(other, sql)) == sorted(self.rows(whole, sql)),
                 "other incidents or promises when the documents come in another order")
        have = [{t: self.rows(store, f"SELECT * FROM {t} ORDER BY 1, 2, 3") for t in WOVEN}
                for store in (whole, grown)]
        for table in WOVEN:
            must(have[0][table] == have[1][table], f"{table} differs when kept in two steps")
            must(have[0][table], f"{table} is empty")
        lines = [json.loads(x) for x in self.run("weave", source).stdout.splitlines()]
        must(sorted((x["incident"], r) for x in lines for r in x["records"]) == sorted(
            self.rows(whole, """SELECT b.id, d.id || '#' || x.record FROM incident_records x
                JOIN incident_base b ON b.incident = x.incident
                JOIN documents d ON d.doc = x.doc""")), "other incidents than from the documents")
        must({(x["incident"], x["type"], x["status"]) for x in lines} == set(
            self.rows(whole, "SELECT id, type, status FROM incidents")), "other types or states")
        stories = self.run("weave", "--what", "stories", source).stdout.splitlines()
        must(sorted(tuple(sorted(json.loads(x)["documents"])) for x in stories) == sorted(
            tuple(sorted(r[0] for r in self.rows(whole, f"""SELECT d.id FROM story_documents s
                JOIN documents d ON d.doc = s.doc WHERE s.story = {n}""")))
            for n, in self.rows(whole, "SELECT story FROM stories")), "other stories")
        promised = [json.loads(x) for x in
                    self.run("commitments", "--format", "jsonl", source).stdout.splitlines()]
        must(sorted((x["records"][0], x["state"]) for x in promised) == sorted(
            self.rows(whole, "SELECT id, state FROM promises")), "other promises")
        must(self.rows(whole, "SELECT COUNT(*) FROM commitments WHERE state IS NOT NULL")[0][0]
             == len(promised), "the view of commitments lacks states")
        accounts = [json.loads(x) for x in
                    self.run("accounts", "--format", "jsonl", source).stdout.splitlines()]
        must(accounts, "no incident has two accounts")
        one = accounts[0]
        record = one["accounts"][0]["records"][0]["record"]
        told = self.run("accounts", "--format", "jsonl", "--store", whole, one["incident"]).stdout
        must(json.loads(told) == one, "accounts of an incident in the store")
        by = self.run("accounts", "--format", "jsonl", "--store", whole, record).stdout
        must(by == told, "accounts of a record in the store")
        must(len({x for x, in self.rows(whole, f"""SELECT account FROM incident_records x
            JOIN incident_base b ON b.incident = x.incident WHERE b.id = '{one["incident"]}'""")
            if x}) > 1, "no rival accounts in the table")

    def other_rows(self):
        """A folder of lexicons that lacks a row which many of the articles need."""
        rows = self.path("rows")
        if os.path.exists(rows):
            return rows
        shutil.copytree(os.path.join(ROOT, "data"), rows)
        events = os.path.join(rows, "events", "assault.tsv")
        with open(events, encoding="utf-8") as f:
            kept = [line for line in f if not line.startswith("assault.shell.v")]
        with open(events, "w", encoding="utf-8") as f:
            f.writelines(kept)
        return rows

    def test_recode_killed(self):
        items = list(articles(400, seed=11))
        source = write_articles(self.path("recoded.jsonl"), items)
        store = self.new()
        self.run("ingest", "--rows", self.other_rows(), store, source)
        must(self.run("export", store).stdout != self.run("code", source).stdout, "no difference")
        for _ in range(self.kills // 10):
            process = subprocess.Popen([self.casus, "recode", "--quiet", store],
                                       stdout=subprocess.DEVNULL)
            time.sleep(self.draw.uniform(0, 0.15))
            process.kill()
            process.wait()
            must(self.check_whole(store, [i["id"] for i in items]) == 400, "documents are lost")
        self.run("recode", store)
        must(self.run("export", store).stdout == self.run("code", source).stdout, "not coded anew")
        must(self.run("recode", store).stdout.startswith("0 documents"), "coded again")

    def test_killed(self):
        """kill -9 at random moments, until it has been done often enough."""
        items = list(articles(400, seed=2))
        ids = [item["id"] for item in items]
        source = write_articles(self.path("killed.jsonl"), items)
        whole = self.new()
        self.run("ingest", whole, source)
        want, killed, completed = self.content(whole), 0, 0
        store, kept = self.new(), 0
        while killed < self.kills:
            process = subprocess.Popen([self.casus, "ingest", "--batch", str(self.draw.randint(1, 9)),
                                        "--workers", str(self.draw.randint(1, 3)), store, source],
                                       stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            time.sleep(self.draw.uniform(0, 0.12))
            process.kill()
            said = process.communicate()[1]
            must(not without_progress(said.decode()), f"said {said}")
            if process.returncode == -signal.SIGKILL:
                killed += 1
            if not self.there(store):
                continue
            now = self.check_whole(store, ids)
            must(now >= kept, f"{kept - now} documents that were committed are lost")
            kept = now
            if kept == len(ids):
                must(self.content(store) == want, "another store than without kills")
                self.sound(store)
                store, kept = self.new(), 0
                completed += 1
        self.run("ingest", store, source)
        must(self.content(store) == want, "another store than without kills")
        self.sound(store)
        print(f"    {killed} kills, {completed + 1} stores completed", flush=True)

    def there(self, store):
        if not os.path.exists(store) or os.path.getsize(store) == 0:
            return False
        return self.rows(store, "SELECT COUNT(*) FROM sqlite_master WHERE name = 'documents'")[0][0]

    def test_two_at_once(self):
        items = list(articles(200, seed=3))
        one = write_articles(self.path("one.jsonl"), items[:150])
        two = write_articles(self.path("two.jsonl"), items[50:])
        store = self.new()
        both = [subprocess.Popen([self.casus, "ingest", "--batch", "5", "--workers", "1", store, s],
                                 stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
                for s in (one, two)]
        for process in both:
            said = process.communicate()[1]
            must(process.returncode == 0, f"two at once: {said}")
        self.check_whole(store, [r[0] for r in
                                 self.rows(store, "SELECT id FROM documents ORDER BY doc")])
        must(self.rows(store, "SELECT COUNT(*) FROM documents")[0][0] == 200, "not 200 documents")

    def test_progress(self):
        source = write_articles(self.path("slow.jsonl"), articles(400, seed=4))
        leader, follower = pty.openpty()
        done = subprocess.Popen([self.casus, "ingest", "--workers", "1", self.new(), source],
                                stdout=subprocess.DEVNULL, stderr=follower)
        os.close(follower)
        shown = b""
        while True:
            try:
                piece = os.read(leader, 4096)
            except OSError:
                break
            if not piece:
                break
            shown += piece
        os.close(leader)
        must(done.wait() == 0, "ingest on a terminal")
        must(re.search(rb"\[#+\.*\] +\d+ %  \d+ documents, \d+ a second, \d+:\d\d left", shown),
             f"no bar: {shown[-300:]!r}")
        must(shown.endswith(b"\r\x1b[K"), "the bar stays behind")
        process = subprocess.Popen([self.casus, "ingest", self.new(), "-"], text=True,
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        for item in articles(2):
            process.stdin.write(json.dumps(item) + "\n")
            process.stdin.flush()
            time.sleep(5.2)
        for item in articles(40, seed=5):
            process.stdin.write(json.dumps(item) + "\n")
        out, lines = process.communicate()
        must(re.match(r"casus: \d+ documents, \d+ a second", lines), f"no plain line: {lines!r}")
        must("\r" not in lines and out.count("\n") == 1, "a bar where there is no terminal")


class FileTest(Test):
    def test_disk_full(self):
        source = write_articles(self.path("full.jsonl"), articles(400, seed=6))
        ids = [f"doc-{i}" for i in range(400)]
        store = self.new()

        def small():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (700_000, 700_000))

        self.refused("ingest", "--batch", "5", store, source, says="the disk is full",
                     preexec_fn=small)
        kept = self.check_whole(store, ids)
        must(0 < kept < 400, f"{kept} documents before the disk was full")
        self.run("ingest", store, source)
        must(self.check_whole(store, ids) == 400, "not all there in the end")
        folder = self.path("small")
        os.mkdir(folder)
        if os.geteuid() or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder],
                                          capture_output=True).returncode:
            print("    no small file system can be mounted here: only the limit of a file's size")
            return
        try:
            store = os.path.join(folder, "store.casus")
            self.refused("ingest", "--batch", "5", store, source, says="the disk is full")
            must(self.check_whole(store, ids) > 0, "nothing was kept")
        finally:
            subprocess.run(["umount", folder], check=True)

    def test_read_only(self):
        source = write_articles(self.path("read.jsonl"), articles(20, seed=7))
        folder = self.path("closed")
        os.mkdir(folder)
        store = os.path.join(folder, "store.casus")
        self.run("ingest", store, source)
        more = write_articles(self.path("more.jsonl"), articles(30, seed=7))
        os.chmod(self.scratch, 0o755)
        os.chmod(store, 0o444)
        os.chmod(folder, 0o555)
        as_nobody = {"user": 65534, "group": 65534} if os.geteuid() == 0 else {}
        program = shutil.copy(self.casus, self.path("casus-of-all"))
        os.chmod(program, 0o755)
        pack = shutil.copy(os.path.join(os.path.dirname(self.casus), "casus.pack"), self.scratch)
        os.chmod(pack, 0o644)
        mine, self.casus = self.casus, program
        try:
            self.refused("ingest", store, more, says="read-only", **as_nobody)
            self.refused("ingest", os.path.join(folder, "new.casus"), more, says="cannot open",
                         **as_nobody)
            found = self.run("find", "--format", "ids", store, **as_nobody).stdout
            must(found.count("\n") > 10, "a store in a closed folder cannot be read")
            os.chmod(store, 0o666)
            self.refused("ingest", store, more, says="its folder is read-only", **as_nobody)
        finally:
            self.casus = mine
            os.chmod(folder, 0o755)
        self.run("ingest", store, more)

    def test_locked(self):
        source = write_articles(self.path("lock.jsonl"), articles(20, seed=8))
        store = self.new()
        self.run("ingest", store, source)
        db = sqlite3.connect(store, isolation_level=None)
        db.execute("BEGIN IMMEDIATE")
        more = write_articles(self.path("lock-more.jsonl"), articles(25, seed=8))
        self.refused("ingest", store, more, says="the store is locked by another program")
        must(self.run("find", store).stdout, "a locked store cannot be read")
        db.execute("ROLLBACK")
        db.close()
        must("5 documents new" in self.run("ingest", store, more).stdout, "after the lock")


class ServerTest(Test):
    kind = "server"

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.bin = server_folder()
        self.home = tempfile.mkdtemp(prefix="casus-server-")
        self.root = os.geteuid() == 0
        if self.root:
            shutil.chown(self.home, "postgres", "postgres")
        self.user = "postgres"
        self.tool("initdb", "-D", self.data(), "-A", "trust", "-U", "postgres", "-E", "UTF8",
                  "--locale=C", "--no-sync")
        self.begin()

    def data(self):
        return os.path.join(self.home, "data")

    def tool(self, name, *arguments, check=True, **more):
        command = [os.path.join(self.bin, name), *arguments]
        if self.root:
            command = ["runuser", "-u", "postgres", "--", *command]
        return subprocess.run(command, check=check, cwd="/", stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE, **more)

    def begin(self):
        options = f"-k {self.home} -c listen_addresses='' -c shared_buffers=32MB"
        self.tool("pg_ctl", "-D", self.data(), "-w", "-l", os.path.join(self.home, "log"), "-o",
                  options, "start")

    def end(self, how="fast"):
        self.tool("pg_ctl", "-D", self.data(), "-w", "-m", how, "stop", check=False)

    def close(self):
        self.end("immediate")
        shutil.rmtree(self.home, ignore_errors=True)

    def new(self):
        self.made += 1
        name = f"store_{self.made}"
        self.tool("createdb", "-h", self.home, "-U", "postgres", name)
        return f"dbname={name} host={self.home} user=postgres"

    def rows(self, store, sql):
        name = store.split()[0].split("=")[1]
        done = subprocess.run([os.path.join(self.bin, "psql"), "-h", self.home, "-U", "postgres",
                               "-XAtq", "-z", "-R", "\x1e", "-F", "\x1f", "-v", "ON_ERROR_STOP=1",
                               "-P", "null=\\N", "-c", sql, name], capture_output=True, text=True)
        must(done.returncode == 0, f"{sql}: {done.stderr}")
        if not done.stdout.strip("\n"):
            return []
        rows = [tuple(r.split("\x1f")) for r in done.stdout.rstrip("\n").split("\x1e")]
        return [tuple(int(v) if re.fullmatch(r"\d+", v) else v for v in row) for row in rows]

    def sound(self, store):
        pass

    def there(self, store):
        return self.rows(store, "SELECT COUNT(*) FROM pg_class WHERE relname = 'documents'")[0][0]

    def test_tables(self):
        if not self.unit:
            return
        environment = {**os.environ, "CASUS_TEST_POSTGRES": self.new(),
                       "CASUS_TEST_POSTGRES_2": self.new()}
        done = subprocess.run([self.unit], env=environment, capture_output=True, text=True)
        must(done.returncode == 0 and "SKIPPED" not in done.stdout, done.stdout + done.stderr)

    def test_cut_off(self):
        """The server goes down in the midst; after its recovery the run goes on."""
        items = list(articles(600, seed=9))
        ids = [item["id"] for item in items]
        source = write_articles(self.path("cut.jsonl"), items)
        store = self.new()
        for turn in range(3):
            process = subprocess.Popen([self.casus, "ingest", "--batch", "5", "--workers", "1",
                                        store, source], stdout=subprocess.DEVNULL,
                                       stderr=subprocess.PIPE, text=True)
            time.sleep(0.15 + 0.1 * turn)
            self.end("immediate")
            said = process.communicate()[1]
            if process.returncode:
                must(process.returncode == 2 and len(without_progress(said)) == 1 and "server" in said,
                     f"cut off: {said!r}")
            self.refused("find", store, says="no connection to the PostgreSQL server")
            self.begin()
            if self.there(store):
                self.check_whole(store, ids)
        self.run("ingest", store, source)
        must(self.check_whole(store, ids) == 600, "not all there in the end")

    def test_disk_full(self):
        source = write_articles(self.path("pfull.jsonl"), articles(3000, seed=10))
        ids = [f"doc-{i}" for i in range(3000)]
        folder = os.path.join(self.home, "small")
        os.mkdir(folder)
        if not self.root or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=14m", "tmpfs",
                                            folder], capture_output=True).returncode:
            print("    no small file system can be mounted here: left out")
            return
        try:
            shutil.chown(folder, "postgres", "postgres")
            self.rows("dbname=postgres", f"CREATE TABLESPACE small LOCATION '{folder}'")
            self.rows("dbname=postgres", "CREATE DATABASE full_up TABLESPACE small")
            store = f"dbname=full_up host={self.home} user=postgres"
            self.refused("ingest", "--batch", "20", store, source, says="disk is full")
            # What is kept is looked at with room again: a server on a full disk may be unable to
            # write the blocks that a query pushes out of its memory.
            subprocess.run(["mount", "-o", "remount,size=60m", folder], check=True)
            kept = self.check_whole(store, ids)
            must(0 < kept < 3000, f"{kept} documents before the disk was full")
            self.run("ingest", store, source)
            must(self.check_whole(store, ids) == 3000, "not all there in the end")
            self.rows("dbname=postgres", "DROP DATABASE full_up")
            self.rows("dbname=postgres", "DROP TABLESPACE small")
        finally:
            subprocess.run(["umount", "-l", folder], check=True)

    def test_read_only(self):
        source = write_articles(self.path("ro.jsonl"), articles(5))
        store = self.new()
        self.run("ingest", store, source)
        closed = store + " options='-c default_transaction_read_only=on'"
        self.refused("ingest", closed, write_articles(self.path("ro2.jsonl"), articles(9)),
                     says="read-only")
        must(self.run("find", closed).stdout, "cannot be read")

    def test_locked(self):
        source = write_articles(self.path("lk.jsonl"), articles(5))
        store = self.new()
        self.run("ingest", store, source)
        name = store.split()[0].split("=")[1]
        holder = subprocess.Popen([os.path.join(self.bin, "psql"), "-h", self.home, "-U",
                                   "postgres", "-Xq", name], stdin=subprocess.PIPE, text=True,
                                  stdout=subprocess.PIPE)
        holder.stdin.write("BEGIN; SELECT pg_advisory_xact_lock(426835899763);\n")
        holder.stdin.flush()
        holder.stdout.readline()
        try:
            self.refused("ingest", store, write_articles(self.path("lk2.jsonl"), articles(9)),
                         says="the store is locked by another program")
            must(self.run("find", store).stdout, "a locked store cannot be read")
        finally:
            holder.communicate("ROLLBACK;\n")
        must("4 documents new" in self.run("ingest", store, self.path("lk2.jsonl")).stdout, "after")


def server_folder():
    """Where initdb and the rest are, or None."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"),
                   key=lambda p: int(re.search(r"/(\d+)/", p).group(1)))
    path = found[-1] if found else shutil.which("initdb")
    return os.path.dirname(path) if path else None


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--casus", required=True)
    parser.add_argument("--unit")
    parser.add_argument("--kills", type=int)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("kind", choices=("file", "server"))
    parser.add_argument("names", nargs="*")
    given = parser.parse_args()
    if not os.path.exists(os.path.join(os.path.dirname(given.casus), "casus.pack")):
        print("store: no pack is built; run ./setup")
        return 77
    if given.kind == "server" and not server_folder():
        print("store: no PostgreSQL server is installed (Debian: postgresql); skipped")
        return 77
    failed = 0
    with tempfile.TemporaryDirectory(prefix="casus-store-") as scratch:
        kind = FileTest if given.kind == "file" else ServerTest
        kills = given.kills or (200 if given.kind == "file" else 40)
        test = kind(os.path.abspath(given.casus), scratch, kills, given.seed)
        test.unit = given.unit
        try:
            for name in dir(test):
                if not name.startswith("test_") or (given.names and name[5:] not in given.names):
                    continue
                start = time.time()
                try:
                    getattr(test, name)()
                    result = "ok"
                except (Failed, subprocess.CalledProcessError) as why:
                    result = f"FAILED: {why}"
                    failed += 1
                print(f"store ({test.kind}): {name[5:]}: {result} ({time.time() - start:.1f} s)",
                      flush=True)
        finally:
            if given.kind == "server":
                test.close()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
