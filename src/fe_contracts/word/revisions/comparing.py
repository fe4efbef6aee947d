"""Go through two documents story by story, and draw what differs into the new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lxml import etree

from fe_contracts.compare.alignment import align
from fe_contracts.compare.blocks import Block, BlockKind, StepKind
from fe_contracts.compare.tokens import Cutter, defined_terms
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.word.revisions.carrying import Carrier
from fe_contracts.word.revisions.controls import Controls
from fe_contracts.word.revisions.marking import (
    DELETED,
    INSERTED,
    MOVED_FROM,
    MOVED_TO,
    Marker,
    bracket,
)
from fe_contracts.word.revisions.moving import moves
from fe_contracts.word.revisions.naming import RANGES, names
from fe_contracts.word.revisions.notes import Notes
from fe_contracts.word.revisions.paragraphs import Paragraphs
from fe_contracts.word.revisions.placing import Places
from fe_contracts.word.revisions.reading import Side
from fe_contracts.word.revisions.sections import Sections
from fe_contracts.word.revisions.settings import settings_apart
from fe_contracts.word.revisions.story import Placed, placed
from fe_contracts.word.revisions.tables import Tables
from fe_contracts.word.xml import w

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fe_contracts.compare.blocks import Step
    from fe_contracts.compare.streams import Line
    from fe_contracts.word.revisions.editable import EditablePackage

__all__ = ["Comparison"]

_P, _P_PR, _R_PR, _BODY, _BOX = (w(name) for name in ("p", "pPr", "rPr", "body", "txbxContent"))
_T: Final = w("t")
_FEW_WORDS: Final = 20
_ID: Final = w("id")
_MOST: Final = 2**31 - 10**6
_NUMBERED: Final = (
    *sorted(name for name in RANGES if name.endswith("Start")),
    *sorted(names("ins del moveFrom moveTo cellIns cellDel cellMerge numberingChange rPrChange pPrChange")),
    *sorted(names("sectPrChange tblPrChange tblPrExChange trPrChange tcPrChange tblGridChange")),
)
"""What Word numbers: no two of one kind alike, and here no two at all."""


class Comparison:
    """Two open documents and all that is drawn between them."""

    def __init__(self, old: EditablePackage, new: EditablePackage, author: str, date: str) -> None:
        self.carrier = Carrier(old, new)
        self.marker = _marker(new, author, date)
        self.known: dict[bytes, bytes] = {}
        self.notes = Notes(self)
        self.old, self.new = Side(old, "old", self), Side(new, "new", self)
        self.sections = Sections(self)
        self.tables: Tables = Tables(self)
        self.paragraphs = Paragraphs(self)
        self.findings: list[Finding] = []
        self.controls = Controls()
        self._cutter: Cutter | None = None
        self._moves = 0
        self._numbers: dict[bytes, bytes] | None = None

    @property
    def cutter(self) -> Cutter:
        """Return what cuts text into tokens, knowing the terms that either document defines."""
        if self._cutter is None:
            terms: set[str] = set()
            for package in (self.old.package, self.new.package):
                terms |= defined_terms(etree.tostring(package.tree(package.main), method="text", encoding="unicode"))
            self._cutter = Cutter.knowing(terms)
        return self._cutter

    def numbers(self) -> dict[bytes, bytes]:
        """Return the list ids of the old document that mean another list in the new one."""
        if self._numbers is None:
            self._numbers = {}
            old = self.old.package
            used = {item.get(w("val"), "") for part in old.stories() for item in old.tree(part).iter(w("numId"))}
            matches = {number: self.carrier.numbering_match(number) for number in sorted(used - {"", "0"})}
            for number, other in matches.items():
                if other is not None and other != number:
                    self._numbers[number.encode()] = other.encode()
            if matches:
                unmatched = {number for number, other in matches.items() if other is None}
                self.carrier.numbering_kept |= self.carrier.numbering_changed() & unmatched
        return self._numbers

    def next_move(self) -> str:
        """Return a name for a move that no other has."""
        self._moves += 1
        return f"move{self._moves}"

    def all_notes(self) -> tuple[Finding, ...]:
        """Return what could not be tracked."""
        if self.marker.unrecorded:
            self.findings.append(
                Finding(
                    "REDLINE032",
                    Severity.WARNING,
                    f"{self.marker.unrecorded} changes of formatting or properties could not be tracked: the new "
                    "file tracks others there already, and Word knows one record only.",
                    Where(file=self.new.package.name),
                    "Accept or reject what the new file tracks first (--existing accept or reject).",
                )
            )
            self.marker.unrecorded = 0
        said = self.controls.findings(self.old.package.name, self.new.package.name)
        return (*self.findings, *said, *self.carrier.notes)

    def draw(self) -> None:
        """Draw the whole document."""
        old, new = self.old.package, self.new.package
        before, after = old.tree(old.main).find(_BODY), new.tree(new.main).find(_BODY)
        if before is None or after is None:
            return
        self.notes.pair()
        self.sections.read(before, after)
        self.container(before, after, old.main, new.main)
        self.sections.draw(before, after)
        self.notes.draw()
        self.carrier.review()
        self.findings += settings_apart(old, new)
        if any(self.marker.counts.values()):
            for part in new.stories():
                new.touch(part)

    def release(self) -> None:
        """Let go of everything: the parts of a comparison know one another, and would wait for garbage collection."""
        for part in (self.notes, self.old, self.new, self.sections, self.tables, self.paragraphs, self):
            vars(part).clear()

    # ------------------------------------------------------------------ containers

    def container(self, old: etree._Element, new: etree._Element, old_part: str, new_part: str) -> None:
        """Draw what differs between two bodies, cells, headers, notes or text boxes."""
        gone: list[etree._Element] = []
        fresh: list[etree._Element] = []
        before, after = placed(old, gone), placed(new, fresh)
        if gone or fresh:
            self._others(gone, fresh, old_part, new_part)
        one, two = self._blocks(before, self.old, old_part), self._blocks(after, self.new, new_part)
        steps = align(one, two)
        self._pair_controls(steps, before, after)
        if all(
            step.kind is StepKind.SAME and len(before[step.old].boxes) == len(after[step.new].boxes) for step in steps
        ):
            self._pair_sections(steps, before, after)
            return
        moved = moves(steps, one, two, self.next_move)
        places = Places(self, new, before, after, steps, old_part, new_part)
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
        before, after = self.old.meaning(old_part), self.new.meaning(new_part)
        if [before.of(item) for item in one] != [after.of(item) for item in two]:
            kinds = sorted({str(item.tag).rpartition("}")[2] for item in (*one, *two)})
            self.findings.append(
                Finding(
                    "REDLINE033",
                    Severity.WARNING,
                    f"What stands between paragraphs differs ({', '.join(kinds)}), and that cannot be tracked: the "
                    "redline shows it as the new file has it.",
                    Where(file=self.new.package.name, field=new_part),
                    "Look at both documents side by side.",
                )
            )

    def _pair_controls(self, steps: Sequence[Step], before: list[Placed], after: list[Placed]) -> None:
        for step in steps:
            if step.kind not in {StepKind.GONE, StepKind.FRESH} and before[step.old].boxes:
                self.controls.pair(before[step.old].boxes, after[step.new].boxes)

    def _pair_sections(self, steps: Sequence[Step], before: list[Placed], after: list[Placed]) -> None:
        for step in steps:
            if step.kind is StepKind.SAME:
                self.sections.pair(before[step.old].element, after[step.new].element)

    def _blocks(self, items: list[Placed], side: Side, part: str) -> list[Block[Placed]]:
        meaning = side.meaning(part)

        def line(item: Placed) -> Line:
            if item.is_table:
                return self.tables.line(item.element, side, part)
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
        self.mark_whole(item.element, MOVED_TO if move else INSERTED, move)

    def mark_whole(self, element: etree._Element, state: str, move: str | None = None) -> None:
        """Mark a whole paragraph or table."""
        if state in {INSERTED, MOVED_TO}:
            self.notes.all_inserted(element)
        since = self.marker.next_id
        if element.tag == _P:
            self.marker.mark_all(element, state)
            self.marker.mark_paragraph_end(element, state)
            if move:
                bracket(self.marker, [element], state, move)
            if state != MOVED_FROM:  # a move is counted where it arrives
                self.marker.count(_WHOLE[state], since)
        else:
            self.marker.mark_all(element, state)
            self.marker.count("tables inserted" if state == INSERTED else "tables deleted", since)

    def _gone(self, item: Placed, old_part: str, new_part: str, places: Places, move: str | None) -> None:
        copy = self.carrier.copied(item.element, old_part=old_part, new_part=new_part)
        self.notes.deleted(item.element, copy)
        copy.tail = None
        places.put(item, copy)
        self.mark_whole(copy, MOVED_FROM if move else DELETED, move)


_WHOLE: Final = {
    INSERTED: "paragraphs inserted",
    DELETED: "paragraphs deleted",
    MOVED_TO: "paragraphs moved",
}


def _end_with_section(body: etree._Element) -> None:
    """Put the last section of a document where it belongs, if something stands behind it: every reader does."""
    section = next(body.iterchildren(w("sectPr"), reversed=True), None)
    if section is not None and next(section.itersiblings(_P, w("tbl"), w("sdt")), None) is not None:
        body.append(section)


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


def _numbers_of(package: EditablePackage) -> frozenset[int]:
    """Return the numbers that the annotations of a document have."""
    found: set[int] = set()
    for part in package.stories():
        for element in package.tree(part).iter(*_NUMBERED):
            number = element.get(_ID, "")
            if number.lstrip("-").isdecimal():
                found.add(int(number))
    return frozenset(found)


def _marker(package: EditablePackage, author: str, date: str) -> Marker:
    """Return a marker whose numbers follow those of the document; if these leave no room, its numbers lie between."""
    taken = _numbers_of(package)
    highest = max(taken, default=0)
    if highest < _MOST:
        return Marker(author, date, max(highest, 0) + 1)
    return Marker(author, date, taken=taken)
