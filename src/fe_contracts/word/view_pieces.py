"""Read a paragraph of a Word contract as words, values and references, for comparison."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from fe_contracts.compare.contract_views import Piece
from fe_contracts.word.flow import text_of
from fe_contracts.word.xml import w

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml import etree

    from fe_contracts.word.package import Package

__all__ = ["ENDS", "letters_of", "marks_of", "masked", "pieces_of", "squeezed", "stands_after_end", "style_names"]

_REF: Final = re.compile(r"\s*REF\s+(\S+)")
_SILENT: Final = frozenset({w("del"), w("moveFrom"), w("pPr"), w("rPr"), w("sdtPr")})
_BREAKS: Final = {w("tab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "\N{NON-BREAKING HYPHEN}"}
ENDS: Final = frozenset({"End_of_articles", "End_of_contract"})
_SHORTEST: Final = 2


def pieces_of(paragraph: etree._Element, names: Mapping[str, str], bookmarks: Mapping[str, str]) -> Iterator[Piece]:
    """Yield words, values and references of a paragraph, in order."""
    instruction, result, depth, value = "", "", 0, ""
    for kind, text, parameter in _atoms(paragraph, ""):
        if kind == "begin":
            depth += 1
            if depth == 1:
                instruction, result = "", ""
        elif kind == "code":
            instruction += text
        elif kind == "end" and depth:
            depth -= 1
            if depth == 0:
                yield _field(instruction, result, bookmarks)
        elif kind == "text" and depth:
            result += text
        elif kind == "text":
            value = names.get(parameter, parameter.removeprefix("param:")).rpartition("/")[2]
            yield Piece(text, value=value)


def squeezed(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces with single spaces and none at either end: programs that save a file move line breaks about."""
    found: list[Piece] = []
    for piece in pieces:
        text = re.sub(r"[ \t\n]+", " ", piece.text)
        if not found or found[-1].text.endswith(" "):
            text = text.lstrip(" ")
        if text:
            found.append(replace(piece, text=text))
    while found and not found[-1].text.strip(" "):
        found.pop()
    if found:
        found[-1] = replace(found[-1], text=found[-1].text.rstrip(" "))
    return found


def _atoms(element: etree._Element, parameter: str) -> Iterator[tuple[str, str, str]]:
    for child in element:
        tag = child.tag
        if tag == w("t"):
            yield "text", child.text or "", parameter
        elif tag in _BREAKS:
            yield "text", _BREAKS[tag], parameter
        elif tag == w("instrText"):
            yield "code", child.text or "", parameter
        elif tag == w("fldChar"):
            yield {"begin": "begin", "end": "end"}.get(child.get(w("fldCharType"), ""), "separate"), "", parameter
        elif tag == w("fldSimple"):
            yield "begin", "", parameter
            yield "code", child.get(w("instr"), ""), parameter
            yield from _atoms(child, parameter)
            yield "end", "", parameter
        elif tag == w("sdt"):
            yield from _control(child, parameter)
        elif tag not in _SILENT and isinstance(tag, str):
            yield from _atoms(child, parameter)


def _control(control: etree._Element, parameter: str) -> Iterator[tuple[str, str, str]]:
    """Yield what a control holds; a value's as one piece."""
    tag = control.find(f"{w('sdtPr')}/{w('tag')}")
    name = tag.get(w("val"), "") if tag is not None else ""
    content = control.find(w("sdtContent"))
    if content is None:
        return
    if name.startswith("param:") and not parameter:
        yield "text", text_of(content), name
    else:
        yield from _atoms(content, parameter)


def _field(instruction: str, result: str, bookmarks: Mapping[str, str]) -> Piece:
    """Return a reference by what it points at; any other field by what it shows."""
    match = _REF.match(instruction)
    if match is None:
        return Piece(result)
    name = match[1]
    if name in bookmarks:
        return Piece(result, target=bookmarks[name])
    owner, found, label = name.rpartition("__")
    return Piece(
        result, target=f"{bookmarks[owner].partition('@')[0]}#{label}" if found and owner in bookmarks else name
    )


def masked(pieces: list[Piece], instance: str, written: Mapping[str, str]) -> Iterator[Piece]:
    """Yield the pieces with values found by what was printed: the controls around them are gone."""
    known = sorted(
        (
            (text, name.rpartition("/")[2])
            for name, text in written.items()
            if name.rpartition("/")[0] == instance and len(text) >= _SHORTEST and "\n" not in text
        ),
        key=lambda item: (-len(item[0]), item[1]),
    )
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(text)}(?!\w)" for text, _ in known)) if known else None
    names = dict(reversed(known))
    for piece in pieces:
        if piece.target or pattern is None:
            yield piece
            continue
        start = 0
        for match in pattern.finditer(piece.text):
            if match.start() > start:
                yield Piece(piece.text[start : match.start()])
            yield Piece(match[0], value=names[match[0]])
            start = match.end()
        if piece.text[start:]:
            yield Piece(piece.text[start:])


def marks_of(paragraph: etree._Element) -> set[str]:
    """Return the names of the bookmarks that begin in a paragraph."""
    return {mark.get(w("name"), "") for mark in paragraph.iter(w("bookmarkStart"))}


def stands_after_end(paragraph: etree._Element) -> bool:
    """Return whether the paragraph stands behind the mark of an end: right behind it, or begins with it."""
    first = next(paragraph.iter(w("t"), w("bookmarkStart")), None)
    before = [first] if first is not None else []
    sibling = paragraph.getprevious()
    while sibling is not None and sibling.tag in {w("bookmarkStart"), w("bookmarkEnd")}:
        before.append(sibling)
        sibling = sibling.getprevious()
    return any(mark.tag == w("bookmarkStart") and mark.get(w("name")) in ENDS for mark in before)


def letters_of(count: int) -> str:
    """Return the letter of an exhibit, counted from 1: A to Z, then AA, BB."""
    repeat, place = divmod(count - 1, 26)
    return chr(ord("A") + place) * (repeat + 1)


def style_names(package: Package) -> dict[str, str]:
    """Return the names of styles, in small letters, by their ids."""
    part = package.target(package.main, "styles")
    if part is None or part not in package.parts:
        return {}
    found = {}
    for style in package.xml(part).iterchildren(w("style")):
        name = style.find(w("name"))
        found[style.get(w("styleId"), "")] = name.get(w("val"), "").lower() if name is not None else ""
    return found
