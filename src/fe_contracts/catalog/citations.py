"""Find citations of the law in a text and read each as an object, whichever way it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fe_contracts.catalog.cite import Cite, Code, Unit
from fe_contracts.findings import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.findings import Where

__all__ = ["Cite", "Code", "Found", "Unit", "find_citations", "unreadable_citations", "unreadable_finding"]


@dataclass(frozen=True, slots=True)
class Found:
    """A citation and the place of its words in a text."""

    cite: Cite
    start: int
    end: int


_DOUBLED = "|".join(letter * 2 for letter in "abcdefghjklmnopqrstuwyz")
_NAME = rf"(?:[A-Za-z]|{_DOUBLED}|[ivx]{{2,6}}|[IVX]{{2,6}}|\d{{1,3}})"
_PARAGRAPHS = re.compile(rf"(?:\s?\({_NAME}\))+")
_NAMES = re.compile(rf"\(({_NAME})\)")
_RANGE = r"\s*(?:-|–|\bthrough\b|\bto\b)\s*"
_PARAGRAPH_RANGE = re.compile(rf"{_RANGE}\(({_NAME})\)")
_SECTION = re.compile(r"(\d{1,4}\.\d{1,4}[a-z]?)(?!\d|\.\d)")
_SECTION_RANGE = re.compile(rf"{_RANGE}(?:§\s*)?(?:(\d{{1,4}})?\.(\d{{1,4}})(?!\d))")
_AND = r"(?:\s*,\s*(?:and\s+|or\s+)?|\s*;\s*|\s+(?:and|or|&)\s+)"
_NEXT_SECTION = re.compile(rf"{_AND}(?:§§?\s*|sections?\s+)?(?=\d{{1,4}}\.\d)")
_COUNTED = r"\s+(?:CFR|calendar|days?|hours?|months?|per|U\.|years?)"
_NEXT_PART = re.compile(rf"{_AND}(?:parts?\s+)?(?=\d{{1,4}}(?!\d|[.,]\d|\s?\(|{_COUNTED}))")
_NEXT_PARAGRAPH = re.compile(rf"{_AND}(?=\({_NAME}\))")
_PART = re.compile(rf"(\d{{1,4}})(?!\d|[.,]\d|\s?\({_NAME}\))")
_CHAPTER = re.compile(rf"(chapter|subtitle)s?\s+([IVXLC]+|[A-Z])(?:{_RANGE}([IVXLC]+))?\b", re.IGNORECASE)
_DIVISION = re.compile(r",?\s+(?:(?:to|and)\s+)?(appendix|subpart)\s+([IVXLC]+|[A-Z])\b", re.IGNORECASE)
_SIGN = re.compile(r"(?:§§?|\bsections?\b|\bsec\.)\s*", re.IGNORECASE)
_PARTS = re.compile(r"\bpart(s?)\s+|\bpts?\.\s*", re.IGNORECASE)
_USC_SECTION = re.compile(r"(\d{1,5}(?:[a-z]{1,3}(?:-\d{1,2}[a-z]?)?)?)(?![\w.]\d)")
_USC_RANGE = re.compile(r"\s*(?:-|–|\bthrough\b|\bto\b)\s*(\d{2,5}[a-z]{0,2})\b")

_HEADS = re.compile(
    r"""(?:\b(?P<before>appendix|subpart)\s+(?P<which>[IVXLC]+|[A-Z])
            \s*(?P<its>(?:\([A-Z0-9]{1,3}\))*)\s+(?:to|of)\s+)?
        \b(?P<cfr>\d{1,2})\s*(?:C\.\s?F\.\s?R\.|CFR\b),?\s*
      | \b(?P<usc>\d{1,2})\s*(?:U\.\s?S\.\s?C\.(?:\s?A\.)?|USCA?\b),?\s*
      | \b(?P<volume>\d{1,3})\s*(?:F\.\s?R\.|(?-i:FR)\b|Fed\.\s?Reg\.)\s*(?P<page>\d{1,3},\d{3}|\d{1,6})\b
      | (?:\bexecutive\s+orders?|(?-i:\bE\.\s?O\.|\bEO))\s*(?:no\.?\s*|number\s+)?
            (?P<order>\d{1,2},\d{3}|\d{4,5})\b(?!,\d|\.\d)
      | (?:\bpub\.\s?l\.|\bpublic\s+law|(?-i:\bP\.\s?L\.))\s*(?:no\.?\s*)?
            (?P<congress>\d{2,3})\s?[-–]\s?(?P<law>\d{1,4})\b
      | \b(?:HUD\s+)?notices?\s+(?P<office>(?-i:CPD|FHEO|PIH|SD|H))[-\s](?P<year>\d{2,4})[-–](?P<notice>\d{1,3})\b
      | \bOMB\s+(?:memo(?:randum)?\s+)?(?P<memo>(?-i:M)-\d{2}-\d{2})\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LOOKS_LIKE = re.compile(
    r"""\b\d{1,3}\s*(?:C\.?\s?F\.?\s?R\b\.?|U\.?\s?S\.?\s?C\b\.?|Fed\.\s?Reg\.)\s*[^\s,;]{0,24}
      | (?:\bExecutive\s+Order|\bE\.O\.|\bPublic\s+Law|\bPub\.\s?L\.)\s*(?:No\.?\s*)?\d[^\s,;]*
    """,
    re.VERBOSE,
)
_NEAR = 60
_GREATEST_TITLE = {Code.CFR: 50, Code.USC: 54}


