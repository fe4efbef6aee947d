"""Find in a redline what no validator does: marks, ranges, fields and controls that do not fit together."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from tests.redline.opening import MARKUP, Opened, W

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["lint"]

_TEXT_GONE: Final = (W + "delText", W + "delInstrText")
_TEXT: Final = (W + "t", W + "instrText")
_GONE: Final = (W + "del",)
_RANGES: Final = (
    *("bookmark", "commentRange", "perm", "moveFromRange", "moveToRange"),
    *("customXmlInsRange", "customXmlDelRange"),
)
_NUMBERED: Final = tuple(item for item in MARKUP if not item.endswith(("RangeEnd", "delText", "delInstrText")))


def lint(data: bytes) -> Counter[str]:
    """Return what does not fit together in a file, and how often."""
    opened = Opened(data)
    found: Counter[str] = Counter()
    numbers: Counter[str] = Counter()
    controls: Counter[str] = Counter()
    for name in opened.stories:
        tree = opened.tree(name)
        own: Counter[str] = Counter(item.get(W + "id", "") for item in tree.iter(*_NUMBERED))
        numbers.update(own)
        controls.update(item.get(W + "val", "") for item in tree.iterfind(f".//{W}sdtPr/{W}id"))
        found += _texts(tree) + _ranges(tree) + _fields(tree)
    for what, counted in (("number of a mark", numbers), ("id of a control", controls)):
        found[f"the same {what} twice"] = sum(count - 1 for count in counted.values())
    return +found


def _texts(tree: etree._Element) -> Counter[str]:
    """Find text that is not spelt as deleted where it is, or is where it is not."""
    found: Counter[str] = Counter()
    for item in tree.iter(*_TEXT, *_TEXT_GONE):
        gone = next((up for up in item.iterancestors() if up.tag in {*_GONE, W + "txbxContent"}), None)
        inside = gone is not None and gone.tag in _GONE
        if inside != (item.tag in _TEXT_GONE):
            found["text that is spelt wrongly for where it stands"] += 1
    return found


def _ranges(tree: etree._Element) -> Counter[str]:
    """Find ranges that begin and do not end, or the other way round."""
    found: Counter[str] = Counter()
    for kind in _RANGES:
        starts = Counter(item.get(W + "id") for item in tree.iter(f"{W}{kind}Start"))
        ends = Counter(item.get(W + "id") for item in tree.iter(f"{W}{kind}End"))
        found[f"{kind} that is not closed, or not opened"] = (starts - ends).total() + (ends - starts).total()
    left, arrived = ({item.get(W + "name") for item in tree.iter(f"{W}move{way}RangeStart")} for way in ("From", "To"))
    found["a move that only leaves or only arrives"] = len(left ^ arrived)
    return found


def _fields(tree: etree._Element) -> Counter[str]:
    """Find fields that do not end, in the old reading and in the new."""
    found: Counter[str] = Counter()
    for reading, out in (("old", ("ins", "moveTo")), ("new", ("del", "moveFrom"))):
        skipped = {W + name for name in out}
        depth = 0
        for item in tree.iter(W + "fldChar"):
            if any(up.tag in skipped for up in item.iterancestors()):
                continue
            depth += {"begin": 1, "end": -1}.get(item.get(W + "fldCharType", ""), 0)
            if depth < 0:
                break
        if depth:
            found[f"a field that does not end in the {reading} reading"] += 1
    return found
