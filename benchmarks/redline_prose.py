"""Write prose of any length, the same for the same seed: words as they follow one another in the pilot contract.

So phrases repeat as they do in contracts; headings, bold terms and tables stand between.
"""

from __future__ import annotations

import random
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from lxml import etree

from benchmarks.peers import words_of
from benchmarks.redline_files import W, WordFile, word_count
from benchmarks.settings import PILOT
from fe_contracts import assemble, load_catalog, load_spec

if TYPE_CHECKING:
    from collections.abc import Sequence

    Element = etree._Element  # noqa: SLF001 - lxml has no public name for it

__all__ = ["prose"]

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def prose(words: int, *, seed: int = 1) -> bytes:
    """Return a contract-like document of about so many words, in the styles of our plain house style."""
    base = assemble(load_spec(PILOT), load_catalog()).to_bytes("plain")
    file, rng = WordFile.of(base), random.Random(seed)  # noqa: S311 - a seed is the point
    chain = _Chain(words_of(base), rng)
    last = file.body[-1]
    for block in [*file.body][:-1]:
        file.body.remove(block)
    made = number = 0
    while made < words:
        blocks: list[Element] = []
        if number % 12 == 0:
            blocks.append(_paragraph([(chain.text(rng.randint(2, 6)), False)], style="Heading1"))
        blocks.append(_paragraph(_sentences(chain, rng)))
        if number % 40 == 39:
            blocks.append(_table([[chain.text(rng.randint(1, 12)) for _ in range(4)] for _ in range(6)]))
        for block in blocks:
            last.addprevious(block)
            made += word_count(block)
        number += 1
    return file.to_bytes()


class _Chain:
    """Words as they follow one another in a text."""

    def __init__(self, texts: Sequence[str], rng: random.Random) -> None:
        self._next: dict[str, list[str]] = defaultdict(list)
        words = " ".join(texts).split()
        for word, following in pairwise(words):
            self._next[word].append(following)
        self._rng, self._words, self._at = rng, words, words[0]

    def text(self, length: int) -> str:
        """Return so many words, the first of them upper case."""
        found = []
        for _ in range(length):
            choices = self._next.get(self._at) or self._words
            self._at = choices[int(self._rng.random() * len(choices))]
            found.append(self._at)
        text = " ".join(found)
        return text[0].upper() + text[1:]


def _sentences(chain: _Chain, rng: random.Random) -> list[tuple[str, bool]]:
    """Return the runs of a paragraph, each with whether it is bold."""
    runs = []
    for _ in range(rng.randint(1, 5)):
        if rng.random() < 0.3:
            runs.append((chain.text(rng.randint(1, 3)) + " ", True))
        runs.append((chain.text(rng.randint(8, 35)) + ". ", False))
    return runs


def _paragraph(runs: Sequence[tuple[str, bool]], style: str = "") -> Element:
    paragraph = etree.Element(f"{W}p")
    if style:
        etree.SubElement(etree.SubElement(paragraph, f"{W}pPr"), f"{W}pStyle").set(f"{W}val", style)
    for text, bold in runs:
        run = etree.SubElement(paragraph, f"{W}r")
        if bold:
            etree.SubElement(etree.SubElement(run, f"{W}rPr"), f"{W}b")
        element = etree.SubElement(run, f"{W}t")
        element.set(_SPACE, "preserve")
        element.text = text
    return paragraph


def _table(rows: Sequence[Sequence[str]]) -> Element:
    table = etree.Element(f"{W}tbl")
    etree.SubElement(etree.SubElement(table, f"{W}tblPr"), f"{W}tblW").attrib.update({f"{W}w": "0", f"{W}type": "auto"})
    grid = etree.SubElement(table, f"{W}tblGrid")
    for _ in rows[0]:
        etree.SubElement(grid, f"{W}gridCol").set(f"{W}w", str(9_000 // len(rows[0])))
    for row in rows:
        line = etree.SubElement(table, f"{W}tr")
        for text in row:
            cell = etree.SubElement(line, f"{W}tc")
            width = etree.SubElement(etree.SubElement(cell, f"{W}tcPr"), f"{W}tcW")
            width.attrib.update({f"{W}w": str(9_000 // len(row)), f"{W}type": "dxa"})
            cell.append(_paragraph([(text, False)]))
    return table
