"""Write the marks of tracked changes: who, when, a number of its own for each; and mark whole paragraphs and rows."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from typing import TYPE_CHECKING, Final, cast

from lxml import etree

from fe_contracts.word.revisions.naming import RANGES, names
from fe_contracts.word.revisions.story import WRAPPERS, stray
from fe_contracts.word.xml import w

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "DELETED",
    "INSERTED",
    "KEPT",
    "MOVED_FROM",
    "MOVED_TO",
    "Marker",
    "as_deleted",
    "before_change",
    "bracket",
    "empty_like",
    "empty_run",
    "ensure_properties",
    "without",
]

KEPT: Final = ""
INSERTED: Final = "ins"
DELETED: Final = "del"
MOVED_FROM: Final = "moveFrom"
MOVED_TO: Final = "moveTo"

_P, _P_PR, _R_PR, _R, _T, _DEL_TEXT = (w(name) for name in ("p", "pPr", "rPr", "r", "t", "delText"))
_SIMPLE: Final = w("fldSimple")
_INSTR, _DEL_INSTR = w("instrText"), w("delInstrText")
_BLOCK_PROPERTIES: Final = names(
    "pPr tblPr tblGrid trPr tcPr tblPrEx sdtPr sdtEndPr smartTagPr customXmlPr sectPr fldData"
)
_MARKERS: Final = RANGES
_DESCEND: Final = names("hyperlink fldSimple smartTag customXml sdt sdtContent dir bdo tbl tr tc")
_PRESERVE: Final = "{http://www.w3.org/XML/1998/namespace}space"


class Marker:
    """Makes marks: one author, one date, numbers from the first that is free."""

    __slots__ = ("author", "counts", "date", "next_id", "taken", "unrecorded")

    def __init__(self, author: str, date: str, next_id: int = 1, *, taken: frozenset[int] = frozenset()) -> None:
        """Begin with a number; `taken` are those of others, looked at only where the first lies among them."""
        self.author = author
        self.date = date
        self.next_id = next_id
        self.counts: Counter[str] = Counter()
        self.taken = taken
        self.unrecorded = 0  # changes of properties that found the record of somebody else in their place

    def attributes(self) -> dict[str, str]:
        """Return the attributes of a new mark."""
        while self.next_id in self.taken:
            self.next_id += 1
        self.next_id += 1
        return {w("id"): str(self.next_id - 1), w("author"): self.author, w("date"): self.date}

    def count(self, kind: str, since: int) -> None:
        """Count a change, if a mark was made since `next_id` was this: somebody else's marks are not ours."""
        if self.next_id != since:
            self.counts[kind] += 1

    def mark(self, tag: str) -> etree._Element:
        """Return a new mark."""
        return etree.Element(w(tag), self.attributes())

    def mark_paragraph_end(self, paragraph: etree._Element, state: str) -> None:
        """Mark the paragraph mark as inserted, deleted or moved."""
        properties = ensure_properties(paragraph)
        run = properties.find(_R_PR)
        if run is None:
            run = etree.Element(_R_PR)
            place = len(properties)
            while place and properties[place - 1].tag in {w("sectPr"), w("pPrChange")}:
                place -= 1
            properties.insert(place, run)
        same = (INSERTED, MOVED_TO) if state in {INSERTED, MOVED_TO} else (state,)
        if all(run.find(w(name)) is None for name in same):  # else somebody else's mark says it already
            run.insert(0, self.mark(state))

    def record(self, properties: etree._Element, old: etree._Element | None, tag: str) -> None:
        """Record in new properties what the old ones were; `tag` is that of the record, such as `pPrChange`.

        A record of somebody else is left: there can be one only, and it is counted.
        """
        if properties.find(w(tag)) is not None:
            self.unrecorded += 1
            return
        change = self.mark(tag)
        if old is None:
            old = etree.Element(properties.tag)
        change.append(old)
        properties.append(change)

    def mark_all(self, container: etree._Element, state: str, *, rows: str = "") -> None:
        """Mark all text inside as inserted, deleted or moved, and the ends of the paragraphs and rows inside.

        `rows` marks the rows, which cannot be moved, only inserted and deleted.
        """
        self._mark(container, state, rows or state, inline=container.tag == _P)
        if container.tag == w("tr"):
            self.mark_row(container, rows or state)

    def _mark(self, container: etree._Element, state: str, rows: str, *, inline: bool) -> None:
        for child in list(container):
            tag = child.tag
            if tag == _P:
                self._mark(child, state, rows, inline=True)
                self.mark_paragraph_end(child, state)
            elif tag in _DESCEND or (not inline and tag in WRAPPERS):
                if tag == _SIMPLE and not len(child):
                    child.append(empty_run()[0])  # the mark must hold something: a field that was never computed
                self._mark(child, state, rows, inline=inline)
                if tag == w("tr"):
                    self.mark_row(child, rows)
            elif inline and tag not in _BLOCK_PROPERTIES and tag not in _MARKERS and isinstance(tag, str):
                self._wrap(child, state)
            elif not inline:
                stray(child)

    def _wrap(self, child: etree._Element, state: str) -> None:
        """Put a run into a mark, the one before it if that is the same kind."""
        if state in {INSERTED, MOVED_TO} and child.tag in {w("ins"), w("moveTo")}:
            return  # somebody else's mark says it already
        before = child.getprevious()
        wrapper = (
            before
            if before is not None
            and before.tag == w(state)
            and before.get(w("author")) == self.author
            and before.get(w("date")) == self.date
            else None
        )
        if wrapper is None:
            wrapper = self.mark(state)
            child.addprevious(wrapper)
        wrapper.append(child)
        child.tail = None
        if state == DELETED:
            as_deleted(child)

    def mark_row(self, row: etree._Element, state: str) -> None:
        """Mark a row as inserted or deleted."""
        properties = row.find(w("trPr"))
        if properties is None:
            properties = etree.Element(w("trPr"))
            place = 0
            while place < len(row) and row[place].tag == w("tblPrEx"):
                place += 1
            row.insert(place, properties)
        if properties.find(w(state)) is not None:
            return
        change = self.mark(state)
        last = properties.find(w("trPrChange"))
        if last is not None:
            last.addprevious(change)
        else:
            properties.append(change)


