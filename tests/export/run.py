#!/usr/bin/env python3
"""Read the exports back with readers that are not ours, and compare with the records themselves.

usage: run.py --casus PROGRAM [TEXT...]

GeoJSON is read by Python's json and held against RFC 7946, the tab-separated formats by Python's csv
and held against the columns that their specification names (docs/exports.md), pandas too where it is
installed. Exit: 0 all well, 1 not, 77 no pack is built."""
import argparse
import csv
import glob
import io
import json
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
DATE = "2026-03-18"
POLECAT = """Event ID|Event Date|Event Type|Event Mode|Intensity|Quad Code|Contexts|Actor Name|Actor Country|Actor COW
Primary Actor Sector|Actor Sectors|Actor Title|Actor Name Raw|Wikipedia Actor ID|Recipient Name|Recipient Country
Recipient COW|Primary Recipient Sector|Recipient Sectors|Recipient Title|Recipient Name Raw|Wikipedia Recipient ID
Placename|City|District|Province|Country|Latitude|Longitude|GeoNames ID|Raw Placename|Feature Type|Source
Publication Date|Story People|Story Organizations|Story Locations|Language|Version""".replace("\n", "|").split("|")
ICEWS = """Event ID|Event Date|Source Name|Source Sectors|Source Country|Event Text|CAMEO Code|Intensity|Target Name
Target Sectors|Target Country|Story ID|Sentence Number|Publisher|City|District|Province|Country|Latitude
Longitude""".replace("\n", "|").split("|")
QUADS = {"VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT"}
LATER = {"CONSULT", "SUPPORT", "COOPERATE", "AID"}
faults = []


def check(holds, what):
    if not holds:
        faults.append(what)


def table(name, keys):
    """The rows of a table of data/ontology."""
    with open(os.path.join(ROOT, "data", "ontology", name), encoding="utf-8") as file:
        rows = csv.DictReader((x for x in file if not x.startswith("#")), delimiter="\t",
                              quoting=csv.QUOTE_NONE)
        return {tuple(r[k] for k in keys): r for r in rows}


def rows(text):
    """All rows: no quoting in these files, no tab or line's end within a field."""
    return list(csv.reader(io.StringIO(text, newline=""), delimiter="\t", quoting=csv.QUOTE_NONE,
                           lineterminator="\n"))


def is_position(v):
    return (isinstance(v, list) and len(v) in (2, 3) and
            all(isinstance(x, (int, float)) and not isinstance(x, bool) for x in v) and
            -180 <= v[0] <= 180 and -90 <= v[1] <= 90)


def geojson(text, records):
    def no_constant(name):
        check(False, f"geojson: {name} is no JSON number")
    o = json.loads(text, parse_constant=no_constant)
    # RFC 7946: 3.3 a collection, 3.2 features, 3.1.1 longitude first, 7.1 no members of others
    check(o.get("type") == "FeatureCollection" and isinstance(o.get("features"), list) and
          not {"coordinates", "geometries", "geometry", "properties"} & set(o), "geojson: collection")
    check("crs" not in o, "geojson: RFC 7946 has no crs")
    for f in o["features"]:
        check(f.get("type") == "Feature" and "geometry" in f and "properties" in f and
              isinstance(f.get("id"), str), f"geojson: feature {f.get('id')}")
        g = f["geometry"]
        check(g is None or (g.get("type") == "Point" and is_position(g.get("coordinates"))),
              f"geojson: geometry of {f['id']}")
        place = f["properties"].get("place", {})
        check((g["coordinates"] if g else None) ==
              ([place["lon"], place["lat"]] if "lat" in place else None), f"geojson: {f['id']} lies")
    check([f["properties"] for f in o["features"]] == records, "geojson: the properties are records")
    check(any(f["geometry"] for f in o["features"]) and
          not all(f["geometry"] for f in o["features"]), "geojson: with and without a place")


