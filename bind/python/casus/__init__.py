"""casus: who did what to whom in news text, when and where, according to whom.

    import casus
    model = casus.Model()
    for record in model.code("Iran shelled Iraq on Monday.", date="2026-03-18"):
        print(record["type"], record["actors"], record["status"])

A record is what `casus code` prints for an event, as a dict with the same fields; record.json is the
very bytes of its line. Offsets are bytes into the text in UTF-8.

Threads: a Model may be shared by all threads. It keeps a worker for each thread that codes with it;
the library lets go of Python's lock while it works, so threads code side by side. A Document belongs
to one thread at a time.
"""
import datetime
import json
import os
import threading
from typing import (TYPE_CHECKING, Any, Dict, Iterable, Iterator, List, Mapping, NamedTuple,
                    Optional, Union)

from . import _lib
from ._lib import POINTER, byref, c_char_p, c_void_p, string_at

if TYPE_CHECKING:
    import pandas

__version__ = "0.1.0"
__all__ = ["ArgumentError", "CasusError", "ChecksumError", "DataError", "Diagnostic", "Document",
           "FormatError", "InputError", "Item", "LimitError", "Model", "ModelError", "Note", "Record",
           "VersionError", "export", "read", "to_pandas", "version"]

Text = Union[str, bytes]
Day = Union[str, datetime.date]


class CasusError(Exception):
    """What the library could not do. `message` says why; `file`, `line` (from 1) and `byte` (from 0)
    say where, and are None where they mean nothing."""

    def __init__(self, message: str, file: Optional[str] = None, line: Optional[int] = None,
                 byte: Optional[int] = None) -> None:
        where = ":".join(str(x) for x in (file, line) if x)
        super().__init__(f"{where}: {message}" if where else message)
        self.message, self.file, self.line, self.byte = message, file, line, byte


class InputError(CasusError, OSError):
    """A file could not be opened, read, mapped or written."""


class FormatError(CasusError, ValueError):
    """Bytes that are not what they claim to be."""


class VersionError(CasusError):
    """A pack of another version or byte order."""


class ChecksumError(CasusError):
    """A pack whose bytes do not match their checksum."""


class ModelError(CasusError):
    """A language model that the engine cannot run."""


class DataError(CasusError, ValueError):
    """A row of a table that does not compile."""


class ArgumentError(CasusError, ValueError):
    """An argument that means nothing, such as a bad date."""


class LimitError(CasusError, ValueError):
    """A limit was passed, such as the length of a text."""


_ERRORS = {-2: InputError, -3: FormatError, -4: VersionError, -5: ChecksumError, -6: ModelError,
           -7: DataError, -8: ArgumentError, -9: LimitError}


def _check(status: int, err: _lib.Error) -> None:
    if status == 0:
        return
    if status == -1:
        raise MemoryError("out of memory")
    file = os.fsdecode(err.file) or None
    raise _ERRORS.get(status, CasusError)(err.message.decode("utf-8", "replace"), file,
                                          err.line or None, err.byte or None)


def _day(date: Optional[Day]) -> Optional[bytes]:
    if date is None or isinstance(date, str):
        return date.encode() if date else None
    return date.isoformat()[:10].encode()


def _bytes(text: Text) -> bytes:
    # a lone surrogate becomes a byte that is no UTF-8, which the library notes and reads on
    return text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")


def version() -> str:
    """The library's version."""
    return _lib.lib().casus_version().decode()


class Record(Dict[str, Any]):
    """One event: a dict with the fields of `casus code`; `json` is its line as it was coded, without
    the line's end."""
    __slots__ = ("json",)

    json: bytes

    @classmethod
    def _of(cls, line: bytes) -> "Record":
        record = cls(json.loads(line))
        record.json = line
        return record


class Diagnostic(NamedTuple):
    """What a stage could not read: bytes [begin, end) of the text."""
    stage: str
    reason: str
    begin: int
    end: int


class Note(NamedTuple):
    """What a reader could not do, or left out; bytes [begin, end) of the item's text."""
    reason: str
    begin: int
    end: int


