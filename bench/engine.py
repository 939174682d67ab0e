#!/usr/bin/env python3
"""Speed and memory of casus against spaCy's nlp.pipe, as ratios within one run on one machine.

usage: bench/engine.py [--build build] [--sets ../shared/sets] [--texts N] [--out bench/results.tsv]

Both sides get the same texts (whole articles, dated news items, the text of a treebank), on one core.
The two run in turn, several rounds; the median of the paired ratios counts. spaCy is asked for the
pipeline as shipped (tagger, parser, names, attribute rules, lemmas). Also: two threads against one,
every instruction set, the whole of `casus code` against spaCy's language analysis alone, time to the
first parsed sentence, resident memory, and the growth of time on input made to be hard."""
import argparse, json, os, resource, statistics, subprocess, sys, tempfile, time

def texts(sets):
    out = []
    wn = os.path.join(sets, "wikinews", "wikinews.jsonl")
    for path, date in ((wn, "date"), (os.path.join(sets, "current-events", "current-events.jsonl"), "date")):
        if os.path.exists(path):
            for line in open(path, encoding="utf-8"):
                j = json.loads(line)
                if j.get("text"):
                    out.append((j.get(date), j["text"]))
    return out

def run(*cmd, **kw):
    return subprocess.run(cmd, capture_output=True, text=True, check=True, **kw).stdout

def rounds(out):
    return [json.loads(l) for l in out.splitlines()]

def peak(cmd, data=None):
    """resident memory in MB and seconds of one process"""
    t = time.perf_counter()
    p = subprocess.run(["/usr/bin/env", "python3", "-c", "import resource,subprocess,sys,json\n"
                        "p=subprocess.run(sys.argv[1:],stdin=sys.stdin,stdout=subprocess.DEVNULL)\n"
                        "print(json.dumps([resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss/1024,p.returncode]))", *cmd],
                       input=data, capture_output=True)
    mb, code = json.loads(p.stdout)
    return mb, time.perf_counter() - t, code

def main():
    a = argparse.ArgumentParser()
    a.add_argument("--build", default="build")
    a.add_argument("--sets", default="../shared/sets")
    a.add_argument("--texts", type=int, default=2500)
    a.add_argument("--rounds", type=int, default=3)
    a.add_argument("--out", default="bench/results.tsv")
    a.add_argument("--python", default=sys.executable, help="a Python with spaCy 3.8")
    a.add_argument("--model", help="the unpacked pipeline spaCy loads")
    o = a.parse_args()
    casus, engine, pack = (os.path.join(o.build, x) for x in ("casus", "bench_engine", "casus.pack"))
    T = texts(o.sets)[: o.texts]
    rows = []
    def row(measure, value, note=""):
        rows.append((measure, value, note))
        print(f"{measure}\t{value}\t{note}", flush=True)
    with tempfile.TemporaryDirectory() as tmp:
        jl = os.path.join(tmp, "texts.jsonl")
        with open(jl, "w", encoding="utf-8") as f:
            for i, (d, t) in enumerate(T):
                f.write(json.dumps({"id": str(i), "date": (d or "")[:10] or None, "text": t}, ensure_ascii=False) + "\n")
        if o.model:
            peer = os.path.join(tmp, "peer.py")
            open(peer, "w").write(
                "import spacy,json,sys,time\n"
                "T=[json.loads(l)['text'] for l in open(sys.argv[2])]\n"
                "nlp=spacy.load(sys.argv[1])\nfor d in nlp.pipe(T[:50]): pass\n"
                "t=time.perf_counter(); n=sum(len(d) for d in nlp.pipe(T,batch_size=64)); print(json.dumps([n,time.perf_counter()-t]))\n")
            env = dict(os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", BLIS_NUM_THREADS="1")
            pin = ["taskset", "-c", "0"]
            ratios, whole, speeds = [], [], []
            for _ in range(o.rounds):
                n, s = json.loads(run(*pin, o.python, peer, o.model, jl, env=env))
                mine = rounds(run(*pin, engine, pack, jl, "1", "1", "2"))[-1]
                code = rounds(run(*pin, engine, pack, jl, "1", "0", "2"))[-1]
                ratios.append((mine["tokens"] / mine["seconds"]) / (n / s))
                whole.append((code["tokens"] / code["seconds"]) / (n / s))
                speeds.append((n / s, mine["tokens"] / mine["seconds"], code["tokens"] / code["seconds"]))
            row("engine over spaCy nlp.pipe, one core", f"{statistics.median(ratios):.1f}", f"{mine['kernels']}; {mine['tokens']} tokens, median of {o.rounds}")
            row("casus code over spaCy nlp.pipe, one core", f"{statistics.median(whole):.1f}", "the whole coder against language analysis alone")
            s = statistics.median(x[0] for x in speeds)
            print(f"# spaCy {s:.0f} tokens/s, engine {statistics.median(x[1] for x in speeds):.0f}, code {statistics.median(x[2] for x in speeds):.0f}")
        one = rounds(run(engine, pack, jl, "1", "1", "4"))
        two = rounds(run(engine, pack, jl, "2", "1", "4"))
        row("two threads over one", f"{min(r['seconds'] for r in one[1:]) / min(r['seconds'] for r in two[1:]):.2f}", "fastest of 3 rounds each")
        row("same bytes for one and two threads", int(one[0]["checksum"] == two[0]["checksum"]))
        for k in ("avx512", "avx2", "plain"):
            try:
                r = rounds(run(engine, pack, jl, "1", "1", "1", k))
                row(f"same bytes with kernels {k}", int(r[0]["checksum"] == one[0]["checksum"]), f"{one[0]['seconds'] / r[0]['seconds']:.2f} times as fast as {one[0]['kernels']}")
            except subprocess.CalledProcessError:
                row(f"same bytes with kernels {k}", "", "not on this processor")
        row("pack opened, ms", f"{statistics.median(r['open_ms'] for r in one):.1f}")
        t = statistics.median(peak([casus, "parse", "-"], b"Rebels seized the town on Monday.\n")[1] for _ in range(5))
        row("start to first parsed sentence, ms (with the shell's share)", f"{t * 1000:.0f}")
        mb, _, _ = peak([casus, "parse", "--from", "jsonl", jl])
        row("resident memory over the texts, MB", f"{mb:.0f}")
        big = ("\n".join(t for _, t in T) * 20)[: 5 << 20].encode()
        mb, s, code = peak([casus, "parse", "--from", "text", "-"], big)
        row("5 MB document: resident MB", f"{mb:.0f}", f"{s:.1f} s, exit {code}")
        hard = {"one token of N bytes": lambda n: "x" * n, "N brackets": lambda n: "(" * n,
                "sentences without a full stop, N words": lambda n: " ".join(["the army shelled the town"] * (n // 5)),
                "N quotation marks": lambda n: "\u201cno\u201d " * (n // 4), "N commas between names": lambda n: "Mali, Chad, " * (n // 4)}
        for name, make in hard.items():
            sizes = (50000, 100000, 200000)
            secs = [peak([casus, "code", "--from", "text", "-"], make(n).encode()) for n in sizes]
            row(f"growth, {name}", f"{secs[2][1] / secs[0][1]:.2f}", f"time at 4 times the size over time at {sizes[0]}: {secs[0][1]:.2f} s, {secs[2][1]:.2f} s; {secs[2][0]:.0f} MB")
    with open(o.out, "w", encoding="utf-8") as f:
        f.write("measure\tvalue\tnote\n")
        for r in rows:
            f.write("\t".join(map(str, r)) + "\n")

if __name__ == "__main__":
    main()
