"""Unwrap the content controls whose tags are not in the reading that is wanted; what they hold stays.

A range marks the place of the tags: a control whose opening tag stands between the beginning and the end of a range
was inserted, deleted or moved, and its content only if that bears marks of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fe_contracts.word.revisions.resolving_content import drop, tidy
from fe_contracts.word.xml import w

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml import etree

    from fe_contracts.word.revisions.resolving_names import Side

__all__ = ["resolve_controls"]

_CONTROLS: Final = (w("sdt"), w("customXml"), w("smartTag"))
_PROPERTIES: Final = {w("customXmlPr"), w("smartTagPr")}


def resolve_controls(root: etree._Element, ranges: Sequence[etree._Element], side: Side) -> list[etree._Element]:
    """Resolve the tags of content controls; return the ranges that begin and never end, which say nothing."""
    ends = {_key(item) for item in ranges if item.tag.endswith("End")}
    gone = [item for item in ranges if item.tag in side.gone]
    endless = [item for item in ranges if item.tag.endswith("Start") and _key(item) not in ends]
    unwrapped = _between(root, gone, ends) if gone else []
    for item in ranges:
        drop(item)
    for control in unwrapped:
        _unwrap(control)
    return endless


def _key(item: etree._Element) -> tuple[str, str | None]:
    return item.tag.removesuffix("Start").removesuffix("End"), item.get(w("id"))


def _between(
    root: etree._Element, gone: Sequence[etree._Element], ends: set[tuple[str, str | None]]
) -> list[etree._Element]:
    """Return the controls that open between the beginning and the end of a range."""
    tags = {item.tag for item in gone}
    tags |= {tag.removesuffix("Start") + "End" for tag in tags}
    opened: set[tuple[str, str | None]] = set()
    found = []
    for item in root.iter(*_CONTROLS, *tags):
        if item.tag in _CONTROLS:
            if opened:
                found.append(item)
        elif item.tag.endswith("End"):
            opened.discard(_key(item))
        elif _key(item) in ends:
            opened.add(_key(item))
    return found


def _unwrap(control: etree._Element) -> None:
    parent = control.getparent()
    if parent is None:
        return
    holder = control.find(w("sdtContent")) if control.tag == w("sdt") else control
    for child in list(holder) if holder is not None else ():
        if child.tag not in _PROPERTIES:
            control.addprevious(child)
    drop(control)
    tidy(parent)
