"""Make text harmless that a spreadsheet would take for a formula."""

from __future__ import annotations

__all__ = ["safe_cell"]

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""How a formula may begin, in full width too: some programs read these as the plain signs."""


def safe_cell(text: str) -> str:
    """Return the text with an apostrophe before it if a spreadsheet would calculate it, or else as it is."""
    return f"'{text}" if text.lstrip(" ").startswith(_STARTS) else text
