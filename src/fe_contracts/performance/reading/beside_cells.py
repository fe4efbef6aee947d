"""Read what people write beside the cells of a workbook: notes, comments and text boxes.

A report has none of its own. What is written there is sent all the same, perhaps with a name or a number of a Client
in it, so the check must see it.
"""

from __future__ import annotations

import io
import re
from itertools import islice
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["beside_cells"]

_PARTS: Final = (
    (re.compile(r"xl/(?:comments/?)[^/]*\.xml", re.IGNORECASE), "comment", "a note"),
    (re.compile(r"xl/threadedcomments/[^/]*\.xml", re.IGNORECASE), "threadedComment", "a comment"),
    (re.compile(r"xl/drawings/[^/]*\.xml", re.IGNORECASE), "txBody", "a text box"),
)
"""Which parts hold text beside cells, in which element, and what people call it."""
_LONGEST: Final = 40_000
_MOST: Final = 100
_ELEMENTS: Final = 200_000
"""The most elements of a part that are looked at."""


def beside_cells(parts: Mapping[str, bytes], sheet_of: Mapping[str, str] | None = None) -> Iterator[tuple[str, str]]:
    """Yield what each is called and what it says, at most a hundred; a part that is no XML says nothing.

    `sheet_of` says to which sheet a part belongs.
    """
    count = 0
    for part in sorted(parts):
        for pattern, element, called in _PARTS:
            if not pattern.fullmatch(part):
                continue
            for place, said in _texts(parts[part], element):
                sheet = (sheet_of or {}).get(part, "")
                at = f" at {sheet}!{place}" if sheet and place else f" at {place}" if place else ""
                on = f" on {sheet}" if sheet and not place else ""
                yield f"{called}{at}{on}", said
                count += 1
                if count >= _MOST:
                    return


def _texts(content: bytes, element: str) -> Iterator[tuple[str, str]]:
    """Yield the cell and the text of each of these elements."""
    try:
        tree = ET.iterparse(io.BytesIO(content), events=("start", "end"))  # noqa: S314 - no part with a DOCTYPE comes here
        for event, item in islice(tree, _ELEMENTS):
            if event == "start" or item.tag.rpartition("}")[2] != element:
                continue
            said = " ".join("".join(item.itertext()).split())[:_LONGEST]
            if said:
                yield item.get("ref", ""), said
            item.clear()
    except (ET.ParseError, LookupError, ValueError):
        return
