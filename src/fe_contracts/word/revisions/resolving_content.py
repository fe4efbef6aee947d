"""Take content out of a story, or out of its wrapper, so that what is left can stand.

A wrapper that held nothing else goes with its content: an inserted link does not leave an empty link behind. The ends
of bookmarks and comments whose other end stands elsewhere are kept.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from lxml import etree

from fe_contracts.word.revisions.resolving_names import MATH, Side
from fe_contracts.word.xml import w

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["CONTAINERS", "PAIRS", "Story", "drop", "has_content", "prune", "remove", "tidy", "unwrap"]

PAIRS: Final = {
    w("bookmarkStart"): w("bookmarkEnd"),
    w("commentRangeStart"): w("commentRangeEnd"),
    w("permStart"): w("permEnd"),
}
"""What marks an extent of text, by its beginning and its end."""
_KIND_OF: Final = {tag: start for start, end in PAIRS.items() for tag in (start, end)}

_NO_CONTENT: Final[set[object]] = {
    *_KIND_OF,
    *(w(f"{change}Range{end}") for change in ("moveFrom", "moveTo") for end in ("Start", "End")),
    *(
        w(f"customXml{change}Range{end}")
        for change in ("Ins", "Del", "MoveFrom", "MoveTo")
        for end in ("Start", "End")
    ),
    *map(
        w,
        ("proofErr", "rPr", "pPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "fldData", "tblPr", "tblPrEx",
         "tblGrid", "trPr", "tcPr", "sectPr"),
    ),
    *(f"{{{MATH}}}{tag}" for tag in ("oMathParaPr", "argPr", "ctrlPr")),
    etree.Comment,
    etree.ProcessingInstruction,
}  # fmt: skip
"""Properties and marks: what holds nothing else is empty."""

_WRAPPERS: Final = {
    *map(w, ("hyperlink", "fldSimple", "smartTag", "dir", "bdo", "customXml", "sdtContent", "tr", "tbl")),
    *map(w, ("ins", "del", "moveFrom", "moveTo")),
    f"{{{MATH}}}oMath",
    f"{{{MATH}}}oMathPara",
}
CONTAINERS: Final = {
    *map(w, ("body", "tc", "hdr", "ftr", "footnote", "endnote", "comment", "txbxContent", "docPartBody"))
}
_ID: Final = w("id")
_FIELD: Final = w("fldChar")
_REFERENCES: Final = {w("footnoteReference"): "footnotes", w("endnoteReference"): "endnotes"}
_EMPTY_IS_NOTHING: Final = set(map(w, ("rPr", "pPr", "numPr", "trPr", "tcPr", "tblPrEx"))) | {f"{{{MATH}}}ctrlPr"}


@dataclass(slots=True)
class Story:
    """The reading that is wanted of one part, and what went out of it on the way."""

    side: Side
    notes_lost: set[tuple[str, str]] = field(default_factory=set)
    """The foot- and endnotes whose reference went: kind and id."""
    field_parts_lost: bool = False
    """Whether the begin, middle or end of a field went."""


def drop(element: etree._Element) -> None:
    """Take an element away with all it holds."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def prune(element: etree._Element | None) -> None:
    """Take properties away that hold nothing any more."""
    while element is not None and element.tag in _EMPTY_IS_NOTHING and not len(element) and not element.attrib:
        outer = element.getparent()
        drop(element)
        element = outer


def has_content(element: etree._Element) -> bool:
    """Return whether anything stands in it beside properties and marks."""
    return any(child.tag not in _NO_CONTENT for child in element)


def remove(element: etree._Element, story: Story) -> None:
    """Take content out of the story; what it leaves empty goes too, what must not be empty is given a paragraph."""
    parent = element.getparent()
    if parent is None:
        return
    marks = []
    for item in element.iter(*_KIND_OF, *_REFERENCES, _FIELD):
        if item.tag in _KIND_OF:
            marks.append(item)
        elif item.tag == _FIELD:
            story.field_parts_lost = True
        else:
            story.notes_lost.add((_REFERENCES[item.tag], item.get(_ID, "")))
    for mark in _strays(marks) if marks else ():
        element.addprevious(mark)
    parent.remove(element)
    tidy(parent)


def _strays(marks: Sequence[etree._Element]) -> list[etree._Element]:
    """Return the ends of extents whose other end is not among these."""
    numbers = Counter((_KIND_OF[mark.tag], mark.get(_ID)) for mark in marks)
    return [mark for mark in marks if numbers[_KIND_OF[mark.tag], mark.get(_ID)] % 2]


def tidy(element: etree._Element | None) -> None:
    """Take away what a removal has left empty, and what that leaves empty in turn."""
    while element is not None and element.tag in _WRAPPERS and not has_content(element):
        if element.tag == w("sdtContent"):
            control = element.getparent()
            if control is None:
                return
            element = control
        outer = element.getparent()
        if outer is None:
            return
        for mark in list(element.iter(*_KIND_OF)):
            element.addprevious(mark)
        outer.remove(element)
        element = outer
    if element is not None and element.tag in CONTAINERS:
        _settle(element)


def _settle(container: etree._Element) -> None:
    """Give a cell, a note or a body the paragraph that it must hold; a cell must end with one."""
    if has_content(container):
        last = next(child for child in reversed(container) if child.tag not in _NO_CONTENT)
        if container.tag != w("tc") or last.tag != w("tbl"):
            return
    paragraph = etree.Element(w("p"))
    section = container.find(w("sectPr"))
    if section is not None:
        section.addprevious(paragraph)
    else:
        container.append(paragraph)


def unwrap(element: etree._Element) -> None:
    """Put what an element holds into its place."""
    parent = element.getparent()
    if parent is None:
        return
    empty = not len(element)
    for child in list(element):
        element.addprevious(child)
    parent.remove(element)
    if empty:
        tidy(parent)
