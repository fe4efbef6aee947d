"""Say which paragraphs and tables of two documents belong together: provenance, then what is unchanged, then likeness.

Likeness is a vote: all words between two anchors are compared at once, and two blocks belong together if enough of
their words fell together. So a paragraph that was split or merged is seen as what it is.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from fe_contracts.compare.blocks import Block, BlockKind, Step, StepKind
from fe_contracts.compare.sequences import common, ends

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

__all__ = ["align"]

Blocks = "Sequence[Block[Any]]"
_Pair = tuple[int, int]
_LIKE: Final = 0.30
"""How much of the shorter of two blocks must have fallen together."""
_PART: Final = 0.5
"""The same for a block that shares its partner with another: a part of what was split or merged."""
_PLAIN: Final = 0.6
"""How much of two blocks must be alike at their beginnings and ends to be one without a vote."""
_SHORT: Final = 8


def align(old: Sequence[Block[Any]], new: Sequence[Block[Any]], *, closed: bool = True) -> list[Step]:
    """Return the steps from the old blocks to the new ones, in order.

    `closed` says that the last paragraph of each side ends a body, a cell or a note, so that the two are one.
    """
    places = {block.place for block in old} & {block.place for block in new} - {""}
    known: dict[Hashable, int] = {}
    before, after = _Named(old, known, bool(places)), _Named(new, known, bool(places))
    steps: list[Step] = []
    here = there = 0
    for start, other, length in _anchors(before, after):
        steps += _between(before, after, (here, start), (there, other))
        steps += [Step(StepKind.SAME, start + n, start + n + 1, other + n, other + n + 1) for n in range(length)]
        here, there = start + length, other + length
    steps += _between(before, after, (here, len(old)), (there, len(new)))
    return _closed(steps, old, new) if closed and old and new else steps


class _Named:
    """One side's blocks, with a number for each that is the same where they are equal."""

    __slots__ = ("blocks", "ids", "places")

    def __init__(self, blocks: Sequence[Block[Any]], known: dict[Hashable, int], placed: bool) -> None:  # noqa: FBT001
        self.blocks = blocks
        self.places = placed
        self.ids = [
            known.setdefault((block.place, block.exact) if placed else block.exact, len(known)) for block in blocks
        ]

    def words(self, start: int, end: int) -> int:
        """Return how many words stand in these blocks."""
        return sum(sum(block.line.words) for block in self.blocks[start:end])


def _anchors(old: _Named, new: _Named) -> list[tuple[int, int, int]]:
    """Return the unchanged stretches that hold something: empty lines and lone words repeat anywhere."""
    found = common(old.ids, new.ids)
    whole = len(old.ids), len(new.ids)
    return [
        (start, other, length)
        for start, other, length in found
        if (start == other == 0) or (start + length, other + length) == whole or _telling(old, start, length)
    ]


def _telling(side: _Named, start: int, length: int) -> bool:
    return length > 4 or any(block.telling for block in side.blocks[start : start + length])


def _between(old: _Named, new: _Named, here: _Pair, there: _Pair) -> Iterator[Step]:
    """Yield the steps for what lies between two anchors."""
    if here[0] == here[1] or there[0] == there[1]:
        yield from _unpaired(here, there)
        return
    at, by = here[0], there[0]
    for rows in _groups(old, new, here, there):
        (start, end), (other, last) = rows
        yield from _leftover(old, new, (at, start), (by, other))
        kind = StepKind.STREAM if old.blocks[start].kind is BlockKind.PARAGRAPH else StepKind.TABLES
        yield Step(kind, start, end, other, last)
        at, by = end, last
    yield from _leftover(old, new, (at, here[1]), (by, there[1]))


def _unpaired(here: _Pair, there: _Pair) -> Iterator[Step]:
    for place in range(*here):
        yield Step(StepKind.GONE, place, place + 1, there[0], there[0])
    for place in range(*there):
        yield Step(StepKind.FRESH, here[1], here[1], place, place + 1)


