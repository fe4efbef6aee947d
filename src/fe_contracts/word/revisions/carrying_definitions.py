"""Say whether two definitions (styles, lists, defaults) mean the same, whatever editor wrote them down."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from lxml import etree

from fe_contracts.word.xml import W, w

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from fe_contracts.word.revisions.editable import EditablePackage

__all__ = ["digest", "same", "used_values"]

_TRACES: Final = re.compile(rf"\{{(?:{re.escape(W)})\}}(?:rsid\w*|tplc|tentative)$|.*\}}(?:paraId|textId|durableId)$")
"""Attributes by which an editor knows a thing again; they change nothing that a reader sees."""
_LEFT_OUT: Final = frozenset(
    w(name)
    for name in (
        "autoRedefine",
        "aliases",
        "hidden",
        "link",
        "locked",
        "name",
        "next",
        "nsid",
        "numStyleLink",
        "personal",
        "personalCompose",
        "personalReply",
        "qFormat",
        "rsid",
        "semiHidden",
        "styleLink",
        "tmpl",
        "uiPriority",
        "unhideWhenUsed",
    )
)
"""What says where a style or list stands in Word's menus, or by which number an editor finds it again."""


def digest(node: etree._Element | None, swap: Mapping[str, Callable[[str], str]] | None = None) -> str:
    """Return a digest of what a definition says, apart from its own id and the traces of editors.

    `swap` replaces the values of some elements (by tag) with what they stand for: the id of a list means something
    else in each file.
    """
    import hashlib  # few comparisons need it

    return hashlib.sha256("\n".join(_lines(node, swap or {}, 0)).encode()).hexdigest()


@cache
def _is_trace(attribute: str) -> bool:
    return _TRACES.match(attribute) is not None


def _lines(node: etree._Element | None, swap: Mapping[str, Callable[[str], str]], depth: int) -> Iterator[str]:
    if node is None:
        return
    attributes = {str(name): value for name, value in node.items() if depth and not _is_trace(str(name))}
    if node.tag in swap:
        attributes = {"": swap[node.tag](node.get(w("val"), ""))}
    said = "".join(f" {name}={attributes[name]!r}" for name in sorted(attributes))
    yield f"{depth} {node.tag if depth else ''}{said} {(node.text or '').strip()}"
    for child in node.iterchildren(etree.Element):
        if child.tag not in _LEFT_OUT:
            yield from _lines(child, swap, depth + 1)


def same(one: etree._Element | None, other: etree._Element | None) -> bool:
    """Return whether two definitions say the same, told without digests where their bytes agree."""
    if one is None or other is None:
        return one is other
    return etree.tostring(one) == etree.tostring(other) or digest(one) == digest(other)


def used_values(package: EditablePackage, tags: tuple[str, ...], parts: list[str]) -> list[str]:
    """Return the values that elements of these tags have in these parts, in the order in which they first stand."""
    found = {node.get(w("val"), ""): None for part in parts for node in package.tree(part).iter(*tags)}
    return list(found)
