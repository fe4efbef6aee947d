"""Draw the script of a few paragraphs as tracked changes, in the elements of the new document."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from fe_contracts.compare.streams import OpKind
from fe_contracts.word.revisions.inline import PieceKind
from fe_contracts.word.revisions.marking import DELETED, INSERTED, KEPT, as_deleted
from fe_contracts.word.xml import w

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fe_contracts.compare.streams import Op
    from fe_contracts.word.revisions.inline import Flow, Piece
    from fe_contracts.word.revisions.marking import Marker

__all__ = ["Item", "Output", "Painter", "outputs"]

_R, _R_PR, _T, _SDT, _CONTENT = w("r"), w("rPr"), w("t"), w("sdt"), w("sdtContent")
_PRESERVE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_KEPT_PARTS: Final = {w(n) for n in ("sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "fldData")}


@dataclass(slots=True, eq=False)
class Item:
    """A slice of one piece, and what becomes of it."""

    state: str
    piece: Piece
    start: int
    end: int
    path: tuple[etree._Element, ...]
    old: Piece | None = None
    """For what is kept: the piece of the old document that it was."""


@dataclass(slots=True, eq=False)
class Output:
    """One paragraph of the redline: which it was, which it is, and its slices in order."""

    state: str
    old: Flow | None
    new: Flow | None
    items: list[Item]


class _Tape:
    """Hands out the slices of a paragraph from left to right."""

    def __init__(self, flow: Flow, *, markers: bool) -> None:
        self.flow = flow
        self.markers = markers
        self.place = 0

    def upto(self, start: int, end: int) -> Iterator[tuple[Piece, int, int]]:
        """Yield the slices of a range; markers that stand before or inside go with it."""
        pieces = self.flow.pieces
        while self.place < len(pieces):
            piece = pieces[self.place]
            if piece.kind == PieceKind.MARKER:
                if piece.start > end or (piece.start == end and start < end and _closes_later(piece)):
                    return
                if self.markers:
                    yield piece, 0, 0
                self.place += 1
                continue
            if piece.start >= end:
                return
            yield piece, max(start, piece.start) - piece.start, min(end, piece.end) - piece.start
            if piece.end > end:
                return
            self.place += 1

    def rest(self) -> Iterator[tuple[Piece, int, int]]:
        """Yield the markers that stand after all text."""
        pieces = self.flow.pieces
        while self.place < len(pieces):
            piece = pieces[self.place]
            if piece.kind == PieceKind.MARKER and self.markers:
                yield piece, 0, 0
            self.place += 1


def _closes_later(piece: Piece) -> bool:
    """Say whether a marker between two texts belongs to the later one: what begins there."""
    return str(piece.nodes[0][1].tag).endswith("Start")


def outputs(ops: Sequence[Op], old: Sequence[Flow], new: Sequence[Flow]) -> list[Output]:
    """Return the paragraphs that a script makes."""
    before = [_Tape(flow, markers=False) for flow in old]
    after = [_Tape(flow, markers=True) for flow in new]
    links = _linked(ops, old, new)
    found: list[Output] = []
    items: list[Item] = []
    for op in ops:
        one = old[op.old_line] if op.old_line >= 0 else None
        two = new[op.new_line] if op.new_line >= 0 else None
        match op.kind:
            case OpKind.KEEP:
                assert one is not None  # noqa: S101 - what is kept stands on both sides
                assert two is not None  # noqa: S101
                items += _kept(op, one, two, before[op.old_line], after[op.new_line])
            case OpKind.DELETE:
                assert one is not None  # noqa: S101
                start, end = one.spans[op.old_start][0], one.spans[op.old_end - 1][1]
                for piece, first, last in before[op.old_line].upto(start, end):
                    path = tuple(links.get(item, item) for item in piece.path)
                    items.append(Item(DELETED, piece, first, last, path))
            case OpKind.INSERT:
                assert two is not None  # noqa: S101
                start, end = two.spans[op.new_start][0], two.spans[op.new_end - 1][1]
                for piece, first, last in after[op.new_line].upto(start, end):
                    state = KEPT if piece.kind == PieceKind.MARKER else INSERTED
                    items.append(Item(state, piece, first, last, piece.path))
            case _:
                if two is not None:
                    items += [Item(KEPT, piece, 0, 0, piece.path) for piece, _, _ in after[op.new_line].rest()]
                state = {OpKind.KEEP_MARK: KEPT, OpKind.DELETE_MARK: DELETED, OpKind.INSERT_MARK: INSERTED}[op.kind]
                found.append(Output(state, one, two, _whole_controls(items)))
                items = []
    return found


def _kept(op: Op, one: Flow, two: Flow, before: _Tape, after: _Tape) -> Iterator[Item]:
    """Yield the slices of what is kept, cut wherever either side changes its run."""
    start, end = two.spans[op.new_start][0], two.spans[op.new_end - 1][1]
    origin = one.spans[op.old_start][0]
    old = list(before.upto(origin, origin + end - start))
    place = 0
    done = 0
    for piece, first, last in after.upto(start, end):
        if piece.kind == PieceKind.MARKER:
            yield Item(KEPT, piece, 0, 0, piece.path)
            continue
        while first < last:
            source, begin, stop = old[place]
            length = min(last - first, stop - begin - done)
            yield Item(KEPT, piece, first, first + length, piece.path, source)
            first += length  # noqa: PLW2901 - the slice is eaten from the left
            done += length
            if begin + done == stop:
                place, done = place + 1, 0


def _linked(ops: Sequence[Op], old: Sequence[Flow], new: Sequence[Flow]) -> dict[etree._Element, etree._Element]:
    """Return which container of the new document each old one became: they hold the same words, or have one tag."""
    links: dict[etree._Element, etree._Element] = {}
    taken: set[etree._Element] = set()

    def link(one: etree._Element, two: etree._Element) -> None:
        if one not in links and two not in taken:
            links[one] = two
            taken.add(two)

    if not any(piece.path for flow in (*old, *new) for piece in flow.pieces):
        return links
    for op in ops:
        if op.kind is OpKind.KEEP:
            one, two = old[op.old_line], new[op.new_line]
            before = _paths(one, one.spans[op.old_start][0], one.spans[op.old_end - 1][1])
            after = _paths(two, two.spans[op.new_start][0], two.spans[op.new_end - 1][1])
            for place, path in before.items():
                for item in path:
                    same = [other for other in after.get(place, ()) if other.tag == item.tag and other not in taken]
                    if same:
                        link(item, same[0])
    left: dict[tuple[str, str], list[etree._Element]] = {}
    for flow in new:
        for item in dict.fromkeys(item for piece in flow.pieces for item in piece.path):
            if item not in taken and item.tag == _SDT:
                left.setdefault((item.tag, _tag_of(item)), []).append(item)
    for flow in old:
        for item in dict.fromkeys(item for piece in flow.pieces for item in piece.path):
            rest = left.get((item.tag, _tag_of(item)), [])
            if item not in links and item.tag == _SDT and rest and _tag_of(item):
                link(item, rest.pop(0))
    return links


def _paths(flow: Flow, start: int, end: int) -> dict[int, tuple[etree._Element, ...]]:
    """Return the containers at each place of a range, as far as it is kept, counted from its start."""
    found = {}
    for piece in flow.pieces:
        if piece.path and piece.start < end and piece.end > start:
            for place in range(max(start, piece.start), min(end, piece.end)):
                found[place - start] = piece.path
    return found


def _tag_of(control: etree._Element) -> str:
    tag = control.find(f"{w('sdtPr')}/{w('tag')}")
    return "" if tag is None else tag.get(w("val"), "")


def _whole_controls(items: list[Item]) -> list[Item]:
    """Keep each control of the new document in one piece: what is deleted inside it is drawn inside it."""
    spans: dict[etree._Element, list[int]] = {}
    for place, item in enumerate(items):
        for depth, container in enumerate(item.path):
            if container.tag == _SDT:
                spans.setdefault(container, [depth, place, place])[2] = place
    for container, (depth, first, last) in sorted(spans.items(), key=lambda entry: entry[1][0]):
        for item in items[first : last + 1]:
            if container not in item.path:
                item.path = (*item.path[:depth], container, *item.path[depth:])
    return items


class Painter:
    """Draws paragraphs."""

    def __init__(self, marker: Marker, look: Any, carry: Any, old: Sequence[Flow]) -> None:
        """`look` tells run properties apart (bytes of a run); `carry` copies what comes from the `old` paragraphs."""
        self.marker = marker
        self.foreign = {container for flow in old for piece in flow.pieces for container in piece.path}
        self.look = look
        self.carry = carry
        self._last: tuple[etree._Element, bytes, bytes] | None = None

    def changed(self, output: Output) -> bool:
        """Say whether there is anything to draw in a paragraph that is kept."""
        return output.state != KEPT or any(
            item.state != KEPT or (item.old is not None and self._restyled(item)) for item in output.items
        )

    def _restyled(self, item: Item) -> bool:
        old = item.old
        assert old is not None  # noqa: S101 - asked only of what is kept
        if len(old.nodes) != len(item.piece.nodes):
            return False
        return any(
            self.look(one[0]) != self.look(two[0])
            for one, two in zip(old.nodes, item.piece.nodes, strict=True)
        )

    def paint(self, paragraph: etree._Element, items: Sequence[Item]) -> None:
        """Write the slices into a paragraph that has been emptied but for its properties."""
        stack: list[tuple[etree._Element | None, etree._Element]] = [(None, paragraph)]
        opened: set[etree._Element] = set()
        for item in items:
            shared = 0
            while shared < min(len(stack) - 1, len(item.path)) and stack[shared + 1][0] is item.path[shared]:
                shared += 1
            del stack[shared + 1 :]
            for container in item.path[shared:]:
                made, inside = self._container(container, again=container in opened)
                opened.add(container)
                stack[-1][1].append(made)
                stack.append((container, inside))
            self._write(stack[-1][1], item)

    def _container(self, container: etree._Element, *, again: bool) -> tuple[etree._Element, etree._Element]:
        """Return an empty copy of a link, field or control, and the element inside that takes its content."""
        copy = etree.Element(container.tag, dict(container.attrib), container.nsmap)
        source = container
        if container in self.foreign:
            source = self.carry(container, shallow=True)
            copy = etree.Element(source.tag, dict(source.attrib), source.nsmap)
        for child in source:
            if child.tag in _KEPT_PARTS:
                copy.append(deepcopy(child))
        if again and container.tag in {w("ins"), w("moveTo")}:
            copy.set(w("id"), self.marker.attributes()[w("id")])
        if container.tag != _SDT:
            return copy, copy
        if again:
            for number in copy.iter(w("id")):
                parent = number.getparent()
                if parent is not None:
                    parent.remove(number)
        return copy, etree.SubElement(copy, _CONTENT)

    def _write(self, parent: etree._Element, item: Item) -> None:
        piece = item.piece
        if piece.kind == PieceKind.MARKER and piece.nodes[0][0] is None:
            parent.append(piece.nodes[0][1])
            return
        if item.state != KEPT:
            last = parent[-1] if len(parent) else None
            if last is None or last.tag != w(item.state):
                last = self.marker.mark(item.state)
                parent.append(last)
            parent = last
        for number, (run, node) in enumerate(piece.nodes):
            if run is None:
                parent.append(self._node(item, node))
                continue
            old_run = None
            if item.old is not None and len(item.old.nodes) == len(piece.nodes):
                old_run = item.old.nodes[number][0]
            target = self._run(parent, item, run, old_run)
            if node.tag == _T:
                self._text(target, item, node.text or "")
            else:
                made = self._node(item, node)
                target.append(made)
                if item.state == DELETED:
                    as_deleted(target)

    def _node(self, item: Item, node: etree._Element) -> etree._Element:
        made = self.carry(node, shallow=False) if item.state == DELETED else node
        made.tail = None
        if item.state == DELETED and item.piece.nodes[0][0] is None:
            as_deleted(made)
        return made

    def _text(self, target: etree._Element, item: Item, text: str) -> None:
        text = text[item.start : item.end]
        tag = w("delText") if item.state == DELETED else _T
        last = target[-1] if len(target) else None
        if last is not None and last.tag == tag:
            last.text = (last.text or "") + text
        else:
            last = etree.SubElement(target, tag)
            last.text = text
        text = last.text or ""
        if text != text.strip() or "  " in text:
            last.set(_PRESERVE, "preserve")

    def _run(
        self, parent: etree._Element, item: Item, run: etree._Element, old: etree._Element | None
    ) -> etree._Element:
        """Return the run to write into: the one before, if it looks the same and was the same."""
        look = self.look(run)
        was = self.look(old) if old is not None and item.state == KEPT else look
        last = parent[-1] if len(parent) else None
        if last is not None and last.tag == _R and self._last == (last, look, was):
            return last
        made = etree.SubElement(parent, _R)
        properties = run.find(_R_PR)
        if properties is not None:
            made.append(self.carry(properties, shallow=False) if item.state == DELETED else deepcopy(properties))
        if was != look:
            own = made.find(_R_PR)
            if own is None:
                own = etree.SubElement(made, _R_PR)
            before = old.find(_R_PR) if old is not None else None
            self.marker.record(own, None if before is None else self.carry(before, shallow=False), "rPrChange")
            self.marker.counts["formatting"] += 1
        self._last = (made, look, was)
        return made