def bracket(marker: Marker, paragraphs: Sequence[etree._Element], state: str, name: str) -> None:
    """Put the beginning of a move's range into the first of the paragraphs, and its end into the last."""
    start = marker.mark(f"{state}RangeStart")
    start.set(w("name"), name)
    properties = paragraphs[0].find(_P_PR)
    if properties is not None:
        properties.addnext(start)
    else:
        paragraphs[0].insert(0, start)
    etree.SubElement(paragraphs[-1], w(f"{state}RangeEnd"), {w("id"): start.get(w("id"), "")})


def as_deleted(element: etree._Element) -> None:
    """Write the text of a run as deleted text; text boxes inside keep theirs."""
    for child in element if element.tag == _R else element.iter(_R):
        if element.tag == _R:
            _renamed(child)
        else:
            for part in child:
                _renamed(part)


def _renamed(node: etree._Element) -> None:
    if node.tag == _T:
        node.tag = _DEL_TEXT
        if node.text and node.get(_PRESERVE) != "preserve":
            node.text = node.text.strip(" \t\r\n")  # what Word shows of it
        node.set(_PRESERVE, "preserve")
    elif node.tag == _INSTR:
        node.tag = _DEL_INSTR


def ensure_properties(paragraph: etree._Element) -> etree._Element:
    """Return the properties of a paragraph, made if it has none."""
    properties = paragraph.find(_P_PR)
    if properties is None:
        properties = etree.Element(_P_PR)
        paragraph.insert(0, properties)
    return properties


def empty_like(element: etree._Element) -> etree._Element:
    """Return a copy of an element without its content."""
    return etree.Element(
        element.tag, cast("dict[str, str]", dict(element.attrib)), cast("dict[str, str]", element.nsmap)
    )


def empty_run() -> tuple[etree._Element, etree._Element]:
    """Return a run with an empty text, and the text."""
    run = etree.Element(_R)
    return run, etree.SubElement(run, _T)


def before_change(properties: etree._Element | None, change: str) -> etree._Element | None:
    """Return properties as they were before somebody else's change of them, if the file tracks one."""
    record = None if properties is None else properties.find(w(change))
    if record is None:
        return properties
    return next(iter(record), None)


def without(properties: etree._Element | None, names: Iterable[str]) -> etree._Element | None:
    """Return a copy of properties without some of its children; None if nothing is left."""
    if properties is None:
        return None
    copy = deepcopy(properties)
    gone = {w(name) for name in names}
    for child in list(copy):
        if child.tag in gone:
            copy.remove(child)
    return copy if len(copy) or copy.attrib else None
