"""Read files that people wrote: text in UTF-8, YAML, JSON, each problem with a place and a remedy."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import TYPE_CHECKING

from fe_contracts.exceptions import SourceError
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.sources.json_text import parse_json
from fe_contracts.sources.yaml_text import parse_yaml

if TYPE_CHECKING:
    from fe_contracts.sources.loaded import Loaded

__all__ = ["parse_json", "parse_yaml", "read_bytes", "read_data", "read_text"]

TEXT_LIMIT = 5_000_000
"""The most bytes a text file may have: a spec has about 20,000."""

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_SAVE_AS = "Open it in the editor it was written with and save it again with the encoding UTF-8."


def _refusal(name: str, code: str, message: str, remedy: str, line: int = 0, column: int = 0) -> SourceError:
    """Return the error for one problem of the file as a whole."""
    return SourceError(name, [Finding(code, Severity.ERROR, message, Where(name, line, column), remedy)])


def read_bytes(path: Path | str, *, limit: int) -> bytes:
    """Return the content of an ordinary file of at most `limit` bytes.

    Raises:
        SourceError: if it is missing, a folder, no ordinary file, not readable, or larger; a file that is too
            large is refused before it is read.
    """
    name = str(path)
    try:
        found = Path(path).stat()
        if stat.S_ISDIR(found.st_mode):
            raise _refusal(name, "SOURCE011", "This is a folder, not a file.", "Name a file in it.")
        if not stat.S_ISREG(found.st_mode):
            raise _refusal(name, "SOURCE012", "This is not an ordinary file.", "Name a file on disk.")
        if found.st_size > limit:
            raise _too_large(name, found.st_size, limit)
        with Path(path).open("rb") as file:
            content = file.read(limit + 1)
    except FileNotFoundError:
        raise _missing(name) from None
    except SourceError:
        raise
    except (OSError, ValueError) as error:  # ValueError: a NUL inside the name
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise _refusal(
            name,
            "SOURCE012",
            f"The file cannot be read: {why}.",
            "Check its name and your permission to read it.",
        ) from None
    if len(content) > limit:  # it grew while it was read
        raise _too_large(name, len(content), limit)
    return content


def _too_large(name: str, size: int, limit: int) -> SourceError:
    message = f"The file has {size:,} bytes; at most {limit:,} are read."
    return _refusal(name, "SOURCE013", message, "Check that it is the right file, or split it.")


def _missing(name: str) -> SourceError:
    """Return the error for a file that is not there, with the one of the nearest name beside it."""
    from difflib import get_close_matches

    path = Path(name)
    remedy = "Check the name and the folder."
    try:
        beside = sorted(entry.name for entry in path.parent.iterdir())
        near = get_close_matches(path.name, beside, n=1)
    except OSError:
        near = []
        remedy = f"There is no folder {path.parent} either. Check the name."
    if near:
        remedy = f"Did you mean {path.with_name(near[0])}?"
    return _refusal(name, "SOURCE010", "There is no such file.", remedy)


def read_text(path: Path | str, *, limit: int = TEXT_LIMIT) -> str:
    """Return the text of a UTF-8 file, with or without byte order mark, its lines ended by line feeds.

    Raises:
        SourceError: if the file cannot be read, is empty, too large, in another encoding or no text at all.
    """
    name = str(path)
    content = read_bytes(path, limit=limit)
    if not content:
        raise _refusal(name, "SOURCE014", "The file is empty.", "Write its fields, or start from an example.")
    return decode(content, name)


def decode(content: bytes, name: str) -> str:
    """Return UTF-8 bytes as text, or say which encoding they look like.

    Raises:
        SourceError: if they are not UTF-8 or hold a NUL byte.
    """
    if content.startswith(_UTF16):
        raise _refusal(name, "SOURCE015", "The file is in UTF-16, not UTF-8.", _SAVE_AS)
    if b"\0" in content:
        if _looks_like_utf16(content):
            raise _refusal(name, "SOURCE015", "The file looks like UTF-16, not UTF-8.", _SAVE_AS)
        line = content[: content.index(b"\0")].count(b"\n") + 1
        message = "The file holds a NUL byte, so it is no text file."
        raise _refusal(name, "SOURCE016", message, "Check that it is the right file.", line)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        begin = content.rfind(b"\n", 0, error.start) + 1
        column = len(content[begin : error.start].decode("utf-8", "replace")) + 1
        odd = content[error.start : error.start + 1]
        shown = odd.decode("cp1252", "replace")
        looks = f"It looks like Windows-1252, in which this is {shown!r}." if shown != "\ufffd" else ""
        message = f"The file is not UTF-8: byte 0x{odd.hex().upper()} stands here. {looks}".rstrip()
        raise _refusal(name, "SOURCE015", message, _SAVE_AS, line, column) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _looks_like_utf16(content: bytes) -> bool:
    """Return whether every second byte is mostly NUL, as in UTF-16 without its mark."""
    head = content[:2000]
    odd, even = head[1::2], head[0::2]
    return max(odd.count(0) / max(len(odd), 1), even.count(0) / max(len(even), 1)) > 0.7


def read_data(path: Path | str) -> Loaded:
    """Return the data of a YAML or JSON file, by the end of its name.

    Raises:
        SourceError: if the name ends otherwise, or the file cannot be read as what it should be.
    """
    name, suffix = str(path), Path(path).suffix.lower()
    if suffix not in {".yaml", ".yml", ".json"} and not Path(path).is_dir():
        read_bytes(path, limit=TEXT_LIMIT)  # a missing file is the better message
        message = f"A file named {suffix or 'without an ending'} is not read here."
        raise _refusal(name, "SOURCE017", message, "Give a file that ends in .yaml, .yml or .json.")
    text = read_text(path)
    return parse_json(text, name) if suffix == ".json" else parse_yaml(text, name)
