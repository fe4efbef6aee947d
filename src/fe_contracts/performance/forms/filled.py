"""Hold what came back in a report, whatever kind of file it was: a value under each key of its form, with its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from fe_contracts.findings import Finding, Where
    from fe_contracts.performance.forms.form import Value

__all__ = ["CellValue", "FilledReport"]


@dataclass(frozen=True, slots=True)
class CellValue:
    """What stands in one place of a report that came back, before it is taken for a count, a day or text."""

    value: Value
    """What the file holds, by its own type; text is not yet taken for a number: see `values.taken_as`."""
    text: str
    """What a person sees there."""
    where: Where
    """The file, and the sheet and cell or the line."""
    formula: str = ""
    """The formula that stands there; empty where the value was typed in."""
    base_1904: bool = False
    """Whether the file counts days from 1904."""


@dataclass(frozen=True)
class FilledReport:
    """A report that came back: what it says of itself, what stands under each key, and what is odd about the file."""

    identity: Mapping[str, str]
    """See `form.IDENTITY`; what the file does not say is not there."""
    values: Mapping[str, CellValue]
    """Every key that was found, empty or not."""
    problems: tuple[Finding, ...]
    """What is odd about the file itself, such as a column that is gone."""
    name: str
    digest: str
    """The SHA-256 of the file's bytes."""
    format: str
    """xlsx, csv or json."""
    extra: tuple[CellValue, ...] = ()
    """What was written outside the fields of the form; at most a hundred."""
    modified: dt.datetime | None = None
    """When the file says that it was last saved; no proof of anything."""
    gone: frozenset[str] = frozenset()
    """The keys of fields whose cells were deleted: `problems` tells them, row by row."""
