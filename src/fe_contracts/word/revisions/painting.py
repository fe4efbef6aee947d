"""Write slices into a paragraph as tracked changes."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from fe_contracts.word.revisions.marking import DELETED, KEPT, as_deleted, empty_like
from fe_contracts.word.revisions.pieces import PieceKind
from fe_contracts.word.xml import w

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fe_contracts.word.revisions.inline import Flow
    from fe_contracts.word.revisions.marking import Marker
    from fe_contracts.word.revisions.slicing import Item, Output

__all__ = ["Painter"]

_R, _R_PR, _T, _SDT, _CONTENT = w("r"), w("rPr"), w("t"), w("sdt"), w("sdtContent")
_DEL_TEXT: Final = w("delText")
_PRESERVE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_KEPT_PARTS: Final = {w(n) for n in ("sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "fldData")}


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
        """Say whether there is anything to draw in a paragraph that is kept.

        There is, too, where some of its text is drawn before a mark that is deleted: it must not stay here as well.
        """
        if output.state != KEPT:
            return True
        width = 0
        for item in output.items:
            if item.state != KEPT or (item.old is not None and self._restyled(item)):
                return True
            width += item.end - item.start
        return output.new is not None and width != len(output.new.text)

    def _restyled(self, item: Item) -> bool:
        old = item.old
        assert old is not None  # noqa: S101 - asked only of what is kept
        if len(old.nodes) != len(item.piece.nodes):
            return False
        return any(self.look(one[0]) != self.look(two[0]) for one, two in zip(old.nodes, item.piece.nodes, strict=True))

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
        copy = empty_like(container)
        source = container
        if container in self.foreign:
            source = self.carry(container, shallow=True)
            copy = empty_like(source)
        for child in source:
            if child.tag in _KEPT_PARTS:
                copy.append(deepcopy(child))
        if again and container.tag in {w("del"), w("moveFrom")}:
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
            last = _last(parent)
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
            if piece.kind == PieceKind.TEXT and node.tag in {_T, _DEL_TEXT}:  # inside a field's head it is no text
                self._text(target, item, piece.text, deleted=item.state == DELETED or node.tag == _DEL_TEXT)
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

    def _text(self, target: etree._Element, item: Item, text: str, *, deleted: bool) -> None:
        text = text[item.start : item.end]
        tag = _DEL_TEXT if deleted else _T
        last = _last(target)
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
        last = _last(parent)
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


def _last(parent: etree._Element) -> etree._Element | None:
    """Return what stands last in an element; `len` would count all that does, each time."""
    return next(parent.iterchildren(reversed=True), None)
