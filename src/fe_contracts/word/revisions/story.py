"""Read what stands in a body, a cell, a header or a note: paragraphs and tables, with the controls around them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fe_contracts.word.revisions.naming import RANGES, names
from fe_contracts.word.xml import w

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

__all__ = [
    "WRAPPERS",
    "Placed",
    "StrayTextError",
    "cells_of",
    "content_of",
    "first_stray",
    "placed",
    "rows_of",
    "stray",
]

_P, _TBL, _SDT, _CONTENT, _TR, _TC = (w(name) for name in ("p", "tbl", "sdt", "sdtContent", "tr", "tc"))
_OWNERS: Final = ("clause:", "part:", "reserved:")
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_ALTERNATIVES: Final = f"{_MC}AlternateContent"
WRAPPERS: Final = names("customXml smartTag hyperlink fldSimple dir bdo ins moveTo") | {
    _ALTERNATIVES,
    f"{_MC}Choice",
    f"{_MC}Fallback",
}
"""What may stand around blocks, rows and cells; most of them should not, and some programs write them all the same."""
_CONTROL_PROPERTIES: Final = names("sdtPr sdtEndPr")
_MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FORMULAS: Final = {f"{_MATH}oMath", f"{_MATH}oMathPara"}
_SILENT: Final = RANGES | names("sectPr tcPr sdtPr sdtEndPr customXmlPr smartTagPr")
"""What stands beside blocks and says nothing that is read with them."""
_HOLDERS: Final = names("body hdr ftr footnote endnote tc txbxContent")
_TEXTS: Final = names("t delText instrText delInstrText")


class StrayTextError(Exception):
    """Text stands where the format has no place for text: no change of it could be tracked."""

    def __init__(self, element: etree._Element) -> None:
        super().__init__(str(element.tag).rpartition("}")[2])


class Placed:
    """A paragraph or a table, and the controls that it stands in, from outside."""

    __slots__ = ("boxes", "element", "place")

    def __init__(self, element: etree._Element, boxes: tuple[etree._Element, ...], place: str) -> None:
        self.element = element
        self.boxes = boxes
        self.place = place

    @property
    def is_table(self) -> bool:
        """Return whether it is a table."""
        return bool(self.element.tag == _TBL)


def placed(container: etree._Element, others: list[etree._Element] | None = None) -> list[Placed]:
    """Return the paragraphs and tables of a container, those in controls among them.

    `others` is given what stands between them and takes no mark: documents to be taken in, formulas, whatever is not
    known.
    """
    return list(_walk(container, (), "", [] if others is None else others))


def _walk(
    container: etree._Element, boxes: tuple[etree._Element, ...], place: str, others: list[etree._Element]
) -> Iterator[Placed]:
    for child in container:
        if child.tag in {_P, _TBL}:
            yield Placed(child, boxes, place)
        elif child.tag == _SDT:
            content = content_of(child)
            if content is not None:
                yield from _walk(content, (*boxes, child), _place_of(child) or place, others)
        elif child.tag in WRAPPERS:
            inner = _shown(child)
            if inner is not None:
                yield from _walk(inner, (*boxes, child), place, others)
        elif child.tag not in _SILENT:
            if child.tag not in _FORMULAS:
                stray(child)
            others.append(child)


def content_of(control: etree._Element) -> etree._Element | None:
    """Return what a control holds.

    Raises:
        StrayTextError: if there is text in it besides.
    """
    content = None
    for child in control:
        if child.tag == _CONTENT and content is None:
            content = child
        elif child.tag not in _CONTROL_PROPERTIES:
            stray(child)
    return content


def first_stray(story: etree._Element) -> StrayTextError | None:
    """Return where the first text stands that the format has no place for, if any does; it takes its time."""
    holders = list(story.iter(*_HOLDERS)) or [story]
    try:
        for holder in holders:
            placed(holder)
        for table in story.iter(_TBL):
            rows_of(table)
        for row in story.iter(_TR):
            cells_of(row)
        for control in story.iter(_SDT):
            content_of(control)
    except StrayTextError as error:
        return error
    return None


def stray(element: etree._Element) -> None:
    """Refuse an element between blocks, rows or cells that holds text: it would be lost.

    Raises:
        StrayTextError: if it does.
    """
    if any(item.text for item in element.iter(*_TEXTS)):
        raise StrayTextError(element)


def _shown(wrapper: etree._Element) -> etree._Element | None:
    """Return what holds the content of a wrapper: of alternatives, the first."""
    if wrapper.tag != _ALTERNATIVES:
        return wrapper
    choice = wrapper.find(f"{_MC}Choice")
    return wrapper.find(f"{_MC}Fallback") if choice is None else choice


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
        elif child.tag == _SDT:
            content = content_of(child)
            if content is not None:
                yield from _within(content, wanted)
        elif child.tag in WRAPPERS:
            inner = _shown(child)
            if inner is not None:
                yield from _within(inner, wanted)
        else:
            stray(child)
