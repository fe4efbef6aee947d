"""Name the elements that redlines walk over."""

from __future__ import annotations

from typing import Final

from fe_contracts.word.xml import w

__all__ = ["RANGES", "names"]


def names(words: str) -> frozenset[str]:
    """Return the elements of the main namespace that are named, as lxml spells them."""
    return frozenset(w(name) for name in words.split())


RANGES: Final = names(
    "bookmarkStart bookmarkEnd commentRangeStart commentRangeEnd permStart permEnd proofErr "
    "customXmlInsRangeStart customXmlInsRangeEnd customXmlDelRangeStart customXmlDelRangeEnd "
    "customXmlMoveFromRangeStart customXmlMoveFromRangeEnd customXmlMoveToRangeStart customXmlMoveToRangeEnd "
    "moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd"
)
"""What has no width: the beginnings and ends of ranges, and marks of the spelling checker."""
