"""Give a field's key a form that a spreadsheet accepts as a name, and turn it back."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["FIXED", "HEADINGS", "ITSELF", "NAME_PREFIX", "is_key", "joined", "key_of", "name_of", "parted"]

NAME_PREFIX: Final = "fe."
"""How the names of a report's cells begin."""
ITSELF: Final = "*"
"""What stands for the column of a field whose row is the whole key."""

FIXED: Final = "-"
"""What stands beside a row of text that belongs to the form."""
HEADINGS: Final = "="
"""What stands beside the headings of a table, and beside the keys of its columns."""

_LONGEST: Final = 240
_PLAIN = re.compile(r"[^A-Za-z0-9.]")
_ESCAPED = re.compile(r"_([0-9A-F]{2})")
_ALONE: Final = ("narrative.", "certification.")
_KEY = re.compile(
    r"(deliverable|outcome|training|milestone|budget|fund|total|match|income|narrative|certification)\.\S{1,200}"
)


def is_key(text: str) -> bool:
    """Return whether a text can be the key of a field, or of a row of fields."""
    return _KEY.fullmatch(text) is not None


def name_of(key: str) -> str | None:
    """Return the name of a field's cell: letters, digits and dots as they are, else its code; None if too long."""
    name = NAME_PREFIX + _PLAIN.sub(lambda found: f"_{ord(found[0]):02X}", key)
    return name if len(name) <= _LONGEST else None


def key_of(name: str) -> str | None:
    """Return the key that a name stands for; None if it is none of ours."""
    if not name.lower().startswith(NAME_PREFIX):
        return None
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), name[len(NAME_PREFIX) :])


def parted(key: str) -> tuple[str, str]:
    """Return a key as the row and the column that it stands in."""
    if key.startswith(_ALONE):
        return key, ITSELF
    row, _, column = key.rpartition(".")
    return row, column


def joined(row: str, column: str) -> str:
    """Return the key of a row and a column."""
    return row if column == ITSELF else f"{row}.{column}"
