#!/usr/bin/env python3
"""20,000 documents on two Spark workers give the records of one process of casus.

usage: run.py --casus PROGRAM --library LIBCASUS --pack PACK --home FOLDER [--documents N]

Spark (bind/spark/requirements.txt, pinned) is installed into FOLDER once; it needs Java 17 or 11. The
documents are made of the examples of the rows of data/events, always the same. Both outputs are
compared: each record's bytes, and all fields as pyarrow reads them from the Parquet files.
Exit: 0 the same, 1 not, 77 Spark cannot be had here."""
import argparse
import csv
import glob
import json
import os
import random
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
REQUIREMENTS = os.path.join(ROOT, "bind", "spark", "requirements.txt")


def skip(why):
    print(f"spark: {why}: skipped")
    sys.exit(77)


def installed(home):
    """The Python with Spark in `home`; installed when it is not there."""
    python = os.path.join(home, "bin", "python")
    probe = [python, "-c", "import pyspark, pandas, pyarrow"]
    if os.path.exists(python) and subprocess.run(probe, capture_output=True).returncode == 0:
        return python
    print(f"spark: installing {os.path.relpath(REQUIREMENTS, ROOT)} into {home}", flush=True)
    if subprocess.run([sys.executable, "-m", "venv", home], capture_output=True).returncode:
        skip("Python cannot make an environment here (python3-venv)")
    pip = [python, "-m", "pip", "-q", "--disable-pip-version-check", "install", "--no-deps",
           "--require-hashes", "--only-binary", "numpy,pandas,pyarrow,setuptools"]
    done = subprocess.run([*pip, "-r", REQUIREMENTS], capture_output=True, text=True)
    if done.returncode or subprocess.run(probe, capture_output=True).returncode:
        said = (done.stderr.strip().splitlines() or ["it does not run"])[-1]
        skip(f"Spark cannot be installed here ({said[:200]})")
    return python


def sentences():
    found = []
    for path in sorted(glob.glob(os.path.join(ROOT, "data", "events", "*.tsv"))):
        with open(path, encoding="utf-8") as file:
            rows = csv.DictReader((x for x in file if not x.startswith("#")), delimiter="\t",
                                  quoting=csv.QUOTE_NONE)
            found += [r["example"] for r in rows if r.get("example")]
    return sorted(set(found))


def make_documents(path, n):
    chance, said = random.Random(20000), sentences()
    with open(path, "w", encoding="utf-8") as out:
        for i in range(n):
            date = f"{chance.randint(2015, 2025)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
            text = " ".join(chance.choices(said, k=chance.choice((1, 1, 2, 3))))
            document = {"id": f"d{i:05}", "date": date, "text": text}
            if i % 997 == 0:
                del document["date"]
            out.write(json.dumps(document, ensure_ascii=False) + "\n")


def weaving(o, spark, casus_spark, rows, begin):
    """By key on two workers: what one process makes of the same keys."""
    import casus
    os.environ["CASUS_LIB"] = o.library
    records = spark.read.parquet(o.out)
    model = casus.Model(o.pack)
    woven = casus_spark.weave(records, pack=o.pack, library=o.library).collect()
    have = {}
    for r in woven:
        have.setdefault(r["key"], []).append(json.loads(r["json"]))
    parts = {}
    for r in rows:
        places = [r["place"]] + (r["recipients"] or [None])[:1] + (r["actors"] or [None])[:1]
        key = next((x["country"] for x in places if x and x["country"]), "-")
        parts.setdefault(key, []).append((r["doc"], r["id"], r["json"], r["published"], r["outlet"]))
    bad = []
    for key, part in sorted(parts.items()):
        documents = casus_spark.documents_of(part)
        if have.pop(key, []) != model.weave(documents):
            bad.append(f"the key {key} is woven otherwise")
    bad += [f"{key} is no key" for key in have]
    held = [x for r in woven for x in r["records"]]
    if sorted(held) != sorted(r["id"] for r in rows):
        bad.append(f"{len(held)} records of {len(rows)} are woven")
    print(f"spark: {len(rows)} records of {len(parts)} keys woven to {len(woven)} incidents in "
          f"{time.time() - begin:.0f} s (on two workers and once more in one)", flush=True)
    return bad


