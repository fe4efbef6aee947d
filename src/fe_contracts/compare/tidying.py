"""Make a minimal script one that a lawyer would write: no accidental matches, changes where sentences begin."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from fe_contracts.compare.sequences import Stretch

__all__ = ["tidied"]


class Tokens(Protocol):
    """The tokens of one side that are not white space."""

    ids: list[int]
    """Equal numbers: equal tokens."""

    def key(self, place: int) -> Hashable:
        """Return a token."""

    def line(self, place: int) -> int:
        """Return the line that it stands in."""


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
_PUNCTUATION: Final = 6
"""The same around a match of punctuation alone, such as the bracket in `thirty (30)`."""
_ACCIDENT: Final = 7
"""How many words must change around a match for each word of it; a small word counts half."""


def tidied(stretches: Sequence[Stretch], old: Tokens, new: Tokens) -> list[Stretch]:
    """Return the matches that are worth keeping, with the changes between them moved to a better place."""
    return _slid(_without_islands(_gathered(list(stretches), old.ids, new.ids), old, new), old, new)


def _text(key: Hashable) -> str:
    text = key[0] if isinstance(key, tuple) else key
    return text if isinstance(text, str) else ""


def _is_word(key: Hashable) -> bool:
    text = _text(key)
    return bool(text) and (text[0].isalnum() or text[-1].isalnum())


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


def _without_islands(stretches: list[Stretch], old: Tokens, new: Tokens) -> list[Stretch]:
    """Give up matches of a few words between two changes that are much larger than they."""
    if all(length > _ISLAND for _, _, length in stretches):
        return stretches
    whole = len(old.ids), len(new.ids)
    sizes = [
        [0, *accumulate(_is_word(side.key(place)) for place in range(length))]
        for side, length in zip((old, new), whole, strict=True)
    ]
    while True:
        kept: list[Stretch] = []
        for place, (start, other, length) in enumerate(stretches):
            if length <= _ISLAND:
                before = kept[-1] if kept else (0, 0, 0)
                after = stretches[place + 1] if place + 1 < len(stretches) else (*whole, 0)
                gone = (
                    sizes[0][start] - sizes[0][before[0] + before[2]],
                    sizes[0][after[0]] - sizes[0][start + length],
                )
                fresh = (
                    sizes[1][other] - sizes[1][before[1] + before[2]],
                    sizes[1][after[1]] - sizes[1][other + length],
                )
                if _island([old.key(place) for place in range(start, start + length)], gone, fresh):
                    continue
            kept.append((start, other, length))
        if len(kept) == len(stretches):
            return kept
        stretches = kept


def _island(keys: Sequence[Hashable], gone: tuple[int, int], fresh: tuple[int, int]) -> bool:
    """Say whether a match between two changes is no more than an accident, by the words gone and fresh beside it."""
    left, right = gone[0] + fresh[0], gone[1] + fresh[1]
    if not (left and right and sum(gone) and sum(fresh)):
        return False
    cost = sum(1 if _text(key).casefold() in _SMALL else 2 for key in keys if _is_word(key))
    if min(sum(gone), sum(fresh)) <= cost or (not cost and left + right < _PUNCTUATION):
        return False
    return min(left, right) >= 2 * cost and left + right >= _ACCIDENT * cost


def _slid(stretches: list[Stretch], old: Tokens, new: Tokens) -> list[Stretch]:
    """Move pure insertions and pure deletions along equal text to where a sentence or a phrase begins."""
    found = list(stretches)
    for place in range(len(found) - 1):
        start, other, length = found[place]
        after, beyond, rest = found[place + 1]
        gone, fresh = after - start - length, beyond - other - length
        if bool(gone) == bool(fresh):
            continue
        side, first, last = (new, other + length, beyond) if fresh else (old, start + length, after)
        step = _best_step(side, first, last, length, rest)
        if step:
            found[place] = (start, other, length + step)
            found[place + 1] = (after + step, beyond + step, rest - step)
    return [item for item in found if item[2]]


def _best_step(side: Tokens, first: int, last: int, before: int, after: int) -> int:
    """Return how far to move a change that lies between two matches: negative to the left."""
    ids = side.ids
    best, best_score = 0, _beginning(side, first)
    step = 0
    while before + step > 1 and ids[first + step - 1] == ids[last + step - 1]:
        step -= 1
        score = _beginning(side, first + step)
        if score > best_score:
            best, best_score = step, score
    step = 0
    while after - step > 1 and ids[first + step] == ids[last + step]:
        step += 1
        score = _beginning(side, first + step)
        if score > best_score:
            best, best_score = step, score
    return best


def _beginning(side: Tokens, place: int) -> int:
    """Return how good a place is for a change to begin."""
    if place == 0 or side.line(place - 1) != side.line(place):
        return 4
    previous = _text(side.key(place - 1))
    if previous in {".", ";", ":", "?", "!"}:
        return 3
    if previous in {",", "(", "—", "–"}:
        return 2
    return 0 if _text(side.key(place)) in {",", ".", ";", ":", ")"} else 1