def _leftover(old: _Named, new: _Named, here: _Pair, there: _Pair) -> Iterator[Step]:
    """Yield the steps for blocks that no vote brought together: equal ones first, then one for one."""
    if here[0] == here[1] or there[0] == there[1]:
        yield from _unpaired(here, there)
        return
    at, by = here[0], there[0]
    for start, other, length in common(old.ids[here[0] : here[1]], new.ids[there[0] : there[1]]):
        start, other = start + here[0], other + there[0]  # noqa: PLW2901 - from the slice to the whole
        yield from _one_for_one(old, new, (at, start), (by, other))
        for step in range(length):
            yield Step(StepKind.SAME, start + step, start + step + 1, other + step, other + step + 1)
        at, by = start + length, other + length
    yield from _one_for_one(old, new, (at, here[1]), (by, there[1]))


def _one_for_one(old: _Named, new: _Named, here: _Pair, there: _Pair) -> Iterator[Step]:
    """Yield short paragraphs of one look as rewritten, if as many stand here as there: a heading, an amount."""
    if here[1] - here[0] == there[1] - there[0] and all(
        _alike(one, two, placed=old.places)
        for one, two in zip(old.blocks[here[0] : here[1]], new.blocks[there[0] : there[1]], strict=True)
    ):
        for step in range(here[1] - here[0]):
            yield Step(StepKind.STREAM, here[0] + step, here[0] + step + 1, there[0] + step, there[0] + step + 1)
        return
    yield from _unpaired(here, there)


def _alike(one: Block[Any], two: Block[Any], *, placed: bool) -> bool:
    if one.kind is not two.kind or one.kind is BlockKind.TABLE or one.look != two.look:
        return False
    if one.kind is BlockKind.ROW:
        return True
    if placed and one.place != two.place:
        return False
    words = sum(one.line.words), sum(two.line.words)
    return max(words) <= _SHORT and (min(words) > 0 or max(words) == 0) and one.line.mark == two.line.mark


def _groups(old: _Named, new: _Named, here: _Pair, there: _Pair) -> list[tuple[_Pair, _Pair]]:
    """Return which blocks belong together, in order: one to one, one to several, several to one."""
    if here[1] - here[0] == there[1] - there[0]:
        pairs = list(zip(range(*here), range(*there), strict=True))
        if all(_plainly(old, new, pair) for pair in pairs):  # nothing to vote on, and most edits are so
            return [((i, i + 1), (j, j + 1)) for i, j in pairs]
    votes = _votes(old, new, here, there)
    strong = {}
    for (i, j), fallen in votes.items():
        one, two = old.blocks[i], new.blocks[j]
        sizes = sum(one.line.words), sum(two.line.words)
        if one.kind is two.kind and fallen >= _LIKE * min(sizes) and fallen * 8 >= max(sizes) * _LIKE:
            strong[i, j] = (fallen, fallen / max(min(sizes), 1))
    return _joined(old, new, strong)


def _plainly(old: _Named, new: _Named, pair: _Pair) -> bool:
    """Say whether two blocks begin and end alike, so that not much can lie between."""
    one, two = old.blocks[pair[0]], new.blocks[pair[1]]
    if one.kind is not two.kind or (old.places and one.place != two.place):
        return False
    left, right = one.line.keys, two.line.keys
    return sum(ends(left, right)) > _PLAIN * max(len(left), len(right))


def _votes(old: _Named, new: _Named, here: _Pair, there: _Pair) -> dict[_Pair, int]:
    """Return how many words of each old block fell together with words of each new one."""
    known: dict[Hashable, dict[Hashable, int]] = {}
    numbers = count()
    sides = []
    for side, (start, end) in ((old, here), (new, there)):
        ids: list[int] = []
        owners: list[int] = []
        for number in range(start, end):
            block = side.blocks[number]
            line = block.line
            name = known.setdefault((block.kind, block.place if side.places else ""), {}).setdefault
            found = [name(key, next(numbers)) for key, word in zip(line.keys, line.words, strict=True) if word]
            ids += found
            owners += [number] * len(found)
        sides.append((ids, owners))
    (first, left), (second, right) = sides
    votes: dict[_Pair, int] = defaultdict(int)
    for start, other, length in common(first, second):
        for pair in zip(left[start : start + length], right[other : other + length], strict=True):
            votes[pair] += 1
    return votes


