#!/usr/bin/env python3
"""The checkers of tool/ find what they are there to find.  usage: test_checkers.py C-COMPILER"""
import os
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CC = sys.argv.pop(1) if len(sys.argv) > 1 else "cc"


def run(tool, *arguments):
    done = subprocess.run([sys.executable, os.path.join(ROOT, "tool", tool), *arguments],
                          capture_output=True, text=True)
    return done.returncode, done.stdout


class Rooms(unittest.TestCase):
    def tree(self, files):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        files = {"src/ROOMS": "base # lowest\nlang\ncode\n", "src/base/base.h": "/* b */\n",
                 "src/lang/lang.h": "/* l */\n", "src/code/code.h": "/* c */\n", **files}
        for path, text in files.items():
            os.makedirs(os.path.join(folder.name, os.path.dirname(path)), exist_ok=True)
            with open(os.path.join(folder.name, path), "w") as f:
                f.write(text)
        return run("check_rooms.py", folder.name)

    def test_good(self):
        code, out = self.tree({
            "src/code/coder.c": "/* c */\n#include \"lang/lang.h\"\n#include \"base/base.h\"\n"
                                "#include \"code/own.h\"\n#include <string.h>\n"})
        self.assertEqual((code, out), (0, "check_rooms: 0 faults\n"))

    def fault(self, files, *words):
        code, out = self.tree(files)
        self.assertEqual(code, 1, out)
        self.assertIn("check_rooms: 1 faults", out)
        for word in words:
            self.assertIn(word, out)

    def test_upwards(self):
        self.fault({"src/lang/up.c": "/* c */\n\n#include \"code/code.h\"\n"}, "src/lang/up.c:3",
                   "room lang includes room code")

    def test_upwards_angle(self):
        self.fault({"src/base/up.c": "/* c */\n#  include <lang/lang.h>\n"}, "src/base/up.c:2")

    def test_private(self):
        self.fault({"src/code/peek.c": "/* c */\n#include \"lang/inner.h\"\n"}, "private header")

    def test_open_header(self):
        code, out = self.tree({"src/ROOMS": "base\nlang inner.h # open\ncode\n",
                               "src/code/look.c": "/* c */\n#include \"lang/inner.h\"\n"})
        self.assertEqual(code, 0, out)

    def test_cli(self):
        self.fault({"cli/main.c": "#include \"base/base.h\"\n"}, "cli/main.c:1", "public header")

    def test_unlisted(self):
        self.fault({"src/attic/attic.h": "/* a */\n"}, "src/attic", "not listed")

    def test_same_name(self):
        self.fault({"src/lang/same.c": "/* a */\n", "src/base/same.c": "/* a */\n"}, "taken by")

    def test_long(self):
        self.fault({"src/lang/long.c": "/* a */\n" + "int x;\n" * 900}, "901 lines")

    def test_wide(self):
        self.fault({"src/lang/wide.c": "/* a */\n/* " + "x" * 98 + " */\n"}, "wide.c:2: 104 columns")

    def test_no_comment(self):
        self.fault({"src/lang/bare.c": "int x;\n"}, "bare.c:1", "comment")


class Symbols(unittest.TestCase):
    def compile(self, source, room="lang"):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        where = os.path.join(folder.name, "src", room)
        os.makedirs(where)
        with open(os.path.join(where, "x.c"), "w") as f:
            f.write(source)
        subprocess.run([CC, "-std=c11", "-fPIC", "-O1", "-c", "x.c", "-o", "x.c.o"], cwd=where,
                       check=True)
        return run("check_symbols.py", folder.name)

    def test_good(self):
        code, out = self.compile(
            "static const char *const names[] = {\"a\", \"b\"};\n"
            "const char *name(int i) { return names[i]; }\n"
            "extern int snprintf(char *, unsigned long, const char *, ...);\n"
            "int put(char *p) { return snprintf(p, 3, \"%d\", 1); }\n")
        self.assertEqual((code, out), (0, "check_symbols: 1 objects, 0 faults\n"))

    def fault(self, source, *words, room="lang"):
        code, out = self.compile(source, room)
        self.assertEqual(code, 1, out)
        for word in words:
            self.assertIn(word, out)

    def test_global(self):
        self.fault("int counter;\n", "lang/x.c.o: counter is mutable")

    def test_static_in_function(self):
        self.fault("int f(void) { static int calls; return ++calls; }\n", "calls")

    def test_initialised(self):
        self.fault("int level = 3;\n", "level is mutable (.data)")

    def test_thread_local(self):
        self.fault("_Thread_local int last = 1;\n", "last is mutable (.tdata)")

    def test_pointers(self):
        self.fault("const char *names[] = {\"a\"};\n", "names is mutable")

    def test_exit(self):
        self.fault("_Noreturn void exit(int);\nvoid f(void) { exit(1); }\n", "uses exit")

    def test_print(self):
        self.fault("int puts(const char *);\nvoid f(void) { puts(\"x\"); }\n", "uses puts")

    def test_heap(self):
        heap = "void *malloc(unsigned long);\nvoid *f(unsigned long n) { return malloc(n + 1); }\n"
        self.fault(heap, "uses malloc")
        self.assertEqual(self.compile(heap, "base")[0], 0)

    def test_nothing(self):
        self.assertEqual(run("check_symbols.py", "/nonexistent")[0], 2)
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(run("check_symbols.py", folder)[0], 1)


if __name__ == "__main__":
    unittest.main()
