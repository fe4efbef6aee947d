"""Read one of two documents that are compared: what its pieces mean, and its paragraphs as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from fe_contracts.compare.streams import Line
from fe_contracts.word.revisions.inline import read_flow
from fe_contracts.word.revisions.meaning import Meaning
from fe_contracts.word.xml import w

if TYPE_CHECKING:
    from lxml import etree

    from fe_contracts.word.revisions.comparing import Comparison
    from fe_contracts.word.revisions.editable import EditablePackage
    from fe_contracts.word.revisions.inline import Flow

__all__ = ["Side"]

_P: Final = w("p")
_IMPLIED: Final = frozenset(
    {
        "attachedTemplate",
        "comments",
        "commentsExtended",
        "commentsExtensible",
        "commentsIds",
        "customXml",
        "endnotes",
        "fontTable",
        "footer",
        "footnotes",
        "glossaryDocument",
        "header",
        "keyMapCustomizations",
        "numbering",
        "people",
        "printerSettings",
        "settings",
        "styles",
        "stylesWithEffects",
        "theme",
        "vbaProject",
        "webSettings",
    }
)
"""Relationships that no text refers to; headers and footers are compared for themselves."""


def _plain(part: bytes) -> bytes:
    """Return a part to search for signs in; nothing if it is in an encoding of two bytes."""
    return b"" if b"\0" in part[:4] else part


class Side:
    """One document: what its pieces mean, and its paragraphs as text."""

    def __init__(self, package: EditablePackage, role: Literal["old", "new"], comparison: Comparison) -> None:
        self.package = package
        self.role = role
        self.comparison = comparison
        self.meanings: dict[str, Meaning] = {}
        self.flows: dict[etree._Element, Flow] = {}
        self.looks: dict[etree._Element, bytes] = {}

    def meaning(self, part: str) -> Meaning:
        """Return what tells the meaning of pieces of a part."""
        if part not in self.meanings:
            carrier = self.comparison.carrier
            links = {
                rel: carrier.meaning(self.role, part, rel)
                for rel, relation in self.package.relations(part).items()
                if relation.kind.rpartition("/")[2] not in _IMPLIED
            }
            numbers = self.comparison.numbers() if self.role == "old" else {}
            self.meanings[part] = Meaning(
                links,
                lambda kind, key: self.comparison.notes.key(self.role, kind, key),
                numbers,
                _plain(self.package.parts[part]),
                self.comparison.known,
            )
        return self.meanings[part]

    def flow(self, paragraph: etree._Element, part: str) -> Flow:
        """Return a paragraph as text, read once."""
        if paragraph not in self.flows:
            self.flows[paragraph] = read_flow(
                paragraph,
                self.meaning(part),
                self.comparison.cutter,
                lambda kind, key: self.comparison.notes.key(self.role, kind, key),
            )
        return self.flows[paragraph]

    def line(self, element: etree._Element, part: str) -> Line:
        """Return all text of a table, a row, a cell or a note as one line of tokens."""
        return Line([key for paragraph in element.iter(_P) for key in self.flow(paragraph, part).line.keys])
