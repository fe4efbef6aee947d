"""Put properties back as they were, or leave them as they are, and drop the record of the change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fe_contracts.word.revisions.resolving_content import drop, prune
from fe_contracts.word.revisions.resolving_names import ORDER, Side
from fe_contracts.word.xml import w

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["resolve_merge", "resolve_record"]

_NOT_COVERED: Final = {
    w("pPrChange"): frozenset(map(w, ("rPr", "sectPr"))),
    w("sectPrChange"): frozenset(map(w, ("headerReference", "footerReference"))),
}
"""What a record does not speak of, and therefore stays: ISO 29500-1, 17.13.5.29 and 17.13.5.32."""
_FIRST: Final = _NOT_COVERED[w("sectPrChange")]
_NEVER_EMPTY: Final = {w("tblGridChange"), w("sectPrChange"), w("tblPrChange")}
_MERGES: Final = {"rest": "restart", "cont": "continue"}


def resolve_record(record: etree._Element, side: Side) -> None:
    """Resolve a change of properties by the record of what they were."""
    owner = record.getparent()
    if owner is None:
        return
    old = next(record.iterchildren("{*}*"), None)
    drop(record)
    stray = owner.tag != record.tag.removesuffix("Change")
    if side is Side.REJECT and not stray and not (old is None and record.tag in _NEVER_EMPTY):
        _put_back(owner, [] if old is None else list(old), _NOT_COVERED.get(record.tag, frozenset()))
    prune(owner)


def _put_back(owner: etree._Element, old: list[etree._Element], stays: frozenset[str]) -> None:
    for child in list(owner):
        if child.tag not in stays:
            owner.remove(child)
    place = sum(child.tag in _FIRST for child in owner)
    kept = [child for child in old if child.tag not in ORDER and child.tag not in stays]
    for child in kept:
        for mark in list(child.iter(*ORDER)):  # what was recorded of the old properties is older than this change
            drop(mark)
    owner[place:place] = kept


def resolve_merge(record: etree._Element, side: Side) -> None:
    """Resolve a change in the vertical merging of a cell."""
    properties = record.getparent()
    if properties is None:
        return
    wanted = record.get(w("vMerge" if side is Side.ACCEPT else "vMergeOrig"))
    there = properties.find(w("vMerge"))
    if wanted in _MERGES:
        if there is None:
            there = record.makeelement(w("vMerge"))
            _insert_merge(properties, there)
        there.set(w("val"), _MERGES[wanted])
    elif side is Side.REJECT and there is not None:
        drop(there)
    drop(record)
    prune(properties)


_BEFORE_MERGE: Final = frozenset(map(w, ("cnfStyle", "tcW", "gridSpan", "hMerge")))


def _insert_merge(properties: etree._Element, merge: etree._Element) -> None:
    """Put the merging where the order of a cell's properties wants it."""
    properties.insert(sum(child.tag in _BEFORE_MERGE for child in properties), merge)
