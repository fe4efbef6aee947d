"""Find the place of what is gone in the new document, and track the controls that came and went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from fe_contracts.compare.blocks import StepKind
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
                self.comparison.lost_controls.update(box for box in item.boxes if box not in self.kept)
                break
            wanted.append(self.links[box])
        self._insert(tuple(wanted), copy)
        self.cursor = copy

    def _insert(self, wanted: tuple[etree._Element, ...], element: etree._Element) -> None:
        """Insert an element behind the cursor, or before what comes next, wherever the controls fit better."""
        behind, ahead = self.cursor, self.order[self.next] if self.next < len(self.order) else None
        at = _climb(behind, self.container, wanted)
        if at is None and ahead is not None:
            before = _climb(ahead, self.container, wanted)
            if before is not None:
                _first_of_range(before).addprevious(element)
                return
        while at is None and wanted:
            wanted = wanted[:-1]
            at = _climb(behind, self.container, wanted)
        if at is not None:
            after = _last_of_range(at)
            after.addnext(element)
            element.tail = None
            return
        first = next(
            (child for child in self.container if child.tag in {w("p"), w("tbl"), _SDT, w("customXml"), w("sectPr")}),
            None,
        )
        if first is not None:
            _first_of_range(first).addprevious(element)
        else:
            self.container.append(element)

    def mark_controls(self) -> None:
        """Track the controls of the new document that the old one has not."""
        taken = set(self.links.values())
        boxes = dict.fromkeys(box for item in self.new_boxes.values() for box in item)
        for box in boxes:
            if box not in taken and box.tag == _SDT:
                _track(self.comparison, box)
                self.comparison.marker.counts["controls inserted"] += 1


def _inside(box: etree._Element) -> etree._Element:
    content = box.find(_CONTENT)
    return box if content is None else content


def _climb(
    element: etree._Element | None, container: etree._Element, wanted: tuple[etree._Element, ...]
) -> etree._Element | None:
    """Return the element or the control around it that stands directly in the wanted controls."""
    while element is not None:
        chain = []
        up = element.getparent()
        while up is not None and up is not container:
            if up.tag in {_SDT, w("customXml")}:
                chain.append(up)
            up = up.getparent()
        if tuple(reversed(chain)) == wanted:
            return element
        if len(chain) <= len(wanted):
            return None
        element = chain[0]
    return None


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
