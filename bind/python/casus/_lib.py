"""libcasus by ctypes: where it is found, its structures and calls. On the public header alone."""
import ctypes
import ctypes.util
import os
import subprocess
from ctypes import (POINTER, byref, c_char_p, c_int, c_size_t, c_uint64, c_void_p,
                    string_at)
from typing import Iterator, List, Optional

HERE = os.path.dirname(os.path.abspath(__file__))


class Error(ctypes.Structure):
    """casus_error"""
    _fields_ = [("status", c_int), ("message", ctypes.c_char * 256), ("file", ctypes.c_char * 256),
                ("line", c_uint64), ("byte", c_uint64)]


class Options(ctypes.Structure):
    """casus_options"""
    _fields_ = [("date", c_char_p), ("stop_after", c_int), ("explain", c_int)]


class Span(ctypes.Structure):
    """casus_span"""
    _fields_ = [("begin", ctypes.c_uint32), ("end", ctypes.c_uint32)]


class Mark(ctypes.Structure):
    """casus_mark"""
    _fields_ = [("span", Span), ("kind", c_int)]


class Note(ctypes.Structure):
    """casus_note"""
    _fields_ = [("reason", c_char_p), ("span", Span)]


class Item(ctypes.Structure):
    """casus_item"""
    _fields_ = [("id", c_char_p), ("date", c_char_p), ("text", c_void_p), ("text_len", c_size_t),
                ("line", c_uint64), ("file", c_char_p), ("kind", c_int), ("date_from", c_char_p),
                ("title", c_char_p), ("author", c_char_p), ("site", c_char_p), ("url", c_char_p),
                ("language", c_char_p), ("dateline", c_char_p), ("hash", c_char_p),
                ("aside", c_char_p), ("marks", POINTER(Mark)), ("n_marks", c_size_t),
                ("notes", POINTER(Note)), ("n_notes", c_size_t)]


class InputOptions(ctypes.Structure):
    """casus_input_options"""
    _fields_ = [("kind", c_int), ("language", c_char_p)]


class ExportOptions(ctypes.Structure):
    """casus_export_options"""
    _fields_ = [("status", c_char_p)]


class About(ctypes.Structure):
    """casus_export_about"""
    _fields_ = [("date", c_char_p), ("publisher", c_char_p), ("url", c_char_p),
                ("language", c_char_p)]


class WeaveDoc(ctypes.Structure):
    """casus_weave_doc"""
    _fields_ = [("id", c_char_p), ("date", c_char_p), ("outlet", c_char_p), ("text", c_char_p),
                ("text_len", c_size_t), ("events", c_void_p), ("n_events", c_size_t)]


Sink = ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p, c_size_t)


