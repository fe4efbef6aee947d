"""Find the instructions inside one section: paragraphs added, deleted or restated, words replaced, tables restated."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from fe_contracts.document.tree import Paragraph, Role, Table
from fe_contracts.model.amendment import SentenceForm as F
from fe_contracts.renewal.amendment_layout import line_of, scope, times
from fe_contracts.renewal.amendment_phrases import phrases

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fe_contracts.document.tree import Block, Clause, ExhibitPart
    from fe_contracts.renewal.amendment_instructions import Instruction
    from fe_contracts.renewal.amendment_layout import Line
    from fe_contracts.renewal.amendment_phrases import Phrase

__all__ = ["inside"]

_LIKE = 0.5
_COUNTED = 10
"""The library's wording counts so far at least: the tenth table."""
_AMOUNT = re.compile(r"(?:[a-z -]+ \()?\$[\d,]+(?:\.\d\d)?\)?")
_DATE = re.compile(r"[A-Z][a-z]+ \d{1,2}, \d{4}")


@dataclass(frozen=True, slots=True)
class _Unit:
    """A numbered paragraph with all that belongs to it, a table, or a paragraph without a number."""

    kind: str
    """item, table or text."""
    blocks: tuple[Block, ...]
    number: str = ""

    @property
    def lines(self) -> tuple[Line, ...]:
        """Return its lines."""
        return tuple(map(line_of, self.blocks))

    @property
    def text(self) -> str:
        """Return its text."""
        return "\n".join(line.text for line in self.lines)


class _Unnameable(Exception):  # noqa: N818 - caught below: the section is restated
    """A change stands where no number and no words name it."""


def inside(old: Clause | ExhibitPart, new: Clause | ExhibitPart, base: Instruction) -> Iterator[Instruction]:
    """Yield what is done inside a section, in its order; nothing where it must be restated as a whole.

    `base` is an instruction that names the section.
    """
    before, after = _units(old.blocks), _units(new.blocks)
    lines = [line_of(block) for block in old.blocks]
    found: list[Instruction] = []
    try:
        for at, one, other in _aligned(before, after):
            if one is None:
                found.append(_added(before, at, other, base))
            elif not other:
                found.append(_removed(one, base))
            elif one.lines != other[0].lines:
                found += _changed(one, other[0], base, lines, before)
    except _Unnameable:
        return
    yield from found


def _units(blocks: Sequence[Block]) -> list[_Unit]:
    units: list[_Unit] = []
    for block in blocks:
        if isinstance(block, Table):
            units.append(_Unit("table", (block,)))
        elif block.role is Role.ITEM and block.level == 0:
            units.append(_Unit("item", (block,), block.full_number))
        elif block.role in {Role.ITEM, Role.BULLET} and units and units[-1].kind != "table":
            units[-1] = replace(units[-1], blocks=(*units[-1].blocks, block))
        else:
            units.append(_Unit("text", (block,)))
    return units


_Step = tuple[int, "_Unit | None", "tuple[_Unit, ...]"]


