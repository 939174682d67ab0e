"""Code documents with Apache Spark: partitions through libcasus in each worker, records as a DataFrame.

    from pyspark.sql import SparkSession
    import casus_spark

    spark = SparkSession.builder.getOrCreate()
    documents = spark.read.json("articles.jsonl")            # id, date, text
    records = casus_spark.code(documents)
    records.write.parquet("records.parquet")

Documents are independent, so the coding is one mapInArrow: no shuffle, a partition at a time, each
Python worker of an executor with one opened pack, which all workers of a machine share in memory.
Records are the same as those of `casus code`, whatever the partitions. docs/spark.md has the rest.
"""
import json
import os
from typing import Any, Callable, Dict, Iterator, List, Optional, Tuple

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql import types as T

__all__ = ["RECORD", "WOVEN", "by_key", "code", "documents_of", "plain", "ship", "weave"]


def _struct(fields: str) -> T.StructType:
    kinds = {"s": T.StringType(), "i": T.LongType(), "d": T.DoubleType(), "b": T.BooleanType(),
             "S": T.ArrayType(T.StringType()), "I": T.ArrayType(T.LongType())}
    return T.StructType([T.StructField(name, kinds[kind]) for name, kind in
                         (field.split(":") for field in fields.split())])


_PARTY = _struct("text:s span:I country:s code:s sectors:S name:s person:s office:s")
_DATE = _struct("from:s to:s grain:s text:s span:I")
_PLACE = _struct("text:s span:I name:s country:s lat:d lon:d id:s")
_SOURCE = T.StructType([T.StructField("actor", _PARTY),
                        *_struct("stance:s cue:s span:I channel:s date:s quote:b").fields])
_COUNT = _struct("kind:s min:i max:i about:b of:s text:s span:I")
_PROMISE = T.StructType([T.StructField("what", T.StringType()), T.StructField("due", _DATE)])
_EVIDENCE = _struct("para:i sentence:i span:I trigger:I text:s")

#: A record's fields, in its order, and `json`: the line that `casus code` prints; `published` and
#: `outlet` are those of its document. Null: not known.
RECORD = T.StructType([
    *_struct("id:s doc:s type:s mode:s cameo:s intensity:d").fields,
    *(T.StructField(name, T.ArrayType(_PARTY)) for name in ("actors", "recipients", "mediators")),
    T.StructField("reciprocal", T.BooleanType()), T.StructField("date", _DATE),
    T.StructField("place", _PLACE), T.StructField("status", T.StringType()),
    T.StructField("sources", T.ArrayType(_SOURCE)), T.StructField("counts", T.ArrayType(_COUNT)),
    T.StructField("contexts", T.ArrayType(T.StringType())),
    T.StructField("commitment", _PROMISE), *_struct("of:s same_as:s").fields,
    T.StructField("evidence", _EVIDENCE), *_struct("confidence:d rule:s json:s published:s outlet:s").fields])


def ship(spark: SparkSession, pack: str, library: str) -> None:
    """Sends pack, library and Python files to the executors, for clusters whose machines do not have
    them. The library's own dependencies (README.md) must be there."""
    import shutil
    import tempfile
    import casus
    here = os.path.dirname(os.path.abspath(__file__))
    folder = tempfile.mkdtemp(prefix="casus-spark-")
    package = os.path.dirname(os.path.abspath(casus.__file__))
    archive = shutil.make_archive(os.path.join(folder, "casus"), "zip", os.path.dirname(package),
                                  "casus")
    context = spark.sparkContext
    context.addPyFile(archive)
    context.addPyFile(os.path.join(here, "casus_spark.py"))
    context.addFile(pack)
    context.addFile(library)


def _here(path: Optional[str]) -> Optional[str]:
    """The file on this machine: where it was named, or where Spark put it."""
    if path is None or os.path.exists(path):
        return path
    from pyspark import SparkFiles
    shipped = SparkFiles.get(os.path.basename(path))
    return shipped if os.path.exists(shipped) else path


_models: Dict[Tuple[Any, ...], Any] = {}  # opened once in a worker's process


def _model(library: Optional[str], pack: Optional[str], own: Dict[str, str]) -> Any:
    key = (library, pack, tuple(sorted(own.items())))
    if key not in _models:
        if library is not None:
            os.environ["CASUS_LIB"] = _here(library) or ""
        import casus
        _models[key] = casus.Model(_here(pack), **{k: _here(v) for k, v in own.items()})
    return _models[key]


def _arrow_schema() -> pa.Schema:
    from pyspark.sql.pandas.types import to_arrow_schema
    return to_arrow_schema(RECORD)


