"""Draw what changed of paragraphs that became paragraphs: words, looks, properties, marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from lxml import etree

from fe_contracts.compare.streams import script
from fe_contracts.word.revisions.marking import DELETED, INSERTED, before_change, empty_like, ensure_properties, without
from fe_contracts.word.revisions.meaning import Meaning
from fe_contracts.word.revisions.painting import Painter
from fe_contracts.word.revisions.pieces import PieceKind
from fe_contracts.word.revisions.slicing import outputs
from fe_contracts.word.xml import w

if TYPE_CHECKING:
    from fe_contracts.compare.blocks import Step
    from fe_contracts.word.revisions.comparing import Comparison
    from fe_contracts.word.revisions.placing import Places
    from fe_contracts.word.revisions.slicing import Output
    from fe_contracts.word.revisions.story import Placed

__all__ = ["Paragraphs"]

_P, _P_PR, _R_PR, _BOX, _SDT = (w(name) for name in ("p", "pPr", "rPr", "txbxContent", "sdt"))
_NOT_IN_CHANGE: Final = ("rPr", "sectPr", "pPrChange")
_MARKS: Final = ("ins", "del", "moveFrom", "moveTo", "rPrChange")
_SPACES: Final = Meaning({}, lambda _, key: key, {})


class Paragraphs:
    """Draws the paragraphs of one comparison."""

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self._looks: dict[etree._Element, bytes] = {}

    def draw(
        self, step: Step, before: list[Placed], after: list[Placed], old_part: str, new_part: str, places: Places
    ) -> None:
        """Draw paragraphs that became paragraphs."""
        old = [self.comparison.old.flow(item.element, old_part) for item in before[step.old : step.old_end]]
        new = [self.comparison.new.flow(item.element, new_part) for item in after[step.new : step.new_end]]
        found = outputs(script([flow.line for flow in old], [flow.line for flow in new]), old, new)
        painter = Painter(self.comparison.marker, self.look, self._carry(old_part, new_part), old)
        first = new[0].element
        last: etree._Element | None = None
        for output in found:
            if output.state == DELETED:
                assert output.old is not None  # noqa: S101 - a deleted mark stands in the old document
                paragraph = etree.Element(_P, nsmap=cast("dict[str, str]", first.nsmap))
                self._old_properties(output.old.element, paragraph, old_part, new_part)
                if last is None:
                    first.addprevious(paragraph)
                else:
                    last.addnext(paragraph)
                    paragraph.tail, last.tail = last.tail, None
                painter.paint(paragraph, output.items)
                self.comparison.marker.mark_paragraph_end(paragraph, DELETED)
                self.comparison.marker.counts["paragraph marks deleted"] += 1
            else:
                assert output.new is not None  # noqa: S101 - any other mark stands in the new one
                paragraph = output.new.element
                if painter.changed(output):
                    self._repaint(paragraph, output, painter)
                if output.state == INSERTED:
                    since = self.comparison.marker.next_id
                    self.comparison.marker.mark_paragraph_end(paragraph, INSERTED)
                    self.comparison.marker.count("paragraph marks inserted", since)
                else:
                    assert output.old is not None  # noqa: S101
                    self._properties(output.old.element, paragraph, old_part, new_part)
            self._inside(output, old_part, new_part)
            last = paragraph
        self._controls(found)
        assert last is not None  # noqa: S101 - a script makes one paragraph at least
        places.passed(last)

    def _repaint(self, paragraph: etree._Element, output: Output, painter: Painter) -> None:
        for child in list(paragraph):
            if child.tag != _P_PR:
                paragraph.remove(child)
        painter.paint(paragraph, output.items)
        self.comparison.marker.counts["insertions"] += sum(1 for item in output.items if item.state == INSERTED)
        self.comparison.marker.counts["deletions"] += sum(1 for item in output.items if item.state == DELETED)

    def _inside(self, output: Output, old_part: str, new_part: str) -> None:
        """Draw what differs inside the boxes that were kept, and remember the notes that came and went."""
        for item in output.items:
            piece = item.piece
            if piece.kind == PieceKind.BOX and item.old is not None:
                one = list(item.old.nodes[0][1].iter(_BOX))
                two = list(piece.nodes[0][1].iter(_BOX))
                for old_box, new_box in zip(one, two, strict=False):
                    if not _in_a_box(old_box, item.old.nodes[0][1]):
                        self.comparison.containers.draw(old_box, new_box, old_part, new_part)
            elif piece.kind == PieceKind.NOTE and item.state == INSERTED:
                self.comparison.notes.inserted(piece.nodes[0][1])

    def _controls(self, found: list[Output]) -> None:
        """Remember the controls that came or went around words that stay: text has no mark for that."""
        held: set[etree._Element] = set()
        gone: set[etree._Element] = set()
        come: set[etree._Element] = set()
        for item in (item for output in found for item in output.items):
            if item.old is None or not (item.path or item.old.path):
                continue
            one = [holder for holder in item.old.path if holder.tag == _SDT]
            two = [holder for holder in item.path if holder.tag == _SDT]
            gone.update(one[len(two) :])
            come.update(two[len(one) :])
            held.update(one[: len(two)], two[: len(one)])
            self.comparison.controls.pair(one, two)
        self.comparison.controls.lost |= gone - held
        self.comparison.controls.come |= come - held

    def _old_properties(self, old: etree._Element, paragraph: etree._Element, old_part: str, new_part: str) -> None:
        properties = old.find(_P_PR)
        if properties is not None:
            paragraph.insert(0, self.comparison.carrier.copied(properties, old_part=old_part, new_part=new_part))

    def _properties(self, old: etree._Element, new: etree._Element, old_part: str, new_part: str) -> None:
        """Record how the properties of a paragraph differ: its own, those of its mark, those of its section."""
        one, two = old.find(_P_PR), new.find(_P_PR)
        earlier = before_change(two, "pPrChange")
        before, after = without(one, _NOT_IN_CHANGE), without(earlier, _NOT_IN_CHANGE)
        mark_before = without(one.find(_R_PR), _MARKS) if one is not None else None
        mark_after = without(before_change(two.find(_R_PR), "rPrChange"), _MARKS) if two is not None else None
        meaning, other = self.comparison.old.meaning(old_part), self.comparison.new.meaning(new_part)
        if _shown(mark_before, meaning) != _shown(mark_after, other):
            properties = ensure_properties(new)
            own = properties.find(_R_PR)
            if own is None:
                own = etree.Element(_R_PR)
                section = properties.find(w("sectPr"))
                if section is not None:
                    section.addprevious(own)
                else:
                    properties.append(own)
            was = None if mark_before is None else self.comparison.carrier.properties(mark_before)
            since = self.comparison.marker.next_id
            self.comparison.marker.record(own, was, "rPrChange")
            self.comparison.marker.count("formatting", since)
        if _shown(before, meaning) != _shown(after, other):
            properties = ensure_properties(new)
            since = self.comparison.marker.next_id
            self.comparison.marker.record(
                properties,
                etree.Element(_P_PR) if before is None else self.comparison.carrier.properties(before),
                "pPrChange",
            )
            self.comparison.marker.count("paragraph properties", since)
        self.comparison.sections.pair(old, new)

    def look(self, run: etree._Element | None) -> bytes:
        """Return how a run looks, as bytes."""
        if run is None:
            return b""
        if run not in self._looks:
            properties = run.find(_R_PR)
            properties = before_change(properties, "rPrChange")
            self._looks[run] = b"" if properties is None or not len(properties) else _shown_run(properties)
        return self._looks[run]

    def _carry(self, old_part: str, new_part: str) -> Any:
        def carry(element: etree._Element, *, shallow: bool) -> etree._Element:
            if element.tag == _R_PR:
                return self.comparison.carrier.properties(element)
            if shallow:
                probe = empty_like(element)
                for child in element:
                    if child.tag not in {w("sdtContent"), w("r")} and element.tag == w("sdt"):
                        probe.append(etree.fromstring(etree.tostring(child, with_tail=False)))
                return self.comparison.carrier.copied(probe, old_part=old_part, new_part=new_part)
            copy = self.comparison.carrier.copied(element, old_part=old_part, new_part=new_part)
            self.comparison.notes.deleted(element, copy)
            return copy

        return carry


def _in_a_box(box: etree._Element, drawing: etree._Element) -> bool:
    """Say whether a text box stands in another one of the same drawing, which draws it with its own text."""
    for up in box.iterancestors():
        if up is drawing:
            return False
        if up.tag == _BOX:
            return True
    return False


def _shown_run(properties: etree._Element) -> bytes:
    return _SPACES.of(properties)


def _shown(properties: etree._Element | None, meaning: Meaning) -> bytes:
    return b"" if properties is None or not len(properties) else meaning.of(properties)
