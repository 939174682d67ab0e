"""Tests of the Python binding: python3 -m unittest discover bind/python/tests. They need libcasus and a
pack (CASUS_LIB, CASUS_PACK); CASUS names the program, with whose output the records are compared."""
import csv
import datetime
import gc
import io
import json
import os
import pickle
import subprocess
import sys
import tempfile
import threading
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
import casus  # noqa: E402

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
ARTICLE = os.path.join(ROOT, "examples", "ceasefire.txt")
TEXTS = ["Iran shelled Iraq on Monday.", "The president of France met the Turkish foreign minister.",
         "Police arrested 20 protesters in Nairobi.", "", "Zürich – “nothing” 🙂 happened.\n\n"]


def article():
    with open(ARTICLE, "rb") as file:
        return file.read()


class Coding(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.model = casus.Model()

    def test_same_bytes_as_the_program(self):
        program = os.environ.get("CASUS")
        if not program:
            self.skipTest("CASUS names no program")
        want = subprocess.run([program, "code", "--date", "2026-03-18", "--pack", self.model.pack,
                               ARTICLE], check=True, stdout=subprocess.PIPE).stdout
        document = self.model.document(article(), date="2026-03-18", id="ceasefire.txt")
        self.assertEqual(document.write("jsonl"), want)
        self.assertEqual(b"".join(r.json + b"\n" for r in document), want)
        self.assertEqual(list(document), [json.loads(x) for x in want.splitlines()])

    def test_records(self):
        records = self.model.code(TEXTS[0], date="2026-03-18", id="a")
        self.assertEqual(len(records), 1)
        r = records[0]
        self.assertEqual((r["id"], r["type"], r["status"]), ("a#1", "ASSAULT", "happened"))
        self.assertEqual(r["actors"][0]["country"], "IRN")
        self.assertEqual(r["date"]["from"], "2026-03-16")
        begin, end = r["actors"][0]["span"]
        self.assertEqual(TEXTS[0].encode()[begin:end], b"Iran")
        self.assertEqual(self.model.code(TEXTS[0], date=datetime.date(2026, 3, 18), id="a"), records)
        self.assertEqual(self.model.code(TEXTS[3]), [])

    def test_many(self):
        given = [{"id": 7, "text": TEXTS[0], "date": "2026-03-18"}, {"text": TEXTS[2]}]
        docs = [r["doc"] for r in self.model.code_all(given)]
        self.assertEqual(sorted(set(docs)), ["2", "7"])

    def test_layers_and_diagnostics(self):
        document = self.model.document(b"Iran shelled \xff Iraq.")
        self.assertEqual(len(document.diagnostics), 1)
        d = document.diagnostics[0]
        self.assertEqual((d.stage, d.begin, d.end), ("read", 13, 14))
        self.assertEqual(document.tokens, len(document.layer("tokens")))
        self.assertEqual(self.model.document(TEXTS[0]).sentences, 1)
        with self.assertRaises(casus.ArgumentError):
            document.layer("clouds")
        self.assertEqual(len(self.model.document("Iran \ud800 shelled Iraq.").diagnostics), 1)

    def test_errors(self):
        with self.assertRaises(casus.ArgumentError) as caught:
            self.model.code("Iran shelled Iraq.", date="yesterday")
        self.assertIn("yesterday", caught.exception.message)
        with self.assertRaises(casus.InputError) as caught:
            casus.Model("/nowhere/casus.pack")
        self.assertEqual(caught.exception.file, "/nowhere/casus.pack")
        with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
            file.write("type\tlabel\nASSAULT\tBattle\nFIGHT\tBattle\n")
            file.flush()
            with self.assertRaises(casus.DataError) as caught:
                casus.Model(ontology=file.name)
            self.assertEqual((caught.exception.file, caught.exception.line), (file.name, 3))
        with tempfile.NamedTemporaryFile() as file:
            file.write(b"no pack" * 100)
            file.flush()
            with self.assertRaises(casus.FormatError):
                casus.Model(file.name)

    def test_another_ontology(self):
        model = casus.Model(ontology=os.path.join(ROOT, "examples", "ontology", "acled.tsv"))
        records = model.code("Soldiers and rebels clashed in Mali. France praised Mali.")
        self.assertEqual([(r["type"], r["mode"]) for r in records], [("Battles", "Armed clash")])

    def test_threads(self):
        texts = TEXTS * 20
        want = [self.model.code(t, id=str(n)) for n, t in enumerate(texts)]
        got = [None] * len(texts)

        def work(first):
            for n in range(first, len(texts), 4):
                got[n] = self.model.code(texts[n], id=str(n))
        threads = [threading.Thread(target=work, args=(k,)) for k in range(4)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        self.assertEqual(got, want)

    def test_what_is_borrowed_outlives_the_model(self):
        model = casus.Model()
        document = model.document(TEXTS[0])
        del model
        gc.collect()
        self.assertEqual(len(document.records), 1)

    def test_records_travel(self):
        record = self.model.code(TEXTS[0])[0]
        again = pickle.loads(pickle.dumps(record))
        self.assertEqual((again, again.json), (record, record.json))


class Weaving(unittest.TestCase):
    def test_one_incident_of_two_documents(self):
        model = casus.Model()
        told = [("a", "2026-03-18", "Iran shelled Basra in Iraq on Monday, killing 12 soldiers."),
                ("b", "2026-03-19", "At least 14 soldiers died when Iranian forces shelled Basra on "
                                    "Monday, Iraq said."),
                ("c", "2026-03-19", "Police arrested 20 protesters in Nairobi on Wednesday.")]
        documents = [{"id": i, "date": d, "records": model.code(t, date=d, id=i)}
                     for i, d, t in told]
        try:
            incidents = model.weave(documents)
        except NotImplementedError as error:
            self.skipTest(str(error))
        self.assertEqual([x["records"] for x in incidents], [["a#1", "b#1"], ["c#1"]])
        self.assertEqual(model.weave([]), [])
        with self.assertRaises(casus.ArgumentError):
            model.weave([{"id": "", "records": []}])


class Reading(unittest.TestCase):
    KINDS = os.path.join(ROOT, "tests", "cli", "cases", "read-kinds")

    def test_the_same_as_the_program(self):
        program = os.environ.get("CASUS")
        if not program:
            self.skipTest("CASUS names no program")
        for name in ("page", "feed.xml", "archive.warc", "table.csv", "news.mbox"):
            path = os.path.join(self.KINDS, name)
            done = subprocess.run([program, "read", "--format", "jsonl", path], stdout=subprocess.PIPE)
            want = [json.loads(line) for line in done.stdout.splitlines()]
            have = list(casus.read(path, errors="ignore"))
            self.assertEqual(len(have), len(want))
            for item, one in zip(have, want):
                for key in ("id", "date", "title", "text", "kind", "url", "author", "hash"):
                    self.assertEqual(getattr(item, key), one.get(key))
                self.assertEqual([{"kind": k, "span": [b, e]} for k, b, e in item.marks],
                                 one["marks"])
                self.assertEqual(len(item.notes), len(one["diagnostics"]))

    def test_coding_and_errors(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "a.jsonl")
            with open(path, "w", encoding="utf-8") as file:
                file.write('{"id": "a", "date": "2026-03-18", "text": "Iran shelled Iraq on Monday."}'
                           '\nno json\n{"id": "b", "text": "Iran shelled Iraq on Monday."}\n')
            items = list(casus.read(path, kind="jsonl", errors="ignore"))
            self.assertEqual([i.id for i in items], ["a", "b"])
            with self.assertRaises(casus.FormatError):
                list(casus.read(path, kind="jsonl"))
        model = casus.Model()
        self.assertEqual(model.code_item(items[0]), model.code(TEXTS[0], date="2026-03-18", id="a"))
        self.assertEqual(model.code_item(items[1], date="2026-03-18")[0]["date"]["from"], "2026-03-16")
        with self.assertRaises(casus.InputError):
            casus.read("no such file")
        with self.assertRaises(casus.ArgumentError):
            casus.read(ARTICLE, kind="dreams")


class Exporting(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.model = casus.Model()
        cls.document = cls.model.document(article(), date="2026-03-18", id="ceasefire.txt")

    def test_the_same_out_as_in(self):
        self.assertEqual(casus.export(self.document, "jsonl"), self.document.write("jsonl"))
        self.assertEqual(casus.export(self.document, "csv"), self.document.write("csv"))

    def test_formats(self):
        features = json.loads(casus.export(self.document, "geojson"))["features"]
        self.assertEqual(len(features), len(self.document))
        rows = self.model.export(self.document, "polecat", date="2026-03-18", publisher="A paper")
        rows = list(csv.DictReader(io.StringIO(rows.decode()), delimiter="\t"))
        self.assertTrue(rows)
        self.assertEqual({r["Source"] for r in rows}, {"A paper"})
        some = casus.export(self.document, "jsonl", status="denied").splitlines()
        self.assertEqual({json.loads(x)["status"] for x in some}, {"denied"})
        with self.assertRaises(casus.ArgumentError):
            casus.export(self.document, "icews")  # has no model
        with self.assertRaises(casus.FormatError):
            casus.export([{"id": "a"}], "csv")

    def test_pandas(self):
        try:
            import pandas
        except ImportError:
            self.skipTest("pandas is not installed")
        frame = casus.to_pandas(self.document)
        self.assertIsInstance(frame, pandas.DataFrame)
        self.assertEqual(list(frame["id"]), [r["id"] for r in self.document])
        self.assertEqual(list(frame["cameo"].fillna("")),
                         [r.get("cameo", "") for r in self.document])


if __name__ == "__main__":
    unittest.main()
