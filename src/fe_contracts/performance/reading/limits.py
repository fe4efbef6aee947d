"""Say how far a workbook from outside is read: what no report reaches is cut off or refused, so that none can hurt."""

from __future__ import annotations

from typing import Final

from fe_contracts.exceptions import UnsafeFileError
from fe_contracts.sources.intake import refusal

__all__ = [
    "ALL_ELEMENTS",
    "MAX_CELLS",
    "MAX_MARKS",
    "MAX_MERGED",
    "MAX_ROWS",
    "MAX_STRING_MARKS",
    "SHEET_ELEMENTS",
    "broken",
    "refuse_more_than",
]

MAX_CELLS: Final = 30_000
"""The most cells of one sheet that are read: a report has a few hundred."""
MAX_ROWS: Final = 200_000
MAX_MERGED: Final = 1_000
SHEET_ELEMENTS: Final = 400_000
"""The most XML elements of one sheet that are looked at, formats of empty cells among them."""
ALL_ELEMENTS: Final = 700_000
"""The same of all sheets together."""
MAX_MARKS: Final = 400_000
"""The most angle brackets of a part that is read as a whole."""
MAX_STRING_MARKS: Final = 4_000_000
"""The same of the texts that cells share."""


def refuse_more_than(limit: int, name: str, part: str, content: bytes) -> None:
    """Refuse a part whose tree would be far larger than that of any report.

    Raises:
        UnsafeFileError: if it has more angle brackets than that.
    """
    if content.count(b"<") > limit:
        said = "holds far more than a report does."
        raise UnsafeFileError(name, [refusal(name, "SHEET008", part, said, "Copy the figures into a new report.")])


def broken(name: str, part: str, error: Exception) -> UnsafeFileError:
    """Return the refusal of a part that cannot be read."""
    said = f"is missing or not well-formed XML ({type(error).__name__})."
    return UnsafeFileError(name, [refusal(name, "SHEET006", part, said, "Open the file in Excel and save it again.")])
