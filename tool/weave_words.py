#!/usr/bin/env python3
"""Counts how rare words are in news and writes data/weave/words.tsv.

usage: weave_words.py ITEMS.jsonl... > data/weave/words.tsv

ITEMS are objects a line with "id" and "text" (../shared/sets/current-events, wikinews). Texts that
are held out for measuring are left out. The weight of a word is the natural logarithm of (sentences
/ sentences with a word of its stem); a stem is shown by its commonest form. The stems are those of
src/weave/tables.c. Words in fewer than 12 sentences are not listed: they weigh the most."""
import collections
import json
import math
import re
import sys
import unicodedata
import zlib

LEAST, MOST_ROWS, HEAVIEST = 12, 2600, 7.0


def fold(text):
    text = unicodedata.normalize("NFKD", text.lower())
    return "".join(c for c in text if not unicodedata.combining(c))


def stem(word):
    for end in ("ing", "ed", "es", "e", "s"):
        if word.endswith(end) and len(word) - len(end) >= 3:
            return word[:-len(end)]
    return word


def main(paths):
    sentences, count, forms = 0, collections.Counter(), collections.defaultdict(collections.Counter)
    for path in paths:
        with open(path, encoding="utf-8") as f:
            for line in f:
                item = json.loads(line)
                if zlib.crc32(item["id"].encode()) % 3 == 0:
                    continue
                for sentence in re.split(r"(?<=[.!?])\s+", item["text"]):
                    sentences += 1
                    words = {w for w in re.findall(r"[a-z0-9]+", fold(sentence))
                             if len(w) >= 3 and not w[0].isdigit()}
                    for word in words:
                        forms[stem(word)][word] += 1
                    count.update({stem(w) for w in words})
    print("# words.tsv - how rare words are in news: the larger the weight, the more it says that"
          "\n# two records share the word. Written by tool/weave_words.py from counts over public"
          "\n# news items; a word stands for all of its stem. What is not listed weighs 7.")
    print("word\tweight")
    for word, n in sorted(count.items(), key=lambda x: (-x[1], x[0]))[:MOST_ROWS]:
        if n >= LEAST:
            form = min(forms[word].items(), key=lambda x: (-x[1], x[0]))[0]
            print(f"{form}\t{min(HEAVIEST, math.log(sentences / n)):.2f}")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1:])