def _joined(old: _Named, new: _Named, strong: dict[_Pair, tuple[int, float]]) -> list[tuple[_Pair, _Pair]]:
    """Return the pairs as groups; a pair that would join what does not belong together gives way."""
    groups: list[list[_Pair]] = []
    for pair in sorted(strong):
        last = groups[-1][-1] if groups else None
        if last is None or (pair[0] > last[0] and pair[1] > last[1]):
            groups.append([pair])
        elif _may_join(old, new, last, pair) and min(strong[last][1], strong[pair][1]) >= _PART:
            groups[-1].append(pair)
        elif strong[pair][0] > strong[last][0]:
            groups[-1].pop()
            if not groups[-1]:
                groups.pop()
            groups.append([pair])
    return [((group[0][0], group[-1][0] + 1), (group[0][1], group[-1][1] + 1)) for group in _apart(groups)]


def _apart(groups: list[list[_Pair]]) -> list[list[_Pair]]:
    """Return the groups without those that overlap the one before."""
    kept: list[list[_Pair]] = []
    for group in groups:
        if kept and (group[0][0] <= kept[-1][-1][0] or group[0][1] <= kept[-1][-1][1]):
            continue
        kept.append(group)
    return kept


def _may_join(old: _Named, new: _Named, one: _Pair, two: _Pair) -> bool:
    """Say whether paragraphs may be one stream: nothing but text between them, and no edge of a box."""
    for side, start, end in ((old, one[0], two[0]), (new, one[1], two[1])):
        inside = side.blocks[min(start, end) : max(start, end) + 1]
        if any(block.kind is not BlockKind.PARAGRAPH or block.box is not inside[0].box for block in inside):
            return False
    return True


def _closed(steps: list[Step], old: Sequence[Block[Any]], new: Sequence[Block[Any]]) -> list[Step]:
    """Return the steps with the last paragraph of one side paired with the last of the other."""
    if old[-1].kind is not BlockKind.PARAGRAPH or new[-1].kind is not BlockKind.PARAGRAPH:
        return steps
    last = steps[-1]
    if last.old_end > last.old and last.new_end > last.new:
        return steps
    place = len(steps)
    while place and (steps[place - 1].kind in {StepKind.GONE, StepKind.FRESH}):
        place -= 1
    tail = steps[place:]
    gone = [step.old for step in tail if step.kind is StepKind.GONE]
    fresh = [step.new for step in tail if step.kind is StepKind.FRESH]
    if gone and fresh:
        return [*steps[:place], *_last_paired(gone, fresh)]
    joined = steps[place - 1]
    start, other = joined.old, joined.new
    if joined.kind is not StepKind.TABLES and _one_box(old, start) and _one_box(new, other):
        return [*steps[: place - 1], Step(StepKind.STREAM, start, len(old), other, len(new))]
    return [*steps[: place - 1], *_last_paired(list(range(start, len(old))), list(range(other, len(new))))]


def _last_paired(gone: list[int], fresh: list[int]) -> Iterator[Step]:
    for number in gone[:-1]:
        yield Step(StepKind.GONE, number, number + 1, fresh[0], fresh[0])
    for number in fresh[:-1]:
        yield Step(StepKind.FRESH, gone[-1], gone[-1], number, number + 1)
    yield Step(StepKind.STREAM, gone[-1], gone[-1] + 1, fresh[-1], fresh[-1] + 1)


def _one_box(side: Sequence[Block[Any]], start: int) -> bool:
    return all(block.kind is BlockKind.PARAGRAPH and block.box is side[-1].box for block in side[start:])