def _aligned(before: list[_Unit], after: list[_Unit]) -> Iterator[_Step]:
    """Yield the units side by side: the place in the old text, the old unit, and what stands for it now."""
    matcher = SequenceMatcher(None, [unit.lines for unit in before], [unit.lines for unit in after], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            continue
        yield from _paired(before, (a, b), after, (c, d))


def _paired(before: list[_Unit], old: tuple[int, int], after: list[_Unit], new: tuple[int, int]) -> Iterator[_Step]:
    """Yield the pairs of a stretch that differs: one for one if they are as many and of the same kinds.

    Else each old unit goes with the first new one that is like it.
    """
    (a, b), (c, d) = old, new
    if [unit.kind for unit in before[a:b]] == [unit.kind for unit in after[c:d]]:
        yield from ((at, before[at], (after[c + at - a],)) for at in range(a, b))
        return
    for at in range(a, b):
        partner = next((place for place in range(c, d) if _alike(before[at], after[place])), None)
        if partner is None:
            yield at, before[at], ()
            continue
        if partner > c:
            yield at, None, tuple(after[c:partner])
        yield at, before[at], (after[partner],)
        c = partner + 1
    if c < d:
        yield b, None, tuple(after[c:d])


def _alike(old: _Unit, new: _Unit) -> bool:
    if old.kind != new.kind:
        return False
    first, other = old.blocks[0], new.blocks[0]
    if isinstance(first, Table) and isinstance(other, Table):
        return first.parameter == other.parameter
    if isinstance(first, Paragraph) and isinstance(other, Paragraph) and first.anchor and first.anchor == other.anchor:
        return True
    return SequenceMatcher(None, old.text.split(), new.text.split(), autojunk=False).ratio() >= _LIKE


def _added(before: list[_Unit], at: int, units: tuple[_Unit, ...], base: Instruction) -> Instruction:
    """Return that numbered paragraphs are added, behind or in front of one that is there."""
    if any(unit.kind != "item" for unit in units):
        raise _Unnameable
    blocks = tuple(block for unit in units for block in unit.blocks)
    if at and before[at - 1].kind == "item":
        return replace(base, form=F.PARAGRAPH_ADDED_AFTER, place=before[at - 1].number, blocks=blocks)
    if at < len(before) and before[at].kind == "item":
        return replace(base, form=F.PARAGRAPH_ADDED_BEFORE, place=before[at].number, blocks=blocks)
    raise _Unnameable


def _removed(unit: _Unit, base: Instruction) -> Instruction:
    if unit.kind != "item":
        raise _Unnameable
    return replace(base, form=F.PARAGRAPH_REMOVED, place=unit.number)


def _changed(
    old: _Unit, new: _Unit, base: Instruction, lines: Sequence[Line], before: list[_Unit]
) -> Iterator[Instruction]:
    """Yield what is done to one unit: a table restated, words replaced, or a numbered paragraph restated."""
    if old.kind == "table":
        tables = [unit for unit in before if unit.kind == "table"]
        place = next(at for at, unit in enumerate(tables, start=1) if unit is old)
        if place > _COUNTED:
            raise _Unnameable
        yield replace(base, form=F.TABLE_REPLACED, table=place, tables=len(tables), blocks=new.blocks)
        return
    worded = _reworded(old, new, base, lines)
    if worded is not None:
        yield from worded
    elif old.kind == "item":
        yield replace(base, form=F.PARAGRAPH_REPLACED, place=old.number, blocks=new.blocks)
    else:
        raise _Unnameable


def _reworded(old: _Unit, new: _Unit, base: Instruction, lines: Sequence[Line]) -> list[Instruction] | None:
    """Return the words that are replaced in each paragraph of a unit; None if that does not say it all."""
    if [(line.kind, line.level) for line in old.lines] != [(line.kind, line.level) for line in new.lines]:
        return None
    found: list[Instruction] = []
    for one, other in zip(old.blocks, new.blocks, strict=True):
        if line_of(one) == line_of(other) or not isinstance(one, Paragraph) or not isinstance(other, Paragraph):
            continue
        place = one.full_number or old.number or base.place
        here = [lines[at].text for at in scope(lines, place, base.place) if lines[at].kind != "table"]
        said = phrases(one, other, lambda words, here=here: sum(times(words, text) for text in here) == 1)  # type: ignore[misc]
        if said is None:
            return None
        found += (
            replace(base, form=_form(phrase), place=place, old=phrase.old, new=phrase.new, inlines=phrase.inlines)
            for phrase in said
        )
    return found


def _form(phrase: Phrase) -> F:
    """Return whether one amount or one date takes the place of another; else they are words."""
    if phrase.value and all(_AMOUNT.fullmatch(text) for text in (phrase.old, phrase.new)):
        return F.AMOUNT
    if phrase.value and all(_is_date(text) for text in (phrase.old, phrase.new)):
        return F.DATE
    return F.WORDS


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        dt.datetime.strptime(text, "%B %d, %Y")  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return False
    return True
