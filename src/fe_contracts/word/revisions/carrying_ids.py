"""Give copies ids of their own: one document may not name two drawings, controls, shapes or bookmarks alike."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Final

from fe_contracts.word.xml import w

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from fe_contracts.word.revisions.editable import EditablePackage

__all__ = ["DOC_PR", "VML", "Bookmarks", "FreshIds"]

_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_VML: Final = "urn:schemas-microsoft-com:vml"
_OFFICE: Final = "urn:schemas-microsoft-com:office:office"
DOC_PR: Final = f"{{{_DRAWING}}}docPr"
VML: Final = f"{{{_VML}}}"
_ANY_VML: Final = f"{VML}*"
_ANY_OFFICE: Final = f"{{{_OFFICE}}}*"
_COUNTED: Final = re.compile(r"(_x0000_[is])\d+$")
_MARKED: Final = ("type", "idref", f"{{{_OFFICE}}}idref")
_REFERENCES: Final = (*_MARKED, "ShapeID")
"""The attributes by which shapes, connectors and embedded objects find a shape; the first ones write `#` before it."""


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

    def shapes(self, copy: etree._Element) -> None:
        """Give the VML shapes and shape types in a copy ids that no other has, and rename what refers to them."""
        if self._shapes is None:
            self._shapes = {name for node in _nodes(self._new, _ANY_VML) if (name := node.get("id"))}
        renamed: dict[str, str] = {}
        for shape in copy.iter(_ANY_VML):
            name = shape.get("id")
            if name:
                renamed[name] = self._shape(name)
                shape.set("id", renamed[name])
        for node in copy.iter(_ANY_VML, _ANY_OFFICE):
            for key in _REFERENCES:
                value = node.get(key, "")
                mark = "#" if key in _MARKED and value.startswith("#") else ""
                if value.removeprefix(mark) in renamed and (mark or key not in _MARKED):
                    node.set(key, f"{mark}{renamed[value.removeprefix(mark)]}")

    def _shape(self, name: str) -> str:
        """Return the name of a shape, or one like it that is free; Word counts `_x0000_i1025` on by its digits."""
        taken = self._shapes if self._shapes is not None else set()
        made, counted = name, _COUNTED.match(name)
        for number in itertools.count(1025 if counted else 2):
            if made not in taken:
                break
            made = f"{counted[1]}{number}" if counted else f"{name}_{number}"
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

    def lost(self) -> list[str]:
        """Return the bookmarks that only the old document has, those that something in it leads to."""
        one, two = (
            {node.get(w("name"), "") for node in _nodes(it, w("bookmarkStart"))} for it in (self._old, self._new)
        )
        return sorted(name for name in one - two if self.missed(name))

    def missed(self, name: str) -> bool:
        """Return whether the old document leads to this bookmark somewhere, and nothing in the new bears its name."""
        if self._missed is None:
            used: set[str] = set()
            for node in _nodes(self._old, w("instrText"), w("fldSimple"), w("hyperlink")):
                used.update((node.text or "").split(), node.get(w("instr"), "").split(), [node.get(w("anchor"), "")])
            self._missed = used - {node.get(w("name"), "") for node in _nodes(self._new, w("bookmarkStart"))}
        return name in self._missed
