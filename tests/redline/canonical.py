"""Say formatting in one way only, so that two files that look alike compare as equal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.redline.opening import MARKUP, RELATION, W

if TYPE_CHECKING:
    from lxml import etree
    from tests.redline.opening import Opened

__all__ = ["Numbering", "canonical", "properties"]

_TRUE = frozenset(("1", "true", "on"))
_FALSE = frozenset(("0", "false", "off"))
_NEVER = MARKUP | {W + "lang", W + "printerSettings", W + "nsid", W + "tmpl", W + "lvlPicBulletId"}
"""Records of changes; the proofing language and the printer, which are no formatting; random ids of lists."""


def _attributes(element: etree._Element) -> str:
    said = []
    for key, value in element.attrib.items():
        name = str(key).rsplit("}", 1)[-1]
        if name.startswith("rsid") or str(key).startswith(RELATION) or name in {"tplc", "restartNumberingAfterBreak"}:
            continue
        text = str(value)
        if name == "val" and text in _TRUE and len(element.attrib) == 1:
            continue
        said.append(f"{name}={'0' if text in _FALSE else text}")
    return f"({' '.join(sorted(said))})" if said else ""


def canonical(element: etree._Element) -> str:
    """Return an element and all it holds as one line, its children in the order of the file."""
    inner = [canonical(child) for child in element.iterchildren("*") if child.tag not in _NEVER]
    name = str(element.tag).rsplit("}", 1)[-1]
    return f"{name}{_attributes(element)}" + (f"[{' '.join(inner)}]" if inner else "")


def properties(element: etree._Element | None, *, without: frozenset[str] = frozenset()) -> str:
    """Return a bag of properties (`rPr`, `pPr`, `tcPr` ...) sorted; nothing for one that is empty or not there."""
    if element is None:
        return ""
    kept = (child for child in element if child.tag not in _NEVER and child.tag not in without)
    return " ".join(sorted(canonical(child) for child in kept))


class Numbering:
    """The lists of one file, told by what they are, not by their number.

    Two lists with one definition are told apart by the order in which the document first uses them, so that a list that
    should go on and starts again instead is seen.
    """

    def __init__(self, opened: Opened) -> None:
        part = opened.related(opened.main, "numbering")
        root = opened.tree(part) if part else None
        found = list(root) if root is not None else []
        self._abstract = {item.get(W + "abstractNumId"): item for item in found if item.tag == W + "abstractNum"}
        self._numbers = {item.get(W + "numId"): item for item in found if item.tag == W + "num"}
        self._order: dict[str, int] = {}
        self._said: dict[str, str] = {}

    def say(self, number: str | None) -> str:
        """Return what a list number stands for: its definition, and which of the document's lists it is."""
        if number in {None, "", "0"}:
            return "none"
        if number not in self._said:
            self._said[number or ""] = self._definition(number or "")
        return self._said[number or ""]

    def _definition(self, number: str) -> str:
        found = self._numbers.get(number)
        if found is None:
            return "not defined"
        link = found.find(W + "abstractNumId")
        abstract_id = link.get(W + "val", "") if link is not None else ""
        abstract = self._abstract.get(abstract_id)
        overrides = " ".join(canonical(item) for item in found if item.tag == W + "lvlOverride")
        levels = (
            " ".join(canonical(item) for item in abstract if item.tag not in _NEVER) if abstract is not None else ""
        )
        which = self._order.setdefault(f"{abstract_id}/{number if overrides else ''}", len(self._order) + 1)
        return f"list {which}: {overrides} {levels}"
