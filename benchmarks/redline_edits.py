"""Edit a Word file as a person would, at random and by a seed: mostly words, now and then a paragraph or a row."""

from __future__ import annotations

import random
from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

from benchmarks.redline_files import W, WordFile

if TYPE_CHECKING:
    from collections.abc import Callable

    Element = etree._Element  # noqa: SLF001 - lxml has no public name for it

__all__ = ["edited"]


def edited(docx: bytes, edits: int, *, large: float = 0.1, seed: int) -> bytes:
    """Return the file with so many edits in its body: mostly words, this share paragraphs, rows and looks."""
    file, rng = WordFile.of(docx), random.Random(seed)  # noqa: S311 - a seed is the point
    pen = _Pen(file.body, rng, large)
    for _ in range(edits):
        pen.edit()
    return file.to_bytes()


class _Pen:
    """Edit a body as a person would, at random."""

    def __init__(self, body: Element, rng: random.Random, large: float) -> None:
        self._rng, self._share = rng, large
        self._texts = [text for text in body.iter(f"{W}t") if len((text.text or "").split()) > 5]
        self._words = [word for text in self._texts for word in (text.text or "").split()]
        self._paragraphs = [outer for text in self._texts if (outer := _outer(text, f"{W}p")) is not None]
        self._rows = [row for row in body.iter(f"{W}tr") if not any(True for _ in row.iter(f"{W}sdt", f"{W}vMerge"))]
        self._large: tuple[Callable[[], None], ...] = (self._remove, self._add, self._move, self._row, self._slant)

    def edit(self) -> None:
        """Make one edit."""
        if self._rng.random() < self._share:
            self._rng.choice(self._large)()
        else:
            self._reword()

    def _reword(self) -> None:
        """Replace, insert or delete up to three words."""
        rng, text = self._rng, self._rng.choice(self._texts)
        words = (text.text or "").split(" ")
        place = rng.randrange(len(words))
        gone = rng.choice((0, 1, 1, 1, 2, 3))
        come = rng.choice((1, 1, 2, 3)) if gone in (0, 1) else rng.choice((0, 1))
        words[place : place + gone] = [rng.choice(self._words) for _ in range(come)]
        text.text = " ".join(words)

    def _whole(self) -> Element | None:
        """Return a paragraph that stands among others and holds plain runs only."""
        for _ in range(50):
            found = self._rng.choice(self._paragraphs)
            parent = found.getparent()
            if parent is None or parent.tag == f"{W}tc":
                continue
            if found.getprevious() is None or found.getnext() is None:
                continue
            if {child.tag for child in found} <= {f"{W}pPr", f"{W}r"} and found.find(f".//{W}sectPr") is None:
                return found
        return None

    def _remove(self) -> None:
        if (found := self._whole()) is not None:
            _taken(found)

    def _add(self) -> None:
        """Put a new paragraph after one, in its look."""
        if (found := self._whole()) is None:
            return
        copy = deepcopy(found)
        for run in copy.findall(f"{W}r")[1:]:
            copy.remove(run)
        for text in copy.iter(f"{W}t"):
            text.text = " ".join(self._rng.choice(self._words) for _ in range(self._rng.randint(10, 40)))
        found.addnext(copy)

    def _move(self) -> None:
        here, there = self._whole(), self._whole()
        if here is not None and there is not None and here is not there:
            _taken(here)
            there.addnext(here)

    def _row(self) -> None:
        """Remove a table row, or add one like it with other words."""
        rows = [row for row in self._rows if any(True for _ in row.itersiblings(f"{W}tr", preceding=True))]
        if not rows:
            return
        found = self._rng.choice(rows)
        if self._rng.random() < 0.5:
            self._rows.remove(found)
            _taken(found)
            return
        copy = deepcopy(found)
        for text in copy.iter(f"{W}t"):
            text.text = " ".join(self._rng.choice(self._words) for _ in (text.text or "").split()) or text.text
        found.addnext(copy)

    def _slant(self) -> None:
        """Set a run in italics."""
        run = self._rng.choice(self._texts).getparent()
        if run is None or run.tag != f"{W}r":
            return
        look = run.find(f"{W}rPr")
        if look is None:
            look = etree.Element(f"{W}rPr")
            run.insert(0, look)
        if look.find(f"{W}i") is None:
            bold = look.find(f"{W}b")
            look.insert(_place_of_italics(look) if bold is None else look.index(bold) + 1, etree.Element(f"{W}i"))


def _place_of_italics(look: Element) -> int:
    """Return where the schema wants italics among a run's properties: after its style and its fonts."""
    before = {f"{W}rStyle", f"{W}rFonts", f"{W}b", f"{W}bCs"}
    return sum(1 for child in look if child.tag in before)


def _outer(text: Element, tag: str) -> Element | None:
    """Return the element that its run stands in, if it is of this kind."""
    run = text.getparent()
    found = None if run is None else run.getparent()
    return found if found is not None and found.tag == tag else None


def _taken(element: Element) -> None:
    """Take the element out of its parent."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