class Item:
    """A document as read. What is not known is None. `marks`: (kind, begin, end) of headline, byline
    and other lines that are not coded; `aside`: why the text is not to be coded, when it is not."""

    def __init__(self, item: _lib.Item) -> None:
        self._kept, err = POINTER(_lib.Item)(), _lib.Error()
        _check(_lib.lib().casus_item_copy(byref(self._kept), byref(item), None, byref(err)), err)
        c = self._kept.contents
        for name in ("id", "date", "date_from", "title", "author", "site", "url", "language",
                     "dateline", "hash", "aside"):
            value = getattr(c, name)
            setattr(self, name, None if value is None else value.decode())
        self.text: str = string_at(c.text, c.text_len).decode("utf-8", "replace")
        self.file, self.line = os.fsdecode(c.file), c.line
        self.kind: str = _lib.lib().casus_kind_name(c.kind).decode()
        self.marks = [(_lib.lib().casus_mark_name(m.kind).decode(), m.span.begin, m.span.end)
                      for m in c.marks[:c.n_marks]]
        self.notes = [Note(n.reason.decode(), n.span.begin, n.span.end)
                      for n in c.notes[:c.n_notes]]

    def __del__(self) -> None:
        kept, self._kept = getattr(self, "_kept", None), None
        if kept:
            _lib.lib().casus_item_free(kept)

    def __repr__(self) -> str:
        return f"<casus.Item {self.id!r}>"


def read(path: Union[str, "os.PathLike[str]"], *, kind: Optional[str] = None,
         language: Optional[str] = None, errors: str = "raise") -> Iterator[Item]:
    """The documents of a file, a folder or a pattern ("news/*.html"), of any kind that `casus read`
    reads; `kind` names it, else the content tells. With `language` ("en"), texts in another one
    have `aside` set. What is no document raises its error, or is passed over with
    errors="ignore"."""
    if errors not in ("raise", "ignore"):
        raise ArgumentError("errors is \"raise\" or \"ignore\"")
    c, handle, err = _lib.lib(), c_void_p(), _lib.Error()
    number = c.casus_kind_of(kind.encode() if kind is not None else None)
    if number < 0:
        raise ArgumentError(f"no kind of input {kind!r}")
    options = _lib.InputOptions(number, language.encode() if language is not None else None)
    _check(c.casus_input_open(byref(handle), os.fsencode(path), byref(options), None, byref(err)),
           err)
    return _items(c, handle, errors)


def _items(c: Any, handle: c_void_p, errors: str) -> Iterator[Item]:
    try:
        while True:
            item, err = _lib.Item(), _lib.Error()
            got = c.casus_input_next(handle, byref(item), byref(err))
            if got == 0:
                return
            if got > 0:
                yield Item(item)
            elif errors == "raise" or got == -1:
                _check(got, err)
    finally:
        c.casus_input_free(handle)


class Document:
    """A coded text. Iterates over its records."""

    def __init__(self, handle: c_void_p, model: "_Opened") -> None:
        self._handle: Optional[c_void_p] = handle
        self._model = model  # records point into its pack
        self._records: Optional[List[Record]] = None

    def __del__(self) -> None:
        handle, self._handle = getattr(self, "_handle", None), None
        if handle:
            _lib.lib().casus_doc_free(handle)

    def _write(self, call: str, *arguments: Any) -> bytes:
        out, err = _lib.Collector(), _lib.Error()
        _check(getattr(_lib.lib(), call)(self._handle, *arguments, out.sink, None, byref(err)), err)
        return out.bytes()

    def write(self, format: str = "jsonl", header: bool = True) -> bytes:
        """The records as `casus code` prints them: "jsonl", "csv" or "table"."""
        return self._write("casus_doc_write", format.encode(), int(header))

    def layer(self, layer: str) -> List[Dict[str, Any]]:
        """One layer of the analysis, as `casus parse --layer` prints it: tokens, clauses, names,
        mentions, times, places, actors, sources, status, diagnostics."""
        lines = self._write("casus_doc_write_layer", layer.encode(), b"jsonl")
        return [json.loads(line) for line in lines.split(b"\n") if line]

    @property
    def records(self) -> List[Record]:
        if self._records is None:
            self._records = [Record._of(x) for x in self.write("jsonl").split(b"\n") if x]
        return self._records

    @property
    def diagnostics(self) -> List[Diagnostic]:
        return [Diagnostic(x.get("stage", ""), x.get("reason", ""), *x["span"])
                for x in self.layer("diagnostics")]

    @property
    def tokens(self) -> int:
        return _lib.lib().casus_doc_tokens(self._handle)

    @property
    def sentences(self) -> int:
        return _lib.lib().casus_doc_sentences(self._handle)

    def __iter__(self) -> Iterator[Record]:
        return iter(self.records)

    def __len__(self) -> int:
        return len(self.records)


