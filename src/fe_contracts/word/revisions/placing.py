"""Find the place of what is gone in the new document, and track the controls that came and went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from fe_contracts.compare.blocks import StepKind
from fe_contracts.word.revisions.story import WRAPPERS
from fe_contracts.word.xml import w

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fe_contracts.compare.blocks import Step
    from fe_contracts.word.revisions.comparing import Comparison
    from fe_contracts.word.revisions.story import Placed

__all__ = ["Places"]

_SDT, _CONTENT = w("sdt"), w("sdtContent")


class Places:
    """Where the blocks of one container stand, while it is drawn."""

    def __init__(
        self,
        comparison: Comparison,
        container: etree._Element,
        before: Sequence[Placed],
        after: Sequence[Placed],
        steps: Sequence[Step],
        old_part: str,
        new_part: str,
    ) -> None:
        self.comparison = comparison
        self.container = container
        self.parts = old_part, new_part
        self.cursor: etree._Element | None = None
        self.new_boxes = {item.element: item.boxes for item in after}
        self.links = _linked(before, after, steps)
        self.kept = {
            box
            for step in steps
            if step.kind is not StepKind.GONE
            for item in before[step.old : step.old_end]
            for box in item.boxes
        }
        self.order = [item.element for item in after]
        self.next = 0

    def passed(self, element: etree._Element) -> None:
        """Remember that everything up to this element is drawn."""
        self.cursor = element
        if element in self.new_boxes:
            self.next = self.order.index(element, self.next) + 1

    def put(self, item: Placed, copy: etree._Element) -> None:
        """Put what is gone behind what stood before it, inside the controls that it stood in and that are left.

        A control that is gone with its text is not drawn: the mark for that (`customXmlDelRangeStart`) makes
        LibreOffice 7.4 show all that follows as changed. It is counted, and noted.
        """
        wanted: list[etree._Element] = []
        for box in item.boxes:
            if box not in self.links:
                self.comparison.controls.lost.update(box for box in item.boxes if box not in self.kept)
                break
            wanted.append(self.links[box])
        self._insert(tuple(wanted), copy)
        self.cursor = copy

    def _insert(self, wanted: tuple[etree._Element, ...], element: etree._Element) -> None:
        """Insert an element behind the cursor or before what comes next, in the controls that fit best.

        What stands before and behind it decides: no control that holds both is left.
        """
        behind, ahead = self.cursor, self.order[self.next] if self.next < len(self.order) else None
        before, after = self._chain(behind), self._chain(ahead)
        around = 0 if behind is None or ahead is None else _common(before, after)
        places = [(before[:depth], behind) for depth in range(around, len(before) + 1) if behind is not None]
        places += [(after[:depth], ahead) for depth in range(around, len(after) + 1) if ahead is not None]
        if not places:
            self._first(element)
            return
        path, beside = max(places, key=lambda it: (2 * _common(it[0], wanted) - len(it[0]), it[1] is behind))
        chain = before if beside is behind else after
        anchor = beside if len(path) == len(chain) else chain[len(path)]
        if beside is behind:
            _last_of_range(anchor).addnext(element)
            element.tail = None
        else:
            _first_of_range(anchor).addprevious(element)

    def _first(self, element: etree._Element) -> None:
        """Put an element first, in a container that has nothing else."""
        properties = [child for child in self.container if child.tag in {w("tcPr"), w("sectPr")}]
        last = next((child for child in properties if child.tag == w("sectPr")), None)
        if last is not None:
            last.addprevious(element)
        else:
            self.container.append(element)

    def _chain(self, element: etree._Element | None) -> tuple[etree._Element, ...]:
        """Return the controls of this container that an element stands in, from outside."""
        found = []
        up = element.getparent() if element is not None else None
        while up is not None and up is not self.container:
            if up.tag == _SDT or up.tag in WRAPPERS:
                found.append(up)
            up = up.getparent()
        return tuple(reversed(found))

    def mark_controls(self) -> None:
        """Track the controls of the new document that the old one has not."""
        lost = (box for box in self.kept if box not in self.links and box.tag == _SDT)
        self.comparison.controls.lost.update(lost)
        taken = set(self.links.values())
        boxes = dict.fromkeys(box for item in self.new_boxes.values() for box in item)
        for box in boxes:
            before = box.getprevious()
            tracked = before is not None and before.tag == w("customXmlInsRangeStart")
            if box not in taken and box.tag == _SDT and not tracked:
                _track(self.comparison, box)
                self.comparison.marker.counts["controls inserted"] += 1


def _inside(box: etree._Element) -> etree._Element:
    content = box.find(_CONTENT)
    return box if content is None else content


def _common(one: tuple[etree._Element, ...], two: tuple[etree._Element, ...]) -> int:
    """Return how many controls two places share, from outside."""
    shared = 0
    while shared < min(len(one), len(two)) and one[shared] is two[shared]:
        shared += 1
    return shared


def _first_of_range(element: etree._Element) -> etree._Element:
    before = element.getprevious()
    return before if before is not None and str(before.tag).endswith(("InsRangeStart", "DelRangeStart")) else element


def _last_of_range(element: etree._Element) -> etree._Element:
    after = element.getnext()
    return after if after is not None and str(after.tag).endswith(("InsRangeEnd", "DelRangeEnd")) else element


def _linked(
    before: Sequence[Placed], after: Sequence[Placed], steps: Sequence[Step]
) -> dict[etree._Element, etree._Element]:
    """Return which control of the new document each old one became."""
    links: dict[etree._Element, etree._Element] = {}
    taken: set[etree._Element] = set()
    for step in steps:
        for one in before[step.old : step.old_end]:
            for two in after[step.new : step.new_end]:
                for box, other in zip(one.boxes, two.boxes, strict=False):
                    if box not in links and other not in taken and box.tag == other.tag:
                        links[box] = other
                        taken.add(other)
    return links


def _track(comparison: Comparison, box: etree._Element) -> None:
    """Track the beginning and the end of a control as inserted, and not what stands in it."""
    marker = comparison.marker
    content = _inside(box)
    first, second = marker.mark("customXmlInsRangeStart"), marker.mark("customXmlInsRangeStart")
    box.addprevious(first)
    content.insert(0, etree.Element(w("customXmlInsRangeEnd"), {w("id"): first.get(w("id"), "")}))
    content.append(second)
    tail = etree.Element(w("customXmlInsRangeEnd"), {w("id"): second.get(w("id"), "")})
    box.addnext(tail)
    tail.tail, box.tail = box.tail, None