def polecat(text, records, plover):
    have = rows(text)
    check(have[0] == POLECAT, "polecat: columns")
    have = [dict(zip(POLECAT, r)) for r in have[1:] if len(r) == len(POLECAT) or
            check(False, f"polecat: {len(r)} fields")]
    by_id = {}
    for r in have:
        by_id.setdefault(re.sub(r"(#\d+)\.\d+$", r"\1", r["Event ID"]), []).append(r)
    check(len({r["Event ID"] for r in have}) == len(have), "polecat: an id twice")
    for e in records:
        got, planned = by_id.pop(e["id"], []), e["status"] == "planned"
        wanted = e["status"] in ("happened", "ongoing", "alleged") or (
            planned and plover[(e["type"],)]["later"])
        wanted = bool(wanted) and not (e["type"] == "REJECT" and e.get("mode") == "deny")
        check(bool(got) == wanted, f"polecat: {e['id']} {e['type']} {e['status']}: {len(got)} rows")
        for r in got:
            check(r["Event Type"] == ("AGREE" if planned and e["type"] in LATER else e["type"]),
                  f"polecat: type of {e['id']}: {r['Event Type']}")
            check(r["Quad Code"] == plover[(r["Event Type"],)]["quad"] in QUADS, "polecat: quad")
            check(r["Event Mode"] == "None" or r["Event Mode"] in
                  plover[(r["Event Type"],)]["modes"].split("|"), f"polecat: {r['Event Mode']}")
            check(-10 <= float(r["Intensity"]) <= 10, "polecat: intensity")
            check(re.fullmatch(r"\d{4}-\d\d-\d\d", r["Event Date"]), "polecat: date")
            check(r["Publication Date"] == DATE, "polecat: published")
            place = e.get("place", {})
            check(r["Raw Placename"] == place.get("text", "None"), "polecat: place")
            check(r["Latitude"] == "None" or abs(float(r["Latitude"]) - place["lat"]) < 1e-4,
                  "polecat: latitude")
            check("" not in r.values(), f"polecat: an empty field in {r['Event ID']}")
            if not e["reciprocal"]:
                names = [p.get("person") or p.get("name") or p["text"] for p in e["actors"]]
                check(r["Actor Name"] == ("; ".join(names) or "None"), "polecat: actor")
                countries = [p.get("country", "None") for p in e["actors"]]
                if any(c != "None" for c in countries):
                    check(r["Actor Country"] == "; ".join(countries), "polecat: country")
            elif len(e["actors"]) == 2 and not e["recipients"]:
                check(len(got) == 2, "polecat: a row for each of two")
    check(not by_id, f"polecat: rows of no record: {list(by_id)[:3]}")


def icews(text, records, names, actors):
    have = rows(text)
    check(have[0] == ICEWS, "icews: columns")
    countries = {r["text"] for k, r in actors.items() if k[0] == "country"} | {""}
    sectors = {r["text"] for k, r in actors.items() if k[0] == "sector"}
    for n, r in enumerate(have[1:], 1):
        check(len(r) == len(ICEWS), f"icews: {len(r)} fields")
        r = dict(zip(ICEWS, r))
        check(r["Event ID"] == str(n), "icews: id")
        check(re.fullmatch(r"\d{4}-\d\d-\d\d", r["Event Date"]), "icews: date")
        code = r["CAMEO Code"]
        check(re.fullmatch(r"(0[1-9]|1\d|20)\d{0,2}", code), f"icews: code {code}")
        check(r["Event Text"] in {v["text"] for k, v in names.items() if code.startswith(k[0])},
              f"icews: {code} is called {r['Event Text']}")
        check(-10 <= float(r["Intensity"]) <= 10, "icews: intensity")
        for side in ("Source", "Target"):
            check(r[side + " Name"] and r[side + " Country"] in countries, f"icews: {side}")
            check(set(filter(None, re.split(r",(?! )", r[side + " Sectors"]))) <= sectors,
                  f"icews: {r[side + ' Sectors']}")
        check(r["Country"] in countries, "icews: country")
        check(not r["Latitude"] or (abs(float(r["Latitude"])) <= 90 and
                                    abs(float(r["Longitude"])) <= 180), "icews: latitude")
    dyads = sum(1 for e in records if e["status"] in ("happened", "ongoing", "alleged") and
                (e["actors"] and e["recipients"] or e["reciprocal"] and len(e["actors"]) > 1))
    check(len(have) - 1 >= dyads > 0, f"icews: {len(have) - 1} rows, {dyads} records of two sides")