class _Opened:
    """An opened model; freed when the last of what was made with it is gone."""

    def __init__(self, pack: str) -> None:
        self.handle, err = c_void_p(), _lib.Error()
        _check(_lib.lib().casus_model_open(byref(self.handle), os.fsencode(pack), None, byref(err)),
               err)

    def __del__(self) -> None:
        if self.handle:
            _lib.lib().casus_model_free(self.handle)


class _Worker:
    """A thread's caches; freed with the thread or the Model."""

    def __init__(self, model: _Opened) -> None:
        self.model, self.handle, err = model, c_void_p(), _lib.Error()
        _check(_lib.lib().casus_worker_new(byref(self.handle), model.handle, byref(err)), err)

    def __del__(self) -> None:
        if self.handle:
            _lib.lib().casus_worker_free(self.handle)


class Model:
    """An opened pack. `actors`, `rows` and `ontology` are files of your own, as the options of
    `casus code`."""

    def __init__(self, pack: Optional[str] = None, *, actors: Optional[str] = None,
                 rows: Optional[str] = None, ontology: Optional[str] = None,
                 kernels: Optional[str] = None) -> None:
        self.pack = os.fspath(pack) if pack is not None else _lib.pack_path()
        self._model, self._local = _Opened(self.pack), threading.local()
        err = _lib.Error()
        for call, value in (("kernels", kernels), ("actors", actors), ("rows", rows),
                            ("ontology", ontology)):
            if value is not None:
                use = getattr(_lib.lib(), "casus_model_use_" + call)
                _check(use(self._model.handle, os.fsencode(value), byref(err)), err)

    @property
    def name(self) -> str:
        return _lib.lib().casus_model_name(self._model.handle).decode()

    @property
    def language(self) -> str:
        return _lib.lib().casus_model_language(self._model.handle).decode()

    @property
    def kernels(self) -> str:
        return _lib.lib().casus_model_kernels(self._model.handle).decode()

    def _worker(self) -> _Worker:
        worker = getattr(self._local, "worker", None)
        if worker is None:
            worker = self._local.worker = _Worker(self._model)
        return worker

    def document(self, text: Text, *, date: Optional[Day] = None,
                 id: Optional[str] = None) -> Document:
        """Codes one text. `date` is its publication day, a date or
        "YYYY-MM-DD", against which relative dates
        are read. Bad text is no error: see Document.diagnostics."""
        given, handle, err = _bytes(text), c_void_p(), _lib.Error()
        options = _lib.Options(_day(date), 0, 0)
        status = _lib.lib().casus_code_text(byref(handle), self._worker().handle,
                                            _bytes(id) if id is not None else None, given,
                                            len(given), byref(options), byref(err))
        _check(status, err)
        return Document(handle, self._model)

    def item_document(self, item: Item, *, date: Optional[Day] = None) -> Document:
        """Codes an item of casus.read. `date` counts where the item has none, or only that of a
        dateline."""
        handle, err = c_void_p(), _lib.Error()
        options = _lib.Options(_day(date), 0, 0)
        _check(_lib.lib().casus_code_item(byref(handle), self._worker().handle, item._kept,
                                          byref(options), byref(err)), err)
        return Document(handle, self._model)

    def code_item(self, item: Item, *, date: Optional[Day] = None) -> List[Record]:
        """The records of an item of casus.read; also of one that is set aside."""
        return self.item_document(item, date=date).records

    def code(self, text: Text, *, date: Optional[Day] = None,
             id: Optional[str] = None) -> List[Record]:
        """The records of one text."""
        return self.document(text, date=date, id=id).records

    def code_all(self, documents: Iterable[Mapping[str, Any]]) -> Iterator[Record]:
        """The records of many: mappings with "text" and, where known, "id" and "date"."""
        for n, d in enumerate(documents, 1):
            name = d.get("id")
            yield from self.code(d["text"], date=d.get("date"),
                                 id=str(n) if name is None else str(name))

    def weave(self, documents: Iterable[Mapping[str, Any]], what: str = "incidents"
              ) -> List[Dict[str, Any]]:
        """What many documents tell together, as the program prints it: "incidents" (records of one
        act), "accounts", "commitments", "timeline", "series", "changes", "stories" (copies),
        "links". A document is a mapping with "id", "date" and "records" (those of code(), or as read
        from their JSON) and, where known, "outlet" and "text" (which "stories" needs)."""
        c, err, out, handle = _lib.lib(), _lib.Error(), _lib.Collector(), c_void_p()
        if not hasattr(c, "casus_weave_new"):
            raise NotImplementedError("this libcasus does not weave")
        _check(c.casus_weave_new(byref(handle), self._model.handle, byref(err)), err)
        try:
            for d in documents:
                _weave_add(c, handle, d)
            _check(c.casus_weave_run(handle, None, byref(err)), err)
            _check(c.casus_weave_write(handle, what.encode(), None, b"jsonl", out.sink, None,
                                       byref(err)), err)
        finally:
            c.casus_weave_free(handle)
        return [json.loads(line) for line in out.bytes().split(b"\n") if line]

    def export(self, records: Iterable[Mapping[str, Any]], format: str, *,
               status: Optional[str] = None, date: Optional[str] = None,
               publisher: Optional[str] = None, url: Optional[str] = None) -> bytes:
        """Records in a format of `casus code --format`; see export()."""
        return export(records, format, model=self, status=status, date=date, publisher=publisher,
                      url=url)


