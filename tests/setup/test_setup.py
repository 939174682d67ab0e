#!/usr/bin/env python3
"""./setup fails well: each way of failing gives one line on standard error and leaves nothing behind.

Runs a copy of the script in a scratch folder, offline: pip takes a small stand-in package from a local
folder, apt-get, sudo and the like are stand-ins that write down how they were called."""
import hashlib
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import zipfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
WHEEL = "standin-1.0-py3-none-any.whl"


def make_wheel(path, size=1000):
    with zipfile.ZipFile(path, "w") as z:
        for name, text in (("standin/data.bin", b"x" * size),
                           ("standin-1.0.dist-info/METADATA",
                            b"Metadata-Version: 2.1\nName: standin\nVersion: 1.0\n"),
                           ("standin-1.0.dist-info/WHEEL",
                            b"Wheel-Version: 1.0\nTag: py3-none-any\nRoot-Is-Purelib: true\n"),
                           ("standin-1.0.dist-info/RECORD", b"")):
            z.writestr(zipfile.ZipInfo(name), text)
    with open(path, "rb") as f:
        return hashlib.sha256(f.read()).hexdigest()


class Clone(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="casus-setup-")
        self.addCleanup(folder.cleanup)
        self.top = folder.name
        self.clone = os.path.join(self.top, "clone")
        self.index = os.path.join(self.top, "index")
        self.bin = os.path.join(self.top, "bin")
        for path in (self.index, self.bin, os.path.join(self.clone, "data")):
            os.makedirs(path)
        shutil.copy(os.path.join(ROOT, "setup"), self.clone)
        self.sum = make_wheel(os.path.join(self.index, WHEEL))
        self.pin(self.sum)
        # pip is told where to look by its environment, as a user would; nothing goes online.
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith("PIP_")}
        self.environment.update(PIP_NO_INDEX="1", PIP_FIND_LINKS=self.index, PIP_CONFIG_FILE="/dev/null",
                                PIP_RETRIES="0", PIP_DEFAULT_TIMEOUT="20")

    def pin(self, sum256):
        with open(os.path.join(self.clone, "data/models.txt"), "w") as f:
            f.write(f"# a stand-in\nstandin==1.0 --hash=sha256:{sum256}\n")

    def stub(self, name, script):
        path = os.path.join(self.bin, name)
        with open(path, "w") as f:
            f.write("#!/bin/sh\n" + script + "\n")
        os.chmod(path, 0o755)
        self.environment["PATH"] = self.bin + os.pathsep + os.environ["PATH"]

    def setup(self, *arguments, **more):
        done = subprocess.run([os.path.join(self.clone, "setup"), *arguments], cwd=self.top, text=True,
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=120,
                              env=self.environment, **more)
        return done.returncode, done.stdout, done.stderr

    def build(self):
        """What lies in build/, the log apart."""
        path = os.path.join(self.clone, "build")
        return sorted(n for n in os.listdir(path) if n != "setup.log") if os.path.isdir(path) else []

    def log(self):
        with open(os.path.join(self.clone, "build/setup.log")) as f:
            return f.read()

    def fails(self, result, *words, status=1):
        code, out, err = result
        self.assertEqual(code, status, (out, err))
        self.assertEqual(err.count("\n"), 1, err)
        self.assertTrue(err.startswith("setup: "), err)
        for word in words:
            self.assertIn(word, err)


