"""Rewrite a copy of the old document's markup for the new document: every reference that stands in it.

What cannot stand twice in a file, or belongs to nobody there, is left out: bookmarks, comments, permissions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from lxml import etree

from fe_contracts.word.revisions.carrying_ids import DOC_PR, VML, FreshIds
from fe_contracts.word.revisions.carrying_styles import STYLE_REFERENCES
from fe_contracts.word.xml import OFFICE_REL, W, w

if TYPE_CHECKING:
    from collections.abc import Callable

    from fe_contracts.word.revisions.carrying_ids import Bookmarks
    from fe_contracts.word.revisions.carrying_namespaces import Namespaces
    from fe_contracts.word.revisions.carrying_notes import NoteKind, NoteParts
    from fe_contracts.word.revisions.carrying_parts import Parts
    from fe_contracts.word.revisions.carrying_remarks import Remarks
    from fe_contracts.word.revisions.editable import EditablePackage

__all__ = ["LEFT_OUT", "Copies", "Links", "without_what_a_record_cannot_hold"]

_VALUE: Final = w("val")
_WORD: Final = f"{{{W}}}"
_RELATION: Final = f"{{{OFFICE_REL}}}"
_VML_RELATION: Final = "{urn:schemas-microsoft-com:office:office}relid"
_W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_PARAGRAPH_IDS: Final = (f"{_W14}paraId", f"{_W14}textId")
_BINDINGS: Final = (w("dataBinding"), "{http://schemas.microsoft.com/office/word/2012/wordml}dataBinding")

LEFT_OUT: Final = frozenset(
    w(name)
    for name in (
        "annotationRef",
        "bookmarkEnd",
        "bookmarkStart",
        "commentRangeEnd",
        "commentRangeStart",
        "commentReference",
        "permEnd",
        "permStart",
        "printerSettings",
        "proofErr",
    )
)
"""What a copy never holds."""
_NOTHING_WITHOUT_TARGET: Final = frozenset(
    w(name) for name in ("altChunk", "contentPart", "control", "footerReference", "headerReference", "subDoc")
)
_RELATED: Final = _NOTHING_WITHOUT_TARGET | {w("hyperlink"), w("movie")}
"""What in the main namespace may point at another part; what comes from other namespaces is looked at anyway."""
_RECORDS: Final = frozenset(
    w(name)
    for name in (
        "numberingChange",
        "pPrChange",
        "rPrChange",
        "sectPrChange",
        "tblGridChange",
        "tblPrChange",
        "tblPrExChange",
        "tcPrChange",
        "trPrChange",
    )
)
_NOT_IN_RECORDS: Final = {
    w("pPr"): frozenset({w("rPr"), w("sectPr")}),
    w("sectPr"): frozenset({w("headerReference"), w("footerReference"), w("printerSettings")}),
    w("trPr"): frozenset({w("ins"), w("del")}),
}


class Links(NamedTuple):
    """What references lead to, in both documents."""

    parts: Parts
    notes: NoteParts
    namespaces: Namespaces
    bookmarks: Bookmarks
    remarks: Remarks
    style: Callable[[str], str]
    numbering: Callable[[str], str]


class Copies:
    """Copies of the old document's markup, rewritten in place."""

    def __init__(self, new: EditablePackage, links: Links) -> None:
        self._links, self._ids = links, FreshIds(new)
        self._words: dict[str, Callable[[etree._Element, str, str], None]] = {
            w("numId"): self._list,
            w("footnoteReference"): self._note,
            w("endnoteReference"): self._note,
            w("p"): _forget_ids,
            w("tr"): _forget_ids,
            w("sdtPr"): self._control,
        }
        self._words |= dict.fromkeys(STYLE_REFERENCES, self._style)
        self._words |= dict.fromkeys(_RELATED, self._relations)
        self._words |= dict.fromkeys(LEFT_OUT, self._leave_out)

    def rewrite(self, copy: etree._Element, old_part: str, new_part: str) -> None:
        """Rewrite the references in a copy that goes from a part of the old document to one of the new."""
        foreign = shapes = False
        for node in list(copy.iter(etree.Element)):
            if node.tag.startswith(_WORD):
                work = self._words.get(node.tag)
                if work is not None and (node is not copy or node.tag not in LEFT_OUT):
                    work(node, old_part, new_part)
            else:
                foreign, shapes = True, shapes or node.tag.startswith(VML)
                self._foreign(node, old_part, new_part)
        if shapes:
            self._ids.shapes(copy)
        if foreign or len(copy.nsmap) > 1:
            self._links.namespaces.admit(copy, old_part, new_part)

    def link(self, copy: etree._Element, old_part: str, new_part: str) -> None:
        """Rewrite what points at other parts and nothing else: for definitions, whose styles and lists are special."""
        for node in list(copy.iter(etree.Element)):
            self._relations(node, old_part, new_part)
        self._links.namespaces.admit(copy, old_part, new_part)

    def _style(self, node: etree._Element, _old_part: str, _new_part: str) -> None:
        node.set(_VALUE, self._links.style(node.get(_VALUE, "")))

    def _list(self, node: etree._Element, _old_part: str, _new_part: str) -> None:
        node.set(_VALUE, self._links.numbering(node.get(_VALUE, "")))

    def _note(self, node: etree._Element, _old_part: str, _new_part: str) -> None:
        kind: NoteKind = "footnote" if node.tag == w("footnoteReference") else "endnote"
        node.set(w("id"), self._links.notes.reference(kind, node.get(w("id"), "")))

    def _control(self, node: etree._Element, _old_part: str, _new_part: str) -> None:
        for child in node.findall(w("id")):
            child.set(_VALUE, self._ids.control())
        for child in node.findall("*"):
            if child.tag in _BINDINGS:
                node.remove(child)
                self._links.remarks.add("REDLINE028", f"{child.get(w('storeItemID'), '')}{child.get(w('xpath'), '')}")

    def _foreign(self, node: etree._Element, old_part: str, new_part: str) -> None:
        if node.tag == DOC_PR:
            node.set("id", self._ids.drawing())
        self._relations(node, old_part, new_part)

    def _relations(self, node: etree._Element, old_part: str, new_part: str) -> None:
        """Rewrite the ids of relationships; one that leads nowhere in the old file must lead nowhere in the new."""
        for name, value in ((str(name), str(value)) for name, value in node.items()):
            if not (name.startswith(_RELATION) or name == _VML_RELATION) or not value:
                continue
            carried = self._links.parts.relation(old_part, value, new_part)
            if carried is not None:
                node.set(name, carried)
            elif node.tag in _NOTHING_WITHOUT_TARGET and node.getparent() is not None:
                _remove(node)
            else:
                del node.attrib[name]

    def _leave_out(self, node: etree._Element, old_part: str, _new_part: str) -> None:
        if node.tag == w("commentReference"):
            self._links.remarks.add("REDLINE024", f"{old_part} {node.get(w('id'), '')}")
        elif node.tag == w("bookmarkStart") and self._links.bookmarks.missed(node.get(w("name"), "")):
            self._links.remarks.add("REDLINE026", node.get(w("name"), ""))
        run = node.getparent()
        _remove(node)
        if run is not None and run.tag == w("r") and all(child.tag == w("rPr") for child in run):
            _remove(run)


def _forget_ids(node: etree._Element, _old_part: str, _new_part: str) -> None:
    for name in _PARAGRAPH_IDS:
        node.attrib.pop(name, "")


def _remove(node: etree._Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def without_what_a_record_cannot_hold(properties: etree._Element) -> None:
    """Take from the copy of old properties what the record of a change has no place for (CT_PPrBase and its like)."""
    left_out = _RECORDS | _NOT_IN_RECORDS.get(properties.tag, frozenset())
    for child in list(properties):
        if child.tag in left_out:
            properties.remove(child)
