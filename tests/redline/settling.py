"""Read spoiled files as the text that they hold, past what the format has no place for and leaves undefined.

Each step names something that a spoiled file may have, and what is read instead, in the file as in its redline: the
law is asked for the text, not for how much of the nonsense around it survives.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lxml import etree
from tests.redline.mutations import packed
from tests.redline.opening import MC, RELATION, Opened, W, chosen
from tests.redline.reading import read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Stories = Mapping[str, Sequence[object]]

__all__ = ["compared", "text_of"]

_WRAPPERS: Final = (
    *(W + name for name in ("hyperlink", "smartTag", "fldSimple", "dir", "bdo", "customXml")),
    f"{MC}AlternateContent",
)
_BLOCKS: Final = tuple(W + name for name in ("p", "tbl", "tr", "tc"))
_HOLDERS: Final = tuple(W + name for name in ("body", "tc", "footnote", "endnote", "txbxContent"))
_ENDS: Final = tuple(W + name for name in ("p", "tbl", "sdt"))
_NO_ENDS: Final = (*_HOLDERS, W + "tbl")
_NOTHING: Final = ("", "\ue00d", "\ue00e", "(the part is missing)", "(the note is missing)")
_PICTURE: Final = re.compile("\ue003picture [^\ue004]*\ue004")
_RELATIONS: Final = b"openxmlformats.org/package/2006/relationships"


def text_of(data: bytes) -> Stories:
    """Return the text of each story of a file, as the judge reads it once the file is settled.

    Raises:
        ValueError: if its relationships are in a namespace of their own: readers differ on those.
    """
    opened = Opened(data)
    if any(_RELATIONS not in data for name, data in opened.parts.items() if name.endswith(".rels")):
        raise ValueError("relationships in a namespace of their own")
    parts = dict(opened.parts)
    for name in opened.stories:
        tree = opened.tree(name)
        _unwrap(tree)
        _end_sections(tree)
        _headers(opened, tree)
        _end_holders(tree)
        parts[name] = etree.tostring(tree)
    return read(packed(parts)).at("text")


def compared(stories: Stories, *, headers: bool) -> dict[str, list[str]]:
    """Return the stories without what says nothing: an empty header or note is one that is not there.

    Which picture stands somewhere is not asked: a spoiled relationship may show a part that the redline changes. With
    `headers`, headers and footers are left out: the redline says itself that they could not all be tracked.
    """
    found = {}
    for name, lines in stories.items():
        empty = name != "body" and all(str(line) in _NOTHING for line in lines)
        if empty or (headers and "section" in name):
            continue
        found[name] = [_PICTURE.sub("picture", str(line)) for line in lines]
    return found


def _unwrap(tree: etree._Element) -> None:
    """Take away what may not stand around blocks, rows and cells; the judge would pass what is in it by."""
    for item in [item for item in tree.iter(*_WRAPPERS) if next(item.iter(*_BLOCKS), None) is not None]:
        holder = chosen(item) if item.tag == f"{MC}AlternateContent" else item
        for child in [] if holder is None else list(holder):
            item.addprevious(child)
        _drop(item)


def _end_sections(tree: etree._Element) -> None:
    """Leave one section where the document ends, and those of its paragraphs; no cell or box is a section."""
    for item in list(tree.iter(W + "sectPr")):
        above = [up.tag for up in item.iterancestors()]
        ends = above[0] == W + "body" or above[:2] == [W + "pPr", W + "p"]
        if not ends or {W + "tc", W + "txbxContent"} & set(above):
            _drop(item)
    body = tree.find(W + "body")
    if body is None:
        return
    found = body.findall(W + "sectPr") or [etree.Element(W + "sectPr")]
    for item in found[:-1]:
        _drop(item)
    body.append(found[-1])


def _headers(opened: Opened, tree: etree._Element) -> None:
    """Have a footer that is named as a header stand for one that is not there."""
    for place in ("header", "footer"):
        for reference in tree.iter(f"{W}{place}Reference"):
            relation = opened.relations(opened.main).get(reference.get(f"{RELATION}id", ""))
            if relation is not None and relation.kind != place:
                reference.set(f"{RELATION}id", "nothing")


def _end_holders(tree: etree._Element) -> None:
    """Take tables without rows away, and end every cell, box and note with the paragraph that must stand there."""
    for table in [item for item in tree.iter(W + "tbl") if next(item.iter(W + "tr"), None) is None]:
        _drop(table)
    for control in [item for item in tree.iter(W + "sdt") if next(item.iter(W + "p", W + "r"), None) is None]:
        _drop(control)
    for holder in tree.iter(*_HOLDERS):
        last = next(holder.iterchildren(*_ENDS, reversed=True), holder)
        if last.tag in _NO_ENDS:
            last.addnext(etree.Element(W + "p")) if last is not holder else holder.insert(0, etree.Element(W + "p"))


def _drop(item: etree._Element) -> None:
    parent = item.getparent()
    if parent is not None:
        parent.remove(item)