def code(documents: DataFrame, *, pack: Optional[str] = None, library: Optional[str] = None,
         date: Optional[str] = None, **own: str) -> DataFrame:
    """The records of documents: a DataFrame with `text` and, where known, `id`, `date` (a day, as a
    string or a date) and `outlet` (who published it), to one with the columns of RECORD. `date` is the publication day of documents
    that have none. `pack` and `library` as in the Python binding; `own`: actors, rows, ontology, the
    files of casus.Model. A bad date ends the job; bad text leaves nothing but its records."""
    given = set(documents.columns)
    if "text" not in given:
        raise ValueError("documents have a column \"text\"")
    columns = documents.select(*((F.col(name) if name in given else F.lit(None)).cast("string").alias(
        name) for name in ("id", "date", "outlet", "text")))

    def run(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        model, schema = _model(library, pack, own), _arrow_schema()
        for batch in batches:
            rows: List[Dict[str, Any]] = []
            for d in batch.to_pylist():
                if d["text"] is None:
                    continue
                day = d["date"] or date
                for record in model.code(d["text"], date=day, id=d["id"]):
                    rows.append({**record, "json": record.json.decode(), "published": day,
                                 "outlet": d["outlet"]})
                if len(rows) >= 5000:
                    yield pa.RecordBatch.from_pylist(rows, schema=schema)
                    rows = []
            if rows:
                yield pa.RecordBatch.from_pylist(rows, schema=schema)

    return columns.mapInArrow(run, RECORD)


def by_key(records: DataFrame, key: str = "country") -> DataFrame:
    """The records with a column `key` under which those that may tell of one act come together, and
    the partitions made by it. "country": of the place, else of the recipient, else of the actor;
    "type": the root type; else an expression of Spark SQL over the record's columns."""
    country = F.coalesce(F.col("place.country"), F.col("recipients")[0]["country"],
                         F.col("actors")[0]["country"], F.lit("-"))
    column = {"country": country, "type": F.col("type")}.get(key)
    column = F.expr(key) if column is None else column
    return records.withColumn("key", column.cast("string")).repartition("key")


#: What weaving gives: an incident (or what else was asked for), its records, and all of it as JSON.
WOVEN = T.StructType([*_struct("key:s incident:s").fields,
                      T.StructField("records", T.ArrayType(T.StringType())),
                      T.StructField("json", T.StringType())])

Function = Callable[[Any, List[Dict[str, Any]]], List[Dict[str, Any]]]


def documents_of(rows: Any) -> List[Dict[str, Any]]:
    """The documents that a table of records came from, for casus.Model.weave, in order of day and id,
    those without a day first."""
    documents: Dict[str, Dict[str, Any]] = {}
    for doc, record, line, published, outlet in rows:
        one = documents.setdefault(doc, {"id": doc, "date": published or None,
                                         "outlet": outlet, "records": []})
        one["records"].append((int(record.rpartition("#")[2]), line))
    for one in documents.values():
        one["records"] = [json.loads(line) for _, line in sorted(one["records"])]
    return sorted(documents.values(), key=lambda d: (d["date"] or "", d["id"]))


def weave(records: DataFrame, what: str = "incidents", *, key: str = "country",
          pack: Optional[str] = None, library: Optional[str] = None,
          function: Optional[Function] = None, **own: str) -> DataFrame:
    """Weaves by key, a key at a time, in the workers: all records of a key through libcasus's weave
    (casus.Model.weave; `what` as there). `function(model, documents)` in its place gives objects of its
    own. What a key keeps apart is not woven together."""

    def group(keys: Tuple[str], rows: Any) -> Any:
        import pandas
        model = _model(library, pack, own)
        documents = documents_of(rows[["doc", "id", "json", "published", "outlet"]].itertuples(
            index=False, name=None))
        found = function(model, documents) if function else model.weave(documents, what)
        return pandas.DataFrame(
            [(keys[0], o.get("incident"), o.get("records"), json.dumps(o, ensure_ascii=False))
             for o in found], columns=["key", "incident", "records", "json"])

    keyed = by_key(records, key).select("key", "doc", "id", "json", "published", "outlet")
    return keyed.groupBy("key").applyInPandas(group, WOVEN)


def plain(row: Any) -> Any:
    """A row of RECORD as the record of `casus code`: without nulls and what is beside the record."""
    if isinstance(row, dict):
        return {k: plain(v) for k, v in row.items()
                if v is not None and k not in ("json", "published", "outlet")}
    return [plain(v) for v in row] if isinstance(row, list) else row


def main() -> None:
    """spark-submit casus_spark.py DOCUMENTS.jsonl RECORDS.parquet"""
    import argparse
    a = argparse.ArgumentParser(description="Codes JSON lines with Spark; records as Parquet.")
    a.add_argument("documents", help="JSON lines with id, date, text")
    a.add_argument("records", help="folder of Parquet files to write")
    a.add_argument("--pack")
    a.add_argument("--library")
    a.add_argument("--date")
    a.add_argument("--partitions", type=int, help="parts to code side by side")
    o = a.parse_args()
    spark = SparkSession.builder.appName("casus").getOrCreate()
    schema = T.StructType([T.StructField(n, T.StringType()) for n in ("id", "date", "outlet", "text")])
    documents = spark.read.schema(schema).json(o.documents)
    if o.partitions:
        documents = documents.repartition(o.partitions)
    code(documents, pack=o.pack, library=o.library, date=o.date).write.mode("overwrite").parquet(
        o.records)
    print(json.dumps({"records": spark.read.parquet(o.records).count()}))
    spark.stop()


if __name__ == "__main__":
    main()
