"""Draw what changed in a table: rows and columns that came and went, cells, properties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from fe_contracts.compare.alignment import align
from fe_contracts.compare.blocks import StepKind
from fe_contracts.word.revisions.cells import Cells
from fe_contracts.word.revisions.marking import (
    DELETED,
    INSERTED,
    MOVED_FROM,
    MOVED_TO,
    before_change,
    bracket,
    empty_like,
    without,
)
from fe_contracts.word.revisions.moving import moves
from fe_contracts.word.revisions.story import cells_of, rows_of
from fe_contracts.word.xml import w

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fe_contracts.word.revisions.cells import Columns
    from fe_contracts.word.revisions.comparing import Comparison

__all__ = ["Tables"]

_MARKS = ("ins", "del", "cellIns", "cellDel", "cellMerge")
"""What rows and cells hold of changes that others track: no properties."""
_P, _TC_PR, _GRID = w("p"), w("tcPr"), w("tblGrid")


class Tables:
    """Draws tables of one comparison."""

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self.cells = Cells(comparison)

    def draw(self, old: etree._Element, new: etree._Element, old_part: str, new_part: str) -> None:
        """Draw what differs between a table and what it became."""
        self._properties(old, new, "tblPr", "tblPrChange", old_part, new_part)
        self._grid(old, new)
        before, after = rows_of(old), rows_of(new)
        one, two = self.cells.blocks(before, "old", old_part), self.cells.blocks(after, "new", new_part)
        steps = align(one, two, closed=False)
        moved = moves(steps, one, two, self.comparison.next_move)
        columns = self.cells.columns(before, after, (old_part, new_part), steps)
        cursor: etree._Element | None = None
        for step in steps:
            if step.kind not in {StepKind.GONE, StepKind.FRESH}:
                self._controls(before[step.old], after[step.new])
            match step.kind:
                case StepKind.GONE:
                    cursor = self._row_gone(
                        before[step.old], cursor, new, after, (old_part, new_part), moved.left.get(step.old, "")
                    )
                case StepKind.FRESH:
                    cursor = self._row_fresh(after[step.new], moved.arrived.get(step.new, ""))
                case StepKind.SAME:
                    cursor = after[step.new]
                case _:
                    cursor = self._row(before[step.old], after[step.new], columns, cursor, (old_part, new_part), new)

    # ------------------------------------------------------------------ rows

    def _row_fresh(self, row: etree._Element, move: str = "") -> etree._Element:
        self.comparison.notes.all_inserted(row)
        self._mark_row(row, INSERTED, move)
        return row

    def _mark_row(self, row: etree._Element, state: str, move: str) -> None:
        """Mark a row that came or went; what moved is marked so inside the row, which knows only the two."""
        marker = self.comparison.marker
        since = marker.next_id
        if move:
            within = MOVED_TO if state == INSERTED else MOVED_FROM
            marker.mark_all(row, within, rows=state)
            bracket(marker, [item for item in row.iter(_P) if not _boxed(item, row)], within, move)
        else:
            marker.mark_all(row, state)
        if not move or state == INSERTED:
            marker.count("rows moved" if move else "rows inserted" if state == INSERTED else "rows deleted", since)

    def _row_gone(
        self,
        row: etree._Element,
        cursor: etree._Element | None,
        table: etree._Element,
        after: Sequence[etree._Element],
        parts: tuple[str, str],
        move: str = "",
    ) -> etree._Element:
        copy = self.comparison.carrier.copied(row, old_part=parts[0], new_part=parts[1])
        copy.tail = None
        self.comparison.notes.deleted(row, copy)
        bare = not _around(row)
        if cursor is not None:
            (_child_of(cursor, table) if bare else cursor).addnext(copy)
        elif after:
            (_child_of(after[0], table) if bare else after[0]).addprevious(copy)
        else:
            table.append(copy)
        self._mark_row(copy, DELETED, move)
        return copy

    def _row(
        self,
        old: etree._Element,
        new: etree._Element,
        columns: Columns,
        cursor: etree._Element | None,
        parts: tuple[str, str],
        table: etree._Element,
    ) -> etree._Element:
        before, after = cells_of(old), cells_of(new)
        pairs = self.cells.pairs(before, after, columns, parts)
        if not any(one is not None and two is not None for one, two in pairs):
            gone = self._row_gone(old, cursor, table, [new], parts)
            if gone.getnext() is not new:
                new.addprevious(gone)
            return self._row_fresh(new)
        self._properties(old, new, "tblPrEx", "tblPrExChange", *parts)
        self._properties(old, new, "trPr", "trPrChange", *parts)
        last: etree._Element | None = None
        for one, two in pairs:
            if one is not None and two is not None:
                self._controls(before[one], after[two])
                self._properties(before[one], after[two], "tcPr", "tcPrChange", *parts)
                self.comparison.containers.draw(before[one], after[two], *parts)
                last = after[two]
            elif two is not None:
                self._cell(after[two], INSERTED)
                last = after[two]
            elif one is not None:
                copy = self.comparison.carrier.copied(before[one], old_part=parts[0], new_part=parts[1])
                copy.tail = None
                self.comparison.notes.deleted(before[one], copy)
                bare = not _around(before[one])
                if last is not None:
                    (_child_of(last, new) if bare else last).addnext(copy)
                else:
                    (_child_of(after[0], new) if bare else after[0]).addprevious(copy)
                self._cell(copy, DELETED)
                last = copy
        return new

    def _controls(self, old: etree._Element, new: etree._Element) -> None:
        """Remember the controls that came or went around a row or a cell that stays: no mark tells of them."""
        one, two = _around(old), _around(new)
        self.comparison.controls.pair(one, two)
        self.comparison.controls.lost.update(one[len(two) :])
        self.comparison.controls.come.update(two[len(one) :])

    # ------------------------------------------------------------------ cells

    def _cell(self, cell: etree._Element, state: str) -> None:
        marker = self.comparison.marker
        if state == INSERTED:
            self.comparison.notes.all_inserted(cell)
        properties = _made(cell, "tcPr")
        if properties.find(w("cellIns")) is not None and state == INSERTED:
            return  # somebody else's mark says it already
        mark = marker.mark("cellIns" if state == INSERTED else "cellDel")
        change = properties.find(w("tcPrChange"))
        if change is not None:
            change.addprevious(mark)
        else:
            properties.append(mark)
        last = next((child for child in reversed(cell) if child.tag == _P), None)
        for child in list(cell):
            if child.tag == _P:
                marker.mark_all(child, state)
                if child is not last:
                    marker.mark_paragraph_end(child, state)
            elif child.tag != _TC_PR:
                marker.mark_all(child, state)
        marker.counts["cells inserted" if state == INSERTED else "cells deleted"] += 1

    # ------------------------------------------------------------------ properties

    def _properties(
        self, old: etree._Element, new: etree._Element, name: str, change: str, old_part: str, new_part: str
    ) -> None:
        aside = (change, *_MARKS)
        one, two = without(old.find(w(name)), aside), without(before_change(new.find(w(name)), change), aside)
        meaning, other = self.comparison.old.meaning(old_part), self.comparison.new.meaning(new_part)
        before = [] if one is None else [meaning.of(child) for child in one]
        after = [] if two is None else [other.of(child) for child in two]
        if before == after:
            return
        own = _made(new, name)
        record = etree.Element(w(name)) if one is None else self.comparison.carrier.properties(one)
        since = self.comparison.marker.next_id
        self.comparison.marker.record(own, record, change)
        self.comparison.marker.count("table properties", since)

    def _grid(self, old: etree._Element, new: etree._Element) -> None:
        one, two = old.find(_GRID), new.find(_GRID)
        if one is None or two is None:
            return
        before = [column.get(w("w")) for column in one.iterchildren(w("gridCol"))]
        earlier = two.find(f"{w('tblGridChange')}/{_GRID}")
        after = [column.get(w("w")) for column in (two if earlier is None else earlier).iterchildren(w("gridCol"))]
        if before == after:
            return
        marker = self.comparison.marker
        if earlier is not None:  # somebody else's record: there can be one only
            marker.unrecorded += 1
            return
        change = etree.SubElement(two, w("tblGridChange"), {w("id"): marker.attributes()[w("id")]})
        grid = etree.SubElement(change, _GRID)
        for column in one.iterchildren(w("gridCol")):
            grid.append(empty_like(column))
        marker.counts["table properties"] += 1


def _around(inner: etree._Element) -> list[etree._Element]:
    """Return the controls around a row in its table, or a cell in its row, from inside."""
    found = []
    up = inner.getparent()
    while up is not None and up.tag not in {w("tbl"), w("tr")}:
        if up.tag == w("sdt"):
            found.append(up)
        up = up.getparent()
    return found


def _boxed(paragraph: etree._Element, row: etree._Element) -> bool:
    """Say whether a paragraph of a row stands in a text box."""
    for up in paragraph.iterancestors():
        if up is row:
            return False
        if up.tag == w("txbxContent"):
            return True
    return False


def _child_of(inner: etree._Element, holder: etree._Element) -> etree._Element:
    """Return the row or cell with the controls around it."""
    up = inner.getparent()
    while up is not None and up is not holder:
        inner, up = up, up.getparent()
    return inner


def _made(parent: etree._Element, name: str) -> etree._Element:
    """Return the properties of a table, row or cell, made in their place if there are none."""
    found = parent.find(w(name))
    if found is None:
        found = etree.Element(w(name))
        before = {"trPr": ("tblPrEx",)}.get(name, ())
        place = 0
        while place < len(parent) and parent[place].tag in {w(item) for item in before}:
            place += 1
        parent.insert(place, found)
    return found
