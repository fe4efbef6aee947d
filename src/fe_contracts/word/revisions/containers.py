"""Draw what differs between two bodies, cells, headers, notes or text boxes: paragraphs and tables, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fe_contracts.compare.alignment import align
from fe_contracts.compare.blocks import Block, BlockKind, StepKind
from fe_contracts.word.revisions.marking import DELETED, INSERTED, MOVED_FROM, MOVED_TO, bracket
from fe_contracts.word.revisions.moving import moves
from fe_contracts.word.revisions.noting import note
from fe_contracts.word.revisions.paragraphs import Paragraphs
from fe_contracts.word.revisions.placing import Places
from fe_contracts.word.revisions.story import Placed, placed
from fe_contracts.word.revisions.tables import Tables
from fe_contracts.word.xml import w

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml import etree

    from fe_contracts.compare.blocks import Step
    from fe_contracts.compare.streams import Line
    from fe_contracts.word.revisions.comparing import Comparison
    from fe_contracts.word.revisions.reading import Side

__all__ = ["Containers"]

_P, _P_PR, _T = w("p"), w("pPr"), w("t")
_FEW_WORDS: Final = 20
_WHOLE: Final = {
    INSERTED: "paragraphs inserted",
    DELETED: "paragraphs deleted",
    MOVED_TO: "paragraphs moved",
}


class Containers:
    """Draws the containers of one comparison."""

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self.tables = Tables(comparison)
        self.paragraphs = Paragraphs(comparison)

    def draw(self, old: etree._Element, new: etree._Element, old_part: str, new_part: str) -> None:
        """Draw what differs between two bodies, cells, headers, notes or text boxes."""
        gone: list[etree._Element] = []
        fresh: list[etree._Element] = []
        before, after = placed(old, gone), placed(new, fresh)
        if gone or fresh:
            self._others(gone, fresh, old_part, new_part)
        one = self._blocks(before, self.comparison.old, old_part)
        two = self._blocks(after, self.comparison.new, new_part)
        steps = align(one, two)
        self._pair_controls(steps, before, after)
        if all(
            step.kind is StepKind.SAME and len(before[step.old].boxes) == len(after[step.new].boxes) for step in steps
        ):
            self._pair_sections(steps, before, after)
            return
        moved = moves(steps, one, two, self.comparison.next_move)
        places = Places(self.comparison, new, before, after, steps, old_part, new_part)
        for step in steps:
            match step.kind:
                case StepKind.SAME:
                    places.passed(after[step.new].element)
                case StepKind.STREAM:
                    self.paragraphs.draw(step, before, after, old_part, new_part, places)
                case StepKind.TABLES:
                    self.tables.draw(before[step.old].element, after[step.new].element, old_part, new_part)
                    places.passed(after[step.new].element)
                case StepKind.FRESH:
                    self._fresh(after[step.new], moved.arrived.get(step.new))
                    places.passed(after[step.new].element)
                case StepKind.GONE:
                    self._gone(before[step.old], old_part, new_part, places, moved.left.get(step.old))
        places.mark_controls()
        self._pair_sections(steps, before, after)

    def _others(self, one: list[etree._Element], two: list[etree._Element], old_part: str, new_part: str) -> None:
        """Name a difference in what stands between paragraphs and is neither text nor table."""
        before, after = self.comparison.old.meaning(old_part), self.comparison.new.meaning(new_part)
        if [before.of(item) for item in one] != [after.of(item) for item in two]:
            kinds = sorted({str(item.tag).rpartition("}")[2] for item in (*one, *two)})
            self.comparison.findings.append(
                note(
                    "REDLINE033",
                    "warning",
                    f"What stands between paragraphs differs ({', '.join(kinds)}), and that cannot be tracked: the "
                    "redline shows it as the new file has it.",
                    "Look at both documents side by side.",
                    file=self.comparison.new.package.name,
                    part=new_part,
                )
            )

    def _pair_controls(self, steps: Sequence[Step], before: list[Placed], after: list[Placed]) -> None:
        for step in steps:
            if step.kind not in {StepKind.GONE, StepKind.FRESH} and before[step.old].boxes:
                self.comparison.controls.pair(before[step.old].boxes, after[step.new].boxes)

    def _pair_sections(self, steps: Sequence[Step], before: list[Placed], after: list[Placed]) -> None:
        for step in steps:
            if step.kind is StepKind.SAME:
                self.comparison.sections.pair(before[step.old].element, after[step.new].element)

    def _blocks(self, items: list[Placed], side: Side, part: str) -> list[Block[Placed]]:
        meaning = side.meaning(part)

        def line(item: Placed) -> Line:
            if item.is_table:
                return side.line(item.element, part)
            return side.flow(item.element, part).line

        return [
            Block(
                BlockKind.TABLE if item.is_table else BlockKind.PARAGRAPH,
                meaning.of(item.element),
                item,
                line,
                item.place,
                item.boxes[-1] if item.boxes else None,
                _style_of,
                _telling,
            )
            for item in items
        ]

    def _fresh(self, item: Placed, move: str | None) -> None:
        self._whole(item.element, MOVED_TO if move else INSERTED, move)

    def _whole(self, element: etree._Element, state: str, move: str | None = None) -> None:
        """Mark a whole paragraph or table."""
        if state in {INSERTED, MOVED_TO}:
            self.comparison.notes.all_inserted(element)
        since = self.comparison.marker.next_id
        if element.tag == _P:
            self.comparison.marker.mark_all(element, state)
            self.comparison.marker.mark_paragraph_end(element, state)
            if move:
                bracket(self.comparison.marker, [element], state, move)
            if state != MOVED_FROM:  # a move is counted where it arrives
                self.comparison.marker.count(_WHOLE[state], since)
        else:
            self.comparison.marker.mark_all(element, state)
            self.comparison.marker.count("tables inserted" if state == INSERTED else "tables deleted", since)

    def _gone(self, item: Placed, old_part: str, new_part: str, places: Places, move: str | None) -> None:
        copy = self.comparison.carrier.copied(item.element, old_part=old_part, new_part=new_part)
        self.comparison.notes.deleted(item.element, copy)
        copy.tail = None
        places.put(item, copy)
        self._whole(copy, MOVED_FROM if move else DELETED, move)


def _telling(item: Placed) -> bool:
    """Say whether a block holds more than a few words, by the length of its text."""
    length = 0
    for text in item.element.iter(_T):
        length += len(text.text or "")
        if length > _FEW_WORDS:
            return True
    return False


def _style_of(item: Placed) -> str:
    style = item.element.find(f"{_P_PR}/{w('pStyle')}")
    return "" if style is None else style.get(w("val"), "")
