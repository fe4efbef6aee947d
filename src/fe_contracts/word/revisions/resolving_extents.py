"""Keep bookmarks and comments from standing around nothing where they stood around something."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fe_contracts.word.revisions.resolving_content import PAIRS, drop
from fe_contracts.word.revisions.resolving_names import MATH
from fe_contracts.word.xml import w

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

__all__ = ["drop_emptied", "filled"]

_STARTS: Final = {end: start for start, end in PAIRS.items()}
_TEXT: Final = (w("r"), w("p"), f"{{{MATH}}}r")


def filled(root: etree._Element) -> set[etree._Element]:
    """Return the beginnings of the extents that hold something."""
    if next(root.iter(*PAIRS), None) is None:
        return set()
    return {start for start, _, holds in _extents(root) if holds}


def drop_emptied(root: etree._Element, before: set[etree._Element]) -> None:
    """Drop the extents that held something before and hold nothing now."""
    if not before:
        return
    for start, end, holds in list(_extents(root)):
        if not holds and start in before:
            drop(start)
            drop(end)


def _extents(root: etree._Element) -> Iterator[tuple[etree._Element, etree._Element, bool]]:
    """Yield the beginning and end of each extent, and whether runs or paragraphs stand between."""
    passed = 0
    opened: dict[tuple[str, str | None], tuple[etree._Element, int]] = {}
    for item in root.iter(*PAIRS, *_STARTS, *_TEXT):
        tag = item.tag
        if tag in PAIRS:
            opened[tag, item.get(w("id"))] = item, passed
        elif tag in _STARTS:
            if begun := opened.pop((_STARTS[tag], item.get(w("id"))), None):
                yield begun[0], item, passed > begun[1]
        else:
            passed += 1