def petrarch(text, actors):
    heads = {r["cameo"] or k[1] for k, r in actors.items() if k[0] == "country"} | {"IGO", "NGO"}
    tails = {r["cameo"] or k[1] for k, r in actors.items() if k[0] == "sector"} - {"-"}
    n = 0
    for r in rows(text):
        n += 1
        check(len(r) in (7, 8), f"petrarch: {len(r)} fields")
        check(re.fullmatch(r"\d{8}", r[0]), "petrarch: date")
        for code in r[1:3]:
            check(re.fullmatch(r"[A-Z0-9]{2,6}", code), f"petrarch: {code}")
            check(code[:3] in heads | tails, f"petrarch: nobody is {code}")
            if code[:3] not in ("IGO", "NGO"):
                check(code[3:] in tails | {""}, f"petrarch: role of {code}")
        check(re.fullmatch(r"(0[1-9]|1\d|20)\d{0,2}", r[3]), f"petrarch: code {r[3]}")
        check(r[4] == "" and re.search(r"_\d+$", r[5]) and r[-1] == "NULL", "petrarch: the rest")
    check(n > 0, "petrarch: no row")


def with_pandas(texts):
    try:
        import pandas
    except ImportError:
        return
    for name, columns in (("polecat", POLECAT), ("icews", ICEWS)):
        frame = pandas.read_csv(io.StringIO(texts[name]), sep="\t", quoting=csv.QUOTE_NONE,
                                dtype={"CAMEO Code": str}, parse_dates=["Event Date"])
        check(list(frame.columns) == columns, f"{name}: pandas reads other columns")
        check(frame["Event Date"].notna().all(), f"{name}: pandas reads no date")


def tables(plover, names, actors):
    """The tables of data/ontology know all that the lexicons can say."""
    def column(path, name):
        with open(os.path.join(ROOT, "data", path), encoding="utf-8") as file:
            rows = csv.DictReader((x for x in file if not x.startswith("#")), delimiter="\t",
                                  quoting=csv.QUOTE_NONE)
            return {r[name] for r in rows if r.get(name)}
    for code in column("countries.tsv", "code"):
        check(("country", code) in actors, f"data/ontology/actors.tsv has no country {code}")
    for file in ("groups.tsv", "roles.tsv"):
        for sectors in column(file, "sectors"):
            for code in re.split(r"[.|, ]+", sectors):
                check(("sector", code) in actors, f"actors.tsv has no sector {code} ({file})")
    for path in glob.glob(os.path.join(ROOT, "data", "events", "*.tsv")):
        name = os.path.join("events", os.path.basename(path))
        if name.endswith("light.tsv"):
            continue
        for code in column(name, "cameo"):
            check((code,) in names, f"data/ontology/cameo.tsv does not name {code} of {name}")
        for kind in column(name, "type") - {"NONE"}:
            check((kind,) in plover, f"plover.tsv has no type {kind}")


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--casus", required=True)
    a.add_argument("texts", nargs="*")
    o = a.parse_args()
    if not os.path.exists(os.path.join(os.path.dirname(o.casus), "casus.pack")):
        print("export: no pack is built: skipped")
        sys.exit(77)
    texts = o.texts or sorted(glob.glob(os.path.join(ROOT, "examples", "*.txt")))

    def run(*words):
        return subprocess.run([o.casus, "code", "--date", DATE, *words, *texts], check=True,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              env=dict(os.environ, LC_ALL="C")).stdout.decode()
    records = [json.loads(line) for line in run("--format", "jsonl").splitlines()]
    out = {f: run("--format", f) for f in ("geojson", "polecat", "icews", "petrarch")}
    plover, actors = table("plover.tsv", ("type",)), table("actors.tsv", ("kind", "code"))
    names = table("cameo.tsv", ("code",))
    tables(plover, names, actors)
    geojson(out["geojson"], records)
    polecat(out["polecat"], records, plover)
    icews(out["icews"], records, names, actors)
    petrarch(out["petrarch"], actors)
    with_pandas(out)
    some = [json.loads(line) for line in run("--status", "denied, planned").splitlines()]
    check(some == [r for r in records if r["status"] in ("denied", "planned")], "--status")
    for line in faults[:20]:
        print("export:", line)
    print(f"export: {len(records)} records in four formats read back, {len(faults)} faults")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
