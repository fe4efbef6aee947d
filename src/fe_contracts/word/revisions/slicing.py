"""Cut the script of a few paragraphs into slices: pieces of one run, and what becomes of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fe_contracts.compare.streams import OpKind
from fe_contracts.word.revisions.marking import DELETED, INSERTED, KEPT
from fe_contracts.word.revisions.pieces import PieceKind
from fe_contracts.word.xml import w

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml import etree

    from fe_contracts.compare.streams import Op
    from fe_contracts.word.revisions.inline import Flow
    from fe_contracts.word.revisions.pieces import Piece

__all__ = ["Item", "Output", "outputs"]

_SDT: Final = w("sdt")


class Item:
    """A slice of one piece, and what becomes of it."""

    __slots__ = ("end", "old", "path", "piece", "start", "state")

    def __init__(
        self,
        state: str,
        piece: Piece,
        start: int,
        end: int,
        path: tuple[etree._Element, ...],
        old: Piece | None = None,
    ) -> None:
        self.state = state
        self.piece = piece
        self.start = start
        self.end = end
        self.path = path
        self.old = old
        """For what is kept: the piece of the old document that it was."""


class Output:
    """One paragraph of the redline: which it was, which it is, and its slices in order."""

    __slots__ = ("items", "new", "old", "state")

    def __init__(self, state: str, old: Flow | None, new: Flow | None, items: list[Item]) -> None:
        self.state = state
        self.old = old
        self.new = new
        self.items = items


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


class _Links:
    """Which container of the new document each old one became."""

    def __init__(self) -> None:
        self.found: dict[etree._Element, etree._Element] = {}
        self.taken: set[etree._Element] = set()

    def add(self, one: etree._Element, two: etree._Element) -> None:
        """Link two, unless either is linked already."""
        if one not in self.found and two not in self.taken:
            self.found[one] = two
            self.taken.add(two)


def _linked(ops: Sequence[Op], old: Sequence[Flow], new: Sequence[Flow]) -> dict[etree._Element, etree._Element]:
    """Return which container of the new document each old one became: they hold the same words, or have one tag."""
    links = _Links()
    if not any(piece.path for flow in (*old, *new) for piece in flow.pieces):
        return links.found
    for op in ops:
        if op.kind is OpKind.KEEP:
            _link_by_words(op, old[op.old_line], new[op.new_line], links)
    _link_by_tags(old, new, links)
    return links.found


def _link_by_words(op: Op, one: Flow, two: Flow, links: _Links) -> None:
    before = _paths(one, one.spans[op.old_start][0], one.spans[op.old_end - 1][1])
    after = _paths(two, two.spans[op.new_start][0], two.spans[op.new_end - 1][1])
    for place, path in before.items():
        for item in path:
            same = [other for other in after.get(place, ()) if other.tag == item.tag and other not in links.taken]
            if same:
                links.add(item, same[0])


def _link_by_tags(old: Sequence[Flow], new: Sequence[Flow], links: _Links) -> None:
    left: dict[str, list[etree._Element]] = {}
    for item in _controls(new):
        if item not in links.taken and _tag_of(item):
            left.setdefault(_tag_of(item), []).append(item)
    for item in _controls(old):
        rest = left.get(_tag_of(item))
        if item not in links.found and rest:
            links.add(item, rest.pop(0))


def _controls(flows: Sequence[Flow]) -> list[etree._Element]:
    items = (item for flow in flows for piece in flow.pieces for item in piece.path)
    return list(dict.fromkeys(item for item in items if item.tag == _SDT))


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
