"""Find what two sequences have in common, in order: as much as can be, and in bounded memory.

The edit distance is rapidfuzz's. Over two whole agreements it would take a second and 200 MB, so long sequences are
first cut at anchors: short stretches that stand once in each.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import LCSseq

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

__all__ = ["Stretch", "common", "ends", "rising"]

Stretch = tuple[int, int, int]
"""Where it begins in the old sequence, where in the new one, and how long it is."""

_CELLS: Final = 60_000_000
"""How large a product of lengths is measured as a whole: 8 MB of rapidfuzz's bits."""
_ANCHOR: Final = 4
"""How many neighbours make an anchor where single ones repeat."""


def ends(old: Sequence[Hashable], new: Sequence[Hashable]) -> tuple[int, int]:
    """Return how many items two sequences share where they begin, and how many of the others where they end."""
    least = min(len(old), len(new))
    head = 0
    while head < least and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < least - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return head, tail


def common(old: Sequence[int], new: Sequence[int]) -> list[Stretch]:
    """Return a longest common subsequence as stretches in order; for very long sequences, nearly a longest one."""
    found: list[Stretch] = []
    for start, other, length in _common(old, new, 0, 0):
        if found and found[-1][0] + found[-1][2] == start and found[-1][1] + found[-1][2] == other:
            found[-1] = (found[-1][0], found[-1][1], found[-1][2] + length)
        else:
            found.append((start, other, length))
    return found


def _common(old: Sequence[int], new: Sequence[int], at: int, by: int) -> Iterator[Stretch]:
    head, tail = ends(old, new)
    if head:
        yield at, by, head
    inner, other = old[head : len(old) - tail], new[head : len(new) - tail]
    if inner and other:
        yield from _middle(inner, other, at + head, by + head)
    if tail:
        yield at + len(old) - tail, by + len(new) - tail, tail


def _middle(old: Sequence[int], new: Sequence[int], at: int, by: int) -> Iterator[Stretch]:
    if len(old) * len(new) <= _CELLS:
        for block in LCSseq.opcodes(old, new):
            if block.tag == "equal":
                yield at + block.src_start, by + block.dest_start, block.src_end - block.src_start
        return
    anchors = _anchors(old, new, 1) or _anchors(old, new, _ANCHOR)
    if not anchors:
        yield from _halved(old, new, at, by)
        return
    here = there = 0
    for start, other in anchors:
        if start < here or other < there:
            continue
        yield from _common(old[here:start], new[there:other], at + here, by + there)
        yield at + start, by + other, 1
        here, there = start + 1, other + 1
    yield from _common(old[here:], new[there:], at + here, by + there)


def _halved(old: Sequence[int], new: Sequence[int], at: int, by: int) -> Iterator[Stretch]:
    """Cut what nothing anchors in the middle: what is found stays true, but may not be the most."""
    half, other = len(old) // 2, len(new) // 2
    yield from _middle(old[:half], new[:other], at, by)
    yield from _middle(old[half:], new[other:], at + half, by + other)


def _anchors(old: Sequence[int], new: Sequence[int], width: int) -> list[tuple[int, int]]:
    """Return the places of neighbours that stand once in each sequence, the longest row of them in order."""
    here, there = _unique(old, width), _unique(new, width)
    pairs = sorted((place, there[key]) for key, place in here.items() if key in there)
    kept = rising([other for _, other in pairs])
    return [pairs[place] for place in kept]


def _unique(sequence: Sequence[int], width: int) -> dict[tuple[int, ...], int]:
    found: dict[tuple[int, ...], int] = {}
    for place, key in enumerate(zip(*(sequence[shift:] for shift in range(width)), strict=False)):
        found[key] = -1 if key in found else place
    return {key: place for key, place in found.items() if place >= 0}


def rising(values: Sequence[int]) -> list[int]:
    """Return the places of a longest strictly rising row among the values."""
    ends: list[int] = []
    places: list[int] = []
    before: list[int] = []
    for place, value in enumerate(values):
        slot = bisect_left(ends, value)
        before.append(places[slot - 1] if slot else -1)
        if slot == len(ends):
            ends.append(value)
            places.append(place)
        else:
            ends[slot] = value
            places[slot] = place
    row: list[int] = []
    place = places[-1] if places else -1
    while place >= 0:
        row.append(place)
        place = before[place]
    return row[::-1]
