"""Read the text of a Word file as a reader sees it: paragraphs in order, wherever Word has put them.

Deleted text, field instructions and the second copy of a text box are not text; inserted text is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fe_contracts.word.xml import w

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

__all__ = ["Line", "lines", "text_of"]

_T: Final = w("t")
_BREAKS: Final = {w("tab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "\N{NON-BREAKING HYPHEN}"}
_SILENT: Final = {
    w("del"),
    w("moveFrom"),
    w("instrText"),
    w("delText"),
    w("pPr"),
    w("rPr"),
    w("sdtPr"),
    w("tblPr"),
    w("trPr"),
    w("tcPr"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph: its element, its text, and the tags of the block controls around it, outermost first."""

    element: etree._Element
    text: str
    tags: tuple[str, ...]
    in_table: bool = False


def _pieces(element: etree._Element) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag == _T:
            yield child.text or ""
        elif tag in _BREAKS:
            yield _BREAKS[tag]
        elif tag not in _SILENT and isinstance(tag, str):
            yield from _pieces(child)


def text_of(element: etree._Element) -> str:
    """Return the text inside an element, paragraphs separated by line breaks."""
    if element.tag == w("p") or next(element.iter(w("p")), None) is None:
        return "".join(_pieces(element))
    return "\n".join(line.text for line in lines(element))


def _tag_of(control: etree._Element) -> str:
    tag = control.find(f"{w('sdtPr')}/{w('tag')}")
    alias = control.find(f"{w('sdtPr')}/{w('alias')}")
    if tag is not None:
        return tag.get(w("val"), "")
    return f"alias:{alias.get(w('val'), '')}" if alias is not None else ""


def lines(element: etree._Element, tags: tuple[str, ...] = (), *, in_table: bool = False) -> Iterator[Line]:
    """Yield every paragraph below an element, in reading order."""
    for child in element:
        tag = child.tag
        if tag == w("p"):
            yield Line(child, "".join(_pieces(child)), tags, in_table)
        elif tag == w("sdt"):
            content = child.find(w("sdtContent"))
            if content is not None:
                yield from lines(content, (*tags, _tag_of(child)), in_table=in_table)
        elif tag not in _SILENT and isinstance(tag, str):
            yield from lines(child, tags, in_table=in_table or tag == w("tbl"))
