#!/usr/bin/env python3
"""The runners of golden and command-line tests, and the reader of quality figures, tested with a
stand-in for the program."""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tool"))
import quality # noqa: E402

CASES = """\
============
one
============
some text
---
OLD

============
two
:date 2026-01-02
============
more

text
---
--layer words --date 2026-01-02 -
more

text
"""


class Runner(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.top = folder.name
        self.program("#!/bin/sh\nshift; echo \"$*\"; cat\n")
        self.write("casus.pack", "")

    def write(self, path, text):
        path = os.path.join(self.top, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
        return path

    def read(self, path):
        with open(os.path.join(self.top, path), encoding="utf-8") as f:
            return f.read()

    def program(self, text):
        os.chmod(self.write("casus", text), 0o755)

    def run_it(self, script, *arguments):
        done = subprocess.run([sys.executable, script, "--casus", os.path.join(self.top, "casus"),
                               *arguments], capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr


class Golden(Runner):
    RUN = os.path.join(ROOT, "tests/golden/run.py")

    def setUp(self):
        super().setUp()
        self.folder = os.path.dirname(self.write("words/a.txt", CASES))
        self.write("words/ARGS", "parse --layer words\n")

    def test_differs(self):
        code, out = self.run_it(self.RUN, self.folder)
        self.assertEqual(code, 1)
        self.assertIn("a.txt:1: one", out)
        self.assertIn("-OLD", out)
        self.assertIn("+some text", out)
        self.assertIn("1 passed, 1 failed", out)

    def test_filter(self):
        code, out = self.run_it(self.RUN, "-i", "TWO", self.folder)
        self.assertEqual(code, 0)
        self.assertIn("1 passed, 0 failed", out)

    def test_update_then_passes(self):
        code, out = self.run_it(self.RUN, "-u", self.folder)
        self.assertEqual(code, 0)
        self.assertIn("1 cases rewritten", out)
        self.assertEqual(self.read("words/a.txt"),
                         CASES.replace("OLD", "--layer words -\nsome text"))
        self.assertEqual(self.run_it(self.RUN, self.folder)[0], 0)

    def test_update_spares_failures(self):
        self.program("#!/bin/sh\necho broken >&2; exit 3\n")
        code, out = self.run_it(self.RUN, "-u", self.folder)
        self.assertEqual(code, 1)
        self.assertIn("exit 3: broken", out)
        self.assertEqual(self.read("words/a.txt"), CASES)

    def test_skip(self):
        self.write("words/a.txt", CASES.replace("one\n", "one\n:skip not yet\n"))
        code, out = self.run_it(self.RUN, self.folder)
        self.assertEqual(code, 0)
        self.assertIn("1 passed, 0 failed, 1 skipped", out)

    def test_unreadable(self):
        for text in ("====\ntitle\ntext\n", "====\ntitle\n====\ntext\n",
                     CASES.replace("two", "one")):
            self.write("words/a.txt", text)
            code, out = self.run_it(self.RUN, self.folder)
            self.assertEqual(code, 2, text)
            self.assertIn("a.txt:", out)

    def test_no_pack(self):
        os.remove(os.path.join(self.top, "casus.pack"))
        self.assertEqual(self.run_it(self.RUN, self.folder)[0], 77)


class CommandLine(Runner):
    def setUp(self):
        super().setUp()
        self.script = self.write("tests/cli/run.py", "")
        shutil.copy(os.path.join(ROOT, "tests/cli/run.py"), self.script)
        self.write("tests/cli/cases/echo/cmd", "casus x a b <in; echo $PWD >&2; exit 3\n")
        self.write("tests/cli/cases/echo/in", "input\n")

    def test_update_then_passes(self):
        code, out = self.run_it(self.script)
        self.assertEqual(code, 1)
        self.assertIn("exit 3, expected 0", out)
        self.assertEqual(self.run_it(self.script, "-u")[0], 0)
        self.assertEqual(self.read("tests/cli/cases/echo/stdout"), "a b\ninput\n")
        self.assertEqual(self.read("tests/cli/cases/echo/stderr"), "$HERE\n")
        self.assertEqual(self.read("tests/cli/cases/echo/exit"), "3\n")
        code, out = self.run_it(self.script)
        self.assertEqual((code, out), (0, "cli: 1 passed, 0 failed\n"))

    def test_glob(self):
        self.run_it(self.script, "-u")
        os.remove(os.path.join(self.top, "tests/cli/cases/echo/stdout"))
        self.write("tests/cli/cases/echo/stdout.glob", "a ?\nin*\n")
        self.assertEqual(self.run_it(self.script)[0], 0)
        self.write("tests/cli/cases/echo/stdout.glob", "a ?\nout*\n")
        self.assertEqual(self.run_it(self.script, "-u")[0], 1)


class Quality(unittest.TestCase):
    def test_score(self):
        got = quality.read_score(
            "docs 1 gold 29 coded 30 found 20  P 0.667 R 0.690 F1 0.678  full 10 joint F1 0.339\n"
            "fields actor 10/20=0.50  killed 1/2=0.50  traps kept 3/5\n")
        self.assertEqual(got["f1"], "0.678")
        self.assertEqual(got["joint_f1"], "0.339")
        self.assertEqual(got["field_actor"], "0.500")
        self.assertEqual(got["traps_broken"], "2")

    def test_layers(self):
        got = quality.read_layers(
            "docs 9 gold 8 given 7 found 6 (P 0.100 R 0.200 F1 0.300) resolved 5 within 161 km: of"
            " found 0.400 of all 0.500 median km 12.3")
        self.assertEqual((got["f1"], got["near_of_all"], got["median_km"], got["given"]),
                         ("0.300", "0.500", "12.3", "7"))
        got = quality.read_layers(
            "docs 9 gold 8 found 7 | strict F1 0.100 relaxed F1 0.200 (P 0.300 R 0.400) value F1"
            " 0.500 type F1 0.600")
        self.assertEqual((got["strict_f1"], got["value_f1"], got["recall"]),
                         ("0.100", "0.500", "0.400"))

    def test_results_are_sorted_and_read_back(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "q/results.tsv")
            rows = {("b", "f1"): "1", ("a", "recall"): "2", ("a", "f1"): "3"}
            quality.write_results(path, rows)
            with open(path, encoding="utf-8") as f:
                self.assertEqual(f.read(),
                                 "measure\tset\tvalue\nf1\ta\t3\nrecall\ta\t2\nf1\tb\t1\n")
            self.assertEqual(quality.read_results(path), rows)

    def test_nothing_shared(self):
        done = subprocess.run([sys.executable, os.path.join(ROOT, "tool/quality.py"), "--shared",
                               "/nonexistent"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0)
        self.assertIn("nothing measured", done.stdout)


if __name__ == "__main__":
    unittest.main()
