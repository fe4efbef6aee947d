"""Read one file of a library: its text, the two halves of a clause version, and what the cache keeps of it."""

from __future__ import annotations

import datetime as dt
import json
import unicodedata
from contextlib import suppress
from typing import TYPE_CHECKING

from pydantic import ValidationError

from fe_contracts.catalog.grammar import parse_wording
from fe_contracts.exceptions import CatalogError, SourceError
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.model.clause import VersionFrontMatter
from fe_contracts.sources import parse_yaml, try_checked

if TYPE_CHECKING:
    from fe_contracts.catalog.cache import Cache
    from fe_contracts.catalog.files import LibraryFile
    from fe_contracts.catalog.wording import Wording

__all__ = [
    "brief_of",
    "cached_front",
    "front_of",
    "key_of",
    "line_of",
    "not_utf8",
    "parsed_wording",
    "text_of",
    "wording_of",
]


def brief_of(known: str | None) -> tuple[str, str | None, bool, list[str]] | None:
    """Return what the index needs of a version, or nothing where the cache does not know it or is damaged."""
    try:
        effective, expires, retires, defines = json.loads(known or "")
        dt.date.fromisoformat(effective)
        if expires is not None:
            dt.date.fromisoformat(expires)
    except (TypeError, ValueError):
        return None
    return effective, expires, bool(retires), [str(term) for term in defines]


def line_of(file: LibraryFile, field: str) -> Where:
    """Return the place of a field in a YAML file that was read before."""
    return parse_yaml(text_of(file), file.path).where((field,))


def key_of(file: LibraryFile) -> str:
    """Return what the cache keeps a file's content under: what it is, and its digest."""
    return f"{file.kind} {file.name} {file.number} {file.digest}"


def not_utf8(file: LibraryFile) -> Finding:
    """Return the problem of a file that is not UTF-8."""
    return Finding("CATALOG060", Severity.ERROR, "The file is not UTF-8.", Where(file.path), "Save it as UTF-8.")


def text_of(file: LibraryFile) -> str:
    """Return a file's text in the form its digest is taken of: plain line endings, Unicode form C."""
    try:
        text = file.raw.decode("utf-8")
    except UnicodeDecodeError:
        raise SourceError(file.path, [not_utf8(file)]) from None
    return unicodedata.normalize("NFC", text.removeprefix("\ufeff").replace("\r\n", "\n"))


def _halves(file: LibraryFile) -> tuple[str, str, int]:
    """Return front matter, wording, and the line the wording begins on.

    Raises:
        SourceError: if the two lines of three hyphens are not there.
    """
    text = text_of(file)
    if text.endswith("\n---"):
        text += "\n"
    end = text.find("\n---\n", 3)
    if not text.startswith("---\n") or end < 0:
        problem = Finding(
            "CATALOG070",
            Severity.ERROR,
            "The front matter is not set off.",
            Where(file.path, 1),
            "Begin the file with a line of three hyphens and end the front matter with another.",
        )
        raise SourceError(file.path, [problem])
    front, body = text[4 : end + 1], text[end + 5 :]
    return front, body, front.count("\n") + 3


def front_of(file: LibraryFile) -> tuple[VersionFrontMatter | None, tuple[Finding, ...]]:
    """Return a version's front matter, or nothing and every problem of it."""
    front, _, _ = _halves(file)
    return try_checked(parse_yaml(front, file.path, first_line=2), VersionFrontMatter)


def parsed_wording(file: LibraryFile) -> tuple[Wording, tuple[Finding, ...]]:
    """Return a version's wording as a tree, and every problem of it."""
    _, body, line = _halves(file)
    return parse_wording(body, f"{file.name}@{file.number}", file.path, line)


def wording_of(file: LibraryFile) -> Wording:
    """Return the wording of a version that was checked before."""
    return parsed_wording(file)[0]


def cached_front(cache: Cache, key: str, file: LibraryFile) -> VersionFrontMatter:
    """Return the front matter of a version that was checked before, read anew if the cache lost it."""
    data = cache.data(key)
    if data:
        with suppress(ValidationError):
            return VersionFrontMatter.model_validate_json(data)
    front, problems = front_of(file)
    if front is None:
        raise CatalogError(file.path, problems)
    return front
