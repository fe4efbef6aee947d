"""Find the cells of a table of counts that must not be published, so that no small count can be worked out.

A table is published with the totals of its rows and columns. Hiding the small counts is then not enough: a total less
the counts that are shown gives the one that is not. So others are hidden with them, as few and as small as can be found
step by step. The cells of a table are the edges of a graph whose nodes are its rows and columns, totals included; what
is hidden can be worked out exactly where it is the only way between two parts of the graph of all that is hidden.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

__all__ = ["Cell", "hidden_cells", "is_small", "with_totals"]

Cell = tuple[int, int]
"""Row and column from 0; the row and the column after the last ones hold the totals."""
_Node = tuple[str, int]
_Table = list[list["int | Decimal | None"]]


def is_small(value: int | Decimal | None, limit: int) -> bool:
    """Return whether a count may not be published: below the limit, other than zero."""
    return value is not None and value != 0 and value < limit


def with_totals(table: Sequence[Sequence[int | Decimal | None]]) -> _Table:
    """Return the table with a column and a row of totals; None where nothing was counted."""
    rows = [[*row, _total(row)] for row in table]
    width = max((len(row) for row in rows), default=1)
    return [*rows, [_total([row[place] for row in rows]) for place in range(width)]]


def _total(values: Sequence[int | Decimal | None]) -> int | Decimal | None:
    there = [value for value in values if value is not None]
    return sum(there) if there else None


def hidden_cells(
    table: Sequence[Sequence[int | Decimal | None]], limits: Sequence[int], also: Iterable[Cell] = ()
) -> frozenset[Cell]:
    """Return the cells to be hidden, totals among them, when the table is published with its totals.

    `limits` says for each row below which number its counts are small; `also` are hidden whatever they are. What comes
    out holds three things: no small count is shown; no hidden one follows from what is shown; and the hidden counts of
    a row or column whose total is shown do not together come to a small count, nor to as many as they are.
    """
    return frozenset(_Hiding(table, limits).run(also)) if table else frozenset()


class _Hiding:
    """The work on one table."""

    def __init__(self, table: Sequence[Sequence[int | Decimal | None]], limits: Sequence[int]) -> None:
        self.values = with_totals(table)
        self.bottom, self.side = len(self.values) - 1, len(self.values[0]) - 1
        self.limits = [*limits, max(limits)]
        self.hidden: set[Cell] = set()
        self.links: dict[_Node, list[_Node]] = defaultdict(list)
        for row, column in self._cells():
            self.links["row", row].append(("column", column))
            self.links["column", column].append(("row", row))

    def _cells(self) -> Iterator[Cell]:
        for row, values in enumerate(self.values):
            for column, value in enumerate(values):
                if value is not None:
                    yield row, column

    def _value(self, cell: Cell) -> int | Decimal:
        return self.values[cell[0]][cell[1]] or 0

    def run(self, also: Iterable[Cell] = ()) -> set[Cell]:
        """Return what must be hidden."""
        limits = self.limits
        self.hidden = {cell for cell in self._cells() if is_small(self._value(cell), limits[cell[0]])} | {*also}
        before = -1
        while before != len(self.hidden):
            before = len(self.hidden)
            self._widen_small_sums()
            for cell in list(self._bridges()):
                self.hidden |= self._way_around(cell)
        return self.hidden

    def _widen_small_sums(self) -> None:
        """Hide one more count of each row and column whose hidden counts come to a small one together."""
        lines = [[(row, column) for column in range(self.side + 1)] for row in range(self.bottom + 1)]
        lines += [[(row, column) for row in range(self.bottom + 1)] for column in range(self.side + 1)]
        for line in lines:
            *inner, total = line
            limit = max(self.limits[row] for row, _ in line) if total[0] == self.bottom else self.limits[total[0]]
            while total not in self.hidden and self._tells([cell for cell in inner if cell in self.hidden], limit):
                shown = [cell for cell in inner if cell not in self.hidden and self._value(cell)]
                if not shown:
                    self.hidden.add(total)
                    break
                self.hidden.add(min(shown, key=lambda cell: (self._value(cell), cell)))

    def _tells(self, hidden: list[Cell], limit: int) -> bool:
        """Return whether the sum of hidden counts tells them: it is small, or so small that each of them must be 1.

        A zero is shown, so that whatever is hidden is 1 at least.
        """
        together = sum(self._value(cell) for cell in hidden)
        return is_small(together, limit) or 0 < together <= len(hidden)

    def _bridges(self) -> Iterator[Cell]:
        """Yield the hidden cells that follow from what is shown: no circle of hidden cells goes through them."""
        links: dict[_Node, list[_Node]] = defaultdict(list)
        for row, column in sorted(self.hidden):
            links["row", row].append(("column", column))
            links["column", column].append(("row", row))
        found: dict[_Node, int] = {}
        lowest: dict[_Node, int] = {}
        for root in list(links):
            if root in found:
                continue
            found[root] = lowest[root] = len(found)
            path: list[tuple[_Node, _Node | None, Iterator[_Node]]] = [(root, None, iter(links[root]))]
            while path:
                node, parent, rest = path[-1]
                follower = next(rest, None)
                if follower is None:
                    path.pop()
                    if parent is not None:
                        lowest[parent] = min(lowest[parent], lowest[node])
                        if lowest[node] > found[parent]:
                            yield _cell(parent, node)
                elif follower not in found:
                    found[follower] = lowest[follower] = len(found)
                    path.append((follower, node, iter(links[follower])))
                elif follower != parent:
                    lowest[node] = min(lowest[node], found[follower])

    def _way_around(self, cell: Cell) -> set[Cell]:
        """Return the cells of the cheapest circle through a cell: what is hidden already costs nothing.

        A zero that is shown is no way: it could only be more, and the others would have to be less.
        """
        start, goal = ("row", cell[0]), ("column", cell[1])
        cost: dict[_Node, float] = {start: 0.0}
        came: dict[_Node, _Node] = {}
        queue: list[tuple[float, _Node]] = [(0.0, start)]
        done: set[_Node] = set()
        while queue:
            so_far, node = heapq.heappop(queue)
            if node == goal:
                return set(_steps(came, goal))
            if node in done:
                continue
            done.add(node)
            for follower in self.links[node]:
                step = _cell(node, follower)
                if follower in done or step == cell or not self._value(step):
                    continue
                total = so_far + self._cost(step)
                if total < cost.get(follower, float("inf")):
                    cost[follower], came[follower] = total, node
                    heapq.heappush(queue, (total, follower))
        return set()

    def _cost(self, cell: Cell) -> float:
        """Return what is lost when a cell is hidden: more for larger counts, most for totals."""
        if cell in self.hidden:
            return 0.0
        dear = 1000 if self.bottom == cell[0] or self.side == cell[1] else 1
        return 1.0 + abs(float(self._value(cell))) * dear


def _cell(one: _Node, other: _Node) -> Cell:
    """Return the cell between a row and a column."""
    return (one[1], other[1]) if one[0] == "row" else (other[1], one[1])


def _steps(came: dict[_Node, _Node], node: _Node) -> Iterator[Cell]:
    while node in came:
        yield _cell(came[node], node)
        node = came[node]
