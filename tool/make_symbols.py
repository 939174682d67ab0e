#!/usr/bin/env python3
"""Writes data/lang/symbols.tsv and norms.tsv: the numbers that spaCy's file format reserves for
some strings instead of their hash, and the norms that it gives to quotation marks and currency
signs without listing them in a model. Needs spaCy installed.

usage: make_symbols.py DATA_FOLDER"""
import sys, os
from spacy.symbols import IDS
from spacy.lang.norm_exceptions import BASE_NORMS
import spacy

folder = os.path.join(sys.argv[1], "lang")
with open(os.path.join(folder, "symbols.tsv"), "w", encoding="utf-8") as f:
    f.write(f"# Strings whose id is no hash but a number, in spaCy {spacy.__version__} (symbols).\n")
    f.write("# Made by tool/make_symbols.py.\nstring\tid\n")
    for name, number in sorted(IDS.items(), key=lambda x: x[1]):
        if name:
            f.write(f"{name}\t{number}\n")
with open(os.path.join(folder, "norms.tsv"), "w", encoding="utf-8") as f:
    f.write("# Norms of signs that every spaCy 3 pipeline uses without listing them in its files.\n")
    f.write("# Made by tool/make_symbols.py.\nform\tnorm\n")
    for form, norm in sorted(BASE_NORMS.items()):
        f.write(f"{form}\t{norm}\n")