def inside(o):
    """What runs under the Python that has Spark."""
    sys.path[:0] = [os.path.join(ROOT, "bind", "spark"), os.path.join(ROOT, "bind", "python")]
    import pyarrow.parquet
    from pyspark.sql import SparkSession, types
    import casus_spark
    spark = (SparkSession.builder.master("local[2]").appName("casus test")
             .config("spark.ui.enabled", "false")
             .config("spark.ui.showConsoleProgress", "false").config("spark.driver.host", "127.0.0.1")
             .config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.memory", "1g")
             .config("spark.sql.shuffle.partitions", "4")
             .config("spark.sql.execution.arrow.maxRecordsPerBatch", "500").getOrCreate())
    spark.sparkContext.setLogLevel("ERROR")
    names = ("id", "date", "text")
    schema = types.StructType([types.StructField(n, types.StringType()) for n in names])
    begin = time.time()
    documents = spark.read.schema(schema).json(o.documents_file).repartition(8)
    casus_spark.code(documents, pack=o.pack, library=o.library).write.parquet(o.out)
    coded = time.time() - begin
    rows = pyarrow.parquet.read_table(o.out).to_pylist()
    with open(o.records, encoding="utf-8") as file:
        want = {}
        for line in file:
            record = json.loads(line)
            want[record["id"]] = (line.rstrip("\n"), record)
    have = {r["id"]: r for r in rows}
    bad = [f"{len(rows)} records, {len(have)} ids, one process gives {len(want)}"] if not (
        len(rows) == len(have) == len(want)) else []
    for name, (line, record) in want.items():
        row = have.get(name)
        if row is None or row["json"] != line:
            bad.append(f"{name}: other bytes")
        elif casus_spark.plain(row) != record:
            bad.append(f"{name}: other fields: {casus_spark.plain(row)} for {record}")
    bad += weaving(o, spark, casus_spark, rows, begin=time.time())
    spark.stop()
    for line in bad[:10]:
        print("spark:", line)
    print(f"spark: {o.documents} documents, {len(rows)} records on two workers in {coded:.0f} s; "
          f"{len(bad)} differences from one process")
    sys.exit(1 if bad else 0)


def main():
    a = argparse.ArgumentParser()
    for name in ("casus", "library", "pack", "home"):
        a.add_argument("--" + name, required=True)
    a.add_argument("--documents", type=int, default=20000)
    a.add_argument("--documents-file")
    a.add_argument("--records")
    a.add_argument("--out")
    o = a.parse_args()
    if o.out:
        inside(o)
    try:
        subprocess.run(["java", "-version"], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        skip("there is no Java (Debian: openjdk-17-jre-headless)")
    python = installed(o.home)
    with tempfile.TemporaryDirectory(prefix="casus-spark-") as folder:
        documents, records = os.path.join(folder, "docs.jsonl"), os.path.join(folder, "records.jsonl")
        make_documents(documents, o.documents)
        begin = time.time()
        with open(records, "wb") as out:
            subprocess.run([o.casus, "code", "--from", "jsonl", "--pack", o.pack, documents],
                           check=True, stdout=out)
        print(f"spark: one process took {time.time() - begin:.0f} s", flush=True)
        env = dict(os.environ, PYSPARK_PYTHON=python, PYSPARK_DRIVER_PYTHON=python, TZ="UTC",
                   PYTHONPATH=os.pathsep.join(os.path.join(ROOT, "bind", x)
                                              for x in ("spark", "python")))
        done = subprocess.run([python, os.path.abspath(__file__), *sys.argv[1:], "--documents-file",
                               documents, "--records", records, "--out",
                               os.path.join(folder, "records.parquet")], env=env)
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
