"""Make a minimal script one that a lawyer would write: no accidental matches, changes where sentences begin."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from fe_contracts.compare.sequences import Stretch

__all__ = ["tidied"]

Flag = tuple["Hashable", bool, int]
"""A token's key, whether it is a word, and its line."""

_SMALL: Final = frozenset(
    [
        "a",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "b",
        "be",
        "by",
        "c",
        "for",
        "from",
        "has",
        "i",
        "if",
        "ii",
        "in",
        "is",
        "it",
        "its",
        "may",
        "must",
        "no",
        "not",
        "of",
        "on",
        "or",
        "s",
        "such",
        "that",
        "the",
        "this",
        "to",
        "was",
        "which",
        "will",
        "with",
    ]
)
"""Words that stand in any sentence: alone between two changes they tell nothing."""

_ISLAND: Final = 6
"""How many tokens a match may have to be taken for an accident."""
_ACCIDENT: Final = 7
"""How many words must change around a match for each word of it; a small word counts half."""


def tidied(
    stretches: Sequence[Stretch],
    old: Sequence[Flag],
    new: Sequence[Flag],
    old_ids: Sequence[int],
    new_ids: Sequence[int],
) -> list[Stretch]:
    """Return the matches that are worth keeping, with the changes between them moved to a better place."""
    kept = _without_islands(_gathered(list(stretches), old_ids, new_ids), old, new)
    return _slid(kept, old, new, old_ids, new_ids)


def _text(flag: Flag) -> str:
    key = flag[0]
    text = key[0] if isinstance(key, tuple) else key
    return text if isinstance(text, str) else ""


def _gathered(stretches: list[Stretch], old: Sequence[int], new: Sequence[int]) -> list[Stretch]:
    """Move a short match that parts one deletion, or one insertion, to its end or its beginning, where that fits too.

    `[-(Mass]. [-Gen. Laws]` becomes `[-(Mass. Gen. Laws]`, with the point behind it: nothing more is marked.
    """
    place = 1
    while place < len(stretches) - 1:
        (start, other, length), before, after = stretches[place], stretches[place - 1], stretches[place + 1]
        left = start - before[0] - before[2], other - before[1] - before[2]
        right = after[0] - start - length, after[1] - other - length
        side = 0 if left[0] and right[0] and not (left[1] or right[1]) else 1
        if length <= _ISLAND and left[side] and right[side] and not (left[1 - side] or right[1 - side]):
            ids, at, ends = (old, start, after[0]) if side == 0 else (new, other, after[1])
            begins = before[side] + before[2]
            if right[side] >= length and ids[at : at + length] == ids[ends - length : ends]:
                stretches[place + 1] = (after[0] - length, after[1] - length, after[2] + length)
                del stretches[place]
                continue
            if left[side] >= length and ids[at : at + length] == ids[begins : begins + length]:
                stretches[place - 1] = (before[0], before[1], before[2] + length)
                del stretches[place]
                continue
        place += 1
    return stretches


def _without_islands(stretches: list[Stretch], old: Sequence[Flag], new: Sequence[Flag]) -> list[Stretch]:
    """Give up matches of a few words between two changes that are much larger than they."""
    sizes = [0, *accumulate(flag[1] for flag in old)], [0, *accumulate(flag[1] for flag in new)]
    while True:
        kept: list[Stretch] = []
        for place, (start, other, length) in enumerate(stretches):
            if length <= _ISLAND:
                before = kept[-1] if kept else (0, 0, 0)
                after = stretches[place + 1] if place + 1 < len(stretches) else (len(old), len(new), 0)
                gone = (
                    sizes[0][start] - sizes[0][before[0] + before[2]],
                    sizes[0][after[0]] - sizes[0][start + length],
                )
                fresh = (
                    sizes[1][other] - sizes[1][before[1] + before[2]],
                    sizes[1][after[1]] - sizes[1][other + length],
                )
                if _island(old[start : start + length], gone, fresh):
                    continue
            kept.append((start, other, length))
        if len(kept) == len(stretches):
            return kept
        stretches = kept


def _island(flags: Sequence[Flag], gone: tuple[int, int], fresh: tuple[int, int]) -> bool:
    """Say whether a match between two changes is no more than an accident, by the words gone and fresh beside it."""
    left, right = gone[0] + fresh[0], gone[1] + fresh[1]
    if not (left and right and sum(gone) and sum(fresh)):
        return False
    cost = sum(1 if _text(flag).casefold() in _SMALL else 2 for flag in flags if flag[1])
    if min(sum(gone), sum(fresh)) <= cost:
        return False
    return min(left, right) >= 2 * cost and left + right >= _ACCIDENT * cost


def _slid(
    stretches: list[Stretch], old: Sequence[Flag], new: Sequence[Flag], old_ids: Sequence[int], new_ids: Sequence[int]
) -> list[Stretch]:
    """Move pure insertions and pure deletions along equal text to where a sentence or a phrase begins."""
    found = list(stretches)
    for place in range(len(found) - 1):
        start, other, length = found[place]
        after, beyond, rest = found[place + 1]
        gone, fresh = after - start - length, beyond - other - length
        if bool(gone) == bool(fresh):
            continue
        ids, flags, first, last = (
            (new_ids, new, other + length, beyond) if fresh else (old_ids, old, start + length, after)
        )
        step = _best_step(ids, flags, first, last, length, rest)
        if step:
            found[place] = (start, other, length + step)
            found[place + 1] = (after + step, beyond + step, rest - step)
    return [item for item in found if item[2]]


def _best_step(ids: Sequence[int], flags: Sequence[Flag], first: int, last: int, before: int, after: int) -> int:
    """Return how far to move a change that lies between two matches: negative to the left."""
    best, best_score = 0, _beginning(flags, first)
    step = 0
    while before + step > 1 and ids[first + step - 1] == ids[last + step - 1]:
        step -= 1
        score = _beginning(flags, first + step)
        if score > best_score:
            best, best_score = step, score
    step = 0
    while after - step > 1 and ids[first + step] == ids[last + step]:
        step += 1
        score = _beginning(flags, first + step)
        if score > best_score:
            best, best_score = step, score
    return best


def _beginning(flags: Sequence[Flag], place: int) -> int:
    """Return how good a place is for a change to begin."""
    if place == 0 or flags[place - 1][2] != flags[place][2]:
        return 4
    previous = _text(flags[place - 1])
    if previous in {".", ";", ":", "?", "!"}:
        return 3
    if previous in {",", "(", "—", "–"}:
        return 2
    return 0 if _text(flags[place]) in {",", ".", ";", ":", ")"} else 1
