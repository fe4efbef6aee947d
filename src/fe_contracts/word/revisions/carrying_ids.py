"""Give copies ids of their own: one document may not name two drawings, controls, shapes or bookmarks alike."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

from fe_contracts.word.xml import w

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from fe_contracts.word.revisions.editable import EditablePackage

__all__ = ["DOC_PR", "OLE", "Bookmarks", "FreshIds"]

_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_VML: Final = "urn:schemas-microsoft-com:vml"
_OFFICE: Final = "urn:schemas-microsoft-com:office:office"
DOC_PR: Final = f"{{{_DRAWING}}}docPr"
OLE: Final = f"{{{_OFFICE}}}OLEObject"
_SHAPE_TYPE: Final = f"{{{_VML}}}shapetype"


class FreshIds:
    """Ids that the new document does not use yet, small and in order."""

    def __init__(self, new: EditablePackage) -> None:
        self._new = new
        self._drawings: Iterator[int] | None = None
        self._controls: Iterator[int] | None = None
        self._shapes: set[str] | None = None

    def drawing(self) -> str:
        """Return an id for a drawing."""
        if self._drawings is None:
            self._drawings = _free({node.get("id", "") for node in _nodes(self._new, DOC_PR)})
        return str(next(self._drawings))

    def control(self) -> str:
        """Return an id for a content control."""
        if self._controls is None:
            taken = {
                node.get(w("val"), "") for pr in _nodes(self._new, w("sdtPr")) for node in pr.iterchildren(w("id"))
            }
            self._controls = _free(taken)
        return str(next(self._controls))

    def shapes_of_object(self, holder: etree._Element) -> None:
        """Give the shape that shows an embedded object an id that no other shape has: the object finds it by that."""
        if self._shapes is None:
            self._shapes = {node.get("id", "") for node in _nodes(self._new, f"{{{_VML}}}*")}
        renamed = {}
        for shape in holder.iter(f"{{{_VML}}}*"):
            name = shape.get("id")
            if name and shape.tag != _SHAPE_TYPE and name in self._shapes:
                renamed[name] = self._shape()
                shape.set("id", renamed[name])
        for embedded in holder.iter(OLE):
            shown = embedded.get("ShapeID", "")
            if shown in renamed:
                embedded.set("ShapeID", renamed[shown])

    def _shape(self) -> str:
        taken = self._shapes or set()
        made = next(name for number in itertools.count(1025) if (name := f"_x0000_i{number}") not in taken)
        taken.add(made)
        return made


def _nodes(package: EditablePackage, *tags: str) -> Iterator[etree._Element]:
    """Yield the elements of these tags in all text of a document, its comments too."""
    comments = package.comments()
    for part in (*package.stories(), *([comments] if comments else [])):
        yield from package.tree(part).iter(*tags)


def _free(taken: set[str]) -> Iterator[int]:
    return (number for number in itertools.count(1) if str(number) not in taken)


class Bookmarks:
    """The bookmarks that fields and links of the old document use, and the new document does not have."""

    def __init__(self, old: EditablePackage, new: EditablePackage) -> None:
        self._old, self._new = old, new
        self._missed: set[str] | None = None

    def missed(self, name: str) -> bool:
        """Return whether the old document leads to this bookmark somewhere, and nothing in the new bears its name."""
        if self._missed is None:
            used: set[str] = set()
            for node in _nodes(self._old, w("instrText"), w("fldSimple"), w("hyperlink")):
                used.update((node.text or "").split(), node.get(w("instr"), "").split(), [node.get(w("anchor"), "")])
            self._missed = used - {node.get(w("name"), "") for node in _nodes(self._new, w("bookmarkStart"))}
        return name in self._missed
