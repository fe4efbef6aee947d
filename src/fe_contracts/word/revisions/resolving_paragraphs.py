"""Run paragraphs together whose mark is not in the reading that is wanted.

The mark is the end of its paragraph and carries its properties: where it goes, the text runs on into the next
paragraph, which keeps its own (ISO 29500-1, 17.13.5.15).
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Final

from lxml import etree

from fe_contracts.word.revisions.resolving_content import CONTAINERS, PAIRS, drop, has_content, tidy
from fe_contracts.word.xml import w

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["run_together"]

_P: Final = w("p")
_PPR: Final = w("pPr")
_SECTION: Final = w("sectPr")
_ENDS_SECTION: Final = {w("pPr"), w("body")}
_REFERENCES: Final = (w("headerReference"), w("footerReference"))
_TRANSPARENT: Final = {
    w(name) for name in ("sdt", "sdtContent", "customXml", "smartTag", "hyperlink", "fldSimple", "dir", "bdo")
}
"""What stands around paragraphs and does not divide them; some programs write what should stand in a line only."""
_BETWEEN: Final[set[object]] = {
    *PAIRS,
    *PAIRS.values(),
    w("proofErr"),
    w("sdtPr"),
    w("sdtEndPr"),
    w("customXmlPr"),
    w("smartTagPr"),
    etree.Comment,
    etree.ProcessingInstruction,
}
_BLOCKS: Final = {w("p"), w("tbl"), w("sdt"), w("customXml"), w("altChunk")}


def run_together(paragraphs: Sequence[etree._Element]) -> None:
    """Run these paragraphs, which stand in the order of the document, into those that follow.

    A paragraph that nothing follows stays one of its own, unless it is empty.
    """
    sections: list[etree._Element] = []
    for paragraph in reversed(paragraphs):
        if paragraph.getparent() is None:
            continue
        section = paragraph.find(f"{_PPR}/{_SECTION}")
        if section is not None:
            sections = sections or _sections(paragraph)
            _hand_on(section, sections)
        _run_on(paragraph)


def _run_on(paragraph: etree._Element) -> None:
    following = _next_paragraph(paragraph)
    if following is not None:
        _join(paragraph, following)
    elif not has_content(paragraph) and not _is_needed(paragraph):
        for child in list(paragraph):
            if child.tag in _BETWEEN:
                paragraph.addprevious(child)
        _vanish(paragraph)


def _join(paragraph: etree._Element, following: etree._Element) -> None:
    """Put the text of a paragraph before that of the next."""
    place = next(iter(following), None)
    if place is not None and place.tag == _PPR:  # properties stand first, or there are none
        place = place.getnext()
    for child in [child for child in paragraph if child.tag != _PPR]:
        if place is None:
            following.append(child)
        else:
            place.addprevious(child)
    _vanish(paragraph)


def _vanish(paragraph: etree._Element) -> None:
    parent = paragraph.getparent()
    drop(paragraph)
    tidy(parent)


def _next_paragraph(paragraph: etree._Element) -> etree._Element | None:
    """Return the paragraph that follows in the same container; content controls around paragraphs do not divide."""
    step = _following(paragraph)
    while step is not None:
        if step.tag == _P:
            return step
        if step.tag in _TRANSPARENT:
            inside = next(iter(step), None)
            step = _following(step) if inside is None else inside
        elif step.tag in _BETWEEN:
            step = _following(step)
        else:
            return None
    return None


def _following(place: etree._Element) -> etree._Element | None:
    """Return what stands after a place, beside it or beside the control that it ends."""
    here: etree._Element | None = place
    while here is not None:
        if (beside := here.getnext()) is not None:
            return beside
        here = here.getparent()
        if here is None or here.tag not in _TRANSPARENT:
            return None
    return None


def _is_needed(paragraph: etree._Element) -> bool:
    """Return whether a cell or another container would be left without the paragraph that it must hold."""
    container = paragraph.getparent()
    if container is None or container.tag not in CONTAINERS:
        return False
    if any(_is_block(child) for child in paragraph.itersiblings()):
        return False
    before = next((child for child in paragraph.itersiblings(preceding=True) if _is_block(child)), None)
    return before is None or (container.tag == w("tc") and before.tag == w("tbl"))


def _is_block(element: etree._Element) -> bool:
    """Return whether an element is a block, or a wrapper that should not, but does stand around blocks."""
    return element.tag in _BLOCKS or next(element.iter(_P), None) is not None


def _sections(paragraph: etree._Element) -> list[etree._Element]:
    """Return the properties of all sections of the body, in order."""
    for body in paragraph.iterancestors(w("body")):
        return [
            item
            for item in body.iter(_SECTION)
            if (owner := item.getparent()) is not None and owner.tag in _ENDS_SECTION
        ]
    return []


def _hand_on(section: etree._Element, sections: list[etree._Element]) -> None:
    """End a section no more: the next keeps the headers and footers that it had from this one."""
    drop(section)
    if section not in sections:
        return
    place = sections.index(section)
    sections.pop(place)
    if place == len(sections):
        return
    following = sections[place]
    has = {(item.tag, item.get(w("type"))) for item in following if item.tag in _REFERENCES}
    following[0:0] = [
        deepcopy(item) for item in section if item.tag in _REFERENCES and (item.tag, item.get(w("type"))) not in has
    ]