def find_citations(text: str) -> list[Found]:
    """Return every citation of a text in its order, each with its place; of a list, each member."""
    found: list[Found] = []
    for head in _HEADS.finditer(text):
        if not found or head.start() >= found[-1].end:
            found += _Reader(text, head).found()
    return found


def unreadable_citations(text: str) -> list[tuple[str, int]]:
    """Return the words, and their place, that look like a citation and are none that can be read."""
    return [(look[0].rstrip('.:”"'), look.start()) for look in _LOOKS_LIKE.finditer(text) if not _is_read(text, look)]


def _is_read(text: str, look: re.Match[str]) -> bool:
    """Return whether a citation can be read where one seems to stand; only the words around it are looked at."""
    start = max(0, look.start() - _NEAR)
    return any(
        item.start + start < look.end() and look.start() < item.end + start
        for item in find_citations(text[start : look.end() + _NEAR])
    )


def unreadable_finding(words: str, where: Where) -> Finding:
    """Return the finding for words that look like a citation and cannot be read."""
    return Finding(
        "CITE040",
        Severity.WARNING,
        f"“{' '.join(words.split())}” looks like a citation, and it cannot be read as one.",
        where,
        "Write it as in 2 CFR 200.332(b)(1), 24 CFR part 87, 15 U.S.C. 1681b(a)(2) or Executive Order 14224.",
    )


