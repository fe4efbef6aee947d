"""Name the elements that record tracked changes, and say what each of them changed.

One element name has several meanings: `w:ins` around runs is inserted text, in the properties of a paragraph mark an
inserted paragraph, in those of a row an inserted row. Which one it is, its parent tells.
"""

from __future__ import annotations

from enum import Enum, StrEnum
from itertools import islice
from typing import TYPE_CHECKING, Final

from fe_contracts.word.xml import W, w

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml import etree

__all__ = ["MATH", "ORDER", "Role", "Side", "counted", "role"]

MATH: Final = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_CONFLICTS: Final = tuple(
    f"{{http://schemas.microsoft.com/office/word/2010/wordml}}{tag}"
    for tag in ("conflictIns", "conflictDel", "customXmlConflictInsRangeStart", "customXmlConflictDelRangeStart")
)


class Side(StrEnum):
    """Which reading of the tracked changes is wanted."""

    ACCEPT = "accept"
    """The document as it stands when every change is made."""
    REJECT = "reject"
    """The document as it stood before."""

    @property
    def gone(self) -> frozenset[str]:
        """Return the elements whose content is not in this reading."""
        return _GONE[self]


class Role(Enum):
    """What an element that records a change is about."""

    CONTENT = "runs, or what holds runs"
    PARAGRAPH = "the mark at the end of a paragraph"
    RUN = "a run, by a mark in its properties"
    ROW = "a row of a table"
    NUMBERING = "the numbering of a paragraph"
    MATH_OBJECT = "a fraction, a root or another structure of a formula"
    MATH_RUN = "a run of a formula"
    CELL = "a cell of a table"
    MERGE = "the vertical merging of a cell"
    RECORD = "the properties as they were"
    NUMBER_RECORD = "the number as it was"
    CONTROL_RANGE = "the tags of content controls"
    MOVE_RANGE = "the extent of a move"
    CONFLICT = "an edit in conflict with somebody else's, which the standard does not define"
    OLD = "a mark among properties as they were"


_GONE: Final = {
    Side.ACCEPT: frozenset(
        map(w, ("del", "moveFrom", "cellDel", "customXmlDelRangeStart", "customXmlMoveFromRangeStart"))
    ),
    Side.REJECT: frozenset(map(w, ("ins", "moveTo", "cellIns", "customXmlInsRangeStart", "customXmlMoveToRangeStart"))),
}

_MARKS: Final = frozenset(map(w, ("ins", "del", "moveFrom", "moveTo")))
_PLACES: Final = {
    w("trPr"): Role.ROW,
    w("numPr"): Role.NUMBERING,
    f"{{{MATH}}}ctrlPr": Role.MATH_OBJECT,
    f"{{{MATH}}}r": Role.MATH_RUN,
}
"""What a mark is about that stands in one of these; elsewhere it holds content."""

_RECORDS: Final = {
    "rPrChange": "formatting",
    "pPrChange": "paragraph_properties",
    "sectPrChange": "sections",
    "tblPrChange": "table_properties",
    "tblPrExChange": "table_properties",
    "tblGridChange": "table_properties",
    "trPrChange": "table_properties",
    "tcPrChange": "table_properties",
}
_CONTROL_RANGES: Final = tuple(
    f"customXml{change}Range{end}" for change in ("Ins", "Del", "MoveFrom", "MoveTo") for end in ("Start", "End")
)
_MOVE_RANGES: Final = tuple(f"{change}Range{end}" for change in ("moveFrom", "moveTo") for end in ("Start", "End"))

_ROLES: Final = {
    **{w(tag): Role.RECORD for tag in _RECORDS},
    **{w(tag): Role.CONTROL_RANGE for tag in _CONTROL_RANGES},
    **{w(tag): Role.MOVE_RANGE for tag in _MOVE_RANGES},
    **dict.fromkeys((w("cellIns"), w("cellDel")), Role.CELL),
    w("cellMerge"): Role.MERGE,
    w("numberingChange"): Role.NUMBER_RECORD,
    **dict.fromkeys(_CONFLICTS, Role.CONFLICT),
}
ORDER: Final = (*_MARKS, *_ROLES)
"""Every element that matters, for one pass over a part."""

