"""Say which cell of a table became which: by the columns of the whole table, else by what stands in them."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from fe_contracts.compare.alignment import align
from fe_contracts.compare.blocks import Block, BlockKind, StepKind
from fe_contracts.compare.streams import Line
from fe_contracts.word.revisions.story import cells_of
from fe_contracts.word.xml import w

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias

    from lxml import etree

    from fe_contracts.compare.blocks import Step
    from fe_contracts.word.revisions.comparing import Comparison

    Pair: TypeAlias = tuple[int | None, int | None]
    """A cell of the old row and what it became; nothing where one side has none."""
    Columns: TypeAlias = dict[tuple[int, int], list[Pair]]
    """The pairs, for rows that had so many cells and have so many."""

__all__ = ["Cells"]

_TR = w("tr")


class Cells:
    """Pairs the rows and cells of one comparison."""

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison

    def blocks(self, elements: Sequence[etree._Element], role: str, part: str) -> list[Block[etree._Element]]:
        """Return rows or cells as what can be aligned: by their text, and by how many cells they have."""
        side = self.comparison.old if role == "old" else self.comparison.new
        meaning = side.meaning(part)
        return [
            Block(
                BlockKind.ROW,
                meaning.of(element),
                element,
                lambda item: side.line(item, part),
                look_of=lambda item: str(len(cells_of(item))) if item.tag == _TR else "",
            )
            for element in elements
        ]

    def columns(
        self,
        before: Sequence[etree._Element],
        after: Sequence[etree._Element],
        parts: tuple[str, str],
        steps: Sequence[Step],
    ) -> Columns:
        """Return which column became which, for a table whose rows all have one number of cells.

        Where a row stands as it was, the columns do too.
        """
        if any(step.kind is StepKind.SAME for step in steps):
            return {}
        one, two = [cells_of(row) for row in before], [cells_of(row) for row in after]
        shapes = {len(cells) for cells in one}, {len(cells) for cells in two}
        if len(shapes[0]) != 1 or len(shapes[1]) != 1:
            return {}
        sides = []
        for rows, side, part in ((one, self.comparison.old, parts[0]), (two, self.comparison.new, parts[1])):
            blocks = []
            for cells in zip(*rows, strict=True):
                lines = [side.line(cell, part) for cell in cells]
                line = Line([key for item in lines for key in item.keys])
                blocks.append(Block(BlockKind.ROW, tuple(line.keys), line, lambda item: item))
            sides.append(blocks)
        shape = len(sides[0]), len(sides[1])
        pairs = _pairs(align(sides[0], sides[1], closed=False))
        shifted = any(one is not None and two is not None and one != two for one, two in pairs)
        return {shape: pairs} if shape[0] != shape[1] or shifted else {}

    def pairs(
        self,
        before: Sequence[etree._Element],
        after: Sequence[etree._Element],
        columns: Columns,
        parts: tuple[str, str],
    ) -> list[Pair]:
        """Return which cell became which: by the columns of the whole table, else by what stands in them."""
        shape = len(before), len(after)
        if shape in columns:
            return columns[shape]
        if shape[0] == shape[1]:
            return [(place, place) for place in range(shape[0])]
        steps = align(self.blocks(before, "old", parts[0]), self.blocks(after, "new", parts[1]), closed=False)
        return _pairs(steps)


def _pairs(steps: Sequence[Step]) -> list[Pair]:
    """Return the steps as pairs of places; nothing where one side has none."""
    return [
        pair for step in steps for pair in zip_longest(range(step.old, step.old_end), range(step.new, step.new_end))
    ]