def _pkg_config(variable: str) -> List[str]:
    try:
        done = subprocess.run(["pkg-config", "--variable=" + variable, "casus"],
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
        return [done.stdout.decode().strip()] if done.stdout.strip() else []
    except (OSError, subprocess.CalledProcessError):
        return []


def _builds() -> Iterator[str]:
    """build/ of the source tree that this file stands in, if it does."""
    root = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
    if os.path.exists(os.path.join(root, "include", "casus", "casus.h")):
        yield os.path.join(root, "build")


def library_path() -> str:
    """CASUS_LIB, the build of this source tree, an installed library (pkg-config, the system's)."""
    named = os.environ.get("CASUS_LIB")
    if named:
        return named
    for folder in [*_builds(), *_pkg_config("libdir")]:
        for name in ("libcasus.so", "libcasus.so.0", "libcasus.dylib"):
            if os.path.exists(os.path.join(folder, name)):
                return os.path.join(folder, name)
    found = ctypes.util.find_library("casus")
    if found:
        return found
    raise FileNotFoundError("libcasus is not found: build it (./setup), install it, or name it in "
                            "the environment variable CASUS_LIB")


def pack_path() -> str:
    """CASUS_PACK, beside the library, the build of this source tree, the install folder."""
    named = os.environ.get("CASUS_PACK")
    if named:
        return named
    beside = os.path.dirname(library_path())
    places = [beside, *_builds(), *(os.path.join(d, "casus") for d in _pkg_config("datadir")),
              os.path.join(beside, "..", "share", "casus"), "/usr/local/share/casus"]
    for folder in places:
        path = os.path.join(folder, "casus.pack")
        if os.path.exists(path):
            return path
    raise FileNotFoundError("no casus.pack is found: run ./setup, or name one in the environment "
                            "variable CASUS_PACK")


_loaded: Optional[ctypes.CDLL] = None


def lib() -> ctypes.CDLL:
    """The library, loaded once."""
    global _loaded
    if _loaded is None:
        _loaded = _declare(ctypes.CDLL(library_path()))
    return _loaded


def _declare(c: ctypes.CDLL) -> ctypes.CDLL:
    error, handle = POINTER(Error), POINTER(c_void_p)
    calls = {
        "casus_version": (c_char_p, []),
        "casus_model_open": (c_int, [handle, c_char_p, c_void_p, error]),
        "casus_model_free": (None, [c_void_p]),
        "casus_model_name": (c_char_p, [c_void_p]),
        "casus_model_language": (c_char_p, [c_void_p]),
        "casus_model_kernels": (c_char_p, [c_void_p]),
        "casus_model_use_kernels": (c_int, [c_void_p, c_char_p, error]),
        "casus_model_use_actors": (c_int, [c_void_p, c_char_p, error]),
        "casus_model_use_rows": (c_int, [c_void_p, c_char_p, error]),
        "casus_model_use_ontology": (c_int, [c_void_p, c_char_p, error]),
        "casus_worker_new": (c_int, [handle, c_void_p, error]),
        "casus_worker_free": (None, [c_void_p]),
        "casus_code_text": (c_int, [handle, c_void_p, c_char_p, c_char_p, c_size_t,
                                    POINTER(Options), error]),
        "casus_doc_free": (None, [c_void_p]),
        "casus_doc_tokens": (c_size_t, [c_void_p]),
        "casus_doc_sentences": (c_size_t, [c_void_p]),
        "casus_doc_write": (c_int, [c_void_p, c_char_p, c_int, Sink, c_void_p, error]),
        "casus_doc_write_layer": (c_int, [c_void_p, c_char_p, c_char_p, Sink, c_void_p, error]),
        "casus_input_open": (c_int, [handle, c_char_p, POINTER(InputOptions), c_void_p, error]),
        "casus_input_next": (c_int, [c_void_p, POINTER(Item), error]),
        "casus_input_free": (None, [c_void_p]),
        "casus_item_copy": (c_int, [POINTER(POINTER(Item)), POINTER(Item), c_void_p, error]),
        "casus_item_free": (None, [POINTER(Item)]),
        "casus_kind_name": (c_char_p, [c_int]),
        "casus_kind_of": (c_int, [c_char_p]),
        "casus_mark_name": (c_char_p, [c_int]),
        "casus_code_item": (c_int, [handle, c_void_p, POINTER(Item), POINTER(Options), error]),
        "casus_export_open": (c_int, [handle, c_void_p, c_char_p, POINTER(ExportOptions), Sink,
                                      c_void_p, error]),
        "casus_export_event": (c_int, [c_void_p, c_void_p, POINTER(About), error]),
        "casus_export_end": (c_int, [c_void_p, error]),
        "casus_export_left_out": (c_uint64, [c_void_p, POINTER(c_char_p)]),
        "casus_export_free": (None, [c_void_p]),
        "casus_record_read": (c_int, [handle, c_char_p, c_size_t, c_void_p, error]),
        "casus_record_event": (c_void_p, [c_void_p]),
        "casus_record_events": (c_void_p, [c_void_p, POINTER(c_size_t)]),
        "casus_record_free": (None, [c_void_p]),
    }
    if hasattr(c, "casus_weave_new"):
        calls.update({
            "casus_weave_new": (c_int, [handle, c_void_p, error]),
            "casus_weave_free": (None, [c_void_p]),
            "casus_weave_add": (c_int, [c_void_p, POINTER(WeaveDoc), error]),
            "casus_weave_run": (c_int, [c_void_p, c_void_p, error]),
            "casus_weave_write": (c_int, [c_void_p, c_char_p, c_void_p, c_char_p, Sink, c_void_p,
                                          error]),
        })
    for name, (result, arguments) in calls.items():
        function = getattr(c, name)
        function.restype, function.argtypes = result, arguments
    return c


class Collector:
    """A sink that keeps what is written."""

    def __init__(self) -> None:
        self.parts: List[bytes] = []
        self.sink = Sink(self._take)

    def _take(self, _payload: object, at: int, size: int) -> int:
        self.parts.append(string_at(at, size))
        return 0

    def bytes(self) -> bytes:
        return b"".join(self.parts)


__all__ = ["About", "Collector", "Error", "ExportOptions", "InputOptions", "Item", "Options", "POINTER",
           "Sink", "WeaveDoc", "byref", "c_char_p", "c_size_t", "c_void_p", "lib", "library_path",
           "pack_path", "string_at"]