def _weave_add(c: Any, weave: c_void_p, document: Mapping[str, Any]) -> None:
    err, read, n = _lib.Error(), c_void_p(), _lib.c_size_t(0)
    lines = b"\n".join(json.dumps(r, ensure_ascii=False).encode() for r in document["records"])
    events = None
    if lines:
        _check(c.casus_record_read(byref(read), lines, len(lines), None, byref(err)), err)
        events = c.casus_record_events(read, byref(n))
    try:
        text, outlet = document.get("text"), document.get("outlet")
        given = _bytes(text) if text is not None else None
        doc = _lib.WeaveDoc(_bytes(str(document["id"])), _day(document.get("date")),
                            _bytes(outlet) if outlet is not None else None, given,
                            len(given) if given is not None else 0, events, n)
        _check(c.casus_weave_add(weave, byref(doc), byref(err)), err)
    finally:
        c.casus_record_free(read)


def export(records: Iterable[Mapping[str, Any]], format: str, *, model: Optional[Model] = None,
           status: Optional[str] = None, date: Optional[str] = None,
           publisher: Optional[str] = None, url: Optional[str] = None) -> bytes:
    """Records as "jsonl", "csv" or "geojson" and, with a model, "polecat", "icews" or "petrarch".
    `status`: which to write, parted by commas, or "all". `date`, `publisher` and `url` are those of
    the documents."""
    c, out, err, handle = _lib.lib(), _lib.Collector(), _lib.Error(), c_void_p()
    options = _lib.ExportOptions(status.encode() if status is not None else None)
    about = _lib.About(*(x.encode() if x is not None else None for x in (date, publisher, url)),
                       None)
    _check(c.casus_export_open(byref(handle), model._model.handle if model else None, format.encode(),
                               byref(options), out.sink, None, byref(err)), err)
    try:
        for r in records:
            line, record = json.dumps(r, ensure_ascii=False).encode(), c_void_p()
            _check(c.casus_record_read(byref(record), line, len(line), None, byref(err)), err)
            try:
                _check(c.casus_export_event(handle, c.casus_record_event(record), byref(about),
                                            byref(err)), err)
            finally:
                c.casus_record_free(record)
        _check(c.casus_export_end(handle, byref(err)), err)
    finally:
        c.casus_export_free(handle)
    return out.bytes()


def to_pandas(records: Iterable[Mapping[str, Any]]) -> "pandas.DataFrame":
    """The records as the table that `casus code --format csv` prints."""
    import io
    import pandas
    text = io.BytesIO(export(records, "csv"))
    codes = {k: "string" for k in ("id", "doc", "cameo", "mode", "rule")}
    return pandas.read_csv(text, dtype=codes, keep_default_na=False, na_values=[""])
