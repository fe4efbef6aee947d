"""Make a minimal script one that a lawyer would write: no accidental matches, changes where sentences begin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from fe_contracts.compare.sequences import Stretch

__all__ = ["tidied"]

Flag = tuple["Hashable", bool, int]
"""A token's key, whether it is a word, and its line."""

_SMALL: Final = frozenset(
    "a an and any are as at be by for from has if in is it its no not of on or such that the this to was which will "
    "with must may s b c i ii".split()
)
"""Words that stand in any sentence: alone between two changes they tell nothing."""


def tidied(
    stretches: Sequence[Stretch],
    old: Sequence[Flag],
    new: Sequence[Flag],
    old_ids: Sequence[int],
    new_ids: Sequence[int],
) -> list[Stretch]:
    """Return the matches that are worth keeping, with the changes between them moved to a better place."""
    kept = _without_islands(list(stretches), old, new)
    return _slid(kept, old, new, old_ids, new_ids)


def _text(flag: Flag) -> str:
    key = flag[0]
    text = key[0] if isinstance(key, tuple) else key
    return text if isinstance(text, str) else ""


def _without_islands(stretches: list[Stretch], old: Sequence[Flag], new: Sequence[Flag]) -> list[Stretch]:
    """Give up matches of a few small words between two changes that are larger than they."""
    again = True
    while again:
        again = False
        for place, (start, other, length) in enumerate(stretches):
            if length > 3:
                continue
            before = stretches[place - 1] if place else (0, 0, 0)
            after = stretches[place + 1] if place + 1 < len(stretches) else (len(old), len(new), 0)
            left = _size(old, before[0] + before[2], start), _size(new, before[1] + before[2], other)
            right = (
                _size(old, start + length, after[0]),
                _size(new, other + length, after[1]),
            )
            if _island(old[start : start + length], left, right):
                del stretches[place]
                again = True
                break
    return stretches


def _size(side: Sequence[Flag], start: int, end: int) -> int:
    return sum(flag[1] for flag in side[start:end])


def _island(flags: Sequence[Flag], left: tuple[int, int], right: tuple[int, int]) -> bool:
    """Say whether a match between two changes is no more than an accident."""
    if not (sum(left) and sum(right)):
        return False
    words = [_text(flag).casefold() for flag in flags if flag[1]]
    if not words:
        return bool(min(left) and min(right))
    if any(word not in _SMALL for word in words):
        return False
    return min(left) >= len(words) + 1 and min(right) >= len(words) + 1 and sum(left) + sum(right) >= 6 * len(words)


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


def _best_step(
    ids: Sequence[int], flags: Sequence[Flag], first: int, last: int, before: int, after: int
) -> int:
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