class _Reader:
    """Read what stands after the head of a citation, such as `24 CFR`."""

    def __init__(self, text: str, head: re.Match[str]) -> None:
        self.text, self.head, self.at = text, head, head.end()

    def found(self) -> Iterator[Found]:
        head = self.head
        if head["cfr"]:
            yield from self.regulations(int(head["cfr"]))
        elif head["usc"]:
            yield from self.statutes(int(head["usc"]))
        else:
            yield Found(_plain(head), head.start(), head.end())

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Return what stands next if it is that, and go past it."""
        match = pattern.match(self.text, self.at)
        if match:
            self.at = match.end()
        return match

    def regulations(self, title: int) -> Iterator[Found]:
        """Yield the sections, or the part, of a title of the CFR."""
        start = self.head.start()
        if not 1 <= title <= _GREATEST_TITLE[Code.CFR]:
            return
        if chapter := self.take(_CHAPTER):
            unit = Unit(chapter[1].lower())
            cite = Cite(Code.CFR, title, chapter[2].upper(), unit, until=(chapter[3] or "").upper())
            yield Found(cite, start, self.at)
            return
        self.take(_SIGN)
        word = self.take(_PARTS)
        if number := self.take(_SECTION):
            yield from self.listed(Cite(Code.CFR, title, number[1]), start)
        elif number := self.take(_PART):
            yield from self.parts(Cite(Code.CFR, title, number[1], Unit.PART), start, plural=bool(word and word[1]))

    def parts(self, cite: Cite, start: int, *, plural: bool) -> Iterator[Found]:
        """Yield a part, with its appendix or subpart, and the parts named after it."""
        before = self.head["before"]
        if before:
            cite = _divided(cite, before, self.head["which"], tuple(_NAMES.findall(self.head["its"])))
        elif division := self.take(_DIVISION):
            its = self.take(_PARAGRAPHS)
            cite = _divided(cite, division[1], division[2], tuple(_NAMES.findall(its[0])) if its else ())
        yield Found(cite, start, self.at)
        while plural and self.take(_NEXT_PART):
            start = self.at
            number = self.take(_PART)
            if number is None:
                return
            yield Found(Cite(Code.CFR, cite.title, number[1], Unit.PART), start, self.at)

    def statutes(self, title: int) -> Iterator[Found]:
        """Yield the section of a title of the United States Code."""
        self.take(_SIGN)
        number = self.take(_USC_SECTION)
        if number is None or not 1 <= title <= _GREATEST_TITLE[Code.USC]:
            return
        cite = Cite(Code.USC, title, number[1])
        if last := self.take(_USC_RANGE):
            yield Found(replace(cite, until=last[1]), self.head.start(), self.at)
            return
        yield from self.paragraphs(cite, self.head.start())

    def listed(self, cite: Cite, start: int) -> Iterator[Found]:
        """Yield a section, or a range of them, and the sections named after it without their title."""
        yield from self.ranged(cite, start)
        while self.take(_NEXT_SECTION):
            start = self.at
            number = self.take(_SECTION)
            if number is None:
                return
            yield from self.ranged(Cite(Code.CFR, cite.title, number[1]), start)

    def ranged(self, cite: Cite, start: int) -> Iterator[Found]:
        last = self.take(_SECTION_RANGE)
        if last:
            until = f"{last[1] or cite.part}.{last[2]}"
            yield Found(replace(cite, until=until), start, self.at)
            return
        yield from self.paragraphs(cite, start)

    def paragraphs(self, cite: Cite, start: int) -> Iterator[Found]:
        """Yield a section with its paragraphs, and again for each further paragraph: `(b)(3), (6) and (9)`."""
        names = self.take(_PARAGRAPHS)
        if names is None:
            yield Found(cite, start, self.at)
            return
        cite = replace(cite, paragraphs=tuple(_NAMES.findall(names[0])))
        while True:
            last = self.take(_PARAGRAPH_RANGE)
            yield Found(replace(cite, until=last[1]) if last else cite, start, self.at)
            begin = self.at
            if not self.take(_NEXT_PARAGRAPH):
                return
            start = self.at
            names = self.take(_PARAGRAPHS)
            beside = _beside(cite.paragraphs, tuple(_NAMES.findall(names[0]))) if names else None
            if beside is None:
                self.at = begin
                return
            cite = replace(cite, paragraphs=beside)


def _divided(cite: Cite, kind: str, name: str, paragraphs: tuple[str, ...]) -> Cite:
    division = f"{'Appendix' if kind.lower() == 'appendix' else 'subpart'} {name.upper()}"
    return replace(cite, division=division, paragraphs=paragraphs)


def _kind(name: str, depth: int) -> str:
    """Return what a paragraph is counted with; below the second level small letters are Roman numbers."""
    if name.isdigit():
        return "number"
    if name.isupper():
        return "capital"
    return "roman" if depth >= 2 and set(name) <= set("ivx") else "letter"


def _beside(paragraphs: tuple[str, ...], names: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return the paragraphs that `names` stand for beside others, or nothing where no level fits."""
    for depth in range(len(paragraphs) - 1, -1, -1):
        if _kind(names[0], depth) == _kind(paragraphs[depth], depth):
            return (*paragraphs[:depth], *names)
    return None


def _plain(head: re.Match[str]) -> Cite:
    """Return what a head cites that is complete in itself: a page, an order, a law, a notice, a memorandum."""
    if head["page"]:
        return Cite(Code.FR, int(head["volume"]), head["page"].replace(",", ""))
    if head["order"]:
        return Cite(Code.EO, 0, head["order"].replace(",", ""))
    if head["law"]:
        return Cite(Code.LAW, int(head["congress"]), head["law"])
    if head["notice"]:
        return Cite(Code.HUD, 0, f"{head['office']}-{head['year']}-{head['notice']}")
    return Cite(Code.OMB, 0, head["memo"])
