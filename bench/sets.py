"""The texts of the public sets on which bench/engine.py and bench/ingest.py measure."""
import glob
import json
import os


def read_items(sets):
    """(set, day or None, text) of each article and item of Wikinews and current events."""
    for name in ("wikinews", "current-events"):
        path = os.path.join(sets, name, name + ".jsonl")
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                for line in file:
                    item = json.loads(line)
                    if item.get("text"):
                        yield name, (item.get("date") or "")[:10] or None, item["text"]


def read_polnear(sets):
    """The same of PolNeAR, whose files tell no day."""
    for path in sorted(glob.glob(os.path.join(sets, "polnear/*/text/*.txt"))):
        with open(path, encoding="utf-8") as file:
            yield "polnear", None, file.read()
