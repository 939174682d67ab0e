#!/usr/bin/env python3
"""The language engine against spaCy running the same weights, token by token.

usage: run.py CASUS --model WHEEL [--pack PACK] [--texts FILE.jsonl ...] [--least N] [--report FILE] [--venv DIR]

Installs spaCy 3.8 into a folder of its own (once), runs both on the same texts and fails when fewer
than the shares below agree. Every difference that is left is listed by kind in the report. A text
file holds an object a line with "text"; a .conllu file gives the text of its documents."""
import argparse, collections, json, os, subprocess, sys, tempfile, venv, zipfile

LEAST = {"tokens": 99.95, "tags": 99.5, "pos": 99.5, "morph": 99.5, "heads and labels": 99.5,
         "sentence starts": 99.5, "lemmas": 99.5, "names": 99.5}

def read(path):
    if path.endswith(".conllu"):
        cur = []
        for line in open(path, encoding="utf-8"):
            if line.startswith("# newdoc") and cur:
                yield " ".join(cur); cur = []
            if line.startswith("# text = "):
                cur.append(line[9:].rstrip("\n"))
        if cur:
            yield " ".join(cur)
    else:
        for line in open(path, encoding="utf-8"):
            t = json.loads(line).get("text")
            if t:
                yield t

ORACLE = r"""
import json, spacy, sys
nlp = spacy.load(sys.argv[1])
T = [json.loads(l)["text"] for l in open(sys.argv[2], encoding="utf-8")]
with open(sys.argv[3], "w", encoding="utf-8") as f:
    for d in nlp.pipe(T, batch_size=64):
        b = [0]
        for c in d.text: b.append(b[-1] + len(c.encode()))
        json.dump({"t": [(b[x.idx], b[x.idx + len(x)], x.tag_, x.pos_, x.dep_, x.head.i, str(x.morph), int(bool(x.is_sent_start)), x.lemma_) for x in d],
                   "e": [(b[e.start_char], b[e.end_char], e.label_) for e in d.ents]}, f)
        f.write("\n")
"""

def main():
    a = argparse.ArgumentParser()
    a.add_argument("casus"); a.add_argument("--model", required=True); a.add_argument("--pack")
    a.add_argument("--texts", nargs="+", required=True); a.add_argument("--least", type=int, default=0, help="tokens at least")
    a.add_argument("--report", default="oracle-report.txt"); a.add_argument("--venv", default="build/oracle-venv")
    a.add_argument("--spacy", default="3.8.*"); a.add_argument("--without", default="", help="measures that may wait, parted by commas")
    o = a.parse_args()
    python = os.path.join(o.venv, "bin", "python")
    if subprocess.run([python, "-c", "import spacy"], capture_output=True).returncode if os.path.exists(python) else True:
        venv.create(o.venv, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", f"spacy=={o.spacy}"], check=True)
    T = [t for path in o.texts for t in read(path)]
    with tempfile.TemporaryDirectory() as tmp:
        zipfile.ZipFile(o.model).extractall(tmp)
        folder = next(d for d, _, files in os.walk(tmp) if "config.cfg" in files)
        texts, want = os.path.join(tmp, "texts.jsonl"), os.path.join(tmp, "want.jsonl")
        with open(texts, "w", encoding="utf-8") as f:
            for i, t in enumerate(T):
                f.write(json.dumps({"id": str(i), "text": t}, ensure_ascii=False) + "\n")
        subprocess.run([python, "-c", ORACLE, folder, texts, want], check=True)
        cmd = [*o.casus.split(), "parse", "--from", "jsonl", "--format", "jsonl", *(["--pack", o.pack] if o.pack else [])]
        tokens = subprocess.Popen([*cmd, "--layer", "tokens", texts], stdout=subprocess.PIPE, text=True, encoding="utf-8")
        names = collections.defaultdict(set)
        for line in subprocess.run([*cmd, "--layer", "names", texts], capture_output=True, text=True, encoding="utf-8", check=True).stdout.splitlines():
            r = json.loads(line)
            names[int(r["doc"])].add((*r["span"], r["kind"]))
        total, same, kinds = 0, collections.Counter(), collections.defaultdict(collections.Counter)
        e_all = e_same = 0
        line = tokens.stdout.readline()
        for i, gold in enumerate(open(want, encoding="utf-8")):
            g, mine = json.loads(gold), []
            while line:
                r = json.loads(line)
                if r["doc"] != str(i):
                    break
                mine.append(r)
                line = tokens.stdout.readline()
            at = {tuple(r["span"]): r for r in mine}
            spans = [tuple(r["span"]) for r in mine]
            starts, last = set(), None
            for r in mine:
                if r["sentence"] != last:
                    starts.add(tuple(r["span"])); last = r["sentence"]
            b = T[i].encode()
            for x in g["t"]:
                total += 1
                k = (x[0], x[1]); r = at.get(k); form = b[x[0]:x[1]].decode()
                if r is None:
                    kinds["tokens"][form] += 1
                    continue
                same["tokens"] += 1
                head = g["t"][x[5]]
                for name, got, wanted in (("tags", r.get("tag", ""), x[2]), ("pos", r["pos"], x[3]), ("morph", r.get("morph", ""), x[6]),
                                          ("heads and labels", (r["dep"], spans[r["head"]]), (x[4], (head[0], head[1]))),
                                          ("sentence starts", k in starts, bool(x[7])), ("lemmas", r.get("lemma", ""), x[8])):
                    if got == wanted:
                        same[name] += 1
                    elif name == "heads and labels":
                        kinds[name][f"{x[4]} for {r['dep']}" if r["dep"] != x[4] else f"head of {x[4]}"] += 1
                    elif name == "lemmas":
                        kinds[name][f"{form} ({x[3]}, {r['pos']}): {wanted!r} for {got!r}"] += 1
                    else:
                        kinds[name][f"{wanted!r} for {got!r}"] += 1
            want_names = {tuple(e) for e in g["e"]}
            e_all += len(want_names) + len(names[i]); e_same += 2 * len(want_names & names[i])
            for e in want_names ^ names[i]:
                kinds["names"][("missed " if e in want_names else "extra ") + e[2]] += 1
        share = {k: 100 * same[k] / max(1, total) for k in LEAST if k != "names"}
        share["names"] = 100 * e_same / max(1, e_all)
    waits = [w.strip() for w in o.without.split(",") if w.strip()]
    bad = [k for k, v in share.items() if v < LEAST[k] and k not in waits]
    with open(o.report, "w", encoding="utf-8") as f:
        f.write(f"# {len(T)} texts, {total} tokens; shares identical in per cent (names: F1)\n")
        for k, v in share.items():
            f.write(f"{k}\t{v:.4f}\tat least {LEAST[k]}{' (may wait)' if k in waits else ''}\n")
        for k, c in kinds.items():
            f.write(f"\n# differences in {k}: {sum(c.values())}, by kind\n")
            for what, n in sorted(c.items(), key=lambda x: (-x[1], x[0])):
                f.write(f"{n}\t{what}\n")
    for k, v in share.items():
        print(f"{k:18} {v:8.4f} %  (at least {LEAST[k]}){'  FAILS' if k in bad else ''}")
    if total < o.least:
        bad.append("size"); print(f"only {total} tokens, {o.least} wanted")
    print(f"{len(share) - len([b for b in bad if b != 'size'])} passed, {len(bad)} failed")
    sys.exit(bool(bad))

if __name__ == "__main__":
    main()