class Fetch(Clone):
    def test_good_then_nothing_to_do(self):
        code, out, err = self.setup("--fetch-only")
        self.assertEqual((code, err), (0, ""), self.log())
        self.assertEqual(self.build(), ["fetched"])
        self.assertEqual(os.listdir(os.path.join(self.clone, "build/fetched")), [WHEEL])
        before = os.stat(os.path.join(self.clone, "build/fetched", WHEEL))
        self.environment["PIP_FIND_LINKS"] = "/nonexistent"
        code, out, err = self.setup("--fetch-only")
        self.assertEqual((code, err), (0, ""))
        self.assertIn("nothing to do", out)
        after = os.stat(os.path.join(self.clone, "build/fetched", WHEEL))
        self.assertEqual((before.st_ino, before.st_mtime_ns), (after.st_ino, after.st_mtime_ns))

    def test_damaged_file_is_fetched_anew(self):
        self.setup("--fetch-only")
        path = os.path.join(self.clone, "build/fetched", WHEEL)
        with open(path, "ab") as f:
            f.write(b"x")
        code, out, err = self.setup("--fetch-only")
        self.assertEqual((code, err), (0, ""))
        self.assertIn("anew", out)
        with open(path, "rb") as f:
            self.assertEqual(hashlib.sha256(f.read()).hexdigest(), self.sum)

    def test_wrong_checksum(self):
        self.pin("0" * 64)
        self.fails(self.setup("--fetch-only"), "wrong checksum", "standin==1.0", self.sum)
        self.assertEqual(self.build(), [])

    def test_wrong_checksum_that_pip_lets_pass(self):
        self.stub("python3", f'case "$*" in *download*) while [ "$1" != -d ]; do shift; done;'
                             f' echo broken >"$2/{WHEEL}";; esac')
        self.fails(self.setup("--fetch-only"), "wrong checksum")
        self.assertEqual(self.build(), [])

    def test_wrong_checksum_keeps_the_good_old(self):
        self.setup("--fetch-only")
        self.pin("0" * 64)
        self.fails(self.setup("--fetch-only"), "wrong checksum")
        self.assertEqual(os.listdir(os.path.join(self.clone, "build/fetched")), [WHEEL])

    def test_no_network(self):
        with socket.socket() as s: # a port where nobody listens
            s.bind(("127.0.0.1", 0))
            port = s.getsockname()[1]
        del self.environment["PIP_NO_INDEX"], self.environment["PIP_FIND_LINKS"]
        self.environment["PIP_INDEX_URL"] = f"http://127.0.0.1:{port}/simple"
        for retries in ("0", "1"):  # pip says more when it tries again
            self.environment["PIP_RETRIES"] = retries
            self.fails(self.setup("--fetch-only"), "no network")
            self.assertEqual(self.build(), [])

    def test_certificate(self):
        self.stub("python3", "echo \"WARNING: Retrying after connection broken by 'SSLError(...)'\";"
                             " exit 1")
        self.fails(self.setup("--fetch-only"), "certificate")
        self.assertEqual(self.build(), [])

    def serve(self, send):
        """An index with the stand-in, whose file is sent by send(connection, bytes)."""
        server = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(server.close)
        with open(os.path.join(self.index, WHEEL), "rb") as f:
            wheel = f.read()
        page = f'<a href="/{WHEEL}">{WHEEL}</a>'.encode()

        def answer():
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    request = connection.recv(65536)
                    if b".whl" in request.split(b"\r\n")[0]:
                        send(connection, wheel)
                    else:
                        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                                           b"Connection: close\r\nContent-Length: %d\r\n\r\n"
                                           % len(page) + page)
        threading.Thread(target=answer, daemon=True).start()
        del self.environment["PIP_NO_INDEX"], self.environment["PIP_FIND_LINKS"]
        self.environment["PIP_INDEX_URL"] = f"http://127.0.0.1:{server.getsockname()[1]}/simple"

    HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/zip\r\nContent-Length: %d\r\n\r\n"

    def test_connection_breaks_off(self):
        def send(connection, wheel):
            connection.sendall(self.HEAD % len(wheel) + wheel[:len(wheel) // 2])
        self.serve(send)
        self.fails(self.setup("--fetch-only"))
        self.assertEqual(self.build(), [])

    def interrupt(self, number):
        started = threading.Event()

        def send(connection, wheel):
            connection.sendall(self.HEAD % len(wheel) + wheel[:len(wheel) // 2])
            started.set()
            time.sleep(100)
        self.serve(send)
        self.environment["PIP_DEFAULT_TIMEOUT"] = "100"
        child = subprocess.Popen([os.path.join(self.clone, "setup"), "--fetch-only"],
                                 env=self.environment, stdin=subprocess.DEVNULL,
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                 # a shell's background job ignores interrupts, and so would setup
                                 preexec_fn=lambda: signal.signal(number, signal.SIG_DFL))
        self.assertTrue(started.wait(60), "the download did not start")
        time.sleep(0.2)
        self.assertNotEqual(self.build(), [])
        began = time.monotonic()
        child.send_signal(number)
        out, err = child.communicate(timeout=90)
        self.assertLess(time.monotonic() - began, 45)  # far below the 100 s, on a busy machine too
        self.fails((child.returncode, out, err), "interrupted", status=128 + number)
        self.assertEqual(self.build(), [])

    def test_interrupted(self):
        self.interrupt(signal.SIGINT)

    def test_terminated(self):
        self.interrupt(signal.SIGTERM)

    def test_killed_outright_is_cleared_by_the_next_run(self):
        gone = subprocess.Popen(["true"])
        gone.wait()
        os.makedirs(os.path.join(self.clone, f"build/fetched.part.{gone.pid}/new"))
        code, out, err = self.setup("--fetch-only")
        self.assertEqual((code, err), (0, ""))
        self.assertEqual(self.build(), ["fetched"])

    def test_disk_full_before(self):
        self.stub("df", 'echo head; echo "/dev/x 1000 900 100 90% /"')
        self.fails(self.setup("--fetch-only"), "disk is full", "0 MB are free")
        self.assertEqual(self.build(), [])

    def test_disk_full_meanwhile(self):
        self.pin(make_wheel(os.path.join(self.index, WHEEL), 3_000_000))
        limit = 1_000_000

        def few():
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        self.fails(self.setup("--fetch-only", preexec_fn=few), "disk is full")
        self.assertEqual(self.build(), [])

    def test_disk_really_full(self):
        self.pin(make_wheel(os.path.join(self.index, WHEEL), 3_000_000))
        self.stub("df", 'echo head; echo "/dev/x 9000000 0 9000000 1% /"')
        build = os.path.join(self.clone, "build")
        os.makedirs(build)
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", build],
                              capture_output=True)
        if done.returncode:
            self.skipTest("may not mount a small file system here")
        try:
            self.fails(self.setup("--fetch-only"), "disk is full")
            self.assertEqual(self.build(), [])
        finally:
            subprocess.run(["umount", build], check=True)

    def test_unwritable(self):
        with open(os.path.join(self.clone, "build"), "w"):
            pass
        self.fails(self.setup("--fetch-only"), "cannot write")

    def test_version_unknown(self):
        os.rename(os.path.join(self.index, WHEEL),
                  os.path.join(self.index, WHEEL.replace("1.0", "1.1")))
        self.fails(self.setup("--fetch-only"), "has no standin==1.0")
        self.assertEqual(self.build(), [])


class Install(Clone):
    """The step that installs programs and libraries, with a machine where much is missing."""
    PACKAGES = ["cmake", "ninja-build", "libzip-dev"]

    def setUp(self):
        super().setUp()
        # A PATH of our own: what setup uses, less cmake and ninja; pkg-config knows all but libzip
        # until apt-get has run.
        for name in ("sh dirname mkdir rm mv ls grep sed tail head cut sort tr cat env wc df awk"
                     " sha256sum kill sleep").split():
            os.symlink(shutil.which(name), os.path.join(self.bin, name))
        done = os.path.join(self.top, "installed")
        self.calls = os.path.join(self.top, "calls")
        for name in "make ld cc initdb".split():
            self.stub(name, "exit 0")
        self.stub("python3", "exit 0")
        self.stub("pkg-config", f'[ "$2" != libzip ] || [ -e {done} ]')
        self.stub("id", "echo 1000")
        self.apt = (f'echo "apt-get $*" >>{self.calls}\n'
                    f'[ "$1" = update ] || {{ : >{done}; for n in cmake ninja; do'
                    f' printf "#!/bin/sh\\nexit 1\\n" >{self.bin}/$n;'
                    f' /bin/chmod 755 {self.bin}/$n; done; }}')
        self.environment["PATH"] = self.bin

    def called(self):
        if not os.path.exists(self.calls):
            return []
        with open(self.calls) as f:
            return f.read().splitlines()

    def test_user_without_sudo_gets_the_line(self):
        self.stub("apt-get", self.apt)
        self.environment["PATH"] = self.bin
        code, out, err = self.setup()
        self.fails((code, out, err), "as root, run: apt-get update && apt-get install -y "
                   "--no-install-recommends cmake ninja-build libzip-dev\n")
        self.assertEqual(self.called(), [])

    def test_no_package_manager(self):
        self.environment["PATH"] = self.bin
        self.fails(self.setup(), "cmake ninja-build libzip-dev")

    def test_root_installs(self):
        self.stub("id", "echo 0")
        self.stub("apt-get", self.apt)
        self.environment["PATH"] = self.bin
        code, out, err = self.setup() # goes on to fetching, which this machine cannot
        self.assertIn("installing cmake ninja-build libzip-dev", out)
        self.assertEqual(self.called(), ["apt-get update", "apt-get install -y"
                         " --no-install-recommends cmake ninja-build libzip-dev"])
        self.fails((code, out, err), "wrong checksum")

    def test_sudo_installs(self):
        self.stub("sudo", f'shift; [ "$1" = true ] || echo sudo >>{self.calls}; exec "$@"')
        self.stub("true", "exit 0")
        self.stub("apt-get", self.apt)
        self.environment["PATH"] = self.bin
        self.setup()
        self.assertEqual(self.called(), ["sudo", "apt-get update", "sudo", "apt-get install -y"
                         " --no-install-recommends cmake ninja-build libzip-dev"])

    def test_apt_fails(self):
        self.stub("id", "echo 0")
        self.stub("apt-get", '[ "$1" = update ] || { echo "E: Unable to locate package cmake"; exit 100; }')
        self.environment["PATH"] = self.bin
        self.fails(self.setup(), "could not install", "E: Unable to locate package cmake")

    def test_apt_lies(self):
        self.stub("id", "echo 0")
        self.stub("apt-get", "exit 0")
        self.environment["PATH"] = self.bin
        self.fails(self.setup(), "still missing", "cmake ninja-build libzip-dev")

    def test_unknown_argument(self):
        self.fails(self.setup("--frobnicate"), "unknown argument --frobnicate")


class Build(Clone):
    """The step that builds, with a project that stands for ours."""
    def test_build_fails(self):
        with open(os.path.join(self.clone, "CMakeLists.txt"), "w") as f:
            f.write("cmake_minimum_required(VERSION 3.22)\nproject(x NONE)\n"
                    "add_custom_target(x ALL COMMAND echo 'x.c:1: error: no such thing' && false)\n")
        self.fails(self.setup(), "the build failed", "x.c:1: error: no such thing")

    def test_configure_fails(self):
        self.fails(self.setup(), "cmake could not configure")

    def project(self):
        with open(os.path.join(self.clone, "CMakeLists.txt"), "w") as f:
            f.write("cmake_minimum_required(VERSION 3.22)\nproject(x NONE)\n"
                    "add_custom_command(OUTPUT casus.pack COMMAND ${CMAKE_COMMAND} -E copy"
                    " ${CMAKE_SOURCE_DIR}/program casus COMMAND ${CMAKE_COMMAND} -E touch casus.pack)\n"
                    "add_custom_target(x ALL DEPENDS casus.pack)\n")
        path = os.path.join(self.clone, "program")
        with open(path, "w") as f:
            f.write('#!/bin/sh\necho "TABLE $*"\n')
        os.chmod(path, 0o755)

    def test_whole_then_nothing_to_do(self):
        self.project()
        code, out, err = self.setup()
        self.assertEqual((code, err), (0, ""), self.log())
        self.assertIn("TABLE code --date", out.splitlines()[-1])
        code, out, err = self.setup()
        self.assertEqual((code, err), (0, ""))
        self.assertIn("nothing to do", out)
        self.assertNotIn("TABLE", out)

    def test_example_fails(self):
        self.project()
        with open(os.path.join(self.clone, "program"), "w") as f:
            f.write("#!/bin/sh\nexit 2\n")
        self.fails(self.setup(), "the example could not be coded")


if __name__ == "__main__":
    unittest.main()