_KINDS: Final = (
    "insertions", "deletions", "moves", "formatting", "paragraph_properties", "numbering", "table_rows", "table_cells",
    "table_properties", "sections", "content_controls",
)  # fmt: skip
_INSERTED: Final = w("ins")
_DELETED: Final = w("del")
_RUN_PROPERTIES: Final = w("rPr")
_MOVE_STARTS: Final = {w("moveFromRangeStart"), w("moveToRangeStart")}
_MOVED: Final = {w("moveFrom"), w("moveTo"), w("moveFromRangeEnd"), w("moveToRangeEnd")}
_OLDS: Final = frozenset(map(w, _RECORDS))
_OWNERS: Final = {w("r"): Role.RUN, w("pPr"): Role.PARAGRAPH}
_IN_PROPERTIES: Final = {
    Role.PARAGRAPH, Role.RUN, Role.ROW, Role.CELL, Role.MERGE, Role.NUMBERING, Role.NUMBER_RECORD,
}  # fmt: skip
_DEEPEST_PROPERTY: Final = 4
"""How far up the record of old properties stands at most: pPrChange, pPr, rPr or numPr, the mark."""


def role(element: etree._Element) -> Role:
    """Return what an element that records a change is about."""
    if element.tag not in _MARKS:
        found = _ROLES[element.tag]
        return Role.OLD if found in _IN_PROPERTIES and _is_old(element) else found
    parent = element.getparent()
    while parent is not None and parent.tag in _MARKS:  # somebody deleted what another had inserted
        parent = parent.getparent()
    if parent is None:
        return Role.CONTENT
    if parent.tag == _RUN_PROPERTIES:
        owner = parent.getparent()
        found = Role.OLD if owner is None else _OWNERS.get(owner.tag, Role.OLD)
    else:
        found = _PLACES.get(parent.tag, Role.CONTENT)
    return Role.OLD if found in _IN_PROPERTIES and _is_old(element) else found


def _is_old(element: etree._Element) -> bool:
    """Return whether a mark stands among properties as they were, where it says nothing of what is there now."""
    return any(owner.tag in _OLDS for owner in islice(element.iterancestors(), _DEEPEST_PROPERTY))


def _kind(element: etree._Element, what: Role) -> str | None:
    """Return what people call the change, or nothing for what only belongs to one."""
    if what in {Role.CONFLICT, Role.OLD}:
        return None
    if what is Role.RECORD:
        return _RECORDS[element.tag.removeprefix(f"{{{W}}}")]
    if what is Role.CONTROL_RANGE:
        return "content_controls" if element.tag.endswith("Start") else None
    if what in {Role.ROW, Role.CELL, Role.MERGE}:
        return "table_rows" if what is Role.ROW else "table_cells"
    if what in {Role.NUMBERING, Role.NUMBER_RECORD}:
        return "numbering"
    if element.tag == _INSERTED:
        return "insertions"
    return "deletions" if element.tag == _DELETED else None


def counted(elements: Iterable[etree._Element]) -> dict[str, int]:
    """Return how many changes of each kind these elements record; a move counts once."""
    counts = dict.fromkeys(_KINDS, 0)
    moves: set[str] = set()
    for element in elements:
        if kind := _kind(element, role(element)):
            counts[kind] += 1
        elif element.tag in _MOVE_STARTS:
            moves.add(element.get(w("name"), ""))
        elif element.tag in _MOVED:
            counts["moves"] = 1  # moved text without its extent, unless that is found too
    counts["moves"] = len(moves) or counts["moves"]
    counts["content_controls"] = (counts["content_controls"] + 1) // 2  # one range around each of the two tags
    return {kind: number for kind, number in counts.items() if number}
