"""Hold what was read from one file: plain data, and where in the file each part of it stands."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fe_contracts.findings import Where

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Loaded", "Path_", "digest_of", "field_name"]

Path_ = tuple[str | int, ...]
"""The way from the top of a file to one value: names of fields and, in lists, places counted from 0."""


def field_name(path: Path_) -> str:
    """Return the path as a person writes it: `funding[0].amount`."""
    written = ""
    for step in path:
        if isinstance(step, int):
            written += f"[{step}]"
        else:
            written += f".{step}" if written else step
    return written


def digest_of(text: str) -> str:
    """Return the digest of the text's content, the same whatever its line endings and Unicode form.

    A checkout on Windows, or a Mac that decomposes accents, is no change.
    """
    normal = unicodedata.normalize("NFC", text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
    return "sha256:" + hashlib.sha256(normal.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True)
class Loaded:
    """One file's data with its places: numbers are `int` or `Decimal`, never `float`; dates are text."""

    name: str
    """What the file is called in messages."""
    data: Any
    """Mappings, lists, text, int, Decimal, bool and None."""
    places: Mapping[Path_, tuple[int, int]] = field(repr=False)
    """Line and column, from 1: of a field's name, of a list's entry."""
    digest: str
    """The digest of the text it was read from."""
    files: Mapping[Path_, str] = field(default_factory=dict, repr=False)
    """The file of each value that was laid over this one from elsewhere, such as a table's row."""

    def where(self, path: Path_) -> Where:
        """Return the place of the value at the path, or of the nearest thing around it that is there."""
        known = path
        while known not in self.places and known:
            known = known[:-1]
        line, column = self.places.get(known, (0, 0))
        return Where(self.files.get(known, self.name), line, column, field_name(path))
