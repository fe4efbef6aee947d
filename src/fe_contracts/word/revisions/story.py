"""Read what stands in a body, a cell, a header or a note: paragraphs and tables, with the controls around them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fe_contracts.word.xml import w

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

__all__ = ["Placed", "cells_of", "placed", "rows_of"]

_P, _TBL, _SDT, _CONTENT, _CUSTOM, _TR, _TC = (
    w(name) for name in ("p", "tbl", "sdt", "sdtContent", "customXml", "tr", "tc")
)
_OWNERS: Final = ("clause:", "part:", "reserved:")
_OTHER: Final = {w("altChunk"), w("subDoc")}


@dataclass(slots=True, eq=False)
class Placed:
    """A paragraph or a table, and the controls that it stands in, from outside."""

    element: etree._Element
    boxes: tuple[etree._Element, ...]
    place: str

    @property
    def is_table(self) -> bool:
        """Return whether it is a table."""
        return bool(self.element.tag == _TBL)


def placed(container: etree._Element) -> list[Placed]:
    """Return the paragraphs and tables of a container, those in controls among them."""
    return list(_walk(container, (), ""))


def _walk(container: etree._Element, boxes: tuple[etree._Element, ...], place: str) -> Iterator[Placed]:
    for child in container:
        if child.tag in {_P, _TBL}:
            yield Placed(child, boxes, place)
        elif child.tag == _SDT:
            content = child.find(_CONTENT)
            if content is not None:
                yield from _walk(content, (*boxes, child), _place_of(child) or place)
        elif child.tag == _CUSTOM:
            yield from _walk(child, (*boxes, child), place)


def _place_of(control: etree._Element) -> str:
    """Return the clause instance that a control of ours holds, whatever its version."""
    tag = control.find(f"{w('sdtPr')}/{w('tag')}")
    name = "" if tag is None else tag.get(w("val"), "")
    if not name.startswith(_OWNERS):
        return ""
    kind, _, rest = name.partition(":")
    instance, _, version = rest.partition("@")
    return f"part:{instance}:{version.partition(':')[2]}" if kind == "part" else f"clause:{instance}"


def rows_of(table: etree._Element) -> list[etree._Element]:
    """Return the rows of a table, those in controls among them, and not those of tables inside it."""
    return list(_within(table, _TR))


def cells_of(row: etree._Element) -> list[etree._Element]:
    """Return the cells of a row, those in controls among them."""
    return list(_within(row, _TC))


def _within(parent: etree._Element, wanted: str) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag == wanted:
            yield child
        elif child.tag in {_SDT, _CONTENT, _CUSTOM}:
            yield from _within(child, wanted)
